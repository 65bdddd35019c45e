// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/catalogue/catalogue.h"
#include "ui/models/simple_table_model.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace tally::ui {

/// "A3.2", of other modules than this one the whole id; as a person reads and types them.
[[nodiscard]] QString idsText(const std::vector<std::string> &ids, const Module &module);
/// What a person typed: ids, short or whole, with commas, blanks or semicolons between. Nothing: `unknown` is no
/// requirement or part.
[[nodiscard]] std::optional<std::vector<std::string>> idsFromText(
    const QString &text, const Module &module, const Catalogue &catalogue, QString &unknown);
/// The day that counts for what has expired: ISO date.
[[nodiscard]] std::string today();
[[nodiscard]] QString dateText(const std::string &iso);

/// Which evidence a table shows.
struct AttachmentFilter
{
    enum class Which : std::uint8_t { All, Files, Notes, Expired, Removed } which = Which::All;
};

/// Rows of evidence and of what is asked for, as the page's tables show them. Data of a row: its key.
class AttachmentRows
{
    Q_DECLARE_TR_FUNCTIONS(tally::ui::AttachmentRows)

public:
    using Columns = std::vector<SimpleTableModel::Column>;
    using Rows = std::vector<SimpleTableModel::Row>;

    [[nodiscard]] static Columns columns();
    [[nodiscard]] static Rows rows(const AuditState &state, const Module &module, const AttachmentFilter &filter);
    [[nodiscard]] static Columns requestColumns();
    [[nodiscard]] static Rows requestRows(const AuditState &state, const Module &module, const Catalogue &catalogue);

    [[nodiscard]] static QString kind(Attachment::Kind kind);
    [[nodiscard]] static QString state(EvidenceRequest::State state);
    /// "Containerkonzept, 12.11.2026, expired on 30.06.2026": for a line in the checklist.
    [[nodiscard]] static QString line(const Attachment &attachment);
    [[nodiscard]] static QString expired(const Attachment &attachment); ///< "" as long as it counts
};

/// A part that asks for something of which there is no evidence yet and that nobody was asked for.
struct ProposedRequest
{
    QString part;
    QString ask;
};
[[nodiscard]] std::vector<ProposedRequest> proposedRequests(
    const AuditState &state, const Module &module, Language language);

} // namespace tally::ui
