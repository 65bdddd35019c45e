// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/control_plane.h"

#include "core/base/ascii.h"
#include "core/cluster/inner_yaml.h"

#include <algorithm>
#include <initializer_list>
#include <optional>

namespace tally {

namespace {

constexpr std::size_t mostFlags = 2'000; // a command line has about fifty

/// A word of a command line, with where it stands.
struct Word
{
    std::string text;
    Node node;
    std::string field;
};

bool isShell(std::string_view word)
{
    const std::string_view name = baseName(word);
    return name == "sh" || name == "bash" || name == "ash" || name == "dash";
}

bool isPlaceOfControlPlane(std::string_view namespaceName)
{
    return namespaceName.empty() || namespaceName == "kube-system" || namespaceName == "openshift-etcd"
        || namespaceName.starts_with("openshift-kube-");
}

/// A mirror pod, or the manifest that it mirrors.
bool isStaticPod(const Object &object)
{
    if (object.kind != "Pod" || !isPlaceOfControlPlane(object.namespaceName))
        return false;
    const Node metadata = object.root["metadata"];
    if (metadata.at({"annotations", "kubernetes.io/config.mirror"}).exists())
        return true;
    const Node owners = metadata["ownerReferences"];
    if (owners.size() > 0)
        return owners.item(0)["kind"].text() == "Node";
    return object.uid.empty() && object.root["status"].size() == 0;
}

/// Objects of a kind in these namespaces ("openshift-kube-": all that begin so), in input order: asked for each flag,
/// so all of them are not looked through. Without byIdentity all of the kind.
std::vector<std::size_t> objectsIn(
    const Cluster &cluster, std::string_view kind, std::initializer_list<std::string_view> places)
{
    if (cluster.byIdentity.size() != cluster.objects.size())
        return cluster.ofKind(kind);
    std::vector<std::size_t> found;
    for (const std::string_view place : places) {
        const auto isHere = [&](const Object &object) {
            return object.kind == kind
                && (place.ends_with('-') ? object.namespaceName.starts_with(place) : object.namespaceName == place);
        };
        auto at = std::lower_bound(cluster.byIdentity.begin(), cluster.byIdentity.end(), std::pair(kind, place),
            [&](std::uint32_t index, const auto &wanted) {
                const Object &object = cluster.objects[index];
                return std::pair(object.kind, object.namespaceName) < wanted;
            });
        for (; at != cluster.byIdentity.end() && isHere(cluster.objects[*at]); ++at)
            found.push_back(*at);
    }
    std::ranges::sort(found);
    return found;
}

/// Pods where isPlaceOfControlPlane().
std::vector<std::size_t> podsOfControlPlane(const Cluster &cluster)
{
    return objectsIn(cluster, "Pod", {"", "kube-system", "openshift-etcd", "openshift-kube-"});
}

/// Splits a start script as far as flags need it: quotes are taken off, "\" at the end of a line joins it with the
/// next, and what ends a command is a word of its own.
std::vector<std::string> wordsOfScript(std::string_view script)
{
    std::vector<std::string> words;
    std::string word;
    const auto flush = [&] {
        if (!word.empty())
            words.push_back(std::move(word));
        word.clear();
    };
    char quote = '\0';
    for (std::size_t i = 0; i < script.size(); ++i) {
        const char c = script[i];
        if (quote != '\0') {
            if (c == quote)
                quote = '\0';
            else
                word += c;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '\\' && i + 1 < script.size() && script[i + 1] == '\n') {
            ++i;
            flush();
        } else if (c == ' ' || c == '\t') {
            flush();
        } else if (c == '\n' || c == ';' || c == '|' || c == '&' || c == '>' || c == '<') {
            flush();
            words.emplace_back(";");
        } else {
            word += c;
        }
    }
    flush();
    return words;
}

std::vector<Word> wordsOf(Node container, const std::string &field)
{
    std::vector<Word> words;
    for (const std::string_view list : {"command", "args"}) {
        std::size_t position = 0;
        for (const Node item : container[list]) {
            if (words.size() >= mostFlags)
                return words;
            words.push_back({std::string(item.text()), item,
                field + '.' + std::string(list) + '[' + std::to_string(position++) + ']'});
        }
    }
    return words;
}

/// Where the flags of the program begin: behind its name, also "hyperkube apiserver"; behind nothing where the image
/// brings the program and the container is called like it.
std::optional<std::size_t> beginOfFlags(
    const std::vector<Word> &words, std::string_view program, std::string_view container)
{
    const std::string_view shortName = program.substr(program.starts_with("kube-") ? 5 : 0);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view name = baseName(words[i].text);
        const bool follows = i > 0 && baseName(words[i - 1].text) == "hyperkube" && name == shortName;
        const bool flagNext = i + 1 == words.size() || words[i + 1].text.starts_with('-') || words[i + 1].text == ";";
        if (follows || (name == program && flagNext && !words[i].text.starts_with('-')))
            return i + 1;
    }
    if (container == program && !words.empty() && words.front().text.starts_with("--"))
        return 0;
    return std::nullopt;
}

bool isVariable(std::string_view word)
{
    return word.find('$') != std::string_view::npos;
}

void takeFlags(const std::vector<Word> &words, std::size_t begin, ProgramRun &run)
{
    for (std::size_t i = begin; i < words.size() && run.flags.size() < mostFlags; ++i) {
        std::string_view word = words[i].text;
        if (word == ";")
            return;
        if (!word.starts_with('-')) {
            run.partly = run.partly || isVariable(word);
            continue;
        }
        word.remove_prefix(word.starts_with("--") ? 2 : 1);
        ProgramFlag flag{{}, {}, words[i].node, words[i].field};
        const std::size_t equals = word.find('=');
        flag.name = word.substr(0, equals);
        if (equals != std::string_view::npos)
            flag.value = word.substr(equals + 1);
        else if (i + 1 < words.size() && !words[i + 1].text.starts_with('-') && words[i + 1].text != ";")
            flag.value = words[++i].text;
        else
            flag.value = "true";
        run.flags.push_back(std::move(flag));
    }
}

/// "ETCD_CLIENT_CERT_AUTH" is "--client-cert-auth"; a flag wins. Source: etcd.io, Configuration options.
void takeEnvironmentOfEtcd(Node container, const std::string &field, ProgramRun &run)
{
    run.partly = run.partly || container["envFrom"].size() > 0;
    constexpr std::string_view prefix = "ETCD_";
    std::size_t position = 0;
    for (const Node entry : container["env"]) {
        const std::string place = field + ".env[" + std::to_string(position++) + ']';
        const std::string_view variable = entry["name"].text();
        if (!variable.starts_with(prefix) || !entry["value"].isScalar() || position > mostFlags)
            continue;
        std::string name(variable.substr(prefix.size()));
        std::ranges::transform(name, name.begin(), [](char c) {
            return c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        if (run.find(name) == nullptr)
            run.flags.push_back({std::move(name), std::string(entry["value"].text()), entry, place});
    }
}

std::optional<ProgramRun> runOf(Node container, const std::string &field, std::string_view program)
{
    std::vector<Word> words = wordsOf(container, field);
    if (!words.empty() && isShell(words.front().text)) {
        for (const Word &word : std::vector<Word>(words)) {
            if (word.text.find(program) == std::string::npos || word.text.find(' ') == std::string::npos)
                continue;
            words.clear();
            for (std::string &text : wordsOfScript(word.text))
                words.push_back({std::move(text), word.node, word.field});
            break;
        }
    }
    const std::optional<std::size_t> begin = beginOfFlags(words, program, container["name"].text());
    if (!begin)
        return std::nullopt;
    ProgramRun run;
    run.container = container["name"].text();
    const std::string_view list = container["command"].size() > 0 ? "command" : "args";
    run.node = container[list] ? container[list] : container;
    run.field = field + '.' + std::string(list);
    takeFlags(words, *begin, run);
    if (program == "etcd")
        takeEnvironmentOfEtcd(container, field, run);
    // With --config-file etcd reads nothing else; OpenShift and component configurations hold what is no flag.
    for (const std::string_view file : {"config-file", "openshift-config", "config"})
        run.partly = run.partly || run.find(file) != nullptr;
    return run;
}

/// Configuration files of one kind that stand as text in a ConfigMap: kubeadm calls the entry "kubelet" or
/// "config.conf", EKS "config".
void takeFromConfigMap(
    const Object &object, std::size_t index, std::string_view kind, std::vector<ComponentFile> &found)
{
    for (const Node text : object.root["data"]) {
        const bool mayBe = text.text().find(kind) != std::string_view::npos;
        const DocumentPtr document = mayBe ? innerYaml(text, object.file) : nullptr;
        if (document && rootOf(*document)["kind"].text() == kind)
            found.push_back({index, rootOf(*document), "data." + std::string(text.key()), text, document});
    }
}

std::vector<ComponentFile> componentFiles(const Cluster &cluster, std::string_view kind, std::string_view configMap)
{
    std::vector<ComponentFile> found;
    for (const std::size_t index : cluster.ofKind(kind))
        found.push_back({index, cluster.objects[index].root, {}, {}, nullptr});
    if (!found.empty())
        return found;
    for (const std::size_t index : objectsIn(cluster, "ConfigMap", {"kube-system"})) {
        const Object &object = cluster.objects[index];
        if (object.namespaceName == "kube-system" && object.name.starts_with(configMap))
            takeFromConfigMap(object, index, kind, found);
    }
    return found;
}

} // namespace

const ProgramFlag *ProgramRun::find(std::string_view name) const
{
    const auto found
        = std::find_if(flags.rbegin(), flags.rend(), [&](const ProgramFlag &flag) { return flag.name == name; });
    return found == flags.rend() ? nullptr : &*found;
}

std::string ProgramRun::list(std::string_view name) const
{
    std::string joined;
    for (const ProgramFlag &flag : flags) {
        if (flag.name == name)
            joined.append(joined.empty() ? "" : ",").append(flag.value);
    }
    return joined;
}

std::vector<ProgramRun> programRuns(const Cluster &cluster, std::string_view program)
{
    std::vector<ProgramRun> runs;
    for (const std::size_t i : podsOfControlPlane(cluster)) {
        const Object &object = cluster.objects[i];
        if (!isStaticPod(object))
            continue;
        std::size_t position = 0;
        for (const Node container : object.root.at({"spec", "containers"})) {
            const std::string field = "spec.containers[" + std::to_string(position++) + ']';
            if (std::optional<ProgramRun> run = runOf(container, field, program)) {
                run->object = i;
                run->nodeName = object.root.at({"spec", "nodeName"}).text();
                runs.push_back(*std::move(run));
                break;
            }
        }
    }
    return runs;
}

std::vector<ComponentFile> kubeletSettings(const Cluster &cluster)
{
    // "kubelet-config-1.21" before kubeadm 1.24
    return componentFiles(cluster, "KubeletConfiguration", "kubelet-config");
}

std::vector<ComponentFile> kubeProxySettings(const Cluster &cluster)
{
    return componentFiles(cluster, "KubeProxyConfiguration", "kube-proxy");
}

} // namespace tally
