// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/go_to_model.h"

#include <QDialog>

class QLabel;
class QListView;

namespace tally::ui {

class SearchField;

/// "Go to anything": a field and what it finds, over the window. Up and down choose while the field keeps the
/// keyboard, Enter goes, Escape leaves.
class GoToPalette final : public QDialog
{
    Q_OBJECT

public:
    explicit GoToPalette(Session &session, QWidget *parent = nullptr);

    [[nodiscard]] GoToModel &model() { return m_model; }
    /// Empty and under the top of the parent.
    void popUp();

Q_SIGNALS:
    void navigate(const tally::ui::Address &address);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void retranslateUi();
    void search(const QString &text);
    void go(const QModelIndex &index);

    GoToModel m_model;
    SearchField *m_field;
    QListView *m_list;
    QLabel *m_nothing;
};

} // namespace tally::ui
