// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <isa-l/igzip_lib.h>
#include <zstd.h>

#include <string>
#include <string_view>

namespace tally::test {

/// One gzip member.
[[nodiscard]] inline std::string gzipOf(std::string_view bytes)
{
    std::string out(bytes.size() + bytes.size() / 10 + 4096, '\0');
    std::string in(bytes);
    isal_zstream stream{};
    isal_deflate_stateless_init(&stream);
    stream.end_of_stream = 1;
    stream.gzip_flag = IGZIP_GZIP;
    stream.next_in = reinterpret_cast<std::uint8_t *>(in.data());
    stream.avail_in = static_cast<std::uint32_t>(in.size());
    stream.next_out = reinterpret_cast<std::uint8_t *>(out.data());
    stream.avail_out = static_cast<std::uint32_t>(out.size());
    if (isal_deflate_stateless(&stream) != COMP_OK)
        return {};
    out.resize(out.size() - stream.avail_out);
    return out;
}

/// One zstd frame.
[[nodiscard]] inline std::string zstdOf(std::string_view bytes)
{
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
    return out;
}

} // namespace tally::test
