// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/line_reader.h"
#include "core/image/packages/package_readers.h"
#include "core/image/packages/zip_directory.h"

#include <algorithm>
#include <map>
#include <utility>

namespace tally {

namespace {

constexpr int maxArchivesInside = 3;               ///< jar in war in ear
constexpr std::uint64_t maxTextBytes = 1U << 20;   ///< a manifest may name each of its classes
constexpr std::uint64_t maxInnerBytes = 64U << 20; ///< an archive inside another that must be unpacked
constexpr std::uint64_t searchedBytes = 64U << 10; ///< of one that lies there as it is: where its list may begin
constexpr std::size_t maxEntries = 500'000;        ///< of all archives in a file

bool isArchive(std::string_view name)
{
    return name.ends_with(".jar") || name.ends_with(".war") || name.ends_with(".ear");
}

/// The main section of a manifest (JAR File Specification): a line that begins with a blank continues the one before.
using Manifest = std::map<std::string, std::string, std::less<>>;

Manifest readManifest(std::string_view text)
{
    Manifest manifest;
    std::string *last = nullptr;
    eachLine(text, [&](std::string_view line) {
        if (line.empty())
            return manifest.empty(); // the sections of single files follow
        if (line.front() == ' ') {
            if (last && last->size() < maxPackageText)
                *last += line.substr(1);
            return true;
        }
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || manifest.size() >= 200)
            return true;
        last = &manifest[std::string(line.substr(0, colon))];
        *last = trimmed(line.substr(colon + 1));
        return true;
    });
    return manifest;
}

std::string_view valueOf(const Manifest &manifest, std::string_view key)
{
    const auto found = manifest.find(key);
    return found == manifest.end() ? std::string_view{} : std::string_view(found->second);
}

/// pom.properties, as Maven's archiver writes it.
Package readPomProperties(std::string_view text)
{
    std::string_view group;
    std::string_view artifact;
    std::string_view version;
    eachLine(text, [&](std::string_view line) {
        const std::size_t equals = line.find('=');
        if (line.starts_with('#') || equals == std::string_view::npos)
            return true;
        const std::string_view key = trimmed(line.substr(0, equals));
        const std::string_view value = trimmed(line.substr(equals + 1));
        if (key == "groupId")
            group = value;
        else if (key == "artifactId")
            artifact = value;
        else if (key == "version")
            version = value;
        return true;
    });
    if (group.empty() || artifact.empty())
        return {};
    return {"java", packageText(group) + ":" + packageText(artifact), packageText(version)};
}

/// "guava-32.1.3-jre.jar": the version begins at the first hyphen before a digit.
Package fromFileName(std::string_view name)
{
    name.remove_suffix(4);
    for (std::size_t hyphen = name.find('-'); hyphen != std::string_view::npos; hyphen = name.find('-', hyphen + 1)) {
        if (hyphen > 0 && hyphen + 1 < name.size() && name[hyphen + 1] >= '0' && name[hyphen + 1] <= '9')
            return {"java", packageText(name.substr(0, hyphen)), packageText(name.substr(hyphen + 1))};
    }
    return {"java", packageText(name), {}};
}

Package fromManifest(const Manifest &manifest, std::string_view fileName)
{
    Package package = fromFileName(fileName);
    // What Maven writes there is its groupId; a symbolic name is only similar to it.
    const std::string_view vendor = valueOf(manifest, "Implementation-Vendor-Id");
    if (!vendor.empty() && vendor.find_first_of(" :/") == std::string_view::npos)
        package.name = packageText(vendor) + ":" + package.name;
    for (const char *key : {"Implementation-Version", "Bundle-Version", "Specification-Version"}) {
        const std::string_view version = valueOf(manifest, key);
        if (!package.version.empty())
            break; // the file's name is that of the repository, a bundle's version is often another
        if (!version.empty() && version.find("${") == std::string_view::npos)
            package.version = packageText(version);
    }
    return package;
}

/// Bundle-License (OSGi core, 3.2.1.11): names with attributes after ';', separated by commas.
std::string licenceOf(const Manifest &manifest)
{
    std::string_view text = valueOf(manifest, "Bundle-License");
    text = trimmed(text.substr(0, text.find_first_of(";,")));
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        text = text.substr(1, text.size() - 2);
    return packageText(text);
}

class JavaReader
{
public:
    explicit JavaReader(std::uint64_t &mayUnpack)
        : m_mayUnpack(mayUnpack)
    {
    }
    ReadPackages read(std::string_view bytes, std::string_view fileName)
    {
        readArchive(bytes, fileName, {}, 0);
        return std::move(m_out);
    }

private:
    /// Entries may share their bytes: what is looked at counts, not what is there.
    bool spend(std::uint64_t bytes)
    {
        if (bytes > m_mayUnpack) {
            m_out.state = ReadPackages::State::TooMany;
            return false;
        }
        m_mayUnpack -= bytes;
        return true;
    }

    void damaged()
    {
        if (m_out.state == ReadPackages::State::Whole)
            m_out.state = ReadPackages::State::Damaged;
    }

    void readArchive(std::string_view bytes, std::string_view fileName, const std::string &inside, int depth)
    {
        auto directory = ZipDirectory::open(bytes);
        if (!directory)
            return damaged();
        std::vector<Package> poms;
        Manifest manifest;
        ZipDirectory::Entry entry;
        std::string buffer;
        while (directory->next(entry)) {
            if (++m_entries > maxEntries || m_out.packages.size() >= maxPackagesPerFile) {
                m_out.state = ReadPackages::State::TooMany;
                return;
            }
            const bool pom = entry.name.starts_with("META-INF/maven/") && entry.name.ends_with("/pom.properties");
            if (pom || entry.name == "META-INF/MANIFEST.MF") {
                if (!spend(std::min(entry.bytes, maxTextBytes)))
                    return;
                const auto text = directory->content(entry, maxTextBytes, buffer);
                if (!text)
                    damaged();
                else if (!pom)
                    manifest = readManifest(*text);
                else if (Package package = readPomProperties(*text); !package.name.empty())
                    poms.push_back(std::move(package));
            } else if (isArchive(entry.name)) {
                readInner(*directory, entry, inside, depth);
            }
        }
        if (directory->isDamaged())
            damaged();
        addPackages(std::move(poms), manifest, fileName, inside);
    }

    void readInner(
        const ZipDirectory &directory, const ZipDirectory::Entry &entry, const std::string &inside, int depth)
    {
        if (depth >= maxArchivesInside) {
            m_out.state = ReadPackages::State::TooMany;
            return;
        }
        if (!spend(std::min(entry.bytes, entry.method == 0 ? searchedBytes : maxInnerBytes)))
            return;
        std::string buffer;
        const auto content = directory.content(entry, maxInnerBytes, buffer);
        if (!content)
            return damaged();
        const std::size_t slash = entry.name.rfind('/');
        readArchive(*content, slash == std::string_view::npos ? entry.name : entry.name.substr(slash + 1),
            inside + "!/" + packageText(entry.name), depth + 1);
    }

    void addPackages(
        std::vector<Package> poms, const Manifest &manifest, std::string_view fileName, const std::string &inside)
    {
        const std::string licence = licenceOf(manifest);
        const bool alone = poms.size() <= 1; // of a bundle of several nobody knows whose licence it is
        if (poms.empty())
            poms.push_back(fromManifest(manifest, fileName));
        for (Package &package : poms) {
            if (alone && !licence.empty())
                package.licences = {licence};
            if (!inside.empty())
                package.paths = {inside};
            m_out.packages.push_back(std::move(package));
        }
    }

    std::uint64_t &m_mayUnpack;
    ReadPackages m_out;
    std::size_t m_entries = 0;
};

} // namespace

ReadPackages readJavaArchive(std::string_view bytes, std::string_view fileName, std::uint64_t &mayUnpack)
{
    if (!isArchive(fileName))
        return {{}, ReadPackages::State::Unsupported};
    return JavaReader(mayUnpack).read(bytes, fileName);
}

} // namespace tally
