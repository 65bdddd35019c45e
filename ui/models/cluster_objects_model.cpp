// SPDX-License-Identifier: Apache-2.0
#include "ui/models/cluster_objects_model.h"

#include "core/audit/clusters.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"

#include <algorithm>
#include <map>
#include <set>

namespace tally::ui {

namespace {

constexpr quintptr noGroup = ~quintptr(0); // internal id of kinds; objects carry their kind's number

} // namespace

ClusterObjectsModel::ClusterObjectsModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_audit(std::make_shared<AuditState>())
{
}

void ClusterObjectsModel::setState(AuditStatePtr audit)
{
    beginResetModel();
    m_audit = std::move(audit);
    const AuditCluster *of = onlyCluster(*m_audit);
    m_cluster = of ? of->cluster : nullptr;
    m_findings = ObjectFindings(*m_audit, of);
    rebuild();
    endResetModel();
}

void ClusterObjectsModel::setFilter(const ObjectFilter &filter)
{
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = filter;
    rebuild();
    endResetModel();
}

bool ClusterObjectsModel::passes(const Object &object, const QStringList &words) const
{
    if (m_filter.namespaceName && object.namespaceName != *m_filter.namespaceName)
        return false;
    if (!m_filter.kind.empty() && object.kind != m_filter.kind)
        return false;
    if (words.isEmpty())
        return true;
    const QString name = toQString(object.name) % u' ' % toQString(object.namespaceName);
    return std::ranges::all_of(
        words, [&name](const QString &word) { return name.contains(word, Qt::CaseInsensitive); });
}

std::vector<std::size_t> ClusterObjectsModel::findingsOf(int object) const
{
    if (object < 0 || !m_cluster || static_cast<std::size_t>(object) >= m_cluster->objects.size())
        return {};
    return m_findings.of(m_cluster->objects[static_cast<std::size_t>(object)]);
}

int ClusterObjectsModel::worst(int object) const
{
    return m_findings.worst(m_cluster->objects[static_cast<std::size_t>(object)]);
}

void ClusterObjectsModel::rebuild()
{
    m_groups.clear();
    m_count = 0;
    if (!m_cluster)
        return;
    const QStringList words = m_filter.text.split(u' ', Qt::SkipEmptyParts);
    struct Entry
    {
        int object = 0;
        int worst = -1;
    };
    std::map<std::string, std::vector<Entry>> byKind;
    const auto &objects = m_cluster->objects;
    for (int i = 0; i < static_cast<int>(objects.size()); ++i) {
        const Object &object = objects[static_cast<std::size_t>(i)];
        if (passes(object, words))
            byKind[std::string(object.kind)].push_back({i, worst(i)});
    }
    for (auto &[kind, entries] : byKind) {
        std::ranges::stable_sort(entries, [&objects](const Entry &a, const Entry &b) {
            if (a.worst != b.worst)
                return a.worst > b.worst;
            const Object &left = objects[static_cast<std::size_t>(a.object)];
            const Object &right = objects[static_cast<std::size_t>(b.object)];
            return left.name != right.name ? left.name < right.name : left.namespaceName < right.namespaceName;
        });
        Group group{kind, {}, entries.front().worst};
        for (const Entry &entry : entries)
            group.objects.push_back(entry.object);
        m_count += static_cast<int>(entries.size());
        m_groups.push_back(std::move(group));
    }
    std::ranges::stable_sort(m_groups, std::ranges::greater(), &Group::worst);
}

QStringList ClusterObjectsModel::kinds() const
{
    std::set<std::string_view> names;
    if (m_cluster) {
        for (const Object &object : m_cluster->objects) {
            if (!m_filter.namespaceName || object.namespaceName == *m_filter.namespaceName)
                names.insert(object.kind);
        }
    }
    QStringList result;
    for (const std::string_view name : names)
        result.append(toQString(name));
    return result;
}

int ClusterObjectsModel::object(const QModelIndex &index) const
{
    if (!index.isValid() || !checkIndex(index) || index.internalId() == noGroup)
        return -1;
    return m_groups[index.internalId()].objects[static_cast<std::size_t>(index.row())];
}

QModelIndex ClusterObjectsModel::indexOfObject(int object) const
{
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        const auto &objects = m_groups[g].objects;
        const auto found = std::ranges::find(objects, object);
        if (found != objects.end())
            return createIndex(static_cast<int>(found - objects.begin()), 0, static_cast<quintptr>(g));
    }
    return {};
}

QModelIndex ClusterObjectsModel::firstObject() const
{
    return m_groups.empty() ? QModelIndex() : createIndex(0, 0, quintptr(0));
}

QModelIndex ClusterObjectsModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) : noGroup);
}

QModelIndex ClusterObjectsModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == noGroup)
        return {};
    return createIndex(static_cast<int>(index.internalId()), 0, noGroup);
}

int ClusterObjectsModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != noGroup)
        return 0;
    return static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].objects.size());
}

int ClusterObjectsModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant ClusterObjectsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &objects = m_cluster->objects;
    if (index.internalId() == noGroup) {
        const Group &group = m_groups[static_cast<std::size_t>(index.row())];
        switch (role) {
        case Qt::DisplayRole:
            return foreignText(group.kind);
        case Qt::AccessibleTextRole:
            return tr("%1, %n object(s)", nullptr, static_cast<int>(group.objects.size())).arg(foreignText(group.kind));
        case CountRole:
            return static_cast<int>(group.objects.size());
        case SeverityRole:
            return group.worst;
        case ObjectRole:
            return -1;
        case OwnedRole:
            return static_cast<int>(std::ranges::count_if(group.objects,
                [&objects](int object) { return objects[static_cast<std::size_t>(object)].owner >= 0; }));
        default:
            return {};
        }
    }
    const int at = object(index);
    const Object &each = objects[static_cast<std::size_t>(at)];
    const bool everywhere = !m_filter.namespaceName && !each.namespaceName.empty();
    const QString name = everywhere ? QString(foreignText(each.namespaceName) % u'/' % foreignText(each.name))
                                    : foreignText(each.name);
    switch (role) {
    case Qt::DisplayRole:
        return name;
    case Qt::ToolTipRole:
        return name.toHtmlEscaped();
    case Qt::AccessibleTextRole:
        if (const int severity = worst(at); severity >= 0) {
            return tr("%1, %n finding(s), worst: %2", nullptr, static_cast<int>(findingsOf(at).size()))
                .arg(name, Words::severity(static_cast<Severity>(severity)));
        }
        return name;
    case CountRole:
        return static_cast<int>(findingsOf(at).size());
    case SeverityRole:
        return worst(at);
    case ObjectRole:
        return at;
    case OwnedRole:
        return each.owner >= 0;
    default:
        return {};
    }
}

} // namespace tally::ui
