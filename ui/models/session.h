// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/base/language.h"
#include "core/workbench/image_cache.h"
#include "core/workbench/recheck.h"
#include "ui/jobs/job.h"
#include "ui/text/message_translator.h"

#include <QByteArray>
#include <QDateTime>
#include <QObject>
#include <QStringList>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace tally::ui {

/// What the program works with besides the audit. Shared, never changed.
struct Knowledge
{
    CataloguePtr catalogue;
    CheckSetPtr checks;
};

struct EvidenceContent
{
    QByteArray bytes;
    bool cut = false; ///< there is more of it
};
struct EmbeddedContent
{
    Attachment attachment;
    QByteArray bytes;
};

/// The open audit of a window. Lives on the GUI thread; all blocking work runs in one job at a time, which borrows the
/// Audit while it writes. Beside it the digests of images that came out of the cache are computed again, in a job that
/// needs no audit and waits for nothing. Decisions that are made meanwhile wait and are saved when it comes back:
/// saved() is only emitted after the audit has committed. Pages keep no state of the audit of their own, they render
/// state().
class Session final : public QObject
{
    Q_OBJECT

public:
    explicit Session(Knowledge knowledge, QObject *parent = nullptr);
    ~Session() override;

    [[nodiscard]] const Catalogue &catalogue() const { return *m_knowledge.catalogue; }
    [[nodiscard]] const CheckSet &checks() const { return *m_knowledge.checks; }
    [[nodiscard]] const Knowledge &knowledge() const { return m_knowledge; }
    [[nodiscard]] const Translator &translator(Language language) const;
    /// In the application's language.
    [[nodiscard]] QString text(const Message &message) const;

    /// Never null; empty while no audit is open.
    [[nodiscard]] AuditStatePtr state() const { return m_state; }
    /// state(), of several clusters only the chosen one, at first the first. Findings keep their numbers.
    [[nodiscard]] AuditStatePtr clusterState() const;
    /// AuditCluster::key; chooses nothing where there is none with the key. Signals nothing.
    void chooseCluster(std::string_view key);
    [[nodiscard]] bool hasAudit() const { return m_open; }
    [[nodiscard]] QString path() const { return m_path; } ///< "" of an audit in memory
    [[nodiscard]] bool isReadOnly() const { return m_readOnly; }
    /// The module that the pages show; "SYS.1.6" at first.
    [[nodiscard]] const Module &module() const;
    void setModule(const QString &id);

    /// Who works here: stands in the journal and in each decision from now on. "": nobody said who it is. An audit that
    /// is made here names whoever makes it as its auditor, if nobody else was named before.
    void setAuditor(const QString &name);
    [[nodiscard]] QString auditor() const; ///< the name set; the audit's auditor need not sit here
    /// Before the first change by nobody: `ask` asks who works here and calls nameAsked() in the end. Changes wait for
    /// it. Asked once; empty: nobody asks.
    void setNameAsking(std::function<void()> ask) { m_askName = std::move(ask); }
    /// Does it now, or after the question who works here.
    void whenNamed(std::function<void()> then);
    void nameAsked(); ///< with or without an answer: setAuditor()
    /// False: there are sources that no run has looked at; judge() mends it.
    [[nodiscard]] bool isJudged() const { return tally::isJudged(*m_state); }

    /// Another audit cannot be opened while a job runs: these two do nothing then. What is open stays open where the
    /// other one cannot be opened.
    void newAudit(const QString &path, const AuditInfo &info); ///< path "": in memory only
    /// A new audit that takes over the answers of the one in the file `earlier`, which is read in a job.
    void newAuditFrom(const QString &path, const AuditInfo &info, const QString &earlier);
    void openAudit(const QString &path);
    void closeAudit();
    /// Reads and judges the files and folders, one after the other, and stores each with the run that judged it: both
    /// or neither. Cancelled at any moment, the audit is what it was before.
    void addSources(const QStringList &paths);
    void judge(); ///< all sources of the audit again
    void cancelJob();

    /// Where analyses of images are kept from now on; null: nowhere.
    void setCache(std::shared_ptr<const ImageCache> cache) { m_cache = std::move(cache); }
    [[nodiscard]] bool isRechecking() const { return m_recheckJob.isRunning(); }
    [[nodiscard]] const Job &recheckJob() const { return m_recheckJob; }
    [[nodiscard]] QString recheckTitle() const;
    [[nodiscard]] int recheckedSource() const { return isRechecking() ? static_cast<int>(m_rechecking) : -1; }
    /// The digests stay those of the earlier reading, until a report is wanted or the audit is opened again.
    void cancelRecheck();
    /// Before a report: calls back with true as soon as no digest is out of the cache any more, or its file is not at
    /// hand; with false where that was cancelled, or something had changed, which was said then. At once where nothing
    /// is to be done.
    void whenRechecked(std::function<void(bool)> then);

    /// Does `changes`, and calls back, always later, when all that was asked for there is saved: with false where any
    /// of it was refused, as failed() said. Changes are what follows, attach() and new audits. With true where the
    /// audit was closed meanwhile.
    void whenSaved(const std::function<void()> &changes, std::function<void(bool)> then);
    void decide(const QString &id, const Decision &decision);
    void setException(const FindingException &exception);
    void setExceptions(const std::vector<FindingException> &exceptions); ///< undone together
    void withdrawException(const std::string &key);                      ///< FindingException::key()
    /// All or none, undone together: Audit::change().
    void change(std::vector<AuditChange> changes);
    void put(Record record);
    void remove(RecordType type, const std::string &key);
    /// What the house lays down from now on; the sources are judged by it at once, or as soon as nothing else runs.
    void setHouse(const PolicyPtr &policy, const std::vector<KeyFile> &keys);
    /// Kinds that were asked for with none there; judged as setHouse().
    void setAsked(const std::vector<AskedKind> &asked);
    void setInfo(const AuditInfo &info);

    /// Kept one after the other, as jobs; attached() or failed() says what became of each.
    void attach(std::vector<NewAttachment> attachments);
    void updateAttachment(const Attachment &attachment);
    void removeAttachment(const QString &key);
    void restoreAttachment(const QString &key);
    /// The first `most` bytes of the content, after all of it was compared with its digest. Calls back later.
    void readAttachment(const QString &key, std::uint64_t most, std::function<void(Result<EvidenceContent>)> then);
    /// Into a file that a person chose. `then` may be empty.
    void saveAttachment(const QString &key, const QString &path, std::function<void(bool)> then = {});
    void exportAttachments(const QString &folder);
    /// All of them, for a report; none where they are more than `most` bytes, or one is not what was attached.
    void embedAttachments(std::uint64_t most, std::function<void(std::vector<EmbeddedContent>)> then);

    void undo();
    void redo();
    [[nodiscard]] bool canUndo() const { return m_canUndo; }
    [[nodiscard]] bool canRedo() const { return m_canRedo; }
    /// Audit::signOff(). Whatever was decided before it is saved first.
    void signOff(const SignOffRequest &request);
    void recordReport(const QString &fileName, Language language);
    void saveCopy(const QString &path);
    /// Checks the audit file against its journal, in a job that borrows the audit; calls back with nothing where no
    /// file is open or a job runs already.
    void verify(std::function<void(std::optional<VerifyResult>)> then);

    /// A state made by hand, shown as if it had been opened: for tests and the pictures of the manual.
    void showState(AuditStatePtr state);

    [[nodiscard]] bool isBusy() const { return m_job.isRunning(); }
    [[nodiscard]] const Job &job() const { return m_job; }
    [[nodiscard]] QString jobTitle() const;
    [[nodiscard]] QStringList waitingSources() const { return m_waiting; }
    [[nodiscard]] QString currentSource() const { return m_reading; }

Q_SIGNALS:
    void stateChanged();
    void moduleChanged();
    void jobChanged();   ///< also on progress: up to 100 times a second
    void queueChanged(); ///< what is being read or waits to be
    void saved(const QDateTime &at);
    void failed(const tally::Error &error, const QString &subject);
    void reportWritten(const QString &path);
    void copied(const QString &path);             ///< after saveCopy()
    /// It cannot be changed, and why: Audit::newerFormat(), or nothing can be written where it lies.
    void openedToRead(const tally::Message &what);
    void broughtForward(const QString &keptCopy); ///< Audit::keptCopy()
    /// Once per source; the number of findings in the whole audit.
    void sourceFinished(const QString &name, int findings);
    void judged(int findings); ///< after judge()
    /// An export was added that shows a cluster of which there are older ones: supersededBy(). Both count until
    /// somebody says otherwise.
    void sameClusterAdded(int newest, const std::vector<int> &older);
    /// wasThere: the same content was kept before, as this one; nothing was stored twice.
    void attached(const QString &key, bool wasThere);
    /// The digests of a source were computed again and are as they were.
    void rechecked(const QString &name);
    /// They are not, or what the cache held of it was not what it contains. The audit holds the new reading now.
    void sourceDiffered(const tally::Message &what, const QString &path);
    /// What was being read, judged or opened; nothing of it was kept.
    void cancelled(const QString &name);

private:
    using Change = std::function<Result<>(Audit &)>;
    /// Of what whenSaved() waits for.
    struct Outcome
    {
        std::function<void(bool)> then;
        bool saved = true;
        int waiting = 1;
    };
    using OutcomePtr = std::shared_ptr<Outcome>; ///< null: nobody waits
    struct QueuedChange
    {
        Change run;
        OutcomePtr outcome;
    };

    [[nodiscard]] OutcomePtr awaited();
    void settle(const OutcomePtr &outcome, bool saved);
    void change(Change change);
    void runChanges();
    [[nodiscard]] bool mustAskName(); ///< true once: it was asked for
    void adopt(Audit audit);
    void refresh();
    /// A source and what the checks say about the whole audit with it; no source: about the audit as it stands.
    struct Judged
    {
        std::shared_ptr<const Opened> opened;
        AssessmentPtr assessment;
        std::optional<std::size_t> replaces{}; ///< the source that `opened` takes the place of
    };

    void startNextSource();
    bool startReplacing();
    struct EvidenceWork
    {
        QString name;
        std::function<std::function<void()>(Audit &, const RunContext &)> run; ///< what it returns is called here
        OutcomePtr outcome{};
    };
    bool startEvidence();
    template<typename Value>
    void queueEvidence(const QString &name, std::function<Result<Value>(Audit &, const RunContext &)> work,
        std::function<void(Result<Value>)> then, OutcomePtr outcome = {});
    void recheckNext();
    void takeRecheck(std::size_t index, Result<Recheck> checked);
    void answerWhoWaits(bool good);
    void forgetRechecks();
    /// The audit, for a job that reads or writes it; m_audit is empty until it is taken back.
    using LentAudit = std::shared_ptr<std::optional<Audit>>;
    [[nodiscard]] LentAudit lend();
    void takeBack(const LentAudit &audit);
    void store(const Judged &judged);
    void finish(const Result<> &stored, const Judged &judged);
    void tellSourceAdded(const Judged &judged, int findings);
    void leave(const Error &error, const QString &name);
    [[nodiscard]] static Result<AssessmentPtr> assessState(
        const AuditState &state, const Knowledge &knowledge, const RunContext &run);

    Knowledge m_knowledge;
    MessageTranslator m_german;
    MessageTranslator m_english;
    std::optional<Audit> m_audit; ///< nothing while a job borrows it
    AuditStatePtr m_state;
    std::string m_chosenCluster;          ///< key
    mutable AuditStatePtr m_clusterState; ///< made when it is asked for
    mutable AuditStatePtr m_clusterStateOf;
    std::deque<QueuedChange> m_changes;
    OutcomePtr m_outcome; ///< of what is being asked for
    std::function<void()> m_askName;
    bool m_nameWasAsked = false;
    bool m_waitsForName = false;
    std::vector<std::function<void()>> m_whenNamed;
    std::deque<EvidenceWork> m_evidence;
    QString m_evidenceName;
    QStringList m_waiting;
    QString m_reading;
    QString m_path;
    QString m_opening;
    std::string m_auditor;
    std::string m_module = "SYS.1.6";
    Job m_job;
    std::shared_ptr<const ImageCache> m_cache;
    Job m_recheckJob;
    std::size_t m_rechecking = 0;
    int m_auditNumber = 0;             ///< what was rechecked for an audit that is closed is dropped
    std::set<std::size_t> m_rechecked; ///< sources that are done with, for good or ill
    std::deque<std::pair<std::size_t, std::shared_ptr<const Opened>>> m_replacing; ///< read anew, and not as it was
    std::vector<std::function<void(bool)>> m_whenRechecked;
    enum class Work { Nothing, Opening, Reading, Judging, Storing, Verifying, Evidence } m_work = Work::Nothing;
    bool m_judgeDue = false; ///< policy or keys changed
    bool m_open = false;
    bool m_readOnly = false;
    bool m_canUndo = false;
    bool m_canRedo = false;
};

} // namespace tally::ui
