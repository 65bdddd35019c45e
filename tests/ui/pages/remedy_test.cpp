// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/remedy.h"

#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::ui;

using Mark = CodeLine::Mark;

class RemedyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rightLineStandsBelowTheWrongOne();
    void missingFieldIsNoDiff();
    void listIsNoDiff();
    void noExcerpt();
};

namespace {

Finding privileged()
{
    Finding finding;
    finding.field = "spec.containers[0].securityContext.privileged";
    finding.excerpt = "    securityContext:\n      privileged: true\n      runAsUser: 0\n";
    finding.excerptLines = {17, 18, 19};
    finding.excerptHit = 1;
    return finding;
}

} // namespace

void RemedyTest::rightLineStandsBelowTheWrongOne()
{
    Check check;
    check.example = "securityContext:\n  privileged: false\n";
    const Remedy remedy = remedyOf(privileged(), &check);
    const std::vector<CodeLine> expected{{u"securityContext:"_qs, Mark::None, 17},
        {u"  privileged: true"_qs, Mark::Wrong, 18}, {u"  privileged: false"_qs, Mark::Right, 0},
        {u"  runAsUser: 0"_qs, Mark::None, 19}};
    QVERIFY(remedy.isDiff);
    QVERIFY(remedy.lines == expected);
}

void RemedyTest::missingFieldIsNoDiff()
{
    Finding finding = privileged();
    finding.field = "spec.containers[0].securityContext.allowPrivilegeEscalation";
    Check check;
    check.example = "securityContext:\n  allowPrivilegeEscalation: false\n";
    const Remedy remedy = remedyOf(finding, &check);
    QVERIFY(!remedy.isDiff);
    QCOMPARE(remedy.lines.size(), 3U);
    QCOMPARE(static_cast<int>(remedy.lines[1].mark), static_cast<int>(Mark::Hit));
    QCOMPARE(exampleOf(check).size(), 2U);
}

/// "add:" with its items below: taking the first line away would not be right.
void RemedyTest::listIsNoDiff()
{
    Finding finding;
    finding.field = "spec.containers[0].securityContext.capabilities.add";
    finding.excerpt = "add:\n- SYS_ADMIN\n";
    finding.excerptHit = 0;
    Check check;
    check.example = "capabilities:\n  add: [NET_BIND_SERVICE]\n";
    QVERIFY(!remedyOf(finding, &check).isDiff);
}

void RemedyTest::noExcerpt()
{
    const Remedy remedy = remedyOf(Finding(), nullptr);
    QVERIFY(remedy.lines.empty());
    QVERIFY(!remedy.isDiff);
}

TALLY_TEST(RemedyTest)
#include "remedy_test.moc"
