// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/base/diagnostic.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

inline constexpr std::string_view firstScheme = "1"; ///< of fingerprints

/// One finding as the row of a run holds it. The id stands in a column of its own as well.
[[nodiscard]] std::string findingToJson(const Finding &finding);
[[nodiscard]] std::optional<Finding> findingFromJson(std::string_view json);

/// Proposals, bases and finding indexes of a run; the scheme of its fingerprints, unless it is the first one; its
/// clusters, where there are several.
[[nodiscard]] std::string requirementsToJson(const Assessment &assessment);
[[nodiscard]] std::optional<std::vector<RequirementResult>> requirementsFromJson(std::string_view json);
[[nodiscard]] std::string schemeFromJson(std::string_view json);
[[nodiscard]] std::vector<std::string> clustersFromJson(std::string_view json);

/// Messages keep code and arguments; a code that this version does not know is dropped.
[[nodiscard]] std::string diagnosticsToJson(const std::vector<Diagnostic> &diagnostics);
[[nodiscard]] std::vector<Diagnostic> diagnosticsFromJson(std::string_view json);

} // namespace tally
