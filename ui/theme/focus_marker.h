// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QPointer>
#include <QWidget>

class QApplication;

namespace tally::ui {

/// Frames the list, table or text that has the keyboard, once a person moves with Tab: such views have no frame of
/// their own, and a current row alone may lie outside of what is visible. One per application.
class FocusMarker final : public QObject
{
    Q_OBJECT

public:
    FocusMarker(QApplication &application, QObject *parent);
    ~FocusMarker() override;

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void mark(QWidget *widget);

    QPointer<QWidget> m_frame;
    QPointer<QWidget> m_marked;
    bool m_byKeyboard = false;
};

} // namespace tally::ui
