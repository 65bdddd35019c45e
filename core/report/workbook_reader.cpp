// SPDX-License-Identifier: Apache-2.0
#include "core/report/workbook_reader.h"

#include "core/base/ascii.h"
#include "core/base/language.h"
#include "core/base/messages_exports.h"
#include "core/base/text_format.h"
#include "core/io/archive.h"

#include <pugixml.hpp>

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>

namespace tally {

namespace {

constexpr std::uint64_t maxXmlBytes = 256ULL << 20;
constexpr std::size_t maxCells = 2'000'000;
constexpr std::uint32_t maxColumns = 16'384; // of the format
constexpr std::uint32_t maxRows = 1'048'576;

/// Names of elements and attributes without their prefix: writers choose it freely.
std::string_view local(const char *name)
{
    const char *colon = std::strrchr(name, ':');
    return colon ? colon + 1 : name;
}

pugi::xml_node child(const pugi::xml_node &node, std::string_view name)
{
    for (const pugi::xml_node &each : node.children()) {
        if (local(each.name()) == name)
            return each;
    }
    return {};
}

std::string attributeOf(const pugi::xml_node &node, std::string_view name)
{
    for (const pugi::xml_attribute &each : node.attributes()) {
        if (local(each.name()) == name)
            return each.value();
    }
    return {};
}

int hexOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// _x0041_ is a character (ECMA-376, 22.9.2.19).
std::string unescaped(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::uint32_t code = 0;
        bool escape = text[i] == '_' && i + 6 < text.size() && lower(text[i + 1]) == 'x' && text[i + 6] == '_';
        for (std::size_t j = 2; escape && j < 6; ++j) {
            const int digit = hexOf(text[i + j]);
            escape = digit >= 0;
            code = code * 16 + static_cast<std::uint32_t>(std::max(digit, 0));
        }
        if (!escape || code == 0 || (code >= 0xD800 && code < 0xE000)) {
            out += text[i];
            continue;
        }
        if (code < 0x80) {
            out += static_cast<char>(code);
        } else if (code < 0x800) {
            out += static_cast<char>(0xC0U | (code >> 6U));
            out += static_cast<char>(0x80U | (code & 0x3FU));
        } else {
            out += static_cast<char>(0xE0U | (code >> 12U));
            out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
            out += static_cast<char>(0x80U | (code & 0x3FU));
        }
        i += 6;
    }
    return out;
}

/// Text of <si> or <is>: its <t> and those of its runs, without what helps to pronounce it.
std::string richText(const pugi::xml_node &node)
{
    std::string text;
    for (const pugi::xml_node &each : node.children()) {
        const std::string_view name = local(each.name());
        if (name == "t")
            text += each.text().get();
        else if (name == "r")
            text += child(each, "t").text().get();
    }
    return unescaped(text);
}

/// "C7" -> 0-based row and column.
std::optional<std::pair<std::uint32_t, std::uint32_t>> placeOf(std::string_view name)
{
    std::uint32_t column = 0;
    std::uint32_t row = 0;
    std::size_t i = 0;
    for (; i < name.size() && i < 4 && lower(name[i]) >= 'a' && lower(name[i]) <= 'z'; ++i)
        column = column * 26 + static_cast<std::uint32_t>(lower(name[i]) - 'a' + 1);
    const std::size_t digits = i;
    for (; i < name.size() && i < digits + 8 && name[i] >= '0' && name[i] <= '9'; ++i)
        row = row * 10 + static_cast<std::uint32_t>(name[i] - '0');
    if (i != name.size() || column == 0 || row == 0 || column > maxColumns || row > maxRows)
        return std::nullopt;
    return std::pair(row - 1, column - 1);
}

/// The parts of the package that say something about values, by their paths.
using Parts = std::map<std::string, std::string>;

class Reader
{
public:
    Reader(std::string name, Parts parts)
        : m_name(std::move(name))
        , m_parts(std::move(parts))
    {
    }

    [[nodiscard]] Result<Workbook> read();

private:
    [[nodiscard]] Error damaged(const std::string &part) const
    {
        return {ErrorKind::Malformed, {exportDef("answers.damaged"), {m_name, part}}, {}};
    }
    [[nodiscard]] Result<> parse(const std::string &part, pugi::xml_document &document);
    [[nodiscard]] Result<> readTexts();
    [[nodiscard]] Result<WorkbookSheet> readSheet(const std::string &part, std::string name);
    [[nodiscard]] std::optional<WorkbookCell> cellOf(const pugi::xml_node &node) const;

    std::string m_name;
    Parts m_parts;
    std::vector<std::string> m_texts;
    std::size_t m_cells = 0;
};

/// In place: the tree points into the part's bytes. Nothing is expanded, no document type is read.
Result<> Reader::parse(const std::string &part, pugi::xml_document &document)
{
    const auto found = m_parts.find(part);
    if (found == m_parts.end())
        return tl::unexpected(damaged(part));
    const auto parsed = document.load_buffer_inplace(found->second.data(), found->second.size(),
        pugi::parse_minimal | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute | pugi::parse_cdata
            | pugi::parse_ws_pcdata_single);
    if (!parsed)
        return tl::unexpected(damaged(part));
    return {};
}

Result<> Reader::readTexts()
{
    static const std::string part = "xl/sharedStrings.xml";
    if (!m_parts.contains(part)) // all texts are inline
        return {};
    pugi::xml_document document;
    TALLY_TRY(parse(part, document));
    for (const pugi::xml_node &each : child(document, "sst").children()) {
        if (local(each.name()) == "si")
            m_texts.push_back(richText(each));
    }
    return {};
}

std::optional<WorkbookCell> Reader::cellOf(const pugi::xml_node &node) const
{
    WorkbookCell cell;
    const std::string type = attributeOf(node, "t");
    const char *value = child(node, "v").text().get();
    cell.formula = static_cast<bool>(child(node, "f"));
    if (type == "s") {
        char *end = nullptr;
        const unsigned long index = std::strtoul(value, &end, 10);
        if (end == value || index >= m_texts.size())
            return std::nullopt;
        cell.text = m_texts[index];
    } else if (type == "inlineStr") {
        cell.text = richText(child(node, "is"));
    } else {
        cell.text = unescaped(value);
        cell.number = (type.empty() || type == "n") && !cell.text.empty();
    }
    return cell;
}

Result<WorkbookSheet> Reader::readSheet(const std::string &part, std::string name)
{
    WorkbookSheet sheet;
    sheet.name = std::move(name);
    pugi::xml_document document;
    TALLY_TRY(parse(part, document));
    std::uint32_t nextRow = 0;
    for (const pugi::xml_node &row : child(child(document, "worksheet"), "sheetData").children()) {
        std::uint32_t nextColumn = 0;
        const std::string number = attributeOf(row, "r");
        const auto placed = number.empty() ? std::nullopt : placeOf("A" + number);
        const std::uint32_t rowIndex = placed ? placed->first : nextRow;
        nextRow = rowIndex + 1;
        for (const pugi::xml_node &node : row.children()) {
            const std::string place = attributeOf(node, "r");
            const auto at = place.empty() ? std::pair(rowIndex, nextColumn) : placeOf(place);
            auto cell = cellOf(node);
            if (!at || !cell || at->second >= maxColumns)
                return tl::unexpected(damaged(part));
            nextColumn = at->second + 1;
            if (++m_cells > maxCells)
                return fail(ErrorKind::LimitExceeded,
                    {exportDef("answers.too-large"), {m_name, formatCount(maxCells, Language::English)}});
            if (!cell->text.empty() || cell->formula)
                sheet.rows[at->first][at->second] = *std::move(cell);
        }
    }
    return sheet;
}

Result<Workbook> Reader::read()
{
    Workbook workbook;
    TALLY_TRY(readTexts());
    std::map<std::string, std::string> targets;
    {
        pugi::xml_document document;
        TALLY_TRY(parse("xl/_rels/workbook.xml.rels", document));
        for (const pugi::xml_node &each : child(document, "Relationships").children()) {
            std::string target = attributeOf(each, "Target");
            target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
            targets[attributeOf(each, "Id")] = target;
        }
    }
    pugi::xml_document document;
    TALLY_TRY(parse("xl/workbook.xml", document));
    const pugi::xml_node book = child(document, "workbook");
    const std::string from1904 = attributeOf(child(book, "workbookPr"), "date1904");
    workbook.from1904 = from1904 == "1" || from1904 == "true";
    for (const pugi::xml_node &each : child(book, "sheets").children()) {
        // Its own "sheetId" is no reference: only the one of the relationships is called exactly "id".
        const auto target = targets.find(attributeOf(each, "id"));
        if (target == targets.end())
            return tl::unexpected(damaged("xl/workbook.xml"));
        if (!m_parts.contains(target->second)) // a chart
            continue;
        TALLY_ASSIGN(WorkbookSheet sheet, readSheet(target->second, attributeOf(each, "name")));
        workbook.sheets.push_back(std::move(sheet));
    }
    return workbook;
}

} // namespace

Result<Workbook> readWorkbook(const ByteSourcePtr &source, const std::string &name, const Limits &limits)
{
    TALLY_ASSIGN(Archive archive, Archive::open(source, name, limits));
    Parts parts;
    std::uint64_t left = maxXmlBytes;
    for (ArchiveMember member;;) {
        TALLY_ASSIGN(const bool more, archive.next(member));
        if (!more)
            break;
        const bool wanted = member.name == "xl/workbook.xml" || member.name == "xl/_rels/workbook.xml.rels"
            || member.name == "xl/sharedStrings.xml"
            || (member.name.starts_with("xl/worksheets/") && member.name.ends_with(".xml"));
        if (member.type != MemberType::File || !wanted)
            continue;
        TALLY_ASSIGN(std::string content, archive.content(left));
        left -= content.size();
        parts.emplace(member.name, std::move(content));
    }
    if (!parts.contains("xl/workbook.xml"))
        return fail(ErrorKind::Malformed, {exportDef("answers.no-workbook"), {name}});
    return Reader(name, std::move(parts)).read();
}

std::string cellName(std::uint32_t row, std::uint32_t column)
{
    std::string letters;
    for (std::uint32_t left = column + 1; left > 0; left = (left - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
    return letters + std::to_string(row + 1);
}

} // namespace tally
