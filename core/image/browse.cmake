# SPDX-License-Identifier: Apache-2.0
# What the image browser is built on: views, searches, contents.
set(browse_headers base_image.h content_search.h dockerfile.h elf_summary.h extract_tree.h file_history.h file_preview.h file_query.h image_files.h image_index.h image_snapshot.h image_space.h joined_path.h)
set(browse_sources base_image.cpp content_search.cpp dockerfile.cpp elf_summary.cpp extract_tree.cpp file_history.cpp file_preview.cpp file_query.cpp image_files.cpp image_index.cpp image_snapshot.cpp image_space.cpp)
