// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/core/audit/judged_audit.h"

#include <QTest>

#include <string>

namespace tally::test {

[[nodiscard]] inline std::string kubeSystem(const std::string &uid)
{
    return "apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system, uid: " + uid + "}\n---\n";
}

[[nodiscard]] inline std::string pod(const std::string &name, const std::string &uid, bool privileged)
{
    return "apiVersion: v1\nkind: Pod\nmetadata: {name: " + name + ", namespace: shop"
        + (uid.empty() ? std::string() : ", uid: " + uid)
        + "}\nspec: {containers: [{name: c, image: i, securityContext: {privileged: " + (privileged ? "true" : "false")
        + "}}]}\n---\n";
}

inline const std::string policies
    = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\n"
      "spec: {podSelector: {}, policyTypes: [Ingress, Egress]}\n---\n";

[[nodiscard]] inline Opened opened(const Audit &audit, const std::string &yaml, const std::string &name)
{
    ReadClusterOptions options;
    options.name = name;
    options.source = static_cast<int>(audit.state()->sources.size());
    Opened made;
    made.source.name = name;
    made.source.form = "yaml";
    made.source.sha256 = name;
    auto reading = readClusterFile(yaml, options);
    if (!reading)
        qFatal("%s cannot be read", name.c_str());
    made.things.emplace_back(reading->cluster);
    return made;
}

inline void add(Audit &audit, const std::string &yaml, const std::string &name)
{
    QVERIFY(audit.addSource(opened(audit, yaml, name)));
}

inline void judge(Audit &audit)
{
    const auto assessment = assess(catalogue(), allChecks(), checkInputs(*audit.state()));
    QVERIFY(assessment);
    QVERIFY(audit.addRun(*assessment));
}

} // namespace tally::test
