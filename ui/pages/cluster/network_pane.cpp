// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cluster/network_pane.h"

#include "core/audit/clusters.h"
#include "core/document/yaml_view.h"
#include "ui/models/words.h"
#include "ui/pages/cluster/detail_side.h"
#include "ui/pages/cluster/matrix_view.h"
#include "ui/pages/table_pane.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/facts_lines.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/splitters.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace tally::ui {

namespace {

constexpr std::size_t mostGroups = 12;
constexpr std::string_view noPolicyCheck = "NET-NS-POLICY";
constexpr std::string_view pluginCheck = "NET-CNI";

/// From and to of a row of the table.
QVariant wayData(std::size_t from, std::size_t to)
{
    return QPoint(static_cast<int>(from), static_cast<int>(to));
}

} // namespace

NetworkPane::NetworkPane(Session &session, QSettings &settings, QWidget *parent)
    : ClusterPane(session, parent)
    , m_title(makeLabel(Face::Section))
    , m_summary(makeLabel(Face::Dense, Ink::Muted))
    , m_kind(new SegmentedControl(2))
    , m_platform(new QCheckBox)
    , m_views(new QStackedWidget)
    , m_matrix(new MatrixView)
    , m_table(new TablePane)
    , m_legend(new MatrixLegend)
    , m_side(new DetailSide)
{
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(makeLeft());
    splitter->addWidget(m_side);
    splitter->setStretchFactor(0, 1);
    rememberSplitter(*splitter, settings, u"clusterNetwork"_qs, {740, 360});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter);
    m_platform->setChecked(true);
    m_matrix->setModel(&m_model);
    m_matrix->setObjectName(u"reachability"_qs);
    connect(m_matrix, &MatrixView::compactChanged, this,
        [this](bool compact) { m_legend->setLooks(m_model.looks(), compact); });
    connect(m_kind, &SegmentedControl::chosen, this, [this](int segment) { showTable(segment == 1); });
    connect(m_platform, &QCheckBox::toggled, this, &NetworkPane::fill);
    connect(m_matrix->selectionModel(), &QItemSelectionModel::currentChanged, this, &NetworkPane::showChosen);
    connect(m_table, &TablePane::chosenChanged, this, &NetworkPane::showChosen);
    connect(m_side, &DetailSide::navigate, this, &ClusterPane::navigate);
}

NetworkPane::~NetworkPane()
{
    delete m_matrix; // it uses our model while it goes
}

QWidget *NetworkPane::makeLeft()
{
    auto *left = new Panel(Panel::Ground::Raised);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(size::pageMargin, 12, 12, 12);
    column->setSpacing(8);
    auto *head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(m_title, 1);
    head->addWidget(m_platform);
    head->addWidget(m_kind);
    m_kind->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    column->addLayout(head);
    m_summary->setWordWrap(true);
    column->addWidget(m_summary);
    auto *picture = new QWidget;
    auto *lines = new QVBoxLayout(picture);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(8);
    lines->addWidget(m_matrix, 1000); // up to what it needs
    lines->addWidget(m_legend);
    lines->addStretch(1);
    m_views->addWidget(picture);
    m_views->addWidget(m_table);
    column->addWidget(m_views, 1);
    left->setMinimumWidth(360);
    return left;
}

void NetworkPane::retranslateUi()
{
    m_title->setText(tr("Who reaches whom?"));
    m_kind->setName(tr("Form"));
    m_kind->setTexts({tr("Picture"), tr("Table")});
    m_platform->setText(tr("Namespaces of the platform"));
    m_matrix->setAccessibleName(tr("Who reaches whom: rows from, columns to"));
    m_table->setName(tr("Ways"));
    if (isShown())
        fill();
}

void NetworkPane::compute()
{
    computeWith(
        [](const AuditState &state, const RunContext &run) -> ReachabilityPtr {
            Result<Reachability> network = Reachability::compute(*onlyCluster(state)->cluster, run);
            return network ? std::make_shared<const Reachability>(*std::move(network)) : nullptr;
        },
        [this](ReachabilityPtr network) {
            m_network = std::move(network);
            fill();
        });
}

void NetworkPane::fill()
{
    if (!m_network)
        return;
    const auto &places = m_network->places();
    const auto platform = std::ranges::any_of(places, [](const NetworkPlace &place) { return place.system; });
    m_platform->setVisible(platform);
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (m_platform->isChecked() || !places[i].system)
            shown.push_back(i);
    }
    const QModelIndex current = m_matrix->currentIndex();
    const QVariant from = current.data(ReachabilityModel::FromRole);
    const QVariant to = current.data(ReachabilityModel::ToRole);
    m_model.setNetwork(m_network, std::move(shown));
    m_legend->setLooks(m_model.looks(), m_matrix->isCompact());
    m_tableStale = true;
    if (m_kind->current() == 1)
        fillTable();
    showSummary();
    if (!m_wanted.isEmpty()) {
        const QString wanted = std::exchange(m_wanted, {});
        choose(wanted);
    } else if (from.isValid()) {
        m_matrix->setCurrentIndex(
            m_model.indexOf(static_cast<std::size_t>(from.toULongLong()), static_cast<std::size_t>(to.toULongLong())));
    }
    showChosen();
}

void NetworkPane::showTable(bool table)
{
    m_kind->setCurrent(table ? 1 : 0);
    m_views->setCurrentIndex(table ? 1 : 0);
    if (table && m_tableStale && m_network)
        fillTable();
    showChosen();
}

void NetworkPane::fillTable()
{
    m_tableStale = false;
    std::vector<SimpleTableModel::Row> rows;
    for (const std::size_t from : m_model.places()) {
        for (const std::size_t to : m_model.places()) {
            const PathCounts &counts = m_network->counts(from, to);
            const int look = ReachabilityModel::lookOf(*m_network, from, to);
            if (look == ReachabilityModel::NothingLook)
                continue;
            const std::uint64_t all = counts.total();
            rows.push_back({{{ReachabilityModel::placeText(m_network->places()[from])},
                                {ReachabilityModel::placeText(m_network->places()[to])},
                                {ReachabilityModel::cellText(*m_network, from, to), look},
                                {counts.modelled ? countText(counts.passing()) : u"–"_qs,
                                    QVariant::fromValue<qulonglong>(counts.passing())},
                                {counts.modelled ? countText(all) : u"–"_qs, QVariant::fromValue<qulonglong>(all)},
                                {ReachabilityModel::lookMeaning(look)}},
                wayData(from, to)});
        }
    }
    m_table->setTable({{tr("From")}, {tr("To")}, {tr("State")}, {tr("Pass"), true}, {tr("Of"), true}, {tr("Meaning")}},
        std::move(rows), {-3, -3, 104, 76, 76, -4});
}

void NetworkPane::showSummary()
{
    std::uint64_t open = 0;
    std::uint64_t all = 0;
    const auto &places = m_network->places();
    for (std::size_t from = 0; from < places.size(); ++from) {
        for (std::size_t to = 0; to < places.size(); ++to) {
            if (from == to || places[from].kind != NetworkPlace::Kind::Namespace
                || places[to].kind != NetworkPlace::Kind::Namespace)
                continue;
            ++all;
            open += ReachabilityModel::lookOf(*m_network, from, to) == static_cast<int>(PathState::Open) ? 1 : 0;
        }
    }
    QString text;
    if (places.size() > 2 && m_network->mayHoldMore())
        text = tr(
            "%n network policies were read. Kinds of policies that may be there are missing in the export: what is "
            "open otherwise is not checked.",
            nullptr, static_cast<int>(m_network->policyCount()));
    else if (places.size() <= 2)
        text
            = tr("The export holds no pods whose network policies could restrict. Ask for Pods, or for the workloads.");
    else if (m_network->policyCount() == 0)
        text = tr("There is no network policy: every pod reaches every other one.");
    else
        text = tr("Of %1 ways between different namespaces, nothing holds back %2. %n network policies were read.",
            nullptr, static_cast<int>(m_network->policyCount()))
                   .arg(countText(all), countText(open));
    m_summary->setText(text);
}

void NetworkPane::choose(const QVariant &what)
{
    if (!isShown() || !m_network) {
        m_wanted = what.toString();
        return;
    }
    const auto &places = m_network->places();
    const auto place = std::ranges::find(places, toUtf8String(what.toString()), &NetworkPlace::name);
    if (place == places.end() || what.toString().isEmpty())
        return;
    m_platform->setChecked(m_platform->isChecked() || place->system);
    showTable(false);
    const QModelIndex index = m_model.indexOf(0, static_cast<std::size_t>(place - places.begin()));
    m_matrix->setCurrentIndex(index);
    m_matrix->scrollTo(index);
}

void NetworkPane::showChosen()
{
    if (!isShown() || !m_network)
        return;
    if (m_kind->current() == 1) {
        const QVariant way = m_table->chosen();
        if (way.isValid()) {
            showWay(static_cast<std::size_t>(way.toPoint().x()), static_cast<std::size_t>(way.toPoint().y()));
            return;
        }
    } else if (const QModelIndex current = m_matrix->currentIndex(); current.isValid()) {
        showWay(static_cast<std::size_t>(current.data(ReachabilityModel::FromRole).toULongLong()),
            static_cast<std::size_t>(current.data(ReachabilityModel::ToRole).toULongLong()));
        return;
    }
    m_side->begin(tr("What this says"));
    m_side->addText(tr("What network policies permit. Whether something listens there, and whether a Service or an "
                       "Ingress leads to it, stands at the objects. Choose a way to see which rule decides."));
    addGaps();
    m_side->end();
}

void NetworkPane::showWay(std::size_t from, std::size_t to)
{
    const auto &places = m_network->places();
    m_side->begin(ReachabilityModel::placeText(places[from]) % u" → " % ReachabilityModel::placeText(places[to]),
        ReachabilityModel::lookMeaning(ReachabilityModel::lookOf(*m_network, from, to)));
    const PathCounts &counts = m_network->counts(from, to);
    if (counts.modelled)
        addCounts(counts);
    addGroups(from, to);
    addRequirements();
    addGaps();
    m_side->end();
}

void NetworkPane::addCounts(const PathCounts &counts)
{
    FactsLines &facts = m_side->addFacts();
    for (std::size_t state = 0; state < pathStates; ++state) {
        if (counts.pairs[state] > 0)
            facts.addLine(ReachabilityModel::lookWord(static_cast<int>(state)),
                tr("%1 of %2 connections").arg(countText(counts.pairs[state]), countText(counts.total())));
    }
}

QString NetworkPane::namesOf(const std::vector<std::size_t> &workloads) const
{
    constexpr std::size_t most = 3;
    if (workloads.empty())
        return tr("outside");
    QStringList names;
    for (std::size_t i = 0; i < workloads.size() && i < most; ++i)
        names.append(foreignText(object(workloads[i]).name));
    if (workloads.size() > most)
        names.append(u"+"_qs % countText(workloads.size() - most));
    return names.join(u", ");
}

void NetworkPane::addGroups(std::size_t from, std::size_t to)
{
    const std::vector<PathGroup> groups = m_network->groups(from, to, mostGroups + 1);
    for (std::size_t i = 0; i < groups.size() && i < mostGroups; ++i) {
        const PathGroup &group = groups[i];
        m_side->addSection(tr("%1: %2 → %3")
                               .arg(ReachabilityModel::lookWord(static_cast<int>(group.state)), namesOf(group.from),
                                   namesOf(group.to)));
        addDecision(tr("Egress"), group.egress);
        addDecision(tr("Ingress"), group.ingress);
    }
    if (groups.size() > mostGroups)
        m_side->addText(tr("More groups of pods differ in what holds for them; the first ones stand here."));
}

void NetworkPane::addDecision(const QString &label, const std::optional<PathDecision> &decision)
{
    if (!decision)
        return;
    FactsLines &facts = m_side->addFacts();
    if (decision->policy < 0) {
        facts.addLine(label, tr("no policy has a say"));
        return;
    }
    const auto index = static_cast<std::size_t>(decision->policy);
    const Object &policy = object(index);
    QString text = foreignText(policy.name);
    if (decision->state == PathState::Blocked && decision->field.empty())
        text += u'\n' % tr("selects the pods and has no rule that allows it");
    QStringList limits;
    for (const std::string &limit : decision->limits)
        limits.append(foreignText(limit));
    if (!limits.isEmpty())
        text += u'\n' % limits.join(u", ");
    const std::string field = decision->field.empty() ? std::string("spec") : decision->field;
    const Node node = nodeAt(policy.root, field);
    facts.addLine(label, text,
        m_side->makeLink(tr("line %1").arg(countText(node.exists() ? node.line() : policy.line())),
            addressOf(index, toQString(field))));
}

void NetworkPane::addRequirements()
{
    const Check *check = session().checks().find(noPolicyCheck);
    if (!check || check->parts.empty())
        return;
    m_side->addSection(tr("Requirements"));
    std::vector<std::pair<QString, Address>> links;
    for (const PartWeight &part : check->parts) {
        if (part.part.starts_with(session().module().id))
            links.emplace_back(shortId(part.part), Address{.page = PageId::Checklist, .part = toQString(part.part)});
    }
    links.emplace_back(tr("Findings on this"), Address{.page = PageId::Findings, .check = toQString(check->id)});
    m_side->addLinks(links, false);
}

QString NetworkPane::gapText(ModelGap gap) const
{
    switch (gap) {
    case ModelGap::NamesOutside:
        return tr("Rules that name hosts (FQDN): which addresses that are, is only seen at run time.");
    case ModelGap::Requests:
        return tr("Rules on requests (L7): they allow less than the whole port.");
    case ModelGap::AddressBlocks:
        return tr("Rules on blocks of addresses: taken as outside the cluster.");
    case ModelGap::NotEvaluated:
        return tr("Peers or selectors of a kind that is not evaluated here.");
    case ModelGap::MissingTier:
        return tr(
            "A tier of Calico whose place in the order is not in the export: it is asked before the default one.");
    case ModelGap::NodePolicies:
        return tr("Policies for the nodes themselves are not part of it.");
    }
    Q_UNREACHABLE();
}

void NetworkPane::addGaps()
{
    m_side->addSection(tr("What this model cannot know"));
    const AuditState &audit = state();
    if (!cluster().knows("NetworkPolicy")) {
        m_side->addText(tr("Network policies are not in the export."), Glyph::NotChecked);
        if (const QString command = commandForKind(&cluster(), "NetworkPolicy"); !command.isEmpty())
            m_side->addCommand(command);
    }
    if (!m_network->unseenKinds().empty())
        m_side->addText(tr("Further kinds of policies may be there and are not in the export. The audited party can "
                           "fetch them with:"),
            Glyph::NotChecked);
    for (const UnseenPolicyKind &kind : m_network->unseenKinds()) {
        if (!kind.command.empty())
            m_side->addCommand(toQString(kind.command));
        else
            m_side->addText(QString(toQString(kind.kind) % u" (" % toQString(kind.group) % u')'));
    }
    const auto plugin = audit.assessment ? std::ranges::find(audit.assessment->findings, pluginCheck, &Finding::check)
                                         : std::vector<Finding>::const_iterator();
    if (audit.assessment && plugin != audit.assessment->findings.end())
        m_side->addLink(tr("Whether the network plugin obeys policies is in doubt"),
            {.page = PageId::Findings, .finding = toQString(plugin->id), .check = toQString(plugin->check)},
            u"warning"_qs);
    if (!m_network->unlabelledNamespaces().empty())
        m_side->addText(tr("%n namespace(s) are not in the export themselves: rules that choose namespaces by label "
                           "cannot be evaluated there.",
                            nullptr, static_cast<int>(m_network->unlabelledNamespaces().size())),
            Glyph::NotChecked);
    for (const PolicyModel::Gap &gap : m_network->gaps()) {
        m_side->addText(gapText(gap.gap), Glyph::Indications);
        m_side->addLink(objectText(object(gap.object)), addressOf(gap.object, u"spec"_qs));
    }
    m_side->addText(tr("What stands in front of the cluster (firewalls), service meshes, and rules that the plugin has "
                       "outside the API are not seen. Pods in the network of their node are not reached by policies."));
}

} // namespace tally::ui
