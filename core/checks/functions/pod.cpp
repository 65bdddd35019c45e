// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/pod_fields.h"

#include <algorithm>
#include <set>

namespace tally::checks {

namespace {

std::string_view withoutLastIndex(std::string_view field)
{
    return field.ends_with(']') ? field.substr(0, field.rfind('[')) : field;
}

/// "data (nfs)" for the violation at volumes[2].nfs.
std::string volumeValue(const CheckedWorkload &workload, const PodSecurityViolation &violation)
{
    const std::string_view field = violation.field;
    const std::size_t dot = field.rfind('.');
    const Node volume = nearestAt(workload.view.podSpec, field.substr(0, dot));
    return std::string(volume["name"].text()) + " (" + std::string(field.substr(dot + 1)) + ')';
}

const Container *containerOf(const CheckedWorkload &workload, const PodSecurityViolation &violation)
{
    for (const Container &container : workload.view.containers) {
        const std::string_view relative = std::string_view(container.field).substr(workload.view.specField.size() + 1);
        if (violation.field.starts_with(relative) && violation.field.size() > relative.size()
            && violation.field[relative.size()] == '.')
            return &container;
    }
    return nullptr;
}

void addViolation(CheckContext &context, const CheckedWorkload &workload, const PodSecurityViolation &violation)
{
    const Container *container = containerOf(workload, violation);
    Draft draft = container
        ? context.onContainer(workload, *container,
            std::string_view(violation.field).substr(container->field.size() - workload.view.specField.size()))
        : context.onPod(workload, violation.field);
    if (!container) {
        draft.container = violation.container; // an annotation names the container that it is about
        draft.with(violation.container);
        if (violation.container.empty() && context.check().messages.contains("pod"))
            draft.as("pod");
    }
    if (violation.node)
        draft.node = violation.node;
    const bool volume = violation.control == "restrictedVolumes";
    draft.with(draft.field).with(volume ? volumeValue(workload, violation) : violation.value);
    context.add(std::move(draft));
}

/// Places at which the control is violated; none for "".
std::set<std::string_view> fieldsOf(const PodSecurityVerdict &verdict, std::string_view control)
{
    std::set<std::string_view> fields;
    for (const PodSecurityViolation &violation : verdict.violations) {
        if (violation.control == control)
            fields.insert(violation.field);
    }
    return fields;
}

} // namespace

void podSecurityControl(CheckContext &context)
{
    const std::string_view control = context.check().parameter("control");
    const std::string_view ending = context.check().parameter("field");
    const std::string_view unless = context.check().parameter("unless");
    const std::vector<std::string> &except = context.check().parameterList("except");
    const std::vector<std::string> &exceptValues = context.check().parameterList("except_capabilities");
    for (const CheckedWorkload &workload : context.share()) {
        PodSecurityVerdict own; // places in its own document: who repeats another one is seldom asked
        if (workload.sameAs != workload.index)
            own = evaluatePodSecurity(
                workload.view.podMetadata, workload.view.podSpec, context.prepared().input().podSecurityVersion);
        const PodSecurityVerdict &verdict = workload.sameAs == workload.index ? workload.podSecurity : own;
        const std::set<std::string_view> said
            = unless.empty() ? std::set<std::string_view>() : fieldsOf(verdict, unless);
        for (const PodSecurityViolation &violation : verdict.violations) {
            if (violation.control != control || !withoutLastIndex(violation.field).ends_with(ending)
                || said.contains(violation.field))
                continue;
            if (!contains(except, std::string_view(violation.field).substr(violation.field.rfind('.') + 1))
                && (exceptValues.empty() || !contains(exceptValues, capabilityName(violation.value))))
                addViolation(context, workload, violation);
        }
    }
}

namespace {

/// A privileged container whose command names a program that works on the host ("nsenter -t 1 -m").
bool worksOnHost(const Container &container, const std::vector<std::string> &programs)
{
    if (!container.node.at({"securityContext", "privileged"}).isTrue())
        return false;
    std::string words;
    for (const std::string_view list : {"command", "args"}) {
        for (const Node word : container.node[list])
            words.append(word.text()).append(" ");
    }
    return std::ranges::any_of(
        programs, [&](const std::string &program) { return words.find(program) != std::string::npos; });
}

} // namespace

void hostNamespace(CheckContext &context)
{
    const std::string_view field = context.check().parameter("field");
    const std::vector<std::string> &programs = context.check().parameterList("host_programs");
    for (const CheckedWorkload &workload : context.share()) {
        if (!workload.view.podSpec[field].isTrue())
            continue;
        Draft draft = context.onPod(workload, field);
        draft.with(draft.field);
        const auto &containers = workload.view.containers;
        const auto worker = std::ranges::find_if(
            containers, [&](const Container &container) { return worksOnHost(container, programs); });
        if (worker != containers.end())
            draft.with(std::string(worker->name)).as("works-on-host");
        context.add(std::move(draft));
    }
}

void sharedProcessNamespace(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        if (!workload.view.podSpec["shareProcessNamespace"].isTrue())
            continue;
        std::vector<std::string> names;
        for (const Container &container : workload.view.containers) {
            if (isLongRunning(container) || container.type == ContainerType::Ephemeral)
                names.emplace_back(container.name);
        }
        if (names.size() >= 2)
            context.add(context.onPod(workload, "shareProcessNamespace").with(joined(names)));
    }
}

void addedCapability(CheckContext &context)
{
    const std::vector<std::string> &wanted = context.check().parameterList("names");
    const std::vector<std::string> &indirect = context.check().parameterList("indirect");
    for (const CheckedWorkload &workload : context.share()) {
        if (workload.windows)
            continue;
        const bool confined = workload.view.podSpec["hostUsers"].isFalse(); // no power over what the host owns
        for (const Container &container : workload.view.containers) {
            std::vector<std::string> found;
            bool onlyIndirect = true;
            for (const Node added : container.node.at({"securityContext", "capabilities", "add"})) {
                const std::string name = capabilityName(added.text());
                if (!contains(wanted, name))
                    continue;
                found.emplace_back(added.text());
                onlyIndirect = onlyIndirect && contains(indirect, name);
            }
            if (found.empty())
                continue;
            Draft draft = context.onContainer(workload, container, "securityContext.capabilities.add");
            const char *variant = confined ? "user-namespace" : onlyIndirect ? "indirect" : "default";
            context.add(std::move(draft.with(joined(found)).as(variant)));
        }
    }
}

void nakedPod(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        const Object &object = context.prepared().object(workload);
        const Node owners = object.root.at({"metadata", "ownerReferences"});
        const std::string_view phase = object.root.at({"status", "phase"}).text();
        if (object.kind != "Pod" || workload.mirror || phase == "Succeeded" || phase == "Failed")
            continue;
        if (std::none_of(owners.begin(), owners.end(), [](const Node &owner) { return owner["controller"].isTrue(); }))
            context.add(context.onObject(workload.view.object, "metadata.name"));
    }
}

} // namespace tally::checks
