// SPDX-License-Identifier: Apache-2.0
#include "core/report/vna_writer.h"

#include "core/base/messages_exports.h"
#include "core/base/version.h"
#include "core/io/zip_writer.h"
#include "core/report/export_view.h"
#include "core/report/xml_text.h"

#include <array>
#include <utility>

namespace tally {

namespace {

constexpr std::string_view untried = "Written by Tallymann after the published structure of the format; untried "
                                     "against a running verinice. Please import "
                                     "it into a test database first.";

constexpr std::string_view dataSchema = R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- What Tallymann uses of verinice's data format. -->
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:d="http://www.sernet.de/sync/data" targetNamespace="http://www.sernet.de/sync/data" elementFormDefault="qualified">
  <xs:element name="syncData"><xs:complexType><xs:sequence>
    <xs:element name="syncObject" type="d:object" maxOccurs="unbounded"/>
    <xs:element name="syncLink" type="d:link" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="object"><xs:sequence>
    <xs:element name="syncAttribute" type="d:attribute" maxOccurs="unbounded"/>
    <xs:element name="extId" type="xs:string"/>
    <xs:element name="extObjectType" type="xs:string"/>
    <xs:element name="children" type="d:object" minOccurs="0" maxOccurs="unbounded"/>
    <xs:element name="file" type="d:file" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="attribute"><xs:sequence>
    <xs:element name="name" type="xs:string"/>
    <xs:element name="value" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="file"><xs:sequence>
    <xs:element name="syncAttribute" type="d:attribute" maxOccurs="unbounded"/>
    <xs:element name="extId" type="xs:string"/>
    <xs:element name="file" type="xs:string"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="link"><xs:sequence>
    <xs:element name="dependant" type="xs:string"/>
    <xs:element name="dependency" type="xs:string"/>
    <xs:element name="relationId" type="xs:string"/>
    <xs:element name="comment" type="xs:string" minOccurs="0"/>
  </xs:sequence></xs:complexType>
</xs:schema>
)";

constexpr std::string_view mappingSchema = R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- What Tallymann uses of verinice's mapping format. -->
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.sernet.de/sync/mapping" elementFormDefault="qualified">
  <xs:element name="syncMapping"><xs:complexType><xs:sequence>
    <xs:element name="mapObjectType" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
      <xs:sequence>
        <xs:element name="mapAttributeType" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
          <xs:attribute name="intId" type="xs:string" use="required"/>
          <xs:attribute name="extId" type="xs:string" use="required"/>
        </xs:complexType></xs:element>
      </xs:sequence>
      <xs:attribute name="intId" type="xs:string" use="required"/>
      <xs:attribute name="extId" type="xs:string" use="required"/>
    </xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>
)";

constexpr std::string_view syncSchema = R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- What Tallymann uses of verinice's request format. -->
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:d="http://www.sernet.de/sync/data" xmlns:m="http://www.sernet.de/sync/mapping" targetNamespace="http://www.sernet.de/sync/sync" elementFormDefault="qualified">
  <xs:import namespace="http://www.sernet.de/sync/data" schemaLocation="data.xsd"/>
  <xs:import namespace="http://www.sernet.de/sync/mapping" schemaLocation="mapping.xsd"/>
  <xs:element name="syncRequest"><xs:complexType>
    <xs:sequence><xs:element ref="d:syncData"/><xs:element ref="m:syncMapping"/></xs:sequence>
    <xs:attribute name="sourceId" type="xs:string" use="required"/>
  </xs:complexType></xs:element>
</xs:schema>
)";

constexpr std::string_view riskSchema = R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- Tallymann exports no risk analysis. -->
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.sernet.de/sync/risk" elementFormDefault="qualified">
  <xs:element name="risk"><xs:complexType/></xs:element>
</xs:schema>
)";

constexpr std::string_view noRisks = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<!-- Tallymann exports no risk analysis. -->
<risk xmlns="http://www.sernet.de/sync/risk"/>
)";

void attribute(std::string &xml, std::string_view name, std::string_view value)
{
    if (value.empty())
        return;
    xml.append("<syncAttribute><name>").append(name).append("</name><value>").append(xmlText(value));
    xml.append("</value></syncAttribute>\n");
}

void identity(std::string &xml, std::string_view id, std::string_view type)
{
    xml.append("<extId>")
        .append(xmlText(id))
        .append("</extId><extObjectType>")
        .append(type)
        .append("</extObjectType>\n");
}

std::string_view statusValue(Status status)
{
    switch (status) {
    case Status::Ja:
        return "bp_requirement_implementation_status_yes";
    case Status::Teilweise:
        return "bp_requirement_implementation_status_partially";
    case Status::Nein:
        return "bp_requirement_implementation_status_no";
    case Status::Entbehrlich:
        return "bp_requirement_implementation_status_na";
    case Status::Unbearbeitet:
        break;
    }
    return {};
}

std::string_view qualifier(Level level)
{
    switch (level) {
    case Level::Basic:
        return "bp_requirement_qualifier_basic";
    case Level::Standard:
        return "bp_requirement_qualifier_standard";
    case Level::Elevated:
        return "bp_requirement_qualifier_high";
    }
    return "bp_requirement_qualifier_basic";
}

/// What verinice shows beside the requirement, as HTML of plain paragraphs.
std::string description(const ExportView &view, const Requirement &requirement)
{
    const Words &w = view.words();
    std::string html;
    const auto paragraph = [&html](const std::string &text) { html += "<p>" + xmlText(text) + "</p>"; };
    paragraph(w(exportDef("export.oscal.proposal"), {w.proposal(view.proposalOf(requirement.id))}));
    std::vector<std::string> ids{requirement.id};
    for (const Part &part : requirement.parts)
        ids.push_back(part.id);
    for (const std::string &id : ids) {
        const Decision *decision = view.decision(id);
        if (!decision)
            continue;
        paragraph(id + ": " + view.decisionText(decision));
        for (const auto &[head, text] : {std::pair(exportDef("export.col.reason"), &decision->reason),
                 std::pair(exportDef("export.col.measure"), &decision->measure),
                 std::pair(exportDef("export.col.responsible"), &decision->responsible),
                 std::pair(exportDef("export.col.until"), &decision->until)}) {
            if (!text->empty())
                paragraph(w(head) + ": " + w.typed(*text));
        }
    }
    return html;
}

void requirementObject(std::string &xml, const ExportView &view, const Requirement &requirement)
{
    xml += "<children>\n";
    attribute(xml, "bp_requirement_id", requirement.id);
    attribute(xml, "bp_requirement_name", requirement.title.in(view.language()));
    attribute(xml, "bp_requirement_qualifier", qualifier(requirement.level));
    attribute(xml, "bp_requirement_objectbrowser_content", description(view, requirement));
    // What is outdated is as open as what nobody decided.
    if (const Decision *decision = view.decision(requirement.id); decision && !decision->stale)
        attribute(xml, "bp_requirement_implementation_status", statusValue(decision->status));
    identity(xml, requirement.id, "bp_requirement");
    xml += "</children>\n";
}

std::string requestXml(const ExportView &view)
{
    const AuditInfo &info = view.audit().info;
    const Words &w = view.words();
    std::string xml = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<!-- )" + std::string(untried)
        + R"( -->
<ns3:syncRequest xmlns="http://www.sernet.de/sync/data" xmlns:ns2="http://www.sernet.de/sync/mapping" xmlns:ns3="http://www.sernet.de/sync/sync" sourceId="tallymann">
<syncData><syncObject>
)";
    const std::string name = info.targetObject.empty() ? w.given(info.title) : w.outside(info.targetObject);
    attribute(xml, "bp_itnetwork_name", name);
    identity(xml, "tallymann-" + info.createdAt, "bp_itnetwork");
    for (const Module &module : view.input().catalogue.modules) {
        xml += "<children>\n";
        attribute(xml, "bp_requirement_group_id", module.id);
        attribute(xml, "bp_requirement_group_name", module.title.in(view.language()));
        identity(xml, module.id, "bp_requirement_group");
        for (const Requirement &requirement : module.requirements)
            requirementObject(xml, view, requirement);
        xml += "</children>\n";
    }
    xml += "</syncObject></syncData>\n<ns2:syncMapping>\n";
    static constexpr std::array<std::pair<std::string_view, std::array<std::string_view, 5>>, 3> types{{
        {"bp_itnetwork", {"bp_itnetwork_name"}},
        {"bp_requirement_group", {"bp_requirement_group_id", "bp_requirement_group_name"}},
        {"bp_requirement",
            {"bp_requirement_id", "bp_requirement_name", "bp_requirement_qualifier",
                "bp_requirement_objectbrowser_content", "bp_requirement_implementation_status"}},
    }};
    for (const auto &[type, attributes] : types) {
        xml.append("<ns2:mapObjectType intId=\"").append(type).append("\" extId=\"").append(type).append("\">\n");
        for (const std::string_view each : attributes) {
            if (!each.empty())
                xml.append("<ns2:mapAttributeType intId=\"")
                    .append(each)
                    .append("\" extId=\"")
                    .append(each)
                    .append("\"/>\n");
        }
        xml += "</ns2:mapObjectType>\n";
    }
    return xml + "</ns2:syncMapping>\n</ns3:syncRequest>\n";
}

std::string readme(const ExportView &view)
{
    return "verinice archive\r\n\r\n" + std::string(untried)
        + "\r\n\r\nsourceId is \"tallymann\"; the extId of a requirement is BSI's id, e.g. SYS.1.6.A17. verinice "
          "updates an "
          "object only where both equal those of an earlier import; else it adds a new one.\r\nRequirements about "
          "which "
          "nobody decided carry no status.\r\n\r\n"
        + std::string(toolName) + " " + std::string(toolVersion) + ", " + view.createdAt()
        + "\r\nJournal: " + view.audit().journalHead + "\r\n";
}

} // namespace

Result<std::string> writeVna(const ReportInput &input, const ReportOptions &options, const Translator &translator)
{
    const ExportView view(input, options, translator);
    std::string bytes;
    TALLY_ASSIGN(ZipWriter zip, ZipWriter::create([&bytes](std::string_view piece) {
        bytes += piece;
        return Result<>();
    }));
    TALLY_TRY(zip.add("verinice.xml", requestXml(view)));
    TALLY_TRY(zip.add("verinice-risk-analysis.xml", noRisks));
    TALLY_TRY(zip.add("data.xsd", dataSchema));
    TALLY_TRY(zip.add("mapping.xsd", mappingSchema));
    TALLY_TRY(zip.add("sync.xsd", syncSchema));
    TALLY_TRY(zip.add("risk.xsd", riskSchema));
    TALLY_TRY(zip.add("readme.txt", readme(view)));
    TALLY_TRY(zip.add("files/", {}));
    TALLY_TRY(zip.finish());
    return bytes;
}

} // namespace tally
