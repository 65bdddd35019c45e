// SPDX-License-Identifier: Apache-2.0
#include "ui/models/file_tree_model.h"

#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace tally;
using namespace tally::ui;

Q_DECLARE_METATYPE(tally::ui::FileFilter)

class FileTreeModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheTree();
    void filtersWithWhatLiesAboveAndBelow();
    void findsPaths();
    void filtersByAttributes_data();
    void filtersByAttributes();
    void searchesExpressionsInBigTreesAside();
    void sortsSiblings();
    void holdsManyEntries();
    void writesModes();

private:
    static constexpr std::int32_t folders = 140;
    static constexpr std::int32_t files = 1000;

    static std::shared_ptr<const FileTree> manyEntries();
    static std::shared_ptr<const FileTree> tree(std::size_t layer)
    {
        return std::make_shared<const FileTree>(mergedTree(*test::sampleImage(), layer));
    }
};

void FileTreeModelTest::showsTheTree()
{
    const ImagePtr image = test::sampleImage();
    FileTreeModel model;
    const QAbstractItemModelTester tester(&model);
    model.setTree(image, std::make_shared<const FileTree>(mergedTree(*image, 1)));
    QCOMPARE(model.rowCount(), 2);
    const QModelIndex motd = model.indexOfPath(u"/etc/motd"_qs);
    QVERIFY(motd.isValid());
    QCOMPARE(static_cast<Change>(motd.data(FileTreeModel::ChangeRole).toInt()), Change::Removed);
    QCOMPARE(motd.parent(), model.indexOfPath(u"/etc"_qs));
    const QModelIndex app = model.indexOfPath(u"/srv/app"_qs);
    QCOMPARE(app.siblingAtColumn(FileTreeModel::ModeColumn).data().toString(), u"-rwsr-xr-x"_qs);
    QCOMPARE(app.siblingAtColumn(FileTreeModel::ChangeColumn).data().toString(), u"+"_qs);
}

void FileTreeModelTest::filtersWithWhatLiesAboveAndBelow()
{
    FileTreeModel model;
    const QAbstractItemModelTester tester(&model);
    model.setTree(test::sampleImage(), tree(1));
    model.setFilter({.text = u"PASS"_qs});
    QCOMPARE(model.matches(), 1);
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(model.indexOfPath(u"/etc/passwd"_qs).isValid());
    QVERIFY(!model.indexOfPath(u"/etc/motd"_qs).isValid());
    model.setFilter({.text = u"srv"_qs});
    QCOMPARE(model.matches(), 1);
    QVERIFY(model.indexOfPath(u"/srv/app"_qs).isValid());
    model.setFilter({.text = u"etc/pa"_qs});
    QCOMPARE(model.matches(), 1);
    QCOMPARE(model.matchIndexes(10).size(), std::size_t(1));
    model.setFilter({});
    QVERIFY(model.indexOfPath(u"/etc/motd"_qs).isValid());
}

void FileTreeModelTest::findsPaths()
{
    FileTreeModel model;
    model.setTree(test::sampleImage(), tree(1));
    QVERIFY(!model.indexOfPath(u"/nowhere/at/all"_qs).isValid());
    QVERIFY(!model.indexOfPath(QString()).isValid());
}

void FileTreeModelTest::filtersByAttributes_data()
{
    QTest::addColumn<FileFilter>("filter");
    QTest::addColumn<QStringList>("shown");
    QTest::addColumn<QStringList>("hidden");
    using Rights = FileFilter::Rights;
    const QString passwd = u"/etc/passwd"_qs;
    const QString motd = u"/etc/motd"_qs;
    const QString app = u"/srv/app"_qs;
    QTest::newRow("setuid") << FileFilter{.rights = Rights::SetId} << QStringList{app} << QStringList{passwd, motd};
    QTest::newRow("executable") << FileFilter{.rights = Rights::Executable} << QStringList{app} << QStringList{passwd};
    QTest::newRow("nothing is writable for everybody")
        << FileFilter{.rights = Rights::WorldWritable} << QStringList{} << QStringList{app, passwd, motd};
    QTest::newRow("size") << FileFilter{.minBytes = 105} << QStringList{passwd, motd} << QStringList{app};
    QTest::newRow("owner") << FileFilter{.uid = 1000} << QStringList{} << QStringList{app, passwd, motd};
    QTest::newRow("files only") << FileFilter{.types = FileFilter::bit(EntryType::File)} << QStringList{app, passwd}
                                << QStringList{};
    QTest::newRow("removed only") << FileFilter{.changes = FileFilter::bit(Change::Removed)} << QStringList{motd}
                                  << QStringList{app, passwd};
    QTest::newRow("text and attribute") << FileFilter{.text = u"etc"_qs, .minBytes = 150} << QStringList{motd}
                                        << QStringList{passwd, app};
    QTest::newRow("expression on the path")
        << FileFilter{.text = u"^/etc/.*d$"_qs, .regular = true} << QStringList{passwd, motd} << QStringList{app};
    QTest::newRow("path from the root") << FileFilter{.text = u"/srv/a"_qs} << QStringList{app} << QStringList{passwd};
    QTest::newRow("half a directory is none")
        << FileFilter{.text = u"tc/mo"_qs} << QStringList{motd} << QStringList{passwd};
    QTest::newRow("broken expression") << FileFilter{.text = u"("_qs, .regular = true} << QStringList{}
                                       << QStringList{passwd, motd, app};
}

void FileTreeModelTest::filtersByAttributes()
{
    QFETCH(FileFilter, filter);
    QFETCH(QStringList, shown);
    QFETCH(QStringList, hidden);
    FileTreeModel model;
    const QAbstractItemModelTester tester(&model);
    model.setTree(test::sampleImage(), tree(1));
    model.setFilter(filter);
    for (const QString &path : shown)
        QVERIFY2(model.indexOfPath(path).isValid(), qPrintable(path));
    for (const QString &path : hidden)
        QVERIFY2(!model.indexOfPath(path).isValid(), qPrintable(path));
}

void FileTreeModelTest::searchesExpressionsInBigTreesAside()
{
    FileTreeModel model;
    model.setTree(nullptr, manyEntries());
    QSignalSpy applied(&model, &FileTreeModel::filterApplied);
    model.setFilter({.text = u"d13[0-9]/file7$"_qs, .regular = true});
    QVERIFY(model.isFiltering());
    model.setFilter({.text = u"d13[0-9]/file8$"_qs, .regular = true}); // before the first one is found
    QTRY_COMPARE(applied.size(), 1);
    QVERIFY(!model.isFiltering());
    QCOMPARE(model.matches(), 10);
    QVERIFY(model.indexOfPath(u"/d137/file8"_qs).isValid());
    QVERIFY(!model.indexOfPath(u"/d137/file7"_qs).isValid());
}

void FileTreeModelTest::sortsSiblings()
{
    FileTreeModel model;
    const QAbstractItemModelTester tester(&model);
    model.setTree(test::sampleImage(), tree(0));
    const QModelIndex etc = model.indexOfPath(u"/etc"_qs);
    const QPersistentModelIndex motd = model.indexOfPath(u"/etc/motd"_qs);
    QCOMPARE(motd.row(), 0); // by name
    model.sort(FileTreeModel::SizeColumn, Qt::AscendingOrder);
    QCOMPARE(motd.row(), 1);
    QCOMPARE(model.path(motd), std::string("/etc/motd"));
    model.sort(FileTreeModel::SizeColumn, Qt::DescendingOrder);
    QCOMPARE(motd.row(), 0);
    QCOMPARE(model.index(1, FileTreeModel::NameColumn, etc).data().toString(), u"passwd"_qs);
}

std::shared_ptr<const FileTree> FileTreeModelTest::manyEntries()
{
    auto made = std::make_shared<FileTree>();
    made->nodes.resize(1);
    std::int32_t folderBefore = -1;
    for (std::int32_t f = 0; f < folders; ++f) {
        const auto folder = static_cast<std::int32_t>(made->nodes.size());
        FileNode node;
        node.name = made->names.intern("d" + std::to_string(f));
        node.parent = 0;
        made->nodes.push_back(node);
        (folderBefore < 0 ? made->nodes[0].firstChild : made->nodes[static_cast<std::size_t>(folderBefore)].nextSibling)
            = folder;
        folderBefore = folder;
        for (std::int32_t i = 0; i < files; ++i) {
            FileNode file;
            file.name = made->names.intern("file" + std::to_string(i));
            file.parent = folder;
            file.type = EntryType::File;
            file.nextSibling = i + 1 < files ? folder + i + 2 : -1;
            made->nodes.push_back(file);
        }
        made->nodes[static_cast<std::size_t>(folder)].firstChild = folder + 1;
    }
    return made;
}

void FileTreeModelTest::holdsManyEntries()
{
    FileTreeModel model;
    model.setTree(nullptr, manyEntries());
    QCOMPARE(model.matches(), folders * (files + 1));
    QCOMPARE(model.rowCount(model.index(folders - 1, 0)), files);
    model.setFilter({.text = u"file99"_qs}); // file99, file990 ... file999
    QCOMPARE(model.matches(), folders * 11);
    QCOMPARE(model.rowCount(model.index(0, 0)), 11);
}

void FileTreeModelTest::writesModes()
{
    QCOMPARE(modeText(EntryType::File, 0644), u"-rw-r--r--"_qs);
    QCOMPARE(modeText(EntryType::Directory, 01777), u"drwxrwxrwt"_qs);
    QCOMPARE(modeText(EntryType::File, 02640), u"-rw-r-S---"_qs);
}

TALLY_TEST(FileTreeModelTest)
#include "file_tree_model_test.moc"
