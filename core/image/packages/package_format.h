// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/limits.h"

#include <cstdint>
#include <string_view>

namespace tally {

/// Where packages are written down in a file system.
enum class PackageFormat : std::uint8_t {
    None,
    DpkgStatus,    ///< var/lib/dpkg/status, and one file per package in var/lib/dpkg/status.d (distroless)
    DpkgCopyright, ///< usr/share/doc/NAME/copyright: licences of the package NAME
    Apk,           ///< lib/apk/db/installed
    RpmSqlite,     ///< rpmdb.sqlite
    RpmNdb,        ///< Packages.db
    RpmHash,       ///< Packages: hash of Berkeley DB
    RpmLog,        ///< rpmdb.sqlite-wal: what is not yet in rpmdb.sqlite
    Npm,           ///< package.json of a package below node_modules
    Python,        ///< METADATA or PKG-INFO of an installed distribution
    JavaArchive,   ///< jar, war, ear
    GoProgram,     ///< an ELF file with the build information of Go: its content decides, not its path
};

/// By the path alone ("var/lib/dpkg/status"); never GoProgram. A few comparisons: it is asked for each file.
[[nodiscard]] PackageFormat packageFormatAt(std::string_view path);

/// How much of such a file is kept while its layer is read.
struct PackageCapture
{
    std::uint64_t most = 0;
    bool head = false; ///< the first `most` bytes are enough; else larger files are not read
};
[[nodiscard]] PackageCapture captureOf(PackageFormat format, const Limits &limits);

} // namespace tally
