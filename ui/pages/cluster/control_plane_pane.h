// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/cluster/cluster_pane.h"

#include <QMap>

#include <string>
#include <string_view>
#include <vector>

class QSettings;

namespace tally::ui {

class DetailSide;
class TablePane;

/// How the programs of the control plane and the kubelets are set: one row for each flag, with what was found at it.
class ControlPlanePane final : public ClusterPane
{
    Q_OBJECT

public:
    ControlPlanePane(Session &session, QSettings &settings, QWidget *parent = nullptr);
    ~ControlPlanePane() override;

    void retranslateUi() override;
    void choose(const QVariant &what) override; ///< a program: "kube-apiserver"
    [[nodiscard]] TablePane &table() { return *m_table; }

protected:
    void compute() override;

private:
    struct Setting
    {
        std::string_view program;
        std::string node; ///< "" where all nodes share it, or a manifest does not say
        std::string name;
        std::string value;
        std::size_t object = 0;
        std::string field; ///< "" where it stands inside a text
        std::uint32_t line = 0;
        std::vector<std::size_t> findings; ///< indexes into Assessment::findings
    };
    struct Data
    {
        std::vector<Setting> settings;
        std::vector<std::string_view> missing; ///< programs of which the export tells nothing
    };

    [[nodiscard]] static Data read(const AuditState &state);
    void fill();
    void showChosen();

    Data m_data;
    TablePane *m_table;
    DetailSide *m_side;
    QString m_wanted;
};

} // namespace tally::ui
