// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/audit_log.h"

#include "core/base/ascii.h"
#include "core/base/civil_day.h"
#include "core/base/text_format.h"
#include "core/document/secret_rules.h"

#include <nlohmann/json.hpp>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <vector>

namespace tally {

namespace {

using Json = nlohmann::ordered_json;
namespace ondemand = simdjson::ondemand;

constexpr std::size_t longestLine = 16U << 20; // etcd takes 1.5 MiB; RequestResponse holds two bodies
constexpr std::size_t mostRows = 5'000;
constexpr std::size_t mostSamples = 10;
constexpr std::size_t longestName = 300;
constexpr std::size_t mostHours = 100'000; // eleven years
constexpr std::size_t mostGaps = 50;

/// What is kept of one event while it is counted. Views live as long as its line.
struct Event
{
    std::string_view stage, level, verb, uri, user, impersonated, address;
    std::string_view group, resource, subresource, namespaceName, name;
    std::string_view time; ///< to the second: "2026-01-01T10:11:12"
    bool unauthenticated = false;
    std::int64_t code = 0; ///< 0: the event does not say

    [[nodiscard]] bool refused() const { return code >= 400; }
    [[nodiscard]] bool isRead() const { return verb == "get" || verb == "list" || verb == "watch"; }
    [[nodiscard]] bool isChange() const
    {
        return verb == "create" || verb == "update" || verb == "patch" || verb == "delete"
            || verb == "deletecollection";
    }
};

struct Row
{
    std::string name;
    std::string action;
    bool person = false;
    std::uint64_t requests = 0;
    std::uint64_t refused = 0;
    std::string first, last;
    std::set<std::string, std::less<>> verbs, namespaces, objects, addresses;
};

using Table = std::map<std::string, Row>;

enum TableId : std::uint8_t { Users, Interactive, Reads, Anonymous, Changes, Denied, TableCount };
constexpr std::array<const char *, TableCount> tableNames
    = {"users", "interactive", "reads", "anonymous", "changes", "denied"};

bool startsWithAny(std::string_view text, std::initializer_list<std::string_view> prefixes)
{
    return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return text.starts_with(prefix); });
}

/// Accounts of programs: Kubernetes' own and those of service accounts begin with "system:"; system:admin is the
/// certificate that OpenShift gives to people. Amazon's begin with "eks:"; Google's service accounts have their domain.
bool isPerson(std::string_view user)
{
    if (user == "system:admin")
        return true;
    return !user.empty() && !startsWithAny(user, {"system:", "eks:"}) && !user.ends_with(".gserviceaccount.com");
}

/// Everybody may ask these (ClusterRole system:public-info-viewer).
bool isHealthPath(std::string_view path)
{
    const auto below = [&](std::string_view folder) {
        return path == folder || (path.starts_with(folder) && path[folder.size()] == '/');
    };
    return below("/healthz") || below("/livez") || below("/readyz") || below("/version");
}

bool isWatchedChange(const Event &event)
{
    if (event.group == "rbac.authorization.k8s.io" || event.group == "networking.k8s.io" || event.group == "cilium.io"
        || event.group == "crd.projectcalico.org" || event.group == "admissionregistration.k8s.io")
        return true;
    if (event.group == "apps" || event.group == "batch")
        return true;
    constexpr std::array<std::string_view, 7> core
        = {"pods", "services", "configmaps", "secrets", "serviceaccounts", "namespaces", "replicationcontrollers"};
    return event.group.empty() && event.subresource.empty() && std::ranges::find(core, event.resource) != core.end();
}

std::string_view interactiveAction(const Event &event)
{
    if (event.resource != "pods")
        return {};
    const std::string_view sub = event.subresource;
    const bool opens = (sub == "exec" || sub == "attach" || sub == "portforward")
        && (event.verb == "create" || event.verb == "get" || event.verb == "connect");
    const bool debug = sub == "ephemeralcontainers" && event.isChange();
    return opens || debug ? sub : std::string_view();
}

/// Seconds are enough; "" for what is no time in UTC.
std::string_view toSeconds(std::string_view time)
{
    constexpr std::size_t size = 19;
    if (time.size() <= size || time[4] != '-' || time[10] != 'T' || time[13] != ':' || time.back() != 'Z')
        return {};
    constexpr std::array<std::size_t, 14> digits = {0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18};
    const bool good = std::ranges::all_of(digits, [&](std::size_t at) { return time[at] >= '0' && time[at] <= '9'; });
    return good ? time.substr(0, size) : std::string_view();
}

/// Hours since 1970.
std::int64_t hourOf(std::string_view time)
{
    const auto number = [&](std::size_t at, std::size_t count) {
        std::int64_t value = 0;
        for (const char c : time.substr(at, count))
            value = value * 10 + (c - '0');
        return value;
    };
    return daysSince1970(number(0, 4), number(5, 2), number(8, 2)) * 24 + number(11, 2);
}

/// Names come from whoever asked: a token may stand where a user's name belongs.
std::string shown(std::string_view text)
{
    return maskSecretsInText(toUtf8(text));
}

void sample(std::set<std::string, std::less<>> &samples, std::string_view text)
{
    text = text.substr(0, longestName);
    if (!text.empty() && samples.size() < mostSamples && !samples.contains(text))
        samples.emplace(text);
}

std::string_view textOf(ondemand::value value)
{
    std::string_view text;
    return value.get_string().get(text) == simdjson::SUCCESS ? text : std::string_view();
}

/// Calls take(key, value) for each member; false where the JSON breaks.
template<typename Take>
bool forEachMember(ondemand::object object, Take take)
{
    for (auto member : object) {
        ondemand::field field;
        std::string_view key;
        if (std::move(member).get(field) != simdjson::SUCCESS || field.unescaped_key().get(key) != simdjson::SUCCESS)
            return false;
        take(key, field.value());
    }
    return true;
}

template<typename Take>
bool forEachMember(ondemand::value value, Take take)
{
    ondemand::object object;
    return value.get_object().get(object) == simdjson::SUCCESS && forEachMember(object, take);
}

void readUser(ondemand::value value, Event &event)
{
    (void)forEachMember(value, [&](std::string_view key, ondemand::value member) {
        if (key == "username")
            event.user = textOf(member);
        ondemand::array groups;
        if (key != "groups" || member.get_array().get(groups) != simdjson::SUCCESS)
            return;
        for (auto group : groups) {
            std::string_view name;
            if (group.get_string().get(name) == simdjson::SUCCESS && name == "system:unauthenticated")
                event.unauthenticated = true;
        }
    });
}

void readReference(ondemand::value value, Event &event)
{
    (void)forEachMember(value, [&](std::string_view key, ondemand::value member) {
        if (key == "apiGroup")
            event.group = textOf(member);
        else if (key == "resource")
            event.resource = textOf(member);
        else if (key == "subresource")
            event.subresource = textOf(member);
        else if (key == "namespace")
            event.namespaceName = textOf(member);
        else if (key == "name")
            event.name = textOf(member);
    });
}

void readMember(std::string_view key, ondemand::value value, Event &event, bool &isEvent)
{
    if (key == "apiVersion")
        isEvent = textOf(value).starts_with("audit.k8s.io/");
    else if (key == "level")
        event.level = textOf(value);
    else if (key == "stage")
        event.stage = textOf(value);
    else if (key == "verb")
        event.verb = textOf(value);
    else if (key == "requestURI")
        event.uri = textOf(value);
    else if (key == "user")
        readUser(value, event);
    else if (key == "objectRef")
        readReference(value, event);
    else if (key == "requestReceivedTimestamp")
        event.time = toSeconds(textOf(value));
    else if (key == "impersonatedUser")
        (void)forEachMember(value, [&](std::string_view name, ondemand::value member) {
            if (name == "username")
                event.impersonated = textOf(member);
        });
    else if (key == "responseStatus")
        (void)forEachMember(value, [&](std::string_view name, ondemand::value member) {
            std::int64_t code = 0;
            if (name == "code" && member.get_int64().get(code) == simdjson::SUCCESS)
                event.code = code;
        });
    else if (ondemand::array addresses; key == "sourceIPs" && value.get_array().get(addresses) == simdjson::SUCCESS) {
        for (auto address : addresses) {
            std::string_view text;
            if (event.address.empty() && address.get_string().get(text) == simdjson::SUCCESS)
                event.address = text;
        }
    }
}

Json toArray(const std::set<std::string, std::less<>> &values)
{
    Json array = Json::array();
    for (const std::string &value : values)
        array.push_back(shown(value));
    return array;
}

Json rowJson(const Row &row)
{
    const std::string name = shown(row.name);
    const std::string action = shown(row.action);
    Json json = {{"name", action.empty() ? name : name + ' ' + action}};
    if (!action.empty()) {
        json["user"] = name;
        json["action"] = action;
    }
    json["person"] = row.person;
    json["requests"] = row.requests;
    json["refused"] = row.refused;
    for (const auto &[key, values] : {std::pair("verbs", &row.verbs), std::pair("namespaces", &row.namespaces),
             std::pair("objects", &row.objects), std::pair("addresses", &row.addresses)}) {
        if (!values->empty())
            json[key] = toArray(*values);
    }
    json["first"] = row.first + 'Z';
    json["last"] = row.last + 'Z';
    return json;
}

} // namespace

struct AuditLog::Counts
{
    simdjson::ondemand::parser parser;
    std::string padded;
    std::uint64_t events = 0;
    std::uint64_t requests = 0;
    std::uint64_t unreadable = 0;
    std::string first, last;
    std::set<std::int64_t> hours;
    std::map<std::string, std::uint64_t, std::less<>> levels;
    std::array<Table, TableCount> tables;
    std::array<std::uint64_t, TableCount> left{}; ///< requests that found their table full

    bool read(std::string_view text, Event &event);
    void count(const Event &event);
    Row *row(TableId table, const Event &event, std::string_view name, std::string_view action);
    [[nodiscard]] Json period() const;
};

bool AuditLog::Counts::read(std::string_view text, Event &event)
{
    padded.assign(text);
    padded.append(simdjson::SIMDJSON_PADDING, ' ');
    ondemand::document document;
    ondemand::object object;
    const simdjson::padded_string_view line(padded.data(), text.size(), padded.size());
    if (parser.iterate(line).get(document) != simdjson::SUCCESS
        || document.get_object().get(object) != simdjson::SUCCESS)
        return false;
    bool isEvent = false;
    const bool whole = forEachMember(
        object, [&](std::string_view key, ondemand::value value) { readMember(key, value, event, isEvent); });
    return whole && isEvent;
}

Row *AuditLog::Counts::row(TableId table, const Event &event, std::string_view name, std::string_view action)
{
    name = name.substr(0, longestName);
    action = action.substr(0, longestName);
    std::string key(name);
    key.append(1, '\0').append(action);
    Table &rows = tables.at(table);
    auto found = rows.find(key);
    if (found == rows.end()) {
        if (rows.size() >= mostRows) {
            ++left.at(table);
            return nullptr;
        }
        found = rows.emplace(key, Row{}).first;
        found->second.name = name;
        found->second.action = action;
        found->second.person = isPerson(event.user);
    }
    Row &own = found->second;
    ++own.requests;
    own.refused += event.refused() ? 1 : 0;
    const std::string time(event.time);
    if (!time.empty() && (own.first.empty() || time < own.first))
        own.first = time;
    own.last = std::max(own.last, time);
    sample(own.verbs, event.verb);
    sample(own.namespaces, event.namespaceName);
    sample(own.addresses, event.address);
    return &own;
}

void AuditLog::Counts::count(const Event &event)
{
    ++events;
    constexpr std::size_t mostLevels = 20; // Kubernetes has four
    if (levels.size() < mostLevels || levels.contains(event.level))
        ++levels[std::string(event.level.substr(0, longestName))];
    if (!event.time.empty()) {
        const std::string time(event.time);
        if (first.empty() || time < first)
            first = time;
        last = std::max(last, time);
        if (hours.size() < mostHours)
            hours.insert(hourOf(event.time));
    }
    // Each request has several stages; the last one has its outcome.
    if (event.stage != "ResponseComplete" && event.stage != "Panic")
        return;
    ++requests;
    std::string user(event.user.empty() ? std::string_view("-") : event.user);
    if (!event.impersonated.empty())
        user.append(" as ").append(event.impersonated);
    (void)row(Users, event, user, {});
    const std::string object = event.namespaceName.empty()
        ? std::string(event.name)
        : std::string(event.namespaceName) + '/' + std::string(event.name);
    std::string resource(event.resource);
    if (!event.subresource.empty())
        resource.append("/").append(event.subresource);
    const std::string_view path = event.uri.substr(0, event.uri.find('?'));
    const auto keepObject = [&](Row *own) {
        if (own && !event.name.empty())
            sample(own->objects, object);
    };
    if (event.code == 401 || event.code == 403)
        keepObject(row(
            Denied, event, user, std::string(event.verb) + ' ' + (resource.empty() ? std::string(path) : resource)));
    if (const std::string_view action = interactiveAction(event); !action.empty())
        keepObject(row(Interactive, event, user, action));
    if (event.refused())
        return;
    if (event.resource == "secrets" && event.group.empty() && event.isRead())
        keepObject(row(Reads, event, user, {}));
    if ((event.user == "system:anonymous" || event.unauthenticated) && !isHealthPath(path))
        keepObject(row(
            Anonymous, event, std::string(event.verb) + ' ' + (resource.empty() ? std::string(path) : resource), {}));
    if (isPerson(event.user) && event.isChange() && isWatchedChange(event))
        keepObject(row(Changes, event, user, resource));
}

Json AuditLog::Counts::period() const
{
    struct Gap
    {
        std::int64_t from, to;
    };
    std::vector<Gap> gaps;
    std::int64_t before = 0;
    for (const std::int64_t hour : hours) {
        if (before != 0 && hour - before > 2)
            gaps.push_back({before + 1, hour});
        before = hour;
    }
    std::ranges::stable_sort(gaps, [](const Gap &a, const Gap &b) { return a.to - a.from > b.to - b.from; });
    gaps.resize(std::min(gaps.size(), mostGaps));
    Json list = Json::array();
    for (const Gap &gap : gaps)
        list.push_back(
            {{"from", rfc3339(gap.from * 3600)}, {"to", rfc3339(gap.to * 3600)}, {"hours", gap.to - gap.from}});
    const std::int64_t covered = hours.empty() ? 0 : *hours.rbegin() - *hours.begin() + 1;
    return {{"first", first.empty() ? "" : first + 'Z'}, {"last", last.empty() ? "" : last + 'Z'}, {"hours", covered},
        {"gaps", std::move(list)}};
}

bool looksLikeAuditLog(std::string_view head)
{
    const std::size_t begin = head.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos || head[begin] != '{')
        return false;
    // A List of audit events, or an indented one, is no log; the marks stand first in what the API server writes.
    const std::string_view line = head.substr(begin, head.find('\n', begin) - begin);
    return line.find("\"audit.k8s.io/") != std::string_view::npos && line.find("\"Event\"") != std::string_view::npos
        && line.find("\"auditID\"") != std::string_view::npos;
}

bool mayBeAuditLog(std::string_view path)
{
    const std::string name = lowered(baseName(path));
    const bool isLog = name.find(".log") != std::string::npos || name.ends_with(".jsonl") || name.ends_with(".ndjson")
        || name.ends_with(".txt") || name.ends_with(".gz");
    return isLog && (name.find("audit") != std::string::npos || path.find("audit_logs/") != std::string_view::npos)
        && !name.ends_with(".tar.gz");
}

AuditLog::AuditLog()
    : m_counts(std::make_unique<Counts>())
{
}
AuditLog::AuditLog(AuditLog &&) noexcept = default;
AuditLog &AuditLog::operator=(AuditLog &&) noexcept = default;
AuditLog::~AuditLog() = default;

void AuditLog::add(std::string_view bytes)
{
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        const std::string_view piece = bytes.substr(0, end);
        if (m_rest.size() + piece.size() > longestLine) {
            m_tooLong = true;
            m_rest.clear();
        }
        if (end == std::string_view::npos) {
            if (!m_tooLong)
                m_rest.append(piece);
            return;
        }
        if (m_tooLong)
            ++m_counts->unreadable;
        else if (m_rest.empty())
            line(piece);
        else
            line(m_rest.append(piece));
        m_rest.clear();
        m_tooLong = false;
        bytes.remove_prefix(end + 1);
    }
}

void AuditLog::endFile()
{
    if (m_tooLong)
        ++m_counts->unreadable;
    else
        line(m_rest);
    m_rest.clear();
    m_tooLong = false;
}

void AuditLog::line(std::string_view text)
{
    if (text.find_first_not_of(" \t\r") == std::string_view::npos)
        return;
    Event event;
    if (m_counts->read(text, event))
        m_counts->count(event);
    else
        ++m_counts->unreadable;
}

void AuditLog::merge(const AuditLog &other)
{
    const Counts &from = *other.m_counts;
    Counts &into = *m_counts;
    into.events += from.events;
    into.requests += from.requests;
    into.unreadable += from.unreadable;
    if (into.first.empty() || (!from.first.empty() && from.first < into.first))
        into.first = from.first;
    into.last = std::max(into.last, from.last);
    into.hours.insert(from.hours.begin(), from.hours.end());
    for (const auto &[level, count] : from.levels)
        into.levels[level] += count;
    for (std::size_t table = 0; table < TableCount; ++table) {
        into.left.at(table) += from.left.at(table);
        Table &rows = into.tables.at(table);
        for (const auto &[key, row] : from.tables.at(table)) {
            const auto found = rows.find(key);
            if (found == rows.end() && rows.size() >= mostRows) {
                into.left.at(table) += row.requests;
                continue;
            }
            Row &own = found == rows.end() ? rows.emplace(key, row).first->second : found->second;
            if (found == rows.end())
                continue;
            own.requests += row.requests;
            own.refused += row.refused;
            if (own.first.empty() || (!row.first.empty() && row.first < own.first))
                own.first = row.first;
            own.last = std::max(own.last, row.last);
            for (const auto samples : {&Row::verbs, &Row::namespaces, &Row::objects, &Row::addresses}) {
                for (const std::string &value : row.*samples) {
                    if ((own.*samples).size() < mostSamples)
                        (own.*samples).insert(value);
                }
            }
        }
    }
}

std::uint64_t AuditLog::events() const
{
    return m_counts->events;
}

std::uint64_t AuditLog::unreadableLines() const
{
    return m_counts->unreadable;
}

std::string AuditLog::last() const
{
    return m_counts->last.empty() ? std::string() : m_counts->last + 'Z';
}

std::string AuditLog::toJson(std::string_view name) const
{
    const Counts &counts = *m_counts;
    Json json = {{"apiVersion", "audit.k8s.io/v1"}, {"kind", "AuditLog"},
        {"metadata", {{"name", visible(toUtf8(name))}}}, {"events", counts.events}, {"requests", counts.requests},
        {"unreadableLines", counts.unreadable}, {"period", counts.period()}};
    json["levels"] = Json::object();
    for (const auto &[level, count] : counts.levels)
        json["levels"][level.empty() ? "-" : shown(level)] = count;
    for (std::size_t table = 0; table < TableCount; ++table) {
        Json rows = Json::array();
        for (const auto &[key, row] : counts.tables.at(table))
            rows.push_back(rowJson(row));
        json[tableNames.at(table)] = std::move(rows);
        if (counts.left.at(table) > 0)
            json["notListed"][tableNames.at(table)] = counts.left.at(table);
    }
    return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

Result<> readAuditLog(BlockReader &stream, AuditLog &log, const RunContext &run)
{
    for (;;) {
        if (run.stopRequested())
            return tl::unexpected<Error>(cancelled());
        TALLY_ASSIGN(const Block block, stream.next());
        if (block.bytes.empty()) {
            log.endFile();
            return {};
        }
        log.add(block.bytes);
    }
}

} // namespace tally
