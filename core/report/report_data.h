// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"
#include "core/report/report_words.h"

#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace tally {

struct PartView
{
    const Part *part = nullptr;
    const PartResult *result = nullptr; ///< null before the first run
    const Decision *decision = nullptr; ///< null if nobody decided about the part itself
    Proposal proposal = Proposal::NotChecked;
    bool confirmed = false; ///< a person confirmed a deviation of this part
    std::string shortId;    ///< "A17.1"
};

struct RequirementView
{
    const Requirement *requirement = nullptr;
    const RequirementResult *result = nullptr;
    const Decision *decision = nullptr;
    Proposal proposal = Proposal::NotChecked;
    Status status = Status::Unbearbeitet;
    std::vector<PartView> parts;
    std::set<std::size_t> findings; ///< of all parts, each once
    int confirmedMusts = 0;
    bool applies = true;              ///< ProtectionScope::applies(): else nobody has to decide it
    bool lookedAt = false;            ///< the program looked at something
    std::vector<std::string> missing; ///< needs of its parts that were not met, each once

    /// Its decision rests on something that has changed since.
    [[nodiscard]] bool isOutdated() const { return decision && decision->stale; }
};

/// All findings of one check.
struct Cause
{
    const Check *check = nullptr; ///< null if the rules of this version lack it
    std::string id;
    std::string number; ///< "U-01"
    Severity severity = Severity::Info;
    std::vector<std::size_t> findings; ///< of Assessment::findings, in their order
    std::size_t setAside = 0;          ///< of these: ReportData::isSetAside()
    struct Mapped
    {
        std::size_t requirement;
        std::size_t part; ///< index into RequirementView::parts
        Weight weight;
    };
    std::vector<Mapped> parts; ///< those of the module, in its order
};

/// What a report counts, counted once. Everything the sections print comes from here.
class ReportData
{
public:
    ReportData(const ReportInput &input, const ReportOptions &options, const Translator &translator);

    ReportInput input;
    ReportOptions options;
    ReportLook look;
    Words words;
    const Module *module = nullptr; ///< null if the catalogue lacks it: then there are no requirements
    std::vector<RequirementView> requirements;
    std::vector<Cause> causes; ///< severity, count, id
    std::map<std::string, std::size_t, std::less<>> causeOfCheck;

    std::size_t partCount = 0;
    std::size_t mustParts = 0;
    std::size_t mustDeviations = 0; ///< proposed
    std::size_t mustConfirmed = 0;
    std::size_t mustUnproven = 0; ///< of those confirmed: found by people alone
    std::size_t findings = 0;     ///< of this module
    std::size_t criticalFindings = 0;
    std::size_t criticalByProgram = 0; ///< before the auditors judged severities
    std::size_t judgedFindings = 0;    ///< of findings: isJudgedOtherwise()
    std::size_t otherFindings = 0;     ///< that concern other modules only
    std::size_t refusedFindings = 0;   ///< of findings: accepted, and refusedFor() some part
    std::size_t workloads = 0;
    std::array<int, 5> statusCounts{}; ///< by Status; without decisions that are outdated
    std::array<int, 6> proposalCounts{};

    [[nodiscard]] const AuditState &audit() const { return input.audit; }
    [[nodiscard]] bool hasRun() const { return input.audit.assessment != nullptr; }
    [[nodiscard]] const Finding &finding(std::size_t index) const;
    [[nodiscard]] int decided() const;                               ///< without decisions that are outdated
    [[nodiscard]] std::vector<std::string> openRequirements() const; ///< short ids: "A2", "A5 (outdated)"
    /// Those that are decided or to be decided; the others apply nowhere.
    [[nodiscard]] std::size_t counted() const;
    [[nodiscard]] bool isDraft() const { return decided() < static_cast<int>(counted()); }
    [[nodiscard]] const FindingException *exceptionOf(const Finding &finding) const;
    /// The MUST parts of any module whose deviation it proves, "A17.1", where somebody accepted its risk all the same:
    /// MUST admits no acceptance of a risk. Empty: no such part, or no such exception in force.
    [[nodiscard]] std::set<std::string> refusedFor(const Finding &finding) const;
    /// refusedFor() as a sentence, the same wherever a report names such an exception; "" without a part.
    [[nodiscard]] std::string refusal(const std::set<std::string> &parts) const;
    /// Who withdrew this source, when and why; "" for one that counts.
    [[nodiscard]] std::string withdrawal(int source) const;
    /// Accepted, deferred or a false alarm, and not refused.
    [[nodiscard]] bool isSetAside(const Finding &finding) const;
    /// How an auditor judged its severity; null: nobody did.
    [[nodiscard]] const FindingJudgement *judgementOf(const Finding &finding) const;
    /// Of a finding of audit().assessment: its severity is not the program's.
    [[nodiscard]] bool isJudgedOtherwise(const Finding &finding) const;

    /// By ReportOptions::choice: does it stand in the sections that go into detail?
    [[nodiscard]] bool has(ReportSection section) const;
    [[nodiscard]] bool shows(const Finding &finding) const;
    /// Of the namespace that was chosen; all, if none was.
    [[nodiscard]] bool isOfNamespace(const Finding &finding) const;
    [[nodiscard]] bool isOfNamespace(const RequirementView &view) const;
    [[nodiscard]] bool shows(const RequirementView &view) const;
    [[nodiscard]] std::size_t shownFindings() const;
    [[nodiscard]] std::size_t shownRequirements() const;
    [[nodiscard]] bool isFiltered() const { return options.choice.onlyOpen || !options.choice.namespaceName.empty(); }
    /// Something that the kind has is left out.
    [[nodiscard]] bool isExcerpt() const;
    /// Each thing that is left out, as a sentence. Empty: nothing.
    [[nodiscard]] std::vector<std::string> excerptLines() const;
    /// A section of a report that also goes by itself: its number, "" where it does.
    [[nodiscard]] std::string numberOf(const char *number) const;

    [[nodiscard]] std::string sourceNumber(int source) const; ///< "Q1"
    /// A need in words, and why it was not met.
    [[nodiscard]] std::string need(const std::string &need) const;
    [[nodiscard]] std::string whyNotMet(const std::string &need) const;
    /// "LimitRange, ResourceQuota: not contained in the export; ...".
    [[nodiscard]] std::string notSeen(const std::vector<std::string> &needs) const;
    /// kubectl commands that fetch missing kinds, each once.
    [[nodiscard]] std::vector<std::string> commandsFor(const std::vector<std::string> &needs) const;
    /// "payments/api", "ClusterRole admin", "/usr/bin/su in shop:1".
    [[nodiscard]] std::string placeOf(const Finding &finding) const;
    /// Of several clusters the one where it stands; "" otherwise.
    [[nodiscard]] std::string clusterOf(const Finding &finding) const;
    [[nodiscard]] std::string title(const Cause &cause) const;
    /// The finding's message, with its arguments.
    [[nodiscard]] std::string message(const Finding &finding) const;

private:
    void collectMusts();
    void collectRequirements();
    [[nodiscard]] PartView viewOf(const Part &part, const PartResult *result, const RequirementView &of) const;
    void collectCauses();
    void count();

    std::map<std::string, std::set<std::string>, std::less<>> m_mustsOf; ///< by Finding::id: parts that it proves
};

/// What more than one kind of report shows of the same things: counted and worded once.
[[nodiscard]] Box verdictBox(const ReportData &data);
[[nodiscard]] KeyFigures keyFiguresOf(const ReportData &data);
[[nodiscard]] ChartPair chartsOf(const ReportData &data);
/// Causes that nobody has set aside as a whole: proven deviations first, of these MUST first, then as they stand.
[[nodiscard]] std::vector<const Cause *> worstCauses(const ReportData &data);
/// Rows of what was not checked, most parts first; shortenWith and maxRows are the caller's. No rows: nothing.
[[nodiscard]] Table notCheckedTable(const ReportData &data);
/// Needs that were not met, with the parts that are not or only partly checked for it; most parts first.
struct UnmetNeed
{
    std::string need;
    std::vector<std::string> parts{}; ///< short ids
};
[[nodiscard]] std::vector<UnmetNeed> unmetNeeds(const ReportData &data);
/// "Filtered: only open items. 12 of 355 findings not shown", below the heading of a section that is filtered.
void appendFilterNote(const ReportData &data, std::vector<ReportBlock> &blocks);

/// One after the other append their part of the report.
void appendManagement(const ReportData &data, std::vector<ReportBlock> &blocks);
void appendUnchecked(const ReportData &data, std::vector<ReportBlock> &blocks);
void appendCover(const ReportData &data, std::vector<ReportBlock> &blocks);
void appendSummary(const ReportData &data, std::vector<ReportBlock> &blocks);
void appendScope(const ReportData &data, std::vector<ReportBlock> &blocks);
/// Nothing where none is recorded.
void appendTargetObjects(const ReportData &data, std::vector<ReportBlock> &blocks);
void appendExceptions(const ReportData &data, std::vector<ReportBlock> &blocks);
/// In which clusters an exception by scope holds; "" where it goes without saying.
[[nodiscard]] std::string clustersOf(const Words &w, const AuditState &audit, const FindingException &exception);
void appendHouse(const ReportData &data, std::vector<ReportBlock> &blocks);
void appendOverview(const ReportData &data, std::vector<ReportBlock> &blocks);
void appendPart(const ReportData &data, const PartView &part, std::vector<ReportBlock> &blocks);
void appendRequirements(const ReportData &data, std::vector<ReportBlock> &blocks);
void appendMeasures(const ReportData &data, std::vector<ReportBlock> &blocks);
void appendSignatures(const ReportData &data, std::vector<ReportBlock> &blocks);
void appendAttachments(const ReportData &data, std::vector<ReportBlock> &blocks);
void appendEvidenceList(const ReportData &data, std::vector<ReportBlock> &blocks);
void appendRequests(const ReportData &data, std::vector<ReportBlock> &blocks);
void appendFindings(const ReportData &data, std::vector<ReportBlock> &blocks);
void appendImages(const ReportData &data, std::vector<ReportBlock> &blocks);
void appendTerms(const ReportData &data, std::vector<ReportBlock> &blocks);

/// Numbers and titles of the evidence for a requirement and its parts; empty without any.
[[nodiscard]] Runs evidenceOf(const ReportData &data, const std::string &requirement);

/// Is there anything for the implementation plan: a measure, a decision that names one, an accepted risk?
[[nodiscard]] bool hasMeasures(const ReportData &data);
/// "planned", "overdue"; "high".
[[nodiscard]] std::string stateWord(const Words &words, Measure::State state);
[[nodiscard]] std::string priorityWord(const Words &words, Measure::Priority priority);
/// Ids of requirements, with links, and the causes that it is about.
[[nodiscard]] Cell measurePartsCell(const ReportData &data, const Measure &measure);
/// "2,5" of 20 hours.
[[nodiscard]] std::string personDays(const Words &words, std::int64_t hours);

/// By Finding::id the MUST parts, of any module, whose deviation it proves: "SYS.1.6.A17.1". O(findings of all parts).
[[nodiscard]] std::map<std::string, std::set<std::string>, std::less<>> mustsProved(
    const AuditState &audit, const Catalogue &catalogue);

} // namespace tally
