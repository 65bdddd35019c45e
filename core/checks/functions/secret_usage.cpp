// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/functions/secret_references.h"
#include "core/checks/functions/service_accounts.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace tally::checks {

namespace {

constexpr std::size_t mostNames = 20; // in one message

/// "a, b, c, …".
std::string someOf(const std::vector<std::string> &names)
{
    std::vector<std::string> first(
        names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), mostNames)));
    if (first.size() < names.size())
        first.emplace_back("\u2026");
    return joined(first);
}

/// About a namespace: at its object, where the input has it.
Draft onNamespace(const CheckContext &context, std::string_view name)
{
    const int object = context.cluster()->find("Namespace", {}, name);
    if (object >= 0)
        return context.onObject(static_cast<std::size_t>(object), "metadata.name");
    Draft draft = context.onCluster().with("Namespace " + std::string(name));
    draft.field = "namespaces[" + std::string(name) + ']';
    return draft;
}

/// What Kubernetes and Helm keep for themselves, and what belongs to another object.
bool mayBeUnused(const Object &secret)
{
    const std::string_view type = secret.root["type"].text();
    return type != "kubernetes.io/service-account-token" && !type.starts_with("helm.sh/")
        && !type.starts_with("bootstrap.kubernetes.io/") && secret.root.at({"metadata", "ownerReferences"}).size() == 0
        && !isSystemNamespace(secret.namespaceName);
}

using Names = std::unordered_map<std::string_view, bool>; ///< of Secrets -> is it named anywhere?

/// Custom resources refer to Secrets in ways of their own: any text that is the name counts.
void lookForNames(Node root, Names &names)
{
    const Node metadata = root["metadata"];
    const Document *document = root.document();
    const std::uint32_t end = root.index() + root.descendants();
    for (std::uint32_t index = root.index() + 1; index <= end; ++index) {
        if (metadata && index == metadata.index()) {
            index += metadata.descendants();
            continue;
        }
        const Node node(*document, index);
        if (!node.isScalar())
            continue;
        if (const auto name = names.find(node.text()); name != names.end())
            name->second = true;
    }
}

} // namespace

void secretUsers(CheckContext &context)
{
    struct Users
    {
        std::vector<std::string> lines; // "db: Deployment shop/web (shop/api)"
        std::vector<std::size_t> objects;
    };
    std::map<std::string_view, Users> byNamespace;
    for (const CheckedWorkload &workload : context.workloads()) {
        if (workload.parent >= 0 || workload.dormant)
            continue;
        std::set<std::string_view> secrets;
        for (const SecretReference &reference : secretReferencesOf(workload)) {
            if (reference.use != SecretUse::Other)
                secrets.insert(reference.secret);
        }
        if (secrets.empty())
            continue;
        const Object &object = context.prepared().object(workload);
        Users &users = byNamespace[object.namespaceName];
        users.objects.push_back(workload.view.object);
        for (const std::string_view secret : secrets)
            users.lines.push_back(std::string(secret) + ": " + std::string(object.kind) + ' ' + std::string(object.name)
                + " (" + std::string(serviceAccountOf(workload)) + ')');
    }
    for (auto &[name, users] : byNamespace) {
        std::ranges::sort(users.lines);
        Draft draft = onNamespace(context, name).with(std::to_string(users.objects.size())).with(someOf(users.lines));
        draft.also = std::move(users.objects);
        context.add(std::move(draft));
    }
}

void secretUnused(CheckContext &context)
{
    Names names;
    for (const std::size_t index : context.prepared().ofKind("Secret")) {
        if (mayBeUnused(context.object(index)))
            names.try_emplace(context.object(index).name, false);
    }
    if (names.empty())
        return;
    for (std::size_t i = 0; i < context.cluster()->objects.size(); ++i) {
        const Object &object = context.object(i);
        const int workload = context.prepared().workloadOfObject(i);
        // What is controlled says the same as its controller: fifteen thousand Pods need not be read.
        const bool isControlled = workload >= 0 && context.workloads()[static_cast<std::size_t>(workload)].parent >= 0;
        if (object.kind != "Secret" && object.kind != "Event" && object.root && !isControlled)
            lookForNames(object.root, names);
    }
    std::map<std::string_view, std::vector<std::size_t>> byNamespace;
    for (const std::size_t index : context.prepared().ofKind("Secret")) {
        const Object &secret = context.object(index);
        if (mayBeUnused(secret) && !names.at(secret.name))
            byNamespace[secret.namespaceName].push_back(index);
    }
    for (auto &[name, secrets] : byNamespace) {
        std::vector<std::string> labels;
        for (const std::size_t index : secrets)
            labels.emplace_back(context.object(index).name);
        std::ranges::sort(labels);
        Draft draft = onNamespace(context, name).with(std::to_string(labels.size())).with(someOf(labels));
        draft.also = std::move(secrets);
        context.add(std::move(draft));
    }
}

} // namespace tally::checks
