// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/facts_lines.h"

#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

namespace tally::ui {

GlyphMark::GlyphMark(Glyph glyph, QWidget *parent)
    : QWidget(parent)
    , m_glyph(glyph)
{
    setFixedSize(size::stateGlyph, 18);
}

void GlyphMark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colors &colors = colorsOf(palette());
    drawGlyph(painter, m_glyph, rect(), colorsOf(m_glyph, colors).strong, colors.raised);
}

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
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Minimum); // a word that cannot be broken widens nothing
    policy.setHeightForWidth(true);
    value->setSizePolicy(policy);
    if (link) { // its text stands a little lower than theirs
        const int inset = std::max(0, (link->sizeHint().height() - value->fontMetrics().height()) / 2);
        value->setContentsMargins(0, inset, 0, 0);
        row->setContentsMargins(0, inset, 0, 0);
    }
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_grid->addWidget(head, m_rows, 0, Qt::AlignTop);
    m_grid->addWidget(value, m_rows, 1);
    if (link)
        m_grid->addWidget(link, m_rows, 2, Qt::AlignTop | Qt::AlignRight);
    ++m_rows;
}

} // namespace tally::ui
