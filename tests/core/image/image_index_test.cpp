// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_index.h"

#include "core/image/file_history.h"
#include "core/image/file_query.h"
#include "core/image/image_snapshot.h"
#include "core/image/image_space.h"

#include "tests/core/image/image_builder.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <functional>
#include <numeric>

using namespace tally;
using tally::test::imageOf;
using tally::test::TarBuilder;

/// What changed, searches, histories, space.
class ImageIndexTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void attributesAreToldApart();
    void historyOfAPath();
    void historyKnowsWhatHid();
    void duplicatesAreVersions();
    void directoryReplacedByAFileAndBack();
    void nodesKeepTheirNumbers();
    void filters_data();
    void filters();
    void allLayersHoldDeletedFiles();
    void wasteNamesBothInstructions();
    void wasteAddsUp();
    void space();
    void snapshotKeepsAttributes();
};

namespace {

nlohmann::json history(const std::vector<std::string> &commands)
{
    nlohmann::json config;
    for (const std::string &command : commands) {
        nlohmann::json entry{{"created_by", command}, {"created", "2026-01-02T03:04:05Z"}};
        if (command.find("#(nop)") != std::string::npos && command.find("ADD") == std::string::npos)
            entry["empty_layer"] = true;
        config["history"].push_back(entry);
    }
    return config;
}

/// Four layers with everything that can happen to a path.
ImagePtr sample()
{
    TarBuilder first;
    first.folder("etc").file("etc/motd", "hello").file("etc/shadow", "root:*:", 0640).folder("usr/bin");
    first.pax("SCHILY.xattr.user.note", "one").file("usr/bin/tool", "binary", 0755).file("usr/bin/su", "su", 04755);
    first.folder("cache").file("cache/a", std::string(1000, 'a')).file("cache/b", std::string(500, 'b'));
    TarBuilder second;
    second.file("etc/motd", "hello!").file("etc/shadow", "root:*:", 0600);
    second.pax("SCHILY.xattr.user.note", "two").file("usr/bin/tool", "binary", 0755).file(".wh.cache", "");
    TarBuilder third;
    third.file("etc/.wh.motd", "").folder("usr/bin").file("usr/bin/.wh..wh..opq", "").file("usr/bin/new", "n", 0777);
    TarBuilder fourth;
    fourth.file("etc/motd", "hello!").symlink("usr/bin/link", "new");
    return imageOf({first.bytes(), second.bytes(), third.bytes(), fourth.bytes()},
        history({"/bin/sh -c #(nop) ADD file:1 in / ", "/bin/sh -c change", "/bin/sh -c #(nop)  CMD [\"sh\"]",
            "/bin/sh -c clean", "/bin/sh -c #(nop) ADD file:2 in /etc"}));
}

std::string described(const std::vector<FileVersion> &versions)
{
    std::string text;
    for (const FileVersion &version : versions) {
        text += std::to_string(version.layer) + "=+*-~"[static_cast<std::size_t>(version.change)]
            + (version.entry ? std::to_string(version.entry->size) : std::string("none"));
        text += version.duplicate ? " duplicate" : "";
        text += version.visible ? " visible" : "";
        if (version.hides != HiddenCause::None)
            text += " " + std::string(hiddenCauseName(version.hides)) + " by " + version.hiddenBy;
        if (version.sameContent)
            text += *version.sameContent ? " same" : " other";
        text += "\n";
    }
    return text;
}

QStringList paths(const ImageIndex &index, const std::vector<FileHit> &hits)
{
    QStringList list;
    for (const FileHit &hit : hits)
        list << QString::fromStdString(index.path(hit.node)) + u'@' + QString::number(hit.layer)
                + (hit.visible ? QString() : QStringLiteral(" hidden"));
    return list;
}

} // namespace

void ImageIndexTest::attributesAreToldApart()
{
    const ImagePtr image = sample();
    QVERIFY(image);
    const Layer &second = image->layers[1];
    QCOMPARE(second.files[0].change, Change::Changed);
    QCOMPARE(second.files[1].change, Change::Attributes); // mode
    QCOMPARE(second.files[2].change, Change::Attributes); // extended attribute
    QCOMPARE(second.changed, 3U);
    QCOMPARE(second.attributesChanged, 2U);
    const auto attributes = attributesOf(second, 2);
    QCOMPARE(attributes.size(), std::size_t{1});
    QCOMPARE(image->strings.view(attributes[0].name), std::string_view("user.note"));
    QCOMPARE(image->strings.view(attributes[0].value), std::string_view("two"));
    const FileTree tree = mergedTree(*image, 1);
    for (const FileNode &node : tree.nodes) {
        if (tree.names.view(node.name) == "shadow")
            QCOMPARE(node.change, Change::Attributes);
    }
}

void ImageIndexTest::historyOfAPath()
{
    const ImagePtr image = sample();
    const ImageIndexPtr index = ImageIndex::make(image);
    const auto versions = fileHistory(*index, "/etc/motd");
    QCOMPARE(described(versions),
        std::string("0+5\n1*6 overwritten by /etc/motd other\n2-none removed by /etc/.wh.motd\n3+6 visible\n"));
    QCOMPARE(versions[1].instruction, std::string("change"));
    QCOMPARE(versions[1].history, 1);
    QCOMPARE(versions[2].history, 3); // the empty entry in between made no layer
    const auto shadow = fileHistory(*index, "etc/shadow");
    QCOMPARE(described(shadow), std::string("0+7\n1~7 visible attributes by /etc/shadow same\n"));
    QCOMPARE(shadow[0].entry->mode, std::uint16_t{0640});
    QCOMPARE(shadow[1].entry->mode, std::uint16_t{0600});
    const auto tool = fileHistory(*index, "/usr/bin/tool");
    QCOMPARE(tool[0].attributes, (std::vector<std::pair<std::string, std::string>>{{"user.note", "one"}}));
    QVERIFY(fileHistory(*index, "/none").empty());
    QCOMPARE(fileHistory(*index, "/usr/bin/link")[0].link, std::string("new"));
}

void ImageIndexTest::historyKnowsWhatHid()
{
    const ImageIndexPtr index = ImageIndex::make(sample());
    QCOMPARE(described(fileHistory(*index, "/cache/a")), std::string("0+1000\n1-none removed by /.wh.cache\n"));
    QCOMPARE(
        described(fileHistory(*index, "/usr/bin/su")), std::string("0+2\n2-none opaque by /usr/bin/.wh..wh..opq\n"));
}

void ImageIndexTest::duplicatesAreVersions()
{
    const ImagePtr image = imageOf({TarBuilder().file("a", "1").file("a", "22").bytes()});
    const ImageIndexPtr index = ImageIndex::make(image);
    QCOMPARE(described(fileHistory(*index, "a")), std::string("0+1 duplicate\n0+2 visible\n"));
    const auto waste = wasteItems(*index);
    QCOMPARE(waste.size(), std::size_t{1});
    QCOMPARE(waste[0].hidingLayer, 0);
    QCOMPARE(waste[0].hiddenBy, std::string("/a"));
}

void ImageIndexTest::directoryReplacedByAFileAndBack()
{
    const ImagePtr image = imageOf({TarBuilder().folder("a").file("a/f", "12345").bytes(),
        TarBuilder().file("a", "x").bytes(), TarBuilder().file("a/g", "y").bytes()});
    const ImageIndexPtr index = ImageIndex::make(image);
    QCOMPARE(described(fileHistory(*index, "/a/f")), std::string("0+5\n1-none overwritten by /a\n"));
    QCOMPARE(described(fileHistory(*index, "/a")),
        std::string("0+0\n1*1 overwritten by /a\n2*none visible overwritten by /a/g\n"));
    // A file that comes and goes within its layer was never there.
    const ImagePtr brief = imageOf({TarBuilder().file("a/f", "12345").file("a", "x").bytes()});
    const ImageIndexPtr briefIndex = ImageIndex::make(brief);
    QVERIFY(fileHistory(*briefIndex, "/a/f").empty());
    QCOMPARE(brief->shadowedBytes, std::uint64_t{5});
    QCOMPARE(searchFiles(*briefIndex, {.text = "f"})->size(), std::size_t{1});
}

void ImageIndexTest::nodesKeepTheirNumbers()
{
    const ImagePtr image = sample();
    const ImageIndexPtr index = ImageIndex::make(image);
    for (std::size_t layer = 0; layer < image->layers.size(); ++layer) {
        for (const FileTree &tree : {layerTree(*index, layer), mergedTree(*index, layer)}) {
            for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
                QCOMPARE(tree.path(i), index->path(tree.nodes[i].path));
                QCOMPARE(index->find(tree.path(i)), tree.nodes[i].path);
                QVERIFY(i == 0 || tree.nodes[i].parent < static_cast<std::int32_t>(i));
            }
        }
    }
    QCOMPARE(index->find("//usr/./bin/"), index->find("/usr/bin"));
    QCOMPARE(index->find("/usr/bin/nothing"), ImageIndex::none);
}

void ImageIndexTest::filters_data()
{
    QTest::addColumn<std::function<FileQuery()>>("query");
    QTest::addColumn<QStringList>("found");
    const auto row = [](const char *name, const std::function<FileQuery()> &query, const QStringList &found) {
        QTest::newRow(name) << query << found;
    };
    row("name", [] { return FileQuery{.text = "MOT"}; }, {"/etc/motd@0 hidden", "/etc/motd@1 hidden", "/etc/motd@3"});
    row("name with case", [] { return FileQuery{.text = "MOT", .caseSensitive = true}; }, {});
    row("part of the path", [] { return FileQuery{.text = "bin/n"}; }, {"/usr/bin/new@2"});
    row("predicate", [] { return FileQuery{.matches = [](std::string_view path) { return path.ends_with("/a"); }}; },
        {"/cache/a@0 hidden"});
    row("size", [] { return FileQuery{.minBytes = 500, .maxBytes = 999}; }, {"/cache/b@0 hidden"});
    row("setuid", [] { return FileQuery{.anyMode = 06000}; }, {"/usr/bin/su@0 hidden"});
    row("writable for everybody, links not", [] { return FileQuery{.anyMode = 0002}; }, {"/usr/bin/new@2"});
    row("all bits", [] { return FileQuery{.allModes = 0111, .types = FileQuery::typeBit(EntryType::File)}; },
        {"/usr/bin/new@2", "/usr/bin/su@0 hidden", "/usr/bin/tool@0 hidden", "/usr/bin/tool@1 hidden"});
    row("type", [] { return FileQuery{.types = FileQuery::typeBit(EntryType::Symlink)}; }, {"/usr/bin/link@3"});
    row("attributes only", [] { return FileQuery{.changes = FileQuery::changeBit(Change::Attributes)}; },
        {"/etc/shadow@1", "/usr/bin/tool@1 hidden"});
    row("deleted or replaced",
        [] { return FileQuery{.text = "motd", .changes = FileQuery::changeBit(Change::Removed)}; },
        {"/etc/motd@0 hidden", "/etc/motd@1 hidden"});
    row("only hidden", [] { return FileQuery{.text = "motd", .onlyHidden = true}; },
        {"/etc/motd@0 hidden", "/etc/motd@1 hidden"});
    row("extended attributes", [] { return FileQuery{.withAttributes = true}; },
        {"/usr/bin/tool@0 hidden", "/usr/bin/tool@1 hidden"});
    row("owner", [] { return FileQuery{.uid = 1}; }, {});
}

void ImageIndexTest::filters()
{
    QFETCH(std::function<FileQuery()>, query);
    QFETCH(QStringList, found);
    const ImageIndexPtr index = ImageIndex::make(sample());
    const auto hits = searchFiles(*index, query());
    QVERIFY(hits);
    QCOMPARE(paths(*index, *hits), found);
    // In the view of the last layer the visible ones of these match, and nothing else.
    FileQuery inView = query();
    if (inView.changes != 0 || inView.onlyHidden)
        return; // seen from the last layer
    const FileTree tree = mergedTree(*index, 3);
    const std::vector<char> matched = matchNodes(*index, tree, inView);
    QStringList shown;
    for (std::size_t i = 0; i < matched.size(); ++i) {
        if (matched[i] != 0 && tree.nodes[i].change != Change::Removed)
            shown << QString::fromStdString(tree.path(i)) + u'@' + QString::number(tree.nodes[i].layer);
    }
    found.removeIf([](const QString &path) { return path.endsWith(QLatin1String("hidden")); });
    QCOMPARE(shown, found);
}

void ImageIndexTest::allLayersHoldDeletedFiles()
{
    const ImagePtr image = sample();
    const ImageIndexPtr index = ImageIndex::make(image);
    const auto all = searchFiles(*index, {});
    QVERIFY(all);
    std::size_t entries = 0;
    for (const Layer &layer : image->layers)
        entries += static_cast<std::size_t>(std::ranges::count_if(layer.files, [](const FileEntry &entry) {
            return entry.type != EntryType::Whiteout && entry.type != EntryType::OpaqueWhiteout;
        }));
    QCOMPARE(all->size(), entries);
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(searchFiles(*index, {}, RunContext(stop.get_token())).error().kind, ErrorKind::Cancelled);
}

void ImageIndexTest::wasteNamesBothInstructions()
{
    const ImageIndexPtr index = ImageIndex::make(sample());
    const auto items = wasteItems(*index);
    QVERIFY(!items.empty());
    QCOMPARE(items[0].path, std::string("/cache/a"));
    QCOMPARE(items[0].bytes, std::uint64_t{1000});
    QCOMPARE(items[0].madeBy, 0);
    QCOMPARE(items[0].hidingLayer, 1);
    QCOMPARE(items[0].hiddenByHistory, 1);
    QCOMPARE(items[0].hiddenBy, std::string("/.wh.cache"));
    QCOMPARE(items[0].node, index->find("/cache/a"));
    const auto instructions = wasteByInstruction(items);
    QCOMPARE(instructions[0].hidingLayer, 1);
    QCOMPARE(instructions[0].removedBytes, std::uint64_t{1500});
    QCOMPARE(instructions[0].attributesBytes, std::uint64_t{7 + 6}); // shadow, tool
    QCOMPARE(instructions[0].overwrittenBytes, std::uint64_t{5});
    const auto byPath = wasteByPath(items);
    const auto motd = std::ranges::find(byPath, "/etc/motd", &WasteOfPath::path);
    QVERIFY(motd != byPath.end());
    QCOMPARE(motd->copies, 2U);
}

void ImageIndexTest::wasteAddsUp()
{
    const ImagePtr image = sample();
    const ImageIndexPtr index = ImageIndex::make(image);
    std::uint64_t sum = 0;
    for (const WasteItem &item : wasteItems(*index))
        sum += item.bytes;
    QCOMPARE(sum, image->shadowedBytes);
    const SpaceUse use = spaceUse(*index);
    QCOMPARE(use.hidden[0], image->shadowedBytes);
    QCOMPARE(use.visible[0], image->mergedBytes);
}

void ImageIndexTest::space()
{
    const ImageIndexPtr index = ImageIndex::make(sample());
    const SpaceUse use = spaceUse(*index);
    QCOMPARE(use.hidden[index->find("/cache")], std::uint64_t{1500});
    QCOMPARE(use.files[index->find("/cache")], 2U);
    const auto files = largestNodes(*index, use, 2, false);
    QCOMPARE(index->path(files[0]), std::string("/cache/a"));
    QCOMPARE(index->path(files[1]), std::string("/cache/b"));
    QCOMPARE(index->path(largestNodes(*index, use, 1, true)[0]), std::string("/cache"));
    const SpaceUse last = spaceUse(*index, 3);
    QCOMPARE(last.bytes(0), std::uint64_t{6});
}

void ImageIndexTest::snapshotKeepsAttributes()
{
    const ImagePtr image = sample();
    const ImagePtr again = unpackImage(packImage(*image));
    QVERIFY(again);
    QCOMPARE(again->layers[1].attributesChanged, 2U);
    QCOMPARE(again->layers[1].attributes, image->layers[1].attributes);
    const ImageIndexPtr before = ImageIndex::make(image);
    const ImageIndexPtr after = ImageIndex::make(again);
    for (std::uint32_t node = 0; node < before->size(); ++node) {
        const auto a = before->events(node);
        const auto b = after->events(node);
        QCOMPARE(a.size(), b.size());
        for (std::size_t i = 0; i < a.size(); ++i) {
            QCOMPARE(a[i].change, b[i].change);
            QCOMPARE(a[i].cause, b[i].cause);
            QCOMPARE(a[i].entry, b[i].entry);
        }
    }
    const auto shadow = fileHistory(*after, "/etc/shadow");
    QCOMPARE(shadow[1].sameContent, std::optional(true));
}

TALLY_TEST(ImageIndexTest)
#include "image_index_test.moc"
