// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/file_preview.h"
#include "core/image/image.h"
#include "ui/models/session.h"
#include "ui/pages/table_pane.h"

#include <QCoreApplication>

namespace tally::ui {

/// Fills the tables of the images page. Heads and words in the application's language. A row's data is its path, as
/// bytes.
class ImageTables
{
    Q_DECLARE_TR_FUNCTIONS(tally::ui::ImageTables)

public:
    static void fillPackages(TablePane &pane, const Image &image);
    static void fillRisks(TablePane &pane, const Image &image);

    /// One row for each comparison, wrong ones first.
    static void fillDigests(TablePane &pane, const Image &image, const Session &session);

    static void fillElf(TablePane &pane, const ElfSummary &elf);
    static void fillMembers(TablePane &pane, const FilePreview &preview);

    [[nodiscard]] static QString checkWord(const std::string &check);
    [[nodiscard]] static QString causeWord(const std::string &cause);
    [[nodiscard]] static QString riskWord(const std::string &kind);
};

} // namespace tally::ui
