// SPDX-License-Identifier: Apache-2.0
#include "ui/models/recent_audits.h"

#include <QSettings>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr std::size_t mostRecent = 8;

void write(QSettings &settings, const std::vector<RecentAudit> &audits)
{
    settings.beginWriteArray(u"recent"_qs, static_cast<int>(audits.size()));
    for (std::size_t i = 0; i < audits.size(); ++i) {
        settings.setArrayIndex(static_cast<int>(i));
        settings.setValue(u"path"_qs, audits[i].path);
        settings.setValue(u"title"_qs, audits[i].title);
        settings.setValue(u"decided"_qs, audits[i].decided);
        settings.setValue(u"total"_qs, audits[i].total);
        settings.setValue(u"opened"_qs, audits[i].opened.toString(Qt::ISODate));
    }
    settings.endArray();
}

} // namespace

std::vector<RecentAudit> recentAudits(QSettings &settings)
{
    std::vector<RecentAudit> audits;
    const int count = settings.beginReadArray(u"recent"_qs);
    for (int i = 0; i < count && audits.size() < mostRecent; ++i) {
        settings.setArrayIndex(i);
        audits.push_back({settings.value(u"path"_qs).toString(), settings.value(u"title"_qs).toString(),
            settings.value(u"decided"_qs).toInt(), settings.value(u"total"_qs).toInt(),
            QDateTime::fromString(settings.value(u"opened"_qs).toString(), Qt::ISODate)});
    }
    settings.endArray();
    return audits;
}

void rememberAudit(QSettings &settings, const RecentAudit &audit)
{
    std::vector<RecentAudit> audits = recentAudits(settings);
    std::erase_if(audits, [&audit](const RecentAudit &other) { return other.path == audit.path; });
    audits.insert(audits.begin(), audit);
    if (audits.size() > mostRecent)
        audits.resize(mostRecent);
    write(settings, audits);
}

void forgetAudit(QSettings &settings, const QString &path)
{
    std::vector<RecentAudit> audits = recentAudits(settings);
    std::erase_if(audits, [&path](const RecentAudit &other) { return other.path == path; });
    write(settings, audits);
}

} // namespace tally::ui
