// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace tally {

/// What lies below a folder. Paths are relative to it, with "/" between the names, in byte order, so that they do not
/// depend on the disk. Symbolic links are not followed: a folder handed over must not lead out of itself.
struct FolderListing
{
    struct Unreadable
    {
        std::string path;
        Error error; ///< "file.unreadable"
    };
    std::vector<std::string> files;     ///< regular ones
    std::vector<std::string> special;   ///< symbolic links, pipes, sockets, devices: never opened
    std::vector<Unreadable> unreadable; ///< folders that could not be listed, wholly or from some
                                        ///< entry on, and entries of which nobody can say what they are
};

/// Lists a folder and all below it. Errors: the folder itself is not there (NotFound) or cannot be listed (Io), more
/// than mostFiles entries (LimitExceeded), Cancelled. Cost: one stat of each entry.
[[nodiscard]] Result<FolderListing> listFolder(
    const std::filesystem::path &folder, std::size_t mostFiles, const RunContext &run = {});

} // namespace tally
