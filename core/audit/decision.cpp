// SPDX-License-Identifier: Apache-2.0
#include "core/audit/decision.h"

#include "core/base/messages_audit.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tally {

namespace {

constexpr std::array<std::pair<Status, std::string_view>, 5> statusNames = {{
    {Status::Unbearbeitet, "unbearbeitet"},
    {Status::Ja, "ja"},
    {Status::Teilweise, "teilweise"},
    {Status::Nein, "nein"},
    {Status::Entbehrlich, "entbehrlich"},
}};

bool isBlank(const std::string &text)
{
    return text.find_first_not_of(" \t\n\r") == std::string::npos;
}

} // namespace

std::string_view statusName(Status status)
{
    return statusNames[static_cast<std::size_t>(status)].second;
}

std::optional<Status> statusFromName(std::string_view name)
{
    const auto *found = std::ranges::find(statusNames, name, &std::pair<Status, std::string_view>::second);
    return found == statusNames.end() ? std::nullopt : std::optional(found->first);
}

std::optional<Message> validateDecision(const Requirement &requirement, const Decision &decision)
{
    if (!isBlank(decision.reason))
        return std::nullopt;
    switch (decision.status) {
    case Status::Unbearbeitet:
    case Status::Ja:
        return std::nullopt;
    case Status::Entbehrlich:
        return Message{auditDef("decision.reason-entbehrlich"), {requirement.id}};
    case Status::Teilweise:
    case Status::Nein:
        break;
    }
    const bool must = std::ranges::any_of(requirement.parts, &Part::isMust);
    return Message{must ? auditDef("decision.reason-must") : auditDef("decision.reason-should"), {requirement.id}};
}

} // namespace tally
