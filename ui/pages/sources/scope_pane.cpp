// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/sources/scope_pane.h"

#include "core/audit/carried.h"
#include "ui/dialogs/confirm_dialog.h"
#include "ui/models/target_words.h"
#include "ui/models/words.h"
#include "ui/pages/sources/needs_form.h"
#include "ui/pages/table_pane.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/splitters.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <span>

namespace tally::ui {

namespace {

enum Column : int { Number, Kind, Name, Confidentiality, Integrity, Availability, Description };
constexpr int leastShare = 80; ///< pixels; with less for the name, the description stands in the form only

SimpleTableModel::Cell needCell(const TargetObject::ProtectionNeed &value)
{
    const bool stated = value.need != TargetObject::Need::NotStated;
    SimpleTableModel::Cell cell{stated ? TargetWords::need(value.need) : u"–"_qs, static_cast<int>(value.need)};
    if (!value.reason.empty())
        cell.whole = QString(cell.text % u": " % foreignText(value.reason));
    return cell;
}

/// What rows are told by: they stay chosen when others come and go, and when a proposal is recorded.
std::vector<QString> rowKeys(const std::vector<TargetObject> &targets)
{
    std::vector<QString> keys;
    for (const TargetObject &target : targets) {
        QString key = QString::number(static_cast<int>(target.kind)) % u'/' % toQString(target.name);
        if (std::ranges::find(keys, key) != keys.end()) // recorded twice by hand
            key += u'/' % toQString(target.key);
        keys.push_back(std::move(key));
    }
    return keys;
}

} // namespace

ScopePane::ScopePane(Session &session, QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_count(makeLabel(Face::Base, Ink::Muted))
    , m_filter(new SegmentedControl(3))
    , m_new(new QPushButton)
    , m_carried(new NoticeBar)
    , m_proposals(new NoticeBar)
    , m_lead(makeLabel(Face::Base, Ink::Muted))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_table(new TablePane)
    , m_form(new NeedsForm(session))
{
    layOut(settings);
    connect(m_new, &QAbstractButton::clicked, this, &ScopePane::beginNew);
    connect(m_proposals->button(), &QAbstractButton::clicked, this, &ScopePane::takeAll);
    connect(m_carried->button(), &QAbstractButton::clicked, this, [this] {
        auto *dialog = new ConfirmDialog(m_session, {}, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    connect(m_filter, &SegmentedControl::chosen, this, [this] { setState(*m_session.state()); });
    connect(m_table->table().selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (!m_showing)
            chosenChanged();
    });
    connect(m_table, &TablePane::activated, this, [this] {
        chosenChanged();
        m_form->begin();
    });
    connect(m_form, &NeedsForm::closeWanted, this, &ScopePane::closeForm);
    connect(m_form, &NeedsForm::recorded, this, [this](const QStringList &keys) { m_wanted = keys; });
}

ScopePane::~ScopePane()
{
    delete m_splitter; // its views speak to us while they go
}

void ScopePane::layOut(QSettings &settings)
{
    m_new->setObjectName(u"newTarget"_qs);
    m_new->setDefault(true);
    m_carried->button()->setObjectName(u"confirmTargets"_qs);
    m_proposals->button()->setObjectName(u"takeAllTargets"_qs);
    m_table->setObjectName(u"targetsTable"_qs);
    m_table->setNote({});
    m_table->setYielding({Description}, leastShare);
    m_filter->setObjectName(u"targetsShown"_qs);
    m_lead->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(size::pageMargin, 12, size::pageMargin, 8);
    head->setSpacing(12);
    head->addWidget(m_count);
    head->addStretch();
    head->addWidget(m_filter);
    head->addWidget(m_new);
    column->addLayout(head);
    m_lead->setContentsMargins(size::pageMargin, 0, size::pageMargin, 12);
    column->addWidget(m_lead);
    column->addWidget(m_carried);
    column->addWidget(m_proposals);
    column->addWidget(m_splitter, 1);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_form);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setCollapsible(0, false);
    m_splitter->setCollapsible(1, false);
    m_form->hide();
    rememberSplitter(*m_splitter, settings, u"scope"_qs, {760, 380});
}

void ScopePane::retranslateUi()
{
    m_filter->setTexts({tr("All"), tr("Recorded"), tr("Proposed")});
    m_filter->setName(tr("Which target objects are shown"));
    m_new->setText(tr("New target object"));
    m_table->setName(tr("target objects"));
    m_form->retranslateUi();
}

void ScopePane::setState(const AuditState &state)
{
    m_targets.clear();
    for (const auto &[key, target] : state.records.targets)
        m_targets.push_back(target);
    m_recorded = m_targets.size();
    for (TargetObject &target : proposedTargets(state))
        m_targets.push_back(std::move(target));
    m_keys = rowKeys(m_targets);
    showHead(state);
    showTable();
    if (!chosen().empty() || !m_form->isNew()) // what is being entered anew stays
        chosenChanged();
}

void ScopePane::showHead(const AuditState &state)
{
    const std::size_t proposed = m_targets.size() - m_recorded;
    m_count->setText(tr("%n target object(s)", nullptr, static_cast<int>(m_recorded)));
    m_new->setEnabled(!m_session.isReadOnly());
    m_proposals->setVisible(proposed > 0 && !m_session.isReadOnly());
    m_proposals->setTexts(
        tr("The sources name %n target object(s) that are not recorded yet.", nullptr, static_cast<int>(proposed)),
        tr("Record all"));
    const auto toConfirm = static_cast<int>(carriedTargets(state).size());
    m_carried->setVisible(toConfirm > 0 && !m_session.isReadOnly());
    m_carried->setTexts(
        tr("%n target object(s) come from the earlier audit. Their protection needs are to be confirmed; "
           "until then nothing is left out because of them.",
            nullptr, toConfirm),
        tr("Look at them"));
    const ProtectionScope scope(state);
    QString lead = tr("Requirements for elevated protection needs apply to what has high or very high needs. Choose "
                      "one row or several, and say what their needs are.");
    if (scope.anyStated() && scope.openPlaces().empty())
        lead = tr("All protection needs are stated. Requirements for elevated needs count only where they apply.");
    else if (scope.anyStated())
        lead = tr("Protection needs are missing in %n place(s). Until they are stated, requirements for elevated needs "
                  "count as open.",
            nullptr, static_cast<int>(scope.openPlaces().size()));
    m_lead->setText(lead);
}

void ScopePane::showTable()
{
    const auto shown = static_cast<Shown>(m_filter->current());
    std::vector<SimpleTableModel::Row> rows;
    for (std::size_t i = 0; i < m_targets.size(); ++i) {
        const TargetObject &target = m_targets[i];
        const bool recorded = i < m_recorded;
        if ((shown == Shown::Recorded && !recorded) || (shown == Shown::Proposed && recorded))
            continue;
        SimpleTableModel::Row row;
        row.data = m_keys[i];
        const QString number = !recorded ? tr("proposed")
            : target.from.empty()        ? foreignText(target.key)
                                         : tr("%1, to confirm").arg(foreignText(target.key));
        row.cells = {{number, static_cast<int>(i)}, {TargetWords::kind(target.kind), static_cast<int>(target.kind)},
            {foreignText(target.name)}, needCell(target.confidentiality), needCell(target.integrity),
            needCell(target.availability), {foreignText(target.description)}};
        rows.push_back(std::move(row));
    }
    m_showing = true;
    QStringList chosen;
    for (const QModelIndex &index : m_table->table().selectionModel()->selectedRows())
        chosen.append(index.data(SimpleTableModel::RowDataRole).toString());
    for (std::size_t i = 0; i < m_recorded; ++i) {
        if (m_wanted.removeOne(toQString(m_targets[i].key)) && !chosen.contains(m_keys[i]))
            chosen.append(m_keys[i]);
    }
    m_table->setTable({{tr("No.")}, {tr("Kind")}, {tr("Name")}, {tr("Confidentiality")}, {tr("Integrity")},
                          {tr("Availability")}, {tr("What it is")}},
        std::move(rows), {96, 104, -2, 128, 96, 116, -2});
    QItemSelection selection;
    const QAbstractItemModel &model = *m_table->table().model();
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row, 0);
        if (chosen.contains(index.data(SimpleTableModel::RowDataRole).toString()))
            selection.select(index, index);
    }
    m_table->table().selectionModel()->select(
        selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_showing = false;
}

void ScopePane::choose(const QString &key)
{
    const std::span recorded(m_targets.data(), m_recorded);
    const auto found = std::ranges::find(recorded, toUtf8String(key), &TargetObject::key);
    if (found == recorded.end())
        return;
    if (static_cast<Shown>(m_filter->current()) == Shown::Proposed) {
        m_filter->setCurrent(static_cast<int>(Shown::All));
        showTable();
    }
    m_table->choose(m_keys[static_cast<std::size_t>(found - recorded.begin())]);
}

void ScopePane::begin()
{
    m_table->table().setFocus(Qt::OtherFocusReason);
}

std::vector<TargetObject> ScopePane::chosen() const
{
    std::vector<TargetObject> targets;
    for (const QModelIndex &index : m_table->table().selectionModel()->selectedRows()) {
        const auto found = std::ranges::find(m_keys, index.data(SimpleTableModel::RowDataRole).toString());
        if (found != m_keys.end())
            targets.push_back(m_targets[static_cast<std::size_t>(found - m_keys.begin())]);
    }
    return targets;
}

void ScopePane::chosenChanged()
{
    std::vector<TargetObject> targets = chosen();
    if (targets.empty()) {
        m_form->hide();
        return;
    }
    m_form->edit(std::move(targets));
    m_form->show();
}

void ScopePane::beginNew()
{
    m_showing = true;
    m_table->table().clearSelection();
    m_showing = false;
    m_form->edit({});
    m_form->show();
    m_form->begin();
}

void ScopePane::closeForm()
{
    m_table->table().clearSelection();
    m_form->hide();
}

void ScopePane::takeAll()
{
    std::vector<TargetObject> targets(m_targets.begin() + static_cast<std::ptrdiff_t>(m_recorded), m_targets.end());
    giveKeys(*m_session.state(), targets);
    std::vector<AuditChange> changes;
    for (TargetObject &target : targets) {
        target.by = toUtf8String(m_session.auditor());
        changes.emplace_back(std::move(target));
    }
    m_session.change(std::move(changes));
}

} // namespace tally::ui
