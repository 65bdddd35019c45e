// SPDX-License-Identifier: Apache-2.0
#include "core/audit/predecessor.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace tally {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<const char *, std::string Predecessor::*>, 5> names = {{
    {"title", &Predecessor::title},
    {"organisation", &Predecessor::organisation},
    {"createdAt", &Predecessor::createdAt},
    {"judgedAt", &Predecessor::judgedAt},
    {"journalHead", &Predecessor::journalHead},
}};
constexpr std::array<std::pair<const char *, std::string Decision::*>, 7> fields = {{
    {"reason", &Decision::reason},
    {"by", &Decision::by},
    {"at", &Decision::at},
    {"responsible", &Decision::responsible},
    {"until", &Decision::until},
    {"measure", &Decision::measure},
    {"basis", &Decision::basisHash},
}};

bool saysSomething(const Decision &decision)
{
    return decision.status != Status::Unbearbeitet || !decision.reason.empty() || !decision.responsible.empty()
        || !decision.until.empty() || !decision.measure.empty();
}

std::string textAt(const Json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

Predecessor predecessorOf(const AuditState &old)
{
    Predecessor made;
    made.title = old.info.title;
    made.organisation = old.info.organisation;
    made.createdAt = old.info.createdAt;
    made.judgedAt = old.run ? old.run->createdAt : std::string();
    made.journalHead = old.journalHead;
    if (old.predecessor) // what nobody confirmed there either
        made.decisions = old.predecessor->decisions;
    for (const auto &[id, decision] : old.decisions) {
        if (!saysSomething(decision))
            continue;
        made.decisions[id] = decision;
        made.decisions[id].stale = false;
    }
    made.asked = old.predecessor ? old.predecessor->asked : std::vector<AskedKind>();
    if (old.clusters.size() > 1) // the next audit has no sources yet that could tell which cluster is which
        return made;
    for (const AskedKind &kind : old.asked) {
        std::erase_if(
            made.asked, [&kind](const AskedKind &each) { return each.kind == kind.kind && each.group == kind.group; });
        made.asked.push_back(kind);
        made.asked.back().source = 0;
    }
    return made;
}

std::string predecessorToJson(const Predecessor &predecessor)
{
    Json json;
    for (const auto &[name, field] : names)
        json[name] = predecessor.*field;
    json["decisions"] = Json::array();
    for (const auto &[id, decision] : predecessor.decisions) {
        Json row = {{"id", id}, {"status", statusName(decision.status)}};
        for (const auto &[name, field] : fields)
            row[name] = decision.*field;
        json["decisions"].push_back(std::move(row));
    }
    if (!predecessor.asked.empty())
        json["asked"] = Json::array();
    for (const AskedKind &kind : predecessor.asked)
        json["asked"].push_back(
            {{"kind", kind.kind}, {"group", kind.group}, {"reason", kind.reason}, {"by", kind.by}, {"at", kind.at}});
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<Predecessor> predecessorIn(const std::vector<JournalEntry> &journal)
{
    const auto entry = std::ranges::find(journal, "started-from", &JournalEntry::event);
    if (entry == journal.end())
        return std::nullopt;
    const Json json = Json::parse(entry->detail, nullptr, false);
    if (!json.is_object())
        return std::nullopt;
    Predecessor read;
    for (const auto &[name, field] : names)
        read.*field = textAt(json, name);
    if (const auto asked = json.find("asked"); asked != json.end() && asked->is_array()) {
        for (const Json &row : *asked) {
            if (row.is_object())
                read.asked.push_back({textAt(row, "kind"), textAt(row, "group"), textAt(row, "reason"),
                    textAt(row, "by"), textAt(row, "at")});
        }
    }
    const auto decisions = json.find("decisions");
    if (decisions == json.end() || !decisions->is_array())
        return read;
    for (const Json &row : *decisions) {
        if (!row.is_object())
            continue;
        Decision &decision = read.decisions[textAt(row, "id")];
        decision.status = statusFromName(textAt(row, "status")).value_or(Status::Unbearbeitet);
        for (const auto &[name, field] : fields)
            decision.*field = textAt(row, name);
    }
    return read;
}

const Decision *AuditState::toConfirm(const std::string &id) const
{
    if (!predecessor)
        return nullptr;
    const auto decided = decisions.find(id);
    if (decided != decisions.end() && decided->second.status != Status::Unbearbeitet)
        return nullptr;
    const auto earlier = predecessor->decisions.find(id);
    return earlier == predecessor->decisions.end() ? nullptr : &earlier->second;
}

} // namespace tally
