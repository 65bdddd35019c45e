// SPDX-License-Identifier: Apache-2.0
#include "core/catalogue/catalogue.h"

#include "core/catalogue/crosswalk.h"
#include "core/catalogue/protection.h"
#include "core/catalogue/role_name.h"
#include "core/io/file.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace tally;

namespace {

constexpr const char *right = "schema: tallymann-catalogue/1\n"
                              "edition: \"2023\"\n"
                              "module:\n"
                              "  id: T.1\n"
                              "  title: {de: Baustein, en: Module}\n"
                              "requirements:\n"
                              "- id: T.1.A1\n"
                              "  title: {de: Titel, en: Title}\n"
                              "  level: B\n"
                              "  threats: [\"G 0.14\"]\n"
                              "  parts:\n"
                              "  - id: T.1.A1.1\n"
                              "    modal: MUSS\n"
                              "    modal_en: MUST\n"
                              "    class: F\n"
                              "    text: {de: a, en: b}\n";

Result<CataloguePtr> load(const std::string &module, const std::string &guidance = {})
{
    const QTemporaryDir folder;
    const std::filesystem::path root = folder.path().toStdString();
    std::filesystem::create_directories(root / "catalogue");
    std::filesystem::create_directories(root / "guidance");
    if (!saveAtomically(root / "catalogue" / "t.yaml", module)
        || (!guidance.empty() && !saveAtomically(root / "guidance" / "t.yaml", guidance)))
        qFatal("cannot write");
    return loadCatalogue(Resources(root));
}

} // namespace

class CatalogueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loadsOurs();
    void everyRoleHasAnEnglishName();
    void everyRequirementIsExplained();
    void findsByIds();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void guidanceNeedsARequirement();
    void protectionNeeds();
    void crosswalkFromTheEditionBefore();
    void crosswalksAreRead_data();
    void crosswalksAreRead();
};

void CatalogueTest::loadsOurs()
{
    const auto catalogue = loadCatalogue(Resources());
    QVERIFY2(catalogue,
        catalogue ? "" : fillPlaceholders(catalogue.error().message.def->text, catalogue.error().message).c_str());
    QCOMPARE((*catalogue)->edition, "2023");
    QCOMPARE((*catalogue)->modules.size(), 2U);
    QCOMPARE((*catalogue)->modules[0].id, "SYS.1.6");
    QCOMPARE((*catalogue)->modules[0].requirements.size(), 26U);
    QCOMPARE((*catalogue)->modules[1].id, "APP.4.4");
    QCOMPARE((*catalogue)->modules[1].requirements.size(), 21U);
    QVERIFY((*catalogue)->digest.starts_with("sha256:"));
    QCOMPARE((*loadCatalogue(Resources()))->digest, (*catalogue)->digest);
}

void CatalogueTest::everyRoleHasAnEnglishName()
{
    const CataloguePtr catalogue = *loadCatalogue(Resources());
    for (const Module &module : catalogue->modules) {
        for (const Requirement &requirement : module.requirements) {
            QVERIFY2(!requirement.roles.empty(), requirement.id.c_str());
            for (const std::string &role : requirement.roles) {
                QCOMPARE(roleName(role).de, role);
                QVERIFY2(roleName(role).en != role, role.c_str());
            }
        }
    }
    QCOMPARE(roleName("Datenschutzbeauftragte"), (Text{"Datenschutzbeauftragte", "Datenschutzbeauftragte"}));
}

void CatalogueTest::everyRequirementIsExplained()
{
    const CataloguePtr catalogue = *loadCatalogue(Resources());
    std::set<std::string> threats;
    for (const Threat &threat : catalogue->threats)
        threats.insert(threat.id);
    for (const Module &module : catalogue->modules) {
        for (const Requirement &requirement : module.requirements) {
            QVERIFY2(!requirement.guidance.concept_.empty(), requirement.id.c_str());
            QVERIFY2(!requirement.parts.empty(), requirement.id.c_str());
            for (const std::string &threat : requirement.threats)
                QVERIFY2(threats.contains(threat), (requirement.id + ' ' + threat).c_str());
            for (const Part &part : requirement.parts)
                QVERIFY2(part.partClass != PartClass::Provable || !part.failIf.empty(), part.id.c_str());
        }
    }
}

void CatalogueTest::findsByIds()
{
    const CataloguePtr catalogue = *loadCatalogue(Resources());
    QCOMPARE(catalogue->requirement("SYS.1.6.A17")->shortId(), "A17");
    QCOMPARE(catalogue->part("SYS.1.6.A17.1")->id, "SYS.1.6.A17.1");
    QCOMPARE(catalogue->requirementOfPart("SYS.1.6.A17.1")->id, "SYS.1.6.A17");
    QVERIFY(catalogue->module("APP.4.4") != nullptr);
    QVERIFY(catalogue->part("SYS.1.6.A17.99") == nullptr);
    QVERIFY(catalogue->requirement("SYS.1.6") == nullptr);
    QVERIFY(catalogue->part("") == nullptr);
    QVERIFY(catalogue->part("SYS.1.6.A1.1") == nullptr || !catalogue->part("SYS.1.6.A1.1")->modal.empty());
    Part part;
    part.modal = "SOLLTE";
    QVERIFY(!part.isMust());
    part.modal = "DARF NICHT";
    QVERIFY(part.isMust());
}

void CatalogueTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("line");
    QTest::newRow("class") << "class: F"
                           << "class: X"
                           << "resource.bad-value"
                           << "15";
    QTest::newRow("language") << "{de: Titel, en: Title}"
                              << "{en: Title}"
                              << "resource.missing-language"
                              << "8";
    QTest::newRow("unknown key") << "level: B"
                                 << "levl: B"
                                 << "resource.unknown-key"
                                 << "9";
    QTest::newRow("id of another requirement") << "id: T.1.A1.1"
                                               << "id: T.1.A2.1"
                                               << "resource.bad-value"
                                               << "12";
    QTest::newRow("no list") << "threats: [\"G 0.14\"]"
                             << "threats: {a: b}"
                             << "resource.not-a-list"
                             << "10";
    QTest::newRow("schema") << "catalogue/1"
                            << "catalogue/9"
                            << "resource.bad-value"
                            << "1";
    QTest::newRow("edition") << "edition: \"2023\""
                             << "edition: \"\""
                             << "resource.missing-key"
                             << "1";
}

void CatalogueTest::saysWhatIsWrong()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, code);
    QFETCH(QString, line);
    QVERIFY(load(right).has_value());
    const QString text = QString::fromLatin1(right);
    QVERIFY(text.contains(from));
    const auto loaded = load(QString(text).replace(from, to).toStdString());
    QVERIFY(!loaded);
    const Message &message = loaded.error().message;
    QCOMPARE(QString::fromLatin1(message.def->code), code);
    QCOMPARE(message.args[0], "catalogue/t.yaml");
    QCOMPARE(QString::fromStdString(message.args[1]), line);
}

void CatalogueTest::guidanceNeedsARequirement()
{
    const std::string texts = "    concept: {de: a, en: b}\n    attack: {de: a, en: b}\n    remedy: {de: a, en: b}\n";
    const std::string head = "schema: tallymann-guidance/1\nguidance:\n";
    const auto known = load(right, head + "  - id: T.1.A1\n" + texts);
    QVERIFY(known.has_value());
    QCOMPARE((*known)->modules[0].requirements[0].guidance.concept_.en, "b");
    const auto unknown = load(right, head + "  - id: T.1.A2\n" + texts);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().message.def->code, "resource.unknown-id");
}

void CatalogueTest::protectionNeeds()
{
    const CataloguePtr catalogue = *loadCatalogue(Resources());
    std::set<std::string> compared;
    std::set<std::string> veryHigh;
    for (const Module &module : catalogue->modules) {
        for (const Requirement &each : module.requirements) {
            const Protection protection = protectionOf(each);
            QCOMPARE(protection >= Protection::Elevated, each.level == Level::Elevated);
            if (protection == Protection::Compared)
                compared.insert(each.id);
            if (protection == Protection::VeryHigh)
                veryHigh.insert(each.id);
        }
    }
    QCOMPARE(compared, (std::set<std::string>{"APP.4.4.A1", "SYS.1.6.A3", "SYS.1.6.A5"}));
    QCOMPARE(veryHigh, (std::set<std::string>{"APP.4.4.A15", "APP.4.4.A21"}));
}

void CatalogueTest::crosswalkFromTheEditionBefore()
{
    const CataloguePtr catalogue = *loadCatalogue(Resources());
    QVERIFY(!loadCrosswalk(Resources(), *catalogue, "2021"));
    const auto crosswalk = loadCrosswalk(Resources(), *catalogue, "2022");
    QVERIFY(crosswalk.has_value());
    QCOMPARE(crosswalk->to, "2023");
    QCOMPARE(crosswalk->entryOf("SYS.1.6.A6.2").to, "SYS.1.6.A6.2");
    QVERIFY(crosswalk->entryOf("SYS.1.6.A6").to.empty()); // asks for more now
    QVERIFY(crosswalk->entryOf("SYS.1.6.A6.3").to.empty());
    QVERIFY(!crosswalk->entryOf("SYS.1.6.A6.3").note.empty());
    QCOMPARE(crosswalk->entryOf("SYS.1.6.A6.4").to, "SYS.1.6.A6.5");
    QCOMPARE(crosswalk->entryOf("SYS.1.6.A6.6").to, "SYS.1.6.A6.7");
    QVERIFY(crosswalk->entryOf("SYS.1.6.A6.7").to.empty()); // there were six
    QVERIFY(crosswalk->entryOf("APP.6.A1").to.empty());
    // What nothing is said about has kept its id; so nothing of this edition is answered twice.
    std::set<std::string> reached;
    std::size_t unanswered = 0;
    for (const Module &module : catalogue->modules) {
        for (const Requirement &requirement : module.requirements) {
            for (const Part &part : requirement.parts) {
                const std::string to = crosswalk->entryOf(part.id).to;
                unanswered += to.empty() ? 1 : 0;
                QVERIFY2(to.empty() || reached.insert(to).second, part.id.c_str());
                QVERIFY2(to.empty() || catalogue->part(to), part.id.c_str());
            }
        }
    }
    QCOMPARE(unanswered, 2U);
    QVERIFY(!reached.contains("SYS.1.6.A6.3") && !reached.contains("SYS.1.6.A6.4"));
}

void CatalogueTest::crosswalksAreRead_data()
{
    QTest::addColumn<QString>("changes");
    QTest::addColumn<QString>("code");
    QTest::newRow("right") << "{from: T.1.A7, to: T.1.A1}"
                           << "";
    QTest::newRow("to nowhere") << "{from: T.1.A1, to: T.1.A2}"
                                << "resource.unknown-id";
    QTest::newRow("twice the same") << "{from: T.1.A7, to: T.1.A1}, {from: T.1.A8, to: T.1.A1}"
                                    << "resource.duplicate";
    QTest::newRow("not taken, and not said why") << "{from: T.1.A1}"
                                                 << "resource.missing-key";
}

void CatalogueTest::crosswalksAreRead()
{
    QFETCH(QString, changes);
    QFETCH(QString, code);
    const QTemporaryDir folder;
    const std::filesystem::path root = folder.path().toStdString();
    std::filesystem::create_directories(root / "catalogue");
    std::filesystem::create_directories(root / "crosswalk");
    QVERIFY(saveAtomically(root / "catalogue" / "t.yaml", right));
    QVERIFY(saveAtomically(root / "crosswalk" / "t.yaml",
        "schema: tallymann-crosswalk/1\nfrom: \"2022\"\nto: \"2023\"\nmodules: [T.1]\nchanges: ["
            + changes.toStdString() + "]\n"));
    const auto loaded = loadCrosswalk(Resources(root), **loadCatalogue(Resources(root)), "2022");
    QCOMPARE(QString::fromLatin1(loaded ? "" : loaded.error().message.def->code), code);
    if (loaded)
        QCOMPARE(loaded->entryOf("T.1.A7").to, "T.1.A1");
}

TALLY_TEST(CatalogueTest)
#include "catalogue_test.moc"
