// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTreeView>

class QMenu;
class QSettings;

namespace tally::ui {

/// The file tree with a gutter of change marks at its left edge: + added, ~ changed, − removed. Which columns are shown
/// and how they are sorted is remembered.
class FileTreeView final : public QTreeView
{
    Q_OBJECT

public:
    explicit FileTreeView(QSettings &settings, QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    void keyboardSearch(const QString &search) override;

    /// With a check mark for each column; made anew each time it is opened.
    [[nodiscard]] QMenu *columnMenu() const { return m_menu; }
    void toggleAttributes();
    /// Between size, largest first, and name.
    void switchSort();
    void foldCurrent(); ///< opens a directory, or folds it

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void setColumnShown(int column, bool shown);
    void fillMenu();

    QSettings &m_settings;
    QMenu *m_menu;
};

} // namespace tally::ui
