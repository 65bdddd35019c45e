// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <cstdint>
#include <string>

namespace tally {

/// Something that could not be read, was skipped, or looked odd. It stands beside the rest that could be read.
struct Diagnostic
{
    enum class Severity : std::uint8_t { Note, Warning, Error };

    Severity severity = Severity::Warning;
    Message message;   ///< its def->code is the stable code of cli-json.md, e.g. "blob-digest-mismatch"
    int source = -1;   ///< index into the sources of the audit or of Opened; -1: none
    std::string where; ///< place inside the source: member path, "line 12, column 3", layer digest

    friend bool operator==(const Diagnostic &, const Diagnostic &) = default;
};

} // namespace tally
