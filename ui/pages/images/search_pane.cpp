// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/search_pane.h"

#include "ui/models/words.h"
#include "ui/pages/table_pane.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/job_line.h"
#include "ui/widgets/search_field.h"

#include <QCheckBox>
#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QSet>
#include <QVBoxLayout>

namespace tally::ui {

SearchPane::SearchPane(Session &session, ImageSource &source, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_source(source)
    , m_job(this)
    , m_text(new SearchField)
    , m_case(new QCheckBox)
    , m_hidden(new QCheckBox)
    , m_onlyText(new QCheckBox)
    , m_go(new QPushButton)
    , m_locate(new QPushButton)
    , m_progress(new JobLine(m_job, session))
    , m_note(makeLabel(Face::Secondary, Ink::Muted))
    , m_table(new TablePane)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeQuestion());
    column->addWidget(m_table, 1);
    column->addStretch();
    connect(m_go, &QAbstractButton::clicked, this, &SearchPane::start);
    connect(m_text, &QLineEdit::returnPressed, this, &SearchPane::start);
    connect(m_locate, &QAbstractButton::clicked, this, [this] { m_source.ask(this, m_image, [this] { start(); }); });
    connect(m_table, &TablePane::activated, this, [this](const QVariant &row) {
        const auto number = static_cast<std::size_t>(row.toInt());
        if (number >= m_search.hits.size())
            return;
        const ContentHit &hit = m_search.hits[number];
        const FileEntry &entry = m_image->layers[hit.place.layer].files[hit.place.entry];
        Q_EMIT placeWanted(std::string("/").append(m_image->strings.view(entry.path)),
            static_cast<int>(hit.place.layer), static_cast<int>(hit.line));
    });
}

QWidget *SearchPane::makeQuestion()
{
    auto *question = new QWidget;
    auto *lines = new QVBoxLayout(question);
    lines->setContentsMargins(size::pageMargin, 14, size::pageMargin, 8);
    lines->setSpacing(8);
    auto *first = new QHBoxLayout;
    first->setSpacing(10);
    m_text->setObjectName(u"contentSearch"_qs);
    m_text->setMaximumWidth(560);
    m_go->setDefault(true);
    m_locate->hide();
    first->addWidget(m_text, 1);
    first->addWidget(m_go);
    first->addStretch();
    auto *second = new QHBoxLayout;
    second->setSpacing(20);
    for (QCheckBox *box : {m_case, m_hidden, m_onlyText})
        second->addWidget(box);
    second->addStretch();
    m_note->setWordWrap(true);
    lines->addLayout(first);
    lines->addLayout(second);
    lines->addWidget(m_progress);
    auto *third = new QHBoxLayout;
    third->addWidget(m_note, 1);
    third->addWidget(m_locate);
    lines->addLayout(third);
    return question;
}

void SearchPane::setImage(const ImagePtr &image)
{
    if (image == m_image)
        return;
    m_job.cancel();
    m_image = image;
    m_search = {};
    m_searched = false;
    m_failure.clear();
    showHits();
}

void SearchPane::focusSearch()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void SearchPane::start()
{
    if (!m_image || m_text->text().isEmpty() || m_job.isRunning())
        return;
    m_failure.clear();
    m_locate->hide();
    const auto origin = m_source.origin(m_image);
    if (!origin) {
        m_failure
            = tr("%1 is not where it was. The audit keeps no file contents: to search them, its source is needed.")
                  .arg(m_source.name(m_image));
        m_locate->show();
        showHits();
        return;
    }
    ContentQuery query;
    query.bytes = toUtf8String(m_text->text());
    query.caseSensitive = m_case->isChecked();
    query.onlyHidden = m_hidden->isChecked();
    query.onlyText = m_onlyText->isChecked();
    m_job.start(
        [query, origin = *origin](const RunContext &run) -> Found {
            QElapsedTimer timer;
            timer.start();
            auto files = openImageFiles(origin, run);
            if (!files)
                return {{}, tl::unexpected(files.error()), 0};
            auto search = searchContents(**files, query, run);
            return {*files, std::move(search), static_cast<double>(timer.elapsed()) / 1000};
        },
        [this, image = m_image](Found found) { take(image, std::move(found)); });
    m_progress->setTitle(tr("Searching for “%1”").arg(m_text->text()));
    m_go->setEnabled(false);
}

void SearchPane::take(const ImagePtr &image, Found found)
{
    m_progress->setTitle({});
    m_go->setEnabled(true);
    if (image != m_image)
        return;
    if (found.files)
        m_source.keep(image, found.files);
    m_search = {};
    m_searched = found.search.has_value();
    if (found.search) {
        m_search = *std::move(found.search);
        m_seconds = found.seconds;
    } else {
        m_failure = m_session.text(found.search.error().message);
        m_locate->setVisible(found.search.error().kind == ErrorKind::NotFound);
    }
    showHits();
}

QString SearchPane::summary() const
{
    if (!m_failure.isEmpty())
        return m_failure;
    if (!m_searched)
        return tr("Every file of every layer is looked through, also those that a later layer deletes or replaces.");
    QSet<quint64> files;
    for (const ContentHit &hit : m_search.hits)
        files.insert((static_cast<quint64>(hit.place.layer) << 32U) | hit.place.entry);
    //: files looked through, their bytes, seconds
    const QString effort
        = tr("%1 files with %2 looked through in %3 s.")
              .arg(countText(m_search.files), bytesText(m_search.bytes), QLocale().toString(m_seconds, 'f', 1));
    QStringList said;
    said.append(m_search.hits.empty() ? tr("Nothing found.")
                                      //: "3 places in 2 files."
                                      : tr("%1 in %2.")
                                            .arg(tr("%Ln place(s)", nullptr, static_cast<int>(m_search.hits.size())),
                                                tr("%Ln file(s)", nullptr, static_cast<int>(files.size()))));
    if (m_search.limited)
        said.append(tr("There are more; the list ends here."));
    said.append(effort);
    for (const Diagnostic &diagnostic : m_search.diagnostics)
        said.append(m_session.text(diagnostic.message));
    return said.join(u' ');
}

void SearchPane::showHits()
{
    m_note->setText(summary());
    m_table->setVisible(!m_search.hits.empty());
    std::vector<SimpleTableModel::Row> rows;
    rows.reserve(m_search.hits.size());
    for (std::size_t i = 0; i < m_search.hits.size(); ++i) {
        const ContentHit &hit = m_search.hits[i];
        const FileEntry &entry = m_image->layers[hit.place.layer].files[hit.place.entry];
        const QString state = hit.visible ? tr("visible") : tr("deleted later");
        rows.push_back(
            {{{QString::number(hit.place.layer + 1), hit.place.layer},
                 {state, {}, static_cast<int>(hit.visible ? Glyph::None : Glyph::Indications)},
                 {foreignText(std::string("/").append(m_image->strings.view(entry.path)))},
                 {countText(hit.line), QVariant::fromValue<qulonglong>(hit.line)}, {foreignText(hit.excerpt)}},
                static_cast<int>(i)});
    }
    m_table->setTable({{tr("Layer"), true}, {tr("State")}, {tr("File"), false, true}, {tr("Line"), true},
                          {tr("What stands there"), false, true}},
        std::move(rows), {70, 140, 340, 70});
}

void SearchPane::retranslateUi()
{
    m_text->setPlaceholderText(tr("Text in files of all layers"));
    m_text->setAccessibleName(tr("Text in files of all layers"));
    m_case->setText(tr("Match case"));
    m_hidden->setText(tr("Only deleted or replaced files"));
    m_onlyText->setText(tr("Only text files"));
    m_go->setText(tr("Search"));
    m_locate->setText(tr("Choose the file"));
    m_table->setName(tr("Places found"));
    m_table->setNote(tr("Secrets are masked. Enter shows the place."));
    showHits();
}

} // namespace tally::ui
