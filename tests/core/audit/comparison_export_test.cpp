// SPDX-License-Identifier: Apache-2.0
#include "core/audit/comparison.h"
#include "tests/core/audit/judged_audit.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

namespace {

/// A copy of the real export, whose files a person changes by hand.
class EditedExport
{
public:
    EditedExport()
    {
        const QString source = QString::fromStdString((dataFolder() / "cluster/harvester-bundle").string());
        QDir(m_folder.path()).mkpath(QStringLiteral("bundle"));
        copy(source, m_folder.filePath(QStringLiteral("bundle")));
    }

    [[nodiscard]] std::filesystem::path path() const
    {
        return m_folder.filePath(QStringLiteral("bundle")).toStdString();
    }

    /// Behind each line that says this, the lines, indented alike.
    void addBehind(const char *file, const QByteArray &line, const QList<QByteArray> &added)
    {
        change(file, [&](QList<QByteArray> &lines) {
            int changed = 0;
            for (qsizetype i = lines.size() - 1; i >= 0; --i) {
                if (lines[i].trimmed() != line)
                    continue;
                const QByteArray indent(lines[i].size() - lines[i].trimmed().size(), ' ');
                for (qsizetype j = added.size() - 1; j >= 0; --j)
                    lines.insert(i + 1, indent + added[j]);
                ++changed;
            }
            return changed;
        });
    }

    /// Each occurrence.
    void replace(const char *file, const QByteArray &from, const QByteArray &to)
    {
        change(file, [&](QList<QByteArray> &lines) {
            int changed = 0;
            for (QByteArray &line : lines) {
                changed += line.contains(from) ? 1 : 0;
                line.replace(from, to);
            }
            return changed;
        });
    }

    /// The first line behind `anchor` that says this; "" takes it away.
    void replaceAfter(const char *file, const QByteArray &anchor, const QByteArray &from, const QByteArray &to)
    {
        change(file, [&](QList<QByteArray> &lines) {
            const auto says = [](const QByteArray &text) {
                return [text](const QByteArray &line) { return line.trimmed() == text; };
            };
            const auto start = std::find_if(lines.begin(), lines.end(), says(anchor));
            const auto found = std::find_if(start, lines.end(), says(from));
            if (found == lines.end())
                return 0;
            if (to.isEmpty())
                lines.erase(found);
            else
                found->replace(from, to);
            return 1;
        });
    }

    void write(const char *file, const QByteArray &text)
    {
        QFile out(name(file));
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
            qFatal("cannot write %s", file);
    }

    void remove(const char *file)
    {
        if (!QFile::remove(name(file)))
            qFatal("there is no %s", file);
    }

    void rename(const char *file, const char *to)
    {
        if (!QFile::rename(name(file), name(to)))
            qFatal("there is no %s", file);
    }

private:
    static void copy(const QString &from, const QString &to)
    {
        for (const QFileInfo &entry :
            QDir(from).entryInfoList(QDir::Files | QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot)) {
            const QString target = to + u'/' + entry.fileName();
            if (entry.isDir()) {
                QDir().mkpath(target);
                copy(entry.filePath(), target);
            } else {
                QFile::copy(entry.filePath(), target);
                QFile::setPermissions(target, QFile::ReadOwner | QFile::WriteOwner); // the data can only be read
            }
        }
    }

    [[nodiscard]] QString name(const char *file) const
    {
        return m_folder.filePath(QStringLiteral("bundle/yamls/") + QLatin1String(file));
    }

    template<typename Change>
    void change(const char *file, const Change &apply)
    {
        QFile in(name(file));
        if (!in.open(QIODevice::ReadOnly))
            qFatal("there is no %s", file);
        QList<QByteArray> lines = in.readAll().split('\n');
        in.close();
        if (apply(lines) == 0)
            qFatal("nothing to change in %s", file);
        write(file, lines.join('\n'));
    }

    QTemporaryDir m_folder;
};

AuditComparisonPtr compared(const AuditStatePtr &before, const AuditStatePtr &after, const CompareOptions &options = {})
{
    auto made = compareAudits(before, after, catalogue(), allChecks(), options);
    if (!made)
        qFatal("not compared");
    return *std::move(made);
}

QString placeOf(const Finding &finding)
{
    std::string text = finding.check;
    if (finding.object)
        text += ' ' + finding.object->kind + ' '
            + (finding.object->namespaceName.empty() ? "" : finding.object->namespaceName + '/') + finding.object->name;
    if (!finding.container.empty())
        text += ' ' + finding.container;
    return QString::fromStdString(text);
}

/// "new POD-PRIVILEGED Deployment shop/web app", all but what is the same; sorted.
QStringList differences(const AuditComparison &compared)
{
    QStringList lines;
    for (const ComparedFinding &row : compared.findings) {
        if (row.fate == FindingFate::Same)
            continue;
        QString line = QString::fromUtf8(fateName(row.fate).data()) + u' ' + placeOf(row.shown());
        for (const FindingChange change : row.changes)
            line += u' ' + QLatin1String(changeName(change).data());
        for (const std::string &need : row.missing)
            line += QStringLiteral(" -") + QString::fromStdString(need);
        lines << line;
    }
    lines.sort();
    return lines;
}

QStringList references(const AuditComparison &compared)
{
    QStringList lines;
    for (const ComparedReference &row : compared.references)
        lines << QString::fromStdString(row.workload.kind + ' ' + row.workload.namespaceName + '/' + row.workload.name
            + ' ' + row.container + ": " + row.before + " -> " + row.after);
    return lines;
}

constexpr const char *const enforced = "pod-security.kubernetes.io/enforce: restricted";

/// What the cluster was at the first visit: the export as found, with a label that a person set on a namespace.
void prepare(EditedExport &files)
{
    files.addBehind("cluster/v1/namespaces.yaml", "kubernetes.io/metadata.name: cattle-monitoring-system", {enforced});
}

} // namespace

/// Two exports of one real cluster, changed by hand in known ways: the comparison names exactly these.
class ComparisonExportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sameExportTwice();
    void whatIsNoChange();
    void tenEdits();
    void notLookedAtIsNotGone();
    void anotherClusterIsSaid();
    void newChecksAreNamed();

private:
    AuditStatePtr m_before;
};

void ComparisonExportTest::initTestCase()
{
    TALLY_REQUIRE_DATA(dataFolder() / "cluster/harvester-bundle");
    EditedExport files;
    prepare(files);
    m_before = judged(files.path());
    QVERIFY(m_before->run->findings.size() > 500);
}

void ComparisonExportTest::sameExportTwice()
{
    EditedExport files;
    prepare(files);
    const auto result = compared(m_before, judged(files.path()));
    QCOMPARE(differences(*result), QStringList());
    QCOMPARE(result->count(FindingFate::Same), m_before->run->findings.size());
    QVERIFY(result->cluster == ClusterMatch::Same);
    QVERIFY(!result->rulesChanged && !result->policyChanged && !result->beforeAnew);
    QVERIFY(std::ranges::all_of(result->requirements, [](const ComparedVerdict &verdict) {
        return verdict.proposal == Direction::Same && verdict.status == Direction::Same;
    }));
    QVERIFY(result->decisions.empty() && result->references.empty() && result->objects.goneWorkloads.empty());
}

/// What a cluster does by itself between two visits, and how an export may look another time.
void ComparisonExportTest::whatIsNoChange()
{
    EditedExport files;
    prepare(files);
    // A Pod of a Deployment, one of a DaemonSet, and a whole new ReplicaSet.
    files.replace("namespaced/harvester-system/v1/pods.yaml", "harvester-webhook-67744f845f-5msj8",
        "harvester-webhook-67744f845f-zz9zz");
    files.replace("namespaced/harvester-system/v1/pods.yaml", "virt-handler-h7lj5", "virt-handler-zz9zz");
    for (const char *file :
        {"namespaced/cattle-system/v1/pods.yaml", "namespaced/cattle-system/apps/v1/replicasets.yaml"})
        files.replace(file, "7c9c5cc887", "5f7d8c9b4");
    // Lines moved, and files are called otherwise.
    files.replaceAfter("cluster/v1/namespaces.yaml", "apiVersion: v1", "apiVersion: v1", "# \n\n\napiVersion: v1");
    files.rename("cluster/v1/nodes.yaml", "cluster/v1/all-the-nodes.yaml");
    const auto result = compared(m_before, judged(files.path()));
    QCOMPARE(differences(*result), QStringList());
    QCOMPARE(references(*result), QStringList());
    QVERIFY(result->objects.newWorkloads.empty() && result->objects.goneWorkloads.empty());
}

void ComparisonExportTest::tenEdits()
{
    EditedExport files;
    // 1: the label for Pod Security is gone (prepare() is not called)
    // 2: a container runs privileged
    for (const char *file : {"namespaced/harvester-system/apps/v1/deployments.yaml",
             "namespaced/harvester-system/apps/v1/replicasets.yaml", "namespaced/harvester-system/v1/pods.yaml"})
        files.addBehind(
            file, "image: rancher/harvester-load-balancer:master-head", {"securityContext:", "  privileged: true"});
    // 3: the only NetworkPolicy of a namespace is gone
    files.write("namespaced/cattle-monitoring-system/networking.k8s.io/v1/networkpolicies.yaml",
        "apiVersion: v1\nitems: []\nkind: List\n");
    // 4: somebody became cluster administrator
    files.addBehind("cluster/rbac.authorization.k8s.io/v1/clusterrolebindings.yaml", "items:",
        {"- apiVersion: rbac.authorization.k8s.io/v1", "  kind: ClusterRoleBinding",
            "  metadata: {name: helpdesk-admin, uid: 11111111-2222-3333-4444-555555555555}",
            "  roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}",
            "  subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: helpdesk}]"});
    // 5: a finding is mended: no host network any more
    files.replaceAfter("namespaced/harvester-system/apps/v1/deployments.yaml",
        "name: harvester-network-controller-manager", "hostNetwork: true", {});
    files.replaceAfter("namespaced/harvester-system/apps/v1/replicasets.yaml",
        "name: harvester-network-controller-manager-99677f8fd", "hostNetwork: true", {});
    files.replaceAfter("namespaced/harvester-system/v1/pods.yaml",
        "name: harvester-network-controller-manager-99677f8fd-7p4wk", "hostNetwork: true", {});
    // 6: another version of an image
    for (const char *file : {"namespaced/cattle-system/apps/v1/deployments.yaml",
             "namespaced/cattle-system/apps/v1/replicasets.yaml", "namespaced/cattle-system/v1/pods.yaml"})
        files.replace(file, "image: rancher/rancher-webhook:v0.2.2", "image: rancher/rancher-webhook:v0.2.3");
    // 7: a Pod was renamed by its controller
    files.replace("namespaced/harvester-system/v1/pods.yaml", "harvester-webhook-67744f845f-5msj8",
        "harvester-webhook-67744f845f-zz9zz");
    // 8: lines moved
    files.replaceAfter("namespaced/longhorn-system/apps/v1/deployments.yaml", "apiVersion: v1", "apiVersion: v1",
        "# \n\n\napiVersion: v1");
    // 9: a password in the environment
    for (const char *file : {"namespaced/kube-system/apps/v1/deployments.yaml",
             "namespaced/kube-system/apps/v1/replicasets.yaml", "namespaced/kube-system/v1/pods.yaml"})
        files.addBehind(file, "image: k8s.gcr.io/sig-storage/snapshot-controller:v4.0.0",
            {"env:", "- name: DB_PASSWORD", "  value: Zk7pQ2vX9sLm4TdR"});
    // 10: a Service is open on every node
    files.replaceAfter(
        "namespaced/harvester-system/v1/services.yaml", "name: harvester", "type: ClusterIP", "type: NodePort");

    const auto result = compared(m_before, judged(files.path()));
    const QStringList expected{
        "changed IMG-DIGEST Deployment cattle-system/rancher-webhook rancher-webhook statement", // 6
        "gone GOV-PSA-WOULDFAIL Namespace cattle-monitoring-system", // 1: no level that would refuse anything
        "gone NET-ALLOW-ALL NetworkPolicy cattle-monitoring-system/default-allow-all",       // 3: in
        "gone NET-ALLOW-ALL NetworkPolicy cattle-monitoring-system/default-allow-all",       // 3: out
        "gone POD-HOSTNET Deployment harvester-system/harvester-network-controller-manager", // 5
        "gone POD-SECCTX-MISSING Deployment harvester-system/harvester-load-balancer",       // 2: there is one now
        "new EXP-NODEPORT Service harvester-system/harvester",                               // 10
        "new NET-NS-POLICY Namespace cattle-monitoring-system",                              // 3
        "new POD-PRIVILEGED Deployment harvester-system/harvester-load-balancer harvester-load-balancer", // 2
        "new RBAC-CLUSTERADMIN ClusterRoleBinding helpdesk-admin",                                        // 4
        "new SEC-ENV-PLAIN Deployment kube-system/snapshot-controller snapshot-controller",               // 9
    };
    QCOMPARE(differences(*result), expected); // nothing of 7 and 8
    QCOMPARE(references(*result),
        QStringList("Deployment cattle-system/rancher-webhook rancher-webhook: rancher/rancher-webhook:v0.2.2 -> "
                    "rancher/rancher-webhook:v0.2.3"));
    QVERIFY(result->objects.newWorkloads.empty() && result->objects.goneWorkloads.empty());
    QVERIFY(result->objects.newNamespaces.empty() && result->objects.goneNamespaces.empty());
    QCOMPARE(result->objects.objectsAfter, result->objects.objectsBefore); // one policy less, one binding more
    QVERIFY(!result->beforeAnew);
}

void ComparisonExportTest::notLookedAtIsNotGone()
{
    EditedExport files;
    prepare(files);
    files.remove("cluster/rbac.authorization.k8s.io/v1/clusterrolebindings.yaml");
    files.remove("namespaced/longhorn-system/v1/pods.yaml");
    files.remove("namespaced/longhorn-system/apps/v1/daemonsets.yaml");
    const auto result = compared(m_before, judged(files.path()));
    QCOMPARE(result->count(FindingFate::Gone) + result->count(FindingFate::GoneByRules), 0U);
    std::size_t bindings = 0;
    std::size_t daemons = 0;
    for (const ComparedFinding &row : result->findings) {
        if (row.fate != FindingFate::NotLookedAt)
            continue;
        QVERIFY(!row.missing.empty());
        bindings += row.missing == std::vector<std::string>{"ClusterRoleBinding"} ? 1 : 0;
        daemons += row.missing == std::vector<std::string>{"DaemonSet"} ? 1 : 0;
    }
    QVERIFY(bindings > 50);
    QVERIFY(daemons > 20);
    QVERIFY(result->objects.goneWorkloads.empty());
    // A verdict that rested on what is missing is not better now.
    QVERIFY(std::ranges::none_of(
        result->requirements, [](const ComparedVerdict &verdict) { return verdict.proposal == Direction::Better; }));
}

/// Exports that are no longer of one form, name and cluster.
void ComparisonExportTest::anotherClusterIsSaid()
{
    EditedExport files;
    prepare(files);
    const QByteArray uid = QByteArray::fromStdString(m_before->clusters.front().cluster->uid);
    files.replace("cluster/v1/namespaces.yaml", uid, "99999999-0000-4000-8000-000000000000");
    const AuditStatePtr other = judged(files.path());
    const auto apart = compared(m_before, other);
    QVERIFY(apart->cluster == ClusterMatch::Different);
    QVERIFY(!apart->clustersCompared);
    QVERIFY(apart->findings.empty() && apart->references.empty());
    const auto across = compared(m_before, other, {.acrossClusters = true});
    QVERIFY(across->clustersCompared && across->judgedAnew);
    QCOMPARE(differences(*across), QStringList());
    QCOMPARE(across->count(FindingFate::Same), m_before->run->findings.size());
}

void ComparisonExportTest::newChecksAreNamed()
{
    EditedExport files;
    prepare(files);
    const AuditStatePtr before = judged(files.path(), checksWithout("POD-PRIVILEGED"));
    const auto result = compared(before, m_before);
    QVERIFY(result->rulesChanged && result->beforeAnew && !result->judgedAnew);
    QCOMPARE(result->count(FindingFate::New), 0U);
    QVERIFY(result->count(FindingFate::NewByRules) > 5);
    for (const ComparedFinding &row : result->findings) {
        QVERIFY(row.fate == FindingFate::Same || row.after->check == "POD-PRIVILEGED");
        QCOMPARE(row.fate == FindingFate::NewByRules, row.beforeByRules != nullptr);
    }
    // The other way round, nothing was mended; today's rules are not those of the newer audit.
    const auto back = compareAudits(m_before, before, catalogue(), checksWithout("POD-PRIVILEGED"));
    QVERIFY(back.has_value());
    QCOMPARE((*back)->count(FindingFate::Gone), 0U);
    QCOMPARE((*back)->count(FindingFate::GoneByRules), result->count(FindingFate::NewByRules));
    QVERIFY(compared(m_before, before)->rulesUnclear);
}

TALLY_TEST(ComparisonExportTest)
#include "comparison_export_test.moc"
