// SPDX-License-Identifier: Apache-2.0
#include "core/checks/attack.h"
#include "core/io/file.h"
#include "tests/core/checks/check_case.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QTest>

using namespace tally;
using namespace tally::test;

namespace {

constexpr const char *right = "schema: tallymann-checks/1\n"
                              "checks:\n"
                              "- id: T-ONE\n"
                              "  template: host-path\n"
                              "  severity: high\n"
                              "  subject: workload\n"
                              "  needs: [workloads]\n"
                              "  title: {de: Titel, en: Title}\n"
                              "  messages: {default: {de: \"%1\", en: \"%1\"}}\n"
                              "  description: {de: a, en: b}\n"
                              "  remediation: {de: a, en: b}\n"
                              "  parts: [{id: SYS.1.6.A17.1, weight: proves}]\n"
                              "  attack: [T1611]\n";

Result<CheckSetPtr> load(std::string text)
{
    const QTemporaryDir folder;
    const std::filesystem::path root = folder.path().toStdString();
    std::filesystem::create_directories(root / "checks");
    if (!saveAtomically(root / "checks" / "t.yaml", text))
        qFatal("cannot write");
    return loadChecks(Resources(root), catalogue());
}

} // namespace

class LoadingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loadsOurs();
    void mappingKeepsWithinTheClasses();
    void variantsHaveTheirSeverity();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
};

void LoadingTest::loadsOurs()
{
    QVERIFY(load(right).has_value());
    const CheckSet &checks = allChecks();
    QVERIFY(std::ranges::is_sorted(checks.checks, {}, &Check::id));
    QVERIFY(checks.digest.starts_with("sha256:"));
    QVERIFY(checks.find("POD-PRIVILEGED") != nullptr);
    QVERIFY(checks.find("POD-NONSENSE") == nullptr);
    for (const Check &check : checks.checks) {
        for (const std::string &technique : check.attack)
            QVERIFY2(!techniqueName(technique).empty(), (check.id + " " + technique).c_str()); // people read names
    }
    QVERIFY(techniqueName("T1").empty());
    QVERIFY(checks.checks.size() >= 71);
    QVERIFY(checks.support != nullptr);
}

/// design.md, Judging: proves only for class F, at most indicates for I, context for D.
void LoadingTest::mappingKeepsWithinTheClasses()
{
    for (const Check &check : allChecks().checks) {
        for (const PartWeight &pair : check.parts) {
            const Part *part = catalogue().part(pair.part);
            QVERIFY2(part, pair.part.c_str());
            if (pair.weight == Weight::Proves) {
                QVERIFY2(part->partClass == PartClass::Provable, (check.id + ' ' + pair.part).c_str());
                QVERIFY2(!part->failIf.empty(), (check.id + ' ' + pair.part).c_str());
            }
            QVERIFY2(part->partClass != PartClass::Document || pair.weight == Weight::Context,
                (check.id + ' ' + pair.part).c_str());
        }
    }
}

void LoadingTest::variantsHaveTheirSeverity()
{
    std::string text = right;
    text.replace(
        text.find("messages: {"), 11, "severities: {small: low}\n  messages: {small: {de: \"%1\", en: \"%1\"}, ");
    const Result<CheckSetPtr> loaded = load(text);
    QVERIFY(loaded.has_value());
    const Check &check = (*loaded)->checks.front();
    QCOMPARE(check.severityOf("small"), Severity::Low);
    QCOMPARE(check.severityOf("default"), Severity::High);
}

void LoadingTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("line");
    QTest::newRow("part") << "A17.1"
                          << "A17.99"
                          << "checks.unknown-part"
                          << "12";
    QTest::newRow("weight") << "A17.1"
                            << "A1.1"
                            << "checks.weight-too-strong"
                            << "12";
    QTest::newRow("variant stronger than the pair") << "weight: proves}"
                                                    << "weight: indicates, variants: {default: proves}}"
                                                    << "checks.weight-too-strong"
                                                    << "12";
    QTest::newRow("severity of a variant that the check lacks") << "severity: high"
                                                                << "severity: high\n  severities: {other: low}"
                                                                << "resource.bad-value"
                                                                << "6";
    QTest::newRow("variant that the check lacks") << "weight: proves}"
                                                  << "weight: proves, variants: {other: indicates}}"
                                                  << "resource.bad-value"
                                                  << "12";
    QTest::newRow("weight in the system") << "weight: proves}"
                                          << "weight: proves, system: never}"
                                          << "resource.bad-value"
                                          << "12";
    QTest::newRow("need") << "[workloads]"
                          << "[Wurkloads]"
                          << "checks.unknown-need"
                          << "7";
    QTest::newRow("function") << "host-path"
                              << "host-paht"
                              << "checks.unknown-function"
                              << "4";
    QTest::newRow("language") << "{de: Titel, en: Title}"
                              << "{de: Titel}"
                              << "resource.missing-language"
                              << "8";
    QTest::newRow("severity") << "high"
                              << "huge"
                              << "resource.bad-value"
                              << "5";
    QTest::newRow("unknown key") << "attack:"
                                 << "attach:"
                                 << "resource.unknown-key"
                                 << "13";
    QTest::newRow("missing key") << "  subject: workload\n"
                                 << ""
                                 << "resource.missing-key"
                                 << "3";
    QTest::newRow("no default") << "default:"
                                << "other:"
                                << "resource.missing-key"
                                << "9";
    QTest::newRow("schema") << "checks/1"
                            << "checks/2"
                            << "resource.bad-value"
                            << "1";
    QTest::newRow("not YAML") << "severity: high"
                              << "severity: \"high"
                              << ""
                              << "";
}

void LoadingTest::saysWhatIsWrong()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, code);
    QFETCH(QString, line);
    const QString text = QString::fromLatin1(right);
    QVERIFY(text.contains(from));
    const auto loaded = load(QString(text).replace(from, to).toStdString());
    QVERIFY(!loaded);
    const Message &message = loaded.error().message;
    QCOMPARE(loaded.error().kind, ErrorKind::Malformed);
    if (line.isEmpty())
        return; // the YAML reader speaks
    QCOMPARE(QString::fromLatin1(message.def->code), code);
    QCOMPARE(message.args[0], "checks/t.yaml");
    QCOMPARE(QString::fromStdString(message.args[1]), line);
}

TALLY_TEST(LoadingTest)
#include "loading_test.moc"
