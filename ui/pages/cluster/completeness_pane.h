// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"
#include "ui/models/simple_table_model.h"

#include <QWidget>

#include <memory>

class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace tally::ui {

/// What the export holds and lacks, of the whole or of one namespace, with the commands that fetch the rest.
class CompletenessPane final : public QWidget
{
    Q_OBJECT

public:
    explicit CompletenessPane(QWidget *parent = nullptr);
    ~CompletenessPane() override;

    void setCluster(std::shared_ptr<const Cluster> cluster);
    void retranslateUi();

private:
    void fillScopes();
    void fill();
    void copyCommands();

    std::shared_ptr<const Cluster> m_cluster;
    SimpleTableModel m_rows;
    QTableView *m_table;
    QComboBox *m_scope; ///< the whole export, or one namespace
    QLabel *m_note;
    QPushButton *m_copy;
};

} // namespace tally::ui
