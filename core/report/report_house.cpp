// SPDX-License-Identifier: Apache-2.0
// Section 2.5: the house's own policy and keys, which are part of every run.
#include "core/base/messages_report.h"
#include "core/base/text_format.h"
#include "core/report/report_data.h"

#include <algorithm>

namespace tally {

namespace {

constexpr std::size_t mostValues = 200;

Cell valuesCell(const Words &w, const std::vector<std::string> &values)
{
    Cell made;
    for (std::size_t i = 0; i < std::min(values.size(), mostValues); ++i)
        made.lines.push_back({mono(w.outside(values[i]))});
    if (values.size() > mostValues)
        made.lines.push_back({muted(w(reportDef("more"), {w.count(values.size() - mostValues)}))});
    return made;
}

Cell zonesCell(const Words &w, const std::vector<NetworkZone> &zones)
{
    Cell made;
    for (std::size_t i = 0; i < std::min(zones.size(), mostValues); ++i) {
        made.lines.push_back({strong(w.outside(zones[i].name)), muted(" (" + w.purpose(zones[i].purpose) + ")")});
        std::vector<std::string> ranges;
        for (std::size_t j = 0; j < std::min(zones[i].ranges.size(), mostValues); ++j)
            ranges.push_back(w.outside(zones[i].ranges[j]));
        if (zones[i].ranges.size() > mostValues)
            ranges.push_back(w(reportDef("more"), {w.count(zones[i].ranges.size() - mostValues)}));
        made.lines.push_back({mono(join(ranges))});
    }
    if (zones.size() > mostValues)
        made.lines.push_back({muted(w(reportDef("more"), {w.count(zones.size() - mostValues)}))});
    return made;
}

Cell entryCell(const Words &w, const Policy &policy, std::string_view entry)
{
    if (!policy.has(entry))
        return cell(muted(w(reportDef("house.not-laid-down"))));
    if (entry == "allowedRegistries")
        return valuesCell(w, policy.allowedRegistries);
    if (entry == "approvedBaseImages")
        return valuesCell(w, policy.approvedBaseImages);
    if (entry == "forbiddenPackages")
        return valuesCell(w, policy.forbiddenPackages);
    if (entry == "requiredLabels")
        return valuesCell(w, policy.requiredLabels);
    if (entry == "minimumReplicas")
        return cell(plain(w.count(static_cast<std::uint64_t>(*policy.minimumReplicas))));
    if (entry == "maximumImageAgeDays")
        return cell(
            plain(w(reportDef("house.days"), {w.count(static_cast<std::uint64_t>(*policy.maximumImageAgeDays))})));
    if (entry == "cpuLimits")
        return cell(plain(w(*policy.cpuLimits ? reportDef("house.cpu-yes") : reportDef("house.cpu-no"))));
    return zonesCell(w, policy.zones);
}

/// The column or the label says which digest it is.
Run digest(std::string_view text)
{
    constexpr std::string_view prefix = "sha256:";
    return {std::string(text.starts_with(prefix) ? text.substr(prefix.size()) : text), Run::Style::Digest};
}

void appendPolicy(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    const AuditState &audit = data.audit();
    if (!audit.policy) {
        blocks.emplace_back(Paragraph{{plain(w(reportDef("house.none")))}});
        return;
    }
    const Policy &policy = *audit.policy;
    blocks.emplace_back(Paragraph{{plain(
        policy.name.empty() ? w(reportDef("house.by-hand")) : w(reportDef("house.file"), {w.outside(policy.name)}))}});
    blocks.emplace_back(
        Paragraph{{muted(w(reportDef("house.digest")) + " "), digest(policy.digest)}, Paragraph::Style::Note});
    Table table;
    table.caption = w(reportDef("house"));
    table.dense = true;
    table.columns = {{w(reportDef("house.entry")), 56}, {w(reportDef("house.value")), 114}};
    for (const std::string_view entry : policyEntries)
        table.rows.push_back({{cell(strong(w.policyEntry(entry))), entryCell(w, policy, entry)}});
    blocks.emplace_back(std::move(table));
}

void appendKeys(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    const AuditState &audit = data.audit();
    if (audit.keys.empty()) {
        blocks.emplace_back(Paragraph{{plain(w(reportDef("house.no-keys")))}});
        return;
    }
    blocks.emplace_back(Heading{3, {}, w(reportDef("house.keys")), {}});
    Table table;
    table.caption = w(reportDef("house.keys"));
    table.dense = true;
    table.columns = {{w(reportDef("house.key-file")), 48}, {w(reportDef("house.key-kind")), 28},
        {w(reportDef("house.fingerprint")), 62}, {w(reportDef("house.added")), 32}};
    for (const KeyFile &file : audit.keyFiles) {
        for (const PublicKey &key : file.keys)
            table.rows.push_back(
                {{cell(strong(w.outside(file.name))), cell(plain(key.kind())), cell(digest(key.fingerprint())),
                    cellOf({plain(w.given(file.by)), muted(formatTime(file.at, w.language()))})}});
    }
    blocks.emplace_back(std::move(table));
}

} // namespace

void appendHouse(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    const AuditState &audit = data.audit();
    blocks.emplace_back(Heading{2, "2.5", w(reportDef("house")), "s2-5"});
    appendPolicy(data, blocks);
    appendKeys(data, blocks);
    if (data.hasRun() && !isJudged(audit))
        blocks.emplace_back(Paragraph{{strong(w(reportDef("house.not-judged")), Symbol::NotChecked)}});
}

} // namespace tally
