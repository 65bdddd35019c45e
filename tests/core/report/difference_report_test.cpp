// SPDX-License-Identifier: Apache-2.0
#include "core/report/report_difference.h"
#include "tests/core/report/english.h"
#include "tests/core/report/report_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace tally;
using namespace tally::test;

namespace {

/// The fixture twice: in the newer audit, the first finding is gone, another one is new, and a person has decided.
struct TwoAudits
{
    ReportFixture fixture = makeReportFixture();
    AuditComparisonPtr comparison;

    TwoAudits()
    {
        AuditState before = fixture.audit; // A5's "no" is outdated
        before.run = before.run ? before.run : before.assessment;
        AuditState after = before;
        auto run = std::make_shared<Assessment>(*after.run);
        Finding arrived = run->findings.back();
        arrived.id = "ffffffffffffffffffffffffffffffff";
        arrived.field = "spec.somewhere.else";
        run->findings.push_back(arrived);
        run->findings.front().severity = Severity::Low;
        after.run = run;
        after.assessment = run;
        Decision decision;
        decision.status = Status::Entbehrlich;
        decision.reason = "<b>not here</b> %1";
        decision.by = "second";
        after.decisions["SYS.1.6.A3"] = decision;
        auto compared = compareAudits(std::make_shared<const AuditState>(std::move(before)),
            std::make_shared<const AuditState>(std::move(after)), fixture.catalogue, fixture.checks);
        if (!compared)
            qFatal("not compared");
        comparison = *std::move(compared);
    }

    [[nodiscard]] DifferenceInput input() const { return {*comparison, fixture.catalogue, fixture.checks}; }
};

} // namespace

class DifferenceReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void document();
    void looksAsItIsWanted();
    void json();
    void lines();
    void deviationOfWhatWasPartlySeenIsListed();
    void everyTextIsThere();
    void aLoneClusterIsNamed();
    void outdatedDecisionsSaySo();
    void partsAreAPicture();
};

void DifferenceReportTest::document()
{
    const TwoAudits two;
    ReportOptions options;
    options.language = Language::English;
    options.createdAt = "2026-11-22T10:00:00Z";
    const ReportDocument document = buildDifference(two.input(), options, English());
    QVERIFY(std::holds_alternative<Cover>(document.blocks.front()));
    std::vector<std::string> sections;
    for (const ReportBlock &block : document.blocks) {
        if (const auto *heading = std::get_if<Heading>(&block); heading && !heading->number.empty())
            sections.push_back(heading->number);
        if (const auto *table = std::get_if<Table>(&block)) {
            double width = 0;
            for (const Table::Column &column : table->columns)
                width += column.width;
            QVERIFY2(width <= 170.01, table->caption.c_str());
            for (const Table::Row &row : table->rows)
                QVERIFY(row.group ? row.cells.size() == 1 : row.cells.size() == table->columns.size());
        }
    }
    QVERIFY((sections == std::vector<std::string>{"1", "2", "2.1", "3", "4", "5", "6", "7", "8"}));
    const std::string html = writeHtml(document);
    QVERIFY(html.find("&lt;b&gt;not here&lt;/b&gt; %1") != std::string::npos);
    QVERIFY(html == writeHtml(buildDifference(two.input(), options, English())));
}

void DifferenceReportTest::partsAreAPicture()
{
    const TwoAudits two;
    AuditState after = *two.comparison->after;
    Decision stale;
    stale.status = Status::Nein;
    stale.stale = true;
    after.decisions["SYS.1.6.A5.1"] = stale;
    const auto compared = compareAudits(two.comparison->before, std::make_shared<const AuditState>(std::move(after)),
        two.fixture.catalogue, two.fixture.checks);
    QVERIFY(compared.has_value());
    ReportOptions options;
    options.language = Language::English;
    const ReportDocument document
        = buildDifference({**compared, two.fixture.catalogue, two.fixture.checks}, options, English());
    std::size_t requirements = 0;
    std::size_t parts = 0;
    std::vector<std::string> changed;
    std::string alt;
    for (const ReportBlock &block : document.blocks) {
        const auto *chart = std::get_if<ChangeChart>(&block);
        if (!chart)
            continue;
        alt += chart->alt + "; ";
        for (const ChangeChart::Row &row : chart->rows) {
            ++requirements;
            parts += row.parts.size();
            for (const ChangeChart::Change &change : row.parts) {
                QVERIFY2(change.before != Symbol::None && change.after != Symbol::None, change.text.c_str());
                if (change.changed)
                    changed.push_back(change.text);
                if (change.text == "5.1")
                    QCOMPARE(change.after, Symbol::Outdated);
            }
            if (row.whole.text == "A3") {
                QVERIFY(row.whole.changed);
                QCOMPARE(row.whole.after, Symbol::Entbehrlich);
            }
        }
    }
    const Module *module = two.fixture.catalogue.module("SYS.1.6");
    QVERIFY(module);
    QCOMPARE(requirements, module->requirements.size());
    std::size_t all = 0;
    for (const Requirement &requirement : module->requirements)
        all += requirement.parts.size();
    QCOMPARE(parts, all);
    QVERIFY(changed == std::vector<std::string>{"5.1"});
    QVERIFY2(alt.find("now no (outdated); ") != std::string::npos, alt.c_str());
    QCOMPARE(std::ranges::count(alt, ';'), std::ptrdiff_t(requirements + parts));
    const std::string html = writeHtml(document);
    QVERIFY(html.find("now no (outdated)") != std::string::npos && html.find("<use href=\"#s-outdated\" x=") > 0);
}

void DifferenceReportTest::looksAsItIsWanted()
{
    const TwoAudits two;
    ReportOptions options;
    options.createdAt = "2026-11-22T10:00:00Z";
    QCOMPARE(buildDifference(two.input(), options, English()).classification, std::string("VERTRAULICH"));
    options.classification = "TLP:GREEN";
    options.look = ReportLook{.paper = Paper::Letter, .letterhead = {"Am Kai 3"}};
    const ReportDocument document = buildDifference(two.input(), options, English());
    QCOMPARE(document.classification, std::string("TLP:GREEN"));
    QVERIFY(document.look == *options.look);
    options.classification = "";
    QCOMPARE(buildDifference(two.input(), options, English()).classification, std::string());
}

void DifferenceReportTest::json()
{
    const TwoAudits two;
    const auto json = nlohmann::json::parse(writeDifferenceJson(two.input(), English(), English()));
    QCOMPARE(json.at("counts").at("new").get<int>(), 1);
    QCOMPARE(json.at("counts").at("changed").get<int>(), 1);
    QCOMPARE(json.at("counts").at("gone").get<int>(), 0);
    const auto &findings = json.at("findings");
    const auto changed = std::ranges::find_if(findings, [](const auto &row) { return row.at("fate") == "changed"; });
    QVERIFY(changed != findings.end());
    QCOMPARE(changed->at("changes").at(0).get<std::string>(), "severity");
    QCOMPARE(json.at("requirements").size(), two.comparison->requirements.size());
    QVERIFY(!json.at("decisions").empty());
}

void DifferenceReportTest::lines()
{
    const TwoAudits two;
    const std::vector<std::string> lines = differenceLines(two.input(), Language::English, English());
    QVERIFY(std::ranges::find(lines, "New: 1") != lines.end());
    QVERIFY(std::ranges::find(lines, "Changed: 1") != lines.end());
    QVERIFY(std::ranges::find(lines, "No longer looked at: 0") != lines.end());
}

void DifferenceReportTest::deviationOfWhatWasPartlySeenIsListed()
{
    TwoAudits two;
    ReportOptions options;
    options.language = Language::English;
    const auto htmlOf = [&](const AuditComparison &compared) {
        return writeHtml(buildDifference({compared, two.fixture.catalogue, two.fixture.checks}, options, English()));
    };
    const std::string before = htmlOf(*two.comparison);
    QVERIFY(before.find("No requirement got worse.") != std::string::npos);
    QVERIFY(before.find("known only now") == std::string::npos);

    AuditComparison compared = *two.comparison;
    const auto verdict = std::ranges::find(compared.requirements, "SYS.1.6.A4", &ComparedVerdict::id);
    QVERIFY(verdict != compared.requirements.end());
    verdict->before = Proposal::PartlyChecked;
    verdict->after = Proposal::Deviation;
    verdict->proposal = Direction::Clearer;
    const std::string html = htmlOf(compared);
    QVERIFY(html.find("No requirement got worse.") == std::string::npos);
    QVERIFY(html.find("Deviations that are known only now: 1, listed below.") != std::string::npos);
    const std::size_t list = html.find(">Deviations that are known only now<");
    QVERIFY(list != std::string::npos);
    QVERIFY(html.find("A4", list) < html.find("What got better", list));
    QVERIFY(html.find("now known: deviation") != std::string::npos);
    const DifferenceInput input{compared, two.fixture.catalogue, two.fixture.checks};
    const auto json = nlohmann::json::parse(writeDifferenceJson(input, English(), English()));
    QCOMPARE(std::ranges::count_if(
                 json.at("requirements"), [](const auto &row) { return row.at("knownOnlyNow").template get<bool>(); }),
        1);
    const std::vector<std::string> lines = differenceLines(input, Language::English, English());
    QVERIFY(
        std::ranges::find(lines, "  SYS.1.6.A4  partly checked -> deviation  (now known: deviation)") != lines.end());
}

void DifferenceReportTest::everyTextIsThere()
{
    TwoAudits two;
    AuditComparison all = *two.comparison;
    all.cluster = ClusterMatch::Different;
    all.clustersCompared = false;
    all.rulesChanged = true;
    all.outdated = true;
    const auto notes = differenceNotes(all);
    QCOMPARE(notes.size(), 3U);
    all.cluster = ClusterMatch::Unknown;
    all.notComparable = true;
    QVERIFY(differenceNotes(all).size() == 3 && differenceNotes(all)[1] != notes[1]);
}

void DifferenceReportTest::aLoneClusterIsNamed()
{
    TwoAudits two;
    AuditCluster both;
    both.name = "prod";
    AuditCluster fresh;
    fresh.name = "edge %1\u202e";
    AuditCluster lost;
    lost.name = "staging";
    AuditComparison all = *two.comparison;
    all.clusters = {{&both, &both, true}, {nullptr, &fresh, false}, {&lost, nullptr, false}};
    const auto said = [&all] {
        std::vector<std::string> texts;
        for (const Message &note : differenceNotes(all)) {
            if (std::string_view(note.def->code).ends_with("-cluster"))
                texts.push_back(English().text(note));
        }
        return texts;
    };
    const std::vector<std::string> texts = said();
    QCOMPARE(texts.size(), 2U);
    QVERIFY(texts[0].starts_with("Only the newer audit") && texts[0].find("edge %1<U+202E>") != std::string::npos);
    QVERIFY(texts[1].starts_with("Only the earlier audit") && texts[1].find("staging") != std::string::npos);
    all.clusters.pop_back();
    QCOMPARE(said().size(), 1U);
    all.clustersCompared = false;
    QVERIFY(said().empty());
}

void DifferenceReportTest::outdatedDecisionsSaySo()
{
    const TwoAudits two;
    const ReportDocument document = buildDifference(two.input(), {}, English());
    int outdated = 0;
    for (const ReportBlock &block : document.blocks) {
        const auto *table = std::get_if<Table>(&block);
        if (!table || table->columns.size() != 6)
            continue;
        for (const Table::Row &row : table->rows) {
            if (row.group || row.cells[0].lines[0][0].text != "A5")
                continue;
            for (const std::size_t column : {4U, 5U}) {
                QCOMPARE(row.cells[column].lines[0][0].symbol, Symbol::Outdated);
                QCOMPARE(row.cells[column].lines[1][0].text, std::string("outdated"));
                ++outdated;
            }
        }
    }
    QCOMPARE(outdated, 2);
}

TALLY_TEST(DifferenceReportTest)
#include "difference_report_test.moc"
