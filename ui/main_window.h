// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/choosers.h"
#include "ui/models/go_to_model.h"
#include "ui/models/session.h"
#include "ui/pages/page.h"
#include "ui/theme/languages.h"
#include "ui/theme/theme.h"
#include "ui/widgets/failure_block.h"

#include <QMainWindow>
#include <QPointer>

#include <filesystem>

class QComboBox;
class QSettings;
class QStackedWidget;

namespace tally::ui {

class DropHint;
class ElidedLabel;
class ErrorDialog;
class GoToPalette;
class KeyButton;
class Navigation;
class SegmentedControl;
class SideLink;
class StatusStrip;

/// What the window uses and does not own. All outlive it.
struct WindowParts
{
    Session &session;
    Theme &theme;
    Languages &languages;
    FileChooser &files;
    QSettings &settings;
    QStringList sampleSources{};         ///< files and folders of the sample; empty where none is installed
    QString sampleAudits{};              ///< folder that keeps the audits made of it; made where it is missing
    std::filesystem::path cacheFolder{}; ///< of images that were read before; empty: none
};

/// Docks the pages and routes what they ask for; knows nothing of what they show.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(const WindowParts &parts, QWidget *parent = nullptr);

    void goTo(const Address &address);
    [[nodiscard]] Page *currentPage() const;
    [[nodiscard]] Page *page(PageId id) const; ///< nullptr where there is none
    /// Audits are opened, whatever they are called; everything else is added to the open audit, or to a new one.
    void take(const QStringList &paths);
    void run(Command command);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void connectNews();
    void addPages();
    [[nodiscard]] QWidget *makeSideBar();
    [[nodiscard]] QWidget *makeHead();
    void addActions();
    void retranslateUi();
    void setCompact(bool compact);
    [[nodiscard]] std::vector<GoToAction> actions();
    void showState();
    void showNavigation();
    void showModules();
    void show(PageId id);
    void setLanguage(Language language);
    [[nodiscard]] bool isFree(); ///< says so in the strip if not
    void openAudit(const QString &path);
    void newAudit(const QStringList &sources);
    void openSettings();
    void openHouse();
    void saveCopy();
    void stepBack(); ///< undo, and says what is undone
    void stepForward();
    void saySteppedOver(const AuditStatePtr &before, bool undone);
    void setAuditor(const QString &name);
    void setTheme(ThemeMode mode);
    void setCacheUsed(bool used);
    void exportReport();
    void popUpGoTo();
    void openSample();
    void askName();
    void offerSuperseding(int newest, const std::vector<int> &older);
    void showFailure(const Error &error, const QString &subject);
    ErrorDialog *showDialog(const FailureBlock::Content &content, const QString &title = {});
    void refuse(const QString &path); ///< what calls itself an audit and is none
    void rememberAudit();

    WindowParts m_parts;
    Session &m_session;
    Navigation *m_navigation;
    QStackedWidget *m_stack;
    StatusStrip *m_strip;
    GoToPalette *m_goTo;
    DropHint *m_dropHint;
    QPointer<ErrorDialog> m_failures; ///< what a job said while it is open
    ElidedLabel *m_auditName;
    QComboBox *m_modules;
    KeyButton *m_search;
    SegmentedControl *m_languageSwitch;
    SideLink *m_settingsLink;
    SideLink *m_brand;
    QWidget *m_sideBar;
    QAction *m_undo;
    QAction *m_redo;
    bool m_hadAudit = false;
    bool m_compact = false;
};

} // namespace tally::ui
