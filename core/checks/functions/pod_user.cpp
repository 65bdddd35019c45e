// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/image_reference.h"
#include "core/checks/pod_fields.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace tally::checks {

namespace {

constexpr int firstUserNamespaceExemption = 35;

/// The user's name or number without the group.
std::string_view userPart(std::string_view user)
{
    return user.substr(0, user.find(':'));
}

/// Certainly UID 0. A name other than root would need the image's /etc/passwd, which is not kept.
bool isRootUser(std::string_view user)
{
    const std::string_view name = userPart(user);
    if (name.empty() || name == "root")
        return true;
    std::uint64_t uid = 1;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), uid);
    return error == std::errc{} && end == name.data() + name.size() && uid == 0;
}

const Image *openedImage(const CheckContext &context, std::string_view reference)
{
    for (const ImagePtr &image : context.images()) {
        if (!reference.empty() && isImage(*image, reference))
            return image.get();
    }
    return nullptr;
}

/// imageID of the container in the status of the live Pods of a workload.
std::vector<std::string_view> runningImageIds(
    const CheckContext &context, const CheckedWorkload &workload, const Container &container)
{
    std::vector<std::string_view> ids;
    for (const std::size_t pod : workload.livePods) {
        const Node status = context.prepared().object(context.workloads()[pod]).root["status"];
        for (const std::string_view list :
            {"containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"}) {
            for (const Node entry : status[list]) {
                if (entry["name"].text() == container.name)
                    ids.push_back(entry["imageID"].text());
            }
        }
    }
    return ids;
}

const Image *openedImageByDigest(
    const CheckContext &context, const CheckedWorkload &workload, const Container &container)
{
    const std::string digest = parseImageReference(container.image).digest;
    const std::vector<std::string_view> running = runningImageIds(context, workload, container);
    for (const ImagePtr &image : context.images()) {
        if (isImageByDigest(*image, digest)
            || std::ranges::any_of(running, [&](std::string_view id) { return isImageByDigest(*image, id); }))
            return image.get();
    }
    return nullptr;
}

std::string shownUser(const Image &image)
{
    return image.config.user.empty() ? "root" : image.config.user;
}

} // namespace

void nonRootNotEnforced(CheckContext &context)
{
    const bool exemptions = context.prepared().input().podSecurityVersion.minor >= firstUserNamespaceExemption;
    for (const CheckedWorkload &workload : context.share()) {
        if (workload.windows || (exemptions && workload.view.podSpec["hostUsers"].isFalse()))
            continue;
        for (const Container &container : workload.view.containers) {
            const Node user = effectiveSecurityNode(workload, container, "runAsUser");
            if (effectiveSecurityNode(workload, container, "runAsNonRoot").isTrue() || (user && user.asInt() != 0))
                continue;
            Draft draft = context.onContainer(workload, container, "securityContext.runAsNonRoot");
            const Image *image = user ? nullptr : openedImage(context, container.image);
            if (image)
                draft.as(isRootUser(image->config.user) ? "image-root" : "image-user");
            context.add(std::move(draft.with(image ? shownUser(*image) : std::string())));
        }
    }
}

void effectiveRoot(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        if (workload.windows || workload.view.podSpec["hostUsers"].isFalse())
            continue;
        for (const Container &container : workload.view.containers) {
            if (effectiveSecurityNode(workload, container, "runAsNonRoot").isTrue())
                continue;
            if (const Node user = effectiveSecurityNode(workload, container, "runAsUser")) {
                if (user.asInt() == 0) {
                    Draft draft = onEffective(context, workload, container, "runAsUser");
                    draft.with(draft.field);
                    context.add(std::move(draft));
                }
                continue;
            }
            const Image *image = openedImageByDigest(context, workload, container);
            if (image && isRootUser(image->config.user))
                context.add(context.onContainer(workload, container, "securityContext.runAsUser")
                                .with(shownUser(*image))
                                .as("image"));
        }
    }
}

void writableRootFilesystem(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        if (workload.windows)
            continue;
        for (const Container &container : workload.view.containers) {
            if (!container.node.at({"securityContext", "readOnlyRootFilesystem"}).isTrue())
                context.add(context.onContainer(workload, container, "securityContext.readOnlyRootFilesystem"));
        }
    }
}

} // namespace tally::checks
