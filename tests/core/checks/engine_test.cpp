// SPDX-License-Identifier: Apache-2.0
#include "core/checks/checks_json.h"
#include "core/checks/fingerprint.h"
#include "core/cluster/known_kinds.h"
#include "core/document/yaml_view.h"
#include "tests/core/checks/check_case.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <set>

using namespace tally;
using namespace tally::test;

namespace {

/// A template that breaks most rules about pods.
constexpr const char *badSpec = "hostPID: true\nhostNetwork: true\nvolumes: [{name: root, hostPath: {path: /}}]\n"
                                "initContainers: [{name: setup, image: tool, securityContext: {runAsUser: 0}}]";
constexpr const char *badContainer
    = "image: app:latest\nsecurityContext: {privileged: true, capabilities: {add: [ALL]}}\n"
      "ports: [{containerPort: 22, hostPort: 22}]\n"
      "volumeMounts: [{name: root, mountPath: /host}]";

/// Checks that treat kinds of workloads differently for a reason.
bool dependsOnKind(const std::string &check)
{
    return check == "POD-NAKED" || check.starts_with("AVL-") || check == "META-COVERAGE";
}

/// check, variant, container and place in the pod, whatever carries the pod.
std::set<std::string> causes(const std::vector<Finding> &findings, std::string_view template_)
{
    std::set<std::string> found;
    for (const Finding &finding : findings) {
        if (dependsOnKind(finding.check))
            continue;
        std::string_view field = finding.field;
        if (field.starts_with(template_))
            field.remove_prefix(template_.size());
        found.insert(finding.check + ' ' + finding.variant + ' ' + finding.container + ' ' + std::string(field));
    }
    return found;
}

std::set<std::string> ids(const std::vector<Finding> &findings)
{
    std::set<std::string> found;
    for (const Finding &finding : findings)
        found.insert(finding.check + ' ' + finding.id);
    return found;
}

/// Deployment web, its ReplicaSet and two Pods, all alive; `more` are further lines in the specification of the Pods.
std::vector<std::string> rollout(std::string_view podLines, std::string_view templateLines)
{
    const auto owned = [](std::string_view kind, std::string_view name, std::string_view ownerKind,
                           std::string_view owner) {
        return "kind: " + std::string(kind) + "\nmetadata:\n  name: " + std::string(name)
            + "\n  namespace: shop\n  uid: u-" + std::string(name)
            + "\n  labels: {app: web, pod-template-hash: 5d9c7b}\n  ownerReferences:\n  - {apiVersion: apps/v1, kind: "
            + std::string(ownerKind) + ", name: " + std::string(owner) + ", uid: u-" + std::string(owner)
            + ", controller: true}\n";
    };
    const std::string spec
        = "    spec:\n      " + std::string(templateLines) + "\n      containers: [{name: app, image: \"app:1\"}]\n";
    std::vector<std::string> objects;
    objects.push_back("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop, uid: u-web}\n"
                      "spec:\n  replicas: 2\n  template:\n    metadata: {labels: {app: web}}\n"
        + spec);
    objects.push_back("apiVersion: apps/v1\n" + owned("ReplicaSet", "web-5d9c7b", "Deployment", "web")
        + "spec:\n  replicas: 2\n  template:\n    metadata: {labels: {app: web}}\n" + spec);
    for (const char *name : {"web-5d9c7b-aaaaa", "web-5d9c7b-bbbbb"})
        objects.push_back("apiVersion: v1\n" + owned("Pod", name, "ReplicaSet", "web-5d9c7b") + "spec:\n  "
            + std::string(podLines) + "\n  containers: [{name: app, image: \"app:1\"}]\nstatus: {phase: Running}\n");
    return objects;
}

} // namespace

class EngineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameTemplateSameFindings();
    void listsAndOrderChangeNothing();
    void threadsChangeNothing();
    void collapsesIntoTheOutermostController();
    void podThatDiffersFromItsControllerStandsByItself();
    void fingerprintsSurviveWhatDoesNotMatter();
    void mergeKeysReplaceIndexes();
    void oldRevisionsSayNothing();
    void kindsOfOtherProjectsAreTheirs();
    void orderChangesNoAnchor();
    void sharesFoldWhatBelongsTogether();
    void whatChecksAlsoReadIsKnown();
    void skipsChecksWhoseNeedsAreUnmet();
    void installedKindsThatWereNotExportedAreUnmet();
    void stopsWhenAsked();
    void findsNothingWithoutInput();
    void movingTagsAreSaidOnce();
    void unreadLayersArePartial();
    void uncoveredNamespacesArePartial();
    void severalClustersArePartial();
    void refusesPoliciesItDoesNotUnderstand();
    void writesTheCatalogueOfChecks();
    void realCluster();
    void platformNamespacesAreJudged();
};

void EngineTest::sameTemplateSameFindings()
{
    const auto ofPod = causes(findingsOf(allChecks(), pod(badSpec, badContainer)), "");
    const auto ofDeployment = causes(findingsOf(allChecks(), deployment(badSpec, badContainer)), "spec.template.");
    const auto ofCronJob
        = causes(findingsOf(allChecks(), cronJob(badSpec, badContainer)), "spec.jobTemplate.spec.template.");
    QVERIFY(ofPod.size() > 20);
    QVERIFY(ofPod == ofDeployment);
    QVERIFY(ofPod == ofCronJob);
}

void EngineTest::listsAndOrderChangeNothing()
{
    const std::vector<std::string> parts{pod(badSpec, badContainer), emptyList("v1", "LimitRange"),
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n",
        "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db, namespace: shop}\nspec:\n  template:\n    spec:\n"
        "      containers: [{name: db, image: db}]\n"};
    const auto alone = findingsOf(allChecks(), documents(parts));
    auto reversed = parts;
    std::ranges::reverse(reversed);
    const auto turned = findingsOf(allChecks(), documents(reversed));
    QVERIFY(!alone.empty());
    QVERIFY(ids(alone) == ids(turned));
    QCOMPARE(alone.size(), turned.size());
    for (std::size_t i = 0; i < alone.size(); ++i)
        QCOMPARE(describe(alone[i]), describe(turned[i]));

    std::string list = "apiVersion: v1\nkind: List\nitems:\n";
    for (const std::string &part : {parts[0], parts[2], parts[3]}) {
        std::string_view rest = part;
        for (bool first = true; !rest.empty(); first = false) {
            const std::size_t end = rest.find('\n');
            list.append(first ? "- " : "  ").append(rest.substr(0, end + 1));
            rest.remove_prefix(end + 1);
        }
    }
    const auto inList = findingsOf(allChecks(), documents({list, parts[1]}));
    QVERIFY(ids(alone) == ids(inList));
}

void EngineTest::threadsChangeNothing()
{
    const std::string yaml
        = documents({deployment(badSpec, badContainer), pod(badSpec, badContainer), cronJob(badSpec, badContainer)});
    qputenv("TALLYMANN_THREADS", "1");
    const auto one = findingsOf(allChecks(), yaml);
    qputenv("TALLYMANN_THREADS", "8");
    const auto eight = findingsOf(allChecks(), yaml);
    qunsetenv("TALLYMANN_THREADS");
    QVERIFY(one == eight);
}

void EngineTest::collapsesIntoTheOutermostController()
{
    const auto findings = findingsOf(onlyChecks({"POD-HOSTPID"}), documents(rollout("hostPID: true", "hostPID: true")));
    QCOMPARE(findings.size(), 1U);
    QCOMPARE(describe(findings[0]), "default | Deployment shop/web |  | spec.template.spec.hostPID");
    QCOMPARE(findings[0].also.size(), 3U);
    QCOMPARE(findings[0].also[0].kind, "Pod");
    QCOMPARE(findings[0].also[2].kind, "ReplicaSet");

    auto withoutReplicaSet = rollout("hostPID: true", "hostPID: true");
    withoutReplicaSet.erase(withoutReplicaSet.begin() + 1);
    const auto gap = findingsOf(onlyChecks({"POD-HOSTPID"}), documents(withoutReplicaSet));
    QCOMPARE(gap.size(), 1U);
    QCOMPARE(gap[0].id, findings[0].id);
    QCOMPARE(gap[0].also.size(), 2U);
}

void EngineTest::podThatDiffersFromItsControllerStandsByItself()
{
    const auto findings
        = findingsOf(onlyChecks({"POD-HOSTPID"}), documents(rollout("hostPID: true", "hostPID: false")));
    QCOMPARE(findings.size(), 1U); // one cause: both Pods got it the same way
    QCOMPARE(describe(findings[0]), "default | Pod shop/web-5d9c7b-aaaaa |  | spec.hostPID");
    QCOMPARE(findings[0].also.size(), 1U);

    const auto other = findingsOf(onlyChecks({"POD-HOSTPID"}), documents(rollout("hostPID: false", "hostPID: true")));
    QCOMPARE(other.size(), 1U);
    QCOMPARE(describe(other[0]), "default | Deployment shop/web |  | spec.template.spec.hostPID");
    QCOMPARE(other[0].also.size(), 1U);
}

void EngineTest::fingerprintsSurviveWhatDoesNotMatter()
{
    const CheckSet checks = onlyChecks({"POD-PRIVILEGED"});
    const std::string container = "securityContext: {privileged: true}";
    const auto before = findingsOf(checks, pod("", container));
    // Another line, another version of the image, another container before it.
    const auto after = findingsOf(checks,
        "# a comment\n"
        "apiVersion: v1\nkind: Pod\nmetadata: {namespace: shop, name: web}\nspec:\n  containers:\n"
        "  - {name: new, image: n}\n  - name: app\n    image: registry.example.org/app:2.0\n    "
            + container + "\n");
    QCOMPARE(after.size(), 1U);
    QVERIFY(before[0].line != after[0].line);
    QCOMPARE(before[0].id, after[0].id);
    const auto podsOnly = rollout("hostPID: true", "hostPID: true");
    const CheckSet hostPid = onlyChecks({"POD-HOSTPID"});
    QCOMPARE(findingsOf(hostPid, podsOnly[3])[0].id, findingsOf(hostPid, documents(podsOnly))[0].id);
    QCOMPARE(findingsOf(hostPid, podsOnly[1])[0].id, findingsOf(hostPid, documents(podsOnly))[0].id); // its ReplicaSet
    // What it says has to matter.
    QVERIFY(findingsOf(checks, pod("", container))[0].id != findingsOf(onlyChecks({"POD-ROFS"}), pod("", ""))[0].id);
}

void EngineTest::mergeKeysReplaceIndexes()
{
    const ClusterPtr cluster = clusterOf(pod("volumes: [{name: a, emptyDir: {}}]",
        "ports: [{containerPort: 80}, {containerPort: 53, protocol: UDP}]\ncommand: [a, b]\n"
        "volumeMounts: [{name: a, mountPath: /tmp}]"));
    const Node root = cluster->objects[0].root;
    QCOMPARE(mergeKeyPath(root, "spec.containers[0].ports[1]"), "spec.containers[app].ports[53/UDP]");
    QCOMPARE(mergeKeyPath(root, "spec.containers[0].command[1]"), "spec.containers[app].command[b]");
    QCOMPARE(mergeKeyPath(root, "spec.containers[0].volumeMounts[0].readOnly"),
        "spec.containers[app].volumeMounts[/tmp].readOnly");
    QCOMPARE(mergeKeyPath(root, "spec.volumes[0]"), "spec.volumes[a]");
    QCOMPARE(mergeKeyPath(root, "spec.nowhere[7].x"), "spec.nowhere[7].x");
    QVERIFY(fingerprint({"ab", "c"}) != fingerprint({"a", "bc"}));
}

void EngineTest::oldRevisionsSayNothing()
{
    std::vector<std::string> objects = rollout("hostPID: true", "hostPID: false");
    std::string old = rollout("", "hostPID: true")[1];
    const std::string running = "spec:\n  replicas: 2\n";
    old.replace(old.find(running), running.size(), "spec:\n  replicas: 0\n");
    QVERIFY(findingsOf(onlyChecks({"POD-HOSTPID"}), documents({objects[0], old})).empty());
    QVERIFY(findingsOf(onlyChecks({"POD-HOSTPID"}), old).empty()); // nor where the Deployment was not exported
}

/// Longhorn has Nodes, Knative has Services.
void EngineTest::kindsOfOtherProjectsAreTheirs()
{
    const auto nodes = [](const std::string &apiVersion) {
        const std::string node = "apiVersion: " + apiVersion + "\nkind: Node\nmetadata: {name: ";
        return documents({node + "a}\n", node + "b}\n"});
    };
    const CheckSet zones = onlyChecks({"AVL-ZONES"});
    QCOMPARE(findingsOf(zones, nodes("v1")).size(), 1U);
    QVERIFY(findingsOf(zones, documents({nodes("longhorn.io/v1beta1"), emptyList("v1", "Node")})).empty());
}

/// Where a namespace has no object of its own, what is said of it stands at the same workload in any order.
void EngineTest::orderChangesNoAnchor()
{
    const auto workload = [](const std::string &name) {
        return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name
            + ", namespace: shop}\nspec: {template: {metadata: {labels: {app: " + name
            + "}}, spec: {containers: [{name: c, image: i}]}}}\n";
    };
    const std::string rest
        = documents({emptyList("v1", "Namespace"), emptyList("networking.k8s.io/v1", "NetworkPolicy")});
    const CheckSet check = onlyChecks({"NET-NS-POLICY"});
    const auto one = findingsOf(check, documents({workload("a"), workload("b"), rest}));
    const auto other = findingsOf(check, documents({workload("b"), workload("a"), rest}));
    QCOMPARE(one.size(), 1U);
    QCOMPARE(describe(one[0]), describe(other[0]));
    QCOMPARE(one[0].id, other[0].id);
}

/// Shares of one workload: Pods still fold into their Deployment, and Pods whose ReplicaSet is not there into the first
/// of them, although each stands in a share of its own.
void EngineTest::sharesFoldWhatBelongsTogether()
{
    const auto rolled = rollout("hostPID: true", "hostPID: true");
    const std::vector<std::string> whole{rolled[3], pod("hostPID: true", ""), rolled[0], rolled[2], rolled[1]};
    const std::vector<std::string> podsOnly{rolled[3], pod("hostPID: true", ""), rolled[2]};
    for (const std::vector<std::string> &parts : {whole, podsOnly}) {
        const ClusterPtr cluster = clusterOf(documents(parts));
        CheckInput input;
        input.cluster = cluster.get();
        const CheckSet check = onlyChecks({"POD-HOSTPID"});
        const auto together = runChecks(check, input, {}, {parts.size()}).value();
        const auto alone = runChecks(check, input, {}, {1}).value();
        QCOMPARE(together.size(), 2U);
        QVERIFY(together == alone);
        const auto folded = std::ranges::find_if(alone, [](const Finding &finding) { return !finding.also.empty(); });
        QVERIFY(folded != alone.end());
        QCOMPARE(folded->also.size(), parts.size() == 5 ? 3U : 1U);
        QCOMPARE(describe(*folded),
            parts.size() == 5 ? "default | Deployment shop/web |  | spec.template.spec.hostPID"
                              : "default | Pod shop/web-5d9c7b-bbbbb |  | spec.hostPID");
    }
}

/// What makes a check say that it did not see everything.
void EngineTest::whatChecksAlsoReadIsKnown()
{
    for (const Check &check : allChecks().checks) {
        for (const std::string &entry : check.parameterList("also_reads")) {
            const std::size_t dot = entry.find('.');
            const std::string kind = entry.substr(0, dot);
            const KnownKind *known
                = dot == std::string::npos ? knownKind(kind) : knownKind(kind, entry.substr(dot + 1));
            // A kind of Kubernetes stands alone, another with its group.
            const bool alone = known && known->origin == KindOrigin::BuiltIn && dot == std::string::npos;
            const bool custom = dot != std::string::npos && (!known || known->origin == KindOrigin::Custom);
            QVERIFY2(alone || custom || entry == "workloads" || entry == "kubernetes-version",
                (check.id + ' ' + entry).c_str());
        }
    }
    const Check &check = *allChecks().find("AVL-REPLICAS");
    const auto partial = [&](const std::string &yaml) {
        const ClusterPtr cluster = clusterOf(yaml);
        CheckInput input;
        input.cluster = cluster.get();
        const auto needs = partialNeeds(check, input);
        return std::ranges::find(needs, "HorizontalPodAutoscaler") != needs.end();
    };
    QVERIFY(partial(deployment("", "")));
    QVERIFY(!partial(documents({deployment("", ""), emptyList("autoscaling/v2", "HorizontalPodAutoscaler")})));
    // A kind that Kubernetes does not bring: the definitions tell whether there is one.
    const auto routes = [&](const std::string &yaml) {
        const ClusterPtr cluster = clusterOf(yaml);
        CheckInput input;
        input.cluster = cluster.get();
        const auto needs = partialNeeds(*allChecks().find("INT-INGRESS"), input);
        return std::ranges::find(needs, "HTTPRoute") != needs.end();
    };
    const std::string base = documents({emptyList("v1", "Service"), emptyList("networking.k8s.io/v1", "Ingress")});
    QVERIFY(routes(base));
    QVERIFY(!routes(documents({base, emptyList("apiextensions.k8s.io/v1", "CustomResourceDefinition")})));
}

void EngineTest::skipsChecksWhoseNeedsAreUnmet()
{
    const ClusterPtr cluster = clusterOf(deployment("", ""));
    CheckInput input;
    input.cluster = cluster.get();
    const CheckSet checks = onlyChecks({"AVL-PDB"});
    QVERIFY(unmetNeeds(checks.checks[0], input) == std::vector<std::string>{"PodDisruptionBudget"});
    QVERIFY(findingsOf(checks, input).empty());
    const std::vector<std::string> partial = partialNeeds(onlyChecks({"POD-PRIVILEGED"}).checks[0], input);
    QVERIFY(std::ranges::find(partial, "Pod") != partial.end());
}

void EngineTest::movingTagsAreSaidOnce()
{
    const CheckSet checks = onlyChecks({"IMG-LATEST", "IMG-DIGEST"});
    for (const char *image : {"app:latest", "app:main", "app"}) {
        const auto found = findingsOf(checks, pod("", "image: " + std::string(image)));
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found.front().check, std::string("IMG-LATEST"));
    }
}

/// What a layer holds that could not be read, nobody knows.
void EngineTest::unreadLayersArePartial()
{
    auto image = std::make_shared<Image>();
    image->layers.resize(2);
    CheckInput input;
    const std::vector<ImagePtr> images{image};
    input.images = images;
    const auto partial = [&] { return partialNeeds(*allChecks().find("IMC-SHELL"), input); };
    QVERIFY(partial().empty());
    image->layers[1].readToEnd = false;
    QVERIFY(partial() == std::vector<std::string>{"image-parts"});
    image->layers[1].readToEnd = true;
    QVERIFY(partial().empty());
    image->configRead = false;
    QVERIFY(partial() == std::vector<std::string>{"image-parts"});
}

/// What was found in some namespaces says nothing about the others.
void EngineTest::uncoveredNamespacesArePartial()
{
    Cluster cluster;
    cluster.uncoveredNamespaces = {"shop"};
    CheckInput input;
    input.cluster = &cluster;
    const auto isPartial = [&](const char *check) {
        const auto partial = partialNeeds(*allChecks().find(check), input);
        return std::ranges::find(partial, "namespaces") != partial.end();
    };
    QVERIFY(isPartial("IMG-LATEST"));
    QVERIFY(isPartial("AVL-PDB"));
    QVERIFY(!isPartial("IMC-SETUID"));
    cluster.uncoveredNamespaces.clear();
    QVERIFY(!isPartial("IMG-LATEST"));
    cluster.namespacesUnlisted = true;
    QVERIFY(isPartial("IMG-LATEST"));
    QVERIFY(!isPartial("IMC-SETUID"));
}

/// What was read from two clusters as one is never taken for whole.
void EngineTest::severalClustersArePartial()
{
    Cluster cluster;
    CheckInput input;
    input.cluster = &cluster;
    const auto isPartial = [&](const char *check) {
        const auto partial = partialNeeds(*allChecks().find(check), input);
        return std::ranges::find(partial, "one-cluster") != partial.end();
    };
    QVERIFY(!isPartial("IMG-LATEST"));
    cluster.severalClusters = {"export/a", "export/b"};
    QVERIFY(isPartial("IMG-LATEST"));
    QVERIFY(isPartial("RBAC-CLUSTERADMIN"));
    QVERIFY(!isPartial("IMC-SETUID"));
}

/// A CRD says that the cluster serves the kind; whether there are objects of it is another question.
void EngineTest::installedKindsThatWereNotExportedAreUnmet()
{
    const Check &check = *allChecks().find("IMG-SIGPOLICY");
    const std::string crd = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
                            "metadata: {name: clusterpolicies.kyverno.io}\n"
                            "spec: {group: kyverno.io, names: {kind: ClusterPolicy, plural: clusterpolicies}}\n";
    const std::string rest
        = documents({pod("", ""), emptyList("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"),
            emptyList("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration"), crd});
    const auto unmet = [&](const std::string &yaml) {
        const ClusterPtr cluster = clusterOf(yaml);
        CheckInput input;
        input.cluster = cluster.get();
        return unmetNeeds(check, input);
    };
    QVERIFY(unmet(rest) == std::vector<std::string>{"ClusterPolicy"});
    QVERIFY(unmet(documents({rest, emptyList("kyverno.io/v1", "ClusterPolicy")})).empty());
}

void EngineTest::stopsWhenAsked()
{
    const ClusterPtr cluster = clusterOf(pod("", ""));
    CheckInput input;
    input.cluster = cluster.get();
    std::stop_source stop;
    stop.request_stop();
    const auto result = runChecks(allChecks(), input, RunContext(stop.get_token()));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
}

void EngineTest::findsNothingWithoutInput()
{
    QVERIFY(findingsOf(allChecks(), CheckInput{}).empty());
}

void EngineTest::refusesPoliciesItDoesNotUnderstand()
{
    const auto policy = readPolicy("allowedRegistries: [a/]\nminimumReplicas: 3\n", "house.yaml");
    QVERIFY(policy.has_value());
    QCOMPARE(policy->minimumReplicas, 3);
    QVERIFY(policy->digest.starts_with("sha256:"));
    const auto unknown = readPolicy("minimumReplicas: 2\nforbidden: [telnet]\n", "house.yaml");
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().message.def->code, "policy.unknown-key");
    QCOMPARE(unknown.error().message.args.size(), std::size_t(4)); // the fourth: what there is
    QVERIFY((std::vector(unknown.error().message.args.begin(), unknown.error().message.args.end() - 1)
        == std::vector<std::string>{"house.yaml", "2", "forbidden"}));
    QVERIFY(!readPolicy("minimumReplicas: many\n", "house.yaml"));
    QVERIFY(!readPolicy("just text", "house.yaml"));
}

void EngineTest::writesTheCatalogueOfChecks()
{
    const QByteArray text = QByteArray::fromStdString(writeChecksJson(allChecks()));
    const QJsonObject whole = QJsonDocument::fromJson(text).object();
    QCOMPARE(whole["format"].toInt(), 1);
    QCOMPARE(static_cast<std::size_t>(whole["checks"].toArray().size()), allChecks().checks.size());
    QVERIFY(text.indexOf("\"format\"") < text.indexOf("\"tool\""));
}

void EngineTest::realCluster()
{
    const auto folder = dataFolder() / "cluster" / "kubevious-getall" / "data-big";
    TALLY_REQUIRE_DATA(folder);
    const ClusterPtr cluster = clusterOfFolder(folder);
    CheckInput input;
    input.cluster = cluster.get();
    const auto findings = findingsOf(allChecks(), input);
    std::set<std::string> unique;
    for (const Finding &finding : findings) {
        QVERIFY2(unique.insert(finding.id).second, describe(finding).c_str());
        QVERIFY(!finding.object || finding.line > 0);
    }
    // 6 of 172 containers are privileged (MANIFEST.md); those of one controller are one finding.
    const auto privileged = std::ranges::count(findings, "POD-PRIVILEGED", &Finding::check);
    QVERIFY(privileged >= 1 && privileged <= 6);
}

/// Its namespaces are all of a platform's making: a group of their own for whoever shows them, but judged like any.
void EngineTest::platformNamespacesAreJudged()
{
    const auto folder = dataFolder() / "cluster" / "harvester-bundle";
    TALLY_REQUIRE_DATA(folder);
    const ClusterPtr cluster = clusterOfFolder(folder);
    CheckInput input;
    input.cluster = cluster.get();
    const auto findings = findingsOf(onlyChecks({"GOV-PSA", "NET-POD-POLICY", "NET-NS-POLICY"}), input);
    QVERIFY(std::ranges::count(findings, "GOV-PSA", &Finding::check) > 3); // no namespace of it has a label
    QVERIFY(std::ranges::any_of(findings, [](const Finding &finding) {
        return finding.check == "NET-NS-POLICY" && finding.systemNamespace && finding.object->name == "longhorn-system";
    }));
}

TALLY_TEST(EngineTest)
#include "engine_test.moc"
