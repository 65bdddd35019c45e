// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/base/language.h"
#include "ui/models/requirement_state.h"
#include "ui/models/review_stand.h"

#include <QAbstractItemModel>

#include <array>
#include <optional>
#include <vector>

namespace tally::ui {

enum class ChecklistFilter { Open, Deviation, All };

/// The requirements of a module in bands (Basic, Standard, Elevated), narrowed down by filter and words.
/// Bands are the upper rows; empty ones are left out.
class ChecklistModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role {
        BandRole = Qt::UserRole, ///< true: a band
        IdRole,                  ///< "SYS.1.6.A17"
        ShortIdRole,             ///< "A17"
        StateRole,               ///< StateKind as int
        DecidedRole,
        StaleRole,
        AppliesRole, ///< false: only for elevated protection needs, which nothing has, and nobody has decided it
        ReviewRole,  ///< ReviewStand as int
        CountRole,   ///< bands: "7/8"
    };

    explicit ChecklistModel(QObject *parent = nullptr);

    /// The module belongs to a catalogue that outlives the model. Rows that stay keep their indexes.
    void setState(const AuditStatePtr &audit, const Module &module, Language language);
    void setFilter(ChecklistFilter filter, const QString &words);
    /// Only those that stand there; nothing: all.
    void setReview(std::optional<ReviewStand> stand);
    /// Stays in the list whatever the filter says: the one that is being decided must not vanish under the hands.
    void setPinned(const QString &id);

    [[nodiscard]] int count(ChecklistFilter filter) const; ///< of the module, without the words
    [[nodiscard]] QModelIndex indexOf(const QString &id) const;
    /// The requirement `by` rows further down over all bands, no further than the ends; the first one for an invalid
    /// start.
    [[nodiscard]] QModelIndex step(const QModelIndex &from, int by) const;
    /// The next requirement of the list behind `from` that is undecided, or whose decision is outdated, from the top
    /// again at the end; invalid if there is none but `from` itself.
    [[nodiscard]] QModelIndex nextUndecided(const QModelIndex &from) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Band
    {
        Level level = Level::Basic;
        std::vector<std::size_t> rows; ///< indexes into the module's requirements

        friend bool operator==(const Band &, const Band &) = default;
    };

    [[nodiscard]] bool passes(std::size_t requirement) const;
    [[nodiscard]] std::vector<Band> makeBands() const;
    void rebuild();
    [[nodiscard]] QVariant bandData(const Band &band, int role) const;

    const Module *m_module = nullptr;
    std::vector<RequirementState> m_states;
    std::vector<bool> m_applies; ///< ProtectionScope::applies(), or decided all the same
    std::vector<ReviewStand> m_reviews;
    std::optional<ReviewStand> m_review;
    std::vector<Band> m_bands;
    ChecklistFilter m_filter = ChecklistFilter::All;
    QStringList m_words;
    std::string m_pinned;
    Language m_language = Language::German;
};

/// applies: false where nobody has to decide it.
[[nodiscard]] bool passesFilter(const RequirementState &state, ChecklistFilter filter, bool applies = true);

} // namespace tally::ui
