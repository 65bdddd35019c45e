// SPDX-License-Identifier: Apache-2.0
#include "core/audit/classification.h"

#include "core/base/ascii.h"
#include "core/base/messages_classes.h"
#include "core/base/text_format.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace tally {

namespace {

using Kind = ClassificationKey::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 4> prefixes = {{
    {"class/", Kind::Class},
    {"kritis/", Kind::Deficiency},
    {"verdict/", Kind::Verdict},
    {"five/", Kind::Deviations},
}};
constexpr std::array<std::string_view, 3> classNames = {"AS", "AG", "E"};
constexpr std::array<std::string_view, 4> deficiencyNames = {"serious", "considerable", "minor", "recommendation"};

template<typename Enum, std::size_t Count>
std::optional<Enum> fromName(const std::array<std::string_view, Count> &names, std::string_view name)
{
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? std::nullopt : std::optional(static_cast<Enum>(found - names.begin()));
}

std::string keyOf(Kind kind, const std::string &id)
{
    return std::string(std::ranges::find(prefixes, kind, &std::pair<std::string_view, Kind>::second)->first) + id;
}

const Setting *settingOf(const AuditState &state, Kind kind, const std::string &id)
{
    const auto found = state.records.settings.find(keyOf(kind, id));
    return found == state.records.settings.end() ? nullptr : &found->second;
}

AuditChange changeOf(Kind kind, const std::string &id, std::string value)
{
    std::string key = keyOf(kind, id);
    if (value.empty())
        return RecordRemoval{RecordType::Setting, std::move(key)};
    Setting setting;
    setting.key = std::move(key);
    setting.value = std::move(value);
    return Record(std::move(setting));
}

Status statusOf(const AuditState &state, const std::string &requirement)
{
    const auto decided = state.decisions.find(requirement);
    return decided == state.decisions.end() ? Status::Unbearbeitet : decided->second.status;
}

bool admitsWeight(const AuditState &state, const std::string &requirement, bool isRecommendation)
{
    return isDeviation(state, requirement)
        || (isRecommendation && statusOf(state, requirement) == Status::Ja); // what is met can be done better
}

std::vector<std::string> words(std::string_view text)
{
    std::vector<std::string> all;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0)
            all.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return all;
}

/// In one line, without what stands around it.
std::string sentence(std::string_view text)
{
    std::string line;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!blank)
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    return std::string(trimmed(line));
}

std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool hasRequirement(const Module &module, std::string_view id)
{
    return std::ranges::find(module.requirements, id, &Requirement::id) != module.requirements.end();
}

std::optional<Message> validateWeight(const AuditState &state, Kind kind, const std::string &id, const Setting &setting)
{
    const auto auditClass = classFromName(setting.value);
    const auto deficiency = deficiencyFromName(setting.value);
    if (kind == Kind::Class && !auditClass)
        return Message{classesDef("class.unknown"), {setting.value}};
    if (kind == Kind::Deficiency && !deficiency)
        return Message{classesDef("kritis.unknown"), {setting.value}};
    const bool fits = kind == Kind::Class ? admits(state, id, *auditClass) : admits(state, id, *deficiency);
    return fits ? std::nullopt : std::optional(Message{classesDef("class.not-decided"), {id}});
}

std::optional<Message> validateChosen(const AuditState &state, const Module &module, const Setting &setting)
{
    const std::vector<std::string> ids = words(setting.value);
    if (ids.size() > mostChosen)
        return Message{classesDef("five.many"), {std::to_string(mostChosen)}};
    for (const std::string &id : ids) {
        if (!hasRequirement(module, id))
            return Message{classesDef("class.no-requirement"), {id}};
        if (!isDeviation(state, id))
            return Message{classesDef("five.no-deviation"), {id}};
    }
    return std::nullopt;
}

} // namespace

std::string_view className(AuditClass auditClass)
{
    return classNames[static_cast<std::size_t>(auditClass)];
}

std::optional<AuditClass> classFromName(std::string_view name)
{
    return fromName<AuditClass>(classNames, name);
}

std::string_view deficiencyName(Deficiency deficiency)
{
    return deficiencyNames[static_cast<std::size_t>(deficiency)];
}

std::optional<Deficiency> deficiencyFromName(std::string_view name)
{
    return fromName<Deficiency>(deficiencyNames, name);
}

int weightRank(std::optional<AuditClass> auditClass)
{
    constexpr int unclassified = 2;
    if (!auditClass)
        return unclassified;
    return *auditClass == AuditClass::Recommendation ? unclassified + 1 : static_cast<int>(*auditClass);
}

const MessageDef *wordOf(AuditClass auditClass)
{
    switch (auditClass) {
    case AuditClass::Serious:
        return classesDef("class.as");
    case AuditClass::Minor:
        return classesDef("class.ag");
    case AuditClass::Recommendation:
        break;
    }
    return classesDef("class.e");
}

const MessageDef *wordOf(Deficiency deficiency)
{
    switch (deficiency) {
    case Deficiency::Serious:
        return classesDef("kritis.serious");
    case Deficiency::Considerable:
        return classesDef("kritis.considerable");
    case Deficiency::Minor:
        return classesDef("kritis.minor");
    case Deficiency::Recommendation:
        break;
    }
    return classesDef("kritis.recommendation");
}

bool isDeviation(const AuditState &state, const std::string &requirement)
{
    const Status status = statusOf(state, requirement);
    return status == Status::Nein || status == Status::Teilweise;
}

bool admits(const AuditState &state, const std::string &requirement, AuditClass auditClass)
{
    return admitsWeight(state, requirement, auditClass == AuditClass::Recommendation);
}

bool admits(const AuditState &state, const std::string &requirement, Deficiency deficiency)
{
    return admitsWeight(state, requirement, deficiency == Deficiency::Recommendation);
}

Classification classificationOf(const AuditState &state, const std::string &requirement)
{
    Classification made;
    if (const Setting *setting = settingOf(state, Kind::Class, requirement))
        made.auditClass = classFromName(setting->value);
    if (const Setting *setting = settingOf(state, Kind::Deficiency, requirement))
        made.deficiency = deficiencyFromName(setting->value);
    if (made.auditClass && !admits(state, requirement, *made.auditClass))
        made.auditClass.reset();
    if (made.deficiency && !admits(state, requirement, *made.deficiency))
        made.deficiency.reset();
    return made;
}

std::optional<OverallVerdict> verdictOf(const AuditState &state, const std::string &module)
{
    const Setting *setting = settingOf(state, Kind::Verdict, module);
    if (!setting || setting->value.empty())
        return std::nullopt;
    OverallVerdict verdict{setting->value, setting->by, setting->at};
    std::set<std::string_view> since;
    for (const JournalEntry &entry : state.journal) {
        if (entry.at > setting->at && entry.event.starts_with("decision") && entry.subject.starts_with(module + "."))
            since.insert(entry.subject);
    }
    verdict.decidedSince = static_cast<int>(since.size());
    return verdict;
}

std::optional<ChosenDeviations> chosenDeviations(const AuditState &state, const std::string &module)
{
    const Setting *setting = settingOf(state, Kind::Deviations, module);
    if (!setting)
        return std::nullopt;
    ChosenDeviations chosen{words(setting->value), setting->by, setting->at};
    std::erase_if(chosen.requirements, [&state](const std::string &id) { return !isDeviation(state, id); });
    chosen.requirements.resize(std::min(chosen.requirements.size(), mostChosen));
    std::ranges::stable_sort(chosen.requirements, {},
        [&state](const std::string &id) { return weightRank(classificationOf(state, id).auditClass); });
    return chosen.requirements.empty() ? std::nullopt : std::optional(std::move(chosen));
}

AuditChange classChange(const std::string &requirement, std::optional<AuditClass> auditClass)
{
    return changeOf(Kind::Class, requirement, auditClass ? std::string(className(*auditClass)) : std::string());
}

AuditChange deficiencyChange(const std::string &requirement, std::optional<Deficiency> deficiency)
{
    return changeOf(
        Kind::Deficiency, requirement, deficiency ? std::string(deficiencyName(*deficiency)) : std::string());
}

std::vector<AuditChange> verdictChanges(const AuditState &state, const std::string &module, std::string_view text)
{
    std::vector<AuditChange> changes;
    std::string line = sentence(text);
    const Setting *there = settingOf(state, Kind::Verdict, module);
    if (there && there->value == line) // the same again would change nothing
        changes.push_back(changeOf(Kind::Verdict, module, {}));
    changes.push_back(changeOf(Kind::Verdict, module, std::move(line)));
    return changes;
}

AuditChange deviationsChange(const std::string &module, const std::vector<std::string> &requirements)
{
    std::string value;
    for (const std::string &id : requirements)
        value += (value.empty() ? "" : " ") + id;
    return changeOf(Kind::Deviations, module, std::move(value));
}

std::optional<ClassificationKey> classificationKey(std::string_view settingKey)
{
    for (const auto &[prefix, kind] : prefixes) {
        if (settingKey.starts_with(prefix))
            return ClassificationKey{kind, settingKey.substr(prefix.size())};
    }
    return std::nullopt;
}

Message nameOf(const ClassificationKey &key)
{
    std::vector<std::string> id{std::string(key.id)};
    switch (key.kind) {
    case Kind::Class:
        return {classesDef("journal.class"), std::move(id)};
    case Kind::Deficiency:
        return {classesDef("journal.kritis"), std::move(id)};
    case Kind::Verdict:
        return {classesDef("journal.verdict"), std::move(id)};
    case Kind::Deviations:
        break;
    }
    return {classesDef("journal.five"), std::move(id)};
}

std::optional<Message> validateClassification(
    const AuditState &state, const Catalogue &catalogue, const Setting &setting)
{
    const std::optional<ClassificationKey> key = classificationKey(setting.key);
    if (!key)
        return std::nullopt;
    const std::string id(key->id);
    if (key->kind == Kind::Class || key->kind == Kind::Deficiency) {
        if (!catalogue.requirement(id))
            return Message{classesDef("class.no-requirement"), {id}};
        return validateWeight(state, key->kind, id, setting);
    }
    const Module *module = catalogue.module(id);
    if (!module)
        return Message{classesDef("class.no-module"), {id}};
    if (key->kind == Kind::Deviations)
        return validateChosen(state, *module, setting);
    if (trimmed(setting.value).empty())
        return Message{classesDef("verdict.empty")};
    return characters(setting.value) > mostOfVerdict
        ? std::optional(Message{classesDef("verdict.long"), {std::to_string(mostOfVerdict)}})
        : std::nullopt;
}

} // namespace tally
