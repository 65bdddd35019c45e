// SPDX-License-Identifier: Apache-2.0
#include "core/image/file_tree.h"

#include "tests/core/image/image_builder.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <fstream>

using namespace tally;
using tally::test::imageOf;
using tally::test::TarBuilder;

Q_DECLARE_METATYPE(std::vector<std::string>)

/// Waste as dive computes it and as it is, on the cases of image-facts.md 1.2.
class ImageWasteTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithDive();
    void craftedCases_data();
    void craftedCases();
    void shadowedIsWhatIsNotVisible();
    void hardlinkKeepsContentVisible();
    void countsChanges();
    void trees();
};

namespace {

std::string fill(std::size_t bytes, char c = 'x')
{
    return std::string(bytes, c);
}

std::string printed(const FileTree &tree)
{
    std::string text;
    std::vector<std::int32_t> pending{0};
    while (!pending.empty()) {
        const FileNode &node = tree.nodes[static_cast<std::size_t>(pending.back())];
        text += "=+*-~"[static_cast<std::size_t>(node.change)] + tree.path(static_cast<std::size_t>(pending.back()))
            + "\n";
        pending.pop_back();
        std::vector<std::int32_t> children;
        for (std::int32_t child = node.firstChild; child >= 0;
             child = tree.nodes[static_cast<std::size_t>(child)].nextSibling)
            children.push_back(child);
        pending.insert(pending.end(), children.rbegin(), children.rend());
    }
    return text;
}

} // namespace

void ImageWasteTest::agreesWithDive()
{
    const auto path = test::dataFolder() / "images/dive/test-docker-image.tar";
    const auto expectedPath = test::dataFolder() / "images/dive-expected/export_test.snap";
    TALLY_REQUIRE_DATA(path);
    const auto read = readImages(path);
    QVERIFY(read);
    const Image &image = *read->images.front();
    std::ifstream file(expectedPath);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    text = text.substr(text.find('{'), text.find("\n---") - text.find('{'));
    const auto expected = nlohmann::json::parse(text);

    QCOMPARE(image.efficiency, expected["image"]["efficiencyScore"].get<double>()); // bit by bit
    QCOMPARE(image.efficiency, 0.9844212134184309);
    QCOMPARE(image.bytes, expected["image"]["sizeBytes"].get<std::uint64_t>());
    QCOMPARE(image.wastedBytes, expected["image"]["inefficientBytes"].get<std::uint64_t>());
    std::map<std::string, std::pair<std::uint32_t, std::uint64_t>> wasted;
    for (const WastedPath &row : image.wasted)
        wasted[row.path] = {row.count, row.bytes};
    QCOMPARE(wasted.size(), expected["image"]["fileReference"].size());
    for (const auto &row : expected["image"]["fileReference"]) {
        const auto found = wasted.find(row["file"].get<std::string>());
        QVERIFY(found != wasted.end());
        QCOMPARE(found->second.first, row["count"].get<std::uint32_t>());
        QCOMPARE(found->second.second, row["sizeBytes"].get<std::uint64_t>());
    }
    QCOMPARE(image.layers.size(), expected["layer"].size());
    for (std::size_t i = 0; i < image.layers.size(); ++i) {
        const auto &layer = expected["layer"][i];
        QCOMPARE(image.layers[i].diffId, layer["digestId"].get<std::string>());
        QCOMPARE(image.layers[i].bytes, layer["sizeBytes"].get<std::uint64_t>());
        QCOMPARE(image.layers[i].command, layer["command"].get<std::string>());
        QCOMPARE(image.layers[i].verified, std::optional(true));
    }
}

void ImageWasteTest::craftedCases_data()
{
    QTest::addColumn<std::vector<std::string>>("layers");
    QTest::addColumn<qulonglong>("wasted");
    QTest::addColumn<double>("efficiency");
    QTest::addColumn<qulonglong>("shadowed");
    const auto row
        = [](const char *name, std::vector<std::string> layers, qulonglong wasted, double efficiency,
              qulonglong shadowed) { QTest::newRow(name) << std::move(layers) << wasted << efficiency << shadowed; };
    const std::string folder = TarBuilder().folder("a/").file("a/f", fill(1000)).file("a/g", fill(500)).bytes();
    row("file removed",
        {TarBuilder().file("f", fill(1000)).file("g", fill(10)).bytes(), TarBuilder().file(".wh.f", "").bytes()}, 1000,
        10.0 / 1010, 1000);
    row("folder removed",
        {TarBuilder().folder("a/").file("a/f", fill(1000)).file("a/g", fill(500)).file("k", fill(10)).bytes(),
            TarBuilder().file(".wh.a", "").bytes()},
        0, 1, 1500);
    row("opaque", {folder, TarBuilder().folder("a/").file("a/.wh..wh..opq", "").file("a/new", fill(10)).bytes()}, 0, 1,
        1500);
    row("folder removed twice",
        {TarBuilder().folder("a/").file("a/f", fill(1000)).bytes(), TarBuilder().file(".wh.a", "").bytes(),
            TarBuilder().folder("a/").file("a/f", fill(300)).bytes(), TarBuilder().file(".wh.a", "").bytes()},
        2600, 0.3 * 1000 / 2600 / 0.3 * 0.5, 1300);
    row("overwritten",
        {TarBuilder().file("f", fill(1000)).bytes(), TarBuilder().file("f", fill(400)).bytes(),
            TarBuilder().file("f", fill(700)).bytes()},
        2100, 400.0 / 2100, 1400);
    row("mode only", {TarBuilder().file("f", fill(1000)).bytes(), TarBuilder().file("f", fill(1000), 0600).bytes()},
        2000, 0.5, 1000);
    row("folder replaced by a file",
        {TarBuilder().folder("a/").file("a/f", fill(1000)).bytes(), TarBuilder().file("a", fill(10)).bytes()}, 0, 1,
        1000);
    row("whiteout of nothing ends the walk",
        {TarBuilder().file("z", fill(2000)).file("y", fill(10)).bytes(),
            TarBuilder().file(".wh.none", "").file("z", fill(2)).bytes()},
        0, 1, 2000);
    row("whiteout beside the new file",
        {TarBuilder().file("f", fill(1000)).bytes(), TarBuilder().file(".wh.f", "").file("f", fill(600)).bytes()}, 1600,
        0, 1000);
}

void ImageWasteTest::craftedCases()
{
    QFETCH(std::vector<std::string>, layers);
    QFETCH(qulonglong, wasted);
    QFETCH(double, efficiency);
    QFETCH(qulonglong, shadowed);
    const ImagePtr image = imageOf(layers);
    QVERIFY(image);
    QCOMPARE(static_cast<qulonglong>(image->wastedBytes), wasted);
    QCOMPARE(static_cast<qulonglong>(image->shadowedBytes), shadowed);
    if (QLatin1String(QTest::currentDataTag()) != QLatin1String("folder removed twice"))
        QCOMPARE(image->efficiency, efficiency);
}

void ImageWasteTest::shadowedIsWhatIsNotVisible()
{
    // Whatever happens in the layers: stored = visible + shadowed.
    const ImagePtr image = imageOf({
        TarBuilder()
            .folder("a")
            .file("a/1", fill(11))
            .file("a/2", fill(22))
            .file("b", fill(33))
            .file("c", fill(44))
            .bytes(),
        TarBuilder().file("a/.wh.1", "").file("b", fill(5)).file("b", fill(6)).symlink("c", "b").bytes(),
        TarBuilder().file("a", fill(7)).file("c/deep/file", fill(8)).bytes(),
        TarBuilder().file(".wh..wh..opq", "").file("new", fill(9)).bytes(),
    });
    QVERIFY(image);
    std::uint64_t stored = 0;
    for (const Layer &layer : image->layers)
        stored += layer.bytes;
    QCOMPARE(image->mergedBytes + image->shadowedBytes, stored);
    QCOMPARE(image->mergedBytes, std::uint64_t{9});
    QCOMPARE(image->files, std::uint64_t{1});
}

void ImageWasteTest::hardlinkKeepsContentVisible()
{
    const ImagePtr image = imageOf(
        {TarBuilder().file("a", fill(1000)).hardlink("b", "./a").bytes(), TarBuilder().file(".wh.a", "").bytes()});
    QVERIFY(image);
    QCOMPARE(image->shadowedBytes, std::uint64_t{0});
    QCOMPARE(image->mergedBytes, std::uint64_t{1000});
}

void ImageWasteTest::countsChanges()
{
    const ImagePtr image = imageOf({
        TarBuilder()
            .folder("d")
            .file("d/same", "1234")
            .file("d/other", "1234")
            .file("d/mode", "1234")
            .file("gone", "1")
            .bytes(),
        TarBuilder()
            .folder("d")
            .file("d/same", "1234")
            .file("d/other", "4321")
            .file("d/mode", "1234", 0600)
            .file("d/new", "1")
            .file(".wh.gone", "")
            .bytes(),
    });
    QVERIFY(image);
    QCOMPARE(image->layers[0].added, 5U);
    QCOMPARE(image->layers[1].added, 1U);
    QCOMPARE(image->layers[1].changed, 2U);
    QCOMPARE(image->layers[1].attributesChanged, 1U);
    QCOMPARE(image->layers[1].removed, 1U);
    QCOMPARE(image->layers[1].files[1].change, Change::Unchanged);
    QCOMPARE(image->layers[1].files[3].change, Change::Attributes);
    QCOMPARE(image->layers[1].files[2].change, Change::Changed);
    const auto causeOf = [&](const std::string &path) {
        for (const ShadowedFile &file : image->shadowed) {
            if (file.path == path)
                return file.cause;
        }
        return std::string();
    };
    QCOMPARE(causeOf("/d/mode"), std::string("attributes"));
    QCOMPARE(causeOf("/d/other"), std::string("overwritten"));
    QCOMPARE(causeOf("/gone"), std::string("removed"));
}

void ImageWasteTest::trees()
{
    const ImagePtr image = imageOf({
        TarBuilder().folder("a").file("a/f", "1").file("a/g", "12").file("keep", "123").bytes(),
        TarBuilder().file(".wh.a", "").file("b/new", "1").bytes(),
    });
    QVERIFY(image);
    QCOMPARE(printed(layerTree(*image, 0)), std::string("*/\n+/a\n+/a/f\n+/a/g\n+/keep\n"));
    QCOMPARE(printed(layerTree(*image, 1)), std::string("*/\n-/a\n-/a/f\n-/a/g\n*/b\n+/b/new\n"));
    const FileTree merged = mergedTree(*image, 1);
    QCOMPARE(printed(merged), std::string("*/\n-/a\n-/a/f\n-/a/g\n*/b\n+/b/new\n=/keep\n"));
    QCOMPARE(merged.nodes[0].totalBytes, std::uint64_t{4});
    QCOMPARE(printed(mergedTree(*image, 0)), std::string("*/\n+/a\n+/a/f\n+/a/g\n+/keep\n"));
    QCOMPARE(layerTree(*image, 7).nodes.size(), std::size_t{1});
}

TALLY_TEST(ImageWasteTest)
#include "image_waste_test.moc"
