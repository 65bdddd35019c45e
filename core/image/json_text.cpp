// SPDX-License-Identifier: Apache-2.0
#include "core/image/json_text.h"

#include <array>
#include <set>
#include <utility>
#include <vector>

namespace tally {

namespace {

constexpr std::size_t maxDepth = 100;
/// Of one object: nlohmann's ordered objects look through all for each new one.
constexpr std::size_t maxMembers = 4000;

/// Is the text shallow and its objects small, as far as brackets and commas tell? The parser itself has no such limits,
/// and its callbacks, which could have them, cost the square of an array's length.
bool isModest(std::string_view text)
{
    std::array<std::size_t, maxDepth> commas{};
    std::array<bool, maxDepth> isObject{};
    std::size_t depth = 0;
    bool inText = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inText) {
            i += c == '\\' ? 1 : 0;
            inText = c != '"';
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' || c == '[') {
            if (depth == maxDepth)
                return false;
            commas[depth] = 0;
            isObject[depth++] = c == '{';
        } else if (c == '}' || c == ']') {
            depth -= depth > 0 ? 1 : 0;
        } else if (c == ',' && depth > 0 && isObject[depth - 1] && ++commas[depth - 1] >= maxMembers) {
            return false;
        }
    }
    return true;
}

/// Keeps the keys of the objects that are open.
class KeyWatch final : public nlohmann::json_sax<Json>
{
public:
    [[nodiscard]] std::string takeTwice() { return std::move(m_twice); }

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t &) override { return true; }
    bool string(string_t &) override { return true; }
    bool binary(binary_t &) override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool start_object(std::size_t) override
    {
        m_open.emplace_back();
        return true;
    }
    bool end_object() override
    {
        m_open.pop_back();
        return true;
    }
    bool key(string_t &name) override
    {
        if (m_open.back().insert(name).second)
            return true;
        m_twice = name;
        return false;
    }
    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &) override { return false; }

private:
    std::vector<std::set<std::string>> m_open;
    std::string m_twice;
};

} // namespace

std::string keyGivenTwice(std::string_view text)
{
    KeyWatch watch;
    if (isModest(text))
        (void)Json::sax_parse(text, &watch);
    return watch.takeTwice();
}

Json parseSmallJson(std::string_view text)
{
    if (isModest(text))
        return Json::parse(text, nullptr, false);
    Json nothing(nlohmann::detail::value_t::discarded); // in braces it would be an array of one
    return nothing;
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
