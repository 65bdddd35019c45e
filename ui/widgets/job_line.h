// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/basics.h"

#include <QProgressBar>
#include <QWidget>

namespace tally::ui {

class Job;
class Session;

/// The progress of a page's own job, with a way to stop it; hidden while none runs.
class JobLine final : public QWidget
{
    Q_OBJECT

public:
    /// Both outlive it.
    JobLine(Job &job, const Session &session, QWidget *parent = nullptr);

    /// What is being done, in words; call it after the job was started, and with "" after its end.
    void setTitle(const QString &title);

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();

    Job &m_job;
    const Session &m_session;
    QString m_title;
    ElidedLabel *m_text;
    QProgressBar *m_bar;
    LinkButton *m_cancel;
};

} // namespace tally::ui
