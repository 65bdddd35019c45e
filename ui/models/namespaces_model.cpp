// SPDX-License-Identifier: Apache-2.0
#include "ui/models/namespaces_model.h"

#include "ui/models/words.h"
#include "ui/text/message_translator.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace tally::ui {

namespace {

bool selectsAll(Node selector)
{
    return selector.size() == 0 || (selector["matchLabels"].size() == 0 && selector["matchExpressions"].size() == 0);
}

/// A rule without peers and ports lets everything through.
bool allowsAll(Node rules)
{
    for (const Node rule : rules) {
        if (rule.size() == 0)
            return true;
    }
    return false;
}

bool hasType(Node spec, std::string_view type)
{
    const Node types = spec["policyTypes"];
    if (!types.exists()) // networking.k8s.io/v1: Ingress always, Egress if there are egress rules
        return type == "Ingress" || spec["egress"].exists();
    for (const Node each : types) {
        if (each.text() == type)
            return true;
    }
    return false;
}

void raise(NamespaceFact &fact, NamespaceFact to)
{
    fact = std::max(fact, to);
}

void addPolicy(NamespaceFacts &facts, Node spec)
{
    const auto covers = [&spec](std::string_view type, std::string_view rules) {
        return selectsAll(spec["podSelector"]) && !allowsAll(spec[rules]) && hasType(spec, type)
            ? NamespaceFact::Present
            : NamespaceFact::Partial;
    };
    if (hasType(spec, "Ingress"))
        raise(facts.ingress, covers("Ingress", "ingress"));
    if (hasType(spec, "Egress"))
        raise(facts.egress, covers("Egress", "egress"));
}

/// What is there before anything is counted: absence is only proven where the kind was asked for.
NamespaceFact startOf(const Cluster &cluster, std::string_view kind, bool seen)
{
    return seen && cluster.knows(kind) ? NamespaceFact::Absent : NamespaceFact::NotChecked;
}

void addFindings(std::map<std::string, NamespaceFacts> &all, const Assessment &assessment)
{
    for (const Finding &finding : assessment.findings) {
        if (!finding.object)
            continue;
        const auto found = all.find(finding.object->namespaceName);
        if (found == all.end())
            continue;
        ++found->second.findings;
        found->second.worst = std::max(found->second.worst, finding.severity);
    }
}

void addObject(std::map<std::string, NamespaceFacts> &all, const Object &object)
{
    if (object.kind == "Namespace") {
        const auto found = all.find(std::string(object.name));
        if (found == all.end())
            return;
        NamespaceFacts &facts = found->second;
        facts.enforce = object.root.at({"metadata", "labels"})["pod-security.kubernetes.io/enforce"].text();
        facts.podSecurity = facts.enforce.empty() ? NamespaceFact::Absent
            : facts.enforce == "privileged"       ? NamespaceFact::Partial
                                                  : NamespaceFact::Present;
        return;
    }
    const auto found = all.find(std::string(object.namespaceName));
    if (found == all.end() || object.namespaceName.empty())
        return;
    if (object.kind == "NetworkPolicy")
        addPolicy(found->second, object.root["spec"]);
    else if (object.kind == "ResourceQuota")
        found->second.quota = NamespaceFact::Present;
    else if (object.kind == "LimitRange")
        found->second.limits = NamespaceFact::Present;
}

} // namespace

std::vector<NamespaceFacts> namespaceFacts(const Cluster &cluster, const Assessment *assessment)
{
    std::unordered_set<std::string_view> seen;
    for (const Object &object : cluster.objects)
        seen.insert(object.namespaceName);
    std::map<std::string, NamespaceFacts> all;
    for (const std::string &name : cluster.namespaces) {
        const bool here = seen.contains(name);
        const NamespaceFact network = startOf(cluster, "NetworkPolicy", here);
        all[name] = {.name = name,
            .network = network,
            .ingress = network,
            .egress = network,
            .quota = startOf(cluster, "ResourceQuota", here),
            .limits = startOf(cluster, "LimitRange", here),
            .seen = here};
    }
    if (seen.contains(""))
        all[""] = {};
    for (const Object &object : cluster.objects)
        addObject(all, object);
    if (assessment)
        addFindings(all, *assessment);
    std::vector<NamespaceFacts> result;
    for (auto &[name, facts] : all) {
        if (facts.ingress == facts.egress)
            facts.network = facts.ingress;
        else
            facts.network = NamespaceFact::Partial;
        result.push_back(std::move(facts));
    }
    std::stable_partition(result.begin(), result.end(), [](const NamespaceFacts &facts) { return facts.seen; });
    return result;
}

NamespacesModel::NamespacesModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void NamespacesModel::setState(const AuditStatePtr &audit)
{
    beginResetModel();
    m_rows.clear();
    if (audit->cluster)
        m_rows = namespaceFacts(*audit->cluster, audit->assessment.get());
    endResetModel();
}

int NamespacesModel::rowOf(const QString &name) const
{
    const auto found = std::ranges::find(m_rows, toUtf8String(name), &NamespaceFacts::name);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int NamespacesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int NamespacesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

NamespaceFact factOf(const NamespaceFacts &facts, int column)
{
    switch (column) {
    case NamespacesModel::PodSecurityColumn:
        return facts.podSecurity;
    case NamespacesModel::NetworkColumn:
        return facts.network;
    case NamespacesModel::QuotaColumn:
        return facts.quota;
    default:
        return facts.limits;
    }
}

QString NamespacesModel::factWord(NamespaceFact fact)
{
    switch (fact) {
    case NamespaceFact::NotChecked:
        return tr("not checked");
    case NamespaceFact::Absent:
        return tr("proven missing");
    case NamespaceFact::Partial:
        return tr("in part");
    case NamespaceFact::Present:
        return tr("present");
    }
    Q_UNREACHABLE();
}

QString NamespacesModel::factText(const NamespaceFacts &facts, int column) const
{
    const QString word = factWord(factOf(facts, column));
    switch (column) {
    case PodSecurityColumn:
        if (!facts.enforce.empty())
            return tr("Pod Security: enforces “%1”").arg(foreignText(facts.enforce));
        return tr("Pod Security (label enforce): %1").arg(word);
    case NetworkColumn:
        return tr("Network policies: ingress %1, egress %2").arg(factWord(facts.ingress), factWord(facts.egress));
    case QuotaColumn:
        return tr("ResourceQuota: %1").arg(word);
    default:
        return tr("LimitRange: %1").arg(word);
    }
}

QString NamespacesModel::accessibleText(const NamespaceFacts &facts, int column) const
{
    if (facts.name.empty() && column > NameColumn && column < FindingsColumn)
        return tr("does not apply");
    switch (column) {
    case NameColumn:
        return facts.name.empty() ? tr("Without namespace") : foreignText(facts.name);
    case FindingsColumn:
        if (facts.findings == 0)
            return tr("no findings");
        return tr("%n finding(s), worst: %1", nullptr, facts.findings).arg(Words::severity(facts.worst));
    default:
        return factText(facts, column);
    }
}

QVariant NamespacesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const NamespaceFacts &facts = m_rows[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        if (column == NameColumn)
            return accessibleText(facts, column);
        if (column != FindingsColumn)
            return {};
        if (facts.findings == 0)
            return facts.seen ? u"–"_qs : u"?"_qs;
        return countText(static_cast<std::uint64_t>(facts.findings));
    case Qt::ToolTipRole:
        return accessibleText(facts, column).toHtmlEscaped();
    case Qt::AccessibleTextRole:
        return accessibleText(facts, column);
    case FactRole:
        if (column == NameColumn || column == FindingsColumn || facts.name.empty())
            return {};
        return static_cast<int>(factOf(facts, column));
    case SeverityRole:
        return column == FindingsColumn && facts.findings > 0 ? static_cast<int>(facts.worst) : -1;
    case SeenRole:
        return facts.seen;
    case NamespaceRole:
        return toQString(facts.name);
    case BandRole:
        if (!facts.seen && (index.row() == 0 || m_rows[static_cast<std::size_t>(index.row() - 1)].seen))
            return tr("Without objects in the export");
        return QString();
    default:
        return {};
    }
}

QVariant NamespacesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        if (section == FindingsColumn)
            return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
        return static_cast<int>((section == NameColumn ? Qt::AlignLeft : Qt::AlignHCenter) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const bool wordy = role == Qt::ToolTipRole;
    switch (section) {
    case NameColumn:
        return tr("Namespace");
    case PodSecurityColumn:
        return wordy ? tr("Pod Security: level that is enforced") : tr("PSS");
    case NetworkColumn:
        return wordy ? tr("Network policies for ingress and egress") : tr("Net");
    case QuotaColumn:
        return wordy ? tr("ResourceQuota") : tr("Quota");
    case LimitsColumn:
        return wordy ? tr("LimitRange") : tr("Limits");
    default:
        return tr("Findings");
    }
}

} // namespace tally::ui
