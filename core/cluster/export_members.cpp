// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/export_members.h"

#include "core/base/text_format.h"
#include "core/cluster/export_path.h"

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
        const bool isNested = isArchiveName(path) && depth < limits.maxNestedArchives;
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

Result<> handOutArchiveFile(const std::filesystem::path &file, const std::string &path, const Limits &limits,
    const MemberSink &sink, const BrokenSink &broken, const RunContext &run)
{
    return handOutNested(Archive::open(file, limits), path, 1, limits, sink, broken, run);
}

} // namespace tally
