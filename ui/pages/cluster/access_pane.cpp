// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cluster/access_pane.h"

#include "core/audit/clusters.h"

#include "ui/models/words.h"
#include "ui/pages/cluster/detail_side.h"
#include "ui/pages/table_pane.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/facts_lines.h"
#include "ui/widgets/item_rows.h"
#include "ui/widgets/splitters.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace tally::ui {

namespace {

constexpr std::array<std::string_view, accessQuestions> questionCodes
    = {"everything", "secrets", "exec", "pods", "escalate", "tokens"};
constexpr std::array<std::string_view, 4> rbacKinds = {"ClusterRoleBinding", "RoleBinding", "ClusterRole", "Role"};

/// Without a question: whoever has any right.
bool answers(const AccessSubject &subject, std::optional<AccessQuestion> question)
{
    return !question || subject.answer(*question) != AccessReach::None;
}

Glyph reachGlyph(AccessReach reach)
{
    switch (reach) {
    case AccessReach::None:
        return Glyph::None;
    case AccessReach::Names:
        return Glyph::Low;
    case AccessReach::Namespaces:
        return Glyph::Medium;
    case AccessReach::Cluster:
        return Glyph::High;
    }
    Q_UNREACHABLE();
}

QStringList textsOf(Node list)
{
    QStringList texts;
    for (const Node item : list)
        texts.append(foreignText(item.text()));
    return texts;
}

} // namespace

AccessPane::AccessPane(Session &session, QSettings &settings, QWidget *parent)
    : ClusterPane(session, parent)
    , m_questions(makeTable(m_questionRows))
    , m_table(new TablePane)
    , m_platform(new QCheckBox)
    , m_side(new DetailSide)
{
    m_questions->setSelectionMode(QAbstractItemView::SingleSelection);
    m_questions->setSortingEnabled(false);
    m_questions->setObjectName(u"accessQuestions"_qs);
    m_questions->setMinimumWidth(190);
    m_questions->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->table().setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->table().setObjectName(u"accessSubjects"_qs);
    m_table->tools().addWidget(m_platform);
    auto *splitter = new QSplitter(Qt::Horizontal);
    auto *left = new Panel(Panel::Ground::Raised);
    auto *indented = new QHBoxLayout(left); // begins where the title does
    indented->setContentsMargins(size::pageMargin - 12, 0, 0, 0);
    indented->addWidget(m_questions);
    splitter->addWidget(left);
    splitter->addWidget(m_table);
    splitter->addWidget(m_side);
    splitter->setStretchFactor(1, 1);
    rememberSplitter(*splitter, settings, u"clusterAccess"_qs, {230, 490, 380});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter);
    connect(m_questions->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { fill(); });
    connect(m_platform, &QCheckBox::toggled, this, [this] {
        fillQuestions();
        fill();
    });
    connect(m_table, &TablePane::chosenChanged, this, &AccessPane::showChosen);
    connect(m_side, &DetailSide::navigate, this, &ClusterPane::navigate);
}

AccessPane::~AccessPane()
{
    delete m_questions; // it uses our model while it goes
}

void AccessPane::retranslateUi()
{
    m_questions->setAccessibleName(tr("Questions"));
    m_table->setName(tr("Subjects"));
    if (isShown()) {
        fillQuestions();
        fill();
    } else {
        m_platform->setText(tr("Platform too"));
    }
}

void AccessPane::compute()
{
    computeWith(
        [](const AuditState &state, const RunContext &) {
            return Data{std::make_shared<const Access>(*onlyCluster(state)->cluster),
                ObjectFindings(state, onlyCluster(state))};
        },
        [this](Data computed) {
            m_access = std::move(computed.access);
            m_findings = std::move(computed.findings);
            fillQuestions();
            fill();
        });
}

std::optional<AccessQuestion> AccessPane::question() const
{
    const QVariant chosen = m_questions->currentIndex().data(SimpleTableModel::RowDataRole);
    if (!chosen.isValid() || chosen.toInt() < 0)
        return std::nullopt;
    return static_cast<AccessQuestion>(chosen.toInt());
}

QString AccessPane::questionText(std::optional<AccessQuestion> question) const
{
    if (!question)
        return tr("All rights");
    switch (*question) {
    case AccessQuestion::Everything:
        return tr("May do everything");
    case AccessQuestion::ReadSecrets:
        return tr("Read secrets");
    case AccessQuestion::EnterPods:
        return tr("Execute in pods");
    case AccessQuestion::CreatePods:
        return tr("Create pods");
    case AccessQuestion::WidenRights:
        return tr("Widen rights");
    case AccessQuestion::IssueTokens:
        return tr("Issue tokens");
    }
    Q_UNREACHABLE();
}

QString AccessPane::explanation(std::optional<AccessQuestion> question) const
{
    if (!question)
        return tr("Everybody whom a binding names, with all that it allows.");
    switch (*question) {
    case AccessQuestion::Everything:
        return tr("All actions on all resources of all API groups: cluster-admin, and what is as wide.");
    case AccessQuestion::ReadSecrets:
        return tr("get, list or watch on secrets: passwords, keys and tokens of all applications there.");
    case AccessQuestion::EnterPods:
        return tr("exec, attach or ephemeral containers; in the whole cluster also nodes/proxy, which leads past the "
                  "API server.");
    case AccessQuestion::CreatePods:
        return tr("Pods, or what makes them: whoever may, can use every secret and account of the namespace.");
    case AccessQuestion::WidenRights:
        return tr("escalate, bind or impersonate: whoever may, can give themselves more than they have.");
    case AccessQuestion::IssueTokens:
        return tr("Tokens of service accounts: whoever may, can act as each of them.");
    }
    Q_UNREACHABLE();
}

bool AccessPane::isListed(const AccessSubject &subject, std::optional<AccessQuestion> question) const
{
    return (m_platform->isChecked() || !subject.system) && answers(subject, question);
}

void AccessPane::fillQuestions()
{
    const int before = std::max(m_questions->currentIndex().row(), 0);
    const QSignalBlocker quiet(m_questions->selectionModel());
    const bool partial = !missingText().isEmpty(); // then nobody found is nobody seen
    std::vector<SimpleTableModel::Row> rows;
    const auto add = [&](std::optional<AccessQuestion> question) {
        const auto count = std::ranges::count_if(
            m_access->subjects(), [&](const AccessSubject &subject) { return isListed(subject, question); });
        const auto all = std::ranges::count_if(
            m_access->subjects(), [&](const AccessSubject &subject) { return answers(subject, question); });
        QString number = count == 0 && partial ? u"?"_qs : countText(static_cast<std::uint64_t>(count));
        if (count < all) // those of the platform are not shown, and not hidden
            number = tr("%1 of %2").arg(number, countText(static_cast<std::uint64_t>(all)));
        rows.push_back({{{questionText(question)}, {number, {}}}, question ? static_cast<int>(*question) : -1});
    };
    for (std::size_t i = 0; i < accessQuestions; ++i)
        add(static_cast<AccessQuestion>(i));
    add(std::nullopt);
    m_questionRows.setTable({{tr("Question")}, {tr("Number"), true}}, std::move(rows));
    m_questions->horizontalHeader()->setStretchLastSection(false);
    m_questions->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_questions->setColumnWidth(1, 76);
    m_questions->selectRow(before);
    m_questions->setCurrentIndex(m_questions->model()->index(before, 0));
    const auto platform = std::ranges::count_if(m_access->subjects(), &AccessSubject::system);
    m_platform->setText(tr("Platform too (%1)").arg(countText(static_cast<std::uint64_t>(platform))));
    m_platform->setEnabled(platform > 0);
}

QString AccessPane::reachText(const AccessSubject &subject) const
{
    const auto asked = question();
    const Rbac &rbac = m_access->rbac();
    const AccessReach reach = asked   ? subject.answer(*asked)
        : subject.isClusterWide(rbac) ? AccessReach::Cluster
                                      : AccessReach::Namespaces;
    switch (reach) {
    case AccessReach::None:
        return {};
    case AccessReach::Names:
        return tr("only named objects");
    case AccessReach::Cluster:
        return tr("whole cluster");
    case AccessReach::Namespaces:
        break;
    }
    std::vector<std::string_view> names;
    if (asked) { // not of all its bindings: of those that answer, a group's too
        std::set<std::string_view> answering;
        for (const AccessPath &path : m_access->paths(subject, asked)) {
            const RbacBinding &binding = rbac.bindings()[path.binding];
            if (!binding.clusterWide)
                answering.insert(object(binding.object).namespaceName);
        }
        names.assign(answering.begin(), answering.end());
    } else {
        names = subject.namespaces(rbac, cluster());
    }
    if (names.empty())
        return tr("a namespace");
    if (names.size() == 1)
        return foreignText(names.front());
    return tr("%n namespaces", nullptr, static_cast<int>(names.size()));
}

QString AccessPane::kindText(SubjectKind kind) const
{
    switch (kind) {
    case SubjectKind::User:
        return tr("User");
    case SubjectKind::Group:
        return tr("Group");
    case SubjectKind::ServiceAccount:
        return tr("Service account");
    }
    Q_UNREACHABLE();
}

QString AccessPane::nameText(const AccessSubject &subject) const
{
    return subject.subject.kind == SubjectKind::ServiceAccount
        ? QString(foreignText(subject.subject.namespaceName) % u'/' % foreignText(subject.subject.name))
        : foreignText(subject.subject.name);
}

void AccessPane::fill()
{
    if (!m_access)
        return;
    const auto asked = question();
    std::vector<SimpleTableModel::Row> rows;
    for (std::size_t i = 0; i < m_access->subjects().size(); ++i) {
        const AccessSubject &subject = m_access->subjects()[i];
        if (!isListed(subject, asked))
            continue;
        const AccessReach reach = asked               ? subject.answer(*asked)
            : subject.isClusterWide(m_access->rbac()) ? AccessReach::Cluster
                                                      : AccessReach::Namespaces;
        rows.push_back({{{nameText(subject)}, {kindText(subject.subject.kind)},
                            {reachText(subject), -static_cast<int>(reach),
                                static_cast<int>(asked ? reachGlyph(reach) : Glyph::None)},
                            {subject.subject.kind == SubjectKind::ServiceAccount ? countText(subject.pods) : u"–"_qs,
                                QVariant::fromValue<qulonglong>(subject.pods)}},
            QVariant::fromValue<qulonglong>(i)});
    }
    std::ranges::stable_sort(
        rows, {}, [](const SimpleTableModel::Row &row) { return row.cells[2].sort.toInt(); }); // widest first
    const QVariant first = rows.empty() ? QVariant() : rows.front().data;
    m_table->setTable(
        {{tr("Subject")}, {tr("Kind")}, {tr("Where")}, {tr("Pods"), true}}, std::move(rows), {-1, 122, 144, 60});
    const QString missing = missingText();
    m_table->setNote(missing.isEmpty() ? explanation(asked) : QString(explanation(asked) % u' ' % missing));
    if (!m_wanted.isEmpty()) {
        const QString wanted = std::exchange(m_wanted, {});
        choose(wanted);
    }
    if (!m_table->chosen().isValid() && first.isValid())
        m_table->choose(first);
    showChosen();
}

QString AccessPane::missingText() const
{
    QStringList missing;
    for (const std::string_view kind : rbacKinds) {
        if (!cluster().knows(kind))
            missing.append(toQString(kind));
    }
    return missing.isEmpty() ? QString() : tr("Not checked, because the export lacks it: %1.").arg(missing.join(u", "));
}

void AccessPane::choose(const QVariant &what)
{
    const std::string wanted = toUtf8String(what.toString());
    if (!isShown()) {
        m_wanted = what.toString();
        return;
    }
    if (const auto code = std::ranges::find(questionCodes, wanted); code != questionCodes.end()) {
        m_questions->selectRow(static_cast<int>(code - questionCodes.begin()));
        m_questions->setCurrentIndex(m_questions->model()->index(static_cast<int>(code - questionCodes.begin()), 0));
        return;
    }
    for (std::size_t i = 0; i < m_access->subjects().size(); ++i) {
        const AccessSubject &subject = m_access->subjects()[i];
        if (subject.subject.label() != wanted)
            continue;
        m_platform->setChecked(m_platform->isChecked() || subject.system);
        m_questions->setCurrentIndex(m_questions->model()->index(static_cast<int>(accessQuestions), 0));
        m_table->choose(QVariant::fromValue<qulonglong>(i));
    }
}

void AccessPane::showMissing()
{
    QStringList commands;
    for (const std::string_view kind : rbacKinds) {
        const QString command = cluster().knows(kind) ? QString() : commandForKind(&cluster(), kind);
        if (!command.isEmpty())
            commands.append(command);
    }
    if (commands.isEmpty()) {
        m_side->showHint(m_access->subjects().empty()
                ? tr("The export has no bindings: nobody is given rights by them.")
                : tr("Nobody beyond the platform itself may do this. “Platform too” shows who else may."));
        return;
    }
    m_side->begin(tr("Not checked"), missingText());
    m_side->addText(tr("The audited party can fetch it with:"));
    for (const QString &command : commands)
        m_side->addCommand(command);
    m_side->end();
}

void AccessPane::showChosen()
{
    if (!isShown() || !m_access)
        return;
    const QVariant chosen = m_table->chosen();
    if (!chosen.isValid()) {
        showMissing();
        return;
    }
    const AccessSubject &subject = m_access->subjects()[chosen.toULongLong()];
    const auto asked = question();
    m_side->begin(nameText(subject), QString(kindText(subject.subject.kind) % u", " % questionText(asked)));
    addWhoItIs(subject);
    const std::vector<AccessPath> paths = m_access->paths(subject, asked);
    constexpr std::size_t mostRules = 60;
    std::size_t shown = 0;
    std::set<std::size_t> findings; // at what is shown
    const auto take = [&](std::size_t index) {
        const std::vector<std::size_t> &at = m_findings.of(object(index));
        findings.insert(at.begin(), at.end());
    };
    if (const int account = cluster().find("ServiceAccount", subject.subject.namespaceName, subject.subject.name);
        account >= 0 && subject.subject.kind == SubjectKind::ServiceAccount)
        take(static_cast<std::size_t>(account));
    for (std::size_t i = 0; i < paths.size() && shown < mostRules; ++shown) {
        const RbacBinding &binding = m_access->rbac().bindings()[paths[i].binding];
        addBinding(binding, paths[i]);
        take(binding.object);
        if (paths[i].role >= 0)
            take(m_access->rbac().roles()[static_cast<std::size_t>(paths[i].role)].object);
        FactsLines &facts = m_side->addFacts();
        const std::size_t of = paths[i].binding;
        for (; i < paths.size() && paths[i].binding == of && shown < mostRules; ++i, ++shown) {
            if (paths[i].rule < 0)
                continue;
            const RbacRule &rule = m_access->rbac()
                                       .roles()[static_cast<std::size_t>(paths[i].role)]
                                       .rules[static_cast<std::size_t>(paths[i].rule)];
            const QString field = u"rules["_qs % QString::number(rule.position()) % u']';
            QString text = ruleText(rule);
            if (rule.object() != m_access->rbac().roles()[static_cast<std::size_t>(paths[i].role)].object)
                text += u'\n' % tr("aggregated from %1").arg(objectText(object(rule.object())));
            facts.addLine(tr("Rule %1").arg(QString::number(rule.position() + 1)), text,
                m_side->makeLink(lineText(rule.node().line()), addressOf(rule.object(), field)));
        }
    }
    if (shown >= mostRules)
        m_side->addText(tr("More rules are not listed here: %1 in all.").arg(countText(paths.size())));
    addFindings(*m_side, {findings.begin(), findings.end()});
    m_side->end();
}

QString AccessPane::lineText(std::uint32_t line) const
{
    return tr("line %1").arg(countText(line));
}

void AccessPane::addWhoItIs(const AccessSubject &subject)
{
    if (subject.subject.kind == SubjectKind::ServiceAccount) {
        const int account = cluster().find("ServiceAccount", subject.subject.namespaceName, subject.subject.name);
        if (account >= 0)
            m_side->addLink(tr("Show the account as YAML"), addressOf(static_cast<std::size_t>(account)), u"file"_qs);
        m_side->addText(subject.pods == 0 ? tr("No pod of the export runs with it.")
                                          : tr("%n pod(s) run with it.", nullptr, static_cast<int>(subject.pods)));
    } else if (subject.subject.isAnonymous()) {
        m_side->addText(tr("Everybody who reaches the API server, without logging in."));
    } else if (subject.subject.isServiceAccountGroup()) {
        m_side->addText(tr("The accounts of all pods in the cluster, or in the namespace that the name ends with."));
    } else if (subject.subject.isCollective()) {
        m_side->addText(tr("Everybody who has logged in, accounts of pods included."));
    } else {
        m_side->addText(subject.subject.kind == SubjectKind::Group
                ? tr("Who belongs to the group, the cluster does not know: ask for its members.")
                : tr("Who that is, the cluster does not know: ask where the name comes from."));
    }
}

void AccessPane::addBinding(const RbacBinding &binding, const AccessPath &path)
{
    const Object &own = object(binding.object);
    m_side->addSection(
        binding.clusterWide ? tr("In the whole cluster") : tr("In namespace %1").arg(foreignText(own.namespaceName)));
    FactsLines &facts = m_side->addFacts();
    if (path.inherited)
        facts.addLine(tr("Through"), foreignText(binding.subjects[path.subject].label()));
    const QString subject = u"subjects["_qs % QString::number(path.subject) % u']';
    facts.addLine(tr("Binding"), QString(foreignText(own.kind) % u' ' % foreignText(own.name)),
        m_side->makeLink(lineText(own.root["subjects"].item(path.subject).line()), addressOf(binding.object, subject)));
    if (path.role < 0) {
        facts.addLine(tr("Role"), foreignText(binding.roleLabel()),
            m_side->makeLink(lineText(own.root["roleRef"].line()), addressOf(binding.object, u"roleRef"_qs)));
        facts.addLine({},
            binding.roleName == "cluster-admin" ? tr("not in the export; by its name it allows everything")
                                                : tr("not in the export: what it allows is not known"),
            nullptr, Glyph::NotChecked);
        return;
    }
    const std::size_t role = m_access->rbac().roles()[static_cast<std::size_t>(path.role)].object;
    facts.addLine(
        tr("Role"), foreignText(binding.roleLabel()), m_side->makeLink(lineText(object(role).line()), addressOf(role)));
}

QString AccessPane::ruleText(const RbacRule &rule) const
{
    const Node node = rule.node();
    const QString verbs = rule.hasStar("verbs") ? tr("every action (*)") : textsOf(node["verbs"]).join(u", ");
    if (node["nonResourceURLs"].size() > 0)
        return tr("%1 on %2").arg(verbs, textsOf(node["nonResourceURLs"]).join(u", "));
    const QString resources
        = rule.hasStar("resources") ? tr("every resource (*)") : textsOf(node["resources"]).join(u", ");
    QStringList groups;
    for (const Node group : node["apiGroups"])
        groups.append(group.text().empty() || group.text() == "null" ? tr("core") : foreignText(group.text()));
    //: actions on resources (API groups)
    QString text = tr("%1 on %2 (%3)")
                       .arg(verbs, resources, rule.hasStar("apiGroups") ? tr("every API group") : groups.join(u", "));
    if (node["resourceNames"].size() > 0)
        text += u'\n' % tr("only: %1").arg(textsOf(node["resourceNames"]).join(u", "));
    return text;
}

} // namespace tally::ui
