// SPDX-License-Identifier: Apache-2.0
#include "core/report/answers.h"
#include "core/report/record_sheets.h"
#include "core/report/xlsx_writer.h"
#include "tests/core/report/english.h"
#include "tests/core/report/report_fixture.h"
#include "tests/core/report/workbook_edit.h"
#include "tests/support/test_registry.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <sstream>

using namespace tally;
using namespace tally::test;

/// Measures and requests for evidence on their way through a workbook.
class WorkbookRecordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingFilledInChangesNothing_data();
    void nothingFilledInChangesNothing();
    void measuresComeBack();
    void aNewMeasureGetsANumber();
    void aNewRowIsTakenOnce();
    void requestsComeBack();
    void bothSidesChangedIsAConflict();
    void refusedIsSaid_data();
    void refusedIsSaid();
    void whatTheWorkbookDoesNotAskStays();
    void takenOverInOneStep();
    void decisionsThatDoNotGoTogetherAreSaid();
    void throughLibreOffice();
};

namespace {

constexpr int measureSheet = 3;

ReportFixture fixtureWithRecords()
{
    ReportFixture fixture = makeReportFixture();
    Measure first{.key = "M-001",
        .title = "Drop rights = + \"x\"",
        .description = "two\nlines",
        .requirements = {"SYS.1.6.A17"},
        .checks = {"POD-PRIVILEGED"},
        .owner = "Operations",
        .due = "2027-03-31",
        .costOnce = 1200,
        .effortHours = 40};
    first.unknown = R"({"later":1})";
    fixture.audit.records.measures["M-001"] = first;
    fixture.audit.records.measures["M-002"] = {.key = "M-002", .title = "Limits", .state = Measure::State::Done};
    fixture.audit.records.requests["R-001"]
        = {.key = "R-001", .requirements = {"SYS.1.6.A3"}, .what = "the concept", .whom = "Operations"};
    return fixture;
}

std::string xlsxOf(const ReportFixture &fixture, Language language = Language::English)
{
    ReportOptions options;
    options.language = language;
    options.createdAt = "2026-11-20T16:00:00Z";
    return writeXlsx(fixture.input(), options, English()).value();
}

Result<Answers> answersOf(const std::string &xlsx, const ReportFixture &fixture)
{
    const English english;
    return readAnswers(memorySource(xlsx), "a.xlsx", fixture.input(), english, english, {});
}

const Measure &measureIn(const Answers &answers, std::size_t at = 0)
{
    return std::get<Measure>(answers.records.at(at).after);
}

} // namespace

void WorkbookRecordsTest::nothingFilledInChangesNothing_data()
{
    QTest::addColumn<bool>("requestsOnly");
    QTest::newRow("the whole audit") << false;
    QTest::newRow("the list of requests") << true;
}

void WorkbookRecordsTest::nothingFilledInChangesNothing()
{
    QFETCH(bool, requestsOnly);
    const ReportFixture fixture = fixtureWithRecords();
    ReportOptions options;
    options.createdAt = "2026-11-20T16:00:00Z";
    const std::string xlsx
        = requestsOnly ? writeRequestsXlsx(fixture.input(), options, English()).value() : xlsxOf(fixture);
    const auto answers = answersOf(xlsx, fixture);
    QVERIFY(answers);
    QCOMPARE(answers->problems.size(), std::size_t(0));
    QCOMPARE(answers->records.size(), std::size_t(0));
    QCOMPARE(answers->changed.size(), std::size_t(0));
    QVERIFY(answers->rows >= (requestsOnly ? 1U : 3U));
    if (requestsOnly) // the same audit, the same bytes
        QVERIFY(writeRequestsXlsx(fixture.input(), options, English()).value() == xlsx);
}

/// Columns D to O: number, title, description, requirements, priority, owner, due, hours, once, yearly, state, done on.
void WorkbookRecordsTest::measuresComeBack()
{
    const ReportFixture fixture = fixtureWithRecords();
    std::string xlsx = xlsxOf(fixture);
    const std::string row = rowOf(xlsx, "M-001", measureSheet);
    xlsx = withText(xlsx, "H" + row, "High", measureSheet);
    xlsx = withText(xlsx, "I" + row, "=Platform &amp; more", measureSheet);
    xlsx = withText(xlsx, "J" + row, "1.4.2027", measureSheet);
    xlsx = withCell(xlsx, "L" + row, "<v>0</v>", "n", measureSheet);
    xlsx = withText(xlsx, "N" + row, "in progress", measureSheet);
    const auto answers = answersOf(xlsx, fixture);
    QVERIFY(answers);
    QCOMPARE(answers->problems.size(), std::size_t(0));
    QCOMPARE(answers->records.size(), std::size_t(1));
    QVERIFY(answers->records[0].before);
    const Measure &after = measureIn(*answers);
    QCOMPARE(after.key, std::string("M-001"));
    QCOMPARE(after.priority, Measure::Priority::High);
    QCOMPARE(after.owner, std::string("=Platform & more"));
    QCOMPARE(after.due, std::string("2027-04-01"));
    QCOMPARE(after.costOnce, std::optional<std::int64_t>(0));
    QCOMPARE(after.effortHours, std::optional<std::int64_t>(40));
    QCOMPARE(after.state, Measure::State::InProgress);
    QCOMPARE(after.description, std::string("two\nlines"));
}

void WorkbookRecordsTest::aNewMeasureGetsANumber()
{
    const ReportFixture fixture = fixtureWithRecords();
    std::string xlsx = xlsxOf(fixture);
    xlsx = withText(xlsx, "E5", "A new one", measureSheet); // below M-001 and M-002
    xlsx = withText(xlsx, "G5", "SYS.1.6.A17; SYS.1.6.A15", measureSheet);
    const auto answers = answersOf(xlsx, fixture);
    QVERIFY(answers);
    QCOMPARE(answers->problems.size(), std::size_t(0));
    QCOMPARE(answers->records.size(), std::size_t(1));
    QVERIFY(!answers->records[0].before);
    QCOMPARE(measureIn(*answers).requirements, (std::vector<std::string>{"SYS.1.6.A17", "SYS.1.6.A15"}));
    QCOMPARE(measureIn(*answers).priority, Measure::Priority::Medium);
    const auto changes = changesOf(fixture.audit, {}, answers->records, "B");
    const auto &made = std::get<Measure>(std::get<Record>(changes.at(0)));
    QCOMPARE(made.key, nextKey(fixture.audit, RecordType::Measure));
    QCOMPARE(made.by, std::string("B"));
}

/// The corrected workbook comes in again, with its new rows as they were.
void WorkbookRecordsTest::aNewRowIsTakenOnce()
{
    ReportFixture fixture = fixtureWithRecords();
    std::string xlsx = xlsxOf(fixture);
    for (const char *row : {"5", "6"}) { // twice the same is two
        xlsx = withText(xlsx, std::string("E") + row, "A new one", measureSheet);
        xlsx = withText(xlsx, std::string("G") + row, "SYS.1.6.A17", measureSheet);
    }
    const auto first = answersOf(xlsx, fixture);
    QCOMPARE(first->records.size(), std::size_t(2));
    for (const AuditChange &change : changesOf(fixture.audit, {}, first->records, "B"))
        fixture.audit.records.put(std::get<Record>(change));
    QCOMPARE(answersOf(xlsx, fixture)->records.size(), std::size_t(0));
    xlsx = withText(xlsx, "I6", "Platform", measureSheet);
    const auto changed = answersOf(xlsx, fixture);
    QCOMPARE(changed->records.size(), std::size_t(1));
    QCOMPARE(measureIn(*changed).key, std::string("M-004"));
    QCOMPARE(measureIn(*changed).owner, std::string("Platform"));
    QVERIFY(changed->records[0].before);
}

/// Columns D to L: number, what, requirements, of whom, asked on, due, handed over, remark, where.
void WorkbookRecordsTest::requestsComeBack()
{
    const ReportFixture fixture = fixtureWithRecords();
    ReportOptions options;
    options.language = Language::German;
    const std::string blank = writeRequestsXlsx(fixture.input(), options, English()).value();
    const std::string row = rowOf(blank, "R-001", 2);
    std::string xlsx = withText(blank, "J" + row, "received", 2);
    xlsx = withText(xlsx, "K" + row, "version 3", 2);
    xlsx = withText(xlsx, "L" + row, "share/concept.pdf", 2);
    const auto answers = answersOf(xlsx, fixture);
    QVERIFY(answers);
    QCOMPARE(answers->problems.size(), std::size_t(0));
    QCOMPARE(answers->records.size(), std::size_t(1));
    const auto &after = std::get<EvidenceRequest>(answers->records[0].after);
    QCOMPARE(after.state, EvidenceRequest::State::Received);
    QCOMPARE(after.answer, std::string("version 3"));
    QCOMPARE(after.location, std::string("share/concept.pdf"));
    QCOMPARE(after.what, std::string("the concept"));
}

void WorkbookRecordsTest::bothSidesChangedIsAConflict()
{
    ReportFixture fixture = fixtureWithRecords();
    const std::string blank = xlsxOf(fixture);
    const std::string row = rowOf(blank, "M-002", measureSheet);
    const std::string xlsx = withText(blank, "I" + row, "from the sheet", measureSheet);
    fixture.audit.records.measures["M-002"].owner = "from the window";
    const auto answers = answersOf(xlsx, fixture);
    QCOMPARE(answers->records.size(), std::size_t(0));
    QCOMPARE(answers->problems.size(), std::size_t(1));
    QCOMPARE(std::string(answers->problems[0].why.def->code), std::string("book.conflict"));
    QCOMPARE(answers->problems[0].id, std::string("M-002"));
    fixture.audit.records.measures["M-002"].owner = "from the sheet"; // the same on both sides is none
    QCOMPARE(answersOf(xlsx, fixture)->problems.size(), std::size_t(0));
    fixture.audit.records.measures["M-002"].owner = "changed alone";
    QCOMPARE(answersOf(blank, fixture)->problems.size(), std::size_t(0));
}

void WorkbookRecordsTest::refusedIsSaid_data()
{
    QTest::addColumn<std::string>("column");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("code");
    const auto add = [](const char *name, const char *column, const char *text, const char *code) {
        QTest::newRow(name) << std::string(column) << std::string(text) << std::string(code);
    };
    add("no priority", "H", "urgent", "book.bad-priority");
    add("no state", "N", "finished", "book.bad-state");
    add("no date", "J", "31.2.2027", "answers.bad-date");
    add("no date either", "O", "soon", "answers.bad-date");
    add("no number", "L", "1,200", "book.bad-number");
    add("below nothing", "M", "-1", "book.bad-number");
    add("too large", "M", "1234567890123", "book.bad-number");
    add("no requirement", "G", "SYS.1.6.A99", "book.unknown-requirement");
    add("no title", "E", "", "measure.title");
    add("another number", "A", "M-077", "book.unknown-key");
    add("the state is lost", "B", "x", "book.state-lost");
}

void WorkbookRecordsTest::refusedIsSaid()
{
    QFETCH(std::string, column);
    QFETCH(std::string, text);
    QFETCH(std::string, code);
    const ReportFixture fixture = fixtureWithRecords();
    std::string xlsx = xlsxOf(fixture);
    const std::string row = rowOf(xlsx, "M-001", measureSheet);
    xlsx = withText(xlsx, "I" + row, "somebody else", measureSheet); // changed in any case
    xlsx = withText(xlsx, column + row, text, measureSheet);
    const auto answers = answersOf(xlsx, fixture);
    QVERIFY(answers);
    QCOMPARE(answers->problems.size(), std::size_t(1));
    QCOMPARE(std::string(answers->problems[0].why.def->code), code);
    QCOMPARE(answers->problems[0].sheet, std::string("Measures"));
}

void WorkbookRecordsTest::whatTheWorkbookDoesNotAskStays()
{
    const ReportFixture fixture = fixtureWithRecords();
    std::string xlsx = xlsxOf(fixture);
    xlsx = withText(xlsx, "I" + rowOf(xlsx, "M-001", measureSheet), "somebody else", measureSheet);
    const auto answers = answersOf(xlsx, fixture);
    const Measure &after = measureIn(*answers);
    QCOMPARE(after.checks, std::vector<std::string>{"POD-PRIVILEGED"});
    QCOMPARE(after.unknown, std::string(R"({"later":1})"));
}

void WorkbookRecordsTest::takenOverInOneStep()
{
    auto audit = Audit::createInMemory({"O", "T", "A. Auditor", "", "", ""});
    QVERIFY(audit);
    Measure measure{.key = "M-001", .title = "Drop rights"};
    QVERIFY(audit->put(measure));
    Answers answers;
    Answer decided{"SYS.1.6.A2", {}, {}};
    decided.after.status = Status::Ja;
    answers.changed = {decided};
    measure.owner = "B";
    answers.records
        = {{measure, measure}, {std::nullopt, Measure{.title = "New"}}, {std::nullopt, Measure{.title = "Newer"}}};
    const AppliedAnswers applied = applyAnswers(*audit, answers, "C. Clerk");
    QCOMPARE(applied.done, std::size_t(1));
    QCOMPARE(applied.measures, std::size_t(3));
    QVERIFY(applied.refused.empty());
    QVERIFY(audit->state()->records.measures.contains("M-002"));
    QVERIFY(audit->state()->records.measures.contains("M-003"));
    QCOMPARE(audit->state()->journal.back().by, std::string("C. Clerk"));
    QVERIFY(audit->undo());
    QCOMPARE(audit->state()->records.measures.size(), std::size_t(1));
    QCOMPARE(audit->state()->decisions.at("SYS.1.6.A2").status, Status::Unbearbeitet);
}

/// Each is good by itself.
void WorkbookRecordsTest::decisionsThatDoNotGoTogetherAreSaid()
{
    ReportFixture fixture = fixtureWithRecords();
    Requirement &requirement = fixture.catalogue.modules[0].requirements[1];
    requirement.parts.front().modal = "MUSS";
    const std::string id = requirement.id;
    const std::string part = requirement.parts.front().id;
    fixture.audit.decisions.erase(id);
    fixture.audit.decisions.erase(part);
    std::string xlsx = xlsxOf(fixture);
    xlsx = withText(xlsx, "J" + rowOf(xlsx, id), "ja");
    xlsx = withText(xlsx, "J" + rowOf(xlsx, part), "nein");
    xlsx = withText(xlsx, "K" + rowOf(xlsx, part), "seen");
    const auto answers = answersOf(xlsx, fixture);
    QVERIFY(answers);
    QCOMPARE(answers->changed.size(), std::size_t(1));
    QCOMPARE(answers->problems.size(), std::size_t(1));
    QCOMPARE(std::string(answers->problems[0].why.def->code), std::string("decision.ja-must"));
}

void WorkbookRecordsTest::throughLibreOffice()
{
    const QString office = QStandardPaths::findExecutable(QStringLiteral("soffice"));
    if (office.isEmpty())
        QSKIP("LibreOffice is absent");
    const QTemporaryDir folder;
    const ReportFixture fixture = fixtureWithRecords();
    std::string xlsx = xlsxOf(fixture);
    xlsx = withText(xlsx, "I" + rowOf(xlsx, "M-002", measureSheet), "somebody else", measureSheet);
    const std::string path = folder.filePath(QStringLiteral("a.xlsx")).toStdString();
    std::ofstream(path, std::ios::binary) << xlsx;
    QProcess process;
    process.start(office,
        {QStringLiteral("-env:UserInstallation=file://") + folder.path() + QStringLiteral("/profile"),
            QStringLiteral("--headless"), QStringLiteral("--convert-to"), QStringLiteral("xlsx"),
            QStringLiteral("--outdir"), folder.path() + QStringLiteral("/out"), QString::fromStdString(path)});
    QVERIFY(process.waitForFinished(180000));
    std::ifstream file(folder.filePath(QStringLiteral("out/a.xlsx")).toStdString(), std::ios::binary);
    std::stringstream back;
    back << file.rdbuf();
    const auto answers = answersOf(back.str(), fixture);
    QVERIFY(answers);
    QCOMPARE(answers->problems.size(), std::size_t(0));
    QCOMPARE(answers->records.size(), std::size_t(1));
    QCOMPARE(measureIn(*answers).owner, std::string("somebody else"));
}

TALLY_TEST(WorkbookRecordsTest)
#include "workbook_records_test.moc"
