// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"
#include "core/base/messages_assessment.h"
#include "core/base/messages_audit.h"
#include "core/base/messages_base.h"
#include "core/base/messages_catalogue.h"
#include "core/base/messages_checks.h"
#include "core/base/messages_cluster.h"
#include "core/base/messages_difference.h"
#include "core/base/messages_document.h"
#include "core/base/messages_exports.h"
#include "core/base/messages_image.h"
#include "core/base/messages_io.h"
#include "core/base/messages_report.h"
#include "core/base/messages_workbench.h"

#include <span>
#include <string_view>

namespace tally {

/// Everything core can say: one table per module, so that codes cannot collide unseen and stored ones can be read back.
inline constexpr std::array<std::span<const MessageDef>, 13> messageTables = {
    baseMessages,
    ioMessages,
    documentMessages,
    imageMessages,
    clusterMessages,
    catalogueMessages,
    checksMessages,
    assessmentMessages,
    workbenchMessages,
    auditMessages,
    reportMessages,
    exportMessages,
    differenceMessages,
};

/// messageDef("file.empty") in code; an unknown code does not compile.
/// Compares character by character and leaves at the first difference: this runs in the compiler, hundreds of times a
/// file, and string_view's own comparison made that take a minute.
[[nodiscard]] consteval const MessageDef *messageDef(std::string_view code)
{
    for (const std::span<const MessageDef> table : messageTables) {
        for (const MessageDef &def : table) {
            std::size_t i = 0;
            while (i < code.size() && def.code[i] == code[i])
                ++i;
            if (i == code.size() && def.code[i] == '\0')
                return &def;
        }
    }
    throw "unknown message code";
}

/// The definition behind a stored code; nullptr if this version does not know it.
[[nodiscard]] const MessageDef *findMessage(std::string_view code) noexcept;

} // namespace tally
