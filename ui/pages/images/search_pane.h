// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/content_search.h"
#include "ui/jobs/job.h"
#include "ui/pages/images/image_source.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;

namespace tally::ui {

class JobLine;
class SearchField;
class TablePane;

/// Looks for a text in the contents of all files of all layers, also of those that a later layer deleted.
class SearchPane final : public QWidget
{
    Q_OBJECT

public:
    SearchPane(Session &session, ImageSource &source, QWidget *parent = nullptr);

    void setImage(const ImagePtr &image);
    void retranslateUi();
    void focusSearch();
    [[nodiscard]] bool isBusy() const { return m_job.isRunning(); }

Q_SIGNALS:
    /// Of a place that was found; line 1-based.
    void placeWanted(const std::string &path, int layer, int line);

private:
    struct Found
    {
        ImageFilesPtr files;
        tally::Result<ContentSearch> search;
        double seconds = 0;
    };

    [[nodiscard]] QWidget *makeQuestion();
    void start();
    void take(const ImagePtr &image, Found found);
    void showHits();
    [[nodiscard]] QString summary() const;

    Session &m_session;
    ImageSource &m_source;
    Job m_job;
    ImagePtr m_image;
    ContentSearch m_search;
    double m_seconds = 0;
    bool m_searched = false;
    QString m_failure;
    SearchField *m_text;
    QCheckBox *m_case;
    QCheckBox *m_hidden;
    QCheckBox *m_onlyText;
    QPushButton *m_go;
    QPushButton *m_locate;
    JobLine *m_progress;
    QLabel *m_note;
    TablePane *m_table;
};

} // namespace tally::ui
