// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/known_watchers.h"

#include <algorithm>

namespace tally::checks {

namespace {

struct KnownWatchers
{
    explicit KnownWatchers(const Prepared &prepared)
        : all(watchersOf(*prepared.input().cluster, {}))
    {
    }

    std::vector<Watcher> all;
};

} // namespace

const std::vector<Watcher> &knownWatchers(const CheckContext &context)
{
    return context.prepared().shared<KnownWatchers>().all;
}

bool hasKnownWatcher(const CheckContext &context, WatcherKind kind)
{
    return std::ranges::find(knownWatchers(context), kind, &Watcher::kind) != knownWatchers(context).end();
}

} // namespace tally::checks
