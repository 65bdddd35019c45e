// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/failure_block.h"

#include "ui/theme/tokens.h"

#include <QEvent>
#include <QGridLayout>
#include <QPainter>

namespace tally::ui {

void FailureBlock::addRow(QGridLayout &grid, QLabel *&label, const QString &value, bool mono)
{
    if (value.isEmpty())
        return;
    const int row = grid.rowCount();
    label = makeLabel(Face::Secondary, Ink::Muted);
    auto *text = makeLabel(mono ? Face::MonoSmall : Face::Dense);
    text->setText(value);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    grid.addWidget(label, row, 0, Qt::AlignTop);
    grid.addWidget(text, row, 1);
}

FailureBlock::FailureBlock(const Content &content, QWidget *parent)
    : QFrame(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(18, 10, 16, 10);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(5);
    grid->setColumnMinimumWidth(0, 112);
    grid->setColumnStretch(1, 1);
    addRow(*grid, m_what, content.what, false);
    addRow(*grid, m_file, content.file, true);
    addRow(*grid, m_holds, content.stillHolds, false);
    addRow(*grid, m_do, content.whatToDo, false);
    if (!content.command.isEmpty())
        grid->addWidget(new CommandLine(content.command), grid->rowCount(), 1);
    if (!content.detail.isEmpty()) {
        m_fold = new LinkButton(u"chevron-right"_qs);
        m_detail = makeLabel(Face::MonoSmall, Ink::Muted);
        m_detail->setText(content.detail);
        m_detail->setWordWrap(true);
        m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        m_detail->hide();
        grid->addWidget(m_fold, grid->rowCount(), 1, Qt::AlignLeft);
        grid->addWidget(m_detail, grid->rowCount(), 1);
        connect(m_fold, &LinkButton::clicked, this, [this] {
            const bool show = !detailShown();
            m_detail->setVisible(show);
            m_fold->setIconName(show ? u"chevron-down"_qs : u"chevron-right"_qs);
        });
    }
    retranslateUi();
}

void FailureBlock::retranslateUi()
{
    if (m_what)
        m_what->setText(tr("What happened"));
    if (m_file)
        m_file->setText(tr("Which file"));
    if (m_holds)
        m_holds->setText(tr("What still holds"));
    if (m_do)
        m_do->setText(tr("What to do"));
    if (m_fold)
        m_fold->setText(tr("Technical details"));
}

void FailureBlock::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    QFrame::changeEvent(event);
}

void FailureBlock::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colors &colors = colorsOf(palette());
    painter.fillRect(rect(), colors.surface);
    painter.fillRect(QRect(0, 0, 3, height()), colors.high);
}

} // namespace tally::ui
