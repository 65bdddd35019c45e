// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_audit.h"
#include "tests/core/audit/sample_audit.h"

#include "core/base/text_format.h"
#include "core/io/digest.h"
#include "core/io/file.h"

#include "tests/support/test_registry.h"

#include <QTest>

#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

using namespace tally;
using namespace tally::test;

class AttachmentsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsKeptComesBack();
    void aLargeFileIsStreamed();
    void anEmptyFileIsOne();
    void whatCannotBeReadIsRefused();
    void whatIsTooLargeIsRefused();
    void aFileThatShrinksLeavesNothing();
    void notesAndLinks();
    void oddLinksAreRefused_data();
    void oddLinksAreRefused();
    void theSameContentIsKeptOnce();
    void textsChangeAndContentDoesNot();
    void nothingIsLostWhenOneIsRemoved();
    void wrongTextsAreRefused();
    void aChangeOfTheContentIsSaid_data();
    void aChangeOfTheContentIsSaid();
    void cancellingLeavesNothing();
    void aFullDiskLeavesWhatWasThere();
    void filesOfEarlierFormatsGetTheTables();
    void namesForFilesAreHarmless_data();
    void namesForFilesAreHarmless();

private:
    [[nodiscard]] std::filesystem::path file(const char *name, std::string_view content) const
    {
        const auto path = m_folder / name;
        return saveAtomically(path, content) ? path : std::filesystem::path();
    }
    Folder m_folder;
};

namespace {

std::string contentOf(const Audit &audit, const std::string &key)
{
    std::string content;
    const auto read = audit.readAttachment(key, [&content](std::string_view piece) -> Result<> {
        content += piece;
        return {};
    });
    return read ? content : "error: " + std::string(read.error().message.def->code);
}

bool runSql(const std::filesystem::path &path, const char *sql)
{
    sqlite3 *database = nullptr;
    const bool done = sqlite3_open(path.c_str(), &database) == SQLITE_OK
        && sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
    sqlite3_close(database);
    return done;
}

/// Not all the same, so that chunks that are mixed up are seen.
std::string bytes(std::size_t count)
{
    std::string made(count, '\0');
    std::uint32_t state = 12345;
    for (char &byte : made) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24U);
    }
    return made;
}

} // namespace

void AttachmentsTest::whatIsKeptComesBack()
{
    const auto path = m_folder / "a.tally";
    {
        auto audit = Audit::create(path, {"O", "T", "A. Auditor", "", "", ""});
        QVERIFY(audit);
        auto pdf = NewAttachment::fromFile(file("Konzept.pdf", "%PDF-1.7\ncontent"));
        QVERIFY(pdf);
        pdf->about.title = "Containerkonzept";
        pdf->about.note = "Kapitel 6.2";
        pdf->about.source = "IT-Betrieb";
        pdf->about.date = "2026-11-12";
        pdf->about.expires = "2027-11-12";
        pdf->about.ids = {"SYS.1.6.A1", "SYS.1.6.A4.2"};
        const auto added = audit->addAttachment(*pdf);
        QVERIFY(added);
        QCOMPARE(added->key, std::string("N-001"));
        QVERIFY(!added->wasThere);
        QVERIFY(audit->addAttachment(NewAttachment::fromPicture("\x89PNG\r\n\x1a\n....", "screen.png")));
    }
    const auto audit = Audit::open(path);
    QVERIFY(audit);
    const std::vector<Attachment> &all = audit->state()->attachments;
    QCOMPARE(all.size(), std::size_t(2));
    QCOMPARE(all[0].name, std::string("Konzept.pdf"));
    QCOMPARE(all[0].displayName(), std::string("Containerkonzept"));
    QCOMPARE(all[0].note, std::string("Kapitel 6.2"));
    QCOMPARE(all[0].source, std::string("IT-Betrieb"));
    QCOMPARE(all[0].date, std::string("2026-11-12"));
    QCOMPARE(all[0].mediaType, std::string("application/pdf"));
    QCOMPARE(all[0].bytes, std::uint64_t(16));
    QCOMPARE(all[0].sha256, sha256Hex("%PDF-1.7\ncontent"));
    QCOMPARE(all[0].by, std::string("A. Auditor"));
    QVERIFY(!all[0].at.empty());
    QVERIFY(all[0].isExpired("2027-11-13") && !all[0].isExpired("2027-11-12") && !all[1].isExpired("2099-01-01"));
    QCOMPARE(all[1].kind, Attachment::Kind::Picture);
    QCOMPARE(all[1].mediaType, std::string("image/png"));
    QCOMPARE(contentOf(*audit, "N-001"), std::string("%PDF-1.7\ncontent"));
    QCOMPARE(attachmentsFor(all, "SYS.1.6.A4").size(), std::size_t(1));
    QCOMPARE(attachmentsFor(all, "SYS.1.6.A4.2").size(), std::size_t(1));
    QCOMPARE(attachmentsFor(all, "SYS.1.6.A1").size(), std::size_t(1));
    QVERIFY2(attachmentsFor(all, "SYS.1.6.A1.1").empty(), "what is for a requirement stands there, not at each part");
    QVERIFY(attachmentsFor(all, "SYS.1.6.A").empty());
    QCOMPARE(audit->state()->journal.back().event, std::string("attachment"));
    QCOMPARE(audit->state()->journal.back().subject, std::string("N-002"));
    QVERIFY(verifyAudit(path, {})->consistent);
}

void AttachmentsTest::aLargeFileIsStreamed()
{
    const std::string content = bytes(30'000'001);
    auto audit = Audit::create(m_folder / "large.tally", {});
    QVERIFY(audit);
    const auto big = NewAttachment::fromFile(file("big.bin", content));
    QVERIFY(big);
    QVERIFY(audit->addAttachment(*big));
    QCOMPARE(audit->state()->attachments[0].bytes, std::uint64_t(content.size()));
    std::size_t most = 0;
    Sha256 digest;
    QVERIFY(audit->readAttachment("N-001", [&](std::string_view piece) -> Result<> {
        most = std::max(most, piece.size());
        digest.update(piece);
        return {};
    }));
    QCOMPARE(most, std::size_t(1) << 20U);
    QCOMPARE(digest.hex(), sha256Hex(content));
    const auto verified = audit->verify();
    QVERIFY(verified && verified->consistent);
}

void AttachmentsTest::anEmptyFileIsOne()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit);
    const auto empty = NewAttachment::fromFile(file("empty.txt", ""));
    QVERIFY(empty);
    QVERIFY(audit->addAttachment(*empty));
    QCOMPARE(audit->state()->attachments[0].mediaType, std::string("application/x-empty"));
    QCOMPARE(audit->state()->attachments[0].sha256, sha256Hex(""));
    QCOMPARE(contentOf(*audit, "N-001"), std::string());
}

void AttachmentsTest::whatCannotBeReadIsRefused()
{
    QCOMPARE(NewAttachment::fromFile(m_folder / "missing").error().kind, ErrorKind::NotFound);
    QCOMPARE(NewAttachment::fromFile(m_folder / ".").error().kind, ErrorKind::Io);
    const auto pipe = m_folder / "pipe";
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    QCOMPARE(NewAttachment::fromFile(pipe).error().kind, ErrorKind::Io);
    if (::geteuid() != 0) { // root reads everything
        const auto closed = file("closed.txt", "x");
        QCOMPARE(::chmod(closed.c_str(), 0), 0);
        QCOMPARE(NewAttachment::fromFile(closed).error().kind, ErrorKind::Io);
    }
}

void AttachmentsTest::whatIsTooLargeIsRefused()
{
    const auto path = file("sparse.bin", "");
    std::filesystem::resize_file(path, maxAttachmentBytes + 1); // takes no room on the disk
    const auto refused = NewAttachment::fromFile(path);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::LimitExceeded);
    QCOMPARE(NewAttachment::fromText(std::string(maxNoteBytes + 1, 'x')).error().kind, ErrorKind::LimitExceeded);
}

void AttachmentsTest::aFileThatShrinksLeavesNothing()
{
    auto audit = Audit::create(m_folder / "shrinks.tally", {});
    QVERIFY(audit);
    const auto path = file("shrinks.bin", bytes(3'000'000));
    const auto opened = NewAttachment::fromFile(path);
    QVERIFY(opened);
    std::filesystem::resize_file(path, 1'500'000);
    const auto added = audit->addAttachment(*opened);
    QVERIFY(!added);
    QCOMPARE(added.error().message.def, auditDef("attachment.changed-while-read"));
    QVERIFY(audit->state()->attachments.empty());
    QVERIFY(audit->verify()->consistent);
}

void AttachmentsTest::notesAndLinks()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit);
    const auto note = NewAttachment::fromText("\nGespräch mit dem Betrieb\r\nkeine Kata-Laufzeit\xff");
    QVERIFY(note);
    QCOMPARE(note->about.title, std::string("Gespräch mit dem Betrieb"));
    QVERIFY(audit->addAttachment(*note));
    QCOMPARE(contentOf(*audit, "N-001"), std::string("\nGespräch mit dem Betrieb\r\nkeine Kata-Laufzeit\xEF\xBF\xBD"));
    const auto link = NewAttachment::fromLink("  HTTPS://wiki.example/konzept?id=1#a \n");
    QVERIFY(link);
    QVERIFY(audit->addAttachment(*link));
    QCOMPARE(audit->state()->attachments[1].name, std::string("HTTPS://wiki.example/konzept?id=1#a"));
    QCOMPARE(audit->state()->attachments[1].mediaType, std::string("text/uri-list"));
    QVERIFY(!NewAttachment::fromText(" \n\t"));
    const auto cut = NewAttachment::fromText(std::string(79, 'a') + "ä and so on");
    QCOMPARE(cut->about.title, std::string(79, 'a') + "…");
}

void AttachmentsTest::oddLinksAreRefused_data()
{
    QTest::addColumn<std::string>("address");
    for (const char *address : {"javascript:alert(1)", "file:///etc/passwd", "ftp://example/a", "example.org", "",
             "https://", "https:///path", "https://:80/", "https://a b", "https://a\nb", "http://user@example/",
             "https://user:secret@example/", "data:text/html,x", "https:\\\\example", "ssh://example"})
        QTest::newRow(address) << std::string(address);
    QTest::newRow("long") << "https://example/" + std::string(3000, 'a');
}

void AttachmentsTest::oddLinksAreRefused()
{
    QFETCH(std::string, address);
    const auto refused = NewAttachment::fromLink(address);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Malformed);
    for (const std::string &arg : refused.error().message.args)
        QVERIFY(arg.find("secret") == std::string::npos);
}

void AttachmentsTest::theSameContentIsKeptOnce()
{
    const auto path = m_folder / "same.tally";
    auto audit = Audit::create(path, {});
    QVERIFY(audit);
    auto first = NewAttachment::fromFile(file("one.txt", "the same"));
    first->about.ids = {"SYS.1.6.A1"};
    QVERIFY(audit->addAttachment(*first));
    auto second = NewAttachment::fromFile(file("two.txt", "the same"));
    second->about.ids = {"SYS.1.6.A1", "SYS.1.6.A2"};
    const auto added = audit->addAttachment(*second);
    QVERIFY(added);
    QVERIFY(added->wasThere);
    QCOMPARE(added->key, std::string("N-001"));
    QCOMPARE(audit->state()->attachments.size(), std::size_t(1));
    QCOMPARE(audit->state()->attachments[0].ids, (std::vector<std::string>{"SYS.1.6.A1", "SYS.1.6.A2"}));
    const std::size_t entries = audit->state()->journal.size();
    QVERIFY(audit->addAttachment(*second)->wasThere);
    QCOMPARE(audit->state()->journal.size(), entries); // nothing changed
    QVERIFY(audit->undo());
    QCOMPARE(audit->state()->attachments[0].ids, (std::vector<std::string>{"SYS.1.6.A1"}));
    QVERIFY(audit->verify()->consistent);
}

void AttachmentsTest::textsChangeAndContentDoesNot()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit);
    QVERIFY(audit->addAttachment(*NewAttachment::fromText("note")));
    Attachment changed = audit->state()->attachments[0];
    changed.title = "new title";
    changed.expires = "2026-12-31";
    changed.ids = {"SYS.1.6.A3"};
    changed.sha256 = "0";
    changed.name = "x";
    QVERIFY(audit->updateAttachment(changed));
    const Attachment now = audit->state()->attachments[0];
    QCOMPARE(now.title, std::string("new title"));
    QCOMPARE(now.expires, std::string("2026-12-31"));
    QCOMPARE(now.name, std::string("note"));
    QCOMPARE(now.sha256, sha256Hex("note"));
    QCOMPARE(audit->state()->journal.back().event, std::string("attachment-changed"));
    const std::size_t entries = audit->state()->journal.size();
    QVERIFY(audit->updateAttachment(now));
    QCOMPARE(audit->state()->journal.size(), entries);
    QVERIFY(audit->undo());
    QCOMPARE(audit->state()->attachments[0].title, std::string("note"));
    QVERIFY(audit->redo());
    QCOMPARE(audit->state()->attachments[0].title, std::string("new title"));
    changed.key = "N-099";
    QCOMPARE(audit->updateAttachment(changed).error().kind, ErrorKind::NotFound);
    QVERIFY(audit->verify()->consistent);
}

void AttachmentsTest::nothingIsLostWhenOneIsRemoved()
{
    const auto path = m_folder / "removed.tally";
    {
        auto audit = Audit::create(path, {"O", "T", "A", "", "", ""});
        QVERIFY(audit);
        QVERIFY(audit->addAttachment(*NewAttachment::fromText("first")));
        QVERIFY(audit->addAttachment(*NewAttachment::fromText("second")));
        QVERIFY(audit->removeAttachment("N-001"));
        QCOMPARE(audit->state()->attachments.size(), std::size_t(1));
        QVERIFY(!audit->removeAttachment("N-001"));
        QVERIFY(audit->undo());
        QCOMPARE(audit->state()->attachments[0].key, std::string("N-001"));
        QVERIFY(audit->redo());
        QCOMPARE(audit->state()->journal.back().event, std::string("attachment-removed-redone"));
    }
    auto audit = Audit::open(path);
    QVERIFY(audit);
    QCOMPARE(audit->state()->attachments.size(), std::size_t(1));
    QCOMPARE(audit->state()->removedAttachments.size(), std::size_t(1));
    QCOMPARE(audit->state()->removedAttachments[0].removedBy, std::string("A"));
    QCOMPARE(contentOf(*audit, "N-001"), std::string("first"));
    QVERIFY(audit->restoreAttachment("N-001"));
    QCOMPARE(audit->state()->attachments.size(), std::size_t(2));
    QCOMPARE(audit->state()->attachments[0].key, std::string("N-001"));
    QVERIFY(audit->removeAttachment("N-002"));
    QCOMPARE(audit->addAttachment(*NewAttachment::fromText("third"))->key, std::string("N-003"));
    // Adding can be taken back too, and the number is not given again.
    QVERIFY(audit->undo());
    QCOMPARE(audit->state()->removedAttachments.size(), std::size_t(2));
    QCOMPARE(audit->addAttachment(*NewAttachment::fromText("fourth"))->key, std::string("N-004"));
    QVERIFY(audit->verify()->consistent);
}

void AttachmentsTest::wrongTextsAreRefused()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit);
    auto note = *NewAttachment::fromText("note");
    note.about.date = "12.11.2026";
    QCOMPARE(audit->addAttachment(note).error().message.def, auditDef("attachment.date"));
    note.about.date = "2026-02-30";
    QVERIFY(!audit->addAttachment(note));
    note.about.date.clear();
    note.about.ids = {"nothing"};
    QCOMPARE(audit->addAttachment(note).error().message.def, auditDef("audit.unknown-requirement"));
    note.about.ids.clear();
    note.about.title = std::string(3000, 'x');
    QCOMPARE(audit->addAttachment(note).error().message.def, auditDef("attachment.text-too-long"));
    QVERIFY(audit->state()->attachments.empty());
}

void AttachmentsTest::aChangeOfTheContentIsSaid_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::newRow("another byte") << QByteArray("UPDATE attachment_chunk SET data=x'00' WHERE ordinal=1");
    QTest::newRow("a piece less") << QByteArray("DELETE FROM attachment_chunk WHERE ordinal=1");
    QTest::newRow("a piece more") << QByteArray(
        "INSERT INTO attachment_chunk(attachment, ordinal, data) VALUES(1, 2, x'00')");
    QTest::newRow("other order") << QByteArray("UPDATE attachment_chunk SET ordinal=9 WHERE ordinal=0");
    QTest::newRow("other digest") << QByteArray("UPDATE attachment SET sha256='00'");
}

void AttachmentsTest::aChangeOfTheContentIsSaid()
{
    QFETCH(QByteArray, sql);
    const auto path = m_folder / QTest::currentDataTag();
    {
        auto audit = Audit::create(path, {});
        QVERIFY(audit);
        auto big = NewAttachment::fromFile(file("c.bin", bytes(1'200'000)));
        QVERIFY(audit->addAttachment(*big));
    }
    QVERIFY(runSql(path, sql.constData()));
    const auto audit = Audit::open(path);
    QVERIFY(audit);
    QCOMPARE(contentOf(*audit, "N-001"), std::string("error: attachment.differs"));
    QVERIFY(!audit->verify()->consistent);
}

void AttachmentsTest::cancellingLeavesNothing()
{
    auto audit = Audit::create(m_folder / "cancel.tally", {});
    QVERIFY(audit);
    const auto big = NewAttachment::fromFile(file("cancel.bin", bytes(5'000'000)));
    std::stop_source stop;
    const RunContext run(stop.get_token(), [&stop](const Progress &) { stop.request_stop(); });
    const auto added = audit->addAttachment(*big, run);
    QVERIFY(!added);
    QCOMPARE(added.error().kind, ErrorKind::Cancelled);
    QVERIFY(audit->state()->attachments.empty());
    QVERIFY(audit->verify()->consistent);
    QVERIFY(audit->addAttachment(*big));
}

/// A limit of the file's size stands for the disk: another process, because it holds for all of its files.
void AttachmentsTest::aFullDiskLeavesWhatWasThere()
{
    const auto path = m_folder / "full.tally";
    const auto big = file("full.bin", bytes(8'000'000));
    const pid_t child = fork();
    if (child == 0) {
        auto audit = Audit::create(path, {});
        const bool kept = audit && audit->addAttachment(*NewAttachment::fromText("kept"));
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{3'000'000, 3'000'000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const auto content = NewAttachment::fromFile(big);
        const auto refused = audit->addAttachment(*content);
        const bool stands = audit->state()->attachments.size() == 1 && contentOf(*audit, "N-001") == "kept";
        const bool goesOn = audit->addAttachment(*NewAttachment::fromText("after it")).has_value();
        _exit(kept && !refused && refused.error().kind == ErrorKind::Io && stands && goesOn ? 0 : 1);
    }
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
    const auto audit = Audit::open(path);
    QVERIFY(audit);
    QCOMPARE(audit->state()->attachments.size(), std::size_t(2));
    QVERIFY(audit->verify()->consistent);
}

void AttachmentsTest::filesOfEarlierFormatsGetTheTables()
{
    const auto path = m_folder / "old.tally";
    QVERIFY(Audit::create(path, {"O", "T", "A", "", "", ""}));
    for (std::size_t type = 0; type < recordTypes; ++type)
        QVERIFY(runSql(path, (std::string("DROP TABLE ") + recordTable(static_cast<RecordType>(type))).c_str()));
    QVERIFY(runSql(path,
        "DROP TABLE asked_in_cluster; DROP TABLE exception_in_cluster; DROP TABLE attachment_chunk; DROP TABLE "
        "attachment;"
        "CREATE TABLE attachment(id INTEGER PRIMARY KEY, name TEXT NOT NULL, media_type TEXT NOT NULL, bytes INTEGER "
        "NOT NULL, sha256 TEXT NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL, expires TEXT NOT NULL, requirement TEXT "
        "NOT NULL);"
        "CREATE TABLE attachment_chunk(id INTEGER PRIMARY KEY, attachment INTEGER NOT NULL REFERENCES attachment(id), "
        "ordinal INTEGER NOT NULL, data BLOB NOT NULL); PRAGMA user_version=2"));
    {
        auto audit = Audit::open(path);
        QVERIFY(audit);
        QVERIFY(!audit->readOnly());
        QVERIFY(!audit->keptCopy().empty());
        QVERIFY(audit->addAttachment(*NewAttachment::fromText("note")));
        QVERIFY(audit->verify()->consistent);
        // What the copy holds is format 2: it is brought forward like any other.
        QVERIFY(runSql(audit->keptCopy(), "INSERT INTO attachment VALUES(1,'a','b',1,'c','d','e','f','g')"));
        const auto filled = Audit::open(audit->keptCopy());
        QVERIFY(filled); // something else wrote into it: it stays as it is
        QVERIFY(filled->readOnly());
        QVERIFY(!filled->verify()->consistent);
    }
}

void AttachmentsTest::namesForFilesAreHarmless_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("safe");
    const auto row
        = [](const char *name, const char *safe) { QTest::newRow(name) << std::string(name) << std::string(safe); };
    row("Konzept v2.3.pdf", "N-001_Konzept_v2.3.pdf");
    row("../../etc/passwd", "N-001_etc_passwd");
    row("a\nb\x1b[31m.sh", "N-001_a_b_31m.sh");
    row(".bashrc", "N-001_bashrc");
    row("Größe.xlsx", "N-001_Gr_e.xlsx");
    row("\xE2\x80\xAEgpj.exe", "N-001_gpj.exe");
    row("con", "N-001__con");
    row("LPT1.txt", "N-001__LPT1.txt");
    row("a...b", "N-001_a.b");
    row("-rf", "N-001_-rf");
    row("", "N-001");
    QTest::newRow("long") << std::string(300, 'a') + ".pdf"
                          << "N-001_" + std::string(110, 'a') + ".pdf";
}

void AttachmentsTest::namesForFilesAreHarmless()
{
    QFETCH(std::string, name);
    QFETCH(std::string, safe);
    Attachment attachment;
    attachment.key = "N-001";
    attachment.name = name;
    QCOMPARE(safeFileName(attachment), safe);
}

TALLY_TEST(AttachmentsTest)
#include "attachments_test.moc"
