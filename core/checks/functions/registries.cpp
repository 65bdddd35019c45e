// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace tally::checks {

namespace {

std::vector<std::string> texts(Node sequence)
{
    std::vector<std::string> found;
    for (const Node item : sequence)
        found.emplace_back(item.text());
    return found;
}

/// image.config.openshift.io
void lookAtOpenShift(CheckContext &context, std::size_t index)
{
    const Node spec = context.object(index).root["spec"];
    if (const std::vector<std::string> names = texts(spec.at({"registrySources", "insecureRegistries"}));
        !names.empty())
        context.add(context.onObject(index, "spec.registrySources.insecureRegistries").with(joined(names)));
    std::size_t position = 0;
    for (const Node entry : spec["allowedRegistriesForImport"]) {
        const std::string field = "spec.allowedRegistriesForImport[" + std::to_string(position++) + "].insecure";
        if (entry["insecure"].isTrue())
            context.add(context.onObject(index, field).with(std::string(entry["domainName"].text())));
    }
}

/// Cluster of provisioning.cattle.io: what Rancher writes into registries.yaml of the nodes.
void lookAtRancher(CheckContext &context, std::size_t index)
{
    const std::string base = "spec.rkeConfig.registries.";
    const Node registries = context.object(index).root.at({"spec", "rkeConfig", "registries"});
    for (const Node config : registries["configs"]) {
        if (config["insecureSkipVerify"].isTrue())
            context.add(context.onObject(index, base + "configs").with(std::string(config.key())));
    }
    for (const Node mirror : registries["mirrors"]) {
        const Node endpoints = mirror["endpoint"];
        if (std::any_of(endpoints.begin(), endpoints.end(),
                [](const Node &endpoint) { return endpoint.text().starts_with("http://"); }))
            context.add(context.onObject(index, base + "mirrors").with(std::string(mirror.key())));
    }
}

/// A line without its blanks and quotes: `insecure_skip_verify = true` and `"insecure_skip_verify": true` are alike.
std::string squeezed(std::string_view line)
{
    std::string text;
    for (const char c : line) {
        if (c == '#')
            break;
        if (std::isspace(static_cast<unsigned char>(c)) == 0 && c != '"' && c != '\'')
            text += c == ':' ? '=' : c;
    }
    return text;
}

/// A line that switches a check off, in daemon.json of Docker, hosts.toml and config.toml of containerd,
/// registries.yaml of k3s, registries.conf of CRI-O and Podman.
bool isInsecureSetting(std::string_view line)
{
    const std::string text = squeezed(line);
    constexpr std::array<std::string_view, 4> settings{
        "skip_verify=true", "insecure_skip_verify=true", "insecureSkipVerify=true", "insecure=true"};
    if (std::ranges::any_of(settings, [&](std::string_view setting) { return text.starts_with(setting); }))
        return true;
    constexpr std::string_view docker = "insecure-registries=[";
    const std::size_t at = text.find(docker);
    return at != std::string::npos && (at + docker.size() == text.size() || text[at + docker.size()] != ']');
}

void lookAtText(CheckContext &context, std::size_t index, Node entry)
{
    std::string_view rest = entry.text();
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        if (isInsecureSetting(rest.substr(0, end))) {
            context.add(
                context.onObject(index, "data." + std::string(entry.key())).with(std::string(entry.key())).as("file"));
            return;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

} // namespace

void insecureRegistry(CheckContext &context)
{
    for (const std::size_t index : context.prepared().ofKind("Image")) {
        if (context.object(index).group() == "config.openshift.io")
            lookAtOpenShift(context, index);
    }
    for (const std::size_t index : context.prepared().ofKind("Cluster")) {
        if (context.object(index).group() == "provisioning.cattle.io")
            lookAtRancher(context, index);
    }
    const std::vector<std::string> &files = context.check().parameterList("files");
    for (const std::size_t index : context.prepared().ofKind("ConfigMap")) {
        for (const Node entry : context.object(index).root["data"]) {
            if (std::ranges::any_of(files, [&](const std::string &file) { return entry.key().ends_with(file); }))
                lookAtText(context, index, entry);
        }
    }
}

} // namespace tally::checks
