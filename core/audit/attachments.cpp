// SPDX-License-Identifier: Apache-2.0
#include "core/audit/attachments.h"

#include "core/audit/audit_file.h"
#include "core/base/ascii.h"
#include "core/base/limits.h"
#include "core/base/messages_audit.h"
#include "core/base/messages_base.h"
#include "core/base/text_format.h"
#include "core/io/media_type.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <utility>

namespace tally {

namespace {

constexpr std::size_t maxTitleBytes = 2'000;
constexpr std::size_t maxTextBytes = 64U << 10;
constexpr std::size_t maxAddressBytes = 2'000;
constexpr std::size_t maxIds = 500;
constexpr std::size_t maxFileName = 120;

constexpr std::array<std::pair<Attachment::Kind, std::string_view>, 4> kindNames = {{
    {Attachment::Kind::File, "file"},
    {Attachment::Kind::Text, "text"},
    {Attachment::Kind::Link, "link"},
    {Attachment::Kind::Picture, "picture"},
}};

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string withoutBlanks(const std::string &text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first == std::string::npos ? std::string()
                                      : text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

/// Its first line with anything in it, as far as it makes a title.
std::string firstLine(const std::string &text)
{
    const std::string trimmed = withoutBlanks(text);
    std::string line = trimmed.substr(0, trimmed.find_first_of("\r\n"));
    constexpr std::size_t most = 80;
    if (line.size() <= most)
        return line;
    line = toUtf8(line.substr(0, most));
    while (line.ends_with("\xEF\xBF\xBD")) // a character that was cut through
        line.resize(line.size() - 3);
    return line + "…";
}

/// Names that Windows keeps for devices, whatever follows the first dot.
bool isDeviceName(std::string_view name)
{
    const std::string stem = lowered(name.substr(0, name.find('.')));
    constexpr std::array<std::string_view, 4> whole = {"con", "prn", "aux", "nul"};
    if (std::ranges::find(whole, stem) != whole.end())
        return true;
    return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem[3] >= '0' && stem[3] <= '9';
}

std::string harmless(std::string_view name)
{
    std::string safe;
    for (const char c : name) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.'
            || c == '_' || c == '-';
        if (c == '.' && (safe.empty() || safe.back() == '.'))
            continue; // no hidden file, no way upwards
        if (kept)
            safe += c;
        else if (!safe.empty() && safe.back() != '_')
            safe += '_';
    }
    while (!safe.empty() && (safe.back() == '.' || safe.back() == '_'))
        safe.pop_back();
    return isDeviceName(safe) ? "_" + safe : safe;
}

} // namespace

std::string_view attachmentKindName(Attachment::Kind kind)
{
    return kindNames[static_cast<std::size_t>(kind)].second;
}

std::optional<Attachment::Kind> attachmentKindFromName(std::string_view name)
{
    const auto *found = std::ranges::find(kindNames, name, &std::pair<Attachment::Kind, std::string_view>::second);
    return found == kindNames.end() ? std::nullopt : std::optional(found->first);
}

bool Attachment::isExpired(std::string_view today) const
{
    return !expires.empty() && expires < today; // the day itself is the last one
}

bool Attachment::isFor(std::string_view id) const
{
    return std::ranges::any_of(ids, [id](const std::string &each) {
        return each == id || (each.size() > id.size() && each.starts_with(id) && each[id.size()] == '.');
    });
}

Result<NewAttachment> NewAttachment::fromFile(const std::filesystem::path &path)
{
    Limits limits;
    limits.maxInputBytes = maxAttachmentBytes;
    NewAttachment made;
    TALLY_ASSIGN(made.content, openFile(path, limits));
    made.about.name = toUtf8(path.filename().string());
    struct stat status
    {
    };
    if (::stat(path.c_str(), &status) == 0)
        made.about.date = rfc3339(status.st_mtime).substr(0, 10);
    std::string head(std::min<std::uint64_t>(made.content->size(), 64U << 10), '\0');
    TALLY_ASSIGN(const std::size_t got, made.content->readAt(0, head.data(), head.size()));
    head.resize(got);
    made.about.mediaType = tally::mediaType(head);
    made.about.kind = isPicture(made.about.mediaType) ? Attachment::Kind::Picture : Attachment::Kind::File;
    return made;
}

Result<NewAttachment> NewAttachment::fromText(std::string text)
{
    if (isBlank(text))
        return fail(ErrorKind::Malformed, {auditDef("attachment.blank")});
    NewAttachment made;
    made.about.kind = Attachment::Kind::Text;
    made.about.title = firstLine(text);
    made.about.name = made.about.title;
    if (text.size() > maxNoteBytes)
        return fail(ErrorKind::LimitExceeded,
            {baseDef("file.too-large"), {made.about.title, formatBytes(maxNoteBytes, Language::English)}});
    made.content = memorySource(toUtf8(text));
    return made;
}

NewAttachment NewAttachment::fromPicture(std::string bytes, std::string name)
{
    NewAttachment made;
    made.about.kind = Attachment::Kind::Picture;
    made.about.name = std::move(name);
    made.content = memorySource(std::move(bytes));
    return made;
}

Result<NewAttachment> NewAttachment::fromLink(std::string address)
{
    address = withoutBlanks(address);
    const auto refuse = [&address](const MessageDef *why) { return fail(ErrorKind::Malformed, {why, {address}}); };
    const std::string scheme = lowered(address.substr(0, std::min(address.find("://"), address.size())));
    const auto isOdd = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || c == '\\'; };
    if ((scheme != "http" && scheme != "https") || address.size() > maxAddressBytes || !isUtf8(address)
        || std::ranges::any_of(address, isOdd))
        return refuse(auditDef("attachment.link"));
    const std::string rest = address.substr(scheme.size() + 3);
    const std::string host = rest.substr(0, rest.find_first_of("/?#"));
    if (host.find('@') != std::string::npos)
        return fail(ErrorKind::Malformed, {auditDef("attachment.link-password")}); // not repeated anywhere
    if (host.empty() || host.front() == ':')
        return refuse(auditDef("attachment.link"));
    NewAttachment made;
    made.about.kind = Attachment::Kind::Link;
    made.about.name = address;
    made.content = memorySource(std::move(address));
    return made;
}

std::optional<Message> validateAttachment(const Attachment &attachment)
{
    for (const std::string *date : {&attachment.date, &attachment.expires}) {
        if (!date->empty() && !isDay(*date))
            return Message{auditDef("attachment.date"), {*date}};
    }
    if (attachment.title.size() > maxTitleBytes || attachment.name.size() > maxTextBytes
        || attachment.note.size() > maxTextBytes || attachment.source.size() > maxTextBytes
        || attachment.ids.size() > maxIds)
        return Message{auditDef("attachment.text-too-long"), {attachment.displayName().substr(0, 100)}};
    for (const std::string &id : attachment.ids) {
        if (!decisionKey(id))
            return Message{auditDef("audit.unknown-requirement"), {id}};
    }
    return std::nullopt;
}

std::vector<const Attachment *> attachmentsFor(std::span<const Attachment> all, std::string_view id)
{
    std::vector<const Attachment *> found;
    for (const Attachment &each : all) {
        if (each.isFor(id))
            found.push_back(&each);
    }
    return found;
}

const Attachment *findAttachment(std::span<const Attachment> all, std::string_view key)
{
    const auto found = std::ranges::find(all, key, &Attachment::key);
    return found == all.end() ? nullptr : &*found;
}

std::string safeFileName(const Attachment &attachment)
{
    const bool typed = attachment.kind == Attachment::Kind::Text || attachment.kind == Attachment::Kind::Link;
    const std::string ending = attachment.kind == Attachment::Kind::Link ? ".url.txt" : typed ? ".txt" : "";
    std::string name = harmless(typed ? attachment.displayName() : attachment.name);
    const std::size_t room = maxFileName - attachment.key.size() - 1 - ending.size();
    if (name.size() > room) { // the ending tells people what it is
        const std::size_t dot = name.rfind('.');
        const std::string kept = dot != std::string::npos && name.size() - dot <= 12 ? name.substr(dot) : std::string();
        name = name.substr(0, room - kept.size()) + kept;
    }
    return attachment.key + (name.empty() ? "" : "_" + name) + ending;
}

} // namespace tally
