// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/base/text_format.h"
#include "core/checks/functions/functions.h"
#include "core/checks/functions/image_helpers.h"

#include <algorithm>
#include <array>
#include <set>

namespace tally::checks {

namespace {

/// The piece of a path below a folder up to the next slash, if `rest` follows it: "web" of "etc/service/web/run".
std::string_view nameBetween(std::string_view path, std::string_view folder, std::string_view rest)
{
    if (!path.starts_with(folder) || !path.ends_with(rest) || path.size() <= folder.size() + rest.size())
        return {};
    const std::string_view name = path.substr(folder.size(), path.size() - folder.size() - rest.size());
    return name.find('/') == std::string_view::npos ? name : std::string_view{};
}

/// Services that a supervisor of the image would start: scripts of s6 and runit by their place, programs of
/// supervisord by its configuration (Risk "supervised-program", detail is the program's name).
std::set<std::string> supervisedServices(const Image &image, const VisibleFiles &files)
{
    struct Layout
    {
        std::string_view folder;
        std::string_view script;
    };
    // s6-overlay 2 and 3, s6 and runit as distributions lay them out, the phusion base image.
    constexpr std::array layouts
        = {Layout{"etc/services.d/", "/run"}, Layout{"etc/s6-overlay/s6-rc.d/", "/run"}, Layout{"etc/s6/", "/run"},
            Layout{"etc/service/", "/run"}, Layout{"etc/sv/", "/run"}, Layout{"service/", "/run"}};
    std::set<std::string> services;
    for (const VisibleFiles::File &file : files.all()) {
        const std::string_view path = files.path(file);
        if (baseName(path) != "run" || file.entry->type == EntryType::Directory)
            continue;
        for (const Layout &layout : layouts) {
            if (const std::string_view name = nameBetween(path, layout.folder, layout.script);
                !name.empty() && !name.starts_with('.'))
                services.insert(toUtf8(name));
        }
    }
    for (const Risk &risk : image.risks) {
        if (risk.kind == "supervised-program" && risk.visible)
            services.insert(risk.detail);
    }
    return services;
}

std::string named(const std::set<std::string> &services)
{
    PathList list;
    for (const std::string &service : services)
        list.add(service);
    return list.first();
}

/// Does a shell's script put a program into the background and go on with another? "nginx & php-fpm"
bool runsInBackground(std::string_view script)
{
    char quote = 0;
    for (std::size_t i = 0; i < script.size(); ++i) {
        const char c = script[i];
        if (c == '\\') {
            ++i;
        } else if (quote != 0) {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '#' && (i == 0 || script[i - 1] == ' ')) {
            i = std::min(script.find('\n', i), script.size());
        } else if (c == '&') {
            const char before = i > 0 ? script[i - 1] : ' ';
            const char after = i + 1 < script.size() ? script[i + 1] : ' ';
            if (after == '&')
                ++i;
            else if (before != '>' && before != '<' && after != '>'
                && script.find_first_not_of(" \t\n;", i + 1) != std::string_view::npos)
                return true;
        }
    }
    return false;
}

std::string_view scriptOf(const std::vector<std::string> &words)
{
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] == "-c" && i > 0 && baseName(words[i - 1]).ends_with("sh"))
            return words[i + 1];
    }
    return {};
}

/// The started program that is one of the names; "" if none is. "/init" is that of s6-overlay where its files are.
std::string startedOneOf(const Image &image, const VisibleFiles &files, const std::vector<std::string> &names)
{
    for (const std::string &program : startedPrograms(image.config)) {
        const bool overlay = program == "/init"
            && (files.anyBelow("etc/s6-overlay") || files.anyBelow("etc/services.d") || files.at("command/s6-svscan"));
        if (contains(names, baseName(program)) || overlay)
            return program;
    }
    return {};
}

bool hasProgram(const VisibleFiles &files, const std::vector<std::string> &names)
{
    return std::ranges::any_of(files.all(), [&](const VisibleFiles::File &file) {
        const std::string_view path = files.path(file);
        return (isProgramFolder(folderOf(path)) || folderOf(path) == "command") && contains(names, baseName(path));
    });
}

Draft onStart(CheckContext &context, std::size_t index)
{
    const ImageConfig &config = context.images()[index]->config;
    Draft draft = context.onImage(index);
    draft.field = startField(config);
    draft.excerpt = joined(startWords(config)) + '\n';
    return draft;
}

} // namespace

void imageServices(CheckContext &context)
{
    const std::vector<std::string> &supervisors = context.check().parameterList("supervisors");
    for (std::size_t i = 0; i < context.images().size() && !context.stopRequested(); ++i) {
        const Image &image = *context.images()[i];
        const VisibleFiles &files = context.prepared().visibleFiles(i);
        const std::string started = startedOneOf(image, files, supervisors);
        const std::set<std::string> services = supervisedServices(image, files);
        const std::string count = std::to_string(services.size());
        if (!started.empty() && services.size() != 1) {
            Draft draft = onStart(context, i).with(toUtf8(started)).with(named(services)).with(count);
            context.add(std::move(services.empty() ? draft : draft.as("programs")));
        } else if (started.empty() && services.size() >= 2 && hasProgram(files, supervisors)) {
            Draft draft = context.onImage(i).with("").with(named(services)).with(count).as("configured");
            draft.field = "services";
            draft.excerpt = named(services) + '\n';
            context.add(std::move(draft));
        }
        if (started.empty() && runsInBackground(scriptOf(startWords(image.config))))
            context.add(std::move(onStart(context, i).as("background")));
    }
}

void imageInit(CheckContext &context)
{
    const std::vector<std::string> &programs = context.check().parameterList("programs");
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        for (const std::string &program : startedPrograms(context.images()[i]->config)) {
            if (!contains(programs, program))
                continue;
            context.add(std::move(onStart(context, i).with(toUtf8(program))));
            break;
        }
    }
}

void imagePorts(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const ImageConfig &config = context.images()[i]->config;
        std::set<std::uint64_t> numbers;
        for (const std::string &entry : config.exposedPorts) {
            if (const auto number = numberIn(std::string_view(entry).substr(0, entry.find('/'))))
                numbers.insert(*number);
        }
        for (const std::string &pair : context.check().parameterList("pairs")) { // "80 443": one service, twice
            const std::size_t blank = std::min(pair.find(' '), pair.size());
            const auto plain = numberIn(pair.substr(0, blank));
            const auto encrypted = numberIn(pair.substr(std::min(blank + 1, pair.size())));
            if (plain && encrypted && numbers.contains(*plain))
                numbers.erase(*encrypted);
        }
        if (numbers.size() < 2)
            continue;
        PathList ports;
        for (const std::string &entry : config.exposedPorts)
            ports.add(toUtf8(entry));
        Draft draft = context.onImage(i).with(ports.first()).with(ports.count());
        draft.field = "config.ExposedPorts";
        draft.excerpt = ports.excerpt();
        context.add(std::move(draft));
    }
}

void imageShellForm(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const Image &image = *context.images()[i];
        const std::vector<std::string> words = startWords(image.config);
        if (words.size() < 3 || !baseName(words[0]).ends_with("sh") || words[1] != "-c" || isWindows(image))
            continue;
        std::string_view script = words[2];
        script.remove_prefix(std::min(script.find_first_not_of(" \t\n"), script.size()));
        if (script.starts_with("exec ") || script.find("; exec ") != std::string_view::npos
            || script.find("&& exec ") != std::string_view::npos || script.find("\nexec ") != std::string_view::npos)
            continue;
        context.add(std::move(
            onStart(context, i)
                .with(startedPrograms(image.config).empty() ? std::string()
                                                            : toUtf8(startedPrograms(image.config).front()))));
    }
}

} // namespace tally::checks
