// SPDX-License-Identifier: Apache-2.0
#include "core/audit/carried.h"
#include "core/audit/comparison.h"
#include "core/audit/earlier_audit.h"
#include "core/audit/earlier_edition.h"
#include "core/audit/open_points.h"
#include "core/io/file.h"
#include "tests/core/audit/judged_audit.h"
#include "tests/core/audit/sample_audit.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

namespace {

constexpr const char *requirement = "SYS.1.6.A17";

/// Judged, with two decisions and two exceptions, of which one has expired.
Audit oldAudit()
{
    AuditInfo info;
    info.title = "2025";
    info.auditor = "first";
    auto audit = Audit::createInMemory(info);
    if (!audit || !audit->addRun(sampleAssessment()))
        qFatal("no audit");
    Decision decision;
    decision.status = Status::Nein;
    decision.reason = "agents run privileged";
    decision.measure = "replace them";
    FindingException accepted;
    accepted.fingerprint = "00112233445566778899aabbccddeeff";
    accepted.kind = "accepted";
    accepted.reason = "until the new agent";
    FindingException expired;
    expired.check = "POD-ROFS";
    expired.kind = "deferred";
    expired.reason = "later";
    expired.expires = "2001-01-01";
    if (!audit->decide(requirement, decision) || !audit->setException(accepted) || !audit->setException(expired))
        qFatal("not decided");
    return *std::move(audit);
}

AuditInfo newInfo()
{
    AuditInfo info;
    info.title = "2026";
    info.auditor = "second";
    return info;
}

} // namespace

/// The next audit: what the earlier one had decided stands there to be confirmed.
class PredecessorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decisionsAreToBeConfirmed();
    void survivesTheFile();
    void onlyOnce();
    void differencesOfDecisions();
    void neverJudged();
    void withoutATitleItsDayNamesIt();
    void anEarlierEditionGoesThroughTheCrosswalk();
    void itsFileIsFoundByItsJournal();
    void modulesAreJudgedByDecisionsAndParts();
};

void PredecessorTest::decisionsAreToBeConfirmed()
{
    const Audit old = oldAudit();
    auto audit = Audit::createInMemory(newInfo());
    QVERIFY(audit && audit->takeOver(*old.state()));
    AuditStatePtr state = audit->state();
    QVERIFY(state->predecessor.has_value());
    QCOMPARE(state->predecessor->title, "2025");
    QCOMPARE(state->predecessor->journalHead, old.state()->journalHead);
    QCOMPARE(state->journal.back().event, "started-from");
    QVERIFY(state->decisions.empty()); // nobody has decided
    const Decision *carried = state->toConfirm(requirement);
    QVERIFY(carried);
    QCOMPARE(carried->status, Status::Nein);
    QCOMPARE(carried->by, "first");
    QCOMPARE(carried->measure, "replace them");
    QVERIFY(!state->toConfirm("SYS.1.6.A1"));
    QVERIFY(state->exceptions.empty());             // nobody has confirmed any
    QCOMPARE(carriedExceptions(*state).size(), 1U); // the expired one does not wait

    Decision confirmed = *carried;
    confirmed.by.clear();
    QVERIFY(audit->decide(requirement, confirmed));
    state = audit->state();
    QCOMPARE(state->decisions.at(requirement).by, "second");
    QVERIFY(!state->toConfirm(requirement));
    QVERIFY(audit->undo());
    QVERIFY(audit->state()->toConfirm(requirement));
}

void PredecessorTest::survivesTheFile()
{
    const Folder folder;
    const Audit old = oldAudit();
    {
        const auto audit = Audit::createFrom(folder / "new.tally", newInfo(), *old.state());
        QVERIFY(audit.has_value());
    }
    const auto again = Audit::open(folder / "new.tally");
    QVERIFY(again.has_value());
    QVERIFY(again->state()->predecessor.has_value());
    QVERIFY(*again->state()->predecessor == [&] {
        Predecessor expected;
        expected.title = "2025";
        expected.createdAt = old.state()->info.createdAt;
        expected.judgedAt = old.state()->run->createdAt;
        expected.journalHead = old.state()->journalHead;
        expected.decisions = old.state()->decisions;
        expected.exceptions.push_back(old.state()->exceptions.at("00112233445566778899aabbccddeeff"));
        expected.carried.emplace().answers = 1;
        expected.carried->exceptions = 1;
        return expected;
    }());
    QVERIFY(again->state()->exceptions.empty());
    const auto verified = again->verify();
    QVERIFY(verified && verified->consistent);
    // What nobody confirmed goes on to the audit after the next.
    auto third = Audit::createInMemory(newInfo());
    QVERIFY(third && third->takeOver(*again->state()));
    QVERIFY(third->state()->toConfirm(requirement));
}

void PredecessorTest::onlyOnce()
{
    const Folder folder;
    const Audit old = oldAudit();
    auto audit = Audit::createFrom(folder / "new.tally", newInfo(), *old.state());
    QVERIFY(audit.has_value());
    const std::string head = audit->state()->journalHead;
    QVERIFY(!audit->takeOver(*old.state()));
    QCOMPARE(audit->state()->journalHead, head);
    QVERIFY(!Audit::createFrom(folder / "new.tally", newInfo(), *old.state())); // exists
    QVERIFY(std::filesystem::exists(folder / "new.tally"));
}

void PredecessorTest::anEarlierEditionGoesThroughTheCrosswalk()
{
    AuditInfo info;
    info.title = "2022";
    auto old = Audit::createInMemory(info);
    auto assessment = std::make_shared<Assessment>(*sampleAssessment());
    assessment->edition = "2022";
    Decision yes;
    yes.status = Status::Ja;
    yes.reason = "seen";
    QVERIFY(old && old->addRun(assessment));
    for (const char *id : {"SYS.1.6.A6", "SYS.1.6.A6.4", "SYS.1.6.A17"})
        QVERIFY(old->decide(id, yes));

    const auto crosswalk = loadCrosswalk(Resources(), catalogue(), "2022");
    QVERIFY(crosswalk.has_value());
    const Folder folder;
    {
        const auto audit
            = Audit::createFrom(folder / "new.tally", newInfo(), inThisEdition(*old->state(), *crosswalk, catalogue()));
        QVERIFY(audit.has_value());
    }
    const auto audit = Audit::open(folder / "new.tally");
    const AuditStatePtr state = audit->state();
    QCOMPARE(state->predecessor->title, "2022, Edition 2022");
    QVERIFY(state->decisions.empty());
    QVERIFY(state->toConfirm("SYS.1.6.A17"));
    QVERIFY(state->toConfirm("SYS.1.6.A6.5"));
    QCOMPARE(state->toConfirm("SYS.1.6.A6.5")->reason, "seen");
    QVERIFY(!state->toConfirm("SYS.1.6.A6.4"));
    QVERIFY(!state->toConfirm("SYS.1.6.A6"));
    QVERIFY(notTakenOver(*state, "2022", "SYS.1.6.A6")); // kept, to be shown beside the decision
    QVERIFY(!notTakenOver(*state, "2022", "SYS.1.6.A17"));
    QVERIFY(audit->verify() && audit->verify()->consistent);
}

void PredecessorTest::differencesOfDecisions()
{
    const Audit old = oldAudit();
    auto audit = Audit::createInMemory(newInfo());
    QVERIFY(audit && audit->takeOver(*old.state()) && audit->addRun(sampleAssessment("basis-2")));
    Decision decision;
    decision.status = Status::Teilweise;
    decision.reason = "most are replaced";
    QVERIFY(audit->decide(requirement, decision));
    const auto compared = compareAudits(old.state(), audit->state(), catalogue(), allChecks());
    QVERIFY(compared.has_value());
    QCOMPARE((*compared)->decisions.size(), 1U);
    const ComparedDecision &row = (*compared)->decisions.front();
    QCOMPARE(row.status, Direction::Better);
    QVERIFY((row.fields == std::vector<std::string_view>{"status", "reason", "measure"}));
    const auto verdict = std::ranges::find((*compared)->requirements, requirement, &ComparedVerdict::id);
    QVERIFY(verdict != (*compared)->requirements.end());
    QVERIFY(verdict->statusBefore == Status::Nein && verdict->statusAfter == Status::Teilweise);
    QCOMPARE(verdict->proposal, Direction::Same);
    QCOMPARE((*compared)->exceptions.size(), 2U); // nobody confirmed one, and the expired one was not taken over
    QVERIFY(std::ranges::all_of((*compared)->exceptions, [](const auto &each) { return each.after == nullptr; }));
    QCOMPARE(std::ranges::count_if((*compared)->exceptions, &ComparedException::waits), 1);
    QCOMPARE((*compared)->count(FindingFate::Same), 1U);
}

void PredecessorTest::neverJudged()
{
    const Audit old = oldAudit();
    const auto audit = Audit::createInMemory(newInfo());
    QVERIFY(audit.has_value());
    const auto compared = compareAudits(old.state(), audit->state(), catalogue(), allChecks());
    QVERIFY(!compared);
    QCOMPARE(compared.error().kind, ErrorKind::Unsupported);
}

void PredecessorTest::itsFileIsFoundByItsJournal()
{
    const Folder folder;
    const Audit old = oldAudit();
    QVERIFY(old.saveCopy(folder / "some name.tally"));
    {
        auto later = Audit::open(folder / "some name.tally"); // went on after it was taken over
        QVERIFY(later);
        QVERIFY(later->saveCopy(folder / "a later.tally"));
        auto copy = Audit::open(folder / "a later.tally");
        Decision more;
        more.status = Status::Ja;
        more.reason = "shown";
        QVERIFY(copy && copy->decide("SYS.1.6.A1", more));
    }
    QVERIFY(saveAtomically(folder / "no audit.tally", "text"));
    const auto audit = Audit::createFrom(folder / "new.tally", newInfo(), *old.state());
    QVERIFY(audit);
    const auto find = [&] { return findPredecessor(*audit->state(), folder / "", folder / "new.tally"); };
    QCOMPARE(find().filename().string(), std::string("some name.tally"));
    std::filesystem::remove(folder / "some name.tally");
    QCOMPARE(find().filename().string(), std::string("a later.tally"));
    std::filesystem::remove(folder / "a later.tally");
    QVERIFY(find().empty());
    QVERIFY(findPredecessor(*old.state(), folder / "", folder / "x").empty()); // started from no other
}

void PredecessorTest::modulesAreJudgedByDecisionsAndParts()
{
    const auto ids = [](const AuditState &state) {
        std::vector<std::string> all;
        for (const Module *module : judgedModules(state, catalogue()))
            all.push_back(module->id);
        return all;
    };
    auto audit = Audit::createInMemory(newInfo());
    QVERIFY(audit);
    QVERIFY(ids(*audit->state()).empty());
    Decision decision;
    decision.status = Status::Nein;
    decision.reason = "seen";
    QVERIFY(audit->decide("APP.4.4.A1.1", decision)); // a part alone
    QCOMPARE(ids(*audit->state()), std::vector<std::string>{"APP.4.4"});
    QVERIFY(audit->takeOver(*oldAudit().state())); // to be confirmed
    QCOMPARE(ids(*audit->state()), (std::vector<std::string>{"SYS.1.6", "APP.4.4"}));
}

void PredecessorTest::withoutATitleItsDayNamesIt()
{
    auto old = Audit::createInMemory({});
    QVERIFY(old && old->put(TargetObject{.key = "T-001", .name = "payments"}));
    auto audit = Audit::createInMemory(newInfo());
    QVERIFY(audit->takeOver(*old->state()));
    const std::string day = old->state()->info.createdAt.substr(0, 10);
    QCOMPARE(day.size(), 10U);
    QCOMPARE(audit->state()->predecessor->title, day);
    QCOMPARE(audit->state()->journal.back().subject, day);
    QCOMPARE(audit->state()->records.targets.at("T-001").from, day);
}

TALLY_TEST(PredecessorTest)
#include "predecessor_test.moc"
