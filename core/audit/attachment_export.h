// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <filesystem>
#include <string>
#include <vector>

namespace tally {

struct ExportedEvidence
{
    std::vector<std::filesystem::path> files; ///< in the order of the audit's attachments
    std::vector<Message> problems;            ///< what could not be written, and why; the others are there
};

/// Writes the content of all attachments that count into the folder, made where it is missing, and beside them
/// SHA256SUMS, which `sha256sum -c` reads. Names are safeFileName(). Nothing is ever overwritten: where one of the
/// names is taken, nothing at all is written. Errors: Io (a name is taken, the folder cannot be made), Cancelled.
[[nodiscard]] Result<ExportedEvidence> exportAttachments(
    const Audit &audit, const std::filesystem::path &folder, const RunContext &run = {});

/// Content of one attachment into a file, which is replaced as saveAtomically() does; where the content is not what
/// was attached, the file is not written. Errors: as Audit::readAttachment, Io.
[[nodiscard]] Result<> saveAttachment(
    const Audit &audit, const std::string &key, const std::filesystem::path &path, const RunContext &run = {});

} // namespace tally
