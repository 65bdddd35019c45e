// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tally::test {

struct EtcdEntry
{
    std::string key;
    std::string value;
    bool deleted = false;
};

/// A database as bbolt lays it out: two meta pages, the root with the bucket "key", its leaves behind a branch, pages
/// of 4096 bytes; revision i + 2 for entry i. Source: go.etcd.io/bbolt, page.go and db.go.
class EtcdMaker
{
public:
    explicit EtcdMaker(const std::vector<EtcdEntry> &entries)
    {
        m_file.resize(4 * pageSize, '\0');
        std::vector<std::pair<std::string, std::uint64_t>> leaves; // first key, page
        std::vector<std::pair<std::string, std::string>> rows;
        std::size_t used = 0;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const auto row = rowOf(entries[i], i + 2);
            if (!rows.empty() && used + row.first.size() + row.second.size() + 16 > pageSize - 16) {
                leaves.emplace_back(rows.front().first, addLeaf(rows));
                rows.clear();
                used = 0;
            }
            used += row.first.size() + row.second.size() + 16;
            rows.push_back(row);
        }
        leaves.emplace_back(rows.empty() ? std::string() : rows.front().first, addLeaf(rows));
        putBranch(3, leaves);
        std::string bucket = number(std::uint64_t{3}) + number(std::uint64_t{0});
        putLeaf(2, {{"key", bucket}}, 1);
        putMeta(0, 1);
        putMeta(1, 2);
    }

    [[nodiscard]] const std::string &bytes() const { return m_file; }

private:
    static constexpr std::size_t pageSize = 4096;

    template<typename Number>
    static std::string number(Number value)
    {
        std::string bytes(sizeof value, '\0');
        std::memcpy(bytes.data(), &value, sizeof value);
        return bytes;
    }

    static std::string varint(std::uint64_t value)
    {
        std::string bytes;
        for (; value >= 0x80; value >>= 7U)
            bytes += static_cast<char>((value & 0x7FU) | 0x80U);
        return bytes + static_cast<char>(value);
    }

    static std::pair<std::string, std::string> rowOf(const EtcdEntry &entry, std::uint64_t revision)
    {
        std::string key;
        for (int shift = 56; shift >= 0; shift -= 8)
            key += static_cast<char>((revision >> static_cast<unsigned>(shift)) & 0xFFU);
        key += '_' + std::string(8, '\0') + (entry.deleted ? "t" : "");
        std::string value = '\x0a' + varint(entry.key.size()) + entry.key + '\x18' + varint(revision);
        if (!entry.deleted)
            value += '\x2a' + varint(entry.value.size()) + entry.value;
        return {key, value};
    }

    static std::string header(std::uint64_t id, std::uint16_t flags, std::size_t count, std::uint32_t overflow)
    {
        return number(id) + number(flags) + number(static_cast<std::uint16_t>(count)) + number(overflow);
    }

    void put(std::uint64_t id, const std::string &page) { m_file.replace(id * pageSize, page.size(), page); }

    static std::string leafBytes(
        std::uint64_t id, const std::vector<std::pair<std::string, std::string>> &rows, std::uint32_t flags)
    {
        std::size_t size = 16 + rows.size() * 16;
        for (const auto &[key, value] : rows)
            size += key.size() + value.size();
        std::string page = header(id, 2, rows.size(), static_cast<std::uint32_t>((size - 1) / pageSize));
        std::string data;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::size_t at = (rows.size() - i) * 16 + data.size();
            page += number(flags) + number(static_cast<std::uint32_t>(at))
                + number(static_cast<std::uint32_t>(rows[i].first.size()))
                + number(static_cast<std::uint32_t>(rows[i].second.size()));
            data += rows[i].first + rows[i].second;
        }
        return page + data;
    }

    void putLeaf(std::uint64_t id, const std::vector<std::pair<std::string, std::string>> &rows, std::uint32_t flags)
    {
        put(id, leafBytes(id, rows, flags));
    }

    std::uint64_t addLeaf(const std::vector<std::pair<std::string, std::string>> &rows)
    {
        const std::uint64_t id = m_file.size() / pageSize;
        const std::string page = leafBytes(id, rows, 0);
        m_file.resize(m_file.size() + (page.size() + pageSize - 1) / pageSize * pageSize, '\0');
        put(id, page);
        return id;
    }

    void putBranch(std::uint64_t id, const std::vector<std::pair<std::string, std::uint64_t>> &leaves)
    {
        std::string page = header(id, 1, leaves.size(), 0);
        std::string data;
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            page += number(static_cast<std::uint32_t>((leaves.size() - i) * 16 + data.size()))
                + number(static_cast<std::uint32_t>(leaves[i].first.size())) + number(leaves[i].second);
            data += leaves[i].first;
        }
        put(id, page + data);
    }

    void putMeta(std::uint64_t id, std::uint64_t transaction)
    {
        const std::string body = number(std::uint32_t{0xED0CDAED}) + number(std::uint32_t{2})
            + number(std::uint32_t{pageSize}) + number(std::uint32_t{0}) + number(std::uint64_t{2})
            + number(std::uint64_t{0}) + number(std::uint64_t{1}) + number(m_file.size() / pageSize)
            + number(transaction);
        std::uint64_t sum = 0xcbf29ce484222325ULL;
        for (const char c : body) {
            sum ^= static_cast<unsigned char>(c);
            sum *= 0x100000001b3ULL;
        }
        put(id, header(id, 4, 0, 0) + body + number(sum));
    }

    std::string m_file;
};

inline std::string etcdDatabase(const std::vector<EtcdEntry> &entries)
{
    return EtcdMaker(entries).bytes();
}

} // namespace tally::test
