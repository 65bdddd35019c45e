// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_files.h"

#include "tests/core/image/image_builder.h"
#include "tests/support/compress.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace tally;
using tally::test::DockerArchive;
using tally::test::TarBuilder;

/// Contents of files out of every form of source.
class ImageFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void contents_data();
    void contents();
    void digestsOfVersions();
    void marksAndDuplicatesKeepTheCount();
    void anotherSourceIsRefused();
    void visitorsSeeAllLayers();
    void stops();

private:
    std::filesystem::path path(const char *name) const { return m_folder.filePath(QLatin1String(name)).toStdString(); }

    QTemporaryDir m_folder;
};

namespace {

std::vector<std::string> layers()
{
    return {
        TarBuilder().file("etc/motd", "hello").file("big", std::string(3'000'000, 'x')).file("gone", "secret").bytes(),
        TarBuilder().file("etc/motd", "world").file(".wh.gone", "").hardlink("alias", "etc/motd").bytes()};
}

void write(const std::filesystem::path &path, const std::string &bytes)
{
    std::ofstream(path, std::ios::binary) << bytes;
}

class Everything final : public FileVisitor
{
public:
    [[nodiscard]] bool wants(std::uint32_t /*entry*/) override { return true; }
    [[nodiscard]] Result<bool> piece(std::uint32_t entry, std::uint64_t offset, std::string_view bytes) override
    {
        if (offset != contents[entry].size())
            return fail(ErrorKind::Malformed, {});
        contents[entry].append(bytes);
        return true;
    }
    [[nodiscard]] Result<bool> end(std::uint32_t entry) override
    {
        ended.push_back(entry);
        return true;
    }

    std::map<std::uint32_t, std::string> contents;
    std::vector<std::uint32_t> ended;
};

} // namespace

void ImageFilesTest::initTestCase()
{
    const DockerArchive plain{layers()};
    DockerArchive packed{layers()};
    for (const std::string &layer : packed.layers)
        packed.blobs.push_back(packed.blobs.empty() ? test::gzipOf(layer) : test::zstdOf(layer));
    write(path("plain.tar"), plain.bytes());
    write(path("packed.tar"), packed.bytes());
    write(path("whole.tar.gz"), test::gzipOf(plain.bytes()));
    write(path("both.tar.zst"), test::zstdOf(packed.bytes()));
}

void ImageFilesTest::contents_data()
{
    QTest::addColumn<QString>("file");
    for (const char *name : {"plain.tar", "packed.tar", "whole.tar.gz", "both.tar.zst"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void ImageFilesTest::contents()
{
    QFETCH(QString, file);
    const auto source = path(file.toLatin1().constData());
    const auto read = readImages(source);
    QVERIFY(read);
    const ImagePtr image = read->images.front();
    const auto files = ImageFiles::open(source, image);
    QVERIFY(files);
    const auto contentOf = [&](int layer, const char *name) {
        const auto place = findFile(*image, layer, name);
        return place ? (*files)->content(*place, 1U << 30) : Result<std::string>(tl::unexpected(place.error()));
    };
    QCOMPARE(contentOf(0, "etc/motd").value(), std::string("hello"));
    QCOMPARE(contentOf(-1, "/etc/motd").value(), std::string("world"));
    QCOMPARE(contentOf(-1, "/alias").value(), std::string("world"));
    QCOMPARE(contentOf(0, "gone").value(), std::string("secret")); // deleted above, still there
    QCOMPARE(contentOf(-1, "gone").error().kind, ErrorKind::NotFound);
    QCOMPARE(contentOf(-1, "big").value(), std::string(3'000'000, 'x'));
    QCOMPARE((*files)->head(*findFile(*image, 0, "big"), 10).value(), std::string(10, 'x'));
    QCOMPARE((*files)->content(*findFile(*image, 0, "big"), 10).error().kind, ErrorKind::LimitExceeded);
    QCOMPARE((*files)->content({7, 0}, 10).error().kind, ErrorKind::Unsupported);
    const auto extents = (*files)->extents(0);
    QVERIFY(extents);
    QCOMPARE(extents->has_value(), file == u"plain.tar");
    if (*extents) {
        std::string bytes(5, '\0');
        QVERIFY((*extents)->source->readAt((*extents)->files[0].offset, bytes.data(), bytes.size()));
        QCOMPARE(bytes, std::string("hello"));
    }
}

void ImageFilesTest::digestsOfVersions()
{
    const auto read = readImages(path("packed.tar"));
    QVERIFY(read);
    const ImagePtr image = read->images.front();
    const auto files = ImageFiles::open(path("packed.tar"), image);
    const std::vector<FilePlace> places{*findFile(*image, 1, "etc/motd"), *findFile(*image, 0, "etc/motd"),
        *findFile(*image, 0, "etc/motd"), {9, 9}, *findFile(*image, 0, "big")};
    const auto digests = (*files)->digests(places);
    QVERIFY(digests);
    QCOMPARE((*digests)[0], "sha256:" + sha256Hex("world"));
    QCOMPARE((*digests)[1], "sha256:" + sha256Hex("hello"));
    QCOMPARE((*digests)[2], (*digests)[1]);
    QCOMPARE((*digests)[3], std::string());
    QCOMPARE((*digests)[4], "sha256:" + sha256Hex(std::string(3'000'000, 'x')));
}

void ImageFilesTest::marksAndDuplicatesKeepTheCount()
{
    const auto source = path("odd.tar");
    write(source,
        DockerArchive{{TarBuilder()
                              .file(".wh.", "bare")
                              .file(".wh..wh.plnk/1", "aufs")
                              .file("a", "1")
                              .file(".wh.b", "with content")
                              .file("a", "22")
                              .file("d/.wh..wh..opq", "")
                              .file("last", "333")
                              .bytes()}}
            .bytes());
    const auto read = readImages(source);
    QVERIFY(read);
    const ImagePtr image = read->images.front();
    const auto files = ImageFiles::open(source, image);
    QCOMPARE((*files)->content(*findFile(*image, -1, "a"), 100).value(), std::string("22"));
    QCOMPARE((*files)->content(*findFile(*image, -1, "last"), 100).value(), std::string("333"));
    std::uint32_t first = 0;
    while (image->layers[0].files[first].type != EntryType::File)
        ++first;
    QVERIFY(image->layers[0].files[first].shadowed);
    QCOMPARE((*files)->content({0, first}, 100).value(), std::string("1")); // the duplicate that lost
}

void ImageFilesTest::anotherSourceIsRefused()
{
    const auto source = path("changed.tar");
    write(source, DockerArchive{{TarBuilder().file("a", "1").file("b", "22").bytes()}}.bytes());
    const auto read = readImages(source);
    QVERIFY(read);
    const ImagePtr image = read->images.front();
    write(source, DockerArchive{{TarBuilder().file("x", "1").file("b", "1").bytes()}}.bytes());
    const auto files = ImageFiles::open(source, image);
    QVERIFY(files);
    QCOMPARE((*files)->content(*findFile(*image, 0, "b"), 100).error().message.def->code,
        std::string_view("image.source-changed"));
    write(source, DockerArchive{{TarBuilder().file("x", "1").bytes()}}.bytes());
    const auto shorter = ImageFiles::open(source, image);
    QVERIFY(!(*shorter)->content(*findFile(*image, 0, "b"), 100));
    QCOMPARE(ImageFiles::open(path("none"), image).error().kind, ErrorKind::NotFound);
}

void ImageFilesTest::visitorsSeeAllLayers()
{
    for (const char *name : {"plain.tar", "packed.tar", "both.tar.zst"}) {
        const auto read = readImages(path(name));
        QVERIFY(read);
        const auto files = ImageFiles::open(path(name), read->images.front());
        std::array<Everything, 2> visitors;
        const std::size_t both[] = {0, 1};
        std::string failures;
        const auto walked = (*files)->walkAll(
            both, [&](std::size_t layer) { return &visitors[layer]; },
            [&](std::size_t, const Error &error) { failures += error.message.def->code; }, {});
        QVERIFY(walked);
        QCOMPARE(failures, std::string());
        QCOMPARE(visitors[0].contents[0], std::string("hello"));
        QCOMPARE(visitors[0].contents[2], std::string("secret"));
        QCOMPARE(visitors[1].contents[0], std::string("world"));
        QCOMPARE(visitors[0].ended.size(), std::size_t{3});
    }
}

void ImageFilesTest::stops()
{
    const auto read = readImages(path("packed.tar"));
    QVERIFY(read);
    const ImagePtr image = read->images.front();
    const auto files = ImageFiles::open(path("packed.tar"), image);
    std::stop_source stop;
    stop.request_stop();
    const RunContext run(stop.get_token());
    QCOMPARE((*files)->content(*findFile(*image, 0, "big"), 1U << 30, run).error().kind, ErrorKind::Cancelled);
    const std::vector<FilePlace> places{*findFile(*image, 0, "big")};
    QCOMPARE((*files)->digests(places, run).error().kind, ErrorKind::Cancelled);
}

TALLY_TEST(ImageFilesTest)
#include "image_files_test.moc"
