// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/page.h"

#include <QEvent>
#include <QLayout>
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
    setState(*m_session.state());
}

void Page::goTo(const Address &) { }

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
