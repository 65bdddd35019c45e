// SPDX-License-Identifier: Apache-2.0
#include "core/io/file.h"
#include "core/workbench/export_script.h"
#include "core/workbench/workbench.h"

#include "tests/support/test_registry.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace tally;

class ExportScriptTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyNamesOfNamespacesGetIntoTheScript_data();
    void onlyNamesOfNamespacesGetIntoTheScript();
    void whatItWritesIsReadBack();
};

void ExportScriptTest::onlyNamesOfNamespacesGetIntoTheScript_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("plain") << std::string("kube-system") << true;
    QTest::newRow("command") << std::string("a;rm") << false;
    QTest::newRow("substitution") << std::string("$(id)") << false;
    QTest::newRow("empty") << std::string() << false;
    QTest::newRow("option") << std::string("-n") << false;
    QTest::newRow("too long") << std::string(64, 'a') << false;
}

void ExportScriptTest::onlyNamesOfNamespacesGetIntoTheScript()
{
    QFETCH(std::string, name);
    QFETCH(bool, allowed);
    QCOMPARE(isNamespaceName(name), allowed);
}

/// Runs the script against a kubectl that knows a Pod, no NetworkPolicy, a Secret, and may not read Roles.
void ExportScriptTest::whatItWritesIsReadBack()
{
    const QTemporaryDir folder;
    const std::filesystem::path root(folder.path().toStdString());
    constexpr const char *kubectl = R"SH(#!/bin/sh
case "$*" in
  "version -o yaml") echo 'serverVersion: {gitVersion: v1.30.1}' ;;
  "api-resources --verbs=list -o wide") printf 'NAME SHORTNAMES APIVERSION NAMESPACED KIND VERBS\n' ;;
  *--namespaced=false*) echo namespaces ;;
  *--namespaced=true*) printf 'pods\nsecrets\nnetworkpolicies.networking.k8s.io\nroles.rbac.authorization.k8s.io\n' ;;
  "get namespaces"*) printf 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Namespace\n  metadata:\n    name: shop\n' ;;
  "get pods"*) printf 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: web\n    namespace: shop\n  spec:\n    containers:\n    - name: c\n      image: a:1\n' ;;
  "get networkpolicies"*) printf 'apiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: ""\n' ;;
  "get roles"*) echo 'Error from server (Forbidden): roles.rbac.authorization.k8s.io is forbidden: User "audit" cannot list resource "roles" in API group "rbac.authorization.k8s.io" at the cluster scope' >&2; exit 1 ;;
  "get secrets"*go-template*) printf '{"apiVersion":"v1","kind":"SecretList","items":[{"apiVersion":"v1","kind":"Secret","type":"Opaque","metadata":{"name":"db","namespace":"shop","uid":"u","creationTimestamp":"2026-01-01T00:00:00Z"}}]}' ;;
  *) echo "unexpected: $*" >&2; exit 1 ;;
esac
)SH";
    QVERIFY(saveAtomically(root / "kubectl", kubectl));
    std::filesystem::permissions(root / "kubectl", std::filesystem::perms::owner_all);
    QVERIFY(saveAtomically(root / "export.sh", exportScript({})));

    QProcess shell;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PATH"), folder.path() + QStringLiteral(":/usr/bin:/bin"));
    shell.setProcessEnvironment(environment);
    shell.setWorkingDirectory(folder.path());
    shell.start(QStringLiteral("sh"), {QStringLiteral("export.sh"), QStringLiteral("out")});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.exitCode(), 0);

    const auto opened = open(root / "out");
    QVERIFY(opened);
    const ClusterPtr cluster = std::get<ClusterPtr>(opened->things.at(0));
    QCOMPARE(cluster->stateOf("Pod"), KindState::Present);
    QCOMPARE(cluster->stateOf("Namespace"), KindState::Present);
    QCOMPARE(cluster->stateOf("Secret"), KindState::Redacted);
    QCOMPARE(cluster->stateOf("NetworkPolicy"), KindState::Empty);
    QCOMPARE(cluster->stateOf("Role"), KindState::Forbidden);
    QCOMPARE(cluster->stateOf("ClusterRole"), KindState::Missing);
    QCOMPARE(cluster->kubernetesVersion, std::string("v1.30.1"));
}

TALLY_TEST(ExportScriptTest)
#include "export_script_test.moc"
