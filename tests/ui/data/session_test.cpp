// SPDX-License-Identifier: Apache-2.0
#include "core/audit/withdrawals.h"
#include "tests/core/image/image_builder.h"
#include "tests/support/sample_state.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace tally;
using namespace tally::ui;

class SessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decisionsAreSavedAndCanBeUndone();
    void sourcesAreReadStoredAndJudged();
    void anAuditOpensAgainAsItWas();
    void aPageMayBeginToReadEvidenceWhenAnAuditOpens();
    void saysWhatFailed();
    void aCancelledSourceLeavesTheAuditAsItWas_data();
    void aCancelledSourceLeavesTheAuditAsItWas();
    void judgesWhatNoRunHasLookedAt();
    void aHousePolicyIsJudgedByAtOnce();
    void exceptionsForManyFindingsAreSavedTogether();
    void whatIsOpenStaysOpenWhereAnotherCannotBeOpened();
    void whoeverIsSetDecides();
    void theNameIsAskedForOnceBeforeTheFirstChange();
    void aNewerExportIsOfferedToTakeThePlace();
    void anImageThatWasReadBeforeIsCheckedAgainInTheBackground();
    void aReportWaitsForTheDigests();
    void whatIsNotAsItWasKeptIsReadAnewAndSaid();
    void aFileThatIsGoneKeepsItsDate();
    void withoutACacheNothingIsKept();
};

namespace {

QString sampleCluster()
{
    return QString::fromStdU16String((test::sourceFolder() / "resources/sample/cluster").u16string());
}

} // namespace

void SessionTest::decisionsAreSavedAndCanBeUndone()
{
    Session session(test::sampleKnowledge());
    session.newAudit({}, test::sampleInfo());
    QVERIFY(session.hasAudit());
    QSignalSpy saved(&session, &Session::saved);
    Decision decision;
    decision.status = Status::Ja;
    session.decide(u"SYS.1.6.A1"_qs, decision);
    QCOMPARE(saved.size(), 1);
    QCOMPARE(session.state()->decisions.at("SYS.1.6.A1").status, Status::Ja);
    QVERIFY(session.canUndo());
    session.undo();
    const auto after = session.state()->decisions.find("SYS.1.6.A1");
    QVERIFY(after == session.state()->decisions.end() || after->second.status == Status::Unbearbeitet);
    QVERIFY(session.canRedo());
    session.redo();
    QCOMPARE(session.state()->decisions.at("SYS.1.6.A1").status, Status::Ja);
}

void SessionTest::sourcesAreReadStoredAndJudged()
{
    Session session(test::sampleKnowledge());
    session.newAudit({}, {});
    QSignalSpy finished(&session, &Session::sourceFinished);
    session.addSources({sampleCluster()});
    QVERIFY(session.isBusy());
    // meanwhile a person goes on deciding; it is saved at the latest when the source is
    Decision decision;
    decision.status = Status::Ja;
    session.decide(u"SYS.1.6.A1"_qs, decision);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60000);
    QCOMPARE(session.state()->clusters.size(), std::size_t(1));
    QVERIFY(session.state()->assessment != nullptr);
    QVERIFY(!session.state()->assessment->findings.empty());
    QCOMPARE(session.state()->sources.size(), 1U);
    QCOMPARE(session.state()->decisions.at("SYS.1.6.A1").status, Status::Ja);
    QTRY_VERIFY(!session.isBusy());
}

void SessionTest::anAuditOpensAgainAsItWas()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.tally"_qs);
    {
        Session session(test::sampleKnowledge());
        session.newAudit(path, test::sampleInfo());
        QVERIFY(QFileInfo::exists(path));
    }
    Session session(test::sampleKnowledge());
    session.openAudit(path);
    QTRY_VERIFY(session.hasAudit());
    QCOMPARE(session.state()->info.organisation, std::string("Musterhafen"));
    QCOMPARE(session.path(), path);
}

/// The evidence page asks for the chosen attachment as soon as it hears of the audit, which is then lent to that work.
void SessionTest::aPageMayBeginToReadEvidenceWhenAnAuditOpens()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"audit.tally"_qs);
    std::string key;
    {
        auto audit = Audit::create(path.toStdString(), test::sampleInfo());
        QVERIFY(audit);
        const auto added = audit->addAttachment(*NewAttachment::fromText("Kapitel 6.2"));
        QVERIFY(added);
        key = added->key;
    }
    Session session(test::sampleKnowledge());
    std::optional<Result<EvidenceContent>> read;
    connect(&session, &Session::stateChanged, &session, [&] {
        if (session.hasAudit() && !read)
            session.readAttachment(QString::fromStdString(key), 1000, [&](auto content) { read = std::move(content); });
    });
    session.openAudit(path);
    QTRY_VERIFY(read.has_value());
    QVERIFY(read->has_value());
    QCOMPARE((*read)->bytes, QByteArray("Kapitel 6.2"));
}

void SessionTest::saysWhatFailed()
{
    const QTemporaryDir folder;
    Session session(test::sampleKnowledge());
    QSignalSpy failed(&session, &Session::failed);
    session.openAudit(folder.filePath(u"none.tally"_qs));
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(!session.hasAudit());
    session.newAudit({}, {});
    session.addSources({folder.filePath(u"none.yaml"_qs)});
    QTRY_COMPARE(failed.size(), 2);
    QTRY_VERIFY(!session.isBusy());
}

void SessionTest::aCancelledSourceLeavesTheAuditAsItWas_data()
{
    QTest::addColumn<int>("after"); // reports of the job before it is cancelled
    for (const int after : {0, 1, 2, 4, 8, 16})
        QTest::addRow("after %d reports", after) << after;
}

void SessionTest::aCancelledSourceLeavesTheAuditAsItWas()
{
    QFETCH(const int, after);
    Session session(test::sampleKnowledge());
    session.newAudit({}, {});
    QSignalSpy cancelled(&session, &Session::cancelled);
    QSignalSpy finished(&session, &Session::sourceFinished);
    QSignalSpy saved(&session, &Session::saved);
    int reports = 0;
    connect(&session.job(), &Job::progressed, this, [&] {
        if (++reports == after)
            session.cancelJob();
    });
    session.addSources({sampleCluster()});
    if (after == 0)
        session.cancelJob();
    QTRY_COMPARE_WITH_TIMEOUT(cancelled.size() + finished.size(), 1, 60000);
    QTRY_VERIFY(!session.isBusy());
    if (after == 0)
        QCOMPARE(cancelled.size(), 1);
    const bool kept = !finished.isEmpty(); // it was quicker than the cancellation
    QCOMPARE(saved.size(), kept ? 1 : 0);
    QCOMPARE(session.state()->sources.size(), kept ? 1U : 0U);
    QCOMPARE(session.state()->assessment != nullptr, kept);
    QCOMPARE(session.state()->journal.size(), kept ? 3U : 1U);
    QVERIFY(session.isJudged());
}

void SessionTest::judgesWhatNoRunHasLookedAt()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.tally"_qs);
    {
        auto audit = Audit::create(path.toStdU16String(), {});
        QVERIFY(audit);
        const auto opened = tally::open(test::sourceFolder() / "resources/sample/cluster");
        QVERIFY(opened);
        QVERIFY(audit->addSource(*opened));
    }
    Session session(test::sampleKnowledge());
    session.openAudit(path);
    QTRY_VERIFY(session.hasAudit());
    QTRY_VERIFY(!session.isBusy());
    QVERIFY(!session.isJudged());
    QSignalSpy judged(&session, &Session::judged);
    QSignalSpy saved(&session, &Session::saved);
    session.judge();
    QTRY_COMPARE_WITH_TIMEOUT(judged.size(), 1, 60000);
    QCOMPARE(saved.size(), 1);
    QVERIFY(session.isJudged());
    QVERIFY(session.state()->assessment != nullptr);
}

void SessionTest::aHousePolicyIsJudgedByAtOnce()
{
    Session session(test::sampleKnowledge());
    session.newAudit({}, {});
    session.addSources({sampleCluster()});
    QTRY_VERIFY_WITH_TIMEOUT(!session.isBusy() && session.state()->assessment, 60000);
    QSignalSpy judged(&session, &Session::judged);
    const auto policy = std::make_shared<const Policy>(readPolicy("requiredLabels: [owner]\n", "house.yaml").value());
    session.setHouse(policy, {});
    QTRY_COMPARE_WITH_TIMEOUT(judged.size(), 1, 60000);
    QVERIFY(session.isJudged());
    QCOMPARE(session.state()->run->policyDigest, policy->digest);
    // The same one again changes nothing.
    session.setHouse(policy, {});
    QVERIFY(!session.isBusy());
    // Taken back, it is judged without it.
    session.undo();
    QTRY_COMPARE_WITH_TIMEOUT(judged.size(), 2, 60000);
    QVERIFY(!session.state()->policy);
    QCOMPARE(session.state()->run->policyDigest, std::string());
}

void SessionTest::exceptionsForManyFindingsAreSavedTogether()
{
    Session session(test::sampleKnowledge());
    session.newAudit({}, test::sampleInfo());
    QSignalSpy saved(&session, &Session::saved);
    FindingException first;
    first.fingerprint = "a";
    first.kind = "deferred";
    first.reason = "Next version";
    FindingException second = first;
    second.fingerprint = "b";
    session.setExceptions({first, second});
    QCOMPARE(saved.size(), 1);
    QCOMPARE(session.state()->exceptions.size(), std::size_t(2));
    session.withdrawException("a");
    QVERIFY(!session.state()->exceptions.contains("a"));
    QVERIFY(session.state()->exceptions.contains("b"));
    session.undo();
    QCOMPARE(session.state()->exceptions.size(), std::size_t(2));
    session.undo();
    QVERIFY2(session.state()->exceptions.empty(), "entered together, undone together");
    QVERIFY(!session.canUndo());
}

void SessionTest::whatIsOpenStaysOpenWhereAnotherCannotBeOpened()
{
    const QTemporaryDir folder;
    Session session(test::sampleKnowledge());
    session.newAudit(folder.filePath(u"a.tally"_qs), test::sampleInfo());
    QSignalSpy failed(&session, &Session::failed);
    session.openAudit(folder.filePath(u"none.tally"_qs));
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(session.hasAudit());
    QCOMPARE(session.path(), folder.filePath(u"a.tally"_qs));
    Decision decision;
    decision.status = Status::Ja;
    session.decide(u"SYS.1.6.A1"_qs, decision);
    QCOMPARE(session.state()->decisions.at("SYS.1.6.A1").status, Status::Ja);
}

namespace {

/// An image file and a cache that knows it: what it kept is of a file with `kept` in it.
struct KnownImage
{
    explicit KnownImage(const std::string &content = "hello", const std::string &kept = "hello")
    {
        const auto write = [this](const char *name, const std::string &inside) {
            const test::DockerArchive archive{
                {test::TarBuilder().file("etc/motd", inside).bytes()}, nlohmann::json::object()};
            std::ofstream(at(name), std::ios::binary) << archive.bytes();
        };
        write("image.tar", content);
        write("kept.tar", kept);
        const auto identity = identify(at("image.tar"));
        const auto opened = tally::open(at("kept.tar"));
        const std::int64_t later = identity->changed + 3'600'000'000'000; // as if it had lain there for an hour
        stored = opened && cache->store(at("image.tar"), {}, *identity, later, *opened);
    }
    [[nodiscard]] std::filesystem::path at(const char *name) const
    {
        return folder.filePath(QLatin1String(name)).toStdU16String();
    }
    [[nodiscard]] QString path() const { return folder.filePath(u"image.tar"_qs); }

    QTemporaryDir folder;
    std::shared_ptr<const ImageCache> cache = std::make_shared<const ImageCache>(at("cache"));
    bool stored = false;
};

} // namespace

void SessionTest::theNameIsAskedForOnceBeforeTheFirstChange()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"named.tally"_qs);
    {
        AuditInfo info = test::sampleInfo();
        info.auditor = "A. Auditor";
        QVERIFY(Audit::create(path.toStdString(), info));
    }
    Session session(test::sampleKnowledge());
    int asked = 0;
    session.setNameAsking([&asked] { ++asked; });
    session.openAudit(path);
    QTRY_VERIFY(session.hasAudit());
    QVERIFY2(session.auditor().isEmpty(), "who audited need not sit here");
    Decision decision;
    decision.status = Status::Ja;
    session.decide(u"SYS.1.6.A1"_qs, decision);
    QCOMPARE(asked, 1);
    QVERIFY2(session.state()->decisions.empty(), "it waits for the answer");
    session.setAuditor(u"B. Beisitz"_qs);
    session.nameAsked();
    QCOMPARE(session.state()->decisions.at("SYS.1.6.A1").by, std::string("B. Beisitz"));
    session.setAuditor({});
    decision.status = Status::Unbearbeitet;
    session.decide(u"SYS.1.6.A1"_qs, decision);
    QCOMPARE(asked, 1);
    QCOMPARE(session.state()->journal.back().by, std::string());
}

void SessionTest::aNewerExportIsOfferedToTakeThePlace()
{
    const QTemporaryDir folder;
    const auto write = [&folder](const char *name, const char *pod) {
        std::ofstream(folder.filePath(QLatin1String(name)).toStdString())
            << "apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system, uid: one}\n---\n"
               "apiVersion: v1\nkind: Pod\nmetadata: {name: "
            << pod << ", namespace: shop}\nspec: {containers: [{name: c, image: i}]}\n";
    };
    write("old.yaml", "gone");
    write("new.yaml", "web");
    Session session(test::sampleKnowledge());
    session.newAudit({}, test::sampleInfo());
    std::vector<int> older;
    connect(&session, &Session::sameClusterAdded, this, [&older](int, const std::vector<int> &all) { older = all; });
    session.addSources({folder.filePath(u"old.yaml"_qs), folder.filePath(u"new.yaml"_qs)});
    QTRY_COMPARE_WITH_TIMEOUT(older, std::vector<int>{0}, 20000);
    QTRY_VERIFY(!session.isBusy());
    session.change(withdraw(older, "newer", 1));
    QTRY_VERIFY_WITH_TIMEOUT(!session.isBusy() && session.isJudged(), 20000); // judged anew by itself
    QCOMPARE(session.state()->clusters.front().sources, std::vector<int>{1});
    session.undo();
    QTRY_VERIFY_WITH_TIMEOUT(!session.isBusy() && session.isJudged(), 20000);
    QCOMPARE(session.state()->clusters.front().sources, (std::vector<int>{0, 1}));
}

void SessionTest::anImageThatWasReadBeforeIsCheckedAgainInTheBackground()
{
    const KnownImage known;
    QVERIFY(known.stored);
    const QString path = known.folder.filePath(u"a.tally"_qs);
    {
        Session session(test::sampleKnowledge());
        session.setCache(known.cache);
        session.newAudit(path, {});
        QSignalSpy finished(&session, &Session::sourceFinished);
        QSignalSpy rechecked(&session, &Session::rechecked);
        bool wasCached = false;
        connect(&session, &Session::sourceFinished, this, [&] { wasCached = session.state()->sources.at(0).cached; });
        session.addSources({known.path()});
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60000);
        QVERIFY(wasCached);
        QTRY_COMPARE_WITH_TIMEOUT(rechecked.size(), 1, 60000);
        QVERIFY(!session.state()->sources.at(0).cached);
        QVERIFY(!session.isRechecking());
        QCOMPARE(session.state()->journal.back().event, std::string("source-rechecked"));
    }
    Session again(test::sampleKnowledge());
    again.openAudit(path);
    QTRY_VERIFY(again.hasAudit());
    QVERIFY(!again.state()->sources.at(0).cached);
    QVERIFY(!again.isRechecking());
}

void SessionTest::aReportWaitsForTheDigests()
{
    const KnownImage known;
    Session session(test::sampleKnowledge());
    session.setCache(known.cache);
    session.newAudit({}, {});
    int answers = 0;
    bool good = false;
    bool stillCached = true;
    session.addSources({known.path()});
    session.whenRechecked([&](bool answer) {
        ++answers;
        good = answer;
        stillCached = session.state()->sources.at(0).cached;
    });
    QCOMPARE(answers, 0);
    QTRY_COMPARE_WITH_TIMEOUT(answers, 1, 60000);
    QVERIFY(good);
    QVERIFY(!stillCached);
    session.whenRechecked([&](bool answer) { answers += answer ? 1 : 100; }); // nothing left to do: at once
    QCOMPARE(answers, 2);
}

void SessionTest::whatIsNotAsItWasKeptIsReadAnewAndSaid()
{
    const KnownImage known("hello", "world");
    const QString path = known.folder.filePath(u"a.tally"_qs);
    const std::string now = tally::open(known.at("image.tar"))->source.sha256;
    {
        Session session(test::sampleKnowledge());
        session.setCache(known.cache);
        session.newAudit(path, {});
        QSignalSpy differed(&session, &Session::sourceDiffered);
        std::string believed;
        connect(&session, &Session::sourceFinished, this, [&] { believed = session.state()->sources.at(0).sha256; });
        session.addSources({known.path()});
        bool answered = false;
        bool good = true;
        session.whenRechecked([&](bool answer) {
            answered = true;
            good = answer;
        });
        QTRY_VERIFY_WITH_TIMEOUT(answered, 60000);
        QVERIFY(!good);
        QCOMPARE(differed.size(), 1);
        QVERIFY(believed != now);
        QCOMPARE(session.state()->sources.at(0).sha256, now);
        QVERIFY(session.isJudged());
        QTRY_VERIFY(!session.isBusy());
    }
    {
        Session again(test::sampleKnowledge());
        again.openAudit(path);
        QTRY_VERIFY(again.hasAudit());
        const AuditStatePtr state = again.state();
        QCOMPARE(state->sources.at(0).sha256, now);
        QVERIFY(!state->sources.at(0).cached);
        QCOMPARE(state->images.size(), 1U);
        QCOMPARE(state->diagnostics.back().message.def->code, "cache.source-changed");
        QVERIFY(state->journal.at(state->journal.size() - 2).detail.find("sha256Before") != std::string::npos);
    }
    const auto verified = verifyAudit(path.toStdU16String(), "");
    QVERIFY(verified);
    QVERIFY(verified->consistent);
    OpenOptions options;
    options.cache = known.cache.get();
    QCOMPARE(tally::open(known.at("image.tar"), options)->source.sha256, now);
}

void SessionTest::aFileThatIsGoneKeepsItsDate()
{
    const KnownImage known;
    const QString path = known.folder.filePath(u"a.tally"_qs);
    {
        auto audit = Audit::create(path.toStdU16String(), {});
        QVERIFY(audit);
        OpenOptions options;
        options.cache = known.cache.get();
        const auto opened = tally::open(known.at("image.tar"), options);
        QVERIFY(opened && opened->source.cached);
        QVERIFY(audit->addSource(*opened));
    }
    std::filesystem::remove(known.at("image.tar"));
    Session session(test::sampleKnowledge());
    session.openAudit(path);
    QTRY_VERIFY(session.hasAudit());
    QVERIFY(session.state()->sources.at(0).cached);
    QVERIFY(!session.state()->sources.at(0).verifiedAt.empty());
    int answers = 0;
    session.whenRechecked([&](bool good) { answers += good ? 1 : 100; });
    QTRY_COMPARE_WITH_TIMEOUT(answers, 1, 60000);
    QVERIFY(session.state()->sources.at(0).cached); // the report says so
}

void SessionTest::withoutACacheNothingIsKept()
{
    const KnownImage known;
    Session session(test::sampleKnowledge());
    session.newAudit({}, {});
    session.addSources({known.path()});
    QTRY_COMPARE_WITH_TIMEOUT(session.state()->sources.size(), 1U, 60000);
    QVERIFY(!session.state()->sources.at(0).cached);
}

void SessionTest::whoeverIsSetDecides()
{
    AuditInfo info;
    info.auditor = "A. Auditor";
    Session session(test::sampleKnowledge());
    session.newAudit({}, info);
    QCOMPARE(session.auditor(), u"A. Auditor"_qs);
    session.setAuditor(u" B. Beisitz "_qs);
    QCOMPARE(session.auditor(), u"B. Beisitz"_qs);
    Decision decision;
    decision.status = Status::Ja;
    session.decide(u"SYS.1.6.A1"_qs, decision);
    QCOMPARE(session.state()->decisions.at("SYS.1.6.A1").by, std::string("B. Beisitz"));
    session.undo();
    QCOMPARE(session.state()->journal.back().by, std::string("B. Beisitz"));
    session.setAuditor({});
    session.redo();
    QCOMPARE(session.state()->journal.back().by, std::string());
}

TALLY_TEST(SessionTest)
#include "session_test.moc"
