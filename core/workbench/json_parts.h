// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/diagnostic.h"
#include "core/workbench/workbench.h"

#include <nlohmann/json.hpp>

#include <span>
#include <string>
#include <string_view>

namespace tally {

/// What the documents of cli-json.md have in common.
using Json = nlohmann::ordered_json;

/// "format", "tool", "created", "sources"; of each source also "verifiedAt", when all digests were computed last, and
/// "cached": true where that was an earlier reading.
[[nodiscard]] Json jsonHead(std::span<const Source> sources);
/// {"code", "de", "en"}.
[[nodiscard]] Json jsonMessage(const Message &message, const Translator &de, const Translator &en);
/// "error", "warning", "note": also SARIF's levels.
[[nodiscard]] std::string_view severityCode(Diagnostic::Severity severity);
/// The array of "diagnostics".
[[nodiscard]] Json jsonDiagnostics(std::span<const Diagnostic> diagnostics, const Translator &de, const Translator &en);
/// Sets `key` to the path as UTF-8, and "pathBytes" (base64) beside it where bytes had to be replaced.
void putPath(Json &object, const std::string &key, std::string_view path);
/// Index of a source, or null for none.
[[nodiscard]] Json jsonSource(int source);
/// The document as text; what is not UTF-8 is replaced by U+FFFD.
[[nodiscard]] std::string jsonText(const Json &json);

} // namespace tally
