// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/cluster_builder.h"
#include "core/document/source_text.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace tally;

/// The input is what Helm stored: base64 of gzip of JSON. No object of a release may count as one of the cluster.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    std::string safe;
    for (const char c : text) {
        if (c > ' ' && c != '\'' && c != '\x7f')
            safe += c;
    }
    ReadClusterOptions options;
    options.limits = Limits::forFuzzing();
    options.name = "release.yaml";
    const Result<ClusterReading> reading = readClusterFile(
        "apiVersion: v1\nkind: Secret\ntype: helm.sh/release.v1\nmetadata: {name: s, uid: '1'}\ndata:\n  release: '"
            + safe + "'\n",
        options);
    if (!reading)
        return 0;
    for (const Object &object : reading->cluster->objects) {
        if (!object.fromRelease && object.name != "s")
            std::abort();
    }
    for (const KindCompleteness &row : reading->cluster->completeness) {
        if (row.state == KindState::Present && row.kind != "Secret")
            std::abort();
    }
    return 0;
}
