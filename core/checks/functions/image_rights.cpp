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

/// What the runtime puts over it anyway, or what is meant for everybody.
bool isTransient(std::string_view path)
{
    constexpr std::array<std::string_view, 7> folders = {"tmp", "var/tmp", "dev", "proc", "sys", "run", "var/run"};
    return std::ranges::any_of(folders, [&](std::string_view folder) {
        return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
    });
}

bool isBelow(std::string_view path, std::string_view folder)
{
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

bool isBelowOne(std::string_view path, const std::set<std::string_view> &folders)
{
    for (path = folderOf(path); !path.empty(); path = folderOf(path)) {
        if (folders.contains(path))
            return true;
    }
    return false;
}

/// config.Volumes as paths of entries: "var/lib/data".
std::vector<std::string> volumesOf(const Image &image)
{
    std::vector<std::string> volumes;
    for (const std::string &volume : image.config.volumes) {
        std::string_view path = volume;
        while (path.starts_with('/'))
            path.remove_prefix(1);
        while (path.ends_with('/'))
            path.remove_suffix(1);
        if (!path.empty())
            volumes.emplace_back(path);
    }
    return volumes;
}

bool mayWrite(const FileEntry &entry, const StartUser &user)
{
    if (entry.uid == user.uid)
        return (entry.mode & 0200U) != 0;
    if (user.gid && entry.gid == *user.gid)
        return (entry.mode & 0020U) != 0;
    return (entry.mode & 0002U) != 0;
}

/// Something that is run: by an execute bit, or loaded by a program.
bool isProgramFile(const FileEntry &entry, std::string_view path)
{
    if (!VisibleFiles::isRegular(entry))
        return false;
    const std::string_view name = baseName(path);
    return (entry.mode & 0111U) != 0 || name.ends_with(".so") || name.find(".so.") != std::string_view::npos;
}

/// Is the account one that is neither root nor unknown? Only then does it matter where it may write.
bool isOrdinary(const StartUser &user)
{
    return user.kind == StartUser::Kind::Other;
}

void addPaths(CheckContext &context, std::size_t image, PathList &paths, std::string_view variant)
{
    if (paths.empty())
        return;
    Draft draft = context.onImage(image).with(paths.first()).with(paths.count()).as(variant);
    draft.field = variant == "default" ? "files" : std::string(variant);
    draft.excerpt = paths.excerpt();
    context.add(std::move(draft));
}

} // namespace

void imageCapabilities(CheckContext &context)
{
    const std::vector<std::string> &strong = context.check().parameterList("strong");
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        for (const Risk &risk : context.images()[i]->risks) {
            if (risk.kind != "file-capability" || !risk.visible)
                continue;
            Draft draft = context.onImage(i).with(toUtf8(risk.path)).with(risk.detail);
            draft.path = risk.path;
            draft.layer = static_cast<int>(risk.layer);
            draft.excerpt = toUtf8(risk.path) + ' ' + risk.detail + '\n';
            const std::string list = ',' + risk.detail.substr(0, risk.detail.find('+')) + ',';
            if (std::ranges::any_of(
                    strong, [&](const std::string &name) { return list.find(',' + name + ',') != std::string::npos; }))
                draft.as("strong");
            context.add(std::move(draft));
        }
    }
}

void imageWorldWritable(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size() && !context.stopRequested(); ++i) {
        const Image &image = *context.images()[i];
        if (isWindows(image) || !isContainerImage(image))
            continue;
        const VisibleFiles &files = context.prepared().visibleFiles(i);
        PathList programs;
        PathList others;
        for (const VisibleFiles::File &file : files.all()) {
            const FileEntry &entry = *file.entry;
            const bool folder = entry.type == EntryType::Directory;
            const std::string_view path = files.path(file);
            if ((entry.mode & 0002U) == 0 || (!folder && !VisibleFiles::isRegular(entry))
                || (folder && (entry.mode & 01000U) != 0) || isTransient(path))
                continue;
            const bool program = isProgramFile(entry, path) || (folder && isProgramFolder(path));
            (program ? programs : others).add(files.shown(file));
        }
        addPaths(context, i, programs, "program");
        addPaths(context, i, others, "default");
    }
}

void imageOwnPrograms(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size() && !context.stopRequested(); ++i) {
        const Image &image = *context.images()[i];
        const StartUser user = startUser(image);
        if (!isOrdinary(user) || isWindows(image))
            continue;
        const VisibleFiles &files = context.prepared().visibleFiles(i);
        PathList programs;
        for (const VisibleFiles::File &file : files.all()) {
            const FileEntry &entry = *file.entry;
            if (isProgramFile(entry, files.path(file)) && (entry.mode & 0002U) == 0 && mayWrite(entry, user))
                programs.add(files.shown(file));
        }
        addPaths(context, i, programs, "default");
    }
}

void imageWritablePlaces(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size() && !context.stopRequested(); ++i) {
        const Image &image = *context.images()[i];
        const StartUser user = startUser(image);
        if (!isOrdinary(user) || isWindows(image))
            continue;
        const VisibleFiles &files = context.prepared().visibleFiles(i);
        const std::vector<std::string> volumes = volumesOf(image);
        PathList folders;
        std::set<std::string_view> tops; // of a tree of such folders only the top
        for (const VisibleFiles::File &file : files.all()) {
            const std::string_view path = files.path(file);
            if (file.entry->type != EntryType::Directory || path.empty() || !mayWrite(*file.entry, user)
                || isTransient(path) || isBelowOne(path, tops))
                continue;
            if (std::ranges::any_of(volumes, [&](const std::string &volume) { return isBelow(path, volume); }))
                continue;
            tops.insert(path);
            folders.add(files.shown(file));
        }
        addPaths(context, i, folders, "default");
    }
}

void imageVolumes(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        PathList volumes;
        for (const std::string &volume : context.images()[i]->config.volumes)
            volumes.add(toUtf8(volume));
        if (volumes.empty())
            continue;
        Draft draft = context.onImage(i).with(volumes.first()).with(volumes.count());
        draft.field = "config.Volumes";
        draft.excerpt = volumes.excerpt();
        context.add(std::move(draft));
    }
}

void imageOpenVolumes(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size() && !context.stopRequested(); ++i) {
        const Image &image = *context.images()[i];
        for (const std::string &volume : volumesOf(image)) {
            const VisibleFiles &files = context.prepared().visibleFiles(i);
            const VisibleFiles::File *folder = files.resolve(volume);
            if (!folder || folder->entry->type != EntryType::Directory || (folder->entry->mode & 01002U) != 0002U)
                continue;
            Draft draft = context.onImage(i);
            draft.path = files.shown(*folder);
            draft.with(toUtf8(draft.path));
            draft.layer = folder->layer;
            draft.excerpt = listed(*folder->entry, draft.path);
            context.add(std::move(draft));
        }
    }
}

void imageDevices(CheckContext &context)
{
    const std::vector<std::string> &usual = context.check().parameterList("usual");
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        for (const Risk &risk : context.images()[i]->risks) {
            if (risk.kind != "device-node" || !risk.visible
                || (risk.path.starts_with("/dev/") && contains(usual, risk.detail)) || risk.detail == "char 0:0")
                continue; // 0:0 is a whiteout of overlayfs
            Draft draft = context.onImage(i).with(toUtf8(risk.path)).with(risk.detail);
            draft.path = risk.path;
            draft.layer = static_cast<int>(risk.layer);
            draft.excerpt = toUtf8(risk.path) + ' ' + risk.detail + '\n';
            context.add(std::move(draft));
        }
    }
}

} // namespace tally::checks
