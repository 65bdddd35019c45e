// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLineEdit>

namespace tally::ui {

/// An input with a magnifier; Escape clears it.
class SearchField final : public QLineEdit
{
    Q_OBJECT

public:
    explicit SearchField(QWidget *parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace tally::ui
