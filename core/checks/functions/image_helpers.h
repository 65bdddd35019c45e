// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check_context.h"
#include "core/checks/visible_files.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What several checks on opened images share.
namespace tally::checks {

/// Entries of an index that carry signatures or attestations have a platform that no machine has.
[[nodiscard]] bool isContainerImage(const Image &image);
[[nodiscard]] bool isWindows(const Image &image);

/// "usr/bin" of "usr/bin/perl".
[[nodiscard]] std::string_view folderOf(std::string_view path);
/// One of bin, sbin, usr/bin, usr/sbin, usr/local/bin, usr/local/sbin, opt/*/bin; without a slash in front.
[[nodiscard]] bool isProgramFolder(std::string_view folder);
/// "gcc-12" and "pip3.11" become "gcc" and "pip"; a name without a version stays.
[[nodiscard]] std::string_view withoutVersion(std::string_view name);

/// Does a signature lie beside the image? Whether it is good, nobody has asked.
[[nodiscard]] bool hasSignature(const Image &image);
/// A bill of materials, or a statement on how the image was built.
[[nodiscard]] bool hasAttestation(const Image &image);

/// The number that a text is as a whole; nothing for names. One that does not fit comes out as the largest.
[[nodiscard]] std::optional<std::uint64_t> numberIn(std::string_view text);
/// numberIn() the check's parameter; 0 where it is none.
[[nodiscard]] std::int64_t numberParameter(const CheckContext &context, std::string_view name);

/// The account that a container of the image starts with.
struct StartUser
{
    enum class Kind : std::uint8_t { Root, Unset, UnknownName, Other } kind = Kind::Unset;
    std::uint32_t uid = 0;
    std::optional<std::uint32_t> gid; ///< nothing where the image does not tell
};
[[nodiscard]] StartUser startUser(const Image &image);

/// The words that a container starts with: Entrypoint and Cmd.
[[nodiscard]] std::vector<std::string> startWords(const ImageConfig &config);
/// "config.Entrypoint", or "config.Cmd" where there is none.
[[nodiscard]] const char *startField(const ImageConfig &config);
/// The programs that the start command names: its first word; of a shell with -c that of its script; behind helpers
/// that only pass signals or drop rights (tini, dumb-init, gosu) the word behind; where the entry point is a script,
/// the first word of Cmd as well.
[[nodiscard]] std::vector<std::string> startedPrograms(const ImageConfig &config);

/// "-rwsr-xr-x 0:42 /usr/bin/chage"
[[nodiscard]] std::string listed(const FileEntry &entry, std::string_view path);

/// Paths for one finding, sorted; a message names the first five.
class PathList
{
public:
    void add(std::string path) { m_paths.push_back(std::move(path)); }
    [[nodiscard]] bool empty() const { return m_paths.empty(); }
    [[nodiscard]] std::string count() const { return std::to_string(m_paths.size()); }
    [[nodiscard]] std::string first();   ///< joined with ", "
    [[nodiscard]] std::string excerpt(); ///< a line each

private:
    void sort();

    std::vector<std::string> m_paths;
};

} // namespace tally::checks
