// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/page.h"

#include "ui/widgets/basics.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/notice_bar.h"

#include <QEvent>
#include <QLayout>
#include <QPushButton>
#include <QScrollArea>

namespace tally::ui {

Page::Page(PageId id, Session &session, QWidget *parent)
    : QWidget(parent)
    , m_id(id)
    , m_session(session)
{
    connect(&session, &Session::stateChanged, this, [this] {
        m_stale = true;
        if (isVisible())
            refresh();
    });
}

void Page::refresh()
{
    if (!m_translated)
        retranslateUi();
    m_translated = true;
    if (!m_stale)
        return;
    m_stale = false;
    showSampleLinks();
    setState(*m_session.state());
}

void Page::goTo(const Address &) { }

void Page::offerSample(bool offered)
{
    m_offersSample = offered;
    showSampleLinks();
    const auto empties = findChildren<EmptyState *>();
    for (const EmptyState *empty : empties)
        connect(empty, &EmptyState::sampleWanted, this, [this] { Q_EMIT commandWanted(Command::OpenSample); });
}

/// An audit of one's own that lacks something does not want the sample in its place.
void Page::showSampleLinks()
{
    const auto empties = findChildren<EmptyState *>();
    for (EmptyState *empty : empties)
        empty->link()->setVisible(m_offersSample && !m_session.hasAudit());
}

void Page::offerJudging(NoticeBar &notice)
{
    notice.button()->setObjectName(u"judgeNow"_qs);
    connect(notice.button(), &QAbstractButton::clicked, &m_session, &Session::judge);
    connect(&m_session, &Session::jobChanged, &notice, [this, &notice] { showJudging(notice); });
}

void Page::showJudging(NoticeBar &notice) const
{
    const bool judged = m_session.isJudged();
    notice.setVisible(!judged);
    if (judged)
        return;
    notice.button()->setEnabled(!m_session.isBusy() && !m_session.isReadOnly());
    notice.setTexts(
        m_session.state()->assessment ? tr(
            "Not yet judged: sources, house policy or keys have changed since the last run of the checks. What stands "
            "here does not count that.")
                                      : tr("Not yet judged: the checks have not run over these sources."),
        tr("Judge now"));
}

void Page::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_stale = true;
        m_translated = false;
        if (isVisible())
            refresh();
    }
    QWidget::changeEvent(event);
}

void Page::showEvent(QShowEvent *event)
{
    refresh();
    QWidget::showEvent(event);
}

QScrollArea *makeScrollArea(QWidget *content)
{
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setWidget(content);
    area->setFocusPolicy(Qt::NoFocus);
    return area;
}

void clearLayout(QLayout &layout)
{
    while (QLayoutItem *item = layout.takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        } else if (QLayout *inner = item->layout()) {
            clearLayout(*inner);
        }
        delete item;
    }
}

} // namespace tally::ui
