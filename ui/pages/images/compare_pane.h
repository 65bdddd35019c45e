// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image_compare.h"
#include "ui/jobs/job.h"
#include "ui/models/session.h"
#include "ui/models/simple_table_model.h"
#include "ui/pages/images/image_source.h"

#include <QWidget>

#include <map>
#include <optional>

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
    /// SHA-256 of both versions, by path.
    struct Digests
    {
        std::map<std::string, std::pair<std::string, std::string>> files;
        bool complete = false; ///< both sources were at hand and readable
    };
    enum Section { Files, Packages, Config };

    void fillChooser();
    void chosen(int row);
    void openOther();
    void compare();
    void showResult();
    [[nodiscard]] QString noteText(bool empty) const;
    void computeDigests();
    [[nodiscard]] std::optional<ImageOrigin> originOf(const ImagePtr &image) const;
    [[nodiscard]] static Digests digestsOf(const ImageOrigin &before, const ImageOrigin &after,
        const std::vector<const ImageDifference *> &wanted, const RunContext &run);
    [[nodiscard]] QString fileText(const ImageDifference &difference, bool before) const;
    /// What stands in the table for one side of a changed file: with its digest, where nothing else differs.
    [[nodiscard]] SimpleTableModel::Cell sideText(const ImageDifference &difference, bool before) const;
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
    std::optional<ImageOrigin> m_openedOrigin; ///< its file
    Result m_result;
    std::optional<Digests> m_digests; ///< for m_result; nothing: not computed yet
    ImagePtr m_before;                ///< what m_result compares
    ImagePtr m_after;
    QLabel *m_question;
    QComboBox *m_chooser;
    SegmentedControl *m_section;
    JobLine *m_progress;
    QLabel *m_note;
    TablePane *m_table;
};

} // namespace tally::ui
