// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/basics.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

#include <utility>

namespace tally::ui {

namespace {

QPalette::ColorRole roleOf(Ink ink)
{
    switch (ink) {
    case Ink::Text:
        return QPalette::WindowText;
    case Ink::Muted:
        return QPalette::PlaceholderText;
    case Ink::Accent:
        return QPalette::Link;
    }
    Q_UNREACHABLE();
}

void dress(QLabel &label, Face face, Ink ink)
{
    label.setTextFormat(Qt::PlainText);
    label.setFont(faceFont(face));
    label.setForegroundRole(roleOf(ink));
}

} // namespace

QLabel *makeLabel(Face face, Ink ink, QWidget *parent)
{
    auto *label = new QLabel(parent);
    dress(*label, face, ink);
    return label;
}

ElidedLabel::ElidedLabel(Face face, Ink ink, Qt::TextElideMode mode, QWidget *parent)
    : QLabel(parent)
    , m_mode(mode)
{
    dress(*this, face, ink);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString &text)
{
    QLabel::setText(text);
    setToolTip(text.toHtmlEscaped());
    updateGeometry();
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 6, QLabel::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, foregroundRole()));
    painter.drawText(contentsRect(), static_cast<int>(alignment() | Qt::TextSingleLine),
        fontMetrics().elidedText(text(), m_mode, contentsRect().width()));
}

LinkButton::LinkButton(QString iconName, QWidget *parent)
    : QAbstractButton(parent)
    , m_icon(std::move(iconName))
{
    setFont(faceFont(Face::Secondary));
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void LinkButton::setIconName(const QString &name)
{
    m_icon = name;
    updateGeometry();
    update();
}

QSize LinkButton::sizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    const int icon = m_icon.isEmpty() ? 0 : 14 + (text().isEmpty() ? 0 : 6);
    return {metrics.horizontalAdvance(text()) + icon + 8, std::max(metrics.height() + 4, 22)};
}

QSize LinkButton::minimumSizeHint() const
{
    constexpr int shortest = 80; // of a text that is cut
    return {std::min(sizeHint().width(), shortest), sizeHint().height()};
}

void LinkButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colors &colors = colorsOf(palette());
    QColor ink = underMouse() || isDown() ? colors.accentHover : colors.accent;
    if (!isEnabled()) {
        ink = colors.muted;
        ink.setAlphaF(0.55F);
    }
    QRectF inside = QRectF(rect()).adjusted(4, 0, -4, 0);
    if (!m_icon.isEmpty()) {
        const double x = m_behind ? inside.right() - 14 : inside.left();
        drawIcon(painter, m_icon, QRectF(x, inside.center().y() - 7, 14, 14), ink);
        inside.adjust(m_behind ? 0 : 20, 0, m_behind ? -20 : 0, 0);
    }
    QFont face = this->font();
    face.setUnderline(underMouse() && isEnabled());
    painter.setFont(face);
    painter.setPen(ink);
    // Advances are rounded: cut only what really has less room than it asked for.
    const QString shown = width() >= sizeHint().width()
        ? text()
        : fontMetrics().elidedText(text(), Qt::ElideMiddle, static_cast<int>(inside.width()));
    painter.drawText(inside, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
    if (hasFocus())
        drawFocusRing(painter, rect(), palette(), 4);
}

void LinkButton::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void LinkButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

Line::Line(Qt::Orientation orientation, QWidget *parent)
    : QWidget(parent)
{
    setBackgroundRole(QPalette::Mid);
    setAutoFillBackground(true);
    if (orientation == Qt::Horizontal)
        setFixedHeight(1);
    else
        setFixedWidth(1);
}

Panel::Panel(Ground ground, bool framed, QWidget *parent)
    : QWidget(parent)
    , m_ground(ground)
    , m_framed(framed)
{
}

void Panel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colors &colors = colorsOf(palette());
    const QColor ground = m_ground == Ground::Raised ? colors.raised
        : m_ground == Ground::Sunken                 ? colors.sunken
                                                     : colors.surface;
    if (!m_framed) {
        painter.fillRect(rect(), ground);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.border);
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), size::radius, size::radius);
}

SectionHeader::SectionHeader(QWidget *parent)
    : QWidget(parent)
    , m_title(makeLabel(Face::Section))
    , m_count(makeLabel(Face::Base, Ink::Muted))
    , m_link(new LinkButton(u"chevron-right"_qs))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    row->addWidget(m_title);
    row->addWidget(m_count);
    row->addStretch();
    row->addWidget(m_link);
    m_link->setIconBehind(true);
    m_link->hide();
    m_count->hide();
}

void SectionHeader::setTitle(const QString &title)
{
    m_title->setText(title);
}

void SectionHeader::setCount(int count)
{
    m_count->setText(QString::number(count));
    m_count->setVisible(count >= 0);
}

CommandLine::CommandLine(const QString &command, QWidget *parent)
    : QWidget(parent)
    , m_command(command)
    , m_text(new ElidedLabel(Face::MonoSmall, Ink::Text, Qt::ElideRight))
    , m_copy(new LinkButton(u"copy"_qs))
{
    auto *frame = new Panel(Panel::Ground::Raised, true);
    auto *inside = new QHBoxLayout(frame);
    inside->setContentsMargins(8, 3, 8, 3);
    inside->addWidget(m_text);
    m_text->setText(command);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(frame, 1);
    row->addWidget(m_copy);
    connect(m_copy, &LinkButton::clicked, this, [this] { QApplication::clipboard()->setText(m_command); });
    retranslateUi();
}

void CommandLine::retranslateUi()
{
    m_copy->setText(tr("Copy"));
    m_copy->setAccessibleName(tr("Copy the command %1").arg(m_command));
}

void CommandLine::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    QWidget::changeEvent(event);
}

} // namespace tally::ui
