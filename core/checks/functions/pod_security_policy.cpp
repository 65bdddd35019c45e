// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/pod_security_policy.h"

#include "core/checks/functions/service_accounts.h"
#include "core/cluster/control_plane.h"
#include "core/cluster/rbac.h"

#include <algorithm>
#include <array>

namespace tally::checks {

namespace {

constexpr std::string_view pluginName = "PodSecurityPolicy";

void addVolumes(Node spec, std::vector<std::string> &allows)
{
    const Node volumes = spec["volumes"];
    const bool hostPath = std::any_of(volumes.begin(), volumes.end(),
        [](const Node &volume) { return volume.text() == "*" || volume.text() == "hostPath"; });
    if (!hostPath)
        return;
    const Node paths = spec["allowedHostPaths"];
    if (paths.size() == 0)
        allows.emplace_back("hostPath");
    for (const Node path : paths)
        allows.push_back("hostPath " + std::string(path["pathPrefix"].text())
            + (path["readOnly"].isTrue() ? " (readOnly)" : std::string()));
}

void addCapabilities(Node spec, std::vector<std::string> &allows)
{
    constexpr std::array<std::string_view, 13> baseline{"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID",
        "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"};
    for (const std::string_view list : {"allowedCapabilities", "defaultAddCapabilities"}) {
        for (const Node capability : spec[list].isSequence() ? spec[list] : Node()) {
            if (std::ranges::find(baseline, capability.text()) == baseline.end())
                allows.push_back(std::string(list) + ' ' + std::string(capability.text()));
        }
    }
}

/// Of what baseline forbids; empty: it is as narrow as that. The user is named beside something else only: baseline
/// does not ask for one.
std::vector<std::string> allowedBy(Node spec)
{
    std::vector<std::string> allows;
    for (const std::string_view flag : {"privileged", "hostPID", "hostIPC", "hostNetwork"}) {
        if (spec[flag].isTrue())
            allows.emplace_back(flag);
    }
    if (spec["hostPorts"].size() > 0)
        allows.emplace_back("hostPorts");
    addVolumes(spec, allows);
    addCapabilities(spec, allows);
    if (!allows.empty() && spec.at({"runAsUser", "rule"}).text() == "RunAsAny")
        allows.emplace_back("runAsUser RunAsAny");
    return allows;
}

/// Is the plugin among those that every API server was told to switch on? Without the flag it is off.
PodSecurityPolicies::Applied toldByFlags(const Cluster &cluster)
{
    using enum PodSecurityPolicies::Applied;
    const std::vector<ProgramRun> servers = programRuns(cluster, "kube-apiserver");
    if (servers.empty())
        return Unknown;
    const auto has = [](const ProgramRun &server) {
        return (',' + server.list("enable-admission-plugins") + ',').find(',' + std::string(pluginName) + ',')
            != std::string::npos;
    };
    if (std::ranges::all_of(servers, has))
        return Yes;
    return std::ranges::any_of(servers, &ProgramRun::partly) || std::ranges::any_of(servers, has) ? Unknown : No;
}

} // namespace

PodSecurityPolicies::PodSecurityPolicies(const CheckContext &context)
{
    readPolicies(context);
    readRights(context);
    lookAtPods(context);
    m_applied = toldByFlags(*context.cluster());
    if (m_applied == Applied::Unknown && !m_admitted.empty())
        m_applied = Applied::Yes;
}

void PodSecurityPolicies::readPolicies(const CheckContext &context)
{
    for (const std::size_t index : context.prepared().ofKind(pluginName)) {
        const Object &object = context.object(index);
        m_policies.push_back({object.name, allowedBy(object.root["spec"])});
    }
    std::ranges::sort(m_policies, {}, &Policy::name);
}

void PodSecurityPolicies::readRights(const CheckContext &context)
{
    const Rbac &rbac = context.prepared().rbac();
    std::set<std::size_t> all;
    for (std::size_t i = 0; i < m_policies.size(); ++i)
        all.insert(i);
    for (const RbacBinding &binding : rbac.bindings()) {
        std::set<std::size_t> usable;
        if (binding.role < 0) {
            if (binding.roleKind == "ClusterRole" && binding.roleName == "cluster-admin")
                usable = all;
        } else {
            for (const RbacRule &rule : rbac.roles()[static_cast<std::size_t>(binding.role)].rules) {
                if (!rule.hasVerb("use") || !rule.hasResource("podsecuritypolicies")
                    || (!rule.hasGroup("policy") && !rule.hasGroup("extensions")))
                    continue;
                const Node names = rule.node()["resourceNames"];
                for (const std::size_t each : all) {
                    const bool named = std::any_of(names.begin(), names.end(),
                        [&](const Node &name) { return name.text() == m_policies[each].name; });
                    if (names.size() == 0 || named)
                        usable.insert(each);
                }
            }
        }
        const std::string_view scope
            = binding.clusterWide ? std::string_view() : context.object(binding.object).namespaceName;
        for (const RbacSubject &subject : binding.subjects) {
            if (!usable.empty())
                m_uses[{scope, subject.label()}].insert(usable.begin(), usable.end());
        }
    }
}

void PodSecurityPolicies::lookAtPods(const CheckContext &context)
{
    for (const CheckedWorkload &workload : context.workloads()) {
        const std::string_view namespaceName = context.prepared().object(workload).namespaceName;
        if (workload.mirror)
            continue;
        m_accounts[namespaceName].insert(serviceAccountOf(workload));
        if (const Node admitted = workload.view.podMetadata.at({"annotations", "kubernetes.io/psp"}))
            m_admitted[namespaceName].insert(admitted.text());
    }
}

void PodSecurityPolicies::addUses(
    std::string_view scope, const std::string &subject, std::set<std::size_t> &found) const
{
    if (const auto uses = m_uses.find({scope, subject}); uses != m_uses.end())
        found.insert(uses->second.begin(), uses->second.end());
}

PodSecurityPolicies::Guard PodSecurityPolicies::guardOf(std::string_view namespaceName) const
{
    const std::string ns(namespaceName);
    std::vector<std::string> subjects{
        "Group system:authenticated", "Group system:serviceaccounts", "Group system:serviceaccounts:" + ns};
    if (const auto accounts = m_accounts.find(namespaceName); accounts != m_accounts.end()) {
        for (const std::string_view account : accounts->second) {
            subjects.push_back("ServiceAccount " + ns + '/' + std::string(account));
            subjects.push_back("User system:serviceaccount:" + ns + ':' + std::string(account));
        }
    }
    std::set<std::size_t> usable;
    for (const std::string &subject : subjects) {
        addUses("", subject, usable);
        addUses(namespaceName, subject, usable);
    }
    if (const auto admitted = m_admitted.find(namespaceName); admitted != m_admitted.end()) {
        for (std::size_t i = 0; i < m_policies.size(); ++i) {
            if (admitted->second.contains(m_policies[i].name))
                usable.insert(i);
        }
    }
    Guard guard;
    for (const std::size_t index : usable) {
        const Policy &policy = m_policies[index];
        guard.names.emplace_back(policy.name);
        if (policy.allows.empty())
            continue;
        guard.wide.emplace_back(policy.name);
        for (const std::string &allowed : policy.allows) {
            if (!contains(guard.allows, allowed))
                guard.allows.push_back(allowed);
        }
    }
    return guard;
}

} // namespace tally::checks
