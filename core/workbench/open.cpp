// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_base.h"
#include "core/base/messages_cluster.h"
#include "core/base/messages_document.h"
#include "core/base/messages_image.h"
#include "core/base/messages_workbench.h"
#include "core/cluster/audit_log.h"
#include "core/cluster/etcd_snapshot.h"
#include "core/cluster/export_path.h"
#include "core/image/image_reader.h"
#include "core/io/archive.h"
#include "core/io/decompress.h"
#include "core/workbench/image_cache.h"
#include "core/workbench/source_digest.h"
#include "core/workbench/workbench.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <optional>

namespace tally {

namespace {

namespace fs = std::filesystem;

ReadClusterOptions clusterOptions(const OpenOptions &options, const fs::path &path)
{
    ReadClusterOptions cluster;
    cluster.limits = options.limits;
    cluster.source = options.sourceIndex;
    cluster.name = path.filename().string();
    return cluster;
}

Result<ClusterReading> readArchive(const fs::path &path, const OpenOptions &options, const RunContext &run)
{
    TALLY_ASSIGN(Archive archive, Archive::open(path, options.limits));
    return readClusterArchive(archive, clusterOptions(options, path), run);
}

/// expected: bytes that will come, if known, so that the text need not move while it grows.
Result<std::string> unpack(
    BlockReaderPtr stream, const std::string &name, const Limits &limits, std::uint64_t expected = 0)
{
    constexpr std::uint64_t padding = 4096; // of who parses it
    std::string content;
    content.reserve(static_cast<std::size_t>(std::min(expected, limits.maxDocumentBytes) + padding));
    for (;;) {
        TALLY_ASSIGN(const Block block, stream->next());
        if (block.bytes.empty())
            return content;
        if (content.size() + block.bytes.size() > limits.maxDocumentBytes)
            return fail(
                ErrorKind::LimitExceeded, {baseDef("file.too-large"), {name, std::to_string(limits.maxDocumentBytes)}});
        content.append(block.bytes);
    }
}

/// What was read of a stream already, and the rest of it.
class Continued final : public BlockReader
{
public:
    Continued(std::string read, BlockReaderPtr rest)
        : m_read(std::make_shared<const std::string>(std::move(read)))
        , m_rest(std::move(rest))
    {
    }
    Result<Block> next() override
    {
        if (!m_read)
            return m_rest->next();
        const std::string_view piece = std::string_view(*m_read).substr(m_at, blockSize);
        m_at += piece.size();
        if (!piece.empty())
            return Block{m_read, piece};
        m_read.reset();
        return m_rest->next();
    }

private:
    std::shared_ptr<const std::string> m_read;
    std::size_t m_at = 0;
    BlockReaderPtr m_rest;
};

/// A text of YAML or JSON: in one piece, or in parts where it is large. expected: its bytes, 0 if they are not known.
Result<ClusterReading> readText(
    BlockReaderPtr stream, std::uint64_t expected, const ReadClusterOptions &options, const RunContext &run)
{
    const std::uint64_t most = options.limits.maxWholeBytes;
    if (expected > most)
        return readClusterInParts(*stream, options, run);
    constexpr std::uint64_t padding = 4096; // of who parses it
    std::string content;
    content.reserve(static_cast<std::size_t>(expected + padding));
    for (;;) {
        TALLY_ASSIGN(const Block block, stream->next());
        if (block.bytes.empty())
            return readClusterFile(std::move(content), options, run);
        content.append(block.bytes);
        if (content.size() > most) {
            Continued whole(std::move(content), std::move(stream));
            return readClusterInParts(whole, options, run);
        }
    }
}

/// What a file is, below one compression of the whole.
struct Content
{
    FileType outer = FileType::Empty;
    FileType inner = FileType::Empty;
};

Result<Content> sniffFile(const fs::path &path, const ByteSourcePtr &source, const Limits &limits)
{
    TALLY_ASSIGN(const std::string head, headOf(*source));
    Content content{sniff(head), sniff(head)};
    if (isCompression(content.outer)) {
        const BlockReaderPtr stream = decompress(readBlocks(source), content.outer, limits, path.string());
        TALLY_ASSIGN(const Block block, stream->next());
        content.inner = sniff(block.bytes);
    }
    return content;
}

bool isArchive(FileType type)
{
    return type == FileType::Tar || type == FileType::Zip;
}

bool isText(FileType type)
{
    return type == FileType::Json || type == FileType::Yaml || type == FileType::Text;
}

void take(Opened &opened, ReadImages images)
{
    opened.source.form = images.form;
    for (ImagePtr &image : images.images)
        opened.things.emplace_back(std::move(image));
    opened.diagnostics = std::move(images.diagnostics);
}

void take(Opened &opened, ClusterReading reading)
{
    opened.source.form = reading.form;
    opened.things.emplace_back(std::move(reading.cluster));
    opened.diagnostics = std::move(reading.diagnostics);
}

Result<> openImage(Opened &opened, const fs::path &path, const OpenOptions &options, const RunContext &run)
{
    ImageReadOptions image;
    image.limits = options.limits;
    image.platform = options.platform;
    image.sourceIndex = options.sourceIndex;
    TALLY_ASSIGN(ReadImages images, readImages(path, image, run));
    take(opened, std::move(images));
    return {};
}

/// "tar", "tar (gzip)"
std::string formName(const Content &content)
{
    std::string name(fileTypeName(content.inner));
    if (content.outer != content.inner)
        name += " (" + std::string(fileTypeName(content.outer)) + ")";
    return name;
}

bool isNothing(const Error &error)
{
    return error.message.def == clusterDef("cluster.no-objects");
}

/// What the parser says helps whoever wrote such a file. Whoever chose the wrong one, a letter or a README, has to hear
/// what is accepted; the parser's words stand in the detail.
bool isNotWhatItLooksLike(const Error &error)
{
    return error.message.def == documentDef("document.yaml-invalid")
        || error.message.def == documentDef("document.json-invalid");
}

/// Of a detail "line 3, column 1" the number.
std::string lineOf(std::string_view detail)
{
    constexpr std::string_view word = "line ";
    const std::size_t at = detail.find(word);
    if (at == std::string_view::npos)
        return "1";
    detail.remove_prefix(at + word.size());
    return std::string(detail.substr(0, detail.find_first_not_of("0123456789")));
}

/// "No objects of Kubernetes" is only half of why it was refused.
Error whatItLooksLike(Error error, const char *code, const std::string &name, const Content &content)
{
    if (isNotWhatItLooksLike(error) && content.inner == FileType::Text)
        return {ErrorKind::Unsupported, {workbenchDef("open.plain-text"), {name}}, std::move(error.detail)};
    if (isNotWhatItLooksLike(error)) {
        const std::string line = lineOf(error.detail);
        error.detail = (error.message.args.size() > 1 ? error.message.args[1] + " " : std::string()) + error.detail;
        return {ErrorKind::Malformed, {workbenchDef("open.not-valid"), {name, formName(content), line}},
            std::move(error.detail)};
    }
    if (!isNothing(error))
        return error;
    if (content.inner == FileType::Text)
        return {ErrorKind::Unsupported, {workbenchDef("open.plain-text"), {name}}, std::move(error.detail)};
    const MessageDef *def = std::string_view(code) == "open.unknown-archive" ? workbenchDef("open.unknown-archive")
                                                                             : workbenchDef("open.unknown-file");
    return {ErrorKind::Unsupported, {def, {name, formName(content)}}, std::move(error.detail)};
}

tl::unexpected<Error> wrongKind(const char *code, const fs::path &path)
{
    const MessageDef *def = std::string_view(code) == "open.not-an-image" ? workbenchDef("open.not-an-image")
                                                                          : workbenchDef("open.not-a-cluster");
    return fail(ErrorKind::Unsupported, {def, {path.filename().string()}});
}

Result<> openFolder(Opened &opened, const fs::path &path, const OpenOptions &options, const RunContext &run)
{
    if (looksLikeImage(path, options.limits)) {
        if (options.expect == OpenOptions::Expect::Cluster)
            return wrongKind("open.not-a-cluster", path);
        return openImage(opened, path, options, run);
    }
    auto reading = readClusterFolder(path, clusterOptions(options, path), run);
    if (!reading && reading.error().message.def == clusterDef("cluster.no-objects"))
        return fail(ErrorKind::Unsupported, {workbenchDef("open.unknown-folder"), {path.filename().string()}},
            reading.error().detail);
    if (!reading)
        return tl::unexpected(std::move(reading).error());
    if (options.expect == OpenOptions::Expect::Image)
        return wrongKind("open.not-an-image", path);
    take(opened, *std::move(reading));
    return {};
}

/// Files too large to be kept: an audit log, which is counted while it streams by, and etcd's database, of which only
/// some bytes are wanted. False for any other.
Result<bool> openStreamed(Opened &opened, const fs::path &path, const ByteSourcePtr &source, const Content &content,
    const OpenOptions &options, const RunContext &run)
{
    const std::string name = path.filename().string();
    const ReadClusterOptions cluster = clusterOptions(options, path);
    const auto stream = [&] { return decompress(readBlocks(source), content.outer, options.limits, name); };
    const BlockReaderPtr head = stream();
    TALLY_ASSIGN(const Block first, head->next());
    if (looksLikeAuditLog(first.bytes)) {
        TALLY_ASSIGN(ClusterReading reading, readClusterAuditLog(*stream(), cluster, run));
        take(opened, std::move(reading));
        return true;
    }
    if (!looksLikeEtcd(first.bytes))
        return false;
    ByteSourcePtr database = source;
    if (isCompression(content.outer)) {
        Limits most = options.limits;
        most.maxDocumentBytes = std::min<std::uint64_t>(most.maxDocumentBytes, 2ULL << 30); // etcd's own limit
        TALLY_ASSIGN(std::string unpacked, unpack(stream(), name, most));
        database = memorySource(std::move(unpacked));
    }
    TALLY_ASSIGN(ClusterReading reading, readClusterEtcd(*database, cluster, run));
    take(opened, std::move(reading));
    return true;
}

Result<> openFile(Opened &opened, const fs::path &path, const OpenOptions &options, const RunContext &run)
{
    TALLY_ASSIGN(const ByteSourcePtr source, tally::openFile(path, options.limits));
    TALLY_ASSIGN(const Content content, sniffFile(path, source, options.limits));
    const std::string name = path.filename().string();
    if (content.outer == FileType::Empty)
        return fail(ErrorKind::Malformed, {baseDef("file.empty"), {name}});
    if (isArchive(content.inner)) {
        if (looksLikeImage(path, options.limits)) {
            if (options.expect == OpenOptions::Expect::Cluster)
                return wrongKind("open.not-a-cluster", path);
            return openImage(opened, path, options, run);
        }
        if (options.expect == OpenOptions::Expect::Image)
            return openImage(opened, path, options, run); // says best why it is none
        Result<ClusterReading> reading = readArchive(path, options, run);
        if (!reading && isNothing(reading.error())) { // an image whose names did not tell
            Result<> image = openImage(opened, path, options, run);
            if (image || image.error().message.def != imageDef("image.no-manifest"))
                return image;
        }
        if (!reading)
            return tl::unexpected(whatItLooksLike(std::move(reading).error(), "open.unknown-archive", name, content));
        take(opened, *std::move(reading));
        return {};
    }
    if (options.expect != OpenOptions::Expect::Image) {
        TALLY_ASSIGN(const bool taken, openStreamed(opened, path, source, content, options, run));
        if (taken)
            return {};
    }
    if (content.inner == FileType::Binary)
        return fail(ErrorKind::Unsupported, {workbenchDef("open.unknown-binary"), {name}});
    if (!isText(content.inner))
        return fail(ErrorKind::Unsupported, {workbenchDef("open.unknown-file"), {name, formName(content)}});
    const auto stream = [&] { return decompress(readBlocks(source), content.outer, options.limits, name); };
    Result<ClusterReading> reading
        = readText(stream(), isCompression(content.outer) ? 0 : source->size(), clusterOptions(options, path), run);
    if (!reading && reading.error().message.def == clusterDef("cluster.no-objects")) {
        constexpr std::uint64_t enough = 64ULL << 20; // more than any index of an image
        Limits most = options.limits;
        most.maxDocumentBytes = std::min(most.maxDocumentBytes, enough);
        const Result<std::string> refused = unpack(stream(), name, most); // again: nobody else needs to keep it
        if (refused && describesImage(*refused))
            return fail(ErrorKind::Unsupported, {workbenchDef("open.image-part"), {name}});
    }
    if (!reading)
        return tl::unexpected(whatItLooksLike(std::move(reading).error(), "open.unknown-file", name, content));
    if (options.expect == OpenOptions::Expect::Image)
        return wrongKind("open.not-an-image", path);
    take(opened, *std::move(reading));
    return {};
}

} // namespace

Result<Opened> open(const std::filesystem::path &path, const OpenOptions &options, const RunContext &run)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status) && error && error != std::errc::no_such_file_or_directory) // a link to itself, say
        return fail(ErrorKind::Io, {baseDef("file.unreadable"), {path.string(), error.message()}});
    if (!fs::exists(status))
        return fail(ErrorKind::NotFound, {baseDef("file.not-found"), {path.string()}});
    if (!fs::is_directory(status) && !fs::is_regular_file(status))
        return fail(ErrorKind::Unsupported, {workbenchDef("open.special-file"), {path.string()}});
    const fs::path named = path.has_filename() ? path : path.parent_path(); // "folder/" is "folder"

    const auto startedAt
        = std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch());
    const std::optional<SourceIdentity> identity
        = options.cache && options.expect != OpenOptions::Expect::Cluster ? identify(named) : std::nullopt;
    if (identity && !options.refreshCache) {
        if (std::optional<Opened> known = options.cache->find(named, options, *identity))
            return *std::move(known);
    }

    // The digest of the whole is computed beside the reading; a reader that fails first stops it.
    std::stop_source stop;
    auto described = std::async(
        std::launch::async, [&] { return describeSource(named, options.limits, RunContext(stop.get_token())); });
    Opened opened;
    const Result<> read
        = fs::is_directory(status) ? openFolder(opened, named, options, run) : openFile(opened, named, options, run);
    if (!read) {
        stop.request_stop();
        described.wait();
        return tl::unexpected(read.error());
    }
    TALLY_ASSIGN(Source source, described.get());
    source.form = std::move(opened.source.form);
    opened.source = std::move(source);
    if (identity) { // what cannot be kept is read again next time
        if (Result<> kept = options.cache->store(named, options, *identity, startedAt.count(), opened); !kept)
            opened.notKept = std::move(kept).error();
    }
    return opened;
}

} // namespace tally
