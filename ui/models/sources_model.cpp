// SPDX-License-Identifier: Apache-2.0
#include "ui/models/sources_model.h"

#include "core/base/text_format.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"

#include <algorithm>

namespace tally::ui {

Diagnostic::Severity SourceRow::worst() const
{
    Diagnostic::Severity worst = Diagnostic::Severity::Note;
    for (const Diagnostic &diagnostic : diagnostics)
        worst = std::max(worst, diagnostic.severity);
    return worst;
}

std::vector<SourceRow> sourceRows(const AuditState &audit)
{
    std::vector<SourceRow> rows;
    for (const Source &source : audit.sources) {
        const auto number = static_cast<int>(rows.size());
        rows.push_back({.source = source, .number = number});
        if (const SourceWithdrawal *withdrawal = audit.withdrawalOf(number))
            rows.back().withdrawal = *withdrawal;
    }
    const auto rowOf = [&rows](int source) {
        return source >= 0 && static_cast<std::size_t>(source) < rows.size() ? &rows[static_cast<std::size_t>(source)]
                                                                             : nullptr;
    };
    for (const ImagePtr &image : audit.images) {
        SourceRow *row = rowOf(image->source);
        if (!row)
            continue;
        ++row->images;
        for (const BlobVerdict &verdict : image->verdicts) {
            row->comparedBlobs += verdict.state != VerdictState::NotVerifiable;
            row->verifiedBlobs += verdict.state == VerdictState::Verified;
            row->wrongBlobs += verdict.state == VerdictState::Wrong;
        }
    }
    for (const ImagePtr &image : audit.withdrawnImages) {
        if (SourceRow *row = rowOf(image->source))
            ++row->images;
    }
    for (const AuditCluster &cluster : audit.clusters) {
        for (const Object &object : cluster.cluster->objects) {
            if (SourceRow *row = rowOf(object.source)) {
                row->cluster = true;
                ++row->objects;
            }
        }
    }
    for (const Diagnostic &diagnostic : audit.diagnostics) {
        if (SourceRow *row = rowOf(diagnostic.source))
            row->diagnostics.push_back(diagnostic);
    }
    return rows;
}

QString SourceWords::result(const SourceRow &row)
{
    if (row.withdrawal)
        return tr("does not count");
    if (row.images > 0)
        return tr("%n image(s)", nullptr, row.images);
    //: number of Kubernetes objects; %1 is the number with separators
    return row.objects == 1 ? tr("1 object") : tr("%1 objects").arg(countText(row.objects));
}

QString SourceWords::wrong(const SourceRow &row)
{
    return tr("%n digest(s) wrong", nullptr, row.wrongBlobs);
}

QString SourceWords::verified(const SourceRow &row, bool running)
{
    if (!row.source.cached || row.withdrawal)
        return {};
    const QString at = toQString(formatTime(row.source.verifiedAt, applicationLanguage()));
    return running ? tr("Verified on %1, being computed again, see below").arg(at)
                   : tr("Verified on %1, not computed again since").arg(at);
}

QString SourceWords::withdrawn(const SourceRow &row)
{
    if (!row.withdrawal)
        return {};
    const QString by = row.withdrawal->by.empty() ? tr("not stated") : foreignText(row.withdrawal->by);
    const QString at = toQString(formatTime(row.withdrawal->at, applicationLanguage()));
    //: reason, person, time
    return tr("Withdrawn: %1 (%2, %3)").arg(foreignText(row.withdrawal->reason), by, at);
}

QString SourceWords::standing(const SourceRow &row)
{
    if (row.withdrawal)
        return tr("Withdrawn");
    if (row.wrongBlobs > 0)
        return tr("%n digest(s) wrong: changed or damaged", nullptr, row.wrongBlobs);
    const auto problems = std::ranges::count_if(
        row.diagnostics, [](const Diagnostic &d) { return d.severity != Diagnostic::Severity::Note; });
    if (problems > 0)
        return tr("Read, %n thing(s) to note", nullptr, static_cast<int>(problems));
    if (row.comparedBlobs > 0)
        return tr("Read, %1 of %2 digests verified")
            .arg(QString::number(row.verifiedBlobs), QString::number(row.comparedBlobs));
    return tr("Read");
}

} // namespace tally::ui
