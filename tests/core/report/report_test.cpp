// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_audit.h"
#include "core/report/report.h"
#include "core/report/report_words.h"
#include "tests/core/report/english.h"
#include "tests/core/report/report_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

namespace {

ReportDocument documentOf(const ReportFixture &fixture, ReportOptions::Kind kind = ReportOptions::Kind::Full)
{
    ReportOptions options;
    options.language = Language::English;
    options.kind = kind;
    options.createdAt = "2026-11-20T16:42:00Z";
    return buildReport(fixture.input(), options, English());
}

const Table *tableAfter(const ReportDocument &document, std::string_view anchor)
{
    bool after = false;
    for (const ReportBlock &block : document.blocks) {
        if (const auto *heading = std::get_if<Heading>(&block))
            after = after || heading->anchor == anchor;
        if (const auto *table = std::get_if<Table>(&block); table && after)
            return table;
    }
    return nullptr;
}

std::size_t countOf(const std::string &text, std::string_view part)
{
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++count;
    return count;
}

} // namespace

class ReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void overviewHasEachRequirementAndNothingElse();
    void emptyAuditSaysThatNothingWasChecked();
    void noDecisionIsInvented();
    void yesOverMissingDataSaysSo();
    void notLookedAtIsNeverADash();
    void numbersAgreeBetweenSections();
    void importantDeviationsPutMustFirst();
    void acceptedFindingsStayInAnnexA();
    void shortReportLeavesDetailsOut();
    void namesFromOutsideAreMadeVisible();
    void longValuesSayWhatIsMissing();
    void whoIsNotNamedIsSaid();
    void theChainIsCheckedAndItsResultStands();
    void sizesOfASmallImageAreNotZero();
    void whatWasNotReadOfAnImageIsSaid();
    void judgedSeverityStandsBesideTheProgramsOwn();
    void outdatedDecisionsAreOpen();
};

void ReportTest::overviewHasEachRequirementAndNothingElse()
{
    const ReportDocument document = documentOf(makeReportFixture());
    const Table *overview = tableAfter(document, "s3");
    QVERIFY(overview);
    std::vector<std::string> ids;
    for (const Table::Row &row : overview->rows) {
        if (!row.group)
            ids.push_back(row.cells[0].lines[0][0].link);
    }
    QCOMPARE(ids.size(), std::size_t(26));
    QCOMPARE(ids.front(), "SYS.1.6.A1");
    QCOMPARE(ids.back(), "SYS.1.6.A26");
    QCOMPARE(std::ranges::count(overview->rows, true, &Table::Row::group), 3);
}

void ReportTest::emptyAuditSaysThatNothingWasChecked()
{
    const ReportDocument document = documentOf(makeEmptyFixture());
    const std::string html = writeHtml(document);
    QVERIFY(html.find("No overall verdict yet. 0 of 26 requirements are decided.") != std::string::npos);
    const Table *overview = tableAfter(document, "s3");
    QVERIFY(overview);
    for (const Table::Row &row : overview->rows) {
        if (row.group)
            continue;
        QCOMPARE(row.cells[2].lines[0][0].text, "not checked");
        QCOMPARE(row.cells[3].lines[0][0].text, "not yet assessed");
        QCOMPARE(row.cells[5].lines[0][0].text, "n. c.");
    }
    QVERIFY(html.find("No cluster export was handed over.") != std::string::npos);
    QVERIFY(html.find("No images were handed over.") != std::string::npos);
    QVERIFY(html.find("Nothing was looked at") != std::string::npos);
}

void ReportTest::noDecisionIsInvented()
{
    ReportFixture fixture = makeReportFixture();
    fixture.audit.decisions.clear();
    const ReportDocument document = documentOf(fixture);
    const Table *overview = tableAfter(document, "s3");
    QVERIFY(overview);
    for (const Table::Row &row : overview->rows) {
        if (!row.group)
            QCOMPARE(row.cells[3].lines[0][0].symbol, Symbol::Unbearbeitet);
    }
    for (const ReportBlock &block : document.blocks) {
        if (const auto *charts = std::get_if<ChartPair>(&block)) {
            for (const BarChart::Bar &bar : charts->left.bars) {
                QCOMPARE(bar.segments.size(), std::size_t(1));
                QCOMPARE(bar.segments[0].symbol, Symbol::Unbearbeitet);
            }
        }
    }
    QVERIFY(document.version.ends_with("(draft)"));
}

void ReportTest::yesOverMissingDataSaysSo()
{
    const ReportFixture fixture = makeReportFixture();
    const std::string html = writeHtml(documentOf(fixture));
    QVERIFY(html.find("A15: the auditors say “yes” although this was not seen: LimitRange, ResourceQuota: not "
                      "contained in the export")
        != std::string::npos);
    QVERIFY(html.find("Decided although not seen") != std::string::npos);
}

void ReportTest::notLookedAtIsNeverADash()
{
    const ReportDocument document = documentOf(makeReportFixture());
    const Table *overview = tableAfter(document, "s3");
    QVERIFY(overview);
    const Table::Row &last = overview->rows.back();
    QCOMPARE(last.cells[0].lines[0][0].text, "A26");
    QCOMPARE(last.cells[2].lines[0][0].symbol, Symbol::NotChecked);
    QCOMPARE(last.cells[5].lines[0][0].text, "n. c.");
}

void ReportTest::numbersAgreeBetweenSections()
{
    const ReportFixture fixture = makeReportFixture(7);
    const ReportDocument document = documentOf(fixture);
    std::size_t inAnnex = 0;
    bool annex = false;
    std::string figure;
    for (const ReportBlock &block : document.blocks) {
        if (const auto *heading = std::get_if<Heading>(&block))
            annex = heading->anchor == "A" || heading->kind == Heading::Kind::Cause;
        if (const auto *figures = std::get_if<KeyFigures>(&block))
            figure = figures->figures[2].value;
        if (const auto *table = std::get_if<Table>(&block); table && annex)
            inAnnex += static_cast<std::size_t>(std::ranges::count(table->rows, false, &Table::Row::group));
    }
    QCOMPARE(inAnnex, fixture.audit.assessment->findings.size());
    QCOMPARE(figure, std::to_string(inAnnex));
}

void ReportTest::importantDeviationsPutMustFirst()
{
    ReportFixture fixture = makeReportFixture();
    for (Part &part : fixture.catalogue.modules[0].requirements[7].parts)
        part.modal = "SOLLTE"; // A8: the critical SEC-ENV-PLAIN proves a SHOULD only
    const ReportDocument document = documentOf(fixture);
    const Table *table = tableAfter(document, "s1-deviations");
    QVERIFY(table);
    QCOMPARE(table->rows.size(), std::size_t(5));
    QCOMPARE(table->rows.front().cells[1].lines[0][0].text, "Container runs privileged");
    QCOMPARE(table->rows.back().cells[1].lines[0][0].text, "Credentials stand in plain text in environment variables");
}

void ReportTest::acceptedFindingsStayInAnnexA()
{
    const std::string html = writeHtml(documentOf(makeReportFixture()));
    QVERIFY(html.find("Accepted, deferred or false alarm (1)") != std::string::npos);
    QVERIFY(html.find("valid until 30 Jun 2027") != std::string::npos);
}

void ReportTest::shortReportLeavesDetailsOut()
{
    const std::string html = writeHtml(documentOf(makeReportFixture(), ReportOptions::Kind::Short));
    QVERIFY(html.find("Overview of the 26 requirements") != std::string::npos);
    QVERIFY(html.find("Requirements in detail") == std::string::npos);
    QVERIFY(html.find("Findings by cause") == std::string::npos);
    const std::string deficiencies = writeHtml(documentOf(makeReportFixture(), ReportOptions::Kind::Deficiencies));
    QVERIFY(deficiencies.find("Findings by cause") != std::string::npos);
    QVERIFY(deficiencies.find("Overview of the 26 requirements") == std::string::npos);
}

void ReportTest::namesFromOutsideAreMadeVisible()
{
    const std::string html = writeHtml(documentOf(makeReportFixture()));
    QVERIFY(countOf(html, "rechnung_&lt;U+202E&gt;fdp.exe") > 0);
    QCOMPARE(countOf(html, "\u202E"), std::size_t(0));
}

void ReportTest::longValuesSayWhatIsMissing()
{
    const English english;
    const Words words(Language::English, english);
    QCOMPARE(words.outside("ü"), "ü");
    QCOMPARE(words.outside(std::string(1000, 'x')), std::string(1000, 'x'));
    QCOMPARE(words.outside(std::string(2250, 'x')), std::string(1000, 'x') + " … shortened: 1,250 more characters");
    std::string umlauts;
    for (int i = 0; i < 1001; ++i)
        umlauts += "ü";
    QVERIFY(words.outside(umlauts).ends_with("ü … shortened: 1 more characters"));
}

void ReportTest::whoIsNotNamedIsSaid()
{
    ReportFixture fixture = makeReportFixture();
    for (JournalEntry &entry : fixture.audit.journal)
        entry.by.clear();
    const ReportDocument document = documentOf(fixture);
    const Table *journal = tableAfter(document, "s6-2");
    QVERIFY(journal && !journal->rows.empty());
    for (const Table::Row &row : journal->rows)
        QCOMPARE(row.cells[2].lines[0][0].text, std::string("not stated"));
}

void ReportTest::theChainIsCheckedAndItsResultStands()
{
    const ReportFixture fixture = makeReportFixture();
    ReportOptions options;
    options.language = Language::English;
    const auto html = [&](const VerifyResult *chain) {
        ReportInput input = fixture.input();
        input.chain = chain;
        return writeHtml(buildReport(input, options, English()));
    };
    const std::string unchecked = "has not checked the chain";
    QVERIFY(html(nullptr).find(unchecked) != std::string::npos);
    VerifyResult good{true, true, fixture.audit.journalHead, {}, {}};
    const std::string checked = html(&good);
    QVERIFY(checked.find("every value is as the journal says") != std::string::npos);
    QVERIFY(checked.find(unchecked) == std::string::npos);
    const VerifyResult bad{
        false, true, fixture.audit.journalHead, {{auditDef("verify.row-changed"), {"decision", "7"}}}, {}};
    const std::string broken = html(&bad);
    QVERIFY(broken.find("Table decision, row 7 was changed outside the program.") != std::string::npos);
    QVERIFY(broken.find("every value is as the journal says") == std::string::npos);
    good.head = std::string(64, '0'); // of another state of the file
    QVERIFY(html(&good).find("every value is as the journal says") == std::string::npos);
}

void ReportTest::sizesOfASmallImageAreNotZero()
{
    ReportFixture fixture = makeReportFixture();
    auto image = std::make_shared<Image>();
    image->layers.resize(2);
    image->layers[0].bytes = 21'345;
    image->layers[1].bytes = 0;
    image->bytes = 21'345;
    fixture.audit.images = {image};
    const ReportDocument document = documentOf(fixture);
    const Table *layers = nullptr;
    for (const ReportBlock &block : document.blocks) {
        if (const auto *table = std::get_if<Table>(&block); table && table->columns.size() == 9)
            layers = table;
    }
    QVERIFY(layers);
    QCOMPARE(layers->columns[3].head, std::string("kB"));
    QCOMPARE(layers->rows[0].cells[3].lines[0][0].text, std::string("21.3"));
}

void ReportTest::whatWasNotReadOfAnImageIsSaid()
{
    ReportFixture fixture = makeReportFixture();
    auto image = std::make_shared<Image>();
    image->layers.resize(2);
    fixture.audit.images = {image};
    ReportOptions options;
    options.language = Language::English;
    const auto html = [&] { return writeHtml(buildReport(fixture.input(), options, English())); };
    const std::string whole = html();
    QVERIFY(whole.find("looked through all layers") != std::string::npos);
    QVERIFY(whole.find("Not everything of this image could be read") == std::string::npos);
    image->layers[0].readToEnd = false;
    const std::string part = html();
    QVERIFY(part.find("looked through all layers") == std::string::npos);
    QVERIFY(part.find("Not everything of this image could be read") != std::string::npos);
    QVERIFY(part.find("not read") != std::string::npos);
}

void ReportTest::judgedSeverityStandsBesideTheProgramsOwn()
{
    const std::string html = writeHtml(documentOf(makeJudgedFixture()));
    const std::string line = "Severity: low (program: critical), judged by Katrin Brandt on 18 Nov 2026: "
                             "&lt;b&gt;cut off&lt;/b&gt; by the firewall";
    QCOMPARE(countOf(html, line), std::size_t(1)); // in annex A
    QCOMPARE(
        countOf(html, "By severity: critical: 11, low: 1. Judged differently from the program: 1."), std::size_t(1));
    QVERIFY(countOf(html, "severity judged differently from the program: 1") > 0); // section 4
    const std::string sum = "Findings whose severity the auditors judged differently from the program: 1. Critical by "
                            "the program: ";
    QCOMPARE(countOf(html, sum), std::size_t(1));
    const std::string plan = writeHtml(documentOf(makeJudgedFixture(), ReportOptions::Kind::Management));
    QCOMPARE(countOf(plan, sum), std::size_t(1));
    QCOMPARE(countOf(writeHtml(documentOf(makeReportFixture())), "judged differently"), std::size_t(0));
}

void ReportTest::outdatedDecisionsAreOpen()
{
    ReportFixture fixture = makeReportFixture(); // A5: "no", outdated
    const ReportDocument document = documentOf(fixture);
    const Table *overview = tableAfter(document, "s3");
    QVERIFY(overview);
    for (const Table::Row &row : overview->rows) {
        if (!row.group && row.cells[0].lines[0][0].link == "SYS.1.6.A5") {
            QCOMPARE(row.cells[3].lines[0][0].text, "no (outdated)");
            QCOMPARE(row.cells[3].lines[0][0].symbol, Symbol::Outdated);
        } else if (!row.group)
            QVERIFY(row.cells[3].lines[0][0].text.find("outdated") == std::string::npos);
    }
    // a chart never shows it as what it said
    for (const ReportBlock &block : document.blocks) {
        const auto *charts = std::get_if<ChartPair>(&block);
        if (!charts)
            continue;
        const auto &legend = charts->left.legend;
        QCOMPARE(std::ranges::count(legend, Symbol::Outdated, &BarChart::LegendEntry::symbol), 1);
        QCOMPARE(std::ranges::find(legend, Symbol::Outdated, &BarChart::LegendEntry::symbol)->count, 1);
        QCOMPARE(std::ranges::find(legend, Symbol::Nein, &BarChart::LegendEntry::symbol)->count, 0);
    }
    const ReportDocument management = documentOf(fixture, ReportOptions::Kind::Management);
    int tiles = 0;
    for (const ReportBlock &block : management.blocks) {
        for (const TileChart::Row &row :
            std::holds_alternative<TileChart>(block) ? std::get<TileChart>(block).rows : std::vector<TileChart::Row>())
            tiles += static_cast<int>(std::ranges::count(row.tiles, Symbol::Outdated, &TileChart::Tile::lower));
    }
    QCOMPARE(tiles, 1);
    const auto &cover = std::get<Cover>(document.blocks.front());
    QVERIFY(cover.draftNote.at(0).text.find("A4, A5 (outdated), A6") != std::string::npos);
    for (const ReportOptions::Kind kind : {ReportOptions::Kind::Full, ReportOptions::Kind::Management}) {
        const std::string html = writeHtml(documentOf(fixture, kind));
        QVERIFY(html.find("No overall verdict yet. 4 of 26 requirements are decided.") != std::string::npos);
        QVERIFY(html.find("Outdated decisions, not counted as decided: 1 (A5).") != std::string::npos);
        QVERIFY(html.find("requirements decided; outdated besides: 1") != std::string::npos);
        QVERIFY(html.find("1 “partially”, 0 “no”, 1 “dispensable”") != std::string::npos);
    }
    // all decided: with one that is outdated it stays a draft
    for (const Requirement &requirement : fixture.catalogue.modules[0].requirements)
        fixture.audit.decisions.emplace(requirement.id, fixture.audit.decisions.at("SYS.1.6.A17"));
    const std::string draft = writeHtml(documentOf(fixture));
    QVERIFY(draft.find("No overall verdict yet. 25 of 26 requirements are decided.") != std::string::npos);
    QVERIFY(draft.find("currently open: A5 (outdated).") != std::string::npos);
    fixture.audit.decisions.at("SYS.1.6.A5").stale = false;
    const std::string decided = writeHtml(documentOf(fixture));
    QVERIFY(decided.find("All 26 requirements are decided.") != std::string::npos);
    QVERIFY(decided.find("(outdated)") == std::string::npos && decided.find("Outdated dec") == std::string::npos);
    QVERIFY(decided.find("url(#p-outdated)") == std::string::npos);
}

TALLY_TEST(ReportTest)
#include "report_test.moc"
