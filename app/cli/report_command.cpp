// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"

#include "core/audit/audit.h"
#include "core/base/ascii.h"
#include "core/base/messages_audit.h"
#include "core/base/messages_workbench.h"
#include "core/base/text_format.h"
#include "core/checks/checks_json.h"
#include "core/report/report_texts.h"
#include "core/workbench/export_script.h"
#include "core/workbench/image_cache.h"
#include "core/workbench/recheck.h"
#include "ui/pdf/report_export.h"

#include <cstdio>

namespace tally::cli {

int checksCommand(const Console &console, const std::string &json, const std::string &resources)
{
    const auto rules = loadRules(resources);
    if (!rules) {
        console.show(rules.error());
        return WrongCall;
    }
    if (!json.empty()) {
        if (const auto written = writeOutput(json, writeChecksJson(*rules->checks)); !written) {
            console.show(written.error());
            return WrongCall;
        }
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

/// What is put into PDFs; nothing where it would make them too large to be mailed, or is not what was attached.
std::vector<ui::PdfOptions::File> filesToEmbed(const Console &console, const Audit &audit)
{
    const AuditStatePtr state = audit.state();
    std::uint64_t all = 0;
    for (const Attachment &each : state->attachments)
        all += each.bytes;
    std::vector<ui::PdfOptions::File> files;
    if (all > ui::maxEmbeddedBytes)
        return files;
    for (const Attachment &each : state->attachments) {
        ui::PdfOptions::File file{safeFileName(each), each.displayName(), each.mediaType, {}};
        const auto read = audit.readAttachment(each.key, [&file](std::string_view piece) -> Result<> {
            file.bytes += piece;
            return {};
        });
        if (!read) {
            console.show(read.error());
            return {};
        }
        files.push_back(std::move(file));
    }
    return files;
}

} // namespace

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

int reportCommand(const Console &console, const ReportCall &call)
{
    for (const std::string &output : call.outputs) {
        if (const auto format = reportFormat(output); !format) {
            console.show(format.error());
            return WrongCall;
        }
    }
    auto options = optionsOf(call, console);
    if (!options) {
        console.show(options.error());
        return WrongCall;
    }
    const auto rules = loadRules(call.resources);
    if (!rules) {
        console.show(rules.error());
        return WrongCall;
    }
    auto audit = Audit::open(call.audit);
    if (!audit) {
        console.show(audit.error());
        return NothingUsable;
    }
    tellOpened(console, *audit, call.audit);
    auto look = signedLookOf(call, *audit->state());
    if (!look) {
        console.show(look.error());
        return WrongCall;
    }
    options->look = std::move(*look);
    if (const auto kept = call.keep ? keepLook(*audit, *options) : Result<>(); !kept) {
        console.show(kept.error());
        return NothingUsable;
    }
    if (const auto checked = recheckSources(console, *audit, *rules); !checked) {
        console.show(checked.error());
        return NothingUsable;
    }
    const auto chain = audit->verify();
    if (!chain && audit->newerFormat() == 0) {
        console.show(chain.error());
        return NothingUsable;
    }
    for (const Message &problem : chain ? chain->problems : std::vector<Message>())
        console.say(problem);
    const AuditStatePtr state = audit->state();
    const std::vector<ui::PdfOptions::File> files = filesToEmbed(console, *audit);
    for (const std::string &output : call.outputs) {
        const auto written = ui::exportReport(
            output, {*state, *rules->catalogue, *rules->checks, chain ? &*chain : nullptr}, *options, files);
        if (!written) {
            console.show(written.error());
            return WrongCall;
        }
    }
    return Done;
}

} // namespace tally::cli
