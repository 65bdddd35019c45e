// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QStringList>

class QMimeData;

namespace tally::ui {

/// Local files and folders of a drag or a paste; empty if it carries none.
[[nodiscard]] QStringList droppedPaths(const QMimeData *data);

/// A dashed frame that takes files. While something is dragged over it, frame and ground say so.
class DropZone final : public QFrame
{
    Q_OBJECT

public:
    explicit DropZone(QWidget *parent = nullptr);

Q_SIGNALS:
    void dropped(const QStringList &paths);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void setHovered(bool hovered);

    bool m_hovered = false;
};

/// Lies over a page while files are dragged over the window, and says what dropping them does.
class DropHint final : public QWidget
{
    Q_OBJECT

public:
    explicit DropHint(QWidget *parent = nullptr);

    /// Over the whole of `over`, a widget of the same window.
    void showOver(const QWidget &over, const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
};

} // namespace tally::ui
