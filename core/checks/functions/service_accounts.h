// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check_context.h"

#include <string_view>

namespace tally::checks {

/// Under which service account the pod runs: its name, that of the former field, else "default".
[[nodiscard]] std::string_view serviceAccountOf(const CheckedWorkload &workload);

/// Does the account leave the token to the pods that say nothing? Also true where it is not in the input.
[[nodiscard]] bool accountGivesToken(
    const CheckContext &context, std::string_view namespaceName, std::string_view account);

/// Does the pod get a token for the API: mounted because neither the pod nor its account says no, or as a projected
/// volume for the API's own audience?
[[nodiscard]] bool hasApiToken(const CheckContext &context, const CheckedWorkload &workload);

} // namespace tally::checks
