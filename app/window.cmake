# SPDX-License-Identifier: Apache-2.0
add_executable(tallymann tallymann.cpp)
target_link_libraries(tallymann PRIVATE Tally::ui_widgets tally_options)
install(TARGETS tallymann RUNTIME)

# The sample that the start page opens stands beside the program in the build folder as it does when installed.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(sample_source ${PROJECT_SOURCE_DIR}/resources/sample)
set(sample_place ${PROJECT_BINARY_DIR}/share/tallymann/sample)
file(GLOB sample_cluster CONFIGURE_DEPENDS ${sample_source}/cluster/*.yaml)
add_custom_command(OUTPUT ${sample_place}/portal.tar
  COMMAND ${CMAKE_COMMAND} -E make_directory ${sample_place}
  COMMAND Python3::Interpreter ${sample_source}/make-image.py ${sample_place}/portal.tar
  DEPENDS ${sample_source}/make-image.py VERBATIM)
add_custom_command(OUTPUT ${sample_place}/cluster.stamp
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${sample_place}/cluster
  COMMAND ${CMAKE_COMMAND} -E copy_directory ${sample_source}/cluster ${sample_place}/cluster
  COMMAND ${CMAKE_COMMAND} -E touch ${sample_place}/cluster.stamp
  DEPENDS ${sample_cluster} VERBATIM)
add_custom_target(tally_sample ALL DEPENDS ${sample_place}/portal.tar ${sample_place}/cluster.stamp)
add_dependencies(tallymann tally_sample)
include(GNUInstallDirs)
install(FILES ${sample_place}/portal.tar DESTINATION ${CMAKE_INSTALL_DATADIR}/tallymann/sample)
install(DIRECTORY ${sample_source}/cluster DESTINATION ${CMAKE_INSTALL_DATADIR}/tallymann/sample)
