// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample_state.h"
#include "tests/support/test_registry.h"
#include "ui/models/finding_filter.h"

#include <QTest>

using namespace tally;
using namespace tally::ui;

class FindingFilterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lets_data();
    void lets();
    void countsWhatEachValueWouldShow();
    void expiredExceptionsAreOpenAndSaidToBeExpired();
};

void FindingFilterTest::lets_data()
{
    QTest::addColumn<int>("facet");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("text");
    QTest::addColumn<std::vector<std::size_t>>("findings");
    using Findings = std::vector<std::size_t>;
    QTest::newRow("nothing chosen") << -1 << QString() << QString() << Findings{0, 1, 2, 3};
    QTest::newRow("severity") << static_cast<int>(Facet::Severity) << u"medium"_qs << QString() << Findings{2, 3};
    QTest::newRow("namespace") << static_cast<int>(Facet::Namespace) << u"kube-system"_qs << QString() << Findings{1};
    QTest::newRow("accepted") << static_cast<int>(Facet::State) << u"accepted"_qs << QString() << Findings{1};
    QTest::newRow("text and facet") << static_cast<int>(Facet::Namespace) << u"payments"_qs << u"API runs"_qs
                                    << Findings{0};
    QTest::newRow("text that occurs nowhere") << -1 << QString() << u"zzz"_qs << Findings{};
}

void FindingFilterTest::lets()
{
    QFETCH(int, facet);
    QFETCH(QString, value);
    QFETCH(QString, text);
    const Knowledge knowledge = test::sampleKnowledge();
    FindingFilter filter;
    filter.text = text;
    if (facet >= 0)
        filter.of(static_cast<Facet>(facet)).insert(value.toStdString());
    QTEST(filterFindings(*test::sampleState(knowledge), *knowledge.checks, Language::English, filter).findings,
        "findings");
}

void FindingFilterTest::countsWhatEachValueWouldShow()
{
    const Knowledge knowledge = test::sampleKnowledge();
    FindingFilter filter;
    filter.of(Facet::Namespace).insert("kube-system");
    const FilteredFindings result
        = filterFindings(*test::sampleState(knowledge), *knowledge.checks, Language::English, filter);
    // of the severities only critical is left, but medium stays visible with none
    const std::vector<FacetValue> severities{{"critical", 1}, {"medium", 0}};
    QVERIFY(result.facets[static_cast<std::size_t>(Facet::Severity)] == severities);
    // the facet that is chosen counts as if it were not
    const std::vector<FacetValue> namespaces{{"payments", 3}, {"kube-system", 1}};
    QVERIFY(result.facets[static_cast<std::size_t>(Facet::Namespace)] == namespaces);
}

void FindingFilterTest::expiredExceptionsAreOpenAndSaidToBeExpired()
{
    const Knowledge knowledge = test::sampleKnowledge();
    AuditState state = *test::sampleState(knowledge);
    QVERIFY(!state.exceptions.empty());
    for (auto &[key, exception] : state.exceptions)
        exception.expires = "2020-01-31";
    using Findings = std::vector<std::size_t>;
    for (const auto &[value, wanted] : {std::pair{"expired", Findings{1}}, std::pair{"open", Findings{0, 1, 2, 3}},
             std::pair{"accepted", Findings{}}}) {
        FindingFilter filter;
        filter.of(Facet::State).insert(value);
        QVERIFY2(filterFindings(state, *knowledge.checks, Language::English, filter).findings == wanted, value);
    }
}

TALLY_TEST(FindingFilterTest)
#include "finding_filter_test.moc"
