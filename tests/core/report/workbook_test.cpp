// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_audit.h"
#include "core/base/messages_exports.h"
#include "core/io/digest.h"
#include "core/report/answer_sheet.h"
#include "core/report/answers.h"
#include "core/report/bundle.h"
#include "core/report/xlsx_writer.h"
#include "tests/core/report/english.h"
#include "tests/core/report/hostile.h"
#include "tests/core/report/workbook_edit.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <ctime>
#include <map>
#include <memory>

using namespace tally;
using namespace tally::test;

class WorkbookTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sheetsHoldTheAudit();
    void theJournalHasOldAndNewValues();
    void targetObjectsAreASheet();
    void partsAreXmlWithoutFormulas();
    void sameAuditSameBytes();
    void nothingFilledInChangesNothing_data();
    void nothingFilledInChangesNothing();
    void answersComeBack();
    void datesOfPeople_data();
    void datesOfPeople();
    void bothSidesChangedIsAConflict();
    void auditChangedAloneIsNone();
    void refusedIsSaid_data();
    void refusedIsSaid();
    void otherAuditsAreRefused();
    void brokenFilesAreSaid_data();
    void brokenFilesAreSaid();
    void othersWriteInlineTextsAndPrefixes();
    void outdatedDecisionsAreMarked();
    void bundleHoldsEverything();
    void bundleHoldsEachJudgedModule();
};

namespace {

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

} // namespace

void WorkbookTest::sheetsHoldTheAudit()
{
    const ReportFixture fixture = makeReportFixture();
    const Workbook book = readWorkbook(memorySource(xlsxOf(fixture)), "a.xlsx", {}).value();
    std::vector<std::string> names;
    for (const WorkbookSheet &sheet : book.sheets)
        names.push_back(sheet.name);
    QCOMPARE(names,
        (std::vector<std::string>{"Overview", "Requirements", "Measures", "Requests", "Findings", "Not checked",
            "Target objects", "Sources", "Journal"}));
    std::size_t rows = 2;
    for (const Requirement &requirement : fixture.catalogue.modules[0].requirements)
        rows += 1 + requirement.parts.size();
    QCOMPARE(book.sheets[1].rows.size(), rows);
    QCOMPARE(book.sheets[4].rows.size(), fixture.audit.assessment->findings.size() + 1);
    QVERIFY(book.sheets[4].rows.at(1).at(14).number);     // lines stay numbers
    QCOMPARE(book.sheets[6].rows.size(), std::size_t(1)); // none is recorded
    QCOMPARE(book.sheets[7].rows.size(), std::size_t(3));
    QCOMPARE(book.sheets[8].rows.size(), std::size_t(4));
}

void WorkbookTest::theJournalHasOldAndNewValues()
{
    ReportFixture fixture = makeReportFixture();
    fixture.audit.journal.push_back({5, "2026-11-20T10:00:01Z", "=cmd|' /C calc'!A0", "decision", "SYS.1.6.A6",
        R"j({"before":{"status":"ja","reason":""},"after":{"status":"nein","reason":"=HYPERLINK(\"x\")"}})j",
        std::string(64, '5')});
    const std::string xlsx = xlsxOf(fixture);
    const Workbook book = readWorkbook(memorySource(xlsx), "a.xlsx", {}).value();
    const WorkbookSheet &sheet = book.sheets[8];
    const auto cells = [&sheet](std::uint32_t row) {
        std::vector<std::string> texts(9);
        for (const auto &[column, cell] : sheet.rows.at(row)) {
            texts.at(column) = cell.text;
            if (cell.formula)
                qFatal("a formula");
        }
        return texts;
    };
    QCOMPARE(cells(0),
        (std::vector<std::string>{
            "No.", "Time (UTC)", "Person", "Change", "Of what", "Field", "Old", "New", "Hash of the entry"}));
    const std::uint32_t last = sheet.rows.rbegin()->first;
    QCOMPARE(cells(last - 1)[5], std::string("Status"));
    QCOMPARE(cells(last - 1)[6], std::string("yes"));
    QCOMPARE(cells(last - 1)[7], std::string("no"));
    QCOMPARE(cells(last)[0], std::string("5")); // each field is a row of its entry
    QCOMPARE(cells(last)[2], std::string("=cmd|' /C calc'!A0"));
    QCOMPARE(cells(last)[5], std::string("Reason"));
    QCOMPARE(cells(last)[6], std::string());
    QCOMPARE(cells(last)[7], std::string("=HYPERLINK(\"x\")"));
}

void WorkbookTest::targetObjectsAreASheet()
{
    const ReportFixture fixture = makeTargetsFixture();
    const std::string xlsx = xlsxOf(fixture);
    const Workbook book = readWorkbook(memorySource(xlsx), "a.xlsx", {}).value();
    const WorkbookSheet &sheet = book.sheets[6];
    const auto cells = [&sheet](std::uint32_t row) {
        std::vector<std::string> texts(11);
        for (const auto &[column, cell] : sheet.rows.at(row))
            texts.at(column) = cell.text;
        return texts;
    };
    QCOMPARE(sheet.rows.size(), std::size_t(5));
    QCOMPARE(cells(0),
        (std::vector<std::string>{"No.", "Kind", "Name", "What it is", "Confidentiality", "Integrity", "Availability",
            "Protection need", "Reason", "Recorded by", "Recorded on"}));
    QCOMPARE(cells(1),
        (std::vector<std::string>{"T-001", "Namespace", "zaehlerdaten", "meter readings", "very high", "high", "normal",
            "very high", "Confidentiality: consumption of households\nIntegrity: bills", "Katrin Brandt",
            "17 Nov 2026 10:30"}));
    QCOMPARE(cells(2)[8], std::string("network plans")); // said once
    QCOMPARE(cells(3)[7], std::string("open"));
    // The way back takes none of it, whatever somebody wrote there.
    const auto answers = answersOf(withText(xlsx, "E2", "normal", 7), fixture);
    QVERIFY(answers);
    QVERIFY(answers->changed.empty() && answers->records.empty() && answers->problems.empty());
    QCOMPARE(answers->rows, std::size_t(93));
}

void WorkbookTest::partsAreXmlWithoutFormulas()
{
    for (const auto &[name, content] : membersOf(xlsxOf(makeHostileFixture()))) {
        if (!name.ends_with(".xml") && !name.ends_with(".rels"))
            continue;
        QCOMPARE(xmlProblem(content), std::string());
        if (name.starts_with("xl/worksheets/"))
            QVERIFY2(content.find("<f>") == std::string::npos && content.find("<hyperlink") == std::string::npos,
                name.c_str());
    }
}

void WorkbookTest::sameAuditSameBytes()
{
    const QByteArray zone = qgetenv("TZ");
    const std::string here = xlsxOf(makeReportFixture());
    qputenv("TZ", "Asia/Tokyo");
    ::tzset();
    const std::string there = xlsxOf(makeReportFixture());
    qputenv("TZ", zone);
    ::tzset();
    QVERIFY(here == there);
    QVERIFY(here.size() > 10'000);
}

void WorkbookTest::nothingFilledInChangesNothing_data()
{
    QTest::addColumn<int>("audit");
    QTest::newRow("an audit") << 0;
    QTest::newRow("hostile texts in decisions") << 1;
    QTest::newRow("nothing has happened yet") << 2;
}

void WorkbookTest::nothingFilledInChangesNothing()
{
    QFETCH(int, audit);
    const ReportFixture fixture = audit == 0 ? makeReportFixture()
        : audit == 1                         ? makeHostileFixture()
                                             : makeEmptyFixture();
    for (const Language language : {Language::German, Language::English}) {
        const auto answers = answersOf(xlsxOf(fixture, language), fixture);
        QVERIFY(answers);
        QCOMPARE(answers->changed.size(), std::size_t(0));
        QCOMPARE(answers->problems.size(), std::size_t(0));
        QCOMPARE(answers->rows, std::size_t(93));
    }
}

void WorkbookTest::answersComeBack()
{
    const ReportFixture fixture = makeReportFixture();
    std::string xlsx = xlsxOf(fixture);
    const std::string row = rowOf(xlsx, "SYS.1.6.A2");
    xlsx = withText(xlsx, "J" + row, " Nein ");
    xlsx = withText(xlsx, "K" + row, "=1+1 &amp; _x0041_ stays");
    xlsx = withCell(xlsx, "M" + row, "<v>46477</v>", "n");
    const auto answers = answersOf(withText(xlsx, "N" + rowOf(xlsx, "SYS.1.6.A17"), ""), fixture);
    QVERIFY(answers);
    QCOMPARE(answers->problems.size(), std::size_t(0));
    QCOMPARE(answers->changed.size(), std::size_t(2));
    const Answer &first = answers->changed[0];
    QCOMPARE(first.id, std::string("SYS.1.6.A2"));
    QCOMPARE(first.before, Decision());
    QCOMPARE(first.after.status, Status::Nein);
    QCOMPARE(first.after.reason, std::string("=1+1 & A stays"));
    QCOMPARE(first.after.until, std::string("2027-03-31"));
    QCOMPARE(answers->changed[1].id, std::string("SYS.1.6.A17"));
    QCOMPARE(answers->changed[1].after.measure, std::string());
    QCOMPARE(answers->changed[1].after.by, std::string("Katrin Brandt")); // what the workbook does not ask stays
}

void WorkbookTest::datesOfPeople_data()
{
    QTest::addColumn<std::string>("typed");
    QTest::addColumn<std::string>("date"); // "" refused
    QTest::newRow("ISO") << std::string("2027-03-31") << std::string("2027-03-31");
    QTest::newRow("German") << std::string("31.3.2027") << std::string("2027-03-31");
    QTest::newRow("no day of the calendar") << std::string("31.2.2027") << std::string();
    QTest::newRow("words") << std::string("end of the year") << std::string();
    QTest::newRow("too short a year") << std::string("31.3.27") << std::string();
}

void WorkbookTest::datesOfPeople()
{
    QFETCH(std::string, typed);
    QFETCH(std::string, date);
    const ReportFixture fixture = makeReportFixture();
    const std::string xlsx = xlsxOf(fixture);
    const auto answers = answersOf(withText(xlsx, "M" + rowOf(xlsx, "SYS.1.6.A3"), typed), fixture);
    QVERIFY(answers);
    QCOMPARE(answers->changed.size(), std::size_t(date.empty() ? 0 : 1));
    QCOMPARE(answers->problems.size(), std::size_t(date.empty() ? 1 : 0));
    if (date.empty())
        QCOMPARE(answers->problems[0].why.def->code, "answers.bad-date");
    else
        QCOMPARE(answers->changed[0].after.until, date);
}

void WorkbookTest::bothSidesChangedIsAConflict()
{
    ReportFixture fixture = makeReportFixture();
    std::string xlsx = xlsxOf(fixture);
    const std::string row = rowOf(xlsx, "SYS.1.6.A17");
    xlsx = withText(xlsx, "K" + row, "answer of the interview");
    fixture.audit.decisions["SYS.1.6.A17"].reason = "decided meanwhile";
    const auto answers = answersOf(xlsx, fixture);
    QVERIFY(answers);
    QCOMPARE(answers->changed.size(), std::size_t(0));
    QCOMPARE(answers->problems.size(), std::size_t(1));
    QCOMPARE(answers->problems[0].why.def->code, "answers.conflict");
    QCOMPARE(answers->problems[0].id, std::string("SYS.1.6.A17"));
    QCOMPARE(answers->problems[0].sheet, std::string("Requirements"));
    QCOMPARE(answers->problems[0].cell, "J" + row);
}

void WorkbookTest::auditChangedAloneIsNone()
{
    ReportFixture fixture = makeReportFixture();
    const std::string xlsx = xlsxOf(fixture);
    fixture.audit.decisions["SYS.1.6.A17"].reason = "decided meanwhile";
    fixture.audit.journal.push_back(
        {4, "2026-11-21T08:00:00Z", "", "decision", "SYS.1.6.A17", "{}", std::string(64, '4')});
    fixture.audit.journalHead = std::string(64, '4'); // the head of the export is in the chain
    const auto answers = answersOf(xlsx, fixture);
    QVERIFY(answers);
    QVERIFY(answers->changed.empty() && answers->problems.empty());
}

void WorkbookTest::refusedIsSaid_data()
{
    QTest::addColumn<std::string>("column");
    QTest::addColumn<std::string>("inner");
    QTest::addColumn<std::string>("type");
    QTest::addColumn<std::string>("code");
    const auto row = [](const char *name, const char *column, const char *inner, const char *type, const char *code) {
        QTest::newRow(name) << std::string(column) << std::string(inner) << std::string(type) << std::string(code);
    };
    row("no without a reason", "J", "<is><t>no</t></is>", "inlineStr", "decision.reason-must");
    row("no status", "J", "<is><t>maybe</t></is>", "inlineStr", "answers.bad-status");
    row("a formula", "K", "<f>A1</f><v>x</v>", "str", "answers.formula");
    row("unknown requirement", "A", "<is><t>SYS.9.9.A9</t></is>", "inlineStr", "answers.unknown-id");
    row("the same twice", "A", "<is><t>SYS.1.6.A1</t></is>", "inlineStr", "answers.twice");
}

void WorkbookTest::refusedIsSaid()
{
    QFETCH(std::string, column);
    QFETCH(std::string, inner);
    QFETCH(std::string, type);
    QFETCH(std::string, code);
    const ReportFixture fixture = makeReportFixture();
    const std::string xlsx = xlsxOf(fixture);
    const auto answers = answersOf(withCell(xlsx, column + rowOf(xlsx, "SYS.1.6.A2"), inner, type), fixture);
    QVERIFY(answers);
    QCOMPARE(answers->changed.size(), std::size_t(0));
    QCOMPARE(answers->problems.size(), std::size_t(1));
    QCOMPARE(std::string(answers->problems[0].why.def->code), code);
    const std::string where = code == "decision.reason-must" ? "K" : column; // what is missing is the reason
    QCOMPARE(answers->problems[0].cell, where + rowOf(xlsx, "SYS.1.6.A2"));
}

void WorkbookTest::otherAuditsAreRefused()
{
    ReportFixture fixture = makeReportFixture();
    const std::string xlsx = xlsxOf(fixture);
    ReportFixture other = makeReportFixture();
    other.audit.journalHead = std::string(64, '9');
    other.audit.journal.back().hash = other.audit.journalHead;
    QCOMPARE(answersOf(xlsx, other).error().message.def->code, "answers.other-audit");
    fixture.catalogue.edition = "2022";
    QCOMPARE(answersOf(xlsx, fixture).error().message.def->code, "answers.other-edition");
}

void WorkbookTest::brokenFilesAreSaid_data()
{
    QTest::addColumn<QByteArray>("file");
    const std::string good = xlsxOf(makeReportFixture(1));
    const auto bytes = [](const std::string &text) { return QByteArray::fromStdString(text); };
    QTest::newRow("no zip") << QByteArray("hello");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("another zip") << bytes(zipOf({{"a.txt", "a"}}));
    QTest::newRow("half of it") << bytes(good.substr(0, good.size() / 2));
    Members members = membersOf(good);
    const auto with = [members](const char *name, const std::string &content) {
        Members changed = members;
        for (auto &member : changed) {
            if (member.first == name)
                member.second = content;
        }
        return QByteArray::fromStdString(zipOf(changed));
    };
    QTest::newRow("sheet is no XML") << with("xl/worksheets/sheet2.xml", "<worksheet><sheetData>");
    QTest::newRow("no texts") << with("xl/sharedStrings.xml", "<sst/>");
    QTest::newRow("deep") << with("xl/worksheets/sheet2.xml", [] {
        std::string deep;
        for (int i = 0; i < 300'000; ++i)
            deep += "<a>";
        return deep;
    }());
    QTest::newRow("place outside") << with("xl/worksheets/sheet2.xml",
        "<worksheet><sheetData><row r=\"1\"><c r=\"ZZZZ99999999\" t=\"n\"><v>1</v></c></row></sheetData></worksheet>");
    QTest::newRow("entities") << with("xl/workbook.xml",
        "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]><workbook>&b;&c;</workbook>");
}

void WorkbookTest::brokenFilesAreSaid()
{
    QFETCH(QByteArray, file);
    const auto answers = answersOf(file.toStdString(), makeReportFixture(1));
    QVERIFY(!answers);
    QVERIFY(answers.error().message.def);
}

void WorkbookTest::othersWriteInlineTextsAndPrefixes()
{
    const std::string sheet
        = R"(<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<x:sheetData><x:row><x:c t="inlineStr"><x:is><x:r><x:t>a </x:t></x:r><x:r><x:t>b_x0041_</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:is></x:c><x:c><x:v>46477.5</x:v></x:c></x:row>
<x:row r="7"><x:c r="C7" t="b"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>)";
    const std::string xlsx = zipOf({{"xl/worksheets/one.xml", sheet},
        {"xl/workbook.xml",
            R"(<workbook><workbookPr date1904="true"/><sheets><sheet name="S" sheetId="7" r:id="x"/></sheets></workbook>)"},
        {"xl/_rels/workbook.xml.rels",
            R"(<Relationships><Relationship Id="x" Target="/xl/worksheets/one.xml"/></Relationships>)"}});
    const auto book = readWorkbook(memorySource(xlsx), "a.xlsx", {});
    QVERIFY(book);
    QVERIFY(book->from1904);
    const auto &rows = book->sheets.at(0).rows;
    QCOMPARE(rows.at(0).at(0).text, std::string("a bA"));
    QVERIFY(rows.at(0).at(1).number);
    QCOMPARE(rows.at(6).at(2).text, std::string("1"));
    QCOMPARE(cellName(6, 2), std::string("C7"));
    QCOMPARE(cellName(0, 702), std::string("AAA1"));
    QCOMPARE(dateOfSerial(46477.5), std::string("2027-03-31"));
    QCOMPARE(serialOfDate("2027-03-31"), 46477);
    QCOMPARE(serialOfDate("2027-02-29"), -1);
}

void WorkbookTest::outdatedDecisionsAreMarked()
{
    const ReportFixture fixture = makeReportFixture(); // A5 is one
    const Workbook book = readWorkbook(memorySource(xlsxOf(fixture)), "a.xlsx", {}).value();
    const auto numberBehind = [&book](const std::string &label) {
        for (const auto &[row, cells] : book.sheets[0].rows) {
            if (cells.contains(0) && cells.at(0).text == label && cells.contains(1))
                return cells.at(1).text;
        }
        return std::string();
    };
    QCOMPARE(numberBehind("no"), std::string("0"));
    QCOMPARE(numberBehind("outdated, to be confirmed or renewed"), std::string("1"));
    bool said = false;
    for (const auto &[row, cells] : book.sheets[1].rows) {
        for (const auto &[column, cell] : cells)
            said |= cells.at(0).text == "SYS.1.6.A5" && cell.text.ends_with(": outdated, evidence has changed since");
    }
    QVERIFY(said);
}

namespace {

/// With a second module, in which one requirement was decided.
ReportFixture makeTwoModules()
{
    ReportFixture fixture = makeReportFixture(2);
    Module second{"APP.4.4", {"Kubernetes", "Kubernetes"}, {}};
    second.requirements.push_back(fixture.catalogue.modules[0].requirements[0]);
    second.requirements[0].id = "APP.4.4.A1";
    second.requirements[0].parts.clear();
    fixture.catalogue.modules.push_back(second);
    fixture.audit.decisions["APP.4.4.A1"] = fixture.audit.decisions.at("SYS.1.6.A15");
    return fixture;
}

std::map<std::string, std::string> bundleOf(const BundleInput &wanted)
{
    const English english;
    const auto pdf = [](const ReportDocument &document) {
        return Result<std::string>("%PDF of " + std::string(languageTag(document.language)) + document.title);
    };
    const auto zip = writeBundle(wanted, pdf, english, english);
    std::map<std::string, std::string> members;
    for (const auto &[name, content] : membersOf(zip.value())) {
        if (!members.emplace(name, content).second)
            qFatal("%s twice", name.c_str());
    }
    return members;
}

QStringList namesIn(const std::map<std::string, std::string> &members)
{
    QStringList names;
    for (const auto &[name, content] : members)
        names << QString::fromStdString(name);
    names.sort();
    return names;
}

} // namespace

void WorkbookTest::bundleHoldsEverything()
{
    const ReportFixture fixture = makeReportFixture(2);
    const ReportInput input = fixture.input();
    ReportOptions options;
    options.createdAt = "2026-11-20T16:00:00Z";
    const auto evidence = [](const char *name, const char *content) {
        return BundleFile{name, [content] { return Result<std::string>(content); }};
    };
    BundleInput wanted{input, options};
    wanted.files = {evidence("../a\nb.pdf", "1"), evidence("../a\nb.pdf", "2"), evidence("Protokoll.pdf", "3")};
    const auto members = bundleOf(wanted);
    QStringList expected{QStringLiteral("README.txt"), QStringLiteral("SHA256SUMS"), QStringLiteral("audit.json"),
        QStringLiteral("evidence/.._a_U+000A_b.pdf"), QStringLiteral("evidence/.._a_U+000A_b (2).pdf"),
        QStringLiteral("evidence/Protokoll.pdf")};
    for (const char *language : {"de", "en"}) {
        for (const char *name : {"audit.xlsx", "audit.csv", "audit.sarif", "audit.oscal.json", "audit.vna",
                 "audit.posture.csv", "requests.xlsx", "journal.csv", "journal.json"})
            expected << QStringLiteral("%1/%2").arg(QString::fromLatin1(language), QString::fromLatin1(name));
        for (const char *name : {"audit", "management", "plan", "unchecked", "evidence", "requests"}) {
            for (const char *suffix : {"pdf", "html"})
                expected << QStringLiteral("%1/%2.%3")
                                .arg(QString::fromLatin1(language), QString::fromLatin1(name),
                                    QString::fromLatin1(suffix));
        }
    }
    expected.sort();
    QCOMPARE(namesIn(members), expected);
    QVERIFY(members.at("README.txt").find(fixture.audit.journalHead) != std::string::npos);
    QVERIFY(members.at("README.txt").find("difference") == std::string::npos); // it was started from no other
    QVERIFY(members.at("de/journal.json").find("\"head\"") != std::string::npos);
    std::size_t lines = 0;
    for (const QString &line : QString::fromStdString(members.at("SHA256SUMS")).split(u'\n', Qt::SkipEmptyParts)) {
        QCOMPARE(line.mid(64, 2), QStringLiteral("  "));
        QCOMPARE(line.left(64).toStdString(), sha256Hex(members.at(line.mid(66).toStdString())));
        ++lines;
    }
    QCOMPARE(lines, members.size() - 1);
}

void WorkbookTest::bundleHoldsEachJudgedModule()
{
    ReportFixture fixture = makeTwoModules();
    Predecessor predecessor;
    predecessor.title = "last year";
    fixture.audit.predecessor = predecessor;
    const ReportInput input = fixture.input();
    ReportOptions options;
    options.createdAt = "2026-11-20T16:00:00Z";
    BundleInput wanted{input, options};
    wanted.filesLeftOut = Message{exportDef("export.zip.no-files"), {"1 KiB"}};
    auto members = bundleOf(wanted);
    for (const char *name : {"en/audit.pdf", "en/audit.APP.4.4.pdf", "de/management.APP.4.4.html",
             "de/plan.APP.4.4.pdf", "en/unchecked.APP.4.4.pdf", "en/evidence.pdf"})
        QVERIFY2(members.contains(name), name);
    QVERIFY(!members.contains("en/evidence.APP.4.4.pdf")); // of the whole audit
    QVERIFY(members.at("en/audit.APP.4.4.pdf").find("Kubernetes") != std::string::npos);
    const std::string &readme = members.at("README.txt");
    QVERIFY(readme.find("audit.APP.4.4.pdf and its like are about APP.4.4 Kubernetes.") != std::string::npos);
    QVERIFY(readme.find("this audit was started from “last year”, whose file was not found") != std::string::npos);
    QVERIFY(readme.find("more than 1 KiB") != std::string::npos);
    wanted.notCompared = Message{auditDef("audit.not-an-audit"), {"old.tally"}};
    members = bundleOf(wanted);
    QVERIFY(members.at("README.txt").find("the earlier audit “last year” cannot be compared.") != std::string::npos);

    fixture.audit.run = fixture.audit.assessment;
    const auto state = std::make_shared<const AuditState>(fixture.audit);
    AuditComparison comparison;
    comparison.before = state;
    comparison.after = state;
    wanted.difference = &comparison;
    wanted.notCompared.reset();
    members = bundleOf(wanted);
    for (const char *name : {"de/difference.pdf", "en/difference.html", "en/difference.APP.4.4.pdf", "difference.json"})
        QVERIFY2(members.contains(name), name);
    QVERIFY(members.at("README.txt").find("not found") == std::string::npos);
}

TALLY_TEST(WorkbookTest)
#include "workbook_test.moc"
