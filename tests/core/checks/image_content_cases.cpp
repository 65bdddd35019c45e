// SPDX-License-Identifier: Apache-2.0
#include "core/image/image.h"
#include "tests/core/checks/check_case.h"

#include <functional>
#include <memory>

namespace tally::test {

namespace {

struct File
{
    std::string path;
    std::uint16_t mode = 0755;
    EntryType type = EntryType::File;
    std::string link = {};
    std::uint64_t size = 1;
};

/// An image of one layer with these files; edit changes what else it is.
ImagePtr image(const std::vector<File> &files, const std::function<void(Image &)> &edit = {})
{
    auto made = std::make_shared<Image>();
    made->names = {"app:1"};
    made->platform = "linux/amd64";
    made->config.os = "linux";
    made->config.user = "10001";
    made->config.entrypoint = {"/app"};
    Layer layer;
    for (const File &file : files) {
        FileEntry entry;
        entry.path = made->strings.intern(file.path);
        entry.link = made->strings.intern(file.link);
        entry.mode = file.mode;
        entry.type = file.type;
        entry.size = file.size;
        entry.gid = 42;
        layer.files.push_back(entry);
    }
    made->layers.push_back(std::move(layer));
    if (edit)
        edit(*made);
    return made;
}

/// A second layer that hides a path of the first one.
void hide(Image &image, std::string_view path)
{
    Layer layer;
    FileEntry entry;
    entry.path = image.strings.intern(path);
    entry.type = EntryType::Whiteout;
    layer.files.push_back(entry);
    image.layers.push_back(std::move(layer));
}

ImagePtr withUser(std::string_view user)
{
    return image({}, [&](Image &made) {
        made.config.user = user;
        made.users = {{"root", 0, 0}, {"toor", 0, 0}, {"app", 1000, 1000}};
        made.hasPasswd = true;
    });
}

ImagePtr withSecret(std::string_view path, std::string_view detail, bool visible = true)
{
    return image({}, [&](Image &made) {
        Risk risk;
        risk.kind = "secret";
        risk.path = path;
        risk.detail = detail;
        risk.visible = visible;
        made.risks.push_back(std::move(risk));
        made.config.env = {{"DB_PASSWORD", "‹masked: 9 characters›"}};
        made.history.resize(3);
    });
}

CheckCase row(const char *check, const char *name, ImagePtr made, std::vector<std::string> findings)
{
    CheckCase one{check, name, "", std::move(findings)};
    one.images = {std::move(made)};
    return one;
}

std::vector<CheckCase> configCases()
{
    const auto user = [](const char *name, const char *text, std::vector<std::string> findings) {
        return row("IMC-USER", name, withUser(text), std::move(findings));
    };
    const auto ports = [](const char *name, const char *port, std::vector<std::string> findings) {
        return row("IMC-PORT22", name, image({}, [&](Image &made) { made.config.exposedPorts = {port}; }),
            std::move(findings));
    };
    return {
        user("nothing said", "", {"unset | app:1  |  | config.User"}),
        user("root", "root", {"default | app:1  |  | config.User"}),
        user("zeros and a group", " 000:1000", {"default | app:1  |  | config.User"}),
        user("too large", "4294967296", {"default | app:1  |  | config.User"}),
        user("another name of root", "toor", {"default | app:1  |  | config.User"}),
        user("a name that is not there", "www", {"unknown | app:1  |  | config.User"}),
        user("a user", "app:app", {}),
        user("a number", "10001", {}),
        row("IMC-USER", "Windows",
            image({},
                [](Image &made) {
                    made.config.os = "windows";
                    made.config.user.clear();
                }),
            {}),
        row("IMC-USER", "an attestation",
            image({},
                [](Image &made) {
                    made.platform = "unknown/unknown";
                    made.config.user.clear();
                }),
            {}),
        ports("SSH", "22/tcp", {"default | app:1  |  | config.ExposedPorts.22/tcp"}),
        ports("without a protocol", "2222", {"default | app:1  |  | config.ExposedPorts.2222"}),
        ports("UDP", "22/udp", {}),
        ports("HTTP", "8022/tcp", {}),
        row("IMC-HEALTH", "none", image({}), {"default | app:1  |  | config.Healthcheck"}),
        row("IMC-HEALTH", "turned off", image({}, [](Image &made) { made.config.healthcheckDisabled = true; }),
            {"disabled | app:1  |  | config.Healthcheck"}),
        row("IMC-HEALTH", "there", image({}, [](Image &made) { made.config.healthcheck = true; }), {}),
        row("IMC-HEALTH", "starts nothing", image({}, [](Image &made) { made.config.entrypoint.clear(); }), {}),
    };
}

std::vector<CheckCase> secretCasesOfImages()
{
    const auto secret = [](const char *name, ImagePtr made, const char *finding) {
        return row("IMC-SECRET", name, std::move(made), {finding});
    };
    return {
        secret("a key", withSecret("/root/.ssh/id_rsa", "private-key"), "default | app:1 /root/.ssh/id_rsa |  | "),
        secret("a key that a later layer removes", withSecret("/root/.ssh/id_rsa", "private-key", false),
            "deleted | app:1 /root/.ssh/id_rsa |  | "),
        secret("a key of a test", withSecret("/usr/src/lib/tests/key.pem", "private-key"),
            "test-material | app:1 /usr/src/lib/tests/key.pem |  | "),
        secret("a variable by its name", withSecret("Env DB_PASSWORD", "name"), "env | app:1  |  | Env DB_PASSWORD"),
        secret("a variable by its value", withSecret("Env GREETING", "aws-access-key"),
            "default | app:1  |  | Env GREETING"),
        secret("a label", withSecret("Label api.token", "name"), "label | app:1  |  | Label api.token"),
        secret("the history", withSecret("History 3", "name"), "history | app:1  |  | History 3"),
        row("IMC-SECRET", "another risk",
            image({},
                [](Image &made) {
                    Risk risk;
                    risk.kind = "shell";
                    risk.path = "/bin/sh";
                    made.risks.push_back(risk);
                }),
            {}),
    };
}

std::vector<CheckCase> toolCases()
{
    const auto tools = [](const char *name, const std::vector<File> &files, std::vector<std::string> findings) {
        return row("IMC-SHELL", name, image(files), std::move(findings));
    };
    const std::string shell = "default | app:1  |  | shells";
    const File busybox{"bin/busybox"};
    return {
        tools("a shell", {{"usr/bin/bash"}}, {shell}),
        tools("a link to one", {busybox, {"bin/sh", 0777, EntryType::Symlink, "/bin/busybox"}}, {shell}),
        tools("all kinds, with versions", {{"usr/bin/gcc-12"}, {"usr/local/bin/pip3.11"}, {"opt/tools/bin/dash"}},
            {"compiler | app:1  |  | compilers", "package-manager | app:1  |  | package_managers", shell}),
        tools("a link to nothing", {{"bin/sh", 0777, EntryType::Symlink, "busybox"}}, {}),
        tools("links in a circle",
            {{"bin/sh", 0777, EntryType::Symlink, "ash"}, {"bin/ash", 0777, EntryType::Symlink, "sh"}}, {}),
        tools("no execute bit", {{"bin/sh", 0644}}, {}),
        tools("another folder", {{"srv/sh"}}, {}),
        tools("another name", {{"usr/bin/gcc-ranlib"}, {"usr/bin/shred"}}, {}),
        row("IMC-SHELL", "a later layer removes it", image({{"bin/sh"}}, [](Image &made) { hide(made, "bin/sh"); }),
            {}),
    };
}

std::vector<CheckCase> setuidCases()
{
    const auto files = [](const char *name, const std::vector<File> &entries, std::vector<std::string> findings) {
        return row("IMC-SETUID", name, image(entries), std::move(findings));
    };
    return {
        files("setuid", {{"usr/bin/su", 04755}}, {"default | app:1 /usr/bin/su |  | "}),
        files("setgid", {{"usr/bin/chage", 02755}}, {"setgid | app:1 /usr/bin/chage |  | "}),
        row("IMC-SETUID", "capability",
            image({},
                [](Image &made) {
                    Risk risk;
                    risk.kind = "file-capability";
                    risk.path = "/usr/bin/ping";
                    risk.detail = "cap_net_raw+ep";
                    made.risks.push_back(risk);
                }),
            {"capability | app:1 /usr/bin/ping |  | "}),
        files("no execute bit", {{"usr/bin/su", 04644}}, {}),
        files("a folder", {{"var/mail", 02755, EntryType::Directory}}, {}),
        files("sticky", {{"usr/bin/x", 01755}}, {}),
    };
}

std::vector<CheckCase> remoteCases()
{
    const auto remote = [](const char *name, const std::vector<File> &files, const std::function<void(Image &)> &edit,
                            std::vector<std::string> findings) {
        return row("IMC-REMOTEADMIN", name, image(files, edit), std::move(findings));
    };
    const auto packaged = [](Image &made) { made.packages.push_back({"dpkg", "openssh-server", "1:9.2", "amd64", 0}); };
    const File sshd{"usr/sbin/sshd"};
    return {
        remote("a program", {sshd}, {}, {"default | app:1 /usr/sbin/sshd |  | "}),
        remote("program and package", {sshd}, packaged, {"default | app:1 /usr/sbin/sshd |  | "}),
        remote("package only", {}, packaged, {"package | app:1  |  | packages.openssh-server"}),
        remote("started", {sshd},
            [](Image &made) {
                made.config.entrypoint = {"/usr/sbin/sshd", "-D"};
            },
            {"started | app:1  |  | config.Entrypoint"}),
        remote("started by a shell", {sshd},
            [](Image &made) {
                made.config.entrypoint.clear();
                made.config.cmd = {"/bin/sh", "-c", "exec /usr/sbin/sshd -D"};
            },
            {"started | app:1  |  | config.Cmd"}),
        remote("started by a supervisor", {sshd}, [](Image &made) { made.config.entrypoint = {"supervisord"}; },
            {"default | app:1 /usr/sbin/sshd |  | ", "started | app:1  |  | config.Entrypoint"}),
        remote("a supervisor alone", {}, [](Image &made) { made.config.entrypoint = {"supervisord"}; }, {}),
        remote("client only", {{"usr/bin/ssh"}, {"usr/bin/scp"}}, {}, {}),
    };
}

std::vector<CheckCase> logCases()
{
    const auto logs = [](const char *name, const std::vector<File> &files, std::vector<std::string> findings) {
        return row("IMC-LOGTARGET", name, image(files), std::move(findings));
    };
    const std::string found = "default | app:1  |  | ";
    return {
        logs("below /var/log", {{"var/log/app/access.log", 0644}}, {found}),
        logs("below a folder of the application", {{"opt/shop/logs/app.log", 0644}}, {found}),
        logs("empty", {{"var/log/app.log", 0644, EntryType::File, "", 0}}, {}),
        logs("of the installation", {{"var/log/apt/history.log", 0644}, {"var/log/dnf.rpm.log", 0644}}, {}),
        logs("another folder", {{"opt/shop/catalog/app.log", 0644}}, {}),
        logs("others go out",
            {{"var/log/app/a.log", 0644}, {"var/log/nginx/access.log", 0777, EntryType::Symlink, "/dev/stdout"}}, {}),
    };
}

} // namespace

std::vector<CheckCase> imageContentCases()
{
    std::vector<CheckCase> all = configCases();
    for (const auto &some : {secretCasesOfImages(), toolCases(), setuidCases(), remoteCases(), logCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
