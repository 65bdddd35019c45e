// SPDX-License-Identifier: Apache-2.0
#include "core/image/extract_tree.h"
#include "core/io/tree_writer.h"

#include "tests/core/image/image_builder.h"
#include "tests/support/test_registry.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <fstream>

using namespace tally;
using tally::test::DockerArchive;
using tally::test::TarBuilder;

/// What a hostile image may not do when it is written out.
class ExtractTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAFolder();
    void writesAFileOfALowerLayer();
    void makesNoLinksDevicesOrSpecialBits();
    void staysInside();
    void overwritesNothing();
    void collidingNames();
    void limits();
    void names_data();
    void names();
};

namespace {

struct Sample
{
    explicit Sample(const std::vector<std::string> &layers)
    {
        path = folder.filePath(QStringLiteral("image.tar")).toStdString();
        std::ofstream(path, std::ios::binary) << DockerArchive{layers}.bytes();
        image = readImages(path)->images.front();
        index = ImageIndex::make(image);
        files = *ImageFiles::open(path, image);
        into = folder.filePath(QStringLiteral("out")).toStdString();
        std::filesystem::create_directory(into);
    }

    Result<ExtractOutcome> extract(std::string_view node, std::size_t layer, bool merged = true)
    {
        return extractTree(*files, *index, {index->find(node), layer, merged}, into);
    }

    /// path=content of everything below the target; folders with a slash.
    QStringList written() const
    {
        QStringList list;
        const QString root = QString::fromStdString(into.string());
        QDirIterator it(
            root, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            it.next();
            QString name = it.filePath().mid(root.size() + 1);
            if (it.fileInfo().isSymLink())
                name += QStringLiteral("->");
            else if (it.fileInfo().isDir())
                name += u'/';
            else {
                QFile file(it.filePath());
                name
                    += u'=' + (file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll().left(20)) : QString());
            }
            list << name;
        }
        list.sort();
        return list;
    }

    QTemporaryDir folder;
    std::filesystem::path path;
    std::filesystem::path into;
    ImagePtr image;
    ImageIndexPtr index;
    ImageFilesPtr files;
};

} // namespace

void ExtractTreeTest::writesAFolder()
{
    Sample sample(
        {TarBuilder().folder("etc").file("etc/a", "1").file("etc/sub/b", "22", 0755).file("gone", "x").bytes(),
            TarBuilder()
                .file("etc/a", "new")
                .file(".wh.gone", "")
                .hardlink("etc/h", "etc/a")
                .file("etc/empty", "")
                .bytes()});
    const auto out = sample.extract("/etc", 1);
    QVERIFY(out);
    QCOMPARE(
        sample.written(), (QStringList{"etc/", "etc/a=new", "etc/empty=", "etc/h=new", "etc/sub/", "etc/sub/b=22"}));
    QCOMPARE(out->files, std::uint64_t{4});
    QCOMPARE(out->path, sample.into / "etc");
    QVERIFY(QFileInfo(QString::fromStdString((sample.into / "etc/sub/b").string())).isExecutable());
    QVERIFY(!QFileInfo(QString::fromStdString((sample.into / "etc/a").string())).isExecutable());
    QVERIFY(sample.extract("/", 0));
    QVERIFY(sample.written().contains(QStringLiteral("rootfs/etc/a=1"))); // as of layer 0
    QVERIFY(sample.written().contains(QStringLiteral("rootfs/gone=x")));
}

void ExtractTreeTest::writesAFileOfALowerLayer()
{
    Sample sample({TarBuilder().file("a", "old").file("s", std::string(3'000'000, 's')).bytes(),
        TarBuilder().file("a", "new").file("b", "b").bytes()});
    QVERIFY(sample.extract("/a", 0, false));
    QCOMPARE(sample.written(), (QStringList{"a=old"}));
    QCOMPARE(sample.extract("/b", 0).error().kind, ErrorKind::NotFound);
    QCOMPARE(sample.extract("/s", 1, false).error().kind, ErrorKind::NotFound); // not of that layer
    QVERIFY(sample.extract("/s", 1));
    QCOMPARE(std::filesystem::file_size(sample.into / "s"), std::uintmax_t{3'000'000});
}

void ExtractTreeTest::makesNoLinksDevicesOrSpecialBits()
{
    TarBuilder tar;
    tar.folder("d", 01777).file("d/su", "su", 06755).symlink("d/out", "/etc").symlink("d/up", "../..");
    tar.add({.name = "d/null", .type = '3'}).add({.name = "d/pipe", .type = '6'});
    tar.pax("SCHILY.xattr.security.capability", "x").file("d/cap", "c", 0755);
    Sample sample({tar.bytes()});
    const auto out = sample.extract("d", 0);
    QVERIFY(out);
    QCOMPARE(sample.written(), (QStringList{"d/", "d/cap=c", "d/su=su"}));
    QCOMPARE(out->links, std::uint64_t{2});
    QCOMPARE(out->specials, std::uint64_t{2});
    QCOMPARE(out->stripped, std::uint64_t{2});
    struct stat status
    {
    };
    QCOMPARE(::stat((sample.into / "d/su").c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07022U, 0U);
    QCOMPARE(sample.extract("d/out", 0).error().kind, ErrorKind::Unsupported);
    QCOMPARE(sample.written().size(), 3);
}

void ExtractTreeTest::staysInside()
{
    // A link first, then files "below" it, names with every way out.
    TarBuilder tar;
    tar.symlink("x", "/tmp").file("x/planted", "1").file("../../up", "2").file("/abs", "3");
    tar.file("a\\..\\b", "4").file("c/..", "5").file("new\nline", "6").file(std::string("bad\xff", 4), "7");
    Sample sample({tar.bytes()});
    const auto out = sample.extract("/", 0);
    QVERIFY(out);
    QCOMPARE(sample.written(),
        (QStringList{"rootfs/", "rootfs/a%5C..%5Cb=4", "rootfs/abs=3", "rootfs/bad%FF=7", "rootfs/new%0Aline=6",
            "rootfs/up=2", "rootfs/x/", "rootfs/x/planted=1"}));
    QCOMPARE(out->renamed, std::uint64_t{3});
    QVERIFY(!std::filesystem::exists("/tmp/planted"));
    QVERIFY(!std::filesystem::exists(sample.into.parent_path() / "up"));
}

void ExtractTreeTest::overwritesNothing()
{
    Sample sample({TarBuilder().file("a", "new").file("d/f", "new").bytes()});
    std::ofstream(sample.into / "a") << "mine";
    std::filesystem::create_directory_symlink("/tmp", sample.into / "d");
    QCOMPARE(sample.extract("/a", 0).error().message.def->code, std::string_view("image.extract-exists"));
    QCOMPARE(sample.extract("/d", 0).error().message.def->code, std::string_view("image.extract-exists"));
    QCOMPARE(sample.written(), (QStringList{"a=mine", "d->"}));
    QCOMPARE(
        extractTree(*sample.files, *sample.index, {sample.index->find("/a"), 0}, sample.into / "none").error().kind,
        ErrorKind::NotFound);
}

void ExtractTreeTest::collidingNames()
{
    Sample sample(
        {TarBuilder().file("d/x?", "1").file("d/x%3F", "2").file("d/a:/f", "3").file("d/a%3A/f", "4").bytes()});
    const auto out = sample.extract("/d", 0);
    QVERIFY(out);
    QStringList contents;
    for (const QString &name : sample.written()) {
        if (name.contains(u'='))
            contents << name.section(u'=', -1);
    }
    contents.sort();
    QCOMPARE(contents, (QStringList{"1", "2", "3", "4"})); // each of them is there
}

void ExtractTreeTest::limits()
{
    Sample sample({TarBuilder().file("d/a", std::string(600, 'a')).file("d/b", std::string(600, 'b')).bytes()});
    const auto out = extractTree(*sample.files, *sample.index, {sample.index->find("/d"), 0, true, 1000}, sample.into);
    QCOMPARE(out.error().kind, ErrorKind::LimitExceeded);
    QVERIFY(sample.written().isEmpty());
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(extractTree(
                 *sample.files, *sample.index, {sample.index->find("/d"), 0}, sample.into, RunContext(stop.get_token()))
                 .error()
                 .kind,
        ErrorKind::Cancelled);
}

void ExtractTreeTest::names_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("safe");
    QTest::newRow("plain") << QByteArray("passwd") << QByteArray("passwd");
    QTest::newRow("umlaut") << QByteArray("Gr\xc3\xb6\xc3\x9f"
                                          "e")
                            << QByteArray("Gr\xc3\xb6\xc3\x9f"
                                          "e");
    QTest::newRow("dots") << QByteArray("..") << QByteArray("%..");
    QTest::newRow("empty") << QByteArray("") << QByteArray("%");
    QTest::newRow("escape") << QByteArray("a\x1b[31m") << QByteArray("a%1B[31m");
    QTest::newRow("bidi") << QByteArray("a\xe2\x80\xae"
                                        "b")
                          << QByteArray("a%E2%80%AEb");
    QTest::newRow("not UTF-8") << QByteArray("\xff\xfe") << QByteArray("%FF%FE");
    QTest::newRow("cut character") << QByteArray("a\xc3") << QByteArray("a%C3");
    QTest::newRow("drive") << QByteArray("c:x") << QByteArray("c%3Ax");
    QTest::newRow("percent") << QByteArray("100%") << QByteArray("100%");
    QTest::newRow("looks escaped") << QByteArray("%41") << QByteArray("%2541");
}

void ExtractTreeTest::names()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, safe);
    QCOMPARE(QByteArray::fromStdString(safeFileName(name.toStdString())), safe);
    const std::string longName = name.toStdString() + std::string(300, 'x');
    QVERIFY(safeFileName(longName).size() <= 200);
    QVERIFY(safeFileName(longName) != safeFileName(longName + "y"));
}

TALLY_TEST(ExtractTreeTest)
#include "extract_tree_test.moc"
