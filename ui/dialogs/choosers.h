// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace tally::ui {

/// The dialogs that ask for files: a seam, so that tests answer instead of a person. All return at once; the answer
/// comes later, and not at all if the person cancels.
class FileChooser
{
public:
    using Chosen = std::function<void(const QStringList &paths)>;

    FileChooser() = default;
    FileChooser(const FileChooser &) = delete;
    FileChooser &operator=(const FileChooser &) = delete;
    virtual ~FileChooser() = default;

    virtual void openFiles(QWidget *parent, const QString &title, const QStringList &filters, Chosen chosen) = 0;
    virtual void openFolder(QWidget *parent, const QString &title, Chosen chosen) = 0;
    /// Asks before it names a file that exists.
    virtual void saveFile(QWidget *parent, const QString &title, const QString &suggested, const QStringList &filters,
        const QString &suffix, Chosen chosen)
        = 0;
};

/// QFileDialog, opened without a loop of its own.
class SystemFileChooser final : public FileChooser
{
public:
    void openFiles(QWidget *parent, const QString &title, const QStringList &filters, Chosen chosen) override;
    void openFolder(QWidget *parent, const QString &title, Chosen chosen) override;
    void saveFile(QWidget *parent, const QString &title, const QString &suggested, const QStringList &filters,
        const QString &suffix, Chosen chosen) override;
};

} // namespace tally::ui
