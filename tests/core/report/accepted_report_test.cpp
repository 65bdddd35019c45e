// SPDX-License-Identifier: Apache-2.0
// What reports say about findings that somebody accepted or judged.
#include "core/report/report.h"
#include "core/report/report_data.h"
#include "tests/core/report/english.h"
#include "tests/core/report/report_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

namespace {

constexpr std::string_view refusal = "MUST admits no acceptance of a risk. These parts remain deviations: A17.1";

ReportDocument documentOf(const ReportFixture &fixture, const ReportOptions &chosen = {})
{
    ReportOptions options = chosen;
    options.language = Language::English;
    options.createdAt = "2026-11-20T16:42:00Z";
    return buildReport(fixture.input(), options, English());
}

std::string htmlOf(const ReportFixture &fixture, ReportOptions::Kind kind = ReportOptions::Kind::Full)
{
    ReportOptions options;
    options.kind = kind;
    return writeHtml(documentOf(fixture, options));
}

std::size_t countOf(const std::string &text, std::string_view part)
{
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++count;
    return count;
}

/// The text between two headings.
std::string between(const std::string &html, std::string_view from, std::string_view to)
{
    const std::size_t begin = html.find(from);
    return begin == std::string::npos ? std::string() : html.substr(begin, html.find(to, begin) - begin);
}

void accept(ReportFixture &fixture, const FindingException &exception)
{
    fixture.audit.exceptions = {{exception.key(), exception}};
}

FindingException privescScope()
{
    FindingException all{"", "accepted", "old platform", "Katrin Brandt", "2026-11-18T16:00:00Z", "2099-06-30"};
    all.check = "POD-PRIVESC";
    return all;
}

} // namespace

class AcceptedReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mustAdmitsNoAcceptance();
    void shouldAdmitsIt();
    void otherExceptionsAreNotRefused();
    void refusedFindingsStayOpen();
    void judgedFindingsAreListedBeyondTheLimit();
    void whatIsCutOffIsCounted();
    void everyExceptionIsListed();
};

void AcceptedReportTest::mustAdmitsNoAcceptance()
{
    const ReportFixture fixture = makeReportFixture(); // POD-PRIVESC-1 is accepted, A17.1 is a MUST
    const std::string html = htmlOf(fixture);
    QVERIFY(countOf(between(html, "id=\"r-s2-7\"", "id=\"r-s3\""), refusal) == 1);
    QVERIFY(countOf(html.substr(html.rfind("id=\"r-A\"")), refusal) == 1);
    QVERIFY(countOf(between(html, "id=\"r-SYS.1.6.A17\"", "id=\"r-SYS.1.6.A18\""), refusal) == 1);
    const std::string sum = "Findings accepted all the same: 1 (see 2.7).";
    QCOMPARE(countOf(html, sum), std::size_t(1));
    QCOMPARE(countOf(htmlOf(fixture, ReportOptions::Kind::Management), sum), std::size_t(1));
}

void AcceptedReportTest::shouldAdmitsIt()
{
    ReportFixture fixture = makeReportFixture();
    fixture.catalogue.modules[0].requirements[16].parts[0].modal = "SOLLTE";
    for (const auto kind : {ReportOptions::Kind::Full, ReportOptions::Kind::Management}) {
        const std::string html = htmlOf(fixture, kind);
        QCOMPARE(countOf(html, "admits no acceptance"), std::size_t(0));
        QCOMPARE(countOf(html, "accepted all the same"), std::size_t(0));
    }
}

void AcceptedReportTest::otherExceptionsAreNotRefused()
{
    for (const char *kind : {"deferred", "false-positive"}) {
        ReportFixture fixture = makeReportFixture();
        fixture.audit.exceptions.begin()->second.kind = kind;
        QCOMPARE(countOf(htmlOf(fixture), "admits no acceptance"), std::size_t(0));
    }
    ReportFixture expired = makeReportFixture();
    expired.audit.exceptions.begin()->second.expires = "2026-01-01";
    QCOMPARE(countOf(htmlOf(expired), "admits no acceptance"), std::size_t(0));
}

void AcceptedReportTest::refusedFindingsStayOpen()
{
    ReportFixture fixture = makeReportFixture();
    accept(fixture, privescScope()); // the whole cause
    const auto worst = [](const ReportFixture &of) {
        const ReportOptions options;
        const ReportData data(of.input(), options, English());
        const std::vector<const Cause *> causes = worstCauses(data);
        return std::ranges::count(causes, "POD-PRIVESC", &Cause::id);
    };
    QCOMPARE(worst(fixture), 1);
    ReportOptions open;
    open.choice.onlyOpen = true;
    QVERIFY(countOf(writeHtml(documentOf(fixture, open)), "session-proxy-11") > 0);
    for (Part &part : fixture.catalogue.modules[0].requirements[16].parts)
        part.modal = "SOLLTE";
    QCOMPARE(worst(fixture), 0);
}

void AcceptedReportTest::judgedFindingsAreListedBeyondTheLimit()
{
    ReportFixture fixture = makeReportFixture(401); // number 400 stands in an application, the last of them
    AuditState &audit = fixture.audit;
    const std::string last = "POD-PRIVILEGED-400";
    const auto annex = [&fixture] {
        const std::string html = htmlOf(fixture, ReportOptions::Kind::Deficiencies);
        return between(html.substr(html.rfind("id=\"r-A\"")), "id=\"r-U-01\"", "id=\"r-U-02\"");
    };
    const std::string unjudged = annex();
    QVERIFY(unjudged.find("POD-PRIVILEGED") != std::string::npos);
    QCOMPARE(countOf(unjudged, "session-proxy-400"), std::size_t(0));
    QVERIFY(unjudged.find("201 more, none of them judged by itself") != std::string::npos);

    audit.run = audit.assessment;
    audit.records.put(FindingJudgement{.key = last,
        .severity = Severity::Low,
        .reason = "cut off by the firewall",
        .by = "Katrin Brandt",
        .at = "2026-11-18T16:10:00Z"});
    audit.assessment = withExceptions(audit);
    const std::string judged = annex();
    QCOMPARE(countOf(judged, "session-proxy-400"), std::size_t(1));
    QCOMPARE(countOf(judged, "cut off by the firewall"), std::size_t(1));
    QVERIFY(judged.find("200 more, none of them judged by itself") != std::string::npos);

    audit.records.judgements.clear();
    audit.assessment = audit.run;
    for (const char *kind : {"accepted", "deferred", "false-positive"}) {
        accept(fixture, {last, kind, "looked at in the staging cluster", "Katrin Brandt", "2026-11-18T16:00:00Z", ""});
        const std::string excepted = annex();
        QCOMPARE(countOf(excepted, "session-proxy-400"), std::size_t(1));
        QCOMPARE(countOf(excepted, "looked at in the staging cluster"), std::size_t(1));
    }
}

void AcceptedReportTest::whatIsCutOffIsCounted()
{
    ReportFixture fixture = makeReportFixture(401);
    accept(fixture, privescScope()); // covers all 401
    const std::string html = htmlOf(fixture, ReportOptions::Kind::Deficiencies);
    QVERIFY(html.find("Accepted, deferred or false alarm (401)") != std::string::npos);
    QVERIFY(html.find("201 more, none of them judged by itself") != std::string::npos);
    QVERIFY(html.find("Of these, covered by exceptions for several findings, which section 2.7 names: 201.")
        != std::string::npos);
}

void AcceptedReportTest::everyExceptionIsListed()
{
    ReportFixture fixture = makeReportFixture();
    fixture.audit.exceptions.clear();
    for (int i = 0; i < 250; ++i) {
        FindingException one = privescScope();
        one.reason = "reason number " + std::to_string(i) + ".";
        one.namespaceName = "ns-" + std::to_string(i);
        fixture.audit.exceptions[one.key()] = one;
    }
    const std::string html = htmlOf(fixture);
    QCOMPARE(countOf(between(html, "id=\"r-s2-7\"", "id=\"r-s3\""), "reason number "), std::size_t(250));
}

TALLY_TEST(AcceptedReportTest)
#include "accepted_report_test.moc"
