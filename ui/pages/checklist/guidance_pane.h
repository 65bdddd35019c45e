// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/catalogue/catalogue.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace tally::ui {

/// The catalogue's guidance beside the work: what a requirement is about, how its absence is used, what helps, and the
/// threats that it answers.
class GuidancePane final : public QWidget
{
    Q_OBJECT

public:
    explicit GuidancePane(QWidget *parent = nullptr);

    void setRequirement(const Requirement *requirement, const Catalogue &catalogue);

Q_SIGNALS:
    void closeWanted();

private:
    QVBoxLayout *m_column;
};

} // namespace tally::ui
