// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/session.h"
#include "ui/pages/checklist/evidence_view.h"

#include <QWidget>

class QVBoxLayout;

namespace tally::ui {

class FactsLines;
class PartHeader;

/// One part of a requirement: its sentence, what the program found, on what that rests, what it did not see, and what
/// to ask for. Folds to one line.
class PartPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit PartPanel(QWidget *parent = nullptr);

    /// Renders the state of the session; part belongs to its catalogue.
    void setPart(const Session &session, const Part &part);
    void setOpen(bool open);
    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] QString partId() const { return m_id; }
    [[nodiscard]] QString currentCheck() const { return m_evidence->currentCheck(); }
    [[nodiscard]] EvidenceView &evidence() { return *m_evidence; }
    /// How much the part asks for attention; higher first.
    [[nodiscard]] int urgency() const { return m_urgency; }

Q_SIGNALS:
    void navigate(const tally::ui::Address &address);
    void attachWanted(const QString &partId);

private:
    void fillFacts(const Session &session, const Part &part, const PartResult *result);
    void addAsk(const Session &session, const Part &part);
    void addMissing(const AuditState &audit, const PartResult &result);
    [[nodiscard]] QString basisText(const AuditState &audit, const Basis &basis) const;
    [[nodiscard]] QString summary(const PartResult *result) const;

    PartHeader *m_header;
    QWidget *m_body;
    QWidget *m_frame;
    EvidenceView *m_evidence;
    FactsLines *m_facts;
    QString m_id;
    int m_urgency = 0;
    bool m_open = false;
};

} // namespace tally::ui
