// SPDX-License-Identifier: Apache-2.0
#include "core/report/journal_view.h"

#include "core/audit/clusters.h"
#include "core/base/messages_journal.h"
#include "core/report/report.h"
#include "tests/core/report/english.h"
#include "tests/core/report/report_fixture.h"
#include "tests/support/signing_key.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <algorithm>
#include <ctime>

using namespace tally;
using namespace tally::test;

class JournalViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aDecisionSaysOldAndNew();
    void enumerationsAreWords();
    void clustersAreNamed();
    void findingsAreNamed();
    void exportsOfClustersAreNamed();
    void undoIsAChangeOfItsOwn();
    void headDataSaysOldAndNew();
    void entriesAreFoundAgain_data();
    void entriesAreFoundAgain();
    void hostileDetailsAreHarmless_data();
    void hostileDetailsAreHarmless();
    void csvDefusesFormulas();
    void jsonKeepsTheDetail();
    void twentyThousandAreFast();
    void theReportPrintsTheSignOff();

private:
    [[nodiscard]] JournalLine last() const
    {
        return journalLine(m_audit->state()->journal.back(), Words(Language::English, m_english));
    }

    English m_english;
    std::optional<Audit> m_audit;
};

void JournalViewTest::init()
{
    m_audit.emplace(*Audit::createInMemory({"O", "T", "A. Auditor", "", "", ""}));
}

void JournalViewTest::aDecisionSaysOldAndNew()
{
    Decision decision;
    decision.status = Status::Ja;
    QVERIFY(m_audit->decide("SYS.1.6.A17", decision));
    JournalLine line = last();
    QCOMPARE(line.event, std::string("Decision"));
    QCOMPARE(line.subject, std::string("SYS.1.6.A17"));
    QCOMPARE(line.changes.front(), (JournalChange{"Status", "not yet assessed", "yes"}));
    decision.status = Status::Nein;
    decision.reason = "seen";
    decision.until = "2027-03-31";
    QVERIFY(m_audit->decide("SYS.1.6.A17", decision));
    line = last();
    QCOMPARE(line.changes.size(), std::size_t(3));
    QCOMPARE(line.changes[0], (JournalChange{"Status", "yes", "no"}));
    QCOMPARE(line.changes[1], (JournalChange{"Reason", "", "seen"}));
    QCOMPARE(changesInOneLine(line, Words(Language::English, m_english)),
        std::string("Status: yes → no; Reason: seen; Done by: ") + line.changes[2].after);
}

void JournalViewTest::enumerationsAreWords()
{
    Measure measure{.key = "M-001", .title = "T", .priority = Measure::Priority::High};
    QVERIFY(m_audit->put(measure));
    measure.state = Measure::State::InProgress;
    measure.costOnce = 5;
    QVERIFY(m_audit->put(measure));
    const JournalLine line = last();
    QCOMPARE(line.subject, std::string("M-001 T"));
    QVERIFY(std::ranges::find(line.changes, JournalChange{"State", "planned", "in progress"}) != line.changes.end());
    QVERIFY(std::ranges::find(line.changes, JournalChange{"Costs once, €", "", "5"}) != line.changes.end());
    QCOMPARE(line.changes.size(), std::size_t(2));
    TargetObject target{.key = "T-001", .name = "shop"};
    target.confidentiality = {TargetObject::Need::High, "salaries"};
    QVERIFY(m_audit->put(target));
    const auto changes = last().changes;
    const auto found = std::ranges::find(changes, "Confidentiality", &JournalChange::field);
    QVERIFY(found != changes.end());
    QCOMPARE(found->after, std::string("high (salaries)"));
}

void JournalViewTest::clustersAreNamed()
{
    FindingException exception{{}, "accepted", "agreed", {}, {}, {}, "POD-PRIVILEGED", "shop"};
    exception.cluster = "0f3b-uid";
    QVERIFY(m_audit->setException(exception));
    const JournalEntry accepted = m_audit->state()->journal.back();
    const Words words(Language::English, m_english);
    ClusterNames names;
    names.byKey["0f3b-uid"] = "Production";
    names.bySource[2] = "Staging";
    const JournalLine named = journalLine(accepted, words, names);
    QCOMPARE(named.subject, std::string("POD-PRIVILEGED shop Production"));
    QVERIFY(changesInOneLine(named, words).find("POD-PRIVILEGED, shop, Production") != std::string::npos);
    QCOMPARE(journalLine(accepted, words).subject, std::string("POD-PRIVILEGED shop 0f3b-uid"));
    const std::string csv = writeJournalCsv({&accepted, 1}, words, names);
    QVERIFY(csv.find("Production") != std::string::npos && csv.find("0f3b-uid") == std::string::npos);
    JournalEntry asked;
    asked.event = "asked";
    asked.detail = R"({"before":[],"after":[{"kind":"NetworkPolicy","group":"","reason":"on site","source":2}]})";
    const std::string text = changesInOneLine(journalLine(asked, words, names), words);
    QVERIFY2(text.find("NetworkPolicy, on site, Staging") != std::string::npos, text.c_str());
}

void JournalViewTest::findingsAreNamed()
{
    Finding finding;
    finding.id = "00112233445566778899aabbccddeeff";
    finding.check = "POD-PRIVILEGED";
    finding.object = ObjectName{"apps/v1", "Deployment", "shop", "web"};
    finding.container = "proxy";
    const auto run = std::make_shared<Assessment>();
    run->findings.push_back(finding);
    FindingException exception{finding.id, "accepted", "agreed", {}, {}, {}};
    QVERIFY(m_audit->setException(exception));
    const JournalEntry accepted = m_audit->state()->journal.back();
    const Words words(Language::English, m_english);
    QCOMPARE(journalSubject(accepted, words), finding.id);
    ClusterNames names;
    names.run = run;
    QCOMPARE(journalSubject(accepted, words, names), std::string("POD-PRIVILEGED Deployment shop/web, proxy"));
}

void JournalViewTest::exportsOfClustersAreNamed()
{
    const Words words(Language::English, m_english);
    ClusterNames names;
    names.exports = {{0, "prod.yaml"}, {1, "policies.yaml"}};
    const auto shown = [&](std::string key, std::string value) {
        Setting setting;
        setting.key = std::move(key);
        setting.value = std::move(value);
        if (!m_audit->put(Record(std::move(setting))))
            qFatal("not stored");
        const JournalLine line = journalLine(m_audit->state()->journal.back(), words, names);
        return line.subject + " = " + line.changes.front().after;
    };
    QCOMPARE(shown(clusterOfKey(1), "1"), std::string("Same cluster as the export “policies.yaml” = prod.yaml"));
    QCOMPARE(shown(clusterKeptKey(0), "2"),
        std::string("Same cluster as the export “prod.yaml”, because of decisions on it = policies.yaml"));
    QCOMPARE(shown(clusterNameKey(1), "1"), std::string("Name of the cluster of the export “policies.yaml” = 1"));
    QCOMPARE(shown(clusterOfKey(7), "9"), std::string("cluster-of/8 = 9")); // not known here
}

void JournalViewTest::undoIsAChangeOfItsOwn()
{
    Decision decision;
    decision.status = Status::Ja;
    QVERIFY(m_audit->decide("SYS.1.6.A17", decision));
    QVERIFY(m_audit->undo());
    QCOMPARE(last().event, std::string("Decision undone"));
    QCOMPARE(last().changes.front(), (JournalChange{"Status", "yes", "not yet assessed"}));
}

void JournalViewTest::headDataSaysOldAndNew()
{
    QVERIFY(m_audit->setInfo({"O", "Another title", "A. Auditor", "", "", ""}));
    QCOMPARE(last().changes, (std::vector<JournalChange>{{"Title", "T", "Another title"}}));
}

void JournalViewTest::entriesAreFoundAgain_data()
{
    QTest::addColumn<std::string>("event");
    QTest::addColumn<std::string>("subject");
    QTest::addColumn<int>("kind");
    QTest::addColumn<std::string>("id");
    const auto add = [](const char *event, const char *subject, JournalKind kind, const char *id) {
        QTest::newRow(event) << std::string(event) << std::string(subject) << static_cast<int>(kind) << std::string(id);
    };
    add("decision-undone", "SYS.1.6.A17.1", JournalKind::Decision, "SYS.1.6.A17.1");
    add("decision-detail-removed", "SYS.1.6.A17", JournalKind::Decision, "SYS.1.6.A17");
    add("review", "SYS.1.6.A17", JournalKind::Review, "SYS.1.6.A17");
    add("measure-removed-undone", "M-001 Drop rights", JournalKind::Measure, "M-001");
    add("request", "R-001 the concept", JournalKind::Evidence, "R-001");
    add("attachment-changed", "N-001", JournalKind::Evidence, "N-001");
    add("exception", "00112233445566778899aabbccddeeff", JournalKind::Finding, "00112233445566778899aabbccddeeff");
    add("exception-withdrawn", "POD-PRIVILEGED kube-system", JournalKind::Finding, "");
    add("run", "3", JournalKind::Source, "");
    add("report", "r.pdf", JournalKind::Report, "");
    add("signed-off", "B. Boss", JournalKind::Report, "");
    add("policy", "house.yaml", JournalKind::House, "");
    add("of a later version", "x", JournalKind::House, "");
}

void JournalViewTest::entriesAreFoundAgain()
{
    QFETCH(std::string, event);
    QFETCH(std::string, subject);
    QFETCH(int, kind);
    QFETCH(std::string, id);
    JournalEntry entry;
    entry.event = event;
    entry.subject = subject;
    QCOMPARE(static_cast<int>(journalKind(event)), kind);
    QCOMPARE(std::string(journalId(entry)), id);
}

void JournalViewTest::hostileDetailsAreHarmless_data()
{
    QTest::addColumn<std::string>("detail");
    QTest::newRow("nothing") << std::string();
    QTest::newRow("no JSON") << std::string("{");
    QTest::newRow("no object") << std::string("[1]");
    QTest::newRow("other types") << std::string(R"({"before":{"status":1,"reason":[1,{"a":null}]},"after":7})");
    QTest::newRow("both nothing") << std::string(R"({"before":null,"after":null})");
    QTest::newRow("hidden characters") << std::string("{\"before\":null,\"after\":{\"reason\":\"a\xE2\x80\xAE"
                                                      "b\"}}");
}

void JournalViewTest::hostileDetailsAreHarmless()
{
    QFETCH(std::string, detail);
    JournalEntry entry;
    entry.detail = detail;
    for (const char *event : {"decision", "signed-off", "started-from", "measure", "x"}) {
        entry.event = event;
        const Words words(Language::English, m_english);
        const std::string text = changesInOneLine(journalLine(entry, words), words);
        QVERIFY(text.find("\xE2\x80\xAE") == std::string::npos);
    }
}

void JournalViewTest::csvDefusesFormulas()
{
    Decision decision;
    decision.status = Status::Nein;
    decision.reason = "=HYPERLINK(\"http://x\");\nsecond line";
    QVERIFY(m_audit->decide("SYS.1.6.A17", decision));
    const std::string csv = writeJournalCsv(m_audit->state()->journal, Words(Language::English, m_english));
    QVERIFY(csv.starts_with("\xEF\xBB\xBF"));
    QVERIFY(csv.find(";'=HYPERLINK") != std::string::npos || csv.find("\"'=HYPERLINK") != std::string::npos);
    QVERIFY(csv.find(";=") == std::string::npos && csv.find("\"=") == std::string::npos);
    QVERIFY(csv.find(m_audit->state()->journalHead) != std::string::npos);
}

void JournalViewTest::jsonKeepsTheDetail()
{
    Decision decision;
    decision.status = Status::Nein;
    decision.reason = "seen";
    QVERIFY(m_audit->decide("SYS.1.6.A17", decision));
    const auto state = m_audit->state();
    const auto json = nlohmann::json::parse(writeJournalJson(state->journal, Words(Language::English, m_english)));
    QCOMPARE(json["format"].get<std::string>(), std::string("tallymann-journal/1"));
    QCOMPARE(json["head"].get<std::string>(), state->journalHead);
    QCOMPARE(json["entries"].size(), state->journal.size());
    const auto &entry = json["entries"].back();
    QCOMPARE(entry["detail"]["after"]["reason"].get<std::string>(), std::string("seen"));
    QCOMPARE(entry["words"]["changes"][0]["after"].get<std::string>(), std::string("no"));
}

void JournalViewTest::twentyThousandAreFast()
{
    Decision decision;
    decision.status = Status::Nein;
    decision.reason = "seen";
    QVERIFY(m_audit->decide("SYS.1.6.A17", decision));
    const std::vector<JournalEntry> journal(20'000, m_audit->state()->journal.back());
    const std::clock_t begun = std::clock(); // of the processor: others may work beside us
    const std::string csv = writeJournalCsv(journal, Words(Language::English, m_english));
    QVERIFY(csv.size() > 20'000 * 100);
    const double seconds = static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    QVERIFY2(seconds < 20, qPrintable(QString::number(seconds)));
}

void JournalViewTest::theReportPrintsTheSignOff()
{
    const auto key = PrivateKey::read(SigningKey::ed25519().privatePem(), "k");
    QVERIFY(key);
    QVERIFY(m_audit->signOff({"B. Boss", "finished", *key}));
    ReportFixture fixture = makeReportFixture();
    const auto html = [&] {
        fixture.audit.journal = m_audit->state()->journal;
        fixture.audit.journalHead = m_audit->state()->journalHead;
        ReportOptions options;
        options.language = Language::English;
        return writeHtml(buildReport(fixture.input(), options, m_english));
    };
    std::string page = html();
    QVERIFY(page.find("B. Boss") != std::string::npos);
    QVERIFY(page.find(key->publicKey().fingerprint()) != std::string::npos);
    QVERIFY(page.find(journalDef("signoff.fits")->text) != std::string::npos);
    QVERIFY(page.find(journalDef("signoff.unchanged")->text) != std::string::npos);
    Decision decision;
    decision.status = Status::Ja;
    QVERIFY(m_audit->decide("SYS.1.6.A17", decision));
    page = html();
    QVERIFY(page.find(journalDef("signoff.unchanged")->text) == std::string::npos);
    QVERIFY(page.find("Changed after the sign-off") != std::string::npos);
}

TALLY_TEST(JournalViewTest)
#include "journal_view_test.moc"
