// SPDX-License-Identifier: Apache-2.0
// What is asked for and not yet there, for the audited party to fill in.
#include "core/audit/requests.h"
#include "core/base/messages_report.h"
#include "core/report/report_data.h"
#include "core/report/report_texts.h"

#include <algorithm>
#include <set>
#include <vector>

namespace tally {

namespace {

using Requests = std::vector<const EvidenceRequest *>;

/// "A3, A17.2"; with their modules where the list names several.
class Ids
{
public:
    Ids(const ReportData &data, const Requests &requests)
    {
        std::set<std::string> named;
        for (const EvidenceRequest *request : requests) {
            for (const std::string &id : request->requirements) {
                for (const Module &module : data.input.catalogue.modules) {
                    if (id.starts_with(module.id + "."))
                        named.insert(module.id);
                }
            }
        }
        if (named.size() == 1)
            m_prefix = *named.begin() + ".";
    }

    [[nodiscard]] Cell cellFor(const EvidenceRequest &request) const
    {
        std::vector<std::string> ids;
        for (const std::string &id : request.requirements)
            ids.push_back(!m_prefix.empty() && id.starts_with(m_prefix) ? id.substr(m_prefix.size()) : id);
        return cell(plain(join(ids)));
    }

private:
    std::string m_prefix;
};

Cell whatCell(const ReportData &data, const EvidenceRequest &request)
{
    const Words &w = data.words;
    return cell(plain(w.outside(requestText(request, data.input.catalogue, w.language()), 2000)));
}

/// What was answered, and where the document is.
void appendAnswer(const ReportData &data, const EvidenceRequest &request, Cell &cell)
{
    const Words &w = data.words;
    if (!request.answer.empty())
        cell.lines.push_back({plain(w.typed(request.answer, 1000))});
    if (!request.location.empty())
        cell.lines.push_back({plain(w(textDef("requests.where"), {w.typed(request.location, 1000)}))});
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
Table openTable(const ReportData &data, const Requests &requests, const Ids &ids)
{
    const Words &w = data.words;
    Table table;
    table.caption = w(reportDef("requests.open"));
    table.columns = {{w(reportDef("s3.no")), 13}, {w(reportDef("requests.what")), 48},
        {w(reportDef("s6.3.requirements")), 27}, {w(reportDef("requests.whom")), 24},
        {w(reportDef("requests.due")), 21}, {w(reportDef("requests.answer")), 37}};
    for (const EvidenceRequest *each : requests) {
        Cell what = whatCell(data, *each);
        what.lines.push_back({plain("\u00A0")}); // room to write
        Cell answer;
        appendAnswer(data, *each, answer);
        if (answer.lines.empty())
            answer.lines.emplace_back();
        table.rows.push_back({{cell(strong(w.outside(each->key, 20))), std::move(what), ids.cellFor(*each),
            cell(plain(w.given(each->whom))), dueCell(data, *each), std::move(answer)}});
    }
    return table;
}

Table answeredTable(const ReportData &data, const Requests &requests, const Ids &ids)
{
    const Words &w = data.words;
    Table table;
    table.caption = w(reportDef("requests.done"));
    table.columns = {{w(reportDef("s3.no")), 13}, {w(reportDef("requests.what")), 58},
        {w(reportDef("s6.3.requirements")), 27}, {w(reportDef("requests.answer")), 72}};
    for (const EvidenceRequest *each : requests) {
        Cell answer
            = cell(strong(w(each->state == EvidenceRequest::State::Received ? reportDef("requests.received")
                                                                            : reportDef("requests.not-available"))));
        if (!each->evidence.empty())
            answer.lines.push_back({plain(w.outside(join(each->evidence), 200))});
        appendAnswer(data, *each, answer);
        table.rows.push_back(
            {{cell(strong(w.outside(each->key, 20))), whatCell(data, *each), ids.cellFor(*each), std::move(answer)}});
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
    Requests all = open;
    all.insert(all.end(), answered.begin(), answered.end());
    const Ids ids(data, all);
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
        blocks.emplace_back(openTable(data, open, ids));
        SignatureBlock signature;
        signature.placeAndDate = w(reportDef("s6.place"));
        signature.signature = w(reportDef("s6.sign"));
        signature.lines = {{w(reportDef("requests.filled-by")), {}}};
        blocks.emplace_back(std::move(signature));
    }
    if (!answered.empty()) {
        blocks.emplace_back(Heading{2, "", w(reportDef("requests.done")), "requests-2"});
        blocks.emplace_back(answeredTable(data, answered, ids));
    }
}

} // namespace tally
