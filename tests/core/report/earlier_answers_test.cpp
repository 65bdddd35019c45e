// SPDX-License-Identifier: Apache-2.0
#include "core/report/earlier_answers.h"

#include "core/audit/earlier_edition.h"
#include "core/io/zip_writer.h"
#include "tests/core/report/english.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

namespace {

const Catalogue &catalogue()
{
    static const Result<CataloguePtr> loaded = loadCatalogue(Resources());
    if (!loaded)
        qFatal("the catalogue is not readable");
    return **loaded;
}

const Crosswalk &crosswalk()
{
    static const Result<Crosswalk> loaded = loadCrosswalk(Resources(), catalogue(), "2022");
    if (!loaded)
        qFatal("the crosswalk is not readable");
    return *loaded;
}

std::string workbookOf(const std::vector<std::vector<std::string>> &rows)
{
    std::string sheet = "<worksheet><sheetData>";
    for (const auto &row : rows) {
        sheet += "<row>";
        for (const std::string &cell : row)
            sheet += "<c t=\"inlineStr\"><is><t>" + cell + "</t></is></c>";
        sheet += "</row>";
    }
    sheet += "</sheetData></worksheet>";
    std::string bytes;
    auto zip = ZipWriter::create([&bytes](std::string_view piece) {
        bytes += piece;
        return Result<>();
    });
    const bool written = zip->add("xl/worksheets/one.xml", sheet)
        && zip->add(
            "xl/workbook.xml", R"(<workbook><sheets><sheet name="Check" sheetId="1" r:id="x"/></sheets></workbook>)")
        && zip->add("xl/_rels/workbook.xml.rels",
            R"(<Relationships><Relationship Id="x" Target="/xl/worksheets/one.xml"/></Relationships>)")
        && zip->finish();
    return written ? bytes : std::string();
}

Result<EarlierAnswers> read(const std::vector<std::vector<std::string>> &rows)
{
    const English english;
    return readEarlierAnswers(
        memorySource(workbookOf(rows)), "check.xlsx", crosswalk(), catalogue(), english, english, {});
}

const EarlierAnswers::Answer *answerFrom(const EarlierAnswers &answers, std::string_view id)
{
    const auto found = std::ranges::find(answers.answers, id, &EarlierAnswers::Answer::from);
    return found == answers.answers.end() ? nullptr : &*found;
}

} // namespace

/// A Grundschutz-Check by an earlier edition, as somebody kept it in a spreadsheet.
class EarlierAnswersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsGoThroughTheCrosswalk();
    void theyAreToBeConfirmed();
    void whatCannotBeReadIsSaid();
    void aTableIsNeeded();
    void anotherEditionIsRefused();
};

void EarlierAnswersTest::idsGoThroughTheCrosswalk()
{
    const auto answers = read({{"Grundschutz-Check", "2022"}, {},
        {"Anforderung", "Titel", "Umsetzung", "Begründung", "Verantwortlich", "Umsetzung bis"},
        {"SYS.1.6.A17 Ausführung ohne Privilegien", "x", "nein", "agents", "IT", "31.3.2027"},
        {"SYS.1.6.A6.4", "x", "ja", "", "", ""}, {"SYS.1.6.A6", "x", "ja", "all good", "", ""},
        {"SYS.1.6.A3", "x", "", "", "", ""}, {"Summe", "", "3", "", "", ""}, {"APP.6.A1", "x", "ja", "", "", ""},
        {"APP.4.4.A99", "x", "ja", "", "", ""}});
    QVERIFY(answers.has_value());
    QVERIFY(answers->problems.empty());
    QCOMPARE(answers->answers.size(), 4U); // nothing was answered for A3, APP.6 is no module of ours
    const auto *privileges = answerFrom(*answers, "SYS.1.6.A17");
    QVERIFY(privileges);
    QCOMPARE(privileges->to, "SYS.1.6.A17");
    QCOMPARE(privileges->decision.status, Status::Nein);
    QCOMPARE(privileges->decision.reason, "agents");
    QCOMPARE(privileges->decision.responsible, "IT");
    QCOMPARE(privileges->decision.until, "2027-03-31");
    QVERIFY(!privileges->note.empty()); // a word of it has changed
    QCOMPARE(answerFrom(*answers, "SYS.1.6.A6.4")->to, "SYS.1.6.A6.5");
    QVERIFY(answerFrom(*answers, "SYS.1.6.A6")->to.empty());
    QVERIFY(!answerFrom(*answers, "SYS.1.6.A6")->note.empty());
    QVERIFY(answerFrom(*answers, "APP.4.4.A99")->to.empty());
}

void EarlierAnswersTest::theyAreToBeConfirmed()
{
    const auto answers = read({{"id", "status", "reason"}, {"SYS.1.6.A17", "teilweise", "half"},
        {"SYS.1.6.A6", "ja", "all good"}, {"SYS.1.6.A6.6", "nein", "later"}});
    QVERIFY(answers.has_value());
    auto audit = Audit::createInMemory({});
    QVERIFY(audit && audit->takeOver(asAudit(*answers, "check.xlsx", crosswalk(), catalogue())));
    const AuditStatePtr state = audit->state();
    QVERIFY(state->decisions.empty());
    QCOMPARE(state->predecessor->title, "check.xlsx, Edition 2022");
    QCOMPARE(state->toConfirm("SYS.1.6.A17")->status, Status::Teilweise);
    QCOMPARE(state->toConfirm("SYS.1.6.A6.7")->reason, "later");
    QVERIFY(!state->toConfirm("SYS.1.6.A6"));
    QCOMPARE(notTakenOver(*state, "2022", "SYS.1.6.A6")->reason, "all good");
    QVERIFY(audit->verify()->consistent);
}

void EarlierAnswersTest::whatCannotBeReadIsSaid()
{
    const auto answers = read({{"Requirement", "Status", "Until"}, {"SYS.1.6.A1", "maybe", ""},
        {"SYS.1.6.A2", "ja", "soon"}, {"SYS.1.6.A2", "nein", ""}});
    QVERIFY(answers.has_value());
    QCOMPARE(answers->problems.size(), 3U);
    QCOMPARE(answers->problems[0].cell, "B2");
    QCOMPARE(answers->problems[0].why.def->code, "answers.bad-status");
    QCOMPARE(answers->problems[1].cell, "C3");
    QCOMPARE(answers->problems[1].why.def->code, "answers.bad-date");
    QCOMPARE(answers->problems[2].why.def->code, "answers.twice");
    QCOMPARE(answers->answers.size(), 1U);
    QCOMPARE(answers->answers[0].decision.status, Status::Ja);
    QVERIFY(answers->answers[0].decision.until.empty());
}

void EarlierAnswersTest::aTableIsNeeded()
{
    const auto answers = read({{"Anforderung", "Titel"}, {"SYS.1.6.A1", "x"}});
    QVERIFY(!answers);
    QCOMPARE(answers.error().message.def->code, "crosswalk.no-table");
}

void EarlierAnswersTest::anotherEditionIsRefused()
{
    const auto with = [](const char *edition) {
        return read({{"tallymann:id", "tallymann:status", std::string("tallymann:audit/1/") + edition + "/abc"},
            {"Nr.", "Status"}, {"SYS.1.6.A1", "ja"}});
    };
    QVERIFY(with("2022").has_value());
    const auto other = with("2023");
    QVERIFY(!other);
    QCOMPARE(other.error().message.def->code, "crosswalk.own");
}

TALLY_TEST(EarlierAnswersTest)
#include "earlier_answers_test.moc"
