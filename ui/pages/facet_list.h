// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/finding_filter.h"
#include "ui/models/session.h"

#include <QWidget>

class QVBoxLayout;

namespace tally::ui {

/// The values by which findings can be narrowed down, with how many there would be. Values without any stay visible.
class FacetList final : public QWidget
{
    Q_OBJECT

public:
    explicit FacetList(QWidget *parent = nullptr);

    void show(const FilteredFindings &result, const FindingFilter &filter, const Session &session);

Q_SIGNALS:
    void toggled(tally::ui::Facet facet, const std::string &value, bool on);

private:
    [[nodiscard]] QString name(Facet facet) const;

    QVBoxLayout *m_column;
};

} // namespace tally::ui
