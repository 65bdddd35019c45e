// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/withdraw_dialog.h"

#include "core/audit/withdrawals.h"
#include "core/base/messages_audit.h"
#include "core/base/text_format.h"
#include "ui/dialogs/open_again.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/widgets/basics.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace tally::ui {

WithdrawDialog::WithdrawDialog(Session &session, std::vector<int> sources, int successor, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_sources(std::move(sources))
    , m_successor(successor)
    , m_title(makeLabel(Face::Title))
    , m_lead(makeLabel(Face::Base))
    , m_what(makeLabel(Face::Secondary, Ink::Muted))
    , m_lost(makeLabel(Face::SecondaryStrong))
    , m_label(makeLabel(Face::Secondary, Ink::Muted))
    , m_reason(new QLineEdit)
    , m_keep(new QPushButton)
    , m_withdraw(new QPushButton)
{
    setObjectName(u"withdrawDialog"_qs);
    m_reason->setObjectName(u"withdrawReason"_qs);
    m_withdraw->setObjectName(u"withdrawSources"_qs);
    m_keep->setObjectName(u"keepSources"_qs);
    m_lost->setObjectName(u"lostDecisions"_qs);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(8);
    for (QLabel *label : {m_title, m_lead, m_what, m_lost})
        label->setWordWrap(true);
    m_label->setBuddy(m_reason);
    column->addWidget(m_title);
    column->addWidget(m_lead);
    column->addWidget(m_what);
    column->addWidget(m_lost);
    column->addSpacing(4);
    column->addWidget(m_label);
    column->addWidget(m_reason);
    column->addSpacing(8);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_keep);
    buttons->addWidget(m_withdraw);
    column->addLayout(buttons);
    m_withdraw->setDefault(true);
    m_keep->setAutoDefault(false);
    setMinimumWidth(520);
    if (m_successor >= 0) { // kept as it is: without the word joiners of Session::text()
        const Message reason{auditDef("withdrawal.superseded"), {toUtf8String(nameOf(m_successor))}};
        m_reason->setText(toQString(m_session.translator(applicationLanguage()).text(reason)));
    }
    const std::size_t lost = saidThatIsLost(*m_session.state(), changes());
    m_lost->setVisible(lost > 0);
    m_lost->setText(m_session.text({auditDef("clusters.move-loses"), {std::to_string(lost)}}));
    connect(m_reason, &QLineEdit::textChanged, this, &WithdrawDialog::validate);
    connect(m_keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_withdraw, &QPushButton::clicked, this, &WithdrawDialog::accept);
    retranslateUi();
    m_reason->setFocus();
}

QString WithdrawDialog::nameOf(int source) const
{
    const auto &sources = m_session.state()->sources;
    const auto index = static_cast<std::size_t>(source);
    return index < sources.size() ? foreignText(sources[index].name) : QString();
}

std::vector<AuditChange> WithdrawDialog::changes() const
{
    return withdraw(m_sources, toUtf8String(m_reason->text().trimmed()),
        m_successor < 0 ? std::optional<int>() : std::optional(m_successor));
}

void WithdrawDialog::retranslateUi()
{
    QStringList names;
    const Language language = applicationLanguage();
    const auto dated = [&](int source) {
        const Source &one = m_session.state()->sources[static_cast<std::size_t>(source)];
        const std::string &time = one.modified.empty() ? one.addedAt : one.modified;
        //: name of a file, and its date
        return tr("“%1” (%2)").arg(nameOf(source), toQString(formatTime(time, language)));
    };
    for (const int source : m_sources)
        names.append(dated(source));
    if (m_successor >= 0) {
        setWindowTitle(tr("A newer export of the same cluster?"));
        m_lead->setText(tr("%1 shows the same cluster as %2. Read together, what is only in the older one counts as "
                           "well, also what is long gone from the cluster.")
                            .arg(dated(m_successor), names.join(u", "_qs)));
        m_keep->setText(tr("Read both together"));
        m_withdraw->setText(tr("The new one takes the older one’s place"));
    } else {
        setWindowTitle(tr("Withdraw a source"));
        m_lead->setText(tr("%1 no longer counts then.").arg(names.join(u", "_qs)));
        m_keep->setText(tr("Cancel"));
        m_withdraw->setText(tr("Withdraw"));
    }
    m_title->setText(windowTitle());
    m_what->setText(
        tr("What is withdrawn stays in the audit file, with reason, name and time in the journal. Its objects, "
           "images and findings are left out, decisions whose evidence changes say so, and it can be undone."));
    m_label->setText(tr("Why"));
    m_reason->setAccessibleName(m_label->text());
    validate();
}

void WithdrawDialog::validate()
{
    m_withdraw->setEnabled(!m_reason->text().trimmed().isEmpty() && !m_session.isReadOnly());
}

void WithdrawDialog::accept()
{
    openAgainIfRefused(*this, m_session, [this] { m_session.change(changes()); });
    QDialog::accept();
}

void WithdrawDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    QDialog::changeEvent(event);
}

} // namespace tally::ui
