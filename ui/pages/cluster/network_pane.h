// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/reachability_model.h"
#include "ui/pages/cluster/cluster_pane.h"

#include <vector>

class QCheckBox;
class QLabel;
class QSettings;
class QStackedWidget;

namespace tally::ui {

class DetailSide;
class MatrixLegend;
class MatrixView;
class SegmentedControl;
class TablePane;

/// Who reaches whom, as a picture and as a table; at the right what decides about the chosen way, and what the model
/// cannot know.
class NetworkPane final : public ClusterPane
{
    Q_OBJECT

public:
    NetworkPane(Session &session, QSettings &settings, QWidget *parent = nullptr);
    ~NetworkPane() override;

    void retranslateUi() override;
    void choose(const QVariant &what) override; ///< a namespace: the way from outside into it
    [[nodiscard]] const ReachabilityModel &model() const { return m_model; }
    [[nodiscard]] MatrixView &matrix() { return *m_matrix; }
    [[nodiscard]] TablePane &table() { return *m_table; }
    void showTable(bool table);

protected:
    void compute() override;

private:
    [[nodiscard]] QWidget *makeLeft();
    void fill();
    void fillTable();
    void showSummary();
    void showWay(std::size_t from, std::size_t to);
    void showChosen();
    void addCounts(const PathCounts &counts);
    void addGroups(std::size_t from, std::size_t to);
    void addDecision(const QString &label, const std::optional<PathDecision> &decision);
    void addRequirements();
    void addGaps();
    [[nodiscard]] QString gapText(ModelGap gap) const;
    [[nodiscard]] QString namesOf(const std::vector<std::size_t> &workloads) const;

    ReachabilityPtr m_network;
    ReachabilityModel m_model;
    QLabel *m_title;
    QLabel *m_summary;
    SegmentedControl *m_kind;
    QCheckBox *m_platform;
    QStackedWidget *m_views;
    MatrixView *m_matrix;
    TablePane *m_table;
    MatrixLegend *m_legend;
    DetailSide *m_side;
    QString m_wanted;
    bool m_tableStale = true;
};

} // namespace tally::ui
