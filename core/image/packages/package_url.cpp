// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/package_url.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace tally {

namespace {

using Qualifiers = std::vector<std::pair<std::string_view, std::string>>;

/// Segments of a namespace or a module path; empty ones do not count.
std::string encodedPath(std::string_view path)
{
    std::string result;
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        if (slash > 0)
            result += (result.empty() ? "" : "/") + percentEncoded(path.substr(0, slash));
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return result;
}

std::string assemble(std::string_view type, std::string_view space, std::string_view name, std::string_view version,
    Qualifiers qualifiers = {})
{
    if (name.empty())
        return {};
    std::string url = "pkg:" + std::string(type) + "/";
    if (!space.empty())
        url += encodedPath(space) + "/";
    url += percentEncoded(name);
    if (!version.empty())
        url += "@" + percentEncoded(version);
    std::ranges::sort(qualifiers);
    char separator = '?';
    for (const auto &[key, value] : qualifiers) {
        if (value.empty())
            continue;
        url += separator + std::string(key) + "=" + percentEncoded(value);
        separator = '&';
    }
    return url;
}

std::string upstream(const Package &package)
{
    if (package.source.empty() || (package.source == package.name && package.sourceVersion == package.version))
        return {};
    if (package.sourceVersion.empty() || package.sourceVersion == package.version)
        return package.source;
    return package.source + "@" + package.sourceVersion;
}

std::string distro(const OperatingSystem &os)
{
    return os.id.empty() || os.versionId.empty() ? std::string() : os.id + "-" + os.versionId;
}

std::string rpmUrl(const Package &package, const OperatingSystem &os)
{
    const std::size_t colon = package.version.find(':');
    const std::string epoch = colon == std::string::npos ? std::string() : package.version.substr(0, colon);
    const std::string version = colon == std::string::npos ? package.version : package.version.substr(colon + 1);
    return assemble("rpm", lowered(os.id == "rhel" ? "redhat" : os.id), package.name, version,
        {{"arch", package.architecture}, {"distro", distro(os)}, {"epoch", epoch}, {"upstream", upstream(package)}});
}

std::string npmUrl(const Package &package)
{
    const std::size_t slash = package.name.find('/');
    if (!package.name.starts_with('@') || slash == std::string::npos)
        return assemble("npm", {}, lowered(package.name), package.version);
    return assemble(
        "npm", lowered(package.name.substr(0, slash)), lowered(package.name.substr(slash + 1)), package.version);
}

std::string pythonUrl(const Package &package)
{
    std::string name = lowered(package.name);
    std::ranges::replace(name, '_', '-');
    return assemble("pypi", {}, name, package.version);
}

std::string goUrl(const Package &package)
{
    const std::size_t slash = package.name.rfind('/');
    const std::string space = slash == std::string::npos ? std::string() : package.name.substr(0, slash);
    const std::string name = slash == std::string::npos ? package.name : package.name.substr(slash + 1);
    return assemble("golang", space, name, package.version == "(devel)" ? std::string() : package.version);
}

} // namespace

std::string percentEncoded(std::string_view text)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.'
            || c == '-' || c == '_' || c == '~' || c == ':';
        if (plain) {
            result += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        result += '%';
        result += digits[byte >> 4U];
        result += digits[byte & 15U];
    }
    return result;
}

std::string packageUrl(const Package &package, const OperatingSystem &os)
{
    if (package.manager == "dpkg") {
        return os.id.empty()
            ? std::string()
            : assemble("deb", lowered(os.id), lowered(package.name), package.version,
                {{"arch", package.architecture}, {"distro", distro(os)}, {"upstream", upstream(package)}});
    }
    if (package.manager == "apk") {
        return assemble("apk", os.id.empty() ? "alpine" : lowered(os.id), lowered(package.name), package.version,
            {{"arch", package.architecture}, {"distro", distro(os)}, {"upstream", upstream(package)}});
    }
    if (package.manager == "rpm")
        return os.id.empty() ? std::string() : rpmUrl(package, os);
    if (package.manager == "npm")
        return npmUrl(package);
    if (package.manager == "python")
        return pythonUrl(package);
    if (package.manager == "go")
        return goUrl(package);
    if (package.manager == "java") {
        const std::size_t colon = package.name.find(':');
        return colon == std::string::npos
            ? std::string()
            : assemble("maven", package.name.substr(0, colon), package.name.substr(colon + 1), package.version);
    }
    return {};
}

} // namespace tally
