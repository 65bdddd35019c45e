// SPDX-License-Identifier: Apache-2.0
#include "core/image/inventory.h"

#include <array>

namespace tally {

namespace {

struct Release
{
    std::string_view id;
    std::string_view version; ///< compared whole, or up to a "." in the image's version
    std::string_view ends;
};

// Debian: LTS, which the project itself offers. RHEL and its rebuilds: end of maintenance support.
constexpr std::array releases = {
    Release{"debian", "7", "2018-05-31"},
    Release{"debian", "8", "2020-06-30"},
    Release{"debian", "9", "2022-06-30"},
    Release{"debian", "10", "2024-06-30"},
    Release{"debian", "11", "2026-08-31"},
    Release{"debian", "12", "2028-06-30"},
    Release{"debian", "13", "2030-06-30"},
    Release{"ubuntu", "14.04", "2019-04-25"},
    Release{"ubuntu", "16.04", "2021-04-30"},
    Release{"ubuntu", "18.04", "2023-05-31"},
    Release{"ubuntu", "20.04", "2025-05-31"},
    Release{"ubuntu", "22.04", "2027-04-30"},
    Release{"ubuntu", "24.04", "2029-04-30"},
    Release{"alpine", "3.8", "2020-05-01"},
    Release{"alpine", "3.9", "2020-11-01"},
    Release{"alpine", "3.10", "2021-05-01"},
    Release{"alpine", "3.11", "2021-11-01"},
    Release{"alpine", "3.12", "2022-05-01"},
    Release{"alpine", "3.13", "2022-11-01"},
    Release{"alpine", "3.14", "2023-05-01"},
    Release{"alpine", "3.15", "2023-11-01"},
    Release{"alpine", "3.16", "2024-05-23"},
    Release{"alpine", "3.17", "2024-11-22"},
    Release{"alpine", "3.18", "2025-05-09"},
    Release{"alpine", "3.19", "2025-11-01"},
    Release{"alpine", "3.20", "2026-04-01"},
    Release{"alpine", "3.21", "2026-11-01"},
    Release{"alpine", "3.22", "2027-05-01"},
    Release{"rhel", "6", "2020-11-30"},
    Release{"rhel", "7", "2024-06-30"},
    Release{"rhel", "8", "2029-05-31"},
    Release{"rhel", "9", "2032-05-31"},
    Release{"centos", "6", "2020-11-30"},
    Release{"centos", "7", "2024-06-30"},
    Release{"centos", "8", "2021-12-31"},
    Release{"rocky", "8", "2029-05-31"},
    Release{"rocky", "9", "2032-05-31"},
    Release{"almalinux", "8", "2029-03-01"},
    Release{"almalinux", "9", "2032-05-31"},
};

} // namespace

std::string_view supportEnd(std::string_view osId, std::string_view versionId)
{
    for (const Release &release : releases) {
        if (release.id == osId && versionId.starts_with(release.version)
            && (versionId.size() == release.version.size() || versionId[release.version.size()] == '.'))
            return release.ends;
    }
    return {};
}

} // namespace tally
