// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDate>
#include <QLineEdit>

namespace tally::ui {

/// What a person types as a date: "31.03.2027", "31.3.27", "2027-03-31", "31 Mar 2027". Invalid for anything else.
[[nodiscard]] QDate dateFromText(const QString &text);

/// A day, or nothing, typed or chosen from a calendar. Unlike QDateEdit it can be empty.
class DateField final : public QLineEdit
{
    Q_OBJECT

public:
    explicit DateField(QWidget *parent = nullptr);

    /// ISO date as it is stored; what is none is shown as it is.
    void setIsoDate(const QString &iso);
    /// "" for an empty field and for what is no date.
    [[nodiscard]] QString isoDate() const;
    [[nodiscard]] bool isAcceptable() const; ///< empty, or a date

protected:
    void changeEvent(QEvent *event) override; ///< the day is written as the new language writes it
    void focusOutEvent(QFocusEvent *event) override;

private:
    void openCalendar();
};

} // namespace tally::ui
