// SPDX-License-Identifier: Apache-2.0
#include "core/document/json_tree.h"

#include "core/base/messages_document.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>

namespace tally {

namespace {

using simdjson::error_code;
namespace ondemand = simdjson::ondemand;

/// RFC 8259, section 6.
bool isJsonNumber(std::string_view text)
{
    std::size_t at = 0;
    const auto digits = [&] {
        const std::size_t first = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9')
            ++at;
        return at > first;
    };
    const auto isAt = [&](std::string_view characters) {
        return at < text.size() && characters.find(text[at]) != std::string_view::npos;
    };
    if (isAt("-"))
        ++at;
    const bool zero = isAt("0");
    const std::size_t first = at;
    if (!digits() || (zero && at > first + 1))
        return false;
    if (isAt(".")) {
        ++at;
        if (!digits())
            return false;
    }
    if (isAt("eE")) {
        ++at;
        if (isAt("+-"))
            ++at;
        if (!digits())
            return false;
    }
    return at == text.size();
}

std::string_view withoutEndBlanks(std::string_view token)
{
    const std::size_t last = token.find_last_not_of(" \t\r\n");
    return token.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

} // namespace

class JsonTreeReader::Builder
{
public:
    Builder(const SourceText &source, ReadBudget &budget, KeyTable &keys, ManagedFields managed)
        : m_source(source)
        , m_budget(budget)
        , m_keys(keys)
        , m_drops(managed == ManagedFields::Drop)
    {
        if (m_drops) {
            m_metadataKey = keys.intern("metadata");
            m_managedKey = keys.intern("managedFields");
            m_fieldsKey = keys.intern("fieldsV1");
        }
    }
    ~Builder() { m_budget.giveBack(m_granted); }
    Builder(const Builder &) = delete;
    Builder &operator=(const Builder &) = delete;

    std::optional<ReadFailure> read(TextRange range, TreePart &part, std::uint32_t depth);

private:
    // All of these return false after fail().
    bool fail(error_code error, std::uint32_t place);
    bool failWith(ErrorKind kind, Message message, std::uint32_t place);
    bool add(std::uint32_t key, std::uint32_t place, std::uint32_t &index);
    bool value(ondemand::value value, std::uint32_t index, std::uint32_t depth);
    bool object(ondemand::value &value, std::uint32_t index, std::uint32_t depth);
    bool array(ondemand::value &value, std::uint32_t index, std::uint32_t depth);
    bool word(std::string_view token, std::uint32_t index, std::uint32_t place);
    bool string(ondemand::value &value, std::uint32_t index, std::uint32_t place);
    bool rootString(ondemand::document &document, std::uint32_t index, std::uint32_t place);
    bool key(ondemand::field &field, std::uint32_t &id, std::uint32_t &place);
    void endDropped(std::uint32_t place)
    {
        if (m_dropBegin != 0)
            m_part->dropped.push_back({m_dropBegin, place});
        m_dropBegin = 0;
    }

    [[nodiscard]] std::uint32_t offsetOf(const void *at) const
    {
        return static_cast<std::uint32_t>(static_cast<const char *>(at) - m_source.data());
    }
    [[nodiscard]] TreeNode &node(std::uint32_t index) { return m_part->nodes[index]; }

    const SourceText &m_source;
    ReadBudget &m_budget;
    KeyTable &m_keys;
    ondemand::parser m_parser;
    TreePart *m_part = nullptr;
    std::uint32_t m_lastKey = 0;
    bool m_drops; ///< metadata.managedFields[].fieldsV1
    std::uint32_t m_metadataKey = 0;
    std::uint32_t m_managedKey = 0;
    std::uint32_t m_fieldsKey = 0;
    std::uint32_t m_managedNode = 0;  ///< a list of managed fields, where it is one
    std::uint32_t m_managedDepth = 0; ///< of its items, while they are read; else 0
    std::uint32_t m_dropBegin = 0;    ///< of what was dropped last, up to the next node; 0: closed
    std::uint32_t m_granted = 0;      ///< nodes that were taken from the budget and not made yet
    ReadFailure m_failure;
};

bool JsonTreeReader::Builder::failWith(ErrorKind kind, Message message, std::uint32_t place)
{
    m_failure = {kind, std::move(message), place};
    return false;
}

bool JsonTreeReader::Builder::fail(error_code error, std::uint32_t place)
{
    return failWith(ErrorKind::Malformed,
        {documentDef("document.json-invalid"), {m_budget.fileName, simdjson::error_message(error)}}, place);
}

bool JsonTreeReader::Builder::add(std::uint32_t key, std::uint32_t place, std::uint32_t &index)
{
    constexpr std::uint32_t nodesBetweenPolls = 4096;
    index = static_cast<std::uint32_t>(m_part->nodes.size());
    if (m_granted == 0) {
        if (m_budget.run.stopRequested())
            return failWith(ErrorKind::Cancelled, cancelled().message, place);
        if (!m_budget.takeNodes(nodesBetweenPolls) || key > TreeNode::maxKey)
            return failWith(ErrorKind::LimitExceeded,
                {documentDef("document.too-many-nodes"), {m_budget.fileName, std::to_string(m_budget.limits.maxNodes)}},
                place);
        m_granted = nodesBetweenPolls;
    }
    --m_granted;
    endDropped(place);
    m_part->nodes.push_back({key << TreeNode::keyShift, 0, 0, place});
    return true;
}

std::optional<ReadFailure> JsonTreeReader::Builder::read(TextRange range, TreePart &part, std::uint32_t depth)
{
    m_part = &part;
    m_managedNode = 0;
    m_managedDepth = 0;
    m_dropBegin = 0;
    const std::string_view text = m_source.view().substr(range.begin, range.end - range.begin);
    std::uint32_t index = 0;
    if (!add(0, range.begin, index))
        return m_failure;

    if (text.front() != '{' && text.front() != '[' && text.front() != '"')
        return word(text, index, range.begin) ? std::nullopt : std::optional(m_failure);

    ondemand::document document;
    // Reading past the end is safe: the source is padded, and a later document is readable.
    const simdjson::padded_string_view padded(text.data(), text.size(), text.size() + simdjson::SIMDJSON_PADDING);
    if (const error_code error = m_parser.iterate(padded).get(document); error != simdjson::SUCCESS) {
        (void)fail(error, range.begin);
        return m_failure;
    }
    bool done = false;
    if (text.front() == '{' || text.front() == '[') {
        ondemand::value root;
        const error_code error = document.get_value().get(root);
        done = error == simdjson::SUCCESS ? value(root, index, depth) : fail(error, range.begin);
        // On-Demand does not look for itself whether something follows: a bracket too many.
        if (done && document.current_location().error() != simdjson::OUT_OF_BOUNDS)
            done = fail(simdjson::TRAILING_CONTENT, range.begin);
    } else {
        done = rootString(document, index, range.begin);
    }
    endDropped(range.end);
    return done ? std::nullopt : std::optional(m_failure);
}

bool JsonTreeReader::Builder::value(ondemand::value value, std::uint32_t index, std::uint32_t depth)
{
    const std::string_view token = value.raw_json_token();
    const std::uint32_t place = offsetOf(token.data());
    const char first = token.empty() ? '\0' : token.front();
    if (first == '"')
        return string(value, index, place);
    if (first != '{' && first != '[')
        return word(withoutEndBlanks(token), index, place);
    if (depth > m_budget.limits.maxDepth)
        return failWith(ErrorKind::LimitExceeded,
            {documentDef("document.too-deep"), {m_budget.fileName, std::to_string(m_budget.limits.maxDepth)}}, place);
    return first == '{' ? object(value, index, depth) : array(value, index, depth);
}

bool JsonTreeReader::Builder::key(ondemand::field &field, std::uint32_t &id, std::uint32_t &place)
{
    const char *begin = field.key().raw();
    place = offsetOf(begin) - 1;
    const char *end = begin;
    while (*end != '"' && *end != '\\')
        ++end;
    if (*end == '"') {
        id = m_lastKey = m_keys.internAfter(m_lastKey, {begin, static_cast<std::size_t>(end - begin)});
        return true;
    }
    std::string_view text;
    if (const error_code error = field.unescaped_key().get(text); error != simdjson::SUCCESS)
        return fail(error, place);
    id = m_keys.intern(text);
    return true;
}

bool JsonTreeReader::Builder::object(ondemand::value &value, std::uint32_t index, std::uint32_t depth)
{
    const std::uint32_t place = node(index).place;
    ondemand::object members;
    if (const error_code error = value.get_object().get(members); error != simdjson::SUCCESS)
        return fail(error, place);
    const bool isMetadata = m_drops && node(index).key() == m_metadataKey;
    std::uint32_t count = 0;
    std::uint32_t last = place;
    for (auto member : members) {
        ondemand::field field;
        if (const error_code error = std::move(member).get(field); error != simdjson::SUCCESS)
            return fail(error, last);
        std::uint32_t id = 0;
        std::uint32_t child = 0;
        if (!key(field, id, last))
            return false;
        if (depth == m_managedDepth && id == m_fieldsKey) {
            endDropped(last);
            m_dropBegin = last; // passed over: simdjson looks at its brackets only
            continue;
        }
        if (!add(id, last, child))
            return false;
        if (isMetadata && id == m_managedKey)
            m_managedNode = child;
        if (!this->value(field.value(), child, depth + 1))
            return false;
        ++count;
    }
    closeCollection(*m_part, index, NodeKind::Map, count);
    return true;
}

bool JsonTreeReader::Builder::array(ondemand::value &value, std::uint32_t index, std::uint32_t depth)
{
    std::uint32_t last = node(index).place;
    ondemand::array items;
    if (const error_code error = value.get_array().get(items); error != simdjson::SUCCESS)
        return fail(error, last);
    const bool isManaged = index == m_managedNode && index != 0;
    m_managedDepth = isManaged ? depth + 1 : m_managedDepth;
    std::uint32_t count = 0;
    for (auto item : items) {
        ondemand::value element;
        if (const error_code error = item.get(element); error != simdjson::SUCCESS)
            return fail(error, last);
        last = offsetOf(element.raw_json_token().data());
        std::uint32_t child = 0;
        if (!add(0, last, child) || !this->value(element, child, depth + 1))
            return false;
        ++count;
    }
    m_managedDepth = isManaged ? 0 : m_managedDepth;
    closeCollection(*m_part, index, NodeKind::Sequence, count);
    return true;
}

bool JsonTreeReader::Builder::word(std::string_view token, std::uint32_t index, std::uint32_t place)
{
    if (token == "null") {
        setText(node(index), NodeKind::Plain, place, 0);
        return true;
    }
    if (token != "true" && token != "false" && !isJsonNumber(token))
        return fail(simdjson::TAPE_ERROR, place);
    setText(node(index), NodeKind::Plain, place, static_cast<std::uint32_t>(token.size()));
    return true;
}

bool JsonTreeReader::Builder::string(ondemand::value &value, std::uint32_t index, std::uint32_t place)
{
    const char *begin = m_source.data() + place + 1;
    const std::size_t rest = m_source.size() - place - 1;
    const auto *quote = static_cast<const char *>(std::memchr(begin, '"', rest));
    const std::size_t length = quote != nullptr ? static_cast<std::size_t>(quote - begin) : rest;
    if (quote != nullptr && std::memchr(begin, '\\', length) == nullptr) {
        ondemand::raw_json_string raw; // taken only to move on
        if (const error_code error = value.get_raw_json_string().get(raw); error != simdjson::SUCCESS)
            return fail(error, place);
        setText(node(index), NodeKind::Quoted, place + 1, static_cast<std::uint32_t>(length));
        return true;
    }
    std::string_view text;
    if (const error_code error = value.get_string().get(text); error != simdjson::SUCCESS)
        return fail(error, place);
    setSideText(*m_part, node(index), NodeKind::Quoted, text);
    return true;
}

bool JsonTreeReader::Builder::rootString(ondemand::document &document, std::uint32_t index, std::uint32_t place)
{
    std::string_view text;
    if (const error_code error = document.get_string().get(text); error != simdjson::SUCCESS)
        return fail(error, place);
    setSideText(*m_part, node(index), NodeKind::Quoted, text);
    return true;
}

JsonTreeReader::JsonTreeReader(const SourceText &source, ReadBudget &budget, KeyTable &keys, ManagedFields managed)
    : m_builder(std::make_unique<Builder>(source, budget, keys, managed))
{
}

JsonTreeReader::~JsonTreeReader() = default;

std::optional<ReadFailure> JsonTreeReader::read(TextRange range, TreePart &part, std::uint32_t depth)
{
    return m_builder->read(range, part, depth);
}

bool JsonText::read()
{
    const std::size_t begin = source.view().find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return false;
    const Limits limits;
    const RunContext run;
    const std::string noName;
    ReadBudget budget{limits, run, noName};
    JsonTreeReader reader(source, budget, keys, ManagedFields::Keep);
    return !reader.read({static_cast<std::uint32_t>(begin), source.size()}, part) && !part.nodes.empty();
}

std::uint32_t endOfJsonValue(std::string_view text, std::uint32_t begin)
{
    const auto endOfString = [&](std::size_t at) {
        for (++at; at < text.size() && text[at] != '"'; ++at) {
            if (text[at] == '\\')
                ++at;
        }
        return std::min(at + 1, text.size());
    };
    const char first = text[begin];
    if (first == '"')
        return static_cast<std::uint32_t>(endOfString(begin));
    if (first != '{' && first != '[')
        return static_cast<std::uint32_t>(std::min(text.find_first_of(" \t\r\n{[\"", begin + 1), text.size()));
    std::size_t at = begin;
    std::uint64_t depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            at = endOfString(at);
            continue;
        }
        ++at;
        if (c == '{' || c == '[')
            ++depth;
        else if ((c == '}' || c == ']') && --depth == 0)
            break;
    }
    return static_cast<std::uint32_t>(at);
}

} // namespace tally
