// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report_data.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tally {

/// What the formats for other programs have in common: the whole audit, with all modules, in one language. Cheap to
/// ask: everything is found once. A view on the input, which must outlive it.
class ExportView
{
public:
    ExportView(const ReportInput &input, const ReportOptions &options, const Translator &translator);

    [[nodiscard]] const ReportInput &input() const { return m_data.input; }
    [[nodiscard]] const AuditState &audit() const { return m_data.input.audit; }
    [[nodiscard]] const Words &words() const { return m_data.words; }
    [[nodiscard]] Language language() const { return m_data.options.language; }
    [[nodiscard]] const std::string &createdAt() const { return m_data.options.createdAt; }
    /// For what it says about needs and places, which do not depend on its module.
    [[nodiscard]] const ReportData &data() const { return m_data; }

    [[nodiscard]] const std::vector<Finding> &findings() const; ///< of the last run; empty before the first one
    [[nodiscard]] const Check *check(std::string_view id) const;
    [[nodiscard]] const PartResult *part(std::string_view id) const;
    [[nodiscard]] const RequirementResult *requirement(std::string_view id) const;
    [[nodiscard]] Proposal proposalOfPart(std::string_view id) const;
    [[nodiscard]] Proposal proposalOf(std::string_view requirementId) const;
    /// Null where nobody decided.
    [[nodiscard]] const Decision *decision(const std::string &id) const;
    /// "Decided: yes, by ... on ...", or that it is outdated; null: that nobody has decided.
    [[nodiscard]] std::string decisionText(const Decision *decision) const;

    /// What the finding says, in one of both languages; hidden characters in its arguments are marked.
    [[nodiscard]] std::string message(const Finding &finding, Language language) const;
    [[nodiscard]] std::string message(const Finding &finding) const { return message(finding, language()); }
    [[nodiscard]] std::string title(const Finding &finding) const;
    /// Name of the finding's source without its folder; "" without one.
    [[nodiscard]] std::string sourceName(int source) const;
    /// "SYS.1.6.A17: partially (outdated)", of the requirements to which the finding speaks more than context.
    [[nodiscard]] std::string decisionsOn(const Finding &finding) const;
    /// Kind, expiry and reason; "" without an exception.
    [[nodiscard]] std::string exceptionOn(const Finding &finding) const;

private:
    ReportData m_data;
    std::map<std::string_view, const Check *> m_checks;
    std::map<std::string_view, const RequirementResult *> m_requirements;
    std::map<std::string_view, const PartResult *> m_parts;
};

/// "SYS.1.6: 1,254, APP.4.4: 1,250": how many findings the parts of each module name. "": there is one module only, or
/// nothing to count. O(findings of all parts).
[[nodiscard]] std::string findingsByModule(const AuditState &audit, const Catalogue &catalogue, Language language);

/// A table for other programs. Texts are never formulas, numbers are numbers.
struct ExportTable
{
    using Value = std::variant<std::string, std::int64_t>;
    struct Column
    {
        std::string head;
        double width = 12; ///< in characters, for programs that show columns
    };
    std::vector<Column> columns;
    std::vector<std::vector<Value>> rows; ///< each as long as columns
};

/// One row per finding, in the order of the run.
[[nodiscard]] ExportTable findingTable(const ExportView &view);
/// Parts that were not or only partly checked: what was not seen, why, and how it can be obtained.
[[nodiscard]] ExportTable notCheckedTable(const ExportView &view);
/// Target objects with their protection needs and reasons, by key.
[[nodiscard]] ExportTable targetTable(const ExportView &view);
[[nodiscard]] ExportTable sourceTable(const ExportView &view);
[[nodiscard]] ExportTable journalTable(const ExportView &view);

} // namespace tally
