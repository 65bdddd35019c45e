// SPDX-License-Identifier: Apache-2.0
#include "core/audit/clusters.h"

#include "core/audit/carried.h"
#include "core/audit/comparison.h"
#include "core/audit/target_objects.h"
#include "core/base/messages_audit.h"
#include "tests/core/audit/made_clusters.h"
#include "tests/core/audit/sample_audit.h"
#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace tally;
using namespace tally::test;

/// Several clusters in one audit: what belongs together, and that each is judged by itself.
class ClustersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachUidIsACluster();
    void exportsOfOneClusterJoin();
    void sharedObjectsTellWhereAnExportBelongs();
    void whatTellsNothingStaysByItself();
    void aPersonDecides();
    void theOrderOfExportsDoesNotMatter();
    void whatIsPartedHasKeysOfItsOwn();
    void anAssignmentMovesNothingElse();
    void aNameStaysWithItsCluster();
    void whatWasDecidedOnStaysTogether();
    void whatLeavesItsClusterIsSaid();
    void aUidMovesWhatWasKept();
    void otherFingerprintsAreSaid();
    void undoAndReopeningKeepTheAssignment();
    void eachIsJudgedByItself();
    void theWorstSpeaksAndWhatIsMissingIsNamed();
    void fingerprintsOfTheFirstStay();
    void imagesAreFoundOnce();
    void askedKindsBelongToOneCluster();
    void anAssignmentWantsANewRun();
    void comparisonPairsClusters();
    void aClusterThatIsNotThereIsNoProgress();
    void fingerprintsOfOtherClustersAreNoPartners();
    void falseAlarmsInOneClusterSayNothingOfTheOther();
    void anExceptionHoldsInItsCluster();
    void anExceptionOfTheOnlyClusterStaysThere();
    void whatIsSaidOfOneClusterCountsMore();
    void exceptionsFollowAClusterThatGetsAUid();
    void exceptionsAndAskedKindsFollowMovedExports();
    void namesFollowMovedExports();
    void exceptionsThatMeetAreOne();
    void aKeyByOrderSaysNothingInTheNextAudit();
    void exceptionsWaitForTheirCluster();
    void exceptionsOfTheOnlyClusterWaitForTheOnlyOne();
    void askedKindsWaitForTheirClusters();
    void nodesOfOneNameAreTwo();
    void targetObjectsOfAll();
    void theRunComesBackFromTheFile();
    void anAuditOfFormat3IsBroughtForward();

private:
    Folder m_folder;
};

namespace {

/// Two clusters: in the first a pod is privileged and policies are exported, in the second neither.
Audit twoClusters()
{
    auto audit = Audit::createInMemory({"", "two", "A. Auditor", "", "", ""});
    add(*audit, kubeSystem("one") + pod("web", "w1", true) + policies, "prod.yaml");
    add(*audit, kubeSystem("two") + pod("web", "w2", false), "staging.yaml");
    return *std::move(audit);
}

std::vector<std::vector<int>> sourcesOf(const Audit &audit)
{
    std::vector<std::vector<int>> all;
    for (const AuditCluster &each : audit.state()->clusters)
        all.push_back(each.sources);
    return all;
}

using Groups = std::vector<std::vector<int>>;

Record setting(std::string key, std::string value)
{
    Setting made;
    made.key = std::move(key);
    made.value = std::move(value);
    return made;
}

void move(Audit &audit, const std::map<int, int> &moves)
{
    std::vector<AuditChange> changes;
    for (Setting &each : assignExports(*audit.state(), moves))
        changes.emplace_back(Record(std::move(each)));
    QVERIFY(audit.change(changes));
}

std::set<std::string> privilegedIn(const AuditState &state)
{
    std::set<std::string> clusters;
    for (const Finding &finding : state.run->findings) {
        if (finding.check == "POD-PRIVILEGED")
            clusters.insert(finding.cluster);
    }
    return clusters;
}

std::set<std::string> privilegedIds(const AuditState &state)
{
    std::set<std::string> ids;
    for (const Finding &finding : state.run->findings) {
        if (finding.check == "POD-PRIVILEGED")
            ids.insert(finding.id);
    }
    return ids;
}

void acceptAll(Audit &audit)
{
    for (const std::string &id : privilegedIds(*audit.state()))
        QVERIFY(audit.setException({id, "accepted", "agreed", {}, {}, {}}));
}

/// Of privileged pods.
FindingException inCluster(const char *key)
{
    FindingException exception{{}, "accepted", "agreed", {}, {}, {}, "POD-PRIVILEGED", "shop"};
    exception.cluster = key;
    return exception;
}

/// What was said of exports and clusters.
std::vector<Message> saidOf(const AuditState &state)
{
    std::vector<Message> said;
    for (const Diagnostic &diagnostic : state.diagnostics) {
        if (diagnostic.message.def && std::string_view(diagnostic.message.def->code).starts_with("clusters."))
            said.push_back(diagnostic.message);
    }
    return said;
}

/// The clusters in which privileged pods are excepted.
std::set<std::string> excepted(const AuditState &state)
{
    std::set<std::string> clusters;
    for (const Finding &finding : state.run->findings) {
        if (finding.check == "POD-PRIVILEGED" && state.exceptionOf(finding))
            clusters.insert(finding.cluster);
    }
    return clusters;
}

} // namespace

void ClustersTest::eachUidIsACluster()
{
    const Audit audit = twoClusters();
    QCOMPARE(sourcesOf(audit), (Groups{{0}, {1}}));
    QCOMPARE(audit.state()->clusters[0].key, std::string("one"));
    QCOMPARE(audit.state()->clusters[1].name, std::string("staging.yaml"));
    for (const AuditCluster &each : audit.state()->clusters)
        QVERIFY2(each.cluster->severalClusters.empty(), "nothing is mixed");
    QVERIFY(!onlyCluster(*audit.state()));
    QVERIFY(!audit.state()->cluster(""));
    QCOMPARE(audit.state()->cluster("two"), &audit.state()->clusters[1]);
}

void ClustersTest::exportsOfOneClusterJoin()
{
    Audit audit = twoClusters();
    add(audit, kubeSystem("two") + policies, "staging-policies.yaml");
    QCOMPARE(sourcesOf(audit), (Groups{{0}, {1, 2}}));
    QVERIFY(audit.state()->clusters[1].cluster->find("NetworkPolicy", "shop", "p") >= 0);
    QVERIFY2(audit.state()->clusters[1].cluster->find("Pod", "shop", "web") >= 0, "what was there before");
    auto alone = Audit::createInMemory({});
    add(*alone, pod("web", "", true), "a.yaml");
    add(*alone, policies, "b.yaml");
    QCOMPARE(sourcesOf(*alone), (Groups{{0, 1}}));
    QCOMPARE(onlyCluster(*alone->state())->identity, std::string());
}

void ClustersTest::sharedObjectsTellWhereAnExportBelongs()
{
    Audit audit = twoClusters();
    add(audit, pod("web", "w2", false) + policies, "more.yaml"); // the pod of the second
    QCOMPARE(sourcesOf(audit), (Groups{{0}, {1, 2}}));
}

void ClustersTest::whatTellsNothingStaysByItself()
{
    Audit audit = twoClusters();
    add(audit, policies, "policies.yaml");
    QCOMPARE(sourcesOf(audit), (Groups{{0}, {1}, {2}}));
    QCOMPARE(audit.state()->clusters[2].key, std::string("source-3"));
    QVERIFY2(!audit.state()->clusters[1].cluster->knows("NetworkPolicy"), "nobody said that it is of the second");
}

void ClustersTest::aPersonDecides()
{
    Audit audit = twoClusters();
    add(audit, policies, "policies.yaml");
    QVERIFY(audit.put(setting(clusterOfKey(2), "2")));
    QCOMPARE(sourcesOf(audit), (Groups{{0}, {1, 2}}));
    QVERIFY(audit.state()->clusters[1].cluster->knows("NetworkPolicy"));
    QVERIFY(audit.put(setting(clusterNameKey(1), "staging")));
    QCOMPARE(audit.state()->clusters[1].name, std::string("staging"));
    QVERIFY(audit.put(setting(clusterOfKey(2), "3")));
    QCOMPARE(sourcesOf(audit), (Groups{{0}, {1}, {2}}));
    QVERIFY(audit.put(setting(clusterOfKey(1), "1"))); // against what the uids say: it is the person's word
    QCOMPARE(sourcesOf(audit), (Groups{{0, 1}, {2}}));
    QVERIFY2(!audit.state()->clusters[0].cluster->severalClusters.empty(), "and it is said that they are two");
    QVERIFY(audit.put(setting(clusterOfKey(0), "3"))); // to one that comes later
    QCOMPARE(sourcesOf(audit), (Groups{{0, 1, 2}}));
}

void ClustersTest::theOrderOfExportsDoesNotMatter()
{
    const std::string one = kubeSystem("one") + pod("web", "w1", true);
    const std::string two = kubeSystem("two") + pod("web", "w2", false);
    for (const auto &order : {std::vector{one, two, policies}, {policies, one, two}, {one, policies, two}}) {
        auto audit = Audit::createInMemory({});
        for (std::size_t i = 0; i < order.size(); ++i)
            add(*audit, order[i], "export" + std::to_string(i));
        QCOMPARE(sourcesOf(*audit), (Groups{{0}, {1}, {2}})); // nothing tells whose the policies are
    }
}

void ClustersTest::whatIsPartedHasKeysOfItsOwn()
{
    auto audit = Audit::createInMemory({});
    add(*audit, kubeSystem("one") + pod("web", "w1", true), "a.yaml");
    add(*audit, kubeSystem("one") + pod("web", "w1", true) + pod("more", "m", true),
        "clone.yaml"); // restored elsewhere
    QCOMPARE(sourcesOf(*audit), (Groups{{0, 1}}));
    move(*audit, {{1, 1}});
    QCOMPARE(sourcesOf(*audit), (Groups{{0}, {1}}));
    judge(*audit);
    std::set<std::string> ids;
    for (const Finding &finding : audit->state()->run->findings)
        QVERIFY(ids.insert(finding.id).second);
    QCOMPARE(privilegedIn(*audit->state()), (std::set<std::string>{"one", "one/source-2"}));
    QCOMPARE(audit->state()->cluster("one/source-2"), &audit->state()->clusters[1]);
    add(*audit, kubeSystem("one") + policies, "c.yaml");
    QCOMPARE(sourcesOf(*audit), (Groups{{0}, {1}, {2}})); // of which of the two, nobody knows
}

void ClustersTest::anAssignmentMovesNothingElse()
{
    Audit audit = twoClusters();
    add(audit, pod("x", "", false), "x.yaml");
    add(audit, pod("y", "", false), "y.yaml");
    QCOMPARE(sourcesOf(audit), (Groups{{0}, {1}, {2}, {3}}));
    QVERIFY(audit.put(setting(clusterOfKey(0), "3")));
    QCOMPARE(sourcesOf(audit), (Groups{{0, 2}, {1}, {3}}));
    add(audit, kubeSystem("one") + policies, "more-of-one.yaml");
    QCOMPARE(sourcesOf(audit), (Groups{{0, 2, 4}, {1}, {3}}));
    move(audit, {{4, 1}}); // and what was with it stays where it was
    QCOMPARE(sourcesOf(audit), (Groups{{0, 2}, {1, 4}, {3}}));
    auto three = Audit::createInMemory({});
    for (const char *name : {"x", "y", "z"})
        add(*three, pod(name, "", false), name);
    QCOMPARE(sourcesOf(*three), (Groups{{0, 1, 2}}));
    QVERIFY(three->put(setting(clusterOfKey(0), "1"))); // by itself
    QCOMPARE(sourcesOf(*three), (Groups{{0}, {1, 2}}));
}

void ClustersTest::aNameStaysWithItsCluster()
{
    auto audit = Audit::createInMemory({});
    add(*audit, pod("x", "w1", false), "x.yaml");
    add(*audit, kubeSystem("one") + pod("web", "w1", true), "a.yaml");
    add(*audit, kubeSystem("two") + pod("web", "w2", false), "b.yaml");
    QCOMPARE(sourcesOf(*audit), (Groups{{0, 1}, {2}}));
    for (const auto &[index, name] : {std::pair(0, "Prod"), std::pair(1, "Staging")}) {
        const AuditStatePtr state = audit->state();
        const int source = standingSource(*state, state->clusters[static_cast<std::size_t>(index)]);
        QVERIFY(audit->put(setting(clusterNameKey(source), name)));
    }
    QVERIFY(audit->put(setting(clusterOfKey(0), "3"))); // x is of the other one
    QCOMPARE(sourcesOf(*audit), (Groups{{0, 2}, {1}}));
    QCOMPARE(audit->state()->cluster("one")->name, std::string("Prod"));
    QCOMPARE(audit->state()->cluster("two")->name, std::string("Staging"));
}

void ClustersTest::whatWasDecidedOnStaysTogether()
{
    const auto path = m_folder / "kept.tally";
    {
        auto audit = Audit::create(path, {"", "", "A. Auditor", "", "", ""});
        QVERIFY(audit);
        add(*audit, pod("x", "", true), "x.yaml"); // tells no uid
        add(*audit, kubeSystem("one") + pod("web", "w1", true), "a.yaml");
        judge(*audit);
        const auto before = privilegedIds(*audit->state());
        acceptAll(*audit);
        const Opened second = opened(*audit, kubeSystem("two") + pod("web", "w2", false), "b.yaml");
        const AuditState would = withSource(*audit->state(), second);
        const auto assessment = assess(catalogue(), allChecks(), checkInputs(would));
        QVERIFY(audit->addJudgedSource(second, *assessment));
        QCOMPARE(sourcesOf(*audit), (Groups{{0, 1}, {2}}));
        QVERIFY(isJudged(*audit->state()));
        QCOMPARE(privilegedIds(*audit->state()), before);
        QCOMPARE(saidOf(*audit->state()),
            (std::vector<Message>{{auditDef("clusters.kept"), {"x.yaml", "a.yaml", "1", "3"}}}));
    }
    auto audit = Audit::open(path);
    QVERIFY(audit);
    QCOMPARE(sourcesOf(*audit), (Groups{{0, 1}, {2}}));
    QCOMPARE(saidOf(*audit->state()).size(), std::size_t(1));
    QVERIFY(audit->verify()->consistent);
    add(*audit, kubeSystem("three"), "c.yaml");
    QCOMPARE(sourcesOf(*audit), (Groups{{0, 1}, {2}, {3}}));
    move(*audit, {{0, 2}}); // a person counts more
    QCOMPARE(sourcesOf(*audit), (Groups{{0, 2}, {1}, {3}}));
}

void ClustersTest::whatLeavesItsClusterIsSaid()
{
    auto audit = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    add(*audit, pod("x", "", true), "x.yaml");
    add(*audit, kubeSystem("one") + pod("web", "w1", true), "a.yaml");
    judge(*audit);
    add(*audit, kubeSystem("two") + pod("web", "w2", false), "b.yaml"); // nobody has decided anything
    QCOMPARE(sourcesOf(*audit), (Groups{{0}, {1}, {2}}));
    QCOMPARE(
        saidOf(*audit->state()), (std::vector<Message>{{auditDef("clusters.left"), {"x.yaml", "a.yaml", "1", "2"}}}));
}

void ClustersTest::aUidMovesWhatWasKept()
{
    auto audit = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    add(*audit, pod("x", "x1", true), "x.yaml");
    add(*audit, kubeSystem("one") + pod("web", "w1", true), "a.yaml");
    judge(*audit);
    acceptAll(*audit);
    add(*audit, kubeSystem("two") + pod("x", "x1", true), "b.yaml"); // whose pod x is
    QCOMPARE(sourcesOf(*audit), (Groups{{0, 2}, {1}}));
    QCOMPARE(saidOf(*audit->state()),
        (std::vector<Message>{{auditDef("clusters.left-decided"), {"x.yaml", "a.yaml", "1", "2", "1"}}}));
}

void ClustersTest::otherFingerprintsAreSaid()
{
    auto audit = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    add(*audit, pod("x", "", true), "x.yaml");
    judge(*audit);
    acceptAll(*audit);
    add(*audit, kubeSystem("one") + pod("web", "w1", true), "a.yaml");
    QCOMPARE(sourcesOf(*audit), (Groups{{0, 1}}));
    QCOMPARE(
        saidOf(*audit->state()), (std::vector<Message>{{auditDef("clusters.other-fingerprints"), {"a.yaml", "1"}}}));
}

void ClustersTest::undoAndReopeningKeepTheAssignment()
{
    const auto path = m_folder / "assigned.tally";
    {
        auto audit = Audit::create(path, {});
        QVERIFY(audit);
        add(*audit, kubeSystem("one") + pod("web", "w1", true), "prod.yaml");
        add(*audit, kubeSystem("two") + pod("web", "w2", false), "staging.yaml");
        add(*audit, policies, "policies.yaml");
        QVERIFY(audit->put(setting(clusterOfKey(2), "1")));
        QCOMPARE(sourcesOf(*audit), (Groups{{0, 2}, {1}}));
        QVERIFY(audit->undo());
        QCOMPARE(sourcesOf(*audit), (Groups{{0}, {1}, {2}}));
        QVERIFY(audit->redo());
        QCOMPARE(sourcesOf(*audit), (Groups{{0, 2}, {1}}));
    }
    const auto again = Audit::open(path);
    QVERIFY(again);
    QCOMPARE(sourcesOf(*again), (Groups{{0, 2}, {1}}));
    QVERIFY(again->verify()->consistent);
}

void ClustersTest::eachIsJudgedByItself()
{
    Audit audit = twoClusters();
    judge(audit);
    const AuditStatePtr state = audit.state();
    QCOMPARE(state->run->clusters, (std::vector<std::string>{"one", "two"}));
    QCOMPARE(privilegedIn(*state), std::set<std::string>{"one"});
    std::set<std::string> ids;
    for (const Finding &finding : state->run->findings) {
        QVERIFY2(ids.insert(finding.id).second, "the same pod in both clusters is two findings");
        QVERIFY(state->cluster(finding.cluster) || finding.cluster.empty());
    }
    QVERIFY(isJudged(*state));
    // What the one tells of itself is what it tells alone.
    auto alone = Audit::createInMemory({});
    add(*alone, kubeSystem("two") + pod("web", "w2", false), "staging.yaml");
    judge(*alone);
    std::set<std::string> one;
    std::set<std::string> beside;
    for (const Finding &finding : alone->state()->run->findings)
        one.insert(finding.id);
    for (const Finding &finding : state->run->findings) {
        if (finding.cluster == "two")
            beside.insert(finding.id);
    }
    QCOMPARE(beside, one);
}

void ClustersTest::theWorstSpeaksAndWhatIsMissingIsNamed()
{
    Audit audit = twoClusters();
    judge(audit);
    const Assessment &run = *audit.state()->run;
    bool named = false;
    for (const RequirementResult &requirement : run.requirements) {
        for (const PartResult &part : requirement.parts) {
            QCOMPARE(part.clusters.size(), std::size_t(2));
            QCOMPARE(part.proposal, std::min(part.clusters[0].proposal, part.clusters[1].proposal));
            QCOMPARE(part.basis.objects, part.clusters[0].basis.objects + part.clusters[1].basis.objects);
            const auto lacks = [](const ClusterPart &each) {
                return std::ranges::find(each.basis.missing, "NetworkPolicy") != each.basis.missing.end();
            };
            named = named || (!lacks(part.clusters[0]) && lacks(part.clusters[1]));
            QVERIFY2(!lacks(part.clusters[0]), "the first has it");
        }
    }
    QVERIFY2(named, "the second lacks it");
    const PartResult *privileged = nullptr;
    for (const PartWeight &pair : allChecks().find("POD-PRIVILEGED")->parts) {
        if (pair.weight == Weight::Proves)
            privileged = run.part(pair.part);
    }
    QVERIFY(privileged);
    QCOMPARE(privileged->proposal, Proposal::Deviation);
    QCOMPARE(privileged->clusters[0].proposal, Proposal::Deviation);
    QVERIFY(privileged->clusters[1].proposal != Proposal::Deviation);
}

void ClustersTest::fingerprintsOfTheFirstStay()
{
    auto audit = Audit::createInMemory({});
    add(*audit, pod("web", "", true), "a.yaml"); // tells no uid
    judge(*audit);
    std::set<std::string> before;
    for (const Finding &finding : audit->state()->run->findings) {
        before.insert(finding.id);
        QCOMPARE(finding.cluster, std::string());
    }
    add(*audit, pod("web", "", true), "b.yaml");
    QVERIFY(audit->put(setting(clusterOfKey(1), "2")));
    judge(*audit);
    std::set<std::string> first;
    std::set<std::string> second;
    for (const Finding &finding : audit->state()->run->findings)
        (finding.cluster == "source-1" ? first : second).insert(finding.id);
    QCOMPARE(first, before);
    QCOMPARE(second.size(), first.size());
    for (const std::string &id : second)
        QVERIFY(!first.contains(id));
}

void ClustersTest::imagesAreFoundOnce()
{
    const auto image = [](const char *id, const char *cluster) {
        Finding finding;
        finding.id = id;
        finding.check = "IMG-USER-ROOT";
        finding.imageIndex = 0;
        finding.cluster = cluster;
        return finding;
    };
    Finding ofPod = image("c", "one");
    ofPod.object = ObjectName{"v1", "Pod", "shop", "web"};
    const auto joined = joinRuns(allChecks(), {{image("a", ""), ofPod}, {image("a", ""), image("b", "")}});
    std::vector<std::string> ids;
    for (const Finding &finding : joined)
        ids.push_back(finding.id);
    std::ranges::sort(ids);
    QCOMPARE(ids, (std::vector<std::string>{"a", "b", "c"}));
}

void ClustersTest::askedKindsBelongToOneCluster()
{
    const auto path = m_folder / "asked.tally";
    {
        auto audit = Audit::create(path, {"", "", "A. Auditor", "", "", ""});
        add(*audit, kubeSystem("one") + pod("web", "w1", true), "prod.yaml");
        add(*audit, kubeSystem("two") + pod("web", "w2", false), "staging.yaml");
        QVERIFY(audit->setAsked({{"NetworkPolicy", "networking.k8s.io", "asked for in staging", {}, {}, 1}}));
        QVERIFY(!audit->state()->clusters[0].cluster->knows("NetworkPolicy"));
        QVERIFY(audit->state()->clusters[1].cluster->knows("NetworkPolicy"));
        QVERIFY(audit->setAsked(
            {audit->state()->asked.front(), {"NetworkPolicy", "networking.k8s.io", "asked for in prod", {}, {}, 0}}));
        QCOMPARE(
            askedIn(*audit->state(), audit->state()->clusters[0]).front().reason, std::string("asked for in prod"));
    }
    auto again = Audit::open(path);
    QVERIFY(again);
    QCOMPARE(again->state()->asked.size(), std::size_t(2));
    for (const AuditCluster &each : again->state()->clusters)
        QVERIFY(each.cluster->knows("NetworkPolicy"));
    QVERIFY(again->setAsked({again->state()->asked.back()}));
    QVERIFY(again->verify()->consistent);
    QVERIFY(!again->state()->clusters[0].cluster->knows("NetworkPolicy"));
    QVERIFY(again->state()->clusters[1].cluster->knows("NetworkPolicy"));
}

void ClustersTest::anAssignmentWantsANewRun()
{
    Audit audit = twoClusters();
    add(audit, policies, "policies.yaml");
    judge(audit);
    QVERIFY(isJudged(*audit.state()));
    QVERIFY(audit.put(setting(clusterNameKey(2), "policies")));
    QVERIFY2(isJudged(*audit.state()), "a name changes nothing");
    QVERIFY(audit.put(setting(clusterOfKey(2), "1")));
    QVERIFY(!isJudged(*audit.state()));
    judge(audit);
    QVERIFY(isJudged(*audit.state()));
    QVERIFY(audit.undo());
    QVERIFY(!isJudged(*audit.state()));
}

void ClustersTest::comparisonPairsClusters()
{
    Audit before = twoClusters();
    judge(before);
    auto after = Audit::createInMemory({"", "later", "", "", "", ""});
    add(*after, kubeSystem("two") + pod("web", "w2", true), "staging-new.yaml"); // is privileged now
    add(*after, kubeSystem("one") + pod("web", "w1", true) + policies, "prod-new.yaml");
    add(*after, kubeSystem("three") + pod("web", "w3", true), "third.yaml");
    judge(*after);
    const auto compared = compareAudits(before.state(), after->state(), catalogue(), allChecks());
    QVERIFY(compared);
    QCOMPARE((*compared)->cluster, ClusterMatch::Same);
    QVERIFY(!(*compared)->judgedAnew);
    QCOMPARE((*compared)->clusters.size(), std::size_t(3));
    QCOMPARE((*compared)->clusters[0].before->key, std::string("two"));
    QCOMPARE((*compared)->clusters[1].before->key, std::string("one"));
    QVERIFY(!(*compared)->clusters[2].before);
    std::set<std::string> fresh;
    for (const ComparedFinding &row : (*compared)->findings) {
        QVERIFY2(row.shown().cluster != "three", "a cluster without its like is not compared");
        if (row.fate == FindingFate::New && row.shown().check == "POD-PRIVILEGED")
            fresh.insert(row.shown().cluster);
    }
    QCOMPARE(fresh, std::set<std::string>{"two"});
}

void ClustersTest::aClusterThatIsNotThereIsNoProgress()
{
    Audit before = twoClusters(); // a privileged pod in the first
    judge(before);
    auto after = Audit::createInMemory({"", "later", "", "", "", ""});
    add(*after, kubeSystem("two") + pod("web", "w2", false), "staging-new.yaml");
    judge(*after);
    const auto compared = compareAudits(before.state(), after->state(), catalogue(), allChecks());
    QVERIFY(compared);
    for (const ComparedVerdict &verdict : (*compared)->requirements) {
        QCOMPARE(verdict.proposal, Direction::Same);
        for (const ComparedVerdict &part : verdict.parts)
            QCOMPARE(part.proposal, Direction::Same);
    }
    QCOMPARE((*compared)->count(FindingFate::Gone), std::size_t(0));
}

void ClustersTest::fingerprintsOfOtherClustersAreNoPartners()
{
    auto before = Audit::createInMemory({"", "before", "", "", "", ""});
    add(*before, pod("web", "", true), "p.yaml"); // of which nobody knows the uid
    add(*before, pod("web", "", true), "r.yaml");
    QVERIFY(before->put(setting(clusterOfKey(1), "2")));
    judge(*before);
    auto after = Audit::createInMemory({"", "after", "", "", "", ""});
    add(*after, pod("web", "", true), "r.yaml");
    judge(*after);
    const auto compared = compareAudits(before->state(), after->state(), catalogue(), allChecks());
    QVERIFY(compared);
    QCOMPARE((*compared)->count(FindingFate::Gone), std::size_t(0));
    QCOMPARE((*compared)->count(FindingFate::New), std::size_t(0));
    QCOMPARE((*compared)->count(FindingFate::Same), after->state()->run->findings.size());
}

void ClustersTest::falseAlarmsInOneClusterSayNothingOfTheOther()
{
    auto audit = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    add(*audit, kubeSystem("one") + pod("web", "w1", true), "prod.yaml");
    add(*audit, kubeSystem("two") + pod("web", "w2", true), "staging.yaml");
    judge(*audit);
    std::string part;
    for (const PartWeight &pair : allChecks().find("POD-PRIVILEGED")->parts) {
        if (pair.weight == Weight::Proves)
            part = pair.part;
    }
    const auto refute = [&](const std::string &cluster) {
        const PartResult &result = *audit->state()->run->part(part);
        for (const PartFinding &row : result.findings) {
            const Finding &finding = audit->state()->run->findings[row.finding];
            if (row.weight == Weight::Proves && finding.cluster == cluster)
                QVERIFY(audit->setException({finding.id, "false-positive", "seen on site", {}, {}, {}}));
        }
    };
    refute("one");
    const PartResult *result = audit->state()->assessment->part(part);
    QCOMPARE(result->proposal, Proposal::Deviation);
    QVERIFY(result->clusters[0].proposal != Proposal::Deviation);
    QCOMPARE(result->clusters[1].proposal, Proposal::Deviation);
    refute("two");
    QVERIFY(audit->state()->assessment->part(part)->proposal != Proposal::Deviation);
}

void ClustersTest::anExceptionHoldsInItsCluster()
{
    const auto path = m_folder / "excepted.tally";
    FindingException exception{{}, "accepted", "agreed", {}, {}, {}, "POD-PRIVILEGED", "shop"};
    exception.cluster = "two";
    {
        auto audit = Audit::create(path, {"", "", "A. Auditor", "", "", ""});
        add(*audit, kubeSystem("one") + pod("web", "w1", true), "prod.yaml");
        add(*audit, kubeSystem("two") + pod("web", "w2", true), "staging.yaml");
        judge(*audit);
        QVERIFY(audit->setException(exception));
        FindingException anywhere = exception;
        anywhere.cluster.clear();
        anywhere.object = "Deployment/*";
        QVERIFY(audit->setException(anywhere));
    }
    auto audit = Audit::open(path);
    QVERIFY(audit);
    QCOMPARE(excepted(*audit->state()), std::set<std::string>{"two"});
    QCOMPARE(audit->state()->exceptions.size(), std::size_t(2));
    QVERIFY(audit->withdrawException(exception.key()));
    QCOMPARE(excepted(*audit->state()), std::set<std::string>{});
    QVERIFY(audit->undo());
    QCOMPARE(excepted(*audit->state()), std::set<std::string>{"two"});
    const auto verified = audit->verify();
    QVERIFY(verified);
    QVERIFY(verified->problems.empty());
}

void ClustersTest::anExceptionOfTheOnlyClusterStaysThere()
{
    auto audit = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    add(*audit, kubeSystem("one") + pod("web", "w1", true), "prod.yaml");
    judge(*audit);
    FindingException exception{{}, "accepted", "agreed", {}, {}, {}, "POD-PRIVILEGED", "shop"};
    exception.cluster = "one";
    QVERIFY(audit->setException(exception));
    QCOMPARE(excepted(*audit->state()), std::set<std::string>{""});
    add(*audit, kubeSystem("two") + pod("web", "w2", true), "staging.yaml");
    judge(*audit);
    QCOMPARE(excepted(*audit->state()), std::set<std::string>{"one"});
    auto next = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    QVERIFY(next->takeOver(*audit->state()));
    add(*next, kubeSystem("two") + pod("web", "w2", true), "staging.yaml");
    judge(*next);
    QVERIFY(next->state()->exceptions.empty());
    const std::vector<CarriedException> waiting = carriedExceptions(*next->state());
    QCOMPARE(waiting.size(), std::size_t(1));
    QVERIFY(next->change({confirmation(waiting.front().exception)}));
    QCOMPARE(excepted(*next->state()), std::set<std::string>{}); // it holds, but not here
}

void ClustersTest::whatIsSaidOfOneClusterCountsMore()
{
    Audit audit = twoClusters();
    judge(audit);
    FindingException exception{{}, "accepted", "agreed", {}, {}, {}, "POD-PRIVILEGED", "shop"};
    QVERIFY(audit.setException(exception));
    exception.cluster = "one";
    exception.kind = "false-positive";
    QVERIFY(audit.setException(exception));
    exception.kind = "deferred"; // replaces the one of the cluster
    QVERIFY(audit.setException(exception));
    QCOMPARE(audit.state()->exceptions.size(), std::size_t(2));
    const auto &findings = audit.state()->run->findings;
    const auto finding = std::ranges::find(findings, "POD-PRIVILEGED", &Finding::check);
    QVERIFY(finding != findings.end());
    QCOMPARE(audit.state()->exceptionOf(*finding)->kind, std::string("deferred"));
    QVERIFY(audit.undo());
    QCOMPARE(audit.state()->exceptionOf(*finding)->kind, std::string("false-positive"));
    Finding ofCluster = *finding; // about the cluster as a whole, with an image's name
    ofCluster.object.reset();
    ofCluster.image = "registry.example.org/shop";
    exception.namespaceName.clear();
    QVERIFY(exception.covers(ofCluster, "one"));
    ofCluster.imageIndex = 0; // about an image, which belongs to no cluster
    QVERIFY(!exception.covers(ofCluster, "one"));
}

void ClustersTest::exceptionsFollowAClusterThatGetsAUid()
{
    const auto path = m_folder / "followed.tally";
    {
        auto audit = Audit::create(path, {"", "", "A. Auditor", "", "", ""});
        QVERIFY(audit);
        add(*audit, kubeSystem("two") + pod("web", "w2", true), "staging.yaml");
        add(*audit, kubeSystem("three"), "third.yaml");
        add(*audit, pod("web", "w1", true), "prod.yaml");
        add(*audit, pod("other", "w4", true), "other.yaml");
        QCOMPARE(sourcesOf(*audit), (Groups{{0}, {1}, {2}, {3}}));
        judge(*audit);
        QVERIFY(audit->setException(inCluster("source-3")));
        QVERIFY(audit->setException(inCluster("source-4")));
        add(*audit, kubeSystem("one") + pod("web", "w1", true), "prod-again.yaml"); // its pod tells which one it is
        QCOMPARE(sourcesOf(*audit), (Groups{{0}, {1}, {2, 4}, {3}}));
        judge(*audit);
        QCOMPARE(excepted(*audit->state()), (std::set<std::string>{"one", "source-4"}));
        const auto entry = std::ranges::find_if(audit->state()->journal,
            [](const JournalEntry &each) { return each.event == "exception" && each.subject.ends_with(" one"); });
        QVERIFY2(entry != audit->state()->journal.end(), "the journal says that it has another key");
    }
    auto audit = Audit::open(path);
    QVERIFY(audit);
    QCOMPARE(excepted(*audit->state()), (std::set<std::string>{"one", "source-4"}));
    QCOMPARE(audit->state()->exceptions.size(), std::size_t(2));
    QVERIFY(audit->verify()->problems.empty());
    auto undone = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    add(*undone, pod("web", "w1", true), "prod.yaml");
    judge(*undone);
    QVERIFY(undone->setException(inCluster("source-1")));
    add(*undone, kubeSystem("one") + policies, "a.yaml");
    QCOMPARE(undone->state()->exceptions.begin()->second.cluster, std::string("one"));
    QVERIFY(undone->undo()); // the exception, which has another key by now
    QVERIFY(undone->state()->exceptions.empty());
    QVERIFY(undone->redo());
    QCOMPARE(undone->state()->exceptions.begin()->second.cluster, std::string("one"));
    QVERIFY(undone->verify()->consistent);
}

void ClustersTest::exceptionsAndAskedKindsFollowMovedExports()
{
    Audit audit = twoClusters();
    add(audit, pod("x", "", true), "x.yaml");
    add(audit, pod("y", "", true), "y.yaml");
    move(audit, {{3, 2}});
    QCOMPARE(sourcesOf(audit), (Groups{{0}, {1}, {2, 3}}));
    QVERIFY(audit.setException(inCluster("source-3")));
    QVERIFY(audit.setAsked({{"NetworkPolicy", "networking.k8s.io", "asked for", {}, {}, 2}}));
    move(audit, {{2, 1}}); // x, by which the cluster was named, is of staging
    QCOMPARE(sourcesOf(audit), (Groups{{0}, {1, 2}, {3}}));
    judge(audit);
    QCOMPARE(excepted(*audit.state()), (std::set<std::string>{"source-4"}));
    QVERIFY(audit.state()->clusters[2].cluster->knows("NetworkPolicy"));
    QVERIFY(!audit.state()->clusters[1].cluster->knows("NetworkPolicy"));
    QVERIFY(audit.undo());
    QCOMPARE(audit.state()->exceptions.begin()->second.cluster, std::string("source-3"));
    QCOMPARE(audit.state()->asked.front().source, 2);
    QVERIFY(audit.redo());
    QCOMPARE(audit.state()->exceptions.begin()->second.cluster, std::string("source-4"));
    QVERIFY(audit.verify()->consistent);
}

void ClustersTest::namesFollowMovedExports()
{
    Audit audit = twoClusters();
    add(audit, pod("x", "", true), "x.yaml");
    add(audit, pod("y", "", true), "y.yaml");
    move(audit, {{3, 2}});
    QVERIFY(audit.put(setting(clusterNameKey(2), "Edge")));
    const auto names = [&audit] {
        std::vector<std::string> all;
        for (const AuditCluster &each : audit.state()->clusters)
            all.push_back(each.name);
        return all;
    };
    QCOMPARE(names(), (std::vector<std::string>{"prod.yaml", "staging.yaml", "Edge"}));
    move(audit, {{2, 1}}); // x, at which the name stands, is of staging
    QCOMPARE(sourcesOf(audit), (Groups{{0}, {1, 2}, {3}}));
    QCOMPARE(names(), (std::vector<std::string>{"prod.yaml", "staging.yaml", "Edge"}));
    QVERIFY(audit.undo());
    QCOMPARE(sourcesOf(audit), (Groups{{0}, {1}, {2, 3}}));
    QCOMPARE(names(), (std::vector<std::string>{"prod.yaml", "staging.yaml", "Edge"}));
    QVERIFY(audit.redo());
    QCOMPARE(names(), (std::vector<std::string>{"prod.yaml", "staging.yaml", "Edge"}));
    QVERIFY(audit.verify()->consistent);
}

void ClustersTest::exceptionsThatMeetAreOne()
{
    Audit audit = twoClusters();
    add(audit, pod("x", "", true), "x.yaml");
    FindingException other = inCluster("source-3");
    other.reason = "another one";
    QVERIFY(audit.setException(other));
    QVERIFY(audit.setException(inCluster("two")));
    QVERIFY(audit.put(setting(clusterOfKey(2), "2")));
    QCOMPARE(audit.state()->exceptions.size(), std::size_t(1));
    QCOMPARE(audit.state()->exceptions.begin()->second.reason, std::string("agreed"));
    QVERIFY(audit.undo());
    QCOMPARE(audit.state()->exceptions.size(), std::size_t(2));
    QVERIFY(audit.state()->exceptions.contains(other.key()));
    QVERIFY(audit.verify()->consistent);
}

void ClustersTest::aKeyByOrderSaysNothingInTheNextAudit()
{
    auto audit = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    add(*audit, kubeSystem("one") + pod("web", "w1", true), "prod.yaml");
    add(*audit, kubeSystem("two") + pod("web", "w2", true), "staging.yaml");
    for (const char *key : {"one", "source-2", "one/source-2"}) {
        FindingException exception{{}, "accepted", "agreed", {}, {}, {}, "POD-PRIVILEGED"};
        exception.cluster = key;
        QVERIFY(audit->setException(exception));
    }
    auto next = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    QVERIFY(next->takeOver(*audit->state()));
    QVERIFY(next->state()->exceptions.empty());
    QCOMPARE(next->state()->predecessor->exceptions.size(), std::size_t(1));
    QCOMPARE(next->state()->predecessor->exceptions.front().cluster, std::string("one"));
    QCOMPARE(next->state()->predecessor->said.exceptions.size(), std::size_t(2));
}

void ClustersTest::exceptionsWaitForTheirCluster()
{
    const auto path = m_folder / "waiting.tally";
    Audit old = twoClusters();
    add(old, pod("x", "x1", true), "x.yaml");
    QVERIFY(old.put(setting(clusterNameKey(2), "Edge")));
    QVERIFY(old.setException(inCluster("source-3")));
    QVERIFY(old.setException(inCluster("one")));
    {
        auto next = Audit::createFrom(path, {"", "", "B. Auditor", "", "", ""}, *old.state());
        QVERIFY(next);
        QVERIFY(next->state()->exceptions.empty());
        QCOMPARE(
            carriedExceptions(*next->state()).size(), std::size_t(1)); // that of the uid; of others nobody can tell
        add(*next, kubeSystem("two") + pod("web", "w2", false), "staging.yaml");
        const auto waiting = carriedExceptions(*next->state());
        QCOMPARE(waiting.size(), std::size_t(2));
        QVERIFY(!waiting.front().wrong);
        QCOMPARE(waiting.back().wrong, (Message{auditDef("carried.which-cluster"), {"Edge"}}));
        add(*next, kubeSystem("one"), "prod.yaml");
        add(*next, pod("x", "x1", true), "x-new.yaml");
    }
    auto next = Audit::open(path);
    QVERIFY(next);
    QVERIFY(carriedExceptions(*next->state()).back().wrong);
    QVERIFY(next->put(setting(clusterNameKey(2), "Edge")));
    const auto waiting = carriedExceptions(*next->state());
    QCOMPARE(waiting.size(), std::size_t(2));
    QVERIFY(!waiting.back().wrong);
    QCOMPARE(waiting.back().exception.cluster, std::string("source-3"));
    auto later = Audit::createInMemory({"", "", "C. Auditor", "", "", ""});
    QVERIFY(later->takeOver(*next->state())); // what nobody confirmed is passed on
    QVERIFY(next->setException(waiting.back().exception));
    QCOMPARE(carriedExceptions(*next->state()).size(), std::size_t(1));
    judge(*next);
    QCOMPARE(excepted(*next->state()), std::set<std::string>{"source-3"});
    add(*later, pod("x", "x1", true), "x.yaml");
    QCOMPARE(carriedExceptions(*later->state()).back().cluster, std::string("Edge"));
}

void ClustersTest::exceptionsOfTheOnlyClusterWaitForTheOnlyOne()
{
    auto old = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    add(*old, pod("x", "", true), "x.yaml");
    QVERIFY(old->setException(inCluster("source-1")));
    FindingException expired = inCluster("source-1");
    expired.object = "Pod/*";
    expired.expires = "2001-01-01";
    QVERIFY(old->setException(expired));
    auto next = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    QVERIFY(next->takeOver(*old->state()));
    add(*next, kubeSystem("one") + pod("x", "", true), "new.yaml");
    const auto waiting = carriedExceptions(*next->state());
    QCOMPARE(waiting.size(), std::size_t(1));
    QVERIFY(!waiting.front().wrong);
    QCOMPARE(waiting.front().exception.cluster, std::string("one"));
    add(*next, kubeSystem("two"), "another.yaml");
    QVERIFY2(carriedExceptions(*next->state()).front().wrong, "one of two");
}

void ClustersTest::askedKindsWaitForTheirClusters()
{
    Audit old = twoClusters();
    add(old, pod("x", "x1", true), "x.yaml");
    QVERIFY(old.put(setting(clusterNameKey(2), "Edge")));
    QVERIFY(old.setAsked({{"NetworkPolicy", "networking.k8s.io", "asked in staging", {}, {}, 1},
        {"NetworkPolicy", "networking.k8s.io", "asked at the edge", {}, {}, 2}}));
    auto next = Audit::createInMemory({"", "", "B. Auditor", "", "", ""});
    QVERIFY(next->takeOver(*old.state()));
    add(*next, kubeSystem("one") + policies, "prod.yaml");
    QVERIFY2(carriedAsked(*next->state()).empty(), "that is another cluster");
    add(*next, kubeSystem("two") + pod("web", "w2", false), "staging.yaml");
    std::vector<AskedKind> carried = carriedAsked(*next->state());
    QCOMPARE(carried.size(), std::size_t(1));
    QCOMPARE(carried.front().reason, std::string("asked in staging"));
    QCOMPARE(carried.front().source, 1);
    QVERIFY(next->setAsked(carried));
    QVERIFY(next->state()->clusters[1].cluster->knows("NetworkPolicy"));
    QVERIFY(carriedAsked(*next->state()).empty());
    auto third = Audit::createInMemory({"", "", "C. Auditor", "", "", ""});
    QVERIFY(third->takeOver(*next->state()));
    add(*third, kubeSystem("two") + pod("web", "w2", false), "staging.yaml");
    add(*third, kubeSystem("three"), "three.yaml");
    add(*third, pod("x", "x1", true), "x.yaml");
    QVERIFY(third->put(setting(clusterNameKey(2), "Edge")));
    std::set<std::string> reasons;
    for (const AskedKind &kind : carriedAsked(*third->state()))
        reasons.insert(kind.reason);
    QCOMPARE(reasons, (std::set<std::string>{"asked in staging", "asked at the edge"}));
}

void ClustersTest::nodesOfOneNameAreTwo()
{
    const auto onNode = [](const std::string &space) {
        return "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: " + space
            + "}\nspec: {nodeName: node-1, containers: [{name: c, image: i}]}\n---\n";
    };
    const auto targetOf = [](const char *key, const char *space, TargetObject::Need need) {
        TargetObject target;
        target.key = key;
        target.name = space;
        target.kind = TargetObject::Kind::Namespace;
        for (auto *value : {&target.confidentiality, &target.integrity, &target.availability})
            *value = {need, "stated"};
        return target;
    };
    AuditState state;
    const auto with = [&](const std::string &first, const std::string &second) {
        auto audit = Audit::createInMemory({});
        add(*audit, kubeSystem("one") + first, "a.yaml");
        add(*audit, kubeSystem("two") + second, "b.yaml");
        state = *audit->state();
        for (const TargetObject &target : {targetOf("T-001", "shop", TargetObject::Need::High),
                 targetOf("T-002", "store", TargetObject::Need::Normal)})
            state.records.targets[target.key] = target;
        return ProtectionScope(state).neighbours();
    };
    QVERIFY(with(onNode("shop"), onNode("store")).empty());
    const auto shared = with(onNode("shop") + onNode("store"), onNode("store"));
    QCOMPARE(shared.size(), std::size_t(1));
    QCOMPARE(shared.front().nodes, std::set<std::string>{"a.yaml: node-1"});
}

void ClustersTest::targetObjectsOfAll()
{
    Audit audit = twoClusters();
    std::set<std::string> clusters;
    for (const TargetObject &target : proposedTargets(*audit.state())) {
        if (target.kind == TargetObject::Kind::Cluster)
            clusters.insert(target.name);
    }
    QCOMPARE(clusters, (std::set<std::string>{"prod.yaml", "staging.yaml"}));
}

void ClustersTest::theRunComesBackFromTheFile()
{
    const auto path = m_folder / "two.tally";
    AssessmentPtr made;
    {
        auto audit = Audit::create(path, {});
        add(*audit, kubeSystem("one") + pod("web", "w1", true) + policies, "prod.yaml");
        add(*audit, kubeSystem("two") + pod("web", "w2", true), "staging.yaml");
        judge(*audit);
        made = audit->state()->run;
    }
    const auto again = Audit::open(path);
    QVERIFY(again);
    const Assessment &read = *again->state()->run;
    QCOMPARE(read.clusters, made->clusters);
    QCOMPARE(read.findings, made->findings);
    QCOMPARE(privilegedIn(*again->state()), (std::set<std::string>{"one", "two"}));
    for (std::size_t i = 0; i < made->requirements.size(); ++i) {
        for (std::size_t j = 0; j < made->requirements[i].parts.size(); ++j)
            QCOMPARE(read.requirements[i].parts[j].clusters, made->requirements[i].parts[j].clusters);
    }
    QVERIFY(isJudged(*again->state()));
}

void ClustersTest::anAuditOfFormat3IsBroughtForward()
{
    const auto path = m_folder / "format3.tally";
    {
        auto audit = Audit::create(path, {});
        add(*audit, kubeSystem("one") + pod("web", "w1", true), "prod.yaml");
        add(*audit, kubeSystem("two") + pod("web", "w2", true), "staging.yaml");
        // As the version that knew one cluster judged: all of it together.
        CheckInput whole;
        whole.cluster = audit->state()->clusters.front().cluster.get();
        QVERIFY(audit->addRun(assess(catalogue(), allChecks(), whole).value()));
    }
    makeFormat(path, 3);
    const auto old = Audit::read(path); // as from a medium that can only be read
    QVERIFY(old);
    QCOMPARE((*old)->clusters.size(), std::size_t(2));
    const auto audit = Audit::open(path);
    QVERIFY(audit);
    QVERIFY(!audit->keptCopy().empty());
    QCOMPARE(sourcesOf(*audit), (Groups{{0}, {1}}));
    QVERIFY2(!isJudged(*audit->state()), "a run over what was taken for one cluster says nothing of two");
    QVERIFY(audit->verify()->consistent);
}

TALLY_TEST(ClustersTest)
#include "clusters_test.moc"
