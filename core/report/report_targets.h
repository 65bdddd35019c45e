// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/records.h"
#include "core/report/report_words.h"

#include <string>
#include <vector>

namespace tally {

/// Words about target objects that the report and the exports have in common.

[[nodiscard]] std::string kindWord(const Words &words, TargetObject::Kind kind);
/// "very high"; "open" where nobody has stated it.
[[nodiscard]] std::string needWord(const Words &words, TargetObject::Need need);
/// One line per value that has a reason, "Integrity: orders"; one in all, the bare reason, where it is the same for
/// each of the three.
[[nodiscard]] std::vector<std::string> reasonLines(const Words &words, const TargetObject &target);

} // namespace tally
