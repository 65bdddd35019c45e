// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

#include <vector>

class QSettings;

namespace tally::ui {

struct RecentAudit
{
    QString path;
    QString title; ///< organisation and title as they were when it was last open
    int decided = 0;
    int total = 0;
    QDateTime opened;

    friend bool operator==(const RecentAudit &, const RecentAudit &) = default;
};

/// The audits opened last, newest first, at most eight. Kept in the settings that are handed in.
[[nodiscard]] std::vector<RecentAudit> recentAudits(QSettings &settings);
/// Puts the audit at the top.
void rememberAudit(QSettings &settings, const RecentAudit &audit);
void forgetAudit(QSettings &settings, const QString &path);

} // namespace tally::ui
