// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_base.h"
#include "core/io/file.h"

#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QTest>

using namespace tally;

class FileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsSavedIsRead();
    void aFailingProducerKeepsTheOldContent();
    void aDeviceIsWrittenStraight();
    void whatCannotBeReadIsNamed();
    void tooLargeIsRefused();

private:
    QTemporaryDir m_folder;
    std::filesystem::path path(const char *name) const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
};

void FileTest::whatIsSavedIsRead()
{
    QVERIFY(saveAtomically(path("a"), "one"));
    QVERIFY(saveAtomically(path("a"), "two"));
    QCOMPARE(*readFile(path("a"), {}), std::string("two"));
    QCOMPARE(std::distance(std::filesystem::directory_iterator(path("")), std::filesystem::directory_iterator()), 1);
}

void FileTest::aFailingProducerKeepsTheOldContent()
{
    QVERIFY(saveAtomically(path("b"), "old"));
    const auto result = saveAtomically(path("b"), [](const WritePiece &write) -> Result<> {
        if (auto written = write("half"); !written)
            return written;
        return fail(ErrorKind::Cancelled, {baseDef("run.stopped")});
    });
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
    QCOMPARE(*readFile(path("b"), {}), std::string("old"));
    QVERIFY(!std::filesystem::exists(path("b.tmp")));
}

void FileTest::aDeviceIsWrittenStraight()
{
    QVERIFY(saveAtomically("/dev/null", "gone"));
    QVERIFY(std::filesystem::is_character_file("/dev/null"));
}

void FileTest::whatCannotBeReadIsNamed()
{
    const auto missing = readFile(path("missing"), {});
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
    QCOMPARE(missing.error().message.args.at(0), path("missing").string());
    const auto folder = readFile(path(""), {});
    QVERIFY(!folder);
    QCOMPARE(folder.error().kind, ErrorKind::Io);
}

void FileTest::tooLargeIsRefused()
{
    QVERIFY(saveAtomically(path("c"), "12345"));
    Limits limits;
    limits.maxDocumentBytes = 4;
    const auto result = readFile(path("c"), limits);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::LimitExceeded);
}

TALLY_TEST(FileTest)
#include "file_test.moc"
