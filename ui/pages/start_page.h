// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/page.h"

class QLabel;
class QPushButton;
class QSettings;
class QVBoxLayout;

namespace tally::ui {

class LinkButton;
class SectionHeader;

/// Before an audit is open: drop files, make or open an audit, the sample, the audits opened last.
class StartPage final : public Page
{
    Q_OBJECT

public:
    StartPage(Session &session, QSettings &settings, QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override;
    void offerSample(bool offered) override;

protected:
    void retranslateUi() override;
    void setState(const AuditState &state) override;

private:
    [[nodiscard]] QWidget *makeDropZone();
    [[nodiscard]] QWidget *makeSampleCard();

    QSettings &m_settings;
    QLabel *m_question;
    QLabel *m_subline;
    QLabel *m_dropTitle;
    QLabel *m_dropText;
    QPushButton *m_openFiles;
    QPushButton *m_newAudit;
    QPushButton *m_openAudit;
    QLabel *m_promise;
    QWidget *m_sample;
    QLabel *m_sampleTitle;
    QLabel *m_sampleText;
    QPushButton *m_openSample;
    SectionHeader *m_recentTitle;
    QVBoxLayout *m_recent;
};

} // namespace tally::ui
