// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/failure_block.h"

#include <QDialog>

class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace tally::ui {

/// Tells of something that failed, or of several things in a list; the details are folded.
class ErrorDialog final : public QDialog
{
    Q_OBJECT

public:
    ErrorDialog(const QString &title, const FailureBlock::Content &content, QWidget *parent = nullptr);

    /// Something else failed while this one is open.
    void add(const FailureBlock::Content &content);
    [[nodiscard]] int count() const { return m_count; }

private:
    void fit();

    QLabel *m_heading;
    QVBoxLayout *m_list = nullptr;
    QScrollArea *m_area;
    int m_count = 1;
};

} // namespace tally::ui
