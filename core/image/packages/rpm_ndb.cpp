// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/byte_numbers.h"
#include "core/image/packages/package_readers.h"
#include "core/image/packages/rpm_header.h"

namespace tally {

namespace {

// rpm: lib/backend/ndb/rpmpkg.c. A page of 4096 bytes or more with slots of 16 bytes, the first two of which are the
// header; a slot names the block of 16 bytes where a blob with a head of its own begins. Little endian.
constexpr std::uint32_t headerMagic = 0x506d7052; // "RpmP"
constexpr std::uint32_t slotMagic = 0x746f6c53;   // "Slot"
constexpr std::uint32_t blobMagic = 0x53626c42;   // "BlbS"
constexpr std::uint64_t pageBytes = 4096;
constexpr std::uint64_t slotBytes = 16;
constexpr std::uint64_t blockBytes = 16;
constexpr std::uint64_t blobHead = 16;

} // namespace

ReadPackages readRpmNdb(std::string_view bytes)
{
    ReadPackages out;
    if (le32(bytes, 0) != headerMagic) {
        out.state = ReadPackages::State::Damaged;
        return out;
    }
    if (le32(bytes, 4) != 0) { // version
        out.state = ReadPackages::State::Unsupported;
        return out;
    }
    const std::uint64_t end = le32(bytes, 12) * pageBytes;
    if (end > bytes.size())
        out.state = ReadPackages::State::Damaged;
    std::uint64_t taken = 0;
    for (std::uint64_t at = 2 * slotBytes; at + slotBytes <= end && at + slotBytes <= bytes.size(); at += slotBytes) {
        if (le32(bytes, at) != slotMagic) {
            out.state = ReadPackages::State::Damaged;
            continue;
        }
        const std::uint64_t index = le32(bytes, at + 4);
        const std::uint64_t blob = le32(bytes, at + 8) * blockBytes;
        if (index == 0 || blob == 0)
            continue; // free
        const std::uint64_t size = le32(bytes, blob + 12);
        taken += size;
        if (le32(bytes, blob) != blobMagic || le32(bytes, blob + 4) != index || blob + blobHead + size > bytes.size()
            || taken > bytes.size()) { // a blob named by thousands of slots
            out.state = ReadPackages::State::Damaged;
            continue;
        }
        if (!addRpmHeader(part(bytes, blob + blobHead, size), out))
            break;
    }
    return out;
}

} // namespace tally
