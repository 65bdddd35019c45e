// SPDX-License-Identifier: Apache-2.0
#include "core/report/csv_writer.h"

#include "core/report/report_format.h"
#include "tests/core/report/english.h"
#include "tests/core/report/hostile.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

class CsvWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void longestSuffixDecides_data();
    void longestSuffixDecides();
    void unknownSuffixNamesTheKnown();
    void cells_data();
    void cells();
    void findingsAreRows();
    void judgedSeverityStandsBesideTheProgramsOwn();
    void hostileTextsStayInTheirCells();
    void postureSaysNothingGreenWithoutAPerson();
    void postureWritesNoIdThatMeansAnother();
    void outdatedDecisionsSaySo();
    void furtherModulesHaveFilesOfTheirOwn();
};

namespace {

using Rows = std::vector<std::vector<std::string>>;

/// A strict reader of RFC 4180; nothing where a row is broken.
Rows parse(std::string_view csv, char separator)
{
    Rows rows;
    std::vector<std::string> row;
    std::string cell;
    bool quoted = false;
    for (std::size_t i = 0; i < csv.size(); ++i) {
        const char c = csv[i];
        if (quoted) {
            if (c != '"')
                cell += c;
            else if (i + 1 < csv.size() && csv[i + 1] == '"')
                cell += csv[++i];
            else
                quoted = false;
        } else if (c == '"') {
            if (!cell.empty())
                return {};
            quoted = true;
        } else if (c == separator) {
            row.push_back(std::exchange(cell, {}));
        } else if (c == '\r' && i + 1 < csv.size() && csv[i + 1] == '\n') {
            row.push_back(std::exchange(cell, {}));
            rows.push_back(std::exchange(row, {}));
            ++i;
        } else if (c == '\r' || c == '\n') {
            return {};
        } else {
            cell += c;
        }
    }
    return quoted || !row.empty() || !cell.empty() ? Rows() : rows;
}

std::size_t columnOf(const Rows &rows, std::string_view head)
{
    return static_cast<std::size_t>(std::ranges::find(rows[0], head) - rows[0].begin());
}

Rows findingsOf(const ReportFixture &fixture)
{
    const std::string csv = writeCsv(fixture.input(), {}, English());
    return csv.starts_with("\xEF\xBB\xBF") ? parse(std::string_view(csv).substr(3), ';') : Rows();
}

} // namespace

void CsvWriterTest::longestSuffixDecides_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<int>("format");
    const auto row = [](const char *path, ReportFormat format) {
        QTest::newRow(path) << std::string(path) << static_cast<int>(format);
    };
    row("a.pdf", ReportFormat::Pdf);
    row("a.html", ReportFormat::Html);
    row("a.csv", ReportFormat::Csv);
    row("a.posture.csv", ReportFormat::Posture);
    row("a.posture.csv.csv", ReportFormat::Csv);
    row("a.xlsx", ReportFormat::Xlsx);
    row("a.json", ReportFormat::Json);
    row("a.oscal.json", ReportFormat::Oscal);
    row("oscal.json", ReportFormat::Json);
    row("/x.zip/A.SARIF", ReportFormat::Sarif);
    row("a.vna", ReportFormat::Vna);
    row("a.zip", ReportFormat::Zip);
    row("-", ReportFormat::Json);
}

void CsvWriterTest::longestSuffixDecides()
{
    QFETCH(std::string, path);
    QFETCH(int, format);
    const auto found = reportFormat(path);
    QVERIFY(found);
    QCOMPARE(static_cast<int>(*found), format);
    QCOMPARE(static_cast<int>(infoOf(*found).format), format);
}

void CsvWriterTest::unknownSuffixNamesTheKnown()
{
    for (const char *path : {"a.txt", "pdf", "", "a.pdf.gz", "a.sarif.txt"}) {
        const auto found = reportFormat(path);
        QVERIFY2(!found, path);
        QCOMPARE(found.error().kind, ErrorKind::Unsupported);
        for (const ReportFormatInfo &info : reportFormats())
            QVERIFY(found.error().message.args.at(1).find(info.suffix) != std::string::npos);
    }
}

void CsvWriterTest::cells_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("cell");
    QTest::newRow("plain") << std::string("abc") << std::string("abc");
    QTest::newRow("empty") << std::string() << std::string();
    QTest::newRow("separator") << std::string("a;b") << std::string("\"a;b\"");
    QTest::newRow("quote") << std::string("a\"b") << std::string("\"a\"\"b\"");
    QTest::newRow("newline") << std::string("a\nb") << std::string("\"a\nb\"");
    QTest::newRow("equals") << std::string("=1+1") << std::string("'=1+1");
    QTest::newRow("plus") << std::string("+49") << std::string("'+49");
    QTest::newRow("minus") << std::string("-1") << std::string("'-1");
    QTest::newRow("at") << std::string("@x") << std::string("'@x");
    QTest::newRow("tab") << std::string("\t=1") << std::string("'\t=1");
    QTest::newRow("return") << std::string("\r=1") << std::string("\"'\r=1\"");
    QTest::newRow("quoted formula") << std::string("=A1;\"x\"") << std::string("\"'=A1;\"\"x\"\"\"");
}

void CsvWriterTest::cells()
{
    QFETCH(std::string, text);
    QFETCH(std::string, cell);
    ExportTable table;
    table.columns = {{"h"}, {"n"}};
    table.rows = {{text, std::int64_t{-5}}};
    QCOMPARE(csvText(table, ';'), "h;n\r\n" + cell + ";-5\r\n"); // numbers stay numbers
}

void CsvWriterTest::findingsAreRows()
{
    const ReportFixture fixture = makeReportFixture();
    const Rows rows = findingsOf(fixture);
    QCOMPARE(rows.size(), fixture.audit.assessment->findings.size() + 1);
    for (const auto &row : rows)
        QCOMPARE(row.size(), rows[0].size());
    const auto cell = [&rows](std::size_t row, std::string_view head) { return rows[row][columnOf(rows, head)]; };
    QCOMPARE(cell(1, "Severity"), std::string("critical"));
    QCOMPARE(cell(1, "Object"), std::string("session-proxy-0"));
    QCOMPARE(cell(1, "Line"), std::string("1000"));
    QCOMPARE(cell(1, "Source"), std::string("mh-prod-01_2026-11-12.yaml"));
    QCOMPARE(cell(1, "Parts of requirements"), std::string("SYS.1.6.A17.1 (proves), SYS.1.6.A16.2 (indicates)"));
    QCOMPARE(cell(1, "Decision"), std::string("SYS.1.6.A17: partially"));
    std::vector<std::string> exceptions;
    for (std::size_t row = 1; row < rows.size(); ++row) {
        if (!cell(row, "Exception").empty())
            exceptions.push_back(cell(row, "Id of the finding") + " " + cell(row, "Exception"));
    }
    QCOMPARE(exceptions.size(), std::size_t(1));
    QVERIFY(exceptions[0].starts_with("POD-PRIVESC-1 "));
    QVERIFY(exceptions[0].find("30 Jun 2027") != std::string::npos
        || exceptions[0].find("30.06.2027") != std::string::npos);
}

void CsvWriterTest::judgedSeverityStandsBesideTheProgramsOwn()
{
    const Rows rows = findingsOf(makeJudgedFixture());
    const auto cell = [&rows](std::size_t row, std::string_view head) { return rows[row].at(columnOf(rows, head)); };
    QCOMPARE(cell(1, "Severity"), std::string("low"));
    QCOMPARE(cell(1, "Severity by the program"), std::string("critical"));
    QCOMPARE(cell(1, "Reason for another severity"), std::string("<b>cut off</b> by the firewall\nof the %1 zone"));
    QCOMPARE(cell(1, "Severity judged by"), std::string("Katrin Brandt"));
    QVERIFY(!cell(1, "Severity judged on").empty());
    for (std::size_t row = 2; row < rows.size(); ++row) {
        QCOMPARE(cell(row, "Severity by the program"), cell(row, "Severity"));
        QVERIFY(cell(row, "Reason for another severity").empty() && cell(row, "Severity judged by").empty());
    }
}

void CsvWriterTest::hostileTextsStayInTheirCells()
{
    const ReportFixture fixture = makeHostileFixture();
    const Rows rows = findingsOf(fixture);
    QCOMPARE(rows.size(), fixture.audit.assessment->findings.size() + 1);
    for (const auto &row : rows) {
        QCOMPARE(row.size(), rows[0].size());
        for (const std::string &cell : row) {
            QVERIFY(cell.empty() || std::string_view("=+-@\t\r").find(cell[0]) == std::string_view::npos);
            QVERIFY(cell.find('\0') == std::string::npos);
            QVERIFY(cell.find("\u202E") == std::string::npos);
            QCOMPARE(QString::fromStdString(cell).toStdString(), cell); // UTF-8
        }
    }
}

void CsvWriterTest::postureSaysNothingGreenWithoutAPerson()
{
    const ReportFixture fixture = makeReportFixture();
    const Rows rows = parse(writePostureCsv(fixture.input(), {}, English()), ',');
    QVERIFY(!rows.empty());
    QCOMPARE(rows[0], (std::vector<std::string>{"ref_id", "result", "actual", "expected", "message"}));
    std::map<std::string, std::string> results;
    for (std::size_t i = 1; i < rows.size(); ++i)
        results[rows[i][0]] = rows[i][1];
    QCOMPARE(results.size(), rows.size() - 1); // each once
    QCOMPARE(results.at("SYS.1.6.A17"), std::string("partially_compliant"));
    QCOMPARE(results.at("SYS.1.6.A15"), std::string("compliant"));
    QCOMPARE(results.at("SYS.1.6.A5"), std::string("not_assessed")); // "no", and outdated
    QCOMPARE(results.at("SYS.1.6.A26"), std::string("not_applicable"));
    QCOMPARE(results.at("SYS.1.6.A2"), std::string("not_assessed"));
    for (const auto &[id, result] : results) {
        if (result == "compliant" || result == "not_applicable" || result == "partially_compliant")
            QVERIFY2(fixture.audit.decisions.contains(id), id.c_str());
    }
}

/// There the id of our part stands for another sentence.
void CsvWriterTest::postureWritesNoIdThatMeansAnother()
{
    ReportFixture fixture = makeReportFixture();
    const auto requirement = std::ranges::find_if(
        fixture.catalogue.modules[0].requirements, [](const Requirement &each) { return each.id == "SYS.1.6.A21"; });
    QVERIFY(requirement != fixture.catalogue.modules[0].requirements.end());
    requirement->parts.resize(4, requirement->parts.front());
    for (std::size_t i = 0; i < 4; ++i)
        requirement->parts[i].id = "SYS.1.6.A21." + std::to_string(i + 1);
    const Rows rows = parse(writePostureCsv(fixture.input(), {}, English()), ',');
    const auto rowOf = [&rows](const char *id) {
        return std::ranges::find_if(rows, [id](const auto &row) { return row[0] == id; });
    };
    QVERIFY(rowOf("SYS.1.6.A21.3") != rows.end());
    QVERIFY(rowOf("SYS.1.6.A21.4") == rows.end());
    QVERIFY(rowOf("SYS.1.6.A21") != rows.end());
    QVERIFY2((*rowOf("SYS.1.6.A21"))[4].ends_with("have no row here: SYS.1.6.A21.4: not_assessed."),
        (*rowOf("SYS.1.6.A21"))[4].c_str());
}

void CsvWriterTest::outdatedDecisionsSaySo()
{
    ReportFixture fixture = makeReportFixture();
    fixture.audit.decisions.at("SYS.1.6.A15").stale = true; // "yes"
    const Rows posture = parse(writePostureCsv(fixture.input(), {}, English()), ',');
    const auto row = std::ranges::find_if(posture, [](const auto &each) { return each[0] == "SYS.1.6.A15"; });
    QVERIFY(row != posture.end());
    QCOMPARE((*row)[1], std::string("not_assessed"));
    QVERIFY2((*row)[4].starts_with("Outdated: decided yes by Katrin Brandt on "), (*row)[4].c_str());
    fixture.audit.decisions.at("SYS.1.6.A17").stale = true;
    const Rows findings = findingsOf(fixture);
    const std::size_t column = columnOf(findings, "Decision");
    QVERIFY(std::ranges::any_of(findings, [column](const auto &each) {
        return each[column].find("SYS.1.6.A17: partially (outdated)") != std::string::npos;
    }));
}

void CsvWriterTest::furtherModulesHaveFilesOfTheirOwn()
{
    QCOMPARE(pathForModule("out/a.pdf", ReportFormat::Pdf, "APP.4.4"), std::string("out/a.APP.4.4.pdf"));
    QCOMPARE(pathForModule("A.HTML", ReportFormat::Html, "APP.4.4"), std::string("A.APP.4.4.HTML"));
}

TALLY_TEST(CsvWriterTest)
#include "csv_writer_test.moc"
