// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/page.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSettings;
class QSplitter;
class QStackedWidget;

namespace tally::ui {

class AttachmentPreview;
struct AttachStart;
class EmptyState;
class FileChooser;
class RequestsPane;
class TablePane;
class TabStrip;

/// All evidence of the audit, one piece of it in full, and what is asked for and not yet there.
class EvidencePage final : public Page
{
    Q_OBJECT

public:
    EvidencePage(Session &session, FileChooser &files, QSettings &settings, QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override;
    void goTo(const Address &address) override;
    [[nodiscard]] std::vector<PageTab> tabs() const override;
    [[nodiscard]] bool isBusy() const override;

protected:
    void retranslateUi() override;
    void setState(const AuditState &state) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void layOut(QSettings &settings);
    [[nodiscard]] QWidget *makeHead();
    void attach(const AttachStart &start);
    void edit(const QString &key);
    void save(const QString &key, bool thenOpen);
    void exportAll();
    void showRows();
    void showChosen();
    void showTab(int tab);

    FileChooser &m_files;
    QLabel *m_title;
    QLabel *m_subline;
    QPushButton *m_attach;
    QPushButton *m_paste;
    QPushButton *m_export;
    TabStrip *m_tabs;
    QComboBox *m_filter;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QSplitter *m_splitter;
    TablePane *m_table;
    AttachmentPreview *m_preview;
    RequestsPane *m_requests;
};

} // namespace tally::ui
