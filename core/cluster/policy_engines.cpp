// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/policy_engines.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <map>

namespace tally {

namespace {

bool holds(Node list, std::string_view word)
{
    return std::any_of(list.begin(), list.end(), [&](const Node &item) { return sameIgnoringCase(item.text(), word); });
}

/// A rule's own action wins over the policy's; without either it is Audit.
EngineMode modeOfKyverno(Node spec)
{
    EngineMode mode = EngineMode::NoRule;
    for (const Node rule : spec["rules"]) {
        if (!rule["validate"].exists() && !rule["verifyImages"].exists())
            continue;
        std::string_view action = rule.at({"validate", "failureAction"}).text();
        if (rule["verifyImages"].exists())
            action = rule["verifyImages"].item(0)["failureAction"].text();
        if (action.empty())
            action = spec["validationFailureAction"].text();
        mode = std::max(mode, sameIgnoringCase(action, "enforce") ? EngineMode::Enforces : EngineMode::Reports);
    }
    return mode;
}

EngineMode modeOfConstraint(Node spec)
{
    const std::string_view action = spec["enforcementAction"].text();
    if (!sameIgnoringCase(action, "scoped"))
        return action.empty() || sameIgnoringCase(action, "deny") ? EngineMode::Enforces : EngineMode::Reports;
    const Node scoped = spec["scopedEnforcementActions"];
    const bool denies = std::any_of(scoped.begin(), scoped.end(),
        [](const Node &entry) { return sameIgnoringCase(entry["action"].text(), "deny"); });
    return denies ? EngineMode::Enforces : EngineMode::Reports;
}

void addTexts(std::vector<std::string> &texts, Node list)
{
    for (const Node item : list) {
        if (std::ranges::find(texts, item.text()) == texts.end())
            texts.emplace_back(item.text());
    }
}

/// Namespaces that a selector leaves out by their names.
void addExcluded(std::vector<std::string> &texts, Node selector)
{
    for (const Node expression : selector["matchExpressions"]) {
        const std::string_view name = expression["operator"].text();
        if (expression["key"].text() == "kubernetes.io/metadata.name" && name == "NotIn")
            addTexts(texts, expression["values"]);
        else if (name == "NotIn" || name == "DoesNotExist")
            texts.push_back("[" + std::string(expression["key"].text()) + ']');
    }
}

std::vector<std::string> exemptOf(const Object &object, std::string_view engine)
{
    std::vector<std::string> exempt;
    const Node spec = object.root["spec"];
    if (engine == "Gatekeeper")
        addTexts(exempt, spec.at({"match", "excludedNamespaces"}));
    if (engine == "Kyverno") {
        for (const Node rule : spec["rules"]) {
            const Node exclude = rule["exclude"];
            addTexts(exempt, exclude.at({"resources", "namespaces"}));
            for (const std::string_view list : {"any", "all"}) {
                for (const Node entry : exclude[list])
                    addTexts(exempt, entry.at({"resources", "namespaces"}));
            }
        }
    }
    addExcluded(exempt, spec.at({"matchResources", "namespaceSelector"}));
    addExcluded(exempt, spec.at({"matchConstraints", "namespaceSelector"}));
    addExcluded(exempt, spec["namespaceSelector"]);
    return exempt;
}

std::string_view failurePolicyOf(const Cluster &cluster, const Object &object, std::string_view engine)
{
    const Node spec = object.root["spec"];
    if (engine == "ValidatingAdmissionPolicy") { // stands at the policy, not at its binding
        const int policy = cluster.find("ValidatingAdmissionPolicy", "", spec["policyName"].text());
        if (policy < 0)
            return {};
        const std::string_view own
            = cluster.objects[static_cast<std::size_t>(policy)].root.at({"spec", "failurePolicy"}).text();
        return own.empty() ? "Fail" : own;
    }
    if (engine != "Kyverno")
        return {};
    const std::string_view inside = spec.at({"webhookConfiguration", "failurePolicy"}).text();
    const std::string_view own = inside.empty() ? spec["failurePolicy"].text() : inside;
    return own.empty() ? "Fail" : own;
}

/// Failed results by the policy's name, out of the reports of the policy working group.
std::map<std::string_view, std::int64_t> reportedFailures(const Cluster &cluster)
{
    std::map<std::string_view, std::int64_t> failures;
    for (const Object &object : cluster.objects) {
        if (object.group() != "wgpolicyk8s.io" && object.group() != "openreports.io")
            continue;
        for (const Node result : object.root["results"]) {
            std::string_view policy = result["policy"].text();
            if (const std::size_t slash = policy.rfind('/'); slash != std::string_view::npos)
                policy.remove_prefix(slash + 1);
            failures[policy] += result["result"].text() == "fail" ? 1 : 0;
        }
    }
    return failures;
}

} // namespace

EnginePolicy enginePolicyOf(const Object &object)
{
    const Node spec = object.root["spec"];
    const std::string_view group = object.group();
    EnginePolicy policy;
    if (group == "constraints.gatekeeper.sh") {
        policy.engine = "Gatekeeper";
        policy.mode = modeOfConstraint(spec);
        return policy;
    }
    if (group == "kyverno.io" && (object.kind == "ClusterPolicy" || object.kind == "Policy")) {
        policy.engine = "Kyverno";
        policy.mode = modeOfKyverno(spec);
        return policy;
    }
    const Node actions = spec["validationActions"];
    policy.mode = actions.size() == 0 || holds(actions, "deny") ? EngineMode::Enforces : EngineMode::Reports;
    if (group == "policies.kyverno.io" && object.kind.ends_with("ValidatingPolicy")) {
        policy.engine = "Kyverno";
    } else if (group == "admissionregistration.k8s.io" && object.kind == "ValidatingAdmissionPolicyBinding") {
        policy.engine = "ValidatingAdmissionPolicy";
    } else if (group == "policies.kubewarden.io" && object.kind.ends_with("AdmissionPolicy")) {
        policy.engine = "Kubewarden";
        policy.mode = sameIgnoringCase(spec["mode"].text(), "monitor") ? EngineMode::Reports : EngineMode::Enforces;
    } else {
        policy.mode = EngineMode::NoRule;
    }
    return policy;
}

std::vector<EnginePolicy> enginePolicies(const Cluster &cluster)
{
    const std::map<std::string_view, std::int64_t> failures = reportedFailures(cluster);
    std::vector<EnginePolicy> policies;
    for (std::size_t i = 0; i < cluster.objects.size(); ++i) {
        const Object &object = cluster.objects[i];
        EnginePolicy policy = enginePolicyOf(object);
        if (policy.engine.empty())
            continue;
        policy.object = i;
        policy.exempt = exemptOf(object, policy.engine);
        policy.failurePolicy = failurePolicyOf(cluster, object, policy.engine);
        if (policy.engine == "Gatekeeper")
            policy.violations = object.root.at({"status", "totalViolations"}).asInt();
        else if (const auto found = failures.find(object.name); found != failures.end())
            policy.violations = found->second;
        policies.push_back(std::move(policy));
    }
    return policies;
}

std::vector<AdmissionWebhook> admissionWebhooks(const Cluster &cluster)
{
    std::vector<AdmissionWebhook> webhooks;
    for (std::size_t i = 0; i < cluster.objects.size(); ++i) {
        const Object &object = cluster.objects[i];
        const bool mutating = object.kind == "MutatingWebhookConfiguration";
        if (!mutating && object.kind != "ValidatingWebhookConfiguration")
            continue;
        // Before v1 the default was Ignore. Source: Kubernetes API reference, ValidatingWebhook.
        const bool ignoresByDefault = object.apiVersion.ends_with("/v1beta1");
        std::size_t position = 0;
        for (const Node node : object.root["webhooks"]) {
            AdmissionWebhook webhook{.object = i, .position = position++, .name = node["name"].text()};
            webhook.mutating = mutating;
            const std::string_view failure = node["failurePolicy"].text();
            webhook.ignoresFailure = failure.empty() ? ignoresByDefault : failure == "Ignore";
            const Node service = node.at({"clientConfig", "service"});
            webhook.service = service
                ? std::string(service["namespace"].text()) + '/' + std::string(service["name"].text())
                : std::string(node.at({"clientConfig", "url"}).text());
            addExcluded(webhook.exempt, node["namespaceSelector"]);
            webhooks.push_back(std::move(webhook));
        }
    }
    return webhooks;
}

} // namespace tally
