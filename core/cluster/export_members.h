// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster_builder.h"
#include "core/io/archive.h"

#include <functional>
#include <string>
#include <string_view>

namespace tally {

/// What could not be read: the fault, and the path of the member.
using BrokenSink = std::function<void(const Error &error, const std::string &where)>;

/// By name: a tar, compressed or not, or a zip.
[[nodiscard]] bool isArchiveName(std::string_view path);

/// Hands the files of an archive to the sink, `prefix` before their paths. Archives inside are opened up to
/// limits.maxNestedArchives deep; `depth`: of this one. What is none in spite of its name, and images, is handed over
/// without content, so that it counts as skipped. What breaks in the middle is told to `broken` and leaves the rest
/// valid. Errors: those of the sink, Cancelled.
[[nodiscard]] Result<> handOutMembers(Archive &archive, const std::string &prefix, std::uint32_t depth,
    const Limits &limits, const MemberSink &sink, const BrokenSink &broken, const RunContext &run);

/// A file that lies in a folder, path: below the folder. Logs of the API server and databases of etcd are read through
/// and not kept; what is compressed by itself ("audit.log.gz", "pods.json.gz") is unpacked.
[[nodiscard]] Result<> handOutFile(const std::filesystem::path &file, const std::string &path, const Limits &limits,
    const MemberSink &sink, const BrokenSink &broken, const RunContext &run);

/// The same for an archive that lies in a folder, path: below the folder.
[[nodiscard]] Result<> handOutArchiveFile(const std::filesystem::path &file, const std::string &path,
    const Limits &limits, const MemberSink &sink, const BrokenSink &broken, const RunContext &run);

} // namespace tally
