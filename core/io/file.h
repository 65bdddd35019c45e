// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/limits.h"
#include "core/base/result.h"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace tally {

/// The whole file. Errors: NotFound, Io, LimitExceeded (limits.maxDocumentBytes).
/// read(), not mmap: a file that another program shortens while it is mapped would kill us.
[[nodiscard]] Result<std::string> readFile(const std::filesystem::path &path, const Limits &limits);

/// The only writer of files: writes beside the target, syncs, renames over it, syncs the folder.
/// Where the target exists and is no regular file (a pipe, /dev/null) it writes straight into it.
/// The target keeps its old content on any error. Errors: Io.
[[nodiscard]] Result<> saveAtomically(const std::filesystem::path &path, std::string_view content);
/// The same for a file that only its owner may read, whatever the umask says and the rights of the old one were.
[[nodiscard]] Result<> savePrivately(const std::filesystem::path &path, std::string_view content);

/// The same for content that is made piece by piece: `produce` gets a function that takes the next piece.
using WritePiece = std::function<Result<>(std::string_view)>;
[[nodiscard]] Result<> saveAtomically(
    const std::filesystem::path &path, const std::function<Result<>(const WritePiece &)> &produce);

} // namespace tally
