// SPDX-License-Identifier: Apache-2.0
#include "core/report/report.h"
#include "tests/core/report/english.h"
#include "tests/core/report/report_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

/// Sections 2.5 and 2.7, and where exceptions stand besides.
class HouseReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachEntryIsPrinted();
    void withoutAPolicyItSaysSo();
    void exceptionsAreListed();
    void expiredOnesComeFirstAndCountNoMore();
    void falseAlarmsAreSaidAtThePart();
};

namespace {

std::string htmlOf(const ReportFixture &fixture)
{
    ReportOptions options;
    options.language = Language::English;
    options.createdAt = "2026-11-20T16:42:00Z";
    return writeHtml(buildReport(fixture.input(), options, English()));
}

bool contains(const std::string &html, const std::string &text)
{
    return html.find(text) != std::string::npos;
}

FindingException alarm(const std::string &check, const std::string &expires)
{
    FindingException exception;
    exception.kind = "false-positive";
    exception.reason = "Looked at together";
    exception.by = "A. Auditor";
    exception.at = "2026-11-18T16:00:00Z";
    exception.expires = expires;
    exception.check = check;
    return exception;
}

} // namespace

void HouseReportTest::eachEntryIsPrinted()
{
    ReportFixture fixture = makeReportFixture();
    auto policy = readPolicy("forbiddenPackages: [telnet*]\n"
                             "maximumImageAgeDays: 90\n"
                             "cpuLimits: false\n"
                             "zones:\n- {name: Leitstand, purpose: administration, ranges: [10.10.0.0/16]}\n",
        "rules/house.yaml");
    QVERIFY(policy);
    fixture.audit.policy = std::make_shared<const Policy>(*std::move(policy));
    const std::string html = htmlOf(fixture);
    for (const char *text : {"house.yaml", "telnet*", "90 days", "the house decided against them", "Leitstand",
             "10.10.0.0/16", "not laid down"})
        QVERIFY2(contains(html, text), text);
    QVERIFY2(!contains(html, "rules/house.yaml"), "folders of the auditor’s machine");
    QVERIFY2(contains(html, fixture.audit.policy->digest.substr(7, 8)), "the digest");
}

void HouseReportTest::withoutAPolicyItSaysSo()
{
    const std::string html = htmlOf(makeReportFixture());
    QVERIFY(contains(html, "No house policy was entered."));
    QVERIFY(contains(html, "No public key was entered."));
}

void HouseReportTest::exceptionsAreListed()
{
    ReportFixture fixture = makeReportFixture();
    FindingException scoped = alarm("POD-PRIVESC", "2999-12-31");
    scoped.kind = "accepted";
    scoped.namespaceName = std::string(FindingException::systemNamespaces);
    fixture.audit.exceptions[scoped.key()] = scoped;
    const std::string html = htmlOf(fixture);
    QVERIFY(contains(html, "in system namespaces"));
    QVERIFY(contains(html, "Looked at together"));
    QVERIFY2(contains(html, "Wird mit der nächsten Fassung abgelöst"), "one for a single finding");
    QVERIFY2(!contains(htmlOf(makeEmptyFixture()), "in system namespaces"), "the words are not always there");
}

void HouseReportTest::expiredOnesComeFirstAndCountNoMore()
{
    ReportFixture fixture = makeReportFixture();
    const FindingException old = alarm("POD-PRIVILEGED", "2020-01-31");
    fixture.audit.exceptions[old.key()] = old;
    const std::string html = htmlOf(fixture);
    const std::size_t section = html.find("id=\"r-s2-7\"");
    QVERIFY(section != std::string::npos);
    const std::size_t expired = html.find("Looked at together", section);
    const std::size_t holds = html.find("Wird mit der nächsten Fassung abgelöst", section);
    QVERIFY(expired < holds);
    QVERIFY(contains(html, "The exception expired on 31 Jan 2020 and counts no more"));
}

void HouseReportTest::falseAlarmsAreSaidAtThePart()
{
    ReportFixture fixture = makeReportFixture();
    const auto before = fixture.audit.assessment;
    fixture.audit.run = before;
    fixture.audit.exceptions.clear();
    const PartResult *part = before->part("SYS.1.6.A17.1");
    QVERIFY(part && part->proposal == Proposal::Deviation);
    for (const PartFinding &found : part->findings) {
        if (found.weight != Weight::Proves)
            continue;
        const FindingException refuted = alarm(before->findings[found.finding].check, "2999-12-31");
        fixture.audit.exceptions[refuted.key()] = refuted;
    }
    fixture.audit.assessment = withExceptions(fixture.audit);
    QVERIFY(fixture.audit.assessment->part("SYS.1.6.A17.1")->proposal != Proposal::Deviation);
    const std::string html = htmlOf(fixture);
    QVERIFY(contains(html, "all called false alarms"));
    QVERIFY(contains(html, "all as exceptions (section 2.7)"));
    QVERIFY2(!contains(htmlOf(makeReportFixture()), "all called false alarms"), "only where it is so");
}

TALLY_TEST(HouseReportTest)
#include "house_report_test.moc"
