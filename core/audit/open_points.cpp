// SPDX-License-Identifier: Apache-2.0
#include "core/audit/open_points.h"

#include "core/audit/carried.h"
#include "core/base/messages_difference.h"
#include "core/base/messages_journal.h"

#include <algorithm>
#include <iterator>

namespace tally {

namespace {

bool isDecided(const AuditState &state, const std::string &id)
{
    const auto found = state.decisions.find(id);
    return found != state.decisions.end() && found->second.status != Status::Unbearbeitet;
}

std::ptrdiff_t decidedOf(const AuditState &state, const Module &module)
{
    return std::ranges::count_if(
        module.requirements, [&state](const Requirement &each) { return isDecided(state, each.id); });
}

} // namespace

std::vector<Message> openPoints(const AuditState &state, const Catalogue &catalogue)
{
    std::vector<Message> open;
    const auto add = [&open](const MessageDef *what, std::ptrdiff_t count, std::vector<std::string> args = {}) {
        if (count > 0)
            open.push_back({what, std::move(args), static_cast<int>(count)});
    };
    const auto &decisions = state.decisions;
    const auto &reviews = state.records.reviews;
    for (const Module *module : modulesInWork(state, catalogue))
        add(journalDef("open.undecided"), std::ssize(module->requirements) - decidedOf(state, *module), {module->id});
    add(journalDef("open.stale"), std::ranges::count_if(decisions, [](const auto &each) { return each.second.stale; }));
    add(journalDef("open.must"), std::ranges::count_if(decisions, [&](const auto &each) {
        return validateDecided(state, catalogue, each.first).has_value();
    }));
    add(journalDef("open.reviews"),
        std::ranges::count_if(reviews, [](const auto &each) { return each.second.state == Review::State::Submitted; }));
    add(journalDef("open.sent-back"),
        std::ranges::count_if(reviews, [](const auto &each) { return each.second.state == Review::State::SentBack; }));
    if (state.predecessor)
        add(journalDef("open.carried"), std::ranges::count_if(state.predecessor->decisions, [&](const auto &each) {
            return state.toConfirm(each.first) != nullptr;
        }));
    add(differenceDef("open.exceptions"), std::ssize(carriedExceptions(state)));
    add(differenceDef("open.targets"), std::ssize(carriedTargets(state)));
    add(journalDef("open.requests"), std::ranges::count_if(state.records.requests, [](const auto &each) {
        return each.second.state == EvidenceRequest::State::Open;
    }));
    add(journalDef("open.cached"), static_cast<std::ptrdiff_t>(sourcesToRecheck(state).size()));
    if (!isJudged(state))
        open.push_back({journalDef("open.not-judged")});
    return open;
}

std::vector<const Module *> judgedModules(const AuditState &state, const Catalogue &catalogue)
{
    const auto isTouched
        = [&state](const std::string &id) { return isDecided(state, id) || state.toConfirm(id) != nullptr; };
    std::vector<const Module *> judged;
    for (const Module &module : catalogue.modules) {
        const bool any = std::ranges::any_of(module.requirements, [&isTouched](const Requirement &each) {
            return isTouched(each.id)
                || std::ranges::any_of(each.parts, [&isTouched](const Part &part) { return isTouched(part.id); });
        });
        if (any)
            judged.push_back(&module);
    }
    return judged;
}

std::vector<const Module *> modulesInWork(const AuditState &state, const Catalogue &catalogue)
{
    std::vector<const Module *> judged = judgedModules(state, catalogue);
    return judged.empty() ? std::vector{&catalogue.modules.front()} : judged;
}

const Module &moduleInWork(const AuditState &state, const Catalogue &catalogue)
{
    return *std::ranges::max_element(
        catalogue.modules, {}, [&state](const Module &module) { return decidedOf(state, module); });
}

} // namespace tally
