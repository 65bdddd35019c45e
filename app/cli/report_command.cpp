// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"

#include "core/audit/open_points.h"
#include "core/base/ascii.h"
#include "core/base/messages_audit.h"
#include "core/base/messages_exports.h"
#include "core/base/messages_workbench.h"
#include "core/base/text_format.h"
#include "core/checks/checks_json.h"
#include "core/report/report_texts.h"
#include "core/workbench/export_script.h"
#include "core/workbench/image_cache.h"
#include "core/workbench/recheck.h"

#include <algorithm>
#include <cstdio>
#include <set>

namespace tally::cli {

int checksCommand(const Console &console, const std::string &json, const std::string &resources)
{
    const auto rules = loadRules(resources);
    if (console.failed(rules))
        return WrongCall;
    if (!json.empty()) {
        if (console.failed(writeOutput(json, writeChecksJson(*rules->checks))))
            return WrongCall;
        return Done;
    }
    for (const Check &check : rules->checks->checks)
        std::printf("%-24s %-9s %s\n", check.id.c_str(), std::string(severityName(check.severity)).c_str(),
            check.title.in(console.language()).c_str());
    return Done;
}

int exportScriptCommand(const Console &console, const std::string &namespaces)
{
    std::vector<std::string> names;
    for (std::size_t begin = 0; begin < namespaces.size();) {
        const std::size_t end = std::min(namespaces.find(',', begin), namespaces.size());
        names.push_back(namespaces.substr(begin, end - begin));
        begin = end + 1;
        if (!isNamespaceName(names.back())) {
            console.say({workbenchDef("call.bad-namespace"), {names.back()}});
            return WrongCall;
        }
    }
    std::fputs(exportScript(names).c_str(), stdout);
    return Done;
}

namespace {

Result<> replace(Audit &audit, std::size_t index, const Opened &fresh, const Rules &rules)
{
    const AuditState next = withSourceReplaced(*audit.state(), index, fresh);
    TALLY_ASSIGN(const AssessmentPtr assessment, assess(*rules.catalogue, *rules.checks, checkInputs(next)));
    return audit.replaceSource(index, fresh, assessment);
}

/// Digests that came out of the cache are computed again before they stand in a report. Where the file is gone, the
/// report says so.
Result<> recheckSources(const Console &console, Audit &audit, const Rules &rules)
{
    const ImageCache cache(ImageCache::defaultFolder());
    for (const std::size_t index : sourcesToRecheck(*audit.state())) {
        const Opened cached = openedSource(*audit.state(), index);
        OpenOptions options;
        options.sourceIndex = static_cast<int>(index);
        options.cache = &cache;
        const auto checked = recheck(cached, options, RunContext({}, console.progress()));
        if (!checked) {
            console.show(checked.error());
            console.say({workbenchDef("cache.not-rechecked"),
                {cached.source.name, formatTime(cached.source.verifiedAt, console.language())}});
        } else if (checked->outcome == Recheck::Outcome::Same) {
            if (!audit.readOnly())
                TALLY_TRY(audit.recordRecheck(index, checked->fresh.source.verifiedAt));
        } else {
            console.say(checked->fresh.diagnostics.back().message);
            TALLY_TRY(replace(audit, index, checked->fresh, rules));
        }
    }
    return {};
}

} // namespace

namespace {

/// What is put into PDFs and archives; nothing where it would make them too large, or is not what was attached.
ui::ReportExtras extrasFor(const Console &console, const Audit &audit, std::uint64_t most)
{
    const AuditStatePtr state = audit.state();
    ui::ReportExtras extras;
    extras.auditFile = audit.path();
    std::uint64_t all = 0;
    for (const Attachment &each : state->attachments)
        all += each.bytes;
    extras.filesLeftOut = all > most;
    for (const Attachment &each : extras.filesLeftOut ? std::vector<Attachment>() : state->attachments) {
        ui::PdfOptions::File file{safeFileName(each), each.displayName(), each.mediaType, {}};
        const auto read = audit.readAttachment(each.key, [&file](std::string_view piece) -> Result<> {
            file.bytes += piece;
            return {};
        });
        if (console.failed(read)) {
            extras.files.clear();
            break;
        }
        extras.files.push_back(std::move(file));
    }
    return extras;
}

} // namespace

Result<std::vector<const Module *>> modulesOf(const std::vector<std::string> &names, const Catalogue &catalogue)
{
    std::vector<std::string> known;
    for (const Module &module : catalogue.modules)
        known.push_back(module.id);
    for (const std::string &name : names) {
        if (std::ranges::none_of(known, [&name](const std::string &id) { return sameIgnoringCase(id, name); }))
            return fail(ErrorKind::Unsupported, {exportDef("module.unknown"), {name, join(known)}});
    }
    std::vector<const Module *> modules;
    for (const Module &module : catalogue.modules) {
        if (std::ranges::any_of(
                names, [&module](const std::string &name) { return sameIgnoringCase(module.id, name); }))
            modules.push_back(&module);
    }
    return modules;
}

Result<> checkModules(const std::vector<std::string> &names, const std::vector<std::string> &outputs,
    ReportOptions::Kind kind, const Translator &translator)
{
    if (names.empty())
        return {};
    const ReportKindInfo &info = infoOf(kind);
    if (info.ofAudit)
        return fail(ErrorKind::Unsupported, {exportDef("module.of-audit"), {translator.text({info.title})}});
    for (const std::string &output : outputs) {
        TALLY_ASSIGN(const ReportFormat format, reportFormat(output));
        if (!isForReading(format))
            return fail(ErrorKind::Unsupported, {textDef("choice.whole-only"), {std::string(baseName(output))}});
    }
    return {};
}

void tellModules(
    const Console &console, const std::vector<ui::WrittenReport> &written, const std::vector<const Module *> &judged)
{
    std::set<const Module *> about;
    for (const ui::WrittenReport &each : written) {
        if (each.module)
            about.insert(each.module);
    }
    if (about.empty())
        return; // the whole audit
    if (about.size() > 1) {
        console.say({exportDef("module.each")});
        for (const ui::WrittenReport &each : written) {
            if (each.module)
                console.say({exportDef("module.written"),
                    {each.path, each.module->id + " " + each.module->title.in(console.language())}});
        }
    }
    std::vector<std::string> others;
    for (const Module *module : judged) {
        if (!about.contains(module))
            others.push_back(module->id);
    }
    if (!others.empty())
        console.say({exportDef("module.left-out"), {join(others)}});
}

int cacheCommand(const Console &console, bool clear)
{
    const ImageCache cache(ImageCache::defaultFolder());
    if (clear)
        cache.clear();
    const ImageCache::Usage usage = cache.usage();
    console.say({workbenchDef("cache.usage"), {formatBytes(usage.bytes, console.language()), cache.folder().string()},
        static_cast<int>(usage.entries)});
    return Done;
}

namespace {

bool isNone(const std::vector<std::string> &lines)
{
    return lines.size() == 1 && lines.front().empty();
}

Result<ReportLook> signedLookOf(const ReportCall &call, const AuditState &audit)
{
    TALLY_ASSIGN(ReportLook look, lookOf(call.look, reportLook(audit.records)));
    if (!call.signatures.empty())
        look.signatures.clear();
    for (const std::string &line : call.signatures) {
        if (!line.empty())
            look.signatures.push_back(signatureFrom(line));
    }
    return look;
}

Result<ReportOptions> optionsOf(const ReportCall &call, const Console &console)
{
    ReportOptions options;
    options.language = console.language();
    TALLY_ASSIGN(options.kind, reportKind(call.kind));
    for (const std::string &name : call.sections) {
        TALLY_ASSIGN(const ReportSection section, reportSection(name));
        options.choice.sections.insert(section);
    }
    options.choice.onlyOpen = call.onlyOpen;
    options.choice.namespaceName = call.namespaceName;
    options.classification = call.look.classification;
    return options;
}

Result<> keepLook(Audit &audit, const ReportOptions &options)
{
    if (options.classification && *options.classification != audit.state()->info.classification) {
        AuditInfo info = audit.state()->info;
        info.classification = *options.classification;
        TALLY_TRY(audit.setInfo(info));
    }
    const std::vector<AuditChange> changes = lookChanges(audit.state()->records, *options.look);
    return changes.empty() ? Result<>() : audit.change(changes);
}

/// Says what opening the file did to it.
void tellOpened(const Console &console, const Audit &audit, const std::string &path)
{
    if (!audit.keptCopy().empty())
        console.say(
            {auditDef("audit.brought-forward"), {std::string(baseName(path)), audit.keptCopy().filename().string()}});
    if (audit.newerFormat() != 0)
        console.say({auditDef("audit.newer-read"), {std::string(baseName(path)), std::to_string(audit.newerFormat())}});
}

} // namespace

Result<ReportLook> lookOf(const LookCall &call, ReportLook kept)
{
    if (!call.paper.empty()) {
        const auto paper = paperFrom(call.paper);
        if (!paper)
            return fail(ErrorKind::Unsupported, {textDef("look.paper"), {call.paper}});
        kept.paper = *paper;
    }
    if (call.logo && call.logo->empty()) {
        kept.logo = {};
    } else if (call.logo) {
        TALLY_ASSIGN(kept.logo, ui::openLogo(*call.logo));
    }
    if (!call.letterhead.empty())
        kept.letterhead = isNone(call.letterhead) ? std::vector<std::string>() : call.letterhead;
    return kept;
}

namespace {

/// What can be refused before the audit is opened.
Result<> check(const ReportCall &call, const Rules &rules, ReportOptions::Kind kind, const Translator &translator)
{
    bool zip = false;
    for (const std::string &output : call.outputs) {
        TALLY_ASSIGN(const ReportFormat format, reportFormat(output));
        zip = zip || format == ReportFormat::Zip;
    }
    if (!call.earlier.empty() && !zip)
        return fail(ErrorKind::Unsupported, {exportDef("earlier.zip-only")});
    TALLY_TRY(modulesOf(call.modules, *rules.catalogue));
    return checkModules(call.modules, call.outputs, kind, translator);
}

Result<> write(const Console &console, const Audit &audit, const ReportCall &call, const ReportInput &input,
    const ReportOptions &options)
{
    TALLY_ASSIGN(const std::vector<const Module *> modules, modulesOf(call.modules, input.catalogue));
    std::vector<ui::WrittenReport> written;
    for (const std::string &output : call.outputs) {
        TALLY_ASSIGN(const ReportFormat format, reportFormat(output));
        ui::ReportExtras extras = extrasFor(console, audit, ui::maxAttachedBytes(format, options.kind));
        extras.earlier = call.earlier;
        TALLY_ASSIGN(const ui::ExportedReports done, ui::exportReport(output, input, options, extras, modules));
        written.insert(written.end(), done.files.begin(), done.files.end());
        for (const std::string &note : done.notes)
            std::fprintf(stderr, "%s\n", printable(note).c_str());
    }
    tellModules(console, written, judgedModules(input.audit, input.catalogue));
    return {};
}

} // namespace

int reportCommand(const Console &console, const ReportCall &call)
{
    auto options = optionsOf(call, console);
    if (console.failed(options))
        return WrongCall;
    const auto rules = loadRules(call.resources);
    if (console.failed(rules) || console.failed(check(call, *rules, options->kind, console.translator())))
        return WrongCall;
    auto audit = Audit::open(call.audit);
    if (console.failed(audit))
        return NothingUsable;
    tellOpened(console, *audit, call.audit);
    auto look = signedLookOf(call, *audit->state());
    if (console.failed(look))
        return WrongCall;
    options->look = std::move(*look);
    if (console.failed(call.keep ? keepLook(*audit, *options) : Result<>()))
        return NothingUsable;
    if (console.failed(recheckSources(console, *audit, *rules)))
        return NothingUsable;
    const auto chain = audit->verify();
    if (!chain && audit->newerFormat() == 0) {
        console.show(chain.error());
        return NothingUsable;
    }
    for (const Message &problem : chain ? chain->problems : std::vector<Message>())
        console.say(problem);
    const AuditStatePtr state = audit->state();
    const ReportInput input{*state, *rules->catalogue, *rules->checks, chain ? &*chain : nullptr};
    if (console.failed(write(console, *audit, call, input, *options)))
        return WrongCall;
    return Done;
}

} // namespace tally::cli
