// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"
#include "core/catalogue/catalogue.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tally {

/// What a person decides about a requirement or a part. The words are BSI's and stored as such.
enum class Status : std::uint8_t { Unbearbeitet, Ja, Teilweise, Nein, Entbehrlich };

[[nodiscard]] std::string_view statusName(Status status); ///< "unbearbeitet", "ja", ...
[[nodiscard]] std::optional<Status> statusFromName(std::string_view name);

struct Decision
{
    Status status = Status::Unbearbeitet;
    std::string reason;
    std::string by; ///< who decided
    std::string at; ///< RFC 3339, set by the audit when it is saved
    std::string responsible;
    std::string until; ///< ISO date
    std::string measure;
    std::string basisHash; ///< what it rested on; set by the audit when it is saved
    bool stale = false;    ///< the current run's basis differs; computed, not stored

    friend bool operator==(const Decision &, const Decision &) = default;
};

/// The rules about reasons: entbehrlich needs one, nein and teilweise on a MUSS part need one. Empty: fine.
[[nodiscard]] std::optional<Message> validateDecision(const Requirement &requirement, const Decision &decision);

} // namespace tally
