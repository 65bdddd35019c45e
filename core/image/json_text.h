// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tally {

using Json = nlohmann::ordered_json;

/// Small JSON of an image (manifest, index, config): duplicate keys: the last counts; nested at most 100 deep,
/// at most 4,000 members in one object. Discarded (is_discarded()) where it is none. Cost: linear.
[[nodiscard]] Json parseSmallJson(std::string_view text);

/// The first key that an object of the text has twice; "" where none has, or the text is none that parseSmallJson()
/// takes. Programs differ in which of the two they take (RFC 8259, 4). Cost: O(n log n).
[[nodiscard]] std::string keyGivenTwice(std::string_view text);

/// Members of what may not even be an object; empty or absent where the type is another.
[[nodiscard]] std::string textAt(const Json &object, const char *key);
[[nodiscard]] const Json &memberAt(const Json &object, const char *key); ///< null if absent
[[nodiscard]] std::optional<std::uint64_t> numberAt(const Json &object, const char *key);
[[nodiscard]] std::vector<std::string> textsAt(const Json &object, const char *key);

} // namespace tally
