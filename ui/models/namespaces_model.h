// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <QAbstractTableModel>

#include <string>
#include <vector>

namespace tally::ui {

/// What an export says about a protection of a namespace. Absent: proven not to be there. NotChecked: the export does
/// not show it. The two must never look alike.
enum class NamespaceFact { NotChecked, Absent, Partial, Present };

struct NamespaceFacts
{
    std::string name; ///< "" stands for objects without a namespace
    NamespaceFact podSecurity = NamespaceFact::NotChecked;
    std::string enforce{};                             ///< level of the enforce label; "" none
    NamespaceFact network = NamespaceFact::NotChecked; ///< of both directions together
    NamespaceFact ingress = NamespaceFact::NotChecked;
    NamespaceFact egress = NamespaceFact::NotChecked;
    NamespaceFact quota = NamespaceFact::NotChecked;
    NamespaceFact limits = NamespaceFact::NotChecked;
    bool seen = true; ///< the export holds objects that stand in it
    int findings = 0;
    Severity worst = Severity::Info;
};

/// One entry per namespace of the cluster, and first one for the objects without a namespace. Namespaces of which the
/// export holds no object come last: what it says of their protections is NotChecked. O(objects + findings).
[[nodiscard]] std::vector<NamespaceFacts> namespaceFacts(const Cluster &cluster, const Assessment *assessment);

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

    void setState(const AuditStatePtr &audit);
    [[nodiscard]] int rowOf(const QString &name) const; ///< -1: not there

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// "missing" or "not checked", for legends and screen readers.
    [[nodiscard]] static QString factWord(NamespaceFact fact);

private:
    [[nodiscard]] QString factText(const NamespaceFacts &facts, int column) const;
    [[nodiscard]] QString accessibleText(const NamespaceFacts &facts, int column) const;

    std::vector<NamespaceFacts> m_rows;
};

[[nodiscard]] NamespaceFact factOf(const NamespaceFacts &facts, int column);

} // namespace tally::ui
