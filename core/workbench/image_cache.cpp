// SPDX-License-Identifier: Apache-2.0
#include "core/workbench/image_cache.h"

#include "core/base/messages.h"
#include "core/base/messages_base.h"
#include "core/base/text_format.h"
#include "core/base/version.h"
#include "core/image/image_snapshot.h"
#include "core/io/digest.h"
#include "core/io/file.h"
#include "core/io/packing.h"

#include "analysis_digest.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <vector>

namespace tally {

namespace {

namespace fs = std::filesystem;

/// An entry is for the very code and tables that wrote it: whatever else reads an image may find something else.
std::string headLine(std::string_view packed)
{
    return "tallymann-image-cache 3 " + std::string(toolVersion) + " " + analysisDigest + " " + sha256Hex(packed)
        + "\n";
}

constexpr std::size_t maxFolderFiles = 10'000;
constexpr std::uint64_t maxEntryBytes = 1ULL << 30;
constexpr std::int64_t clockTick = 100'000'000; // file systems set times in steps of up to 10 ms, network ones coarser

std::int64_t nanoseconds(const timespec &time)
{
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

std::optional<SourceIdentity> identityOf(const fs::path &path, bool follow)
{
    struct stat status
    {
    };
    if ((follow ? ::stat(path.c_str(), &status) : ::lstat(path.c_str(), &status)) != 0)
        return std::nullopt;
    SourceIdentity identity;
    identity.device = static_cast<std::uint64_t>(status.st_dev);
    identity.inode = static_cast<std::uint64_t>(status.st_ino);
    identity.size = S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
    identity.modified = nanoseconds(status.st_mtim);
    identity.changed = nanoseconds(status.st_ctim);
    if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode) && !S_ISLNK(status.st_mode))
        return std::nullopt;
    return identity;
}

void pack(PackWriter &out, const SourceIdentity &identity)
{
    out.number(identity.device);
    out.number(identity.inode);
    out.number(identity.size);
    out.signedNumber(identity.modified);
    out.signedNumber(identity.changed);
    out.text(identity.content);
}

SourceIdentity unpackIdentity(PackReader &in)
{
    SourceIdentity identity;
    identity.device = in.number();
    identity.inode = in.number();
    identity.size = in.number();
    identity.modified = in.signedNumber();
    identity.changed = in.signedNumber();
    identity.content = in.text();
    return identity;
}

/// Everything but the index of the source, which the caller of open() chooses each time.
/// Dated by the real clock: the time that outputs carry may be another one (SOURCE_DATE_EPOCH), and must not become the
/// one of digests that a later run shows.
std::string packOpened(const Opened &opened, const SourceIdentity &identity)
{
    using namespace std::chrono;
    const auto now = duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
    PackWriter out;
    pack(out, identity);
    out.text(rfc3339(now));
    out.text(opened.source.form);
    out.number(opened.source.bytes);
    out.text(opened.source.sha256);
    out.text(opened.source.modified);
    out.number(opened.diagnostics.size());
    for (const Diagnostic &diagnostic : opened.diagnostics) {
        out.number(static_cast<std::uint64_t>(diagnostic.severity));
        out.text(diagnostic.message.def ? diagnostic.message.def->code : "");
        out.number(diagnostic.message.args.size());
        for (const std::string &argument : diagnostic.message.args)
            out.text(argument);
        out.signedNumber(diagnostic.message.count);
        out.number(diagnostic.source >= 0 ? 1 : 0);
        out.text(diagnostic.where);
    }
    out.number(opened.things.size());
    for (const OpenedThing &thing : opened.things)
        out.text(packImage(**std::get_if<ImagePtr>(&thing)));
    return out.bytes();
}

std::string nameOf(const fs::path &path)
{
    const fs::path normal = fs::absolute(path).lexically_normal();
    return (normal.has_filename() ? normal : normal.parent_path()).filename().string();
}

/// A regular file of ours: what others put there could say anything.
bool isOurs(const fs::path &file)
{
    struct stat status
    {
    };
    return ::lstat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == ::geteuid();
}

constexpr std::string_view suffix = ".image";

struct Entry
{
    fs::path path;
    std::uint64_t bytes = 0;
    fs::file_time_type used;
    bool whole = true; ///< not what somebody is writing, or was writing when it was ended
};

std::vector<Entry> entriesOf(const fs::path &folder)
{
    std::vector<Entry> entries;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        std::error_code failed;
        Entry entry{it->path(), it->file_size(failed), it->last_write_time(failed), true};
        entry.whole = entry.path.extension() == suffix;
        if (!failed && (entry.whole || entry.path.stem().extension() == suffix))
            entries.push_back(std::move(entry));
    }
    return entries;
}

} // namespace

std::optional<Opened> unpackCacheEntry(std::string_view bytes, const SourceIdentity &wanted, int sourceIndex)
{
    PackReader in(bytes);
    if (unpackIdentity(in) != wanted)
        return std::nullopt;
    Opened opened;
    opened.source.verifiedAt = in.text();
    opened.source.cached = true;
    opened.source.form = in.text();
    opened.source.bytes = in.number();
    opened.source.sha256 = in.text();
    opened.source.modified = in.text();
    opened.diagnostics.resize(in.count());
    for (Diagnostic &diagnostic : opened.diagnostics) {
        diagnostic.severity = static_cast<Diagnostic::Severity>(std::min<std::uint64_t>(in.number(), 2));
        diagnostic.message.def = findMessage(in.text());
        diagnostic.message.args.resize(in.count());
        for (std::string &argument : diagnostic.message.args)
            argument = in.text();
        diagnostic.message.count = static_cast<int>(in.signedNumber());
        diagnostic.source = in.number() != 0 ? sourceIndex : -1;
        diagnostic.where = in.text();
        if (!diagnostic.message.def)
            return std::nullopt; // of another version
    }
    const std::size_t images = in.count();
    for (std::size_t i = 0; i < images && in.ok(); ++i) {
        ImagePtr image = unpackImage(in.text());
        if (!image)
            return std::nullopt;
        std::const_pointer_cast<Image>(image)->source = sourceIndex; // made here, nobody else has it yet
        opened.things.emplace_back(std::move(image));
    }
    if (!in.ok() || !in.atEnd() || opened.things.empty())
        return std::nullopt;
    return opened;
}

std::optional<SourceIdentity> identify(const fs::path &path)
{
    std::optional<SourceIdentity> identity = identityOf(path, true);
    std::error_code error;
    if (!identity || !fs::is_directory(path, error))
        return identity;
    std::vector<std::string> lines;
    for (fs::recursive_directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
        const std::optional<SourceIdentity> file = identityOf(it->path(), false);
        if (!file || lines.size() >= maxFolderFiles)
            return std::nullopt;
        identity->changed = std::max(identity->changed, file->changed);
        identity->size += file->size;
        PackWriter line;
        line.text(it->path().lexically_relative(path).generic_string());
        pack(line, *file);
        lines.push_back(line.bytes());
    }
    if (error)
        return std::nullopt;
    std::ranges::sort(lines);
    Sha256 digest;
    for (const std::string &line : lines)
        digest.update(line);
    identity->content = "sha256:" + digest.hex();
    return identity;
}

fs::path ImageCache::defaultFolder()
{
    // NOLINTBEGIN(concurrency-mt-unsafe): nobody calls setenv
    if (const char *cache = std::getenv("XDG_CACHE_HOME"); cache && cache[0] == '/')
        return fs::path(cache) / "tallymann" / "images";
    if (const char *home = std::getenv("HOME"); home && home[0] == '/')
        return fs::path(home) / ".cache" / "tallymann" / "images";
    // NOLINTEND(concurrency-mt-unsafe)
    return {};
}

fs::path ImageCache::fileFor(const SourceIdentity &identity, const OpenOptions &options) const
{
    PackWriter key;
    key.number(identity.device);
    key.number(identity.inode);
    key.text(options.platform);
    return m_folder / sha256Hex(key.bytes()).substr(0, 32).append(suffix);
}

std::optional<Opened> ImageCache::find(
    const fs::path &path, const OpenOptions &options, const SourceIdentity &identity) const
{
    if (m_folder.empty())
        return std::nullopt;
    Limits limits;
    limits.maxDocumentBytes = maxEntryBytes;
    const fs::path file = fileFor(identity, options);
    if (!isOurs(file))
        return std::nullopt;
    const Result<std::string> content = readFile(file, limits);
    if (!content)
        return std::nullopt;
    const std::size_t lineEnd = content->find('\n');
    if (lineEnd == std::string::npos)
        return std::nullopt;
    const std::string_view packed = std::string_view(*content).substr(lineEnd + 1);
    if (std::string_view(*content).substr(0, lineEnd + 1) != headLine(packed))
        return std::nullopt;
    const std::optional<std::string> bytes = decompressBytes(packed, maxEntryBytes);
    if (!bytes)
        return std::nullopt;
    std::optional<Opened> opened = unpackCacheEntry(*bytes, identity, options.sourceIndex);
    if (!opened)
        return std::nullopt;
    opened->source.path = path.string();
    opened->source.name = nameOf(path);
    opened->source.addedAt = rfc3339(outputTime());
    std::error_code ignored;
    fs::last_write_time(file, fs::file_time_type::clock::now(), ignored); // used now: it goes last
    return opened;
}

Result<> ImageCache::store(const fs::path &path, const OpenOptions &options, const SourceIdentity &identity,
    std::int64_t startedAt, const Opened &opened) const
{
    const bool onlyImages = !opened.things.empty()
        && std::ranges::all_of(opened.things, [](const OpenedThing &t) { return std::holds_alternative<ImagePtr>(t); });
    if (m_folder.empty())
        return {};
    const fs::path file = fileFor(identity, options);
    std::error_code error;
    std::string packed;
    if (onlyImages && identity.changed <= startedAt - clockTick && identify(path) == identity)
        packed = compressBytes(packOpened(opened, identity));
    if (packed.empty() || packed.size() > std::min(maxEntryBytes, m_bounds.bytes)) {
        fs::remove(file, error); // whatever it says, this reading says otherwise or later
        return {};
    }
    fs::create_directories(m_folder, error);
    if (error)
        return fail(ErrorKind::Io, {baseDef("file.unwritable"), {m_folder.string(), error.message()}});
    fs::permissions(m_folder, fs::perms::owner_all, error); // names of files are nobody else's business
    TALLY_TRY(savePrivately(file, headLine(packed) + packed));
    trim(file);
    return {};
}

void ImageCache::trim(const fs::path &newest) const
{
    std::error_code error;
    std::vector<Entry> entries = entriesOf(m_folder);
    const auto abandoned = fs::file_time_type::clock::now() - std::chrono::hours(1);
    std::erase_if(entries, [&](const Entry &entry) {
        if (!entry.whole && entry.used < abandoned)
            fs::remove(entry.path, error);
        return !entry.whole;
    });
    std::ranges::sort(entries, [&](const Entry &a, const Entry &b) {
        const bool first = a.path == newest; // two may have been used within one tick of the clock
        return first != (b.path == newest) ? first : a.used > b.used;
    });
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        bytes += entries[i].bytes;
        if (i >= m_bounds.entries || bytes > m_bounds.bytes)
            fs::remove(entries[i].path, error);
    }
}

void ImageCache::clear() const
{
    std::error_code error;
    for (const Entry &entry : entriesOf(m_folder))
        fs::remove(entry.path, error);
}

ImageCache::Usage ImageCache::usage() const
{
    Usage usage;
    for (const Entry &entry : entriesOf(m_folder)) {
        usage.entries += entry.whole;
        usage.bytes += entry.bytes;
    }
    return usage;
}

} // namespace tally
