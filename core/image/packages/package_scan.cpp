// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/package_scan.h"

#include "core/base/messages_image.h"
#include "core/base/text_format.h"

#include <algorithm>
#include <utility>

namespace tally {

namespace {

constexpr std::size_t maxPackagesInLayer = 300'000;
constexpr std::size_t maxTroubles = 100;

} // namespace

std::string packageText(std::string_view bytes)
{
    return toUtf8(bytes.substr(0, maxPackageText));
}

void PackageScan::trouble(Message message)
{
    if (m_out.troubles.size() < maxTroubles)
        m_out.troubles.push_back({m_entry, m_format, std::move(message)});
}

void PackageScan::begin(std::string_view path, std::uint32_t entry, std::uint64_t size, bool sparse)
{
    m_path = path;
    m_entry = entry;
    m_format = packageFormatAt(path);
    if (m_format == PackageFormat::None)
        return;
    const PackageCapture capture = captureOf(m_format, m_limits);
    m_most = capture.most;
    if (m_format == PackageFormat::RpmLog) {
        trouble({imageDef("image.packages-pending"), {toUtf8(m_path)}});
        m_format = PackageFormat::None;
    } else if (size > m_most && !capture.head) {
        const bool java = m_format == PackageFormat::JavaArchive;
        trouble({java ? imageDef("image.archive-too-large") : imageDef("image.database-too-large"),
            {toUtf8(m_path), formatBytes(m_most, Language::English)}});
        m_format = PackageFormat::None;
    } else if (sparse) {
        trouble({imageDef("image.packages-unreadable"), {toUtf8(m_path)}});
        m_format = PackageFormat::None;
    } else {
        m_content.reserve(static_cast<std::size_t>(std::min(size, m_most)));
    }
}

void PackageScan::beginProgram()
{
    m_format = PackageFormat::GoProgram;
    m_go.begin();
}

void PackageScan::keep(std::string_view bytes)
{
    m_content.append(bytes.substr(0, static_cast<std::size_t>(m_most - m_content.size())));
}

ReadPackages PackageScan::readContent()
{
    switch (m_format) {
    case PackageFormat::DpkgStatus:
        return readDpkgStatus(m_content);
    case PackageFormat::Apk:
        return readApkInstalled(m_content);
    case PackageFormat::RpmSqlite:
        return readRpmSqlite(std::move(m_content));
    case PackageFormat::RpmNdb:
        return readRpmNdb(m_content);
    case PackageFormat::RpmHash:
        return readRpmHash(m_content);
    case PackageFormat::Npm:
        return readNpmPackage(m_content);
    case PackageFormat::Python:
        return readPythonMetadata(m_content);
    case PackageFormat::JavaArchive:
        return readJavaArchive(m_content, m_path.substr(m_path.rfind('/') + 1), m_mayUnpack);
    case PackageFormat::None:
    case PackageFormat::DpkgCopyright:
    case PackageFormat::RpmLog:
    case PackageFormat::GoProgram:
        break;
    }
    return {{}, ReadPackages::State::Unsupported};
}

void PackageScan::finish()
{
    LayerPackages::File file{m_entry, m_format, {}, {}};
    if (m_format == PackageFormat::GoProgram && !m_go.isGo()) {
        m_format = PackageFormat::None;
        return;
    }
    if (m_format == PackageFormat::DpkgCopyright) {
        file.licences = readDpkgCopyright(m_content);
    } else {
        ReadPackages read = m_format == PackageFormat::GoProgram ? m_go.packages() : readContent();
        file.packages = std::move(read.packages);
        if (m_packages + file.packages.size() > maxPackagesInLayer) {
            file.packages.resize(maxPackagesInLayer - m_packages);
            read.state = ReadPackages::State::TooMany;
        }
        m_packages += file.packages.size();
        if (read.state == ReadPackages::State::Damaged)
            trouble({imageDef("image.packages-damaged"), {toUtf8(m_path)}});
        else if (read.state == ReadPackages::State::TooMany)
            trouble({imageDef("image.packages-too-many"), {toUtf8(m_path)}});
        else if (read.state == ReadPackages::State::Unsupported)
            trouble({imageDef("image.packages-unreadable"), {toUtf8(m_path)}});
    }
    m_out.files.push_back(std::move(file));
    m_format = PackageFormat::None;
    if (m_content.capacity() > (1U << 20))
        std::string().swap(m_content); // a database is seldom followed by another
    m_content.clear();
}

} // namespace tally
