// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "ui/models/object_findings.h"

#include <QAbstractItemModel>
#include <QStringList>

#include <optional>
#include <string>
#include <vector>

namespace tally::ui {

/// Which objects of a cluster are listed.
struct ObjectFilter
{
    std::optional<std::string> namespaceName; ///< nothing: all; "": objects without a namespace
    std::string kind;                         ///< "" all
    QString text;                             ///< words that must all occur in the name

    friend bool operator==(const ObjectFilter &, const ObjectFilter &) = default;
};

/// Objects of a cluster below their kinds, with the worst finding and the number of findings. Kinds in order of their
/// worst finding, then by name; objects likewise.
class ClusterObjectsModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role {
        CountRole = Qt::UserRole, ///< kind: objects; object: findings
        SeverityRole,             ///< worst, -1 without findings
        ObjectRole,               ///< index into Cluster::objects; -1 for kinds
        OwnedRole,                ///< kind: objects that stand under a controller; object: bool
    };

    explicit ClusterObjectsModel(QObject *parent = nullptr);

    /// Of Session::clusterState().
    void setState(AuditStatePtr audit);
    void setFilter(const ObjectFilter &filter);

    [[nodiscard]] QStringList kinds() const;                  ///< of the chosen namespace, sorted
    [[nodiscard]] int objectCount() const { return m_count; } ///< listed
    [[nodiscard]] int object(const QModelIndex &index) const; ///< -1 for kinds
    [[nodiscard]] QModelIndex indexOfObject(int object) const;
    [[nodiscard]] QModelIndex firstObject() const;
    /// Indexes of the findings of an object: its own, and those of a controller that it says the same as.
    [[nodiscard]] std::vector<std::size_t> findingsOf(int object) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    struct Group
    {
        std::string kind;
        std::vector<int> objects;
        int worst = -1;
    };

    [[nodiscard]] bool passes(const Object &object, const QStringList &words) const;
    [[nodiscard]] int worst(int object) const;
    void rebuild();

    AuditStatePtr m_audit;
    ObjectFilter m_filter;
    ClusterPtr m_cluster; ///< the one of m_audit; null: none
    ObjectFindings m_findings;
    std::vector<Group> m_groups;
    int m_count = 0;
};

} // namespace tally::ui
