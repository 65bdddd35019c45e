// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/file_tree_model.h"
#include "ui/pages/page.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QSettings;
class QStackedWidget;

namespace tally::ui {

class Banner;
class Chip;
class ComparePane;
class ElidedLabel;
class EmptyState;
class FileChooser;
class FilesPane;
class SpacePane;
class TabStrip;
class TablePane;
enum class ImageCommand;

/// The opened images: layers, what each of them carries and changes, what takes the space, wasted bytes, packages,
/// risks, configuration, and whether everything is what its digest says.
class ImagesPage final : public Page
{
    Q_OBJECT

public:
    enum Tab { FilesTab, SpaceTab, WasteTab, PackagesTab, RisksTab, ConfigTab, DigestsTab, CompareTab };
    static constexpr int tabs = 8;

    ImagesPage(Session &session, FileChooser &files, QSettings &settings, QWidget *parent = nullptr);
    ~ImagesPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override;
    void goTo(const Address &address) override;

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
    [[nodiscard]] QWidget *makeWaste();
    void connectParts();
    void addShortcuts();
    void command(ImageCommand command);
    [[nodiscard]] ImagePtr image() const;
    void showHead();
    void showBanner();
    void fillTables();
    void fillDigests();
    void showPath(const std::string &path);
    [[nodiscard]] QString configText(const Image &image) const;

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
    TablePane *m_wasted;
    TablePane *m_shadowed;
    TablePane *m_packages;
    TablePane *m_risks;
    QPlainTextEdit *m_config;
    TablePane *m_digests;
    ComparePane *m_compare;
};

} // namespace tally::ui
