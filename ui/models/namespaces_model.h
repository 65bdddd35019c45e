// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/cluster/namespace_facts.h"

#include <QAbstractTableModel>

#include <vector>

namespace tally::ui {

/// What an export says about a protection of a namespace. Absent: proven not to be there. NotChecked: the export does
/// not show it. The two must never look alike.
enum class NamespaceFact { NotChecked, Absent, Partial, Present };

/// What isolates a namespace, and what the checks found in it.
struct NamespaceRow
{
    NamespaceFacts facts;
    int findings = 0;
    Severity worst = Severity::Info;

    [[nodiscard]] NamespaceFact podSecurity() const;
    [[nodiscard]] NamespaceFact ingress() const;
    [[nodiscard]] NamespaceFact egress() const;
    [[nodiscard]] NamespaceFact network() const; ///< of both directions together
    [[nodiscard]] NamespaceFact quota() const;
    [[nodiscard]] NamespaceFact limits() const;
};

/// namespaceFacts() of one cluster of the state, with the findings of each. O(objects + pods x policies + findings).
[[nodiscard]] std::vector<NamespaceRow> namespaceRows(const AuditState &state, const AuditCluster &cluster);

class NamespacesModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, PodSecurityColumn, NetworkColumn, QuotaColumn, LimitsColumn, FindingsColumn };
    static constexpr int columns = 6;
    enum Role {
        FactRole = Qt::UserRole, ///< NamespaceFact as int
        SeverityRole,            ///< of FindingsColumn; -1 without findings
        SeenRole,
        NamespaceRole, ///< raw name, "" for cluster scope
        BandRole,      ///< title of a band that begins with this row; "" none
    };

    explicit NamespacesModel(QObject *parent = nullptr);

    /// Of Session::clusterState().
    void setState(const AuditStatePtr &audit);
    [[nodiscard]] int rowOf(const QString &name) const; ///< -1: not there
    [[nodiscard]] const std::vector<NamespaceRow> &rows() const { return m_rows; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// "missing" or "not checked", for legends and screen readers.
    [[nodiscard]] static QString factWord(NamespaceFact fact);

private:
    [[nodiscard]] QString factText(const NamespaceRow &row, int column) const;
    [[nodiscard]] QString accessibleText(const NamespaceRow &row, int column) const;

    std::vector<NamespaceRow> m_rows;
};

} // namespace tally::ui
