// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/language.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace tally {

/// "204,7 MB" / "204.7 MB": SI units, one decimal from kB on, a non-breaking space before the unit.
[[nodiscard]] std::string formatBytes(std::uint64_t bytes, Language language);
/// "1.377.902" / "1,377,902".
[[nodiscard]] std::string formatCount(std::uint64_t count, Language language);
/// "12.11.2026 08:14" / "12 Nov 2026 08:14" from RFC 3339 in UTC; what is no RFC 3339 comes back unchanged.
[[nodiscard]] std::string formatTime(std::string_view rfc3339, Language language);
/// The same without the time of day.
[[nodiscard]] std::string formatDate(std::string_view rfc3339, Language language);
/// RFC 3339 in UTC with seconds, e.g. "2026-11-22T01:02:03Z".
[[nodiscard]] std::string rfc3339(std::int64_t secondsSinceEpoch);
/// A day of the calendar as RFC 3339's full-date, "2026-11-22".
[[nodiscard]] bool isDay(std::string_view text);
/// Now, or SOURCE_DATE_EPOCH where it is set: the time that stands in outputs.
[[nodiscard]] std::int64_t outputTime();

/// Valid UTF-8? (RFC 3629: no overlong forms, no surrogates.)
[[nodiscard]] bool isUtf8(std::string_view bytes);
/// The bytes with each that is not part of valid UTF-8 replaced by U+FFFD.
[[nodiscard]] std::string toUtf8(std::string_view bytes);
/// Replaces control characters, bidi controls and other invisible ones by visible marks such as "<U+202E>",
/// so that a hostile name cannot change what stands around it.
[[nodiscard]] std::string visible(std::string_view utf8);

} // namespace tally
