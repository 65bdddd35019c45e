// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/base/language.h"
#include "ui/models/finding_owners.h"

#include <QString>

#include <array>
#include <set>
#include <string>
#include <vector>

namespace tally::ui {

/// By what findings can be narrowed down.
enum class Facet { Severity, Requirement, Namespace, Image, Technique, State, Owner, Cluster };
inline constexpr std::size_t facetCount = 8;

/// What is chosen: within a facet any of the values, of the facets each. An empty facet lets everything through.
struct FindingFilter
{
    std::array<std::set<std::string>, facetCount> chosen;
    QString text;      ///< words that must all occur in title, object, container, field or place
    std::string check; ///< only this one; "" all

    [[nodiscard]] const std::set<std::string> &of(Facet facet) const { return chosen[static_cast<std::size_t>(facet)]; }
    [[nodiscard]] std::set<std::string> &of(Facet facet) { return chosen[static_cast<std::size_t>(facet)]; }
    [[nodiscard]] bool isEmpty() const;

    friend bool operator==(const FindingFilter &, const FindingFilter &) = default;
};

/// As SavedFilter::data holds it, and back: what is unknown in it is left out. JSON.
[[nodiscard]] std::string toText(const FindingFilter &filter);
[[nodiscard]] FindingFilter filterFromText(const std::string &text);

/// What a person calls a value of a facet: "A17 Run without privileges", "T1611 Escape to Host".
[[nodiscard]] QString facetText(
    Facet facet, const std::string &value, const Catalogue &catalogue, const std::string &moduleId);

/// The values of a facet that a finding has: "critical"; "SYS.1.6.A17"; "payments" or "" for none; "T1611"; "open" or
/// the kind of its exception; of several clusters the name. Owners are known to FindingOwners only.
[[nodiscard]] std::vector<std::string> facetValues(
    Facet facet, const Finding &finding, const AuditState &audit, const CheckSet &checks);

struct FacetValue
{
    std::string value;
    int count = 0; ///< findings that would be shown if this value alone were chosen in its facet

    friend bool operator==(const FacetValue &, const FacetValue &) = default;
};

struct FilteredFindings
{
    std::vector<std::size_t> findings;                      ///< indexes into Assessment::findings, in their order
    std::array<std::vector<FacetValue>, facetCount> facets; ///< every value that occurs at all
};

/// O(findings x facets); no assessment: nothing. Values of a facet: severities and states in their own order, else by
/// count, then name.
[[nodiscard]] FilteredFindings filterFindings(const AuditState &audit, const CheckSet &checks, Language language,
    const FindingFilter &filter, const FindingOwners &owners = {});

} // namespace tally::ui
