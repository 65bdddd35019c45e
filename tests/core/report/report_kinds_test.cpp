// SPDX-License-Identifier: Apache-2.0
// Kinds of reports, what is left out of them, and how a house wants them to look.
#include "core/audit/audit.h"
#include "core/io/tar_header.h"
#include "core/report/missing_inputs.h"
#include "core/report/report_kinds.h"
#include "core/report/report_texts.h"
#include "tests/core/report/english.h"
#include "tests/core/report/report_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;
using Kind = ReportOptions::Kind;

namespace {

ReportOptions optionsFor(Kind kind)
{
    ReportOptions options;
    options.language = Language::English;
    options.kind = kind;
    options.createdAt = "2026-11-20T16:42:00Z";
    return options;
}

QString htmlOf(const ReportFixture &fixture, const ReportOptions &options)
{
    return QString::fromStdString(writeHtml(buildReport(fixture.input(), options, English())));
}

void addMeasure(AuditState &audit, const char *key, const char *title, Measure::State state, const char *due)
{
    Measure measure;
    measure.key = key;
    measure.title = title;
    measure.state = state;
    measure.due = due;
    measure.at = "2026-11-18T10:00:00Z";
    audit.records.measures[key] = measure;
}

/// 1 x 1, as every encoder writes it.
const std::string tinyPng
    = decodeBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
          .value();

/// Each link within the document has its target.
bool allLinksLead(const QString &html)
{
    for (qsizetype at = html.indexOf(u"href=\"#r-"); at >= 0; at = html.indexOf(u"href=\"#r-", at + 1)) {
        const QString id = html.mid(at + 7, html.indexOf(u'"', at + 7) - at - 7);
        if (!html.contains(QStringLiteral("id=\"%1\"").arg(id))) {
            qWarning("no target: %s", qPrintable(id));
            return false;
        }
    }
    return true;
}

} // namespace

class ReportKindsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindHasANameOfItsOwn();
    void whatPeopleTypedKeepsItsLines();
    void managementIsShort();
    void theShortOneNamesOnlyWhatItHolds();
    void planAloneHoldsItsMeasures();
    void planSaysThatThereIsNone();
    void timelineBeginsWhereMeasuresWereRecorded();
    void uncheckedNamesReasonAndCommand();
    void uncheckedWithoutARun();
    void commandsTakeNoNamesThatAShellReads();
    void sectionsAreLeftOutAloud();
    void onlyOpenLeavesOutWhatIsSettled();
    void onlyOneNamespace();
    void oneNamespaceNamesNoOtherTarget();
    void nothingIsChosenInVain_data();
    void nothingIsChosenInVain();
    void linksLeadSomewhere();
    void logosAreLookedAt_data();
    void logosAreLookedAt();
    void lookIsKeptInTheAudit();
    void tlpMarksHaveTheirColour();
    void lookStandsInTheReport();
};

void ReportKindsTest::everyKindHasANameOfItsOwn()
{
    std::set<std::string_view> names;
    const ReportFixture fixture = makeReportFixture();
    for (const ReportKindInfo &info : reportKinds()) {
        QVERIFY(names.insert(info.name).second);
        QCOMPARE(reportKind(info.name).value(), info.kind);
        QCOMPARE(infoOf(info.kind).name, info.name);
        const ReportDocument document = buildReport(fixture.input(), optionsFor(info.kind), English());
        QVERIFY2(document.blocks.size() > 2, info.name.data());
        // Evidence and requests are those of the whole audit.
        const bool namesModule = document.title.find(fixture.catalogue.modules.front().title.en) != std::string::npos;
        QCOMPARE(namesModule, info.kind != Kind::Evidence && info.kind != Kind::Requests);
        QVERIFY2(writeHtml(document).find(fixture.audit.journalHead) != std::string::npos, info.name.data());
        QVERIFY(QString::fromStdString(document.version).contains(u"20 Nov 2026"));
    }
    QCOMPARE(names.size(), 8);
    const auto unknown = reportKind("novel");
    QVERIFY(!unknown);
    QVERIFY(unknown.error().message.args.at(1).find("management") != std::string::npos);
}

void ReportKindsTest::whatPeopleTypedKeepsItsLines()
{
    ReportFixture fixture = makeReportFixture();
    fixture.audit.decisions.at("SYS.1.6.A15").reason = "Erster <Absatz>\r\n\nZweiter\x07 Absatz";
    addMeasure(fixture.audit, "M-001", "Drop privileged", Measure::State::Planned, "2026-12-24");
    fixture.audit.records.measures.at("M-001").description = "Zeile 1\nZeile 2";
    const QString report = htmlOf(fixture, optionsFor(Kind::Full));
    QVERIFY(report.contains(u"Erster &lt;Absatz&gt;<br>\n<br>\nZweiter&lt;U+0007&gt; Absatz"));
    QVERIFY(!report.contains(u"Absatz&lt;U+"));
    QVERIFY(htmlOf(fixture, optionsFor(Kind::Plan)).contains(u"Zeile 1<br>\nZeile 2"));
}

void ReportKindsTest::theShortOneNamesOnlyWhatItHolds()
{
    ReportFixture fixture = makeReportFixture();
    addMeasure(fixture.audit, "M-001", "Less rights", Measure::State::Planned, "2026-12-01");
    Measure &measure = fixture.audit.records.measures["M-001"];
    for (const Finding &finding : fixture.audit.assessment->findings)
        measure.checks.push_back(finding.check);
    const QString full = htmlOf(fixture, optionsFor(Kind::Full));
    const QString text = htmlOf(fixture, optionsFor(Kind::Short));
    for (const char *elsewhere : {"U-01", "section 4", "annex A"}) {
        QVERIFY2(!text.contains(QLatin1String(elsewhere)), elsewhere);
    }
    QVERIFY(full.contains(u"U-01") && full.contains(u"section 4")); // of what is said elsewhere there is something
    QVERIFY(text.contains(u"M-001") && text.contains(u"not checked by the program"));
}

void ReportKindsTest::managementIsShort()
{
    ReportFixture fixture = makeReportFixture(300);
    for (int i = 0; i < 30; ++i)
        addMeasure(fixture.audit, ("M-0" + std::to_string(10 + i)).c_str(), "Drop privileged", Measure::State::Planned,
            "2026-12-24");
    const ReportDocument document = buildReport(fixture.input(), optionsFor(Kind::Management), English());
    int pages = 0;
    const TileChart *tiles = nullptr;
    for (const ReportBlock &block : document.blocks) {
        if (const auto *heading = std::get_if<Heading>(&block); heading && heading->level == 1) {
            ++pages;
            QVERIFY(heading->onePage);
        }
        if (std::holds_alternative<TileChart>(block))
            tiles = &std::get<TileChart>(block);
    }
    QCOMPARE(pages, 2);
    QVERIFY(tiles);
    std::size_t fields = 0;
    for (const TileChart::Row &row : tiles->rows)
        fields += row.tiles.size();
    QCOMPARE(fields, 26);
    QVERIFY(QString::fromStdString(tiles->alt).contains(u"A17: proposal deviation, decision partially"));
    const QString html = htmlOf(fixture, optionsFor(Kind::Management));
    QVERIFY(html.contains(u"24 more open measures stand in the implementation plan"));
    QVERIFY(html.contains(u"Measures in all: 30, done: 0, overdue: 0."));
    QVERIFY(html.contains(u"Container runs privileged"));
    QVERIFY(html.contains(u"LimitRange, ResourceQuota"));
    QVERIFY(!html.contains(u"session-proxy-1")); // objects are for those who mend them
}

void ReportKindsTest::planAloneHoldsItsMeasures()
{
    ReportFixture fixture = makeReportFixture();
    addMeasure(fixture.audit, "M-001", "Drop privileged", Measure::State::Planned, "2026-12-24");
    addMeasure(fixture.audit, "M-002", "Rotate tokens", Measure::State::Verified, "2026-10-01");
    const QString whole = htmlOf(fixture, optionsFor(Kind::Plan));
    QVERIFY(whole.contains(u"Drop privileged") && whole.contains(u"Rotate tokens"));
    QVERIFY(whole.contains(u"Default-Deny in neun")); // named in a decision
    QVERIFY(!whole.contains(u"Requirements in detail"));
    ReportOptions open = optionsFor(Kind::Plan);
    open.choice.onlyOpen = true;
    const QString part = htmlOf(fixture, open);
    QVERIFY(part.contains(u"Drop privileged") && !part.contains(u"Rotate tokens"));
    QVERIFY(part.contains(u"Implementation plan (excerpt)"));
    QVERIFY(part.contains(u"Measures not shown: 1 of 2."));
}

void ReportKindsTest::planSaysThatThereIsNone()
{
    QVERIFY(htmlOf(makeEmptyFixture(), optionsFor(Kind::Plan)).contains(u"Nothing is planned yet"));
}

void ReportKindsTest::timelineBeginsWhereMeasuresWereRecorded()
{
    ReportFixture fixture = makeReportFixture();
    addMeasure(fixture.audit, "M-001", "Drop privileged", Measure::State::Planned, "2027-03-20");
    addMeasure(fixture.audit, "M-002", "Rotate tokens", Measure::State::InProgress, "2026-11-19");
    addMeasure(fixture.audit, "M-003", "Some day", Measure::State::Planned, "");
    fixture.audit.journal.push_back(
        {4, "2026-09-20T10:00:00Z", "Jana Beck", "measure", "M-001 Drop privileged", "{}", std::string(64, '4')});
    const ReportDocument document = buildReport(fixture.input(), optionsFor(Kind::Plan), English());
    const Table *timeline = nullptr;
    for (const ReportBlock &block : document.blocks) {
        if (const auto *table = std::get_if<Table>(&block); table && !table->columns.back().marks.empty())
            timeline = table;
    }
    QVERIFY(timeline);
    // 1 Oct 2026 to 1 Mar 2027, and the day of the report
    QCOMPARE(timeline->columns.back().marks.size(), 7);
    QCOMPARE(timeline->columns.back().marks.front().label, std::string("2026-10"));
    QVERIFY(timeline->columns.back().marks.back().strong);
    QCOMPARE(timeline->rows.size(), 2);
    const Cell &late = timeline->rows[0].cells.back();
    const Cell &far = timeline->rows[1].cells.back();
    QCOMPARE(timeline->rows[1].cells[2].lines[0][0].text, std::string("20 Sep 2026"));
    QCOMPARE(far.barFrom, 0.0);
    QCOMPARE(far.bar, 1.0);
    QVERIFY(late.barFrom > 0.3 && late.bar > late.barFrom && late.bar < 0.4);
    QVERIFY(htmlOf(fixture, optionsFor(Kind::Plan)).contains(u"without a date, which no chart can show: 1"));
}

void ReportKindsTest::uncheckedNamesReasonAndCommand()
{
    const QString html = htmlOf(makeReportFixture(), optionsFor(Kind::Unchecked));
    QVERIFY(html.contains(u"kubectl get limitranges -A -o yaml &gt; limitranges.yaml"));
    QVERIFY(html.contains(u"kubectl get resourcequotas -A -o yaml &gt; resourcequotas.yaml"));
    QVERIFY(html.contains(u"not contained in the export"));
    QVERIFY(html.contains(u"A15.1") && html.contains(u"A26.2"));
    QVERIFY(html.contains(u"Output of ps -o user,cmd"));  // what to ask people for
    QVERIFY(html.contains(u"gis-tileserver_latest.tar")); // read in part only
    QVERIFY(!html.contains(u"/home/pruefer"));
}

void ReportKindsTest::uncheckedWithoutARun()
{
    const QString html = htmlOf(makeEmptyFixture(), optionsFor(Kind::Unchecked));
    QVERIFY(html.contains(u"nothing at all has been checked"));
    QVERIFY(html.contains(u"No sources were handed over"));
    QVERIFY(html.count(u"not checked") > 50);
}

void ReportKindsTest::commandsTakeNoNamesThatAShellReads()
{
    AuditState audit;
    QVERIFY(imagesNotHandedOver(audit).empty());
    QCOMPARE(commandFor(audit, "image"), std::string());
    QCOMPARE(commandFor(audit, "LimitRange"), std::string("tallymann-cli export-script > export.sh"));
    QCOMPARE(commandFor(makeReportFixture().audit, "RuntimeClass"),
        std::string("kubectl get runtimeclasses -o yaml > runtimeclasses.yaml"));
    QCOMPARE(commandFor(audit, "policy"), std::string());
}

void ReportKindsTest::sectionsAreLeftOutAloud()
{
    ReportOptions options = optionsFor(Kind::Full);
    options.choice.sections = {ReportSection::Summary, ReportSection::Findings};
    const ReportFixture fixture = makeReportFixture();
    const ReportDocument document = buildReport(fixture.input(), options, English());
    QStringList numbers;
    for (const ReportBlock &block : document.blocks) {
        if (const auto *heading = std::get_if<Heading>(&block); heading && heading->level == 1)
            numbers << QString::fromStdString(heading->anchor);
    }
    QCOMPARE(numbers, QStringList({QStringLiteral("s1"), QStringLiteral("A")}));
    QVERIFY(QString::fromStdString(document.version).endsWith(u", excerpt"));
    QCOMPARE(std::get<Cover>(document.blocks.front()).kind, std::string("Audit report (excerpt)"));
    const QString html = htmlOf(fixture, options);
    QVERIFY(html.contains(u"Sections of the report here: 1, A. Left out: 2"));
    QVERIFY(html.contains(u"This is an excerpt; the cover says"));
    QVERIFY(html.contains(u"5 of 26") || html.contains(u"5</b>")); // the counts are those of the whole audit
    const QString whole = htmlOf(fixture, optionsFor(Kind::Full));
    QVERIFY(!whole.contains(u"This is an excerpt") && !whole.contains(u"(excerpt)"));
}

void ReportKindsTest::onlyOpenLeavesOutWhatIsSettled()
{
    ReportOptions options = optionsFor(Kind::Full);
    options.choice.onlyOpen = true;
    ReportFixture fixture = makeReportFixture();
    fixture.audit.exceptions.begin()->second.kind = "deferred"; // accepted, it stays open: A17.1 is a MUST
    const ReportDocument document = buildReport(fixture.input(), options, English());
    QStringList shown;
    for (const ReportBlock &block : document.blocks) {
        if (const auto *heading = std::get_if<Heading>(&block); heading && heading->kind == Heading::Kind::Requirement)
            shown << QString::fromStdString(heading->number);
    }
    // A1 and A15 are "yes", A26 is dispensable
    QCOMPARE(shown.size(), 23);
    QVERIFY(!shown.contains(u"A15") && shown.contains(u"A17") && shown.contains(u"A5"));
    const QString html = htmlOf(fixture, options);
    QVERIFY(html.contains(u"Requirements not shown: 3 of 26."));
    QVERIFY(html.contains(u"Findings not shown: 1 of 61.")); // the deferred one
    QVERIFY(!html.contains(u"Wird mit der nächsten Fassung abgelöst</strong>"));
}

void ReportKindsTest::onlyOneNamespace()
{
    ReportOptions options = optionsFor(Kind::Deficiencies);
    options.choice.namespaceName = "gis";
    const ReportFixture fixture = makeReportFixture(40);
    const QString html = htmlOf(fixture, options);
    const QString annex = html.mid(html.indexOf(u"id=\"r-A\""));
    QVERIFY(annex.contains(u"session-proxy-2") && !annex.contains(u"kundenportal"));
    QVERIFY(annex.contains(u"10 of 40 findings"));
    QVERIFY(html.contains(u"Findings not shown: 151 of 201.")); // five cluster checks of 40, and one of an image
    QVERIFY(html.contains(u"201"));
    options.kind = Kind::Full;
    const QString full = htmlOf(fixture, options);
    QVERIFY(full.contains(u"Only the namespace “gis”"));
    const auto five = full.indexOf(u"id=\"r-s1-deviations\"");
    const QString summary = full.mid(five, full.indexOf(u"id=\"r-s1-not-checked\"") - five);
    QVERIFY(summary.contains(u"session-proxy") && !summary.contains(u"kundenportal"));
    QVERIFY(full.contains(u"Only images that workloads in the namespace “gis” run: 0 of 1."));
    QVERIFY(!full.contains(u"id=\"r-B.1\""));
    QVERIFY(allLinksLead(full));
}

void ReportKindsTest::oneNamespaceNamesNoOtherTarget()
{
    ReportFixture fixture = makeTargetsFixture();
    ReportOptions options = optionsFor(Kind::Full);
    QVERIFY(htmlOf(fixture, options).contains(u"zaehlerdaten"));
    options.choice.namespaceName = "gis";
    const QString full = htmlOf(fixture, options);
    QVERIFY(full.contains(u"T-004") && full.contains(u"T-002")); // "g*", and an image
    QVERIFY(!full.contains(u"T-001"));
}

void ReportKindsTest::nothingIsChosenInVain_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("section");
    QTest::addColumn<bool>("onlyOpen");
    QTest::addColumn<QString>("space");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, Kind kind, int section, bool open, const char *space, const char *code) {
        QTest::newRow(name) << static_cast<int>(kind) << section << open << QString::fromLatin1(space)
                            << QString::fromLatin1(code);
    };
    row("whole", Kind::Full, -1, false, "", "");
    row("all of it", Kind::Full, 0, true, "gis", "");
    row("sections of a list", Kind::Evidence, 0, false, "", "choice.no-sections");
    row("annex of the short one", Kind::Short, static_cast<int>(ReportSection::Findings), false, "",
        "choice.no-section");
    row("open items of the summary", Kind::Management, -1, true, "", "choice.no-open");
    row("namespace of the plan", Kind::Plan, -1, false, "gis", "choice.no-namespace");
    row("unknown namespace", Kind::Full, -1, false, "nowhere", "choice.unknown-namespace");
}

void ReportKindsTest::nothingIsChosenInVain()
{
    QFETCH(int, kind);
    QFETCH(int, section);
    QFETCH(bool, onlyOpen);
    QFETCH(QString, space);
    QFETCH(QString, code);
    ReportOptions options = optionsFor(static_cast<Kind>(kind));
    if (section >= 0)
        options.choice.sections = {static_cast<ReportSection>(section)};
    options.choice.onlyOpen = onlyOpen;
    options.choice.namespaceName = space.toStdString();
    const auto checked = checkChoice(options, makeReportFixture().audit, English());
    QCOMPARE(checked ? QString() : QString::fromLatin1(checked.error().message.def->code), code);
}

void ReportKindsTest::linksLeadSomewhere()
{
    for (const ReportKindInfo &info : reportKinds()) {
        ReportOptions options = optionsFor(info.kind);
        if (info.hasSections)
            options.choice.sections = {ReportSection::Summary};
        const QString html = htmlOf(makeReportFixture(), options);
        QVERIFY(allLinksLead(html));
    }
}

void ReportKindsTest::logosAreLookedAt_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("code");
    const auto svg = [](const char *inside, const char *attributes = "viewBox=\"0 0 40 10\"") {
        return QByteArray("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" "
                          "xmlns:xlink=\"http://www.w3.org/1999/xlink\" ")
            + attributes + ">" + inside + "</svg>";
    };
    const QByteArray png = QByteArray::fromStdString(tinyPng);
    QByteArray wide = png;
    wide[16] = 1; // 16,777,217 pixels
    QTest::newRow("png") << png << QString();
    QTest::newRow("svg") << svg("<path d=\"M0 0h9v9z\" fill=\"#123\"/>") << QString();
    QTest::newRow("svg with gradient") << svg("<defs><linearGradient id=\"g\"/></defs><rect fill=\"url(#g)\"/>")
                                       << QString();
    QTest::newRow("svg in inches") << svg("<g/>", "width=\"4in\" height=\"1in\"") << QString();
    QTest::newRow("too wide") << wide << QStringLiteral("logo.pixels");
    QTest::newRow("cut png") << png.left(20) << QStringLiteral("logo.malformed");
    QTest::newRow("large") << png + QByteArray(300 << 10, 'x') << QStringLiteral("logo.too-large");
    QTest::newRow("jpeg") << QByteArray("\xFF\xD8\xFF\xE0 JFIF") << QStringLiteral("logo.kind");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("logo.kind");
    QTest::newRow("cut svg") << svg("<g>").chopped(10) << QStringLiteral("logo.malformed");
    QTest::newRow("no size") << svg("<g/>", "") << QStringLiteral("logo.no-size");
    QTest::newRow("relative size") << svg("<g/>", "width=\"100%\" height=\"100%\"") << QStringLiteral("logo.no-size");
    const QString refused = QStringLiteral("logo.refused");
    QTest::newRow("script") << svg("<script>alert(1)</script>") << refused;
    QTest::newRow("file") << svg("<image xlink:href=\"/etc/passwd\"/>") << refused;
    QTest::newRow("address") << svg("<linearGradient xlink:href=\"http://example.org/x\"/>") << refused;
    QTest::newRow("handler") << svg("<g onload=\"x()\"/>") << refused;
    QTest::newRow("style") << svg("<style>@import url(http://example.org/x.css);</style>") << refused;
    QTest::newRow("fill") << svg("<rect fill=\"URL( 'http://example.org/x')\"/>") << refused;
    QTest::newRow("use") << svg("<use xlink:href=\"#a\"/>") << refused;
    QTest::newRow("other prefix") << svg("<s:script xmlns:s=\"http://www.w3.org/2000/svg\"/>") << refused;
    QTest::newRow("stylesheet") << QByteArray("<?xml-stylesheet href=\"x\"?><svg viewBox=\"0 0 1 1\"/>") << refused;
    QTest::newRow("entities") << QByteArray("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg viewBox=\"0 0 1 1\"/>") << refused;
    QTest::newRow("deep") << svg(QByteArray("<g>").repeated(60) + QByteArray("</g>").repeated(60)) << refused;
    QTest::newRow("many") << svg(QByteArray("<g/>").repeated(6000)) << refused;
}

void ReportKindsTest::logosAreLookedAt()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, code);
    const auto logo = readLogo(bytes.toStdString(), "logo.x");
    QCOMPARE(logo ? QString() : QString::fromLatin1(logo.error().message.def->code), code);
    if (logo)
        QVERIFY(logo->width >= 1 && logo->height >= 1 && logo->bytes == bytes.toStdString());
    else
        QCOMPARE(logo.error().message.args.at(0), std::string("logo.x"));
}

void ReportKindsTest::lookIsKeptInTheAudit()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit);
    QCOMPARE(reportLook(audit->state()->records), ReportLook());
    ReportLook look;
    look.paper = Paper::Letter;
    look.logo = readLogo(tinyPng, "house.png").value();
    look.letterhead = {"Stadtwerke Musterhafen GmbH", "Am Kai 3"};
    look.signatures = {{"Auditor", "Jana Beck"}, {"Management", ""}};
    const auto changes = lookChanges(audit->state()->records, look);
    QCOMPARE(changes.size(), 4);
    QVERIFY(audit->change(changes));
    QCOMPARE(reportLook(audit->state()->records), look);
    QVERIFY(lookChanges(audit->state()->records, look).empty());
    QVERIFY(audit->undo());
    QCOMPARE(reportLook(audit->state()->records), ReportLook());
    QVERIFY(audit->redo());
    QVERIFY(audit->change(lookChanges(audit->state()->records, {})));
    QVERIFY(audit->state()->records.settings.empty());
}

void ReportKindsTest::tlpMarksHaveTheirColour()
{
    QVERIFY(tlpColor("TLP:RED") && tlpColor(" TLP:AMBER+STRICT "));
    QCOMPARE(tlpColor("TLP:GREEN")->green, 0xFF);
    QVERIFY(!tlpColor("VS-NfD") && !tlpColor("TLP:RED and more") && !tlpColor(""));
}

void ReportKindsTest::lookStandsInTheReport()
{
    ReportFixture fixture = makeReportFixture();
    ReportOptions options = optionsFor(Kind::Full);
    options.look = ReportLook{Paper::Letter, readLogo(tinyPng, "house.png").value(),
        {"Stadtwerke <Musterhafen> & Söhne"}, {{"Chair of the board", "Jana Beck"}}};
    options.classification = "TLP:AMBER";
    const QString html = htmlOf(fixture, options);
    QVERIFY(html.contains(u"src=\"data:image/png;base64,iVBOR"));
    QVERIFY(html.contains(u"Stadtwerke &lt;Musterhafen&gt; &amp; Söhne"));
    QVERIFY(html.contains(u"Chair of the board") && !html.contains(u"Second auditor"));
    QVERIFY(html.contains(u"color:#ffc000\">TLP:AMBER") && !html.contains(u"VERTRAULICH"));
    QVERIFY(html.contains(u"size: letter"));
}

TALLY_TEST(ReportKindsTest)
#include "report_kinds_test.moc"
