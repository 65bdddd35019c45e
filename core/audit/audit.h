// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
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

/// A finding that a person accepted, called a false positive or deferred.
struct FindingException
{
    std::string fingerprint;
    std::string kind; ///< "accepted", "false-positive", "deferred"
    std::string reason;
    std::string by;
    std::string at;
    std::string expires; ///< ISO date; "" never
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
    std::string
        event; ///< code: "audit-created", "source-added", "run", "decision", "decision-undone", "info", "report", ...
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
    ClusterPtr cluster;                                 ///< null without cluster sources
    AssessmentPtr assessment;                           ///< null before the first run
    std::map<std::string, Decision> decisions;          ///< key: requirement or part id
    std::map<std::string, FindingException> exceptions; ///< key: fingerprint
    std::vector<JournalEntry> journal;
    std::string journalHead;
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
/// False: there are sources that no run has looked at.
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
    [[nodiscard]] static Result<Audit> open(const std::filesystem::path &path, const RunContext &run = {});

    [[nodiscard]] const std::filesystem::path &path() const;
    [[nodiscard]] bool readOnly() const;

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
    [[nodiscard]] Result<> setException(const FindingException &exception);

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

/// Checks every table against the hash-chained journal. expectedHead "" = none given. Errors: as Audit::open.
[[nodiscard]] Result<VerifyResult> verifyAudit(const std::filesystem::path &path, const std::string &expectedHead);

} // namespace tally
