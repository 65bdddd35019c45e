// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages.h"

#include "core/base/messages_journal.h"

namespace tally {

const MessageDef *findMessage(std::string_view code) noexcept
{
    for (const std::span<const MessageDef> table : messageTables) {
        for (const MessageDef &def : table) {
            if (code == def.code)
                return &def;
        }
    }
    for (const MessageDef &def : journalMessages) {
        if (code == def.code)
            return &def;
    }
    return nullptr;
}

} // namespace tally
