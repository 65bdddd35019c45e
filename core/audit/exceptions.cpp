// SPDX-License-Identifier: Apache-2.0
#include "core/audit/audit.h"

#include "core/audit/clusters.h"
#include "core/base/messages_audit.h"
#include "core/base/pattern.h"
#include "core/base/text_format.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

constexpr std::array<std::string_view, 3> kinds = {"accepted", "false-positive", "deferred"};
constexpr std::string_view separator = "\x1f"; // in no name of Kubernetes, and in no path that a person types

std::string objectText(const Finding &finding)
{
    if (finding.object)
        return finding.object->kind + '/' + finding.object->name;
    return finding.image;
}

bool isInForce(const FindingException &exception, std::string_view today)
{
    return !exception.isExpired(today);
}

/// The part is a deviation in the cluster (of several; "": in all) only by findings that a person called false alarms.
bool isRefuted(const AuditState &state, const PartResult &part, const std::string &cluster)
{
    return std::ranges::all_of(part.findings, [&](const PartFinding &row) {
        const std::string &where = state.run->findings[row.finding].cluster;
        if (row.weight != Weight::Proves || (!cluster.empty() && !where.empty() && where != cluster))
            return true;
        const FindingException *exception = state.exceptionOf(state.run->findings[row.finding]);
        return exception && exception->kind == "false-positive";
    });
}

} // namespace

std::string FindingException::key() const
{
    if (!fingerprint.empty())
        return fingerprint;
    std::string key = check + std::string(separator) + namespaceName + std::string(separator) + object;
    if (!cluster.empty())
        key.append(separator).append(cluster);
    return key;
}

bool FindingException::isExpired(std::string_view today) const
{
    return !expires.empty() && expires < today; // the day itself is the last one
}

bool FindingException::covers(const Finding &finding, std::string_view where) const
{
    if (!fingerprint.empty())
        return finding.id == fingerprint;
    if (!cluster.empty() && (finding.isOfImageAlone() || cluster != where))
        return false;
    if (!check.empty() && check != finding.check)
        return false;
    if (namespaceName == systemNamespaces) {
        if (!finding.systemNamespace)
            return false;
    } else if (!namespaceName.empty()) {
        const std::string_view space = !finding.object ? std::string_view()
            : finding.object->kind == "Namespace"      ? std::string_view(finding.object->name)
                                                       : std::string_view(finding.object->namespaceName);
        if (space.empty() || !matchesPattern(space, namespaceName))
            return false;
    }
    return object.empty() || matchesPattern(objectText(finding), object);
}

std::optional<Message> validateException(const FindingException &exception)
{
    if (exception.reason.find_first_not_of(" \t\n\r") == std::string::npos)
        return Message{auditDef("exception.reason")};
    if (std::ranges::find(kinds, exception.kind) == kinds.end())
        return Message{auditDef("exception.kind"), {exception.kind}};
    if (!exception.expires.empty() && !isDay(exception.expires))
        return Message{auditDef("exception.expires"), {exception.expires}};
    const auto saysAll
        = [](const std::string &pattern) { return pattern.find_first_not_of("*/") == std::string::npos; };
    if (exception.fingerprint.empty() && exception.check.empty() && saysAll(exception.namespaceName)
        && saysAll(exception.object))
        return Message{auditDef("exception.everything")};
    return std::nullopt;
}

const FindingException *AuditState::exceptionOf(const Finding &finding) const
{
    if (exceptions.empty())
        return nullptr;
    const std::string today = rfc3339(outputTime()).substr(0, 10);
    const auto single = exceptions.find(finding.id);
    if (single != exceptions.end() && isInForce(single->second, today))
        return &single->second;
    const std::string_view where = clusterKeyOf(finding, *this);
    const FindingException *anywhere = nullptr; // what was said of the one cluster counts more
    for (const auto &[key, exception] : exceptions) {
        if (!exception.fingerprint.empty() || !isInForce(exception, today) || !exception.covers(finding, where))
            continue;
        if (!exception.cluster.empty())
            return &exception;
        anywhere = anywhere ? anywhere : &exception;
    }
    return anywhere;
}

const FindingException *AuditState::expiredExceptionOf(const Finding &finding) const
{
    if (exceptions.empty() || exceptionOf(finding))
        return nullptr;
    // Only expired ones are left that can cover it.
    const auto found = std::ranges::find_if(exceptions,
        [&, where = clusterKeyOf(finding, *this)](const auto &row) { return row.second.covers(finding, where); });
    return found == exceptions.end() ? nullptr : &found->second;
}

AssessmentPtr withExceptions(const AuditState &state)
{
    const bool any
        = std::ranges::any_of(state.exceptions, [](const auto &row) { return row.second.kind == "false-positive"; });
    const auto &judgements = state.records.judgements;
    if ((!any && judgements.empty()) || !state.run)
        return state.run;
    auto changed = std::make_shared<Assessment>(*state.run);
    for (Finding &finding : changed->findings) {
        if (const auto judged = judgements.find(finding.id); judged != judgements.end())
            finding.severity = judged->second.severity;
    }
    if (!any)
        return changed;
    for (RequirementResult &requirement : changed->requirements) {
        for (PartResult &part : requirement.parts) {
            // What was not seen might prove it all the same.
            const auto without
                = [](const Basis &basis) { return basis.missing.empty() ? Proposal::Manual : Proposal::PartlyChecked; };
            for (ClusterPart &each : part.clusters) {
                if (each.proposal == Proposal::Deviation && isRefuted(state, part, each.cluster))
                    each.proposal = without(each.basis);
            }
            if (!part.clusters.empty())
                part.proposal = std::ranges::min(part.clusters, {}, &ClusterPart::proposal).proposal;
            else if (part.proposal == Proposal::Deviation && isRefuted(state, part, {}))
                part.proposal = without(part.basis);
        }
        requirement.proposal = proposeRequirement(requirement.parts);
    }
    return changed;
}

Severity programSeverity(const AuditState &state, const Finding &finding)
{
    // the run's findings and the assessment's are the same, in the same order
    if (state.run && state.assessment && state.run != state.assessment) {
        const auto index = static_cast<std::size_t>(&finding - state.assessment->findings.data());
        if (index < state.run->findings.size())
            return state.run->findings[index].severity;
    }
    return finding.severity;
}

} // namespace tally
