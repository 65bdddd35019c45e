// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/source_text.h"
#include "core/document/tree_part.h"

#include <cstdint>
#include <optional>

namespace tally {

/// Reads the one YAML document in [begin, end) of the source with yaml-cpp into an empty part; its root is node 0, a
/// null if the document is empty. About 5 MB/s. Aliases are expanded, merge keys (<<) resolved as Kubernetes does.
/// All texts go to the part's side buffer.
[[nodiscard]] std::optional<ReadFailure> readYamlEvents(const SourceText &source, std::uint32_t begin,
    std::uint32_t end, ReadBudget &budget, KeyTable &keys, TreePart &part);

} // namespace tally
