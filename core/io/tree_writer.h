// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace tally {

/// Writes new files and folders below one new folder, for contents that come from hostile archives. The one writer
/// beside saveAtomically(): thousands of files in a place that nobody else knows yet need neither a temporary name nor
/// a sync each.
///
/// Nothing is ever written outside the folder, followed or overwritten: each step is opened relative to the folder
/// above it without following links, files only if they are new. Names come as raw bytes and are made into harmless
/// ones by safeFileName(); where two become the same, the later one gets "~2". No links, devices, owners or special
/// mode bits: files get 0644 or 0755, folders 0755, less the umask. One thread at a time.
class TreeWriter
{
public:
    /// Makes the folder; its parent must exist. Errors: Io (also if it exists).
    [[nodiscard]] static Result<TreeWriter> create(const std::filesystem::path &folder);
    TreeWriter(TreeWriter &&) noexcept;
    TreeWriter &operator=(TreeWriter &&) noexcept;
    TreeWriter(const TreeWriter &) = delete;
    TreeWriter &operator=(const TreeWriter &) = delete;
    ~TreeWriter();

    /// A folder by its path below the root ("etc/ssl", made with all above it); the same path again is the same folder.
    [[nodiscard]] Result<> folder(std::string_view path);
    /// Begins a file; folders above it are made. The one before it is ended.
    [[nodiscard]] Result<> beginFile(std::string_view path, bool executable);
    /// The next piece at its place; gaps become holes.
    [[nodiscard]] Result<> write(std::uint64_t offset, std::string_view bytes);
    /// Ends the file at its full size. Errors: Io (a full disk may say so only here).
    [[nodiscard]] Result<> endFile(std::uint64_t size);
    /// A copy of the file that was ended last, under another path.
    [[nodiscard]] Result<> copyLast(std::string_view path, bool executable);
    /// Where the last file or folder was put, below the root.
    [[nodiscard]] const std::string &lastName() const;
    [[nodiscard]] std::uint64_t renamed() const; ///< names that could not stay as they were

private:
    struct State;
    explicit TreeWriter(std::unique_ptr<State> state);

    std::unique_ptr<State> m_state;
};

/// A name that every file system takes and that no terminal or program stumbles over: what is no UTF-8, control and
/// bidi characters, slashes, backslashes, and < > : " | ? * become %XX of their bytes; ".", ".." and "" get a "%"; what
/// is longer than 200 bytes is cut and gets a digest. Other names come back as they are.
[[nodiscard]] std::string safeFileName(std::string_view name);

} // namespace tally
