// SPDX-License-Identifier: Apache-2.0
#include "tests/core/audit/sample_audit.h"

#include "tests/support/test_registry.h"

#include <QTest>

#include <sqlite3.h>

using namespace tally;
using namespace tally::test;

class VerifyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void anUntouchedAuditIsConsistent();
    void anOpenAuditChecksItself();
    void theHeadIsCompared();
    void everyChangeIsNamed_data();
    void everyChangeIsNamed();

private:
    std::filesystem::path m_path;
    std::unique_ptr<Folder> m_folder;
    std::string m_head;
};

void VerifyTest::init()
{
    m_folder = std::make_unique<Folder>();
    m_path = *m_folder / "v.tally";
    auto audit = Audit::create(m_path, {"O", "T", "A", "", "", ""});
    QVERIFY(audit);
    QVERIFY(audit->addSource(sampleOpened()));
    QVERIFY(audit->addRun(sampleAssessment()));
    Decision decision;
    decision.status = Status::Nein;
    decision.reason = "because";
    QVERIFY(audit->decide("SYS.1.6.A17", decision));
    QVERIFY(audit->setException({"00112233445566778899aabbccddeeff", "accepted", "r", "b", "", ""}));
    m_head = audit->state()->journalHead;
}

void VerifyTest::anUntouchedAuditIsConsistent()
{
    const auto result = verifyAudit(m_path, {});
    QVERIFY(result);
    QVERIFY(result->consistent);
    QVERIFY(result->problems.empty());
    QCOMPARE(result->head, m_head);
}

void VerifyTest::anOpenAuditChecksItself()
{
    const auto audit = Audit::open(m_path);
    QVERIFY(audit);
    const auto result = audit->verify();
    QVERIFY(result);
    QVERIFY(result->consistent);
    QCOMPARE(result->head, m_head);
}

void VerifyTest::theHeadIsCompared()
{
    QVERIFY(verifyAudit(m_path, m_head)->headMatches);
    const auto other = verifyAudit(m_path, std::string(64, '0'));
    QVERIFY(other->consistent);
    QVERIFY(!other->headMatches);
}

void VerifyTest::everyChangeIsNamed_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<std::string>("code");
    QTest::newRow("info") << QByteArray("UPDATE info SET value='x' WHERE key='organisation'")
                          << std::string("verify.row-changed");
    QTest::newRow("trigger") << QByteArray(
        "CREATE TRIGGER quiet AFTER INSERT ON decision BEGIN DELETE FROM exception; END")
                             << std::string("verify.schema-added");
    QTest::newRow("view") << QByteArray("CREATE VIEW finding_of_friends AS SELECT * FROM finding WHERE 0")
                          << std::string("verify.schema-added");
    QTest::newRow("table") << QByteArray("CREATE TABLE aside(a)") << std::string("verify.schema-added");
    QTest::newRow("index") << QByteArray("CREATE INDEX by_status ON decision(status)")
                           << std::string("verify.schema-added");
    QTest::newRow("index gone") << QByteArray("DROP INDEX finding_by_run") << std::string("verify.schema-missing");
    QTest::newRow("column") << QByteArray("ALTER TABLE target ADD COLUMN note TEXT")
                            << std::string("verify.schema-changed");
    QTest::newRow("target") << QByteArray("UPDATE target SET name='x'") << std::string("verify.row-changed");
    QTest::newRow("source") << QByteArray("UPDATE source SET sha256='sha256:22'") << std::string("verify.row-changed");
    QTest::newRow("snapshot") << QByteArray("UPDATE snapshot SET data=x'00'") << std::string("verify.row-changed");
    QTest::newRow("run") << QByteArray("UPDATE run SET tool='x'") << std::string("verify.row-changed");
    QTest::newRow("finding") << QByteArray("UPDATE finding SET data=replace(data, '42', '43')")
                             << std::string("verify.row-changed");
    QTest::newRow("finding removed") << QByteArray("DELETE FROM finding") << std::string("verify.row-missing");
    QTest::newRow("decision") << QByteArray("UPDATE decision SET status='ja'") << std::string("verify.row-changed");
    QTest::newRow("decision added") << QByteArray(
        "INSERT INTO decision SELECT 99, target, module, edition, 'SYS.1.6.A1', part, 'ja', reason, by, at, "
        "responsible, until, measure, "
        "basis FROM decision") << std::string("verify.row-added");
    QTest::newRow("type of a value") << QByteArray("UPDATE decision SET reason=CAST(reason AS BLOB)")
                                     << std::string("verify.row-changed");
    QTest::newRow("exception") << QByteArray("DELETE FROM exception") << std::string("verify.row-missing");
    QTest::newRow("attachment") << QByteArray(
        "INSERT INTO attachment VALUES(1,'N-001','file','a','b','c','d','e','f','g',1,'h','i','j','k','','')")
                                << std::string("verify.row-added");
    QTest::newRow("journal text") << QByteArray("UPDATE journal SET by='somebody' WHERE number=2")
                                  << std::string("verify.chain-broken");
    QTest::newRow("journal entry removed")
        << QByteArray("DELETE FROM journal WHERE number=2") << std::string("verify.chain-broken");
}

void VerifyTest::everyChangeIsNamed()
{
    QFETCH(QByteArray, sql);
    QFETCH(std::string, code);
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(m_path.c_str(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, sql.constData(), nullptr, nullptr, nullptr), SQLITE_OK);
    const bool ofSchema = code.starts_with("verify.schema");
    QVERIFY(ofSchema || sqlite3_changes(database) > 0);
    sqlite3_close(database);

    const auto result = verifyAudit(m_path, {});
    QVERIFY(result);
    QVERIFY(!result->consistent);
    QCOMPARE(std::string(result->problems.at(0).def->code), code);
}

TALLY_TEST(VerifyTest)
#include "verify_test.moc"
