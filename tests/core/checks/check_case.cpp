// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

#include "core/cluster/cluster_builder.h"
#include "core/cluster/known_kinds.h"

#include <QtGlobal>

#include <algorithm>
#include <set>

namespace tally::test {

namespace {

/// Each line of the text behind the indentation; the text ends with a line feed unless it is empty.
std::string indented(std::string_view text, std::string_view indentation)
{
    std::string lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.append(indentation).append(text.substr(0, end)).append("\n");
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string podSpec(std::string_view specLines, std::string_view containerLines)
{
    const bool ownImage = containerLines.find("image:") != std::string_view::npos;
    return indented(specLines, "") + "containers:\n- name: app\n"
        + (ownImage ? "" : "  image: registry.example.org/app:1.0\n") + indented(containerLines, "  ");
}

} // namespace

std::string pod(std::string_view specLines, std::string_view containerLines)
{
    return "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\n  labels: {app: web}\nspec:\n"
        + indented(podSpec(specLines, containerLines), "  ");
}

std::string deployment(std::string_view specLines, std::string_view containerLines)
{
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  replicas: 3\n"
           "  template:\n    metadata:\n      labels: {app: web}\n    spec:\n"
        + indented(podSpec(specLines, containerLines), "      ");
}

std::string cronJob(std::string_view specLines, std::string_view containerLines)
{
    return "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  jobTemplate:\n"
           "    spec:\n      template:\n        metadata:\n          labels: {app: web}\n        spec:\n"
        + indented(podSpec(specLines, containerLines), "          ");
}

std::string emptyList(std::string_view apiVersion, std::string_view kind)
{
    return "apiVersion: " + std::string(apiVersion) + "\nkind: " + std::string(kind) + "List\nitems: []\n";
}

std::string withEmptyKinds(std::string yaml, const CheckSet &checks)
{
    const ClusterPtr cluster = clusterOf(yaml);
    CheckInput input;
    input.cluster = cluster.get();
    std::set<std::string> added;
    for (const Check &check : checks.checks) {
        for (const std::string &need : unmetNeeds(check, input)) {
            const KnownKind *kind = knownKind(need == "workloads" ? "Pod" : need);
            if (!kind || !added.insert(need).second)
                continue;
            const std::string group(kind->group);
            yaml += "\n---\n"
                + emptyList((group.empty() ? "" : group + "/") + std::string(kind->version), std::string(kind->kind));
        }
    }
    return yaml;
}

std::string documents(const std::vector<std::string> &parts)
{
    std::string whole;
    for (const std::string &part : parts)
        whole.append(whole.empty() ? "" : "---\n").append(part);
    return whole;
}

ClusterPtr clusterOf(const std::string &yaml)
{
    ReadClusterOptions options;
    options.name = "case.yaml";
    auto reading = readClusterFile(yaml, options);
    if (!reading)
        qFatal("the case is not readable:\n%s", yaml.c_str());
    return reading->cluster;
}

ClusterPtr clusterOfFolder(const std::filesystem::path &folder)
{
    ReadClusterOptions options;
    options.name = folder.filename().string();
    auto reading = readClusterFolder(folder, options);
    if (!reading)
        qFatal("the folder is not readable: %s", folder.c_str());
    return reading->cluster;
}

const Catalogue &catalogue()
{
    static const Result<CataloguePtr> loaded = loadCatalogue(Resources());
    if (!loaded)
        qFatal("the catalogue is not readable: %s", loaded.error().message.def->code);
    return **loaded;
}

const CheckSet &allChecks()
{
    static const Result<CheckSetPtr> loaded = loadChecks(Resources(), catalogue());
    if (!loaded)
        qFatal("the checks are not readable: %s",
            fillPlaceholders(loaded.error().message.def->text, loaded.error().message).c_str());
    return **loaded;
}

CheckSet onlyChecks(const std::vector<std::string> &ids)
{
    CheckSet some;
    for (const Check &check : allChecks().checks) {
        if (std::ranges::find(ids, check.id) != ids.end())
            some.checks.push_back(check);
    }
    return some;
}

std::vector<Finding> findingsOf(const CheckSet &checks, const CheckInput &input)
{
    auto findings = runChecks(checks, input);
    if (!findings)
        qFatal("the checks did not run");
    return *std::move(findings);
}

std::vector<Finding> findingsOf(const CheckSet &checks, const std::string &yaml)
{
    const ClusterPtr cluster = clusterOf(yaml);
    CheckInput input;
    input.cluster = cluster.get();
    return findingsOf(checks, input);
}

std::string describe(const Finding &finding)
{
    std::string text = finding.variant + " | ";
    if (finding.object) {
        text += finding.object->kind + ' ';
        if (!finding.object->namespaceName.empty())
            text += finding.object->namespaceName + '/';
        text += finding.object->name;
    } else {
        text += finding.image.empty() ? "-" : finding.image + ' ' + finding.path;
    }
    return text + " | " + finding.container + " | " + finding.field;
}

} // namespace tally::test
