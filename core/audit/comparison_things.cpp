// SPDX-License-Identifier: Apache-2.0
#include "core/audit/clusters.h"
#include "core/audit/comparison_parts.h"
#include "core/checks/identity.h"

#include <algorithm>
#include <tuple>

namespace tally {

namespace {

using ImageName = std::pair<std::string, std::string>; ///< repository, platform

void compareImages(AuditComparison &into)
{
    std::multimap<ImageName, const Image *> before;
    for (const ImagePtr &image : into.before->images)
        before.emplace(ImageName(imageKey(*image), image->platform), image.get());
    std::set<const Image *> taken;
    const auto take = [&](const Image &image, bool same) -> const Image * {
        const auto [begin, end] = before.equal_range({imageKey(image), image.platform});
        for (auto it = begin; it != end; ++it) {
            const bool equal = !image.configDigest.empty() && it->second->configDigest == image.configDigest;
            if (equal == same && taken.insert(it->second).second)
                return it->second;
        }
        return nullptr;
    };
    std::vector<ComparedImage> rows;
    for (const ImagePtr &image : into.after->images) {
        const Image *same = take(*image, true);
        rows.push_back({same, image.get(), same != nullptr});
    }
    for (ComparedImage &row : rows) { // the same content first, then the same name
        if (!row.before)
            row.before = take(*row.after, false);
    }
    for (const ImagePtr &image : into.before->images) {
        if (!taken.contains(image.get()))
            rows.push_back({image.get(), nullptr, false});
    }
    into.images = std::move(rows);
}

struct NameOrder
{
    bool operator()(const ObjectName &one, const ObjectName &other) const
    {
        return std::tie(one.namespaceName, one.kind, one.name, one.apiVersion)
            < std::tie(other.namespaceName, other.kind, other.name, other.apiVersion);
    }
};

/// Runs nothing: what is left of an earlier revision.
bool isOldRevision(const Object &object)
{
    return object.kind == "ReplicaSet" && object.root.at({"spec", "replicas"}).asInt() == 0;
}

/// What runs in a cluster: by controller, container, the references.
using Running = std::map<ObjectName, std::map<std::string, std::set<std::string>>, NameOrder>;

Running runningIn(const ClusterPtr &cluster)
{
    Running running;
    if (!cluster)
        return running;
    for (const Workload &workload : workloadsOf(*cluster)) {
        const Object &object = cluster->objects[workload.object];
        if (!workload.outermost || isOldRevision(object))
            continue;
        SubjectName subject = subjectOfWorkload(object);
        auto &containers = running[ObjectName{std::move(subject.group), std::move(subject.kind),
            std::move(subject.namespaceName), std::move(subject.name)}];
        for (const Container &container : workload.containers) {
            if (container.type != ContainerType::Ephemeral)
                containers[std::string(container.name)].emplace(container.image);
        }
    }
    return running;
}

std::string joined(const std::set<std::string> &texts)
{
    std::string all;
    for (const std::string &text : texts)
        all.append(all.empty() ? "" : ", ").append(text);
    return all;
}

void compareContainers(AuditComparison &into, const ObjectName &workload, const std::string &cluster,
    const std::map<std::string, std::set<std::string>> &before,
    const std::map<std::string, std::set<std::string>> &after)
{
    for (const auto &[name, references] : after) {
        const auto old = before.find(name);
        if (old != before.end() && old->second != references)
            into.references.push_back({workload, cluster, name, joined(old->second), joined(references)});
    }
}

/// Adds those of one list that the other lacks, as far as the other audit could see them.
void addMissingIn(const Running &other, const Running &one, const Sight &sight, const std::string &cluster,
    std::vector<ComparedObject> &objects)
{
    for (const auto &[name, containers] : one) {
        if (!other.contains(name) && sight.sees(name.kind, name.namespaceName))
            objects.push_back({name, cluster});
    }
}

void addNamespacesOnlyIn(
    const Cluster &one, const Cluster &other, const std::string &cluster, std::vector<ComparedObject> &objects)
{
    if (!other.knows("Namespace"))
        return;
    std::vector<std::string> names;
    std::ranges::set_difference(one.namespaces, other.namespaces, std::back_inserter(names));
    for (std::string &name : names)
        objects.push_back({{"", "Namespace", "", std::move(name)}, cluster});
}

void compareClusters(AuditComparison &into, const AuditCluster &before, const AuditCluster &after)
{
    const bool several = into.before->clusters.size() > 1 || into.after->clusters.size() > 1;
    const std::string here = several ? after.name : std::string();
    const std::string there = several ? before.name : std::string();
    const Running then = runningIn(before.cluster);
    const Running now = runningIn(after.cluster);
    for (const auto &[workload, containers] : now) {
        if (const auto old = then.find(workload); old != then.end())
            compareContainers(into, workload, here, old->second, containers);
    }
    ComparedObjects &objects = into.objects;
    addMissingIn(then, now, Sight(*into.before, &before), here, objects.newWorkloads);
    addMissingIn(now, then, Sight(*into.after, &after), there, objects.goneWorkloads);
    addNamespacesOnlyIn(*after.cluster, *before.cluster, here, objects.newNamespaces);
    addNamespacesOnlyIn(*before.cluster, *after.cluster, there, objects.goneNamespaces);
}

} // namespace

void compareThings(AuditComparison &into)
{
    compareImages(into);
    into.objects.objectsBefore = objectsOf(*into.before);
    into.objects.objectsAfter = objectsOf(*into.after);
    for (const ComparedCluster &each : into.clusters) {
        if (into.clustersCompared && each.isPair())
            compareClusters(into, *each.before, *each.after);
    }
    ComparedObjects &objects = into.objects;
    for (auto *list : {&objects.newWorkloads, &objects.goneWorkloads, &objects.newNamespaces, &objects.goneNamespaces})
        std::ranges::sort(*list, [](const ComparedObject &one, const ComparedObject &other) {
            return one.cluster != other.cluster ? one.cluster < other.cluster : NameOrder()(one.name, other.name);
        });
}

} // namespace tally
