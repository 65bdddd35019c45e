// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/package_list.h"

#include "core/base/text_format.h"
#include "core/image/packages/package_url.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace tally {

namespace {

constexpr std::string_view docFolder = "usr/share/doc/";

bool isDatabase(PackageFormat format)
{
    switch (format) {
    case PackageFormat::DpkgStatus:
    case PackageFormat::Apk:
    case PackageFormat::RpmSqlite:
    case PackageFormat::RpmNdb:
    case PackageFormat::RpmHash:
        return true;
    case PackageFormat::None:
    case PackageFormat::DpkgCopyright:
    case PackageFormat::RpmLog:
    case PackageFormat::Npm:
    case PackageFormat::Python:
    case PackageFormat::JavaArchive:
    case PackageFormat::GoProgram:
        break;
    }
    return false;
}

class PackageList
{
public:
    PackageList(Image &image, std::span<const LayerScan *const> scans, const LayerStack &stack,
        std::vector<Diagnostic> &diagnostics)
        : m_image(image)
        , m_scans(scans)
        , m_stack(stack)
        , m_diagnostics(diagnostics)
    {
    }

    void take()
    {
        for (std::size_t layer = 0; layer < m_scans.size(); ++layer) {
            for (const LayerPackages::File &file : m_scans[layer]->packages.files)
                takeFile(layer, file);
        }
        for (const auto &[path, database] : m_databases) {
            if (database.visible)
                std::ranges::copy(database.packages, std::back_inserter(m_packages));
        }
        addLicences();
        joinSame();
        for (Package &package : m_packages)
            package.url = packageUrl(package, m_image.os);
        m_image.packages = std::move(m_packages);
        noteTroubles();
    }

private:
    struct Database
    {
        std::vector<Package> packages;
        bool visible = false;
    };

    [[nodiscard]] std::string_view pathOf(std::size_t layer, std::uint32_t entry) const
    {
        return m_image.strings.view(m_image.layers[layer].files[entry].path);
    }

    void takeFile(std::size_t layer, const LayerPackages::File &file)
    {
        const bool visible = m_stack.isVisible(layer, file.entry);
        const std::string path(pathOf(layer, file.entry));
        if (file.format == PackageFormat::DpkgCopyright) {
            if (visible)
                m_copyrights.insert_or_assign(
                    path.substr(docFolder.size(), path.rfind('/') - docFolder.size()), &file.licences);
            return;
        }
        if (!isDatabase(file.format)) {
            if (visible)
                add(file.packages, static_cast<std::uint32_t>(layer), path, m_packages);
            return;
        }
        if (m_image.layers[layer].files[file.entry].shadowed)
            return;
        takeDatabase(static_cast<std::uint32_t>(layer), file, path, visible);
    }

    /// A database is one file for many packages: the layer of a package is the one whose copy of it was the first in a
    /// row with this version.
    void takeDatabase(std::uint32_t layer, const LayerPackages::File &file, const std::string &path, bool visible)
    {
        using Key = std::tuple<std::string_view, std::string_view, std::string_view>;
        Database &database = m_databases[path];
        std::map<Key, std::uint32_t> before;
        for (const Package &package : database.packages)
            before.emplace(Key{package.name, package.architecture, package.version}, package.layer);
        std::vector<Package> now;
        add(file.packages, layer, path, now);
        for (Package &package : now) {
            const auto known = before.find({package.name, package.architecture, package.version});
            if (known != before.end())
                package.layer = known->second;
        }
        database = {std::move(now), visible};
    }

    static void add(
        const std::vector<Package> &packages, std::uint32_t layer, const std::string &path, std::vector<Package> &into)
    {
        for (const Package &package : packages) {
            into.push_back(package);
            into.back().layer = layer;
            std::string place = "/" + toUtf8(path);
            if (!package.paths.empty())
                place += package.paths.front(); // inside the archive
            into.back().paths = {std::move(place)};
        }
    }

    /// Debian lets one package's folder of documentation, or its copyright file, be a link to that of another.
    void takeLinks(std::unordered_map<std::string, std::string> &links) const
    {
        for (std::size_t layer = 0; layer < m_image.layers.size(); ++layer) {
            const std::vector<FileEntry> &files = m_image.layers[layer].files;
            for (std::size_t i = 0; i < files.size(); ++i) {
                if (files[i].type != EntryType::Symlink)
                    continue;
                std::string_view path = m_image.strings.view(files[i].path);
                if (!path.starts_with(docFolder) || !m_stack.isVisible(layer, i))
                    continue;
                path.remove_prefix(docFolder.size());
                std::string_view link = m_image.strings.view(files[i].link);
                if (const std::size_t slash = path.find('/'); slash != std::string_view::npos) {
                    if (path.substr(slash) != "/copyright" || !link.ends_with("/copyright"))
                        continue;
                    path = path.substr(0, slash);
                    link.remove_suffix(std::string_view("/copyright").size());
                }
                links.emplace(path, link.substr(link.rfind('/') + 1));
            }
        }
    }

    void addLicences()
    {
        if (m_copyrights.empty())
            return;
        std::unordered_map<std::string, std::string> links;
        takeLinks(links);
        for (Package &package : m_packages) {
            if (package.manager != "dpkg")
                continue;
            std::string name = package.name;
            auto found = m_copyrights.find(name);
            for (int hops = 0; found == m_copyrights.end() && hops < 4; ++hops) {
                const auto link = links.find(name);
                if (link == links.end())
                    break;
                name = link->second;
                found = m_copyrights.find(name);
            }
            if (found != m_copyrights.end())
                package.licences = *found->second;
        }
    }

    void joinSame()
    {
        const auto key = [](const Package &package) {
            return std::tie(package.manager, package.name, package.version, package.architecture);
        };
        std::ranges::stable_sort(m_packages, [&](const Package &a, const Package &b) { return key(a) < key(b); });
        std::vector<Package> joined;
        for (Package &package : m_packages) {
            if (joined.empty() || key(joined.back()) != key(package)) {
                joined.push_back(std::move(package));
                continue;
            }
            Package &first = joined.back();
            first.layer = std::min(first.layer, package.layer);
            if (first.licences.empty())
                first.licences = std::move(package.licences);
            if (first.paths.size() < maxPackagePaths)
                std::ranges::move(package.paths, std::back_inserter(first.paths));
        }
        for (Package &package : joined) {
            std::ranges::sort(package.paths);
            package.paths.erase(std::unique(package.paths.begin(), package.paths.end()), package.paths.end());
        }
        m_packages = std::move(joined);
    }

    /// What concerns files that nobody sees any more is not worth a word.
    void noteTroubles()
    {
        for (std::size_t layer = 0; layer < m_scans.size(); ++layer) {
            for (const LayerPackages::Trouble &trouble : m_scans[layer]->packages.troubles) {
                if (m_stack.isVisible(layer, trouble.entry))
                    m_diagnostics.push_back({Diagnostic::Severity::Warning, trouble.message, m_image.source,
                        toUtf8(pathOf(layer, trouble.entry))});
            }
        }
    }

    Image &m_image;
    std::span<const LayerScan *const> m_scans;
    const LayerStack &m_stack;
    std::vector<Diagnostic> &m_diagnostics;
    std::map<std::string, Database> m_databases; ///< by path
    std::vector<Package> m_packages;
    std::unordered_map<std::string, const std::vector<std::string> *> m_copyrights; ///< by name of the package
};

} // namespace

void takePackages(Image &image, std::span<const LayerScan *const> scans, const LayerStack &stack,
    std::vector<Diagnostic> &diagnostics)
{
    PackageList(image, scans, stack, diagnostics).take();
}

} // namespace tally
