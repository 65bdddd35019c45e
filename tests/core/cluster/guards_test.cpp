// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/policy_engines.h"
#include "core/cluster/watchers.h"
#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

class GuardsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void policiesOfEngines();
    void webhooks();
    void watchersAndTheirNodes();
};

namespace {

ClusterPtr clusterOf(const std::string &yaml)
{
    auto reading = readText(yaml);
    return reading ? reading->cluster : nullptr;
}

} // namespace

void GuardsTest::policiesOfEngines()
{
    const ClusterPtr cluster = clusterOf(
        R"(apiVersion: constraints.gatekeeper.sh/v1beta1
kind: K8sNoRoot
metadata: {name: no-root}
spec: {enforcementAction: dryrun, match: {excludedNamespaces: [shop]}}
status: {totalViolations: 4}
---
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: labels}
spec: {validationFailureAction: Enforce, failurePolicy: Ignore, rules: [{validate: {}, exclude: {any: [{resources: {namespaces: [bank]}}]}}]}
---
apiVersion: wgpolicyk8s.io/v1alpha2
kind: ClusterPolicyReport
metadata: {name: report}
results: [{policy: labels, result: fail}, {policy: labels, result: pass}]
---
apiVersion: v1
kind: Service
metadata: {name: s, namespace: shop}
)");
    QVERIFY(cluster);
    const std::vector<EnginePolicy> policies = enginePolicies(*cluster);
    QCOMPARE(policies.size(), 2U);
    QCOMPARE(policies[0].engine, std::string_view("Gatekeeper"));
    QCOMPARE(policies[0].mode, EngineMode::Reports);
    QCOMPARE(policies[0].exempt, std::vector<std::string>{"shop"});
    QCOMPARE(policies[0].violations, std::optional<std::int64_t>(4));
    QVERIFY(policies[0].failurePolicy.empty());
    QCOMPARE(policies[1].mode, EngineMode::Enforces);
    QCOMPARE(policies[1].failurePolicy, std::string_view("Ignore"));
    QCOMPARE(policies[1].exempt, std::vector<std::string>{"bank"});
    QCOMPARE(policies[1].violations, std::optional<std::int64_t>(1));
}

void GuardsTest::webhooks()
{
    const std::string body = "kind: ValidatingWebhookConfiguration\nmetadata: {name: a}\nwebhooks: [{name: one, "
                             "clientConfig: {service: {namespace: x, name: y}}, namespaceSelector: {matchExpressions: "
                             "[{key: kubernetes.io/metadata.name, operator: NotIn, values: [shop]}]}}]\n";
    const ClusterPtr cluster = clusterOf("apiVersion: admissionregistration.k8s.io/v1\n" + body);
    QVERIFY(cluster);
    const std::vector<AdmissionWebhook> webhooks = admissionWebhooks(*cluster);
    QCOMPARE(webhooks.size(), 1U);
    QVERIFY(!webhooks[0].ignoresFailure); // the default of v1
    QCOMPARE(webhooks[0].service, std::string("x/y"));
    QCOMPARE(webhooks[0].exempt, std::vector<std::string>{"shop"});
    const ClusterPtr older = clusterOf("apiVersion: admissionregistration.k8s.io/v1beta1\n" + body);
    QVERIFY(older);
    QVERIFY(admissionWebhooks(*older)[0].ignoresFailure);
}

void GuardsTest::watchersAndTheirNodes()
{
    const auto node
        = [](const std::string &name) { return "---\napiVersion: v1\nkind: Node\nmetadata: {name: " + name + "}\n"; };
    const std::string image = "registry.example.org:5000/fluent/fluent-bit:3.1";
    const ClusterPtr cluster = clusterOf("apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: logs, namespace: ops, "
                                         "uid: d}\nspec: {template: {spec: {containers: [{name: l, image: '"
        + image + "'}]}}}\nstatus: {desiredNumberScheduled: 2, numberReady: 1}\n" + node("n1") + node("n2")
        + "---\napiVersion: v1\nkind: Pod\nmetadata: {name: logs-x, namespace: ops, uid: p, ownerReferences: "
          "[{apiVersion: apps/v1, kind: DaemonSet, name: logs, uid: d, controller: true}]}\nspec: {nodeName: n1, "
          "containers: [{name: l, image: '"
        + image + "'}]}\n"
        + "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: other, namespace: ops}\nspec: {template: "
          "{spec: "
          "{containers: [{name: l, image: 'my-fluent-bit-mirror'}, {name: m, image: "
          "'docker.io/falcosecurity/falco:0.38'}]}}}\n");
    QVERIFY(cluster);
    const std::vector<std::string> detectors = {"falco"};
    const std::vector<Watcher> watchers = watchersOf(*cluster, detectors);
    QCOMPARE(watchers.size(), 2U);
    const Watcher &logs = watchers[0];
    QCOMPARE(logs.kind, WatcherKind::LogShipping);
    QCOMPARE(logs.name, std::string_view("fluent-bit"));
    QVERIFY(logs.onEachNode);
    QCOMPARE(logs.nodes, std::vector<std::string>{"n1"});
    QCOMPARE(logs.without, std::vector<std::string>{"n2"});
    QCOMPARE(logs.ready, std::optional<std::int64_t>(1));
    QCOMPARE(watchers[1].kind, WatcherKind::AttackDetection); // part of a name is not enough for the first container
}

TALLY_TEST(GuardsTest)
#include "guards_test.moc"
