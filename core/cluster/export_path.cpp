// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/export_path.h"

#include "core/base/ascii.h"
#include "core/cluster/known_kinds.h"

#include <algorithm>
#include <vector>

namespace tally {

namespace {

std::vector<std::string_view> componentsOf(std::string_view path)
{
    std::vector<std::string_view> components;
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        if (const std::string_view component = path.substr(0, slash); !component.empty() && component != ".")
            components.push_back(component);
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    }
    return components;
}

bool contains(const std::vector<std::string_view> &components, std::string_view wanted)
{
    return std::ranges::find(components, wanted) != components.end();
}

/// "v1", "v1beta1", "v2alpha3".
bool isVersion(std::string_view text)
{
    if (text.size() < 2 || text[0] != 'v' || text[1] < '0' || text[1] > '9')
        return false;
    const std::size_t end = text.find_first_not_of("0123456789", 1);
    if (end == std::string_view::npos)
        return true;
    const std::string_view rest = text.substr(end);
    return rest.starts_with("alpha") || rest.starts_with("beta");
}

bool looksLikeGroup(std::string_view text)
{
    if (text.find('.') != std::string_view::npos)
        return true;
    const std::span<const KnownKind> kinds = knownKinds();
    return text == "extensions" || (!text.empty() && std::ranges::find(kinds, text, &KnownKind::group) != kinds.end());
}

/// Position of the namespace's folder in ".../namespaced/<ns>/..." or ".../namespaces/<ns>/..."; npos: none.
std::size_t namespaceFolder(const std::vector<std::string_view> &components)
{
    for (std::size_t i = 0; i + 2 < components.size(); ++i) {
        if (components[i] == "namespaced" || components[i] == "namespaces")
            return i + 1;
    }
    return std::string_view::npos;
}

/// "networkpolicies.networking.k8s.io" and "deployments.apps" name their group, too.
bool takeQualified(std::string_view stem, ExportPath &result)
{
    const std::size_t dot = stem.find('.');
    if (dot == std::string_view::npos || !looksLikeGroup(stem.substr(dot + 1)))
        return false;
    result.resource = stem.substr(0, dot);
    result.group = stem.substr(dot + 1);
    return true;
}

/// "<group>/<version>/<resource>.yaml" (support-bundle-kit) and "<group or core>/<resource>.yaml" (must-gather).
bool takeFromFolders(
    const std::vector<std::string_view> &folders, std::size_t nsFolder, std::string_view stem, ExportPath &result)
{
    if (folders.empty())
        return false;
    const std::size_t last = folders.size() - 1;
    if (isVersion(folders[last])) {
        const bool grouped = last > 0 && last - 1 != nsFolder && looksLikeGroup(folders[last - 1]);
        result.resource = stem;
        result.group = grouped ? std::string(folders[last - 1]) : std::string();
        return true;
    }
    const bool bundle = nsFolder != std::string_view::npos || contains(folders, "cluster-scoped-resources");
    if (!bundle || last == nsFolder)
        return false;
    if (folders[last] != "core" && !looksLikeGroup(folders[last]))
        return false;
    const std::string_view group = folders[last] == "core" ? std::string_view() : folders[last];
    if (knownResource(stem, group) == nullptr)
        return false;
    result.resource = stem;
    result.group = group;
    return true;
}

/// "resources/ns/<ns>/apps_v1_deployments.json" and "resources/cluster/core_v1_nodes.json", in older versions
/// "Deployments.json" (Sonobuoy: pkg/discovery, queries).
bool takeSonobuoy(const std::vector<std::string_view> &folders, std::string_view stem, ExportPath &result)
{
    const std::size_t count = folders.size();
    const bool cluster = count >= 2 && folders[count - 2] == "resources" && folders[count - 1] == "cluster";
    const bool inNamespace = count >= 3 && folders[count - 3] == "resources" && folders[count - 2] == "ns";
    if (!cluster && !inNamespace)
        return false;
    if (inNamespace)
        result.namespaceName = folders[count - 1];
    result.resource = stem;
    const std::size_t version = stem.find('_');
    const std::size_t resource = version == std::string_view::npos ? version : stem.find('_', version + 1);
    if (resource == std::string_view::npos || !isVersion(stem.substr(version + 1, resource - version - 1)))
        return true;
    result.resource = stem.substr(resource + 1);
    result.group = stem.starts_with("core_") ? std::string_view() : stem.substr(0, version);
    return true;
}

/// One object a file, under the name of its resource: "cluster-scoped-resources/<group>/<resource>/<name>.json"
/// (must-gather, Insights), "config/pod/<namespace>/<name>.json" and "config/node/<name>.json" (Insights), where deeper
/// folders hold values of ConfigMaps and Secrets, not objects.
bool takeFromObjectFolder(const std::vector<std::string_view> &folders, ExportPath &result)
{
    const std::size_t count = folders.size();
    if (count >= 3 && folders[count - 3] == "cluster-scoped-resources"
        && knownResource(folders[count - 1]) != nullptr) {
        result.resource = folders[count - 1];
        result.group = folders[count - 2] == "core" ? std::string_view() : folders[count - 2];
        return true;
    }
    for (std::size_t up = 2; up <= 3 && up <= count; ++up) {
        if (folders[count - up] == "config" && knownResource(folders[count - up + 1]) != nullptr) {
            result.resource = folders[count - up + 1];
            return true;
        }
    }
    return false;
}

/// "network-policy/default.json", "helmcharts.helm.cattle.io/kube-system.yaml" (troubleshoot).
bool takeFromParent(const std::vector<std::string_view> &folders, ExportPath &result)
{
    if (folders.empty())
        return false;
    const std::string_view parent = folders.back();
    if (parent == "cluster-resources" || parent == "namespaces" || parent == "namespaced")
        return false;
    if (!takeQualified(parent, result)) {
        if (knownResource(parent) == nullptr)
            return false;
        result.resource = parent;
    }
    return true;
}

} // namespace

ExportPath describePath(std::string_view path)
{
    ExportPath result;
    std::vector<std::string_view> folders = componentsOf(path);
    if (folders.empty())
        return result;
    std::string_view stem = folders.back();
    folders.pop_back();
    for (const std::string_view extension : {".yaml", ".yml", ".json", ".jsonl", ".err", ".stderr"}) {
        if (stem.ends_with(extension)) {
            stem.remove_suffix(extension.size());
            break;
        }
    }
    if (stem.ends_with("-errors")) {
        stem.remove_suffix(7);
        result.errorFile = true;
    }
    const std::size_t nsFolder = namespaceFolder(folders);
    const std::vector<std::string_view> all = componentsOf(path);
    if (const std::size_t at = namespaceFolder(all); at != std::string_view::npos)
        result.namespaceName = all[at];

    const bool troubleshoot = contains(folders, "cluster-resources") && folders.back() != "cluster-resources";
    if (troubleshoot && takeFromParent(folders, result)) {
        result.namespaceName = stem;
        return result;
    }
    // In such a folder the file has the name of an object, which may look like a qualified resource
    // ("config/validatingwebhookconfigurations/multus.openshift.io.json" of Insights).
    if (takeSonobuoy(folders, stem, result) || takeFromObjectFolder(folders, result) || takeQualified(stem, result)
        || takeFromFolders(folders, nsFolder, stem, result))
        return result;
    // Only kubectl cluster-info dump writes this name, and beside it one file per kind of that namespace.
    if (!folders.empty() && stem == "replication-controllers")
        result.namespaceName = folders.back();
    if (knownResource(stem) != nullptr) {
        result.resource = stem;
        return result;
    }
    (void)takeFromParent(folders, result);
    return result;
}

MemberUse memberUse(std::string_view path)
{
    const std::string name = lowered(baseName(path));
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos)
        return name.starts_with("api-resources") || name.starts_with("api_resources") ? MemberUse::Text
                                                                                      : MemberUse::Sniff;
    const std::string_view extension = std::string_view(name).substr(dot + 1);
    for (const std::string_view wanted : {"yaml", "yml", "json", "jsonl", "ndjson"}) {
        if (extension == wanted)
            return MemberUse::Objects;
    }
    if (extension == "err" || extension == "stderr")
        return MemberUse::Text;
    if ((extension == "log" || extension == "txt")
        && (name.find("error") != std::string::npos || name.starts_with("api-resources")
            || name.starts_with("api_resources")))
        return MemberUse::Text;
    // What must-gather and Sonobuoy could not read they say in the log of their own run.
    if (name.starts_with("must-gather.log") || (name == "run.log" && path.ends_with("meta/run.log")))
        return MemberUse::Text;
    return MemberUse::Skip;
}

std::string_view bundleForm(std::string_view path)
{
    const std::vector<std::string_view> components = componentsOf(path);
    const auto follows = [&](std::string_view first, std::string_view second) {
        for (std::size_t i = 0; i + 1 < components.size(); ++i) {
            if (components[i] == first && components[i + 1] == second)
                return true;
        }
        return false;
    };
    if (follows("yamls", "namespaced") || follows("yamls", "cluster"))
        return "rancher-support-bundle";
    if (contains(components, "cluster-resources"))
        return "troubleshoot-bundle";
    if (contains(components, "insights-operator"))
        return "insights-archive";
    if (follows("metadata", "version"))
        return "velero-backup";
    if (contains(components, "cluster-scoped-resources"))
        return "must-gather";
    if (follows("resources", "ns")
        || (components.size() >= 3 && components.back() == "configz.json"
            && components[components.size() - 3] == "hosts"))
        return "sonobuoy";
    if (!components.empty() && components.back().starts_with("replication-controllers."))
        return "cluster-info-dump";
    return {};
}

SourceTree sourceTree(std::string_view path)
{
    const std::string_view name = baseName(path);
    if (name == "Chart.yaml")
        return SourceTree::HelmChart;
    if (name == "kustomization.yaml" || name == "kustomization.yml" || name == "Kustomization")
        return SourceTree::Kustomize;
    return SourceTree::None;
}

bool isInTemplates(std::string_view path)
{
    return path.starts_with("templates/") || path.find("/templates/") != std::string_view::npos;
}

} // namespace tally
