// SPDX-License-Identifier: Apache-2.0
#include "app/cli/adding.h"
#include "app/cli/commands.h"

#include "core/audit/carried.h"
#include "core/audit/clusters.h"
#include "core/audit/earlier_edition.h"
#include "core/base/ascii.h"
#include "core/base/messages_audit.h"
#include "core/base/messages_difference.h"
#include "core/base/messages_exports.h"
#include "core/base/messages_scope.h"
#include "core/base/messages_workbench.h"
#include "core/base/text_format.h"
#include "core/io/file.h"
#include "core/report/export_view.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <system_error>

namespace tally::cli {

namespace {

/// What the house lays down: it becomes a part of the audit.
struct House
{
    PolicyPtr policy;
    std::vector<KeyFile> keys;
};

Result<House> loadHouse(const AuditOptions &options)
{
    House house;
    if (!options.policy.empty()) {
        TALLY_ASSIGN(const std::string text, readFile(options.policy, Limits{}));
        TALLY_ASSIGN(Policy policy, readPolicy(text, options.policy));
        house.policy = std::make_shared<const Policy>(std::move(policy));
    }
    for (const std::string &file : options.keys) {
        TALLY_ASSIGN(const std::string pem, readFile(file, Limits{}));
        TALLY_ASSIGN(house.keys.emplace_back(), KeyFile::read(pem, file));
    }
    return house;
}

Result<> enter(Audit &audit, const House &house)
{
    if (house.policy)
        TALLY_TRY(audit.setPolicy(house.policy));
    if (!house.keys.empty())
        TALLY_TRY(audit.setKeys(house.keys));
    return {};
}

/// Kinds that were asked for with nothing there; the exports are in the audit already.
Result<> recordAsked(Audit &audit, const std::vector<std::string> &words)
{
    if (words.empty())
        return {};
    const AuditStatePtr state = audit.state();
    std::vector<AskedKind> asked;
    for (const std::string &word : words) {
        const std::size_t colon = word.find(':');
        AskedKind kind;
        kind.kind = trimmed(std::string_view(word).substr(0, colon));
        if (colon != std::string::npos)
            kind.reason = trimmed(std::string_view(word).substr(colon + 1));
        if (const std::size_t at = kind.kind.find('@'); at != std::string::npos) { // "NetworkPolicy@2"
            const std::string number = kind.kind.substr(at + 1);
            kind.kind.resize(at);
            std::from_chars(number.data(), number.data() + number.size(), kind.source);
            --kind.source; // counted from 1
        } else if (state->clusters.size() > 1) {
            return fail(ErrorKind::Malformed,
                {scopeDef("clusters.asked-of-which"), {kind.kind, std::to_string(state->clusters.size())}});
        }
        const AuditCluster *cluster = state->clusters.size() > 1 ? state->clusterOf(kind.source) : onlyCluster(*state);
        if (!cluster && !state->clusters.empty())
            return fail(ErrorKind::Malformed, {scopeDef("clusters.bad-call"), {word}});
        if (const KindCompleteness *row = cluster ? findKind(*cluster->cluster, kind.kind) : nullptr) {
            kind.kind = row->kind;
            kind.group = row->group;
        }
        asked.push_back(std::move(kind));
    }
    return audit.setAsked(std::move(asked));
}

bool reaches(const AuditState &state, const std::string &failOn)
{
    return std::ranges::any_of(state.assessment->findings, [&](const Finding &finding) {
        for (const Severity severity :
            {Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info}) {
            if (finding.severity == severity)
                return true;
            if (severityName(severity) == failOn)
                return false;
        }
        return false;
    });
}

/// A call that was refused leaves no audit behind: half of it would pass for the whole, and stand in the way of the
/// next try.
void discard(const std::string &save)
{
    std::error_code ignored;
    for (const char *ending : {"", "-journal", "-wal", "-shm"}) {
        if (!save.empty())
            std::filesystem::remove(save + ending, ignored);
    }
}

/// Refuses what cannot be done before hours of work are spent on it.
bool isPossible(const Console &console, const AuditOptions &options)
{
    if (!options.evidence.empty()) {
        console.say({workbenchDef("call.not-yet"), {"--evidence"}});
        return false;
    }
    if (options.images.empty() && options.clusters.empty() && options.from.empty()) {
        console.say({workbenchDef("call.no-input")});
        return false;
    }
    return std::ranges::all_of(options.reports, [&](const std::string &report) {
        const auto format = reportFormat(report);
        if (!format)
            console.show(format.error());
        return format.has_value();
    });
}

Result<Audit> begin(const std::string &save, const AuditInfo &info)
{
    return save.empty() ? Audit::createInMemory(info) : Audit::create(save, info);
}

/// Starts from an earlier audit, and says what is carried over and what is not.
Result<Audit> beginFrom(
    const Console &console, const AuditOptions &options, const AuditInfo &info, const Catalogue &catalogue)
{
    const Resources resources = options.resources.empty() ? Resources() : Resources(options.resources);
    TALLY_ASSIGN(
        const AuditStatePtr old, readForNext(options.from, resources, catalogue, RunContext({}, console.progress())));
    auto made = options.save.empty() ? Audit::createInMemory(startedInfo(info, *old))
                                     : Audit::createFrom(options.save, info, *old);
    if (made && options.save.empty())
        TALLY_TRY(made->takeOver(*old));
    if (!made)
        return made;
    const CarriedOver carried = *made->state()->predecessor->carried;
    console.say({differenceDef("carried.lead"), {printable(made->state()->predecessor->title)}});
    for (const Message &each : whatIsCarried(carried))
        console.say({workbenchDef("call.item"), {console.translator().text(each)}});
    for (const Message &each : whatIsNotCarried(carried, *old))
        console.say(each);
    return made;
}

} // namespace

int auditCommand(const Console &console, const AuditOptions &options)
{
    if (!isPossible(console, options))
        return WrongCall;
    const auto rules = loadRules(options.resources);
    if (console.failed(rules))
        return WrongCall;
    const auto modules = modulesOf(options.modules, *rules->catalogue);
    const auto fits = checkModules(options.modules, options.reports, ReportOptions::Kind::Full, console.translator());
    if (console.failed(modules) || console.failed(fits))
        return WrongCall;
    const auto house = loadHouse(options);
    if (console.failed(house))
        return WrongCall;
    AuditInfo info;
    info.organisation = options.organisation;
    info.title = options.title;
    info.auditor = options.auditor;
    auto created
        = options.from.empty() ? begin(options.save, info) : beginFrom(console, options, info, *rules->catalogue);
    if (console.failed(created))
        return WrongCall;
    std::optional<Audit> audit(*std::move(created));
    audit->setActor(options.auditor);
    if (options.auditor.empty() && !options.save.empty())
        sayNobodyNamed(console);

    if (console.failed(enter(*audit, *house))) {
        audit.reset();
        discard(options.save);
        return NothingUsable;
    }

    const RunContext run({}, console.progress());
    const auto adding = [&options](OpenOptions::Expect expect) {
        // a report rests on digests that were computed for it
        return Adding{expect, options.noCache, !options.reports.empty(), options.save, options.supersede};
    };
    bool usable = true;
    for (const std::string &image : options.images)
        usable = addInput(console, *audit, image, adding(OpenOptions::Expect::Image), run) && usable;
    for (const std::string &cluster : options.clusters)
        usable = addInput(console, *audit, cluster, adding(OpenOptions::Expect::Cluster), run) && usable;
    if (audit->state()->sources.empty() && options.from.empty()) { // nothing was read, or nothing could be kept
        audit.reset();
        discard(options.save);
        if (!options.save.empty())
            console.say({auditDef("audit.create.discarded"), {options.save}});
        return NothingUsable;
    }
    if (console.failed(recordAsked(*audit, options.asked))) {
        audit.reset();
        discard(options.save);
        return WrongCall;
    }
    if (console.failed(judgeAll(*audit, *rules, run)))
        return NothingUsable;

    const AuditStatePtr state = audit->state();
    bool written = true;
    std::vector<ui::WrittenReport> files;
    for (const std::string &report : options.reports) {
        ReportOptions wanted;
        wanted.language = console.language();
        const auto result = ui::exportReport(report, {*state, *rules->catalogue, *rules->checks}, wanted, {}, *modules);
        if (console.failed(result))
            written = false;
        else
            files.insert(files.end(), result->files.begin(), result->files.end());
    }
    tellModules(console, files, {});
    console.say({workbenchDef("audit.summary"),
        {formatCount(state->assessment->findings.size(), console.language()),
            formatCount(state->sources.size(), console.language())}});
    if (const auto byModule = findingsByModule(*state, *rules->catalogue, console.language()); !byModule.empty())
        console.say({exportDef("module.findings"), {byModule}});
    if (!usable)
        return NothingUsable;
    if (!written)
        return WrongCall;
    return !options.failOn.empty() && reaches(*state, options.failOn) ? Reached : Done;
}

} // namespace tally::cli
