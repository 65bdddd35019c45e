// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_registry.h"
#include "ui/dialogs/asked_dialog.h"
#include "ui/pages/cluster/completeness_pane.h"

#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace tally;
using namespace tally::ui;

/// What an auditor vouches for where an export leaves no trace.
class AskedDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersWhatTheExportSaysNothingOf();
    void aNewKindNeedsAReason();
    void whatWasRecordedStaysAsItWas();
    void thePaneNamesTheReason();
};

namespace {

ClusterPtr exported()
{
    auto cluster = std::make_shared<Cluster>();
    cluster->completeness = {
        {"NetworkPolicy", "networking.k8s.io", KindState::Missing, 0, -1, "kubectl get networkpolicies"},
        {"Pod", "", KindState::Present, 3, 0, {}},
        {"ResourceQuota", "", KindState::Missing, 0, -1, "kubectl get resourcequotas"},
        {"Role", "rbac.authorization.k8s.io", KindState::Forbidden, 0, 0, "kubectl get roles"},
    };
    return cluster;
}

const std::vector<AskedKind> before = {{"ResourceQuota", "", "seen with the operators", "B. Auditor", "2026-11-01"}};

} // namespace

void AskedDialogTest::offersWhatTheExportSaysNothingOf()
{
    const AskedDialog dialog(*exported(), {}, {u"NetworkPolicy.networking.k8s.io"_qs}, u"A. Auditor"_qs);
    const auto *kinds = dialog.findChild<QListWidget *>(u"askedKinds"_qs);
    QCOMPARE(kinds->count(), 2); // Pod is there, Role was refused: the export tells
    QCOMPARE(kinds->item(0)->text(), u"NetworkPolicy.networking.k8s.io"_qs);
    QCOMPARE(kinds->item(0)->checkState(), Qt::Checked);
    QCOMPARE(kinds->item(1)->checkState(), Qt::Unchecked);
}

void AskedDialogTest::aNewKindNeedsAReason()
{
    AskedDialog dialog(*exported(), {}, {u"ResourceQuota"_qs}, u"A. Auditor"_qs);
    QSignalSpy recorded(&dialog, &AskedDialog::recorded);
    auto *record = dialog.findChild<QPushButton *>(u"recordAsked"_qs);
    QVERIFY(!record->isEnabled());
    dialog.findChild<QLineEdit *>(u"askedReason"_qs)->setText(u" asked on 12 November "_qs);
    QVERIFY(record->isEnabled());
    record->click();
    QCOMPARE(recorded.count(), 1);
    const auto asked = recorded.at(0).at(0).value<std::vector<AskedKind>>();
    QCOMPARE(asked.size(), std::size_t(1));
    QCOMPARE(asked[0], (AskedKind{"ResourceQuota", "", "asked on 12 November", "A. Auditor", {}}));
}

void AskedDialogTest::whatWasRecordedStaysAsItWas()
{
    const ClusterPtr cluster = withAskedKinds(exported(), before);
    const AskedDialog dialog(*cluster, before, {}, u"A. Auditor"_qs);
    QVERIFY(!dialog.findChild<QLineEdit *>(u"askedReason"_qs)->isEnabled());
    QVERIFY(dialog.findChild<QPushButton *>(u"recordAsked"_qs)->isEnabled());
    QCOMPARE(dialog.asked(), before);
    dialog.findChild<QListWidget *>(u"askedKinds"_qs)->item(1)->setCheckState(Qt::Unchecked);
    QVERIFY(dialog.asked().empty());
    // An export that settles the kind does not take the word from the record.
    auto settled = std::make_shared<Cluster>(*exported());
    settled->completeness[2].state = KindState::Present;
    QCOMPARE(AskedDialog(*settled, before, {}, {}).asked(), before);
}

void AskedDialogTest::thePaneNamesTheReason()
{
    CompletenessPane pane;
    pane.retranslateUi();
    pane.setCluster(withAskedKinds(exported(), before), before, true);
    auto *table = pane.findChild<QTableView *>();
    const QAbstractItemModel &rows = *table->model();
    int row = 0;
    while (row < rows.rowCount() && rows.index(row, 0).data().toString() != u"ResourceQuota")
        ++row;
    QVERIFY(row < rows.rowCount());
    QVERIFY(rows.index(row, 2).data().toString().contains(u"seen with the operators"));
    QCOMPARE(rows.index(row, 3).data().toString(), u"0"_qs);
    QSignalSpy wanted(&pane, &CompletenessPane::recordWanted);
    table->selectRow(row);
    auto *record = pane.findChild<QPushButton *>(u"recordAskedKinds"_qs);
    QVERIFY(record->isEnabled());
    record->click();
    QCOMPARE(wanted.at(0).at(0).toStringList(), QStringList{u"ResourceQuota"_qs});
    pane.setCluster(exported(), {}, false);
    QVERIFY(!record->isEnabled());
}

TALLY_TEST(AskedDialogTest)
#include "asked_dialog_test.moc"
