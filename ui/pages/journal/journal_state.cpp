// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/journal/journal_state.h"

#include "core/base/messages_journal.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/facts_lines.h"

#include <QApplication>
#include <QClipboard>
#include <QLocale>
#include <QPointer>
#include <QTime>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

JournalState::JournalState(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_facts(new FactsLines)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_facts);
}

void JournalState::retranslateUi()
{
    show();
}

void JournalState::setState(const AuditState &)
{
    if (m_checkedPath != m_session.path())
        m_result.reset();
    show();
}

void JournalState::check()
{
    if (m_checking)
        return;
    m_checking = true;
    show();
    m_session.verify([self = QPointer(this)](const std::optional<VerifyResult> &result) {
        if (self)
            self->take(result);
    });
}

void JournalState::take(const std::optional<VerifyResult> &result)
{
    m_checking = false;
    if (result) {
        m_result = result;
        m_checkedPath = m_session.path();
        m_checkedAt = QLocale().toString(QTime::currentTime(), u"HH:mm:ss"_qs);
    }
    show();
}

void JournalState::show()
{
    m_facts->clear();
    const std::string head = m_session.state()->journalHead;
    auto *copy = new LinkButton(u"copy"_qs);
    copy->setObjectName(u"copyHead"_qs);
    copy->setText(tr("Copy"));
    copy->setAccessibleName(tr("Copy the head of the journal"));
    copy->setToolTip(toQString(head));
    copy->setEnabled(!head.empty());
    connect(copy, &QAbstractButton::clicked, copy, [copy, head] {
        QApplication::clipboard()->setText(toQString(head));
        copy->setText(JournalState::tr("Copied"));
    });
    //: %1 the first digits of a digest, in groups
    m_facts->addLine(tr("Journal head"),
        head.empty() ? tr("none yet") : tr("%1 … (all 64 digits are copied)").arg(toQString(shortHead(head))), copy);
    showCheck();
    showSignOffs();
}

void JournalState::showCheck()
{
    auto *again = new LinkButton(u"refresh"_qs);
    again->setObjectName(u"checkJournal"_qs);
    again->setText(m_result ? tr("Check again") : tr("Check now"));
    again->setAccessibleName(tr("Check the audit file against its journal"));
    again->setEnabled(m_session.hasAudit() && !m_checking);
    connect(again, &QAbstractButton::clicked, this, &JournalState::check, Qt::QueuedConnection);
    if (m_checking) {
        m_facts->addLine(tr("The file"), tr("is being checked against its journal"), again);
        return;
    }
    if (!m_result) {
        m_facts->addLine(tr("The file"), tr("has not been checked against its journal in this window"), again);
        return;
    }
    if (m_result->consistent) {
        //: %1 a time of day
        m_facts->addLine(tr("The file"),
            tr("Every value is as the journal says, checked at %1. That the journal itself is the original one, only a "
               "report with this head or a signature proves.")
                .arg(m_checkedAt),
            again);
        return;
    }
    constexpr std::size_t most = 5;
    const auto &problems = m_result->problems;
    QStringList said;
    for (std::size_t i = 0; i < std::min(problems.size(), most); ++i)
        said.append(m_session.text(problems[i]));
    if (problems.size() > most)
        said.append(tr("%n more", nullptr, static_cast<int>(problems.size() - most)));
    //: %1 a time of day
    m_facts->addLine(tr("The file"),
        tr("was changed outside the program, checked at %1:").arg(m_checkedAt) % u'\n' % said.join(u'\n'), again,
        Glyph::Deviation);
}

void JournalState::showSignOffs()
{
    const std::vector<SignOffVerdict> verdicts = verdictsIn(m_session.state()->journal);
    if (verdicts.empty()) {
        m_facts->addLine(tr("Sign-off"), tr("not signed off"));
        return;
    }
    const SignOffVerdict &last = verdicts.back();
    const SignOff &about = last.signOff;
    QStringList said;
    if (last.state == SignOffVerdict::State::Bad) {
        said.append(m_session.text(*last.problem));
    } else {
        said.append(last.state == SignOffVerdict::State::Good
                //: %1 person, %2 time
                ? tr("signed off by %1 on %2; the signature fits").arg(foreignText(about.by), localTimeText(about.at))
                //: %1 person, %2 time
                : tr("signed off by %1 on %2, without a signature")
                      .arg(foreignText(about.by), localTimeText(about.at)));
        if (!about.purpose.empty())
            said.append(foreignText(about.purpose));
        if (last.state == SignOffVerdict::State::Good)
            //: %1 kind of key, %2 its fingerprint
            said.append(tr("Key: %1, %2").arg(toQString(last.keyKind), foreignText(about.keyFingerprint)));
    }
    const bool changed = about.laterChanges > 0;
    said.append(
        m_session.text(changed ? Message{journalDef("signoff.changed"), {}, static_cast<int>(about.laterChanges)}
                               : Message{journalDef("signoff.unchanged")}));
    if (verdicts.size() > 1)
        said.append(tr("%n earlier sign-off(s) stand in the journal.", nullptr, static_cast<int>(verdicts.size()) - 1));
    auto *write = new LinkButton(u"export"_qs);
    write->setObjectName(u"exportSignOff"_qs);
    write->setText(tr("Files of the sign-off"));
    write->setToolTip(tr("Text, signature and public key as files, for verifying them with openssl."));
    connect(write, &QAbstractButton::clicked, this, &JournalState::exportWanted, Qt::QueuedConnection);
    m_facts->addLine(tr("Sign-off"), said.join(u'\n'), write,
        changed || last.state == SignOffVerdict::State::Bad ? Glyph::Deviation : Glyph::None);
}

} // namespace tally::ui
