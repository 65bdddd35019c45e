// SPDX-License-Identifier: Apache-2.0
#include "core/checks/needs.h"
#include "tests/core/checks/check_case.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

class CheckCasesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatItShould_data();
    void saysWhatItShould();
    void everyCheckHasABadAndAGoodCase();
    void messagesGetTheirArguments_data();
    void messagesGetTheirArguments();
};

void CheckCasesTest::saysWhatItShould_data()
{
    QTest::addColumn<std::size_t>("index");
    const std::vector<CheckCase> cases = allCases();
    for (std::size_t i = 0; i < cases.size(); ++i)
        QTest::addRow("%s: %s", cases[i].check.c_str(), cases[i].name.c_str()) << i;
}

namespace {

std::vector<Finding> findingsOfCase(const CheckCase &row)
{
    const ClusterPtr cluster = row.yaml.empty() ? nullptr : clusterOf(row.yaml);
    CheckInput input;
    input.cluster = cluster.get();
    input.images = row.images;
    input.keys = row.keys;
    input.now = 1'767'225'600; // 2026-01-01
    Policy policy;
    if (!row.policy.empty()) {
        policy = readPolicy(row.policy, "policy.yaml").value();
        input.policy = &policy;
    }
    const CheckSet checks = onlyChecks({row.check});
    if (checks.checks.size() != 1 || !unmetNeeds(checks.checks.front(), input).empty())
        qFatal("the case of %s does not give the check what it needs", row.check.c_str());
    return findingsOf(checks, input);
}

} // namespace

void CheckCasesTest::saysWhatItShould()
{
    QFETCH(std::size_t, index);
    static const std::vector<CheckCase> cases = allCases(); // made once: there are thousands
    const CheckCase &row = cases[index];
    QStringList expected;
    for (const std::string &finding : row.findings)
        expected << QString::fromStdString(finding);
    QStringList found;
    for (const Finding &finding : findingsOfCase(row))
        found << QString::fromStdString(describe(finding));
    QCOMPARE(found.join(u'\n'), expected.join(u'\n'));
}

void CheckCasesTest::everyCheckHasABadAndAGoodCase()
{
    const std::vector<CheckCase> cases = allCases();
    for (const Check &check : allChecks().checks) {
        if (std::ranges::any_of(check.needs, isNeverMet))
            continue;
        const auto of = [&](bool bad) {
            return std::ranges::any_of(
                cases, [&](const CheckCase &row) { return row.check == check.id && row.findings.empty() != bad; });
        };
        QVERIFY2(of(true), ("no bad case for " + check.id).c_str());
        QVERIFY2(of(false), ("no good case for " + check.id).c_str());
    }
}

void CheckCasesTest::messagesGetTheirArguments_data()
{
    saysWhatItShould_data();
}

/// The message of the finding's variant exists, and no placeholder in it is left without an argument.
void CheckCasesTest::messagesGetTheirArguments()
{
    QFETCH(std::size_t, index);
    static const std::vector<CheckCase> cases = allCases(); // made once: there are thousands
    const CheckCase &row = cases[index];
    const Check *check = allChecks().find(row.check);
    for (const Finding &finding : findingsOfCase(row)) {
        const auto message = check->messages.find(finding.variant);
        QVERIFY2(message != check->messages.end(), finding.variant.c_str());
        for (const std::string &text : {message->second.de, message->second.en}) {
            for (std::size_t at = text.find('%'); at != std::string::npos; at = text.find('%', at + 1)) {
                const int number = at + 1 < text.size() ? text[at + 1] - '0' : 0;
                if (number >= 1 && number <= 9)
                    QVERIFY2(static_cast<std::size_t>(number) <= finding.args.size(), text.c_str());
            }
        }
        if (finding.object) {
            QVERIFY(finding.line > 0);
            QVERIFY(!finding.excerpt.empty());
        }
        QCOMPARE(finding.id.size(), 32U);
    }
}

TALLY_TEST(CheckCasesTest)
#include "check_cases_test.moc"
