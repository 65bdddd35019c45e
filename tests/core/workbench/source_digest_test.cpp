// SPDX-License-Identifier: Apache-2.0
#include "core/io/digest.h"
#include "core/io/file.h"
#include "core/workbench/source_digest.h"

#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QTest>

using namespace tally;

class SourceDigestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFile();
    void aFolder();
    void whatIsMissingIsNamed();
};

void SourceDigestTest::aFile()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = std::filesystem::path(folder.path().toStdString()) / "a.yaml";
    QVERIFY(saveAtomically(path, "abc"));
    const auto source = describeSource(path, {}, {});
    QVERIFY(source);
    QCOMPARE(source->name, std::string("a.yaml"));
    QCOMPARE(source->bytes, std::uint64_t(3));
    QCOMPARE(source->sha256, "sha256:" + sha256Hex("abc"));
    QVERIFY(source->modified.ends_with('Z'));
}

void SourceDigestTest::aFolder()
{
    const QTemporaryDir folder;
    const std::filesystem::path root(folder.path().toStdString());
    std::filesystem::create_directories(root / "b");
    QVERIFY(saveAtomically(root / "b" / "x", "2"));
    QVERIFY(saveAtomically(root / "a", "1"));
    std::filesystem::create_symlink("/etc/passwd", root / "link"); // not followed, not counted
    const auto source = describeSource(root, {}, {});
    QVERIFY(source);
    QCOMPARE(source->bytes, std::uint64_t(2));
    // cli-json.md: over the sorted lines "path NUL sha256 LF" of its files
    const std::string lines
        = std::string("a\0", 2) + sha256Hex("1") + "\n" + std::string("b/x\0", 4) + sha256Hex("2") + "\n";
    QCOMPARE(source->sha256, "sha256:" + sha256Hex(lines));
}

void SourceDigestTest::whatIsMissingIsNamed()
{
    const auto source = describeSource("no/such/file", {}, {});
    QVERIFY(!source);
    QCOMPARE(source.error().kind, ErrorKind::NotFound);
}

TALLY_TEST(SourceDigestTest)
#include "source_digest_test.moc"
