// SPDX-License-Identifier: Apache-2.0
#include "core/catalogue/resource_reader.h"

#include "core/base/messages_catalogue.h"

#include <algorithm>

namespace tally {

namespace {

/// The number in "line 3, column 1"; "" where there is none.
std::string lineIn(const std::string &where)
{
    constexpr std::string_view intro = "line ";
    const std::size_t at = where.find(intro);
    if (at == std::string::npos)
        return {};
    const std::string rest = where.substr(at + intro.size());
    return rest.substr(0, rest.find_first_not_of("0123456789"));
}

std::string placeOf(const std::vector<Diagnostic> &diagnostics)
{
    for (const Diagnostic &diagnostic : diagnostics) {
        if (std::string line = lineIn(diagnostic.where); !line.empty())
            return line;
    }
    return "1";
}

} // namespace

Result<ResourceReader> ResourceReader::read(const Resources &resources, const std::string &name)
{
    TALLY_ASSIGN(std::string yaml, resources.read(name));
    return parse(std::move(yaml), name);
}

Result<ResourceReader> ResourceReader::parse(std::string yaml, const std::string &fileName)
{
    ReadOptions options;
    options.fileName = fileName;
    options.maskSecrets = false; // our own texts speak of passwords
    auto read = readYaml(std::move(yaml), options);
    if (!read && read.error().kind == ErrorKind::Malformed && !lineIn(read.error().detail).empty())
        return fail(ErrorKind::Malformed,
            {catalogueDef("resource.unreadable"), {fileName, lineIn(read.error().detail)}}, read.error().detail);
    TALLY_ASSIGN(const ParsedText parsed, std::move(read));
    if (parsed.documents.size() != 1 || !parsed.diagnostics.empty())
        return fail(
            ErrorKind::Malformed, {catalogueDef("resource.unreadable"), {fileName, placeOf(parsed.diagnostics)}});
    ResourceReader reader;
    reader.m_document = parsed.documents.front();
    reader.m_root = rootOf(*reader.m_document);
    reader.m_fileName = fileName;
    if (!reader.m_root.isMap())
        reader.wrong(reader.m_root, catalogueDef("resource.not-a-map"), {""});
    TALLY_TRY(reader.status());
    return reader;
}

std::string ResourceReader::text(Node map, std::string_view key)
{
    std::string value = optionalText(map, key);
    if (value.empty())
        wrong(map, catalogueDef("resource.missing-key"), {std::string(key)});
    return value;
}

std::string ResourceReader::optionalText(Node map, std::string_view key)
{
    const Node node = map[key];
    if (node && !node.isScalar())
        wrong(node, catalogueDef("resource.bad-value"), {std::string(key), node.isMap() ? "{}" : "[]"});
    return std::string(node.text());
}

Text ResourceReader::bilingual(Node map, std::string_view key, bool required)
{
    const Node node = map[key];
    if (!node) {
        if (required)
            wrong(map, catalogueDef("resource.missing-key"), {std::string(key)});
        return {};
    }
    if (!node.isMap()) {
        wrong(node, catalogueDef("resource.not-a-map"), {std::string(key)});
        return {};
    }
    onlyKeys(node, {"de", "en"});
    Text text{optionalText(node, "de"), optionalText(node, "en")};
    for (const auto &[tag, written] : {std::pair{"de", &text.de}, std::pair{"en", &text.en}}) {
        if (written->empty())
            wrong(node, catalogueDef("resource.missing-language"), {std::string(key), tag});
    }
    return text;
}

std::vector<std::string> ResourceReader::list(Node map, std::string_view key)
{
    const Node node = map[key];
    std::vector<std::string> values;
    if (!node)
        return values;
    if (node.isScalar())
        return {std::string(node.text())};
    if (!node.isSequence()) {
        wrong(node, catalogueDef("resource.not-a-list"), {std::string(key)});
        return values;
    }
    for (const Node item : node) {
        if (!item.isScalar() || item.isNull()) // a quoted "" is a value: the core API group
            wrong(item, catalogueDef("resource.bad-value"), {std::string(key), std::string(item.text())});
        values.emplace_back(item.text());
    }
    return values;
}

std::vector<Node> ResourceReader::items(Node map, std::string_view key)
{
    const Node node = map[key];
    if (!node) {
        wrong(map, catalogueDef("resource.missing-key"), {std::string(key)});
        return {};
    }
    if (!node.isSequence() || node.size() == 0) {
        wrong(node, catalogueDef("resource.not-a-list"), {std::string(key)});
        return {};
    }
    std::vector<Node> found;
    for (const Node item : node) {
        if (item.isMap())
            found.push_back(item);
        else
            wrong(item, catalogueDef("resource.not-a-map"), {std::string(key)});
    }
    return found;
}

Node ResourceReader::map(Node parent, std::string_view key)
{
    const Node node = parent[key];
    if (!node)
        wrong(parent, catalogueDef("resource.missing-key"), {std::string(key)});
    else if (!node.isMap())
        wrong(node, catalogueDef("resource.not-a-map"), {std::string(key)});
    return node;
}

void ResourceReader::onlyKeys(Node map, std::initializer_list<std::string_view> known)
{
    if (!map.isMap())
        return;
    std::vector<std::string_view> seen;
    for (const Node member : map) {
        if (std::ranges::find(known, member.key()) == known.end())
            wrong(member, catalogueDef("resource.unknown-key"), {std::string(member.key())});
        if (std::ranges::find(seen, member.key()) != seen.end())
            wrong(member, catalogueDef("resource.duplicate"), {std::string(member.key())});
        seen.push_back(member.key());
    }
}

void ResourceReader::expect(Node map, std::string_view key, std::string_view value)
{
    const std::string found = text(map, key);
    if (!found.empty() && found != value)
        wrong(map[key], catalogueDef("resource.bad-value"), {std::string(key), found});
}

void ResourceReader::wrong(Node where, const MessageDef *message, std::vector<std::string> args)
{
    if (m_error)
        return;
    const std::uint32_t line = where ? where.line() : 1;
    args.insert(args.begin(), {m_fileName, std::to_string(line)});
    m_error = Error{ErrorKind::Malformed, {message, std::move(args)}, {}};
}

Result<> ResourceReader::status() const
{
    if (m_error)
        return tl::unexpected<Error>(*m_error);
    return {};
}

} // namespace tally
