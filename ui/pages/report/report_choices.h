// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report_kinds.h"

#include <QWidget>

#include <utility>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;

namespace tally::ui {

class Session;

/// What stands in a report: its kind, and of the kinds that have them sections, only what is open, only one namespace.
class ReportChoices final : public QWidget
{
    Q_OBJECT

public:
    explicit ReportChoices(Session &session, QWidget *parent = nullptr);

    [[nodiscard]] ReportOptions::Kind kind() const;
    void setKind(ReportOptions::Kind kind);
    /// Only what the kind knows.
    [[nodiscard]] ReportChoice choice() const;

    void setState(const AuditState &state); ///< its namespaces
    void retranslate();

Q_SIGNALS:
    void changed();

private:
    void showWhatFits();
    void keepOneSection(ReportSection touched);

    Session &m_session;
    QLabel *m_kindLabel;
    QComboBox *m_kind;
    QLabel *m_purpose;
    QLabel *m_sectionsLabel;
    std::vector<std::pair<ReportSection, QCheckBox *>> m_sections;
    QLabel *m_extentLabel;
    QCheckBox *m_onlyOpen;
    QComboBox *m_namespace;
};

} // namespace tally::ui
