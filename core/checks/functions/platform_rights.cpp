// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/image_reference.h"
#include "core/checks/pod_fields.h"
#include "core/cluster/rbac.h"
#include "core/cluster/selectors.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace tally::checks {

namespace {

/// The level that a namespace enforces and as which version; nothing where it enforces none that says something.
struct Enforced
{
    PodSecurityLevel level;
    std::string_view name;
    PodSecurityVersion version;
};

std::optional<Enforced> enforcedBy(const CheckContext &context, const Object &object)
{
    const Node labels = object.root.at({"metadata", "labels"});
    const std::string_view name = labels["pod-security.kubernetes.io/enforce"].text();
    if (name != "baseline" && name != "restricted")
        return std::nullopt;
    Enforced enforced{name == "baseline" ? PodSecurityLevel::Baseline : PodSecurityLevel::Restricted, name,
        context.prepared().input().podSecurityVersion};
    const std::string_view version = labels["pod-security.kubernetes.io/enforce-version"].text();
    if (!version.empty() && version != "latest")
        enforced.version = PodSecurityVersion::parse(version).value_or(enforced.version);
    return enforced;
}

/// The controls of the level that a pod breaks, each once.
std::set<std::string> broken(const CheckContext &context, const CheckedWorkload &pod, const Enforced &enforced)
{
    std::set<std::string> controls;
    const auto take = [&](const PodSecurityVerdict &verdict) {
        for (const PodSecurityViolation &violation : verdict.violations) {
            if (violation.profile <= enforced.level)
                controls.insert(violation.control);
        }
    };
    if (enforced.version.minor == context.prepared().input().podSecurityVersion.minor)
        take(context.workloads()[pod.sameAs].podSecurity);
    else
        take(evaluatePodSecurity(pod.view.podMetadata, pod.view.podSpec, enforced.version));
    return controls;
}

} // namespace

/// Pod Security Admission acts when a pod is created: one that was there before the label keeps running.
void podSecurityWouldFail(CheckContext &context)
{
    std::map<std::string_view, std::vector<const CheckedWorkload *>> tops;
    for (const CheckedWorkload &workload : context.workloads()) {
        if (workload.top == workload.index && !workload.livePods.empty())
            tops[context.prepared().object(workload).namespaceName].push_back(&workload);
    }
    for (const std::size_t index : context.prepared().ofKind("Namespace")) {
        const Object &object = context.object(index);
        const std::optional<Enforced> enforced = enforcedBy(context, object);
        const auto own = tops.find(object.name);
        if (!enforced || own == tops.end())
            continue;
        std::vector<std::string> names;
        std::vector<std::size_t> objects;
        for (const CheckedWorkload *top : own->second) {
            std::set<std::string> controls;
            for (const std::size_t pod : top->livePods) {
                if (!context.workloads()[pod].mirror)
                    controls.merge(broken(context, context.workloads()[pod], *enforced));
            }
            if (controls.empty())
                continue;
            const Object &workload = context.prepared().object(*top);
            names.push_back(std::string(workload.kind) + ' ' + std::string(workload.name) + " ("
                + joined({controls.begin(), controls.end()}) + ')');
            objects.push_back(top->view.object);
        }
        if (names.empty())
            continue;
        Draft draft = context.onObject(index, "metadata.labels.pod-security.kubernetes.io/enforce");
        draft.args
            = {std::string(object.name), std::string(enforced->name), std::to_string(names.size()), joinedSome(names)};
        draft.also = std::move(objects);
        context.add(std::move(draft));
    }
}

namespace {

constexpr std::array<std::string_view, 6> flagsOfConstraints = {"allowPrivilegedContainer", "allowHostDirVolumePlugin",
    "allowHostPID", "allowHostIPC", "allowHostNetwork", "allowHostPorts"};

/// What makes a SecurityContextConstraints wider than OpenShift's "restricted".
std::vector<std::string> wideIn(Node constraints)
{
    std::vector<std::string> wide;
    for (const std::string_view flag : flagsOfConstraints) {
        if (constraints[flag].isTrue())
            wide.emplace_back(flag);
    }
    if (constraints.at({"runAsUser", "type"}).text() == "RunAsAny")
        wide.emplace_back("runAsUser: RunAsAny");
    for (const Node capability : constraints["allowedCapabilities"]) {
        const std::string_view name = capability.text();
        if (name == "*" || name == "ALL" || name == "SYS_ADMIN" || name == "SYS_PTRACE" || name == "SYS_MODULE"
            || name == "NET_ADMIN" || name == "DAC_READ_SEARCH" || name == "BPF")
            wide.push_back("allowedCapabilities: " + std::string(name));
    }
    return wide;
}

/// OpenShift's own that are wide, where the export does not hold them.
bool isWideByName(std::string_view name)
{
    constexpr std::array<std::string_view, 7> names
        = {"privileged", "anyuid", "hostaccess", "hostmount-anyuid", "hostnetwork", "hostnetwork-v2", "node-exporter"};
    return std::ranges::find(names, name) != names.end();
}

} // namespace

/// Once per SCC that names somebody, and once per binding to a role that permits the use of one.
void wideSecurityContextConstraints(CheckContext &context)
{
    std::set<std::string_view> seen;
    std::set<std::string_view> wideNames;
    for (const std::size_t index : context.prepared().ofKind("SecurityContextConstraints")) {
        const Object &object = context.object(index);
        seen.insert(object.name);
        const std::vector<std::string> wide = wideIn(object.root);
        if (wide.empty())
            continue;
        wideNames.insert(object.name);
        std::vector<std::string> holders;
        std::string_view field = "users";
        for (const std::string_view list : {"groups", "users"}) {
            for (const Node holder : object.root[list]) {
                if (isPlatformName(holder.text()))
                    continue;
                holders.emplace_back(holder.text());
                field = list;
            }
        }
        if (!holders.empty())
            context.add(context.onObject(index, field).with(joined(wide)).with(joinedSome(holders)));
    }
    const Rbac rbac(*context.cluster());
    constexpr std::string_view prefix = "system:openshift:scc:";
    for (const RbacBinding &binding : rbac.bindings()) {
        if (!binding.roleName.starts_with(prefix))
            continue;
        const std::string_view name = binding.roleName.substr(prefix.size());
        if (!wideNames.contains(name) && (seen.contains(name) || !isWideByName(name)))
            continue;
        std::vector<std::string> holders;
        for (const RbacSubject &subject : binding.subjects) {
            if (!subject.isOfPlatform())
                holders.push_back(subject.label());
        }
        if (!holders.empty())
            context.add(context.onObject(binding.object, "subjects")
                            .with(std::string(name))
                            .with(joinedSome(holders))
                            .as("bound"));
    }
}

namespace {

struct Scan
{
    std::size_t failed = 0;
    std::size_t manual = 0;
    std::size_t first = 0;
    std::vector<std::size_t> objects;
    std::vector<std::string> names;
};

/// One object per rule; the label says of which scan. Source: ComplianceAsCode/compliance-operator,
/// ComplianceCheckResult.
void reportComplianceOperator(CheckContext &context)
{
    std::map<std::string, Scan> scans;
    for (const std::size_t index : context.prepared().ofKind("ComplianceCheckResult")) {
        const Object &object = context.object(index);
        const std::string_view status = object.root["status"].text();
        Scan &scan
            = scans[std::string(object.root.at({"metadata", "labels", "compliance.openshift.io/scan-name"}).text())];
        if (status == "MANUAL")
            ++scan.manual;
        if (status != "FAIL")
            continue;
        if (scan.failed++ == 0)
            scan.first = index;
        scan.objects.push_back(index);
        scan.names.emplace_back(object.name);
    }
    for (auto &[name, scan] : scans) {
        if (scan.failed == 0)
            continue;
        Draft draft = context.onObject(scan.first, "status");
        draft.args = {name.empty() ? "-" : name, std::to_string(scan.failed), std::to_string(scan.manual),
            joinedSome(scan.names), "-"};
        draft.also = std::move(scan.objects);
        context.add(std::move(draft));
    }
}

/// Source: aquasecurity/trivy-operator, ClusterComplianceReport and CISKubeBenchReport.
void reportTrivyOperator(CheckContext &context, std::string_view kind, std::string_view part)
{
    for (const std::size_t index : context.prepared().ofKind(kind)) {
        const Object &object = context.object(index);
        const Node report = object.root[part];
        const std::int64_t failed = report.at({"summary", "failCount"}).asInt().value_or(0);
        if (failed <= 0)
            continue;
        Draft draft = context.onObject(index, std::string(part) + ".summary.failCount");
        draft.args = {objectLabel(object), std::to_string(failed),
            std::to_string(report.at({"summary", "warnCount"}).asInt().value_or(0)), "-",
            report["updateTimestamp"].text().empty() ? "-" : std::string(report["updateTimestamp"].text())};
        context.add(std::move(draft));
    }
}

} // namespace

void importedBenchmark(CheckContext &context)
{
    reportComplianceOperator(context);
    reportTrivyOperator(context, "ClusterComplianceReport", "status");
    reportTrivyOperator(context, "CISKubeBenchReport", "report");
}

namespace {

bool lacksLimits(Node container)
{
    const Node limits = container.at({"resources", "limits"});
    return limits["memory"].isNull() || limits["cpu"].isNull();
}

bool isLoose(Node container)
{
    const ImageReference image = parseImageReference(container["image"].text());
    return image.digest.empty() && (image.tag.empty() || image.tag == "latest");
}

/// "spec.podTemplate.spec.containers[1].image" for the first one that is so; "" if none is.
std::string firstThat(Node containers, std::string_view field, bool (*isSo)(Node))
{
    std::size_t position = 0;
    for (const Node container : containers) {
        if (isSo(container))
            return "spec.podTemplate.spec.containers[" + std::to_string(position) + "]." + std::string(field);
        ++position;
    }
    return {};
}

} // namespace

/// Sandboxes for programs that an AI agent writes. Source: kubernetes-sigs/agent-sandbox, Sandbox and SandboxTemplate.
void agentSandbox(CheckContext &context)
{
    const NetworkPolicies policies(*context.cluster());
    const bool networkKnown = context.cluster()->knows("NetworkPolicy");
    for (const std::string_view kind : {"Sandbox", "SandboxTemplate"}) {
        for (const std::size_t index : context.prepared().ofKind(kind)) {
            const Object &object = context.object(index);
            if (!object.group().ends_with("agents.x-k8s.io"))
                continue;
            const Node pod = object.root.at({"spec", "podTemplate"});
            if (pod.at({"spec", "runtimeClassName"}).text().empty())
                context.add(context.onObject(index, "spec.podTemplate.spec"));
            const Node containers = pod.at({"spec", "containers"});
            if (const std::string at = firstThat(containers, "resources", lacksLimits); !at.empty())
                context.add(context.onObject(index, at).as("limits"));
            if (const std::string at = firstThat(containers, "image", isLoose); !at.empty())
                context.add(context.onObject(index, at).as("image"));
            const int place = context.cluster()->find("Namespace", "", object.namespaceName);
            PolicyPod own;
            own.namespaceName = object.namespaceName;
            own.labels = pod.at({"metadata", "labels"});
            if (place >= 0)
                own.namespaceLabels = context.object(static_cast<std::size_t>(place)).root.at({"metadata", "labels"});
            if (networkKnown && !object.root.at({"spec", "networkPolicy"}).exists() && !policies.governing(own).egress)
                context.add(context.onObject(index, "spec.podTemplate.metadata").as("egress"));
        }
    }
}

} // namespace tally::checks
