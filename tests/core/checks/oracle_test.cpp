// SPDX-License-Identifier: Apache-2.0
#include "core/io/file.h"
#include "tests/core/checks/check_case.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <map>

using namespace tally;
using namespace tally::test;

namespace {

/// Which of our checks judge the same as a rule of another project whose test cases are labelled.
const std::map<std::string, std::vector<std::string>> gatekeeper = {
    {"K8sPSPPrivilegedContainer", {"POD-PRIVILEGED"}},
    {"K8sPSPAllowPrivilegeEscalationContainer", {"POD-PRIVESC"}},
    {"K8sPSPHostNamespace", {"POD-HOSTPID", "POD-HOSTIPC"}},
    {"K8sPSPHostProcess", {"POD-WIN-HOSTPROCESS"}},
    {"K8sPSPHostProbesLifecycle", {"POD-PROBEHOST"}},
    {"K8sImageDigests", {"IMG-DIGEST", "IMG-LATEST"}},
    {"K8sBlockLoadBalancer", {"EXP-LB"}},
    {"K8sBlockNodePort", {"EXP-NODEPORT"}},
    {"K8sBlockWildcardIngress", {"EXP-WILDCARD"}},
    {"K8sExternalIPs", {"EXP-EXTERNALIP"}},
    {"K8sHttpsOnly", {"EXP-TLS"}},
};
const std::map<std::string, std::vector<std::string>> kubeScore = {
    {"Container Image Tag", {"IMG-LATEST"}},
    {"Container Security Context Privileged", {"POD-PRIVILEGED"}},
    {"Container Security Context ReadOnlyRootFilesystem", {"POD-ROFS"}},
    {"Deployment has PodDisruptionBudget", {"AVL-PDB"}},
    {"StatefulSet has PodDisruptionBudget", {"AVL-PDB"}},
    {"Ingress targets Service", {"INT-INGRESS"}},
    {"NetworkPolicy targets Pod", {"NET-DANGLING"}},
    {"Service Targets Pod", {"INT-SERVICE"}},
    {"Service Type", {"EXP-NODEPORT"}},
};

std::vector<QStringList> rowsOf(const std::filesystem::path &csv)
{
    std::vector<QStringList> rows;
    const QStringList lines = QString::fromStdString(readFile(csv, Limits{}).value()).split(u'\n');
    for (const QString &line : lines)
        rows.push_back(line.split(u','));
    return rows;
}

} // namespace

class OracleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithGatekeeper_data();
    void agreesWithGatekeeper();
    void agreesWithKubeScore_data();
    void agreesWithKubeScore();

private:
    void compare();
};

void OracleTest::agreesWithGatekeeper_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<std::vector<std::string>>("checks");
    QTest::addColumn<bool>("bad");
    const auto folder = dataFolder() / "labelled" / "gatekeeper-library";
    TALLY_REQUIRE_DATA(folder);
    for (const QStringList &row : rowsOf(folder / "expectations.csv")) {
        const auto rule = gatekeeper.find(row[0].toStdString());
        // Updates are requests to the API server, and exempt images are that rule's own parameter.
        if (rule == gatekeeper.end() || row[3].contains(u"update") || row[3].contains(u"exempted"))
            continue;
        // Their parameters allow some addresses, or an Ingress whose certificate the cloud brings.
        const bool lenient = row[0] == u"K8sExternalIPs" || row[1] == u"tls-optional";
        if (lenient && row[6] == u"False")
            continue;
        QTest::addRow("%s %s", qPrintable(row[0]), qPrintable(row[3])) << QString::fromStdString(
            (folder / row[4].toStdString()).string()) << rule->second << (row[6] != u"False" && row[6] != u"0");
    }
}

void OracleTest::agreesWithGatekeeper()
{
    compare();
}

void OracleTest::agreesWithKubeScore_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<std::vector<std::string>>("checks");
    QTest::addColumn<bool>("bad");
    const auto folder = dataFolder() / "labelled" / "kube-score";
    TALLY_REQUIRE_DATA(folder);
    for (const QStringList &row : rowsOf(folder / "expectations.csv")) {
        const auto rule = kubeScore.find(row[0].toStdString());
        // That Ingress says v1 and is written in the old form: there the schema is at fault.
        if (rule != kubeScore.end() && !row[2].contains(u"ingress_issue363"))
            QTest::addRow("%s %s", qPrintable(row[0]), qPrintable(row[2])) << QString::fromStdString(
                (folder / row[2].toStdString()).string()) << rule->second << (row[1] != u"GradeAllOK");
    }
}

void OracleTest::agreesWithKubeScore()
{
    compare();
}

void OracleTest::compare()
{
    QFETCH(QString, file);
    QFETCH(std::vector<std::string>, checks);
    QFETCH(bool, bad);
    if (!std::filesystem::exists(file.toStdString()))
        QSKIP("this case is not part of the data");
    std::string yaml = readFile(file.toStdString(), Limits{}).value();
    if (checks.front() == "AVL-PDB") {
        // The cases do not say how many replicas there are; where it is one, a budget protects nothing.
        const std::string one = "\n  template:";
        if (const std::size_t at = yaml.find(one); at != std::string::npos)
            yaml.replace(at, one.size(), "\n  replicas: 2\n  template:");
        yaml += "\n---\n" + emptyList("policy/v1", "PodDisruptionBudget");
    }
    if (checks.front().starts_with("INT-"))
        yaml += "\n---\n" + documents({emptyList("v1", "Service"), emptyList("v1", "Pod")});
    const auto findings = findingsOf(onlyChecks(checks), yaml);
    QVERIFY2(findings.empty() != bad, findings.empty() ? "nothing found" : describe(findings.front()).c_str());
}

TALLY_TEST(OracleTest)
#include "oracle_test.moc"
