// SPDX-License-Identifier: Apache-2.0
#include "core/audit/target_objects.h"

#include "core/audit/target_messages.h"
#include "core/base/ascii.h"
#include "core/base/pattern.h"
#include "core/catalogue/protection.h"
#include "core/cluster/owner.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace tally {

namespace {

using Kind = TargetObject::Kind;
using Need = TargetObject::Need;
using Applications = std::map<std::string, std::set<std::string>, std::less<>>;

constexpr const char *partOf = "app.kubernetes.io/part-of";
/// Pods and what only stands between them and their workload repeat its labels, in great numbers.
constexpr std::array<std::string_view, 6> sayWhatTheyArePartOf
    = {"Namespace", "Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job"};

std::string textAt(const Object &object, std::initializer_list<std::string_view> path)
{
    const Node node = object.root.at(path);
    return node.isScalar() ? std::string(node.text()) : std::string();
}

/// Adds applications and the namespaces in which they stand; those of the platform are left out.
void addApplications(Applications &made, const Cluster &cluster)
{
    for (const std::string_view kind : sayWhatTheyArePartOf) {
        for (const std::size_t index : cluster.ofKind(kind)) {
            const Object &object = cluster.objects[index];
            const std::string_view space = kind == "Namespace" ? object.name : object.namespaceName;
            std::string name = textAt(object, {"metadata", "labels", partOf});
            if (!name.empty() && !space.empty() && !isSystemNamespace(space))
                made[std::move(name)].insert(std::string(space));
        }
    }
}

/// Of all clusters: what has one name in two of them is one target object.
Applications applicationsOf(const AuditState &state)
{
    Applications made;
    for (const AuditCluster &each : state.clusters)
        addApplications(made, *each.cluster);
    return made;
}

/// Names of namespaces, sorted, with who is named as responsible.
std::map<std::string, std::string> spacesOf(const AuditState &state)
{
    std::map<std::string, std::string> spaces;
    for (const AuditCluster &each : state.clusters) {
        for (const std::string &space : each.cluster->namespaces) {
            std::string &owner = spaces[space];
            if (owner.empty())
                owner = ownerOf(*each.cluster, "Namespace", {}, space);
        }
    }
    return spaces;
}

bool isRecorded(const AuditState &state, Kind kind, std::string_view name)
{
    return std::ranges::any_of(state.records.targets, [&](const auto &each) {
        const TargetObject &target = each.second;
        return target.kind == kind
            && (kind == Kind::Namespace ? matchesPattern(name, target.name) : target.name == name);
    });
}

std::string joined(const auto &texts)
{
    std::string all;
    for (const std::string &text : texts) {
        if (!text.empty())
            all += (all.empty() ? "" : ", ") + text;
    }
    return all;
}

/// The only cluster may be called what it likes; of several, each goes by its name.
bool isRecorded(const AuditState &state, const AuditCluster &cluster)
{
    return state.clusters.size() == 1
        ? std::ranges::any_of(state.records.targets, [](const auto &each) { return each.second.kind == Kind::Cluster; })
        : isRecorded(state, Kind::Cluster, cluster.name);
}

void proposeFromClusters(const AuditState &state, const auto &propose)
{
    const std::string &named = state.info.targetObject;
    for (const AuditCluster &each : state.clusters) {
        if (!isRecorded(state, each))
            propose(Kind::Cluster, named.empty() || state.clusters.size() > 1 ? each.name : named,
                each.cluster->kubernetesVersion);
    }
    std::map<std::string, std::string> hosts;
    for (const AuditCluster &each : state.clusters) {
        for (const std::size_t index : each.cluster->ofKind("Node")) {
            const Object &node = each.cluster->objects[index];
            hosts[std::string(node.name)] = joined(std::array{textAt(node, {"status", "nodeInfo", "osImage"}),
                textAt(node, {"status", "nodeInfo", "kubeletVersion"})});
        }
    }
    for (const auto &[name, facts] : hosts)
        propose(Kind::Host, name, facts);
    for (const auto &[name, spaces] : applicationsOf(state))
        propose(Kind::Application, name, joined(spaces));
    for (const auto &[space, owner] : spacesOf(state)) {
        if (!isSystemNamespace(space))
            propose(Kind::Namespace, space, owner);
    }
}

Need leastFor(const Requirement &requirement)
{
    return protectionOf(requirement) == Protection::VeryHigh ? Need::VeryHigh : Need::High;
}

} // namespace

std::vector<TargetObject> proposedTargets(const AuditState &state)
{
    std::vector<TargetObject> made;
    const auto propose = [&](Kind kind, const std::string &name, std::string description) {
        if (name.empty() || isRecorded(state, kind, name))
            return;
        TargetObject target;
        target.name = name;
        target.kind = kind;
        target.description = std::move(description);
        made.push_back(std::move(target));
    };
    proposeFromClusters(state, propose);
    std::map<std::string, std::string> images;
    for (const ImagePtr &image : state.images)
        images.emplace(image->displayName(), std::string());
    for (const auto &[name, facts] : images)
        propose(Kind::Image, name, facts);
    return made;
}

void giveKeys(const AuditState &state, std::vector<TargetObject> &targets)
{
    const std::string first = nextKey(state, RecordType::TargetObject);
    const std::size_t prefix = first.find('-') + 1;
    int number = 0;
    std::from_chars(first.data() + prefix, first.data() + first.size(), number);
    for (TargetObject &target : targets) {
        if (!target.key.empty())
            continue;
        std::string digits = std::to_string(number++);
        digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
        target.key = first.substr(0, prefix) + digits;
    }
}

Need highestNeed(const TargetObject &target)
{
    return std::max({target.confidentiality.need, target.integrity.need, target.availability.need});
}

bool isFullyStated(const TargetObject &target)
{
    return std::min({target.confidentiality.need, target.integrity.need, target.availability.need}) != Need::NotStated;
}

bool lacksReason(const TargetObject::ProtectionNeed &value, const TargetObject::ProtectionNeed *before)
{
    const std::string_view reason = trimmed(value.reason);
    if (before && value.need != Need::NotStated && value.need < before->need)
        return reason.empty() || reason == trimmed(before->reason);
    return value.need > Need::Normal && reason.empty();
}

std::optional<Message> validateNeeds(const TargetObject &target, const TargetObject *before)
{
    struct Rule
    {
        TargetObject::ProtectionNeed TargetObject::*value;
        const MessageDef *reason;
        const MessageDef *lowered;
    };
    static constexpr std::array<Rule, 3> rules{
        {{&TargetObject::confidentiality, targetDef("reason.confidentiality"), targetDef("lowered.confidentiality")},
            {&TargetObject::integrity, targetDef("reason.integrity"), targetDef("lowered.integrity")},
            {&TargetObject::availability, targetDef("reason.availability"), targetDef("lowered.availability")}}};
    for (const Rule &rule : rules) {
        const TargetObject::ProtectionNeed &value = target.*rule.value;
        if (!lacksReason(value, before ? &(before->*rule.value) : nullptr))
            continue;
        const bool lowered = before && value.need < (before->*rule.value).need;
        return Message{lowered ? rule.lowered : rule.reason, {target.name}};
    }
    return std::nullopt;
}

ProtectionScope::ProtectionScope(const AuditState &state)
    : m_state(state)
{
    const bool applications = std::ranges::any_of(
        state.records.targets, [](const auto &each) { return each.second.kind == Kind::Application; });
    if (applications)
        m_applications = applicationsOf(state);
    m_anyStated = std::ranges::any_of(
        state.records.targets, [](const auto &each) { return highestNeed(each.second) != Need::NotStated; });
    if (m_anyStated)
        findOpenPlaces();
}

bool ProtectionScope::standsFor(const TargetObject &target, std::string_view namespaceName) const
{
    if (target.kind == Kind::Namespace)
        return matchesPattern(namespaceName, target.name);
    const auto application = m_applications.find(target.name);
    return target.kind == Kind::Application && application != m_applications.end()
        && application->second.contains(std::string(namespaceName));
}

/// A cluster, a host or an image takes over the needs of what runs on it or out of it. So they need not be stated where
/// there are namespaces; they do where there is nothing else.
void ProtectionScope::findOpenPlaces()
{
    const auto &targets = m_state.records.targets;
    const std::map<std::string, std::string> spaces = spacesOf(m_state);
    std::size_t wholeClusters = 0;
    for (const auto &[key, target] : targets) {
        const bool runs = target.kind == Kind::Application || target.kind == Kind::Namespace;
        const bool full = isFullyStated(target) && target.from.empty(); // else nobody has said so in this audit yet
        wholeClusters += target.kind == Kind::Cluster && full ? 1 : 0;
        if (!full && (runs || spaces.empty() || highestNeed(target) != Need::NotStated))
            m_open.push_back(target.name);
    }
    if (wholeClusters >= std::max<std::size_t>(m_state.clusters.size(), 1))
        return;
    for (const auto &named : spaces) {
        const std::string &space = named.first;
        const bool stated
            = std::ranges::any_of(targets, [&](const auto &each) { return standsFor(each.second, space); });
        if (!stated && !isSystemNamespace(space))
            m_open.push_back(space);
    }
}

ProtectionScope::Answer ProtectionScope::answer(const Requirement &requirement) const
{
    if (requirement.level != Level::Elevated)
        return Answer::Always;
    if (!where(requirement).empty())
        return Answer::Somewhere;
    return m_anyStated && m_open.empty() ? Answer::Nowhere : Answer::Unknown;
}

std::vector<const TargetObject *> ProtectionScope::where(const Requirement &requirement) const
{
    return requirement.level == Level::Elevated ? above(leastFor(requirement)) : std::vector<const TargetObject *>();
}

std::vector<const TargetObject *> ProtectionScope::above(Need least) const
{
    std::vector<const TargetObject *> found;
    for (const auto &[key, target] : m_state.records.targets) {
        if (highestNeed(target) >= least)
            found.push_back(&target);
    }
    std::ranges::stable_sort(
        found, std::ranges::greater(), [](const TargetObject *each) { return highestNeed(*each); });
    return found;
}

Need ProtectionScope::needOf(std::string_view namespaceName) const
{
    Need need = Need::NotStated;
    for (const auto &[key, target] : m_state.records.targets) {
        if (standsFor(target, namespaceName))
            need = std::max(need, highestNeed(target));
    }
    return need;
}

std::vector<const TargetObject *> ProtectionScope::targetsAt(const Finding &finding) const
{
    const ObjectName none;
    const ObjectName &object = finding.object ? *finding.object : none;
    const std::string &space = object.kind == "Namespace" ? object.name : object.namespaceName;
    std::vector<const TargetObject *> found;
    for (const auto &[key, target] : m_state.records.targets) {
        const bool isImage = target.kind == Kind::Image && !finding.image.empty() && finding.image == target.name;
        const bool isHost = target.kind == Kind::Host && object.kind == "Node" && object.name == target.name;
        if (isImage || isHost || (!space.empty() && standsFor(target, space)))
            found.push_back(&target);
    }
    return found;
}

namespace {

/// Of several clusters each node is named with its cluster: "node-1" stands in many.
void addSpacesOnNodes(
    std::map<std::string, std::set<std::string>> &spacesOn, const Cluster &cluster, const std::string &prefix)
{
    for (const std::size_t index : cluster.ofKind("Pod")) {
        const Object &pod = cluster.objects[index];
        const std::string node = textAt(pod, {"spec", "nodeName"});
        const std::string phase = textAt(pod, {"status", "phase"});
        if (!node.empty() && phase != "Succeeded" && phase != "Failed" && !isSystemNamespace(pod.namespaceName))
            spacesOn[prefix + node].insert(std::string(pod.namespaceName));
    }
}

} // namespace

std::vector<ProtectionScope::Neighbours> ProtectionScope::neighbours() const
{
    std::vector<Neighbours> found;
    if (!m_anyStated)
        return found;
    std::map<std::string, std::set<std::string>> spacesOn; // nodes
    for (const AuditCluster &each : m_state.clusters)
        addSpacesOnNodes(spacesOn, *each.cluster, m_state.clusters.size() > 1 ? each.name + ": " : std::string());
    std::map<std::string, Need> needs;
    for (const auto &[node, spaces] : spacesOn) {
        for (const std::string &space : spaces)
            needs.try_emplace(space, Need::NotStated);
    }
    for (auto &[space, need] : needs)
        need = needOf(space);
    std::map<std::pair<std::string, std::string>, std::set<std::string>> pairs;
    for (const auto &[node, spaces] : spacesOn) {
        for (const std::string &higher : spaces) {
            if (needs[higher] < Need::High)
                continue;
            for (const std::string &lower : spaces) {
                if (needs[lower] < needs[higher])
                    pairs[{higher, lower}].insert(node);
            }
        }
    }
    for (auto &[pair, nodes] : pairs)
        found.push_back({pair.first, pair.second, needs[pair.first], needs[pair.second], std::move(nodes)});
    std::ranges::stable_sort(found, std::ranges::greater(), &Neighbours::higherNeed);
    return found;
}

} // namespace tally
