// SPDX-License-Identifier: Apache-2.0
#include "core/checks/workload_images.h"

#include "core/checks/image_reference.h"
#include "core/cluster/pod_units.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace tally {

namespace {

using Digests = std::map<std::pair<std::size_t, std::string_view>, std::set<std::string>>; // by workload and container

/// "sha256:..." of "docker-pullable://name@sha256:..." and of "sha256:..." alone.
std::string_view digestIn(std::string_view imageId)
{
    const std::size_t at = imageId.rfind("sha256:");
    return at == std::string_view::npos ? std::string_view() : imageId.substr(at);
}

/// What can be compared by name: of "app:1@sha256:..." the tag, of "app@sha256:..." nothing.
std::string_view nameIn(std::string_view reference)
{
    const std::size_t at = reference.find('@');
    if (at == std::string_view::npos)
        return reference;
    return parseImageReference(reference).tag.empty() ? std::string_view() : reference.substr(0, at);
}

void takeDigests(Digests &digests, std::size_t top, Node status)
{
    constexpr std::array<std::string_view, 3> lists
        = {"initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses"};
    for (const std::string_view list : lists) {
        for (const Node container : status[list]) {
            const std::string_view digest = digestIn(container["imageID"].text());
            if (!digest.empty())
                digests[{top, container["name"].text()}].emplace(digest);
        }
    }
}

std::optional<std::int64_t> wantedOf(const Object &object)
{
    const Node spec = object.root["spec"];
    if (object.kind == "DaemonSet")
        return object.root.at({"status", "desiredNumberScheduled"}).asInt();
    if (object.kind == "CronJob" || object.kind == "PodTemplate")
        return std::nullopt;
    if (object.kind == "Job")
        return spec["parallelism"].asInt().value_or(1);
    return object.kind == "Pod" ? 1 : spec["replicas"].asInt().value_or(1);
}

bool isReady(Node status)
{
    const Node conditions = status["conditions"];
    return std::any_of(conditions.begin(), conditions.end(), [](const Node &condition) {
        return condition["type"].text() == "Ready" && condition["status"].text() == "True";
    });
}

std::optional<std::int64_t> readyOf(const Object &object)
{
    const Node status = object.root["status"];
    if (!status.isMap() || object.kind == "CronJob")
        return std::nullopt;
    if (object.kind == "Pod")
        return isReady(status) ? 1 : 0;
    if (object.kind == "DaemonSet")
        return status["numberReady"].asInt();
    if (object.kind == "Job")
        return status["active"].asInt().value_or(0);
    return status["readyReplicas"].asInt().value_or(0); // left out where it is 0
}

/// Finds the opened image of a container; references repeat, so that each is looked up once.
class ImageFinder
{
public:
    explicit ImageFinder(std::span<const ImagePtr> images)
        : m_images(images)
    {
    }

    void join(ContainerImage &container)
    {
        std::vector<std::string_view> digests(container.running.begin(), container.running.end());
        if (const std::string_view named = digestIn(container.reference); !named.empty())
            digests.push_back(named);
        for (const std::string_view digest : digests) {
            if (const int image = find(digest, m_byDigest, isImageByDigest); image >= 0) {
                container.image = image;
                container.join = ImageJoin::ByDigest;
                return;
            }
        }
        container.image = find(nameIn(container.reference), m_byName, isImage);
        if (container.image >= 0)
            container.join = ImageJoin::ByName;
    }

private:
    using Known = std::map<std::string, int, std::less<>>;

    template<typename Is>
    int find(std::string_view text, Known &known, Is is)
    {
        if (const auto found = known.find(text); found != known.end())
            return found->second;
        int image = -1;
        for (std::size_t i = 0; i < m_images.size() && image < 0; ++i) {
            if (is(*m_images[i], text))
                image = static_cast<int>(i);
        }
        known.emplace(text, image);
        return image;
    }

    std::span<const ImagePtr> m_images;
    Known m_byDigest;
    Known m_byName;
};

} // namespace

std::vector<WorkloadImages> workloadImages(const Cluster &cluster, std::span<const ImagePtr> images)
{
    Digests digests;
    std::map<std::size_t, std::size_t> pods;
    std::vector<WorkloadImages> all;
    for (const Workload &workload : workloadsOf(cluster)) {
        const Object &object = cluster.objects[workload.object];
        const std::size_t top = controllingWorkload(cluster, workload.object);
        if (object.kind == "Pod") {
            takeDigests(digests, top, object.root["status"]);
            ++pods[top];
        }
        if (top != workload.object)
            continue;
        WorkloadImages own{.object = top, .wanted = wantedOf(object), .ready = readyOf(object), .containers = {}};
        for (const Container &container : workload.containers)
            own.containers.push_back(
                {container.name, container.type, container.image, container.field + ".image", -1, {}, {}});
        all.push_back(std::move(own));
    }
    ImageFinder finder(images);
    for (WorkloadImages &workload : all) {
        if (const auto found = pods.find(workload.object); found != pods.end())
            workload.pods = found->second;
        for (ContainerImage &container : workload.containers) {
            if (const auto found = digests.find({workload.object, container.container}); found != digests.end())
                container.running.assign(found->second.begin(), found->second.end());
            finder.join(container);
        }
    }
    return all;
}

} // namespace tally
