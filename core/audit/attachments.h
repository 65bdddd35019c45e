// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"
#include "core/base/result.h"
#include "core/io/byte_source.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What an auditor keeps as evidence: a file, a note, a link, a picture of a screen. Its content lies in the audit file
/// as it was handed over, not masked: that it is kept is the auditor's decision. It is never opened, run or fetched by
/// the program itself. These are its facts; the content is only read where it is asked for, Audit::readAttachment().
struct Attachment
{
    enum class Kind : std::uint8_t { File, Text, Link, Picture };

    std::string key; ///< "N-001", in the order of adding; given once, also where one is removed later
    Kind kind = Kind::File;
    std::string name;  ///< of a file without its folder; of a link its address; hostile, as all that comes from outside
    std::string title; ///< what it shows
    std::string note;
    std::string source;    ///< from whom, or where it was found
    std::string date;      ///< of the evidence itself: ISO date or ""
    std::string expires;   ///< ISO date, the last day on which it counts; "" never
    std::string mediaType; ///< by its content, mediaType(); of a link "text/uri-list"
    std::uint64_t bytes = 0;
    std::string sha256;           ///< of the content, 64 hex digits
    std::vector<std::string> ids; ///< requirements and parts that it is evidence for, in their order
    std::string by;               ///< who added it; set by the audit, unless it is given
    std::string at;               ///< RFC 3339, set by the audit
    std::string removedBy{};
    std::string removedAt{}; ///< RFC 3339; "" as long as it counts

    /// What people call it: its title, else its name.
    [[nodiscard]] const std::string &displayName() const { return title.empty() ? name : title; }
    [[nodiscard]] bool isExpired(std::string_view today) const; ///< today: ISO date
    /// For the requirement or the part itself, or for a part of the requirement.
    [[nodiscard]] bool isFor(std::string_view id) const;

    friend bool operator==(const Attachment &, const Attachment &) = default;
};

/// 512 MiB each: an audit file has to be mailed and copied.
inline constexpr std::uint64_t maxAttachmentBytes = 512ULL << 20;
/// Of a note that is typed or pasted.
inline constexpr std::size_t maxNoteBytes = 4U << 20;

[[nodiscard]] std::string_view attachmentKindName(Attachment::Kind kind); ///< "file", "text", "link", "picture"
[[nodiscard]] std::optional<Attachment::Kind> attachmentKindFromName(std::string_view name);

/// What is to be kept, and where its content comes from.
struct NewAttachment
{
    Attachment about; ///< of it kind, name, title, note, source, date, expires, ids and by
    ByteSourcePtr content;

    /// A regular file; a picture is one by its content. `about.date` is the day on which it was changed last. Errors:
    /// NotFound, Io, LimitExceeded.
    [[nodiscard]] static Result<NewAttachment> fromFile(const std::filesystem::path &path);
    /// Errors: Malformed (blank), LimitExceeded (maxNoteBytes).
    [[nodiscard]] static Result<NewAttachment> fromText(std::string text);
    /// The bytes of a picture file, as of a screenshot.
    [[nodiscard]] static NewAttachment fromPicture(std::string bytes, std::string name);
    /// Only an address with http or https, without name and password in it: the program never follows it, but people
    /// do. Errors: Malformed.
    [[nodiscard]] static Result<NewAttachment> fromLink(std::string address);
};

struct AddedAttachment
{
    std::string key;
    /// The same content was there before: nothing was stored twice, the old one now counts for the new ids too, and
    /// the texts that were given are dropped.
    bool wasThere = false;
};

/// What can be said against the texts of one: a date that is none, an unknown form of an id, too long a text. Empty:
/// fine.
[[nodiscard]] std::optional<Message> validateAttachment(const Attachment &attachment);

/// Those that are evidence for the requirement or part, isFor().
[[nodiscard]] std::vector<const Attachment *> attachmentsFor(std::span<const Attachment> all, std::string_view id);
[[nodiscard]] const Attachment *findAttachment(std::span<const Attachment> all, std::string_view key);

/// A name for a file in a folder, made of a hostile one: the key in front, then letters, digits and "._-" of the name,
/// at most 120 bytes, no name that Windows keeps for devices; ".txt" and ".url.txt" for notes and links.
[[nodiscard]] std::string safeFileName(const Attachment &attachment);

} // namespace tally
