// SPDX-License-Identifier: Apache-2.0
#include "core/audit/attachment_export.h"

#include "core/base/messages_audit.h"
#include "core/base/messages_base.h"
#include "core/io/file.h"

#include <system_error>

namespace tally {

namespace {

constexpr const char *sumsName = "SHA256SUMS";

Result<> requireFree(const std::filesystem::path &path)
{
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(path, ignored)))
        return fail(ErrorKind::Io, {auditDef("attachment.name-taken"), {path.string()}});
    return {};
}

} // namespace

Result<> saveAttachment(
    const Audit &audit, const std::string &key, const std::filesystem::path &path, const RunContext &run)
{
    return saveAtomically(path, [&](const WritePiece &write) { return audit.readAttachment(key, write, run); });
}

Result<ExportedEvidence> exportAttachments(
    const Audit &audit, const std::filesystem::path &folder, const RunContext &run)
{
    const AuditStatePtr state = audit.state();
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return fail(ErrorKind::Io, {baseDef("file.unwritable"), {folder.string(), error.message()}});
    TALLY_TRY(requireFree(folder / sumsName));
    for (const Attachment &attachment : state->attachments)
        TALLY_TRY(requireFree(folder / safeFileName(attachment)));

    ExportedEvidence exported;
    std::string sums;
    for (const Attachment &attachment : state->attachments) {
        const std::string name = safeFileName(attachment);
        const auto saved = saveAttachment(audit, attachment.key, folder / name, run);
        if (!saved && saved.error().kind == ErrorKind::Cancelled)
            return tl::unexpected(saved.error());
        if (!saved) {
            exported.problems.push_back(saved.error().message);
            continue;
        }
        exported.files.push_back(folder / name);
        sums += attachment.sha256 + "  " + name + "\n";
    }
    TALLY_TRY(saveAtomically(folder / sumsName, sums));
    return exported;
}

} // namespace tally
