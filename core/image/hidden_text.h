// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tally {

/// Is a file no text in UTF-8 or one of its kin, by its first 512 bytes?
[[nodiscard]] bool looksBinary(std::string_view content);

/// What a file that is no text may hide.
enum class HiddenText : std::uint8_t {
    None,
    Utf16, ///< with its mark, or by the zero bytes of its first letters
    Gzip,  ///< RFC 1952
};
[[nodiscard]] HiddenText hiddenTextIn(std::string_view content);

/// The text, in UTF-8; empty if there is none, or the file is compressed and larger than 256 KiB. Of a compressed text
/// at most the first MiB. May be binary again: nothing is unpacked twice.
[[nodiscard]] std::string hiddenText(std::string_view content);

} // namespace tally
