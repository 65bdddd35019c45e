// SPDX-License-Identifier: Apache-2.0
#include "core/io/digest.h"

#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;

class DigestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knownValues();
    void piecesMakeTheSameDigest();
};

void DigestTest::knownValues()
{
    // FIPS 180-4 examples
    QCOMPARE(sha256Hex("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(sha256Hex(""), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    QVERIFY(sha512Hex("abc").starts_with("ddaf35a193617abacc417349ae204131"));
}

void DigestTest::piecesMakeTheSameDigest()
{
    Sha256 digest;
    digest.update("a");
    digest.update("");
    digest.update("bc");
    QCOMPARE(digest.hex(), sha256Hex("abc"));
}

TALLY_TEST(DigestTest)
#include "digest_test.moc"
