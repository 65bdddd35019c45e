// SPDX-License-Identifier: Apache-2.0
#include "core/base/text_format.h"
#include "core/base/version.h"
#include "core/report/report_difference.h"

#include <nlohmann/json.hpp>

namespace tally {

namespace {

using Json = nlohmann::ordered_json;

template<typename Rows, typename Make>
Json listOf(const Rows &rows, const Make &make)
{
    Json all = Json::array();
    for (const auto &row : rows)
        all.push_back(make(row));
    return all;
}

Json auditJson(const AuditState &audit)
{
    const Assessment &run = *audit.run;
    return {{"title", audit.info.title}, {"organisation", audit.info.organisation}, {"auditor", audit.info.auditor},
        {"judged", run.createdAt}, {"findings", run.findings.size()}, {"tool", run.toolVersion},
        {"edition", run.edition}, {"catalogue", run.catalogueDigest}, {"checks", run.checksDigest},
        {"policy", run.policyDigest}, {"journalHead", audit.journalHead},
        {"cluster", audit.clusters.size() == 1 ? Json(audit.clusters.front().cluster->uid) : Json()},
        {"clusters", listOf(audit.clusters, [](const AuditCluster &each) { return Json(each.name); })}};
}

Json clustersJson(const AuditComparison &compared)
{
    const auto nameOf = [](const AuditCluster *each) { return each ? Json(each->name) : Json(); };
    return {{"match", clusterMatchName(compared.cluster)}, {"compared", compared.clustersCompared},
        {"pairs", listOf(compared.clusters, [&](const ComparedCluster &each) {
             return Json{{"before", nameOf(each.before)}, {"after", nameOf(each.after)}, {"byUid", each.byUid}};
         })}};
}

Json objectJson(const ObjectName &name)
{
    return {{"kind", name.kind}, {"namespace", name.namespaceName}, {"name", name.name}};
}

Json findingJson(const Finding *finding)
{
    if (!finding)
        return nullptr;
    Json json = {{"id", finding->id}, {"check", finding->check}, {"variant", finding->variant}, {"args", finding->args},
        {"severity", severityName(finding->severity)}};
    if (finding->object)
        json["object"] = objectJson(*finding->object);
    if (!finding->cluster.empty()) // of several
        json["cluster"] = finding->cluster;
    json["container"] = finding->container;
    json["field"] = finding->field;
    json["image"] = finding->image;
    json["path"] = finding->path;
    json["file"] = finding->file;
    json["line"] = finding->line;
    return json;
}

Json proposalJson(const std::optional<Proposal> &proposal)
{
    return proposal ? Json(std::string(proposalName(*proposal))) : Json();
}

Json verdictJson(const ComparedVerdict &verdict)
{
    Json json = {{"id", verdict.id},
        {"proposal",
            {{"before", proposalJson(verdict.before)}, {"after", proposalJson(verdict.after)},
                {"direction", directionName(verdict.proposal)}}},
        {"status",
            {{"before", statusName(verdict.statusBefore)}, {"after", statusName(verdict.statusAfter)},
                {"direction", directionName(verdict.status)}}}};
    json["knownOnlyNow"] = isKnownOnlyNow(verdict);
    for (const ComparedVerdict &part : verdict.parts)
        json["parts"].push_back(verdictJson(part));
    return json;
}

Json decisionJson(const Decision *decision)
{
    if (!decision)
        return nullptr;
    return {{"status", statusName(decision->status)}, {"reason", decision->reason}, {"by", decision->by},
        {"at", decision->at}, {"responsible", decision->responsible}, {"until", decision->until},
        {"measure", decision->measure}, {"stale", decision->stale}};
}

/// Only where it says something.
void putCluster(Json &json, const std::string &cluster)
{
    if (!cluster.empty())
        json["cluster"] = cluster;
}

Json exceptionJson(const FindingException *exception)
{
    if (!exception)
        return nullptr;
    Json json = {{"fingerprint", exception->fingerprint}, {"check", exception->check},
        {"namespace", exception->namespaceName}, {"object", exception->object}, {"kind", exception->kind},
        {"reason", exception->reason}, {"by", exception->by}, {"expires", exception->expires}};
    putCluster(json, exception->cluster);
    return json;
}

Json sourceJson(const Source *source)
{
    return source ? Json{{"name", source->name}, {"form", source->form}, {"sha256", source->sha256}} : Json();
}

Json imageJson(const Image *image)
{
    return image ? Json{{"name", image->displayName()}, {"platform", image->platform},
               {"configDigest", image->configDigest}, {"manifestDigest", image->manifestDigest}}
                 : Json();
}

Json findingsJson(const AuditComparison &compared)
{
    Json all = Json::array();
    for (const ComparedFinding &row : compared.findings) {
        Json json = {{"fate", fateName(row.fate)}};
        if (row.fate == FindingFate::Same) {
            json["id"] = row.after->id;
            all.push_back(std::move(json));
            continue;
        }
        Json changes = Json::array();
        for (const FindingChange change : row.changes)
            changes.push_back(changeName(change));
        json["changes"] = std::move(changes);
        json["notSeen"] = row.missing;
        json["before"] = findingJson(row.before);
        json["after"] = findingJson(row.after);
        all.push_back(std::move(json));
    }
    return all;
}

Json objectsJson(const ComparedObjects &objects)
{
    Json json = {{"before", objects.objectsBefore}, {"after", objects.objectsAfter}, {"newNamespaces", Json::array()},
        {"goneNamespaces", Json::array()}, {"newWorkloads", Json::array()}, {"goneWorkloads", Json::array()}};
    for (const auto &[list, of] :
        {std::pair("newNamespaces", &objects.newNamespaces), std::pair("goneNamespaces", &objects.goneNamespaces)}) {
        for (const ComparedObject &object : *of) // of one cluster a name each, as before there could be several
            json[list].push_back(object.cluster.empty()
                    ? Json(object.name.name)
                    : Json{{"name", object.name.name}, {"cluster", object.cluster}});
    }
    for (const auto &[list, of] :
        {std::pair("newWorkloads", &objects.newWorkloads), std::pair("goneWorkloads", &objects.goneWorkloads)}) {
        for (const ComparedObject &object : *of) {
            Json one = objectJson(object.name);
            putCluster(one, object.cluster);
            json[list].push_back(std::move(one));
        }
    }
    return json;
}

} // namespace

std::string writeDifferenceJson(const DifferenceInput &input, const Translator &de, const Translator &en)
{
    const AuditComparison &compared = input.comparison;
    Json whole;
    whole["format"] = 1;
    whole["tool"] = {{"name", toolName}, {"version", toolVersion}};
    whole["created"] = rfc3339(outputTime());
    whole["before"] = auditJson(*compared.before);
    whole["after"] = auditJson(*compared.after);
    whole["clusters"] = clustersJson(compared);
    whole["rules"] = {{"changed", compared.rulesChanged}, {"policyChanged", compared.policyChanged},
        {"judgedAnew", compared.judgedAnew}, {"unclear", compared.rulesUnclear},
        {"comparable", !compared.notComparable}};
    whole["notes"] = listOf(differenceNotes(compared), [&](const Message &note) {
        return Json{{"code", note.def->code}, {"de", de.text(note)}, {"en", en.text(note)}};
    });
    for (std::size_t fate = 0; fate < findingFates; ++fate)
        whole["counts"][std::string(fateName(static_cast<FindingFate>(fate)))] = compared.counts.at(fate);
    whole["requirements"] = listOf(compared.requirements, verdictJson);
    whole["waiting"] = compared.waiting;
    whole["decisions"] = listOf(compared.decisions, [](const ComparedDecision &row) {
        return Json{{"id", row.id}, {"direction", directionName(row.status)}, {"fields", row.fields},
            {"before", decisionJson(row.before)}, {"after", decisionJson(row.after)}};
    });
    whole["findings"] = findingsJson(compared);
    whole["exceptions"] = listOf(compared.exceptions, [](const ComparedException &row) {
        return Json{{"expired", row.expired}, {"toConfirm", row.waits}, {"before", exceptionJson(row.before)},
            {"after", exceptionJson(row.after)}};
    });
    whole["sources"] = listOf(compared.sources, [](const ComparedSource &row) {
        return Json{
            {"sameContent", row.sameContent}, {"before", sourceJson(row.before)}, {"after", sourceJson(row.after)}};
    });
    whole["images"] = listOf(compared.images, [](const ComparedImage &row) {
        return Json{
            {"sameContent", row.sameContent}, {"before", imageJson(row.before)}, {"after", imageJson(row.after)}};
    });
    whole["references"] = listOf(compared.references, [](const ComparedReference &row) {
        Json json = {{"workload", objectJson(row.workload)}, {"container", row.container}, {"before", row.before},
            {"after", row.after}};
        putCluster(json, row.cluster);
        return json;
    });
    whole["objects"] = objectsJson(compared.objects);
    return whole.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

} // namespace tally
