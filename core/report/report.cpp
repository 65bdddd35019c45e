// SPDX-License-Identifier: Apache-2.0
#include "core/report/report.h"

#include "core/base/messages.h"
#include "core/base/text_format.h"
#include "core/report/journal_view.h"
#include "core/report/report_data.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace tally {

namespace {

/// "A17: ja" from what the journal keeps of a decision; "" if it says nothing of the kind.
std::string newStatus(const JournalEntry &entry, const Words &w)
{
    const auto detail = nlohmann::json::parse(entry.detail, nullptr, false);
    if (!detail.is_object())
        return {};
    for (const auto *holder : {"", "after", "new", "decision"}) {
        const auto &object = *holder == '\0' ? detail : detail.contains(holder) ? detail[holder] : nlohmann::json();
        if (!object.is_object() || !object.contains("status") || !object["status"].is_string())
            continue;
        const auto status = statusFromName(object["status"].get_ref<const std::string &>());
        return status ? w.status(*status) : std::string();
    }
    return {};
}

void appendJournal(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    constexpr std::size_t most = 40;
    const Words &w = data.words;
    const AuditState &audit = data.audit();
    blocks.emplace_back(Heading{2, "6.2", w(reportDef("s6.2")), "s6-2"});
    if (audit.journal.empty()) {
        blocks.emplace_back(Paragraph{{plain(w(reportDef("s6.2.none")))}});
        return;
    }
    Table table;
    table.caption = w(reportDef("s6.2"));
    table.dense = true;
    table.columns = {{w(reportDef("s3.no")), 12, Cell::Align::Right}, {w(reportDef("s6.2.time")), 37},
        {w(reportDef("s6.2.person")), 30}, {w(reportDef("s6.2.event")), 66}, {w(reportDef("s6.2.hash")), 25}};
    const std::size_t first = audit.journal.size() - std::min(audit.journal.size(), most);
    for (std::size_t i = first; i < audit.journal.size(); ++i) {
        const JournalEntry &entry = audit.journal[i];
        std::string event = w.event(entry.event);
        const std::string &module = data.options.moduleId;
        if (!entry.subject.empty()) {
            // Sources and reports are named without their folders.
            const std::size_t slash = entry.subject.rfind('/');
            std::string_view subject = entry.subject;
            if (slash != std::string_view::npos)
                subject.remove_prefix(slash + 1);
            if (subject.starts_with(module + "."))
                subject.remove_prefix(module.size() + 1);
            event += " " + w.outside(subject, 120);
        }
        if (const std::string status = newStatus(entry, w); !status.empty())
            event += ": " + status;
        table.rows.push_back({{rightCell(strong(std::to_string(entry.number))),
            cell(plain(w.outside(formatTime(entry.at, w.language()), 40))),
            cell(entry.by.empty() ? muted(w(reportDef("not-given"))) : plain(w.outside(entry.by, 120))),
            cell(plain(std::move(event))), cell(mono(entry.hash.substr(0, 12)))}});
    }
    blocks.emplace_back(std::move(table));
    if (first > 0)
        blocks.emplace_back(
            Paragraph{{muted(w(reportDef("s6.2.shown"), {w.count(most), w.count(audit.journal.size())}))},
                Paragraph::Style::Note});
}

void appendHead(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    const std::string &head = data.audit().journalHead;
    if (head.empty())
        return;
    blocks.emplace_back(Paragraph{{muted(w(reportDef("s6.2.head")) + " "), mono(head)}, Paragraph::Style::Note});
    if (const VerifyResult *chain = data.input.chain; !chain) {
        blocks.emplace_back(Paragraph{{muted(w(reportDef("s6.2.chain")))}, Paragraph::Style::Note});
    } else if (chain->consistent && chain->head == head) {
        blocks.emplace_back(Paragraph{{strong(w({messageDef("verify.consistent"), {}}))}});
    } else {
        constexpr std::size_t most = 20; // whoever needs all of them verifies the file
        std::vector<Message> problems = chain->problems;
        if (chain->head != head)
            problems.push_back({messageDef("verify.head-differs"), {chain->head, head}});
        for (std::size_t i = 0; i < std::min(problems.size(), most); ++i)
            blocks.emplace_back(Paragraph{{strong(w.outside(w(problems[i])), Symbol::Deviation)}});
    }
    blocks.emplace_back(Paragraph{
        {mono("tallymann-cli verify " + w(reportDef("s6.2.file")) + " --expect " + head)}, Paragraph::Style::Command});
}

} // namespace

void appendSignatures(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    blocks.emplace_back(Heading{1, "6", w(reportDef("s6")), "s6", Heading::Kind::Section, "6 " + w(reportDef("s6"))});
    blocks.emplace_back(Heading{2, "6.1", w(reportDef("s6.1")), "s6-1"});
    Paragraph text{{plain(w(reportDef("s6.1.text")))}};
    const std::vector<std::string> open = data.openRequirements();
    if (!open.empty())
        text.runs.push_back(plain(" " + w(reportDef("s6.1.draft"), {join(open)})));
    blocks.emplace_back(std::move(text));
    SignatureBlock signatures;
    signatures.placeAndDate = w(reportDef("s6.place"));
    signatures.signature = w(reportDef("s6.sign"));
    signatures.lines = {{w(reportDef("s6.lead")), w.outside(data.audit().info.auditor)},
        {w(reportDef("s6.second")), {}}, {w(reportDef("s6.isb")), {}}, {w(reportDef("s6.board")), {}}};
    if (data.audit().info.auditor.empty())
        signatures.lines[0].name.clear();
    blocks.emplace_back(std::move(signatures));
    appendSignOffs(data.audit().journal, w, blocks);
    appendJournal(data, blocks);
    appendHead(data, blocks);
}

namespace {

/// A list that is handed to somebody by itself: no cover, no draft, its facts on the first page.
void appendListReport(const ReportData &data, ReportDocument &document)
{
    const Words &w = data.words;
    const bool evidence = data.options.kind == ReportOptions::Kind::Evidence;
    const AuditInfo &info = data.audit().info;
    document.title = w(evidence ? reportDef("evidence.kind") : reportDef("requests.kind"));
    document.version = w(reportDef("version.final"), {w.date(document.createdAt)});
    const std::string heading = w(evidence ? reportDef("evidence.kind") : reportDef("requests"));
    document.blocks.emplace_back(Heading{1, "", heading, "list", Heading::Kind::Section, heading});
    Facts facts;
    const auto add = [&facts](std::string label, std::string text) {
        facts.facts.push_back({std::move(label), {{plain(std::move(text))}}});
    };
    add(w(reportDef("cover.organisation")), w.given(info.organisation));
    if (!info.title.empty())
        add(w(reportDef("cover.title")), w.outside(info.title));
    add(w(reportDef("cover.auditor")), w.given(info.auditor));
    document.blocks.emplace_back(std::move(facts));
    if (evidence)
        appendEvidenceList(data, document.blocks);
    else
        appendRequests(data, document.blocks);
}

} // namespace

ReportDocument buildReport(const ReportInput &input, const ReportOptions &options, const Translator &translator)
{
    const ReportData data(input, options, translator);
    const Words &w = data.words;
    const AuditInfo &info = input.audit.info;
    ReportDocument document;
    document.language = options.language;
    document.title = w(
        reportDef("title"), {data.module ? data.module->title.in(options.language) : w.outside(options.moduleId, 40)});
    document.author = info.auditor.empty() ? std::string() : w.outside(info.auditor);
    document.subject = info.title.empty() ? w.given(info.targetObject) : w.outside(info.title);
    document.organisation = info.organisation.empty() ? std::string() : w.outside(info.organisation);
    document.classification = info.classification.empty() ? std::string() : w.outside(info.classification, 60);
    document.createdAt = data.options.createdAt;
    const std::string day = w.date(document.createdAt);
    document.version = data.isDraft() ? w(reportDef("version.draft"), {day}) : w(reportDef("version.final"), {day});
    document.journalHead = input.audit.journalHead;
    document.furniture = {w(reportDef("page-of")), w(reportDef("continued"))};

    const bool full = options.kind == ReportOptions::Kind::Full;
    const bool brief = options.kind == ReportOptions::Kind::Short;
    std::vector<ReportBlock> &blocks = document.blocks;
    if (options.kind == ReportOptions::Kind::Evidence || options.kind == ReportOptions::Kind::Requests) {
        appendListReport(data, document);
        return document;
    }
    appendCover(data, blocks);
    blocks.emplace_back(Contents{w(reportDef("contents"))});
    appendSummary(data, blocks);
    appendScope(data, blocks);
    if (full || brief)
        appendOverview(data, blocks);
    if (full)
        appendRequirements(data, blocks);
    appendMeasures(data, blocks);
    if (full || brief) {
        appendSignatures(data, blocks);
        appendAttachments(data, blocks);
    }
    if (!brief)
        appendFindings(data, blocks);
    if (full) {
        appendImages(data, blocks);
        appendTerms(data, blocks);
    }
    return document;
}

} // namespace tally
