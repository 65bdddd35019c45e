// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/cluster_builder.h"
#include "core/document/readers.h"
#include "core/io/file.h"
#include "tests/core/checks/check_case.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <optional>
#include <set>

using namespace tally;
using namespace tally::test;

namespace {

/// What we have that judges like a rule of another project (tests/core/checks/oracle/*.yaml).
struct Rule
{
    std::string test; ///< only this test of the rule; empty: those without a row of their own
    std::vector<std::string> checks;
    std::string none; ///< why we have nothing
    std::string policy;
    std::string with;
    std::string replicas; ///< where the case gives none; may be empty
};

struct Deviation
{
    std::string rule;
    std::string test;  ///< may be empty
    std::string name;  ///< of the case's file
    std::string grade; ///< may be empty
    bool finds = false;
    std::string reason;
};

struct Oracle
{
    std::multimap<std::string, Rule> rules;
    std::vector<Deviation> deviations;

    [[nodiscard]] const Rule *find(const std::string &rule, const std::string &test) const
    {
        const Rule *general = nullptr;
        for (auto [row, end] = rules.equal_range(rule); row != end; ++row) {
            if (row->second.test == test)
                return &row->second;
            if (row->second.test.empty())
                general = &row->second;
        }
        return general;
    }
};

/// One labelled case of the other project.
struct LabelledCase
{
    std::string rule;
    std::string test;
    std::string name;
    std::string label;
    std::string file;
    std::string inventory; ///< may be empty
    bool bad = false;
};

std::string textOf(const std::filesystem::path &path)
{
    return readFile(path, Limits{}).value();
}

Oracle readOracle(const char *fileName)
{
    ReadOptions options;
    options.maskSecrets = false;
    const auto text = readYaml(textOf(sourceFolder() / "tests/core/checks/oracle" / fileName), options).value();
    const Node root = rootOf(*text.documents.front());
    Oracle oracle;
    for (const Node row : root["rules"]) {
        Rule rule{std::string(row["test"].text()), {}, std::string(row["none"].text()),
            std::string(row["policy"].text()), std::string(row["with"].text()), std::string(row["replicas"].text())};
        for (const Node check : row["checks"])
            rule.checks.emplace_back(check.text());
        oracle.rules.emplace(row["rule"].text(), std::move(rule));
    }
    for (const Node row : root["deviations"]) {
        oracle.deviations.push_back(
            {std::string(row["rule"].text()), std::string(row["test"].text()), std::string(row["case"].text()),
                std::string(row["grade"].text()), row["ours"].text() == "finding", std::string(row["reason"].text())});
    }
    return oracle;
}

const Deviation *deviationOf(const Oracle &oracle, const LabelledCase &row)
{
    const auto found = std::ranges::find_if(oracle.deviations, [&](const Deviation &deviation) {
        return deviation.rule == row.rule && (deviation.name == row.name || deviation.name == row.label)
            && (deviation.test.empty() || deviation.test == row.test)
            && (deviation.grade.empty() || deviation.grade == row.label);
    });
    return found == oracle.deviations.end() ? nullptr : &*found;
}

std::vector<QStringList> rowsOf(const std::filesystem::path &csv)
{
    std::vector<QStringList> rows;
    const QStringList lines = QString::fromStdString(textOf(csv)).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines.mid(1))
        rows.push_back(line.split(u','));
    return rows;
}

std::vector<LabelledCase> gatekeeperCases(const std::filesystem::path &folder)
{
    std::vector<LabelledCase> cases;
    for (const QStringList &row : rowsOf(folder / "expectations.csv")) {
        // template_kind,test,constraint,case,object,inventory,violations,message
        cases.push_back({row[0].toStdString(), row[1].toStdString(), row[3].toStdString(), row[4].toStdString(),
            (folder / row[4].toStdString()).string(),
            row[5].isEmpty() ? std::string() : (folder / row[5].toStdString()).string(),
            row[6] != u"False" && row[6] != u"0"});
    }
    return cases;
}

std::vector<LabelledCase> kubeScoreCases(const std::filesystem::path &folder)
{
    std::vector<LabelledCase> cases;
    for (const QStringList &row : rowsOf(folder / "expectations.csv")) {
        const std::filesystem::path file = folder / row[2].toStdString();
        cases.push_back({row[0].toStdString(), "", file.filename().string(), row[1].toStdString(), file.string(), "",
            row[1] != u"GradeAllOK"});
    }
    return cases;
}

std::vector<Finding> judge(const Rule &rule, const LabelledCase &row)
{
    const CheckSet checks = onlyChecks(rule.checks);
    if (checks.checks.size() != rule.checks.size())
        qFatal("a check of the rule %s is not there", row.rule.c_str());
    std::string yaml = textOf(row.file);
    if (yaml.find("kind: AdmissionReview") != std::string::npos) {
        // A request to the API server: no export holds one, and the reader finds no object in it.
        ReadClusterOptions options;
        options.name = "case.yaml";
        if (readClusterFile(yaml, options))
            qFatal("%s holds objects", row.name.c_str());
        return {};
    }
    if (const std::size_t at = yaml.find("\n  template:"); at != std::string::npos && !rule.replicas.empty())
        yaml.insert(at, "\n  replicas: " + rule.replicas);
    for (const std::string &more : {row.inventory.empty() ? std::string() : textOf(row.inventory), rule.with}) {
        if (!more.empty())
            yaml += "\n---\n" + more;
    }
    const ClusterPtr cluster = clusterOf(withEmptyKinds(std::move(yaml), checks));
    CheckInput input;
    input.cluster = cluster.get();
    Policy policy;
    if (!rule.policy.empty()) {
        policy = readPolicy(rule.policy, "policy.yaml").value();
        input.policy = &policy;
    }
    for (const Check &check : checks.checks) {
        if (const auto unmet = unmetNeeds(check, input); !unmet.empty())
            qFatal("%s of %s does not give %s its %s", row.name.c_str(), row.rule.c_str(), check.id.c_str(),
                unmet.front().c_str());
    }
    return findingsOf(checks, input);
}

} // namespace

/// The labelled cases of other projects: where we have a check, it agrees, or the table says why not.
class OracleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithGatekeeper_data();
    void agreesWithGatekeeper();
    void agreesWithKubeScore_data();
    void agreesWithKubeScore();

private:
    void addRows(const Oracle &oracle, const std::vector<LabelledCase> &cases);
    void compare();
};

/// Each case whose rule has a check becomes a row; that every rule is known and no entry of the table is idle is
/// judged here.
void OracleTest::addRows(const Oracle &oracle, const std::vector<LabelledCase> &cases)
{
    QTest::addColumn<LabelledCase>("row");
    QTest::addColumn<Rule>("rule");
    QTest::addColumn<QString>("deviation");
    std::set<const Rule *> usedRules;
    std::set<const Deviation *> usedDeviations;
    for (const LabelledCase &row : cases) {
        const Rule *rule = oracle.find(row.rule, row.test);
        if (!rule || rule->checks.empty() != !rule->none.empty())
            qFatal("the table does not say what judges %s", row.rule.c_str());
        usedRules.insert(rule);
        if (rule->checks.empty())
            continue;
        const Deviation *deviation = deviationOf(oracle, row);
        if (deviation) {
            usedDeviations.insert(deviation);
            if (deviation->finds == row.bad || deviation->reason.empty())
                qFatal("%s of %s is no deviation", row.name.c_str(), row.rule.c_str());
        }
        QTest::addRow("%s %s %s %s", row.rule.c_str(), row.test.c_str(), row.name.c_str(), row.label.c_str())
            << row << *rule << QString::fromStdString(deviation ? deviation->reason : std::string());
    }
    for (const auto &[name, rule] : oracle.rules) {
        if (!usedRules.contains(&rule))
            qFatal("no case asks for the rule %s %s", name.c_str(), rule.test.c_str());
    }
    for (const Deviation &deviation : oracle.deviations) {
        if (!usedDeviations.contains(&deviation))
            qFatal("no case deviates like %s %s", deviation.rule.c_str(), deviation.name.c_str());
    }
}

void OracleTest::compare()
{
    QFETCH(LabelledCase, row);
    QFETCH(Rule, rule);
    QFETCH(QString, deviation);
    if (!std::filesystem::exists(row.file))
        QSKIP("this case is not part of the data");
    const auto findings = judge(rule, row);
    const bool finds = row.bad == deviation.isEmpty();
    QVERIFY2(findings.empty() != finds, findings.empty() ? "nothing found" : describe(findings.front()).c_str());
}

void OracleTest::agreesWithGatekeeper_data()
{
    const auto folder = dataFolder() / "labelled" / "gatekeeper-library";
    TALLY_REQUIRE_DATA(folder);
    addRows(readOracle("gatekeeper-library.yaml"), gatekeeperCases(folder));
}

void OracleTest::agreesWithGatekeeper()
{
    compare();
}

void OracleTest::agreesWithKubeScore_data()
{
    const auto folder = dataFolder() / "labelled" / "kube-score";
    TALLY_REQUIRE_DATA(folder);
    addRows(readOracle("kube-score.yaml"), kubeScoreCases(folder));
}

void OracleTest::agreesWithKubeScore()
{
    compare();
}

TALLY_TEST(OracleTest)
#include "oracle_test.moc"
