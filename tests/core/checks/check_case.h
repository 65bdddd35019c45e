// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check.h"
#include "core/checks/engine.h"
#include "core/cluster/cluster.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tally::test {

/// What one check must say about one input.
struct CheckCase
{
    std::string check;
    std::string name;
    std::string yaml;                  ///< of the export; may be empty where only images are opened
    std::vector<std::string> findings; ///< describe() of each; empty: a good case
    std::string policy = {};
    std::vector<ImagePtr> images = {};
    std::vector<PublicKey> keys = {};
};

/// A Pod shop/web with the labels app=web, one container "app", and these lines in its specification and its container.
[[nodiscard]] std::string pod(std::string_view specLines, std::string_view containerLines);
/// The same pod as template of a Deployment with three replicas (its ReplicaSet and Pods not there), or of a CronJob.
[[nodiscard]] std::string deployment(std::string_view specLines, std::string_view containerLines);
[[nodiscard]] std::string cronJob(std::string_view specLines, std::string_view containerLines);
/// An empty List: evidence that the kind was asked for.
[[nodiscard]] std::string emptyList(std::string_view apiVersion, std::string_view kind);
/// And an empty List of each kind that the checks need and the text does not hold: who judges one file takes what it
/// does not hold as not there.
[[nodiscard]] std::string withEmptyKinds(std::string yaml, const CheckSet &checks);
/// Joined with document separators.
[[nodiscard]] std::string documents(const std::vector<std::string> &parts);

[[nodiscard]] ClusterPtr clusterOf(const std::string &yaml);
[[nodiscard]] ClusterPtr clusterOfFolder(const std::filesystem::path &folder);
[[nodiscard]] const Catalogue &catalogue();
[[nodiscard]] const CheckSet &allChecks();
/// Those of the given ids only.
[[nodiscard]] CheckSet onlyChecks(const std::vector<std::string> &ids);
/// Runs them and ends the test on an error.
[[nodiscard]] std::vector<Finding> findingsOf(const CheckSet &checks, const CheckInput &input);
[[nodiscard]] std::vector<Finding> findingsOf(const CheckSet &checks, const std::string &yaml);

/// "variant | Kind namespace/name | container | field"
[[nodiscard]] std::string describe(const Finding &finding);

/// The tables, by the file of functions.
[[nodiscard]] std::vector<CheckCase> podCases();
[[nodiscard]] std::vector<CheckCase> podHardeningCases();
[[nodiscard]] std::vector<CheckCase> podOperationCases();
[[nodiscard]] std::vector<CheckCase> volumeCases();
[[nodiscard]] std::vector<CheckCase> storageCases();
[[nodiscard]] std::vector<CheckCase> resilienceCases();
[[nodiscard]] std::vector<CheckCase> resourceCases();
[[nodiscard]] std::vector<CheckCase> imageCases();
[[nodiscard]] std::vector<CheckCase> secretCases();
[[nodiscard]] std::vector<CheckCase> rbacCases();
[[nodiscard]] std::vector<CheckCase> rbacRightsCases();
[[nodiscard]] std::vector<CheckCase> identityCases();
[[nodiscard]] std::vector<CheckCase> secretObjectCases();
[[nodiscard]] std::vector<CheckCase> secretContentCases();
[[nodiscard]] std::vector<CheckCase> networkCases();
[[nodiscard]] std::vector<CheckCase> networkRuleCases();
[[nodiscard]] std::vector<CheckCase> exposureCases();
[[nodiscard]] std::vector<CheckCase> scanCases();
[[nodiscard]] std::vector<CheckCase> referenceCases();
[[nodiscard]] std::vector<CheckCase> governanceCases();
[[nodiscard]] std::vector<CheckCase> imageContentCases();
[[nodiscard]] std::vector<CheckCase> imageRightsCases();
[[nodiscard]] std::vector<CheckCase> imageOriginCases();
[[nodiscard]] std::vector<CheckCase> controlPlaneCases();
[[nodiscard]] std::vector<CheckCase> kubeletCases();
[[nodiscard]] std::vector<CheckCase> imageSignatureCases();
[[nodiscard]] std::vector<CheckCase> policyEngineCases();
[[nodiscard]] std::vector<CheckCase> platformCases();
[[nodiscard]] std::vector<CheckCase> nodeFileCases();
[[nodiscard]] std::vector<CheckCase> watchingCases();
[[nodiscard]] std::vector<CheckCase> auditLogCases();
[[nodiscard]] std::vector<CheckCase> housePolicyCases();
[[nodiscard]] std::vector<CheckCase> allCases();

} // namespace tally::test
