// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/jobs/job.h"
#include "ui/models/simple_table_model.h"
#include "ui/models/space_data.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QSettings;
class QSplitter;
class QTableView;
class QVBoxLayout;

namespace tally::ui {

class ElidedLabel;
class SegmentedControl;
class TreemapView;

/// What takes the space of an image: a treemap, and beside it what is chosen, what the colours mean, and the largest
/// files and directories as a list.
class SpacePane final : public QWidget
{
    Q_OBJECT

public:
    explicit SpacePane(QSettings &settings, QWidget *parent = nullptr);
    ~SpacePane() override;

    /// Nothing is computed until the pane is seen.
    void setImage(const ImagePtr &image);
    void retranslateUi();
    [[nodiscard]] bool isBusy() const { return m_job.isRunning(); }
    [[nodiscard]] TreemapView &treemap() { return *m_map; }

Q_SIGNALS:
    void fileWanted(const std::string &path);

protected:
    void showEvent(QShowEvent *event) override;

private:
    class Legend;

    [[nodiscard]] QWidget *makeMap();
    [[nodiscard]] QWidget *makeSide();
    void compute();
    void show(SpaceDataPtr space);
    void showWay();
    void showChosen();
    void fillLargest();

    Job m_job;
    ImagePtr m_image;
    SimpleTableModel m_largest;
    QSplitter *m_splitter;
    TreemapView *m_map;
    QHBoxLayout *m_way;
    SegmentedControl *m_area;
    QLabel *m_areaLabel;
    QLabel *m_name;
    QLabel *m_facts;
    QPushButton *m_showFile;
    QLabel *m_legendTitle;
    Legend *m_legend;
    QLabel *m_largestTitle;
    SegmentedControl *m_kind;
    QTableView *m_table;
};

} // namespace tally::ui
