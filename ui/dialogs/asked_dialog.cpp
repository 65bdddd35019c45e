// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/asked_dialog.h"

#include "ui/text/message_translator.h"
#include "ui/widgets/basics.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace tally::ui {

namespace {

enum Role { KindRole = Qt::UserRole, GroupRole };

bool isOf(const AskedKind &asked, const QListWidgetItem &item)
{
    return toQString(asked.kind) == item.data(KindRole).toString()
        && toQString(asked.group) == item.data(GroupRole).toString();
}

} // namespace

AskedDialog::AskedDialog(const Cluster &cluster, std::vector<AskedKind> asked, const QStringList &chosen,
    const QString &auditor, QWidget *parent)
    : QDialog(parent)
    , m_before(std::move(asked))
    , m_title(makeLabel(Face::Title))
    , m_lead(makeLabel(Face::Base))
    , m_kindsLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_kinds(new QListWidget)
    , m_reasonLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_reason(new QLineEdit)
    , m_byLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_by(new QLineEdit(auditor))
    , m_hint(makeLabel(Face::Secondary, Ink::Muted))
    , m_cancel(new QPushButton)
    , m_record(new QPushButton)
{
    setObjectName(u"askedDialog"_qs);
    m_kinds->setObjectName(u"askedKinds"_qs);
    m_kinds->setSpacing(2);
    m_kinds->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_kinds->setTextElideMode(Qt::ElideMiddle);
    m_reason->setObjectName(u"askedReason"_qs);
    m_by->setObjectName(u"askedBy"_qs);
    m_record->setObjectName(u"recordAsked"_qs);
    for (const KindCompleteness &row : cluster.completeness) {
        if (!canBeRecorded(row))
            continue;
        const QString full = toQString(row.group.empty() ? row.kind : row.kind + "." + row.group);
        auto *item = new QListWidgetItem(full, m_kinds);
        item->setData(KindRole, toQString(row.kind));
        item->setData(GroupRole, toQString(row.group));
        item->setToolTip(toQString(row.command));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(row.recorded || chosen.contains(full) ? Qt::Checked : Qt::Unchecked);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(4);
    column->addWidget(m_title);
    column->addSpacing(4);
    m_lead->setWordWrap(true);
    column->addWidget(m_lead);
    column->addSpacing(8);
    const auto addField = [column](QLabel *label, QWidget *field, int stretch = 0) {
        label->setBuddy(field);
        column->addWidget(label);
        column->addWidget(field, stretch);
        column->addSpacing(8);
    };
    addField(m_kindsLabel, m_kinds, 1);
    addField(m_reasonLabel, m_reason);
    addField(m_byLabel, m_by);
    m_hint->setWordWrap(true);
    column->addWidget(m_hint);
    column->addSpacing(8);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_record);
    column->addLayout(buttons);
    setMinimumSize(560, 560);
    m_record->setDefault(true);
    m_cancel->setAutoDefault(false);
    connect(m_kinds, &QListWidget::itemChanged, this, &AskedDialog::validate);
    connect(m_reason, &QLineEdit::textChanged, this, &AskedDialog::validate);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_record, &QPushButton::clicked, this, [this] {
        Q_EMIT recorded(this->asked());
        accept();
    });
    for (int row = 0; row < m_kinds->count(); ++row) {
        if (m_kinds->item(row)->checkState() == Qt::Checked) {
            m_kinds->scrollToItem(m_kinds->item(row), QAbstractItemView::PositionAtCenter);
            break;
        }
    }
    retranslateUi();
    m_reason->setFocus();
}

std::vector<AskedKind> AskedDialog::asked() const
{
    std::vector<AskedKind> all;
    // What an export settled since is not offered any more; it stays on record.
    for (const AskedKind &before : m_before) {
        bool offered = false;
        for (int row = 0; row < m_kinds->count(); ++row)
            offered = offered || isOf(before, *m_kinds->item(row));
        if (!offered)
            all.push_back(before);
    }
    for (int row = 0; row < m_kinds->count(); ++row) {
        const QListWidgetItem &item = *m_kinds->item(row);
        if (item.checkState() != Qt::Checked)
            continue;
        const auto before = std::ranges::find_if(m_before, [&item](const AskedKind &each) { return isOf(each, item); });
        if (before != m_before.end())
            all.push_back(*before);
        else
            all.push_back({toUtf8String(item.data(KindRole).toString()), toUtf8String(item.data(GroupRole).toString()),
                toUtf8String(m_reason->text().trimmed()), toUtf8String(m_by->text().trimmed()), {}});
    }
    return all;
}

bool AskedDialog::hasNew() const
{
    for (int row = 0; row < m_kinds->count(); ++row) {
        const QListWidgetItem &item = *m_kinds->item(row);
        if (item.checkState() == Qt::Checked
            && std::ranges::none_of(m_before, [&item](const AskedKind &each) { return isOf(each, item); }))
            return true;
    }
    return false;
}

void AskedDialog::retranslateUi()
{
    setWindowTitle(tr("Asked for, none there"));
    m_title->setText(tr("Asked for, none there"));
    m_lead->setText(
        tr("An export leaves no trace of what a cluster has none of. Tick what you asked for and know to be "
           "absent: checks then count it as seen, and the report names you for it."));
    m_kindsLabel->setText(tr("Kinds that the export says nothing of"));
    m_kinds->setAccessibleName(m_kindsLabel->text());
    m_reasonLabel->setText(tr("How do you know?"));
    m_reason->setPlaceholderText(tr("For instance: kubectl get with the operators, empty, 12 November"));
    m_reason->setAccessibleName(m_reasonLabel->text());
    m_byLabel->setText(tr("Auditor"));
    m_by->setAccessibleName(m_byLabel->text());
    m_cancel->setText(tr("Cancel"));
    m_record->setText(tr("Record"));
    validate();
}

void AskedDialog::validate()
{
    const bool needsReason = hasNew() && m_reason->text().trimmed().isEmpty();
    m_record->setEnabled(!needsReason);
    m_hint->setText(needsReason ? tr("A newly ticked kind needs to say how it is known.") : QString());
    m_reason->setEnabled(hasNew());
    m_by->setEnabled(hasNew());
}

void AskedDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    QDialog::changeEvent(event);
}

} // namespace tally::ui
