// SPDX-License-Identifier: Apache-2.0
#include "core/image/blob_store.h"

#include "core/base/messages_base.h"
#include "core/base/messages_image.h"
#include "core/base/messages_io.h"
#include "core/base/text_format.h"

#include <algorithm>
#include <cstring>
#include <system_error>

namespace tally {

namespace {

constexpr int maxLinks = 16;
constexpr std::uint64_t maxKeptBytes = 512U << 20; ///< small members of a compressed archive, all together

/// Counts what is read of a source as progress.
class CountedSource final : public ByteSource
{
public:
    CountedSource(ByteSourcePtr source, std::shared_ptr<ScanProgress> progress)
        : m_source(std::move(source))
        , m_progress(std::move(progress))
    {
    }
    [[nodiscard]] std::uint64_t size() const override { return m_source->size(); }
    [[nodiscard]] Result<std::size_t> readAt(std::uint64_t offset, char *into, std::size_t count) const override
    {
        auto got = m_source->readAt(offset, into, count);
        if (got)
            m_progress->add(*got);
        return got;
    }

private:
    ByteSourcePtr m_source;
    std::shared_ptr<ScanProgress> m_progress;
};

class MemberReader final : public BlockReader
{
public:
    explicit MemberReader(Archive &archive)
        : m_archive(archive)
    {
    }
    [[nodiscard]] Result<Block> next() override
    {
        if (m_error)
            return tl::unexpected(*m_error);
        std::shared_ptr<char> buffer = m_pool.take();
        std::size_t filled = 0;
        while (filled < blockSize) {
            if (m_rest.empty()) {
                auto piece = m_archive.nextPiece();
                if (!piece) {
                    m_error = std::move(piece).error();
                    break;
                }
                m_rest = piece->bytes;
                if (m_rest.empty())
                    break;
            }
            const std::size_t take = std::min(m_rest.size(), blockSize - filled);
            std::memcpy(buffer.get() + filled, m_rest.data(), take);
            filled += take;
            m_rest.remove_prefix(take);
        }
        if (filled == 0 && m_error)
            return tl::unexpected(*m_error);
        const std::string_view bytes(buffer.get(), filled);
        return Block{std::move(buffer), bytes};
    }

private:
    Archive &m_archive;
    std::string_view m_rest;
    BlockPool m_pool;
    std::optional<Error> m_error;
};

/// A block that was read to look at it, and the rest.
class Prepended final : public BlockReader
{
public:
    Prepended(Block first, BlockReaderPtr rest)
        : m_first(std::move(first))
        , m_rest(std::move(rest))
    {
    }
    [[nodiscard]] Result<Block> next() override
    {
        if (m_first.bytes.empty())
            return m_rest->next();
        return std::exchange(m_first, {});
    }

private:
    Block m_first;
    BlockReaderPtr m_rest;
};

tl::unexpected<Error> missing(std::string_view name)
{
    return fail(ErrorKind::NotFound, {imageDef("image.blob-missing"), {visible(toUtf8(name))}});
}

tl::unexpected<Error> leadsOut(std::string_view name)
{
    return fail(ErrorKind::NotFound, {imageDef("image.blob-is-link"), {visible(toUtf8(name))}});
}

/// Where a link leads, seen from the folder of its name; nothing if out of the store.
std::string linkTarget(const std::string &name, const std::string &target)
{
    if (target.empty() || target.front() == '/')
        return {};
    const std::size_t slash = name.rfind('/');
    bool escaped = false;
    std::string path = cleanPath((slash == std::string::npos ? "" : name.substr(0, slash + 1)) + target, &escaped);
    return escaped ? std::string() : path;
}

} // namespace

BlockReaderPtr prepend(Block first, BlockReaderPtr rest)
{
    return std::make_unique<Prepended>(std::move(first), std::move(rest));
}

BlockReaderPtr memberBlocks(Archive &archive)
{
    return std::make_unique<MemberReader>(archive);
}

BlobStore BlobStore::ofFolder(const std::filesystem::path &folder, const Limits &limits)
{
    BlobStore store;
    store.m_folder = folder;
    store.m_limits = limits;
    return store;
}

Result<BlobStore> BlobStore::ofArchive(
    const ByteSourcePtr &source, const std::string &name, const Limits &limits, const RunContext &run)
{
    BlobStore store;
    store.m_limits = limits;
    TALLY_ASSIGN(Archive probe, Archive::open(source, name, limits));
    const bool plain = !isCompression(probe.compression());
    if (plain)
        store.m_tar = source;
    auto progress = std::make_shared<ScanProgress>(run, Message{imageDef("image.unpacking"), {name}}, source->size());
    TALLY_ASSIGN(Archive archive,
        Archive::open(plain ? source : std::make_shared<CountedSource>(source, progress), name, limits));
    ArchiveMember member;
    for (std::size_t i = 0;; ++i) {
        if (i % 1000 == 0 && run.stopRequested())
            return tl::unexpected(cancelled());
        auto more = archive.next(member);
        if (!more && store.m_members.empty())
            return tl::unexpected(std::move(more).error());
        if (!more) {
            store.m_diagnostics.push_back({Diagnostic::Severity::Error, more.error().message, -1, name});
            break;
        }
        if (!*more)
            break;
        const std::string path = cleanPath(member.name);
        Member kept;
        kept.size = member.size;
        kept.isFile = member.type == MemberType::File && !member.sparse && !member.encrypted;
        kept.offset = member.dataOffset;
        if (member.type == MemberType::Symlink)
            kept.link = linkTarget(path, member.link);
        else if (member.type == MemberType::Hardlink)
            kept.link = cleanPath(member.link);
        if (kept.isFile && !plain)
            TALLY_TRY(store.keepContent(archive, member, kept, run));
        store.m_names.push_back(path);
        store.m_members.insert_or_assign(path, std::move(kept));
    }
    store.m_archiveBytes = source->size();
    store.findRoot();
    return store;
}

void BlobStore::findRoot()
{
    const auto has = [&](const std::string &name) { return m_members.find(name) != m_members.end(); };
    if (m_names.empty() || has("manifest.json") || has("index.json"))
        return;
    std::string root;
    for (const std::string &name : m_names) {
        const std::size_t slash = name.find('/');
        const std::string first = name.substr(0, slash);
        if (first.empty()) // "./"
            continue;
        if (root.empty())
            root = first;
        if (first != root || (slash == std::string::npos && m_members.at(name).isFile))
            return;
    }
    if (has(root + "/manifest.json") || has(root + "/index.json"))
        m_root = root + "/";
}

Result<> BlobStore::keepContent(Archive &archive, const ArchiveMember &member, Member &kept, const RunContext &run)
{
    if (member.size <= m_limits.maxManifestBytes) {
        if (m_kept + member.size > maxKeptBytes)
            return fail(ErrorKind::LimitExceeded,
                {ioDef("compression.too-large"), {member.name, formatBytes(maxKeptBytes, Language::English)}});
        auto content = archive.content(m_limits.maxManifestBytes);
        if (!content)
            return {}; // the walk will end with the same fault and say so
        m_kept += content->size();
        kept.content = memorySource(*std::move(content));
        return {};
    }
    BlockReaderPtr blocks = memberBlocks(archive);
    auto first = blocks->next();
    if (!first)
        return {};
    const FileType type = sniff(first->bytes.substr(0, 4096));
    if (type != FileType::Tar && !isCompression(type))
        return {};
    ScanProgress silent{run, {}, 0};
    auto scan = std::make_shared<LayerScan>(scanLayer(prepend(*std::move(first), std::move(blocks)), member.size,
        visible(toUtf8(member.name)), m_limits, silent, member.name.find("sha512") != std::string::npos));
    if (scan->error && scan->error->kind == ErrorKind::Cancelled)
        return tl::unexpected(*scan->error);
    kept.scan = std::move(scan);
    return {};
}

Result<BlobStore::Blob> BlobStore::findInArchive(const std::string &name, std::string &link) const
{
    const auto found = m_members.find(name);
    if (found == m_members.end())
        return missing(name);
    const Member &member = found->second;
    if (!member.isFile) {
        link = member.link;
        if (link.empty())
            return leadsOut(name);
        return Blob{};
    }
    Blob blob{name, member.size, member.content, member.scan};
    if (m_tar)
        blob.source = rangeOf(m_tar, member.offset, member.size);
    else if (!blob.source && !blob.scan)
        return missing(name);
    return blob;
}

Result<BlobStore::Blob> BlobStore::findInFolder(const std::string &name, std::string &link) const
{
    std::filesystem::path path = m_folder;
    std::string_view rest = name;
    while (!rest.empty()) {
        const std::size_t slash = std::min(rest.find('/'), rest.size());
        path /= std::string(rest.substr(0, slash));
        rest.remove_prefix(std::min(slash + 1, rest.size()));
        std::error_code error;
        const auto status = std::filesystem::symlink_status(path, error);
        if (error || status.type() == std::filesystem::file_type::not_found)
            return missing(name);
        if (status.type() == std::filesystem::file_type::symlink) {
            if (!rest.empty())
                return leadsOut(name); // a folder that is a link: nobody writes such
            link = linkTarget(name, std::filesystem::read_symlink(path, error).string());
            if (error || link.empty())
                return leadsOut(name);
            return Blob{};
        }
    }
    TALLY_ASSIGN(ByteSourcePtr source, openFileNoFollow(path, m_limits));
    return Blob{name, source->size(), source, nullptr};
}

Result<BlobStore::Blob> BlobStore::find(std::string_view name) const
{
    bool escaped = false;
    std::string path = cleanPath(name, &escaped);
    if (escaped || path.empty() || path.size() > m_limits.maxPathBytes || path.find('\0') != std::string::npos)
        return missing(name);
    path.insert(0, m_root);
    for (int i = 0; i < maxLinks; ++i) {
        std::string link;
        TALLY_ASSIGN(Blob blob, isFolder() ? findInFolder(path, link) : findInArchive(path, link));
        if (link.empty())
            return blob;
        path = std::move(link);
    }
    return leadsOut(name);
}

Result<std::string> BlobStore::read(std::string_view name, std::uint64_t maxBytes) const
{
    TALLY_ASSIGN(const Blob blob, find(name));
    if (!blob.source)
        return fail(ErrorKind::LimitExceeded,
            {baseDef("file.too-large"),
                {visible(toUtf8(name)), formatBytes(m_limits.maxManifestBytes, Language::English)}});
    return readAll(*blob.source, maxBytes, visible(toUtf8(name)));
}

} // namespace tally
