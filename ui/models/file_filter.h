// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/progress.h"
#include "core/image/file_tree.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace tally::ui {

/// What of a file tree is looked for. All of it must hold; nothing given: everything.
struct FileFilter
{
    enum class Rights : std::uint8_t { Any, SetId, WorldWritable, Executable };

    QString text{};       ///< part of a name, of the path where it has a slash; case does not count
    bool regular = false; ///< the text is a regular expression on the whole path, as in dive
    std::uint64_t minBytes = 0;
    Rights rights = Rights::Any;
    std::optional<std::uint32_t> uid{};
    std::optional<std::uint32_t> gid{};
    unsigned types = allTypes;     ///< bit per EntryType
    unsigned changes = allChanges; ///< bit per Change

    static constexpr unsigned allTypes = ~0U;
    static constexpr unsigned allChanges = ~0U;

    [[nodiscard]] static constexpr unsigned bit(EntryType type) { return 1U << static_cast<unsigned>(type); }
    [[nodiscard]] static constexpr unsigned bit(Change change) { return 1U << static_cast<unsigned>(change); }
    [[nodiscard]] bool narrowsAttributes() const; ///< more than the text
    [[nodiscard]] bool isEmpty() const { return text.isEmpty() && !narrowsAttributes(); }
    /// "" or what is wrong with the regular expression, as the library says it (English).
    [[nodiscard]] QString fault() const;

    friend bool operator==(const FileFilter &, const FileFilter &) = default;
};

/// What findHits() says of a node.
enum FileHit : char {
    NoHit = 0,
    TextHit = 1,      ///< the text is in it
    AttributeHit = 2, ///< all else holds
    FullHit = 3,
};

/// FileHit per node. A text on 140,000 entries takes a few milliseconds, a regular expression some hundred: that one
/// belongs in a job. Stops early, with what it has, when asked to. Any thread.
[[nodiscard]] std::vector<char> findHits(
    const Image *image, const FileTree &tree, const FileFilter &filter, const RunContext &run = {});

/// The tar entry behind a node; nullptr for implied directories.
[[nodiscard]] const FileEntry *entryOf(const Image *image, const FileNode &node);

/// "1000", "1000:50", ":50" -> uid and gid of a filter; false if it is neither (the filter is unchanged then).
[[nodiscard]] bool readOwner(const QString &text, FileFilter &filter);

} // namespace tally::ui
