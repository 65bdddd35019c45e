// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/key_table.h"
#include "core/document/secret_forms.h"

#include <cstdint>
#include <vector>

namespace tally {

/// What masking must know about the keys of one table, each looked at once however many members have it. For the one
/// worker that fills the table.
class KeyFacts
{
public:
    static constexpr std::uint32_t noKey = ~0U;

    /// What a key is in the map that holds it.
    enum class Role : std::uint8_t {
        Kind = 1,
        Type = 2,
        Value = 4,
        Args = 8,
        Text = 16, ///< its values are command lines, variables, scripts or settings
    };

    /// What a name says of its value. None of these: only the value itself can tell.
    struct Name
    {
        NameWeight weight = NameWeight::None;
        bool isLogin = false;  ///< see isDockerLogin()
        bool isHeader = false; ///< see isCredentialHeader()

        [[nodiscard]] bool tellsNothing() const { return weight == NameWeight::None && !isLogin && !isHeader; }
    };

    explicit KeyFacts(const KeyTable &keys);

    /// To be called after keys were added to the table and before the facts are asked for. Cheap.
    void update();

    [[nodiscard]] const KeyTable &keys() const { return m_keys; }
    [[nodiscard]] std::uint8_t rolesOf(std::uint32_t key) const { return m_roles[key]; }
    [[nodiscard]] bool has(std::uint32_t key, Role role) const
    {
        return (m_roles[key] & static_cast<std::uint8_t>(role)) != 0;
    }
    [[nodiscard]] Name nameOf(std::uint32_t key);
    [[nodiscard]] NameWeight listWeightOf(std::uint32_t key); ///< see weighListName()

    // Ids of the keys that decide what a member is; noKey where the file does not have it.
    std::uint32_t data = noKey, stringData = noKey, binaryData = noKey, items = noKey, name = noKey, keyMember = noKey,
                  metadata = noKey, managedFields = noKey, fieldsV1 = noKey, schema = noKey, lastApplied = noKey,
                  description = noKey, image = noKey, command = noKey;

private:
    const KeyTable &m_keys;
    std::vector<std::uint8_t> m_roles;       ///< by key: bits of Role
    std::vector<std::uint8_t> m_names;       ///< by key: 0 unknown, else bits of a Name
    std::vector<std::uint8_t> m_listWeights; ///< by key: 0 unknown, else the weight + 1
};

} // namespace tally
