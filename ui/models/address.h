// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMetaType>
#include <QString>

namespace tally::ui {

/// The pages of the window, in the order of the side bar.
enum class PageId {
    Start,
    Overview,
    Sources,
    Images,
    Cluster,
    Checklist,
    Findings,
    Evidence,
    Measures,
    Compare,
    Journal,
    Report
};

/// Where to go: a page and a place on it, in names that survive a new run. A page shows what it can of it and ignores
/// the rest; empty fields mean "leave as it is".
struct Address
{
    PageId page = PageId::Overview;
    QString requirement{}; ///< "SYS.1.6.A17"
    QString part{};        ///< "SYS.1.6.A17.1"
    QString finding{};     ///< fingerprint
    QString check{};       ///< "POD-PRIVILEGED"
    QString cluster{};     ///< AuditCluster::key; "": the one that is shown
    QString object{};      ///< "Deployment/payments/api"; kind/namespace/name, an empty namespace for cluster scope
    QString field{};       ///< inside the object: "rules[2].verbs"
    QString image{};       ///< Image::displayName()
    QString file{};        ///< path inside the image
    int layer = -1;        ///< of the image
    QString evidence{};    ///< key of an attachment: "N-001"
    QString record{};      ///< key of a measure or of a request: "M-001", "R-001"
    QString tab{};         ///< of the page, by its code: "space", "digests", "access"

    friend bool operator==(const Address &, const Address &) = default;
};

} // namespace tally::ui

Q_DECLARE_METATYPE(tally::ui::Address)
