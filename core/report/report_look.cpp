// SPDX-License-Identifier: Apache-2.0
#include "core/report/report_look.h"

#include "core/base/ascii.h"
#include "core/base/text_format.h"
#include "core/io/tar_header.h"
#include "core/report/report_texts.h"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace tally {

namespace {

constexpr std::uint32_t maxPixels = 4000; // each way
constexpr std::size_t maxElements = 5000;
constexpr int maxDepth = 40;
constexpr std::size_t maxLines = 8;
constexpr std::size_t maxSignatures = 8;

constexpr std::string_view pngStart = "\x89PNG\r\n\x1A\n";

std::uint32_t bigEndian(std::string_view bytes, std::size_t at)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

/// PNG (ISO/IEC 15948) 5.3 and 11.2.2: the first chunk is IHDR, with width and height.
Result<Logo> readPng(std::string_view bytes, const std::string &name)
{
    constexpr std::size_t header = 8 + 8 + 13;
    if (bytes.size() < header || bytes.substr(12, 4) != "IHDR")
        return fail(ErrorKind::Malformed, {textDef("logo.malformed"), {name}});
    const std::uint32_t width = bigEndian(bytes, 16);
    const std::uint32_t height = bigEndian(bytes, 20);
    if (width == 0 || height == 0)
        return fail(ErrorKind::Malformed, {textDef("logo.malformed"), {name}});
    if (width > maxPixels || height > maxPixels)
        return fail(ErrorKind::LimitExceeded,
            {textDef("logo.pixels"), {name, std::to_string(width), std::to_string(height), std::to_string(maxPixels)}});
    return Logo{name, std::string(bytes), Logo::Form::Png, static_cast<double>(width), static_cast<double>(height)};
}

/// Without "svg:" in front.
std::string_view localName(std::string_view name)
{
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool isTaken(std::string_view element)
{
    // "use" can repeat itself exponentially; the others run, load, or embed something.
    static constexpr std::array refused{"script", "image", "use", "foreignobject", "animate", "animatecolor",
        "animatemotion", "animatetransform", "set", "a", "iframe", "video", "audio", "filter", "feimage"};
    const std::string name = lowered(localName(element));
    return std::ranges::find(refused, name) == refused.end();
}

/// Does the text point to something outside of the file?
bool pointsOutside(std::string_view text)
{
    const std::string lower = lowered(text);
    if (lower.find("@import") != std::string::npos)
        return true;
    for (std::size_t at = lower.find("url("); at != std::string::npos; at = lower.find("url(", at + 4)) {
        std::size_t target = at + 4;
        while (target < lower.size() && (lower[target] == ' ' || lower[target] == '"' || lower[target] == '\''))
            ++target;
        if (target >= lower.size() || lower[target] != '#')
            return true;
    }
    return false;
}

/// What of an SVG is not taken; "" nothing.
class SvgCheck
{
public:
    [[nodiscard]] std::string run(const pugi::xml_node &root)
    {
        walk(root, 0);
        return m_problem;
    }

private:
    void walk(const pugi::xml_node &node, int depth)
    {
        if (!m_problem.empty())
            return;
        if (depth > maxDepth || ++m_elements > maxElements) {
            m_problem = "…";
            return;
        }
        if (node.type() == pugi::node_element && !isTaken(node.name())) {
            m_problem = std::string("<") + node.name() + ">";
            return;
        }
        for (const pugi::xml_attribute attribute : node.attributes())
            look(attribute);
        if (pointsOutside(node.value()))
            m_problem = "url()";
        for (const pugi::xml_node child : node.children())
            walk(child, depth + 1);
    }

    void look(const pugi::xml_attribute &attribute)
    {
        const std::string name = lowered(localName(attribute.name()));
        const std::string_view value = attribute.value();
        if (name.starts_with("on") || (name == "href" && !value.starts_with("#")) || pointsOutside(value))
            m_problem = attribute.name();
    }

    std::size_t m_elements = 0;
    std::string m_problem;
};

double number(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || std::string_view(end, text.data() + text.size()).find('%') != std::string_view::npos)
        return 0;
    return value;
}

/// viewBox, else width and height (SVG 1.1, 7.2 and 7.7).
std::pair<double, double> sizeOf(const pugi::xml_node &svg)
{
    std::array<double, 4> box{};
    std::string_view rest = svg.attribute("viewBox").value();
    std::size_t count = 0;
    while (count < box.size() && !rest.empty()) {
        const std::size_t begin = rest.find_first_not_of(" ,\t\r\n");
        if (begin == std::string_view::npos)
            break;
        rest.remove_prefix(begin);
        const std::size_t end = std::min(rest.find_first_of(" ,\t\r\n"), rest.size());
        box.at(count++) = number(rest.substr(0, end));
        rest.remove_prefix(end);
    }
    if (count == box.size() && box[2] > 0 && box[3] > 0)
        return {box[2], box[3]};
    return {number(svg.attribute("width").value()), number(svg.attribute("height").value())};
}

Result<Logo> readSvg(std::string_view bytes, const std::string &name)
{
    pugi::xml_document document;
    const auto parsed = document.load_buffer(
        bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_doctype | pugi::parse_pi, pugi::encoding_utf8);
    const pugi::xml_node root = document.document_element();
    if (!parsed || localName(root.name()) != "svg")
        return fail(ErrorKind::Malformed, {textDef("logo.malformed"), {name}}, parsed.description());
    for (const pugi::xml_node node : document.children()) {
        if (node.type() == pugi::node_doctype && std::string_view(node.value()).find('[') != std::string_view::npos)
            return fail(ErrorKind::Unsupported, {textDef("logo.refused"), {name, "<!ENTITY>"}});
        if (node.type() == pugi::node_pi)
            return fail(ErrorKind::Unsupported, {textDef("logo.refused"), {name, std::string("<?") + node.name()}});
    }
    if (std::string problem = SvgCheck().run(root); !problem.empty())
        return fail(ErrorKind::Unsupported, {textDef("logo.refused"), {name, visible(toUtf8(problem))}});
    const auto [width, height] = sizeOf(root);
    if (!(width > 0 && height > 0 && width < 1e6 && height < 1e6))
        return fail(ErrorKind::Malformed, {textDef("logo.no-size"), {name}});
    return Logo{name, std::string(bytes), Logo::Form::Svg, width, height};
}

/// The lines that are not empty, at most `most`.
std::vector<std::string> linesOf(std::string_view text, std::size_t most)
{
    std::vector<std::string> lines;
    while (!text.empty() && lines.size() < most) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (const std::string_view line = trimmed(text.substr(0, end)); !line.empty())
            lines.emplace_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string joined(const std::vector<std::string> &lines)
{
    std::string text;
    for (const std::string &line : lines)
        text += (text.empty() ? "" : "\n") + line;
    return text;
}

const std::string &valueOf(const Records &records, const char *key)
{
    static const std::string none;
    const auto found = records.settings.find(key);
    return found == records.settings.end() ? none : found->second.value;
}

std::string signatureLines(const std::vector<ReportLook::Signature> &signatures)
{
    std::vector<std::string> lines;
    for (const ReportLook::Signature &signature : signatures)
        lines.push_back(signatureText(signature));
    return joined(lines);
}

/// "logo.svg\n" and base64: one setting, so that name and picture cannot part.
std::string logoText(const Logo &logo)
{
    return logo.isEmpty() ? std::string() : logo.name + "\n" + encodeBase64(logo.bytes);
}

Logo logoFrom(const std::string &text)
{
    const std::size_t end = text.find('\n');
    if (end == std::string::npos)
        return {};
    const auto bytes = decodeBase64(std::string_view(text).substr(end + 1));
    auto logo = bytes ? readLogo(*bytes, text.substr(0, end)) : Result<Logo>(Logo{});
    return logo ? std::move(*logo) : Logo();
}

} // namespace

Result<Logo> readLogo(std::string_view bytes, const std::string &name)
{
    if (bytes.size() > maxLogoBytes)
        return fail(ErrorKind::LimitExceeded, {textDef("logo.too-large"), {name, std::to_string(maxLogoBytes / 1024)}});
    if (bytes.starts_with(pngStart))
        return readPng(bytes, name);
    if (bytes.find("<svg") != std::string_view::npos || bytes.find(":svg") != std::string_view::npos)
        return readSvg(bytes, name);
    return fail(ErrorKind::Unsupported, {textDef("logo.kind"), {name}});
}

ReportLook::Signature signatureFrom(std::string_view line)
{
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return {std::string(trimmed(line)), {}};
    return {std::string(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1)))};
}

std::string signatureText(const ReportLook::Signature &signature)
{
    return signature.name.empty() ? signature.role : signature.role + ": " + signature.name;
}

std::optional<Paper> paperFrom(std::string_view name)
{
    const std::string lower = lowered(name);
    if (lower == "a4")
        return Paper::A4;
    return lower == "letter" ? std::optional(Paper::Letter) : std::nullopt;
}

std::string_view paperName(Paper paper)
{
    return paper == Paper::Letter ? "letter" : "a4";
}

ReportLook reportLook(const Records &records)
{
    ReportLook look;
    look.paper = paperFrom(valueOf(records, "report.paper")).value_or(Paper::A4);
    look.logo = logoFrom(valueOf(records, "report.logo"));
    look.letterhead = linesOf(valueOf(records, "report.letterhead"), maxLines);
    for (const std::string &line : linesOf(valueOf(records, "report.signatures"), maxSignatures))
        look.signatures.push_back(signatureFrom(line));
    return look;
}

std::vector<AuditChange> lookChanges(const Records &records, const ReportLook &look)
{
    const std::array<std::pair<const char *, std::string>, 4> wanted{{
        {"report.paper", look.paper == Paper::A4 ? std::string() : std::string(paperName(look.paper))},
        {"report.logo", logoText(look.logo)},
        {"report.letterhead", joined(look.letterhead)},
        {"report.signatures", signatureLines(look.signatures)},
    }};
    std::vector<AuditChange> changes;
    for (const auto &[key, value] : wanted) {
        if (valueOf(records, key) == value)
            continue;
        if (value.empty())
            changes.emplace_back(RecordRemoval{RecordType::Setting, key});
        else
            changes.emplace_back(Record(Setting{key, value}));
    }
    return changes;
}

std::optional<TlpColor> tlpColor(std::string_view classification)
{
    static constexpr std::array<std::pair<std::string_view, TlpColor>, 5> colors{{
        {"TLP:RED", {0xFF, 0x2B, 0x2B}},
        {"TLP:AMBER+STRICT", {0xFF, 0xC0, 0x00}},
        {"TLP:AMBER", {0xFF, 0xC0, 0x00}},
        {"TLP:GREEN", {0x33, 0xFF, 0x00}},
        {"TLP:CLEAR", {0xFF, 0xFF, 0xFF}},
    }};
    const auto found = std::ranges::find(colors, trimmed(classification), [](const auto &each) { return each.first; });
    return found == colors.end() ? std::nullopt : std::optional(found->second);
}

} // namespace tally
