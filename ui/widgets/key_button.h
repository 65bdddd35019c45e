// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPushButton>

class QPainter;

namespace tally::ui {

/// Draws the cap of a key, right-aligned in rect and vertically centred; returns its width.
double drawKeyCap(QPainter &painter, const QRectF &rect, const QString &key, const QColor &ink, const QColor &frame);
[[nodiscard]] int keyCapWidth(const QString &key);

/// A push button that names its key behind the text: "Anleitung [G]".
class KeyButton final : public QPushButton
{
    Q_OBJECT

public:
    explicit KeyButton(QString iconName = {}, QWidget *parent = nullptr);

    void setKey(const QString &key);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_icon;
    QString m_key;
};

} // namespace tally::ui
