// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/absence.h"
#include "core/checks/functions/functions.h"
#include "core/checks/functions/known_watchers.h"
#include "core/checks/selection.h"
#include "core/cluster/log_targets.h"

#include <algorithm>
#include <set>

namespace tally::checks {

namespace {

/// Is there an object of an entry "Kind.group" of the parameter?
bool holdsOneOf(const CheckContext &context, std::string_view parameter)
{
    return std::ranges::any_of(context.check().parameterList(parameter), [&](const std::string &entry) {
        const std::size_t dot = entry.find('.');
        return std::ranges::any_of(context.cluster()->ofKind(entry.substr(0, dot)), [&](std::size_t index) {
            return context.object(index).group() == std::string_view(entry).substr(dot + 1);
        });
    });
}

/// The controller may not be in the export.
bool runsOnEachNode(const CheckContext &context, const Watcher &watcher)
{
    const Node owners = context.object(watcher.object).root.at({"metadata", "ownerReferences"});
    return watcher.onEachNode || owners.item(0)["kind"].text() == "DaemonSet";
}

/// Pods on fewer nodes than there are, or not ready. A DaemonSet from a manifest has no status: nothing is known
/// against it.
bool missesNodes(const Watcher &watcher, std::int64_t nodes)
{
    return watcher.wanted && (*watcher.wanted < nodes || watcher.ready.value_or(0) < *watcher.wanted);
}

void reportGaps(CheckContext &context, const std::vector<Watcher> &agents)
{
    const auto nodes = static_cast<std::int64_t>(nodesOf(*context.cluster()).size());
    const auto misses = [nodes](const Watcher &agent) { return missesNodes(agent, nodes); };
    if (nodes == 0 || holdsOnlySome(*context.cluster(), "Node") || !std::ranges::all_of(agents, misses))
        return;
    const Watcher &best = *std::ranges::max_element(agents, {}, [](const Watcher &agent) { return agent.ready; });
    context.add(context.onObject(best.object, "status.numberReady")
                    .with(std::to_string(best.ready.value_or(0)))
                    .with(std::to_string(nodes))
                    .with(best.without.empty() ? "-" : joinedSome(best.without))
                    .as("partly"));
}

} // namespace

void logCollector(CheckContext &context)
{
    std::vector<Watcher> shippers = knownWatchers(context);
    std::erase_if(shippers, [](const Watcher &one) { return one.kind != WatcherKind::LogShipping; });
    std::ranges::sort(shippers, {}, [&](const Watcher &one) { return objectLabel(context.object(one.object)); });
    const bool operated = holdsOneOf(context, "operated_by");
    if (shippers.empty() && !operated) {
        reportAbsence(context);
        return;
    }
    std::vector<Watcher> agents;
    std::ranges::copy_if(
        shippers, std::back_inserter(agents), [&](const Watcher &one) { return runsOnEachNode(context, one); });
    const bool seesAgents = context.cluster()->knows("DaemonSet") && !holdsOnlySome(*context.cluster(), "Pod");
    if (!agents.empty())
        reportGaps(context, agents);
    else if (!operated && seesAgents)
        context.add(context.onObject(shippers.front().object, "metadata.name")
                        .with(std::string(shippers.front().name))
                        .as("no-agent"));
}

/// One finding where all that is known of the outputs stays in the cluster.
void logOutput(CheckContext &context)
{
    std::vector<LogTarget> targets = logTargets(*context.cluster());
    std::ranges::sort(targets, {},
        [&](const LogTarget &target) { return std::pair(objectLabel(context.object(target.object)), target.field); });
    const auto leaves
        = [](const LogTarget &target) { return target.reach == Reach::Outside || target.reach == Reach::Unknown; };
    if (targets.empty() || std::ranges::any_of(targets, leaves))
        return;
    const auto inside = std::ranges::find(targets, Reach::Inside, &LogTarget::reach);
    const LogTarget &first = inside == targets.end() ? targets.front() : *inside;
    std::set<std::string> names;
    Draft draft = context.onObject(first.object, first.field);
    for (const LogTarget &target : targets) {
        names.insert(target.what);
        if (target.object != first.object)
            draft.also.push_back(target.object);
    }
    draft.with(joinedSome({names.begin(), names.end()}));
    context.add(std::move(draft.as(inside == targets.end() ? "default" : "inside")));
}

} // namespace tally::checks
