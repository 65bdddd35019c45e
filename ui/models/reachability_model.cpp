// SPDX-License-Identifier: Apache-2.0
#include "ui/models/reachability_model.h"

#include "ui/models/words.h"

#include <algorithm>
#include <set>
#include <utility>

namespace tally::ui {

void ReachabilityModel::setNetwork(ReachabilityPtr network, std::vector<std::size_t> places)
{
    beginResetModel();
    m_network = std::move(network);
    m_places = std::move(places);
    endResetModel();
}

std::vector<int> ReachabilityModel::looks() const
{
    std::set<int> looks;
    for (const std::size_t from : m_places) {
        for (const std::size_t to : m_places)
            looks.insert(lookOf(*m_network, from, to));
    }
    return {looks.begin(), looks.end()};
}

QModelIndex ReachabilityModel::indexOf(std::size_t from, std::size_t to) const
{
    const auto row = std::ranges::find(m_places, from);
    const auto column = std::ranges::find(m_places, to);
    if (row == m_places.end() || column == m_places.end())
        return {};
    return index(static_cast<int>(row - m_places.begin()), static_cast<int>(column - m_places.begin()));
}

int ReachabilityModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_places.size());
}

int ReachabilityModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_places.size());
}

QString ReachabilityModel::placeText(const NetworkPlace &place)
{
    switch (place.kind) {
    case NetworkPlace::Kind::Outside:
        return tr("Outside");
    case NetworkPlace::Kind::Nodes:
        return tr("Nodes");
    case NetworkPlace::Kind::Namespace:
        break;
    }
    return place.name.empty() ? tr("Without namespace") : foreignText(place.name);
}

QString ReachabilityModel::lookWord(int look)
{
    switch (look) {
    case static_cast<int>(PathState::Open):
        return tr("open");
    case static_cast<int>(PathState::Allowed):
        return tr("allowed");
    case static_cast<int>(PathState::Partly):
        return tr("partly");
    case static_cast<int>(PathState::Unknown):
        return tr("not known");
    case static_cast<int>(PathState::Blocked):
        return tr("blocked");
    case BypassLook:
        return tr("bypasses");
    case NotSeenLook:
        return tr("not checked");
    case NothingLook:
        return u"–"_qs;
    default:
        return {};
    }
}

QString ReachabilityModel::lookMeaning(int look)
{
    switch (look) {
    case static_cast<int>(PathState::Open):
        return tr("nothing holds it back");
    case static_cast<int>(PathState::Allowed):
        return tr("a policy allows it");
    case static_cast<int>(PathState::Partly):
        return tr("on certain ports or addresses");
    case static_cast<int>(PathState::Unknown):
        return tr("a rule that is not evaluated decides");
    case static_cast<int>(PathState::Blocked):
        return tr("policies refuse it");
    case MixedLook:
        return tr("connections that pass");
    case BypassLook:
        return tr("from the network of the nodes: policies do not reach it");
    case NotSeenLook:
        return tr("nothing seen holds it back, but kinds of policies are missing in the export");
    default:
        return tr("policies have nothing to say here");
    }
}

int ReachabilityModel::lookOf(const Reachability &network, std::size_t from, std::size_t to)
{
    const PathCounts &counts = network.counts(from, to);
    if (!counts.modelled) {
        const bool bypass = network.places()[from].kind == NetworkPlace::Kind::Nodes
            && network.places()[to].kind == NetworkPlace::Kind::Namespace;
        return bypass ? BypassLook : NothingLook;
    }
    const std::optional<PathState> state = counts.uniform();
    if (state == PathState::Open && network.mayHoldMore())
        return NotSeenLook;
    if (!state && counts.passing() == 0 && counts.of(PathState::Unknown) > 0)
        return static_cast<int>(PathState::Unknown); // "0 %" would say more than is known
    return state ? static_cast<int>(*state) : counts.total() == 0 ? NothingLook : MixedLook;
}

QString ReachabilityModel::cellText(const Reachability &network, std::size_t from, std::size_t to)
{
    const int look = lookOf(network, from, to);
    if (look != MixedLook)
        return lookWord(look);
    const PathCounts &counts = network.counts(from, to);
    const auto percent = static_cast<int>(100 * counts.passing() / counts.total());
    return tr("%1 %").arg(percent == 0 && counts.passing() > 0 ? u"<1"_qs : QString::number(percent));
}

QVariant ReachabilityModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const std::size_t from = m_places[static_cast<std::size_t>(index.row())];
    const std::size_t to = m_places[static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return cellText(*m_network, from, to);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: {
        const QString state = cellText(*m_network, from, to) % u", " % lookMeaning(lookOf(*m_network, from, to));
        const QString text = tr("From %1 to %2: %3")
                                 .arg(placeText(m_network->places()[from]), placeText(m_network->places()[to]), state);
        return role == Qt::ToolTipRole ? text.toHtmlEscaped() : text;
    }
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignCenter);
    case LookRole:
        return lookOf(*m_network, from, to);
    case ShareRole: {
        const PathCounts &counts = m_network->counts(from, to);
        return counts.total() == 0 ? 0.0 : static_cast<double>(counts.passing()) / static_cast<double>(counts.total());
    }
    case FromRole:
        return QVariant::fromValue<qulonglong>(from);
    case ToRole:
        return QVariant::fromValue<qulonglong>(to);
    default:
        return {};
    }
}

QVariant ReachabilityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (section < 0 || section >= rowCount())
        return {};
    const NetworkPlace &place = m_network->places()[m_places[static_cast<std::size_t>(section)]];
    switch (role) {
    case Qt::DisplayRole:
        return placeText(place);
    case Qt::ToolTipRole:
        return placeText(place).toHtmlEscaped();
    case Qt::AccessibleTextRole:
        return orientation == Qt::Vertical ? tr("from %1").arg(placeText(place)) : tr("to %1").arg(placeText(place));
    case PodsRole:
        if (place.kind == NetworkPlace::Kind::Outside)
            return tr("not the cluster");
        return tr("%n pod(s)", nullptr, static_cast<int>(place.pods));
    default:
        return {};
    }
}

} // namespace tally::ui
