# SPDX-License-Identifier: Apache-2.0
find_package(PkgConfig REQUIRED)
find_package(Qt6 6.4 REQUIRED COMPONENTS Gui Svg)
pkg_check_modules(qpdf REQUIRED IMPORTED_TARGET libqpdf)
tally_add_ui_library(pdf
  SOURCES pdf/assembler.cpp pdf/assembler.h pdf/block_layout.cpp pdf/block_layout.h pdf/canvas.cpp pdf/canvas.h pdf/fonts.cpp
    pdf/fonts.h pdf/lettering.cpp pdf/lettering.h pdf/logo_image.cpp pdf/logo_image.h pdf/page_parts.cpp pdf/pdf_writer.cpp pdf/pdf_writer.h pdf/report_export.cpp pdf/report_export.h pdf/slabs.cpp pdf/slabs.h pdf/symbols.cpp
    pdf/table_layout.cpp pdf/table_layout.h pdf/text_layout.cpp pdf/text_layout.h
  LINKS Tally::report Tally::ui_text Qt6::Gui
  PRIVATE_LINKS PkgConfig::qpdf Qt6::Svg
  HEADERS ${TALLY_TEXT_HEADERS} <QPainter>)
# qpdf 11 wants to know which pointers its users mean; ours are std::shared_ptr.
target_compile_definitions(tally_ui_pdf PRIVATE POINTERHOLDER_TRANSITION=4)
