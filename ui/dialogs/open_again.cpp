// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/open_again.h"

#include <QApplication>
#include <QPointer>

namespace tally::ui {

void openAgainIfRefused(QDialog &dialog, Session &session, const std::function<void()> &changes)
{
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    session.whenSaved(changes, [kept = QPointer<QDialog>(&dialog)](bool saved) {
        if (!kept)
            return;
        kept->setAttribute(Qt::WA_DeleteOnClose);
        auto *reason = qobject_cast<QDialog *>(QApplication::activeModalWidget());
        if (saved)
            kept->deleteLater();
        else if (reason && reason != kept)
            QObject::connect(reason, &QDialog::finished, kept, &QDialog::open);
        else
            kept->open();
    });
}

} // namespace tally::ui
