// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/form_fields.h"

#include "ui/widgets/basics.h"

#include <QLabel>
#include <QPlainTextEdit>

namespace tally::ui {

QLabel *fieldLabel(QWidget *field)
{
    QLabel *label = makeLabel(Face::Secondary, Ink::Muted);
    label->setBuddy(field);
    return label;
}

QPlainTextEdit *textField(const QString &name, int height)
{
    auto *field = new QPlainTextEdit;
    field->setObjectName(name);
    field->setProperty("input", true); // looks like a line to type into: theme.cpp
    field->setTabChangesFocus(true);
    if (height > 0)
        field->setFixedHeight(height);
    return field;
}

} // namespace tally::ui
