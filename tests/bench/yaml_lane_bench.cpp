// SPDX-License-Identifier: Apache-2.0
// Ratio of yaml-cpp's Load to readYaml() on the same text, in processor time of all threads: on a busy machine wall
// clock tells nothing. With several threads the wall clock's ratio is better still. Usage: yaml_lane_bench [FILE];
// without a file: a List of 40 MB.
#include "core/base/text_format.h"
#include "core/document/readers.h"
#include "core/io/file.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace tally;

namespace {

std::string deployments(int count)
{
    std::string text = "apiVersion: v1\nitems:\n";
    for (int i = 0; i < count; ++i) {
        const std::string n = std::to_string(i);
        text += "- apiVersion: apps/v1\n  kind: Deployment\n  metadata:\n    labels:\n      app: app-" + n
            + "\n    name: app-" + n + "\n    namespace: team-" + std::to_string(i % 50)
            + "\n  spec:\n    replicas: 2\n    template:\n      spec:\n        containers:\n        - args:\n          "
              "- "
              "--port=8080\n          - \"--verbose\"\n          env:\n          - name: LEVEL\n            value: "
              "\"1\"\n          image: registry.example.org/team/app:1."
            + n
            + "\n          name: app\n          resources: {}\n          securityContext:\n            "
              "runAsNonRoot: true\n";
    }
    return text + "kind: List\n";
}

template<typename Work>
double seconds(int times, Work work)
{
    double best = 1e9;
    for (int i = 0; i < times; ++i) {
        const std::clock_t begin = std::clock();
        work();
        best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    }
    return best;
}

/// Without the copy of the text that each round needs.
double secondsToRead(const std::string &text, const ReadOptions &options)
{
    std::string copy;
    double best = 1e9;
    for (int i = 0; i < 5; ++i) {
        copy = text;
        best = std::min(best, seconds(1, [&] { (void)readYaml(std::move(copy), options); }));
    }
    return best;
}

} // namespace

int main(int argc, char *argv[])
{
    std::string text;
    if (argc > 1) {
        Result<std::string> file = readFile(argv[1], Limits{});
        if (!file)
            return 1;
        text = *std::move(file);
    } else {
        text = deployments(80000);
    }
    ReadOptions options;
    const double masked = secondsToRead(text, options);
    options.maskSecrets = false;
    const double plain = secondsToRead(text, options);
    // Load needs 55 times the input in memory: a sample of the text is enough for its speed.
    constexpr std::size_t sample = 4U << 20;
    std::string part = text.substr(0, text.rfind("\n- ", sample) + 1);
    const double load = seconds(2, [&] { (void)YAML::Load(part); }) * static_cast<double>(text.size())
        / static_cast<double>(part.size());
    std::printf("%s; readYaml %.3f s (unmasked %.3f s); yaml-cpp Load %.1f s; ratio %.0f (unmasked %.0f)\n",
        formatBytes(text.size(), Language::English).c_str(), masked, plain, load, load / masked, load / plain);
    return 0;
}
