// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/address.h"
#include "ui/models/session.h"
#include "ui/widgets/code_box.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace tally::ui {

class ExceptionForm;
class SeverityForm;

/// One finding in full: what it says and why that matters, where it stands with an excerpt, what to do about it, when
/// it is no deviation, which parts it concerns; and the forms by which a person accepts it or rates it differently.
class FindingDetail final : public QWidget
{
    Q_OBJECT

public:
    explicit FindingDetail(Session &session, QWidget *parent = nullptr);

    /// findings: indexes into the assessment, all of one row; empty shows nothing.
    void show(const AuditState &state, const std::vector<std::size_t> &findings);
    void retranslateUi();
    /// The keyboard goes to the form that makes an exception, if something is shown.
    void beginException();

Q_SIGNALS:
    void navigate(const tally::ui::Address &address);

private:
    void addHead(const Check *check, const Finding &finding);
    void addText(const QString &title, const QString &text);
    void addCode(const QString &title, const QString &place, std::vector<CodeLine> lines);
    void addRemedy(const Check *check, const Finding &finding);
    void addPlaces(const AuditState &state, const std::vector<std::size_t> &findings);
    void addParts(const Check &check);
    void addMeasure(const AuditState &state, const Check &check);
    [[nodiscard]] QString message(const Check &check, const Finding &finding) const;

    Session &m_session;
    QVBoxLayout *m_column;
    SeverityForm *m_severity;
    ExceptionForm *m_form;
};

} // namespace tally::ui
