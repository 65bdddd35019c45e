// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/policy_engines.h"
#include "core/checks/functions/functions.h"
#include "core/checks/functions/pod_security_policy.h"
#include "core/checks/pod_fields.h"
#include "core/checks/selection.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace tally::checks {

namespace {

constexpr std::size_t mostNames = 10; // in one sentence

std::string_view fieldOfMode(std::string_view engine)
{
    if (engine == "Gatekeeper")
        return "spec.enforcementAction";
    if (engine == "Kubewarden")
        return "spec.mode";
    return engine == "Kyverno" ? "spec.validationFailureAction" : "spec.validationActions";
}

} // namespace

/// One finding per engine, at the first of the policies that only report.
void policyEngineMode(CheckContext &context)
{
    struct Engine
    {
        std::size_t total = 0;
        std::map<std::pair<std::string, std::size_t>, std::size_t> reporting; ///< by label and index
    };
    std::map<std::string_view, Engine> engines;
    const std::vector<Object> &objects = context.cluster()->objects;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        const EnginePolicy policy = enginePolicyOf(objects[i]);
        if (policy.mode == EngineMode::NoRule)
            continue;
        Engine &engine = engines[policy.engine];
        ++engine.total;
        if (policy.mode == EngineMode::Reports)
            engine.reporting.emplace(std::pair(objectLabel(objects[i]), i), i);
    }
    for (const auto &[name, engine] : engines) {
        if (engine.reporting.empty())
            continue;
        std::vector<std::string> labels;
        for (const auto &[label, index] : engine.reporting)
            labels.push_back(label.first);
        Draft draft = context.onObject(engine.reporting.begin()->second, fieldOfMode(name));
        draft.args = {std::string(name), std::to_string(engine.reporting.size()), std::to_string(engine.total),
            joinedSome(labels)};
        for (const auto &[label, index] : engine.reporting)
            draft.also.push_back(index);
        if (engine.reporting.size() < engine.total)
            draft.as("partly");
        context.add(std::move(draft));
    }
}

namespace {

/// A namespace whose pods Pod Security Admission refuses where they break a profile.
bool enforcesProfile(const Object &object)
{
    const std::string_view level = object.root.at({"metadata", "labels", "pod-security.kubernetes.io/enforce"}).text();
    return object.kind == "Namespace" && (level == "baseline" || level == "restricted");
}

/// OpenShift refuses pods by SecurityContextConstraints; a file of the API server may set a profile for all namespaces.
bool refusesPods(const Object &object)
{
    return object.kind == "SecurityContextConstraints" || object.kind == "AdmissionConfiguration"
        || object.kind == "PodSecurityConfiguration" || enforcesProfile(object);
}

} // namespace

/// Where some policy only reports, GOV-ENGINE-MODE says so.
void missingPolicyEngine(CheckContext &context)
{
    const std::vector<Object> &objects = context.cluster()->objects;
    if (std::ranges::any_of(objects, refusesPods) || std::ranges::any_of(objects, [](const Object &object) {
            return enginePolicyOf(object).mode != EngineMode::NoRule;
        }))
        return;
    constexpr int firstWithoutPolicies = 25;
    const int minor = context.prepared().kubernetesMinor();
    if (minor >= 0 && minor < firstWithoutPolicies) {
        const PodSecurityPolicies policies(context);
        if (policies.areThere() && policies.applied() != PodSecurityPolicies::Applied::No)
            return;
    }
    const auto count = static_cast<std::size_t>(std::ranges::count_if(objects,
        [](const Object &object) { return object.kind == "Namespace" && isApplicationNamespace(object.name); }));
    if (count > 0)
        context.add(context.onCluster()
                        .with(std::to_string(count))
                        .as(holdsOnlySome(*context.cluster(), "CustomResourceDefinition") ? "selection" : "default"));
}

namespace {

constexpr std::array<std::string_view, 3> engineNamespaces = {"gatekeeper-system", "kyverno", "kubewarden"};

/// A name or pattern ("kube-*") of a namespace that holds applications, as far as it tells.
bool isApplicationPattern(std::string_view pattern)
{
    const std::string_view name = pattern.substr(0, pattern.find('*'));
    if (pattern.empty() || pattern == "*" || name == "kube-" || name.starts_with("openshift-") || name == "openshift"
        || name.starts_with("cattle-"))
        return pattern == "*";
    return !isSystemNamespace(name) && std::ranges::find(engineNamespaces, name) == engineNamespaces.end();
}

std::vector<std::string> applicationNamespaces(Node list)
{
    std::vector<std::string> names;
    for (const Node item : list) {
        if (isApplicationPattern(item.text()))
            names.emplace_back(item.text());
    }
    return names;
}

void addExempted(
    CheckContext &context, std::size_t index, std::string_view field, const std::vector<std::string> &names)
{
    if (!names.empty())
        context.add(context.onObject(index, field).with(joinedSome(names)).as("namespaces"));
}

void reportGatekeeper(CheckContext &context, std::size_t index)
{
    const Object &object = context.object(index);
    if (object.group() == "constraints.gatekeeper.sh")
        addExempted(context, index, "spec.match.excludedNamespaces",
            applicationNamespaces(object.root.at({"spec", "match", "excludedNamespaces"})));
    if (object.kind != "Config" || object.group() != "config.gatekeeper.sh")
        return;
    std::vector<std::string> names;
    for (const Node entry : object.root.at({"spec", "match"})) {
        const std::vector<std::string> some = applicationNamespaces(entry["excludedNamespaces"]);
        names.insert(names.end(), some.begin(), some.end());
    }
    addExempted(context, index, "spec.match", names);
}

bool mentions(Node map, std::initializer_list<std::string_view> words)
{
    return std::ranges::any_of(map, [&](Node entry) {
        return !entry.text().empty() && std::ranges::any_of(words, [&](std::string_view word) {
            return entry.key().find(word) != std::string_view::npos;
        });
    });
}

void reportException(CheckContext &context, std::size_t index)
{
    const Object &object = context.object(index);
    if (object.kind != "PolicyException" || (object.group() != "kyverno.io" && object.group() != "policies.kyverno.io"))
        return;
    const Node metadata = object.root["metadata"];
    const auto says = [&](std::initializer_list<std::string_view> words) {
        return mentions(metadata["annotations"], words) || mentions(metadata["labels"], words);
    };
    const bool reason = says({"description", "reason", "justification", "ticket", "approved", "owner"});
    const bool expiry = says({"ttl", "expir", "valid-until", "until"});
    if (reason && expiry)
        return;
    std::vector<std::string> policies;
    for (const Node entry : object.root.at({"spec", "exceptions"}))
        policies.emplace_back(entry["policyName"].text());
    for (const Node entry : object.root.at({"spec", "policyRefs"}))
        policies.emplace_back(entry["name"].text());
    context.add(context.onObject(index, "spec")
                    .with(joinedSome(policies))
                    .as(reason       ? "no-expiry"
                            : expiry ? "no-reason"
                                     : "default"));
}

/// "[Pod,shop,*] [*/*,kyverno,*]" of the ConfigMap kyverno. Source: kyverno.io, Configuring Kyverno, Resource filters.
void reportKyvernoFilters(CheckContext &context, std::size_t index)
{
    const Object &object = context.object(index);
    if (object.kind != "ConfigMap" || !object.name.starts_with("kyverno"))
        return;
    std::string_view text = object.root.at({"data", "resourceFilters"}).text();
    std::vector<std::string> names;
    while (!text.empty() && names.size() < 1'000) {
        const std::size_t begin = text.find('[');
        const std::size_t end = text.find(']', begin == std::string_view::npos ? 0 : begin);
        if (begin == std::string_view::npos || end == std::string_view::npos)
            break;
        const std::string_view entry = text.substr(begin + 1, end - begin - 1);
        text.remove_prefix(end + 1);
        const std::string_view kind = entry.substr(0, entry.find(','));
        const std::string_view rest = entry.substr(std::min(kind.size() + 1, entry.size()));
        const std::string_view name = rest.substr(0, rest.find(','));
        const bool pods = kind == "*" || kind == "*/*" || kind == "Pod" || kind == "Pod/*";
        if (pods && name != "*" && isApplicationPattern(name))
            names.emplace_back(name);
    }
    addExempted(context, index, "data.resourceFilters", names);
}

/// Gatekeeper passes over whole namespaces with this label.
void reportIgnoredNamespace(CheckContext &context, std::size_t index)
{
    constexpr std::string_view label = "admission.gatekeeper.sh/ignore";
    const Object &object = context.object(index);
    if (object.kind != "Namespace" || isSystemNamespace(object.name) || object.name == "gatekeeper-system"
        || !object.root.at({"metadata", "labels", label}).exists())
        return;
    context.add(context.onObject(index, "metadata.labels." + std::string(label))
                    .with(std::string(object.name))
                    .as("namespaces"));
}

/// Programs that decide whether an object is admitted, by the name of their webhook or service.
constexpr std::array<std::string_view, 18> securityWebhooks
    = {"gatekeeper", "kyverno", "kubewarden", "connaisseur", "ratify", "portieris", "policy-controller", "sigstore",
        "cosign", "neuvector", "stackrox", "rhacs", "twistlock", "prisma", "aqua", "falcon-kac", "anchore", "polaris"};

bool isSecurityWebhook(Node webhook)
{
    const std::string_view name = webhook["name"].text();
    const std::string_view service = webhook.at({"clientConfig", "service", "name"}).text();
    const std::string_view place = webhook.at({"clientConfig", "service", "namespace"}).text();
    return std::ranges::any_of(securityWebhooks, [&](std::string_view known) {
        return name.find(known) != std::string_view::npos || service.find(known) != std::string_view::npos
            || place.find(known) != std::string_view::npos;
    });
}

bool seesWorkloads(Node webhook)
{
    constexpr std::array<std::string_view, 7> resources
        = {"*", "*/*", "pods", "pods/*", "deployments", "daemonsets", "statefulsets"};
    return std::ranges::any_of(webhook["rules"], [&](Node rule) {
        return std::ranges::any_of(rule["resources"],
            [&](Node resource) { return std::ranges::find(resources, resource.text()) != resources.end(); });
    });
}

bool isWebhookConfiguration(const Object &object)
{
    return object.kind == "ValidatingWebhookConfiguration" || object.kind == "MutatingWebhookConfiguration";
}

void reportWebhookSelector(CheckContext &context, std::size_t index)
{
    const Object &object = context.object(index);
    if (!isWebhookConfiguration(object))
        return;
    std::set<std::string> names;
    for (const Node webhook : object.root["webhooks"]) {
        if (!isSecurityWebhook(webhook) || !seesWorkloads(webhook))
            continue;
        for (const Node expression : webhook.at({"namespaceSelector", "matchExpressions"})) {
            if (expression["key"].text() != "kubernetes.io/metadata.name" || expression["operator"].text() != "NotIn")
                continue;
            for (std::string &name : applicationNamespaces(expression["values"]))
                names.insert(std::move(name));
        }
    }
    addExempted(context, index, "webhooks", {names.begin(), names.end()});
}

} // namespace

void policyEngineExempt(CheckContext &context)
{
    for (std::size_t i = 0; i < context.cluster()->objects.size(); ++i) {
        reportGatekeeper(context, i);
        reportException(context, i);
        reportKyvernoFilters(context, i);
        reportIgnoredNamespace(context, i);
        reportWebhookSelector(context, i);
    }
}

namespace {

/// Some of them; "…" where there are more.
std::string shown(const std::vector<std::string> &examples, std::size_t all)
{
    if (examples.empty())
        return "-";
    return joined(examples) + (examples.size() < all ? ", …" : "");
}

void reportConstraint(CheckContext &context, std::size_t index)
{
    const Object &object = context.object(index);
    if (object.group() != "constraints.gatekeeper.sh")
        return;
    const Node status = object.root["status"];
    const auto listed = static_cast<std::int64_t>(status["violations"].size());
    // The list is cut off at a number that is set at the engine; the total is not.
    const std::int64_t total = std::max(status["totalViolations"].asInt().value_or(0), listed);
    if (total <= 0)
        return;
    std::vector<std::string> examples;
    for (const Node violation : status["violations"]) {
        if (examples.size() == mostNames)
            break;
        const std::string_view place = violation["namespace"].text();
        examples.push_back(std::string(violation["kind"].text()) + ' ' + (place.empty() ? "" : std::string(place) + '/')
            + std::string(violation["name"].text()));
    }
    context.add(context.onObject(index, "status.totalViolations")
                    .with(std::to_string(total))
                    .with(shown(examples, static_cast<std::size_t>(total))));
}

struct FailedPolicy
{
    std::size_t count = 0;
    std::set<std::size_t> reports;
    std::vector<std::string> examples;
    Node node; ///< the first result
    std::size_t first = 0;
};

std::string subjectOf(Node resource)
{
    const std::string_view place = resource["namespace"].text();
    return std::string(resource["kind"].text()) + ' ' + (place.empty() ? "" : std::string(place) + '/')
        + std::string(resource["name"].text());
}

} // namespace

/// Reports of policy.x-k8s.io's working group name the object either in each result or once, as scope.
void policyViolations(CheckContext &context)
{
    std::map<std::pair<std::string, std::string>, FailedPolicy> policies; // source, policy
    const std::vector<Object> &objects = context.cluster()->objects;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        reportConstraint(context, i);
        const Object &object = objects[i];
        const bool report = object.group() == "wgpolicyk8s.io" || object.group() == "openreports.io";
        if (!report || !object.kind.ends_with("Report"))
            continue;
        for (const Node result : object.root["results"]) {
            if (result["result"].text() != "fail")
                continue;
            FailedPolicy &policy
                = policies[{std::string(result["source"].text()), std::string(result["policy"].text())}];
            if (policy.count++ == 0) {
                policy.node = result;
                policy.first = i;
            }
            policy.reports.insert(i);
            const Node resources = result["resources"];
            const Node subject = resources.size() > 0 ? resources.item(0) : object.root["scope"];
            if (policy.examples.size() < mostNames && subject.exists())
                policy.examples.push_back(subjectOf(subject));
        }
    }
    for (const auto &[key, policy] : policies) {
        Draft draft = context.onObject(policy.first, {});
        draft.field = "results[" + key.second + ']';
        draft.node = policy.node;
        draft.about = "Policy " + key.second; // reports have the names of what they report on
        draft.args = {key.second, std::to_string(policy.count), shown(policy.examples, policy.count),
            key.first.empty() ? "-" : key.first};
        draft.also.assign(policy.reports.begin(), policy.reports.end());
        context.add(std::move(draft.as("report")));
    }
}

/// One finding per configuration: its webhooks are made and changed together.
void webhookFailsOpen(CheckContext &context)
{
    for (const std::string_view kind : {"ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"}) {
        for (const std::size_t index : context.prepared().ofKind(kind)) {
            std::vector<std::string> names;
            std::string field;
            std::size_t position = 0;
            for (const Node webhook : context.object(index).root["webhooks"]) {
                const std::string place = "webhooks[" + std::to_string(position++) + "].failurePolicy";
                if (!isSecurityWebhook(webhook) || !seesWorkloads(webhook)
                    || webhook["failurePolicy"].text() != "Ignore")
                    continue;
                names.emplace_back(webhook["name"].text());
                if (field.empty())
                    field = place;
            }
            if (!names.empty())
                context.add(context.onObject(index, field).with(joinedSome(names)));
        }
    }
}

/// Gatekeeper's older constraint compares only beginnings: "registry.example.org" also lets
/// "registry.example.org.evil.net" through.
void openRepositoryPrefix(CheckContext &context)
{
    for (const std::size_t index : context.prepared().ofKind("K8sAllowedRepos")) {
        const Object &object = context.object(index);
        if (object.group() != "constraints.gatekeeper.sh")
            continue;
        std::vector<std::string> open;
        std::size_t first = 0;
        std::size_t position = 0;
        for (const Node repository : object.root.at({"spec", "parameters", "repos"})) {
            const std::string_view text = repository.text();
            const bool closed = text.ends_with('/') || text.find("@sha256:") != std::string_view::npos;
            if (repository.isScalar() && !closed) {
                if (open.empty())
                    first = position;
                open.push_back(text.empty() ? "\"\"" : std::string(text));
            }
            ++position;
        }
        if (!open.empty())
            context.add(
                context.onObject(index, "spec.parameters.repos[" + std::to_string(first) + ']').with(joinedSome(open)));
    }
}

} // namespace tally::checks
