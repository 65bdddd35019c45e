// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/address.h"
#include "ui/models/session.h"

#include <QWidget>

#include <vector>

class QLayout;
class QScrollArea;

namespace tally::ui {

class NoticeBar;

/// What a page asks of the window, because it needs a dialog or concerns the whole program.
enum class Command { NewAudit, OpenAudit, OpenFiles, OpenFolder, OpenSample, EditHouse };

/// A part of a page with a name of its own.
struct PageTab
{
    QString code; ///< Address::tab
    QString title;
    QString about{}; ///< what stands there, in words that people may look for; may be empty
};

/// A page of the window. It takes a session and renders its state; it holds no audit data of its own, so that a new
/// run, an undo or another language needs nothing but refresh().
class Page : public QWidget
{
    Q_OBJECT

public:
    Page(PageId id, Session &session, QWidget *parent = nullptr);

    [[nodiscard]] PageId id() const { return m_id; }
    [[nodiscard]] virtual QString title() const = 0; ///< in the side bar

    /// Shows what can be shown of the address; the page is already visible. Then the keyboard belongs on that place.
    virtual void goTo(const Address &address);
    /// Those that there are in the open audit, in the application's language, whether the page was shown or not.
    [[nodiscard]] virtual std::vector<PageTab> tabs() const { return {}; }
    /// Something is still being computed for the page; pictures wait for it.
    [[nodiscard]] virtual bool isBusy() const { return false; }
    /// Whether there is a sample to open: an empty page has a link to it while no audit is open.
    virtual void offerSample(bool offered);
    /// Brings the page up to date now, if it is not.
    void refresh();

Q_SIGNALS:
    void navigate(const tally::ui::Address &address);
    void commandWanted(tally::ui::Command command);
    void filesDropped(const QStringList &paths);
    void openRecent(const QString &path);

protected:
    /// All texts that do not come from the state.
    virtual void retranslateUi() = 0;
    /// Renders session().state(); called when the page is visible and the state, the module or the language changed.
    virtual void setState(const AuditState &state) = 0;

    [[nodiscard]] Session &session() const { return m_session; }
    /// Wires a notice that has a button which judges; showJudging() says whether it is needed, and why.
    void offerJudging(NoticeBar &notice);
    void showJudging(NoticeBar &notice) const;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void showSampleLinks();

    PageId m_id;
    Session &m_session;
    bool m_offersSample = false;
    bool m_stale = true;
    bool m_translated = false;
};

/// A scroll area without frame whose content stands on the page's ground with the page's margins.
[[nodiscard]] QScrollArea *makeScrollArea(QWidget *content);

/// Removes all widgets and layouts below a layout.
void clearLayout(QLayout &layout);

} // namespace tally::ui
