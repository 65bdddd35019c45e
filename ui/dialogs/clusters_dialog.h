// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <QDialog>

#include <vector>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace tally::ui {

/// Asks which export belongs to which cluster, and what the clusters are called. What a person says holds before what
/// the exports tell (clusters.h).
class ClustersDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit ClustersDialog(AuditStatePtr audit, QWidget *parent = nullptr);

    /// Settings: of all exports, if one is assigned differently; of names only those that are different.
    [[nodiscard]] std::vector<AuditChange> changes() const;

Q_SIGNALS:
    void assigned(const std::vector<tally::AuditChange> &changes);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct ExportRow
    {
        int source = 0;
        QLabel *name;
        QComboBox *cluster;  ///< data: a source of the cluster; its own: a new one
        int before = 0;      ///< current index at first
        bool hasOwn = false; ///< the last entry is a cluster of its own
    };
    struct NameRow
    {
        int source = 0; ///< the cluster's first
        QLabel *label;
        QLineEdit *name;
        QString before;
    };

    void addExports(const AuditState &state, QGridLayout &grid);
    void addNames(const AuditState &state, QGridLayout &grid);
    void retranslateUi();
    void validate();

    AuditStatePtr m_state;
    std::vector<ExportRow> m_exports;
    std::vector<NameRow> m_names;
    QLabel *m_title;
    QLabel *m_lead;
    QLabel *m_exportsHead;
    QLabel *m_namesHead;
    QLabel *m_lost; ///< what people said of single findings that would not hold any more
    QPushButton *m_cancel;
    QPushButton *m_assign;
};

} // namespace tally::ui
