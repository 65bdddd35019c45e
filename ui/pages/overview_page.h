// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/page.h"
#include "ui/widgets/requirement_tile.h"

#include <map>
#include <string>

class QGridLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace tally::ui {

class FlowLayout;
class NoticeBar;
class SectionHeader;

/// State of the audit in one glance: a tile for each requirement in three bands, what is left to decide, the causes
/// that occur most, what was not checked and the command that would fetch it, the sources, what stands over from an
/// earlier audit.
class OverviewPage final : public Page
{
    Q_OBJECT

public:
    explicit OverviewPage(Session &session, QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override;

protected:
    void retranslateUi() override;
    void setState(const AuditState &state) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showHead(const AuditState &state);
    void showAxes(const AuditState &state);
    void showTiles(const AuditState &state);
    void showLegend(const AuditState &state);
    void showOpenDecisions(const AuditState &state);
    void showCauses(const AuditState &state);
    void showNotChecked(const AuditState &state);
    void showSources(const AuditState &state);
    void showSince(const AuditState &state);
    [[nodiscard]] static std::map<std::string, int> placesPerCheck(const AuditState &state);
    [[nodiscard]] QString openDetail(
        const AuditState &state, const Requirement &requirement, const std::map<std::string, int> &places) const;

    QLabel *m_title;
    QLabel *m_subline;
    QLabel *m_axes; ///< how far it is, and what came out
    QPushButton *m_continue;
    NoticeBar *m_notJudged;
    QGridLayout *m_tiles;
    FlowLayout *m_legend;
    QList<RequirementTile *> m_tileList;
    int m_columns; ///< of tiles
    SectionHeader *m_openTitle;
    QVBoxLayout *m_open;
    SectionHeader *m_causesTitle;
    QVBoxLayout *m_causes;
    SectionHeader *m_notCheckedTitle;
    QVBoxLayout *m_notChecked;
    SectionHeader *m_sourcesTitle;
    QVBoxLayout *m_sources;
    SectionHeader *m_sinceTitle;
    QVBoxLayout *m_since;
    QString m_next;
};

} // namespace tally::ui
