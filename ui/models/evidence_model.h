// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/base/language.h"
#include "ui/models/address.h"

#include <QAbstractItemModel>

#include <vector>

namespace tally::ui {

/// What the program found for one part: causes, strongest first, below each the objects that show it. Objects of
/// system namespaces stand in a group of their own, and of long lists the rest under "4 more".
class EvidenceModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { CauseColumn, CountColumn, PlaceColumn };
    enum class RowKind { Cause, Object, SystemGroup, More };
    enum Role {
        KindRole = Qt::UserRole, ///< RowKind as int
        DetailRole,              ///< mono: "privileged" of a cause; kind of an object
        SeverityRole,            ///< int
        WeightRole,              ///< Weight as int
        CountRole,               ///< causes: objects; groups: objects below
        ImageRole,               ///< the object is an image or a file in it
    };

    static constexpr int shownObjects = 3; ///< under a cause before "more"
    static constexpr int shownBelow = 100; ///< under "more" and system groups; the findings page has all

    explicit EvidenceModel(QObject *parent = nullptr);

    /// part may be null: nothing was checked. It is only read during the call.
    void setPart(AuditStatePtr audit, CheckSetPtr checks, const PartResult *part, Language language);

    [[nodiscard]] int causes() const { return static_cast<int>(m_roots.size()); }
    [[nodiscard]] QString check(const QModelIndex &index) const;
    /// Where the object of a row is shown; a cause leads to its findings.
    [[nodiscard]] Address address(const QModelIndex &index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        RowKind kind = RowKind::Cause;
        int parent = -1;
        int number = 0; ///< among its siblings
        Weight weight = Weight::Context;
        Severity severity = Severity::Info;
        int objects = 0;
        std::vector<std::size_t> findings{}; ///< all that it stands for
        std::vector<int> children{};
    };
    struct Cause;

    int add(Row row);
    void addCause(const Cause &cause);
    void addObjects(int parent, const std::vector<std::vector<std::size_t>> &objects, std::size_t from, std::size_t to);
    [[nodiscard]] const Row &row(const QModelIndex &index) const { return m_rows[index.internalId()]; }
    [[nodiscard]] const Finding &first(const Row &row) const;
    [[nodiscard]] QString title(const Row &row) const;
    [[nodiscard]] QString detail(const Row &row) const;
    [[nodiscard]] QString subject(const Row &row) const;
    [[nodiscard]] QString exceptions(const Row &row) const; ///< how many of its findings are ones; "" none
    [[nodiscard]] QString place(const Row &row) const;
    [[nodiscard]] QVariant columnText(const Row &row, int column) const;

    AuditStatePtr m_audit;
    CheckSetPtr m_checks;
    std::vector<Row> m_rows;
    std::vector<int> m_roots;
    Language m_language = Language::German;
};

/// "daemonsets.yaml:486, 526" for the places of findings of one object; "layer 8" for those in images.
[[nodiscard]] QString placesText(const std::vector<const Finding *> &findings);

} // namespace tally::ui
