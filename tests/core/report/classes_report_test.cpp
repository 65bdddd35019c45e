// SPDX-License-Identifier: Apache-2.0
#include "core/audit/classification.h"
#include "core/report/journal_view.h"
#include "core/report/report.h"
#include "tests/core/report/english.h"
#include "tests/core/report/report_fixture.h"
#include "tests/core/report/table_text.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace tally;
using namespace tally::test;

namespace {

constexpr const char *sentence = "The platform does not meet SYS.1.6 in essential parts.";

void set(AuditState &audit, std::string key, std::string value)
{
    Setting setting;
    setting.key = std::move(key);
    setting.value = std::move(value);
    setting.by = "Karla Leitung";
    setting.at = "2026-11-20T10:00:00Z";
    audit.records.put(std::move(setting));
}

/// A17 is decided “partially”, A5 “no”, A15 “yes”, A26 “dispensable”.
ReportFixture makeClassified()
{
    ReportFixture fixture = makeReportFixture();
    set(fixture.audit, "class/SYS.1.6.A17", "AG");
    set(fixture.audit, "kritis/SYS.1.6.A17", "considerable");
    set(fixture.audit, "class/SYS.1.6.A5", "AS");
    return fixture;
}

ReportDocument documentOf(const ReportFixture &fixture, ReportOptions::Kind kind = ReportOptions::Kind::Full)
{
    ReportOptions options;
    options.language = Language::English;
    options.kind = kind;
    options.createdAt = "2026-11-20T16:42:00Z";
    return buildReport(fixture.input(), options, English());
}

bool has(const std::string &text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

const Table &deviationsOf(const ReportDocument &document)
{
    const auto heading = std::ranges::find_if(document.blocks, [](const ReportBlock &block) {
        const auto *one = std::get_if<Heading>(&block);
        return one && one->anchor == "s1-deviations";
    });
    return std::get<Table>(*std::next(heading));
}

/// The sentence below the table.
std::string noteOf(const ReportDocument &document)
{
    const Table &table = deviationsOf(document);
    const auto at = std::ranges::find_if(
        document.blocks, [&table](const ReportBlock &block) { return std::get_if<Table>(&block) == &table; });
    return std::get<Paragraph>(*std::next(at)).runs.at(0).text;
}

} // namespace

/// Section 1, section 4, JSON and journal with what auditors said of the deviations and of the whole.
class ClassesReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAVerdictNothingIsSaid();
    void theVerdictStandsWithWhoAndWhen();
    void aDraftStaysADraft();
    void aVerdictBeforeLaterDecisionsSaysSo();
    void thePresetPutsTheClassFirst();
    void severityStandsWhereNobodyClassified();
    void whatIsClassifiedWithoutProofIsListed();
    void theChosenOnesAreListed();
    void theEarliestDateIsTheRemedysDate();
    void theRequirementShowsItsClass();
    void aClassThatNoLongerFitsIsNotPrinted();
    void jsonHasThem();
    void theJournalSaysThemInWords();
};

void ClassesReportTest::withoutAVerdictNothingIsSaid()
{
    const std::string html = writeHtml(documentOf(makeReportFixture()));
    QVERIFY(has(html, "No overall verdict yet. 4 of 26 requirements are decided."));
    QVERIFY(!has(html, "Overall verdict:"));
    QVERIFY(!has(html, "serious deviation; ") && !has(html, "AG minor") && !has(html, "AS serious"));
}

void ClassesReportTest::theVerdictStandsWithWhoAndWhen()
{
    ReportFixture fixture = makeClassified();
    const Decision decided = fixture.audit.decisions.at("SYS.1.6.A17");
    for (const Requirement &requirement : fixture.catalogue.modules[0].requirements)
        fixture.audit.decisions.insert_or_assign(requirement.id, decided);
    QVERIFY(has(writeHtml(documentOf(fixture)), "The overall verdict is given by the audit lead."));
    set(fixture.audit, "verdict/SYS.1.6", sentence);
    set(fixture.audit, "verdict/APP.4.4", "Another module.");
    for (const ReportOptions::Kind kind : {ReportOptions::Kind::Full, ReportOptions::Kind::Management}) {
        const std::string html = writeHtml(documentOf(fixture, kind));
        QVERIFY(has(html, sentence));
        QVERIFY(has(html, "Overall verdict: Karla Leitung, 20 Nov 2026."));
        QVERIFY(!has(html, "is given by the audit lead") && !has(html, "No overall verdict yet"));
        QVERIFY(!has(html, "This report is a draft") && !has(html, "Another module."));
        QVERIFY(!has(html, "the verdict is to be confirmed"));
    }
}

void ClassesReportTest::aDraftStaysADraft()
{
    ReportFixture fixture = makeClassified();
    set(fixture.audit, "verdict/SYS.1.6", sentence);
    const ReportDocument document = documentOf(fixture);
    const std::string html = writeHtml(document);
    QVERIFY(has(html, sentence));
    QVERIFY(has(html, "This report is a draft: 4 of 26 requirements are decided."));
    QVERIFY(!has(html, "No overall verdict yet"));
    QVERIFY(document.version.ends_with("(draft)"));
}

void ClassesReportTest::aVerdictBeforeLaterDecisionsSaysSo()
{
    ReportFixture fixture = makeClassified();
    set(fixture.audit, "verdict/SYS.1.6", sentence);
    QVERIFY(!has(writeHtml(documentOf(fixture)), "the verdict is to be confirmed"));
    fixture.audit.journal.push_back(
        {4, "2026-11-20T10:00:01Z", "Katrin Brandt", "decision", "SYS.1.6.A6", "{}", std::string(64, '4')});
    QVERIFY(has(writeHtml(documentOf(fixture)), "the verdict is to be confirmed"));
}

void ClassesReportTest::thePresetPutsTheClassFirst()
{
    const auto first = [](const ReportFixture &fixture) {
        return deviationsOf(documentOf(fixture)).rows.at(0).cells.at(1).lines.at(0).at(0).text;
    };
    QCOMPARE(first(makeReportFixture()), "Container runs privileged");
    ReportFixture fixture = makeClassified();
    QCOMPARE(first(fixture), "Applications are not separated in the network"); // proves A5: AS
    set(fixture.audit, "class/SYS.1.6.A5", "E");
    set(fixture.audit, "class/SYS.1.6.A17", "E");
    QCOMPARE(first(fixture), "Credentials stand in plain text in environment variables"); // E weighs less than none
    set(fixture.audit, "class/SYS.1.6.A17", "AG");
    QCOMPARE(first(fixture), "Container runs privileged");
}

void ClassesReportTest::severityStandsWhereNobodyClassified()
{
    const Table table = deviationsOf(documentOf(makeReportFixture()));
    QCOMPARE(table.columns[3].head, "Class / deficiency (KRITIS)");
    double width = 0;
    for (const Table::Column &each : table.columns)
        width += each.width;
    QCOMPARE(width, 170.0);
    for (const Table::Row &row : table.rows) {
        QCOMPARE(row.cells[3].lines.size(), std::size_t(1));
        QVERIFY(row.cells[3].lines[0][0].style == Run::Style::Muted);
        QVERIFY(row.cells[3].lines[0][0].symbol != Symbol::None);
    }
    QVERIFY(noteOf(documentOf(makeReportFixture())).ends_with("The class is set by the auditors."));
    const ReportFixture fixture = makeClassified();
    const std::vector<std::string> weights = columnOf(deviationsOf(documentOf(fixture)), 3);
    QCOMPARE(weights[0], "AS serious");
    QCOMPARE(weights[1], "AG minor|considerable");
    QCOMPARE(std::ranges::count(weights, "critical"), 1); // A8, which nobody decided
    QVERIFY(noteOf(documentOf(fixture)).ends_with("The class is set by the auditors."));
}

void ClassesReportTest::whatIsClassifiedWithoutProofIsListed()
{
    ReportFixture fixture = makeReportFixture();
    Decision decision = fixture.audit.decisions.at("SYS.1.6.A17");
    decision.reason = "Nobody is in charge of the platform.\nSecond line";
    fixture.audit.decisions["SYS.1.6.A2"] = decision;
    const auto numbers = [&fixture] { return columnOf(deviationsOf(documentOf(fixture)), 0); };
    QCOMPARE(std::ranges::count(numbers(), "A2"), 0);
    set(fixture.audit, "class/SYS.1.6.A2", "AS");
    QCOMPARE(numbers().at(0), "A2");
    const Table table = deviationsOf(documentOf(fixture));
    QVERIFY(textOf(table.rows[0].cells[1]).ends_with("|Nobody is in charge of the platform."));
    QCOMPARE(textOf(table.rows[0].cells[2]), "whole requirement");
    QCOMPARE(textOf(table.rows[0].cells[3]), "AS serious");
    fixture.audit.records.remove(RecordType::Setting, "class/SYS.1.6.A2");
    set(fixture.audit, "kritis/SYS.1.6.A2", "minor");
    set(fixture.audit, "five/SYS.1.6", "SYS.1.6.A2");
    QCOMPARE(columnOf(deviationsOf(documentOf(fixture)), 3).at(0), "KRITIS: minor"); // not a class
}

void ClassesReportTest::theChosenOnesAreListed()
{
    ReportFixture fixture = makeClassified();
    set(fixture.audit, "five/SYS.1.6", "SYS.1.6.A17 SYS.1.6.A5 SYS.1.6.A15");
    const ReportDocument document = documentOf(fixture);
    const Table &table = deviationsOf(document);
    QCOMPARE(columnOf(table, 0), (std::vector<std::string>{"A5", "A17"})); // worst class first; A15 is “yes” by now
    QCOMPARE(columnOf(table, 3), (std::vector<std::string>{"AS serious", "AG minor|considerable"}));
    QVERIFY(has(textOf(table.rows[0].cells[1]), "Applications are not separated in the network"));
    QCOMPARE(table.rows[0].cells[0].lines[0][0].link, "SYS.1.6.A5");
    QVERIFY(has(textOf(table.rows[0].cells[2]), "A5.1"));
    QCOMPARE(noteOf(document), "Chosen by Karla Leitung on 20 Nov 2026.");
    const ReportDocument management = documentOf(fixture, ReportOptions::Kind::Management);
    QCOMPARE(columnOf(deviationsOf(management), 0), (std::vector<std::string>{"A5", "A17"}));
    QVERIFY(!has(writeHtml(documentOf(makeClassified(), ReportOptions::Kind::Management)), "Chosen by"));
}

void ClassesReportTest::theEarliestDateIsTheRemedysDate()
{
    ReportFixture fixture = makeClassified();
    set(fixture.audit, "five/SYS.1.6", "SYS.1.6.A17");
    const auto until = [&fixture] { return columnOf(deviationsOf(documentOf(fixture)), 4).at(0); };
    QCOMPARE(until(), "31 Mar 2027"); // of the decision
    Measure measure;
    measure.key = "M-001";
    measure.title = "Drop privileged";
    measure.requirements = {"SYS.1.6.A17.1"};
    measure.due = "2027-02-01";
    fixture.audit.records.put(measure);
    QCOMPARE(until(), "1 Feb 2027");
    measure.state = Measure::State::Done;
    fixture.audit.records.put(measure);
    QCOMPARE(until(), "31 Mar 2027");
    measure.state = Measure::State::Planned;
    measure.requirements = {"SYS.1.6.A5"};
    fixture.audit.records.put(measure);
    QCOMPARE(until(), "31 Mar 2027");
    measure.checks = {"POD-PRIVILEGED"}; // which proves A17.1
    fixture.audit.records.put(measure);
    QCOMPARE(until(), "1 Feb 2027");
}

void ClassesReportTest::theRequirementShowsItsClass()
{
    const ReportDocument document = documentOf(makeClassified());
    std::vector<std::string> strips;
    std::vector<std::string> boxes;
    for (const ReportBlock &block : document.blocks) {
        if (const auto *strip = std::get_if<Strip>(&block)) {
            QCOMPARE(strip->items.size(), std::size_t(4)); // the PDF has room for so many
            if (strip->items[2].label == "Class")
                strips.push_back(strip->items[2].value[0].text);
        }
        for (const Facts::Fact &fact :
            std::holds_alternative<Box>(block) ? std::get<Box>(block).facts.facts : std::vector<Facts::Fact>()) {
            if (fact.label == "Class")
                boxes.push_back(fact.lines[0][0].text);
        }
    }
    QCOMPARE(strips, (std::vector<std::string>{"AS, serious deviation", "AG, minor deviation"}));
    QCOMPARE(boxes,
        (std::vector<std::string>{"AS, serious deviation", "AG, minor deviation; KRITIS deficiency: considerable"}));
}

void ClassesReportTest::aClassThatNoLongerFitsIsNotPrinted()
{
    ReportFixture fixture = makeClassified();
    fixture.audit.decisions.at("SYS.1.6.A17").status = Status::Ja;
    fixture.audit.decisions.at("SYS.1.6.A5").status = Status::Unbearbeitet;
    const std::string html = writeHtml(documentOf(fixture));
    QVERIFY(!has(html, "AG, minor") && !has(html, "AG minor") && !has(html, "AS serious"));
    QVERIFY(!has(html, "AS, serious deviation"));
}

void ClassesReportTest::jsonHasThem()
{
    ReportFixture fixture = makeClassified();
    const auto json
        = [&fixture] { return nlohmann::json::parse(writeAuditJson(fixture.input(), English(), English())); };
    QVERIFY(json().at("verdicts").empty());
    set(fixture.audit, "verdict/SYS.1.6", sentence);
    set(fixture.audit, "five/SYS.1.6", "SYS.1.6.A5");
    const nlohmann::json made = json();
    for (const nlohmann::json &each : made.at("requirements")) {
        const nlohmann::json &decision = each.at("decision");
        const std::string id = each.at("id").get<std::string>();
        if (decision.is_null())
            continue;
        QCOMPARE(decision.at("classification").dump(),
            id == "SYS.1.6.A17"      ? R"("AG")"
                : id == "SYS.1.6.A5" ? R"("AS")"
                                     : "null");
        QCOMPARE(decision.at("kritis").dump(), id == "SYS.1.6.A17" ? R"("considerable")" : "null");
        for (const nlohmann::json &part : each.at("parts"))
            QVERIFY(part.at("decision").is_null() || !part.at("decision").contains("classification"));
    }
    const nlohmann::json &verdicts = made.at("verdicts");
    QCOMPARE(verdicts.size(), std::size_t(1));
    QCOMPARE(verdicts[0].at("module").get<std::string>(), "SYS.1.6");
    QCOMPARE(verdicts[0].at("verdict").at("text").get<std::string>(), sentence);
    QCOMPARE(verdicts[0].at("verdict").at("by").get<std::string>(), "Karla Leitung");
    QCOMPARE(verdicts[0].at("mostImportant").dump(), R"(["SYS.1.6.A5"])");
}

void ClassesReportTest::theJournalSaysThemInWords()
{
    const English english;
    const Words words(Language::English, english);
    const auto said = [&words](const char *subject, const char *before, const char *after) {
        const std::string detail = std::string(R"({"before":)") + before + R"(,"after":)" + after + "}";
        const JournalLine line
            = journalLine({1, "2026-11-20T10:00:00Z", "K", "setting", subject, detail, std::string(64, '1')}, words);
        return line.event + "; " + line.subject + ": " + changesInOneLine(line, words);
    };
    QCOMPARE(said("class/SYS.1.6.A17", R"({"value":"AG"})", R"({"value":"AS"})"),
        "Classification; Classification of SYS.1.6.A17: Value: AG, minor deviation → AS, serious deviation");
    QCOMPARE(said("kritis/SYS.1.6.A17", "null", R"({"value":"considerable"})"),
        "Classification; KRITIS deficiency of SYS.1.6.A17: Value: considerable");
    QCOMPARE(said("verdict/SYS.1.6", "null", R"({"value":"Not met."})"),
        "Overall verdict; Overall verdict on SYS.1.6: Value: Not met.");
    QCOMPARE(said("five/SYS.1.6", "null", R"({"value":"SYS.1.6.A5 SYS.1.6.A17 SYS.1.6.A6"})"),
        "Choice of the most important deviations; The most important deviations of SYS.1.6: Value: SYS.1.6.A5, "
        "SYS.1.6.A17, SYS.1.6.A6");
    const auto event = [&words](const char *code, const char *subject) {
        return words.event(journalEvent({1, {}, {}, code, subject, "{}", {}}));
    };
    QCOMPARE(event("setting-removed-undone", "class/SYS.1.6.A17"), "Classification: removed: change undone");
    QCOMPARE(event("setting", "report.paper"), "Setting of the audit");
}

TALLY_TEST(ClassesReportTest)
#include "classes_report_test.moc"
