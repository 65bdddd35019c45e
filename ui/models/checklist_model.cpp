// SPDX-License-Identifier: Apache-2.0
#include "ui/models/checklist_model.h"

#include "core/audit/target_objects.h"
#include "ui/models/target_words.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"

#include <algorithm>

namespace tally::ui {

namespace {

constexpr quintptr noBand = ~quintptr(0); // internal id of bands; requirements carry their band's number

bool containsAll(const Requirement &requirement, const QStringList &words)
{
    QString text
        = toQString(requirement.id) % u' ' % toQString(requirement.title.de) % u' ' % toQString(requirement.title.en);
    for (const Part &part : requirement.parts)
        text += u' ' % toQString(part.text.de) % u' ' % toQString(part.text.en);
    return std::ranges::all_of(
        words, [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace

bool passesFilter(const RequirementState &state, ChecklistFilter filter, bool applies)
{
    switch (filter) {
    case ChecklistFilter::Open:
        return state.isOpen(applies);
    case ChecklistFilter::Deviation:
        return (state.kind == StateKind::Deviation && applies) || state.kind == StateKind::Nein
            || state.kind == StateKind::Teilweise;
    case ChecklistFilter::All:
        return true;
    }
    Q_UNREACHABLE();
}

ChecklistModel::ChecklistModel(QObject *parent)
    : QAbstractItemModel(parent)
{
}

bool ChecklistModel::passes(std::size_t requirement) const
{
    const Requirement &each = m_module->requirements[requirement];
    if (each.id == m_pinned && m_words.isEmpty())
        return true;
    return passesFilter(m_states[requirement], m_filter, m_applies[requirement])
        && (!m_review || m_reviews[requirement] == *m_review) && containsAll(each, m_words);
}

std::vector<ChecklistModel::Band> ChecklistModel::makeBands() const
{
    std::vector<Band> bands;
    if (!m_module)
        return bands;
    for (const Level level : {Level::Basic, Level::Standard, Level::Elevated}) {
        Band band{level, {}};
        for (std::size_t i = 0; i < m_module->requirements.size(); ++i) {
            if (m_module->requirements[i].level == level && passes(i))
                band.rows.push_back(i);
        }
        if (!band.rows.empty())
            bands.push_back(std::move(band));
    }
    return bands;
}

void ChecklistModel::rebuild()
{
    std::vector<Band> bands = makeBands();
    if (bands == m_bands) { // the selection survives
        for (int b = 0; b < static_cast<int>(m_bands.size()); ++b) {
            const QModelIndex band = index(b, 0);
            Q_EMIT dataChanged(band, band);
            Q_EMIT dataChanged(index(0, 0, band), index(rowCount(band) - 1, 0, band));
        }
        return;
    }
    beginResetModel();
    m_bands = std::move(bands);
    endResetModel();
}

void ChecklistModel::setState(const AuditStatePtr &audit, const Module &module, Language language)
{
    if (&module != m_module) {
        beginResetModel();
        m_bands.clear();
        m_module = &module;
        m_states.clear();
        m_applies.clear();
        m_reviews.clear();
        endResetModel();
    }
    m_language = language;
    m_states.clear();
    m_applies.clear();
    m_reviews.clear();
    const ProtectionScope scope(*audit);
    for (const Requirement &requirement : module.requirements) {
        m_states.push_back(requirementState(*audit, requirement));
        m_applies.push_back(m_states.back().decided || scope.applies(requirement));
        m_reviews.push_back(reviewStand(*audit, requirement.id));
    }
    rebuild();
}

void ChecklistModel::setFilter(ChecklistFilter filter, const QString &words)
{
    m_filter = filter;
    m_words = words.split(u' ', Qt::SkipEmptyParts);
    rebuild();
}

void ChecklistModel::setReview(std::optional<ReviewStand> stand)
{
    if (stand == m_review)
        return;
    m_review = stand;
    rebuild();
}

void ChecklistModel::setPinned(const QString &id)
{
    const std::string pinned = toUtf8String(id);
    if (pinned == m_pinned)
        return;
    m_pinned = pinned;
    rebuild();
}

int ChecklistModel::count(ChecklistFilter filter) const
{
    int passing = 0;
    for (std::size_t i = 0; i < m_states.size(); ++i)
        passing += passesFilter(m_states[i], filter, m_applies[i]) ? 1 : 0;
    return passing;
}

QModelIndex ChecklistModel::indexOf(const QString &id) const
{
    const std::string wanted = toUtf8String(id);
    for (std::size_t b = 0; b < m_bands.size(); ++b) {
        const auto &rows = m_bands[b].rows;
        const auto found
            = std::ranges::find_if(rows, [&](std::size_t row) { return m_module->requirements[row].id == wanted; });
        if (found != rows.end())
            return createIndex(static_cast<int>(found - rows.begin()), 0, static_cast<quintptr>(b));
    }
    return {};
}

QModelIndex ChecklistModel::step(const QModelIndex &from, int by) const
{
    std::vector<QModelIndex> all;
    int at = -1;
    for (int b = 0; b < rowCount(); ++b) {
        const QModelIndex band = index(b, 0);
        for (int r = 0; r < rowCount(band); ++r) {
            all.push_back(index(r, 0, band));
            if (all.back() == from)
                at = static_cast<int>(all.size()) - 1;
        }
    }
    if (all.empty())
        return {};
    const int wanted = at < 0 ? 0 : std::clamp(at + by, 0, static_cast<int>(all.size()) - 1);
    return all[static_cast<std::size_t>(wanted)];
}

QModelIndex ChecklistModel::nextUndecided(const QModelIndex &from) const
{
    const QModelIndex first = step({}, 0);
    QModelIndex at = from.isValid() ? from : first;
    for (int i = 0; i < static_cast<int>(m_states.size()); ++i) {
        const QModelIndex next = step(at, 1);
        at = next == at ? first : next;
        if (at == from || !at.isValid())
            break;
        const bool isDone = data(at, DecidedRole).toBool() && !data(at, StaleRole).toBool();
        if (!isDone && data(at, AppliesRole).toBool())
            return at;
    }
    return {};
}

QModelIndex ChecklistModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) : noBand);
}

QModelIndex ChecklistModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == noBand)
        return {};
    return createIndex(static_cast<int>(index.internalId()), 0, noBand);
}

int ChecklistModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_bands.size());
    if (parent.internalId() != noBand)
        return 0;
    return static_cast<int>(m_bands[static_cast<std::size_t>(parent.row())].rows.size());
}

int ChecklistModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant ChecklistModel::bandData(const Band &band, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return Words::levelLong(band.level);
    case BandRole:
        return true;
    case CountRole: {
        int done = 0;
        int total = 0;
        for (std::size_t i = 0; i < m_states.size(); ++i) {
            if (m_module->requirements[i].level != band.level)
                continue;
            total += m_applies[i] ? 1 : 0;
            done += m_states[i].isDone() ? 1 : 0; // as countDecided()
        }
        return QString(QString::number(done) % u'/' % QString::number(total));
    }
    default:
        return {};
    }
}

QVariant ChecklistModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (index.internalId() == noBand)
        return bandData(m_bands[static_cast<std::size_t>(index.row())], role);
    const std::size_t at = m_bands[index.internalId()].rows[static_cast<std::size_t>(index.row())];
    const Requirement &requirement = m_module->requirements[at];
    const RequirementState &state = m_states[at];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return toQString(requirement.title.in(m_language));
    case Qt::AccessibleTextRole:
        //: number, title, state
        return tr("%1, %2, %3")
            .arg(shortId(requirement.id), toQString(requirement.title.in(m_language)),
                m_applies[at] ? StateWords::phrase(state.kind) : TargetWords::appliesNowhere());
    case BandRole:
        return false;
    case IdRole:
        return toQString(requirement.id);
    case ShortIdRole:
        return shortId(requirement.id);
    case StateRole:
        return static_cast<int>(state.kind);
    case DecidedRole:
        return state.decided;
    case StaleRole:
        return state.stale;
    case AppliesRole:
        return static_cast<bool>(m_applies[at]);
    case ReviewRole:
        return static_cast<int>(m_reviews[at]);
    default:
        return {};
    }
}

Qt::ItemFlags ChecklistModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return index.internalId() == noBand ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

} // namespace tally::ui
