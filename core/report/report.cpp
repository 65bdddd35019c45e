// SPDX-License-Identifier: Apache-2.0
#include "core/report/report.h"

#include "core/base/messages_audit.h"
#include "core/base/messages_report.h"
#include "core/base/text_format.h"
#include "core/report/journal_view.h"
#include "core/report/report_data.h"
#include "core/report/report_kinds.h"
#include "core/report/report_texts.h"

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
        std::string event = w.event(journalEvent(entry));
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
        blocks.emplace_back(Paragraph{{strong(w({auditDef("verify.consistent"), {}}))}});
    } else {
        constexpr std::size_t most = 20; // whoever needs all of them verifies the file
        std::vector<Message> problems = chain->problems;
        if (chain->head != head)
            problems.push_back({auditDef("verify.head-differs"), {chain->head, head}});
        for (std::size_t i = 0; i < std::min(problems.size(), most); ++i)
            blocks.emplace_back(Paragraph{{strong(w.outside(w(problems[i])), Symbol::Deviation)}});
    }
    blocks.emplace_back(Paragraph{
        {mono("tallymann-cli verify " + w(reportDef("s6.2.file")) + " --expect " + head)}, Paragraph::Style::Command});
}

} // namespace

namespace {

/// Who signs: as the house wants it, else the four of the audit.
SignatureBlock signatureBlock(const ReportData &data)
{
    const Words &w = data.words;
    const std::string &auditor = data.audit().info.auditor;
    SignatureBlock signatures;
    signatures.placeAndDate = w(reportDef("s6.place"));
    signatures.signature = w(reportDef("s6.sign"));
    for (const ReportLook::Signature &each : data.look.signatures)
        signatures.lines.push_back({w.outside(each.role, 120), each.name.empty() ? "" : w.outside(each.name, 120)});
    if (signatures.lines.empty())
        signatures.lines = {{w(reportDef("s6.lead")), auditor.empty() ? std::string() : w.outside(auditor)},
            {w(reportDef("s6.second")), {}}, {w(reportDef("s6.isb")), {}}, {w(reportDef("s6.board")), {}}};
    return signatures;
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
    blocks.emplace_back(signatureBlock(data));
    appendSignOffs(data.audit().journal, w, blocks);
    appendJournal(data, blocks);
    appendHead(data, blocks);
}

namespace {

/// What the reader of a report without a cover has to know first: from whom, about what, as of when.
Facts headFacts(const ReportData &data)
{
    const Words &w = data.words;
    const AuditInfo &info = data.audit().info;
    const bool judges
        = data.options.kind == ReportOptions::Kind::Management || data.options.kind == ReportOptions::Kind::Unchecked;
    Facts facts;
    const auto add = [&facts](std::string label, std::string text) {
        facts.facts.push_back({std::move(label), {{plain(std::move(text))}}});
    };
    // Two pages hold only so much; what is cut says so.
    const std::size_t most = data.options.kind == ReportOptions::Kind::Management ? 120 : 1000;
    const auto given = [&w, most](const std::string &text) {
        return text.empty() ? w(reportDef("not-given")) : w.outside(text, most);
    };
    add(w(reportDef("cover.organisation")), given(info.organisation));
    if (judges)
        add(w(reportDef("cover.object")), given(info.targetObject));
    if (!info.title.empty())
        add(w(reportDef("cover.title")), given(info.title));
    add(w(reportDef("cover.auditor")), given(info.auditor));
    if (judges && data.module)
        add(w(reportDef("cover.basis")),
            w(reportDef("cover.basis-text"),
                {data.input.catalogue.edition, data.module->id, data.module->title.in(w.language()),
                    w.count(data.requirements.size()), w.count(data.partCount)}));
    if (judges)
        add(w(reportDef("cover.run")),
            data.hasRun() ? w(reportDef("utc"), {formatTime(data.audit().assessment->createdAt, w.language())})
                          : w(reportDef("cover.no-run")));
    if (data.isExcerpt()) {
        Facts::Fact excerpt{w(textDef("excerpt")), {}};
        for (const std::string &line : data.excerptLines())
            excerpt.lines.push_back({strong(line)});
        facts.facts.push_back(std::move(excerpt));
    }
    return facts;
}

/// Which state of the audit this is; whether its journal holds together the audit report says.
void appendOnlyHead(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    if (const std::string &head = data.audit().journalHead; !head.empty())
        blocks.emplace_back(
            Paragraph{{muted(data.words(reportDef("s6.2.head")) + " "), mono(head)}, Paragraph::Style::Note});
}

/// A report that is handed to somebody by itself: no cover, its facts on the first page.
void appendAlone(const ReportData &data, ReportDocument &document)
{
    const Words &w = data.words;
    using Kind = ReportOptions::Kind;
    const Kind kind = data.options.kind;
    std::vector<ReportBlock> &blocks = document.blocks;
    const std::string name = w(infoOf(kind).title);
    if (infoOf(kind).ofAudit)
        document.title = name;
    const std::string heading = kind == Kind::Requests ? w(reportDef("requests"))
        : data.isExcerpt()                             ? w(textDef("excerpt.kind"), {name})
                                                       : name;
    blocks.emplace_back(Letterhead{});
    if (kind == Kind::Plan) {
        std::vector<ReportBlock> plan;
        appendMeasures(data, plan);
        std::get<Heading>(plan.front()).text = heading;
        plan.insert(plan.begin() + 1, headFacts(data));
        std::ranges::move(plan, std::back_inserter(blocks));
        if (!data.look.signatures.empty())
            blocks.emplace_back(signatureBlock(data));
        appendOnlyHead(data, blocks);
        return;
    }
    Heading first{1, "", heading, "list", Heading::Kind::Section, heading == name ? std::string() : heading};
    first.onePage = kind == Kind::Management;
    blocks.emplace_back(std::move(first));
    blocks.emplace_back(headFacts(data));
    switch (kind) {
    case Kind::Management:
        appendManagement(data, blocks);
        break;
    case Kind::Unchecked:
        appendUnchecked(data, blocks);
        break;
    case Kind::Evidence:
        appendEvidenceList(data, blocks);
        break;
    default:
        appendRequests(data, blocks);
        break;
    }
    appendOnlyHead(data, blocks);
}

/// Below the first heading: the cover may be left behind.
void sayExcerpt(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const auto first
        = std::ranges::find_if(blocks, [](const ReportBlock &block) { return std::holds_alternative<Heading>(block); });
    if (first == blocks.end())
        return;
    blocks.insert(first + 1, Paragraph{{strong(data.words(textDef("excerpt.lead")), Symbol::PartlyChecked)}});
}

} // namespace

ReportDocument buildReport(const ReportInput &input, const ReportOptions &options, const Translator &translator)
{
    const ReportData data(input, options, translator);
    const Words &w = data.words;
    const AuditInfo &info = input.audit.info;
    ReportDocument document;
    document.language = options.language;
    const std::string about = data.module ? data.module->title.in(options.language) : w.outside(options.moduleId, 40);
    document.title = options.kind == ReportOptions::Kind::Full
        ? w(reportDef("title"), {about})
        : w(textDef("kind.titled"), {w(infoOf(options.kind).title), about});
    document.author = info.auditor.empty() ? std::string() : w.outside(info.auditor);
    document.subject = info.title.empty() ? w.given(info.targetObject) : w.outside(info.title);
    document.organisation = info.organisation.empty() ? std::string() : w.outside(info.organisation);
    const std::string &mark = options.classification ? *options.classification : info.classification;
    document.classification = mark.empty() ? std::string() : w.outside(mark);
    document.look = data.look;
    document.createdAt = data.options.createdAt;
    const std::string day = w.date(document.createdAt);
    // Lists state facts; what judges is a draft as long as something is open.
    document.version = data.isDraft() && !infoOf(options.kind).ofAudit ? w(reportDef("version.draft"), {day})
                                                                       : w(reportDef("version.final"), {day});
    if (data.isExcerpt())
        document.version = w(textDef("excerpt.version"), {document.version});
    document.journalHead = input.audit.journalHead;
    document.furniture = {w(reportDef("page-of")), w(reportDef("continued"))};

    std::vector<ReportBlock> &blocks = document.blocks;
    if (sectionsOf(options.kind).empty()) {
        appendAlone(data, document);
        return document;
    }
    appendCover(data, blocks);
    blocks.emplace_back(Contents{w(reportDef("contents"))});
    using Append = void (*)(const ReportData &, std::vector<ReportBlock> &);
    const auto append = [&](ReportSection section, Append make) {
        if (data.has(section))
            make(data, blocks);
    };
    append(ReportSection::Summary, appendSummary);
    append(ReportSection::Scope, appendScope);
    append(ReportSection::Overview, appendOverview);
    append(ReportSection::Requirements, appendRequirements);
    append(ReportSection::Plan, appendMeasures);
    append(ReportSection::Signatures, appendSignatures);
    append(ReportSection::Signatures, appendAttachments);
    append(ReportSection::Findings, appendFindings);
    append(ReportSection::Images, appendImages);
    append(ReportSection::Terms, appendTerms);
    if (data.isExcerpt())
        sayExcerpt(data, blocks);
    return document;
}

} // namespace tally
