// SPDX-License-Identifier: Apache-2.0
// Section 2.7: exceptions, with who, why and until when.
#include "core/audit/carried.h"
#include "core/audit/clusters.h"
#include "core/base/messages_difference.h"
#include "core/base/messages_report.h"
#include "core/base/text_format.h"
#include "core/report/report_data.h"
#include "core/report/report_texts.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace tally {

namespace {

struct Row
{
    const FindingException *exception;
    bool expired;
    bool waits; ///< for somebody to confirm it; does not count
    std::size_t findings = 0;
    const Finding *example = nullptr;
    std::set<std::string> refused{}; ///< ReportData::refusedFor() its findings
};

/// The row of the exception that would cover the finding if somebody confirmed it; null: none would.
Row *waitingFor(const AuditState &audit, const Finding &finding, std::vector<Row> &rows)
{
    const auto found = std::ranges::find_if(rows, [&, where = clusterKeyOf(finding, audit)](const Row &row) {
        return row.waits && row.exception->covers(finding, where);
    });
    return found == rows.end() ? nullptr : &*found;
}

/// All of them, with the findings of the whole run, not only those of this module.
std::vector<Row> collect(const ReportData &data, const std::vector<CarriedException> &waiting)
{
    const AuditState &audit = data.audit();
    const std::string today = rfc3339(outputTime()).substr(0, 10);
    std::vector<Row> rows;
    std::map<const FindingException *, std::size_t> at;
    for (const auto &[key, exception] : audit.exceptions) {
        at[&exception] = rows.size();
        rows.push_back({&exception, exception.isExpired(today), false});
    }
    for (const CarriedException &each : waiting) {
        if (!audit.exceptions.contains(each.exception.key()))
            rows.push_back({&each.exception, false, true});
    }
    if (audit.assessment) {
        for (const Finding &finding : audit.assessment->findings) {
            const FindingException *exception = audit.exceptionOf(finding);
            if (!exception)
                exception = audit.expiredExceptionOf(finding);
            const auto known = at.find(exception);
            Row *found = known != at.end() ? &rows[known->second]
                : exception                ? nullptr
                                           : waitingFor(audit, finding, rows);
            if (!found)
                continue;
            Row &row = *found;
            ++row.findings;
            row.example = row.example ? row.example : &finding;
            row.refused.merge(data.refusedFor(finding));
        }
    }
    const std::string &name = data.options.choice.namespaceName; // whose report names no other
    std::erase_if(rows, [&](const Row &row) {
        const std::string &of = row.exception->namespaceName;
        const bool isOther = !of.empty() && of != FindingException::systemNamespaces && of != name;
        const bool isAboutOther
            = !row.exception->fingerprint.empty() && row.example && !data.isOfNamespace(*row.example);
        return !name.empty() && (isOther || isAboutOther);
    });
    std::ranges::stable_sort(rows, [](const Row &a, const Row &b) {
        if (a.waits != b.waits)
            return a.waits;
        if (a.expired != b.expired)
            return a.expired;
        return a.findings > b.findings;
    });
    return rows;
}

void addCheck(const ReportData &data, const std::string &id, Cell &cell)
{
    cell.lines.push_back({strong(data.words.outside(id, 80))});
    if (const Check *check = data.input.checks.find(id); check && !check->title.empty())
        cell.lines.push_back({plain(check->title.in(data.words.language()))});
}

Cell scopeCell(const ReportData &data, const Row &row)
{
    const Words &w = data.words;
    const FindingException &exception = *row.exception;
    Cell made;
    if (!exception.fingerprint.empty()) {
        if (!row.example) {
            made.lines.push_back({muted(w(reportDef("x.gone")))});
            made.lines.push_back({mono(w.outside(exception.fingerprint, 40))});
            return made;
        }
        addCheck(data, row.example->check, made);
        made.lines.push_back({plain(w.outside(data.placeOf(*row.example)))});
        return made;
    }
    if (exception.check.empty())
        made.lines.push_back({strong(w(reportDef("x.any-check")))});
    else
        addCheck(data, exception.check, made);
    if (exception.namespaceName == FindingException::systemNamespaces)
        made.lines.push_back({plain(w(reportDef("x.system")))});
    else if (!exception.namespaceName.empty())
        made.lines.push_back({muted(w(reportDef("a.namespace")) + " "), mono(w.outside(exception.namespaceName))});
    if (!exception.object.empty())
        made.lines.push_back({muted(w(reportDef("a.object")) + " "), mono(w.outside(exception.object))});
    const std::string where = clustersOf(w, data.audit(), exception);
    if (!where.empty())
        made.lines.push_back({plain(where)});
    else if (exception.namespaceName.empty() && exception.object.empty())
        made.lines.push_back({plain(w(reportDef("x.everywhere")))});
    return made;
}

Cell reasonCell(const ReportData &data, const Row &row)
{
    const Words &w = data.words;
    Cell made = cellOf({strong(w.exception(row.exception->kind)), plain(w.givenLines(row.exception->reason))});
    if (!row.refused.empty())
        made.lines.push_back({strong(data.refusal(row.refused), Symbol::Deviation)});
    return made;
}

Cell untilCell(const Words &w, const Row &row, bool isUnconfirmed)
{
    const std::string until = row.exception->expires.empty() ? w(reportDef("x.ever")) : w.date(row.exception->expires);
    if (row.expired)
        return cellOf({strong(until), strong(w(reportDef("x.expired")), Symbol::NotChecked)});
    if (row.waits)
        return cellOf({plain(until), strong(w(differenceDef("carried.x-waits")), Symbol::NotChecked)});
    if (isUnconfirmed)
        return cellOf({plain(until), strong(w(differenceDef("carried.x-holds")), Symbol::NotChecked)});
    return cell(plain(until));
}

} // namespace

std::string clustersOf(const Words &w, const AuditState &audit, const FindingException &exception)
{
    const AuditCluster *cluster = audit.cluster(exception.cluster);
    if (!exception.fingerprint.empty())
        return {};
    if (!exception.cluster.empty() && !cluster)
        return w(reportDef("x.cluster-gone"));
    if (audit.clusters.size() < 2)
        return {};
    return exception.cluster.empty() ? w(reportDef("x.all-clusters"))
                                     : w(reportDef("x.cluster"), {w.given(cluster->name)});
}

void appendExceptions(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    blocks.emplace_back(Heading{2, "2.7", w(reportDef("x")), "s2-7"});
    const std::vector<CarriedException> waiting = carriedExceptions(data.audit());
    if (data.audit().exceptions.empty() && waiting.empty()) {
        blocks.emplace_back(Paragraph{{plain(w(reportDef("x.none")))}});
        return;
    }
    blocks.emplace_back(
        Paragraph{{plain(w(data.has(ReportSection::Findings) ? reportDef("x.lead") : textDef("alone.exceptions")))}});
    const std::vector<Row> rows = collect(data, waiting);
    if (const auto count = std::ranges::count_if(rows, &Row::waits); count > 0)
        blocks.emplace_back(Paragraph{
            {strong(w(Message{differenceDef("carried.waiting"), {}, static_cast<int>(count)}), Symbol::NotChecked)}});
    Table table;
    table.caption = w(reportDef("x"));
    table.dense = true;
    table.columns = {{w(reportDef("x.scope")), 54}, {w(reportDef("x.reason")), 52}, {w(reportDef("x.by")), 24},
        {w(reportDef("x.until")), 24}, {w(reportDef("x.findings")), 16, Cell::Align::Right}};
    for (const Row &row : rows) { // all of them: each is a person's word
        const FindingException &exception = *row.exception;
        table.rows.push_back({{scopeCell(data, row), reasonCell(data, row),
            cellOf({plain(w.given(exception.by)), muted(w.date(exception.at.substr(0, 10)))}),
            untilCell(w, row, data.audit().isUnconfirmed(exception)), rightCell(plain(w.count(row.findings)))}});
    }
    blocks.emplace_back(std::move(table));
}

} // namespace tally
