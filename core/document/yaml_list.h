// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/document_split.h"
#include "core/document/list_slices.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace tally {

/// A YAML document that is one big List, as kubectl writes it, cut at its items so that workers can share it:
/// what stands before the items, slices of 512 KiB and more, what stands behind. Where it is cut does not depend on the
/// number of workers.
class YamlList
{
public:
    /// Nothing where the document is small or no such list.
    [[nodiscard]] static std::unique_ptr<YamlList> plan(const SourceText &source, TextRange document);

    [[nodiscard]] std::size_t sliceCount() const { return m_slices.size(); }
    /// Reads one slice; for different slices from several workers at once. An item that the fast lane refuses is
    /// yaml-cpp's; one that neither can read is left out and noted.
    void readSlice(std::size_t index, const SourceText &source, ReadBudget &budget);

    /// True if each slice was read and all its items stand where they seem to; else the document is to be read whole.
    [[nodiscard]] bool isSound() const;
    /// True if items were left out.
    [[nodiscard]] bool hasSkipped() const;

    /// Reads head and tail, masks the slices in parallel and joins all to one tree. False: to be read whole.
    [[nodiscard]] bool join(
        SourceText &source, ReadBudget &budget, const ReadOptions &options, KeyTable &keys, ParsedPart &joined);

private:
    void readItemByItem(ListSlice &slice, const SourceText &source, ReadBudget &budget);
    [[nodiscard]] bool readItem(TextRange item, ListSlice &slice, const SourceText &source, ReadBudget &budget);

    TextRange m_head;
    TextRange m_tail;
    int m_column = 0;
    std::vector<ListSlice> m_slices;
};

/// One document, through the fast lane if that takes it, else through yaml-cpp.
void readYamlDocument(
    const SourceText &source, TextRange range, ReadBudget &budget, KeyTable &keys, ParsedPart &parsed);

} // namespace tally
