// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tally {

/// The text as content or attribute value of XML 1.0: UTF-8, markup escaped, characters that XML cannot hold (control
/// characters but tab and newline, U+FFFE, U+FFFF) replaced by U+FFFD.
[[nodiscard]] std::string xmlText(std::string_view text);

/// Only the escaping of markup.
[[nodiscard]] std::string xmlMarkup(std::string_view text);
/// Only the latter: for libraries that escape by themselves.
[[nodiscard]] std::string xmlCharacters(std::string_view text);

} // namespace tally
