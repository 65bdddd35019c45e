// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/cluster/asked_kinds.h"
#include "core/workbench/workbench.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tally {

/// What a person decides about a requirement or a part. The words are BSI's and stored as such.
enum class Status : std::uint8_t { Unbearbeitet, Ja, Teilweise, Nein, Entbehrlich };

[[nodiscard]] std::string_view statusName(Status status); ///< "unbearbeitet", "ja", ...
[[nodiscard]] std::optional<Status> statusFromName(std::string_view name);

struct Decision
{
    Status status = Status::Unbearbeitet;
    std::string reason;
    std::string by; ///< who decided
    std::string at; ///< RFC 3339, set by the audit when it is saved
    std::string responsible;
    std::string until; ///< ISO date
    std::string measure;
    std::string basisHash; ///< what it rested on; set by the audit when it is saved
    bool stale = false;    ///< the current run's basis differs; computed, not stored

    friend bool operator==(const Decision &, const Decision &) = default;
};

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

    [[nodiscard]] std::string key() const; ///< an exception replaces another one with the same key
    [[nodiscard]] bool covers(const Finding &finding) const;
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

struct JournalEntry
{
    std::int64_t number = 0;
    std::string at;
    std::string by;
    std::string event;   ///< code: "audit-created", "source-added", "run", "decision", "decision-undone", "policy",
                         ///< "keys", "asked", "info", "report", ...
    std::string subject; ///< requirement id, source name, ...
    std::string detail;  ///< JSON of what changed
    std::string hash;    ///< hex SHA-256, chained
};

struct VerifyResult
{
    bool consistent = false;
    bool headMatches = true;       ///< false if a head was expected and differs
    std::string head;              ///< hash of the last journal entry
    std::vector<Message> problems; ///< table and row of each changed value
};

/// What a person asked the tool to look at, as it stands in the audit file. Immutable snapshot for windows and reports.
struct AuditState
{
    AuditInfo info;
    std::vector<Source> sources;
    std::vector<Diagnostic> diagnostics;
    std::vector<ImagePtr> images;
    ClusterPtr cluster;           ///< null without cluster sources; asked kinds are recorded in it
    std::vector<AskedKind> asked; ///< by kind and group
    PolicyPtr policy;             ///< the house's own; null: none
    std::vector<KeyFile> keyFiles;
    std::vector<PublicKey> keys; ///< of all keyFiles, in their order
    AssessmentPtr run;           ///< as it was stored; null before the first one
    AssessmentPtr assessment; ///< what it proposes with the exceptions that hold today, withExceptions(); null likewise
    std::map<std::string, Decision> decisions;          ///< key: requirement or part id
    std::map<std::string, FindingException> exceptions; ///< by FindingException::key()
    std::vector<JournalEntry> journal;
    std::string journalHead;

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
/// cluster and diagnostics only. O(objects) where clusters are merged.
[[nodiscard]] AuditState withSource(const AuditState &state, const Opened &opened);
/// The same with the source at `index` read anew: its images stand where the old ones stood. Images only.
[[nodiscard]] AuditState withSourceReplaced(const AuditState &state, std::size_t index, const Opened &fresh);
/// What the audit holds of a source that consists of images, as open() gave it.
[[nodiscard]] Opened openedSource(const AuditState &state, std::size_t index);
/// Sources whose digests are those of an earlier reading (Source::cached): to be computed again before a report.
[[nodiscard]] std::vector<std::size_t> sourcesToRecheck(const AuditState &state);
/// What the checks look at: sources, house policy and keys. Points into the state, which must live as long.
[[nodiscard]] CheckInput checkInput(const AuditState &state);
/// False: there are sources that no run has looked at, or the house policy or the keys changed since the last run.
[[nodiscard]] bool isJudged(const AuditState &state);
/// By the first bytes, never by the name. False also where the file cannot be read.
[[nodiscard]] bool isAuditFile(const std::filesystem::path &path);

/// An audit file (.tally, SQLite). Not for concurrent use: one thread at a time. Every change is committed when the
/// call returns without error: only then may a window say "saved". Runs are never changed; undo adds journal entries.
/// Errors: NotFound, Io (also: disk full, opened elsewhere), Malformed, Unsupported (newer version).
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
    /// Without a file: for the command line's reports and the start page's preview.
    [[nodiscard]] static Result<Audit> createInMemory(const AuditInfo &info);
    /// A file of an earlier format is brought forward, and keptCopy() is what it was before; where such a copy cannot
    /// be written, the file stays as it is and can only be read.
    [[nodiscard]] static Result<Audit> open(const std::filesystem::path &path, const RunContext &run = {});

    [[nodiscard]] const std::filesystem::path &path() const;
    [[nodiscard]] bool readOnly() const;
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
    /// Who is at work: stands in the journal and in decisions that name nobody. "" is the audit's auditor.
    void setActor(std::string name);

    /// id: requirement or part. `at` and `basisHash` are filled in. Status rules (validateDecision) are enforced.
    [[nodiscard]] Result<> decide(const std::string &id, Decision decision);
    /// validateException() is enforced.
    [[nodiscard]] Result<> setException(const FindingException &exception);
    /// Does nothing where there is none.
    [[nodiscard]] Result<> withdrawException(const std::string &key);
    /// From now on the house's own policy; null: none. Earlier ones stay in the file. A new run must follow:
    /// isJudged().
    [[nodiscard]] Result<> setPolicy(PolicyPtr policy);
    /// Kinds that were asked for with no object there, from now on the only ones; `by` and `at` are filled in. A new
    /// run must follow. Malformed: one without a reason, one given twice with different reasons, or one that the
    /// export itself tells of (canBeRecorded(), kindReferences()).
    [[nodiscard]] Result<> setAsked(std::vector<AskedKind> asked);
    /// From now on the only ones. A new run must follow.
    [[nodiscard]] Result<> setKeys(std::vector<KeyFile> files);

    [[nodiscard]] bool canUndo() const;
    [[nodiscard]] bool canRedo() const;
    [[nodiscard]] Result<> undo();
    [[nodiscard]] Result<> redo();

    /// Records that a report was made; returns the journal head that stands in it.
    [[nodiscard]] Result<std::string> recordReport(const std::string &fileName, const std::string &language);

    /// verifyAudit() of the file that is open, which nobody else can read. O(bytes of the file).
    [[nodiscard]] Result<VerifyResult> verify() const;

    /// VACUUM INTO: one file, works on shares.
    [[nodiscard]] Result<> saveCopy(const std::filesystem::path &path) const;

private:
    struct Impl;
    explicit Audit(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// The rules about reasons: entbehrlich needs one, nein and teilweise on a MUSS part need one. Empty: fine.
[[nodiscard]] std::optional<Message> validateDecision(const Requirement &requirement, const Decision &decision);

/// An exception needs a reason, a known kind, a date or none, and must not cover everything. Empty: fine.
[[nodiscard]] std::optional<Message> validateException(const FindingException &exception);

/// state.run with the exceptions that hold today: a deviation that only rests on false alarms becomes "manual", for a
/// person to decide, or "partly-checked" where something was not seen, never "no deviation found". What was accepted or
/// deferred stays a deviation: the risk is accepted, not gone, and a MUST part knows no such thing. Null without a run.
[[nodiscard]] AssessmentPtr withExceptions(const AuditState &state);

/// Checks every table against the hash-chained journal. expectedHead "" = none given. Errors: as Audit::open.
[[nodiscard]] Result<VerifyResult> verifyAudit(const std::filesystem::path &path, const std::string &expectedHead);

} // namespace tally
