// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/name_dialog.h"

#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/widgets/basics.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace tally::ui {

NameDialog::NameDialog(const QString &auditor, QWidget *parent)
    : QDialog(parent)
    , m_auditor(auditor)
    , m_title(makeLabel(Face::Title))
    , m_lead(makeLabel(Face::Base))
    , m_label(makeLabel(Face::Secondary, Ink::Muted))
    , m_name(new QLineEdit)
    , m_without(new QPushButton)
    , m_ok(new QPushButton)
{
    setObjectName(u"nameDialog"_qs);
    m_name->setObjectName(u"workerName"_qs);
    m_ok->setObjectName(u"takeName"_qs);
    m_without->setObjectName(u"withoutName"_qs);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(8);
    m_lead->setWordWrap(true);
    m_label->setBuddy(m_name);
    column->addWidget(m_title);
    column->addWidget(m_lead);
    column->addSpacing(4);
    column->addWidget(m_label);
    column->addWidget(m_name);
    column->addSpacing(8);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_without);
    buttons->addWidget(m_ok);
    column->addLayout(buttons);
    m_ok->setDefault(true);
    m_without->setAutoDefault(false);
    setMinimumWidth(460);
    const auto validate = [this] { m_ok->setEnabled(!m_name->text().trimmed().isEmpty()); };
    connect(m_name, &QLineEdit::textChanged, this, validate);
    connect(m_without, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ok, &QPushButton::clicked, this, [this] {
        Q_EMIT named(m_name->text().trimmed());
        accept();
    });
    validate();
    retranslateUi();
    m_name->setFocus();
}

void NameDialog::retranslateUi()
{
    setWindowTitle(tr("Who works here?"));
    m_title->setText(windowTitle());
    const QString why = tr("Your name stands with what you decide and in the journal. It is asked for once and can be "
                           "changed in the settings.");
    //: %1 name of the auditor, as the audit says
    const QString auditor = tr("The audit names %1 as its auditor; that says nothing about who sits here now.");
    m_lead->setText(
        m_auditor.isEmpty() ? why : QString(why % u' ' % auditor.arg(foreignText(toUtf8String(m_auditor)))));
    m_label->setText(tr("Your name"));
    m_name->setAccessibleName(m_label->text());
    m_without->setText(tr("Go on without a name"));
    m_without->setToolTip(tr("The journal names nobody then."));
    m_ok->setText(tr("Go on"));
}

void NameDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    QDialog::changeEvent(event);
}

} // namespace tally::ui
