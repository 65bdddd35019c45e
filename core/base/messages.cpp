// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages.h"

namespace tally {

const MessageDef *findMessage(std::string_view code) noexcept
{
    for (const std::span<const MessageDef> table : messageTables) {
        for (const MessageDef &def : table) {
            if (code == def.code)
                return &def;
        }
    }
    return nullptr;
}

} // namespace tally
