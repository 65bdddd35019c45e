// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_difference.h"
#include "core/base/text_format.h"
#include "core/checks/finding_text.h"
#include "core/report/report_difference.h"
#include "core/report/report_texts.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace tally {

namespace {

/// Ids of the findings that parts of the module name.
void addFindings(const AssessmentPtr &run, const std::string &module, std::set<std::string_view> &ids)
{
    if (!run)
        return;
    for (const RequirementResult &requirement : run->requirements) {
        if (!requirement.id.starts_with(module))
            continue;
        for (const PartResult &part : requirement.parts) {
            for (const PartFinding &found : part.findings) {
                if (found.finding < run->findings.size())
                    ids.insert(run->findings[found.finding].id);
            }
        }
    }
}

} // namespace

DifferenceData::DifferenceData(
    const DifferenceInput &input, const ReportOptions &options, const Translator &translator, bool wholeAudit)
    : compared(input.comparison)
    , catalogue(input.catalogue)
    , checks(input.checks)
    , before({*input.comparison.before, input.catalogue, input.checks}, options, translator)
    , after({*input.comparison.after, input.catalogue, input.checks}, options, translator)
{
    collectFindings(wholeAudit || !after.module);
    if (!after.module)
        return;
    for (const Requirement &requirement : after.module->requirements) {
        const auto verdict = std::ranges::find(compared.requirements, requirement.id, &ComparedVerdict::id);
        if (verdict != compared.requirements.end())
            m_rows.push_back({&requirement, &*verdict, requirement.id.substr(after.module->id.size() + 1)});
    }
}

void DifferenceData::collectFindings(bool wholeAudit)
{
    std::set<std::string_view> ids;
    if (!wholeAudit) {
        const std::string module = after.module->id + ".";
        addFindings(compared.before->run, module, ids);
        addFindings(compared.beforeAnew, module, ids);
        addFindings(compared.after->run, module, ids);
    }
    for (const ComparedFinding &row : compared.findings) {
        if (!wholeAudit && !ids.contains(row.shown().id))
            continue;
        m_findings.push_back(&row);
        ++m_counts.at(static_cast<std::size_t>(row.fate));
    }
}

bool DifferenceData::isOfModule(const std::string &id) const
{
    return !after.module || id.starts_with(after.module->id + ".");
}

bool DifferenceData::differsByRules() const
{
    return count(FindingFate::NewByRules) + count(FindingFate::GoneByRules) > 0;
}

std::vector<const ComparedDecision *> DifferenceData::decisions() const
{
    std::vector<const ComparedDecision *> all;
    for (const ComparedDecision &row : compared.decisions) {
        if (isOfModule(row.id))
            all.push_back(&row);
    }
    return all;
}

std::vector<std::string> DifferenceData::waiting() const
{
    std::vector<std::string> all;
    for (const std::string &id : compared.waiting) {
        if (isOfModule(id))
            all.push_back(after.module ? id.substr(after.module->id.size() + 1) : id);
    }
    return all;
}

std::string DifferenceData::titleOf(const std::string &check) const
{
    const Check *found = checks.find(check);
    return found && !found->title.empty() ? found->title.in(words().language()) : words().outside(check, 80);
}

std::string DifferenceData::messageOf(const Finding &finding) const
{
    const Check *check = checks.find(finding.check);
    if (!check)
        return {};
    const Text *text = messageText(*check, finding.variant);
    if (!text)
        return {};
    std::vector<std::string> args;
    for (const std::string &arg : finding.args)
        args.push_back(words().outside(arg));
    return fillPlaceholders(text->in(words().language()), {nullptr, std::move(args)});
}

std::string DifferenceData::placeOf(const ComparedFinding &row) const
{
    const Finding &finding = row.shown();
    std::string place = dataOf(row).placeOf(finding);
    if (finding.object && !finding.object->namespaceName.empty())
        place = words().outside(finding.object->kind) + ' ' + place;
    return place;
}

std::string DifferenceData::direction(Direction direction) const
{
    switch (direction) {
    case Direction::Same:
        return words()(differenceDef("direction.same"));
    case Direction::Better:
        return words()(differenceDef("direction.better"));
    case Direction::Worse:
        return words()(differenceDef("direction.worse"));
    case Direction::Unclear:
        return words()(differenceDef("direction.unclear"));
    case Direction::Clearer:
        return words()(differenceDef("direction.clearer"));
    case Direction::Other:
        return words()(differenceDef("direction.other"));
    }
    return {};
}

std::string DifferenceData::proposal(const std::optional<Proposal> &proposal) const
{
    return proposal ? words().proposal(*proposal) : words()(differenceDef("not-judged"));
}

std::string DifferenceData::auditName(const AuditState &audit) const
{
    return audit.info.title.empty() ? words()(differenceDef("no-title")) : words().outside(audit.info.title, 120);
}

bool isKnownOnlyNow(const ComparedVerdict &verdict)
{
    return verdict.proposal == Direction::Clearer && verdict.after == Proposal::Deviation;
}

std::vector<DifferenceData::Cause> DifferenceData::causes(FindingFate fate) const
{
    std::map<std::string_view, Cause> byCheck;
    for (const ComparedFinding *row : m_findings) {
        if (row->fate != fate)
            continue;
        Cause &cause = byCheck[row->shown().check];
        cause.check = row->shown().check;
        cause.severity = std::max(cause.severity, row->shown().severity);
        cause.findings.push_back(row);
    }
    std::vector<Cause> causes;
    for (auto &[check, cause] : byCheck)
        causes.push_back(std::move(cause));
    std::ranges::stable_sort(causes, [](const Cause &one, const Cause &other) {
        return one.severity != other.severity ? one.severity > other.severity
                                              : one.findings.size() > other.findings.size();
    });
    return causes;
}

namespace {

/// Beside clusters that are compared: what the one audit calls those that the other one does not have.
std::string loneClusters(const AuditComparison &compared, const AuditCluster *ComparedCluster::*has)
{
    std::string names;
    if (!compared.clustersCompared || std::ranges::none_of(compared.clusters, &ComparedCluster::isPair))
        return names;
    for (const ComparedCluster &each : compared.clusters) {
        if (!each.isPair() && each.*has)
            names += (names.empty() ? "" : ", ") + visible((each.*has)->name);
    }
    return names;
}

} // namespace

std::vector<Message> differenceNotes(const AuditComparison &compared)
{
    std::vector<Message> notes;
    if (compared.cluster == ClusterMatch::Unknown)
        notes.push_back({differenceDef("note.unknown")});
    if (compared.cluster == ClusterMatch::Different)
        notes.push_back({compared.clustersCompared ? differenceDef("note.across") : differenceDef("note.different")});
    if (compared.cluster == ClusterMatch::OnlyBefore)
        notes.push_back({differenceDef("note.only-before")});
    if (compared.cluster == ClusterMatch::OnlyAfter)
        notes.push_back({differenceDef("note.only-after")});
    if (std::string names = loneClusters(compared, &ComparedCluster::after); !names.empty())
        notes.push_back({differenceDef("note.lone-cluster"), {std::move(names)}});
    if (std::string names = loneClusters(compared, &ComparedCluster::before); !names.empty())
        notes.push_back({differenceDef("note.lost-cluster"), {std::move(names)}});
    if (compared.notComparable)
        notes.push_back({differenceDef("note.not-comparable")});
    else if (compared.judgedAnew)
        notes.push_back({differenceDef("note.anew")});
    else if (compared.rulesUnclear)
        notes.push_back({differenceDef("note.unclear")});
    else if (compared.rulesChanged)
        notes.push_back({differenceDef("note.rules")});
    else if (compared.policyChanged)
        notes.push_back({differenceDef("note.policy")});
    if (compared.outdated)
        notes.push_back({differenceDef("note.outdated")});
    return notes;
}

namespace {

class Lines
{
public:
    explicit Lines(const DifferenceData &data)
        : m_data(data)
        , m_w(data.words())
    {
    }

    std::vector<std::string> make() &&
    {
        const AuditComparison &compared = m_data.compared;
        const auto judged = [&](const AuditState &audit) { return formatTime(audit.run->createdAt, m_w.language()); };
        m_lines.push_back(m_w(differenceDef("cli.compared"),
            {m_data.auditName(*compared.before), judged(*compared.before), m_data.auditName(*compared.after),
                judged(*compared.after)}));
        for (const Message &note : differenceNotes(compared))
            m_lines.push_back("! " + m_w(note));
        findings(FindingFate::New, differenceDef("cli.new"));
        findings(FindingFate::NewByRules, differenceDef("cli.new-by-rules"));
        findings(FindingFate::Gone, differenceDef("cli.gone"));
        findings(FindingFate::GoneByRules, differenceDef("cli.gone-by-rules"));
        findings(FindingFate::NotLookedAt, differenceDef("cli.unclear"));
        findings(FindingFate::Changed, differenceDef("cli.changed"));
        head(differenceDef("cli.same"), compared.count(FindingFate::Same));
        verdicts();
        decisions();
        references();
        head(differenceDef("cli.exceptions"), compared.exceptions.size());
        return std::move(m_lines);
    }

private:
    static constexpr std::size_t most = 200; ///< of one kind; all of them stand in the report

    void head(const MessageDef *def, std::size_t count)
    {
        m_lines.emplace_back();
        m_lines.push_back(m_w(def, {m_w.count(count)}));
    }

    void findings(FindingFate fate, const MessageDef *def)
    {
        if (m_data.compared.count(fate) == 0 && (fate == FindingFate::NewByRules || fate == FindingFate::GoneByRules))
            return;
        head(def, m_data.compared.count(fate));
        std::size_t shown = 0;
        for (const DifferenceData::Cause &cause : m_data.causes(fate)) {
            for (const ComparedFinding *row : cause.findings) {
                if (shown++ < most)
                    m_lines.push_back("  " + lineOf(*row));
            }
        }
        if (shown > most)
            m_lines.push_back("  " + m_w(differenceDef("more-findings"), {m_w.count(shown - most)}));
    }

    [[nodiscard]] std::string lineOf(const ComparedFinding &row) const
    {
        std::string line = row.shown().check + "  " + m_data.placeOf(row);
        if (!row.shown().container.empty())
            line += ", " + m_w(differenceDef("container"), {m_w.outside(row.shown().container)});
        if (!row.missing.empty())
            line += "  (" + m_w(differenceDef("missing")) + ": " + m_data.after.notSeen(row.missing) + ')';
        return line;
    }

    void verdicts()
    {
        std::vector<std::string> changed;
        for (const ComparedVerdict &verdict : m_data.compared.requirements) { // of all modules
            if (verdict.proposal != Direction::Same)
                changed.push_back("  " + verdict.id + "  " + m_data.proposal(verdict.before) + " -> "
                    + m_data.proposal(verdict.after) + "  ("
                    + (isKnownOnlyNow(verdict) ? m_w(textDef("known.direction")) : m_data.direction(verdict.proposal))
                    + ')');
            if (verdict.status != Direction::Same)
                changed.push_back("  " + verdict.id + "  "
                    + decisionWord(m_w, decisionOn(m_data.before.audit(), verdict.id)) + " -> "
                    + decisionWord(m_w, decisionOn(m_data.after.audit(), verdict.id)) + "  ("
                    + m_data.direction(verdict.status) + ')');
        }
        head(differenceDef("cli.verdicts"), changed.size());
        m_lines.insert(m_lines.end(), changed.begin(), changed.end());
    }

    void decisions()
    {
        head(differenceDef("cli.decisions"), m_data.compared.decisions.size());
        for (const ComparedDecision &row : m_data.compared.decisions) // of all modules
            m_lines.push_back("  " + m_w.outside(row.id) + "  " + decisionWord(m_w, row.before) + " -> "
                + decisionWord(m_w, row.after)
                + (row.status == Direction::Same ? std::string() : "  (" + m_data.direction(row.status) + ')'));
        if (m_data.compared.waiting.empty())
            return;
        head(differenceDef("cli.waiting"), m_data.compared.waiting.size());
        for (const std::string &id : m_data.compared.waiting)
            m_lines.push_back("  " + m_w.outside(id) + "  " + decisionWord(m_w, decisionOn(m_data.before.audit(), id)));
    }

    void references()
    {
        const std::vector<ComparedReference> &all = m_data.compared.references;
        head(differenceDef("cli.references"), all.size());
        for (std::size_t i = 0; i < std::min(all.size(), most); ++i)
            m_lines.push_back("  " + (all[i].cluster.empty() ? std::string() : m_w.given(all[i].cluster) + ": ")
                + m_w.outside(all[i].workload.namespaceName) + '/' + m_w.outside(all[i].workload.name) + ' '
                + m_w.outside(all[i].container) + ": " + m_w.outside(all[i].before) + " -> "
                + m_w.outside(all[i].after));
    }

    const DifferenceData &m_data;
    const Words &m_w;
    std::vector<std::string> m_lines;
};

} // namespace

std::vector<std::string> differenceLines(const DifferenceInput &input, Language language, const Translator &translator)
{
    ReportOptions options;
    options.language = language;
    const DifferenceData data(input, options, translator, true);
    return Lines(data).make();
}

} // namespace tally
