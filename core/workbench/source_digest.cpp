// SPDX-License-Identifier: Apache-2.0
#include "core/workbench/source_digest.h"

#include "core/base/parallel.h"
#include "core/base/text_format.h"
#include "core/io/byte_source.h"
#include "core/io/digest.h"
#include "core/io/folder_listing.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>

namespace tally {

namespace {

namespace fs = std::filesystem;

struct HashedFile
{
    std::string name; ///< relative to the folder
    fs::path path;
    std::uint64_t bytes = 0;
    std::string sha256;
};

Result<> hashFile(HashedFile &file, const Limits &limits, const RunContext &run)
{
    TALLY_ASSIGN(const ByteSourcePtr source, openFile(file.path, limits));
    const BlockReaderPtr blocks = readBlocks(source);
    Sha256 digest;
    for (;;) {
        if (run.stopRequested())
            return tl::unexpected(cancelled());
        TALLY_ASSIGN(const Block block, blocks->next());
        if (block.bytes.empty())
            break;
        digest.update(block.bytes);
        file.bytes += block.bytes.size();
    }
    file.sha256 = digest.hex();
    return {};
}

std::string modifiedAt(const fs::path &path)
{
    std::error_code error;
    const auto time = fs::last_write_time(path, error);
    if (error)
        return {};
    const auto system = std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::file_clock::to_sys(time));
    return rfc3339(system.time_since_epoch().count());
}

Result<> hashFolder(Source &source, const fs::path &folder, const Limits &limits, const RunContext &run)
{
    TALLY_ASSIGN(FolderListing listing, listFolder(folder, limits.maxFolderFiles, run));
    std::vector<HashedFile> files;
    files.reserve(listing.files.size());
    for (std::string &name : listing.files)
        files.push_back({std::move(name), {}, 0, {}});
    for (HashedFile &file : files)
        file.path = folder / file.name;
    std::mutex mutex;
    std::optional<Error> cancelledBy;
    parallelFor(files.size(), [&](std::size_t i) {
        if (const auto hashed = hashFile(files[i], limits, run);
            !hashed && hashed.error().kind == ErrorKind::Cancelled) {
            const std::scoped_lock lock(mutex);
            cancelledBy = hashed.error();
        } // what cannot be read is said by whoever reads it; its line says so too: no digest
    });
    if (cancelledBy)
        return tl::unexpected(*cancelledBy);
    Sha256 all;
    for (const HashedFile &file : files) {
        all.update(file.name);
        all.update(std::string_view("\0", 1));
        all.update(file.sha256);
        all.update("\n");
        source.bytes += file.bytes;
    }
    source.sha256 = "sha256:" + all.hex();
    return {};
}

} // namespace

Result<Source> describeSource(const std::filesystem::path &path, const Limits &limits, const RunContext &run)
{
    Source source;
    source.path = path.string();
    const fs::path normal = fs::absolute(path).lexically_normal();
    source.name = (normal.has_filename() ? normal : normal.parent_path()).filename().string();
    source.modified = modifiedAt(path);
    source.addedAt = rfc3339(outputTime());
    source.verifiedAt = source.addedAt;
    std::error_code error;
    if (fs::is_directory(path, error)) {
        TALLY_TRY(hashFolder(source, path, limits, run));
        return source;
    }
    HashedFile file{{}, path, 0, {}};
    TALLY_TRY(hashFile(file, limits, run));
    source.bytes = file.bytes;
    source.sha256 = "sha256:" + file.sha256;
    return source;
}

} // namespace tally
