// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/verdict_dialog.h"

#include "core/audit/classification.h"
#include "core/base/text_format.h"
#include "ui/dialogs/open_again.h"
#include "ui/models/requirement_state.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/form_fields.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace tally::ui {

namespace {

constexpr int IdRole = Qt::UserRole;

/// As the audit counts them: one for each character that is not a part of another one's UTF-8.
qsizetype characters(const QString &text)
{
    return text.simplified().toUcs4().size();
}

} // namespace

VerdictDialog::VerdictDialog(Session &session, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_title(makeLabel(Face::Title))
    , m_lead(makeLabel(Face::Base))
    , m_text(textField(u"verdictText"_qs, 76))
    , m_count(makeLabel(Face::Secondary, Ink::Muted))
    , m_written(makeLabel(Face::Secondary, Ink::Muted))
    , m_confirm(new QCheckBox)
    , m_list(new QListWidget)
    , m_hint(makeLabel(Face::Secondary, Ink::Muted))
    , m_cancel(new QPushButton)
    , m_save(new QPushButton)
{
    setObjectName(u"verdictDialog"_qs);
    m_textLabel = fieldLabel(m_text);
    m_listLabel = fieldLabel(m_list);
    m_confirm->setObjectName(u"confirmVerdict"_qs);
    m_list->setObjectName(u"chosenDeviations"_qs);
    m_hint->setObjectName(u"verdictHint"_qs);
    m_save->setObjectName(u"saveVerdict"_qs);
    layOut();
    const auto verdict = verdictOf(*m_session.state(), m_session.module().id);
    m_text->setPlainText(verdict ? toQString(verdict->text) : QString());
    m_written->setVisible(verdict.has_value());
    m_confirm->setVisible(verdict && verdict->decidedSince > 0);
    fill();
    retranslateUi();
    connect(m_text, &QPlainTextEdit::textChanged, this, &VerdictDialog::validate);
    connect(m_confirm, &QCheckBox::toggled, this, &VerdictDialog::validate);
    connect(m_list, &QListWidget::itemChanged, this, &VerdictDialog::validate);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &VerdictDialog::accept);
    m_text->setFocus();
}

void VerdictDialog::layOut()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(6);
    for (QLabel *label : {m_title, m_lead, m_written, m_hint})
        label->setWordWrap(true);
    column->addWidget(m_title);
    column->addWidget(m_lead);
    column->addSpacing(4);
    auto *head = new QHBoxLayout;
    head->addWidget(m_textLabel, 1);
    head->addWidget(m_count);
    column->addLayout(head);
    column->addWidget(m_text);
    column->addWidget(m_written);
    column->addWidget(m_confirm);
    column->addSpacing(6);
    column->addWidget(m_listLabel);
    column->addWidget(m_list, 1);
    column->addWidget(m_hint);
    column->addSpacing(6);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_save);
    column->addLayout(buttons);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMinimumHeight(90);
    m_list->setSpacing(2);
    m_save->setDefault(true);
    m_cancel->setAutoDefault(false);
    resize(640, 500);
}

/// The deviations, with how each was classified; what was chosen before is ticked.
void VerdictDialog::fill()
{
    const AuditStatePtr state = m_session.state();
    const QSignalBlocker quiet(m_list);
    const bool first = m_list->count() == 0;
    const auto chosen = chosenDeviations(*state, m_session.module().id);
    const std::vector<std::string> there = !first ? ticked()
        : chosen                                  ? chosen->requirements
                                                  : std::vector<std::string>();
    m_list->clear();
    const Language language = applicationLanguage();
    for (const Requirement &requirement : m_session.module().requirements) {
        if (!isDeviation(*state, requirement.id))
            continue;
        QString text = shortId(requirement.id) % u"  " % toQString(requirement.title.in(language));
        if (const auto auditClass = classificationOf(*state, requirement.id).auditClass)
            text += u" · " % toQString(std::string(className(*auditClass)));
        auto *item = new QListWidgetItem(text, m_list);
        item->setData(IdRole, toQString(requirement.id));
        item->setToolTip(text);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        const bool isTicked = std::ranges::find(there, requirement.id) != there.end();
        item->setCheckState(isTicked ? Qt::Checked : Qt::Unchecked);
    }
    m_list->setEnabled(m_list->count() > 0);
    if (m_list->count() > 0)
        m_list->setCurrentRow(0);
}

void VerdictDialog::retranslateUi()
{
    const AuditStatePtr state = m_session.state();
    const Module &module = m_session.module();
    setWindowTitle(tr("Overall verdict"));
    //: %1 id of a module
    m_title->setText(tr("Overall verdict on %1").arg(toQString(module.id)));
    const Decided decided = countDecided(*state, module);
    const int open = decided.total - decided.done;
    const QString lead = tr("A sentence that the audit lead stands for. It heads the report’s summary, with name and "
                            "date; the program never gives a verdict.");
    m_lead->setText(open == 0
            ? lead
            : lead % u' ' % tr("%n requirement(s) are still open: the report stays a draft.", nullptr, open));
    m_textLabel->setText(tr("The verdict in one sentence"));
    m_text->setAccessibleName(m_textLabel->text());
    //: %1 id of a module
    m_text->setPlaceholderText(
        tr("for instance: The platform does not meet %1 in essential parts.").arg(toQString(module.id)));
    if (const auto verdict = verdictOf(*state, module.id)) {
        const QString by = foreignText(verdict->by);
        const QString on = toQString(formatDate(verdict->at, applicationLanguage()));
        QString written = tr("Written by %1 on %2.").arg(by, on);
        if (verdict->decidedSince > 0)
            written
                += u' ' % tr("Since then %n decision(s) have been made or changed.", nullptr, verdict->decidedSince);
        m_written->setText(written);
    }
    m_confirm->setText(tr("It still holds: confirm it with my name and today’s date"));
    m_listLabel->setText(tr("The most important deviations, at most five"));
    m_list->setAccessibleName(m_listLabel->text());
    m_cancel->setText(tr("Cancel"));
    m_save->setText(tr("Save"));
    validate();
}

std::vector<std::string> VerdictDialog::ticked() const
{
    std::vector<std::string> ids;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked)
            ids.push_back(toUtf8String(m_list->item(row)->data(IdRole).toString()));
    }
    return ids;
}

std::vector<AuditChange> VerdictDialog::changes() const
{
    const AuditStatePtr state = m_session.state();
    const std::string &module = m_session.module().id;
    std::vector<AuditChange> all;
    const std::string text = toUtf8String(m_text->toPlainText().simplified());
    const auto verdict = verdictOf(*state, module);
    if (m_confirm->isChecked() || text != (verdict ? verdict->text : std::string()))
        all = verdictChanges(*state, module, text);
    const std::vector<std::string> wanted = ticked();
    const auto chosen = chosenDeviations(*state, module);
    const std::vector<std::string> there = chosen ? chosen->requirements : std::vector<std::string>();
    if (!std::ranges::is_permutation(wanted, there))
        all.push_back(deviationsChange(module, wanted));
    return all;
}

void VerdictDialog::validate()
{
    const qsizetype length = characters(m_text->toPlainText());
    const std::size_t count = ticked().size();
    const bool fits = length <= static_cast<qsizetype>(mostOfVerdict) && count <= mostChosen;
    m_count->setText(tr("%1 of %2 characters").arg(QString::number(length), QString::number(mostOfVerdict)));
    m_hint->setText(m_list->count() == 0 ? tr("No requirement is decided “no” or “partially” yet.")
            : count > mostChosen
            ? tr("%1 are ticked: at most %2 fit.").arg(QString::number(count), QString::number(mostChosen))
            : count == 0 ? tr("None is ticked: the program lists them by class, then MUST, then severity.")
                         : tr("%1 of %2 ticked").arg(QString::number(count), QString::number(mostChosen)));
    m_hint->setForegroundRole(count > mostChosen ? QPalette::WindowText : QPalette::PlaceholderText);
    m_save->setEnabled(fits && !m_session.isReadOnly() && !changes().empty());
}

void VerdictDialog::accept()
{
    if (!m_save->isEnabled())
        return;
    openAgainIfRefused(*this, m_session, [this] { m_session.change(changes()); });
    QDialog::accept();
}

void VerdictDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        fill();
        retranslateUi();
    }
    QDialog::changeEvent(event);
}

} // namespace tally::ui
