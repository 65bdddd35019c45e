// SPDX-License-Identifier: Apache-2.0
#pragma once

class QWidget;

namespace tally::ui {

/// Opens the list of keys of the images page; it deletes itself when it is closed.
void showKeyList(QWidget *parent);

} // namespace tally::ui
