// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace tally::checks {

namespace {

/// Entries of an index that carry signatures or attestations have a platform that no machine has.
bool isContainerImage(const Image &image)
{
    return image.config.os != "unknown" && !image.platform.starts_with("unknown");
}

std::string_view withoutBlanks(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The number that a text is as a whole; nothing for names. One that does not fit comes out as the largest.
std::optional<std::uint64_t> numberIn(std::string_view text)
{
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    std::uint64_t value = UINT64_MAX;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

enum class StartsAs : std::uint8_t { Root, Nobody, Unknown, Other };

StartsAs startsAs(const Image &image)
{
    const std::string_view whole = image.config.user;
    const std::string_view user = withoutBlanks(whole.substr(0, whole.find(':')));
    if (user.empty())
        return StartsAs::Nobody;
    if (const auto number = numberIn(user)) {
        constexpr std::uint64_t largest = 2147483647; // old runtimes cut what is above it to 0
        return *number == 0 || *number > largest ? StartsAs::Root : StartsAs::Other;
    }
    if (user == "root")
        return StartsAs::Root;
    const auto known = std::ranges::find(image.users, user, &User::name);
    if (known == image.users.end())
        return StartsAs::Unknown;
    return known->uid == 0 ? StartsAs::Root : StartsAs::Other;
}

bool isWindows(const Image &image)
{
    return image.config.os == "windows" || image.platform.starts_with("windows");
}

} // namespace

void imageUser(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const Image &image = *context.images()[i];
        const StartsAs who = startsAs(image);
        if (who == StartsAs::Other || isWindows(image) || !isContainerImage(image))
            continue;
        Draft draft = context.onImage(i).with(image.config.user);
        draft.field = "config.User";
        draft.excerpt = "User: \"" + image.config.user + "\"\n";
        if (who == StartsAs::Nobody)
            draft.as("unset");
        else if (who == StartsAs::Unknown)
            draft.as("unknown");
        context.add(std::move(draft));
    }
}

void imagePort(CheckContext &context)
{
    const auto parameter = context.check().parameters.find("ports");
    if (parameter == context.check().parameters.end())
        return;
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        for (const std::string &entry : context.images()[i]->config.exposedPorts) {
            const std::size_t slash = std::min(entry.find('/'), entry.size());
            if (!contains(parameter->second, std::string_view(entry).substr(0, slash))
                || (slash < entry.size() && entry.substr(slash) != "/tcp"))
                continue;
            Draft draft = context.onImage(i).with(entry);
            draft.field = "config.ExposedPorts." + entry;
            draft.excerpt = "ExposedPorts: \"" + entry + "\"\n";
            context.add(std::move(draft));
        }
    }
}

void imageHealthcheck(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const Image &image = *context.images()[i];
        if (image.config.healthcheck || !isContainerImage(image)
            || (image.config.entrypoint.empty() && image.config.cmd.empty()))
            continue;
        Draft draft = context.onImage(i);
        draft.field = "config.Healthcheck";
        if (image.config.healthcheckDisabled)
            draft.as("disabled");
        context.add(std::move(draft));
    }
}

namespace {

/// Where keys lie that open nothing: tests, examples, documentation.
bool isTestMaterial(std::string_view path)
{
    if (path == "/etc/ssl/private/ssl-cert-snakeoil.key")
        return true;
    constexpr std::array<std::string_view, 9> folders
        = {"test", "tests", "testdata", "example", "examples", "doc", "docs", "demo", "fixtures"};
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        if (std::ranges::find(folders, path.substr(0, slash)) != folders.end())
            return true;
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return false;
}

/// Risks of the configuration are named "Env NAME", "Label NAME", "History 3" (Risk::path); the excerpt is the masked
/// text.
std::string configExcerpt(const Image &image, std::string_view kind, std::string_view name)
{
    if (kind == "Env") {
        const auto variable
            = std::ranges::find_if(image.config.env, [&](const auto &one) { return one.first == name; });
        return variable == image.config.env.end() ? std::string() : variable->first + '=' + variable->second + '\n';
    }
    if (kind == "Label") {
        const auto label = image.config.labels.find(std::string(name));
        return label == image.config.labels.end() ? std::string() : label->first + '=' + label->second + '\n';
    }
    const auto number = numberIn(name);
    return number && *number >= 1 && *number <= image.history.size() ? image.history[*number - 1].createdBy + '\n'
                                                                     : std::string();
}

void describeConfigSecret(Draft &draft, const Image &image, const Risk &risk)
{
    const std::size_t blank = risk.path.find(' ');
    const std::string kind = risk.path.substr(0, blank);
    const std::string name = blank == std::string::npos ? std::string() : risk.path.substr(blank + 1);
    draft.field = risk.path;
    draft.excerpt = configExcerpt(image, kind, name);
    const bool byName = risk.detail == "name"; // else the value itself has the form of a credential
    draft.with(byName ? name : risk.path).with(risk.detail);
    if (byName)
        draft.as(kind == "Env" ? "env" : kind == "Label" ? "label" : "history");
}

} // namespace

void imageSecret(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const Image &image = *context.images()[i];
        for (const Risk &risk : image.risks) {
            if (risk.kind != "secret")
                continue;
            Draft draft = context.onImage(i);
            draft.layer = static_cast<int>(risk.layer);
            if (!risk.path.starts_with('/')) {
                describeConfigSecret(draft, image, risk);
            } else {
                draft.path = risk.path;
                draft.with(risk.path).with(risk.detail);
                if (isTestMaterial(risk.path))
                    draft.as("test-material");
                else if (!risk.visible)
                    draft.as("deleted");
            }
            context.add(std::move(draft));
        }
    }
}

} // namespace tally::checks
