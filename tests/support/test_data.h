// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QTest>

#include <filesystem>

namespace tally::test {

/// Folder of the real input data (CMake variable TALLYMANN_DATA).
[[nodiscard]] std::filesystem::path dataFolder();

/// Folder of this repository, for small cases that stand in tests/ and for resources/.
[[nodiscard]] std::filesystem::path sourceFolder();

} // namespace tally::test

/// Skips the test, saying so, where the real data is absent.
#define TALLY_REQUIRE_DATA(required) \
    do { \
        if (!std::filesystem::exists(required)) \
            QSKIP(qPrintable(QStringLiteral("TALLYMANN_DATA lacks ") \
                + QString::fromStdString(std::filesystem::path(required).string()))); \
    } while (false)
