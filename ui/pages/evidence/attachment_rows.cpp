// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/evidence/attachment_rows.h"

#include "core/audit/requests.h"
#include "core/base/text_format.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/theme/glyphs.h"

#include <QRegularExpression>

#include <algorithm>

namespace tally::ui {

namespace {

bool isShown(const Attachment &attachment, AttachmentFilter::Which which)
{
    const bool typed = attachment.kind == Attachment::Kind::Text || attachment.kind == Attachment::Kind::Link;
    switch (which) {
    case AttachmentFilter::Which::All:
    case AttachmentFilter::Which::Removed:
        return true;
    case AttachmentFilter::Which::Files:
        return !typed;
    case AttachmentFilter::Which::Notes:
        return typed;
    case AttachmentFilter::Which::Expired:
        return attachment.isExpired(today());
    }
    Q_UNREACHABLE();
}

/// Asked for already: of the part itself or of its requirement as a whole.
bool isAsked(const AuditState &state, const std::string &requirement, const std::string &part)
{
    return std::ranges::any_of(state.records.requests, [&](const auto &row) {
        const auto &ids = row.second.requirements;
        return std::ranges::find(ids, part) != ids.end() || std::ranges::find(ids, requirement) != ids.end();
    });
}

} // namespace

QString idsText(const std::vector<std::string> &ids, const Module &module)
{
    QStringList texts;
    for (const std::string &id : ids)
        texts.append(id.starts_with(module.id + ".") ? shortId(id) : toQString(id));
    return texts.join(u", ");
}

std::optional<std::vector<std::string>> idsFromText(
    const QString &text, const Module &module, const Catalogue &catalogue, QString &unknown)
{
    std::vector<std::string> ids;
    static const QRegularExpression between(u"[,;\\s]+"_qs);
    for (const QString &word : text.split(between, Qt::SkipEmptyParts)) {
        std::string found;
        for (const std::string &each : {toUtf8String(word), module.id + "." + toUtf8String(word.toUpper())}) {
            if (found.empty() && (catalogue.requirement(each) || catalogue.requirementOfPart(each)))
                found = each;
        }
        if (found.empty()) {
            unknown = word;
            return std::nullopt;
        }
        if (std::ranges::find(ids, found) == ids.end())
            ids.push_back(std::move(found));
    }
    return ids;
}

std::string today()
{
    return rfc3339(outputTime()).substr(0, 10);
}

QString dateText(const std::string &iso)
{
    return toQString(formatDate(iso, applicationLanguage()));
}

AttachmentRows::Columns AttachmentRows::columns()
{
    return {{tr("No.")}, {tr("Title")}, {tr("For")}, {tr("Kind")}, {tr("Date")}, {tr("Expires")}, {tr("Size"), true}};
}

AttachmentRows::Rows AttachmentRows::rows(const AuditState &state, const Module &module, const AttachmentFilter &filter)
{
    Rows rows;
    const bool removed = filter.which == AttachmentFilter::Which::Removed;
    for (const Attachment &each : removed ? state.removedAttachments : state.attachments) {
        if (!isShown(each, filter.which))
            continue;
        const bool isOld = each.isExpired(today());
        SimpleTableModel::Row row;
        row.cells.push_back({toQString(each.key)});
        row.cells.push_back({foreignText(each.displayName())});
        row.cells.push_back({idsText(each.ids, module)});
        row.cells.push_back({kind(each.kind)});
        row.cells.push_back({each.date.empty() ? QString() : dateText(each.date), toQString(each.date)});
        const QString until = each.expires.empty() ? QString() : dateText(each.expires);
        row.cells.push_back({isOld ? tr("%1, expired").arg(until) : until, toQString(each.expires),
            isOld ? static_cast<int>(Glyph::Manual) : 0});
        row.cells.push_back({bytesText(each.bytes), static_cast<qulonglong>(each.bytes)});
        row.data = toQString(each.key);
        rows.push_back(std::move(row));
    }
    return rows;
}

AttachmentRows::Columns AttachmentRows::requestColumns()
{
    return {{tr("No.")}, {tr("What is asked for")}, {tr("For")}, {tr("Of whom")}, {tr("Asked on")}, {tr("Due")},
        {tr("State")}, {tr("Evidence")}};
}

AttachmentRows::Rows AttachmentRows::requestRows(
    const AuditState &state, const Module &module, const Catalogue &catalogue)
{
    Rows rows;
    for (const auto &[key, each] : state.records.requests) {
        const bool open = each.state == EvidenceRequest::State::Open;
        const bool late = open && !each.due.empty() && each.due < today();
        QStringList evidence;
        for (const std::string &one : each.evidence)
            evidence.append(foreignText(one));
        SimpleTableModel::Row row;
        row.cells.push_back({foreignText(key)});
        row.cells.push_back({foreignText(requestText(each, catalogue, applicationLanguage()))});
        row.cells.push_back({idsText(each.requirements, module)});
        row.cells.push_back({foreignText(each.whom)});
        row.cells.push_back({each.askedOn.empty() ? QString() : dateText(each.askedOn), toQString(each.askedOn)});
        row.cells.push_back({each.due.empty() ? QString() : dateText(each.due), toQString(each.due)});
        row.cells.push_back({late ? tr("overdue") : AttachmentRows::state(each.state), static_cast<int>(each.state),
            late ? static_cast<int>(Glyph::Manual) : 0});
        row.cells.push_back({evidence.join(u", ")});
        row.data = toQString(key);
        rows.push_back(std::move(row));
    }
    return rows;
}

QString AttachmentRows::kind(Attachment::Kind kind)
{
    switch (kind) {
    case Attachment::Kind::File:
        return tr("File");
    case Attachment::Kind::Text:
        return tr("Note");
    case Attachment::Kind::Link:
        return tr("Link");
    case Attachment::Kind::Picture:
        return tr("Picture");
    }
    Q_UNREACHABLE();
}

QString AttachmentRows::state(EvidenceRequest::State state)
{
    switch (state) {
    case EvidenceRequest::State::Open:
        return tr("open");
    case EvidenceRequest::State::Received:
        return tr("received");
    case EvidenceRequest::State::NotAvailable:
        return tr("not available");
    }
    Q_UNREACHABLE();
}

QString AttachmentRows::expired(const Attachment &attachment)
{
    return attachment.isExpired(today()) ? tr("expired on %1").arg(dateText(attachment.expires)) : QString();
}

QString AttachmentRows::line(const Attachment &attachment)
{
    QStringList parts{foreignText(attachment.displayName())};
    parts.append(kind(attachment.kind));
    if (!attachment.date.empty())
        parts.append(dateText(attachment.date));
    if (const QString old = expired(attachment); !old.isEmpty())
        parts.append(old);
    return parts.join(u", ");
}

std::vector<ProposedRequest> proposedRequests(const AuditState &state, const Module &module, Language language)
{
    std::vector<ProposedRequest> proposed;
    for (const Requirement &requirement : module.requirements) {
        const bool whole = std::ranges::any_of(state.attachments,
            [&](const Attachment &each) { return std::ranges::find(each.ids, requirement.id) != each.ids.end(); });
        for (const Part &part : requirement.parts) {
            if (whole || part.ask.empty() || !attachmentsFor(state.attachments, part.id).empty()
                || isAsked(state, requirement.id, part.id))
                continue;
            proposed.push_back({toQString(part.id), toQString(part.ask.in(language))});
        }
    }
    return proposed;
}

} // namespace tally::ui
