// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/readers.h"

#include <string_view>

namespace tally {

class PackReader;
class PackWriter;

/// Writes the tree: kinds, keys, texts as masked, line and column of each node. Nothing of the source that is not in
/// the tree (comments!) goes along.
void packDocument(PackWriter &out, const Document &document);

/// Null where the bytes are damaged. Node indexes are those of the document that was packed.
[[nodiscard]] DocumentPtr unpackDocument(PackReader &in);

} // namespace tally
