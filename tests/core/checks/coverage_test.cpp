// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace tally;
using namespace tally::test;

/// META-COVERAGE speaks about all checks of the set, so that its cases need the whole set.
class CoverageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesMissingKindsAndTheirChecks();
    void emptyKindsAreNoGap();
    void namesComponentsWhoseSettingsAreUnseen();
    void oneOfSeveralKindsIsEnough();
    void filesOfNodesNeedATool();
    void settingsThatTheExportDoesNotShow();
    void saysNothingWithoutACluster();
    void saysWhatIsWrongWithTheExport();
};

namespace {

std::vector<Finding> gapsOf(const std::string &yaml)
{
    std::vector<Finding> findings = findingsOf(allChecks(), yaml);
    std::erase_if(findings, [](const Finding &finding) { return finding.check != "META-COVERAGE"; });
    return findings;
}

const Finding *gapIn(const std::vector<Finding> &gaps, std::string_view kind)
{
    const auto found
        = std::ranges::find_if(gaps, [&](const Finding &gap) { return !gap.args.empty() && gap.args.front() == kind; });
    return found == gaps.end() ? nullptr : &*found;
}

} // namespace

void CoverageTest::saysWhatIsWrongWithTheExport()
{
    const auto variantsOf = [](const std::string &yaml) {
        std::set<std::string> variants;
        for (const Finding &gap : gapsOf(yaml))
            variants.insert(gap.variant);
        return variants;
    };
    const std::string system = "apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system, uid: ";
    QVERIFY(!variantsOf(documents({system + "a}\n"})).contains("several-clusters"));
    QVERIFY(variantsOf(documents({system + "a}\n", system + "b}\n"})).contains("several-clusters"));
}

void CoverageTest::namesMissingKindsAndTheirChecks()
{
    const std::vector<Finding> gaps = gapsOf(pod("", ""));
    const Finding *policies = gapIn(gaps, "NetworkPolicy");
    QVERIFY(policies);
    QCOMPARE(policies->variant, std::string("default"));
    QCOMPARE(policies->args,
        (std::vector<std::string>{"NetworkPolicy",
            "EXP-ADMINPORT, NET-ALLOW-ALL, NET-CNI, NET-DANGLING, NET-DENY-EGRESS, NET-DENY-INGRESS, NET-METADATA, "
            "NET-NS-POLICY, NET-POD-POLICY, NET-SELECTOR",
            "10"}));
    QVERIFY(!gapIn(gaps, "workloads"));
    QVERIFY(!gapIn(gaps, "image"));
    QVERIFY(!gapIn(gaps, "policy"));
}

void CoverageTest::emptyKindsAreNoGap()
{
    const std::vector<Finding> gaps
        = gapsOf(documents({pod("", ""), emptyList("networking.k8s.io/v1", "NetworkPolicy")}));
    QVERIFY(!gapIn(gaps, "NetworkPolicy"));
    QVERIFY(gapIn(gaps, "Namespace"));
    const std::vector<Finding> noWorkloads = gapsOf("apiVersion: v1\nkind: Node\nmetadata: {name: a}\n");
    QVERIFY(gapIn(noWorkloads, "workloads"));
}

/// RKE2 hands etcd a file: that the pod is there does not tell how it is set.
void CoverageTest::namesComponentsWhoseSettingsAreUnseen()
{
    const std::string mirror
        = "metadata: {name: NAME-n1, namespace: kube-system, annotations: "
          "{kubernetes.io/config.mirror: a}}\nspec: {containers: [{name: NAME, command: [NAME, FLAG]}]}\n";
    const auto program = [&](const std::string &name, const std::string &flag) {
        std::string text = "apiVersion: v1\nkind: Pod\n" + mirror;
        for (std::size_t at = text.find("NAME"); at != std::string::npos; at = text.find("NAME"))
            text.replace(at, 4, name);
        return text.replace(text.find("FLAG"), 4, flag);
    };
    const std::vector<Finding> gaps
        = gapsOf(documents({program("kube-apiserver", "--v=2"), program("etcd", "--config-file=/etc/etcd.yaml")}));
    QVERIFY(!gapIn(gaps, "kube-apiserver"));
    const Finding *etcd = gapIn(gaps, "etcd");
    QVERIFY(etcd);
    QCOMPARE(etcd->variant, std::string("settings"));
    QVERIFY(gapIn(gaps, "kubelet"));
    QVERIFY(!gapIn(gaps, "node-files"));
}

void CoverageTest::oneOfSeveralKindsIsEnough()
{
    QVERIFY(gapIn(gapsOf(pod("", "")), "HTTPRoute"));
    const std::string gateway = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\n";
    QVERIFY(!gapIn(gapsOf(documents({pod("", ""), gateway})), "HTTPRoute"));
    // What only a tool makes is missing even where the cluster has no such kind or no such object.
    const Check &check = *allChecks().find("IMG-VULN");
    const auto unmet = [&](const std::string &yaml) {
        const ClusterPtr cluster = clusterOf(yaml);
        CheckInput input;
        input.cluster = cluster.get();
        return unmetNeeds(check, input);
    };
    const std::vector<std::string> reports{"VulnerabilityReport"};
    QVERIFY(unmet(pod("", "")) == reports);
    QVERIFY(unmet(emptyList("aquasecurity.github.io/v1alpha1", "VulnerabilityReport")) == reports);
    QVERIFY(
        unmet("apiVersion: aquasecurity.github.io/v1alpha1\nkind: VulnerabilityReport\nmetadata: {name: r}\n").empty());
}

/// Files of nodes stand in no export: what no tool left in the cluster is not checked, and said so.
void CoverageTest::filesOfNodesNeedATool()
{
    const auto unmet = [](const std::string &id, const std::string &yaml) {
        const ClusterPtr cluster = clusterOf(yaml);
        CheckInput input;
        input.cluster = cluster.get();
        return unmetNeeds(*allChecks().find(id), input);
    };
    const std::string node = "apiVersion: v1\nkind: Node\nmetadata: {name: a}\n";
    const std::string report
        = "apiVersion: aquasecurity.github.io/v1alpha1\nkind: CISKubeBenchReport\nmetadata: {name: "
          "a}\nreport: {sections: [{tests: [{desc: \"Master Node Configuration Files\", results: "
          "[{test_number: 1.1.1, status: PASS}, {test_number: 1.1.9, status: WARN}]}]}]}\n";
    const std::vector<std::string> toolOutput{"tool-output"};
    for (const char *id : {"NODE-MANIFESTS", "NODE-CNI", "NODE-ETCDDATA", "NODE-CONF", "NODE-PKI", "NODE-KUBELET"})
        QCOMPARE(unmet(id, node), toolOutput);
    QVERIFY(unmet("NODE-MANIFESTS", report).empty());
    QCOMPARE(unmet("NODE-CNI", report), toolOutput); // WARN is no verdict
    QCOMPARE(unmet("NODE-LSM", node), std::vector<std::string>{"node-files"});
    QCOMPARE(unmet("CLOUD-SETTINGS", report), toolOutput);
    QVERIFY(findingsOf(onlyChecks({"NODE-CNI", "NODE-LSM", "CLOUD-SETTINGS"}), documents({node, report})).empty());
}

/// That no collector or detection is set up wrongly is said only where the export shows how it is set up.
void CoverageTest::settingsThatTheExportDoesNotShow()
{
    const std::vector<std::pair<std::string, std::string>> rows{{"KPX-METRICS", "kube-proxy"},
        {"LOG-OUTPUT", "Fluent Bit/Fluentd/Vector"}, {"IDS-SCOPE", "Falco/Tetragon/KubeArmor"},
        {"IDS-ALERTING", "Falco/Alertmanager"}};
    const std::string other = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: kube-system}\n"
                              "data: {a: \"x\"}\n";
    for (const auto &[id, component] : rows) {
        const ClusterPtr cluster = clusterOf(documents({pod("", ""), other}));
        CheckInput input;
        input.cluster = cluster.get();
        QCOMPARE(unmetNeeds(*allChecks().find(id), input), std::vector<std::string>{component});
        const std::vector<Finding> gaps = gapsOf(documents({pod("", ""), other}));
        const Finding *gap = gapIn(gaps, component);
        QVERIFY2(gap, component.c_str());
        QCOMPARE(gap->variant, std::string("settings"));
    }
}

void CoverageTest::saysNothingWithoutACluster()
{
    QVERIFY(findingsOf(allChecks(), CheckInput()).empty());
}

TALLY_TEST(CoverageTest)
#include "coverage_test.moc"
