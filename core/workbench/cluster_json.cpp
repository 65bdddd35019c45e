// SPDX-License-Identifier: Apache-2.0
#include "core/workbench/cluster_json.h"

#include "core/base/parallel.h"
#include "core/base/text_format.h"
#include "core/workbench/json_parts.h"
#include "core/workbench/json_writer.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace tally {

namespace {

Json objectsJson(const Cluster &cluster)
{
    std::map<std::string, std::size_t> counts;
    for (const Object &object : cluster.objects)
        ++counts[toUtf8(object.kind)];
    Json byKind = Json::object();
    for (const auto &[kind, count] : counts)
        byKind[kind] = count;
    return {{"total", cluster.objects.size()}, {"read", cluster.objectsRead}, {"byKind", std::move(byKind)}};
}

Json livenessJson(Liveness liveness)
{
    switch (liveness) {
    case Liveness::Live:
        return true;
    case Liveness::Manifests:
        return false;
    case Liveness::Mixed:
        return "mixed";
    }
    return nullptr;
}

Json completenessJson(const Cluster &cluster)
{
    Json rows = Json::array();
    for (const KindCompleteness &row : cluster.completeness) {
        rows.push_back({{"kind", toUtf8(row.kind)}, {"state", kindStateName(row.state)}, {"count", row.count},
            {"source", jsonSource(row.source)}, {"group", toUtf8(row.group)}, {"command", toUtf8(row.command)}});
    }
    return rows;
}

/// Of what stands there only the number; of what does not, why, and what would fetch it. Kinds that the whole export
/// lacks stand in "completeness" alone.
Json namespacesJson(const Cluster &cluster)
{
    constexpr std::size_t mostNamespaces = 200;
    const std::set<std::string_view> uncovered(cluster.uncoveredNamespaces.begin(), cluster.uncoveredNamespaces.end());
    std::set<std::pair<std::string_view, std::string_view>> missing;
    for (const KindCompleteness &row : cluster.completeness) {
        if (row.state == KindState::Missing)
            missing.emplace(row.kind, row.group);
    }
    const CompletenessByNamespace byNamespace(cluster);
    Json list = Json::array();
    for (std::size_t i = 0; i < std::min(cluster.namespaces.size(), mostNamespaces); ++i) {
        const std::string &name = cluster.namespaces[i];
        Json kinds = Json::array();
        for (const KindCompleteness &row : byNamespace.of(name)) {
            if (missing.contains({row.kind, row.group}))
                continue;
            kinds.push_back(
                {{"kind", toUtf8(row.kind)}, {"group", toUtf8(row.group)}, {"state", kindStateName(row.state)},
                    {"count", row.count}, {"source", jsonSource(row.source)}, {"command", toUtf8(row.command)}});
        }
        list.push_back(
            {{"namespace", toUtf8(name)}, {"covered", !uncovered.contains(name)}, {"kinds", std::move(kinds)}});
    }
    return list;
}

/// What the object itself names, whether or not its controller is in the export.
void writeController(JsonWriter &json, const Object &object)
{
    for (const Node reference : object.root.at({"metadata", "ownerReferences"})) {
        if (reference["controller"].isTrue())
            return json.string(std::string(reference["kind"].text()) + '/' + std::string(reference["name"].text()));
    }
    json.null();
}

void writePodSecurity(JsonWriter &json, const PodSecurityVerdict &verdict)
{
    json.beginObject();
    json.member("level", podSecurityLevelName(verdict.level));
    json.key("violations");
    json.beginArray();
    for (const PodSecurityViolation &violation : verdict.violations) {
        json.beginObject();
        json.member("profile", podSecurityLevelName(violation.profile));
        json.member("control", violation.control);
        json.member("container", violation.container);
        json.member("field", violation.field);
        json.member("value", violation.value);
        json.endObject();
    }
    json.endArray();
    json.endObject();
}

void writeWorkload(JsonWriter &json, const Cluster &cluster, const Workload &workload, PodSecurityVersion version)
{
    const Object &object = cluster.objects[workload.object];
    json.beginObject();
    json.member("apiVersion", object.apiVersion);
    json.member("kind", object.kind);
    json.member("namespace", object.namespaceName);
    json.member("name", object.name);
    json.key("containers");
    json.number(workload.containers.size());
    json.key("images");
    json.beginArray();
    for (const Container &container : workload.containers) {
        if (!container.image.empty())
            json.string(container.image);
    }
    json.endArray();
    json.key("controlledBy");
    writeController(json, object);
    json.key("podSecurity");
    writePodSecurity(json, evaluatePodSecurity(workload.podMetadata, workload.podSpec, version));
    if (object.fromRelease)
        json.member("origin", "helm-release");
    json.endObject();
}

/// The rows of the array, each behind a comma, as jsonText() writes them two blanks deep. Of a large export they are
/// nearly all of the document: they become text in batches, by all workers, instead of standing in one tree first,
/// which of a million would need gigabytes.
std::vector<std::string> workloadRows(const Cluster &cluster, PodSecurityVersion version)
{
    constexpr std::size_t batch = 256;
    constexpr std::size_t depth = 2;
    const std::size_t count = cluster.objects.size();
    std::vector<std::string> texts((count + batch - 1) / batch);
    parallelFor(texts.size(), [&](std::size_t number) {
        std::string &text = texts[number];
        for (std::size_t i = number * batch; i < std::min((number + 1) * batch, count); ++i) {
            const std::optional<Workload> workload = workloadOf(cluster, i);
            if (!workload)
                continue;
            text += ",\n    ";
            JsonWriter json(text, depth);
            writeWorkload(json, cluster, *workload, version);
        }
    });
    return texts;
}

/// The text with the rows in the empty array that stands in it for them.
std::vector<std::string> withRows(std::string text, std::size_t array, std::vector<std::string> rows)
{
    std::erase_if(rows, [](const std::string &batch) { return batch.empty(); });
    if (rows.empty())
        return {std::move(text)};
    constexpr std::string_view closing = "\n  ]";
    std::string behind(closing);
    behind.append(text, array + 2);
    text.resize(array);
    rows.front().front() = '['; // instead of the first comma
    rows.insert(rows.begin(), std::move(text));
    rows.push_back(std::move(behind));
    return rows;
}

Json releasesJson(const Cluster &cluster)
{
    Json releases = Json::array();
    for (const HelmReleaseFacts &release : cluster.releases) {
        releases.push_back({{"name", toUtf8(release.name)}, {"namespace", toUtf8(release.namespaceName)},
            {"chart", toUtf8(release.chart)}, {"version", release.version}, {"source", jsonSource(release.source)},
            {"objects", release.objects}, {"notInExport", release.absent}});
    }
    return releases;
}

} // namespace

std::string_view kindStateName(KindState state)
{
    switch (state) {
    case KindState::Present:
        return "present";
    case KindState::Empty:
        return "empty";
    case KindState::Missing:
        return "missing";
    case KindState::Forbidden:
        return "forbidden";
    case KindState::Redacted:
        return "redacted";
    }
    return "missing";
}

std::vector<std::string> writeClusterJson(const Cluster &cluster, std::span<const Source> sources,
    std::span<const Diagnostic> diagnostics, PodSecurityVersion version, const Translator &de, const Translator &en)
{
    Json json = jsonHead(sources);
    json["objects"] = objectsJson(cluster);
    json["namespaces"] = Json::array();
    for (const std::string &name : cluster.namespaces)
        json["namespaces"].push_back(toUtf8(name));
    json["kubernetesVersion"]
        = cluster.kubernetesVersion.empty() ? Json(nullptr) : Json(toUtf8(cluster.kubernetesVersion));
    json["live"] = livenessJson(cluster.liveness);
    json["completeness"] = completenessJson(cluster);
    json["exportedAt"] = cluster.exportedAt.empty() ? Json(nullptr) : Json(toUtf8(cluster.exportedAt));
    json["completenessByNamespace"] = namespacesJson(cluster);
    json["workloads"] = Json::array();
    json["helmReleases"] = releasesJson(cluster);
    json["diagnostics"] = jsonDiagnostics(diagnostics, de, en);
    std::string text = jsonText(json);
    // Quotation marks and line breaks in strings are escaped: this is the member and no text that looks like it.
    constexpr std::string_view member = "\n  \"workloads\": ";
    const std::size_t array = text.find(member) + member.size();
    return withRows(std::move(text), array, workloadRows(cluster, version));
}

} // namespace tally
