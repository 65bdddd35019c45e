// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/session.h"

#include <QWidget>

#include <string>
#include <vector>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace tally::ui {

class DateField;
class LinkButton;

/// The exceptions of the findings that are shown, with who, why and until when; and, folded away until it is wanted,
/// the form by which a person makes one: of which kind, for what, why, until when.
class ExceptionForm final : public QWidget
{
    Q_OBJECT

public:
    explicit ExceptionForm(Session &session, QWidget *parent = nullptr);

    /// findings: indexes into the assessment.
    void show(const AuditState &state, const std::vector<std::size_t> &findings);
    /// Unfolds it; the keyboard is in the reason.
    void begin();
    void retranslateUi();

private:
    enum class Scope : std::uint8_t { These, Namespace, System, Object, Cluster, Everywhere };

    [[nodiscard]] QWidget *makeFields();
    void unfold(bool open);
    void readParts(const AuditState &state, const std::vector<std::size_t> &findings);
    void readCluster(const AuditState &state, const std::vector<std::size_t> &findings);
    void showExisting(const AuditState &state, const std::vector<std::size_t> &findings);
    enum class Standing : std::uint8_t { Holds, Expired, Waits, Unconfirmed };
    void addExisting(const AuditState &state, const FindingException &exception, Standing standing, int findings);
    void addConfirm(QHBoxLayout &row, const FindingException &exception);
    [[nodiscard]] QString scopeText(const AuditState &state, const FindingException &exception) const;
    void fillScopes();
    void showScope();
    void make();
    [[nodiscard]] Scope scope() const;
    [[nodiscard]] bool isComplete() const;

    Session &m_session;
    LinkButton *m_fold;
    QVBoxLayout *m_existing;
    QWidget *m_fields;
    QLabel *m_kindLabel;
    QComboBox *m_kind;
    QLabel *m_scopeLabel;
    QComboBox *m_scope;
    QLineEdit *m_pattern;
    QLabel *m_reasonLabel;
    QPlainTextEdit *m_reason;
    QLabel *m_untilLabel;
    DateField *m_until;
    QLabel *m_hint;
    QPushButton *m_make;
    bool m_waiting = false; ///< handed over, neither saved nor refused yet
    // what is shown
    std::vector<std::string> m_fingerprints;
    std::string m_check; ///< of all of them; "" if they differ
    std::string m_namespace;
    std::string m_object;
    std::string m_cluster;         ///< AuditCluster::key that an exception by scope gets; "" it holds in all clusters
    std::string m_clusterName;     ///< "" where the audit has no other cluster
    bool m_acrossClusters = false; ///< findings of several clusters
    QStringList m_musts;           ///< parts that must be met of which they prove a deviation
    bool m_system = false;
};

} // namespace tally::ui
