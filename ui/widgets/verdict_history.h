// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/requirement_state.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QWidget>

namespace tally::ui {

/// Requirements as rows, audits as columns, a symbol where they meet: how the state went over time. Rows that changed
/// are on a ground of their own. Arrow keys go from row to row, Enter opens one.
class VerdictHistory final : public QWidget
{
    Q_OBJECT

public:
    struct Row
    {
        QString id;              ///< "SYS.1.6.A17"
        QString name;            ///< "A17"
        QString title;           ///< short
        QList<StateKind> states; ///< as many as columns
    };

    explicit VerdictHistory(QWidget *parent = nullptr);

    /// columns: how each audit is called, the earliest first.
    void set(const QStringList &columns, const QList<Row> &rows);
    [[nodiscard]] QString description() const; ///< of what changed, in words
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void activated(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] static bool changed(const Row &row);
    [[nodiscard]] static QString words(const Row &row);
    [[nodiscard]] int rowAt(int y) const;
    [[nodiscard]] int columnWidth() const;
    void choose(int row);

    QStringList m_columns;
    QList<Row> m_rows;
    int m_current = 0;
};

} // namespace tally::ui
