// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/comparison.h"
#include "core/base/messages_difference.h"
#include "core/report/report_data.h"

#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What a difference report is made from. All outlive the call.
struct DifferenceInput
{
    const AuditComparison &comparison;
    const Catalogue &catalogue;
    const CheckSet &checks;
};

/// The document behind PDF and HTML: cover, 1 summary on a page of its own, 2 requirements
/// and their parts then and now, 3 decisions, 4
/// to 8 findings by what became of them, 9 what both audits rest on. kind of the options is not looked at.
[[nodiscard]] ReportDocument buildDifference(
    const DifferenceInput &input, const ReportOptions &options, const Translator &translator);

/// All of it for programs: {"format": 1, ...}, with messages and titles in both languages.
[[nodiscard]] std::string writeDifferenceJson(const DifferenceInput &input, const Translator &de, const Translator &en);

/// The same at a glance, for a terminal: lines of plain text.
[[nodiscard]] std::vector<std::string> differenceLines(
    const DifferenceInput &input, Language language, const Translator &translator);

/// What has to be known before the numbers are read: other clusters, changed rules, what could not be compared.
[[nodiscard]] std::vector<Message> differenceNotes(const AuditComparison &comparison);

/// The program proves a deviation where the earlier audit saw too little to say anything: neither better nor worse, and
/// not to be overlooked.
[[nodiscard]] bool isKnownOnlyNow(const ComparedVerdict &verdict);

/// What the sections share.
class DifferenceData
{
public:
    /// What it counts and lists concerns the module of the options, or `wholeAudit`.
    DifferenceData(const DifferenceInput &input, const ReportOptions &options, const Translator &translator,
        bool wholeAudit = false);

    const AuditComparison &compared;
    const Catalogue &catalogue;
    const CheckSet &checks;
    ReportData before;
    ReportData after;

    [[nodiscard]] const Words &words() const { return after.words; }
    /// The data of the audit in which the finding stands.
    [[nodiscard]] const ReportData &dataOf(const ComparedFinding &row) const { return row.after ? after : before; }
    [[nodiscard]] std::string titleOf(const std::string &check) const;
    [[nodiscard]] std::string messageOf(const Finding &finding) const;
    /// "Deployment payments/api", "/usr/bin/su (shop:1)".
    [[nodiscard]] std::string placeOf(const ComparedFinding &row) const;
    [[nodiscard]] std::string direction(Direction direction) const;
    [[nodiscard]] std::string proposal(const std::optional<Proposal> &proposal) const;
    [[nodiscard]] std::string auditName(const AuditState &audit) const;
    /// Requirements of the module, with their titles.
    struct Row
    {
        const Requirement *requirement;
        const ComparedVerdict *verdict;
        std::string shortId;
    };
    [[nodiscard]] const std::vector<Row> &rows() const { return m_rows; }
    [[nodiscard]] std::size_t count(FindingFate fate) const { return m_counts.at(static_cast<std::size_t>(fate)); }
    [[nodiscard]] bool differsByRules() const; ///< some finding is new or gone by the rules alone
    [[nodiscard]] std::vector<const ComparedDecision *> decisions() const;
    /// Short ids of what was decided then and is to be confirmed now.
    [[nodiscard]] std::vector<std::string> waiting() const;
    /// Of the findings with this fate, by check: the severe ones first, then those with many.
    struct Cause
    {
        std::string check;
        Severity severity = Severity::Info;
        std::vector<const ComparedFinding *> findings;
    };
    [[nodiscard]] std::vector<Cause> causes(FindingFate fate) const;

private:
    void collectFindings(bool wholeAudit);
    [[nodiscard]] bool isOfModule(const std::string &id) const;

    std::vector<Row> m_rows;
    std::vector<const ComparedFinding *> m_findings;
    std::array<std::size_t, findingFates> m_counts{};
};

/// 2.1: the parts of each requirement as a picture, then and now; nothing without requirements.
void appendPartsPicture(const DifferenceData &data, std::vector<ReportBlock> &blocks);
void appendDifferenceFindings(const DifferenceData &data, std::vector<ReportBlock> &blocks);
void appendDifferenceBasis(const DifferenceData &data, std::vector<ReportBlock> &blocks);

} // namespace tally
