// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/list_slices.h"

#include <memory>
#include <string>
#include <vector>

namespace tally {

/// A text that is one big List in JSON with each item beginning on a line of its own, as kubectl prints it, cut at its
/// items so that workers can share it, in slices of 512 KiB and more. Where it is cut does not depend on the number of
/// workers.
///
/// Why that is sound: JSON's grammar is unambiguous. If head, slices and tail, each closed by the bracket that was cut
/// off, are valid, the whole is valid, and there is no other way to read it. Where one is not, the text is to be read
/// as usual.
class JsonList
{
public:
    /// Nothing where the text is small or no such list.
    [[nodiscard]] static std::unique_ptr<JsonList> plan(const SourceText &source);

    /// Reads and joins all. False: to be read as usual; the source is as it was.
    [[nodiscard]] bool read(
        SourceText &source, ReadBudget &budget, const ReadOptions &options, KeyTable &keys, ParsedPart &joined);

private:
    [[nodiscard]] bool readEnds(const SourceText &source, ReadBudget &budget, KeyTable &keys);
    [[nodiscard]] bool readSlices(SourceText &source, ReadBudget &budget, const ReadOptions &options);

    ListPieces m_pieces;
    std::string m_kind; ///< of the list
};

} // namespace tally
