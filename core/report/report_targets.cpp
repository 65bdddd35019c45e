// SPDX-License-Identifier: Apache-2.0
// In section 2.1: target objects with their protection needs, and where the requirements for elevated needs apply.
#include "core/report/report_targets.h"

#include "core/audit/target_objects.h"
#include "core/base/messages_difference.h"
#include "core/base/messages_scope.h"
#include "core/base/pattern.h"
#include "core/report/report_data.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

using Need = TargetObject::Need;

constexpr std::size_t mostNamed = 12; ///< in a sentence; the rest is counted

const MessageDef *wordOf(Need need)
{
    switch (need) {
    case Need::NotStated:
        break;
    case Need::Normal:
        return scopeDef("scope.need.normal");
    case Need::High:
        return scopeDef("scope.need.high");
    case Need::VeryHigh:
        return scopeDef("scope.need.very-high");
    }
    return scopeDef("scope.need.not-stated");
}

const MessageDef *wordOf(TargetObject::Kind kind)
{
    switch (kind) {
    case TargetObject::Kind::Cluster:
        return scopeDef("scope.kind.cluster");
    case TargetObject::Kind::Host:
        return scopeDef("scope.kind.host");
    case TargetObject::Kind::Image:
        return scopeDef("scope.kind.image");
    case TargetObject::Kind::Application:
        return scopeDef("scope.kind.application");
    case TargetObject::Kind::Namespace:
        break;
    }
    return scopeDef("scope.kind.namespace");
}

std::string listed(const Words &w, std::vector<std::string> names)
{
    if (names.size() > mostNamed) {
        const std::size_t more = names.size() - mostNamed;
        names.resize(mostNamed);
        names.back() += ' ' + w(scopeDef("scope.more"), {w.count(more)});
    }
    return join(names);
}

Cell needCell(const Words &w, Need need)
{
    if (need == Need::NotStated)
        return cell(muted(needWord(w, need)));
    return cell(need == Need::Normal ? plain(needWord(w, need)) : strong(needWord(w, need)));
}

Cell reasonCell(const Words &w, const TargetObject &target)
{
    Cell made;
    for (std::string &line : reasonLines(w, target))
        made.lines.push_back({plain(std::move(line))});
    if (made.lines.empty())
        made.lines.push_back({muted("–")});
    return made;
}

/// A report on one namespace names no other.
bool concerns(const ReportData &data, const TargetObject &target)
{
    const std::string &name = data.options.choice.namespaceName;
    return name.empty() || target.kind != TargetObject::Kind::Namespace || matchesPattern(name, target.name);
}

std::string named(const Words &w, const TargetObject &target)
{
    return w(
        scopeDef("scope.named"), {kindWord(w, target.kind), w.given(target.name), needWord(w, highestNeed(target))});
}

/// Requirements of which the same is to be said stand in one sentence.
void appendWhere(const ReportData &data, const ProtectionScope &scope, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    std::vector<std::pair<std::string, std::vector<std::string>>> sentences; // %2 with the code before it; ids
    const auto add = [&sentences](std::string what, std::string id) {
        auto found = std::ranges::find(sentences, what, [](const auto &each) { return each.first; });
        if (found == sentences.end())
            found = sentences.insert(sentences.end(), {std::move(what), {}});
        found->second.push_back(std::move(id));
    };
    constexpr char nowhere = '0';
    constexpr char unknown = '1';
    constexpr char somewhere = '2';
    for (const RequirementView &view : data.requirements) {
        const Requirement &requirement = *view.requirement;
        const std::string id(requirement.shortId());
        std::vector<std::string> names;
        switch (scope.answer(requirement)) {
        case ProtectionScope::Answer::Always:
            break;
        case ProtectionScope::Answer::Nowhere:
            add(std::string(1, nowhere), id);
            break;
        case ProtectionScope::Answer::Unknown:
            for (const std::string &place : scope.openPlaces())
                names.push_back(w.given(place));
            add(unknown + listed(w, std::move(names)), id);
            break;
        case ProtectionScope::Answer::Somewhere:
            for (const TargetObject *target : scope.where(requirement))
                names.push_back(named(w, *target));
            add(somewhere + listed(w, std::move(names)), id);
            break;
        }
    }
    for (const auto &[what, ids] : sentences) {
        const MessageDef *def = what[0] == nowhere ? scopeDef("scope.nowhere")
            : what[0] == unknown                   ? scopeDef("scope.unknown")
                                                   : scopeDef("scope.somewhere");
        blocks.emplace_back(Paragraph{{plain(w(def, {join(ids), what.substr(1)}))}});
    }
}

} // namespace

std::string kindWord(const Words &words, TargetObject::Kind kind)
{
    return words(wordOf(kind));
}

std::string needWord(const Words &words, TargetObject::Need need)
{
    return words(wordOf(need));
}

std::vector<std::string> reasonLines(const Words &words, const TargetObject &target)
{
    const std::string &reason = target.confidentiality.reason;
    if (!reason.empty() && reason == target.integrity.reason && reason == target.availability.reason)
        return {words.typed(reason)};
    std::vector<std::string> lines;
    for (const auto &[word, value] : {std::pair{scopeDef("scope.confidentiality"), &target.confidentiality},
             std::pair{scopeDef("scope.integrity"), &target.integrity},
             std::pair{scopeDef("scope.availability"), &target.availability}}) {
        if (!value->reason.empty())
            lines.push_back(words(scopeDef("scope.reason-for"), {words(word), words.typed(value->reason)}));
    }
    return lines;
}

void appendTargetObjects(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    if (data.audit().records.targets.empty())
        return;
    const Words &w = data.words;
    Table table;
    table.caption = w(scopeDef("scope.title"));
    table.columns = {{w(scopeDef("scope.number")), 13}, {w(scopeDef("scope.object")), 42},
        {w(scopeDef("scope.confidentiality")), 27}, {w(scopeDef("scope.integrity")), 20},
        {w(scopeDef("scope.availability")), 23}, {w(scopeDef("scope.reason")), 45}};
    for (const auto &[key, target] : data.audit().records.targets) {
        if (!concerns(data, target))
            continue;
        Cell object = cellOf({strong(w.given(target.name)), muted(kindWord(w, target.kind))});
        if (!target.description.empty())
            object.lines.push_back({muted(w.given(target.description))});
        if (!target.from.empty())
            object.lines.push_back(
                {strong(w(differenceDef("carried.needs"), {w.outside(target.from, 200)}), Symbol::NotChecked)});
        table.rows.push_back({{cell(strong(key)), std::move(object), needCell(w, target.confidentiality.need),
            needCell(w, target.integrity.need), needCell(w, target.availability.need), reasonCell(w, target)}});
    }
    blocks.emplace_back(std::move(table));
    const ProtectionScope scope(data.audit());
    blocks.emplace_back(Paragraph{{muted(w(scopeDef("scope.rule")))}, Paragraph::Style::Note});
    if (!scope.anyStated() || !data.options.choice.namespaceName.empty())
        return; // where the requirements apply names all places
    appendWhere(data, scope, blocks);
    for (const ProtectionScope::Neighbours &each : scope.neighbours())
        blocks.emplace_back(Paragraph{{plain(w(scopeDef("scope.neighbours"),
            {w.given(each.higher), needWord(w, each.higherNeed), w.given(each.lower), needWord(w, each.lowerNeed),
                listed(w, {each.nodes.begin(), each.nodes.end()})}))}});
}

} // namespace tally
