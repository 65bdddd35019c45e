// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/etcd_snapshot.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

using namespace tally;

namespace {

/// A fuzzer cannot guess checksums: those of the meta pages are set right.
void mend(std::string &database, std::size_t page)
{
    constexpr std::size_t body = 16;
    constexpr std::size_t summed = 56;
    if (database.size() < page + body + summed + 8)
        return;
    std::uint64_t sum = 0xcbf29ce484222325ULL;
    for (std::size_t i = 0; i < summed; ++i) {
        sum ^= static_cast<unsigned char>(database[page + body + i]);
        sum *= 0x100000001b3ULL;
    }
    std::memcpy(database.data() + page + body + summed, &sum, sizeof sum);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::string database(reinterpret_cast<const char *>(data), size);
    mend(database, 0);
    mend(database, 512);
    mend(database, 4096);
    const Result<EtcdFacts> facts = readEtcdSnapshot(*memorySource(std::move(database)), "db", Limits::forFuzzing());
    if (!facts)
        return 0;
    for (const auto &[name, stored] : facts->resources) {
        std::uint64_t sum = stored.plain;
        for (const auto &[provider, count] : stored.encrypted)
            sum += count;
        if (sum != stored.objects || name.empty())
            std::abort();
    }
    (void)etcdJson(*facts, "db");
    return 0;
}
