// SPDX-License-Identifier: Apache-2.0
#include "core/io/file.h"
#include "tests/core/checks/check_case.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <map>
#include <set>

using namespace tally;
using namespace tally::test;

namespace {

constexpr std::array privileges{
    "POD-PRIVILEGED", "POD-HOSTPID", "POD-HOSTIPC", "POD-HOSTNET", "VOL-HOSTPATH", "VOL-HOSTPATH-SENSITIVE"};
const std::set<std::string> hostPath{"VOL-HOSTPATH", "VOL-HOSTPATH-SENSITIVE"};

/// By folder of badpods: the privileges that its name says, and no other.
const std::map<std::string, std::set<std::string>> badPods = {
    {"everything-allowed", {privileges.begin(), privileges.end()}},
    {"priv-and-hostpid", {"POD-PRIVILEGED", "POD-HOSTPID"}},
    {"priv", {"POD-PRIVILEGED"}},
    {"hostpath", hostPath},
    {"hostpid", {"POD-HOSTPID"}},
    {"hostnetwork", {"POD-HOSTNET"}},
    {"hostipc", {"POD-HOSTIPC"}},
    {"nothing-allowed", {}},
};

} // namespace

/// Test data whose verdict stands in the name of its folder or file.
class FolderVerdictTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badPodsAreFound_data();
    void badPodsAreFound();
    void popeyeLists_data();
    void popeyeLists();
};

void FolderVerdictTest::badPodsAreFound_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("verdict");
    const auto folder = dataFolder() / "manifests" / "badpods";
    TALLY_REQUIRE_DATA(folder);
    std::set<std::string> kinds;
    int rows = 0;
    for (const auto &[verdict, checks] : badPods) {
        for (const auto &entry : std::filesystem::recursive_directory_iterator(folder / verdict)) {
            if (entry.path().extension() != ".yaml")
                continue;
            kinds.insert(entry.path().parent_path().filename().string());
            QTest::addRow("%s", entry.path().filename().c_str())
                << QString::fromStdString(entry.path().string()) << QString::fromStdString(verdict);
            ++rows;
        }
    }
    QCOMPARE(kinds.size(), std::size_t(8));
    QCOMPARE(rows, 128);
}

void FolderVerdictTest::badPodsAreFound()
{
    QFETCH(QString, file);
    QFETCH(QString, verdict);
    const CheckSet checks = onlyChecks({privileges.begin(), privileges.end()});
    QCOMPARE(checks.checks.size(), privileges.size());
    std::set<std::string> found;
    for (const Finding &finding : findingsOf(checks, readFile(file.toStdString(), Limits{}).value()))
        found.insert(finding.check);
    std::set<std::string> expected = badPods.at(verdict.toStdString());
    if (file.endsWith(QStringLiteral("hostipc-revshell-deamonset.yaml")))
        expected.insert({"POD-HOSTNET", "POD-HOSTPID"}); // this one sets all three
    QVERIFY(found == expected);
}

void FolderVerdictTest::popeyeLists_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<std::vector<std::string>>("checks");
    QTest::addColumn<QStringList>("expected");
    TALLY_REQUIRE_DATA(dataFolder() / "cluster" / "popeye-lists");
    const auto row = [](const char *name, const QStringList &files, const std::vector<std::string> &checks,
                         const QStringList &expected) { QTest::newRow(name) << files << checks << expected; };
    const std::vector<std::string> open{"NET-ALLOW-ALL"};
    row("deny all", {"net/np/deny-all.yaml"}, open, {});
    row("deny all, egress", {"net/np/deny-all-egr.yaml"}, open, {});
    row("deny all, ingress", {"net/np/deny-all-ing.yaml"}, open, {});
    row("allow all, egress", {"net/np/allow-all-egr.yaml"}, open,
        {"NET-ALLOW-ALL egress | NetworkPolicy allow-all-egress |  | spec.egress[0]"});
    // Its name says that it lets everything in; but the open rule is one for egress, and the policy is none for egress.
    row("allow all, ingress", {"net/np/allow-all-ing.yaml"}, open, {});
    row("open and closed", {"net/np/2.yaml"}, open,
        {"NET-ALLOW-ALL default | NetworkPolicy default/allow-all |  | spec.ingress[0]",
            "NET-ALLOW-ALL egress | NetworkPolicy default/allow-all |  | spec.egress[0]",
            "NET-ALLOW-ALL default | NetworkPolicy default/allow-all-ing |  | spec.ingress[0]",
            "NET-ALLOW-ALL egress | NetworkPolicy default/allow-all-eg |  | spec.egress[0]"});
    row("open in one direction", {"net/np/3.yaml"}, open,
        {"NET-ALLOW-ALL egress | NetworkPolicy ns2/allow-all-egress |  | spec.egress[0]"});
    row("narrow", {"net/np/1.yaml", "net/np/a.yaml", "net/np/b.yaml", "net/np/c.yaml", "net/np/d.yaml"}, open, {});
    row("matches nothing", {"net/np/1.yaml", "core/pod/2.yaml"}, {"NET-DANGLING"},
        {"NET-DANGLING default | NetworkPolicy default/np3 |  | spec.podSelector"});
    row("pods without controller", {"core/pod/2.yaml"}, {"POD-NAKED"},
        {"POD-NAKED default | Pod default/p2 |  | metadata.name",
            "POD-NAKED default | Pod default/p4 |  | metadata.name"});
    row("images without tag", {"core/pod/2.yaml"}, {"IMG-LATEST"},
        {"IMG-LATEST none | Pod default/p4 | ic1 | spec.initContainers[0].image",
            "IMG-LATEST none | Pod default/p4 | c1 | spec.containers[0].image",
            "IMG-LATEST default | Pod default/p4 | c2 | spec.containers[1].image"});
    row("probes", {"core/pod/2.yaml"}, {"AVL-LIVENESS", "AVL-READINESS"},
        {"AVL-READINESS default | Pod default/p4 | c1 | spec.containers[0].readinessProbe",
            "AVL-LIVENESS default | Pod default/p4 | c2 | spec.containers[1].livenessProbe",
            "AVL-READINESS no-probe | Pod default/p5 | c1 | spec.containers[0].readinessProbe",
            "AVL-LIVENESS no-probe | Pod default/p5 | c1 | spec.containers[0].livenessProbe"});
    row("services", {"core/svc/1.yaml", "core/pod/2.yaml"}, {"INT-SERVICE", "EXP-NODEPORT", "EXP-LB"},
        {"INT-SERVICE default | Service default/svc2 |  | spec.selector",
            "INT-SERVICE default | Service default/svc4 |  | spec.selector",
            "INT-SERVICE default | Service default/svc5 |  | spec.selector",
            "EXP-NODEPORT default | Service default/svc1 |  | spec.type",
            "EXP-LB default | Service default/svc4 |  | spec.type"});
    row("entrances", {"net/ingress/1.yaml", "core/svc/1.yaml", "core/pod/2.yaml"}, {"INT-INGRESS"},
        {"INT-INGRESS default | Ingress default/ing3 |  | spec.rules[0].http.paths[0].backend",
            "INT-INGRESS port | Ingress default/ing6 |  | spec.rules[0].http.paths[0].backend"});
    row("budgets", {"pol/pdb/1.yaml", "core/pod/2.yaml"}, {"AVL-PDB-SANE"},
        {"AVL-PDB-SANE nothing | PodDisruptionBudget default/pdb2 |  | spec.selector",
            "AVL-PDB-SANE twice | PodDisruptionBudget default/pdb4-1 |  | spec.selector"});
    row("people", {"auth/crb/1.yaml", "auth/rob/1.yaml"}, {"RBAC-HUMANS"}, {"RBAC-HUMANS default | - |  | User fred"});
    row("default account", {"auth/crb/2.yaml", "auth/rob/2.yaml"}, {"SA-BOUND-DEFAULT"},
        {"SA-BOUND-DEFAULT default | ClusterRoleBinding crb1 |  | subjects[0]",
            "SA-BOUND-DEFAULT default | RoleBinding default/rb1 |  | subjects[0]"});
    row("credentials", {"core/secret/1.yaml"}, {"SEC-SATOKEN"},
        {"SEC-SATOKEN nameless | Secret default/sec3 |  | type",
            "SEC-SATOKEN undated | Secret default/sec1 |  | type"});
    row("single replica", {"apps/dp/1.yaml"}, {"AVL-REPLICAS"},
        {"AVL-REPLICAS default | Deployment default/dp1 |  | spec.replicas",
            "AVL-REPLICAS default | Deployment default/dp2 |  | spec.replicas"});
}

void FolderVerdictTest::popeyeLists()
{
    QFETCH(QStringList, files);
    QFETCH(std::vector<std::string>, checks);
    QFETCH(QStringList, expected);
    std::string yaml;
    for (const QString &file : files)
        yaml += "\n---\n" + readFile(dataFolder() / "cluster" / "popeye-lists" / file.toStdString(), Limits{}).value();
    const CheckSet some = onlyChecks(checks);
    QCOMPARE(some.checks.size(), checks.size());
    QStringList found;
    for (const Finding &finding : findingsOf(some, withEmptyKinds(yaml, some)))
        found << QString::fromStdString(finding.check + ' ' + describe(finding));
    found.sort();
    expected.sort();
    QCOMPARE(found.join(u'\n'), expected.join(u'\n'));
}

TALLY_TEST(FolderVerdictTest)
#include "folder_verdict_test.moc"
