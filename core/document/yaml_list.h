// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/document_split.h"
#include "core/document/list_slices.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
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

    /// Reads head and tail, before the slices. False: to be read whole.
    [[nodiscard]] bool readEnds(const SourceText &source, ReadBudget &budget, KeyTable &keys);

    [[nodiscard]] std::size_t sliceCount() const { return m_pieces.slices.size(); }
    /// Reads and masks one slice; for different slices from several workers at once. An item that the fast lane refuses
    /// is yaml-cpp's; one that neither can read is left out and noted. The source stays as it was.
    void readSlice(
        std::size_t index, SliceWorker &worker, SourceText &source, ReadBudget &budget, const ReadOptions &options);

    /// True if each slice was read and all its items stand where they seem to; else the document is to be read whole.
    [[nodiscard]] bool isSound() const;
    /// True if items were left out.
    [[nodiscard]] bool hasSkipped() const;

    /// Joins all to one tree. keys: those of head and tail.
    void join(SourceText &source, ReadBudget &budget, const ReadOptions &options, KeyTable &keys, ParsedPart &joined);

private:
    void readItemByItem(ListSlice &slice, SliceWorker &worker, const SourceText &source, ReadBudget &budget,
        const ReadOptions &options) const;
    [[nodiscard]] bool readItem(TextRange item, ListSlice &slice, SliceWorker &worker, const SourceText &source,
        ReadBudget &budget, const ReadOptions &options) const;

    ListPieces m_pieces;
    std::string m_kind; ///< of the list
    int m_column = 0;
};

/// One document, through the fast lane if that takes it, else through yaml-cpp.
void readYamlDocument(const SourceText &source, TextRange range, ReadBudget &budget, const ReadOptions &options,
    KeyTable &keys, ParsedPart &parsed);

} // namespace tally
