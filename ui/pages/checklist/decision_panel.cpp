// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/checklist/decision_panel.h"

#include "core/audit/earlier_edition.h"
#include "core/base/text_format.h"
#include "ui/models/requirement_state.h"
#include "ui/models/words.h"
#include "ui/pages/checklist/decision_row.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/date_field.h"
#include "ui/widgets/form_fields.h"
#include "ui/widgets/key_button.h"

#include <QApplication>
#include <QCompleter>
#include <QDateTime>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QKeySequence>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace tally::ui {

namespace {

/// What a person enters; the rest is filled in by the audit.
bool sameContent(const Decision &a, const Decision &b)
{
    return a.status == b.status && a.reason == b.reason && a.responsible == b.responsible && a.until == b.until
        && a.measure == b.measure;
}

bool isEmpty(const Decision &decision)
{
    return sameContent(decision, {});
}

} // namespace

DecisionPanel::DecisionPanel(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_title(makeLabel(Face::Section))
    , m_choice(new DecisionRow)
    , m_proposal(new ElidedLabel(Face::Secondary, Ink::Muted))
    , m_stale(new QWidget)
    , m_staleText(makeLabel(Face::Secondary))
    , m_confirm(new QPushButton)
    , m_reason(textField(u"reason"_qs))
    , m_responsible(new QLineEdit)
    , m_until(new DateField)
    , m_measure(new QLineEdit)
    , m_decided(new ElidedLabel(Face::Secondary, Ink::Muted))
    , m_status(makeLabel(Face::Secondary, Ink::Muted))
    , m_who(new QWidget)
    , m_whoLabel(fieldLabel(m_who))
    , m_name(new QLineEdit)
    , m_nameGiven(new QPushButton)
    , m_next(new KeyButton)
{
    m_reasonLabel = fieldLabel(m_reason);
    m_responsibleLabel = fieldLabel(m_responsible);
    m_untilLabel = fieldLabel(m_until);
    m_measureLabel = fieldLabel(m_measure);
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quietTime);
    layOut();
    connectFields();
    retranslateUi();
    setRequirement(nullptr);
}

void DecisionPanel::layOut()
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_responsible->setObjectName(u"responsible"_qs);
    m_until->setObjectName(u"until"_qs);
    m_measure->setObjectName(u"measure"_qs);
    m_next->setObjectName(u"saveNext"_qs);
    m_confirm->setObjectName(u"confirmDecision"_qs);
    m_status->setObjectName(u"saveStatus"_qs);
    m_decided->setObjectName(u"decidedBy"_qs);
    m_name->setObjectName(u"decidingPerson"_qs);
    m_nameGiven->setObjectName(u"personGiven"_qs);
    m_whoLabel->setBuddy(m_name);
    m_nameGiven->setAutoDefault(false);
    m_next->setDefault(true);
    m_next->setAutoDefault(true);
    m_next->setFont(faceFont(Face::BaseStrong));
    m_status->setWordWrap(true);
    m_staleText->setWordWrap(true);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new Line);
    auto *inner = new QVBoxLayout;
    inner->setContentsMargins(size::pageMargin, 10, size::pageMargin, 12);
    inner->setSpacing(8);
    column->addLayout(inner);

    auto *top = new QHBoxLayout;
    top->setSpacing(12);
    top->addWidget(m_title, 0, Qt::AlignTop);
    top->addWidget(m_choice, 1);
    top->addWidget(m_proposal);
    inner->addLayout(top);

    auto *stale = new QHBoxLayout(m_stale);
    stale->setContentsMargins(0, 0, 0, 0);
    stale->addWidget(m_staleText, 1);
    stale->addWidget(m_confirm);
    inner->addWidget(m_stale);

    auto *who = new QHBoxLayout(m_who);
    who->setContentsMargins(0, 0, 0, 0);
    who->addWidget(m_whoLabel);
    who->addWidget(m_name, 1);
    who->addWidget(m_nameGiven);
    m_who->hide();
    inner->addWidget(m_who);

    m_fields = new QGridLayout;
    m_fields->setHorizontalSpacing(12);
    m_fields->setVerticalSpacing(4);
    placeFields(false);
    inner->addLayout(m_fields);
    m_foot = new QHBoxLayout;
    m_foot->setSpacing(16);
    m_foot->addWidget(m_decided);
    m_foot->addWidget(m_status, 1);
    m_foot->addStretch();
    inner->addLayout(m_foot);
}

/// Beside the reason where there is room, else below it.
void DecisionPanel::placeFields(bool narrow)
{
    for (QWidget *each : std::initializer_list<QWidget *>{m_reasonLabel, m_reason, m_responsibleLabel, m_responsible,
             m_untilLabel, m_until, m_measureLabel, m_measure, m_next})
        m_fields->removeWidget(each);
    const int column = narrow ? 0 : 1;
    const int row = narrow ? 2 : 0;
    m_fields->addWidget(m_reasonLabel, 0, 0, 1, narrow ? 2 : 1);
    m_fields->addWidget(m_reason, 1, 0, narrow ? 1 : 3, narrow ? 2 : 1);
    m_fields->addWidget(m_responsibleLabel, row, column);
    m_fields->addWidget(m_responsible, row + 1, column);
    m_fields->addWidget(m_untilLabel, row, column + 1);
    m_fields->addWidget(m_until, row + 1, column + 1);
    m_fields->addWidget(m_measureLabel, row + 2, column);
    m_fields->addWidget(m_measure, row + 3, column);
    m_fields->addWidget(m_next, row + 3, column + 1, Qt::AlignRight);
    m_fields->setColumnStretch(0, narrow ? 3 : 5);
    m_fields->setColumnStretch(1, narrow ? 2 : 3);
    m_fields->setColumnStretch(2, narrow ? 0 : 2);
    m_reason->setFixedHeight(narrow ? 48 : 92);
}

void DecisionPanel::connectFields()
{
    connect(m_choice, &DecisionRow::chosen, this, &DecisionPanel::edited);
    connect(m_reason, &QPlainTextEdit::textChanged, this, &DecisionPanel::edited);
    for (QLineEdit *field : {m_responsible, static_cast<QLineEdit *>(m_until), m_measure}) {
        connect(field, &QLineEdit::textEdited, this, &DecisionPanel::edited);
        field->installEventFilter(this);
    }
    m_reason->installEventFilter(this);
    m_name->installEventFilter(this);
    connect(&m_quiet, &QTimer::timeout, this, &DecisionPanel::save);
    connect(m_next, &QAbstractButton::clicked, this, &DecisionPanel::saveAndNext);
    connect(m_confirm, &QAbstractButton::clicked, this, [this] {
        if (!m_requirement)
            return;
        if (const Decision *earlier = toConfirm()) {
            Decision taken = *earlier;
            taken.by.clear(); // whoever confirms it decides
            load(taken);
        }
        if (isNameMissing()) {
            askForName();
            return;
        }
        m_waiting = true;
        m_session.decide(toQString(m_requirement->id), entered());
    });
    connect(m_name, &QLineEdit::editingFinished, this, &DecisionPanel::takeName);
    connect(m_nameGiven, &QAbstractButton::clicked, this, &DecisionPanel::takeName);
    connect(&m_session, &Session::saved, this, [this](const QDateTime &at) {
        if (!m_waiting || isDirty())
            return;
        m_waiting = false;
        m_failure.clear();
        m_quiet.stop();
        say(tr("Saved %1").arg(QLocale().toString(at.time(), u"HH:mm:ss"_qs)));
    });
    connect(&m_session, &Session::failed, this, [this](const Error &error) {
        if (!m_waiting)
            return;
        m_waiting = false;
        m_failure = m_session.text(error.message);
        say(tr("Not saved: %1").arg(m_failure), true);
    });
}

void DecisionPanel::retranslateUi()
{
    m_title->setText(tr("Decision"));
    m_choice->retranslateUi();
    fitHead();
    m_confirm->setText(tr("Confirm as it stands"));
    m_responsibleLabel->setText(tr("Responsible"));
    m_untilLabel->setText(tr("Done by"));
    m_measureLabel->setText(tr("Measure"));
    m_whoLabel->setText(tr("Who decides? Your name, for decisions and the journal:"));
    m_name->setAccessibleName(tr("Name of the person who decides"));
    m_name->setPlaceholderText(tr("First and last name"));
    //: the name that was entered is used from now on
    m_nameGiven->setText(tr("Use this name"));
    m_next->setText(tr("Save, next"));
    m_next->setKey(QKeySequence(Qt::CTRL | Qt::Key_Enter).toString(QKeySequence::NativeText));
    m_next->setToolTip(tr("Saves the decision and goes to the next requirement that is open."));
    m_reason->setAccessibleName(tr("Reason"));
    m_responsible->setAccessibleName(tr("Responsible"));
    m_until->setAccessibleName(tr("Done by"));
    m_measure->setAccessibleName(tr("Measure"));
    showState();
}

Decision DecisionPanel::stored() const
{
    if (!m_requirement)
        return {};
    const AuditStatePtr state = m_session.state();
    const auto found = state->decisions.find(m_requirement->id);
    return found == state->decisions.end() ? Decision() : found->second;
}

const Decision *DecisionPanel::toConfirm() const
{
    return m_requirement ? m_session.state()->toConfirm(m_requirement->id) : nullptr;
}

void DecisionPanel::showToConfirm(const Decision &before)
{
    const Decision *earlier = before.stale ? nullptr : toConfirm();
    const bool folded = m_low && before.stale;
    placeConfirm(folded);
    m_stale->setVisible(!folded && (before.stale || earlier));
    if (before.stale)
        m_staleText->setText(tr("What this decision rested on has changed since. It stays as it is until you confirm "
                                "or change it."));
    m_confirm->setVisible(before.stale || earlier);
    m_confirm->setToolTip(folded ? m_staleText->text().toHtmlEscaped() : QString());
    if (!earlier)
        return showNotTakenOver(before);
    const auto state = decidedState(earlier->status);
    if (earlier->by.empty()) { // out of a workbook
        //: %1 a file, %2 decision, %3 reason
        m_staleText->setText(tr("To be confirmed: “%1” answers “%2”. %3")
                                 .arg(foreignText(m_session.state()->predecessor->title),
                                     state ? StateWords::word(*state) : tr("open"), foreignText(earlier->reason)));
        return;
    }
    const QString day
        = QLocale().toString(QDateTime::fromString(toQString(earlier->at), Qt::ISODate).date(), QLocale::ShortFormat);
    //: %1 title of the earlier audit, %2 decision, %3 who, %4 when, %5 reason
    m_staleText->setText(
        tr("To be confirmed: the audit “%1” decided “%2” (%3, %4). %5")
            .arg(foreignText(m_session.state()->predecessor->title), state ? StateWords::word(*state) : tr("open"),
                foreignText(earlier->by), day, foreignText(earlier->reason)));
}

void DecisionPanel::setLow(bool low)
{
    if (low == m_low)
        return;
    m_low = low;
    showState();
}

/// Beside the words, or lower and in the last line.
void DecisionPanel::placeConfirm(bool folded)
{
    constexpr int lowButton = 24;
    if (folded == m_folded)
        return;
    m_folded = folded;
    auto *from = folded ? static_cast<QHBoxLayout *>(m_stale->layout()) : m_foot;
    from->removeWidget(m_confirm);
    (folded ? m_foot : static_cast<QHBoxLayout *>(m_stale->layout()))->addWidget(m_confirm);
    m_confirm->setMaximumHeight(folded ? lowButton : QWIDGETSIZE_MAX);
}

/// What was decided by an earlier edition whose requirement is not this one any more is said, never confirmed.
void DecisionPanel::showNotTakenOver(const Decision &before)
{
    const AuditStatePtr now = m_session.state();
    if (before.stale || !m_requirement || !now->predecessor)
        return;
    const auto crosswalk = loadCrosswalk(Resources(), m_session.catalogue(), "2022");
    const Decision *earlier = crosswalk ? notTakenOver(*now, crosswalk->from, m_requirement->id) : nullptr;
    if (!earlier)
        return;
    const auto state = decidedState(earlier->status);
    m_stale->show();
    //: %1 title and edition of the earlier audit, %2 decision, %3 reason, %4 what is different now
    m_staleText->setText(tr("Not taken over: “%1” decided “%2” (%3). %4")
                             .arg(foreignText(now->predecessor->title), state ? StateWords::word(*state) : tr("open"),
                                 foreignText(earlier->reason),
                                 toQString(crosswalk->entryOf(m_requirement->id).note.in(applicationLanguage()))));
}

Decision DecisionPanel::entered() const
{
    Decision decision;
    decision.status = m_choice->status();
    decision.reason = toUtf8String(m_reason->toPlainText());
    decision.responsible = toUtf8String(m_responsible->text());
    // What is no date is kept in a draft as it was typed; whyNot() keeps it out of the audit.
    decision.until = toUtf8String(m_until->isAcceptable() ? m_until->isoDate() : m_until->text());
    decision.measure = toUtf8String(m_measure->text());
    decision.by = toUtf8String(m_session.auditor());
    return decision;
}

void DecisionPanel::load(const Decision &decision)
{
    const QSignalBlocker quiet(m_reason);
    m_choice->setStatus(decision.status);
    if (const QString reason = toQString(decision.reason); m_reason->toPlainText() != reason)
        m_reason->setPlainText(reason);
    m_responsible->setText(toQString(decision.responsible));
    m_until->setIsoDate(toQString(decision.until));
    m_measure->setText(toQString(decision.measure));
}

bool DecisionPanel::isDirty() const
{
    return m_requirement && !sameContent(entered(), stored());
}

void DecisionPanel::setRequirement(const Requirement *requirement)
{
    if (requirement == m_requirement && requirement) {
        refresh();
        return;
    }
    save();
    m_quiet.stop();
    QString left; // without having been saved
    if (m_requirement && isEnabled() && isDirty()) {
        QString why = whyNot();
        if (why.isEmpty())
            why = m_failure;
        //: %1 is a requirement, %2 says why not
        if (!why.isEmpty() || !m_waiting) // else it is on its way
            left = tr("%1 is not saved: %2 What you entered there is kept until the program ends.")
                       .arg(shortId(m_requirement->id), why.isEmpty() ? tr("its basis has changed.") : why);
    }
    m_requirement = requirement;
    m_waiting = false;
    m_failure.clear();
    setEnabled(requirement && m_session.hasAudit() && !m_session.isReadOnly());
    const auto draft = requirement ? m_drafts.find(requirement->id) : m_drafts.end();
    load(draft == m_drafts.end() ? stored() : draft->second);
    fillCompleters();
    say(left, true);
    showState();
}

void DecisionPanel::refresh()
{
    if (m_path != m_session.path()) { // another audit
        m_path = m_session.path();
        m_drafts.clear();
        m_quiet.stop();
        load(stored());
    }
    setEnabled(m_requirement && m_session.hasAudit() && !m_session.isReadOnly());
    if (m_requirement) {
        if (const auto draft = m_drafts.find(m_requirement->id); draft == m_drafts.end())
            load(stored());
        else if (sameContent(draft->second, stored()))
            m_drafts.erase(draft);
    }
    showState();
}

void DecisionPanel::edited()
{
    if (!m_requirement)
        return;
    if (isDirty())
        m_drafts[m_requirement->id] = entered();
    else
        m_drafts.erase(m_requirement->id);
    m_failure.clear();
    say({});
    showState();
    if (isNameMissing())
        askForName();
    m_quiet.start();
}

bool DecisionPanel::isNameMissing() const
{
    return m_requirement && isEnabled() && m_choice->status() != Status::Unbearbeitet && m_session.auditor().isEmpty();
}

/// Beside the choice, not in a dialog: who decides is asked once, and what was entered waits for the answer.
void DecisionPanel::askForName()
{
    m_who->show();
    QWidget *focus = QApplication::focusWidget();
    const bool typing = focus && focus != this && isAncestorOf(focus) && !m_choice->isAncestorOf(focus);
    if (typing || focus == m_name)
        return;
    m_before = focus;
    m_name->setFocus(Qt::OtherFocusReason);
}

void DecisionPanel::takeName()
{
    const QString name = m_name->text().trimmed();
    if (name.isEmpty() || m_who->isHidden())
        return;
    const bool hadKeyboard = m_name->hasFocus() || m_nameGiven->hasFocus();
    m_who->hide();
    m_session.setAuditor(name);
    Q_EMIT nameGiven(name);
    if (hadKeyboard)
        (m_before ? m_before.data() : m_reason)->setFocus(Qt::OtherFocusReason);
    save();
}

QString DecisionPanel::whyNot() const
{
    if (!m_requirement)
        return {};
    if (!m_until->isAcceptable())
        return tr("“%1” is no date. Write it as 31.03.2027 or 2027-03-31.").arg(m_until->text());
    if (const auto reason = validateDecision(*m_session.state(), *m_requirement, entered()))
        return m_session.text(*reason);
    if (isNameMissing() && (isDirty() || stored().stale))
        return tr("Who decides? Enter your name.");
    return {};
}

bool DecisionPanel::save()
{
    m_quiet.stop();
    if (!m_requirement || !isDirty() || !isEnabled())
        return true;
    if (const QString why = whyNot(); !why.isEmpty()) {
        say(tr("Not saved yet. %1").arg(why), true);
        return false;
    }
    if (const Decision before = stored(); before.stale && before.status == entered().status) {
        say(tr("Not saved yet: the basis has changed. Ctrl+Enter confirms the decision."), true);
        return true;
    }
    m_waiting = true;
    if (m_session.isBusy())
        say(tr("Will be saved as soon as the running work lets go of the file."));
    m_session.decide(toQString(m_requirement->id), entered());
    return true;
}

void DecisionPanel::saveAndNext()
{
    if (!m_requirement || !isEnabled())
        return;
    takeName();
    if (const QString why = whyNot(); !why.isEmpty()) {
        say(why, true);
        const bool reason
            = m_until->isAcceptable() && validateDecision(*m_session.state(), *m_requirement, entered()).has_value();
        if (!reason && isNameMissing()) {
            askForName();
            m_name->setFocus(Qt::OtherFocusReason); // also out of the reason: whoever wants to go on has written it
            return;
        }
        (reason ? static_cast<QWidget *>(m_reason) : m_until)->setFocus(Qt::OtherFocusReason);
        return;
    }
    const Decision now = entered();
    if (now.status == Status::Unbearbeitet && !isEmpty(now)) {
        save();
        say(tr("Choose a decision first: keys 1 to 4."), true);
        return;
    }
    if (stored().stale || isDirty()) {
        m_waiting = true;
        m_failure.clear();
        m_quiet.stop();
        m_session.decide(toQString(m_requirement->id), now);
    }
    if (m_failure.isEmpty()) // else it stays here, under the eyes of who wrote it
        Q_EMIT nextWanted();
}

void DecisionPanel::choose(Status status)
{
    m_choice->choose(status);
}

void DecisionPanel::say(const QString &text, bool warning)
{
    m_status->setForegroundRole(warning ? QPalette::WindowText : QPalette::PlaceholderText);
    m_status->setFont(faceFont(warning ? Face::SecondaryStrong : Face::Secondary));
    m_status->setText(text);
    m_status->setVisible(!text.isEmpty());
}

void DecisionPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    constexpr int roomBeside = 600;
    fitHead();
    if (const bool narrow = event->size().width() < roomBeside; narrow != m_narrow) {
        m_narrow = narrow;
        placeFields(narrow);
    }
}

/// The four answers stand in one line as long as there is one for them. The chip in the page's head says the same as
/// the proposal, which gives way first, and then the title.
void DecisionPanel::fitHead()
{
    constexpr int gaps = 12;
    constexpr int leastProposal = 110;
    const int room = width() - 2 * size::pageMargin - m_choice->sizeHint().width();
    const int besideTitle = room - gaps - m_title->sizeHint().width();
    const int forProposal = besideTitle - gaps;
    m_title->setVisible(besideTitle >= 0);
    m_proposal->setVisible(forProposal >= leastProposal);
    m_proposal->setMaximumWidth(std::max(forProposal, leastProposal));
}

QString DecisionPanel::statusText() const
{
    return m_status->text();
}

void DecisionPanel::showState()
{
    const Decision before = stored();
    showToConfirm(before);
    m_proposal->clear();
    showDecided(before);
    m_who->setVisible(isNameMissing() && isDirty());
    if (!m_requirement)
        return;
    const AuditStatePtr state = m_session.state();
    const RequirementResult *result = state->assessment ? state->assessment->requirement(m_requirement->id) : nullptr;
    if (result) {
        const bool indications = std::ranges::any_of(result->parts, hasIndications);
        m_proposal->setText(tr("Proposal: %1").arg(StateWords::phrase(proposalState(result->proposal, indications))));
        m_proposal->setToolTip(tr("What the data suggest. A person decides."));
    }
    Decision probe = entered();
    const auto refused = [&](const char *reason) {
        probe.reason = reason;
        return validateDecision(*state, *m_requirement, probe);
    };
    m_reasonLabel->setText(refused("") != refused("a reason") ? tr("Reason (required)") : tr("Reason"));
}

void DecisionPanel::showDecided(const Decision &decision)
{
    const bool decided = decision.status != Status::Unbearbeitet && !decision.at.empty();
    m_decided->setVisible(decided);
    if (!decided) {
        m_decided->setText({});
        return;
    }
    const QString by = decision.by.empty() ? tr("person not stated") : foreignText(decision.by);
    //: of a decision: who, when
    m_decided->setText(tr("Decided by %1, %2").arg(by, localTimeText(decision.at)));
    //: %1 is a time
    m_decided->setToolTip(tr("In UTC, as in the journal: %1").arg(foreignText(decision.at)));
}

QString DecisionPanel::decidedText() const
{
    return m_decided->text();
}

void DecisionPanel::fillCompleters()
{
    std::set<std::string> people;
    std::set<std::string> measures;
    for (const auto &[id, decision] : m_session.state()->decisions) {
        people.insert(decision.responsible);
        measures.insert(decision.measure);
    }
    const auto fill = [this](QLineEdit *field, const std::set<std::string> &texts) {
        QStringList list;
        for (const std::string &text : texts) {
            if (!text.empty())
                list.append(toQString(text));
        }
        auto *completer = new QCompleter(list, field);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setFilterMode(Qt::MatchContains);
        connect(completer, qOverload<const QString &>(&QCompleter::activated), this, &DecisionPanel::edited,
            Qt::QueuedConnection);
        delete field->completer();
        field->setCompleter(completer);
    };
    fill(m_responsible, people);
    fill(m_measure, measures);
}

bool DecisionPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_name && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape)
        m_name->clear(); // half a name is none
    if (watched == m_name)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut)
        QMetaObject::invokeMethod(this, &DecisionPanel::save, Qt::QueuedConnection); // after the field has tidied up
    return QWidget::eventFilter(watched, event);
}

} // namespace tally::ui
