// SPDX-License-Identifier: Apache-2.0
#include "core/audit/requests.h"
#include "core/report/report.h"
#include "tests/core/report/english.h"
#include "tests/core/report/report_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

/// Section 6.3, what decisions name as evidence, and the two lists that are reports of their own.
class EvidenceReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void attachmentsAreListedWithTheirDigests();
    void withoutAnyItSaysSo();
    void decisionsNameTheirEvidence();
    void theListTellsWhatIsMissing();
    void theRequestListCanBeFilledIn();
    void requestsSayWhereTheDocumentIs();
    void requestsSpeakTheLanguageOfTheList();
    void listsOfSeveralModulesNameThem();
};

namespace {

const std::string digest(64, 'a');

std::string htmlOf(
    const ReportFixture &fixture, ReportOptions::Kind kind = ReportOptions::Kind::Full, bool embedded = false)
{
    ReportOptions options;
    options.language = Language::English;
    options.kind = kind;
    options.filesEmbedded = embedded;
    options.createdAt = "2026-11-20T16:42:00Z";
    return writeHtml(buildReport(fixture.input(), options, English()));
}

bool contains(const std::string &html, const std::string &text)
{
    return html.find(text) != std::string::npos;
}

ReportFixture withEvidence()
{
    ReportFixture fixture = makeReportFixture();
    Attachment concept1;
    concept1.key = "N-014";
    concept1.name = "Konzept<script>.pdf";
    concept1.title = "Container concept";
    concept1.note = "Chapter 6.2 only";
    concept1.source = "Operations";
    concept1.date = "2026-11-12";
    concept1.expires = "2026-11-19";
    concept1.mediaType = "application/pdf";
    concept1.bytes = 1'400'000;
    concept1.sha256 = digest;
    concept1.ids = {"SYS.1.6.A17.1", "SYS.1.6.A4"};
    concept1.by = "K. Brandt";
    concept1.at = "2026-11-18T16:02:13Z";
    fixture.audit.attachments = {concept1};
    return fixture;
}

} // namespace

void EvidenceReportTest::attachmentsAreListedWithTheirDigests()
{
    ReportFixture fixture = withEvidence();
    fixture.audit.removedAttachments = fixture.audit.attachments;
    const std::string html = htmlOf(fixture);
    QVERIFY(contains(html, "N-014"));
    QVERIFY(contains(html, "Container concept"));
    QVERIFY(contains(html, "Konzept&lt;script&gt;.pdf"));
    QVERIFY(contains(html, "1.4\u00A0MB"));
    QVERIFY(contains(html, "A17.1, A4"));
    QVERIFY(contains(html, "expired on"));
    QVERIFY(contains(html, "--to FOLDER"));
    QVERIFY(contains(html, "Removed since and not listed: 1"));
    QVERIFY(!contains(html, "embedded in this PDF"));
    QVERIFY(contains(htmlOf(fixture, ReportOptions::Kind::Full, true), "embedded in this PDF"));
}

void EvidenceReportTest::withoutAnyItSaysSo()
{
    QVERIFY(contains(htmlOf(makeReportFixture()), "No evidence was attached to this audit."));
}

void EvidenceReportTest::decisionsNameTheirEvidence()
{
    const std::string html = htmlOf(withEvidence());
    const std::size_t box = html.find("Decision of the auditors:");
    QVERIFY(box != std::string::npos);
    std::size_t named = 0; // A4 and A17, decided or not
    for (std::size_t at = html.find("Container concept (expired on", box); at != std::string::npos;
         at = html.find("Container concept (expired on", at + 1))
        ++named;
    QCOMPARE(named, std::size_t(2));
}

void EvidenceReportTest::theListTellsWhatIsMissing()
{
    const std::string html = htmlOf(withEvidence(), ReportOptions::Kind::Evidence);
    QVERIFY(contains(html, "Evidence list"));
    QVERIFY(contains(html, "Chapter 6.2 only"));
    QVERIFY(contains(html, "Operations"));
    QVERIFY(contains(html, "By requirement"));
    QVERIFY(!contains(html, "Decision of the auditors:"));
}

void EvidenceReportTest::theRequestListCanBeFilledIn()
{
    ReportFixture fixture = makeReportFixture();
    QVERIFY(contains(htmlOf(fixture, ReportOptions::Kind::Requests), "Nothing is asked for."));
    EvidenceRequest late;
    late.key = "R-001";
    late.what = "The <b>concept</b> with its approval";
    late.whom = "IT-Betrieb";
    late.due = "2026-11-01";
    late.requirements = {"SYS.1.6.A1.1"};
    EvidenceRequest done;
    done.key = "R-002";
    done.what = "List of exceptions";
    done.state = EvidenceRequest::State::NotAvailable;
    done.answer = "There is none";
    fixture.audit.records.put(late);
    fixture.audit.records.put(done);
    const std::string html = htmlOf(fixture, ReportOptions::Kind::Requests);
    QVERIFY(contains(html, "The &lt;b&gt;concept&lt;/b&gt; with its approval"));
    QVERIFY(contains(html, "overdue since"));
    QVERIFY(contains(html, "A1.1"));
    QVERIFY(contains(html, "Answer, document, date"));
    QVERIFY(contains(html, "not available"));
    QVERIFY(contains(html, "There is none"));
    QVERIFY(contains(html, "Filled in by"));
}

void EvidenceReportTest::requestsSayWhereTheDocumentIs()
{
    ReportFixture fixture = makeReportFixture();
    EvidenceRequest open;
    open.key = "R-001";
    open.what = "The concept";
    open.location = "DMS, folder <12>";
    EvidenceRequest done = open;
    done.key = "R-002";
    done.state = EvidenceRequest::State::Received;
    done.location = "share:/audit/b.pdf";
    fixture.audit.records.put(open);
    fixture.audit.records.put(done);
    const std::string html = htmlOf(fixture, ReportOptions::Kind::Requests);
    QVERIFY(contains(html, "Where: DMS, folder &lt;12&gt;"));
    QVERIFY(contains(html, "Where: share:/audit/b.pdf"));
}

void EvidenceReportTest::requestsSpeakTheLanguageOfTheList()
{
    ReportFixture fixture = makeReportFixture();
    Part &part = fixture.catalogue.modules[0].requirements[0].parts[0];
    part.ask = {"Das Konzept mit Freigabe", "The concept with its approval"};
    EvidenceRequest own;
    own.key = "R-001";
    own.what = part.ask.de; // as a German window asked
    own.requirements = {part.id};
    EvidenceRequest typed = own;
    typed.key = "R-002";
    typed.what = "Das Konzept mit Freigabe, bitte bis Mai";
    EvidenceRequest whole = own;
    whole.key = "R-003";
    whole.requirements = {fixture.catalogue.modules[0].requirements[0].id};
    EvidenceRequest elsewhere = own; // the same words about something else are a person's
    elsewhere.key = "R-004";
    elsewhere.requirements = {"SYS.1.6.A2.1"};
    for (const EvidenceRequest &each : {own, typed, whole, elsewhere})
        fixture.audit.records.put(each);
    QCOMPARE(requestText(own, fixture.catalogue, Language::English), part.ask.en);
    QCOMPARE(requestText(own, fixture.catalogue, Language::German), part.ask.de);
    QCOMPARE(requestText(typed, fixture.catalogue, Language::English), typed.what);
    QCOMPARE(requestText(whole, fixture.catalogue, Language::English), part.ask.en);
    QCOMPARE(requestText(elsewhere, fixture.catalogue, Language::English), elsewhere.what);
    Part changed;
    changed.id = "SYS.1.6.A19.2";
    Requirement &first = fixture.catalogue.modules[0].requirements.emplace_back();
    first.id = "SYS.1.6.A19";
    first.parts.push_back(changed);
    EvidenceRequest former = own; // as an earlier catalogue asked at another part, then at this one
    former.what = "Wird Schreibzugriff gebraucht? Je Einbindung entscheiden.";
    QCOMPARE(requestText(former, fixture.catalogue, Language::English), former.what);
    former.requirements = {changed.id};
    QCOMPARE(requestText(former, fixture.catalogue, Language::English),
        std::string("Is write access needed? Decide per mount."));
    fixture.catalogue.modules[0].requirements.pop_back();
    const std::string html = htmlOf(fixture, ReportOptions::Kind::Requests);
    QVERIFY(contains(html, "The concept with its approval"));
    QVERIFY(contains(html, "Das Konzept mit Freigabe, bitte bis Mai"));
}

void EvidenceReportTest::listsOfSeveralModulesNameThem()
{
    ReportFixture fixture = withEvidence();
    Module second{"APP.4.4", {"Kubernetes", "Kubernetes"}, {}};
    second.requirements.push_back(fixture.catalogue.modules[0].requirements[0]);
    second.requirements[0].id = "APP.4.4.A1";
    second.requirements[0].parts.clear();
    fixture.catalogue.modules.push_back(second);
    QVERIFY(!contains(htmlOf(fixture, ReportOptions::Kind::Evidence), "APP.4.4"));
    fixture.audit.decisions["APP.4.4.A1"] = fixture.audit.decisions.at("SYS.1.6.A15");
    fixture.audit.decisions["APP.4.4.A1"].stale = true;
    const std::string html = htmlOf(fixture, ReportOptions::Kind::Evidence);
    QVERIFY(contains(html, "APP.4.4 Kubernetes"));
    QVERIFY(contains(html, "SYS.1.6.A17.1"));
    QVERIFY(contains(html, "yes (outdated)"));
}

TALLY_TEST(EvidenceReportTest)
#include "evidence_report_test.moc"
