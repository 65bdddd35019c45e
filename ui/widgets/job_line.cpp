// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/job_line.h"

#include "ui/jobs/job.h"
#include "ui/models/session.h"

#include <QEvent>
#include <QHBoxLayout>

namespace tally::ui {

JobLine::JobLine(Job &job, const Session &session, QWidget *parent)
    : QWidget(parent)
    , m_job(job)
    , m_session(session)
    , m_text(new ElidedLabel(Face::Secondary, Ink::Muted))
    , m_bar(new QProgressBar)
    , m_cancel(new LinkButton(u"close"_qs))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(m_text, 1);
    row->addWidget(m_bar);
    row->addWidget(m_cancel);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(140);
    connect(m_cancel, &QAbstractButton::clicked, this, [this] {
        m_job.cancel();
        refresh();
    });
    connect(&m_job, &Job::progressed, this, &JobLine::refresh);
    refresh();
}

void JobLine::setTitle(const QString &title)
{
    m_title = title;
    refresh();
}

void JobLine::refresh()
{
    m_cancel->setText(tr("Cancel"));
    m_bar->setAccessibleName(tr("Progress"));
    setVisible(!m_title.isEmpty());
    if (m_title.isEmpty())
        return;
    const double fraction = m_job.fraction();
    m_bar->setRange(0, fraction < 0 ? 0 : 1000);
    m_bar->setValue(fraction < 0 ? 0 : static_cast<int>(fraction * 1000));
    const QString phase = m_session.text(m_job.progress().phase);
    m_text->setText(phase.isEmpty() ? m_title : tr("%1: %2").arg(m_title, phase));
    m_cancel->setEnabled(!m_job.isCancelling());
}

void JobLine::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace tally::ui
