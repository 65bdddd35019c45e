// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/base/text_format.h"
#include "core/checks/functions/functions.h"
#include "core/checks/functions/image_helpers.h"
#include "core/checks/functions/times.h"
#include "core/checks/image_reference.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tally::checks {

namespace {

constexpr std::string_view ociPrefix = "org.opencontainers.image.";

/// A label of the configuration or an annotation of the manifest, by its OCI name without the prefix; the names of
/// label-schema.org, which came before, count as well.
std::string_view labelOf(const Image &image, std::string_view name)
{
    for (const std::string_view prefix : {ociPrefix, std::string_view("org.label-schema.")}) {
        if (const std::string_view stated = statedAt(image, std::string(prefix) + std::string(name)); !stated.empty())
            return stated;
    }
    return {};
}

bool hasOneOf(const Image &image, std::initializer_list<std::string_view> names)
{
    return std::ranges::any_of(names, [&](std::string_view name) { return !labelOf(image, name).empty(); });
}

bool hasPlainLabel(const Image &image, std::initializer_list<const char *> names)
{
    return std::ranges::any_of(names, [&](const char *name) {
        const auto label = image.config.labels.find(name);
        return label != image.config.labels.end() && !label->second.empty();
    });
}

/// How the image came about is told by its build steps: at least two that say what they did.
bool tellsHistory(const Image &image)
{
    return std::ranges::count_if(image.history, [](const HistoryEntry &entry) { return !entry.createdBy.empty(); })
        >= 2;
}

std::string labelLines(const Image &image)
{
    PathList lines;
    for (const auto &[name, value] : image.config.labels)
        lines.add(toUtf8(fmt::format("{}={}", name, value)));
    for (const auto &[name, value] : image.annotations) {
        if (!image.config.labels.contains(name))
            lines.add(toUtf8(fmt::format("{}={}", name, value)));
    }
    return lines.excerpt();
}

/// "2024-05-01" of "2024-05-01T10:00:00.123Z"; builds that are to be repeatable write 1970 or 1980: unknown.
std::string dayOf(std::string_view rfc3339)
{
    constexpr std::size_t length = 10;
    const std::string_view day = rfc3339.substr(0, length);
    if (day.size() < length || day[4] != '-' || day[7] != '-' || !numberIn(day.substr(0, 4))
        || !numberIn(day.substr(5, 2)) || !numberIn(day.substr(8, 2)) || day < "1990")
        return {};
    return std::string(day);
}

std::string createdOf(const Image &image)
{
    std::string day = dayOf(image.config.created);
    if (day.empty())
        day = dayOf(labelOf(image, "created"));
    for (const HistoryEntry &entry : image.history) {
        if (day.empty())
            day = std::max(day, dayOf(entry.created));
    }
    return day;
}

std::string dayAt(std::int64_t seconds)
{
    return rfc3339(seconds).substr(0, 10);
}

struct BuildDownload
{
    enum class Kind : std::uint8_t { None, Added, Piped } kind = Kind::None;
    std::string_view url;
};

std::string_view urlAt(std::string_view text, std::size_t at)
{
    const std::string_view rest = text.substr(at);
    return rest.substr(0, rest.find_first_of(" \t\n\"'|;)"));
}

/// An ADD of a URL without a checksum, or a download that a shell or interpreter runs unread ("curl ... | sh").
/// Commands as the builders write them: image-facts.md 4, created_by.
BuildDownload downloadIn(std::string_view command)
{
    std::string_view step = command;
    constexpr std::string_view classic = "/bin/sh -c #(nop) ";
    if (step.starts_with(classic))
        step.remove_prefix(classic.size());
    step.remove_prefix(std::min(step.find_first_not_of(' '), step.size()));
    std::size_t url = step.find("http://");
    url = std::min(url, step.find("https://"));
    if (url == std::string_view::npos)
        return {};
    if (step.starts_with("ADD ")) {
        const std::string_view flags = step.substr(0, url);
        const bool checked = flags.find("--checksum=") != std::string_view::npos;
        const bool git = urlAt(step, url).find(".git#") != std::string_view::npos;
        return checked || git ? BuildDownload{} : BuildDownload{BuildDownload::Kind::Added, urlAt(step, url)};
    }
    constexpr std::array<std::string_view, 9> interpreters
        = {"sh", "bash", "ash", "dash", "zsh", "python", "python3", "perl", "node"};
    for (std::size_t pipe = step.find('|', url); pipe != std::string_view::npos; pipe = step.find('|', pipe + 1)) {
        std::string_view rest = step.substr(pipe + 1);
        if (rest.starts_with('|')) { // "||"
            ++pipe;
            continue;
        }
        for (;;) { // "| sudo -E bash -"
            rest.remove_prefix(std::min(rest.find_first_not_of(" \t\\\n"), rest.size()));
            const std::string_view word = rest.substr(0, std::min(rest.find_first_of(" \t\n;&|)"), rest.size()));
            if (word != "sudo" && !(word.starts_with('-') && word.size() <= 3)) {
                const bool fetched = step.substr(0, pipe).rfind("curl") != std::string_view::npos
                    || step.substr(0, pipe).rfind("wget") != std::string_view::npos;
                if (fetched && std::ranges::find(interpreters, baseName(word)) != interpreters.end())
                    return {BuildDownload::Kind::Piped, urlAt(step, url)};
                break;
            }
            rest.remove_prefix(word.size());
        }
    }
    return {};
}

std::string systemName(const Image &image)
{
    return toUtf8(image.os.prettyName.empty() ? image.os.id + ' ' + image.os.versionId : image.os.prettyName);
}

std::string systemLines(const Image &image)
{
    return toUtf8("ID=" + image.os.id + "\nVERSION_ID=" + image.os.versionId + "\n");
}

} // namespace

void imageLabels(CheckContext &context)
{
    struct Key
    {
        std::string_view shown;
        std::initializer_list<std::string_view> names; ///< one of them is enough
    };
    const std::array keys = {Key{"title", {"title", "description", "name"}}, Key{"version", {"version"}},
        Key{"revision", {"revision", "vcs-ref"}}, Key{"source", {"source", "url", "vcs-url"}},
        Key{"created", {"created", "build-date"}}, Key{"vendor", {"vendor", "authors"}}, Key{"licenses", {"licenses"}}};
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const Image &image = *context.images()[i];
        if (!isContainerImage(image))
            continue;
        std::vector<std::string> missing;
        for (const Key &key : keys) {
            if (!hasOneOf(image, key.names))
                missing.push_back(std::string(ociPrefix) + std::string(key.shown));
        }
        if (missing.empty())
            continue;
        Draft draft = context.onImage(i).with(joined(missing)).with(std::to_string(missing.size()));
        draft.field = "config.Labels";
        draft.excerpt = labelLines(image);
        const bool purpose = hasOneOf(image, {"title", "description", "name"});
        const bool origin
            = hasOneOf(image, {"version", "revision", "vcs-ref", "source", "url", "vcs-url", "created", "build-date"});
        if (!purpose && !origin && !tellsHistory(image) && !hasAttestation(image))
            draft.as("nothing");
        context.add(std::move(draft));
    }
}

void imageBuilder(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const Image &image = *context.images()[i];
        if (!isContainerImage(image) || !image.config.author.empty() || hasSignature(image) || hasAttestation(image)
            || hasOneOf(image, {"authors", "vendor", "source", "url", "vcs-url"})
            || hasPlainLabel(image, {"maintainer", "MAINTAINER", "vendor", "io.buildpacks.stack.maintainer"}))
            continue;
        Draft draft = context.onImage(i);
        draft.field = "config.Labels";
        draft.excerpt = labelLines(image);
        context.add(std::move(draft));
    }
}

void imageName(CheckContext &context)
{
    const std::vector<std::string> &tags = context.check().parameterList("tags");
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const Image &image = *context.images()[i];
        if (!isContainerImage(image))
            continue;
        const auto isVersion = [&](const std::string &name) {
            const ImageReference reference = parseImageReference(name);
            return !reference.tag.empty() && !contains(tags, reference.tag);
        };
        if (std::ranges::any_of(image.names, isVersion))
            continue;
        Draft draft = context.onImage(i).with(image.names.empty() ? "" : toUtf8(image.names.front()));
        draft.field = "names";
        if (image.names.empty())
            draft.as("none");
        draft.excerpt = image.names.empty() ? "" : toUtf8(image.names.front()) + '\n';
        context.add(std::move(draft));
    }
}

void imageAge(CheckContext &context)
{
    const Policy *policy = context.policy();
    const std::int64_t days
        = policy && policy->maximumImageAgeDays ? *policy->maximumImageAgeDays : numberParameter(context, "days");
    const std::string limit = dayAt(context.prepared().now() - days * secondsOfDay);
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const std::string day = createdOf(*context.images()[i]);
        if ((!day.empty() && day >= limit) || !isContainerImage(*context.images()[i]))
            continue;
        Draft draft = context.onImage(i).with(day).with(std::to_string(days));
        draft.field = "created";
        if (day.empty())
            draft.as("undated");
        else
            draft.excerpt = "created: " + day + '\n';
        context.add(std::move(draft));
    }
}

void imageSize(CheckContext &context)
{
    const std::int64_t most = numberParameter(context, "bytes");
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const Image &image = *context.images()[i];
        if (most <= 0 || image.bytes <= static_cast<std::uint64_t>(most))
            continue;
        // Whole megabytes read the same in both languages.
        constexpr std::uint64_t mega = 1'000'000;
        Draft draft = context.onImage(i)
                          .with(std::to_string(image.bytes / mega))
                          .with(std::to_string(static_cast<std::uint64_t>(most) / mega))
                          .with(std::to_string(image.layers.size()));
        draft.field = "size";
        context.add(std::move(draft));
    }
}

void imageBase(CheckContext &context)
{
    const Policy *policy = context.policy();
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const Image &image = *context.images()[i];
        if (!isContainerImage(image))
            continue;
        const std::string name(labelOf(image, "base.name"));
        const std::string reference = parseImageReference(name).text();
        const bool approved = policy && std::ranges::any_of(policy->approvedBaseImages, [&](const std::string &prefix) {
            return isBelowReference(reference, prefix);
        });
        const bool ruled = policy && !policy->approvedBaseImages.empty();
        if (!name.empty() && (approved || !ruled))
            continue;
        Draft draft = context.onImage(i).with(toUtf8(reference));
        draft.field = "config.Labels.org.opencontainers.image.base.name";
        draft.excerpt = labelLines(image);
        if (!name.empty())
            draft.as("not-approved");
        context.add(std::move(draft));
    }
}

void imageSupportEnd(CheckContext &context)
{
    const std::string today = dayAt(context.prepared().now());
    const std::string soon = dayAt(context.prepared().now() + numberParameter(context, "soon_days") * secondsOfDay);
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const Image &image = *context.images()[i];
        const SystemSupport support = context.checks().supportTable().find(image.os.id, image.os.versionId);
        if (support.ends.empty() || support.ends > soon)
            continue;
        Draft draft = context.onImage(i)
                          .with(systemName(image))
                          .with(std::string(support.ends))
                          .with(std::string(support.source))
                          .with(std::string(support.asOf));
        draft.field = "etc/os-release";
        draft.path = "/etc/os-release";
        draft.excerpt = systemLines(image);
        if (support.ends >= today)
            draft.as("soon");
        context.add(std::move(draft));
    }
}

void imageSystemUnknown(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const Image &image = *context.images()[i];
        if (!isContainerImage(image) || isWindows(image))
            continue;
        const SystemSupport support = context.checks().supportTable().find(image.os.id, image.os.versionId);
        if (support.rolling || !support.ends.empty() || (image.os.id.empty() && !isReadWhole(image)))
            continue; // what was not read may hold it
        Draft draft = context.onImage(i).with(systemName(image));
        draft.field = "etc/os-release";
        if (image.os.id.empty())
            draft.as("none");
        else
            draft.excerpt = systemLines(image);
        context.add(std::move(draft));
    }
}

void imageRuntimeEnd(CheckContext &context)
{
    const std::string today = dayAt(context.prepared().now());
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const Image &image = *context.images()[i];
        for (const SupportTable::System &runtime : context.checks().supportTable().runtimes()) {
            const auto variable
                = std::ranges::find_if(image.config.env, [&](const auto &one) { return one.first == runtime.env; });
            if (variable == image.config.env.end())
                continue;
            const SystemSupport support = runtime.of(variable->second);
            const VisibleFiles &files = context.prepared().visibleFiles(i);
            const bool there = std::ranges::any_of(
                runtime.programs, [&](const std::string &program) { return files.resolve(program) != nullptr; });
            if (support.ends.empty() || support.ends >= today || !there)
                continue;
            Draft draft = context.onImage(i).with(toUtf8(runtime.id + ' ' + variable->second)).with(support.ends);
            draft.with(support.source).with(support.asOf);
            draft.field = "config.Env." + runtime.env;
            draft.excerpt = toUtf8(variable->first + '=' + variable->second) + '\n';
            context.add(std::move(draft));
        }
    }
}

void imageDownloads(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const Image &image = *context.images()[i];
        for (std::size_t step = 0; step < image.history.size(); ++step) {
            const std::string_view command = image.history[step].createdBy;
            const BuildDownload download = downloadIn(command);
            if (download.kind == BuildDownload::Kind::None)
                continue;
            Draft draft = context.onImage(i).with(toUtf8(download.url)).with(std::to_string(step + 1));
            draft.field = "history[" + std::to_string(step) + "]";
            draft.excerpt = toUtf8(command.substr(0, 400)) + '\n';
            if (download.kind == BuildDownload::Kind::Piped)
                draft.as("piped");
            context.add(std::move(draft));
        }
    }
}

void imageMinimal(CheckContext &context)
{
    const std::vector<std::string> &programs = context.check().parameterList("programs");
    for (std::size_t i = 0; i < context.images().size() && !context.stopRequested(); ++i) {
        const Image &image = *context.images()[i];
        if (!isContainerImage(image) || isWindows(image) || image.layers.empty())
            continue;
        const VisibleFiles &files = context.prepared().visibleFiles(i);
        const bool any = std::ranges::any_of(files.all(), [&](const VisibleFiles::File &file) {
            const std::string_view path = files.path(file);
            return isProgramFolder(folderOf(path)) && contains(programs, baseName(path));
        });
        if (any || !isReadWhole(image) || files.all().empty())
            continue;
        Draft draft = context.onImage(i)
                          .with(std::to_string(files.all().size()))
                          .with(std::to_string(image.packages.size()))
                          .with(systemName(image));
        draft.field = "files";
        if (image.os.id.empty())
            draft.as("scratch");
        context.add(std::move(draft));
    }
}

} // namespace tally::checks
