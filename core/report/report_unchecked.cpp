// SPDX-License-Identifier: Apache-2.0
// What nobody has looked at, why, and how to get it.
#include "core/base/messages_report.h"
#include "core/report/missing_inputs.h"
#include "core/report/report_data.h"
#include "core/report/report_texts.h"

#include <algorithm>

namespace tally {

namespace {

constexpr std::size_t maxRows = 200;

void appendCounts(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    std::array<std::size_t, 6> counts{};
    for (const RequirementView &view : data.requirements) {
        for (const PartView &part : view.parts)
            ++counts.at(static_cast<std::size_t>(part.proposal));
    }
    const std::string of = w.count(data.partCount);
    KeyFigures figures;
    for (const Proposal proposal :
        {Proposal::NotChecked, Proposal::PartlyChecked, Proposal::Manual, Proposal::Organisational})
        figures.figures.push_back({w.count(counts.at(static_cast<std::size_t>(proposal))), of, w.proposal(proposal)});
    blocks.emplace_back(Paragraph{{muted(w(textDef("u.parts")) + ":")}, Paragraph::Style::Note});
    blocks.emplace_back(std::move(figures));
}

/// Where no command helps, what does.
std::string howTo(const Words &w, const std::string &need)
{
    if (need == "policy")
        return w(textDef("u.how.policy"));
    if (need == "key")
        return w(textDef("u.how.key"));
    if (need == "image-parts")
        return w(textDef("u.how.again"));
    if (need == "one-cluster")
        return w(textDef("u.how.apart"));
    if (need == "referrers")
        return w(textDef("u.how.layout"));
    return w(textDef("u.how.file"));
}

void appendMissing(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    constexpr std::size_t longest = 240; // a command that names many images stands below the table only
    const Words &w = data.words;
    blocks.emplace_back(Heading{2, {}, w(textDef("u.missing")), "u-missing"});
    if (!data.hasRun()) {
        blocks.emplace_back(Paragraph{{strong(w(textDef("u.no-run")), Symbol::NotChecked)}});
        return;
    }
    const std::vector<UnmetNeed> needs = unmetNeeds(data);
    if (needs.empty()) {
        blocks.emplace_back(Paragraph{{plain(w(textDef("u.missing.none")))}});
        return;
    }
    Table table;
    table.caption = w(textDef("u.missing"));
    table.columns
        = {{w(textDef("u.missing.what")), 52}, {w(textDef("u.missing.parts")), 46}, {w(textDef("u.missing.how")), 72}};
    for (const UnmetNeed &need : needs) {
        const std::string command = commandFor(data.audit(), need.need);
        table.rows.push_back(
            {{cellOf({strong(data.need(need.need), Symbol::NotChecked), muted(data.whyNotMet(need.need))}),
                cell(plain(join(need.parts))),
                command.empty()                ? cell(plain(howTo(w, need.need)))
                    : command.size() > longest ? cell(plain(w(textDef("u.how.below"))))
                                               : cell(mono(w.outside(command)))}});
    }
    blocks.emplace_back(std::move(table));
}

void appendCommands(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    std::vector<std::string> commands;
    for (const UnmetNeed &need : unmetNeeds(data)) {
        const std::string command = commandFor(data.audit(), need.need);
        if (!command.empty() && std::ranges::find(commands, command) == commands.end())
            commands.push_back(command);
    }
    if (commands.empty())
        return;
    blocks.emplace_back(Heading{2, {}, w(textDef("u.commands")), "u-commands"});
    blocks.emplace_back(Paragraph{{plain(w(textDef("u.commands.lead")))}});
    for (const std::string &command : commands)
        blocks.emplace_back(Paragraph{{mono(w.outside(command, 8000))}, Paragraph::Style::Command});
    blocks.emplace_back(Paragraph{{plain(w(textDef("u.commands.all")))}});
    for (const char *line : {"tallymann-cli export-script > export.sh", "sh export.sh"})
        blocks.emplace_back(Paragraph{{mono(line)}, Paragraph::Style::Command});
}

std::string modalOf(const Words &w, const Part &part)
{
    return w.language() == Language::German ? part.modal : part.modalEn;
}

Cell partCell(const Words &w, const PartView &part)
{
    return cellOf({strong(part.shortId), muted(modalOf(w, *part.part))});
}

void appendByPart(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    blocks.emplace_back(Heading{2, {}, w(textDef("u.by-part")), "u-parts"});
    Table table;
    table.caption = w(textDef("u.by-part"));
    table.columns
        = {{w(textDef("u.by-part.part")), 18}, {w(textDef("u.by-part.text")), 80}, {w(textDef("u.by-part.why")), 72}};
    for (const RequirementView &view : data.requirements) {
        for (const PartView &part : view.parts) {
            if (part.proposal != Proposal::NotChecked && part.proposal != Proposal::PartlyChecked)
                continue;
            Cell why = cell(strong(w.proposal(part.proposal), symbolOf(part.proposal)));
            why.lines.push_back({plain(!part.result      ? w(reportDef("s4.basis.no-run"))
                    : part.result->basis.missing.empty() ? w(textDef("u.no-check"))
                                                         : data.notSeen(part.result->basis.missing))});
            table.rows.push_back({{partCell(w, part), cell(plain(part.part->text.in(w.language()))), std::move(why)}});
        }
    }
    if (table.rows.empty())
        blocks.emplace_back(Paragraph{{plain(w(textDef("u.by-part.none")))}});
    else
        blocks.emplace_back(std::move(table));
}

void appendPeople(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    blocks.emplace_back(Heading{2, {}, w(textDef("u.people")), "u-people"});
    Table table;
    table.caption = w(textDef("u.people"));
    table.columns
        = {{w(textDef("u.by-part.part")), 18}, {w(textDef("u.people.ask")), 114}, {w(textDef("u.people.state")), 38}};
    for (const RequirementView &view : data.requirements) {
        for (const PartView &part : view.parts) {
            if (part.proposal != Proposal::Manual && part.proposal != Proposal::Organisational)
                continue;
            const Decision *decision = part.decision ? part.decision : view.decision;
            Cell ask = cell(
                plain(part.part->ask.empty() ? part.part->text.in(w.language()) : part.part->ask.in(w.language())));
            ask.lines.push_back({muted(w.proposal(part.proposal))});
            table.rows.push_back({{partCell(w, part), std::move(ask),
                cell({decisionWord(w, decision), Run::Style::Normal, symbolOf(decision)})}});
        }
    }
    if (table.rows.empty()) {
        blocks.emplace_back(Paragraph{{plain(w(textDef("u.people.none")))}});
        return;
    }
    blocks.emplace_back(Paragraph{{plain(w(textDef("u.people.lead")))}});
    blocks.emplace_back(std::move(table));
}

/// Names, each of them: whoever has to fetch them needs all.
void appendNames(const ReportData &data, const MessageDef *text, const std::vector<std::string> &names,
    std::vector<ReportBlock> &blocks)
{
    if (names.empty())
        return;
    const Words &w = data.words;
    std::vector<std::string> shown;
    for (std::size_t i = 0; i < std::min(names.size(), maxRows); ++i)
        shown.push_back(w.outside(names[i]));
    std::string all = join(shown);
    if (names.size() > maxRows)
        all += " " + w(reportDef("more"), {w.count(names.size() - maxRows)});
    blocks.emplace_back(Paragraph{{strong(w(text, {w.count(names.size())}), Symbol::NotChecked)}});
    blocks.emplace_back(Paragraph{{mono(std::move(all))}, Paragraph::Style::Note});
}

void appendUnread(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    const AuditState &audit = data.audit();
    blocks.emplace_back(Heading{2, {}, w(textDef("u.sources")), "u-sources"});
    Table table;
    table.caption = w(textDef("u.sources"));
    table.dense = true;
    table.columns
        = {{w(reportDef("s2.3.source")), 11}, {w(reportDef("s2.3.where")), 46}, {w(reportDef("s2.3.message")), 113}};
    std::size_t all = 0;
    for (const Diagnostic &diagnostic : audit.diagnostics) {
        if (diagnostic.severity == Diagnostic::Severity::Note || all++ >= maxRows)
            continue;
        const std::string where = withoutFolders(diagnostic.where, audit.sources);
        table.rows.push_back(
            {{cell(strong(diagnostic.source < 0 ? std::string("–") : data.sourceNumber(diagnostic.source))),
                cell(where.empty() ? muted(w(reportDef("s2.3.whole"))) : mono(w.outside(where))),
                cell(plain(w.outside(withoutFolders(w(diagnostic.message), audit.sources))))}});
    }
    if (!table.rows.empty())
        blocks.emplace_back(std::move(table));
    if (all > maxRows)
        blocks.emplace_back(
            Paragraph{{muted(w(reportDef("s2.3.more"), {w.count(all - maxRows)}))}, Paragraph::Style::Note});
    if (audit.sources.empty())
        blocks.emplace_back(Paragraph{{strong(w(reportDef("s2.2.none")), Symbol::NotChecked)}});
    else if (all == 0)
        blocks.emplace_back(Paragraph{{plain(w(textDef("u.sources.none")))}});
    std::vector<std::string> uncovered;
    for (const AuditCluster &each : audit.clusters) {
        for (const std::string &name : each.cluster->uncoveredNamespaces)
            uncovered.push_back(audit.clusters.size() > 1 ? each.name + ": " + name : name);
    }
    appendNames(data, textDef("u.namespaces"), uncovered, blocks);
    appendNames(data, textDef("u.images"), imagesNotHandedOver(audit), blocks);
}

} // namespace

void appendUnchecked(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    blocks.emplace_back(Paragraph{{plain(data.words(textDef("u.lead")))}, Paragraph::Style::Lead});
    appendCounts(data, blocks);
    appendMissing(data, blocks);
    appendCommands(data, blocks);
    appendUnread(data, blocks);
    appendByPart(data, blocks);
    appendPeople(data, blocks);
}

} // namespace tally
