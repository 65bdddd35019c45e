// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

std::string withImage(std::string_view reference)
{
    return pod("", "image: " + std::string(reference));
}

std::string runningPod(std::string_view name, std::string_view node, char digest)
{
    return "apiVersion: v1\nkind: Pod\nmetadata: {name: " + std::string(name) + ", namespace: shop, uid: u-"
        + std::string(name) + "}\nspec:\n  nodeName: " + std::string(node)
        + "\n  containers: [{name: app, image: \"app:1\"}]\nstatus:\n  phase: Running\n"
          "  containerStatuses: [{name: app, imageID: \"docker.io/library/app@sha256:"
        + std::string(64, digest) + "\"}]\n";
}

std::string node(std::string_view name, std::string_view architecture)
{
    return "apiVersion: v1\nkind: Node\nmetadata: {name: " + std::string(name) + ", uid: n-" + std::string(name)
        + "}\nstatus: {nodeInfo: {architecture: " + std::string(architecture) + "}}\n";
}

} // namespace

std::vector<CheckCase> imageCases()
{
    constexpr const char *image = "default | Pod shop/web | app | spec.containers[0].image";
    const std::string digest = "@sha256:" + std::string(64, 'd');
    const std::string house = "allowedRegistries: [registry.example.org/team, docker.io/library/]\n";
    return {
        {"IMG-LATEST", "latest", withImage("registry:5000/app:latest"), {image}},
        {"IMG-LATEST", "the colon of a port is no tag", withImage("registry:5000/app"),
            {"none | Pod shop/web | app | spec.containers[0].image"}},
        {"IMG-LATEST", "image volume", pod("volumes: [{name: model, image: {reference: \"m:latest\"}}]", ""),
            {"default | Pod shop/web |  | spec.volumes[0].image.reference"}},
        {"IMG-LATEST", "version", withImage("app:1.2"), {}},
        {"IMG-LATEST", "digest", withImage("app" + digest), {}},
        {"IMG-REGISTRY", "another registry", withImage("quay.io/team/app:1"), {image}, house},
        {"IMG-REGISTRY", "a name that only begins alike", withImage("registry.example.org/teamwork/app:1"), {image},
            house},
        {"IMG-REGISTRY", "official image without host", withImage("nginx:1.25"), {}, house},
        {"IMG-REGISTRY", "below the prefix", withImage("registry.example.org/team/app:1"), {}, house},
        {"IMG-REGISTRY", "a house without list", withImage("quay.io/team/app:1"), {}, "minimumReplicas: 2\n"},
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
        {"IMG-DRIFT", "one digest", documents({runningPod("a", "n1", 'a'), runningPod("b", "n2", 'a')}), {}},
    };
}

} // namespace tally::test
