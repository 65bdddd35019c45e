// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractButton>

namespace tally::ui {

/// A row of the side bar that is no page: the program's name, the settings.
class SideLink final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit SideLink(QString iconName, QWidget *parent = nullptr);

    void setStrong(bool strong) { m_strong = strong; }
    void setCompact(bool compact); ///< icon only; the text stands in the tool tip
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QString m_icon;
    bool m_strong = false;
    bool m_compact = false;
};

} // namespace tally::ui
