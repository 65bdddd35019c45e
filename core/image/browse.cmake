# SPDX-License-Identifier: Apache-2.0
# What the image browser is built on: views, searches, contents.
set(browse_headers base_image.h dockerfile.h file_history.h file_query.h image_files.h image_index.h image_snapshot.h image_space.h)
set(browse_sources base_image.cpp dockerfile.cpp file_history.cpp file_query.cpp image_files.cpp image_index.cpp image_snapshot.cpp image_space.cpp)
