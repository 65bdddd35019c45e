// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/watchers.h"

#include "core/cluster/pod_spec.h"
#include "core/cluster/pod_units.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

namespace tally {

namespace {

/// Consecutive parts of image paths, as the projects publish them.
constexpr std::array<std::string_view, 33> shippers
    = {"fluent-bit", "fluentd", "fluentd-gcp", "stackdriver-logging-agent", "mixins-fluentd", "rsyslog",
        "fluentd-kubernetes-daemonset", "filebeat", "elastic-agent", "promtail", "grafana/alloy", "timberio/vector",
        "logstash", "opentelemetry-collector", "opentelemetry-collector-contrib", "opentelemetry-collector-k8s",
        "syslog-ng", "datadog/agent", "splunk/fluentd-hec", "aws-for-fluent-bit", "azuremonitor/containerinsights",
        "datadoghq/agent", "splunk-otel-collector", "mirrored-fluent-fluent-bit", "mirrored-banzaicloud-fluentd",
        "fluentd-rhel8", "fluentd-rhel9", "vector-rhel8", "vector-rhel9", "vectordotdev/vector", "logdna-agent",
        "newrelic-fluentbit-output", "nxlog"};
constexpr std::array<std::string_view, 10> savers = {"velero", "kasten-images", "k10", "kanister", "stash", "kubestash",
    "backup-restore-operator", "etcd-backup-restore", "stork", "cloudcasa"};

struct SaverKind
{
    std::string_view kind;
    std::string_view group;
};
constexpr std::array<SaverKind, 4> saverKinds
    = {SaverKind{"Schedule", "velero.io"}, SaverKind{"RecurringJob", "longhorn.io"},
        SaverKind{"Backup", "resources.cattle.io"}, SaverKind{"ETCDSnapshotFile", "k3s.cattle.io"}};

/// Path of a reference without host, tag and digest, between slashes: "/grafana/alloy/".
std::string pathOf(std::string_view reference)
{
    reference = reference.substr(0, reference.find('@'));
    const std::size_t slash = reference.rfind('/');
    reference = reference.substr(0, reference.find(':', slash == std::string_view::npos ? 0 : slash));
    const std::size_t first = reference.find('/');
    const std::string_view host = reference.substr(0, first);
    if (first != std::string_view::npos && host.find_first_of(".:") != std::string_view::npos)
        reference.remove_prefix(first + 1);
    std::string path = "/";
    for (const char c : reference)
        path += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return path + '/';
}

template<typename Names>
std::string_view nameIn(const std::string &path, const Names &names)
{
    for (const std::string_view name : names) {
        if (path.find('/' + std::string(name) + '/') != std::string::npos)
            return name;
    }
    return {};
}

class Search
{
public:
    Search(const Cluster &cluster, std::span<const std::string> detectors)
        : m_cluster(cluster)
        , m_detectors(detectors.begin(), detectors.end())
    {
    }

    std::vector<Watcher> find()
    {
        for (std::size_t i = 0; i < m_cluster.objects.size(); ++i) {
            const std::optional<Node> podSpec = podSpecOf(m_cluster.objects[i]);
            if (!podSpec || !runsWatcher(*podSpec))
                continue;
            if (const std::optional<Workload> workload = workloadOf(m_cluster, i))
                look(*workload);
        }
        for (std::size_t i = 0; i < m_cluster.objects.size(); ++i)
            lookAtKind(i);
        std::set<std::string> all;
        for (const std::size_t node : nodesOf(m_cluster))
            all.emplace(m_cluster.objects[node].name);
        std::vector<Watcher> watchers;
        for (auto &[key, found] : m_found) {
            found.watcher.nodes.assign(found.nodes.begin(), found.nodes.end());
            if (found.watcher.onEachNode && !found.nodes.empty())
                std::ranges::set_difference(all, found.nodes, std::back_inserter(found.watcher.without));
            watchers.push_back(std::move(found.watcher));
        }
        return watchers;
    }

private:
    struct Found
    {
        Watcher watcher;
        std::set<std::string> nodes;
    };

    bool runsWatcher(Node podSpec)
    {
        bool any = false;
        forEachImage(podSpec, [&](std::string_view image) { any = any || !namesIn(image).empty(); });
        return any;
    }

    void look(const Workload &workload)
    {
        for (const Container &container : workload.containers) {
            const Names &names = namesIn(container.image);
            for (const auto &[kind, name] : names) {
                Found &found = entry(controllingWorkload(m_cluster, workload.object), kind, name);
                const Node node = workload.podSpec["nodeName"];
                if (m_cluster.objects[workload.object].kind == "Pod" && !node.isNull())
                    found.nodes.emplace(node.text());
            }
        }
    }

    using Names = std::vector<std::pair<WatcherKind, std::string_view>>;

    /// Images repeat: each is looked up once.
    const Names &namesIn(std::string_view image)
    {
        const auto place = m_known.try_emplace(image);
        Names &names = place.first->second;
        if (!place.second)
            return names;
        const std::string path = pathOf(image);
        const auto take = [&](WatcherKind kind, std::string_view name) {
            if (!name.empty())
                names.emplace_back(kind, name);
        };
        take(WatcherKind::LogShipping, nameIn(path, shippers));
        take(WatcherKind::AttackDetection, nameIn(path, m_detectors));
        take(WatcherKind::Backup, nameIn(path, savers));
        return names;
    }

    Found &entry(std::size_t object, WatcherKind kind, std::string_view name)
    {
        const auto [at, isNew] = m_found.try_emplace({object, kind});
        if (!isNew)
            return at->second;
        Watcher &watcher = at->second.watcher;
        const Object &own = m_cluster.objects[object];
        watcher.kind = kind;
        watcher.name = name;
        watcher.object = object;
        watcher.onEachNode = own.kind == "DaemonSet";
        if (watcher.onEachNode) {
            watcher.wanted = own.root.at({"status", "desiredNumberScheduled"}).asInt();
            watcher.ready = own.root.at({"status", "numberReady"}).asInt();
        }
        return at->second;
    }

    void lookAtKind(std::size_t index)
    {
        const Object &object = m_cluster.objects[index];
        const bool saves = std::ranges::any_of(saverKinds,
            [&](const SaverKind &known) { return object.kind == known.kind && object.group() == known.group; });
        if (saves)
            entry(index, WatcherKind::Backup, object.kind);
    }

    const Cluster &m_cluster;
    std::vector<std::string_view> m_detectors;
    std::unordered_map<std::string_view, Names> m_known;
    std::map<std::pair<std::size_t, WatcherKind>, Found> m_found;
};

} // namespace

std::vector<std::size_t> nodesOf(const Cluster &cluster)
{
    std::vector<std::size_t> nodes = cluster.ofKind("Node");
    std::erase_if(nodes, [&cluster](std::size_t index) { return !cluster.objects[index].group().empty(); });
    return nodes;
}

std::vector<Watcher> watchersOf(const Cluster &cluster, std::span<const std::string> detectors)
{
    return Search(cluster, detectors).find();
}

} // namespace tally
