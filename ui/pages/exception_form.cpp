// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/exception_form.h"

#include "core/audit/carried.h"
#include "core/audit/clusters.h"
#include "core/base/text_format.h"
#include "ui/models/words.h"
#include "ui/pages/page.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/date_field.h"
#include "ui/widgets/form_fields.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDate>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace tally::ui {

namespace {

constexpr std::array kinds = {"accepted", "false-positive", "deferred"};
constexpr int acceptedKind = 0;
constexpr int falseAlarmKind = 1;
constexpr int deferredKind = 2;
constexpr std::size_t mostExisting = 3; ///< shown; the report has them all
constexpr int usualMonths = 12;
constexpr int roomBesideText = 24; ///< frame and scroll bar of a list

} // namespace

ExceptionForm::ExceptionForm(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_fold(new LinkButton(u"chevron-right"_qs))
    , m_existing(new QVBoxLayout)
    , m_fields(makeFields())
{
    m_fold->setObjectName(u"makeException"_qs);
    m_fold->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    auto *panel = new Panel(Panel::Ground::Surface);
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(20, 10, 20, 12);
    column->setSpacing(4);
    m_existing->setSpacing(4);
    column->addLayout(m_existing);
    column->addWidget(m_fold);
    column->addWidget(m_fields);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(panel);
    unfold(false);
    connect(m_fold, &LinkButton::clicked, this, [this] { unfold(m_fields->isHidden()); });
    connect(&m_session, &Session::saved, this, [this] {
        if (std::exchange(m_waiting, false))
            m_reason->clear();
    });
    connect(&m_session, &Session::failed, this, [this] { m_waiting = false; });
}

QWidget *ExceptionForm::makeFields()
{
    m_kindLabel = makeLabel(Face::Secondary, Ink::Muted);
    m_kind = new QComboBox;
    m_scopeLabel = makeLabel(Face::Secondary, Ink::Muted);
    m_scope = new QComboBox;
    m_pattern = new QLineEdit;
    m_reasonLabel = makeLabel(Face::Secondary, Ink::Muted);
    m_reason = textField(u"exceptionReason"_qs, 48);
    m_untilLabel = makeLabel(Face::Secondary, Ink::Muted);
    m_until = new DateField;
    m_hint = makeLabel(Face::Secondary, Ink::Muted);
    m_make = new QPushButton;
    m_kind->setObjectName(u"exceptionKind"_qs);
    m_scope->setObjectName(u"exceptionScope"_qs);
    m_scope->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_scope->setMinimumContentsLength(16);
    m_pattern->setObjectName(u"exceptionPattern"_qs);
    m_until->setObjectName(u"exceptionUntil"_qs);
    m_until->setIsoDate(QDate::currentDate().addMonths(usualMonths).toString(Qt::ISODate));
    m_hint->setWordWrap(true);
    m_make->setObjectName(u"acceptFinding"_qs);
    m_make->setDefault(true);
    auto *fields = new QWidget;
    auto *column = new QVBoxLayout(fields);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(4);
    auto *upper = new QHBoxLayout;
    upper->setSpacing(8);
    for (const auto &[label, field, stretch] :
        {std::tuple{m_kindLabel, m_kind, 2}, std::tuple{m_scopeLabel, m_scope, 3}}) {
        auto *one = new QVBoxLayout;
        one->setSpacing(2);
        label->setBuddy(field);
        one->addWidget(label);
        one->addWidget(field);
        upper->addLayout(one, stretch);
    }
    column->addLayout(upper);
    column->addWidget(m_pattern);
    column->addWidget(m_reasonLabel);
    column->addWidget(m_reason);
    auto *lower = new QHBoxLayout;
    lower->setSpacing(8);
    lower->addWidget(m_untilLabel);
    lower->addWidget(m_until);
    lower->addStretch();
    lower->addWidget(m_make);
    column->addLayout(lower);
    column->addWidget(m_hint);
    const auto check = [this] { m_make->setEnabled(isComplete()); };
    connect(m_reason, &QPlainTextEdit::textChanged, this, check);
    connect(m_pattern, &QLineEdit::textChanged, this, check);
    connect(m_until, &QLineEdit::textChanged, this, check);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ExceptionForm::showScope);
    connect(m_scope, &QComboBox::currentIndexChanged, this, &ExceptionForm::showScope);
    connect(m_make, &QPushButton::clicked, this, &ExceptionForm::make);
    return fields;
}

void ExceptionForm::unfold(bool open)
{
    m_fields->setVisible(open);
    m_fold->setIconName(open ? u"chevron-down"_qs : u"chevron-right"_qs);
}

void ExceptionForm::begin()
{
    unfold(true);
    m_reason->setFocus(Qt::OtherFocusReason);
}

ExceptionForm::Scope ExceptionForm::scope() const
{
    return static_cast<Scope>(m_scope->currentData().toInt());
}

bool ExceptionForm::isComplete() const
{
    return !m_session.isReadOnly() && !m_reason->toPlainText().trimmed().isEmpty() && m_until->isAcceptable()
        && (scope() != Scope::Object || !m_pattern->text().trimmed().isEmpty());
}

void ExceptionForm::retranslateUi()
{
    m_fold->setText(tr("Make an exception"));
    m_kindLabel->setText(tr("Kind"));
    m_scopeLabel->setText(tr("For"));
    m_reasonLabel->setText(tr("Reason (required)"));
    m_untilLabel->setText(tr("Valid until"));
    m_kind->setAccessibleName(m_kindLabel->text());
    m_scope->setAccessibleName(m_scopeLabel->text());
    m_reason->setAccessibleName(m_reasonLabel->text());
    m_until->setAccessibleName(m_untilLabel->text());
    m_pattern->setAccessibleName(tr("Objects, with * for any characters"));
    m_pattern->setToolTip(tr("Objects, with * for any characters"));
    m_make->setText(tr("Record exception"));
    const QSignalBlocker blocker(m_kind);
    const int kind = std::max(0, m_kind->currentIndex());
    m_kind->clear();
    m_kind->addItems({tr("Accept the risk"), tr("False alarm"), tr("Put off")});
    m_kind->setCurrentIndex(kind);
    fillScopes();
}

void ExceptionForm::show(const AuditState &state, const std::vector<std::size_t> &findings)
{
    const std::vector<std::string> before = std::exchange(m_fingerprints, {});
    m_system = !findings.empty();
    for (const std::size_t index : findings) {
        const Finding &finding = state.assessment->findings[index];
        const bool first = m_fingerprints.empty();
        const std::string space = !finding.object ? std::string() : finding.object->namespaceName;
        m_check = first || m_check == finding.check ? finding.check : std::string();
        m_namespace = first || m_namespace == space ? space : std::string();
        m_system = m_system && finding.systemNamespace;
        if (first)
            m_object = finding.object ? finding.object->kind + '/' + finding.object->name : finding.image;
        m_fingerprints.push_back(finding.id);
    }
    readCluster(state, findings);
    readParts(state, findings);
    const int scopeBefore = m_scope->currentData().toInt();
    const QString patternBefore = m_pattern->text();
    fillScopes();
    if (m_fingerprints == before) { // what is being entered stays
        m_scope->setCurrentIndex(std::max(0, m_scope->findData(scopeBefore)));
        m_pattern->setText(patternBefore);
    } else {
        m_waiting = false;
        m_reason->clear();
        m_kind->setCurrentIndex(m_musts.isEmpty() ? acceptedKind : deferredKind);
    }
    showExisting(state, findings);
    setEnabled(!m_session.isReadOnly());
}

void ExceptionForm::readParts(const AuditState &state, const std::vector<std::size_t> &findings)
{
    std::set<std::string> proved;
    for (const std::size_t index : findings) {
        const Finding &finding = state.assessment->findings[index];
        const Check *check = m_session.checks().find(finding.check);
        for (const PartWeight &weight : check ? check->parts : std::vector<PartWeight>()) {
            const Part *part = m_session.catalogue().part(weight.part);
            if (part && part->isMust() && check->weightOf(weight, finding) == Weight::Proves)
                proved.insert(weight.part);
        }
    }
    m_musts.clear();
    for (const std::string &id : proved)
        m_musts.append(toQString(id));
}

/// Whoever looks at findings of one cluster says nothing about another, also about one that is opened later; without a
/// uid nothing but the order of the exports tells which cluster it was.
void ExceptionForm::readCluster(const AuditState &state, const std::vector<std::size_t> &findings)
{
    std::set<const AuditCluster *> clusters; // null: images alone
    for (const std::size_t index : findings) {
        const Finding &finding = state.assessment->findings[index];
        clusters.insert(finding.isOfImageAlone() ? nullptr : state.cluster(finding.cluster));
    }
    const AuditCluster *cluster = clusters.size() == 1 ? *clusters.begin() : nullptr;
    const bool several = state.clusters.size() > 1;
    m_acrossClusters = several && clusters.size() > 1;
    m_cluster = cluster && (several || !cluster->cluster->uid.empty()) ? cluster->key : std::string();
    m_clusterName = cluster && several ? cluster->name : std::string();
}

void ExceptionForm::fillScopes()
{
    const QSignalBlocker blocker(m_scope);
    m_scope->clear();
    const auto add = [this](Scope scope, const QString &text) { m_scope->addItem(text, static_cast<int>(scope)); };
    const auto inCluster = [this](const QString &text) {
        if (m_acrossClusters)
            return tr("%1, in all clusters").arg(text);
        //: for what an exception holds, and the name of the cluster
        return m_clusterName.empty() ? text : tr("%1, cluster %2").arg(text, foreignText(m_clusterName));
    };
    const bool oneOfSeveral = !m_clusterName.empty();
    add(Scope::These, tr("these %n finding(s)", nullptr, static_cast<int>(m_fingerprints.size())));
    if (!m_check.empty()) {
        if (!m_namespace.empty())
            add(Scope::Namespace, inCluster(tr("the cause in the namespace %1").arg(foreignText(m_namespace))));
        if (m_system)
            add(Scope::System, inCluster(tr("the cause in system namespaces")));
        if (!m_object.empty())
            add(Scope::Object, inCluster(tr("the cause by object name")));
        if (oneOfSeveral)
            add(Scope::Cluster, tr("the cause everywhere in the cluster %1").arg(foreignText(m_clusterName)));
        add(Scope::Everywhere,
            oneOfSeveral || m_acrossClusters ? tr("the cause in all clusters") : tr("the cause everywhere"));
    }
    // With names of namespace and cluster they only differ in the middle: the list is as wide as they are.
    QAbstractItemView *list = m_scope->view();
    list->setTextElideMode(Qt::ElideNone);
    int widest = 0;
    for (int index = 0; index < m_scope->count(); ++index)
        widest = std::max(widest, list->fontMetrics().horizontalAdvance(m_scope->itemText(index)));
    list->setMinimumWidth(widest + roomBesideText);
    m_pattern->setText(foreignText(m_object));
    showScope();
}

void ExceptionForm::showScope()
{
    m_pattern->setVisible(scope() == Scope::Object);
    m_scope->setToolTip(m_scope->currentText());
    m_make->setEnabled(isComplete());
    const QString kept = m_kind->currentIndex() == falseAlarmKind
        ? tr("What only rests on false alarms is no deviation any more, but for a person to decide.")
        : m_kind->currentIndex() == acceptedKind && !m_musts.isEmpty()
        ? tr("%1 must be met: the risk cannot be accepted. The finding is marked, the part stays a deviation, and the "
             "report says so.")
              .arg(m_musts.join(u", "_qs))
        : tr("The finding stays, marked as an exception, and the part stays a deviation until a person decides.");
    m_hint->setText(scope() == Scope::These ? kept : tr("Holds for later findings, too.") % u' ' % kept);
}

QString ExceptionForm::scopeText(const AuditState &state, const FindingException &exception) const
{
    if (!exception.fingerprint.empty())
        return {};
    QStringList texts;
    if (!exception.check.empty())
        texts.append(toQString(exception.check));
    if (exception.namespaceName == FindingException::systemNamespaces)
        texts.append(tr("system namespaces"));
    else if (!exception.namespaceName.empty())
        texts.append(foreignText(exception.namespaceName));
    if (!exception.object.empty())
        texts.append(foreignText(exception.object));
    const bool severalClusters = state.clusters.size() > 1;
    if (texts.size() == 1 && !exception.check.empty() && !severalClusters)
        texts.append(tr("everywhere"));
    if (const AuditCluster *cluster = state.cluster(exception.cluster); severalClusters)
        texts.append(exception.cluster.empty() ? tr("in all clusters")
                : cluster                      ? tr("cluster %1").arg(foreignText(cluster->name))
                                               : foreignText(exception.cluster));
    return texts.join(u", ");
}

void ExceptionForm::showExisting(const AuditState &state, const std::vector<std::size_t> &findings)
{
    clearLayout(*m_existing);
    struct Found
    {
        FindingException exception;
        Standing standing;
        int findings;
    };
    std::map<std::string, Found> found;
    const auto add = [&found](const FindingException &exception, Standing standing) {
        ++found.try_emplace(exception.key(), Found{exception, standing, 0}).first->second.findings;
    };
    for (const std::size_t index : findings) {
        const Finding &finding = state.assessment->findings[index];
        const FindingException *exception = state.exceptionOf(finding);
        if (const auto waits = state.exceptionToConfirm(finding))
            add(*waits, exception ? Standing::Unconfirmed : Standing::Waits);
        else if (exception)
            add(*exception, Standing::Holds);
        else if (const FindingException *expired = state.expiredExceptionOf(finding))
            add(*expired, Standing::Expired);
    }
    std::size_t shown = 0;
    for (const auto &[key, one] : found) {
        if (shown++ < mostExisting)
            addExisting(state, one.exception, one.standing, one.findings);
    }
    if (found.size() > mostExisting) {
        QLabel *more = makeLabel(Face::Secondary, Ink::Muted);
        more->setText(tr("and %n more exception(s)", nullptr, static_cast<int>(found.size() - mostExisting)));
        m_existing->addWidget(more);
    }
}

void ExceptionForm::addExisting(
    const AuditState &state, const FindingException &exception, Standing standing, int findings)
{
    const QString until = exception.expires.empty()
        ? tr("without expiry")
        : tr("until %1").arg(toQString(formatDate(exception.expires, applicationLanguage())));
    const QString kind = exception.kind == "false-positive" ? tr("False alarm")
        : exception.kind == "deferred"                      ? tr("Put off")
                                                            : tr("Accepted");
    QStringList facts{until};
    if (!exception.by.empty())
        facts.prepend(foreignText(exception.by));
    if (const QString scope = scopeText(state, exception); !scope.isEmpty())
        facts.append(scope);
    if (m_fingerprints.size() > 1)
        facts.append(tr("%n of the findings", nullptr, findings));
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    QLabel *text = makeLabel(standing == Standing::Holds ? Face::Dense : Face::DenseStrong);
    text->setWordWrap(true);
    text->setObjectName(u"existingException"_qs);
    //: what kind of exception, reason, who and until when
    const QString line = tr("%1: %2 (%3)").arg(kind, foreignText(exception.reason), facts.join(u", "));
    text->setText(standing == Standing::Expired ? tr("Expired, counts no more. %1").arg(line)
            : standing == Standing::Waits       ? tr("Carried over, to be confirmed: does not count yet. %1").arg(line)
            : standing == Standing::Unconfirmed ? tr("Carried over, never confirmed: counts. %1").arg(line)
                                                : line);
    row->addWidget(text, 1);
    if (standing == Standing::Waits || standing == Standing::Unconfirmed)
        addConfirm(*row, exception);
    auto *withdraw = new LinkButton(u"close"_qs);
    withdraw->setText(standing == Standing::Waits ? tr("Does not hold") : tr("Withdraw"));
    withdraw->setAccessibleName(tr("Withdraw the exception: %1").arg(foreignText(exception.reason)));
    withdraw->setObjectName(u"withdrawException"_qs);
    row->addWidget(withdraw, 0, Qt::AlignTop);
    m_existing->addLayout(row);
    connect(withdraw, &LinkButton::clicked, &m_session,
        [this, key = exception.key()] { m_session.withdrawException(key); });
}

void ExceptionForm::addConfirm(QHBoxLayout &row, const FindingException &exception)
{
    auto *confirm = new LinkButton(u"check"_qs);
    confirm->setText(tr("Confirm"));
    confirm->setAccessibleName(tr("Confirm the exception: %1").arg(foreignText(exception.reason)));
    confirm->setObjectName(u"confirmException"_qs);
    confirm->setEnabled(!m_session.isReadOnly());
    row.addWidget(confirm, 0, Qt::AlignTop);
    connect(confirm, &LinkButton::clicked, &m_session,
        [this, exception] { m_session.change(std::vector<AuditChange>{confirmation(exception)}); });
}

void ExceptionForm::make()
{
    FindingException exception;
    exception.kind = kinds.at(static_cast<std::size_t>(std::max(0, m_kind->currentIndex())));
    exception.reason = toUtf8String(m_reason->toPlainText().trimmed());
    m_waiting = true;
    exception.by = toUtf8String(m_session.auditor());
    exception.expires = toUtf8String(m_until->isoDate());
    if (scope() != Scope::These)
        exception.check = m_check;
    const bool inAllClusters = scope() == Scope::Everywhere && !m_clusterName.empty();
    if (scope() != Scope::These && !inAllClusters)
        exception.cluster = m_cluster;
    switch (scope()) {
    case Scope::These: {
        std::vector<FindingException> all(m_fingerprints.size(), exception);
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i].fingerprint = m_fingerprints[i];
        m_session.setExceptions(all);
        return;
    }
    case Scope::Namespace:
        exception.namespaceName = m_namespace;
        break;
    case Scope::System:
        exception.namespaceName = FindingException::systemNamespaces;
        break;
    case Scope::Object:
        exception.object = toUtf8String(m_pattern->text().trimmed());
        break;
    case Scope::Cluster:
    case Scope::Everywhere:
        break;
    }
    m_session.setException(exception);
}

} // namespace tally::ui
