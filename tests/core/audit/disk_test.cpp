// SPDX-License-Identifier: Apache-2.0
#include "core/audit/audit.h"
#include "core/base/messages_audit.h"
#include "core/base/messages_base.h"
#include "tests/core/audit/sample_audit.h"
#include "tests/support/failing_disk.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <optional>

using namespace tally;
using tally::test::FailingDisk;
using tally::test::Folder;
using tally::test::sampleAssessment;
using tally::test::sampleOpened;

/// What a disk can do to an audit while somebody works in it: nothing that was shown as saved may be lost, what was
/// not is said, and work goes on where it stood as soon as the disk does.
class DiskTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whereverItFailsTheLastStateShownIsIntact_data();
    void whereverItFailsTheLastStateShownIsIntact();
    void aShareMayComeBack();
    void aFileThatWasTakenAwayIsSaid();
    void withoutRoomThereIsNoHalfAudit();

private:
    Folder m_folder;
};

namespace {

Decision decisionOf(const char *reason)
{
    Decision decision;
    decision.status = Status::Nein;
    decision.reason = reason;
    return decision;
}

Result<> decideAgain(Audit &audit)
{
    return audit.decide("SYS.1.6.A2", decisionOf("second"));
}

Result<> addSource(Audit &audit)
{
    Opened opened = sampleOpened();
    opened.source.sha256 = "sha256:22";
    opened.diagnostics.assign(2000, {Diagnostic::Severity::Note, {baseDef("file.not-found"), {"x"}}, 1, {}}); // pages
    return audit.addJudgedSource(opened, sampleAssessment("basis-2"));
}

/// An audit with something in it, as a person sees it.
std::optional<Audit> workedOn(const std::filesystem::path &path)
{
    auto audit = Audit::create(path, {"O", "T", "A", "", "", ""});
    if (!audit || !audit->addJudgedSource(sampleOpened(), sampleAssessment())
        || !audit->decide("SYS.1.6.A1", decisionOf("first")))
        return std::nullopt;
    return std::move(audit).value();
}

} // namespace

void DiskTest::whereverItFailsTheLastStateShownIsIntact_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("isSource");
    using Fault = FailingDisk::Fault;
    QTest::newRow("full, a decision") << int(Fault::Full) << u"audit.disk-full"_qs << false;
    QTest::newRow("full, a source") << int(Fault::Full) << u"audit.disk-full"_qs << true;
    QTest::newRow("unsynced, a decision") << int(Fault::Unsynced) << u"audit.unreachable"_qs << false;
    QTest::newRow("unsynced, a source") << int(Fault::Unsynced) << u"audit.unreachable"_qs << true;
    QTest::newRow("gone, a decision") << int(Fault::Gone) << u"audit.unreachable"_qs << false;
    QTest::newRow("gone, a source") << int(Fault::Gone) << u"audit.unreachable"_qs << true;
}

/// The disk fails at the first call, at the second, ... until the change gets through.
void DiskTest::whereverItFailsTheLastStateShownIsIntact()
{
    QFETCH(const int, fault);
    QFETCH(const QString, code);
    QFETCH(const bool, isSource);
    const auto change = isSource ? addSource : decideAgain;
    const FailingDisk disk;
    const auto worked = m_folder / "worked.tally";
    QVERIFY(std::filesystem::exists(worked) || workedOn(worked));
    int calls = 0;
    for (bool through = false; !through; ++calls) {
        const auto path = m_folder / ("fails-" + std::to_string(calls) + QTest::currentDataTag()).c_str();
        std::filesystem::copy_file(worked, path);
        auto audit = Audit::open(path);
        QVERIFY(audit);
        const std::string head = audit->state()->journalHead;
        FailingDisk::fail(static_cast<FailingDisk::Fault>(fault), calls);
        const auto done = change(*audit);
        // What SQLite does after the commit, such as emptying its own journal, may fail without harm.
        through = done.has_value() && !FailingDisk::hasFailed();
        FailingDisk::mend();
        if (!done && done.error().message.def != auditDef("audit.unconfirmed")) {
            QCOMPARE(QString::fromLatin1(done.error().message.def->code), code);
            QCOMPARE(QString::fromStdString(done.error().message.args.at(0)), QString::fromStdString(path.string()));
            QCOMPARE(audit->state()->journalHead, head);
            if (calls % 2 == 0) { // half of them go on working, the others leave it
                const auto again = change(*audit);
                // What was "not saved" may be in the file all the same: then it is shown, and said.
                QVERIFY2(again || again.error().message.def == auditDef("audit.caught-up"),
                    again ? "" : again.error().detail.c_str());
                QVERIFY(audit->state()->journalHead != head);
            }
        } else {
            QVERIFY(audit->state()->journalHead != head);
        }
        const std::string shown = audit->state()->journalHead;
        audit = Audit::createInMemory({}); // closes the file
        const auto reopened = Audit::open(path);
        QVERIFY(reopened);
        // More than was shown as saved may be there, but never less.
        const auto &entries = reopened->state()->journal;
        QVERIFY(std::ranges::find(entries, shown, &JournalEntry::hash) != entries.end());
        QVERIFY(fault != int(FailingDisk::Fault::Full) || reopened->state()->journalHead == shown);
        QCOMPARE(reopened->state()->decisions.at("SYS.1.6.A1").reason, std::string("first"));
        const auto verified = reopened->verify();
        QVERIFY(verified);
        QVERIFY(verified->consistent);
    }
    QVERIFY2(calls > 3, std::to_string(calls).c_str());
}

void DiskTest::aShareMayComeBack()
{
    const FailingDisk disk;
    const auto path = m_folder / "share.tally";
    auto audit = workedOn(path);
    QVERIFY(audit);
    FailingDisk::fail(FailingDisk::Fault::Gone);
    for (int i = 0; i < 3; ++i) {
        const auto refused = decideAgain(*audit);
        QVERIFY(!refused);
        QCOMPARE(refused.error().message.def, auditDef("audit.unreachable"));
        QVERIFY(!audit->state()->decisions.contains("SYS.1.6.A2"));
    }
    FailingDisk::mend();
    QVERIFY(decideAgain(*audit));
    audit.reset();
    const auto reopened = Audit::open(path);
    QVERIFY(reopened);
    QCOMPARE(reopened->state()->decisions.at("SYS.1.6.A2").reason, std::string("second"));
}

/// Removed or renamed by somebody else: what would be written into it then is nowhere.
void DiskTest::aFileThatWasTakenAwayIsSaid()
{
    const auto path = m_folder / "taken.tally";
    auto audit = workedOn(path);
    QVERIFY(audit);
    std::filesystem::rename(path, m_folder / "elsewhere.tally");
    const auto refused = decideAgain(*audit);
    QVERIFY(!refused);
    QCOMPARE(refused.error().message.def, auditDef("audit.moved"));
    QVERIFY(!audit->state()->decisions.contains("SYS.1.6.A2"));
    QVERIFY(audit->saveCopy(m_folder / "saved.tally")); // all that was shown as saved
    const auto copy = Audit::open(m_folder / "saved.tally");
    QVERIFY(copy);
    QCOMPARE(copy->state()->journalHead, audit->state()->journalHead);

    std::filesystem::rename(m_folder / "elsewhere.tally", path);
    QVERIFY(decideAgain(*audit));
}

void DiskTest::withoutRoomThereIsNoHalfAudit()
{
    const FailingDisk disk;
    for (int calls = 0;; ++calls) {
        const auto path = m_folder / ("new-" + std::to_string(calls)).c_str();
        FailingDisk::fail(FailingDisk::Fault::Full, calls);
        const auto made = Audit::create(path, {"O", "T", "A", "", "", ""});
        const bool failed = FailingDisk::hasFailed();
        FailingDisk::mend();
        if (made && !failed)
            return;
        if (!made) {
            QCOMPARE(made.error().message.def, auditDef("audit.create.full")); // nothing was saved that is safe
            QVERIFY2(!std::filesystem::exists(path), std::to_string(calls).c_str());
        }
    }
}

TALLY_TEST(DiskTest)
#include "disk_test.moc"
