// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/cluster_builder.h"
#include "core/cluster/known_kinds.h"
#include "core/document/yaml_view.h"
#include "core/io/file.h"
#include "tests/core/checks/check_case.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

using namespace tally;
using namespace tally::test;

namespace {

/// What a finding says, without where in which file it stands.
using Said = std::tuple<std::string, std::string, std::string, std::vector<std::string>, std::string>;

std::vector<Said> said(const std::vector<Finding> &findings)
{
    std::vector<Said> all;
    all.reserve(findings.size());
    for (const Finding &finding : findings)
        all.emplace_back(finding.check, finding.id, finding.variant, finding.args, describe(finding));
    std::ranges::sort(all);
    return all;
}

/// At most ten lines; empty if both say the same.
QString difference(const std::vector<Said> &one, const std::vector<Said> &other)
{
    std::vector<Said> only;
    std::ranges::set_symmetric_difference(one, other, std::back_inserter(only));
    QStringList lines;
    for (const Said &finding : only) {
        if (lines.size() == 10)
            break;
        lines << (std::ranges::binary_search(one, finding) ? QStringLiteral("first: ") : QStringLiteral("other: "))
                + QString::fromStdString(std::get<0>(finding) + ' ' + std::get<4>(finding));
    }
    return lines.join(u'\n');
}

std::vector<Finding> findingsOf(const Cluster &cluster)
{
    CheckInput input;
    input.cluster = &cluster;
    return test::findingsOf(allChecks(), input);
}

ClusterPtr clusterOfMembers(std::vector<ExportMember> members)
{
    ReadClusterOptions options;
    options.name = "export";
    auto reading = readCluster(std::move(members), options);
    if (!reading)
        qFatal("the export is not readable");
    return reading->cluster;
}

// --- the same objects in several forms

std::string yamlOf(Node node)
{
    std::string text;
    for (const std::string &line : renderYaml(node).lines)
        text.append(line).append("\n");
    return text;
}

std::string quoted(std::string_view text)
{
    std::string json = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            json += '\\';
        if (static_cast<unsigned char>(c) < 0x20)
            json += QStringLiteral("\\u%1").arg(int(c), 4, 16, QLatin1Char('0')).toStdString();
        else
            json += c;
    }
    return json + '"';
}

/// As kubectl -o json would write what yamlOf() writes as YAML.
std::string jsonOf(Node node) // NOLINT(misc-no-recursion): as deep as the reader lets a document be
{
    if (node.isMap() || node.isSequence()) {
        std::string json(1, node.isMap() ? '{' : '[');
        for (const Node child : node) {
            if (child.key() == "managedFields" || child.key() == "kubectl.kubernetes.io/last-applied-configuration")
                continue; // renderYaml() leaves them out, too
            if (json.size() > 1)
                json += ',';
            if (node.isMap())
                json += quoted(child.key()) + ':';
            json += jsonOf(child);
        }
        return json + (node.isMap() ? '}' : ']');
    }
    if (node.kind() == NodeKind::Quoted)
        return quoted(node.text());
    if (node.isNull())
        return "null";
    if (const auto truth = node.asBool())
        return *truth ? "true" : "false";
    bool isNumber = false;
    const double number = QString::fromUtf8(node.text().data(), qsizetype(node.text().size())).toDouble(&isNumber);
    if (node.asInt() || (isNumber && qIsFinite(number) && node.text().front() != '+'))
        return std::string(node.text());
    return quoted(node.text());
}

std::string listOf(const std::vector<std::string> &objects)
{
    std::string list = "apiVersion: v1\nkind: List\nitems:\n";
    for (const std::string &object : objects) {
        std::string_view rest = object;
        for (bool first = true; !rest.empty(); first = false) {
            const std::size_t end = std::min(rest.find('\n'), rest.size() - 1);
            list.append(first ? "- " : "  ").append(rest.substr(0, end + 1));
            rest.remove_prefix(end + 1);
        }
    }
    return list;
}

std::string joined(const std::vector<std::string> &parts, std::string_view separator)
{
    std::string whole;
    for (const std::string &part : parts)
        whole.append(whole.empty() ? "" : separator).append(part);
    return whole;
}

/// The same objects in files of their own, as multi-document YAML, as a List in YAML and in JSON, and as JSON lines.
std::vector<std::pair<const char *, std::vector<ExportMember>>> formsOf(const std::vector<Node> &roots)
{
    std::vector<std::string> yaml;
    std::vector<std::string> json;
    std::vector<ExportMember> alone;
    for (const Node root : roots) {
        yaml.push_back(yamlOf(root));
        json.push_back(jsonOf(root));
        alone.push_back({"object-" + std::to_string(alone.size()) + ".yaml", yaml.back()});
    }
    std::vector<std::pair<const char *, std::vector<ExportMember>>> forms;
    forms.emplace_back("files", std::move(alone));
    forms.push_back({"documents", {{"all.yaml", documents(yaml)}}});
    forms.push_back({"list", {{"all.yaml", listOf(yaml)}}});
    forms.push_back(
        {"JSON list", {{"all.json", R"({"apiVersion":"v1","kind":"List","items":[)" + joined(json, ",") + "]}"}}});
    forms.push_back({"JSON lines", {{"all.json", joined(json, "\n")}}});
    return forms;
}

// --- the same template in several kinds

struct Wrapping
{
    const char *apiVersion;
    const char *kind;
    const char *before;    ///< what stands between the object's metadata and the template
    std::size_t depth;     ///< of the template in it
    const char *specField; ///< of the pod's specification
};

constexpr std::array<Wrapping, 8> wrappings{{
    {"apps/v1", "Deployment", "spec:\n  template:\n", 2, "spec.template.spec"},
    {"apps/v1", "StatefulSet", "spec:\n  template:\n", 2, "spec.template.spec"},
    {"apps/v1", "DaemonSet", "spec:\n  template:\n", 2, "spec.template.spec"},
    {"apps/v1", "ReplicaSet", "spec:\n  template:\n", 2, "spec.template.spec"},
    {"v1", "ReplicationController", "spec:\n  template:\n", 2, "spec.template.spec"},
    {"batch/v1", "Job", "spec:\n  template:\n", 2, "spec.template.spec"},
    {"batch/v1", "CronJob", "spec:\n  jobTemplate:\n    spec:\n      template:\n", 4,
        "spec.jobTemplate.spec.template.spec"},
    {"v1", "PodTemplate", "template:\n", 1, "template.spec"},
}};

std::string indented(const std::string &text, std::size_t depth)
{
    std::string lines;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size() - 1);
        lines.append(2 * depth, ' ').append(rest.substr(0, end + 1));
        rest.remove_prefix(end + 1);
    }
    return lines;
}

/// Metadata as a template may have it, and the specification.
std::string templateOf(Node pod)
{
    std::string text;
    for (const char *key : {"labels", "annotations"}) {
        if (const Node part = pod["metadata"][key]; part.size() > 0)
            text += "  " + std::string(key) + ":\n" + indented(yamlOf(part), 2);
    }
    return (text.empty() ? "" : "metadata:\n" + text) + "spec:\n" + indented(yamlOf(pod["spec"]), 1);
}

std::string metadata(Node pod, std::size_t number)
{
    const std::string_view space = pod["metadata"]["namespace"].text();
    return "metadata:\n  name: w" + std::to_string(number)
        + (space.empty() ? std::string() : "\n  namespace: " + std::string(space)) + '\n';
}

std::string podOf(Node pod, std::size_t number)
{
    std::string text = templateOf(pod);
    const std::string own = metadata(pod, number);
    if (text.starts_with("metadata:\n"))
        text.replace(0, 10, own);
    else
        text.insert(0, own);
    return "apiVersion: v1\nkind: Pod\n" + text;
}

std::string wrapped(Node pod, std::size_t number, const Wrapping &wrapping)
{
    return "apiVersion: " + std::string(wrapping.apiVersion) + "\nkind: " + wrapping.kind + '\n' + metadata(pod, number)
        + wrapping.before + indented(templateOf(pod), wrapping.depth);
}

/// Checks that rightly look at what carries a pod, with what differs.
bool dependsOnKind(const std::string &check)
{
    static const std::set<std::string> checks{
        "META-COVERAGE", // names the kinds that are missing
        "POD-NAKED",     // is about Pods that nothing carries
    };
    return checks.contains(check) || check.starts_with("AVL-"); // what restarts, and how many there are, the kind says
}

std::set<std::string> causes(const std::string &yaml, std::string_view specField)
{
    const std::string_view template_ = specField.substr(0, specField.size() - std::string_view("spec").size());
    const ClusterPtr cluster = clusterOf(yaml);
    std::set<std::string> found;
    for (const Finding &finding : findingsOf(*cluster)) {
        if (dependsOnKind(finding.check))
            continue;
        std::string_view field = finding.field;
        if (field.starts_with(template_))
            field.remove_prefix(template_.size());
        found.insert(finding.check + ' ' + finding.variant + ' ' + (finding.object ? finding.object->name : "-") + ' '
            + finding.container + ' ' + std::string(field));
    }
    return found;
}

// --- exports with something taken away or turned round

/// The cluster made anew of these objects, in this order, and of what was said of kinds without objects.
ClusterPtr remade(const Cluster &cluster, const std::vector<std::size_t> &objects,
    const std::function<bool(const KindCompleteness &)> &keeps)
{
    ClusterBuilder builder;
    for (const DocumentPtr &document : cluster.documents)
        builder.keep(document);
    for (const std::size_t index : objects)
        builder.addObject(cluster.objects[index]);
    for (const KindCompleteness &row : cluster.completeness) {
        if (!keeps(row))
            continue;
        if (row.state == KindState::Empty)
            builder.noteEmptyKind(row.group, row.kind, row.source);
        if (row.state == KindState::Forbidden)
            builder.noteForbidden(row.group, row.kind, row.source);
    }
    for (const NamespaceEvidence &evidence : cluster.namespaceEvidence)
        builder.noteNamespace(evidence);
    for (const std::string &name : cluster.uncoveredNamespaces)
        builder.noteUncoveredNamespace(name);
    builder.setLabel(cluster.label);
    return builder.finish();
}

std::vector<std::size_t> allObjects(const Cluster &cluster)
{
    std::vector<std::size_t> indexes(cluster.objects.size());
    std::iota(indexes.begin(), indexes.end(), std::size_t(0));
    return indexes;
}

ClusterPtr withoutKind(const Cluster &cluster, const KindCompleteness &kind)
{
    std::vector<std::size_t> left;
    for (const std::size_t index : allObjects(cluster)) {
        const Object &object = cluster.objects[index];
        if (object.kind != kind.kind
            || currentGroup(object.kind, object.group()) != currentGroup(kind.kind, kind.group))
            left.push_back(index);
    }
    return remade(
        cluster, left, [&](const KindCompleteness &row) { return row.kind != kind.kind || row.group != kind.group; });
}

const std::string unmetPrefix = "without ";

/// What one check says of a cluster.
struct Outcome
{
    std::set<std::string> limits; ///< needs that are unmet or met only in part
    struct Row
    {
        std::string text;
        std::vector<std::string> args;
    };
    std::map<std::string, Row> findings; ///< by id
};

std::map<std::string, Outcome> outcomes(const Cluster &cluster, const CheckSet &checks = allChecks())
{
    CheckInput input;
    input.cluster = &cluster;
    std::map<std::string, Outcome> all;
    for (const Check &check : checks.checks) {
        Outcome &outcome = all[check.id];
        for (const std::string &need : unmetNeeds(check, input))
            outcome.limits.insert(unmetPrefix + need);
        for (const std::string &need : partialNeeds(check, input))
            outcome.limits.insert("not all of " + need);
    }
    for (const Finding &finding : test::findingsOf(checks, input))
        all[finding.check].findings.emplace(finding.id, Outcome::Row{describe(finding), finding.args});
    all.erase("META-COVERAGE"); // is about what is missing
    return all;
}

/// Does the cluster say that it has no such kind although it holds objects of it? Only cases that are written by hand.
bool contradictsItself(const Cluster &cluster, const KindCompleteness &row)
{
    const KnownKind *known = knownKind(row.kind, row.group == "projectcalico.org" ? "crd." + row.group : row.group);
    return known && known->origin == KindOrigin::Custom && cluster.knows("CustomResourceDefinition")
        && std::ranges::none_of(cluster.ofKind("CustomResourceDefinition"), [&](std::size_t index) {
               return cluster.objects[index].root.at({"spec", "names", "kind"}).text() == row.kind;
           });
}

struct Exception
{
    const char *check;
    const char *without; ///< kind
    const char *why;
};

/// Where less input may change what is found without a word about it.
constexpr std::array<Exception, 31> exceptions{{
    {"POD-SECCOMP-SET", "KubeletConfiguration", "hardly an export holds it: the text names the kubelet's own setting"},
    {"KUB-ANON", "KubeletConfiguration", "the same; then the ConfigMap of kubeadm speaks"},
    {"POD-SECCOMP-SET", "Node", "the version is unknown, and since 1.27 the annotation has no effect"},
    {"POD-HARDENING-NONE", "Node", "the same"},
    {"SEC-UNUSED", "Thing", "a kind that nobody knows may name a Secret: the text says so"},
    {"AVL-RESTARTS", "ConfigMap", "in that case the ConfigMap tells the time"},
    {"IMG-SCANCOVERAGE", "Node", "in that case the Node tells the time"},
    {"NET-CNI", "IPPool", "any object of a plugin shows it, and no list of their kinds is complete"},
    {"GOV-ENGINE", "K8sRequiredLabels", "any constraint shows an engine, and no list of their kinds is complete"},
    {"AVL-SNAPSHOT", "KubeletConfiguration", "hardly an export holds it: the version tells what is usual"},
    {"AVL-ZONES", "Pod", "they show that nodes are missing"},
    {"AVL-BACKUP", "DaemonSet", "it shows that pods are missing"},
    {"AVL-BACKUP", "Pod", "it shows that pods are missing"},
    {"AVL-BACKUP", "ReplicaSet", "it shows that pods are missing"},
    {"AVL-BACKUP", "StatefulSet", "it shows that pods are missing"},
    {"AVL-PDB-SANE", "DaemonSet", "it shows that pods are missing"},
    {"AVL-PDB-SANE", "Pod", "it shows that pods are missing"},
    {"AVL-PDB-SANE", "ReplicaSet", "it shows that pods are missing"},
    {"AVL-PDB-SANE", "StatefulSet", "it shows that pods are missing"},
    {"IDS-RUNTIME", "DaemonSet", "it shows that pods are missing"},
    {"IDS-RUNTIME", "Pod", "it shows that pods are missing"},
    {"IDS-RUNTIME", "ReplicaSet", "it shows that pods are missing"},
    {"IDS-RUNTIME", "StatefulSet", "it shows that pods are missing"},
    {"GOV-PSA", "ClusterRole", "matters before 1.25 only: in that case the variant says that it cannot be seen"},
    {"GOV-PSA", "ClusterRoleBinding", "matters before 1.25 only: in that case the variant says that it cannot be seen"},
    {"GOV-PSA", "Role", "matters before 1.25 only: in that case the variant says that it cannot be seen"},
    {"GOV-PSA", "RoleBinding", "matters before 1.25 only: in that case the variant says that it cannot be seen"},
    {"GOV-PSA", "Node", "the version is unknown, and with it whether PodSecurityPolicies count"},
    {"GOV-PSA-LEVEL", "Node", "the version is unknown, and with it whether PodSecurityPolicies count"},
    {"GOV-ENGINE", "Node", "the version is unknown, and with it whether PodSecurityPolicies count"},
    {"GOV-PSA", "Pod", "mirror pods show whether the API server applies PodSecurityPolicies: the variant says so"},
}};

bool isException(const std::string &check, const std::string &without)
{
    return std::ranges::any_of(
        exceptions, [&](const Exception &row) { return row.check == check && row.without == without; });
}

/// What goes wrong if that is said of less: what is not found any more, or is found only now, must go with a word that
/// this was not all. Where a finding only stands at another object now, its arguments are the same. Empty if all is
/// well.
QStringList wrongWithLess(
    const std::map<std::string, Outcome> &whole, const std::map<std::string, Outcome> &less, const std::string &without)
{
    QStringList wrong;
    for (const auto &[check, before] : whole) {
        const Outcome &after = less.at(check);
        const auto stillSaid = [&](const std::string &limit) {
            return after.limits.contains(limit)
                || after.limits.contains(unmetPrefix + limit.substr(limit.rfind(' ') + 1));
        };
        if (!std::ranges::all_of(before.limits, stillSaid) && !isException(check, without))
            wrong << QString::fromStdString(check + " sees more than before");
        if (after.limits != before.limits || isException(check, without))
            continue; // it says that it saw less
        const auto missingIn = [](const Outcome &outcome, const std::string &id, const Outcome::Row &row) {
            return !outcome.findings.contains(id) && std::ranges::none_of(outcome.findings, [&](const auto &other) {
                return other.second.args == row.args;
            });
        };
        for (const auto &[id, row] : after.findings) {
            if (missingIn(before, id, row))
                wrong << QString::fromStdString(check + " finds only now: " + row.text);
        }
        for (const auto &[id, row] : before.findings) {
            if (missingIn(after, id, row))
                wrong << QString::fromStdString(check + " does not find any more: " + row.text);
        }
    }
    return wrong;
}

std::vector<Node> rootsOf(const Cluster &cluster)
{
    std::vector<Node> roots;
    for (const Object &object : cluster.objects)
        roots.push_back(object.root);
    return roots;
}

const char *const realExports[] = {"cluster/kubevious-getall/data-big", "cluster/harvester-bundle"};

} // namespace

/// What must not change what the checks say, and what must.
class MetamorphicTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFormSaysTheSame_data();
    void everyFormSaysTheSame();
    void objectAloneInEveryForm_data();
    void objectAloneInEveryForm();
    void everyKindOfWorkloadSaysTheSame_data();
    void everyKindOfWorkloadSaysTheSame();
    void orderAndDuplicatesChangeNothing_data();
    void orderAndDuplicatesChangeNothing();
    void threadsChangeNothing_data();
    void threadsChangeNothing();
    void sharesChangeNothing_data();
    void sharesChangeNothing();
    void casesWithoutAKind();
    void withoutAKind_data();
    void withoutAKind();

private:
    void addExports();
};

void MetamorphicTest::addExports()
{
    QTest::addColumn<QString>("folder");
    for (const char *folder : realExports) {
        TALLY_REQUIRE_DATA(dataFolder() / folder);
        QTest::newRow(folder) << QString::fromLatin1(folder);
    }
}

void MetamorphicTest::everyFormSaysTheSame_data()
{
    addExports();
    QTest::newRow("badpods") << "manifests/badpods";
}

void MetamorphicTest::everyFormSaysTheSame()
{
    QFETCH(QString, folder);
    const ClusterPtr cluster = clusterOfFolder(dataFolder() / folder.toStdString());
    const auto forms = formsOf(rootsOf(*cluster));
    const std::vector<Said> first = said(findingsOf(*clusterOfMembers(forms.front().second)));
    QVERIFY(first.size() > 50);
    for (const auto &[form, members] : forms) {
        const QString differs = difference(first, said(findingsOf(*clusterOfMembers(members))));
        QVERIFY2(differs.isEmpty(), qPrintable(QLatin1String(form) + QStringLiteral(": ") + differs));
    }
}

void MetamorphicTest::objectAloneInEveryForm_data()
{
    addExports();
}

/// Three objects of each kind, each one an export of its own.
void MetamorphicTest::objectAloneInEveryForm()
{
    QFETCH(QString, folder);
    const ClusterPtr cluster = clusterOfFolder(dataFolder() / folder.toStdString());
    std::map<std::string_view, int> seen;
    for (const Object &object : cluster->objects) {
        if (++seen[object.kind] > 3)
            continue;
        const auto forms = formsOf({object.root});
        const std::vector<Said> first = said(findingsOf(*clusterOfMembers(forms.front().second)));
        for (const auto &[form, members] : forms) {
            const QString differs = difference(first, said(findingsOf(*clusterOfMembers(members))));
            QVERIFY2(differs.isEmpty(), qPrintable(QLatin1String(form) + QStringLiteral(": ") + differs));
        }
    }
}

void MetamorphicTest::everyKindOfWorkloadSaysTheSame_data()
{
    QTest::addColumn<QString>("folder");
    for (const char *folder : {"cluster/kubevious-getall/data-big", "manifests/psa-labelled", "manifests/badpods"}) {
        TALLY_REQUIRE_DATA(dataFolder() / folder);
        QTest::newRow(folder) << QString::fromLatin1(folder);
    }
}

void MetamorphicTest::everyKindOfWorkloadSaysTheSame()
{
    QFETCH(QString, folder);
    std::vector<ClusterPtr> clusters; // each file its own: the fixtures share their names
    for (const auto &entry : std::filesystem::recursive_directory_iterator(dataFolder() / folder.toStdString())) {
        if (entry.is_regular_file() && entry.path().extension() == ".yaml")
            clusters.push_back(clusterOf(readFile(entry.path(), Limits{}).value()));
    }
    std::vector<Node> pods;
    for (const ClusterPtr &cluster : clusters) {
        for (const std::size_t index : cluster->ofKind("Pod")) {
            const Node root = cluster->objects[index].root;
            if (!root.at({"metadata", "annotations"})["kubernetes.io/config.mirror"]) // that a Pod alone can be
                pods.push_back(root);
        }
    }
    QVERIFY(pods.size() >= 16);
    const auto whole = [&](const std::function<std::string(Node, std::size_t)> &text) {
        std::vector<std::string> objects;
        for (std::size_t i = 0; i < pods.size(); ++i)
            objects.push_back(text(pods[i], i));
        return documents(objects);
    };
    const std::set<std::string> ofPods = causes(whole(podOf), "spec");
    QVERIFY(ofPods.size() > 20);
    for (const Wrapping &wrapping : wrappings) {
        const auto ofKind = causes(
            whole([&](Node pod, std::size_t number) { return wrapped(pod, number, wrapping); }), wrapping.specField);
        std::vector<std::string> differ;
        std::ranges::set_symmetric_difference(ofPods, ofKind, std::back_inserter(differ));
        QVERIFY2(differ.empty(), (std::string(wrapping.kind) + ": " + joined(differ, ", ")).c_str());
    }
}

void MetamorphicTest::orderAndDuplicatesChangeNothing_data()
{
    addExports();
}

void MetamorphicTest::orderAndDuplicatesChangeNothing()
{
    QFETCH(QString, folder);
    const ClusterPtr cluster = clusterOfFolder(dataFolder() / folder.toStdString());
    const auto all = [](const KindCompleteness &) { return true; };
    std::vector<std::size_t> order = allObjects(*cluster);
    const ClusterPtr same = remade(*cluster, order, all);
    const std::vector<Said> first = said(findingsOf(*same));
    QVERIFY(first.size() > 50);

    std::ranges::reverse(order);
    QCOMPARE(difference(first, said(findingsOf(*remade(*cluster, order, all)))), QString());
    // A step that is prime to the number of objects visits each of them once.
    std::size_t step = 7919 % order.size();
    while (std::gcd(step, order.size()) != 1)
        ++step;
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i * step % order.size();
    QCOMPARE(difference(first, said(findingsOf(*remade(*cluster, order, all)))), QString());

    std::vector<std::size_t> twice = order;
    twice.insert(twice.end(), order.begin(), order.end());
    const ClusterPtr doubled = remade(*cluster, twice, all);
    QCOMPARE(doubled->objectsRead, 2 * cluster->objects.size());
    QCOMPARE(difference(first, said(findingsOf(*doubled))), QString());
}

void MetamorphicTest::threadsChangeNothing_data()
{
    addExports();
}

/// Reading and judging, both.
void MetamorphicTest::threadsChangeNothing()
{
    QFETCH(QString, folder);
    const auto run = [&](const char *threads) {
        qputenv("TALLYMANN_THREADS", threads);
        auto findings = findingsOf(*clusterOfFolder(dataFolder() / folder.toStdString()));
        qunsetenv("TALLYMANN_THREADS");
        return findings;
    };
    const auto one = run("1");
    QVERIFY(one.size() > 50);
    QVERIFY(one == run("2"));
    QVERIFY(one == run("13"));
}

void MetamorphicTest::sharesChangeNothing_data()
{
    addExports();
}

/// How many workloads are looked at together: one with what it controls, some, all.
void MetamorphicTest::sharesChangeNothing()
{
    QFETCH(QString, folder);
    const ClusterPtr cluster = clusterOfFolder(dataFolder() / folder.toStdString());
    CheckInput input;
    input.cluster = cluster.get();
    const auto run = [&](std::size_t shareSize) { return runChecks(allChecks(), input, {}, {shareSize}).value(); };
    const auto all = run(cluster->objects.size());
    QVERIFY(all.size() > 50);
    QVERIFY(all == run(1));
    QVERIFY(all == run(7));
}

void MetamorphicTest::casesWithoutAKind()
{
    const std::vector<CheckCase> cases = allCases();
    QStringList wrong;
    for (const CheckCase &row : cases) {
        if (row.yaml.empty() || !row.images.empty())
            continue;
        const CheckSet check = onlyChecks({row.check});
        const ClusterPtr whole = clusterOf(row.yaml);
        const auto before = outcomes(*whole, check);
        for (const KindCompleteness &kind : whole->completeness) {
            if ((kind.state != KindState::Present && kind.state != KindState::Empty) || contradictsItself(*whole, kind))
                continue;
            const ClusterPtr less = withoutKind(*whole, kind);
            if (!less)
                continue; // it was all there was
            const QStringList here = wrongWithLess(before, outcomes(*less, check), kind.kind);
            for (const QString &line : here)
                wrong << QString::fromStdString(row.name + ", without " + kind.kind + ": ") + line;
        }
    }
    for (const QString &line : wrong)
        qWarning().noquote() << line;
    QVERIFY(wrong.empty());
}

void MetamorphicTest::withoutAKind_data()
{
    addExports();
    TALLY_REQUIRE_DATA(dataFolder() / "cluster/kubescape-kwok");
    QTest::newRow("kwok") << "cluster/kubescape-kwok";
}

/// Removing a kind turns results into "not checked", never into "no deviation", and makes no deviation either.
void MetamorphicTest::withoutAKind()
{
    QFETCH(QString, folder);
    const ClusterPtr read = clusterOfFolder(dataFolder() / folder.toStdString());
    // The uid of kube-system goes into every fingerprint: with and without the Namespaces the label shall.
    std::vector<std::size_t> objects = allObjects(*read);
    std::erase(objects, static_cast<std::size_t>(read->find("Namespace", "", "kube-system")));
    const ClusterPtr whole = remade(*read, objects, [](const KindCompleteness &) { return true; });
    const auto before = outcomes(*whole);
    QStringList wrong;
    for (const KindCompleteness &row : whole->completeness) {
        if (row.state != KindState::Present && row.state != KindState::Empty)
            continue;
        const ClusterPtr less = withoutKind(*whole, row);
        const QStringList here = wrongWithLess(before, outcomes(*less), row.kind);
        for (const QString &line : here)
            wrong << QString::fromStdString(row.kind + ": ") + line;
    }
    for (const QString &line : wrong)
        qWarning().noquote() << line;
    QVERIFY(wrong.empty());
}

TALLY_TEST(MetamorphicTest)
#include "metamorphic_test.moc"
