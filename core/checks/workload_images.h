// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"
#include "core/image/image.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// How it is known that an opened image is the one that a container runs.
enum class ImageJoin : std::uint8_t {
    NotOpened,
    ByName, ///< repository and tag: what the registry hands out under them may have changed since
    ByDigest,
};

/// The image of one container of a workload.
struct ContainerImage
{
    std::string_view container;
    ContainerType type = ContainerType::Regular;
    std::string_view reference; ///< as the manifest says
    std::string field;          ///< of the reference, from the object's root
    int image = -1;             ///< index of the opened image; -1: none of that name or digest
    ImageJoin join = ImageJoin::NotOpened;
    /// Digests that Pods say they run, each once, sorted: "sha256:...". With ByName none of them is one of the opened
    /// image's, if there are any.
    std::vector<std::string> running;
};

/// An outermost workload with what it runs.
struct WorkloadImages
{
    std::size_t object = 0; ///< index into Cluster::objects
    /// Pods that are wanted: of a DaemonSet those the cluster counted; nothing where the export does not tell.
    std::optional<std::int64_t> wanted;
    std::optional<std::int64_t> ready; ///< of these; nothing in manifests
    std::size_t pods = 0;              ///< of it in the export
    std::vector<ContainerImage> containers;
};

/// All outermost workloads in input order, each container with the opened image it runs: by digest where one of the
/// running or named digests is that of an image, else by name. O(workloads + different references x images).
[[nodiscard]] std::vector<WorkloadImages> workloadImages(const Cluster &cluster, std::span<const ImagePtr> images);

} // namespace tally
