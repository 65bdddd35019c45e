// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_files.h"

#include "core/base/messages_base.h"
#include "core/base/messages_image.h"
#include "core/base/parallel.h"
#include "core/base/text_format.h"
#include "core/image/image_index.h"
#include "core/io/decompress.h"
#include "core/io/digest.h"

#include <algorithm>
#include <map>
#include <mutex>

namespace tally {

namespace {

tl::unexpected<Error> noFile(std::string_view path)
{
    return fail(ErrorKind::NotFound, {imageDef("image.no-such-file"), {visible(toUtf8(path))}});
}

/// The last entry of a path in a layer, as the runtimes see it.
std::optional<std::uint32_t> lastEntry(const Image &image, std::size_t layer, StringId path)
{
    if (path.value == 0)
        return std::nullopt;
    std::optional<std::uint32_t> found;
    const std::vector<FileEntry> &files = image.layers[layer].files;
    for (std::uint32_t i = 0; i < files.size(); ++i) {
        if (files[i].path == path && files[i].type != EntryType::Whiteout && files[i].type != EntryType::OpaqueWhiteout)
            found = i;
    }
    return found;
}

/// Gives back the number of the row that a member of the tar is. The rows were made from the same members in the same
/// order, less those that mean nothing.
class RowCursor
{
public:
    RowCursor(const Image &image, std::size_t layer)
        : m_image(image)
        , m_files(image.layers[layer].files)
    {
    }

    /// To the next regular file of the tar; false behind the last.
    Result<bool> toNextFile(Archive &archive, ArchiveMember &member, const RunContext &run)
    {
        for (;;) {
            if (m_seen++ % 1000 == 0 && run.stopRequested())
                return tl::unexpected(cancelled());
            TALLY_ASSIGN(const bool more, archive.next(member));
            if (!more || member.type == MemberType::File)
                return more;
        }
    }

    /// Nothing for members that have no row; an error where this is another tar.
    std::optional<std::uint32_t> row(const ArchiveMember &member)
    {
        while (m_next < m_files.size() && m_files[m_next].type != EntryType::File)
            ++m_next;
        const std::string path = cleanPath(member.name);
        if (path.empty())
            return std::nullopt; // a file that names the root
        const bool same = m_next < m_files.size() && m_files[m_next].size == member.size
            && m_image.strings.view(m_files[m_next].path) == path;
        const std::size_t slash = path.rfind('/');
        const std::string_view name = std::string_view(path).substr(slash == std::string::npos ? 0 : slash + 1);
        const bool mark
            = name.starts_with(".wh.") || path.starts_with(".wh..wh.") || path.find("/.wh..wh.") != std::string::npos;
        if (mark && !same)
            return std::nullopt;
        if (!same) {
            m_wrong = true;
            return std::nullopt;
        }
        return m_next++;
    }
    [[nodiscard]] bool wrong() const { return m_wrong; }

private:
    const Image &m_image;
    const std::vector<FileEntry> &m_files;
    std::uint32_t m_next = 0;
    std::uint64_t m_seen = 0;
    bool m_wrong = false;
};

/// Counts what is read of a blob, and ends where nobody wants to wait any longer.
class CountedBlocks final : public BlockReader
{
public:
    CountedBlocks(BlockReaderPtr inner, ScanProgress &progress)
        : m_inner(std::move(inner))
        , m_progress(progress)
    {
    }
    [[nodiscard]] Result<Block> next() override
    {
        if (m_progress.run.stopRequested())
            return tl::unexpected(cancelled());
        auto block = m_inner->next();
        if (block)
            m_progress.add(block->bytes.size());
        return block;
    }

private:
    BlockReaderPtr m_inner;
    ScanProgress &m_progress;
};

/// Collects the beginning of one file.
class Collector final : public FileVisitor
{
public:
    Collector(std::uint32_t entry, std::uint64_t most)
        : m_entry(entry)
        , m_most(most)
    {
    }
    [[nodiscard]] bool wants(std::uint32_t entry) override { return entry == m_entry; }
    [[nodiscard]] Result<bool> piece(std::uint32_t /*entry*/, std::uint64_t offset, std::string_view bytes) override
    {
        if (offset < content.size())
            return fail(ErrorKind::Malformed, {imageDef("image.source-changed"), {std::string("content")}});
        content.resize(static_cast<std::size_t>(std::min(offset, m_most)), '\0');
        content.append(bytes.substr(0, static_cast<std::size_t>(m_most) - content.size()));
        return content.size() < m_most;
    }
    [[nodiscard]] Result<bool> end(std::uint32_t /*entry*/) override
    {
        found = true;
        return false;
    }

    std::string content;
    bool found = false;

private:
    std::uint32_t m_entry;
    std::uint64_t m_most;
};

/// Digests of some files of a layer.
class Digester final : public FileVisitor
{
public:
    explicit Digester(const std::vector<FileEntry> &files)
        : m_files(files)
    {
    }
    void want(std::uint32_t entry, std::string *result) { m_wanted[entry].push_back(result); }

    [[nodiscard]] bool wants(std::uint32_t entry) override
    {
        if (!m_wanted.contains(entry))
            return false;
        m_digest.emplace();
        m_length = 0;
        return true;
    }
    [[nodiscard]] Result<bool> piece(std::uint32_t /*entry*/, std::uint64_t offset, std::string_view bytes) override
    {
        fillTo(offset);
        m_digest->update(bytes);
        m_length = offset + bytes.size();
        return true;
    }
    [[nodiscard]] Result<bool> end(std::uint32_t entry) override
    {
        fillTo(m_files[entry].size);
        const std::string digest = "sha256:" + m_digest->hex();
        for (std::string *result : m_wanted[entry])
            *result = digest;
        return ++m_done < m_wanted.size();
    }

private:
    void fillTo(std::uint64_t offset)
    {
        static const std::string zeros(64U << 10, '\0');
        while (m_length < offset) {
            const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(offset - m_length, zeros.size()));
            m_digest->update(std::string_view(zeros).substr(0, count));
            m_length += count;
        }
    }

    const std::vector<FileEntry> &m_files;
    std::map<std::uint32_t, std::vector<std::string *>> m_wanted;
    std::optional<Sha256> m_digest;
    std::uint64_t m_length = 0;
    std::size_t m_done = 0;
};

} // namespace

Result<FilePlace> findFile(const Image &image, int layer, std::string_view path)
{
    std::string clean = cleanPath(path);
    if (layer >= static_cast<int>(image.layers.size()))
        return fail(ErrorKind::NotFound,
            {imageDef("image.no-such-layer"),
                {std::to_string(layer), std::to_string(static_cast<int>(image.layers.size()) - 1)}});
    std::size_t at = 0;
    if (layer < 0) {
        const ImageIndexPtr index = ImageIndex::of(image);
        const std::uint32_t node = index->find(clean);
        const NodeEvent *event = node == ImageIndex::none || image.layers.empty()
            ? nullptr
            : index->eventUpTo(node, image.layers.size() - 1);
        if (!event || !ImageIndex::isThere(*event))
            return noFile(path);
        at = static_cast<std::size_t>(event->layer);
    } else {
        at = static_cast<std::size_t>(layer);
    }
    for (int links = 0; links < 16;) {
        const auto entry = lastEntry(image, at, image.strings.find(clean));
        if (!entry) {
            if (links == 0 || at == 0)
                return noFile(path);
            --at; // the target of a hard link may lie below
            continue;
        }
        const FileEntry &row = image.layers[at].files[*entry];
        if (row.type == EntryType::File)
            return FilePlace{static_cast<std::uint32_t>(at), *entry};
        if (row.type != EntryType::Hardlink)
            return fail(ErrorKind::Unsupported, {imageDef("image.no-regular-file"), {visible(toUtf8(path))}});
        clean = image.strings.view(row.link);
        ++links;
    }
    return noFile(path);
}

Result<ImageFilesPtr> ImageFiles::open(
    const std::filesystem::path &source, ImagePtr image, const Limits &limits, const RunContext &run)
{
    const std::shared_ptr<ImageFiles> files(new ImageFiles);
    files->m_image = std::move(image);
    files->m_limits = limits;
    files->m_name = visible(toUtf8(source.filename().string()));
    std::error_code error;
    if (std::filesystem::is_directory(source, error)) {
        files->m_store = BlobStore::ofFolder(source, limits);
        return ImageFilesPtr(files);
    }
    TALLY_ASSIGN(const ByteSourcePtr bytes, openFile(source, limits));
    TALLY_ASSIGN(const std::string head, headOf(*bytes));
    if (isCompression(sniff(head))) {
        files->m_compressed = bytes;
        return ImageFilesPtr(files);
    }
    TALLY_ASSIGN(BlobStore store, BlobStore::ofArchive(bytes, files->m_name, limits, run));
    files->m_store = std::move(store);
    return ImageFilesPtr(files);
}

Result<BlobStore::Blob> ImageFiles::blobOf(std::size_t layer) const
{
    const Layer &row = m_image->layers[layer];
    const std::string &name = row.blob;
    if (name.empty())
        return fail(ErrorKind::NotFound, {imageDef("image.blob-missing"), {visible(toUtf8(row.digest))}});
    TALLY_ASSIGN(BlobStore::Blob blob, m_store->find(name));
    if (!blob.source)
        return fail(ErrorKind::NotFound, {imageDef("image.blob-missing"), {visible(toUtf8(name))}});
    if (row.compressedBytes != 0 && blob.size != row.compressedBytes)
        return fail(ErrorKind::Malformed, {imageDef("image.source-changed"), {m_name}});
    return blob;
}

Result<> ImageFiles::walkArchive(std::size_t layer, Archive &archive, FileVisitor &visitor, const RunContext &run) const
{
    RowCursor cursor(*m_image, layer);
    ArchiveMember member;
    for (;;) {
        TALLY_ASSIGN(const bool more, cursor.toNextFile(archive, member, run));
        if (!more)
            return {};
        const std::optional<std::uint32_t> row = cursor.row(member);
        if (cursor.wrong())
            return fail(ErrorKind::Malformed, {imageDef("image.source-changed"), {m_name}});
        if (!row || !visitor.wants(*row))
            continue;
        for (;;) {
            TALLY_ASSIGN(const Archive::Piece piece, archive.nextPiece());
            if (piece.bytes.empty())
                break;
            if (run.stopRequested())
                return tl::unexpected(cancelled());
            TALLY_ASSIGN(const bool goOn, visitor.piece(*row, piece.offset, piece.bytes));
            if (!goOn)
                break;
        }
        TALLY_ASSIGN(const bool next, visitor.end(*row));
        if (!next)
            return {};
    }
}

Result<> ImageFiles::walkStream(
    std::size_t layer, BlockReaderPtr blob, FileVisitor &visitor, const RunContext &run) const
{
    const std::string name = visible(toUtf8(m_image->layers[layer].blob));
    TALLY_ASSIGN(Block first, blob->next());
    const FileType type = sniff(first.bytes.substr(0, 4096));
    BlockReaderPtr stream = decompress(prepend(std::move(first), std::move(blob)), type, m_limits, name);
    TALLY_ASSIGN(Archive archive, Archive::openTar(std::move(stream), name, m_limits));
    return walkArchive(layer, archive, visitor, run);
}

Result<> ImageFiles::walk(std::size_t layer, FileVisitor &visitor, const RunContext &run) const
{
    if (layer >= m_image->layers.size())
        return fail(ErrorKind::NotFound,
            {imageDef("image.no-such-layer"),
                {std::to_string(layer), std::to_string(static_cast<int>(m_image->layers.size()) - 1)}});
    if (m_compressed) {
        Result<> outcome;
        const std::size_t only[] = {layer};
        const auto failed = [&](std::size_t /*layer*/, const Error &error) { outcome = tl::unexpected(error); };
        TALLY_TRY(walkCompressed(
            only, [&](std::size_t) { return &visitor; }, failed, {}, run));
        return outcome;
    }
    TALLY_ASSIGN(const BlobStore::Blob blob, blobOf(layer));
    TALLY_ASSIGN(const std::string head, headOf(*blob.source));
    if (sniff(head) != FileType::Tar)
        return walkStream(layer, readBlocks(blob.source), visitor, run);
    TALLY_ASSIGN(Archive archive, Archive::open(blob.source, visible(toUtf8(blob.name)), m_limits)); // skips by seeking
    return walkArchive(layer, archive, visitor, run);
}

Result<> ImageFiles::walkCompressed(std::span<const std::size_t> layers,
    const std::function<FileVisitor *(std::size_t layer)> &visitorOf,
    const std::function<void(std::size_t layer, const Error &error)> &failed, const Message &phase,
    const RunContext &run) const
{
    TALLY_ASSIGN(Archive archive, Archive::open(m_compressed, m_name, m_limits));
    std::vector<std::size_t> left(layers.begin(), layers.end());
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    for (const std::size_t layer : left)
        total += m_image->layers[layer].compressedBytes;
    ArchiveMember member;
    while (!left.empty()) {
        if (run.stopRequested())
            return tl::unexpected(cancelled());
        TALLY_ASSIGN(const bool more, archive.next(member));
        if (!more)
            break;
        const std::string name = cleanPath(member.name);
        const auto layer
            = std::ranges::find_if(left, [&](std::size_t number) { return m_image->layers[number].blob == name; });
        if (member.type != MemberType::File || layer == left.end())
            continue;
        const std::size_t number = *layer;
        left.erase(layer); // a blob that two layers name is read for the first of them
        done += m_image->layers[number].compressedBytes;
        if (FileVisitor *visitor = visitorOf(number)) {
            Result<> walked = walkStream(number, memberBlocks(archive), *visitor, run);
            if (!walked && walked.error().kind == ErrorKind::Cancelled)
                return walked;
            if (!walked)
                failed(number, walked.error());
        }
        if (phase.def)
            run.report({phase, done, total});
    }
    for (const std::size_t layer : left)
        failed(layer,
            {ErrorKind::NotFound, {imageDef("image.blob-missing"), {visible(toUtf8(m_image->layers[layer].blob))}},
                {}});
    return {};
}

Result<> ImageFiles::walkAll(std::span<const std::size_t> layers,
    const std::function<FileVisitor *(std::size_t layer)> &visitorOf,
    const std::function<void(std::size_t layer, const Error &error)> &failed, const Message &phase,
    const RunContext &run) const
{
    if (m_compressed)
        return walkCompressed(layers, visitorOf, failed, phase, run);
    ScanProgress progress{run, phase, 0};
    for (const std::size_t layer : layers)
        progress.total += m_image->layers[layer].compressedBytes;
    std::vector<std::size_t> order(layers.begin(), layers.end()); // big ones first
    std::ranges::stable_sort(
        order, std::ranges::greater(), [&](std::size_t layer) { return m_image->layers[layer].compressedBytes; });
    std::mutex mutex;
    parallelFor(order.size(), [&](std::size_t i) {
        FileVisitor *visitor = run.stopRequested() ? nullptr : visitorOf(order[i]);
        if (!visitor)
            return;
        Result<> walked;
        if (auto blob = blobOf(order[i]); blob)
            walked = walkStream(
                order[i], std::make_unique<CountedBlocks>(readBlocks(blob->source), progress), *visitor, run);
        else
            walked = tl::unexpected(blob.error());
        if (!walked && walked.error().kind != ErrorKind::Cancelled) {
            const std::scoped_lock lock(mutex);
            failed(order[i], walked.error());
        }
    });
    if (run.stopRequested())
        return tl::unexpected(cancelled());
    return {};
}

Result<std::optional<ImageFiles::Extents>> ImageFiles::extents(std::size_t layer, const RunContext &run) const
{
    if (m_compressed || layer >= m_image->layers.size())
        return std::optional<Extents>();
    TALLY_ASSIGN(const BlobStore::Blob blob, blobOf(layer));
    TALLY_ASSIGN(const std::string head, headOf(*blob.source));
    if (sniff(head) != FileType::Tar)
        return std::optional<Extents>();
    TALLY_ASSIGN(Archive archive, Archive::open(blob.source, visible(toUtf8(blob.name)), m_limits));
    Extents found{blob.source, {}};
    RowCursor cursor(*m_image, layer);
    ArchiveMember member;
    for (;;) {
        TALLY_ASSIGN(const bool more, cursor.toNextFile(archive, member, run));
        if (!more)
            return std::optional(std::move(found));
        if (member.sparse)
            return std::optional<Extents>();
        const std::optional<std::uint32_t> row = cursor.row(member);
        if (cursor.wrong())
            return fail(ErrorKind::Malformed, {imageDef("image.source-changed"), {m_name}});
        if (row && member.size > 0)
            found.files.push_back({*row, member.dataOffset, member.size});
    }
}

Result<std::string> ImageFiles::head(FilePlace place, std::uint64_t count, const RunContext &run) const
{
    if (place.layer >= m_image->layers.size() || place.entry >= m_image->layers[place.layer].files.size()
        || m_image->layers[place.layer].files[place.entry].type != EntryType::File)
        return fail(ErrorKind::Unsupported, {imageDef("image.no-regular-file"), {std::to_string(place.entry)}});
    const FileEntry &row = m_image->layers[place.layer].files[place.entry];
    const std::uint64_t most = std::min(count, row.size);
    if (most == 0)
        return std::string();
    Collector collector(place.entry, most);
    TALLY_TRY(walk(place.layer, collector, run));
    if (!collector.found)
        return noFile(m_image->strings.view(row.path));
    collector.content.resize(static_cast<std::size_t>(most), '\0'); // a hole at the end
    return std::move(collector.content);
}

Result<std::string> ImageFiles::content(FilePlace place, std::uint64_t maxBytes, const RunContext &run) const
{
    if (place.layer < m_image->layers.size() && place.entry < m_image->layers[place.layer].files.size()) {
        const FileEntry &row = m_image->layers[place.layer].files[place.entry];
        if (row.size > maxBytes)
            return fail(ErrorKind::LimitExceeded,
                {baseDef("file.too-large"),
                    {visible(toUtf8(m_image->strings.view(row.path))), formatBytes(maxBytes, Language::English)}});
    }
    return head(place, maxBytes, run);
}

Result<std::vector<std::string>> ImageFiles::digests(std::span<const FilePlace> places, const RunContext &run) const
{
    std::vector<std::string> results(places.size());
    std::map<std::size_t, Digester> byLayer;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const FilePlace place = places[i];
        if (place.layer >= m_image->layers.size())
            continue;
        const std::vector<FileEntry> &files = m_image->layers[place.layer].files;
        if (place.entry < files.size() && files[place.entry].type == EntryType::File)
            byLayer.try_emplace(place.layer, files).first->second.want(place.entry, &results[i]);
    }
    for (auto &[layer, digester] : byLayer) {
        Result<> walked = walk(layer, digester, run);
        if (!walked && walked.error().kind == ErrorKind::Cancelled)
            return tl::unexpected(walked.error());
    }
    return results;
}

} // namespace tally
