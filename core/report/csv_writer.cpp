// SPDX-License-Identifier: Apache-2.0
#include "core/report/csv_writer.h"

#include "core/base/messages_exports.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

namespace tally {

namespace {

/// Spreadsheets run what begins so as a formula, wherever the file came from; an apostrophe makes it text.
bool isFormula(std::string_view text)
{
    return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

void append(std::string &csv, const std::string &text, char separator)
{
    const std::string safe = isFormula(text) ? "'" + text : text;
    if (safe.find_first_of(std::string{separator, '"', '\n', '\r'}) == std::string::npos) {
        csv += safe;
        return;
    }
    csv += '"';
    for (const char c : safe) {
        if (c == '"')
            csv += '"';
        csv += c;
    }
    csv += '"';
}

std::string_view resultOf(const Decision *decision, Proposal proposal)
{
    if (decision && decision->stale)
        return "not_assessed"; // what it rested on has changed: the message says so
    if (!decision)             // a proven deviation is a fact; nothing is compliant before a person says so
        return proposal == Proposal::Deviation ? "non_compliant" : "not_assessed";
    switch (decision->status) {
    case Status::Ja:
        return "compliant";
    case Status::Teilweise:
        return "partially_compliant";
    case Status::Nein:
        return "non_compliant";
    case Status::Entbehrlich:
        return "not_applicable";
    case Status::Unbearbeitet:
        break;
    }
    return "not_assessed";
}

/// CISO Assistant numbers the bullets of some requirements, too: from this part on its ids mean other sentences than
/// ours. Source: compliance-facts.md, section 8.
struct OtherNumbers
{
    std::string_view requirement;
    int from;
};
constexpr std::array<OtherNumbers, 6> otherNumbers = {{{"SYS.1.6.A8", 5}, {"SYS.1.6.A21", 4}, {"SYS.1.6.A24", 5},
    {"SYS.1.6.A26", 2}, {"APP.4.4.A5", 3}, {"APP.4.4.A12", 2}}};

bool isNumberedOtherwise(const std::string &requirement, const std::string &part)
{
    const auto found = std::ranges::find(otherNumbers, requirement, &OtherNumbers::requirement);
    return found != otherNumbers.end() && std::atoi(part.c_str() + part.rfind('.') + 1) >= found->from;
}

std::vector<ExportTable::Value> postureRow(
    const ExportView &view, const std::string &id, Proposal proposal, const std::string &expected)
{
    const Words &w = view.words();
    const Decision *decision = view.decision(id);
    const std::string proposed = w(exportDef("export.oscal.proposal"), {w.proposal(proposal)});
    std::string message = view.decisionText(decision);
    if (decision && !decision->reason.empty())
        message += " " + w.typed(decision->reason);
    return {id, std::string(resultOf(decision, proposal)), proposed, expected, message};
}

} // namespace

std::string csvText(const ExportTable &table, char separator)
{
    std::string csv;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (i > 0)
            csv += separator;
        append(csv, table.columns[i].head, separator);
    }
    csv += "\r\n";
    for (const auto &row : table.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0)
                csv += separator;
            if (const auto *number = std::get_if<std::int64_t>(&row[i]))
                csv += std::to_string(*number);
            else
                append(csv, std::get<std::string>(row[i]), separator);
        }
        csv += "\r\n";
    }
    return csv;
}

std::string writeCsv(const ReportInput &input, const ReportOptions &options, const Translator &translator)
{
    return "\xEF\xBB\xBF" + csvText(findingTable({input, options, translator}), ';');
}

std::string writePostureCsv(const ReportInput &input, const ReportOptions &options, const Translator &translator)
{
    const ExportView view(input, options, translator);
    ExportTable table;
    table.columns = {{"ref_id"}, {"result"}, {"actual"}, {"expected"}, {"message"}};
    for (const Module &module : input.catalogue.modules) {
        for (const Requirement &requirement : module.requirements) {
            table.rows.push_back(postureRow(
                view, requirement.id, view.proposalOf(requirement.id), requirement.title.in(options.language)));
            const std::size_t own = table.rows.size() - 1;
            std::string others; // they stand in the row of their requirement
            for (const Part &part : requirement.parts) {
                std::vector<ExportTable::Value> row
                    = postureRow(view, part.id, view.proposalOfPart(part.id), part.text.in(options.language));
                if (!isNumberedOtherwise(requirement.id, part.id)) {
                    table.rows.push_back(std::move(row));
                    continue;
                }
                others.append(others.empty() ? "" : "; ").append(part.id).append(": ");
                others += std::get<std::string>(row[1]);
            }
            if (!others.empty())
                std::get<std::string>(table.rows[own].back())
                    += ' ' + view.words()(exportDef("export.posture.others"), {others});
        }
    }
    return csvText(table, ',');
}

} // namespace tally
