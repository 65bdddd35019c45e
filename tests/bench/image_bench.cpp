// SPDX-License-Identifier: Apache-2.0
// Ratio of reading an image completely (tree, all digests and diff_ids, waste, packages, risks) to what the usual tools
// need for the digests alone, in wall clock of whole processes, one after the other within each round, and the peak
// memory of the reading process.
//   docker archive:  openssl dgst -sha256 FILE
//   gzip layers:     igzip -dc LAYER | openssl dgst -sha256, one layer after another; the same with gzip
//   zstd layers:     zstd -dc LAYER | openssl dgst -sha256
// And what it takes to open it again out of the cache, by the function that both programs call, and, with --cli, by the
// whole process of tallymann-cli image; target: under 100 ms.
// Usage: image_bench [--rounds N] [--cli TALLYMANN_CLI] FILE...   Layers are unpacked into a temporary folder first.
// Files should be in the page cache; on a busy machine more threads get more of it, so the load is printed too.
#include "core/base/text_format.h"
#include "core/image/image_reader.h"
#include "core/workbench/image_cache.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <set>
#include <string>
#include <vector>

using namespace tally;

namespace {

struct Run
{
    double seconds = 0;
    double processor = 0; ///< of all threads and children
    double megabytes = 0; ///< peak memory
};

double inSeconds(const timeval &time)
{
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

Run runProgram(const std::vector<std::string> &command)
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
    if (status != 0) {
        std::fprintf(stderr, "%s failed\n", command[0].c_str());
        std::exit(1); // NOLINT(concurrency-mt-unsafe)
    }
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
        inSeconds(usage.ru_utime) + inSeconds(usage.ru_stime), static_cast<double>(usage.ru_maxrss) / 1024};
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values.empty() ? 0 : (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

int readOnce(const char *file)
{
    const auto read = readImages(file);
    if (!read)
        return 1;
    std::size_t entries = 0;
    for (const ImagePtr &image : read->images) {
        for (const Layer &layer : image->layers)
            entries += layer.files.size();
        const bool wrong = std::ranges::any_of(
            image->verdicts, [](const BlobVerdict &verdict) { return verdict.state != VerdictState::Verified; });
        std::fprintf(stderr, "  %zu layers, %zu entries, %zu packages, %zu risks, wasted %llu%s\n",
            image->layers.size(), entries, image->packages.size(), image->risks.size(),
            static_cast<unsigned long long>(image->shadowedBytes), // NOLINT(google-runtime-int): printf's type
            wrong ? ", not everything verified" : "");
    }
    return 0;
}

struct Reference
{
    std::string name;
    std::string command;
    std::vector<double> seconds;
};

/// The layers of an image as files, for the tools that read one after another.
std::vector<Reference> references(const std::string &file, const std::filesystem::path &folder)
{
    const auto read = readImages(file);
    if (!read || read->images.empty())
        return {};
    const Image &image = *read->images[0];
    const std::string compression = image.layers.empty() ? "none" : image.layers[0].compression;
    const std::string digest = " | openssl dgst -sha256";
    if (compression == "none")
        return {{"openssl dgst", "openssl dgst -sha256 '" + file + "'", {}}};
    std::string inflate;
    std::string gzip;
    std::set<std::string> done;
    for (const Layer &layer : image.layers) {
        if (!done.insert(layer.blob).second)
            continue;
        const std::string path = folder / std::to_string(done.size());
        if (std::system(("tar -xOf '" + file + "' '" + layer.blob + "' > '" + path + "'").c_str()) != 0) // NOLINT
            return {};
        inflate += (compression == "gzip" ? "igzip -dc < " : "zstd -dc < ") + path + digest + "; ";
        gzip += "gzip -dc < " + path + digest + "; ";
    }
    if (compression == "zstd")
        return {{"zstd -dc | openssl dgst", inflate, {}}};
    return {{"igzip -dc | openssl dgst", inflate, {}}, {"gzip -dc | openssl dgst", gzip, {}}};
}

void measure(const std::string &program, const std::string &file, int rounds)
{
    std::string pattern = (std::filesystem::temp_directory_path() / "image_bench.XXXXXX").string();
    const std::filesystem::path folder = ::mkdtemp(pattern.data());
    std::vector<Reference> others = references(file, folder);
    std::vector<double> seconds;
    std::vector<double> processor;
    double megabytes = 0;
    for (int round = 0; round < rounds; ++round) {
        const Run run = runProgram({program, "--once", file});
        seconds.push_back(run.seconds);
        processor.push_back(run.processor);
        megabytes = std::max(megabytes, run.megabytes);
        for (Reference &other : others)
            other.seconds.push_back(runProgram({"sh", "-c", other.command}).seconds);
    }
    std::filesystem::remove_all(folder);
    std::ifstream loadFile("/proc/loadavg");
    std::string load;
    loadFile >> load;
    std::printf("%s (%s, load %s): %.2f s (processor %.2f s), peak memory %.0f MB\n", file.c_str(),
        formatBytes(std::filesystem::file_size(file), Language::English).c_str(), load.c_str(), median(seconds),
        median(processor), megabytes);
    for (const Reference &other : others) {
        std::vector<double> ratios;
        for (std::size_t i = 0; i < seconds.size(); ++i)
            ratios.push_back(seconds[i] / other.seconds[i]);
        std::printf("  %s: %.2f s; ratio median %.2f, smallest %.2f, largest %.2f of %d\n", other.name.c_str(),
            median(other.seconds), median(ratios), *std::ranges::min_element(ratios), *std::ranges::max_element(ratios),
            rounds);
    }
}

double secondsOf(const std::function<void()> &work)
{
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void report(const char *what, double first, const std::vector<double> &again)
{
    std::printf("  %s: first %.2f s, again %.1f ms (median of %zu, slowest %.1f), 1/%.0f of the first\n", what, first,
        median(again) * 1000, again.size(), *std::ranges::max_element(again) * 1000, first / median(again));
}

/// The cache lies in a folder of its own, so that nothing but this run fills it.
void measureCache(const std::string &file, const std::string &cli, int rounds)
{
    std::string pattern = (std::filesystem::temp_directory_path() / "image_bench.XXXXXX").string();
    const std::filesystem::path folder = ::mkdtemp(pattern.data());
    ::setenv("XDG_CACHE_HOME", folder.c_str(), 1); // NOLINT(concurrency-mt-unsafe): before any thread
    const ImageCache cache(ImageCache::defaultFolder());
    OpenOptions options;
    options.cache = &cache;
    std::vector<double> again;
    bool cached = true;
    const double first = secondsOf([&] { (void)open(file, options); });
    for (int round = 0; round < rounds; ++round) {
        again.push_back(secondsOf([&] {
            const auto opened = open(file, options);
            cached = cached && opened && opened->source.cached;
        }));
    }
    if (cached)
        report("open()", first, again);
    else
        std::printf("  open(): did not come out of the cache\n");
    cache.clear();
    if (!cli.empty()) {
        again.clear();
        const double whole = runProgram({cli, "image", file}).seconds;
        for (int round = 0; round < rounds; ++round)
            again.push_back(runProgram({cli, "image", file}).seconds);
        report("tallymann-cli image", whole, again);
    }
    std::filesystem::remove_all(folder);
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc == 3 && std::string(argv[1]) == "--once")
        return readOnce(argv[2]);
    int rounds = 5;
    std::string cli;
    std::vector<std::string> files;
    for (int i = 1; i < argc; ++i) {
        if (std::string(argv[i]) == "--rounds" && i + 1 < argc)
            rounds = std::max(1, std::atoi(argv[++i])); // NOLINT(cert-err34-c)
        else if (std::string(argv[i]) == "--cli" && i + 1 < argc)
            cli = argv[++i];
        else
            files.emplace_back(argv[i]);
    }
    const std::string program = std::filesystem::canonical("/proc/self/exe").string();
    for (const std::string &file : files) {
        measure(program, file, rounds);
        measureCache(file, cli, rounds);
    }
    return files.empty() ? 2 : 0;
}
