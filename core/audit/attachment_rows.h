// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/attachments.h"
#include "core/audit/database.h"
#include "core/audit/journal.h"
#include "core/base/progress.h"

#include <functional>
#include <vector>

namespace tally {

/// The tables of format 3: those of formats 1 and 2 never held a row and are replaced; where one does hold a row, it
/// was put there by something else: Malformed.
[[nodiscard]] Result<> makeAttachmentTables(Database &database);

/// In the order of adding; those that were removed go to `removed`.
[[nodiscard]] Result<> loadAttachments(
    const Database &database, std::vector<Attachment> &present, std::vector<Attachment> &removed);

struct WrittenAttachment
{
    Attachment attachment; ///< with key, mediaType, bytes and sha256
    std::vector<TouchedRow> rows;
};
/// Streams the content into the file, in chunks of 1 MiB, inside the caller's transaction. Memory: one chunk. Errors:
/// Io (also: disk full, the file became shorter), LimitExceeded, Cancelled.
[[nodiscard]] Result<WrittenAttachment> insertAttachment(
    Database &database, const NewAttachment &what, const RunContext &run);
/// Texts, ids and whether it counts.
[[nodiscard]] Result<TouchedRow> updateAttachment(Database &database, const Attachment &attachment);

/// Passes the content on, chunk by chunk. Malformed where it is not what its digest says: only then is it known, so
/// what was passed on before is to be thrown away.
[[nodiscard]] Result<> readContent(const Database &database, const Attachment &attachment,
    const std::function<Result<>(std::string_view)> &take, const RunContext &run);

} // namespace tally
