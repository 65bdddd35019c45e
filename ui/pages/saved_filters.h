// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/finding_filter.h"
#include "ui/models/session.h"

#include <QWidget>

class QLineEdit;

namespace tally::ui {

class LinkButton;

/// The filters that were saved in the audit: a button whose menu has them, saves the present one under a name and
/// removes one. They are part of the audit, so that whoever opens it next finds them.
class SavedFilters final : public QWidget
{
    Q_OBJECT

public:
    explicit SavedFilters(Session &session, QWidget *parent = nullptr);

    /// The filter that would be saved.
    void setFilter(const FindingFilter &filter);
    void retranslateUi();

Q_SIGNALS:
    void chosen(const tally::ui::FindingFilter &filter);

private:
    void popUp();
    void save();

    Session &m_session;
    FindingFilter m_filter;
    LinkButton *m_button;
    QLineEdit *m_name;
};

} // namespace tally::ui
