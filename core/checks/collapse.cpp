// SPDX-License-Identifier: Apache-2.0
#include "core/checks/collapse.h"

#include "core/base/parallel.h"
#include "core/checks/fingerprint.h"
#include "core/cluster/known_kinds.h"
#include "core/document/yaml_view.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <compare>
#include <cstdint>
#include <functional>
#include <numeric>
#include <optional>
#include <span>
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

    Collapsed collapsed() &&
    {
        foldIntoControllers();
        const auto kept = static_cast<std::size_t>(std::ranges::count(m_rows, waiting));
        m_found.findings.reserve(kept);
        m_found.places.reserve(kept);
        m_found.objects.reserve(kept);
        NumberIndex known(kept);
        for (std::uint32_t i = 0; i < m_drafts.size(); ++i) {
            if (m_rows[i] == waiting)
                takeRow(i, known);
        }
        for (const auto &[target, object] : m_folded) {
            if (m_rows[target] != dropped)
                m_others.emplace_back(m_rows[target], object);
        }
        nameOthers();
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
            if (own < 0)
                continue;
            std::uint32_t target = i;
            int at = workloads[static_cast<std::size_t>(own)].parent;
            for (int link = 0; link < 16 && at >= 0; ++link) { // the outermost that says it comes last
                if (const std::uint32_t row = m_first.find(placeOf(at, m_causes[i])); row != NumberIndex::none)
                    target = row;
                at = workloads[static_cast<std::size_t>(at)].parent;
            }
            if (target != i) {
                m_folded.emplace_back(target, static_cast<std::uint32_t>(m_drafts[i].object));
                m_rows[i] = dropped;
            } else if (workloads[static_cast<std::size_t>(own)].dormant) {
                m_rows[i] = dropped; // its controller no longer says so, and it runs nothing
            }
        }
    }

    /// Makes a finding of a draft, or adds its objects to the one that has its fingerprint.
    void takeRow(std::uint32_t i, NumberIndex &known)
    {
        Draft &draft = m_drafts[i];
        const std::vector<std::size_t> also = std::move(draft.also);
        const int object = draft.object;
        std::string id = idOf(m_check, m_prepared, draft, *m_texts[m_causes[i]]);
        std::uint64_t key = 0;
        std::from_chars(id.data(), id.data() + 16, key, 16);
        const auto next = static_cast<std::uint32_t>(m_found.findings.size());
        const std::uint32_t row
            = known.findOrAdd(key, next, [&](std::uint32_t other) { return m_found.findings[other].id == id; });
        m_rows[i] = row;
        if (row == next) {
            m_found.findings.push_back(
                findingOf(m_check, m_prepared, std::move(draft), std::move(id), m_found.places.emplace_back()));
            m_found.objects.push_back(object);
        } else if (object >= 0) {
            m_others.emplace_back(row, static_cast<std::uint32_t>(object));
        }
        for (const std::size_t other : also)
            m_others.emplace_back(row, static_cast<std::uint32_t>(other));
    }

    void nameOthers()
    {
        const std::vector<Object> *objects = m_others.empty() ? nullptr : &m_prepared.input().cluster->objects;
        std::ranges::sort(m_others);
        m_others.erase(std::unique(m_others.begin(), m_others.end()), m_others.end());
        for (auto begin = m_others.begin(); begin != m_others.end();) {
            const std::uint32_t row = begin->first;
            const auto end = std::find_if(begin, m_others.end(), [&](const auto &other) { return other.first != row; });
            std::sort(begin, end, [&](const auto &a, const auto &b) {
                return nameOrder((*objects)[a.second]) < nameOrder((*objects)[b.second]);
            });
            std::vector<ObjectName> &also = m_found.findings[row].also;
            also.reserve(static_cast<std::size_t>(end - begin));
            for (; begin != end; ++begin) {
                if (static_cast<int>(begin->second) != m_found.objects[row])
                    also.push_back(nameOf((*objects)[begin->second]));
            }
        }
    }

    static std::tuple<std::string_view, std::string_view, std::string_view, std::string_view> nameOrder(
        const Object &object)
    {
        return {object.namespaceName, object.kind, object.name, object.apiVersion};
    }

    const Check &m_check;
    const Prepared &m_prepared;
    std::vector<Draft> m_drafts;
    std::unordered_map<std::string, std::uint32_t> m_ids;          ///< of causes
    std::vector<const std::string *> m_texts;                      ///< of causes, by id
    std::uint32_t m_last = 0;                                      ///< the cause that came last
    std::vector<std::uint32_t> m_causes;                           ///< of each draft
    std::vector<std::uint32_t> m_rows;                             ///< of each draft: its finding
    NumberIndex m_first;                                           ///< the first draft with a cause at a workload
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_folded; ///< draft, and an object that says the same
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_others; ///< finding, and an object that says the same
    Collapsed m_found;
};

auto objectOrder(const Finding &finding)
{
    static const ObjectName none;
    const ObjectName &object = finding.object ? *finding.object : none;
    return std::tie(object.namespaceName, object.kind, object.name);
}

/// Of findings of one check.
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

/// Findings are large: what is moved about while sorting are their numbers.
std::vector<std::uint32_t> sortedOrder(const std::vector<Finding> &findings)
{
    std::vector<std::uint32_t> order(findings.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(
        order, [&](std::uint32_t first, std::uint32_t second) { return isBefore(findings[first], findings[second]); });
    return order;
}

/// A finding whose excerpt is to be rendered.
struct Wanted
{
    std::uint32_t object;
    Node place;
    Finding *finding;
};

void addExcerpt(Finding &finding, const Object &object, Node place)
{
    const YamlExcerpt excerpt = excerptAround(object.root, place, excerptLines);
    std::size_t size = 0;
    for (const std::string &line : excerpt.lines)
        size += line.size() + 1;
    finding.excerpt.reserve(size);
    for (const std::string &line : excerpt.lines)
        finding.excerpt.append(line).append("\n");
    finding.excerptLines = excerpt.numbers;
    finding.excerptHit = excerpt.hit;
}

/// Those of one object, in the order of their places.
void renderObject(std::span<const Wanted> wanted, const Object &object)
{
    constexpr std::size_t nodesOfExcerpt = 64; // that rendering one alone looks at, about
    const auto places = static_cast<std::size_t>(1
        + std::inner_product(wanted.begin() + 1, wanted.end(), wanted.begin(), std::ptrdiff_t{0}, std::plus<>(),
            [](const Wanted &a, const Wanted &b) { return a.place == b.place ? 0 : 1; }));
    std::optional<YamlExcerpts> whole;
    if (places > 1 && object.root.descendants() <= places * nodesOfExcerpt)
        whole.emplace(object.root);
    const Finding *last = nullptr;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        Finding &finding = *wanted[i].finding;
        if (i > 0 && wanted[i].place == wanted[i - 1].place) {
            finding.excerpt = last->excerpt;
            finding.excerptLines = last->excerptLines;
            finding.excerptHit = last->excerptHit;
        } else if (whole) {
            finding.excerptHit = whole->around(wanted[i].place, excerptLines, finding.excerpt, finding.excerptLines);
        } else {
            addExcerpt(finding, object, wanted[i].place);
        }
        last = &finding;
    }
}

void renderAll(std::span<const Wanted> wanted, const Cluster &cluster)
{
    while (!wanted.empty()) {
        const std::uint32_t object = wanted.front().object;
        const auto end = std::ranges::find_if(wanted, [&](const Wanted &other) { return other.object != object; });
        const auto count = static_cast<std::size_t>(end - wanted.begin());
        renderObject(wanted.first(count), cluster.objects[object]);
        wanted = wanted.subspan(count);
    }
}

} // namespace

Collapsed collapse(const Check &check, const Prepared &prepared, std::vector<Draft> drafts)
{
    if (drafts.empty())
        return {};
    Collapsed found = Folder(check, prepared, std::move(drafts)).collapsed();
    found.order = sortedOrder(found.findings);
    return found;
}

void addExcerpts(std::vector<Collapsed> &perCheck, const Cluster &cluster, const RunContext &run)
{
    std::vector<Wanted> wanted;
    for (Collapsed &found : perCheck) {
        for (std::size_t i = 0; i < found.findings.size(); ++i) {
            if (found.places[i])
                wanted.push_back({static_cast<std::uint32_t>(found.objects[i]), found.places[i], &found.findings[i]});
        }
    }
    std::ranges::sort(wanted, [](const Wanted &a, const Wanted &b) {
        return std::pair(a.object, a.place.index()) < std::pair(b.object, b.place.index());
    });
    // Pieces of the work end where an object does.
    constexpr std::size_t enough = 256;
    std::vector<std::size_t> ends{0};
    for (std::size_t i = 1; i < wanted.size(); ++i) {
        if (i - ends.back() >= enough && wanted[i].object != wanted[i - 1].object)
            ends.push_back(i);
    }
    ends.push_back(wanted.size());
    parallelFor(ends.size() - 1, [&](std::size_t piece) {
        if (!run.stopRequested())
            renderAll(std::span<const Wanted>(wanted).subspan(ends[piece], ends[piece + 1] - ends[piece]), cluster);
    });
}

} // namespace tally
