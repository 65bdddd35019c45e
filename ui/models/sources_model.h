// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <QCoreApplication>
#include <QString>

#include <optional>

#include <vector>

namespace tally::ui {

class Session;

/// What the page of the sources says about one source. There are few of them: plain values, no item model.
struct SourceRow
{
    Source source;
    int number = 0; ///< index among the sources
    int images = 0;
    std::size_t objects = 0;
    int verifiedBlobs = 0; ///< comparisons that came out right
    int comparedBlobs = 0; ///< that could be made at all
    int wrongBlobs = 0;    ///< that came out wrong: changed or damaged
    std::vector<Diagnostic> diagnostics{};
    bool cluster = false;
    std::optional<SourceWithdrawal> withdrawal{}; ///< it no longer counts

    [[nodiscard]] Diagnostic::Severity worst() const; ///< Note without any
};

/// In the order in which they were added.
[[nodiscard]] std::vector<SourceRow> sourceRows(const AuditState &audit);

class SourceWords
{
    Q_DECLARE_TR_FUNCTIONS(tally::ui::SourceWords)

public:
    [[nodiscard]] static QString result(const SourceRow &row); ///< "5 Images", "1.246 Objekte"
    [[nodiscard]] static QString wrong(const SourceRow &row);  ///< "2 Digests falsch"
    /// Of what came out of the cache; "" for the others.
    [[nodiscard]] static QString verified(const SourceRow &row, bool running);
    [[nodiscard]] static QString withdrawn(const SourceRow &row); ///< why, who and when; "" it counts
    [[nodiscard]] static QString standing(const SourceRow &row); ///< "Fertig, 61 von 61 Digests geprüft"
};

} // namespace tally::ui
