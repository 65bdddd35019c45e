// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/session.h"

#include <QDialog>

#include <functional>

namespace tally::ui {

/// Does `changes` for a dialog that closes now, and keeps the dialog until they are saved: where one is refused, it
/// opens again with all that was typed in it, once the person has closed what said why. Deletes the dialog afterwards.
void openAgainIfRefused(QDialog &dialog, Session &session, const std::function<void()> &changes);

} // namespace tally::ui
