// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/rpm_header.h"

#include "core/image/packages/byte_numbers.h"

#include <string>
#include <utility>

namespace tally {

namespace {

// rpmtag.h
constexpr std::uint32_t tagName = 1000;
constexpr std::uint32_t tagVersion = 1001;
constexpr std::uint32_t tagRelease = 1002;
constexpr std::uint32_t tagEpoch = 1003;
constexpr std::uint32_t tagLicence = 1014;
constexpr std::uint32_t tagArchitecture = 1022;
constexpr std::uint32_t tagSourcePackage = 1044;

constexpr std::uint32_t typeInt32 = 4;
constexpr std::uint32_t typeString = 6;
constexpr std::uint32_t typeI18nString = 9;

struct Header
{
    std::string name;
    std::string version;
    std::string release;
    std::string epoch;
    std::string licence;
    std::string architecture;
    std::string sourcePackage;
};

void takeString(std::uint32_t tag, std::string_view data, Header &header)
{
    std::string text = packageText(data.substr(0, data.find('\0')));
    if (tag == tagName)
        header.name = std::move(text);
    else if (tag == tagVersion)
        header.version = std::move(text);
    else if (tag == tagRelease)
        header.release = std::move(text);
    else if (tag == tagLicence)
        header.licence = std::move(text);
    else if (tag == tagArchitecture)
        header.architecture = std::move(text);
    else if (tag == tagSourcePackage)
        header.sourcePackage = std::move(text);
}

/// "bash-5.2.26-3.fc40.src.rpm": name, version and release of the source package.
void takeSource(std::string_view file, Package &package)
{
    for (const std::string_view ending : {std::string_view(".src.rpm"), std::string_view(".nosrc.rpm")}) {
        if (file.ends_with(ending))
            file.remove_suffix(ending.size());
    }
    const std::size_t release = file.rfind('-');
    if (release == std::string_view::npos || release == 0)
        return;
    const std::size_t version = file.rfind('-', release - 1);
    if (version == std::string_view::npos)
        return;
    package.source = file.substr(0, version);
    package.sourceVersion = file.substr(version + 1);
}

} // namespace

bool addRpmHeader(std::string_view bytes, ReadPackages &out)
{
    if (out.packages.size() >= maxPackagesPerFile) {
        out.state = ReadPackages::State::TooMany;
        return false;
    }
    const std::uint64_t entries = be32(bytes, 0);
    const std::uint64_t dataBytes = be32(bytes, 4);
    const std::uint64_t dataAt = 8 + entries * 16;
    if (entries == 0 || dataAt > bytes.size() || dataBytes > bytes.size() - dataAt) {
        out.state = ReadPackages::State::Damaged;
        return true;
    }
    const std::string_view data = part(bytes, dataAt, dataBytes);
    Header header;
    for (std::uint64_t i = 0; i < entries; ++i) {
        const std::uint64_t at = 8 + i * 16;
        const std::uint32_t tag = be32(bytes, at);
        if (tag < tagName || tag > tagSourcePackage)
            continue;
        const std::uint32_t type = be32(bytes, at + 4);
        const std::uint32_t offset = be32(bytes, at + 8);
        if (type == typeString || type == typeI18nString)
            takeString(tag, part(data, offset, maxPackageText), header);
        else if (type == typeInt32 && tag == tagEpoch && be32(bytes, at + 12) == 1 && data.size() >= 4
            && offset <= data.size() - 4)
            header.epoch = std::to_string(be32(data, offset));
    }
    if (header.name.empty()) {
        out.state = ReadPackages::State::Damaged;
        return true;
    }
    if (header.name == "gpg-pubkey")
        return true;
    Package package{"rpm", header.name, header.version};
    if (!header.release.empty())
        package.version += "-" + header.release;
    if (!header.epoch.empty())
        package.version = header.epoch + ":" + package.version;
    package.architecture = std::move(header.architecture);
    if (!header.licence.empty())
        package.licences = {std::move(header.licence)};
    takeSource(header.sourcePackage, package);
    out.packages.push_back(std::move(package));
    return true;
}

} // namespace tally
