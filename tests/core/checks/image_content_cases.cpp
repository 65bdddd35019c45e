// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/image_maker.h"

#include <functional>
#include <memory>

namespace tally::test {

namespace {

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
        row("IMC-USER", "a configuration that was not read",
            image({},
                [](Image &made) {
                    made.configRead = false;
                    made.config.user.clear();
                }),
            {}),
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
        secret("a key that a package brings", withSecret("/usr/lib/erlang/lib/ssl/key.pem", "private-key"),
            "packaged | app:1 /usr/lib/erlang/lib/ssl/key.pem |  | "),
        secret("a key of one's own programs", withSecret("/usr/local/etc/app/key.pem", "private-key"),
            "default | app:1 /usr/local/etc/app/key.pem |  | "),
        secret("a variable by its name", withSecret("Env DB_PASSWORD", "name"), "env | app:1  |  | Env DB_PASSWORD"),
        secret("a variable by its value", withSecret("Env GREETING", "aws-access-key"),
            "default | app:1  |  | Env GREETING"),
        secret("a label", withSecret("Label api.token", "name"), "label | app:1  |  | Label api.token"),
        secret("the history", withSecret("History 3", "name"), "history | app:1  |  | History 3"),
        secret(
            "an example", withSecret("/app/db.js", "url-password, sample"), "test-material | app:1 /app/db.js |  | "),
        secret("a setting by its name", withSecret("/app/config.yml", "named"), "named | app:1 /app/config.yml |  | "),
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
    const auto tools = [](const char *check, const char *name, const std::vector<File> &files, bool bad) {
        return row(check, name, image(files),
            bad ? std::vector<std::string>{"default | app:1  |  | programs"} : std::vector<std::string>{});
    };
    const auto shells = [&](const char *name, const std::vector<File> &files, bool bad) {
        return tools("IMC-SHELL", name, files, bad);
    };
    const File busybox{"bin/busybox"};
    return {
        shells("a shell", {{"usr/bin/bash"}}, true),
        shells("a link to one", {busybox, {"bin/sh", 0777, EntryType::Symlink, "/bin/busybox"}}, true),
        shells("behind a link of folders",
            {{"usr/bin/dash"}, {"bin", 0777, EntryType::Symlink, "usr/bin"},
                {"usr/bin/sh", 0777, EntryType::Symlink, "/bin/dash"}},
            true),
        shells("in /opt", {{"opt/tools/bin/dash"}}, true),
        shells("a link to nothing", {{"bin/sh", 0777, EntryType::Symlink, "busybox"}}, false),
        shells("links in a circle",
            {{"bin/sh", 0777, EntryType::Symlink, "ash"}, {"bin/ash", 0777, EntryType::Symlink, "sh"}}, false),
        shells("no execute bit", {{"bin/sh", 0644}}, false),
        shells("another folder", {{"srv/sh"}}, false),
        shells("another name", {{"usr/bin/shred"}}, false),
        row("IMC-SHELL", "a later layer removes it", image({{"bin/sh"}}, [](Image &made) { hide(made, "bin/sh"); }),
            {}),
        tools("IMC-PKGMANAGER", "apt and pip", {{"usr/bin/apt-get"}, {"usr/local/bin/pip3.11"}}, true),
        tools("IMC-PKGMANAGER", "a file of that name elsewhere", {{"etc/apt"}, {"usr/lib/dpkg"}}, false),
        tools("IMC-COMPILER", "with a version", {{"usr/bin/gcc-12"}}, true),
        tools("IMC-COMPILER", "helpers of one", {{"usr/bin/gcc-ranlib"}, {"usr/bin/c_rehash"}}, false),
        tools("IMC-NETTOOL", "curl and ssh", {{"usr/bin/curl"}, {"usr/bin/ssh"}}, true),
        tools("IMC-NETTOOL", "libraries only", {{"usr/lib/x86_64-linux-gnu/libcurl.so.4"}, {"usr/bin/ssh-keyscan"}},
            false),
        tools("IMC-HOSTTOOL", "kubectl", {{"usr/local/bin/kubectl"}}, true),
        tools("IMC-HOSTTOOL", "what every distribution has", {{"usr/bin/nsenter"}, {"usr/sbin/chroot"}}, false),
        tools("IMC-DEBUGGER", "gdb", {{"usr/bin/gdb"}}, true),
        tools("IMC-DEBUGGER", "none", {{"usr/bin/gdbus"}}, false),
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
        remote("a library of that name", {},
            [](Image &made) {
                made.packages.push_back({"npm", "cockpit", "1", "", 0});
            },
            {}),
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
        remote("started behind a helper", {sshd},
            [](Image &made) {
                made.config.entrypoint = {"/usr/bin/tini", "--"};
                made.config.cmd = {"/usr/sbin/sshd", "-D"};
            },
            {"started | app:1  |  | config.Entrypoint"}),
        remote("started by a script's argument", {sshd},
            [](Image &made) {
                made.config.entrypoint = {"/docker-entrypoint.sh"};
                made.config.cmd = {"/usr/sbin/sshd", "-D"};
            },
            {"started | app:1  |  | config.Entrypoint"}),
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
    const auto configured = [](const char *name, const std::vector<File> &files, const char *target, bool bad) {
        const auto edit = [=](Image &made) {
            Risk risk;
            risk.kind = "log-target";
            risk.path = "/etc/nginx/nginx.conf";
            risk.detail = target;
            made.risks.push_back(risk);
            made.config.volumes = {"/data"};
        };
        return row("IMC-LOGCONFIG", name, image(files, edit),
            bad ? std::vector<std::string>{"default | app:1  |  | configuration"} : std::vector<std::string>{});
    };
    return {
        configured("a file", {}, "/var/log/nginx/access.log", true),
        configured("a link to stdout", {{"var/log/nginx/access.log", 0777, EntryType::Symlink, "/dev/stdout"}},
            "/var/log/nginx/access.log", false),
        configured("on a volume", {}, "/data/log/access.log", false),
        configured("beside a volume", {}, "/database.log", true),
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
