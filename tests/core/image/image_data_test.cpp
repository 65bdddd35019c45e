// SPDX-License-Identifier: Apache-2.0
#include "tests/core/image/image_builder.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <array>
#include <clocale>
#include <cstdio>

using namespace tally;

/// All real images at hand.
class ImageDataTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyArchiveIsReadOrRefused_data();
    void everyArchiveIsReadOrRefused();
    void entryCountsInTheCLocale();
    void oneAndManyThreadsAgree();
    void alpine();
    void nestedIndexes();
};

namespace {

std::string describe(const ReadImages &read)
{
    std::string text = read.form;
    for (const ImagePtr &image : read.images) {
        text += "\n" + image->displayName() + " " + image->platform + " " + image->manifestDigest + " "
            + image->configDigest + " " + std::to_string(image->files) + " " + std::to_string(image->bytes) + " "
            + std::to_string(image->shadowedBytes) + " " + std::to_string(image->packages.size());
        for (const Layer &layer : image->layers)
            text += "\n " + layer.digest + " " + layer.diffId + " " + std::to_string(layer.files.size());
        for (const Risk &risk : image->risks)
            text += "\n " + risk.kind + " " + risk.path + " " + risk.detail;
    }
    for (const Diagnostic &diagnostic : read.diagnostics)
        text += std::string("\n") + diagnostic.message.def->code + " " + diagnostic.where;
    return text;
}

} // namespace

void ImageDataTest::everyArchiveIsReadOrRefused_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected"); // number of images, or the code of the refusal
    const std::pair<const char *, const char *> rows[] = {
        {"dive/test-docker-image.tar", "1"},
        {"dive/test-kaniko-image.tar", "1"},
        {"dive/test-oci-gzip-image.tar", "1"},
        {"dive/test-oci-zstd-image.tar", "1"},
        {"dive/test-oci-estargz-image.tar", "1"},
        {"dive/test-oci-uncompressed-image.tar", "1"},
        {"dive/test-gzip-image.tar", "image.no-manifest"},
        {"dive/test-zstd-image.tar", "image.no-manifest"},
        {"dive/test-estargz-image.tar", "image.no-manifest"},
        {"dive/test-uncompressed-image.tar", "image.no-manifest"},
        {"ggcr/content.tar", "image.no-manifest"},
        {"ggcr/hello-world-v25.tar", "1"},
        {"ggcr/no_manifest.tar", "1"},
        {"ggcr/null_manifest.tar", "image.manifest-invalid"},
        {"ggcr/overwritten_file.tar", "1"},
        {"ggcr/source_image.tar", "1"},
        {"ggcr/source_image_with_empty_layer_history.tar", "1"},
        {"ggcr/test_bundle.tar", "2"},
        {"ggcr/test_image_1.tar", "1"},
        {"ggcr/test_image_2.tar", "1"},
        {"ggcr/test_link.tar", "2"},
        {"ggcr/test_load_manifest.tar", "1"},
        {"ggcr/whiteout_dir.tar", "1"},
        {"ggcr/whiteout_image.tar", "1"},
        {"ggcr/layouts/test_gc_image_unknown_mediatype", "image.manifest-missing"},
        {"ggcr/layouts/test_gc_index", "1"},
        {"ggcr/layouts/test_index", "2"},
        {"ggcr/layouts/test_index_media_type", "image.no-image-inside"},
        {"ggcr/layouts/test_index_one_image", "1"},
        {"regclient/layer.tar", "image.no-manifest"},
        {"regclient/layer-wh.tar", "image.no-manifest"},
        {"regclient/testrepo", "21"},
        {"regclient/external", "image.no-image-inside"},
        {"trivy-alpine/alpine-310.tar.gz", "1"},
        {"trivy-alpine/alpine-311.tar.gz", "1"},
        {"trivy-alpine/test.tar", "image.no-manifest"},
        {"containers-image/almostempty.tar", "1"},
        {"containers-image/dir-img-valid", "image.nothing-readable"},
        {"containers-image/dir-img-no-manifest", "image.no-manifest"},
        {"containers-image/oci-layouts/delete_image_multiple_images", "6"},
        {"containers-image/oci-layouts/delete_image_only_one_image", "1"},
        {"containers-image/oci-layouts/delete_image_shared_blobs_dir", "image.manifest-missing"},
        {"containers-image/oci-layouts/delete_image_two_identical_references", "2"},
        {"containers-image/oci-layouts/manifest", "image.manifest-missing"},
        {"containers-image/oci-layouts/name_lookups", "image.manifest-missing"},
        {"containers-image/oci-layouts/two_images_manifest", "image.manifest-missing"},
    };
    for (const auto &[path, expected] : rows)
        QTest::newRow(path) << QString::fromLatin1(path) << QString::fromLatin1(expected);
}

void ImageDataTest::everyArchiveIsReadOrRefused()
{
    QFETCH(QString, path);
    QFETCH(QString, expected);
    const auto input = test::dataFolder() / "images" / path.toStdString();
    TALLY_REQUIRE_DATA(input);
    const auto read = readImages(input);
    if (!read)
        QCOMPARE(QString::fromLatin1(read.error().message.def->code), expected);
    else
        QCOMPARE(QString::number(read->images.size()), expected);
}

void ImageDataTest::entryCountsInTheCLocale()
{
    const auto input = test::dataFolder() / "images/trivy-alpine/alpine-310.tar.gz";
    TALLY_REQUIRE_DATA(input);
    const std::string before = std::setlocale(LC_ALL, nullptr); // NOLINT(concurrency-mt-unsafe)
    std::setlocale(LC_ALL, "C");                                // NOLINT(concurrency-mt-unsafe)
    const auto read = readImages(input);
    std::setlocale(LC_ALL, before.c_str()); // NOLINT(concurrency-mt-unsafe)
    QVERIFY(read);
    const std::string command = "tar xOf '" + input.string() + "' --wildcards '*/layer.tar' | tar tf - | wc -l";
    FILE *tar = popen(command.c_str(), "r"); // NOLINT(cert-env33-c)
    QVERIFY(tar);
    std::array<char, 32> line{};
    QVERIFY(std::fgets(line.data(), line.size(), tar));
    pclose(tar);
    QCOMPARE(read->images[0]->layers[0].files.size(), static_cast<std::size_t>(std::stoul(line.data())));
}

void ImageDataTest::oneAndManyThreadsAgree()
{
    for (const char *name : {"dive/test-docker-image.tar", "ggcr/test_bundle.tar", "regclient/testrepo"}) {
        const auto input = test::dataFolder() / "images" / name;
        TALLY_REQUIRE_DATA(input);
        qputenv("TALLYMANN_THREADS", "1");
        const auto one = readImages(input);
        qputenv("TALLYMANN_THREADS", "4");
        const auto many = readImages(input);
        qunsetenv("TALLYMANN_THREADS");
        QVERIFY(one && many);
        QCOMPARE(describe(*one), describe(*many));
    }
}

void ImageDataTest::alpine()
{
    const auto input = test::dataFolder() / "images/trivy-alpine/alpine-310.tar.gz";
    TALLY_REQUIRE_DATA(input);
    QVERIFY(looksLikeImage(input, {}));
    const auto read = readImages(input);
    QVERIFY(read);
    const Image &image = *read->images[0];
    QCOMPARE(image.form, std::string("docker-archive"));
    QCOMPARE(image.os.id, std::string("alpine"));
    QVERIFY(image.os.versionId.starts_with("3.10"));
    QCOMPARE(image.os.supportEnds, std::string("2021-05-01"));
    QCOMPARE(image.packages.size(), std::size_t{14}); // as trivy lists them
    QVERIFY(std::ranges::any_of(image.packages, [](const Package &package) { return package.name == "musl"; }));
    for (const Risk &risk : image.risks)
        QVERIFY2(risk.kind != "secret", risk.path.c_str()); // a base image has none
    QVERIFY(std::ranges::any_of(
        image.risks, [](const Risk &risk) { return risk.kind == "shell" && risk.path == "/bin/sh"; }));
    for (const BlobVerdict &verdict : image.verdicts)
        QVERIFY(verdict.state != VerdictState::Wrong);
    const auto passwd = extractFile(input, image, 0, "/etc/passwd", 1 << 20);
    QVERIFY(passwd);
    QVERIFY(passwd->starts_with("root:x:0:0:"));
    QVERIFY(image.hasPasswd && image.users.front().name == "root");
}

void ImageDataTest::nestedIndexes()
{
    const auto input = test::dataFolder() / "images/regclient/testrepo";
    TALLY_REQUIRE_DATA(input);
    const auto read = readImages(input);
    QVERIFY(read);
    QCOMPARE(read->form, std::string("oci-layout"));
    for (const ImagePtr &image : read->images) {
        QVERIFY(image->platform != "unknown/unknown");
        for (const BlobVerdict &verdict : image->verdicts)
            QVERIFY2(verdict.state != VerdictState::Wrong, verdict.blob.c_str());
    }
    ImageReadOptions options;
    options.platform = "linux/arm64";
    const auto arm = readImages(input, options);
    QVERIFY(arm);
    QVERIFY(!arm->images.empty() && arm->images.size() < read->images.size());
    for (const ImagePtr &image : arm->images)
        QVERIFY(image->platform.starts_with("linux/arm64"));
    options.platform = "plan9/mips";
    const auto none = readImages(input, options);
    QVERIFY(!none);
    QCOMPARE(none.error().kind, ErrorKind::NotFound);
}

TALLY_TEST(ImageDataTest)
#include "image_data_test.moc"
