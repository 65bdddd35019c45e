// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/confirm_dialog.h"

#include "core/audit/clusters.h"
#include "core/cluster/cluster_builder.h"
#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"

#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include <algorithm>

using namespace tally;
using namespace tally::ui;

/// Answers of an earlier audit, several at once.
class ConfirmDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void unchangedOnesAreTicked();
    void allAreConfirmedInOneStep();
    void whatCannotBeIsSaid();
    void onlyTheSelectedOnes();
    void exceptionsOfClustersAreOffered();
    void exceptionsAndProtectionNeedsAreConfirmed();

private:
    [[nodiscard]] QTreeWidget &tree(const ConfirmDialog &dialog) const
    {
        return *dialog.findChild<QTreeWidget *>(u"carriedAnswers"_qs);
    }
    [[nodiscard]] std::vector<CarriedAnswer> waiting() const
    {
        return carriedAnswers(*m_session->state(), m_session->catalogue());
    }

    QTemporaryDir m_folder;
    Knowledge m_knowledge = test::builtInKnowledge();
    std::unique_ptr<Session> m_session;
    std::string m_requirement; ///< with a MUST part
    std::string m_must;
    int m_number = 0;
};

void ConfirmDialogTest::init()
{
    for (const Requirement &each : m_knowledge.catalogue->modules.front().requirements) {
        const auto must = std::ranges::find_if(each.parts, &Part::isMust);
        if (must == each.parts.end())
            continue;
        m_requirement = each.id;
        m_must = must->id;
        break;
    }
    const QString old = m_folder.filePath(u"old%1.tally"_qs.arg(++m_number));
    {
        auto audit = Audit::create(old.toStdString(), {"O", "Old", "A. Auditor", "", "", ""});
        QVERIFY(audit);
        Decision decision;
        decision.status = Status::Teilweise;
        decision.reason = "half of it";
        QVERIFY(audit->decide(m_requirement, decision));
        decision.status = Status::Nein;
        QVERIFY(audit->decide(m_must, decision));
        decision.status = Status::Ja;
        QVERIFY(audit->decide("SYS.1.6.A8", decision));
    }
    m_session = std::make_unique<Session>(m_knowledge);
    m_session->setAuditor(u"Anna Probe"_qs);
    m_session->newAuditFrom(
        m_folder.filePath(u"new%1.tally"_qs.arg(m_number)), {"O", "New", "Anna Probe", "", "", ""}, old);
    QTRY_VERIFY(m_session->hasAudit());
    QCOMPARE(waiting().size(), std::size_t(3));
}

void ConfirmDialogTest::unchangedOnesAreTicked()
{
    ConfirmDialog dialog(*m_session, {});
    QVERIFY(dialog.chosen().empty()); // no run: nobody can say that the evidence is the same
    QVERIFY(!dialog.findChild<QPushButton *>(u"confirmAnswers"_qs)->isEnabled());
    AuditState state = *m_session->state();
    auto run = std::make_shared<Assessment>();
    RequirementResult result;
    result.id = "SYS.1.6.A8";
    result.basisHash = "basis";
    run->requirements.push_back(result);
    state.assessment = run;
    state.predecessor->decisions["SYS.1.6.A8"].basisHash = "basis";
    m_session->showState(std::make_shared<AuditState>(state));
    const ConfirmDialog again(*m_session, {});
    QCOMPARE(again.chosen().size(), std::size_t(1));
    QCOMPARE(again.chosen().front().id, std::string("SYS.1.6.A8"));
}

void ConfirmDialogTest::allAreConfirmedInOneStep()
{
    ConfirmDialog dialog(*m_session, {});
    QCOMPARE(tree(dialog).topLevelItemCount(), 3);
    dialog.tick(false);
    QCOMPARE(dialog.chosen().size(), std::size_t(3));
    dialog.accept();
    QVERIFY(waiting().empty());
    const auto &decisions = m_session->state()->decisions;
    QCOMPARE(decisions.at(m_must).status, Status::Nein);
    QCOMPARE(decisions.at(m_must).by, std::string("Anna Probe"));
    QCOMPARE(decisions.at(m_requirement).reason, std::string("half of it"));
    m_session->undo();
    QCOMPARE(waiting().size(), std::size_t(3));
}

void ConfirmDialogTest::whatCannotBeIsSaid()
{
    Decision ja;
    ja.status = Status::Ja;
    m_session->decide(QString::fromStdString(m_requirement), ja); // decided anew meanwhile
    const ConfirmDialog dialog(*m_session, {});
    QTreeWidget &list = tree(dialog);
    QCOMPARE(list.topLevelItemCount(), 2);
    const auto shown = list.findItems(QString::fromStdString(m_must.substr(8)), Qt::MatchContains, 0);
    QCOMPARE(shown.size(), 1);
    QVERIFY(!shown.front()->flags().testFlag(Qt::ItemIsUserCheckable));
}

void ConfirmDialogTest::onlyTheSelectedOnes()
{
    const ConfirmDialog dialog(*m_session, {QString::fromStdString(m_requirement)});
    QCOMPARE(tree(dialog).topLevelItemCount(), 2); // with its part
}

void ConfirmDialogTest::exceptionsOfClustersAreOffered()
{
    const auto made = [](const char *uid) {
        ReadClusterOptions options;
        options.name = uid;
        return readClusterFile(
            "apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system, uid: " + std::string(uid) + "}\n", options)
            ->cluster;
    };
    const QString old = m_folder.filePath(u"clusters%1.tally"_qs.arg(m_number));
    {
        auto audit = Audit::create(old.toStdString(), {"O", "Old", "A. Auditor", "", "", ""});
        QVERIFY(audit);
        FindingException exception{{}, "accepted", "agreed", {}, {}, {}, "POD-PRIVILEGED", "shop"};
        exception.cluster = "source-1"; // of which this audit has no export any more
        QVERIFY(audit->setException(exception));
    }
    m_session->newAuditFrom(
        m_folder.filePath(u"next%1.tally"_qs.arg(m_number)), {"O", "Next", "Anna Probe", "", "", ""}, old);
    QTRY_VERIFY(m_session->hasAudit() && m_session->state()->info.title == "Next");
    AuditState state = *m_session->state();
    Opened opened;
    opened.source.name = "one.yaml";
    opened.things.emplace_back(made("one"));
    state = withSource(state, opened);
    m_session->showState(std::make_shared<AuditState>(state));
    const ConfirmDialog dialog(*m_session, {});
    const QTreeWidget &list = tree(dialog);
    QCOMPARE(list.topLevelItemCount(), 1);
    const QTreeWidgetItem *item = list.topLevelItem(0);
    QVERIFY(item->text(0).contains(u"POD-PRIVILEGED, shop"_qs));
    QVERIFY(!item->flags().testFlag(Qt::ItemIsUserCheckable));
    QVERIFY2(item->toolTip(3).contains(u"source-1"_qs), "why it cannot be confirmed");
    Setting name;
    name.key = clusterNameKey(0);
    name.value = "source-1";
    state.records.put(name);
    renameClusters(state);
    m_session->showState(std::make_shared<AuditState>(state));
    ConfirmDialog again(*m_session, {});
    QVERIFY(again.chosenExceptions().empty());
    again.tick(false);
    QCOMPARE(again.chosenExceptions().size(), std::size_t(1));
    QCOMPARE(again.chosenExceptions().front().cluster, std::string("one"));
}

void ConfirmDialogTest::exceptionsAndProtectionNeedsAreConfirmed()
{
    const QString old = m_folder.filePath(u"rest%1.tally"_qs.arg(m_number));
    {
        auto audit = Audit::create(old.toStdString(), {"O", "Old", "A. Auditor", "", "", ""});
        QVERIFY(audit->setException({{}, "accepted", "agreed", {}, {}, {}, "POD-PRIVILEGED", "shop"}));
        TargetObject target;
        target.key = "T-001";
        target.name = "payments";
        target.kind = TargetObject::Kind::Application;
        QVERIFY(audit->put(target));
    }
    m_session->newAuditFrom(
        m_folder.filePath(u"last%1.tally"_qs.arg(m_number)), {"O", "Next", "Anna Probe", "", "", ""}, old);
    QTRY_VERIFY(m_session->hasAudit() && m_session->state()->info.title == "Next");
    QVERIFY(m_session->state()->exceptions.empty());
    ConfirmDialog dialog(*m_session, {});
    QCOMPARE(tree(dialog).topLevelItemCount(), 2);
    QVERIFY(dialog.chosenExceptions().empty()); // a person has to look at each
    dialog.tick(false);
    QCOMPARE(dialog.chosenExceptions().size(), std::size_t(1));
    QCOMPARE(dialog.chosenTargets().size(), std::size_t(1));
    dialog.accept();
    QCOMPARE(m_session->state()->exceptions.size(), std::size_t(1));
    QVERIFY(m_session->state()->records.targets.at("T-001").from.empty());
    m_session->undo(); // of one step
    QVERIFY(m_session->state()->exceptions.empty());
    QVERIFY(!m_session->state()->records.targets.at("T-001").from.empty());
}

TALLY_TEST(ConfirmDialogTest)
#include "confirm_dialog_test.moc"
