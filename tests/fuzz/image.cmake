# SPDX-License-Identifier: Apache-2.0
tally_add_fuzzer(archive Tally::io)
tally_add_fuzzer(image Tally::image)
tally_add_fuzzer(layer Tally::image)
tally_add_fuzzer(tar Tally::io)
tally_add_fuzzer(packages Tally::image)
tally_add_fuzzer(risk_scan Tally::image)
