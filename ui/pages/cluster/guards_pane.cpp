// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cluster/guards_pane.h"

#include "core/audit/clusters.h"

#include "ui/models/words.h"
#include "ui/pages/cluster/detail_side.h"
#include "ui/pages/table_pane.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/facts_lines.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/splitters.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace tally::ui {

namespace {

constexpr std::string_view detectionCheck = "IDS-RUNTIME";

} // namespace

GuardsPane::GuardsPane(Session &session, QSettings &settings, QWidget *parent)
    : ClusterPane(session, parent)
    , m_part(new SegmentedControl(3))
    , m_table(new TablePane)
    , m_side(new DetailSide)
{
    m_table->table().setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->table().setObjectName(u"guards"_qs);
    m_part->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *left = new Panel(Panel::Ground::Raised);
    auto *lines = new QVBoxLayout(left);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(size::pageMargin, 12, 12, 0);
    head->addWidget(m_part);
    head->addStretch();
    lines->addLayout(head);
    lines->addWidget(m_table, 1);
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(left);
    splitter->addWidget(m_side);
    splitter->setStretchFactor(0, 1);
    rememberSplitter(*splitter, settings, u"clusterGuards"_qs, {790, 300});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter);
    connect(m_part, &SegmentedControl::chosen, this, [this](int part) { showPart(static_cast<Part>(part)); });
    connect(m_table, &TablePane::chosenChanged, this, &GuardsPane::showChosen);
    connect(m_side, &DetailSide::navigate, this, &ClusterPane::navigate);
}

GuardsPane::~GuardsPane() = default;

void GuardsPane::retranslateUi()
{
    m_part->setName(tr("What guards the cluster"));
    if (isShown())
        fill();
}

void GuardsPane::compute()
{
    const Check *check = session().checks().find(detectionCheck);
    const std::vector<std::string> detectors = check ? check->parameterList("images") : std::vector<std::string>();
    computeWith(
        [detectors](const AuditState &state, const RunContext &) {
            return Data{enginePolicies(*onlyCluster(state)->cluster), admissionWebhooks(*onlyCluster(state)->cluster),
                watchersOf(*onlyCluster(state)->cluster, detectors), ObjectFindings(state, onlyCluster(state))};
        },
        [this](Data computed) {
            m_data = std::move(computed);
            fill();
        });
}

void GuardsPane::showPart(Part part)
{
    m_part->setCurrent(part);
    if (isShown())
        fill();
}

void GuardsPane::choose(const QVariant &what)
{
    constexpr std::array<std::string_view, 3> codes = {"watchers", "engines", "webhooks"};
    const auto code = std::ranges::find(codes, toUtf8String(what.toString()));
    if (code != codes.end())
        showPart(static_cast<Part>(code - codes.begin()));
}

void GuardsPane::fill()
{
    //: of a part of the tab: name and number
    const auto text = [](const QString &name, std::size_t count) { return tr("%1  %2").arg(name, countText(count)); };
    m_part->setTexts({text(tr("Watches"), m_data.watchers.size()), text(tr("Policy engines"), m_data.engines.size()),
        text(tr("Webhooks"), m_data.webhooks.size())});
    switch (static_cast<Part>(m_part->current())) {
    case WatchersPart:
        fillWatchers();
        break;
    case EnginesPart:
        fillEngines();
        break;
    case WebhooksPart:
        fillWebhooks();
        break;
    }
    if (!m_table->chosen().isValid())
        m_table->choose(0);
    showChosen();
}

SimpleTableModel::Cell GuardsPane::findingsCell(std::size_t index) const
{
    const int worst = m_data.findings.worst(object(index));
    if (worst < 0)
        return {u"–"_qs, 0};
    const std::size_t count = m_data.findings.of(object(index)).size();
    return {countText(count), QVariant::fromValue<qulonglong>(count),
        static_cast<int>(glyphOf(static_cast<Severity>(worst)))};
}

QString GuardsPane::exemptText(const std::vector<std::string> &exempt) const
{
    QStringList names;
    for (const std::string &name : exempt)
        names.append(foreignText(name));
    // Selectors may still leave something out: none is named, which is not none.
    return names.isEmpty() ? tr("none named") : names.join(u", ");
}

QString GuardsPane::modeText(EngineMode mode) const
{
    switch (mode) {
    case EngineMode::NoRule:
        return tr("judges nothing");
    case EngineMode::Reports:
        return tr("reports only");
    case EngineMode::Enforces:
        return tr("refuses");
    }
    Q_UNREACHABLE();
}

QString GuardsPane::watcherText(WatcherKind kind) const
{
    switch (kind) {
    case WatcherKind::LogShipping:
        return tr("Log shipping");
    case WatcherKind::AttackDetection:
        return tr("Attack detection");
    case WatcherKind::Backup:
        return tr("Backup");
    }
    Q_UNREACHABLE();
}

QString GuardsPane::nodesText(const Watcher &watcher) const
{
    const auto nodes = static_cast<std::size_t>(nodesOf(cluster()).size());
    if (!watcher.onEachNode)
        return watcher.nodes.empty() ? u"–"_qs : countText(watcher.nodes.size());
    if (!watcher.nodes.empty() && nodes > 0)
        return tr("%1 of %2").arg(countText(nodes - watcher.without.size()), countText(nodes));
    if (watcher.ready && watcher.wanted)
        return tr("%1 of %2").arg(QString::number(*watcher.ready), QString::number(*watcher.wanted));
    return tr("not checked");
}

void GuardsPane::fillEngines()
{
    std::vector<SimpleTableModel::Row> rows;
    for (std::size_t i = 0; i < m_data.engines.size(); ++i) {
        const EnginePolicy &policy = m_data.engines[i];
        const Object &own = object(policy.object);
        const Glyph glyph = policy.mode == EngineMode::Enforces ? Glyph::None : Glyph::Indications;
        rows.push_back({{{toQString(policy.engine)}, {objectText(own)},
                            {modeText(policy.mode), static_cast<int>(policy.mode), static_cast<int>(glyph)},
                            {policy.failurePolicy.empty() ? u"–"_qs : foreignText(policy.failurePolicy)},
                            {policy.violations ? QString::number(*policy.violations) : u"?"_qs,
                                QVariant::fromValue<qlonglong>(policy.violations.value_or(-1))},
                            findingsCell(policy.object), {exemptText(policy.exempt)}},
            static_cast<int>(i)});
    }
    m_table->setName(tr("Policies of engines"));
    m_table->setNote(rows.empty()
            ? tr("No policies of Gatekeeper, Kyverno, Kubewarden or ValidatingAdmissionPolicy are in the export.")
            : tr("What is judged before it is let in. “Reports only” lets everything in; “?” means that the export "
                 "does not show violations."));
    m_table->setTable({{tr("Engine")}, {tr("Policy")}, {tr("Mode")}, {tr("On failure")}, {tr("Violations"), true},
                          {tr("Findings")}, {tr("Passes over")}},
        std::move(rows), {104, -3, 120, 92, 96, 84, -2});
}

void GuardsPane::fillWebhooks()
{
    std::vector<SimpleTableModel::Row> rows;
    for (std::size_t i = 0; i < m_data.webhooks.size(); ++i) {
        const AdmissionWebhook &webhook = m_data.webhooks[i];
        rows.push_back({{{foreignText(webhook.name)}, {webhook.mutating ? tr("changes") : tr("judges")},
                            {webhook.ignoresFailure ? tr("lets in") : tr("refuses"), webhook.ignoresFailure ? 0 : 1,
                                static_cast<int>(webhook.ignoresFailure ? Glyph::Indications : Glyph::None)},
                            {foreignText(webhook.service)}, findingsCell(webhook.object), {exemptText(webhook.exempt)}},
            static_cast<int>(i)});
    }
    m_table->setName(tr("Webhooks"));
    m_table->setNote(rows.empty() ? tr("No webhook configurations are in the export.")
                                  : tr("Programs that the API server asks. “Lets in” on failure: while the program is "
                                       "down, nothing is judged."));
    m_table->setTable(
        {{tr("Webhook")}, {tr("Task")}, {tr("On failure")}, {tr("Asks")}, {tr("Findings")}, {tr("Passes over")}},
        std::move(rows), {-3, 84, 100, -2, 84, -2});
}

void GuardsPane::fillWatchers()
{
    std::vector<SimpleTableModel::Row> rows;
    for (std::size_t i = 0; i < m_data.watchers.size(); ++i) {
        const Watcher &watcher = m_data.watchers[i];
        const Glyph glyph = watcher.without.empty() ? Glyph::None : Glyph::Indications;
        rows.push_back({{{watcherText(watcher.kind)}, {foreignText(watcher.name)}, {objectText(object(watcher.object))},
                            {nodesText(watcher), {}, static_cast<int>(glyph)}, findingsCell(watcher.object)},
            static_cast<int>(i)});
    }
    QStringList lacking;
    for (const WatcherKind kind : {WatcherKind::LogShipping, WatcherKind::AttackDetection, WatcherKind::Backup}) {
        if (std::ranges::find(m_data.watchers, kind, &Watcher::kind) == m_data.watchers.end())
            lacking.append(watcherText(kind));
    }
    m_table->setName(tr("What watches"));
    m_table->setNote(lacking.isEmpty()
            ? tr("Recognised by images and by kinds of objects. What runs beside the cluster is not seen here.")
            : tr("Nothing that is known here was recognised for: %1. It may run beside the cluster or under another "
                 "name: ask.")
                  .arg(lacking.join(u", ")));
    m_table->setTable({{tr("Task")}, {tr("Recognised by")}, {tr("Object")}, {tr("Nodes")}, {tr("Findings")}},
        std::move(rows), {170, 130, -1, 96, 84});
}

void GuardsPane::showChosen()
{
    if (!isShown())
        return;
    const QVariant chosen = m_table->chosen();
    if (!chosen.isValid()) {
        showEmpty();
        return;
    }
    const auto row = static_cast<std::size_t>(chosen.toInt());
    std::size_t shown = 0;
    switch (static_cast<Part>(m_part->current())) {
    case WatchersPart:
        showWatcher(m_data.watchers[row]);
        shown = m_data.watchers[row].object;
        break;
    case EnginesPart:
        showEngine(m_data.engines[row]);
        shown = m_data.engines[row].object;
        break;
    case WebhooksPart:
        showWebhook(m_data.webhooks[row]);
        shown = m_data.webhooks[row].object;
        break;
    }
    addFindings(*m_side, m_data.findings.of(object(shown)));
    m_side->end();
}

void GuardsPane::showEmpty()
{
    std::vector<std::string_view> kinds;
    switch (static_cast<Part>(m_part->current())) {
    case WatchersPart:
        kinds = {"DaemonSet", "Deployment", "Pod", "Node"};
        break;
    case EnginesPart:
        kinds = {"ClusterPolicy", "Policy", "ValidatingAdmissionPolicyBinding", "ValidatingAdmissionPolicy"};
        break;
    case WebhooksPart:
        kinds = {"ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"};
        break;
    }
    QStringList commands;
    for (const std::string_view kind : kinds) {
        const QString command = cluster().knows(kind) ? QString() : commandForKind(&cluster(), kind);
        if (!command.isEmpty())
            commands.append(command);
    }
    if (commands.isEmpty()) {
        m_side->begin(tr("Nothing found"));
        m_side->addText(static_cast<Part>(m_part->current()) == WatchersPart
                ? tr("The workloads are in the export; none of them was recognised.")
                : tr("These kinds were looked for, and none is there."));
    } else {
        m_side->begin(tr("Not checked"));
        m_side->addText(tr("The export lacks it. The audited party can fetch it with:"), Glyph::NotChecked);
        for (const QString &command : commands)
            m_side->addCommand(command);
    }
    if (static_cast<Part>(m_part->current()) == WatchersPart)
        addWanted();
    m_side->end();
}

/// What asks for it, where nothing was recognised.
void GuardsPane::addWanted()
{
    constexpr std::array<std::pair<WatcherKind, std::string_view>, 3> wanted
        = {std::pair(WatcherKind::LogShipping, std::string_view("SYS.1.6.A7")),
            std::pair(WatcherKind::AttackDetection, std::string_view("SYS.1.6.A24")),
            std::pair(WatcherKind::Backup, std::string_view("APP.4.4.A5"))};
    for (const auto &[kind, id] : wanted) {
        if (std::ranges::find(m_data.watchers, kind, &Watcher::kind) != m_data.watchers.end())
            continue;
        m_side->addSection(watcherText(kind));
        m_side->addText(tr("Asked for by %1.").arg(toQString(id)));
        std::vector<std::pair<QString, Address>> links;
        if (id.starts_with(session().module().id))
            links.emplace_back(shortId(id), Address{.page = PageId::Checklist, .requirement = toQString(id)});
        if (kind == WatcherKind::AttackDetection)
            links.emplace_back(
                tr("Findings on this"), Address{.page = PageId::Findings, .check = toQString(detectionCheck)});
        m_side->addLinks(links, false);
    }
}

void GuardsPane::addObject(std::size_t index, const QString &field)
{
    m_side->addLink(tr("Show as YAML, with its findings"), addressOf(index, field), u"file"_qs);
}

void GuardsPane::showEngine(const EnginePolicy &policy)
{
    const Object &own = object(policy.object);
    m_side->begin(foreignText(own.name), foreignText(own.kind));
    addObject(policy.object, u"spec"_qs);
    FactsLines &facts = m_side->addFacts();
    facts.addLine(tr("Engine"), toQString(policy.engine));
    facts.addLine(tr("Mode"), modeText(policy.mode));
    facts.addLine(tr("On failure"),
        policy.failurePolicy.empty() ? tr("stands at the engine's webhook") : foreignText(policy.failurePolicy));
    facts.addLine(tr("Violations"),
        policy.violations ? tr("%n open", nullptr, static_cast<int>(*policy.violations))
                          : tr("the export does not show them"));
    facts.addLine(tr("Passes over"), exemptText(policy.exempt));
}

void GuardsPane::showWebhook(const AdmissionWebhook &webhook)
{
    const Object &own = object(webhook.object);
    m_side->begin(foreignText(webhook.name), objectText(own));
    addObject(webhook.object, u"webhooks["_qs % QString::number(webhook.position) % u']');
    FactsLines &facts = m_side->addFacts();
    facts.addLine(tr("Task"), webhook.mutating ? tr("changes objects") : tr("judges objects"));
    facts.addLine(
        tr("On failure"), webhook.ignoresFailure ? tr("lets in what it should judge (Ignore)") : tr("refuses (Fail)"));
    facts.addLine(tr("Asks"), foreignText(webhook.service));
    facts.addLine(tr("Passes over"), exemptText(webhook.exempt));
}

void GuardsPane::showWatcher(const Watcher &watcher)
{
    const Object &own = object(watcher.object);
    m_side->begin(foreignText(own.name), objectText(own));
    addObject(watcher.object);
    FactsLines &facts = m_side->addFacts();
    facts.addLine(tr("Task"), watcherText(watcher.kind));
    facts.addLine(tr("Recognised by"), foreignText(watcher.name));
    if (watcher.wanted && watcher.ready)
        facts.addLine(tr("Pods"),
            tr("%1 ready of %2 wanted").arg(QString::number(*watcher.ready), QString::number(*watcher.wanted)));
    const auto list = [](const std::vector<std::string> &names) {
        QStringList texts;
        for (const std::string &name : names)
            texts.append(foreignText(name));
        return texts.join(u", ");
    };
    if (!watcher.nodes.empty())
        facts.addLine(tr("Runs on"), list(watcher.nodes));
    if (!watcher.without.empty())
        facts.addLine(tr("Not on"), list(watcher.without), nullptr, Glyph::Indications);
    if (watcher.nodes.empty())
        facts.addLine(tr("Nodes"), tr("the export holds no Pods of it that tell"), nullptr, Glyph::NotChecked);
}

} // namespace tally::ui
