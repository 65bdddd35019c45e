// SPDX-License-Identifier: Apache-2.0
#include "core/audit/classification.h"

#include "core/audit/carried.h"
#include "core/base/messages_classes.h"
#include "tests/core/audit/sample_audit.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

namespace {

constexpr const char *module = "SYS.1.6";
constexpr const char *requirement = "SYS.1.6.A17";

Decision decisionOf(Status status)
{
    Decision decision;
    decision.status = status;
    decision.reason = "looked at on site";
    decision.by = "A. Auditor";
    return decision;
}

Setting settingOf(std::string key, std::string value)
{
    Setting setting;
    setting.key = std::move(key);
    setting.value = std::move(value);
    return setting;
}

} // namespace

/// Audit classes, deficiencies, the overall verdict and the choice of deviations: kept, refused, undone.
class ClassificationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatIsSetStaysInTheFile();
    void whatIsWrongIsRefused_data();
    void whatIsWrongIsRefused();
    void aRecommendationGoesWithYes();
    void aClassCountsOnlyAsLongAsThereIsADeviation();
    void eachCanBeUndone();
    void theVerdictIsOneLineAndSaysWhatWasDecidedSince();
    void theSameVerdictIsConfirmedAnew();
    void chosenAreTheWorstClassFirst();
    void theNextAuditStartsWithoutThem();
    void aReviewKnowsTheClass();

private:
    [[nodiscard]] AuditStatePtr state() const { return m_audit->state(); }
    [[nodiscard]] std::optional<AuditClass> classOf(const std::string &id = requirement) const
    {
        return classificationOf(*state(), id).auditClass;
    }

    std::unique_ptr<Folder> m_folder;
    std::filesystem::path m_path;
    std::optional<Audit> m_audit;
};

void ClassificationTest::init()
{
    m_audit.reset();
    m_folder = std::make_unique<Folder>();
    m_path = *m_folder / "a.tally";
    auto audit = Audit::create(m_path, {"O", "T", "A. Auditor", "", "", ""});
    QVERIFY(audit);
    m_audit.emplace(*std::move(audit));
    QVERIFY(m_audit->decide(requirement, decisionOf(Status::Teilweise)));
}

void ClassificationTest::whatIsSetStaysInTheFile()
{
    QVERIFY(classificationOf(*state(), requirement) == Classification{});
    QVERIFY(!verdictOf(*state(), module) && !chosenDeviations(*state(), module));
    std::vector<AuditChange> changes
        = {classChange(requirement, AuditClass::Minor), deficiencyChange(requirement, Deficiency::Considerable)};
    std::ranges::move(verdictChanges(*state(), module, "Not met in essential parts."), std::back_inserter(changes));
    changes.push_back(deviationsChange(module, {requirement}));
    QVERIFY(m_audit->change(changes));
    QCOMPARE(state()->records.settings.at("class/SYS.1.6.A17").value, "AG");
    QCOMPARE(state()->records.settings.at("kritis/SYS.1.6.A17").value, "considerable");
    m_audit.reset();
    auto again = Audit::open(m_path);
    QVERIFY(again);
    m_audit.emplace(*std::move(again));
    QVERIFY(classificationOf(*state(), requirement) == (Classification{AuditClass::Minor, Deficiency::Considerable}));
    const auto verdict = verdictOf(*state(), module);
    QVERIFY(verdict && !verdict->at.empty());
    QCOMPARE(verdict->text, "Not met in essential parts.");
    QCOMPARE(verdict->by, "A. Auditor");
    const auto chosen = chosenDeviations(*state(), module);
    QVERIFY(chosen && chosen->requirements == std::vector<std::string>{requirement});
    QCOMPARE(chosen->by, "A. Auditor");
    const auto verified = m_audit->verify();
    QVERIFY(verified && verified->consistent);
    QVERIFY(m_audit->change({classChange(requirement, std::nullopt), deviationsChange(module, {})}));
    QVERIFY(!classOf() && !chosenDeviations(*state(), module));
}

void ClassificationTest::whatIsWrongIsRefused_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const char *key, const QString &value, const char *code) {
        QTest::newRow(name) << key << value << code;
    };
    row("a class that is none", "class/SYS.1.6.A17", "serious", "class.unknown");
    row("a class in small letters", "class/SYS.1.6.A17", "as", "class.unknown");
    row("a deficiency that is none", "kritis/SYS.1.6.A17", "AS", "kritis.unknown");
    row("a requirement that is none", "class/SYS.1.6.A99", "AS", "class.no-requirement");
    row("a part", "class/SYS.1.6.A17.1", "AS", "class.no-requirement");
    row("nobody decided", "class/SYS.1.6.A5", "AG", "class.not-decided");
    row("nobody decided, KRITIS", "kritis/SYS.1.6.A5", "minor", "class.not-decided");
    row("nobody decided, recommendation", "class/SYS.1.6.A5", "E", "class.not-decided");
    row("yes", "class/SYS.1.6.A1", "AG", "class.not-decided");
    row("a module that is none", "verdict/SYS.9.9", "Fine.", "class.no-module");
    row("a verdict without words", "verdict/SYS.1.6", " ", "verdict.empty");
    row("a verdict as long as a page", "verdict/SYS.1.6", QString(301, u'ä'), "verdict.long");
    row("six", "five/SYS.1.6", "SYS.1.6.A17 SYS.1.6.A17 SYS.1.6.A17 SYS.1.6.A17 SYS.1.6.A17 SYS.1.6.A17", "five.many");
    row("chosen of another module", "five/SYS.1.6", "APP.4.4.A1", "class.no-requirement");
    row("chosen without a deviation", "five/SYS.1.6", "SYS.1.6.A1", "five.no-deviation");
}

void ClassificationTest::whatIsWrongIsRefused()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, code);
    QVERIFY(m_audit->decide("SYS.1.6.A1", decisionOf(Status::Ja)));
    const std::string head = state()->journalHead;
    const auto done = m_audit->put(settingOf(key.toStdString(), value.toStdString()));
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Malformed);
    QCOMPARE(done.error().message.def->code, code);
    QCOMPARE(state()->journalHead, head);
    QVERIFY(m_audit->put(settingOf("verdict/SYS.1.6", std::string(300, 'a')))); // as long as it may be
    QVERIFY(m_audit->put(settingOf("report.something", "AS")));                 // another setting is none of ours
}

void ClassificationTest::aRecommendationGoesWithYes()
{
    QVERIFY(m_audit->decide("SYS.1.6.A1", decisionOf(Status::Ja)));
    QVERIFY(m_audit->change({classChange("SYS.1.6.A1", AuditClass::Recommendation),
        deficiencyChange("SYS.1.6.A1", Deficiency::Recommendation)}));
    QCOMPARE(classOf("SYS.1.6.A1"), std::optional(AuditClass::Recommendation));
    QVERIFY(admits(*state(), "SYS.1.6.A1", AuditClass::Recommendation));
    QVERIFY(!admits(*state(), "SYS.1.6.A1", AuditClass::Minor));
    QVERIFY(!m_audit->change({deviationsChange(module, {"SYS.1.6.A1"})})); // it deviates from nothing
}

void ClassificationTest::aClassCountsOnlyAsLongAsThereIsADeviation()
{
    QVERIFY(m_audit->change({classChange(requirement, AuditClass::Serious), deviationsChange(module, {requirement})}));
    QVERIFY(m_audit->decide(requirement, decisionOf(Status::Ja)));
    QVERIFY(!classOf());
    QVERIFY(!chosenDeviations(*state(), module));
    QVERIFY(m_audit->undo());
    QCOMPARE(classOf(), std::optional(AuditClass::Serious));
    QVERIFY(chosenDeviations(*state(), module));
    // decided and classified in one step: what holds at the end counts
    QVERIFY(m_audit->change(
        {classChange("SYS.1.6.A5", AuditClass::Minor), DecisionChange{"SYS.1.6.A5", decisionOf(Status::Nein)}}));
    QCOMPARE(classOf("SYS.1.6.A5"), std::optional(AuditClass::Minor));
}

void ClassificationTest::eachCanBeUndone()
{
    QVERIFY(m_audit->change({classChange(requirement, AuditClass::Serious)}));
    QVERIFY(m_audit->change({classChange(requirement, AuditClass::Minor)}));
    QVERIFY(m_audit->undo());
    QCOMPARE(classOf(), std::optional(AuditClass::Serious));
    QVERIFY(m_audit->undo());
    QVERIFY(!classOf());
    QVERIFY(m_audit->redo());
    QCOMPARE(classOf(), std::optional(AuditClass::Serious));
    QCOMPARE(state()->journal.back().event, "setting-redone");
    QCOMPARE(state()->journal.back().subject, "class/SYS.1.6.A17");
}

void ClassificationTest::theVerdictIsOneLineAndSaysWhatWasDecidedSince()
{
    QVERIFY(m_audit->change(verdictChanges(*state(), module, "  Not met\n in essential\tparts. ")));
    QCOMPARE(verdictOf(*state(), module)->text, "Not met in essential parts.");
    AuditState later = *state();
    QCOMPARE(verdictOf(later, module)->decidedSince, 0);
    const auto add = [&later](const char *event, const char *subject, const char *at) {
        later.journal.push_back({99, at, "A. Auditor", event, subject, "{}", "hash"});
    };
    add("decision", "SYS.1.6.A5", "2099-01-01T00:00:00Z");
    add("decision-undone", "SYS.1.6.A5", "2099-01-01T00:00:01Z");
    add("decision", "SYS.1.6.A6.1", "2099-01-01T00:00:02Z");
    add("decision", "APP.4.4.A1", "2099-01-01T00:00:03Z");
    add("measure", "M-001 SYS.1.6.A5", "2099-01-01T00:00:04Z");
    add("decision", "SYS.1.6.A7", "2000-01-01T00:00:00Z");
    QCOMPARE(verdictOf(later, module)->decidedSince, 2);
    QVERIFY(m_audit->change(verdictChanges(*state(), module, " ")));
    QVERIFY(!verdictOf(*state(), module));
}

void ClassificationTest::theSameVerdictIsConfirmedAnew()
{
    QVERIFY(m_audit->change(verdictChanges(*state(), module, "Met.")));
    m_audit->setActor("B. Lead");
    QVERIFY(m_audit->change(verdictChanges(*state(), module, "Met.")));
    QCOMPARE(verdictOf(*state(), module)->by, "B. Lead");
    QVERIFY(m_audit->undo());
    QCOMPARE(verdictOf(*state(), module)->by, "A. Auditor");
}

void ClassificationTest::chosenAreTheWorstClassFirst()
{
    const std::vector<std::string> ids{"SYS.1.6.A5", "SYS.1.6.A17", "SYS.1.6.A6"};
    for (const std::string &id : ids)
        QVERIFY(m_audit->decide(id, decisionOf(Status::Nein)));
    QVERIFY(m_audit->change({deviationsChange(module, ids), classChange("SYS.1.6.A17", AuditClass::Minor),
        classChange("SYS.1.6.A6", AuditClass::Serious)}));
    const auto chosen = chosenDeviations(*state(), module);
    QVERIFY(chosen);
    QCOMPARE(chosen->requirements, (std::vector<std::string>{"SYS.1.6.A6", "SYS.1.6.A17", "SYS.1.6.A5"}));
}

void ClassificationTest::theNextAuditStartsWithoutThem()
{
    std::vector<AuditChange> changes
        = {classChange(requirement, AuditClass::Minor), deficiencyChange(requirement, Deficiency::Minor),
            deviationsChange(module, {requirement}), Record(settingOf("report.letterhead", "House"))};
    std::ranges::move(verdictChanges(*state(), module, "Met."), std::back_inserter(changes));
    QVERIFY(m_audit->change(changes));
    auto next = Audit::createFrom(*m_folder / "next.tally", {"O", "N", "A. Auditor", "", "", ""}, *state());
    QVERIFY(next);
    const auto &settings = next->state()->records.settings;
    QCOMPARE(settings.size(), std::size_t(1));
    QVERIFY(settings.contains("report.letterhead"));
    QCOMPARE(carriedFrom(*state(), "2026-11-23").settings, std::size_t(1));
}

void ClassificationTest::aReviewKnowsTheClass()
{
    const std::string before = decidedDigest(*state(), requirement);
    QVERIFY(m_audit->change({classChange(requirement, AuditClass::Minor)}));
    const std::string minor = decidedDigest(*state(), requirement);
    QVERIFY(minor != before);
    QVERIFY(m_audit->change({classChange(requirement, AuditClass::Serious)}));
    QVERIFY(decidedDigest(*state(), requirement) != minor);
    QVERIFY(m_audit->change({classChange(requirement, std::nullopt)}));
    QCOMPARE(decidedDigest(*state(), requirement), before);
}

TALLY_TEST(ClassificationTest)
#include "classification_test.moc"
