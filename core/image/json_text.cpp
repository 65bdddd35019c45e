// SPDX-License-Identifier: Apache-2.0
#include "core/image/json_text.h"

namespace tally {

Json parseSmallJson(std::string_view text)
{
    bool tooDeep = false;
    const auto guard = [&tooDeep](int depth, Json::parse_event_t /*event*/, Json & /*value*/) {
        tooDeep = tooDeep || depth > 100;
        return !tooDeep;
    };
    Json parsed = Json::parse(text, guard, false);
    if (tooDeep)
        return Json(nlohmann::detail::value_t::discarded);
    return parsed;
}

const Json &memberAt(const Json &object, const char *key)
{
    static const Json null;
    if (!object.is_object())
        return null;
    const auto found = object.find(key);
    return found == object.end() ? null : *found;
}

std::string textAt(const Json &object, const char *key)
{
    const Json &value = memberAt(object, key);
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::optional<std::uint64_t> numberAt(const Json &object, const char *key)
{
    const Json &value = memberAt(object, key);
    return value.is_number_unsigned() ? std::optional(value.get<std::uint64_t>()) : std::nullopt;
}

std::vector<std::string> textsAt(const Json &object, const char *key)
{
    std::vector<std::string> texts;
    const Json &value = memberAt(object, key);
    if (value.is_string())
        texts.push_back(value.get<std::string>());
    if (value.is_array()) {
        for (const Json &item : value) {
            if (item.is_string())
                texts.push_back(item.get<std::string>());
        }
    }
    return texts;
}

} // namespace tally
