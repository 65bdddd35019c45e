// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/decision.h"
#include "core/base/message.h"
#include "core/checks/check.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tally {

/// What people enter beside decisions and exceptions. Each is a value with a key; one replaces another of its type with
/// the same key. `by` and `at` (RFC 3339) are filled in when it is stored, `by` unless it is given. Dates are ISO
/// dates or "". Sums are in whole units of the audit's currency (euros). `unknown`: JSON of the fields that a later
/// version of the program wrote; it is kept as it is.

/// What BSI 200-2 wants to know of a decision besides the decision itself. key: requirement or part id.
struct DecisionDetail
{
    std::string key{};
    std::string notes{}; ///< how it is implemented, what was seen
    std::vector<std::string> interviewed{};
    std::string assessedOn{};
    std::string assessor{};
    std::optional<std::int64_t> costOnce{};
    std::optional<std::int64_t> costYearly{};
    std::optional<std::int64_t> effortHours{}; ///< a person-day has 8
    std::string residualRisk{};
    std::string by{};
    std::string at{};
    std::string unknown{};

    /// Nobody has entered anything.
    [[nodiscard]] bool isEmpty() const;
    friend bool operator==(const DecisionDetail &, const DecisionDetail &) = default;
};

/// Where the second person stands. Earlier states are in the journal. key: requirement id.
struct Review
{
    enum class State : std::uint8_t { Submitted, Accepted, SentBack };

    std::string key{};
    State state = State::Submitted;
    std::string text{};
    std::string decided{}; ///< digest of what was decided when it was written; set by the audit
    std::string by{};
    std::string at{};
    std::string unknown{};

    friend bool operator==(const Review &, const Review &) = default;
};

/// One line of the implementation plan. key: "M-001", nextKey().
struct Measure
{
    enum class State : std::uint8_t { Planned, InProgress, Done, Verified };
    enum class Priority : std::uint8_t { High, Medium, Low };

    std::string key{};
    std::string title{};
    std::string description{};
    std::vector<std::string> requirements{}; ///< ids of requirements and parts
    std::vector<std::string> checks{};       ///< ids of checks: all that they find
    std::vector<std::string> fingerprints{}; ///< single findings
    Priority priority = Priority::Medium;
    std::string owner{};
    std::string due{};
    std::optional<std::int64_t> costOnce{};
    std::optional<std::int64_t> costYearly{};
    std::optional<std::int64_t> effortHours{};
    State state = State::Planned;
    std::string doneOn{};
    std::string from{}; ///< title of the earlier audit in whose plan it stood; "" it was entered in this one
    std::string by{};
    std::string at{};
    std::string unknown{};

    /// Its day has passed, and it is neither done nor verified. today: ISO date.
    [[nodiscard]] bool isOverdue(std::string_view today) const;
    friend bool operator==(const Measure &, const Measure &) = default;
};

/// Something that the audited party was asked for. key: "R-001", nextKey().
struct EvidenceRequest
{
    enum class State : std::uint8_t { Open, Received, NotAvailable };

    std::string key{};
    std::vector<std::string> requirements{}; ///< ids of requirements and parts
    std::string what{};
    std::string whom{};
    std::string askedOn{};
    std::string due{};
    State state = State::Open;
    std::string answer{};
    std::string location{};              ///< where the document is, as whoever answers says it
    std::vector<std::string> evidence{}; ///< keys of what was handed over
    std::string by{};
    std::string at{};
    std::string unknown{};

    friend bool operator==(const EvidenceRequest &, const EvidenceRequest &) = default;
};

/// What is audited, with its protection needs. key: "T-001", nextKey().
struct TargetObject
{
    enum class Kind : std::uint8_t { Cluster, Host, Image, Application, Namespace };
    enum class Need : std::uint8_t { NotStated, Normal, High, VeryHigh };
    struct ProtectionNeed
    {
        Need need = Need::NotStated;
        std::string reason{};

        friend bool operator==(const ProtectionNeed &, const ProtectionNeed &) = default;
    };

    std::string key{};
    std::string name{}; ///< of Kind::Namespace a pattern ("*": any characters)
    Kind kind = Kind::Cluster;
    ProtectionNeed confidentiality{};
    ProtectionNeed integrity{};
    ProtectionNeed availability{};
    std::string description{};
    /// Title of the earlier audit that said so, as long as nobody has confirmed it here; "" it was said here.
    std::string from{};
    std::string by{};
    std::string at{};
    std::string unknown{};

    friend bool operator==(const TargetObject &, const TargetObject &) = default;
};

/// A filter that a person wants to find again. key: its name.
struct SavedFilter
{
    std::string key{};
    std::string page{}; ///< on which it filters
    std::string data{}; ///< as that page writes it
    std::string by{};
    std::string at{};
    std::string unknown{};

    friend bool operator==(const SavedFilter &, const SavedFilter &) = default;
};

/// How severe the auditor finds a finding; the program's own severity stays beside it. key: fingerprint.
struct FindingJudgement
{
    std::string key{};
    Severity severity = Severity::Medium;
    std::string reason{};
    std::string by{};
    std::string at{};
    std::string unknown{};

    friend bool operator==(const FindingJudgement &, const FindingJudgement &) = default;
};

/// A setting that belongs to the audit, for example of its report. key: which.
struct Setting
{
    std::string key{};
    std::string value{};
    std::string by{};
    std::string at{};
    std::string unknown{};

    friend bool operator==(const Setting &, const Setting &) = default;
};

/// A source that no longer counts: it stays in the audit, its objects, images and findings are left out. Taken back by
/// removing the record. key: number of the source, counted from 1.
struct SourceWithdrawal
{
    std::string key{};
    std::string reason{};
    std::optional<std::int64_t> successor{}; ///< number of the source that took its place
    std::string by{};
    std::string at{};
    std::string unknown{};

    friend bool operator==(const SourceWithdrawal &, const SourceWithdrawal &) = default;
};

using Record = std::variant<DecisionDetail, Review, Measure, EvidenceRequest, TargetObject, SavedFilter,
    FindingJudgement, Setting, SourceWithdrawal>;

/// In the order of Record's alternatives.
enum class RecordType : std::uint8_t {
    DecisionDetail,
    Review,
    Measure,
    EvidenceRequest,
    TargetObject,
    SavedFilter,
    FindingJudgement,
    Setting,
    SourceWithdrawal,
};
inline constexpr std::size_t recordTypes = std::variant_size_v<Record>;

/// All records of an audit, by key.
struct Records
{
    std::map<std::string, DecisionDetail> decisionDetails;
    std::map<std::string, Review> reviews;
    std::map<std::string, Measure> measures;
    std::map<std::string, EvidenceRequest> requests;
    std::map<std::string, TargetObject> targets;
    std::map<std::string, SavedFilter> filters;
    std::map<std::string, FindingJudgement> judgements;
    std::map<std::string, Setting> settings;
    std::map<std::string, SourceWithdrawal> withdrawals;

    [[nodiscard]] std::optional<Record> find(RecordType type, const std::string &key) const;
    void put(Record record);
    void remove(RecordType type, const std::string &key);

    friend bool operator==(const Records &, const Records &) = default;
};

[[nodiscard]] RecordType typeOf(const Record &record);
[[nodiscard]] const std::string &keyOf(const Record &record);
/// "measure": the event in the journal and the table in the file.
[[nodiscard]] const char *recordEvent(RecordType type);
[[nodiscard]] const char *recordTable(RecordType type);
/// What a person can tell it by, for the journal: "M-001 Drop privileged: true", "SYS.1.6.A17".
[[nodiscard]] std::string nameOf(const Record &record);

/// Words of the enumerations as they are stored: "in-progress", "sent-back", "very-high", ...
[[nodiscard]] std::string_view reviewStateName(Review::State state);
[[nodiscard]] std::string_view measureStateName(Measure::State state);
[[nodiscard]] std::string_view priorityName(Measure::Priority priority);
[[nodiscard]] std::string_view requestStateName(EvidenceRequest::State state);
[[nodiscard]] std::string_view targetKindName(TargetObject::Kind kind);
[[nodiscard]] std::string_view needName(TargetObject::Need need);

/// What can be said against a record by looking at it alone: a name or a reason is missing, a date is none. Empty:
/// fine.
[[nodiscard]] std::optional<Message> validateRecord(const Record &record);

/// The typed value as JSON, without key, `by` and `at`, and back. Fields that are not known here end up in `unknown`,
/// and are written again; fields that are missing keep their default. Nothing: no JSON object, or a known field with a
/// value that it cannot have.
[[nodiscard]] std::string recordToJson(const Record &record);
[[nodiscard]] std::optional<Record> recordFromJson(RecordType type, const std::string &key, std::string_view json);

} // namespace tally
