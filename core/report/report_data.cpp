// SPDX-License-Identifier: Apache-2.0
#include "core/report/report_data.h"

#include "core/audit/target_objects.h"
#include "core/base/messages_difference.h"
#include "core/base/messages_report.h"
#include "core/base/text_format.h"
#include "core/checks/component_setting.h"
#include "core/checks/finding_text.h"
#include "core/report/report_texts.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tally {

namespace {

std::string shortened(const std::string &id, const Module &module)
{
    return id.starts_with(module.id + ".") ? id.substr(module.id.size() + 1) : id;
}

/// Of several clusters, that of the first one where it was not seen.
const KindCompleteness *completenessOf(const AuditState &audit, std::string_view kind)
{
    const KindCompleteness *known = nullptr;
    for (const AuditCluster &each : audit.clusters) {
        const auto &all = each.cluster->completeness;
        const auto found = std::ranges::find(all, kind, &KindCompleteness::kind);
        if (found == all.end())
            continue;
        if (!each.cluster->knows(kind))
            return &*found;
        known = &*found;
    }
    return known;
}

/// Names of those of several clusters that lack the kind; "" where all do, or where it is no kind.
std::string clustersWithout(const AuditState &audit, const std::string &kind, const Words &words)
{
    std::vector<std::string> names;
    for (const AuditCluster &each : audit.clusters) {
        const auto &all = each.cluster->completeness;
        if (std::ranges::find(all, kind, &KindCompleteness::kind) != all.end() && !each.cluster->knows(kind))
            names.push_back(words.given(each.name));
    }
    return names.size() < audit.clusters.size() ? join(names) : std::string();
}

std::size_t uncoveredNamespaces(const AuditState &audit)
{
    std::size_t count = 0;
    for (const AuditCluster &each : audit.clusters)
        count += each.cluster->uncoveredNamespaces.size();
    return count;
}

} // namespace

ReportData::ReportData(const ReportInput &reportInput, const ReportOptions &reportOptions, const Translator &translator)
    : input(reportInput)
    , options(reportOptions)
    , look(reportOptions.look ? *reportOptions.look : reportLook(reportInput.audit.records))
    , words(reportOptions.language, translator)
{
    const auto found = std::ranges::find(input.catalogue.modules, options.moduleId, &Module::id);
    if (found != input.catalogue.modules.end())
        module = &*found;
    if (options.createdAt.empty())
        options.createdAt = rfc3339(outputTime());
    collectMusts();
    collectRequirements();
    collectCauses();
    count();
}

const Finding &ReportData::finding(std::size_t index) const
{
    return input.audit.assessment->findings[index];
}

PartView ReportData::viewOf(const Part &part, const PartResult *result, const RequirementView &of) const
{
    PartView view;
    view.part = &part;
    view.result = result;
    view.decision = decisionOn(input.audit, part.id);
    view.proposal = result ? result->proposal : Proposal::NotChecked;
    view.shortId = shortened(part.id, *module);
    if (view.decision)
        view.confirmed = view.decision->status == Status::Nein || view.decision->status == Status::Teilweise;
    else
        view.confirmed
            = (of.status == Status::Nein || of.status == Status::Teilweise) && view.proposal == Proposal::Deviation;
    return view;
}

void ReportData::collectMusts()
{
    if (input.audit.exceptions.empty())
        return;
    for (const auto &[finding, musts] : mustsProved(input.audit, input.catalogue)) {
        std::set<std::string> &named = m_mustsOf[finding];
        for (const std::string &must : musts)
            named.insert(module ? shortened(must, *module) : must);
    }
}

void ReportData::collectRequirements()
{
    if (!module)
        return;

    std::map<std::string_view, const RequirementResult *> results;
    if (hasRun()) {
        for (const RequirementResult &result : input.audit.assessment->requirements)
            results[result.id] = &result;
    }
    const ProtectionScope scope(input.audit);
    for (const Requirement &requirement : module->requirements) {
        RequirementView view;
        view.requirement = &requirement;
        const auto result = results.find(requirement.id);
        view.result = result == results.end() ? nullptr : result->second;
        view.decision = decisionOn(input.audit, requirement.id);
        view.proposal = view.result ? view.result->proposal : Proposal::NotChecked;
        view.status = view.decision ? view.decision->status : Status::Unbearbeitet;
        view.applies = scope.applies(requirement);
        for (const Part &part : requirement.parts) {
            const PartResult *partResult = nullptr;
            if (view.result) {
                const auto found = std::ranges::find(view.result->parts, part.id, &PartResult::id);
                partResult = found == view.result->parts.end() ? nullptr : &*found;
            }
            view.parts.push_back(viewOf(part, partResult, view));
            view.confirmedMusts += part.isMust() && view.parts.back().confirmed;
            if (!partResult)
                continue;
            for (const PartFinding &found : partResult->findings) {
                if (found.finding < input.audit.assessment->findings.size())
                    view.findings.insert(found.finding);
            }
            view.lookedAt |= partResult->basis.objects > 0 || partResult->basis.images > 0;
            for (const std::string &missing : partResult->basis.missing) {
                if (std::ranges::find(view.missing, missing) == view.missing.end())
                    view.missing.push_back(missing);
            }
        }
        view.lookedAt |= !view.findings.empty();
        requirements.push_back(std::move(view));
    }
}

void ReportData::collectCauses()
{
    if (!hasRun())
        return;

    std::map<std::string_view, const Check *> checks;
    for (const Check &check : input.checks.checks)
        checks[check.id] = &check;
    std::set<std::size_t> ours;
    std::map<std::string, std::map<std::pair<std::size_t, std::size_t>, Weight>> mapped;
    for (std::size_t r = 0; r < requirements.size(); ++r) {
        for (std::size_t p = 0; p < requirements[r].parts.size(); ++p) {
            const PartResult *result = requirements[r].parts[p].result;
            if (!result)
                continue;
            for (const PartFinding &found : result->findings) {
                if (found.finding >= input.audit.assessment->findings.size())
                    continue;
                ours.insert(found.finding);
                Weight &weight = mapped[finding(found.finding).check][{r, p}];
                weight = std::max(weight, found.weight);
            }
        }
    }
    std::map<std::string, Cause> byCheck;
    for (const std::size_t index : ours) {
        const Finding &found = finding(index);
        Cause &cause = byCheck[found.check];
        cause.id = found.check;
        cause.severity = std::max(cause.severity, found.severity);
        cause.findings.push_back(index);
        cause.setAside += isSetAside(found);
    }
    for (auto &[id, cause] : byCheck) {
        const auto check = checks.find(id);
        cause.check = check == checks.end() ? nullptr : check->second;
        for (const auto &[place, weight] : mapped[id])
            cause.parts.push_back({place.first, place.second, weight});
        causes.push_back(std::move(cause));
    }
    std::ranges::stable_sort(causes, [](const Cause &a, const Cause &b) {
        if (a.severity != b.severity)
            return a.severity > b.severity;
        return a.findings.size() != b.findings.size() ? a.findings.size() > b.findings.size() : a.id < b.id;
    });
    for (std::size_t i = 0; i < causes.size(); ++i) {
        causes[i].number = (i < 9 ? "U-0" : "U-") + std::to_string(i + 1);
        causeOfCheck[causes[i].id] = i;
    }
    findings = ours.size();
    otherFindings = input.audit.assessment->findings.size() - ours.size();
}

void ReportData::count()
{
    for (const RequirementView &view : requirements) {
        if (!view.isOutdated())
            ++statusCounts.at(static_cast<std::size_t>(view.status));
        ++proposalCounts.at(static_cast<std::size_t>(view.proposal));
        for (const PartView &part : view.parts) {
            ++partCount;
            if (part.result)
                workloads = std::max(workloads, part.result->basis.workloads);
            if (!part.part->isMust())
                continue;
            ++mustParts;
            mustDeviations += part.proposal == Proposal::Deviation;
            mustConfirmed += part.confirmed;
            mustUnproven += part.confirmed && part.proposal != Proposal::Deviation;
        }
    }
    for (const Cause &cause : causes) {
        for (const std::size_t index : cause.findings) {
            const Finding &found = finding(index);
            criticalFindings += found.severity == Severity::Critical;
            criticalByProgram += programSeverity(audit(), found) == Severity::Critical;
            judgedFindings += isJudgedOtherwise(found);
            refusedFindings += !refusedFor(found).empty();
        }
    }
}

int ReportData::decided() const
{
    return static_cast<int>(std::ranges::count_if(requirements,
        [](const RequirementView &view) { return view.status != Status::Unbearbeitet && !view.isOutdated(); }));
}

std::size_t ReportData::counted() const
{
    return static_cast<std::size_t>(std::ranges::count_if(
        requirements, [](const RequirementView &view) { return view.applies || view.status != Status::Unbearbeitet; }));
}

std::vector<std::string> ReportData::openRequirements() const
{
    std::vector<std::string> open;
    for (const RequirementView &view : requirements) {
        if (view.status == Status::Unbearbeitet && view.applies)
            open.push_back(shortened(view.requirement->id, *module));
        else if (view.isOutdated())
            open.push_back(words(textDef("outdated.of"), {shortened(view.requirement->id, *module)}));
    }
    return open;
}

const FindingException *ReportData::exceptionOf(const Finding &finding) const
{
    return input.audit.exceptionOf(finding);
}

std::set<std::string> ReportData::refusedFor(const Finding &finding) const
{
    const auto musts = m_mustsOf.find(finding.id);
    const FindingException *exception = musts == m_mustsOf.end() ? nullptr : exceptionOf(finding);
    return exception && exception->kind == "accepted" ? musts->second : std::set<std::string>();
}

std::string ReportData::refusal(const std::set<std::string> &parts) const
{
    return parts.empty() ? std::string() : words(reportDef("x.refused"), {join({parts.begin(), parts.end()})});
}

std::string ReportData::withdrawal(int source) const
{
    const SourceWithdrawal *withdrawn = audit().withdrawalOf(source);
    return withdrawn ? words(differenceDef("withdrawn"),
               {words.given(withdrawn->by), words.date(withdrawn->at), words.givenLines(withdrawn->reason)})
                     : std::string();
}

bool ReportData::isSetAside(const Finding &finding) const
{
    return exceptionOf(finding) && refusedFor(finding).empty();
}

const FindingJudgement *ReportData::judgementOf(const Finding &finding) const
{
    const auto &judgements = audit().records.judgements;
    const auto found = judgements.find(finding.id);
    return found == judgements.end() ? nullptr : &found->second;
}

bool ReportData::isJudgedOtherwise(const Finding &finding) const
{
    return programSeverity(audit(), finding) != finding.severity;
}

std::string ReportData::sourceNumber(int source) const
{
    return source < 0 ? words(reportDef("s2.2.unknown")) : "Q" + std::to_string(source + 1);
}

std::string ReportData::need(const std::string &need) const
{
    static constexpr std::array named = {
        std::pair("workloads", reportDef("need.workloads")),
        std::pair("image", reportDef("need.image")),
        std::pair("image-parts", reportDef("need.image-parts")),
        std::pair("live", reportDef("need.live")),
        std::pair("policy", reportDef("need.policy")),
        std::pair("namespaces", reportDef("need.namespaces")),
        std::pair("one-cluster", reportDef("need.one-cluster")),
        std::pair("referrers", reportDef("need.referrers")),
        std::pair("key", reportDef("need.key")),
        std::pair("node-files", reportDef("need.node-files")),
        std::pair("tool-output", reportDef("need.tool-output")),
        std::pair("kubernetes-version", reportDef("need.kubernetes-version")),
        std::pair("audit-policy", reportDef("need.audit-policy")),
        std::pair("audit-log", reportDef("need.audit-log")),
        std::pair("etcd-snapshot", reportDef("need.etcd-snapshot")),
    };
    const auto found = std::ranges::find(named, need, [](const auto &each) { return std::string_view(each.first); });
    if (found != named.end())
        return words(found->second);
    if (isComponent(need))
        return words(reportDef("need.settings"), {need});
    return words.outside(need, 60);
}

std::string ReportData::whyNotMet(const std::string &need) const
{
    if (need == "image")
        return words(input.audit.images.empty() ? reportDef("need.why.image") : reportDef("need.why.some-images"));
    if (need == "image-parts")
        return words(reportDef("need.why.image-parts"));
    if (need == "policy")
        return words(reportDef("need.why.policy"));
    if (need == "referrers")
        return words(reportDef("need.why.referrers"));
    if (need == "key")
        return words(reportDef("need.why.key"));
    if (input.audit.clusters.empty())
        return words(reportDef("need.why.no-cluster"));
    if (need == "live")
        return words(reportDef("need.why.live"));
    if (need == "one-cluster")
        return words(reportDef("need.why.one-cluster"));
    if (need == "namespaces" && uncoveredNamespaces(input.audit) == 0)
        return words(reportDef("need.why.namespaces-unlisted"));
    if (need == "namespaces")
        return words(reportDef("need.why.namespaces"), {words.count(uncoveredNamespaces(input.audit))});
    const KindCompleteness *kind = completenessOf(input.audit, need);
    if (kind && kind->state == KindState::Forbidden)
        return words(reportDef("need.why.forbidden"));
    if (kind && kind->state == KindState::Redacted)
        return words(reportDef("need.why.redacted"));
    if (need == "audit-log" || need == "etcd-snapshot")
        return words(reportDef("need.why.other"));
    if (need == "workloads" || !kind || kind->state == KindState::Missing)
        return words(reportDef("need.why.missing"));
    return words(reportDef("need.why.other"));
}

std::string ReportData::notSeen(const std::vector<std::string> &needs) const
{
    std::vector<std::pair<std::string, std::vector<std::string>>> byReason;
    for (const std::string &missing : needs) {
        const std::string why = whyNotMet(missing);
        auto group = std::ranges::find(byReason, why, &std::pair<std::string, std::vector<std::string>>::first);
        if (group == byReason.end())
            group = byReason.insert(byReason.end(), {why, {}});
        const std::string where = clustersWithout(input.audit, missing, words);
        group->second.push_back(where.empty() ? need(missing) : need(missing) + " (" + where + ")");
    }
    std::vector<std::string> parts;
    parts.reserve(byReason.size());
    for (const auto &[why, names] : byReason)
        parts.push_back(join(names) + ": " + why);
    return join(parts, "; ");
}

std::vector<std::string> ReportData::commandsFor(const std::vector<std::string> &needs) const
{
    std::vector<std::string> commands;
    for (const std::string &missing : needs) {
        const KindCompleteness *kind = completenessOf(input.audit, missing);
        if (kind && !kind->command.empty() && std::ranges::find(commands, kind->command) == commands.end())
            commands.push_back(kind->command);
    }
    return commands;
}

std::string ReportData::clusterOf(const Finding &finding) const
{
    const AuditCluster *cluster = finding.cluster.empty() ? nullptr : input.audit.cluster(finding.cluster);
    return cluster ? words.given(cluster->name) : std::string();
}

std::string ReportData::placeOf(const Finding &finding) const
{
    const std::string cluster = clusterOf(finding);
    const std::string before = cluster.empty() ? cluster : cluster + ": ";
    if (finding.object) {
        const ObjectName &object = *finding.object;
        const std::string name = words.outside(object.name);
        return before
            + (object.namespaceName.empty() ? words.outside(object.kind) + " " + name
                                            : words.outside(object.namespaceName) + "/" + name);
    }
    if (finding.isClusterWide())
        return before + words(reportDef("a.whole-cluster"));
    if (!finding.path.empty())
        return words.outside(finding.path) + " (" + words.outside(finding.image) + ")";
    if (!finding.image.empty())
        return words.outside(finding.image);
    return sourceNumber(finding.source);
}

std::string ReportData::title(const Cause &cause) const
{
    return cause.check && !cause.check->title.empty() ? cause.check->title.in(options.language) : cause.id;
}

std::string ReportData::message(const Finding &finding) const
{
    const auto cause = causeOfCheck.find(finding.check);
    const Check *check = cause == causeOfCheck.end() ? nullptr : causes[cause->second].check;
    if (!check)
        return {};
    const Text *text = messageText(*check, finding.variant);
    if (!text)
        return {};
    std::vector<std::string> args;
    for (const std::string &arg : finding.args)
        args.push_back(words.outside(arg));
    return fillPlaceholders(text->in(options.language), {nullptr, std::move(args)});
}

std::map<std::string, std::set<std::string>, std::less<>> mustsProved(
    const AuditState &audit, const Catalogue &catalogue)
{
    std::map<std::string, std::set<std::string>, std::less<>> proved;
    if (!audit.assessment)
        return proved;
    const Assessment &run = *audit.assessment;
    for (const RequirementResult &requirement : run.requirements) {
        for (const PartResult &result : requirement.parts) {
            const Part *part = catalogue.part(result.id);
            if (!part || !part->isMust())
                continue;
            for (const PartFinding &found : result.findings) {
                if (found.weight == Weight::Proves && found.finding < run.findings.size())
                    proved[run.findings[found.finding].id].insert(part->id);
            }
        }
    }
    return proved;
}

} // namespace tally
