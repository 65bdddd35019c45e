// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_cluster.h"
#include "core/io/file.h"
#include "core/workbench/workbench.h"

#include "tests/core/cluster/etcd_maker.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace tally;

class OpenTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void contentDecidesNotTheName_data();
    void contentDecidesNotTheName();
    void whatItIsNotIsSaid_data();
    void whatItIsNotIsSaid();
    void refusalsNameTheReason_data();
    void refusalsNameTheReason();
    void oneFolderAroundAnImageIsNoObstacle_data();
    void oneFolderAroundAnImageIsNoObstacle();
    void archivesInFoldersAndArchivesAreAlike();
    void whatAFolderHidesIsSaid();
    void cancelledIsNoFailure();

private:
    [[nodiscard]] std::filesystem::path path(const std::string &name) const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    void shell(const QString &command);

    QTemporaryDir m_folder;
};

void OpenTest::shell(const QString &command)
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(QStringLiteral("sh"), {QStringLiteral("-ec"), command});
    QVERIFY(process.waitForFinished());
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
}

void OpenTest::initTestCase()
{
    constexpr const char *pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  "
                                "containers:\n  - name: c\n    image: a:1\n";
    QVERIFY(saveAtomically(path("pod.txt"), pod));
    std::filesystem::create_directories(path("folder"));
    QVERIFY(saveAtomically(path("folder/pods.yaml"), pod));
    std::filesystem::create_directories(path("nothing"));
    QVERIFY(saveAtomically(path("nothing/readme.md"), "hello"));
    QVERIFY(saveAtomically(path("empty"), ""));
    QVERIFY(saveAtomically(path("paper.yaml"), "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"));
    QVERIFY(saveAtomically(
        path("table.yaml"), "apiVersion: meta.k8s.io/v1\nkind: Table\ncolumnDefinitions: []\nrows: []\n"));
    QVERIFY(saveAtomically(path("events"),
        R"({"kind":"Event","apiVersion":"audit.k8s.io/v1","auditID":"1","stage":"ResponseComplete","verb":"get"})"));
    QVERIFY(saveAtomically(path("backup"), test::etcdDatabase({{"/registry/secrets/a/b", "k8s:enc:kms:v2:p:x"}})));
    const QString maker = QString::fromStdString((test::sourceFolder() / "resources/sample/make-image.py").string());
    QVERIFY(QProcess::execute(QStringLiteral("python3"), {maker, QString::fromStdString(path("image.yaml").string())})
        == 0);
    shell(QStringLiteral("gzip -k < pod.txt > pod.bin; tar czf folder.json folder; gzip < image.yaml > image.gz; "
                         "gzip -k < events > events.gz; gzip -k < backup > backup.gz; tar "
                         "cf nothing.tar nothing; mkfifo pipe"));
    shell(QStringLiteral(
        "mkdir laid; tar xf image.yaml -C laid; mkdir -p oci/blobs/sha256; echo '{\"imageLayoutVersion\": \"1.0.0\"}' "
        "> oci/oci-layout; echo "
        "'{\"schemaVersion\": 2, \"manifests\": [{\"mediaType\": \"application/vnd.oci.image.manifest.v1+json\", "
        "\"size\": 3, \"digest\": "
        "\"sha256:0000000000000000000000000000000000000000000000000000000000000000\"}]}' > oci/index.json"));
}

void OpenTest::contentDecidesNotTheName_data()
{
    QTest::addColumn<std::string>("file");
    QTest::addColumn<bool>("image");
    QTest::newRow("YAML") << std::string("pod.txt") << false;
    QTest::newRow("compressed YAML") << std::string("pod.bin") << false;
    QTest::newRow("folder") << std::string("folder") << false;
    QTest::newRow("folder with a slash") << std::string("folder/") << false;
    QTest::newRow("archive of a folder") << std::string("folder.json") << false;
    QTest::newRow("audit log") << std::string("events") << false;
    QTest::newRow("compressed audit log") << std::string("events.gz") << false;
    QTest::newRow("etcd") << std::string("backup") << false;
    QTest::newRow("compressed etcd") << std::string("backup.gz") << false;
    QTest::newRow("image") << std::string("image.yaml") << true;
    QTest::newRow("compressed image") << std::string("image.gz") << true;
}

void OpenTest::contentDecidesNotTheName()
{
    QFETCH(std::string, file);
    QFETCH(bool, image);
    const auto opened = open(path(file));
    QVERIFY(opened);
    QCOMPARE(opened->things.size(), std::size_t(1));
    QCOMPARE(std::holds_alternative<ImagePtr>(opened->things[0]), image);
    QVERIFY(!opened->source.form.empty());
    QVERIFY(opened->source.sha256.starts_with("sha256:"));
    if (!image) {
        QCOMPARE(std::get<ClusterPtr>(opened->things[0])->objects.size(), std::size_t(1));
    }
    OpenOptions other;
    other.expect = image ? OpenOptions::Expect::Cluster : OpenOptions::Expect::Image;
    const auto refused = open(path(file), other);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Unsupported);
}

void OpenTest::whatItIsNotIsSaid_data()
{
    QTest::addColumn<std::string>("file");
    QTest::addColumn<int>("kind");
    QTest::newRow("missing") << std::string("missing") << int(ErrorKind::NotFound);
    QTest::newRow("empty") << std::string("empty") << int(ErrorKind::Malformed);
    QTest::newRow("PDF with another name") << std::string("paper.yaml") << int(ErrorKind::Unsupported);
    QTest::newRow("Table") << std::string("table.yaml") << int(ErrorKind::Unsupported);
    QTest::newRow("folder without anything") << std::string("nothing") << int(ErrorKind::Unsupported);
    QTest::newRow("archive without anything") << std::string("nothing.tar") << int(ErrorKind::Unsupported);
    QTest::newRow("pipe") << std::string("pipe") << int(ErrorKind::Unsupported);
}

void OpenTest::whatItIsNotIsSaid()
{
    QFETCH(std::string, file);
    QFETCH(int, kind);
    const auto opened = open(path(file));
    QVERIFY(!opened);
    QCOMPARE(int(opened.error().kind), kind);
    QVERIFY(opened.error().message.def);
}

void OpenTest::refusalsNameTheReason_data()
{
    QTest::addColumn<QString>("make");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("argument"); // one of the message's arguments
    const auto row = [](const char *name, const char *make, const char *code, const char *argument) {
        QTest::newRow(name) << QString::fromLatin1(make) << QByteArray(code) << QByteArray(argument);
    };
    row("image cut in the middle", "head -c 900000 image.yaml > OUT", "image.cut-off", "900000");
    row("OCI layout without its manifest", "cp -r oci OUT; rm -r OUT/blobs", "image.manifest-missing",
        "blobs/sha256/0000000000000000000000000000000000000000000000000000000000000000");
    row("archive of anything", "tar cf OUT nothing", "open.unknown-archive", "tar");
    row("compressed archive of anything", "tar czf OUT nothing", "open.unknown-archive", "tar (gzip)");
    row("text", "echo hello > OUT", "open.plain-text", "refused-text");
    row("a letter that begins like YAML", "printf 'Subject: export\\n\\n```sh\\nkubectl\\n' > OUT", "open.not-valid",
        "3");
    row("no JSON after all", "printf '[Test - 1]\\nAnalysis:\\n' > OUT", "open.not-valid", "JSON");
    row("JSON", "echo '{\"a\": 1}' > OUT", "open.unknown-file", "JSON");
    row("index of an image", "cp oci/index.json OUT", "open.image-part", "refused-index-of-an-image");
    row("manifest of docker save", "tar xOf image.yaml manifest.json > OUT", "open.image-part",
        "refused-manifest-of-docker-save");
    row("link to itself", "ln -s OUT OUT", "file.unreadable", "Too many levels of symbolic links");
    row("bytes", "head -c 600 image.gz | tail -c 500 > OUT", "open.unknown-binary", "refused-bytes");
}

void OpenTest::refusalsNameTheReason()
{
    QFETCH(QString, make);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, argument);
    const QString name = QStringLiteral("refused-")
        + QString::fromLatin1(QTest::currentDataTag()).replace(QLatin1Char(' '), QLatin1Char('-'));
    shell(make.replace(QStringLiteral("OUT"), name));
    const auto opened = open(path(name.toStdString()));
    QVERIFY(!opened);
    const Message &message = opened.error().message;
    QCOMPARE(QByteArray(message.def->code), code);
    QVERIFY2(
        std::ranges::find(message.args, argument.toStdString()) != message.args.end(), message.args.back().c_str());
}

void OpenTest::oneFolderAroundAnImageIsNoObstacle_data()
{
    QTest::addColumn<QString>("make");
    QTest::newRow("tar") << QStringLiteral("tar cf OUT laid");
    QTest::newRow("tar with ./") << QStringLiteral("tar cf OUT ./laid");
    QTest::newRow("compressed tar") << QStringLiteral("tar czf OUT laid");
}

void OpenTest::oneFolderAroundAnImageIsNoObstacle()
{
    QFETCH(QString, make);
    const std::string name = std::string("around-") + std::to_string(qHash(make)) + ".tar";
    shell(QString(make).replace(QStringLiteral("OUT"), QString::fromStdString(name)));
    const auto direct = open(path("image.yaml"));
    const auto around = open(path(name));
    QVERIFY(direct && around);
    const auto &image = *std::get<ImagePtr>(around->things.at(0));
    const auto &expected = *std::get<ImagePtr>(direct->things.at(0));
    QCOMPARE(image.layers.size(), expected.layers.size());
    QVERIFY(image.configDigest == expected.configDigest);
    QVERIFY(around->diagnostics.size() == direct->diagnostics.size());
}

void OpenTest::archivesInFoldersAndArchivesAreAlike()
{
    // pods.yaml, an archive with another object, and one that is none
    shell(QStringLiteral("mkdir -p mixed inner; cp folder/pods.yaml mixed/; sed s/web/api/ folder/pods.yaml > "
                         "inner/more.yaml; tar czf mixed/inner.tgz inner; head -c 3000 image.gz | tail -c 2900 > "
                         "mixed/rnd.tar; cp image.yaml mixed/laid.tar; tar czf mixed.tgz mixed"));
    for (const char *name : {"mixed", "mixed.tgz"}) {
        const auto opened = open(path(name));
        QVERIFY(opened);
        QCOMPARE(std::get<ClusterPtr>(opened->things.at(0))->objects.size(), std::size_t(2));
        const auto skipped = std::ranges::find_if(opened->diagnostics,
            [](const Diagnostic &diagnostic) { return diagnostic.message.def == clusterDef("cluster.files-skipped"); });
        QVERIFY2(skipped != opened->diagnostics.end(), name);
        QCOMPARE(skipped->message.count, 2); // rnd.tar and the image
    }
}

/// A folder whose path is too long cannot be listed, not even by root.
void OpenTest::whatAFolderHidesIsSaid()
{
    const QString nest = QStringLiteral(
        "python3 -c \"import os; [(os.mkdir('d' * 200), os.chdir('d' * 200)) for level in range(25)]\"");
    shell(QStringLiteral("mkdir deep part; cp pod.txt part/pods.yaml; ln -s pods.yaml part/link.yaml; mkfifo "
                         "part/pipe.yaml; (cd deep; %1); (cd part; %1)")
              .arg(nest));
    const auto part = open(path("part"));
    const auto deep = open(path("deep"));
    shell(QStringLiteral("rm -rf deep part"));
    QVERIFY(part);
    const auto said = [&](std::string_view code, const std::string &where) {
        return std::ranges::any_of(part->diagnostics, [&](const Diagnostic &diagnostic) {
            return code == diagnostic.message.def->code && diagnostic.where.starts_with(where);
        });
    };
    QVERIFY(said("file.unreadable", "ddd"));
    QVERIFY(said("cluster.special-file", "link.yaml"));
    QVERIFY(said("cluster.special-file", "pipe.yaml"));
    QVERIFY(!deep);
    QCOMPARE(std::string(deep.error().message.def->code), std::string("file.unreadable"));
}

void OpenTest::cancelledIsNoFailure()
{
    std::stop_source stop;
    stop.request_stop();
    const auto opened = open(path("image.yaml"), {}, RunContext(stop.get_token()));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Cancelled);
}

TALLY_TEST(OpenTest)
#include "open_test.moc"
