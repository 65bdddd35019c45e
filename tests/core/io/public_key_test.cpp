// SPDX-License-Identifier: Apache-2.0
#include "core/io/public_key.h"

#include "tests/support/signing_key.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

class PublicKeyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindVerifies_data();
    void everyKindVerifies();
    void digestsAreEnough();
    void severalKeysInOneFile();
    void refusals_data();
    void refusals();
};

namespace {

std::vector<PublicKey> read(const std::string &pem)
{
    return PublicKey::read(pem, "key.pub").value();
}

} // namespace

void PublicKeyTest::everyKindVerifies_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"ECDSA P-256", "ECDSA P-384", "ECDSA P-521", "RSA 2048", "Ed25519"})
        QTest::newRow(kind) << kind;
}

void PublicKeyTest::everyKindVerifies()
{
    QFETCH(QString, kind);
    const SigningKey signer = kind.startsWith("RSA") ? SigningKey::rsa()
        : kind == "Ed25519"                          ? SigningKey::ed25519()
                                                     : SigningKey::ec(kind.mid(6).toLatin1().constData());
    const PublicKey key = read(signer.publicPem()).at(0);
    QCOMPARE(QString::fromStdString(key.kind()), kind);
    QCOMPARE(key.fingerprint().size(), std::size_t(71));
    const std::string signature = signer.sign("message");
    QVERIFY(key.verify("message", signature));
    QVERIFY(!key.verify("messagf", signature));
    QVERIFY(!key.verify("", signature));
    QVERIFY(!key.verify("message", ""));
    QVERIFY(!key.verify("message", signature.substr(1)));
    QVERIFY(!key.verify("message", signature + "x"));
    std::string altered = signature;
    altered.back() = static_cast<char>(altered.back() ^ 1);
    QVERIFY(!key.verify("message", altered));
    const SigningKey other = SigningKey::ec();
    QVERIFY(!read(other.publicPem()).at(0).verify("message", signature));
}

void PublicKeyTest::digestsAreEnough()
{
    const SigningKey signer = SigningKey::ec("P-384").with(EVP_sha384());
    const PublicKey key = read(signer.publicPem()).at(0);
    const std::string signature = signer.sign("message");
    QVERIFY(key.verify("message", signature));
    QVERIFY(key.verifyDigests(signableDigests("message"), signature));
    QVERIFY(!key.verifyDigests(signableDigests("messagf"), signature));
    QVERIFY(!key.verifyDigests({"sha384:zz", "sha256:", "sha256"}, signature));
    const SigningKey edwards = SigningKey::ed25519();
    const PublicKey pure = read(edwards.publicPem()).at(0);
    QVERIFY(pure.needsMessage());
    QVERIFY(!pure.verifyDigests(signableDigests("message"), edwards.sign("message")));
    // A weaker digest than cosign's, on a curve for which it is no choice.
    const SigningKey weak = SigningKey::ec().with(EVP_sha1());
    QVERIFY(!read(weak.publicPem()).at(0).verify("message", weak.sign("message")));
}

void PublicKeyTest::severalKeysInOneFile()
{
    const SigningKey first = SigningKey::ec();
    const SigningKey second = SigningKey::ed25519();
    const std::vector<PublicKey> keys = read("our keys\n" + first.publicPem() + second.publicPem());
    QCOMPARE(keys.size(), std::size_t(2));
    QVERIFY(keys[1].verify("x", second.sign("x")));
}

void PublicKeyTest::refusals_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::addColumn<QString>("code");
    const QByteArray good = QByteArray::fromStdString(SigningKey::ec().publicPem());
    QByteArray damaged = good;
    damaged.replace(40, 8, "AAAAAAAA");
    QTest::newRow("empty") << QByteArray() << "key.unreadable";
    QTest::newRow("something else") << QByteArray("-----BEGIN CERTIFICATE-----\n") << "key.unreadable";
    QTest::newRow("damaged") << damaged << "key.unreadable";
    QTest::newRow("cut off") << good.left(100) << "key.unreadable";
    QTest::newRow("the second is damaged") << good + damaged << "key.unreadable";
    QTest::newRow("private") << QByteArray::fromStdString(SigningKey::ec().privatePem()) << "key.is-private";
    QTest::newRow("a short RSA key") << QByteArray::fromStdString(SigningKey::rsa(1024).publicPem())
                                     << "key.unsupported";
    QTest::newRow("another curve") << QByteArray::fromStdString(SigningKey::ec("secp256k1").publicPem())
                                   << "key.unsupported";
    QTest::newRow("too many") << good.repeated(101) << "key.too-many";
}

void PublicKeyTest::refusals()
{
    QFETCH(QByteArray, pem);
    QFETCH(QString, code);
    const auto keys = PublicKey::read(pem.toStdString(), "key.pub");
    QVERIFY(!keys);
    QCOMPARE(QString::fromUtf8(keys.error().message.def->code), code);
}

TALLY_TEST(PublicKeyTest)
#include "public_key_test.moc"
