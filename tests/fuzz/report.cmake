# SPDX-License-Identifier: Apache-2.0
tally_add_fuzzer(workbook Tally::report)
