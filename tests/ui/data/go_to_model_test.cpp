// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample_state.h"
#include "tests/support/test_registry.h"
#include "ui/models/go_to_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace tally;
using namespace tally::ui;

class GoToModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data();
    void finds();
    void placesAreNamedByWhatTheyHold();
};

void GoToModelTest::finds_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<Address>("first");
    QTest::newRow("requirement by number")
        << u"a17"_qs << Address{.page = PageId::Checklist, .requirement = u"SYS.1.6.A17"_qs};
    QTest::newRow("page") << u"over"_qs << Address{.page = PageId::Overview};
    QTest::newRow("check by id") << u"POD-PRIVILEGED"_qs
                                 << Address{.page = PageId::Findings, .check = u"POD-PRIVILEGED"_qs};
    QTest::newRow("file of an image") << u".npmrc"_qs
                                      << Address{.page = PageId::Images,
                                             .image = u"registry.musterhafen.example/kundenportal/portal:1.4.2"_qs,
                                             .file = u"/app/.npmrc"_qs,
                                             .layer = 0};
    const Address target{.page = PageId::Sources, .record = u"T-001"_qs, .tab = u"scope"_qs};
    QTest::newRow("target object") << u"payments-"_qs << target;
    QTest::newRow("target object by number") << u"t-001"_qs << target;
    QTest::newRow("measure") << u"drop all"_qs << Address{.page = PageId::Measures, .record = u"M-001"_qs};
    QTest::newRow("evidence") << u"minutes"_qs << Address{.page = PageId::Evidence, .evidence = u"N-003"_qs};
    QTest::newRow("what was asked for") << u"approved exc"_qs
                                        << Address{.page = PageId::Evidence, .record = u"R-007"_qs, .tab = u"asked"_qs};
}

void GoToModelTest::finds()
{
    QFETCH(QString, query);
    Session session(test::sampleKnowledge());
    AuditState state = *test::sampleState(session.knowledge());
    state.records.put(TargetObject{.key = "T-001", .name = "payments-*", .kind = TargetObject::Kind::Namespace});
    state.records.put(Measure{.key = "M-001", .title = "Drop all capabilities"});
    state.records.put(EvidenceRequest{.key = "R-007", .what = "List of approved exceptions"});
    Attachment minutes;
    minutes.key = "N-003";
    minutes.title = "Minutes of the interview";
    state.attachments.push_back(minutes);
    session.showState(std::make_shared<const AuditState>(std::move(state)));
    GoToModel model(session);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setPages({{PageId::Overview, u"Overview"_qs}, {PageId::Findings, u"Findings"_qs}});
    model.setQuery(query);
    QVERIFY(model.rowCount() > 0);
    QTEST(model.index(0).data(GoToModel::AddressRole).value<Address>(), "first");
}

void GoToModelTest::placesAreNamedByWhatTheyHold()
{
    Session session(test::sampleKnowledge());
    GoToModel model(session);
    const Address scope{.page = PageId::Sources, .tab = u"scope"_qs};
    model.setPlaces({{scope, u"Scope: target objects and protection needs"_qs, u"Sources"_qs}});
    model.setQuery({});
    QCOMPARE(model.rowCount(), 0); // pages and actions alone
    for (const QString &query : {u"scope: t"_qs, u"target objects"_qs}) {
        model.setQuery(query);
        QVERIFY(model.rowCount() > 0);
        QCOMPARE(model.index(0).data(GoToModel::AddressRole).value<Address>(), scope);
        QCOMPARE(model.index(0).data(GoToModel::DetailRole).toString(), u"Sources"_qs);
    }
}

TALLY_TEST(GoToModelTest)
#include "go_to_model_test.moc"
