// SPDX-License-Identifier: Apache-2.0
#include "core/audit/snapshot.h"

#include "tests/core/audit/sample_audit.h"

#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

class SnapshotTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anImageComesBackWhole();
    void theFirstFormatIsStillRead();
    void damagedBytesNeverCrash();
};

void SnapshotTest::anImageComesBackWhole()
{
    const std::string packed = packImage(*sampleImage());
    const ImagePtr image = unpackImage(packed);
    QVERIFY(image);
    QCOMPARE(packImage(*image), packed);
    QCOMPARE(image->layers.size(), std::size_t(2));
    QVERIFY(image->layers[0].verified == true);
    QVERIFY(image->layers[1].verified == false);
    const FileEntry &file = image->layers[1].files[0];
    QCOMPARE(std::string(image->strings.view(file.path)), std::string("etc/pass\xFF"));
    QCOMPARE(file.type, EntryType::Symlink);
    QVERIFY(file.shadowed);
    QCOMPARE(file.change, Change::Changed);
    QCOMPARE(image->layers[1].blob, std::string("1/layer.tar"));
    QVERIFY(!image->risks[0].visible);
    QVERIFY(image->hasPasswd);
    QCOMPARE(image->users.at(0).uid, 1000U);
    QVERIFY(image->config.healthcheckDisabled);
    QCOMPARE(image->layers[0].files[0].mtime, std::int64_t(-5));
    QCOMPARE(image->efficiency, 0.75);
    const Package &package = image->packages.at(0);
    QCOMPARE(package.licences, (std::vector<std::string>{"GPL-3+", "GFDL"}));
    QCOMPARE(package.source + package.sourceVersion, std::string("bash-source5"));
    QCOMPARE(package.url, std::string("pkg:deb/debian/bash@5.2"));
    QCOMPARE(package.paths, std::vector<std::string>{"/var/lib/dpkg/status"});
}

void SnapshotTest::theFirstFormatIsStillRead()
{
    // Of packages format 2 knows more, of layers format 3: without any they differ in their number only. Format 4 goes
    // on with three numbers: whether things could lie beside the image, how many do, how many annotations there are;
    // format 5 with whether the configuration was read.
    Image empty;
    empty.names = {"old:1"};
    empty.mayCarryArtifacts = true;
    std::string packed = packImage(empty);
    packed.resize(packed.size() - 4);
    packed.front() = 1;
    const ImagePtr image = unpackImage(packed);
    QVERIFY(image);
    QCOMPARE(image->names, empty.names);
    QVERIFY(!image->mayCarryArtifacts); // nobody had looked
    packed.front() = 99;
    QVERIFY(!unpackImage(packed));
}

void SnapshotTest::damagedBytesNeverCrash()
{
    const std::string packed = packImage(*sampleImage());
    for (std::size_t size = 0; size < packed.size(); ++size)
        QVERIFY(!unpackImage(std::string_view(packed).substr(0, size)));
    for (std::size_t i = 0; i < packed.size(); ++i) {
        std::string damaged = packed;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x80);
        (void)unpackImage(damaged); // any answer, but no crash
    }
}

TALLY_TEST(SnapshotTest)
#include "snapshot_test.moc"
