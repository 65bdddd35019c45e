// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/document.h"

#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// A scalar as it stands behind "key: ". More than one line for a literal block: its header first, then its text, to be
/// indented. Quoted only where YAML would read something else; control and direction characters are escaped, so that
/// they cannot change what stands around them.
[[nodiscard]] std::vector<std::string> yamlScalar(Node node);

/// The same, appended: true where the scalar takes one line; else nothing is appended.
[[nodiscard]] bool appendYamlScalar(std::string &line, Node node);
/// Appends a key as it stands before ":".
void appendYamlKey(std::string &line, std::string_view key);

} // namespace tally
