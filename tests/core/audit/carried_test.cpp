// SPDX-License-Identifier: Apache-2.0
#include "core/audit/carried.h"

#include "tests/core/audit/sample_audit.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

/// What an earlier audit answered, and what of it can be confirmed.
class CarriedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void requirementsComeBeforeTheirParts();
    void theSameBasisIsKnown();
    void confirmedTogetherAndUndoneTogether();
    void whatIsDecidedHereWaitsNoMore();
    void askedKindsAreKeptInTheFile();

private:
    [[nodiscard]] std::vector<CarriedAnswer> waiting() const { return carriedAnswers(*m_audit->state(), *m_catalogue); }

    CataloguePtr m_catalogue = loadCatalogue(Resources()).value();
    std::unique_ptr<Folder> m_folder;
    std::filesystem::path m_path;
    std::optional<Audit> m_audit;
};

void CarriedTest::init()
{
    m_audit.reset();
    m_folder = std::make_unique<Folder>();
    m_path = *m_folder / "new.tally";
    AuditState old;
    old.info.title = "Old";
    Decision decision;
    decision.status = Status::Teilweise;
    decision.reason = "half of it";
    decision.by = "Earlier";
    old.decisions["SYS.1.6.A17.2"] = decision;
    decision.basisHash = "basis-1"; // as sampleAssessment() has it
    old.decisions["SYS.1.6.A17.1"] = decision;
    decision.basisHash.clear();
    old.decisions["SYS.1.6.A17"] = decision;
    old.decisions["SYS.9.9.A1"] = decision;
    old.asked = {{"NetworkPolicy", "networking.k8s.io", "asked on site", "Earlier", "2026-01-01T00:00:00Z"}};
    auto audit = Audit::createFrom(m_path, {"O", "New", "A. Auditor", "", "", ""}, old);
    QVERIFY(audit);
    m_audit.emplace(*std::move(audit));
}

void CarriedTest::requirementsComeBeforeTheirParts()
{
    std::vector<std::string> ids;
    for (const CarriedAnswer &each : waiting()) {
        ids.push_back(each.id);
        QVERIFY(!each.wrong);
        QVERIFY(!each.sameBasis); // there is no run
    }
    QCOMPARE(ids, (std::vector<std::string>{"SYS.1.6.A17", "SYS.1.6.A17.1", "SYS.1.6.A17.2", "SYS.9.9.A1"}));
}

void CarriedTest::theSameBasisIsKnown()
{
    QVERIFY(m_audit->addSource(sampleOpened()));
    QVERIFY(m_audit->addRun(sampleAssessment("basis-1")));
    const auto same = [this](const std::string &id) {
        const auto all = waiting();
        return std::ranges::find(all, id, &CarriedAnswer::id)->sameBasis;
    };
    QVERIFY(same("SYS.1.6.A17.1"));
    QVERIFY(!same("SYS.1.6.A17.2"));
    QVERIFY(m_audit->addRun(sampleAssessment("basis-2")));
    QVERIFY(!same("SYS.1.6.A17.1"));
}

void CarriedTest::confirmedTogetherAndUndoneTogether()
{
    QVERIFY(m_audit->change(confirmations(waiting())));
    QVERIFY(waiting().empty());
    const Decision &confirmed = m_audit->state()->decisions.at("SYS.1.6.A17.1");
    QCOMPARE(confirmed.by, std::string("A. Auditor"));
    QCOMPARE(confirmed.reason, std::string("half of it"));
    QVERIFY(m_audit->undo());
    QCOMPARE(waiting().size(), std::size_t(4));
}

void CarriedTest::whatIsDecidedHereWaitsNoMore()
{
    Decision decision;
    decision.status = Status::Ja;
    QVERIFY(m_audit->decide("SYS.1.6.A17.2", decision));
    QCOMPARE(waiting().size(), std::size_t(3));
}

void CarriedTest::askedKindsAreKeptInTheFile()
{
    m_audit.reset();
    const auto audit = Audit::open(m_path);
    QVERIFY(audit);
    const AuditStatePtr state = audit->state();
    QCOMPARE(state->predecessor->asked.size(), std::size_t(1));
    QCOMPARE(state->predecessor->asked[0].kind, std::string("NetworkPolicy"));
    QCOMPARE(state->predecessor->asked[0].reason, std::string("asked on site"));
    QVERIFY(state->asked.empty());         // they are not taken for asked here
    QVERIFY(carriedAsked(*state).empty()); // nothing can be recorded without a cluster
    const auto again = Audit::createFrom(*m_folder / "third.tally", {"O", "Third", "A", "", "", ""}, *state);
    QVERIFY(again);
    QCOMPARE(again->state()->predecessor->asked.size(), std::size_t(1)); // what nobody confirmed is passed on
}

TALLY_TEST(CarriedTest)
#include "carried_test.moc"
