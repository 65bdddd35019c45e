# SPDX-License-Identifier: Apache-2.0
tally_add_fuzzer(yaml Tally::document)
tally_add_fuzzer(json Tally::document)
tally_add_fuzzer(yaml_lanes Tally::document)
tally_add_fuzzer(masking Tally::document)
foreach(name yaml json yaml_lanes masking)
  target_include_directories(fuzz_${name} PRIVATE ${PROJECT_SOURCE_DIR})
endforeach()
