// SPDX-License-Identifier: Apache-2.0
#include "core/base/message.h"

namespace tally {

std::string fillPlaceholders(std::string_view text, const Message &message)
{
    std::string filled;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char name = text[i] == '%' && i + 1 < text.size() ? text[i + 1] : '\0';
        const std::size_t arg = name >= '1' && name <= '9' ? static_cast<std::size_t>(name - '1') : message.args.size();
        if (arg < message.args.size()) {
            filled += message.args[arg];
            ++i;
        } else if (name == 'n' && message.count >= 0) {
            filled += std::to_string(message.count);
            ++i;
        } else {
            filled += text[i];
        }
    }
    return filled;
}

} // namespace tally
