// SPDX-License-Identifier: Apache-2.0
#include "ui/models/causes_model.h"

#include "ui/models/finding_filter.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"

#include <algorithm>
#include <cstdlib>
#include <unordered_map>

namespace tally::ui {

namespace {

constexpr quintptr noGroup = ~quintptr(0); // internal id of upper rows; lower ones carry their group's number

} // namespace

std::string placeKey(const Finding &finding)
{
    if (finding.object)
        return finding.cluster + '/' + finding.object->kind + '/' + finding.object->namespaceName + '/'
            + finding.object->name;
    return finding.cluster + '\n' + finding.image + '\n' + finding.path;
}

CausesModel::CausesModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_audit(std::make_shared<AuditState>())
{
}

std::vector<std::string> CausesModel::upperKeys(std::size_t index, const FindingOwners &owners) const
{
    const Finding &each = finding(index);
    std::vector<std::string> keys;
    switch (m_grouping) {
    case Grouping::ByCause:
        return {each.check};
    case Grouping::ByObject:
        return {placeKey(each)};
    case Grouping::ByRequirement:
        keys = facetValues(Facet::Requirement, each, *m_audit, *m_checks);
        break;
    case Grouping::ByTechnique:
        keys = facetValues(Facet::Technique, each, *m_audit, *m_checks);
        break;
    case Grouping::ByOwner:
        return {owners.of(index)};
    }
    if (keys.empty())
        keys.emplace_back();
    return keys;
}

void CausesModel::setFindings(AuditStatePtr audit, CheckSetPtr checks, const std::vector<std::size_t> &findings,
    Grouping grouping, Language language, const CataloguePtr &catalogue, const std::string &moduleId,
    const FindingOwners &owners)
{
    beginResetModel();
    m_audit = std::move(audit);
    m_checks = std::move(checks);
    m_grouping = grouping;
    m_language = language;
    m_groups.clear();
    std::unordered_map<std::string, std::size_t> groupOf;
    std::unordered_map<std::string, std::size_t> rowOf;
    for (const std::size_t index : findings) {
        const Finding &each = finding(index);
        const std::string lower = grouping == Grouping::ByCause ? placeKey(each) : each.check;
        for (const std::string &upper : upperKeys(index, owners)) {
            const auto [group, newGroup] = groupOf.try_emplace(upper, m_groups.size());
            if (newGroup)
                m_groups.push_back({upper, {}, each.severity});
            Group &target = m_groups[group->second];
            target.severity = std::max(target.severity, each.severity);
            const auto [row, newRow]
                = rowOf.try_emplace(std::string(upper).append(1, '\n').append(lower), target.rows.size());
            if (newRow)
                target.rows.push_back({lower, {}});
            target.rows[row->second].findings.push_back(index);
        }
    }
    sortGroups();
    nameGroups(catalogue.get(), moduleId);
    endResetModel();
}

void CausesModel::sortGroups()
{
    // "SYS.1.6.A9" before "SYS.1.6.A17": requirements stand as in the catalogue, everything else by weight
    const auto number = [](const std::string &id) { return std::atoi(id.c_str() + id.rfind('A') + 1); };
    const auto module = [](const std::string &id) { return std::string_view(id).substr(0, id.rfind('.')); };
    std::ranges::stable_sort(m_groups, [&](const Group &a, const Group &b) {
        if (a.key.empty() != b.key.empty())
            return b.key.empty();
        if (m_grouping == Grouping::ByRequirement && module(a.key) != module(b.key))
            return module(a.key) > module(b.key); // SYS before APP
        if (m_grouping == Grouping::ByRequirement)
            return number(a.key) < number(b.key);
        return a.severity != b.severity ? a.severity > b.severity : a.rows.size() > b.rows.size();
    });
}

void CausesModel::nameGroups(const Catalogue *catalogue, const std::string &moduleId)
{
    if (m_grouping == Grouping::ByCause || m_grouping == Grouping::ByObject)
        return;
    const Facet facet = m_grouping == Grouping::ByRequirement ? Facet::Requirement
        : m_grouping == Grouping::ByTechnique                 ? Facet::Technique
                                                              : Facet::Owner;
    for (Group &group : m_groups) {
        if (!group.key.empty())
            group.title = catalogue ? facetText(facet, group.key, *catalogue, moduleId) : foreignText(group.key);
        else if (facet == Facet::Requirement)
            group.title = tr("Concerns no requirement by itself");
        else if (facet == Facet::Technique)
            group.title = tr("No technique of attack");
        else
            group.title = tr("Nobody named as owner");
    }
}

QModelIndex CausesModel::indexOfFinding(std::size_t finding) const
{
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        const auto &rows = m_groups[g].rows;
        for (std::size_t r = 0; r < rows.size(); ++r) {
            if (std::ranges::find(rows[r].findings, finding) != rows[r].findings.end())
                return createIndex(static_cast<int>(r), 0, static_cast<quintptr>(g));
        }
    }
    return {};
}

QModelIndex CausesModel::indexOfCheck(const std::string &check) const
{
    const auto found = std::ranges::find(m_groups, check, &Group::key);
    if (found == m_groups.end())
        return {};
    return createIndex(static_cast<int>(found - m_groups.begin()), 0, noGroup);
}

std::vector<std::size_t> CausesModel::findingsOf(const QModelIndex &index) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (index.internalId() != noGroup)
        return m_groups[index.internalId()].rows[static_cast<std::size_t>(index.row())].findings;
    std::vector<std::size_t> all;
    for (const Row &row : m_groups[static_cast<std::size_t>(index.row())].rows)
        all.insert(all.end(), row.findings.begin(), row.findings.end());
    return all;
}

QModelIndex CausesModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) : noGroup);
}

QModelIndex CausesModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == noGroup)
        return {};
    return createIndex(static_cast<int>(index.internalId()), 0, noGroup);
}

int CausesModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != noGroup)
        return 0;
    return static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].rows.size());
}

int CausesModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QString CausesModel::causeTitle(const Finding &finding) const
{
    const Check *check = m_checks ? m_checks->find(finding.check) : nullptr;
    return check ? toQString(check->title.in(m_language)) : toQString(finding.check);
}

QString CausesModel::firstPart(const Finding &finding) const
{
    const Check *check = m_checks ? m_checks->find(finding.check) : nullptr;
    if (!check || check->parts.empty())
        return {};
    const auto strongest = std::ranges::max_element(
        check->parts, [](const PartWeight &a, const PartWeight &b) { return a.weight < b.weight; });
    return shortId(strongest->part);
}

QVariant CausesModel::groupData(const Group &group, int role) const
{
    const Finding &first = finding(group.rows.front().findings.front());
    const bool byCause = m_grouping == Grouping::ByCause;
    const bool byObject = m_grouping == Grouping::ByObject;
    switch (role) {
    case TitleRole:
        return byCause ? causeTitle(first) : byObject ? findingPlace(*m_audit, first) : group.title;
    case CountRole:
        return static_cast<int>(group.rows.size());
    case SeverityRole:
        return static_cast<int>(group.severity);
    case PartsRole:
        return byCause ? firstPart(first) : QString();
    case SystemRole:
        return std::ranges::all_of(
            group.rows, [this](const Row &row) { return finding(row.findings.front()).systemNamespace; });
    case AcceptedRole:
        return std::ranges::all_of(group.rows, [this](const Row &row) { return rowData(row, AcceptedRole).toBool(); });
    case FindingRole:
        return QVariant::fromValue(group.rows.front().findings.front());
    case KindRole:
        return !byObject || !first.object ? QString() : toQString(first.object->kind);
    case MonoRole:
        return byObject;
    default:
        return {};
    }
}

QVariant CausesModel::rowData(const Row &row, int role) const
{
    const Finding &first = finding(row.findings.front());
    const bool byCause = m_grouping == Grouping::ByCause;
    switch (role) {
    case TitleRole:
        return byCause ? findingPlace(*m_audit, first) : causeTitle(first);
    case CountRole:
        return static_cast<int>(row.findings.size());
    case SeverityRole:
        return static_cast<int>(first.severity);
    case PartsRole:
        return firstPart(first);
    case SystemRole:
        return first.systemNamespace;
    case AcceptedRole:
        return std::ranges::all_of(
            row.findings, [this](std::size_t index) { return m_audit->exceptionOf(finding(index)) != nullptr; });
    case FindingRole:
        return QVariant::fromValue(row.findings.front());
    case KindRole:
        return first.object ? toQString(first.object->kind) : QString();
    case MonoRole:
        return byCause;
    default:
        return {};
    }
}

QVariant CausesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::AccessibleTextRole) {
        //: title, severity, count of objects or findings
        return tr("%1, %2, %3")
            .arg(data(index, TitleRole).toString(),
                Words::severity(static_cast<Severity>(data(index, SeverityRole).toInt())),
                QString::number(data(index, CountRole).toInt()));
    }
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        role = TitleRole;
    const bool upper = index.internalId() == noGroup;
    const Group &group = m_groups[upper ? static_cast<std::size_t>(index.row()) : index.internalId()];
    return upper ? groupData(group, role) : rowData(group.rows[static_cast<std::size_t>(index.row())], role);
}

} // namespace tally::ui
