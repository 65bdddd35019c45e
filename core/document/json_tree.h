// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/document_split.h"
#include "core/document/source_text.h"
#include "core/document/tree_part.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tally {

/// Reads JSON values of one source with simdjson's On-Demand interface, about 400 MB/s. One per worker: it keeps
/// simdjson's buffers between values.
class JsonTreeReader
{
public:
    JsonTreeReader(const SourceText &source, ReadBudget &budget, KeyTable &keys, ManagedFields managed);
    JsonTreeReader(const JsonTreeReader &) = delete;
    JsonTreeReader &operator=(const JsonTreeReader &) = delete;
    ~JsonTreeReader();

    /// Appends the one value in the range to the part. depth: how deep the value is nested in the document.
    [[nodiscard]] std::optional<ReadFailure> read(TextRange range, TreePart &part, std::uint32_t depth = 1);

private:
    class Builder;
    std::unique_ptr<Builder> m_builder;
};

/// A text that is one JSON value, read for its own sake: what stands encoded inside another text.
struct JsonText
{
    explicit JsonText(std::string content)
        : source(std::move(content))
    {
    }

    /// Reads the value behind leading blanks, within the usual limits. False if there is none; once only.
    [[nodiscard]] bool read();

    SourceText source;
    KeyTable keys;
    TreePart part;
};

/// The end of the JSON value that begins at `begin` (its first byte is no blank): behind its closing bracket or
/// quotation mark, or behind the bare word; the end of the text if it is never closed. Does not check what is inside.
[[nodiscard]] std::uint32_t endOfJsonValue(std::string_view text, std::uint32_t begin);

} // namespace tally
