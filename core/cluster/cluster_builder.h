// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/limits.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/cluster/audit_log.h"
#include "core/cluster/cluster.h"
#include "core/document/readers.h"
#include "core/io/archive.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Collects the objects of one cluster and the evidence of what was looked for, and makes a Cluster of them. What it
/// makes depends on the order of the calls only where duplicates differ in content (the first one counts). Not for
/// concurrent use.
class ClusterBuilder
{
public:
    ClusterBuilder();
    ClusterBuilder(ClusterBuilder &&) noexcept;
    ClusterBuilder &operator=(ClusterBuilder &&) noexcept;
    ClusterBuilder(const ClusterBuilder &) = delete;
    ClusterBuilder &operator=(const ClusterBuilder &) = delete;
    ~ClusterBuilder();

    /// Takes what a document holds: an object, a List (also of Lists, also typed ones whose items do not say what they
    /// are), an array or a map of objects, discovery data, a Status that says "forbidden", a version file. `file` is
    /// the path inside the source; where the content does not say of which kind it is, the path may.
    /// False if nothing in it could be used; what is odd about it stands in diagnostics().
    bool add(const DocumentPtr &document, int source, std::string_view file);

    /// Takes what this program itself made of a file that holds no objects: AuditLog::toJson(), etcdJson(). False if
    /// it is none of these.
    bool addSummary(std::string json, int source, std::string_view file);
    /// Takes the objects of a release's manifest. They are no evidence of what the cluster has: those that the export
    /// holds, too, are left out, the others are marked (Object::fromRelease) and count for no kind.
    void addRelease(const HelmRelease &release, int source, std::string_view file);
    /// Takes a release of another Cluster, whose objects addObject() takes.
    void noteRelease(const HelmReleaseFacts &release);
    /// The same of what is said of single namespaces; that a kind is empty there counts more than that it was refused,
    /// which a later export with more rights settles.
    void noteNamespace(const NamespaceEvidence &evidence);
    /// Takes an object of another Cluster (which the caller adds by keep()).
    void addObject(const Object &object);
    /// Keeps a document alive that objects added by addObject() point into.
    void keep(const DocumentPtr &document);

    /// Evidence that the kind was asked for and none was there.
    void noteEmptyKind(std::string_view group, std::string_view kind, int source);
    /// Evidence that the kind could not be read by whoever made the export.
    void noteForbidden(std::string_view group, std::string_view kind, int source);
    /// Known beforehand that what stands in the namespace was not seen (mergeClusters).
    void noteUncoveredNamespace(std::string_view name);
    /// Known beforehand (mergeClusters): Cluster::namespacesUnlisted, Cluster::severalClusters.
    void noteUnlistedNamespaces();
    void noteSeveralClusters(std::span<const std::string> places);
    /// What a source is called, for messages that name files of several sources; else all are called as the cluster.
    void nameSource(int source, std::string_view name);
    /// The API serves this kind: the table of `kubectl api-resources` or a discovery document holds it.
    void noteApiResource(
        std::string_view group, std::string_view kind, std::string_view plural, bool namespaced, int source);
    /// Text that kubectl or a bundle's maker wrote about what could not be read, or the table of
    /// `kubectl api-resources`. False if it says nothing of the kind.
    bool addText(std::string_view text, int source, std::string_view file);
    /// What nodes do not tell: "v1.30.2+k3s1" of a version file.
    void noteVersion(std::string_view version);
    /// What the auditor calls the cluster, else the source's name.
    void setLabel(std::string_view label);
    /// When the export was made, as far as a file says so; RFC 3339.
    void noteExportedAt(std::string_view time);
    /// Objects that duplicates were removed of before (mergeClusters).
    void noteObjectsRead(std::size_t more);

    [[nodiscard]] std::vector<Diagnostic> &diagnostics();

    /// Removes duplicates, joins owners, derives completeness, version, namespaces. Null if there was neither an object
    /// nor any evidence. Ends the builder. O(objects).
    [[nodiscard]] ClusterPtr finish();

    struct State; ///< for the sources that implement this class only

private:
    std::unique_ptr<State> m_state;
};

/// A file of an export: its path inside the source and its bytes.
struct ExportMember
{
    std::string path;
    std::string content;
    std::shared_ptr<const AuditLog> auditLog{}; ///< a log of the API server that was counted instead of kept
    std::string summary{};                      ///< etcdJson() of a database that was looked through instead of kept
    BlockReader *stream = nullptr; ///< the content of a file too large for that; valid while the sink is called
};

/// Hands out members one after another. An error that the sink returns must be returned to the caller at once.
/// Members whose memberUse() is Skip need not be read: hand them over without content.
using MemberSink = std::function<Result<>(ExportMember member)>;
using MemberSource = std::function<Result<>(const MemberSink &sink)>;

struct ReadClusterOptions
{
    Limits limits;
    int source = 0;   ///< what Object::source and Diagnostic::source shall say
    std::string name; ///< the source's name, for messages and the label
};

struct ClusterReading
{
    ClusterPtr cluster;
    std::vector<Diagnostic> diagnostics;
    /// "kubectl-list", "manifests", "folder", "archive", "helm-rendered", "helm-chart", "kustomize", "kba-bundle",
    /// "audit-log", "etcd-snapshot", or what bundleForm() says.
    std::string form;
};

/// Reads the files of an export. Files are parsed in parallel in batches of 64 MiB; the outcome does not depend on the
/// threads. Errors: Unsupported if nothing in it is of a cluster (the message says what it looks like and what would be
/// accepted), Malformed if its only file cannot be read, LimitExceeded, Cancelled, and those of the member source.
[[nodiscard]] Result<ClusterReading> readCluster(
    const MemberSource &members, const ReadClusterOptions &options, const RunContext &run = {});
[[nodiscard]] Result<ClusterReading> readCluster(
    std::vector<ExportMember> members, const ReadClusterOptions &options, const RunContext &run = {});
/// One file: YAML or JSON. The caller has unpacked it where it was compressed.
[[nodiscard]] Result<ClusterReading> readClusterFile(
    std::string content, const ReadClusterOptions &options, const RunContext &run = {});
/// One file of any size, read in parts of limits.windowBytes (text_windows.h): of each part is kept what an object
/// needs (document_packer.h), which a diagnostic says, not its text. Memory: what is kept, and two parts. What comes
/// behind something that cannot be read is missing: a diagnostic of severity Error says so. Errors: also LimitExceeded
/// where more than limits.maxKeptBytes would be kept.
[[nodiscard]] Result<ClusterReading> readClusterInParts(
    BlockReader &stream, const ReadClusterOptions &options, const RunContext &run = {});
/// The members of an archive that was just opened, as next() hands them out; archives in it, too, up to
/// limits.maxNestedArchives deep. What breaks in the middle leaves the members before it valid and is a diagnostic.
[[nodiscard]] Result<ClusterReading> readClusterArchive(
    Archive &archive, const ReadClusterOptions &options, const RunContext &run = {});
/// An audit log of the API server, counted while it streams by; etcd's database, of which only the envelopes are looked
/// at. Each is one object of the cluster: AuditLog, EtcdSnapshot. Errors: also Malformed for a damaged database.
[[nodiscard]] Result<ClusterReading> readClusterAuditLog(
    BlockReader &stream, const ReadClusterOptions &options, const RunContext &run = {});
[[nodiscard]] Result<ClusterReading> readClusterEtcd(
    const ByteSource &database, const ReadClusterOptions &options, const RunContext &run = {});
/// All files below a folder, in the order of their paths, and those in archives that lie there; symbolic links are not
/// followed. Errors: also NotFound, Io.
[[nodiscard]] Result<ClusterReading> readClusterFolder(
    const std::filesystem::path &folder, const ReadClusterOptions &options, const RunContext &run = {});

/// One cluster from several exports of it: duplicates removed, completeness joined. Of an object that stands in two
/// sources with different content the newer one counts: by metadata.resourceVersion, which grows with each write, else
/// that of the source with the higher number. Null for none. diagnostics, if any, gets what two sources say
/// differently.
[[nodiscard]] ClusterPtr mergeClusters(
    std::span<const ClusterPtr> clusters, std::vector<Diagnostic> *diagnostics = nullptr);

} // namespace tally
