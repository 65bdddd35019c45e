// SPDX-License-Identifier: Apache-2.0
#include "core/audit/comparison_parts.h"
#include "core/checks/identity.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <tuple>

namespace tally {

namespace {

constexpr std::string_view separator = "\x1f";

std::string_view namespaceOf(const Finding &finding)
{
    if (!finding.object)
        return {};
    return finding.object->kind == "Namespace" ? std::string_view(finding.object->name)
                                               : std::string_view(finding.object->namespaceName);
}

/// "a[3].b" -> "a[].b": which item of a list it is may be what changed.
std::string withoutIndexes(std::string_view field)
{
    std::string text;
    for (std::size_t i = 0; i < field.size(); ++i) {
        text += field[i];
        if (field[i] != '[')
            continue;
        const std::size_t end = field.find_first_not_of("0123456789", i + 1);
        if (end != std::string_view::npos && end > i + 1 && field[end] == ']')
            i = end - 1;
    }
    return text;
}

/// What is left if a fingerprint is not: the same check at the same object, container and field.
std::string roughPlace(const Finding &finding, const std::string &image)
{
    std::string key = finding.check;
    const auto add = [&key](std::string_view part) { key.append(separator).append(part); };
    if (finding.object) {
        add(finding.object->kind);
        add(finding.object->namespaceName);
        add(finding.object->name);
    }
    add(image);
    add(finding.container);
    add(withoutIndexes(finding.field));
    add(finding.path);
    return key;
}

/// "Deployment shop/web", as check functions name the object.
std::string labelOf(const Finding &finding)
{
    if (!finding.object)
        return finding.image;
    const ObjectName &object = *finding.object;
    return object.kind + ' ' + (object.namespaceName.empty() ? "" : object.namespaceName + '/') + object.name;
}

/// What the finding says, without the name of the Pod that it happens to stand at.
bool saysTheSame(const Finding &one, const Finding &other)
{
    if (one.variant != other.variant)
        return false;
    if (one.args == other.args)
        return true;
    if (one.args.size() != other.args.size())
        return false;
    for (std::size_t i = 0; i < one.args.size(); ++i) {
        if (one.args[i] != other.args[i] && (one.args[i] != labelOf(one) || other.args[i] != labelOf(other)))
            return false;
    }
    return true;
}

class FindingComparer
{
public:
    FindingComparer(AuditComparison &into, const Assessment &before, const CheckSet &checks)
        : m_into(into)
        , m_checks(checks)
        , m_before(before.findings)
        , m_after(into.after->run->findings)
        , m_partner(m_after.size(), none)
        , m_matched(m_before.size(), false)
    {
        for (const ComparedCluster &each : into.clusters)
            m_sights.push_back({Sight(*into.before, each.before), Sight(*into.after, each.after)});
        if (m_sights.empty())
            m_sights.push_back({Sight(*into.before, nullptr), Sight(*into.after, nullptr)});
    }

    void compare()
    {
        matchByFingerprint();
        matchByPlace();
        indexAnew();
        for (std::size_t i = 0; i < m_after.size(); ++i) {
            if (isCompared(m_after[i], After))
                add(m_partner[i] == none ? arrived(m_after[i]) : stayed(m_before[m_partner[i]], m_after[i]));
        }
        for (std::size_t i = 0; i < m_before.size(); ++i) {
            if (!m_matched[i] && isCompared(m_before[i], Before))
                add(left(m_before[i]));
        }
        std::ranges::stable_sort(m_into.findings, {}, &ComparedFinding::fate);
    }

private:
    static constexpr std::size_t none = ~std::size_t(0);
    using Order = std::vector<std::size_t>;

    enum Side : bool { Before, After };

    /// Which of m_into.clusters the finding is about; 0 where there is nothing to choose from.
    [[nodiscard]] std::size_t placeIn(const Finding &finding, Side side) const
    {
        for (std::size_t i = 0; m_into.clusters.size() > 1 && i < m_into.clusters.size(); ++i) {
            const AuditCluster *one = side == Before ? m_into.clusters[i].before : m_into.clusters[i].after;
            const AuditState &state = side == Before ? *m_into.before : *m_into.after;
            if (one && (one->key == finding.cluster || (finding.cluster.empty() && state.clusters.size() == 1)))
                return i;
        }
        return 0;
    }

    /// Of another cluster, nothing is compared.
    [[nodiscard]] bool isCompared(const Finding &finding, Side side) const
    {
        if (m_into.notComparable)
            return false;
        if (finding.imageIndex >= 0 || m_into.before->clusters.empty() || m_into.after->clusters.empty())
            return true;
        return m_into.clustersCompared && m_into.clusters[placeIn(finding, side)].isPair();
    }

    static Order byId(const std::vector<Finding> &findings)
    {
        Order order(findings.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        std::ranges::stable_sort(order, {}, [&](std::size_t i) { return std::string_view(findings[i].id); });
        return order;
    }

    void pair(std::size_t before, std::size_t after)
    {
        m_partner[after] = before;
        m_matched[before] = true;
    }

    void matchByFingerprint()
    {
        const Order one = byId(m_before);
        const Order other = byId(m_after);
        for (auto before = one.begin(), after = other.begin(); before != one.end() && after != other.end();) {
            const auto order = m_before[*before].id <=> m_after[*after].id;
            if (order == 0) {
                const std::size_t old = *before++;
                const std::size_t found = *after++;
                if (m_before[old].imageIndex >= 0 || placeIn(m_before[old], Before) == placeIn(m_after[found], After))
                    pair(old, found);
            } else if (order < 0)
                ++before;
            else
                ++after;
        }
    }

    [[nodiscard]] std::string placeOf(const Finding &finding, Side side) const
    {
        const AuditState &state = side == Before ? *m_into.before : *m_into.after;
        const auto index = static_cast<std::size_t>(finding.imageIndex);
        const bool opened = finding.imageIndex >= 0 && index < state.images.size();
        return std::to_string(placeIn(finding, side))
            + roughPlace(finding, opened ? imageKey(*state.images[index]) : std::string());
    }

    /// An item without a name goes by its content: with another port, a rule is another item. Where one finding is left
    /// over on both sides at such a place, it is still the same one.
    void matchByPlace()
    {
        std::map<std::string, std::pair<Order, Order>> places;
        for (std::size_t i = 0; i < m_before.size(); ++i) {
            if (!m_matched[i] && isCompared(m_before[i], Before) && !m_before[i].isClusterWide())
                places[placeOf(m_before[i], Before)].first.push_back(i);
        }
        for (std::size_t i = 0; i < m_after.size(); ++i) {
            if (m_partner[i] != none || !isCompared(m_after[i], After))
                continue;
            if (const auto found = places.find(placeOf(m_after[i], After)); found != places.end())
                found->second.second.push_back(i);
        }
        for (const auto &[place, sides] : places) {
            const auto &[before, after] = sides;
            if (before.size() == 1 && after.size() == 1)
                pair(before.front(), after.front());
            else
                pairAlike(before, after);
        }
    }

    /// Several: those that say word for word the same, where only one on each side does.
    void pairAlike(const Order &before, const Order &after)
    {
        const auto words = [](const Finding &finding) {
            std::string text = finding.variant;
            for (const std::string &arg : finding.args)
                text.append(separator).append(arg);
            return text;
        };
        std::map<std::string, std::pair<Order, Order>> said;
        for (const std::size_t i : before)
            said[words(m_before[i])].first.push_back(i);
        for (const std::size_t i : after)
            said[words(m_after[i])].second.push_back(i);
        for (const auto &[text, sides] : said) {
            if (sides.first.size() == 1 && sides.second.size() == 1)
                pair(sides.first.front(), sides.second.front());
        }
    }

    void indexAnew()
    {
        if (!m_into.beforeAnew || m_into.judgedAnew)
            return;
        for (const Finding &finding : m_into.beforeAnew->findings)
            m_anew.emplace(finding.id, &finding);
    }

    [[nodiscard]] const Finding *foundAnew(const Finding &finding) const
    {
        const auto found = m_anew.find(finding.id);
        return found == m_anew.end() ? nullptr : found->second;
    }

    [[nodiscard]] ComparedFinding arrived(const Finding &finding) const
    {
        ComparedFinding row;
        row.after = &finding;
        row.beforeByRules = foundAnew(finding);
        row.fate = row.beforeByRules ? FindingFate::NewByRules : FindingFate::New;
        return row;
    }

    [[nodiscard]] static ComparedFinding stayed(const Finding &before, const Finding &after)
    {
        ComparedFinding row;
        row.before = &before;
        row.after = &after;
        if (before.severity != after.severity)
            row.changes.push_back(FindingChange::Severity);
        if (!saysTheSame(before, after))
            row.changes.push_back(FindingChange::Statement);
        if (before.id != after.id)
            row.changes.push_back(FindingChange::Place);
        row.fate = row.changes.empty() ? FindingFate::Same : FindingFate::Changed;
        return row;
    }

    [[nodiscard]] ComparedFinding left(const Finding &finding) const
    {
        ComparedFinding row;
        row.before = &finding;
        const Check *check = m_checks.find(finding.check);
        if (!check || (m_into.beforeAnew && !m_into.judgedAnew && !foundAnew(finding))) {
            row.fate = FindingFate::GoneByRules;
            return row;
        }
        row.missing = missingFor(finding, *check);
        row.fate = row.missing.empty() ? FindingFate::Gone : FindingFate::NotLookedAt;
        return row;
    }

    /// What the new audit would have needed to see it; empty: it looked.
    [[nodiscard]] std::vector<std::string> missingFor(const Finding &finding, const Check &check) const
    {
        std::set<std::string> missing;
        const Sights &sights = m_sights[placeIn(finding, Before)];
        const Sight &sight = sights.after;
        const std::vector<std::string> &now = sight.limitsOf(check);
        const std::vector<std::string> &then = sights.before.limitsOf(check);
        std::ranges::set_difference(now, then, std::inserter(missing, missing.end()));
        if (finding.object) {
            // Other namespaces and other images than those of the finding need not be seen.
            missing.erase("namespaces");
            const ObjectName &object = *finding.object;
            if (!sight.sees(object.kind, object.kind == "Namespace" ? "" : namespaceOf(finding)))
                missing.insert(
                    sight.sees(object.kind, {}) || object.namespaceName.empty() ? object.kind : "namespaces");
        } else if (finding.imageIndex >= 0) {
            missing.erase("image");
            missing.erase("image-parts");
            const auto index = static_cast<std::size_t>(finding.imageIndex);
            const std::vector<ImagePtr> &images = m_into.before->images;
            const Image *image
                = index < images.size() ? sight.image(imageKey(*images[index]), images[index]->platform) : nullptr;
            if (!image)
                missing.insert("image");
            else if (!isReadWhole(*image))
                missing.insert("image-parts");
        }
        return {missing.begin(), missing.end()};
    }

    void add(ComparedFinding row)
    {
        ++m_into.counts.at(static_cast<std::size_t>(row.fate));
        m_into.findings.push_back(std::move(row));
    }

    AuditComparison &m_into;
    const CheckSet &m_checks;
    const std::vector<Finding> &m_before;
    const std::vector<Finding> &m_after;
    struct Sights
    {
        Sight before;
        Sight after;
    };
    std::vector<Sights> m_sights;       ///< of m_into.clusters; one where there are none
    std::vector<std::size_t> m_partner; ///< of each finding of the new run
    std::vector<bool> m_matched;        ///< of each finding of the old run
    std::map<std::string_view, const Finding *> m_anew;
};

} // namespace

Sight::Sight(const AuditState &state, const AuditCluster *of)
    : m_cluster(of ? of->cluster.get() : nullptr)
    , m_input(checkInputs(state).front())
{
    m_input.cluster = m_cluster;
    for (const ImagePtr &image : state.images)
        m_images.emplace(std::pair(imageKey(*image), image->platform), image.get());
    if (!m_cluster)
        return;
    const Cluster &cluster = *m_cluster;
    m_namespacesKnown = cluster.knows("Namespace") && !cluster.namespacesUnlisted;
    std::map<std::pair<int, std::string_view>, std::set<std::string_view>> files;
    for (const Object &object : cluster.objects) {
        m_there.emplace(object.kind, object.namespaceName);
        if (!object.namespaceName.empty())
            files[{object.source, object.file}].insert(object.namespaceName);
    }
    for (const auto &[file, namespaces] : files) {
        if (namespaces.size() > 1)
            m_spanned.insert(namespaces.begin(), namespaces.end());
    }
}

bool Sight::sees(std::string_view kind, std::string_view namespaceName) const
{
    if (!m_cluster || !m_cluster->knows(kind))
        return false;
    const Cluster &cluster = *m_cluster;
    if (namespaceName.empty() || m_there.contains({kind, namespaceName}))
        return true;
    for (const NamespaceEvidence &evidence : cluster.namespaceEvidence) {
        if (evidence.kind == kind && evidence.namespaceName == namespaceName)
            return evidence.state == KindState::Empty;
    }
    if (std::ranges::binary_search(cluster.uncoveredNamespaces, namespaceName))
        return false;
    // It was exported by files for all namespaces; or it is gone, which the list of them tells; or no object of the
    // kind is anywhere, which the export says.
    return m_spanned.contains(namespaceName) || cluster.stateOf(kind) == KindState::Empty
        || (m_namespacesKnown && !std::ranges::binary_search(cluster.namespaces, namespaceName));
}

const Image *Sight::image(const std::string &key, const std::string &platform) const
{
    const auto found = m_images.find({key, platform});
    return found == m_images.end() ? nullptr : found->second;
}

const std::vector<std::string> &Sight::limitsOf(const Check &check) const
{
    const auto [it, isNew] = m_limits.try_emplace(&check);
    if (isNew) {
        std::vector<std::string> &limits = it->second;
        limits = unmetNeeds(check, m_input);
        const std::vector<std::string> partial = partialNeeds(check, m_input);
        limits.insert(limits.end(), partial.begin(), partial.end());
        std::ranges::sort(limits);
        limits.erase(std::unique(limits.begin(), limits.end()), limits.end());
    }
    return it->second;
}

void compareFindings(AuditComparison &into, const Assessment &beforeRun, const CheckSet &checks)
{
    FindingComparer(into, beforeRun, checks).compare();
}

} // namespace tally
