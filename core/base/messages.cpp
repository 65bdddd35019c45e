// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages.h"

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
#include "core/base/messages_journal.h"
#include "core/base/messages_report.h"
#include "core/base/messages_scope.h"
#include "core/base/messages_workbench.h"

#include <array>

namespace tally {

std::span<const std::span<const MessageDef>> messageTables() noexcept
{
    static constexpr std::array<std::span<const MessageDef>, 15> tables = {
        assessmentMessages,
        auditMessages,
        baseMessages,
        catalogueMessages,
        checksMessages,
        clusterMessages,
        differenceMessages,
        documentMessages,
        exportMessages,
        imageMessages,
        ioMessages,
        journalMessages,
        reportMessages,
        scopeMessages,
        workbenchMessages,
    };
    return tables;
}

const MessageDef *findMessage(std::string_view code) noexcept
{
    for (const std::span<const MessageDef> table : messageTables()) {
        for (const MessageDef &def : table) {
            if (code == def.code)
                return &def;
        }
    }
    return nullptr;
}

} // namespace tally
