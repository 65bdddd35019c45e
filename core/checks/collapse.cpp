// SPDX-License-Identifier: Apache-2.0
#include "core/checks/collapse.h"

#include "core/checks/alike.h"
#include "core/checks/fingerprint.h"
#include "core/checks/identity.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <compare>
#include <cstdint>
#include <numeric>
#include <span>
#include <tuple>
#include <unordered_map>

namespace tally {

namespace {

ObjectName nameOf(const Object &object)
{
    return {std::string(object.apiVersion), std::string(object.kind), std::string(object.namespaceName),
        std::string(object.name)};
}

/// What makes two drafts of one check the same cause, apart from the object: place in the pod, list indexes replaced.
/// Into a text that is used again.
void writeCause(std::string &cause, const Prepared &prepared, const Draft &draft)
{
    cause.clear();
    if (draft.object < 0) {
        cause.append(draft.variant).append("\n").append(draft.field).append("\n").append(draft.image);
        return;
    }
    cause.append(draft.container).append("\n");
    std::string_view field = draft.field;
    if (draft.workload >= 0) {
        // "spec.template.spec.hostPID" of a Deployment and "spec.hostPID" of its Pod are the same place.
        constexpr std::string_view last = "spec";
        const Workload &view = prepared.workloads()[static_cast<std::size_t>(draft.workload)].view;
        const std::string_view own = view.specField; // "... .spec"
        const bool inSpec = field.starts_with(own) && field.substr(own.size()).starts_with('.');
        if (inSpec) {
            cause += last;
            appendMergeKeyPath(cause, view.podSpec, field.substr(own.size()));
            return;
        }
        if (const std::string_view pod = own.substr(0, own.size() - last.size()); field.starts_with(pod)) {
            const std::size_t begin = cause.size();
            appendMergeKeyPath(
                cause, prepared.input().cluster->objects[static_cast<std::size_t>(draft.object)].root, field);
            cause.erase(begin, pod.size());
            return;
        }
    }
    appendMergeKeyPath(cause, prepared.input().cluster->objects[static_cast<std::size_t>(draft.object)].root, field);
}

std::string idOf(const Check &check, const Prepared &prepared, const Draft &draft, const std::string &cause)
{
    const CheckInput &input = prepared.input();
    if (draft.object < 0 && draft.imageIndex >= 0) {
        const Image &image = *input.images[static_cast<std::size_t>(draft.imageIndex)];
        return fingerprint(
            {check.id, "image", imageKey(image), image.platform, draft.path, imagePlaceKey(image, draft.field)});
    }
    const Cluster &cluster = *input.cluster;
    const std::string_view key = input.clusterIdentity ? *input.clusterIdentity : clusterKey(cluster);
    if (draft.object < 0)
        return fingerprint({check.id, "cluster", key, cause});
    if (!draft.about.empty())
        return fingerprint({check.id, "about", key, draft.about, cause});
    if (draft.workload >= 0) {
        const SubjectName &subject = prepared.workloads()[static_cast<std::size_t>(draft.workload)].subject;
        return fingerprint(
            {check.id, "object", key, subject.group, subject.kind, subject.namespaceName, subject.name, cause});
    }
    const SubjectName subject = subjectOf(cluster.objects[static_cast<std::size_t>(draft.object)]);
    return fingerprint(
        {check.id, "object", key, subject.group, subject.kind, subject.namespaceName, subject.name, cause});
}

Finding findingOf(const Check &check, const Prepared &prepared, Draft &&draft, std::string id, Node &place)
{
    Finding finding;
    finding.id = std::move(id);
    finding.check = check.id;
    finding.variant = std::move(draft.variant);
    finding.args = std::move(draft.args);
    finding.severity = check.severityOf(finding.variant);
    finding.container = std::move(draft.container);
    finding.field = std::move(draft.field);
    finding.image = std::move(draft.image);
    finding.imageIndex = draft.imageIndex;
    finding.layer = draft.layer;
    finding.path = std::move(draft.path);
    finding.excerpt = std::move(draft.excerpt);
    if (draft.object >= 0 || draft.imageIndex < 0)
        finding.cluster = prepared.input().clusterName;
    if (draft.object >= 0) {
        const Object &object = prepared.input().cluster->objects[static_cast<std::size_t>(draft.object)];
        finding.object = nameOf(object);
        finding.source = object.source;
        finding.file = object.file;
        finding.systemNamespace = isSystemNamespace(object.kind == "Namespace" ? object.name : object.namespaceName);
        const Node node = draft.node ? draft.node : object.root;
        if (node)
            std::tie(finding.line, finding.column) = node.document()->placeOf(node.index());
        if (finding.excerpt.empty())
            place = node;
    } else if (draft.imageIndex >= 0) {
        finding.source = prepared.input().images[static_cast<std::size_t>(draft.imageIndex)]->source;
    } else if (prepared.input().cluster && !prepared.input().cluster->objects.empty()) {
        finding.source = prepared.input().cluster->objects.front().source;
    }
    return finding;
}

/// From numbers to the first row that had them: one array, without memory for each entry.
class NumberIndex
{
public:
    explicit NumberIndex(std::size_t mostEntries)
        : m_slots(std::bit_ceil(2 * mostEntries + 1))
    {
    }

    /// The row under the key for which isSame(row) holds; the new one, if there is none.
    template<typename IsSame>
    std::uint32_t findOrAdd(std::uint64_t key, std::uint32_t newRow, IsSame isSame)
    {
        Slot &slot = slotOf(key, isSame);
        if (slot.row == none)
            slot = {key, newRow};
        return slot.row;
    }
    /// none: there is no such key.
    [[nodiscard]] std::uint32_t find(std::uint64_t key)
    {
        return slotOf(key, [](std::uint32_t) { return true; }).row;
    }

    static constexpr std::uint32_t none = ~0U;

private:
    struct Slot
    {
        std::uint64_t key = 0;
        std::uint32_t row = none;
    };

    template<typename IsSame>
    Slot &slotOf(std::uint64_t key, IsSame isSame)
    {
        const std::size_t mask = m_slots.size() - 1;
        std::uint64_t hash = (key ^ (key >> 32U)) * 0x9E3779B97F4A7C15ULL;
        hash ^= hash >> 29U;
        for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
            Slot &slot = m_slots[at];
            if (slot.row == none || (slot.key == key && isSame(slot.row)))
                return slot;
        }
    }

    std::vector<Slot> m_slots;
};

/// Of a fingerprint.
std::uint64_t keyOf(std::string_view id)
{
    std::uint64_t key = 0;
    std::from_chars(id.data(), id.data() + 16, key, 16);
    return key;
}

/// The drafts of one check, with what is needed to fold them.
class Folder
{
public:
    Folder(const Check &check, const Prepared &prepared, std::vector<Draft> drafts)
        : m_check(check)
        , m_prepared(prepared)
        , m_drafts(std::move(drafts))
        , m_rows(m_drafts.size(), waiting)
        , m_first(m_drafts.size())
    {
        m_causes.reserve(m_drafts.size());
        std::string cause;
        for (std::uint32_t i = 0; i < m_drafts.size(); ++i) {
            writeCause(cause, prepared, m_drafts[i]);
            m_causes.push_back(internCause(cause));
            if (m_drafts[i].workload >= 0)
                m_first.findOrAdd(placeOf(m_drafts[i].workload, m_causes[i]), i, [](std::uint32_t) { return true; });
        }
    }

    Folded folded(Repeats repeats) &&
    {
        foldIntoControllers();
        if (repeats == Repeats::SayTheSame)
            addRepeats();
        const auto kept = static_cast<std::size_t>(std::ranges::count(m_rows, waiting));
        m_found.findings.reserve(kept);
        m_found.places.reserve(kept);
        m_found.objects.reserve(kept);
        m_found.workloads.reserve(kept);
        NumberIndex known(kept);
        for (std::uint32_t i = 0; i < m_drafts.size(); ++i) {
            if (m_rows[i] == waiting)
                takeRow(i, known);
        }
        for (const auto &[target, object] : m_folded) {
            if (m_rows[target] != dropped)
                m_found.others.emplace_back(m_rows[target], object);
        }
        return std::move(m_found);
    }

private:
    static constexpr std::uint32_t waiting = ~0U;
    static constexpr std::uint32_t dropped = ~0U - 1; ///< into another, or for good

    /// Few causes stand in many drafts: their texts are kept and compared once.
    std::uint32_t internCause(const std::string &cause)
    {
        if (!m_texts.empty() && cause == *m_texts[m_last])
            return m_last;
        const auto [it, isNew] = m_ids.try_emplace(cause, static_cast<std::uint32_t>(m_texts.size()));
        if (isNew)
            m_texts.push_back(&it->first);
        m_last = it->second;
        return m_last;
    }

    /// A cause at a workload.
    static std::uint64_t placeOf(int workload, std::uint32_t cause)
    {
        return static_cast<std::uint64_t>(static_cast<std::uint32_t>(workload)) << 32U | cause;
    }

    void foldIntoControllers()
    {
        const std::vector<CheckedWorkload> &workloads = m_prepared.workloads();
        for (std::uint32_t i = 0; i < m_drafts.size(); ++i) {
            const int own = m_drafts[i].workload;
            std::uint32_t target = i;
            m_targets.push_back(i);
            if (own < 0)
                continue;
            int at = workloads[static_cast<std::size_t>(own)].parent;
            for (int link = 0; link < 16 && at >= 0; ++link) { // the outermost that says it comes last
                if (const std::uint32_t row = m_first.find(placeOf(at, m_causes[i])); row != NumberIndex::none)
                    target = row;
                at = workloads[static_cast<std::size_t>(at)].parent;
            }
            m_targets[i] = target;
            if (target != i) {
                m_folded.emplace_back(target, static_cast<std::uint32_t>(m_drafts[i].object));
                m_rows[i] = dropped;
            } else if (workloads[static_cast<std::size_t>(own)].dormant) {
                m_rows[i] = dropped; // its controller no longer says so, and it runs nothing
            }
        }
    }

    /// What is alike folds into the same finding: it has the same controllers, or this one is its controller, and all
    /// have the fingerprint of the outermost one.
    void addRepeats()
    {
        for (std::uint32_t i = 0; i < m_drafts.size(); ++i) {
            if (m_drafts[i].workload < 0)
                continue;
            const auto &workloads = m_prepared.workloads();
            for (const std::size_t other : workloads[static_cast<std::size_t>(m_drafts[i].workload)].repeats) {
                m_folded.emplace_back(m_targets[i], static_cast<std::uint32_t>(workloads[other].view.object));
                m_found.dependsOnNames = m_found.dependsOnNames
                    || (workloads[other].namesDiffer && m_texts[m_causes[i]]->find(madeUpVolume) != std::string::npos);
            }
        }
    }

    /// Makes a finding of a draft, or adds its objects to the one that has its fingerprint.
    void takeRow(std::uint32_t i, NumberIndex &known)
    {
        Draft &draft = m_drafts[i];
        const std::vector<std::size_t> also = std::move(draft.also);
        const int object = draft.object;
        const int workload = draft.workload;
        std::string id = idOf(m_check, m_prepared, draft, *m_texts[m_causes[i]]);
        const auto next = static_cast<std::uint32_t>(m_found.findings.size());
        const std::uint32_t row
            = known.findOrAdd(keyOf(id), next, [&](std::uint32_t other) { return m_found.findings[other].id == id; });
        m_rows[i] = row;
        if (row == next) {
            m_found.findings.push_back(
                findingOf(m_check, m_prepared, std::move(draft), std::move(id), m_found.places.emplace_back()));
            m_found.objects.push_back(object);
            m_found.workloads.push_back(workload);
        } else if (object >= 0) {
            m_found.others.emplace_back(row, static_cast<std::uint32_t>(object));
        }
        for (const std::size_t other : also)
            m_found.others.emplace_back(row, static_cast<std::uint32_t>(other));
    }

    const Check &m_check;
    const Prepared &m_prepared;
    std::vector<Draft> m_drafts;
    std::unordered_map<std::string, std::uint32_t> m_ids; ///< of causes
    std::vector<const std::string *> m_texts;             ///< of causes, by id
    std::uint32_t m_last = 0;                             ///< the cause that came last
    std::vector<std::uint32_t> m_causes;                  ///< of each draft
    std::vector<std::uint32_t> m_rows;                    ///< of each draft: its finding
    std::vector<std::uint32_t> m_targets;                 ///< of each draft: the one into which it folds; itself
    NumberIndex m_first;                                  ///< the first draft with a cause at a workload
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_folded; ///< draft, and an object that says the same
    Folded m_found;
};

/// Objects by namespace, kind, name and version: numbers are compared instead of four texts.
struct NameRanks
{
    explicit NameRanks(const Prepared &prepared)
    {
        const std::vector<Object> &objects = prepared.input().cluster->objects;
        const auto nameOrder = [&](std::uint32_t index) {
            const Object &object = objects[index];
            return std::tuple(object.namespaceName, object.kind, object.name, object.apiVersion, index);
        };
        order = prepared.input().cluster->byIdentity; // by kind, namespace and name
        if (order.size() != objects.size()) {
            order.resize(objects.size());
            std::iota(order.begin(), order.end(), 0U);
            std::ranges::sort(order, {}, nameOrder);
        }
        std::vector<std::pair<std::size_t, std::size_t>> runs; // of one kind and namespace, in order
        for (std::size_t begin = 0; begin < order.size();) {
            std::size_t end = begin + 1;
            while (end < order.size() && objects[order[end]].kind == objects[order[begin]].kind
                && objects[order[end]].namespaceName == objects[order[begin]].namespaceName)
                ++end;
            const auto run = std::span(order).subspan(begin, end - begin);
            if (!std::ranges::is_sorted(run, {}, nameOrder))
                std::ranges::sort(run, {}, nameOrder);
            runs.emplace_back(begin, end);
            begin = end;
        }
        std::ranges::sort(runs, {}, [&](const auto &run) { return nameOrder(order[run.first]); });
        std::vector<std::uint32_t> sorted;
        sorted.reserve(order.size());
        for (const auto &[begin, end] : runs)
            sorted.insert(sorted.end(), order.begin() + static_cast<std::ptrdiff_t>(begin),
                order.begin() + static_cast<std::ptrdiff_t>(end));
        order = std::move(sorted);
        ranks.resize(order.size());
        for (std::uint32_t rank = 0; rank < order.size(); ++rank)
            ranks[order[rank]] = rank;
    }

    std::vector<std::uint32_t> order; ///< indexes of objects
    std::vector<std::uint32_t> ranks; ///< by object
};

/// What one check found in all parts, as one.
class Joiner
{
public:
    explicit Joiner(std::vector<Folded> parts)
    {
        if (parts.size() == 1)
            m_found = std::move(parts.front());
        else
            join(parts);
    }

    /// Names the objects that say the same as a finding.
    std::vector<Finding> named(const Prepared &prepared) &&
    {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> &others = m_found.others;
        if (others.empty())
            return std::move(m_found.findings);
        const std::vector<Object> &objects = prepared.input().cluster->objects;
        const NameRanks &names = prepared.shared<NameRanks>();
        for (auto &[row, other] : others)
            other = names.ranks[other];
        std::ranges::sort(others);
        others.erase(std::unique(others.begin(), others.end()), others.end());
        for (auto begin = others.begin(); begin != others.end();) {
            const std::uint32_t row = begin->first;
            const auto end = std::find_if(begin, others.end(), [&](const auto &other) { return other.first != row; });
            std::vector<ObjectName> &also = m_found.findings[row].also;
            also.reserve(static_cast<std::size_t>(end - begin));
            for (; begin != end; ++begin) {
                const std::uint32_t object = names.order[begin->second];
                if (static_cast<int>(object) != m_found.objects[row])
                    also.push_back(nameOf(objects[object]));
            }
        }
        return std::move(m_found.findings);
    }

private:
    void join(std::vector<Folded> &parts)
    {
        std::size_t count = 0;
        for (const Folded &part : parts)
            count += part.findings.size();
        m_found.findings.reserve(count);
        m_found.objects.reserve(count);
        m_found.workloads.reserve(count);
        NumberIndex known(count);
        std::vector<std::uint32_t> rows;
        for (Folded &part : parts) {
            rows.clear();
            for (std::size_t i = 0; i < part.findings.size(); ++i)
                rows.push_back(takeRow(part, i, known));
            for (const auto &[row, object] : part.others)
                m_found.others.emplace_back(rows[row], object);
            part = {};
        }
    }

    std::uint32_t takeRow(Folded &part, std::size_t i, NumberIndex &known)
    {
        Finding &finding = part.findings[i];
        const auto next = static_cast<std::uint32_t>(m_found.findings.size());
        const std::uint32_t row = known.findOrAdd(
            keyOf(finding.id), next, [&](std::uint32_t other) { return m_found.findings[other].id == finding.id; });
        int other = part.objects[i];
        if (row == next) {
            m_found.findings.push_back(std::move(finding));
            m_found.objects.push_back(part.objects[i]);
            m_found.workloads.push_back(part.workloads[i]);
            return row;
        }
        if (part.workloads[i] < m_found.workloads[row]) {
            m_found.findings[row] = std::move(finding);
            m_found.workloads[row] = part.workloads[i];
            std::swap(m_found.objects[row], other);
        }
        if (other >= 0)
            m_found.others.emplace_back(row, static_cast<std::uint32_t>(other));
        return row;
    }

    Folded m_found;
};

auto objectOrder(const Finding &finding)
{
    static const ObjectName none;
    const ObjectName &object = finding.object ? *finding.object : none;
    return std::tie(object.namespaceName, object.kind, object.name);
}

} // namespace

bool isBefore(const Finding &a, const Finding &b)
{
    if (a.systemNamespace != b.systemNamespace)
        return b.systemNamespace;
    const auto objects = objectOrder(a) <=> objectOrder(b);
    if (std::is_neq(objects))
        return std::is_lt(objects);
    return std::tie(a.container, a.field, a.image, a.path, a.variant, a.id)
        < std::tie(b.container, b.field, b.image, b.path, b.variant, b.id);
}

namespace {

/// Findings are large: what is moved about while sorting are their numbers.
std::vector<std::uint32_t> sortedOrder(const std::vector<Finding> &findings)
{
    std::vector<std::uint32_t> order(findings.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(
        order, [&](std::uint32_t first, std::uint32_t second) { return isBefore(findings[first], findings[second]); });
    return order;
}

} // namespace

Folded fold(const Check &check, const Prepared &prepared, std::vector<Draft> drafts, Repeats repeats)
{
    if (drafts.empty())
        return {};
    return Folder(check, prepared, std::move(drafts)).folded(repeats);
}

Collapsed collapse(const Prepared &prepared, std::vector<Folded> parts)
{
    std::erase_if(parts, [](const Folded &part) { return part.findings.empty(); });
    if (parts.empty())
        return {};
    Collapsed collapsed;
    collapsed.findings = Joiner(std::move(parts)).named(prepared);
    collapsed.order = sortedOrder(collapsed.findings);
    return collapsed;
}

} // namespace tally
