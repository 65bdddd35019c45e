// SPDX-License-Identifier: Apache-2.0
#include "tests/core/report/hostile.h"

#include "tests/support/test_data.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include <filesystem>
#include <fstream>

namespace tally::test {

namespace {

/// A letter with more accents than any language has.
std::string overloaded()
{
    std::string text = "Zalgo";
    for (int i = 0; i < 100; ++i)
        text += "\u0316\u0340"; // below and above
    return text + "name";
}

} // namespace

const std::vector<std::string> &hostileTexts()
{
    static const std::vector<std::string> texts{std::string(500, 'x'), "\u202Etxt.exe\u202C \u05D0\u05D1",
        "\U0001F433 \U0001F469\u200D\U0001F4BB", "<script>alert(1)</script> ]]> &amp; [link](javascript:x) {0} *b* `c`",
        "%1 %2 %n %%", "=HYPERLINK(\"http://x\";\"y\")", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "a;b\"c\nd\r\ne",
        std::string("\x01\x02\x1B[31m\x7F\0nul", 13), "M\xFCller \xC0\xAF", "\uFFFE\uFFFF _x0041_ _x005F_", " spaces ",
        "..\\..//..", "\xEF\xBB\xBFmark", overloaded()};
    return texts;
}

ReportFixture makeHostileFixture()
{
    ReportFixture fixture = makeReportFixture(40);
    const auto &texts = hostileTexts();
    std::size_t next = 0;
    const auto text = [&texts, &next] { return texts[next++ % texts.size()]; };
    AuditState &audit = fixture.audit;
    audit.info = {text(), text(), text(), text(), text(), audit.info.createdAt};
    auto assessment = std::make_shared<Assessment>(*audit.assessment);
    for (Finding &finding : assessment->findings) {
        if (finding.object)
            *finding.object = {text(), text(), text(), text()};
        for (std::string *each : {&finding.container, &finding.field, &finding.image, &finding.file, &finding.excerpt})
            *each = text();
        if (!finding.path.empty())
            finding.path = text();
        for (std::string &arg : finding.args)
            arg = text();
    }
    audit.assessment = assessment;
    for (Source &source : audit.sources)
        source.name = text();
    for (auto &[id, decision] : audit.decisions) {
        for (std::string *each :
            {&decision.reason, &decision.by, &decision.responsible, &decision.measure, &decision.until})
            *each = text();
    }
    for (auto &[key, exception] : audit.exceptions) {
        exception.reason = text();
        exception.by = text();
    }
    for (JournalEntry &entry : audit.journal) {
        entry.subject = text();
        entry.by = text();
    }
    for (Diagnostic &diagnostic : audit.diagnostics)
        diagnostic.where = text();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        TargetObject target;
        target.key = "T-" + std::to_string(100 + i);
        target.kind = static_cast<TargetObject::Kind>(i % 5);
        target.name = text();
        target.description = text();
        target.confidentiality = {TargetObject::Need::VeryHigh, text()};
        target.integrity = {TargetObject::Need::High, text()};
        target.by = text();
        target.at = text();
        audit.records.put(std::move(target));
    }
    return fixture;
}

std::string validateJson(const std::string &json, const std::string &schema)
{
    const std::filesystem::path path = dataFolder() / "schemas" / schema;
    if (!std::filesystem::exists(path))
        return "skip: TALLYMANN_DATA lacks " + path.string();
    QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("document.json")).toStdString();
    std::ofstream(file, std::ios::binary) << json;
    QProcess python;
    python.setProcessChannelMode(QProcess::MergedChannels);
    python.start(QStringLiteral("python3"),
        {QString::fromStdString((sourceFolder() / "tests/core/report/validate_json.py").string()),
            QString::fromStdString(path.string()), QString::fromStdString(file)});
    if (!python.waitForFinished(300'000))
        return "skip: python3 cannot be run";
    const std::string output = python.readAll().toStdString();
    if (python.exitCode() == 77)
        return "skip: " + output;
    return python.exitCode() == 0 ? std::string() : output.empty() ? std::string("python3 failed") : output;
}

std::string xmlProblem(const std::string &xml)
{
    QXmlStreamReader reader(QByteArray::fromStdString(xml));
    while (!reader.atEnd())
        reader.readNext();
    return reader.hasError() ? reader.errorString().toStdString() : std::string();
}

} // namespace tally::test
