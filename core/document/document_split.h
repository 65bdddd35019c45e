// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/source_text.h"

#include <cstdint>
#include <vector>

namespace tally {

/// The documents of a YAML stream, without parsing it: lines that begin with "---" or "..." end a document wherever
/// they stand (YAML 1.2, 9.1.2: c-forbidden). Each range holds the directives and comments before its "---".
/// So a broken document cannot spoil the ones behind it. Nothing for a text of blanks and comments only.
[[nodiscard]] std::vector<TextRange> splitYamlDocuments(const SourceText &source);

} // namespace tally
