// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/basics.h"

#include <QFrame>

class QGridLayout;

namespace tally::ui {

/// Says of something that went wrong: what happened, to which file, what still holds, what to do; the technical detail
/// is folded away. All of it can be selected and copied. Empty lines are left out.
class FailureBlock final : public QFrame
{
    Q_OBJECT

public:
    struct Content
    {
        QString what{};
        QString file{};
        QString stillHolds{};
        QString whatToDo{};
        QString command{}; ///< to copy, under whatToDo
        QString detail{};
    };

    explicit FailureBlock(const Content &content, QWidget *parent = nullptr);

    [[nodiscard]] bool detailShown() const { return m_detail && m_detail->isVisibleTo(this); }

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void retranslateUi();
    void addRow(QGridLayout &grid, QLabel *&label, const QString &value, bool mono);

    QLabel *m_what = nullptr;
    QLabel *m_file = nullptr;
    QLabel *m_holds = nullptr;
    QLabel *m_do = nullptr;
    LinkButton *m_fold = nullptr;
    QLabel *m_detail = nullptr;
};

} // namespace tally::ui
