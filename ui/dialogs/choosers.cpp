// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/choosers.h"

#include <QFileDialog>

namespace tally::ui {

namespace {

void launch(QFileDialog *dialog, FileChooser::Chosen chosen)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::filesSelected, dialog, std::move(chosen));
    dialog->open();
}

} // namespace

void SystemFileChooser::openFiles(QWidget *parent, const QString &title, const QStringList &filters, Chosen chosen)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(filters);
    launch(dialog, std::move(chosen));
}

void SystemFileChooser::openFolder(QWidget *parent, const QString &title, Chosen chosen)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    launch(dialog, std::move(chosen));
}

void SystemFileChooser::saveFile(QWidget *parent, const QString &title, const QString &suggested,
    const QStringList &filters, const QString &suffix, Chosen chosen)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(suggested);
    launch(dialog, std::move(chosen));
}

} // namespace tally::ui
