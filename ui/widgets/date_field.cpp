// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/date_field.h"

#include "ui/theme/icons.h"

#include <QAction>
#include <QCalendarWidget>
#include <QEvent>
#include <QLocale>
#include <QMenu>
#include <QWidgetAction>

#include <array>

namespace tally::ui {

namespace {

QString shown(const QDate &date)
{
    const QLocale locale;
    return locale.toString(date, locale.language() == QLocale::German ? u"dd.MM.yyyy"_qs : u"d MMM yyyy"_qs);
}

} // namespace

QDate dateFromText(const QString &text)
{
    const QString typed = text.simplified();
    if (const QDate iso = QDate::fromString(typed, Qt::ISODate); iso.isValid())
        return iso;
    static const std::array formats = {
        u"d.M.yyyy"_qs, u"d. M. yyyy"_qs, u"d MMM yyyy"_qs, u"d. MMM yyyy"_qs, u"d MMMM yyyy"_qs, u"d. MMMM yyyy"_qs};
    for (const QString &format : formats) {
        for (const QLocale &locale : {QLocale(), QLocale(QLocale::English), QLocale(QLocale::German)}) {
            if (const QDate date = locale.toDate(typed, format); date.isValid() && date.year() > 1999)
                return date;
        }
    }
    if (const QDate date = QLocale::c().toDate(typed, u"d.M.yy"_qs); date.isValid()) // Qt reads "27" as 1927
        return date.year() < 2000 ? date.addYears(100) : date;
    return {};
}

DateField::DateField(QWidget *parent)
    : QLineEdit(parent)
{
    QAction *calendar = addAction(icon(u"calendar"_qs, QPalette::PlaceholderText), TrailingPosition);
    connect(calendar, &QAction::triggered, this, &DateField::openCalendar);
}

void DateField::setIsoDate(const QString &iso)
{
    const QDate date = QDate::fromString(iso, Qt::ISODate);
    setText(date.isValid() ? shown(date) : iso);
}

QString DateField::isoDate() const
{
    const QDate date = dateFromText(text());
    return date.isValid() ? date.toString(Qt::ISODate) : QString();
}

bool DateField::isAcceptable() const
{
    return text().trimmed().isEmpty() || dateFromText(text()).isValid();
}

void DateField::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    if (const QDate date = dateFromText(text()); date.isValid())
        setText(shown(date));
}

void DateField::focusOutEvent(QFocusEvent *event)
{
    if (const QDate date = dateFromText(text()); date.isValid() && text() != shown(date))
        setText(shown(date));
    QLineEdit::focusOutEvent(event);
}

void DateField::openCalendar()
{
    QMenu menu;
    auto *action = new QWidgetAction(&menu);
    auto *calendar = new QCalendarWidget;
    calendar->setVerticalHeaderFormat(QCalendarWidget::ISOWeekNumbers);
    calendar->setSelectedDate(dateFromText(text()).isValid() ? dateFromText(text()) : QDate::currentDate());
    action->setDefaultWidget(calendar);
    menu.addAction(action);
    const auto choose = [this, &menu](const QDate &date) {
        setText(shown(date));
        Q_EMIT textEdited(text());
        menu.close();
    };
    connect(calendar, &QCalendarWidget::clicked, &menu, choose);
    connect(calendar, &QCalendarWidget::activated, &menu, choose);
    menu.exec(mapToGlobal(QPoint(0, -calendar->sizeHint().height())));
}

} // namespace tally::ui
