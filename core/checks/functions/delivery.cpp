// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/image_reference.h"
#include "core/checks/pod_fields.h"
#include "core/cluster/selectors.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace tally::checks {

namespace {

/// Marks that tools leave at what they made out of versioned configuration. Sources: argo-cd.readthedocs.io, Resource
/// tracking; fluxcd.io, Kustomization and HelmRelease; helm.sh, Labels and annotations; Fleet and OLM likewise.
constexpr std::array<std::string_view, 8> managerLabels
    = {"kustomize.toolkit.fluxcd.io/name", "helm.toolkit.fluxcd.io/name", "argocd.argoproj.io/instance", "olm.owner",
        "helm.sh/chart", "addonmanager.kubernetes.io/mode", "objectset.rio.cattle.io/hash", "kapp.k14s.io/app"};
constexpr std::array<std::string_view, 3> managerAnnotations
    = {"argocd.argoproj.io/tracking-id", "meta.helm.sh/release-name", "objectset.rio.cattle.io/id"};

bool isManaged(const Object &object)
{
    const Node metadata = object.root["metadata"];
    if (metadata["ownerReferences"].size() > 0)
        return true; // an operator keeps it as its own object says
    const Node labels = metadata["labels"];
    const std::string_view by = labels["app.kubernetes.io/managed-by"].text();
    const std::string_view heritage = labels["heritage"].text(); // charts before Helm 3
    return by == "Helm" || heritage == "Helm" || heritage == "Tiller"
        || std::ranges::any_of(managerLabels, [&](std::string_view key) { return labels[key].exists(); })
        || std::ranges::any_of(
            managerAnnotations, [&](std::string_view key) { return metadata["annotations"][key].exists(); });
}

int percentParameter(const CheckContext &context)
{
    int percent = 0;
    const std::string_view text = context.check().parameter("least_percent");
    std::from_chars(text.data(), text.data() + text.size(), percent);
    return percent;
}

bool isRunning(const CheckedWorkload &workload, const Object &object)
{
    const std::string_view phase = object.root.at({"status", "phase"}).text();
    return !workload.dormant && !workload.mirror
        && !(object.kind == "Pod" && (phase == "Succeeded" || phase == "Failed"));
}

} // namespace

/// One finding for the cluster: the share is what counts.
void unversionedWorkloads(CheckContext &context)
{
    std::size_t total = 0;
    std::set<std::string> without;
    std::vector<std::size_t> objects;
    for (const CheckedWorkload &workload : context.workloads()) {
        const Object &object = context.prepared().object(workload);
        if (workload.top != workload.index || !isRunning(workload, object) || isSystemNamespace(object.namespaceName))
            continue;
        ++total;
        if (isManaged(object))
            continue;
        without.insert(objectLabel(object));
        objects.push_back(workload.view.object);
    }
    if (total == 0 || (total - objects.size()) * 100 >= total * static_cast<std::size_t>(percentParameter(context)))
        return;
    Draft draft = context.onCluster();
    draft.args = {std::to_string(objects.size()), std::to_string(total), joinedSome({without.begin(), without.end()})};
    draft.also = std::move(objects);
    context.add(std::move(draft));
}

namespace {

bool isUnencrypted(std::string_view url)
{
    return url.starts_with("http://") || url.starts_with("git://") || url.starts_with("ftp://");
}

/// The project "default" exists everywhere and permits everything: it matters once an application uses it.
void reportProject(CheckContext &context, std::size_t index, const std::set<std::string_view> &used)
{
    const Object &object = context.object(index);
    const Node spec = object.root["spec"];
    if (object.name == "default" && !used.contains("default"))
        return;
    if (lists(spec["sourceRepos"], "*"))
        context.add(context.onObject(index, "spec.sourceRepos"));
    std::size_t position = 0;
    for (const Node destination : spec["destinations"]) {
        const std::string field = "spec.destinations[" + std::to_string(position++) + ']';
        if (destination["namespace"].text() != "*"
            || (destination["server"].text() != "*" && destination["name"].text() != "*"))
            continue;
        context.add(context.onObject(index, field).as("destinations"));
        break;
    }
}

void reportUrl(CheckContext &context, std::size_t index, std::string_view field, std::string_view url)
{
    if (isUnencrypted(url))
        context.add(context.onObject(index, field).with(std::string(url)).as("unencrypted"));
}

} // namespace

void gitOpsSource(CheckContext &context)
{
    std::set<std::string_view> used;
    for (const std::size_t index : context.prepared().ofKind("Application")) {
        const Object &object = context.object(index);
        if (object.group() != "argoproj.io")
            continue;
        const Node spec = object.root["spec"];
        used.insert(spec["project"].text().empty() ? "default" : spec["project"].text());
        reportUrl(context, index, "spec.source.repoURL", spec.at({"source", "repoURL"}).text());
        std::size_t position = 0;
        for (const Node source : spec["sources"])
            reportUrl(
                context, index, "spec.sources[" + std::to_string(position++) + "].repoURL", source["repoURL"].text());
    }
    for (const std::size_t index : context.prepared().ofKind("AppProject"))
        reportProject(context, index, used);
    for (const std::string_view kind : {"GitRepository", "HelmRepository", "OCIRepository", "Bucket"}) {
        for (const std::size_t index : context.prepared().ofKind(kind)) {
            const Object &object = context.object(index);
            if (object.group() != "source.toolkit.fluxcd.io")
                continue;
            reportUrl(context, index, "spec.url", object.root.at({"spec", "url"}).text());
            if (object.root.at({"spec", "insecure"}).isTrue())
                context.add(context.onObject(index, "spec.insecure").with("insecure: true").as("unencrypted"));
            if (kind == "GitRepository" && !object.root.at({"spec", "verify"}).exists())
                context.add(context.onObject(index, "spec").as("unverified"));
        }
    }
}

namespace {

/// Does the reference name a part of the platform? Entries of the parameter platform: "quay.io/cilium/" begins the
/// reference; "coredns" is the last component; "calico/node" the last ones; "*" at the end: any that begins so.
bool isPlatformImage(const std::string &repository, const std::vector<std::string> &known)
{
    const auto nameAt = [&](std::size_t components) {
        std::size_t at = repository.size();
        for (; components > 0 && at != std::string::npos && at > 0; --components)
            at = repository.rfind('/', at - 1);
        return at == std::string::npos ? repository : repository.substr(at + 1);
    };
    return std::ranges::any_of(known, [&](const std::string &entry) {
        if (entry.ends_with('/'))
            return repository.starts_with(entry);
        const auto components = static_cast<std::size_t>(std::ranges::count(entry, '/')) + 1;
        const std::string name = nameAt(components);
        return entry.ends_with('*') ? name.starts_with(entry.substr(0, entry.size() - 1)) : name == entry;
    });
}

} // namespace

/// Once per workload of which no container is known as part of the platform.
void applicationInSystemNamespace(CheckContext &context)
{
    const std::vector<std::string> &known = context.check().parameterList("platform");
    const std::vector<std::string> &places = context.check().parameterList("namespaces");
    for (const CheckedWorkload &workload : context.workloads()) {
        const Object &object = context.prepared().object(workload);
        if (workload.top != workload.index || !contains(places, object.namespaceName) || !isRunning(workload, object))
            continue;
        const bool platform = std::ranges::any_of(workload.view.containers, [&](const Container &container) {
            return isPlatformImage(parseImageReference(container.image).repository, known);
        });
        if (platform || workload.view.containers.empty())
            continue;
        std::vector<std::string> images;
        for (const Container &container : workload.view.containers)
            images.emplace_back(container.image);
        context.add(context.onObject(workload.view.object, "metadata.namespace")
                        .with(std::string(object.namespaceName))
                        .with(joined(images)));
    }
}

} // namespace tally::checks
