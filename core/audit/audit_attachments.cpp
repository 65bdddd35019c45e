// SPDX-License-Identifier: Apache-2.0
// What an audit does with its attachments.
#include "core/audit/attachment_rows.h"
#include "core/audit/audit_impl.h"
#include "core/base/messages_audit.h"
#include "core/base/text_format.h"

#include <algorithm>
#include <utility>

namespace tally {

namespace {

/// Where it belongs, in the order of the keys, and nowhere else.
void placeAttachment(AuditState &state, const Attachment &attachment)
{
    for (auto *list : {&state.attachments, &state.removedAttachments})
        std::erase_if(*list, [&](const Attachment &each) { return each.key == attachment.key; });
    auto &list = attachment.removedAt.empty() ? state.attachments : state.removedAttachments;
    const auto number = [](const Attachment &each) { return std::pair(each.key.size(), std::string_view(each.key)); };
    const auto place
        = std::ranges::find_if(list, [&](const Attachment &each) { return number(each) > number(attachment); });
    list.insert(place, attachment);
}

tl::unexpected<Error> unknown(const std::string &key)
{
    return fail(ErrorKind::NotFound, {auditDef("attachment.unknown"), {key}});
}

Entered entryOf(const AttachmentStep &step, Way way, const Attachment &subject, std::vector<TouchedRow> rows)
{
    const bool back = way == Way::Undo;
    Entered entered;
    entered.entry.event = eventOf(step.event, way);
    entered.entry.subject = subject.key;
    entered.entry.detail = changeOf(back ? step.after : step.before, back ? step.before : step.after);
    entered.rows = std::move(rows);
    return entered;
}

} // namespace

Result<Entered> Audit::Impl::write(const AttachmentStep &step, Way way, AuditState &next)
{
    const std::optional<Attachment> &wanted = way == Way::Undo ? step.before : step.after;
    const std::optional<Attachment> &replaced = way == Way::Undo ? step.after : step.before;
    Attachment subject = wanted ? *wanted : *replaced; // there is one of the two
    subject.removedAt = wanted ? std::string() : rfc3339(outputTime());
    subject.removedBy = wanted ? std::string() : actor;
    placeAttachment(next, subject);
    TALLY_ASSIGN(TouchedRow row, tally::updateAttachment(database, subject));
    return entryOf(step, way, subject, {std::move(row)});
}

Result<AddedAttachment> Audit::addAttachment(const NewAttachment &what, const RunContext &run)
{
    if (auto wrong = validateAttachment(what.about))
        return fail(ErrorKind::Malformed, *std::move(wrong));
    NewAttachment stored = what;
    stored.about.at = rfc3339(outputTime());
    if (stored.about.by.empty())
        stored.about.by = m_impl->actor;
    TALLY_ASSIGN(Transaction transaction, Transaction::begin(m_impl->database));
    TALLY_ASSIGN(WrittenAttachment written, insertAttachment(m_impl->database, stored, run));
    const auto &present = m_impl->state->attachments;
    const auto same = std::ranges::find_if(present, [&written](const Attachment &each) {
        return each.sha256 == written.attachment.sha256 && each.kind == written.attachment.kind;
    });
    if (same != present.end()) {
        Attachment widened = *same; // the state that it stands in goes with the next one
        transaction.rollBack();
        for (const std::string &id : stored.about.ids) {
            if (std::ranges::find(widened.ids, id) == widened.ids.end())
                widened.ids.push_back(id);
        }
        TALLY_TRY(updateAttachment(widened));
        return AddedAttachment{widened.key, true};
    }
    AuditState next = *m_impl->state;
    next.attachments.push_back(written.attachment);
    AttachmentStep step{"attachment", std::nullopt, written.attachment};
    std::vector<Entered> entered;
    entered.push_back(entryOf(step, Way::Do, written.attachment, std::move(written.rows)));
    entered.back().entry.by = written.attachment.by;
    TALLY_TRY(m_impl->commit(transaction, std::move(entered), std::move(next), run));
    StepGroup group;
    group.emplace_back(std::move(step));
    m_impl->done.push_back(std::move(group));
    m_impl->undone.clear();
    return AddedAttachment{std::move(written.attachment.key), false};
}

Result<> Audit::updateAttachment(const Attachment &attachment)
{
    if (auto wrong = validateAttachment(attachment))
        return fail(ErrorKind::Malformed, *std::move(wrong));
    const Attachment *before = findAttachment(m_impl->state->attachments, attachment.key);
    if (!before)
        return unknown(attachment.key);
    Attachment after = *before;
    after.title = attachment.title;
    after.note = attachment.note;
    after.source = attachment.source;
    after.date = attachment.date;
    after.expires = attachment.expires;
    after.ids = attachment.ids;
    return after == *before ? Result<>() : m_impl->take(AttachmentStep{"attachment-changed", *before, after});
}

Result<> Audit::removeAttachment(const std::string &key)
{
    const Attachment *before = findAttachment(m_impl->state->attachments, key);
    if (!before)
        return unknown(key);
    return m_impl->take(AttachmentStep{"attachment-removed", *before, std::nullopt});
}

Result<> Audit::restoreAttachment(const std::string &key)
{
    const Attachment *removed = findAttachment(m_impl->state->removedAttachments, key);
    if (!removed)
        return unknown(key);
    Attachment after = *removed;
    after.removedAt.clear();
    after.removedBy.clear();
    return m_impl->take(AttachmentStep{"attachment-restored", std::nullopt, std::move(after)});
}

Result<> Audit::readAttachment(
    const std::string &key, const std::function<Result<>(std::string_view)> &take, const RunContext &run) const
{
    const Attachment *wanted = findAttachment(m_impl->state->attachments, key);
    if (!wanted)
        wanted = findAttachment(m_impl->state->removedAttachments, key);
    if (!wanted)
        return unknown(key);
    return readContent(m_impl->database, *wanted, take, run);
}

} // namespace tally
