// SPDX-License-Identifier: Apache-2.0
#include "ui/pdf/report_export.h"

#include "core/base/ascii.h"
#include "core/io/byte_source.h"
#include "core/io/file.h"
#include "core/report/report_texts.h"
#include "ui/pdf/logo_image.h"
#include "ui/pdf/pdf_writer.h"
#include "ui/text/message_translator.h"

#include <cstdio>

namespace tally::ui {

Result<std::string> renderReport(ReportFormat format, const ReportInput &input, const ReportOptions &wanted,
    const std::vector<PdfOptions::File> &files)
{
    ReportOptions options = wanted;
    options.filesEmbedded = format == ReportFormat::Pdf && !files.empty();
    const MessageTranslator german(Language::German);
    const MessageTranslator english(Language::English);
    if (format == ReportFormat::Pdf) {
        PdfOptions pdf;
        pdf.files = files;
        return writePdf(buildReport(input, options, options.language == Language::German ? german : english), pdf);
    }
    if (format != ReportFormat::Zip)
        return renderExport(format, input, options, german, english);
    const auto render = [&](ReportFormat each, Language language, ReportOptions::Kind kind) {
        ReportOptions inLanguage = options;
        inLanguage.language = language;
        inLanguage.kind = kind;
        inLanguage.choice = {};                       // everything
        return renderReport(each, input, inLanguage); // the files lie beside the PDFs there
    };
    std::vector<BundleFile> beside;
    for (const PdfOptions::File &file : files)
        beside.push_back({file.name, [&file] { return Result<std::string>(file.bytes); }});
    return writeBundle(render, beside, german, english);
}

namespace {

Result<> save(const std::string &path, const std::string &content)
{
    if (path != "-")
        return saveAtomically(path, content);
    std::fwrite(content.data(), 1, content.size(), stdout);
    return {};
}

} // namespace

Result<> exportReport(const std::string &path, const ReportInput &input, const ReportOptions &options,
    const std::vector<PdfOptions::File> &files)
{
    TALLY_ASSIGN(const ReportFormat format, reportFormat(path));
    const bool chosen = options.kind != ReportOptions::Kind::Full || !(options.choice == ReportChoice());
    if (chosen && !isForReading(format))
        return fail(ErrorKind::Unsupported, {textDef("choice.whole-only"), {std::string(baseName(path))}});
    TALLY_TRY(checkChoice(options, input.audit, MessageTranslator(options.language)));
    const bool carries = format == ReportFormat::Zip || infoOf(options.kind).carriesEvidence;
    TALLY_ASSIGN(const std::string content,
        renderReport(format, input, options, carries ? files : std::vector<PdfOptions::File>()));
    return save(path, content);
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

Result<> exportDifference(const std::string &path, const DifferenceInput &input, const ReportOptions &options)
{
    TALLY_ASSIGN(const ReportFormat format, reportFormat(path, differenceFormats));
    TALLY_ASSIGN(const std::string content, renderDifference(format, input, options));
    return save(path, content);
}

} // namespace tally::ui
