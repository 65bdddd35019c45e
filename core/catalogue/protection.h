// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/catalogue/catalogue.h"

#include <cstdint>

namespace tally {

/// What a requirement has to do with the protection needs of target objects.
enum class Protection : std::uint8_t {
    None,
    Compared, ///< applies everywhere, and how it is met is measured by the needs
    Elevated, ///< Level::Elevated: applies only where needs are high or very high
    VeryHigh, ///< of these: speaks of very high needs alone
};

/// As its level and the sentences of its parts say. O(its text).
[[nodiscard]] Protection protectionOf(const Requirement &requirement);

} // namespace tally
