// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Addresses that a house uses for one purpose.
struct NetworkZone
{
    enum class Purpose : std::uint8_t {
        Administration, ///< of the hosts and of the containers
        Applications,   ///< from where what runs in containers is used
        Internal,       ///< of the cluster itself: Pods, Services, storage
    };

    std::string name;
    Purpose purpose = Purpose::Internal;
    std::vector<std::string> ranges; ///< "10.20.0.0/16", "fd00:20::/32", "10.1.2.3"

    friend bool operator==(const NetworkZone &, const NetworkZone &) = default;
};

[[nodiscard]] std::string_view purposeName(NetworkZone::Purpose purpose); ///< "administration", ...

/// A house's own rules, loaded or entered by the auditor. What it does not lay down, the checks that need it cannot
/// judge. Its form: resources/policy/README.md and policy.schema.json there.
struct Policy
{
    std::vector<std::string>
        allowedRegistries; ///< prefixes of normalised image references, e.g. "registry.example.org/"
    std::vector<std::string> approvedBaseImages; ///< the same for what images are built on
    std::vector<std::string> forbiddenPackages;  ///< names of packages in images; "*" stands for any characters
    std::vector<std::string> requiredLabels;     ///< keys of labels that each workload must have
    std::optional<int> minimumReplicas;
    std::optional<int> maximumImageAgeDays;
    std::optional<bool> cpuLimits; ///< true: each container must have one; false: the house decided against them
    std::vector<NetworkZone> zones;

    std::string name;   ///< of the file that it came from, without its folder; "" entered by hand
    std::string text;   ///< the YAML that says so
    std::string digest; ///< "sha256:..." of the text

    /// The entries, without where they came from.
    [[nodiscard]] bool saysTheSame(const Policy &other) const;
    /// Is the entry of this name laid down?
    [[nodiscard]] bool has(std::string_view entry) const;
};

using PolicyPtr = std::shared_ptr<const Policy>;

/// The names of all entries, in the order of the file.
inline constexpr std::array<std::string_view, 8> policyEntries = {"allowedRegistries", "approvedBaseImages",
    "forbiddenPackages", "requiredLabels", "minimumReplicas", "maximumImageAgeDays", "cpuLimits", "zones"};

inline constexpr int mostReplicas = 1000;
inline constexpr int mostImageAgeDays = 36'500;
inline constexpr std::size_t mostPolicyValues = 10'000; ///< of one list
inline constexpr std::size_t mostPolicyBytes = 1U << 20;

/// Errors: Malformed, LimitExceeded; the message names file, line and what is wrong there.
[[nodiscard]] Result<Policy> readPolicy(std::string_view yaml, const std::string &fileName);

/// The same as YAML, with a word on each entry; entries that are not laid down are left out. readPolicy() of it gives
/// the same entries.
[[nodiscard]] std::string writePolicy(const Policy &policy);

/// Is the value possible in the list of this name?
[[nodiscard]] bool isPolicyValue(std::string_view entry, std::string_view value);

} // namespace tally
