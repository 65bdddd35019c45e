// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/confirm_dialog.h"

#include "core/report/report_words.h"
#include "ui/models/requirement_state.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/widgets/basics.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace tally::ui {

namespace {

enum Role { AnswerRole = Qt::UserRole, KindRole, ExceptionRole, UnchangedRole };
enum Column : int { IdColumn, AnswerColumn, BasisColumn, ReasonColumn, ColumnCount };

bool belongsTo(const std::string &id, const QStringList &requirements)
{
    return requirements.isEmpty() || std::ranges::any_of(requirements, [&id](const QString &requirement) {
        const std::string whole = toUtf8String(requirement);
        return id == whole || id.starts_with(whole + ".");
    });
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
    , m_cancel(new QPushButton(tr("Cancel")))
    , m_confirm(new QPushButton)
{
    std::erase_if(m_answers, [&only](const CarriedAnswer &each) { return !belongsTo(each.id, only); });
    if (only.isEmpty()) {
        m_kinds = carriedAsked(*session.state());
        m_exceptions = carriedExceptions(*session.state());
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
    setWindowTitle(tr("Confirm earlier answers"));
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
    lead->setText(
        tr("These answers come from “%1”. Ticked ones are decided here, by you and today; the others wait on.")
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
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_confirm);
    column->addLayout(buttons);
    m_tree->setColumnCount(ColumnCount);
    m_tree->setHeaderLabels({tr("Requirement"), tr("Answer"), tr("Evidence"), tr("Reason")});
    m_tree->setAccessibleName(tr("Answers of the earlier audit"));
    m_tree->setUniformRowHeights(true);
    m_tree->setRootIsDecorated(false);
    m_tree->header()->resizeSection(IdColumn, 250);
    m_tree->header()->resizeSection(AnswerColumn, 110);
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

void ConfirmDialog::addException(const CarriedException &carried, std::size_t index)
{
    const FindingException &exception = carried.exception;
    QStringList scope;
    for (const std::string *each : {&exception.check, &exception.namespaceName, &exception.object, &carried.cluster}) {
        if (!each->empty())
            scope.append(foreignText(*each));
    }
    auto *item = new QTreeWidgetItem(m_tree);
    item->setText(IdColumn, scope.join(u", "));
    const Language language = applicationLanguage();
    item->setText(
        AnswerColumn, toQString(tally::Words(language, m_session.translator(language)).exception(exception.kind)));
    const AuditCluster *cluster = m_session.state()->cluster(exception.cluster);
    item->setText(BasisColumn, carried.wrong || !cluster ? tr("not possible") : foreignText(cluster->name));
    item->setText(ReasonColumn, foreignText(exception.reason));
    QStringList said;
    if (carried.wrong)
        said.append(m_session.text(*carried.wrong));
    said.append(foreignLines(exception.reason));
    if (!exception.by.empty())
        said.append(tr("Decided by %1, %2").arg(foreignText(exception.by), localTimeText(exception.at)));
    item->setToolTip(IdColumn, item->text(IdColumn));
    item->setToolTip(ReasonColumn, said.join(u'\n'));
    item->setData(IdColumn, ExceptionRole, static_cast<qulonglong>(index));
    item->setData(IdColumn, UnchangedRole, false); // it is the cluster, and another export of it
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (!carried.wrong)
        flags |= Qt::ItemIsUserCheckable;
    item->setFlags(flags);
    item->setCheckState(IdColumn, Qt::Unchecked);
}

void ConfirmDialog::fill()
{
    for (std::size_t i = 0; i < m_answers.size(); ++i)
        addAnswer(m_answers[i], i);
    for (std::size_t i = 0; i < m_kinds.size(); ++i)
        addKind(m_kinds[i], i);
    for (std::size_t i = 0; i < m_exceptions.size(); ++i)
        addException(m_exceptions[i], i);
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

std::vector<CarriedAnswer> ConfirmDialog::chosen() const
{
    std::vector<CarriedAnswer> ticked;
    for (int row = 0; row < m_tree->topLevelItemCount(); ++row) {
        const QTreeWidgetItem *item = m_tree->topLevelItem(row);
        const QVariant index = item->data(IdColumn, AnswerRole);
        if (index.isValid() && item->checkState(IdColumn) == Qt::Checked)
            ticked.push_back(m_answers[index.toULongLong()]);
    }
    return ticked;
}

std::vector<AskedKind> ConfirmDialog::chosenKinds() const
{
    std::vector<AskedKind> ticked;
    for (int row = 0; row < m_tree->topLevelItemCount(); ++row) {
        const QTreeWidgetItem *item = m_tree->topLevelItem(row);
        const QVariant index = item->data(IdColumn, KindRole);
        if (index.isValid() && item->checkState(IdColumn) == Qt::Checked)
            ticked.push_back(m_kinds[index.toULongLong()]);
    }
    return ticked;
}

std::vector<FindingException> ConfirmDialog::chosenExceptions() const
{
    std::vector<FindingException> ticked;
    for (int row = 0; row < m_tree->topLevelItemCount(); ++row) {
        const QTreeWidgetItem *item = m_tree->topLevelItem(row);
        const QVariant index = item->data(IdColumn, ExceptionRole);
        if (index.isValid() && item->checkState(IdColumn) == Qt::Checked)
            ticked.push_back(m_exceptions[index.toULongLong()].exception);
    }
    return ticked;
}

void ConfirmDialog::validate()
{
    const auto count = static_cast<int>(chosen().size() + chosenKinds().size() + chosenExceptions().size());
    m_confirm->setText(tr("Confirm %n", nullptr, count));
    m_confirm->setEnabled(count > 0 && !m_session.isReadOnly());
    m_problem->hide();
}

void ConfirmDialog::accept()
{
    if (m_session.auditor().isEmpty()) {
        m_problem->setText(tr("Who decides? Enter your name with one decision first."));
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
    for (FindingException &exception : chosenExceptions()) {
        exception.by.clear(); // whoever confirms it says so now
        changes.emplace_back(std::move(exception));
    }
    if (!changes.empty())
        m_session.change(std::move(changes));
    std::vector<AskedKind> kinds = chosenKinds();
    if (!kinds.empty()) {
        for (AskedKind &kind : kinds)
            kind.by.clear(); // whoever confirms it says so now
        kinds.insert(kinds.begin(), state->asked.begin(), state->asked.end());
        m_session.setAsked(kinds);
    }
    QDialog::accept();
}

} // namespace tally::ui
