// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/catalogue/catalogue.h"
#include "ui/models/finding_owners.h"

#include <QAbstractItemModel>

#include <string>
#include <vector>

namespace tally::ui {

enum class Grouping { ByCause, ByObject, ByRequirement, ByTechnique, ByOwner };

/// Findings in two levels: causes and below them the objects that show them; or objects, requirements, techniques or
/// owners and below them the causes. One row of the lower level may stand for several findings of the same cause. Below
/// requirements and techniques a finding stands as often as its check speaks to one.
class CausesModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role {
        TitleRole = Qt::UserRole, ///< cause's title or "payments/api"
        CountRole,                ///< cause: objects; other groups: causes; lower level: findings
        SeverityRole,             ///< int of the worst
        PartsRole,                ///< "A17.1" of what it proves or indicates first; "" above causes
        SystemRole,               ///< only system namespaces
        AcceptedRole,             ///< every finding has an exception
        FindingRole,              ///< index of the first finding
        KindRole,                 ///< "Deployment"; "" for images
        MonoRole,                 ///< the title is a name from a file
    };

    explicit CausesModel(QObject *parent = nullptr);

    /// findings: indexes into the assessment of audit, in the order in which groups shall appear.
    void setFindings(AuditStatePtr audit, CheckSetPtr checks, const std::vector<std::size_t> &findings,
        Grouping grouping, Language language, const CataloguePtr &catalogue = nullptr, const std::string &moduleId = {},
        const FindingOwners &owners = {});
    [[nodiscard]] int groups() const { return static_cast<int>(m_groups.size()); }
    /// Where a finding stands; invalid if it is filtered out.
    [[nodiscard]] QModelIndex indexOfFinding(std::size_t finding) const;
    [[nodiscard]] QModelIndex indexOfCheck(const std::string &check) const;
    /// All findings of a row.
    [[nodiscard]] std::vector<std::size_t> findingsOf(const QModelIndex &index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        std::string key;
        std::vector<std::size_t> findings;
    };
    struct Group
    {
        std::string key;
        std::vector<Row> rows;
        Severity severity = Severity::Info;
        QString title{}; ///< of requirements, techniques and owners
    };

    [[nodiscard]] const Finding &finding(std::size_t index) const { return m_audit->assessment->findings[index]; }
    [[nodiscard]] QString causeTitle(const Finding &finding) const;
    [[nodiscard]] QString firstPart(const Finding &finding) const;
    /// What the finding stands below; one "" where there is nothing.
    [[nodiscard]] std::vector<std::string> upperKeys(std::size_t finding, const FindingOwners &owners) const;
    void sortGroups();
    void nameGroups(const Catalogue *catalogue, const std::string &moduleId);
    [[nodiscard]] QVariant groupData(const Group &group, int role) const;
    [[nodiscard]] QVariant rowData(const Row &row, int role) const;

    AuditStatePtr m_audit;
    CheckSetPtr m_checks;
    std::vector<Group> m_groups;
    Grouping m_grouping = Grouping::ByCause;
    Language m_language = Language::German;
};

/// "Deployment/payments/api", or the image and path: what the lower level groups by.
[[nodiscard]] std::string placeKey(const Finding &finding);

} // namespace tally::ui
