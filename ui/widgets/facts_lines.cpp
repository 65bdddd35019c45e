// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/facts_lines.h"

#include <QHBoxLayout>
#include <QPainter>

namespace tally::ui {

namespace {

class GlyphMark final : public QWidget
{
public:
    explicit GlyphMark(Glyph glyph)
        : m_glyph(glyph)
    {
        setFixedSize(size::stateGlyph, 18);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Colors &colors = colorsOf(palette());
        drawGlyph(painter, m_glyph, rect(), colorsOf(m_glyph, colors).strong, colors.raised);
    }

private:
    Glyph m_glyph;
};

} // namespace

FactsLines::FactsLines(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnMinimumWidth(0, 112);
    m_grid->setColumnStretch(1, 1);
}

void FactsLines::clear()
{
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    m_rows = 0;
}

void FactsLines::addLine(const QString &label, const QString &text, LinkButton *link, Glyph glyph)
{
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    if (glyph != Glyph::None)
        row->addWidget(new GlyphMark(glyph));
    auto *name = makeLabel(Face::Secondary, Ink::Muted);
    name->setText(label);
    row->addWidget(name);
    row->addStretch();
    auto *value = makeLabel(Face::Dense);
    value->setText(text);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_grid->addWidget(head, m_rows, 0, Qt::AlignTop);
    m_grid->addWidget(value, m_rows, 1);
    if (link)
        m_grid->addWidget(link, m_rows, 2, Qt::AlignTop | Qt::AlignRight);
    ++m_rows;
}

} // namespace tally::ui
