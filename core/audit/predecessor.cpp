// SPDX-License-Identifier: Apache-2.0
#include "core/audit/predecessor.h"

#include "core/audit/clusters.h"

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
constexpr std::array<std::pair<const char *, std::string AskedKind::*>, 5> askedFields = {{
    {"kind", &AskedKind::kind},
    {"group", &AskedKind::group},
    {"reason", &AskedKind::reason},
    {"by", &AskedKind::by},
    {"at", &AskedKind::at},
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

/// Null where the journal names no earlier audit.
Json startIn(const std::vector<JournalEntry> &journal)
{
    const auto entry = std::ranges::find(journal, "started-from", &JournalEntry::event);
    return entry == journal.end() ? Json() : Json::parse(entry->detail, nullptr, false);
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

EarlierCluster described(const AuditCluster &cluster, bool isOnly)
{
    return {cluster.key == cluster.cluster->uid ? cluster.key : std::string(), cluster.name, isOnly};
}

} // namespace

SaidOfClusters saidOfClusters(const AuditState &old, std::string_view today)
{
    SaidOfClusters said;
    const SaidOfClusters waiting = old.predecessor ? saidOfClustersIn(old.journal) : SaidOfClusters();
    for (const auto &[kind, cluster] : waiting.asked) {
        const AuditCluster *there = sameCluster(old, waiting.clusters[cluster]);
        if (!there || !isAskedIn(old, *there, kind))
            said.asked.emplace_back(kind, indexOf(waiting.clusters[cluster], said.clusters));
    }
    for (const auto &[exception, cluster] : waiting.exceptions) {
        FindingException here = exception;
        const AuditCluster *there = sameCluster(old, waiting.clusters[cluster]);
        here.cluster = there ? there->key : std::string();
        if (!exception.isExpired(today) && (!there || !old.exceptions.contains(here.key())))
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

SaidOfClusters saidOfClustersIn(const std::vector<JournalEntry> &journal)
{
    SaidOfClusters said;
    const Json json = startIn(journal);
    const auto clusters = json.is_object() ? json.find("clusters") : json.end();
    if (!json.is_object() || clusters == json.end() || !clusters->is_array())
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
    if (old.clusters.size() > 1) // saidOfClusters() has them
        return made;
    for (const AskedKind &kind : old.asked) {
        std::erase_if(
            made.asked, [&kind](const AskedKind &each) { return each.kind == kind.kind && each.group == kind.group; });
        made.asked.push_back(kind);
        made.asked.back().source = 0;
    }
    return made;
}

std::string predecessorToJson(const Predecessor &predecessor, const SaidOfClusters &said)
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
        json["asked"].push_back(rowOf(kind, askedFields));
    for (const EarlierCluster &cluster : said.clusters)
        json["clusters"].push_back({{"uid", cluster.uid}, {"name", cluster.name}, {"only", cluster.isOnly}});
    for (const auto &[kind, cluster] : said.asked) // not in "asked": who knows one cluster only would take them for its
        json["askedInClusters"].push_back(rowOf(kind, askedFields, cluster));
    for (const auto &[exception, cluster] : said.exceptions)
        json["exceptions"].push_back(rowOf(exception, exceptionFields, cluster));
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<Predecessor> predecessorIn(const std::vector<JournalEntry> &journal)
{
    const Json json = startIn(journal);
    if (!json.is_object())
        return std::nullopt;
    Predecessor read;
    for (const auto &[name, field] : names)
        read.*field = textAt(json, name);
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
