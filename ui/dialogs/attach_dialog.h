// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/attachments.h"
#include "core/catalogue/catalogue.h"

#include <QDialog>
#include <QImage>
#include <QStringList>

#include <functional>
#include <vector>

class QLabel;
class QLineEdit;
class QMimeData;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace tally::ui {

class DateField;
class FileChooser;
class SegmentedControl;

/// What is to be attached as far as it is known when the dialog opens.
struct AttachStart
{
    QStringList paths{};
    QImage picture{};
    QString text{};
    QString link{};
    std::vector<std::string> ids{};

    /// Files, a picture, a link or a text, whichever the clipboard or a drag holds first; nothing where it is empty.
    [[nodiscard]] static AttachStart of(const QMimeData *data);
};

/// Asks what is attached as evidence, for which requirements, from whom and until when it counts; or, for one that is
/// kept already, its texts. Says that nothing in it is masked. Files are opened when the dialog is left, so that what
/// cannot be read is said while it can be mended.
class AttachDialog final : public QDialog
{
    Q_OBJECT

public:
    using Texts = std::function<QString(const Message &)>;

    AttachDialog(FileChooser &files, Texts texts, const Catalogue &catalogue, const Module &module,
        const AttachStart &start, QWidget *parent = nullptr);
    /// Of one that is kept already.
    AttachDialog(FileChooser &files, Texts texts, const Catalogue &catalogue, const Module &module,
        const Attachment &kept, QWidget *parent = nullptr);

Q_SIGNALS:
    void attachWanted(const std::vector<tally::NewAttachment> &attachments);
    void changed(const tally::Attachment &attachment);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    enum Tab { Files, Note, Link, Picture };

    void layOut();
    [[nodiscard]] QWidget *makeContent();
    void setTexts();
    void show(const AttachStart &start);
    void addPaths(const QStringList &paths);
    void setPicture(const QImage &picture);
    void choose();
    void accept() override;
    [[nodiscard]] bool fill(Attachment &about); ///< false: said what is wrong
    [[nodiscard]] Result<std::vector<NewAttachment>> contents() const;
    void say(const QString &hint);

    FileChooser &m_files;
    Texts m_texts;
    const Catalogue &m_catalogue;
    const Module &m_module;
    bool m_edits = false;
    Attachment m_kept;
    QStringList m_paths;
    QImage m_image;
    QLabel *m_title;
    SegmentedControl *m_tabs;
    QStackedWidget *m_content;
    QLabel *m_pathList;
    QPushButton *m_choose;
    QPlainTextEdit *m_noteText;
    QLineEdit *m_address;
    QLabel *m_picture;
    QLineEdit *m_name;
    QLineEdit *m_for;
    QLineEdit *m_source;
    DateField *m_date;
    DateField *m_expires;
    QPlainTextEdit *m_note;
    QLabel *m_warning;
    QLabel *m_hint;
    QPushButton *m_cancel;
    QPushButton *m_attach;
};

} // namespace tally::ui
