// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"

#include <string_view>

namespace tally {

/// The latest time that stands in an object, "2024-05-01T10:11:12" in UTC; "" if there is none. Of what the cluster
/// writes by itself: creation, conditions, renewals of Leases, Events and metrics.
[[nodiscard]] std::string_view latestTime(const Object &object);

} // namespace tally
