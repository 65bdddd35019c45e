// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/image_maker.h"

namespace tally::test {

namespace {

using Edit = std::function<void(Image &)>;

Edit withRisk(const char *kind, const char *path, const char *detail, bool visible = true)
{
    return [=](Image &made) {
        Risk risk;
        risk.kind = kind;
        risk.path = path;
        risk.detail = detail;
        risk.visible = visible;
        made.risks.push_back(std::move(risk));
    };
}

Edit withVolume(const char *path)
{
    return [=](Image &made) { made.config.volumes = {path}; };
}

std::vector<CheckCase> writableCases()
{
    const auto open = [](const char *name, const std::vector<File> &files, std::vector<std::string> findings) {
        return row("IMC-WORLDWRITABLE", name, image(files), std::move(findings));
    };
    const std::string others = "default | app:1  |  | files";
    const std::string programs = "program | app:1  |  | program";
    const File plain{"opt/app/app", 0755};
    const auto owned = [](std::string path, std::uint16_t mode, EntryType type = EntryType::File) {
        return File{std::move(path), mode, type};
    };
    const auto ownedBy = [](std::uint32_t uid) {
        return [=](Image &made) {
            for (FileEntry &entry : made.layers[0].files)
                entry.uid = uid;
        };
    };
    return {
        open("a file", {{"etc/app.conf", 0666}}, {others}),
        open("a folder", {{"srv/data", 0777, EntryType::Directory}}, {others}),
        open("a program", {{"usr/bin/app", 0777}}, {programs}),
        open("a library", {{"usr/lib/libapp.so.1", 0666}}, {programs}),
        open("a folder of programs", {{"usr/local/bin", 0777, EntryType::Directory}}, {programs}),
        open("both", {{"etc/app.conf", 0666}, {"usr/bin/app", 0777}}, {others, programs}),
        open("sticky", {{"srv/data", 01777, EntryType::Directory}}, {}),
        open("temporary", {{"tmp/x", 0666}, {"run/lock", 0777, EntryType::Directory}}, {}),
        open("a link", {{"srv/link", 0777, EntryType::Symlink, "/etc"}}, {}),
        row("IMC-OWNPROGRAM", "belongs to the user", image({plain}, ownedBy(10001)), {"default | app:1  |  | files"}),
        row("IMC-OWNPROGRAM", "belongs to root", image({plain}), {}),
        row("IMC-OWNPROGRAM", "no right to write", image({{"opt/app/app", 0555}}, ownedBy(10001)), {}),
        row("IMC-OWNPROGRAM", "no program", image({{"opt/app/data", 0644}}, ownedBy(10001)), {}),
        row("IMC-OWNPROGRAM", "root may write everything",
            image({plain}, [](Image &made) { made.config.user.clear(); }), {}),
        row("IMC-WRITEPLACE", "by the group",
            image({owned("var/cache/app", 0775, EntryType::Directory)},
                [](Image &made) { made.config.user = "10001:42"; }),
            {"default | app:1  |  | files"}),
        row("IMC-WRITEPLACE", "of root", image({owned("var/cache/app", 0775, EntryType::Directory)}), {}),
        row("IMC-WRITEPLACE", "a volume", image({owned("data/app", 0777, EntryType::Directory)}, withVolume("/data")),
            {}),
    };
}

std::vector<CheckCase> volumeAndDeviceCases()
{
    const File openFolder{"data", 0777, EntryType::Directory};
    return {
        row("IMC-VOLUME", "one", image({}, withVolume("/data")), {"default | app:1  |  | config.Volumes"}),
        row("IMC-VOLUME", "none", image({}), {}),
        row("IMC-VOLUMEOPEN", "everybody", image({openFolder}, withVolume("/data/")), {"default | app:1 /data |  | "}),
        row("IMC-VOLUMEOPEN", "behind a link",
            image({openFolder, {"srv", 0777, EntryType::Symlink, "/data"}}, withVolume("/srv")),
            {"default | app:1 /data |  | "}),
        row("IMC-VOLUMEOPEN", "sticky", image({{"data", 01777, EntryType::Directory}}, withVolume("/data")), {}),
        row("IMC-VOLUMEOPEN", "made at start", image({}, withVolume("/data")), {}),
        row("IMC-FILECAP", "one right", image({}, withRisk("file-capability", "/usr/bin/ping", "cap_net_raw+ep")),
            {"default | app:1 /usr/bin/ping |  | "}),
        row("IMC-FILECAP", "close to root",
            image({}, withRisk("file-capability", "/usr/bin/perl", "cap_chown,cap_sys_admin+ep")),
            {"strong | app:1 /usr/bin/perl |  | "}),
        row("IMC-FILECAP", "removed later",
            image({}, withRisk("file-capability", "/usr/bin/ping", "cap_net_raw+ep", false)), {}),
        row("IMC-DEVICE", "a disk", image({}, withRisk("device-node", "/dev/sda", "block 8:0")),
            {"default | app:1 /dev/sda |  | "}),
        row("IMC-DEVICE", "null at an odd place", image({}, withRisk("device-node", "/srv/jail/null", "char 1:3")),
            {"default | app:1 /srv/jail/null |  | "}),
        row("IMC-DEVICE", "the usual ones", image({}, withRisk("device-node", "/dev/null", "char 1:3")), {}),
        row("IMC-DEVICE", "a whiteout of overlayfs", image({}, withRisk("device-node", "/srv/x", "char 0:0")), {}),
    };
}

std::vector<CheckCase> serviceCases()
{
    const auto started = [](std::vector<std::string> entrypoint, std::vector<std::string> cmd = {}) {
        return [=](Image &made) {
            made.config.entrypoint = entrypoint;
            made.config.cmd = cmd;
        };
    };
    const auto services
        = [](const char *name, const std::vector<File> &files, const Edit &edit, std::vector<std::string> findings) {
              return row("IMC-SERVICES", name, image(files, edit), std::move(findings));
          };
    const auto withPrograms = [](const Edit &edit, int count) {
        return [=](Image &made) {
            edit(made);
            for (int i = 0; i < count; ++i)
                withRisk("supervised-program", "/etc/supervisord.conf", i == 0 ? "web" : "cron")(made);
        };
    };
    const Edit supervisor = started({"/usr/bin/supervisord", "-n"});
    const std::vector<File> twoOfS6 = {{"etc/services.d/web/run"}, {"etc/services.d/cron/run"}};
    return {
        services("supervisord", {}, supervisor, {"default | app:1  |  | config.Entrypoint"}),
        services("supervisord with two programs", {}, withPrograms(supervisor, 2),
            {"programs | app:1  |  | config.Entrypoint"}),
        services("supervisord with one", {}, withPrograms(supervisor, 1), {}),
        services("by a script's argument", {}, started({"/entrypoint.sh"}, {"supervisord"}),
            {"default | app:1  |  | config.Entrypoint"}),
        services("s6", twoOfS6, started({"/init"}), {"programs | app:1  |  | config.Entrypoint"}),
        services("runit, not started", {{"etc/service/web/run"}, {"etc/service/cron/run"}, {"usr/bin/runsvdir"}},
            started({"/start"}), {"configured | app:1  |  | services"}),
        services("services without a supervisor", twoOfS6, started({"/app"}), {}),
        services("in the background", {}, started({"/bin/sh", "-c", "cron & exec nginx"}),
            {"background | app:1  |  | config.Entrypoint"}),
        services("no background", {}, started({"/bin/sh", "-c", "make a && app --query 'a & b' 2>&1 >/dev/null"}), {}),
        services("ends in the background", {}, started({"/bin/sh", "-c", "app &"}), {}),
        services("one program", {}, started({"/app"}), {}),
        row("IMC-INIT", "systemd", image({}, started({"/lib/systemd/systemd"})),
            {"default | app:1  |  | config.Entrypoint"}),
        row("IMC-INIT", "SysV", image({}, started({}, {"/sbin/init"})), {"default | app:1  |  | config.Cmd"}),
        row("IMC-INIT", "a helper", image({}, started({"/sbin/tini", "--", "/app"})), {}),
        row("IMC-SHELLFORM", "shell form", image({}, started({}, {"/bin/sh", "-c", "node server.js"})),
            {"default | app:1  |  | config.Cmd"}),
        row("IMC-SHELLFORM", "with exec", image({}, started({}, {"/bin/sh", "-c", "umask 077; exec node server.js"})),
            {}),
        row("IMC-SHELLFORM", "exec form", image({}, started({"node", "server.js"})), {}),
    };
}

std::vector<CheckCase> portCases()
{
    const auto ports = [](const char *name, std::vector<std::string> entries, std::vector<std::string> findings) {
        return row("IMC-PORTS", name, image({}, [&](Image &made) { made.config.exposedPorts = entries; }),
            std::move(findings));
    };
    return {
        ports("two", {"80/tcp", "9000/tcp"}, {"default | app:1  |  | config.ExposedPorts"}),
        ports("one over two protocols", {"53/tcp", "53/udp"}, {}),
        ports("plain and encrypted", {"80/tcp", "443/tcp"}, {}),
        ports("none", {}, {}),
    };
}

} // namespace

std::vector<CheckCase> imageRightsCases()
{
    std::vector<CheckCase> all = writableCases();
    for (const auto &some : {volumeAndDeviceCases(), serviceCases(), portCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
