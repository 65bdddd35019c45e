// SPDX-License-Identifier: Apache-2.0
// Section 9 of the difference report: sources, rules, images, workloads and exceptions then and now.
#include "core/base/messages_difference.h"
#include "core/base/messages_report.h"
#include "core/report/report_difference.h"

#include <algorithm>

namespace tally {

namespace {

constexpr std::size_t mostRows = 300;

std::string shortDigest(const Words &w, std::string_view digest)
{
    constexpr std::string_view prefix = "sha256:";
    if (digest.starts_with(prefix))
        digest.remove_prefix(prefix.size());
    return digest.empty() ? w(differenceDef("rule.none")) : w.outside(digest.substr(0, 16), 40);
}

void appendTitle(const DifferenceData &data, const MessageDef *title, std::vector<ReportBlock> &blocks)
{
    blocks.emplace_back(Heading{2, {}, data.words()(title), {}});
}

void appendOrNone(const DifferenceData &data, Table table, const MessageDef *none, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words();
    if (table.rows.empty()) {
        blocks.emplace_back(Paragraph{{plain(w(none))}});
        return;
    }
    const std::size_t all = table.rows.size();
    table.dense = true;
    table.rows.resize(std::min(all, mostRows));
    blocks.emplace_back(std::move(table));
    if (all > mostRows)
        blocks.emplace_back(
            Paragraph{{muted(w(differenceDef("more-findings"), {w.count(all - mostRows)}))}, Paragraph::Style::Note});
}

/// "only then", "only now", "same content", "other content".
std::string presence(const Words &w, bool before, bool after, bool same)
{
    if (!after)
        return w(differenceDef("only-then"));
    if (!before)
        return w(differenceDef("only-now"));
    return w(same ? differenceDef("source.same") : differenceDef("source.changed"));
}

Cell sourceCell(const Words &w, const Source *source)
{
    if (!source)
        return cell(muted("–"));
    return cellOf({strong(w.outside(source->name)), mono(shortDigest(w, source->sha256))});
}

Table sourcesTable(const DifferenceData &data)
{
    const Words &w = data.words();
    Table table;
    table.caption = w(differenceDef("sources"));
    table.columns
        = {{w(differenceDef("then")), 68}, {w(differenceDef("now")), 68}, {w(differenceDef("direction")), 34}};
    for (const ComparedSource &row : data.compared.sources)
        table.rows.push_back({{sourceCell(w, row.before), sourceCell(w, row.after),
            cell(plain(presence(w, row.before != nullptr, row.after != nullptr, row.sameContent)))}});
    return table;
}

Table rulesTable(const DifferenceData &data)
{
    const Words &w = data.words();
    const Assessment &then = *data.compared.before->run;
    const Assessment &now = *data.compared.after->run;
    Table table;
    table.caption = w(differenceDef("rules"));
    table.columns = {{w(differenceDef("name")), 40}, {w(differenceDef("then")), 65}, {w(differenceDef("now")), 65}};
    const auto add = [&](const MessageDef *name, const std::string &before, const std::string &after) {
        Run changed = mono(after);
        if (before != after)
            changed.style = Run::Style::Strong;
        table.rows.push_back({{cell(plain(w(name))), cell(mono(before)), cell(std::move(changed))}});
    };
    const auto outside
        = [&](const std::string &text) { return text.empty() ? w(differenceDef("rule.none")) : w.outside(text, 60); };
    add(differenceDef("rule.tool"), outside(then.toolVersion), outside(now.toolVersion));
    add(differenceDef("rule.edition"), outside(then.edition), outside(now.edition));
    add(differenceDef("rule.catalogue"), shortDigest(w, then.catalogueDigest), shortDigest(w, now.catalogueDigest));
    add(differenceDef("rule.checks"), shortDigest(w, then.checksDigest), shortDigest(w, now.checksDigest));
    add(differenceDef("rule.policy"), shortDigest(w, then.policyDigest), shortDigest(w, now.policyDigest));
    return table;
}

Cell imageCell(const Words &w, const Image *image)
{
    if (!image)
        return cell(muted("–"));
    return cellOf({strong(w.outside(image->displayName())), muted(w.outside(image->platform, 40)),
        mono(shortDigest(w, image->configDigest))});
}

Table imagesTable(const DifferenceData &data)
{
    const Words &w = data.words();
    Table table;
    table.caption = w(differenceDef("images"));
    table.columns
        = {{w(differenceDef("then")), 68}, {w(differenceDef("now")), 68}, {w(differenceDef("direction")), 34}};
    for (const ComparedImage &row : data.compared.images)
        table.rows.push_back({{imageCell(w, row.before), imageCell(w, row.after),
            cell(plain(presence(w, row.before != nullptr, row.after != nullptr, row.sameContent)))}});
    return table;
}

std::string objectText(const Words &w, const ObjectName &name)
{
    return w.outside(name.kind, 80) + ' ' + (name.namespaceName.empty() ? "" : w.outside(name.namespaceName) + '/')
        + w.outside(name.name);
}

std::string objectText(const Words &w, const ObjectName &name, const std::string &cluster)
{
    return (cluster.empty() ? std::string() : w.given(cluster) + ": ") + objectText(w, name);
}

Table referencesTable(const DifferenceData &data)
{
    const Words &w = data.words();
    Table table;
    table.caption = w(differenceDef("references"));
    table.columns = {{w(differenceDef("object")), 58}, {w(differenceDef("then")), 56}, {w(differenceDef("now")), 56}};
    for (const ComparedReference &row : data.compared.references)
        table.rows.push_back({{cellOf({strong(objectText(w, row.workload, row.cluster)),
                                   muted(w(differenceDef("container"), {w.outside(row.container)}))}),
            cell(mono(w.outside(row.before))), cell(mono(w.outside(row.after)))}});
    return table;
}

Table workloadsTable(const DifferenceData &data)
{
    const Words &w = data.words();
    const ComparedObjects &objects = data.compared.objects;
    Table table;
    table.caption = w(differenceDef("workloads"));
    table.columns = {{w(differenceDef("object")), 136}, {w(differenceDef("direction")), 34}};
    const auto add = [&](std::string text, bool isNew) {
        table.rows.push_back({{cell(plain(std::move(text))),
            cell(plain(w(isNew ? differenceDef("workload.new") : differenceDef("workload.gone"))))}});
    };
    for (const bool isNew : {true, false}) {
        for (const ComparedObject &object : isNew ? objects.newNamespaces : objects.goneNamespaces)
            add(objectText(w, object.name, object.cluster), isNew);
    }
    for (const bool isNew : {true, false}) {
        for (const ComparedObject &object : isNew ? objects.newWorkloads : objects.goneWorkloads)
            add(objectText(w, object.name, object.cluster), isNew);
    }
    return table;
}

const MessageDef *changeOf(const ComparedException &row)
{
    if (!row.before)
        return differenceDef("exception.new");
    if (!row.after)
        return row.waits ? differenceDef("exception.waits") : differenceDef("exception.withdrawn");
    return row.expired ? differenceDef("exception.expired") : differenceDef("exception.changed");
}

Table exceptionsTable(const DifferenceData &data)
{
    const Words &w = data.words();
    Table table;
    table.caption = w(differenceDef("exceptions"));
    table.columns = {{w(differenceDef("place")), 52}, {w(differenceDef("reason")), 62}, {w(differenceDef("until")), 24},
        {w(differenceDef("direction")), 32}};
    for (const ComparedException &row : data.compared.exceptions) {
        const FindingException &shown = row.after ? *row.after : *row.before;
        Cell scope;
        for (const std::string *part : {&shown.fingerprint, &shown.check, &shown.namespaceName, &shown.object}) {
            if (!part->empty())
                scope.lines.push_back({mono(w.outside(*part, 200))});
        }
        const AuditState &audit = row.after ? *data.compared.after : *data.compared.before;
        if (std::string where = clustersOf(w, audit, shown); !where.empty())
            scope.lines.push_back({plain(std::move(where))});
        table.rows.push_back(
            {{std::move(scope), cellOf({strong(w.exception(shown.kind)), plain(w.givenLines(shown.reason))}),
                cell(plain(shown.expires.empty() ? w(reportDef("x.ever")) : w.date(shown.expires))),
                cell(plain(w(changeOf(row))))}});
    }
    return table;
}

} // namespace

void appendDifferenceBasis(const DifferenceData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words();
    const std::string number = data.differsByRules() ? "9" : "8"; // after the section on them
    blocks.emplace_back(Heading{
        1, number, w(differenceDef("s9")), "s9", Heading::Kind::Section, number + ' ' + w(differenceDef("s9"))});
    appendTitle(data, differenceDef("sources"), blocks);
    appendOrNone(data, sourcesTable(data), differenceDef("rule.none"), blocks);
    appendTitle(data, differenceDef("rules"), blocks);
    appendOrNone(data, rulesTable(data), differenceDef("rule.none"), blocks);
    appendTitle(data, differenceDef("references"), blocks);
    appendOrNone(data, referencesTable(data), differenceDef("references.none"), blocks);
    appendTitle(data, differenceDef("workloads"), blocks);
    appendOrNone(data, workloadsTable(data), differenceDef("workloads.none"), blocks);
    appendTitle(data, differenceDef("images"), blocks);
    appendOrNone(data, imagesTable(data), differenceDef("images.none"), blocks);
    appendTitle(data, differenceDef("exceptions"), blocks);
    appendOrNone(data, exceptionsTable(data), differenceDef("exceptions.none"), blocks);
}

} // namespace tally
