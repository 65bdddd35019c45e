// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/files_pane.h"

#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"
#include "ui/dialogs/choosers.h"
#include "ui/pages/images/image_source.h"
#include "ui/widgets/toggle_chip.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QListView>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace tally;
using namespace tally::ui;

class FilesPaneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void keepsItsPlaceAcrossLayers();
    void divesKeysWork();
    void attributeChangesHaveASwitchOfTheirOwn();
    void keysStayInTheirPane();
    void choosesColumns();
    void makesBigTreesAside();

private:
    QTemporaryDir m_folder;
    QSettings m_settings{m_folder.filePath(u"settings.ini"_qs), QSettings::IniFormat};
    Knowledge m_knowledge = test::builtInKnowledge();
    std::unique_ptr<Session> m_session;
    SystemFileChooser m_files;
    std::unique_ptr<ImageSource> m_source;
    std::unique_ptr<FilesPane> m_pane;
    QTreeView *m_tree = nullptr;
    QListView *m_layers = nullptr;
};

void FilesPaneTest::init()
{
    m_settings.clear();
    m_session = std::make_unique<Session>(m_knowledge);
    const AuditStatePtr state = test::sampleState();
    m_session->showState(state);
    m_source = std::make_unique<ImageSource>(*m_session, m_files);
    m_pane = std::make_unique<FilesPane>(*m_session, *m_source, m_settings);
    m_pane->retranslateUi();
    m_pane->setImage(state->images.front());
    m_pane->resize(1100, 600);
    m_pane->show();
    m_tree = m_pane->findChild<QTreeView *>(u"files"_qs);
    m_layers = m_pane->findChild<QListView *>(u"layers"_qs);
}

void FilesPaneTest::cleanup()
{
    m_pane.reset();
    m_source.reset();
    m_session.reset();
}

void FilesPaneTest::keepsItsPlaceAcrossLayers()
{
    FileTreeModel &files = m_pane->files();
    m_tree->collapseAll();
    m_tree->expand(files.indexOfPath(u"/etc"_qs));
    m_tree->setCurrentIndex(files.indexOfPath(u"/etc/passwd"_qs));
    m_pane->showLayer(0);
    QVERIFY(m_tree->isExpanded(files.indexOfPath(u"/etc"_qs)));
    QCOMPARE(files.path(m_tree->currentIndex()), std::string("/etc/passwd"));
    QCOMPARE(files.matches(), 3); // etc, motd, passwd
}

void FilesPaneTest::divesKeysWork()
{
    FileTreeModel &files = m_pane->files();
    m_pane->focusLayers();
    QTest::keyClick(m_layers, Qt::Key_A, Qt::ControlModifier); // the sum
    QCOMPARE(files.matches(), 5);
    QTest::keyClick(m_layers, Qt::Key_L, Qt::ControlModifier);
    QTest::keyClick(m_layers, Qt::Key_K);
    QCOMPARE(m_layers->currentIndex().row(), 0);
    QTest::keyClick(m_layers, Qt::Key_J);
    QCOMPARE(m_layers->currentIndex().row(), 1);

    m_tree->setCurrentIndex(files.indexOfPath(u"/etc"_qs));
    QVERIFY(m_tree->isExpanded(files.indexOfPath(u"/etc"_qs))); // two directories are laid open
    m_tree->setFocus();
    QTest::keyClick(m_tree, Qt::Key_D); // a page: the last row
    const QModelIndex last = m_tree->currentIndex();
    QVERIFY(!m_tree->indexBelow(last).isValid());
    QTest::keyClick(m_tree, Qt::Key_U);
    QVERIFY(!m_tree->indexAbove(m_tree->currentIndex()).isValid());
    QTest::keyClick(m_tree, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text().toStdString(), files.path(m_tree->currentIndex()));
    m_tree->setCurrentIndex(files.indexOfPath(u"/etc"_qs));
    QTest::keyClick(m_tree, Qt::Key_Space);
    QVERIFY(!m_tree->isExpanded(files.indexOfPath(u"/etc"_qs)));
    QTest::keyClick(m_tree, Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(!m_tree->isExpanded(files.indexOfPath(u"/srv"_qs)));

    QTest::keyClick(m_tree, Qt::Key_R, Qt::ControlModifier);
    QVERIFY(!files.indexOfPath(u"/etc/motd"_qs).isValid());
    QTest::keyClick(m_tree, Qt::Key_A, Qt::ControlModifier);
    QVERIFY(!files.indexOfPath(u"/srv/app"_qs).isValid());
    QTest::keyClick(m_tree, Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(files.rowCount(), 0);
    QTest::keyClick(m_tree, Qt::Key_Escape); // everything again
    QVERIFY(files.indexOfPath(u"/etc/motd"_qs).isValid());

    QCOMPARE(files.sortColumn(), int(FileTreeModel::SizeColumn));
    QTest::keyClick(m_tree, Qt::Key_O, Qt::ControlModifier);
    QCOMPARE(files.sortColumn(), int(FileTreeModel::NameColumn));

    QSignalSpy saved(m_pane.get(), &FilesPane::extractWanted);
    m_tree->setCurrentIndex(files.indexOfPath(u"/srv/app"_qs));
    QTest::keyClick(m_tree, Qt::Key_E, Qt::ControlModifier);
    QCOMPARE(saved.size(), 1);
    QCOMPARE(saved[0][0].value<std::string>(), std::string("/srv/app"));
    QCOMPARE(saved[0][1].toInt(), 1);
}

void FilesPaneTest::attributeChangesHaveASwitchOfTheirOwn()
{
    auto *chip = m_pane->findChild<ToggleChip *>(u"showAttributeChanges"_qs);
    chip->setChecked(false);
    const unsigned shown = m_pane->files().filter().changes;
    QVERIFY(!(shown & FileFilter::bit(Change::Attributes)));
    QVERIFY(shown & FileFilter::bit(Change::Changed));
    QTest::keyClick(m_tree, Qt::Key_M, Qt::ControlModifier); // dive's key knows no difference
    QVERIFY(!(m_pane->files().filter().changes & FileFilter::bit(Change::Changed)));
    QTest::keyClick(m_tree, Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(m_pane->files().filter(), FileFilter());
}

void FilesPaneTest::keysStayInTheirPane()
{
    m_pane->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    m_pane->focusLayers();
    QTest::keyClick(m_layers, Qt::Key_Tab);
    QCOMPARE(m_pane->focusWidget(), m_tree);
    QTest::keyClick(m_tree, Qt::Key_Tab);
    QCOMPARE(m_pane->focusWidget(), m_layers);
    m_pane->command(ImageCommand::NextPane);
    QCOMPARE(m_pane->focusWidget(), m_tree);
    m_pane->command(ImageCommand::PreviousPane);
    QCOMPARE(m_pane->focusWidget(), m_layers);
    m_pane->command(ImageCommand::Filter);
    QCOMPARE(m_pane->focusWidget(), m_pane->findChild<QLineEdit *>(u"fileFilter"_qs));
}

void FilesPaneTest::choosesColumns()
{
    QVERIFY(!m_tree->isColumnHidden(FileTreeModel::ModeColumn));
    QVERIFY(m_tree->isColumnHidden(FileTreeModel::ModifiedColumn));
    QTest::keyClick(m_tree, Qt::Key_B, Qt::ControlModifier);
    QVERIFY(m_tree->isColumnHidden(FileTreeModel::ModeColumn));
    QVERIFY(m_tree->isColumnHidden(FileTreeModel::OwnerColumn));
    FilesPane other(*m_session, *m_source, m_settings); // remembered
    QVERIFY(other.findChild<QTreeView *>(u"files"_qs)->isColumnHidden(FileTreeModel::ModeColumn));
}

void FilesPaneTest::makesBigTreesAside()
{
    auto image = std::make_shared<Image>();
    image->layers.resize(2);
    for (int i = 0; i < 6000; ++i) {
        FileEntry entry;
        entry.path = image->strings.intern("d" + std::to_string(i % 60) + "/f" + std::to_string(i));
        entry.size = static_cast<std::uint64_t>(i);
        image->layers[static_cast<std::size_t>(i % 2)].files.push_back(entry);
    }
    m_pane->setImage(image);
    QVERIFY(m_pane->showPath("/d2/f2")); // before its tree is there, in the other layer
    QTRY_VERIFY(!m_pane->isBusy());
    QTRY_COMPARE(m_pane->files().path(m_tree->currentIndex()), std::string("/d2/f2"));
}

TALLY_TEST(FilesPaneTest)
#include "files_pane_test.moc"
