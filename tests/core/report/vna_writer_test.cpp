// SPDX-License-Identifier: Apache-2.0
#include "core/report/vna_writer.h"

#include "core/io/archive.h"
#include "tests/core/report/english.h"
#include "tests/core/report/hostile.h"
#include "tests/support/test_registry.h"

#include <QTest>
#include <QXmlStreamReader>

#include <set>

using namespace tally;
using namespace tally::test;

/// Point by point what compliance-facts.md 8 says of a verinice archive.
class VnaWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsTheFilesOfTheFormat();
    void requestIsData_mappingInTheirNamespaces();
    void objectsHaveAttributesIdAndType();
    void statusIsOneOfFourOrAbsent();
    void everyAttributeIsMapped();
    void saysThatItIsUntried();
    void hostileTextsAreText();
    void sameAuditSameBytes();
};

namespace {

std::string vnaOf(const ReportFixture &fixture)
{
    ReportOptions options;
    options.createdAt = "2026-11-20T16:00:00Z";
    return writeVna(fixture.input(), options, English()).value();
}

std::map<std::string, std::string> filesOf(const ReportFixture &fixture)
{
    std::map<std::string, std::string> files;
    auto archive = Archive::open(memorySource(vnaOf(fixture)), "a.vna", {});
    for (ArchiveMember member; archive->next(member).value();)
        files[member.name] = member.type == MemberType::Directory ? "" : archive->content(1U << 24).value();
    return files;
}

struct VnaObject
{
    std::string type;
    std::map<std::string, std::string> attributes;
};

/// extId -> object; the order of children inside each object is checked on the way.
std::map<std::string, VnaObject> objectsOf(const std::string &xml, std::string *problem)
{
    std::map<std::string, VnaObject> objects;
    struct Open
    {
        VnaObject object;
        std::string id;
        int stage = 0; // attributes, extId, extObjectType, children
    };
    std::vector<Open> open;
    QXmlStreamReader reader(QByteArray::fromStdString(xml));
    std::string name;
    const auto expect = [&](int stage) {
        if (open.back().stage > stage)
            *problem = "wrong order in " + open.back().id;
        open.back().stage = stage;
    };
    while (!reader.atEnd()) {
        reader.readNext();
        const std::string element = reader.name().toString().toStdString();
        if (reader.isStartElement() && (element == "syncObject" || element == "children")) {
            if (!open.empty())
                expect(3);
            open.emplace_back();
        } else if (reader.isEndElement() && (element == "syncObject" || element == "children")) {
            if (!objects.emplace(open.back().id, open.back().object).second)
                *problem = "twice: " + open.back().id;
            open.pop_back();
        } else if (reader.isStartElement() && element == "name") {
            expect(0);
            name = reader.readElementText().toStdString();
        } else if (reader.isStartElement() && element == "value") {
            open.back().object.attributes[name] = reader.readElementText().toStdString();
        } else if (reader.isStartElement() && element == "extId") {
            expect(1);
            open.back().id = reader.readElementText().toStdString();
        } else if (reader.isStartElement() && element == "extObjectType") {
            expect(2);
            open.back().object.type = reader.readElementText().toStdString();
        }
    }
    if (reader.hasError())
        *problem = reader.errorString().toStdString();
    return objects;
}

} // namespace

void VnaWriterTest::holdsTheFilesOfTheFormat()
{
    const auto files = filesOf(makeReportFixture());
    for (const char *name : {"verinice.xml", "verinice-risk-analysis.xml", "data.xsd", "mapping.xsd", "sync.xsd",
             "risk.xsd", "readme.txt", "files/"})
        QVERIFY2(files.contains(name), name);
    QCOMPARE(files.size(), std::size_t(8));
    for (const auto &[name, content] : files) {
        if (name.ends_with(".xml") || name.ends_with(".xsd"))
            QCOMPARE(xmlProblem(content), std::string());
    }
}

void VnaWriterTest::requestIsData_mappingInTheirNamespaces()
{
    QXmlStreamReader reader(QByteArray::fromStdString(filesOf(makeReportFixture())["verinice.xml"]));
    QVERIFY(reader.readNextStartElement());
    QCOMPARE(reader.name().toString(), QStringLiteral("syncRequest"));
    QCOMPARE(reader.namespaceUri().toString(), QStringLiteral("http://www.sernet.de/sync/sync"));
    QVERIFY(!reader.attributes().value(QStringLiteral("sourceId")).isEmpty());
    QVERIFY(reader.readNextStartElement());
    QCOMPARE(reader.name().toString(), QStringLiteral("syncData"));
    QCOMPARE(reader.namespaceUri().toString(), QStringLiteral("http://www.sernet.de/sync/data"));
    reader.skipCurrentElement();
    QVERIFY(reader.readNextStartElement());
    QCOMPARE(reader.name().toString(), QStringLiteral("syncMapping"));
    QCOMPARE(reader.namespaceUri().toString(), QStringLiteral("http://www.sernet.de/sync/mapping"));
}

void VnaWriterTest::objectsHaveAttributesIdAndType()
{
    const ReportFixture fixture = makeReportFixture();
    std::string problem;
    const auto objects = objectsOf(filesOf(fixture)["verinice.xml"], &problem);
    QCOMPARE(problem, std::string());
    QCOMPARE(objects.size(), 2 + fixture.catalogue.modules[0].requirements.size());
    for (const Requirement &requirement : fixture.catalogue.modules[0].requirements) {
        const VnaObject &object = objects.at(requirement.id); // BSI's id is the extId
        QCOMPARE(object.type, std::string("bp_requirement"));
        QCOMPARE(object.attributes.at("bp_requirement_id"), requirement.id);
    }
}

void VnaWriterTest::statusIsOneOfFourOrAbsent()
{
    std::string problem;
    ReportFixture fixture = makeReportFixture();
    fixture.audit.decisions.at("SYS.1.6.A5").stale = false;
    fixture.audit.decisions["SYS.1.6.A2"] = fixture.audit.decisions.at("SYS.1.6.A1");
    fixture.audit.decisions.at("SYS.1.6.A2").stale = true; // as open as what nobody decided
    const auto objects = objectsOf(filesOf(fixture)["verinice.xml"], &problem);
    const std::map<std::string, std::string> expected{{"SYS.1.6.A1", "_yes"}, {"SYS.1.6.A15", "_yes"},
        {"SYS.1.6.A17", "_partially"}, {"SYS.1.6.A5", "_no"}, {"SYS.1.6.A26", "_na"}};
    for (const auto &[id, object] : objects) {
        const auto status = object.attributes.find("bp_requirement_implementation_status");
        if (!expected.contains(id))
            QVERIFY2(status == object.attributes.end(), id.c_str());
        else
            QCOMPARE(status->second, "bp_requirement_implementation_status" + expected.at(id));
    }
}

void VnaWriterTest::everyAttributeIsMapped()
{
    const std::string xml = filesOf(makeReportFixture())["verinice.xml"];
    std::set<std::string> mapped;
    QXmlStreamReader reader(QByteArray::fromStdString(xml));
    while (!reader.atEnd()) {
        if (reader.readNext() == QXmlStreamReader::StartElement && reader.name().startsWith(QStringLiteral("map"))) {
            QCOMPARE(
                reader.attributes().value(QStringLiteral("intId")), reader.attributes().value(QStringLiteral("extId")));
            mapped.insert(reader.attributes().value(QStringLiteral("intId")).toString().toStdString());
        }
    }
    std::string problem;
    for (const auto &[id, object] : objectsOf(xml, &problem)) {
        QVERIFY(mapped.contains(object.type));
        for (const auto &[name, value] : object.attributes)
            QVERIFY2(mapped.contains(name), name.c_str());
    }
}

void VnaWriterTest::saysThatItIsUntried()
{
    auto files = filesOf(makeReportFixture());
    QVERIFY(files["readme.txt"].find("untried against a running verinice") != std::string::npos);
    QVERIFY(files["verinice.xml"].find("untried against a running verinice") != std::string::npos);
}

void VnaWriterTest::hostileTextsAreText()
{
    const auto files = filesOf(makeHostileFixture());
    QCOMPARE(xmlProblem(files.at("verinice.xml")), std::string());
    QVERIFY(files.at("verinice.xml").find("<script>") == std::string::npos);
}

void VnaWriterTest::sameAuditSameBytes()
{
    QVERIFY(vnaOf(makeReportFixture()) == vnaOf(makeReportFixture()));
}

TALLY_TEST(VnaWriterTest)
#include "vna_writer_test.moc"
