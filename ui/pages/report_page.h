// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"
#include "core/report/report_format.h"
#include "ui/jobs/job.h"
#include "ui/pages/page.h"

#include <QBuffer>
#include <QTimer>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

class QComboBox;
class QLabel;
class QPdfDocument;
class QPdfView;
class QPushButton;
class QToolButton;

namespace tally::ui {

struct ReportWork;

class ElidedLabel;
class FileChooser;
class ReportChoices;
class SegmentedControl;
class WorkbookExchange;

/// Choices for the report at the left, its real pages at the right, and one button that writes it.
class ReportPage final : public Page
{
    Q_OBJECT

public:
    using Format = ReportFormat;

    ReportPage(Session &session, FileChooser &files, QWidget *parent = nullptr);
    ~ReportPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] bool isBusy() const override;
    void goTo(const Address &address) override; ///< tab "requests": the list for the audited party
    void exportTo(Format format);

protected:
    void retranslateUi() override;
    void setState(const AuditState &state) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QWidget *makeChoices();
    [[nodiscard]] QWidget *makePreview();
    [[nodiscard]] ReportOptions options() const;
    void setClassification();
    void askForLook();
    void askForVerdict();
    void renewPreview();
    void showPdf(const Result<std::string> &pdf);
    void showPageNumber();
    void turn(int pages);
    void dressPreview();
    void write(Format format, const QString &path);
    void writeNow(Format format, const QString &path);
    void startExport(Format format, const QString &path, const ReportWork &work);
    void writeVerified(
        Format format, const QString &path, const AuditStatePtr &state, const std::optional<VerifyResult> &chain);

    FileChooser &m_files;
    Job m_preview;
    Job m_export;
    WorkbookExchange *m_answering;
    bool m_again = false; ///< something changed while the preview was being made
    QTimer m_settle;      ///< the view draws its pages after the document is loaded
    QBuffer m_bytes;
    std::unique_ptr<QPdfDocument> m_document;
    QLabel *m_title;
    ReportChoices *m_choices;
    QLabel *m_languageLabel;
    SegmentedControl *m_language;
    QLabel *m_classificationLabel;
    QComboBox *m_classification;
    QPushButton *m_look;
    QPushButton *m_verdict;
    QLabel *m_note;
    QPushButton *m_exportPdf;
    QPushButton *m_other;
    std::vector<std::pair<Format, QAction *>> m_formats; ///< all but PDF, in their order
    QAction *m_readAnswers;
    QToolButton *m_back;
    QToolButton *m_forward;
    QLabel *m_pageNumber;
    QLabel *m_working;
    SegmentedControl *m_zoom;
    QPdfView *m_view;
};

} // namespace tally::ui
