// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check_context.h"

#include <string_view>

namespace tally {

/// One template: states what it finds through the context. Must not throw, must not depend on the order of workloads.
using CheckFunction = void (*)(CheckContext &);

/// nullptr if there is none of that name.
[[nodiscard]] CheckFunction findCheckFunction(std::string_view name);

} // namespace tally
