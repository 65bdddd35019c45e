// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/sources/scope_pane.h"

#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"
#include "ui/models/requirement_state.h"
#include "ui/models/target_words.h"
#include "ui/pages/sources/needs_form.h"
#include "ui/pages/sources_page.h"
#include "ui/widgets/segmented_control.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace tally;
using namespace tally::ui;

/// Target objects and protection needs, entered by a person.
class ScopePaneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aNewOneIsRecorded();
    void withoutANameItIsNone();
    void elevatedWantsAReason();
    void severalAtOnceAndOneUndo();
    void whatDiffersStaysAsItIs();
    void removedTogether();
    void needsSayWhereARequirementApplies();
    void addressOpensTheTab();
    void addressChoosesATargetObject();

private:
    template<typename T>
    [[nodiscard]] T &find(const char *name) const
    {
        return *m_page->findChild<T *>(QLatin1String(name));
    }
    [[nodiscard]] const std::map<std::string, TargetObject> &targets()
    {
        m_state = m_session->state();
        return m_state->records.targets;
    }
    void put(const char *key, const char *name, TargetObject::Need need = TargetObject::Need::NotStated)
    {
        TargetObject target;
        target.key = key;
        target.name = name;
        target.kind = TargetObject::Kind::Namespace;
        target.confidentiality = {need, "why " + std::string(key) + std::string(needName(need))};
        target.integrity = target.confidentiality;
        target.availability = target.confidentiality;
        m_session->put(target);
    }
    /// As a person clicks on a segment.
    void choose(const char *name, int segment)
    {
        find<SegmentedControl>(name).findChildren<QAbstractButton *>().at(segment)->click();
    }
    [[nodiscard]] QTableView &table() const { return *find<QWidget>("targetsTable").findChild<QTableView *>(); }

    QTemporaryDir m_folder;
    Knowledge m_knowledge = test::builtInKnowledge();
    AuditStatePtr m_state;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<SourcesPage> m_page;
};

void ScopePaneTest::init()
{
    m_page.reset();
    QLocale::setDefault(QLocale(QLocale::English));
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"settings.ini"_qs), QSettings::IniFormat);
    m_session = std::make_unique<Session>(m_knowledge);
    m_session->newAudit({}, {});
    m_session->setAuditor(u"Anna Probe"_qs);
    m_page = std::make_unique<SourcesPage>(*m_session, *m_settings);
    m_page->resize(1200, 800);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    m_page->goTo({.page = PageId::Sources, .tab = u"scope"_qs});
}

void ScopePaneTest::aNewOneIsRecorded()
{
    find<QAbstractButton>("newTarget").click();
    find<QComboBox>("targetKind").setCurrentIndex(static_cast<int>(TargetObject::Kind::Application));
    find<QLineEdit>("targetName").setText(u"webshop"_qs);
    choose("confidentiality", 3);
    find<QLineEdit>("confidentialityReason").setText(u"customer data"_qs);
    find<QAbstractButton>("applyNeeds").click();
    QCOMPARE(targets().size(), std::size_t(1));
    const TargetObject &made = targets().at("T-001");
    QCOMPARE(made.name, std::string("webshop"));
    QCOMPARE(made.kind, TargetObject::Kind::Application);
    QCOMPARE(made.confidentiality.need, TargetObject::Need::High);
    QCOMPARE(made.confidentiality.reason, std::string("customer data"));
    QCOMPARE(made.integrity.need, TargetObject::Need::NotStated);
    QCOMPARE(made.by, std::string("Anna Probe"));
    QVERIFY(m_page->findChild<NeedsForm *>()->statusText().startsWith(u"Saved"));
    QCOMPARE(table().selectionModel()->selectedRows().size(), 1); // it stays the one that is edited
}

void ScopePaneTest::withoutANameItIsNone()
{
    find<QAbstractButton>("newTarget").click();
    find<QAbstractButton>("applyNeeds").click();
    QVERIFY(targets().empty());
    QVERIFY(!m_page->findChild<NeedsForm *>()->statusText().isEmpty());
}

void ScopePaneTest::elevatedWantsAReason()
{
    put("T-001", "shop");
    table().selectAll();
    auto &reason = find<QLineEdit>("integrityReason");
    reason.clear();
    QCOMPARE(reason.placeholderText(), u"Reason"_qs);
    choose("integrity", 3);
    QCOMPARE(reason.placeholderText(), u"Reason (required)"_qs);
    find<QAbstractButton>("applyNeeds").click();
    QCOMPARE(targets().at("T-001").integrity.need, TargetObject::Need::NotStated);
    QVERIFY(m_page->findChild<NeedsForm *>()->statusText().startsWith(u"Integrity of “shop”"));
    QCOMPARE(m_page->focusWidget(), &reason);
    reason.setText(u"orders"_qs);
    find<QAbstractButton>("applyNeeds").click();
    QCOMPARE(targets().at("T-001").integrity.need, TargetObject::Need::High);
}

void ScopePaneTest::severalAtOnceAndOneUndo()
{
    put("T-001", "payments");
    put("T-002", "shop");
    put("T-003", "blog");
    table().selectAll();
    choose("confidentiality", 4);
    choose("integrity", 2);
    find<QLineEdit>("confidentialityReason").setText(u"by law"_qs);
    find<QAbstractButton>("applyNeeds").click();
    for (const auto &[key, target] : targets()) {
        QCOMPARE(target.confidentiality.need, TargetObject::Need::VeryHigh);
        QCOMPARE(target.confidentiality.reason, std::string("by law"));
        QCOMPARE(target.integrity.need, TargetObject::Need::Normal);
        QCOMPARE(target.availability.need, TargetObject::Need::NotStated);
    }
    m_session->undo();
    for (const auto &[key, target] : targets())
        QCOMPARE(target.confidentiality.need, TargetObject::Need::NotStated);
}

void ScopePaneTest::whatDiffersStaysAsItIs()
{
    put("T-001", "payments", TargetObject::Need::High);
    put("T-002", "shop", TargetObject::Need::Normal);
    table().selectAll();
    QCOMPARE(find<SegmentedControl>("confidentiality").current(), 0);
    choose("availability", 4);
    find<QLineEdit>("availabilityReason").setText(u"the shop is the business"_qs);
    find<QAbstractButton>("applyNeeds").click();
    QCOMPARE(targets().at("T-001").confidentiality.need, TargetObject::Need::High);
    QCOMPARE(targets().at("T-002").confidentiality.need, TargetObject::Need::Normal);
    QCOMPARE(targets().at("T-001").confidentiality.reason, std::string("why T-001high"));
    QCOMPARE(targets().at("T-002").availability.need, TargetObject::Need::VeryHigh);
}

void ScopePaneTest::removedTogether()
{
    put("T-001", "payments");
    put("T-002", "shop");
    table().selectAll();
    find<QAbstractButton>("removeTargets").click();
    QVERIFY(targets().empty());
    QVERIFY(!m_page->findChild<NeedsForm *>()->isVisible());
    m_session->undo();
    QCOMPARE(targets().size(), std::size_t(2));
}

void ScopePaneTest::needsSayWhereARequirementApplies()
{
    const Module &module = *m_session->catalogue().module("SYS.1.6");
    const Requirement &elevated = *m_session->catalogue().requirement("SYS.1.6.A21");
    const auto sentence = [&] {
        m_state = m_session->state();
        return TargetWords::where(ProtectionScope(*m_state), elevated);
    };
    QVERIFY(sentence().contains(u"not recorded yet"));
    QCOMPARE(countDecided(*m_session->state(), module).total, 26);
    put("T-001", "payments", TargetObject::Need::High);
    QCOMPARE(sentence(), u"Applies to: Namespace payments (high)."_qs);
    put("T-001", "payments", TargetObject::Need::Normal);
    QVERIFY(sentence().startsWith(u"Applies nowhere"));
    QCOMPARE(countDecided(*m_session->state(), module).total, 20); // without the six for elevated needs
    QVERIFY(
        TargetWords::where(ProtectionScope(*m_state), *m_session->catalogue().requirement("SYS.1.6.A17")).isEmpty());
    Decision decided;
    decided.status = Status::Ja;
    decided.reason = "done all the same";
    m_session->decide(u"SYS.1.6.A21"_qs, decided);
    QCOMPARE(countDecided(*m_session->state(), module).total, 21);
    QCOMPARE(countDecided(*m_session->state(), module).done, 1);
}

void ScopePaneTest::addressOpensTheTab()
{
    QVERIFY(table().isVisible());
    m_page->goTo({.page = PageId::Sources, .tab = u"handed-over"_qs});
    QVERIFY(!table().isVisible());
    m_page->goTo({.page = PageId::Sources});
    QVERIFY(!table().isVisible()); // an address that names no tab leaves it as it is
    m_page->goTo({.page = PageId::Sources, .tab = u"scope"_qs});
    QVERIFY(table().isVisible());
}

void ScopePaneTest::addressChoosesATargetObject()
{
    put("T-001", "payments");
    put("T-002", "shop");
    find<SegmentedControl>("targetsShown").setCurrent(2); // only what is proposed
    m_page->goTo({.page = PageId::Sources, .tab = u"handed-over"_qs});
    m_page->goTo({.page = PageId::Sources, .record = u"T-002"_qs, .tab = u"scope"_qs});
    QVERIFY(table().isVisible());
    QCOMPARE(table().selectionModel()->selectedRows().size(), 1);
    QCOMPARE(find<QLineEdit>("targetName").text(), u"shop"_qs);
    m_page->goTo({.page = PageId::Sources, .record = u"T-009"_qs, .tab = u"scope"_qs}); // gone meanwhile
    QCOMPARE(find<QLineEdit>("targetName").text(), u"shop"_qs);
}

TALLY_TEST(ScopePaneTest)
#include "scope_pane_test.moc"
