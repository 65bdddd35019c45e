// SPDX-License-Identifier: Apache-2.0
#include "ui/models/session.h"

#include "core/assessment/assess.h"
#include "core/base/messages.h"
#include "ui/models/words.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace tally::ui {

namespace {

std::filesystem::path toPath(const QString &path)
{
    return {path.toStdU16String()};
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
}

Session::~Session() = default;

const Translator &Session::translator(Language language) const
{
    return language == Language::German ? m_german : m_english;
}

QString Session::text(const Message &message) const
{
    return toQString(translator(applicationLanguage()).text(message));
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
        return tr("Opening %1").arg(QFileInfo(m_path).fileName());
    case Work::Reading:
        return tr("Reading %1").arg(name);
    case Work::Storing:
        return tr("Judging %1").arg(name);
    }
    return {};
}

void Session::newAudit(const QString &path, const AuditInfo &info)
{
    if (isBusy())
        return;
    auto made = path.isEmpty() ? Audit::createInMemory(info) : Audit::create(toPath(path), info);
    if (!made) {
        Q_EMIT failed(made.error(), path);
        return;
    }
    closeAudit();
    m_path = path;
    adopt(*std::move(made));
    Q_EMIT saved(QDateTime::currentDateTime());
}

void Session::openAudit(const QString &path)
{
    if (isBusy())
        return;
    closeAudit();
    m_path = path;
    m_work = Work::Opening;
    m_job.start([file = toPath(path)](const RunContext &run) { return Audit::open(file, run); },
        [this, path](Result<Audit> opened) {
            m_work = Work::Nothing;
            if (opened) {
                adopt(*std::move(opened));
            } else {
                m_path.clear();
                if (opened.error().kind != ErrorKind::Cancelled)
                    Q_EMIT failed(opened.error(), path);
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
    m_waiting.clear();
    m_changes.clear();
    m_audit.reset();
    m_open = false;
    m_path.clear();
    m_state = std::make_shared<AuditState>();
    Q_EMIT stateChanged();
}

void Session::adopt(Audit audit)
{
    m_audit.emplace(std::move(audit));
    m_open = true;
    m_readOnly = m_audit->readOnly();
    refresh();
}

void Session::showState(AuditStatePtr state)
{
    m_state = std::move(state);
    m_open = true;
    Q_EMIT stateChanged();
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

void Session::startNextSource()
{
    if (isBusy() || m_waiting.isEmpty() || !m_audit)
        return;
    m_reading = m_waiting.takeFirst();
    m_work = Work::Reading;
    OpenOptions options;
    options.sourceIndex = static_cast<int>(m_state->sources.size());
    m_job.start([file = toPath(m_reading), options](const RunContext &run) { return tally::open(file, options, run); },
        [this](Result<Opened> opened) {
            m_work = Work::Nothing;
            if (opened) {
                store(*std::move(opened));
                return;
            }
            if (opened.error().kind != ErrorKind::Cancelled)
                Q_EMIT failed(opened.error(), m_reading);
            m_reading.clear();
            startNextSource();
            Q_EMIT queueChanged();
            Q_EMIT jobChanged();
        });
    Q_EMIT jobChanged();
}

Result<std::size_t> Session::storeAndAssess(
    Audit &audit, const Opened &opened, const Knowledge &knowledge, const RunContext &run)
{
    TALLY_TRY(audit.addSource(opened));
    const AuditStatePtr state = audit.state();
    CheckInput input;
    input.cluster = state->cluster.get();
    input.images = state->images;
    TALLY_ASSIGN(const AssessmentPtr assessment, assess(*knowledge.catalogue, *knowledge.checks, input, run));
    TALLY_TRY(audit.addRun(assessment));
    return assessment->findings.size();
}

void Session::store(Opened opened)
{
    m_work = Work::Storing;
    const auto audit = std::make_shared<std::optional<Audit>>(std::move(m_audit));
    m_audit.reset();
    const QString name = foreignText(opened.source.name);
    m_job.start([audit, opened = std::make_shared<const Opened>(std::move(opened)), knowledge = m_knowledge](
                    const RunContext &run) { return storeAndAssess(**audit, *opened, knowledge, run); },
        [this, audit, name](const Result<std::size_t> &findings) {
            m_work = Work::Nothing;
            m_reading.clear();
            m_audit.emplace(std::move(**audit));
            refresh();
            if (findings) {
                Q_EMIT saved(QDateTime::currentDateTime());
                Q_EMIT sourceFinished(
                    name, tr("%n finding(s) in the whole audit", nullptr, static_cast<int>(*findings)));
            } else if (findings.error().kind != ErrorKind::Cancelled) {
                Q_EMIT failed(findings.error(), name);
            }
            runChanges();
            startNextSource();
            Q_EMIT queueChanged();
            Q_EMIT jobChanged();
        });
    Q_EMIT jobChanged();
}

void Session::change(Change change)
{
    m_changes.push_back(std::move(change));
    runChanges();
}

void Session::runChanges()
{
    if (!m_audit || m_changes.empty())
        return;
    bool anySaved = false;
    while (!m_changes.empty()) {
        const Change next = std::move(m_changes.front());
        m_changes.pop_front();
        if (const auto done = next(*m_audit); done)
            anySaved = true;
        else
            Q_EMIT failed(done.error(), m_path);
    }
    refresh();
    if (anySaved)
        Q_EMIT saved(QDateTime::currentDateTime());
}

void Session::decide(const QString &id, const Decision &decision)
{
    change([id = toUtf8String(id), decision](Audit &audit) { return audit.decide(id, decision); });
}

void Session::setException(const FindingException &exception)
{
    change([exception](Audit &audit) { return audit.setException(exception); });
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

void Session::recordReport(const QString &fileName, Language language)
{
    change([name = toUtf8String(fileName), language](Audit &audit) -> Result<> {
        TALLY_TRY(audit.recordReport(name, std::string(languageTag(language))));
        return {};
    });
}

void Session::saveCopy(const QString &path)
{
    change([file = toPath(path)](Audit &audit) { return audit.saveCopy(file); });
}

} // namespace tally::ui
