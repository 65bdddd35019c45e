// SPDX-License-Identifier: Apache-2.0
#include "core/checks/needs.h"

#include "core/checks/engine.h"
#include "core/checks/image_reference.h"
#include "core/cluster/known_kinds.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

constexpr std::array<std::string_view, 9> kindsOfWorkloads = {"CronJob", "DaemonSet", "Deployment", "Job", "Pod",
    "PodTemplate", "ReplicaSet", "ReplicationController", "StatefulSet"};
/// Without Pods these together hold what runs; a lone Pod would stay unseen.
constexpr std::array<std::string_view, 5> controllersThatRun
    = {"CronJob", "DaemonSet", "Deployment", "Job", "StatefulSet"};

bool isMet(std::string_view need, const CheckInput &input)
{
    if (need == "image")
        return !input.images.empty();
    if (need == "policy")
        return input.policy != nullptr;
    if (!input.cluster)
        return false;
    if (need == "live")
        return input.cluster->liveness != Liveness::Manifests;
    if (need == "workloads")
        return std::ranges::any_of(kindsOfWorkloads, [&](std::string_view kind) { return input.cluster->knows(kind); });
    return input.cluster->knows(need);
}

bool everyImageOpened(const CheckInput &input)
{
    for (const Workload &workload : workloadsOf(*input.cluster)) {
        for (const Container &container : workload.containers) {
            const bool opened = std::ranges::any_of(
                input.images, [&](const ImagePtr &image) { return isImage(*image, container.image); });
            if (!opened && !container.image.empty())
                return false;
        }
    }
    return true;
}

} // namespace

bool isKnownNeed(std::string_view need)
{
    return need == "workloads" || need == "image" || need == "live" || need == "policy" || knownKind(need) != nullptr;
}

std::span<const std::string_view> workloadKinds()
{
    return kindsOfWorkloads;
}

std::vector<std::string> unmetNeeds(const Check &check, const CheckInput &input)
{
    std::vector<std::string> unmet;
    for (const std::string &need : check.needs) {
        if (!isMet(need, input))
            unmet.push_back(need);
    }
    std::ranges::sort(unmet);
    return unmet;
}

std::vector<std::string> partialNeeds(const Check &check, const CheckInput &input)
{
    std::vector<std::string> partial;
    if (!input.cluster)
        return partial;
    for (const std::string &need : check.needs) {
        if (need == "workloads" && !input.cluster->knows("Pod")) {
            partial.emplace_back("Pod");
            for (const std::string_view kind : controllersThatRun) {
                if (!input.cluster->knows(kind))
                    partial.emplace_back(kind);
            }
        }
        if (need == "image" && !everyImageOpened(input))
            partial.push_back(need);
    }
    std::ranges::sort(partial);
    return partial;
}

} // namespace tally
