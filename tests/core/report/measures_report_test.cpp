// SPDX-License-Identifier: Apache-2.0
#include "core/report/report.h"
#include "core/report/report_data.h"
#include "tests/core/report/english.h"
#include "tests/core/report/report_fixture.h"
#include "tests/core/report/table_text.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

/// Section 5: the implementation plan.
class MeasuresReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theUrgentComesFirst();
    void whatIsOverdueIsSaid();
    void sumsAreOfAllMeasures();
    void whatIsOnlyNamedStandsApart();
    void barsRunToTheDay();
    void onlyShouldCanBeAccepted();
    void theBoxSaysWhoReviewed();
    void recordsHaveWordsInTheJournal();
};

namespace {

ReportDocument documentOf(const ReportFixture &fixture)
{
    ReportOptions options;
    options.language = Language::English;
    options.createdAt = "2026-11-20T16:42:00Z";
    return buildReport(fixture.input(), options, English());
}

const Table *tableAfter(const ReportDocument &document, std::string_view anchor)
{
    bool after = false;
    for (const ReportBlock &block : document.blocks) {
        if (const auto *heading = std::get_if<Heading>(&block))
            after = heading->anchor == anchor;
        if (const auto *table = std::get_if<Table>(&block); table && after)
            return table;
    }
    return nullptr;
}

Measure measure(const char *key, Measure::Priority priority, const char *due)
{
    Measure made;
    made.key = key;
    made.title = std::string("Title ") + key;
    made.priority = priority;
    made.due = due;
    return made;
}

ReportFixture planned()
{
    ReportFixture fixture = makeReportFixture();
    fixture.audit.decisions.clear();
    Records &records = fixture.audit.records;
    records.put(measure("M-001", Measure::Priority::Low, "2026-12-01"));
    records.put(measure("M-002", Measure::Priority::High, ""));
    Measure late = measure("M-003", Measure::Priority::High, "2026-11-01");
    late.effortHours = 20;
    late.costOnce = 12000;
    records.put(late);
    Measure done = measure("M-004", Measure::Priority::High, "2026-10-01");
    done.state = Measure::State::Done;
    done.effortHours = 4;
    done.costYearly = 300;
    done.doneOn = "2026-10-02";
    records.put(done);
    records.put(measure("M-005", Measure::Priority::Medium, "2026-11-30"));
    return fixture;
}

} // namespace

void MeasuresReportTest::theUrgentComesFirst()
{
    const ReportDocument document = documentOf(planned());
    const Table *table = tableAfter(document, "s5-1");
    QVERIFY(table);
    QCOMPARE(columnOf(*table, 0), (std::vector<std::string>{"M-003", "M-002", "M-005", "M-001", "M-004", ""}));
    double width = 0;
    for (const Table::Column &column : table->columns)
        width += column.width;
    QCOMPARE(width, 170.0);
}

void MeasuresReportTest::whatIsOverdueIsSaid()
{
    const ReportDocument document = documentOf(planned());
    const std::vector<std::string> states = columnOf(*tableAfter(document, "s5-1"), 7);
    QCOMPARE(states.at(0), std::string("planned|overdue"));
    QCOMPARE(states.at(1), std::string("planned"));
    QCOMPARE(states.at(4), std::string("done|2 Oct 2026"));
}

void MeasuresReportTest::sumsAreOfAllMeasures()
{
    const ReportDocument document = documentOf(planned());
    const Table::Row &sum = tableAfter(document, "s5-1")->rows.back();
    QVERIFY(sum.sum);
    QCOMPARE(textOf(sum.cells.at(1)), std::string("Estimated in all|12,000 € once, 300 € a year"));
    QCOMPARE(textOf(sum.cells.at(6)), std::string("3"));
    QCOMPARE(textOf(tableAfter(document, "s5-1")->rows.front().cells.at(6)), std::string("2.5"));
}

void MeasuresReportTest::whatIsOnlyNamedStandsApart()
{
    ReportFixture fixture = planned();
    Decision decision;
    decision.status = Status::Nein;
    decision.measure = "Default deny";
    fixture.audit.decisions["SYS.1.6.A5"] = decision;
    decision.measure = "No privileges";
    fixture.audit.decisions["SYS.1.6.A17"] = decision;
    decision.status = Status::Ja;
    decision.measure = "Keep it so";
    decision.until = "2027-03-01";
    fixture.audit.decisions["SYS.1.6.A6"] = decision;
    fixture.audit.decisions["SYS.1.6.A5.1"] = decision;
    fixture.audit.records.measures.at("M-001").requirements = {"SYS.1.6.A17"};
    const ReportDocument document = documentOf(fixture);
    const auto names = [&document](std::string_view text) {
        return std::ranges::count_if(document.blocks, [text](const ReportBlock &block) {
            const auto *table = std::get_if<Table>(&block);
            return table && table->caption == "Named in decisions, not yet planned as measures"
                && std::ranges::any_of(
                    table->rows, [text](const Table::Row &row) { return textOf(row.cells.at(1)) == text; });
        });
    };
    QCOMPARE(names("Default deny"), 1);
    QCOMPARE(names("No privileges"), 0);
    QCOMPARE(names("Keep it so"), 0);
}

void MeasuresReportTest::barsRunToTheDay()
{
    const ReportDocument document = documentOf(planned());
    const Table *table = tableAfter(document, "s5-2");
    QVERIFY(table);
    QCOMPARE(columnOf(*table, 0), (std::vector<std::string>{"M-003", "M-005", "M-001"}));
    QCOMPARE(textOf(table->rows.at(0).cells.at(3)), std::string("1 Nov 2026|overdue"));
    // from 1 November to 1 December, over the end of a month
    QCOMPARE(table->rows.at(0).cells.at(4).bar, 0.0);
    QCOMPARE(table->rows.at(1).cells.at(4).bar, 29.0 / 30.0);
    QCOMPARE(table->rows.at(2).cells.at(4).bar, 1.0);
    QCOMPARE(table->columns.back().marks.back().at, 19.0 / 30.0); // 20 November, the day of the report

    ReportFixture many = planned();
    for (int i = 10; i < 30; ++i)
        many.audit.records.put(measure(("M-0" + std::to_string(i)).c_str(), Measure::Priority::Low, "2027-01-01"));
    const ReportDocument longer = documentOf(many);
    QCOMPARE(tableAfter(longer, "s5-2")->rows.size(), 20);
    QVERIFY(std::ranges::any_of(longer.blocks, [](const ReportBlock &block) {
        const auto *text = std::get_if<Paragraph>(&block);
        return text && text->runs.front().text.starts_with("3 more open measures with a date");
    }));
}

void MeasuresReportTest::onlyShouldCanBeAccepted()
{
    ReportFixture fixture = planned();
    const Module &module = fixture.catalogue.modules.front();
    const Part *must = nullptr;
    const Part *should = nullptr;
    for (const Requirement &requirement : module.requirements) {
        for (const Part &part : requirement.parts)
            (part.isMust() ? must : should) = &part;
    }
    QVERIFY(must && should);
    for (const Part *part : {must, should}) {
        Decision decision;
        decision.status = Status::Nein;
        decision.reason = "weighed";
        decision.until = "2027-06-30";
        fixture.audit.decisions[part->id] = decision;
        DecisionDetail detail;
        detail.key = part->id;
        detail.residualRisk = "rest of " + part->id;
        fixture.audit.records.put(detail);
    }
    const ReportDocument document = documentOf(fixture);
    const Table *table = tableAfter(document, "s5-3");
    QVERIFY(table);
    const std::vector<std::string> rests = columnOf(*table, 2);
    QVERIFY(std::ranges::count(rests, "rest of " + should->id) == 1);
    QVERIFY2(std::ranges::count(rests, "rest of " + must->id) == 0, "a MUST admits no acceptance");
}

void MeasuresReportTest::theBoxSaysWhoReviewed()
{
    ReportFixture fixture = planned();
    Decision decision;
    decision.status = Status::Ja;
    decision.by = "A";
    fixture.audit.decisions["SYS.1.6.A17"] = decision;
    DecisionDetail detail;
    detail.key = "SYS.1.6.A17";
    detail.interviewed = {"Admin One", "Builder Two"};
    detail.effortHours = 4;
    fixture.audit.records.put(detail);
    Review review;
    review.key = "SYS.1.6.A17";
    review.state = Review::State::Accepted;
    review.by = "Second";
    review.at = "2026-11-19T10:00:00Z";
    review.decided = decidedDigest(fixture.audit, "SYS.1.6.A17");
    fixture.audit.records.put(review);
    const auto factOf = [](const ReportDocument &document, std::string_view label) {
        for (const ReportBlock &block : document.blocks) {
            const auto *box = std::get_if<Box>(&block);
            if (!box)
                continue;
            for (const Facts::Fact &fact : box->facts.facts) {
                if (fact.label == label)
                    return fact.lines.at(0).at(0).text;
            }
        }
        return std::string("none");
    };
    ReportDocument document = documentOf(fixture);
    QCOMPARE(factOf(document, "Interviewed"), std::string("Admin One, Builder Two"));
    QCOMPARE(factOf(document, "Effort"), std::string("0.5 person-days"));
    QCOMPARE(factOf(document, "Second person"), std::string("accepted by Second, 19 Nov 2026"));
    fixture.audit.decisions["SYS.1.6.A17"].reason = "another one";
    document = documentOf(fixture);
    QCOMPARE(
        factOf(document, "Second person"), std::string("accepted by Second, 19 Nov 2026 (decided anew since then)"));
}

void MeasuresReportTest::recordsHaveWordsInTheJournal()
{
    const English english;
    const Words words(Language::English, english);
    for (std::size_t type = 0; type < recordTypes; ++type) {
        const std::string event = recordEvent(static_cast<RecordType>(type));
        QVERIFY2(words.event(event) != event, event.c_str());
    }
    QCOMPARE(words.event("measure"), std::string("Measure"));
    QCOMPARE(words.event("measure-removed-undone"), std::string("Measure: removed: change undone"));
    QCOMPARE(words.event("decision-undone"), std::string("Decision undone"));
    QCOMPARE(words.event("no-such-event-undone"), std::string("no-such-event: change undone"));
}

TALLY_TEST(MeasuresReportTest)
#include "measures_report_test.moc"
