// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/cluster_builder.h"

#include "core/base/messages_cluster.h"
#include "core/base/parallel.h"
#include "core/cluster/builder_state.h"
#include "core/cluster/known_kinds.h"

#include <algorithm>

namespace tally {

namespace {

constexpr int mostListDepth = 8; // kubectl nests one List; hand-made files perhaps two

std::string_view groupOf(std::string_view apiVersion)
{
    const std::size_t slash = apiVersion.find('/');
    return slash == std::string_view::npos ? std::string_view() : apiVersion.substr(0, slash);
}

/// "NetworkPolicy" of "NetworkPolicyList"; empty if it is no List of a kind.
std::string_view listedKind(std::string_view kind)
{
    return kind.size() > 4 && kind.ends_with("List") ? kind.substr(0, kind.size() - 4) : std::string_view();
}

bool isList(Node node, std::string_view kind)
{
    if (kind == "List")
        return true;
    // A custom kind may be called "...List", too; its objects have names, Lists never do.
    return !listedKind(kind).empty() && node["items"] && (node["items"].isSequence() || node["items"].isNull())
        && node["metadata"]["name"].text().empty();
}

bool isDiscovery(std::string_view kind)
{
    return kind == "APIResourceList" || kind == "APIGroupList" || kind == "APIGroup" || kind == "APIVersions"
        || kind == "APIGroupDiscoveryList";
}

/// What has apiVersion and kind but never lay in a cluster.
bool isForeign(std::string_view group, std::string_view kind)
{
    return kind == "AdmissionReview" || group == "kustomize.config.k8s.io" || (kind == "Config" && group.empty())
        || (kind == "EtcdSnapshot" && group == "etcd.io"); // ours, made by addSummary() only
}

ItemHead headOf(Node item)
{
    const Node metadata = item["metadata"];
    return {item, item["kind"].text(), item["apiVersion"].text(), metadata.isMap(), metadata["namespace"].text(),
        metadata["name"].text(), metadata["uid"].text()};
}

/// The same text as one before it is that one: who compares the texts of all objects need not fetch each.
void share(std::string_view &text, std::string_view before)
{
    if (text.data() != before.data() && text == before)
        text = before;
}

void shareTexts(ItemHead &head, const ItemHead &before)
{
    share(head.kind, before.kind);
    share(head.apiVersion, before.apiVersion);
    share(head.namespaceName, before.namespaceName);
}

/// Of all items, in order; of many by all workers, since that waits for memory.
std::vector<ItemHead> headsOf(Node items)
{
    constexpr std::size_t batch = 256;
    std::vector<ItemHead> heads(items.size());
    std::vector<Node> nodes;
    nodes.reserve(items.size());
    for (const Node item : items)
        nodes.push_back(item);
    parallelFor((nodes.size() + batch - 1) / batch, [&](std::size_t number) {
        for (std::size_t i = number * batch; i < std::min((number + 1) * batch, nodes.size()); ++i) {
            heads[i] = headOf(nodes[i]);
            if (i > number * batch)
                shareTexts(heads[i], heads[i - 1]);
        }
    });
    for (std::size_t i = 1; i < heads.size(); ++i)
        shareTexts(heads[i], heads[i - 1]);
    return heads;
}

bool hasClearValues(Node secret)
{
    for (const std::string_view part : {"data", "stringData"}) {
        for (const Node value : secret[part]) {
            if (!value.isMasked() && !value.text().empty())
                return true;
        }
    }
    return false;
}

} // namespace

ClusterBuilder::ClusterBuilder()
    : m_state(std::make_unique<State>())
{
}
ClusterBuilder::ClusterBuilder(ClusterBuilder &&) noexcept = default;
ClusterBuilder &ClusterBuilder::operator=(ClusterBuilder &&) noexcept = default;
ClusterBuilder::~ClusterBuilder() = default;

bool ClusterBuilder::add(const DocumentPtr &document, int source, std::string_view file)
{
    const FileContext context{source, m_state->intern(file), describePath(file)};
    const std::size_t before = m_state->objects.size();
    const bool used = m_state->addRoot(rootOf(*document), context);
    if (m_state->objects.size() > before)
        keep(document);
    if (used && !context.path.namespaceName.empty())
        m_state->coveredNamespaces.insert(context.path.namespaceName);
    return used;
}

bool ClusterBuilder::addSummary(std::string json, int source, std::string_view file)
{
    ReadOptions options;
    options.fileName = file;
    Result<ParsedText> parsed = readJson(std::move(json), options);
    if (!parsed || parsed->documents.size() != 1)
        return false;
    const Node root = rootOf(*parsed->documents.front());
    Object object;
    object.root = root;
    object.apiVersion = root["apiVersion"].text();
    object.kind = root["kind"].text();
    if (object.kind != "AuditLog" && object.kind != "EtcdSnapshot")
        return false;
    object.name = root["metadata"]["name"].text();
    object.source = source;
    object.file = m_state->intern(file);
    m_state->objects.push_back(object);
    keep(parsed->documents.front());
    return true;
}

void ClusterBuilder::addRelease(const HelmRelease &release, int source, std::string_view file)
{
    const std::string place = std::string(file) + " (Helm: " + release.name + ')';
    const FileContext context{source, m_state->intern(place), {}};
    auto &[facts, objects] = m_state->releases[{release.namespaceName, release.name}];
    if (facts.version > release.version)
        return;
    facts = {release.name, release.namespaceName, release.chart, release.version, source, 0, 0};
    objects.clear();
    for (const DocumentPtr &document : release.documents) {
        m_state->addReleaseItem(rootOf(*document), release, context, 0, objects);
        keep(document);
    }
    facts.objects = objects.size();
}

void ClusterBuilder::noteRelease(const HelmReleaseFacts &release)
{
    HelmReleaseFacts &known = m_state->releases[{release.namespaceName, release.name}].first;
    if (release.version >= known.version)
        known = release;
}

void ClusterBuilder::noteNamespace(const NamespaceEvidence &evidence)
{
    const std::pair value(evidence.state, evidence.source);
    const auto known
        = m_state->ofNamespaces.try_emplace({evidence.kind, evidence.group, evidence.namespaceName}, value);
    if (evidence.state == KindState::Empty)
        known.first->second = value;
}

void ClusterBuilder::addObject(const Object &object)
{
    Object copy = object;
    copy.apiVersion = m_state->intern(object.apiVersion);
    copy.kind = m_state->intern(object.kind);
    copy.file = m_state->intern(object.file);
    copy.owner = -1;
    m_state->objects.push_back(copy);
}

void ClusterBuilder::keep(const DocumentPtr &document)
{
    m_state->documents.push_back(document);
}

void ClusterBuilder::noteUncoveredNamespace(std::string_view name)
{
    m_state->uncoveredNamespaces.emplace(name);
}

void ClusterBuilder::noteUnlistedNamespaces()
{
    m_state->namespacesUnlisted = true;
}

void ClusterBuilder::noteSeveralClusters(std::span<const std::string> places)
{
    m_state->severalClusters.insert(places.begin(), places.end());
}

void ClusterBuilder::nameSource(int source, std::string_view name)
{
    m_state->sourceNames.try_emplace(source, name);
}

void ClusterBuilder::noteEmptyKind(std::string_view group, std::string_view kind, int source)
{
    m_state->empties.try_emplace({std::string(kind), std::string(currentGroup(kind, group))}, source);
}

void ClusterBuilder::noteForbidden(std::string_view group, std::string_view kind, int source)
{
    m_state->forbidden.try_emplace({std::string(kind), std::string(currentGroup(kind, group))}, source);
}

void ClusterBuilder::noteApiResource(
    std::string_view group, std::string_view kind, std::string_view plural, bool namespaced, int source)
{
    m_state->noteApi(group, kind, plural, namespaced, source);
}

void ClusterBuilder::noteVersion(std::string_view version)
{
    const std::array<int, 3> numbers = versionNumbers(version);
    if (numbers > versionNumbers(m_state->version))
        m_state->version = version;
}

void ClusterBuilder::setLabel(std::string_view label)
{
    m_state->label = label;
}

void ClusterBuilder::noteExportedAt(std::string_view time)
{
    m_state->exportedAt = std::max(m_state->exportedAt, std::string(time));
}

void ClusterBuilder::noteObjectsRead(std::size_t more)
{
    m_state->removedBefore += more;
}

std::vector<Diagnostic> &ClusterBuilder::diagnostics()
{
    return m_state->diagnostics;
}

std::string_view ClusterBuilder::State::intern(std::string_view text)
{
    if (const auto found = interned.find(text); found != interned.end())
        return found->second;
    strings.push_back(std::make_shared<const std::string>(text));
    const std::string_view view = *strings.back();
    interned.emplace(view, view);
    return view;
}

void ClusterBuilder::State::say(Diagnostic::Severity severity, Message message, int source, std::string_view where)
{
    diagnostics.push_back({severity, std::move(message), source, std::string(where)});
}

bool ClusterBuilder::State::addRoot(Node root, const FileContext &context)
{
    if (context.path.errorFile)
        return addErrors(root, context);
    const KnownKind *named
        = context.path.resource.empty() ? nullptr : knownResource(context.path.resource, context.path.group);
    const std::string apiVersion = named == nullptr ? std::string()
        : named->group.empty()                      ? std::string(named->version)
                                                    : std::string(named->group) + '/' + std::string(named->version);
    const std::string_view kind = named == nullptr ? std::string_view() : named->kind;

    if (root.isSequence()) {
        if (root.size() == 0)
            return noteEmptyList(groupOf(apiVersion), kind, context);
        return addItems(root, apiVersion, kind, context, 0);
    }
    if (!root.isMap())
        return false;
    if (root["kind"].text().empty()) {
        if (root["kubeletconfig"].isMap())
            return addKubeletConfig(root["kubeletconfig"], context);
        // troubleshoot writes Go lists without their type: {"metadata": {"resourceVersion": ...}, "items": [...]};
        // k8s-baseline-audit {"items": [...]} for Secrets.
        if (!kind.empty() && root["items"] && (root["metadata"] || root.size() == 1)
            && root["metadata"]["name"].text().empty())
            return addList(root, apiVersion, kind, context, 0);
        return addDiscovery(root, context) || addVersionFile(root) || addErrorReport(root, context)
            || addMapOfObjects(root, context) || addUntyped(root, apiVersion, kind, context);
    }
    return addItem(root, {}, {}, context, 0, false);
}

bool ClusterBuilder::State::addItem(
    Node item, std::string_view apiVersion, std::string_view kind, const FileContext &context, int depth, bool inList)
{
    return addItem(headOf(item), apiVersion, kind, context, depth, inList);
}

bool ClusterBuilder::State::addItem(const ItemHead &head, std::string_view apiVersion, std::string_view kind,
    const FileContext &context, int depth, bool inList)
{
    const Node item = head.root;
    if (!item.isMap())
        return false;
    const std::string_view ownKind = head.kind;
    const std::string_view ownVersion = head.apiVersion;
    if (!ownKind.empty() && isList(item, ownKind)) {
        const std::string_view listed = listedKind(ownKind);
        return addList(item, listed.empty() ? std::string_view() : ownVersion, listed, context, depth);
    }
    if (ownKind == "Table") {
        say(Diagnostic::Severity::Error, {clusterDef("cluster.table"), {std::string(context.file)}}, context.source,
            context.file);
        return false;
    }
    if (ownKind == "Status" && ownVersion == "v1")
        return addStatus(item, context);
    if (isDiscovery(ownKind))
        return addDiscovery(item, context);
    const std::string_view group = groupOf(ownVersion);
    const bool auditEvent = group == "audit.k8s.io" && ownKind != "Policy";
    if (isForeign(group, ownKind) || auditEvent) {
        if (ownKind == "Config" || auditEvent)
            say(Diagnostic::Severity::Warning,
                {ownKind == "Config" ? clusterDef("cluster.kubeconfig") : clusterDef("cluster.audit-log"),
                    {std::string(context.file)}},
                context.source, context.file);
        return false;
    }
    // Without a kind of its own it is an object only if it looks like one.
    if (ownKind.empty() && (kind.empty() || !head.hasMetadata))
        return false;
    if (!ownKind.empty() && !kind.empty() && ownKind != kind)
        apiVersion = {};
    if (ownVersion.empty() && apiVersion.empty())
        return false;
    // The reader masks Secrets that say what they are; one known by the file's name only may stand in clear.
    if (ownKind.empty() && kind == "Secret" && hasClearValues(item))
        return false;
    Object object;
    object.root = item;
    object.kind = ownKind.empty() ? intern(kind) : ownKind;
    object.apiVersion = ownVersion.empty() ? intern(apiVersion) : ownVersion;
    object.namespaceName = head.namespaceName;
    object.name = head.name;
    object.uid = head.uid;
    object.source = context.source;
    object.file = context.file;
    objects.push_back(object);
    if (inList && object.kind == "CustomResourceDefinition" && !object.uid.empty() && !crdSource)
        crdSource = context.source;
    return true;
}

/// Helm gives objects of kinds that stand in namespaces that of the release, where they name none.
void ClusterBuilder::State::addReleaseItem(
    Node item, const HelmRelease &release, const FileContext &context, int depth, std::vector<Object> &into)
{
    const std::string_view kind = item["kind"].text();
    const std::string_view apiVersion = item["apiVersion"].text();
    if (isList(item, kind)) {
        for (const Node child : item["items"]) {
            if (depth < mostListDepth)
                addReleaseItem(child, release, context, depth + 1, into);
        }
        return;
    }
    const Node metadata = item["metadata"];
    if (kind.empty() || apiVersion.empty() || metadata["name"].text().empty())
        return;
    Object object;
    object.root = item;
    object.apiVersion = apiVersion;
    object.kind = kind;
    object.name = metadata["name"].text();
    object.namespaceName = metadata["namespace"].text();
    const KnownKind *known = knownKind(kind, currentGroup(kind, groupOf(apiVersion)));
    if (object.namespaceName.empty() && (known == nullptr || known->namespaced))
        object.namespaceName = intern(release.namespaceName);
    object.source = context.source;
    object.file = context.file;
    object.fromRelease = true;
    into.push_back(object);
}

/// What the kubelet answers to /configz, without kind and name. Sonobuoy: "hosts/<node>/configz.json"; by hand one file
/// per node. Source: kubernetes.io, Reconfiguring a kubelet; sonobuoy.io, The snapshot.
bool ClusterBuilder::State::addKubeletConfig(Node config, const FileContext &context)
{
    std::string_view path = context.file;
    const auto last = [&path] {
        const std::size_t slash = path.rfind('/');
        const std::string_view component = slash == std::string_view::npos ? path : path.substr(slash + 1);
        path = slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
        return component;
    };
    std::string_view name = last();
    if (name.starts_with("configz.") && !path.empty())
        name = last();
    else
        name = name.substr(0, name.rfind('.'));
    Object object;
    object.root = config;
    object.kind = "KubeletConfiguration";
    object.apiVersion = "kubelet.config.k8s.io/v1beta1";
    object.name = intern(name);
    object.source = context.source;
    object.file = context.file;
    objects.push_back(object);
    return true;
}

bool ClusterBuilder::State::addList(
    Node list, std::string_view itemApiVersion, std::string_view itemKind, const FileContext &context, int depth)
{
    if (depth >= mostListDepth) {
        say(Diagnostic::Severity::Warning, {clusterDef("cluster.lists-too-deep"), {std::string(context.file)}},
            context.source, context.file);
        return false;
    }
    // support-bundle-kit writes the word "null" where nothing follows.
    const std::string_view following = list["metadata"]["continue"].text();
    const bool truncated = !following.empty() && following != "null";
    if (truncated)
        say(Diagnostic::Severity::Warning, {clusterDef("cluster.list-truncated"), {std::string(context.file)}},
            context.source, context.file);
    const Node items = list["items"];
    if (!items.isNull() && !items.isSequence())
        return false;
    if (items.size() == 0) {
        if (truncated)
            return false;
        if (!itemKind.empty() || depth > 0)
            return noteEmptyList(groupOf(itemApiVersion), itemKind, context);
        const KnownKind *named
            = context.path.resource.empty() ? nullptr : knownResource(context.path.resource, context.path.group);
        return noteEmptyList(named == nullptr ? std::string_view() : named->group,
            named == nullptr ? std::string_view() : named->kind, context);
    }
    return addItems(items, itemApiVersion, itemKind, context, depth);
}

bool ClusterBuilder::State::addItems(
    Node items, std::string_view apiVersion, std::string_view kind, const FileContext &context, int depth)
{
    int skipped = 0;
    bool used = false;
    const std::size_t before = objects.size();
    for (const ItemHead &item : headsOf(items)) {
        if (addItem(item, apiVersion, kind, context, depth + 1, true) || addDiscovery(item.root, context))
            used = true;
        else
            ++skipped;
    }
    if (!used && items.item(0).isScalar())
        return addErrors(items, context);
    if (used && skipped > 0)
        say(Diagnostic::Severity::Note, {clusterDef("cluster.items-skipped"), {std::string(context.file)}, skipped},
            context.source, context.file);
    if (context.path.group && objects.size() > before)
        learned.try_emplace({*context.path.group, context.path.resource}, std::string(objects[before].kind));
    return used;
}

bool ClusterBuilder::State::addMapOfObjects(Node root, const FileContext &context)
{
    bool used = false;
    for (const Node value : root) {
        if (!value.isMap() || value["kind"].text().empty() || value["apiVersion"].text().empty())
            return used;
        used = addItem(value, {}, {}, context, 1, true) || used;
    }
    return used;
}

/// An object as Go's client has it in memory, without its type (Insights): where it came from says the old selfLink
/// ("/api/v1/namespaces/shop/pods/web"), else the path of its file. Only live ones, which have a uid: not any JSON.
bool ClusterBuilder::State::addUntyped(
    Node root, std::string_view apiVersion, std::string_view kind, const FileContext &context)
{
    const Node metadata = root["metadata"];
    if (metadata["uid"].text().empty() || metadata["name"].text().empty())
        return false;
    const std::string_view link = metadata["selfLink"].text();
    if (link.empty())
        return !kind.empty() && addItem(root, apiVersion, kind, context, 0, false);
    const std::optional<ApiPath> place = parseApiPath(link.substr(0, link.rfind('/')));
    const KnownKind *known = place ? knownResource(place->resource, place->group) : nullptr;
    if (known == nullptr)
        return false;
    const std::string fullVersion = place->group.empty()
        ? std::string(place->version)
        : std::string(place->group) + '/' + std::string(place->version);
    return addItem(root, fullVersion, known->kind, context, 0, false);
}

void ClusterBuilder::State::noteEmpty(std::string_view kind, std::string_view group, const FileContext &context)
{
    const KindKey key{std::string(kind), std::string(currentGroup(kind, group))};
    empties.try_emplace(key, context.source);
    if (!context.path.namespaceName.empty())
        ofNamespaces.try_emplace({key.first, key.second, context.path.namespaceName}, KindState::Empty, context.source);
}

bool ClusterBuilder::State::noteEmptyList(std::string_view group, std::string_view kind, const FileContext &context)
{
    if (!kind.empty()) {
        noteEmpty(kind, group, context);
        return true;
    }
    if (context.path.group) {
        pending.push_back(
            {context.path.resource, context.path.group, context.source, false, context.path.namespaceName});
        return true;
    }
    say(Diagnostic::Severity::Note, {clusterDef("cluster.empty-list"), {std::string(context.file)}}, context.source,
        context.file);
    return false;
}

/// troubleshoot: "pods-errors.json" holds a text per namespace, or a list of texts.
bool ClusterBuilder::State::addErrors(Node root, const FileContext &context)
{
    bool used = false;
    std::string_view first;
    const auto take = [&](Node node) {
        if (!node.isScalar() || node.isNull())
            return;
        if (first.empty())
            first = node.text();
        // troubleshoot's keys are the namespaces
        if (addErrorLine(node.text(), context)) {
            used = true;
        } else if (context.path.errorFile && !context.path.resource.empty() && !node.key().empty()) {
            noteNotCollected(context.path.resource, context.path.group, node.text(), context.source, node.key());
            used = true;
        }
    };
    take(root);
    constexpr int mostLines = 10'000;
    int lines = 0;
    for (const Node child : root) {
        if (++lines > mostLines)
            break;
        take(child);
    }
    if (!used && context.path.errorFile && !context.path.resource.empty() && !first.empty()) {
        noteNotCollected(context.path.resource, context.path.group, first, context.source);
        used = true;
    }
    return used;
}

} // namespace tally
