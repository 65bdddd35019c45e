# SPDX-License-Identifier: Apache-2.0
# Packages of images: part of tally_image.
find_package(PkgConfig REQUIRED)
pkg_check_modules(ISAL REQUIRED IMPORTED_TARGET libisal)
find_package(simdjson 3 REQUIRED)
find_package(SQLite3 REQUIRED)

set(package_headers byte_numbers.h go_build_info.h licence_expression.h line_reader.h package_format.h package_list.h package_readers.h package_scan.h package_url.h
  rpm_header.h sbom.h sbom_parts.h spdx_ids.h zip_directory.h)
set(package_sources apk.cpp dpkg.cpp dpkg_copyright.cpp go_build_info.cpp java_archive.cpp licence_expression.cpp npm.cpp package_format.cpp package_list.cpp package_scan.cpp
  package_url.cpp python.cpp rpm_hash.cpp rpm_header.cpp rpm_ndb.cpp rpm_sqlite.cpp sbom_cyclonedx.cpp sbom_parts.cpp
  sbom_spdx.cpp spdx_ids.cpp zip_directory.cpp)
list(TRANSFORM package_headers PREPEND packages/)
list(TRANSFORM package_sources PREPEND packages/)
set(package_links PkgConfig::ISAL simdjson::simdjson SQLite::SQLite3)
