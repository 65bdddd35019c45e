# SPDX-License-Identifier: Apache-2.0
tally_add_fuzzer(cluster Tally::cluster)
tally_add_fuzzer(audit_log Tally::cluster nlohmann_json::nlohmann_json)
tally_add_fuzzer(etcd Tally::cluster)
tally_add_fuzzer(windows Tally::cluster)
tally_add_fuzzer(helm_release Tally::cluster)
