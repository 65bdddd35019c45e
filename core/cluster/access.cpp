// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/access.h"

#include "core/cluster/pod_units.h"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>

namespace tally {

namespace {

constexpr std::string_view accountPrefix = "system:serviceaccount:";
constexpr std::string_view accountsPrefix = "system:serviceaccounts:";

/// One right that answers a question.
struct Right
{
    AccessQuestion question = AccessQuestion::ReadSecrets;
    std::string_view group;
    std::string_view resource;
    std::array<std::string_view, 3> verbs;
    bool clusterOnly = false; ///< the resource stands in no namespace: a RoleBinding cannot grant it
};

using enum AccessQuestion;
constexpr std::array rights = {
    Right{ReadSecrets, "", "secrets", {"get", "list", "watch"}, false},
    // A websocket begins as a GET. Source: Kubernetes issue 78741.
    Right{EnterPods, "", "pods/exec", {"create", "get", ""}, false},
    Right{EnterPods, "", "pods/attach", {"create", "get", ""}, false},
    Right{EnterPods, "", "pods/ephemeralcontainers", {"update", "patch", ""}, false},
    Right{EnterPods, "", "nodes/proxy", {"get", "create", ""}, true},
    Right{CreatePods, "", "pods", {"create", "", ""}, false},
    Right{CreatePods, "", "replicationcontrollers", {"create", "update", "patch"}, false},
    Right{CreatePods, "apps", "deployments", {"create", "update", "patch"}, false},
    Right{CreatePods, "apps", "daemonsets", {"create", "update", "patch"}, false},
    Right{CreatePods, "apps", "statefulsets", {"create", "update", "patch"}, false},
    Right{CreatePods, "apps", "replicasets", {"create", "update", "patch"}, false},
    Right{CreatePods, "batch", "jobs", {"create", "", ""}, false},
    Right{CreatePods, "batch", "cronjobs", {"create", "update", "patch"}, false},
    Right{WidenRights, "rbac.authorization.k8s.io", "roles", {"escalate", "bind", ""}, false},
    Right{WidenRights, "rbac.authorization.k8s.io", "clusterroles", {"bind", "", ""}, false},
    Right{WidenRights, "rbac.authorization.k8s.io", "clusterroles", {"escalate", "", ""}, true},
    Right{WidenRights, "", "users", {"impersonate", "", ""}, true},
    Right{WidenRights, "", "groups", {"impersonate", "", ""}, true},
    Right{WidenRights, "", "serviceaccounts", {"impersonate", "", ""}, false},
    Right{IssueTokens, "", "serviceaccounts/token", {"create", "", ""}, false},
};

bool grants(const RbacRule &rule, const Right &right)
{
    return rule.hasGroup(right.group) && rule.hasResource(right.resource)
        && std::ranges::any_of(right.verbs, [&](std::string_view verb) { return !verb.empty() && rule.hasVerb(verb); });
}

/// A user whose name is that of a service account is that account.
RbacSubject normalised(RbacSubject subject)
{
    if (subject.kind != SubjectKind::User || !subject.name.starts_with(accountPrefix))
        return subject;
    const std::string_view rest = subject.name.substr(accountPrefix.size());
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos)
        return subject;
    subject.kind = SubjectKind::ServiceAccount;
    subject.namespaceName = rest.substr(0, colon);
    subject.name = rest.substr(colon + 1);
    return subject;
}

/// Groups that every account, or everybody, belongs to.
bool belongsTo(const RbacSubject &subject, std::string_view group)
{
    if (subject.kind == SubjectKind::Group || subject.isAnonymous())
        return false;
    if (group == "system:authenticated")
        return true;
    if (subject.kind != SubjectKind::ServiceAccount)
        return false;
    return group == "system:serviceaccounts"
        || (group.starts_with(accountsPrefix) && group.substr(accountsPrefix.size()) == subject.namespaceName);
}

bool isClusterAdmin(const RbacBinding &binding)
{
    return binding.roleKind == "ClusterRole" && binding.roleName == "cluster-admin";
}

void raise(AccessReach &reach, AccessReach to)
{
    reach = std::max(reach, to);
}

} // namespace

bool AccessSubject::isClusterWide(const Rbac &rbac) const
{
    return std::ranges::any_of(bindings, [&](std::size_t binding) { return rbac.bindings()[binding].clusterWide; });
}

std::vector<std::string_view> AccessSubject::namespaces(const Rbac &rbac, const Cluster &cluster) const
{
    std::vector<std::string_view> names;
    for (const std::size_t index : bindings) {
        const RbacBinding &binding = rbac.bindings()[index];
        if (!binding.clusterWide)
            names.push_back(cluster.objects[binding.object].namespaceName);
    }
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

Access::Access(const Cluster &cluster)
    : m_rbac(cluster)
{
    collectSubjects();
    inheritGroups();
    countPods(cluster);
    std::map<std::size_t, Answers> known; // by binding
    for (AccessSubject &subject : m_subjects) {
        for (const std::vector<std::size_t> *list : {&subject.bindings, &subject.inherited}) {
            for (const std::size_t binding : *list) {
                const auto [at, isNew] = known.try_emplace(binding);
                if (isNew)
                    at->second = answersOf(m_rbac.bindings()[binding]);
                for (std::size_t question = 0; question < accessQuestions; ++question)
                    raise(subject.answers[question], at->second[question]);
            }
        }
    }
}

AccessReach Access::answerOf(const RbacRule &rule, AccessQuestion question, bool clusterWide)
{
    const bool answers
        = question == Everything ? rule.isEverything() : std::ranges::any_of(rights, [&](const Right &right) {
              return right.question == question && (clusterWide || !right.clusterOnly) && grants(rule, right);
          });
    if (!answers)
        return AccessReach::None;
    if (rule.node()["resourceNames"].size() > 0)
        return AccessReach::Names;
    return clusterWide ? AccessReach::Cluster : AccessReach::Namespaces;
}

Access::Answers Access::answersOf(const RbacBinding &binding) const
{
    Answers answers{};
    if (binding.role < 0) {
        if (isClusterAdmin(binding)) // everybody knows what stands in it
            answers.fill(binding.clusterWide ? AccessReach::Cluster : AccessReach::Namespaces);
        return answers;
    }
    for (const RbacRule &rule : m_rbac.roles()[static_cast<std::size_t>(binding.role)].rules) {
        for (std::size_t question = 0; question < accessQuestions; ++question)
            raise(answers[question], answerOf(rule, static_cast<AccessQuestion>(question), binding.clusterWide));
    }
    return answers;
}

void Access::collectSubjects()
{
    std::map<std::tuple<SubjectKind, std::string_view, std::string_view>, AccessSubject> all;
    for (std::size_t i = 0; i < m_rbac.bindings().size(); ++i) {
        for (const RbacSubject &named : m_rbac.bindings()[i].subjects) {
            const RbacSubject subject = normalised(named);
            AccessSubject &entry = all[{subject.kind, subject.namespaceName, subject.name}];
            entry.subject = subject;
            entry.system = subject.isOfPlatform();
            if (entry.bindings.empty() || entry.bindings.back() != i)
                entry.bindings.push_back(i);
        }
    }
    m_subjects.reserve(all.size());
    for (auto &[key, subject] : all)
        m_subjects.push_back(std::move(subject));
}

void Access::inheritGroups()
{
    std::vector<std::pair<std::string_view, std::size_t>> groups; // those that somebody here belongs to
    for (std::size_t i = 0; i < m_subjects.size(); ++i) {
        if (m_subjects[i].subject.isCollective())
            groups.emplace_back(m_subjects[i].subject.name, i);
    }
    for (AccessSubject &subject : m_subjects) {
        for (const auto &[name, index] : groups) {
            if (belongsTo(subject.subject, name))
                subject.inherited.insert(
                    subject.inherited.end(), m_subjects[index].bindings.begin(), m_subjects[index].bindings.end());
        }
        std::ranges::sort(subject.inherited);
        subject.inherited.erase(
            std::unique(subject.inherited.begin(), subject.inherited.end()), subject.inherited.end());
        std::erase_if(subject.inherited, [&](std::size_t binding) {
            return std::ranges::find(subject.bindings, binding) != subject.bindings.end();
        });
    }
}

void Access::countPods(const Cluster &cluster)
{
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> pods;
    for (const PodUnit &unit : podUnits(cluster))
        ++pods[{unit.pod.namespaceName, unit.pod.serviceAccount}];
    for (AccessSubject &subject : m_subjects) {
        if (subject.subject.kind != SubjectKind::ServiceAccount)
            continue;
        if (const auto found = pods.find({subject.subject.namespaceName, subject.subject.name}); found != pods.end())
            subject.pods = found->second;
    }
}

std::vector<AccessPath> Access::paths(const AccessSubject &subject, std::optional<AccessQuestion> question) const
{
    struct Found
    {
        AccessPath path;
        AccessReach reach = AccessReach::None;
    };
    std::vector<Found> found;
    const auto take = [&](std::size_t index, bool inherited) {
        const RbacBinding &binding = m_rbac.bindings()[index];
        AccessPath path{.binding = index, .role = binding.role, .inherited = inherited};
        const auto at = std::ranges::find_if(binding.subjects, [&](const RbacSubject &named) {
            const RbacSubject own = normalised(named);
            return inherited ? belongsTo(subject.subject, named.name) && named.kind == SubjectKind::Group
                             : own.kind == subject.subject.kind && own.name == subject.subject.name
                    && own.namespaceName == subject.subject.namespaceName;
        });
        path.subject = static_cast<std::size_t>(at - binding.subjects.begin());
        const AccessReach whole = binding.clusterWide ? AccessReach::Cluster : AccessReach::Namespaces;
        if (binding.role < 0) {
            if (!question || isClusterAdmin(binding))
                found.push_back({path, whole});
            return;
        }
        const std::vector<RbacRule> &rules = m_rbac.roles()[static_cast<std::size_t>(binding.role)].rules;
        for (std::size_t rule = 0; rule < rules.size(); ++rule) {
            const AccessReach reach = question ? answerOf(rules[rule], *question, binding.clusterWide) : whole;
            path.rule = static_cast<int>(rule);
            if (reach != AccessReach::None)
                found.push_back({path, reach});
        }
    };
    for (const std::size_t binding : subject.bindings)
        take(binding, false);
    for (const std::size_t binding : subject.inherited)
        take(binding, true);
    std::ranges::stable_sort(found, std::ranges::greater(), &Found::reach);
    std::vector<AccessPath> paths;
    paths.reserve(found.size());
    for (const Found &each : found)
        paths.push_back(each.path);
    return paths;
}

} // namespace tally
