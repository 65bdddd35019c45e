// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/detection_settings.h"

#include "core/cluster/inner_yaml.h"

#include <algorithm>
#include <string_view>

namespace tally {

namespace {

using Watched = std::array<bool, 4>;

void watch(Watched &watched, Behaviour behaviour)
{
    watched.at(static_cast<std::size_t>(behaviour)) = true;
}

bool holds(std::string_view text, std::string_view word)
{
    return text.find(word) != std::string_view::npos;
}

template<std::size_t Count>
bool holdsOneOf(std::string_view text, const std::array<std::string_view, Count> &words)
{
    return std::ranges::any_of(words, [&](std::string_view word) { return holds(text, word); });
}

/// A text of a ConfigMap that is YAML, with what owns it.
struct YamlText
{
    std::size_t object = 0;
    std::string field;
    DocumentPtr document;
    [[nodiscard]] Node root() const { return rootOf(*document); }
};

/// Texts of ConfigMaps for which isWanted(key, text), where they are one YAML document.
template<typename IsWanted>
std::vector<YamlText> yamlTexts(const Cluster &cluster, const IsWanted &isWanted)
{
    std::vector<YamlText> found;
    for (const std::size_t index : cluster.ofKind("ConfigMap")) {
        const Object &object = cluster.objects[index];
        for (const Node entry : object.root["data"]) {
            DocumentPtr document = isWanted(entry.key(), entry.text()) ? innerYaml(entry, object.file) : nullptr;
            if (document)
                found.push_back({index, "data." + std::string(entry.key()), std::move(document)});
        }
    }
    return found;
}

bool isFalcoSetting(std::string_view key, std::string_view text)
{
    return key == "falco.yaml" && (holds(text, "rules_file") || holds(text, "stdout_output"));
}

bool isFalcoRules(std::string_view /*key*/, std::string_view text)
{
    return holds(text, "- rule:") && holds(text, "condition:");
}

/// By the calls of the kernel that a TracingPolicy hooks, and by Falco's events and macros.
void watchByName(std::string_view text, Watched &watched)
{
    constexpr std::array<std::string_view, 12> network{"tcp_", "udp_", "inet_", "socket", "connect", "accept", "bind",
        "listen", "sendto", "sendmsg", "outbound", "inbound"};
    constexpr std::array<std::string_view, 5> processes{
        "execve", "bprm", "spawned_process", "sched_process", "task_alloc"};
    constexpr std::array<std::string_view, 14> files{"file_", "_file", "fd_install", "path_", "inode_", "vfs_", "open",
        "unlink", "rename", "mkdir", "chmod", "chown", "fd.name", "sb_mount"};
    constexpr std::array<std::string_view, 9> calls{
        "sys_", "evt.type", "syscall", "ptrace", "setns", "unshare", "bpf", "module", "mount"};
    if (holdsOneOf(text, network))
        watch(watched, Behaviour::Connections);
    if (holdsOneOf(text, processes))
        watch(watched, Behaviour::Processes);
    if (holdsOneOf(text, files))
        watch(watched, Behaviour::Files);
    if (holdsOneOf(text, calls))
        watch(watched, Behaviour::SystemCalls);
}

void lookAtTracingPolicy(Node spec, Watched &watched)
{
    watch(watched, Behaviour::Processes);
    for (const char *list : {"kprobes", "fentries"}) {
        for (const Node hook : spec[list]) {
            watchByName(hook["call"].text(), watched);
            if (hook["syscall"].isTrue())
                watch(watched, Behaviour::SystemCalls);
        }
    }
    for (const Node hook : spec["tracepoints"]) {
        watchByName(hook["event"].text(), watched);
        if (holds(hook["subsystem"].text(), "syscalls"))
            watch(watched, Behaviour::SystemCalls);
    }
    for (const Node hook : spec["lsmhooks"])
        watchByName(hook["hook"].text(), watched);
}

void lookAtFalco(const Cluster &cluster, DetectionRules &rules)
{
    const std::vector<YamlText> settings = yamlTexts(cluster, isFalcoSetting);
    if (settings.empty())
        return;
    const std::vector<YamlText> own = yamlTexts(cluster, isFalcoRules);
    for (const YamlText &setting : settings) {
        rules.objects.push_back(setting.object);
        const Node root = setting.root();
        const Node files = root["rules_files"].exists() ? root["rules_files"] : root["rules_file"];
        for (const Node file : files) {
            const std::string name(file.text().substr(file.text().rfind('/') + 1));
            const auto text
                = std::ranges::find_if(own, [&](const YamlText &each) { return each.field == "data." + name; });
            if (text != own.end() || name == "rules.d")
                continue;
            for (bool &each : rules.watched) // of the image, or fetched by falcoctl: the project's own
                each = each || name.find("local") == std::string::npos;
        }
        for (const YamlText &text : own) {
            rules.objects.push_back(text.object);
            for (const Node rule : text.root())
                watchByName(rule["condition"].text(), rules.watched);
        }
    }
}

} // namespace

DetectionRules detectionRules(const Cluster &cluster)
{
    DetectionRules rules;
    for (std::size_t i = 0; i < cluster.objects.size(); ++i) {
        const Object &object = cluster.objects[i];
        if (object.kind.starts_with("TracingPolicy") && object.group() == "cilium.io") {
            rules.objects.push_back(i);
            lookAtTracingPolicy(object.root["spec"], rules.watched);
        } else if (object.kind.ends_with("Policy") && object.group() == "security.kubearmor.com") {
            rules.objects.push_back(i);
            for (const Behaviour behaviour : {Behaviour::Connections, Behaviour::Processes, Behaviour::Files})
                watch(rules.watched, behaviour);
            if (object.root.at({"spec", "syscalls"}).size() > 0)
                watch(rules.watched, Behaviour::SystemCalls);
        }
    }
    lookAtFalco(cluster, rules);
    return rules;
}

namespace {

bool isOn(Node output)
{
    return output["enabled"].isTrue();
}

/// "slack_configs" or "slackConfigs" with content.
bool tellsSomebody(Node receiver)
{
    return std::any_of(receiver.begin(), receiver.end(), [](const Node &member) {
        return (member.key().ends_with("_configs") || member.key().ends_with("Configs")) && member.size() > 0;
    });
}

bool anyTellsSomebody(Node receivers)
{
    return std::any_of(receivers.begin(), receivers.end(), tellsSomebody);
}

} // namespace

std::vector<AlertOutput> alertOutputs(const Cluster &cluster)
{
    std::vector<AlertOutput> found;
    for (const YamlText &text : yamlTexts(cluster, isFalcoSetting)) {
        const Node root = text.root();
        const bool leaves = isOn(root["http_output"]) || isOn(root["program_output"]) || isOn(root["grpc_output"]);
        found.push_back({text.object, text.field, false, leaves});
    }
    const auto isAlertmanagers = [](std::string_view key, std::string_view text) {
        return key.find("alertmanager") != std::string_view::npos && holds(text, "receivers:") && holds(text, "route:");
    };
    for (const YamlText &text : yamlTexts(cluster, isAlertmanagers)) {
        const Node root = text.root();
        if (root["receivers"].isSequence() && root["route"].isMap())
            found.push_back({text.object, text.field, true, anyTellsSomebody(root["receivers"])});
    }
    for (const std::size_t index : cluster.ofKind("AlertmanagerConfig")) {
        const Node receivers = cluster.objects[index].root.at({"spec", "receivers"});
        if (receivers.size() > 0)
            found.push_back({index, "spec.receivers", true, anyTellsSomebody(receivers)});
    }
    return found;
}

} // namespace tally
