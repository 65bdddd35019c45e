// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/checks/functions/functions.h"
#include "core/cluster/selectors.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <vector>

namespace tally::checks {

namespace {

constexpr std::array<std::string_view, 5> shells{"sh", "bash", "ash", "dash", "busybox"};
constexpr std::array<std::string_view, 4> starters{"env", "tini", "dumb-init", "su-exec"};
constexpr int mostNested = 8;

std::string_view firstWord(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    if (text.starts_with("exec "))
        return firstWord(text.substr(5));
    return text.substr(0, text.find_first_of(blanks));
}

/// The program that a container starts, seen through shells and small init programs; "" if it cannot be told.
std::string_view startedProgram(Node container)
{
    std::vector<std::string_view> all;
    for (const std::string_view list : {"command", "args"}) {
        for (const Node word : container[list])
            all.push_back(word.text());
    }
    std::span<const std::string_view> words(all);
    for (int nested = 0; nested < mostNested && !words.empty(); ++nested) {
        const std::string_view program = baseName(words.front());
        const bool shell = std::ranges::find(shells, program) != shells.end();
        if (!shell && std::ranges::find(starters, program) == starters.end())
            return program;
        words = words.subspan(1);
        if (program == "su-exec" && !words.empty())
            words = words.subspan(1); // the user
        bool command = false;
        while (!words.empty()
            && (words.front().starts_with('-')
                || (program == "env" && words.front().find('=') != std::string_view::npos))) {
            command = command || (shell && words.front().find('c') != std::string_view::npos);
            words = words.subspan(1);
        }
        if (command)
            return words.empty() ? std::string_view() : baseName(firstWord(words.front()));
    }
    return words.empty() ? std::string_view() : baseName(words.front());
}

/// Index of the first port of the container that is one of the wanted ones; -1 if there is none.
int wantedPort(Node container, const std::vector<std::string> &wanted)
{
    int position = 0;
    for (const Node port : container["ports"]) {
        const std::string_view protocol = port["protocol"].text();
        if ((protocol.empty() || protocol == "TCP") && contains(wanted, port["containerPort"].text()))
            return position;
        ++position;
    }
    return -1;
}

bool judgeContainer(CheckContext &context, const CheckedWorkload &workload, const Container &container)
{
    const std::string_view program = startedProgram(container.node);
    if (contains(context.check().parameterList("programs"), program)) {
        Draft draft = context.onContainer(workload, container, container.node["command"] ? "command" : "args");
        if (contains(context.check().parameterList("purposes"), program))
            draft.as("ssh"); // SFTP and Git servers live on it
        context.add(std::move(draft.with(std::string(program))));
        return true;
    }
    const int port = wantedPort(container.node, context.check().parameterList("ports"));
    if (port < 0)
        return false;
    const std::string field = "ports[" + std::to_string(port) + "].containerPort";
    context.add(context.onContainer(workload, container, field)
                    .with(std::string(nearestAt(container.node, field).text()))
                    .as("port"));
    return true;
}

/// It leads to a workload, and to none that was reported already.
bool isOpenQuestion(const CheckContext &context, const Object &service, const std::set<std::size_t> &reported)
{
    const Node selector = service.root.at({"spec", "selector"});
    bool selects = false;
    for (const CheckedWorkload &workload : context.workloads()) {
        if (workload.top != workload.index || context.prepared().object(workload).namespaceName != service.namespaceName
            || !selectsByMap(selector, workload.view.podMetadata["labels"]))
            continue;
        if (reported.contains(workload.index))
            return false;
        selects = true;
    }
    return selects;
}

void judgeService(CheckContext &context, std::size_t index, const std::set<std::size_t> &reported)
{
    const Object &service = context.object(index);
    const Node ports = service.root.at({"spec", "ports"});
    const bool wanted = std::any_of(ports.begin(), ports.end(), [&](const Node &port) {
        return contains(context.check().parameterList("ports"), port["port"].text())
            || contains(context.check().parameterList("ports"), port["targetPort"].text());
    });
    if (!wanted || !isOpenQuestion(context, service, reported))
        return;
    std::size_t position = 0;
    for (const Node port : ports) {
        const std::string place = "spec.ports[" + std::to_string(position++) + "].";
        for (const std::string_view field : {"port", "targetPort"}) {
            const std::string_view number = port[field].text();
            if (!contains(context.check().parameterList("ports"), number))
                continue;
            Draft draft = context.onObject(index, place + std::string(field));
            const std::string_view name = port["name"].text();
            draft.with(std::string(name.empty() ? port["port"].text() : name)).with(std::string(number));
            context.add(std::move(draft.as("service")));
            break;
        }
    }
}

} // namespace

void remoteAccess(CheckContext &context)
{
    std::set<std::size_t> reported; // outermost workloads
    const auto judge = [&](const CheckedWorkload &workload) {
        bool any = false;
        for (const Container &container : workload.view.containers)
            any = judgeContainer(context, workload, container) || any;
        if (any)
            reported.insert(workload.top);
        return any;
    };
    for (const CheckedWorkload &workload : context.workloads()) {
        if (workload.sameAs != workload.index || !judge(workload))
            continue;
        for (const std::size_t other : workload.repeats)
            judge(context.workloads()[other]);
    }
    for (const std::size_t service : context.prepared().ofKind("Service"))
        judgeService(context, service, reported);
}

} // namespace tally::checks
