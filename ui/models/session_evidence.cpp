// SPDX-License-Identifier: Apache-2.0
// What a session does with evidence: each piece of work is a job that borrows the audit, one after the other.
#include "ui/models/session.h"

#include "core/audit/attachment_export.h"
#include "ui/models/words.h"

#include <utility>

namespace tally::ui {

namespace {

std::filesystem::path toPath(const QString &path)
{
    return {path.toStdU16String()};
}

/// Reads all of it, because only then it is known whether it is what was attached; keeps `most` bytes.
Result<EvidenceContent> readContent(
    const Audit &audit, const std::string &key, std::uint64_t most, const RunContext &run)
{
    EvidenceContent content;
    TALLY_TRY(audit.readAttachment(
        key,
        [&content, most](std::string_view piece) -> Result<> {
            const auto room = static_cast<std::size_t>(most) - static_cast<std::size_t>(content.bytes.size());
            const std::string_view kept = piece.substr(0, room);
            content.bytes.append(kept.data(), static_cast<qsizetype>(kept.size()));
            content.cut = content.cut || kept.size() < piece.size();
            return {};
        },
        run));
    return content;
}

} // namespace

/// True: a piece of it is being worked on now.
bool Session::startEvidence()
{
    if (m_evidence.empty() || isBusy() || !m_audit)
        return false;
    const EvidenceWork work = std::move(m_evidence.front());
    m_evidence.pop_front();
    m_work = Work::Evidence;
    m_evidenceName = work.name;
    const LentAudit audit = lend();
    m_job.start([audit, run = work.run](const RunContext &context) { return run(**audit, context); },
        [this, audit](const std::function<void()> &answer) {
            m_work = Work::Nothing;
            takeBack(audit);
            const AuditStatePtr before = m_state;
            refresh();
            if (m_state->journal.size() > before->journal.size())
                Q_EMIT saved(QDateTime::currentDateTime());
            answer();
            runChanges();
            startNextSource();
            Q_EMIT queueChanged();
            Q_EMIT jobChanged();
        });
    Q_EMIT jobChanged();
    return true;
}

template<typename Value>
void Session::queueEvidence(const QString &name, std::function<Result<Value>(Audit &, const RunContext &)> work,
    std::function<void(Result<Value>)> then, OutcomePtr outcome)
{
    EvidenceWork next;
    next.name = name;
    next.outcome = std::move(outcome);
    next.run = [work = std::move(work), then = std::move(then)](Audit &audit, const RunContext &run) {
        auto result = std::make_shared<Result<Value>>(work(audit, run));
        return std::function<void()>([result, then] { then(std::move(*result)); });
    };
    m_evidence.push_back(std::move(next));
    startNextSource();
}

void Session::attach(std::vector<NewAttachment> attachments)
{
    for (NewAttachment &each : attachments) {
        const QString name = foreignText(each.about.displayName());
        const OutcomePtr outcome = awaited();
        queueEvidence<AddedAttachment>(
            name,
            [what = std::move(each)](Audit &audit, const RunContext &run) { return audit.addAttachment(what, run); },
            [this, name, outcome](const Result<AddedAttachment> &added) {
                if (added)
                    Q_EMIT attached(toQString(added->key), added->wasThere);
                else
                    leave(added.error(), name);
                settle(outcome, added.has_value());
            },
            outcome);
    }
}

void Session::updateAttachment(const Attachment &attachment)
{
    change([attachment](Audit &audit) { return audit.updateAttachment(attachment); });
}

void Session::removeAttachment(const QString &key)
{
    change([key = toUtf8String(key)](Audit &audit) { return audit.removeAttachment(key); });
}

void Session::restoreAttachment(const QString &key)
{
    change([key = toUtf8String(key)](Audit &audit) { return audit.restoreAttachment(key); });
}

void Session::readAttachment(const QString &key, std::uint64_t most, std::function<void(Result<EvidenceContent>)> then)
{
    queueEvidence<EvidenceContent>(
        key,
        [key = toUtf8String(key), most](
            Audit &audit, const RunContext &run) { return readContent(audit, key, most, run); },
        std::move(then));
}

void Session::saveAttachment(const QString &key, const QString &path, std::function<void(bool)> then)
{
    queueEvidence<bool>(
        key,
        [key = toUtf8String(key), file = toPath(path)](Audit &audit, const RunContext &run) -> Result<bool> {
            TALLY_TRY(tally::saveAttachment(audit, key, file, run));
            return true;
        },
        [this, path, then = std::move(then)](const Result<bool> &saved) {
            if (saved)
                Q_EMIT reportWritten(path);
            else
                leave(saved.error(), path);
            if (then)
                then(saved.has_value());
        });
}

void Session::exportAttachments(const QString &folder)
{
    queueEvidence<ExportedEvidence>(
        folder,
        [to = toPath(folder)](Audit &audit, const RunContext &run) { return tally::exportAttachments(audit, to, run); },
        [this, folder](const Result<ExportedEvidence> &written) {
            if (!written) {
                leave(written.error(), folder);
                return;
            }
            for (const Message &problem : written->problems)
                Q_EMIT failed({ErrorKind::Malformed, problem, {}}, folder);
            Q_EMIT reportWritten(folder);
        });
}

void Session::embedAttachments(std::uint64_t most, std::function<void(std::vector<EmbeddedContent>)> then)
{
    std::uint64_t all = 0;
    for (const Attachment &each : m_state->attachments)
        all += each.bytes;
    if (m_state->attachments.empty() || all > most || !m_open || m_path.isEmpty()) {
        then({});
        return;
    }
    queueEvidence<std::vector<EmbeddedContent>>(
        tr("evidence"),
        [](Audit &audit, const RunContext &run) -> Result<std::vector<EmbeddedContent>> {
            std::vector<EmbeddedContent> contents;
            const AuditStatePtr state = audit.state();
            for (const Attachment &each : state->attachments) {
                TALLY_ASSIGN(EvidenceContent content, readContent(audit, each.key, each.bytes, run));
                contents.push_back({each, std::move(content.bytes)});
            }
            return contents;
        },
        [this, then = std::move(then)](Result<std::vector<EmbeddedContent>> contents) {
            if (!contents)
                leave(contents.error(), m_path); // the report is made without them, and says so
            then(contents ? *std::move(contents) : std::vector<EmbeddedContent>());
        });
}

} // namespace tally::ui
