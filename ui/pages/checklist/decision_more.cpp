// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/checklist/decision_more.h"

#include "core/base/text_format.h"
#include "ui/models/measures.h"
#include "ui/models/words.h"
#include "ui/pages/checklist/class_fields.h"
#include "ui/pages/page.h"
#include "ui/text/message_translator.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/date_field.h"
#include "ui/widgets/form_fields.h"

#include <QDateTime>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

QPushButton *smallButton(const QString &name)
{
    auto *button = new QPushButton;
    button->setObjectName(name);
    button->setAutoDefault(false);
    return button;
}

} // namespace

DecisionMore::DecisionMore(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_fold(new LinkButton(u"chevron-right"_qs))
    , m_summary(new ElidedLabel(Face::Secondary, Ink::Muted))
    , m_plan(new LinkButton(u"measures"_qs))
    , m_review(new ElidedLabel(Face::Secondary, Ink::Muted))
    , m_submit(smallButton(u"submitReview"_qs))
    , m_accept(smallButton(u"acceptReview"_qs))
    , m_sendBack(smallButton(u"sendBackReview"_qs))
    , m_reviewNote(makeLabel(Face::Secondary))
    , m_textRow(new QWidget)
    , m_text(new QLineEdit)
    , m_send(smallButton(u"sendReviewText"_qs))
    , m_fields(new QWidget)
    , m_scroll(makeScrollArea(m_fields))
    , m_notes(textField(u"detailNotes"_qs, 56))
    , m_interviewed(new QLineEdit)
    , m_assessor(new QLineEdit)
    , m_assessed(new DateField)
    , m_effort(new QLineEdit)
    , m_once(new QLineEdit)
    , m_yearly(new QLineEdit)
    , m_risk(new QLineEdit)
    , m_class(new ClassFields(session, this))
    , m_status(makeLabel(Face::Secondary, Ink::Muted))
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quietTime);
    layOut();
    connectFields();
    retranslateUi();
    setRequirement(nullptr);
}

void DecisionMore::layOut()
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_fold->setObjectName(u"decisionDetails"_qs);
    m_plan->setObjectName(u"planMeasure"_qs);
    m_review->setObjectName(u"reviewState"_qs);
    m_text->setObjectName(u"reviewText"_qs);
    m_status->setObjectName(u"detailStatus"_qs);
    m_reviewNote->setWordWrap(true);
    m_status->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new Line);
    auto *inner = new QVBoxLayout;
    inner->setContentsMargins(size::pageMargin, 6, size::pageMargin, 8);
    inner->setSpacing(6);
    column->addLayout(inner);
    auto *head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(m_fold);
    head->addWidget(m_summary, 1);
    head->addWidget(m_plan);
    head->addWidget(m_review);
    head->addWidget(m_submit);
    head->addWidget(m_accept);
    head->addWidget(m_sendBack);
    inner->addLayout(head);
    inner->addWidget(m_reviewNote);
    auto *text = new QHBoxLayout(m_textRow);
    text->setContentsMargins(0, 0, 0, 0);
    text->addWidget(m_text, 1);
    text->addWidget(m_send);
    m_textRow->hide();
    inner->addWidget(m_textRow);
    layOutFields();
    m_fields->setBackgroundRole(QPalette::Base);
    m_scroll->viewport()->setBackgroundRole(QPalette::Base);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_scroll->hide();
    inner->addWidget(m_scroll);
    inner->addWidget(m_status);
}

void DecisionMore::layOutFields()
{
    m_interviewed->setObjectName(u"detailInterviewed"_qs);
    m_assessor->setObjectName(u"detailAssessor"_qs);
    m_assessed->setObjectName(u"detailAssessedOn"_qs);
    m_effort->setObjectName(u"detailEffort"_qs);
    m_once->setObjectName(u"detailCostOnce"_qs);
    m_yearly->setObjectName(u"detailCostYearly"_qs);
    m_risk->setObjectName(u"detailResidualRisk"_qs);
    m_notesLabel = fieldLabel(m_notes);
    m_interviewedLabel = fieldLabel(m_interviewed);
    m_assessorLabel = fieldLabel(m_assessor);
    m_assessedLabel = fieldLabel(m_assessed);
    m_effortLabel = fieldLabel(m_effort);
    m_onceLabel = fieldLabel(m_once);
    m_yearlyLabel = fieldLabel(m_yearly);
    m_riskLabel = fieldLabel(m_risk);
    for (QLabel *label : {m_effortLabel, m_onceLabel, m_yearlyLabel})
        label->setMinimumWidth(40); // rather than that fields go under the scroll bar
    auto *grid = new QGridLayout(m_fields);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(3);
    const auto add = [grid](QLabel *label, QWidget *field, int row, int column, int span) {
        grid->addWidget(label, row, column, 1, span);
        grid->addWidget(field, row + 1, column, 1, span);
    };
    grid->addWidget(m_notesLabel, 0, 0, 1, 3);
    grid->addWidget(m_notes, 1, 0, 3, 3);
    add(m_interviewedLabel, m_interviewed, 0, 3, 3);
    add(m_assessorLabel, m_assessor, 2, 3, 2);
    add(m_assessedLabel, m_assessed, 2, 5, 1);
    add(m_riskLabel, m_risk, 4, 0, 3);
    add(m_effortLabel, m_effort, 4, 3, 1);
    add(m_onceLabel, m_once, 4, 4, 1);
    add(m_yearlyLabel, m_yearly, 4, 5, 1);
    m_class->addTo(*grid, 6);
    for (int column = 0; column < 6; ++column)
        grid->setColumnStretch(column, 1);
}

void DecisionMore::connectFields()
{
    for (QLineEdit *field :
        std::initializer_list<QLineEdit *>{m_interviewed, m_assessor, m_assessed, m_effort, m_once, m_yearly, m_risk}) {
        connect(field, &QLineEdit::textEdited, this, &DecisionMore::edited);
        field->installEventFilter(this);
    }
    connect(m_notes, &QPlainTextEdit::textChanged, this, &DecisionMore::edited);
    m_notes->installEventFilter(this);
    m_text->installEventFilter(this);
    connect(m_class, &ClassFields::edited, this, [this] {
        edited();
        save(); // before the decision can change below it
    });
    connect(&m_quiet, &QTimer::timeout, this, &DecisionMore::save);
    connect(m_fold, &QAbstractButton::clicked, this, &DecisionMore::toggleDetails);
    connect(m_submit, &QAbstractButton::clicked, this, &DecisionMore::submit);
    connect(m_accept, &QAbstractButton::clicked, this, &DecisionMore::accept);
    connect(m_sendBack, &QAbstractButton::clicked, this, &DecisionMore::sendBack);
    const auto send = [this] { review(Review::State::SentBack, m_text->text()); };
    connect(m_send, &QAbstractButton::clicked, this, send);
    connect(m_text, &QLineEdit::returnPressed, this, send);
    connect(m_plan, &QAbstractButton::clicked, this, [this] {
        if (m_requirement)
            Q_EMIT navigate({.page = PageId::Measures, .requirement = toQString(m_requirement->id)});
    });
    connect(&m_session, &Session::saved, this, [this](const QDateTime &at) {
        m_sent.clear();
        if (!std::exchange(m_waiting, false))
            return;
        m_textRow->hide();
        say(tr("Saved %1").arg(QLocale().toString(at.time(), u"HH:mm:ss"_qs)));
    });
    connect(&m_session, &Session::failed, this, [this](const Error &error) {
        takeBack();
        if (std::exchange(m_waiting, false))
            say(tr("Not saved: %1").arg(m_session.text(error.message)), true);
    });
}

/// What was refused is still to be saved: here, or where it waits for its requirement.
void DecisionMore::takeBack()
{
    for (auto &[id, texts] : m_sent) {
        if (m_requirement && m_requirement->id == id)
            m_dirty = true;
        else
            m_drafts.emplace(id, std::move(texts));
    }
    m_sent.clear();
}

void DecisionMore::retranslateUi()
{
    const auto name = [](QLabel *label, const QString &text) {
        label->setText(text);
        label->buddy()->setAccessibleName(text);
    };
    m_fold->setText(tr("Details"));
    m_fold->setToolTip(tr("Notes, who was asked, date, costs, residual risk, classification (key D)"));
    name(m_notesLabel, tr("Notes on the implementation"));
    name(m_interviewedLabel, tr("Interviewed (parted by semicolons)"));
    name(m_assessorLabel, tr("Assessed by"));
    name(m_assessedLabel, tr("on"));
    name(m_effortLabel, tr("Effort, person-days"));
    name(m_onceLabel, tr("Cost once, €"));
    name(m_yearlyLabel, tr("Cost a year, €"));
    name(m_riskLabel, tr("Residual risk"));
    m_risk->setToolTip(tr("The risk of a MUST cannot be accepted: plan a measure."));
    m_class->retranslateUi();
    m_plan->setText(tr("Measure"));
    m_submit->setText(tr("Submit for review"));
    m_submit->setToolTip(tr("A second person looks at the decision (key S)"));
    m_accept->setText(tr("Accept"));
    m_accept->setToolTip(tr("By somebody else than who decided (key A)"));
    m_sendBack->setText(tr("Send back"));
    m_sendBack->setToolTip(tr("With what is missing (key R)"));
    m_send->setText(tr("Send back"));
    m_text->setPlaceholderText(tr("What is missing?"));
    m_text->setAccessibleName(tr("What is missing"));
    showFold();
    showReview();
}

DecisionDetail DecisionMore::stored() const
{
    DecisionDetail detail;
    if (!m_requirement)
        return detail;
    const auto &details = m_session.state()->records.decisionDetails;
    if (const auto found = details.find(m_requirement->id); found != details.end())
        return found->second;
    detail.key = m_requirement->id;
    return detail;
}

std::optional<DecisionDetail> DecisionMore::entered()
{
    DecisionDetail detail = stored();
    detail.notes = toUtf8String(m_notes->toPlainText());
    detail.interviewed.clear();
    for (const QString &person : m_interviewed->text().split(u';', Qt::SkipEmptyParts)) {
        if (!person.trimmed().isEmpty())
            detail.interviewed.push_back(toUtf8String(person.trimmed()));
    }
    detail.assessor = toUtf8String(m_assessor->text().trimmed());
    detail.residualRisk = toUtf8String(m_risk->text().trimmed());
    if (!m_assessed->isAcceptable()) {
        say(tr("Not saved yet. “%1” is no date. Write it as 31.03.2027 or 2027-03-31.").arg(m_assessed->text()), true);
        return std::nullopt;
    }
    detail.assessedOn = toUtf8String(m_assessed->isoDate());
    const auto effort = daysFromText(m_effort->text());
    const auto once = amountFromText(m_once->text());
    const auto yearly = amountFromText(m_yearly->text());
    if (!effort || !once || !yearly) {
        say(tr("Not saved yet. Costs are whole euros, effort is person-days such as 2.5."), true);
        return std::nullopt;
    }
    detail.effortHours = *effort;
    detail.costOnce = *once;
    detail.costYearly = *yearly;
    return detail;
}

void DecisionMore::load()
{
    const QSignalBlocker quiet(m_notes);
    const DecisionDetail detail = stored();
    if (m_notes->toPlainText() != toQString(detail.notes))
        m_notes->setPlainText(toQString(detail.notes));
    QStringList people;
    for (const std::string &person : detail.interviewed)
        people.append(toQString(person));
    m_interviewed->setText(people.join(u"; "_qs));
    m_assessor->setText(toQString(detail.assessor));
    m_assessed->setIsoDate(toQString(detail.assessedOn));
    m_effort->setText(daysText(detail.effortHours));
    m_once->setText(amountText(detail.costOnce));
    m_yearly->setText(amountText(detail.costYearly));
    m_risk->setText(toQString(detail.residualRisk));
    m_class->load(m_requirement->id);
}

void DecisionMore::setRequirement(const Requirement *requirement)
{
    if (requirement == m_requirement && requirement) {
        refresh();
        return;
    }
    const bool readable = save();
    const bool kept = m_requirement && m_dirty;
    const QString left = kept ? shortId(m_requirement->id) : QString();
    if (kept)
        m_drafts[m_requirement->id] = texts();
    m_requirement = requirement;
    m_dirty = false;
    m_waiting = false;
    m_text->clear();
    m_textRow->hide();
    say({});
    refresh();
    const auto draft = m_requirement ? m_drafts.find(m_requirement->id) : m_drafts.end();
    if (draft != m_drafts.end()) {
        setTexts(draft->second);
        m_drafts.erase(draft);
        m_dirty = true;
        m_scroll->show();
        showFold();
        (void)entered(); // says what is wrong
    } else if (kept) {
        //: %1 number of a requirement
        say((readable ? tr("The details of %1 are not saved: the file could not be written. They wait there.")
                      : tr("The details of %1 are not saved: a date or a number cannot be read. They wait there."))
                .arg(left),
            true);
    }
}

/// What stands in the fields, as it was typed.
QStringList DecisionMore::texts() const
{
    const Classification classified = m_class->chosen();
    const auto word = [](auto name, const auto &one) { return one ? toQString(std::string(name(*one))) : QString(); };
    return {m_notes->toPlainText(), m_interviewed->text(), m_assessor->text(), m_assessed->text(), m_effort->text(),
        m_once->text(), m_yearly->text(), m_risk->text(), word(className, classified.auditClass),
        word(deficiencyName, classified.deficiency)};
}

void DecisionMore::setTexts(const QStringList &texts)
{
    const QSignalBlocker quiet(m_notes);
    m_notes->setPlainText(texts.value(0));
    int at = 1;
    for (QLineEdit *field :
        std::initializer_list<QLineEdit *>{m_interviewed, m_assessor, m_assessed, m_effort, m_once, m_yearly, m_risk})
        field->setText(texts.value(at++));
    m_class->choose(
        {classFromName(toUtf8String(texts.value(at))), deficiencyFromName(toUtf8String(texts.value(at + 1)))});
}

void DecisionMore::refresh()
{
    if (m_path != m_session.path()) { // another audit
        m_path = m_session.path();
        m_drafts.clear();
        m_sent.clear();
        m_dirty = false;
    }
    setVisible(m_requirement != nullptr && m_session.hasAudit());
    m_fields->setEnabled(!m_session.isReadOnly());
    if (m_requirement && !m_dirty)
        load();
    else if (m_requirement)
        m_class->offer(m_requirement->id);
    showFold();
    showReview();
}

void DecisionMore::toggleDetails()
{
    const bool open = m_scroll->isHidden();
    m_scroll->setVisible(open);
    showFold();
    if (open)
        m_notes->setFocus(Qt::OtherFocusReason);
    else
        save();
}

bool DecisionMore::isUnfolded() const
{
    return !m_scroll->isHidden();
}

/// Folded, one line says what there is.
void DecisionMore::showFold()
{
    const bool open = isUnfolded();
    m_fold->setIconName(open ? u"chevron-down"_qs : u"chevron-right"_qs);
    QStringList parts;
    const DecisionDetail detail = stored();
    if (!open) {
        if (!detail.assessor.empty() || !detail.assessedOn.empty()) {
            const QString on = toQString(formatDate(detail.assessedOn, applicationLanguage()));
            parts.append(detail.assessor.empty() ? tr("assessed on %1").arg(on)
                    : detail.assessedOn.empty()  ? tr("assessed by %1").arg(foreignText(detail.assessor))
                                                 : tr("assessed by %1 on %2").arg(foreignText(detail.assessor), on));
        }
        if (!detail.interviewed.empty())
            parts.append(tr("%n interviewed", nullptr, static_cast<int>(detail.interviewed.size())));
        if (detail.effortHours)
            parts.append(tr("%1 person-days").arg(daysText(detail.effortHours)));
        if (!detail.residualRisk.empty())
            parts.append(tr("residual risk"));
        if (const Classification weight = m_class->chosen(); m_requirement && weight.auditClass)
            parts.prepend(m_session.text({wordOf(*weight.auditClass)}));
        if (!detail.notes.empty())
            parts.append(foreignText(detail.notes.substr(0, detail.notes.find('\n'))));
    }
    m_summary->setText(parts.join(u" · "_qs));
}

void DecisionMore::showReview()
{
    const AuditStatePtr state = m_session.state();
    const bool known = m_requirement && m_session.hasAudit();
    const auto decided = known ? state->decisions.find(m_requirement->id) : state->decisions.end();
    const Status status = decided == state->decisions.end() ? Status::Unbearbeitet : decided->second.status;
    const bool writable = known && status != Status::Unbearbeitet && !m_session.isReadOnly();
    const auto found = status != Status::Unbearbeitet ? state->records.reviews.find(m_requirement->id)
                                                      : state->records.reviews.end();
    const Review *review = found == state->records.reviews.end() ? nullptr : &found->second;
    const bool changed = review && review->decided != decidedDigest(*state, m_requirement->id);
    const bool toReview = review && review->state == Review::State::Submitted && !changed;
    // Each is set once: a button that is hidden while the mouse is down on it loses its click.
    m_plan->setVisible(writable && (status == Status::Nein || status == Status::Teilweise));
    m_submit->setVisible(writable && (!review || changed || review->state == Review::State::SentBack));
    m_accept->setVisible(writable && toReview);
    m_sendBack->setVisible(writable && toReview);
    m_reviewNote->setText(review && review->state == Review::State::SentBack ? foreignLines(review->text) : QString());
    m_reviewNote->setVisible(!m_reviewNote->text().isEmpty());
    m_review->setText(review ? reviewWords(*review, changed) : QString());
}

QString DecisionMore::reviewWords(const Review &review, bool changed)
{
    const QString by = foreignText(review.by);
    const QString on = toQString(formatDate(review.at, applicationLanguage()));
    QString words;
    switch (review.state) {
    case Review::State::Submitted:
        words = tr("submitted by %1, %2").arg(by, on);
        break;
    case Review::State::Accepted:
        words = tr("accepted by %1, %2").arg(by, on);
        break;
    case Review::State::SentBack:
        words = tr("sent back by %1, %2").arg(by, on);
        break;
    }
    return changed ? tr("%1; decided anew since").arg(words) : words;
}

QString DecisionMore::reviewText() const
{
    return m_review->text();
}

QString DecisionMore::statusText() const
{
    return m_status->text();
}

void DecisionMore::edited()
{
    if (!m_requirement)
        return;
    m_dirty = true;
    m_quiet.start();
    say({});
}

bool DecisionMore::save()
{
    m_quiet.stop();
    if (!m_requirement || !m_dirty || !m_session.hasAudit() || m_session.isReadOnly())
        return true;
    std::optional<DecisionDetail> detail = entered();
    if (!detail)
        return false;
    m_dirty = false;
    const bool there = m_session.state()->records.decisionDetails.contains(m_requirement->id);
    std::vector<AuditChange> changes = m_class->changes(m_requirement->id);
    detail->by = toUtf8String(m_session.auditor());
    if (detail->isEmpty() && there)
        changes.emplace_back(RecordRemoval{RecordType::DecisionDetail, detail->key});
    else if (!detail->isEmpty())
        changes.emplace_back(Record(*std::move(detail)));
    if (changes.empty())
        return true;
    m_waiting = true;
    m_sent[m_requirement->id] = texts();
    m_session.change(std::move(changes));
    return true;
}

void DecisionMore::submit()
{
    review(Review::State::Submitted, {});
}

void DecisionMore::accept()
{
    if (m_accept->isVisible())
        review(Review::State::Accepted, {});
}

void DecisionMore::sendBack()
{
    if (!m_sendBack->isVisible())
        return;
    m_textRow->show();
    m_text->setFocus(Qt::OtherFocusReason);
}

void DecisionMore::review(Review::State state, const QString &text)
{
    if (!m_requirement || !m_session.hasAudit() || m_session.isReadOnly())
        return;
    Q_EMIT aboutToReview();
    if (!save() || m_dirty)
        return;
    Review review;
    review.key = m_requirement->id;
    review.state = state;
    review.text = toUtf8String(text.trimmed());
    review.by = toUtf8String(m_session.auditor());
    auto wrong = validateRecord(review);
    if (!wrong)
        wrong = validateReview(*m_session.state(), review);
    if (wrong) {
        say(m_session.text(*wrong), true);
        return;
    }
    m_waiting = true;
    m_session.put(std::move(review));
}

void DecisionMore::say(const QString &text, bool warning)
{
    m_status->setForegroundRole(warning ? QPalette::WindowText : QPalette::PlaceholderText);
    m_status->setFont(faceFont(warning ? Face::SecondaryStrong : Face::Secondary));
    m_status->setText(text);
    m_status->setVisible(!text.isEmpty());
}

bool DecisionMore::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_text) {
        if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape)
            m_textRow->hide();
        return QWidget::eventFilter(watched, event);
    }
    if (event->type() == QEvent::FocusOut)
        QMetaObject::invokeMethod(this, &DecisionMore::save, Qt::QueuedConnection); // after the field has tidied up
    return QWidget::eventFilter(watched, event);
}

} // namespace tally::ui
