// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/images/image_source.h"

#include <QTimer>
#include <QWidget>

#include <map>
#include <vector>

class QVBoxLayout;

namespace tally::ui {

/// The SHA-256 of single files of an image, computed in the background when somebody wants to see them: the audit does
/// not keep them, so the source must be at hand. Lives on the GUI thread; what is known is kept as long as the image is
/// the same one.
class FileDigests final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        NotAsked,
        Running,
        Known,
        NoSource, ///< it is not where it was
        Failed,   ///< fault() says why
    };

    FileDigests(Session &session, ImageSource &source, QObject *parent = nullptr);

    /// Replaces what was wanted before; starts a moment later, so that who runs through a list reads nothing.
    void want(const ImagePtr &image, std::vector<FilePlace> places);
    [[nodiscard]] State state(const ImagePtr &image, FilePlace place) const;
    [[nodiscard]] QString digest(const ImagePtr &image, FilePlace place) const; ///< 64 hex digits; "" unknown
    [[nodiscard]] QString fault() const { return m_fault; }
    [[nodiscard]] bool isBusy() const { return m_job.isRunning() || m_soon.isActive(); }
    [[nodiscard]] ImageSource &source() { return m_source; }

Q_SIGNALS:
    void changed();

private:
    void start();
    [[nodiscard]] std::vector<FilePlace> missing() const;

    Session &m_session;
    ImageSource &m_source;
    Job m_job;
    QTimer m_soon;
    ImagePtr m_image;
    std::vector<FilePlace> m_wanted;
    std::map<FilePlace, QString> m_known;
    bool m_noSource = false;
    QString m_fault;
};

/// Digests of an entry, a line each: shortened, whole in the tool tip and when copied; or why there is none.
class DigestLines final : public QWidget
{
    Q_OBJECT

public:
    struct Line
    {
        QString label;
        FilePlace place;
    };

    /// ask: they are computed when somebody asks for them; else at once.
    DigestLines(FileDigests &digests, ImagePtr image, std::vector<Line> lines, bool ask, int labelWidth,
        QWidget *parent = nullptr);

private:
    void fill();
    void want();
    [[nodiscard]] QWidget *valueOf(const Line &line);

    FileDigests &m_digests;
    ImagePtr m_image;
    std::vector<Line> m_lines;
    int m_labelWidth;
    QVBoxLayout *m_column;
};

} // namespace tally::ui
