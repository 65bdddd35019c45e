// SPDX-License-Identifier: Apache-2.0
#include "core/io/tar_header.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace tally {

namespace {

using namespace std::string_view_literals;

std::string_view untilNul(std::string_view field)
{
    return field.substr(0, field.find('\0'));
}

/// POSIX sums unsigned bytes, old programs signed ones; both are accepted.
bool checksumFits(std::string_view block)
{
    std::int64_t plain = 0;
    std::int64_t asSigned = 0;
    for (const char c : block) {
        plain += static_cast<unsigned char>(c);
        asSigned += static_cast<signed char>(c);
    }
    for (const char c : block.substr(148, 8)) { // counted as blanks
        plain += ' ' - static_cast<unsigned char>(c);
        asSigned += ' ' - static_cast<signed char>(c);
    }
    const auto stored = parseTarNumber(block.substr(148, 8));
    return stored && (*stored == plain || *stored == asSigned);
}

TarFormat formatOf(std::string_view block)
{
    const std::string_view magic = block.substr(257, 6);
    if (magic == "ustar\0"sv)
        return block.substr(508, 4) == "tar\0"sv ? TarFormat::Star : TarFormat::Ustar;
    return magic == "ustar "sv && block.substr(263, 2) == " \0"sv ? TarFormat::Gnu : TarFormat::V7;
}

bool isPath(std::string_view key)
{
    return key == "path" || key == "linkpath" || key == "uname" || key == "gname";
}

/// Takes one record off the front of `text`.
bool takeRecord(std::string_view &text, std::string_view &key, std::string_view &value)
{
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos)
        return false;
    const auto length = parseTarDecimal(text.substr(0, blank));
    if (!length || *length < 5 || static_cast<std::uint64_t>(*length) > text.size())
        return false;
    const auto end = static_cast<std::size_t>(*length);
    if (end <= blank + 1 || text[end - 1] != '\n')
        return false;
    const std::string_view record = text.substr(blank + 1, end - blank - 2);
    const std::size_t equals = record.find('=');
    if (equals == 0 || equals == std::string_view::npos)
        return false;
    key = record.substr(0, equals);
    value = record.substr(equals + 1);
    text.remove_prefix(end);
    return (isPath(key) ? value : key).find('\0') == std::string_view::npos;
}

} // namespace

std::optional<std::int64_t> parseTarNumber(std::string_view field)
{
    if (field.empty())
        return 0;
    if ((static_cast<unsigned char>(field[0]) & 0x80U) == 0) {
        const auto inner = [](char c) { return c != ' ' && c != '\0'; };
        const auto *const begin = std::ranges::find_if(field, inner);
        std::string_view digits = field.substr(static_cast<std::size_t>(begin - field.begin()));
        while (!digits.empty() && !inner(digits.back()))
            digits.remove_suffix(1);
        digits = untilNul(digits);
        std::int64_t value = 0;
        if (digits.empty())
            return value;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 8);
        if (error != std::errc() || end != digits.data() + digits.size() || value < 0)
            return std::nullopt;
        return value;
    }
    const bool negative = (static_cast<unsigned char>(field[0]) & 0x40U) != 0;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < field.size(); ++i) {
        auto byte = static_cast<unsigned char>(negative ? ~field[i] : field[i]);
        if (i == 0)
            byte &= 0x7FU;
        if ((value >> 56U) > 0)
            return std::nullopt;
        value = (value << 8U) | byte;
    }
    if ((value >> 63U) > 0)
        return std::nullopt;
    return negative ? ~static_cast<std::int64_t>(value) : static_cast<std::int64_t>(value);
}

std::optional<std::int64_t> parseTarDecimal(std::string_view digits)
{
    if (digits.starts_with('+'))
        digits.remove_prefix(1);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return value;
}

bool isZeroBlock(std::string_view block)
{
    return std::ranges::all_of(block, [](char c) { return c == '\0'; });
}

std::optional<TarHeader> parseTarHeader(std::string_view block)
{
    if (block.size() != tarBlock || !checksumFits(block))
        return std::nullopt;
    TarHeader header;
    header.format = formatOf(block);
    header.type = block[156];
    header.name = untilNul(block.substr(0, 100));
    header.link = untilNul(block.substr(157, 100));
    bool valid = true;
    const auto number = [&](std::size_t at, std::size_t width) {
        const auto value = parseTarNumber(block.substr(at, width));
        valid = valid && value.has_value();
        return value.value_or(0);
    };
    header.mode = number(100, 8);
    header.uid = number(108, 8);
    header.gid = number(116, 8);
    header.size = number(124, 12);
    header.mtime = number(136, 12);
    if (header.format != TarFormat::V7) {
        header.deviceMajor = number(329, 8);
        header.deviceMinor = number(337, 8);
    }
    // Go before 1.8 wrote a prefix where GNU has times.
    const bool isPrefixedGnu = header.format == TarFormat::Gnu
        && (!parseTarNumber(block.substr(345, 12)) || !parseTarNumber(block.substr(357, 12)));
    if (header.format == TarFormat::Ustar || isPrefixedGnu)
        header.prefix = untilNul(block.substr(345, 155));
    else if (header.format == TarFormat::Star)
        header.prefix = untilNul(block.substr(345, 131));
    if (!valid)
        return std::nullopt;
    return header;
}

std::optional<PaxRecords> parsePax(std::string_view text)
{
    PaxRecords records;
    std::string sparse;
    std::size_t numbers = 0;
    while (!text.empty()) {
        std::string_view key;
        std::string_view value;
        if (!takeRecord(text, key, value))
            return std::nullopt;
        if (key != "GNU.sparse.offset" && key != "GNU.sparse.numbytes") {
            records.insert_or_assign(std::string(key), std::string(value));
            continue;
        }
        if ((numbers % 2 == 0) != (key == "GNU.sparse.offset") || value.find(',') != std::string_view::npos)
            return std::nullopt;
        sparse.append(numbers == 0 ? "" : ",").append(value);
        ++numbers;
    }
    if (numbers > 0)
        records.insert_or_assign("GNU.sparse.map", std::move(sparse));
    return records;
}

bool validSparse(const std::vector<SparseRun> &runs, std::uint64_t size)
{
    std::uint64_t end = 0;
    for (const SparseRun &run : runs) {
        if (run.offset < end || run.offset > size || run.length > size - run.offset)
            return false;
        end = run.offset + run.length;
    }
    return true;
}

std::optional<std::vector<SparseRun>> parseSparseList(const PaxRecords &records)
{
    const auto text = [&](std::string_view key) {
        const auto found = records.find(key);
        return found == records.end() ? std::string_view{} : std::string_view(found->second);
    };
    const auto count = parseTarDecimal(text("GNU.sparse.numblocks"));
    std::string_view list = text("GNU.sparse.map");
    std::vector<SparseRun> runs;
    std::vector<std::uint64_t> numbers;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const auto number = parseTarDecimal(list.substr(0, comma));
        if (!number || *number < 0)
            return std::nullopt;
        numbers.push_back(static_cast<std::uint64_t>(*number));
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    if (!count || *count < 0 || numbers.size() % 2 != 0 || static_cast<std::uint64_t>(*count) != numbers.size() / 2)
        return std::nullopt;
    for (std::size_t i = 0; i < numbers.size(); i += 2)
        runs.push_back({numbers[i], numbers[i + 1]});
    return runs;
}

bool parseOldSparse(std::string_view fields, std::size_t most, std::vector<SparseRun> &runs)
{
    for (std::size_t i = 0; i < most; ++i) {
        const std::string_view pair = fields.substr(i * 24, 24);
        if (pair[0] == '\0')
            return true;
        const auto offset = parseTarNumber(pair.substr(0, 12));
        const auto length = parseTarNumber(pair.substr(12, 12));
        if (!offset || !length || *offset < 0 || *length < 0)
            return false;
        runs.push_back({static_cast<std::uint64_t>(*offset), static_cast<std::uint64_t>(*length)});
    }
    return true;
}

std::optional<std::string> decodeBase64(std::string_view text)
{
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    while (text.ends_with('='))
        text.remove_suffix(1);
    std::string bytes;
    std::uint32_t bits = 0;
    unsigned have = 0;
    for (const char c : text) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos)
            return std::nullopt;
        bits = ((bits << 6U) | static_cast<std::uint32_t>(value)) & 0xFFFFU;
        have += 6;
        if (have >= 8) {
            have -= 8;
            bytes += static_cast<char>((bits >> have) & 0xFFU);
        }
    }
    return bytes;
}

std::string encodeBase64(std::string_view bytes)
{
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = (group << 8) | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            text += i + k <= bytes.size() ? digits[(group >> (18 - 6 * k)) & 63] : '=';
    }
    return text;
}

} // namespace tally
