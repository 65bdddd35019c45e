// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/requests_dialog.h"

#include "ui/models/words.h"
#include "ui/pages/evidence/attachment_rows.h"
#include "ui/text/message_translator.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/date_field.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace tally::ui {

namespace {

enum Role { PartRole = Qt::UserRole, AskRole };

} // namespace

RequestsDialog::RequestsDialog(
    const AuditState &state, const Catalogue &catalogue, const Module &module, QWidget *parent)
    : QDialog(parent)
    , m_state(state)
    , m_catalogue(catalogue)
    , m_module(module)
    , m_parts(new QListWidget)
    , m_own(new QLineEdit)
    , m_ownFor(new QLineEdit)
    , m_whom(new QLineEdit)
    , m_due(new DateField)
    , m_hint(makeLabel(Face::Base))
    , m_add(new QPushButton(tr("Ask for it")))
{
    setObjectName(u"requestsDialog"_qs);
    setWindowTitle(tr("Ask for evidence"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(8);
    auto *title = makeLabel(Face::Title);
    title->setText(windowTitle());
    column->addWidget(title);
    auto *lead = makeLabel(Face::Base);
    lead->setWordWrap(true);
    lead->setText(tr("The requirements ask for this, and there is no evidence of it yet. Tick what you want to see."));
    column->addWidget(lead);
    m_parts->setObjectName(u"proposedRequests"_qs);
    m_parts->setAccessibleName(tr("What could be asked for"));
    m_parts->setWordWrap(true);
    m_parts->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (const ProposedRequest &each : proposedRequests(state, module, applicationLanguage())) {
        auto *item = new QListWidgetItem(shortId(toUtf8String(each.part)) % u"  " % each.ask, m_parts);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
        item->setData(PartRole, each.part);
        item->setData(AskRole, each.ask);
    }
    column->addWidget(m_parts, 1);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setColumnStretch(1, 2);
    grid->setColumnStretch(3, 1);
    const auto add = [grid](const QString &name, QLineEdit *field, const QString &object, int row, int place) {
        auto *label = makeLabel(Face::Secondary, Ink::Muted);
        label->setText(name);
        label->setBuddy(field);
        field->setAccessibleName(name);
        field->setObjectName(object);
        grid->addWidget(label, row, place);
        grid->addWidget(field, row, place + 1);
    };
    add(tr("Something else"), m_own, u"ownRequest"_qs, 0, 0);
    add(tr("for"), m_ownFor, u"ownRequestFor"_qs, 0, 2);
    add(tr("Of whom"), m_whom, u"requestWhom"_qs, 1, 0);
    add(tr("By"), m_due, u"requestDue"_qs, 1, 2);
    m_ownFor->setPlaceholderText(tr("for instance A3, A17.2"));
    column->addLayout(grid);
    m_hint->setWordWrap(true);
    column->addWidget(m_hint);
    auto *buttons = new QHBoxLayout;
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_add);
    column->addLayout(buttons);
    m_add->setObjectName(u"addRequests"_qs);
    m_add->setDefault(true);
    resize(760, 620);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_add, &QPushButton::clicked, this, &RequestsDialog::accept);
    connect(m_parts, &QListWidget::itemChanged, this, &RequestsDialog::validate);
    connect(m_own, &QLineEdit::textChanged, this, &RequestsDialog::validate);
    validate();
}

int RequestsDialog::ticked() const
{
    int count = 0;
    for (int row = 0; row < m_parts->count(); ++row)
        count += m_parts->item(row)->checkState() == Qt::Checked ? 1 : 0;
    return count;
}

void RequestsDialog::validate()
{
    m_add->setEnabled(ticked() > 0 || !m_own->text().trimmed().isEmpty());
    m_hint->setText(ticked() > 0 ? tr("%n ticked", nullptr, ticked()) : QString());
}

void RequestsDialog::accept()
{
    if (!m_due->isAcceptable()) {
        m_hint->setText(tr("The day cannot be read. Write it as 31.03.2027."));
        m_due->setFocus();
        return;
    }
    QString unknown;
    const auto ownFor = idsFromText(m_ownFor->text(), m_module, m_catalogue, unknown);
    if (!ownFor) {
        m_hint->setText(tr("There is no requirement “%1”.").arg(unknown));
        m_ownFor->setFocus();
        return;
    }
    std::vector<EvidenceRequest> requests;
    int number = toQString(nextKey(m_state, RecordType::EvidenceRequest)).section(u'-', 1).toInt();
    const auto add = [&](const QString &what, std::vector<std::string> ids) {
        EvidenceRequest request;
        request.key = toUtf8String(u"R-%1"_qs.arg(number++, 3, 10, QChar(u'0'))); // as nextKey() writes it
        request.what = toUtf8String(what);
        request.requirements = std::move(ids);
        request.whom = toUtf8String(m_whom->text().trimmed());
        request.askedOn = today();
        request.due = toUtf8String(m_due->isoDate());
        requests.push_back(std::move(request));
    };
    for (int row = 0; row < m_parts->count(); ++row) {
        const QListWidgetItem &item = *m_parts->item(row);
        if (item.checkState() == Qt::Checked)
            add(item.data(AskRole).toString(), {toUtf8String(item.data(PartRole).toString())});
    }
    if (const QString own = m_own->text().trimmed(); !own.isEmpty())
        add(own, *ownFor);
    Q_EMIT chosen(requests);
    QDialog::accept();
}

} // namespace tally::ui
