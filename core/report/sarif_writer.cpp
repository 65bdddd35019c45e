// SPDX-License-Identifier: Apache-2.0
#include "core/report/sarif_writer.h"

#include "core/base/messages_exports.h"
#include "core/base/text_format.h"
#include "core/base/version.h"
#include "core/io/uuid.h"
#include "core/report/export_view.h"
#include "core/workbench/json_parts.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace tally {

namespace {

/// Namespace of our ids in SARIF; made once at random.
constexpr std::string_view uuidSpace = "5e0f3c57-9a64-4a0d-8f0c-6a1a5b5c2e11";

/// 3.11.5 and 3.11.6: in message strings braces are doubled, and a text in brackets before one in parentheses would be
/// a link.
std::string messageText(std::string_view text)
{
    const std::string valid = toUtf8(text);
    std::string safe;
    for (std::size_t i = 0; i < valid.size(); ++i) {
        const char c = valid[i];
        if (c == '{' || c == '}')
            safe += c;
        if (c == '[' || c == ']' || (c == '\\' && i + 1 < valid.size() && (valid[i + 1] == '[' || valid[i + 1] == ']')))
            safe += '\\';
        safe += c;
    }
    return safe.empty() ? "-" : safe;
}

Json text(std::string_view content)
{
    Json json;
    json["text"] = messageText(content);
    return json;
}

/// RFC 3986, 2.3: everything but unreserved characters and "/" is written as %XX, bytes as they are.
std::string uriPath(std::string_view path)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string uri;
    while (path.starts_with("./"))
        path.remove_prefix(2);
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || std::string_view("-._~/").find(c) != std::string_view::npos;
        if (plain) {
            uri += c;
            continue;
        }
        uri += '%';
        uri += digits[byte >> 4U];
        uri += digits[byte & 0x0FU];
    }
    while (uri.starts_with('/')) // relative to where it lies
        uri.erase(0, 1);
    return uri.empty() ? "_" : uri;
}

std::string_view levelOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
    case Severity::High:
        return "error";
    case Severity::Medium:
        return "warning";
    case Severity::Low:
    case Severity::Info:
        return "note";
    }
    return "note";
}

/// As viewers sort it: above 9 critical, from 7 high, from 4 medium, above 0 low.
std::string_view numberOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return "9.5";
    case Severity::High:
        return "8.0";
    case Severity::Medium:
        return "5.5";
    case Severity::Low:
        return "2.5";
    case Severity::Info:
        return "0.0";
    }
    return "0.0";
}

Json bothLanguages(const Text &content)
{
    Json json;
    json["de"] = toUtf8(content.de);
    json["en"] = toUtf8(content.en);
    return json;
}

/// Description and remedy, first in the report's language, then in the other one.
Json helpOf(const Check &check, Language first)
{
    const Language second = first == Language::German ? Language::English : Language::German;
    std::string plain;
    std::string markdown;
    for (const Language language : {first, second}) {
        const std::string name = language == Language::German ? "Deutsch" : "English";
        plain += (plain.empty() ? "" : "\n\n") + name + "\n";
        markdown += (markdown.empty() ? "" : "\n\n") + std::string("## ") + name + "\n";
        for (const Text *content : {&check.title, &check.description, &check.remediation, &check.notADeviationWhen}) {
            if (content->empty())
                continue;
            plain += "\n" + content->in(language);
            markdown += "\n" + content->in(language) + "\n";
        }
    }
    Json json;
    json["text"] = messageText(plain);
    json["markdown"] = toUtf8(markdown);
    return json;
}

Json rule(const Check &check, Language language)
{
    std::set<std::string> requirements;
    Json parts = Json::array();
    for (const PartWeight &pair : check.parts) {
        Json part;
        part["id"] = pair.part;
        part["weight"] = weightName(pair.weight);
        parts.push_back(std::move(part));
        requirements.insert(pair.part.substr(0, pair.part.rfind('.')));
    }
    Json tags = Json::array({"security"});
    for (const std::string &id : requirements)
        tags.push_back(id);
    for (const std::string &technique : check.attack)
        tags.push_back(technique);
    Json json;
    json["id"] = check.id;
    json["shortDescription"] = text(check.title.in(language));
    json["fullDescription"] = text(check.description.in(language));
    json["help"] = helpOf(check, language);
    json["defaultConfiguration"]["level"] = levelOf(check.severity);
    Json &properties = json["properties"];
    properties["tags"] = std::move(tags);
    properties["security-severity"] = numberOf(check.severity);
    properties["severity"] = severityName(check.severity);
    properties["requirements"] = requirements;
    properties["parts"] = std::move(parts);
    properties["attack"] = check.attack;
    properties["title"] = bothLanguages(check.title);
    return json;
}

/// The artifacts of a run: sources, and below them the files and paths in which something was found.
class Artifacts
{
public:
    explicit Artifacts(const ExportView &view)
        : m_view(view)
    {
        const auto &sources = view.audit().sources;
        for (std::size_t i = 0; i < sources.size(); ++i) {
            const Source &source = sources[i];
            Json json;
            json["location"]["uri"] = uriPath(source.name.empty() ? "source-" + std::to_string(i + 1) : source.name);
            json["location"]["uriBaseId"] = "SOURCES";
            json["description"] = text(view.words().form(source.form));
            json["length"] = source.bytes;
            json["roles"] = Json::array({"analysisTarget"});
            if (constexpr std::string_view prefix = "sha256:"; source.sha256.starts_with(prefix))
                json["hashes"]["sha-256"] = source.sha256.substr(prefix.size());
            json["properties"]["number"] = view.data().sourceNumber(static_cast<int>(i));
            json["properties"]["form"] = toUtf8(source.form);
            if (const std::string withdrawal = view.data().withdrawal(static_cast<int>(i)); !withdrawal.empty())
                json["properties"]["withdrawn"] = withdrawal;
            m_all.push_back(std::move(json));
        }
    }

    /// Null where the finding names no source.
    [[nodiscard]] Json locationOf(const Finding &finding)
    {
        if (finding.source < 0 || static_cast<std::size_t>(finding.source) >= m_view.audit().sources.size())
            return nullptr;
        const auto parent = static_cast<std::size_t>(finding.source);
        const std::string &inside = finding.path.empty() ? finding.file : finding.path;
        const std::string &name = m_view.audit().sources[parent].name;
        std::size_t index = parent;
        if (!inside.empty() && inside != name) {
            const auto [at, isNew] = m_inside.try_emplace({parent, inside}, m_all.size());
            index = at->second;
            if (isNew) {
                Json json;
                json["location"]["uri"] = uriPath(inside);
                json["parentIndex"] = parent;
                m_all.push_back(std::move(json));
            }
        }
        Json location;
        location["uri"] = m_all[index]["location"]["uri"];
        if (index == parent)
            location["uriBaseId"] = "SOURCES";
        location["index"] = index;
        return location;
    }

    [[nodiscard]] Json take() { return std::move(m_all); }

private:
    const ExportView &m_view;
    Json m_all = Json::array();
    std::map<std::pair<std::size_t, std::string>, std::size_t> m_inside;
};

Json logicalLocations(const Finding &finding)
{
    Json all = Json::array();
    const auto add = [&all](std::string_view name, const std::string &full, const char *kind) {
        Json json;
        json["name"] = toUtf8(name);
        json["fullyQualifiedName"] = toUtf8(full);
        json["kind"] = kind;
        all.push_back(std::move(json));
    };
    std::string full;
    if (finding.object) {
        const ObjectName &object = *finding.object;
        full = object.namespaceName + "/" + object.kind + "/" + object.name;
        add(object.name, full, "resource");
    } else if (!finding.image.empty()) {
        full = finding.image;
        add(finding.image, full, "resource");
    }
    if (!finding.container.empty()) {
        full += "/" + finding.container;
        add(finding.container, full, "resource");
    }
    if (!finding.field.empty())
        add(finding.field, full + "#" + finding.field, "property");
    return all;
}

/// Consecutive lines only: a snippet stands for its whole region.
Json contextRegion(const Finding &finding)
{
    if (finding.excerpt.empty() || finding.excerptLines.empty() || finding.excerptLines.front() == 0)
        return nullptr;
    for (std::size_t i = 1; i < finding.excerptLines.size(); ++i) {
        if (finding.excerptLines[i] != finding.excerptLines[i - 1] + 1)
            return nullptr;
    }
    Json region;
    region["startLine"] = finding.excerptLines.front();
    region["endLine"] = finding.excerptLines.back();
    region["snippet"]["text"] = toUtf8(finding.excerpt);
    return region;
}

Json suppressionOf(const FindingException &exception)
{
    Json json;
    json["guid"] = uuidOf(uuidSpace, "suppression " + exception.key());
    json["kind"] = "external";
    json["status"] = exception.kind == "deferred" ? "underReview" : "accepted";
    json["justification"] = toUtf8(exception.reason);
    Json &properties = json["properties"];
    properties["kind"] = toUtf8(exception.kind);
    properties["by"] = toUtf8(exception.by);
    properties["at"] = toUtf8(exception.at);
    if (!exception.expires.empty())
        properties["expires"] = toUtf8(exception.expires);
    return json;
}

Json result(const ExportView &view, const Finding &finding, Artifacts &artifacts,
    const std::map<std::string_view, std::size_t> &rules)
{
    Json json;
    json["ruleId"] = toUtf8(finding.check);
    const auto rule = rules.find(finding.check);
    if (rule != rules.end())
        json["ruleIndex"] = rule->second;
    json["level"] = levelOf(finding.severity);
    json["message"] = text(view.message(finding));
    Json location;
    if (Json artifact = artifacts.locationOf(finding); !artifact.is_null()) {
        Json &physical = location["physicalLocation"];
        physical["artifactLocation"] = std::move(artifact);
        if (finding.line > 0) {
            physical["region"]["startLine"] = finding.line;
            if (Json context = contextRegion(finding); !context.is_null())
                physical["contextRegion"] = std::move(context);
        }
    }
    if (Json logical = logicalLocations(finding); !logical.empty())
        location["logicalLocations"] = std::move(logical);
    json["locations"] = location.is_null() ? Json::array() : Json::array({std::move(location)});
    json["partialFingerprints"]["tallymann/v1"] = toUtf8(finding.id);
    // Where one result has suppressions all must say so (3.27.23).
    json["suppressions"] = Json::array();
    if (const FindingException *exception = view.audit().exceptionOf(finding)) {
        Json suppression = suppressionOf(*exception);
        if (const auto refused = view.data().refusedFor(finding); !refused.empty()) {
            suppression["status"] = "rejected"; // so that nobody takes it for settled (3.35.3)
            suppression["properties"]["refused"] = view.data().refusal(refused);
        }
        json["suppressions"].push_back(std::move(suppression));
    }
    Json &properties = json["properties"];
    properties["severity"] = severityName(finding.severity);
    properties["security-severity"] = numberOf(finding.severity);
    if (const std::string cluster = view.data().clusterOf(finding); !cluster.empty())
        properties["cluster"] = cluster;
    Json parts = Json::array();
    if (const Check *check = view.check(finding.check)) {
        for (const PartWeight &pair : check->parts) {
            Json part;
            part["id"] = pair.part;
            part["weight"] = weightName(check->weightOf(pair, finding));
            parts.push_back(std::move(part));
        }
    }
    properties["parts"] = std::move(parts);
    if (finding.column > 0)
        properties["column"] = finding.column;
    if (finding.layer >= 0)
        properties["layer"] = finding.layer;
    if (!finding.excerpt.empty())
        properties["excerpt"] = toUtf8(finding.excerpt);
    if (const FindingJudgement *judged = view.data().judgementOf(finding)) {
        properties["programSeverity"] = severityName(programSeverity(view.audit(), finding));
        properties["severityReason"] = toUtf8(judged->reason);
        properties["severityBy"] = toUtf8(judged->by);
        properties["severityAt"] = toUtf8(judged->at);
    }
    if (const FindingException *expired = view.audit().expiredExceptionOf(finding))
        properties["expiredException"] = suppressionOf(*expired)["properties"];
    return json;
}

Json invocation(const ExportView &view)
{
    const AuditState &audit = view.audit();
    Json json;
    json["executionSuccessful"] = audit.assessment != nullptr;
    if (audit.assessment && !audit.assessment->createdAt.empty())
        json["endTimeUtc"] = audit.assessment->createdAt;
    Json notifications = Json::array();
    for (const Diagnostic &diagnostic : audit.diagnostics) {
        Json notification;
        if (diagnostic.message.def)
            notification["descriptor"]["id"] = diagnostic.message.def->code;
        notification["level"] = severityCode(diagnostic.severity);
        notification["message"] = text(withoutFolders(view.words()(diagnostic.message), audit.sources));
        if (diagnostic.source >= 0 && static_cast<std::size_t>(diagnostic.source) < audit.sources.size()) {
            Json location;
            location["physicalLocation"]["artifactLocation"]["index"] = diagnostic.source;
            notification["locations"] = Json::array({std::move(location)});
        }
        if (!diagnostic.where.empty())
            notification["properties"]["where"] = toUtf8(withoutFolders(diagnostic.where, audit.sources));
        notifications.push_back(std::move(notification));
    }
    json["toolExecutionNotifications"] = std::move(notifications);
    return json;
}

/// What was not seen, so that a list of results does not look greener than the audit is.
Json notChecked(const ExportView &view)
{
    Json all = Json::array();
    for (const Module &module : view.input().catalogue.modules) {
        for (const Requirement &requirement : module.requirements) {
            for (const Part &part : requirement.parts) {
                const Proposal proposal = view.proposalOfPart(part.id);
                if (proposal != Proposal::NotChecked && proposal != Proposal::PartlyChecked)
                    continue;
                const PartResult *seen = view.part(part.id);
                Json json;
                json["part"] = part.id;
                json["proposal"] = proposalName(proposal);
                json["missing"] = seen ? seen->basis.missing : std::vector<std::string>();
                all.push_back(std::move(json));
            }
        }
    }
    return all;
}

} // namespace

std::string writeSarif(const ReportInput &input, const ReportOptions &options, const Translator &translator)
{
    const ExportView view(input, options, translator);
    Json run;
    Json &driver = run["tool"]["driver"];
    driver["name"] = "Tallymann";
    driver["version"] = toolVersion;
    driver["language"] = languageTag(options.language);
    Json rules = Json::array();
    std::map<std::string_view, std::size_t> ruleIndex;
    for (const Check &check : input.checks.checks) {
        ruleIndex[check.id] = rules.size();
        rules.push_back(rule(check, options.language));
    }
    driver["rules"] = std::move(rules);
    run["language"] = languageTag(options.language);
    run["automationDetails"]["id"] = "tallymann/" + toUtf8(input.audit.info.createdAt) + "/";
    run["automationDetails"]["guid"] = uuidOf(uuidSpace, "run " + input.audit.journalHead + view.createdAt());
    run["invocations"] = Json::array({invocation(view)});
    run["originalUriBaseIds"]["SOURCES"]["description"] = text(view.words()(exportDef("export.sarif.sources")));
    Artifacts artifacts(view);
    Json results = Json::array();
    for (const Finding &finding : view.findings())
        results.push_back(result(view, finding, artifacts, ruleIndex));
    run["artifacts"] = artifacts.take();
    run["results"] = std::move(results);
    run["defaultEncoding"] = "utf-8";
    Json &properties = run["properties"];
    properties["created"] = view.createdAt();
    properties["edition"] = input.catalogue.edition;
    properties["journalHead"] = input.audit.journalHead;
    properties["notChecked"] = notChecked(view);

    Json json;
    json["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
    json["version"] = "2.1.0";
    json["runs"] = Json::array();
    json["runs"].push_back(std::move(run));
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace tally
