// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/file_preview.h"
#include "ui/jobs/job.h"
#include "ui/pages/images/image_source.h"

#include <QImage>
#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QToolButton;

namespace tally::ui {

class CodeView;
class ElidedLabel;
class JobLine;
class SegmentedControl;
class TablePane;

/// One file of a layer: as text, as a picture, what a program or an archive holds, or in hexadecimal. Names and
/// contents are hostile: they are shown as plain text, secrets are masked, and only the beginning of a big file is
/// read.
class FileView final : public QWidget
{
    Q_OBJECT

public:
    FileView(Session &session, ImageSource &source, QWidget *parent = nullptr);

    /// path: with leading slash, as it stands in that layer; line 1-based, 0: from the beginning.
    void show(const ImagePtr &image, const std::string &path, int layer, int line);
    void retranslateUi();
    [[nodiscard]] bool isBusy() const { return m_job.isRunning(); }

Q_SIGNALS:
    void closed();
    void saveWanted();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum Section { TextSection, ContentsSection, PictureSection, HexSection };

    struct Read
    {
        ImageFilesPtr files;
        tally::Result<FilePreview> preview;
        QString text; ///< what of the preview takes time to prepare
        QString hex;
        QImage picture;
    };

    [[nodiscard]] QWidget *makeHead();
    void addKeys();
    void start();
    void take(const Read &read);
    void showText(const FilePreview &preview, const QString &text);
    void showContents(const FilePreview &preview);
    void showSection(int section);
    [[nodiscard]] QStringList factsOf(const FilePreview &preview) const;
    [[nodiscard]] static Read readFile(
        const ImageOrigin &origin, const std::string &path, int layer, const RunContext &run);

    Session &m_session;
    ImageSource &m_source;
    Job m_job;
    ImagePtr m_image;
    std::string m_path;
    int m_layer = -1;
    int m_line = 0;
    bool m_again = false; ///< another file was asked for meanwhile
    QToolButton *m_back;
    ElidedLabel *m_name;
    QLabel *m_facts;
    SegmentedControl *m_section;
    QPushButton *m_save;
    JobLine *m_progress;
    QWidget *m_failure;
    QLabel *m_failureText;
    QPushButton *m_locate;
    QStackedWidget *m_stack;
    CodeView *m_text;
    CodeView *m_hex;
    QScrollArea *m_pictureArea;
    QLabel *m_picture;
    TablePane *m_contents;
};

} // namespace tally::ui
