// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/attach_dialog.h"

namespace tally::ui {

class Session;

/// Asks for evidence, beginning with what is at hand; what the person confirms is attached to the session's audit.
void openAttachDialog(Session &session, FileChooser &files, const AttachStart &start, QWidget *parent);

} // namespace tally::ui
