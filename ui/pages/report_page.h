// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"
#include "ui/jobs/job.h"
#include "ui/pages/page.h"

#include <QBuffer>
#include <QTimer>

#include <memory>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPdfDocument;
class QPdfView;
class QPushButton;
class QToolButton;

namespace tally::ui {

class ElidedLabel;
class FileChooser;
class SegmentedControl;

/// Choices for the report at the left, its real pages at the right, and one button that writes it.
class ReportPage final : public Page
{
    Q_OBJECT

public:
    enum class Format { Pdf, Html, Json };

    ReportPage(Session &session, FileChooser &files, QWidget *parent = nullptr);
    ~ReportPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] bool isBusy() const override;
    void exportTo(Format format);

protected:
    void retranslateUi() override;
    void setState(const AuditState &state) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QWidget *makeChoices();
    [[nodiscard]] QWidget *makePreview();
    [[nodiscard]] ReportOptions options() const;
    void renewPreview();
    void showPdf(const Result<std::string> &pdf);
    void showPageNumber();
    void turn(int pages);
    void dressPreview();
    void write(Format format, const QString &path);
    void writeNow(Format format, const QString &path);
    void writeVerified(
        Format format, const QString &path, const AuditStatePtr &state, const std::optional<VerifyResult> &chain);

    FileChooser &m_files;
    Job m_preview;
    Job m_export;
    bool m_again = false; ///< something changed while the preview was being made
    QTimer m_settle;      ///< the view draws its pages after the document is loaded
    QBuffer m_bytes;
    std::unique_ptr<QPdfDocument> m_document;
    QLabel *m_title;
    QLabel *m_kindLabel;
    QComboBox *m_kind;
    QLabel *m_languageLabel;
    SegmentedControl *m_language;
    QLabel *m_classificationLabel;
    QLineEdit *m_classification;
    QLabel *m_note;
    QPushButton *m_exportPdf;
    QPushButton *m_other;
    QAction *m_html;
    QAction *m_json;
    QToolButton *m_back;
    QToolButton *m_forward;
    QLabel *m_pageNumber;
    QLabel *m_working;
    SegmentedControl *m_zoom;
    QPdfView *m_view;
};

} // namespace tally::ui
