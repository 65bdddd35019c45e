// SPDX-License-Identifier: Apache-2.0
#include "core/audit/records.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace tally {

namespace {

using Json = nlohmann::ordered_json;
using namespace std::string_view_literals;

constexpr std::array reviewStates{"submitted"sv, "accepted"sv, "sent-back"sv};
constexpr std::array measureStates{"planned"sv, "in-progress"sv, "done"sv, "verified"sv};
constexpr std::array priorities{"high"sv, "medium"sv, "low"sv};
constexpr std::array requestStates{"open"sv, "received"sv, "not-available"sv};
constexpr std::array targetKinds{"cluster"sv, "host"sv, "image"sv, "application"sv, "namespace"sv};
constexpr std::array needs{"not-stated"sv, "normal"sv, "high"sv, "very-high"sv};
constexpr std::array severities{"info"sv, "low"sv, "medium"sv, "high"sv, "critical"sv}; // as severityName()

constexpr const auto &namesOf(Review::State)
{
    return reviewStates;
}
constexpr const auto &namesOf(Measure::State)
{
    return measureStates;
}
constexpr const auto &namesOf(Measure::Priority)
{
    return priorities;
}
constexpr const auto &namesOf(EvidenceRequest::State)
{
    return requestStates;
}
constexpr const auto &namesOf(TargetObject::Kind)
{
    return targetKinds;
}
constexpr const auto &namesOf(TargetObject::Need)
{
    return needs;
}
constexpr const auto &namesOf(Severity)
{
    return severities;
}

template<typename Enum>
std::string_view nameIn(Enum value)
{
    return namesOf(value)[static_cast<std::size_t>(value)];
}

class Writer;
class Reader;

/// What a visitor sees of a record: the writer may only look.
template<typename Visitor, typename T>
using Seen = std::conditional_t<std::is_same_v<Visitor, Writer>, const T, T>;

template<typename Visitor>
void describe(Visitor &field, Seen<Visitor, Decision> &decision);
template<typename Visitor>
void describe(Visitor &field, Seen<Visitor, TargetObject::ProtectionNeed> &need);

class Writer
{
public:
    void operator()(const char *name, const std::string &text) { m_json[name] = text; }
    void operator()(const char *name, const std::vector<std::string> &texts) { m_json[name] = texts; }
    void operator()(const char *name, std::optional<std::int64_t> number)
    {
        if (number)
            m_json[name] = *number;
    }
    void operator()(const char *name, Status status) { m_json[name] = statusName(status); }
    template<typename T>
    void operator()(const char *name, const T &value)
    {
        if constexpr (std::is_enum_v<T>) {
            m_json[name] = nameIn(value);
        } else {
            Writer inner;
            describe(inner, value);
            m_json[name] = std::move(inner.m_json);
        }
    }

    /// What a later version wrote, behind what is known.
    void addUnknown(const std::string &text)
    {
        const Json unknown = Json::parse(text, nullptr, false);
        if (!unknown.is_object())
            return;
        for (const auto &[key, value] : unknown.items()) {
            if (!m_json.contains(key))
                m_json[key] = value;
        }
    }

    [[nodiscard]] std::string text() const
    {
        return m_json.dump(-1, ' ', false, Json::error_handler_t::replace); // what people paste need not be UTF-8
    }

private:
    Json m_json = Json::object();
};

/// Takes each field that it reads out of the JSON: what is left is not known.
class Reader
{
public:
    explicit Reader(Json json)
        : m_json(std::move(json))
        , m_good(m_json.is_object())
    {
    }

    template<typename T>
    void operator()(const char *name, T &value)
    {
        const auto found = m_good ? m_json.find(name) : m_json.end();
        if (!m_good || found == m_json.end())
            return;
        m_good = take(*found, value);
        m_json.erase(name);
    }

    [[nodiscard]] bool isGood() const { return m_good; }
    [[nodiscard]] std::string rest() const { return m_json.empty() ? std::string() : m_json.dump(); }

private:
    static bool take(const Json &json, std::string &text)
    {
        if (json.is_string())
            text = json.get<std::string>();
        return json.is_string();
    }
    static bool take(const Json &json, std::vector<std::string> &texts)
    {
        if (!json.is_array() || !std::ranges::all_of(json, [](const Json &each) { return each.is_string(); }))
            return false;
        texts = json.get<std::vector<std::string>>();
        return true;
    }
    static bool take(const Json &json, std::optional<std::int64_t> &number)
    {
        if (json.is_number_integer())
            number = json.get<std::int64_t>();
        return json.is_number_integer();
    }
    static bool take(const Json &json, Status &status)
    {
        const auto known = json.is_string() ? statusFromName(json.get<std::string>()) : std::nullopt;
        status = known.value_or(status);
        return known.has_value();
    }
    template<typename T>
    static bool take(const Json &json, T &value)
    {
        if constexpr (std::is_enum_v<T>) {
            const auto &names = namesOf(value);
            const auto *found = json.is_string() ? std::ranges::find(names, json.get<std::string>()) : names.end();
            if (found == names.end())
                return false;
            value = static_cast<T>(found - names.begin());
            return true;
        } else {
            Reader inner(json);
            describe(inner, value);
            return inner.isGood();
        }
    }

    Json m_json;
    bool m_good;
};

template<typename Visitor>
void describe(Visitor &field, Seen<Visitor, Decision> &decision)
{
    field("status", decision.status);
    field("reason", decision.reason);
    field("by", decision.by);
    field("at", decision.at);
    field("responsible", decision.responsible);
    field("until", decision.until);
    field("measure", decision.measure);
}

template<typename Visitor>
void describe(Visitor &field, Seen<Visitor, TargetObject::ProtectionNeed> &need)
{
    field("need", need.need);
    field("reason", need.reason);
}

template<typename Visitor>
void describe(Visitor &field, Seen<Visitor, DecisionDetail> &detail)
{
    field("notes", detail.notes);
    field("interviewed", detail.interviewed);
    field("assessedOn", detail.assessedOn);
    field("assessor", detail.assessor);
    field("costOnce", detail.costOnce);
    field("costYearly", detail.costYearly);
    field("effortHours", detail.effortHours);
    field("residualRisk", detail.residualRisk);
}

template<typename Visitor>
void describe(Visitor &field, Seen<Visitor, Review> &review)
{
    field("state", review.state);
    field("text", review.text);
    field("decided", review.decided);
}

template<typename Visitor>
void describe(Visitor &field, Seen<Visitor, Measure> &measure)
{
    field("title", measure.title);
    field("description", measure.description);
    field("requirements", measure.requirements);
    field("checks", measure.checks);
    field("fingerprints", measure.fingerprints);
    field("priority", measure.priority);
    field("owner", measure.owner);
    field("due", measure.due);
    field("costOnce", measure.costOnce);
    field("costYearly", measure.costYearly);
    field("effortHours", measure.effortHours);
    field("state", measure.state);
    field("doneOn", measure.doneOn);
    field("from", measure.from);
}

template<typename Visitor>
void describe(Visitor &field, Seen<Visitor, EvidenceRequest> &request)
{
    field("requirements", request.requirements);
    field("what", request.what);
    field("whom", request.whom);
    field("askedOn", request.askedOn);
    field("due", request.due);
    field("state", request.state);
    field("answer", request.answer);
    field("location", request.location);
    field("evidence", request.evidence);
}

template<typename Visitor>
void describe(Visitor &field, Seen<Visitor, TargetObject> &target)
{
    field("name", target.name);
    field("kind", target.kind);
    field("confidentiality", target.confidentiality);
    field("integrity", target.integrity);
    field("availability", target.availability);
    field("description", target.description);
    field("from", target.from);
}

template<typename Visitor>
void describe(Visitor &field, Seen<Visitor, SavedFilter> &filter)
{
    field("page", filter.page);
    field("data", filter.data);
}

template<typename Visitor>
void describe(Visitor &field, Seen<Visitor, FindingJudgement> &judgement)
{
    field("severity", judgement.severity);
    field("reason", judgement.reason);
}

template<typename Visitor>
void describe(Visitor &field, Seen<Visitor, Setting> &setting)
{
    field("value", setting.value);
}

template<typename Visitor>
void describe(Visitor &field, Seen<Visitor, SourceWithdrawal> &withdrawal)
{
    field("reason", withdrawal.reason);
    field("successor", withdrawal.successor);
}

/// Deeper than anything that is written here. dump() recurses over what it is given.
Json parseShallow(std::string_view text)
{
    constexpr int deepest = 32;
    bool tooDeep = false;
    const auto watch = [&tooDeep](int depth, Json::parse_event_t, Json &) {
        tooDeep = tooDeep || depth > deepest;
        return !tooDeep;
    };
    Json json = Json::parse(text, watch, false);
    return tooDeep ? Json() : json;
}

template<std::size_t Index = 0>
Record emptyRecord(RecordType type)
{
    if constexpr (Index + 1 < recordTypes) {
        if (static_cast<std::size_t>(type) != Index)
            return emptyRecord<Index + 1>(type);
    }
    return Record(std::in_place_index<Index>);
}

} // namespace

std::string_view reviewStateName(Review::State state)
{
    return nameIn(state);
}

std::string_view measureStateName(Measure::State state)
{
    return nameIn(state);
}

std::string_view priorityName(Measure::Priority priority)
{
    return nameIn(priority);
}

std::string_view requestStateName(EvidenceRequest::State state)
{
    return nameIn(state);
}

std::string_view targetKindName(TargetObject::Kind kind)
{
    return nameIn(kind);
}

std::string_view needName(TargetObject::Need need)
{
    return nameIn(need);
}

std::string recordToJson(const Record &record)
{
    Writer writer;
    std::visit(
        [&writer](const auto &value) {
            describe(writer, value);
            writer.addUnknown(value.unknown);
        },
        record);
    return writer.text();
}

std::optional<Record> recordFromJson(RecordType type, const std::string &key, std::string_view json)
{
    Reader reader(parseShallow(json));
    Record record = emptyRecord(type);
    std::visit(
        [&](auto &value) {
            describe(reader, value);
            value.key = key;
            value.unknown = reader.rest();
        },
        record);
    return reader.isGood() ? std::optional(std::move(record)) : std::nullopt;
}

} // namespace tally
