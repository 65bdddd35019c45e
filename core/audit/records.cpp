// SPDX-License-Identifier: Apache-2.0
#include "core/audit/records.h"

#include "core/audit/audit_file.h"
#include "core/audit/measures.h"
#include "core/base/messages_audit.h"
#include "core/base/text_format.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <tuple>
#include <utility>

namespace tally {

namespace {

struct TypeName
{
    const char *event;
    const char *table;
};

constexpr std::array<TypeName, recordTypes> typeNames = {{
    {"decision-detail", "decision_detail"},
    {"review", "review"},
    {"measure", "measure"},
    {"request", "evidence_request"},
    {"target-object", "target_object"},
    {"filter", "saved_filter"},
    {"judgement", "finding_judgement"},
    {"setting", "setting"},
    {"withdrawal", "source_withdrawal"},
}};

template<typename T>
using MapOf = std::map<std::string, T> Records::*;

constexpr auto maps
    = std::make_tuple(&Records::decisionDetails, &Records::reviews, &Records::measures, &Records::requests,
        &Records::targets, &Records::filters, &Records::judgements, &Records::settings, &Records::withdrawals);

/// Calls with the member of Records that holds the type.
template<std::size_t Index = 0, typename Function>
void withMap(RecordType type, const Function &function)
{
    if constexpr (Index < recordTypes) {
        if (static_cast<std::size_t>(type) == Index)
            function(std::get<Index>(maps));
        else
            withMap<Index + 1>(type, function);
    }
}

bool isBlank(const std::string &text)
{
    return text.find_first_not_of(" \t\n\r") == std::string::npos;
}

/// For one line of the journal: not within a character.
std::string shortened(const std::string &text)
{
    constexpr std::size_t most = 120; // bytes
    if (text.size() <= most)
        return text;
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end) + "…";
}

std::optional<Message> firstWrongDate(std::initializer_list<const std::string *> dates)
{
    for (const std::string *date : dates) {
        if (!date->empty() && !isDay(*date))
            return Message{auditDef("record.date"), {*date}};
    }
    return std::nullopt;
}

bool anyNegative(std::initializer_list<std::optional<std::int64_t>> numbers)
{
    return std::ranges::any_of(numbers, [](const auto &number) { return number.value_or(0) < 0; });
}

/// The day that it is here or, if that is later, in UTC.
std::string latestToday()
{
    const std::time_t now = outputTime();
    std::string day = rfc3339(now).substr(0, 10);
    std::tm here{};
    if (localtime_r(&now, &here))
        day = std::max(day, rfc3339(now + here.tm_gmtoff).substr(0, 10));
    return day;
}

std::optional<Message> wrong(const DecisionDetail &detail)
{
    if (!decisionKey(detail.key))
        return Message{auditDef("audit.unknown-requirement"), {detail.key}};
    if (anyNegative({detail.costOnce, detail.costYearly, detail.effortHours}))
        return Message{auditDef("record.negative")};
    return firstWrongDate({&detail.assessedOn});
}

std::optional<Message> wrong(const Review &review)
{
    const auto key = decisionKey(review.key);
    if (!key || !key->part.empty())
        return Message{auditDef("audit.unknown-requirement"), {review.key}};
    if (review.state == Review::State::SentBack && isBlank(review.text))
        return Message{auditDef("review.text")};
    return std::nullopt;
}

std::optional<Message> wrong(const Measure &measure)
{
    if (isBlank(measure.title))
        return Message{auditDef("measure.title")};
    if (anyNegative({measure.costOnce, measure.costYearly, measure.effortHours}))
        return Message{auditDef("record.negative")};
    if (auto wrongDate = firstWrongDate({&measure.due, &measure.doneOn}))
        return wrongDate;
    if (measure.state == Measure::State::Verified && measure.doneOn.empty())
        return Message{auditDef("measure.verified-undated")};
    if (!isOpen(measure) && measure.doneOn > latestToday())
        return Message{auditDef("measure.done-later"), {measure.doneOn}};
    return std::nullopt;
}

std::optional<Message> wrong(const EvidenceRequest &request)
{
    if (isBlank(request.what))
        return Message{auditDef("request.what")};
    return firstWrongDate({&request.askedOn, &request.due});
}

std::optional<Message> wrong(const TargetObject &target)
{
    return isBlank(target.name) ? std::optional(Message{auditDef("record.name")}) : std::nullopt;
}

std::optional<Message> wrong(const FindingJudgement &judgement)
{
    return isBlank(judgement.reason) ? std::optional(Message{auditDef("judgement.reason")}) : std::nullopt;
}

std::optional<Message> wrong(const SavedFilter &)
{
    return std::nullopt;
}

std::optional<Message> wrong(const Setting &)
{
    return std::nullopt;
}

std::optional<Message> wrong(const SourceWithdrawal &withdrawal)
{
    return isBlank(withdrawal.reason) ? std::optional(Message{auditDef("withdrawal.reason")}) : std::nullopt;
}

} // namespace

std::optional<Record> Records::find(RecordType type, const std::string &key) const
{
    std::optional<Record> record;
    withMap(type, [&](auto map) {
        const auto found = (this->*map).find(key);
        if (found != (this->*map).end())
            record = found->second;
    });
    return record;
}

void Records::put(Record record)
{
    std::visit(
        [this]<typename T>(T &value) {
            std::string key = value.key;
            (this->*std::get<MapOf<T>>(maps)).insert_or_assign(std::move(key), std::move(value));
        },
        record);
}

void Records::remove(RecordType type, const std::string &key)
{
    withMap(type, [&](auto map) { (this->*map).erase(key); });
}

bool DecisionDetail::isEmpty() const
{
    return notes.empty() && interviewed.empty() && assessedOn.empty() && assessor.empty() && !costOnce && !costYearly
        && !effortHours && residualRisk.empty() && unknown.empty();
}

bool Measure::isOverdue(std::string_view today) const
{
    return !due.empty() && due < today && (state == State::Planned || state == State::InProgress);
}

RecordType typeOf(const Record &record)
{
    return static_cast<RecordType>(record.index());
}

const std::string &keyOf(const Record &record)
{
    return std::visit([](const auto &value) -> const std::string & { return value.key; }, record);
}

const char *recordEvent(RecordType type)
{
    return typeNames[static_cast<std::size_t>(type)].event;
}

const char *recordTable(RecordType type)
{
    return typeNames[static_cast<std::size_t>(type)].table;
}

std::string nameOf(const Record &record)
{
    const std::string &key = keyOf(record);
    const auto titled = [&key](const std::string &title) { return key + ' ' + shortened(title); };
    if (const auto *measure = std::get_if<Measure>(&record))
        return titled(measure->title);
    if (const auto *request = std::get_if<EvidenceRequest>(&record))
        return titled(request->what);
    if (const auto *target = std::get_if<TargetObject>(&record))
        return titled(target->name);
    return key;
}

std::optional<Message> validateRecord(const Record &record)
{
    if (isBlank(keyOf(record)))
        return Message{auditDef("record.name")};
    return std::visit([](const auto &value) { return wrong(value); }, record);
}

} // namespace tally
