// SPDX-License-Identifier: Apache-2.0
#include "ui/pdf/report_export.h"

#include "core/audit/earlier_audit.h"
#include "core/base/ascii.h"
#include "core/base/messages_exports.h"
#include "core/base/text_format.h"
#include "core/io/byte_source.h"
#include "core/io/file.h"
#include "core/report/report_texts.h"
#include "ui/pdf/logo_image.h"
#include "ui/pdf/pdf_writer.h"
#include "ui/text/message_translator.h"

#include <cstdio>

namespace tally::ui {

namespace {

/// With the audit from which this one was started, where its file is there. Null: it is not.
Result<AuditComparisonPtr> compareWithEarlier(const ReportInput &input, const ReportExtras &extras)
{
    const AuditState &audit = input.audit;
    const std::filesystem::path earlier = !extras.earlier.empty() ? extras.earlier
        : extras.auditFile.empty()                                ? std::filesystem::path()
                                   : findPredecessor(audit, extras.auditFile.parent_path(), extras.auditFile);
    if (earlier.empty())
        return AuditComparisonPtr();
    TALLY_ASSIGN(AuditStatePtr before, Audit::read(earlier));
    AuditStatePtr after(AuditStatePtr(), &audit); // the caller's, which outlives the comparison
    return compareAudits(std::move(before), std::move(after), input.catalogue, input.checks);
}

Result<std::string> renderBundle(
    const ReportInput &input, const ReportOptions &options, const ReportExtras &extras, std::vector<std::string> *notes)
{
    const MessageTranslator german(Language::German);
    const MessageTranslator english(Language::English);
    BundleInput bundle{input, options};
    for (const PdfOptions::File &file : extras.files)
        bundle.files.push_back({file.name, [&file] { return Result<std::string>(file.bytes); }});
    if (extras.filesLeftOut)
        bundle.filesLeftOut
            = Message{exportDef("export.zip.no-files"), {formatBytes(maxBundledBytes, options.language)}};
    const auto compared = compareWithEarlier(input, extras);
    if (!compared && !extras.earlier.empty())
        return tl::unexpected(compared.error()); // somebody asked for it
    if (compared)
        bundle.difference = compared->get();
    else
        bundle.notCompared = compared.error().message;
    if (notes)
        *notes = missingInBundle(bundle, options.language, options.language == Language::German ? german : english);
    return writeBundle(
        bundle, [](const ReportDocument &document) { return writePdf(document, {}); }, german, english);
}

} // namespace

Result<std::string> renderReport(ReportFormat format, const ReportInput &input, const ReportOptions &wanted,
    const ReportExtras &extras, std::vector<std::string> *notes)
{
    if (format == ReportFormat::Zip)
        return renderBundle(input, wanted, extras, notes);
    ReportOptions options = wanted;
    options.filesEmbedded = format == ReportFormat::Pdf && !extras.files.empty();
    const MessageTranslator german(Language::German);
    const MessageTranslator english(Language::English);
    if (format != ReportFormat::Pdf)
        return renderExport(format, input, options, german, english);
    PdfOptions pdf;
    pdf.files = extras.files;
    return writePdf(buildReport(input, options, options.language == Language::German ? german : english), pdf);
}

std::uint64_t maxAttachedBytes(ReportFormat format, ReportOptions::Kind kind)
{
    if (format == ReportFormat::Zip)
        return maxBundledBytes;
    return format == ReportFormat::Pdf && infoOf(kind).carriesEvidence ? maxEmbeddedBytes : 0;
}

namespace {

Result<> save(const std::string &path, const std::string &content)
{
    if (path != "-")
        return saveAtomically(path, content);
    std::fwrite(content.data(), 1, content.size(), stdout);
    return {};
}

/// One file for each module: render(module) is asked for them one after the other.
template<typename Render>
Result<ExportedReports> saveEach(
    const std::string &path, ReportFormat format, const std::vector<const Module *> &modules, const Render &render)
{
    ExportedReports exported;
    for (const Module *module : modules) {
        const std::string file = module == modules.front() ? path : pathForModule(path, format, module->id);
        TALLY_ASSIGN(const std::string content, render(*module));
        TALLY_TRY(save(file, content));
        exported.files.push_back({file, module});
    }
    return exported;
}

} // namespace

Result<ExportedReports> exportReport(const std::string &path, const ReportInput &input, const ReportOptions &options,
    const ReportExtras &extras, std::vector<const Module *> modules)
{
    TALLY_ASSIGN(const ReportFormat format, reportFormat(path));
    const bool chosen = options.kind != ReportOptions::Kind::Full || !(options.choice == ReportChoice());
    if (chosen && !isForReading(format))
        return fail(ErrorKind::Unsupported, {textDef("choice.whole-only"), {std::string(baseName(path))}});
    TALLY_TRY(checkChoice(options, input.audit, MessageTranslator(options.language)));
    const ReportExtras none;
    const ReportExtras &carried = maxAttachedBytes(format, options.kind) > 0 ? extras : none;
    if (modules.empty())
        modules = reportModules(input, options);
    if (isForReading(format) && !infoOf(options.kind).ofAudit) {
        return saveEach(path, format, modules, [&](const Module &module) {
            ReportOptions about = options;
            about.moduleId = module.id;
            return renderReport(format, input, about, carried);
        });
    }
    ExportedReports exported;
    TALLY_ASSIGN(const std::string content, renderReport(format, input, options, carried, &exported.notes));
    TALLY_TRY(save(path, content));
    exported.files.push_back({path});
    return exported;
}

Result<Logo> openLogo(const std::filesystem::path &path)
{
    const std::string name = path.filename().string();
    TALLY_ASSIGN(const ByteSourcePtr file, openFile(path, Limits()));
    if (file->size() > maxLogoBytes)
        return fail(ErrorKind::LimitExceeded, {textDef("logo.too-large"), {name, std::to_string(maxLogoBytes / 1024)}});
    TALLY_ASSIGN(const std::string bytes, readAll(*file, maxLogoBytes, name));
    TALLY_ASSIGN(Logo logo, readLogo(bytes, name));
    if (pdf::logoImage(logo, QSizeF(72, 72)).isNull())
        return fail(ErrorKind::Malformed, {textDef("logo.malformed"), {name}});
    return logo;
}

Result<std::string> renderDifference(ReportFormat format, const DifferenceInput &input, const ReportOptions &options)
{
    const MessageTranslator german(Language::German);
    const MessageTranslator english(Language::English);
    if (format == ReportFormat::Json)
        return writeDifferenceJson(input, german, english);
    const ReportDocument document
        = buildDifference(input, options, options.language == Language::German ? german : english);
    if (format == ReportFormat::Html)
        return writeHtml(document);
    return writePdf(document, {});
}

Result<ExportedReports> exportDifference(const std::string &path, const DifferenceInput &input,
    const ReportOptions &options, const std::vector<const Module *> &modules)
{
    TALLY_ASSIGN(const ReportFormat format, reportFormat(path, differenceFormats));
    if (isForReading(format)) {
        return saveEach(path, format, modules, [&](const Module &module) {
            ReportOptions about = options;
            about.moduleId = module.id;
            return renderDifference(format, input, about);
        });
    }
    TALLY_ASSIGN(const std::string content, renderDifference(format, input, options));
    TALLY_TRY(save(path, content));
    return ExportedReports{{{path}}, {}};
}

} // namespace tally::ui
