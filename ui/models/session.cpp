// SPDX-License-Identifier: Apache-2.0
#include "ui/models/session.h"

#include "core/assessment/assess.h"
#include "core/audit/clusters.h"
#include "core/audit/withdrawals.h"
#include "core/base/messages_audit.h"
#include "ui/models/earlier_audit.h"
#include "ui/models/words.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QThreadPool>

#include <algorithm>
#include <utility>

namespace tally::ui {

namespace {

std::filesystem::path toPath(const QString &path)
{
    return {path.toStdU16String()};
}

/// "SYS.1.6.A5" is one word where a label wraps its text: Qt breaks behind the first dot. A word joiner has no width.
QString withWholeIds(QString text)
{
    static const QRegularExpression id(u"\\b[A-Z]{2,4}(\\.[A-Z]?[0-9]+)+"_qs);
    qsizetype from = 0;
    for (QRegularExpressionMatch match = id.match(text); match.hasMatch(); match = id.match(text, from)) {
        QString whole = match.captured();
        whole.replace(u'.', u".\u2060"_qs);
        text.replace(match.capturedStart(), match.capturedLength(), whole);
        from = match.capturedStart() + whole.size();
    }
    return text;
}

} // namespace

Session::Session(Knowledge knowledge, QObject *parent)
    : QObject(parent)
    , m_knowledge(std::move(knowledge))
    , m_german(Language::German)
    , m_english(Language::English)
    , m_state(std::make_shared<AuditState>())
{
    Q_ASSERT(m_knowledge.catalogue && m_knowledge.checks);
    connect(&m_job, &Job::progressed, this, &Session::jobChanged);
    connect(&m_recheckJob, &Job::progressed, this, &Session::jobChanged);
}

Session::~Session() = default;

const Translator &Session::translator(Language language) const
{
    return language == Language::German ? m_german : m_english;
}

QString Session::text(const Message &message) const
{
    return withWholeIds(toQString(translator(applicationLanguage()).text(message)));
}

const Module &Session::module() const
{
    const auto &modules = m_knowledge.catalogue->modules;
    const auto found = std::ranges::find(modules, m_module, &Module::id);
    return found == modules.end() ? modules.front() : *found;
}

void Session::setModule(const QString &id)
{
    if (m_module == toUtf8String(id))
        return;
    m_module = toUtf8String(id);
    Q_EMIT moduleChanged();
    Q_EMIT stateChanged();
}

QString Session::jobTitle() const
{
    const QString name = QFileInfo(m_reading).fileName();
    switch (m_work) {
    case Work::Nothing:
        break;
    case Work::Opening:
        return tr("Opening %1").arg(QFileInfo(m_opening).fileName());
    case Work::Reading:
        return tr("Reading %1").arg(name);
    case Work::Judging:
        return tr("Judging all sources");
    case Work::Storing:
        return name.isEmpty() ? tr("Saving what the checks found") : tr("Saving %1").arg(name);
    case Work::Verifying:
        return tr("Checking the audit file against its journal");
    case Work::Evidence:
        return tr("Evidence: %1").arg(m_evidenceName);
    }
    return {};
}

void Session::newAudit(const QString &path, const AuditInfo &info)
{
    if (isBusy())
        return;
    auto made = path.isEmpty() ? Audit::createInMemory(info) : Audit::create(toPath(path), info);
    settle(awaited(), made.has_value());
    if (!made) {
        Q_EMIT failed(made.error(), path);
        return;
    }
    closeAudit();
    m_path = path;
    if (m_auditor.empty())
        m_auditor = info.auditor;
    adopt(*std::move(made));
    Q_EMIT saved(QDateTime::currentDateTime());
}

void Session::newAuditFrom(const QString &path, const AuditInfo &info, const QString &earlier)
{
    if (isBusy())
        return;
    m_opening = earlier;
    m_work = Work::Opening;
    m_job.start([file = toPath(earlier), catalogue = m_knowledge.catalogue](
                    const RunContext &run) { return readEarlierAudit(file, *catalogue, run); },
        [this, path, info, earlier, outcome = awaited()](const Result<AuditStatePtr> &read) {
            m_work = Work::Nothing;
            bool isMade = false;
            if (!read) {
                m_waiting.clear(); // they were meant for the audit that is not made now
                leave(read.error(), earlier);
            } else if (auto made = Audit::createFrom(toPath(path), info, **read); !made) {
                m_waiting.clear();
                Q_EMIT failed(made.error(), path);
            } else {
                const QStringList waiting = std::exchange(m_waiting, {}); // meant for this one
                closeAudit();
                m_waiting = waiting;
                m_path = path;
                if (m_auditor.empty())
                    m_auditor = info.auditor;
                adopt(*std::move(made));
                isMade = true;
                Q_EMIT saved(QDateTime::currentDateTime());
            }
            settle(outcome, isMade);
            Q_EMIT queueChanged();
            Q_EMIT jobChanged();
            startNextSource();
        });
    Q_EMIT jobChanged();
}

void Session::setAuditor(const QString &name)
{
    m_auditor = toUtf8String(name.trimmed());
    if (m_audit)
        m_audit->setActor(m_auditor);
}

QString Session::auditor() const
{
    return toQString(m_auditor);
}

bool Session::mustAskName()
{
    if (m_waitsForName)
        return true;
    if (!m_auditor.empty() || !m_askName || m_readOnly || std::exchange(m_nameWasAsked, true))
        return false;
    m_waitsForName = true;
    m_askName();
    return true;
}

void Session::whenNamed(std::function<void()> then)
{
    m_whenNamed.push_back(std::move(then));
    if (!mustAskName())
        nameAsked();
}

void Session::nameAsked()
{
    m_waitsForName = false;
    runChanges();
    for (const auto &then : std::exchange(m_whenNamed, {}))
        then();
}

void Session::openAudit(const QString &path)
{
    if (isBusy())
        return;
    if (m_open && !m_path.isEmpty() && QFileInfo(path) == QFileInfo(m_path))
        return; // it is open, and nobody else can hold it
    m_opening = path;
    m_work = Work::Opening;
    m_job.start([file = toPath(path)](const RunContext &run) { return Audit::open(file, run); },
        [this, path](Result<Audit> opened) {
            m_work = Work::Nothing;
            if (opened) {
                const QStringList waiting = std::exchange(m_waiting, {}); // dropped meanwhile: meant for this one
                closeAudit();
                m_waiting = waiting;
                m_path = path;
                adopt(*std::move(opened));
            } else {
                m_waiting.clear(); // they were meant for this one, not for the audit that stays open
                leave(opened.error(), path);
                Q_EMIT queueChanged();
            }
            Q_EMIT jobChanged();
            startNextSource();
        });
    Q_EMIT jobChanged();
}

void Session::closeAudit()
{
    if (!m_open)
        return;
    forgetRechecks();
    m_waiting.clear();
    for (const QueuedChange &each : std::exchange(m_changes, {}))
        settle(each.outcome, true);
    for (const EvidenceWork &each : std::exchange(m_evidence, {}))
        settle(each.outcome, true);
    m_waitsForName = false;
    m_audit.reset();
    m_judgeDue = false;
    m_open = false;
    m_path.clear();
    m_clusterState.reset();
    m_clusterStateOf.reset();
    m_state = std::make_shared<AuditState>();
    Q_EMIT stateChanged();
}

void Session::adopt(Audit audit)
{
    m_audit.emplace(std::move(audit));
    m_open = true;
    m_readOnly = m_audit->readOnly();
    m_audit->setActor(m_auditor);
    m_audit->setCatalogue(m_knowledge.catalogue);
    // Asked first: a page that hears of the new state may begin a job at once, which takes the audit with it.
    const QString copy = QString::fromStdU16String(m_audit->keptCopy().u16string());
    const std::int64_t format = m_audit->newerFormat();
    refresh();
    if (!copy.isEmpty())
        Q_EMIT broughtForward(copy);
    const std::string name = toUtf8String(QFileInfo(m_path.isEmpty() ? m_opening : m_path).fileName());
    if (format != 0)
        Q_EMIT openedToRead({auditDef("audit.newer-read"), {name, std::to_string(format)}});
    else if (m_readOnly)
        Q_EMIT openedToRead({auditDef("audit.read-only-opened"), {name}});
}

void Session::showState(AuditStatePtr state)
{
    m_clusterState.reset();
    m_clusterStateOf.reset();
    m_state = std::move(state);
    m_open = true;
    Q_EMIT stateChanged();
}

AuditStatePtr Session::clusterState() const
{
    if (m_state->clusters.size() < 2)
        return m_state;
    const AuditCluster *chosen = m_state->cluster(m_chosenCluster);
    const std::string &key = chosen ? chosen->key : m_state->clusters.front().key;
    if (m_clusterStateOf != m_state || m_clusterState->clusters.front().key != key) {
        m_clusterState = withOneCluster(m_state, key);
        m_clusterStateOf = m_state;
    }
    return m_clusterState;
}

void Session::chooseCluster(std::string_view key)
{
    if (!key.empty() && m_state->cluster(key))
        m_chosenCluster = key;
}

void Session::refresh()
{
    m_state = m_audit->state();
    m_canUndo = m_audit->canUndo();
    m_canRedo = m_audit->canRedo();
    Q_EMIT stateChanged();
}

void Session::addSources(const QStringList &paths)
{
    m_waiting.append(paths);
    startNextSource();
    Q_EMIT queueChanged();
    Q_EMIT jobChanged();
}

void Session::cancelJob()
{
    m_job.cancel();
    Q_EMIT jobChanged();
}

Result<AssessmentPtr> Session::assessState(const AuditState &state, const Knowledge &knowledge, const RunContext &run)
{
    return assess(*knowledge.catalogue, *knowledge.checks, checkInputs(state), run);
}

/// What is said where a job brought nothing.
void Session::leave(const Error &error, const QString &name)
{
    if (error.kind == ErrorKind::Cancelled)
        Q_EMIT cancelled(QFileInfo(name).fileName());
    else
        Q_EMIT failed(error, name);
}

void Session::startNextSource()
{
    if (isBusy() || !m_audit || startReplacing() || startEvidence())
        return;
    if (std::exchange(m_judgeDue, false)) {
        judge();
        return;
    }
    if (m_waiting.isEmpty()) {
        recheckNext();
        return;
    }
    m_reading = m_waiting.takeFirst();
    m_work = Work::Reading;
    OpenOptions options;
    options.sourceIndex = static_cast<int>(m_state->sources.size());
    options.cache = m_cache.get();
    // Sources only ever come from jobs, so that nothing else can be added before this one is stored.
    m_job.start(
        [file = toPath(m_reading), options, cache = m_cache, before = m_state, knowledge = m_knowledge](
            const RunContext &run) -> Result<Judged> {
            TALLY_ASSIGN(Opened opened, tally::open(file, options, run));
            TALLY_TRY(requireNew(*before, opened.source));
            TALLY_ASSIGN(AssessmentPtr assessment, assessState(withSource(*before, opened), knowledge, run));
            if (run.stopRequested())
                return tl::unexpected(tally::cancelled());
            return Judged{std::make_shared<const Opened>(std::move(opened)), std::move(assessment)};
        },
        [this](Result<Judged> judged) {
            m_work = Work::Nothing;
            if (judged) {
                store(*judged);
                return;
            }
            const QString name = std::exchange(m_reading, {});
            leave(judged.error(), name);
            startNextSource();
            Q_EMIT queueChanged();
            Q_EMIT jobChanged();
        });
    Q_EMIT jobChanged();
}

void Session::judge()
{
    if (isBusy() || !m_audit)
        return;
    m_work = Work::Judging;
    m_job.start([before = m_state, knowledge = m_knowledge](
                    const RunContext &run) { return assessState(*before, knowledge, run); },
        [this](Result<AssessmentPtr> assessment) {
            m_work = Work::Nothing;
            if (assessment) {
                store({nullptr, *std::move(assessment)});
                return;
            }
            leave(assessment.error(), {});
            startNextSource();
            Q_EMIT jobChanged();
        });
    Q_EMIT jobChanged();
}

QString Session::recheckTitle() const
{
    if (!isRechecking() || m_rechecking >= m_state->sources.size())
        return {};
    return tr("Computing the digests of %1 again").arg(foreignText(m_state->sources[m_rechecking].name));
}

/// One after the other, while nothing is being read: that is what a person waits for.
void Session::recheckNext()
{
    if (isBusy() || isRechecking() || !m_audit)
        return;
    const std::vector<std::size_t> due = m_readOnly ? std::vector<std::size_t>() : sourcesToRecheck(*m_state);
    const auto next = std::ranges::find_if(due, [this](std::size_t index) { return !m_rechecked.contains(index); });
    if (next == due.end()) {
        answerWhoWaits(true);
        return;
    }
    m_rechecking = *next;
    OpenOptions options;
    options.sourceIndex = static_cast<int>(m_rechecking);
    options.cache = m_cache.get();
    m_recheckJob.start(
        [cached = openedSource(*m_state, m_rechecking), options, cache = m_cache, quietly = m_whenRechecked.empty()](
            const RunContext &run) {
            // this thread of the pool only waits for the reader's: others need its place
            QThreadPool::globalInstance()->releaseThread();
            auto checked = quietly ? recheckQuietly(cached, options, run) : recheck(cached, options, run);
            QThreadPool::globalInstance()->reserveThread();
            return checked;
        },
        [this, index = m_rechecking, audit = m_auditNumber](Result<Recheck> checked) {
            if (audit == m_auditNumber)
                takeRecheck(index, std::move(checked));
            startNextSource();
            Q_EMIT queueChanged();
            Q_EMIT jobChanged();
        });
    Q_EMIT queueChanged();
    Q_EMIT jobChanged();
}

void Session::takeRecheck(std::size_t index, Result<Recheck> checked)
{
    m_rechecked.insert(index);
    const Source &source = m_state->sources[index];
    if (!checked) {
        if (checked.error().kind == ErrorKind::Cancelled) {
            for (const std::size_t each : sourcesToRecheck(*m_state)) // whoever cancels one wants none
                m_rechecked.insert(each);
            answerWhoWaits(false);
            Q_EMIT cancelled(foreignText(source.name));
        } else if (checked.error().kind != ErrorKind::NotFound) { // it is there, and is an image no longer
            Q_EMIT failed(checked.error(), toQString(source.path));
        }
        return;
    }
    if (checked->outcome != Recheck::Outcome::Same) {
        m_replacing.emplace_back(index, std::make_shared<const Opened>(std::move(checked->fresh)));
        return;
    }
    const QString name = foreignText(source.name);
    change([index, at = checked->fresh.source.verifiedAt](Audit &audit) { return audit.recordRecheck(index, at); });
    Q_EMIT rechecked(name);
}

/// True: there was something to replace, and it is being judged.
bool Session::startReplacing()
{
    if (m_replacing.empty())
        return false;
    auto [index, fresh] = std::move(m_replacing.front());
    m_replacing.pop_front();
    m_reading = toQString(fresh->source.path);
    m_work = Work::Judging;
    m_job.start(
        [before = m_state, index = index, fresh = fresh, knowledge = m_knowledge](
            const RunContext &run) { return assessState(withSourceReplaced(*before, index, *fresh), knowledge, run); },
        [this, index = index, fresh = fresh](Result<AssessmentPtr> assessment) {
            m_work = Work::Nothing;
            if (assessment) {
                store({fresh, *std::move(assessment), index});
                return;
            }
            leave(assessment.error(), std::exchange(m_reading, {})); // a report asks again
            answerWhoWaits(false);
            startNextSource();
            Q_EMIT queueChanged();
            Q_EMIT jobChanged();
        });
    Q_EMIT jobChanged();
    return true;
}

void Session::cancelRecheck()
{
    m_recheckJob.cancel();
    Q_EMIT jobChanged();
}

void Session::whenRechecked(std::function<void(bool)> then)
{
    m_whenRechecked.push_back(std::move(then));
    m_rechecked.clear(); // also what was cancelled or out of reach before
    if (isRechecking() || isBusy())
        return;
    if (m_audit)
        startNextSource();
    else
        answerWhoWaits(true);
}

void Session::answerWhoWaits(bool good)
{
    for (const auto &then : std::exchange(m_whenRechecked, {}))
        then(good);
}

void Session::forgetRechecks()
{
    ++m_auditNumber;
    m_recheckJob.cancel();
    m_rechecked.clear();
    m_replacing.clear();
    answerWhoWaits(false);
}

Session::LentAudit Session::lend()
{
    return std::make_shared<std::optional<Audit>>(std::exchange(m_audit, std::nullopt));
}

void Session::takeBack(const LentAudit &audit)
{
    m_audit.emplace(std::move(**audit));
    m_audit->setActor(m_auditor); // may have been changed meanwhile
}

void Session::store(const Judged &judged)
{
    m_work = Work::Storing;
    const LentAudit audit = lend();
    m_job.start(
        [audit, judged](const RunContext &run) -> Result<> {
            if (judged.replaces)
                return (*audit)->replaceSource(*judged.replaces, *judged.opened, judged.assessment, run);
            if (judged.opened)
                return (*audit)->addJudgedSource(*judged.opened, judged.assessment, run);
            return (*audit)->addRun(judged.assessment);
        },
        [this, audit, judged](const Result<> &stored) {
            m_work = Work::Nothing;
            takeBack(audit);
            finish(stored, judged);
        });
    Q_EMIT jobChanged();
}

void Session::finish(const Result<> &stored, const Judged &judged)
{
    const QString path = std::exchange(m_reading, {});
    refresh();
    if (stored) {
        const int findings = static_cast<int>(judged.assessment->findings.size());
        Q_EMIT saved(QDateTime::currentDateTime());
        if (judged.replaces)
            Q_EMIT sourceDiffered(judged.opened->diagnostics.back().message, toQString(judged.opened->source.path));
        else if (judged.opened)
            tellSourceAdded(judged, findings);
        else
            Q_EMIT this->judged(findings);
    } else {
        leave(stored.error(), path);
    }
    runChanges();
    if (judged.replaces)
        answerWhoWaits(false);
    startNextSource();
    Q_EMIT queueChanged();
    Q_EMIT jobChanged();
}

void Session::tellSourceAdded(const Judged &judged, int findings)
{
    Q_EMIT sourceFinished(foreignText(judged.opened->source.name), findings);
    const int newest = static_cast<int>(m_state->sources.size()) - 1;
    if (const std::vector<int> older = supersededBy(*m_state, newest); !older.empty() && !m_readOnly)
        Q_EMIT sameClusterAdded(newest, older);
}

void Session::verify(std::function<void(std::optional<VerifyResult>)> then)
{
    if (isBusy() || !m_audit) {
        then(std::nullopt);
        return;
    }
    m_work = Work::Verifying;
    const LentAudit audit = lend();
    m_job.start([audit](const RunContext &) { return (*audit)->verify(); },
        [this, audit, then = std::move(then)](const Result<VerifyResult> &verified) {
            m_work = Work::Nothing;
            takeBack(audit);
            if (verified) {
                then(*verified);
            } else {
                if (verified.error().kind != ErrorKind::Unsupported) // a newer file: said when it was opened
                    leave(verified.error(), m_path);
                then(std::nullopt);
            }
            runChanges();
            startNextSource();
            Q_EMIT jobChanged();
        });
    Q_EMIT jobChanged();
}

void Session::change(Change change)
{
    m_changes.push_back({std::move(change), awaited()});
    if (!mustAskName())
        runChanges();
}

void Session::whenSaved(const std::function<void()> &changes, std::function<void(bool)> then)
{
    const auto outcome = std::make_shared<Outcome>(Outcome{std::move(then)});
    m_outcome = outcome;
    changes();
    m_outcome.reset();
    settle(outcome, true);
}

Session::OutcomePtr Session::awaited()
{
    if (m_outcome)
        ++m_outcome->waiting;
    return m_outcome;
}

void Session::settle(const OutcomePtr &outcome, bool saved)
{
    if (!outcome)
        return;
    outcome->saved &= saved;
    if (--outcome->waiting == 0)
        QMetaObject::invokeMethod(
            this, [outcome] { outcome->then(outcome->saved); }, Qt::QueuedConnection);
}

void Session::runChanges()
{
    if (!m_audit || m_changes.empty() || m_waitsForName)
        return;
    bool anySaved = false;
    while (!m_changes.empty()) {
        const QueuedChange next = std::move(m_changes.front());
        m_changes.pop_front();
        const auto done = next.run(*m_audit);
        if (done)
            anySaved = true;
        else
            Q_EMIT failed(done.error(), m_path);
        settle(next.outcome, done.has_value());
    }
    const AuditStatePtr before = m_state;
    // Where nothing could be saved, nothing is shown anew: what was typed stays in its field.
    if (anySaved || m_audit->state() != m_state)
        refresh();
    if (anySaved)
        Q_EMIT saved(QDateTime::currentDateTime());
    // A job that runs judges by what held when it began: then after it.
    const bool houseChanged = before->policy != m_state->policy
        || !std::ranges::equal(before->keyFiles, m_state->keyFiles, {}, &KeyFile::pem, &KeyFile::pem);
    const bool askedChanged = before->asked != m_state->asked;
    const bool clustersChanged
        = !std::ranges::equal(before->clusters, m_state->clusters, {}, &AuditCluster::sources, &AuditCluster::sources);
    const bool sourcesChanged = before->records.withdrawals != m_state->records.withdrawals;
    m_judgeDue = m_judgeDue
        || ((houseChanged || askedChanged || clustersChanged || sourcesChanged) && !m_state->sources.empty());
    if (m_judgeDue && !isBusy())
        startNextSource();
}

void Session::decide(const QString &id, const Decision &decision)
{
    change([id = toUtf8String(id), decision](Audit &audit) { return audit.decide(id, decision); });
}

void Session::setException(const FindingException &exception)
{
    change([exception](Audit &audit) { return audit.setException(exception); });
}

void Session::setExceptions(const std::vector<FindingException> &exceptions)
{
    change(std::vector<AuditChange>(exceptions.begin(), exceptions.end()));
}

void Session::change(std::vector<AuditChange> changes)
{
    change([all = std::move(changes)](Audit &audit) { return audit.change(all); });
}

void Session::put(Record record)
{
    change(std::vector<AuditChange>{std::move(record)});
}

void Session::remove(RecordType type, const std::string &key)
{
    change(std::vector<AuditChange>{RecordRemoval{type, key}});
}

void Session::withdrawException(const std::string &key)
{
    change([key](Audit &audit) { return audit.withdrawException(key); });
}

void Session::setHouse(const PolicyPtr &policy, const std::vector<KeyFile> &keys)
{
    if (policy != m_state->policy)
        change([policy](Audit &audit) { return audit.setPolicy(policy); });
    const auto same = [](const KeyFile &a, const KeyFile &b) { return a.pem == b.pem && a.name == b.name; };
    if (!std::ranges::equal(keys, m_state->keyFiles, same))
        change([keys](Audit &audit) { return audit.setKeys(keys); });
}

void Session::setAsked(const std::vector<AskedKind> &asked)
{
    if (asked != m_state->asked)
        change([asked](Audit &audit) { return audit.setAsked(asked); });
}

void Session::setInfo(const AuditInfo &info)
{
    change([info](Audit &audit) { return audit.setInfo(info); });
}

void Session::undo()
{
    change([](Audit &audit) { return audit.canUndo() ? audit.undo() : Result<>(); });
}

void Session::redo()
{
    change([](Audit &audit) { return audit.canRedo() ? audit.redo() : Result<>(); });
}

void Session::signOff(const SignOffRequest &request)
{
    change([request](Audit &audit) { return audit.signOff(request); });
}

void Session::recordReport(const QString &fileName, Language language)
{
    if (m_readOnly) // the report is there all the same
        return;
    change([name = toUtf8String(fileName), language](Audit &audit) -> Result<> {
        TALLY_TRY(audit.recordReport(name, std::string(languageTag(language))));
        return {};
    });
}

void Session::saveCopy(const QString &path)
{
    change([this, file = toPath(path), path](Audit &audit) -> Result<> {
        TALLY_TRY(audit.saveCopy(file));
        Q_EMIT copied(path);
        return {};
    });
}

} // namespace tally::ui
