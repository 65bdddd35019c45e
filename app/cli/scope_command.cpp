// SPDX-License-Identifier: Apache-2.0
#include "app/cli/adding.h"
#include "app/cli/commands.h"

#include "core/audit/target_objects.h"
#include "core/base/ascii.h"
#include "core/base/messages_exports.h"
#include "core/base/messages_scope.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace tally::cli {

namespace {

using Need = TargetObject::Need;

void print(const TargetObject &target)
{
    std::printf("%-8s%-12s%s", target.key.empty() ? "-" : target.key.c_str(),
        std::string(targetKindName(target.kind)).c_str(), printable(target.name).c_str());
    if (highestNeed(target) != Need::NotStated)
        std::printf("  %s,%s,%s", std::string(needName(target.confidentiality.need)).c_str(),
            std::string(needName(target.integrity.need)).c_str(),
            std::string(needName(target.availability.need)).c_str());
    std::printf("%s%s\n", target.description.empty() ? "" : "  ", printable(target.description).c_str());
}

std::optional<Need> needOf(std::string_view word)
{
    for (const Need need : {Need::NotStated, Need::Normal, Need::High, Need::VeryHigh}) {
        if (needName(need) == word)
            return need;
    }
    return std::nullopt;
}

/// "NAME=C,I,A: reason" on the recorded targets of that name. Nothing: it cannot be read, or there is none.
std::optional<std::vector<TargetObject>> withNeeds(const AuditState &state, std::string_view text)
{
    const std::size_t colon = text.find(": ");
    const std::string reason(colon == std::string_view::npos ? std::string_view() : trimmed(text.substr(colon + 2)));
    const std::string_view call = text.substr(0, colon);
    const std::size_t equals = call.rfind('=');
    if (equals == std::string_view::npos)
        return std::nullopt;
    std::array<Need, 3> needs{};
    std::string_view rest = call.substr(equals + 1);
    for (std::size_t i = 0; i < needs.size(); ++i) {
        const std::size_t comma = rest.find(',');
        const auto need = needOf(trimmed(rest.substr(0, comma)));
        if (!need || (comma == std::string_view::npos) != (i + 1 == needs.size()))
            return std::nullopt;
        needs.at(i) = *need;
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    std::vector<TargetObject> found;
    for (const auto &[key, target] : state.records.targets) {
        if (target.name != trimmed(call.substr(0, equals)))
            continue;
        found.push_back(target);
        found.back().confidentiality = {needs[0], reason};
        found.back().integrity = {needs[1], reason};
        found.back().availability = {needs[2], reason};
        found.back().by.clear();
    }
    return found.empty() ? std::nullopt : std::optional(std::move(found));
}

Result<> record(Audit &audit, std::vector<TargetObject> targets)
{
    giveKeys(*audit.state(), targets);
    return audit.change({std::make_move_iterator(targets.begin()), std::make_move_iterator(targets.end())});
}

} // namespace

int scopeCommand(const Console &console, const ScopeOptions &options)
{
    auto audit = Audit::open(options.audit);
    if (console.failed(audit))
        return NothingUsable;
    audit->setActor(options.by);
    if (options.by.empty() && (options.record || !options.needs.empty()))
        sayNobodyNamed(console);
    if (options.record) {
        if (console.failed(record(*audit, proposedTargets(*audit->state()))))
            return NothingUsable;
    }
    for (const std::string &text : options.needs) {
        auto targets = withNeeds(*audit->state(), text);
        if (!targets) {
            console.say({scopeDef("scope.bad-need"), {printable(text)}});
            return WrongCall;
        }
        if (const auto done = record(*audit, *std::move(targets)); !done) {
            console.show(done.error());
            return done.error().kind == ErrorKind::Malformed ? WrongCall : NothingUsable; // or cannot be written
        }
    }
    const AuditStatePtr state = audit->state();
    for (const auto &[key, target] : state->records.targets)
        print(target);
    for (const TargetObject &target : proposedTargets(*state))
        print(target);
    return Done;
}

} // namespace tally::cli
