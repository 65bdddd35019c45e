// SPDX-License-Identifier: Apache-2.0
#include "core/checks/identity.h"

#include "core/cluster/known_kinds.h"
#include "core/io/digest.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace tally {

namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::size_t randomSuffix = 5; // k8s.io/apiserver/pkg/storage/names: five characters behind generateName

/// Labels and annotations that the controllers of Kubernetes (k8s.io/api/apps/v1, batch/v1) and Argo Rollouts set.
constexpr std::string_view deploymentHash = "pod-template-hash";
constexpr std::string_view rolloutHash = "rollouts-pod-template-hash";
constexpr std::string_view daemonGeneration = "pod-template-generation";
constexpr std::string_view statefulPod = "statefulset.kubernetes.io/pod-name";
constexpr std::array<std::string_view, 2> jobNames = {"batch.kubernetes.io/job-name", "job-name"};
constexpr std::string_view cronSchedule = "batch.kubernetes.io/cronjob-scheduled-timestamp";

/// "api" of "api-7d9f8c6b54" and of "api-7d9f8c6b54-x2x4z", where that is the hash; "" otherwise.
std::string_view beforeHash(std::string_view name, std::string_view hash)
{
    if (hash.empty())
        return {};
    const std::size_t at = name.rfind(hash);
    const bool isPart = at != std::string_view::npos && at > 1 && name[at - 1] == '-'
        && (at + hash.size() == name.size() || name[at + hash.size()] == '-');
    return isPart ? name.substr(0, at - 1) : std::string_view();
}

/// The CronJob that made a Job, from its name: "backup-27891230" (minutes or seconds since 1970).
std::string_view cronJobOf(std::string_view job)
{
    const std::size_t dash = job.rfind('-');
    if (dash == std::string_view::npos || dash == 0 || job.size() - dash < 9
        || job.find_first_not_of(digits, dash + 1) != std::string_view::npos)
        return {};
    return job.substr(0, dash);
}

std::string_view withoutOrdinal(std::string_view name)
{
    const std::size_t dash = name.rfind('-');
    if (dash == std::string_view::npos || dash == 0 || dash + 1 == name.size()
        || name.find_first_not_of(digits, dash + 1) != std::string_view::npos)
        return {};
    return name.substr(0, dash);
}

/// What the name was generated from, without the dash at its end; "" if it was not.
std::string_view generatedFrom(const Object &object)
{
    const std::string_view prefix = object.root.at({"metadata", "generateName"}).text();
    if (prefix.size() < 2 || !object.name.starts_with(prefix) || object.name.size() != prefix.size() + randomSuffix)
        return {};
    return prefix.ends_with('-') ? prefix.substr(0, prefix.size() - 1) : prefix;
}

bool isController(std::string_view kind)
{
    return kind == "ReplicaSet" || kind == "Job" || kind == "StatefulSet" || kind == "DaemonSet"
        || kind == "ReplicationController" || kind == "Deployment" || kind == "CronJob";
}

/// What made an object without a reference to it, by its labels; an empty name: they do not tell.
KindAndName makerByLabels(const Object &object)
{
    const Node labels = object.root.at({"metadata", "labels"});
    if (object.kind == "Job") {
        const bool scheduled = object.root.at({"metadata", "annotations"})[cronSchedule].exists();
        return {"CronJob", std::string(scheduled ? cronJobOf(object.name) : std::string_view())};
    }
    if (object.kind != "Pod" && object.kind != "ReplicaSet")
        return {};
    if (const std::string_view name = beforeHash(object.name, labels[rolloutHash].text()); !name.empty())
        return {"ReplicaSet", std::string(name)};
    if (const std::string_view name = beforeHash(object.name, labels[deploymentHash].text()); !name.empty())
        return {"Deployment", std::string(name)};
    if (object.kind != "Pod")
        return {};
    if (labels[statefulPod].text() == object.name)
        return {"StatefulSet", std::string(withoutOrdinal(object.name))};
    if (labels[daemonGeneration].exists())
        return {"DaemonSet", std::string(generatedFrom(object))};
    for (const std::string_view label : jobNames) {
        if (const std::string_view job = labels[label].text(); !job.empty())
            return aboveController("Job", job, labels);
    }
    return {};
}

SubjectName named(const Object &object)
{
    return {std::string(currentGroup(object.kind, object.group())), std::string(object.kind),
        std::string(object.namespaceName), std::string(object.name)};
}

std::string digestOf(const std::string &text)
{
    return sha256Hex(text).substr(0, 16);
}

/// "nginx" of "docker.io/library/nginx:1.25@sha256:...".
std::string familiarRepository(std::string_view reference)
{
    reference = reference.substr(0, reference.find('@'));
    const std::size_t tag = reference.rfind(':');
    const std::size_t slash = reference.rfind('/');
    if (tag != std::string_view::npos && (slash == std::string_view::npos || tag > slash))
        reference = reference.substr(0, tag);
    for (const std::string_view prefix : {"index.docker.io/", "docker.io/"}) {
        if (!reference.starts_with(prefix))
            continue;
        reference.remove_prefix(prefix.size());
        constexpr std::string_view library = "library/";
        if (reference.starts_with(library))
            reference.remove_prefix(library.size());
        break;
    }
    return std::string(reference);
}

/// The number that stands between the two texts; nothing if that is not what it is.
std::optional<std::size_t> numberBetween(std::string_view text, std::string_view before, std::string_view behind)
{
    if (!text.starts_with(before) || !text.ends_with(behind) || text.size() <= before.size() + behind.size())
        return std::nullopt;
    text = text.substr(before.size(), text.size() - before.size() - behind.size());
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

} // namespace

std::string_view clusterKey(const Cluster &cluster)
{
    return cluster.uid;
}

std::string imageKey(const Image &image)
{
    std::string key;
    for (const std::string &name : image.names) {
        std::string repository = familiarRepository(name);
        if (key.empty() || (!repository.empty() && repository < key))
            key = std::move(repository);
    }
    if (!key.empty())
        return key;
    const std::string_view title = statedAt(image, "org.opencontainers.image.title");
    return std::string(title.empty() ? std::string_view(image.configDigest) : title);
}

std::string imagePlaceKey(const Image &image, std::string_view place)
{
    std::optional<std::size_t> entry = numberBetween(place, "history[", "]");
    if (const auto number = numberBetween(place, "History ", ""); number && *number > 0)
        entry = *number - 1;
    if (!entry || *entry >= image.history.size())
        return std::string(place);
    return std::string(place.substr(0, 7)) + '[' + digestOf(image.history[*entry].createdBy) + ']';
}

SubjectName subjectOf(const Object &object)
{
    SubjectName subject = named(object);
    if (subject.kind == "AuditLog" || subject.kind == "EtcdSnapshot")
        subject.name.clear();
    constexpr std::string_view versioned = "kubelet-config-1."; // kubeadm before 1.24
    if (subject.kind == "ConfigMap" && subject.namespaceName == "kube-system" && subject.name.starts_with(versioned))
        subject.name = "kubelet-config";
    return subject;
}

SubjectName subjectOfWorkload(const Object &top)
{
    SubjectName subject = named(top);
    const Node reference = controllerReference(top);
    const std::string_view kind = reference["kind"].text();
    KindAndName maker;
    if (isController(kind))
        maker = aboveController(kind, reference["name"].text(), top.root.at({"metadata", "labels"}));
    else if (!reference || top.kind == "ReplicaSet")
        maker = makerByLabels(top);
    if (!maker.name.empty()) {
        const KnownKind *known = knownKind(maker.kind);
        subject.group = currentGroup(maker.kind, known ? known->group : "");
        subject.kind = std::move(maker.kind);
        subject.name = std::move(maker.name);
    } else if (const std::string_view from = generatedFrom(top); !from.empty()) {
        subject.name = from; // custom resources control several different pods: this tells them apart
    }
    return subject;
}

KindAndName aboveController(std::string_view kind, std::string_view name, Node labels)
{
    if (kind == "ReplicaSet") {
        if (const std::string_view rollout = beforeHash(name, labels[rolloutHash].text()); !rollout.empty())
            return {"ReplicaSet", std::string(rollout)};
        const std::string_view hash = labels[deploymentHash].text();
        if (const std::string_view deployment = beforeHash(name, hash); !deployment.empty() && name.ends_with(hash))
            return {"Deployment", std::string(deployment)};
    }
    if (kind == "Job") {
        if (const std::string_view cronJob = cronJobOf(name); !cronJob.empty())
            return {"CronJob", std::string(cronJob)};
    }
    return {std::string(kind), std::string(name)};
}

Node controllerReference(const Object &object)
{
    for (const Node reference : object.root.at({"metadata", "ownerReferences"})) {
        if (reference["controller"].isTrue())
            return reference;
    }
    return {};
}

} // namespace tally
