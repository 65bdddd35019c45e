// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/go_build_info.h"
#include "core/image/packages/licence_expression.h"
#include "core/image/packages/package_readers.h"
#include "core/image/packages/package_url.h"

#include <cstddef>
#include <cstdint>
#include <string>

using namespace tally;

namespace {

ReadPackages readGo(std::string_view bytes)
{
    GoBuildInfo info;
    info.begin();
    for (std::size_t at = 0; at < bytes.size(); at += 37) // in pieces that fit no unit
        info.piece(at, bytes.substr(at, 37));
    return info.isGo() ? info.packages() : ReadPackages{};
}

ReadPackages readJava(std::string_view bytes)
{
    std::uint64_t mayUnpack = 4U << 20;
    return readJavaArchive(bytes, "a-1.jar", mayUnpack);
}

ReadPackages readAs(unsigned char kind, std::string_view bytes)
{
    switch (kind) {
    case 'd':
        return readDpkgStatus(bytes);
    case 'c':
        return {{{"dpkg", "a", "1", {}, 0, readDpkgCopyright(bytes)}}, ReadPackages::State::Whole};
    case 'a':
        return readApkInstalled(bytes);
    case 's':
        return readRpmSqlite(std::string(bytes));
    case 'n':
        return readRpmNdb(bytes);
    case 'h':
        return readRpmHash(bytes);
    case 'j':
        return readNpmPackage(bytes);
    case 'p':
        return readPythonMetadata(bytes);
    case 'z':
        return readJava(bytes);
    case 'g':
        return readGo(bytes);
    default:
        return {};
    }
}

} // namespace

/// The first byte says which reader gets the rest.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char *>(data) + 1, size - 1);
    const ReadPackages read = readAs(data[0], bytes);
    for (const Package &package : read.packages) {
        (void)packageUrl(package, {"debian", "12", {}, {}});
        (void)spdxExpression(package.licences);
    }
    return 0;
}
