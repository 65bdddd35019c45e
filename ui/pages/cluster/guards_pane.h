// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/policy_engines.h"
#include "core/cluster/watchers.h"
#include "ui/models/object_findings.h"
#include "ui/models/simple_table_model.h"
#include "ui/pages/cluster/cluster_pane.h"

#include <vector>

class QSettings;

namespace tally::ui {

class DetailSide;
class SegmentedControl;
class TablePane;

/// What guards the cluster: policies of engines with mode, exemptions and open violations; webhooks with what happens
/// when they fail; what ships logs, detects attacks and makes backups, and on which nodes.
class GuardsPane final : public ClusterPane
{
    Q_OBJECT

public:
    enum Part { WatchersPart, EnginesPart, WebhooksPart };

    GuardsPane(Session &session, QSettings &settings, QWidget *parent = nullptr);
    ~GuardsPane() override;

    void retranslateUi() override;
    void choose(const QVariant &what) override; ///< "watchers", "engines" or "webhooks"
    void showPart(Part part);
    [[nodiscard]] TablePane &table() { return *m_table; }

protected:
    void compute() override;

private:
    struct Data
    {
        std::vector<EnginePolicy> engines;
        std::vector<AdmissionWebhook> webhooks;
        std::vector<Watcher> watchers;
        ObjectFindings findings;
    };

    void fill();
    void fillEngines();
    void fillWebhooks();
    void fillWatchers();
    void showChosen();
    void showEmpty();
    void showEngine(const EnginePolicy &policy);
    void showWebhook(const AdmissionWebhook &webhook);
    void showWatcher(const Watcher &watcher);
    void addWanted();
    void addObject(std::size_t index, const QString &field = {});
    [[nodiscard]] SimpleTableModel::Cell findingsCell(std::size_t object) const;
    [[nodiscard]] QString exemptText(const std::vector<std::string> &exempt) const;
    [[nodiscard]] QString modeText(EngineMode mode) const;
    [[nodiscard]] QString watcherText(WatcherKind kind) const;
    [[nodiscard]] QString nodesText(const Watcher &watcher) const;

    Data m_data;
    SegmentedControl *m_part;
    TablePane *m_table;
    DetailSide *m_side;
};

} // namespace tally::ui
