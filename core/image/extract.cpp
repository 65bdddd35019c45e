// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages.h"
#include "core/base/text_format.h"
#include "core/image/blob_store.h"
#include "core/image/image_reader.h"
#include "core/image/layer_stack.h"
#include "core/io/decompress.h"

namespace tally {

namespace {

tl::unexpected<Error> noFile(std::string_view path)
{
    return fail(ErrorKind::NotFound, {messageDef("image.no-such-file"), {visible(toUtf8(path))}});
}

/// The last file of that name in a layer, as the runtimes see it.
Result<std::string> fileOf(BlockReaderPtr blob, const std::string &name, std::string_view path, std::uint64_t maxBytes,
    const Limits &limits, const RunContext &run)
{
    TALLY_ASSIGN(Block first, blob->next());
    const FileType type = sniff(first.bytes.substr(0, 4096));
    BlockReaderPtr stream = decompress(prepend(std::move(first), std::move(blob)), type, limits, name);
    TALLY_ASSIGN(Archive layer, Archive::openTar(std::move(stream), name, limits));
    std::optional<std::string> content;
    ArchiveMember member;
    for (std::size_t i = 0;; ++i) {
        if (i % 1000 == 0 && run.stopRequested())
            return tl::unexpected(cancelled());
        auto more = layer.next(member);
        if (!more && !content)
            return tl::unexpected(std::move(more).error());
        if (!more || !*more)
            break;
        if (member.type != MemberType::File || cleanPath(member.name) != path)
            continue;
        TALLY_ASSIGN(content, layer.content(maxBytes));
    }
    if (!content)
        return noFile(path);
    return *std::move(content);
}

/// Layer and path of the file that a path names, hard links followed.
struct Place
{
    std::size_t layer = 0;
    std::string path;
};

std::optional<EntryType> lastEntry(const Image &image, std::size_t layer, std::string_view path, std::string &link)
{
    const StringId id = image.strings.find(path);
    std::optional<EntryType> type;
    for (const FileEntry &entry : image.layers[layer].files) {
        if (entry.path != id || id.value == 0 || entry.type == EntryType::Whiteout
            || entry.type == EntryType::OpaqueWhiteout)
            continue;
        type = entry.type;
        link = image.strings.view(entry.link);
    }
    return type;
}

/// The layer whose file a container would see.
std::optional<std::size_t> visibleLayer(const Image &image, const std::string &path)
{
    LayerStack stack(image, image.layers.size());
    for (std::size_t i = 0; i < image.layers.size(); ++i)
        stack.apply();
    const StringId id = image.strings.find(path);
    for (std::size_t i = image.layers.size(); i-- > 0;) {
        for (std::size_t k = 0; k < image.layers[i].files.size(); ++k) {
            if (id.value != 0 && image.layers[i].files[k].path == id && stack.isVisible(i, k))
                return i;
        }
    }
    return std::nullopt;
}

Result<Place> resolve(const Image &image, int layer, std::string_view path)
{
    Place place{static_cast<std::size_t>(layer), cleanPath(path)};
    if (layer < 0) {
        const auto visible = visibleLayer(image, place.path);
        if (!visible)
            return noFile(path);
        place.layer = *visible;
    }
    if (place.layer >= image.layers.size())
        return fail(ErrorKind::NotFound,
            {messageDef("image.no-such-layer"),
                {std::to_string(layer), std::to_string(static_cast<int>(image.layers.size()) - 1)}});
    for (int links = 0; links < 16;) {
        std::string link;
        const auto type = lastEntry(image, place.layer, place.path, link);
        if (type == EntryType::File)
            return place;
        if (type == EntryType::Hardlink) {
            place.path = std::move(link);
            ++links;
        } else if (type) {
            return fail(ErrorKind::Unsupported, {messageDef("image.no-regular-file"), {visible(toUtf8(path))}});
        } else if (links == 0 || place.layer == 0) {
            return noFile(path);
        } else {
            --place.layer; // the target of a hard link may lie below
        }
    }
    return noFile(path);
}

/// Walks a compressed archive to one of its members.
Result<std::string> fromStream(const ByteSourcePtr &source, const std::string &blob, std::string_view path,
    std::uint64_t maxBytes, const Limits &limits, const RunContext &run)
{
    TALLY_ASSIGN(Archive archive, Archive::open(source, blob, limits));
    ArchiveMember member;
    for (;;) {
        TALLY_ASSIGN(const bool more, archive.next(member));
        if (!more)
            return noFile(path);
        if (run.stopRequested())
            return tl::unexpected(cancelled());
        if (member.type == MemberType::File && cleanPath(member.name) == blob)
            return fileOf(memberBlocks(archive), blob, path, maxBytes, limits, run);
    }
}

} // namespace

Result<std::string> extractFile(const std::filesystem::path &sourcePath, const Image &image, int layer,
    std::string_view path, std::uint64_t maxBytes, const ImageReadOptions &options, const RunContext &run)
{
    TALLY_ASSIGN(const Place place, resolve(image, layer, path));
    const std::string &blob = image.layers[place.layer].blob;
    const Limits &limits = options.limits;
    std::error_code error;
    if (std::filesystem::is_directory(sourcePath, error)) {
        TALLY_ASSIGN(const BlobStore::Blob found, BlobStore::ofFolder(sourcePath, limits).find(blob));
        return fileOf(readBlocks(found.source), blob, place.path, maxBytes, limits, run);
    }
    TALLY_ASSIGN(const ByteSourcePtr source, openFile(sourcePath, limits));
    TALLY_ASSIGN(const std::string head, headOf(*source));
    if (isCompression(sniff(head)))
        return fromStream(source, blob, place.path, maxBytes, limits, run);
    TALLY_ASSIGN(const BlobStore store, BlobStore::ofArchive(source, blob, limits, run));
    TALLY_ASSIGN(const BlobStore::Blob found, store.find(blob));
    return fileOf(readBlocks(found.source), blob, place.path, maxBytes, limits, run);
}

} // namespace tally
