// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/compare_page.h"

#include "core/base/text_format.h"
#include "core/report/report_difference.h"
#include "ui/dialogs/choosers.h"
#include "ui/models/short_titles.h"
#include "ui/models/words.h"
#include "ui/pages/table_pane.h"
#include "ui/pdf/report_export.h"
#include "ui/theme/glyphs.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/verdict_history.h"

#include <QCheckBox>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr int historyWidth = 340;

/// What a row leads to.
QString findingRow(const Finding &finding)
{
    return u"f"_qs % toQString(finding.id);
}

QString requirementRow(const std::string &id)
{
    return u"r"_qs % toQString(id);
}

std::filesystem::path toPath(const QString &path)
{
    return {path.toStdU16String()};
}

} // namespace

ComparePage::ComparePage(Session &session, FileChooser &files, QWidget *parent)
    : Page(PageId::Compare, session, parent)
    , m_files(files)
    , m_title(makeLabel(Face::PageTitle))
    , m_subline(makeLabel(Face::Base, Ink::Muted))
    , m_notes(makeLabel(Face::Base))
    , m_problem(makeLabel(Face::Base))
    , m_across(new QCheckBox)
    , m_choose(new QPushButton)
    , m_write(new QPushButton)
    , m_empty(new EmptyState(u"compare"_qs))
    , m_content(new QWidget)
    , m_group(new SegmentedControl(GroupCount))
    , m_table(new TablePane)
    , m_history(new VerdictHistory)
{
    m_choose->setObjectName(u"chooseEarlierAudit"_qs);
    m_write->setObjectName(u"writeDifferences"_qs);
    m_across->setObjectName(u"acrossClusters"_qs);
    m_group->setObjectName(u"fateGroup"_qs);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 16);
    column->setSpacing(8);
    auto *head = new QHBoxLayout;
    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(m_title);
    texts->addWidget(m_subline);
    head->addLayout(texts, 1);
    head->addWidget(m_choose, 0, Qt::AlignVCenter);
    head->addWidget(m_write, 0, Qt::AlignVCenter);
    column->addLayout(head);
    for (QLabel *label : {m_subline, m_notes, m_problem})
        label->setWordWrap(true);
    column->addWidget(m_problem);
    column->addWidget(m_empty, 1);
    column->addWidget(m_content, 1);
    m_content->hide(); // until there is something to compare
    m_problem->hide();
    auto *content = new QVBoxLayout(m_content);
    content->setContentsMargins(0, 0, 0, 0);
    content->setSpacing(8);
    content->addWidget(m_notes);
    content->addWidget(m_across);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(24);
    auto *left = new QVBoxLayout;
    left->addWidget(m_group, 0, Qt::AlignLeft);
    left->addWidget(m_table, 1);
    columns->addLayout(left, 1);
    auto *holder = new QWidget;
    auto *inside = new QVBoxLayout(holder);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->addWidget(m_history);
    inside->addStretch();
    QScrollArea *scroll = makeScrollArea(holder);
    scroll->setFixedWidth(historyWidth);
    columns->addWidget(scroll);
    content->addLayout(columns, 1);
    connect(m_choose, &QPushButton::clicked, this, &ComparePage::chooseFile);
    connect(m_empty->button(), &QPushButton::clicked, this, &ComparePage::chooseFile);
    connect(m_write, &QPushButton::clicked, this, &ComparePage::writeReport);
    connect(m_across, &QCheckBox::toggled, this, &ComparePage::compare);
    connect(m_group, &SegmentedControl::chosen, this, &ComparePage::showTable);
    connect(m_table, &TablePane::activated, this, &ComparePage::open);
    connect(m_history, &VerdictHistory::activated, this,
        [this](const QString &id) { Q_EMIT navigate({.page = PageId::Checklist, .requirement = id}); });
}

ComparePage::~ComparePage() = default;

QString ComparePage::title() const
{
    return tr("Comparison");
}

bool ComparePage::isBusy() const
{
    return m_job.isRunning();
}

void ComparePage::goTo(const Address &address)
{
    compareWith(address.tab);
}

void ComparePage::retranslateUi()
{
    m_title->setText(tr("Since the last audit"));
    m_choose->setText(tr("Choose earlier audit"));
    m_write->setText(tr("Write difference report"));
    m_across->setText(tr("Compare by names although these are two clusters"));
    m_group->setName(tr("What became of the findings"));
    m_table->setName(tr("differences"));
    m_empty->setTexts(tr("No earlier audit chosen"),
        tr("Choose the file of an earlier audit to see what is new, what is gone, and what nobody looked at again."));
    m_empty->button()->setText(tr("Choose earlier audit"));
    m_empty->button()->show();
}

void ComparePage::setState(const AuditState &state)
{
    const bool judged = state.run != nullptr;
    if (!session().hasAudit() || (m_before && !judged)) {
        m_before.reset();
        m_comparison.reset();
        m_compared.reset();
        m_path.clear();
    }
    if (m_before && m_compared != session().state())
        compare();
    showComparison();
}

void ComparePage::chooseFile()
{
    m_files.openFiles(this, tr("Choose earlier audit"), {tr("Audits (*.tally)")},
        [this](const QStringList &paths) { compareWith(paths.value(0)); });
}

void ComparePage::compareWith(const QString &path)
{
    if (path.isEmpty() || m_job.isRunning())
        return;
    m_path = path;
    m_before.reset();
    m_problem->clear();
    m_subline->setText(tr("Reading %1").arg(QFileInfo(path).fileName()));
    m_job.start([file = toPath(path)](const RunContext &run) { return Audit::read(file, run); },
        [this](Result<AuditStatePtr> read) {
            if (read) {
                m_before = *std::move(read);
                compare();
                return;
            }
            m_problem->setText(session().text(read.error().message));
            m_comparison.reset();
            showComparison();
        });
}

void ComparePage::compare()
{
    if (!m_before || m_job.isRunning())
        return;
    m_compared = session().state();
    const CompareOptions options{.acrossClusters = m_across->isChecked()};
    m_job.start(
        [before = m_before, after = m_compared, knowledge = session().knowledge(), options](const RunContext &run) {
            return compareAudits(before, after, *knowledge.catalogue, *knowledge.checks, options, run);
        },
        [this](Result<AuditComparisonPtr> compared) { take(std::move(compared)); });
}

void ComparePage::take(Result<AuditComparisonPtr> compared)
{
    m_problem->clear();
    if (compared) {
        m_comparison = *std::move(compared);
    } else {
        m_comparison.reset();
        m_problem->setText(session().text(compared.error().message));
    }
    showComparison();
    if (m_compared != session().state() && session().hasAudit())
        compare(); // something was decided meanwhile
}

int ComparePage::countOf(Group group) const
{
    const auto count = [this](FindingFate fate) { return static_cast<int>(m_comparison->count(fate)); };
    switch (group) {
    case New:
        return count(FindingFate::New) + count(FindingFate::NewByRules);
    case Gone:
        return count(FindingFate::Gone) + count(FindingFate::GoneByRules);
    case Unclear:
        return count(FindingFate::NotLookedAt);
    case Changed:
        return count(FindingFate::Changed);
    case Decisions:
        return static_cast<int>(m_comparison->decisions.size() + m_comparison->waiting.size());
    case GroupCount:
        break;
    }
    return 0;
}

void ComparePage::showComparison()
{
    const bool any = m_comparison != nullptr;
    m_problem->setVisible(!m_problem->text().isEmpty());
    m_content->setVisible(any);
    m_empty->setVisible(!any && !m_job.isRunning());
    m_write->setVisible(any);
    m_choose->setVisible(any);
    if (!any) {
        m_subline->setText(m_job.isRunning() ? tr("Comparing with %1").arg(QFileInfo(m_path).fileName()) : QString());
        return;
    }
    const QString day = toQString(formatDate(m_before->run->createdAt, applicationLanguage()));
    m_subline->setText(
        tr("Compared with “%1”, judged on %2. %3 findings are unchanged.")
            .arg(m_before->info.title.empty() ? QFileInfo(m_path).fileName() : foreignText(m_before->info.title), day,
                countText(m_comparison->count(FindingFate::Same))));
    QStringList notes;
    for (const Message &note : differenceNotes(*m_comparison))
        notes << session().text(note);
    m_notes->setText(notes.join(u'\n'));
    m_notes->setVisible(!notes.isEmpty());
    m_across->setVisible(m_comparison->cluster == ClusterMatch::Different);
    const auto counted = [this](const QString &word, Group group) -> QString {
        return word % u' ' % countText(static_cast<std::uint64_t>(countOf(group)));
    };
    m_group->setTexts({counted(tr("New"), New), counted(tr("No longer there"), Gone),
        counted(tr("Not looked at"), Unclear), counted(tr("Changed"), Changed), counted(tr("Decisions"), Decisions)});
    showTable();
    showHistory();
}

void ComparePage::showTable()
{
    if (!m_comparison)
        return;
    switch (static_cast<Group>(m_group->current())) {
    case Gone:
        m_table->setNote(tr("The newer audit looked at the same places."));
        showFindings({FindingFate::Gone, FindingFate::GoneByRules}, false);
        break;
    case Unclear:
        m_table->setNote(tr("The newer audit lacks what it needs to see them. They must not be taken for mended."));
        showFindings({FindingFate::NotLookedAt}, true);
        break;
    case Changed:
        m_table->setNote(tr("Another severity, another statement, or in another form at the same object."));
        showFindings({FindingFate::Changed}, false);
        break;
    case Decisions:
        m_table->setNote(tr("What people had decided then, and what they decide now."));
        showDecisions();
        break;
    default:
        m_table->setNote(tr("What the earlier audit did not have."));
        showFindings({FindingFate::New, FindingFate::NewByRules}, false);
    }
}

void ComparePage::showFindings(std::initializer_list<FindingFate> fates, bool withMissing)
{
    bool why = false; // any row says more than the others
    std::vector<SimpleTableModel::Row> rows;
    for (const ComparedFinding &row : m_comparison->findings) {
        if (std::ranges::find(fates, row.fate) == fates.end())
            continue;
        const Finding &finding = row.shown();
        const Check *check = session().checks().find(finding.check);
        QString detail;
        if (row.fate == FindingFate::NewByRules || row.fate == FindingFate::GoneByRules)
            detail = tr("by rules only");
        for (const std::string &need : row.missing)
            detail += (detail.isEmpty() ? QString() : u", "_qs) % Words::need(need);
        for (const FindingChange change : row.changes)
            detail += (detail.isEmpty() ? QString() : u", "_qs)
                % (change == FindingChange::Severity         ? tr("severity")
                        : change == FindingChange::Statement ? tr("statement")
                                                             : tr("place in a list"));
        const QString kind = finding.object ? foreignText(finding.object->kind) % u' ' : QString();
        std::vector<SimpleTableModel::Cell> cells;
        cells.push_back({Words::severity(finding.severity), -static_cast<int>(finding.severity),
            static_cast<int>(glyphOf(finding.severity))});
        cells.push_back(
            {toQString(check && !check->title.empty() ? check->title.in(applicationLanguage()) : finding.check)});
        cells.push_back({kind % findingPlace(row.after ? *m_comparison->after : *m_comparison->before, finding)});
        cells.push_back({detail});
        rows.push_back({std::move(cells), row.after ? findingRow(*row.after) : QString()});
        why = why || !detail.isEmpty();
    }
    m_table->setTable({{tr("Severity")}, {tr("Cause")}, {.title = tr("Where"), .middle = true},
                          {withMissing ? tr("Not seen") : tr("Why")}},
        std::move(rows), {110, -3, -4, -1});
    m_table->showColumns({3}, why);
}

void ComparePage::showDecisions()
{
    const auto words = [](const Decision *decision) {
        const auto state = decidedState(decision ? decision->status : Status::Unbearbeitet);
        const QString word = state ? StateWords::word(*state) : tr("open");
        return decision && !decision->reason.empty() ? word % u": " % foreignText(decision->reason) : word;
    };
    std::vector<SimpleTableModel::Row> rows;
    const auto add = [&](const std::string &id, const QString &then, const QString &now, const QString &who) {
        std::vector<SimpleTableModel::Cell> cells;
        cells.push_back({shortId(id)});
        cells.push_back({then});
        cells.push_back({now});
        cells.push_back({who});
        rows.push_back({std::move(cells), requirementRow(id.substr(0, id.find('.', id.find(".A") + 1)))});
    };
    for (const ComparedDecision &row : m_comparison->decisions)
        add(row.id, words(row.before), words(row.after), row.after ? foreignText(row.after->by) : QString());
    for (const std::string &id : m_comparison->waiting) {
        const auto then = m_comparison->before->decisions.find(id);
        add(id, words(then == m_comparison->before->decisions.end() ? nullptr : &then->second), tr("to be confirmed"),
            QString());
    }
    m_table->setTable({{tr("Requirement")}, {tr("Then")}, {tr("Now")}, {tr("By")}}, std::move(rows), {110, -2, -2, -1});
    m_table->showColumns({3}, true);
}

void ComparePage::showHistory()
{
    const auto name = [](const AuditState &audit) {
        return audit.info.title.empty() ? toQString(audit.run->createdAt.substr(0, 10)) : foreignText(audit.info.title);
    };
    QList<VerdictHistory::Row> rows;
    const AuditState &before = *m_comparison->before;
    const AuditState &after = *m_comparison->after;
    for (const Requirement &requirement : session().module().requirements) {
        QList<VerdictHistory::Mark> parts;
        for (const Part &part : requirement.parts)
            parts.push_back({shortId(part.id), {requirementState(before, part), requirementState(after, part)}});
        rows.push_back({toQString(requirement.id),
            {shortId(requirement.id), {requirementState(before, requirement), requirementState(after, requirement)}},
            shortTitle(requirement), std::move(parts)});
    }
    m_history->set({name(*m_comparison->before), name(*m_comparison->after)}, rows);
}

void ComparePage::open(const QVariant &row)
{
    const QString to = row.toString();
    if (to.startsWith(u'f'))
        Q_EMIT navigate({.page = PageId::Findings, .finding = to.mid(1)});
    else if (to.startsWith(u'r'))
        Q_EMIT navigate({.page = PageId::Checklist, .requirement = to.mid(1)});
}

void ComparePage::writeReport()
{
    const QFileInfo audit(session().path().isEmpty() ? m_path : session().path());
    const QString suggested = audit.dir().filePath(tr("differences") % u".pdf"_qs);
    m_files.saveFile(this, tr("Write difference report"), suggested,
        {tr("PDF files (*.pdf)"), tr("HTML files (*.html)"), tr("JSON files (*.json)")}, u"pdf"_qs,
        [this](const QStringList &paths) {
            const QString path = paths.value(0);
            if (path.isEmpty() || !m_comparison || m_export.isRunning())
                return;
            m_write->setEnabled(false);
            m_export.start(
                [file = toUtf8String(path), comparison = m_comparison, knowledge = session().knowledge(),
                    language = applicationLanguage(), module = session().module().id](const RunContext &) {
                    ReportOptions options;
                    options.language = language;
                    // the module that the page shows; a ZIP of the report page has all of them
                    return exportDifference(file, {*comparison, *knowledge.catalogue, *knowledge.checks}, options,
                        {knowledge.catalogue->module(module)});
                },
                [this, path](const Result<ExportedReports> &written) {
                    m_write->setEnabled(true);
                    if (written)
                        Q_EMIT session().reportWritten(path);
                    else
                        Q_EMIT session().failed(written.error(), path);
                });
        });
}

} // namespace tally::ui
