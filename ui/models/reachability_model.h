// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/reachability.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace tally::ui {

using ReachabilityPtr = std::shared_ptr<const Reachability>;

/// Who reaches whom as a square: rows from, columns to.
class ReachabilityModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// What a cell shows: a PathState that all its connections have, or one of these.
    /// NotSeenLook: open as far as was seen, but kinds of policies are missing in the export.
    enum Look { MixedLook = pathStates, NothingLook, BypassLook, NotSeenLook };
    enum Role {
        LookRole = Qt::UserRole, ///< PathState or Look as int
        ShareRole,               ///< 0 ... 1: connections that pass
        FromRole,                ///< index of the place
        ToRole,
        PodsRole, ///< of a head: second line
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// places: those that are shown, indexes into Reachability::places().
    void setNetwork(ReachabilityPtr network, std::vector<std::size_t> places);
    [[nodiscard]] std::vector<int> looks() const; ///< that some cell has, each once, sorted
    [[nodiscard]] QModelIndex indexOf(std::size_t from, std::size_t to) const; ///< invalid: not shown
    [[nodiscard]] const std::vector<std::size_t> &places() const { return m_places; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] static QString placeText(const NetworkPlace &place);
    [[nodiscard]] static QString lookWord(int look); ///< "open"; "" of mixed ones
    [[nodiscard]] static QString lookMeaning(int look);
    [[nodiscard]] static int lookOf(const Reachability &network, std::size_t from, std::size_t to);
    [[nodiscard]] static QString cellText(const Reachability &network, std::size_t from, std::size_t to);

private:
    ReachabilityPtr m_network;
    std::vector<std::size_t> m_places;
};

} // namespace tally::ui
