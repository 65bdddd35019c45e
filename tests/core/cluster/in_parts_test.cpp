// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_cluster.h"
#include "core/io/file.h"
#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using test::dataFolder;
using test::print;
using test::says;

/// A file that is read in parts gives the same cluster.
class InPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void realFiles_data();
    void realFiles();
    void secretsAreMasked();
    void whatIsSaidOfEachPartIsSaidOnce();
    void whatCannotBeReadIsSaid();
    void memoryIsLimited();
    void stopsWhenAsked();
};

namespace {

Result<ClusterReading> readInParts(
    const std::string &text, std::uint64_t windowBytes, const std::string &name = "export.yaml")
{
    ReadClusterOptions options;
    options.name = name;
    options.limits.windowBytes = windowBytes;
    const BlockReaderPtr stream = readBlocks(memorySource(text), 256);
    return readClusterInParts(*stream, options);
}

std::string podList(int count)
{
    std::string text = "apiVersion: v1\nitems:\n";
    for (int i = 0; i < count; ++i)
        text += "- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: p" + std::to_string(i)
            + "\n    managedFields:\n    - {manager: kubectl}\n  spec:\n    containers:\n    - name: c\n      env:\n"
              "      - {name: DB_PASSWORD, value: hunter2hunter2}\n";
    return text + "kind: List\n";
}

} // namespace

void InPartsTest::realFiles_data()
{
    QTest::addColumn<std::string>("file");
    for (const char *file :
        {"kubevious-getall/data-big/data-all.yaml", "kubevious-getall/data-big/data-config-maps.yaml",
            "kubescape-kwok/resourcesMock1.json", "troubleshoot/analyze-tree/cluster-resources/nodes.json"})
        QTest::newRow(file) << std::string(file);
}

void InPartsTest::realFiles()
{
    QFETCH(std::string, file);
    const std::filesystem::path path = dataFolder() / "cluster" / file;
    TALLY_REQUIRE_DATA(path);
    const Result<std::string> text = readFile(path, Limits{});
    QVERIFY(text);
    ReadClusterOptions options;
    options.name = path.filename().string();
    const auto whole = readClusterFile(*text, options);
    for (const std::uint64_t windowBytes : {std::uint64_t{1} << 14, std::uint64_t{1} << 17, std::uint64_t{1} << 30}) {
        const auto parts = readInParts(*text, windowBytes, options.name);
        QCOMPARE(parts.has_value(), whole.has_value());
        if (!parts)
            return;
        QCOMPARE(print(*parts->cluster), print(*whole->cluster));
        QCOMPARE(parts->form, whole->form);
        QVERIFY(says(parts->diagnostics, "cluster.read-in-parts"));
    }
}

void InPartsTest::secretsAreMasked()
{
    const std::string text = podList(50);
    const auto parts = readInParts(text, 500);
    QVERIFY(parts);
    QCOMPARE(parts->cluster->objects.size(), std::size_t(50));
    QVERIFY(parts->cluster->documents.size() > 10);
    for (const auto &document : parts->cluster->documents) {
        QVERIFY(!document->source());
        QVERIFY(document->sideText().find("hunter2") == std::string_view::npos);
    }
    const auto said = std::ranges::find_if(parts->diagnostics, [](const Diagnostic &diagnostic) {
        return std::string_view(diagnostic.message.def->code) == "cluster.read-in-parts";
    });
    QVERIFY(said != parts->diagnostics.end());
    QCOMPARE(said->message.args.at(1), std::string("50"));
}

void InPartsTest::whatIsSaidOfEachPartIsSaidOnce()
{
    std::string text = R"({"kind":"List","apiVersion":"v1","metadata":{"continue":"x"},"items":[)";
    for (int i = 0; i < 100; ++i)
        text += (i == 0 ? "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p"
                        : ",{},{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p")
            + std::to_string(i) + "\"}}";
    const auto parts = readInParts(text + "]}", 1000);
    QVERIFY(parts);
    QCOMPARE(parts->cluster->objects.size(), std::size_t(100));
    int truncated = 0;
    int skipped = 0;
    for (const Diagnostic &diagnostic : parts->diagnostics) {
        truncated += diagnostic.message.def == clusterDef("cluster.list-truncated") ? 1 : 0;
        skipped += diagnostic.message.def == clusterDef("cluster.items-skipped") ? diagnostic.message.count : 0;
    }
    QCOMPARE(truncated, 1);
    QCOMPARE(skipped, 99);
}

void InPartsTest::whatCannotBeReadIsSaid()
{
    const std::string good = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}}\n";
    const auto parts = readInParts(good + "{\"apiVersion\":\"v1\",\"kind\": \"Pod\" \"x\"}\n" + good, 60);
    QVERIFY(parts);
    QCOMPARE(parts->cluster->objects.size(), std::size_t(1)); // the same pod twice
    const auto wrong = std::ranges::find_if(parts->diagnostics,
        [](const Diagnostic &diagnostic) { return diagnostic.severity == Diagnostic::Severity::Error; });
    QVERIFY(wrong != parts->diagnostics.end());
    QVERIFY2(wrong->where.find("line 2") != std::string::npos, wrong->where.c_str());
    QVERIFY(!readInParts("{\"a\": b}", 60));
    QVERIFY(!readInParts("", 60));
}

void InPartsTest::memoryIsLimited()
{
    ReadClusterOptions options;
    options.limits.windowBytes = 1000;
    options.limits.maxKeptBytes = 4000;
    const BlockReaderPtr stream = readBlocks(memorySource(podList(200)), 4096);
    const auto parts = readClusterInParts(*stream, options);
    QVERIFY(!parts);
    QCOMPARE(parts.error().kind, ErrorKind::LimitExceeded);
    QCOMPARE(parts.error().message.def, clusterDef("cluster.too-much-kept"));
}

void InPartsTest::stopsWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();
    const BlockReaderPtr stream = readBlocks(memorySource(podList(5)), 4096);
    const auto parts = readClusterInParts(*stream, {}, RunContext(stop.get_token()));
    QVERIFY(!parts);
    QCOMPARE(parts.error().kind, ErrorKind::Cancelled);
}

TALLY_TEST(InPartsTest)
#include "in_parts_test.moc"
