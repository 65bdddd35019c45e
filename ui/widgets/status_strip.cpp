// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/status_strip.h"

#include "ui/models/session.h"
#include "ui/theme/tokens.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>

namespace tally::ui {

StatusStrip::StatusStrip(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_text(new ElidedLabel(Face::Secondary, Ink::Muted))
    , m_bar(new QProgressBar)
    , m_numbers(makeLabel(Face::Secondary, Ink::Muted))
    , m_cancel(new LinkButton(u"close"_qs))
    , m_waiting(makeLabel(Face::Secondary, Ink::Muted))
    , m_saved(makeLabel(Face::Secondary, Ink::Muted))
{
    setObjectName(u"statusStrip"_qs);
    m_cancel->setObjectName(u"cancelJob"_qs);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(size::pageMargin, 1, size::pageMargin, 0);
    row->setSpacing(12);
    row->addWidget(m_text, 1);
    row->addWidget(m_bar);
    row->addWidget(m_numbers);
    row->addWidget(m_cancel);
    row->addWidget(m_waiting);
    row->addStretch(1);
    row->addWidget(m_saved);
    setMinimumHeight(size::statusStrip);
    m_text->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(160);
    connect(m_cancel, &LinkButton::clicked, this, [this] {
        if (m_session.isBusy())
            m_session.cancelJob();
        else
            m_session.cancelRecheck();
    });
    connect(&m_session, &Session::jobChanged, this, &StatusStrip::refresh);
    connect(&m_session, &Session::stateChanged, this, &StatusStrip::refresh);
    connect(&m_session, &Session::saved, this, [this](const QDateTime &at) {
        m_savedAt = at;
        refresh();
    });
    retranslateUi();
}

void StatusStrip::say(std::function<QString()> text)
{
    m_said = std::move(text);
    refresh();
}

void StatusStrip::retranslateUi()
{
    m_cancel->setText(tr("Cancel"));
    m_bar->setAccessibleName(tr("Progress"));
    refresh();
}

void StatusStrip::refresh()
{
    const bool busy = m_session.isBusy();
    if (busy && !m_wasBusy)
        m_said = {};
    m_wasBusy = busy;
    const bool working = busy || m_session.isRechecking();
    m_bar->setVisible(working);
    m_numbers->setVisible(working);
    m_cancel->setVisible(working);
    const auto waiting = m_session.waitingSources().size();
    m_waiting->setVisible(working && (waiting > 0 || m_said));
    m_waiting->setText(m_said ? m_said() : tr("%n more file(s) waiting", nullptr, static_cast<int>(waiting)));
    if (working) {
        const Job &job = busy ? m_session.job() : m_session.recheckJob();
        const QString title = busy ? m_session.jobTitle() : m_session.recheckTitle();
        const double fraction = job.fraction();
        m_bar->setRange(0, fraction < 0 ? 0 : 1000);
        m_bar->setValue(fraction < 0 ? 0 : static_cast<int>(fraction * 1000));
        QString numbers;
        if (fraction >= 0)
            numbers = tr("%1 %").arg(static_cast<int>(fraction * 100));
        if (const int left = job.secondsLeft(); left >= 0)
            numbers += u"   " % tr("about %n s left", nullptr, left);
        m_numbers->setText(numbers);
        const QString phase = m_session.text(job.progress().phase);
        m_text->setText(phase.isEmpty() ? title : tr("%1: %2").arg(title, phase));
        m_cancel->setEnabled(!job.isCancelling());
    } else {
        m_text->setText(m_said ? m_said() : tr("Ready"));
    }
    if (!m_session.hasAudit())
        m_saved->setText(tr("No audit open"));
    else if (m_session.isReadOnly())
        m_saved->setText(tr("Read-only"));
    else if (m_savedAt.isValid())
        m_saved->setText(tr("Saved %1").arg(QLocale().toString(m_savedAt.time(), u"HH:mm:ss"_qs)));
    else
        m_saved->clear();
}

void StatusStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    QWidget::changeEvent(event);
}

void StatusStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), colorsOf(palette()).sunken);
    painter.fillRect(QRect(0, 0, width(), 1), colorsOf(palette()).border);
}

} // namespace tally::ui
