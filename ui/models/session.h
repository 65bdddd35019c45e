// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/base/language.h"
#include "ui/jobs/job.h"
#include "ui/text/message_translator.h"

#include <QDateTime>
#include <QObject>
#include <QStringList>

#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace tally::ui {

/// What the program works with besides the audit. Shared, never changed.
struct Knowledge
{
    CataloguePtr catalogue;
    CheckSetPtr checks;
};

/// The open audit of a window. Lives on the GUI thread; all blocking work runs in one job at a time, which borrows the
/// Audit while it writes. Decisions that are made meanwhile wait and are saved when it comes back: saved() is only
/// emitted after the audit has committed. Pages keep no state of the audit of their own, they render state().
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
    [[nodiscard]] bool hasAudit() const { return m_open; }
    [[nodiscard]] QString path() const { return m_path; } ///< "" of an audit in memory
    [[nodiscard]] bool isReadOnly() const { return m_readOnly; }
    /// The module that the pages show; "SYS.1.6" at first.
    [[nodiscard]] const Module &module() const;
    void setModule(const QString &id);

    /// Another audit cannot be opened while a job runs: these two do nothing then.
    void newAudit(const QString &path, const AuditInfo &info); ///< path "": in memory only
    void openAudit(const QString &path);
    void closeAudit();
    /// Reads, stores and judges the files and folders, one after the other; each is one job.
    void addSources(const QStringList &paths);
    void cancelJob();

    void decide(const QString &id, const Decision &decision);
    void setException(const FindingException &exception);
    void setInfo(const AuditInfo &info);
    void undo();
    void redo();
    [[nodiscard]] bool canUndo() const { return m_canUndo; }
    [[nodiscard]] bool canRedo() const { return m_canRedo; }
    void recordReport(const QString &fileName, Language language);
    void saveCopy(const QString &path);

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
    /// Once per source: what was found in it, in a sentence.
    void sourceFinished(const QString &name, const QString &result);

private:
    using Change = std::function<Result<>(Audit &)>;

    void change(Change change);
    void runChanges();
    void adopt(Audit audit);
    void refresh();
    void startNextSource();
    void store(Opened opened);
    [[nodiscard]] static Result<std::size_t> storeAndAssess(
        Audit &audit, const Opened &opened, const Knowledge &knowledge, const RunContext &run);

    Knowledge m_knowledge;
    MessageTranslator m_german;
    MessageTranslator m_english;
    std::optional<Audit> m_audit; ///< nothing while a job borrows it
    AuditStatePtr m_state;
    std::deque<Change> m_changes;
    QStringList m_waiting;
    QString m_reading;
    QString m_path;
    std::string m_module = "SYS.1.6";
    Job m_job;
    enum class Work { Nothing, Opening, Reading, Storing } m_work = Work::Nothing;
    bool m_open = false;
    bool m_readOnly = false;
    bool m_canUndo = false;
    bool m_canRedo = false;
};

} // namespace tally::ui
