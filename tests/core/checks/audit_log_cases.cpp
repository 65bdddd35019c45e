// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"
#include "tests/core/cluster/etcd_maker.h"

namespace tally::test {

namespace {

struct EventParts
{
    std::string user = "alice";
    std::string verb = "get";
    std::string reference = R"({"resource":"secrets","namespace":"shop","name":"db"})";
    int code = 200;
    std::string day = "2026-03-01";
    std::string uri = "/api";
};

std::string line(const EventParts &parts)
{
    return R"({"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"1","stage":"ResponseComplete",)"
           R"("requestURI":")"
        + parts.uri + R"(","verb":")" + parts.verb + R"(","user":{"username":")" + parts.user + R"("},"objectRef":)"
        + parts.reference + R"(,"responseStatus":{"code":)" + std::to_string(parts.code)
        + R"(},"requestReceivedTimestamp":")" + parts.day + "T10:00:00Z\"}\n";
}

const std::string exec = R"({"resource":"pods","subresource":"exec","namespace":"shop","name":"web"})";
const std::string webDeployment = R"({"resource":"deployments","apiGroup":"apps","namespace":"shop","name":"web"})";
const std::string log = " | AuditLog case.yaml |  | ";
const std::string snapshot = " | EtcdSnapshot case.yaml |  | ";
const std::string plain("k8s\0", 4);
const std::string encrypted = "k8s:enc:secretbox:v1:key:x";
const std::string account = "system:serviceaccount:ci:runner";

/// Something that no check is about.
const std::string quiet = line({.user = "system:node:n1", .reference = R"({"resource":"nodes","name":"n1"})"});

/// One event an hour over the days of March from `first` to `last`.
std::string days(int first, int last)
{
    std::string text;
    for (int day = first; day <= last; ++day) {
        const std::string date = std::string("2026-03-") + (day < 10 ? "0" : "") + std::to_string(day);
        text += line({.user = "system:node:n1", .reference = R"({"resource":"nodes","name":"n1"})", .day = date});
        std::string late
            = line({.user = "system:node:n1", .reference = R"({"resource":"nodes","name":"n1"})", .day = date});
        late.replace(late.find("T10:"), 4, "T22:");
        text += late;
    }
    return text;
}

} // namespace

std::vector<CheckCase> auditLogCases()
{
    return {
        {"AUD-EXEC", "a person", line({.verb = "create", .reference = exec, .code = 101}),
            {"default" + log + "interactive[0]"}},
        {"AUD-EXEC", "a program", line({.user = account, .verb = "create", .reference = exec, .code = 101}),
            {"program" + log + "interactive[0]"}},
        {"AUD-EXEC", "refused", line({.verb = "create", .reference = exec, .code = 403}), {}},
        {"AUD-EXEC", "nothing of the kind", quiet, {}},
        {"AUD-ANON", "got an answer",
            line({.user = "system:anonymous", .verb = "list", .reference = R"({"resource":"pods"})"}),
            {"program" + log + "anonymous[0]"}},
        {"AUD-ANON", "refused or harmless",
            line({.user = "system:anonymous", .verb = "list", .reference = R"({"resource":"pods"})", .code = 403})
                + line({.user = "system:anonymous", .reference = "{}", .uri = "/readyz"}),
            {}},
        {"AUD-SECRETS", "a person and a program", line({}) + line({.user = account, .verb = "list"}),
            {"default" + log + "reads[0]", "program" + log + "reads[1]"}},
        {"AUD-SECRETS", "other things", quiet + line({.reference = R"({"resource":"configmaps","name":"a"})"}), {}},
        {"AUD-MANUALCHANGE", "by a person", line({.verb = "patch", .reference = webDeployment}),
            {"default" + log + "changes[0]"}},
        {"AUD-MANUALCHANGE", "by the pipeline", line({.user = account, .verb = "patch", .reference = webDeployment}),
            {}},
        {"AUD-PERIOD", "a gap", days(1, 9) + days(20, 22), {"default" + log + "period.gaps[0]"}},
        {"AUD-PERIOD", "half days are no gap", days(1, 9), {}},
        {"AUD-PERIOD", "an extract", quiet, {"short" + log + "period"}},
        {"SEC-ETCD-PLAINTEXT", "all in clear", etcdDatabase({{"/registry/secrets/shop/db", plain}}),
            {"default" + snapshot + "stored[0]"}},
        {"SEC-ETCD-PLAINTEXT", "some in clear",
            etcdDatabase({{"/registry/configmaps/shop/a", plain}, {"/registry/secrets/shop/db", plain},
                {"/registry/secrets/shop/tls", encrypted}}),
            {"some" + snapshot + "stored[1]"}},
        {"SEC-ETCD-PLAINTEXT", "written again",
            etcdDatabase({{"/registry/secrets/shop/db", plain}, {"/registry/secrets/shop/db", encrypted}}), {}},
        {"SEC-ETCD-PLAINTEXT", "no Secrets at all", etcdDatabase({{"/registry/configmaps/shop/a", plain}}), {}},
    };
}

} // namespace tally::test
