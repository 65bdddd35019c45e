// SPDX-License-Identifier: Apache-2.0
#include "core/audit/target_messages.h"
#include "core/audit/target_objects.h"
#include "core/base/messages_difference.h"
#include "core/base/messages_exports.h"
#include "core/base/messages_report.h"
#include "core/base/messages_scope.h"
#include "core/base/text_format.h"
#include "core/report/export_view.h"
#include "core/report/journal_view.h"
#include "core/report/report_targets.h"
#include "core/report/report_texts.h"

#include <algorithm>

namespace tally {

namespace {

using Value = ExportTable::Value;

/// A number, or nothing where it is not known.
Value numberOr(bool known, std::int64_t number)
{
    return known ? Value(number) : Value(std::string());
}

std::string weightWord(const Words &w, Weight weight)
{
    switch (weight) {
    case Weight::Proves:
        return w(exportDef("export.weight.proves"));
    case Weight::Indicates:
        return w(exportDef("export.weight.indicates"));
    case Weight::Context:
        return w(exportDef("export.weight.context"));
    }
    return {};
}

/// "SYS.1.6.A17.1 (proves), ...".
std::string partsOf(const ExportView &view, const Finding &finding)
{
    const Check *check = view.check(finding.check);
    std::vector<std::string> parts;
    for (const PartWeight &pair : check ? check->parts : std::vector<PartWeight>())
        parts.push_back(pair.part + " (" + weightWord(view.words(), check->weightOf(pair, finding)) + ")");
    return join(parts);
}

constexpr int clusterColumn = 4; ///< where there are several

std::vector<Value> findingRow(const ExportView &view, const Finding &finding)
{
    const Words &w = view.words();
    const auto out = [&w](std::string_view text) { return w.outside(text, 1000); };
    const Check *check = view.check(finding.check);
    const ObjectName none;
    const ObjectName &object = finding.object ? *finding.object : none;
    std::vector<Value> row{w.severity(finding.severity), out(finding.check), view.title(finding),
        partsOf(view, finding), out(object.namespaceName), out(object.kind),
        finding.isClusterWide() ? w(reportDef("a.whole-cluster")) : out(object.name), out(finding.container),
        out(finding.field), out(finding.image), numberOr(finding.layer >= 0, finding.layer), out(finding.path),
        out(view.sourceName(finding.source)), out(finding.file), numberOr(finding.line > 0, finding.line),
        view.message(finding), check ? check->remediation.in(view.language()) : std::string(),
        check ? join(check->attack) : std::string(), view.decisionsOn(finding), view.exceptionOn(finding), finding.id};
    row.emplace_back(w.severity(programSeverity(view.audit(), finding)));
    const FindingJudgement *judged = view.data().judgementOf(finding);
    row.emplace_back(judged ? w.typed(judged->reason) : std::string());
    row.emplace_back(judged ? w.given(judged->by) : std::string());
    row.emplace_back(judged ? w.date(judged->at) : std::string());
    if (view.input().audit.clusters.size() > 1)
        row.insert(row.begin() + clusterColumn, view.data().clusterOf(finding));
    return row;
}

} // namespace

ExportTable findingTable(const ExportView &view)
{
    const Words &w = view.words();
    ExportTable table;
    table.columns = {{w(exportDef("export.col.severity")), 11}, {w(exportDef("export.col.check")), 20},
        {w(exportDef("export.col.cause")), 36}, {w(exportDef("export.col.parts")), 30},
        {w(exportDef("export.col.namespace")), 18}, {w(exportDef("export.col.kind")), 14},
        {w(exportDef("export.col.object")), 28}, {w(exportDef("export.col.container")), 16},
        {w(exportDef("export.col.field")), 36}, {w(exportDef("export.col.image")), 36},
        {w(exportDef("export.col.layer")), 9}, {w(exportDef("export.col.path")), 28},
        {w(exportDef("export.col.source")), 28}, {w(exportDef("export.col.file")), 28},
        {w(exportDef("export.col.line")), 9}, {w(exportDef("export.col.message")), 60},
        {w(exportDef("export.col.remediation")), 60}, {w(exportDef("export.col.attack")), 12},
        {w(exportDef("export.col.decision")), 26}, {w(exportDef("export.col.exception")), 30},
        {w(exportDef("export.col.finding")), 34}, {w(textDef("judged.col.program")), 16},
        {w(textDef("judged.col.reason")), 40}, {w(textDef("judged.col.by")), 22}, {w(textDef("judged.col.at")), 18}};
    if (view.input().audit.clusters.size() > 1)
        table.columns.insert(table.columns.begin() + clusterColumn, {w(scopeDef("scope.kind.cluster")), 20});
    table.rows.reserve(view.findings().size());
    for (const Finding &finding : view.findings())
        table.rows.push_back(findingRow(view, finding));
    return table;
}

ExportTable notCheckedTable(const ExportView &view)
{
    const Words &w = view.words();
    ExportTable table;
    table.columns = {{w(exportDef("export.col.id")), 17}, {w(exportDef("export.col.requirement")), 60},
        {w(exportDef("export.col.proposal")), 20}, {w(exportDef("export.col.not-seen")), 60},
        {w(exportDef("export.col.commands")), 60}};
    for (const Module &module : view.input().catalogue.modules) {
        for (const Requirement &requirement : module.requirements) {
            for (const Part &part : requirement.parts) {
                const Proposal proposal = view.proposalOfPart(part.id);
                const PartResult *result = view.part(part.id);
                const bool missing = result && !result->basis.missing.empty();
                if (proposal != Proposal::NotChecked && proposal != Proposal::PartlyChecked && !missing)
                    continue;
                const std::string why = !result ? w(exportDef("export.no-run"))
                    : missing                   ? view.data().notSeen(result->basis.missing)
                                                : w(exportDef("export.no-check"));
                const auto commands
                    = missing ? view.data().commandsFor(result->basis.missing) : std::vector<std::string>();
                table.rows.push_back(
                    {part.id, part.text.in(view.language()), w.proposal(proposal), why, join(commands, "\n")});
            }
        }
    }
    return table;
}

ExportTable targetTable(const ExportView &view)
{
    const Words &w = view.words();
    ExportTable table;
    table.columns = {{w(exportDef("export.col.number")), 9}, {w(exportDef("export.col.kind")), 14},
        {w(exportDef("export.col.name")), 40}, {w(targetDef("col.description")), 36},
        {w(scopeDef("scope.confidentiality")), 16}, {w(scopeDef("scope.integrity")), 14},
        {w(scopeDef("scope.availability")), 16}, {w(targetDef("col.highest")), 16},
        {w(exportDef("export.col.reason")), 60}, {w(targetDef("col.by")), 22}, {w(targetDef("col.at")), 18}};
    for (const auto &[key, target] : view.audit().records.targets)
        table.rows.push_back({key, kindWord(w, target.kind), w.outside(target.name), w.outside(target.description),
            needWord(w, target.confidentiality.need), needWord(w, target.integrity.need),
            needWord(w, target.availability.need), needWord(w, highestNeed(target)), join(reasonLines(w, target), "\n"),
            target.from.empty() ? w.outside(target.by)
                                : w(differenceDef("carried.needs"), {w.outside(target.from, 200)}),
            formatTime(target.at, view.language())});
    return table;
}

ExportTable sourceTable(const ExportView &view)
{
    const Words &w = view.words();
    ExportTable table;
    table.columns = {{w(exportDef("export.col.number")), 7}, {w(exportDef("export.col.name")), 44},
        {w(exportDef("export.col.form")), 32}, {w(exportDef("export.col.bytes")), 16},
        {w(exportDef("export.col.sha256")), 76}, {w(exportDef("export.col.added")), 18},
        {w(exportDef("export.col.verified")), 18}};
    const auto &sources = view.audit().sources;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const Source &source = sources[i];
        const std::string withdrawal = view.data().withdrawal(static_cast<int>(i));
        table.rows.push_back({view.data().sourceNumber(static_cast<int>(i)), w.outside(source.name, 1000),
            withdrawal.empty() ? w.form(source.form) : w.form(source.form) + "; " + withdrawal,
            static_cast<std::int64_t>(source.bytes), w.outside(source.sha256),
            formatTime(source.addedAt, view.language()), formatTime(source.verifiedAt, view.language())});
    }
    return table;
}

ExportTable journalTable(const ExportView &view)
{
    return journalChangesTable(view.audit().journal, view.words(), ClusterNames(view.audit()));
}

} // namespace tally
