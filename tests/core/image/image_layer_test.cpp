// SPDX-License-Identifier: Apache-2.0
#include "core/image/file_tree.h"
#include "core/image/layer_scan.h"

#include "tests/core/image/image_builder.h"
#include "tests/support/compress.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <set>

using namespace tally;
using namespace std::string_literals;
using tally::test::DockerArchive;
using tally::test::gzipOf;
using tally::test::imageOf;
using tally::test::readBytes;
using tally::test::says;
using tally::test::TarBuilder;
using tally::test::zstdOf;

/// What the tar entries of a layer mean.
class ImageLayerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oddities_data();
    void oddities();
    void whiteouts_data();
    void whiteouts();
    void sparseFiles();
    void hardlinkIntoALowerLayer();
    void namesAreBytes();
    void digestsCoverEverything_data();
    void digestsCoverEverything();
    void bothDigestAlgorithms();
};

namespace {

/// The paths a container would see.
std::set<std::string> visible(const ImagePtr &image)
{
    std::set<std::string> paths;
    if (!image || image->layers.empty())
        return paths;
    const FileTree tree = mergedTree(*image, image->layers.size() - 1);
    for (std::size_t i = 1; i < tree.nodes.size(); ++i) {
        if (tree.nodes[i].change != Change::Removed && tree.nodes[i].entry >= 0)
            paths.insert(tree.path(i));
    }
    return paths;
}

LayerScan scan(const std::string &bytes, std::uint64_t expected = 0, bool sha512 = false)
{
    const RunContext run;
    ScanProgress progress{run, {}, 0};
    return scanLayer(readBlocks(memorySource(bytes)), expected, "layer", {}, progress, sha512);
}

} // namespace

void ImageLayerTest::oddities_data()
{
    QTest::addColumn<QByteArray>("layer");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *code, const TarBuilder &tar, const char *path) {
        QTest::addRow("%s %s", code, path)
            << QByteArray::fromStdString(tar.bytes()) << QString::fromLatin1(code) << QString::fromLatin1(path);
    };
    row("image.name-twice", TarBuilder().pax("path", "harmless").gnuLongName("usr/bin/evil").file("x", "1"),
        "/usr/bin/evil");
    row("image.size-twice",
        TarBuilder()
            .pax("size", "1024")
            .add({.name = "a", .content = TarBuilder().file("b", "1").unfinished(), .size = 0}),
        "/a");
    row("image.size-without-content", TarBuilder().add({.name = "s", .type = '2', .link = "t", .size = 7}), "/s");
    row("image.unclear-type", TarBuilder().add({.name = "d/", .type = '0'}), "/d");
    row("image.unclear-type", TarBuilder().add({.name = "volume", .type = 'V'}), "/volume");
    row("image.global-headers",
        TarBuilder()
            .raw(TarBuilder().add({.name = "g", .content = "10 uid=99\n", .type = 'g'}).unfinished())
            .file("a", "1"),
        "/a");
    row("image.lazy-form",
        TarBuilder().file(".no.prefetch.landmark", "\xf").file("a", "1").file("stargz.index.json", "{}"), "/a");
    row("image.data-after-end", TarBuilder().file("a", "1").raw(std::string(1024, '\0')).raw("hidden"), "/a");
    row("image.duplicate-entries", TarBuilder().file("a", "1").file("a", "2"), "/a");
    row("image.path-escapes", TarBuilder().file("../../a", "1"), "/a");
}

void ImageLayerTest::oddities()
{
    QFETCH(QByteArray, layer);
    QFETCH(QString, code);
    QFETCH(QString, path);
    const auto read = readBytes(DockerArchive{{layer.toStdString()}}.bytes());
    QVERIFY(read);
    QVERIFY2(says(read->diagnostics, code.toStdString()), "not said");
    QVERIFY(visible(read->images[0]).contains(path.toStdString()));
    QCOMPARE(read->images[0]->layers[0].verified, std::optional(true));
}

void ImageLayerTest::whiteouts_data()
{
    QTest::addColumn<QByteArray>("upper");
    QTest::addColumn<QString>("paths");
    const auto row = [](const char *name, const TarBuilder &tar, const char *paths) {
        QTest::newRow(name) << QByteArray::fromStdString(tar.bytes()) << QString::fromLatin1(paths);
    };
    row("nothing", TarBuilder(), "/d /d/f /d/g /e");
    row("file", TarBuilder().file("d/.wh.f", ""), "/d /d/g /e");
    row("same layer stays", TarBuilder().file("d/f", "new").file("d/.wh.f", ""), "/d /d/f /d/g /e");
    row("opaque, last", TarBuilder().file("d/n", "").file("d/.wh..wh..opq", ""), "/d /d/n /e");
    row("what is not there", TarBuilder().file("d/.wh.nothing", ""), "/d /d/f /d/g /e");
    row("of AUFS",
        TarBuilder()
            .folder(".wh..wh.plnk")
            .file(".wh..wh.aufs", "")
            .folder(".wh..wh.orph")
            .file(".wh..wh.plnk/1.2", ""),
        "/d /d/f /d/g /e");
    row("bare", TarBuilder().file("d/.wh.", ""), "/d /d/f /d/g /e");
    row("upwards", TarBuilder().file("d/.wh...", ""), "/d /d/f /d/g /e");
    row("overlayfs", TarBuilder().add({.name = "d/f", .type = '3', .deviceMajor = 0, .deviceMinor = 0}), "/d /d/g /e");
    row("another device", TarBuilder().add({.name = "d/f", .type = '3', .deviceMajor = 1, .deviceMinor = 3}),
        "/d /d/f /d/g /e");
    row("overlayfs, opaque", TarBuilder().pax("SCHILY.xattr.trusted.overlay.opaque", "y").folder("d").file("d/n", ""),
        "/d /d/n /e");
    row("as a link", TarBuilder().hardlink("d/.wh.f", "d/.wh..wh.x"), "/d /d/g /e");
}

void ImageLayerTest::whiteouts()
{
    QFETCH(QByteArray, upper);
    QFETCH(QString, paths);
    const std::string lower = TarBuilder().folder("d").file("d/f", "1").file("d/g", "2").file("e", "3").bytes();
    const auto read = readBytes(DockerArchive{{lower, upper.toStdString()}}.bytes());
    QVERIFY(read);
    QStringList found;
    for (const std::string &path : visible(read->images[0]))
        found << QString::fromStdString(path);
    QCOMPARE(found.join(' '), paths);
    const std::string tag = QTest::currentDataTag();
    QCOMPARE(says(read->diagnostics, "image.invalid-whiteout"), tag == "bare" || tag == "upwards");
    QCOMPARE(says(read->diagnostics, "image.overlay-mark"), tag.starts_with("overlayfs"));
}

void ImageLayerTest::sparseFiles()
{
    const auto sparse = [](const std::string &map) {
        return TarBuilder()
            .add({.name = "PaxHeaders/x",
                .content
                = "22 GNU.sparse.major=0\n22 GNU.sparse.minor=1\n24 GNU.sparse.size=1000\n26 GNU.sparse.numblocks=1\n"
                    + map,
                .type = 'x'})
            .file("f", "abc")
            .bytes();
    };
    const std::string first = sparse("22 GNU.sparse.map=5,3\n");
    const std::string second = sparse("22 GNU.sparse.map=9,3\n");
    const ImagePtr image = imageOf({first, second});
    QVERIFY(image);
    QCOMPARE(image->layers[0].files.size(), std::size_t{1});
    QCOMPARE(image->layers[0].files[0].size, std::uint64_t{1000});
    QCOMPARE(image->layers[1].changed, 1U); // the same bytes at another place
}

void ImageLayerTest::hardlinkIntoALowerLayer()
{
    const ImagePtr image
        = imageOf({TarBuilder().file("a", "content").bytes(), TarBuilder().hardlink("b", "./a").bytes()});
    QVERIFY(image);
    const FileEntry &link = image->layers[1].files[0];
    QCOMPARE(link.type, EntryType::Hardlink);
    QCOMPARE(std::string(image->strings.view(link.link)), "a"s);
    QCOMPARE(image->mergedBytes, std::uint64_t{7});
}

void ImageLayerTest::namesAreBytes()
{
    const std::vector<std::string> names{"latin-\xe4", "\x1b[31mred", "a\rb\nc",
        "\xe2\x80\xae"
        "txt.exe",
        "<img src=x>", "-rf", std::string(4100, 'n'), "=1+1"};
    TarBuilder tar;
    for (const std::string &name : names)
        tar.pax("path", name).file("x", "1");
    const ImagePtr image = imageOf({tar.bytes()});
    QVERIFY(image);
    QCOMPARE(image->layers[0].files.size(), names.size());
    for (std::size_t i = 0; i < names.size(); ++i)
        QCOMPARE(std::string(image->strings.view(image->layers[0].files[i].path)), names[i]);
}

void ImageLayerTest::digestsCoverEverything_data()
{
    QTest::addColumn<QByteArray>("stored");
    QTest::addColumn<QByteArray>("unpacked");
    QTest::addColumn<bool>("threads");
    std::string tar
        = TarBuilder().file("a", std::string(3'000'000, 'a')).file("b", "2").bytes() + std::string(20'000, '\0');
    const auto row = [](const char *name, const std::string &stored, const std::string &unpacked) {
        for (const bool threads : {false, true})
            QTest::addRow("%s %s", name, threads ? "threads" : "one thread")
                << QByteArray::fromStdString(stored) << QByteArray::fromStdString(unpacked) << threads;
    };
    row("plain", tar, tar);
    row("gzip", gzipOf(tar), tar);
    row("gzip of several members and padding",
        gzipOf(tar.substr(0, 1000)) + gzipOf("") + gzipOf(tar.substr(1000)) + std::string(5000, '\0'), tar);
    row("zstd", zstdOf(tar), tar);
    const std::string skippable("\x50\x2a\x4d\x18\4\0\0\0abcd", 12);
    row("zstd of several frames",
        skippable + zstdOf(tar.substr(0, 1000)) + skippable + zstdOf(tar.substr(1000)) + skippable, tar);
    const auto bytes = [](const char *hex) { return QByteArray::fromHex(hex).toStdString(); };
    row("empty layer as xz",
        bytes("fd377a585a000004e6d6b4460200210116000000742fe5a3e003ff000b5d00006ffdffffa3b77f46320000000c276920976378c3"
              "00012780080000002e79aeadb1c467fb020000000004595a"),
        std::string(1024, '\0'));
    row("empty layer as bzip2",
        bytes("425a683931415926535974f5adf70000044000c0000008200030802a6945ac38bb9229c28483a7ad6fb8"),
        std::string(1024, '\0'));
    row("empty layer", std::string(1024, '\0'), std::string(1024, '\0'));
    row("damaged tar", tar.substr(0, 3'001'000) + "rubbish" + tar.substr(3'001'007),
        tar.substr(0, 3'001'000) + "rubbish" + tar.substr(3'001'007));
    row("damaged gzip", gzipOf(tar).substr(0, 2000), {});
}

void ImageLayerTest::digestsCoverEverything()
{
    QFETCH(QByteArray, stored);
    QFETCH(QByteArray, unpacked);
    QFETCH(bool, threads);
    const LayerScan result = scan(stored.toStdString(), threads ? 10'000'000 : 0);
    QCOMPARE(result.digest, "sha256:" + sha256Hex(stored.toStdString()));
    QCOMPARE(result.diffId, unpacked.isEmpty() ? std::string() : "sha256:" + sha256Hex(unpacked.toStdString()));
    QCOMPARE(result.compressedBytes, static_cast<std::uint64_t>(stored.size()));
    QCOMPARE(result.error.has_value(), std::string(QTest::currentDataTag()).starts_with("damaged"));
}

void ImageLayerTest::bothDigestAlgorithms()
{
    const std::string tar = TarBuilder().file("a", "1").bytes();
    const LayerScan result = scan(gzipOf(tar), 0, true);
    QCOMPARE(result.digest512, "sha512:" + sha512Hex(gzipOf(tar)));
    QCOMPARE(result.diffId512, "sha512:" + sha512Hex(tar));
    QCOMPARE(result.diffId, "sha256:" + sha256Hex(tar));
    QVERIFY(scan(tar).digest512.empty());
}

TALLY_TEST(ImageLayerTest)
#include "image_layer_test.moc"
