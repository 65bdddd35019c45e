// SPDX-License-Identifier: Apache-2.0
#include "core/report/bundle.h"

#include "core/base/messages_exports.h"
#include "core/io/digest.h"
#include "core/io/zip_writer.h"
#include "core/report/csv_writer.h"
#include "core/report/oscal_writer.h"
#include "core/report/report_kinds.h"
#include "core/report/sarif_writer.h"
#include "core/report/vna_writer.h"
#include "core/report/xlsx_writer.h"

#include <set>
#include <utility>

namespace tally {

Result<std::string> renderExport(ReportFormat format, const ReportInput &input, const ReportOptions &options,
    const Translator &de, const Translator &en)
{
    const Translator &translator = options.language == Language::German ? de : en;
    switch (format) {
    case ReportFormat::Html:
        return writeHtml(buildReport(input, options, translator));
    case ReportFormat::Xlsx:
        return writeXlsx(input, options, translator);
    case ReportFormat::Csv:
        return writeCsv(input, options, translator);
    case ReportFormat::Json:
        return writeAuditJson(input, de, en);
    case ReportFormat::Sarif:
        return writeSarif(input, options, translator);
    case ReportFormat::Oscal:
        return writeOscal(input, options, translator);
    case ReportFormat::Vna:
        return writeVna(input, options, translator);
    case ReportFormat::Posture:
        return writePostureCsv(input, options, translator);
    case ReportFormat::Pdf:
    case ReportFormat::Zip:
        break;
    }
    return fail(ErrorKind::Unsupported,
        {exportDef("export.unknown-format"), {std::string(infoOf(format).suffix), std::string()}});
}

namespace {

/// Adds members and remembers what SHA256SUMS says of them.
class Bundle
{
public:
    explicit Bundle(ZipWriter &zip)
        : m_zip(zip)
    {
    }
    [[nodiscard]] Result<> add(const std::string &name, std::string_view content)
    {
        m_sums += sha256Hex(content) + "  " + name + "\n";
        return m_zip.add(name, content);
    }
    [[nodiscard]] Result<> finish()
    {
        TALLY_TRY(m_zip.add("SHA256SUMS", m_sums));
        return m_zip.finish();
    }

private:
    ZipWriter &m_zip;
    std::string m_sums;
};

/// "a.pdf", "a (2).pdf", ...: names that differ in case only are one on some systems, so numbers go by the name itself.
std::string freeName(const std::string &wanted, std::set<std::string> &taken)
{
    const std::size_t dot = wanted.rfind('.');
    const std::size_t end = dot == std::string::npos || dot == 0 ? wanted.size() : dot;
    std::string name = wanted;
    for (int number = 2; !taken.insert(name).second; ++number)
        name = wanted.substr(0, end) + " (" + std::to_string(number) + ")" + wanted.substr(end);
    return name;
}

} // namespace

Result<std::string> writeBundle(
    const RenderReport &render, const std::vector<BundleFile> &files, const Translator &de, const Translator &en)
{
    std::string bytes;
    TALLY_ASSIGN(ZipWriter zip, ZipWriter::create([&bytes](std::string_view piece) {
        bytes += piece;
        return Result<>();
    }));
    using Kind = ReportOptions::Kind;
    Bundle bundle(zip);
    const Message about{exportDef("export.zip.readme")};
    TALLY_TRY(bundle.add("README.txt", de.text(about) + "\r\n\r\n" + en.text(about) + "\r\n"));
    for (const ReportFormatInfo &info : reportFormats()) {
        if (info.format == ReportFormat::Zip)
            continue;
        for (const Language language : {Language::German, Language::English}) {
            if (info.bothLanguages && language == Language::English)
                continue;
            const std::string folder = info.bothLanguages ? "" : std::string(languageTag(language)) + "/";
            for (const ReportOptions::Kind kind : {Kind::Full, Kind::Management, Kind::Plan}) {
                if (kind != Kind::Full && !isForReading(info.format))
                    continue;
                TALLY_ASSIGN(const std::string content, render(info.format, language, kind));
                TALLY_TRY(bundle.add(folder + std::string(infoOf(kind).name) + std::string(info.suffix), content));
            }
        }
    }
    std::set<std::string> taken;
    for (const BundleFile &file : files) {
        TALLY_ASSIGN(const std::string content, file.content());
        TALLY_TRY(bundle.add("evidence/" + freeName(memberName(file.name), taken), content));
    }
    TALLY_TRY(bundle.finish());
    return bytes;
}

} // namespace tally
