// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "ui/models/session.h"

namespace tally::test {

/// The catalogue and the checks that are built in; the test fails if they cannot be read.
[[nodiscard]] ui::Knowledge builtInKnowledge();

/// Three namespaces: "payments" with a policy for ingress, "shop" without, "kube-public" of which only the Namespace
/// object is there. ResourceQuota was never asked for.
[[nodiscard]] ClusterPtr sampleCluster();

/// Two layers; the second one changes /etc/passwd, adds /srv/app and removes /etc/motd.
[[nodiscard]] ImagePtr sampleImage();

/// Findings at SYS.1.6.A17.1: one cause at six workloads of "payments", two of them in kube-system, and one at an
/// image.
[[nodiscard]] AuditStatePtr sampleState();

} // namespace tally::test
