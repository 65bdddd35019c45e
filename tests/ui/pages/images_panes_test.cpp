// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_workbench.h"
#include "ui/pages/images_page.h"

#include "core/image/image_snapshot.h"

#include "tests/core/image/image_builder.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"
#include "ui/dialogs/choosers.h"
#include "ui/pages/images/build_pane.h"
#include "ui/pages/images/compare_pane.h"
#include "ui/pages/images/file_digests.h"
#include "ui/pages/images/file_saver.h"
#include "ui/pages/images/file_view.h"
#include "ui/pages/images/files_pane.h"
#include "ui/pages/images/image_source.h"
#include "ui/pages/images/search_pane.h"
#include "ui/pages/images/waste_pane.h"
#include "ui/pages/sources_page.h"
#include "ui/pages/table_pane.h"
#include "ui/widgets/banner.h"

#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace tally;
using namespace tally::ui;

namespace {

/// Answers as if a person had chosen.
class FixedChooser final : public FileChooser
{
public:
    QString answer;

    void openFiles(QWidget *, const QString &, const QStringList &, Chosen chosen) override { reply(chosen); }
    void openFolder(QWidget *, const QString &, Chosen chosen) override { reply(chosen); }
    void saveFile(
        QWidget *, const QString &, const QString &, const QStringList &, const QString &, Chosen chosen) override
    {
        reply(chosen);
    }

private:
    void reply(const Chosen &chosen) const
    {
        if (!answer.isEmpty())
            chosen({answer});
    }
};

int rowsOf(const QWidget &pane)
{
    return pane.findChild<QTableView *>()->model()->rowCount();
}

} // namespace

class ImagesPanesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wrongDigestsAreShouted();
    void saysOnWhatAnImageIsBuilt();
    void comparesTwoImages();
    void readsAgainWhatAComparisonNeeds();
    void showsTheDigestsOfAChange();
    void saysThatASourceIsGoneWhereADigestIsWanted();
    void saysWhenDigestsWereComputed();
    void asksWhereTheSourceIs();
    void readsSearchesAndSavesARealFile();

private:
    QTemporaryDir m_folder;
    QSettings m_settings{m_folder.filePath(u"settings.ini"_qs), QSettings::IniFormat};
    FixedChooser m_files;
    Knowledge m_knowledge = test::builtInKnowledge();
};

void ImagesPanesTest::wrongDigestsAreShouted()
{
    Session session(m_knowledge);
    session.showState(test::sampleState()); // one verdict is wrong
    ImagesPage page(session, m_files, m_settings);
    page.resize(1200, 700);
    page.show();
    auto *banner = page.findChild<Banner *>();
    QVERIFY(banner->isVisible());
    QVERIFY(!banner->accessibleName().isEmpty());

    auto whole = std::make_shared<AuditState>();
    auto image = std::make_shared<Image>();
    image->layers.resize(1);
    image->verdicts.push_back({"layer", "digest", VerdictState::Verified, {}});
    whole->images = {image};
    session.showState(whole);
    QVERIFY(!banner->isVisible());
}

void ImagesPanesTest::saysOnWhatAnImageIsBuilt()
{
    QVERIFY(BuildPane::baseText({}).isEmpty());
    BaseImage base;
    base.name = "debian:12";
    base.layers = 1;
    base.certainty = Certainty::Certain;
    const QString certain = BuildPane::baseText(base);
    QVERIFY(certain.contains(u"debian:12"));
    base.certainty = Certainty::Probable;
    QVERIFY(BuildPane::baseText(base) != certain);
}

void ImagesPanesTest::comparesTwoImages()
{
    Session session(m_knowledge);
    auto older = std::make_shared<Image>();
    older->names = {"shop/app:0"};
    older->layers.resize(1);
    ImageSource source(session, m_files);
    ComparePane pane(session, source, m_files);
    pane.retranslateUi();
    pane.setImages({older, test::sampleImage()}, 1);
    pane.show();
    QTRY_VERIFY(!pane.isBusy());
    QVERIFY(rowsOf(pane) >= 3); // /etc, /etc/passwd, /srv/app ... are new
}

/// Neither the cache nor an audit keeps what tells contents of equal size apart.
void ImagesPanesTest::readsAgainWhatAComparisonNeeds()
{
    const auto write = [this](const QString &name, const std::string &content) {
        const test::DockerArchive archive{
            {test::TarBuilder().file("etc/motd", content).bytes()}, nlohmann::json::object()};
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(archive.bytes()));
    };
    write(u"old.tar"_qs, "hello");
    write(u"new.tar"_qs, "world");
    auto audit = Audit::createInMemory({});
    QVERIFY(audit);
    for (const QString &name : {u"old.tar"_qs, u"new.tar"_qs}) {
        OpenOptions options;
        options.sourceIndex = static_cast<int>(audit->state()->sources.size());
        auto opened = tally::open(m_folder.filePath(name).toStdU16String(), options);
        QVERIFY(opened);
        auto &image = std::get<ImagePtr>(opened->things.at(0));
        image = unpackImage(packImage(*image)); // as out of the cache
        QVERIFY(audit->addSource(*opened));
    }
    Session session(m_knowledge);
    session.showState(audit->state());
    ImageSource source(session, m_files);
    ComparePane pane(session, source, m_files);
    pane.show();
    pane.setImages(session.state()->images, 1);
    QTRY_VERIFY(!pane.isBusy() && pane.findChild<QTableView *>()->isVisible());
    QCOMPARE(rowsOf(pane), 1);
    const QAbstractItemModel &table = *pane.findChild<QTableView *>()->model();
    const QString before = table.index(0, 2).data().toString();
    const QString after = table.index(0, 3).data().toString();
    QVERIFY2(before.contains(toQString(sha256Hex("hello")).left(12)), qPrintable(before));
    QVERIFY2(after.contains(toQString(sha256Hex("world")).left(12)), qPrintable(after));
    QVERIFY(table.index(0, 3).data(SimpleTableModel::WholeRole).toString().contains(toQString(sha256Hex("world"))));
}

void ImagesPanesTest::showsTheDigestsOfAChange()
{
    const test::DockerArchive archive{{test::TarBuilder().file("etc/motd", "hello").file("etc/other", "same").bytes(),
                                          test::TarBuilder().file("etc/motd", "world").bytes()},
        nlohmann::json::object()};
    const QString path = m_folder.filePath(u"changed.tar"_qs);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(archive.bytes()));
    file.close();
    auto opened = open(path.toStdU16String(), {});
    QVERIFY(opened);
    auto state = std::make_shared<AuditState>();
    state->sources = {opened->source};
    state->images = {std::get<ImagePtr>(opened->things.front())};
    Session session(m_knowledge);
    session.showState(state);
    ImageSource source(session, m_files);
    FilesPane pane(session, source, m_settings);
    pane.resize(1100, 700);
    pane.show();
    pane.setImage(state->images.front());
    QTRY_VERIFY(pane.files().tree());
    QVERIFY(pane.showPath("/etc/motd"));
    const auto digests = [&pane] {
        QStringList shown;
        for (const QLabel *label : pane.findChildren<QLabel *>(u"digest"_qs))
            shown.append(label->text());
        return shown;
    };
    const QStringList both{toQString(sha256Hex("hello")), toQString(sha256Hex("world"))};
    QTRY_COMPARE(digests(), both);
    QVERIFY(pane.showPath("/etc/other")); // nothing changed there: on demand
    QTRY_VERIFY(pane.findChild<QAbstractButton *>(u"computeDigest"_qs));
    pane.findChild<QAbstractButton *>(u"computeDigest"_qs)->click();
    QTRY_COMPARE(digests(), QStringList{toQString(sha256Hex("same"))});
}

void ImagesPanesTest::saysThatASourceIsGoneWhereADigestIsWanted()
{
    auto state = std::make_shared<AuditState>();
    Source lost;
    lost.path = "/nowhere/lost.tar";
    lost.name = "lost.tar";
    state->sources = {lost};
    auto image = std::make_shared<Image>();
    image->source = 0;
    image->layers.resize(1);
    state->images = {image};
    Session session(m_knowledge);
    session.showState(state);
    ImageSource source(session, m_files);
    FileDigests digests(session, source);
    const DigestLines lines(digests, image, {{u"SHA-256"_qs, {0, 0}}}, false, 100);
    QTRY_COMPARE(digests.state(image, {0, 0}), FileDigests::State::NoSource);
    QStringList said;
    for (const QLabel *label : lines.findChildren<QLabel *>())
        said.append(label->text());
    QVERIFY(said.join(u' ').contains(u"lost.tar"));
}

void ImagesPanesTest::saysWhenDigestsWereComputed()
{
    auto state = std::make_shared<AuditState>();
    auto image = std::make_shared<Image>();
    image->source = 0;
    image->layers.resize(1);
    image->verdicts.push_back({"layer", "digest", VerdictState::Verified, {}});
    state->images = {image};
    Source source;
    source.name = "app.tar";
    source.verifiedAt = "2026-11-20T08:09:00Z";
    source.cached = true;
    state->sources = {source};
    const auto said = [](const QWidget &page) {
        QStringList texts;
        for (const QLabel *label : page.findChildren<QLabel *>())
            texts.append(label->text());
        return texts.join(u'\n').count(u"2026");
    };
    Session session(m_knowledge);
    session.showState(state);
    ImagesPage page(session, m_files, m_settings);
    page.resize(1200, 700);
    page.show();
    SourcesPage sources(session, m_settings);
    sources.resize(1200, 700);
    sources.show();
    const auto dates = said(page);
    const auto standing = said(sources);
    QVERIFY(dates >= 1);
    QVERIFY(standing >= 1);

    auto changed = std::make_shared<AuditState>(*state);
    changed->sources[0].cached = false;
    changed->diagnostics.push_back(
        {Diagnostic::Severity::Error, {workbenchDef("cache.source-changed"), {"app.tar"}}, 0, {}});
    session.showState(changed);
    QVERIFY(page.findChild<Banner *>()->isVisible()); // shouted, although all digests are right
}

void ImagesPanesTest::asksWhereTheSourceIs()
{
    Session session(m_knowledge);
    auto state = std::make_shared<AuditState>();
    Source lost;
    lost.path = "/nowhere/lost.tar";
    lost.name = "lost.tar";
    state->sources = {lost};
    auto image = std::make_shared<Image>();
    image->source = 0;
    image->layers.resize(1);
    state->images = {image};
    session.showState(state);
    ImageSource source(session, m_files);
    QVERIFY(!source.origin(image));
    FileView view(session, source);
    view.retranslateUi();
    view.setVisible(true);
    view.show(image, "/etc/passwd", 0, 0);
    QVERIFY(!view.isBusy());
    bool offered = false;
    for (const QPushButton *button : view.findChildren<QPushButton *>())
        offered |= button->isVisible() && button->text() == u"Choose the file"_qs;
    QVERIFY(offered);
}

void ImagesPanesTest::readsSearchesAndSavesARealFile()
{
    const auto path = test::dataFolder() / "images/dive/test-docker-image.tar";
    TALLY_REQUIRE_DATA(path);
    auto opened = open(path, {});
    QVERIFY(opened);
    auto state = std::make_shared<AuditState>();
    state->sources = {opened->source};
    const ImagePtr image = std::get<ImagePtr>(opened->things.front());
    state->images = {image};
    Session session(m_knowledge);
    session.showState(state);
    ImageSource source(session, m_files);

    FileView view(session, source);
    view.retranslateUi();
    view.setVisible(true);
    view.show(image, "/somefile.txt", 1, 1);
    QTRY_VERIFY(!view.isBusy());
    const QString text = view.findChild<QPlainTextEdit *>(u"fileText"_qs)->toPlainText();
    QVERIFY(!text.isEmpty());

    SearchPane search(session, source);
    search.retranslateUi();
    search.show();
    search.setImage(image);
    auto *field = search.findChild<QLineEdit *>(u"contentSearch"_qs);
    field->setText(text.section(u'\n', 0, 0).left(12));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(!search.isBusy());
    QVERIFY(rowsOf(search) > 0);

    WastePane waste;
    waste.retranslateUi();
    waste.show();
    waste.setImage(image, ImageIndex::make(image));
    QCOMPARE(rowsOf(waste), static_cast<int>(image->shadowed.size()));

    m_files.answer = m_folder.filePath(u"out"_qs);
    QVERIFY(QDir().mkpath(m_files.answer));
    FileSaver saver(session, source, m_files);
    QSignalSpy finished(&saver, &FileSaver::finished);
    saver.save(nullptr, image, ImageIndex::make(image), "/somefile.txt", 1, false);
    QTRY_COMPARE(finished.size(), 1);
    QFile saved(m_files.answer % u"/somefile.txt"_qs);
    QVERIFY2(saved.open(QIODevice::ReadOnly), qPrintable(finished[0][0].toString()));
    QCOMPARE(QString::fromUtf8(saved.readAll()).trimmed(), text.trimmed());
}

TALLY_TEST(ImagesPanesTest)
#include "images_panes_test.moc"
