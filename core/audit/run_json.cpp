// SPDX-License-Identifier: Apache-2.0
#include "core/audit/run_json.h"

#include "core/base/messages.h"

#include <nlohmann/json.hpp>

#include <array>

namespace tally {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array severities = {Severity::Info, Severity::Low, Severity::Medium, Severity::High, Severity::Critical};
constexpr std::array weights = {Weight::Context, Weight::Indicates, Weight::Proves};
constexpr std::array proposals = {Proposal::Deviation, Proposal::PartlyChecked, Proposal::NotChecked, Proposal::Manual,
    Proposal::Organisational, Proposal::NoDeviationFound};

Json toJson(const ObjectName &name)
{
    return {
        {"apiVersion", name.apiVersion}, {"kind", name.kind}, {"namespace", name.namespaceName}, {"name", name.name}};
}

ObjectName objectName(const Json &json)
{
    return {json.at("apiVersion"), json.at("kind"), json.at("namespace"), json.at("name")};
}

Json toJson(const Basis &basis)
{
    return {{"objects", basis.objects}, {"workloads", basis.workloads}, {"namespaces", basis.namespaces},
        {"images", basis.images}, {"kinds", basis.kinds}, {"missing", basis.missing}, {"recorded", basis.recorded},
        {"sources", basis.sources}};
}

Basis basisOf(const Json &json)
{
    Basis basis;
    basis.objects = json.at("objects");
    basis.workloads = json.at("workloads");
    basis.namespaces = json.at("namespaces");
    basis.images = json.at("images");
    basis.kinds = json.at("kinds").get<std::vector<std::string>>();
    basis.missing = json.at("missing").get<std::vector<std::string>>();
    basis.recorded = json.value("recorded", std::vector<std::string>{}); // not in runs of older versions
    basis.sources = json.at("sources").get<std::vector<int>>();
    return basis;
}

Json toJson(const PartResult &part)
{
    Json findings = Json::array();
    for (const PartFinding &finding : part.findings)
        findings.push_back({finding.finding, weightName(finding.weight)});
    Json json = {{"id", part.id}, {"proposal", proposalName(part.proposal)}, {"basis", toJson(part.basis)},
        {"findings", std::move(findings)}, {"basisHash", part.basisHash}};
    for (const ClusterPart &each : part.clusters)
        json["clusters"].push_back(
            {{"cluster", each.cluster}, {"proposal", proposalName(each.proposal)}, {"basis", toJson(each.basis)}});
    return json;
}

/// The value whose name is this; throws what nlohmann throws on an unknown one, so that one catch serves all damage.
template<typename T, std::size_t N, typename Name>
T named(const std::array<T, N> &values, Name nameOf, const Json &json)
{
    const auto name = json.get<std::string>();
    for (const T value : values) {
        if (nameOf(value) == name)
            return value;
    }
    throw Json::other_error::create(501, "unknown name " + name, nullptr);
}

PartResult partResult(const Json &json)
{
    PartResult part;
    part.id = json.at("id");
    part.proposal = named(proposals, proposalName, json.at("proposal"));
    part.basis = basisOf(json.at("basis"));
    for (const Json &finding : json.at("findings"))
        part.findings.push_back({finding.at(0).get<std::size_t>(), named(weights, weightName, finding.at(1))});
    part.basisHash = json.at("basisHash");
    if (json.contains("clusters")) {
        for (const Json &each : json.at("clusters"))
            part.clusters.push_back(
                {each.at("cluster"), named(proposals, proposalName, each.at("proposal")), basisOf(each.at("basis"))});
    }
    return part;
}

std::string dump(const Json &json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace); // names from images need not be UTF-8
}

} // namespace

std::string findingToJson(const Finding &finding)
{
    Json json = {{"id", finding.id}, {"check", finding.check}, {"variant", finding.variant}, {"args", finding.args},
        {"severity", severityName(finding.severity)}, {"source", finding.source}, {"file", finding.file},
        {"line", finding.line}, {"column", finding.column}, {"container", finding.container}, {"field", finding.field},
        {"system", finding.systemNamespace}, {"image", finding.image}, {"imageIndex", finding.imageIndex},
        {"layer", finding.layer}, {"path", finding.path}, {"excerpt", finding.excerpt},
        {"excerptLines", finding.excerptLines}, {"excerptHit", finding.excerptHit}};
    if (finding.object)
        json["object"] = toJson(*finding.object);
    for (const ObjectName &also : finding.also)
        json["also"].push_back(toJson(also));
    if (!finding.cluster.empty())
        json["cluster"] = finding.cluster;
    return dump(json);
}

std::optional<Finding> findingFromJson(std::string_view text)
try {
    const Json json = Json::parse(text);
    Finding finding;
    finding.id = json.at("id");
    finding.check = json.at("check");
    finding.variant = json.at("variant");
    finding.args = json.at("args").get<std::vector<std::string>>();
    finding.severity = named(severities, severityName, json.at("severity"));
    finding.source = json.at("source");
    finding.file = json.at("file");
    finding.line = json.at("line");
    finding.column = json.at("column");
    finding.container = json.at("container");
    finding.field = json.at("field");
    finding.systemNamespace = json.at("system");
    finding.image = json.at("image");
    finding.imageIndex = json.at("imageIndex");
    finding.layer = json.at("layer");
    finding.path = json.at("path");
    finding.excerpt = json.at("excerpt");
    finding.excerptLines = json.value("excerptLines", std::vector<std::uint32_t>()); // absent in older files
    finding.excerptHit = json.value("excerptHit", -1);
    finding.cluster = json.value("cluster", std::string()); // only where there are several
    if (json.contains("object"))
        finding.object = objectName(json.at("object"));
    if (json.contains("also")) {
        for (const Json &also : json.at("also"))
            finding.also.push_back(objectName(also));
    }
    return finding;
} catch (const Json::exception &) {
    return std::nullopt;
}

std::string requirementsToJson(const Assessment &assessment)
{
    Json all = Json::array();
    for (const RequirementResult &requirement : assessment.requirements) {
        Json parts = Json::array();
        for (const PartResult &part : requirement.parts)
            parts.push_back(toJson(part));
        all.push_back({{"id", requirement.id}, {"proposal", proposalName(requirement.proposal)},
            {"parts", std::move(parts)}, {"basisHash", requirement.basisHash}});
    }
    if (assessment.scheme == firstScheme && assessment.clusters.empty())
        return dump(all);
    Json whole{{"scheme", assessment.scheme}};
    if (!assessment.clusters.empty())
        whole["clusters"] = assessment.clusters;
    whole["requirements"] = std::move(all);
    return dump(whole);
}

std::string schemeFromJson(std::string_view text)
{
    const Json json = Json::parse(text, nullptr, false);
    return json.is_object() && json.contains("scheme") && json["scheme"].is_string() ? json["scheme"].get<std::string>()
                                                                                     : std::string(firstScheme);
}

std::vector<std::string> clustersFromJson(std::string_view text)
{
    std::vector<std::string> clusters;
    const Json json = Json::parse(text, nullptr, false);
    const auto found = json.is_object() ? json.find("clusters") : json.end();
    if (!json.is_object() || found == json.end() || !found->is_array())
        return clusters;
    for (const Json &each : *found)
        clusters.push_back(each.is_string() ? each.get<std::string>() : std::string());
    return clusters;
}

std::optional<std::vector<RequirementResult>> requirementsFromJson(std::string_view text)
try {
    std::vector<RequirementResult> requirements;
    Json whole = Json::parse(text);
    if (whole.is_object())
        whole = Json(whole.at("requirements"));
    for (const Json &json : whole) {
        RequirementResult requirement;
        requirement.id = json.at("id");
        requirement.proposal = named(proposals, proposalName, json.at("proposal"));
        for (const Json &part : json.at("parts"))
            requirement.parts.push_back(partResult(part));
        requirement.basisHash = json.at("basisHash");
        requirements.push_back(std::move(requirement));
    }
    return requirements;
} catch (const Json::exception &) {
    return std::nullopt;
}

std::string diagnosticsToJson(const std::vector<Diagnostic> &diagnostics)
{
    Json all = Json::array();
    for (const Diagnostic &diagnostic : diagnostics) {
        if (!diagnostic.message.def)
            continue;
        all.push_back({{"severity", static_cast<int>(diagnostic.severity)}, {"code", diagnostic.message.def->code},
            {"args", diagnostic.message.args}, {"count", diagnostic.message.count}, {"source", diagnostic.source},
            {"where", diagnostic.where}});
    }
    return dump(all);
}

std::vector<Diagnostic> diagnosticsFromJson(std::string_view text)
{
    std::vector<Diagnostic> diagnostics;
    try {
        for (const Json &json : Json::parse(text)) {
            const MessageDef *def = findMessage(json.at("code").get<std::string>());
            const int severity = json.at("severity");
            if (!def || severity < 0 || severity > static_cast<int>(Diagnostic::Severity::Error))
                continue;
            diagnostics.push_back({static_cast<Diagnostic::Severity>(severity),
                {def, json.at("args").get<std::vector<std::string>>(), json.at("count")}, json.at("source"),
                json.at("where")});
        }
    } catch (const Json::exception &) { // NOLINT(bugprone-empty-catch): what could be read is returned
    }
    return diagnostics;
}

} // namespace tally
