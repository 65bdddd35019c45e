// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/progress.h"
#include "core/image/layer_scan.h"
#include "core/io/archive.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tally {

/// The files of an image as it was handed over, by name: a folder, a tar (read in place), or a compressed tar, which is
/// unpacked once as a stream: small members are kept, layers are scanned as they pass.
/// An archive of a folder is as good as its content: names are looked up below the one folder that holds everything.
/// Symbolic links are followed only to other names of the same store, never out of it.
class BlobStore
{
public:
    struct Blob
    {
        std::string name; ///< links resolved
        std::uint64_t size = 0;
        ByteSourcePtr source;                  ///< null where `scan` is all there is
        std::shared_ptr<const LayerScan> scan; ///< of a layer that passed in a compressed tar
    };

    [[nodiscard]] static BlobStore ofFolder(const std::filesystem::path &folder, const Limits &limits);
    /// Errors: as Archive::open; Cancelled. A tar that breaks off later gives what came before and a diagnostic.
    [[nodiscard]] static Result<BlobStore> ofArchive(
        const ByteSourcePtr &source, const std::string &name, const Limits &limits, const RunContext &run);

    /// Errors: NotFound (missing, a link out of the store, a loop of links), Io.
    [[nodiscard]] Result<Blob> find(std::string_view name) const;
    [[nodiscard]] bool contains(std::string_view name) const { return find(name).has_value(); }
    /// Errors: as find; LimitExceeded above `maxBytes`.
    [[nodiscard]] Result<std::string> read(std::string_view name, std::uint64_t maxBytes) const;

    [[nodiscard]] bool isFolder() const { return !m_folder.empty(); }
    [[nodiscard]] const std::vector<Diagnostic> &diagnostics() const { return m_diagnostics; }
    [[nodiscard]] const std::vector<std::string> &names() const { return m_names; } ///< of an archive, in its order
    [[nodiscard]] std::uint64_t archiveBytes() const { return m_archiveBytes; }     ///< of the file as it lies there

private:
    struct Member
    {
        std::uint64_t size = 0;
        std::uint64_t offset = 0;
        bool isFile = false;
        std::string link; ///< resolved against the member's folder
        ByteSourcePtr content;
        std::shared_ptr<const LayerScan> scan;
    };

    [[nodiscard]] Result<Blob> findInFolder(const std::string &name, std::string &link) const;
    [[nodiscard]] Result<Blob> findInArchive(const std::string &name, std::string &link) const;
    void findRoot();
    [[nodiscard]] Result<> keepContent(
        Archive &archive, const ArchiveMember &member, Member &kept, const RunContext &run);

    std::filesystem::path m_folder;
    ByteSourcePtr m_tar;
    Limits m_limits;
    std::string m_root; ///< "folder/" where all of an archive lies in one folder
    std::uint64_t m_archiveBytes = 0;
    std::uint64_t m_kept = 0;
    std::unordered_map<std::string, Member> m_members;
    std::vector<std::string> m_names;
    std::vector<Diagnostic> m_diagnostics;
};

/// The member that an archive stands at, as a stream. The archive must outlive it.
[[nodiscard]] BlockReaderPtr memberBlocks(Archive &archive);

/// A block that was read to look at it, and then the rest of its stream.
[[nodiscard]] BlockReaderPtr prepend(Block first, BlockReaderPtr rest);

} // namespace tally
