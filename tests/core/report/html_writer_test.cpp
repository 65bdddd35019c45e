// SPDX-License-Identifier: Apache-2.0
#include "core/report/report.h"
#include "tests/core/report/english.h"
#include "tests/core/report/report_fixture.h"
#include "tests/support/test_registry.h"

#include <QSet>
#include <QTest>
#include <QXmlStreamReader>

using namespace tally;
using namespace tally::test;

namespace {

QString htmlOf(const ReportFixture &fixture, Language language = Language::English)
{
    ReportOptions options;
    options.language = language;
    options.createdAt = "2026-11-20T16:42:00Z";
    return QString::fromStdString(writeHtml(buildReport(fixture.input(), options, English())));
}

} // namespace

class HtmlWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWellFormed_data();
    void isWellFormed();
    void linksLeadToAnchors();
    void loadsNothing();
    void namesNoFolder();
    void markupInNamesStaysText();
    void sameInputGivesSameBytes();
};

void HtmlWriterTest::isWellFormed_data()
{
    QTest::addColumn<bool>("empty");
    QTest::addColumn<Language>("language");
    QTest::newRow("full, English") << false << Language::English;
    QTest::newRow("full, German") << false << Language::German;
    QTest::newRow("nothing happened yet") << true << Language::English;
}

void HtmlWriterTest::isWellFormed()
{
    QFETCH(bool, empty);
    QFETCH(Language, language);
    QXmlStreamReader reader(htmlOf(empty ? makeEmptyFixture() : makeReportFixture(), language));
    int rows = 0;
    while (!reader.atEnd()) {
        reader.readNext();
        rows += reader.isStartElement() && reader.name() == u"tr";
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QVERIFY(rows > 26);
}

void HtmlWriterTest::linksLeadToAnchors()
{
    QXmlStreamReader reader(htmlOf(makeReportFixture()));
    QSet<QString> ids;
    QSet<QString> links;
    while (!reader.atEnd()) {
        reader.readNext();
        if (!reader.isStartElement())
            continue;
        if (reader.attributes().hasAttribute(QStringLiteral("id"))) {
            const QString id = reader.attributes().value(QStringLiteral("id")).toString();
            QVERIFY2(!ids.contains(id), qPrintable(id));
            ids.insert(id);
        }
        if (reader.name() == u"a")
            links.insert(reader.attributes().value(QStringLiteral("href")).toString().mid(1));
    }
    QVERIFY(links.size() > 30);
    for (const QString &link : std::as_const(links))
        QVERIFY2(ids.contains(link), qPrintable(link));
}

void HtmlWriterTest::loadsNothing()
{
    const QString html = htmlOf(makeReportFixture());
    QVERIFY(html.contains(u"default-src 'none'"));
    for (const QString &loader : {QStringLiteral("<script"), QStringLiteral(" src="), QStringLiteral("@import"),
             QStringLiteral("<link"), QStringLiteral("<img"), QStringLiteral("url(http")})
        QVERIFY2(!html.contains(loader), qPrintable(loader));
}

void HtmlWriterTest::namesNoFolder()
{
    const QString html = htmlOf(makeReportFixture());
    QVERIFY(!html.contains(u"/home/"));
    QVERIFY(html.contains(u"gis-tileserver_latest.tar"));
}

void HtmlWriterTest::markupInNamesStaysText()
{
    ReportFixture fixture = makeReportFixture();
    fixture.audit.info.organisation = "<img src=x onerror=alert(1)> & \"Söhne\"";
    const QString html = htmlOf(fixture);
    QVERIFY(html.contains(u"&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Söhne&quot;"));
    QVERIFY(!html.contains(u"<img"));
}

void HtmlWriterTest::sameInputGivesSameBytes()
{
    QCOMPARE(htmlOf(makeReportFixture()), htmlOf(makeReportFixture()));
}

TALLY_TEST(HtmlWriterTest)
#include "html_writer_test.moc"
