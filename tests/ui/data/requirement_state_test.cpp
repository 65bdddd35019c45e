// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample_state.h"
#include "tests/support/test_registry.h"
#include "ui/models/not_checked.h"
#include "ui/models/requirement_state.h"
#include "ui/models/sources_model.h"

#include <QTest>

using namespace tally;
using namespace tally::ui;

class RequirementStateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDecisionSpeaksBeforeTheProposal();
    void partsSpeakLikewise();
    void nothingIsEverGreenWithoutAPerson();
    void countsAndFindsTheNextOpenOne();
    void saysWhatWasNotSeenAndWhatItConcerns();
    void anEmptyAuditIsNotChecked();
    void sourcesKnowWhatWasFoundInThem();
};

void RequirementStateTest::aDecisionSpeaksBeforeTheProposal()
{
    const Knowledge knowledge = test::sampleKnowledge();
    const AuditStatePtr state = test::sampleState(knowledge);
    const RequirementState a1 = requirementState(*state, *knowledge.catalogue->requirement("SYS.1.6.A1"));
    QCOMPARE(a1.kind, StateKind::Nein); // proposed was a deviation
    QVERIFY(a1.decided);
    const RequirementState a3 = requirementState(*state, *knowledge.catalogue->requirement("SYS.1.6.A3"));
    QCOMPARE(a3.kind, StateKind::Teilweise);
    QVERIFY(a3.stale);
    const RequirementState a4 = requirementState(*state, *knowledge.catalogue->requirement("SYS.1.6.A4"));
    QCOMPARE(a4.kind, StateKind::Indications); // manual, with something to look at
    QVERIFY(!a4.decided);
}

void RequirementStateTest::partsSpeakLikewise()
{
    const Knowledge knowledge = test::sampleKnowledge();
    AuditState state = *test::sampleState(knowledge);
    const Part &part = knowledge.catalogue->requirement("SYS.1.6.A4")->parts.front();
    const PartResult *result = state.assessment->part(part.id);
    QVERIFY(result);
    const RequirementState proposed = requirementState(state, part);
    QCOMPARE(proposed.kind, proposalState(result->proposal, hasIndications(*result)));
    QVERIFY(!proposed.decided);
    state.decisions[part.id].status = Status::Ja;
    state.decisions[part.id].stale = true;
    const RequirementState decided = requirementState(state, part);
    QCOMPARE(decided.kind, StateKind::Ja);
    QVERIFY(decided.decided && decided.stale);
    QCOMPARE(requirementState(AuditState(), part).kind, StateKind::NotChecked);
}

void RequirementStateTest::nothingIsEverGreenWithoutAPerson()
{
    for (const Proposal proposal : {Proposal::Deviation, Proposal::PartlyChecked, Proposal::NotChecked,
             Proposal::Manual, Proposal::Organisational, Proposal::NoDeviationFound}) {
        QVERIFY(proposalState(proposal, false) != StateKind::Ja);
        QVERIFY(proposalState(proposal, true) != StateKind::Ja);
    }
}

void RequirementStateTest::countsAndFindsTheNextOpenOne()
{
    const Knowledge knowledge = test::sampleKnowledge();
    const AuditStatePtr state = test::sampleState(knowledge);
    const Module &module = *knowledge.catalogue->module("SYS.1.6");
    QCOMPARE(countDecided(*state, module).done, 2); // and one that is outdated
    QCOMPARE(countDecided(*state, module).total, 26);
    QCOMPARE(nextOpen(*state, module)->id, std::string("SYS.1.6.A7")); // the first open one with a deviation
}

void RequirementStateTest::saysWhatWasNotSeenAndWhatItConcerns()
{
    const Knowledge knowledge = test::sampleKnowledge();
    const AuditStatePtr state = test::sampleState(knowledge);
    const auto items = notChecked(*state, *knowledge.catalogue->module("SYS.1.6"));
    QCOMPARE(items.size(), 1U);
    QCOMPARE(items[0].need, std::string("NetworkPolicy"));
    QCOMPARE(
        items[0].requirements, (std::vector<std::string>{"SYS.1.6.A3", "SYS.1.6.A9", "SYS.1.6.A15", "SYS.1.6.A21"}));
    QVERIFY(!items[0].command.isEmpty());
}

void RequirementStateTest::anEmptyAuditIsNotChecked()
{
    const Knowledge knowledge = test::sampleKnowledge();
    const AuditState empty;
    for (const Requirement &requirement : knowledge.catalogue->module("SYS.1.6")->requirements)
        QCOMPARE(requirementState(empty, requirement).kind, StateKind::NotChecked);
}

void RequirementStateTest::sourcesKnowWhatWasFoundInThem()
{
    const auto rows = sourceRows(*test::sampleState(test::sampleKnowledge()));
    QCOMPARE(rows.size(), 2U);
    QCOMPARE(rows[0].diagnostics.size(), 1U);
    QCOMPARE(rows[0].worst(), Diagnostic::Severity::Warning);
    QCOMPARE(rows[1].images, 1);
    QCOMPARE(rows[1].verifiedBlobs, 1);
    QCOMPARE(rows[1].comparedBlobs, 1);
}

TALLY_TEST(RequirementStateTest)
#include "requirement_state_test.moc"
