// SPDX-License-Identifier: Apache-2.0
#include "core/document/secret_facts.h"

#include "core/document/secret_rules.h"
#include "tests/support/encoded_secrets.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

namespace {

/// Chart "a b;›,c"; config: {"x;›,\n y": {password}}
constexpr const char *hostileRelease
    = "SDRzSUFBQUFBQUFDLzZ0V1NzNUlMQ3BSc2xLb1ZzcE5MVWxNU1N4SkJIUHlFbk5UZ1F5bFJJVWs2NWhTSXdQalJKMWtwZHBhSFFXbDVQ"
      "eTh0TXgwc0tJS21GUk1ua0lsV0tRZ3NiaTRQTDhvQmFRMXF0QWlOOFNrektmQUtLTGNNaWpKRzZpOUZnQ1dNckYrY0FBQUFBPT0=";
/// "hello"
constexpr const char *greeting = "SDRzSUFBQUFBQUFDLzh0SXpjbkpCd0NHcGhBMkJRQUFBQT09";

} // namespace

class SecretFactsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void certificate();
    void certificateBesideItsKey();
    void noCertificate_data();
    void noCertificate();
    void helmRelease();
    void hostileKeysStayInTheirPlace();
    void noRelease_data();
    void noRelease();
    void otherMasksTellNothing();
};

void SecretFactsTest::certificate()
{
    const std::string masked = maskedText(648, noteOnSecret("client.crt", mastersCertificate));
    QCOMPARE(masked,
        std::string("\u2039masked: 648 characters; certificate 2025-06-01T00:00:00Z to 2030-06-01T00:00:00Z EC 256 "
                    "ecdsa-with-SHA256 1748736000 1906502400 system:masters\u203A"));
    const auto facts = certificateBehind(masked);
    QVERIFY(facts);
    QCOMPARE(facts->notBefore, std::int64_t(1748736000));
    QCOMPARE(facts->notAfter, std::int64_t(1906502400));
    QCOMPARE(facts->keyType, std::string("EC"));
    QCOMPARE(facts->keyBits, 256);
    QCOMPARE(facts->signature, std::string("ecdsa-with-SHA256"));
    QVERIFY(facts->isSystemMasters);
    QVERIFY(*facts == readCertificate(mastersCertificate));

    const auto rsa = certificateBehind(maskedText(796, noteOnSecret("tls.crt", weakCertificate)));
    QVERIFY(rsa);
    QCOMPARE(rsa->keyType, std::string("RSA"));
    QCOMPARE(rsa->keyBits, 1024);
    QVERIFY(!rsa->isSystemMasters);
}

/// A PEM file with key and certificate: the key is no part of what is told.
void SecretFactsTest::certificateBesideItsKey()
{
    const std::string pem = QByteArray::fromBase64(mastersCertificate).toStdString();
    const std::string key = std::string("-----BEGIN ") + "PRIVATE KEY-----\nMC4CAQAw\n-----END PRIVATE KEY-----\n";
    const std::string note = noteOnSecret("all.pem", key + pem);
    QVERIFY(certificateBehind(maskedText(1, note)));
    QVERIFY(note.find("MC4CAQAw") == std::string::npos);
    QVERIFY(note.find("MII") == std::string::npos);
}

void SecretFactsTest::noCertificate_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray pem = QByteArray::fromBase64(mastersCertificate);
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("something else") << QByteArray("Zq8mT4vLp2Xw9RbK");
    QTest::newRow("cut off") << pem.left(pem.size() / 2);
    QTest::newRow("cut off in base64") << QByteArray(mastersCertificate).left(200);
    QTest::newRow("beginning only") << QByteArray("-----BEGIN CERTIFICATE-----");
    QTest::newRow("zeros") << QByteArray("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    QTest::newRow("too large") << pem + QByteArray(300000, 'x');
}

void SecretFactsTest::noCertificate()
{
    QFETCH(QByteArray, text);
    QVERIFY(!readCertificate(text.toStdString()));
    QCOMPARE(noteOnSecret("tls.crt", text.toStdString()), std::string());
}

void SecretFactsTest::helmRelease()
{
    const std::string masked = maskedText(368, noteOnSecret("release", releaseWithCredentials));
    QVERIFY(masked.find("Zq8mT4vLp2Xw9RbK") == std::string::npos);
    const auto facts = helmReleaseBehind(masked);
    QVERIFY(facts);
    QCOMPARE(facts->chart, std::string("shop-1.2.0"));
    QCOMPARE(facts->credentials, std::size_t(2));
    QCOMPARE(facts->places, (std::vector<std::string>{"config.auth.password", "config.extraEnv[0].value"}));
    QVERIFY(!certificateBehind(masked));
    QCOMPARE(noteOnSecret("other", releaseWithCredentials), std::string());
}

void SecretFactsTest::hostileKeysStayInTheirPlace()
{
    const auto facts = helmReleaseBehind(maskedText(1, noteOnSecret("release", hostileRelease)));
    QVERIFY(facts);
    QCOMPARE(facts->chart, std::string("abc-"));
    QCOMPARE(facts->credentials, std::size_t(1));
    QCOMPARE(facts->places.size(), std::size_t(1));
    QVERIFY(facts->places.front().starts_with("config.x"));
    QVERIFY(facts->places.front().ends_with(".password"));
}

void SecretFactsTest::noRelease_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << QByteArray(releaseWithCredentials).left(100);
    QTest::newRow("no JSON") << QByteArray(greeting);
    QTest::newRow("no gzip") << QByteArray("SDRzSUFBQUE=");
    QTest::newRow("no base64") << QByteArray("SDRzSU!!!!");
}

void SecretFactsTest::noRelease()
{
    QFETCH(QByteArray, text);
    QCOMPARE(noteOnSecret("release", text.toStdString()), std::string());
}

void SecretFactsTest::otherMasksTellNothing()
{
    for (const std::string &masked :
        {std::string(), maskedText(24), maskedText(24, "certificate"), maskedText(24, "certificate a b c d e f g h"),
            maskedText(24, "Helm release"), maskedText(24, "Helm release x many")}) {
        QVERIFY2(!certificateBehind(masked), masked.c_str());
        QVERIFY2(!helmReleaseBehind(masked), masked.c_str());
    }
}

TALLY_TEST(SecretFactsTest)
#include "secret_facts_test.moc"
