// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/audit_log.h"
#include "core/document/source_text.h"
#include "core/io/file.h"

#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_registry.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace tally;
using test::readFiles;
using test::readText;
using test::says;

class AuditLogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recognised_data();
    void recognised();
    void names_data();
    void names();
    void countsWhoDidWhat();
    void piecesDoNotMatter();
    void stagesAreCountedOnce();
    void brokenLinesAreSaid();
    void gapsAreFound();
    void secretsNeverStay();
    void memoryIsBounded();
    void severalFilesAreOne();
    void compressedInArchives();
};

namespace {

struct EventParts
{
    std::string user = "alice";
    std::string verb = "get";
    std::string reference = R"({"resource":"secrets","namespace":"shop","name":"db"})";
    int code = 200;
    std::string time = "2026-03-01T10:00:00.000000Z";
    std::string uri = "/api/v1/namespaces/shop/secrets/db?x=1";
    std::string more = {};
    std::string stage = "ResponseComplete";
};

std::string eventLine(const EventParts &parts)
{
    return R"({"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"1","stage":")" + parts.stage
        + R"(","requestURI":")" + parts.uri + R"(","verb":")" + parts.verb + R"(","user":{"username":")" + parts.user
        + R"(","groups":["g"]},"sourceIPs":["10.0.0.1"],"objectRef":)" + parts.reference
        + R"(,"responseStatus":{"metadata":{},"code":)" + std::to_string(parts.code)
        + R"(},"requestReceivedTimestamp":")" + parts.time + '"' + parts.more + "}\n";
}

const std::string exec = R"({"resource":"pods","subresource":"exec","namespace":"shop","name":"web-1"})";

/// The one object that a log becomes.
Node summaryOf(const Cluster &cluster)
{
    const int index = cluster.find("AuditLog", "", "export.yaml");
    return index < 0 ? Node() : cluster.objects[static_cast<std::size_t>(index)].root;
}

} // namespace

void AuditLogTest::recognised_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("log");
    QTest::newRow("event") << QString::fromStdString(eventLine({})) << true;
    QTest::newRow("blank first") << QString::fromStdString("\n\n" + eventLine({})) << true;
    QTest::newRow("cut off") << QString::fromStdString(eventLine({}).substr(0, 120)) << true;
    QTest::newRow("an Event of the core group") << QStringLiteral(R"({"kind":"Event","apiVersion":"v1"})") << false;
    QTest::newRow("policy") << QStringLiteral(R"({"kind":"Policy","apiVersion":"audit.k8s.io/v1"})") << false;
    QTest::newRow("text") << QStringLiteral("audit.k8s.io/ \"Event\" auditID") << false;
    QTest::newRow("nothing") << QString() << false;
}

void AuditLogTest::recognised()
{
    QFETCH(QString, text);
    QFETCH(bool, log);
    QCOMPARE(looksLikeAuditLog(text.toStdString()), log);
}

void AuditLogTest::names_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("may");
    QTest::newRow("plain") << QStringLiteral("audit.log") << true;
    QTest::newRow("rotated") << QStringLiteral("logs/audit-2026-01-01T00-00-00.000.log") << true;
    QTest::newRow("numbered") << QStringLiteral("audit.log.1") << true;
    QTest::newRow("must-gather") << QStringLiteral("m/audit_logs/kube-apiserver/master-0-x.log.gz") << true;
    QTest::newRow("container") << QStringLiteral("pods/web/logs.txt") << false;
    QTest::newRow("archive") << QStringLiteral("audit.tar.gz") << false;
    QTest::newRow("settings") << QStringLiteral("audit-policy.yaml") << false;
}

void AuditLogTest::names()
{
    QFETCH(QString, path);
    QFETCH(bool, may);
    QCOMPARE(mayBeAuditLog(path.toStdString()), may);
}

void AuditLogTest::countsWhoDidWhat()
{
    const std::string text = eventLine({}) + eventLine({.verb = "list", .time = "2026-03-02T10:00:00Z"})
        + eventLine({.user = "system:serviceaccount:shop:web"})
        + eventLine({.code = 403, .time = "2026-03-02T10:00:00Z"})
        + eventLine({.verb = "create", .reference = exec, .code = 101})
        + eventLine({.user = "system:node:n", .verb = "update", .reference = exec})
        + eventLine({.user = "system:anonymous", .verb = "list", .reference = R"({"resource":"pods"})"})
        + eventLine({.user = "system:anonymous", .reference = "{}", .uri = "/healthz?verbose"})
        + eventLine({.user = "system:anonymous", .reference = "{}", .uri = "/metrics?token=abc"})
        + eventLine({.user = "system:anonymous", .reference = "{}", .code = 401, .uri = "/secret"})
        + eventLine({.verb = "patch",
            .reference = R"({"resource":"deployments","apiGroup":"apps","namespace":"shop","name":"web"})"})
        + eventLine({.user = "system:serviceaccount:ci:deployer",
            .verb = "patch",
            .reference = R"({"resource":"deployments","apiGroup":"apps","namespace":"shop","name":"web"})"})
        + eventLine({.verb = "create",
            .reference = R"({"resource":"tokenreviews","apiGroup":"authentication.k8s.io"})",
            .more = R"(,"impersonatedUser":{"username":"bob"})"});
    const auto reading = readText(text);
    QVERIFY(reading);
    QCOMPARE(reading->form, std::string("audit-log"));
    QCOMPARE(reading->cluster->exportedAt, std::string("2026-03-02T10:00:00Z"));
    QCOMPARE(reading->cluster->liveness, Liveness::Manifests); // a log alone shows nothing that runs
    const Node log = summaryOf(*reading->cluster);
    QVERIFY(log);
    QCOMPARE(log["events"].asInt().value_or(-1), 13);
    QCOMPARE(log["reads"].size(), std::size_t(2));
    const Node alice = log["reads"].item(0);
    QCOMPARE(alice["name"].text(), std::string_view("alice"));
    QVERIFY(alice["person"].isTrue());
    QCOMPARE(alice["requests"].asInt().value_or(-1), 2);
    QCOMPARE(alice["objects"].item(0).text(), std::string_view("shop/db"));
    QCOMPARE(alice["first"].text(), std::string_view("2026-03-01T10:00:00Z"));
    QCOMPARE(alice["last"].text(), std::string_view("2026-03-02T10:00:00Z"));
    QVERIFY(log["reads"].item(1)["person"].isFalse());
    QCOMPARE(log["interactive"].size(), std::size_t(1));
    QCOMPARE(log["interactive"].item(0)["action"].text(), std::string_view("exec"));
    QCOMPARE(log["interactive"].item(0)["objects"].item(0).text(), std::string_view("shop/web-1"));
    QCOMPARE(log["anonymous"].size(), std::size_t(2));
    QCOMPARE(log["anonymous"].item(0)["name"].text(), std::string_view("get /metrics"));
    QCOMPARE(log["anonymous"].item(1)["name"].text(), std::string_view("list pods"));
    QCOMPARE(log["changes"].size(), std::size_t(1));
    QCOMPARE(log["changes"].item(0)["action"].text(), std::string_view("deployments"));
    QCOMPARE(log["denied"].size(), std::size_t(2));
    bool impersonated = false;
    for (const Node user : log["users"])
        impersonated = impersonated || user["name"].text() == "alice as bob";
    QVERIFY(impersonated);
}

void AuditLogTest::piecesDoNotMatter()
{
    std::string text;
    for (int i = 0; i < 20; ++i)
        text += eventLine({.user = "user" + std::to_string(i)});
    text.pop_back(); // no line break at the end
    AuditLog whole;
    whole.add(text);
    whole.endFile();
    for (const std::size_t step : {std::size_t(1), std::size_t(7), std::size_t(400), text.size()}) {
        AuditLog pieces;
        for (std::size_t at = 0; at < text.size(); at += step)
            pieces.add(std::string_view(text).substr(at, step));
        pieces.endFile();
        QCOMPARE(pieces.toJson("x"), whole.toJson("x"));
        QCOMPARE(pieces.events(), std::uint64_t(20));
    }
}

void AuditLogTest::stagesAreCountedOnce()
{
    const auto reading
        = readText(eventLine({.stage = "RequestReceived"}) + eventLine({.stage = "ResponseStarted"}) + eventLine({}));
    QVERIFY(reading);
    const Node log = summaryOf(*reading->cluster);
    QCOMPARE(log["events"].asInt().value_or(-1), 3);
    QCOMPARE(log["requests"].asInt().value_or(-1), 1);
    QCOMPARE(log["reads"].item(0)["requests"].asInt().value_or(-1), 1);
}

void AuditLogTest::brokenLinesAreSaid()
{
    const auto reading
        = readText(eventLine({}) + "{\"kind\":\"Event\"\n[]\n\n7\n{\"apiVersion\":\"v1\"}\n" + eventLine({}));
    QVERIFY(reading);
    QCOMPARE(summaryOf(*reading->cluster)["events"].asInt().value_or(-1), 2);
    QCOMPARE(summaryOf(*reading->cluster)["unreadableLines"].asInt().value_or(-1), 4);
    QVERIFY(says(reading->diagnostics, "cluster.audit-lines"));
    AuditLog endless;
    const std::string megabyte(1U << 20, 'x');
    for (int i = 0; i < 40; ++i)
        endless.add(megabyte);
    endless.add("\n" + eventLine({}));
    endless.endFile();
    QCOMPARE(endless.unreadableLines(), std::uint64_t(1));
    QCOMPARE(endless.events(), std::uint64_t(1));
}

void AuditLogTest::gapsAreFound()
{
    const auto reading
        = readText(eventLine({.time = "2026-03-01T10:59:59Z"}) + eventLine({.time = "2026-03-01T11:00:00Z"})
            + eventLine({.time = "2026-03-03T12:00:00Z"}) + eventLine({.time = "not a time"}));
    QVERIFY(reading);
    const Node period = summaryOf(*reading->cluster)["period"];
    QCOMPARE(period["first"].text(), std::string_view("2026-03-01T10:59:59Z"));
    QCOMPARE(period["hours"].asInt().value_or(-1), 51);
    QCOMPARE(period["gaps"].size(), std::size_t(1));
    QCOMPARE(period["gaps"].item(0)["from"].text(), std::string_view("2026-03-01T12:00:00Z"));
    QCOMPARE(period["gaps"].item(0)["hours"].asInt().value_or(-1), 48);
}

void AuditLogTest::secretsNeverStay()
{
    const std::string body = R"(,"responseObject":{"kind":"Secret","data":{"password":"aHVudGVyMi1odW50ZXIy"}},)"
                             R"("requestObject":{"stringData":{"x":"hunter2-hunter2"}},"annotations":{"a":"hunter3"})";
    const auto reading = readText(eventLine({.more = body})
        + eventLine({.user = "system:anonymous", .reference = "{}", .uri = "/x?access_token=hunter4"})
        + eventLine({.user = "ghp_0123456789abcdefghijABCDEFGHIJ012345"}));
    QVERIFY(reading);
    for (const auto &document : reading->cluster->documents) {
        const std::string kept = std::string(document->source()->view()) + std::string(document->sideText());
        for (const char *value : {"aHVudGVyMi", "hunter2", "hunter3", "hunter4", "ghp_0123"})
            QVERIFY2(kept.find(value) == std::string::npos, value);
    }
}

void AuditLogTest::memoryIsBounded()
{
    AuditLog log;
    for (int i = 0; i < 6'000; ++i)
        log.add(eventLine({.user = "user" + std::to_string(i),
            .reference = R"({"resource":"secrets","namespace":"shop","name":"s)" + std::to_string(i) + "\"}"}));
    log.endFile();
    const std::string json = log.toJson("x");
    QVERIFY(json.find("\"notListed\"") != std::string::npos);
    QVERIFY(json.find("\"user5999\"") == std::string::npos);
    QVERIFY(json.size() < (4U << 20));
}

void AuditLogTest::severalFilesAreOne()
{
    const auto reading = readFiles(
        {{"a/audit.json", eventLine({})}, {"b/audit.json", eventLine({.user = "bob", .time = "2026-04-01T00:00:00Z"})},
            {"pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p, uid: '1'}\n"}});
    QVERIFY(reading);
    const int index = reading->cluster->find("AuditLog", "", "export");
    QVERIFY(index >= 0);
    QCOMPARE(reading->cluster->objects.size(), std::size_t(2));
    QCOMPARE(reading->cluster->liveness, Liveness::Live);
    const Node log = reading->cluster->objects[static_cast<std::size_t>(index)].root;
    QCOMPARE(log["reads"].size(), std::size_t(2));
    QCOMPARE(log["events"].asInt().value_or(-1), 2);
}

void AuditLogTest::compressedInArchives()
{
    QTemporaryDir folder;
    const std::filesystem::path path(folder.path().toStdString());
    std::filesystem::create_directories(path / "audit_logs");
    QVERIFY(saveAtomically(path / "audit_logs/master-0.log", eventLine({}) + eventLine({})));
    QVERIFY(saveAtomically(path / "audit.log", eventLine({})));
    QVERIFY(saveAtomically(path / "audit-of-an-app.log", "GET / 200\n"));
    QProcess process;
    process.setWorkingDirectory(folder.path());
    process.start(QStringLiteral("sh"),
        {QStringLiteral("-ec"),
            QStringLiteral("gzip audit_logs/master-0.log; tar cf must.tar audit_logs; rm -r audit_logs")});
    QVERIFY(process.waitForFinished() && process.exitCode() == 0);
    ReadClusterOptions options;
    options.name = "all";
    const auto reading = readClusterFolder(path, options);
    QVERIFY(reading);
    const int index = reading->cluster->find("AuditLog", "", "all");
    QVERIFY(index >= 0);
    QCOMPARE(reading->cluster->objects[static_cast<std::size_t>(index)].root["events"].asInt().value_or(-1), 3);
    QVERIFY(says(reading->diagnostics, "cluster.files-skipped"));
}

TALLY_TEST(AuditLogTest)
#include "audit_log_test.moc"
