// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/export_members.h"

#include "core/base/messages_base.h"
#include "core/base/text_format.h"
#include "core/cluster/etcd_snapshot.h"
#include "core/cluster/export_path.h"
#include "core/io/decompress.h"
#include "core/io/file.h"

#include <filesystem>
#include <system_error>
#include <utility>

namespace tally {

namespace {

/// Names that only image archives have (docker save, OCI layouts, skopeo's dir). Their blobs have no ending, so that
/// each would be read into memory to look what it is.
bool isImageMember(std::string_view name)
{
    if (name.starts_with("./"))
        name.remove_prefix(2);
    const auto isHex = [](std::string_view text) {
        return text.size() >= 64 && text.substr(0, 64).find_first_not_of("0123456789abcdef") == std::string_view::npos;
    };
    return name == "oci-layout" || name.starts_with("blobs/sha256") || isHex(name);
}

constexpr std::uint64_t largestPacked = 1ULL << 30; // of a database inside an archive, which has to be unpacked whole

/// The content of the member that an archive stands at, as a stream.
class MemberBlocks final : public BlockReader
{
public:
    explicit MemberBlocks(Archive &archive)
        : m_archive(archive)
    {
    }
    Result<Block> next() override
    {
        TALLY_ASSIGN(const Archive::Piece piece, m_archive.nextPiece());
        return Block{nullptr, piece.bytes};
    }

private:
    Archive &m_archive;
};

/// A stream of which one block was already taken.
class Resumed final : public BlockReader
{
public:
    Resumed(Block first, BlockReader &rest)
        : m_first(std::move(first))
        , m_rest(rest)
    {
    }
    Result<Block> next() override
    {
        if (!m_first.bytes.empty())
            return std::exchange(m_first, {});
        return m_rest.next();
    }

private:
    Block m_first;
    BlockReader &m_rest;
};

bool isPackedName(std::string_view path)
{
    return path.ends_with(".gz") || path.ends_with(".zst");
}

std::string_view withoutPacking(std::string_view path)
{
    return isPackedName(path) ? path.substr(0, path.rfind('.')) : path;
}

FileType packingOf(std::string_view path)
{
    return path.ends_with(".gz") ? FileType::Gzip : path.ends_with(".zst") ? FileType::Zstd : FileType::Binary;
}

/// etcd's own name is "db"; snapshots are called as somebody liked.
bool mayBeEtcd(std::string_view path)
{
    const std::string_view name = path.substr(path.rfind('/') + 1); // npos + 1 is 0
    return name == "db" || name.ends_with(".db") || name.ends_with(".snapshot") || name.ends_with(".snap")
        || name.find("etcd-snapshot") != std::string_view::npos;
}

/// Is it worth opening although it is neither YAML nor JSON by its name?
bool isStreamed(std::string_view path)
{
    const std::string_view inner = withoutPacking(path);
    return mayBeAuditLog(path) || mayBeEtcd(inner)
        || (isPackedName(path) && !isArchiveName(path) && memberUse(inner) != MemberUse::Skip
            && memberUse(inner) != MemberUse::Sniff);
}

Result<std::string> restOf(BlockReader &stream, std::uint64_t mostBytes, const std::string &path)
{
    std::string content;
    for (;;) {
        TALLY_ASSIGN(const Block block, stream.next());
        if (block.bytes.empty())
            return content;
        if (content.size() + block.bytes.size() > mostBytes)
            return fail(ErrorKind::LimitExceeded, {baseDef("file.too-large"), {path, std::to_string(mostBytes)}});
        content.append(block.bytes);
    }
}

/// What such a stream is, its first block says.
Result<ExportMember> readStreamed(
    BlockReaderPtr input, const std::string &path, const Limits &limits, const RunContext &run)
{
    const BlockReaderPtr stream = decompress(std::move(input), packingOf(path), limits, path);
    ExportMember out{path, {}};
    TALLY_ASSIGN(Block first, stream->next());
    const std::string_view inner = withoutPacking(path);
    const bool isLog = looksLikeAuditLog(first.bytes);
    const bool isEtcd = looksLikeEtcd(first.bytes);
    if (!isLog && !isEtcd && memberUse(inner) == MemberUse::Skip)
        return out;
    Resumed whole(std::move(first), *stream);
    if (isLog) {
        const auto log = std::make_shared<AuditLog>();
        TALLY_TRY(readAuditLog(whole, *log, run));
        out.auditLog = log;
        return out;
    }
    TALLY_ASSIGN(std::string content, restOf(whole, isEtcd ? largestPacked : limits.maxDocumentBytes, path));
    if (!isEtcd) {
        out.path = inner;
        out.content = std::move(content);
        return out;
    }
    TALLY_ASSIGN(const EtcdFacts facts, readEtcdSnapshot(*memorySource(std::move(content)), path, limits, run));
    out.summary = etcdJson(facts, path);
    return out;
}

Result<> handOutStreamed(
    Result<ExportMember> member, const std::string &path, const MemberSink &sink, const BrokenSink &broken)
{
    if (member)
        return sink(*std::move(member));
    if (member.error().kind == ErrorKind::Cancelled)
        return tl::unexpected<Error>(std::move(member).error());
    broken(member.error(), path);
    return {};
}

Result<> handOutNested(Result<Archive> inner, const std::string &path, std::uint32_t depth, const Limits &limits,
    const MemberSink &sink, const BrokenSink &broken, const RunContext &run)
{
    if (inner)
        return handOutMembers(*inner, path + "/", depth, limits, sink, broken, run);
    if (inner.error().kind != ErrorKind::Unsupported)
        broken(inner.error(), path);
    return sink({path, {}});
}

} // namespace

bool isArchiveName(std::string_view path)
{
    for (const std::string_view ending : {".tar", ".tar.gz", ".tgz", ".tar.zst", ".tar.xz", ".tar.bz2", ".zip"}) {
        if (path.ends_with(ending))
            return true;
    }
    return false;
}

Result<> handOutMembers(Archive &archive, const std::string &prefix, std::uint32_t depth, const Limits &limits,
    const MemberSink &sink, const BrokenSink &broken, const RunContext &run)
{
    ArchiveMember member;
    for (;;) {
        if (run.stopRequested())
            return tl::unexpected<Error>(cancelled());
        const Result<bool> more = archive.next(member);
        if (!more)
            broken(more.error(), prefix.substr(0, prefix.size() - (prefix.empty() ? 0 : 1)));
        if (!more || !*more)
            return {};
        if (depth > 0 && isImageMember(member.name))
            return sink({prefix.substr(0, prefix.size() - 1), {}});
        if (member.type != MemberType::File || member.encrypted)
            continue;
        const std::string path = prefix + toUtf8(member.name);
        if (isStreamed(path)) {
            TALLY_TRY(handOutStreamed(
                readStreamed(std::make_unique<MemberBlocks>(archive), path, limits, run), path, sink, broken));
            continue;
        }
        const bool isNested = isArchiveName(path) && depth < limits.maxNestedArchives;
        if (!isNested && member.size > limits.maxWholeBytes && memberUse(path) == MemberUse::Objects) {
            MemberBlocks stream(archive);
            TALLY_TRY(sink({path, {}, {}, {}, &stream}));
            continue;
        }
        ExportMember out{path, {}};
        if (isNested || memberUse(path) != MemberUse::Skip) {
            Result<std::string> content = archive.content(limits.maxDocumentBytes);
            if (!content) {
                broken(content.error(), path);
                continue;
            }
            out.content = *std::move(content);
        }
        if (isNested)
            TALLY_TRY(handOutNested(Archive::open(memorySource(std::move(out.content)), path, limits), path, depth + 1,
                limits, sink, broken, run));
        else
            TALLY_TRY(sink(std::move(out)));
    }
}

Result<> handOutFile(const std::filesystem::path &file, const std::string &path, const Limits &limits,
    const MemberSink &sink, const BrokenSink &broken, const RunContext &run)
{
    if (isStreamed(path)) {
        const auto read = [&]() -> Result<ExportMember> {
            TALLY_ASSIGN(const ByteSourcePtr source, openFile(file, limits));
            TALLY_ASSIGN(const std::string head, headOf(*source));
            if (!looksLikeEtcd(head))
                return readStreamed(readBlocks(source), path, limits, run);
            TALLY_ASSIGN(const EtcdFacts facts, readEtcdSnapshot(*source, path, limits, run));
            ExportMember out{path, {}};
            out.summary = etcdJson(facts, path);
            return out;
        };
        return handOutStreamed(read(), path, sink, broken);
    }
    std::error_code unknown;
    if (memberUse(path) == MemberUse::Objects && std::filesystem::file_size(file, unknown) > limits.maxWholeBytes
        && !unknown) {
        const Result<ByteSourcePtr> source = openFile(file, limits);
        if (!source) {
            broken(source.error(), path);
            return {};
        }
        const BlockReaderPtr stream = readBlocks(*source);
        return sink({path, {}, {}, {}, stream.get()});
    }
    ExportMember out{path, {}};
    if (memberUse(path) != MemberUse::Skip) {
        Result<std::string> content = readFile(file, limits);
        if (!content) {
            broken(content.error(), path);
            return {};
        }
        out.content = *std::move(content);
    }
    return sink(std::move(out));
}

Result<> handOutArchiveFile(const std::filesystem::path &file, const std::string &path, const Limits &limits,
    const MemberSink &sink, const BrokenSink &broken, const RunContext &run)
{
    return handOutNested(Archive::open(file, limits), path, 1, limits, sink, broken, run);
}

} // namespace tally
