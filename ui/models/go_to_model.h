// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/address.h"
#include "ui/models/session.h"

#include <QAbstractListModel>
#include <QKeySequence>

#include <functional>
#include <vector>

namespace tally::ui {

/// Something that the window does wherever one stands.
struct GoToAction
{
    QString name;
    QString keys; ///< "Ctrl+Z", or nothing
    std::function<void()> run;
};

/// A part of a page.
struct GoToPlace
{
    Address address;
    QString name;
    QString page; ///< its name
};

/// Alt+1 ... Alt+9 and Alt+0 for the pages in the order of the side bar, counted from 0; none for those behind them.
[[nodiscard]] QKeySequence pageKey(std::size_t index);

/// What "go to anything" finds for a few letters: pages and their parts, actions, requirements, checks, objects,
/// images, files, and what people recorded: target objects, measures, evidence and what was asked for.
class GoToModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class Kind { Page, Action, Requirement, Check, Object, Image, File, Record };
    enum Role { AddressRole = Qt::UserRole, DetailRole, KindRole };

    explicit GoToModel(Session &session, QObject *parent = nullptr);

    /// Pages and places come with their names, because the window knows which there are.
    void setPages(std::vector<std::pair<PageId, QString>> pages);
    void setPlaces(std::vector<GoToPlace> places);    ///< that can be gone to now; of Kind::Page
    void setActions(std::vector<GoToAction> actions); ///< as they can be done now
    /// At most 40 hits, the best first: exact short id, beginning of a name, beginning of a word, anywhere.
    /// Files of images are searched from the third letter on. O(objects + files).
    void setQuery(const QString &query);

    /// nullptr where the row is no action. Valid until the next setActions().
    [[nodiscard]] const GoToAction *action(const QModelIndex &index) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    struct Hit
    {
        Kind kind = Kind::Page;
        QString title;
        QString detail;
        Address address;
        int rank = 0;
        int action = -1;
    };

    void searchPages(const QString &query, std::vector<Hit> &hits) const;
    void searchActions(const QString &query, std::vector<Hit> &hits) const;
    void searchCatalogue(const QString &query, std::vector<Hit> &hits) const;
    void searchObjects(const QString &query, std::vector<Hit> &hits) const;
    void searchRecords(const QString &query, std::vector<Hit> &hits) const;
    void searchImages(const QString &query, std::vector<Hit> &hits) const;

    Session &m_session;
    std::vector<std::pair<PageId, QString>> m_pages;
    std::vector<GoToPlace> m_places;
    std::vector<GoToAction> m_actions;
    std::vector<Hit> m_hits;
};

} // namespace tally::ui
