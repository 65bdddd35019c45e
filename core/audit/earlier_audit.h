// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/comparison.h"

#include <filesystem>

namespace tally {

/// The file of the audit from which this one was started, in the folder: by the journal's head that was taken over, not
/// by its name. One that went no further than that head comes before one that did. ownFile is left out, and so is what
/// cannot be read. "": none there, or this audit was started from no other. Reads no more than a row of each audit
/// file, of at most 200.
[[nodiscard]] std::filesystem::path findPredecessor(
    const AuditState &state, const std::filesystem::path &folder, const std::filesystem::path &ownFile);

} // namespace tally
