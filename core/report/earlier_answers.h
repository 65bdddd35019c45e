// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/catalogue/crosswalk.h"
#include "core/report/answers.h"

#include <string>
#include <vector>

namespace tally {

/// Answers of a Grundschutz-Check that was written down in a spreadsheet, by whatever program.
struct EarlierAnswers
{
    struct Answer
    {
        std::string from; ///< requirement or part, as the edition of the workbook numbers it
        std::string to;   ///< as this edition does; "" no answer is taken over
        Decision decision;
        Text note; ///< why not, or what is different
    };

    std::vector<Answer> answers;
    std::vector<AnswerProblem> problems; ///< cells that could not be understood
};

/// Reads every sheet that has, in one of its first 30 rows, a heading for requirements and one for their status, in
/// German or English ("Anforderung", "Umsetzungsstatus"; also those of this program's own workbooks). A row counts
/// where its first words are an id of a module of the catalogue ("SYS.1.6.A17", "APP.4.4.A1.2") and it answers
/// something; where an id comes twice, the first one counts. The crosswalk is from the edition by which it was
/// answered. Errors: as readWorkbook(); Malformed where there is no such sheet; Unsupported where this program exported
/// it by another edition.
[[nodiscard]] Result<EarlierAnswers> readEarlierAnswers(const ByteSourcePtr &workbook, const std::string &name,
    const Crosswalk &crosswalk, const Catalogue &catalogue, const Translator &de, const Translator &en,
    const Limits &limits);

/// What an audit is started from (Audit::takeOver(), createFrom()): nothing but these answers, under the workbook's
/// name and edition.
[[nodiscard]] AuditState asAudit(
    const EarlierAnswers &answers, const std::string &name, const Crosswalk &crosswalk, const Catalogue &catalogue);

} // namespace tally
