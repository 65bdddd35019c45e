// SPDX-License-Identifier: Apache-2.0
// 6.3 attachments, and the evidence list as a report of its own.
#include "core/audit/open_points.h"
#include "core/base/messages_report.h"
#include "core/report/report_data.h"

#include "core/base/text_format.h"

#include <algorithm>

namespace tally {

namespace {

/// The list is of the whole audit: modules that were judged, those that have evidence; none of them: the report's.
std::vector<const Module *> modulesOf(const ReportData &data)
{
    const AuditState &audit = data.audit();
    const std::vector<const Module *> judged = judgedModules(audit, data.input.catalogue);
    std::vector<const Module *> all;
    for (const Module &module : data.input.catalogue.modules) {
        const bool hasEvidence = std::ranges::any_of(module.requirements,
            [&audit](const Requirement &each) { return !attachmentsFor(audit.attachments, each.id).empty(); });
        if (hasEvidence || std::ranges::find(judged, &module) != judged.end())
            all.push_back(&module);
    }
    if (all.empty() && data.module)
        all.push_back(data.module);
    return all;
}

/// "A17.1" of the report's module, whole ids of others; in a list of several modules all are whole.
std::string shortIds(const ReportData &data, const std::vector<std::string> &ids)
{
    const bool isList = data.options.kind == ReportOptions::Kind::Evidence;
    const std::string prefix = isList && modulesOf(data).size() > 1 ? "" : data.options.moduleId + ".";
    std::vector<std::string> all;
    for (const std::string &id : ids)
        all.push_back(id.starts_with(prefix) ? id.substr(prefix.size()) : id); // of "" the whole id
    return join(all);
}

std::string today(const ReportData &data)
{
    return data.options.createdAt.substr(0, 10);
}

Cell nameCell(const ReportData &data, const Attachment &attachment)
{
    const Words &w = data.words;
    Cell made;
    made.lines.push_back({strong(w.outside(attachment.displayName()))});
    if (attachment.kind != Attachment::Kind::Text && attachment.name != attachment.displayName())
        made.lines.push_back({muted(w.outside(attachment.name))});
    if (attachment.isExpired(today(data)))
        made.lines.push_back(
            {strong(w(reportDef("evidence.expired"), {w.date(attachment.expires)}), Symbol::PartlyChecked)});
    return made;
}

Cell digestCell(const Attachment &attachment)
{
    return cell({attachment.sha256, Run::Style::Digest});
}

Cell sizeCell(const ReportData &data, const Attachment &attachment)
{
    return rightCell(plain(formatBytes(attachment.bytes, data.words.language())));
}

Table attachmentTable(const ReportData &data)
{
    const Words &w = data.words;
    Table table;
    table.caption = w(reportDef("s6.3"));
    table.columns
        = {{w(reportDef("s3.no")), 13}, {w(reportDef("s6.3.file")), 53}, {w(reportDef("s6.3.requirements")), 30},
            {w(reportDef("s6.3.size")), 16, Cell::Align::Right}, {w(reportDef("s6.3.sha")), 58}};
    for (const Attachment &each : data.audit().attachments) {
        table.rows.push_back({{cell(strong(each.key)), nameCell(data, each),
            cell(each.ids.empty() ? muted(w(reportDef("evidence.none-named"))) : plain(shortIds(data, each.ids))),
            sizeCell(data, each), digestCell(each)}});
    }
    return table;
}

void appendWhere(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    blocks.emplace_back(
        Paragraph{{muted(w(data.options.filesEmbedded ? reportDef("s6.3.embedded") : reportDef("s6.3.beside")))},
            Paragraph::Style::Note});
    if (!data.options.filesEmbedded)
        blocks.emplace_back(Paragraph{
            {mono("tallymann-cli evidence " + w(reportDef("s6.2.file")) + " --to " + w(reportDef("s6.3.folder")))},
            Paragraph::Style::Command});
    if (const std::size_t removed = data.audit().removedAttachments.size(); removed > 0)
        blocks.emplace_back(
            Paragraph{{muted(w(reportDef("s6.3.removed"), {w.count(removed)}))}, Paragraph::Style::Note});
}

Cell originCell(const ReportData &data, const Attachment &attachment)
{
    const Words &w = data.words;
    Cell made;
    if (!attachment.source.empty())
        made.lines.push_back({plain(w.outside(attachment.source))});
    made.lines.push_back({muted(w(reportDef("evidence.added-by"), {w.given(attachment.by), w.date(attachment.at)}))});
    return made;
}

Cell datesCell(const ReportData &data, const Attachment &attachment)
{
    const Words &w = data.words;
    Cell made;
    made.lines.push_back({attachment.date.empty() ? muted(w(reportDef("not-given"))) : plain(w.date(attachment.date))});
    if (!attachment.expires.empty())
        made.lines.push_back({muted(w(reportDef("evidence.until"), {w.date(attachment.expires)}))});
    return made;
}

/// All that is known of each, with its note below it.
void appendList(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    Table table;
    table.caption = w(reportDef("evidence"));
    table.columns = {{w(reportDef("s3.no")), 13}, {w(reportDef("evidence.what")), 48},
        {w(reportDef("s6.3.requirements")), 24}, {w(reportDef("evidence.from")), 33},
        {w(reportDef("evidence.date")), 22}, {w(reportDef("s6.3.size")), 30, Cell::Align::Right}};
    for (const Attachment &each : data.audit().attachments) {
        Cell what = nameCell(data, each);
        if (!each.note.empty())
            what.lines.push_back({plain(w.typed(each.note, 1000))});
        Cell size = sizeCell(data, each);
        size.lines.push_back({muted(w.outside(each.mediaType, 80))});
        table.rows.push_back({{cell(strong(each.key)), std::move(what),
            cell(each.ids.empty() ? muted(w(reportDef("evidence.none-named"))) : plain(shortIds(data, each.ids))),
            originCell(data, each), datesCell(data, each), std::move(size)}});
    }
    blocks.emplace_back(std::move(table));
}

Table::Row requirementRow(const ReportData &data, const Requirement &requirement)
{
    const Words &w = data.words;
    std::vector<std::string> keys;
    for (const Attachment *each : attachmentsFor(data.audit().attachments, requirement.id))
        keys.push_back(each->key);
    const Decision *decision = decisionOn(data.audit(), requirement.id);
    return {{cell(strong(std::string(requirement.shortId()))), cell(plain(requirement.title.in(w.language()))),
        cell({decisionWord(w, decision), Run::Style::Normal, symbolOf(decision)}),
        cell(keys.empty() ? muted(w(reportDef("evidence.nothing"))) : plain(join(keys)))}};
}

/// Which requirements have some, and which have none: an empty row is as telling as a full one.
void appendByRequirement(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    blocks.emplace_back(Heading{2, "", w(reportDef("evidence.by-requirement")), "evidence-2"});
    Table table;
    table.caption = w(reportDef("evidence.by-requirement"));
    table.dense = true;
    table.columns = {{w(reportDef("s3.no")), 12}, {w(reportDef("s5.requirement")), 68},
        {w(reportDef("s5.decision")), 30}, {w(reportDef("evidence")), 60}};
    const std::vector<const Module *> modules = modulesOf(data);
    for (const Module *module : modules) {
        if (modules.size() > 1)
            table.rows.push_back({{cell(strong(module->id + " " + module->title.in(w.language())))}, true});
        for (const Requirement &requirement : module->requirements)
            table.rows.push_back(requirementRow(data, requirement));
    }
    blocks.emplace_back(std::move(table));
}

} // namespace

void appendAttachments(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    blocks.emplace_back(Heading{2, "6.3", w(reportDef("s6.3")), "s6-3"});
    if (data.audit().attachments.empty()) {
        blocks.emplace_back(Paragraph{{plain(w(reportDef("s6.3.none")))}});
        return;
    }
    blocks.emplace_back(attachmentTable(data));
    appendWhere(data, blocks);
}

Runs evidenceOf(const ReportData &data, const std::string &requirement)
{
    const Words &w = data.words;
    Runs runs;
    for (const Attachment *each : attachmentsFor(data.audit().attachments, requirement)) {
        Run key = strong((runs.empty() ? "" : "; ") + each->key);
        key.link = "s6-3";
        runs.push_back(std::move(key));
        std::string text = " " + w.outside(each->displayName(), 120);
        if (each->isExpired(today(data)))
            text += " (" + w(reportDef("evidence.expired"), {w.date(each->expires)}) + ")";
        runs.push_back(plain(std::move(text)));
    }
    return runs;
}

void appendEvidenceList(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    blocks.emplace_back(Paragraph{{plain(w(reportDef("evidence.lead")))}, Paragraph::Style::Lead});
    if (data.audit().attachments.empty()) {
        blocks.emplace_back(Paragraph{{plain(w(reportDef("s6.3.none")))}});
    } else {
        appendList(data, blocks);
        appendWhere(data, blocks);
    }
    appendByRequirement(data, blocks);
    if (data.audit().attachments.empty())
        return;
    blocks.emplace_back(Heading{2, "", w(reportDef("evidence.digests")), "evidence-3"});
    blocks.emplace_back(attachmentTable(data));
}

} // namespace tally
