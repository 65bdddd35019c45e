// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/asked_kinds.h"
#include "ui/models/simple_table_model.h"

#include <QWidget>

#include <memory>
#include <vector>

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

    /// canRecord: false where nothing may be changed.
    void setCluster(std::shared_ptr<const Cluster> cluster, std::vector<AskedKind> asked, bool canRecord);
    void retranslateUi();

Q_SIGNALS:
    /// Something is to be put on record; kinds as AskedDialog takes them.
    void recordWanted(const QStringList &kinds);

private:
    [[nodiscard]] QString stateWord(const KindCompleteness &kind) const;
    [[nodiscard]] QStringList chosenKinds() const;
    void fillScopes();
    void fill();
    void copyCommands();

    std::shared_ptr<const Cluster> m_cluster;
    std::vector<AskedKind> m_asked;
    SimpleTableModel m_rows;
    QTableView *m_table;
    QComboBox *m_scope; ///< the whole export, or one namespace
    QLabel *m_note;
    QPushButton *m_copy;
    QPushButton *m_record;
};

} // namespace tally::ui
