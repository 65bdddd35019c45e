// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/failure_block.h"

#include <QDialog>

namespace tally::ui {

/// Tells of something that failed; the details are folded.
class ErrorDialog final : public QDialog
{
    Q_OBJECT

public:
    ErrorDialog(const QString &title, const FailureBlock::Content &content, QWidget *parent = nullptr);
};

} // namespace tally::ui
