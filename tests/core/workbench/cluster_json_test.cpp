// SPDX-License-Identifier: Apache-2.0
#include "core/workbench/cluster_json.h"

#include "core/cluster/cluster_builder.h"
#include "core/workbench/json_parts.h"

#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;

class ClusterJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysAndValues();
    void isWrittenAsOneTree_data();
    void isWrittenAsOneTree();
    void everyKindStateHasItsName();
    void judgesByTheVersionAskedFor();
    void pathsThatAreNotUtf8();
    void hostileNamesStayInTheirStrings();
};

namespace {

class Plain final : public Translator
{
public:
    explicit Plain(std::string prefix)
        : m_prefix(std::move(prefix))
    {
    }
    std::string text(const Message &message) const override
    {
        return m_prefix + fillPlaceholders(message.def->text, message);
    }

private:
    std::string m_prefix;
};

std::string joined(const std::vector<std::string> &pieces)
{
    std::string all;
    for (const std::string &piece : pieces)
        all += piece;
    return all;
}

Json write(const ClusterReading &reading, const Source &source = {}, PodSecurityVersion version = {})
{
    return Json::parse(joined(writeClusterJson(
        *reading.cluster, std::span(&source, 1), reading.diagnostics, version, Plain("de: "), Plain("en: "))));
}

std::string textOf(const ClusterReading &reading)
{
    return joined(writeClusterJson(*reading.cluster, {}, reading.diagnostics, {}, Plain("de: "), Plain("en: ")));
}

ClusterReading read(const std::string &text)
{
    ReadClusterOptions options;
    options.name = "export.yaml";
    return readClusterFile(text, options).value();
}

std::vector<std::string> keysOf(const Json &json)
{
    std::vector<std::string> keys;
    for (const auto &[key, value] : json.items())
        keys.push_back(key);
    return keys;
}

} // namespace

void ClusterJsonTest::isWrittenAsOneTree_data()
{
    QTest::addColumn<int>("pods");
    for (const int pods : {0, 1, 256, 600})
        QTest::newRow(QByteArray::number(pods).constData()) << pods;
}

/// Rows that workers write by themselves look as if all had been one tree, with one worker and with more.
void ClusterJsonTest::isWrittenAsOneTree()
{
    QFETCH(int, pods);
    std::string text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: '\\n  \"workloads\": []'}\n";
    for (int i = 0; i < pods; ++i)
        text += "---\napiVersion: v1\nkind: Pod\nmetadata: {name: \"p" + std::to_string(i)
            + "\\n\\xFC\"}\nspec: {hostPID: true, containers: [{name: c, image: a}, {name: d, image: b}]}\n";
    const ClusterReading reading = read(text);
    qputenv("SOURCE_DATE_EPOCH", "1780000000"); // two texts are compared, which say when they were written
    const std::string written = textOf(reading);
    const Json json = Json::parse(written);
    QCOMPARE(json["workloads"].size(), static_cast<std::size_t>(pods));
    QVERIFY(written == jsonText(json));
    qputenv("TALLYMANN_THREADS", "1");
    QVERIFY(textOf(reading) == written);
    qunsetenv("TALLYMANN_THREADS");
    qunsetenv("SOURCE_DATE_EPOCH");
}

void ClusterJsonTest::keysAndValues()
{
    Source source;
    source.path = "/data/export.yaml";
    source.form = "kubectl-list";
    source.bytes = 12;
    source.sha256 = "sha256:abc";
    const Json json = write(read("apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    "
                                 "name: p\n    namespace: n\n"
                                 "    uid: u\n    ownerReferences: [{kind: ReplicaSet, name: r, controller: true}]\n  "
                                 "spec:\n    hostPID: true\n"
                                 "    containers: [{name: c, image: 'i:1'}]\n- 7\n"),
        source);
    QCOMPARE(keysOf(json),
        (std::vector<std::string>{"format", "tool", "created", "sources", "objects", "namespaces", "kubernetesVersion",
            "live", "completeness", "exportedAt", "completenessByNamespace", "workloads", "helmReleases",
            "diagnostics"}));
    QCOMPARE(json["sources"][0].dump(),
        std::string(R"({"path":"/data/export.yaml","form":"kubectl-list","bytes":12,"sha256":"sha256:abc"})"));
    QCOMPARE(json["objects"].dump(), std::string(R"({"total":1,"read":1,"byKind":{"Pod":1}})"));
    QCOMPARE(json["namespaces"].dump(), std::string(R"(["n"])"));
    QVERIFY(json["kubernetesVersion"].is_null());
    QCOMPARE(json["live"].dump(), std::string("true"));
    const Json &byNamespace = json["completenessByNamespace"][0];
    QCOMPARE(byNamespace["namespace"].dump(), std::string(R"("n")"));
    QCOMPARE(byNamespace["kinds"].dump(),
        std::string(R"([{"kind":"Pod","group":"","state":"present","count":1,"source":0,"command":""}])"));

    const Json &workload = json["workloads"][0];
    QCOMPARE(keysOf(workload),
        (std::vector<std::string>{
            "apiVersion", "kind", "namespace", "name", "containers", "images", "controlledBy", "podSecurity"}));
    QCOMPARE(workload["controlledBy"].dump(), std::string(R"("ReplicaSet/r")"));
    QCOMPARE(workload["images"].dump(), std::string(R"(["i:1"])"));
    QCOMPARE(workload["podSecurity"]["level"].dump(), std::string(R"("privileged")"));
    QCOMPARE(workload["podSecurity"]["violations"][0].dump(),
        std::string(
            R"({"profile":"baseline","control":"hostNamespaces","container":"","field":"hostPID","value":"true"})"));

    const Json &diagnostic = json["diagnostics"][0];
    QCOMPARE(diagnostic["severity"].dump(), std::string(R"("note")"));
    QCOMPARE(diagnostic["code"].dump(), std::string(R"("cluster.items-skipped")"));
    QCOMPARE(diagnostic["source"].dump(), std::string("0"));
    QVERIFY(diagnostic["message"]["de"].get<std::string>().starts_with("de: 1 item"));
    QVERIFY(diagnostic["message"]["en"].get<std::string>().starts_with("en: 1 item"));
}

void ClusterJsonTest::everyKindStateHasItsName()
{
    const Json json = write(read("apiVersion: v1\nkind: PodList\nitems: []\n---\n"
                                 "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n---\n"
                                 "apiVersion: v1\nkind: Secret\nmetadata: {name: s, uid: 1}\n---\n"
                                 "apiVersion: v1\nkind: Status\nreason: Forbidden\ndetails: {kind: nodes}\n"));
    std::map<std::string, Json> rows;
    for (const Json &row : json["completeness"])
        rows.emplace(row["kind"].get<std::string>(), row);
    QCOMPARE(rows["Pod"]["state"].dump(), std::string(R"("empty")"));
    QCOMPARE(rows["Pod"]["source"].dump(), std::string("0"));
    QCOMPARE(rows["Service"]["state"].dump(), std::string(R"("present")"));
    QCOMPARE(rows["Service"]["count"].dump(), std::string("1"));
    QCOMPARE(rows["Secret"]["state"].dump(), std::string(R"("redacted")"));
    QCOMPARE(rows["Node"]["state"].dump(), std::string(R"("forbidden")"));
    QCOMPARE(rows["Ingress"]["state"].dump(), std::string(R"("missing")"));
    QVERIFY(rows["Ingress"]["source"].is_null());
}

void ClusterJsonTest::judgesByTheVersionAskedFor()
{
    const ClusterReading reading
        = read("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  securityContext: {sysctls: [{name: "
               "net.ipv4.tcp_rmem}]}\n");
    const auto level = [&](int minor) {
        return write(reading, {}, {minor})["workloads"][0]["podSecurity"]["level"].get<std::string>();
    };
    QCOMPARE(level(31), std::string("privileged"));
    QCOMPARE(level(32), std::string("restricted"));
}

void ClusterJsonTest::pathsThatAreNotUtf8()
{
    Source source;
    source.path = "a\xff";
    const Json json = write(read("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"), source);
    QCOMPARE(json["sources"][0]["path"].get<std::string>(), std::string("a\xEF\xBF\xBD"));
    QCOMPARE(json["sources"][0]["pathBytes"].get<std::string>(), std::string("Yf8="));
}

void ClusterJsonTest::hostileNamesStayInTheirStrings()
{
    const Json json = write(read("apiVersion: v1\nkind: Pod\nmetadata:\n  name: \"a\\\"},{\\\"b\\0%1\"\n"));
    QCOMPARE(json["workloads"].size(), std::size_t(1));
    QCOMPARE(json["workloads"][0]["name"].get<std::string>(), std::string("a\"},{\"b\0%1", 10));
}

TALLY_TEST(ClusterJsonTest)
#include "cluster_json_test.moc"
