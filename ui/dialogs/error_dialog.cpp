// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/error_dialog.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace tally::ui {

ErrorDialog::ErrorDialog(const QString &title, const FailureBlock::Content &content, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"errorDialog"_qs);
    setWindowTitle(title);
    auto *heading = makeLabel(Face::Section);
    heading->setText(title);
    heading->setWordWrap(true);
    auto *close = new QPushButton(tr("Close"));
    close->setDefault(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    column->addWidget(heading);
    column->addWidget(new FailureBlock(content));
    column->addWidget(close, 0, Qt::AlignRight);
    constexpr int width = 620;
    setMinimumWidth(560);
    resize(width, column->totalHeightForWidth(width)); // else wrapped texts are reckoned as if they stood in a column
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
}

} // namespace tally::ui
