// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace tally {

/// What no input can give yet: "node-files", files and command lines of the nodes themselves, and "tool-output",
/// results of tools that leave none in the cluster. Checks that need it exist with their texts and are never carried
/// out.
[[nodiscard]] bool isNeverMet(std::string_view need);

/// "workloads", "image", "live", "policy" (one that has the check's policy_entry, if it names one), "referrers" (images
/// handed over in a form that carries signatures and attestations along: an OCI layout, or one that does have some),
/// "key" (a public key), "audit-log" and "etcd-snapshot" (one of them was handed over), "node-lsm" (some Node,
/// MachineConfig or tool tells of mandatory access control; what is asked for instead is "node-files"), a component
/// (component_setting.h), one that is never met, or kinds that the program knows, see kindsOfNeed().
[[nodiscard]] bool isKnownNeed(std::string_view need);

/// "workloads" or a kind: what the objects of an export give.
[[nodiscard]] bool isNeedOfCluster(std::string_view need);

/// The kinds that a need names: "Ingress|Gateway" is met where one of them is known, "some:VulnerabilityReport" where
/// an object of it is in the input, because only a tool makes them. Of the tokens (workloads, image, ...) the token.
[[nodiscard]] std::vector<std::string_view> kindsOfNeed(std::string_view need);

/// The kinds that "workloads" stands for.
[[nodiscard]] std::span<const std::string_view> workloadKinds();

} // namespace tally
