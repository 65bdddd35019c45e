# SPDX-License-Identifier: Apache-2.0
# Flags for all of our own code, and one function for the libraries of core.
add_library(tally_options INTERFACE)
target_compile_options(tally_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
  $<$<BOOL:${TALLY_WERROR}>:-Werror>)

# Headers that nearly all of our sources include are read once a target, which halves the time of a whole build. Only the standard's and
# Qt's: ours change, and each change would compile everything anew. The sanitized builds go without: they show an include that only this
# supplies, and what g++ cannot be asked for here.
set(TALLY_STANDARD_HEADERS <algorithm> <array> <charconv> <cstddef> <cstdint> <functional> <map> <memory> <optional> <set> <span> <string>
  <string_view> <tuple> <unordered_map> <utility> <variant> <vector>)
set(TALLY_TEXT_HEADERS <QDateTime> <QFile> <QFileInfo> <QHash> <QJsonObject> <QLocale> <QObject> <QPointer> <QString> <QStringList> <QTimer>)
set(TALLY_WIDGET_HEADERS ${TALLY_TEXT_HEADERS} <QAbstractItemModel> <QApplication> <QComboBox> <QDialog> <QEvent> <QGridLayout> <QHBoxLayout>
  <QHeaderView> <QKeyEvent> <QLabel> <QLineEdit> <QMenu> <QPainter> <QPlainTextEdit> <QPushButton> <QScrollArea> <QSplitter> <QStackedWidget>
  <QStyledItemDelegate> <QTableView> <QToolButton> <QTreeView> <QVBoxLayout> <QWidget>)
function(tally_precompile target)
  target_precompile_headers(${target} PRIVATE ${TALLY_STANDARD_HEADERS} ${ARGN})
  if(CMAKE_DISABLE_PRECOMPILE_HEADERS)
    return()
  endif()
  # Of headers that were read before, g++ 12 warns of what it suspects in the inside of std::string after inlining; without them it does not.
  target_compile_options(${target} PRIVATE "$<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds;-Wno-stringop-overread;-Wno-stringop-overflow;-Wno-restrict>")
  # What a compiler cache needs to know such a compilation again.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess> "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")
endfunction()

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
  tally_precompile(tally_${name})
endfunction()
