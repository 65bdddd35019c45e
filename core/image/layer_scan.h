// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/progress.h"
#include "core/image/image.h"
#include "core/image/packages/package_scan.h"
#include "core/image/risk_scan.h"
#include "core/io/byte_source.h"
#include "core/io/sniff.h"

#include <atomic>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tally {

/// Everything that one pass over a layer yields. Paths and links are ids of `strings`.
struct LayerScan
{
    struct Captured
    {
        std::uint32_t entry = 0; ///< index into files
        std::string content;
    };
    struct Remark
    {
        std::uint32_t entry = 0;
        std::string text; ///< capabilities; device numbers
    };

    std::string digest;    ///< of the blob as stored, "sha256:..."
    std::string diffId;    ///< "" where the compression is damaged
    std::string digest512; ///< the same as "sha512:...", where asked for
    std::string diffId512;
    FileType type = FileType::Tar;
    std::uint64_t compressedBytes = 0;
    std::uint64_t bytes = 0; ///< sum of the entries' sizes
    std::vector<FileEntry> files;
    std::vector<std::uint64_t> contents; ///< for each of files: ContentHash of a regular file, else 0
    StringTable strings;
    std::vector<EntryAttribute> attributes; ///< by entry, then by the bytes of their names
    std::vector<Captured> captured;
    LayerPackages packages;
    std::vector<Remark> capabilities;
    std::vector<RiskRemark> risks; ///< what contents say
    std::vector<Remark> devices;
    std::vector<Diagnostic> diagnostics; ///< odd names, skipped entries
    std::optional<Error> error;          ///< reading ended here; what came before stands in files
};

/// Shared by the scans of one image, so that progress is that of all of them.
struct ScanProgress
{
    ScanProgress(const RunContext &context, Message what, std::uint64_t bytes)
        : run(context)
        , phase(std::move(what))
        , total(bytes)
    {
    }

    const RunContext &run;
    Message phase;
    std::uint64_t total = 0;
    std::atomic<std::uint64_t> done{0};

    void add(std::uint64_t bytes)
    {
        if (total > 0)
            run.report({phase, std::min(done += bytes, total), total});
    }
};

/// Reads a layer to its end in one pass: decompression and both digests (on threads of their own where `expectedBytes`
/// makes that worth it, see LayerStream), entries, the contents that matter. Memory: up to 30 blocks, the rows, what is
/// captured. Entries are read as container runtimes do (TarReader); where other programs differ a diagnostic says so.
/// `sha512`: those digests too.
/// `name` stands in messages. Never fails as a whole: see LayerScan::error.
[[nodiscard]] LayerScan scanLayer(BlockReaderPtr input, std::uint64_t expectedBytes, const std::string &name,
    const Limits &limits, ScanProgress &progress, bool sha512 = false);

/// A tar name as a path below the root: no leading or trailing slash, no "." and "..", which cannot leave the root.
/// `escaped` is set where it tried.
[[nodiscard]] std::string cleanPath(std::string_view name, bool *escaped = nullptr);

} // namespace tally
