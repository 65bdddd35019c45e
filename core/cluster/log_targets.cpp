// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/log_targets.h"

#include "core/base/ascii.h"
#include "core/cluster/inner_yaml.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

template<std::size_t Count>
bool isOneOf(std::string_view text, const std::array<std::string_view, Count> &names)
{
    return std::ranges::find(names, text) != names.end();
}

/// They route, drop or count, or carry metrics.
bool isNoTarget(std::string_view plugin)
{
    constexpr std::array<std::string_view, 22> names{"", "null", "nullout", "copy", "relabel", "rewrite_tag_filter",
        "detect_exceptions", "label_router", "route", "retag", "concat", "counter", "flowcounter", "exit", "plot",
        "lib", "blackhole", "prometheus", "prometheus_exporter", "prometheus_remote_write", "vector", "roundrobin"};
    return isOneOf(plugin, names);
}

bool staysHere(std::string_view plugin)
{
    constexpr std::array<std::string_view, 3> names{"stdout", "file", "console"};
    return isOneOf(plugin, names);
}

/// Services of clouds: their outputs name no host.
bool isOfCloud(std::string_view plugin)
{
    constexpr std::array<std::string_view, 20> starts{"cloudwatch", "kinesis", "s3", "aws_", "awsElasticsearch", "gcs",
        "gcp_", "google", "stackdriver", "bigquery", "azure", "datadog", "new_relic", "newrelic", "nrlogs", "logdna",
        "logz", "sumo", "oracle_log_analytics", "oci"};
    return std::ranges::any_of(starts, [&](std::string_view start) { return plugin.starts_with(start); });
}

std::string_view withoutQuotes(std::string_view text)
{
    text = trimmed(text);
    while (!text.empty() && (text.front() == '"' || text.front() == '\'' || text.front() == '['))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == '"' || text.back() == '\'' || text.back() == ']' || text.back() == ','))
        text.remove_suffix(1);
    return text;
}

/// "logs.example.org" of "https://user@logs.example.org:9200/x".
std::string_view hostOf(std::string_view address)
{
    address = withoutQuotes(address);
    if (const std::size_t scheme = address.find("://"); scheme != std::string_view::npos)
        address.remove_prefix(scheme + 3);
    address = address.substr(0, address.find_first_of("/?, "));
    if (const std::size_t user = address.rfind('@'); user != std::string_view::npos)
        address.remove_prefix(user + 1);
    if (address.starts_with('['))
        return address.substr(1, address.find(']') - 1);
    return std::ranges::count(address, ':') > 1 ? address : address.substr(0, address.find(':'));
}

/// The lines of a text, trimmed.
template<typename Take>
void eachLine(std::string_view text, const Take &take)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (const std::string_view line = trimmed(text.substr(0, end)); !line.empty() && !line.starts_with('#'))
            take(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

struct Pair
{
    std::string key; ///< in lower case
    std::string_view value;
};

/// "Host  es.example.org"
Pair pairOf(std::string_view line)
{
    const std::size_t blank = std::min(line.find_first_of(" \t"), line.size());
    return {lowered(line.substr(0, blank)), withoutQuotes(line.substr(blank))};
}

bool isAddressKey(std::string_view key)
{
    constexpr std::array<std::string_view, 9> keys{
        "host", "hosts", "url", "uri", "endpoint", "endpoints", "address", "brokers", "hec_host"};
    return isOneOf(key, keys);
}

class Search
{
public:
    explicit Search(const Cluster &cluster)
        : m_cluster(cluster)
    {
    }

    std::vector<LogTarget> find()
    {
        for (std::size_t i = 0; i < m_cluster.objects.size(); ++i) {
            const Object &object = m_cluster.objects[i];
            m_object = i;
            if (object.kind == "ConfigMap" && object.group().empty())
                lookAtConfigMap(object);
            else if (object.kind == "ClusterLogForwarder")
                lookAtForwarder(object);
            else if (object.kind == "Output" || object.kind == "ClusterOutput")
                lookAtOutput(object);
        }
        return std::move(m_targets);
    }

private:
    void add(std::string_view plugin, std::string_view address)
    {
        if (isNoTarget(plugin))
            return;
        const Reach reach = staysHere(plugin) ? Reach::Here
            : address.empty() && isOfCloud(plugin)
            ? Reach::Outside
            : reachOf(m_cluster, address, m_cluster.objects[m_object].namespaceName);
        std::string what(plugin);
        if (!address.empty() && !staysHere(plugin))
            what.append(" ").append(hostOf(address));
        push(std::move(what), reach);
    }

    void push(std::string what, Reach reach) { m_targets.push_back({m_object, m_field, std::move(what), reach}); }

    void lookAtConfigMap(const Object &object)
    {
        for (const Node entry : object.root["data"]) {
            if (!entry.isScalar() || entry.isMasked())
                continue;
            const std::string_view text = entry.text();
            const auto has = [text](std::string_view word) { return text.find(word) != std::string_view::npos; };
            m_field = "data." + std::string(entry.key());
            if (has("[OUTPUT]"))
                lookAtFluentBit(text);
            else if (has("<match"))
                lookAtFluentd(text);
            else if (has("sinks:") || (has("clients:") && has("scrape_configs:")) || has("filebeat."))
                lookAtYaml(entry, object.file);
        }
    }

    void lookAtFluentBit(std::string_view text)
    {
        bool inOutput = false;
        std::string plugin;
        std::string address;
        const auto finish = [&] {
            if (inOutput)
                add(plugin, address);
            plugin.clear();
            address.clear();
        };
        eachLine(text, [&](std::string_view line) {
            if (line.starts_with('[')) {
                finish();
                inOutput = lowered(line) == "[output]";
                return;
            }
            const Pair pair = pairOf(line);
            if (pair.key == "name")
                plugin = lowered(pair.value);
            else if (isAddressKey(pair.key) && address.empty())
                address = pair.value;
        });
        finish();
    }

    struct Block
    {
        std::string name;
        std::string plugin;
        std::string address;
    };

    /// <match> and the <store>s in it are outputs; a <server> tells the address of the one around it; a <buffer> has a
    /// @type of its own.
    void lookAtFluentd(std::string_view text)
    {
        constexpr std::size_t mostNested = 20;
        std::vector<Block> blocks;
        eachLine(text, [&](std::string_view line) {
            if (line.starts_with("</")) {
                close(blocks);
            } else if (line.starts_with('<') && blocks.size() < mostNested) {
                line.remove_prefix(1);
                blocks.push_back({std::string(line.substr(0, line.find_first_of(" >"))), {}, {}});
            } else if (!blocks.empty()) {
                const Pair pair = pairOf(line);
                if (pair.key == "@type" || pair.key == "type")
                    blocks.back().plugin = pair.value;
                else if (isAddressKey(pair.key) && blocks.back().address.empty())
                    blocks.back().address = pair.value;
            }
        });
    }

    void close(std::vector<Block> &blocks)
    {
        if (blocks.empty())
            return;
        const Block block = std::move(blocks.back());
        blocks.pop_back();
        if (block.name == "match" || block.name == "store")
            add(block.plugin, block.address);
        else if (block.name == "server" && !blocks.empty() && blocks.back().address.empty())
            blocks.back().address = block.address;
    }

    void lookAtYaml(Node entry, std::string_view file)
    {
        const DocumentPtr document = innerYaml(entry, file);
        if (!document)
            return;
        const Node root = rootOf(*document);
        for (const Node sink : root["sinks"]) // Vector
            add(sink["type"].text(), addressIn(sink));
        for (const Node client : root["clients"]) // Promtail
            add("loki", client["url"].text());
        constexpr std::string_view beat = "output."; // Filebeat
        for (const Node member : root) {
            if (member.key().starts_with(beat))
                add(member.key().substr(beat.size()), addressIn(member));
        }
        if (root["filebeat"].exists() || root["filebeat.inputs"].exists() || root["filebeat.autodiscover"].exists()) {
            for (const Node member : root["output"])
                add(member.key(), addressIn(member));
        }
    }

    /// The first address that the settings of an output name; of a list its first item.
    static std::string_view addressIn(Node output)
    {
        for (const Node member : output) {
            if (!isAddressKey(lowered(member.key())))
                continue;
            const Node first = member.isSequence() ? member.item(0) : member;
            if (!first.text().empty())
                return first.text();
        }
        return {};
    }

    /// OpenShift: "default" is the store in the cluster.
    void lookAtForwarder(const Object &object)
    {
        const Node spec = object.root["spec"];
        m_field = "spec.outputs";
        for (const Node output : spec["outputs"]) {
            const std::string_view type = output["type"].text();
            std::string_view address = output["url"].text();
            if (address.empty())
                address = addressIn(output[type]);
            if (type == "lokiStack")
                push(std::string(type), Reach::Inside);
            else
                add(type, address);
        }
        m_field = "spec.pipelines";
        for (const Node pipeline : spec["pipelines"]) {
            for (const Node output : pipeline["outputRefs"]) {
                if (output.text() == "default")
                    push(std::string(output.text()), Reach::Inside);
            }
        }
    }

    void lookAtOutput(const Object &object)
    {
        if (object.group() != "logging.banzaicloud.io" && object.group() != "fluentbit.fluent.io")
            return;
        for (const Node member : object.root["spec"]) {
            if (!member.isMap())
                continue;
            m_field = "spec." + std::string(member.key());
            add(member.key(), addressIn(member));
        }
    }

    const Cluster &m_cluster;
    std::size_t m_object = 0;
    std::string m_field;
    std::vector<LogTarget> m_targets;
};

} // namespace

Reach reachOf(const Cluster &cluster, std::string_view address, std::string_view namespaceName)
{
    std::string_view host = hostOf(address);
    if (host.empty() || host.find_first_of("${}%<>*(") != std::string_view::npos)
        return Reach::Unknown;
    if (host == "localhost" || host.starts_with("127.") || host == "::1")
        return Reach::Here;
    if (host.ends_with('.'))
        host.remove_suffix(1);
    if (host.ends_with(".svc") || host.ends_with(".cluster.local") || host.find(".svc.") != std::string_view::npos)
        return Reach::Inside;
    const std::size_t dot = host.find('.');
    const std::string_view home = dot == std::string_view::npos ? namespaceName : host.substr(dot + 1);
    const int service = cluster.find("Service", home, host.substr(0, dot));
    if (service < 0)
        return dot == std::string_view::npos ? Reach::Unknown : Reach::Outside;
    const Node type = cluster.objects[static_cast<std::size_t>(service)].root.at({"spec", "type"});
    return type.text() == "ExternalName" ? Reach::Unknown : Reach::Inside;
}

std::vector<LogTarget> logTargets(const Cluster &cluster)
{
    return Search(cluster).find();
}

} // namespace tally
