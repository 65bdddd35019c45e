// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/checklist/bulk_panel.h"

#include "ui/models/words.h"
#include "ui/pages/checklist/decision_row.h"
#include "ui/text/message_translator.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/date_field.h"
#include "ui/widgets/form_fields.h"

#include <QDateTime>
#include <QGridLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace tally::ui {

BulkPanel::BulkPanel(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_title(makeLabel(Face::Title))
    , m_list(makeLabel(Face::Base))
    , m_hint(makeLabel(Face::Secondary, Ink::Muted))
    , m_choice(new DecisionRow)
    , m_reasonLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_reason(textField(u"bulkReason"_qs, 72))
    , m_responsibleLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_responsible(new QLineEdit)
    , m_untilLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_until(new DateField)
    , m_confirm(new QPushButton)
    , m_apply(new QPushButton)
    , m_status(makeLabel(Face::Secondary, Ink::Muted))
{
    m_responsible->setObjectName(u"bulkResponsible"_qs);
    m_until->setObjectName(u"bulkUntil"_qs);
    m_apply->setObjectName(u"bulkApply"_qs);
    m_apply->setDefault(true);
    m_confirm->setObjectName(u"bulkConfirm"_qs);
    connect(m_confirm, &QAbstractButton::clicked, this, [this] { Q_EMIT confirmWanted(m_ids); });
    m_reasonLabel->setBuddy(m_reason);
    m_responsibleLabel->setBuddy(m_responsible);
    m_untilLabel->setBuddy(m_until);
    for (QLabel *label : {m_list, m_hint, m_status})
        label->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(size::pageMargin, size::pageMargin, size::pageMargin, size::pageMargin);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_list);
    column->addSpacing(8);
    column->addWidget(m_choice);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    grid->addWidget(m_reasonLabel, 0, 0, 1, 2);
    grid->addWidget(m_reason, 1, 0, 1, 2);
    grid->addWidget(m_responsibleLabel, 2, 0);
    grid->addWidget(m_responsible, 3, 0);
    grid->addWidget(m_untilLabel, 2, 1);
    grid->addWidget(m_until, 3, 1);
    column->addLayout(grid);
    column->addWidget(m_hint);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_status, 1);
    foot->addWidget(m_confirm);
    foot->addWidget(m_apply);
    column->addLayout(foot);
    column->addStretch(1);
    connect(m_apply, &QAbstractButton::clicked, this, &BulkPanel::apply);
    connect(&m_session, &Session::saved, this, [this](const QDateTime &at) {
        if (std::exchange(m_waiting, false))
            say(tr("Set for %n requirement(s) at %1. Undo takes all of it back.", nullptr, m_set)
                    .arg(QLocale().toString(at.time(), u"HH:mm:ss"_qs)));
    });
    connect(&m_session, &Session::failed, this, [this](const Error &error) {
        if (std::exchange(m_waiting, false))
            say(tr("Not saved: %1").arg(m_session.text(error.message)), true);
    });
    retranslateUi();
}

void BulkPanel::retranslateUi()
{
    m_choice->retranslateUi();
    m_reasonLabel->setText(tr("Reason"));
    m_reason->setAccessibleName(tr("Reason"));
    m_responsibleLabel->setText(tr("Responsible"));
    m_responsible->setAccessibleName(tr("Responsible"));
    m_untilLabel->setText(tr("Done by"));
    m_until->setAccessibleName(tr("Done by"));
    m_hint->setText(tr("Empty fields stay as they are in each of them."));
    m_apply->setText(tr("Set for all"));
    m_confirm->setText(tr("Confirm earlier answers"));
    showIds();
}

void BulkPanel::setRequirements(const QStringList &ids)
{
    if (ids == m_ids)
        return;
    m_ids = ids;
    m_choice->setStatus(Status::Unbearbeitet);
    m_reason->clear();
    m_responsible->clear();
    m_until->clear();
    say({});
    showIds();
}

void BulkPanel::showIds()
{
    m_title->setText(tr("%n requirements selected", nullptr, static_cast<int>(m_ids.size())));
    QStringList names;
    for (const QString &id : m_ids)
        names.append(shortId(toUtf8String(id)));
    m_list->setText(names.join(u", "_qs));
    m_apply->setEnabled(m_session.hasAudit() && !m_session.isReadOnly());
    const AuditStatePtr state = m_session.state();
    m_confirm->setVisible(!m_session.isReadOnly() && std::ranges::any_of(m_ids, [this, &state](const QString &id) {
        const Requirement *requirement = m_session.catalogue().requirement(toUtf8String(id));
        return requirement
            && (state->toConfirm(requirement->id)
                || std::ranges::any_of(
                    requirement->parts, [&state](const Part &part) { return state->toConfirm(part.id); }));
    }));
}

void BulkPanel::choose(Status status)
{
    m_choice->choose(status);
}

void BulkPanel::apply()
{
    if (!m_until->isAcceptable()) {
        say(tr("“%1” is no date. Write it as 31.03.2027 or 2027-03-31.").arg(m_until->text()), true);
        return;
    }
    const Status status = m_choice->status();
    const std::string reason = toUtf8String(m_reason->toPlainText().trimmed());
    const std::string responsible = toUtf8String(m_responsible->text().trimmed());
    const std::string until = toUtf8String(m_until->isoDate());
    if (status == Status::Unbearbeitet && reason.empty() && responsible.empty() && until.empty()) {
        say(tr("Enter what is to be set."), true);
        return;
    }
    if (status != Status::Unbearbeitet && m_session.auditor().isEmpty()) {
        say(tr("Who decides? Enter your name with one decision first."), true);
        return;
    }
    const AuditStatePtr state = m_session.state();
    std::vector<AuditChange> changes;
    for (const QString &id : m_ids) {
        const Requirement *requirement = m_session.catalogue().requirement(toUtf8String(id));
        if (!requirement)
            continue;
        const auto before = state->decisions.find(requirement->id);
        Decision decision = before == state->decisions.end() ? Decision() : before->second;
        if (status != Status::Unbearbeitet)
            decision.status = status;
        for (const auto &[text, field] : {std::pair{&reason, &Decision::reason},
                 std::pair{&responsible, &Decision::responsible}, std::pair{&until, &Decision::until}}) {
            if (!text->empty())
                decision.*field = *text;
        }
        decision.by = toUtf8String(m_session.auditor());
        if (const auto wrong = validateDecision(*state, *requirement, decision)) {
            say(m_session.text(*wrong), true);
            return;
        }
        changes.emplace_back(DecisionChange{requirement->id, std::move(decision)});
    }
    m_set = static_cast<int>(changes.size());
    m_waiting = true;
    m_session.change(std::move(changes));
}

void BulkPanel::say(const QString &text, bool warning)
{
    m_status->setForegroundRole(warning ? QPalette::WindowText : QPalette::PlaceholderText);
    m_status->setFont(faceFont(warning ? Face::SecondaryStrong : Face::Secondary));
    m_status->setText(text);
}

QString BulkPanel::statusText() const
{
    return m_status->text();
}

} // namespace tally::ui
