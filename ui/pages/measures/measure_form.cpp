// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/measures/measure_form.h"

#include "ui/models/measures.h"
#include "ui/models/words.h"
#include "ui/pages/page.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/date_field.h"
#include "ui/widgets/form_fields.h"

#include <QComboBox>
#include <QDateTime>
#include <QEvent>
#include <QGridLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr int leastWidth = 320;

} // namespace

MeasureForm::MeasureForm(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_head(makeLabel(Face::Section))
    , m_from(makeLabel(Face::SecondaryStrong))
    , m_close(new LinkButton(u"close"_qs))
    , m_title(textField(u"measureTitle"_qs, 52))
    , m_description(textField(u"measureDescription"_qs, 92))
    , m_priority(new QComboBox)
    , m_state(new QComboBox)
    , m_owner(new QLineEdit)
    , m_due(new DateField)
    , m_done(new DateField)
    , m_requirements(new QLineEdit)
    , m_effort(new QLineEdit)
    , m_once(new QLineEdit)
    , m_yearly(new QLineEdit)
    , m_links(new QVBoxLayout)
    , m_remove(new LinkButton)
    , m_status(makeLabel(Face::Secondary, Ink::Muted))
{
    setMinimumWidth(leastWidth);
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quietTime);
    layOut();
    connectFields();
    retranslateUi();
}

void MeasureForm::layOut()
{
    m_priority->setObjectName(u"measurePriority"_qs);
    m_state->setObjectName(u"measureState"_qs);
    m_owner->setObjectName(u"measureOwner"_qs);
    m_due->setObjectName(u"measureDue"_qs);
    m_done->setObjectName(u"measureDone"_qs);
    m_requirements->setObjectName(u"measureRequirements"_qs);
    m_effort->setObjectName(u"measureEffort"_qs);
    m_once->setObjectName(u"measureCostOnce"_qs);
    m_yearly->setObjectName(u"measureCostYearly"_qs);
    m_remove->setObjectName(u"removeMeasure"_qs);
    m_status->setObjectName(u"measureStatus"_qs);
    m_status->setWordWrap(true);
    m_remove->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);

    auto *content = new QWidget;
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(8);
    auto *head = new QHBoxLayout;
    head->addWidget(m_head, 1);
    head->addWidget(m_close);
    column->addLayout(head);
    m_from->setObjectName(u"measureFrom"_qs);
    m_from->setWordWrap(true);
    column->addWidget(m_from);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    int row = 0;
    const auto add = [&](QLabel *&label, QWidget *field, int at, int span) {
        label = fieldLabel(field);
        grid->addWidget(label, row, at, 1, span);
        grid->addWidget(field, row + 1, at, 1, span);
        if (at + span == 2) {
            grid->setRowMinimumHeight(row + 2, 4);
            row += 3;
        }
    };
    add(m_titleLabel, m_title, 0, 2);
    add(m_stateLabel, m_state, 0, 1);
    add(m_priorityLabel, m_priority, 1, 1);
    add(m_ownerLabel, m_owner, 0, 1);
    add(m_dueLabel, m_due, 1, 1);
    add(m_descriptionLabel, m_description, 0, 2);
    add(m_requirementsLabel, m_requirements, 0, 2);
    add(m_effortLabel, m_effort, 0, 1);
    add(m_doneLabel, m_done, 1, 1);
    add(m_onceLabel, m_once, 0, 1);
    add(m_yearlyLabel, m_yearly, 1, 1);
    column->addLayout(grid);
    m_links->setSpacing(2);
    column->addLayout(m_links);
    column->addWidget(m_status);
    column->addWidget(m_remove);
    column->addStretch();
    QScrollArea *area = makeScrollArea(content);
    area->setBackgroundRole(QPalette::Base);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(area);
}

void MeasureForm::connectFields()
{
    for (QLineEdit *field :
        std::initializer_list<QLineEdit *>{m_owner, m_due, m_done, m_requirements, m_effort, m_once, m_yearly}) {
        connect(field, &QLineEdit::textEdited, this, &MeasureForm::edited);
        field->installEventFilter(this);
    }
    for (QPlainTextEdit *field : {m_title, m_description}) {
        connect(field, &QPlainTextEdit::textChanged, this, &MeasureForm::edited);
        field->installEventFilter(this);
    }
    connect(m_priority, &QComboBox::activated, this, &MeasureForm::edited);
    connect(m_state, &QComboBox::activated, this, &MeasureForm::stateChosen);
    connect(&m_quiet, &QTimer::timeout, this, &MeasureForm::save);
    connect(m_close, &QAbstractButton::clicked, this, &MeasureForm::closeWanted);
    connect(m_remove, &QAbstractButton::clicked, this, [this] {
        const std::string key = this->key();
        m_dirty = false;
        Q_EMIT closeWanted();
        if (!key.empty())
            m_session.remove(RecordType::Measure, key);
    });
    connect(&m_session, &Session::saved, this, [this](const QDateTime &at) {
        if (!m_waiting)
            return;
        m_waiting = false;
        say(tr("Saved %1").arg(QLocale().toString(at.time(), u"HH:mm:ss"_qs)));
    });
    connect(&m_session, &Session::failed, this, [this](const Error &error) {
        if (!m_waiting)
            return;
        m_waiting = false;
        m_dirty = true;
        say(tr("Not saved: %1").arg(m_session.text(error.message)), true);
    });
}

void MeasureForm::retranslateUi()
{
    const QSignalBlocker quietPriority(m_priority);
    const QSignalBlocker quietState(m_state);
    const int priority = std::max(0, m_priority->currentIndex());
    const int state = std::max(0, m_state->currentIndex());
    m_priority->clear();
    for (const auto each : {Measure::Priority::High, Measure::Priority::Medium, Measure::Priority::Low})
        m_priority->addItem(MeasureWords::priority(each));
    m_state->clear();
    for (const auto each :
        {Measure::State::Planned, Measure::State::InProgress, Measure::State::Done, Measure::State::Verified})
        m_state->addItem(MeasureWords::state(each));
    m_priority->setCurrentIndex(priority);
    m_state->setCurrentIndex(state);
    const auto name = [](QLabel *label, const QString &text) {
        label->setText(text);
        label->buddy()->setAccessibleName(text);
    };
    name(m_titleLabel, tr("What is to be done"));
    name(m_stateLabel, tr("State"));
    name(m_priorityLabel, tr("Priority"));
    name(m_ownerLabel, tr("Responsible"));
    name(m_dueLabel, tr("Done by"));
    name(m_descriptionLabel, tr("Description"));
    name(m_requirementsLabel, tr("Requirements and parts"));
    name(m_effortLabel, tr("Effort in person-days"));
    name(m_doneLabel, tr("Done on"));
    name(m_onceLabel, tr("Cost once, €"));
    name(m_yearlyLabel, tr("Cost a year, €"));
    m_requirements->setPlaceholderText(tr("A17.1, A18"));
    m_close->setText(tr("Close"));
    m_remove->setText(tr("Remove this measure"));
    m_head->setText(!m_measure || m_measure->key.empty() ? tr("New measure")
                                                         //: %1 a number such as M-003
                                                         : tr("Measure %1").arg(foreignText(m_measure->key)));
    m_from->setVisible(m_measure && !m_measure->from.empty());
    //: %1 title of the earlier audit
    m_from->setText(m_measure ? tr("Carried over from “%1”").arg(foreignText(m_measure->from)) : QString());
}

void MeasureForm::edit(const Measure &measure)
{
    if (m_measure && !measure.key.empty() && m_measure->key == measure.key) {
        refresh();
        return;
    }
    keepDraft();
    m_measure = measure;
    m_dirty = false;
    m_waiting = false;
    say({});
    load();
    if (const auto draft = m_drafts.find(measure.key); draft != m_drafts.end()) {
        setTexts(draft->second);
        m_drafts.erase(draft);
        m_dirty = true;
        (void)entered(); // says what is wrong, if anything is
    }
}

void MeasureForm::close()
{
    keepDraft();
    m_quiet.stop();
    m_dirty = false;
    m_measure.reset();
}

/// What cannot be saved waits until its measure is opened again.
void MeasureForm::keepDraft()
{
    if (m_path != m_session.path()) {
        m_path = m_session.path();
        m_drafts.clear();
        return;
    }
    if (!save() && m_measure)
        m_drafts[m_measure->key] = texts();
}

/// What stands in the fields, as it was typed.
QStringList MeasureForm::texts() const
{
    return {m_title->toPlainText(), m_description->toPlainText(), m_owner->text(), m_due->text(), m_done->text(),
        m_requirements->text(), m_effort->text(), m_once->text(), m_yearly->text(),
        QString::number(m_priority->currentIndex()), QString::number(m_state->currentIndex())};
}

void MeasureForm::setTexts(const QStringList &texts)
{
    const QSignalBlocker title(m_title);
    const QSignalBlocker description(m_description);
    m_title->setPlainText(texts.value(0));
    m_description->setPlainText(texts.value(1));
    int at = 2;
    for (QLineEdit *field :
        std::initializer_list<QLineEdit *>{m_owner, m_due, m_done, m_requirements, m_effort, m_once, m_yearly})
        field->setText(texts.value(at++));
    m_priority->setCurrentIndex(texts.value(at++).toInt());
    m_state->setCurrentIndex(texts.value(at).toInt());
}

void MeasureForm::begin()
{
    m_title->setFocus(Qt::OtherFocusReason);
    m_title->moveCursor(QTextCursor::End);
}

void MeasureForm::refresh()
{
    if (!m_measure || m_measure->key.empty() || m_dirty)
        return;
    const auto &measures = m_session.state()->records.measures;
    const auto found = measures.find(m_measure->key);
    if (found == measures.end()) { // undone, or another audit
        m_measure.reset();
        Q_EMIT closeWanted();
        return;
    }
    if (*m_measure == found->second)
        return;
    m_measure = found->second;
    load();
}

void MeasureForm::load()
{
    const QSignalBlocker title(m_title);
    const QSignalBlocker description(m_description);
    const Measure &measure = *m_measure;
    const auto put = [](QPlainTextEdit &field, const std::string &text) {
        if (field.toPlainText() != toQString(text)) // the cursor stays where it is
            field.setPlainText(toQString(text));
    };
    put(*m_title, measure.title);
    put(*m_description, measure.description);
    m_priority->setCurrentIndex(static_cast<int>(measure.priority));
    m_state->setCurrentIndex(static_cast<int>(measure.state));
    m_owner->setText(toQString(measure.owner));
    m_due->setIsoDate(toQString(measure.due));
    m_done->setIsoDate(toQString(measure.doneOn));
    const QString prefix = toQString(m_session.module().id) % u'.';
    QStringList ids;
    for (const std::string &id : measure.requirements) {
        const QString text = toQString(id);
        ids.append(text.startsWith(prefix) ? text.mid(prefix.size()) : text);
    }
    m_requirements->setText(ids.join(u", "_qs));
    m_effort->setText(daysText(measure.effortHours));
    m_once->setText(amountText(measure.costOnce));
    m_yearly->setText(amountText(measure.costYearly));
    const bool writable = m_session.hasAudit() && !m_session.isReadOnly();
    for (QWidget *field : std::initializer_list<QWidget *>{m_title, m_description, m_priority, m_state, m_owner, m_due,
             m_done, m_requirements, m_effort, m_once, m_yearly})
        field->setEnabled(writable);
    m_remove->setVisible(!measure.key.empty() && writable);
    retranslateUi();
    showLinks();
}

/// From the measure to what it rests on.
void MeasureForm::showLinks()
{
    clearLayout(*m_links);
    const auto add = [this](const QString &text, const Address &address) {
        auto *link = new LinkButton(u"chevron-right"_qs);
        link->setText(text);
        link->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        connect(link, &QAbstractButton::clicked, this, [this, address] { Q_EMIT navigate(address); });
        m_links->addWidget(link);
    };
    for (const std::string &id : m_measure->checks) {
        const Check *check = m_session.checks().find(id);
        const QString title = check ? toQString(check->title.in(applicationLanguage())) : foreignText(id);
        add(tr("Findings: %1").arg(title), {.page = PageId::Findings, .check = toQString(id)});
    }
    constexpr std::size_t most = 4;
    for (std::size_t i = 0; i < std::min(m_measure->requirements.size(), most); ++i) {
        const std::string &id = m_measure->requirements[i];
        const std::size_t part = id.find('.', id.find(".A") + 1);
        add(tr("Decision on %1").arg(shortId(id)),
            {.page = PageId::Checklist, .requirement = toQString(id.substr(0, part))});
    }
}

void MeasureForm::edited()
{
    m_dirty = true;
    m_quiet.start();
    say({});
}

void MeasureForm::stateChosen()
{
    const auto state = static_cast<Measure::State>(m_state->currentIndex());
    const bool done = state == Measure::State::Done || state == Measure::State::Verified;
    if (done && m_done->isoDate().isEmpty())
        m_done->setIsoDate(toQString(todayIso()));
    edited();
    save();
}

void MeasureForm::say(const QString &text, bool warning)
{
    m_status->setForegroundRole(warning ? QPalette::WindowText : QPalette::PlaceholderText);
    m_status->setFont(faceFont(warning ? Face::SecondaryStrong : Face::Secondary));
    m_status->setText(text);
    m_status->setVisible(!text.isEmpty());
}

QString MeasureForm::statusText() const
{
    return m_status->text();
}

std::optional<std::vector<std::string>> MeasureForm::enteredRequirements()
{
    static const QRegularExpression separators(u"[,;\\s]+"_qs);
    std::vector<std::string> ids;
    const Catalogue &catalogue = m_session.catalogue();
    for (const QString &word : m_requirements->text().split(separators, Qt::SkipEmptyParts)) {
        const std::string id
            = toUtf8String(word.startsWith(u'A', Qt::CaseInsensitive) && word.size() > 1 && word.at(1).isDigit()
                    ? QString(toQString(m_session.module().id) % u'.' % word.toUpper())
                    : word);
        const Part *part = catalogue.part(id);
        if (!catalogue.requirement(id) && !part) {
            say(tr("Not saved yet. There is no requirement or part “%1”.").arg(word), true);
            return std::nullopt;
        }
        if (std::ranges::find(ids, id) == ids.end())
            ids.push_back(id);
    }
    return ids;
}

std::optional<Measure> MeasureForm::entered()
{
    Measure measure = *m_measure;
    measure.title = toUtf8String(m_title->toPlainText().simplified());
    measure.description = toUtf8String(m_description->toPlainText());
    measure.priority = static_cast<Measure::Priority>(std::max(0, m_priority->currentIndex()));
    measure.state = static_cast<Measure::State>(std::max(0, m_state->currentIndex()));
    measure.owner = toUtf8String(m_owner->text().trimmed());
    for (const auto &[field, target] : {std::pair{m_due, &Measure::due}, std::pair{m_done, &Measure::doneOn}}) {
        if (!field->isAcceptable()) {
            say(tr("Not saved yet. “%1” is no date. Write it as 31.03.2027 or 2027-03-31.").arg(field->text()), true);
            return std::nullopt;
        }
        measure.*target = toUtf8String(field->isoDate());
    }
    const auto effort = daysFromText(m_effort->text());
    const auto once = amountFromText(m_once->text());
    const auto yearly = amountFromText(m_yearly->text());
    if (!effort || !once || !yearly) {
        say(tr("Not saved yet. Costs are whole euros, effort is person-days such as 2.5."), true);
        return std::nullopt;
    }
    measure.effortHours = *effort;
    measure.costOnce = *once;
    measure.costYearly = *yearly;
    auto requirements = enteredRequirements();
    if (!requirements)
        return std::nullopt;
    measure.requirements = *std::move(requirements);
    return measure;
}

bool MeasureForm::save()
{
    m_quiet.stop();
    if (!m_measure || !m_dirty || !m_session.hasAudit() || m_session.isReadOnly())
        return true;
    std::optional<Measure> measure = entered();
    if (!measure)
        return false;
    const bool isNew = measure->key.empty();
    if (isNew && measure->title.empty())
        return true; // not begun yet
    if (isNew)
        measure->key = nextKey(*m_session.state(), RecordType::Measure);
    if (const auto wrong = validateRecord(*measure)) {
        say(tr("Not saved yet. %1").arg(m_session.text(*wrong)), true);
        return false;
    }
    measure->by = toUtf8String(m_session.auditor());
    m_dirty = false;
    m_waiting = true;
    m_measure = measure;
    m_session.put(*measure);
    if (m_dirty) { // refused
        if (isNew)
            m_measure->key.clear();
        return false;
    }
    const auto stored = m_session.state()->records.measures.find(measure->key);
    if (stored != m_session.state()->records.measures.end())
        m_measure = stored->second;
    if (isNew) {
        m_remove->show();
        retranslateUi();
        Q_EMIT created(toQString(measure->key));
    }
    return true;
}

bool MeasureForm::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut)
        QMetaObject::invokeMethod(this, &MeasureForm::save, Qt::QueuedConnection); // after the field has tidied up
    return QWidget::eventFilter(watched, event);
}

} // namespace tally::ui
