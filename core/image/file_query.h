// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/image/file_tree.h"
#include "core/image/image_index.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What somebody looks for among the files of an image. All that is set must hold; nothing set finds everything.
struct FileQuery
{
    std::string text{};         ///< part of the name; one with a "/": part of the path
    bool caseSensitive = false; ///< for `text`; only A to Z have two cases

    /// Anything else about the path ("/usr/bin/perl", raw bytes), for instance a regular expression that the caller
    /// compiled. Called from one thread, at most once for each path.
    std::function<bool(std::string_view path)> matches{};

    std::optional<std::uint64_t> minBytes{}; ///< regular files only
    std::optional<std::uint64_t> maxBytes{}; ///< regular files only
    std::uint16_t anyMode = 0;  ///< at least one of these bits: 06000 setuid or setgid, 0002 writable for everybody;
                                ///< symbolic links, whose mode means nothing, never match
    std::uint16_t allModes = 0; ///< all of these bits, likewise
    std::optional<std::uint32_t> uid{};
    std::optional<std::uint32_t> gid{};
    unsigned types = 0;          ///< typeBit()s; 0: all
    unsigned changes = 0;        ///< changeBit()s; 0: all
    bool onlyHidden = false;     ///< only what a container would not see: deleted or replaced by a later layer
    bool withAttributes = false; ///< only what has extended attributes (file capabilities, ...)

    [[nodiscard]] static constexpr unsigned typeBit(EntryType type) { return 1U << static_cast<unsigned>(type); }
    [[nodiscard]] static constexpr unsigned changeBit(Change change) { return 1U << static_cast<unsigned>(change); }
    [[nodiscard]] bool empty() const;
};

/// For each node of a view whether it matches (1) or not (0), directories above a match not included. The tree must
/// come from the index. About 5 ms for 142,000 entries, 15 ms where the whole path counts.
[[nodiscard]] std::vector<char> matchNodes(const ImageIndex &index, const FileTree &tree, const FileQuery &query);

/// An entry of some layer.
struct FileHit
{
    std::uint32_t node = 0; ///< in the ImageIndex
    std::uint32_t layer = 0;
    std::uint32_t entry = 0; ///< index into Layer::files
    Change change = Change::Added;
    bool visible = false; ///< false: deleted or replaced later; its bytes are still in the image
};

/// All entries of all layers that match, by path, then by layer. Change::Removed among `changes` means entries that a
/// later layer removed or replaced. Same cost as matchNodes. Errors: Cancelled.
[[nodiscard]] Result<std::vector<FileHit>> searchFiles(
    const ImageIndex &index, const FileQuery &query, const RunContext &run = {});

} // namespace tally
