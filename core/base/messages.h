// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <span>
#include <string_view>

namespace tally {

/// Everything core can say: one table per module (messages_audit.h and so on), so that codes cannot collide unseen and
/// stored ones can be read back. Whoever says something includes its module's table, and no other.
[[nodiscard]] std::span<const std::span<const MessageDef>> messageTables() noexcept;

/// The definition behind a stored code; nullptr if this version does not know it.
[[nodiscard]] const MessageDef *findMessage(std::string_view code) noexcept;

} // namespace tally
