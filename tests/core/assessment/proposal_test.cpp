// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/assess.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;

class ProposalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void part_data();
    void part();
    void requirement();
};

void ProposalTest::part_data()
{
    QTest::addColumn<PartClass>("partClass");
    QTest::addColumn<PartEvidence>("evidence");
    QTest::addColumn<QString>("proposal");
    const PartEvidence none{};
    const PartEvidence unmet{true, false, false, false, false};
    const PartEvidence partly{true, true, false, false, false};
    const PartEvidence seen{true, true, true, false, false};
    const PartEvidence indicated{true, true, true, false, true};
    const PartEvidence proven{true, true, true, true, true};
    const PartEvidence provenInPart{true, true, false, true, false};
    QTest::newRow("F no check") << PartClass::Provable << none << "not-checked";
    QTest::newRow("F nothing looked at") << PartClass::Provable << unmet << "not-checked";
    QTest::newRow("F some looked at") << PartClass::Provable << partly << "partly-checked";
    QTest::newRow("F all looked at") << PartClass::Provable << seen << "no-deviation-found";
    QTest::newRow("F indication") << PartClass::Provable << indicated << "manual";
    QTest::newRow("F proven") << PartClass::Provable << proven << "deviation";
    QTest::newRow("F proven by what was seen") << PartClass::Provable << provenInPart << "deviation";
    QTest::newRow("I no check") << PartClass::Indication << none << "manual";
    QTest::newRow("I nothing looked at") << PartClass::Indication << unmet << "not-checked";
    QTest::newRow("I all looked at") << PartClass::Indication << seen << "manual";
    QTest::newRow("I is never proven") << PartClass::Indication << proven << "manual";
    QTest::newRow("D") << PartClass::Document << none << "organisational";
    QTest::newRow("D is never proven") << PartClass::Document << proven << "organisational";
}

void ProposalTest::part()
{
    QFETCH(PartClass, partClass);
    QFETCH(PartEvidence, evidence);
    QFETCH(QString, proposal);
    const std::string_view proposed = proposalName(proposePart(partClass, evidence));
    QCOMPARE(QString::fromUtf8(proposed.data(), static_cast<qsizetype>(proposed.size())), proposal);
}

void ProposalTest::requirement()
{
    const auto of = [](std::initializer_list<Proposal> proposals) {
        std::vector<PartResult> parts;
        for (const Proposal proposal : proposals)
            parts.push_back({{}, proposal, {}, {}, {}});
        return proposeRequirement(parts);
    };
    QCOMPARE(of({Proposal::NoDeviationFound, Proposal::Deviation, Proposal::NotChecked}), Proposal::Deviation);
    QCOMPARE(of({Proposal::NotChecked, Proposal::PartlyChecked}), Proposal::PartlyChecked);
    QCOMPARE(of({Proposal::Organisational, Proposal::Manual, Proposal::NotChecked}), Proposal::NotChecked);
    QCOMPARE(of({Proposal::Organisational, Proposal::Manual}), Proposal::Manual);
    QCOMPARE(of({Proposal::NoDeviationFound, Proposal::Organisational}), Proposal::Organisational);
    QCOMPARE(of({Proposal::NoDeviationFound}), Proposal::NoDeviationFound);
    QCOMPARE(of({}), Proposal::NotChecked);
}

TALLY_TEST(ProposalTest)
#include "proposal_test.moc"
