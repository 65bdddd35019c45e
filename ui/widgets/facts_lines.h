// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/glyphs.h"
#include "ui/widgets/basics.h"

#include <QGridLayout>
#include <QWidget>

namespace tally::ui {

/// A glyph as a widget, beside a line of text that says the same.
class GlyphMark final : public QWidget
{
    Q_OBJECT

public:
    explicit GlyphMark(Glyph glyph, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Glyph m_glyph;
};

/// Label, wrapping text and a trailing link under each other: "Beruht auf", "Nicht gesehen", "Erfragen".
class FactsLines final : public QWidget
{
    Q_OBJECT

public:
    explicit FactsLines(QWidget *parent = nullptr);

    void clear();
    /// Empty label: belongs to the line above. link may be null; it is taken over.
    void addLine(const QString &label, const QString &text, LinkButton *link = nullptr, Glyph glyph = Glyph::None);
    [[nodiscard]] int lines() const { return m_rows; }

private:
    QGridLayout *m_grid;
    int m_rows = 0;
};

} // namespace tally::ui
