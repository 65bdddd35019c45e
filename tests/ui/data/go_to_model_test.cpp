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
}

void GoToModelTest::finds()
{
    QFETCH(QString, query);
    Session session(test::sampleKnowledge());
    session.showState(test::sampleState(session.knowledge()));
    GoToModel model(session);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setPages({{PageId::Overview, u"Overview"_qs}, {PageId::Findings, u"Findings"_qs}});
    model.setQuery(query);
    QVERIFY(model.rowCount() > 0);
    QTEST(model.index(0).data(GoToModel::AddressRole).value<Address>(), "first");
}

TALLY_TEST(GoToModelTest)
#include "go_to_model_test.moc"
