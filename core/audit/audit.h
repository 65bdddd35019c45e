// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/audit/attachments.h"
#include "core/audit/decision.h"
#include "core/audit/records.h"
#include "core/audit/sign_off.h"
#include "core/cluster/asked_kinds.h"
#include "core/workbench/workbench.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tally {

class Database;

/// Findings that a person accepted, called false alarms or deferred: one by its fingerprint, or all that a scope
/// covers, also those of later runs. They stay findings and are shown as what they are, with who, why and until when.
struct FindingException
{
    /// As namespaceName: kube-system and the like, isSystemNamespace().
    static constexpr std::string_view systemNamespaces = "@system";

    std::string fingerprint; ///< "" where the scope says
    std::string kind;        ///< "accepted", "false-positive", "deferred"
    std::string reason;
    std::string by;      ///< set by the audit when it is stored, unless it is given
    std::string at;      ///< RFC 3339, set by the audit when it is stored
    std::string expires; ///< ISO date, the last day on which it counts; "" never
    // The scope: all that is given must fit.
    std::string check{};         ///< id; "" any
    std::string namespaceName{}; ///< pattern ("*": any characters), or systemNamespaces; "" also what has none
    std::string object{};        ///< pattern of "Kind/name", or of the name of an image; "" any
    std::string cluster{};       ///< AuditCluster::key, of findings in that cluster; "" in any, and of images alone

    [[nodiscard]] std::string key() const; ///< an exception replaces another one with the same key
    /// where: key of the cluster in which the finding stands.
    [[nodiscard]] bool covers(const Finding &finding, std::string_view where = {}) const;
    [[nodiscard]] bool isExpired(std::string_view today) const; ///< today: ISO date

    friend bool operator==(const FindingException &, const FindingException &) = default;
};

/// A file of public keys with which the house's images should be signed.
struct KeyFile
{
    std::string name; ///< without its folder
    std::string pem;
    std::string by;              ///< who added it; set by the audit when it is stored
    std::string at;              ///< RFC 3339, likewise
    std::vector<PublicKey> keys; ///< what stands in it

    /// Errors: as PublicKey::read().
    [[nodiscard]] static Result<KeyFile> read(std::string_view pem, const std::string &name);
};

struct AuditInfo
{
    std::string organisation;
    std::string title;
    std::string auditor;
    std::string targetObject;   ///< name of the one target object of the first version
    std::string classification; ///< free text on the report, e.g. "VERTRAULICH"
    std::string createdAt;

    friend bool operator==(const AuditInfo &, const AuditInfo &) = default;
};

/// A cluster of an earlier audit of which something was said there that its key alone does not carry over.
struct EarlierCluster
{
    std::string uid; ///< "" where it tells nothing: there was none, or a person parted exports of one uid
    std::string name;
    bool isOnly = false; ///< the audit had no other one

    friend bool operator==(const EarlierCluster &, const EarlierCluster &) = default;
};

/// What was said there of one cluster, and waits until this audit has that cluster.
struct SaidOfClusters
{
    std::vector<EarlierCluster> clusters;
    std::vector<std::pair<AskedKind, std::size_t>> asked;             ///< with an index into clusters
    std::vector<std::pair<FindingException, std::size_t>> exceptions; ///< likewise; without a cluster's key

    friend bool operator==(const SaidOfClusters &, const SaidOfClusters &) = default;
};

/// How much of an earlier audit a new one starts with, carriedFrom().
struct CarriedOver
{
    std::size_t answers = 0;      ///< to be confirmed; requirements and parts
    std::size_t exceptions = 0;   ///< to be confirmed; they count from then on
    std::size_t asked = 0;        ///< kinds that were asked for, to be confirmed
    std::size_t targets = 0;      ///< target objects with their protection needs, to be confirmed
    std::size_t measures = 0;     ///< neither done nor verified
    std::size_t measuresDone = 0; ///< not carried over: they stand in the earlier audit
    std::size_t settings = 0;     ///< how reports look
    std::size_t filters = 0;
    std::size_t keys = 0; ///< public keys
    bool policy = false;  ///< the house's own

    friend bool operator==(const CarriedOver &, const CarriedOver &) = default;
};

/// The audit that this one was started from. What was decided there is not decided here: a person confirms it.
struct Predecessor
{
    std::string title;
    std::string organisation;
    std::string createdAt; ///< RFC 3339
    std::string judgedAt;  ///< RFC 3339; "" never
    std::string journalHead;
    std::map<std::string, Decision> decisions;  ///< as they stood there, by requirement or part id
    std::vector<AskedKind> asked{};             ///< kinds that were asked for there, with none there; of one cluster
    std::vector<FindingException> exceptions{}; ///< held there, or waited there; not those of `said`
    SaidOfClusters said{};
    std::optional<CarriedOver> carried{}; ///< nothing: an earlier version started it, which did not say

    friend bool operator==(const Predecessor &, const Predecessor &) = default;
};

struct JournalEntry
{
    std::int64_t number = 0;
    std::string at;
    std::string by;      ///< "" nobody said who was at work
    std::string event;   ///< code: "audit-created", "source-added", "run", "decision", "decision-undone", "policy",
                         ///< "keys", "asked", "attachment", "attachment-changed", "attachment-removed",
                         ///< "attachment-restored", "info", "report", "started-from", "signed-off", recordEvent(), each
                         ///< also with "-undone" and "-redone", records also with "-removed"
    std::string subject; ///< requirement id, source name, ...
    std::string detail;  ///< JSON of what changed
    std::string hash;    ///< hex SHA-256, chained
};

struct VerifyResult
{
    bool consistent = false;
    bool headMatches = true;              ///< false if a head was expected and differs
    std::string head;                     ///< hash of the last journal entry
    std::vector<Message> problems;        ///< table and row of each changed value, sign-offs that do not fit
    std::vector<SignOffVerdict> signOffs; ///< the oldest first
};

/// One of the clusters of an audit, out of all exports of it.
struct AuditCluster
{
    std::string key; ///< uid of kube-system, else "source-3" after its first source; no two have the same
    std::string
        identity;       ///< what tells it from others in fingerprints: its uid; "" for the first without one; else key
    std::string name;   ///< as a person calls it (clusterNameKey()), else as its first source is called
    ClusterPtr cluster; ///< never null; asked kinds are recorded in it
    std::vector<int> sources; ///< sorted; never empty

    [[nodiscard]] int first() const { return sources.front(); }
    /// It stands in this cluster, or is about an image alone.
    [[nodiscard]] bool has(const Finding &finding) const { return finding.cluster.empty() || finding.cluster == key; }
};

/// What a person asked the tool to look at, as it stands in the audit file. Immutable snapshot for windows and reports.
struct AuditState
{
    AuditInfo info;
    std::vector<Source> sources;
    std::vector<Diagnostic> diagnostics;
    std::vector<ImagePtr> images;
    std::vector<AuditCluster> clusters; ///< by their first sources; regroupClusters()
    std::vector<ClusterPtr> exports;    ///< what each source holds of a cluster, by source; null: nothing
    std::vector<AskedKind> asked;       ///< by source, kind and group
    PolicyPtr policy;                   ///< the house's own; null: none
    std::vector<KeyFile> keyFiles;
    std::vector<PublicKey> keys; ///< of all keyFiles, in their order
    AssessmentPtr run;           ///< as it was stored; null before the first one
    AssessmentPtr assessment; ///< what it proposes with the exceptions that hold today, withExceptions(); null likewise
    std::map<std::string, Decision> decisions;          ///< key: requirement or part id
    std::map<std::string, FindingException> exceptions; ///< by FindingException::key()
    Records records;                                    ///< what else people entered
    std::vector<Attachment> attachments;                ///< in the order of adding; their facts, never their content
    std::vector<Attachment> removedAttachments;         ///< they no longer count; their content is still in the file
    std::vector<ImagePtr> withdrawnImages;              ///< of sources that were withdrawn; not among `images`
    std::vector<Diagnostic> withdrawnDiagnostics;       ///< likewise
    std::vector<JournalEntry> journal;
    std::string journalHead;
    std::optional<Predecessor> predecessor; ///< nothing: the first audit of its kind

    /// What the predecessor decided, as long as nobody has decided here; null: nothing to confirm. O(log decisions).
    [[nodiscard]] const Decision *toConfirm(const std::string &id) const;

    /// One that held in the earlier audit and would hold for the finding, as long as nobody has confirmed it: it does
    /// not count. In audits that an earlier version started it does, until it is withdrawn: isUnconfirmed(). With the
    /// key of its cluster here. Nothing: there is none. O(exceptions).
    [[nodiscard]] std::optional<FindingException> exceptionToConfirm(const Finding &finding) const;
    /// An earlier version of the program took the exception over from the earlier audit, and nobody confirmed it since.
    [[nodiscard]] bool isUnconfirmed(const FindingException &exception) const;
    /// Null: the source counts. O(log sources).
    [[nodiscard]] const SourceWithdrawal *withdrawalOf(int source) const;

    /// The cluster with the key; "" the only one. Null if there is none. O(clusters).
    [[nodiscard]] const AuditCluster *cluster(std::string_view key) const;
    /// The cluster that the source belongs to; null if it holds nothing of one. O(sources).
    [[nodiscard]] const AuditCluster *clusterOf(int source) const;
    /// The file of keys[index]; null if there is none.
    [[nodiscard]] const KeyFile *keyFileOf(int key) const;
    /// The one that holds today for the finding: its own before one by scope; null if there is none. O(exceptions).
    [[nodiscard]] const FindingException *exceptionOf(const Finding &finding) const;
    /// One that has expired, where none holds; null if there is none.
    [[nodiscard]] const FindingException *expiredExceptionOf(const Finding &finding) const;
};

using AuditStatePtr = std::shared_ptr<const AuditState>;

/// Refuses a source whose content the audit holds already, in the same form: both would be counted. Errors:
/// Unsupported. Cost: the sources.
[[nodiscard]] Result<> requireNew(const AuditState &state, const Source &source);

/// What state() would hold with this source in it, so that it can be judged before anything is stored. Sources, images,
/// clusters and diagnostics only. O(objects) where clusters are merged.
[[nodiscard]] AuditState withSource(const AuditState &state, const Opened &opened);
/// The same with the source at `index` read anew: its images stand where the old ones stood. Images only.
[[nodiscard]] AuditState withSourceReplaced(const AuditState &state, std::size_t index, const Opened &fresh);
/// What the audit holds of a source that consists of images, as open() gave it.
[[nodiscard]] Opened openedSource(const AuditState &state, std::size_t index);
/// Sources whose digests are those of an earlier reading (Source::cached): to be computed again before a report.
[[nodiscard]] std::vector<std::size_t> sourcesToRecheck(const AuditState &state);
/// What the checks look at, for assess(): sources, house policy and keys; one for each cluster, one without where there
/// is none. Points into the state, which must live as long.
[[nodiscard]] std::vector<CheckInput> checkInputs(const AuditState &state);
/// False: there are sources that no run has looked at, or the house policy, the keys or what belongs to which cluster
/// changed since the last run.
[[nodiscard]] bool isJudged(const AuditState &state);
/// By the first bytes, never by the name. False also where the file cannot be read.
[[nodiscard]] bool isAuditFile(const std::filesystem::path &path);

struct DecisionChange
{
    std::string id;
    Decision decision;
};
struct ExceptionRemoval
{
    std::string key; ///< FindingException::key()
};
struct RecordRemoval
{
    RecordType type;
    std::string key;
};
/// One of the things that people do to an audit and can undo: a decision, an exception, a record, or one taken away.
using AuditChange = std::variant<DecisionChange, FindingException, ExceptionRemoval, Record, RecordRemoval>;

/// An audit file (.tally, SQLite). Not for concurrent use: one thread at a time. Every change is committed when the
/// call returns without error: only then may a window say "saved". Runs are never changed; undo adds journal entries.
/// Errors: NotFound, Io (also: disk full, opened elsewhere), Malformed, Unsupported (newer, and of
/// another kind than what is known).
class Audit
{
public:
    Audit(const Audit &) = delete;
    Audit &operator=(const Audit &) = delete;
    Audit(Audit &&) noexcept;
    Audit &operator=(Audit &&) noexcept;
    ~Audit();

    /// Replaces nothing: fails if the file exists.
    [[nodiscard]] static Result<Audit> create(const std::filesystem::path &path, const AuditInfo &info);
    /// create(), and takeOver() before anything else; what `info` leaves open is as it was in the old audit:
    /// startedInfo(). Leaves no file behind where that fails.
    [[nodiscard]] static Result<Audit> createFrom(
        const std::filesystem::path &path, const AuditInfo &info, const AuditState &old);
    /// Without a file: for the command line's reports and the start page's preview.
    [[nodiscard]] static Result<Audit> createInMemory(const AuditInfo &info);
    /// A file of an earlier format is brought forward, and keptCopy() is what it was before; where such a copy cannot
    /// be written, the file stays as it is and can only be read. So can a file of a later format, as far as it is
    /// known.
    [[nodiscard]] static Result<Audit> open(const std::filesystem::path &path, const RunContext &run = {});

    /// What open() and state() would give; the file is neither changed nor held. For comparisons.
    [[nodiscard]] static Result<AuditStatePtr> read(const std::filesystem::path &path, const RunContext &run = {});

    [[nodiscard]] const std::filesystem::path &path() const;
    [[nodiscard]] bool readOnly() const;
    /// Of a file that a newer version wrote: what this one does not know of it is not shown. 0: none.
    [[nodiscard]] std::int64_t newerFormat() const;
    /// Beside path(); "" if open() changed nothing.
    [[nodiscard]] const std::filesystem::path &keptCopy() const;

    /// Sources, images, cluster, latest run, decisions, journal as they stand now. Cheap when nothing changed.
    [[nodiscard]] AuditStatePtr state() const;

    [[nodiscard]] Result<> setInfo(const AuditInfo &info);
    /// Stores the source with redacted, zstd-compressed snapshots of its images and objects. things of `opened` must
    /// have been opened with sourceIndex == state()->sources.size().
    [[nodiscard]] Result<> addSource(const Opened &opened);
    [[nodiscard]] Result<> addRun(const AssessmentPtr &assessment);
    /// Source and the run that judged withSource(*state(), opened), in one transaction: both or neither. Cancelled
    /// where the run was stopped before the commit.
    [[nodiscard]] Result<> addJudgedSource(
        const Opened &opened, const AssessmentPtr &assessment, const RunContext &run = {});
    /// The digests of a source that came out of the cache were computed again and are as they were.
    [[nodiscard]] Result<> recordRecheck(std::size_t index, const std::string &verifiedAt);
    /// They were not: what was stored of the source is replaced, in one transaction with the run that judged
    /// withSourceReplaced(*state(), index, fresh). The journal keeps the digest that was believed before.
    [[nodiscard]] Result<> replaceSource(
        std::size_t index, const Opened &fresh, const AssessmentPtr &assessment, const RunContext &run = {});
    /// Starts from an earlier audit: its decisions, exceptions that have not expired and kinds that were asked for
    /// stand there to be confirmed (AuditState::predecessor). Target objects with their protection needs and open
    /// measures become records of this audit that say where they come from; house policy, keys, saved filters and the
    /// look of reports hold on. Sources, runs, evidence, requests, reviews, notes and severities do not: they belong to
    /// the old audit's data. One journal entry, which names the old audit, its journal's head and how much was taken
    /// over (Predecessor::carried). Errors: Unsupported, where it was started from another one already.
    [[nodiscard]] Result<> takeOver(const AuditState &old);
    /// Who is at work: stands in the journal and in decisions that name nobody. "": nobody said who it is, and nobody
    /// is named. Before the first call whoever made the audit is its auditor; of one that was opened, nobody is named.
    void setActor(std::string name);
    /// The requirements that decisions are held to, instead of the built-in ones (--resources). Null: those.
    void setCatalogue(CataloguePtr catalogue);

    /// All or none of them, in their order, in one transaction, and undone in one step; each has its own entry in the
    /// journal. What would change nothing is left out. Of a decision `at` and `basisHash` are filled in. Enforced, by
    /// what holds when all is done: validateDecision(), also where a part would make its requirement wrong; and
    /// validateException(), validateRecord(), validateReview(). Undo and redo restore what was, whatever it is.
    [[nodiscard]] Result<> change(const std::vector<AuditChange> &changes);
    /// id: requirement or part.
    [[nodiscard]] Result<> decide(const std::string &id, Decision decision);
    [[nodiscard]] Result<> setException(const FindingException &exception);
    /// One of the earlier audit that waits to be confirmed waits no longer. Does nothing where there is none.
    [[nodiscard]] Result<> withdrawException(const std::string &key);
    [[nodiscard]] Result<> put(Record record);
    /// Does nothing where there is none.
    [[nodiscard]] Result<> remove(RecordType type, const std::string &key);
    /// From now on the house's own policy; null: none. Earlier ones stay in the file. A new run must follow:
    /// isJudged().
    [[nodiscard]] Result<> setPolicy(PolicyPtr policy);
    /// Kinds that were asked for with no object there, from now on the only ones; `by` and `at` are filled in. A new
    /// run must follow. Malformed: one without a reason, one given twice with different reasons, or one that the
    /// export itself tells of (canBeRecorded(), kindReferences()).
    [[nodiscard]] Result<> setAsked(std::vector<AskedKind> asked);
    /// From now on the only ones. A new run must follow.
    [[nodiscard]] Result<> setKeys(std::vector<KeyFile> files);

    /// Keeps the content in the file and says under which number; validateAttachment() is enforced. Errors: Malformed,
    /// Io (also: disk full, the file cannot be read), LimitExceeded, Cancelled; nothing is kept then. Memory: 1 MiB.
    [[nodiscard]] Result<AddedAttachment> addAttachment(const NewAttachment &what, const RunContext &run = {});
    /// Title, note, source, date, expires and ids; the content and what was computed of it never change. Does nothing
    /// where nothing changed. Errors: NotFound.
    [[nodiscard]] Result<> updateAttachment(const Attachment &attachment);
    /// From now on it does not count. Nothing is lost: facts and content stay in the file, for undo, for
    /// restoreAttachment() and for whoever verifies the journal. Errors: NotFound.
    [[nodiscard]] Result<> removeAttachment(const std::string &key);
    [[nodiscard]] Result<> restoreAttachment(const std::string &key);
    /// Passes the content on in pieces of at most 1 MiB, also of one that was removed. Whether it is what was attached
    /// is known at the end only: on an error all of it is to be thrown away. Errors: NotFound, Malformed (not what its
    /// digest says), Io, Cancelled, and those of `take`.
    [[nodiscard]] Result<> readAttachment(const std::string &key, const std::function<Result<>(std::string_view)> &take,
        const RunContext &run = {}) const;

    [[nodiscard]] bool canUndo() const;
    [[nodiscard]] bool canRedo() const;
    [[nodiscard]] Result<> undo();
    [[nodiscard]] Result<> redo();

    /// Signs off what the journal holds now: SignOff. Not undone. Errors: Malformed (no name),
    /// Unsupported (the journal has another head by now), Io.
    [[nodiscard]] Result<> signOff(const SignOffRequest &request);

    /// Records that a report was made; returns the journal head that stands in it.
    [[nodiscard]] Result<std::string> recordReport(const std::string &fileName, const std::string &language);

    /// verifyAudit() of the file that is open, which nobody else can read. O(bytes of the file).
    [[nodiscard]] Result<VerifyResult> verify() const;

    /// VACUUM INTO: one file, works on shares.
    [[nodiscard]] Result<> saveCopy(const std::filesystem::path &path) const;

private:
    struct Impl;
    explicit Audit(std::unique_ptr<Impl> impl);
    /// Nothing is in the database yet. actor: setActor().
    [[nodiscard]] static Result<Audit> begin(Database database, AuditInfo info, std::string actor);
    [[nodiscard]] static Result<Audit> make(
        const std::filesystem::path &path, const AuditInfo &info, const std::string &actor);
    std::unique_ptr<Impl> m_impl;
};

/// An exception needs a reason, a known kind, a date or none, and must not cover everything. Empty: fine.
[[nodiscard]] std::optional<Message> validateException(const FindingException &exception);

/// validateDecision(), and what else is decided: a requirement is not "ja" while a deviation of one of its MUST parts
/// is confirmed ("nein" or "teilweise"). Empty: fine.
[[nodiscard]] std::optional<Message> validateDecision(
    const AuditState &state, const Requirement &requirement, const Decision &decision);
/// What is wrong with the decision on the id (requirement or part) as it stands in `state`: validateDecision() of it,
/// and whether the requirement of a part can still be what it is. An id that the catalogue does not have is only asked
/// for its reason. Empty: fine.
[[nodiscard]] std::optional<Message> validateDecided(
    const AuditState &state, const Catalogue &catalogue, const std::string &id);
/// Why a kind cannot be recorded as asked for with none there. Empty: fine. O(objects) for references.
[[nodiscard]] std::optional<Message> validateAsked(const AuditState &state, const AskedKind &kind);
/// The second person is another one than whoever decided the requirement or one of its parts, says who he or she is,
/// and answers only what was submitted. review.by: who writes it. Empty: fine.
[[nodiscard]] std::optional<Message> validateReview(const AuditState &state, const Review &review);
/// SHA-256 of the decisions on the requirement and its parts, with their details; Review::decided is compared with it.
[[nodiscard]] std::string decidedDigest(const AuditState &state, const std::string &requirement);
/// "M-007": the number after the highest one that the audit has had, also where that record was removed since. Of
/// measures ("M"), requests ("R") and target objects ("T"). O(journal).
[[nodiscard]] std::string nextKey(const AuditState &state, RecordType type);

/// state.run with the exceptions that hold today: a deviation that only rests on false alarms becomes "manual", for a
/// person to decide, or "partly-checked" where something was not seen, never "no deviation found"; and with the
/// severities that the auditor rated differently, which run still has as the program saw them. What was accepted or
/// deferred stays a deviation: the risk is accepted, not gone, and a MUST part knows no such thing. Null without a run.
[[nodiscard]] AssessmentPtr withExceptions(const AuditState &state);
/// Of a finding of state.assessment, as the program saw it: without FindingJudgement. O(1).
[[nodiscard]] Severity programSeverity(const AuditState &state, const Finding &finding);

/// Checks every table against the hash-chained journal, and the sign-offs in it. expectedHead "" = none given; keys:
/// whose signatures are looked for (SignOffVerdict::byGivenKey). Errors: as Audit::open.
[[nodiscard]] Result<VerifyResult> verifyAudit(
    const std::filesystem::path &path, const std::string &expectedHead, const std::vector<PublicKey> &keys = {});

} // namespace tally
