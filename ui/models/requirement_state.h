// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <QCoreApplication>
#include <QString>

#include <array>
#include <optional>
#include <vector>

namespace tally::ui {

/// What a tile, a row of the checklist or a chip says about a requirement: a person's decision if there is one, else
/// the program's proposal.
enum class StateKind {
    Ja,
    Teilweise,
    Nein,
    Entbehrlich,
    Deviation,
    Indications, ///< only a person can judge, and there are findings to look at
    Manual,
    Document,
    PartlyChecked,
    NotChecked,
    NoDeviation,
};
inline constexpr int stateKindCount = 11;

struct RequirementState
{
    StateKind kind = StateKind::NotChecked;
    bool decided = false;
    bool stale = false; ///< decided, but what it rested on has changed

    [[nodiscard]] bool isDone() const { return decided && !stale; }
    /// A person has to look at it. applies: its target objects need it, ProtectionScope.
    [[nodiscard]] bool isOpen(bool applies) const { return stale || (!decided && applies); }
    /// What comes first among the open ones: deviations, then outdated decisions.
    [[nodiscard]] StateKind urgency() const { return stale ? StateKind::Indications : kind; }
};

[[nodiscard]] StateKind proposalState(Proposal proposal, bool hasIndications);
/// The decision of a requirement or part; nothing while it is unbearbeitet.
[[nodiscard]] std::optional<StateKind> decidedState(Status status);
[[nodiscard]] RequirementState requirementState(const AuditState &audit, const Requirement &requirement);
/// The same of a part.
[[nodiscard]] RequirementState requirementState(const AuditState &audit, const Part &part);
/// Findings that speak about a part more than as context.
[[nodiscard]] bool hasIndications(const PartResult &part);

/// How many requirements of a module are decided by what is known now, and how many there are.
struct Decided
{
    int done = 0;
    int total = 0;
};
[[nodiscard]] Decided countDecided(const AuditState &audit, const Module &module);

/// The first requirement that isOpen(), deviations first; nullptr when none is.
[[nodiscard]] const Requirement *nextOpen(const AuditState &audit, const Module &module);

class StateWords
{
    Q_DECLARE_TR_FUNCTIONS(tally::ui::StateWords)

public:
    [[nodiscard]] static QString word(StateKind kind);   ///< "Abweichung": fits a tile
    [[nodiscard]] static QString phrase(StateKind kind); ///< "Abweichung belegt": for chips, legends and screen readers
};

} // namespace tally::ui
