// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cluster/control_plane_pane.h"

#include "core/audit/clusters.h"
#include "core/cluster/control_plane.h"
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
#include <array>
#include <map>
#include <utility>

namespace tally::ui {

namespace {

constexpr std::array<std::string_view, 4> programs
    = {"kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd"};
constexpr std::string_view kubelet = "kubelet";
constexpr int deepest = 4; ///< levels of a kubelet's configuration

/// Findings by the object and field at which they stand.
using FindingsByField = std::map<std::string, std::vector<std::size_t>>;

std::string placeKey(
    std::string_view kind, std::string_view namespaceName, std::string_view name, std::string_view field)
{
    std::string key;
    for (const std::string_view part : {kind, namespaceName, name, field})
        key.append(part).append("\n");
    return key;
}

FindingsByField findingsByField(const AuditState &state)
{
    FindingsByField found;
    if (!state.assessment)
        return found;
    for (std::size_t i = 0; i < state.assessment->findings.size(); ++i) {
        const Finding &finding = state.assessment->findings[i];
        if (finding.object && onlyCluster(state)->has(finding))
            found[placeKey(finding.object->kind, finding.object->namespaceName, finding.object->name, finding.field)]
                .push_back(i);
    }
    return found;
}

std::vector<std::size_t> findingsAt(const FindingsByField &all, const Object &object, const std::string &field)
{
    const auto found = all.find(placeKey(object.kind, object.namespaceName, object.name, field));
    return found == all.end() ? std::vector<std::size_t>() : found->second;
}

struct Leaf
{
    std::string name;
    Node node;
};

/// "authentication.anonymous.enabled" and its like; lists of texts as one.
void addLeaves(std::vector<Leaf> &leaves, Node map, const std::string &path, int depth)
{
    for (const Node member : map) {
        const std::string_view key = member.key();
        if (path.empty() && (key == "kind" || key == "apiVersion" || key == "metadata"))
            continue;
        const std::string name = path.empty() ? std::string(key) : path + '.' + std::string(key);
        if (member.isMap() && depth < deepest)
            addLeaves(leaves, member, name, depth + 1);
        else
            leaves.push_back({name, member});
    }
}

std::string valueOf(Node node)
{
    if (node.isScalar())
        return std::string(node.text());
    std::string text;
    for (const Node item : node) {
        if (!text.empty())
            text += ", ";
        text += item.isScalar() ? std::string(item.text()) : std::string("…");
    }
    return text;
}

} // namespace

ControlPlanePane::ControlPlanePane(Session &session, QSettings &settings, QWidget *parent)
    : ClusterPane(session, parent)
    , m_table(new TablePane)
    , m_side(new DetailSide)
{
    m_table->table().setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->table().setObjectName(u"controlPlane"_qs);
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(m_table);
    splitter->addWidget(m_side);
    splitter->setStretchFactor(0, 1);
    rememberSplitter(*splitter, settings, u"clusterControlPlane"_qs, {790, 300});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter);
    connect(m_table, &TablePane::chosenChanged, this, &ControlPlanePane::showChosen);
    connect(m_side, &DetailSide::navigate, this, &ClusterPane::navigate);
}

ControlPlanePane::~ControlPlanePane() = default;

void ControlPlanePane::retranslateUi()
{
    m_table->setName(tr("Settings of the control plane"));
    if (isShown())
        fill();
}

ControlPlanePane::Data ControlPlanePane::read(const AuditState &state)
{
    Data result;
    const Cluster &cluster = *onlyCluster(state)->cluster;
    const FindingsByField findings = findingsByField(state);
    for (const std::string_view program : programs) {
        const std::vector<ProgramRun> runs = programRuns(cluster, program);
        if (runs.empty())
            result.missing.push_back(program);
        for (const ProgramRun &run : runs) {
            const Object &own = cluster.objects[run.object];
            for (const ProgramFlag &flag : run.flags)
                result.settings.push_back({program, std::string(run.nodeName), "--" + flag.name, flag.value, run.object,
                    flag.field, flag.node.line(), findingsAt(findings, own, flag.field)});
            // What is missing is found at the command as a whole.
            if (const std::vector<std::size_t> whole = findingsAt(findings, own, run.field); !whole.empty())
                result.settings.push_back(
                    {program, std::string(run.nodeName), {}, {}, run.object, run.field, run.node.line(), whole});
        }
    }
    const std::vector<ComponentFile> kubelets = kubeletSettings(cluster);
    if (kubelets.empty())
        result.missing.push_back(kubelet);
    for (const ComponentFile &settings : kubelets) {
        const Object &own = cluster.objects[settings.object];
        const bool shared = !settings.field.empty();
        std::vector<Leaf> leaves;
        addLeaves(leaves, settings.root, {}, 0);
        for (const Leaf &leaf : leaves) {
            const std::string field = shared ? settings.field : leaf.name;
            result.settings.push_back({kubelet, shared ? std::string() : std::string(own.name), leaf.name,
                valueOf(leaf.node), settings.object, field, shared ? own.line() : leaf.node.line(),
                shared ? std::vector<std::size_t>() : findingsAt(findings, own, field)});
        }
        const std::vector<std::size_t> whole = findingsAt(findings, own, settings.field);
        if (!whole.empty())
            result.settings.push_back({kubelet, shared ? std::string() : std::string(own.name), {}, {}, settings.object,
                settings.field, own.line(), whole});
    }
    return result;
}

void ControlPlanePane::compute()
{
    computeWith([](const AuditState &state, const RunContext &) { return read(state); },
        [this](Data computed) {
            m_data = std::move(computed);
            fill();
        });
}

void ControlPlanePane::fill()
{
    std::vector<SimpleTableModel::Row> rows;
    for (std::size_t i = 0; i < m_data.settings.size(); ++i) {
        const Setting &setting = m_data.settings[i];
        int worst = -1;
        for (const std::size_t finding : setting.findings)
            worst = std::max(worst, static_cast<int>(state().assessment->findings[finding].severity));
        const Glyph glyph = worst < 0 ? Glyph::None : glyphOf(static_cast<Severity>(worst));
        rows.push_back({{{toQString(setting.program)}, {setting.node.empty() ? u"–"_qs : foreignText(setting.node)},
                            {setting.name.empty() ? tr("(not set)") : foreignText(setting.name)},
                            {setting.findings.empty() ? u"–"_qs : countText(setting.findings.size()), -worst,
                                static_cast<int>(glyph)},
                            {foreignText(setting.value)}},
            static_cast<int>(i)});
    }
    QStringList missing;
    for (const std::string_view program : m_data.missing)
        missing.append(toQString(program));
    const auto found
        = std::ranges::find_if(m_data.settings, [](const Setting &each) { return !each.findings.empty(); });
    const QVariant first = rows.empty()  ? QVariant()
        : found == m_data.settings.end() ? QVariant(0)
                                         : QVariant(static_cast<int>(found - m_data.settings.begin()));
    m_table->setTable(
        {{tr("Program")}, {tr("Node")}, {tr("Setting"), false, true}, {tr("Findings")}, {tr("Value"), false, true}},
        std::move(rows), {150, 96, -5, 84, -4});
    m_table->setNote(missing.isEmpty()
            ? tr("Read from static pods, their mirror pods and the configuration of the kubelets.")
            : tr("Not checked, because the export does not tell how they are set: %1. Flags stand in the pods of "
                 "kube-system, or in files of the nodes; those of the kubelet in its configz.")
                  .arg(missing.join(u", ")));
    if (!m_wanted.isEmpty()) {
        const QString wanted = std::exchange(m_wanted, {});
        choose(wanted);
    }
    if (!m_table->chosen().isValid() && first.isValid())
        m_table->choose(first);
    showChosen();
}

void ControlPlanePane::choose(const QVariant &what)
{
    if (!isShown()) {
        m_wanted = what.toString();
        return;
    }
    const std::string wanted = toUtf8String(what.toString());
    const auto found = std::ranges::find(m_data.settings, wanted, &Setting::program);
    if (found != m_data.settings.end())
        m_table->choose(static_cast<int>(found - m_data.settings.begin()));
}

void ControlPlanePane::showChosen()
{
    if (!isShown())
        return;
    const QVariant chosen = m_table->chosen();
    if (!chosen.isValid()) {
        m_side->begin(tr("Not checked"));
        m_side->addText(tr("Where the provider runs the control plane, ask the provider. Else the audited party can "
                           "fetch the pods of kube-system with:"),
            Glyph::NotChecked);
        m_side->addCommand(u"kubectl get pods -n kube-system -o yaml"_qs);
        m_side->addText(tr("and the configuration of each kubelet with:"));
        m_side->addCommand(u"kubectl get --raw /api/v1/nodes/NODE/proxy/configz"_qs);
        m_side->end();
        return;
    }
    const Setting &setting = m_data.settings[static_cast<std::size_t>(chosen.toInt())];
    m_side->begin(
        setting.name.empty() ? toQString(setting.program) : foreignText(setting.name), toQString(setting.program));
    m_side->addLink(tr("Show as YAML, line %1").arg(countText(setting.line)),
        addressOf(setting.object, toQString(setting.field)), u"file"_qs);
    FactsLines &facts = m_side->addFacts();
    if (!setting.name.empty())
        facts.addLine(
            tr("Value"), foreignText(setting.value).replace(u","_qs, u",\n"_qs)); // else it has no place to break
    facts.addLine(tr("Node"), setting.node.empty() ? tr("not told, or all of them") : foreignText(setting.node));
    facts.addLine(tr("Stands in"), objectText(object(setting.object)));
    addFindings(*m_side, setting.findings);
    m_side->end();
}

} // namespace tally::ui
