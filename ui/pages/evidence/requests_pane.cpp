// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/evidence/requests_pane.h"

#include "ui/dialogs/open_again.h"
#include "ui/dialogs/requests_dialog.h"
#include "ui/models/words.h"
#include "ui/pages/evidence/attachment_rows.h"
#include "ui/pages/table_pane.h"
#include "ui/pages/workbook_exchange.h"
#include "ui/text/message_translator.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QTableView>
#include <QVBoxLayout>

namespace tally::ui {

RequestsPane::RequestsPane(Session &session, FileChooser &files, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_table(new TablePane)
    , m_ask(new QPushButton)
    , m_list(new QPushButton)
    , m_exchange(new WorkbookExchange(session, files, this))
    , m_answerLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_answer(new QLineEdit)
    , m_locationLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_location(new QLineEdit)
    , m_evidenceLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_evidence(new QLineEdit)
    , m_received(new QPushButton)
    , m_notAvailable(new QPushButton)
    , m_open(new QPushButton)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    column->addWidget(new Line);
    m_table->tools().addWidget(m_list);
    m_table->tools().addWidget(m_ask);
    m_table->table().setObjectName(u"requestsTable"_qs);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(size::pageMargin, 10, size::pageMargin, 10);
    row->setSpacing(8);
    row->addWidget(m_answerLabel);
    row->addWidget(m_answer, 2);
    row->addWidget(m_locationLabel);
    row->addWidget(m_location, 1);
    row->addWidget(m_evidenceLabel);
    row->addWidget(m_evidence, 1);
    row->addWidget(m_open);
    row->addWidget(m_notAvailable);
    row->addWidget(m_received);
    column->addLayout(row);
    m_ask->setObjectName(u"askForEvidence"_qs);
    m_list->setObjectName(u"requestList"_qs);
    m_answer->setObjectName(u"requestAnswer"_qs);
    m_location->setObjectName(u"requestLocation"_qs);
    m_locationLabel->setBuddy(m_location);
    m_evidence->setObjectName(u"requestEvidence"_qs);
    m_received->setObjectName(u"requestReceived"_qs);
    m_notAvailable->setObjectName(u"requestNotAvailable"_qs);
    m_open->setObjectName(u"requestOpen"_qs);
    m_answerLabel->setBuddy(m_answer);
    m_evidenceLabel->setBuddy(m_evidence);
    connect(m_ask, &QPushButton::clicked, this, &RequestsPane::propose);
    auto *menu = new QMenu(m_list);
    m_asWorkbook
        = menu->addAction(QString(), this, [this] { m_exchange->askToWrite(WorkbookExchange::Content::Requests); });
    m_asReport = menu->addAction(
        QString(), this, [this] { Q_EMIT navigate({.page = PageId::Report, .tab = u"requests"_qs}); });
    menu->addSeparator();
    m_readBack = menu->addAction(QString(), this, [this] { m_exchange->askToRead(); });
    m_list->setMenu(menu);
    connect(m_table, &TablePane::chosenChanged, this, &RequestsPane::showChosen);
    connect(m_received, &QPushButton::clicked, this, [this] { answer(EvidenceRequest::State::Received); });
    connect(m_notAvailable, &QPushButton::clicked, this, [this] { answer(EvidenceRequest::State::NotAvailable); });
    connect(m_open, &QPushButton::clicked, this, [this] { answer(EvidenceRequest::State::Open); });
}

void RequestsPane::retranslateUi()
{
    m_ask->setText(tr("Ask for evidence"));
    m_list->setText(tr("List to send"));
    m_list->setToolTip(tr("The list for the audited party, with a column to fill in."));
    m_asWorkbook->setText(tr("As a workbook to fill in (.xlsx) …"));
    m_asReport->setText(tr("As PDF or web page …"));
    m_readBack->setText(tr("Read a filled-in workbook back …"));
    m_locationLabel->setText(tr("Where"));
    m_location->setAccessibleName(tr("Where the document is"));
    m_answerLabel->setText(tr("Answer"));
    m_answer->setAccessibleName(tr("Answer"));
    m_evidenceLabel->setText(tr("Evidence"));
    m_evidence->setPlaceholderText(tr("for instance N-003"));
    m_evidence->setAccessibleName(tr("Numbers of the evidence"));
    m_received->setText(tr("Received"));
    m_notAvailable->setText(tr("Not available"));
    m_open->setText(tr("Open again"));
    m_table->setName(tr("What is asked for"));
}

void RequestsPane::setState(const AuditState &state)
{
    m_table->setTable(AttachmentRows::requestColumns(),
        AttachmentRows::requestRows(state, m_session.module(), m_session.catalogue()),
        {72, -3, 84, -1, 106, 106, 122, -1});
    const auto missing = proposedRequests(state, m_session.module(), applicationLanguage()).size();
    m_table->setNote(state.records.requests.empty()
            ? tr("Nothing is asked for yet. %n part(s) ask for something of which there is no evidence.", nullptr,
                static_cast<int>(missing))
            : tr("%n part(s) more ask for something of which there is no evidence.", nullptr,
                static_cast<int>(missing)));
    const bool writable = m_session.hasAudit() && !m_session.isReadOnly();
    m_ask->setEnabled(writable);
    m_list->setEnabled(!state.records.requests.empty());
    if (!m_table->chosen().isValid() && m_table->table().model()->rowCount() > 0)
        m_table->table().selectRow(0);
    showChosen();
}

void RequestsPane::chooseRequest(const QString &key)
{
    m_table->choose(key);
    m_table->table().setFocus(Qt::OtherFocusReason);
}

const EvidenceRequest *RequestsPane::chosen() const
{
    const auto &requests = m_session.state()->records.requests;
    const auto found = requests.find(toUtf8String(m_table->chosen().toString()));
    return found == requests.end() ? nullptr : &found->second;
}

void RequestsPane::showChosen()
{
    const EvidenceRequest *request = chosen();
    const bool writable = request && !m_session.isReadOnly();
    for (QWidget *each : std::initializer_list<QWidget *>{m_answer, m_location, m_evidence, m_received, m_notAvailable})
        each->setEnabled(writable);
    m_open->setVisible(request && request->state != EvidenceRequest::State::Open);
    m_answer->setText(request ? toQString(request->answer) : QString());
    m_location->setText(request ? toQString(request->location) : QString());
    QStringList keys;
    if (request) {
        for (const std::string &key : request->evidence)
            keys.append(toQString(key));
    }
    m_evidence->setText(keys.join(u", "));
}

void RequestsPane::answer(EvidenceRequest::State state)
{
    const EvidenceRequest *request = chosen();
    if (!request)
        return;
    EvidenceRequest changed = *request;
    changed.state = state;
    changed.answer = toUtf8String(m_answer->text().trimmed());
    changed.location = toUtf8String(m_location->text().trimmed());
    changed.evidence.clear();
    static const QRegularExpression between(u"[,;\\s]+"_qs);
    for (const QString &key : m_evidence->text().toUpper().split(between, Qt::SkipEmptyParts))
        changed.evidence.push_back(toUtf8String(key));
    m_session.change({Record(std::move(changed))});
}

void RequestsPane::propose()
{
    auto *dialog = new RequestsDialog(*m_session.state(), m_session.catalogue(), m_session.module(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RequestsDialog::chosen, &m_session, [this, dialog](const std::vector<EvidenceRequest> &requests) {
        std::vector<AuditChange> changes;
        for (const EvidenceRequest &each : requests)
            changes.emplace_back(Record(each));
        openAgainIfRefused(*dialog, m_session, [&] { m_session.change(changes); });
    });
    dialog->open();
}

} // namespace tally::ui
