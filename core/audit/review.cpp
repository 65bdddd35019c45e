// SPDX-License-Identifier: Apache-2.0
#include "core/audit/audit.h"

#include "core/audit/classification.h"
#include "core/base/ascii.h"
#include "core/base/messages_audit.h"
#include "core/io/digest.h"

#include <algorithm>
#include <string_view>

namespace tally {

namespace {

bool isOf(const std::string &requirement, const std::string &id)
{
    return id == requirement || (id.starts_with(requirement) && id[requirement.size()] == '.');
}

/// The decisions on the requirement and its parts that are made.
std::vector<std::pair<std::string, const Decision *>> decisionsOf(
    const AuditState &state, const std::string &requirement)
{
    std::vector<std::pair<std::string, const Decision *>> made;
    for (auto it = state.decisions.lower_bound(requirement);
         it != state.decisions.end() && it->first.starts_with(requirement); ++it) {
        if (isOf(requirement, it->first) && it->second.status != Status::Unbearbeitet)
            made.emplace_back(it->first, &it->second);
    }
    return made;
}

bool isSamePerson(std::string_view a, std::string_view b)
{
    return sameIgnoringCase(trimmed(a), trimmed(b));
}

void add(Sha256 &digest, std::string_view field)
{
    digest.update(std::to_string(field.size()) + ':');
    digest.update(field);
}

/// "M-012" of the prefix "M": 12; else 0.
int numberOf(std::string_view key, std::string_view prefix)
{
    if (!key.starts_with(prefix) || key.size() <= prefix.size() + 1 || key[prefix.size()] != '-')
        return 0;
    constexpr std::size_t mostDigits = 6;
    int number = 0;
    const std::string_view digits = key.substr(prefix.size() + 1, mostDigits);
    for (const char c : digits) {
        if (c < '0' || c > '9')
            break;
        number = number * 10 + (c - '0');
    }
    return number;
}

/// Ids of those parts that `which` says yes to, parted by commas.
template<typename Which>
std::string idsOfParts(const Requirement &requirement, const Which &which)
{
    std::string ids;
    for (const Part &part : requirement.parts) {
        if (which(part))
            ids += (ids.empty() ? "" : ", ") + part.id;
    }
    return ids;
}

/// Whoever says "yes" against what the program proved says why.
std::optional<Message> validateAgainstProof(
    const AuditState &state, const Requirement &requirement, const Decision &decision)
{
    if (!state.assessment || decision.status != Status::Ja || !trimmed(decision.reason).empty())
        return std::nullopt;
    const std::string proved = idsOfParts(requirement, [&state](const Part &part) {
        const PartResult *result = state.assessment->part(part.id);
        return result && result->proposal == Proposal::Deviation;
    });
    return proved.empty() ? std::nullopt
                          : std::optional(Message{auditDef("decision.reason-proved"), {requirement.id, proved}});
}

} // namespace

std::optional<Message> validateDecision(
    const AuditState &state, const Requirement &requirement, const Decision &decision)
{
    if (auto wrong = validateDecision(requirement, decision); wrong || decision.status != Status::Ja)
        return wrong;
    const std::string confirmed = idsOfParts(requirement, [&state](const Part &part) {
        const auto decided = state.decisions.find(part.id);
        return part.isMust() && decided != state.decisions.end()
            && (decided->second.status == Status::Nein || decided->second.status == Status::Teilweise);
    });
    return confirmed.empty() ? validateAgainstProof(state, requirement, decision)
                             : Message{auditDef("decision.ja-must"), {requirement.id, confirmed}};
}

std::optional<Message> validateDecided(const AuditState &state, const Catalogue &catalogue, const std::string &id)
{
    const auto decided = state.decisions.find(id);
    if (decided == state.decisions.end())
        return std::nullopt;
    if (const Requirement *requirement = catalogue.requirement(id))
        return validateDecision(state, *requirement, decided->second);
    const Requirement *of = catalogue.requirementOfPart(id);
    if (!of) {
        Requirement unknown;
        unknown.id = id;
        return validateDecision(unknown, decided->second);
    }
    Requirement alone; // the part is judged by its own modal, and named
    alone.id = id;
    alone.parts.push_back(*catalogue.part(id));
    if (auto wrong = validateDecision(alone, decided->second))
        return wrong;
    if (auto wrong = validateAgainstProof(state, alone, decided->second))
        return wrong;
    const auto whole = state.decisions.find(of->id);
    return whole == state.decisions.end() || whole->second.status != Status::Ja
        ? std::nullopt
        : validateDecision(state, *of, whole->second);
}

std::optional<Message> validateReview(const AuditState &state, const Review &review)
{
    const auto decisions = decisionsOf(state, review.key);
    const auto decided = state.decisions.find(review.key);
    if (decided == state.decisions.end() || decided->second.status == Status::Unbearbeitet)
        return Message{auditDef("review.undecided"), {review.key}};
    if (trimmed(review.by).empty())
        return Message{auditDef("review.nameless")};
    if (review.state == Review::State::Submitted)
        return std::nullopt;
    const auto before = state.records.reviews.find(review.key);
    if (before == state.records.reviews.end())
        return Message{auditDef("review.not-submitted"), {review.key}};
    if (before->second.decided != decidedDigest(state, review.key))
        return Message{auditDef("review.changed"), {review.key}};
    const auto nobody
        = std::ranges::find_if(decisions, [](const auto &each) { return trimmed(each.second->by).empty(); });
    if (nobody != decisions.end())
        return Message{auditDef("review.decider-unknown"), {nobody->first}};
    const auto own = std::ranges::find_if(
        decisions, [&review](const auto &each) { return isSamePerson(each.second->by, review.by); });
    if (own != decisions.end())
        return Message{auditDef("review.four-eyes"), {std::string(trimmed(review.by)), own->first}};
    return std::nullopt;
}

std::string decidedDigest(const AuditState &state, const std::string &requirement)
{
    Sha256 digest;
    for (const auto &[id, decision] : decisionsOf(state, requirement)) {
        for (const std::string &field : {id, std::string(statusName(decision->status)), decision->reason, decision->by,
                 decision->responsible, decision->until, decision->measure})
            add(digest, field);
        const auto detail = state.records.decisionDetails.find(id);
        if (detail != state.records.decisionDetails.end())
            add(digest, recordToJson(detail->second));
    }
    const Classification classified = classificationOf(state, requirement);
    if (classified.auditClass)
        add(digest, className(*classified.auditClass));
    if (classified.deficiency)
        add(digest, deficiencyName(*classified.deficiency));
    return digest.hex();
}

std::string nextKey(const AuditState &state, RecordType type)
{
    const std::string_view prefix = type == RecordType::Measure ? "M" : type == RecordType::EvidenceRequest ? "R" : "T";
    const std::string_view event = recordEvent(type);
    int highest = 0;
    for (const JournalEntry &entry : state.journal) {
        const std::string_view rest = std::string_view(entry.event).substr(0, event.size());
        if (rest == event)
            highest = std::max(highest, numberOf(entry.subject, prefix));
    }
    const auto look = [&](const auto &records) { // also those that came from an earlier audit
        for (const auto &[key, record] : records)
            highest = std::max(highest, numberOf(key, prefix));
    };
    if (type == RecordType::Measure)
        look(state.records.measures);
    else if (type == RecordType::EvidenceRequest)
        look(state.records.requests);
    else
        look(state.records.targets);
    std::string digits = std::to_string(highest + 1);
    digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
    return std::string(prefix) + '-' + digits;
}

} // namespace tally
