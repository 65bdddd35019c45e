// SPDX-License-Identifier: Apache-2.0
// A tar must read the same whether it comes in one piece or in crumbs.
#include "core/io/tar_reader.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

using namespace tally;

namespace {

class Crumbs final : public BlockReader
{
public:
    Crumbs(std::string_view bytes, std::size_t size)
        : m_rest(bytes)
        , m_size(size)
    {
    }
    [[nodiscard]] Result<Block> next() override
    {
        const auto crumb = std::make_shared<std::string>(m_rest.substr(0, m_size));
        m_rest.remove_prefix(crumb->size());
        return Block{crumb, *crumb};
    }

private:
    std::string_view m_rest;
    std::size_t m_size;
};

std::string read(std::string_view bytes, std::size_t crumb)
{
    Limits limits = Limits::forFuzzing();
    TarReader reader(std::make_unique<Crumbs>(bytes, crumb), "fuzz", limits);
    std::string all;
    ArchiveMember member;
    for (;;) {
        const auto more = reader.next(member);
        if (!more)
            return all + more.error().message.def->code;
        if (!*more)
            return all + (reader.somethingFollows().value() ? "more" : "end");
        all += member.name + '\n' + member.link + '\n' + std::to_string(member.size) + '\n'
            + std::to_string(member.oddities) + '\n';
        for (std::uint64_t expected = 0;;) {
            const auto piece = reader.nextPiece();
            if (!piece || piece->bytes.empty()) {
                all += piece ? "\n" : "broken\n";
                break;
            }
            if (piece->offset < expected || piece->offset + piece->bytes.size() > member.size)
                std::abort(); // pieces come in order and within the file
            expected = piece->offset + piece->bytes.size();
            all += piece->bytes;
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char *>(data), std::min<std::size_t>(size, 1U << 18));
    if (read(bytes, 1U << 20) != read(bytes, 113))
        std::abort();
    return 0;
}
