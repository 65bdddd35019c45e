// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/package_format.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

using namespace std::string_view_literals;

/// The name of a folder that ends the path, and what stands before it.
struct Split
{
    std::string_view folder;
    std::string_view name;
};

Split split(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos)
        return {{}, path};
    return {path.substr(0, slash), path.substr(slash + 1)};
}

PackageFormat rpmFormat(const Split &path)
{
    static constexpr std::array folders{"var/lib/rpm"sv, "usr/lib/sysimage/rpm"sv, "usr/share/rpm"sv};
    if (std::ranges::find(folders, path.folder) == folders.end())
        return PackageFormat::None;
    if (path.name == "rpmdb.sqlite")
        return PackageFormat::RpmSqlite;
    if (path.name == "rpmdb.sqlite-wal")
        return PackageFormat::RpmLog;
    return path.name == "Packages.db" ? PackageFormat::RpmNdb : PackageFormat::RpmHash;
}

/// ".../node_modules/NAME/package.json" or ".../node_modules/@SCOPE/NAME/package.json": deeper ones are parts of a
/// package.
bool isNpmPackage(std::string_view folder)
{
    Split package = split(folder);
    Split above = split(package.folder);
    if (above.name.starts_with('@'))
        above = split(above.folder);
    return above.name == "node_modules" && !package.name.starts_with('.') && !package.name.starts_with('@');
}

bool isPythonInfo(std::string_view folder, std::string_view name)
{
    const std::string_view last = split(folder).name;
    if (name == "METADATA")
        return last.ends_with(".dist-info");
    return last.ends_with(".egg-info") || last == "EGG-INFO";
}

} // namespace

PackageFormat packageFormatAt(std::string_view path)
{
    const Split at = split(path);
    if (at.name.empty())
        return PackageFormat::None;
    switch (at.name.back()) {
    case 'A': // METADATA
        if (at.name == "METADATA" && isPythonInfo(at.folder, at.name))
            return PackageFormat::Python;
        break;
    case 'O': // PKG-INFO
        if (at.name == "PKG-INFO" && isPythonInfo(at.folder, at.name))
            return PackageFormat::Python;
        break;
    case 'o': // NAME.egg-info as a file: how distutils and Debian do it
        if (at.name.ends_with(".egg-info"))
            return PackageFormat::Python;
        break;
    case 'n':
        if (at.name == "package.json" && isNpmPackage(at.folder))
            return PackageFormat::Npm;
        break;
    case 'r':
        if (at.name.ends_with(".jar") || at.name.ends_with(".war") || at.name.ends_with(".ear"))
            return PackageFormat::JavaArchive;
        break;
    case 't':
        if (at.name == "copyright" && split(at.folder).folder == "usr/share/doc")
            return PackageFormat::DpkgCopyright;
        break;
    case 'd':
        if (path == "lib/apk/db/installed" || path == "usr/lib/apk/db/installed")
            return PackageFormat::Apk;
        break;
    case 's':
        if (path == "var/lib/dpkg/status")
            return PackageFormat::DpkgStatus;
        if (at.name == "Packages")
            return rpmFormat(at);
        break;
    case 'b':
        if (at.name == "Packages.db")
            return rpmFormat(at);
        break;
    case 'e':
        if (at.name == "rpmdb.sqlite")
            return rpmFormat(at);
        break;
    case 'l':
        if (at.name == "rpmdb.sqlite-wal")
            return rpmFormat(at);
        break;
    default:
        break;
    }
    if (at.folder == "var/lib/dpkg/status.d" && !at.name.ends_with(".md5sums"))
        return PackageFormat::DpkgStatus;
    return PackageFormat::None;
}

PackageCapture captureOf(PackageFormat format, const Limits &limits)
{
    const std::uint64_t small = limits.maxCaptureBytes;
    switch (format) {
    case PackageFormat::DpkgStatus:
    case PackageFormat::Apk:
        return {64 * small};
    case PackageFormat::RpmSqlite:
    case PackageFormat::RpmNdb:
    case PackageFormat::RpmHash:
        return {160 * small}; // a desktop with 2,500 packages: 120 MB
    case PackageFormat::JavaArchive:
        return {64 * small};
    case PackageFormat::Npm:
        return {small};
    case PackageFormat::DpkgCopyright:
    case PackageFormat::Python:
        return {small, true};
    case PackageFormat::None:
    case PackageFormat::RpmLog:
    case PackageFormat::GoProgram:
        break;
    }
    return {};
}

} // namespace tally
