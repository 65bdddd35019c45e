// SPDX-License-Identifier: Apache-2.0
#include "ui/models/namespaces_model.h"

#include "core/audit/clusters.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace tally::ui {

namespace {

NamespaceFact podSecurityFact(const NamespacePodSecurity &podSecurity)
{
    switch (podSecurity.source) {
    case PodSecuritySource::NotSeen:
    case PodSecuritySource::Unknown:
        return NamespaceFact::NotChecked;
    case PodSecuritySource::None:
        return NamespaceFact::Absent;
    case PodSecuritySource::Namespace:
    case PodSecuritySource::Default:
        if (podSecurity.enforce.empty())
            return NamespaceFact::Absent;
        return podSecurity.enforce == "privileged" ? NamespaceFact::Partial : NamespaceFact::Present;
    }
    Q_UNREACHABLE();
}

/// A policy that allows everything isolates nothing: it counts like none.
NamespaceFact coverageFact(const NamespaceFacts &facts, const PolicyCoverage &coverage, bool newPodHeld)
{
    const NamespaceFact none = facts.policies.known ? NamespaceFact::Absent : NamespaceFact::NotChecked;
    if (facts.pods == 0)
        return newPodHeld ? NamespaceFact::Present : none;
    if (coverage.held == facts.pods)
        return NamespaceFact::Present;
    return coverage.held > 0 ? NamespaceFact::Partial : none;
}

/// Absence is only proven where the kind was asked for.
NamespaceFact presence(const NamespaceObjects &objects)
{
    if (!objects.objects.empty())
        return NamespaceFact::Present;
    return objects.known ? NamespaceFact::Absent : NamespaceFact::NotChecked;
}

void addFindings(std::vector<NamespaceRow> &rows, const Assessment &assessment, const AuditCluster &cluster)
{
    std::unordered_map<std::string_view, NamespaceRow *> byName;
    for (NamespaceRow &row : rows)
        byName.emplace(row.facts.name, &row);
    for (const Finding &finding : assessment.findings) {
        if (!finding.object || !cluster.has(finding))
            continue;
        const auto found = byName.find(finding.object->namespaceName);
        if (found == byName.end())
            continue;
        ++found->second->findings;
        found->second->worst = std::max(found->second->worst, finding.severity);
    }
}

NamespaceFact factOf(const NamespaceRow &row, int column)
{
    switch (column) {
    case NamespacesModel::PodSecurityColumn:
        return row.podSecurity();
    case NamespacesModel::NetworkColumn:
        return row.network();
    case NamespacesModel::QuotaColumn:
        return row.quota();
    default:
        return row.limits();
    }
}

} // namespace

NamespaceFact NamespaceRow::podSecurity() const
{
    return podSecurityFact(facts.podSecurity);
}

NamespaceFact NamespaceRow::ingress() const
{
    return coverageFact(facts, facts.ingress, facts.newPodHeldIn);
}

NamespaceFact NamespaceRow::egress() const
{
    return coverageFact(facts, facts.egress, facts.newPodHeldOut);
}

NamespaceFact NamespaceRow::network() const
{
    return ingress() == egress() ? ingress() : NamespaceFact::Partial;
}

NamespaceFact NamespaceRow::quota() const
{
    return presence(facts.quotas);
}

NamespaceFact NamespaceRow::limits() const
{
    return presence(facts.limits);
}

std::vector<NamespaceRow> namespaceRows(const AuditState &state, const AuditCluster &cluster)
{
    std::vector<NamespaceRow> rows;
    for (NamespaceFacts &facts : namespaceFacts(*cluster.cluster))
        rows.push_back({.facts = std::move(facts)});
    if (state.assessment)
        addFindings(rows, *state.assessment, cluster);
    return rows;
}

NamespacesModel::NamespacesModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void NamespacesModel::setState(const AuditStatePtr &audit)
{
    beginResetModel();
    m_rows.clear();
    if (const AuditCluster *cluster = onlyCluster(*audit))
        m_rows = namespaceRows(*audit, *cluster);
    endResetModel();
}

int NamespacesModel::rowOf(const QString &name) const
{
    const auto found = std::ranges::find_if(
        m_rows, [name = toUtf8String(name)](const NamespaceRow &row) { return row.facts.name == name; });
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

QString NamespacesModel::factText(const NamespaceRow &row, int column) const
{
    const QString word = factWord(factOf(row, column));
    switch (column) {
    case PodSecurityColumn:
        if (!row.facts.podSecurity.enforce.empty())
            return tr("Pod Security: enforces “%1”").arg(foreignText(row.facts.podSecurity.enforce));
        return tr("Pod Security (label enforce): %1").arg(word);
    case NetworkColumn:
        return tr("Network policies: ingress %1, egress %2").arg(factWord(row.ingress()), factWord(row.egress()));
    case QuotaColumn:
        return tr("ResourceQuota: %1").arg(word);
    default:
        return tr("LimitRange: %1").arg(word);
    }
}

QString NamespacesModel::accessibleText(const NamespaceRow &row, int column) const
{
    const std::string &name = row.facts.name;
    if (name.empty() && column > NameColumn && column < FindingsColumn)
        return tr("does not apply");
    switch (column) {
    case NameColumn:
        return name.empty() ? tr("Without namespace") : foreignText(name);
    case FindingsColumn:
        if (row.findings == 0)
            return tr("no findings");
        return tr("%n finding(s), worst: %1", nullptr, row.findings).arg(Words::severity(row.worst));
    default:
        return factText(row, column);
    }
}

QVariant NamespacesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const NamespaceRow &row = m_rows[static_cast<std::size_t>(index.row())];
    const NamespaceFacts &facts = row.facts;
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        if (column == NameColumn)
            return accessibleText(row, column);
        if (column != FindingsColumn)
            return {};
        if (row.findings == 0)
            return facts.seen ? u"–"_qs : u"?"_qs;
        return countText(static_cast<std::uint64_t>(row.findings));
    case Qt::ToolTipRole:
        return accessibleText(row, column).toHtmlEscaped();
    case Qt::AccessibleTextRole:
        return accessibleText(row, column);
    case FactRole:
        if (column == NameColumn || column == FindingsColumn || facts.name.empty())
            return {};
        return static_cast<int>(factOf(row, column));
    case SeverityRole:
        return column == FindingsColumn && row.findings > 0 ? static_cast<int>(row.worst) : -1;
    case SeenRole:
        return facts.seen;
    case NamespaceRole:
        return toQString(facts.name);
    case BandRole:
        if (!facts.seen && (index.row() == 0 || m_rows[static_cast<std::size_t>(index.row() - 1)].facts.seen))
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
