// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/clusters_dialog.h"

#include "core/audit/clusters.h"
#include "core/audit/withdrawals.h"
#include "core/base/messages_audit.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/widgets/basics.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <map>

namespace tally::ui {

ClustersDialog::ClustersDialog(AuditStatePtr audit, QWidget *parent)
    : QDialog(parent)
    , m_state(std::move(audit))
    , m_title(makeLabel(Face::Title))
    , m_lead(makeLabel(Face::Base))
    , m_exportsHead(makeLabel(Face::Secondary, Ink::Muted))
    , m_namesHead(makeLabel(Face::Secondary, Ink::Muted))
    , m_lost(makeLabel(Face::SecondaryStrong))
    , m_cancel(new QPushButton)
    , m_assign(new QPushButton)
{
    setObjectName(u"clustersDialog"_qs);
    m_assign->setObjectName(u"assignClusters"_qs);
    auto *inner = new QWidget;
    auto *grid = new QGridLayout(inner);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    addExports(*m_state, *grid);
    addNames(*m_state, *grid);
    grid->setRowStretch(grid->rowCount(), 1);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(inner);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(8);
    column->addWidget(m_title);
    m_lead->setWordWrap(true);
    column->addWidget(m_lead);
    column->addWidget(scroll, 1);
    m_lost->setObjectName(u"lostDecisions"_qs);
    m_lost->setWordWrap(true);
    m_lost->hide();
    column->addWidget(m_lost);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_assign);
    column->addLayout(buttons);
    setMinimumSize(640, 420);
    m_assign->setDefault(true);
    m_cancel->setAutoDefault(false);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_assign, &QPushButton::clicked, this, [this] {
        Q_EMIT assigned(changes());
        accept();
    });
    retranslateUi();
}

void ClustersDialog::addExports(const AuditState &state, QGridLayout &grid)
{
    grid.addWidget(m_exportsHead, 0, 0, 1, 2);
    for (std::size_t i = 0; i < state.exports.size(); ++i) {
        const int source = static_cast<int>(i);
        const AuditCluster *own = state.clusterOf(source);
        if (!own)
            continue;
        ExportRow row{source, makeLabel(Face::Dense), new QComboBox};
        row.name->setText(foreignText(state.sources[i].name));
        row.name->setWordWrap(true);
        row.name->setBuddy(row.cluster);
        row.cluster->setObjectName(u"clusterOf%1"_qs.arg(source + 1));
        row.cluster->setAccessibleName(row.name->text());
        for (const AuditCluster &each : state.clusters) {
            row.cluster->addItem(foreignText(each.name), each.first());
            if (&each == own)
                row.cluster->setCurrentIndex(row.cluster->count() - 1);
        }
        row.hasOwn = own->sources.size() > 1;
        if (row.hasOwn)
            row.cluster->addItem(QString(), source);
        row.before = row.cluster->currentIndex();
        connect(row.cluster, &QComboBox::currentIndexChanged, this, &ClustersDialog::validate);
        const int line = grid.rowCount();
        grid.addWidget(row.name, line, 0);
        grid.addWidget(row.cluster, line, 1);
        m_exports.push_back(row);
    }
}

void ClustersDialog::addNames(const AuditState &state, QGridLayout &grid)
{
    m_namesHead->setContentsMargins(0, 12, 0, 0);
    grid.addWidget(m_namesHead, grid.rowCount(), 0, 1, 2);
    for (const AuditCluster &each : state.clusters) {
        NameRow row{standingSource(state, each), makeLabel(Face::Dense), new QLineEdit(toQString(each.name)),
            toQString(each.name)};
        row.label->setText(each.cluster->uid.empty() ? foreignText(each.name) : foreignText(each.cluster->uid));
        row.label->setBuddy(row.name);
        row.name->setObjectName(u"clusterName%1"_qs.arg(row.source + 1));
        connect(row.name, &QLineEdit::textChanged, this, &ClustersDialog::validate);
        const int line = grid.rowCount();
        grid.addWidget(row.label, line, 0);
        grid.addWidget(row.name, line, 1);
        m_names.push_back(row);
    }
}

std::vector<AuditChange> ClustersDialog::changes() const
{
    std::vector<AuditChange> all;
    const auto set = [&all](std::string key, std::string value) {
        Setting setting;
        setting.key = std::move(key);
        setting.value = std::move(value);
        all.emplace_back(Record(std::move(setting)));
    };
    std::map<int, int> moves;
    for (const ExportRow &row : m_exports) {
        if (row.cluster->currentIndex() != row.before)
            moves[row.source] = row.cluster->currentData().toInt();
    }
    if (!moves.empty()) {
        for (Setting &setting : assignExports(*m_state, moves))
            all.emplace_back(Record(std::move(setting)));
    }
    for (const NameRow &row : m_names) {
        if (row.name->text().trimmed() != row.before)
            set(clusterNameKey(row.source), toUtf8String(row.name->text().trimmed()));
    }
    return all;
}

void ClustersDialog::retranslateUi()
{
    setWindowTitle(tr("Clusters of this audit"));
    m_title->setText(tr("Clusters of this audit"));
    m_lead->setText(tr("Exports of one cluster are read together, those of several are judged one by one. What the "
                       "exports themselves tell is chosen already; where they tell nothing, you decide."));
    m_exportsHead->setText(tr("Which export belongs to which cluster"));
    m_namesHead->setText(tr("What the clusters are called, in the window and in the report"));
    for (const ExportRow &row : m_exports) {
        if (row.hasOwn)
            row.cluster->setItemText(row.cluster->count() - 1, tr("A cluster of its own"));
    }
    for (const NameRow &row : m_names)
        row.name->setAccessibleName(tr("Name of the cluster %1").arg(row.label->text()));
    m_cancel->setText(tr("Cancel"));
    validate();
}

void ClustersDialog::validate()
{
    const std::vector<AuditChange> wanted = changes();
    m_assign->setEnabled(!wanted.empty());
    const std::size_t lost = wanted.empty() ? 0 : saidThatIsLost(*m_state, wanted);
    const MessageTranslator words(applicationLanguage());
    m_lost->setVisible(lost > 0);
    m_lost->setText(toQString(words.text({auditDef("clusters.move-loses"), {std::to_string(lost)}})));
    m_assign->setText(lost > 0 ? tr("Assign all the same") : tr("Assign"));
}

void ClustersDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    QDialog::changeEvent(event);
}

} // namespace tally::ui
