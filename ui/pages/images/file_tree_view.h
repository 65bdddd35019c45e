// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTreeView>

namespace tally::ui {

/// The file tree with a gutter of change marks at its left edge: + added, ~ changed, − removed.
class FileTreeView final : public QTreeView
{
    Q_OBJECT

public:
    explicit FileTreeView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    void keyboardSearch(const QString &search) override;

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace tally::ui
