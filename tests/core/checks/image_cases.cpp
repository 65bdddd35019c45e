// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

std::string withImage(std::string_view reference)
{
    return pod("", "image: " + std::string(reference));
}

std::string runningPod(std::string_view name, std::string_view node, char digest, std::string_view reference = "app:1")
{
    return "apiVersion: v1\nkind: Pod\nmetadata: {name: " + std::string(name) + ", namespace: shop, uid: u-"
        + std::string(name) + "}\nspec:\n  nodeName: " + std::string(node) + "\n  containers: [{name: app, image: \""
        + std::string(reference)
        + "\"}]\nstatus:\n  phase: Running\n"
          "  containerStatuses: [{name: app, imageID: \"docker.io/library/app@sha256:"
        + std::string(64, digest) + "\"}]\n";
}

std::string node(std::string_view name, std::string_view architecture, std::string_view system = "linux")
{
    return "apiVersion: v1\nkind: Node\nmetadata: {name: " + std::string(name) + ", uid: n-" + std::string(name)
        + "}\nstatus: {nodeInfo: {architecture: " + std::string(architecture)
        + ", operatingSystem: " + std::string(system) + "}}\n";
}

std::vector<CheckCase> signatureCases()
{
    const std::string none = documents({emptyList("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
        emptyList("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"),
        emptyList("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration")});
    const auto kyverno = [](std::string_view action, std::string_view pattern) {
        return "apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: signed}\nspec:\n  "
               "validationFailureAction: "
            + std::string(action) + "\n  rules: [{name: r, verifyImages: [{imageReferences: [\"" + std::string(pattern)
            + "\"]}]}]\n";
    };
    const std::string connaisseur
        = "apiVersion: admissionregistration.k8s.io/v1\nkind: MutatingWebhookConfiguration\nmetadata: {name: w}\n"
          "webhooks: [{name: x, failurePolicy: Fail, clientConfig: {service: {name: connaisseur-svc}}}]\n";
    const std::string sigstore
        = "apiVersion: policy.sigstore.dev/v1beta1\nkind: ClusterImagePolicy\nmetadata: {name: c}\n"
          "spec: {images: [{glob: \"**\"}]}\n";
    const auto shop = [](std::string_view include) {
        return "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {policy.sigstore.dev/include: \""
            + std::string(include) + "\"}}\n";
    };
    constexpr const char *uncovered = "not-covered | registry.example.org/app  |  | ";
    return {
        {"IMG-SIGPOLICY", "nothing verifies", documents({none, pod("", "")}), {"default | - |  | "}},
        {"IMG-SIGPOLICY", "audit only", documents({none, kyverno("Audit", "*"), pod("", "")}),
            {"audit-only | - |  | "}},
        {"IMG-SIGPOLICY", "another repository", documents({none, kyverno("enforce", "quay.io/*"), pod("", "")}),
            {uncovered}},
        {"IMG-SIGPOLICY", "namespace that has not opted in", documents({none, sigstore, shop("false"), pod("", "")}),
            {uncovered}},
        {"IMG-SIGPOLICY", "enforced", documents({none, kyverno("Enforce", "registry.example.org/*"), pod("", "")}), {}},
        {"IMG-SIGPOLICY", "namespace that has opted in", documents({none, sigstore, shop("true"), pod("", "")}), {}},
        {"IMG-SIGPOLICY", "webhook", documents({none, connaisseur, pod("", "")}), {}},
    };
}

} // namespace

std::vector<CheckCase> imageCases()
{
    constexpr const char *image = "default | Pod shop/web | app | spec.containers[0].image";
    const std::string digest = "@sha256:" + std::string(64, 'd');
    const std::string house = "allowedRegistries: [registry.example.org/team, docker.io/library/]\n";
    std::vector<CheckCase> cases = {
        {"IMG-LATEST", "latest", withImage("registry:5000/app:latest"), {image}},
        {"IMG-LATEST", "the colon of a port is no tag", withImage("registry:5000/app"),
            {"none | Pod shop/web | app | spec.containers[0].image"}},
        {"IMG-LATEST", "image volume", pod("volumes: [{name: model, image: {reference: \"m:latest\"}}]", ""),
            {"default | Pod shop/web |  | spec.volumes[0].image.reference"}},
        {"IMG-LATEST", "branch", withImage("app:Main"), {"branch | Pod shop/web | app | spec.containers[0].image"}},
        {"IMG-LATEST", "branch of a version", withImage("app:v1.5-head"),
            {"branch | Pod shop/web | app | spec.containers[0].image"}},
        {"IMG-LATEST", "no branch", withImage("app:1.25-domain"), {}},
        {"IMG-LATEST", "branch with digest", withImage("app:main" + digest), {}},
        {"IMG-LATEST", "version", withImage("app:1.2"), {}},
        {"IMG-LATEST", "digest", withImage("app" + digest), {}},
        {"IMG-REGISTRY", "another registry", withImage("quay.io/team/app:1"), {image}, house},
        {"IMG-REGISTRY", "a name that only begins alike", withImage("registry.example.org/teamwork/app:1"), {image},
            house},
        {"IMG-REGISTRY", "official image without host", withImage("nginx:1.25"), {}, house},
        {"IMG-REGISTRY", "below the prefix", withImage("registry.example.org/team/app:1"), {}, house},
        {"IMG-DIGEST", "tag only", withImage("app:1.2"), {image}},
        {"IMG-DIGEST", "tag and digest", withImage("app:1.2" + digest), {}},
        {"IMG-DIGEST", "said by IMG-LATEST", withImage("app:latest"), {}},
        {"IMG-DRIFT", "two digests",
            documents({node("n1", "amd64"), runningPod("a", "n1", 'a'), runningPod("b", "n1", 'b')}),
            {"default | Pod shop/a | app | spec.containers[0].image"}},
        {"IMG-DRIFT", "nodes not exported", documents({runningPod("a", "n1", 'a'), runningPod("b", "n2", 'b')}),
            {"platform-unknown | Pod shop/a | app | spec.containers[0].image"}},
        {"IMG-DRIFT", "nodes of different architecture",
            documents(
                {node("n1", "amd64"), node("n2", "arm64"), runningPod("a", "n1", 'a'), runningPod("b", "n2", 'b')}),
            {}},
        {"IMG-DRIFT", "nodes of different systems",
            documents({node("n1", "amd64", "linux"), node("n2", "amd64", "windows"), runningPod("a", "n1", 'a'),
                runningPod("b", "n2", 'b')}),
            {}},
        {"IMG-DRIFT", "pinned to two digests",
            documents({node("n1", "amd64"), runningPod("a", "n1", 'a', "app" + digest),
                runningPod("b", "n1", 'b', "app@sha256:" + std::string(64, 'e'))}),
            {}},
        {"IMG-DRIFT", "a tag here, a digest there",
            documents({node("n1", "amd64"), runningPod("a", "n1", 'a'), runningPod("b", "n1", 'b', "app:1" + digest)}),
            {}},
        {"IMG-DRIFT", "no tag is latest",
            documents({node("n1", "amd64"), runningPod("a", "n1", 'a', "app"),
                runningPod("b", "n1", 'b', "docker.io/library/app:latest")}),
            {"default | Pod shop/a | app | spec.containers[0].image"}},
        {"IMG-DRIFT", "by the id of an image of the node",
            documents({node("n1", "amd64"), runningPod("a", "n1", 'a', "sha256:" + std::string(64, 'd')),
                runningPod("b", "n1", 'b', "sha256:" + std::string(64, 'd'))}),
            {}},
        {"IMG-DRIFT", "one digest", documents({runningPod("a", "n1", 'a'), runningPod("b", "n2", 'a')}), {}},
    };
    const std::vector<CheckCase> signatures = signatureCases();
    cases.insert(cases.end(), signatures.begin(), signatures.end());
    return cases;
}

} // namespace tally::test
