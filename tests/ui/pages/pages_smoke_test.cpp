// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images_page.h"

#include "ui/dialogs/choosers.h"
#include "ui/pages/cluster/object_pane.h"
#include "ui/pages/cluster_page.h"
#include "ui/widgets/basics.h"

#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"

#include <QAbstractItemView>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace tally;
using namespace tally::ui;

class PagesSmokeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void imagesShowLayersAndFilter();
    void imagesGoToAFile();
    void clusterGoesToAFinding();
    void emptyStatesOfferTheWayOn();

private:
    QTemporaryDir m_folder;
    QSettings m_settings{m_folder.filePath(u"settings.ini"_qs), QSettings::IniFormat};
    SystemFileChooser m_files;
    Knowledge m_knowledge = test::builtInKnowledge();
};

void PagesSmokeTest::imagesShowLayersAndFilter()
{
    Session session(m_knowledge);
    session.showState(test::sampleState());
    ImagesPage page(session, m_files, m_settings);
    page.resize(1200, 700);
    page.show();
    QVERIFY(page.files().rowCount() > 0);
    page.findChild<QLineEdit *>(u"fileFilter"_qs)->setText(u"app"_qs);
    QCOMPARE(page.files().matches(), 1);
    for (int tab = ImagesPage::FilesTab; tab <= ImagesPage::CompareTab; ++tab) {
        page.showTab(tab);
        QVERIFY(!page.grab().isNull());
    }
}

void PagesSmokeTest::imagesGoToAFile()
{
    Session session(m_knowledge);
    session.showState(test::sampleState());
    ImagesPage page(session, m_files, m_settings);
    page.show();
    page.goTo({.page = PageId::Images, .image = u"shop/app:1"_qs, .file = u"/etc/motd"_qs, .layer = 1});
    const auto *files = page.findChild<QAbstractItemView *>(u"files"_qs);
    QCOMPARE(files->currentIndex().siblingAtColumn(FileTreeModel::NameColumn).data().toString(), u"motd"_qs);
}

void PagesSmokeTest::clusterGoesToAFinding()
{
    Session session(m_knowledge);
    session.showState(test::sampleState());
    ClusterPage page(session, m_settings);
    page.resize(1200, 700);
    page.show();
    page.goTo(
        {.page = PageId::Cluster, .finding = u"POD-PRIVILEGEDpaymentsapi"_qs, .object = u"Deployment/payments/api"_qs});
    YamlPane &yaml = page.objectPane().yaml();
    QCOMPARE(yaml.marks().size(), std::size_t(1));
    QCOMPARE(yaml.currentMark(), 0);
    const int line = yaml.marks().front().line;
    QVERIFY(yaml.toPlainText().split(u'\n').at(line).contains(u"privileged: true"));
    QVERIFY(yaml.numberOfLine(line) > line); // as in the file, not as in the view
    QVERIFY(!page.grab().isNull());
    page.showTab(ClusterPage::CompletenessTab);
    QVERIFY(!page.grab().isNull());
}

void PagesSmokeTest::emptyStatesOfferTheWayOn()
{
    Session session(m_knowledge);
    ImagesPage images(session, m_files, m_settings);
    ClusterPage cluster(session, m_settings);
    for (Page *page : std::initializer_list<Page *>{&images, &cluster}) {
        page->resize(800, 600);
        page->show();
        QVERIFY(!page->grab().isNull());
        QVERIFY(!page->title().isEmpty());
        page->offerSample(true);
        QVERIFY(page->findChild<LinkButton *>(u"openSampleLink"_qs)->isVisible());
    }
    session.newAudit({}, {});
    for (Page *page : std::initializer_list<Page *>{&images, &cluster})
        QVERIFY(!page->findChild<LinkButton *>(u"openSampleLink"_qs)->isVisible());
}

TALLY_TEST(PagesSmokeTest)
#include "pages_smoke_test.moc"
