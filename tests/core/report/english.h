// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

namespace tally::test {

/// The texts as they stand in code.
class English final : public Translator
{
public:
    [[nodiscard]] std::string text(const Message &message) const override
    {
        return message.def ? fillPlaceholders(message.def->text, message) : std::string();
    }
};

} // namespace tally::test
