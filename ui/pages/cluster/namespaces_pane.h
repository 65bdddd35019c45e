// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/namespaces_model.h"
#include "ui/models/object_findings.h"
#include "ui/pages/cluster/cluster_pane.h"

#include <memory>
#include <vector>

class QSettings;

namespace tally::ui {

class DetailSide;
class TablePane;

/// What isolates each namespace, one row each, with words; at the right what it rests on.
class NamespacesPane final : public ClusterPane
{
    Q_OBJECT

public:
    NamespacesPane(Session &session, QSettings &settings, QWidget *parent = nullptr);
    ~NamespacesPane() override;

    void retranslateUi() override;
    void choose(const QVariant &what) override; ///< a namespace's name
    [[nodiscard]] TablePane &table() { return *m_table; }

protected:
    void compute() override;

private:
    struct Data
    {
        std::vector<NamespaceRow> rows;
        ObjectFindings findings;
    };

    void fill();
    void showChosen();
    void addPodSecurity(const NamespaceRow &row);
    void addNetwork(const NamespaceRow &row);
    void addLimits(const NamespaceRow &row);
    void addNotSeen(const NamespaceRow &row);
    [[nodiscard]] QString podSecurityText(const NamespaceRow &row) const;
    [[nodiscard]] QString sourceText(const NamespacePodSecurity &podSecurity) const;
    [[nodiscard]] QString coverageText(
        const NamespaceFacts &facts, const PolicyCoverage &coverage, NamespaceFact fact) const;
    [[nodiscard]] QString heldText(
        const NamespaceFacts &facts, const PolicyCoverage &coverage, NamespaceFact fact, bool newPodOpened) const;
    [[nodiscard]] QString objectsText(const NamespaceObjects &objects) const;

    std::vector<NamespaceRow> m_rows;
    ObjectFindings m_findings;
    TablePane *m_table;
    DetailSide *m_side;
    QString m_wanted; ///< to be chosen as soon as it is there
};

} // namespace tally::ui
