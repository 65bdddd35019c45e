// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/severity_form.h"

#include "ui/models/words.h"
#include "ui/widgets/basics.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace tally::ui {

namespace {

constexpr std::array severities = {Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info};

} // namespace

SeverityForm::SeverityForm(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_fold(new LinkButton(u"chevron-right"_qs))
    , m_existing(makeLabel(Face::Dense))
    , m_withdraw(new LinkButton(u"close"_qs))
    , m_fields(makeFields())
{
    m_fold->setObjectName(u"judgeSeverity"_qs);
    m_fold->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_existing->setObjectName(u"judgedSeverity"_qs);
    m_existing->setWordWrap(true);
    m_withdraw->setObjectName(u"withdrawSeverity"_qs);
    auto *panel = new Panel(Panel::Ground::Surface);
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(20, 10, 20, 2);
    column->setSpacing(4);
    auto *existing = new QHBoxLayout;
    existing->setSpacing(8);
    existing->addWidget(m_existing, 1);
    existing->addWidget(m_withdraw, 0, Qt::AlignTop);
    column->addLayout(existing);
    column->addWidget(m_fold);
    column->addWidget(m_fields);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(panel);
    unfold(false);
    connect(m_fold, &LinkButton::clicked, this, [this] {
        unfold(m_fields->isHidden());
        if (!m_fields->isHidden())
            m_severity->setFocus(Qt::OtherFocusReason);
    });
    connect(m_withdraw, &LinkButton::clicked, this, &SeverityForm::withdraw);
    connect(&m_session, &Session::saved, this, [this] {
        if (!std::exchange(m_waiting, false))
            return;
        m_reason->clear();
        unfold(false);
    });
    connect(&m_session, &Session::failed, this, [this] { m_waiting = false; });
}

QWidget *SeverityForm::makeFields()
{
    m_severity = new QComboBox;
    m_severity->setObjectName(u"severityChoice"_qs);
    m_reason = new QLineEdit;
    m_reason->setObjectName(u"severityReason"_qs);
    m_make = new QPushButton;
    m_make->setObjectName(u"recordSeverity"_qs);
    m_make->setEnabled(false);
    auto *fields = new QWidget;
    auto *row = new QHBoxLayout(fields);
    row->setContentsMargins(0, 4, 0, 4);
    row->setSpacing(8);
    row->addWidget(m_severity);
    row->addWidget(m_reason, 1);
    row->addWidget(m_make);
    connect(m_reason, &QLineEdit::textChanged, this,
        [this](const QString &text) { m_make->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_reason, &QLineEdit::returnPressed, m_make, &QPushButton::click);
    connect(m_make, &QPushButton::clicked, this, &SeverityForm::make);
    return fields;
}

void SeverityForm::unfold(bool open)
{
    m_fields->setVisible(open);
    m_fold->setIconName(open ? u"chevron-down"_qs : u"chevron-right"_qs);
}

void SeverityForm::retranslateUi()
{
    m_fold->setText(tr("Rate the severity differently"));
    m_withdraw->setText(tr("Withdraw"));
    m_withdraw->setAccessibleName(tr("Withdraw the severity of your own"));
    m_severity->setAccessibleName(tr("Severity"));
    m_reason->setPlaceholderText(tr("Reason (required)"));
    m_reason->setAccessibleName(tr("Reason (required)"));
    m_make->setText(tr("Record"));
    const QSignalBlocker blocker(m_severity);
    const int chosen = std::max(0, m_severity->currentIndex());
    m_severity->clear();
    for (const Severity severity : severities)
        m_severity->addItem(Words::severity(severity));
    m_severity->setCurrentIndex(chosen);
}

void SeverityForm::show(const AuditState &state, const std::vector<std::size_t> &findings)
{
    const std::vector<std::string> before = std::exchange(m_fingerprints, {});
    m_judged.clear();
    for (const std::size_t index : findings) {
        const std::string &id = state.assessment->findings[index].id;
        m_fingerprints.push_back(id);
        if (state.records.judgements.contains(id))
            m_judged.push_back(id);
    }
    const bool sameAsBefore = m_fingerprints == before; // then what is being entered stays
    if (!findings.empty() && !sameAsBefore) {
        const auto *const now = std::ranges::find(severities, state.assessment->findings[findings.front()].severity);
        m_severity->setCurrentIndex(static_cast<int>(now - severities.begin()));
    }
    if (!sameAsBefore) {
        m_waiting = false;
        m_reason->clear();
    }
    showExisting(state, findings);
    setEnabled(!m_session.isReadOnly());
}

void SeverityForm::showExisting(const AuditState &state, const std::vector<std::size_t> &findings)
{
    m_existing->setVisible(!m_judged.empty());
    m_withdraw->setVisible(!m_judged.empty());
    if (m_judged.empty())
        return;
    const FindingJudgement &judgement = state.records.judgements.at(m_judged.front());
    const auto judged = std::ranges::find_if(
        findings, [&](std::size_t index) { return state.assessment->findings[index].id == judgement.key; });
    const Severity program = programSeverity(state, state.assessment->findings[*judged]);
    //: %1 and %2: severities, %3: reason, %4: who
    const QString text = tr("%1 instead of %2: %3 (%4)")
                             .arg(Words::severity(judgement.severity), Words::severity(program),
                                 foreignText(judgement.reason), foreignText(judgement.by));
    const int others = static_cast<int>(m_judged.size()) - 1;
    m_existing->setText(others == 0 ? text : tr("%1, and %2 more").arg(text, QString::number(others)));
}

void SeverityForm::make()
{
    const QString reason = m_reason->text().trimmed();
    if (reason.isEmpty())
        return;
    std::vector<AuditChange> changes;
    for (const std::string &id : m_fingerprints) {
        FindingJudgement judgement;
        judgement.key = id;
        judgement.severity = severities.at(static_cast<std::size_t>(std::max(0, m_severity->currentIndex())));
        judgement.reason = toUtf8String(reason);
        judgement.by = toUtf8String(m_session.auditor());
        changes.emplace_back(Record(std::move(judgement)));
    }
    m_waiting = true;
    m_session.change(std::move(changes));
}

void SeverityForm::withdraw()
{
    std::vector<AuditChange> changes;
    for (const std::string &id : m_judged)
        changes.emplace_back(RecordRemoval{RecordType::FindingJudgement, id});
    m_session.change(std::move(changes));
}

} // namespace tally::ui
