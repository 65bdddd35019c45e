// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/service_accounts.h"

#include "core/checks/functions/functions.h"
#include "core/cluster/rbac.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace tally::checks {

namespace {

using AccountName = std::pair<std::string_view, std::string_view>; ///< namespace, name

std::string labelOf(std::string_view namespaceName, std::string_view account)
{
    return std::string(namespaceName) + '/' + std::string(account);
}

/// What an application calls itself: its instance is the narrower word, and charts give it to all their components.
std::string_view applicationOf(const CheckedWorkload &workload)
{
    const Node labels = workload.view.podMetadata["labels"];
    for (const std::string_view label :
        {"app.kubernetes.io/instance", "app.kubernetes.io/part-of", "app.kubernetes.io/name", "app", "k8s-app"}) {
        if (const std::string_view name = labels[label].text(); !name.empty())
            return name;
    }
    return {};
}

bool hasProjectedToken(Node podSpec)
{
    for (const Node volume : podSpec["volumes"]) {
        for (const Node source : volume.at({"projected", "sources"})) {
            const Node token = source["serviceAccountToken"];
            if (token && token["audience"].text().empty())
                return true;
        }
    }
    return false;
}

/// Namespaces of which service accounts were exported at all: each has at least "default".
struct NamespacesWithAccounts
{
    explicit NamespacesWithAccounts(const Prepared &prepared)
    {
        for (const std::size_t index : prepared.ofKind("ServiceAccount"))
            names.insert(prepared.input().cluster->objects[index].namespaceName);
    }

    std::set<std::string_view> names;
};

} // namespace

std::string_view serviceAccountOf(const CheckedWorkload &workload)
{
    for (const std::string_view field : {"serviceAccountName", "serviceAccount"}) {
        if (const Node name = workload.view.podSpec[field]; !name.isNull() && !name.text().empty())
            return name.text();
    }
    return "default";
}

bool accountGivesToken(const CheckContext &context, std::string_view namespaceName, std::string_view account)
{
    const int object = context.cluster()->find("ServiceAccount", namespaceName, account);
    return object < 0
        || !context.object(static_cast<std::size_t>(object)).root["automountServiceAccountToken"].isFalse();
}

bool hasApiToken(const CheckContext &context, const CheckedWorkload &workload)
{
    if (workload.mirror) // static pods cannot refer to a service account
        return false;
    const Node ofPod = workload.view.podSpec["automountServiceAccountToken"];
    const bool isMounted = ofPod.isNull()
        ? accountGivesToken(context, context.prepared().object(workload).namespaceName, serviceAccountOf(workload))
        : !ofPod.isFalse();
    return isMounted || hasProjectedToken(workload.view.podSpec);
}

void defaultAccountUsed(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        if (!workload.mirror && serviceAccountOf(workload) == "default")
            context.add(context.onPod(workload, "serviceAccountName"));
    }
}

void defaultAccountToken(CheckContext &context)
{
    std::map<std::string_view, std::set<std::size_t>> users; // by namespace: outermost workloads that leave it open
    for (const CheckedWorkload &workload : context.workloads()) {
        if (!workload.mirror && !workload.dormant && serviceAccountOf(workload) == "default"
            && workload.view.podSpec["automountServiceAccountToken"].isNull())
            users[context.prepared().object(workload).namespaceName].insert(workload.top);
    }
    std::vector<std::size_t> unused;
    for (const std::size_t index : context.prepared().ofKind("ServiceAccount")) {
        const Object &account = context.object(index);
        if (account.name != "default" || account.root["automountServiceAccountToken"].isFalse())
            continue;
        const auto found = users.find(account.namespaceName);
        if (found == users.end()) {
            unused.push_back(index);
            continue;
        }
        context.add(context.onObject(index, "automountServiceAccountToken")
                        .with(std::to_string(found->second.size()))
                        .with(std::string(account.namespaceName)));
    }
    if (unused.empty())
        return;
    Draft draft = context.onCluster().with("").with(std::to_string(unused.size())).as("unused");
    draft.field = "automountServiceAccountToken";
    draft.also = std::move(unused);
    context.add(std::move(draft));
}

void accountShared(CheckContext &context)
{
    std::map<AccountName, std::map<std::string_view, std::size_t>> users; // application -> one of its workloads
    for (const CheckedWorkload &workload : context.workloads()) {
        if (workload.parent >= 0 || workload.mirror || workload.dormant)
            continue;
        const std::string_view account = serviceAccountOf(workload);
        const std::string_view application = applicationOf(workload);
        if (account != "default" && !application.empty())
            users[{context.prepared().object(workload).namespaceName, account}].try_emplace(
                application, workload.index);
    }
    for (const auto &[account, applications] : users) {
        if (applications.size() < 2)
            continue;
        const int object = context.cluster()->find("ServiceAccount", account.first, account.second);
        std::vector<std::string> names;
        std::vector<std::size_t> objects;
        for (const auto &[application, workload] : applications) {
            names.emplace_back(application);
            objects.push_back(context.workloads()[workload].view.object);
        }
        Draft draft = object >= 0
            ? context.onObject(static_cast<std::size_t>(object), "metadata.name")
            : context.onPod(context.workloads()[applications.begin()->second], "serviceAccountName");
        draft.also = std::move(objects);
        context.add(std::move(draft.with(labelOf(account.first, account.second)).with(joined(names))));
    }
}

void accountMissing(CheckContext &context)
{
    const std::set<std::string_view> &exported = context.prepared().shared<NamespacesWithAccounts>().names;
    for (const CheckedWorkload &workload : context.share()) {
        const std::string_view namespaceName = context.prepared().object(workload).namespaceName;
        const std::string_view account = serviceAccountOf(workload);
        if (workload.mirror || account == "default" || !exported.contains(namespaceName)
            || context.cluster()->find("ServiceAccount", namespaceName, account) >= 0)
            continue;
        context.add(context.onPod(workload, "serviceAccountName").with(std::string(account)));
    }
}

void accountCloudIdentity(CheckContext &context)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> providers = {{
        {"eks.amazonaws.com/role-arn", "AWS"},
        {"iam.gke.io/gcp-service-account", "Google Cloud"},
        {"azure.workload.identity/client-id", "Azure"},
    }};
    const std::vector<std::size_t> &accounts = context.prepared().ofKind("ServiceAccount");
    const bool anyHasIdentity = std::ranges::any_of(accounts, [&](std::size_t index) {
        const Node annotations = context.object(index).root.at({"metadata", "annotations"});
        return std::ranges::any_of(
            providers, [&](const auto &provider) { return annotations[provider.first].exists(); });
    });
    if (!anyHasIdentity)
        return;
    std::map<AccountName, std::set<std::size_t>> users;
    for (const CheckedWorkload &workload : context.workloads()) {
        if (!workload.dormant)
            users[{context.prepared().object(workload).namespaceName, serviceAccountOf(workload)}].insert(workload.top);
    }
    for (const std::size_t index : accounts) {
        const Object &account = context.object(index);
        for (const auto &[key, provider] : providers) {
            const Node annotation = account.root.at({"metadata", "annotations"})[key];
            if (!annotation.isScalar() || annotation.text().empty())
                continue;
            const auto found = users.find({account.namespaceName, account.name});
            Draft draft = context.onObject(index, "metadata.annotations." + std::string(key));
            draft.node = annotation;
            context.add(std::move(draft.with(std::string(provider))
                                      .with(std::string(annotation.text()))
                                      .with(std::to_string(found == users.end() ? 0 : found->second.size()))));
        }
    }
}

} // namespace tally::checks
