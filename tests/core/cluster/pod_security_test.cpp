// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/pod_security.h"
#include "core/document/readers.h"
#include "core/io/file.h"

#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;

class PodSecurityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void upstreamFixtures_data();
    void upstreamFixtures();
    void violations_data();
    void violations();
    void anEmptySpecBreaksNothing();
    void versions_data();
    void versions();
    void levelNames();
};

namespace {

DocumentPtr parse(const std::string &text)
{
    const Result<ParsedText> parsed = readYaml(text, {});
    return parsed && !parsed->documents.empty() ? parsed->documents.front() : nullptr;
}

PodSecurityVerdict judge(const Document &document, PodSecurityVersion version)
{
    const Node root = rootOf(document);
    return evaluatePodSecurity(root["metadata"], root["spec"], version);
}

} // namespace

void PodSecurityTest::upstreamFixtures_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("profile");
    QTest::addColumn<QString>("version");
    QTest::addColumn<bool>("passes");

    const std::filesystem::path folder = test::dataFolder() / "manifests" / "psa-labelled";
    if (!std::filesystem::exists(folder)) {
        QTest::newRow("data is absent") << QString() << QString() << QString() << true;
        return;
    }
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".yaml")
            continue;
        const QString name = QString::fromStdString(entry.path().lexically_relative(folder).string());
        const QStringList parts = name.split(QLatin1Char('/')); // baseline/v1.25/pass/base.yaml
        QTest::newRow(qPrintable(name)) << QString::fromStdString(entry.path().string()) << parts[0] << parts[1]
                                        << (parts[2] == QStringLiteral("pass"));
    }
}

void PodSecurityTest::upstreamFixtures()
{
    TALLY_REQUIRE_DATA(test::dataFolder() / "manifests" / "psa-labelled");
    QFETCH(QString, path);
    QFETCH(QString, profile);
    QFETCH(QString, version);
    QFETCH(bool, passes);
    const Result<std::string> text = readFile(path.toStdString(), {});
    QVERIFY(text);
    const DocumentPtr document = parse(*text);
    QVERIFY(document);
    const auto at = PodSecurityVersion::parse(version.toStdString());
    QVERIFY(at);
    const PodSecurityVerdict verdict = judge(*document, *at);
    const PodSecurityLevel wanted
        = profile == QStringLiteral("baseline") ? PodSecurityLevel::Baseline : PodSecurityLevel::Restricted;
    QCOMPARE(verdict.level >= wanted, passes);
    // The level follows from the violations and nothing else.
    const bool breaks = std::ranges::any_of(
        verdict.violations, [wanted](const PodSecurityViolation &violation) { return violation.profile <= wanted; });
    QCOMPARE(breaks, !passes);
}

void PodSecurityTest::violations_data()
{
    QTest::addColumn<std::string>("spec");
    QTest::addColumn<std::string>("expected"); // control|container|field|value of the first violation

    const auto row = [](const char *name, const char *spec, const char *expected) {
        QTest::newRow(name) << std::string(spec) << std::string(expected);
    };
    row("host network", "{hostNetwork: true}", "hostNamespaces||hostNetwork|true");
    row("privileged init container", "{initContainers: [{name: i, securityContext: {privileged: true}}]}",
        "privileged|i|initContainers[0].securityContext.privileged|true");
    row("capability",
        "{containers: [{name: a}, {name: b, securityContext: {capabilities: {add: [CHOWN, SYS_ADMIN]}}}]}",
        "capabilities|b|containers[1].securityContext.capabilities.add[1]|SYS_ADMIN");
    row("host path", "{volumes: [{name: v, hostPath: {path: /var}}]}", "hostPathVolumes||volumes[0].hostPath|/var");
    row("host port", "{containers: [{name: a, ports: [{containerPort: 1}, {hostPort: 80}]}]}",
        "hostPorts|a|containers[0].ports[1].hostPort|80");
    row("ephemeral container", "{ephemeralContainers: [{name: e, securityContext: {procMount: Unmasked}}]}",
        "procMount|e|ephemeralContainers[0].securityContext.procMount|Unmasked");
    row("nothing set", "{containers: [{name: a}]}",
        "allowPrivilegeEscalation|a|containers[0].securityContext.allowPrivilegeEscalation|");
    row("odd shapes do no harm", "{containers: yes, volumes: {a: b}, hostPID: [true], securityContext: 5}", "");
}

void PodSecurityTest::violations()
{
    QFETCH(std::string, spec);
    QFETCH(std::string, expected);
    const DocumentPtr document = parse("spec: " + spec + "\n");
    QVERIFY(document);
    const PodSecurityVerdict verdict = judge(*document, {});
    if (expected.empty()) {
        QVERIFY(verdict.level >= PodSecurityLevel::Baseline);
        return;
    }
    QVERIFY(!verdict.violations.empty());
    const PodSecurityViolation &first = verdict.violations.front();
    QCOMPARE(first.control + '|' + first.container + '|' + first.field + '|' + first.value, expected);
    QVERIFY(first.node.exists());
}

void PodSecurityTest::anEmptySpecBreaksNothing()
{
    const PodSecurityVerdict verdict = evaluatePodSecurity({}, {});
    QCOMPARE(verdict.level, PodSecurityLevel::Restricted); // nothing runs, nothing to object to
    QVERIFY(verdict.violations.empty());
}

void PodSecurityTest::versions_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<int>("minor"); // -1: no version
    QTest::newRow("with v") << std::string("v1.25") << 25;
    QTest::newRow("without v") << std::string("1.0") << 0;
    QTest::newRow("latest") << std::string("latest") << 37;
    QTest::newRow("empty") << std::string() << -1;
    QTest::newRow("other major") << std::string("v2.1") << -1;
    QTest::newRow("patch") << std::string("v1.25.1") << -1;
    QTest::newRow("negative") << std::string("v1.-1") << -1;
    QTest::newRow("huge") << std::string("v1.99999999999") << -1;
}

void PodSecurityTest::versions()
{
    QFETCH(std::string, text);
    QFETCH(int, minor);
    const auto version = PodSecurityVersion::parse(text);
    QCOMPARE(version ? version->minor : -1, minor);
}

void PodSecurityTest::levelNames()
{
    QCOMPARE(podSecurityLevelName(PodSecurityLevel::Privileged), std::string_view("privileged"));
    QCOMPARE(podSecurityLevelName(PodSecurityLevel::Baseline), std::string_view("baseline"));
    QCOMPARE(podSecurityLevelName(PodSecurityLevel::Restricted), std::string_view("restricted"));
}

TALLY_TEST(PodSecurityTest)
#include "pod_security_test.moc"
