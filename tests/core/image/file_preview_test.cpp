// SPDX-License-Identifier: Apache-2.0
#include "core/image/file_preview.h"

#include "core/image/image_compare.h"
#include "core/image/image_snapshot.h"

#include "tests/core/image/image_builder.h"
#include "tests/support/compress.h"
#include "tests/support/test_registry.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <random>

using namespace tally;
using tally::test::DockerArchive;
using tally::test::imageOf;
using tally::test::TarBuilder;

/// What a viewer is told about a file, and what differs between two images.
class FilePreviewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kinds_data();
    void kinds();
    void encodings_data();
    void encodings();
    void secretsAreMasked();
    void archives();
    void pictures();
    void thisProgram();
    void damagedElf();
    void outOfAnImage();
    void comparesContents();
    void comparesLayersAndConfig();
};

namespace {

FilePreview preview(const std::string &path, const std::string &bytes)
{
    return previewBytes(path, bytes, bytes.size());
}

QByteArray shown(const FilePreview &made)
{
    static constexpr std::array names = {"empty", "text", "binary", "picture", "elf", "archive"};
    return QByteArray(names[static_cast<std::size_t>(made.kind)]) + " " + QByteArray::fromStdString(made.language) + " "
        + QByteArray::fromStdString(made.compression) + " " + QByteArray::fromStdString(made.text);
}

std::string sourceFile()
{
    std::ifstream file(QCoreApplication::applicationFilePath().toStdString(), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

void FilePreviewTest::kinds_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("result");
    const auto row = [](const char *name, const char *path, const std::string &bytes, const char *result) {
        QTest::newRow(name) << QByteArray(path) << QByteArray::fromStdString(bytes) << QByteArray(result);
    };
    row("empty", "/a", "", "empty   ");
    row("text", "/a", "hello\n", "text   hello\n");
    row("configuration", "/etc/hosts", "127.0.0.1 x\n", "text conf  127.0.0.1 x\n");
    row("shell script", "/bin/x", "#!/bin/sh -e\ntrue\n", "text sh  #!/bin/sh -e\ntrue\n");
    row("env script", "/bin/x", "#! /usr/bin/env python3\n", "text python  #! /usr/bin/env python3\n");
    row("by ending", "/a/b.yaml", "a: 1\n", "text yaml  a: 1\n");
    row("by content", "/a", "{\"a\": 1}", "text json  {\"a\": 1}");
    row("binary", "/a", std::string("\x01\x02\x00\x03", 4) + std::string(100, '\0'), "binary   ");
    row("compressed text", "/x/README.md.gz", test::gzipOf("# hello\n"), "text markdown gzip # hello\n");
    row("compressed rubbish", "/x.gz", test::gzipOf(std::string("\0\1\2\3", 4)), "binary  gzip ");
    row("only a gzip head", "/x.gz", std::string("\x1f\x8b\x08\x00", 4), "binary  gzip ");
}

void FilePreviewTest::kinds()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, result);
    QCOMPARE(shown(preview(path.toStdString(), bytes.toStdString())), result);
}

void FilePreviewTest::encodings_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("UTF-8") << QByteArray("Gr\xc3\xbc\xc3\x9f"
                                         "e")
                           << QByteArray("UTF-8")
                           << QByteArray("Gr\xc3\xbc\xc3\x9f"
                                         "e");
    QTest::newRow("mark") << QByteArray("\xef\xbb\xbf"
                                        "a")
                          << QByteArray("UTF-8") << QByteArray("a");
    QTest::newRow("Latin 1") << QByteArray("Gr\xfc\xdf"
                                           "e an alle hier")
                             << QByteArray("ISO-8859-1")
                             << QByteArray("Gr\xc3\xbc\xc3\x9f"
                                           "e an alle hier");
    QTest::newRow("UTF-16LE") << QByteArray("\xff\xfeG\0r\0\xfc\0", 8) << QByteArray("UTF-16LE")
                              << QByteArray("Gr\xc3\xbc");
    QTest::newRow("UTF-16BE with a pair")
        << QByteArray("\xfe\xff\0a\xd8\x3d\xde\0", 8) << QByteArray("UTF-16BE") << QByteArray("a\xf0\x9f\x98\x80");
    QTest::newRow("UTF-16 half a pair") << QByteArray("\xfe\xff\xd8\x3d", 4) << QByteArray("UTF-16BE")
                                        << QByteArray("\xef\xbf\xbd");
    QTest::newRow("UTF-16 without a mark")
        << QByteArray("h\0e\0l\0l\0o\0", 10) << QByteArray("UTF-16LE") << QByteArray("hello");
}

void FilePreviewTest::encodings()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, text);
    const FilePreview made = preview("/a", bytes.toStdString());
    QCOMPARE(made.kind, PreviewKind::Text);
    QCOMPARE(QByteArray::fromStdString(made.encoding), encoding);
    QCOMPARE(QByteArray::fromStdString(made.text), text);
    // Cut anywhere it is still text.
    PreviewOptions options;
    for (std::uint64_t most = 8; most < static_cast<std::uint64_t>(bytes.size()); ++most) {
        options.maxTextBytes = most;
        QCOMPARE(previewBytes("/a", bytes.toStdString(), static_cast<std::uint64_t>(bytes.size()), options).kind,
            PreviewKind::Text);
    }
}

void FilePreviewTest::secretsAreMasked()
{
    const std::string text = "user=x\npassword=Tr0ub4dor&3x\n";
    const FilePreview made = preview("/etc/app.conf", text);
    QVERIFY(made.masked);
    QVERIFY(made.text.find("Tr0ub") == std::string::npos);
    PreviewOptions open;
    open.maskSecrets = false;
    QCOMPARE(previewBytes("/etc/app.conf", text, text.size(), open).text, text);
}

void FilePreviewTest::archives()
{
    const std::string tar = TarBuilder().folder("d").file("d/f", "12345", 0600).symlink("l", "d/f").bytes();
    for (const std::string &bytes : {tar, test::gzipOf(tar), test::zstdOf(tar)}) {
        const FilePreview made = preview("/x", bytes);
        QCOMPARE(made.kind, PreviewKind::Archive);
        QCOMPARE(made.members.size(), std::size_t{3});
        QVERIFY(made.members[0].directory);
        QCOMPARE(made.members[1].bytes, std::uint64_t{5});
        QCOMPARE(made.members[2].link, std::string("d/f"));
        QVERIFY(!made.moreMembers);
    }
    PreviewOptions few;
    few.maxMembers = 2;
    QVERIFY(previewBytes("/x", tar, tar.size(), few).moreMembers);
    const std::string cut = tar.substr(0, 1600);
    const FilePreview part = previewBytes("/x", cut, tar.size());
    QCOMPARE(part.kind, PreviewKind::Archive);
    QVERIFY(part.truncated);
}

void FilePreviewTest::pictures()
{
    const std::string png = std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\0\x80", 24) + std::string(50, 'x');
    const FilePreview made = preview("/a.png", png);
    QCOMPARE(made.kind, PreviewKind::Picture);
    QCOMPARE(made.width, 256U);
    QCOMPARE(made.height, 128U);
    QCOMPARE(made.bytes, png);
    QCOMPARE(previewBytes("/a.png", png.substr(0, 30), png.size()).kind, PreviewKind::Binary); // too large to be whole
    const std::string jpeg("\xff\xd8\xff\xe0\0\4ab\xff\xc0\0\x11\x08\0\x10\0\x20", 17);
    QCOMPARE(preview("/a", jpeg).width, 32U);
    QCOMPARE(preview("/a", jpeg).height, 16U);
    QCOMPARE(preview("/a", std::string("GIF89a\x10\0\x08\0", 10)).height, 8U);
    const FilePreview svg = preview("/a.svg", "<?xml version=\"1.0\"?>\n<svg xmlns=\"x\"/>\n");
    QCOMPARE(svg.pictureFormat, std::string("svg"));
    QCOMPARE(svg.language, std::string("xml"));
    QVERIFY(preview("/a.html", "<html><body><svg/></body></html>").pictureFormat.empty());
}

void FilePreviewTest::thisProgram()
{
    const std::string bytes = sourceFile();
    const auto elf = readElf(bytes);
    QVERIFY(elf);
    QCOMPARE(elf->bits, static_cast<int>(sizeof(void *) * 8));
    QVERIFY(!elf->interpreter.empty());
    QVERIFY(!elf->isStatic);
    QVERIFY(std::ranges::any_of(elf->needed, [](const std::string &name) { return name.starts_with("libc.so"); }));
    QVERIFY(elf->noExecStack.value_or(false));
    QVERIFY(!elf->truncated);
    QVERIFY(elf->type == "shared object" || !elf->pie);
    const FilePreview made = previewBytes("/x", bytes.substr(0, 1U << 20), bytes.size());
    QCOMPARE(made.kind, PreviewKind::Elf);
    QVERIFY(made.elf->truncated); // its sections stand at the end
    QVERIFY(made.bytes.size() <= PreviewOptions().maxHexBytes);
}

void FilePreviewTest::damagedElf()
{
    const std::string bytes = sourceFile().substr(0, 20'000);
    std::mt19937 random(3); // the same run each time
    for (int round = 0; round < 500; ++round) {
        std::string damaged = bytes.substr(0, random() % bytes.size());
        for (int i = 0; i < 20 && !damaged.empty(); ++i)
            damaged[random() % std::min<std::size_t>(damaged.size(), 2000)] = static_cast<char>(random());
        (void)readElf(damaged);
    }
    QVERIFY(!readElf("\177ELF"));
    QVERIFY(!readElf(std::string(100, 'x')));
}

void FilePreviewTest::outOfAnImage()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath(QStringLiteral("image.tar")).toStdString();
    const std::string key
        = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEAnbW3xqneedleQk2Zf8Jx0Jm7uPqzV9Lr5aB3dEf7Gh1\n"
          "-----END RSA PRIVATE KEY-----\n";
    const std::string tar = TarBuilder().file("x", std::string(200'000, 'x')).bytes();
    std::ofstream(path, std::ios::binary) << DockerArchive{{TarBuilder()
                                                                   .file("root/.ssh/id_rsa", key)
                                                                   .file("long.txt", std::string(5'000'000, 'a'))
                                                                   .file("pack.tar", tar)
                                                                   .bytes(),
                                                               TarBuilder().file("root/.wh..ssh", "").bytes()}}
                                                 .bytes();
    const auto read = readImages(path);
    const ImagePtr image = read->images.front();
    const auto files = ImageFiles::open(path, image);
    const auto secret = previewFile(**files, *findFile(*image, 0, "/root/.ssh/id_rsa"));
    QVERIFY(secret);
    QVERIFY(secret->holdsSecret); // deleted in layer 1, still readable
    QVERIFY(secret->text.find("MIIE") == std::string::npos);
    const auto text = previewFile(**files, *findFile(*image, 0, "/long.txt"));
    QVERIFY(text->truncated);
    QCOMPARE(text->text.size(), static_cast<std::size_t>(PreviewOptions().maxTextBytes));
    QCOMPARE(previewFile(**files, *findFile(*image, 0, "/pack.tar"))->members[0].bytes, std::uint64_t{200'000});
}

void FilePreviewTest::comparesContents()
{
    const ImagePtr before = imageOf({TarBuilder()
                                         .file("a-b", "1")
                                         .file("a/same", "1234")
                                         .file("a/other", "1234")
                                         .file("a/mode", "1234")
                                         .file("gone", "12")
                                         .bytes()});
    const ImagePtr after = imageOf({TarBuilder()
                                        .file("a-b", "1")
                                        .file("a/same", "1234")
                                        .file("a/other", "4321")
                                        .file("a/mode", "1234", 0600)
                                        .file("new", "123")
                                        .bytes()});
    const ImageComparison all = compareImages(*before, *after);
    QStringList lines;
    for (const ImageDifference &each : all.files)
        lines << QString::fromStdString(each.subject) + u' ' + QString::number(static_cast<int>(each.kind)) + u' '
                + QString::number(each.aspects) + u' ' + QString::number(each.bytesBefore) + u' '
                + QString::number(each.bytesAfter);
    QCOMPARE(lines, (QStringList{"/a/mode 2 4 4 4", "/a/other 2 2 4 4", "/gone 1 0 2 0", "/new 0 0 0 3"}));
    QCOMPARE(all.uncomparedFiles, std::uint64_t{0});
    QCOMPARE(all.sharedLayers, std::size_t{0});
    const ImagePtr stored = unpackImage(packImage(*before));
    const ImageComparison unsure = compareImages(*stored, *after);
    QCOMPARE(unsure.files.size(), std::size_t{3}); // a/other has the same size
    QCOMPARE(unsure.uncomparedFiles, std::uint64_t{4});
}

void FilePreviewTest::comparesLayersAndConfig()
{
    const std::string base = TarBuilder().file("a", "1").bytes();
    const std::string top = TarBuilder().file("b", "1").bytes();
    const std::string other = TarBuilder().file("c", "1").bytes();
    nlohmann::json config;
    config["config"]["Env"] = {"API_TOKEN=hunter2-Xy9Zq4Lm", "A=1"};
    config["config"]["Labels"]["version"] = "2";
    const ImageComparison all = compareImages(*imageOf({base, top}), *imageOf({base, other, top}, config));
    QCOMPARE(all.sharedLayers, std::size_t{1});
    QCOMPARE(all.sameLayers, (std::vector<std::pair<std::size_t, std::size_t>>{{0, 0}, {1, 2}}));
    QCOMPARE(all.files.size(), std::size_t{1});
    QStringList subjects;
    for (const ImageDifference &each : all.config) {
        subjects << QString::fromStdString(each.subject);
        QVERIFY(each.after.find("hunter2") == std::string::npos);
    }
    QCOMPARE(subjects, (QStringList{"ENV A", "ENV API_TOKEN", "LABEL version"}));
}

TALLY_TEST(FilePreviewTest)
#include "file_preview_test.moc"
