// SPDX-License-Identifier: Apache-2.0
// The pages of all kinds of reports: what stands on them, that nothing is cut, on A4 and Letter.
#include "core/audit/comparison.h"
#include "core/io/tar_header.h"
#include "core/report/report_difference.h"
#include "core/report/report_kinds.h"
#include "tests/core/report/hostile.h"
#include "tests/support/one_cluster.h"
#include "tests/support/test_registry.h"
#include "ui/pdf/pdf_writer.h"
#include "ui/text/message_translator.h"

#include <QBuffer>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace tally;
using namespace tally::test;
using Kind = ReportOptions::Kind;

namespace {

std::string textOf(std::size_t &next)
{
    return hostileTexts()[next++ % hostileTexts().size()];
}

/// What people enter and hand over, with such names too.
void addHostileRecords(AuditState &audit)
{
    std::size_t next = 0;
    for (std::size_t i = 0; i < hostileTexts().size(); ++i) {
        Measure measure;
        measure.key = "M-" + std::to_string(100 + i);
        measure.title = textOf(next);
        measure.description = textOf(next);
        measure.owner = textOf(next);
        measure.due = "2026-12-" + std::to_string(10 + i);
        measure.at = "2026-11-01T10:00:00Z";
        measure.requirements = {"SYS.1.6.A17.1"};
        audit.records.measures[measure.key] = measure;
        Attachment attachment;
        attachment.key = "N-" + std::to_string(100 + i);
        attachment.name = textOf(next);
        attachment.title = textOf(next);
        attachment.note = textOf(next);
        attachment.source = textOf(next);
        attachment.by = textOf(next);
        attachment.mediaType = textOf(next);
        attachment.sha256 = std::string(64, 'a');
        attachment.bytes = 12345;
        audit.attachments.push_back(attachment);
        EvidenceRequest request;
        request.key = "R-" + std::to_string(100 + i);
        request.what = textOf(next);
        request.whom = textOf(next);
        request.answer = textOf(next);
        audit.records.requests[request.key] = request;
    }
    auto cluster = std::make_shared<Cluster>(*audit.clusters.front().cluster);
    cluster->uncoveredNamespaces = hostileTexts();
    cluster->label = hostileTexts().front();
    test::setCluster(audit, cluster);
}

ReportLook house()
{
    QImage picture(300, 100, QImage::Format_ARGB32);
    picture.fill(QColor(0, 80, 160, 200));
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "PNG");
    ReportLook look;
    look.paper = Paper::Letter;
    look.logo = readLogo(png.toStdString(), "house.png").value();
    look.letterhead = {"Stadtwerke Musterhafen GmbH", "Am Kai 3", "20457 Musterhafen"};
    look.signatures = {{"Head of audit", "Jana Beck"}, {"Management", ""}};
    return look;
}

struct Output
{
    bool ran = false;
    QString text;
};

Output run(const QString &program, const QStringList &arguments)
{
    if (QStandardPaths::findExecutable(program).isEmpty())
        return {};
    QProcess process;
    process.start(program, arguments);
    const bool ran = process.waitForFinished(300'000);
    return {ran, QString::fromUtf8(process.readAllStandardOutput())};
}

} // namespace

#define TALLY_REQUIRE_RUN(output) \
    if (!(output).ran) \
    QSKIP("a program of poppler-utils is not installed")

class ReportPagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void managementIsTwoPages_data();
    void managementIsTwoPages();
    void comparedRequirementsAreOnePage_data();
    void comparedRequirementsAreOnePage();
    void hostileNamesStayWhole();
    void nothingIsPaintedOutside_data();
    void nothingIsPaintedOutside();
    void letterHasItsSizeAndTheLogo();
    void archivalWithLogoHasNoTransparency();
    void longMarksAndNamesStandBesideEachOther_data();
    void longMarksAndNamesStandBesideEachOther();

private:
    QString save(const ReportFixture &fixture, const ReportOptions &options,
        tally::ui::PdfOptions::Variant variant = tally::ui::PdfOptions::Variant::Full);

    QTemporaryDir m_folder;
    int m_files = 0;
};

QString ReportPagesTest::save(
    const ReportFixture &fixture, const ReportOptions &options, tally::ui::PdfOptions::Variant variant)
{
    ReportOptions made = options;
    made.createdAt = "2026-11-20T16:42:00Z";
    const auto bytes = tally::ui::writePdf(
        buildReport(fixture.input(), made, tally::ui::MessageTranslator(made.language)), {variant});
    QFile file(m_folder.filePath(QString::number(++m_files) + QStringLiteral(".pdf")));
    if (!bytes || !file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(*bytes)) < 0)
        return {};
    return file.fileName();
}

void ReportPagesTest::managementIsTwoPages_data()
{
    QTest::addColumn<int>("paper");
    QTest::addColumn<bool>("hostile");
    QTest::addColumn<bool>("empty");
    QTest::addColumn<bool>("judged");
    QTest::newRow("A4") << 0 << false << false << false;
    QTest::newRow("Letter with a letterhead") << 1 << false << false << false;
    QTest::newRow("Letter, severities judged") << 1 << false << false << true;
    QTest::newRow("hostile") << 1 << true << false << false;
    QTest::newRow("nothing done yet") << 0 << false << true << false;
}

void ReportPagesTest::managementIsTwoPages()
{
    QFETCH(int, paper);
    QFETCH(bool, hostile);
    QFETCH(bool, empty);
    QFETCH(bool, judged);
    ReportFixture fixture = empty ? makeEmptyFixture()
        : hostile                 ? makeHostileFixture()
        : judged                  ? makeJudgedFixture()
                                  : makeReportFixture(200);
    if (!empty)
        addHostileRecords(fixture.audit);
    ReportOptions options;
    options.kind = Kind::Management;
    if (paper == 1)
        options.look = house();
    for (const Language language : {Language::German, Language::English}) {
        options.language = language;
        const QString path = save(fixture, options);
        QVERIFY(!path.isEmpty());
        const Output info = run(QStringLiteral("pdfinfo"), {path});
        TALLY_REQUIRE_RUN(info);
        QVERIFY2(info.text.contains(QRegularExpression(QStringLiteral("Pages:\\s+2\\n"))), qPrintable(info.text));
    }
}

void ReportPagesTest::comparedRequirementsAreOnePage_data()
{
    QTest::addColumn<Paper>("paper");
    QTest::addColumn<Language>("language");
    QTest::newRow("A4, German") << Paper::A4 << Language::German;
    QTest::newRow("A4, English") << Paper::A4 << Language::English;
    QTest::newRow("Letter, German") << Paper::Letter << Language::German; // English names of states take two lines
}

void ReportPagesTest::comparedRequirementsAreOnePage()
{
    QFETCH(Paper, paper);
    QFETCH(Language, language);
    const ReportFixture fixture = makeReportFixture();
    const auto state = [&fixture] {
        auto made = std::make_shared<AuditState>(fixture.audit);
        made->run = made->assessment;
        return made;
    };
    const auto compared = compareAudits(state(), state(), fixture.catalogue, fixture.checks);
    QVERIFY(compared.has_value());
    ReportOptions options;
    options.language = language;
    options.createdAt = "2026-11-20T16:42:00Z";
    options.look = ReportLook{};
    options.look->paper = paper;
    const auto bytes = tally::ui::writePdf(buildDifference(
        {**compared, fixture.catalogue, fixture.checks}, options, tally::ui::MessageTranslator(language)));
    QVERIFY(bytes.has_value());
    QFile file(m_folder.filePath(QStringLiteral("compared.pdf")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray::fromStdString(*bytes)) > 0);
    file.close();
    const Output text
        = run(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), file.fileName(), QStringLiteral("-")});
    TALLY_REQUIRE_RUN(text);
    QList<qsizetype> first;
    QList<qsizetype> last;
    const QStringList pages = text.text.split(u'\f');
    for (qsizetype i = 0; i < pages.size(); ++i) {
        if (pages[i].contains(QRegularExpression(QStringLiteral("(?m)^ *A1 "))))
            first << i;
        if (pages[i].contains(QRegularExpression(QStringLiteral("(?m)^ *A26 "))))
            last << i;
    }
    QCOMPARE(first.size(), 2); // the table, and the picture of the parts
    QCOMPARE(last, first);
}

void ReportPagesTest::hostileNamesStayWhole()
{
    ReportFixture fixture = makeHostileFixture();
    addHostileRecords(fixture.audit);
    ReportOptions options;
    options.language = Language::English;
    for (const Kind kind : {Kind::Full, Kind::Plan, Kind::Evidence, Kind::Unchecked}) {
        options.kind = kind;
        const QString path = save(fixture, options);
        QVERIFY(!path.isEmpty());
        // In the order of painting, which is that of the cells: each value stands in one piece.
        const Output text = run(QStringLiteral("pdftotext"),
            {QStringLiteral("-raw"), QStringLiteral("-enc"), QStringLiteral("UTF-8"), path, QStringLiteral("-")});
        TALLY_REQUIRE_RUN(text);
        QString plain = text.text;
        plain.remove(QRegularExpression(QStringLiteral("\\s+")));
        const char *of = infoOf(kind).name.data();
        QVERIFY2(plain.contains(QString(500, u'x')), of);
        QVERIFY2(plain.contains(u"<U+202E>txt.exe<U+202C>"), of);
        QVERIFY2(plain.contains(u"<script>alert(1)</script>]]>&amp;[link](javascript:x)"), of);
        QVERIFY2(plain.contains(u"%1%2%n%%"), of);
        QVERIFY2(plain.contains(QString(QChar(0x0316)).repeated(100)), of); // all accents, to be copied
        QVERIFY2(plain.contains(u"<U+1F433>") || plain.contains(QStringLiteral("\U0001F433")), of);
    }
}

void ReportPagesTest::nothingIsPaintedOutside_data()
{
    QTest::addColumn<int>("kind");
    for (const ReportKindInfo &info : reportKinds())
        QTest::newRow(info.name.data()) << static_cast<int>(info.kind);
}

void ReportPagesTest::nothingIsPaintedOutside()
{
    QFETCH(int, kind);
    ReportFixture fixture = makeHostileFixture();
    addHostileRecords(fixture.audit);
    ReportOptions options;
    options.kind = static_cast<Kind>(kind);
    options.look = house();
    const QString path = save(fixture, options);
    QVERIFY(!path.isEmpty());
    const Output boxes = run(QStringLiteral("pdftotext"), {QStringLiteral("-bbox"), path, QStringLiteral("-")});
    TALLY_REQUIRE_RUN(boxes);
    const QRegularExpression word(QStringLiteral(
        "<word xMin=\"([-0-9.]+)\" yMin=\"([-0-9.]+)\" xMax=\"([-0-9.]+)\" yMax=\"([-0-9.]+)\">([^<]*)"));
    constexpr double left = 22 * 72 / 25.4;
    constexpr double right = 192 * 72 / 25.4;
    int words = 0;
    for (auto match = word.globalMatch(boxes.text); match.hasNext(); ++words) {
        const QRegularExpressionMatch each = match.next();
        const bool inside = each.captured(1).toDouble() > left - 1.5 && each.captured(3).toDouble() < right + 1.5
            && each.captured(2).toDouble() > 25 && each.captured(4).toDouble() < 792 - 25;
        QVERIFY2(inside, qPrintable(each.captured()));
    }
    QVERIFY(words > 100);
}

void ReportPagesTest::letterHasItsSizeAndTheLogo()
{
    ReportOptions options;
    options.language = Language::English;
    options.look = house();
    options.classification = "TLP:AMBER+STRICT";
    const QString path = save(makeReportFixture(), options);
    const Output info = run(QStringLiteral("pdfinfo"), {path});
    TALLY_REQUIRE_RUN(info);
    QVERIFY2(info.text.contains(QRegularExpression(QStringLiteral("Page size:\\s+612 x 792"))), qPrintable(info.text));
    const Output images = run(QStringLiteral("pdfimages"), {QStringLiteral("-list"), path});
    TALLY_REQUIRE_RUN(images);
    QVERIFY2(
        images.text.count(QStringLiteral(" rgb ")) == 1 && !images.text.contains(u"smask"), qPrintable(images.text));
    const QString text = run(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), path, QStringLiteral("-")}).text;
    QVERIFY(text.contains(u"Am Kai 3") && text.contains(u"Jana Beck") && text.contains(u"Head of audit"));
    for (const QString &page : text.split(u'\f', Qt::SkipEmptyParts))
        QVERIFY2(page.contains(u"TLP:AMBER+STRICT"), qPrintable(page));
}

void ReportPagesTest::longMarksAndNamesStandBesideEachOther_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<Paper>("paper");
    QTest::addColumn<QString>("mark");
    const QString usual = QStringLiteral("VS-NUR FÜR DEN DIENSTGEBRAUCH - nur für das Projekt Containerplattform");
    QTest::newRow("A4") << static_cast<int>(Kind::Management) << Paper::A4 << usual;
    QTest::newRow("Letter, with a cover") << static_cast<int>(Kind::Full) << Paper::Letter << usual;
    QTest::newRow("very long") << static_cast<int>(Kind::Management) << Paper::A4
                               << (usual + u' ' + usual + u' ' + usual);
    QTest::newRow("one word") << static_cast<int>(Kind::Management) << Paper::A4 << QString(130, u'x');
}

void ReportPagesTest::longMarksAndNamesStandBesideEachOther()
{
    QFETCH(int, kind);
    QFETCH(Paper, paper);
    QFETCH(QString, mark);
    ReportOptions options;
    options.kind = static_cast<Kind>(kind);
    options.classification = mark.toStdString();
    options.look = ReportLook{};
    options.look->paper = paper;
    options.look->signatures
        = {{"Prüfer", "Prof. Dr.-Ing. Maximiliane Freifrau von Hohenstein-Schwarzenberg, Abteilung für Prüfungen"},
            {"ISB", "Jana Beck"}};
    const QString path = save(makeReportFixture(), options);
    const Output boxes = run(QStringLiteral("pdftotext"), {QStringLiteral("-bbox"), path, QStringLiteral("-")});
    TALLY_REQUIRE_RUN(boxes);
    const QRegularExpression word(
        QStringLiteral("<word xMin=\"([-0-9.]+)\" yMin=\"([-0-9.]+)\" xMax=\"([-0-9.]+)\" yMax=\"([-0-9.]+)\">"
                       "([^<]*)"));
    const QString whole = QString(mark).remove(u' ');
    const QStringList pages = boxes.text.split(QStringLiteral("<page ")).sliced(1);
    for (const QString &page : pages) {
        QList<std::pair<QRectF, QString>> words;
        QString head;
        QString foot;
        const double bottom = paper == Paper::A4 ? 842 - 49 : 792 - 49;
        for (auto match = word.globalMatch(page); match.hasNext();) {
            const QRegularExpressionMatch each = match.next();
            // A little less than the box, which has the height of the line, not that of the letters.
            const QRectF box = QRectF(QPointF(each.captured(1).toDouble(), each.captured(2).toDouble()),
                QPointF(each.captured(3).toDouble(), each.captured(4).toDouble()))
                                   .adjusted(0.3, 2.5, -0.3, -2.5);
            for (const auto &other : words)
                QVERIFY2(!other.first.intersects(box), qPrintable(other.second + u" / " + each.captured(5)));
            words.push_back({box, each.captured(5)});
            if (box.center().y() < 60)
                head += each.captured(5);
            if (box.center().y() > bottom)
                foot += each.captured(5);
        }
        QVERIFY2(head.contains(whole), qPrintable(head));
        const bool cover = kind == static_cast<int>(Kind::Full) && pages.front() == page;
        QVERIFY2(cover || foot.contains(whole), qPrintable(foot));
    }
    QCOMPARE(boxes.text.contains(QStringLiteral("Maximiliane")), kind == static_cast<int>(Kind::Full));
}

void ReportPagesTest::archivalWithLogoHasNoTransparency()
{
    ReportOptions options;
    options.kind = Kind::Management;
    options.look = house();
    const QString path = save(makeReportFixture(), options, tally::ui::PdfOptions::Variant::ArchivalA1b);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.size() > 1000 && bytes.contains("/Subtype /Image"));
    QCOMPARE(bytes.count("/SMask"), bytes.count("/SMask /None"));
    QVERIFY(!bytes.contains("/S /Transparency"));
}

TALLY_TEST(ReportPagesTest)
#include "report_pages_test.moc"
