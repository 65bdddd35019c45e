// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/tab_strip.h"

#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr int stripHeight = 38;
constexpr int padding = 12;
constexpr int tightPadding = 5;
constexpr int gap = 4;

} // namespace

class TabStrip::Tab final : public QAbstractButton
{
public:
    explicit Tab(QWidget *parent)
        : QAbstractButton(parent)
    {
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
    }

    void set(const QString &title, const QString &count)
    {
        setText(title);
        m_count = count;
        setAccessibleName(count.isEmpty() ? title : QString(title % u' ' % count));
        update();
    }

    enum class Room { All, NoCount, Tight };

    [[nodiscard]] int widthFor(Room room) const
    {
        int width = QFontMetrics(faceFont(Face::BaseStrong)).horizontalAdvance(text())
            + 2 * (room == Room::Tight ? tightPadding : padding);
        if (!m_count.isEmpty() && room == Room::All)
            width += QFontMetrics(faceFont(Face::Secondary)).horizontalAdvance(m_count) + 6;
        return width;
    }

    void setRoom(Room room)
    {
        m_room = room;
        update();
    }

    [[nodiscard]] QSize sizeHint() const override { return {widthFor(Room::All), stripHeight}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Colors &colors = colorsOf(palette());
        const int margin = m_room == Room::Tight ? tightPadding : padding;
        const QRectF inside = QRectF(rect()).adjusted(margin, 0, -margin, 0);
        painter.setFont(faceFont(isChecked() ? Face::BaseStrong : Face::Base));
        painter.setPen(isChecked() || underMouse() ? colors.text : colors.muted);
        painter.drawText(inside, Qt::AlignLeft | Qt::AlignVCenter, text());
        const int title = painter.fontMetrics().horizontalAdvance(text());
        painter.setFont(faceFont(Face::Secondary));
        painter.setPen(colors.muted);
        if (m_room == Room::All)
            painter.drawText(inside.adjusted(title + 6, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, m_count);
        if (isChecked())
            painter.fillRect(QRectF(0, height() - 2, width(), 2), colors.accent);
        if (hasFocus())
            drawFocusRing(painter, QRectF(rect()).adjusted(1, 3, -1, -4), palette(), 4);
    }

private:
    QString m_count;
    Room m_room = Room::All;
};

TabStrip::TabStrip(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TabStrip::setTabs(const QStringList &titles, const QStringList &counts)
{
    while (m_tabs.size() < static_cast<std::size_t>(titles.size())) {
        auto *tab = new Tab(this);
        const int number = static_cast<int>(m_tabs.size());
        connect(tab, &QAbstractButton::clicked, this, [this, number] { choose(number); });
        tab->show();
        m_tabs.push_back(tab);
    }
    for (int i = 0; i < titles.size(); ++i)
        m_tabs[static_cast<std::size_t>(i)]->set(titles[i], counts.value(i));
    setCurrent(m_current);
    arrange();
}

void TabStrip::setCurrent(int tab)
{
    m_current = tab;
    for (int i = 0; i < static_cast<int>(m_tabs.size()); ++i)
        m_tabs[static_cast<std::size_t>(i)]->setChecked(i == tab);
    arrange();
}

void TabStrip::choose(int tab)
{
    const bool changed = tab != m_current;
    setCurrent(tab);
    if (changed)
        Q_EMIT chosen(tab);
}

int TabStrip::widthFor(int room) const
{
    int sum = 0;
    for (const Tab *tab : m_tabs)
        sum += tab->widthFor(static_cast<Tab::Room>(room)) + gap;
    return std::max(0, sum - gap);
}

void TabStrip::arrange()
{
    auto room = Tab::Room::All;
    if (widthFor(static_cast<int>(room)) > width())
        room = Tab::Room::NoCount;
    if (widthFor(static_cast<int>(room)) > width())
        room = Tab::Room::Tight;
    int x = 0;
    for (Tab *tab : m_tabs) {
        tab->setRoom(room);
        tab->setGeometry(x, 0, tab->widthFor(room), stripHeight);
        x += tab->width() + gap;
    }
    updateGeometry();
}

QSize TabStrip::sizeHint() const
{
    return {widthFor(static_cast<int>(Tab::Room::All)), stripHeight};
}

QSize TabStrip::minimumSizeHint() const
{
    return {widthFor(static_cast<int>(Tab::Room::Tight)), stripHeight};
}

void TabStrip::resizeEvent(QResizeEvent *)
{
    arrange();
}

void TabStrip::keyPressEvent(QKeyEvent *event)
{
    const int by = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    const int wanted = m_current + by;
    if (by == 0 || wanted < 0 || wanted >= static_cast<int>(m_tabs.size())) {
        QWidget::keyPressEvent(event);
        return;
    }
    choose(wanted);
    m_tabs[static_cast<std::size_t>(wanted)]->setFocus();
}

} // namespace tally::ui
