// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <array>

using namespace tally;
using namespace tally::test;

/// Checks that divide a field among themselves: each value is one finding, of one of them.
class OneCauseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachAddedCapabilityOnce_data();
    void eachAddedCapabilityOnce();
    void credentialPathsAreTheSame();
};

void OneCauseTest::eachAddedCapabilityOnce_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("findings");
    // Source: include/uapi/linux/capability.h of Linux 6.12, and ALL of Kubernetes.
    constexpr std::array names{"ALL", "AUDIT_CONTROL", "AUDIT_READ", "AUDIT_WRITE", "BLOCK_SUSPEND", "BPF",
        "CHECKPOINT_RESTORE", "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER",
        "KILL", "LEASE", "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN", "NET_BIND_SERVICE",
        "NET_BROADCAST", "NET_RAW", "PERFMON", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYSLOG", "SYS_ADMIN",
        "SYS_BOOT", "SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO", "SYS_RESOURCE",
        "SYS_TIME", "SYS_TTY_CONFIG", "WAKE_ALARM"};
    for (const char *name : names) {
        QTest::addRow("%s", name) << QString::fromLatin1(name)
                                  << (QLatin1String(name) == QLatin1String("NET_BIND_SERVICE") ? 0 : 1);
        QTest::addRow("cap_ and %s", name) << QString::fromLatin1("cap_") + QString::fromLatin1(name).toLower() << 1;
    }
}

void OneCauseTest::eachAddedCapabilityOnce()
{
    QFETCH(QString, name);
    QFETCH(int, findings);
    const CheckSet checks = onlyChecks(
        {"POD-CAP-SYSADMIN", "POD-CAP-DANGEROUS", "POD-CAP-NETRAW", "POD-CAP-BASELINE", "POD-CAP-RESTRICTED"});
    QCOMPARE(checks.checks.size(), 5U);
    const std::string yaml
        = pod("", "securityContext: {capabilities: {drop: [ALL], add: [" + name.toStdString() + "]}}");
    QCOMPARE(static_cast<int>(findingsOf(checks, yaml).size()), findings);
}

/// What VOL-CLOUDCRED says, VOL-HOSTPATH-SENSITIVE leaves out.
void OneCauseTest::credentialPathsAreTheSame()
{
    const Check *says = allChecks().find("VOL-CLOUDCRED");
    const Check *leavesOut = allChecks().find("VOL-HOSTPATH-SENSITIVE");
    QVERIFY(says && leavesOut);
    for (const char *list : {"credential_paths", "credential_names", "credential_endings"}) {
        QVERIFY(!says->parameterList(list).empty());
        QVERIFY(says->parameterList(list) == leavesOut->parameterList(list));
    }
}

TALLY_TEST(OneCauseTest)
#include "one_cause_test.moc"
