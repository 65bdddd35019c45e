// SPDX-License-Identifier: Apache-2.0
#include "core/audit/cluster_followers.h"

#include "core/audit/clusters.h"
#include "core/base/text_format.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace tally {

namespace {

/// Sources of both over those of any; the one that stands for the cluster tips the scales.
double likeness(const AuditCluster &one, const AuditCluster &other, int standing)
{
    std::vector<int> both;
    std::ranges::set_intersection(one.sources, other.sources, std::back_inserter(both));
    const std::size_t any = one.sources.size() + other.sources.size() - both.size();
    constexpr double little = 1e-9; // less than any two of these fractions differ by
    return static_cast<double>(both.size()) / static_cast<double>(any)
        + (std::ranges::binary_search(both, standing) ? little : 0);
}

/// The exception, and what it becomes.
using Move = std::pair<FindingException, FindingException>;

void giveNewKey(const KeyMoves &moved, std::optional<FindingException> &exception)
{
    const auto found = exception ? moved.find(exception->cluster) : moved.end();
    if (found != moved.end())
        exception->cluster = found->second;
}

} // namespace

const AuditCluster *successorOf(const AuditState &state, const AuditCluster &before)
{
    const int standing = standingSource(state, before);
    const AuditCluster *best = nullptr;
    double most = 0;
    for (const AuditCluster &each : state.clusters) {
        double like = likeness(before, each, standing);
        if (like > 0 && !before.cluster->uid.empty() && each.cluster->uid == before.cluster->uid)
            like += 1;
        if (like > most)
            best = &each;
        most = std::max(most, like);
    }
    return best;
}

KeyMoves movedKeys(const std::vector<AuditCluster> &before, const AuditState &state)
{
    KeyMoves moved;
    for (const AuditCluster &each : before) {
        const AuditCluster *now = successorOf(state, each);
        if (now && now->key != each.key)
            moved[each.key] = now->key;
    }
    return moved;
}

std::vector<Step> exceptionsThatFollow(const KeyMoves &moved, const AuditState &state)
{
    std::vector<Move> waiting;
    std::set<std::string> taken;
    for (const auto &[key, exception] : state.exceptions) {
        taken.insert(key);
        const auto found = exception.fingerprint.empty() ? moved.find(exception.cluster) : moved.end();
        if (found == moved.end())
            continue;
        waiting.emplace_back(exception, exception);
        waiting.back().second.cluster = found->second;
    }
    std::vector<Step> steps;
    std::vector<Step> last;
    while (!waiting.empty()) {
        // One whose place is not that of another one that still moves; in a ring, none is.
        auto next = std::ranges::find_if(waiting, [&waiting](const Move &move) {
            return std::ranges::none_of(waiting,
                [&move](const Move &other) { return &other != &move && other.first.key() == move.second.key(); });
        });
        const bool isRing = next == waiting.end();
        next = isRing ? waiting.begin() : next;
        const auto &[old, fresh] = *next;
        if (!isRing && taken.contains(fresh.key())) {
            steps.emplace_back(ExceptionStep{old, std::nullopt});
        } else if (isRing) {
            steps.emplace_back(ExceptionStep{old, std::nullopt});
            last.emplace_back(ExceptionStep{std::nullopt, fresh});
        } else {
            steps.emplace_back(ExceptionStep{old, fresh});
            taken.insert(fresh.key());
        }
        taken.erase(old.key());
        waiting.erase(next);
    }
    std::ranges::move(last, std::back_inserter(steps));
    return steps;
}

std::optional<AskedStep> askedThatFollow(const std::vector<AuditCluster> &before, const AuditState &state)
{
    if (before.empty() || state.asked.empty())
        return std::nullopt;
    if (state.clusters.empty()) // the last export was withdrawn
        return AskedStep{state.asked, {}};
    const auto holding = [](const std::vector<AuditCluster> &clusters, int source) {
        const auto found = std::ranges::find_if(
            clusters, [source](const AuditCluster &each) { return std::ranges::binary_search(each.sources, source); });
        return found == clusters.end() ? &clusters.front() : &*found;
    };
    std::vector<AskedKind> asked = state.asked;
    std::erase_if(asked, [&](const AskedKind &kind) { return !successorOf(state, *holding(before, kind.source)); });
    for (AskedKind &kind : asked) {
        const AuditCluster *wanted = successorOf(state, *holding(before, kind.source));
        if (wanted != holding(state.clusters, kind.source))
            kind.source = wanted == &state.clusters.front() ? 0 : standingSource(state, *wanted);
    }
    const auto key = [](const AskedKind &each) { return std::tie(each.source, each.kind, each.group); };
    const auto same = [&key](const AskedKind &one, const AskedKind &other) { return key(one) == key(other); };
    std::ranges::stable_sort(asked, {}, key);
    asked.erase(std::unique(asked.begin(), asked.end(), same), asked.end());
    if (asked == state.asked)
        return std::nullopt;
    return AskedStep{state.asked, std::move(asked)};
}

std::vector<Step> namesThatFollow(const std::vector<AuditCluster> &before, const AuditState &state)
{
    std::vector<Step> steps;
    const auto change = [&](int source, const std::string &name) {
        Setting setting;
        setting.key = clusterNameKey(source);
        setting.value = name;
        setting.at = rfc3339(outputTime());
        std::optional<Record> old = state.records.find(RecordType::Setting, setting.key);
        steps.emplace_back(RecordStep{std::move(old), Record(std::move(setting))});
    };
    for (const AuditCluster &each : before) {
        const std::optional<int> source = namingSource(state, each);
        const AuditCluster *now = source ? successorOf(state, each) : nullptr;
        if (!now || std::ranges::binary_search(now->sources, *source))
            continue;
        change(*source, {});
        if (!namingSource(state, *now))
            change(standingSource(state, *now), state.records.settings.at(clusterNameKey(*source)).value);
    }
    return steps;
}

void giveNewKeys(const KeyMoves &moved, std::vector<StepGroup> &groups)
{
    if (moved.empty())
        return;
    for (StepGroup &group : groups) {
        for (Step &step : group) {
            if (auto *exception = std::get_if<ExceptionStep>(&step)) {
                giveNewKey(moved, exception->before);
                giveNewKey(moved, exception->after);
            }
        }
    }
}

} // namespace tally
