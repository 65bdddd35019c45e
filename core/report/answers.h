// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/limits.h"
#include "core/io/byte_source.h"
#include "core/report/report.h"

#include <cstddef>
#include <string>
#include <vector>

namespace tally {

/// A decision that a workbook would change. What a workbook does not hold (assessor, basis, ...) is as before.
struct Answer
{
    std::string id; ///< requirement or part
    Decision before;
    Decision after;
};

/// Why a cell of a workbook is not taken over.
struct AnswerProblem
{
    std::string sheet;
    std::string cell; ///< "J7"
    std::string id;   ///< requirement or part; "" unknown
    Message why;
};

struct Answers
{
    std::vector<Answer> changed;         ///< in the order of the sheet, each valid by validateDecision()
    std::vector<AnswerProblem> problems; ///< among them conflicts, which are never in `changed`
    std::size_t rows = 0;                ///< requirements and parts that were read
};

/// Compares the answers in a workbook that writeXlsx() made, and that any spreadsheet saved again, with the audit. A
/// row that was not changed since the export changes nothing, whatever the audit says by now; one that was changed on
/// both sides differently is a conflict. Status words of both languages are understood (de and en render them). Errors:
/// as readWorkbook(); Malformed where the workbook is none of this program's; Unsupported where it belongs to another
/// audit or edition, or is newer than the program.
[[nodiscard]] Result<Answers> readAnswers(const ByteSourcePtr &workbook, const std::string &name,
    const ReportInput &input, const Translator &de, const Translator &en, const Limits &limits);

/// Decides what changed, one after the other; `by` "": the audit's actor. Returns how many were decided before an
/// error.
struct AppliedAnswers
{
    std::size_t done = 0;
    std::vector<AnswerProblem> refused; ///< with their ids
};
[[nodiscard]] AppliedAnswers applyAnswers(Audit &audit, const Answers &answers, const std::string &by);

} // namespace tally
