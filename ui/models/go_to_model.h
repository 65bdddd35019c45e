// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/address.h"
#include "ui/models/session.h"

#include <QAbstractListModel>

#include <vector>

namespace tally::ui {

/// What "go to anything" finds for a few letters: pages, requirements and parts, checks, objects, images, files.
class GoToModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class Kind { Page, Requirement, Check, Object, Image, File };
    enum Role { AddressRole = Qt::UserRole, DetailRole, KindRole };

    explicit GoToModel(Session &session, QObject *parent = nullptr);

    /// Pages come with their names, because the window knows which there are.
    void setPages(std::vector<std::pair<PageId, QString>> pages);
    /// At most 40 hits, the best first: exact short id, beginning of a name, beginning of a word, anywhere.
    /// Files of images are searched from the third letter on. O(objects + files).
    void setQuery(const QString &query);

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
    };

    void searchPages(const QString &query, std::vector<Hit> &hits) const;
    void searchCatalogue(const QString &query, std::vector<Hit> &hits) const;
    void searchObjects(const QString &query, std::vector<Hit> &hits) const;
    void searchImages(const QString &query, std::vector<Hit> &hits) const;

    Session &m_session;
    std::vector<std::pair<PageId, QString>> m_pages;
    std::vector<Hit> m_hits;
};

} // namespace tally::ui
