// SPDX-License-Identifier: Apache-2.0
#include "core/audit/withdrawals.h"

#include "core/audit/clusters.h"
#include "core/base/messages_audit.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace tally {

namespace {

/// Where a message of the source stands among those of the others.
std::vector<Diagnostic>::iterator placeOf(std::vector<Diagnostic> &all, int source)
{
    return std::ranges::find_if(all, [source](const Diagnostic &each) { return each.source > source; });
}

bool isSource(const AuditState &state, std::int64_t number)
{
    return number > 0 && static_cast<std::size_t>(number) <= state.sources.size();
}

using Names = std::set<std::tuple<std::string_view, std::string_view, std::string_view>>;

Names namesIn(const Cluster &cluster)
{
    Names names;
    for (const Object &object : cluster.objects)
        names.emplace(object.kind, object.namespaceName, object.name);
    return names;
}

/// At least half of what the smaller one shows.
bool showsTheSame(const Names &one, const Names &other)
{
    std::vector<Names::value_type> both;
    std::ranges::set_intersection(one, other, std::back_inserter(both));
    return !both.empty() && both.size() * 2 >= std::min(one.size(), other.size());
}

/// What the cluster of a source is called in fingerprints; nothing: it belongs to none.
std::optional<std::string> identityOf(const AuditState &state, int source)
{
    const AuditCluster *cluster = state.clusterOf(source);
    return cluster ? std::optional(cluster->identity) : std::nullopt;
}

} // namespace

std::string withdrawalKey(int source)
{
    return std::to_string(source + 1);
}

const SourceWithdrawal *AuditState::withdrawalOf(int source) const
{
    if (records.withdrawals.empty())
        return nullptr;
    const auto found = records.withdrawals.find(withdrawalKey(source));
    return found == records.withdrawals.end() ? nullptr : &found->second;
}

void settleWithdrawals(AuditState &state)
{
    const auto counts = [&state](const ImagePtr &image) { return state.withdrawalOf(image->source) == nullptr; };
    const std::size_t before = state.images.size();
    std::vector<ImagePtr> images = std::exchange(state.images, {});
    images.insert(images.end(), state.withdrawnImages.begin(), state.withdrawnImages.end());
    std::ranges::stable_sort(images, {}, [](const ImagePtr &image) { return image->source; });
    state.withdrawnImages.clear();
    std::partition_copy(images.begin(), images.end(), std::back_inserter(state.images),
        std::back_inserter(state.withdrawnImages), counts);
    if (state.images.size() != before)
        forgetImages(state);

    std::vector<Diagnostic> said = std::exchange(state.withdrawnDiagnostics, {});
    const auto isOut = [&state](const Diagnostic &each) { return state.withdrawalOf(each.source) != nullptr; };
    std::ranges::copy_if(state.diagnostics, std::back_inserter(said), isOut);
    std::erase_if(state.diagnostics, isOut);
    for (Diagnostic &each : said) {
        if (isOut(each))
            state.withdrawnDiagnostics.push_back(std::move(each));
        else
            state.diagnostics.insert(placeOf(state.diagnostics, each.source), each);
    }
    regroupClusters(state);
}

void forgetImages(AuditState &state)
{
    if (!state.run)
        return;
    auto run = std::make_shared<Assessment>(*state.run);
    for (Finding &finding : run->findings) {
        if (finding.imageIndex >= 0)
            finding.imageIndex = std::numeric_limits<int>::max(); // about an image, and about none that is there
    }
    state.run = std::move(run);
}

std::optional<Message> validateWithdrawal(const AuditState &state, const SourceWithdrawal &withdrawal)
{
    std::int64_t number = 0;
    const char *end = withdrawal.key.data() + withdrawal.key.size();
    const auto [stop, error] = std::from_chars(withdrawal.key.data(), end, number);
    const bool isThere = error == std::errc{} && stop == end && isSource(state, number);
    if (!isThere || withdrawal.key != std::to_string(number))
        return Message{auditDef("withdrawal.no-source"), {withdrawal.key}};
    if (withdrawal.successor && (!isSource(state, *withdrawal.successor) || *withdrawal.successor == number))
        return Message{auditDef("withdrawal.no-source"), {std::to_string(*withdrawal.successor)}};
    return std::nullopt;
}

std::vector<int> supersededBy(const AuditState &state, int source)
{
    std::vector<int> older;
    const AuditCluster *cluster = state.clusterOf(source);
    if (!cluster || cluster->sources.size() < 2)
        return older;
    const auto exportOf
        = [&state](int each) -> const Cluster & { return *state.exports[static_cast<std::size_t>(each)]; };
    const Names own = namesIn(exportOf(source));
    for (const int other : cluster->sources) {
        if (other == source)
            continue;
        const bool sameUid = !exportOf(source).uid.empty() && exportOf(source).uid == exportOf(other).uid;
        if (sameUid || showsTheSame(own, namesIn(exportOf(other))))
            older.push_back(other);
    }
    return older;
}

std::vector<AuditChange> withdraw(
    const std::vector<int> &sources, const std::string &reason, std::optional<int> successor)
{
    std::vector<AuditChange> changes;
    for (const int source : sources) {
        SourceWithdrawal withdrawal;
        withdrawal.key = withdrawalKey(source);
        withdrawal.reason = reason;
        if (successor)
            withdrawal.successor = *successor + 1;
        changes.emplace_back(Record(std::move(withdrawal)));
    }
    return changes;
}

std::size_t saidThatIsLost(const AuditState &state, const std::vector<AuditChange> &changes)
{
    if (!state.run)
        return 0;
    AuditState next = state;
    for (const AuditChange &change : changes) {
        if (const auto *record = std::get_if<Record>(&change))
            next.records.put(*record);
        else if (const auto *removal = std::get_if<RecordRemoval>(&change))
            next.records.remove(removal->type, removal->key);
    }
    settleWithdrawals(next);
    std::set<int> changed;
    for (std::size_t i = 0; i < state.sources.size(); ++i) {
        const int source = static_cast<int>(i);
        const auto before = identityOf(state, source);
        const auto after = identityOf(next, source);
        if (before && after && *before != *after)
            changed.insert(source);
    }
    return saidOfFindings(state, [&changed](const Finding &finding) { return changed.contains(finding.source); });
}

} // namespace tally
