// SPDX-License-Identifier: Apache-2.0
#include "core/image/file_tree.h"

#include "tests/core/image/image_builder.h"
#include "tests/core/image/layout_builder.h"
#include "tests/support/compress.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <sys/stat.h>

using namespace tally;
using namespace tally::test;
using namespace std::string_literals;
using Object = nlohmann::json;

/// Inputs that want too much: time, memory, depth. Each gives a message, and what can be read is read.
class ImageLimitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bombs_data();
    void bombs();
    void manyEntries();
    void entryLimit();
    void manyLayers();
    void tooManyLayers();
    void oneLayerManyTimes();
    void manyIndexEntries();
    void hugeDocuments_data();
    void hugeDocuments();
    void configurations_data();
    void configurations();
    void negativeSize();
    void pipesAreNotOpened();
    void compressedTwice();
};

namespace {

std::string layer()
{
    return TarBuilder().folder("etc").file("etc/motd", "hello").bytes();
}

/// Zeros as zstd, without having them all in memory.
std::string zstdZeros(std::size_t megabytes)
{
    ZSTD_CStream *stream = ZSTD_createCStream();
    std::string out;
    const std::string zeros(1U << 20, '\0');
    std::string buffer(ZSTD_CStreamOutSize(), '\0');
    for (std::size_t i = 0; i < megabytes; ++i) {
        ZSTD_inBuffer in{zeros.data(), zeros.size(), 0};
        std::size_t left = 1;
        while (in.pos < in.size || (i + 1 == megabytes && left != 0)) {
            ZSTD_outBuffer piece{buffer.data(), buffer.size(), 0};
            left = ZSTD_compressStream2(stream, &piece, &in, i + 1 == megabytes ? ZSTD_e_end : ZSTD_e_continue);
            out.append(buffer.data(), piece.pos);
        }
    }
    ZSTD_freeCStream(stream);
    return out;
}

/// A tar with one file of zeros, as zstd: the header, then the zeros of which the last are the padding.
std::string zstdTarOfZeros(std::size_t megabytes)
{
    const std::string head
        = TarBuilder().add({.name = "zeros", .size = static_cast<std::int64_t>(megabytes) << 20}).unfinished();
    return zstdOf(head) + zstdZeros(megabytes);
}

Result<ReadImages> readStored(const std::string &stored, const ImageReadOptions &options = {})
{
    return readBytes(DockerArchive{{layer()}, {}, {stored}}.bytes(), options);
}

} // namespace

void ImageLimitsTest::bombs_data()
{
    QTest::addColumn<QByteArray>("stored");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const std::string &stored, const char *code) {
        QTest::newRow(name) << QByteArray::fromStdString(stored) << QString::fromLatin1(code);
    };
    row("zstd", zstdTarOfZeros(200), "compression.bomb");
    row("zstd in zstd", zstdOf(zstdTarOfZeros(200)), "tar.header-invalid");
    row("window of 2 GiB", "\x28\xb5\x2f\xfd\0\xa8\1\0\0"s, "compression.damaged");
    row("sparse file of 4 EiB",
        TarBuilder()
            .add({.name = "PaxHeaders/x",
                .content = "22 GNU.sparse.major=0\n22 GNU.sparse.minor=1\n39 GNU.sparse.size=4611686018427387904\n"
                           "26 GNU.sparse.numblocks=1\n22 GNU.sparse.map=0,1\n",
                .type = 'x'})
            .file("f", "x")
            .bytes(),
        "tar.too-large");
}

void ImageLimitsTest::bombs()
{
    QFETCH(QByteArray, stored);
    QFETCH(QString, code);
    const auto read = readStored(stored.toStdString());
    QVERIFY(read);
    QVERIFY2(says(read->diagnostics, code.toStdString()),
        read->diagnostics.empty() ? "none" : read->diagnostics.front().message.def->code);
    QVERIFY(read->images[0]->layers[0].files.size() <= 1);
}

/// 50,000 entries and as many deletions: the cost grows with the entries, not with their product. Quadratic work would
/// take minutes, which the time limit of the test ends.
void ImageLimitsTest::manyEntries()
{
    constexpr int count = 50'000;
    TarBuilder files;
    TarBuilder marks;
    for (int i = 0; i < count; ++i) {
        const std::string folder = "f" + std::to_string(i % 100) + "/";
        files.file(folder + std::to_string(i), "");
        marks.file(folder + ".wh." + std::to_string(i), "");
    }
    const auto read = readBytes(DockerArchive{{files.bytes(), marks.bytes()}}.bytes());
    QVERIFY(read);
    const Image &image = *read->images[0];
    QCOMPARE(image.layers[0].files.size(), std::size_t{count});
    QCOMPARE(image.layers[1].removed, static_cast<std::uint32_t>(count));
    QCOMPARE(image.files, std::uint64_t{0});
}

void ImageLimitsTest::entryLimit()
{
    ImageReadOptions options;
    options.limits.maxArchiveEntries = 100;
    TarBuilder tar;
    for (int i = 0; i < 200; ++i)
        tar.file(std::to_string(i), "");
    const auto read = readBytes(DockerArchive{{tar.bytes()}}.bytes(), options);
    QVERIFY(read);
    QVERIFY(says(read->diagnostics, "archive.too-many-entries"));
    QCOMPARE(read->images[0]->layers[0].files.size(), std::size_t{100});
    QCOMPARE(read->images[0]->layers[0].diffId, "sha256:" + sha256Hex(tar.bytes()));
}

void ImageLimitsTest::manyLayers()
{
    std::vector<std::string> layers;
    for (int i = 0; i < 2000; ++i)
        layers.push_back(TarBuilder().file("f" + std::to_string(i % 10), std::to_string(i)).bytes());
    const ImagePtr image = imageOf(layers);
    QVERIFY(image);
    QCOMPARE(image->layers.size(), std::size_t{2000});
    QCOMPARE(image->files, std::uint64_t{10});
    QCOMPARE(mergedTree(*image, 1999).nodes.size(), std::size_t{11});
}

void ImageLimitsTest::tooManyLayers()
{
    const Object manifest = Object::array({{{"Config", "c.json"}, {"Layers", std::vector<std::string>(100'000, "l")}}});
    const auto read = readBytes(
        TarBuilder().file("c.json", "{}").file("l", layer()).file("manifest.json", manifest.dump()).bytes());
    QVERIFY(!read);
    QCOMPARE(read.error().message.def->code, "image.too-many-layers");
}

/// A small archive whose manifests name a layer of 1,000 entries again and again.
void ImageLimitsTest::oneLayerManyTimes()
{
    TarBuilder tar;
    for (int i = 0; i < 1000; ++i)
        tar.file(std::to_string(i), "");
    const Object entry{{"Config", "c.json"}, {"Layers", std::vector<std::string>(50, "l")}};
    const auto bytes = TarBuilder()
                           .file("c.json", "{}")
                           .file("l", tar.bytes())
                           .file("manifest.json", Object(20, entry).dump())
                           .bytes();
    ImageReadOptions options;
    options.limits.maxArchiveEntries = 10'000;
    const auto read = readBytes(bytes, options);
    QVERIFY(read);
    QVERIFY(says(read->diagnostics, "image.too-many-rows"));
    std::size_t rows = 0;
    for (const ImagePtr &image : read->images) {
        for (const Layer &each : image->layers)
            rows += each.files.size();
    }
    QCOMPARE(rows, std::size_t{10'000});
}

void ImageLimitsTest::manyIndexEntries()
{
    const Layout layout;
    Object entries = Object::array({layout.descriptor(layout.image(layer()), manifestType)});
    for (int i = 0; i < 20'000; ++i)
        entries.push_back(
            {{"mediaType", manifestType}, {"digest", "sha256:" + sha256Hex(std::to_string(i))}, {"size", 9}});
    layout.index(entries);
    const auto read = readImages(layout.path());
    QVERIFY(read);
    QCOMPARE(read->images.size(), std::size_t{1});
    QVERIFY(says(read->diagnostics, "image.index-too-large"));
    QVERIFY(read->diagnostics.size() <= 1001);
}

void ImageLimitsTest::hugeDocuments_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("manifest.json") << "manifest.json";
    QTest::newRow("index.json") << "index.json";
}

void ImageLimitsTest::hugeDocuments()
{
    QFETCH(QString, name);
    const auto read = readBytes(TarBuilder().file(name.toStdString(), std::string(5U << 20, ' ') + "[]").bytes());
    QVERIFY(!read);
    QVERIFY(read.error().kind == ErrorKind::LimitExceeded || read.error().kind == ErrorKind::Unsupported);
}

void ImageLimitsTest::configurations_data()
{
    QTest::addColumn<QByteArray>("config");
    const auto row
        = [](const char *name, const std::string &config) { QTest::newRow(name) << QByteArray::fromStdString(config); };
    row("no rootfs", R"({"os":"linux","architecture":"amd64"})");
    row("rootfs that is a list", R"({"rootfs":[]})");
    row("diff_ids that are numbers", R"({"rootfs":{"diff_ids":[1,2,3]}})");
    row("fewer diff_ids", R"({"rootfs":{"diff_ids":[]}})");
    row("more diff_ids", R"({"rootfs":{"diff_ids":["a","b","c","d"]}})");
    row(
        "long history", R"({"history":[)" + []() {
            std::string all;
            for (int i = 0; i < 5000; ++i)
                all += R"({"created_by":"x"},)";
            return all;
        }() + "{}]}");
    row("history of numbers", R"({"history":[1,null,"x",{"created_by":7}]})");
    row("keys twice", R"({"os":"a","os":"linux","config":{"User":"root","User":"1000"}})");
    row("wrong types", R"({"os":1,"config":{"Env":{"a":1},"Labels":[],"User":7,"Cmd":"x","ExposedPorts":[1]}})");
    row("no object", "[1,2]");
    row("no JSON", "{\"os\":");
    row("deep", std::string(200'000, '['));
    row("many keys", []() {
        std::string all = "{";
        for (int i = 0; i < 300'000; ++i)
            all += '"' + std::to_string(i) + "\":0,";
        return all + R"("os":"linux"})";
    }());
    row("many empty objects", []() {
        std::string all = R"({"history":[)";
        for (int i = 0; i < 200'000; ++i)
            all += "{},";
        return all + R"({}],"os":"{\"[\\"})";
    }());
    row("large", "{\"x\":\"" + std::string(5U << 20, 'x') + "\"}");
}

void ImageLimitsTest::configurations()
{
    QFETCH(QByteArray, config);
    const auto read = readBytes(TarBuilder()
                                    .file("c.json", config.toStdString())
                                    .file("l.tar", layer())
                                    .file("manifest.json", R"([{"Config":"c.json","Layers":["l.tar"]}])")
                                    .bytes());
    QVERIFY(read);
    QCOMPARE(read->images.size(), std::size_t{1});
    QCOMPARE(read->images[0]->layers[0].files.size(), std::size_t{2});
    const std::string tag = QTest::currentDataTag();
    if (tag == "no object" || tag == "no JSON" || tag == "deep" || tag == "many keys")
        QVERIFY(says(read->diagnostics, "image.config-invalid"));
    else if (tag == "large")
        QVERIFY(says(read->diagnostics, "file.too-large"));
    else
        QVERIFY(says(read->diagnostics, "layer-count-mismatch"));
}

void ImageLimitsTest::negativeSize()
{
    const Layout layout;
    Object entry = layout.descriptor(layer(), layerType);
    entry["size"] = -1;
    layout.index(Object::array({layout.descriptor(layout.manifest(Object::array({entry}), {}), manifestType)}));
    const auto read = readImages(layout.path());
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Malformed);
}

void ImageLimitsTest::pipesAreNotOpened()
{
    const Layout layout;
    const std::string manifest = layout.image(layer());
    const auto blob = layout.path() / ("blobs/sha256/" + sha256Hex(layer()));
    std::filesystem::remove(blob);
    QCOMPARE(::mkfifo(blob.c_str(), 0600), 0); // opening it to read would wait for ever
    layout.index(Object::array({layout.descriptor(manifest, manifestType)}));
    const auto read = readImages(layout.path());
    QVERIFY(read);
    QCOMPARE(read->images[0]->layers[0].verified, std::nullopt);
    QVERIFY(!read->diagnostics.empty());
}

void ImageLimitsTest::compressedTwice()
{
    const auto read = readBytes(gzipOf(gzipOf(DockerArchive{{layer()}}.bytes())));
    QVERIFY(!read);
    QCOMPARE(read.error().message.def->code, "image.not-an-image");
}

TALLY_TEST(ImageLimitsTest)
#include "image_limits_test.moc"
