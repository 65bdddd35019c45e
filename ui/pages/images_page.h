// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/file_tree_model.h"
#include "ui/pages/images/file_saver.h"
#include "ui/pages/page.h"

class QAction;
class QComboBox;
class QLabel;
class QPushButton;
class QSettings;
class QStackedWidget;

namespace tally::ui {

class Banner;
class BuildPane;
class Chip;
class ComparePane;
class ElidedLabel;
class EmptyState;
class FileChooser;
class FilesPane;
class JobLine;
class LinkButton;
class SearchPane;
class SpacePane;
class TabStrip;
class TablePane;
class WastePane;
enum class ImageCommand;

/// The opened images: layers, what each of them carries and changes, what takes the space, wasted bytes, packages,
/// risks, contents, how it was built, whether everything is what its digest says, and a comparison with another one.
class ImagesPage final : public Page
{
    Q_OBJECT

public:
    enum Tab { FilesTab, SpaceTab, WasteTab, PackagesTab, RisksTab, SearchTab, BuildTab, DigestsTab, CompareTab };
    static constexpr int tabCount = 9;

    ImagesPage(Session &session, FileChooser &files, QSettings &settings, QWidget *parent = nullptr);
    ~ImagesPage() override;

    [[nodiscard]] QString title() const override;
    void goTo(const Address &address) override;
    [[nodiscard]] std::vector<PageTab> tabs() const override;

    void showTab(int tab);
    void showImage(int number);
    void showLayer(int layer);
    [[nodiscard]] FileTreeModel &files();
    [[nodiscard]] bool isBusy() const override;

protected:
    void retranslateUi() override;
    void setState(const AuditState &state) override;

private:
    [[nodiscard]] QWidget *makeHead();
    [[nodiscard]] QWidget *makeNotice();
    void makePackages();
    void say(const QString &text);
    void connectParts();
    void addShortcuts();
    void command(ImageCommand command);
    [[nodiscard]] ImagePtr image() const;
    void showHead();
    void showBanner();
    [[nodiscard]] const Source *sourceOf(const Image &shown) const;
    [[nodiscard]] const Diagnostic *changeOf(const Image &shown) const;
    void fillTables();
    void fillDigests();
    void showPath(const std::string &path);
    void showFile(const std::string &path, int layer);
    void exportPackages(bool spdx);

    FileChooser &m_fileChooser;
    ImageSource m_source;
    FileSaver m_saver;
    std::vector<ImagePtr> m_images;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QComboBox *m_chooser;
    ElidedLabel *m_facts;
    Chip *m_verified;
    Banner *m_banner;
    TabStrip *m_tabs;
    QStackedWidget *m_panes;
    FilesPane *m_filesPane;
    SpacePane *m_space;
    WastePane *m_waste;
    TablePane *m_packages;
    TablePane *m_risks;
    SearchPane *m_search;
    BuildPane *m_build;
    TablePane *m_digests;
    ComparePane *m_compare;
    QPushButton *m_export;
    QAction *m_exportCycloneDx;
    QAction *m_exportSpdx;
    QWidget *m_notice;
    JobLine *m_progress;
    ElidedLabel *m_said;
    LinkButton *m_dismiss;
};

} // namespace tally::ui
