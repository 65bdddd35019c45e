// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace tally {

/// What no input can give yet: "node-files", files and command lines of the nodes themselves. Checks that need it exist
/// with their texts and are never carried out.
[[nodiscard]] bool isNeverMet(std::string_view need);

/// "workloads", "image", "live", "policy", "referrers" (images handed over in a form that carries signatures and
/// attestations along: an OCI layout, or one that does have some), "key" (a public key), a component
/// (component_setting.h), one that is never met, or a kind that the program knows.
[[nodiscard]] bool isKnownNeed(std::string_view need);

/// "workloads" or a kind: what the objects of an export give.
[[nodiscard]] bool isNeedOfCluster(std::string_view need);

/// The kinds that "workloads" stands for.
[[nodiscard]] std::span<const std::string_view> workloadKinds();

} // namespace tally
