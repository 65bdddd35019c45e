// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/limits.h"
#include "core/image/packages/go_build_info.h"
#include "core/image/packages/package_format.h"
#include "core/image/packages/package_readers.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// The packages that the files of one layer name.
struct LayerPackages
{
    /// One file that was read. An empty one counts too: it may replace that of a lower layer.
    struct File
    {
        std::uint32_t entry = 0; ///< index into the layer's files
        PackageFormat format = PackageFormat::None;
        std::vector<Package> packages;
        std::vector<std::string> licences; ///< of a DpkgCopyright
    };
    /// One that was not, or not wholly.
    struct Trouble
    {
        std::uint32_t entry = 0;
        PackageFormat format = PackageFormat::None;
        Message message;
    };

    std::vector<File> files;
    std::vector<Trouble> troubles;
};

/// Picks the package files out of a layer while its files stream by, and reads each as soon as it is complete, so that
/// at most one is in memory (captureOf() says how much of it). One per layer, for one thread.
class PackageScan
{
public:
    explicit PackageScan(const Limits &limits)
        : m_limits(limits)
    {
    }

    /// The next regular file; `path` must live until end().
    void begin(std::string_view path, std::uint32_t entry, std::uint64_t size, bool sparse);
    /// A piece of it; pieces come in order, between them holes.
    void piece(std::uint64_t offset, std::string_view bytes)
    {
        if (m_format == PackageFormat::None && offset == 0 && isElf(bytes))
            beginProgram();
        if (m_format == PackageFormat::GoProgram)
            m_go.piece(offset, bytes);
        else if (m_format != PackageFormat::None)
            keep(bytes);
    }
    void end()
    {
        if (m_format != PackageFormat::None)
            finish();
    }

    [[nodiscard]] LayerPackages take() { return std::move(m_out); }

private:
    static bool isElf(std::string_view bytes)
    {
        return bytes.starts_with("\x7f"
                                 "ELF");
    }
    void beginProgram();
    void keep(std::string_view bytes);
    void finish();
    /// Takes the content where a reader wants to have it.
    ReadPackages readContent();
    void trouble(Message message);

    const Limits &m_limits;
    LayerPackages m_out;
    std::string_view m_path;
    std::uint32_t m_entry = 0;
    PackageFormat m_format = PackageFormat::None;
    std::uint64_t m_most = 0;
    std::string m_content;
    GoBuildInfo m_go;
    std::size_t m_packages = 0; ///< in m_out
    std::uint64_t m_mayUnpack = maxUnpackedJava;
};

} // namespace tally
