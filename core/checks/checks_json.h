// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check.h"

#include <string>

namespace tally {

/// What `tallymann-cli checks --json` prints (cli-json.md). Ends with a line feed.
[[nodiscard]] std::string writeChecksJson(const CheckSet &checks);

} // namespace tally
