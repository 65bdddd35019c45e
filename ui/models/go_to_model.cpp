// SPDX-License-Identifier: Apache-2.0
#include "ui/models/go_to_model.h"

#include "core/audit/requests.h"
#include "ui/models/words.h"

#include <algorithm>

namespace tally::ui {

namespace {

constexpr std::size_t mostHits = 40;
constexpr std::size_t mostOfAKind = 300; // collected before ranking: enough to find the good ones
constexpr std::size_t mostFiles = 15;

/// 0 exact, 1 beginning, 2 beginning of a word, 3 anywhere, -1 not at all.
int rankOf(const QString &text, const QString &query)
{
    const qsizetype at = text.indexOf(query, 0, Qt::CaseInsensitive);
    if (at < 0)
        return -1;
    if (at == 0)
        return text.size() == query.size() ? 0 : 1;
    for (qsizetype i = at; i >= 0; i = text.indexOf(query, i + 1, Qt::CaseInsensitive)) {
        if (i > 0 && !text[i - 1].isLetterOrNumber())
            return 2;
    }
    return 3;
}

/// The better one of two ranks.
int bestOf(int a, int b)
{
    return a < 0 || b < 0 ? std::max(a, b) : std::min(a, b);
}

} // namespace

QKeySequence pageKey(std::size_t index)
{
    constexpr std::size_t digits = 10;
    if (index >= digits)
        return {};
    const int key = index + 1 == digits ? Qt::Key_0 : Qt::Key_1 + static_cast<int>(index);
    return QKeySequence(Qt::ALT | static_cast<Qt::Key>(key));
}

GoToModel::GoToModel(Session &session, QObject *parent)
    : QAbstractListModel(parent)
    , m_session(session)
{
}

void GoToModel::setPages(std::vector<std::pair<PageId, QString>> pages)
{
    m_pages = std::move(pages);
}

void GoToModel::setPlaces(std::vector<GoToPlace> places)
{
    m_places = std::move(places);
}

void GoToModel::setActions(std::vector<GoToAction> actions)
{
    beginResetModel();
    m_hits.clear();
    m_actions = std::move(actions);
    endResetModel();
}

const GoToAction *GoToModel::action(const QModelIndex &index) const
{
    if (!index.isValid())
        return nullptr;
    const int at = m_hits[static_cast<std::size_t>(index.row())].action;
    return at < 0 ? nullptr : &m_actions[static_cast<std::size_t>(at)];
}

void GoToModel::setQuery(const QString &text)
{
    const QString query = text.trimmed();
    std::vector<Hit> hits;
    searchPages(query, hits);
    searchActions(query, hits);
    if (!query.isEmpty()) {
        searchCatalogue(query, hits);
        searchRecords(query, hits);
        searchImages(query, hits);
        searchObjects(query, hits);
    }
    std::ranges::stable_sort(hits, {}, &Hit::rank);
    if (hits.size() > mostHits)
        hits.resize(mostHits);
    beginResetModel();
    m_hits = std::move(hits);
    endResetModel();
}

void GoToModel::searchPages(const QString &query, std::vector<Hit> &hits) const
{
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        const auto &[page, name] = m_pages[i];
        const QKeySequence key = pageKey(i);
        if (const int rank = rankOf(name, query); rank >= 0 || query.isEmpty())
            hits.push_back({Kind::Page, name, key.toString(QKeySequence::NativeText), {.page = page}, rank});
    }
    for (const GoToPlace &place : m_places) {
        if (const int rank = rankOf(place.name, query); rank >= 0 && !query.isEmpty())
            hits.push_back({Kind::Page, place.name, place.page, place.address, rank});
    }
}

void GoToModel::searchActions(const QString &query, std::vector<Hit> &hits) const
{
    for (std::size_t i = 0; i < m_actions.size(); ++i) {
        if (const int rank = rankOf(m_actions[i].name, query); rank >= 0 || query.isEmpty())
            hits.push_back({Kind::Action, m_actions[i].name, m_actions[i].keys, {}, rank, static_cast<int>(i)});
    }
}

void GoToModel::searchCatalogue(const QString &query, std::vector<Hit> &hits) const
{
    const Language language = applicationLanguage();
    for (const Module &module : m_session.catalogue().modules) {
        for (const Requirement &requirement : module.requirements) {
            const QString number = shortId(requirement.id);
            const QString title = toQString(requirement.title.in(language));
            const int byNumber = rankOf(number, query);
            const int rank = byNumber >= 0 ? byNumber : rankOf(title, query);
            if (rank >= 0 || rankOf(toQString(requirement.id), query) >= 0) {
                hits.push_back({Kind::Requirement, number % u"  " % title, toQString(module.id),
                    {.page = PageId::Checklist, .requirement = toQString(requirement.id)}, std::max(rank, 0)});
            }
        }
    }
    for (const Check &check : m_session.checks().checks) {
        const QString title = toQString(check.title.in(language));
        const int rank = bestOf(rankOf(title, query), rankOf(toQString(check.id), query));
        if (rank >= 0) {
            hits.push_back({Kind::Check, title, toQString(check.id),
                {.page = PageId::Findings, .check = toQString(check.id)}, rank});
        }
    }
}

void GoToModel::searchRecords(const QString &query, std::vector<Hit> &hits) const
{
    const AuditStatePtr state = m_session.state();
    const auto add = [&](const std::string &key, const std::string &name, const QString &kind, Address address) {
        const QString number = foreignText(key);
        const QString title = foreignText(name);
        if (const int rank = bestOf(rankOf(number, query), rankOf(title, query)); rank >= 0)
            hits.push_back({Kind::Record, number % u"  " % title, kind, std::move(address), rank});
    };
    for (const auto &[key, target] : state->records.targets)
        add(key, target.name, tr("Target object"),
            {.page = PageId::Sources, .record = toQString(key), .tab = u"scope"_qs});
    for (const auto &[key, measure] : state->records.measures)
        add(key, measure.title, tr("Measure"), {.page = PageId::Measures, .record = toQString(key)});
    for (const Attachment &attachment : state->attachments)
        add(attachment.key, attachment.displayName(), tr("Evidence"),
            {.page = PageId::Evidence, .evidence = toQString(attachment.key)});
    for (const auto &[key, request] : state->records.requests)
        add(key, requestText(request, m_session.catalogue(), applicationLanguage()), tr("Evidence asked for"),
            {.page = PageId::Evidence, .record = toQString(key), .tab = u"asked"_qs});
}

void GoToModel::searchObjects(const QString &query, std::vector<Hit> &hits) const
{
    const AuditStatePtr state = m_session.state();
    std::size_t found = 0;
    for (const AuditCluster &cluster : state->clusters) {
        for (const Object &object : cluster.cluster->objects) {
            const QString name = foreignText(object.name);
            const QString space = foreignText(object.namespaceName);
            const QString full = space.isEmpty() ? name : space % u'/' % name;
            const int rank = rankOf(full, query);
            if (rank < 0)
                continue;
            QString kind = foreignText(object.kind);
            if (state->clusters.size() > 1)
                kind += u" · " % foreignText(cluster.name);
            hits.push_back({Kind::Object, full, kind,
                {.page = PageId::Cluster,
                    .cluster = toQString(cluster.key),
                    .object
                    = toQString(object.kind) % u'/' % toQString(object.namespaceName) % u'/' % toQString(object.name)},
                rank});
            if (++found == mostOfAKind)
                return;
        }
    }
}

void GoToModel::searchImages(const QString &query, std::vector<Hit> &hits) const
{
    const std::string needle = toUtf8String(query);
    std::size_t files = 0;
    for (const ImagePtr &image : m_session.state()->images) {
        const QString name = toQString(image->displayName());
        if (const int rank = rankOf(foreignText(image->displayName()), query); rank >= 0)
            hits.push_back({Kind::Image, foreignText(image->displayName()), toQString(image->platform),
                {.page = PageId::Images, .image = name}, rank});
        if (needle.size() < 3)
            continue;
        for (std::size_t layer = 0; layer < image->layers.size() && files < mostFiles; ++layer) {
            for (const FileEntry &entry : image->layers[layer].files) {
                const std::string_view path = image->strings.view(entry.path);
                if (path.find(needle) == std::string_view::npos)
                    continue;
                hits.push_back({Kind::File, u'/' % foreignText(path), foreignText(image->displayName()),
                    {.page = PageId::Images,
                        .image = name,
                        .file = u'/' % toQString(path),
                        .layer = static_cast<int>(layer)},
                    4});
                if (++files == mostFiles)
                    break;
            }
        }
    }
}

int GoToModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_hits.size());
}

QVariant GoToModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Hit &hit = m_hits[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return hit.title;
    case Qt::AccessibleTextRole:
        return hit.detail.isEmpty() ? hit.title : QString(hit.title % u", " % hit.detail);
    case AddressRole:
        return QVariant::fromValue(hit.address);
    case DetailRole:
        return hit.detail;
    case KindRole:
        return static_cast<int>(hit.kind);
    default:
        return {};
    }
}

} // namespace tally::ui
