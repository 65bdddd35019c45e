# SPDX-License-Identifier: Apache-2.0
tally_add_ui_library(text
  SOURCES text/message_translator.cpp text/message_translator.h
  LINKS Tally::base Qt6::Core
  HEADERS ${TALLY_TEXT_HEADERS})
