// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <QCoreApplication>
#include <QString>

#include <string>
#include <vector>

namespace tally::ui {

/// Something that was needed and not seen, and how to get it.
struct NotChecked
{
    std::string need;                      ///< kind, "image", "workloads", "live", "policy"
    std::vector<std::string> requirements; ///< that it keeps from being checked, in catalogue order
    QString command{};                     ///< what the audited party runs; "" where no command helps
    bool someImages = false;               ///< of the images that run, some were handed over

    friend bool operator==(const NotChecked &, const NotChecked &) = default;
};

/// Over the parts of a module; what concerns most requirements first.
[[nodiscard]] std::vector<NotChecked> notChecked(const AuditState &audit, const Module &module);

class NotCheckedWords
{
    Q_DECLARE_TR_FUNCTIONS(tally::ui::NotCheckedWords)

public:
    [[nodiscard]] static QString sentence(const NotChecked &item); ///< "NetworkPolicy fehlt im Export (A5, A18)"
};

} // namespace tally::ui
