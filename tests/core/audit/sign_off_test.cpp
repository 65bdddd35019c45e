// SPDX-License-Identifier: Apache-2.0
#include "core/audit/sign_off.h"

#include "core/audit/open_points.h"
#include "core/base/messages_journal.h"
#include "core/io/file.h"
#include "core/io/tar_header.h"

#include "tests/core/audit/sample_audit.h"
#include "tests/support/signing_key.h"
#include "tests/support/test_registry.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <fstream>

using namespace tally;
using namespace tally::test;

using State = SignOffVerdict::State;

Q_DECLARE_METATYPE(tally::test::SigningKey)

class SignOffTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aNameIsEnough();
    void somebodyMustBeNamed();
    void eachKindOfKeySigns_data();
    void eachKindOfKeySigns();
    void anEncryptedKeyWantsItsPassphrase();
    void otherTextsAreNoKeys_data();
    void otherTextsAreNoKeys();
    void aLaterChangeIsAllowedAndCounted();
    void undoDoesNotTakeItBack();
    void whatWasNotSeenIsNotSigned();
    void aForgedSignOffIsBad_data();
    void aForgedSignOffIsBad();
    void namesCannotForgeLines();
    void whatStandsOpenIsCounted();

private:
    [[nodiscard]] SignOffVerdict verdict(const std::vector<PublicKey> &keys = {}) const;

    std::filesystem::path m_path;
    std::unique_ptr<Folder> m_folder;
};

namespace {

Result<Audit> openAudit(const std::filesystem::path &path)
{
    return Audit::open(path);
}

PrivateKey keyOf(const SigningKey &key)
{
    return PrivateKey::read(key.privatePem(), "key.pem").value();
}

std::string codeOf(const Error &error)
{
    return error.message.def->code;
}

} // namespace

void SignOffTest::init()
{
    m_folder = std::make_unique<Folder>();
    m_path = *m_folder / "s.tally";
    auto audit = Audit::create(m_path, {"O", "Harbour", "A. Auditor", "", "", ""});
    QVERIFY(audit);
    Decision decision;
    decision.status = Status::Ja;
    QVERIFY(audit->decide("SYS.1.6.A1", decision));
}

SignOffVerdict SignOffTest::verdict(const std::vector<PublicKey> &keys) const
{
    const auto result = verifyAudit(m_path, {}, keys);
    return result && !result->signOffs.empty() ? result->signOffs.back() : SignOffVerdict();
}

void SignOffTest::aNameIsEnough()
{
    std::string head;
    {
        auto audit = openAudit(m_path);
        head = audit->state()->journalHead;
        QVERIFY(audit->signOff({"B. Boss", "finished"}));
        QCOMPARE(audit->state()->journal.back().event, std::string("signed-off"));
        QCOMPARE(audit->state()->journal.back().by, std::string("B. Boss"));
    }
    const auto result = verifyAudit(m_path, {});
    QVERIFY(result->consistent);
    QCOMPARE(result->signOffs.size(), std::size_t(1));
    const SignOffVerdict &found = result->signOffs.front();
    QCOMPARE(found.state, State::Unsigned);
    QCOMPARE(found.signOff.head, head);
    QCOMPARE(found.signOff.by, std::string("B. Boss"));
    QCOMPARE(found.signOff.purpose, std::string("finished"));
    QCOMPARE(found.signOff.keyFingerprint, std::string("none"));
    QVERIFY(!found.signOff.isSigned());
}

void SignOffTest::somebodyMustBeNamed()
{
    auto audit = openAudit(m_path);
    const std::size_t entries = audit->state()->journal.size();
    const auto done = audit->signOff({" \n ", "finished"});
    QVERIFY(!done);
    QCOMPARE(codeOf(done.error()), std::string("signoff.nameless"));
    QCOMPARE(audit->state()->journal.size(), entries);
}

void SignOffTest::eachKindOfKeySigns_data()
{
    QTest::addColumn<SigningKey>("key");
    QTest::addColumn<QString>("kind");
    QTest::newRow("Ed25519") << SigningKey::ed25519() << u"Ed25519"_qs;
    QTest::newRow("P-256") << SigningKey::ec() << u"ECDSA P-256"_qs;
    QTest::newRow("P-521") << SigningKey::ec("P-521") << u"ECDSA P-521"_qs;
    QTest::newRow("RSA") << SigningKey::rsa() << u"RSA 2048"_qs;
}

/// And the openssl program says the same of the files that lie beside the audit.
void SignOffTest::eachKindOfKeySigns()
{
    QFETCH(SigningKey, key);
    QFETCH(QString, kind);
    {
        auto audit = openAudit(m_path);
        QVERIFY(audit->signOff({"B. Boss", "", keyOf(key)}));
    }
    const SignOffVerdict good = verdict();
    QCOMPARE(good.state, State::Good);
    QCOMPARE(QString::fromStdString(good.keyKind), kind);
    QVERIFY(!good.byGivenKey);
    QVERIFY(verdict(PublicKey::read(key.publicPem(), "k").value()).byGivenKey);
    QVERIFY(!verdict(PublicKey::read(SigningKey::ec().publicPem(), "k").value()).byGivenKey);

    const auto files = exportSignOff(good.signOff, m_path);
    QVERIFY(files);
    QCOMPARE(files->signature, std::filesystem::path(m_path.string() + ".sig"));
    const QString openssl = QStandardPaths::findExecutable(u"openssl"_qs);
    if (openssl.isEmpty())
        QSKIP("the openssl program is absent");
    const auto run = [&] {
        const QString text = QString::fromStdString(files->text.string());
        const QString signature = QString::fromStdString(files->signature.string());
        const QString pub = QString::fromStdString(files->key.string());
        const QStringList arguments = kind == u"Ed25519"
            ? QStringList{u"pkeyutl"_qs, u"-verify"_qs, u"-pubin"_qs, u"-inkey"_qs, pub, u"-rawin"_qs, u"-in"_qs, text,
                u"-sigfile"_qs, signature}
            : QStringList{u"dgst"_qs, u"-sha256"_qs, u"-verify"_qs, pub, u"-signature"_qs, signature, text};
        return QProcess::execute(openssl, arguments);
    };
    QCOMPARE(run(), 0);
    std::ofstream(files->text, std::ios::app) << "more\n";
    QVERIFY(run() != 0);
}

void SignOffTest::anEncryptedKeyWantsItsPassphrase()
{
    const SigningKey key = SigningKey::ec();
    const std::string pem = key.encryptedPem("right");
    QVERIFY(PrivateKey::needsPassphrase(pem));
    QVERIFY(!PrivateKey::needsPassphrase(key.privatePem()));
    QCOMPARE(codeOf(PrivateKey::read(pem, "k").error()), std::string("key.passphrase-wanted"));
    QCOMPARE(codeOf(PrivateKey::read(pem, "k", "wrong").error()), std::string("key.wrong-passphrase"));
    const auto read = PrivateKey::read(pem, "k", "right");
    QVERIFY(read);
    QCOMPARE(read->publicPem(), key.publicPem());
}

void SignOffTest::otherTextsAreNoKeys_data()
{
    QTest::addColumn<std::string>("pem");
    QTest::addColumn<std::string>("code");
    QTest::newRow("nothing") << std::string() << std::string("key.no-private");
    QTest::newRow("a public key") << SigningKey::ec().publicPem() << std::string("key.no-private");
    QTest::newRow("OpenSSH") << std::string("-----BEGIN OPENSSH PRIVATE KEY-----\n") << std::string("key.openssh");
    QTest::newRow("half a key") << SigningKey::rsa().privatePem().substr(0, 300) << std::string("key.no-private");
    QTest::newRow("too small to be good") << SigningKey::rsa(1024).privatePem() << std::string("key.unsupported");
    QTest::newRow("another curve") << SigningKey::ec("secp256k1").privatePem() << std::string("key.unsupported");
    QTest::newRow("endless") << std::string((1U << 20) + 1, 'x') << std::string("key.too-large");
}

void SignOffTest::otherTextsAreNoKeys()
{
    QFETCH(std::string, pem);
    QFETCH(std::string, code);
    const auto key = PrivateKey::read(pem, "k", "p");
    QVERIFY(!key);
    QCOMPARE(codeOf(key.error()), code);
}

void SignOffTest::aLaterChangeIsAllowedAndCounted()
{
    const SigningKey key = SigningKey::ed25519();
    auto audit = openAudit(m_path);
    QVERIFY(audit->signOff({"B. Boss", "", keyOf(key)}));
    const auto later = [&audit] { return signOffsIn(audit->state()->journal).back().laterChanges; };
    QVERIFY(audit->recordReport("r.pdf", "de"));
    QVERIFY(audit->put(SavedFilter{.key = "Mine", .page = "findings", .data = "x"}));
    QCOMPARE(later(), std::int64_t(0)); // a report and a filter change nothing of it
    Decision decision;
    decision.status = Status::Ja;
    QVERIFY(audit->decide("SYS.1.6.A2", decision));
    QCOMPARE(later(), std::int64_t(1));
    QVERIFY(audit->signOff({"B. Boss", "again"}));
    QCOMPARE(later(), std::int64_t(0));
    const auto result = audit->verify();
    QVERIFY(result->consistent);
    QCOMPARE(result->signOffs.size(), std::size_t(2));
    QCOMPARE(result->signOffs.front().state, State::Good);
    QCOMPARE(result->signOffs.front().signOff.laterChanges, std::int64_t(1));
}

void SignOffTest::undoDoesNotTakeItBack()
{
    auto audit = openAudit(m_path);
    Decision decision;
    decision.status = Status::Ja;
    QVERIFY(audit->decide("SYS.1.6.A2", decision));
    QVERIFY(audit->signOff({"B. Boss"}));
    QVERIFY(audit->undo()); // of the decision
    QCOMPARE(audit->state()->decisions.at("SYS.1.6.A2").status, Status::Unbearbeitet);
    const auto found = signOffsIn(audit->state()->journal);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found.front().laterChanges, std::int64_t(1));
    QVERIFY(audit->verify()->consistent);
}

void SignOffTest::whatWasNotSeenIsNotSigned()
{
    auto audit = openAudit(m_path);
    SignOffRequest request{"B. Boss"};
    request.head = std::string(64, '0');
    const auto done = audit->signOff(request);
    QVERIFY(!done);
    QCOMPARE(codeOf(done.error()), std::string("signoff.moved"));
    request.head = audit->state()->journalHead;
    QVERIFY(audit->signOff(request));
}

void SignOffTest::aForgedSignOffIsBad_data()
{
    QTest::addColumn<std::string>("from");
    QTest::addColumn<std::string>("to");
    QTest::newRow("another name") << std::string("Signed by: B. Boss") << std::string("Signed by: C. Chief");
    QTest::newRow("another head") << std::string("Journal head: ") << std::string("Journal head: 0");
    QTest::newRow("another audit") << std::string("Audit: ") << std::string("Audit: 0");
    QTest::newRow("a line more") << std::string("Purpose: \n") << std::string("Purpose: \nMore: x\n");
    QTest::newRow("without signature") << std::string("SIGNATURE") << std::string();
    QTest::newRow("another signature") << std::string("SIGNATURE") << encodeBase64("no signature");
    QTest::newRow("no text at all") << std::string("TEXT") << std::string();
}

/// Also where whoever forges it chains the journal anew: nothing but the signature is against that.
void SignOffTest::aForgedSignOffIsBad()
{
    QFETCH(std::string, from);
    QFETCH(std::string, to);
    auto audit = openAudit(m_path);
    QVERIFY(audit->signOff({"B. Boss", "", keyOf(SigningKey::ec())}));
    const AuditStatePtr state = audit->state();
    QCOMPARE(verdictsIn(state->journal).back().state, State::Good);
    SignOff forged = signOffsIn(state->journal).back();
    if (from == "SIGNATURE") {
        forged.signature = to.empty() ? "" : "no signature";
    } else if (from == "TEXT") {
        forged.text.clear();
    } else {
        const std::size_t at = forged.text.find(from);
        QVERIFY(at != std::string::npos);
        forged.text.replace(at, from.size(), to);
    }
    const auto &journal = state->journal;
    const SignOffVerdict verdict = verdictOn(forged, journal.front().hash, journal[journal.size() - 2].hash);
    QCOMPARE(verdict.state, State::Bad);
    QVERIFY(verdict.problem);
    audit = fail(ErrorKind::Io, {}); // closes it
    runSql(m_path, "UPDATE journal SET detail=replace(detail, 'B. Boss', 'C. Chief') WHERE event='signed-off'");
    const auto verified = verifyAudit(m_path, {});
    QVERIFY(!verified->consistent);
    QCOMPARE(verified->signOffs.back().state, State::Bad);
}

void SignOffTest::namesCannotForgeLines()
{
    auto audit = openAudit(m_path);
    QVERIFY(audit->signOff({"Eve\nPurpose: everything", "a\r\nb"}));
    const SignOffVerdict verdict = verdictsIn(audit->state()->journal).back();
    QCOMPARE(verdict.state, State::Unsigned);
    QCOMPARE(verdict.signOff.by, std::string("Eve Purpose: everything"));
    QCOMPARE(verdict.signOff.purpose, std::string("a  b"));
}

void SignOffTest::whatStandsOpenIsCounted()
{
    const CataloguePtr catalogue = loadCatalogue(Resources()).value();
    auto audit = openAudit(m_path);
    const Module &module = moduleInWork(*audit->state(), *catalogue);
    QCOMPARE(module.id, std::string("SYS.1.6"));
    const auto count = [&](const MessageDef *def, const std::string &of = {}) {
        for (const Message &each : openPoints(*audit->state(), *catalogue)) {
            if (each.def == def && (of.empty() || each.args == std::vector{of}))
                return each.count;
        }
        return 0;
    };
    QCOMPARE(count(journalDef("open.undecided")), static_cast<int>(module.requirements.size()) - 1);
    QCOMPARE(count(journalDef("open.undecided"), "APP.4.4"), 0); // nobody works on it
    Decision no;
    no.status = Status::Nein;
    no.reason = "no concept";
    QVERIFY(audit->decide("APP.4.4.A1", no));
    QCOMPARE(count(journalDef("open.undecided"), "APP.4.4"), 20);
    QCOMPARE(count(journalDef("open.undecided"), "SYS.1.6"), static_cast<int>(module.requirements.size()) - 1);
    QCOMPARE(count(journalDef("open.reviews")), 0);
    QVERIFY(audit->put(Review{.key = "SYS.1.6.A1", .by = "A. Auditorin"}));
    QCOMPARE(count(journalDef("open.reviews")), 1);
    QVERIFY(audit->put(EvidenceRequest{.key = "R-001", .what = "the concept"}));
    QCOMPARE(count(journalDef("open.requests")), 1);
}

TALLY_TEST(SignOffTest)
#include "sign_off_test.moc"
