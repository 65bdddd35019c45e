// SPDX-License-Identifier: Apache-2.0
#include "ui/pdf/report_export.h"

#include "core/base/messages.h"
#include "core/io/file.h"
#include "ui/pdf/pdf_writer.h"
#include "ui/text/message_translator.h"

#include <cstdio>

namespace tally::ui {

Result<ReportFormat> reportFormat(const std::string &path)
{
    static constexpr std::pair<std::string_view, ReportFormat> suffixes[] = {
        {".pdf", ReportFormat::Pdf},
        {".html", ReportFormat::Html},
        {".json", ReportFormat::Json},
    };
    if (path == "-")
        return ReportFormat::Json;
    for (const std::string_view later :
        {".oscal.json", ".posture.csv"}) { // their own formats, not the plain ones they end on
        if (path.ends_with(later))
            return fail(ErrorKind::Unsupported, {messageDef("call.unknown-format"), {path}});
    }
    for (const auto &[suffix, format] : suffixes) {
        if (path.ends_with(suffix))
            return format;
    }
    return fail(ErrorKind::Unsupported, {messageDef("call.unknown-format"), {path}});
}

Result<std::string> renderReport(ReportFormat format, const ReportInput &input, const ReportOptions &options)
{
    const MessageTranslator german(Language::German);
    const MessageTranslator english(Language::English);
    if (format == ReportFormat::Json)
        return writeAuditJson(input, german, english);
    const ReportDocument document
        = buildReport(input, options, options.language == Language::German ? german : english);
    if (format == ReportFormat::Html)
        return writeHtml(document);
    return writePdf(document, {});
}

Result<> exportReport(const std::string &path, const ReportInput &input, Language language)
{
    TALLY_ASSIGN(const ReportFormat format, reportFormat(path));
    ReportOptions options;
    options.language = language;
    TALLY_ASSIGN(const std::string content, renderReport(format, input, options));
    if (path != "-")
        return saveAtomically(path, content);
    std::fwrite(content.data(), 1, content.size(), stdout);
    return {};
}

} // namespace tally::ui
