// SPDX-License-Identifier: Apache-2.0
#include "core/audit/withdrawals.h"

#include "core/audit/carried.h"
#include "core/audit/clusters.h"
#include "core/base/messages_audit.h"
#include "tests/core/audit/made_clusters.h"
#include "tests/core/audit/sample_audit.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace tally;
using namespace tally::test;

namespace {

SourceWithdrawal withdrawn(int source)
{
    SourceWithdrawal withdrawal;
    withdrawal.key = withdrawalKey(source);
    withdrawal.reason = "shows the cluster of last year";
    return withdrawal;
}

std::set<std::string> podsIn(const AuditState &state)
{
    std::set<std::string> names;
    for (const AuditCluster &cluster : state.clusters) {
        for (const Object &object : cluster.cluster->objects) {
            if (object.kind == "Pod")
                names.emplace(object.name);
        }
    }
    return names;
}

Audit emptyAudit()
{
    auto audit = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    if (!audit)
        qFatal("no audit");
    return *std::move(audit);
}

} // namespace

/// Sources that no longer count.
class WithdrawalsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theNewerExportTakesThePlace();
    void anExportOfOtherThingsIsNoNewerOne();
    void undoneAndReopened();
    void decisionsOnOtherEvidenceAreStale();
    void imagesGoAndComeBack();
    void whatWasAskedForGoesWithItsCluster();
    void lostDecisionsAreCountedBefore();
    void wrongOnesAreRefused();
    void theSameFileIsNotAddedAgain();
    void anAuditOfFormat4IsBroughtForward();

private:
    Folder m_folder;
};

void WithdrawalsTest::theNewerExportTakesThePlace()
{
    Audit audit = emptyAudit();
    add(audit, kubeSystem("one") + pod("old", "o1", true) + pod("web", "w1", true), "2025.yaml");
    add(audit, kubeSystem("one") + pod("web", "w1", false), "2026.yaml");
    QCOMPARE(podsIn(*audit.state()), (std::set<std::string>{"old", "web"})); // together
    QCOMPARE(supersededBy(*audit.state(), 1), std::vector<int>{0});
    QVERIFY(audit.change(withdraw({0}, "newer", 1)));
    const AuditStatePtr state = audit.state();
    QCOMPARE(podsIn(*state), std::set<std::string>{"web"});
    QCOMPARE(state->clusters.front().sources, std::vector<int>{1});
    QCOMPARE(state->sources.size(), 2U); // it is still in the audit
    QVERIFY(state->withdrawalOf(0)->successor == 2);
    QCOMPARE(state->withdrawalOf(0)->by, "A. Auditor");
    QCOMPARE(state->journal.back().event, "withdrawal");
    QCOMPARE(state->journal.back().subject, "2025.yaml");
    QVERIFY(!isJudged(*state));
    judge(audit);
    QVERIFY(isJudged(*audit.state()));
    QVERIFY(std::ranges::none_of(audit.state()->assessment->findings,
        [](const Finding &finding) { return finding.object && finding.object->name == "old"; }));
    QVERIFY(audit.verify()->consistent);
}

void WithdrawalsTest::anExportOfOtherThingsIsNoNewerOne()
{
    Audit audit = emptyAudit();
    add(audit, pod("a", "", false) + pod("b", "", false), "first.yaml");
    add(audit, pod("c", "", false) + pod("d", "", false), "second.yaml");
    QCOMPARE(audit.state()->clusters.size(), 1U); // nothing speaks against one cluster
    QVERIFY(supersededBy(*audit.state(), 1).empty());
    add(audit, pod("c", "", true) + pod("d", "", false) + pod("e", "", false), "third.yaml");
    QCOMPARE(supersededBy(*audit.state(), 2), std::vector<int>{1});
}

void WithdrawalsTest::undoneAndReopened()
{
    const auto path = m_folder / "withdrawn.tally";
    {
        auto audit = Audit::create(path, {"", "", "A. Auditor", "", "", ""});
        add(*audit, kubeSystem("one") + pod("old", "o1", true), "2025.yaml");
        add(*audit, kubeSystem("one") + pod("web", "w1", false), "2026.yaml");
        QVERIFY(audit->put(withdrawn(0)));
        QVERIFY(audit->undo());
        QCOMPARE(podsIn(*audit->state()), (std::set<std::string>{"old", "web"}));
        QCOMPARE(audit->state()->journal.back().event, "withdrawal-undone");
        QVERIFY(audit->redo());
    }
    auto audit = Audit::open(path);
    QVERIFY(audit);
    QCOMPARE(podsIn(*audit->state()), std::set<std::string>{"web"});
    QCOMPARE(audit->state()->withdrawalOf(0)->reason, "shows the cluster of last year");
    QVERIFY(!isJudged(*audit->state()));
    QVERIFY(audit->verify()->consistent);
    QVERIFY(audit->remove(RecordType::SourceWithdrawal, withdrawalKey(0)));
    QCOMPARE(podsIn(*audit->state()), (std::set<std::string>{"old", "web"}));
}

void WithdrawalsTest::decisionsOnOtherEvidenceAreStale()
{
    Audit audit = emptyAudit();
    add(audit, kubeSystem("one") + pod("old", "o1", true), "2025.yaml");
    add(audit, kubeSystem("one") + pod("web", "w1", false), "2026.yaml");
    judge(audit);
    QVERIFY(audit.decide("SYS.1.6.A17", {Status::Nein, "privileged", {}, {}, {}, {}, {}, {}}));
    QVERIFY(!audit.state()->decisions.at("SYS.1.6.A17").stale);
    QVERIFY(audit.put(withdrawn(0)));
    judge(audit);
    QVERIFY(audit.state()->decisions.at("SYS.1.6.A17").stale);
    QCOMPARE(audit.state()->decisions.at("SYS.1.6.A17").status, Status::Nein); // never overwritten
}

void WithdrawalsTest::imagesGoAndComeBack()
{
    const auto path = m_folder / "images.tally";
    {
        auto audit = Audit::create(path, {"", "", "A. Auditor", "", "", ""});
        QVERIFY(audit->addSource(sampleOpened()));
        auto run = std::make_shared<Assessment>(*sampleAssessment());
        run->findings.front().imageIndex = 0;
        QVERIFY(audit->addRun(run));
        QVERIFY(audit->put(withdrawn(0)));
    }
    auto audit = Audit::open(path);
    QVERIFY(audit->state()->images.empty());
    QCOMPARE(audit->state()->withdrawnImages.size(), 1U);
    // An index into the run's images would show another image than the one that was looked at.
    QVERIFY(audit->state()->run->findings.front().imageIndex > 0);
    QVERIFY(checkInputs(*audit->state()).front().images.empty());
    QVERIFY(audit->remove(RecordType::SourceWithdrawal, withdrawalKey(0)));
    QCOMPARE(audit->state()->images.size(), 1U);
    QVERIFY(audit->state()->withdrawnImages.empty());
}

void WithdrawalsTest::whatWasAskedForGoesWithItsCluster()
{
    Audit audit = emptyAudit();
    add(audit, kubeSystem("one") + pod("web", "w1", false), "one.yaml");
    add(audit, kubeSystem("two") + pod("web", "w2", false), "two.yaml");
    QVERIFY(audit.setAsked({{"NetworkPolicy", "networking.k8s.io", "asked in one", {}, {}, 0}}));
    QVERIFY(audit.put(withdrawn(0)));
    QVERIFY2(audit.state()->asked.empty(), "else it would be said of the other cluster");
    QVERIFY(!audit.state()->clusters.front().cluster->knows("NetworkPolicy"));
    QVERIFY(audit.undo());
    QCOMPARE(audit.state()->asked.size(), 1U);
    QVERIFY(audit.state()->clusters.front().cluster->knows("NetworkPolicy"));
}

void WithdrawalsTest::lostDecisionsAreCountedBefore()
{
    Audit audit = emptyAudit();
    add(audit, kubeSystem("one") + pod("web", "w1", true), "one.yaml");
    add(audit, pod("edge", "e1", true), "edge.yaml");
    const auto moved = [&audit](int to) {
        std::vector<AuditChange> changes;
        for (Setting &each : assignExports(*audit.state(), {{1, to}}))
            changes.emplace_back(Record(std::move(each)));
        return changes;
    };
    QVERIFY(audit.change(moved(1)));
    judge(audit);
    const auto found = std::ranges::find_if(audit.state()->run->findings,
        [](const Finding &finding) { return finding.source == 1 && finding.check == "POD-PRIVILEGED"; });
    QVERIFY(found != audit.state()->run->findings.end());
    FindingException exception;
    exception.fingerprint = found->id;
    exception.kind = "accepted";
    exception.reason = "agreed";
    QVERIFY(audit.setException(exception));
    QCOMPARE(saidThatIsLost(*audit.state(), moved(0)), 1U);
    QCOMPARE(saidThatIsLost(*audit.state(), {}), 0U);
    QVERIFY(audit.change(moved(0)));
    judge(audit);
    const auto &findings = audit.state()->run->findings;
    QVERIFY2(std::ranges::none_of(findings, [&](const Finding &each) { return each.id == exception.fingerprint; }),
        "it is lost indeed");
}

void WithdrawalsTest::wrongOnesAreRefused()
{
    Audit audit = emptyAudit();
    add(audit, kubeSystem("one"), "one.yaml");
    SourceWithdrawal wrong = withdrawn(0);
    wrong.reason = " ";
    QCOMPARE(audit.put(wrong).error().message.def, auditDef("withdrawal.reason"));
    QCOMPARE(audit.put(withdrawn(7)).error().message.def, auditDef("withdrawal.no-source"));
    wrong = withdrawn(0);
    wrong.successor = 1; // itself
    QCOMPARE(audit.put(wrong).error().message.def, auditDef("withdrawal.no-source"));
    QVERIFY(audit.state()->records.withdrawals.empty());
}

void WithdrawalsTest::theSameFileIsNotAddedAgain()
{
    Audit audit = emptyAudit();
    add(audit, kubeSystem("one"), "one.yaml");
    QVERIFY(audit.put(withdrawn(0)));
    const auto again = audit.addSource(opened(audit, kubeSystem("one"), "one.yaml"));
    QCOMPARE(again.error().message.def, auditDef("source.withdrawn"));
}

void WithdrawalsTest::anAuditOfFormat4IsBroughtForward()
{
    const auto path = m_folder / "four.tally";
    {
        auto made = Audit::create(path, {"", "", "A. Auditor", "", "", ""});
        add(*made, kubeSystem("one"), "one.yaml");
    }
    makeFormat(path, 4);
    runSql(path, "DROP TABLE exception_in_cluster"); // as in the first files of this format
    QVERIFY2(verifyAudit(path, {})->consistent, "as it is");
    auto audit = Audit::open(path);
    QVERIFY(audit);
    QCOMPARE(audit->keptCopy().filename(), std::filesystem::path("four.format4.tally"));
    QVERIFY(audit->put(withdrawn(0)));
    QVERIFY(audit->state()->clusters.empty());
    QVERIFY(audit->verify()->consistent);
}

TALLY_TEST(WithdrawalsTest)
#include "withdrawals_test.moc"
