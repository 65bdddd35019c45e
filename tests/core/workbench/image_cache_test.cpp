// SPDX-License-Identifier: Apache-2.0
#include "core/workbench/image_cache.h"

#include "core/image/image_snapshot.h"

#include "tests/core/image/image_builder.h"
#include "tests/support/test_registry.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace tally;
using tally::test::DockerArchive;
using tally::test::TarBuilder;

/// A file that was analysed before is there at once; everything that is odd is read anew.
class ImageCacheTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void secondTimeComesFromTheCache();
    void changedFileIsReadAnew();
    void freshFileIsNotKept();
    void brokenEntriesAreIgnored_data();
    void brokenEntriesAreIgnored();
    void platformsAreApart();
    void folders();
    void bounded();
    void recheckSaysWhatDiffers();
    void holdsNoSecret();

private:
    [[nodiscard]] std::filesystem::path at(const char *name) const
    {
        return m_folder->filePath(QLatin1String(name)).toStdString();
    }
    void write(const char *name, const std::string &content) const
    {
        std::ofstream(at(name), std::ios::binary) << content;
    }
    /// As if the file had lain there for a while: `identity` taken now, the reading began in an hour.
    void keep(const ImageCache &cache, const char *name, const OpenOptions &options = {}) const
    {
        const auto identity = identify(at(name));
        const auto opened = open(at(name), options);
        QVERIFY(identity && opened);
        QVERIFY(cache.store(at(name), options, *identity, identity->changed + 3'600'000'000'000, *opened));
    }
    [[nodiscard]] std::optional<Opened> find(
        const ImageCache &cache, const char *name, const OpenOptions &options = {}) const
    {
        const auto identity = identify(at(name));
        return identity ? cache.find(at(name), options, *identity) : std::nullopt;
    }
    [[nodiscard]] QStringList entries() const
    {
        return QDir(QString::fromStdString(at("cache").string())).entryList({QStringLiteral("*.image")});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

std::string sample(const std::string &content = "hello")
{
    nlohmann::json config;
    config["config"]["Env"] = {"API_TOKEN=hunter2-Xy9Zq4Lm", "A=1"};
    return DockerArchive{{TarBuilder().file("etc/motd", content).file("../odd", "1").bytes(),
                             TarBuilder().file("etc/motd", content, 0600).bytes()},
        config}
        .bytes();
}

} // namespace

void ImageCacheTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    write("image.tar", sample());
}

void ImageCacheTest::secondTimeComesFromTheCache()
{
    const ImageCache cache(at("cache"));
    QVERIFY(!find(cache, "image.tar"));
    keep(cache, "image.tar");
    OpenOptions options;
    options.cache = &cache;
    options.sourceIndex = 7;
    const auto again = open(at("image.tar"), options);
    QVERIFY(again);
    QVERIFY(!again->verifiedAt.empty());
    OpenOptions without;
    without.sourceIndex = 7;
    const auto fresh = open(at("image.tar"), without);
    QVERIFY(fresh->verifiedAt.empty());
    QCOMPARE(again->source, fresh->source);
    QCOMPARE(again->diagnostics, fresh->diagnostics);
    QVERIFY(!fresh->diagnostics.empty());
    QCOMPARE(packImage(*std::get<ImagePtr>(again->things[0])), packImage(*std::get<ImagePtr>(fresh->things[0])));
    QCOMPARE(std::get<ImagePtr>(again->things[0])->source, 7);
    options.refreshCache = true;
    QVERIFY(open(at("image.tar"), options)->verifiedAt.empty());
}

void ImageCacheTest::changedFileIsReadAnew()
{
    const ImageCache cache(at("cache"));
    keep(cache, "image.tar");
    QVERIFY(find(cache, "image.tar"));
    write("image.tar", sample("world")); // same size, same inode
    std::filesystem::last_write_time(
        at("image.tar"), std::filesystem::last_write_time(at("image.tar")) + std::chrono::hours(1));
    QVERIFY(!find(cache, "image.tar"));
}

void ImageCacheTest::freshFileIsNotKept()
{
    const ImageCache cache(at("cache"));
    const auto identity = identify(at("image.tar"));
    const auto opened = open(at("image.tar"));
    QVERIFY(cache.store(at("image.tar"), {}, *identity, identity->changed, *opened)); // written the moment before
    QVERIFY(entries().isEmpty());
    SourceIdentity other = *identity;
    ++other.size; // changed while it was read
    QVERIFY(cache.store(at("image.tar"), {}, other, identity->changed + 3'600'000'000'000, *opened));
    QVERIFY(entries().isEmpty());
}

void ImageCacheTest::brokenEntriesAreIgnored_data()
{
    QTest::addColumn<int>("damage");
    for (int damage = 0; damage < 5; ++damage)
        QTest::addRow("%d", damage) << damage;
}

void ImageCacheTest::brokenEntriesAreIgnored()
{
    QFETCH(int, damage);
    const ImageCache cache(at("cache"));
    keep(cache, "image.tar");
    const auto path = at("cache") / entries().value(0).toStdString();
    std::ifstream in(path, std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(in), {}};
    switch (damage) {
    case 0:
        content.back() = static_cast<char>(content.back() ^ 1);
        break;
    case 1:
        content.resize(content.size() / 2);
        break;
    case 2:
        content.clear();
        break;
    case 3:
        content.replace(content.find(" 2 "), 3, " 9 "); // another version
        break;
    default:
        content = "tallymann-image-cache 2\n";
        break;
    }
    std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
    QVERIFY(!find(cache, "image.tar"));
    OpenOptions options;
    options.cache = &cache;
    const auto opened = open(at("image.tar"), options);
    QVERIFY(opened && opened->verifiedAt.empty());
}

void ImageCacheTest::platformsAreApart()
{
    const ImageCache cache(at("cache"));
    OpenOptions options;
    options.platform = "linux/amd64";
    keep(cache, "image.tar", options);
    QVERIFY(find(cache, "image.tar", options));
    QVERIFY(!find(cache, "image.tar"));
}

void ImageCacheTest::folders()
{
    std::filesystem::create_directory(at("folder"));
    write("folder/a", "1");
    const auto before = identify(at("folder"));
    QVERIFY(before);
    QCOMPARE(identify(at("folder")), before);
    write("folder/b", "2");
    const auto more = identify(at("folder"));
    QVERIFY(more->content != before->content);
    QVERIFY(!identify(at("missing")));
}

void ImageCacheTest::bounded()
{
    const ImageCache cache(at("cache"), {1U << 20, 3});
    for (const char *name : {"1.tar", "2.tar", "3.tar", "4.tar", "5.tar"}) {
        write(name, sample());
        keep(cache, name);
    }
    QCOMPARE(entries().size(), 3);
    QVERIFY(find(cache, "5.tar"));
    write("6.tar", sample());
    keep(ImageCache(at("cache"), {10, 3}), "6.tar"); // larger than the whole cache may be
    QVERIFY(!find(cache, "6.tar"));
    cache.clear();
    QVERIFY(entries().isEmpty());
    keep(ImageCache(std::filesystem::path()), "1.tar"); // nowhere to keep it
}

void ImageCacheTest::recheckSaysWhatDiffers()
{
    const ImageCache cache(at("cache"));
    keep(cache, "image.tar");
    const auto cached = find(cache, "image.tar");
    QVERIFY(cached);
    OpenOptions options;
    options.cache = &cache;
    const auto same = recheck(*cached, options);
    QVERIFY(same);
    QVERIFY(same->same);
    QVERIFY(same->fresh.verifiedAt.empty());
    write("image.tar", sample("world"));
    QVERIFY(!recheck(*cached, options)->same);
    std::filesystem::remove(at("image.tar"));
    QCOMPARE(recheck(*cached, options).error().kind, ErrorKind::NotFound);
}

void ImageCacheTest::holdsNoSecret()
{
    const ImageCache cache(at("cache"));
    keep(cache, "image.tar");
    const auto cached = find(cache, "image.tar");
    QVERIFY(packImage(*std::get<ImagePtr>(cached->things[0])).find("hunter2") == std::string::npos);
}

TALLY_TEST(ImageCacheTest)
#include "image_cache_test.moc"
