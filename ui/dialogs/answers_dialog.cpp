// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/answers_dialog.h"

#include "core/base/messages_report.h"
#include "core/base/text_format.h"
#include "core/report/journal_view.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/widgets/basics.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace tally::ui {

namespace {

/// Of a text that people typed, what fits into a line of the list; hidden characters are marked.
QString shown(const std::string &text)
{
    std::string line = text.substr(0, 400);
    std::ranges::replace(line, '\n', ' ');
    const QString whole = toQString(visible(toUtf8(line)));
    return whole.isEmpty() ? QStringLiteral("–") : whole;
}

const MessageDef *wordOf(Status status)
{
    switch (status) {
    case Status::Ja:
        return reportDef("decision.ja");
    case Status::Teilweise:
        return reportDef("decision.teilweise");
    case Status::Nein:
        return reportDef("decision.nein");
    case Status::Entbehrlich:
        return reportDef("decision.entbehrlich");
    case Status::Unbearbeitet:
        break;
    }
    return reportDef("decision.unbearbeitet");
}

} // namespace

AnswersDialog::AnswersDialog(QString fileName, Answers answers, TextOf textOf, bool readOnly, QWidget *parent)
    : QDialog(parent)
    , m_fileName(std::move(fileName))
    , m_answers(std::move(answers))
    , m_textOf(std::move(textOf))
    , m_readOnly(readOnly)
    , m_title(makeLabel(Face::Title))
    , m_lead(makeLabel(Face::Base))
    , m_tree(new QTreeWidget)
    , m_problemsLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_problems(new QTreeWidget)
    , m_cancel(new QPushButton)
    , m_take(new QPushButton)
{
    setObjectName(u"answersDialog"_qs);
    m_tree->setObjectName(u"answers"_qs);
    m_problems->setObjectName(u"answerProblems"_qs);
    m_take->setObjectName(u"takeAnswers"_qs);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(4);
    column->addWidget(m_title);
    column->addSpacing(4);
    m_lead->setWordWrap(true);
    column->addWidget(m_lead);
    column->addSpacing(8);
    column->addWidget(m_tree, 3);
    column->addSpacing(8);
    column->addWidget(m_problemsLabel);
    column->addWidget(m_problems, 2);
    column->addSpacing(8);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_take);
    column->addLayout(buttons);
    for (QTreeWidget *each : {m_tree, m_problems}) {
        each->setColumnCount(3);
        each->setUniformRowHeights(true);
        each->setSelectionMode(QAbstractItemView::SingleSelection);
        each->setTextElideMode(Qt::ElideRight);
    }
    m_problems->setRootIsDecorated(false);
    m_problems->setVisible(!m_answers.problems.empty());
    m_problemsLabel->setVisible(!m_answers.problems.empty());
    setMinimumSize(760, 560);
    m_take->setDefault(true);
    m_cancel->setAutoDefault(false);
    connect(m_tree, &QTreeWidget::itemChanged, this, &AnswersDialog::validate);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_take, &QPushButton::clicked, this, [this] {
        Q_EMIT taken(chosen());
        accept();
    });
    for (const Answer &answer : m_answers.changed) {
        auto *item = new QTreeWidgetItem(m_tree, {toQString(answer.id)});
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(0, Qt::Checked);
    }
    for (const RecordAnswer &answer : m_answers.records) {
        auto *item = new QTreeWidgetItem(m_tree, {answer.before ? toQString(keyOf(answer.after)) : QString()});
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(0, Qt::Checked);
    }
    retranslateUi();
    m_tree->expandAll();
    m_tree->header()->resizeSection(0, 200);
    m_tree->header()->resizeSection(1, 240);
    m_problems->header()->resizeSection(0, 130);
    m_problems->header()->resizeSection(1, 130);
}

Answers AnswersDialog::chosen() const
{
    Answers ticked;
    for (int row = 0; row < m_tree->topLevelItemCount(); ++row) {
        if (m_tree->topLevelItem(row)->checkState(0) != Qt::Checked)
            continue;
        const auto at = static_cast<std::size_t>(row);
        if (at < m_answers.changed.size())
            ticked.changed.push_back(m_answers.changed[at]);
        else
            ticked.records.push_back(m_answers.records[at - m_answers.changed.size()]);
    }
    return ticked;
}

/// A measure or a request, in the words of the journal.
void AnswersDialog::fillRecord(QTreeWidgetItem *item, const RecordAnswer &answer) const
{
    qDeleteAll(item->takeChildren());
    const bool measure = typeOf(answer.after) == RecordType::Measure;
    if (!answer.before)
        item->setText(0, tr("New measure"));
    JournalEntry entry;
    entry.event = recordEvent(typeOf(answer.after));
    entry.detail = R"({"before":)" + (answer.before ? recordToJson(*answer.before) : "null") + R"(,"after":)"
        + recordToJson(answer.after) + "}";
    const MessageTranslator translator(applicationLanguage());
    item->setText(1,
        measure ? shown(std::get<Measure>(answer.after).title) : shown(std::get<EvidenceRequest>(answer.after).what));
    for (const JournalChange &change : journalLine(entry, tally::Words(applicationLanguage(), translator)).changes) {
        auto *line = new QTreeWidgetItem(item, {toQString(change.field), shown(change.before), shown(change.after)});
        for (int column = 1; column < 3; ++column)
            line->setToolTip(column, line->text(column));
    }
}

void AnswersDialog::fill()
{
    for (std::size_t i = 0; i < m_answers.records.size(); ++i)
        fillRecord(m_tree->topLevelItem(static_cast<int>(m_answers.changed.size() + i)), m_answers.records[i]);
    for (int row = 0; row < static_cast<int>(m_answers.changed.size()); ++row) {
        QTreeWidgetItem *item = m_tree->topLevelItem(row);
        qDeleteAll(item->takeChildren());
        const Answer &answer = m_answers.changed[static_cast<std::size_t>(row)];
        const auto field = [item](const QString &name, const QString &before, const QString &after) {
            if (before == after)
                return;
            auto *line = new QTreeWidgetItem(item, {name, before, after});
            for (int column = 1; column < 3; ++column)
                line->setToolTip(column, line->text(column));
        };
        field(tr("Status"), m_textOf({wordOf(answer.before.status)}), m_textOf({wordOf(answer.after.status)}));
        field(tr("Reason"), shown(answer.before.reason), shown(answer.after.reason));
        field(tr("Responsible"), shown(answer.before.responsible), shown(answer.after.responsible));
        field(tr("Until"), shown(answer.before.until), shown(answer.after.until));
        field(tr("Measure"), shown(answer.before.measure), shown(answer.after.measure));
    }
}

void AnswersDialog::fillProblems()
{
    m_problems->clear();
    for (const AnswerProblem &problem : m_answers.problems) {
        auto *item = new QTreeWidgetItem(
            m_problems, {toQString(problem.id), toQString(problem.sheet + "!" + problem.cell), m_textOf(problem.why)});
        item->setToolTip(2, item->text(2));
    }
}

void AnswersDialog::validate()
{
    const Answers ticked = chosen();
    m_take->setEnabled(!m_readOnly && !(ticked.changed.empty() && ticked.records.empty()));
}

void AnswersDialog::retranslateUi()
{
    setWindowTitle(tr("Answers of a workbook"));
    m_title->setText(tr("Answers of a workbook"));
    const int changes = static_cast<int>(m_answers.changed.size() + m_answers.records.size());
    m_lead->setText(changes == 0
            ? tr("No answer in “%1” can be taken over as a change.").arg(m_fileName)
            : tr("“%1” would change %n thing(s). Untick what is to stay as it is.", nullptr, changes)
                  .replace(u"%1"_qs, m_fileName));
    m_tree->setHeaderLabels({tr("Requirement"), tr("In the audit"), tr("In the workbook")});
    m_tree->setAccessibleName(tr("Answers of a workbook"));
    m_problemsLabel->setText(tr("Not taken over"));
    m_problems->setHeaderLabels({tr("Requirement"), tr("Cell"), tr("Why")});
    m_problems->setAccessibleName(m_problemsLabel->text());
    m_cancel->setText(tr("Cancel"));
    m_take->setText(tr("Take over"));
    const QSignalBlocker quiet(m_tree);
    fill();
    fillProblems();
    validate();
}

void AnswersDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    QDialog::changeEvent(event);
}

} // namespace tally::ui
