// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/segmented_control.h"

#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace tally::ui {

namespace {

constexpr int padding = 12;
constexpr int leastPadding = 6;
constexpr int elisionMargin = 4;

class Segment final : public QAbstractButton
{
public:
    explicit Segment(QWidget *parent)
        : QAbstractButton(parent)
    {
        setCheckable(true);
        setFont(faceFont(Face::Secondary));
        setFocusPolicy(Qt::StrongFocus);
        setCursor(Qt::PointingHandCursor);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        const QFontMetrics strong(faceFont(Face::SecondaryStrong));
        return {strong.horizontalAdvance(text()) + 2 * padding, std::max(size::segmented, strong.height() + 8)};
    }
    [[nodiscard]] QSize minimumSizeHint() const override
    {
        return {sizeHint().width() - 2 * (padding - leastPadding), sizeHint().height()};
    }

protected:
    /// What is cut can be read there.
    bool event(QEvent *event) override
    {
        if (event->type() == QEvent::ToolTip) {
            const bool cut = QFontMetrics(faceFont(isChecked() ? Face::SecondaryStrong : Face::Secondary))
                                 .horizontalAdvance(text())
                > width() - elisionMargin;
            setToolTip(cut ? text().toHtmlEscaped() : QString());
        }
        return QAbstractButton::event(event);
    }
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Colors &colors = colorsOf(palette());
        if (isChecked()) {
            painter.setPen(colors.control);
            painter.setBrush(colors.raised);
            painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), size::radius, size::radius);
        }
        painter.setFont(faceFont(isChecked() ? Face::SecondaryStrong : Face::Secondary));
        painter.setPen(isChecked() || underMouse() ? colors.text : colors.muted);
        painter.drawText(
            rect(), Qt::AlignCenter, painter.fontMetrics().elidedText(text(), Qt::ElideRight, width() - elisionMargin));
        if (hasFocus())
            drawFocusRing(painter, rect(), palette(), size::radius);
    }
};

} // namespace

SegmentedControl::SegmentedControl(int segments, QWidget *parent)
    : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_group.setExclusive(true);
    for (int i = 0; i < segments; ++i) {
        auto *segment = new Segment(this);
        m_group.addButton(segment, i);
        row->addWidget(segment); // equal where there is room, else as long as the words
    }
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setCurrent(0);
    connect(&m_group, &QButtonGroup::idClicked, this, &SegmentedControl::chosen);
}

void SegmentedControl::setTexts(const QStringList &texts)
{
    for (int i = 0; i < count() && i < texts.size(); ++i) {
        m_group.button(i)->setText(texts[i]);
        m_group.button(i)->updateGeometry();
    }
    setName(accessibleName());
}

void SegmentedControl::setName(const QString &name)
{
    setAccessibleName(name);
    for (int i = 0; i < count(); ++i)
        m_group.button(i)->setAccessibleName(name.isEmpty() ? text(i) : QString(name % u": " % text(i)));
}

void SegmentedControl::setCurrent(int segment)
{
    m_group.button(segment)->setChecked(true);
    for (int i = 0; i < count(); ++i) // tab stops once, at what holds
        m_group.button(i)->setFocusPolicy(i == segment ? Qt::StrongFocus : Qt::ClickFocus);
}

void SegmentedControl::setSegmentVisible(int segment, bool visible)
{
    m_group.button(segment)->setVisible(visible);
}

int SegmentedControl::current() const
{
    return m_group.checkedId();
}

QString SegmentedControl::text(int segment) const
{
    return m_group.button(segment)->text();
}

void SegmentedControl::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colors &colors = colorsOf(palette());
    painter.setPen(colors.border);
    painter.setBrush(colors.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), size::radius, size::radius);
}

void SegmentedControl::keyPressEvent(QKeyEvent *event)
{
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    int next = current() + step;
    while (next >= 0 && next < count() && m_group.button(next)->isHidden())
        next += step;
    if (step == 0 || next < 0 || next >= count()) {
        QWidget::keyPressEvent(event);
        return;
    }
    setCurrent(next);
    m_group.button(next)->setFocus(Qt::TabFocusReason);
    Q_EMIT chosen(next);
}

} // namespace tally::ui
