// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/address.h"

#include <QAbstractListModel>
#include <QListView>

#include <vector>

namespace tally::ui {

struct NavigationEntry
{
    PageId page = PageId::Overview;
    QString icon;
    QString title;
    QString count{};      ///< "3", "18/26"; "" none
    double progress = -1; ///< 0 ... 1 draws a line under the title
    bool enabled = true;

    friend bool operator==(const NavigationEntry &, const NavigationEntry &) = default;
};

class NavigationModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setEntries(std::vector<NavigationEntry> entries);
    [[nodiscard]] const NavigationEntry &entry(int row) const { return m_entries[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int rowOf(PageId page) const; ///< -1: not there

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    std::vector<NavigationEntry> m_entries;
};

/// The side bar's list of pages.
class Navigation final : public QListView
{
    Q_OBJECT

public:
    explicit Navigation(QWidget *parent = nullptr);

    void setEntries(std::vector<NavigationEntry> entries);
    void setCurrentPage(PageId page); ///< emits nothing
    void setCompact(bool compact);    ///< icons only; titles and counts stand in the tool tips
    [[nodiscard]] bool isCompact() const { return m_compact; }

Q_SIGNALS:
    void pageChosen(tally::ui::PageId page);
    void pageEntered(); ///< by Return or the mouse: the keyboard belongs to the page now

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    [[nodiscard]] QSize sizeHint() const override;

private:
    NavigationModel m_model;
    bool m_silent = false;
    bool m_compact = false;
};

} // namespace tally::ui
