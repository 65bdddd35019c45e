// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/functions/secret_references.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace tally::checks {

namespace {

constexpr std::string_view lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

using SecretName = std::pair<std::string_view, std::string_view>; ///< namespace, name

void addOnce(std::vector<std::string> &values, std::string_view value)
{
    if (!contains(values, value))
        values.emplace_back(value);
}

/// The token controller of Kubernetes before 1.24 named them "<account>-token-<five characters>".
bool isGeneratedToken(const Object &secret, std::string_view account)
{
    constexpr std::string_view middle = "-token-";
    constexpr std::size_t random = 5;
    return !account.empty() && secret.name.size() == account.size() + middle.size() + random
        && secret.name.starts_with(account) && secret.name.substr(account.size()).starts_with(middle);
}

bool hasKey(Node secret, std::string_view key)
{
    return secret["data"][key].exists() || secret["stringData"][key].exists();
}

/// The Secrets of the export, and the namespaces of which any were exported.
struct ExportedSecrets
{
    explicit ExportedSecrets(const Prepared &prepared)
    {
        for (const std::size_t index : prepared.ofKind("Secret")) {
            const Object &secret = prepared.input().cluster->objects[index];
            secrets.try_emplace({secret.namespaceName, secret.name}, secret.root);
            namespaces.insert(secret.namespaceName);
        }
    }

    std::map<SecretName, Node> secrets;
    std::set<std::string_view> namespaces;
};

} // namespace

void secretInEnvironment(CheckContext &context)
{
    struct Variables
    {
        std::string field;
        std::vector<std::string> names;
        std::vector<std::string> secrets;
        bool whole = false;
    };
    for (const CheckedWorkload &workload : context.share()) {
        std::map<int, Variables> byContainer;
        for (const SecretReference &reference : secretReferencesOf(workload)) {
            if (reference.use != SecretUse::Variable && reference.use != SecretUse::Environment)
                continue;
            Variables &variables = byContainer[reference.container];
            if (variables.field.empty())
                variables.field = reference.field;
            if (!reference.variable.empty())
                addOnce(variables.names, reference.variable);
            addOnce(variables.secrets, reference.secret);
            variables.whole = variables.whole || reference.use == SecretUse::Environment;
        }
        for (const auto &[index, variables] : byContainer) {
            const Container &container = workload.view.containers[static_cast<std::size_t>(index)];
            Draft draft = context.onContainer(workload, container, variables.field);
            // One finding per container, wherever in it the first variable stands.
            draft.field = container.field + (variables.whole ? ".envFrom" : ".env");
            if (variables.whole)
                draft.as("whole");
            context.add(std::move(draft.with(joined(variables.names)).with(joined(variables.secrets))));
        }
    }
}

void secretLastApplied(CheckContext &context)
{
    for (const std::size_t index : context.prepared().ofKind("Secret")) {
        const Node annotation = context.object(index).root.at({"metadata", "annotations"})[lastApplied];
        if (!annotation.isMasked())
            continue;
        Draft draft = context.onObject(index, "metadata.annotations." + std::string(lastApplied));
        draft.node = annotation;
        context.add(std::move(draft));
    }
}

void secretAccountToken(CheckContext &context)
{
    std::vector<std::size_t> generated;
    for (const std::size_t index : context.prepared().ofKind("Secret")) {
        const Object &secret = context.object(index);
        if (secret.root["type"].text() != "kubernetes.io/service-account-token")
            continue;
        const std::string_view account
            = secret.root.at({"metadata", "annotations", "kubernetes.io/service-account.name"}).text();
        if (isGeneratedToken(secret, account)) {
            generated.push_back(index);
            continue;
        }
        const std::string_view created = secret.root.at({"metadata", "creationTimestamp"}).text();
        Draft draft = context.onObject(index, "type").with(std::string(account));
        if (account.empty())
            draft.as("nameless");
        else if (created.empty())
            draft.as("undated");
        else
            draft.with(std::string(created.substr(0, created.find('T'))));
        context.add(std::move(draft));
    }
    if (generated.empty())
        return;
    Draft draft = context.onCluster().with("").with(std::to_string(generated.size())).as("generated");
    draft.field = "type";
    draft.also = std::move(generated);
    context.add(std::move(draft));
}

void secretMissing(CheckContext &context)
{
    const auto &[secrets, exported] = context.prepared().shared<ExportedSecrets>();
    for (const CheckedWorkload &workload : context.share()) {
        const std::string_view namespaceName = context.prepared().object(workload).namespaceName;
        if (workload.dormant || !exported.contains(namespaceName))
            continue;
        for (const SecretReference &reference : secretReferencesOf(workload)) {
            const auto found = secrets.find({namespaceName, reference.secret});
            const bool isThere = found != secrets.end();
            // Exports without the data say nothing about keys.
            const bool hasKeys
                = isThere && (found->second["data"].size() > 0 || found->second["stringData"].size() > 0);
            const bool lacksKey = hasKeys && !reference.key.empty() && !hasKey(found->second, reference.key);
            if (reference.optional || (isThere && !lacksKey))
                continue;
            Draft draft;
            if (reference.container >= 0)
                draft = context.onContainer(
                    workload, workload.view.containers[static_cast<std::size_t>(reference.container)], reference.field);
            else
                draft = context.onPod(workload, reference.field).with("");
            draft.with(std::string(reference.secret)).with(std::string(reference.key));
            context.add(std::move(draft.as(lacksKey ? "key" : "default")));
        }
    }
}

void secretCopies(CheckContext &context)
{
    constexpr std::size_t fewest = 3; // of namespaces; two may be one application and its test
    struct Copies
    {
        std::vector<std::size_t> objects;
        std::set<std::string_view> namespaces;
    };
    // What is masked still tells its length: copies of one login have the same name and the same length.
    std::map<std::pair<std::string_view, std::string_view>, Copies> byName;
    for (const std::size_t index : context.prepared().ofKind("Secret")) {
        const Object &secret = context.object(index);
        const std::string_view type = secret.root["type"].text();
        const Node login = secret.root["data"][type == "kubernetes.io/dockercfg" ? ".dockercfg" : ".dockerconfigjson"];
        if ((type != "kubernetes.io/dockerconfigjson" && type != "kubernetes.io/dockercfg") || !login.isMasked())
            continue;
        Copies &copies = byName[{secret.name, login.text()}];
        copies.objects.push_back(index);
        copies.namespaces.insert(secret.namespaceName);
    }
    for (auto &[name, copies] : byName) {
        if (copies.namespaces.size() < fewest)
            continue;
        const auto first = std::ranges::min_element(
            copies.objects, {}, [&](std::size_t index) { return context.object(index).namespaceName; });
        Draft draft = context.onObject(*first, "type")
                          .with(std::string(name.first))
                          .with(std::to_string(copies.namespaces.size()));
        draft.also = std::move(copies.objects);
        context.add(std::move(draft));
    }
}

} // namespace tally::checks
