// SPDX-License-Identifier: Apache-2.0
#include "core/base/string_table.h"

namespace tally {

StringTable::StringTable()
{
    intern({});
}

StringId StringTable::intern(std::string_view text)
{
    if (const auto found = m_ids.find(text); found != m_ids.end())
        return found->second;

    const StringId id{static_cast<std::uint32_t>(m_strings.size())};
    const std::string &stored = m_strings.emplace_back(text);
    m_ids.emplace(stored, id);
    return id;
}

StringId StringTable::find(std::string_view text) const noexcept
{
    const auto found = m_ids.find(text);
    return found == m_ids.end() ? StringId{} : found->second;
}

} // namespace tally
