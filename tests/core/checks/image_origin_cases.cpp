// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/image_maker.h"

namespace tally::test {

namespace {

using Edit = std::function<void(Image &)>;
using Labels = std::map<std::string, std::string>;

Edit withLabels(const Labels &labels)
{
    return [=](Image &made) {
        for (const auto &[name, value] : labels)
            made.config.labels.emplace("org.opencontainers.image." + name, value);
    };
}

Edit withHistory(const std::vector<std::string> &commands)
{
    return [=](Image &made) {
        for (const std::string &command : commands)
            made.history.push_back({"2025-12-01T00:00:00Z", command, "", false});
    };
}

std::vector<CheckCase> labelCases()
{
    const std::string found = "default | app:1  |  | config.Labels";
    const Labels all = {{"title", "a"}, {"version", "1"}, {"revision", "c0ffee"}, {"source", "https://git.example.org"},
        {"created", "2025-12-01"}, {"vendor", "Beispiel GmbH"}, {"licenses", "Apache-2.0"}};
    Labels some = all;
    some.erase("revision");
    const auto plain = [](const char *name, const char *value) {
        return [=](Image &made) { made.config.labels.emplace(name, value); };
    };
    return {
        row("IMC-LABELS", "one is missing", image({}, withLabels(some)), {found}),
        row("IMC-LABELS", "all but a history", image({}, withHistory({"RUN make", "COPY app /app"})), {found}),
        row("IMC-LABELS", "nothing at all", image({}), {"nothing | app:1  |  | config.Labels"}),
        row("IMC-LABELS", "all", image({}, withLabels(all)), {}),
        row("IMC-BUILDER", "nothing", image({}), {found}),
        row("IMC-BUILDER", "a label", image({}, withLabels({{"vendor", "Beispiel GmbH"}})), {}),
        row("IMC-BUILDER", "the old label", image({}, plain("maintainer", "plattform@example.org")), {}),
        row("IMC-BUILDER", "the author", image({}, [](Image &made) { made.config.author = "Beispiel GmbH"; }), {}),
        row("IMC-BUILDER", "an attestation", image({}, [](Image &made) { made.config.os = "unknown"; }), {}),
    };
}

std::vector<CheckCase> nameCases()
{
    const auto named = [](const char *name, std::vector<std::string> names, std::vector<std::string> findings) {
        return row("IMC-VERSION", name, image({}, [&](Image &made) { made.names = names; }), std::move(findings));
    };
    return {
        named("latest", {"registry.example.org:5000/app:latest"},
            {"default | registry.example.org:5000/app:latest  |  | names"}),
        named("without a tag", {"app"}, {"default | app  |  | names"}),
        named("one of them has a version", {"app:latest", "app:2.4.1"}, {}),
        row("IMC-VERSION", "no name",
            image({},
                [](Image &made) {
                    made.names.clear();
                    made.configDigest = "sha256:0123456789abcdef";
                }),
            {"none | 0123456789ab  |  | names"}),
    };
}

std::vector<CheckCase> ageAndSizeCases()
{
    const auto aged = [](const char *name, const char *created, const char *label, bool bad) {
        return row("IMG-AGE", name,
            image({},
                [&](Image &made) {
                    made.config.created = created;
                    if (*label != 0)
                        withLabels({{"created", label}})(made);
                }),
            bad ? std::vector<std::string>{"default | app:1  |  | created"} : std::vector<std::string>{});
    };
    const auto undated = [](const char *name, const char *created) {
        return row("IMG-AGE", name, image({}, [&](Image &made) { made.config.created = created; }),
            {"undated | app:1  |  | created"});
    };
    const auto sized = [](const char *name, std::uint64_t bytes, std::vector<std::string> findings) {
        return row("IMG-SIZE", name, image({}, [&](Image &made) { made.bytes = bytes; }), std::move(findings));
    };
    return {
        aged("old", "2025-07-04T23:59:59.5Z", "", true),
        aged("on the day", "2025-07-05T00:00:00Z", "", false),
        undated("unknown", "1970-01-01T00:00:00Z"),
        undated("no date", ""),
        aged("by its label", "1980-01-01T00:00:01Z", "2024-02-03T04:05:06Z", true),
        undated("nonsense", "yesterday"),
        sized("large", 1'000'000'001, {"default | app:1  |  | size"}),
        sized("at the limit", 1'000'000'000, {}),
    };
}

std::vector<CheckCase> baseCases()
{
    const std::string field = " | app:1  |  | config.Labels.org.opencontainers.image.base.name";
    const auto based = [](const char *name, const char *base, const char *policy, std::vector<std::string> findings) {
        CheckCase one = row("IMG-BASE", name,
            image({},
                [&](Image &made) {
                    if (*base != 0)
                        withLabels({{"base.name", base}})(made);
                }),
            std::move(findings));
        one.policy = policy;
        return one;
    };
    const char *policy = "approvedBaseImages: [docker.io/library/debian, registry.example.org/base/]\n";
    return {
        based("not named", "", "", {"default" + field}),
        based("named", "debian:12", "", {}),
        based("approved", "debian:12", policy, {}),
        based("not approved", "docker.io/library/debian-evil:12", policy, {"not-approved" + field}),
        based("a policy without a list", "alpine:3.22", "minimumReplicas: 3\n", {}),
    };
}

std::vector<CheckCase> systemCases()
{
    const auto system = [](const char *check, const char *name, const char *id, const char *version,
                            std::vector<std::string> findings) {
        return row(check, name,
            image({},
                [&](Image &made) {
                    made.os.id = id;
                    made.os.versionId = version;
                }),
            std::move(findings));
    };
    const auto ends = [&](const char *name, const char *id, const char *version, const char *variant) {
        return system("IMG-BASE-EOL", name, id, version,
            *variant == 0
                ? std::vector<std::string>{}
                : std::vector<std::string>{std::string(variant) + " | app:1 /etc/os-release |  | etc/os-release"});
    };
    const auto unknown = [&](const char *name, const char *id, const char *version, const char *variant) {
        return system("IMC-OSUNKNOWN", name, id, version,
            *variant == 0 ? std::vector<std::string>{}
                          : std::vector<std::string>{std::string(variant) + " | app:1  |  | etc/os-release"});
    };
    return {
        ends("ended", "debian", "10", "default"),
        ends("of a service pack", "sles", "15.5", "default"),
        ends("of a minor release", "rhel", "7.9", "default"),
        ends("soon", "alpine", "3.20.3", "soon"),
        ends("supported", "debian", "12", ""),
        ends("rolling", "wolfi", "20230201", ""),
        ends("unknown", "plan9", "4", ""),
        unknown("not in the table", "plan9", "4", "default"),
        row("IMC-OSUNKNOWN", "a layer not read to its end",
            image({{"app"}},
                [](Image &made) {
                    made.os.id.clear();
                    made.layers.back().readToEnd = false;
                }),
            {}),
        unknown("a release to come", "debian", "99", "default"),
        unknown("none", "", "", "none"),
        unknown("rolling", "wolfi", "20230201", ""),
        unknown("supported", "debian", "12", ""),
        unknown("ended", "debian", "10", ""),
    };
}

std::vector<CheckCase> runtimeCases()
{
    const auto runtime
        = [](const char *name, const char *variable, const char *version, const char *program, bool bad) {
              return row("IMC-RUNTIME-EOL", name,
                  image({{program}},
                      [&](Image &made) {
                          made.config.env = {{variable, version}};
                      }),
                  bad ? std::vector<std::string>{std::string("default | app:1  |  | config.Env.") + variable}
                      : std::vector<std::string>{});
          };
    return {
        runtime("Node.js", "NODE_VERSION", "16.20.2", "usr/local/bin/node", true),
        runtime("Python", "PYTHON_VERSION", "3.9.18", "usr/local/bin/python3", true),
        runtime("supported", "PYTHON_VERSION", "3.11.9", "usr/local/bin/python3", false),
        runtime("not the project's own", "PYTHON_VERSION", "3.9.18", "usr/bin/python3", false),
        runtime("unknown release", "NODE_VERSION", "99.1.0", "usr/local/bin/node", false),
    };
}

std::vector<CheckCase> downloadCases()
{
    const auto built = [](const char *name, const char *command, const char *variant) {
        return row("IMC-ADDURL", name, image({}, withHistory({command})),
            *variant == 0 ? std::vector<std::string>{}
                          : std::vector<std::string>{std::string(variant) + " | app:1  |  | history[0]"});
    };
    return {
        built("ADD", "ADD https://downloads.example.org/tool.tgz /opt/ # buildkit", "default"),
        built("ADD of the old builder", "/bin/sh -c #(nop) ADD http://downloads.example.org/tool.tgz in /opt ",
            "default"),
        built("ADD with a checksum", "ADD --checksum=sha256:01 https://downloads.example.org/tool.tgz /opt/", ""),
        built("ADD of a repository", "ADD https://git.example.org/app.git#v1.2 /src", ""),
        built("into a shell", "RUN /bin/sh -c curl -fsSL https://get.example.org | sudo -E bash - # buildkit", "piped"),
        built("into Python", "/bin/sh -c wget -qO- https://get.example.org/x.py |python3", "piped"),
        built("into tar", "RUN /bin/sh -c curl -fsSL https://get.example.org/x.tgz | tar xz", ""),
        built("or", "RUN /bin/sh -c curl https://get.example.org/x || bash", ""),
        built("something else with a pipe", "RUN /bin/sh -c echo https://get.example.org | sh", ""),
        built("COPY", "COPY app /app # buildkit", ""),
    };
}

std::vector<CheckCase> minimalCases()
{
    const auto lean
        = [](const char *name, const std::vector<File> &files, const char *id, std::vector<std::string> findings) {
              return row("IMC-MINIMAL", name, image(files, [&](Image &made) { made.os.id = id; }), std::move(findings));
          };
    return {
        lean("distroless", {{"app"}}, "debian", {"default | app:1  |  | files"}),
        lean("scratch", {{"app"}}, "", {"scratch | app:1  |  | files"}),
        lean("with a shell", {{"app"}, {"bin/sh", 0777, EntryType::Symlink, "busybox"}}, "alpine", {}),
        lean("nothing read", {}, "", {}),
        row("IMC-MINIMAL", "a layer not read to its end",
            image({{"app"}}, [](Image &made) { made.layers.back().readToEnd = false; }), {}),
    };
}

} // namespace

std::vector<CheckCase> imageOriginCases()
{
    std::vector<CheckCase> all = labelCases();
    for (const auto &some :
        {nameCases(), ageAndSizeCases(), baseCases(), systemCases(), downloadCases(), runtimeCases(), minimalCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
