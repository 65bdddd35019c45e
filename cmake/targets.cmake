# SPDX-License-Identifier: Apache-2.0
# Flags for all of our own code, and one function for the libraries of core.
add_library(tally_options INTERFACE)
target_compile_options(tally_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
  $<$<BOOL:${TALLY_WERROR}>:-Werror>)

# tally_add_core_library(io HEADERS a.h SOURCES a.cpp LINKS Tally::base PRIVATE_LINKS archive)
# Makes the static library tally_io with the alias Tally::io. Headers are compiled alone by all_verify_interface_header_sets.
function(tally_add_core_library name)
  cmake_parse_arguments(ARG "" "" "HEADERS;SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(tally_${name} STATIC)
  add_library(Tally::${name} ALIAS tally_${name})
  target_sources(tally_${name}
    PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${ARG_HEADERS}
    PRIVATE ${ARG_SOURCES})
  target_include_directories(tally_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(tally_${name} PUBLIC ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS} tally_options)
endfunction()
