// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/journal_view.h"
#include "ui/models/session.h"

#include <QAbstractTableModel>
#include <QHash>

#include <optional>
#include <vector>

namespace tally::ui {

/// What of the journal is shown. Empty fields: everything.
struct JournalFilter
{
    QString text; ///< anywhere in the entry
    QString person;
    std::optional<JournalKind> kind{};
    QString id{};       ///< beginning of what it is about: "SYS.1.6.A17", "A17", "M-001"
    std::string from{}; ///< ISO days, both included; UTC as in the journal
    std::string to{};

    friend bool operator==(const JournalFilter &, const JournalFilter &) = default;
};

/// The journal in words, newest first. Rows are put into words when they are shown: with tens of thousands of entries
/// only what can be seen costs something.
class JournalModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column : int {
        NumberColumn,
        TimeColumn,
        PersonColumn,
        EventColumn,
        SubjectColumn,
        ChangesColumn,
        ColumnCount
    };

    explicit JournalModel(const Session &session, QObject *parent = nullptr);

    /// Keeps the filter. O(entries).
    void setState(AuditStatePtr state);
    /// O(entries), of their bytes where there is a text.
    void setFilter(const JournalFilter &filter);
    void retranslateUi();

    [[nodiscard]] const JournalEntry *entry(const QModelIndex &index) const; ///< null: none
    [[nodiscard]] QModelIndex indexOf(std::int64_t number) const;            ///< invalid: not shown
    [[nodiscard]] JournalLine line(const JournalEntry &entry) const;
    [[nodiscard]] QStringList people() const; ///< of the whole journal, sorted

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] bool matches(const JournalEntry &entry) const;
    [[nodiscard]] QString eventWord(const std::string &event) const;
    [[nodiscard]] QString cell(const JournalEntry &entry, Column column) const;
    [[nodiscard]] tally::Words reportWords() const;
    void rebuild();

    const Session &m_session;
    AuditStatePtr m_state;
    JournalFilter m_filter;
    std::vector<std::uint32_t> m_rows;               ///< indexes into the journal
    mutable QHash<QByteArray, QString> m_eventWords; ///< few: they are asked for by each row
};

} // namespace tally::ui
