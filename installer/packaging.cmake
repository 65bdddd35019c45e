# SPDX-License-Identifier: Apache-2.0
# Install rules of what is no program, and the Debian package (cpack --config build/release/CPackConfig.cmake).
include(GNUInstallDirs)
install(FILES installer/linux/tallymann.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES installer/linux/tallymann.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages)
install(FILES installer/linux/org.tallymann.Tallymann.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES resources/icons/tallymann.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES LICENSE NOTICE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/tallymann)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME tallymann)
set(CPACK_PACKAGE_CONTACT "The Tallymann developers")
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "fonts-inter, fonts-dejavu-core, breeze-icon-theme, qt6-translations-l10n")
set(CPACK_STRIP_FILES ON)
include(CPack)
