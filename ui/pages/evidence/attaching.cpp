// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/evidence/attaching.h"

#include "ui/dialogs/open_again.h"

namespace tally::ui {

void openAttachDialog(Session &session, FileChooser &files, const AttachStart &start, QWidget *parent)
{
    auto *dialog = new AttachDialog(
        files, [&session](const Message &message) { return session.text(message); }, session.catalogue(),
        session.module(), start, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &AttachDialog::attachWanted, &session,
        [&session, dialog](const std::vector<NewAttachment> &attachments) {
            openAgainIfRefused(*dialog, session, [&] { session.attach(attachments); });
        });
    dialog->open();
}

} // namespace tally::ui
