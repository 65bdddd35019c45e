// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/readers.h"

#include <string_view>

namespace tally {

/// The YAML that stands as text in an entry of a ConfigMap. Null where the entry is no text, is masked, cannot be read
/// or holds more than one document. file: of the object, for messages. O(bytes of the text).
[[nodiscard]] DocumentPtr innerYaml(Node entry, std::string_view file);

} // namespace tally
