// SPDX-License-Identifier: Apache-2.0
#include "core/base/pattern.h"
#include "core/checks/address_range.h"
#include "core/checks/image_reference.h"
#include "core/checks/policy.h"
#include "core/io/file.h"
#include "tests/core/checks/check_case.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

class PolicyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryEntry();
    void hostsAreTheSameInAnyCase();
    void writesWhatItReads();
    void theExampleIsRight();
    void saysWhatIsWrongAndWhere_data();
    void saysWhatIsWrongAndWhere();
    void whatIsNotLaidDownIsNotChecked();
    void aPlaceEndsAtABorder();
    void rangesContainAddresses();
    void patternsMatch();
};

namespace {

constexpr const char *whole
    = "schema: tallymann-policy/1\n"
      "allowedRegistries: [registry.example.org/]\n"
      "approvedBaseImages: [docker.io/library/debian]\n"
      "forbiddenPackages: [telnet*]\n"
      "requiredLabels: [app.kubernetes.io/name]\n"
      "minimumReplicas: 3\n"
      "maximumImageAgeDays: 90\n"
      "cpuLimits: false\n"
      "zones:\n"
      "  - {name: \"Ver\\\"waltung\\t\", purpose: administration, ranges: [10.0.0.0/8, \"fd00::/8\"]}\n"
      "  - {name: Netz, purpose: applications, ranges: [192.0.2.7]}\n";

} // namespace

void PolicyTest::readsEveryEntry()
{
    const auto policy = readPolicy(whole, "rules/house.yaml");
    QVERIFY(policy.has_value());
    for (const std::string_view entry : policyEntries)
        QVERIFY2(policy->has(entry), std::string(entry).c_str());
    QCOMPARE(policy->name, std::string("house.yaml"));
    QCOMPARE(policy->text, std::string(whole));
    QVERIFY(policy->digest.starts_with("sha256:"));
    QCOMPARE(policy->minimumReplicas, std::optional(3));
    QCOMPARE(policy->cpuLimits, std::optional(false));
    QCOMPARE(policy->zones.size(), std::size_t(2));
    QCOMPARE(policy->zones[0].name, std::string("Ver\"waltung\t"));
    QCOMPARE(policy->zones[0].ranges[1], std::string("fd00::/8"));
    QVERIFY(policy->zones[1].purpose == NetworkZone::Purpose::Applications);
}

void PolicyTest::hostsAreTheSameInAnyCase()
{
    const auto policy = readPolicy("allowedRegistries: [Registry.Example.ORG:5000/Team/, Docker/x]\n", "a");
    QVERIFY(policy.has_value());
    QCOMPARE(policy->allowedRegistries, (std::vector<std::string>{"registry.example.org:5000/Team/", "Docker/x"}));
}

void PolicyTest::writesWhatItReads()
{
    const auto policy = readPolicy(whole, "a");
    const auto again = readPolicy(writePolicy(*policy), "b");
    QVERIFY(again.has_value());
    QVERIFY(again->saysTheSame(*policy));
    const auto empty = readPolicy(writePolicy({}), "c");
    QVERIFY(empty.has_value());
    QVERIFY(empty->saysTheSame({}));
    for (const std::string_view entry : policyEntries)
        QVERIFY(!empty->has(entry));
}

void PolicyTest::theExampleIsRight()
{
    const auto text = readFile(test::sourceFolder() / "resources/policy/example.yaml", Limits{});
    QVERIFY(text.has_value());
    const auto policy = readPolicy(*text, "example.yaml");
    QVERIFY2(policy.has_value(), policy ? "" : policy.error().message.args.at(1).c_str());
    for (const std::string_view entry : policyEntries)
        QVERIFY2(policy->has(entry), std::string(entry).c_str());
}

void PolicyTest::saysWhatIsWrongAndWhere_data()
{
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("value");
    const auto row = [](const char *name, const char *yaml, const char *code, const char *line, const char *value) {
        QTest::newRow(name) << QString::fromUtf8(yaml) << QString::fromUtf8(code) << QString::fromUtf8(line)
                            << QString::fromUtf8(value);
    };
    row("unknown entry", "minimumReplicas: 2\nallowedRegistry: []\n", "policy.unknown-key", "2", "allowedRegistry");
    row("twice", "cpuLimits: true\ncpuLimits: false\n", "resource.duplicate", "2", "cpuLimits");
    row("no number", "minimumReplicas: many\n", "policy.bad-value", "1", "minimumReplicas");
    row("too small", "minimumReplicas: 0\n", "policy.bad-value", "1", "minimumReplicas");
    row("too large", "maximumImageAgeDays: 999999999999\n", "policy.bad-value", "1", "maximumImageAgeDays");
    row("neither yes nor no", "cpuLimits: maybe\n", "policy.bad-value", "1", "cpuLimits");
    row("no list", "\n\nallowedRegistries: registry.example.org\n", "resource.not-a-list", "3", "allowedRegistries");
    row("scheme", "allowedRegistries:\n- a.example\n- https://b.example\n", "policy.bad-value", "3",
        "allowedRegistries");
    row("null", "forbiddenPackages: [~]\n", "policy.bad-value", "1", "forbiddenPackages");
    row("everything forbidden", "forbiddenPackages: [\"**\"]\n", "policy.bad-value", "1", "forbiddenPackages");
    row("map in a list", "requiredLabels: [{owner: a}]\n", "policy.bad-value", "1", "requiredLabels");
    row("no label", "requiredLabels: [\"owner name\"]\n", "policy.bad-value", "1", "requiredLabels");
    row("purpose", "zones:\n- name: a\n  purpose: fun\n  ranges: [10.0.0.0/8]\n", "policy.bad-value", "3", "purpose");
    row("range", "zones:\n- name: a\n  purpose: internal\n  ranges: [10.0.0.0/33]\n", "policy.bad-value", "4",
        "ranges");
    row("no ranges", "zones:\n- name: a\n  purpose: internal\n", "resource.missing-key", "2", "ranges");
    row("empty list", "cpuLimits: true\nallowedRegistries: []\n", "policy.empty-list", "2", "allowedRegistries");
    row("empty zone", "zones:\n- name: a\n  purpose: internal\n  ranges: []\n", "policy.empty-list", "4", "ranges");
    row("a range for two purposes",
        "zones:\n- {name: a, purpose: internal, ranges: [10.0.0.0/8]}\n"
        "- {name: b, purpose: administration, ranges: [10.1.0.0/16, 10.7.8.9/8]}\n",
        "policy.zone-conflict", "3", "10.7.8.9/8");
    row("no name", "zones:\n- purpose: internal\n  ranges: [10.0.0.1]\n", "resource.missing-key", "2", "name");
    row("zones is no list", "zones: 7\n", "resource.not-a-list", "1", "zones");
    row("no YAML", "minimumReplicas: 2\nzones: [\n", "resource.unreadable", "3", "");
    row("a tab", "zones:\n\t- name: a\n", "resource.unreadable", "2", "");
    row("nothing", "", "document.empty", "", "");
    row("a list", "- a\n", "resource.not-a-map", "1", "");
    row("another form", "schema: tallymann-policy/9\n", "resource.bad-value", "1", "schema");
}

void PolicyTest::saysWhatIsWrongAndWhere()
{
    QFETCH(QString, yaml);
    QFETCH(QString, code);
    QFETCH(QString, line);
    QFETCH(QString, value);
    const auto policy = readPolicy(yaml.toStdString(), "rules.yaml");
    QVERIFY(!policy.has_value());
    const Message &message = policy.error().message;
    QCOMPARE(QString::fromLatin1(message.def->code), code);
    QCOMPARE(message.args.at(0), std::string("rules.yaml"));
    if (!line.isEmpty())
        QCOMPARE(QString::fromStdString(message.args.at(1)), line);
    if (!value.isEmpty())
        QCOMPARE(QString::fromStdString(message.args.at(2)), value);
}

/// A policy without the entry must not turn "not checked" into "nothing found".
void PolicyTest::whatIsNotLaidDownIsNotChecked()
{
    const ClusterPtr cluster = clusterOf(pod("", ""));
    const auto policy = readPolicy("minimumReplicas: 2\n", "a");
    const auto allowing = readPolicy("allowedRegistries: [docker.io]\n", "a");
    const Check *check = allChecks().find("IMG-REGISTRY");
    CheckInput input;
    input.cluster = cluster.get();
    QCOMPARE(unmetNeeds(*check, input), std::vector<std::string>{"policy"});
    input.policy = &*policy;
    QCOMPARE(unmetNeeds(*check, input), std::vector<std::string>{"policy"});
    input.policy = &*allowing;
    QVERIFY(unmetNeeds(*check, input).empty());
}

void PolicyTest::aPlaceEndsAtABorder()
{
    QVERIFY(isBelowReference("registry.example.org/team/app:1", "registry.example.org"));
    QVERIFY(isBelowReference("docker.io/library/debian:12", "docker.io/library/debian"));
    QVERIFY2(
        !isBelowReference("registry.example.org:9999/app:1", "registry.example.org"), "another port, another registry");
    QVERIFY(isBelowReference("registry.example.org:9999/app:1", "registry.example.org:9999"));
    QVERIFY(!isBelowReference("registry.example.org.evil/app:1", "registry.example.org"));
    QVERIFY2(!isBelowReference("registry.example.org/../evil/app:1", "registry.example.org/"), "no name of an image");
}

void PolicyTest::rangesContainAddresses()
{
    const auto contains = [](const char *range, const char *address) {
        return AddressRange::parse(range).value().contains(AddressRange::parse(address).value());
    };
    QVERIFY(contains("10.0.0.0/8", "10.255.255.255"));
    QVERIFY(!contains("10.0.0.0/8", "11.0.0.0"));
    QVERIFY(contains("10.128.0.0/9", "10.200.0.0/16"));
    QVERIFY(!contains("10.200.0.0/16", "10.128.0.0/9"));
    QVERIFY(contains("0.0.0.0/0", "203.0.113.9"));
    QVERIFY(!contains("0.0.0.0/0", "::1"));
    QVERIFY(contains("fd00::/9", "fd7f::1"));
    QVERIFY(!contains("fd00::/9", "fd80::1"));
    for (const char *wrong : {"", "10.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/8x", "10.0.0.0/-1", "::/129", "a"})
        QVERIFY2(!AddressRange::parse(wrong), wrong);
}

void PolicyTest::patternsMatch()
{
    QVERIFY(matchesPattern("telnetd", "telnet*"));
    QVERIFY(matchesPattern("telnet", "telnet*"));
    QVERIFY(matchesPattern("lib-telnet-dev", "*telnet*"));
    QVERIFY(matchesPattern("", "*"));
    QVERIFY(matchesPattern("aXbXc", "a*b*c"));
    QVERIFY(matchesPattern("aab", "*ab"));
    QVERIFY(!matchesPattern("telnetd", "telnet"));
    QVERIFY(!matchesPattern("telnet", "telnetd"));
    QVERIFY(!matchesPattern("abc", "a*b"));
    QVERIFY(!matchesPattern("a", ""));
}

TALLY_TEST(PolicyTest)
#include "policy_test.moc"
