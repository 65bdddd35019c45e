// SPDX-License-Identifier: Apache-2.0
#include "core/io/tar_reader.h"

#include "core/base/messages.h"
#include "core/base/messages_io.h"

#include <algorithm>
#include <limits>

namespace tally {

namespace {

constexpr std::int64_t mostInOctal = 077777777777; ///< what 11 octal digits hold: no need for a PAX size up to here

bool hasNoContent(char type)
{
    return type >= '1' && type <= '6';
}

std::uint64_t paddingOf(std::uint64_t size)
{
    return (tarBlock - size % tarBlock) % tarBlock;
}

std::string_view valueOf(const PaxRecords &records, std::string_view key)
{
    const auto found = records.find(key);
    return found == records.end() ? std::string_view{} : std::string_view(found->second);
}

MemberType typeOf(char flag, const std::string &name, ArchiveMember &member)
{
    switch (flag) {
    case '1':
        return MemberType::Hardlink;
    case '2':
        return MemberType::Symlink;
    case '3':
        return MemberType::CharDevice;
    case '4':
        return MemberType::BlockDevice;
    case '5':
        return MemberType::Directory;
    case '6':
        return MemberType::Fifo;
    case '\0':
        return name.ends_with('/') ? MemberType::Directory : MemberType::File;
    case '0':
        if (!name.ends_with('/'))
            return MemberType::File;
        member.mark(TarOddity::SlashFile);
        return MemberType::Directory;
    case '7':
    case 'S':
        return MemberType::File;
    default:
        member.mark(TarOddity::UnknownType);
        return MemberType::File;
    }
}

/// libarchive writes names like URLs: "%3D" for what PAX keys cannot hold.
std::string unescaped(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto digit = [&](std::size_t at) {
            static constexpr std::string_view digits = "0123456789ABCDEF";
            return at < text.size() ? digits.find(text[at]) : std::string_view::npos;
        };
        if (text[i] == '%' && digit(i + 1) != std::string_view::npos && digit(i + 2) != std::string_view::npos) {
            out += static_cast<char>(digit(i + 1) * 16 + digit(i + 2));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

void takeXattrs(const PaxRecords &records, ArchiveMember &member)
{
    constexpr std::string_view schily = "SCHILY.xattr.";
    constexpr std::string_view libarchive = "LIBARCHIVE.xattr.";
    for (auto record = records.lower_bound(schily); record != records.end() && record->first.starts_with(schily);
         ++record)
        member.xattrs.emplace_back(record->first.substr(schily.size()), record->second);
    for (auto record = records.lower_bound(libarchive);
         record != records.end() && record->first.starts_with(libarchive); ++record) {
        std::string key = unescaped(std::string_view(record->first).substr(libarchive.size()));
        const bool known = std::ranges::any_of(member.xattrs, [&](const auto &xattr) { return xattr.first == key; });
        if (auto value = known ? std::nullopt : decodeBase64(record->second))
            member.xattrs.emplace_back(std::move(key), *std::move(value));
    }
}

} // namespace

struct TarReader::Extended
{
    PaxRecords pax;
    std::string longName;
    std::string longLink;
    bool sizeAhead = false;
};

TarReader::TarReader(BlockReaderPtr input, std::string name, const Limits &limits)
    : m_input(std::move(input))
    , m_name(std::move(name))
    , m_limits(limits)
{
}

tl::unexpected<Error> TarReader::damaged(std::string_view code, ErrorKind kind) const
{
    return fail(kind, {findMessage(code), {m_name}}, "at byte " + std::to_string(m_position));
}

Result<bool> TarReader::fill()
{
    while (m_rest.empty()) {
        TALLY_ASSIGN(m_block, m_input->next());
        m_rest = m_block.bytes;
        if (m_rest.empty())
            return false;
    }
    return true;
}

/// 512 bytes, which stay until the next read; none at the end of the input.
Result<std::string_view> TarReader::block()
{
    if (m_rest.size() >= tarBlock) {
        const std::string_view block = m_rest.substr(0, tarBlock);
        m_rest.remove_prefix(tarBlock);
        m_position += tarBlock;
        return block;
    }
    m_joined.clear();
    while (m_joined.size() < tarBlock) {
        TALLY_ASSIGN(const bool more, fill());
        if (!more && m_joined.empty())
            return std::string_view{};
        if (!more)
            return damaged("tar.truncated");
        const std::size_t take = std::min(m_rest.size(), tarBlock - m_joined.size());
        m_joined.append(m_rest.substr(0, take));
        m_rest.remove_prefix(take);
        m_position += take;
    }
    return std::string_view(m_joined);
}

Result<> TarReader::skip(std::uint64_t count)
{
    while (count > 0) {
        if (m_rest.empty()) {
            TALLY_ASSIGN(const std::uint64_t jumped, m_input->skip(count));
            m_position += jumped;
            count -= jumped;
            if (count == 0)
                break;
            TALLY_ASSIGN(const bool more, fill());
            if (!more)
                return damaged("tar.truncated");
        }
        const auto take = static_cast<std::size_t>(std::min<std::uint64_t>(count, m_rest.size()));
        m_rest.remove_prefix(take);
        m_position += take;
        count -= take;
    }
    return {};
}

/// Content of a header that stands for others, with its padding.
Result<std::string> TarReader::special(std::int64_t size)
{
    if (size < 0)
        return damaged("tar.header-invalid");
    if (static_cast<std::uint64_t>(size) > maxTarSpecial)
        return damaged("tar.too-large", ErrorKind::LimitExceeded);
    const auto length = static_cast<std::size_t>(size);
    std::string content;
    while (content.size() < length) {
        TALLY_ASSIGN(const bool more, fill());
        if (!more)
            return damaged("tar.truncated");
        const std::size_t take = std::min(m_rest.size(), length - content.size());
        content.append(m_rest.substr(0, take));
        m_rest.remove_prefix(take);
        m_position += take;
    }
    if (auto skipped = skip(paddingOf(length)); !skipped && skipped.error().kind != ErrorKind::Malformed)
        return tl::unexpected(std::move(skipped).error()); // that the padding is missing shows at the next header
    return content;
}

Result<bool> TarReader::next(ArchiveMember &member)
{
    if (m_error)
        return tl::unexpected(*m_error);
    if (m_ended)
        return false;
    const auto work = [&]() -> Result<bool> {
        TALLY_TRY(skip(m_left));
        m_left = 0;
        m_sparse = false;
        if (auto padding = skip(m_padding); !padding && padding.error().kind != ErrorKind::Malformed)
            return tl::unexpected(std::move(padding).error());
        m_padding = 0;
        Extended extended;
        for (bool complete = false;;) {
            TALLY_ASSIGN(const bool more, step(member, extended, complete));
            if (!more || complete)
                return more;
        }
    };
    auto result = work();
    if (!result)
        m_error = result.error();
    m_ended = !result || !*result;
    return result;
}

/// Reads one header; `complete` once a member came out of it. False at the end.
Result<bool> TarReader::step(ArchiveMember &member, Extended &extended, bool &complete)
{
    TALLY_ASSIGN(std::string_view head, block());
    if (head.empty())
        return false;
    if (isZeroBlock(head)) {
        TALLY_ASSIGN(head, block());
        if (head.empty() || isZeroBlock(head))
            return false;
        return damaged("tar.header-invalid");
    }
    const auto header = parseTarHeader(head);
    if (!header)
        return damaged("tar.header-invalid");
    if (++m_entries > 4 * m_limits.maxArchiveEntries)
        return fail(ErrorKind::LimitExceeded,
            {ioDef("archive.too-many-entries"), {m_name, std::to_string(m_limits.maxArchiveEntries)}});
    const char type = header->type;
    if (type == 'x' || type == 'g') {
        TALLY_ASSIGN(const std::string text, special(header->size));
        auto records = parsePax(text);
        if (!records)
            return damaged("tar.pax-invalid");
        if (type == 'x') {
            extended.pax = *std::move(records);
            return true;
        }
        m_globalHeaders += records->size() > records->count("comment") ? 1 : 0;
        extended = {}; // Go hands it out as an entry of its own, and what stood before it is forgotten
        return true;
    }
    if (type == 'L' || type == 'K') {
        extended.sizeAhead = extended.sizeAhead || !valueOf(extended.pax, "size").empty();
        TALLY_ASSIGN(std::string text, special(header->size));
        text.resize(std::min(text.find('\0'), text.size()));
        (type == 'L' ? extended.longName : extended.longLink) = std::move(text);
        return true;
    }
    TALLY_TRY(takeMember(*header, extended, member));
    if (type == 'S') {
        if (header->format != TarFormat::Gnu)
            return damaged("tar.sparse-invalid");
        TALLY_TRY(oldSparse(head, member));
    }
    TALLY_TRY(paxSparse(extended.pax, member));
    if (member.name.size() > m_limits.maxPathBytes || member.link.size() > m_limits.maxPathBytes) {
        ++m_skippedNames;
        TALLY_TRY(skip(m_left));
        m_left = 0;
        if (auto padding = skip(std::exchange(m_padding, 0)); !padding && padding.error().kind != ErrorKind::Malformed)
            return tl::unexpected(std::move(padding).error());
        extended = {};
        return true;
    }
    if (++m_members > m_limits.maxArchiveEntries)
        return fail(ErrorKind::LimitExceeded,
            {ioDef("archive.too-many-entries"), {m_name, std::to_string(m_limits.maxArchiveEntries)}});
    member.dataOffset = m_position;
    complete = true;
    return true;
}

namespace {

/// Cut to 32 bits, an owner that no system has would become root.
void takeOwner(std::int64_t uid, std::int64_t gid, ArchiveMember &member)
{
    constexpr std::int64_t largest = std::numeric_limits<std::uint32_t>::max();
    const auto fits = [](std::int64_t id) { return id >= 0 && id <= largest; };
    member.uid = static_cast<std::uint32_t>(fits(uid) ? uid : largest);
    member.gid = static_cast<std::uint32_t>(fits(gid) ? gid : largest);
    if (!fits(uid) || !fits(gid))
        member.mark(TarOddity::IdTooLarge);
}

} // namespace

Result<> TarReader::takePax(const PaxRecords &records, std::int64_t &size, ArchiveMember &member) const
{
    const auto number = [&](std::string_view key, std::int64_t &value) {
        const std::string_view text = valueOf(records, key);
        if (text.empty())
            return true; // an empty value leaves the header's
        const auto parsed = parseTarDecimal(text);
        value = parsed.value_or(0);
        return parsed.has_value();
    };
    if (const std::string_view path = valueOf(records, "path"); !path.empty())
        member.name = path;
    if (const std::string_view link = valueOf(records, "linkpath"); !link.empty())
        member.link = link;
    std::int64_t uid = member.uid;
    std::int64_t gid = member.gid;
    std::int64_t mtime = member.mtime;
    const std::int64_t before = size;
    bool valid = number("uid", uid) && number("gid", gid) && number("size", size);
    if (const std::string_view time = valueOf(records, "mtime"); valid && !time.empty()) {
        const std::size_t point = std::min(time.find('.'), time.size());
        const auto seconds = parseTarDecimal(time.substr(0, point));
        valid = seconds.has_value()
            && time.substr(std::min(point + 1, time.size())).find_first_not_of("0123456789") == std::string_view::npos;
        mtime = seconds.value_or(0);
    }
    if (!valid)
        return damaged("tar.pax-invalid");
    takeOwner(uid, gid, member);
    member.mtime = mtime;
    if (size != before && size <= mostInOctal)
        member.mark(TarOddity::SizeTwice);
    takeXattrs(records, member);
    return {};
}

Result<> TarReader::takeMember(const TarHeader &header, Extended &extended, ArchiveMember &member)
{
    member.name.assign(header.prefix);
    if (!header.prefix.empty())
        member.name += '/';
    member.name += header.name;
    member.link.assign(header.link);
    member.mode = static_cast<std::uint32_t>(header.mode) & 07777U;
    member.mtime = header.mtime;
    member.deviceMajor = static_cast<std::uint32_t>(header.deviceMajor);
    member.deviceMinor = static_cast<std::uint32_t>(header.deviceMinor);
    member.xattrs.clear();
    member.sparse = false;
    member.encrypted = false;
    member.oddities = 0;
    takeOwner(header.uid, header.gid, member);
    std::int64_t size = header.size;
    if (!extended.pax.empty())
        TALLY_TRY(takePax(extended.pax, size, member));
    const auto useLong = [&](std::string &text, std::string &field, std::string_view key, TarOddity oddity) {
        if (text.empty())
            return;
        const std::string_view path = valueOf(extended.pax, key);
        if (!path.empty() && path != text)
            member.mark(oddity);
        field = std::move(text);
    };
    useLong(extended.longName, member.name, "path", TarOddity::NameTwice);
    useLong(extended.longLink, member.link, "linkpath", TarOddity::LinkTwice);
    if (extended.sizeAhead)
        member.mark(TarOddity::SizeAhead);
    member.type = typeOf(header.type, member.name, member);
    if (member.type != MemberType::Symlink && member.type != MemberType::Hardlink)
        member.link.clear();
    const bool empty = hasNoContent(header.type) || (header.type == '\0' && member.type == MemberType::Directory);
    if (size < 0 && !empty)
        return damaged("tar.header-invalid");
    member.size = static_cast<std::uint64_t>(std::max<std::int64_t>(size, 0));
    if (empty && member.size > 0 && member.type != MemberType::Hardlink)
        member.mark(TarOddity::DataInLink);
    if (empty && member.size > m_limits.maxExpandedBytes)
        member.size = 0; // means nothing, and sums shall not overflow
    m_left = empty ? 0 : member.size;
    m_padding = paddingOf(m_left);
    m_given = 0;
    return {};
}

Result<ArchivePiece> TarReader::nextPiece()
{
    while (m_sparse && m_run < m_runs.size() && m_runDone == m_runs[m_run].length) {
        ++m_run;
        m_runDone = 0;
    }
    if (m_sparse && m_run == m_runs.size())
        return ArchivePiece{};
    if (m_left == 0 && !m_sparse)
        return ArchivePiece{};
    if (m_left == 0)
        return damaged("tar.sparse-invalid");
    TALLY_ASSIGN(const bool more, fill());
    if (!more)
        return damaged("tar.truncated");
    std::uint64_t take = std::min<std::uint64_t>(m_left, m_rest.size());
    ArchivePiece piece{m_given, {}};
    if (m_sparse) {
        take = std::min(take, m_runs[m_run].length - m_runDone);
        piece.offset = m_runs[m_run].offset + m_runDone;
        m_runDone += take;
    }
    piece.bytes = m_rest.substr(0, static_cast<std::size_t>(take));
    m_rest.remove_prefix(piece.bytes.size());
    m_position += take;
    m_left -= take;
    m_given += take;
    return piece;
}

Result<> TarReader::useRuns(std::vector<SparseRun> runs, std::uint64_t size, ArchiveMember &member)
{
    if (member.type != MemberType::File || !validSparse(runs, size))
        return damaged("tar.sparse-invalid");
    if (size > m_limits.maxExpandedBytes)
        return damaged("tar.too-large", ErrorKind::LimitExceeded);
    member.size = size;
    member.sparse = true;
    m_sparse = true;
    m_runs = std::move(runs);
    m_run = 0;
    m_runDone = 0;
    return {};
}

/// Old GNU form: four runs in the header, 21 in each block that follows it.
Result<> TarReader::oldSparse(std::string_view head, ArchiveMember &member)
{
    std::vector<SparseRun> runs;
    const auto size = parseTarNumber(head.substr(483, 12));
    bool extended = head[482] != '\0';
    if (!size || *size < 0 || !parseOldSparse(head.substr(386, 96), 4, runs))
        return damaged("tar.sparse-invalid");
    const std::uint64_t content = std::exchange(m_left, 0);
    for (std::uint64_t read = 0; extended; read += tarBlock) {
        if (read >= maxTarSpecial)
            return damaged("tar.too-large", ErrorKind::LimitExceeded);
        TALLY_ASSIGN(const std::string_view more, block());
        if (more.empty() || !parseOldSparse(more.substr(0, 504), 21, runs))
            return damaged("tar.sparse-invalid");
        extended = more[504] != '\0';
    }
    m_left = content;
    return useRuns(std::move(runs), static_cast<std::uint64_t>(*size), member);
}

Result<> TarReader::paxSparse(const PaxRecords &records, ArchiveMember &member)
{
    const std::string_view major = valueOf(records, "GNU.sparse.major");
    const std::string_view minor = valueOf(records, "GNU.sparse.minor");
    const bool inContent = major == "1" && minor == "0";
    const bool inHeader = (major == "0" && (minor == "0" || minor == "1"))
        || (major.empty() && minor.empty() && !valueOf(records, "GNU.sparse.map").empty());
    if (!inContent && !inHeader)
        return {};
    if (const std::string_view name = valueOf(records, "GNU.sparse.name"); !name.empty())
        member.name = name;
    std::string_view text = valueOf(records, "GNU.sparse.size");
    if (text.empty())
        text = valueOf(records, "GNU.sparse.realsize");
    std::uint64_t size = member.size;
    if (!text.empty()) {
        const auto given = parseTarDecimal(text);
        if (!given || *given < 0)
            return damaged("tar.sparse-invalid");
        size = static_cast<std::uint64_t>(*given);
    }
    std::optional<std::vector<SparseRun>> runs;
    if (inHeader) {
        runs = parseSparseList(records);
    } else {
        TALLY_ASSIGN(runs, sparseInContent());
    }
    if (!runs)
        return damaged("tar.sparse-invalid");
    return useRuns(*std::move(runs), size, member);
}

/// PAX 1.0: the content begins with blocks of decimal numbers, one a line: count, then offset and length of each run.
Result<std::optional<std::vector<SparseRun>>> TarReader::sparseInContent()
{
    std::optional<std::vector<SparseRun>> none;
    std::vector<std::uint64_t> numbers;
    std::string line;
    std::uint64_t wanted = 1;
    for (std::uint64_t read = 0; numbers.size() < wanted; read += tarBlock) {
        if (read >= maxTarSpecial)
            return damaged("tar.too-large", ErrorKind::LimitExceeded);
        if (m_left < tarBlock)
            return none;
        TALLY_ASSIGN(const std::string_view text, block());
        if (text.empty())
            return damaged("tar.truncated");
        m_left -= tarBlock;
        for (const char c : text) {
            if (numbers.size() == wanted)
                break; // the rest of the block is padding
            if (c != '\n') {
                line += c;
                continue;
            }
            const auto number = parseTarDecimal(line);
            if (!number || *number < 0 || (numbers.empty() && *number > static_cast<std::int64_t>(maxTarSpecial)))
                return none;
            numbers.push_back(static_cast<std::uint64_t>(*number));
            line.clear();
            wanted = 1 + 2 * numbers.front();
        }
    }
    std::vector<SparseRun> runs;
    for (std::size_t i = 1; i + 1 < numbers.size(); i += 2)
        runs.push_back({numbers[i], numbers[i + 1]});
    return std::optional(std::move(runs));
}

Result<bool> TarReader::somethingFollows()
{
    bool found = false;
    for (;;) {
        TALLY_ASSIGN(const bool more, fill());
        if (!more)
            return found;
        found = found || !isZeroBlock(m_rest);
        m_position += m_rest.size();
        m_rest = {};
    }
}

} // namespace tally
