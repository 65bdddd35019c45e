// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/requirement_state.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QWidget>

namespace tally::ui {

/// Requirements as rows, audits as columns, a symbol where they meet, and below it a small one for each part: how the
/// state went over time. Rows in which anything changed are on a ground of their own, parts that changed are
/// underlined. Arrow keys go from row to row and say in words what stands there, Enter opens one.
class VerdictHistory final : public QWidget
{
    Q_OBJECT

public:
    struct Mark
    {
        QString name;                   ///< "A17", "A17.1"
        QList<RequirementState> states; ///< as many as columns
    };
    struct Row
    {
        QString id; ///< "SYS.1.6.A17"
        Mark whole;
        QString title; ///< short
        QList<Mark> parts;
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
    [[nodiscard]] static bool changed(const Mark &mark);
    [[nodiscard]] static bool changed(const Row &row);
    [[nodiscard]] static QString words(const Mark &mark);
    /// The requirement, and its parts: all of them, or those that changed.
    [[nodiscard]] static QString words(const Row &row, bool withAll);
    void paintRow(QPainter &painter, const Row &row, const QRect &line, int first) const;
    [[nodiscard]] int rowAt(int y) const;
    [[nodiscard]] int columnWidth() const;
    void choose(int row);
    void describe();

    QStringList m_columns;
    QList<Row> m_rows;
    int m_current = 0;
};

} // namespace tally::ui
