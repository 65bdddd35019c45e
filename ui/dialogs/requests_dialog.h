// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/catalogue/catalogue.h"

#include <QDialog>

#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace tally::ui {

class DateField;

/// Offers what the catalogue asks for and of which there is no evidence yet; a person chooses, and says of whom and by
/// when. One request for each part that is ticked, and one for a text of one's own.
class RequestsDialog final : public QDialog
{
    Q_OBJECT

public:
    RequestsDialog(
        const AuditState &state, const Catalogue &catalogue, const Module &module, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const std::vector<tally::EvidenceRequest> &requests);

private:
    void validate();
    void accept() override;
    [[nodiscard]] int ticked() const;

    const AuditState m_state;
    const Catalogue &m_catalogue;
    const Module &m_module;
    QListWidget *m_parts;
    QLineEdit *m_own;
    QLineEdit *m_ownFor;
    QLineEdit *m_whom;
    DateField *m_due;
    QLabel *m_hint;
    QPushButton *m_add;
};

} // namespace tally::ui
