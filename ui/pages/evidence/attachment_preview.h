// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/session.h"

#include <QBuffer>
#include <QWidget>

#include <memory>

class QLabel;
class QPdfDocument;
class QPdfView;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace tally::ui {

class CodeView;
class ElidedLabel;
class FactsLines;

/// One piece of evidence: its facts, and its content as a picture, as text or as pages. Markup is shown letter by
/// letter, nothing is run, and nothing is loaded from anywhere: what is none of the three has its facts only.
class AttachmentPreview final : public QWidget
{
    Q_OBJECT

public:
    explicit AttachmentPreview(Session &session, QWidget *parent = nullptr);
    ~AttachmentPreview() override;

    /// removed: it no longer counts; it can be brought back.
    void show(const Attachment &attachment, bool removed);
    void clear();
    void retranslateUi();
    [[nodiscard]] bool isBusy() const { return m_reading; }
    [[nodiscard]] QString key() const { return m_key; }
    /// "picture", "text", "pages", "facts": what is shown of the content.
    [[nodiscard]] QString shown() const;

Q_SIGNALS:
    void editWanted(const QString &key);
    void saveWanted(const QString &key, bool thenOpen);
    void removeWanted(const QString &key);
    void restoreWanted(const QString &key);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void layOut();
    void fillFacts(const Attachment &attachment, bool removed);
    void read(const Attachment &attachment);
    void showContent(const Attachment &attachment, const EvidenceContent &content);
    void showText(const Attachment &attachment, const EvidenceContent &content);
    bool showPicture(const QByteArray &bytes);
    bool showPages(const QByteArray &bytes);
    void fitPicture();
    void say(const QString &sentence);

    Session &m_session;
    QString m_key;
    std::string m_digest; ///< of what is shown
    bool m_reading = false;
    bool m_removed = false;
    QImage m_image;
    QBuffer m_bytes;
    ElidedLabel *m_title;
    FactsLines *m_facts;
    QPushButton *m_edit;
    QPushButton *m_save;
    QPushButton *m_open;
    QPushButton *m_remove;
    QStackedWidget *m_content;
    QLabel *m_sentence;
    QLabel *m_picture;
    QScrollArea *m_pictureArea;
    CodeView *m_text;
#ifdef TALLY_HAVE_PREVIEW
    std::unique_ptr<QPdfDocument> m_document;
    QPdfView *m_pages;
#endif
};

} // namespace tally::ui
