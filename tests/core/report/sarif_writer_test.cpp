// SPDX-License-Identifier: Apache-2.0
#include "core/report/sarif_writer.h"

#include "core/audit/withdrawals.h"
#include "tests/core/report/english.h"
#include "tests/core/report/hostile.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

using namespace tally;
using namespace tally::test;
using Json = nlohmann::json;

class SarifWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isValid_data();
    void isValid();
    void resultsNameRulePlaceAndFingerprint();
    void exceptionsAreSuppressions();
    void acceptedMustsAreRejected();
    void withdrawnSourcesSaySo();
    void judgedSeverityStandsBesideTheProgramsOwn();
    void rulesSpeakBothLanguages();
    void sourcesComeWithoutTheirFolders();
    void textsAreNoLinksAndNoPlaceholders();
    void whatWasNotCheckedIsThere();
    void sameAuditSameBytes();
};

namespace {

std::string sarifOf(const ReportFixture &fixture, Language language = Language::English)
{
    ReportOptions options;
    options.language = language;
    options.createdAt = "2026-11-20T16:00:00Z";
    return writeSarif(fixture.input(), options, English());
}

Json runOf(const ReportFixture &fixture)
{
    return Json::parse(sarifOf(fixture)).at("runs").at(0);
}

} // namespace

void SarifWriterTest::isValid_data()
{
    QTest::addColumn<int>("audit");
    QTest::newRow("an audit") << 0;
    QTest::newRow("hostile names") << 1;
    QTest::newRow("nothing has happened yet") << 2;
    QTest::newRow("a judged severity") << 3;
}

void SarifWriterTest::isValid()
{
    QFETCH(int, audit);
    const ReportFixture fixture = audit == 0 ? makeReportFixture()
        : audit == 1                         ? makeHostileFixture()
        : audit == 3                         ? makeJudgedFixture()
                                             : makeEmptyFixture();
    const std::string problem = validateJson(sarifOf(fixture), "sarif-schema-2.1.0.json");
    if (problem.starts_with("skip"))
        QSKIP(problem.c_str());
    QVERIFY2(problem.empty(), problem.c_str());
}

void SarifWriterTest::resultsNameRulePlaceAndFingerprint()
{
    const ReportFixture fixture = makeReportFixture();
    const Json run = runOf(fixture);
    const auto &findings = fixture.audit.assessment->findings;
    QCOMPARE(run["results"].size(), findings.size());
    std::set<std::string> prints;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const Json &result = run["results"][i];
        QCOMPARE(result["ruleId"].get<std::string>(), findings[i].check);
        QVERIFY(run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()]["id"] == result["ruleId"]);
        QCOMPARE(result["partialFingerprints"]["tallymann/v1"].get<std::string>(), findings[i].id);
        prints.insert(findings[i].id);
        const Json &place = result["locations"][0]["physicalLocation"]["artifactLocation"];
        QVERIFY(run["artifacts"][place["index"].get<std::size_t>()]["location"]["uri"] == place["uri"]);
    }
    QCOMPARE(prints.size(), findings.size());
    const Json &first = run["results"][0];
    QCOMPARE(first["level"].get<std::string>(), std::string("error"));
    QCOMPARE(
        first["message"]["text"].get<std::string>(), std::string("Container “envoy” runs with “privileged: true”."));
    QCOMPARE(first["locations"][0]["physicalLocation"]["region"]["startLine"].get<int>(), 1000);
    QCOMPARE(first["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].get<std::string>(),
        std::string("zaehlerdaten/Deployment/session-proxy-0"));
    const Json &artifact = run["artifacts"][0];
    QCOMPARE(artifact["hashes"]["sha-256"].get<std::string>(), fixture.audit.sources[0].sha256.substr(7));
    QCOMPARE(artifact["location"]["uri"].get<std::string>(), std::string("mh-prod-01_2026-11-12.yaml"));
}

void SarifWriterTest::exceptionsAreSuppressions()
{
    ReportFixture fixture = makeReportFixture();
    fixture.catalogue.modules[0].requirements[16].parts[0].modal = "SOLLTE"; // A17.1 is a MUST here
    const Json run = runOf(fixture);
    int suppressed = 0;
    for (const Json &result : run["results"]) {
        QVERIFY(result["suppressions"].is_array()); // all or none
        for (const Json &suppression : result["suppressions"]) {
            ++suppressed;
            QCOMPARE(result["partialFingerprints"]["tallymann/v1"].get<std::string>(), std::string("POD-PRIVESC-1"));
            QCOMPARE(suppression["kind"].get<std::string>(), std::string("external"));
            QCOMPARE(suppression["status"].get<std::string>(), std::string("accepted"));
            QCOMPARE(suppression["properties"]["expires"].get<std::string>(), std::string("2027-06-30"));
        }
    }
    QCOMPARE(suppressed, 1);
}

void SarifWriterTest::acceptedMustsAreRejected()
{
    const Json run = runOf(makeReportFixture());
    const auto accepted = std::ranges::find_if(run["results"],
        [](const Json &result) { return result["partialFingerprints"]["tallymann/v1"] == "POD-PRIVESC-1"; });
    QVERIFY(accepted != run["results"].end());
    const Json &suppression = (*accepted)["suppressions"][0];
    QCOMPARE(suppression["status"].get<std::string>(), std::string("rejected"));
    QVERIFY(suppression["properties"]["refused"].get<std::string>().ends_with("remain deviations: A17.1"));
}

void SarifWriterTest::withdrawnSourcesSaySo()
{
    ReportFixture fixture = makeReportFixture();
    fixture.audit.records.put(SourceWithdrawal{
        .key = withdrawalKey(1), .reason = "a newer one came", .by = "Katrin Brandt", .at = "2026-11-18T16:00:00Z"});
    const Json run = runOf(fixture);
    QVERIFY(!run["artifacts"][0]["properties"].contains("withdrawn"));
    QVERIFY(run["artifacts"][1]["properties"]["withdrawn"].get<std::string>().find("a newer one came")
        != std::string::npos);
}

void SarifWriterTest::judgedSeverityStandsBesideTheProgramsOwn()
{
    const Json run = runOf(makeJudgedFixture());
    const Json &judged = run["results"][0]["properties"];
    QCOMPARE(judged.at("severity").get<std::string>(), std::string("low"));
    QCOMPARE(judged.at("programSeverity").get<std::string>(), std::string("critical"));
    QVERIFY(judged.at("severityReason").get<std::string>().starts_with("<b>cut off</b>"));
    QCOMPARE(judged.at("severityBy").get<std::string>(), std::string("Katrin Brandt"));
    QCOMPARE(judged.at("severityAt").get<std::string>(), std::string("2026-11-18T16:10:00Z"));
    QVERIFY(!run["results"][1]["properties"].contains("programSeverity"));
}

void SarifWriterTest::rulesSpeakBothLanguages()
{
    const Json run = runOf(makeReportFixture());
    for (const Json &rule : run["tool"]["driver"]["rules"]) {
        const std::string help = rule["help"]["text"];
        QVERIFY(help.find("Der Container hat alle Rechte") != std::string::npos);
        QVERIFY(help.find("The container has all rights") != std::string::npos);
        QVERIFY(help.find("English") < help.find("Deutsch")); // the report's language first
        QVERIFY(!rule["properties"]["requirements"].empty());
        QCOMPARE(rule["properties"]["attack"][0].get<std::string>(), std::string("T1611"));
    }
    for (const Json &rule : run["tool"]["driver"]["rules"]) {
        if (rule["id"] == "POD-PRIVILEGED") {
            QCOMPARE(rule["properties"]["security-severity"].get<std::string>(), std::string("9.5"));
            QCOMPARE(rule["properties"]["tags"].dump(),
                std::string(R"(["security","SYS.1.6.A16","SYS.1.6.A17","T1611","T1610"])"));
        }
    }
}

void SarifWriterTest::sourcesComeWithoutTheirFolders()
{
    const std::string sarif = sarifOf(makeReportFixture());
    QVERIFY(sarif.find("pruefer") == std::string::npos);
    QVERIFY(sarif.find("gis-tileserver_latest.tar") != std::string::npos);
}

void SarifWriterTest::textsAreNoLinksAndNoPlaceholders()
{
    ReportFixture fixture = makeReportFixture();
    auto assessment = std::make_shared<Assessment>(*fixture.audit.assessment);
    assessment->findings[0].args = {"[a](http://evil)", "{0}"};
    fixture.audit.assessment = assessment;
    QCOMPARE(runOf(fixture)["results"][0]["message"]["text"].get<std::string>(),
        std::string("Container “\\[a\\](http://evil)” runs with “{{0}}”."));
}

void SarifWriterTest::whatWasNotCheckedIsThere()
{
    const Json run = runOf(makeReportFixture());
    const Json &all = run["properties"]["notChecked"];
    QVERIFY(!all.empty());
    QVERIFY(std::any_of(all.begin(), all.end(), [](const Json &each) { return each["part"] == "SYS.1.6.A26.1"; }));
    QCOMPARE(runOf(makeEmptyFixture())["invocations"][0]["executionSuccessful"].get<bool>(), false);
}

void SarifWriterTest::sameAuditSameBytes()
{
    QVERIFY(sarifOf(makeReportFixture()) == sarifOf(makeReportFixture()));
}

TALLY_TEST(SarifWriterTest)
#include "sarif_writer_test.moc"
