// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/io/byte_source.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tally {

/// Do these first bytes begin an audit log of the API server: one JSON object a line, audit.k8s.io Event?
[[nodiscard]] bool looksLikeAuditLog(std::string_view head);

/// May a file of this name be one ("audit.log", "audit-2026-01-01T00-00-00.000.log", "kube-apiserver-audit.log.gz",
/// anything in a folder audit_logs)? Its content decides; this only says which logs are worth a look.
[[nodiscard]] bool mayBeAuditLog(std::string_view path);

/// Counts what an audit log says while it streams by: who reads Secrets, who opens shells in containers, who changes
/// workloads, rights and network rules by hand, what anonymous requests got, what was refused, and which time it
/// covers. Events are counted once, when their request is complete. Bodies of requests and answers, queries of
/// addresses and annotations are never kept. Memory is bounded: at most 5,000 rows a table, the rest is counted in sum.
/// Format: kubernetes.io, Auditing (audit.k8s.io/v1, v1beta1, v1alpha1 Event). Not for concurrent use; about 1 GB/s.
class AuditLog
{
public:
    AuditLog();
    AuditLog(AuditLog &&) noexcept;
    AuditLog &operator=(AuditLog &&) noexcept;
    AuditLog(const AuditLog &) = delete;
    AuditLog &operator=(const AuditLog &) = delete;
    ~AuditLog();

    /// Pieces of the log in order, cut anywhere. A line longer than 16 MiB is counted as unreadable.
    void add(std::string_view bytes);
    /// Ends a file: what stands behind its last line break is a line, too. Another one may follow.
    void endFile();
    /// Takes what another one counted.
    void merge(const AuditLog &other);

    [[nodiscard]] std::uint64_t events() const;
    [[nodiscard]] std::uint64_t unreadableLines() const;
    /// Time of the last event, RFC 3339; "" without one.
    [[nodiscard]] std::string last() const;

    /// The counts as one JSON object in the shape of a Kubernetes object: apiVersion audit.k8s.io/v1, kind AuditLog,
    /// metadata.name, then `events`, `requests`, `unreadableLines`, `period` {first, last, hours, gaps}, `levels`, and
    /// the tables `users`, `interactive`, `reads` (of Secrets), `anonymous`, `changes`, `denied`: sorted, with `name`
    /// (where there is an action, `user` and `action` together),
    /// `person`, `requests`, `first`, `last` and samples of at most ten namespaces, objects and addresses.
    [[nodiscard]] std::string toJson(std::string_view name) const;

private:
    struct Counts;
    void line(std::string_view text);

    std::unique_ptr<Counts> m_counts;
    std::string m_rest; ///< of a line that is not complete
    bool m_tooLong = false;
};

/// All of a stream. Errors: what the stream says, Cancelled.
[[nodiscard]] Result<> readAuditLog(BlockReader &stream, AuditLog &log, const RunContext &run);

} // namespace tally
