// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/absence.h"
#include "core/checks/functions/functions.h"
#include "core/checks/functions/image_helpers.h"
#include "core/checks/functions/policy_view.h"
#include "core/checks/functions/times.h"
#include "core/checks/image_reference.h"

#include <algorithm>
#include <optional>

namespace tally::checks {

namespace {

/// Does an entry stand in the image's path, as whole components?
bool isImageOf(const std::string &repository, const std::vector<std::string> &names)
{
    const std::string path = '/' + repository + '/';
    return std::ranges::any_of(
        names, [&](const std::string &name) { return path.find('/' + name + '/') != std::string::npos; });
}

/// A program that stays and looks again and again, or one that a CronJob starts.
bool somethingLooksRegularly(const CheckContext &context)
{
    const std::vector<std::string> &operators = context.check().parameterList("operators");
    const std::vector<std::string> &scanners = context.check().parameterList("scanners");
    const auto isScheduledScanner = [&](const CheckedWorkload &workload) {
        return context.prepared().object(workload).kind == "CronJob"
            && std::ranges::any_of(workload.view.containers, [&](const Container &container) {
                   return isImageOf(parseImageReference(container.image).repository, scanners);
               });
    };
    return std::ranges::any_of(runningRepositories(context), [&](const std::string &repository) {
        return isImageOf(repository, operators);
    }) || std::ranges::any_of(context.workloads(), isScheduledScanner);
}

/// When the tool wrote it, where it says so: a report that is only updated keeps the day it was created.
std::string_view timeOf(const Object &object)
{
    if (const std::string_view text = object.root.at({"report", "updateTimestamp"}).text(); !text.empty())
        return text;
    for (const std::string_view field : {"updateTimestamp", "endTimestamp", "lastRunTimestamp"}) {
        if (const std::string_view text = object.root.at({"status", field}).text(); !text.empty())
            return text;
    }
    return {};
}

/// Objects that such tools leave: is there one, and which is the newest of those that tell their time?
struct Traces
{
    bool any = false;
    bool undated = false;
    std::size_t newest = 0;
    std::optional<std::int64_t> day;
};

Traces tracesIn(const CheckContext &context)
{
    Traces traces;
    for (const std::string &entry : context.check().parameterList("reports")) {
        const std::size_t dot = entry.find('.');
        for (const std::size_t index : context.cluster()->ofKind(entry.substr(0, dot))) {
            const Object &object = context.object(index);
            if (object.group() != std::string_view(entry).substr(dot + 1))
                continue;
            traces.any = true;
            const std::optional<std::int64_t> day = dayOf(timeOf(object));
            traces.undated = traces.undated || !day;
            const bool newer = day
                && (!traces.day || *day > *traces.day
                    || (*day == *traces.day && objectLabel(object) < objectLabel(context.object(traces.newest))));
            if (newer) {
                traces.day = day;
                traces.newest = index;
            }
        }
    }
    return traces;
}

void reportOld(CheckContext &context, const Traces &traces)
{
    const std::optional<std::int64_t> exported = dayOf(context.cluster()->exportedAt);
    if (!traces.day || traces.undated || !exported)
        return;
    const std::int64_t age = (*exported - *traces.day) / secondsOfDay;
    if (age > numberParameter(context, "days"))
        context.add(context.onObject(traces.newest, "metadata.name").with(std::to_string(age)).as("old"));
}

} // namespace

void recurringAudit(CheckContext &context)
{
    const Traces traces = tracesIn(context);
    if (traces.any) {
        reportOld(context, traces);
        return;
    }
    if (!somethingLooksRegularly(context))
        reportAbsence(context);
}

} // namespace tally::checks
