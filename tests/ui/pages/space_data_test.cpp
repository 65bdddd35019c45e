// SPDX-License-Identifier: Apache-2.0
#include "ui/models/space_data.h"

#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"
#include "ui/widgets/treemap_view.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace tally;
using namespace tally::ui;

class SpaceDataTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sumsUpWhatIsVisible();
    void cellsFillTheAreaByTheirWeight();
    void smallOnesAreOneCell();
    void keysWalkThroughTheMap();
    void screenReadersFindTheCells();
};

namespace {

std::shared_ptr<FileTree> flatTree(const std::vector<std::uint64_t> &sizes)
{
    auto tree = std::make_shared<FileTree>();
    tree->nodes.resize(1);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        FileNode node;
        node.name = tree->names.intern("f" + std::to_string(i));
        node.parent = 0;
        node.type = EntryType::File;
        node.totalBytes = sizes[i];
        node.nextSibling = i + 1 < sizes.size() ? static_cast<std::int32_t>(i + 2) : -1;
        tree->nodes.push_back(node);
    }
    tree->nodes[0].firstChild = 1;
    return tree;
}

} // namespace

void SpaceDataTest::sumsUpWhatIsVisible()
{
    const SpaceDataPtr data = makeSpaceData(test::sampleImage());
    QCOMPARE(data->bytes[0], std::uint64_t(150)); // passwd of the upper layer and app; motd is removed
    QCOMPARE(data->count[0], std::uint64_t(2));
    QCOMPARE(data->largestFiles.size(), std::size_t(2));
    QCOMPARE(data->tree->path(data->largestFiles[0]), std::string("/etc/passwd"));
    QCOMPARE(data->tree->path(data->largestDirectories[0]), std::string("/etc"));
}

void SpaceDataTest::cellsFillTheAreaByTheirWeight()
{
    const std::vector<std::uint64_t> sizes = {600, 100, 200, 100};
    const auto tree = flatTree(sizes);
    std::vector<std::uint64_t> weights = {1000};
    weights.insert(weights.end(), sizes.begin(), sizes.end());
    const QRectF area(10, 20, 500, 400);
    const auto cells = layOutTreemap(*tree, weights, 0, area);
    QCOMPARE(cells.size(), std::size_t(4));
    for (const TreemapCell &cell : cells) {
        QVERIFY(area.contains(cell.rect));
        const QRectF whole = cell.rect.adjusted(0, 0, 2, 2); // with the gap
        const double wanted = 500.0 * 400 * static_cast<double>(weights[static_cast<std::size_t>(cell.node)]) / 1000;
        QVERIFY(std::abs(whole.width() * whole.height() - wanted) < 1);
        for (const TreemapCell &other : cells)
            QVERIFY(cell.node == other.node || !cell.rect.intersects(other.rect));
    }
    QCOMPARE(cells[0].node, 1); // the largest comes first
}

void SpaceDataTest::smallOnesAreOneCell()
{
    std::vector<std::uint64_t> sizes(1000, 1);
    sizes[0] = 1'000'000;
    const auto tree = flatTree(sizes);
    std::vector<std::uint64_t> weights = {1'000'999};
    weights.insert(weights.end(), sizes.begin(), sizes.end());
    const auto cells = layOutTreemap(*tree, weights, 0, QRectF(0, 0, 300, 300));
    QCOMPARE(cells.front().node, 1);
    QVERIFY(cells.size() <= 2); // the rest may be too thin to be seen
    QVERIFY(layOutTreemap(*tree, weights, 0, QRectF()).empty());
    QVERIFY(layOutTreemap(*tree, std::vector<std::uint64_t>(weights.size(), 0), 0, QRectF(0, 0, 300, 300)).empty());
}

void SpaceDataTest::keysWalkThroughTheMap()
{
    TreemapView map;
    map.resize(600, 400);
    map.setData(makeSpaceData(test::sampleImage()));
    map.show();
    map.setFocus();
    QVERIFY(!map.cells().empty());
    map.setCurrent(0);
    const auto folder = map.cells()[0].node;
    QSignalSpy root(&map, &TreemapView::rootChanged);
    QTest::keyClick(&map, Qt::Key_Return);
    QCOMPARE(root.size(), 1);
    QCOMPARE(map.root(), folder);
    QSignalSpy activated(&map, &TreemapView::activated);
    QTest::keyClick(&map, Qt::Key_Right); // nothing is current in a new root: the first one
    QTest::keyClick(&map, Qt::Key_Return);
    QCOMPARE(activated.size(), 1);
    QTest::keyClick(&map, Qt::Key_Backspace);
    QCOMPARE(map.root(), 0);
}

void SpaceDataTest::screenReadersFindTheCells()
{
    TreemapView map;
    map.resize(600, 400);
    map.setData(makeSpaceData(test::sampleImage()));
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&map);
    QVERIFY(list);
    QCOMPARE(list->role(), QAccessible::List);
    QCOMPARE(list->childCount(), static_cast<int>(map.cells().size()));
    QVERIFY(list->child(0)->text(QAccessible::Name).startsWith(u"/etc"_qs));
    QCOMPARE(list->child(0)->parent(), list);
    QAccessibleInterface *cell = list->child(list->childCount() - 1);
    map.setData(nullptr);
    QVERIFY(!cell->isValid()); // what a reader still holds says so
}

TALLY_TEST(SpaceDataTest)
#include "space_data_test.moc"
