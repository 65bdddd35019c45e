// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_audit.h"
#include "core/base/messages_workbench.h"
#include "tests/core/audit/sample_audit.h"

#include "core/io/file.h"

#include "tests/support/test_registry.h"

#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <random>

using namespace tally;
using namespace tally::test;

class AuditTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reopeningShowsEverything();
    void anExistingFileIsNeverReplaced();
    void whatIsOpenElsewhereIsRefused();
    void foreignFilesAreRefused();
    void aNewerFileCanBeRead();
    void anAuditIsKnownByItsFirstBytes();
    void aSourceIsStoredWithItsRunOrNotAtAll();
    void saysWhatNoRunHasLookedAt();
    void sameContentIsNoSecondSource();
    void whoWorksStandsInTheJournal();
    void undoAndRedoAddToTheJournal();
    void aNewBasisMakesADecisionStale();
    void reasonsAreAskedForWhereTheyAreRequired_data();
    void reasonsAreAskedForWhereTheyAreRequired();
    void whatWasReadAnewStandsInItsPlace();
    void digestsOfTheCacheKeepTheirDate();
    void aCopyIsAWholeAudit();
    void aReadOnlyFileCanBeRead();
    void whyNoneIsCreatedIsSaid();
    void killedAtAnyMomentNothingSavedIsLost();

private:
    Folder m_folder;
};

void AuditTest::reopeningShowsEverything()
{
    const auto path = m_folder / "a.tally";
    std::string head;
    {
        auto audit = Audit::create(path, {"Stadtwerke", "Audit 2026", "A. Auditor", "Cluster", "VERTRAULICH", ""});
        QVERIFY(audit);
        QVERIFY(audit->addSource(sampleOpened()));
        QVERIFY(audit->addRun(sampleAssessment()));
        Decision decision;
        decision.status = Status::Nein;
        decision.reason = "privilegiert";
        decision.by = "A. Auditor";
        QVERIFY(audit->decide("SYS.1.6.A17", decision));
        QVERIFY(audit->setException(
            {"00112233445566778899aabbccddeeff", "accepted", "CNI", "A. Auditor", "", "2027-01-01"}));
        head = audit->state()->journalHead;
    }
    QVERIFY2(!std::filesystem::exists(path.string() + "-journal"), "a closed audit is one file");

    const auto audit = Audit::open(path);
    QVERIFY(audit);
    const AuditStatePtr state = audit->state();
    QCOMPARE(state->info.organisation, std::string("Stadtwerke"));
    QCOMPARE(state->info.classification, std::string("VERTRAULICH"));
    QCOMPARE(state->sources.size(), std::size_t(1));
    QCOMPARE(state->sources[0].sha256, std::string("sha256:11"));
    QCOMPARE(state->images.size(), std::size_t(1));
    QCOMPARE(state->images[0]->displayName(), std::string("registry.example/app:1"));
    QVERIFY(state->assessment);
    QVERIFY(state->assessment->findings == sampleAssessment()->findings);
    QVERIFY(state->assessment->requirements[0].parts[0].basis == sampleAssessment()->requirements[0].parts[0].basis);
    const Decision &decision = state->decisions.at("SYS.1.6.A17");
    QCOMPARE(decision.status, Status::Nein);
    QCOMPARE(decision.reason, std::string("privilegiert"));
    QCOMPARE(decision.basisHash, std::string("basis-1"));
    QVERIFY(!decision.stale);
    QCOMPARE(state->exceptions.size(), std::size_t(1));
    QCOMPARE(state->journal.size(), std::size_t(5));
    QCOMPARE(state->journalHead, head);
}

void AuditTest::anExistingFileIsNeverReplaced()
{
    const auto path = m_folder / "exists.tally";
    QVERIFY(saveAtomically(path, "something else"));
    const auto audit = Audit::create(path, {});
    QVERIFY(!audit);
    QCOMPARE(audit.error().message.def, auditDef("audit.exists"));
    QCOMPARE(*readFile(path, {}), std::string("something else"));
}

void AuditTest::whatIsOpenElsewhereIsRefused()
{
    const auto path = m_folder / "twice.tally";
    {
        auto first = Audit::create(path, {});
        QVERIFY(first);
        const pid_t child = fork();
        if (child == 0) { // another process: POSIX locks do not hold against one's own
            const auto second = Audit::open(path);
            _exit(!second && second.error().message.def == auditDef("audit.opened-elsewhere") ? 0 : 1);
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
    }
    QVERIFY(Audit::open(path));
}

void AuditTest::foreignFilesAreRefused()
{
    const auto text = m_folder / "text.tally";
    QVERIFY(saveAtomically(text, "kind: List\nitems: []\n"));
    const auto foreign = Audit::open(text);
    QVERIFY(!foreign);
    QCOMPARE(foreign.error().message.def, auditDef("audit.not-an-audit"));
}

/// What this version knows of it is shown, nothing is written, and nobody is told that all is as the journal says.
void AuditTest::aNewerFileCanBeRead()
{
    const auto path = m_folder / "newer.tally";
    {
        auto audit = Audit::create(path, {"O", "T", "", "", "", ""});
        QVERIFY(audit);
        QVERIFY(audit->addJudgedSource(sampleOpened(), sampleAssessment()));
        QVERIFY(audit->newerFormat() == 0);
    }
    runSql(path,
        "CREATE TABLE signature(id INTEGER PRIMARY KEY, what TEXT); INSERT INTO signature(what) VALUES('x');"
        "ALTER TABLE decision ADD COLUMN mood TEXT NOT NULL DEFAULT ''; PRAGMA user_version=99");
    const auto before = readFile(path, {});
    {
        auto audit = Audit::open(path);
        QVERIFY(audit);
        QVERIFY(audit->readOnly());
        QCOMPARE(audit->newerFormat(), std::int64_t(99));
        QCOMPARE(audit->state()->images.size(), std::size_t(1));
        QCOMPARE(audit->state()->assessment->findings.size(), std::size_t(1));
        QVERIFY(!audit->decide("SYS.1.6.A1", {}));
        const auto verified = audit->verify();
        QVERIFY(!verified);
        QCOMPARE(verified.error().message.def, auditDef("audit.newer"));
    }
    QCOMPARE(*readFile(path, {}), *before);
    QVERIFY(!verifyAudit(path, {}));

    runSql(path, "DROP TABLE source");
    const auto unknown = Audit::open(path);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, ErrorKind::Unsupported);
    QCOMPARE(unknown.error().message.args.at(1), std::string("99"));
}

void AuditTest::anAuditIsKnownByItsFirstBytes()
{
    const auto path = m_folder / "any-name.bin";
    QVERIFY(Audit::create(path, {}));
    QVERIFY(isAuditFile(path));
    const auto foreign = m_folder / "looks.tally";
    std::ofstream(foreign) << std::string(4096, 'x');
    QVERIFY(!isAuditFile(foreign));
    const auto other = m_folder / "other.sqlite"; // SQLite, but of another program
    std::filesystem::copy_file(path, other);
    std::fstream(other, std::ios::in | std::ios::out | std::ios::binary).seekp(68).write("GPKG", 4);
    QVERIFY(!isAuditFile(other));
    QVERIFY(!isAuditFile(m_folder / "none.tally"));
    QVERIFY(!isAuditFile(path.parent_path()));
}

void AuditTest::aSourceIsStoredWithItsRunOrNotAtAll()
{
    const auto path = m_folder / "together.tally";
    {
        auto audit = Audit::create(path, {});
        QVERIFY(audit);
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = audit->addJudgedSource(sampleOpened(), sampleAssessment(), RunContext(stop.get_token()));
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
        QVERIFY(audit->state()->sources.empty());
        QVERIFY(!audit->state()->assessment);
        QCOMPARE(audit->state()->journal.size(), std::size_t(1));
    }
    {
        auto audit = Audit::open(path);
        QVERIFY(audit);
        QVERIFY(audit->state()->sources.empty());
        QVERIFY(audit->addJudgedSource(sampleOpened(), sampleAssessment()));
        QVERIFY(isJudged(*audit->state()));
    }
    const auto audit = Audit::open(path);
    QVERIFY(audit);
    QCOMPARE(audit->state()->sources.size(), std::size_t(1));
    QVERIFY(audit->state()->assessment);
    QCOMPARE(audit->state()->journal.size(), std::size_t(3));
    QVERIFY(isJudged(*audit->state()));
}

void AuditTest::saysWhatNoRunHasLookedAt()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit);
    QVERIFY(isJudged(*audit->state())); // nothing is there to be judged
    QVERIFY(audit->addSource(sampleOpened()));
    QVERIFY(!isJudged(*audit->state()));
    QVERIFY(audit->addRun(sampleAssessment()));
    QVERIFY(isJudged(*audit->state()));
    Opened other = sampleOpened();
    other.source.sha256 = "sha256:other";
    QVERIFY(audit->addSource(other));
    QVERIFY(!isJudged(*audit->state()));
}

void AuditTest::sameContentIsNoSecondSource()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit);
    QVERIFY(audit->addSource(sampleOpened()));
    const AuditStatePtr before = audit->state();
    Opened again = sampleOpened();
    again.source.name = "copy.tar";
    const auto refused = audit->addSource(again);
    QVERIFY(!refused);
    QCOMPARE(refused.error().message.args.at(0), std::string("copy.tar"));
    QCOMPARE(refused.error().message.args.at(1), before->sources.at(0).name);
    QVERIFY(!audit->addJudgedSource(again, sampleAssessment()));
    QVERIFY(audit->state() == before);
    again.source.sha256.clear(); // nothing is known of it
    QVERIFY(audit->addSource(again));
}

void AuditTest::whoWorksStandsInTheJournal()
{
    AuditInfo info;
    info.auditor = "A. Auditor";
    auto audit = Audit::createInMemory(info);
    QVERIFY(audit);
    Decision decision;
    decision.status = Status::Ja;
    QVERIFY(audit->decide("SYS.1.6.A1", decision));
    QCOMPARE(audit->state()->decisions.at("SYS.1.6.A1").by, std::string("A. Auditor"));
    audit->setActor("B. Beisitz");
    QVERIFY(audit->undo());
    QCOMPARE(audit->state()->journal.back().event, std::string("decision-undone"));
    QCOMPARE(audit->state()->journal.back().by, std::string("B. Beisitz"));
    QVERIFY(audit->redo());
    QCOMPARE(audit->state()->journal.back().by, std::string("B. Beisitz"));
    QCOMPARE(audit->state()->decisions.at("SYS.1.6.A1").by, std::string("A. Auditor")); // restored, not made anew
    QVERIFY(audit->setException({"00112233445566778899aabbccddeeff", "accepted", "CNI", "", "", ""}));
    QCOMPARE(audit->state()->exceptions.begin()->second.by, std::string("B. Beisitz"));
    QVERIFY(audit->addSource(sampleOpened()));
    QCOMPARE(audit->state()->journal.back().by, std::string("B. Beisitz"));
}

void AuditTest::undoAndRedoAddToTheJournal()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit);
    const std::size_t before = audit->state()->journal.size();
    Decision decision;
    decision.status = Status::Ja;
    QVERIFY(!audit->canUndo());
    QVERIFY(audit->decide("SYS.1.6.A1", decision));
    QVERIFY(audit->undo());
    QCOMPARE(audit->state()->decisions.at("SYS.1.6.A1").status, Status::Unbearbeitet);
    QVERIFY(audit->canRedo());
    QVERIFY(audit->redo());
    QCOMPARE(audit->state()->decisions.at("SYS.1.6.A1").status, Status::Ja);
    QVERIFY(!audit->canRedo());
    QCOMPARE(audit->state()->journal.size(), before + 3);
    QCOMPARE(audit->state()->journal.back().event, std::string("decision-redone"));
    const auto unknown = audit->decide("nonsense", decision);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, ErrorKind::NotFound);
}

void AuditTest::aNewBasisMakesADecisionStale()
{
    auto audit = Audit::createInMemory({});
    QVERIFY(audit);
    QVERIFY(audit->addRun(sampleAssessment("basis-1")));
    Decision decision;
    decision.status = Status::Ja;
    decision.reason = "no longer so, seen on site"; // the program proves otherwise
    QVERIFY(audit->decide("SYS.1.6.A17", decision));
    QVERIFY(!audit->state()->decisions.at("SYS.1.6.A17").stale);
    QVERIFY(audit->addRun(sampleAssessment("basis-2")));
    QVERIFY(audit->state()->decisions.at("SYS.1.6.A17").stale);
    QCOMPARE(audit->state()->decisions.at("SYS.1.6.A17").status, Status::Ja); // shown, never overwritten
}

void AuditTest::reasonsAreAskedForWhereTheyAreRequired_data()
{
    QTest::addColumn<std::string>("modal");
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("reason");
    QTest::addColumn<std::string>("code");
    QTest::newRow("ja needs none") << std::string("MUSS") << int(Status::Ja) << std::string() << std::string();
    QTest::newRow("entbehrlich") << std::string("SOLLTE") << int(Status::Entbehrlich) << std::string(" \n")
                                 << std::string("decision.reason-entbehrlich");
    QTest::newRow("nein on MUSS") << std::string("MUSS") << int(Status::Nein) << std::string()
                                  << std::string("decision.reason-must");
    QTest::newRow("teilweise on SOLLTE") << std::string("SOLLTE") << int(Status::Teilweise) << std::string()
                                         << std::string("decision.reason-should");
    QTest::newRow("with a reason") << std::string("MUSS") << int(Status::Nein) << std::string("x") << std::string();
}

void AuditTest::reasonsAreAskedForWhereTheyAreRequired()
{
    QFETCH(std::string, modal);
    QFETCH(int, status);
    QFETCH(std::string, reason);
    QFETCH(std::string, code);
    Requirement requirement;
    requirement.id = "SYS.1.6.A1";
    requirement.parts.resize(1);
    requirement.parts[0].modal = modal;
    Decision decision;
    decision.status = static_cast<Status>(status);
    decision.reason = reason;
    const auto message = validateDecision(requirement, decision);
    QCOMPARE(message ? std::string(message->def->code) : std::string(), code);
}

namespace {

/// An image that is told apart by its platform.
Opened openedImage(int source, const std::string &platform)
{
    auto image = std::make_shared<Image>();
    image->platform = platform;
    image->source = source;
    Opened opened;
    opened.source.path = "/in/image.tar";
    opened.source.name = "image.tar";
    opened.source.form = "docker-archive";
    opened.source.sha256 = platform;
    opened.source.verifiedAt = "2026-11-20T08:00:00Z";
    opened.things.emplace_back(std::move(image));
    opened.diagnostics.push_back(
        {Diagnostic::Severity::Note, {workbenchDef("cache.source-changed"), {platform}}, source, {}});
    return opened;
}

std::string platforms(const AuditState &state)
{
    std::string all;
    for (const ImagePtr &image : state.images)
        all += image->platform + std::to_string(image->source) + " ";
    for (const Diagnostic &diagnostic : state.diagnostics)
        all += diagnostic.message.args.at(0) + std::to_string(diagnostic.source) + " ";
    return all;
}

} // namespace

void AuditTest::whatWasReadAnewStandsInItsPlace()
{
    const auto path = m_folder / "replaced.tally";
    {
        auto audit = Audit::create(path, {});
        QVERIFY(audit->addSource(openedImage(0, "a")));
        QVERIFY(audit->addSource(openedImage(1, "b")));
        QVERIFY(audit->addSource(openedImage(2, "c")));
        QVERIFY(audit->addRun(sampleAssessment()));
        const std::string addedAt = audit->state()->sources.at(1).addedAt;
        Opened fresh = openedImage(1, "x");
        fresh.things.push_back(openedImage(1, "y").things.at(0));
        QVERIFY(audit->replaceSource(1, fresh, sampleAssessment("basis-2")));
        QCOMPARE(platforms(*audit->state()), std::string("a0 x1 y1 c2 a0 x1 c2 "));
        QCOMPARE(audit->state()->sources.at(1).addedAt, addedAt);
        QCOMPARE(audit->state()->assessment->requirements.at(0).basisHash, std::string("basis-2"));
        QVERIFY(isJudged(*audit->state()));
    }
    {
        const auto again = Audit::open(path);
        QVERIFY(again);
        const AuditStatePtr state = again->state();
        QCOMPARE(platforms(*state), std::string("a0 x1 y1 c2 a0 x1 c2 "));
        QCOMPARE(state->sources.at(1).sha256, std::string("x"));
        const std::string &detail = state->journal.at(state->journal.size() - 2).detail;
        QVERIFY(detail.find("\"sha256Before\":\"b\"") != std::string::npos); // what was believed is not forgotten
    }
    const auto verified = verifyAudit(path, "");
    QVERIFY(verified);
    QVERIFY(verified->consistent);
}

void AuditTest::digestsOfTheCacheKeepTheirDate()
{
    const auto path = m_folder / "dates.tally";
    {
        auto audit = Audit::create(path, {});
        for (const int source : {0, 1, 2}) {
            Opened opened = openedImage(source, std::to_string(source));
            opened.source.cached = source != 0;
            opened.source.addedAt = "2026-11-22T08:00:00Z";
            QVERIFY(audit->addSource(opened));
        }
        QCOMPARE(sourcesToRecheck(*audit->state()).size(), 2U);
        QVERIFY(audit->recordRecheck(1, "2026-11-23T08:00:00Z"));
        QCOMPARE(sourcesToRecheck(*audit->state()), std::vector<std::size_t>{2});
    }
    std::vector<Source> sources;
    {
        const auto again = Audit::open(path);
        QVERIFY(again);
        sources = again->state()->sources;
        QCOMPARE(sourcesToRecheck(*again->state()), std::vector<std::size_t>{2});
    }
    QCOMPARE(sources.at(0).verifiedAt, std::string("2026-11-22T08:00:00Z"));
    QCOMPARE(sources.at(1).verifiedAt, std::string("2026-11-23T08:00:00Z"));
    QCOMPARE(sources.at(2).verifiedAt, std::string("2026-11-20T08:00:00Z"));
    const auto verified = verifyAudit(path, "");
    QVERIFY(verified);
    QVERIFY(verified->consistent);
}

void AuditTest::aCopyIsAWholeAudit()
{
    auto audit = Audit::createInMemory({"O", "T", "", "", "", ""});
    QVERIFY(audit);
    QVERIFY(audit->addSource(sampleOpened()));
    QVERIFY(audit->saveCopy(m_folder / "copy.tally"));
    QVERIFY(!audit->saveCopy(m_folder / "copy.tally"));
    const auto copy = Audit::open(m_folder / "copy.tally");
    QVERIFY(copy);
    QCOMPARE(copy->state()->journalHead, audit->state()->journalHead);
    QCOMPARE(copy->state()->images.size(), std::size_t(1));
}

void AuditTest::whyNoneIsCreatedIsSaid()
{
    const auto nowhere = m_folder / "no such folder" / "a.tally";
    const auto made = Audit::create(nowhere, {});
    QVERIFY(!made);
    QCOMPARE(made.error().message.def, auditDef("audit.create.no-folder"));
    QCOMPARE(made.error().message.args.at(1), nowhere.parent_path().string());
    const auto there = m_folder / "there.tally";
    QVERIFY(Audit::create(there, {}));
    const auto again = Audit::create(there, {});
    QVERIFY(!again && again.error().message.def == auditDef("audit.exists"));
    QVERIFY(std::filesystem::exists(there)); // not ours to remove
    if (geteuid() == 0)
        QSKIP("root may write everywhere");
    const auto folder = m_folder / "closed";
    std::filesystem::create_directory(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    const auto refused = Audit::create(folder / "a.tally", {});
    QVERIFY(!refused && refused.error().message.def == auditDef("audit.create.not-allowed"));
}

void AuditTest::aReadOnlyFileCanBeRead()
{
    if (geteuid() == 0)
        QSKIP("root may write to read-only files");
    const auto path = m_folder / "readonly.tally";
    QVERIFY(Audit::create(path, {}));
    std::filesystem::permissions(path, std::filesystem::perms::owner_read);
    auto audit = Audit::open(path);
    QVERIFY(audit);
    QVERIFY(audit->readOnly());
    QVERIFY(!audit->decide("SYS.1.6.A1", {}));
}

/// A child decides and says through a pipe what was saved; it is killed at some moment. Whatever it said must be there.
void AuditTest::killedAtAnyMomentNothingSavedIsLost()
{
    const auto path = m_folder / "killed.tally";
    QVERIFY(Audit::create(path, {}));
    std::minstd_rand random(1);
    for (int round = 0; round < 200; ++round) {
        int pipes[2];
        QCOMPARE(pipe(pipes), 0);
        const pid_t child = fork();
        if (child == 0) {
            auto audit = Audit::open(path);
            for (int i = 0; audit && i < 100'000; ++i) {
                Decision decision;
                decision.status = Status::Nein;
                decision.reason = std::to_string(round) + "/" + std::to_string(i);
                if (!audit->decide("SYS.1.6.A1", decision) || write(pipes[1], &i, sizeof i) != sizeof i)
                    break;
            }
            _exit(0);
        }
        ::close(pipes[1]);
        int saved = -1;
        int value = 0;
        for (int i = 0; i < 1 + round % 5 && read(pipes[0], &value, sizeof value) == sizeof value; ++i)
            saved = value;
        // somewhere in what it does next: some milliseconds, as a change takes
        for (std::uint_fast32_t spins = random() % 40'000'000; spins > 0; --spins)
            asm volatile("");
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        while (read(pipes[0], &value, sizeof value) == sizeof value)
            saved = value; // said before it died
        ::close(pipes[0]);
        QVERIFY(saved >= 0);

        const auto audit = Audit::open(path);
        QVERIFY(audit);
        const std::string reason = audit->state()->decisions.at("SYS.1.6.A1").reason;
        QVERIFY2(reason.starts_with(std::to_string(round) + "/"), reason.c_str());
        QVERIFY(std::stoi(reason.substr(reason.find('/') + 1)) >= saved);
    }
    const auto verified = verifyAudit(path, {});
    QVERIFY(verified);
    QVERIFY(verified->consistent);
}

TALLY_TEST(AuditTest)
#include "audit_test.moc"
