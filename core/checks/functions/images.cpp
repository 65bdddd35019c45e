// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/checks/functions/functions.h"
#include "core/checks/image_reference.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace tally::checks {

namespace {

/// Calls look(makeDraft, reference) for each container and each image volume that names an image.
template<typename Look>
void forEachImage(CheckContext &context, Look look)
{
    for (const CheckedWorkload &workload : context.share()) {
        for (const Container &container : workload.view.containers) {
            if (!container.image.empty())
                look([&] { return context.onContainer(workload, container, "image"); }, container.image);
        }
        std::size_t position = 0;
        for (const Node volume : workload.view.podSpec["volumes"]) {
            const std::size_t at = position++;
            const std::string_view reference = volume.at({"image", "reference"}).text();
            if (reference.empty())
                continue;
            const auto makeDraft = [&] {
                Draft draft = context.onPod(workload, indexed("volumes", at) + ".image.reference");
                draft.image = reference;
                return std::move(draft.with(std::string(volume["name"].text())));
            };
            look(makeDraft, reference);
        }
    }
}

/// No digest, and no tag or one that moves.
bool floats(const ImageReference &reference, const std::vector<std::string> &tags)
{
    return reference.digest.empty() && (reference.tag.empty() || contains(tags, reference.tag));
}

/// A tag that says which branch or state it follows: "main", "v1.5-head". Case does not matter.
bool followsBranch(const ImageReference &reference, const std::vector<std::string> &names)
{
    const std::string tag = lowered(reference.tag);
    return reference.digest.empty() && !tag.empty() && std::ranges::any_of(names, [&](const std::string &name) {
        return tag == name || (tag.ends_with(name) && tag[tag.size() - name.size() - 1] == '-');
    });
}

/// "amd64 linux" by the node's name: an image has content of its own for each.
std::map<std::string_view, std::string> architectures(const CheckContext &context)
{
    std::map<std::string_view, std::string> found;
    for (const std::size_t index : context.prepared().ofKind("Node")) {
        const Object &node = context.object(index);
        const Node info = node.root.at({"status", "nodeInfo"});
        std::string &platform = found[node.name];
        platform = info["architecture"].text();
        platform.append(" ").append(info["operatingSystem"].text());
    }
    return found;
}

/// What runs under one reference, on nodes of one architecture.
struct Running
{
    std::set<std::string> digests;
    std::vector<std::size_t> workloads; ///< outermost ones, in input order, each once
    std::string container;
};

using RunningImages = std::map<std::pair<std::string, std::string>, Running>; // by reference and architecture

/// What a container of that image runs under; "" where a digest in the reference leaves nothing that could drift: two
/// of them are two images and meant to be.
std::string movingReference(std::string_view image)
{
    ImageReference reference = parseImageReference(image);
    if (!reference.digest.empty() || image.starts_with("sha256:"))
        return {};
    if (reference.tag.empty())
        reference.tag = "latest"; // what every runtime asks for then
    return reference.text();
}

using MovingReferences = std::unordered_map<std::string_view, std::string>; ///< by image: many Pods run the same

void addRunning(const CheckedWorkload &pod, Node statuses, std::string_view architecture, MovingReferences &known,
    RunningImages &images)
{
    for (const Node status : statuses) {
        const auto container = std::ranges::find(pod.view.containers, status["name"].text(), &Container::name);
        const std::string_view id = status["imageID"].text();
        const std::size_t at = id.rfind('@');
        if (container == pod.view.containers.end() || at == std::string_view::npos)
            continue;
        const auto [reference, isNew] = known.try_emplace(container->image);
        if (isNew)
            reference->second = movingReference(container->image);
        if (reference->second.empty())
            continue;
        Running &running = images[{reference->second, std::string(architecture)}];
        running.digests.emplace(id.substr(at + 1));
        running.container = container->name;
        if (running.workloads.empty() || running.workloads.back() != pod.top)
            running.workloads.push_back(pod.top);
    }
}

std::string shortened(const std::set<std::string> &digests)
{
    constexpr std::size_t digits = 12;
    std::vector<std::string> names;
    for (const std::string &digest : digests) {
        const std::size_t colon = digest.find(':');
        names.push_back(digest.substr(colon == std::string::npos ? 0 : colon + 1).substr(0, digits));
    }
    return joined(names);
}

void addDrift(CheckContext &context, const std::string &reference, Running running, bool platformKnown)
{
    std::ranges::sort(running.workloads);
    // Not std::ranges::unique: clang 14 cannot read libstdc++'s subrange.
    running.workloads.erase(std::unique(running.workloads.begin(), running.workloads.end()), running.workloads.end());
    const CheckedWorkload &first = context.workloads()[running.workloads.front()];
    Draft draft = context.onPod(first, "containers");
    for (const Container &container : first.view.containers) {
        if (container.name == running.container)
            draft = context.onContainer(first, container, "image");
    }
    draft.args = {reference, std::to_string(running.digests.size()), shortened(running.digests)};
    draft.image = reference;
    for (const std::size_t other : running.workloads)
        draft.also.push_back(context.workloads()[other].view.object);
    if (!platformKnown)
        draft.as("platform-unknown");
    context.add(std::move(draft));
}

} // namespace

void imageTag(CheckContext &context)
{
    const std::vector<std::string> &tags = context.check().parameterList("tags");
    const std::vector<std::string> &branches = context.check().parameterList("branches");
    forEachImage(context, [&](const auto &makeDraft, std::string_view text) {
        const ImageReference reference = parseImageReference(text);
        if (!floats(reference, tags) && !followsBranch(reference, branches))
            return;
        Draft draft = makeDraft();
        if (reference.tag.empty())
            draft.as("none");
        else if (!floats(reference, tags))
            draft.as("branch");
        context.add(std::move(draft.with(std::string(text)).with(reference.tag)));
    });
}

void imageRegistry(CheckContext &context)
{
    const std::vector<std::string> &allowed = context.policy()->allowedRegistries;
    forEachImage(context, [&](const auto &makeDraft, std::string_view text) {
        const std::string reference = parseImageReference(text).text();
        if (std::ranges::none_of(
                allowed, [&](const std::string &prefix) { return isBelowReference(reference, prefix); }))
            context.add(std::move(makeDraft().with(reference)));
    });
}

void frozenRegistry(CheckContext &context)
{
    const std::vector<std::string> &frozen = context.check().parameterList("frozen");
    const std::vector<std::string> &moved = context.check().parameterList("moved");
    forEachImage(context, [&](const auto &makeDraft, std::string_view text) {
        const std::string reference = parseImageReference(text).text();
        const auto below = [&](const std::vector<std::string> &places) {
            return std::ranges::find_if(
                places, [&](const std::string &place) { return isBelowReference(reference, place); });
        };
        if (const auto place = below(frozen); place != frozen.end())
            context.add(std::move(makeDraft().with(std::string(text)).with(*place)));
        else if (const auto other = below(moved); other != moved.end())
            context.add(std::move(makeDraft().with(std::string(text)).with(*other).as("moved")));
    });
}

void imageDigest(CheckContext &context)
{
    // The tags of the check that reports moving ones: what it says is not said twice.
    const Check *moving = context.checks().find("IMG-LATEST");
    const std::vector<std::string> tags = moving ? moving->parameterList("tags") : std::vector<std::string>{"latest"};
    const std::vector<std::string> branches = moving ? moving->parameterList("branches") : std::vector<std::string>();
    forEachImage(context, [&](const auto &makeDraft, std::string_view text) {
        const ImageReference reference = parseImageReference(text);
        if (reference.digest.empty() && !floats(reference, tags) && !followsBranch(reference, branches))
            context.add(std::move(makeDraft().with(std::string(text))));
    });
}

void imageDrift(CheckContext &context)
{
    const std::map<std::string_view, std::string> platforms = architectures(context);
    RunningImages images;
    MovingReferences known;
    for (const CheckedWorkload &pod : context.workloads()) {
        const Object &object = context.prepared().object(pod);
        if (object.kind != "Pod" || std::ranges::find(pod.livePods, pod.index) == pod.livePods.end())
            continue;
        const auto platform = platforms.find(pod.view.podSpec["nodeName"].text());
        const std::string_view architecture
            = platform == platforms.end() ? std::string_view() : std::string_view(platform->second);
        for (const std::string_view list : {"containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"})
            addRunning(pod, object.root["status"][list], architecture, known, images);
    }
    std::set<std::string> reported;
    for (auto &[key, running] : images) {
        if (running.digests.size() >= 2 && reported.insert(key.first).second)
            addDrift(context, key.first, std::move(running), !platforms.empty());
    }
}

} // namespace tally::checks
