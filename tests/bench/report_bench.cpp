// SPDX-License-Identifier: Apache-2.0
// How long reports take. report_bench [FINDINGS [FOLDER]]: of an audit with about that many findings (1,000). Wanted:
// the PDF of 1,000 findings in less than 2 s on two cores. With a folder, all kinds are written there in both
// languages, on Letter with a letterhead too, once with severities that auditors judged and once with hostile names,
// and comparisons of two audits, to be looked at.
#include "core/audit/comparison.h"
#include "core/io/file.h"
#include "core/report/report_difference.h"
#include "core/report/report_kinds.h"
#include "tests/core/report/hostile.h"
#include "ui/pdf/pdf_writer.h"
#include "ui/text/message_translator.h"

#include <QGuiApplication>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace tally;

namespace {

double since(std::chrono::steady_clock::time_point from)
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count();
}

ReportOptions optionsFor(ReportOptions::Kind kind, Language language)
{
    ReportOptions options;
    options.kind = kind;
    options.language = language;
    options.createdAt = "2026-11-20T16:42:00Z";
    return options;
}

void measure(const test::ReportFixture &fixture)
{
    const ui::MessageTranslator translator(Language::German);
    for (const ReportKindInfo &info : reportKinds()) {
        const auto begin = std::chrono::steady_clock::now();
        const ReportDocument document
            = buildReport(fixture.input(), optionsFor(info.kind, Language::German), translator);
        const double built = since(begin);
        const std::string html = writeHtml(document);
        const double written = since(begin) - built;
        const auto before = std::chrono::steady_clock::now();
        const auto pdf = ui::writePdf(document);
        std::printf("%-13s %5zu blocks  document %7.1f ms  HTML %6.1f ms %8zu bytes  PDF %8.1f ms %9zu bytes\n",
            std::string(info.name).c_str(), document.blocks.size(), built, written, html.size(), since(before),
            pdf ? pdf->size() : 0);
    }
}

void addMeasures(AuditState &audit)
{
    struct Sample
    {
        const char *title;
        const char *due;
        Measure::State state;
        Measure::Priority priority;
    };
    static constexpr std::array<Sample, 6> samples{{
        {"session-proxy und tile-render ohne „privileged“ betreiben", "2027-03-31", Measure::State::InProgress,
            Measure::Priority::High},
        {"Default-Deny in neun Namensräumen", "2027-01-31", Measure::State::Planned, Measure::Priority::High},
        {"Zugangsdaten aus Umgebungsvariablen in Secrets verlegen", "2026-11-15", Measure::State::InProgress,
            Measure::Priority::High},
        {"Images mit festem Digest ausrollen", "2027-06-30", Measure::State::Planned, Measure::Priority::Medium},
        {"LimitRange und ResourceQuota je Namensraum", "2026-12-15", Measure::State::Verified,
            Measure::Priority::Medium},
        {"Notfallübung mit dem Betrieb", "", Measure::State::Planned, Measure::Priority::Low},
    }};
    int number = 0;
    for (const Sample &sample : samples) {
        Measure made;
        made.key = "M-00" + std::to_string(++number);
        made.title = sample.title;
        made.due = sample.due;
        made.state = sample.state;
        made.priority = sample.priority;
        made.owner = "Merle Hansen, IT-Betrieb";
        made.effortHours = 12 * number;
        made.requirements = {"SYS.1.6.A17.1"};
        made.at = number % 2 == 0 ? "2026-10-05T10:00:00Z" : "2026-11-18T10:00:00Z";
        audit.records.measures[made.key] = made;
    }
}

int writeAll(const test::ReportFixture &fixture, const std::string &folder, const std::string &prefix,
    const std::optional<ReportLook> &look)
{
    for (const Language language : {Language::German, Language::English}) {
        const ui::MessageTranslator translator(language);
        for (const ReportKindInfo &info : reportKinds()) {
            ReportOptions options = optionsFor(info.kind, language);
            options.look = look;
            if (look)
                options.classification = "TLP:AMBER";
            const ReportDocument document = buildReport(fixture.input(), options, translator);
            const auto pdf = ui::writePdf(document);
            const std::string path
                = folder + "/" + prefix + std::string(languageTag(language)) + "-" + std::string(info.name);
            if (!pdf || !saveAtomically(path + ".pdf", *pdf) || !saveAtomically(path + ".html", writeHtml(document)))
                return 1;
        }
    }
    return 0;
}

std::shared_ptr<const AuditState> stateOf(const test::ReportFixture &fixture)
{
    auto state = std::make_shared<AuditState>(fixture.audit);
    if (!state->run)
        state->run = state->assessment;
    return state;
}

int writeDifference(const test::ReportFixture &before, const test::ReportFixture &after, const std::string &folder,
    const std::string &prefix, const std::optional<ReportLook> &look)
{
    const auto compared = compareAudits(stateOf(before), stateOf(after), after.catalogue, after.checks);
    if (!compared)
        return 1;
    for (const Language language : {Language::German, Language::English}) {
        ReportOptions options = optionsFor(ReportOptions::Kind::Full, language);
        options.look = look;
        const ui::MessageTranslator translator(language);
        const auto pdf
            = ui::writePdf(buildDifference({**compared, after.catalogue, after.checks}, options, translator));
        const std::string path = folder + "/" + prefix + std::string(languageTag(language)) + "-difference.pdf";
        if (!pdf || !saveAtomically(path, *pdf))
            return 1;
    }
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    const std::size_t findings = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1000;
    test::ReportFixture fixture = test::makeReportFixture(findings / 5); // five checks find something in clusters
    addMeasures(fixture.audit);
    if (argc <= 2) {
        measure(fixture);
        return 0;
    }
    ReportLook look;
    look.paper = Paper::Letter;
    look.letterhead = {"Stadtwerke Musterhafen GmbH", "Am Kai 3", "20457 Musterhafen"};
    look.signatures = {{"Leitung der Prüfung", "Katrin Brandt"}, {"Informationssicherheitsbeauftragte", {}}};
    look.logo = readLogo("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 240 60\"><rect width=\"60\" "
                         "height=\"60\" rx=\"9\" fill=\"#12314F\"/><path d=\"M12 42V18M22 42V18M32 42V18M42 42V18M6 "
                         "40l46-20\" stroke=\"#fff\" stroke-width=\"4\"/><text x=\"74\" y=\"40\" font-size=\"28\" "
                         "fill=\"#12314F\">Musterhafen</text></svg>",
        "logo.svg")
                    .value();
    const test::ReportFixture judged = test::makeJudgedFixture();
    return writeAll(fixture, argv[2], "", {}) + writeAll(fixture, argv[2], "letter-", look)
        + writeAll(judged, argv[2], "judged-", {}) + writeAll(judged, argv[2], "letter-judged-", look)
        + writeAll(test::makeHostileFixture(), argv[2], "hostile-", {})
        + writeDifference(test::makeReportFixture(16), judged, argv[2], "", {})
        + writeDifference(test::makeReportFixture(16), judged, argv[2], "letter-", look)
        + writeDifference(fixture, test::makeHostileFixture(), argv[2], "hostile-", {});
}
