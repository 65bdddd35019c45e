// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cluster/completeness_pane.h"

#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/item_rows.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

Glyph kindGlyph(KindState state)
{
    switch (state) {
    case KindState::Present:
    case KindState::Empty:
        return Glyph::Open;
    case KindState::Missing:
        return Glyph::NotChecked;
    case KindState::Forbidden:
        return Glyph::Indications;
    case KindState::Redacted:
        return Glyph::PartlyChecked;
    }
    Q_UNREACHABLE();
}

} // namespace

CompletenessPane::CompletenessPane(QWidget *parent)
    : QWidget(parent)
    , m_table(makeTable(m_rows))
    , m_scope(new QComboBox)
    , m_note(makeLabel(Face::Secondary, Ink::Muted))
    , m_copy(new QPushButton)
    , m_record(new QPushButton)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(size::pageMargin, 12, size::pageMargin, 8);
    head->setSpacing(16);
    m_note->setWordWrap(true);
    head->addWidget(m_note, 1);
    m_scope->setObjectName(u"completenessScope"_qs);
    m_scope->setMaximumWidth(220);
    head->addWidget(m_scope, 0, Qt::AlignTop);
    head->addWidget(m_copy, 0, Qt::AlignTop);
    m_record->setObjectName(u"recordAskedKinds"_qs);
    head->addWidget(m_record, 0, Qt::AlignTop);
    column->addLayout(head);
    auto *indented = new QHBoxLayout; // what stands in the first column begins where the sentence above does
    indented->setContentsMargins(size::pageMargin - 12, 0, 0, 0);
    indented->addWidget(m_table);
    column->addLayout(indented, 1);
    connect(m_record, &QPushButton::clicked, this, [this] { Q_EMIT recordWanted(chosenKinds()); });
    connect(m_copy, &QPushButton::clicked, this, &CompletenessPane::copyCommands);
    connect(m_scope, &QComboBox::activated, this, [this] {
        if (m_cluster)
            fill();
    });
}

CompletenessPane::~CompletenessPane()
{
    delete m_table; // it uses our model while it goes
}

void CompletenessPane::retranslateUi()
{
    m_table->setAccessibleName(tr("Completeness of the export"));
    m_scope->setAccessibleName(tr("Completeness of"));
    m_copy->setText(tr("Copy commands"));
    m_copy->setToolTip(tr("Copy the commands that fetch what is missing"));
    m_record->setText(tr("Record what was asked for"));
    m_record->setToolTip(tr("Put on record that kinds were asked for and none was there"));
}

void CompletenessPane::setCluster(std::shared_ptr<const Cluster> cluster, std::vector<AskedKind> asked, bool canRecord)
{
    m_cluster = std::move(cluster);
    m_asked = std::move(asked);
    m_record->setEnabled(canRecord && std::ranges::any_of(m_cluster->completeness, canBeRecorded));
    fillScopes();
    fill();
}

void CompletenessPane::fillScopes()
{
    const QString chosen = m_scope->currentData().toString();
    m_scope->clear();
    m_scope->addItem(tr("Whole export"));
    for (const std::string &name : m_cluster->namespaces)
        m_scope->addItem(foreignText(name), toQString(name));
    m_scope->setCurrentIndex(chosen.isEmpty() ? 0 : std::max(0, m_scope->findData(chosen)));
}

QString CompletenessPane::stateWord(const KindCompleteness &kind) const
{
    switch (kind.state) {
    case KindState::Present:
        return tr("there");
    case KindState::Empty: {
        const AskedKind *asked = kind.recorded ? findAsked(m_asked, kind) : nullptr;
        if (asked != nullptr)
            return tr("none there: %1").arg(foreignText(asked->reason));
        return tr("asked for, none there");
    }
    case KindState::Missing:
        return tr("not in the export: not checked");
    case KindState::Forbidden:
        return tr("reading was refused: not checked");
    case KindState::Redacted:
        return tr("there, values taken out");
    }
    Q_UNREACHABLE();
}

QStringList CompletenessPane::chosenKinds() const
{
    QStringList kinds;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows()) {
        const QString group = row.siblingAtColumn(1).data().toString();
        kinds.append(row.siblingAtColumn(0).data().toString() % (group.isEmpty() ? group : u'.' % group));
    }
    return kinds;
}

void CompletenessPane::fill()
{
    std::vector<SimpleTableModel::Row> rows;
    const std::string scope = toUtf8String(m_scope->currentData().toString());
    for (const KindCompleteness &kind :
        scope.empty() ? m_cluster->completeness : CompletenessByNamespace(*m_cluster).of(scope)) {
        const bool counted = kind.state == KindState::Present || kind.state == KindState::Redacted;
        rows.push_back({{{foreignText(kind.kind)}, {foreignText(kind.group)},
                            {stateWord(kind), static_cast<int>(kind.state), static_cast<int>(kindGlyph(kind.state))},
                            {counted                                 ? countText(kind.count)
                                    : kind.state == KindState::Empty ? u"0"_qs
                                                                     : u"?"_qs,
                                QVariant::fromValue<qulonglong>(kind.count)},
                            {foreignText(kind.command)}},
            toQString(kind.command)});
    }
    std::ranges::stable_sort(rows, std::ranges::greater(), [](const SimpleTableModel::Row &row) {
        return row.data.toString().isEmpty() ? 0 : 1; // what is missing comes first
    });
    m_rows.setTable({{tr("Kind")}, {tr("API group")}, {tr("State")}, {tr("Objects"), true},
                        {tr("Command that fetches it"), false, true}},
        std::move(rows));
    int column = 0;
    for (const int width : {190, 190, 240, 72}) // the command needs the room
        m_table->setColumnWidth(column++, width);
    const QString origin = m_cluster->liveness == Liveness::Live ? tr("The export shows a running cluster.")
        : m_cluster->liveness == Liveness::Manifests
        ? tr("The export holds manifests: what is to be installed, not what runs.")
        : tr("The export holds objects of a running cluster and manifests beside them.");
    m_note->setText(origin % u' '
        % tr("“None there” counts only on evidence. What the export does not show is not checked, and never a pass. "
             "Ctrl+C copies the chosen rows."));
}

void CompletenessPane::copyCommands()
{
    QStringList commands;
    for (int row = 0; row < m_rows.rowCount(); ++row) {
        const QString command = m_rows.index(row, 0).data(SimpleTableModel::RowDataRole).toString();
        if (!command.isEmpty() && !commands.contains(command))
            commands.append(command);
    }
    QApplication::clipboard()->setText(commands.join(u'\n'));
    m_copy->setText(tr("%n command(s) copied", nullptr, static_cast<int>(commands.size())));
}

} // namespace tally::ui
