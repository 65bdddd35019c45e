// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/pages/sample_audit.h"

#include "core/document/readers.h"
#include "tests/support/one_cluster.h"

#include <QtGlobal>

namespace tally::test {

namespace {

Finding findingAt(const std::string &check, const std::string &namespaceName, const std::string &name)
{
    Finding finding;
    finding.id = check + namespaceName + name;
    finding.check = check;
    finding.severity = Severity::Critical;
    finding.source = 0;
    finding.file = "deep/down/deployments.yaml";
    finding.line = 12;
    finding.object = ObjectName{"apps/v1", "Deployment", namespaceName, name};
    finding.field = "spec.template.spec.containers[0].securityContext.privileged";
    finding.systemNamespace = namespaceName == "kube-system";
    return finding;
}

FileEntry entry(Image &image, const char *path, EntryType type, std::uint64_t size, std::uint16_t mode)
{
    FileEntry made;
    made.path = image.strings.intern(path);
    made.type = type;
    made.size = size;
    made.mode = mode;
    return made;
}

constexpr const char *yaml = R"(apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Namespace
  metadata:
    name: payments
    labels:
      pod-security.kubernetes.io/enforce: restricted
- apiVersion: v1
  kind: Namespace
  metadata:
    name: shop
- apiVersion: v1
  kind: Namespace
  metadata:
    name: kube-public
- apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: api
    namespace: payments
  spec:
    template:
      spec:
        containers:
        - name: api
          securityContext:
            privileged: true
- apiVersion: v1
  kind: Service
  metadata:
    name: front
    namespace: shop
- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata:
    name: deny
    namespace: payments
  spec:
    podSelector: {}
    policyTypes:
    - Ingress
)";

} // namespace

ui::Knowledge builtInKnowledge()
{
    const auto catalogue = loadCatalogue({});
    if (!catalogue)
        qFatal("no catalogue");
    const auto checks = loadChecks({}, **catalogue);
    if (!checks)
        qFatal("no checks");
    return {*catalogue, *checks};
}

ClusterPtr sampleCluster()
{
    auto parsed = readYaml(yaml, {});
    if (!parsed)
        qFatal("sample cluster");
    auto cluster = std::make_shared<Cluster>();
    cluster->documents.push_back(parsed->documents.front());
    for (const Node item : rootOf(*cluster->documents.front())["items"]) {
        Object object;
        object.root = item;
        object.apiVersion = item["apiVersion"].text();
        object.kind = item["kind"].text();
        object.name = item.at({"metadata", "name"}).text();
        object.namespaceName = item.at({"metadata", "namespace"}).text();
        object.source = 0;
        object.file = "deployments.yaml";
        cluster->objects.push_back(object);
    }
    cluster->namespaces = {"kube-public", "payments", "shop"};
    for (const char *kind : {"Deployment", "Namespace", "NetworkPolicy", "Service"})
        cluster->completeness.push_back(
            {.kind = kind, .group = {}, .state = KindState::Present, .count = 1, .source = 0, .command = {}});
    for (const char *kind : {"CustomResourceDefinition", "LimitRange"}) // so that no plugin has policies of its own
        cluster->completeness.push_back(
            {.kind = kind, .group = {}, .state = KindState::Empty, .count = 0, .source = 0, .command = {}});
    cluster->completeness.push_back({.kind = "ResourceQuota",
        .group = {},
        .state = KindState::Missing,
        .count = 0,
        .source = -1,
        .command = "kubectl get resourcequotas -A -o yaml"});
    cluster->kubernetesVersion = "v1.30.2";
    return cluster;
}

ImagePtr sampleImage()
{
    auto image = std::make_shared<Image>();
    image->names = {"shop/app:1"};
    image->platform = "linux/amd64";
    image->layers.resize(2);
    Layer &base = image->layers[0];
    base.command = "ADD file:0123456789abcdef in /";
    base.bytes = 300;
    base.verified = true;
    base.files = {entry(*image, "etc", EntryType::Directory, 0, 0755),
        entry(*image, "etc/passwd", EntryType::File, 100, 0644), entry(*image, "etc/motd", EntryType::File, 200, 0644)};
    Layer &top = image->layers[1];
    top.command = "RUN apt-get update && apt-get install -y app && rm /etc/motd";
    top.bytes = 150;
    top.verified = false;
    top.files
        = {entry(*image, "etc/passwd", EntryType::File, 110, 0644), entry(*image, "srv", EntryType::Directory, 0, 0755),
            entry(*image, "srv/app", EntryType::File, 40, 04755), entry(*image, "etc/motd", EntryType::Whiteout, 0, 0)};
    image->verdicts.push_back({"layer", "digest", VerdictState::Wrong, {}});
    image->bytes = 450;
    return image;
}

AuditStatePtr sampleState()
{
    auto state = std::make_shared<AuditState>();
    test::setCluster(*state, sampleCluster());
    state->images = {sampleImage()};
    auto assessment = std::make_shared<Assessment>();
    for (const char *name : {"api", "b", "c", "d", "e", "f"})
        assessment->findings.push_back(findingAt("POD-PRIVILEGED", "payments", name));
    for (const char *name : {"proxy", "dns"})
        assessment->findings.push_back(findingAt("POD-PRIVILEGED", "kube-system", name));
    Finding image;
    image.id = "image-finding";
    image.check = "IMG-USER";
    image.severity = Severity::High;
    image.image = "shop/app:1";
    image.imageIndex = 0;
    image.layer = 1;
    image.path = "/srv/app";
    assessment->findings.push_back(image);
    PartResult part;
    part.id = "SYS.1.6.A17.1";
    part.proposal = Proposal::Deviation;
    for (std::size_t i = 0; i < assessment->findings.size(); ++i)
        part.findings.push_back({i, i < 8 ? Weight::Proves : Weight::Indicates});
    part.basis.missing = {"ResourceQuota"};
    RequirementResult requirement;
    requirement.id = "SYS.1.6.A17";
    requirement.proposal = Proposal::Deviation;
    requirement.parts = {part};
    assessment->requirements = {requirement};
    state->assessment = assessment;
    return state;
}

} // namespace tally::test
