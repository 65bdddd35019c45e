#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the sample image: registry.musterhafen.example/kundenportal/portal:1.4.2, a docker-save archive of our own making.

Everything in it is invented and harmless, and telling on purpose: it runs as root, carries a shell, a package manager, an SSH
daemon, a setuid file, a forgotten private key in a layer that a later one hides, a password in an environment variable, a log file, and
space wasted by overwritten and removed files. The same bytes come out on every machine.

usage: make-image.py OUT.tar
"""
import hashlib
import io
import json
import sys
import tarfile

TIME = 1790841600  # 2026-10-01T08:00:00Z
CREATED = "2026-10-01T08:00:00Z"


def filler(name, size):
    """Bytes that look like a program: incompressible, the same everywhere."""
    out = bytearray()
    block = name.encode()
    while len(out) < size:
        block = hashlib.sha256(block).digest()
        out += block
    return bytes(out[:size])


def elf(name, size):
    return b"\x7fELF\x02\x01\x01" + b"\0" * 9 + b"\x02\0\x3e\0" + filler(name, size - 20)


class Layer:
    def __init__(self):
        self.buffer = io.BytesIO()
        self.tar = tarfile.open(fileobj=self.buffer, mode="w", format=tarfile.PAX_FORMAT)

    def add(self, path, content=b"", mode=0o644, kind=tarfile.REGTYPE, link="", uid=0, gid=0):
        entry = tarfile.TarInfo(path)
        entry.mtime, entry.mode, entry.type, entry.linkname, entry.uid, entry.gid = TIME, mode, kind, link, uid, gid
        entry.size = len(content) if kind == tarfile.REGTYPE else 0
        self.tar.addfile(entry, io.BytesIO(content) if kind == tarfile.REGTYPE else None)
        return self

    def folder(self, *paths, mode=0o755):
        for path in paths:
            self.add(path, kind=tarfile.DIRTYPE, mode=mode)
        return self

    def text(self, path, text, mode=0o644):
        return self.add(path, text.encode(), mode)

    def done(self):
        self.tar.close()
        return self.buffer.getvalue()


PACKAGES = [("base-files", "12.4+deb12u11"), ("bash", "5.2.15-2"), ("apt", "2.6.1"), ("coreutils", "9.1-1"), ("libc6", "2.36-9+deb12u10"),
            ("openssh-server", "1:9.2p1-2+deb12u6"), ("passwd", "1:4.13+dfsg1-1"), ("netcat-openbsd", "1.219-1")]


def status(packages):
    return "".join(f"Package: {name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {version}\n"
                   f"Description: sample entry\n\n" for name, version in packages)


def layers():
    base = Layer()
    base.folder("bin", "etc", "usr", "usr/bin", "usr/sbin", "usr/lib", "var", "var/lib", "var/lib/dpkg", "var/log", "root")
    base.folder("tmp", mode=0o1777)
    base.text("etc/os-release", 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n')
    base.text("etc/passwd", "root:x:0:0:root:/root:/bin/bash\nportal:x:1000:1000::/srv/portal:/usr/sbin/nologin\n")
    base.add("bin/bash", elf("bash", 180_000), 0o755).add("bin/sh", kind=tarfile.SYMTYPE, link="bash", mode=0o777)
    base.add("usr/bin/apt-get", elf("apt-get", 60_000), 0o755).add("usr/bin/passwd", elf("passwd", 40_000), 0o4755)
    base.add("usr/bin/chage", elf("chage", 30_000), 0o2755).add("usr/lib/libsample.so.1", elf("libsample", 900_000))
    base.text("var/lib/dpkg/status", status(PACKAGES[:5]))
    yield base.done(), "/bin/sh -c #(nop) ADD file:rootfs.tar in / "

    tools = Layer()
    tools.folder("usr/sbin", "var/cache", "var/cache/apt", "etc/ssh", "run", "run/sshd")
    tools.add("usr/sbin/sshd", elf("sshd", 140_000), 0o755).add("usr/bin/nc", elf("nc", 20_000), 0o755)
    tools.text("etc/ssh/sshd_config", "Port 22\nPermitRootLogin prohibit-password\n")
    tools.add("var/cache/apt/archives.bin", filler("apt cache", 700_000)).text("var/lib/dpkg/status", status(PACKAGES))
    yield tools.done(), "/bin/sh -c apt-get update && apt-get install -y openssh-server netcat-openbsd"

    build = Layer()
    build.folder("srv", "srv/portal", "srv/portal/assets", "root/.ssh")
    build.add("srv/portal/portal", elf("portal 1.4.1", 1_200_000), 0o755)
    for i in range(12):
        build.add(f"srv/portal/assets/chart-{i:02}.js", filler(f"chart {i}", 24_000))
    key = "-----BEGIN OPENSSH PRIVATE KEY-----\n" + "U0FNUExFIE9OTFksIE5PIFJFQUwgS0VZ\n" * 12 + "-----END OPENSSH PRIVATE KEY-----\n"
    build.text("root/.ssh/id_ed25519", key, 0o600)
    yield build.done(), "COPY --chown=0:0 portal /srv/portal # buildkit"

    release = Layer()
    release.add("srv/portal/portal", elf("portal 1.4.2", 1_210_000), 0o755)
    release.text("srv/portal/config.yaml", "listen: 0.0.0.0:8080\nlog:\n  file: /var/log/portal/access.log\n", 0o666)
    release.folder("var/log/portal").text("var/log/portal/access.log", "2026-10-01T08:00:00Z GET /healthz 200\n" * 40)
    yield release.done(), "RUN /bin/sh -c ./release.sh 1.4.2 # buildkit"

    clean = Layer()
    clean.folder("root", "root/.ssh").text("root/.ssh/.wh.id_ed25519", "").folder("var/cache").text("var/cache/.wh.apt", "")
    yield clean.done(), "RUN /bin/sh -c rm -rf /root/.ssh/id_ed25519 /var/cache/apt # buildkit"


def main(out):
    made = list(layers())
    history = [{"created": CREATED, "created_by": command} for _, command in made]
    history += [{"created": CREATED, "created_by": text, "empty_layer": True} for text in
                ("ENV DB_HOST=db.kundenportal.svc DB_PASSWORD=Hafen-2026-Sample", "EXPOSE map[22/tcp:{} 8080/tcp:{}]",
                 'ENTRYPOINT ["/srv/portal/portal"]')]
    config = {
        "architecture": "amd64", "os": "linux", "created": CREATED,
        "config": {
            "Env": ["PATH=/usr/sbin:/usr/bin:/bin", "DB_HOST=db.kundenportal.svc", "DB_PASSWORD=Hafen-2026-Sample"],
            "Entrypoint": ["/srv/portal/portal"], "Cmd": ["--config", "/srv/portal/config.yaml"], "WorkingDir": "/srv/portal",
            "ExposedPorts": {"22/tcp": {}, "8080/tcp": {}},
            "Labels": {"org.opencontainers.image.title": "Kundenportal", "org.opencontainers.image.version": "1.4.2"},
        },
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(data).hexdigest() for data, _ in made]},
        "history": history,
    }
    config_bytes = json.dumps(config, separators=(",", ":")).encode()
    config_name = hashlib.sha256(config_bytes).hexdigest() + ".json"
    names = [hashlib.sha256(data).hexdigest() + "/layer.tar" for data, _ in made]
    manifest = [{"Config": config_name, "RepoTags": ["registry.musterhafen.example/kundenportal/portal:1.4.2"], "Layers": names}]

    archive = Layer()
    archive.add(config_name, config_bytes)
    for name, (data, _) in zip(names, made):
        archive.folder(name.split("/")[0]).add(name, data)
    archive.add("manifest.json", json.dumps(manifest, separators=(",", ":")).encode())
    with open(out, "wb") as file:
        file.write(archive.done())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
