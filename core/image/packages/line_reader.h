// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ascii.h"

#include <algorithm>
#include <string_view>

namespace tally {

/// Calls use(line) for each line without its line end, until it returns false.
template<typename Use>
void eachLine(std::string_view text, const Use &use)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (!use(line))
            return;
    }
}

/// The value of "Name: value" if the line is that field; names are compared without case.
[[nodiscard]] inline bool isField(std::string_view line, std::string_view name, std::string_view &value)
{
    if (line.size() <= name.size() || line[name.size()] != ':')
        return false;
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (lower(line[i]) != lower(name[i]))
            return false;
    }
    value = trimmed(line.substr(name.size() + 1));
    return true;
}

} // namespace tally
