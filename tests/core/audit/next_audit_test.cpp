// SPDX-License-Identifier: Apache-2.0
#include "core/audit/audit.h"
#include "core/audit/carried.h"
#include "core/audit/target_objects.h"
#include "core/base/messages_audit.h"
#include "core/base/messages_classes.h"
#include "core/base/messages_difference.h"
#include "tests/core/audit/sample_audit.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

namespace {

constexpr const char *fingerprint = "00112233445566778899aabbccddeeff"; // of sampleAssessment()

Measure measureOf(const char *key, Measure::State state)
{
    Measure measure;
    measure.key = key;
    measure.title = "Drop privileged";
    measure.owner = "Platform";
    measure.due = "2027-01-31";
    measure.costOnce = 1200;
    measure.fingerprints = {fingerprint};
    measure.state = state;
    measure.by = "A. Auditor";
    return measure;
}

TargetObject payments()
{
    TargetObject target;
    target.key = "T-001";
    target.name = "payments";
    target.kind = TargetObject::Kind::Namespace;
    target.confidentiality = {TargetObject::Need::High, "card data"};
    target.integrity = {TargetObject::Need::Normal, {}};
    target.availability = {TargetObject::Need::Normal, {}};
    return target;
}

FindingException falseAlarm()
{
    FindingException exception;
    exception.fingerprint = fingerprint;
    exception.kind = "false-positive";
    exception.reason = "is needed there";
    return exception;
}

/// With everything that people can enter.
Audit oldAudit()
{
    AuditInfo info;
    info.title = "2025";
    info.organisation = "Stadtwerke";
    info.auditor = "A. Auditor";
    info.classification = "VS-NfD";
    auto audit = Audit::createInMemory(info);
    Setting paper;
    paper.key = "report.paper";
    paper.value = "letter";
    Setting place;
    place.key = "cluster-of/1";
    place.value = "1";
    SavedFilter filter;
    filter.key = "mine";
    const bool made = audit && audit->addRun(sampleAssessment()) && audit->setException(falseAlarm())
        && audit->put(measureOf("M-001", Measure::State::InProgress))
        && audit->put(measureOf("M-002", Measure::State::Done)) && audit->put(payments()) && audit->put(paper)
        && audit->put(place) && audit->put(filter);
    if (!made)
        qFatal("no audit");
    return *std::move(audit);
}

AuditInfo newInfo()
{
    AuditInfo info;
    info.title = "2026";
    info.auditor = "B. Auditor";
    return info;
}

Proposal proposalOf(const AuditState &state)
{
    return state.assessment->requirements.front().parts.front().proposal;
}

} // namespace

/// What a new audit starts with: nothing of it counts as said here before somebody said so, and nothing is silent.
class NextAuditTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void openMeasuresGoOn();
    void protectionNeedsAreToBeConfirmed();
    void theHouseStaysTheSame();
    void theJournalSaysWhat();
    void classesAndVerdictsAreNamedAsLeftBehind();
    void exceptionsDoNotCountBeforeSomebodyConfirms();
    void anExceptionThatDoesNotHoldWaitsNoMore();
    void whatAnEarlierVersionTookOverIsMarked();
    void nobodyIsNamedWhoWasNot();

private:
    Folder m_folder;
};

void NextAuditTest::openMeasuresGoOn()
{
    const Audit old = oldAudit();
    const auto path = m_folder / "measures.tally";
    QVERIFY(Audit::createFrom(path, newInfo(), *old.state()));
    auto audit = Audit::open(path);
    const auto &measures = audit->state()->records.measures;
    QCOMPARE(measures.size(), 1U); // what is done stays there
    const Measure &measure = measures.at("M-001");
    const Measure &before = old.state()->records.measures.at("M-001");
    QCOMPARE(measure.from, "2025");
    QCOMPARE(measure.state, Measure::State::InProgress);
    QCOMPARE(measure.owner, before.owner);
    QCOMPARE(measure.due, before.due);
    QVERIFY(measure.costOnce == before.costOnce);
    QVERIFY(measure.fingerprints == before.fingerprints);
    QCOMPARE(measure.by, "A. Auditor");
    QCOMPARE(measure.at, before.at);
    QCOMPARE(nextKey(*audit->state(), RecordType::Measure), "M-002");
    Measure done = measure;
    done.state = Measure::State::Done;
    QVERIFY(audit->put(done));
    QCOMPARE(audit->state()->records.measures.at("M-001").from, "2025"); // it still comes from there
    QVERIFY(audit->verify()->consistent);
}

void NextAuditTest::protectionNeedsAreToBeConfirmed()
{
    const Audit old = oldAudit();
    QVERIFY(ProtectionScope(*old.state()).openPlaces().empty());
    auto audit = Audit::createInMemory(newInfo());
    QVERIFY(audit->takeOver(*old.state()));
    std::vector<TargetObject> waiting = carriedTargets(*audit->state());
    QCOMPARE(waiting.size(), 1U);
    QCOMPARE(waiting.front().from, "2025");
    QCOMPARE(waiting.front().confidentiality.reason, "card data");
    // Nothing is left out because of them, and nothing that they ask for is forgotten.
    QCOMPARE(ProtectionScope(*audit->state()).openPlaces(), std::vector<std::string>{"payments"});
    QCOMPARE(ProtectionScope(*audit->state()).elevated().size(), 1U);
    QVERIFY(audit->change({confirmation(waiting.front())}));
    QVERIFY(carriedTargets(*audit->state()).empty());
    QVERIFY(ProtectionScope(*audit->state()).openPlaces().empty());
    QCOMPARE(audit->state()->records.targets.at("T-001").by, "B. Auditor");
    QVERIFY(audit->undo());
    QCOMPARE(carriedTargets(*audit->state()).size(), 1U);
    waiting.front().description = "shop"; // whoever changes it has looked at it
    QVERIFY(audit->put(waiting.front()));
    QVERIFY(carriedTargets(*audit->state()).empty());
}

void NextAuditTest::theHouseStaysTheSame()
{
    const Audit old = oldAudit();
    const auto audit = Audit::createFrom(m_folder / "house.tally", newInfo(), *old.state());
    const AuditStatePtr state = audit->state();
    QCOMPARE(state->info.title, "2026");
    QCOMPARE(state->info.auditor, "B. Auditor");
    QCOMPARE(state->info.organisation, "Stadtwerke");
    QCOMPARE(state->info.classification, "VS-NfD");
    QCOMPARE(state->records.settings.size(), 1U); // nothing about which source is where
    QCOMPARE(state->records.settings.at("report.paper").value, "letter");
    QVERIFY(state->records.filters.contains("mine"));
}

void NextAuditTest::theJournalSaysWhat()
{
    const Audit old = oldAudit();
    const CarriedOver carried = carriedFrom(*old.state(), "2026-11-23");
    QVERIFY((carried
        == CarriedOver{.exceptions = 1, .targets = 1, .measures = 1, .measuresDone = 1, .settings = 1, .filters = 1}));
    const auto path = m_folder / "journal.tally";
    QVERIFY(Audit::createFrom(path, newInfo(), *old.state()));
    const auto audit = Audit::open(path);
    QCOMPARE(audit->state()->journal.back().event, "started-from");
    QVERIFY(predecessorIn(audit->state()->journal.back())->carried == carried);
    const auto has = [](const std::vector<Message> &all, const MessageDef *def) {
        return std::ranges::find(all, def, &Message::def) != all.end();
    };
    QVERIFY(has(whatIsCarried(carried), differenceDef("carried.measures")));
    QVERIFY(!has(whatIsCarried(carried), differenceDef("carried.answers")));
    QVERIFY(has(whatIsNotCarried(carried, *old.state()), differenceDef("carried.done")));
    QVERIFY(!has(whatIsNotCarried(carried, *old.state()), classesDef("carried.classes")));
    QVERIFY(!has(whatIsNotCarried(carried, *old.state()), classesDef("carried.verdicts")));
    QVERIFY(has(whatIsCarried({}), differenceDef("carried.nothing")));
}

void NextAuditTest::classesAndVerdictsAreNamedAsLeftBehind()
{
    AuditState old;
    const auto set
        = [&old](const char *key, const char *value) { old.records.put(Setting{.key = key, .value = value}); };
    old.decisions["SYS.1.6.A5"].status = Status::Nein;
    old.decisions["SYS.1.6.A6"].status = Status::Ja;
    set("class/SYS.1.6.A5", "AS");
    set("kritis/SYS.1.6.A5", "serious"); // the same requirement
    set("class/SYS.1.6.A6", "AG");       // does not count: it was decided "yes"
    set("verdict/SYS.1.6", "Not met.");
    const std::vector<Message> said = whatIsNotCarried({}, old);
    const auto count = [&said](const MessageDef *def) {
        const auto found = std::ranges::find(said, def, &Message::def);
        return found == said.end() ? 0 : found->count;
    };
    QCOMPARE(count(classesDef("carried.classes")), 1);
    QCOMPARE(count(classesDef("carried.verdicts")), 1);
}

void NextAuditTest::exceptionsDoNotCountBeforeSomebodyConfirms()
{
    const Audit old = oldAudit();
    QCOMPARE(proposalOf(*old.state()), Proposal::PartlyChecked); // no deviation, but not all was seen
    const auto path = m_folder / "exceptions.tally";
    {
        auto audit = Audit::createFrom(path, newInfo(), *old.state());
        QVERIFY(audit && audit->addRun(sampleAssessment()));
    }
    auto audit = Audit::open(path);
    audit->setActor("B. Auditor");
    AuditStatePtr state = audit->state();
    QCOMPARE(proposalOf(*state), Proposal::Deviation);
    const Finding &finding = state->assessment->findings.front();
    QVERIFY(!state->exceptionOf(finding));
    QVERIFY(state->exceptionToConfirm(finding).has_value());
    const std::vector<CarriedException> waiting = carriedExceptions(*state);
    QCOMPARE(waiting.size(), 1U);
    QVERIFY(audit->change({confirmation(waiting.front().exception)}));
    state = audit->state();
    QCOMPARE(proposalOf(*state), Proposal::PartlyChecked);
    QCOMPARE(state->exceptions.at(fingerprint).by, "B. Auditor");
    QVERIFY(!state->exceptionToConfirm(state->assessment->findings.front()));
    QVERIFY(carriedExceptions(*state).empty());
    QVERIFY(audit->undo());
    QCOMPARE(proposalOf(*audit->state()), Proposal::Deviation);
    QCOMPARE(carriedExceptions(*audit->state()).size(), 1U);
    QVERIFY(audit->verify()->consistent);
    auto third = Audit::createInMemory(newInfo());
    QVERIFY(third->takeOver(*audit->state())); // what nobody confirmed is passed on
    QCOMPARE(carriedExceptions(*third->state()).size(), 1U);
}

void NextAuditTest::anExceptionThatDoesNotHoldWaitsNoMore()
{
    const Audit old = oldAudit();
    auto audit = Audit::createInMemory(newInfo());
    QVERIFY(audit->takeOver(*old.state()));
    QVERIFY(audit->withdrawException(fingerprint));
    QVERIFY(carriedExceptions(*audit->state()).empty());
    QVERIFY(audit->undo());
    QCOMPARE(carriedExceptions(*audit->state()).size(), 1U);
    QVERIFY(audit->redo());
    auto third = Audit::createInMemory(newInfo());
    QVERIFY(third->takeOver(*audit->state()));
    QVERIFY(carriedExceptions(*third->state()).empty());
    QVERIFY(audit->setException(falseAlarm())); // holds all the same, and goes again
    QVERIFY(audit->withdrawException(fingerprint));
    QVERIFY(carriedExceptions(*audit->state()).empty());
}

void NextAuditTest::whatAnEarlierVersionTookOverIsMarked()
{
    const Audit old = oldAudit();
    auto audit = Audit::createInMemory(newInfo());
    QVERIFY(audit->takeOver(*old.state()) && audit->addRun(sampleAssessment()));
    AuditState state = *audit->state();
    state.predecessor->exceptions.clear(); // as it was once: the row was copied, and held
    FindingException copied = falseAlarm();
    copied.at = "2020-01-01T00:00:00Z";
    state.exceptions[fingerprint] = copied;
    const Finding &finding = state.assessment->findings.front();
    QVERIFY(state.isUnconfirmed(copied));
    QVERIFY(state.exceptionOf(finding)); // it goes on to count
    QVERIFY(state.exceptionToConfirm(finding).has_value());
    QCOMPARE(carriedExceptions(state).size(), 1U);
    state.exceptions[fingerprint].at = state.info.createdAt;
    QVERIFY(!state.exceptionToConfirm(finding));
}

void NextAuditTest::nobodyIsNamedWhoWasNot()
{
    const auto path = m_folder / "names.tally";
    Decision decision;
    decision.status = Status::Ja;
    {
        auto made = Audit::create(path, newInfo()); // whoever makes it says who audits
        QVERIFY(made->decide("SYS.1.6.A8", decision));
        QCOMPARE(made->state()->journal.back().by, "B. Auditor");
    }
    auto audit = Audit::open(path);
    QVERIFY(audit->decide("SYS.1.6.A17", decision));
    QCOMPARE(audit->state()->journal.back().by, std::string());
    QCOMPARE(audit->state()->decisions.at("SYS.1.6.A17").by, std::string());
    Review review;
    review.key = "SYS.1.6.A17";
    review.by = "C. Reviewer";
    QVERIFY(audit->put(review));
    review.state = Review::State::Accepted;
    const auto refused = audit->put(review);
    QVERIFY(!refused);
    QCOMPARE(refused.error().message.def, auditDef("review.decider-unknown"));
    audit->setActor("D. Other");
    QVERIFY(audit->decide("SYS.1.6.A8", {Status::Nein, "no", {}, {}, {}, {}, {}, {}}));
    QCOMPARE(audit->state()->journal.back().by, "D. Other");
}

TALLY_TEST(NextAuditTest)
#include "next_audit_test.moc"
