// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QIcon>
#include <QPalette>
#include <QString>

class QPainter;
class QRectF;

namespace tally::ui {

/// Line icons on a grid of 16, drawn by ourselves: one weight and one look on every desktop, and no icon theme has to
/// be installed. They follow the palette (text, muted while disabled, on-accent on a default button) and are drawn as
/// vectors at any scale. An unknown name gives an empty icon and fails an assertion.
[[nodiscard]] QIcon icon(const QString &name);
/// The same in a fixed role of the palette, e.g. the accent colour of links.
[[nodiscard]] QIcon icon(const QString &name, QPalette::ColorRole role);

void drawIcon(QPainter &painter, const QString &name, const QRectF &rect, const QColor &color);
[[nodiscard]] bool hasIcon(const QString &name);

} // namespace tally::ui
