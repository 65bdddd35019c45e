// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cluster_page.h"

#include "core/audit/clusters.h"
#include "core/base/text_format.h"
#include "core/cluster/watchers.h"
#include "ui/dialogs/asked_dialog.h"
#include "ui/dialogs/clusters_dialog.h"
#include "ui/dialogs/open_again.h"
#include "ui/models/words.h"
#include "ui/pages/cluster/access_pane.h"
#include "ui/pages/cluster/cluster_delegates.h"
#include "ui/pages/cluster/completeness_pane.h"
#include "ui/pages/cluster/control_plane_pane.h"
#include "ui/pages/cluster/facts_legend.h"
#include "ui/pages/cluster/guards_pane.h"
#include "ui/pages/cluster/namespaces_pane.h"
#include "ui/pages/cluster/network_pane.h"
#include "ui/pages/cluster/object_pane.h"
#include "ui/pages/cluster/workloads_pane.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/item_rows.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/splitters.h"
#include "ui/widgets/tab_strip.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace tally::ui {

namespace {

QVBoxLayout *bareColumn(QWidget *widget)
{
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    return column;
}

class ObjectTree final : public QTreeView
{
public:
    ObjectTree()
    {
        setHeaderHidden(true);
        setRootIsDecorated(false);
        setIndentation(0);
        setFrameShape(QFrame::NoFrame);
        setMouseTracking(true);
        setUniformRowHeights(true);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setTabKeyNavigation(false);
    }

protected:
    void drawBranches(QPainter *, const QRect &, const QModelIndex &) const override { }
};

} // namespace

ClusterPage::ClusterPage(Session &session, QSettings &settings, QWidget *parent)
    : Page(PageId::Cluster, session, parent)
    , m_namespaces(this)
    , m_objects(this)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState(u"cluster"_qs))
    , m_title(makeLabel(Face::Title))
    , m_cluster(new QComboBox)
    , m_assign(new QPushButton)
    , m_summary(new ElidedLabel(Face::Secondary, Ink::Muted))
    , m_mixed(new Chip)
    , m_missing(new Chip)
    , m_tabs(new TabStrip)
    , m_panes(new QStackedWidget)
    , m_all(new QPushButton)
    , m_namespaceTable(new QTableView)
    , m_legend(new FactsLegend)
    , m_filter(new SearchField)
    , m_kind(new QComboBox)
    , m_tree(new ObjectTree)
    , m_pane(new ObjectPane(session))
    , m_completeness(new CompletenessPane)
{
    auto *content = new QWidget;
    QVBoxLayout *column = bareColumn(content);
    column->addWidget(makeHead());
    column->addWidget(new Line);
    column->addWidget(m_panes, 1);
    m_panes->addWidget(makeObjects(settings));
    addPane(NamespacesTab, new NamespacesPane(session, settings));
    addPane(WorkloadsTab, new WorkloadsPane(session, settings));
    addPane(AccessTab, new AccessPane(session, settings));
    addPane(NetworkTab, new NetworkPane(session, settings));
    addPane(ControlPlaneTab, new ControlPlanePane(session, settings));
    addPane(GuardsTab, new GuardsPane(session, settings));
    m_panes->addWidget(m_completeness);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(content);
    bareColumn(this)->addWidget(m_stack);
    connectParts();
}

void ClusterPage::addPane(Tab tab, ClusterPane *pane)
{
    m_facts.emplace(tab, pane);
    m_panes->addWidget(pane);
    connect(pane, &ClusterPane::navigate, this, &Page::navigate);
}

QWidget *ClusterPage::makeHead()
{
    auto *head = new Panel(Panel::Ground::Raised);
    auto *lines = new QVBoxLayout(head);
    lines->setContentsMargins(size::pageMargin, 12, size::pageMargin, 0);
    lines->setSpacing(6);
    auto *first = new QHBoxLayout;
    first->setSpacing(16);
    m_cluster->setObjectName(u"chooseCluster"_qs);
    m_cluster->setMaximumWidth(260);
    m_assign->setObjectName(u"assignExports"_qs);
    first->addWidget(m_title);
    first->addWidget(m_cluster);
    first->addWidget(m_summary, 1);
    first->addWidget(m_mixed);
    first->addWidget(m_missing);
    first->addWidget(m_assign);
    lines->addLayout(first);
    lines->addWidget(m_tabs);
    return head;
}

QWidget *ClusterPage::makeNamespaces()
{
    auto *left = new Panel(Panel::Ground::Raised);
    QVBoxLayout *column = bareColumn(left);
    m_namespaceTable->setHorizontalHeader(new TableHead(4));
    m_namespaceTable->setModel(&m_namespaces);
    m_namespaceTable->setItemDelegate(new NamespaceDelegate(m_namespaceTable));
    m_namespaceTable->setFrameShape(QFrame::NoFrame);
    m_namespaceTable->setShowGrid(false);
    m_namespaceTable->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_namespaceTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_namespaceTable->setMouseTracking(true);
    m_namespaceTable->setTabKeyNavigation(false);
    m_namespaceTable->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_namespaceTable->verticalHeader()->hide();
    m_namespaceTable->verticalHeader()->setDefaultSectionSize(size::tableRow);
    m_namespaceTable->setObjectName(u"namespaces"_qs);
    QHeaderView &head = *m_namespaceTable->horizontalHeader();
    head.setHighlightSections(false);
    head.setMinimumSectionSize(40);
    head.setSectionResizeMode(QHeaderView::Fixed);
    head.setSectionResizeMode(NamespacesModel::NameColumn, QHeaderView::Stretch);
    for (int fact = NamespacesModel::PodSecurityColumn; fact <= NamespacesModel::LimitsColumn; ++fact)
        head.resizeSection(fact, 42);
    head.resizeSection(NamespacesModel::FindingsColumn, 64);
    m_namespaceTable->viewport()->installEventFilter(this);
    auto *all = new QHBoxLayout;
    all->setContentsMargins(16, 7, 12, 7);
    m_all->setCheckable(true); // pressed as long as it holds
    all->addWidget(m_all);
    column->addLayout(all);
    column->addWidget(new Line);
    column->addWidget(m_namespaceTable, 1);
    column->addWidget(new Line);
    column->addWidget(m_legend);
    left->setMinimumWidth(340); // for two facts, and names that can be told apart
    return left;
}

/// Where there is room for little, names that can be told apart come first; the tab of namespaces has all facts.
bool ClusterPage::eventFilter(QObject *watched, QEvent *event)
{
    constexpr int roomForAll = 360;
    if (event->type() == QEvent::Resize && watched == m_namespaceTable->viewport()) {
        const bool hidden = m_namespaceTable->viewport()->width() < roomForAll;
        for (const int fact : {NamespacesModel::QuotaColumn, NamespacesModel::LimitsColumn}) {
            if (m_namespaceTable->isColumnHidden(fact) != hidden)
                m_namespaceTable->setColumnHidden(fact, hidden);
        }
    }
    return Page::eventFilter(watched, event);
}

QWidget *ClusterPage::makeObjects(QSettings &settings)
{
    auto *middle = new Panel(Panel::Ground::Raised);
    QVBoxLayout *column = bareColumn(middle);
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(12, 7, 12, 7);
    tools->setSpacing(8);
    tools->addWidget(m_filter, 1);
    tools->addWidget(m_kind);
    m_kind->setMaximumWidth(150);
    column->addLayout(tools);
    column->addWidget(new Line);
    m_tree->setModel(&m_objects);
    m_tree->setItemDelegate(new ObjectDelegate(m_tree));
    m_tree->setObjectName(u"objects"_qs);
    column->addWidget(m_tree, 1);
    middle->setMinimumWidth(240);

    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(makeNamespaces());
    splitter->addWidget(middle);
    splitter->addWidget(m_pane);
    splitter->setStretchFactor(2, 1);
    rememberSplitter(*splitter, settings, u"cluster"_qs, {410, 290, 388});
    return splitter;
}

void ClusterPage::connectParts()
{
    connect(m_empty->button(), &QAbstractButton::clicked, this,
        [this] { Q_EMIT commandWanted(session().hasAudit() ? Command::OpenFiles : Command::NewAudit); });
    connect(m_tabs, &TabStrip::chosen, this, &ClusterPage::showTab);
    connect(m_all, &QPushButton::clicked, this, [this] {
        m_namespaceTable->clearSelection();
        m_namespaceTable->setCurrentIndex({});
        applyFilter();
    });
    // The selection, not the current row: a table that gets the keyboard makes its first row current by itself.
    connect(
        m_namespaceTable->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ClusterPage::applyFilter);
    connect(m_filter, &QLineEdit::textChanged, this, &ClusterPage::applyFilter);
    connect(m_kind, &QComboBox::activated, this, &ClusterPage::applyFilter);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex &index) { showObject(index); });
    connect(m_tree, &QTreeView::clicked, this, [this](const QModelIndex &index) {
        if (m_objects.object(index) < 0)
            m_tree->setExpanded(index, !m_tree->isExpanded(index));
    });
    connect(m_pane, &ObjectPane::navigate, this, &Page::navigate);
    connect(m_completeness, &CompletenessPane::recordWanted, this, &ClusterPage::openRecord);
    connect(m_cluster, &QComboBox::activated, this, [this] { chooseCluster(m_cluster->currentData().toString()); });
    connect(m_assign, &QPushButton::clicked, this, &ClusterPage::openAssign);
}

ClusterPage::~ClusterPage()
{
    delete m_stack; // its views speak to us and use our models while they go
}

void ClusterPage::openRecord(const QStringList &kinds)
{
    const AuditStatePtr state = session().state();
    const AuditCluster *cluster = onlyCluster(*session().clusterState());
    if (!cluster)
        return;
    const int source = cluster->key == state->clusters.front().key ? 0 : standingSource(*state, *cluster);
    auto *dialog = new AskedDialog(*cluster->cluster, askedIn(*state, *cluster), kinds, session().auditor(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AskedDialog::recorded, this,
        [this, dialog, source, key = cluster->key](const std::vector<AskedKind> &kindsOfThis) {
            const AuditStatePtr now = session().state();
            std::vector<AskedKind> all; // of the other clusters, as they are
            for (const AuditCluster &each : now->clusters) {
                if (each.key != key)
                    std::ranges::copy(askedIn(*now, each), std::back_inserter(all));
            }
            for (AskedKind kind : kindsOfThis) {
                kind.source = source;
                all.push_back(std::move(kind));
            }
            openAgainIfRefused(*dialog, session(), [&] { session().setAsked(all); });
        });
    dialog->open();
}

void ClusterPage::openAssign()
{
    auto *dialog = new ClustersDialog(session().state(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ClustersDialog::assigned, &session(), [this, dialog](const std::vector<AuditChange> &changes) {
        openAgainIfRefused(*dialog, session(), [&] { session().change(changes); });
    });
    dialog->open();
}

void ClusterPage::chooseCluster(const QString &key)
{
    session().chooseCluster(toUtf8String(key));
    setState(*session().state());
}

void ClusterPage::showChooser(const AuditState &state)
{
    const AuditCluster *shown = onlyCluster(*session().clusterState());
    const QSignalBlocker quiet(m_cluster);
    m_cluster->clear();
    for (const AuditCluster &each : state.clusters) {
        m_cluster->addItem(foreignText(each.name), toQString(each.key));
        if (shown && each.key == shown->key)
            m_cluster->setCurrentIndex(m_cluster->count() - 1);
    }
    m_cluster->setVisible(state.clusters.size() > 1);
    const auto exports = std::ranges::count_if(state.exports, [](const ClusterPtr &each) { return each != nullptr; });
    m_assign->setVisible(exports > 1 && !session().isReadOnly());
}

QString ClusterPage::title() const
{
    return tr("Cluster");
}

void ClusterPage::retranslateUi()
{
    m_title->setText(tr("Cluster"));
    m_cluster->setAccessibleName(tr("Which cluster"));
    m_cluster->setToolTip(tr("Which cluster this page shows"));
    m_assign->setText(tr("Assign exports …"));
    m_assign->setToolTip(tr("Says which export belongs to which cluster, and what they are called"));
    m_all->setText(tr("All namespaces"));
    m_namespaceTable->setAccessibleName(tr("Namespaces"));
    m_filter->setPlaceholderText(tr("Filter objects"));
    m_filter->setAccessibleName(tr("Filter objects"));
    m_kind->setAccessibleName(tr("Kind of objects"));
    m_tree->setAccessibleName(tr("Objects"));
    m_completeness->retranslateUi();
    m_pane->retranslateUi();
    for (const auto &[tab, pane] : m_facts)
        pane->retranslateUi();
}

void ClusterPage::setState(const AuditState &state)
{
    const AuditStatePtr view = session().clusterState();
    const AuditCluster *shown = onlyCluster(*view);
    if (!shown) {
        m_empty->setTexts(tr("No cluster yet"),
            tr("Here you see what a cluster export holds, and what it lacks. Open the output of kubectl, a folder of "
               "manifests or a support bundle; nothing is contacted."));
        m_empty->button()->setText(session().hasAudit() ? tr("Open files") : tr("New audit"));
        m_empty->button()->show();
        m_stack->setCurrentIndex(0);
        m_shown = nullptr;
        m_objects.setState(view);
        return;
    }
    m_stack->setCurrentIndex(1);
    const int object = m_objects.object(m_tree->currentIndex());
    const bool same = m_shown == shown->cluster.get();
    const QString chosen = chosenNamespace().data(NamespacesModel::NamespaceRole).toString();
    const bool hadNamespace = chosenNamespace().isValid();
    m_shown = shown->cluster.get();
    m_namespaces.setState(view);
    m_objects.setState(view);
    for (const auto &[tab, pane] : m_facts)
        pane->setState(view);
    showChooser(state);
    showHead(*shown);
    m_completeness->setCluster(shown->cluster, askedIn(state, *shown), !session().isReadOnly());
    if (same && hadNamespace && m_namespaces.rowOf(chosen) >= 0)
        m_namespaceTable->selectRow(m_namespaces.rowOf(chosen));
    applyFilter();
    if (same && object >= 0)
        selectObject(object);
}

void ClusterPage::showHead(const AuditCluster &of)
{
    const Cluster &cluster = *of.cluster;
    QStringList facts;
    if (!of.name.empty() && m_cluster->count() < 2)
        facts.append(foreignText(of.name));
    if (!cluster.kubernetesVersion.empty())
        facts.append(tr("Kubernetes %1").arg(foreignText(cluster.kubernetesVersion)));
    facts.append(tr("%n node(s)", nullptr, static_cast<int>(nodesOf(cluster).size())));
    facts.append(
        cluster.objects.size() == 1 ? tr("1 object") : tr("%1 objects").arg(countText(cluster.objects.size())));
    if (!cluster.exportedAt.empty())
        facts.append(tr("as of %1").arg(toQString(formatTime(cluster.exportedAt, applicationLanguage()))));
    m_summary->setText(facts.join(u"    "));
    showMixed(cluster);
    const auto missing = std::ranges::count_if(cluster.completeness, [](const KindCompleteness &kind) {
        return kind.state == KindState::Missing || kind.state == KindState::Forbidden;
    });
    m_missing->setVisible(missing > 0);
    m_missing->set(Glyph::NotChecked, tr("%n kind(s) not seen", nullptr, static_cast<int>(missing)));
    showTabs(cluster);
}

void ClusterPage::showMixed(const Cluster &cluster)
{
    QStringList places;
    for (const std::string &place : cluster.severalClusters)
        places.append(foreignText(place));
    m_mixed->setVisible(!places.isEmpty());
    m_mixed->set(Glyph::Deviation, tr("Mixes several clusters"));
    m_mixed->setToolTip(
        tr("Read as one cluster: %1. What joins objects, and what says that something is absent, cannot be "
           "relied on. Open each of them by itself.")
            .arg(places.join(QStringLiteral(", ")).toHtmlEscaped()));
}

void ClusterPage::showTabs(const Cluster &cluster)
{
    const auto known = std::ranges::count_if(cluster.completeness, [](const KindCompleteness &kind) {
        return kind.state != KindState::Missing && kind.state != KindState::Forbidden;
    });
    QStringList titles;
    for (const PageTab &tab : tabs())
        titles.append(tab.title);
    QStringList counts(titles.size());
    counts[ObjectsTab] = countText(cluster.objects.size());
    counts[NamespacesTab] = countText(cluster.namespaces.size());
    counts[CompletenessTab]
        = tr("%1 of %2").arg(countText(static_cast<std::uint64_t>(known)), countText(cluster.completeness.size()));
    m_tabs->setTabs(titles, counts);
}

/// In the order of Tab.
std::vector<PageTab> ClusterPage::tabs() const
{
    if (session().state()->clusters.empty())
        return {};
    return {{u"objects"_qs, tr("Objects")}, {u"namespaces"_qs, tr("Namespaces")}, {u"workloads"_qs, tr("Workloads")},
        {u"access"_qs, tr("Access")}, {u"network"_qs, tr("Network")}, {u"control-plane"_qs, tr("Control plane")},
        {u"guards"_qs, tr("Guards")}, {u"completeness"_qs, tr("Completeness")}};
}

bool ClusterPage::isBusy() const
{
    return std::ranges::any_of(m_facts, [](const auto &entry) { return entry.second->isBusy(); });
}

void ClusterPage::showTab(int tab)
{
    m_tabs->setCurrent(tab);
    m_panes->setCurrentIndex(tab);
}

void ClusterPage::fillKinds()
{
    const QString chosen = m_kind->currentIndex() > 0 ? m_kind->currentText() : QString();
    const QSignalBlocker quiet(m_kind);
    m_kind->clear();
    m_kind->addItem(tr("All kinds"));
    m_kind->addItems(m_objects.kinds());
    m_kind->setCurrentIndex(std::max(0, chosen.isEmpty() ? 0 : m_kind->findText(chosen)));
}

QModelIndex ClusterPage::chosenNamespace() const
{
    return m_namespaceTable->selectionModel()->selectedRows().value(0);
}

void ClusterPage::applyFilter()
{
    ObjectFilter filter;
    if (const QModelIndex row = chosenNamespace(); row.isValid())
        filter.namespaceName = toUtf8String(row.data(NamespacesModel::NamespaceRole).toString());
    m_all->setChecked(!filter.namespaceName);
    filter.text = m_filter->text();
    if (m_kind->currentIndex() > 0)
        filter.kind = toUtf8String(m_kind->currentText());
    m_objects.setFilter(filter);
    fillKinds();
    if (m_kind->currentIndex() == 0 && !filter.kind.empty()) { // the namespace has none of that kind
        filter.kind.clear();
        m_objects.setFilter(filter);
    }
    unfoldBands();
    const QModelIndex first = m_objects.firstObject();
    if (!first.isValid())
        m_pane->setObject(-1, {});
    m_tree->setCurrentIndex(first);
}

void ClusterPage::unfoldBands()
{
    constexpr int lines = 60; // what has findings lies open, as far as it can be overlooked
    int used = 0;
    for (int row = 0; row < m_objects.rowCount(); ++row) {
        const QModelIndex kind = m_objects.index(row, 0);
        const int below = m_objects.rowCount(kind);
        if (used > 0 && (used + below > lines || kind.data(ClusterObjectsModel::SeverityRole).toInt() < 0))
            continue;
        m_tree->expand(kind);
        used += below;
    }
}

void ClusterPage::showObject(const QModelIndex &index)
{
    const int object = m_objects.object(index);
    if (object >= 0)
        m_pane->setObject(object, m_objects.findingsOf(object));
}

void ClusterPage::selectObject(int object)
{
    const QModelIndex at = m_objects.indexOfObject(object);
    if (!at.isValid())
        return;
    m_tree->expand(at.parent());
    m_tree->setCurrentIndex(at);
    m_tree->scrollTo(at, QAbstractItemView::PositionAtCenter);
}

void ClusterPage::goTo(const Address &address)
{
    if (session().state()->clusters.empty())
        return;
    if (!address.cluster.isEmpty() && address.cluster != m_cluster->currentData().toString())
        chooseCluster(address.cluster);
    const std::vector<PageTab> all = tabs();
    const auto code = std::ranges::find(all, address.tab, &PageTab::code);
    const auto tab = static_cast<Tab>(code - all.begin());
    if (code == all.end() || (tab == ObjectsTab && !address.object.isEmpty())) {
        goToObject(address);
        return;
    }
    showTab(tab);
    const auto pane = m_facts.find(tab);
    if (pane != m_facts.end() && !address.object.isEmpty())
        pane->second->choose(address.object);
    if (QWidget *view = m_panes->currentWidget()->findChild<QAbstractItemView *>())
        view->setFocus(Qt::OtherFocusReason);
}

void ClusterPage::goToObject(const Address &address)
{
    const QStringList parts = address.object.split(u'/');
    if (parts.size() < 3)
        return;
    showTab(ObjectsTab);
    const std::string name = toUtf8String(parts.sliced(2).join(u'/'));
    const int object
        = onlyCluster(*session().clusterState())->cluster->find(toUtf8String(parts[0]), toUtf8String(parts[1]), name);
    const bool wholeNamespace = parts[0].isEmpty() && name.empty();
    if (object < 0 && !wholeNamespace)
        return;
    m_filter->clear();
    m_kind->setCurrentIndex(0);
    const int row = m_namespaces.rowOf(parts[1]);
    if (row >= 0)
        m_namespaceTable->selectRow(row);
    applyFilter();
    if (object >= 0)
        selectObject(object);
    if (!address.finding.isEmpty())
        m_pane->showFinding(address.finding);
    else if (!address.field.isEmpty())
        m_pane->showField(address.field);
    m_tree->setFocus(Qt::OtherFocusReason);
}

} // namespace tally::ui
