// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <cstdint>
#include <string>

namespace tally {

/// What the caller can do about it decides the kind, not where it happened.
enum class ErrorKind : std::uint8_t {
    NotFound,      ///< the thing named does not exist
    Io,            ///< the operating system said no
    Malformed,     ///< the input breaks its own format
    Unsupported,   ///< valid, but we do not handle it
    LimitExceeded, ///< a safety limit stopped us (size, depth, count, time)
    Cancelled,     ///< the user asked us to stop; never shown as a failure
};

struct Error
{
    ErrorKind kind;
    Message message;    ///< for the person in front of the screen
    std::string detail; ///< for the log and the bug report: path, offset, errno, library text

    friend bool operator==(const Error &, const Error &) = default;
};

[[nodiscard]] Error cancelled();

} // namespace tally
