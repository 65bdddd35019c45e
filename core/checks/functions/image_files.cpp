// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/image/file_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace tally::checks {

namespace {

constexpr std::size_t mostNamed = 5; // paths in one message

/// What a container of the image would see.
class VisibleFiles
{
public:
    explicit VisibleFiles(const Image &image)
        : m_image(image)
    {
        if (!image.layers.empty())
            m_tree = mergedTree(image, image.layers.size() - 1);
    }

    struct File
    {
        std::size_t node = 0;
        const FileEntry *entry = nullptr;
        int layer = -1;
    };

    /// Calls use(file) for everything that is there, links included, directories not.
    template<typename Use>
    void each(const Use &use) const
    {
        for (std::size_t i = 1; i < m_tree.nodes.size(); ++i) {
            if (const FileEntry *entry = entryOf(i); entry && entry->type != EntryType::Directory)
                use(File{i, entry, m_tree.nodes[i].layer});
        }
    }

    [[nodiscard]] std::string path(const File &file) const { return m_tree.path(file.node); }
    [[nodiscard]] std::string_view linkOf(const FileEntry &entry) const { return m_image.strings.view(entry.link); }

    static bool isRegular(const FileEntry &entry)
    {
        return entry.type == EntryType::File || entry.type == EntryType::Hardlink;
    }

    /// A regular file with an execute bit, or a symbolic link that ends at one.
    [[nodiscard]] bool isExecutable(const File &file) const
    {
        if (isRegular(*file.entry))
            return (file.entry->mode & 0111U) != 0;
        if (file.entry->type != EntryType::Symlink)
            return false;
        const FileEntry *target = resolve(path(file));
        return target && isRegular(*target) && (target->mode & 0111U) != 0;
    }

private:
    [[nodiscard]] const FileEntry *entryOf(std::size_t index) const
    {
        const FileNode &node = m_tree.nodes[index];
        if (node.change == Change::Removed || node.layer < 0 || node.entry < 0)
            return nullptr;
        return &m_image.layers[static_cast<std::size_t>(node.layer)].files[static_cast<std::size_t>(node.entry)];
    }

    [[nodiscard]] std::int32_t childOf(std::int32_t folder, std::string_view name) const
    {
        for (std::int32_t child = m_tree.nodes[static_cast<std::size_t>(folder)].firstChild; child >= 0;
             child = m_tree.nodes[static_cast<std::size_t>(child)].nextSibling) {
            const FileNode &node = m_tree.nodes[static_cast<std::size_t>(child)];
            if (node.change != Change::Removed && m_tree.names.view(node.name) == name)
                return child;
        }
        return -1;
    }

    /// Follows links in all components; nullptr where it ends nowhere.
    [[nodiscard]] const FileEntry *resolve(std::string rest) const
    {
        constexpr int mostLinks = 40; // as Linux
        int links = 0;
        std::vector<std::int32_t> stack = {0};
        while (!rest.empty()) {
            const std::size_t slash = std::min(rest.find('/'), rest.size());
            const std::string name = rest.substr(0, slash);
            rest.erase(0, std::min(slash + 1, rest.size()));
            if (name.empty() || name == ".")
                continue;
            if (name == "..") {
                if (stack.size() > 1)
                    stack.pop_back();
                continue;
            }
            const std::int32_t child = childOf(stack.back(), name);
            if (child < 0)
                return nullptr;
            const FileEntry *entry = entryOf(static_cast<std::size_t>(child));
            if (entry && entry->type == EntryType::Symlink) {
                const std::string target(linkOf(*entry));
                if (++links > mostLinks || target.empty())
                    return nullptr;
                if (target.front() == '/')
                    stack = {0};
                rest = target + '/' + rest;
                continue;
            }
            stack.push_back(child);
        }
        return entryOf(static_cast<std::size_t>(stack.back()));
    }

    const Image &m_image;
    FileTree m_tree;
};

std::string_view baseName(std::string_view path)
{
    return path.substr(path.rfind('/') + 1); // npos + 1 is 0
}

std::string_view folderOf(std::string_view path)
{
    return path.substr(0, path.rfind('/'));
}

const std::vector<std::string> &parameterList(const Check &check, const std::string &name)
{
    static const std::vector<std::string> none;
    const auto found = check.parameters.find(name);
    return found == check.parameters.end() ? none : found->second;
}

/// The first few, in order.
std::string firstOf(std::vector<std::string> &paths)
{
    std::ranges::sort(paths);
    const std::size_t count = std::min(mostNamed, paths.size());
    return joined({paths.begin(), paths.begin() + static_cast<std::ptrdiff_t>(count)});
}

std::string lines(const std::vector<std::string> &sorted)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(mostNamed, sorted.size()); ++i)
        text.append(sorted[i]).append("\n");
    return text;
}

bool isProgramFolder(std::string_view folder)
{
    constexpr std::array folders = {std::string_view("/bin"), std::string_view("/sbin"), std::string_view("/usr/bin"),
        std::string_view("/usr/sbin"), std::string_view("/usr/local/bin"), std::string_view("/usr/local/sbin")};
    if (std::ranges::find(folders, folder) != folders.end())
        return true;
    constexpr std::string_view opt = "/opt/";
    constexpr std::string_view bin = "/bin";
    return folder.size() > opt.size() + bin.size() && folder.starts_with(opt) && folder.ends_with(bin)
        && folder.find('/', opt.size()) == folder.size() - bin.size();
}

/// "gcc-12" and "pip3.11" become "gcc" and "pip"; a name without a version stays.
std::string_view withoutVersion(std::string_view name)
{
    const std::size_t last = name.find_last_not_of("0123456789.");
    if (last == std::string_view::npos || last + 1 == name.size())
        return name;
    if (name[last] == '-')
        return name.substr(0, last);
    return name.find('.', last) != std::string_view::npos ? name.substr(0, last + 1) : name;
}

/// "-rwsr-xr-x 0:42 /usr/bin/chage"
std::string listed(const FileEntry &entry, const std::string &path)
{
    std::string mode = "-rwxrwxrwx";
    for (std::size_t bit = 0; bit < 9; ++bit) {
        if ((entry.mode & (0400U >> bit)) == 0)
            mode[bit + 1] = '-';
    }
    if ((entry.mode & 04000U) != 0)
        mode[3] = mode[3] == 'x' ? 's' : 'S';
    if ((entry.mode & 02000U) != 0)
        mode[6] = mode[6] == 'x' ? 's' : 'S';
    return fmt::format("{} {}:{} {}\n", mode, entry.uid, entry.gid, path);
}

} // namespace

void imageTools(CheckContext &context)
{
    struct List
    {
        const char *parameter;
        std::string_view variant;
    };
    constexpr std::array kinds
        = {List{"shells", "default"}, List{"package_managers", "package-manager"}, List{"compilers", "compiler"}};
    for (std::size_t i = 0; i < context.images().size() && !context.stopRequested(); ++i) {
        const VisibleFiles files(*context.images()[i]);
        std::array<std::vector<std::string>, kinds.size()> found;
        files.each([&](const VisibleFiles::File &file) {
            if (file.entry->type != EntryType::Symlink && (file.entry->mode & 0111U) == 0)
                return;
            std::string path = files.path(file);
            if (!isProgramFolder(folderOf(path)))
                return;
            const std::string_view name = baseName(path);
            for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
                const std::vector<std::string> &names = parameterList(context.check(), kinds[kind].parameter);
                if ((contains(names, name) || contains(names, withoutVersion(name))) && files.isExecutable(file)) {
                    found[kind].push_back(std::move(path));
                    return;
                }
            }
        });
        for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
            if (found[kind].empty())
                continue;
            Draft draft = context.onImage(i)
                              .with(firstOf(found[kind]))
                              .with(std::to_string(found[kind].size()))
                              .as(kinds[kind].variant);
            draft.field = kinds[kind].parameter;
            draft.excerpt = lines(found[kind]);
            context.add(std::move(draft));
        }
    }
}

void imageSetuid(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size() && !context.stopRequested(); ++i) {
        const Image &image = *context.images()[i];
        const VisibleFiles files(image);
        std::map<std::string, bool> reported;
        files.each([&](const VisibleFiles::File &file) {
            const FileEntry &entry = *file.entry;
            if (!VisibleFiles::isRegular(entry) || (entry.mode & 06000U) == 0 || (entry.mode & 0111U) == 0)
                return;
            Draft draft = context.onImage(i);
            draft.path = files.path(file);
            draft.layer = file.layer;
            draft.excerpt = listed(entry, draft.path);
            draft.with(draft.path).with(std::to_string(entry.uid) + ':' + std::to_string(entry.gid));
            if ((entry.mode & 04000U) == 0)
                draft.as("setgid");
            reported.emplace(draft.path, true);
            context.add(std::move(draft));
        });
        for (const Risk &risk : image.risks) {
            if (risk.kind != "file-capability" || !risk.visible || reported.contains(risk.path))
                continue;
            Draft draft = context.onImage(i).with(risk.path).with(risk.detail).as("capability");
            draft.path = risk.path;
            draft.layer = static_cast<int>(risk.layer);
            draft.excerpt = risk.path + ' ' + risk.detail + '\n';
            context.add(std::move(draft));
        }
    }
}

namespace {

/// The program that a start command runs: its first word, of a shell's -c the first word behind it.
std::string startedBy(const ImageConfig &config)
{
    const std::vector<std::string> &words = config.entrypoint.empty() ? config.cmd : config.entrypoint;
    if (words.empty())
        return {};
    const std::string_view shell = baseName(words.front());
    if (words.size() < 3 || words[1] != "-c" || (shell != "sh" && shell != "bash" && shell != "ash" && shell != "dash"))
        return words.front();
    std::string_view line = words[2];
    while (true) {
        line.remove_prefix(std::min(line.find_first_not_of(" \t\n"), line.size()));
        const std::string_view word = line.substr(0, std::min(line.find_first_of(" \t\n;&|"), line.size()));
        if (word != "exec")
            return std::string(word);
        line.remove_prefix(word.size());
    }
}

bool startsOthers(std::string_view program)
{
    constexpr std::array names = {std::string_view("supervisord"), std::string_view("s6-svscan"),
        std::string_view("init"), std::string_view("runsvdir"), std::string_view("monit")};
    return std::ranges::find(names, program) != names.end();
}

struct Place
{
    std::string path;
    int layer = -1;
    std::string excerpt;
};

/// Program -> the first path at which it lies.
std::map<std::string, Place> programsIn(const Image &image, const std::vector<std::string> &programs)
{
    const VisibleFiles files(image);
    std::map<std::string, Place> found;
    files.each([&](const VisibleFiles::File &file) {
        if (!VisibleFiles::isRegular(*file.entry) || (file.entry->mode & 0111U) == 0)
            return;
        const std::string path = files.path(file);
        const std::string name(baseName(path));
        if (!contains(programs, name))
            return;
        Place &place = found[name];
        if (place.path.empty() || path < place.path)
            place = {path, file.layer, listed(*file.entry, path)};
    });
    return found;
}

void reportPackages(CheckContext &context, std::size_t index)
{
    const std::vector<std::string> &names = parameterList(context.check(), "packages");
    for (const Package &package : context.images()[index]->packages) {
        if (!contains(names, package.name))
            continue;
        Draft draft = context.onImage(index).with(package.name).as("package");
        draft.field = "packages." + package.name;
        draft.layer = static_cast<int>(package.layer);
        draft.excerpt = package.manager + ' ' + package.name + ' ' + package.version + '\n';
        context.add(std::move(draft));
    }
}

} // namespace

void imageRemoteAdmin(CheckContext &context)
{
    const std::vector<std::string> &programs = parameterList(context.check(), "programs");
    for (std::size_t i = 0; i < context.images().size() && !context.stopRequested(); ++i) {
        const Image &image = *context.images()[i];
        const std::map<std::string, Place> found = programsIn(image, programs);
        const std::string command = startedBy(image.config);
        const std::string starter(baseName(command));
        const bool isProgram = contains(programs, starter);
        if (isProgram || (startsOthers(starter) && !found.empty())) {
            Draft draft = context.onImage(i).with(command).as("started");
            draft.field = image.config.entrypoint.empty() ? "config.Cmd" : "config.Entrypoint";
            draft.excerpt = joined(image.config.entrypoint.empty() ? image.config.cmd : image.config.entrypoint) + '\n';
            context.add(std::move(draft));
        }
        for (const auto &[program, place] : found) {
            if (isProgram && program == starter)
                continue;
            Draft draft = context.onImage(i).with(place.path);
            draft.path = place.path;
            draft.layer = place.layer;
            draft.excerpt = place.excerpt;
            context.add(std::move(draft));
        }
        if (found.empty() && !isProgram)
            reportPackages(context, i);
    }
}

namespace {

/// What installing packages and logging in leave behind.
bool isInstallersLog(std::string_view path)
{
    constexpr std::array names
        = {std::string_view("dpkg.log"), std::string_view("alternatives.log"), std::string_view("bootstrap.log"),
            std::string_view("apk.log"), std::string_view("yum.log"), std::string_view("hawkey.log"),
            std::string_view("lastlog"), std::string_view("faillog"), std::string_view("wtmp"),
            std::string_view("btmp"), std::string_view("tallylog"), std::string_view("fontconfig.log")};
    const std::string_view name = baseName(path);
    return path.starts_with("/var/log/apt/") || std::ranges::find(names, name) != names.end()
        || (name.starts_with("dnf") && name.ends_with(".log"));
}

bool isLogPlace(std::string_view path)
{
    if (path.starts_with("/var/log/"))
        return true;
    const std::string_view folder = folderOf(path);
    for (const std::string_view root : {"/opt/", "/srv/", "/app/", "/usr/share/nginx/"}) {
        if (path.starts_with(root))
            return (std::string(folder) + '/').find("/log/", root.size() - 1) != std::string::npos
                || (std::string(folder) + '/').find("/logs/", root.size() - 1) != std::string::npos;
    }
    return false;
}

/// /dev/stdout, /dev/stderr, /proc/self/fd/1 and the like.
bool leadsOut(std::string_view target)
{
    return target == "/dev/stdout" || target == "/dev/stderr"
        || (target.starts_with("/proc/") && (target.ends_with("/fd/1") || target.ends_with("/fd/2")));
}

} // namespace

void imageLogFiles(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size() && !context.stopRequested(); ++i) {
        const VisibleFiles files(*context.images()[i]);
        std::vector<std::string> logs;
        bool goesOut = false;
        files.each([&](const VisibleFiles::File &file) {
            if (file.entry->type == EntryType::Symlink) {
                goesOut = goesOut || (leadsOut(files.linkOf(*file.entry)) && files.path(file).starts_with("/var/log/"));
                return;
            }
            if (file.entry->type != EntryType::File || file.entry->size == 0)
                return;
            std::string path = files.path(file);
            if (isLogPlace(path) && !isInstallersLog(path))
                logs.push_back(std::move(path));
        });
        if (goesOut || logs.empty())
            continue;
        Draft draft = context.onImage(i).with(firstOf(logs)).with(std::to_string(logs.size()));
        draft.excerpt = lines(logs);
        context.add(std::move(draft));
    }
}

} // namespace tally::checks
