// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/journal/journal_model.h"

#include "core/base/text_format.h"
#include "ui/models/simple_table_model.h"
#include "ui/models/words.h"

#include <set>

namespace tally::ui {

JournalModel::JournalModel(const Session &session, QObject *parent)
    : QAbstractTableModel(parent)
    , m_session(session)
    , m_state(session.state())
{
}

void JournalModel::setState(AuditStatePtr state)
{
    m_state = std::move(state);
    rebuild();
}

void JournalModel::setFilter(const JournalFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    rebuild();
}

void JournalModel::retranslateUi()
{
    m_eventWords.clear();
    rebuild();
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

void JournalModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    const auto &journal = m_state->journal;
    for (std::size_t i = journal.size(); i-- > 0;) {
        if (matches(journal[i]))
            m_rows.push_back(static_cast<std::uint32_t>(i));
    }
    endResetModel();
}

bool JournalModel::matches(const JournalEntry &entry) const
{
    if (m_filter.kind && journalKind(entry.event) != *m_filter.kind)
        return false;
    if (!m_filter.person.isEmpty() && toQString(entry.by) != m_filter.person)
        return false;
    const std::string_view day = std::string_view(entry.at).substr(0, 10);
    if ((!m_filter.from.empty() && day < m_filter.from) || (!m_filter.to.empty() && day > m_filter.to))
        return false;
    if (!m_filter.id.isEmpty()) {
        const std::string_view id = journalId(entry);
        const QString whole = QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()));
        const auto begins = [this](const QString &text) {
            return text.startsWith(m_filter.id, Qt::CaseInsensitive)
                && (text.size() == m_filter.id.size() || m_filter.id.contains(u'-') || !m_filter.id.back().isDigit()
                    || !text[m_filter.id.size()].isDigit()); // A1 is not A17
        };
        if (id.empty() || (!begins(whole) && !begins(shortId(id))))
            return false;
    }
    if (m_filter.text.isEmpty())
        return true;
    const auto has = [this](const QString &text) { return text.contains(m_filter.text, Qt::CaseInsensitive); };
    return has(toQString(entry.subject)) || has(toQString(entry.by)) || has(eventWord(journalEvent(entry)))
        || has(toQString(entry.detail)) || has(toQString(entry.hash)) || has(QString::number(entry.number));
}

tally::Words JournalModel::reportWords() const
{
    return {applicationLanguage(), m_session.translator(applicationLanguage())};
}

QString JournalModel::eventWord(const std::string &event) const
{
    const QByteArray key = QByteArray::fromStdString(event);
    const auto known = m_eventWords.constFind(key);
    if (known != m_eventWords.constEnd())
        return *known;
    return *m_eventWords.insert(key, toQString(reportWords().event(event)));
}

JournalLine JournalModel::line(const JournalEntry &entry) const
{
    return journalLine(entry, reportWords(), ClusterNames(*m_state));
}

QStringList JournalModel::people() const
{
    std::set<std::string_view> names;
    for (const JournalEntry &entry : m_state->journal) {
        if (!entry.by.empty())
            names.insert(entry.by);
    }
    QStringList list;
    for (const std::string_view name : names)
        list.append(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    return list;
}

const JournalEntry *JournalModel::entry(const QModelIndex &index) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return nullptr;
    return &m_state->journal[m_rows[static_cast<std::size_t>(index.row())]];
}

QModelIndex JournalModel::indexOf(std::int64_t number) const
{
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        if (m_state->journal[m_rows[row]].number == number)
            return index(static_cast<int>(row), 0);
    }
    return {};
}

int JournalModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int JournalModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString JournalModel::cell(const JournalEntry &entry, Column column) const
{
    switch (column) {
    case NumberColumn:
        return QString::number(entry.number);
    case TimeColumn:
        return localTimeText(entry.at);
    case PersonColumn:
        return entry.by.empty() ? tr("not stated") : foreignText(entry.by);
    case EventColumn:
        return eventWord(journalEvent(entry));
    case SubjectColumn:
        return toQString(line(entry).subject);
    case ChangesColumn:
        return toQString(changesInOneLine(line(entry), reportWords(), 240));
    case ColumnCount:
        break;
    }
    return {};
}

QVariant JournalModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case SimpleTableModel::WholeRole:
        return cell(*entry(index), column);
    case Qt::ToolTipRole:
        return column == TimeColumn ? toQString(entry(index)->at).toHtmlEscaped()
                                    : cell(*entry(index), column).toHtmlEscaped();
    case Qt::TextAlignmentRole:
        return static_cast<int>((column == NumberColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant JournalModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == NumberColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case NumberColumn:
        return tr("No.");
    case TimeColumn:
        return tr("When");
    case PersonColumn:
        return tr("Who");
    case EventColumn:
        return tr("What happened");
    case SubjectColumn:
        return tr("Of what");
    case ChangesColumn:
        return tr("Old → new");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace tally::ui
