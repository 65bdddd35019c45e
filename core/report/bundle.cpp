// SPDX-License-Identifier: Apache-2.0
#include "core/report/bundle.h"

#include "core/audit/open_points.h"
#include "core/base/messages_exports.h"
#include "core/io/digest.h"
#include "core/io/zip_writer.h"
#include "core/report/csv_writer.h"
#include "core/report/journal_view.h"
#include "core/report/oscal_writer.h"
#include "core/report/record_sheets.h"
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

/// Everything but the attached files, one after the other.
class Members
{
public:
    Members(const BundleInput &input, const RenderPdf &pdf, const Translator &de, const Translator &en, Bundle &bundle)
        : m_input(input)
        , m_pdf(pdf)
        , m_de(de)
        , m_en(en)
        , m_bundle(bundle)
        , m_modules(reportModules(input.report, input.options))
    {
    }

    [[nodiscard]] Result<> readme();
    [[nodiscard]] Result<> inBothLanguages();
    [[nodiscard]] Result<> in(Language language);

private:
    using Kind = ReportOptions::Kind;

    [[nodiscard]] ReportOptions optionsFor(Language language, const Module *module, Kind kind) const;
    [[nodiscard]] const Translator &translator(Language language) const
    {
        return language == Language::German ? m_de : m_en;
    }
    /// As PDF and as HTML. `name` without its suffix.
    [[nodiscard]] Result<> document(const std::string &name, const Module *module, const ReportDocument &document);
    [[nodiscard]] Result<> aboutModule(Language language, const Module *module);
    [[nodiscard]] Result<> aboutAudit(Language language);
    [[nodiscard]] Result<> journal(Language language);
    [[nodiscard]] std::string readmeText(const Translator &translator, Language language) const;

    const BundleInput &m_input;
    const RenderPdf &m_pdf;
    const Translator &m_de;
    const Translator &m_en;
    Bundle &m_bundle;
    std::vector<const Module *> m_modules;
};

std::string folderOf(Language language)
{
    return std::string(languageTag(language)) + "/";
}

ReportOptions Members::optionsFor(Language language, const Module *module, Kind kind) const
{
    ReportOptions options = m_input.options;
    options.language = language;
    options.kind = kind;
    options.choice = {};           // everything
    options.filesEmbedded = false; // they lie beside it
    if (module)
        options.moduleId = module->id;
    return options;
}

Result<> Members::document(const std::string &name, const Module *module, const ReportDocument &document)
{
    for (const ReportFormat format : {ReportFormat::Pdf, ReportFormat::Html}) {
        std::string path = name + std::string(infoOf(format).suffix);
        if (module && module != m_modules.front())
            path = pathForModule(path, format, module->id);
        TALLY_ASSIGN(const std::string content,
            format == ReportFormat::Pdf ? m_pdf(document) : Result<std::string>(writeHtml(document)));
        TALLY_TRY(m_bundle.add(path, content));
    }
    return {};
}

Result<> Members::aboutModule(Language language, const Module *module)
{
    for (const Kind kind : {Kind::Full, Kind::Management, Kind::Plan, Kind::Unchecked}) {
        const ReportOptions options = optionsFor(language, module, kind);
        TALLY_TRY(document(folderOf(language) + std::string(infoOf(kind).name), module,
            buildReport(m_input.report, options, translator(language))));
    }
    if (!m_input.difference)
        return {};
    const DifferenceInput difference{*m_input.difference, m_input.report.catalogue, m_input.report.checks};
    const ReportOptions options = optionsFor(language, module, Kind::Full);
    return document(
        folderOf(language) + "difference", module, buildDifference(difference, options, translator(language)));
}

Result<> Members::journal(Language language)
{
    const Words words(language, translator(language));
    const ClusterNames names(m_input.report.audit);
    const auto &entries = m_input.report.audit.journal;
    TALLY_TRY(m_bundle.add(folderOf(language) + "journal.csv", writeJournalCsv(entries, words, names)));
    return m_bundle.add(folderOf(language) + "journal.json", writeJournalJson(entries, words, names));
}

Result<> Members::aboutAudit(Language language)
{
    for (const Kind kind : {Kind::Evidence, Kind::Requests}) {
        const ReportOptions options = optionsFor(language, m_modules.empty() ? nullptr : m_modules.front(), kind);
        TALLY_TRY(document(folderOf(language) + std::string(infoOf(kind).name), nullptr,
            buildReport(m_input.report, options, translator(language))));
    }
    const ReportOptions options = optionsFor(language, nullptr, Kind::Requests);
    TALLY_ASSIGN(const std::string requests, writeRequestsXlsx(m_input.report, options, translator(language)));
    TALLY_TRY(m_bundle.add(folderOf(language) + "requests.xlsx", requests));
    return journal(language);
}

Result<> Members::in(Language language)
{
    for (const Module *module : m_modules)
        TALLY_TRY(aboutModule(language, module));
    TALLY_TRY(aboutAudit(language));
    const ReportOptions options = optionsFor(language, nullptr, Kind::Full);
    for (const ReportFormatInfo &info : reportFormats()) {
        if (info.bothLanguages || isForReading(info.format))
            continue;
        TALLY_ASSIGN(const std::string content, renderExport(info.format, m_input.report, options, m_de, m_en));
        TALLY_TRY(m_bundle.add(folderOf(language) + "audit" + std::string(info.suffix), content));
    }
    return {};
}

Result<> Members::inBothLanguages()
{
    TALLY_TRY(m_bundle.add("audit.json", writeAuditJson(m_input.report, m_de, m_en)));
    if (!m_input.difference)
        return {};
    const DifferenceInput difference{*m_input.difference, m_input.report.catalogue, m_input.report.checks};
    return m_bundle.add("difference.json", writeDifferenceJson(difference, m_de, m_en));
}

std::string Members::readmeText(const Translator &translator, Language language) const
{
    const Words words(language, translator);
    const AuditState &audit = m_input.report.audit;
    std::string text;
    const auto line = [&text](const std::string &content) { text += content + "\r\n"; };
    line(words(exportDef("export.zip.readme")));
    line(words(exportDef("export.zip.lists")));
    for (const Module *module : m_modules) {
        const std::string name = module == m_modules.front()
            ? std::string("audit.pdf")
            : pathForModule("audit.pdf", ReportFormat::Pdf, module->id);
        line(words(exportDef("export.zip.module"), {name, module->id + " " + module->title.in(language)}));
    }
    if (m_input.difference)
        line(words(exportDef("export.zip.difference"), {words.given(m_input.difference->before->info.title)}));
    for (const std::string &missing : missingInBundle(m_input, language, translator))
        line(missing);
    if (!audit.journalHead.empty())
        line(words(exportDef("export.zip.head"), {audit.journalHead}));
    return text;
}

Result<> Members::readme()
{
    return m_bundle.add(
        "README.txt", readmeText(m_de, Language::German) + "\r\n" + readmeText(m_en, Language::English));
}

} // namespace

std::vector<const Module *> reportModules(const ReportInput &input, const ReportOptions &options)
{
    std::vector<const Module *> modules = judgedModules(input.audit, input.catalogue);
    if (!modules.empty() || input.catalogue.modules.empty())
        return modules;
    const Module *wanted = input.catalogue.module(options.moduleId);
    return {wanted ? wanted : &input.catalogue.modules.front()};
}

std::vector<std::string> missingInBundle(const BundleInput &input, Language language, const Translator &translator)
{
    std::vector<std::string> missing;
    const auto &predecessor = input.report.audit.predecessor;
    if (!input.difference && predecessor) {
        const std::string title = Words(language, translator).given(predecessor->title);
        missing.push_back(input.notCompared
                ? translator.text({exportDef("export.zip.not-compared"), {title, translator.text(*input.notCompared)}})
                : translator.text({exportDef("export.zip.no-earlier"), {title}}));
    }
    if (input.filesLeftOut)
        missing.push_back(translator.text(*input.filesLeftOut));
    return missing;
}

Result<std::string> writeBundle(
    const BundleInput &input, const RenderPdf &pdf, const Translator &de, const Translator &en)
{
    std::string bytes;
    TALLY_ASSIGN(ZipWriter zip, ZipWriter::create([&bytes](std::string_view piece) {
        bytes += piece;
        return Result<>();
    }));
    Bundle bundle(zip);
    Members members(input, pdf, de, en, bundle);
    TALLY_TRY(members.readme());
    TALLY_TRY(members.inBothLanguages());
    for (const Language language : {Language::German, Language::English})
        TALLY_TRY(members.in(language));
    std::set<std::string> taken;
    for (const BundleFile &file : input.files) {
        TALLY_ASSIGN(const std::string content, file.content());
        TALLY_TRY(bundle.add("evidence/" + freeName(memberName(file.name), taken), content));
    }
    TALLY_TRY(bundle.finish());
    return bytes;
}

} // namespace tally
