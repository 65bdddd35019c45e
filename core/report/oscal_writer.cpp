// SPDX-License-Identifier: Apache-2.0
#include "core/report/oscal_writer.h"

#include "core/audit/target_objects.h"
#include "core/base/messages_exports.h"
#include "core/base/text_format.h"
#include "core/base/version.h"
#include "core/io/uuid.h"
#include "core/report/export_view.h"
#include "core/report/journal_view.h"
#include "core/report/report_targets.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace tally {

namespace {

using Json = nlohmann::ordered_json;

/// Namespace of our ids in OSCAL; made once at random.
constexpr std::string_view uuidSpace = "b1c6b1f0-6c0b-4d6f-9f0e-0c8f5a7d3e42";
/// Names of properties that are ours, not OSCAL's.
constexpr std::string_view propSpace = "urn:tallymann:oscal";

/// Text fields of OSCAL are Markdown: what comes from outside may not mark up.
std::string markup(std::string_view text)
{
    std::string safe;
    for (const char c : toUtf8(text)) {
        if (std::string_view("\\`*_[]<>&").find(c) != std::string_view::npos)
            safe += '\\';
        safe += c;
    }
    return safe.empty() ? "-" : safe;
}

/// A string field: one line, not empty, without blanks at its ends (StringDatatype).
std::string line(std::string_view text)
{
    std::string one = visible(toUtf8(text));
    const auto first = one.find_first_not_of(" \u00A0");
    if (first == std::string::npos)
        return "-";
    // Python's and ECMA's \s know more blanks than one: those at an end are enclosed.
    static constexpr std::string_view blanks[] = {" ", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
        "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200A", "\u202F", "\u205F", "\u3000"};
    for (bool again = true; again && !one.empty();) {
        again = false;
        for (const std::string_view blank : blanks) {
            if (one.starts_with(blank)) {
                one.erase(0, blank.size());
                again = true;
            }
            if (one.ends_with(blank)) {
                one.erase(one.size() - blank.size());
                again = true;
            }
        }
    }
    return one.empty() ? "-" : one;
}

/// A moment as OSCAL wants it; nothing where the text is none.
std::optional<std::string> moment(const std::string &rfc3339)
{
    if (rfc3339.size() == 20 && rfc3339.ends_with('Z') && formatTime(rfc3339, Language::English) != rfc3339)
        return rfc3339;
    return std::nullopt;
}

std::optional<std::string> endOfDay(const std::string &date)
{
    return date.size() == 10 ? moment(date + "T23:59:59Z") : std::nullopt;
}

void prop(Json &props, const char *name, std::string_view value)
{
    if (value.empty())
        return;
    Json json;
    json["name"] = name;
    json["ns"] = propSpace;
    json["value"] = line(value);
    props.push_back(std::move(json));
}

void putProps(Json &object, Json props)
{
    if (!props.empty())
        object["props"] = std::move(props);
}

/// Builds one document. Ids that are referred to are made by the same functions that make those which are defined.
class Writer
{
public:
    Writer(const ReportInput &input, const ReportOptions &options, const Translator &translator)
        : m_view(input, options, translator)
        , m_scope(input.audit)
        , m_now(moment(m_view.createdAt()).value_or("1970-01-01T00:00:00Z"))
    {
    }

    [[nodiscard]] std::string write();

private:
    [[nodiscard]] std::string id(const char *kind, std::string_view name) const
    {
        return uuidOf(uuidSpace, std::string(kind) + '\n' + std::string(name));
    }
    /// Of things that are this audit's own.
    /// Sets the observations of a part's findings, all or only those that prove; none: nothing is set.
    void putObservations(Json &json, const PartResult *result, bool onlyProofs) const
    {
        Json related = Json::array();
        for (const PartFinding &found : result ? result->findings : std::vector<PartFinding>()) {
            if ((onlyProofs && found.weight != Weight::Proves) || found.finding >= m_view.findings().size())
                continue;
            Json observation;
            observation["observation-uuid"] = own("observation", m_view.findings()[found.finding].id);
            related.push_back(std::move(observation));
        }
        if (!related.empty())
            json["related-observations"] = std::move(related);
    }
    [[nodiscard]] std::string own(const char *kind, std::string_view name) const
    {
        const AuditInfo &info = m_view.audit().info;
        return id(kind, info.createdAt + '\n' + info.organisation + '\n' + info.title + '\n' + std::string(name));
    }
    [[nodiscard]] std::string partyOf(const std::string &name) { return own("party", *m_people.insert(name).first); }
    [[nodiscard]] std::string sourceId(int source) const
    {
        return own("source", m_view.audit().sources[static_cast<std::size_t>(source)].sha256 + std::to_string(source));
    }
    [[nodiscard]] bool hasSource(int source) const
    {
        return source >= 0 && static_cast<std::size_t>(source) < m_view.audit().sources.size();
    }
    [[nodiscard]] Json toolOrigin() const;
    [[nodiscard]] std::string subjectOf(const Finding &finding);

    [[nodiscard]] Json metadata();
    [[nodiscard]] Json reviewedControls() const;
    [[nodiscard]] Json observation(const Finding &finding);
    [[nodiscard]] Json evidenceOf(const Finding &finding) const;
    [[nodiscard]] Json finding(const Requirement &requirement, const Part *part);
    [[nodiscard]] std::optional<Json> risk(const Requirement &requirement, const Part *part);
    [[nodiscard]] Json log();
    [[nodiscard]] Json inventoryItem(const TargetObject &target) const;
    [[nodiscard]] Json localDefinitions() const;
    [[nodiscard]] Json backMatter() const;
    [[nodiscard]] Json result();

    ExportView m_view;
    ProtectionScope m_scope;
    std::string m_now;
    std::set<std::string> m_people;
    std::map<std::string, Json> m_components; ///< by uuid
};

Json Writer::toolOrigin() const
{
    Json actor;
    actor["type"] = "tool";
    actor["actor-uuid"] = own("component", "tool");
    Json origin;
    origin["actors"] = Json::array({std::move(actor)});
    return Json::array({std::move(origin)});
}

Json component(const std::string &uuid, const char *type, std::string_view title, std::string_view description)
{
    Json json;
    json["uuid"] = uuid;
    json["type"] = type;
    json["title"] = markup(title);
    json["description"] = markup(description);
    json["status"]["state"] = "operational";
    return json;
}

/// The object or image about which the finding speaks, as a component of its own.
std::string Writer::subjectOf(const Finding &finding)
{
    const Words &w = m_view.words();
    std::string name;
    if (finding.object)
        name = finding.object->namespaceName + "/" + finding.object->kind + "/" + finding.object->name;
    else if (!finding.image.empty())
        name = finding.image;
    else if (finding.cluster.empty())
        return own("component", "target");
    const std::string cluster = m_view.data().clusterOf(finding); // of several
    std::string uuid = own("component", "subject " + (cluster.empty() ? "" : finding.cluster + " ") + name);
    if (!cluster.empty())
        name = name.empty() ? cluster : cluster + ": " + name;
    if (!m_components.contains(uuid)) {
        Json json = component(
            uuid, finding.object ? "service" : "software", w.outside(name, 1000), w(exportDef("export.oscal.subject")));
        Json props = Json::array();
        if (finding.object) {
            prop(props, "api-version", finding.object->apiVersion);
            prop(props, "kind", finding.object->kind);
            prop(props, "namespace", finding.object->namespaceName);
        }
        putProps(json, std::move(props));
        m_components[uuid] = std::move(json);
    }
    return uuid;
}

Json Writer::evidenceOf(const Finding &finding) const
{
    const Words &w = m_view.words();
    Json evidence;
    if (hasSource(finding.source))
        evidence["href"] = "#" + sourceId(finding.source);
    const std::string excerpt = w.typed(finding.excerpt);
    evidence["description"] = excerpt.empty() ? markup(m_view.message(finding)) : markup(excerpt);
    Json props = Json::array();
    prop(props, "file", finding.file);
    if (finding.line > 0)
        prop(props, "line", std::to_string(finding.line));
    prop(props, "container", finding.container);
    prop(props, "field", finding.field);
    prop(props, "image", finding.image);
    if (finding.layer >= 0)
        prop(props, "layer", std::to_string(finding.layer));
    prop(props, "path", finding.path);
    putProps(evidence, std::move(props));
    return evidence;
}

Json Writer::observation(const Finding &finding)
{
    Json json;
    json["uuid"] = own("observation", finding.id);
    json["title"] = markup(m_view.title(finding));
    json["description"] = markup(m_view.message(finding));
    Json props = Json::array();
    prop(props, "check", finding.check);
    prop(props, "severity", severityName(finding.severity));
    if (const FindingJudgement *judged = m_view.data().judgementOf(finding)) {
        prop(props, "program-severity", severityName(programSeverity(m_view.audit(), finding)));
        prop(props, "severity-reason", judged->reason);
        prop(props, "severity-by", judged->by);
        prop(props, "severity-at", judged->at);
    }
    prop(props, "fingerprint", finding.id);
    prop(props, "exception", m_view.exceptionOn(finding));
    putProps(json, std::move(props));
    // What was exported is read; the system itself is not touched.
    json["methods"] = Json::array({"EXAMINE"});
    json["types"] = Json::array({"finding"});
    json["origins"] = toolOrigin();
    Json subjects = Json::array();
    const auto subject = [&subjects](const std::string &uuid, const char *type) {
        Json one;
        one["subject-uuid"] = uuid;
        one["type"] = type;
        subjects.push_back(std::move(one));
    };
    subject(subjectOf(finding), "component");
    for (const TargetObject *target : m_scope.targetsAt(finding))
        subject(own("target", target->key), "inventory-item");
    json["subjects"] = std::move(subjects);
    json["relevant-evidence"] = Json::array({evidenceOf(finding)});
    const Assessment *run = m_view.audit().assessment.get();
    json["collected"] = run ? moment(run->createdAt).value_or(m_now) : m_now;
    return json;
}

Json Writer::finding(const Requirement &requirement, const Part *part)
{
    const Words &w = m_view.words();
    const std::string &name = part ? part->id : requirement.id;
    const Proposal proposal = part ? m_view.proposalOfPart(name) : m_view.proposalOf(name);
    const Decision *decision = m_view.decision(name);
    const std::string proposed = w(exportDef("export.oscal.proposal"), {w.proposal(proposal)});
    std::string judged = m_view.decisionText(decision);
    if (decision && !decision->reason.empty())
        judged += "\n" + w.typed(decision->reason);

    Json json;
    json["uuid"] = own("finding", name);
    json["title"] = markup(name + " " + requirement.title.in(m_view.language()));
    json["description"] = markup(proposed + " " + judged);
    Json props = Json::array();
    prop(props, "proposal", proposalName(proposal));
    prop(props, "status", statusName(decision ? decision->status : Status::Unbearbeitet));
    if (part)
        prop(props, "modal", part->modal);
    if (decision) {
        prop(props, "decided-by", decision->by);
        prop(props, "decided-at", decision->at);
        prop(props, "responsible", decision->responsible);
        if (decision->stale)
            prop(props, "stale", "true");
    }
    if (const PartResult *result = part ? m_view.part(name) : nullptr) {
        for (const std::string &missing : result->basis.missing)
            prop(props, "not-seen", missing);
    }
    putProps(json, std::move(props));

    Json &target = json["target"];
    target["type"] = part ? "statement-id" : "objective-id";
    target["target-id"] = name;
    const bool satisfied
        = decision && (decision->status == Status::Ja || decision->status == Status::Entbehrlich) && !decision->stale;
    target["status"]["state"] = satisfied ? "satisfied" : "not-satisfied";
    // Nothing but a person's no and a proven deviation is a fail: the rest was not judged.
    const bool failed = decision ? !satisfied && !decision->stale : proposal == Proposal::Deviation;
    target["status"]["reason"] = satisfied ? "pass" : failed ? "fail" : "other";
    target["status"]["remarks"] = markup(proposed + " " + judged);

    putObservations(json, part ? m_view.part(name) : nullptr, false);
    return json;
}

/// For a part with a proven deviation, and for what a person found not to be met.
std::optional<Json> Writer::risk(const Requirement &requirement, const Part *part)
{
    const Words &w = m_view.words();
    const std::string &name = part ? part->id : requirement.id;
    const Decision *decision = m_view.decision(name);
    const bool denied = decision && (decision->status == Status::Nein || decision->status == Status::Teilweise);
    const bool proven = part && m_view.proposalOfPart(name) == Proposal::Deviation;
    if (!denied && !proven)
        return std::nullopt;
    Json json;
    json["uuid"] = own("risk", name);
    json["title"] = markup(name + " " + requirement.title.in(m_view.language()));
    const std::string text = part ? part->text.in(m_view.language()) : requirement.title.in(m_view.language());
    json["description"] = markup(text);
    json["statement"] = markup(decision && !decision->reason.empty() ? w.typed(decision->reason)
            : proven ? w(exportDef("export.oscal.proposal"), {w.proposal(Proposal::Deviation)})
                     : w(exportDef("export.oscal.no-statement")));
    // The measure may stand at the requirement, whose parts share it.
    const Decision *planned = decision ? decision : m_view.decision(requirement.id);
    const bool hasMeasure = planned && !planned->measure.empty();
    json["status"] = hasMeasure ? "remediating" : "open";
    if (planned) {
        if (const auto deadline = endOfDay(planned->until))
            json["deadline"] = *deadline;
    }
    if (hasMeasure) {
        Json response;
        response["uuid"] = own("response", name);
        response["lifecycle"] = "planned";
        response["title"] = markup(w.outside(planned->measure, 200));
        response["description"] = markup(w.typed(planned->measure));
        Json props = Json::array();
        prop(props, "responsible", planned->responsible);
        prop(props, "until", planned->until);
        putProps(response, std::move(props));
        json["remediations"] = Json::array({std::move(response)});
    }
    putObservations(json, part ? m_view.part(name) : nullptr, true);
    return json;
}

Json Writer::log()
{
    const Words &w = m_view.words();
    Json entries = Json::array();
    for (const JournalEntry &entry : m_view.audit().journal) {
        Json json;
        json["uuid"] = own("log", std::to_string(entry.number) + entry.hash);
        json["title"] = markup(w.event(journalEvent(entry)));
        const std::size_t slash = entry.subject.rfind('/');
        const std::string subject = entry.subject.substr(slash == std::string::npos ? 0 : slash + 1);
        json["description"] = markup(w.event(journalEvent(entry)) + (subject.empty() ? "" : " " + w.outside(subject)));
        json["start"] = moment(entry.at).value_or(m_now);
        Json props = Json::array();
        prop(props, "number", std::to_string(entry.number));
        prop(props, "event", entry.event);
        prop(props, "hash", entry.hash);
        putProps(json, std::move(props));
        if (!entry.by.empty()) {
            Json by;
            by["party-uuid"] = partyOf(entry.by);
            json["logged-by"] = Json::array({std::move(by)});
        }
        entries.push_back(std::move(json));
    }
    return entries;
}

Json Writer::metadata()
{
    const AuditInfo &info = m_view.audit().info;
    const Words &w = m_view.words();
    Json json;
    json["title"] = markup(w(exportDef("export.oscal.title"), {w.given(info.title)}));
    json["last-modified"] = m_now;
    json["version"] = line(m_view.audit().journalHead.empty() ? m_now : m_view.audit().journalHead.substr(0, 12));
    json["oscal-version"] = "1.0.6";
    Json props = Json::array();
    prop(props, "tool", std::string(toolName) + " " + std::string(toolVersion));
    prop(props, "journal-head", m_view.audit().journalHead);
    prop(props, "classification", info.classification);
    putProps(json, std::move(props));
    if (!info.auditor.empty())
        (void)partyOf(info.auditor);
    Json parties = Json::array();
    if (!info.organisation.empty()) {
        Json party;
        party["uuid"] = own("organisation", info.organisation);
        party["type"] = "organization";
        party["name"] = line(info.organisation);
        parties.push_back(std::move(party));
    }
    for (const std::string &name : m_people) {
        Json party;
        party["uuid"] = own("party", name);
        party["type"] = "person";
        party["name"] = line(name);
        parties.push_back(std::move(party));
    }
    if (!info.auditor.empty()) {
        Json role;
        role["id"] = "assessor";
        role["title"] = w(exportDef("export.overview.auditor"));
        json["roles"] = Json::array({std::move(role)});
    }
    if (!parties.empty())
        json["parties"] = std::move(parties);
    if (!info.auditor.empty()) {
        Json responsible;
        responsible["role-id"] = "assessor";
        responsible["party-uuids"] = Json::array({partyOf(info.auditor)});
        json["responsible-parties"] = Json::array({std::move(responsible)});
    }
    return json;
}

Json Writer::reviewedControls() const
{
    Json controls = Json::array();
    for (const Module &module : m_view.input().catalogue.modules) {
        for (const Requirement &requirement : module.requirements) {
            Json control;
            control["control-id"] = requirement.id;
            Json statements = Json::array();
            for (const Part &part : requirement.parts)
                statements.push_back(part.id);
            if (!statements.empty())
                control["statement-ids"] = std::move(statements);
            controls.push_back(std::move(control));
        }
    }
    Json selection;
    selection["description"]
        = markup(m_view.words()(exportDef("export.oscal.controls"), {m_view.input().catalogue.edition}));
    if (controls.empty())
        selection["include-all"] = Json::object();
    else
        selection["include-controls"] = std::move(controls);
    Json json;
    json["control-selections"] = Json::array({std::move(selection)});
    return json;
}

/// A target object; its protection needs are properties with the words that the audit keeps.
Json Writer::inventoryItem(const TargetObject &target) const
{
    const Words &w = m_view.words();
    Json json;
    json["uuid"] = own("target", target.key);
    std::string text = kindWord(w, target.kind) + " " + w.given(target.name);
    if (!target.description.empty())
        text += "\n" + w.typed(target.description);
    json["description"] = markup(text);
    Json props = Json::array();
    prop(props, "key", target.key);
    prop(props, "kind", targetKindName(target.kind));
    prop(props, "name", w.outside(target.name));
    prop(props, "protection-need", needName(highestNeed(target)));
    prop(props, "confidentiality", needName(target.confidentiality.need));
    prop(props, "integrity", needName(target.integrity.need));
    prop(props, "availability", needName(target.availability.need));
    prop(props, "recorded-by", target.by);
    prop(props, "recorded-at", target.at);
    putProps(json, std::move(props));
    if (const std::vector<std::string> reasons = reasonLines(w, target); !reasons.empty())
        json["remarks"] = markup(join(reasons, "\n"));
    return json;
}

Json Writer::localDefinitions() const
{
    const Words &w = m_view.words();
    const AuditInfo &info = m_view.audit().info;
    Json components = Json::array();
    components.push_back(component(
        own("component", "target"), "this-system", w.given(info.targetObject), w(exportDef("export.oscal.target"))));
    Json tool = component(own("component", "tool"), "software", toolName, w(exportDef("export.oscal.tool")));
    Json props = Json::array();
    prop(props, "version", toolVersion);
    putProps(tool, std::move(props));
    components.push_back(std::move(tool));
    for (const auto &[uuid, json] : m_components)
        components.push_back(json);
    Json json;
    json["components"] = std::move(components);
    Json items = Json::array();
    for (const auto &[key, target] : m_view.audit().records.targets)
        items.push_back(inventoryItem(target));
    if (!items.empty())
        json["inventory-items"] = std::move(items);
    return json;
}

Json Writer::backMatter() const
{
    const Words &w = m_view.words();
    Json resources = Json::array();
    Json plan;
    plan["uuid"] = own("resource", "plan");
    plan["title"] = w(exportDef("export.oscal.plan-title"));
    plan["description"] = markup(w(exportDef("export.oscal.plan"), {m_view.input().catalogue.edition}));
    resources.push_back(std::move(plan));
    const auto &sources = m_view.audit().sources;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const Source &source = sources[i];
        Json json;
        json["uuid"] = sourceId(static_cast<int>(i));
        json["title"] = markup(w.outside(source.name));
        json["description"] = markup(w(exportDef("export.oscal.source"),
            {m_view.data().sourceNumber(static_cast<int>(i)), w.form(source.form), std::to_string(source.bytes)}));
        Json props = Json::array();
        prop(props, "form", source.form);
        prop(props, "bytes", std::to_string(source.bytes));
        prop(props, "sha256", source.sha256);
        prop(props, "withdrawn", m_view.data().withdrawal(static_cast<int>(i)));
        putProps(json, std::move(props));
        resources.push_back(std::move(json));
    }
    Json json;
    json["resources"] = std::move(resources);
    return json;
}

Json Writer::result()
{
    const AuditState &audit = m_view.audit();
    const Words &w = m_view.words();
    Json observations = Json::array();
    for (const Finding &finding : m_view.findings())
        observations.push_back(observation(finding));
    Json risks = Json::array();
    Json findings = Json::array();
    for (const Module &module : m_view.input().catalogue.modules) {
        for (const Requirement &requirement : module.requirements) {
            std::vector<const Part *> targets{nullptr};
            for (const Part &part : requirement.parts)
                targets.push_back(&part);
            for (const Part *part : targets) {
                Json one = finding(requirement, part);
                if (auto made = risk(requirement, part)) {
                    Json related;
                    related["risk-uuid"] = (*made)["uuid"];
                    one["related-risks"] = Json::array({std::move(related)});
                    risks.push_back(*std::move(made));
                }
                findings.push_back(std::move(one));
            }
        }
    }
    Json json;
    json["uuid"] = own("result", audit.journalHead);
    json["title"] = markup(w.given(audit.info.title));
    json["description"] = markup(w(exportDef("export.oscal.result")));
    json["start"] = moment(audit.info.createdAt).value_or(m_now);
    json["end"] = m_now;
    json["local-definitions"] = localDefinitions();
    json["reviewed-controls"] = reviewedControls();
    if (Json entries = log(); !entries.empty())
        json["assessment-log"]["entries"] = std::move(entries);
    if (!observations.empty())
        json["observations"] = std::move(observations);
    if (!risks.empty())
        json["risks"] = std::move(risks);
    if (!findings.empty())
        json["findings"] = std::move(findings);
    return json;
}

std::string Writer::write()
{
    Json made = result(); // first: who is named in it stands in the metadata
    Json document;
    Json &results = document["assessment-results"];
    results["uuid"] = own("document", m_view.audit().journalHead + m_now + std::string(languageTag(m_view.language())));
    results["metadata"] = metadata();
    results["import-ap"]["href"] = "#" + own("resource", "plan");
    results["results"] = Json::array();
    results["results"].push_back(std::move(made));
    results["back-matter"] = backMatter();
    return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace

std::string writeOscal(const ReportInput &input, const ReportOptions &options, const Translator &translator)
{
    return Writer(input, options, translator).write();
}

} // namespace tally
