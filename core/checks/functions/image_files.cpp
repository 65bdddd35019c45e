// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/base/text_format.h"
#include "core/checks/functions/functions.h"
#include "core/checks/functions/image_helpers.h"

#include <algorithm>
#include <array>
#include <map>

namespace tally::checks {

void imageTools(CheckContext &context)
{
    const std::vector<std::string> &names = context.check().parameterList("programs");
    for (std::size_t i = 0; i < context.images().size() && !context.stopRequested(); ++i) {
        const VisibleFiles &files = context.prepared().visibleFiles(i);
        PathList found;
        for (const VisibleFiles::File &file : files.all()) {
            const std::string_view path = files.path(file);
            if (!isProgramFolder(folderOf(path)))
                continue;
            const std::string_view name = baseName(path);
            if ((contains(names, name) || contains(names, withoutVersion(name))) && files.isExecutable(file))
                found.add(files.shown(file));
        }
        if (found.empty())
            continue;
        Draft draft = context.onImage(i).with(found.first()).with(found.count());
        draft.field = "programs";
        draft.excerpt = found.excerpt();
        context.add(std::move(draft));
    }
}

void imageSetuid(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size() && !context.stopRequested(); ++i) {
        const VisibleFiles &files = context.prepared().visibleFiles(i);
        for (const VisibleFiles::File &file : files.all()) {
            const FileEntry &entry = *file.entry;
            if (!VisibleFiles::isRegular(entry) || (entry.mode & 06000U) == 0 || (entry.mode & 0111U) == 0)
                continue;
            Draft draft = context.onImage(i);
            draft.path = files.shown(file);
            draft.layer = file.layer;
            draft.excerpt = listed(entry, draft.path);
            draft.with(draft.path).with(std::to_string(entry.uid) + ':' + std::to_string(entry.gid));
            if ((entry.mode & 04000U) == 0)
                draft.as("setgid");
            context.add(std::move(draft));
        }
    }
}

namespace {

/// Start programs that start others, by their configuration.
bool startsOthers(std::string_view program)
{
    constexpr std::array names = {std::string_view("supervisord"), std::string_view("s6-svscan"),
        std::string_view("init"), std::string_view("runsvdir"), std::string_view("monit")};
    return std::ranges::find(names, program) != names.end();
}

struct Place
{
    std::string path;
    int layer = -1;
    std::string excerpt;
};

/// Program -> the first path at which it lies.
std::map<std::string, Place> programsIn(const VisibleFiles &files, const std::vector<std::string> &programs)
{
    std::map<std::string, Place> found;
    for (const VisibleFiles::File &file : files.all()) {
        const std::string name(baseName(files.path(file)));
        if (!VisibleFiles::isRegular(*file.entry) || (file.entry->mode & 0111U) == 0 || !contains(programs, name))
            continue;
        const std::string path = files.shown(file);
        found.try_emplace(name, Place{path, file.layer, listed(*file.entry, path)}); // sorted: the first one stays
    }
    return found;
}

void reportPackages(CheckContext &context, std::size_t index)
{
    const std::vector<std::string> &names = context.check().parameterList("packages");
    for (const Package &package : context.images()[index]->packages) {
        const bool ofSystem = package.manager == "dpkg" || package.manager == "apk" || package.manager == "rpm";
        if (!ofSystem || !contains(names, package.name)) // a library of npm may be called cockpit
            continue;
        Draft draft = context.onImage(index).with(package.name).as("package");
        draft.field = "packages." + package.name;
        draft.layer = static_cast<int>(package.layer);
        draft.excerpt = package.manager + ' ' + package.name + ' ' + package.version + '\n';
        context.add(std::move(draft));
    }
}

} // namespace

void imageRemoteAdmin(CheckContext &context)
{
    const std::vector<std::string> &programs = context.check().parameterList("programs");
    for (std::size_t i = 0; i < context.images().size() && !context.stopRequested(); ++i) {
        const Image &image = *context.images()[i];
        const std::map<std::string, Place> found = programsIn(context.prepared().visibleFiles(i), programs);
        std::string started;
        for (const std::string &command : startedPrograms(image.config)) {
            const std::string name(baseName(command));
            const bool isProgram = contains(programs, name);
            if (!started.empty() || (!isProgram && (!startsOthers(name) || found.empty())))
                continue;
            started = isProgram ? name : "-";
            Draft draft = context.onImage(i).with(command).as("started");
            draft.field = startField(image.config);
            draft.excerpt = joined(startWords(image.config)) + '\n';
            context.add(std::move(draft));
        }
        for (const auto &[program, place] : found) {
            if (program == started)
                continue;
            Draft draft = context.onImage(i).with(place.path);
            draft.path = place.path;
            draft.layer = place.layer;
            draft.excerpt = place.excerpt;
            context.add(std::move(draft));
        }
        if (found.empty() && started.empty())
            reportPackages(context, i);
    }
}

namespace {

/// What installing packages and logging in leave behind.
bool isInstallersLog(std::string_view path)
{
    constexpr std::array names
        = {std::string_view("dpkg.log"), std::string_view("alternatives.log"), std::string_view("bootstrap.log"),
            std::string_view("apk.log"), std::string_view("yum.log"), std::string_view("hawkey.log"),
            std::string_view("lastlog"), std::string_view("faillog"), std::string_view("wtmp"),
            std::string_view("btmp"), std::string_view("tallylog"), std::string_view("fontconfig.log")};
    const std::string_view name = baseName(path);
    return path.starts_with("var/log/apt/") || std::ranges::find(names, name) != names.end()
        || (name.starts_with("dnf") && name.ends_with(".log"));
}

bool isLogPlace(std::string_view path)
{
    if (path.starts_with("var/log/"))
        return true;
    for (const std::string_view root : {"opt/", "srv/", "app/", "usr/share/nginx/"}) {
        if (!path.starts_with(root))
            continue;
        const std::string folder = '/' + std::string(folderOf(path)) + '/';
        return folder.find("/log/", root.size()) != std::string::npos
            || folder.find("/logs/", root.size()) != std::string::npos;
    }
    return false;
}

/// /dev/stdout, /dev/stderr, /proc/self/fd/1 and the like.
bool leadsOut(std::string_view target)
{
    return target == "/dev/stdout" || target == "/dev/stderr"
        || (target.starts_with("/proc/") && (target.ends_with("/fd/1") || target.ends_with("/fd/2")));
}

} // namespace

void imageLogFiles(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size() && !context.stopRequested(); ++i) {
        const VisibleFiles &files = context.prepared().visibleFiles(i);
        PathList logs;
        bool goesOut = false;
        for (const VisibleFiles::File &file : files.all()) {
            const std::string_view path = files.path(file);
            if (file.entry->type == EntryType::Symlink)
                goesOut = goesOut || (path.starts_with("var/log/") && leadsOut(files.link(file)));
            else if (file.entry->type == EntryType::File && file.entry->size > 0 && isLogPlace(path)
                && !isInstallersLog(path))
                logs.add(files.shown(file));
        }
        if (goesOut || logs.empty())
            continue;
        Draft draft = context.onImage(i).with(logs.first()).with(logs.count());
        draft.excerpt = logs.excerpt();
        context.add(std::move(draft));
    }
}

void imageLogTargets(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size() && !context.stopRequested(); ++i) {
        const Image &image = *context.images()[i];
        const VisibleFiles &files = context.prepared().visibleFiles(i);
        const auto isOutside = [&](std::string_view target) {
            const bool onVolume = std::ranges::any_of(image.config.volumes, [&](const std::string &volume) {
                return target.starts_with(volume) && (target.size() == volume.size() || target[volume.size()] == '/');
            });
            target.remove_prefix(std::min(target.find_first_not_of('/'), target.size()));
            const VisibleFiles::File *file = files.at(target);
            return onVolume || (file && file->entry->type == EntryType::Symlink && leadsOut(files.link(*file)));
        };
        PathList targets;
        PathList places;
        for (const Risk &risk : image.risks) {
            if (risk.kind != "log-target" || !risk.visible || isOutside(risk.detail))
                continue;
            targets.add(risk.detail);
            places.add(toUtf8(risk.path) + ": " + risk.detail);
        }
        if (targets.empty())
            continue;
        Draft draft = context.onImage(i).with(targets.first()).with(targets.count());
        draft.field = "configuration";
        draft.excerpt = places.excerpt();
        context.add(std::move(draft));
    }
}

} // namespace tally::checks
