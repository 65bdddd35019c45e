// SPDX-License-Identifier: Apache-2.0
#include "core/audit/snapshot.h"

#include "core/document/document_snapshot.h"
#include "core/io/packing.h"

#include <map>

namespace tally {

namespace {

constexpr std::uint64_t clusterFormat = 4; // 1 had no uncovered namespaces, 2 no Helm releases and no evidence of
                                           // namespaces, 3 no doubts (unlisted namespaces, several clusters)

void packObject(PackWriter &out, const Object &object, std::size_t document)
{
    out.number(document);
    out.number(object.root.index());
    for (const std::string_view text :
        {object.apiVersion, object.kind, object.namespaceName, object.name, object.uid, object.file})
        out.text(text);
    out.signedNumber(object.source);
    out.signedNumber(object.owner);
}

/// The texts of objects repeat a lot: each is owned once.
class Owner
{
public:
    explicit Owner(Cluster &cluster)
        : m_cluster(cluster)
    {
    }
    std::string_view keep(std::string_view text)
    {
        if (const auto known = m_known.find(text); known != m_known.end())
            return *known->second;
        m_cluster.strings.push_back(std::make_shared<const std::string>(text));
        const std::string &kept = *m_cluster.strings.back();
        m_known.emplace(kept, &kept);
        return kept;
    }

private:
    Cluster &m_cluster;
    std::map<std::string_view, const std::string *> m_known;
};

bool unpackObjects(PackReader &in, Cluster &cluster)
{
    Owner owner(cluster);
    const std::size_t count = in.count();
    cluster.objects.reserve(count);
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        const std::uint64_t document = in.number();
        const std::uint64_t node = in.number();
        if (document >= cluster.documents.size() || node >= cluster.documents[document]->nodeCount())
            return false;
        Object object;
        object.root = Node(*cluster.documents[document], static_cast<std::uint32_t>(node));
        for (std::string_view *text :
            {&object.apiVersion, &object.kind, &object.namespaceName, &object.name, &object.uid, &object.file})
            *text = owner.keep(in.text());
        object.source = static_cast<int>(in.signedNumber());
        object.owner = static_cast<int>(in.signedNumber());
        if (object.owner < -1 || object.owner >= static_cast<std::int64_t>(count))
            return false;
        cluster.objects.push_back(object);
    }
    return in.ok();
}

void packEvidence(PackWriter &out, const Cluster &cluster)
{
    out.number(cluster.releases.size());
    for (const HelmReleaseFacts &release : cluster.releases) {
        for (const std::string *text : {&release.name, &release.namespaceName, &release.chart})
            out.text(*text);
        out.signedNumber(release.version);
        out.signedNumber(release.source);
        out.number(release.objects);
        out.number(release.absent);
    }
    out.number(cluster.namespaceEvidence.size());
    for (const NamespaceEvidence &evidence : cluster.namespaceEvidence) {
        for (const std::string *text : {&evidence.kind, &evidence.group, &evidence.namespaceName})
            out.text(*text);
        out.number(static_cast<std::uint64_t>(evidence.state));
        out.signedNumber(evidence.source);
    }
    std::vector<std::size_t> released;
    for (std::size_t i = 0; i < cluster.objects.size(); ++i) {
        if (cluster.objects[i].fromRelease)
            released.push_back(i);
    }
    out.number(released.size());
    for (const std::size_t index : released)
        out.number(index);
}

bool unpackEvidence(PackReader &in, Cluster &cluster)
{
    cluster.releases.resize(in.count());
    for (HelmReleaseFacts &release : cluster.releases) {
        for (std::string *text : {&release.name, &release.namespaceName, &release.chart})
            *text = in.text();
        release.version = in.signedNumber();
        release.source = static_cast<int>(in.signedNumber());
        release.objects = in.number();
        release.absent = in.number();
    }
    cluster.namespaceEvidence.resize(in.count());
    for (NamespaceEvidence &evidence : cluster.namespaceEvidence) {
        for (std::string *text : {&evidence.kind, &evidence.group, &evidence.namespaceName})
            *text = in.text();
        const std::uint64_t state = in.number();
        if (state > static_cast<std::uint64_t>(KindState::Redacted))
            return false;
        evidence.state = static_cast<KindState>(state);
        evidence.source = static_cast<int>(in.signedNumber());
    }
    for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
        const std::uint64_t index = in.number();
        if (index >= cluster.objects.size())
            return false;
        cluster.objects[index].fromRelease = true;
    }
    return in.ok();
}

} // namespace

std::string packCluster(const Cluster &cluster)
{
    PackWriter out;
    out.number(clusterFormat);
    std::map<const Document *, std::size_t> documents;
    for (const Object &object : cluster.objects) // only what objects stand in
        documents.emplace(object.root.document(), documents.size());
    std::vector<const Document *> ordered(documents.size());
    for (const auto &[document, position] : documents)
        ordered[position] = document;
    out.number(ordered.size());
    for (const Document *document : ordered)
        packDocument(out, *document);
    out.number(cluster.objects.size());
    for (const Object &object : cluster.objects)
        packObject(out, object, documents.at(object.root.document()));
    out.number(cluster.byIdentity.size());
    for (const std::uint32_t object : cluster.byIdentity)
        out.number(object);
    out.number(cluster.objectsRead);
    out.number(cluster.completeness.size());
    for (const KindCompleteness &kind : cluster.completeness) {
        for (const std::string *text : {&kind.kind, &kind.group, &kind.command})
            out.text(*text);
        out.number(static_cast<std::uint64_t>(kind.state));
        out.number(kind.count);
        out.signedNumber(kind.source);
    }
    out.number(cluster.namespaces.size());
    for (const std::string &name : cluster.namespaces)
        out.text(name);
    for (const std::string *text : {&cluster.kubernetesVersion, &cluster.uid, &cluster.label, &cluster.exportedAt})
        out.text(*text);
    out.number(static_cast<std::uint64_t>(cluster.liveness));
    out.number(cluster.uncoveredNamespaces.size());
    for (const std::string &name : cluster.uncoveredNamespaces)
        out.text(name);
    packEvidence(out, cluster);
    out.number(cluster.namespacesUnlisted ? 1 : 0);
    out.number(cluster.severalClusters.size());
    for (const std::string &place : cluster.severalClusters)
        out.text(place);
    return out.bytes();
}

ClusterPtr unpackCluster(std::string_view bytes)
{
    PackReader in(bytes);
    const std::uint64_t format = in.number();
    if (format < 1 || format > clusterFormat)
        return nullptr;
    auto cluster = std::make_shared<Cluster>();
    for (std::size_t left = in.count(); left > 0; --left) {
        DocumentPtr document = unpackDocument(in);
        if (!document)
            return nullptr;
        cluster->documents.push_back(std::move(document));
    }
    if (!unpackObjects(in, *cluster))
        return nullptr;
    cluster->byIdentity.resize(in.count());
    for (std::uint32_t &object : cluster->byIdentity) {
        object = static_cast<std::uint32_t>(in.number());
        if (object >= cluster->objects.size())
            return nullptr;
    }
    cluster->objectsRead = in.number();
    cluster->completeness.resize(in.count());
    for (KindCompleteness &kind : cluster->completeness) {
        for (std::string *text : {&kind.kind, &kind.group, &kind.command})
            *text = in.text();
        const std::uint64_t state = in.number();
        if (state > static_cast<std::uint64_t>(KindState::Redacted))
            return nullptr;
        kind.state = static_cast<KindState>(state);
        kind.count = in.number();
        kind.source = static_cast<int>(in.signedNumber());
    }
    cluster->namespaces.resize(in.count());
    for (std::string &name : cluster->namespaces)
        name = in.text();
    for (std::string *text : {&cluster->kubernetesVersion, &cluster->uid, &cluster->label, &cluster->exportedAt})
        *text = in.text();
    const std::uint64_t liveness = in.number();
    if (liveness > static_cast<std::uint64_t>(Liveness::Mixed))
        return nullptr;
    cluster->liveness = static_cast<Liveness>(liveness);
    if (format >= 2) {
        cluster->uncoveredNamespaces.resize(in.count());
        for (std::string &name : cluster->uncoveredNamespaces)
            name = in.text();
    }
    if (format >= 3 && !unpackEvidence(in, *cluster))
        return nullptr;
    if (format >= 4) {
        cluster->namespacesUnlisted = in.number() != 0;
        cluster->severalClusters.resize(in.count());
        for (std::string &place : cluster->severalClusters)
            place = in.text();
    }
    return in.ok() && in.atEnd() ? cluster : nullptr;
}

} // namespace tally
