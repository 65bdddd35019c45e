// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/export_view.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

struct lxw_workbook;

namespace tally {

/// The sheets of measures and of requests for evidence: what the writer and the reader of a workbook agree on. Both
/// have a hidden first row of keys and hidden columns for the id, the state that was exported and the audit, as the
/// sheet of requirements has (answer_sheet.h).

namespace recordKeys {
inline constexpr std::string_view measure = "tallymann:measure"; ///< id column of measures
inline constexpr std::string_view request = "tallymann:request"; ///< id column of requests
inline constexpr std::string_view field = "tallymann:field/";    ///< then the name of the field
} // namespace recordKeys

enum class SheetKind : std::uint8_t { Text, Date, Number, Choice };

/// A field that people can change.
struct SheetField
{
    const char *name; ///< behind recordKeys::field
    SheetKind kind;
    const MessageDef *head;
    double width; ///< in characters
};

[[nodiscard]] const std::vector<SheetField> &measureFields();
[[nodiscard]] const std::vector<SheetField> &requestFields();
/// Their values in that order: words of enumerations as stored, dates as ISO dates, numbers as digits.
[[nodiscard]] std::vector<std::string> fieldTexts(const Measure &measure);
[[nodiscard]] std::vector<std::string> fieldTexts(const EvidenceRequest &request);
/// A short digest of them, blanks at the ends ignored: the same before and after a spreadsheet saved it.
[[nodiscard]] std::string stateOfTexts(const std::vector<std::string> &texts);
/// Do they fit into cells as they are?
[[nodiscard]] bool fitsCells(const std::vector<std::string> &texts);

/// A word of an enumeration as it is stored, and what people read.
struct SheetChoice
{
    std::string_view stored;
    std::string word;
};
/// Of a field of SheetKind::Choice, in the order of a list.
[[nodiscard]] std::vector<SheetChoice> choicesOf(std::string_view field, bool ofMeasure, const Words &words);

void addMeasureSheet(lxw_workbook *book, const ExportView &view);
void addRequestSheet(lxw_workbook *book, const ExportView &view);

/// The list of requests alone, for the audited party: what is asked for, and cells to fill in. readAnswers() reads it
/// back. The same audit gives the same bytes. Errors: Io.
[[nodiscard]] Result<std::string> writeRequestsXlsx(
    const ReportInput &input, const ReportOptions &options, const Translator &translator);

} // namespace tally
