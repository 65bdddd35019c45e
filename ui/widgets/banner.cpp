// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/banner.h"

#include "ui/theme/glyphs.h"
#include "ui/theme/tokens.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace tally::ui {

Banner::Banner(QWidget *parent)
    : QWidget(parent)
    , m_title(makeLabel(Face::BaseStrong))
    , m_text(makeLabel(Face::Dense))
    , m_link(new LinkButton(u"chevron-right"_qs))
{
    m_link->setIconBehind(true);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(size::pageMargin + 30, 10, size::pageMargin, 10);
    row->setSpacing(16);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(2);
    lines->addWidget(m_title);
    lines->addWidget(m_text);
    row->addLayout(lines, 1);
    row->addWidget(m_link, 0, Qt::AlignVCenter);
    connect(m_link, &QAbstractButton::clicked, this, &Banner::linkClicked);
}

void Banner::setTexts(const QString &title, const QString &text, const QString &link)
{
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_link->setText(link);
    m_link->setVisible(!link.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(text);
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colors &colors = colorsOf(palette());
    painter.fillRect(rect(), colors.deviationSoft);
    painter.fillRect(QRect(0, 0, 4, height()), colors.deviation);
    drawGlyph(painter, Glyph::Deviation, QRectF(size::pageMargin, 12, 18, 18), colors.deviation, colors.deviationSoft);
}

} // namespace tally::ui
