// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/limits.h"
#include "core/image/image.h"
#include "core/image/packages/package_format.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What a reader got out of one file. Package::layer, paths and url are not set: a reader does not know where it is.
/// All texts are UTF-8 and at most maxPackageText bytes long.
struct ReadPackages
{
    enum class State : std::uint8_t {
        Whole,
        Damaged,     ///< the packages are what could be read in spite of it
        TooMany,     ///< the rest was left out
        Unsupported, ///< a form that is not read
    };

    std::vector<Package> packages;
    State state = State::Whole;
};

inline constexpr std::size_t maxPackageText = 500;
inline constexpr std::size_t maxPackagesPerFile = 100'000;
inline constexpr std::size_t maxLicences = 50; ///< of one package

/// Valid UTF-8 of at most maxPackageText bytes.
[[nodiscard]] std::string packageText(std::string_view bytes);

// All readers take hostile bytes; none fails as a whole, keeps a pointer into them or throws.

/// Paragraphs of dpkg's status file (dpkg(1), deb-control(5)). Only packages whose files are there: neither
/// "not-installed" nor "config-files" nor "half-installed"; a paragraph without Status counts (distroless).
[[nodiscard]] ReadPackages readDpkgStatus(std::string_view text);

/// The licences of a Debian copyright file: the short names of its License fields where it is machine-readable
/// (copyright-format/1.0), else the common licences whose text it refers to ("Apache-2.0"; "common-licenses/GPL-2",
/// because whether later versions may be used stands in the prose).
[[nodiscard]] std::vector<std::string> readDpkgCopyright(std::string_view text);

/// Records of Alpine's database of installed packages (wiki.alpinelinux.org, "Apk spec": P, V, A, L, o).
[[nodiscard]] ReadPackages readApkInstalled(std::string_view text);

/// rpmdb.sqlite: the headers of the table Packages. The bytes are opened in memory with everything off that a database
/// could do by itself; a write-ahead log beside it is not applied.
[[nodiscard]] ReadPackages readRpmSqlite(std::string content);
/// Packages.db of the backend ndb (openSUSE, SLES).
[[nodiscard]] ReadPackages readRpmNdb(std::string_view bytes);
/// Packages, a hash of Berkeley DB (RHEL 8 and older), of either byte order.
[[nodiscard]] ReadPackages readRpmHash(std::string_view bytes);

/// package.json of an installed package (docs.npmjs.com, "package.json").
[[nodiscard]] ReadPackages readNpmPackage(std::string_view text);

/// METADATA or PKG-INFO, up to the description (Core metadata specifications; PEP 639 for License-Expression).
[[nodiscard]] ReadPackages readPythonMetadata(std::string_view text);

/// A jar, war or ear with the archives inside it: a package for each pom.properties of Maven ("group:artifact"); where
/// there is none, the manifest and the name of the file tell what is known, which is no group. Package::paths is set
/// for what lies inside: "!/BOOT-INF/lib/a.jar". `mayUnpack`: bytes that may be unpacked or looked through; what was is
/// taken off. A layer gets maxUnpackedJava of them.
[[nodiscard]] ReadPackages readJavaArchive(std::string_view bytes, std::string_view fileName, std::uint64_t &mayUnpack);
inline constexpr std::uint64_t maxUnpackedJava = 2ULL << 30;

} // namespace tally
