// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/readers.h"

#include <cstdint>

namespace tally {

/// What was left out of documents.
struct PackedAway
{
    std::uint64_t managedFields = 0; ///< members "managedFields" of "metadata"
    std::uint64_t lastApplied = 0;   ///< annotations kubectl.kubernetes.io/last-applied-configuration without secrets

    friend bool operator==(const PackedAway &, const PackedAway &) = default;
};

/// The same document without its source: texts stand in the side text, each short one once, places are packed (lines
/// are true, columns beyond 4,095 may be less). Left out: metadata.managedFields and the last-applied annotation,
/// unless masking replaced that, which says that it held a secret. For files that are too large to be kept: 16 bytes a
/// node and the texts that differ. The source may be freed afterwards. O(nodes and bytes of texts).
[[nodiscard]] DocumentPtr packedWithoutSource(const Document &document, PackedAway &away);

/// Bytes that a document of packedWithoutSource() takes.
[[nodiscard]] std::uint64_t keptBytes(const Document &document);

} // namespace tally
