// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace tally::test {

/// Writes tar archives byte by byte, so that tests can also write wrong ones.
class TarBuilder
{
public:
    struct Entry
    {
        std::string name;
        std::string content{};
        char type = '0';
        std::string link{};
        unsigned mode = 0644;
        unsigned uid = 0;
        unsigned gid = 0;
        std::int64_t size = -1;   ///< of the header where it shall differ from the content
        unsigned deviceMajor = 1; ///< of devices
        unsigned deviceMinor = 3;
    };

    TarBuilder &add(const Entry &entry)
    {
        m_bytes += header(entry);
        pad(entry.content);
        return *this;
    }
    TarBuilder &file(const std::string &name, const std::string &content, unsigned mode = 0644)
    {
        return add({.name = name, .content = content, .mode = mode});
    }
    TarBuilder &folder(const std::string &name, unsigned mode = 0755)
    {
        return add({.name = name, .type = '5', .mode = mode});
    }
    TarBuilder &symlink(const std::string &name, const std::string &target)
    {
        return add({.name = name, .type = '2', .link = target, .mode = 0777});
    }
    TarBuilder &hardlink(const std::string &name, const std::string &target)
    {
        return add({.name = name, .type = '1', .link = target});
    }
    /// A PAX header for the entry that follows.
    TarBuilder &pax(const std::string &key, const std::string &value)
    {
        std::string record;
        std::size_t length = key.size() + value.size() + 3; // " k=v\n"
        for (std::string digits; digits.size() + length != std::stoul("0" + digits);)
            digits = std::to_string(digits.size() + length), record = digits;
        record += " " + key + "=" + value + "\n";
        return add({.name = "PaxHeaders/x", .content = record, .type = 'x'});
    }
    TarBuilder &gnuLongName(const std::string &name)
    {
        return add({.name = "././@LongLink", .content = name + '\0', .type = 'L'});
    }
    TarBuilder &raw(std::string_view bytes)
    {
        m_bytes += bytes;
        return *this;
    }

    /// With the two end marks.
    [[nodiscard]] std::string bytes() const { return m_bytes + std::string(1024, '\0'); }
    [[nodiscard]] std::string unfinished() const { return m_bytes; }

private:
    static std::string header(const Entry &entry)
    {
        std::string head(512, '\0');
        const auto put = [&](std::size_t at, std::size_t width, std::string_view text) {
            head.replace(at, std::min(width, text.size()), text.substr(0, width));
        };
        const auto octal = [&](std::size_t at, std::size_t width, std::uint64_t value) {
            std::array<char, 32> digits{};
            std::snprintf(digits.data(), digits.size(), "%0*llo", static_cast<int>(width - 1),
                static_cast<unsigned long long>(value)); // NOLINT(google-runtime-int): printf's type
            put(at, width - 1, digits.data());
        };
        put(0, 100, entry.name);
        octal(100, 8, entry.mode);
        octal(108, 8, entry.uid);
        octal(116, 8, entry.gid);
        octal(124, 12, entry.size >= 0 ? static_cast<std::uint64_t>(entry.size) : entry.content.size());
        octal(136, 12, 1'600'000'000);
        head[156] = entry.type;
        put(157, 100, entry.link);
        put(257, 6, std::string_view("ustar\0", 6));
        put(263, 2, "00");
        if (entry.type == '3' || entry.type == '4') {
            octal(329, 8, entry.deviceMajor);
            octal(337, 8, entry.deviceMinor);
        }
        put(148, 8, "        ");
        unsigned sum = 0;
        for (const char c : head)
            sum += static_cast<unsigned char>(c);
        octal(148, 7, sum);
        return head;
    }
    void pad(const std::string &content)
    {
        m_bytes += content;
        m_bytes.append((512 - content.size() % 512) % 512, '\0');
    }

    std::string m_bytes;
};

} // namespace tally::test
