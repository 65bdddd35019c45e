// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/journal_page.h"

#include "core/base/messages_journal.h"
#include "core/io/file.h"
#include "ui/dialogs/choosers.h"
#include "ui/dialogs/open_again.h"
#include "ui/dialogs/sign_off_dialog.h"
#include "ui/models/words.h"
#include "ui/pages/journal/journal_state.h"
#include "ui/text/message_translator.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/date_field.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/facts_lines.h"
#include "ui/widgets/item_rows.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/splitters.h"

#include <QComboBox>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace tally::ui {

namespace {

/// There is no blank in a digest: it would be cut at the edge. The export has all of it.
QString withShortDigests(const std::string &text)
{
    static const QRegularExpression digest(u"\\b([0-9a-f]{16})[0-9a-f]{48}\\b"_qs);
    return toQString(text).replace(digest, u"\\1 …"_qs);
}

std::filesystem::path toPath(const QString &path)
{
    return {path.toStdU16String()};
}

} // namespace

JournalPage::JournalPage(Session &session, FileChooser &files, QSettings &settings, QWidget *parent)
    : Page(PageId::Journal, session, parent)
    , m_files(files)
    , m_model(session)
    , m_title(makeLabel(Face::Title))
    , m_count(makeLabel(Face::Base, Ink::Muted))
    , m_export(new QPushButton)
    , m_signOff(new QPushButton)
    , m_state(new JournalState(session))
    , m_said(makeLabel(Face::Secondary, Ink::Muted))
    , m_search(new SearchField)
    , m_person(new QComboBox)
    , m_kind(new QComboBox)
    , m_id(new SearchField)
    , m_from(new DateField)
    , m_to(new DateField)
    , m_clear(new LinkButton(u"close"_qs))
    , m_table(makePlainTable(m_model))
    , m_entryTitle(makeLabel(Face::Section))
    , m_entryWhen(makeLabel(Face::Secondary, Ink::Muted))
    , m_jump(new LinkButton(u"chevron-right"_qs))
    , m_changes(new FactsLines)
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_content(new QWidget)
    , m_empty(new EmptyState(u"book"_qs))
{
    layOut(settings);
    connect(m_export, &QPushButton::clicked, this, &JournalPage::exportJournal);
    connect(m_signOff, &QPushButton::clicked, this, &JournalPage::signOff);
    connect(m_state, &JournalState::exportWanted, this, &JournalPage::exportSignOff);
    connect(m_empty->button(), &QAbstractButton::clicked, this, [this] { Q_EMIT commandWanted(Command::NewAudit); });
    for (QLineEdit *field : std::initializer_list<QLineEdit *>{m_search, m_id, m_from, m_to})
        connect(field, &QLineEdit::textChanged, this, &JournalPage::applyFilter);
    for (QComboBox *box : {m_person, m_kind})
        connect(box, &QComboBox::currentIndexChanged, this, &JournalPage::applyFilter);
    connect(m_clear, &QAbstractButton::clicked, this, &JournalPage::clearFilter);
    connect(m_jump, &QAbstractButton::clicked, this, &JournalPage::jump);
    connect(m_table, &QAbstractItemView::activated, this, &JournalPage::jump);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &now) {
        const JournalEntry *entry = m_model.entry(now);
        m_chosen = entry ? entry->number : m_chosen;
        showEntry();
    });
}

JournalPage::~JournalPage()
{
    delete m_content; // its table speaks to our model while it goes
}

QWidget *JournalPage::makeFilters()
{
    auto *filters = new QWidget;
    auto *row = new QHBoxLayout(filters);
    row->setContentsMargins(size::pageMargin, 4, size::pageMargin, 8);
    row->setSpacing(8);
    m_search->setObjectName(u"journalSearch"_qs);
    m_person->setObjectName(u"journalPerson"_qs);
    m_kind->setObjectName(u"journalKind"_qs);
    m_id->setObjectName(u"journalId"_qs);
    m_from->setObjectName(u"journalFrom"_qs);
    m_to->setObjectName(u"journalTo"_qs);
    m_clear->setObjectName(u"journalClear"_qs);
    m_search->setMinimumWidth(110);
    m_person->setMinimumWidth(110);
    m_person->setMaximumWidth(190);
    m_kind->setMinimumWidth(110);
    m_kind->setMaximumWidth(200);
    m_id->setMinimumWidth(80);
    m_id->setMaximumWidth(120);
    for (DateField *field : {m_from, m_to})
        field->setFixedWidth(104);
    row->addWidget(m_search, 2);
    row->addWidget(m_person, 1);
    row->addWidget(m_kind, 1);
    row->addWidget(m_id, 1);
    row->addWidget(m_from);
    row->addWidget(m_to);
    row->addWidget(m_clear);
    return filters;
}

void JournalPage::layOut(QSettings &settings)
{
    m_export->setObjectName(u"exportJournal"_qs);
    m_signOff->setObjectName(u"signOff"_qs);
    m_signOff->setDefault(true);
    m_table->setObjectName(u"journalTable"_qs);
    m_jump->setObjectName(u"journalJump"_qs);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(size::pageMargin, 16, size::pageMargin, 8);
    head->setSpacing(12);
    head->addWidget(m_title);
    head->addWidget(m_count);
    head->addStretch();
    head->addWidget(m_export);
    head->addWidget(m_signOff);
    column->addLayout(head);
    auto *state = new QVBoxLayout;
    state->setContentsMargins(size::pageMargin, 0, size::pageMargin, 8);
    state->setSpacing(4);
    state->addWidget(m_state);
    m_said->setWordWrap(true);
    m_said->hide();
    state->addWidget(m_said);
    column->addLayout(state);
    column->addWidget(new Line);
    column->addSpacing(4);
    column->addWidget(makeFilters());
    column->addWidget(new Line);

    auto *side = new QWidget;
    auto *texts = new QVBoxLayout(side);
    texts->setContentsMargins(16, 12, 16, 12);
    texts->setSpacing(8);
    for (QLabel *label : {m_entryTitle, m_entryWhen})
        label->setWordWrap(true);
    texts->addWidget(m_entryTitle);
    texts->addWidget(m_entryWhen);
    texts->addWidget(m_jump, 0, Qt::AlignLeft);
    texts->addWidget(m_changes);
    texts->addStretch();
    m_detail = makeScrollArea(side);
    m_detail->setMinimumWidth(240);
    m_table->setMinimumWidth(320);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setChildrenCollapsible(false);
    rememberSplitter(*m_splitter, settings, u"journal"_qs, {860, 340});
    column->addWidget(m_splitter, 1);
    QHeaderView *header = m_table->horizontalHeader();
    constexpr int widths[] = {52, 160, 104, 144, 110};
    for (int i = 0; i < JournalModel::ChangesColumn; ++i)
        header->resizeSection(i, widths[i]);

    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_content, 1);
    outer->addWidget(m_empty, 1);
    m_content->hide();
}

QString JournalPage::title() const
{
    return tr("Journal");
}

void JournalPage::retranslateUi()
{
    m_title->setText(tr("Journal"));
    m_export->setText(tr("Export"));
    m_export->setToolTip(tr("The whole journal, as CSV or JSON."));
    m_signOff->setText(tr("Sign off"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search the journal"));
    m_person->setAccessibleName(tr("Who"));
    m_kind->setAccessibleName(tr("Kind of change"));
    //: numbers of requirements, measures, evidence
    m_id->setPlaceholderText(tr("A17, M-001"));
    m_id->setAccessibleName(tr("Number of a requirement, a measure, a request or a piece of evidence"));
    m_from->setPlaceholderText(tr("from"));
    m_from->setAccessibleName(tr("From this day"));
    m_to->setPlaceholderText(tr("to"));
    m_to->setAccessibleName(tr("Until this day"));
    m_clear->setText(tr("All"));
    m_clear->setAccessibleName(tr("Show all entries"));
    m_table->setAccessibleName(tr("Journal entries, newest first"));
    m_jump->setText(tr("Go there"));
    m_empty->setTexts(tr("No audit is open"), tr("Here stands who changed what, and when."));
    m_empty->button()->setText(tr("New audit"));
    m_empty->button()->show();
    m_state->retranslateUi();
    m_model.retranslateUi();
    fillChoices();
}

/// The people and the kinds to filter by; what was chosen stays so, where it is still there.
void JournalPage::fillChoices()
{
    const QSignalBlocker quietPerson(m_person);
    const QSignalBlocker quietKind(m_kind);
    const QString person = m_person->currentData().toString();
    const int kind = m_kind->currentIndex();
    m_person->clear();
    m_person->addItem(tr("Everybody"), QString());
    for (const QString &name : m_model.people())
        m_person->addItem(foreignText(toUtf8String(name)), name);
    m_person->setCurrentIndex(std::max(0, m_person->findData(person)));
    m_kind->clear();
    m_kind->addItem(tr("All changes"));
    for (std::size_t i = 0; i < journalKinds; ++i)
        m_kind->addItem(session().text({journalKindName(static_cast<JournalKind>(i))}), static_cast<int>(i));
    m_kind->setCurrentIndex(std::max(0, kind));
}

void JournalPage::setState(const AuditState &state)
{
    const bool open = session().hasAudit();
    m_content->setVisible(open);
    m_empty->setVisible(!open);
    m_model.setState(session().state());
    m_state->setState(state);
    m_signOff->setEnabled(open && !session().isReadOnly());
    m_export->setEnabled(open && !state.journal.empty() && !m_job.isRunning());
    if (m_shownPath != session().path()) { // another audit
        m_shownPath = session().path();
        m_chosen = 0;
        say({});
        clearFilter();
    }
    fillChoices();
    showCount();
    const QModelIndex at = m_model.indexOf(m_chosen);
    if (at.isValid() || m_model.rowCount() > 0)
        m_table->selectRow(at.isValid() ? at.row() : 0);
    showEntry();
    if (open && !m_state->wasChecked() && !session().isBusy())
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (isVisible() && !m_state->wasChecked() && !session().isBusy())
                    m_state->check();
            },
            Qt::QueuedConnection);
}

void JournalPage::applyFilter()
{
    JournalFilter filter;
    filter.text = m_search->text().trimmed();
    filter.person = m_person->currentData().toString();
    if (m_kind->currentIndex() > 0)
        filter.kind = static_cast<JournalKind>(m_kind->currentData().toInt());
    filter.id = m_id->text().trimmed();
    filter.from = toUtf8String(m_from->isoDate());
    filter.to = toUtf8String(m_to->isoDate());
    m_model.setFilter(filter);
    showCount();
    const QModelIndex at = m_model.indexOf(m_chosen);
    if (m_model.rowCount() > 0)
        m_table->selectRow(at.isValid() ? at.row() : 0);
    showEntry();
}

void JournalPage::clearFilter()
{
    {
        const QSignalBlocker quietPerson(m_person);
        const QSignalBlocker quietKind(m_kind);
        m_person->setCurrentIndex(0);
        m_kind->setCurrentIndex(0);
        for (QLineEdit *field : std::initializer_list<QLineEdit *>{m_search, m_id, m_from, m_to}) {
            const QSignalBlocker quiet(field);
            field->clear();
        }
    }
    applyFilter();
}

void JournalPage::showCount()
{
    const auto all = static_cast<int>(session().state()->journal.size());
    const int shown = m_model.rowCount();
    m_clear->setVisible(shown != all);
    m_count->setText(shown == all
            ? tr("%n entry(s)", nullptr, all)
            //: numbers of journal entries
            : tr("%1 of %2 entries").arg(countText(std::uint64_t(shown)), countText(std::uint64_t(all))));
}

void JournalPage::showEntry()
{
    const JournalEntry *entry = m_model.entry(m_table->currentIndex());
    m_changes->clear();
    m_jump->setVisible(entry && addressOf(*entry));
    if (!entry) {
        m_entryTitle->setText(
            session().state()->journal.empty() ? QString() : tr("No entry fits what is asked for above."));
        m_entryWhen->clear();
        return;
    }
    const JournalLine line = m_model.line(*entry);
    m_entryTitle->setText(line.subject.empty() ? toQString(line.event)
                                               //: %1 what happened, %2 to what
                                               : tr("%1: %2").arg(toQString(line.event), toQString(line.subject)));
    const QString who = entry->by.empty() ? tr("person not stated") : foreignText(entry->by);
    //: %1 number of a journal entry, %2 person, %3 time, %4 time in UTC
    m_entryWhen->setText(
        tr("No. %1, by %2, %3 (%4)")
            .arg(QString::number(entry->number), who, localTimeText(entry->at), foreignText(entry->at)));
    for (const JournalChange &change : line.changes) {
        const QString after = change.after.empty() ? tr("(empty)") : withShortDigests(change.after);
        m_changes->addLine(toQString(change.field),
            change.before.empty() ? after
                                  //: %1 old, %2 new value
                                  : tr("%1 → %2").arg(withShortDigests(change.before), after));
    }
    m_changes->addLine(tr("Digest"), toQString(shortHead(entry->hash)));
}

std::optional<Address> JournalPage::addressOf(const JournalEntry &entry) const
{
    const std::string id(journalId(entry));
    if (id.empty())
        return std::nullopt;
    const AuditState &state = *session().state();
    switch (journalKind(entry.event)) {
    case JournalKind::Decision:
    case JournalKind::Review: {
        if (session().catalogue().requirement(id))
            return Address{.page = PageId::Checklist, .requirement = toQString(id)};
        const Requirement *of = session().catalogue().requirementOfPart(id);
        return of
            ? std::optional(Address{.page = PageId::Checklist, .requirement = toQString(of->id), .part = toQString(id)})
            : std::nullopt;
    }
    case JournalKind::Measure:
        return state.records.measures.contains(id)
            ? std::optional(Address{.page = PageId::Measures, .record = toQString(id)})
            : std::nullopt;
    case JournalKind::Evidence:
        if (state.records.requests.contains(id))
            return Address{.page = PageId::Evidence, .record = toQString(id), .tab = u"asked"_qs};
        return findAttachment(state.attachments, id)
            ? std::optional(Address{.page = PageId::Evidence, .evidence = toQString(id)})
            : std::nullopt;
    case JournalKind::Finding:
        return Address{.page = PageId::Findings, .finding = toQString(id)};
    case JournalKind::Audit:
    case JournalKind::Source:
    case JournalKind::House:
    case JournalKind::Report:
        break;
    }
    return std::nullopt;
}

void JournalPage::jump()
{
    const JournalEntry *entry = m_model.entry(m_table->currentIndex());
    const auto address = entry ? addressOf(*entry) : std::nullopt;
    if (address)
        Q_EMIT navigate(*address);
}

void JournalPage::goTo(const Address &address)
{
    const QString about = !address.record.isEmpty() ? address.record
        : !address.evidence.isEmpty()               ? address.evidence
        : !address.part.isEmpty()                   ? address.part
                                                    : address.requirement;
    if (!about.isEmpty())
        m_id->setText(about);
    if (session().hasAudit())
        m_table->setFocus(Qt::OtherFocusReason);
    else
        m_empty->button()->setFocus(Qt::OtherFocusReason);
}

void JournalPage::chooseEntry(std::int64_t number)
{
    const QModelIndex at = m_model.indexOf(number);
    if (at.isValid())
        m_table->setCurrentIndex(at);
}

void JournalPage::exportJournal()
{
    const QString stem = session().path().isEmpty() ? QString() : QFileInfo(session().path()).completeBaseName();
    m_files.saveFile(this, tr("Export journal"), stem.isEmpty() ? tr("journal.csv") : tr("%1-journal.csv").arg(stem),
        {tr("Table for spreadsheets (*.csv)"), tr("JSON for programs (*.json)")}, u"csv"_qs,
        [this](const QStringList &paths) { exportTo(paths.value(0)); });
}

void JournalPage::exportTo(const QString &path)
{
    if (path.isEmpty() || m_job.isRunning())
        return;
    const bool json = path.endsWith(u".json", Qt::CaseInsensitive);
    const Language language = applicationLanguage();
    m_job.start(
        [state = session().state(), file = toPath(path), json, language](const RunContext &) {
            const MessageTranslator translator(language);
            const tally::Words words(language, translator);
            const ClusterNames names(*state);
            return saveAtomically(file,
                json ? writeJournalJson(state->journal, words, names) : writeJournalCsv(state->journal, words, names));
        },
        [this, path](const Result<> &written) {
            m_export->setEnabled(true);
            say(written ? tr("The journal was written to “%1”.").arg(path) : session().text(written.error().message));
        });
    m_export->setEnabled(false);
}

void JournalPage::exportSignOff()
{
    const std::vector<SignOff> all = signOffsIn(session().state()->journal);
    if (all.empty())
        return;
    const QString suggested = session().path().isEmpty() ? tr("audit.tally") : QFileInfo(session().path()).fileName();
    m_files.openFolder(this, tr("Folder for the files of the sign-off"),
        [this, last = all.back(), suggested](const QStringList &paths) {
            if (paths.isEmpty())
                return;
            const auto written = tally::exportSignOff(last, toPath(paths.front()) / toPath(suggested));
            if (!written)
                say(session().text(written.error().message));
            else if (written->signature.empty())
                say(session().text({journalDef("sign.exported-text"), {written->text.string()}}));
            else
                say(session().text({journalDef("sign.exported"),
                    {written->text.string(), written->signature.string(), written->key.string()}}));
        });
}

void JournalPage::signOff()
{
    auto *dialog = new SignOffDialog(session(), m_files, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SignOffDialog::wanted, this, [this, dialog](const SignOffRequest &request) {
        m_chosen = 0; // the new entry is on top
        openAgainIfRefused(*dialog, session(), [&] { session().signOff(request); });
    });
    dialog->open();
}

void JournalPage::say(const QString &text)
{
    m_said->setText(text);
    m_said->setVisible(!text.isEmpty());
}

} // namespace tally::ui
