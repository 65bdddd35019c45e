// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/base/messages_cluster.h"
#include "core/base/messages_document.h"
#include "core/base/parallel.h"
#include "core/base/text_format.h"
#include "core/cluster/cluster_builder.h"
#include "core/cluster/etcd_snapshot.h"
#include "core/cluster/export_content.h"
#include "core/cluster/export_members.h"
#include "core/cluster/export_path.h"
#include "core/document/document_packer.h"
#include "core/document/text_windows.h"
#include "core/io/digest.h"
#include "core/io/folder_listing.h"

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

namespace tally {

namespace {

constexpr std::size_t batchBytes = 64U << 20;
constexpr std::size_t batchMembers = 1024;
constexpr std::size_t largeMember = 4U << 20; // above this, the readers spread one file over the workers themselves
constexpr std::size_t mostDigests = 20'000;
constexpr std::size_t mostTextBytes = 16U << 20; // error logs and tables of API resources

bool looksLikeObjects(std::string_view content)
{
    return content.find("apiVersion") != std::string_view::npos;
}

/// "NAME    READY   STATUS ..." as kubectl prints it for people.
bool looksLikeScreenTable(std::string_view content)
{
    const std::string_view line = content.substr(0, content.find('\n'));
    const bool first = line.starts_with("NAME ") || line.starts_with("NAMESPACE ");
    return first && (line.find(" AGE") != std::string_view::npos || line.find(" READY") != std::string_view::npos);
}

/// What was said of several parts of one file, once, with the sum of what was counted.
void joinRepeated(std::vector<Diagnostic> &said, std::size_t from)
{
    std::map<std::pair<const MessageDef *, std::vector<std::string>>, std::size_t> known;
    std::size_t to = from;
    for (std::size_t i = from; i < said.size(); ++i) {
        const auto [first, isNew] = known.try_emplace({said[i].message.def, said[i].message.args}, to);
        if (isNew) {
            if (to != i)
                said[to] = std::move(said[i]);
            ++to;
        } else if (said[i].message.count > 0) {
            said[first->second].message.count += said[i].message.count;
        }
    }
    said.resize(to);
}

/// Reads members in batches and hands their documents to the builder in order.
class Reader
{
public:
    Reader(const ReadClusterOptions &options, const RunContext &run)
        : m_options(options)
        , m_run(run)
    {
        m_builder.setLabel(options.name);
    }

    /// `use` as memberUse() says, or Objects for a file that was handed over by itself.
    Result<> take(ExportMember member, MemberUse use)
    {
        if (m_run.stopRequested())
            return tl::unexpected<Error>(cancelled());
        // Insights archives have folders of must-gather, too.
        if (const std::string_view form = bundleForm(member.path);
            !form.empty() && (m_form.empty() || form == "insights-archive"))
            m_form = form;
        if (member.stream)
            return takeInParts(*member.stream, member.path);
        ++m_members;
        if (takeWithoutParsing(member))
            return {};
        m_pendingBytes += member.content.size();
        m_pending.push_back({std::move(member), use, std::nullopt});
        if (m_pendingBytes >= batchBytes || m_pending.size() >= batchMembers)
            return flush();
        return {};
    }

    Result<ClusterReading> finish(std::string_view form)
    {
        TALLY_TRY(flush());
        if (m_auditLog)
            addAuditLog();
        checkManifest();
        saySourceTrees();
        ClusterPtr cluster = m_builder.finish();
        if (!cluster) {
            if (m_members == 1 && m_firstError)
                return tl::unexpected<Error>(*std::move(m_firstError));
            return fail(ErrorKind::Unsupported, whyNothing());
        }
        if (m_form.empty())
            m_form = m_contentForm;
        sayAboutForm();
        if (m_skipped > 0)
            say(Diagnostic::Severity::Note, {clusterDef("cluster.files-skipped"), {}, m_skipped}, {});
        std::vector<Diagnostic> &said = m_builder.diagnostics();
        m_diagnostics.insert(m_diagnostics.end(), std::move_iterator(said.begin()), std::move_iterator(said.end()));
        return ClusterReading{
            std::move(cluster), std::move(m_diagnostics), std::string(m_form.empty() ? form : m_form)};
    }

    [[nodiscard]] bool sawList() const { return m_sawList; }

    /// The file of that name, which is too large to be taken as a member.
    Result<> takeInParts(BlockReader &stream, const std::string &path)
    {
        TALLY_TRY(flush());
        ++m_members;
        TextWindows windows(stream, path, m_options.limits.windowBytes, m_options.limits.maxPartBytes);
        Parts parts;
        const std::size_t saidBefore = m_builder.diagnostics().size();
        for (;;) {
            if (m_run.stopRequested())
                return tl::unexpected<Error>(cancelled());
            Result<std::optional<TextWindow>> window = windows.next();
            if (!window && window.error().kind == ErrorKind::Cancelled)
                return tl::unexpected<Error>(std::move(window).error());
            if (!window)
                noteError(window.error(), path);
            if (!window || !*window)
                break;
            TALLY_TRY(takePart(**window, path, parts));
        }
        joinRepeated(m_builder.diagnostics(), saidBefore);
        if (!parts.used)
            say(Diagnostic::Severity::Note, {clusterDef("cluster.file-skipped"), {path}}, path);
        else if (parts.skipped > 0)
            say(Diagnostic::Severity::Note, {clusterDef("cluster.documents-skipped"), {path}, parts.skipped}, path);
        say(Diagnostic::Severity::Note,
            {clusterDef("cluster.read-in-parts"),
                {path, std::to_string(parts.away.managedFields), std::to_string(parts.away.lastApplied)}},
            path);
        return {};
    }

private:
    struct Pending
    {
        ExportMember member;
        MemberUse use = MemberUse::Skip;
        std::optional<Result<ParsedText>> parsed;
        std::string_view form{}; ///< as its content tells
        std::shared_ptr<AuditLog> auditLog{};
    };

    /// A chart or an overlay: what renders it stands in the message.
    struct Tree
    {
        SourceTree tree = SourceTree::None;
        std::string path;
    };

    /// What was read of a file in parts.
    struct Parts
    {
        PackedAway away;
        std::uint64_t keptBytes = 0;
        std::size_t windows = 0;
        int skipped = 0; ///< documents
        bool used = false;
    };

    Result<> takePart(TextWindow &window, const std::string &path, Parts &parts)
    {
        ++parts.windows;
        m_run.report({{clusterDef("cluster.reading")}, (window.begin + window.text.size()) >> 20U, 0});
        ReadOptions options;
        options.limits = m_options.limits;
        options.fileName = path;
        options.origin = window.origin;
        if (parts.windows == 1 && isHelmRendered(window.text))
            m_contentForm = "helm-rendered";
        Result<ParsedText> parsed = readYamlOrJson(std::exchange(window.text, {}), options, m_run.quiet());
        if (!parsed) {
            if (parsed.error().kind == ErrorKind::Cancelled)
                return tl::unexpected<Error>(std::move(parsed).error());
            if (parsed.error().message.def == documentDef("document.empty"))
                return {}; // comments
            noteError(parsed.error(), path);
            return {};
        }
        takeDiagnostics(parsed->diagnostics, path);
        for (DocumentPtr &document : parsed->documents) {
            document = packedWithoutSource(*document, parts.away);
            const Node root = rootOf(*document);
            if (root.isNull())
                continue;
            m_sawList = m_sawList || root["kind"].text().ends_with("List");
            const bool used = m_builder.add(document, m_options.source, path);
            parts.used = parts.used || used;
            parts.skipped += used ? 0 : 1;
            parts.keptBytes += used ? keptBytes(*document) : 0;
        }
        for (const HelmRelease &release : parsed->releases)
            m_builder.addRelease(release, m_options.source, path);
        if (parts.keptBytes > m_options.limits.maxKeptBytes)
            return fail(ErrorKind::LimitExceeded,
                {clusterDef("cluster.too-much-kept"),
                    {path, formatBytes(m_options.limits.maxKeptBytes, Language::English)}});
        return {};
    }

    void noteError(const Error &error, const std::string &path)
    {
        say(Diagnostic::Severity::Error, error.message, error.detail.empty() ? path : path + ", " + error.detail);
        if (!m_firstError)
            m_firstError = error;
    }

    void takeDiagnostics(std::vector<Diagnostic> &diagnostics, const std::string &path)
    {
        for (Diagnostic &diagnostic : diagnostics) {
            diagnostic.source = m_options.source;
            if (!diagnostic.where.starts_with(path))
                diagnostic.where = diagnostic.where.empty() ? path : path + ", " + diagnostic.where;
            m_diagnostics.push_back(std::move(diagnostic));
        }
    }

    bool takeWithoutParsing(const ExportMember &member)
    {
        if (member.auditLog) {
            countLog(*member.auditLog, member.path);
            return true;
        }
        if (!member.summary.empty()) {
            m_contentForm = "etcd-snapshot";
            if (!m_builder.addSummary(member.summary, m_options.source, member.path))
                ++m_skipped;
            return true;
        }
        if (baseName(member.path) == "timestamp")
            m_builder.noteExportedAt(gatherTime(member.content));
        if (mayBeInBundle(member.path) && m_digests.size() < mostDigests)
            m_digests.emplace(member.path, sha256Hex(member.content));
        const SourceTree tree
            = m_members == 1 && m_options.name == member.path ? SourceTree::None : sourceTree(member.path);
        if (tree == SourceTree::None)
            return false;
        m_trees.push_back({tree, member.path});
        return true;
    }

    void countLog(const AuditLog &log, const std::string &path)
    {
        if (!m_auditLog) {
            m_auditLog.emplace();
            m_auditLogFile = path;
        }
        m_auditLog->merge(log);
    }

    void addAuditLog()
    {
        m_contentForm = "audit-log";
        m_builder.noteExportedAt(m_auditLog->last());
        (void)m_builder.addSummary(m_auditLog->toJson(m_options.name), m_options.source, m_auditLogFile);
        if (m_auditLog->unreadableLines() > 0)
            say(Diagnostic::Severity::Warning,
                {clusterDef("cluster.audit-lines"), {m_auditLogFile},
                    static_cast<int>(std::min<std::uint64_t>(m_auditLog->unreadableLines(), 1'000'000'000))},
                m_auditLogFile);
    }

    /// A bundle of k8s-baseline-audit says which digest each of its files has.
    void checkManifest()
    {
        if (!m_manifest)
            return;
        m_builder.noteExportedAt(m_manifest->created);
        for (const auto &[path, digest] : m_manifest->digests) {
            const auto found = m_digests.find(m_manifestFolder + path);
            if (found == m_digests.end() && mayBeInBundle(path))
                say(Diagnostic::Severity::Error, {clusterDef("cluster.bundle-missing"), {visible(toUtf8(path))}}, path);
            else if (found != m_digests.end() && found->second != digest)
                say(Diagnostic::Severity::Error, {clusterDef("cluster.bundle-changed"), {visible(toUtf8(path))}}, path);
        }
    }

    void saySourceTrees()
    {
        constexpr std::size_t mostSaid = 20;
        for (std::size_t i = 0; i < std::min(m_trees.size(), mostSaid); ++i) {
            const Tree &tree = m_trees[i];
            const bool chart = tree.tree == SourceTree::HelmChart;
            say(Diagnostic::Severity::Warning,
                {chart ? clusterDef("cluster.helm-chart") : clusterDef("cluster.kustomize"),
                    {visible(toUtf8(tree.path)), renderCommand(tree.tree, m_options.name, tree.path)}},
                tree.path);
            if (m_contentForm.empty())
                m_contentForm = chart ? "helm-chart" : "kustomize";
        }
        if (m_templates > 0)
            say(Diagnostic::Severity::Warning, {clusterDef("cluster.templates-skipped"), {}, m_templates}, {});
    }

    /// What an export of this form never holds, so that nobody takes it for a whole one.
    void sayAboutForm()
    {
        const MessageDef *def = m_form == "cluster-info-dump" ? clusterDef("cluster.form.cluster-info-dump")
            : m_form == "insights-archive"                    ? clusterDef("cluster.form.insights-archive")
            : m_form == "velero-backup"                       ? clusterDef("cluster.form.velero-backup")
            : m_form == "helm-rendered"                       ? clusterDef("cluster.form.helm-rendered")
                                                              : nullptr;
        if (def)
            say(Diagnostic::Severity::Note, {def}, {});
    }

    void say(Diagnostic::Severity severity, Message message, std::string_view where)
    {
        m_diagnostics.push_back({severity, std::move(message), m_options.source, std::string(where)});
    }

    void parse(Pending &pending)
    {
        // An export script leaves an empty file where kubectl failed; why stands in the one beside it.
        if (pending.member.content.empty() && m_members > 1)
            pending.use = MemberUse::Skip;
        if (pending.use == MemberUse::Sniff && !looksLikeObjects(pending.member.content))
            pending.use = MemberUse::Skip;
        if (pending.use == MemberUse::Skip || pending.use == MemberUse::Text || m_run.stopRequested())
            return;
        ReadOptions options;
        options.limits = m_options.limits;
        options.fileName = pending.member.path;
        std::string &content = pending.member.content;
        if (looksLikeAuditLog(content)) {
            pending.auditLog = std::make_shared<AuditLog>();
            pending.auditLog->add(content);
            pending.auditLog->endFile();
            return;
        }
        if (isTemplateText(pending.member.path, content)) {
            pending.form = "template";
            return;
        }
        if (blankLogBlocks(content))
            pending.form = "cluster-info-dump";
        else if (isHelmRendered(content))
            pending.form = "helm-rendered";
        if (looksLikeScreenTable(content))
            pending.use = MemberUse::Text;
        else
            pending.parsed = readYamlOrJson(std::move(content), options, m_run);
    }

    Result<> flush()
    {
        std::vector<std::size_t> small;
        for (std::size_t i = 0; i < m_pending.size(); ++i) {
            if (m_pending[i].member.content.size() < largeMember)
                small.push_back(i);
        }
        parallelFor(small.size(), [&](std::size_t i) { parse(m_pending[small[i]]); });
        for (Pending &pending : m_pending) {
            if (pending.member.content.size() >= largeMember)
                parse(pending);
        }
        for (Pending &pending : m_pending) {
            if (m_run.stopRequested())
                return tl::unexpected<Error>(cancelled());
            TALLY_TRY(merge(pending));
            ++m_done;
        }
        m_run.report({{clusterDef("cluster.reading")}, m_done, 0});
        m_pending.clear();
        m_pendingBytes = 0;
        return {};
    }

    Result<> merge(Pending &pending)
    {
        const std::string &path = pending.member.path;
        if (pending.auditLog) {
            countLog(*pending.auditLog, path);
            return {};
        }
        if (pending.form == "template") {
            ++m_templates;
            return {};
        }
        if (!pending.form.empty())
            m_contentForm = pending.form;
        if (pending.use == MemberUse::Text) {
            const std::string_view text = std::string_view(pending.member.content).substr(0, mostTextBytes);
            if (looksLikeScreenTable(text))
                say(Diagnostic::Severity::Error, {clusterDef("cluster.text-table"), {path}}, path);
            else if (!m_builder.addText(text, m_options.source, path))
                ++m_skipped;
            return {};
        }
        if (!pending.parsed) {
            ++m_skipped;
            return {};
        }
        Result<ParsedText> &parsed = *pending.parsed;
        if (!parsed) {
            if (parsed.error().kind == ErrorKind::Cancelled)
                return tl::unexpected<Error>(parsed.error());
            say(Diagnostic::Severity::Error, parsed.error().message, path);
            if (!m_firstError)
                m_firstError = parsed.error();
            return {};
        }
        takeDiagnostics(parsed->diagnostics, path);
        addDocuments(parsed->documents, path);
        for (const HelmRelease &release : parsed->releases)
            m_builder.addRelease(release, m_options.source, path);
        return {};
    }

    void addDocuments(const std::vector<DocumentPtr> &documents, const std::string &path)
    {
        int skipped = 0;
        bool used = false;
        const std::size_t saidBefore = m_builder.diagnostics().size();
        for (const DocumentPtr &document : documents) {
            const Node root = rootOf(*document);
            if (root.isNull())
                continue;
            m_sawList = m_sawList || root["kind"].text().ends_with("List");
            if (BundleManifest::isOne(root)) {
                m_manifest = BundleManifest::read(root);
                m_manifestFolder = path.substr(0, path.rfind('/') + 1); // npos + 1 is 0
                m_contentForm = "kba-bundle";
                used = true;
                continue;
            }
            if (m_builder.add(document, m_options.source, path))
                used = true;
            else
                ++skipped;
        }
        const bool explained = m_builder.diagnostics().size() > saidBefore;
        if (used && skipped > 0)
            say(Diagnostic::Severity::Note, {clusterDef("cluster.documents-skipped"), {path}, skipped}, path);
        else if (!used && !explained)
            say(Diagnostic::Severity::Note, {clusterDef("cluster.file-skipped"), {path}}, path);
    }

    /// The most telling of what was found instead of objects.
    Message whyNothing()
    {
        for (const std::vector<Diagnostic> *said : {&m_builder.diagnostics(), &m_diagnostics}) {
            for (const Diagnostic &diagnostic : *said) {
                const std::string_view code = diagnostic.message.def->code;
                if (code == "cluster.table" || code == "cluster.text-table" || code == "cluster.kubeconfig"
                    || code == "cluster.audit-log" || code == "cluster.empty-list" || code == "cluster.helm-chart"
                    || code == "cluster.kustomize")
                    return diagnostic.message;
            }
        }
        return {clusterDef("cluster.no-objects"), {m_options.name}};
    }

    const ReadClusterOptions &m_options;
    const RunContext &m_run;
    ClusterBuilder m_builder;
    std::vector<Pending> m_pending;
    std::vector<Diagnostic> m_diagnostics;
    std::optional<Error> m_firstError;
    std::string m_form;        ///< as paths tell
    std::string m_contentForm; ///< as contents tell, where no path does
    std::optional<AuditLog> m_auditLog;
    std::string m_auditLogFile;
    std::optional<BundleManifest> m_manifest;
    std::string m_manifestFolder;
    std::map<std::string, std::string> m_digests; ///< of files that a manifest may name
    std::vector<Tree> m_trees;
    int m_templates = 0;
    std::size_t m_pendingBytes = 0;
    std::uint64_t m_done = 0;
    std::size_t m_members = 0;
    int m_skipped = 0;
    bool m_sawList = false;
};

} // namespace

Result<ClusterReading> readCluster(
    const MemberSource &members, const ReadClusterOptions &options, const RunContext &run)
{
    Reader reader(options, run);
    TALLY_TRY(members([&](ExportMember member) -> Result<> {
        const MemberUse use = memberUse(member.path);
        return reader.take(std::move(member), use);
    }));
    return reader.finish("folder");
}

Result<ClusterReading> readCluster(
    std::vector<ExportMember> members, const ReadClusterOptions &options, const RunContext &run)
{
    return readCluster(
        [&](const MemberSink &sink) -> Result<> {
            for (ExportMember &member : members)
                TALLY_TRY(sink(std::move(member)));
            return {};
        },
        options, run);
}

Result<ClusterReading> readClusterFile(std::string content, const ReadClusterOptions &options, const RunContext &run)
{
    if (looksLikeEtcd(content))
        return readClusterEtcd(*memorySource(std::move(content)), options, run);
    Reader reader(options, run);
    const MemberUse use = memberUse(options.name) == MemberUse::Text ? MemberUse::Text : MemberUse::Objects;
    TALLY_TRY(reader.take({options.name, std::move(content)}, use));
    Result<ClusterReading> reading = reader.finish("manifests");
    if (reading && reading->form == "manifests" && reader.sawList())
        reading->form = "kubectl-list";
    return reading;
}

Result<ClusterReading> readClusterInParts(BlockReader &stream, const ReadClusterOptions &options, const RunContext &run)
{
    Reader reader(options, run);
    TALLY_TRY(reader.takeInParts(stream, options.name));
    Result<ClusterReading> reading = reader.finish("manifests");
    if (reading && reading->form == "manifests" && reader.sawList())
        reading->form = "kubectl-list";
    return reading;
}

Result<ClusterReading> readClusterAuditLog(
    BlockReader &stream, const ReadClusterOptions &options, const RunContext &run)
{
    const auto log = std::make_shared<AuditLog>();
    TALLY_TRY(readAuditLog(stream, *log, run));
    ExportMember member{options.name, {}};
    member.auditLog = log;
    Reader reader(options, run);
    TALLY_TRY(reader.take(std::move(member), MemberUse::Skip));
    return reader.finish("audit-log");
}

Result<ClusterReading> readClusterEtcd(
    const ByteSource &database, const ReadClusterOptions &options, const RunContext &run)
{
    TALLY_ASSIGN(const EtcdFacts facts, readEtcdSnapshot(database, options.name, options.limits, run));
    ExportMember member{options.name, {}};
    member.summary = etcdJson(facts, options.name);
    Reader reader(options, run);
    TALLY_TRY(reader.take(std::move(member), MemberUse::Skip));
    return reader.finish("etcd-snapshot");
}

Result<ClusterReading> readClusterArchive(Archive &archive, const ReadClusterOptions &options, const RunContext &run)
{
    // What breaks in the middle leaves the members before it valid.
    std::vector<Diagnostic> broken;
    std::optional<Error> firstError;
    const BrokenSink note = [&](const Error &error, const std::string &where) {
        broken.push_back({Diagnostic::Severity::Error, error.message, options.source, where});
        if (!firstError)
            firstError = error;
    };
    Result<ClusterReading> reading = readCluster(
        [&](const MemberSink &sink) { return handOutMembers(archive, {}, 0, options.limits, sink, note, run); },
        options, run);
    if (!reading)
        return firstError && reading.error().kind == ErrorKind::Unsupported
            ? Result<ClusterReading>(tl::unexpected<Error>(*firstError))
            : reading;
    if (reading->form == "folder")
        reading->form = "archive";
    reading->diagnostics.insert(reading->diagnostics.end(), broken.begin(), broken.end());
    return reading;
}

Result<ClusterReading> readClusterFolder(
    const std::filesystem::path &folder, const ReadClusterOptions &options, const RunContext &run)
{
    TALLY_ASSIGN(const FolderListing listing, listFolder(folder, options.limits.maxFolderFiles, run));
    std::vector<Diagnostic> unreadable;
    std::optional<Error> firstError;
    const BrokenSink note = [&](const Error &error, const std::string &where) {
        unreadable.push_back({Diagnostic::Severity::Error, error.message, options.source, where});
        if (!firstError)
            firstError = error;
    };
    for (const FolderListing::Unreadable &below : listing.unreadable)
        note(below.error, below.path);
    constexpr std::size_t mostNamed = 100;
    for (std::size_t i = 0; i < std::min(listing.special.size(), mostNamed); ++i)
        unreadable.push_back(
            {Diagnostic::Severity::Warning, {clusterDef("cluster.special-file"), {visible(toUtf8(listing.special[i]))}},
                options.source, listing.special[i]});
    Result<ClusterReading> reading = readCluster(
        [&](const MemberSink &sink) -> Result<> {
            for (const std::string &path : listing.files) {
                if (isArchiveName(path)) {
                    TALLY_TRY(handOutArchiveFile(folder / path, path, options.limits, sink, note, run));
                    continue;
                }
                TALLY_TRY(handOutFile(folder / path, path, options.limits, sink, note, run));
            }
            return {};
        },
        options, run);
    if (!reading && reading.error().kind == ErrorKind::Unsupported && firstError) // which might have held them
        return tl::unexpected(*std::move(firstError));
    if (reading)
        reading->diagnostics.insert(reading->diagnostics.end(), unreadable.begin(), unreadable.end());
    return reading;
}

} // namespace tally
