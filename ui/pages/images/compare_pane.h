// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image_compare.h"
#include "ui/jobs/job.h"
#include "ui/models/session.h"

#include <QWidget>

#include <filesystem>

class QComboBox;
class QLabel;
class QPushButton;

namespace tally::ui {

class FileChooser;
class ImageSource;
class JobLine;
class SegmentedControl;
class TablePane;

/// Two images side by side: which files, packages and settings the new one has, lost or changed. The other image is one
/// of the audit, or any file, which is only read for this and not added to the audit.
class ComparePane final : public QWidget
{
    Q_OBJECT

public:
    ComparePane(Session &session, ImageSource &source, FileChooser &files, QWidget *parent = nullptr);

    /// current: what the page shows; it is the new one, the other one is older.
    void setImages(const std::vector<ImagePtr> &images, int current);
    void retranslateUi();
    [[nodiscard]] bool isBusy() const { return m_job.isRunning(); }

Q_SIGNALS:
    void fileWanted(const std::string &path);

protected:
    void showEvent(QShowEvent *event) override;

private:
    using Result = std::shared_ptr<const ImageComparison>;
    /// An image and where it can be read again, if its source is at hand.
    struct Side
    {
        ImagePtr image;
        std::filesystem::path source;
    };
    enum Section { Files, Packages, Config };

    void fillChooser();
    void chosen(int row);
    void openOther();
    void compare();
    void showResult();
    [[nodiscard]] QString noteText(bool empty) const;
    [[nodiscard]] Side sideOf(const ImagePtr &image) const;
    [[nodiscard]] static Result compareWholly(Side before, Side after, const RunContext &run);
    [[nodiscard]] ImagePtr other() const;
    [[nodiscard]] ImagePtr current() const;

    Session &m_session;
    ImageSource &m_source;
    FileChooser &m_files;
    Job m_job;
    std::vector<ImagePtr> m_images;
    int m_current = -1;
    ImagePtr m_opened; ///< from a file that is not of the audit
    QString m_openedName;
    Result m_result;
    ImagePtr m_before; ///< what m_result compares
    ImagePtr m_after;
    QLabel *m_question;
    QComboBox *m_chooser;
    SegmentedControl *m_section;
    JobLine *m_progress;
    QLabel *m_note;
    TablePane *m_table;
};

} // namespace tally::ui
