// SPDX-License-Identifier: Apache-2.0
#include "core/document/key_facts.h"

#include <array>
#include <string_view>

namespace tally {

namespace {

/// Members whose texts are command lines, variables, scripts or settings.
constexpr std::array<std::string_view, 24> textMembers = {"annotations", "args", "arguments", "argv", "command",
    "commands", "extraArgs", "cmd", "Cmd", "entrypoint", "Entrypoint", "env", "Env", "environment", "created_by",
    "history", "script", "run", "userData", "config", "ExtraConfig", "settings", "message", "note"};

// A Name in a byte.
constexpr std::uint8_t weightBits = 3;
constexpr std::uint8_t loginBit = 4;
constexpr std::uint8_t headerBit = 8;
constexpr std::uint8_t knownBit = 16;

} // namespace

KeyFacts::KeyFacts(const KeyTable &keys)
    : m_keys(keys)
{
    update();
}

void KeyFacts::update()
{
    if (m_roles.size() == m_keys.size())
        return;
    m_roles.resize(m_keys.size(), 0);
    m_names.resize(m_keys.size(), 0);
    m_listWeights.resize(m_keys.size(), 0);
    const auto idOf = [this](std::string_view wanted) { return m_keys.find(wanted).value_or(noKey); };
    data = idOf("data");
    stringData = idOf("stringData");
    binaryData = idOf("binaryData");
    items = idOf("items");
    name = idOf("name");
    keyMember = idOf("key");
    metadata = idOf("metadata");
    managedFields = idOf("managedFields");
    fieldsV1 = idOf("fieldsV1");
    schema = idOf("openAPIV3Schema");
    lastApplied = idOf("kubectl.kubernetes.io/last-applied-configuration");
    description = idOf("description");
    image = idOf("image");
    command = idOf("command");
    const auto give = [&](std::string_view wanted, Role role) {
        if (const std::uint32_t id = idOf(wanted); id != noKey)
            m_roles[id] |= static_cast<std::uint8_t>(role);
    };
    give("kind", Role::Kind);
    give("type", Role::Type);
    give("value", Role::Value);
    give("args", Role::Args);
    for (const std::string_view member : textMembers)
        give(member, Role::Text);
}

KeyFacts::Name KeyFacts::nameOf(std::uint32_t key)
{
    std::uint8_t &known = m_names[key];
    if (known == 0) {
        const std::string_view text = m_keys.view(key);
        known = static_cast<std::uint8_t>(static_cast<unsigned>(weighName(text)) | knownBit
            | (mayBeDockerLogin(text) ? loginBit : 0U) | (mayBeCredentialHeader(text) ? headerBit : 0U));
    }
    return {static_cast<NameWeight>(known & weightBits), (known & loginBit) != 0, (known & headerBit) != 0};
}

NameWeight KeyFacts::listWeightOf(std::uint32_t key)
{
    std::uint8_t &known = m_listWeights[key];
    if (known == 0)
        known = static_cast<std::uint8_t>(static_cast<unsigned>(weighListName(m_keys.view(key))) + 1);
    return static_cast<NameWeight>(known - 1);
}

} // namespace tally
