// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace tally {

/// Name of a technique of MITRE ATT&CK for Enterprise, as it stands there (attack.mitre.org, v15): "T1611" is "Escape
/// to Host". Names are not translated. "" for what no check speaks of.
[[nodiscard]] std::string_view techniqueName(std::string_view id);

} // namespace tally
