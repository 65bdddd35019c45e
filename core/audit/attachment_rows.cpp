// SPDX-License-Identifier: Apache-2.0
#include "core/audit/attachment_rows.h"

#include "core/base/messages_audit.h"
#include "core/base/messages_base.h"
#include "core/base/text_format.h"
#include "core/io/digest.h"
#include "core/io/media_type.h"

#include <algorithm>
#include <utility>

namespace tally {

namespace {

/// ids: one a line. removed_at: "" as long as it counts; its rows are never deleted, so that nothing is lost.
constexpr const char *tables = R"(
DROP TABLE IF EXISTS attachment_chunk;
DROP TABLE IF EXISTS attachment;
CREATE TABLE attachment(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL,
  note TEXT NOT NULL, source TEXT NOT NULL, date TEXT NOT NULL, expires TEXT NOT NULL, media_type TEXT NOT NULL, bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL, ids TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, removed_by TEXT NOT NULL, removed_at TEXT NOT NULL);
CREATE TABLE attachment_chunk(id INTEGER PRIMARY KEY, attachment INTEGER NOT NULL REFERENCES attachment(id), ordinal INTEGER NOT NULL,
  data BLOB NOT NULL, UNIQUE(attachment, ordinal));
)";

constexpr const char *columns = "key, kind, name, title, note, source, date, expires, media_type, bytes, sha256, ids, "
                                "by, at, removed_by, removed_at";

constexpr std::size_t chunkBytes = 1U << 20;

std::string joined(const std::vector<std::string> &ids)
{
    std::string text;
    for (const std::string &id : ids)
        text += (text.empty() ? "" : "\n") + id;
    return text;
}

std::vector<std::string> lines(std::string_view text)
{
    std::vector<std::string> ids;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        ids.emplace_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return ids;
}

std::string keyOf(std::int64_t row)
{
    std::string number = std::to_string(row);
    return "N-" + std::string(number.size() < 3 ? 3 - number.size() : 0, '0') + number;
}

Attachment attachmentIn(const Statement &row)
{
    Attachment read;
    read.key = row.text(0);
    read.kind = attachmentKindFromName(row.text(1)).value_or(Attachment::Kind::File);
    read.name = row.text(2);
    read.title = row.text(3);
    read.note = row.text(4);
    read.source = row.text(5);
    read.date = row.text(6);
    read.expires = row.text(7);
    read.mediaType = row.text(8);
    read.bytes = static_cast<std::uint64_t>(row.integer(9));
    read.sha256 = row.text(10);
    read.ids = lines(row.text(11));
    read.by = row.text(12);
    read.at = row.text(13);
    read.removedBy = row.text(14);
    read.removedAt = row.text(15);
    return read;
}

/// One after the other from a source that may turn out shorter than it was.
class Content
{
public:
    Content(const NewAttachment &what, const RunContext &run)
        : m_what(what)
        , m_run(run)
        , m_total(what.content->size())
    {
    }

    Result<> writeTo(Database &database, std::int64_t row, WrittenAttachment &written)
    {
        const std::string &name = m_what.about.name;
        if (m_total > maxAttachmentBytes)
            return fail(ErrorKind::LimitExceeded,
                {baseDef("file.too-large"), {name, formatBytes(maxAttachmentBytes, Language::English)}});
        std::string chunk;
        std::uint64_t done = 0;
        for (std::int64_t ordinal = 0; done < m_total; ++ordinal) {
            if (m_run.stopRequested())
                return tl::unexpected(cancelled());
            m_run.report({{auditDef("progress.attaching"), {name}}, done, m_total});
            chunk.resize(static_cast<std::size_t>(std::min<std::uint64_t>(chunkBytes, m_total - done)));
            TALLY_ASSIGN(const std::size_t got, m_what.content->readAt(done, chunk.data(), chunk.size()));
            if (got < chunk.size())
                return fail(ErrorKind::Io, {auditDef("attachment.changed-while-read"), {name}});
            if (ordinal == 0)
                m_head = chunk.substr(0, 64U << 10);
            m_digest.update(chunk);
            TALLY_TRY(writeChunk(database, row, ordinal, chunk, written));
            done += got;
        }
        written.attachment.bytes = m_total;
        written.attachment.sha256 = m_digest.hex();
        written.attachment.mediaType = written.attachment.kind == Attachment::Kind::Link ? "text/uri-list"
            : written.attachment.kind == Attachment::Kind::Text                          ? "text/plain"
                                                                                         : mediaType(m_head);
        return {};
    }

private:
    static Result<> writeChunk(Database &database, std::int64_t row, std::int64_t ordinal, const std::string &chunk,
        WrittenAttachment &written)
    {
        TALLY_ASSIGN(Statement insert,
            database.prepare("INSERT INTO attachment_chunk(attachment, ordinal, data) VALUES(?,?,?)"));
        insert.bind(0, row).bind(1, ordinal).bindBlob(2, chunk);
        TALLY_TRY(insert.run());
        written.rows.push_back({"attachment_chunk", database.lastInsertId()});
        return {};
    }

    const NewAttachment &m_what;
    const RunContext &m_run;
    std::uint64_t m_total;
    Sha256 m_digest;
    std::string m_head;
};

Result<std::int64_t> insertRow(Database &database, const Attachment &about)
{
    TALLY_ASSIGN(Statement last, database.prepare("SELECT ifnull(max(id), 0) FROM attachment"));
    TALLY_ASSIGN([[maybe_unused]] const bool row, last.step());
    const std::int64_t id = last.integer(0) + 1; // no row is ever deleted
    TALLY_ASSIGN(Statement insert,
        database.prepare(
            std::string("INSERT INTO attachment(id, ") + columns + ") VALUES(?,?,?,?,?,?,?,?,?,'',0,'',?,?,?,'','')"));
    insert.bind(0, id).bind(1, keyOf(id)).bind(2, attachmentKindName(about.kind)).bind(3, about.name);
    insert.bind(4, about.title).bind(5, about.note).bind(6, about.source).bind(7, about.date).bind(8, about.expires);
    insert.bind(9, joined(about.ids)).bind(10, about.by).bind(11, about.at);
    TALLY_TRY(insert.run());
    return id;
}

} // namespace

Result<> makeAttachmentTables(Database &database)
{
    for (const char *table : {"attachment", "attachment_chunk"}) {
        TALLY_ASSIGN(Statement there, database.prepare("SELECT 1 FROM sqlite_master WHERE type='table' AND name=?"));
        there.bind(0, std::string_view(table));
        TALLY_ASSIGN(const bool any, there.step());
        if (!any)
            continue;
        TALLY_ASSIGN(Statement rows, database.prepare(std::string("SELECT 1 FROM ") + table + " LIMIT 1"));
        TALLY_ASSIGN(const bool filled, rows.step());
        if (filled)
            return fail(ErrorKind::Malformed, {auditDef("audit.damaged"), {database.path().string(), table}});
    }
    return database.execute(tables);
}

Result<> loadAttachments(const Database &database, std::vector<Attachment> &present, std::vector<Attachment> &removed)
{
    TALLY_ASSIGN(Statement select, database.prepare(std::string("SELECT ") + columns + " FROM attachment ORDER BY id"));
    for (;;) {
        TALLY_ASSIGN(const bool row, select.step());
        if (!row)
            return {};
        Attachment read = attachmentIn(select);
        (read.removedAt.empty() ? present : removed).push_back(std::move(read));
    }
}

Result<WrittenAttachment> insertAttachment(Database &database, const NewAttachment &what, const RunContext &run)
{
    WrittenAttachment written;
    written.attachment = what.about;
    TALLY_ASSIGN(const std::int64_t row, insertRow(database, what.about));
    written.attachment.key = keyOf(row);
    written.rows.push_back({"attachment", row});
    TALLY_TRY(Content(what, run).writeTo(database, row, written));
    TALLY_ASSIGN(
        Statement update, database.prepare("UPDATE attachment SET media_type=?, bytes=?, sha256=? WHERE id=?"));
    update.bind(0, written.attachment.mediaType).bind(1, static_cast<std::int64_t>(written.attachment.bytes));
    update.bind(2, written.attachment.sha256).bind(3, row);
    TALLY_TRY(update.run());
    return written;
}

Result<TouchedRow> updateAttachment(Database &database, const Attachment &attachment)
{
    TALLY_ASSIGN(Statement update,
        database.prepare("UPDATE attachment SET title=?, note=?, source=?, date=?, expires=?, ids=?, removed_by=?, "
                         "removed_at=? WHERE key=? RETURNING id"));
    update.bind(0, attachment.title).bind(1, attachment.note).bind(2, attachment.source).bind(3, attachment.date);
    update.bind(4, attachment.expires).bind(5, joined(attachment.ids)).bind(6, attachment.removedBy);
    update.bind(7, attachment.removedAt).bind(8, attachment.key);
    TALLY_ASSIGN(const bool row, update.step());
    if (!row)
        return fail(ErrorKind::NotFound, {auditDef("attachment.unknown"), {attachment.key}});
    const std::int64_t id = update.integer(0);
    TALLY_ASSIGN([[maybe_unused]] const bool more, update.step());
    return TouchedRow{"attachment", id};
}

Result<> readContent(const Database &database, const Attachment &attachment,
    const std::function<Result<>(std::string_view)> &take, const RunContext &run)
{
    const auto damaged = [&attachment] {
        return fail(ErrorKind::Malformed, {auditDef("attachment.differs"), {attachment.key, attachment.displayName()}});
    };
    TALLY_ASSIGN(Statement select,
        database.prepare("SELECT ordinal, data FROM attachment_chunk WHERE attachment=(SELECT id FROM attachment WHERE "
                         "key=?) ORDER BY ordinal"));
    select.bind(0, attachment.key);
    Sha256 digest;
    std::uint64_t done = 0;
    for (std::int64_t ordinal = 0;; ++ordinal) {
        if (run.stopRequested())
            return tl::unexpected(cancelled());
        TALLY_ASSIGN(const bool row, select.step());
        if (!row)
            break;
        const std::string chunk = select.text(1);
        done += chunk.size();
        if (select.integer(0) != ordinal || done > attachment.bytes)
            return damaged();
        digest.update(chunk);
        TALLY_TRY(take(chunk));
        run.report({{auditDef("progress.reading-attachment"), {attachment.name}}, done, attachment.bytes});
    }
    return done == attachment.bytes && digest.hex() == attachment.sha256 ? Result<>() : Result<>(damaged());
}

} // namespace tally
