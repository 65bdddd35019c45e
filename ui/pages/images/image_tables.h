// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"
#include "ui/models/simple_table_model.h"

#include <QCoreApplication>

namespace tally::ui {

/// Fills the tables of the images page. Heads and words in the application's language.
class ImageTables
{
    Q_DECLARE_TR_FUNCTIONS(tally::ui::ImageTables)

public:
    /// Paths that several layers carry, as dive lists them.
    static void fillWasted(SimpleTableModel &model, const Image &image);
    /// Every byte that no container sees, and why.
    static void fillShadowed(SimpleTableModel &model, const Image &image);
    static void fillPackages(SimpleTableModel &model, const Image &image);
    static void fillRisks(SimpleTableModel &model, const Image &image);

    [[nodiscard]] static QString causeWord(const std::string &cause);
    [[nodiscard]] static QString riskWord(const std::string &kind);
};

} // namespace tally::ui
