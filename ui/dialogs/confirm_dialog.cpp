// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/confirm_dialog.h"

#include "core/audit/clusters.h"
#include "core/audit/target_objects.h"
#include "core/base/text_format.h"
#include "core/report/report_words.h"
#include "ui/dialogs/open_again.h"
#include "ui/models/requirement_state.h"
#include "ui/models/target_words.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/widgets/basics.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace tally::ui {

namespace {

enum Role { AnswerRole = Qt::UserRole, KindRole, ExceptionRole, TargetRole, UnchangedRole };
enum Column : int { IdColumn, AnswerColumn, BasisColumn, ReasonColumn, ColumnCount };

bool belongsTo(const std::string &id, const QStringList &requirements)
{
    return requirements.isEmpty() || std::ranges::any_of(requirements, [&id](const QString &requirement) {
        const std::string whole = toUtf8String(requirement);
        return id == whole || id.starts_with(whole + ".");
    });
}

/// The one that an exception for a single finding is about; null: it is not there now, or it is for several.
const Finding *findingOf(const AuditState &state, const FindingException &exception)
{
    if (!state.assessment || exception.fingerprint.empty())
        return nullptr;
    const auto found = std::ranges::find(state.assessment->findings, exception.fingerprint, &Finding::id);
    return found == state.assessment->findings.end() ? nullptr : &*found;
}

} // namespace

ConfirmDialog::ConfirmDialog(Session &session, const QStringList &only, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_answers(carriedAnswers(*session.state(), session.catalogue()))
    , m_tree(new QTreeWidget)
    , m_unchanged(new LinkButton)
    , m_all(new LinkButton)
    , m_detail(makeLabel(Face::Secondary, Ink::Muted))
    , m_problem(makeLabel(Face::SecondaryStrong))
    , m_who(new QLineEdit)
    , m_cancel(new QPushButton(tr("Cancel")))
    , m_confirm(new QPushButton)
{
    std::erase_if(m_answers, [&only](const CarriedAnswer &each) { return !belongsTo(each.id, only); });
    if (only.isEmpty()) {
        m_kinds = carriedAsked(*session.state());
        m_exceptions = carriedExceptions(*session.state());
        m_targets = carriedTargets(*session.state());
    }
    layOut();
    fill();
    connect(m_tree, &QTreeWidget::itemChanged, this, &ConfirmDialog::validate);
    connect(m_tree, &QTreeWidget::currentItemChanged, this,
        [this](const QTreeWidgetItem *item) { m_detail->setText(item ? item->toolTip(ReasonColumn) : QString()); });
    connect(m_unchanged, &QAbstractButton::clicked, this, [this] { tick(true); });
    connect(m_all, &QAbstractButton::clicked, this, [this] { tick(false); });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_confirm, &QPushButton::clicked, this, &ConfirmDialog::accept);
    tick(true);
}

void ConfirmDialog::layOut()
{
    setObjectName(u"confirmDialog"_qs);
    setWindowTitle(tr("Confirm what was carried over"));
    m_tree->setObjectName(u"carriedAnswers"_qs);
    m_unchanged->setObjectName(u"tickUnchanged"_qs);
    m_all->setObjectName(u"tickAll"_qs);
    m_confirm->setObjectName(u"confirmAnswers"_qs);
    m_problem->setObjectName(u"confirmProblem"_qs);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(6);
    QLabel *title = makeLabel(Face::Title);
    title->setText(windowTitle());
    QLabel *lead = makeLabel(Face::Base);
    lead->setWordWrap(true);
    const auto &predecessor = m_session.state()->predecessor;
    //: %1 title of the earlier audit
    lead->setText(tr(
        "This comes from “%1”. What you tick holds here from now on, by you and today; the rest waits on. Exceptions "
        "do not count before.")
                      .arg(predecessor ? foreignText(predecessor->title) : QString()));
    column->addWidget(title);
    column->addWidget(lead);
    auto *ticks = new QHBoxLayout;
    ticks->setSpacing(16);
    m_unchanged->setText(tr("Tick those whose evidence did not change"));
    m_all->setText(tr("Tick all"));
    ticks->addWidget(m_unchanged);
    ticks->addWidget(m_all);
    ticks->addStretch();
    column->addLayout(ticks);
    column->addWidget(m_tree, 1);
    m_detail->setWordWrap(true);
    m_problem->setWordWrap(true);
    m_problem->hide();
    column->addWidget(m_detail);
    column->addWidget(m_problem);
    column->addWidget(m_who);
    m_who->setObjectName(u"confirmWho"_qs);
    m_who->setPlaceholderText(tr("Your name"));
    m_who->setAccessibleName(m_who->placeholderText());
    m_who->hide();
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_confirm);
    column->addLayout(buttons);
    m_tree->setColumnCount(ColumnCount);
    m_tree->setHeaderLabels({tr("What"), tr("Answer"), tr("Evidence"), tr("Reason")});
    m_tree->setAccessibleName(tr("What comes from the earlier audit"));
    m_tree->setUniformRowHeights(true);
    m_tree->setRootIsDecorated(false);
    m_tree->header()->resizeSection(IdColumn, 250);
    m_tree->header()->resizeSection(AnswerColumn, 130);
    m_tree->header()->resizeSection(BasisColumn, 110);
    m_confirm->setDefault(true);
    m_cancel->setAutoDefault(false);
    resize(820, 560);
    setMinimumSize(560, 400);
}

void ConfirmDialog::addAnswer(const CarriedAnswer &answer, std::size_t index)
{
    const auto state = decidedState(answer.earlier.status);
    const Requirement *requirement = m_session.catalogue().requirement(answer.id);
    const QString id = shortId(answer.id);
    auto *item = new QTreeWidgetItem(m_tree);
    item->setText(IdColumn,
        requirement ? QString(id % u"  " % toQString(requirement->title.in(applicationLanguage())))
                    : u"      "_qs % id);
    item->setText(AnswerColumn, state ? StateWords::word(*state) : QString());
    item->setText(BasisColumn, answer.sameBasis ? tr("unchanged") : tr("changed"));
    item->setText(ReasonColumn, foreignText(answer.earlier.reason));
    QStringList said;
    if (answer.wrong)
        said.append(m_session.text(*answer.wrong));
    if (!answer.earlier.reason.empty())
        said.append(foreignLines(answer.earlier.reason));
    if (!answer.earlier.by.empty())
        //: %1 person, %2 time
        said.append(tr("Decided by %1, %2").arg(foreignText(answer.earlier.by), localTimeText(answer.earlier.at)));
    item->setToolTip(IdColumn, item->text(IdColumn));
    item->setToolTip(ReasonColumn, said.join(u'\n'));
    item->setData(IdColumn, AnswerRole, static_cast<qulonglong>(index));
    item->setData(IdColumn, UnchangedRole, answer.sameBasis && !answer.wrong);
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (!answer.wrong)
        flags |= Qt::ItemIsUserCheckable;
    item->setFlags(flags);
    item->setCheckState(IdColumn, Qt::Unchecked);
    if (answer.wrong)
        item->setText(BasisColumn, tr("not possible"));
}

void ConfirmDialog::addKind(const AskedKind &kind, std::size_t index)
{
    auto *item = new QTreeWidgetItem(m_tree);
    const QString name = foreignText(kind.kind);
    item->setText(IdColumn, name);
    item->setText(AnswerColumn, tr("none there"));
    item->setText(BasisColumn, tr("asked for"));
    item->setText(ReasonColumn, foreignText(kind.reason));
    item->setToolTip(IdColumn, name);
    item->setToolTip(ReasonColumn, foreignLines(kind.reason));
    item->setData(IdColumn, KindRole, static_cast<qulonglong>(index));
    item->setData(IdColumn, UnchangedRole, false); // the data is another one: a person has to say so again
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(IdColumn, Qt::Unchecked);
}

void ConfirmDialog::finishRow(QTreeWidgetItem &item, int role, std::size_t index, bool canBeTicked)
{
    item.setToolTip(IdColumn, item.text(IdColumn));
    item.setData(IdColumn, role, static_cast<qulonglong>(index));
    item.setData(IdColumn, UnchangedRole, false); // a person has to look at it again
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (canBeTicked)
        flags |= Qt::ItemIsUserCheckable;
    item.setFlags(flags);
    item.setCheckState(IdColumn, Qt::Unchecked);
}

void ConfirmDialog::addException(const CarriedException &carried, std::size_t index)
{
    const FindingException &exception = carried.exception;
    QStringList scope;
    const Finding *found = findingOf(*m_session.state(), exception);
    if (found)
        scope = {foreignText(found->check), findingPlace(*found)};
    else if (!exception.fingerprint.empty())
        scope = {tr("a finding that is not there now"), toQString(exception.fingerprint.substr(0, 12))};
    for (const std::string *each : {&exception.check, &exception.namespaceName, &exception.object, &carried.cluster}) {
        if (each->empty())
            continue;
        const bool isSystem = *each == FindingException::systemNamespaces;
        scope.append(isSystem ? tr("system namespaces") : foreignText(*each));
    }
    auto *item = new QTreeWidgetItem(m_tree);
    item->setText(IdColumn, scope.join(u", "));
    const Language language = applicationLanguage();
    item->setText(
        AnswerColumn, toQString(tally::Words(language, m_session.translator(language)).exception(exception.kind)));
    const bool counts = m_session.state()->exceptions.contains(exception.key());
    item->setText(BasisColumn,
        carried.wrong                       ? tr("not possible")
            : counts                        ? tr("counts already")
            : exception.fingerprint.empty() ? tr("covers %n", nullptr, coveredBy(exception))
            : found                         ? tr("still there")
                                            : tr("gone"));
    item->setText(ReasonColumn, foreignText(exception.reason));
    QStringList said;
    if (carried.wrong)
        said.append(m_session.text(*carried.wrong));
    said.append(foreignLines(exception.reason));
    if (!exception.expires.empty())
        said.append(tr("Until %1").arg(toQString(formatDate(exception.expires, language))));
    if (!exception.by.empty())
        said.append(tr("Decided by %1, %2").arg(foreignText(exception.by), localTimeText(exception.at)));
    item->setToolTip(ReasonColumn, said.join(u'\n'));
    finishRow(*item, ExceptionRole, index, !carried.wrong);
}

int ConfirmDialog::coveredBy(const FindingException &exception) const
{
    const AuditStatePtr state = m_session.state();
    if (!state->assessment)
        return 0;
    return static_cast<int>(std::ranges::count_if(state->assessment->findings,
        [&](const Finding &finding) { return exception.covers(finding, clusterKeyOf(finding, *state)); }));
}

void ConfirmDialog::addTarget(const TargetObject &target, std::size_t index)
{
    auto *item = new QTreeWidgetItem(m_tree);
    item->setText(IdColumn, QString(TargetWords::kind(target.kind) % u" " % foreignText(target.name)));
    item->setText(AnswerColumn, TargetWords::need(highestNeed(target)));
    item->setText(BasisColumn, tr("protection needs"));
    QStringList reasons;
    QStringList said;
    for (const auto &[name, value] : {std::pair{tr("Confidentiality"), &target.confidentiality},
             std::pair{tr("Integrity"), &target.integrity}, std::pair{tr("Availability"), &target.availability}}) {
        if (!value->reason.empty() && !reasons.contains(foreignText(value->reason)))
            reasons.append(foreignText(value->reason));
        said.append(name % u": " % TargetWords::need(value->need)
            % (value->reason.empty() ? QString() : QString(u" (" % foreignText(value->reason) % u")")));
    }
    if (!target.by.empty())
        said.append(tr("Decided by %1, %2").arg(foreignText(target.by), localTimeText(target.at)));
    item->setText(ReasonColumn, reasons.join(u"; "));
    item->setToolTip(ReasonColumn, said.join(u'\n'));
    finishRow(*item, TargetRole, index, true);
}

void ConfirmDialog::fill()
{
    for (std::size_t i = 0; i < m_answers.size(); ++i)
        addAnswer(m_answers[i], i);
    for (std::size_t i = 0; i < m_kinds.size(); ++i)
        addKind(m_kinds[i], i);
    for (std::size_t i = 0; i < m_exceptions.size(); ++i)
        addException(m_exceptions[i], i);
    for (std::size_t i = 0; i < m_targets.size(); ++i)
        addTarget(m_targets[i], i);
    if (m_tree->topLevelItemCount() > 0)
        m_tree->setCurrentItem(m_tree->topLevelItem(0));
}

void ConfirmDialog::tick(bool unchangedOnly)
{
    {
        const QSignalBlocker quiet(m_tree);
        for (int row = 0; row < m_tree->topLevelItemCount(); ++row) {
            QTreeWidgetItem *item = m_tree->topLevelItem(row);
            if (!item->flags().testFlag(Qt::ItemIsUserCheckable))
                continue;
            const bool ticked = !unchangedOnly || item->data(IdColumn, UnchangedRole).toBool();
            item->setCheckState(IdColumn, ticked ? Qt::Checked : Qt::Unchecked);
        }
    }
    validate();
}

std::vector<std::size_t> ConfirmDialog::tickedOf(int role) const
{
    std::vector<std::size_t> ticked;
    for (int row = 0; row < m_tree->topLevelItemCount(); ++row) {
        const QTreeWidgetItem *item = m_tree->topLevelItem(row);
        const QVariant index = item->data(IdColumn, role);
        if (index.isValid() && item->checkState(IdColumn) == Qt::Checked)
            ticked.push_back(index.toULongLong());
    }
    return ticked;
}

std::vector<CarriedAnswer> ConfirmDialog::chosen() const
{
    std::vector<CarriedAnswer> ticked;
    for (const std::size_t index : tickedOf(AnswerRole))
        ticked.push_back(m_answers[index]);
    return ticked;
}

std::vector<AskedKind> ConfirmDialog::chosenKinds() const
{
    std::vector<AskedKind> ticked;
    for (const std::size_t index : tickedOf(KindRole))
        ticked.push_back(m_kinds[index]);
    return ticked;
}

std::vector<FindingException> ConfirmDialog::chosenExceptions() const
{
    std::vector<FindingException> ticked;
    for (const std::size_t index : tickedOf(ExceptionRole))
        ticked.push_back(m_exceptions[index].exception);
    return ticked;
}

std::vector<TargetObject> ConfirmDialog::chosenTargets() const
{
    std::vector<TargetObject> ticked;
    for (const std::size_t index : tickedOf(TargetRole))
        ticked.push_back(m_targets[index]);
    return ticked;
}

void ConfirmDialog::validate()
{
    const auto count = static_cast<int>(
        chosen().size() + chosenKinds().size() + tickedOf(ExceptionRole).size() + tickedOf(TargetRole).size());
    m_confirm->setText(tr("Confirm %n", nullptr, count));
    m_confirm->setEnabled(count > 0 && !m_session.isReadOnly());
    m_problem->hide();
}

void ConfirmDialog::accept()
{
    if (const QString name = m_who->text().trimmed(); !name.isEmpty())
        m_session.setAuditor(name);
    if (m_session.auditor().isEmpty()) {
        m_who->show();
        m_who->setFocus();
        m_problem->setText(tr("Who confirms it? Your name stands with it and in the journal."));
        m_problem->show();
        return;
    }
    const AuditStatePtr state = m_session.state();
    AuditState probe; // of which only the decisions are looked at
    probe.decisions = state->decisions;
    const std::vector<CarriedAnswer> answers = chosen();
    for (const CarriedAnswer &each : answers)
        probe.decisions[each.id] = each.earlier;
    for (const CarriedAnswer &each : answers) {
        if (const auto wrong = validateDecided(probe, m_session.catalogue(), each.id)) {
            m_problem->setText(m_session.text(*wrong));
            m_problem->show();
            return;
        }
    }
    std::vector<AuditChange> changes = confirmations(answers);
    for (FindingException &exception : chosenExceptions())
        changes.push_back(confirmation(std::move(exception)));
    for (TargetObject &target : chosenTargets())
        changes.push_back(confirmation(std::move(target)));
    std::vector<AskedKind> kinds = chosenKinds();
    for (AskedKind &kind : kinds)
        kind.by.clear(); // whoever confirms it says so now
    openAgainIfRefused(*this, m_session, [&] {
        if (!changes.empty())
            m_session.change(changes);
        if (kinds.empty())
            return;
        kinds.insert(kinds.begin(), state->asked.begin(), state->asked.end());
        m_session.setAsked(kinds);
    });
    QDialog::accept();
}

} // namespace tally::ui
