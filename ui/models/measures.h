// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/audit/measures.h"
#include "core/checks/check.h"

#include <QCoreApplication>
#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace tally::ui {

/// What the windows say of measures, and how people write their numbers.
class MeasureWords
{
    Q_DECLARE_TR_FUNCTIONS(tally::ui::MeasureWords)

public:
    [[nodiscard]] static QString state(Measure::State state);
    [[nodiscard]] static QString priority(Measure::Priority priority);
    /// "12.000 € once, 300 € a year"; "" without costs.
    [[nodiscard]] static QString costs(const Measure &measure);
};

/// Whole euros as a person writes them: "12.000", "12000 €"; "" for none.
[[nodiscard]] QString amountText(std::optional<std::int64_t> amount);
/// Nothing: no number. An empty field is a number that is not given.
[[nodiscard]] std::optional<std::optional<std::int64_t>> amountFromText(const QString &text);
/// Person-days, "2,5", of hours.
[[nodiscard]] QString daysText(std::optional<std::int64_t> hours);
[[nodiscard]] std::optional<std::optional<std::int64_t>> daysFromText(const QString &text);

/// Today as an ISO date, or the day of SOURCE_DATE_EPOCH.
[[nodiscard]] std::string todayIso();

/// Measures that decisions name and that no measure is about, without keys.
[[nodiscard]] std::vector<Measure> namedInDecisions(const AuditState &state);
/// A measure against what a check finds: its title, the parts that it concerns, its severity as priority. No key.
[[nodiscard]] Measure measureAgainst(const Check &check, bool german);
/// The measure against what the check finds, or else about the requirement or part itself; null if there is none.
[[nodiscard]] const Measure *measureAbout(const AuditState &state, const std::string &id);

} // namespace tally::ui
