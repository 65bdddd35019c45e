// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check.h"

#include <string>

namespace tally {

/// The check's text for a variant, else the default one, with %1 ... %9 for the finding's arguments; null where the
/// check has neither.
[[nodiscard]] inline const Text *messageText(const Check &check, const std::string &variant)
{
    auto text = check.messages.find(variant);
    if (text == check.messages.end())
        text = check.messages.find("default");
    return text == check.messages.end() ? nullptr : &text->second;
}

} // namespace tally
