// SPDX-License-Identifier: Apache-2.0
// How fast an export of a cluster is read to typed objects, and how fast all checks run over it.
// Usage: cluster_bench [--rounds N] [--full] [--cli TALLYMANN_CLI] [FILE...]
//        cluster_bench [--rounds N] [--slowest] --checks [PODS]
//                                              all checks over PODS and twice as many made-up pods (15,000), in many
//                                              namespaces, in one, and without controllers; the slowest checks alone
//        cluster_bench [--rounds N] [--slowest] --checks FILE    the same over an export
//        cluster_bench --make json|yaml|odd PODS   prints such a cluster, about 2.4 objects a pod
// A file is a List as kubectl prints it, JSON or YAML; without any, one of each is made. Reading is measured as wall
// clock with all threads and as processor time with one, the best of some rounds, beside what it is compared to:
//   JSON:  simdjson's DOM
//   YAML:  yaml-cpp's events and, with --full, its Load (55 times the input in memory), libyaml's events where that
//          library was found when this was built
// and the peak memory of a process that does nothing but read the file. With --cli also the whole process of
// tallymann-cli cluster FILE --json -.
#include "core/base/text_format.h"
#include "core/catalogue/catalogue.h"
#include "core/checks/engine.h"
#include "core/cluster/cluster_builder.h"
#include "core/io/file.h"
#include "tests/bench/cluster_maker.h"

#include <simdjson.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>
#if defined(TALLY_BENCH_LIBYAML)
#include <yaml.h>
#endif

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

using namespace tally;

namespace {

struct Time
{
    double wall = 1e9;
    double processor = 1e9; ///< of all threads

    void takeBetter(const Time &other)
    {
        wall = std::min(wall, other.wall);
        processor = std::min(processor, other.processor);
    }
};

Time timeOf(const std::function<void()> &work)
{
    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t clock = std::clock();
    work();
    const std::clock_t spent = std::clock() - clock;
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
        static_cast<double>(spent) / CLOCKS_PER_SEC};
}

void useThreads(const char *number)
{
    if (number)
        ::setenv("TALLYMANN_THREADS", number, 1); // NOLINT(concurrency-mt-unsafe): between the measurements
    else
        ::unsetenv("TALLYMANN_THREADS"); // NOLINT(concurrency-mt-unsafe)
}

std::string load()
{
    std::ifstream file("/proc/loadavg");
    std::string average;
    file >> average;
    return average;
}

struct CountingHandler : YAML::EventHandler
{
    std::size_t nodes = 0;
    void OnDocumentStart(const YAML::Mark & /*mark*/) override { }
    void OnDocumentEnd() override { }
    void OnNull(const YAML::Mark & /*mark*/, YAML::anchor_t /*anchor*/) override { ++nodes; }
    void OnAlias(const YAML::Mark & /*mark*/, YAML::anchor_t /*anchor*/) override { ++nodes; }
    void OnScalar(const YAML::Mark & /*mark*/, const std::string & /*tag*/, YAML::anchor_t /*anchor*/,
        const std::string & /*value*/) override
    {
        ++nodes;
    }
    void OnSequenceStart(const YAML::Mark & /*mark*/, const std::string & /*tag*/, YAML::anchor_t /*anchor*/,
        YAML::EmitterStyle::value /*style*/) override
    {
        ++nodes;
    }
    void OnSequenceEnd() override { }
    void OnMapStart(const YAML::Mark & /*mark*/, const std::string & /*tag*/, YAML::anchor_t /*anchor*/,
        YAML::EmitterStyle::value /*style*/) override
    {
        ++nodes;
    }
    void OnMapEnd() override { }
};

struct Reference
{
    std::string name;
    std::function<void(const std::string &text)> parse;
    int rounds = 1; ///< of the slow ones one is enough
    Time time{};
};

#if defined(TALLY_BENCH_LIBYAML)
void parseWithLibyaml(const std::string &text)
{
    yaml_parser_t parser;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char *>(text.data()), text.size());
    for (bool done = false; !done;) {
        yaml_event_t event;
        if (yaml_parser_parse(&parser, &event) == 0)
            break;
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}
#endif

std::vector<Reference> referencesFor(bool isJson, bool isFull, int rounds)
{
    if (isJson) {
        return {{"simdjson's DOM",
            [](const std::string &text) {
                static simdjson::padded_string padded(text);
                if (padded.size() != text.size())
                    padded = simdjson::padded_string(text);
                simdjson::dom::parser parser;
                (void)parser.parse(padded).error();
            },
            rounds}};
    }
    std::vector<Reference> references{{"yaml-cpp's events", [](const std::string &text) {
                                           std::istringstream stream(text);
                                           YAML::Parser parser(stream);
                                           CountingHandler handler;
                                           while (parser.HandleNextDocument(handler)) { }
                                       }}};
#if defined(TALLY_BENCH_LIBYAML)
    references.push_back({"libyaml's events", parseWithLibyaml, 2});
#endif
    if (isFull)
        references.push_back({"yaml-cpp's Load", [](const std::string &text) { (void)YAML::LoadAll(text); }});
    return references;
}

bool readOnce(std::string text, const std::string &name)
{
    ReadClusterOptions options;
    options.name = name;
    const Result<ClusterReading> reading = readClusterFile(std::move(text), options);
    if (!reading)
        std::fprintf(stderr, "%s: %s\n", name.c_str(), reading.error().message.def->text);
    return reading.has_value();
}

/// Without the copy of the text that each round needs.
Time timeToRead(const std::string &text, const std::string &name)
{
    constexpr std::size_t room = 256; // as readFile() leaves behind a text for the readers' padding
    std::string copy;
    copy.reserve(text.size() + room);
    copy = text;
    ReadClusterOptions options;
    options.name = name;
    std::optional<Result<ClusterReading>> reading;
    return timeOf([&] { reading.emplace(readClusterFile(std::move(copy), options)); });
}

struct Process
{
    double seconds = 0;
    double megabytes = 0; ///< peak memory
};

Process runProcess(const std::vector<std::string> &command)
{
    std::vector<char *> arguments;
    for (const std::string &argument : command)
        arguments.push_back(const_cast<char *>(argument.c_str())); // NOLINT: execvp's type
    arguments.push_back(nullptr);
    const auto begin = std::chrono::steady_clock::now();
    std::fflush(stdout); // else the child would print it, too
    const pid_t child = ::fork();
    if (child == 0) {
        (void)std::freopen("/dev/null", "w", stdout);
        ::execvp(arguments[0], arguments.data());
        ::_exit(127);
    }
    int status = 0;
    rusage usage{};
    ::wait4(child, &status, 0, &usage);
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
        static_cast<double>(usage.ru_maxrss) / 1024};
}

struct BenchOptions
{
    int rounds = 5;
    bool isFull = false;
    bool showsSlowest = false;
    std::string cli;
    std::string program;
};

void measureReading(const std::string &path, const BenchOptions &bench)
{
    Result<std::string> file = readFile(path, Limits{});
    if (!file || file->empty()) {
        std::fprintf(stderr, "%s cannot be read\n", path.c_str());
        return;
    }
    const std::string name = std::filesystem::path(path).filename().string();
    const bool isJson = file->front() == '{' || file->front() == '[';
    // First: the peak of a process counts what its parent held when it was forked.
    const double megabytes = static_cast<double>(file->size()) / (1U << 20U);
    const double memory = runProcess({bench.program, "--once", path}).megabytes;
    std::vector<Reference> references = referencesFor(isJson, bench.isFull, bench.rounds);
    Time all;
    Time one;
    double whole = 1e9;
    for (int round = 0; round < bench.rounds; ++round) {
        useThreads(nullptr);
        all.takeBetter(timeToRead(*file, name));
        useThreads("1");
        one.takeBetter(timeToRead(*file, name));
        useThreads(nullptr);
        for (Reference &reference : references) {
            if (round < reference.rounds)
                reference.time.takeBetter(timeOf([&] { reference.parse(*file); }));
        }
        if (!bench.cli.empty())
            whole = std::min(whole, runProcess({bench.cli, "cluster", path, "--json", "-"}).seconds);
    }
    std::printf("%s (%s, load %s): read to typed objects in %.3f s, with one thread %.3f s; peak memory %.0f MiB, %.1f "
                "x the input\n",
        name.c_str(), formatBytes(file->size(), Language::English).c_str(), load().c_str(), all.wall, one.processor,
        memory, memory / megabytes);
    const auto compare = [&](const char *what, double ours, double theirs) {
        if (isJson)
            std::printf("  %s: %.2f x the time", what, ours / theirs);
        else
            std::printf("  %s: %.1f x as fast", what, theirs / ours);
    };
    for (const Reference &reference : references) {
        std::printf("  %s %.3f s;", reference.name.c_str(), reference.time.processor);
        compare("all threads", all.wall, reference.time.processor);
        compare("one", one.processor, reference.time.processor);
        if (!bench.cli.empty())
            compare("the whole process", whole, reference.time.processor);
        std::printf("\n");
    }
}

ClusterPtr madeCluster(const bench::MadeCluster &made)
{
    std::string text;
    bench::makeList(made, bench::Format::Json, [&](const std::string &piece) { text += piece; });
    ReadClusterOptions options;
    options.name = "made.json";
    Result<ClusterReading> reading = readClusterFile(std::move(text), options);
    return reading ? reading->cluster : nullptr;
}

CheckInput inputOf(const ClusterPtr &cluster)
{
    CheckInput input;
    input.cluster = cluster.get();
    input.now = 1'780'000'000;
    return input;
}

Time timeOfChecks(const CheckSet &checks, const ClusterPtr &cluster, int rounds, std::size_t *findings = nullptr)
{
    Time best;
    for (int i = 0; i < rounds; ++i) {
        std::size_t found = 0;
        best.takeBetter(timeOf([&] {
            const auto result = runChecks(checks, inputOf(cluster));
            found = result ? result->size() : 0;
        }));
        if (findings)
            *findings = found;
    }
    return best;
}

void printSlowest(const CheckSet &checks, const ClusterPtr &cluster)
{
    CheckSet alone;
    alone.support = checks.support;
    const double none = timeOfChecks(alone, cluster, 3).processor;
    std::vector<std::pair<double, std::string>> times;
    for (const Check &check : checks.checks) {
        alone.checks = {check};
        times.emplace_back(timeOfChecks(alone, cluster, 1).processor - none, check.id);
    }
    std::ranges::sort(times, std::greater<>());
    std::printf("  preparing %.0f ms; the slowest:", 1000 * none);
    for (std::size_t i = 0; i < std::min<std::size_t>(times.size(), 8); ++i)
        std::printf(" %s %.1f ms%s", times[i].second.c_str(), 1000 * times[i].first, i < 7 ? "," : "\n");
}

int measureChecksOf(const std::string &path, const BenchOptions &bench)
{
    const auto catalogue = loadCatalogue({});
    const auto checks = catalogue ? loadChecks({}, **catalogue) : Result<CheckSetPtr>(nullptr);
    Result<std::string> text = readFile(path, Limits{});
    if (!catalogue || !checks || !text)
        return 1;
    ReadClusterOptions options;
    options.name = std::filesystem::path(path).filename().string();
    const Result<ClusterReading> reading = readClusterFile(*std::move(text), options);
    if (!reading || !reading->cluster)
        return 1;
    std::size_t findings = 0;
    const Time time = timeOfChecks(**checks, reading->cluster, bench.rounds, &findings);
    std::printf("%zu checks, %zu objects (load %s): %.3f s (processor %.3f s), %zu findings\n",
        (*checks)->checks.size(), reading->cluster->objects.size(), load().c_str(), time.wall, time.processor,
        findings);
    if (bench.showsSlowest)
        printSlowest(**checks, reading->cluster);
    return 0;
}

int measureChecks(std::size_t pods, const BenchOptions &bench)
{
    const auto catalogue = loadCatalogue({});
    const auto checks = catalogue ? loadChecks({}, **catalogue) : Result<CheckSetPtr>(nullptr);
    if (!catalogue || !checks)
        return 1;
    struct Case
    {
        const char *name;
        std::size_t namespaces;
        bool controlled;
    };
    for (const Case &each : {Case{"many namespaces", pods / 100, true}, Case{"one namespace", 1, true},
             Case{"without controllers", pods / 100, false}}) {
        const std::size_t many = std::max<std::size_t>(each.namespaces, 1);
        const ClusterPtr small = madeCluster({pods, many, each.controlled});
        const ClusterPtr large = madeCluster({2 * pods, many == 1 ? 1 : 2 * many, each.controlled});
        if (!small || !large)
            return 1;
        std::size_t findings = 0;
        Time once;
        Time twice;
        for (int i = 0; i < bench.rounds; ++i) {
            once.takeBetter(timeOfChecks(**checks, small, 1, &findings));
            twice.takeBetter(timeOfChecks(**checks, large, 1));
        }
        std::printf(
            "%zu checks, %zu pods, %s (load %s): %.3f s (processor %.3f s), %zu findings; twice the pods %.3f s "
            "(processor %.3f s), %.2f x\n",
            (*checks)->checks.size(), pods, each.name, load().c_str(), once.wall, once.processor, findings, twice.wall,
            twice.processor, twice.processor / once.processor);
        if (bench.showsSlowest)
            printSlowest(**checks, large);
    }
    return 0;
}

int makeFile(const std::string &format, std::size_t pods)
{
    const std::size_t objects = bench::makeList({pods, std::max<std::size_t>(pods / 100, 1), true},
        format == "odd"        ? bench::Format::OddYaml
            : format == "yaml" ? bench::Format::Yaml
                               : bench::Format::Json,
        [](const std::string &piece) { (void)std::fwrite(piece.data(), 1, piece.size(), stdout); });
    std::fprintf(stderr, "%zu objects\n", objects);
    return 0;
}

int measureFiles(std::vector<std::string> files, const BenchOptions &bench)
{
    std::filesystem::path folder;
    if (files.empty()) {
        std::string pattern = (std::filesystem::temp_directory_path() / "cluster_bench.XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
        for (const char *name : {"made.json", "made.yaml"}) {
            files.push_back((folder / name).string());
            std::ofstream out(files.back(), std::ios::binary);
            bench::makeList({}, files.size() == 1 ? bench::Format::Json : bench::Format::Yaml,
                [&](const std::string &piece) { out << piece; });
        }
    }
    for (const std::string &file : files)
        measureReading(file, bench);
    if (!folder.empty())
        std::filesystem::remove_all(folder);
    return 0;
}

std::size_t numberAt(const std::vector<std::string> &arguments, std::size_t at, std::size_t otherwise)
{
    return at < arguments.size() ? std::strtoul(arguments[at].c_str(), nullptr, 10) : otherwise;
}

} // namespace

int main(int argc, char *argv[])
{
    (void)std::setvbuf(stdout, nullptr, _IOLBF, 0); // measuring takes long
    constexpr std::size_t usualPods = 15000;
    BenchOptions bench;
    bench.program = std::filesystem::canonical("/proc/self/exe").string();
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    std::vector<std::string> files;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string &argument = arguments[i];
        if (argument == "--slowest") {
            bench.showsSlowest = true;
            continue;
        }
        if (argument == "--checks") {
            const bool isFile = i + 1 < arguments.size() && std::filesystem::exists(arguments[i + 1]);
            return isFile ? measureChecksOf(arguments[i + 1], bench)
                          : measureChecks(numberAt(arguments, i + 1, usualPods), bench);
        }
        if (argument == "--make" && i + 1 < arguments.size())
            return makeFile(arguments[i + 1], numberAt(arguments, i + 2, usualPods));
        if (argument == "--once" && i + 1 < arguments.size()) {
            Result<std::string> text = readFile(arguments[i + 1], Limits{});
            return text && readOnce(*std::move(text), "once") ? 0 : 1;
        }
        if (argument == "--rounds")
            bench.rounds = std::max(1, static_cast<int>(numberAt(arguments, ++i, 5)));
        else if (argument == "--cli" && i + 1 < arguments.size())
            bench.cli = arguments[++i];
        else if (argument == "--full")
            bench.isFull = true;
        else
            files.push_back(argument);
    }
    return measureFiles(std::move(files), bench);
}
