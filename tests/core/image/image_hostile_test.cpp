// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_snapshot.h"
#include "core/image/json_text.h"

#include "tests/core/image/image_builder.h"
#include "tests/core/image/layout_builder.h"
#include "tests/support/compress.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace tally;
using tally::test::DockerArchive;
using tally::test::gzipOf;
using tally::test::indexType;
using tally::test::Layout;
using tally::test::manifestType;
using tally::test::readBytes;
using tally::test::says;
using tally::test::TarBuilder;
using tally::test::zstdOf;
using Object = nlohmann::json;

/// Archives that lie, break off or attack.
class ImageHostileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tampering_data();
    void tampering();
    void compressedLayersAreVerified_data();
    void compressedLayersAreVerified();
    void truncatedLayer();
    void hugeSizeField();
    void namesThatLeadOut();
    void linksInCircles();
    void linksInsideAreFollowed();
    void blobsThatAreLinksOutOfTheFolder();
    void indexesInCircles();
    void indexAndManifestAtOnce();
    void digestsThatAreNone();
    void manifests_data();
    void manifests();
    void keysGivenTwice();
    void duplicateEntries();
    void manyLevels();
    void stops();
    void wholeFileCompressed_data();
    void wholeFileCompressed();
    void extracts();
};

namespace {

std::string someLayer()
{
    return TarBuilder().folder("etc").file("etc/motd", "hello").bytes();
}

} // namespace

void ImageHostileTest::tampering_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *code, const std::string &bytes) {
        QTest::newRow(code) << QByteArray::fromStdString(bytes) << QString::fromLatin1(code);
    };
    row("diffid-mismatch",
        DockerArchive{{someLayer()}, {{"rootfs", {{"diff_ids", {"sha256:" + sha256Hex("other")}}}}}}.bytes());
    row("config-digest-mismatch", DockerArchive{{someLayer()}, {}, {}, sha256Hex("other") + ".json"}.bytes());
    row("layer-count-mismatch",
        DockerArchive{{someLayer()}, {{"history", {{{"created_by", "a"}}, {{"created_by", "b"}}}}}}.bytes());
    const std::string wrongName = "blobs/sha256/" + sha256Hex("other");
    row("blob-digest-mismatch",
        TarBuilder()
            .file(wrongName, someLayer())
            .file("config.json", "{}")
            .file("manifest.json", Object::array({{{"Config", "config.json"}, {"Layers", {wrongName}}}}).dump())
            .bytes());
}

void ImageHostileTest::tampering()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, code);
    const auto read = readBytes(bytes.toStdString());
    QVERIFY(read);
    QCOMPARE(read->images.size(), std::size_t{1});
    QVERIFY(says(read->diagnostics, code.toStdString()));
    QVERIFY(std::ranges::any_of(read->images[0]->verdicts,
        [](const BlobVerdict &verdict) { return verdict.state == VerdictState::Wrong && verdict.reason; }));
}

void ImageHostileTest::compressedLayersAreVerified_data()
{
    QTest::addColumn<QByteArray>("blob");
    QTest::addColumn<QString>("compression");
    const std::string layer = someLayer() + std::string(9000, '\0'); // padding behind the end marks
    QTest::newRow("none") << QByteArray::fromStdString(layer) << "none";
    QTest::newRow("gzip") << QByteArray::fromStdString(gzipOf(layer)) << "gzip";
    QTest::newRow("gzip, two members") << QByteArray::fromStdString(gzipOf(layer.substr(0, 700))
        + gzipOf(layer.substr(700))) << "gzip";
    QTest::newRow("zstd, two frames") << QByteArray::fromStdString(zstdOf(layer.substr(0, 700))
        + zstdOf(layer.substr(700))) << "zstd";
}

void ImageHostileTest::compressedLayersAreVerified()
{
    QFETCH(QByteArray, blob);
    QFETCH(QString, compression);
    const std::string layer = someLayer() + std::string(9000, '\0');
    const auto read = readBytes(DockerArchive{{layer}, {}, {blob.toStdString()}}.bytes());
    QVERIFY(read);
    const Layer &found = read->images[0]->layers[0];
    QCOMPARE(found.diffId, "sha256:" + sha256Hex(layer));
    QCOMPARE(found.digest, "sha256:" + sha256Hex(blob.toStdString()));
    QCOMPARE(found.verified, std::optional(true));
    QCOMPARE(QString::fromStdString(found.compression), compression);
    QCOMPARE(found.files.size(), std::size_t{2});
}

void ImageHostileTest::truncatedLayer()
{
    const std::string layer
        = TarBuilder().file("first", "1").file("second", std::string(5000, 'x')).file("third", "3").bytes();
    const std::string cut = layer.substr(0, 3000);
    for (const std::string &blob : {cut, gzipOf(layer).substr(0, 100)}) {
        const auto read = readBytes(DockerArchive{{layer}, {}, {blob}}.bytes());
        QVERIFY(read);
        QCOMPARE(read->images[0]->layers[0].digest, "sha256:" + sha256Hex(blob));
        QVERIFY(read->images[0]->layers[0].verified != std::optional(true));
        QVERIFY(!read->images[0]->layers[0].readToEnd);
        QVERIFY(!isReadWhole(*read->images[0]));
        const ImagePtr again = unpackImage(packImage(*read->images[0]));
        QVERIFY(again);
        QVERIFY(!isReadWhole(*again)); // nor is it out of the audit file
        QVERIFY(std::ranges::any_of(read->diagnostics,
            [](const Diagnostic &diagnostic) { return diagnostic.severity == Diagnostic::Severity::Error; }));
    }
    const auto read = readBytes(DockerArchive{{layer}, {}, {cut}}.bytes());
    QCOMPARE(read->images[0]->layers[0].files.size(), std::size_t{2}); // what came before the cut counts
}

void ImageHostileTest::hugeSizeField()
{
    const std::string layer
        = TarBuilder().file("ok", "1").add({.name = "huge", .content = "x", .size = 0777'7777'7777}).bytes();
    const auto read = readBytes(DockerArchive{{layer}}.bytes());
    QVERIFY(read);
    QVERIFY(says(read->diagnostics, "tar.truncated"));
    QCOMPARE(read->images[0]->layers[0].diffId, "sha256:" + sha256Hex(layer));
}

void ImageHostileTest::namesThatLeadOut()
{
    const auto read = readBytes(
        DockerArchive{{TarBuilder().file("../../etc/passwd", "x").file("/abs/./file", "y").file("a/.wh..", "").bytes()}}
            .bytes());
    QVERIFY(read);
    QVERIFY(says(read->diagnostics, "image.path-escapes"));
    const Image &image = *read->images[0];
    QCOMPARE(std::string(image.strings.view(image.layers[0].files[0].path)), std::string("etc/passwd"));
    QCOMPARE(std::string(image.strings.view(image.layers[0].files[1].path)), std::string("abs/file"));
    QVERIFY(says(read->diagnostics, "image.invalid-whiteout"));
}

void ImageHostileTest::linksInCircles()
{
    const std::string bytes
        = TarBuilder()
              .symlink("a/layer.tar", "../b/layer.tar")
              .symlink("b/layer.tar", "../a/layer.tar")
              .symlink("out/layer.tar", "../../../etc/passwd")
              .symlink("abs/layer.tar", "/etc/passwd")
              .file("config.json", "{}")
              .file("manifest.json",
                  Object::array(
                      {{{"Config", "config.json"}, {"Layers", {"a/layer.tar", "out/layer.tar", "abs/layer.tar"}}}})
                      .dump())
              .bytes();
    const auto read = readBytes(bytes);
    QVERIFY(read);
    QVERIFY(says(read->diagnostics, "image.blob-is-link"));
    for (const Layer &layer : read->images[0]->layers)
        QVERIFY(layer.files.empty());
}

void ImageHostileTest::linksInsideAreFollowed()
{
    const std::string bytes
        = TarBuilder()
              .symlink("b/layer.tar", "../a/layer.tar")
              .file("./a/layer.tar", someLayer())
              .file("config.json", "{}")
              .file("manifest.json",
                  Object::array({{{"Config", "config.json"}, {"Layers", {"a/layer.tar", "b/layer.tar"}}}}).dump())
              .bytes();
    const auto read = readBytes(bytes);
    QVERIFY(read);
    QCOMPARE(read->images[0]->layers[1].files.size(), std::size_t{2});
    QCOMPARE(read->images[0]->layers[1].changed, 0U);
}

void ImageHostileTest::blobsThatAreLinksOutOfTheFolder()
{
    const Layout layout;
    const std::string manifest = layout.image(someLayer());
    const auto blob = layout.path() / ("blobs/sha256/" + sha256Hex(someLayer()));
    std::filesystem::remove(blob);
    QTemporaryDir outside;
    const std::string target = outside.filePath(QStringLiteral("layer")).toStdString();
    std::ofstream(target, std::ios::binary) << someLayer(); // even the right bytes are not taken
    std::filesystem::create_symlink(target, blob);
    layout.index(Object::array({layout.descriptor(manifest, manifestType)}));
    const auto read = readImages(layout.path());
    QVERIFY(read);
    QVERIFY(says(read->diagnostics, "image.blob-is-link"));
    QVERIFY(read->images[0]->layers[0].files.empty());
    QVERIFY(!read->images[0]->layers[0].verified.has_value());
}

void ImageHostileTest::indexesInCircles()
{
    // A digest cannot be made to hold itself, so the blobs are put under names that lie.
    const Layout layout;
    const std::string a(64, 'a');
    const std::string b(64, 'b');
    const auto entry = [](const std::string &hex) {
        return Object{{"mediaType", indexType}, {"digest", "sha256:" + hex}, {"size", 1}};
    };
    layout.write("blobs/sha256/" + a, Object{{"manifests", Object::array({entry(b)})}}.dump());
    layout.write("blobs/sha256/" + b, Object{{"manifests", Object::array({entry(a)})}}.dump());
    layout.index({entry(a), layout.descriptor(layout.image(someLayer()), manifestType)});
    const auto read = readImages(layout.path());
    QVERIFY(read);
    QCOMPARE(read->images.size(), std::size_t{1});
    QVERIFY(says(read->diagnostics, "image.index-loop"));
}

void ImageHostileTest::indexAndManifestAtOnce()
{
    const Layout layout;
    Object both = Object::parse(layout.image(someLayer()));
    both["manifests"] = Object::array({layout.descriptor(layout.image(someLayer()), manifestType)});
    layout.index(Object::array({layout.descriptor(both.dump(), indexType)}));
    const auto read = readImages(layout.path());
    QVERIFY(!read); // CVE-2021-41190
    QCOMPARE(read.error().kind, ErrorKind::Malformed);
}

void ImageHostileTest::digestsThatAreNone()
{
    const Layout layout;
    layout.index({{{"mediaType", manifestType}, {"digest", "sha256:../../x"}, {"size", 1}},
        {{"mediaType", manifestType}, {"digest", "../../../etc/passwd"}, {"size", 1}}, {{"digest", 7}}, 42,
        layout.descriptor(layout.image(someLayer()), manifestType)});
    const auto read = readImages(layout.path());
    QVERIFY(read);
    QCOMPARE(read->images.size(), std::size_t{1});
    QVERIFY(says(read->diagnostics, "image.digest-invalid"));
}

void ImageHostileTest::manifests_data()
{
    QTest::addColumn<QByteArray>("manifest");
    QTest::addColumn<QString>("code");
    QTest::newRow("null") << QByteArray("null") << "image.no-manifest";
    QTest::newRow("empty list") << QByteArray("[]") << "image.no-image-inside";
    QTest::newRow("list of null") << QByteArray("[null]") << "image.manifest-invalid";
    QTest::newRow("no layers") << QByteArray(R"([{"Config":"c.json"}])") << "image.manifest-invalid";
    QTest::newRow("layers null") << QByteArray(R"([{"Config":"c.json","Layers":null}])") << "image.manifest-invalid";
    QTest::newRow("no JSON") << QByteArray("{") << "image.manifest-invalid";
    QTest::newRow("deep") << QByteArray(100'000, '[') << "image.manifest-invalid";
    QTest::newRow("layers missing") << QByteArray(R"([{"Config":"c.json","Layers":["x/layer.tar"]}])")
                                    << "image.nothing-readable";
    QTest::newRow("schema 1") << QByteArray(R"({"schemaVersion":1,"fsLayers":[]})") << "image.too-old";
}

void ImageHostileTest::manifests()
{
    QFETCH(QByteArray, manifest);
    QFETCH(QString, code);
    const auto read = readBytes(TarBuilder().file("manifest.json", manifest.toStdString()).bytes());
    QVERIFY(!read);
    const QString found = QString::fromLatin1(read.error().message.def->code);
    if (code == QLatin1String("image.no-manifest"))
        QVERIFY(found == code || found == QLatin1String("image.manifest-invalid"));
    else
        QCOMPARE(found, code);
}

void ImageHostileTest::keysGivenTwice()
{
    QCOMPARE(keyGivenTwice(R"({"a":{"b":1},"b":[{"b":2}]})"), std::string());
    QCOMPARE(keyGivenTwice(R"([{"b":1,"a":{"c":1,"c":2}}])"), std::string("c"));
    QCOMPARE(keyGivenTwice("{"), std::string());
    const std::string config = R"({"os":"linux","config":{"User":"app","User":"root"},"rootfs":{"diff_ids":[")"
        + ("sha256:" + sha256Hex(someLayer())) + R"("]}})";
    const auto read = readBytes(TarBuilder()
                                    .file("manifest.json", R"([{"Config":"c.json","Layers":["l.tar"]}])")
                                    .file("c.json", config)
                                    .file("l.tar", someLayer())
                                    .bytes());
    QVERIFY(read);
    QVERIFY(says(read->diagnostics, "image.key-twice"));
    QCOMPARE(read->images[0]->config.user, std::string("root"));
}

void ImageHostileTest::duplicateEntries()
{
    const auto read = readBytes(DockerArchive{{TarBuilder().file("a", "1").file("./a", "22").bytes()}}.bytes());
    QVERIFY(read);
    QVERIFY(says(read->diagnostics, "image.duplicate-entries"));
    QCOMPARE(read->images[0]->mergedBytes, std::uint64_t{2});
    QCOMPARE(read->images[0]->shadowedBytes, std::uint64_t{1});
    QVERIFY(read->images[0]->layers[0].files[0].shadowed);
}

void ImageHostileTest::manyLevels()
{
    std::string deep;
    for (int i = 0; i < 5000; ++i)
        deep += "d/";
    const auto read = readBytes(DockerArchive{
        {TarBuilder().pax("path", deep + "f").file("x", "1").bytes(), TarBuilder().file(".wh.d", "").bytes()}}
                                    .bytes());
    QVERIFY(read);
    QCOMPARE(read->images[0]->shadowedBytes, std::uint64_t{1});
    QCOMPARE(read->images[0]->files, std::uint64_t{0});
}

void ImageHostileTest::stops()
{
    std::stop_source stop;
    stop.request_stop();
    const auto read
        = readImages(memorySource(DockerArchive{{someLayer()}}.bytes()), "x", {}, RunContext(stop.get_token()));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Cancelled);
}

void ImageHostileTest::wholeFileCompressed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    std::string big;
    for (std::uint64_t i = 0; big.size() < 6'000'000; ++i)
        big += std::to_string(i * 7919);
    const std::string plain = DockerArchive{{TarBuilder().file("big", big).bytes(), someLayer()}}.bytes();
    QTest::newRow("plain") << QByteArray::fromStdString(plain);
    QTest::newRow("gzip") << QByteArray::fromStdString(gzipOf(plain));
    QTest::newRow("zstd") << QByteArray::fromStdString(zstdOf(plain));
}

void ImageHostileTest::wholeFileCompressed()
{
    QFETCH(QByteArray, bytes);
    const auto read = readBytes(bytes.toStdString());
    QVERIFY(read);
    QCOMPARE(read->images[0]->files, std::uint64_t{3});
    QCOMPARE(read->images[0]->layers[0].verified, std::optional(true));
    QCOMPARE(read->images[0]->layers[1].verified, std::optional(true));
    QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath(QStringLiteral("image")).toStdString();
    std::ofstream(path, std::ios::binary) << bytes.toStdString();
    QVERIFY(looksLikeImage(path, {}));
    QCOMPARE(extractFile(path, *read->images[0], 1, "etc/motd").value(), std::string("hello"));
    QCOMPARE(extractFile(path, *read->images[0], -1, "/big").value().size(),
        static_cast<std::size_t>(read->images[0]->layers[0].files[0].size));
}

void ImageHostileTest::extracts()
{
    const std::string bytes = DockerArchive{
        {TarBuilder().file("a", "lower").hardlink("h", "a").bytes(),
            TarBuilder()
                .file("a", "upper")
                .hardlink("k", "h")
                .symlink("s", "a")
                .file("x/.wh.gone", "")
                .bytes()}}.bytes();
    QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath(QStringLiteral("image.tar")).toStdString();
    std::ofstream(path, std::ios::binary) << bytes;
    const auto read = readImages(path);
    QVERIFY(read);
    const Image &image = *read->images[0];
    QCOMPARE(extractFile(path, image, 0, "a").value(), std::string("lower"));
    QCOMPARE(extractFile(path, image, -1, "a").value(), std::string("upper"));
    QCOMPARE(extractFile(path, image, 1, "k").value(), std::string("lower")); // its target lies below
    QCOMPARE(extractFile(path, image, 1, "s").error().kind, ErrorKind::Unsupported);
    QCOMPARE(extractFile(path, image, 1, "none").error().kind, ErrorKind::NotFound);
    QCOMPARE(extractFile(path, image, 9, "a").error().kind, ErrorKind::NotFound);
    QCOMPARE(extractFile(path, image, 0, "a", 3).error().kind, ErrorKind::LimitExceeded);
}

TALLY_TEST(ImageHostileTest)
#include "image_hostile_test.moc"
