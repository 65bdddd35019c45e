// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/focus_marker.h"

#include "ui/theme/style.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QKeyEvent>
#include <QPainter>

namespace tally::ui {

namespace {

class Frame final : public QWidget
{
public:
    explicit Frame(QWidget *parent)
        : QWidget(parent)
    {
        setObjectName(u"focusFrame"_qs);
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
        setGeometry(parent->rect());
        show();
        raise();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        drawFocusRing(painter, rect(), palette(), 3);
    }
};

} // namespace

FocusMarker::FocusMarker(QApplication &application, QObject *parent)
    : QObject(parent)
{
    application.installEventFilter(this);
    connect(&application, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { mark(now); });
}

FocusMarker::~FocusMarker()
{
    delete m_frame;
}

bool FocusMarker::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress: {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Tab || key == Qt::Key_Backtab)
            m_byKeyboard = true;
        break;
    }
    case QEvent::MouseButtonPress:
        m_byKeyboard = false;
        delete m_frame;
        break;
    case QEvent::Resize:
        if (watched == m_marked && m_frame)
            m_frame->setGeometry(m_marked->rect());
        break;
    default:
        break;
    }
    return false;
}

void FocusMarker::mark(QWidget *widget)
{
    delete m_frame;
    m_marked = nullptr;
    const auto *area = qobject_cast<const QAbstractScrollArea *>(widget);
    // Inputs have a frame that changes; rows that paint a ring of their own need no second one.
    if (!area || !m_byKeyboard || widget->property("input").toBool() || widget->property("paintsFocus").toBool())
        return;
    m_marked = widget;
    m_frame = new Frame(widget);
}

} // namespace tally::ui
