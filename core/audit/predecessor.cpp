// SPDX-License-Identifier: Apache-2.0
#include "core/audit/predecessor.h"

#include "core/audit/carried.h"
#include "core/audit/clusters.h"
#include "core/audit/measures.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iterator>
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

constexpr std::array<std::pair<const char *, std::string FindingException::*>, 8> exceptionFields = {{
    {"kind", &FindingException::kind},
    {"reason", &FindingException::reason},
    {"by", &FindingException::by},
    {"at", &FindingException::at},
    {"expires", &FindingException::expires},
    {"check", &FindingException::check},
    {"namespace", &FindingException::namespaceName},
    {"object", &FindingException::object},
}};
constexpr std::array<std::pair<const char *, std::string FindingException::*>, 2> placeFields = {{
    {"fingerprint", &FindingException::fingerprint},
    {"cluster", &FindingException::cluster},
}};
constexpr std::array<std::pair<const char *, std::size_t CarriedOver::*>, 9> countFields = {{
    {"answers", &CarriedOver::answers},
    {"exceptions", &CarriedOver::exceptions},
    {"asked", &CarriedOver::asked},
    {"targets", &CarriedOver::targets},
    {"measures", &CarriedOver::measures},
    {"measuresDone", &CarriedOver::measuresDone},
    {"settings", &CarriedOver::settings},
    {"filters", &CarriedOver::filters},
    {"keys", &CarriedOver::keys},
}};
constexpr std::array<std::pair<const char *, std::string AskedKind::*>, 5> askedFields = {{
    {"kind", &AskedKind::kind},
    {"group", &AskedKind::group},
    {"reason", &AskedKind::reason},
    {"by", &AskedKind::by},
    {"at", &AskedKind::at},
}};

/// Of settings about the look of reports, which goes with the house (core/report/report_look.cpp).
constexpr std::string_view ofReports = "report.";

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

template<typename T, std::size_t Count>
Json rowOf(const T &value, const std::array<std::pair<const char *, std::string T::*>, Count> &columns,
    std::optional<std::size_t> cluster = std::nullopt)
{
    Json row;
    for (const auto &[name, field] : columns)
        row[name] = value.*field;
    if (cluster)
        row["cluster"] = *cluster;
    return row;
}

template<typename T, std::size_t Count>
T fromRow(const Json &row, const std::array<std::pair<const char *, std::string T::*>, Count> &columns)
{
    T value{};
    for (const auto &[name, field] : columns)
        value.*field = textAt(row, name);
    return value;
}

/// Rows that name a cluster which is there.
template<typename T, std::size_t Count>
void readRows(const Json &json, const char *list, std::size_t clusters,
    const std::array<std::pair<const char *, std::string T::*>, Count> &columns,
    std::vector<std::pair<T, std::size_t>> &rows)
{
    const auto found = json.find(list);
    if (found == json.end() || !found->is_array())
        return;
    for (const Json &row : *found) {
        const auto cluster = row.is_object() ? row.find("cluster") : row.end();
        if (row.is_object() && cluster != row.end() && cluster->is_number_unsigned()
            && cluster->get<std::size_t>() < clusters)
            rows.emplace_back(fromRow<T>(row, columns), cluster->get<std::size_t>());
    }
}

std::size_t indexOf(const EarlierCluster &cluster, std::vector<EarlierCluster> &clusters)
{
    const auto found = std::ranges::find(clusters, cluster);
    if (found != clusters.end())
        return static_cast<std::size_t>(found - clusters.begin());
    clusters.push_back(cluster);
    return clusters.size() - 1;
}

CarriedOver carriedOf(const Predecessor &made, const AuditState &old)
{
    CarriedOver carried;
    for (const auto &[id, decision] : made.decisions)
        carried.answers += decision.status != Status::Unbearbeitet;
    carried.exceptions = made.exceptions.size() + made.said.exceptions.size();
    carried.asked = made.asked.size() + made.said.asked.size();
    carried.targets = old.records.targets.size();
    for (const auto &[key, measure] : old.records.measures)
        ++(isOpen(measure) ? carried.measures : carried.measuresDone);
    carried.settings = static_cast<std::size_t>(std::ranges::count_if(
        old.records.settings, [](const auto &each) { return each.first.starts_with(ofReports); }));
    carried.filters = old.records.filters.size();
    carried.keys = old.keys.size();
    carried.policy = old.policy != nullptr;
    return carried;
}

EarlierCluster described(const AuditCluster &cluster, bool isOnly)
{
    return {cluster.key == cluster.cluster->uid ? cluster.key : std::string(), cluster.name, isOnly};
}

} // namespace

SaidOfClusters saidOfClusters(const AuditState &old, std::string_view today)
{
    SaidOfClusters said;
    const SaidOfClusters waiting = old.predecessor ? old.predecessor->said : SaidOfClusters();
    for (const auto &[kind, cluster] : waiting.asked) {
        const AuditCluster *there = sameCluster(old, waiting.clusters[cluster]);
        if (!there || !isAskedIn(old, *there, kind))
            said.asked.emplace_back(kind, indexOf(waiting.clusters[cluster], said.clusters));
    }
    for (const auto &[exception, cluster] : waiting.exceptions) {
        FindingException here = exception;
        const AuditCluster *there = sameCluster(old, waiting.clusters[cluster]);
        here.cluster = there ? there->key : std::string();
        if (waitsToBeConfirmed(old, here, today))
            said.exceptions.emplace_back(exception, indexOf(waiting.clusters[cluster], said.clusters));
    }
    for (const AuditCluster &cluster : old.clusters) {
        if (old.clusters.size() < 2) // Predecessor::asked has them
            break;
        for (AskedKind &kind : askedIn(old, cluster)) {
            kind.source = 0;
            said.asked.emplace_back(std::move(kind), indexOf(described(cluster, false), said.clusters));
        }
    }
    for (const auto &[key, exception] : old.exceptions) {
        if (exception.isExpired(today) || !isKeyByOrder(exception.cluster))
            continue;
        const AuditCluster *cluster = old.cluster(exception.cluster);
        const EarlierCluster earlier
            = cluster ? described(*cluster, old.clusters.size() == 1) : EarlierCluster{{}, exception.cluster};
        said.exceptions.emplace_back(exception, indexOf(earlier, said.clusters));
        said.exceptions.back().first.cluster.clear();
    }
    return said;
}

namespace {

SaidOfClusters saidIn(const Json &json)
{
    SaidOfClusters said;
    const auto clusters = json.find("clusters");
    if (clusters == json.end() || !clusters->is_array())
        return said;
    for (const Json &row : *clusters) {
        const auto only = row.is_object() ? row.find("only") : row.end();
        said.clusters.push_back(row.is_object()
                ? EarlierCluster{textAt(row, "uid"), textAt(row, "name"), only != row.end() && *only == Json(true)}
                : EarlierCluster());
    }
    readRows(json, "askedInClusters", said.clusters.size(), askedFields, said.asked);
    readRows(json, "exceptions", said.clusters.size(), exceptionFields, said.exceptions);
    return said;
}

std::vector<FindingException> waitingIn(const Json &json)
{
    std::vector<FindingException> waiting;
    const auto rows = json.find("toConfirm");
    if (rows == json.end() || !rows->is_array())
        return waiting;
    for (const Json &row : *rows) {
        if (!row.is_object())
            continue;
        waiting.push_back(fromRow<FindingException>(row, exceptionFields));
        for (const auto &[name, field] : placeFields)
            waiting.back().*field = textAt(row, name);
    }
    return waiting;
}

std::optional<CarriedOver> carriedIn(const Json &json)
{
    const auto row = json.find("carried");
    if (row == json.end() || !row->is_object())
        return std::nullopt;
    CarriedOver carried;
    for (const auto &[name, field] : countFields) {
        const auto count = row->find(name);
        if (count != row->end() && count->is_number_unsigned())
            carried.*field = count->get<std::size_t>();
    }
    const auto policy = row->find("policy");
    carried.policy = policy != row->end() && *policy == Json(true);
    return carried;
}

/// Its title; else the day on which it was begun.
std::string calledAfter(const AuditState &old)
{
    if (!old.info.title.empty())
        return old.info.title;
    return old.info.createdAt.empty() ? std::string("-") : old.info.createdAt.substr(0, 10);
}

} // namespace

const AuditCluster *sameCluster(const AuditState &state, const EarlierCluster &earlier)
{
    if (!earlier.uid.empty()) {
        if (const AuditCluster *found = state.cluster(earlier.uid))
            return found;
    }
    const auto fits = [&earlier](const AuditCluster &each) {
        return earlier.uid.empty() || each.cluster->uid.empty() || each.cluster->uid == earlier.uid;
    };
    for (const AuditCluster &each : state.clusters) {
        if (fits(each) && each.name == earlier.name && namingSource(state, each))
            return &each;
    }
    const AuditCluster *only = onlyCluster(state);
    return earlier.isOnly && only && fits(*only) ? only : nullptr;
}

Predecessor predecessorOf(const AuditState &old, std::string_view today)
{
    Predecessor made;
    made.title = calledAfter(old);
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
    if (old.predecessor) {
        made.asked = old.predecessor->asked;
        std::ranges::copy_if(old.predecessor->exceptions, std::back_inserter(made.exceptions),
            [&](const FindingException &each) { return waitsToBeConfirmed(old, each, today); });
    }
    for (const auto &[key, exception] : old.exceptions) {
        if (!exception.isExpired(today) && !isKeyByOrder(exception.cluster)) // saidOfClusters() has these
            made.exceptions.push_back(exception);
    }
    for (const AskedKind &kind : old.asked) {
        if (old.clusters.size() > 1) // likewise
            break;
        std::erase_if(
            made.asked, [&kind](const AskedKind &each) { return each.kind == kind.kind && each.group == kind.group; });
        made.asked.push_back(kind);
        made.asked.back().source = 0;
    }
    made.said = saidOfClusters(old, today);
    made.carried = carriedOf(made, old);
    return made;
}

CarriedOver carriedFrom(const AuditState &old, std::string_view today)
{
    return *predecessorOf(old, today).carried;
}

std::vector<Record> carriedRecords(const AuditState &old)
{
    const std::string from = calledAfter(old);
    std::vector<Record> records;
    for (const auto &[key, target] : old.records.targets) {
        records.emplace_back(target);
        std::get<TargetObject>(records.back()).from = from;
    }
    for (const auto &[key, measure] : old.records.measures) {
        if (!isOpen(measure))
            continue;
        records.emplace_back(measure);
        std::get<Measure>(records.back()).from = from;
    }
    for (const auto &[key, filter] : old.records.filters)
        records.emplace_back(filter);
    for (const auto &[key, setting] : old.records.settings) {
        if (key.starts_with(ofReports))
            records.emplace_back(setting);
    }
    return records;
}

AuditInfo startedInfo(AuditInfo info, const AuditState &old)
{
    for (const auto field :
        {&AuditInfo::organisation, &AuditInfo::auditor, &AuditInfo::targetObject, &AuditInfo::classification}) {
        if ((info.*field).empty())
            info.*field = old.info.*field;
    }
    return info;
}

std::string declinedKey(const FindingException &exception)
{
    return std::string(declinedPrefix) + exception.key();
}

bool waitsToBeConfirmed(const AuditState &state, const FindingException &exception, std::string_view today)
{
    return !exception.isExpired(today) && !state.exceptions.contains(exception.key())
        && !state.records.settings.contains(declinedKey(exception));
}

std::string predecessorToJson(const Predecessor &predecessor)
{
    const SaidOfClusters &said = predecessor.said;
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
        json["asked"].push_back(rowOf(kind, askedFields));
    for (const EarlierCluster &cluster : said.clusters)
        json["clusters"].push_back({{"uid", cluster.uid}, {"name", cluster.name}, {"only", cluster.isOnly}});
    for (const auto &[kind, cluster] : said.asked) // not in "asked": who knows one cluster only would take them for its
        json["askedInClusters"].push_back(rowOf(kind, askedFields, cluster));
    for (const auto &[exception, cluster] : said.exceptions)
        json["exceptions"].push_back(rowOf(exception, exceptionFields, cluster));
    for (const FindingException &exception : predecessor.exceptions) {
        Json row = rowOf(exception, exceptionFields);
        for (const auto &[name, field] : placeFields)
            row[name] = exception.*field;
        json["toConfirm"].push_back(std::move(row));
    }
    if (predecessor.carried) {
        for (const auto &[name, field] : countFields)
            json["carried"][name] = *predecessor.carried.*field;
        json["carried"]["policy"] = predecessor.carried->policy;
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<Predecessor> predecessorIn(const std::vector<JournalEntry> &journal)
{
    const auto entry = std::ranges::find(journal, "started-from", &JournalEntry::event);
    return entry == journal.end() ? std::nullopt : predecessorIn(*entry);
}

std::optional<Predecessor> predecessorIn(const JournalEntry &entry)
{
    const Json json = entry.event == "started-from" ? Json::parse(entry.detail, nullptr, false) : Json();
    if (!json.is_object())
        return std::nullopt;
    Predecessor read;
    for (const auto &[name, field] : names)
        read.*field = textAt(json, name);
    read.said = saidIn(json);
    read.exceptions = waitingIn(json);
    read.carried = carriedIn(json);
    if (const auto asked = json.find("asked"); asked != json.end() && asked->is_array()) {
        for (const Json &row : *asked) {
            if (row.is_object())
                read.asked.push_back(fromRow<AskedKind>(row, askedFields));
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
