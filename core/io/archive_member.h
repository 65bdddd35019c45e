// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tally {

enum class MemberType : std::uint8_t { File, Directory, Symlink, Hardlink, CharDevice, BlockDevice, Fifo, Socket };

/// Where programs that read tar disagree about a member, or a member is written as no honest program writes it.
enum class TarOddity : std::uint8_t {
    NameTwice = 1,    ///< a PAX path and a GNU long name that differ: Go takes the latter, GNU tar the former
    LinkTwice = 2,    ///< the same for the link target
    SizeTwice = 4,    ///< a PAX size that differs from the header's, where the header had room for it
    SizeAhead = 8,    ///< a PAX size stands before a GNU long name header
    DataInLink = 16,  ///< a link, directory or device with a size: some readers skip that many bytes, others do not
    UnknownType = 32, ///< a type flag that no runtime knows
    SlashFile = 64,   ///< type "file", but a name that ends in a slash: a directory for most readers
    IdTooLarge = 128, ///< an owner or group below 0 or above 2^32 - 1, given as 2^32 - 1
};

/// One member of an archive as its header says. Names are raw bytes: not necessarily UTF-8, not checked for "..",
/// leading slashes or control characters; never use them as a path on this machine.
struct ArchiveMember
{
    std::string name;
    std::string link; ///< target of symbolic and hard links
    MemberType type = MemberType::File;
    std::uint64_t size = 0; ///< as the header says, of sparse files with their holes; links, directories and devices
                            ///< may carry one without having content
    std::uint32_t mode = 0; ///< permission bits, 07777
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::int64_t mtime = 0;
    std::uint32_t deviceMajor = 0; ///< of character and block devices
    std::uint32_t deviceMinor = 0;
    std::vector<std::pair<std::string, std::string>> xattrs; ///< name, raw value, e.g. "security.capability"
    bool sparse = false;
    bool encrypted = false; ///< zip: its content cannot be read
    std::uint8_t oddities = 0;

    /// Where the content begins in the (uncompressed) archive; meaningful for tar without compression and not sparse.
    std::uint64_t dataOffset = 0;

    [[nodiscard]] bool is(TarOddity oddity) const { return (oddities & static_cast<std::uint8_t>(oddity)) != 0; }
    void mark(TarOddity oddity) { oddities = static_cast<std::uint8_t>(oddities | static_cast<std::uint8_t>(oddity)); }
};

/// A piece of a member's content with its place in the file: sparse files have holes between pieces.
struct ArchivePiece
{
    std::uint64_t offset = 0;
    std::string_view bytes; ///< empty: the end
};

} // namespace tally
