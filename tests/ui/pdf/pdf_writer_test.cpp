// SPDX-License-Identifier: Apache-2.0
#include "core/report/report.h"
#include "tests/core/report/report_fixture.h"
#include "tests/support/test_registry.h"
#include "ui/pdf/pdf_writer.h"
#include "ui/pdf/slabs.h"
#include "ui/text/message_translator.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace tally;
using namespace tally::test;
using tally::ui::MessageTranslator;
using tally::ui::PdfOptions;

namespace {

ReportDocument documentOf(const ReportFixture &fixture, Language language)
{
    ReportOptions options;
    options.language = language;
    options.createdAt = "2026-11-20T16:42:00Z";
    return buildReport(fixture.input(), options, MessageTranslator(language));
}

ReportDocument tinyDocument(const std::string &text)
{
    ReportDocument document;
    document.title = "Probe";
    document.createdAt = "2026-11-20T16:42:00Z";
    document.furniture = {"Seite %1 von %2", "Fortsetzung"};
    document.blocks = {Heading{1, "1", "Überschrift", "s", Heading::Kind::Section, "1"}, Paragraph{{{text}}}};
    return document;
}

/// Standard output of a program; null if it cannot be run.
struct Output
{
    bool ran = false;
    int code = -1;
    QString text;
};

Output run(const QString &program, const QStringList &arguments)
{
    if (QStandardPaths::findExecutable(program).isEmpty())
        return {};
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    const bool ran = process.waitForFinished(120'000);
    return {ran, process.exitCode(), QString::fromUtf8(process.readAll())};
}

} // namespace

#define TALLY_REQUIRE_RUN(output) \
    if (!(output).ran) \
    QSKIP("a program of poppler-utils, qpdf or java is not installed")

class PdfWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textComesBackUnchanged();
    void bothLanguagesInOneProcess();
    void structureIsTagged();
    void outlineNamesSectionsAndRequirements();
    void qpdfFindsNothing();
    void archivalVariantIsValid();
    void sameInputGivesSameBytes();
    void filesAreEmbedded();
    void emptyAuditCanBePrinted();
    void summaryAndOverviewAreOnePageEach();
    void longValuesStayOnThePage();
    void manyFindingsStandOnePerRow();
    void textIsWrittenInWholeLines();
    void wordsAreAsWideAsMeasured_data();
    void wordsAreAsWideAsMeasured();

private:
    QString save(const ReportDocument &document, PdfOptions::Variant variant = PdfOptions::Variant::Full);
    QString textOf(const QString &path, int first = 1, int last = 0);

    QTemporaryDir m_folder;
    int m_files = 0;
};

QString PdfWriterTest::save(const ReportDocument &document, PdfOptions::Variant variant)
{
    const auto bytes = tally::ui::writePdf(document, {variant});
    if (!bytes) {
        qWarning("%s", bytes.error().detail.c_str());
        return {};
    }
    QFile file(m_folder.filePath(QString::number(++m_files) + QStringLiteral(".pdf")));
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(*bytes)) < 0)
        return {};
    return file.fileName();
}

QString PdfWriterTest::textOf(const QString &path, int first, int last)
{
    QStringList arguments{QStringLiteral("-enc"), QStringLiteral("UTF-8"), QStringLiteral("-layout"),
        QStringLiteral("-f"), QString::number(first)};
    if (last > 0)
        arguments << QStringLiteral("-l") << QString::number(last);
    arguments << path << QStringLiteral("-");
    return run(QStringLiteral("pdftotext"), arguments).text;
}

void PdfWriterTest::textComesBackUnchanged()
{
    const std::string text = "Häufige Auffälligkeit — A–Z 10:20 nginx:1.25 -> office";
    const QString path = save(tinyDocument(text));
    QVERIFY(!path.isEmpty());
    TALLY_REQUIRE_RUN(run(QStringLiteral("pdftotext"), {QStringLiteral("-v")}));
    const QString extracted = textOf(path);
    QVERIFY2(extracted.contains(QString::fromStdString(text)), qPrintable(extracted));
}

void PdfWriterTest::bothLanguagesInOneProcess()
{
    const ReportFixture fixture = makeReportFixture();
    const QString german = save(documentOf(fixture, Language::German));
    const QString english = save(documentOf(fixture, Language::English));
    TALLY_REQUIRE_RUN(run(QStringLiteral("pdftotext"), {QStringLiteral("-v")}));
    const QString de = textOf(german);
    const QString en = textOf(english);
    if (!de.contains(u"Zusammenfassung für die Leitung"))
        QSKIP("translations/tallymann_de.ts does not hold the report's texts yet");
    QVERIFY(de.contains(u"nicht geprüft"));
    // Digits set one by one: their ActualText must lie on the page for poppler, too.
    QVERIFY(de.contains(u"80178c80eba4b969e80cbd689e1de44c0283b6d577e150e114dd77cdc151b2d9"));
    QVERIFY(de.contains(u"204,7"));
    QVERIFY(de.contains(u"Seite 3 von "));
    QVERIFY(en.contains(u"Management summary"));
    QVERIFY(en.contains(u"not checked"));
    QVERIFY(en.contains(u"Page 3 of "));
    for (int i = 1; i <= 26; ++i) {
        const QString id = QStringLiteral("SYS.1.6.A%1 ").arg(i);
        QVERIFY2(de.contains(id) && en.contains(id), qPrintable(id));
    }
    QVERIFY(!de.contains(u"/home/"));
    QVERIFY(de.contains(u"rechnung_<U+202E>fdp.exe"));
}

void PdfWriterTest::structureIsTagged()
{
    // Few pages: poppler reads a page again for each element on it.
    ReportOptions options;
    options.language = Language::English;
    options.createdAt = "2026-11-20T16:42:00Z";
    options.choice.sections = {ReportSection::Summary, ReportSection::Overview, ReportSection::Images};
    const QString path = save(buildReport(makeReportFixture().input(), options, MessageTranslator(Language::English)));
    const Output output = run(QStringLiteral("pdfinfo"), {QStringLiteral("-struct-text"), path});
    TALLY_REQUIRE_RUN(output);
    for (const QString &tag :
        {QStringLiteral("H1"), QStringLiteral("H2"), QStringLiteral("Table"), QStringLiteral("TR"),
            QStringLiteral("TH"), QStringLiteral("TD"), QStringLiteral("Figure"), QStringLiteral("Link")})
        QVERIFY2(output.text.contains(tag), qPrintable(tag));
    QVERIFY(output.text.contains(u"\"1 Management summary\"") || output.text.contains(u"Management summary\""));
    QVERIFY(!output.text.contains(u'\t')); // blanks are blanks, not tabs
    const Output info = run(QStringLiteral("pdfinfo"), {path});
    QVERIFY(info.text.contains(QRegularExpression(QStringLiteral("Tagged:\\s+yes"))));
    QVERIFY(info.text.contains(QRegularExpression(QStringLiteral("Page size:\\s+59[45]"))));
    QVERIFY(info.text.contains(QRegularExpression(QStringLiteral("PDF version:\\s+1.7"))));
    const QString whole = save(documentOf(makeReportFixture(), Language::English)); // an excerpt has no contents
    const Output tree = run(QStringLiteral("pdfinfo"), {QStringLiteral("-struct"), whole});
    QVERIFY(tree.text.contains(
        QRegularExpression(QStringLiteral("\\n( *)TOC[^I\\n]*\\n\\1 +TOCI")))); // PDF/UA-1, 7.2: a list of its own
    const Output claims = run(QStringLiteral("pdfinfo"), {QStringLiteral("-meta"), path});
    for (const QString &claim :
        {QStringLiteral("<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"),
            QStringLiteral("<pdfuaid:part>1</pdfuaid:part>")})
        QVERIFY2(claims.text.contains(claim), qPrintable(claim));
}

void PdfWriterTest::outlineNamesSectionsAndRequirements()
{
    const QString path = save(documentOf(makeReportFixture(), Language::English));
    const Output output
        = run(QStringLiteral("qpdf"), {QStringLiteral("--json"), QStringLiteral("--json-key=outlines"), path});
    TALLY_REQUIRE_RUN(output);
    QVERIFY(output.text.contains(u"A17 Running Containers Without Privileges"));
    QVERIFY(output.text.contains(u"U-01 Container runs privileged"));
    QVERIFY(output.text.contains(u"2.2 Sources"));
}

void PdfWriterTest::qpdfFindsNothing()
{
    const QString path = save(documentOf(makeReportFixture(), Language::English));
    const Output output = run(QStringLiteral("qpdf"), {QStringLiteral("--check"), path});
    TALLY_REQUIRE_RUN(output);
    QVERIFY2(output.code == 0 && !output.text.contains(u"WARNING"), qPrintable(output.text));
}

void PdfWriterTest::filesAreEmbedded()
{
    const ReportDocument document = documentOf(makeReportFixture(), Language::English);
    PdfOptions options;
    options.files = {{"N-001_note.txt", "What was said", "text/plain", "the content"},
        {"N-002_empty.bin", "", "application/x-empty", ""}};
    const auto bytes = tally::ui::writePdf(document, options);
    QVERIFY(bytes);
    QCOMPARE(*tally::ui::writePdf(document, options), *bytes);
    QFile file(m_folder.filePath(QStringLiteral("embedded.pdf")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(*bytes));
    file.close();
    const Output list = run(
        QStringLiteral("qpdf"), {QStringLiteral("--list-attachments"), QStringLiteral("--verbose"), file.fileName()});
    TALLY_REQUIRE_RUN(list);
    QVERIFY2(list.text.contains(u"N-001_note.txt") && list.text.contains(u"N-002_empty.bin"), qPrintable(list.text));
    QVERIFY2(list.text.contains(u"What was said") && list.text.contains(u"text/plain"), qPrintable(list.text));
    const Output shown
        = run(QStringLiteral("qpdf"), {QStringLiteral("--show-attachment=N-001_note.txt"), file.fileName()});
    QCOMPARE(shown.text.trimmed(), QStringLiteral("the content"));
    const Output check = run(QStringLiteral("qpdf"), {QStringLiteral("--check"), file.fileName()});
    QVERIFY2(check.code == 0 && !check.text.contains(u"WARNING"), qPrintable(check.text));
    options.variant = PdfOptions::Variant::ArchivalA1b;
    const auto archival = tally::ui::writePdf(document, options);
    QVERIFY(archival && archival->find("EmbeddedFile") == std::string::npos);
}

void PdfWriterTest::archivalVariantIsValid()
{
    const QString folder = QStringLiteral("/usr/share/java/");
    QStringList jars;
    for (const QStringList &names :
        {QStringList{QStringLiteral("preflight.jar")}, QStringList{QStringLiteral("pdfbox2.jar")},
            QStringList{QStringLiteral("fontbox2.jar")}, QStringList{QStringLiteral("xmpbox.jar")},
            QStringList{QStringLiteral("commons-logging.jar")}, QStringList{QStringLiteral("commons-io.jar")},
            QStringList{QStringLiteral("javax.activation.jar"), QStringLiteral("jakarta.activation-api.jar")},
            QStringList{QStringLiteral("jaxb-api.jar"), QStringLiteral("jakarta.xml.bind-api.jar")}}) {
        for (const QString &name : names) {
            if (QFile::exists(folder + name))
                jars << folder + name;
        }
    }
    if (jars.size() < 6 || !jars.first().endsWith(u"preflight.jar"))
        QSKIP("PDFBox Preflight (libpdfbox2-java) is not installed");
    const QString path = save(documentOf(makeReportFixture(), Language::English), PdfOptions::Variant::ArchivalA1b);
    const Output output = run(QStringLiteral("java"),
        {QStringLiteral("-cp"), jars.join(u':'), QStringLiteral("org.apache.pdfbox.preflight.Validator_A1b"), path});
    TALLY_REQUIRE_RUN(output);
    if (output.text.contains(u"NoClassDefFoundError"))
        QSKIP("a jar that Preflight needs is not installed");
    QVERIFY2(output.text.contains(u"is a valid PDF/A-1b file"), qPrintable(output.text.left(2000)));
}

void PdfWriterTest::sameInputGivesSameBytes()
{
    const ReportDocument document = documentOf(makeReportFixture(), Language::German);
    const auto first = tally::ui::writePdf(document);
    const auto second = tally::ui::writePdf(document);
    QVERIFY(first && second);
    QVERIFY(*first == *second);
}

void PdfWriterTest::emptyAuditCanBePrinted()
{
    const QString path = save(documentOf(makeEmptyFixture(), Language::English));
    QVERIFY(!path.isEmpty());
    TALLY_REQUIRE_RUN(run(QStringLiteral("pdftotext"), {QStringLiteral("-v")}));
    const QString text = textOf(path);
    QVERIFY(text.contains(u"0 of 26 requirements are decided"));
    QVERIFY(text.count(u"not checked") > 26);
    QVERIFY(text.contains(u"not stated"));
}

void PdfWriterTest::summaryAndOverviewAreOnePageEach()
{
    const QString path = save(documentOf(makeReportFixture(200), Language::English));
    TALLY_REQUIRE_RUN(run(QStringLiteral("pdftotext"), {QStringLiteral("-v")}));
    const QStringList pages = textOf(path, 1, 12).split(u'\f');
    // The head line of each page names its section.
    int summary = 0;
    int overview = 0;
    for (const QString &page : pages) {
        const QString head = page.section(u'\n', 0, 1);
        summary += head.contains(u"1 Summary");
        overview += head.contains(u"3 Overview");
    }
    QCOMPARE(summary, 1);
    QCOMPARE(overview, 1);
}

void PdfWriterTest::longValuesStayOnThePage()
{
    ReportDocument document = tinyDocument("x");
    Table table;
    table.columns = {{"Name", 26}, {"Image", 76}, {"Zeile", 18, Cell::Align::Right}};
    for (int i = 0; i < 3; ++i) {
        Cell name;
        name.lines = {{{std::string(1000, 'q'), Run::Style::Mono}}};
        Cell image;
        image.lines = {{{std::string(9000, 'x')}}};
        Cell line;
        line.lines = {{{"12.345.678"}}};
        line.align = Cell::Align::Right;
        table.rows.push_back({{name, image, line}});
    }
    document.blocks.emplace_back(table);
    Box box;
    box.headline = {{"teilweise", Run::Style::Strong, Symbol::Teilweise}};
    for (int i = 0; i < 3; ++i)
        box.facts.facts.push_back({"Begründung", {{{std::string("Wort ").append(4000, 'y')}}}});
    document.blocks.emplace_back(box);
    const QString path = save(document);
    QVERIFY(!path.isEmpty());
    TALLY_REQUIRE_RUN(run(QStringLiteral("pdftotext"), {QStringLiteral("-v")}));
    const QString text = textOf(path);
    QCOMPARE(text.count(u'q'), 3000);
    QCOMPARE(text.count(u'x'), 27001);
    QCOMPARE(text.count(u"12.345.678"), 3);
    QCOMPARE(text.count(u'y'), 12000);
}

void PdfWriterTest::manyFindingsStandOnePerRow()
{
    // How long it takes is measured, not tested; enough rows here for table heads to repeat over many pages.
    const ReportDocument document = documentOf(makeReportFixture(40), Language::English);
    const QString path = save(document);
    QVERIFY(!path.isEmpty());
    TALLY_REQUIRE_RUN(run(QStringLiteral("pdftotext"), {QStringLiteral("-v")}));
    QVERIFY(textOf(path).count(u"Page ") > 30);
}

void PdfWriterTest::textIsWrittenInWholeLines()
{
    const QString path = save(tinyDocument("A line of several words, 10:20 and U+0416: Ж"));
    const Output plain = run(QStringLiteral("qpdf"),
        {QStringLiteral("--qdf"), QStringLiteral("--object-streams=disable"), path, QStringLiteral("-")});
    TALLY_REQUIRE_RUN(plain);
    QVERIFY(plain.text.count(u"] TJ") >= 4); // heading, paragraph, head and foot
    QCOMPARE(plain.text.count(u"> Tj"), 0);  // glyph by glyph, as Qt does it
}

void PdfWriterTest::wordsAreAsWideAsMeasured_data()
{
    QTest::addColumn<Run::Style>("style");
    QTest::addColumn<ui::pdf::Face>("face");
    QTest::newRow("normal") << Run::Style::Normal << ui::pdf::Face::Regular;
    QTest::newRow("strong") << Run::Style::Strong << ui::pdf::Face::SemiBold;
    QTest::newRow("one width for all") << Run::Style::Mono << ui::pdf::Face::Mono;
}

void PdfWriterTest::wordsAreAsWideAsMeasured()
{
    QFETCH(Run::Style, style);
    QFETCH(ui::pdf::Face, face);
    const std::string word = "Wmilli" + std::string(40, 'i') + "Wm1";
    ReportDocument document = tinyDocument({});
    document.blocks.back() = Paragraph{{Run{word, style}}};
    const Output boxes
        = run(QStringLiteral("pdftotext"), {QStringLiteral("-bbox"), save(document), QStringLiteral("-")});
    TALLY_REQUIRE_RUN(boxes);
    static const QRegularExpression box(QStringLiteral("<word xMin=\"([0-9.]+)\"[^>]*xMax=\"([0-9.]+)\"[^>]*>Wmilli"));
    const QRegularExpressionMatch found = box.match(boxes.text);
    QVERIFY2(found.hasMatch(), qPrintable(boxes.text));
    ui::pdf::TextStyle set = ui::pdf::style::body;
    set.face = face;
    set.size *= style == Run::Style::Mono ? 0.85 : 1;
    const double measured = ui::pdf::Fonts().width(QString::fromStdString(word), set);
    const double width = found.captured(2).toDouble() - found.captured(1).toDouble();
    QVERIFY2(std::abs(width - measured) < 0.3, qPrintable(QStringLiteral("%1 of %2").arg(width).arg(measured)));
}

TALLY_TEST(PdfWriterTest)
#include "pdf_writer_test.moc"
