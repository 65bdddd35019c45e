// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/notice_bar.h"

#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace tally::ui {

namespace {

constexpr int edge = 3;
constexpr int iconSize = 16;
constexpr int iconColumn = 20 + iconSize + 10;

} // namespace

NoticeBar::NoticeBar(QWidget *parent)
    : QWidget(parent)
    , m_sentence(makeLabel(Face::Base))
    , m_button(new QPushButton)
{
    m_sentence->setWordWrap(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(iconColumn, 10, 16, 10);
    row->setSpacing(16);
    row->addWidget(m_sentence, 1);
    row->addWidget(m_button, 0, Qt::AlignVCenter);
}

void NoticeBar::setTexts(const QString &sentence, const QString &button)
{
    m_sentence->setText(sentence);
    m_button->setText(button);
}

void NoticeBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colors &colors = colorsOf(palette());
    painter.fillRect(rect(), colors.partlySoft);
    painter.fillRect(QRect(0, 0, edge, height()), colors.partly);
    drawIcon(painter, u"warning"_qs, QRectF(20, height() / 2.0 - iconSize / 2.0, iconSize, iconSize), colors.partly);
}

} // namespace tally::ui
