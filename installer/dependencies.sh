#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing to build, test and run Tallymann on Debian 12. Root, or a user who may use sudo.
# usage: installer/dependencies.sh [--sanitize] [--lint]
set -euo pipefail

packages=(
  cmake ninja-build g++ pkg-config git ca-certificates
  qt6-base-dev qt6-svg-dev qt6-pdf-dev qt6-l10n-tools qt6-tools-dev qt6-tools-dev-tools qt6-translations-l10n libgl1-mesa-dev
  libyaml-cpp-dev libarchive-dev libsimdjson-dev nlohmann-json3-dev libisal-dev libzstd-dev libssl-dev libsqlite3-dev
  libexpected-dev libcli11-dev libfmt-dev libxlsxwriter-dev libpugixml-dev libqpdf-dev
  fonts-inter fonts-liberation fonts-dejavu-core breeze-icon-theme
  python3 python3-jsonschema python3-yaml qpdf poppler-utils sqlite3
  default-jre-headless libpdfbox2-java libactivation-java libjaxb-api-java
  xvfb xauth desktop-file-utils appstream
)
for option in "$@"; do
  case "$option" in
    --sanitize) packages+=(clang libclang-rt-14-dev) ;;
    --lint) packages+=(clang clang-format clang-tidy) ;;
    *) echo "installer/dependencies.sh: unknown option $option" >&2; exit 2 ;;
  esac
done

missing=()
for package in "${packages[@]}"; do
  if ! dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed'; then
    missing+=("$package")
  fi
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  as_root=(sudo)
fi
echo "Installing: ${missing[*]}"
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
