# SPDX-License-Identifier: Apache-2.0
add_executable(tallymann tallymann.cpp)
target_compile_definitions(tallymann PRIVATE TALLYMANN_SOURCE_FOLDER="${PROJECT_SOURCE_DIR}")
target_link_libraries(tallymann PRIVATE Tally::ui_widgets tally_options)
install(TARGETS tallymann RUNTIME)
