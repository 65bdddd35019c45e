// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/target_objects.h"

#include <QCoreApplication>
#include <QString>

namespace tally::ui {

/// What the windows say about target objects and their protection needs. In the application's language.
class TargetWords
{
    Q_DECLARE_TR_FUNCTIONS(tally::ui::TargetWords)

public:
    [[nodiscard]] static QString kind(TargetObject::Kind kind);
    [[nodiscard]] static QString need(TargetObject::Need need);
    /// "Namespace payments (high)".
    [[nodiscard]] static QString named(const TargetObject &target);
    [[nodiscard]] static QString appliesNowhere(); ///< fits a tile
    /// One or two sentences: where a requirement for elevated needs applies, or what the needs are by which another one
    /// is measured. "" where protection needs have nothing to do with it.
    [[nodiscard]] static QString where(const ProtectionScope &scope, const Requirement &requirement);

private:
    [[nodiscard]] static QString elevated(const ProtectionScope &scope, const Requirement &requirement);
    [[nodiscard]] static QString compared(const ProtectionScope &scope);
    [[nodiscard]] static QString neighbours(const ProtectionScope &scope, TargetObject::Need least);
};

} // namespace tally::ui
