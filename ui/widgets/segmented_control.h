// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QButtonGroup>
#include <QStringList>
#include <QWidget>

namespace tally::ui {

/// A few choices side by side, of which one holds: DE | EN. Left and right keys change it.
class SegmentedControl final : public QWidget
{
    Q_OBJECT

public:
    explicit SegmentedControl(int segments, QWidget *parent = nullptr);

    void setTexts(const QStringList &texts);
    /// What is read out for the whole and, with its text, for each segment.
    void setName(const QString &name);
    void setCurrent(int segment);
    void setSegmentVisible(int segment, bool visible);
    [[nodiscard]] int current() const;
    [[nodiscard]] int count() const { return static_cast<int>(m_group.buttons().size()); }
    [[nodiscard]] QString text(int segment) const;

Q_SIGNALS:
    /// By the user only.
    void chosen(int segment);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QButtonGroup m_group;
};

} // namespace tally::ui
