// SPDX-License-Identifier: Apache-2.0
#include "ui/models/evidence_model.h"

#include "ui/models/causes_model.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"

#include <algorithm>
#include <unordered_map>

namespace tally::ui {

struct EvidenceModel::Cause
{
    std::vector<std::vector<std::size_t>> own; ///< one list of findings per object
    std::vector<std::vector<std::size_t>> system;
    Weight weight = Weight::Context;
    Severity severity = Severity::Info;
};

EvidenceModel::EvidenceModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_audit(std::make_shared<AuditState>())
{
}

int EvidenceModel::add(Row row)
{
    const int index = static_cast<int>(m_rows.size());
    auto &siblings = row.parent < 0 ? m_roots : m_rows[static_cast<std::size_t>(row.parent)].children;
    row.number = static_cast<int>(siblings.size());
    siblings.push_back(index);
    m_rows.push_back(std::move(row));
    return index;
}

void EvidenceModel::addObjects(
    int parent, const std::vector<std::vector<std::size_t>> &objects, std::size_t from, std::size_t to)
{
    for (std::size_t i = from; i < std::min(to, objects.size()); ++i) {
        const Finding &finding = m_audit->assessment->findings[objects[i].front()];
        add({.kind = RowKind::Object,
            .parent = parent,
            .severity = finding.severity,
            .objects = 1,
            .findings = objects[i]});
    }
}

void EvidenceModel::addCause(const Cause &cause)
{
    Row top{.kind = RowKind::Cause, .weight = cause.weight, .severity = cause.severity};
    top.objects = static_cast<int>(cause.own.size() + cause.system.size());
    for (const auto *objects : {&cause.own, &cause.system}) {
        for (const auto &findings : *objects)
            top.findings.insert(top.findings.end(), findings.begin(), findings.end());
    }
    const int parent = add(std::move(top));
    const auto group
        = [this, parent](RowKind kind, const std::vector<std::vector<std::size_t>> &objects, std::size_t from) {
              Row row{.kind = kind, .parent = parent, .objects = static_cast<int>(objects.size() - from)};
              for (std::size_t i = from; i < objects.size(); ++i)
                  row.findings.insert(row.findings.end(), objects[i].begin(), objects[i].end());
              const int below = add(std::move(row));
              addObjects(below, objects, from, from + shownBelow);
          };
    // One more than the cap is shown rather than "1 more".
    const std::size_t shown = cause.own.size() <= shownObjects + 1 ? cause.own.size() : shownObjects;
    addObjects(parent, cause.own, 0, shown);
    if (cause.system.size() == 1)
        addObjects(parent, cause.system, 0, 1);
    else if (!cause.system.empty())
        group(RowKind::SystemGroup, cause.system, 0);
    if (shown < cause.own.size())
        group(RowKind::More, cause.own, shown);
}

void EvidenceModel::setPart(AuditStatePtr audit, CheckSetPtr checks, const PartResult *part, Language language)
{
    beginResetModel();
    m_audit = std::move(audit);
    m_checks = std::move(checks);
    m_language = language;
    m_rows.clear();
    m_roots.clear();
    std::vector<Cause> causes;
    std::unordered_map<std::string, std::size_t> causeOf;
    std::unordered_map<std::string, std::size_t> objectOf;
    for (const PartFinding &entry : part && m_audit->assessment ? part->findings : std::vector<PartFinding>()) {
        const Finding &finding = m_audit->assessment->findings[entry.finding];
        const auto [at, isNew] = causeOf.try_emplace(finding.check, causes.size());
        if (isNew)
            causes.emplace_back();
        Cause &cause = causes[at->second];
        cause.weight = std::max(cause.weight, entry.weight);
        cause.severity = std::max(cause.severity, finding.severity);
        auto &objects = finding.systemNamespace ? cause.system : cause.own;
        const auto [object, newObject] = objectOf.try_emplace(finding.check + '\n' + placeKey(finding), objects.size());
        if (newObject)
            objects.emplace_back();
        objects[object->second].push_back(entry.finding);
    }
    std::ranges::stable_sort(causes, [](const Cause &a, const Cause &b) {
        if (a.weight != b.weight)
            return a.weight > b.weight;
        if (a.severity != b.severity)
            return a.severity > b.severity;
        return a.own.size() + a.system.size() > b.own.size() + b.system.size();
    });
    for (Cause &cause : causes) {
        if (cause.own.empty()) // nothing to set apart from
            cause.own.swap(cause.system);
        addCause(cause);
    }
    endResetModel();
}

const Finding &EvidenceModel::first(const Row &row) const
{
    return m_audit->assessment->findings[row.findings.front()];
}

QString EvidenceModel::check(const QModelIndex &index) const
{
    return checkIndex(index, CheckIndexOption::IndexIsValid) ? toQString(first(row(index)).check) : QString();
}

Address EvidenceModel::address(const QModelIndex &index) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &at = row(index);
    const Finding &finding = first(at);
    if (at.kind != RowKind::Object)
        return {.page = PageId::Findings, .check = toQString(finding.check)};
    if (finding.imageIndex >= 0 && static_cast<std::size_t>(finding.imageIndex) < m_audit->images.size()) {
        const Image &image = *m_audit->images[static_cast<std::size_t>(finding.imageIndex)];
        return {.page = PageId::Images,
            .finding = toQString(finding.id),
            .image = toQString(image.displayName()),
            .file = toQString(finding.path),
            .layer = finding.layer};
    }
    if (finding.object) {
        return {.page = PageId::Cluster,
            .finding = toQString(finding.id),
            .cluster = toQString(finding.cluster),
            .object = objectAddress(finding)};
    }
    return {.page = PageId::Findings, .finding = toQString(finding.id), .check = toQString(finding.check)};
}

QModelIndex EvidenceModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const auto &siblings = parent.isValid() ? m_rows[parent.internalId()].children : m_roots;
    return createIndex(row, column, static_cast<quintptr>(siblings[static_cast<std::size_t>(row)]));
}

QModelIndex EvidenceModel::parent(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const int above = row(index).parent;
    if (above < 0)
        return {};
    return createIndex(m_rows[static_cast<std::size_t>(above)].number, 0, static_cast<quintptr>(above));
}

int EvidenceModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_roots.size());
    return parent.column() > 0 ? 0 : static_cast<int>(row(parent).children.size());
}

int EvidenceModel::columnCount(const QModelIndex &) const
{
    return 3;
}

QString EvidenceModel::title(const Row &row) const
{
    switch (row.kind) {
    case RowKind::Cause: {
        const std::string &id = first(row).check;
        const Check *known = m_checks ? m_checks->find(id) : nullptr;
        return toQString(known ? known->title.in(m_language) : id);
    }
    case RowKind::Object:
        return findingPlace(*m_audit, first(row));
    case RowKind::SystemGroup:
        return tr("%n in system namespaces, a group of their own", nullptr, row.objects);
    case RowKind::More:
        return tr("%n more", nullptr, row.objects);
    }
    Q_UNREACHABLE();
}

QString EvidenceModel::detail(const Row &row) const
{
    QStringList details{subject(row), exceptions(row)};
    details.removeAll(QString());
    return details.join(u" · "_qs);
}

QString EvidenceModel::exceptions(const Row &row) const
{
    const auto excepted = std::ranges::count_if(row.findings,
        [this](std::size_t each) { return m_audit->exceptionOf(m_audit->assessment->findings[each]) != nullptr; });
    if (excepted == 0)
        return {};
    return static_cast<std::size_t>(excepted) == row.findings.size()
        ? tr("as an exception")
        : tr("%n of them as exceptions", nullptr, static_cast<int>(excepted));
}

QString EvidenceModel::subject(const Row &row) const
{
    const Finding &finding = first(row);
    if (row.kind == RowKind::Object)
        return finding.object ? foreignText(finding.object->kind) : QString();
    if (row.kind != RowKind::Cause || finding.field.empty())
        return {};
    const auto last = [](const std::string &field) { return field.substr(field.rfind('.') + 1); };
    const std::string name = last(finding.field);
    const bool same = std::ranges::all_of(
        row.findings, [&](std::size_t each) { return last(m_audit->assessment->findings[each].field) == name; });
    return same && name.find('[') == std::string::npos ? foreignText(name) : QString();
}

QString placesText(const std::vector<const Finding *> &findings)
{
    QString text;
    const Finding *before = nullptr;
    std::vector<std::uint32_t> lines;
    for (const Finding *finding : findings) {
        if (finding->line == 0 || std::ranges::find(lines, finding->line) != lines.end())
            continue;
        if (before && before->file == finding->file && before->source == finding->source) {
            text += u", ";
        } else {
            if (before)
                text += u"; ";
            const auto slash = finding->file.rfind('/');
            text += foreignText(slash == std::string::npos ? finding->file : finding->file.substr(slash + 1)) % u':';
        }
        text += QString::number(finding->line);
        lines.push_back(finding->line);
        before = finding;
        if (lines.size() == 4) {
            text += u" …";
            break;
        }
    }
    return text;
}

QString EvidenceModel::place(const Row &row) const
{
    if (row.kind == RowKind::Cause)
        return {};
    if (row.kind == RowKind::Object) {
        std::vector<const Finding *> findings;
        for (const std::size_t each : row.findings)
            findings.push_back(&m_audit->assessment->findings[each]);
        if (QString text = placesText(findings); !text.isEmpty())
            return text;
        const Finding &finding = *findings.front();
        if (finding.imageIndex >= 0 && finding.layer >= 0)
            return tr("%1, layer %2").arg(foreignText(finding.image), QString::number(finding.layer + 1));
        if (finding.imageIndex >= 0)
            return foreignText(finding.image);
        return foreignText(finding.file);
    }
    QStringList names;
    for (const int child : row.children) {
        names.append(findingPlace(first(m_rows[static_cast<std::size_t>(child)])).section(u'/', -1));
        if (names.size() == 4)
            break;
    }
    return names.join(u", ");
}

QVariant EvidenceModel::columnText(const Row &row, int column) const
{
    switch (column) {
    case CauseColumn:
        return title(row);
    case CountColumn:
        return row.kind == RowKind::Cause ? QVariant(countText(static_cast<std::uint64_t>(row.objects))) : QVariant();
    default:
        return place(row);
    }
}

QVariant EvidenceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &at = row(index);
    switch (role) {
    case Qt::DisplayRole:
        return columnText(at, index.column());
    case Qt::ToolTipRole:
        if (index.column() == PlaceColumn && at.kind == RowKind::Object)
            return foreignText(first(at).file).toHtmlEscaped();
        return columnText(at, index.column()).toString().toHtmlEscaped();
    case Qt::AccessibleTextRole:
        if (index.column() == CauseColumn && at.kind == RowKind::Cause) {
            //: title of a cause, severity
            return tr("%1, severity %2").arg(title(at), Words::severity(at.severity));
        }
        return columnText(at, index.column());
    case KindRole:
        return static_cast<int>(at.kind);
    case DetailRole:
        return detail(at);
    case SeverityRole:
        return static_cast<int>(at.severity);
    case WeightRole:
        return static_cast<int>(at.weight);
    case CountRole:
        return at.objects;
    case ImageRole:
        return first(at).imageIndex >= 0 || !first(at).object;
    default:
        return {};
    }
}

QVariant EvidenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return static_cast<int>((section == CountColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case CauseColumn:
        return tr("Cause");
    case CountColumn:
        return tr("Objects");
    default:
        return tr("Place");
    }
}

} // namespace tally::ui
