// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/journal/journal_model.h"
#include "ui/pages/page.h"

class QComboBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QSettings;
class QSplitter;
class QTableView;

namespace tally::ui {

class DateField;
class EmptyState;
class FactsLines;
class FileChooser;
class JournalState;
class LinkButton;
class SearchField;

/// Who changed what when: what can be relied on at the top, the entries below it, newest first, with filters, and
/// what the chosen one changed beside them. Exports the journal, and signs the audit off.
class JournalPage final : public Page
{
    Q_OBJECT

public:
    /// files and settings outlive the page.
    JournalPage(Session &session, FileChooser &files, QSettings &settings, QWidget *parent = nullptr);
    ~JournalPage() override;

    [[nodiscard]] QString title() const override;
    /// record, requirement or part: only what happened to it.
    void goTo(const Address &address) override;
    [[nodiscard]] bool isBusy() const override { return m_job.isRunning(); }

    [[nodiscard]] JournalModel &model() { return m_model; }
    void chooseEntry(std::int64_t number);
    /// Asks for the file, and writes the whole journal into it; its suffix decides the format.
    void exportJournal();
    void signOff();

protected:
    void retranslateUi() override;
    void setState(const AuditState &state) override;

private:
    void layOut(QSettings &settings);
    [[nodiscard]] QWidget *makeFilters();
    void fillChoices();
    void applyFilter();
    void clearFilter();
    void showCount();
    void showEntry();
    void jump();
    void exportTo(const QString &path);
    void exportSignOff();
    void say(const QString &text);
    [[nodiscard]] std::optional<Address> addressOf(const JournalEntry &entry) const;

    FileChooser &m_files;
    JournalModel m_model;
    Job m_job;
    QString m_shownPath;
    std::int64_t m_chosen = 0;
    QLabel *m_title;
    QLabel *m_count;
    QPushButton *m_export;
    QPushButton *m_signOff;
    JournalState *m_state;
    QLabel *m_said;
    SearchField *m_search;
    QComboBox *m_person;
    QComboBox *m_kind;
    SearchField *m_id;
    DateField *m_from;
    DateField *m_to;
    LinkButton *m_clear;
    QTableView *m_table;
    QLabel *m_entryTitle;
    QLabel *m_entryWhen;
    LinkButton *m_jump;
    FactsLines *m_changes;
    QScrollArea *m_detail;
    QSplitter *m_splitter;
    QWidget *m_content;
    EmptyState *m_empty;
};

} // namespace tally::ui
