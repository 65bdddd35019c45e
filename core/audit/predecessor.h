// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What a new audit keeps of the one that it starts from: decisions, also undecided ones with a text.
[[nodiscard]] Predecessor predecessorOf(const AuditState &old);

/// It stands in the journal alone, which vouches for it and is never rewritten.
[[nodiscard]] std::string predecessorToJson(const Predecessor &predecessor);
/// Nothing where the journal names none.
[[nodiscard]] std::optional<Predecessor> predecessorIn(const std::vector<JournalEntry> &journal);

} // namespace tally
