// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

#include "tests/support/encoded_secrets.h"

namespace tally::test {

namespace {

/// Until 2030, P-256
constexpr const char *goodCertificate
    = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJBekNCcWdJQkFUQUtCZ2dxaGtqT1BRUURBakFPTVF3d0NnWURWUVFEREFOM1pX"
      "SXdIaGNOTWpVd05qQXgKTURBd01EQXdXaGNOTXpBd05qQXhNREF3TURBd1dqQU9NUXd3Q2dZRFZRUUREQU4zWldJd1dUQVRCZ2NxaGtq"
      "TwpQUUlCQmdncWhrak9QUU1CQndOQ0FBUlYwZjNhRlJCaEhzY3ZrcTRqckdLWk81eXE0N2lHNGNVRVBxb0t0S0tqCjNJenVGV2JRTmgv"
      "cXUwSisvT2pvN04zbjJrZzRXVlRWRDh6UFl4YlZra01yTUFvR0NDcUdTTTQ5QkFNQ0EwZ0EKTUVVQ0lRRHlhMnozeHg3THBqcEIyNFBi"
      "ZTEwOU9uRFhkUlpLTU5MaEIrd2RxeFF4TndJZ1FRODhTRVV3aER6MgpYb2g4NENjejI3QXh4c016ZHBIRzBHSWtUR0h4SC9jPQotLS0t"
      "LUVORCBDRVJUSUZJQ0FURS0tLS0tCg==";
/// Ended 2025
constexpr const char *endedCertificate
    = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJBekNCcWdJQkFUQUtCZ2dxaGtqT1BRUURBakFPTVF3d0NnWURWUVFEREFOM1pX"
      "SXdIaGNOTWpRd01UQXgKTURBd01EQXdXaGNOTWpVd01UQXhNREF3TURBd1dqQU9NUXd3Q2dZRFZRUUREQU4zWldJd1dUQVRCZ2NxaGtq"
      "TwpQUUlCQmdncWhrak9QUU1CQndOQ0FBUy9YUjBvdnhRekdPalRmeVRQNStONC9WeGJJV2VoSk9jVUtxem9OcVBrClhFVFRaaERqSkdh"
      "eDNmSXprVklRY1krcFlCMDMxb0xpUWErR0cxeFcxdExkTUFvR0NDcUdTTTQ5QkFNQ0EwZ0EKTUVVQ0lRRFYyVk5NVHlNc3lJaGJPUG9q"
      "NjlSR1JOd0R3NVRuYURCNWsvZG1XaFRwaVFJZ05xRXNXUlcxbDhXbwpubkV3TW9pM0RxY2h6VElXT1JkNkw3TFNjZTJhY1FrPQotLS0t"
      "LUVORCBDRVJUSUZJQ0FURS0tLS0tCg==";
/// 2025-01-15 to 2026-01-15
constexpr const char *soonCertificate
    = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJBekNCcWdJQkFUQUtCZ2dxaGtqT1BRUURBakFPTVF3d0NnWURWUVFEREFOM1pX"
      "SXdIaGNOTWpVd01URTEKTURBd01EQXdXaGNOTWpZd01URTFNREF3TURBd1dqQU9NUXd3Q2dZRFZRUUREQU4zWldJd1dUQVRCZ2NxaGtq"
      "TwpQUUlCQmdncWhrak9QUU1CQndOQ0FBU2FxY0tqcXEvWENtSm5xeGdKUkJzMjB4KzdlOWplUXJTdGIva1Q2c21yCi9zeDR2cVVZMndS"
      "Wk8ra1cvWS9FYldPZzdEeEtpTDNrc0tncTFmNzRkYUR1TUFvR0NDcUdTTTQ5QkFNQ0EwZ0EKTUVVQ0lRQ0IvNmVuamltQ0pWZ0MwOFRW"
      "bVduY0V4b1pLaVNaT2dIbm1MRWZMOWRyRWdJZ2JBeTZkM0I1ZDNVeApSR1BtMXY4aUlFaTBySjc0UVpKb0YzL3Z4MFhyRmtvPQotLS0t"
      "LUVORCBDRVJUSUZJQ0FURS0tLS0tCg==";
/// 36 hours, until 2026-01-01 12:00
constexpr const char *shortCertificate
    = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJBekNCcWdJQkFUQUtCZ2dxaGtqT1BRUURBakFPTVF3d0NnWURWUVFEREFOM1pX"
      "SXdIaGNOTWpVeE1qTXgKTURBd01EQXdXaGNOTWpZd01UQXhNVEl3TURBd1dqQU9NUXd3Q2dZRFZRUUREQU4zWldJd1dUQVRCZ2NxaGtq"
      "TwpQUUlCQmdncWhrak9QUU1CQndOQ0FBUmwrUGozZzBIbVZzRU9XMkN3eGxVL3YxSTNCS3NaaDRPZXVYYityazlyCmEybkU3VHJwTEhX"
      "NVZ3SkNyUmpQU2E2b201eENXVzVrQXRwWUhpTEtuNFdJTUFvR0NDcUdTTTQ5QkFNQ0EwZ0EKTUVVQ0lDbTNUa25ldWs1SGhsclZPUW1Z"
      "YjJYcDVqMDV6WGtwTm1ZTW9HQ3psUlBHQWlFQXhhSHZySVkzTU4rOQovWDFyMGErWmR3RHlybkIyMS9UTkI3K2ZhR015VUVvPQotLS0t"
      "LUVORCBDRVJUSUZJQ0FURS0tLS0tCg==";
/// config: {replicas: 3, auth: {existingSecret: shop-db}}
constexpr const char *releaseWithout
    = "SDRzSUFBQUFBQUFDLzNXTVN3cUVNQkJFcnlLOWRzVFBicTdoQ2RyWW1vWXhrYVFWSWVUdTB3WmN1cXRYeGFzRURqZUNid1hSK2gzcUNr"
      "NEtrYjNUcWxNeUZvTm9UckNSNEl5Q0JkNGw2SnErYVNIblcvWnU0YlVJZ2ZZZkc0d0tneTU0aUMwOVhSeUYzVHFTQ1NUUDVXZWU5Q0gv"
      "QVFnUXF0S2RBQUFB";

std::string secret(std::string_view name, std::string_view type, std::string_view data)
{
    return "apiVersion: v1\nkind: Secret\nmetadata: {name: " + std::string(name)
        + ", namespace: shop}\ntype: " + std::string(type) + "\ndata: {" + std::string(data) + "}\n";
}

std::string tls(std::string_view certificate)
{
    return secret("web-tls", "kubernetes.io/tls",
        "tls.key: WnE4bVQ0dkxwMlh3OVJiSw==, tls.crt: \"" + std::string(certificate) + '"');
}

std::string release(int revision, std::string_view data)
{
    return secret("sh.helm.release.v1.shop.v" + std::to_string(revision), "helm.sh/release.v1",
        "release: \"" + std::string(data) + '"');
}

/// Of cert-manager.
std::string managed(std::string_view notAfter)
{
    return "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: web, namespace: shop}\n"
           "spec: {secretName: web-tls}\nstatus: {notAfter: \""
        + std::string(notAfter) + "\"}\n";
}

std::vector<CheckCase> certificateCases()
{
    const std::string noSecrets = emptyList("v1", "Secret");
    const std::string place = " | Secret shop/web-tls |  | data.tls.crt";
    const std::string ofManager = " | Certificate shop/web |  | status.notAfter";
    return {
        {"SEC-TLSCERT", "ended", tls(endedCertificate), {"default" + place}},
        {"SEC-TLSCERT", "ends soon", tls(soonCertificate), {"soon" + place}},
        {"SEC-TLSCERT", "weak key", tls(weakCertificate), {"weak" + place}},
        {"SEC-TLSCERT", "good", tls(goodCertificate), {}},
        {"SEC-TLSCERT", "made for hours", tls(shortCertificate), {}},
        {"SEC-TLSCERT", "taken out of the export", secret("web-tls", "kubernetes.io/tls", ""),
            {"unread | - |  | data.tls.crt"}},
        {"SEC-TLSCERT", "no certificate",
            tls("LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCkFBQUEKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="),
            {"unread | - |  | data.tls.crt"}},
        {"SEC-TLSCERT", "another type",
            secret("web-tls", "Opaque", "tls.crt: \"" + std::string(endedCertificate) + '"'), {}},
        {"SEC-TLSCERT", "cert-manager says ended", documents({noSecrets, managed("2025-12-31T00:00:00Z")}),
            {"default" + ofManager}},
        {"SEC-TLSCERT", "cert-manager says soon", documents({noSecrets, managed("2026-01-03T00:00:00Z")}),
            {"soon" + ofManager}},
        {"SEC-TLSCERT", "cert-manager says good", documents({noSecrets, managed("2026-03-01T00:00:00Z")}), {}},
        {"SEC-TLSCERT", "the Secret says it already",
            documents({tls(endedCertificate), managed("2025-01-01T00:00:00Z")}), {"default" + place}},
    };
}

std::vector<CheckCase> helmCases()
{
    const std::string place = "default | Secret shop/sh.helm.release.v1.shop.v";
    return {
        {"SEC-HELM-VALUES", "credentials", release(2, releaseWithCredentials), {place + "2 |  | data.release"}},
        {"SEC-HELM-VALUES", "one finding for all revisions",
            documents({release(9, releaseWithCredentials), release(10, releaseWithCredentials)}),
            {place + "10 |  | data.release"}},
        {"SEC-HELM-VALUES", "none", release(1, releaseWithout), {}},
        {"SEC-HELM-VALUES", "of another type",
            secret("x", "Opaque", "release: \"" + std::string(releaseWithCredentials) + '"'), {}},
        {"SEC-HELM-VALUES", "taken out of the export", secret("sh.helm.release.v1.shop.v1", "helm.sh/release.v1", ""),
            {"unread | - |  | data.release"}},
        {"SEC-HELM-VALUES", "broken", release(1, std::string_view(releaseWithCredentials).substr(0, 200)),
            {"unread | - |  | data.release"}},
    };
}

std::vector<CheckCase> mastersCases()
{
    const auto with = [](std::string_view subject, std::string_view labels, const std::string &secrets) {
        return documents(
            {"apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: b, labels: {"
                    + std::string(labels)
                    + "}}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n"
                      "subjects: ["
                    + std::string(subject) + "]\n",
                emptyList("rbac.authorization.k8s.io/v1", "RoleBinding"), secrets});
    };
    const std::string masters = "{kind: User, name: alice}, {kind: Group, name: \"system:masters\"}";
    const std::string noSecrets = emptyList("v1", "Secret");
    return {
        {"RBAC-MASTERS", "bound", with(masters, "", noSecrets), {"default | ClusterRoleBinding b |  | subjects[1]"}},
        {"RBAC-MASTERS", "built-in binding", with(masters, "kubernetes.io/bootstrapping: rbac-defaults", noSecrets),
            {}},
        {"RBAC-MASTERS", "another group", with("{kind: Group, name: operators}", "", noSecrets), {}},
        {"RBAC-MASTERS", "certificate",
            with("", "", secret("admin", "Opaque", "client.crt: \"" + std::string(mastersCertificate) + '"')),
            {"certificate | Secret shop/admin |  | data.client.crt"}},
        {"RBAC-MASTERS", "certificate of somebody else", with("", "", tls(goodCertificate)), {}},
    };
}

} // namespace

std::vector<CheckCase> secretContentCases()
{
    std::vector<CheckCase> all = certificateCases();
    for (const auto &some : {helmCases(), mastersCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
