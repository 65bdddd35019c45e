// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/limits.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/io/byte_source.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// How the objects of one resource lie in etcd.
struct StoredResource
{
    std::uint64_t objects = 0;
    std::uint64_t plain = 0;                        ///< readable for whoever has the file
    std::map<std::string, std::uint64_t> encrypted; ///< by provider: "aescbc", "secretbox", "kms", ...
};

/// What the envelopes of an etcd database tell: nothing of the objects themselves is decoded.
struct EtcdFacts
{
    std::uint64_t keys = 0; ///< that live in the latest revision
    std::int64_t revision = 0;
    std::map<std::string, StoredResource> resources; ///< "secrets", "configmaps", "cilium.io/ciliumnodes"
    std::vector<std::string> plainSecrets;           ///< "namespace/name" of the first ones in clear
};

/// A bbolt database by its first bytes (512 are enough).
[[nodiscard]] bool looksLikeEtcd(std::string_view head);

/// Walks the pages of a snapshot (`etcdctl snapshot save`, or member/snap/db of a stopped member) and looks at the key
/// and the first bytes of the latest value of each object. "k8s:enc:<provider>:" proves that it was written encrypted,
/// "k8s\0" (protobuf) and "{" that it was not. Sources: go.etcd.io/bbolt (page.go, meta), etcd mvccpb.KeyValue,
/// kubernetes.io, Encrypting confidential data at rest. Memory: about 100 bytes a key.
/// Errors: Malformed (damaged, or without the bucket "key"), LimitExceeded, Io, Cancelled. Several threads may read one
/// source.
[[nodiscard]] Result<EtcdFacts> readEtcdSnapshot(
    const ByteSource &source, const std::string &name, const Limits &limits, const RunContext &run = {});

/// The facts as one JSON object in the shape of a Kubernetes object: apiVersion etcd.io/v3, kind EtcdSnapshot,
/// metadata.name, `revision`, `keys`, `stored` [{name, objects, plain, encrypted{}}], `plainExamples`.
[[nodiscard]] std::string etcdJson(const EtcdFacts &facts, std::string_view name);

} // namespace tally
