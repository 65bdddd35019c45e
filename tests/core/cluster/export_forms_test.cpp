// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_cluster.h"
#include "core/cluster/export_content.h"
#include "core/io/digest.h"
#include "core/io/file.h"

#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace tally;
using test::countsByKind;
using test::readFiles;
using test::readText;
using test::says;

/// Every form of export, by a small one of our own making, and what real ones lack of each.
class ExportFormsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void formsAreRecognised_data();
    void formsAreRecognised();
    void dumpsToTheScreenAreReadAroundTheirLogs();
    void sonobuoyNamesKindsByFile();
    void kubeletsOfSonobuoyAreRead();
    void insightsObjectsHaveNoType();
    void insightsSaysWhatItCouldNotGather();
    void realInsightsArchive();
    void veleroPrefersThePreferredVersion();
    void mustGatherEmptiesSecrets();
    void mustGatherSaysWhen();
    void kbaBundlesAreVerified();
    void kbaErrorsAreForbidden();
    void chartsAreNotRendered();
    void chartsAloneAreRefusedWithTheCommand();
    void overlaysAreNamed();
    void renderCommandsAreSafe();
    void packedFilesInFoldersAreRead();
};

namespace {

const std::string pod = R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop","uid":"1"}})";

std::string untyped(const std::string &name, const std::string &more = {})
{
    return R"({"metadata":{"name":")" + name + R"(","namespace":"shop","uid":")" + name + '"' + more
        + R"(},"spec":{}})";
}

const Diagnostic *find(const std::vector<Diagnostic> &diagnostics, std::string_view code)
{
    for (const Diagnostic &diagnostic : diagnostics) {
        if (code == diagnostic.message.def->code)
            return &diagnostic;
    }
    return nullptr;
}

} // namespace

void ExportFormsTest::formsAreRecognised_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("form");
    const auto row = [](const char *path, const char *form) {
        QTest::newRow(form) << QString::fromLatin1(path) << QString::fromLatin1(form);
    };
    row("b/yamls/namespaced/shop/v1/pods.yaml", "rancher-support-bundle");
    row("b/cluster-resources/pods/shop.json", "troubleshoot-bundle");
    row("insights-operator/pod.json", "insights-archive");
    row("metadata/version", "velero-backup");
    row("m/cluster-scoped-resources/core/nodes/a.yaml", "must-gather");
    row("resources/ns/shop/core_v1_pods.json", "sonobuoy");
    row("dump/shop/replication-controllers.json", "cluster-info-dump");
    row("pods.json", "folder");
}

void ExportFormsTest::formsAreRecognised()
{
    QFETCH(QString, path);
    QFETCH(QString, form);
    const auto reading = readFiles({{path.toStdString(), pod}});
    QVERIFY(reading);
    QCOMPARE(QString::fromStdString(reading->form), form);
    QCOMPARE(countsByKind(*reading->cluster), (std::map<std::string, int>{{"Pod", 1}}));
}

void ExportFormsTest::dumpsToTheScreenAreReadAroundTheirLogs()
{
    const std::string text = R"({"kind":"PodList","apiVersion":"v1","items":[)" + pod + "]}\n"
        + "==== START logs for container web of pod shop/web ====\n{ \"broken\": [\nkind: Secret\n"
          "==== END logs for container web of pod shop/web ====\n"
        + R"({"kind":"ServiceList","apiVersion":"v1","items":[]})" + "\n";
    const auto reading = readText(text, "dump.txt");
    QVERIFY(reading);
    QCOMPARE(reading->form, std::string("cluster-info-dump"));
    QCOMPARE(countsByKind(*reading->cluster), (std::map<std::string, int>{{"Pod", 1}}));
    QCOMPARE(reading->cluster->stateOf("Service"), KindState::Empty);
    QVERIFY(says(reading->diagnostics, "cluster.form.cluster-info-dump"));

    std::string open = "a\n==== START logs for container x\nnever ended";
    QVERIFY(blankLogBlocks(open));
    QCOMPARE(open.substr(0, 2), std::string("a\n"));
    QVERIFY(open.find("never") == std::string::npos);
    std::string inside = "a: \"==== START logs for container x\"\n";
    QVERIFY(!blankLogBlocks(inside));
}

void ExportFormsTest::sonobuoyNamesKindsByFile()
{
    const auto reading = readFiles({
        {"resources/cluster/rbac.authorization.k8s.io_v1_clusterroles.json", "[" + untyped("admin") + "]"},
        {"resources/ns/shop/core_v1_pods.json",
            R"({"metadata":{"resourceVersion":"1"},"items":[)" + untyped("web") + "]}"},
        {"resources/ns/shop/networking.k8s.io_v1_networkpolicies.json", "[]"},
        {"resources/ns/shop/Deployments.json", "[" + untyped("old") + "]"},
        {"serverversion.json", R"({"major":"1","minor":"27","gitVersion":"v1.27.3"})"},
        {"meta/run.log",
            "level=error msg=\"error querying secrets: cannot list resource \\\"secrets\\\" in API group "
            "\\\"\\\" in the namespace \\\"shop\\\"\"\n"},
    });
    QVERIFY(reading);
    QCOMPARE(reading->form, std::string("sonobuoy"));
    QCOMPARE(countsByKind(*reading->cluster),
        (std::map<std::string, int>{{"ClusterRole", 1}, {"Deployment", 1}, {"Pod", 1}}));
    QCOMPARE(reading->cluster->stateOf("NetworkPolicy"), KindState::Empty);
    QCOMPARE(reading->cluster->stateOf("Secret"), KindState::Forbidden);
    QCOMPARE(reading->cluster->kubernetesVersion, std::string("v1.27.3"));
}

void ExportFormsTest::kubeletsOfSonobuoyAreRead()
{
    const auto reading = readFiles({{"s/hosts/node-1/configz.json", R"({"kubeletconfig":{"readOnlyPort":10255}})"}});
    QVERIFY(reading);
    QCOMPARE(reading->form, std::string("sonobuoy"));
    QCOMPARE(reading->cluster->find("KubeletConfiguration", "", "node-1"), 0);
}

void ExportFormsTest::insightsObjectsHaveNoType()
{
    const auto reading = readFiles({
        {"config/pod/shop/web.json", untyped("web")},
        {"config/node/n1.json", untyped("n1")},
        {"config/node/n2.json", untyped("n2", R"(,"selfLink":"/api/v1/nodes/n2")")},
        {"config/clusterrolebinding/x.json",
            untyped("x", R"(,"selfLink":"/apis/authorization.openshift.io/v1/clusterrolebindings/x")")},
        {"cluster-scoped-resources/rbac.authorization.k8s.io/clusterroles/admin.json", untyped("admin")},
        // Names of objects that look like qualified resources
        {"config/pod/shop/web.example.org.json", untyped("web.example.org")},
        {"config/validatingwebhookconfigurations/multus.openshift.io.json", untyped("multus.openshift.io")},
        {"config/configmaps/shop/app/config.json", untyped("setting")}, // a value, not an object
        {"config/pod/shop/noid.json", R"({"metadata":{"name":"a"}})"},
        {"config/secret/shop/s.json", R"({"metadata":{"name":"s","uid":"9"},"data":{"a":"aHVudGVyMg=="}})"},
        {"insights-operator/gathers.json", R"({"status_reports":[]})"},
    });
    QVERIFY(reading);
    QCOMPARE(reading->form, std::string("insights-archive"));
    QCOMPARE(countsByKind(*reading->cluster),
        (std::map<std::string, int>{{"ClusterRole", 1}, {"ClusterRoleBinding", 1}, {"Node", 2}, {"Pod", 2},
            {"ValidatingWebhookConfiguration", 1}}));
    QVERIFY(says(reading->diagnostics, "cluster.form.insights-archive"));
}

void ExportFormsTest::insightsSaysWhatItCouldNotGather()
{
    const auto reading = readFiles({{"config/pod/shop/web.json", untyped("web")},
        {"insights-operator/gathers.json",
            R"({"status_reports":[{"name":"clusterconfig/pdbs","errors":["poddisruptionbudgets.policy is forbidden: )"
            R"(User \"u\" cannot list resource \"poddisruptionbudgets\" in API group \"policy\" at the cluster scope"]},)"
            R"({"name":"clusterconfig/logs","errors":["timed out"]},{"name":"clusterconfig/ok","errors":null}]})"}});
    QVERIFY(reading);
    QCOMPARE(reading->cluster->stateOf("PodDisruptionBudget"), KindState::Forbidden);
    QCOMPARE(std::ranges::count_if(reading->diagnostics,
                 [](const Diagnostic &said) { return said.message.def == clusterDef("cluster.not-collected"); }),
        2);
}

void ExportFormsTest::realInsightsArchive()
{
    const auto folder = test::dataFolder() / "cluster" / "insights-sample";
    TALLY_REQUIRE_DATA(folder);
    ReadClusterOptions options;
    options.name = "insights-sample";
    const auto reading = readClusterFolder(folder, options);
    QVERIFY(reading);
    QCOMPARE(reading->form, std::string("insights-archive"));
    std::map<std::string, int> counts = countsByKind(*reading->cluster);
    QCOMPARE(counts["Pod"], 35);
    QCOMPARE(counts["Node"], 2);
    QCOMPARE(counts["CustomResourceDefinition"], 2);
    QCOMPARE(counts["ClusterRoleBinding"], 2);
    QCOMPARE(counts["ValidatingWebhookConfiguration"], 1); // one, copied under five names
    QCOMPARE(counts["MutatingWebhookConfiguration"], 1);
    QVERIFY(counts["ClusterRole"] == 2 && counts["Secret"] == 0 && counts["ConfigMap"] == 0);
}

void ExportFormsTest::veleroPrefersThePreferredVersion()
{
    const auto deployment = [](const char *version, const char *image) {
        return std::string(R"({"apiVersion":")") + version
            + R"(","kind":"Deployment","metadata":{"name":"web","namespace":"shop","uid":"1"},"spec":{"x":")" + image
            + "\"}}";
    };
    const auto reading = readFiles({
        {"metadata/version", "1.1.0\n"},
        {"resources/deployments.apps/v1beta1/namespaces/shop/web.json", deployment("apps/v1beta1", "old")},
        {"resources/deployments.apps/v1-preferredversion/namespaces/shop/web.json", deployment("apps/v1", "new")},
        {"resources/deployments.apps/namespaces/shop/web.json", deployment("apps/v1beta2", "again")},
    });
    QVERIFY(reading);
    QCOMPARE(reading->form, std::string("velero-backup"));
    QCOMPARE(reading->cluster->objects.size(), std::size_t(1));
    QCOMPARE(reading->cluster->objects[0].apiVersion, std::string_view("apps/v1"));
    QVERIFY(says(reading->diagnostics, "cluster.form.velero-backup"));
    QVERIFY(!says(reading->diagnostics, "cluster.duplicate-differs"));
}

void ExportFormsTest::mustGatherEmptiesSecrets()
{
    const auto reading = readFiles({{"m/namespaces/shop/core/secrets.yaml",
        "apiVersion: v1\nkind: SecretList\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: s, namespace: "
        "shop, uid: '1'}\n  data: {password: '', tls.crt: QUJD}\n"}});
    QVERIFY(reading);
    QCOMPARE(reading->cluster->stateOf("Secret"), KindState::Redacted);
    const auto full = readFiles({{"m/namespaces/shop/core/secrets.yaml",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop, uid: '1'}\ndata: {password: QUJD}\n"}});
    QVERIFY(full);
    QCOMPARE(full->cluster->stateOf("Secret"), KindState::Present);
}

void ExportFormsTest::mustGatherSaysWhen()
{
    QCOMPARE(gatherTime("2024-05-01 10:11:12.12 +0000 UTC m=+0.1\n2024-05-01 10:15:00.0 +0000 UTC m=+9\n"),
        std::string("2024-05-01T10:15:00Z"));
    QCOMPARE(gatherTime("2024-05-01 10:11:12.12 +0200 CEST"), std::string());
    QCOMPARE(gatherTime(""), std::string());
    QCOMPARE(gatherTime("yesterday, or so, more or less +0000 UTC"), std::string());
    const auto reading = readFiles({{"m/timestamp", "2034-05-01 10:11:12.12 +0000 UTC m=+0.1\n"},
        {"m/cluster-scoped-resources/core/nodes/n.json", untyped("n")}});
    QVERIFY(reading);
    QCOMPARE(reading->cluster->exportedAt, std::string("2034-05-01T10:11:12Z"));
}

void ExportFormsTest::kbaBundlesAreVerified()
{
    const std::string pods
        = R"({"apiVersion":"v1","kind":"PodList","items":[{"metadata":{"name":"p","namespace":"a"}}]})";
    const std::string secrets
        = R"({"items":[{"metadata":{"name":"s","namespace":"a"},"type":"Opaque","keys":["password"]}]})";
    const auto manifest = [&](const std::string &digest) {
        return R"({"schema":"k8s-baseline-audit/bundle/v1","created_at":"2033-01-02T03:04:05Z","files":{"resources/pods.json":")"
            + digest + R"(","resources/secrets.json":")" + sha256Hex(secrets) + R"(","resources/gone.json":"00"}})";
    };
    const auto good = readFiles({{"kba/manifest.json", manifest(sha256Hex(pods))}, {"kba/resources/pods.json", pods},
        {"kba/resources/secrets.json", secrets}});
    QVERIFY(good);
    QCOMPARE(good->form, std::string("kba-bundle"));
    QCOMPARE(countsByKind(*good->cluster), (std::map<std::string, int>{{"Pod", 1}, {"Secret", 1}}));
    QCOMPARE(good->cluster->exportedAt, std::string("2033-01-02T03:04:05Z"));
    QVERIFY(!says(good->diagnostics, "cluster.bundle-changed"));
    QVERIFY(says(good->diagnostics, "cluster.bundle-missing"));
    const auto changed = readFiles({{"kba/resources/pods.json", pods}, {"kba/resources/secrets.json", secrets},
        {"kba/manifest.json", manifest(std::string(64, '0'))}}); // in any order
    QVERIFY(changed);
    QVERIFY(says(changed->diagnostics, "cluster.bundle-changed"));
}

void ExportFormsTest::kbaErrorsAreForbidden()
{
    const auto reading = readFiles({{"resources/pods.json", R"({"items":[{"metadata":{"name":"p"}}]})"},
        {"errors.json", R"({"errors":[{"resource":"networkpolicies","reason":"forbidden: kubectl auth can-i"}]})"}});
    QVERIFY(reading);
    QCOMPARE(reading->cluster->stateOf("NetworkPolicy"), KindState::Forbidden);
    QCOMPARE(reading->cluster->stateOf("Pod"), KindState::Present);
    QVERIFY(says(reading->diagnostics, "cluster.not-collected"));
}

void ExportFormsTest::chartsAreNotRendered()
{
    const auto reading = readFiles({
        {"shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n"},
        {"shop/values.yaml", "replicas: 2\n"},
        {"shop/templates/web.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n"},
        {"shop/templates/plain.yaml", "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n"},
    });
    QVERIFY(reading);
    QCOMPARE(reading->form, std::string("helm-chart"));
    QCOMPARE(countsByKind(*reading->cluster), (std::map<std::string, int>{{"ServiceAccount", 1}}));
    const Diagnostic *said = find(reading->diagnostics, "cluster.helm-chart");
    QVERIFY(said);
    QCOMPARE(said->message.args.back(), std::string("helm template shop export/shop > rendered.yaml"));
    QVERIFY(says(reading->diagnostics, "cluster.templates-skipped"));

    const auto rendered
        = readText("---\n# Source: shop/templates/web.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n");
    QVERIFY(rendered);
    QCOMPARE(rendered->form, std::string("helm-rendered"));
    QCOMPARE(rendered->cluster->liveness, Liveness::Manifests);
    QVERIFY(!isHelmRendered("# Source: a book\napiVersion: v1\n"));
}

void ExportFormsTest::chartsAloneAreRefusedWithTheCommand()
{
    const auto reading = readFiles(
        {{"Chart.yaml", "apiVersion: v2\nname: shop\n"}, {"templates/web.yaml", "kind: {{ .Values.kind }}\n"}});
    QVERIFY(!reading);
    QCOMPARE(reading.error().message.def, clusterDef("cluster.helm-chart"));
    QCOMPARE(reading.error().message.args.back(), std::string("helm template export export > rendered.yaml"));
}

void ExportFormsTest::overlaysAreNamed()
{
    const auto reading = readFiles({
        {"base/kustomization.yaml", "resources: [web.yaml]\n"},
        {"base/web.yaml", "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n"},
        {"overlays/prod/kustomization.yaml",
            "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../../base]\n"},
    });
    QVERIFY(reading);
    QCOMPARE(reading->form, std::string("kustomize"));
    QCOMPARE(reading->cluster->objects.size(), std::size_t(1));
    const Diagnostic *said = find(reading->diagnostics, "cluster.kustomize");
    QVERIFY(said);
    QCOMPARE(said->message.args.back(), std::string("kubectl kustomize export/base > rendered.yaml"));
}

void ExportFormsTest::renderCommandsAreSafe()
{
    QCOMPARE(shellWord("a/b-c.yaml"), std::string("a/b-c.yaml"));
    QCOMPARE(shellWord("a b"), std::string("'a b'"));
    QCOMPARE(shellWord("$(rm -rf ~)'"), std::string("'$(rm -rf ~)'\\'''"));
    QCOMPARE(shellWord("-x"), std::string("'./-x'"));
    QCOMPARE(renderCommand(SourceTree::HelmChart, "", "My Chart/Chart.yaml"),
        std::string("helm template app 'My Chart' > rendered.yaml"));
    QCOMPARE(renderCommand(SourceTree::Kustomize, "", "kustomization.yaml"),
        std::string("kubectl kustomize . > rendered.yaml"));
}

void ExportFormsTest::packedFilesInFoldersAreRead()
{
    QTemporaryDir folder;
    const std::filesystem::path path(folder.path().toStdString());
    QVERIFY(saveAtomically(path / "pods.json", pod));
    QProcess process;
    process.setWorkingDirectory(folder.path());
    process.start(QStringLiteral("sh"),
        {QStringLiteral("-ec"),
            QStringLiteral("gzip pods.json; mkdir x; tar cf x/b.tar pods.json.gz; rm pods.json.gz; "
                           "echo no > broken.json.gz")});
    QVERIFY(process.waitForFinished() && process.exitCode() == 0);
    ReadClusterOptions options;
    const auto reading = readClusterFolder(path, options);
    QVERIFY(reading);
    QCOMPARE(reading->cluster->objects.size(), std::size_t(1));
    QCOMPARE(reading->cluster->objects[0].file, std::string_view("x/b.tar/pods.json"));
    QVERIFY(std::ranges::any_of(reading->diagnostics, [](const Diagnostic &said) {
        return said.where == "broken.json.gz" && said.severity == Diagnostic::Severity::Error;
    }));
}

TALLY_TEST(ExportFormsTest)
#include "export_forms_test.moc"
