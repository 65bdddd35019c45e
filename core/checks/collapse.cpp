// SPDX-License-Identifier: Apache-2.0
#include "core/checks/collapse.h"

#include "core/checks/fingerprint.h"
#include "core/cluster/known_kinds.h"
#include "core/document/yaml_view.h"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace tally {

namespace {

constexpr std::size_t excerptLines = 7;

ObjectName nameOf(const Object &object)
{
    return {std::string(object.apiVersion), std::string(object.kind), std::string(object.namespaceName),
        std::string(object.name)};
}

/// What makes two drafts of one check the same cause, apart from the object: place in the pod, list indexes replaced.
std::string causeOf(const Prepared &prepared, const Draft &draft)
{
    if (draft.object < 0)
        return draft.variant + '\n' + draft.field + '\n' + draft.image;
    const Node root = prepared.input().cluster->objects[static_cast<std::size_t>(draft.object)].root;
    std::string path = mergeKeyPath(root, draft.field);
    if (draft.workload >= 0) {
        // "spec.template.spec.hostPID" of a Deployment and "spec.hostPID" of its Pod are the same place.
        std::string_view own
            = prepared.workloads()[static_cast<std::size_t>(draft.workload)].view.specField; // "... .spec"
        const std::string_view pod = own.substr(0, own.size() - std::string_view("spec").size());
        if (path.starts_with(pod))
            path.erase(0, pod.size());
    }
    return draft.container + '\n' + path;
}

std::string idOf(const Check &check, const Prepared &prepared, const Draft &draft, const std::string &cause)
{
    const CheckInput &input = prepared.input();
    if (draft.object < 0 && draft.imageIndex >= 0) {
        const Image &image = *input.images[static_cast<std::size_t>(draft.imageIndex)];
        const std::string name = image.names.empty() ? std::string() : image.names.front();
        const std::size_t tag = name.rfind(':');
        const std::size_t slash = name.rfind('/');
        const bool tagged = tag != std::string::npos && (slash == std::string::npos || tag > slash);
        return fingerprint(
            {check.id, "image", tagged ? name.substr(0, tag) : name, image.platform, draft.path, draft.field});
    }
    const Cluster &cluster = *input.cluster;
    const std::string &key = cluster.uid.empty() ? cluster.label : cluster.uid;
    if (draft.object < 0)
        return fingerprint({check.id, "cluster", key, cause});
    if (draft.workload >= 0) {
        const SubjectName &subject = prepared.workloads()[static_cast<std::size_t>(draft.workload)].subject;
        return fingerprint(
            {check.id, "object", key, subject.group, subject.kind, subject.namespaceName, subject.name, cause});
    }
    const Object &object = cluster.objects[static_cast<std::size_t>(draft.object)];
    return fingerprint({check.id, "object", key, currentGroup(object.kind, object.group()), object.kind,
        object.namespaceName, object.name, cause});
}

void addExcerpt(Finding &finding, const Object &object, Node node)
{
    const YamlExcerpt excerpt = excerptAround(object.root, node, excerptLines);
    for (const std::string &line : excerpt.lines)
        finding.excerpt.append(line).append("\n");
    finding.excerptLines = excerpt.numbers;
    finding.excerptHit = excerpt.hit;
}

Finding findingOf(const Check &check, const Prepared &prepared, Draft &&draft, std::string id)
{
    Finding finding;
    finding.id = std::move(id);
    finding.check = check.id;
    finding.variant = std::move(draft.variant);
    finding.args = std::move(draft.args);
    finding.severity = check.severity;
    finding.container = std::move(draft.container);
    finding.field = std::move(draft.field);
    finding.image = std::move(draft.image);
    finding.imageIndex = draft.imageIndex;
    finding.layer = draft.layer;
    finding.path = std::move(draft.path);
    finding.excerpt = std::move(draft.excerpt);
    if (draft.object >= 0) {
        const Object &object = prepared.input().cluster->objects[static_cast<std::size_t>(draft.object)];
        finding.object = nameOf(object);
        finding.source = object.source;
        finding.file = object.file;
        finding.systemNamespace = isSystemNamespace(object.kind == "Namespace" ? object.name : object.namespaceName);
        const Node node = draft.node ? draft.node : object.root;
        finding.line = node.line();
        finding.column = node.column();
        if (finding.excerpt.empty())
            addExcerpt(finding, object, node);
    } else if (draft.imageIndex >= 0) {
        finding.source = prepared.input().images[static_cast<std::size_t>(draft.imageIndex)]->source;
    } else if (prepared.input().cluster && !prepared.input().cluster->objects.empty()) {
        finding.source = prepared.input().cluster->objects.front().source;
    }
    return finding;
}

/// The drafts of one check, with what is needed to fold them.
class Folder
{
public:
    Folder(const Check &check, const Prepared &prepared, std::vector<Draft> drafts)
        : m_check(check)
        , m_prepared(prepared)
        , m_drafts(std::move(drafts))
        , m_also(m_drafts.size())
        , m_folded(m_drafts.size(), false)
    {
        m_causes.reserve(m_drafts.size());
        m_first.reserve(m_drafts.size());
        for (std::size_t i = 0; i < m_drafts.size(); ++i) {
            m_causes.push_back(internCause(causeOf(prepared, m_drafts[i])));
            if (m_drafts[i].workload >= 0)
                m_first.try_emplace(placeOf(m_drafts[i].workload, m_causes[i]), i);
            m_also[i] = std::move(m_drafts[i].also);
        }
    }

    std::vector<Finding> findings() &&
    {
        foldIntoControllers();
        std::vector<Finding> findings;
        std::unordered_map<std::string, std::size_t> known;
        for (std::size_t i = 0; i < m_drafts.size(); ++i) {
            if (m_folded[i])
                continue;
            std::string id = idOf(m_check, m_prepared, m_drafts[i], *m_texts[m_causes[i]]);
            const int object = m_drafts[i].object;
            const auto [it, isNew] = known.try_emplace(id, findings.size());
            if (isNew) {
                findings.push_back(findingOf(m_check, m_prepared, std::move(m_drafts[i]), std::move(id)));
                m_objects.push_back(object);
                m_others.emplace_back();
            } else if (object >= 0) {
                m_others[it->second].push_back(static_cast<std::size_t>(object));
            }
            m_others[it->second].insert(m_others[it->second].end(), m_also[i].begin(), m_also[i].end());
        }
        for (std::size_t row = 0; row < findings.size(); ++row)
            nameOthers(findings[row], row);
        return findings;
    }

private:
    /// Few causes stand in many drafts: their texts are kept and compared once.
    std::uint32_t internCause(std::string cause)
    {
        const auto [it, isNew] = m_ids.try_emplace(std::move(cause), static_cast<std::uint32_t>(m_texts.size()));
        if (isNew)
            m_texts.push_back(&it->first);
        return it->second;
    }

    /// A cause at a workload.
    static std::uint64_t placeOf(int workload, std::uint32_t cause)
    {
        return static_cast<std::uint64_t>(static_cast<std::uint32_t>(workload)) << 32U | cause;
    }

    void foldIntoControllers()
    {
        for (std::size_t i = 0; i < m_drafts.size(); ++i) {
            const int own = m_drafts[i].workload;
            if (own < 0)
                continue;
            std::size_t target = i;
            int at = m_prepared.workloads()[static_cast<std::size_t>(own)].parent;
            for (int link = 0; link < 16 && at >= 0; ++link) { // the outermost that says it comes last
                if (const auto it = m_first.find(placeOf(at, m_causes[i])); it != m_first.end())
                    target = it->second;
                at = m_prepared.workloads()[static_cast<std::size_t>(at)].parent;
            }
            if (target != i) {
                m_also[target].push_back(static_cast<std::size_t>(m_drafts[i].object));
                m_folded[i] = true;
            } else if (m_prepared.workloads()[static_cast<std::size_t>(own)].dormant) {
                m_folded[i] = true; // its controller no longer says so, and it runs nothing
            }
        }
    }

    void nameOthers(Finding &finding, std::size_t row)
    {
        std::vector<std::size_t> &others = m_others[row];
        std::ranges::sort(others);
        others.erase(std::unique(others.begin(), others.end()), others.end());
        finding.also.reserve(others.size());
        for (const std::size_t object : others) {
            if (static_cast<int>(object) != m_objects[row])
                finding.also.push_back(nameOf(m_prepared.input().cluster->objects[object]));
        }
    }

    const Check &m_check;
    const Prepared &m_prepared;
    std::vector<Draft> m_drafts;
    std::unordered_map<std::string, std::uint32_t> m_ids;   ///< of causes
    std::vector<const std::string *> m_texts;               ///< of causes, by id
    std::vector<std::uint32_t> m_causes;                    ///< of each draft
    std::vector<std::vector<std::size_t>> m_also;           ///< of each draft
    std::vector<bool> m_folded;                             ///< each draft: into another, or dropped
    std::unordered_map<std::uint64_t, std::size_t> m_first; ///< the first draft with a cause at a workload
    std::vector<int> m_objects;                             ///< of each finding
    std::vector<std::vector<std::size_t>> m_others;         ///< objects that say the same, of each finding
};

auto objectOrder(const Finding &finding)
{
    static const ObjectName none;
    const ObjectName &object = finding.object ? *finding.object : none;
    return std::tie(object.namespaceName, object.kind, object.name);
}

} // namespace

std::vector<Finding> collapse(const Check &check, const Prepared &prepared, std::vector<Draft> drafts)
{
    std::vector<Finding> findings = Folder(check, prepared, std::move(drafts)).findings();
    for (Finding &finding : findings) {
        std::ranges::sort(finding.also, [](const ObjectName &a, const ObjectName &b) {
            return std::tie(a.namespaceName, a.kind, a.name, a.apiVersion)
                < std::tie(b.namespaceName, b.kind, b.name, b.apiVersion);
        });
    }
    return findings;
}

void sortFindings(std::vector<Finding> &findings)
{
    // Findings are large: what is moved about while sorting are their numbers.
    std::vector<std::uint32_t> order(findings.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](std::uint32_t first, std::uint32_t second) {
        const Finding &a = findings[first];
        const Finding &b = findings[second];
        if (a.severity != b.severity)
            return a.severity > b.severity;
        if (const int checks = a.check.compare(b.check); checks != 0)
            return checks < 0;
        if (a.systemNamespace != b.systemNamespace)
            return b.systemNamespace;
        const auto objects = objectOrder(a) <=> objectOrder(b);
        if (std::is_neq(objects))
            return std::is_lt(objects);
        return std::tie(a.container, a.field, a.image, a.path, a.variant, a.id)
            < std::tie(b.container, b.field, b.image, b.path, b.variant, b.id);
    });
    std::vector<Finding> sorted;
    sorted.reserve(findings.size());
    for (const std::uint32_t index : order)
        sorted.push_back(std::move(findings[index]));
    findings = std::move(sorted);
}

} // namespace tally
