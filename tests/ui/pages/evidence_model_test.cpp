// SPDX-License-Identifier: Apache-2.0
#include "ui/models/evidence_model.h"

#include "tests/support/test_registry.h"
#include "tests/ui/pages/sample_audit.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace tally;
using namespace tally::ui;

class EvidenceModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void groupsByCauseAndCapsLongLists();
    void leadsToTheObject();
    void isEmptyWithoutResult();
};

void EvidenceModelTest::groupsByCauseAndCapsLongLists()
{
    const AuditStatePtr state = test::sampleState();
    EvidenceModel model;
    const QAbstractItemModelTester tester(&model);
    model.setPart(state, nullptr, state->assessment->part("SYS.1.6.A17.1"), Language::English);
    QCOMPARE(model.causes(), 2);
    const QModelIndex cause = model.index(0, 0);
    QCOMPARE(cause.data(EvidenceModel::CountRole).toInt(), 8);
    QCOMPARE(cause.data(EvidenceModel::DetailRole).toString(), u"privileged"_qs);
    // Three objects, the system namespaces as a group of their own, and the other three under "more".
    QCOMPARE(model.rowCount(cause), 5);
    const auto kind = [&](int row) {
        return static_cast<EvidenceModel::RowKind>(model.index(row, 0, cause).data(EvidenceModel::KindRole).toInt());
    };
    QCOMPARE(kind(0), EvidenceModel::RowKind::Object);
    QCOMPARE(kind(3), EvidenceModel::RowKind::SystemGroup);
    QCOMPARE(model.rowCount(model.index(3, 0, cause)), 2);
    QCOMPARE(kind(4), EvidenceModel::RowKind::More);
    QCOMPARE(model.rowCount(model.index(4, 0, cause)), 3);
    QCOMPARE(model.index(0, EvidenceModel::PlaceColumn, cause).data().toString(), u"deployments.yaml:12"_qs);
}

void EvidenceModelTest::leadsToTheObject()
{
    const AuditStatePtr state = test::sampleState();
    EvidenceModel model;
    model.setPart(state, nullptr, state->assessment->part("SYS.1.6.A17.1"), Language::English);
    const Address object = model.address(model.index(0, 0, model.index(0, 0)));
    QCOMPARE(object.page, PageId::Cluster);
    QCOMPARE(object.object, u"Deployment/payments/api"_qs);
    const Address image = model.address(model.index(0, 0, model.index(1, 0)));
    QCOMPARE(image.page, PageId::Images);
    QCOMPARE(image.layer, 1);
    QCOMPARE(image.file, u"/srv/app"_qs);
    QCOMPARE(model.address(model.index(0, 0)).check, u"POD-PRIVILEGED"_qs);
}

void EvidenceModelTest::isEmptyWithoutResult()
{
    EvidenceModel model;
    model.setPart(std::make_shared<AuditState>(), nullptr, nullptr, Language::German);
    QCOMPARE(model.rowCount(), 0);
}

TALLY_TEST(EvidenceModelTest)
#include "evidence_model_test.moc"
