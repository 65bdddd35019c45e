// SPDX-License-Identifier: Apache-2.0
#include "core/report/oscal_writer.h"

#include "core/audit/withdrawals.h"
#include "tests/core/report/english.h"
#include "tests/core/report/hostile.h"
#include "tests/support/test_registry.h"

#include <QRegularExpression>
#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace tally;
using namespace tally::test;
using Json = nlohmann::json;

class OscalWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isValid_data();
    void isValid();
    void referencesLeadSomewhere_data();
    void referencesLeadSomewhere();
    void onlyPeopleSatisfy();
    void deviationsAreRisks();
    void judgedSeverityStandsBesideTheProgramsOwn();
    void targetObjectsAreTheInventory();
    void journalIsTheLog();
    void withdrawnSourcesAndRefusedRisksSaySo();
    void hostileTextsDoNotMarkUp();
    void sameAuditSameBytes();
    void idsSurviveAReexport();
};

namespace {

std::string oscalOf(const ReportFixture &fixture, const std::string &createdAt = "2026-11-20T16:00:00Z")
{
    ReportOptions options;
    options.language = Language::English;
    options.createdAt = createdAt;
    return writeOscal(fixture.input(), options, English());
}

Json resultOf(const ReportFixture &fixture)
{
    return Json::parse(oscalOf(fixture)).at("assessment-results").at("results").at(0);
}

void collect(const Json &node, std::set<std::string> &defined, std::set<std::string> &used, bool &twice)
{
    if (node.is_array()) {
        for (const Json &each : node)
            collect(each, defined, used, twice);
    } else if (node.is_object()) {
        for (const auto &[key, value] : node.items()) {
            if (key == "uuid")
                twice |= !defined.insert(value.get<std::string>()).second;
            else if (key.ends_with("-uuid"))
                used.insert(value.get<std::string>());
            else if (key == "party-uuids")
                used.insert(value.at(0).get<std::string>());
            else if (key == "href")
                used.insert(value.get<std::string>().substr(1));
            else
                collect(value, defined, used, twice);
        }
    }
}

ReportFixture fixtureOf(int number)
{
    switch (number) {
    case 0:
        return makeReportFixture();
    case 1:
        return makeHostileFixture();
    case 2:
        return makeTargetsFixture();
    case 4:
        return makeJudgedFixture();
    default:
        return makeEmptyFixture();
    }
}

} // namespace

void OscalWriterTest::isValid_data()
{
    QTest::addColumn<int>("audit");
    QTest::newRow("an audit") << 0;
    QTest::newRow("hostile names") << 1;
    QTest::newRow("target objects") << 2;
    QTest::newRow("nothing has happened yet") << 3;
    QTest::newRow("a judged severity") << 4;
}

void OscalWriterTest::isValid()
{
    QFETCH(int, audit);
    const std::string problem = validateJson(oscalOf(fixtureOf(audit)), "oscal_assessment-results_schema-1.0.6.json");
    if (problem.starts_with("skip"))
        QSKIP(problem.c_str());
    QVERIFY2(problem.empty(), problem.c_str());
}

void OscalWriterTest::referencesLeadSomewhere_data()
{
    isValid_data();
}

void OscalWriterTest::referencesLeadSomewhere()
{
    QFETCH(int, audit);
    std::set<std::string> defined;
    std::set<std::string> used;
    bool twice = false;
    collect(Json::parse(oscalOf(fixtureOf(audit))), defined, used, twice);
    QVERIFY(!twice);
    QVERIFY(!used.empty());
    for (const std::string &id : used)
        QVERIFY2(defined.contains(id), id.c_str());
    static const QRegularExpression version5(
        QStringLiteral("^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
    for (const std::string &id : defined)
        QVERIFY2(version5.match(QString::fromStdString(id)).hasMatch(), id.c_str());
}

void OscalWriterTest::onlyPeopleSatisfy()
{
    const ReportFixture fixture = makeReportFixture();
    static const QRegularExpression token(QStringLiteral("^[A-Za-z_][A-Za-z0-9._-]*$"));
    std::map<std::string, std::string> states;
    const Json result = resultOf(fixture);
    for (const Json &finding : result["findings"]) {
        const std::string id = finding["target"]["target-id"];
        QVERIFY(token.match(QString::fromStdString(id)).hasMatch());
        states[id] = finding["target"]["status"]["state"];
        QCOMPARE(finding["target"]["type"].get<std::string>(),
            std::string(fixture.catalogue.part(id) ? "statement-id" : "objective-id"));
    }
    std::size_t expected = 0;
    for (const Requirement &requirement : fixture.catalogue.modules[0].requirements)
        expected += 1 + requirement.parts.size();
    QCOMPARE(states.size(), expected);
    for (const auto &[id, state] : states) {
        const bool met = id == "SYS.1.6.A1" || id == "SYS.1.6.A15" || id == "SYS.1.6.A26";
        QVERIFY2((state == "satisfied") == met, id.c_str());
    }
}

void OscalWriterTest::deviationsAreRisks()
{
    const Json result = resultOf(makeReportFixture());
    std::map<std::string, Json> risks;
    for (const Json &risk : result["risks"])
        risks[risk["title"].get<std::string>().substr(0, risk["title"].get<std::string>().find(' '))] = risk;
    QVERIFY(risks.contains("SYS.1.6.A17"));
    QCOMPARE(risks.at("SYS.1.6.A17")["status"].get<std::string>(), std::string("remediating"));
    QCOMPARE(risks.at("SYS.1.6.A17")["deadline"].get<std::string>(), std::string("2027-03-31T23:59:59Z"));
    QVERIFY(!risks.contains("SYS.1.6.A15"));
    for (const Json &finding : result["findings"]) {
        const std::string id = finding["target"]["target-id"];
        const std::string proposal = finding["props"][0]["value"];
        if (proposal == "deviation" && finding["target"]["type"] == "statement-id")
            QVERIFY2(risks.contains(id), id.c_str());
    }
}

void OscalWriterTest::judgedSeverityStandsBesideTheProgramsOwn()
{
    const Json json = Json::parse(oscalOf(makeJudgedFixture()));
    std::map<std::string, std::string> props;
    std::size_t judged = 0;
    for (const Json &observation : json["assessment-results"]["results"][0]["observations"]) {
        std::map<std::string, std::string> own;
        for (const Json &prop : observation.value("props", Json::array()))
            own[prop["name"].get<std::string>()] = prop["value"].get<std::string>();
        if (own.contains("program-severity")) {
            ++judged;
            props = std::move(own);
        }
    }
    QCOMPARE(judged, std::size_t(1));
    QCOMPARE(props["severity"], std::string("low"));
    QCOMPARE(props["program-severity"], std::string("critical"));
    QVERIFY(props["severity-reason"].starts_with("<b>cut off</b>"));
    QCOMPARE(props["severity-by"], std::string("Katrin Brandt"));
    QCOMPARE(props["severity-at"], std::string("2026-11-18T16:10:00Z"));
}

void OscalWriterTest::targetObjectsAreTheInventory()
{
    QVERIFY(!resultOf(makeReportFixture())["local-definitions"].contains("inventory-items"));
    const ReportFixture fixture = makeTargetsFixture();
    const Json result = resultOf(fixture);
    const Json &items = result["local-definitions"]["inventory-items"];
    QCOMPARE(items.size(), std::size_t(4));
    const auto props = [](const Json &item) {
        std::map<std::string, std::string> values;
        for (const Json &prop : item["props"])
            values[prop["name"].get<std::string>()] = prop["value"].get<std::string>();
        return values;
    };
    QCOMPARE(items[0]["description"].get<std::string>(), std::string("Namespace zaehlerdaten\nmeter readings"));
    QCOMPARE(items[0]["remarks"].get<std::string>(),
        std::string("Confidentiality: consumption of households\nIntegrity: bills"));
    QCOMPARE(props(items[0]).at("protection-need"), std::string("very-high"));
    QCOMPARE(props(items[0]).at("availability"), std::string("normal"));
    QCOMPARE(props(items[2]).at("confidentiality"), std::string("not-stated"));
    QVERIFY(!items[2].contains("remarks"));

    std::map<std::string, std::string> keys;
    for (const Json &item : items)
        keys[item["uuid"].get<std::string>()] = props(item).at("key");
    std::map<std::string, std::set<std::string>> spaces; ///< of the findings that name it
    for (const Json &observation : result["observations"]) {
        QCOMPARE(observation["subjects"][0]["type"].get<std::string>(), std::string("component"));
        const std::string id = props(observation).at("fingerprint");
        const auto &findings = fixture.audit.assessment->findings;
        const auto finding = std::ranges::find(findings, id, &Finding::id);
        for (std::size_t i = 1; i < observation["subjects"].size(); ++i) {
            const Json &subject = observation["subjects"][i];
            QCOMPARE(subject["type"].get<std::string>(), std::string("inventory-item"));
            spaces[keys.at(subject["subject-uuid"].get<std::string>())].insert(
                finding->object ? finding->object->namespaceName : finding->image);
        }
    }
    QCOMPARE(spaces.size(), std::size_t(3)); // a cluster is no place of its own
    QCOMPARE(spaces["T-001"], std::set<std::string>{"zaehlerdaten"});
    QCOMPARE(spaces["T-002"], std::set<std::string>{"gis/tileserver:latest"});
    QCOMPARE(spaces["T-004"], std::set<std::string>{"gis"});

    ReportFixture renamed = makeTargetsFixture();
    renamed.audit.records.targets.at("T-001").description = "another";
    const Json after = resultOf(renamed)["local-definitions"]["inventory-items"][0];
    QVERIFY(after["description"] != items[0]["description"]);
    QCOMPARE(after["uuid"].get<std::string>(), items[0]["uuid"].get<std::string>());
}

void OscalWriterTest::journalIsTheLog()
{
    const ReportFixture fixture = makeReportFixture();
    const Json result = resultOf(fixture);
    const Json &entries = result["assessment-log"]["entries"];
    QCOMPARE(entries.size(), fixture.audit.journal.size());
    QCOMPARE(entries[2]["start"].get<std::string>(), std::string("2026-11-18T15:20:41Z"));
    QCOMPARE(result["observations"].size(), fixture.audit.assessment->findings.size());
    QCOMPARE(result["observations"][0]["methods"][0].get<std::string>(), std::string("EXAMINE"));
    QVERIFY(result["observations"][0]["relevant-evidence"][0]["description"].get<std::string>().find("privileged: true")
        != std::string::npos);
}

void OscalWriterTest::withdrawnSourcesAndRefusedRisksSaySo()
{
    ReportFixture fixture = makeReportFixture();
    fixture.audit.records.put(SourceWithdrawal{
        .key = withdrawalKey(1), .reason = "a newer one came", .by = "Katrin Brandt", .at = "2026-11-18T16:00:00Z"});
    const std::string text = oscalOf(fixture);
    QVERIFY(text.find("a newer one came") != std::string::npos);
    QVERIFY(
        text.find("MUST admits no acceptance of a risk. These parts remain deviations: A17.1") != std::string::npos);
}

void OscalWriterTest::hostileTextsDoNotMarkUp()
{
    ReportFixture fixture = makeReportFixture();
    fixture.audit.info.title = "<b>[x](javascript:1)</b>";
    const std::string title = Json::parse(oscalOf(fixture))["assessment-results"]["metadata"]["title"];
    QCOMPARE(title, std::string("Assessment results: \\<b\\>\\[x\\](javascript:1)\\</b\\>"));
    QVERIFY(oscalOf(makeReportFixture()).find("pruefer") == std::string::npos);
}

void OscalWriterTest::sameAuditSameBytes()
{
    QVERIFY(oscalOf(makeReportFixture()) == oscalOf(makeReportFixture()));
}

void OscalWriterTest::idsSurviveAReexport()
{
    const Json before = resultOf(makeReportFixture());
    const Json after
        = Json::parse(oscalOf(makeReportFixture(), "2026-12-24T10:00:00Z"))["assessment-results"]["results"][0];
    QVERIFY(before["end"] != after["end"]);
    QVERIFY(before["observations"] == after["observations"]);
    QVERIFY(before["findings"] == after["findings"]);
    QVERIFY(before["risks"] == after["risks"]);
}

TALLY_TEST(OscalWriterTest)
#include "oscal_writer_test.moc"
