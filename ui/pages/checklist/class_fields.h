// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/classification.h"

#include <QObject>

#include <string>

class QComboBox;
class QGridLayout;
class QLabel;

namespace tally::ui {

class Session;

/// How the auditors weigh a deviation: audit class and KRITIS deficiency. What the decision does not admit cannot be
/// chosen, and the field says why.
class ClassFields final : public QObject
{
    Q_OBJECT

public:
    explicit ClassFields(Session &session, QObject *parent = nullptr);

    /// Side by side, three columns each, in this row and the next one. The grid's widget owns the fields from then on.
    void addTo(QGridLayout &grid, int row);

    /// Shows what counts for the requirement, and offers what its decision admits.
    void load(const std::string &requirement);
    /// Likewise, but what is chosen stays.
    void offer(const std::string &requirement);
    void retranslateUi();
    [[nodiscard]] Classification chosen() const;
    void choose(const Classification &classified);
    /// What makes the requirement's classification the chosen one; empty: it is.
    [[nodiscard]] std::vector<AuditChange> changes(const std::string &requirement) const;

Q_SIGNALS:
    void edited(); ///< by a person

private:
    void fill();

    Session &m_session;
    std::string m_requirement{};
    QComboBox *m_class;
    QComboBox *m_deficiency;
    QLabel *m_classLabel;
    QLabel *m_deficiencyLabel;
};

} // namespace tally::ui
