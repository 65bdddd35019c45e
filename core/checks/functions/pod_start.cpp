// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/functions/start_commands.h"
#include "core/checks/pod_fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <span>

namespace tally::checks {

namespace {

// ---- software fetched at start

/// How what was fetched gets to run; the first one is the strongest.
enum class Fetch : std::uint8_t { Executed, Installed, Cloned, None };
constexpr std::array<std::string_view, 3> fetchVariants{"default", "package", "clone"};

struct Fetched
{
    Fetch how = Fetch::None;
    std::string what; ///< "curl | sh", "apt-get install"
};

bool isFetcher(std::string_view program)
{
    return program == "curl" || program == "wget";
}

/// Reads a program from its standard input.
bool runsInput(std::string_view program)
{
    constexpr std::array<std::string_view, 6> interpreters{"python", "python3", "perl", "node", "ruby", "php"};
    return isShell(program) || std::ranges::find(interpreters, program) != interpreters.end();
}

/// Without sudo and "python -m", which only start the program behind them.
std::span<const std::string> wordsBehindHelpers(const StartCommand &command)
{
    std::span<const std::string> words(command.words);
    if (!words.empty() && programName(words.front()) == "sudo") {
        words = words.subspan(1);
        while (!words.empty() && words.front().starts_with('-'))
            words = words.subspan(1);
    }
    if (words.size() > 2 && programName(words.front()).starts_with("python") && words[1] == "-m")
        words = words.subspan(2);
    return words;
}

/// "apt-get install" if the command is one of the entries: its program, then that word as the first that is no option.
std::string matching(std::span<const std::string> words, const std::vector<std::string> &entries)
{
    constexpr std::array<std::string_view, 4> offline{"--no-index", "--no-network", "--offline", "--no-download"};
    if (words.empty() || std::ranges::any_of(words, [&](const std::string &word) {
            return std::ranges::find(offline, word) != offline.end();
        }))
        return {};
    const auto verb
        = std::ranges::find_if(words.subspan(1), [](const std::string &word) { return !word.starts_with('-'); });
    if (verb == words.end())
        return {};
    const std::string pair = std::string(programName(words.front())) + ' ' + *verb;
    return contains(entries, pair) ? pair : std::string();
}

/// "curl ... | tee x | sh"; "sh -c $(curl ...)", ". <(curl ...)".
std::string executedAtOnce(const std::vector<StartCommand> &commands, std::size_t index)
{
    const StartCommand &command = commands[index];
    const std::span<const std::string> words = wordsBehindHelpers(command);
    const std::string_view program = words.empty() ? std::string_view() : programName(words.front());
    if (!isFetcher(program))
        return {};
    if (index > 0 && commands[index - 1].end == CommandEnd::Substitution) {
        const std::string_view outer = commands[index - 1].program();
        if (outer.empty() || outer == "eval" || outer == "." || outer == "source" || runsInput(outer))
            return std::string(outer.empty() ? "sh" : outer) + " $(" + std::string(program) + ')';
    }
    for (std::size_t at = index; at + 1 < commands.size() && commands[at].end == CommandEnd::Pipe; ++at) {
        const std::span<const std::string> reader = wordsBehindHelpers(commands[at + 1]);
        if (!reader.empty() && runsInput(programName(reader.front()))
            && (reader.size() == 1 || reader[1].starts_with('-')))
            return std::string(program) + " | " + std::string(programName(reader.front()));
    }
    return {};
}

bool makesExecutable(const StartCommand &command)
{
    return command.program() == "chmod" && std::ranges::any_of(command.words, [](const std::string &word) {
        return word.find("+x") != std::string::npos || word == "755" || word == "0755" || word == "777"
            || word == "700";
    });
}

std::vector<Fetched> fetchedIn(const std::vector<StartCommand> &commands, const Check &check)
{
    std::vector<Fetched> found;
    std::string fetcher; // the last one that wrote a file
    for (std::size_t i = 0; i < commands.size(); ++i) {
        const std::span<const std::string> words = wordsBehindHelpers(commands[i]);
        if (std::string what = executedAtOnce(commands, i); !what.empty()) {
            found.push_back({Fetch::Executed, std::move(what)});
        } else if (std::string package = matching(words, check.parameterList("packages")); !package.empty()) {
            found.push_back({Fetch::Installed, std::move(package)});
        } else if (std::string clone = matching(words, check.parameterList("clones")); !clone.empty()) {
            found.push_back({Fetch::Cloned, std::move(clone)});
        } else if (!words.empty() && isFetcher(programName(words.front()))) {
            fetcher = programName(words.front());
        } else if (!fetcher.empty() && makesExecutable(commands[i])) {
            found.push_back({Fetch::Executed, fetcher + ", chmod"});
            fetcher.clear();
        }
    }
    return found;
}

void reportFetched(CheckContext &context, const CheckedWorkload &workload, const Container &container,
    std::string_view field, const std::vector<Fetched> &found)
{
    std::vector<std::string> names;
    Fetch strongest = Fetch::None;
    for (const Fetched &one : found) {
        strongest = std::min(strongest, one.how);
        if (!contains(names, one.what))
            names.push_back(one.what);
    }
    context.add(context.onContainer(workload, container, field)
                    .with(joinedSome(names))
                    .as(fetchVariants[static_cast<std::size_t>(strongest)]));
}

// ---- several services

/// Neither serves nor lasts by itself.
bool isHelper(std::string_view program)
{
    constexpr std::array<std::string_view, 20> helpers{"sleep", "wait", "trap", "kill", "echo", "printf", "tail", "cat",
        "touch", "mkdir", "true", ":", "exit", "[", "test", "cd", "break", "continue", "set", "export"};
    return program.empty() || std::ranges::find(helpers, program) != helpers.end();
}

/// "nginx" and "php-fpm" of "nginx & exec php-fpm"; empty where nothing goes on beside something else.
std::vector<std::string> sideBySide(const std::vector<const StartCommand *> &commands)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < commands.size(); ++i) {
        const std::string_view program = commands[i]->program();
        const bool isLast = i + 1 == commands.size();
        if (isHelper(program) || (commands[i]->end != CommandEnd::Background && (names.empty() || !isLast)))
            continue;
        if (!contains(names, program))
            names.emplace_back(program);
    }
    return names.size() >= 2 ? names : std::vector<std::string>();
}

/// The services that the container's ports stand for, where they may be several: "postgresql (5432)". An entry of the
/// parameter: "name port ...".
std::vector<std::string> servicesOfPorts(Node container, const std::vector<std::string> &families)
{
    std::vector<std::string> services;
    if (container["ports"].size() < 2) // nearly all: taking the families apart took longer than any other check
        return services;
    for (const std::string &family : families) {
        std::set<std::string_view> words;
        for (std::string_view rest = family; !rest.empty();) {
            const std::size_t blank = std::min(rest.find(' '), rest.size());
            words.insert(rest.substr(0, blank));
            rest.remove_prefix(std::min(blank + 1, rest.size()));
        }
        const std::string name = family.substr(0, family.find(' '));
        for (const Node port : container["ports"]) {
            if (words.contains(port["containerPort"].text())) {
                services.push_back(name + " (" + std::string(port["containerPort"].text()) + ')');
                break;
            }
        }
    }
    return services;
}

bool reportSupervisor(CheckContext &context, const CheckedWorkload &workload, const Container &container,
    const std::vector<StartCommand> &commands)
{
    for (const StartCommand &command : commands) {
        const std::vector<std::string> &supervisors = context.check().parameterList("supervisors");
        if (command.words.empty() || command.field.starts_with("lifecycle")
            || (!contains(supervisors, command.program()) && !contains(supervisors, command.words.front())))
            continue;
        context.add(context.onContainer(workload, container, command.field).with(command.words.front()));
        return true;
    }
    return false;
}

void judgeServices(CheckContext &context, const CheckedWorkload &workload, const Container &container)
{
    const std::vector<StartCommand> commands = startCommands(container);
    if (reportSupervisor(context, workload, container, commands))
        return;
    std::vector<const StartCommand *> main;
    for (const StartCommand &command : commands) {
        if (!command.field.starts_with("lifecycle"))
            main.push_back(&command);
    }
    if (const std::vector<std::string> names = sideBySide(main); !names.empty()) {
        context.add(context.onContainer(workload, container, main.front()->field).with(joined(names)).as("background"));
        return;
    }
    const std::vector<std::string> services
        = servicesOfPorts(container.node, context.check().parameterList("port_families"));
    if (services.size() >= 2)
        context.add(context.onContainer(workload, container, "ports").with(joined(services)).as("ports"));
}

} // namespace

void startProgram(CheckContext &context)
{
    const std::vector<std::string> &programs = context.check().parameterList("programs");
    for (const CheckedWorkload &workload : context.share()) {
        for (const Container &container : workload.view.containers) {
            std::set<std::string_view> fields;
            for (const StartCommand &command : startCommands(container)) {
                if (!contains(programs, command.program()) || !fields.insert(command.field).second)
                    continue;
                context.add(
                    context.onContainer(workload, container, command.field).with(std::string(command.program())));
            }
        }
    }
}

void startDownload(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        for (const Container &container : workload.view.containers) {
            std::map<std::string_view, std::vector<StartCommand>> byField;
            for (StartCommand &command : startCommands(container))
                byField[command.field].push_back(std::move(command));
            for (const auto &[field, commands] : byField) {
                if (const std::vector<Fetched> found = fetchedIn(commands, context.check()); !found.empty())
                    reportFetched(context, workload, container, field, found);
            }
        }
    }
}

void severalServices(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        for (const Container &container : workload.view.containers) {
            if (isLongRunning(container))
                judgeServices(context, workload, container);
        }
    }
}

namespace {

/// "alembic upgrade" of "alembic upgrade head && gunicorn app": it prepares, and something else goes on behind it.
std::string preparingStep(const std::vector<const StartCommand *> &commands, const Check &check)
{
    for (std::size_t i = 0; i + 1 < commands.size(); ++i) {
        const std::span<const std::string> words = wordsBehindHelpers(*commands[i]);
        if (std::string step = matching(words, check.parameterList("steps")); !step.empty())
            return step;
        if (!words.empty() && contains(check.parameterList("waiting"), programName(words.front())))
            return std::string(programName(words.front()));
    }
    return {};
}

} // namespace

void lateInitialisation(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        for (const Container &container : workload.view.containers) {
            if (!isLongRunning(container))
                continue;
            const std::vector<StartCommand> commands = startCommands(container);
            std::vector<const StartCommand *> main;
            const StartCommand *hook = nullptr;
            for (const StartCommand &command : commands) {
                const bool isHook = command.field.starts_with("lifecycle");
                if (!isHook)
                    main.push_back(&command);
                else if (!hook && !command.words.empty() && command.program() != "sleep")
                    hook = &command;
            }
            if (std::string step = preparingStep(main, context.check()); !step.empty())
                context.add(
                    context.onContainer(workload, container, main.front()->field).with(std::move(step)).as("command"));
            if (hook)
                context.add(context.onContainer(workload, container, hook->field).with(std::string(hook->program())));
        }
    }
}

} // namespace tally::checks
