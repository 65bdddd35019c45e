// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <isa-l/igzip_lib.h>

#include <cstdint>
#include <string>
#include <vector>

namespace tally::test {

/// Writes zip files byte by byte.
class ZipBuilder
{
public:
    ZipBuilder &stored(const std::string &name, const std::string &content)
    {
        return add(name, content, content.size(), 0);
    }
    ZipBuilder &deflated(const std::string &name, const std::string &content)
    {
        std::string packed(content.size() + 1000, '\0');
        std::string input = content;
        isal_zstream stream;
        isal_deflate_stateless_init(&stream);
        stream.next_in = reinterpret_cast<std::uint8_t *>(input.data());
        stream.avail_in = static_cast<std::uint32_t>(input.size());
        stream.next_out = reinterpret_cast<std::uint8_t *>(packed.data());
        stream.avail_out = static_cast<std::uint32_t>(packed.size());
        stream.end_of_stream = 1;
        isal_deflate_stateless(&stream);
        packed.resize(stream.total_out);
        return add(name, packed, content.size(), 8);
    }
    /// The bytes with something in front of them that the offsets do not count.
    [[nodiscard]] std::string bytes(const std::string &before = {}, const std::string &comment = {}) const
    {
        return before + m_files + m_list + "PK\x05\x06" + number(0, 4) + number(m_count, 2) + number(m_count, 2)
            + number(m_list.size(), 4) + number(m_files.size(), 4) + number(comment.size(), 2) + comment;
    }

    static std::string number(std::uint64_t value, std::size_t width)
    {
        std::string text;
        for (std::size_t i = 0; i < width; ++i) {
            text += static_cast<char>(value & 0xFF);
            value >>= 8U; // a width beyond eight bytes is filled with zeros
        }
        return text;
    }

private:
    ZipBuilder &add(const std::string &name, const std::string &packed, std::size_t size, unsigned method)
    {
        const std::string common = number(20, 2) + number(0, 2) + number(method, 2) + number(0, 8)
            + number(packed.size(), 4) + number(size, 4) + number(name.size(), 2) + number(0, 2);
        m_list += std::string("PK\x01\x02") + number(20, 2) + common + number(0, 10) + number(m_files.size(), 4) + name;
        m_files += std::string("PK\x03\x04") + common + name + packed;
        ++m_count;
        return *this;
    }

    std::string m_files;
    std::string m_list;
    std::size_t m_count = 0;
};

} // namespace tally::test
