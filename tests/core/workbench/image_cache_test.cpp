// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_workbench.h"
#include "core/workbench/image_cache.h"
#include "core/workbench/recheck.h"

#include "core/image/image_compare.h"
#include "core/image/image_snapshot.h"

#include "tests/core/image/image_builder.h"
#include "tests/support/test_registry.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

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
    void changedFileIsReadAnew_data();
    void changedFileIsReadAnew();
    void freshFileIsNotKept();
    void brokenEntriesAreIgnored_data();
    void brokenEntriesAreIgnored();
    void platformsAreApart();
    void folders();
    void bounded();
    void recheckSaysWhatDiffers();
    void recheckFindsAForgedEntry_data();
    void recheckFindsAForgedEntry();
    void recheckBringsBackTheContents();
    void onlyTheUserCanReadIt();
    void aLinkIsNoEntry();
    void whatCannotBeKeptIsSaid();
    void whatWasLeftBehindIsClearedAway();
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
    QVERIFY(again->source.cached);
    OpenOptions without;
    without.sourceIndex = 7;
    const auto fresh = open(at("image.tar"), without);
    QVERIFY(!fresh->source.cached);
    QVERIFY(!fresh->source.verifiedAt.empty());
    Source source = again->source;
    QVERIFY(source.verifiedAt <= fresh->source.verifiedAt);
    source.cached = false;
    source.verifiedAt = fresh->source.verifiedAt;
    source.addedAt = fresh->source.addedAt;
    QCOMPARE(source, fresh->source);
    QCOMPARE(again->diagnostics, fresh->diagnostics);
    QVERIFY(!fresh->diagnostics.empty());
    QCOMPARE(packImage(*std::get<ImagePtr>(again->things[0])), packImage(*std::get<ImagePtr>(fresh->things[0])));
    QCOMPARE(std::get<ImagePtr>(again->things[0])->source, 7);
    options.refreshCache = true;
    QVERIFY(!open(at("image.tar"), options)->source.cached);
}

void ImageCacheTest::changedFileIsReadAnew_data()
{
    QTest::addColumn<QString>("how");
    for (const char *how : {"touched", "written", "written, times set back", "replaced, times set back", "grown"})
        QTest::newRow(how) << QString::fromLatin1(how);
}

void ImageCacheTest::changedFileIsReadAnew()
{
    QFETCH(const QString, how);
    const ImageCache cache(at("cache"));
    keep(cache, "image.tar");
    QVERIFY(find(cache, "image.tar"));
    struct stat before
    {
    };
    QCOMPARE(::stat(at("image.tar").c_str(), &before), 0);
    if (how.startsWith(QStringLiteral("written")))
        write("image.tar", sample("world")); // same size, same inode
    if (how.startsWith(QStringLiteral("replaced"))) {
        write("other.tar", sample("world"));
        std::filesystem::rename(at("other.tar"), at("image.tar"));
    }
    if (how == QStringLiteral("grown"))
        std::ofstream(at("image.tar"), std::ios::binary | std::ios::app) << '\0';
    if (how == QStringLiteral("touched")) {
        const timespec times[2] = {{1, 0}, {1, 0}};
        QCOMPARE(::utimensat(AT_FDCWD, at("image.tar").c_str(), times, 0), 0);
    }
    if (how.endsWith(QStringLiteral("set back"))) {
        const timespec times[2] = {before.st_atim, before.st_mtim};
        QCOMPARE(::utimensat(AT_FDCWD, at("image.tar").c_str(), times, 0), 0);
        struct stat after
        {
        };
        QCOMPARE(::stat(at("image.tar").c_str(), &after), 0);
        QCOMPARE(after.st_mtim.tv_nsec, before.st_mtim.tv_nsec);
        QCOMPARE(after.st_size, before.st_size);
    }
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
    for (int damage = 0; damage < 6; ++damage)
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
        content.replace(content.find(" 3 "), 3, " 9 "); // another version
        break;
    case 4:
        content[content.find(' ', content.find(" 3 ") + 3) + 1] ^= 1; // written by other code
        break;
    default:
        content = "tallymann-image-cache 3\n";
        break;
    }
    std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
    QVERIFY(!find(cache, "image.tar"));
    OpenOptions options;
    options.cache = &cache;
    const auto opened = open(at("image.tar"), options);
    QVERIFY(opened && !opened->source.cached);
    std::ifstream now(path, std::ios::binary); // replaced, or gone because the image was written the moment before
    QVERIFY((std::string{std::istreambuf_iterator<char>(now), {}}) != content || content.empty());
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
    QCOMPARE(same->outcome, Recheck::Outcome::Same);
    QVERIFY(!same->fresh.source.cached);
    write("image.tar", sample("world"));
    const auto changed = recheckQuietly(*cached, options);
    QCOMPARE(changed->outcome, Recheck::Outcome::SourceChanged);
    QCOMPARE(changed->fresh.diagnostics.back().message.def, workbenchDef("cache.source-changed"));
    std::filesystem::remove(at("image.tar"));
    QCOMPARE(recheck(*cached, options).error().kind, ErrorKind::NotFound);
}

void ImageCacheTest::recheckFindsAForgedEntry_data()
{
    QTest::addColumn<bool>("sameDigest");
    QTest::newRow("the digest of another file") << false;
    QTest::newRow("findings of another file") << true;
}

/// Size and times are those of the file, what is kept is of another one: as if the file had been altered by somebody
/// who owns the clock, or the cache by somebody who owns the account.
void ImageCacheTest::recheckFindsAForgedEntry()
{
    QFETCH(const bool, sameDigest);
    const ImageCache cache(at("cache"));
    write("other.tar", sample("world"));
    auto other = open(at("other.tar"));
    QVERIFY(other);
    if (sameDigest)
        other->source.sha256 = open(at("image.tar"))->source.sha256;
    const auto identity = identify(at("image.tar"));
    QVERIFY(cache.store(at("image.tar"), {}, *identity, identity->changed + 3'600'000'000'000, *other));
    OpenOptions options;
    options.cache = &cache;
    const auto cached = open(at("image.tar"), options);
    QVERIFY(cached->source.cached);
    const auto checked = recheck(*cached, options);
    QVERIFY(checked);
    QCOMPARE(checked->outcome, sameDigest ? Recheck::Outcome::EntryWrong : Recheck::Outcome::SourceChanged);
    QCOMPARE(checked->fresh.diagnostics.back().severity, Diagnostic::Severity::Error);
    QCOMPARE(packImage(*std::get<ImagePtr>(checked->fresh.things[0])),
        packImage(*std::get<ImagePtr>(open(at("image.tar"))->things[0])));
    const auto again = open(at("image.tar"), options); // the forged entry is never used again
    QCOMPARE(again->source.sha256, checked->fresh.source.sha256);
    QCOMPARE(
        packImage(*std::get<ImagePtr>(again->things[0])), packImage(*std::get<ImagePtr>(checked->fresh.things[0])));
}

/// What tells equal contents apart is not kept: a comparison says so, and can be made whole by reading again.
void ImageCacheTest::recheckBringsBackTheContents()
{
    const ImageCache cache(at("cache"));
    write("other.tar", sample("world"));
    keep(cache, "image.tar");
    const auto other = open(at("other.tar"));
    const auto cached = find(cache, "image.tar");
    const Image &now = *std::get<ImagePtr>(other->things[0]);
    const ImageComparison unsure = compareImages(*std::get<ImagePtr>(cached->things[0]), now);
    QVERIFY(unsure.uncomparedFiles >= 1);
    QVERIFY(unsure.files.empty());
    OpenOptions options;
    options.cache = &cache;
    const auto checked = recheck(*cached, options);
    const ImageComparison sure = compareImages(*std::get<ImagePtr>(checked->fresh.things[0]), now);
    QCOMPARE(sure.uncomparedFiles, 0U);
    QCOMPARE(sure.files.size(), 1U);
}

void ImageCacheTest::onlyTheUserCanReadIt()
{
    std::filesystem::create_directory(at("cache")); // with the rights of a lax umask
    std::filesystem::permissions(at("cache"), std::filesystem::perms::all);
    keep(ImageCache(at("cache")), "image.tar");
    const auto rights = [](const std::filesystem::path &path) {
        return static_cast<int>(std::filesystem::status(path).permissions());
    };
    QCOMPARE(rights(at("cache")), 0700);
    QCOMPARE(entries().size(), 1);
    QCOMPARE(rights(at("cache") / entries().at(0).toStdString()), 0600);
}

void ImageCacheTest::aLinkIsNoEntry()
{
    const ImageCache cache(at("cache"));
    keep(cache, "image.tar");
    const auto entry = at("cache") / entries().at(0).toStdString();
    std::filesystem::rename(entry, at("elsewhere"));
    std::filesystem::create_symlink(at("elsewhere"), entry);
    QVERIFY(!find(cache, "image.tar"));
}

void ImageCacheTest::whatCannotBeKeptIsSaid()
{
    write("file", "in the way");
    const ImageCache cache(at("file") / "cache");
    const timespec times[2] = {{1, 0}, {1, 0}};
    QCOMPARE(::utimensat(AT_FDCWD, at("image.tar").c_str(), times, 0), 0);
    OpenOptions options;
    options.cache = &cache;
    QTRY_VERIFY(open(at("image.tar"), options)->notKept); // once the file is old enough to be kept
    QCOMPARE(open(at("image.tar"), options)->notKept->kind, ErrorKind::Io);
    QCOMPARE(open(at("image.tar"), options)->things.size(), 1U);
    QCOMPARE(cache.usage().entries, 0U);
    if (::geteuid() == 0)
        return; // nothing is read-only for root
    const ImageCache locked(at("cache"));
    keep(locked, "image.tar");
    write("another.tar", sample());
    QVERIFY(::chmod(at("cache").c_str(), 0500) == 0);
    QVERIFY(find(locked, "image.tar"));
    options.cache = &locked;
    QTRY_COMPARE(open(at("another.tar"), options)->source.cached, false);
    QVERIFY(::chmod(at("cache").c_str(), 0700) == 0);
}

void ImageCacheTest::whatWasLeftBehindIsClearedAway()
{
    const ImageCache cache(at("cache"));
    keep(cache, "image.tar");
    write("cache/0123.image.Ab12Cd", "half");
    write("cache/notes.txt", "not ours");
    QCOMPARE(cache.usage().entries, 1U);
    QVERIFY(cache.usage().bytes > 4);
    std::filesystem::last_write_time(
        at("cache/0123.image.Ab12Cd"), std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
    write("other.tar", sample());
    keep(cache, "other.tar");
    QVERIFY(!std::filesystem::exists(at("cache/0123.image.Ab12Cd")));
    write("cache/0123.image.Ab12Cd", "half");
    cache.clear();
    QCOMPARE(cache.usage().bytes, 0U);
    QVERIFY(std::filesystem::exists(at("cache/notes.txt")));
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
