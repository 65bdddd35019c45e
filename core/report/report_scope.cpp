// SPDX-License-Identifier: Apache-2.0
// Section 2: scope, sources and limits.
#include "core/audit/clusters.h"
#include "core/base/messages_difference.h"
#include "core/base/messages_report.h"
#include "core/base/text_format.h"
#include "core/report/report_data.h"
#include "core/report/report_texts.h"

#include <algorithm>

namespace tally {

namespace {

Run digestRun(std::string_view digest, const Words &w)
{
    constexpr std::string_view prefix = "sha256:";
    if (digest.starts_with(prefix))
        digest.remove_prefix(prefix.size());
    if (digest.empty())
        return muted(w(reportDef("s2.2.unknown")));
    return {w.outside(digest), Run::Style::Digest};
}

Cell digestCell(const Source &source, const Words &w)
{
    if (source.verifiedAt.empty())
        return cell(digestRun(source.sha256, w));
    return cellOf({digestRun(source.sha256, w),
        muted(w(reportDef("s2.2.computed"), {formatTime(source.verifiedAt, w.language())}))});
}

std::string sourceNumbers(const ReportData &data, const std::set<int> &sources)
{
    std::vector<std::string> numbers;
    numbers.reserve(sources.size());
    for (const int source : sources)
        numbers.push_back(data.sourceNumber(source));
    return join(numbers);
}

void appendTargets(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    const AuditState &audit = data.audit();
    blocks.emplace_back(Heading{2, "2.1", w(reportDef("s2.1")), "s2-1"});
    if (audit.clusters.empty() && audit.images.empty()) {
        blocks.emplace_back(Paragraph{{plain(w(reportDef("s2.1.none")))}});
        appendTargetObjects(data, blocks);
        return;
    }
    Table table;
    table.caption = w(reportDef("s2.1"));
    table.columns = {{w(reportDef("s2.1.no")), 12}, {w(reportDef("s2.1.object")), 42},
        {w(reportDef("s2.1.description")), 54}, {w(reportDef("s2.1.extent")), 40}, {w(reportDef("s2.1.sources")), 22}};
    int number = 0;
    const auto name = [&] { return strong("ZO-" + std::to_string(++number)); };
    for (const AuditCluster &each : audit.clusters) {
        const Cluster &cluster = *each.cluster;
        const std::string state = cluster.liveness == Liveness::Live ? w(reportDef("s2.1.live"))
            : cluster.liveness == Liveness::Manifests                ? w(reportDef("s2.1.manifests"))
                                                                     : w(reportDef("s2.1.mixed"));
        const std::string version = cluster.kubernetesVersion.empty()
            ? w(reportDef("s2.1.cluster-unknown"))
            : w(reportDef("s2.1.cluster"), {w.outside(cluster.kubernetesVersion)});
        const bool isNamed = audit.clusters.size() == 1 && !audit.info.targetObject.empty();
        table.rows.push_back({{cell(name()), cell(strong(w.given(isNamed ? audit.info.targetObject : each.name))),
            cellOf({plain(version), muted(state)}),
            cell(plain(w(reportDef("s2.1.extent-cluster"),
                {w.count(cluster.objects.size()), w.count(cluster.namespaces.size())}))),
            cell(plain(sourceNumbers(data, {each.sources.begin(), each.sources.end()})))}});
    }
    if (!audit.images.empty()) {
        std::set<int> sources;
        for (const ImagePtr &image : audit.images)
            sources.insert(image->source);
        table.rows.push_back({{cell(name()),
            cell(strong(!audit.clusters.empty() ? w(reportDef("need.image")) : w.given(audit.info.targetObject))),
            cell(plain(w(reportDef("s2.1.images")))),
            cell(plain(w(reportDef("s2.1.extent-images"), {w.count(audit.images.size())}))),
            cell(plain(sourceNumbers(data, sources)))}});
    }
    blocks.emplace_back(std::move(table));
    if (audit.records.targets.empty())
        blocks.emplace_back(Paragraph{{muted(w(reportDef("s2.1.protection")))}, Paragraph::Style::Note});
    appendTargetObjects(data, blocks);
}

void appendSources(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    const AuditState &audit = data.audit();
    blocks.emplace_back(Heading{2, "2.2", w(reportDef("s2.2")), "s2-2"});
    if (audit.sources.empty()) {
        blocks.emplace_back(Paragraph{{plain(w(reportDef("s2.2.none")))}});
        return;
    }
    Table table;
    table.caption = w(reportDef("s2.2"));
    table.columns = {{w(reportDef("s2.1.no")), 9}, {w(reportDef("s2.2.file")), 63},
        {w(reportDef("s2.2.size")), 17, Cell::Align::Right}, {w(reportDef("s2.2.time")), 19, Cell::Align::Right},
        {w(reportDef("s2.2.sha")), 62}};
    bool folder = false;
    bool withdrawn = false;
    for (std::size_t i = 0; i < audit.sources.size(); ++i) {
        const Source &source = audit.sources[i];
        folder |= source.form == "folder";
        const std::string &time = source.modified.empty() ? source.addedAt : source.modified;
        const std::string when = formatTime(time, w.language());
        const std::size_t blank = when.rfind(' ');
        Cell stamp = blank == std::string::npos
            ? cell(muted(w(reportDef("s2.2.unknown"))))
            : cellOf({plain(w.outside(when.substr(0, blank))), muted(w.outside(when.substr(blank + 1)))});
        stamp.align = Cell::Align::Right;
        Cell file = cellOf({strong(w.outside(source.name)), muted(w.form(source.form))});
        if (const std::string withdrawal = data.withdrawal(static_cast<int>(i)); !withdrawal.empty()) {
            withdrawn = true;
            file.lines.push_back({strong(withdrawal, Symbol::NotChecked)});
        }
        table.rows.push_back({{cell(strong(data.sourceNumber(static_cast<int>(i)))), std::move(file),
            rightCell(plain(formatBytes(source.bytes, w.language()))), std::move(stamp), digestCell(source, w)}});
    }
    blocks.emplace_back(std::move(table));
    for (std::size_t i = 0; i < audit.sources.size(); ++i) {
        const Source &source = audit.sources[i];
        if (source.cached && !audit.withdrawalOf(static_cast<int>(i)))
            blocks.emplace_back(Paragraph{
                {strong(w(reportDef("s2.2.cached"),
                            {data.sourceNumber(static_cast<int>(i)), formatTime(source.verifiedAt, w.language())}),
                    Symbol::NotChecked)}});
    }
    if (withdrawn)
        blocks.emplace_back(Paragraph{{muted(w(differenceDef("withdrawn.note")))}, Paragraph::Style::Note});
    if (folder)
        blocks.emplace_back(Paragraph{{muted(w(reportDef("s2.2.folder")))}, Paragraph::Style::Note});
    if (audit.diagnostics.empty())
        blocks.emplace_back(Paragraph{{muted(w(reportDef("s2.2.no-diagnostics")))}, Paragraph::Style::Note});
}

void appendDiagnostics(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    constexpr std::size_t maxRows = 200;
    const Words &w = data.words;
    const AuditState &audit = data.audit();
    if (audit.diagnostics.empty())
        return;

    blocks.emplace_back(Heading{2, "2.3", w(reportDef("s2.3")), "s2-3"});
    Table table;
    table.caption = w(reportDef("s2.3"));
    table.columns
        = {{w(reportDef("s2.3.source")), 11}, {w(reportDef("s2.3.where")), 46}, {w(reportDef("s2.3.message")), 113}};
    for (std::size_t i = 0; i < std::min(audit.diagnostics.size(), maxRows); ++i) {
        const Diagnostic &diagnostic = audit.diagnostics[i];
        const std::string kind = diagnostic.severity == Diagnostic::Severity::Error ? w(reportDef("s2.3.error"))
            : diagnostic.severity == Diagnostic::Severity::Warning                  ? w(reportDef("s2.3.warning"))
                                                                                    : w(reportDef("s2.3.note"));
        const std::string where = withoutFolders(diagnostic.where, audit.sources);
        table.rows.push_back(
            {{cell(strong(diagnostic.source < 0 ? std::string("–") : data.sourceNumber(diagnostic.source))),
                cell(where.empty() ? muted(w(reportDef("s2.3.whole"))) : mono(w.outside(where))),
                cellOf({plain(w.outside(withoutFolders(w(diagnostic.message), audit.sources))), muted(kind)})}});
    }
    table.dense = true;
    blocks.emplace_back(std::move(table));
    if (audit.diagnostics.size() > maxRows)
        blocks.emplace_back(Paragraph{
            {muted(w(reportDef("s2.3.more"), {w.count(audit.diagnostics.size() - maxRows)}))}, Paragraph::Style::Note});
}

/// The group stands beside the kind where another group has one of the same name.
std::string nameOfKind(const Words &w, const Cluster &cluster, const KindCompleteness &kind)
{
    const bool isAmbiguous = std::ranges::count(cluster.completeness, kind.kind, &KindCompleteness::kind) > 1;
    return w.outside(isAmbiguous && !kind.group.empty() ? kind.kind + "." + kind.group : kind.kind, 80);
}

Table::Row completenessRow(const Words &w, const Cluster &cluster, const KindCompleteness &kind)
{
    const std::string name = nameOfKind(w, cluster, kind);
    const bool seen
        = kind.state == KindState::Present || kind.state == KindState::Empty || kind.state == KindState::Redacted;
    std::string state;
    switch (kind.state) {
    case KindState::Present:
        state = w(reportDef("state.present"));
        break;
    case KindState::Empty:
        state = kind.recorded ? w(reportDef("state.recorded")) : w(reportDef("state.empty"));
        break;
    case KindState::Missing:
        state = w(reportDef("state.missing"));
        break;
    case KindState::Forbidden:
        state = w(reportDef("state.forbidden"));
        break;
    case KindState::Redacted:
        state = w(reportDef("state.redacted"));
        break;
    }
    Run stateRun = seen ? plain(std::move(state)) : strong(std::move(state), Symbol::NotChecked);
    return {{cell(seen ? plain(name) : strong(name)), cell(std::move(stateRun)),
        rightCell(seen ? plain(w.count(kind.count)) : muted(w(reportDef("s3.not-looked"))))}};
}

Table completenessTable(const Words &w, const Cluster &cluster, std::span<const KindCompleteness *const> kinds)
{
    Table table;
    table.caption = w(reportDef("s2.4"));
    table.dense = true;
    table.columns = {{w(reportDef("s2.4.kind")), 42}, {w(reportDef("s2.4.state")), 24},
        {w(reportDef("s2.4.objects")), 16, Cell::Align::Right}};
    for (const KindCompleteness *kind : kinds)
        table.rows.push_back(completenessRow(w, cluster, *kind));
    return table;
}

/// What rests on the auditor's word and not on the export.
void appendAsked(const ReportData &data, const AuditCluster &of, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    const std::vector<AskedKind> kinds = askedIn(data.audit(), of);
    Table table;
    table.caption = w(reportDef("s2.4.asked"));
    table.dense = true;
    table.columns = {
        {w(reportDef("s2.4.kind")), 48}, {w(reportDef("s2.4.asked-reason")), 82}, {w(reportDef("s2.4.asked-by")), 40}};
    for (const KindCompleteness &row : of.cluster->completeness) {
        const AskedKind *asked = row.recorded ? findAsked(kinds, row) : nullptr;
        if (asked == nullptr)
            continue;
        table.rows.push_back({{cell(strong(nameOfKind(w, *of.cluster, row))), cell(plain(w.typed(asked->reason, 1000))),
            cellOf({plain(w.given(asked->by)), muted(formatTime(asked->at, w.language()))})}});
    }
    if (table.rows.empty())
        return;
    blocks.emplace_back(Paragraph{{plain(w(reportDef("s2.4.asked-lead")))}});
    blocks.emplace_back(std::move(table));
}

void appendCompleteness(const ReportData &data, const AuditCluster &of, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    const ClusterPtr &cluster = of.cluster;
    std::vector<const KindCompleteness *> kinds;
    for (const KindCompleteness &kind : cluster->completeness)
        kinds.push_back(&kind);
    std::stable_partition(kinds.begin(), kinds.end(), [](const KindCompleteness *kind) {
        return kind->state != KindState::Missing && kind->state != KindState::Forbidden;
    });
    if (!kinds.empty()) {
        const std::span<const KindCompleteness *const> all(kinds);
        const std::size_t half = (kinds.size() + 1) / 2;
        TablePair pair;
        pair.left = completenessTable(w, *cluster, all.first(half));
        pair.right = completenessTable(w, *cluster, all.subspan(half));
        blocks.emplace_back(std::move(pair));
    }
    blocks.emplace_back(Paragraph{
        {muted(w(reportDef("s2.4.read-all"),
            {w.count(cluster->objectsRead), w.count(cluster->objects.size()), w.count(cluster->namespaces.size())}))},
        Paragraph::Style::Note});
    if (!cluster->uncoveredNamespaces.empty()) {
        std::vector<std::string> names;
        names.reserve(cluster->uncoveredNamespaces.size());
        for (const std::string &name : cluster->uncoveredNamespaces)
            names.push_back(w.outside(name));
        blocks.emplace_back(Paragraph{{strong(w(reportDef("s2.4.uncovered"), {join(names)}), Symbol::NotChecked)}});
    }
    if (cluster->namespacesUnlisted)
        blocks.emplace_back(Paragraph{{strong(w(reportDef("s2.4.unlisted")), Symbol::NotChecked)}});
    if (!cluster->severalClusters.empty()) {
        std::vector<std::string> places;
        for (const std::string &place : cluster->severalClusters)
            places.push_back(w.outside(place));
        blocks.emplace_back(Paragraph{{strong(w(reportDef("s2.4.several"), {join(places)}), Symbol::NotChecked)}});
    }
    appendAsked(data, of, blocks);
    std::vector<std::string> commands;
    for (const KindCompleteness *kind : kinds) {
        if (!kind->command.empty() && !kind->recorded && std::ranges::find(commands, kind->command) == commands.end())
            commands.push_back(kind->command);
    }
    if (commands.empty())
        return;
    // More than a handful: one script fetches everything; section 4 names the single command beside each part that
    // lacks it.
    constexpr std::size_t handful = 12;
    if (commands.size() > handful)
        commands = {"tallymann-cli export-script > export.sh", "sh export.sh"};
    blocks.emplace_back(Paragraph{{muted(w(reportDef("s2.4.fetch")))}, Paragraph::Style::Note});
    for (const std::string &command : commands)
        blocks.emplace_back(Paragraph{{mono(w.outside(command))}, Paragraph::Style::Command});
}

void appendCompleteness(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    const std::vector<AuditCluster> &clusters = data.audit().clusters;
    blocks.emplace_back(Heading{2, "2.4", w(reportDef("s2.4")), "s2-4"});
    if (clusters.empty()) {
        blocks.emplace_back(Paragraph{{strong(w(reportDef("s2.4.no-cluster")), Symbol::NotChecked)}});
        return;
    }
    blocks.emplace_back(Paragraph{{plain(w(reportDef("s2.4.lead")))}});
    for (const AuditCluster &each : clusters) {
        if (clusters.size() > 1)
            blocks.emplace_back(Heading{3, {}, w(reportDef("s2.4.of"), {w.given(each.name)}), {}});
        appendCompleteness(data, each, blocks);
    }
}

void appendVerdicts(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    const auto table = [&](std::string caption, const std::vector<std::pair<Run, std::string>> &rows) {
        Table made;
        made.caption = std::move(caption);
        made.dense = true;
        made.columns = {{w(reportDef("s2.5.verdict")), 52}, {w(reportDef("s2.5.meaning")), 118}};
        for (const auto &[word, meaning] : rows)
            made.rows.push_back({{cell(word), cell(plain(meaning))}});
        blocks.emplace_back(std::move(made));
    };
    const auto proposal = [&](Proposal value) { return strong(w.proposal(value), symbolOf(value)); };
    const auto status = [&](Status value) { return strong(w.status(value), symbolOf(value)); };

    blocks.emplace_back(Heading{2, "2.6", w(reportDef("s2.5")), "s2-6"});
    const std::string proposals = w(reportDef("s2.5.proposals"));
    blocks.emplace_back(Heading{3, {}, proposals, {}});
    table(proposals,
        {{proposal(Proposal::Deviation), w(reportDef("s2.5.deviation"))},
            {proposal(Proposal::Manual), w(reportDef("s2.5.manual"))},
            {proposal(Proposal::PartlyChecked), w(reportDef("s2.5.partly"))},
            {proposal(Proposal::NoDeviationFound), w(reportDef("s2.5.none-found"))},
            {proposal(Proposal::Organisational), w(reportDef("s2.5.organisational"))},
            {proposal(Proposal::NotChecked), w(reportDef("s2.5.not-checked"))}});
    const std::string decisions = w(reportDef("s2.5.decisions"));
    blocks.emplace_back(Heading{3, {}, decisions, {}});
    table(decisions,
        {{status(Status::Ja), w(reportDef("s2.5.ja"))}, {status(Status::Teilweise), w(reportDef("s2.5.teilweise"))},
            {status(Status::Nein), w(reportDef("s2.5.nein"))},
            {status(Status::Entbehrlich), w(reportDef("s2.5.entbehrlich"))},
            {status(Status::Unbearbeitet), w(reportDef("s2.5.unbearbeitet"))},
            {strong(w(textDef("outdated.legend")), Symbol::Outdated), w(textDef("outdated.meaning"))}});
    blocks.emplace_back(Paragraph{{muted(w(reportDef("s2.5.rule")))}, Paragraph::Style::Note});
}

} // namespace

void appendScope(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    blocks.emplace_back(
        Heading{1, "2", w(reportDef("s2")), "s2", Heading::Kind::Section, "2 " + w(reportDef("s2.short"))});
    blocks.emplace_back(Paragraph{{plain(w(reportDef("s2.lead")))}, Paragraph::Style::Lead});
    appendTargets(data, blocks);
    appendSources(data, blocks);
    appendDiagnostics(data, blocks);
    appendCompleteness(data, blocks);
    appendHouse(data, blocks);
    appendVerdicts(data, blocks);
    appendExceptions(data, blocks);
}

} // namespace tally
