// SPDX-License-Identifier: Apache-2.0
#include "app/cli/adding.h"
#include "app/cli/commands.h"

#include "core/audit/clusters.h"
#include "core/base/ascii.h"
#include "core/base/messages_scope.h"

#include <charconv>
#include <cstdio>
#include <map>
#include <optional>
#include <utility>

namespace tally::cli {

namespace {

/// Index of a source that holds something of a cluster, from its number as it is listed; -1: there is none.
int exportOf(const AuditState &state, std::string_view number)
{
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    const bool isNumber = error == std::errc{} && end == number.data() + number.size();
    return isNumber && value > 0 && value <= state.exports.size() && state.clusterOf(static_cast<int>(value) - 1)
        ? static_cast<int>(value) - 1
        : -1;
}

Record setting(std::string key, std::string value, const std::string &by)
{
    Setting made;
    made.key = std::move(key);
    made.value = std::move(value);
    made.by = by;
    return made;
}

/// "2=1": the export 2 belongs to the cluster of the export 1; "2=new": to one of its own.
std::optional<std::pair<int, int>> moveIn(const AuditState &state, std::string_view text)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos)
        return std::nullopt;
    const int source = exportOf(state, trimmed(text.substr(0, equals)));
    const std::string_view to = trimmed(text.substr(equals + 1));
    const int other = to == "new" ? source : exportOf(state, to);
    if (source < 0 || other < 0 || (source == other && to != "new"))
        return std::nullopt;
    return std::pair(source, other);
}

/// "2=staging": the cluster of the export 2 is called so.
std::optional<Record> naming(const AuditState &state, std::string_view text, const std::string &by)
{
    const std::size_t equals = text.find('=');
    const int source = equals == std::string_view::npos ? -1 : exportOf(state, trimmed(text.substr(0, equals)));
    const AuditCluster *cluster = source < 0 ? nullptr : state.clusterOf(source);
    if (!cluster)
        return std::nullopt;
    return setting(clusterNameKey(standingSource(state, *cluster)), std::string(trimmed(text.substr(equals + 1))), by);
}

void print(const AuditState &state)
{
    for (const AuditCluster &cluster : state.clusters) {
        std::printf("%s  %s  %zu  %s\n", printable(cluster.name).c_str(),
            cluster.cluster->uid.empty() ? "-" : printable(cluster.cluster->uid).c_str(),
            cluster.cluster->objects.size(), printable(cluster.cluster->kubernetesVersion).c_str());
        for (const int source : cluster.sources)
            std::printf(
                "  %d  %s\n", source + 1, printable(state.sources[static_cast<std::size_t>(source)].name).c_str());
    }
}

} // namespace

int clustersCommand(const Console &console, const ClustersOptions &options)
{
    const auto rules = loadRules(options.resources);
    auto audit = Audit::open(options.audit);
    if (console.failed(rules) || console.failed(audit))
        return NothingUsable;
    const auto wrong = [&console](const std::string &text) {
        console.say({scopeDef("clusters.bad-call"), {printable(text)}});
        return WrongCall;
    };
    std::vector<AuditChange> changes;
    std::map<int, int> moves;
    for (const std::string &text : options.assign) {
        const auto move = moveIn(*audit->state(), text);
        if (!move)
            return wrong(text);
        moves.insert_or_assign(move->first, move->second);
    }
    if (!moves.empty()) {
        for (Setting &each : assignExports(*audit->state(), moves)) {
            each.by = options.by;
            changes.emplace_back(Record(std::move(each)));
        }
    }
    for (const std::string &text : options.names) {
        auto change = naming(*audit->state(), text, options.by);
        if (!change)
            return wrong(text);
        changes.emplace_back(*std::move(change));
    }
    audit->setActor(options.by);
    if (!changes.empty()) {
        if (options.by.empty())
            sayNobodyNamed(console);
        if (!isAccepted(console, *audit->state(), changes, options.loseDecisions))
            return Reached;
        auto done = audit->change(changes);
        if (done && !options.assign.empty())
            done = judgeAll(*audit, *rules);
        if (console.failed(done))
            return NothingUsable;
    }
    print(*audit->state());
    return Done;
}

} // namespace tally::cli
