// SPDX-License-Identifier: Apache-2.0
#include "core/audit/records.h"
#include "core/base/messages_audit.h"
#include "core/base/text_format.h"
#include "tests/core/audit/sample_audit.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

Q_DECLARE_METATYPE(tally::Record)

/// What people enter beside decisions and exceptions: kept, undone and vouched for like these.
class RecordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachTypeIsKept_data();
    void eachTypeIsKept();
    void eachTypeCanBeUndone_data();
    void eachTypeCanBeUndone();
    void eachTypeIsVouchedFor_data();
    void eachTypeIsVouchedFor();
    void fieldsOfALaterVersionAreKept();
    void whatCannotBeReadIsSaid_data();
    void whatCannotBeReadIsSaid();
    void whatIsNotCompleteIsRefused_data();
    void whatIsNotCompleteIsRefused();
    void aMeasureIsDoneOnADay_data();
    void aMeasureIsDoneOnADay();
    void whoAndWhenAreFilledIn();
    void theSameAgainChangesNothing();
    void theJournalSaysWhatChanged();
    void aGroupIsUndoneTogether();
    void aGroupIsAllOrNothing();
    void keysAreNotUsedTwice();
    void aFileOfFormat2ComesForward();
    void somebodyElseReviews();
    void aChangedDecisionIsReviewedAnew();

private:
    Folder m_folder;
};

namespace {

constexpr const char *requirement = "SYS.1.6.A17";

DecisionDetail sampleDetail()
{
    return {.key = "SYS.1.6.A17.1",
        .notes = "Shown on node 3",
        .interviewed = {"A. Admin", "B. Builder"},
        .assessedOn = "2026-11-20",
        .assessor = "C. Checker",
        .costOnce = 12000,
        .costYearly = 0,
        .effortHours = 20,
        .residualRisk = "low"};
}

Measure sampleMeasure()
{
    return {.key = "M-001",
        .title = "Drop privileged: true",
        .description = "Two lines\nof text",
        .requirements = {requirement},
        .checks = {"POD-PRIVILEGED"},
        .fingerprints = {"00112233445566778899aabbccddeeff"},
        .priority = Measure::Priority::High,
        .owner = "Operations",
        .due = "2027-01-31",
        .costOnce = 1,
        .effortHours = 4,
        .state = Measure::State::InProgress,
        .doneOn = "2027-01-30"};
}

std::vector<Record> oneOfEach()
{
    return {sampleDetail(), Review{.key = requirement, .state = Review::State::Submitted, .text = "please"},
        sampleMeasure(),
        EvidenceRequest{.key = "R-001",
            .requirements = {requirement},
            .what = "List of approved exceptions",
            .whom = "A. Admin",
            .askedOn = "2026-11-20",
            .due = "2026-12-01",
            .state = EvidenceRequest::State::Received,
            .answer = "came by mail",
            .evidence = {"E-1"}},
        TargetObject{.key = "T-001",
            .name = "payments-*",
            .kind = TargetObject::Kind::Namespace,
            .confidentiality = {TargetObject::Need::VeryHigh, "card data"},
            .integrity = {TargetObject::Need::High, "orders"},
            .availability = {TargetObject::Need::Normal, "hours"},
            .description = "shop"},
        SavedFilter{.key = "Mine", .page = "findings", .data = "severity=high"},
        FindingJudgement{.key = "00112233445566778899aabbccddeeff", .severity = Severity::Low, .reason = "test stage"},
        Setting{.key = "report.title", .value = "T"}};
}

void eachType()
{
    QTest::addColumn<Record>("record");
    for (const Record &record : oneOfEach())
        QTest::newRow(recordTable(typeOf(record))) << record;
}

/// The record as it is stored, but for who and when.
Record unstamped(Record record)
{
    std::visit(
        [](auto &value) {
            value.by.clear();
            value.at.clear();
        },
        record);
    if (auto *review = std::get_if<Review>(&record))
        review->decided.clear();
    return record;
}

/// An audit in which somebody has decided.
Result<Audit> decidedAudit(const std::filesystem::path &path)
{
    TALLY_ASSIGN(Audit audit, Audit::create(path, {"O", "T", "A. Auditor", "", "", ""}));
    Decision decision;
    decision.status = Status::Ja;
    TALLY_TRY(audit.decide(requirement, decision));
    return audit;
}

std::string codeOf(const Result<> &result)
{
    return result ? "fine" : result.error().message.def->code;
}

} // namespace

void RecordsTest::eachTypeIsKept_data()
{
    eachType();
}

void RecordsTest::eachTypeIsKept()
{
    QFETCH(Record, record);
    const auto path = m_folder / (std::string("kept-") + recordTable(typeOf(record))).c_str();
    {
        auto audit = decidedAudit(path);
        QVERIFY(audit);
        QCOMPARE(codeOf(audit->put(record)), std::string("fine"));
    }
    const auto audit = Audit::open(path);
    QVERIFY(audit);
    const auto kept = audit->state()->records.find(typeOf(record), keyOf(record));
    QVERIFY(kept);
    QVERIFY(unstamped(*kept) == record);
    QVERIFY(verifyAudit(path, audit->state()->journalHead)->consistent);
    QVERIFY(audit->state()->diagnostics.empty());
}

void RecordsTest::eachTypeCanBeUndone_data()
{
    eachType();
}

void RecordsTest::eachTypeCanBeUndone()
{
    QFETCH(Record, record);
    const RecordType type = typeOf(record);
    const std::string key = keyOf(record);
    const auto path = m_folder / (std::string("undone-") + recordTable(type)).c_str();
    {
        auto audit = decidedAudit(path);
        const auto now = [&audit, type, &key] { return audit->state()->records.find(type, key); };
        QVERIFY(audit->put(record));
        const auto stored = now();
        QVERIFY(audit->undo());
        QVERIFY(!now());
        QVERIFY(audit->redo());
        QVERIFY(now() == stored);
        QVERIFY(audit->remove(type, key));
        QVERIFY(!now());
        QCOMPARE(audit->state()->journal.back().event, recordEvent(type) + std::string("-removed"));
        QVERIFY(audit->undo());
        QVERIFY(now() == stored);
        QCOMPARE(audit->state()->journal.back().event, recordEvent(type) + std::string("-removed-undone"));
        QVERIFY(audit->remove(type, "no such thing"));
        QCOMPARE(audit->state()->journal.back().event, recordEvent(type) + std::string("-removed-undone"));
    }
    QVERIFY(unstamped(*Audit::open(path)->state()->records.find(type, key)) == record);
    QVERIFY(verifyAudit(path, {})->consistent);
}

void RecordsTest::eachTypeIsVouchedFor_data()
{
    eachType();
}

void RecordsTest::eachTypeIsVouchedFor()
{
    QFETCH(Record, record);
    const std::string table = recordTable(typeOf(record));
    const auto path = m_folder / ("vouched-" + table).c_str();
    {
        auto audit = decidedAudit(path);
        QVERIFY(audit->put(record));
    }
    const auto firstProblem = [&path] {
        const auto result = verifyAudit(path, {});
        return std::string(result->consistent ? "none" : result->problems.at(0).def->code);
    };
    runSql(path, "UPDATE " + table + " SET data=data || ' '");
    QCOMPARE(firstProblem(), std::string("verify.row-changed"));
    runSql(path, "UPDATE " + table + " SET data=rtrim(data)");
    QCOMPARE(firstProblem(), std::string("none"));
    runSql(path, "UPDATE " + table + " SET by='somebody'");
    QCOMPARE(firstProblem(), std::string("verify.row-changed"));
    runSql(path, "UPDATE " + table + " SET by='A. Auditor'");
    runSql(path, "INSERT INTO " + table + " SELECT 99, 'x', data, by, at FROM " + table);
    QCOMPARE(firstProblem(), std::string("verify.row-added"));
    runSql(path, "DELETE FROM " + table);
    QCOMPARE(firstProblem(), std::string("verify.row-missing"));
    runSql(path, "DROP TABLE " + table);
    QCOMPARE(firstProblem(), std::string("verify.schema-missing"));
}

void RecordsTest::fieldsOfALaterVersionAreKept()
{
    const auto read = recordFromJson(RecordType::Setting, "k", R"({"later":[1,{"a":null}],"value":"v","x":"%1"})");
    QVERIFY(read);
    Setting setting = std::get<Setting>(*read);
    QCOMPARE(setting.value, std::string("v"));
    setting.value = "w";
    QCOMPARE(recordToJson(setting), std::string(R"({"value":"w","later":[1,{"a":null}],"x":"%1"})"));
    setting.unknown = "no JSON";
    QCOMPARE(recordToJson(setting), std::string(R"({"value":"w"})"));
    const auto less = recordFromJson(RecordType::Measure, "M-001", R"({"title":"t"})");
    QVERIFY(less && *less == Record(Measure{.key = "M-001", .title = "t"}));
}

void RecordsTest::whatCannotBeReadIsSaid_data()
{
    QTest::addColumn<std::string>("json");
    QTest::newRow("no JSON") << std::string("{");
    QTest::newRow("no object") << std::string("[]");
    QTest::newRow("a number as text") << std::string(R"({"title":7})");
    QTest::newRow("a state that is none") << std::string(R"({"title":"t","state":"finished"})");
    QTest::newRow("texts that are none") << std::string(R"({"title":"t","requirements":["a",1]})");
    QTest::newRow("half a euro") << std::string(R"({"title":"t","costOnce":0.5})");
    QTest::newRow("very deep") << R"({"title":"t","later":)" + std::string(100'000, '[') + std::string(100'000, ']')
            + "}";
}

void RecordsTest::whatCannotBeReadIsSaid()
{
    QFETCH(std::string, json);
    QVERIFY(!recordFromJson(RecordType::Measure, "M-001", json));
    const auto path = m_folder / "unreadable.tally";
    std::filesystem::remove(path);
    {
        auto audit = decidedAudit(path);
        QVERIFY(audit->put(sampleMeasure()));
    }
    runSql(path, "UPDATE measure SET data='" + json + "'");
    const auto audit = Audit::open(path);
    QVERIFY(audit);
    QVERIFY(audit->state()->records.measures.empty());
    QCOMPARE(audit->state()->diagnostics.size(), std::size_t(1));
    QCOMPARE(audit->state()->diagnostics[0].message.def, auditDef("audit.record-unreadable"));
}

void RecordsTest::whatIsNotCompleteIsRefused_data()
{
    QTest::addColumn<Record>("record");
    QTest::addColumn<std::string>("code");
    const auto changed = [](auto value, const auto &change) {
        change(value);
        return Record(std::move(value));
    };
    QTest::newRow("a measure without a title")
        << changed(sampleMeasure(), [](Measure &m) { m.title = " "; }) << std::string("measure.title");
    QTest::newRow("a measure without a key")
        << changed(sampleMeasure(), [](Measure &m) { m.key.clear(); }) << std::string("record.name");
    QTest::newRow("a day that is none") << changed(sampleMeasure(), [](Measure &m) { m.due = "2027-02-29"; })
                                        << std::string("record.date");
    QTest::newRow("negative costs") << changed(sampleMeasure(), [](Measure &m) { m.costYearly = -1; })
                                    << std::string("record.negative");
    QTest::newRow("a detail of nothing") << changed(sampleDetail(), [](DecisionDetail &d) { d.key = "elsewhere"; })
                                         << std::string("audit.unknown-requirement");
    QTest::newRow("a review of a part") << Record(Review{.key = "SYS.1.6.A17.1"})
                                        << std::string("audit.unknown-requirement");
    QTest::newRow("a request for nothing") << Record(EvidenceRequest{.key = "R-001"}) << std::string("request.what");
    QTest::newRow("a target without a name") << Record(TargetObject{.key = "T-001"}) << std::string("record.name");
    QTest::newRow("a judgement without a reason")
        << Record(FindingJudgement{.key = "00"}) << std::string("judgement.reason");
}

void RecordsTest::whatIsNotCompleteIsRefused()
{
    QFETCH(Record, record);
    auto audit = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    const std::size_t entries = audit->state()->journal.size();
    QTEST(codeOf(audit->put(record)), "code");
    QCOMPARE(audit->state()->journal.size(), entries);
    QVERIFY(!audit->canUndo());
}

void RecordsTest::aMeasureIsDoneOnADay_data()
{
    using State = Measure::State;
    const std::int64_t day = 86'400;
    const auto on = [](std::int64_t seconds) { return rfc3339(seconds).substr(0, 10); };
    const std::string today = on(outputTime());
    const std::string later = on(outputTime() + 2 * day);
    QTest::addColumn<State>("state");
    QTest::addColumn<std::string>("doneOn");
    QTest::addColumn<std::string>("code");
    QTest::newRow("verified today") << State::Verified << today << std::string("fine");
    QTest::newRow("verified without a day")
        << State::Verified << std::string() << std::string("measure.verified-undated");
    QTest::newRow("verified on a day to come") << State::Verified << later << std::string("measure.done-later");
    QTest::newRow("done today") << State::Done << today << std::string("fine");
    QTest::newRow("done, nobody knows when") << State::Done << std::string() << std::string("fine");
    QTest::newRow("done on a day to come") << State::Done << later << std::string("measure.done-later");
    QTest::newRow("not done yet") << State::InProgress << later << std::string("fine");
}

void RecordsTest::aMeasureIsDoneOnADay()
{
    QFETCH(Measure::State, state);
    QFETCH(std::string, doneOn);
    Measure measure = sampleMeasure();
    measure.state = state;
    measure.doneOn = doneOn;
    auto audit = Audit::createInMemory({});
    QTEST(codeOf(audit->put(measure)), "code");
}

void RecordsTest::whoAndWhenAreFilledIn()
{
    auto audit = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    QVERIFY(audit->put(sampleMeasure()));
    const Measure stored = audit->state()->records.measures.at("M-001");
    QCOMPARE(stored.by, std::string("A. Auditor"));
    QCOMPARE(stored.at.size(), std::string("2026-11-22T01:02:03Z").size());
    Measure other = sampleMeasure();
    other.owner = "Somebody else";
    other.by = "Z. Zweitprüfer";
    QVERIFY(audit->put(other));
    QCOMPARE(audit->state()->records.measures.at("M-001").by, std::string("Z. Zweitprüfer"));
    QCOMPARE(audit->state()->journal.back().by, std::string("Z. Zweitprüfer"));
    QVERIFY(audit->undo());
    QCOMPARE(audit->state()->records.measures.at("M-001"), stored);
    QCOMPARE(audit->state()->journal.back().by, std::string("A. Auditor"));
}

void RecordsTest::theSameAgainChangesNothing()
{
    auto audit = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    QVERIFY(audit->put(sampleMeasure()));
    const std::size_t entries = audit->state()->journal.size();
    QVERIFY(audit->put(audit->state()->records.measures.at("M-001")));
    QVERIFY(audit->put(sampleMeasure()));
    QCOMPARE(audit->state()->journal.size(), entries);
    QVERIFY(audit->undo());
    QVERIFY(!audit->canUndo());
}

void RecordsTest::theJournalSaysWhatChanged()
{
    auto audit = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    QVERIFY(audit->put(sampleMeasure()));
    const JournalEntry first = audit->state()->journal.back();
    QCOMPARE(first.event, std::string("measure"));
    QCOMPARE(first.subject, std::string("M-001 Drop privileged: true"));
    QVERIFY(first.detail.starts_with(R"({"before":null,"after":{"title":"Drop privileged: true",)"));
    Measure done = sampleMeasure();
    done.state = Measure::State::Done;
    done.doneOn = "2026-01-30";
    done.title = std::string(119, 'x') + "ü and so on";
    QVERIFY(audit->put(done));
    const JournalEntry second = audit->state()->journal.back();
    QVERIFY(second.detail.find(R"("state":"in-progress")") < second.detail.find(R"("state":"done")"));
    QCOMPARE(second.subject, "M-001 " + std::string(119, 'x') + "…"); // never half a character
}

void RecordsTest::aGroupIsUndoneTogether()
{
    const auto path = m_folder / "group.tally";
    {
        auto audit = decidedAudit(path);
        const std::size_t entries = audit->state()->journal.size();
        Decision decision;
        decision.status = Status::Nein;
        decision.reason = "r";
        Measure second = sampleMeasure();
        second.key = "M-002";
        FindingException exception;
        exception.fingerprint = "00112233445566778899aabbccddeeff";
        exception.kind = "deferred";
        exception.reason = "later";
        const std::vector<AuditChange> changes{DecisionChange{requirement, decision},
            DecisionChange{"SYS.1.6.A17.1", decision}, sampleMeasure(), second, exception, sampleDetail(),
            RecordRemoval{RecordType::Measure, "M-001"}, ExceptionRemoval{"none"}};
        QCOMPARE(codeOf(audit->change(changes)), std::string("fine"));
        QCOMPARE(audit->state()->journal.size(), entries + 7); // the last one would change nothing
        QCOMPARE(audit->state()->decisions.at(requirement).status, Status::Nein);
        QCOMPARE(audit->state()->records.measures.size(), std::size_t(1));
        QCOMPARE(audit->state()->exceptions.size(), std::size_t(1));
        QVERIFY(audit->verify()->consistent);
        const Records after = audit->state()->records;

        QVERIFY(audit->undo());
        QCOMPARE(audit->state()->decisions.at(requirement).status, Status::Ja);
        QCOMPARE(audit->state()->decisions.at("SYS.1.6.A17.1").status, Status::Unbearbeitet);
        QVERIFY(audit->state()->records == Records());
        QVERIFY(audit->state()->exceptions.empty());
        QVERIFY(audit->verify()->consistent);

        QVERIFY(audit->redo());
        QVERIFY(audit->state()->records == after);
        QCOMPARE(audit->state()->exceptions.size(), std::size_t(1));
    }
    const auto audit = Audit::open(path);
    QCOMPARE(audit->state()->records.measures.count("M-002"), std::size_t(1));
    QVERIFY(audit->verify()->consistent);
}

void RecordsTest::aGroupIsAllOrNothing()
{
    auto audit = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    const std::string head = audit->state()->journalHead;
    Measure untitled = sampleMeasure();
    untitled.key = "M-002";
    untitled.title.clear();
    QCOMPARE(codeOf(audit->change({sampleMeasure(), untitled})), std::string("measure.title"));
    QCOMPARE(audit->state()->journalHead, head);
    QVERIFY(audit->state()->records == Records());
    QVERIFY(audit->verify()->consistent);
    QVERIFY(!audit->canUndo());
    QVERIFY(audit->change({}));
    QVERIFY(!audit->canUndo());
}

void RecordsTest::keysAreNotUsedTwice()
{
    auto audit = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    QCOMPARE(nextKey(*audit->state(), RecordType::Measure), std::string("M-001"));
    QVERIFY(audit->put(sampleMeasure()));
    QCOMPARE(nextKey(*audit->state(), RecordType::Measure), std::string("M-002"));
    QCOMPARE(nextKey(*audit->state(), RecordType::EvidenceRequest), std::string("R-001"));
    QVERIFY(audit->remove(RecordType::Measure, "M-001"));
    QVERIFY2(nextKey(*audit->state(), RecordType::Measure) == "M-002", "letters name it still");
    Measure many = sampleMeasure();
    many.key = "M-1234";
    QVERIFY(audit->put(many));
    QCOMPARE(nextKey(*audit->state(), RecordType::Measure), std::string("M-1235"));
}

void RecordsTest::aFileOfFormat2ComesForward()
{
    const auto path = m_folder / "two.tally";
    std::string head;
    {
        auto audit = decidedAudit(path);
        QVERIFY(audit->setException({"00112233445566778899aabbccddeeff", "accepted", "r", "b", "", ""}));
        head = audit->state()->journalHead;
    }
    makeFormat(path, 2);
    QVERIFY2(verifyAudit(path, head)->consistent, "as it is");
    {
        auto audit = Audit::open(path);
        QVERIFY(audit);
        QCOMPARE(audit->keptCopy(), m_folder / "two.format2.tally");
        QCOMPARE(audit->state()->exceptions.size(), std::size_t(1));
        QVERIFY(audit->put(sampleMeasure()));
    }
    const auto copy = verifyAudit(m_folder / "two.format2.tally", head);
    QVERIFY(copy->consistent && copy->headMatches);
    const auto audit = Audit::open(path);
    QVERIFY(audit->keptCopy().empty());
    QCOMPARE(audit->state()->records.measures.size(), std::size_t(1));
    QVERIFY(audit->verify()->consistent);
}

void RecordsTest::somebodyElseReviews()
{
    auto audit = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    const auto review = [&audit](Review::State state, const std::string &by, const std::string &text = {}) {
        return codeOf(audit->put(Review{.key = requirement, .state = state, .text = text, .by = by}));
    };
    QCOMPARE(review(Review::State::Submitted, ""), std::string("review.undecided"));
    Decision decision;
    decision.status = Status::Ja;
    QVERIFY(audit->decide(requirement, decision));
    decision.by = "P. Partner";
    QVERIFY(audit->decide("SYS.1.6.A17.1", decision));
    QVERIFY(audit->decide("SYS.1.6.A1", decision)); // of which SYS.1.6.A17 is no part, nor the other way round
    QCOMPARE(review(Review::State::Accepted, "Z. Zweite"), std::string("review.not-submitted"));
    QCOMPARE(review(Review::State::Submitted, ""), std::string("fine"));
    QCOMPARE(audit->state()->records.reviews.at(requirement).by, std::string("A. Auditor"));
    QCOMPARE(review(Review::State::Accepted, ""), std::string("review.four-eyes"));
    QCOMPARE(review(Review::State::Accepted, " a. AUDITOR "), std::string("review.four-eyes"));
    QCOMPARE(review(Review::State::Accepted, "P. Partner"), std::string("review.four-eyes"));
    QCOMPARE(review(Review::State::SentBack, "Z. Zweite"), std::string("review.text"));
    QCOMPARE(review(Review::State::SentBack, "Z. Zweite", "Where is the list?"), std::string("fine"));
    QCOMPARE(review(Review::State::Submitted, "A. Auditor", "attached"), std::string("fine"));
    QCOMPARE(review(Review::State::Accepted, "Z. Zweite"), std::string("fine"));
    const auto reviews = std::ranges::count(audit->state()->journal, "review", &JournalEntry::event);
    QCOMPARE(reviews, 4);

    auto nameless = Audit::createInMemory({});
    decision.by.clear();
    QVERIFY(nameless->decide(requirement, decision));
    QCOMPARE(codeOf(nameless->put(Review{.key = requirement})), std::string("review.nameless"));
}

void RecordsTest::aChangedDecisionIsReviewedAnew()
{
    auto audit = Audit::createInMemory({"", "", "A. Auditor", "", "", ""});
    Decision decision;
    decision.status = Status::Ja;
    QVERIFY(audit->decide(requirement, decision));
    QVERIFY(audit->put(Review{.key = requirement}));
    const Review submitted = audit->state()->records.reviews.at(requirement);
    QCOMPARE(submitted.decided, decidedDigest(*audit->state(), requirement));
    QVERIFY(audit->put(sampleDetail())); // of a part that nobody decided
    QCOMPARE(submitted.decided, decidedDigest(*audit->state(), requirement));
    QVERIFY(audit->decide("SYS.1.6.A17.1", decision));
    QVERIFY(submitted.decided != decidedDigest(*audit->state(), requirement));
    const Review accepted{.key = requirement, .state = Review::State::Accepted, .by = "Z. Zweite"};
    QCOMPARE(codeOf(audit->put(accepted)), std::string("review.changed"));
    QVERIFY(audit->undo());
    QCOMPARE(codeOf(audit->put(accepted)), std::string("fine"));
}

TALLY_TEST(RecordsTest)
#include "records_test.moc"
