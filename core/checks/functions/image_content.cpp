// SPDX-License-Identifier: Apache-2.0
#include "core/base/text_format.h"
#include "core/checks/functions/functions.h"
#include "core/checks/functions/image_helpers.h"
#include "core/image/risk_scan.h"

#include <algorithm>
#include <array>

namespace tally::checks {

void imageUser(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const Image &image = *context.images()[i];
        const StartUser::Kind who = startUser(image).kind;
        if (who == StartUser::Kind::Other || isWindows(image) || !isContainerImage(image))
            continue;
        Draft draft = context.onImage(i).with(image.config.user);
        draft.field = "config.User";
        draft.excerpt = "User: \"" + image.config.user + "\"\n";
        if (who == StartUser::Kind::Unset)
            draft.as("unset");
        else if (who == StartUser::Kind::UnknownName)
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
                const std::size_t comma = std::min(risk.detail.find(','), risk.detail.size());
                draft.path = risk.path;
                draft.with(toUtf8(risk.path)).with(risk.detail.substr(0, comma));
                if (isTestPlace(risk.path) || risk.detail.substr(comma) == ", sample")
                    draft.as("test-material");
                else if (risk.detail == "named")
                    draft.as("named");
                else if (isPackagePlace(risk.path))
                    draft.as("packaged");
                else if (!risk.visible)
                    draft.as("deleted");
            }
            context.add(std::move(draft));
        }
    }
}

} // namespace tally::checks
