// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <QCoreApplication>
#include <QString>

namespace tally::ui {

/// The words of the windows for what core names by codes. In the application's language.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(tally::ui::Words)

public:
    [[nodiscard]] static QString severity(Severity severity);
    [[nodiscard]] static QString level(Level level);          ///< "Basis"
    [[nodiscard]] static QString levelLong(Level level);      ///< "Erhöhter Schutzbedarf"
    [[nodiscard]] static QString form(std::string_view form); ///< of a source; unknown codes stand for themselves
    /// Kinds stand for themselves. someImages: of the images that run, some were handed over.
    [[nodiscard]] static QString need(const std::string &need, bool someImages = false);
    [[nodiscard]] static QString whyNotSeen(const std::string &need, bool someImages); ///< a sentence
    [[nodiscard]] static QString diagnosticSeverity(Diagnostic::Severity severity);
    [[nodiscard]] static QString moduleName(const Module &module, Language language); ///< "SYS.1.6 Containerisierung"
};

/// "A17" of "SYS.1.6.A17", "A17.1" of a part's id.
[[nodiscard]] QString shortId(std::string_view id);
/// "payments/api" of an object, or the image's place; plain text, control characters made visible.
[[nodiscard]] QString findingPlace(const Finding &finding);
/// The same; of several clusters the one where it stands comes first: "prod: payments/api".
[[nodiscard]] QString findingPlace(const AuditState &audit, const Finding &finding);
/// Address::object of a finding's object; "" without one.
[[nodiscard]] QString objectAddress(const Finding &finding);
/// From a file under analysis: control characters and bytes that are no UTF-8 visible ("<U+202E>", "<\xFF>").
[[nodiscard]] QString foreignText(std::string_view bytes);
/// The same for text of several lines.
[[nodiscard]] QString foreignLines(std::string_view bytes);
/// The language that the application speaks, from the default QLocale.
[[nodiscard]] Language applicationLanguage();
[[nodiscard]] QString bytesText(std::uint64_t bytes);
[[nodiscard]] QString countText(std::uint64_t count);
/// RFC 3339 as the clock on the wall says it.
[[nodiscard]] QString localTimeText(const std::string &rfc3339);

/// The command behind a need that was not met, or "": what the audited party has to run.
[[nodiscard]] QString commandForKind(const Cluster *cluster, std::string_view kind);

} // namespace tally::ui
