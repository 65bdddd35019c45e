// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cluster/workloads_pane.h"

#include "core/audit/clusters.h"

#include "ui/models/words.h"
#include "ui/pages/cluster/detail_side.h"
#include "ui/pages/table_pane.h"
#include "ui/theme/glyphs.h"
#include "ui/widgets/facts_lines.h"
#include "ui/widgets/splitters.h"

#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace tally::ui {

namespace {

/// Workload and container of a row, as its data: positions in what was computed.
QVariant rowData(std::size_t workload, std::size_t container)
{
    return QPoint(static_cast<int>(workload), static_cast<int>(container));
}

Glyph joinGlyph(ImageJoin join)
{
    switch (join) {
    case ImageJoin::NotOpened:
        return Glyph::NotChecked;
    case ImageJoin::ByName:
        return Glyph::Indications;
    case ImageJoin::ByDigest:
        return Glyph::Verified;
    }
    Q_UNREACHABLE();
}

} // namespace

WorkloadsPane::WorkloadsPane(Session &session, QSettings &settings, QWidget *parent)
    : ClusterPane(session, parent)
    , m_table(new TablePane)
    , m_side(new DetailSide)
{
    m_table->table().setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->table().setObjectName(u"workloads"_qs);
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(m_table);
    splitter->addWidget(m_side);
    splitter->setStretchFactor(0, 1);
    rememberSplitter(*splitter, settings, u"clusterWorkloads"_qs, {790, 300});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter);
    connect(m_table, &TablePane::chosenChanged, this, &WorkloadsPane::showChosen);
    connect(m_table, &TablePane::activated, this, [this](const QVariant &row) {
        Q_EMIT navigate(addressOf(m_data.workloads[static_cast<std::size_t>(row.toPoint().x())].object));
    });
    connect(m_side, &DetailSide::navigate, this, &ClusterPane::navigate);
}

WorkloadsPane::~WorkloadsPane() = default;

void WorkloadsPane::retranslateUi()
{
    m_table->setName(tr("Workloads"));
    if (isShown())
        fill();
}

void WorkloadsPane::compute()
{
    computeWith(
        [](const AuditState &state, const RunContext &) {
            return Data{
                workloadImages(*onlyCluster(state)->cluster, state.images), ObjectFindings(state, onlyCluster(state))};
        },
        [this](Data computed) {
            m_data = std::move(computed);
            fill();
        });
}

QString WorkloadsPane::joinText(const ContainerImage &container) const
{
    switch (container.join) {
    case ImageJoin::NotOpened:
        return tr("no");
    case ImageJoin::ByName:
        return tr("name only");
    case ImageJoin::ByDigest:
        return tr("by digest");
    }
    Q_UNREACHABLE();
}

void WorkloadsPane::fill()
{
    std::vector<SimpleTableModel::Row> rows;
    std::size_t opened = 0;
    for (std::size_t w = 0; w < m_data.workloads.size(); ++w) {
        const WorkloadImages &workload = m_data.workloads[w];
        const Object &own = object(workload.object);
        const int worst = m_data.findings.worst(own);
        const auto findings = static_cast<int>(m_data.findings.of(own).size());
        const Glyph glyph = worst < 0 ? Glyph::None : glyphOf(static_cast<Severity>(worst));
        for (std::size_t c = 0; c < workload.containers.size(); ++c) {
            const ContainerImage &container = workload.containers[c];
            opened += container.join == ImageJoin::NotOpened ? 0 : 1;
            QString name = foreignText(container.container);
            if (container.type != ContainerType::Regular)
                name = container.type == ContainerType::Init ? tr("%1 (init)").arg(name)
                                                             : tr("%1 (ephemeral)").arg(name);
            rows.push_back(
                {{{foreignText(own.namespaceName)}, {foreignText(own.name)}, {name}, {foreignText(container.reference)},
                     {joinText(container), static_cast<int>(container.join),
                         static_cast<int>(joinGlyph(container.join))},
                     {findings > 0 ? countText(static_cast<std::uint64_t>(findings)) : u"–"_qs, findings,
                         static_cast<int>(glyph)}},
                    rowData(w, c)});
        }
    }
    const auto count = static_cast<int>(rows.size());
    m_table->setTable({{tr("Namespace")}, {tr("Workload")}, {tr("Container")}, {tr("Image"), false, true},
                          {tr("Opened")}, {tr("Findings")}},
        std::move(rows), {-4, -5, -4, -7, 108, 80});
    m_table->setNote(count == 0
            ? tr("The export holds no workloads. Ask for Deployments, DaemonSets, StatefulSets, CronJobs and Pods.")
            : opened == 0
            ? tr("None of the images that run here was opened. Open their archives under Sources, and each container "
                 "leads to its image.")
            : tr("“Name only” means: the name and tag are those of an opened image; whether it is the one that "
                 "runs, only the digest tells."));
    if (!m_wanted.isEmpty()) {
        const QString wanted = std::exchange(m_wanted, {});
        choose(wanted);
    }
    if (!m_table->chosen().isValid() && count > 0)
        m_table->choose(rowData(0, 0));
    showChosen();
}

void WorkloadsPane::choose(const QVariant &what)
{
    if (!isShown()) {
        m_wanted = what.toString();
        return;
    }
    for (std::size_t w = 0; w < m_data.workloads.size(); ++w) {
        if (addressOf(m_data.workloads[w].object).object == what.toString())
            m_table->choose(rowData(w, 0));
    }
}

void WorkloadsPane::showChosen()
{
    const QVariant chosen = m_table->chosen();
    if (!chosen.isValid() || !isShown()) {
        m_side->showHint(tr("Choose a container to see its image and what runs of it."));
        return;
    }
    const WorkloadImages &workload = m_data.workloads[static_cast<std::size_t>(chosen.toPoint().x())];
    const ContainerImage &container = workload.containers[static_cast<std::size_t>(chosen.toPoint().y())];
    const Object &own = object(workload.object);
    m_side->begin(foreignText(own.name),
        own.namespaceName.empty() ? foreignText(own.kind)
                                  : QString(foreignText(own.kind) % u' ' % foreignText(own.namespaceName)));
    m_side->addLink(
        tr("Show as YAML, with its findings"), addressOf(workload.object, toQString(container.field)), u"file"_qs);
    FactsLines &facts = m_side->addFacts();
    facts.addLine(tr("Replicas"),
        !workload.wanted ? tr("the export does not tell")
            : !workload.ready
            ? tr("%1 wanted").arg(QString::number(*workload.wanted))
            : tr("%1 ready of %2 wanted").arg(QString::number(*workload.ready), QString::number(*workload.wanted)));
    facts.addLine(tr("Pods"), workload.pods == 0 ? tr("none in the export") : countText(workload.pods));
    addImage(container);
    addFindings(*m_side, m_data.findings.of(own));
    m_side->end();
}

void WorkloadsPane::addImage(const ContainerImage &container)
{
    m_side->addSection(tr("Container %1").arg(foreignText(container.container)));
    m_side->addPath(tr("Image"), foreignText(container.reference));
    for (const std::string &digest : container.running)
        m_side->addPath(tr("Digest that runs"), toQString(digest));
    if (container.image < 0) {
        m_side->addText(tr("This image was not opened: what is inside it was not checked."), Glyph::NotChecked);
        return;
    }
    const Image &image = *state().images[static_cast<std::size_t>(container.image)];
    const QString name = foreignText(image.displayName());
    if (container.join == ImageJoin::ByDigest)
        m_side->addText(tr("The opened image %1 is the one: its digest is the same.").arg(name), Glyph::Verified);
    else if (container.running.empty())
        m_side->addText(tr("The opened image %1 has this name. The export does not tell the digest that runs, so "
                           "that it may be another one.")
                            .arg(name),
            Glyph::Indications);
    else
        m_side->addText(tr("The opened image %1 has this name, but not the digest that runs. An archive made with "
                           "“docker save” has other digests than the registry; else another image runs.")
                            .arg(name),
            Glyph::Indications);
    m_side->addLink(tr("Open image"), {.page = PageId::Images, .image = toQString(image.displayName())}, u"images"_qs);
}

} // namespace tally::ui
