// SPDX-License-Identifier: Apache-2.0
#include "core/audit/carried.h"
#include "core/audit/classification.h"
#include "core/audit/target_objects.h"
#include "core/base/text_format.h"
#include "core/base/version.h"
#include "core/checks/finding_text.h"
#include "core/report/report_data.h"

#include "core/io/digest.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <initializer_list>

namespace tally {

namespace {

using Json = nlohmann::ordered_json;

/// An object with its keys in this order. Json's own initializer lists, nested, take the compiler minutes.
Json objectOf(std::initializer_list<std::pair<const char *, Json>> members)
{
    Json object = Json::object();
    for (const auto &[key, value] : members)
        object[key] = value;
    return object;
}

std::string base64(std::string_view bytes)
{
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j)
            group = (group << 8U) | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j)
            text += j <= std::min<std::size_t>(bytes.size() - i, 3) ? alphabet[(group >> (18U - 6U * j)) & 0x3FU] : '=';
    }
    return text;
}

/// Paths that are not UTF-8 come with U+FFFD and, beside, as they are.
void putPath(Json &object, const std::string &key, const std::string &path)
{
    object[key] = toUtf8(path);
    if (!isUtf8(path))
        object[key + "Bytes"] = base64(path);
}

Json orNull(const std::string &text)
{
    return text.empty() ? Json(nullptr) : Json(toUtf8(text));
}

Json messageJson(const Message &message, const Translator &de, const Translator &en)
{
    return objectOf({{"code", message.def ? message.def->code : ""}, {"de", toUtf8(de.text(message))},
        {"en", toUtf8(en.text(message))}});
}

/// By its name: this goes to others, whom the folders of the auditor's machine do not concern.
Json sourceJson(const Source &source, const SourceWithdrawal *withdrawn)
{
    Json json;
    const std::filesystem::path path(source.path);
    putPath(json, "path", (path.has_filename() ? path : path.parent_path()).filename().string());
    json["form"] = source.form;
    json["bytes"] = source.bytes;
    json["sha256"] = source.sha256;
    if (!source.verifiedAt.empty())
        json["verifiedAt"] = source.verifiedAt;
    if (source.cached)
        json["cached"] = true;
    if (withdrawn)
        json["withdrawn"] = objectOf({{"reason", toUtf8(withdrawn->reason)}, {"by", toUtf8(withdrawn->by)},
            {"at", withdrawn->at}, {"successor", withdrawn->successor ? Json(*withdrawn->successor) : Json(nullptr)}});
    return json;
}

Json decisionJson(const AuditState &audit, const std::string &id)
{
    const Decision *decision = decisionOn(audit, id);
    if (!decision)
        return nullptr;
    return objectOf({{"status", statusName(decision->status)}, {"reason", toUtf8(decision->reason)},
        {"by", toUtf8(decision->by)}, {"at", decision->at}, {"stale", decision->stale}});
}

/// With how the auditors weigh it.
Json requirementDecision(const AuditState &audit, const std::string &id)
{
    Json json = decisionJson(audit, id);
    if (json.is_null())
        return json;
    const Classification classified = classificationOf(audit, id);
    json["classification"] = classified.auditClass ? Json(className(*classified.auditClass)) : Json(nullptr);
    json["kritis"] = classified.deficiency ? Json(deficiencyName(*classified.deficiency)) : Json(nullptr);
    return json;
}

/// What was said of each module as a whole; modules without a word on them are left out.
Json verdictsJson(const ReportInput &input)
{
    Json all = Json::array();
    for (const Module &module : input.catalogue.modules) {
        const auto verdict = verdictOf(input.audit, module.id);
        const auto chosen = chosenDeviations(input.audit, module.id);
        if (!verdict && !chosen)
            continue;
        Json said = nullptr;
        if (verdict)
            said = objectOf({{"text", toUtf8(verdict->text)}, {"by", toUtf8(verdict->by)}, {"at", verdict->at},
                {"decidedSince", verdict->decidedSince}});
        all.push_back(objectOf({{"module", module.id}, {"verdict", std::move(said)},
            {"mostImportant", chosen ? Json(chosen->requirements) : Json(nullptr)}}));
    }
    return all;
}

std::string_view partClassName(PartClass partClass)
{
    switch (partClass) {
    case PartClass::Provable:
        return "F";
    case PartClass::Indication:
        return "I";
    case PartClass::Document:
        return "D";
    }
    return "D";
}

std::string_view levelName(Level level)
{
    switch (level) {
    case Level::Basic:
        return "B";
    case Level::Standard:
        return "S";
    case Level::Elevated:
        return "H";
    }
    return "B";
}

Json partJson(const ReportInput &input, const Part &part, const PartResult *result)
{
    Json findings = Json::array();
    Json basis = objectOf({{"objects", 0}, {"missing", Json::array()}, {"sources", Json::array()}});
    if (result) {
        for (const PartFinding &found : result->findings)
            findings.push_back(found.finding);
        basis = objectOf({{"objects", result->basis.objects}, {"missing", result->basis.missing},
            {"sources", result->basis.sources}, {"workloads", result->basis.workloads},
            {"namespaces", result->basis.namespaces}, {"images", result->basis.images}, {"kinds", result->basis.kinds},
            {"recorded", result->basis.recorded}});
        for (const ClusterPart &each : result->clusters) // what was not seen there alone
            basis["clusters"].push_back(objectOf({{"cluster", each.cluster}, {"proposal", proposalName(each.proposal)},
                {"objects", each.basis.objects}, {"missing", each.basis.missing}}));
    }
    return objectOf({{"id", part.id}, {"modal", part.modal}, {"class", partClassName(part.partClass)},
        {"proposal", proposalName(result ? result->proposal : Proposal::NotChecked)}, {"basis", std::move(basis)},
        {"findings", std::move(findings)}, {"decision", decisionJson(input.audit, part.id)}});
}

Json requirementsJson(const ReportInput &input)
{
    std::map<std::string_view, const RequirementResult *> results;
    if (input.audit.assessment) {
        for (const RequirementResult &result : input.audit.assessment->requirements)
            results[result.id] = &result;
    }
    Json list = Json::array();
    for (const Module &module : input.catalogue.modules) {
        for (const Requirement &requirement : module.requirements) {
            const auto found = results.find(requirement.id);
            const RequirementResult *result = found == results.end() ? nullptr : found->second;
            Json parts = Json::array();
            for (const Part &part : requirement.parts) {
                const PartResult *partResult = nullptr;
                if (result) {
                    const auto at = std::ranges::find(result->parts, part.id, &PartResult::id);
                    partResult = at == result->parts.end() ? nullptr : &*at;
                }
                parts.push_back(partJson(input, part, partResult));
            }
            list.push_back(objectOf({{"id", requirement.id}, {"level", levelName(requirement.level)},
                {"proposal", proposalName(result ? result->proposal : Proposal::NotChecked)},
                {"decision", requirementDecision(input.audit, requirement.id)}, {"parts", std::move(parts)}}));
        }
    }
    return list;
}

Json findingMessage(const Finding &finding, const Check *check)
{
    Json json = objectOf({{"code", finding.check + "." + finding.variant}, {"de", ""}, {"en", ""}});
    if (!check)
        return json;
    const Text *text = messageText(*check, finding.variant);
    if (!text)
        return json;
    const Message arguments{nullptr, finding.args};
    json["de"] = toUtf8(fillPlaceholders(text->de, arguments));
    json["en"] = toUtf8(fillPlaceholders(text->en, arguments));
    return json;
}

Json exceptionJson(const FindingException &exception, bool expired)
{
    Json json = objectOf({{"kind", exception.kind}, {"reason", toUtf8(exception.reason)}, {"by", toUtf8(exception.by)},
        {"at", exception.at}, {"expires", orNull(exception.expires)}});
    if (exception.fingerprint.empty())
        json["scope"] = objectOf({{"check", orNull(exception.check)}, {"namespace", orNull(exception.namespaceName)},
            {"object", orNull(exception.object)}});
    if (exception.fingerprint.empty() && !exception.cluster.empty())
        json["scope"]["cluster"] = exception.cluster;
    if (expired)
        json["expired"] = true;
    return json;
}

Json exceptionsJson(const AuditState &audit)
{
    const std::string today = rfc3339(outputTime()).substr(0, 10);
    Json all = Json::array();
    for (const auto &[key, exception] : audit.exceptions) {
        Json json = exceptionJson(exception, exception.isExpired(today));
        if (!exception.fingerprint.empty())
            json["finding"] = exception.fingerprint;
        if (audit.isUnconfirmed(exception))
            json["toConfirm"] = true;
        all.push_back(std::move(json));
    }
    for (const CarriedException &carried : carriedExceptions(audit)) {
        if (audit.exceptions.contains(carried.exception.key()))
            continue; // counts
        Json json = exceptionJson(carried.exception, false);
        if (!carried.exception.fingerprint.empty())
            json["finding"] = carried.exception.fingerprint;
        json["toConfirm"] = true;
        json["counts"] = false;
        all.push_back(std::move(json));
    }
    return all;
}

/// `musts`: the MUST parts whose deviation it proves; an accepted risk is refused for them.
Json findingJson(
    const ReportInput &input, const Finding &finding, const Check *check, const std::set<std::string> *musts)
{
    Json parts = Json::array();
    Json attack = Json::array();
    if (check) {
        for (const PartWeight &part : check->parts)
            parts.push_back(objectOf({{"id", part.part}, {"weight", weightName(check->weightOf(part, finding))}}));
        attack = check->attack;
    }
    Json also = Json::array();
    for (const ObjectName &object : finding.also)
        also.push_back(objectOf({{"kind", toUtf8(object.kind)}, {"name", toUtf8(object.name)}}));
    Json json = objectOf({{"id", finding.id}, {"check", finding.check}, {"severity", severityName(finding.severity)},
        {"parts", std::move(parts)}, {"attack", std::move(attack)}});
    json["source"] = finding.source < 0 ? Json(nullptr) : Json(finding.source);
    putPath(json, "file", finding.file);
    json["line"] = finding.line;
    json["column"] = finding.column;
    if (finding.object)
        json["object"]
            = objectOf({{"apiVersion", toUtf8(finding.object->apiVersion)}, {"kind", toUtf8(finding.object->kind)},
                {"namespace", toUtf8(finding.object->namespaceName)}, {"name", toUtf8(finding.object->name)}});
    else
        json["object"] = nullptr;
    json["also"] = std::move(also);
    json["container"] = orNull(finding.container);
    json["field"] = orNull(finding.field);
    json["image"] = orNull(finding.image);
    json["layer"] = finding.layer < 0 ? Json(nullptr) : Json(finding.layer);
    if (finding.path.empty())
        json["path"] = nullptr;
    else
        putPath(json, "path", finding.path);
    json["message"] = findingMessage(finding, check);
    json["excerpt"] = orNull(finding.excerpt);
    if (!finding.cluster.empty())
        json["cluster"] = finding.cluster;
    if (const auto judged = input.audit.records.judgements.find(finding.id);
        judged != input.audit.records.judgements.end())
        json["severityJudged"] = objectOf({{"byProgram", severityName(programSeverity(input.audit, finding))},
            {"reason", toUtf8(judged->second.reason)}, {"by", toUtf8(judged->second.by)}, {"at", judged->second.at}});
    const FindingException *exception = input.audit.exceptionOf(finding);
    json["accepted"] = exception ? exceptionJson(*exception, false) : Json(nullptr);
    if (exception && exception->kind == "accepted" && musts)
        json["accepted"]["refusedFor"] = *musts;
    if (const FindingException *expired = input.audit.expiredExceptionOf(finding))
        json["expiredException"] = exceptionJson(*expired, true);
    if (const auto waits = input.audit.exceptionToConfirm(finding))
        json["exceptionToConfirm"] = exceptionJson(*waits, false);
    return json;
}

Json policyJson(const AuditState &audit)
{
    if (!audit.policy)
        return nullptr;
    const Policy &policy = *audit.policy;
    Json zones = Json::array();
    for (const NetworkZone &zone : policy.zones)
        zones.push_back(
            objectOf({{"name", toUtf8(zone.name)}, {"purpose", purposeName(zone.purpose)}, {"ranges", zone.ranges}}));
    Json json = objectOf({{"file", orNull(policy.name)}, {"sha256", policy.digest},
        {"allowedRegistries", policy.allowedRegistries}, {"approvedBaseImages", policy.approvedBaseImages},
        {"forbiddenPackages", policy.forbiddenPackages}, {"requiredLabels", policy.requiredLabels}});
    json["minimumReplicas"] = policy.minimumReplicas ? Json(*policy.minimumReplicas) : Json(nullptr);
    json["maximumImageAgeDays"] = policy.maximumImageAgeDays ? Json(*policy.maximumImageAgeDays) : Json(nullptr);
    json["cpuLimits"] = policy.cpuLimits ? Json(*policy.cpuLimits) : Json(nullptr);
    json["zones"] = std::move(zones);
    return json;
}

Json keysJson(const AuditState &audit)
{
    Json keys = Json::array();
    for (const KeyFile &file : audit.keyFiles) {
        for (const PublicKey &key : file.keys)
            keys.push_back(objectOf({{"file", toUtf8(file.name)}, {"kind", key.kind()},
                {"fingerprint", key.fingerprint()}, {"by", toUtf8(file.by)}, {"at", file.at}}));
    }
    return keys;
}

Json askedJson(const AuditState &audit)
{
    Json kinds = Json::array();
    for (const AskedKind &asked : audit.asked) {
        kinds.push_back(objectOf({{"kind", asked.kind}, {"group", asked.group}, {"reason", toUtf8(asked.reason)},
            {"by", toUtf8(asked.by)}, {"at", asked.at}}));
        if (asked.source != 0) // of another cluster than the first
            kinds.back()["source"] = asked.source;
    }
    return kinds;
}

/// Which exports were taken for one cluster.
Json clustersJson(const AuditState &audit)
{
    Json clusters = Json::array();
    for (const AuditCluster &each : audit.clusters)
        clusters.push_back(objectOf({{"key", each.key}, {"name", toUtf8(each.name)}, {"uid", orNull(each.cluster->uid)},
            {"kubernetesVersion", orNull(each.cluster->kubernetesVersion)}, {"objects", each.cluster->objects.size()},
            {"namespaces", each.cluster->namespaces.size()}, {"sources", each.sources}}));
    return clusters;
}

Json targetsJson(const AuditState &audit)
{
    const auto valueJson = [](const TargetObject::ProtectionNeed &value) {
        return objectOf({{"need", needName(value.need)}, {"reason", toUtf8(value.reason)}});
    };
    Json targets = Json::array();
    for (const auto &[key, target] : audit.records.targets)
        targets.push_back(objectOf({{"id", toUtf8(key)}, {"kind", targetKindName(target.kind)},
            {"name", toUtf8(target.name)}, {"description", toUtf8(target.description)},
            {"need", needName(highestNeed(target))}, {"confidentiality", valueJson(target.confidentiality)},
            {"integrity", valueJson(target.integrity)}, {"availability", valueJson(target.availability)},
            {"by", toUtf8(target.by)}, {"at", target.at}, {"toConfirmFrom", orNull(target.from)}}));
    return targets;
}

std::string_view severityOf(const Diagnostic &diagnostic)
{
    switch (diagnostic.severity) {
    case Diagnostic::Severity::Error:
        return "error";
    case Diagnostic::Severity::Warning:
        return "warning";
    case Diagnostic::Severity::Note:
        return "note";
    }
    return "note";
}

} // namespace

std::string writeAuditJson(const ReportInput &input, const Translator &de, const Translator &en)
{
    const AuditState &audit = input.audit;
    Json json = objectOf({{"format", 1}, {"tool", objectOf({{"name", toolName}, {"version", toolVersion}})},
        {"created", rfc3339(outputTime())}, {"sources", Json::array()}});
    for (std::size_t i = 0; i < audit.sources.size(); ++i)
        json["sources"].push_back(sourceJson(audit.sources[i], audit.withdrawalOf(static_cast<int>(i))));
    json["journalHead"] = orNull(audit.journalHead);
    const Assessment *assessment = audit.assessment.get();
    json["edition"] = assessment && !assessment->edition.empty() ? assessment->edition : input.catalogue.edition;
    json["run"] = objectOf({{"catalogue", assessment ? assessment->catalogueDigest : input.catalogue.digest},
        {"checks", assessment ? assessment->checksDigest : input.checks.digest},
        {"policy", assessment ? orNull(assessment->policyDigest) : Json(nullptr)}});
    json["policy"] = policyJson(audit);
    json["keys"] = keysJson(audit);
    json["asked"] = askedJson(audit);
    json["clusters"] = clustersJson(audit);
    json["targets"] = targetsJson(audit);
    json["requirements"] = requirementsJson(input);
    json["verdicts"] = verdictsJson(input);
    json["findings"] = Json::array();
    if (assessment) {
        std::map<std::string_view, const Check *> checks;
        for (const Check &check : input.checks.checks)
            checks[check.id] = &check;
        const auto musts = mustsProved(audit, input.catalogue);
        for (const Finding &finding : assessment->findings) {
            const auto check = checks.find(finding.check);
            const auto proved = musts.find(finding.id);
            json["findings"].push_back(findingJson(input, finding, check == checks.end() ? nullptr : check->second,
                proved == musts.end() ? nullptr : &proved->second));
        }
    }
    json["exceptions"] = exceptionsJson(audit);
    json["diagnostics"] = Json::array();
    for (const Diagnostic &diagnostic : audit.diagnostics) {
        json["diagnostics"].push_back(
            {{"severity", severityOf(diagnostic)}, {"code", diagnostic.message.def ? diagnostic.message.def->code : ""},
                {"source", diagnostic.source < 0 ? Json(nullptr) : Json(diagnostic.source)},
                {"where", toUtf8(diagnostic.where)}, {"message", messageJson(diagnostic.message, de, en)}});
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace tally
