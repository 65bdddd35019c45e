// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_checks.h"
#include "tests/core/audit/sample_audit.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <sqlite3.h>

#include <algorithm>

using namespace tally;
using namespace tally::test;

/// What the house lays down is a part of the audit: its policy and the keys of its images.
class HouseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reopeningShowsPolicyAndKeys();
    void theChecksGetThem();
    void aChangeWantsANewRun();
    void changesCanBeUndone();
    void changesStandInTheJournal();
    void earlierPoliciesStay();
    void olderFilesCanBeOpened();
    void anOlderFileIsCopiedBeforeItIsChanged();
    void withoutACopyAnOlderFileIsOnlyRead();
    void aPolicyThatCannotBeReadIsSaid();
    void aPrivateKeyIsRefused();

private:
    Folder m_folder;
};

namespace {

constexpr const char *pem = "-----BEGIN PUBLIC KEY-----\n"
                            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAECv0nABbk86tZvvVkIfxPzus01Kkc\n"
                            "RqHibQHbsp3XfuSiU5KOGGnmAg3+xSXLcxfZmTGfy+GCCMiuiW/atvZVog==\n"
                            "-----END PUBLIC KEY-----\n";

PolicyPtr policyOf(const char *yaml)
{
    return std::make_shared<const Policy>(readPolicy(yaml, "rules/house.yaml").value());
}

KeyFile keyFile(const char *name = "keys/cosign.pub")
{
    return KeyFile::read(pem, name).value();
}

int formatOf(const std::filesystem::path &path)
{
    sqlite3 *database = nullptr;
    sqlite3_stmt *format = nullptr;
    int number = -1;
    if (sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK
        && sqlite3_prepare_v2(database, "PRAGMA user_version", -1, &format, nullptr) == SQLITE_OK
        && sqlite3_step(format) == SQLITE_ROW)
        number = sqlite3_column_int(format, 0);
    sqlite3_finalize(format);
    sqlite3_close(database);
    return number;
}

} // namespace

void HouseTest::reopeningShowsPolicyAndKeys()
{
    const auto path = m_folder / "a.tally";
    {
        auto audit = Audit::create(path, {"O", "T", "A. Auditor", "", "", ""});
        QVERIFY(audit);
        QVERIFY(!audit->state()->policy);
        QVERIFY(audit->setPolicy(policyOf("minimumReplicas: 3\n")));
        QVERIFY(audit->setKeys({keyFile()}));
    }
    const auto audit = Audit::open(path);
    QVERIFY(audit);
    const AuditStatePtr state = audit->state();
    QVERIFY(state->policy);
    QCOMPARE(state->policy->minimumReplicas, std::optional(3));
    QCOMPARE(state->policy->name, std::string("house.yaml"));
    QCOMPARE(state->policy->digest, policyOf("minimumReplicas: 3\n")->digest);
    QCOMPARE(state->keyFiles.size(), std::size_t(1));
    QCOMPARE(state->keyFiles[0].name, std::string("cosign.pub"));
    QCOMPARE(state->keyFiles[0].by, std::string("A. Auditor"));
    QCOMPARE(state->keyFiles[0].pem, std::string(pem));
    QCOMPARE(state->keys.size(), std::size_t(1));
    QCOMPARE(state->keys[0].fingerprint(), keyFile().keys[0].fingerprint());
    QVERIFY(verifyAudit(path, state->journalHead)->consistent);
}

void HouseTest::theChecksGetThem()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit->addSource(sampleOpened()));
    QVERIFY(audit->setPolicy(policyOf("minimumReplicas: 3\n")));
    QVERIFY(audit->setKeys({keyFile()}));
    // Also what is judged again after a source was read anew.
    const AuditState next = withSourceReplaced(*audit->state(), 0, sampleOpened());
    const CheckInput input = checkInputs(next).front();
    QVERIFY(input.policy);
    QCOMPARE(input.policy->minimumReplicas, std::optional(3));
    QCOMPARE(input.keys.size(), std::size_t(1));
    QCOMPARE(input.images.size(), std::size_t(1));
}

void HouseTest::aChangeWantsANewRun()
{
    auto audit = Audit::createInMemory({});
    const auto judge = [&audit] {
        auto run = std::make_shared<Assessment>(*sampleAssessment());
        run->policyDigest = audit->state()->policy ? audit->state()->policy->digest : "";
        return audit->addRun(run);
    };
    QVERIFY(audit->addSource(sampleOpened()));
    QVERIFY(judge());
    QVERIFY(isJudged(*audit->state()));
    QVERIFY(audit->setPolicy(policyOf("cpuLimits: true\n")));
    QVERIFY(!isJudged(*audit->state()));
    QVERIFY(audit->addRun(sampleAssessment()));
    QVERIFY2(!isJudged(*audit->state()), "a run that knew nothing of the policy");
    QVERIFY(judge());
    QVERIFY(isJudged(*audit->state()));
    QVERIFY(audit->undo());
    QVERIFY(!isJudged(*audit->state()));
    QVERIFY(judge());
    QVERIFY(audit->setKeys({keyFile()}));
    QVERIFY(!isJudged(*audit->state()));
}

void HouseTest::changesCanBeUndone()
{
    const auto path = m_folder / "undo.tally";
    {
        auto audit = Audit::create(path, {});
        QVERIFY(audit->setPolicy(policyOf("minimumReplicas: 3\n")));
        QVERIFY(audit->setPolicy(policyOf("minimumReplicas: 4\n")));
        QVERIFY(audit->setKeys({keyFile("a.pub"), keyFile("b.pub")}));
        QVERIFY(audit->setKeys({audit->state()->keyFiles[1]}));
        QCOMPARE(audit->state()->keyFiles[0].name, std::string("b.pub"));
        QVERIFY(audit->undo());
        QCOMPARE(audit->state()->keys.size(), std::size_t(2));
        QVERIFY(audit->undo());
        QVERIFY(audit->state()->keyFiles.empty());
        QVERIFY(audit->undo());
        QCOMPARE(audit->state()->policy->minimumReplicas, std::optional(3));
        QVERIFY(audit->undo());
        QVERIFY(!audit->state()->policy);
        QVERIFY(audit->redo());
        QVERIFY(audit->redo());
        QVERIFY(audit->redo());
    }
    const auto audit = Audit::open(path);
    QCOMPARE(audit->state()->policy->minimumReplicas, std::optional(4));
    QCOMPARE(audit->state()->keyFiles.size(), std::size_t(2));
    QVERIFY(verifyAudit(path, {})->consistent);
}

void HouseTest::changesStandInTheJournal()
{
    auto audit = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    QVERIFY(audit->setPolicy(policyOf("minimumReplicas: 3\n")));
    JournalEntry entry = audit->state()->journal.back();
    QCOMPARE(entry.event, std::string("policy"));
    QCOMPARE(entry.subject, std::string("house.yaml"));
    QCOMPARE(entry.by, std::string("A. Auditor"));
    QVERIFY(entry.detail.find(audit->state()->policy->digest) != std::string::npos);
    QVERIFY(audit->setKeys({keyFile()}));
    entry = audit->state()->journal.back();
    QCOMPARE(entry.event, std::string("keys"));
    QVERIFY(entry.detail.find(audit->state()->keys[0].fingerprint()) != std::string::npos);
    QVERIFY(audit->undo());
    QCOMPARE(audit->state()->journal.back().event, std::string("keys-undone"));
    QVERIFY(audit->redo());
    QCOMPARE(audit->state()->journal.back().event, std::string("keys-redone"));
}

void HouseTest::earlierPoliciesStay()
{
    const auto path = m_folder / "history.tally";
    {
        auto audit = Audit::create(path, {});
        QVERIFY(audit->setPolicy(policyOf("minimumReplicas: 3\n")));
        QVERIFY(audit->setPolicy(nullptr));
    }
    QVERIFY(!Audit::open(path)->state()->policy);
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    sqlite3_stmt *count = nullptr;
    sqlite3_prepare_v2(database, "SELECT count(*) FROM policy WHERE text LIKE '%3%'", -1, &count, nullptr);
    QCOMPARE(sqlite3_step(count), SQLITE_ROW);
    QCOMPARE(sqlite3_column_int(count, 0), 1);
    sqlite3_finalize(count);
    sqlite3_close(database);
}

void HouseTest::olderFilesCanBeOpened()
{
    const auto path = m_folder / "old.tally";
    {
        auto audit = Audit::create(path, {"O", "T", "A", "", "", ""});
        QVERIFY(audit->addSource(sampleOpened()));
    }
    makeFormat(path, 1);
    QVERIFY2(verifyAudit(path, {})->consistent, "as it is");
    {
        auto audit = Audit::open(path);
        QVERIFY(audit);
        QCOMPARE(audit->state()->info.organisation, std::string("O"));
        QVERIFY(audit->setPolicy(policyOf("minimumReplicas: 3\n")));
    }
    QVERIFY2(verifyAudit(path, {})->consistent, "and with what was added");
    QCOMPARE(Audit::open(path)->state()->policy->minimumReplicas, std::optional(3));
}

void HouseTest::anOlderFileIsCopiedBeforeItIsChanged()
{
    const auto path = m_folder / "forward.tally";
    const auto copy = m_folder / "forward.format1.tally";
    {
        auto audit = Audit::create(path, {"O", "T", "A", "", "", ""});
        QVERIFY(audit->addSource(sampleOpened()));
        QVERIFY(audit->keptCopy().empty());
    }
    makeFormat(path, 1);
    std::string head;
    {
        auto audit = Audit::open(path);
        QVERIFY(audit);
        QVERIFY(!audit->readOnly());
        QCOMPARE(audit->keptCopy(), copy);
        head = audit->state()->journalHead;
        QVERIFY(audit->setPolicy(policyOf("minimumReplicas: 3\n")));
    }
    QCOMPARE(formatOf(copy), 1);
    QCOMPARE(formatOf(path), 5);
    const auto old = verifyAudit(copy, head);
    QVERIFY2(old->consistent && old->headMatches, "the copy is what was there before the policy");
    QVERIFY2(Audit::open(path)->keptCopy().empty(), "only once");

    // A copy that was made before is never written over.
    const auto bytes = std::filesystem::file_size(copy);
    makeFormat(path, 1);
    QCOMPARE(Audit::open(path)->keptCopy(), m_folder / "forward.format1-2.tally");
    QCOMPARE(std::filesystem::file_size(copy), bytes);
}

void HouseTest::withoutACopyAnOlderFileIsOnlyRead()
{
    const auto path = m_folder / "long.tally";
    {
        auto audit = Audit::create(path, {"O", "T", "A", "", "", ""});
        QVERIFY(audit->addSource(sampleOpened()));
    }
    makeFormat(path, 1);
    // A name to which nothing can be added: no file of that name can be made beside it.
    const auto longest = m_folder / (std::string(240, 'x') + ".tally").c_str();
    std::filesystem::rename(path, longest);
    const auto audit = Audit::open(longest);
    QVERIFY(audit);
    QVERIFY(audit->readOnly());
    QVERIFY(audit->keptCopy().empty());
    QCOMPARE(audit->state()->sources.size(), std::size_t(1));
    QCOMPARE(formatOf(longest), 1);
}

void HouseTest::aPolicyThatCannotBeReadIsSaid()
{
    const auto path = m_folder / "damaged.tally";
    {
        auto audit = Audit::create(path, {"O", "T", "A", "", "", ""});
        QVERIFY(audit->addSource(sampleOpened()));
        QVERIFY(audit->setPolicy(policyOf("minimumReplicas: 3\n")));
    }
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    QCOMPARE(
        sqlite3_exec(database, "UPDATE policy SET text='minimumReplica: 3'", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
    const auto audit = Audit::open(path);
    QVERIFY(audit);
    QVERIFY(!audit->state()->policy);
    QCOMPARE(audit->state()->sources.size(), std::size_t(1));
    QVERIFY(std::ranges::any_of(audit->state()->diagnostics, [](const Diagnostic &each) {
        return each.message.def == checksDef("policy.unknown-key") && each.message.args.size() > 2
            && each.message.args[2] == "minimumReplica";
    }));
}

void HouseTest::aPrivateKeyIsRefused()
{
    QVERIFY(!KeyFile::read("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "cosign.key"));
    QVERIFY(!KeyFile::read("", "empty.pub"));
}

TALLY_TEST(HouseTest)
#include "house_test.moc"
