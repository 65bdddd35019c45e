// SPDX-License-Identifier: Apache-2.0
#include "ui/models/earlier_audit.h"

#include "core/audit/earlier_edition.h"
#include "core/base/ascii.h"
#include "core/base/messages_scope.h"
#include "core/report/earlier_answers.h"
#include "ui/text/message_translator.h"

namespace tally::ui {

namespace {

Result<AuditStatePtr> readWorkbookOf(const std::filesystem::path &file, const Catalogue &catalogue)
{
    const Limits limits;
    const MessageTranslator german(Language::German);
    const MessageTranslator english(Language::English);
    const std::string name = file.filename().string();
    TALLY_ASSIGN(const Crosswalk crosswalk, loadCrosswalk(Resources(), catalogue, earlierEdition));
    TALLY_ASSIGN(const ByteSourcePtr bytes, openFile(file, limits));
    TALLY_ASSIGN(
        const EarlierAnswers answers, readEarlierAnswers(bytes, name, crosswalk, catalogue, german, english, limits));
    if (!answers.problems.empty()) {
        const AnswerProblem &first = answers.problems.front();
        const Message message{scopeDef("crosswalk.cells"), {name, first.sheet, first.cell, first.id},
            static_cast<int>(answers.problems.size())};
        return fail(ErrorKind::Malformed, message, english.text(first.why));
    }
    return std::make_shared<const AuditState>(asAudit(answers, name, crosswalk, catalogue));
}

} // namespace

Result<AuditStatePtr> readEarlierAudit(
    const std::filesystem::path &file, const Catalogue &catalogue, const RunContext &run)
{
    if (lowered(file.extension().string()) == ".xlsx")
        return readWorkbookOf(file, catalogue);
    return readForNext(file, Resources(), catalogue, run);
}

} // namespace tally::ui
