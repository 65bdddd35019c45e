// SPDX-License-Identifier: Apache-2.0
#include "core/report/journal_view.h"

#include "core/audit/carried.h"
#include "core/audit/classification.h"
#include "core/audit/clusters.h"
#include "core/base/messages.h"
#include "core/base/messages_difference.h"
#include "core/base/messages_exports.h"
#include "core/base/messages_journal.h"
#include "core/base/messages_report.h"
#include "core/base/text_format.h"
#include "core/report/csv_writer.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace tally {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<std::string_view, JournalKind>, 17> kindsOfEvents = {{
    {"audit-created", JournalKind::Audit},
    {"info", JournalKind::Audit},
    {"started-from", JournalKind::Audit},
    {"source-", JournalKind::Source},
    {"withdrawal", JournalKind::Source},
    {"run", JournalKind::Source},
    {"decision", JournalKind::Decision},
    {"review", JournalKind::Review},
    {"exception", JournalKind::Finding},
    {"judgement", JournalKind::Finding},
    {"measure", JournalKind::Measure},
    {"attachment", JournalKind::Evidence},
    {"request", JournalKind::Evidence},
    {"report", JournalKind::Report},
    {"signed-off", JournalKind::Report},
    {"filter", JournalKind::Audit},
    {"setting", JournalKind::Audit},
}};

/// findMessage() in the one table that has it: this is asked for each field of each entry.
const MessageDef *findInJournal(std::string_view prefix, std::string_view code)
{
    const auto *found = std::ranges::find_if(journalMessages, [prefix, code](const MessageDef &def) {
        const std::string_view whole = def.code;
        return whole.size() == prefix.size() + code.size() && whole.starts_with(prefix) && whole.ends_with(code);
    });
    return found == std::end(journalMessages) ? nullptr : found;
}

/// What stands in the detail for the program alone.
constexpr std::array<std::string_view, 10> unsaid = {
    "at", "decided", "data", "mediaType", "sha256", "sha256Before", "catalogue", "page", "fingerprint", "journalHead"};

constexpr std::size_t mostOfValue = 2000; ///< characters

/// Enumerations are words of their own, by the kind of record and the field.
std::string enumerated(std::string_view event, std::string_view field, const std::string &value, const Words &w)
{
    const auto byCode = [&](std::string prefix) {
        const MessageDef *def = findMessage(prefix + value);
        return def ? w(def) : std::string();
    };
    if (field == "status") {
        const auto status = statusFromName(value);
        return status ? w.status(*status) : std::string();
    }
    if (field == "priority")
        return byCode("report.s5.priority.");
    if (field == "severity")
        return byCode("report.severity.");
    if (field == "kind" && event.starts_with("exception"))
        return w.exception(value);
    if (field == "kind" && event == "target-object")
        return byCode("journal.v.target.");
    if (field == "form")
        return w.form(value);
    if (field != "state")
        return {};
    if (event == "review")
        return byCode("journal.v.review.");
    if (event == "measure")
        return byCode("report.s5.state.");
    std::string word = byCode("report.requests.");
    return value == "open" ? byCode("journal.v.request.") : word;
}

std::string valueText(std::string_view event, std::string_view field, const Json &value, const Words &w);

std::string objectText(std::string_view event, const Json &object, const Words &w)
{
    if (const auto need = object.find("need"); need != object.end() && need->is_string()) { // of a target object
        const MessageDef *def = findInJournal("journal.v.need.", need->get<std::string>());
        std::string text = def ? w(def) : w.outside(need->get<std::string>());
        const auto reason = object.find("reason");
        if (reason != object.end() && reason->is_string() && !reason->get<std::string>().empty())
            text += " (" + w.outside(reason->get<std::string>(), mostOfValue) + ")";
        return text;
    }
    std::string text;
    for (const auto &[key, value] : object.items()) {
        const std::string said = valueText(event, key, value, w);
        if (!said.empty())
            text += (text.empty() ? "" : ", ") + said;
    }
    return text;
}

std::string valueText(std::string_view event, std::string_view field, const Json &value, const Words &w)
{
    if (value.is_string()) {
        const std::string &text = value.get_ref<const std::string &>();
        if (text.empty())
            return {};
        std::string word = enumerated(event, field, text, w);
        if (!word.empty())
            return word;
        return isDay(text) ? w.date(text) : w.outside(text, mostOfValue);
    }
    if (value.is_number_integer())
        return field == "bytes" && value.is_number_unsigned() ? formatBytes(value.get<std::uint64_t>(), w.language())
                                                              : std::to_string(value.get<std::int64_t>());
    if (value.is_array()) {
        constexpr std::size_t most = 50;
        std::string text;
        for (std::size_t i = 0; i < std::min(value.size(), most); ++i) {
            const std::string said = valueText(event, field, value[i], w);
            if (!said.empty())
                text += (text.empty() ? "" : ", ") + said;
        }
        return value.size() > most ? text + ", …" : text;
    }
    return value.is_object() ? objectText(event, value, w) : std::string();
}

std::string fieldName(std::string_view field, const Words &w)
{
    const MessageDef *def = findInJournal("journal.f.", field);
    return def ? w(def) : w.outside(field, 60);
}

void addChange(JournalLine &line, std::string_view event, const std::string &field, const Json &before,
    const Json &after, const Words &w)
{
    const bool digest = event == "run" && field == "checks"; // of the rules
    if (digest || std::ranges::find(unsaid, field) != unsaid.end() || before == after)
        return;
    JournalChange change{fieldName(field, w), valueText(event, field, before, w), valueText(event, field, after, w)};
    if (change.before != change.after)
        line.changes.push_back(std::move(change));
}

void addChanges(JournalLine &line, std::string_view event, const Json &before, const Json &after, const Words &w)
{
    static const Json none;
    const auto at = [](const Json &object, const std::string &key) -> const Json & {
        const auto found = object.is_object() ? object.find(key) : object.end();
        return object.is_object() && found != object.end() ? *found : none;
    };
    if (!before.is_object() && !after.is_object()) {
        addChange(line, event, "all", before, after, w);
        return;
    }
    const bool isNew = !before.is_object();
    for (const auto &[key, value] : (after.is_object() ? after : before).items()) {
        if (isNew && key == "by") // whoever entered it stands beside the entry
            continue;
        addChange(line, event, key, at(before, key), at(after, key), w);
    }
    if (after.is_object() && before.is_object()) {
        for (const auto &[key, value] : before.items()) {
            if (!after.contains(key))
                addChange(line, event, key, value, none, w);
        }
    }
}

void addSignOff(JournalLine &line, const JournalEntry &entry, const Words &w)
{
    for (const SignOff &each : signOffsIn({&entry, 1})) {
        const auto add = [&](const MessageDef *field, std::string value) {
            if (!value.empty())
                line.changes.push_back({w(field), {}, std::move(value)});
        };
        add(journalDef("signoff.person"), w.outside(each.by));
        add(journalDef("signoff.purpose"), w.outside(each.purpose));
        add(journalDef("signoff.head"), w.outside(each.head));
        add(journalDef("signoff.signature"),
            each.isSigned() ? w.outside(each.keyFingerprint) : w(journalDef("signoff.has-none")));
    }
}

/// Of a setting about clusters: what it says of which export; null: it is another one.
struct ClusterSetting
{
    const MessageDef *def = nullptr;
    std::string_view exportName{};
};

ClusterSetting clusterSetting(std::string_view key, const ClusterNames &names)
{
    if (!isAboutClusters(key))
        return {};
    for (const auto &[source, name] : names.exports) {
        if (key == clusterOfKey(source))
            return {journalDef("journal.cluster-of"), name};
        if (key == clusterKeptKey(source))
            return {journalDef("journal.cluster-kept"), name};
        if (key == clusterNameKey(source))
            return {journalDef("journal.cluster-name"), name};
    }
    return {};
}

/// The number of an export becomes its name.
void nameExport(Json &side, const ClusterNames &names)
{
    const auto value = side.is_object() ? side.find("value") : side.end();
    if (!side.is_object() || value == side.end() || !value->is_string())
        return;
    for (const auto &[source, name] : names.exports) {
        if (*value == std::to_string(source + 1)) {
            *value = name;
            return;
        }
    }
}

/// A class, a deficiency or a choice of deviations as people say it.
void nameClass(ClassificationKey::Kind kind, Json &side, const Words &w)
{
    const auto value = side.is_object() ? side.find("value") : side.end();
    if (!side.is_object() || value == side.end() || !value->is_string())
        return;
    std::string text = value->get<std::string>();
    if (const auto auditClass = classFromName(text); auditClass && kind == ClassificationKey::Kind::Class)
        text = w(wordOf(*auditClass));
    if (const auto deficiency = deficiencyFromName(text); deficiency && kind == ClassificationKey::Kind::Deficiency)
        text = w(wordOf(*deficiency));
    if (kind == ClassificationKey::Kind::Deviations) {
        for (std::size_t at = text.find(' '); at != std::string::npos; at = text.find(' ', at + 2))
            text.insert(at, ",");
    }
    *value = std::move(text);
}

/// Names instead of keys and numbers, in one side of a change.
void nameClusters(std::string_view event, Json &side, const ClusterNames &names)
{
    if (event == "asked" && side.is_array()) {
        for (Json &kind : side) {
            const auto source = kind.is_object() ? kind.find("source") : kind.end();
            if (!kind.is_object() || source == kind.end() || !source->is_number_integer())
                continue;
            const auto name = names.bySource.find(source->get<int>());
            if (name != names.bySource.end())
                *source = name->second;
        }
    }
    if (!event.starts_with("exception") || !side.is_object())
        return;
    const auto scope = side.find("scope");
    if (scope == side.end() || !scope->is_object())
        return;
    const auto cluster = scope->find("cluster");
    if (cluster == scope->end() || !cluster->is_string())
        return;
    if (const auto name = names.byKey.find(cluster->get<std::string>()); name != names.byKey.end())
        *cluster = name->second;
}

std::string inWords(const JournalChange &change, const Words &w)
{
    if (change.before.empty())
        return w(journalDef("journal.set"), {change.field, change.after});
    return w(journalDef("journal.change"),
        {change.field, change.before, change.after.empty() ? w(journalDef("journal.nothing")) : change.after});
}

} // namespace

ClusterNames::ClusterNames(const AuditState &audit)
    : run(audit.run ? audit.run : audit.assessment)
{
    for (const AuditCluster &cluster : audit.clusters) {
        byKey.emplace(cluster.key, cluster.name);
        for (const int source : cluster.sources) {
            bySource.emplace(source, cluster.name);
            exports.emplace(source, audit.sources[static_cast<std::size_t>(source)].name);
        }
    }
}

std::string_view baseEvent(std::string_view event)
{
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view suffix :
            {"-undone", "-redone", "-removed", "-restored", "-changed", "-withdrawn"}) {
            if (event.ends_with(suffix)) {
                event.remove_suffix(suffix.size());
                again = true;
            }
        }
    }
    return event;
}

std::string journalEvent(const JournalEntry &entry)
{
    constexpr std::string_view setting = "setting";
    const auto about = baseEvent(entry.event) == setting ? classificationKey(entry.subject) : std::nullopt;
    if (!about)
        return entry.event;
    const std::string suffix = entry.event.substr(setting.size());
    switch (about->kind) {
    case ClassificationKey::Kind::Class:
    case ClassificationKey::Kind::Deficiency:
        return "classification" + suffix;
    case ClassificationKey::Kind::Verdict:
        return "verdict" + suffix;
    case ClassificationKey::Kind::Deviations:
        break;
    }
    return "most-important" + suffix;
}

JournalKind journalKind(std::string_view event)
{
    const auto *found
        = std::ranges::find_if(kindsOfEvents, [event](const auto &each) { return event.starts_with(each.first); });
    return found == kindsOfEvents.end() ? JournalKind::House : found->second;
}

const MessageDef *journalKindName(JournalKind kind)
{
    switch (kind) {
    case JournalKind::Audit:
        return journalDef("journal.k.audit");
    case JournalKind::Source:
        return journalDef("journal.k.source");
    case JournalKind::Decision:
        return journalDef("journal.k.decision");
    case JournalKind::Review:
        return journalDef("journal.k.review");
    case JournalKind::Finding:
        return journalDef("journal.k.finding");
    case JournalKind::Measure:
        return journalDef("journal.k.measure");
    case JournalKind::Evidence:
        return journalDef("journal.k.evidence");
    case JournalKind::House:
        return journalDef("journal.k.house");
    case JournalKind::Report:
        break;
    }
    return journalDef("journal.k.report");
}

std::string_view journalId(const JournalEntry &entry)
{
    const std::string_view subject = entry.subject;
    switch (journalKind(entry.event)) {
    case JournalKind::Decision:
    case JournalKind::Review:
        return subject;
    case JournalKind::Measure:
    case JournalKind::Evidence:
        return subject.substr(0, subject.find(' ')); // "M-001 title"
    case JournalKind::Finding: {
        constexpr std::size_t digits = 32;
        const bool fingerprint
            = subject.size() == digits && subject.find_first_not_of("0123456789abcdef") == std::string_view::npos;
        return fingerprint ? subject : std::string_view();
    }
    case JournalKind::Audit:
    case JournalKind::Source:
    case JournalKind::House:
    case JournalKind::Report:
        break;
    }
    return {};
}

/// Sources and reports are named without their folders, clusters by their names.
namespace {

/// "POD-PRIVILEGED Deployment shop/web" instead of a finding's fingerprint; "": no finding of the last run.
std::string findingName(std::string_view fingerprint, const ClusterNames &names)
{
    constexpr std::size_t digits = 32;
    if (!names.run || fingerprint.size() != digits)
        return {};
    const auto found = std::ranges::find(names.run->findings, fingerprint, &Finding::id);
    if (found == names.run->findings.end())
        return {};
    std::string name = found->check;
    if (found->object)
        name += ' ' + found->object->kind + ' '
            + (found->object->namespaceName.empty() ? "" : found->object->namespaceName + '/') + found->object->name;
    else if (!found->image.empty())
        name += ' ' + found->image;
    if (!found->container.empty())
        name += ", " + found->container;
    if (!found->path.empty())
        name += ", " + found->path;
    return name;
}

} // namespace

std::string journalSubject(const JournalEntry &entry, const Words &w, const ClusterNames &names)
{
    std::string_view subject = entry.subject;
    if (entry.event.starts_with("exception")) { // "POD-PRIVILEGED shop KEY"
        const std::size_t blank = subject.rfind(' ');
        const auto name
            = blank == std::string_view::npos ? names.byKey.end() : names.byKey.find(subject.substr(blank + 1));
        if (name != names.byKey.end())
            return w.outside(std::string(subject.substr(0, blank + 1)) + name->second);
    }
    if (const std::string name = findingName(subject, names); !name.empty())
        return w.outside(name);
    if (entry.event.starts_with("setting")) {
        if (const ClusterSetting about = clusterSetting(subject, names); about.def)
            return w(about.def, {w.outside(about.exportName)});
        if (const auto about = classificationKey(subject)) {
            Message name = nameOf(*about);
            name.args = {w.outside(about->id, 60)};
            return w(name);
        }
        if (subject.starts_with(declinedPrefix))
            return w(differenceDef("carried.declined"));
    }
    const JournalKind kind = journalKind(entry.event);
    if (kind == JournalKind::Source || kind == JournalKind::Report)
        subject.remove_prefix(subject.rfind('/') + 1); // npos + 1 is 0
    return w.outside(subject);
}

JournalLine journalLine(const JournalEntry &entry, const Words &words, const ClusterNames &names)
{
    JournalLine line{words.event(journalEvent(entry)), journalSubject(entry, words, names), {}};
    const std::string_view event = baseEvent(entry.event);
    if (event == "signed-off") {
        addSignOff(line, entry, words);
        return line;
    }
    Json detail = Json::parse(entry.detail, nullptr, false);
    if (!detail.is_object())
        return line;
    if (event == "started-from") {
        const std::optional<Predecessor> from = predecessorIn(entry);
        if (from && from->carried) {
            std::string all;
            for (const Message &each : whatIsCarried(*from->carried))
                all += (all.empty() ? "" : "; ") + words(each);
            line.changes.push_back({words(differenceDef("carried.field")), {}, std::move(all)});
            return line;
        }
        const auto decisions = detail.find("decisions"); // of an earlier version of the program
        if (decisions != detail.end() && decisions->is_array())
            line.changes.push_back({words(journalDef("journal.f.decisions")), {}, std::to_string(decisions->size())});
        return line;
    }
    const auto before = detail.find("before");
    const auto after = detail.find("after");
    if (before != detail.end() && after != detail.end()) {
        nameClusters(event, *before, names);
        nameClusters(event, *after, names);
        if (event == "setting" && changesClusters(entry.subject)) {
            nameExport(*before, names);
            nameExport(*after, names);
        }
        if (const auto about = classificationKey(entry.subject); about && event == "setting") {
            nameClass(about->kind, *before, words);
            nameClass(about->kind, *after, words);
        }
        addChanges(line, event, *before, *after, words);
    } else if (event != "source-rechecked") { // its numbers are the program's
        addChanges(line, event, Json(), detail, words);
    }
    return line;
}

std::string changesInOneLine(const JournalLine &line, const Words &words, std::size_t most)
{
    std::string text;
    for (const JournalChange &change : line.changes) {
        text += (text.empty() ? "" : "; ") + inWords(change, words);
        if (text.size() > most * 4)
            break;
    }
    std::ranges::replace(text, '\n', ' ');
    return words.outside(text, most);
}

ExportTable journalChangesTable(std::span<const JournalEntry> journal, const Words &words, const ClusterNames &names)
{
    const auto head = [&words](const MessageDef *def) { return words(def); };
    ExportTable table;
    table.columns = {{head(exportDef("export.col.number")), 7}, {head(exportDef("export.col.time")), 22},
        {head(exportDef("export.col.person")), 24}, {head(journalDef("journal.c.event")), 34},
        {head(journalDef("journal.c.subject")), 30}, {head(journalDef("journal.c.field")), 20},
        {head(journalDef("journal.c.before")), 40}, {head(journalDef("journal.c.after")), 40},
        {head(exportDef("export.col.hash")), 70}};
    for (const JournalEntry &entry : journal) {
        JournalLine line = journalLine(entry, words, names);
        if (line.changes.empty())
            line.changes.emplace_back();
        for (const JournalChange &change : line.changes)
            table.rows.push_back({entry.number, words.outside(entry.at, 40), words.given(entry.by), line.event,
                line.subject, change.field, change.before, change.after, entry.hash});
    }
    return table;
}

std::string writeJournalCsv(std::span<const JournalEntry> journal, const Words &words, const ClusterNames &names)
{
    return "\xEF\xBB\xBF" + csvText(journalChangesTable(journal, words, names), ';');
}

std::string writeJournalJson(std::span<const JournalEntry> journal, const Words &words, const ClusterNames &names)
{
    Json json{{"format", "tallymann-journal/1"}, {"language", languageTag(words.language())},
        {"auditId", journal.empty() ? std::string() : journal.front().hash},
        {"head", journal.empty() ? std::string() : journal.back().hash}, {"entries", Json::array()}};
    for (const JournalEntry &entry : journal) {
        const JournalLine line = journalLine(entry, words, names);
        Json changes = Json::array();
        for (const JournalChange &change : line.changes)
            changes.push_back({{"field", change.field}, {"before", change.before}, {"after", change.after}});
        Json detail = Json::parse(entry.detail, nullptr, false);
        if (detail.is_discarded())
            detail = entry.detail;
        json["entries"].push_back({{"number", entry.number}, {"at", entry.at}, {"by", entry.by}, {"event", entry.event},
            {"subject", entry.subject}, {"detail", std::move(detail)}, {"hash", entry.hash},
            {"words", {{"event", line.event}, {"changes", std::move(changes)}}}});
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void appendSignOffs(std::span<const JournalEntry> journal, const Words &words, std::vector<ReportBlock> &blocks)
{
    using State = SignOffVerdict::State;
    for (const SignOffVerdict &verdict : verdictsIn(journal)) {
        const SignOff &about = verdict.signOff;
        Facts facts;
        const auto add = [&facts](std::string label, Run run) {
            facts.facts.push_back({std::move(label), {{std::move(run)}}});
        };
        add(words(journalDef("signoff.person")), strong(words.given(about.by)));
        add(words(journalDef("signoff.time")),
            plain(words(reportDef("utc"), {words.outside(formatTime(about.at, words.language()), 40)})));
        if (!about.purpose.empty())
            add(words(journalDef("signoff.purpose")), plain(words.outside(about.purpose)));
        add(words(journalDef("signoff.head")), mono(words.outside(about.head, 80)));
        add(words(journalDef("signoff.signature")),
            verdict.state == State::Unsigned   ? plain(words(journalDef("signoff.has-none")))
                : verdict.state == State::Good ? plain(words(journalDef("signoff.fits")))
                                               : strong(words(journalDef("signoff.fits-not")), Symbol::Deviation));
        if (about.isSigned())
            add(words(journalDef("signoff.key")),
                plain((verdict.keyKind.empty() ? std::string() : verdict.keyKind + ", ")
                    + words.outside(about.keyFingerprint, 80)));
        add(words(journalDef("signoff.since")),
            about.laterChanges == 0
                ? plain(words(journalDef("signoff.unchanged")))
                : strong(words({journalDef("signoff.changed"), {}, static_cast<int>(about.laterChanges)}),
                    Symbol::Deviation));
        blocks.emplace_back(Heading{3, {}, words(journalDef("signoff.title")), {}});
        blocks.emplace_back(std::move(facts));
    }
}

} // namespace tally
