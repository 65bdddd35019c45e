// SPDX-License-Identifier: Apache-2.0
#include "core/checks/engine.h"
#include "core/checks/functions/functions.h"
#include "core/checks/functions/label_index.h"
#include "core/checks/pod_fields.h"

#include <algorithm>
#include <charconv>

namespace tally::checks {

namespace {

bool runsToCompletion(const CheckContext &context, const CheckedWorkload &workload)
{
    const std::string_view kind = context.prepared().object(workload).kind;
    const std::string_view top = workload.subject.kind;
    const std::string_view restart = workload.view.podSpec["restartPolicy"].text();
    return kind == "Job" || top == "Job" || top == "CronJob" || restart == "Never" || restart == "OnFailure";
}

bool hasProbe(const Container &container, std::string_view name)
{
    const Node probe = container.node[name];
    return probe["exec"] || probe["httpGet"] || probe["tcpSocket"] || probe["grpc"];
}

std::int64_t number(std::string_view text)
{
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

} // namespace

void missingProbe(CheckContext &context)
{
    const std::string_view probe = context.check().parameter("probe");
    for (const CheckedWorkload &workload : context.share()) {
        if (workload.mirror || runsToCompletion(context, workload))
            continue;
        for (const Container &container : workload.view.containers) {
            if (!isLongRunning(container) || hasProbe(container, probe))
                continue;
            Draft draft = context.onContainer(workload, container, probe);
            if (!hasProbe(container, "livenessProbe") && !hasProbe(container, "readinessProbe")
                && !hasProbe(container, "startupProbe"))
                draft.as("no-probe");
            context.add(std::move(draft));
        }
    }
}

void fewReplicas(CheckContext &context)
{
    const std::int64_t minimum = context.policy() && context.policy()->minimumReplicas
        ? *context.policy()->minimumReplicas
        : number(context.check().parameter("minimum"));
    for (const CheckedWorkload &workload : context.share()) {
        if (!isScaled(context.prepared().object(workload).kind))
            continue;
        const std::int64_t replicas = replicasOf(context, workload);
        if (replicas != 0 && replicas < minimum)
            context.add(context.onObject(workload.view.object, "spec.replicas")
                            .with(std::to_string(replicas))
                            .with(std::to_string(minimum)));
    }
}

void noDisruptionBudget(CheckContext &context)
{
    std::vector<std::int64_t> replicas(context.workloads().size(), 0); // of those that are scaled
    for (const CheckedWorkload &workload : context.workloads()) {
        if (isScaled(context.prepared().object(workload).kind))
            replicas[workload.index] = replicasOf(context, workload);
    }
    const auto needsBudget = [&replicas](const CheckedWorkload &workload) { return replicas[workload.index] >= 2; };
    const std::vector<std::size_t> &budgets = context.prepared().ofKind("PodDisruptionBudget");
    const LabelIndex pods(
        context.prepared(), [&](const CheckedWorkload &workload) { return !budgets.empty() && needsBudget(workload); });
    std::vector<bool> covered(context.workloads().size());
    for (const std::size_t index : budgets) {
        const Object &budget = context.object(index);
        const Node selector = budget.root.at({"spec", "selector"});
        // An empty selector means all in policy/v1, none in policy/v1beta1.
        if (selector.size() == 0 && budget.apiVersion == "policy/v1beta1")
            continue;
        for (const std::size_t workload : pods.selectedBySelector(budget.namespaceName, selector))
            covered[workload] = true;
    }
    for (const CheckedWorkload &workload : context.workloads()) {
        if (needsBudget(workload) && !covered[workload.index])
            context.add(context.onObject(workload.view.object, "spec.template.metadata.labels")
                            .with(std::to_string(replicas[workload.index])));
    }
}

} // namespace tally::checks
