// SPDX-License-Identifier: Apache-2.0
#include "core/audit/audit.h"

#include "tests/core/audit/sample_audit.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <sqlite3.h>

#include <algorithm>

using namespace tally;
using namespace tally::test;

/// The rules of decisions, where no form stands before the audit.
class DecisionRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void withoutReasonIsRefused_data();
    void withoutReasonIsRefused();
    void jaBesideAConfirmedDeviationIsRefused();
    void aPartCannotMakeItsRequirementWrong();
    void togetherItIsWhatHoldsInTheEndThatCounts_data();
    void togetherItIsWhatHoldsInTheEndThatCounts();
    void oneThatIsWrongRefusesAll();
    void yesAgainstProofSaysWhy();
    void undoRestoresWhatAnOldFileHeld();
    void itsOwnCatalogueDecides();

private:
    [[nodiscard]] Result<> decide(const std::string &id, Status status, const std::string &reason = {})
    {
        return m_audit->decide(id, decision(status, reason));
    }
    [[nodiscard]] static Decision decision(Status status, const std::string &reason = {})
    {
        Decision made;
        made.status = status;
        made.reason = reason;
        return made;
    }

    CataloguePtr m_catalogue;
    std::string m_requirement; ///< with a MUST part and a SHOULD part
    std::string m_must;
    std::string m_should; ///< a part beside MUST parts
    std::unique_ptr<Folder> m_folder;
    std::optional<Audit> m_audit;
};

namespace {

std::string codeOf(const Result<> &result)
{
    return result ? "fine" : result.error().message.def->code;
}

} // namespace

void DecisionRulesTest::initTestCase()
{
    m_catalogue = loadCatalogue(Resources()).value();
    for (const Requirement &each : m_catalogue->modules.front().requirements) {
        const auto must = std::ranges::find_if(each.parts, &Part::isMust);
        const auto should = std::ranges::find_if_not(each.parts, &Part::isMust);
        if (must == each.parts.end() || should == each.parts.end())
            continue;
        m_requirement = each.id;
        m_must = must->id;
        m_should = should->id;
        return;
    }
    QFAIL("no requirement with a MUST part and a SHOULD part");
}

void DecisionRulesTest::init()
{
    m_audit.reset();
    m_folder = std::make_unique<Folder>();
    auto audit = Audit::create(*m_folder / "d.tally", {"O", "T", "A. Auditor", "", "", ""});
    QVERIFY(audit);
    m_audit.emplace(*std::move(audit));
}

void DecisionRulesTest::withoutReasonIsRefused_data()
{
    QTest::addColumn<std::string>("id");
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("code");
    const auto add = [](const char *name, const std::string &id, Status status, const char *code) {
        QTest::newRow(name) << id << static_cast<int>(status) << std::string(code);
    };
    add("nein", m_requirement, Status::Nein, "decision.reason-must");
    add("teilweise", m_requirement, Status::Teilweise, "decision.reason-must");
    add("entbehrlich", m_requirement, Status::Entbehrlich, "decision.reason-entbehrlich");
    add("a part", m_must, Status::Nein, "decision.reason-must");
    add("a part that should be met", m_should, Status::Nein, "decision.reason-should");
    add("an id of another edition", "SYS.9.9.A1", Status::Nein, "decision.reason-should");
    add("ja needs none", m_requirement, Status::Ja, "fine");
    add("a part that is ja", m_must, Status::Ja, "fine");
}

void DecisionRulesTest::withoutReasonIsRefused()
{
    QFETCH(std::string, id);
    QFETCH(int, status);
    QFETCH(std::string, code);
    const std::size_t entries = m_audit->state()->journal.size();
    QCOMPARE(codeOf(decide(id, static_cast<Status>(status), " \n")), code);
    if (code != "fine") {
        QVERIFY(!m_audit->state()->decisions.contains(id));
        QCOMPARE(m_audit->state()->journal.size(), entries);
        QVERIFY(!m_audit->canUndo());
        QCOMPARE(codeOf(decide(id, static_cast<Status>(status), "because")), std::string("fine"));
    }
    QVERIFY(m_audit->verify()->consistent);
}

void DecisionRulesTest::jaBesideAConfirmedDeviationIsRefused()
{
    QVERIFY(decide(m_must, Status::Nein, "seen"));
    QCOMPARE(codeOf(decide(m_requirement, Status::Ja)), std::string("decision.ja-must"));
    QVERIFY(!m_audit->state()->decisions.contains(m_requirement));
    QVERIFY(decide(m_must, Status::Ja));
    QVERIFY(decide(m_requirement, Status::Ja));
}

void DecisionRulesTest::aPartCannotMakeItsRequirementWrong()
{
    QVERIFY(decide(m_requirement, Status::Ja));
    QCOMPARE(codeOf(decide(m_must, Status::Nein, "seen")), std::string("decision.ja-must"));
    QVERIFY(decide(m_requirement, Status::Teilweise, "one part is not met"));
    QVERIFY(decide(m_must, Status::Nein, "seen"));
}

void DecisionRulesTest::togetherItIsWhatHoldsInTheEndThatCounts_data()
{
    QTest::addColumn<bool>("partFirst");
    QTest::newRow("the part first") << true;
    QTest::newRow("the requirement first") << false;
}

void DecisionRulesTest::togetherItIsWhatHoldsInTheEndThatCounts()
{
    QFETCH(bool, partFirst);
    QVERIFY(decide(m_requirement, Status::Ja));
    std::vector<AuditChange> changes{DecisionChange{m_must, decision(Status::Nein, "seen")},
        DecisionChange{m_requirement, decision(Status::Teilweise, "one part is not met")}};
    if (!partFirst)
        std::ranges::reverse(changes);
    QCOMPARE(codeOf(m_audit->change(changes)), std::string("fine"));
    QVERIFY(m_audit->undo());
    QCOMPARE(m_audit->state()->decisions.at(m_requirement).status, Status::Ja);
    QVERIFY(m_audit->redo());
    QCOMPARE(m_audit->state()->decisions.at(m_must).status, Status::Nein);
}

void DecisionRulesTest::oneThatIsWrongRefusesAll()
{
    const std::size_t entries = m_audit->state()->journal.size();
    QVERIFY(!m_audit->change({DecisionChange{"SYS.1.6.A2", decision(Status::Ja)},
        Measure{.key = "M-001", .title = "more"}, DecisionChange{m_requirement, decision(Status::Nein)}}));
    QVERIFY(m_audit->state()->decisions.empty());
    QVERIFY(m_audit->state()->records.measures.empty());
    QCOMPARE(m_audit->state()->journal.size(), entries);
}

/// Files of earlier versions hold decisions that were never held to a rule.
void DecisionRulesTest::yesAgainstProofSaysWhy()
{
    const auto run = [this](Proposal proposal) {
        PartResult part;
        part.id = m_must;
        part.proposal = proposal;
        auto assessment = std::make_shared<Assessment>();
        assessment->requirements.push_back({m_requirement, proposal, {part}, {}});
        return assessment;
    };
    AuditState state = *m_audit->state();
    for (const std::string &id : {m_requirement, m_must}) {
        const auto wrong = [&](Proposal proposal, const std::string &reason) {
            state.assessment = run(proposal);
            state.decisions = {{id, decision(Status::Ja, reason)}};
            return validateDecided(state, *m_catalogue, id);
        };
        const auto refused = wrong(Proposal::Deviation, " ");
        QVERIFY(refused);
        QCOMPARE(refused->def->code, "decision.reason-proved");
        QCOMPARE(refused->args, (std::vector<std::string>{id, m_must}));
        QVERIFY(!wrong(Proposal::Deviation, "compensated by a firewall"));
        QVERIFY(!wrong(Proposal::NoDeviationFound, ""));
        QVERIFY(!wrong(Proposal::PartlyChecked, ""));
    }
}

void DecisionRulesTest::undoRestoresWhatAnOldFileHeld()
{
    QVERIFY(decide(m_requirement, Status::Nein, "reason"));
    const std::filesystem::path path = m_audit->path();
    m_audit.reset();
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, "UPDATE decision SET reason=''", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
    auto audit = Audit::open(path);
    QVERIFY(audit);
    m_audit.emplace(*std::move(audit));
    QCOMPARE(m_audit->state()->decisions.at(m_requirement).status, Status::Nein);
    QVERIFY(decide(m_requirement, Status::Ja));
    QVERIFY(m_audit->undo());
    QCOMPARE(m_audit->state()->decisions.at(m_requirement).status, Status::Nein);
    QCOMPARE(m_audit->state()->decisions.at(m_requirement).reason, std::string());
    QVERIFY(m_audit->redo());
    QVERIFY(decide("SYS.1.6.A2", Status::Ja)); // what was wrong elsewhere stands in nobody's way
}

void DecisionRulesTest::itsOwnCatalogueDecides()
{
    auto own = std::make_shared<Catalogue>(*m_catalogue);
    for (Module &module : own->modules) {
        for (Requirement &requirement : module.requirements) {
            for (Part &part : requirement.parts)
                part.modal = "SOLLTE";
        }
    }
    m_audit->setCatalogue(own);
    QVERIFY(decide(m_must, Status::Nein, "seen"));
    QVERIFY(decide(m_requirement, Status::Ja)); // no MUST part is confirmed as a deviation
}

TALLY_TEST(DecisionRulesTest)
#include "decision_rules_test.moc"
