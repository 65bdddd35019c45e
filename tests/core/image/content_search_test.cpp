// SPDX-License-Identifier: Apache-2.0
#include "core/image/content_search.h"

#include "tests/core/image/image_builder.h"
#include "tests/support/compress.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <fstream>
#include <random>

using namespace tally;
using tally::test::DockerArchive;
using tally::test::TarBuilder;

/// Contents searched over all layers, also in files that are deleted.
class ContentSearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finderFindsWhatSearchFinds();
    void hits_data();
    void hits();
    void longFilesAndBorders_data();
    void longFilesAndBorders();
    void caseAndOptions();
    void limits();
    void excerptsAreMasked();
    void refusesNothingAndStops();
};

namespace {

std::filesystem::path written(const QTemporaryDir &folder, const std::string &bytes)
{
    std::filesystem::path path = folder.filePath(QStringLiteral("image")).toStdString();
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
}

enum Form { Plain, Packed, Whole };

std::string archive(const std::vector<std::string> &layers, int form)
{
    DockerArchive archive{layers};
    if (form == Packed) {
        for (const std::string &layer : layers)
            archive.blobs.push_back(archive.blobs.empty() ? test::gzipOf(layer) : test::zstdOf(layer));
    }
    return form == Whole ? test::gzipOf(archive.bytes()) : archive.bytes();
}

/// The search of a fresh image; path@layer:line+offset for each hit.
QStringList found(
    const std::vector<std::string> &layers, int form, const ContentQuery &query, ContentSearch *out = nullptr)
{
    const QTemporaryDir folder;
    const auto path = written(folder, archive(layers, form));
    const auto read = readImages(path);
    const ImagePtr image = read->images.front();
    const auto files = ImageFiles::open(path, image);
    const auto search = searchContents(**files, query);
    if (!search)
        return {QString::fromLatin1(search.error().message.def->code)};
    QStringList list;
    for (const ContentHit &hit : search->hits) {
        const FileEntry &row = image->layers[hit.place.layer].files[hit.place.entry];
        list << QString::fromStdString(std::string(image->strings.view(row.path))) + u'@'
                + QString::number(hit.place.layer) + u':' + QString::number(hit.line) + u'+'
                + QString::number(hit.offset) + (hit.visible ? QString() : QStringLiteral(" hidden"));
    }
    if (out)
        *out = *search;
    return list;
}

void addForms()
{
    QTest::addColumn<int>("form");
    QTest::newRow("layers as they are") << int{Plain};
    QTest::newRow("layers compressed") << int{Packed};
    QTest::newRow("all of it compressed") << int{Whole};
}

} // namespace

void ContentSearchTest::finderFindsWhatSearchFinds()
{
    std::mt19937 random(7); // the same run each time
    for (int round = 0; round < 3000; ++round) {
        std::string text(random() % 200, '\0');
        for (char &c : text)
            c = "abAB\n\0`@["[random() % 9];
        std::string needle(1 + random() % 6, '\0');
        for (char &c : needle)
            c = "abAB\n\0`@["[random() % 9];
        for (const bool exact : {true, false}) {
            const auto same = [&](char a, char b) {
                const auto low = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
                return exact ? a == b : low(a) == low(b);
            };
            const std::size_t from = random() % 20;
            const auto begin = text.begin() + static_cast<std::ptrdiff_t>(std::min(from, text.size()));
            const auto expected = std::search(begin, text.end(), needle.begin(), needle.end(), same);
            const std::size_t at = ByteFinder(needle, exact).find(text, from);
            QCOMPARE(
                at, expected == text.end() ? std::string::npos : static_cast<std::size_t>(expected - text.begin()));
        }
        QCOMPARE(countLines(text), static_cast<std::uint64_t>(std::ranges::count(text, '\n')));
    }
    QCOMPARE(countLines(std::string(100'000, '\n')), std::uint64_t{100'000});
}

void ContentSearchTest::hits_data()
{
    addForms();
}

void ContentSearchTest::hits()
{
    QFETCH(int, form);
    const std::vector<std::string> layers{
        TarBuilder().file("a", "one\ntwo needle\nneedle").file("gone", "a needle").symlink("s", "needle").bytes(),
        TarBuilder().file("a", "changed").file(".wh.gone", "").file("b", std::string("\0needle\0", 8)).bytes()};
    ContentSearch search;
    QCOMPARE(found(layers, form, {.bytes = "needle"}, &search),
        (QStringList{"a@0:2+8 hidden", "a@0:3+15 hidden", "gone@0:1+2 hidden", "b@1:1+1"}));
    QCOMPARE(search.hits[0].excerpt, std::string("two needle"));
    QCOMPARE(search.hits[0].matchBegin, 4U);
    QCOMPARE(search.hits[0].matchEnd, 10U);
    QCOMPARE(search.hits[3].excerpt.substr(search.hits[3].matchBegin, 6), std::string("needle"));
    QCOMPARE(search.files, std::uint64_t{4});
    QVERIFY(!search.limited);
    QCOMPARE(found(layers, form, {.bytes = "needle", .onlyHidden = true}).size(), 3);
    QCOMPARE(found(layers, form, {.bytes = "needle", .onlyText = true}).size(), 3);
    QCOMPARE(found(layers, form, {.bytes = "needle", .layers = {1}}), (QStringList{"b@1:1+1"}));
    QVERIFY(found(layers, form, {.bytes = "nothing like it"}).isEmpty());
}

void ContentSearchTest::longFilesAndBorders_data()
{
    addForms();
}

void ContentSearchTest::longFilesAndBorders()
{
    QFETCH(int, form);
    // Matches across every border that pieces, chunks and tasks have: 64 KiB, 1, 4, 8 MiB and around.
    std::string content(21U << 20, '.');
    std::vector<std::size_t> places;
    for (const std::size_t border : {std::size_t{1} << 16, std::size_t{1} << 20, std::size_t{4} << 20,
             std::size_t{8} << 20, std::size_t{12} << 20, std::size_t{16} << 20}) {
        for (const std::size_t before : {12U, 5U, 0U})
            places.push_back(border - before - 512 * static_cast<std::size_t>(before == 12));
    }
    places.push_back(content.size() - 6);
    std::ranges::sort(places);
    places.erase(std::unique(places.begin(), places.end()), places.end());
    std::vector<std::size_t> kept; // not overlapping
    for (const std::size_t place : places) {
        if (kept.empty() || place >= kept.back() + 7)
            kept.push_back(place);
    }
    for (const std::size_t place : kept)
        content.replace(place, 6, "needle");
    content[100] = '\n';
    QStringList expected;
    for (const std::size_t place : kept)
        expected << QStringLiteral("long@0:2+") + QString::number(place);
    const std::vector<std::string> layers{
        TarBuilder().file("small", "x").file("long", content).file("after", "y").bytes()};
    QCOMPARE(found(layers, form, {.bytes = "needle"}), expected);
}

void ContentSearchTest::caseAndOptions()
{
    const std::vector<std::string> layers{TarBuilder().file("a", "NeeDLe needle N[e").bytes()};
    QCOMPARE(found(layers, Plain, {.bytes = "needle", .caseSensitive = false}).size(), 2);
    QCOMPARE(found(layers, Plain, {.bytes = "NEEDLE", .caseSensitive = false}).size(), 2);
    QCOMPARE(found(layers, Plain, {.bytes = "NEEDLE"}).size(), 0);
    QCOMPARE(found(layers, Plain, {.bytes = "n{e", .caseSensitive = false}).size(), 0); // "[" has no case
}

void ContentSearchTest::limits()
{
    std::string many;
    for (int i = 0; i < 500; ++i)
        many += "needle\n";
    const std::vector<std::string> layers{TarBuilder().file("a", many).file("b", many).bytes()};
    for (const int form : {Plain, Packed}) {
        ContentSearch search;
        QCOMPARE(found(layers, form, {.bytes = "needle", .maxHitsPerFile = 3}, &search).size(), 6);
        QVERIFY(search.limited);
        QCOMPARE(found(layers, form, {.bytes = "needle", .maxHits = 7, .maxHitsPerFile = 1000}, &search).size(), 7);
        QVERIFY(search.limited);
        QCOMPARE(found(layers, form, {.bytes = "needle", .maxHitsPerFile = 1000}, &search).last(),
            QStringLiteral("b@0:500+3493"));
        QVERIFY(!search.limited);
    }
}

void ContentSearchTest::excerptsAreMasked()
{
    const std::string password = "Tr0ub4dor&3x";
    std::string key = "-----BEGIN RSA PRIVATE KEY-----\n";
    for (int i = 0; i < 24; ++i)
        key += "MIIEpAIBAAKCAQEAnbW3xq" + std::to_string(i) + "needleQk2Zf8Jx0Jm7uPqzV9Lr5\n";
    key += "-----END RSA PRIVATE KEY-----\n";
    const std::vector<std::string> layers{TarBuilder()
                                              .file("app.conf", "needle=1\ndb_password=" + password + " # needle\n")
                                              .file("root/.ssh/id_rsa", key)
                                              .file("notes", std::string(2U << 20, '\n') + key + "needle\n")
                                              .bytes()};
    for (const int form : {Plain, Packed}) {
        ContentSearch search;
        found(layers, form, {.bytes = "needle"}, &search);
        QCOMPARE(search.hits.size(), std::size_t{2 + 24 + 25});
        for (const ContentHit &hit : search.hits) {
            QVERIFY2(hit.excerpt.find(password) == std::string::npos, hit.excerpt.c_str());
            QVERIFY2(hit.excerpt.find("MIIE") == std::string::npos, hit.excerpt.c_str());
        }
        QVERIFY(search.hits[1].excerpt.find("masked") != std::string::npos);
        QCOMPARE(search.hits[1].excerpt.substr(search.hits[1].matchBegin, 6), std::string("needle"));
        QCOMPARE(search.hits.back().excerpt, std::string("needle")); // behind the key
        found(layers, form, {.bytes = password}, &search); // whoever knows it finds it, and still does not see it
        QCOMPARE(search.hits.size(), std::size_t{1});
        QVERIFY(search.hits[0].excerpt.find(password) == std::string::npos);
    }
}

void ContentSearchTest::refusesNothingAndStops()
{
    const std::vector<std::string> layers{TarBuilder().file("a", "x").bytes()};
    QCOMPARE(found(layers, Plain, {}), (QStringList{"image.search-length"}));
    QCOMPARE(found(layers, Plain, {.bytes = std::string(5000, 'x')}), (QStringList{"image.search-length"}));
    for (const int form : {Plain, Packed, Whole}) {
        const QTemporaryDir folder;
        const auto path = written(folder, archive(layers, form));
        const auto read = readImages(path);
        const auto files = ImageFiles::open(path, read->images.front());
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(
            searchContents(**files, {.bytes = "x"}, RunContext(stop.get_token())).error().kind, ErrorKind::Cancelled);
    }
}

TALLY_TEST(ContentSearchTest)
#include "content_search_test.moc"
