// SPDX-License-Identifier: Apache-2.0
// What is asked for and not yet there, for the audited party to fill in.
#include "core/base/messages_report.h"
#include "core/report/report_data.h"

#include <algorithm>
#include <vector>

namespace tally {

namespace {

using Requests = std::vector<const EvidenceRequest *>;

Cell requirementsCell(const ReportData &data, const EvidenceRequest &request)
{
    const std::string prefix = data.options.moduleId + ".";
    std::vector<std::string> ids;
    for (const std::string &id : request.requirements)
        ids.push_back(id.starts_with(prefix) ? id.substr(prefix.size()) : id);
    return cell(plain(join(ids)));
}

Cell dueCell(const ReportData &data, const EvidenceRequest &request)
{
    const Words &w = data.words;
    const std::string today = data.options.createdAt.substr(0, 10);
    Cell made;
    if (request.due.empty())
        made.lines.push_back({muted(w(reportDef("not-given")))});
    else if (request.due < today)
        made.lines.push_back({strong(w(reportDef("requests.overdue"), {w.date(request.due)}))});
    else
        made.lines.push_back({strong(w.date(request.due))});
    if (!request.askedOn.empty())
        made.lines.push_back({muted(w(reportDef("requests.asked-on"), {w.date(request.askedOn)}))});
    return made;
}

/// The last column stays empty, for a pen or a form.
Table openTable(const ReportData &data, const Requests &requests)
{
    const Words &w = data.words;
    Table table;
    table.caption = w(reportDef("requests.open"));
    table.columns = {{w(reportDef("s3.no")), 13}, {w(reportDef("requests.what")), 52},
        {w(reportDef("s6.3.requirements")), 18}, {w(reportDef("requests.whom")), 25},
        {w(reportDef("requests.due")), 22}, {w(reportDef("requests.answer")), 40}};
    for (const EvidenceRequest *each : requests) {
        Cell what = cell(plain(w.outside(each->what, 2000)));
        what.lines.push_back({plain("\u00A0")}); // room to write
        table.rows.push_back({{cell(strong(w.outside(each->key, 20))), std::move(what), requirementsCell(data, *each),
            cell(plain(w.given(each->whom))), dueCell(data, *each),
            cell(each->answer.empty() ? plain("") : plain(w.typed(each->answer, 1000)))}});
    }
    return table;
}

Table answeredTable(const ReportData &data, const Requests &requests)
{
    const Words &w = data.words;
    Table table;
    table.caption = w(reportDef("requests.done"));
    table.columns = {{w(reportDef("s3.no")), 13}, {w(reportDef("requests.what")), 62},
        {w(reportDef("s6.3.requirements")), 20}, {w(reportDef("requests.answer")), 75}};
    for (const EvidenceRequest *each : requests) {
        Cell answer
            = cell(strong(w(each->state == EvidenceRequest::State::Received ? reportDef("requests.received")
                                                                            : reportDef("requests.not-available"))));
        if (!each->evidence.empty())
            answer.lines.push_back({plain(w.outside(join(each->evidence), 200))});
        if (!each->answer.empty())
            answer.lines.push_back({plain(w.typed(each->answer, 1000))});
        table.rows.push_back({{cell(strong(w.outside(each->key, 20))), cell(plain(w.outside(each->what, 2000))),
            requirementsCell(data, *each), std::move(answer)}});
    }
    return table;
}

} // namespace

void appendRequests(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    Requests open;
    Requests answered;
    for (const auto &[key, request] : data.audit().records.requests)
        (request.state == EvidenceRequest::State::Open ? open : answered).push_back(&request);
    std::ranges::stable_sort(open, [](const EvidenceRequest *a, const EvidenceRequest *b) {
        if (a->due.empty() != b->due.empty())
            return b->due.empty(); // those without a day last
        return a->due < b->due;
    });
    if (open.empty() && answered.empty()) {
        blocks.emplace_back(Paragraph{{plain(w(reportDef("requests.none")))}});
        return;
    }
    if (open.empty()) {
        blocks.emplace_back(Paragraph{{plain(w(reportDef("requests.all-answered")))}});
    } else {
        blocks.emplace_back(Paragraph{{plain(w(reportDef("requests.lead")))}, Paragraph::Style::Lead});
        blocks.emplace_back(openTable(data, open));
        SignatureBlock signature;
        signature.placeAndDate = w(reportDef("s6.place"));
        signature.signature = w(reportDef("s6.sign"));
        signature.lines = {{w(reportDef("requests.filled-by")), {}}};
        blocks.emplace_back(std::move(signature));
    }
    if (!answered.empty()) {
        blocks.emplace_back(Heading{2, "", w(reportDef("requests.done")), "requests-2"});
        blocks.emplace_back(answeredTable(data, answered));
    }
}

} // namespace tally
