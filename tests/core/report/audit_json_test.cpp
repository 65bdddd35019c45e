// SPDX-License-Identifier: Apache-2.0
#include "core/base/version.h"
#include "core/report/report.h"
#include "tests/core/report/english.h"
#include "tests/core/report/report_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace tally;
using namespace tally::test;
using Json = nlohmann::ordered_json;

namespace {

Json jsonOf(const ReportFixture &fixture)
{
    const English english;
    return Json::parse(writeAuditJson(fixture.input(), english, english));
}

QByteArray keysOf(const Json &object)
{
    QByteArray keys;
    for (const auto &item : object.items())
        keys += QByteArray::fromStdString(item.key()) + ' ';
    return keys.trimmed();
}

} // namespace

class AuditJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysComeInTheOrderOfTheContract();
    void findingSpeaksBothLanguages();
    void decisionsAreOnlyThoseOfPeople();
    void acceptedMustsAreRefused();
    void targetObjectsComeWithTheirNeeds();
    void pathsThatAreNotUtf8KeepTheirBytes();
    void emptyAuditIsNotChecked();
};

void AuditJsonTest::keysComeInTheOrderOfTheContract()
{
    const Json json = jsonOf(makeReportFixture());
    QCOMPARE(keysOf(json),
        QByteArray("format tool created sources journalHead edition run policy keys asked clusters targets "
                   "requirements verdicts findings exceptions "
                   "diagnostics"));
    QCOMPARE(keysOf(json["sources"][0]), QByteArray("path form bytes sha256"));
    QCOMPARE(keysOf(json["run"]), QByteArray("catalogue checks policy"));
    QCOMPARE(keysOf(json["requirements"][0]), QByteArray("id level proposal decision parts"));
    QCOMPARE(
        keysOf(json["requirements"][0]["parts"][0]), QByteArray("id modal class proposal basis findings decision"));
    QCOMPARE(keysOf(json["findings"][0]),
        QByteArray(
            "id check severity parts attack source file line column object also container field image layer path "
            "message excerpt accepted"));
    QCOMPARE(keysOf(json["diagnostics"][0]), QByteArray("severity code source where message"));
    QCOMPARE(json["tool"]["version"].get<std::string>(), std::string(toolVersion));
}

void AuditJsonTest::findingSpeaksBothLanguages()
{
    const Json json = jsonOf(makeReportFixture());
    const Json &message = json["findings"][0]["message"];
    QCOMPARE(message["code"].get<std::string>(), "POD-PRIVILEGED.default");
    QCOMPARE(message["de"].get<std::string>(), "Container „envoy“ läuft mit „privileged: true“.");
    QCOMPARE(message["en"].get<std::string>(), "Container “envoy” runs with “privileged: true”.");
}

void AuditJsonTest::decisionsAreOnlyThoseOfPeople()
{
    const Json json = jsonOf(makeReportFixture());
    QVERIFY(json["requirements"][1]["decision"].is_null());
    QCOMPARE(json["requirements"][16]["decision"]["status"].get<std::string>(), "teilweise");
    QCOMPARE(json["requirements"][4]["decision"]["stale"].get<bool>(), true);
}

void AuditJsonTest::acceptedMustsAreRefused()
{
    const auto accepted = [](const ReportFixture &fixture) {
        const Json all = jsonOf(fixture);
        const auto found = std::ranges::find_if(
            all["findings"], [](const Json &finding) { return finding["id"] == "POD-PRIVESC-1"; });
        return found == all["findings"].end() ? Json() : (*found)["accepted"];
    };
    ReportFixture fixture = makeReportFixture();
    QVERIFY(accepted(fixture)["refusedFor"] == Json::array({"SYS.1.6.A17.1"}));
    fixture.catalogue.modules[0].requirements[16].parts[0].modal = "SOLLTE";
    QVERIFY(accepted(fixture).is_object());
    QVERIFY(!accepted(fixture).contains("refusedFor"));
}

void AuditJsonTest::targetObjectsComeWithTheirNeeds()
{
    QVERIFY(jsonOf(makeReportFixture())["targets"].is_array());
    QVERIFY(jsonOf(makeReportFixture())["targets"].empty());
    const Json targets = jsonOf(makeTargetsFixture())["targets"];
    QCOMPARE(targets.size(), std::size_t(4));
    const Json expected = Json::parse(R"({"id": "T-001", "kind": "namespace", "name": "zaehlerdaten",
        "description": "meter readings", "need": "very-high",
        "confidentiality": {"need": "very-high", "reason": "consumption of households"},
        "integrity": {"need": "high", "reason": "bills"},
        "availability": {"need": "normal", "reason": ""},
        "by": "Katrin Brandt", "at": "2026-11-17T10:30:00Z", "toConfirmFrom": null})");
    QCOMPARE(targets[0].dump(), expected.dump()); // the order of the keys too
    QCOMPARE(targets[1]["kind"].get<std::string>(), "image");
    QCOMPARE(targets[2]["need"].get<std::string>(), "not-stated");
    QCOMPARE(targets[3]["need"].get<std::string>(), "normal");
}

void AuditJsonTest::pathsThatAreNotUtf8KeepTheirBytes()
{
    ReportFixture fixture = makeReportFixture();
    fixture.audit.sources[0].path = "/home/auditor/M\xFCller.yaml"; // whose folder is nobody's business
    const Json json = jsonOf(fixture);
    QCOMPARE(json["sources"][0]["path"].get<std::string>(), "M\uFFFDller.yaml");
    QCOMPARE(json["sources"][0]["pathBytes"].get<std::string>(), "TfxsbGVyLnlhbWw=");
}

void AuditJsonTest::emptyAuditIsNotChecked()
{
    const Json json = jsonOf(makeEmptyFixture());
    QCOMPARE(json["requirements"].size(), std::size_t(26));
    for (const Json &requirement : json["requirements"])
        QCOMPARE(requirement["proposal"].get<std::string>(), "not-checked");
    QVERIFY(json["findings"].empty());
}

TALLY_TEST(AuditJsonTest)
#include "audit_json_test.moc"
