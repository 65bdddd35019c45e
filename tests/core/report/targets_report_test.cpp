// SPDX-License-Identifier: Apache-2.0
#include "tests/core/report/english.h"
#include "tests/core/report/report_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

namespace {

/// All that is printed, one run a line.
std::string textOf(const ReportFixture &fixture)
{
    ReportOptions options;
    options.createdAt = "2026-11-23T10:00:00Z";
    const ReportDocument document = buildReport(fixture.input(), options, English());
    std::string text;
    const auto add = [&text](const Runs &runs) {
        for (const Run &run : runs)
            text += run.text + '\n';
    };
    for (const ReportBlock &block : document.blocks) {
        if (const auto *paragraph = std::get_if<Paragraph>(&block))
            add(paragraph->runs);
        if (const auto *box = std::get_if<Box>(&block)) {
            add(box->headline);
            for (const Runs &line : box->lines)
                add(line);
        }
        if (const auto *table = std::get_if<Table>(&block)) {
            for (const Table::Row &row : table->rows) {
                for (const Cell &cell : row.cells) {
                    for (const Runs &line : cell.lines)
                        add(line);
                }
            }
        }
    }
    return text;
}

TargetObject target(const char *key, const char *name, TargetObject::Need need)
{
    TargetObject made;
    made.key = key;
    made.name = name;
    made.kind = TargetObject::Kind::Namespace;
    made.confidentiality = {need, need == TargetObject::Need::NotStated ? "" : "by law"};
    made.integrity.need = need;
    made.availability.need = need;
    return made;
}

} // namespace

/// Target objects and protection needs, as the report prints them.
class TargetsReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutThemTheReportSaysSo();
    void theyStandWithTheirReasons();
    void whatAppliesNowhereIsNotOpen();
};

void TargetsReportTest::withoutThemTheReportSaysSo()
{
    const std::string text = textOf(makeReportFixture());
    QVERIFY(text.find("Protection needs are not recorded") != std::string::npos);
    QVERIFY(text.find("Not counted as open") == std::string::npos);
}

void TargetsReportTest::theyStandWithTheirReasons()
{
    ReportFixture fixture = makeReportFixture();
    fixture.audit.records.put(target("T-001", "payments", TargetObject::Need::VeryHigh));
    fixture.audit.records.put(target("T-002", "other", TargetObject::Need::NotStated));
    const std::string text = textOf(fixture);
    QVERIFY(text.find("Protection needs are not recorded") == std::string::npos);
    QVERIFY(text.find("T-001\npayments\nNamespace\nvery high\nvery high\nvery high\nConfidentiality: by law\n")
        != std::string::npos);
    QVERIFY(text.find("other\nNamespace\nopen\n") != std::string::npos);
    QVERIFY(text.find("apply to: Namespace payments (very high).") != std::string::npos);
}

void TargetsReportTest::whatAppliesNowhereIsNotOpen()
{
    ReportFixture fixture = makeReportFixture();
    fixture.audit.records.put(target("T-001", "*", TargetObject::Need::Normal));
    const std::string text = textOf(fixture);
    QVERIFY(text.find("apply nowhere") != std::string::npos);
    QVERIFY(text.find("Not counted as open: ") != std::string::npos);
}

TALLY_TEST(TargetsReportTest)
#include "targets_report_test.moc"
