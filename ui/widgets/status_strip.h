// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/basics.h"

#include <QDateTime>
#include <QProgressBar>
#include <QWidget>

#include <functional>

namespace tally::ui {

class Session;

/// The strip at the bottom: the running job, or what goes on in the background where there is none, with progress,
/// remaining time and cancel, what was finished last, and when
/// the audit was saved.
class StatusStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusStrip(Session &session, QWidget *parent = nullptr);

    /// Said once, until the next job begins; asked again when the language changes.
    void say(std::function<QString()> text);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void retranslateUi();
    void refresh();

    Session &m_session;
    ElidedLabel *m_text;
    QProgressBar *m_bar;
    QLabel *m_numbers;
    LinkButton *m_cancel;
    QLabel *m_waiting;
    QLabel *m_saved;
    std::function<QString()> m_said;
    QDateTime m_savedAt;
    bool m_wasBusy = false;
};

} // namespace tally::ui
