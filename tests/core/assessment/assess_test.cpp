// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/assess.h"
#include "core/cluster/asked_kinds.h"
#include "tests/core/checks/check_case.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <array>

using namespace tally;
using namespace tally::test;

namespace {

constexpr const char *hardened
    = "securityContext: {privileged: false, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, "
      "runAsNonRoot: true, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}\n"
      "resources: {requests: {cpu: 1, memory: 1Mi}, limits: {cpu: 1, memory: 1Mi}}";

AssessmentPtr assessed(const CheckSet &checks, const std::string &yaml)
{
    const ClusterPtr cluster = clusterOf(yaml);
    CheckInput input;
    input.cluster = cluster.get();
    return assess(catalogue(), checks, input).value();
}

QString proposalOf(const Assessment &assessment, std::string_view part)
{
    const std::string_view name = proposalName(assessment.part(part)->proposal);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

/// As an export that shows that there is no controller.
std::string podsOnly(const std::string &pods)
{
    return documents({pods, emptyList("batch/v1", "CronJob"), emptyList("apps/v1", "DaemonSet"),
        emptyList("apps/v1", "Deployment"), emptyList("batch/v1", "Job"), emptyList("apps/v1", "StatefulSet")});
}

/// One check of our own, so that other checks of the same part do not matter.
CheckSet oneCheck(const std::string &id, const std::string &part, Weight weight)
{
    CheckSet checks = onlyChecks({id});
    checks.checks.front().parts = {{part, weight}};
    return checks;
}

constexpr const char *provable = "SYS.1.6.A17.1";

} // namespace

class AssessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void provenDeviation();
    void nothingFoundWhereAllWasSeen();
    void podsWithoutControllersAreSeenInPart();
    void controllersWithoutPodsAreSeenInPart();
    void indicationIsNoPass();
    void variantsThatOnlyIndicateDoNotProve();
    void aPairSpeaksForItsVariants();
    void applicationsAreNotInSystemNamespaces();
    void removedKindIsNotChecked();
    void anAuditorsWordCountsAndIsNamed();
    void exportWithoutNetworkPolicies();
    void imagesAloneSayNothingAboutWorkloads();
    void basisSaysWhatItRestsOn();
    void basisHashFollowsWhatMatters();
    void coversTheCatalogue();
    void realClusters_data();
    void realClusters();
};

void AssessTest::provenDeviation()
{
    const AssessmentPtr bad = assessed(
        oneCheck("POD-PRIVILEGED", provable, Weight::Proves), pod("", "securityContext: {privileged: true}"));
    QCOMPARE(proposalOf(*bad, provable), "deviation");
    QCOMPARE(bad->part(provable)->findings.size(), 1U);
    QCOMPARE(bad->requirement("SYS.1.6.A17")->proposal, Proposal::Deviation);
}

void AssessTest::nothingFoundWhereAllWasSeen()
{
    const CheckSet checks = oneCheck("POD-PRIVILEGED", provable, Weight::Proves);
    QCOMPARE(proposalOf(*assessed(checks, podsOnly(pod("", ""))), provable), "no-deviation-found");
}

/// What waits for its hour or is scaled to nothing has no Pods at the moment.
void AssessTest::podsWithoutControllersAreSeenInPart()
{
    const AssessmentPtr result = assessed(oneCheck("POD-PRIVILEGED", provable, Weight::Proves), pod("", ""));
    QCOMPARE(proposalOf(*result, provable), "partly-checked");
    const std::vector<std::string> expected{"CronJob", "DaemonSet", "Deployment", "Job", "StatefulSet"};
    QVERIFY(result->part(provable)->basis.missing == expected);
}

void AssessTest::controllersWithoutPodsAreSeenInPart()
{
    const AssessmentPtr result = assessed(oneCheck("POD-PRIVILEGED", provable, Weight::Proves), deployment("", ""));
    QCOMPARE(proposalOf(*result, provable), "partly-checked");
    QVERIFY(
        std::ranges::find(result->part(provable)->basis.missing, "Pod") != result->part(provable)->basis.missing.end());
}

void AssessTest::indicationIsNoPass()
{
    QCOMPARE(proposalOf(*assessed(oneCheck("POD-PRIVILEGED", provable, Weight::Indicates),
                            podsOnly(pod("", "securityContext: {privileged: true}"))),
                 provable),
        "manual");
    QCOMPARE(proposalOf(*assessed(oneCheck("POD-PRIVILEGED", provable, Weight::Context),
                            podsOnly(pod("", "securityContext: {privileged: true}"))),
                 provable),
        "not-checked");
}

void AssessTest::variantsThatOnlyIndicateDoNotProve()
{
    const std::string mounted
        = podsOnly(pod("volumes: [{name: v, hostPath: {path: /var/run}}]", "volumeMounts: [{name: v, mountPath: /v}]"));
    const AssessmentPtr result = assessed(oneCheck("VOL-SOCKET", provable, Weight::Proves), mounted);
    QCOMPARE(result->findings.size(), 1U);
    QCOMPARE(result->findings[0].variant, "directory");
    QCOMPARE(proposalOf(*result, provable), "manual");
}

void AssessTest::aPairSpeaksForItsVariants()
{
    const std::string mounted
        = podsOnly(pod("volumes: [{name: v, hostPath: {path: /var/run}}]", "volumeMounts: [{name: v, mountPath: /v}]"));
    CheckSet checks = oneCheck("VOL-SOCKET", provable, Weight::Proves);
    checks.checks.front().parts.front().variants = {{"directory", Weight::Proves}};
    QCOMPARE(proposalOf(*assessed(checks, mounted), provable), "deviation");
    checks.checks.front().parts.front().variants = {{"directory", Weight::Context}};
    QCOMPARE(proposalOf(*assessed(checks, mounted), provable), "no-deviation-found");
}

void AssessTest::applicationsAreNotInSystemNamespaces()
{
    const std::string privileged = podsOnly(pod("", "securityContext: {privileged: true}"));
    CheckSet checks = oneCheck("POD-PRIVILEGED", provable, Weight::Proves);
    checks.checks.front().parts.front().inSystem = Weight::Indicates;
    QCOMPARE(proposalOf(*assessed(checks, privileged), provable), "deviation");
    std::string inSystem = privileged;
    inSystem.replace(inSystem.find("shop"), 4, "kube-system");
    const AssessmentPtr result = assessed(checks, inSystem);
    QCOMPARE(result->findings.size(), 1U);
    QCOMPARE(proposalOf(*result, provable), "manual");
}

/// Rule 2: what is absent is not empty. Never a pass from data that is not there.
void AssessTest::removedKindIsNotChecked()
{
    const CheckSet checks = oneCheck("RES-LIMITRANGE", "SYS.1.6.A15.1", Weight::Indicates);
    const std::string shop = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";
    const std::string there = "apiVersion: v1\nkind: LimitRange\nmetadata: {name: d, namespace: shop}\n";
    QCOMPARE(proposalOf(*assessed(checks, documents({shop, podsOnly(pod("", "")), there})), "SYS.1.6.A15.1"),
        "no-deviation-found");
    const AssessmentPtr without = assessed(checks, documents({shop, podsOnly(pod("", ""))}));
    QCOMPARE(proposalOf(*without, "SYS.1.6.A15.1"), "not-checked");
    QVERIFY((without->part("SYS.1.6.A15.1")->basis.missing == std::vector<std::string>{"LimitRange"}));
    QVERIFY(without->findings.empty());
}

void AssessTest::anAuditorsWordCountsAndIsNamed()
{
    const CheckSet checks = oneCheck("RES-LIMITRANGE", "SYS.1.6.A15.1", Weight::Proves);
    const ClusterPtr exported
        = clusterOf(documents({"apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n", pod("", "")}));
    const std::array asked = {AskedKind{"LimitRange", "", "asked on 12 November", "A. Auditor", {}}};
    const ClusterPtr recorded = withAskedKinds(exported, asked);
    CheckInput input;
    input.cluster = recorded.get();
    const AssessmentPtr result = assess(catalogue(), checks, input).value();
    QCOMPARE(proposalOf(*result, "SYS.1.6.A15.1"), "deviation");
    const Basis &basis = result->part("SYS.1.6.A15.1")->basis;
    QVERIFY(std::ranges::find(basis.missing, "LimitRange") == basis.missing.end());
    QVERIFY((basis.recorded == std::vector<std::string>{"LimitRange"}));
    // Also what a check reads beside what it needs.
    CheckSet reading = oneCheck("RES-CPU-LIM", "SYS.1.6.A15.1", Weight::Proves);
    const AssessmentPtr beside = assess(catalogue(), reading, input).value();
    const auto &words = beside->part("SYS.1.6.A15.1")->basis.recorded;
    QVERIFY(std::ranges::find(words, "LimitRange") != words.end());
    // Taken back, it is as before; and the word is part of what a decision rests on.
    const ClusterPtr again = withAskedKinds(recorded, {});
    QVERIFY(!again->knows("LimitRange"));
    input.cluster = again.get();
    const AssessmentPtr without = assess(catalogue(), checks, input).value();
    QCOMPARE(proposalOf(*without, "SYS.1.6.A15.1"), "not-checked");
    QVERIFY(without->part("SYS.1.6.A15.1")->basisHash != result->part("SYS.1.6.A15.1")->basisHash);
}

/// The example of design.md: an export from which the network policies were left out.
void AssessTest::exportWithoutNetworkPolicies()
{
    CheckSet checks = onlyChecks({"NET-NS-POLICY", "NET-POD-POLICY"});
    const std::string rest = documents({"apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n",
        podsOnly(pod("", "")), emptyList("apiextensions.k8s.io/v1", "CustomResourceDefinition")});
    const std::string policy
        = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: all, namespace: shop}\n"
          "spec: {podSelector: {}, policyTypes: [Ingress, Egress]}\n";
    const char *part = "SYS.1.6.A5.3";
    for (Check &check : checks.checks)
        check.parts = {{part, Weight::Proves}};
    QCOMPARE(proposalOf(*assessed(checks, documents({rest, policy})), part), "no-deviation-found");
    QCOMPARE(proposalOf(*assessed(checks, rest), part), "not-checked");
    QCOMPARE(proposalOf(*assessed(checks, documents({rest, emptyList("networking.k8s.io/v1", "NetworkPolicy")})), part),
        "deviation");
}

void AssessTest::imagesAloneSayNothingAboutWorkloads()
{
    auto image = std::make_shared<Image>();
    image->names = {"app:1"};
    const std::vector<ImagePtr> images{image};
    CheckInput input;
    input.images = images;
    const AssessmentPtr result = assess(catalogue(), allChecks(), input).value();
    QCOMPARE(proposalOf(*result, "SYS.1.6.A15.1"), "not-checked");
    QCOMPARE(proposalOf(*result, provable), "not-checked"); // the image hints at its user, but nobody saw the pods
    QVERIFY(result->part(provable)->basis.objects == 0);
    for (const RequirementResult &requirement : result->requirements) {
        for (const PartResult &part : requirement.parts)
            QVERIFY2(part.proposal != Proposal::NoDeviationFound || part.basis.images > 0, part.id.c_str());
    }
}

void AssessTest::basisSaysWhatItRestsOn()
{
    const AssessmentPtr result = assessed(oneCheck("POD-PRIVILEGED", provable, Weight::Proves),
        documents(
            {pod("", ""), deployment("", ""), "apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: x}\n"}));
    const Basis &basis = result->part(provable)->basis;
    QCOMPARE(basis.objects, 2U);
    QCOMPARE(basis.workloads, 2U);
    QCOMPARE(basis.namespaces, 1U);
    QVERIFY((basis.kinds == std::vector<std::string>{"Deployment", "Pod"}));
    QVERIFY((basis.sources == std::vector<int>{0}));
}

void AssessTest::basisHashFollowsWhatMatters()
{
    const CheckSet checks = oneCheck("POD-PRIVILEGED", provable, Weight::Proves);
    const auto hash = [&](const std::string &yaml) { return assessed(checks, yaml)->part(provable)->basisHash; };
    const std::string bad = pod("", "securityContext: {privileged: true}");
    QCOMPARE(hash(bad), hash("# moved\n\n" + bad));
    QVERIFY(hash(bad) != hash(pod("", "")));
    QVERIFY(hash(pod("", "")) != hash(deployment("", ""))); // the latter saw less
    const AssessmentPtr whole = assessed(checks, bad);
    QVERIFY(whole->requirement("SYS.1.6.A17")->basisHash
        != assessed(checks, pod("", ""))->requirement("SYS.1.6.A17")->basisHash);
}

void AssessTest::coversTheCatalogue()
{
    const AssessmentPtr result = assessed(allChecks(), pod("", hardened));
    std::size_t requirements = 0;
    for (const Module &module : catalogue().modules) {
        for (const Requirement &requirement : module.requirements) {
            QCOMPARE(result->requirements[requirements].id, requirement.id);
            QCOMPARE(result->requirements[requirements++].parts.size(), requirement.parts.size());
        }
    }
    QCOMPARE(requirements, result->requirements.size());
    QCOMPARE(result->catalogueDigest, catalogue().digest);
    QCOMPARE(result->checksDigest, allChecks().digest);
}

void AssessTest::realClusters_data()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("harvester") << "cluster/harvester-bundle";
    QTest::newRow("kubevious") << "cluster/kubevious-getall/data-big";
}

void AssessTest::realClusters()
{
    QFETCH(QString, folder);
    const auto path = dataFolder() / folder.toStdString();
    TALLY_REQUIRE_DATA(path);
    const ClusterPtr cluster = clusterOfFolder(path);
    CheckInput input;
    input.cluster = cluster.get();
    const AssessmentPtr result = assess(catalogue(), allChecks(), input).value();
    // Both run privileged containers outside any exception.
    QCOMPARE(proposalOf(*result, provable), "deviation");
    for (const RequirementResult &requirement : result->requirements) {
        for (const PartResult &part : requirement.parts) {
            const bool weak = std::ranges::any_of(
                part.findings, [](const PartFinding &row) { return row.weight > Weight::Context; });
            QVERIFY2(
                part.proposal != Proposal::NoDeviationFound || (!weak && part.basis.missing.empty()), part.id.c_str());
            const bool nothingSeen = part.basis.kinds.empty() && part.basis.images == 0;
            QVERIFY2(part.proposal != Proposal::NoDeviationFound || !nothingSeen, part.id.c_str());
        }
    }
}

TALLY_TEST(AssessTest)
#include "assess_test.moc"
