// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace tally {

/// "workloads", "image", "live", "policy", or a kind that the program knows.
[[nodiscard]] bool isKnownNeed(std::string_view need);

/// The kinds that "workloads" stands for.
[[nodiscard]] std::span<const std::string_view> workloadKinds();

} // namespace tally
