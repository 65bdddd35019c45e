// SPDX-License-Identifier: Apache-2.0
#include "core/io/archive.h"

#include <cstddef>
#include <cstdint>
#include <string>

using namespace tally;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    auto archive = Archive::open(
        memorySource(std::string(reinterpret_cast<const char *>(data), size)), "fuzz", Limits::forFuzzing());
    if (!archive)
        return 0;
    ArchiveMember member;
    for (;;) {
        const auto more = archive->next(member);
        if (!more || !*more)
            return 0;
        if (member.type == MemberType::File)
            (void)archive->content(1U << 16);
    }
}
