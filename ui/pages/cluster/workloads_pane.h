// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/workload_images.h"
#include "ui/models/object_findings.h"
#include "ui/pages/cluster/cluster_pane.h"

#include <vector>

class QSettings;

namespace tally::ui {

class DetailSide;
class TablePane;

/// What runs, one row for each container, joined to the opened images: by digest, or by name only, which is said.
class WorkloadsPane final : public ClusterPane
{
    Q_OBJECT

public:
    WorkloadsPane(Session &session, QSettings &settings, QWidget *parent = nullptr);
    ~WorkloadsPane() override;

    void retranslateUi() override;
    void choose(const QVariant &what) override; ///< "Deployment/shop/api"
    [[nodiscard]] TablePane &table() { return *m_table; }

protected:
    void compute() override;

private:
    struct Data
    {
        std::vector<WorkloadImages> workloads;
        ObjectFindings findings;
    };

    void fill();
    void showChosen();
    void addImage(const ContainerImage &container);
    [[nodiscard]] QString joinText(const ContainerImage &container) const;

    Data m_data;
    TablePane *m_table;
    DetailSide *m_side;
    QString m_wanted;
};

} // namespace tally::ui
