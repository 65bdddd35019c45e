// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_registry.h"
#include "ui/models/recent_audits.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace tally::ui;

class RecentAuditsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEachOnceAndTheNewestFirst();
};

void RecentAuditsTest::keepsEachOnceAndTheNewestFirst()
{
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(u"settings.ini"_qs), QSettings::IniFormat);
    for (int i = 0; i < 10; ++i)
        rememberAudit(settings, {QString::number(i), u"x"_qs, i, 26, {}});
    rememberAudit(settings, {u"4"_qs, u"again"_qs, 4, 26, {}});
    QStringList paths;
    for (const RecentAudit &audit : recentAudits(settings))
        paths.append(audit.path);
    QCOMPARE(paths, QString(u"4 9 8 7 6 5 3 2"_qs).split(u' '));
    QCOMPARE(recentAudits(settings).front().title, u"again"_qs);
    forgetAudit(settings, u"9"_qs);
    QCOMPARE(recentAudits(settings).size(), 7U);
}

TALLY_TEST(RecentAuditsTest)
#include "recent_audits_test.moc"
