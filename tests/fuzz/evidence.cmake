# SPDX-License-Identifier: Apache-2.0
tally_add_fuzzer(media_type Tally::io)
target_include_directories(fuzz_media_type PRIVATE ${PROJECT_SOURCE_DIR})
