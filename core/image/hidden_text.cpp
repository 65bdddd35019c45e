// SPDX-License-Identifier: Apache-2.0
#include "core/image/hidden_text.h"

#include "core/document/source_text.h"
#include "core/io/decompress.h"

namespace tally {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t largestCompressed = 256U << 10;
constexpr std::size_t largestText = 1U << 20;

std::string unpacked(std::string_view content)
{
    if (content.size() > largestCompressed)
        return {};
    Limits limits;
    limits.maxExpandedBytes = largestText;
    const BlockReaderPtr reader
        = decompress(readBlocks(memorySource(std::string(content))), FileType::Gzip, limits, std::string());
    std::string text;
    while (text.size() < largestText) {
        const Result<Block> block = reader->next();
        if (!block || block->bytes.empty())
            break; // what came before a fault counts
        text.append(block->bytes.substr(0, largestText - text.size()));
    }
    return text;
}

} // namespace

bool looksBinary(std::string_view content)
{
    constexpr std::size_t head = 512;
    return content.substr(0, head).find('\0') != std::string_view::npos;
}

HiddenText hiddenTextIn(std::string_view content)
{
    if (content.starts_with("\x1F\x8B\x08"sv))
        return HiddenText::Gzip;
    if (content.starts_with("\xFF\xFE"sv) || content.starts_with("\xFE\xFF"sv))
        return HiddenText::Utf16;
    constexpr std::size_t letters = 8;
    if (content.size() < letters)
        return HiddenText::None;
    const bool zeroFirst = content[0] == '\0';
    for (std::size_t i = 0; i < letters; ++i) {
        if ((content[i] == '\0') != ((i % 2 == 0) == zeroFirst))
            return HiddenText::None;
    }
    return HiddenText::Utf16;
}

std::string hiddenText(std::string_view content)
{
    switch (hiddenTextIn(content)) {
    case HiddenText::None:
        break;
    case HiddenText::Utf16:
        return decodeText(std::string(content), std::string()).value_or(std::string());
    case HiddenText::Gzip:
        return unpacked(content);
    }
    return {};
}

} // namespace tally
