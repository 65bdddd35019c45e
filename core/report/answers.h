// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/limits.h"
#include "core/io/byte_source.h"
#include "core/report/report.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tally {

/// A decision that a workbook would change. What a workbook does not hold (assessor, basis, ...) is as before.
struct Answer
{
    std::string id; ///< requirement or part
    Decision before;
    Decision after;
    std::string cell{}; ///< where its status stands
};

/// Why a cell of a workbook is not taken over.
struct AnswerProblem
{
    std::string sheet;
    std::string cell; ///< "J7"
    std::string id;   ///< requirement or part; "" unknown
    Message why;
};

/// A measure or a request for evidence that a workbook would change.
struct RecordAnswer
{
    std::optional<Record> before; ///< nothing: a new measure, whose key is given when it is taken over
    Record after;
};

struct Answers
{
    std::vector<Answer> changed;         ///< in the order of the sheet; valid, when all of them are taken over
    std::vector<RecordAnswer> records;   ///< measures, then requests
    std::vector<AnswerProblem> problems; ///< among them conflicts, which are never taken over
    std::size_t rows = 0;                ///< requirements, parts, measures and requests that were read
};

/// Compares the answers in a workbook that writeXlsx() or writeRequestsXlsx() made, and that any spreadsheet saved
/// again, with the audit. A row that was not changed since the export changes nothing, whatever the audit says by now;
/// one that was changed on both sides differently is a conflict. Status words of both languages are understood (de and
/// en render them). Errors: as readWorkbook(); Malformed where the workbook is none of this program's; Unsupported
/// where it belongs to another audit or edition, or is newer than the program.
[[nodiscard]] Result<Answers> readAnswers(const ByteSourcePtr &workbook, const std::string &name,
    const ReportInput &input, const Translator &de, const Translator &en, const Limits &limits);

/// What takes them over, in an order that Audit::change() can follow; `by` "": the audit's actor.
[[nodiscard]] std::vector<AuditChange> changesOf(const AuditState &state, const std::vector<Answer> &decisions,
    const std::vector<RecordAnswer> &records, const std::string &by);

/// Takes over what changed, in one step that undo takes back; where the audit refuses it, one after the other, and
/// says what was refused.
struct AppliedAnswers
{
    std::size_t done = 0;               ///< decisions
    std::size_t measures = 0;           ///< taken over
    std::size_t requests = 0;           ///< likewise
    std::vector<AnswerProblem> refused; ///< with their ids
};
[[nodiscard]] AppliedAnswers applyAnswers(Audit &audit, const Answers &answers, const std::string &by);

} // namespace tally
