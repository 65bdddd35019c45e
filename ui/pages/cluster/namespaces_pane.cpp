// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cluster/namespaces_pane.h"

#include "core/audit/clusters.h"

#include "ui/models/words.h"
#include "ui/pages/cluster/cluster_delegates.h"
#include "ui/pages/cluster/detail_side.h"
#include "ui/pages/table_pane.h"
#include "ui/widgets/facts_lines.h"
#include "ui/widgets/splitters.h"

#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

using Cell = SimpleTableModel::Cell;

QVariant mark(NamespaceFact fact)
{
    return static_cast<int>(fact);
}

/// What is least protected comes first.
Cell factCell(const QString &text, NamespaceFact fact)
{
    return {.text = text, .sort = QString(QString::number(static_cast<int>(fact)) % text), .mark = mark(fact)};
}

} // namespace

NamespacesPane::NamespacesPane(Session &session, QSettings &settings, QWidget *parent)
    : ClusterPane(session, parent)
    , m_table(new TablePane)
    , m_side(new DetailSide)
{
    m_table->table().setItemDelegate(new FactTableDelegate(&m_table->table()));
    m_table->table().setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->table().setObjectName(u"namespaceFacts"_qs);
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(m_table);
    splitter->addWidget(m_side);
    splitter->setStretchFactor(0, 1);
    rememberSplitter(*splitter, settings, u"clusterNamespaces"_qs, {790, 300});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter);
    connect(m_table, &TablePane::chosenChanged, this, &NamespacesPane::showChosen);
    connect(m_table, &TablePane::activated, this, [this](const QVariant &name) {
        Q_EMIT navigate({.page = PageId::Cluster, .object = u"Namespace//"_qs % name.toString()});
    });
    connect(m_side, &DetailSide::navigate, this, &ClusterPane::navigate);
}

NamespacesPane::~NamespacesPane() = default;

void NamespacesPane::retranslateUi()
{
    m_table->setName(tr("Namespaces"));
    m_table->setNote(tr("What keeps each namespace apart from the others; ingress and egress: how many of its pods a "
                        "network policy holds back. “Unchecked”: the export does not show it."));
    if (isShown())
        fill();
}

void NamespacesPane::compute()
{
    computeWith(
        [](const AuditState &state, const RunContext &) {
            return Data{namespaceRows(state, *onlyCluster(state)), ObjectFindings(state, onlyCluster(state))};
        },
        [this](Data computed) {
            m_rows = std::move(computed.rows);
            m_findings = std::move(computed.findings);
            std::erase_if(m_rows, [](const NamespaceRow &row) { return row.facts.name.empty(); });
            fill();
        });
}

QString NamespacesPane::podSecurityText(const NamespaceRow &row) const
{
    const NamespacePodSecurity &own = row.facts.podSecurity;
    if (row.podSecurity() == NamespaceFact::NotChecked)
        return tr("unchecked");
    if (own.enforce.empty())
        return tr("none");
    const QString version
        = own.enforceVersion.empty() || own.enforceVersion == "latest" ? QString() : foreignText(own.enforceVersion);
    const QString level = version.isEmpty() ? foreignText(own.enforce) : foreignText(own.enforce) % u' ' % version;
    //: a level of the Pod Security Standards that stands in the API server's configuration
    return own.source == PodSecuritySource::Default ? tr("%1 (default)").arg(level) : level;
}

QString NamespacesPane::sourceText(const NamespacePodSecurity &podSecurity) const
{
    switch (podSecurity.source) {
    case PodSecuritySource::NotSeen:
        return tr("The Namespace itself is not in the export: its labels are not known.");
    case PodSecuritySource::None:
        return tr("The Namespace has no label “enforce”, and the export shows no default of the API server.");
    case PodSecuritySource::Namespace:
        return tr("Label “enforce” of the Namespace");
    case PodSecuritySource::Default:
        return tr("AdmissionConfiguration of the API server");
    case PodSecuritySource::Unknown:
        return tr("The Namespace has no label “enforce”. The API server is started with an admission configuration "
                  "that is not in the export: it may set a default.");
    }
    Q_UNREACHABLE();
}

QString NamespacesPane::coverageText(
    const NamespaceFacts &facts, const PolicyCoverage &coverage, NamespaceFact fact) const
{
    if (fact == NamespaceFact::NotChecked)
        return tr("unchecked");
    if (facts.pods == 0)
        return tr("no pods");
    return tr("%1 of %2").arg(countText(coverage.held), countText(facts.pods));
}

QString NamespacesPane::heldText(
    const NamespaceFacts &facts, const PolicyCoverage &coverage, NamespaceFact fact, bool newPodOpened) const
{
    if (facts.pods > 0 && fact != NamespaceFact::NotChecked)
        return tr("%1 of %2 pods held back").arg(countText(coverage.held), countText(facts.pods));
    switch (fact) {
    case NamespaceFact::Absent:
        return newPodOpened ? tr("no pods; a policy allows new ones everything")
                            : tr("no pods, and no policy for new ones");
    case NamespaceFact::Present:
        return tr("no pods; a policy holds new ones back");
    case NamespaceFact::Partial:
    case NamespaceFact::NotChecked:
        break;
    }
    return tr("unchecked");
}

QString NamespacesPane::objectsText(const NamespaceObjects &objects) const
{
    if (!objects.objects.empty())
        return countText(objects.objects.size());
    return objects.known ? tr("none") : tr("unchecked");
}

void NamespacesPane::fill()
{
    std::vector<SimpleTableModel::Row> rows;
    rows.reserve(m_rows.size());
    for (const NamespaceRow &row : m_rows) {
        const NamespaceFacts &facts = row.facts;
        const Glyph glyph = row.findings > 0 ? glyphOf(row.worst) : Glyph::None;
        rows.push_back(
            {{{foreignText(facts.name)}, factCell(podSecurityText(row), row.podSecurity()),
                 factCell(coverageText(facts, facts.ingress, row.ingress()), row.ingress()),
                 factCell(coverageText(facts, facts.egress, row.egress()), row.egress()),
                 factCell(objectsText(facts.quotas), row.quota()), factCell(objectsText(facts.limits), row.limits()),
                 {row.findings > 0    ? countText(static_cast<std::uint64_t>(row.findings))
                         : facts.seen ? u"–"_qs
                                      : u"?"_qs,
                     row.findings, static_cast<int>(glyph)}},
                toQString(facts.name)});
    }
    m_table->setTable({{tr("Namespace")}, {tr("Pod Security")}, {tr("Ingress")}, {tr("Egress")}, {tr("Quota")},
                          {tr("Limits")}, {tr("Findings")}},
        std::move(rows), {-1, 112, 104, 104, 104, 104, 84});
    if (!m_wanted.isEmpty() && m_table->choose(m_wanted))
        m_wanted.clear();
    else if (!m_table->chosen().isValid() && !m_rows.empty())
        m_table->choose(toQString(m_rows.front().facts.name));
    showChosen();
}

void NamespacesPane::choose(const QVariant &what)
{
    m_wanted = what.toString();
    if (isShown() && m_table->choose(m_wanted))
        m_wanted.clear();
}

void NamespacesPane::showChosen()
{
    const std::string name = toUtf8String(m_table->chosen().toString());
    const auto found = std::ranges::find_if(m_rows, [&](const NamespaceRow &row) { return row.facts.name == name; });
    if (found == m_rows.end() || !isShown()) {
        m_side->showHint(m_rows.empty() ? tr("The export names no namespace.")
                                        : tr("Choose a namespace to see what its facts rest on."));
        return;
    }
    const NamespaceRow &row = *found;
    m_side->begin(foreignText(name), row.facts.system ? tr("Namespace of the platform") : QString());
    if (row.facts.object >= 0)
        m_side->addLink(
            tr("Show as YAML, with its findings"), addressOf(static_cast<std::size_t>(row.facts.object)), u"file"_qs);
    m_side->addLink(tr("Objects of this namespace"),
        {.page = PageId::Cluster, .object = u"/"_qs % toQString(name) % u'/'}, u"cluster"_qs);
    addPodSecurity(row);
    addNetwork(row);
    addLimits(row);
    addNotSeen(row);
    if (row.facts.object >= 0)
        addFindings(*m_side, m_findings.of(object(static_cast<std::size_t>(row.facts.object))));
    m_side->end();
}

void NamespacesPane::addPodSecurity(const NamespaceRow &row)
{
    const NamespacePodSecurity &own = row.facts.podSecurity;
    if (row.facts.seen)
        m_side->addFacts().addLine(tr("Workloads"), countText(row.facts.workloads));
    m_side->addSection(tr("Pod Security"));
    FactsLines &facts = m_side->addFacts();
    facts.addLine(tr("Enforces"), podSecurityText(row));
    if (!own.enforce.empty())
        facts.addLine(tr("Version"), own.enforceVersion.empty() ? tr("latest") : foreignText(own.enforceVersion));
    facts.addLine(tr("Read from"), sourceText(own));
    if (!own.warn.empty())
        facts.addLine(tr("Warns at"), foreignText(own.warn));
    if (!own.audit.empty())
        facts.addLine(tr("Records at"), foreignText(own.audit));
}

void NamespacesPane::addNetwork(const NamespaceRow &row)
{
    const NamespaceFacts &own = row.facts;
    m_side->addSection(tr("Network policies"));
    FactsLines &facts = m_side->addFacts();
    facts.addLine(tr("Ingress"), heldText(own, own.ingress, row.ingress(), own.newPodOpenedIn));
    facts.addLine(tr("Egress"), heldText(own, own.egress, row.egress(), own.newPodOpenedOut));
    if (own.ingress.opened + own.egress.opened > 0)
        facts.addLine(tr("Opened again"),
            tr("ingress of %1, egress of %2 pods: a rule allows everything")
                .arg(countText(own.ingress.opened), countText(own.egress.opened)));
    if (own.hostPods > 0)
        facts.addLine(tr("Out of reach"),
            tr("%n pod(s) in the network of the node: no policy reaches them", nullptr,
                static_cast<int>(own.hostPods)));
    constexpr std::size_t most = 12;
    for (std::size_t i = 0; i < own.policies.objects.size() && i < most; ++i) {
        const std::size_t policy = own.policies.objects[i];
        m_side->addLink(objectText(object(policy)), addressOf(policy, u"spec"_qs));
    }
    if (own.policies.objects.size() > most)
        m_side->addText(tr("and %1 more").arg(countText(own.policies.objects.size() - most)));
    m_side->addLink(
        tr("Who reaches whom"), {.page = PageId::Cluster, .object = toQString(own.name), .tab = u"network"_qs});
}

void NamespacesPane::addLimits(const NamespaceRow &row)
{
    const NamespaceFacts &own = row.facts;
    m_side->addSection(tr("Quota and limits"));
    FactsLines &facts = m_side->addFacts();
    facts.addLine(tr("ResourceQuota"), objectsText(own.quotas));
    facts.addLine(tr("LimitRange"), objectsText(own.limits));
    for (const NamespaceObjects *objects : {&own.quotas, &own.limits}) {
        for (const std::size_t index : objects->objects)
            m_side->addLink(objectText(object(index)), addressOf(index, u"spec"_qs));
    }
}

void NamespacesPane::addNotSeen(const NamespaceRow &row)
{
    QStringList commands;
    const auto ask = [&](const char *kind, bool known) {
        const QString command = known ? QString() : commandForKind(&cluster(), kind);
        if (!command.isEmpty())
            commands.append(command);
    };
    if (!row.facts.seen) {
        m_side->addSection(tr("Not checked"));
        m_side->addText(tr("The export names this namespace and holds nothing of it."), Glyph::NotChecked);
        return;
    }
    ask("Namespace", row.facts.object >= 0);
    ask("NetworkPolicy", row.facts.policies.known);
    ask("ResourceQuota", row.facts.quotas.known);
    ask("LimitRange", row.facts.limits.known);
    if (commands.isEmpty())
        return;
    m_side->addSection(tr("Not checked"));
    m_side->addText(tr("The export lacks it. The audited party can fetch it with:"), Glyph::NotChecked);
    for (const QString &command : commands)
        m_side->addCommand(command);
}

} // namespace tally::ui
