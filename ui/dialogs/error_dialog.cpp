// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/error_dialog.h"

#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr int dialogWidth = 620;
constexpr int listAtMost = 460; ///< higher ones are scrolled

} // namespace

ErrorDialog::ErrorDialog(const QString &title, const FailureBlock::Content &content, QWidget *parent)
    : QDialog(parent)
    , m_heading(makeLabel(Face::Section))
    , m_area(new QScrollArea)
{
    setObjectName(u"errorDialog"_qs);
    setWindowTitle(title);
    m_heading->setText(title);
    m_heading->setWordWrap(true);
    auto *close = new QPushButton(tr("Close"));
    close->setDefault(true);
    auto *blocks = new QWidget;
    m_list = new QVBoxLayout(blocks);
    m_list->setContentsMargins(0, 0, 0, 0);
    m_list->setSpacing(8);
    m_list->addWidget(new FailureBlock(content));
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus); // what is in it takes the keyboard
    m_area->setWidget(blocks);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    column->addWidget(m_heading);
    column->addWidget(m_area, 1);
    column->addWidget(close, 0, Qt::AlignRight);
    setMinimumWidth(560);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    fit();
}

void ErrorDialog::add(const FailureBlock::Content &content)
{
    ++m_count;
    const QString title = tr("%n thing(s) did not work", nullptr, m_count);
    setWindowTitle(title);
    m_heading->setText(title);
    m_list->addWidget(new FailureBlock(content));
    fit();
}

/// Wrapped texts are as high as they are at this width.
void ErrorDialog::fit()
{
    const QMargins margins = layout()->contentsMargins();
    const int inside = dialogWidth - margins.left() - margins.right();
    const int list = std::min(m_list->totalHeightForWidth(inside), listAtMost);
    m_area->setMinimumHeight(std::min(list, 120));
    const int others = layout()->totalHeightForWidth(dialogWidth) - m_area->sizeHint().height();
    resize(dialogWidth, std::max(others, 0) + list);
}

} // namespace tally::ui
