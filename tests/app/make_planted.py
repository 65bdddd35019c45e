#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes export.yaml, image.tar and secrets.txt (one planted secret per line) into a folder. All secrets are invented.
usage: make_planted.py FOLDER"""
import base64
import gzip
import hashlib
import io
import json
import pathlib
import sys
import tarfile

secrets = []


def plant(value):
    """Remembers the value: it may not stand in anything that is written."""
    secrets.append(value)
    return value


def word(n, length=20):
    """A password that looks like one, different for each n."""
    return "Pw" + base64.b32encode(hashlib.sha256(f"planted {n}".encode()).digest()).decode()[:length].lower() + "9!"[:1]


def token(n, length):
    return base64.b64encode(hashlib.sha512(f"token {n}".encode()).digest()).decode().translate(str.maketrans("+/=", "aZ0"))[:length]


def b64(text):
    return base64.b64encode(text.encode()).decode()


def jwt(n):
    return b64('{"alg":"HS256","typ":"JWT"}').rstrip("=") + "." + b64('{"sub":"%d","name":"planted token"}' % n).rstrip("=") + "." + token(n, 43)


def pem(n):
    return "-----BEGIN RSA PRIVATE KEY-----\n" + "\n".join(plant(token(f"{n}/{i}", 64)) for i in range(3)) + "\n-----END RSA PRIVATE KEY-----\n"


def meta(name, namespace="app", **more):
    return {"name": name, "namespace": namespace, "uid": hashlib.md5(name.encode()).hexdigest(), **more}


def pod(name, container, annotations=None):
    return {"apiVersion": "v1", "kind": "Pod", "metadata": meta(name, annotations=annotations or {}),
            "spec": {"containers": [{"name": "main", "image": "registry.example/app:1", **container}]}}


def helm_release():
    release = json.dumps({"name": "shop", "config": {"db": {"password": plant(word("helm"))}}, "manifest": "kind: Secret"})
    packed = base64.b64encode(gzip.compress(release.encode(), mtime=0)).decode()
    plant(packed[:40])
    return b64(packed)


def shell_commands(start):
    """Commands with a secret that only its place in the command tells, as lists of words."""
    n = iter(range(start, start + 100))

    def new(length=20):
        return plant(word(next(n), length))

    return [
        ["curl", "-u", "admin:" + new(), "https://h"], ["curl", "-sSu", "admin:" + new(6), "https://h"],
        ["curl", "-H", "Authorization: Bearer " + new(6), "https://h"], ["curl", "--header", "X-Api-Key: " + new()],
        ["mysql", "-uroot", "-p" + new(6)], ["mysqldump", "-h", "db", "-p" + new(), "shop"], ["redis-cli", "-a", new(), "ping"],
        ["app", "--password", new()], ["app", "--token", new()], ["app", "--api-key", new()], ["wget", "--password=" + new(), "https://h"],
        ["sshpass", "-p", new(), "ssh", "-p", "22", "h"], ["htpasswd", "-b", "f", "u", new()],
        ["openssl", "rsa", "-passin", "pass:" + new(), "-in", "k"], ["docker", "login", "-u", "u", "-p", new(), "r.example"],
        ["kubectl", "--token", new(), "get", "pods"], ["helm", "upgrade", "a", "b", "--set", "foo.password=" + new()],
        ["java", "-Dfoo.password=" + new(), "-jar", "a.jar"], ["ldapsearch", "-x", "-w", new()],
        ["curl", f"https://h/?access_token={new()}"], ["env", "PGPASSWORD=" + new(), "psql"], ["mongosh", "-u", "u", "-p", new()],
    ]


def commands():
    """Containers with these commands: as words, and as one text for a shell."""
    for argv in shell_commands(100):
        yield {"command": argv[:1], "args": argv[1:]}
    for argv in shell_commands(200):
        quoted = " ".join(f"'{part}'" if " " in part else part for part in argv)
        yield {"command": ["sh", "-c", f"set -e; {quoted} && echo done"]}
    yield {"image": "curlimages/curl:8", "args": ["-u", "admin:" + plant(word(91))]}
    yield {"command": ["sh", "-c", f"echo 'root:{plant(word(92))}' | chpasswd"]}
    headers = [{"name": "Authorization", "value": "Basic " + plant(b64("u:" + word(93, 4)))}, {"name": "X-Api-Key", "value": plant(word(94, 6))},
               {"name": "authorization", "value": "Bearer " + plant(word(95, 6))}, {"name": "Cookie", "value": "session=" + plant(word(96))},
               {"name": "X-Auth-Token", "value": plant(word(97))}]
    yield {"livenessProbe": {"httpGet": {"path": f"/?token={plant(word(98))}", "port": 80, "httpHeaders": headers}},
           "readinessProbe": {"httpGet": {"path": f"/health?a=1&sig={plant(word(99))}", "port": 80}},
           "lifecycle": {"postStart": {"exec": {"command": ["mysql", "-uroot", "-p" + plant(word(89))]}}}}


def objects():
    yield {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "app", "uid": "n"}}
    value = plant(word(1))
    plant(b64(value))
    yield {"apiVersion": "v1", "kind": "Secret", "metadata": meta("db"), "type": "Opaque", "data": {"password": b64(value), "user": b64(plant(word(2)))}}
    yield {"apiVersion": "v1", "kind": "Secret", "metadata": meta("plain"), "stringData": {"anything": plant("tulpenzwiebel im garten 17")}}
    applied = json.dumps({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "applied"}, "data": {"k": plant(b64(word(3)))}})
    yield {"apiVersion": "v1", "kind": "Secret", "metadata": meta("applied", annotations={"kubectl.kubernetes.io/last-applied-configuration": applied}), "data": {}}
    yield {"apiVersion": "v1", "kind": "Secret", "type": "helm.sh/release.v1", "metadata": meta("sh.helm.release.v1.shop.v1"), "data": {"release": helm_release()}}
    docker = json.dumps({"auths": {"registry.example": {"auth": plant(b64("robot:" + word(4)))}}})
    yield {"apiVersion": "v1", "kind": "ConfigMap", "metadata": meta("settings"), "data": {
        "api_token": plant(token(5, 32)),
        "DB_PASSWORD": plant(word(6)),
        "application.properties": f"server.port=8080\nspring.datasource.password={plant(word(7))}\n",
        ".env": f"MODE=production\nSECRET_KEY={plant(token(8, 40))}\n",
        "config.json": json.dumps({"smtp": {"host": "mail", "password": plant(word(9))}}),
        "config.yaml": f"database:\n  host: db\n  password: {plant(word(10))}\n",
        "url": f"postgres://shop:{plant(word(11))}@db:5432/shop",
        "tls.key": pem("config"),
        "htpasswd": "admin:" + plant("$apr1$" + token(12, 8) + "$" + token(13, 22)) + "\n",
        ".dockerconfigjson": docker,
        "readme": f"ask for ghp_{plant(token(14, 36))} if it fails",
    }}
    pods = [
        ("env-name", {"env": [{"name": "ADMIN_PASSWORD", "value": plant(word(15))}]}),
        ("env-aws", {"env": [{"name": "AWS_SECRET_ACCESS_KEY", "value": plant(token(16, 40))}, {"name": "KEY_ID", "value": plant("AKIAZ7Q3PLANTED5X2WT")}]}),
        ("env-jwt", {"env": [{"name": "GREETING", "value": plant(jwt(17))}]}),
        ("env-url", {"env": [{"name": "BROKER", "value": f"amqp://mq:{plant(word(18))}@mq:5672/"}]}),
        ("arg-equals", {"args": [f"--password={plant(word(19))}"]}),
        ("arg-next", {"args": ["--api-key", plant(token(20, 32))]}),
        ("arg-shell", {"command": ["sh", "-c", f"export DB_PASSWORD={plant(word(21))} && run"]}),
        ("header", {"args": ["curl", "-H", f"Authorization: Bearer {plant(token(22, 48))}"]}),
        ("slack", {"env": [{"name": "HOOK", "value": "xoxb-" + plant(f"123456789012-1234567890123-{token(23, 24)}")}]}),
        ("github", {"env": [{"name": "NOTE", "value": "ghp_" + plant(token(24, 36))}]}),
        ("key", {"env": [{"name": "MATERIAL", "value": pem("env")}]}),
        ("probe", {"livenessProbe": {"exec": {"command": ["redis-cli", "-a", "x", f"--pass={plant(word(25))}"]}}}),
    ]
    for name, container in pods:
        yield pod(name, container)
    for number, container in enumerate(commands()):
        yield pod(f"command-{number}", container)
    yield {"apiVersion": "v1", "kind": "ConfigMap", "metadata": meta("binary"), "binaryData": {
        "app.properties": plant(b64(f"user=shop\nspring.datasource.password={plant(word(90))}\n")),
        "store.jks": plant(base64.b64encode(b"\xfe\xed\xfe\xed" + bytes(range(60))).decode())}}
    yield pod("annotated", {}, {"example.org/token": plant(token(26, 40))})
    template = {"metadata": {"labels": {"app": "cron"}}, "spec": {
        "initContainers": [{"name": "init", "image": "a:1", "env": [{"name": "CLIENT_SECRET", "value": plant(token(27, 32))}]}],
        "containers": [{"name": "main", "image": "a:1", "env": [{"name": "PGPASSWORD", "value": plant(word(28))}]}]}}
    spec = {"schedule": "0 0 * * *", "jobTemplate": {"spec": {"template": template}}}
    applied = json.dumps({"kind": "CronJob", "spec": spec})
    yield {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": meta("cron", annotations={"kubectl.kubernetes.io/last-applied-configuration": applied}), "spec": spec}


def yaml_text(value, indent=0):
    """Block YAML with every string quoted as JSON does it, which is YAML too."""
    pad = "  " * indent
    if isinstance(value, dict) and value:
        return "".join(f"{pad}{json.dumps(k)}:" + (f"\n{yaml_text(v, indent + 1)}" if isinstance(v, (dict, list)) and v else f" {json.dumps(v)}\n")
                       for k, v in value.items())
    return "".join(f"{pad}-" + (f"\n{yaml_text(v, indent + 1)}" if isinstance(v, (dict, list)) and v else f" {json.dumps(v)}\n") for v in value)


def layer(entries):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for path, text in entries:
            info = tarfile.TarInfo(path)
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))
    return buffer.getvalue()


def image():
    layers = [
        layer([("root/.ssh/id_rsa", pem("file")), ("app/.env", f"PASSWORD={plant(word(30))}\n"),
               ("root/.npmrc", f"//registry.npmjs.org/:_authToken={plant(token(31, 36))}\n"),
               ("root/.aws/credentials", f"[default]\naws_secret_access_key = {plant(token(32, 40))}\n"),
               ("root/.docker/config.json", json.dumps({"auths": {"r": {"auth": plant(b64("u:" + word(33)))}}})),
               ("root/.git-credentials", f"https://ci:{plant(token(34, 30))}@git.example\n"),
               ("root/.pgpass", f"db:5432:*:shop:{plant(word(35))}\n")]),
        layer([("root/.ssh/.wh.id_rsa", ""), ("app/run", "#!/bin/sh\n")]),
    ]
    argument, shell, variable, label = plant(token(36, 32)), plant(word(37)), plant(word(38)), plant(token(39, 40))
    config = {
        "architecture": "amd64", "os": "linux",
        "config": {"Env": ["PATH=/bin", f"DB_PASSWORD={variable}"], "Labels": {"build.token": label, "usage": f"docker run i mysql -p{plant(word(80))}"},
                   "Entrypoint": ["mysql"], "Cmd": ["-uroot", "-p" + plant(word(81, 6)), f"--token={plant(token(40, 32))}"],
                   "Healthcheck": {"Test": ["CMD", "redis-cli", "-a", plant(word(82)), "ping"]}},
        "container_config": {"Cmd": ["/bin/sh", "-c", f"#(nop) CMD [\"mysql\" \"-p{plant(word(83))}\"]"]},
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(data).hexdigest() for data in layers]},
        "history": [{"created_by": f"RUN |1 API_TOKEN={argument} /bin/sh -c make # buildkit"},
                    {"created_by": f"/bin/sh -c curl -u admin:{shell} https://example.org && export PASSWORD={shell}"},
                    {"created_by": f"ENV DB_PASSWORD={variable}", "empty_layer": True}]
                   + [{"created_by": "/bin/sh -c " + " ".join(f"'{part}'" if " " in part else part for part in argv), "empty_layer": True}
                      for argv in shell_commands(300)],
    }
    config_bytes = json.dumps(config).encode()
    members = [(hashlib.sha256(config_bytes).hexdigest() + ".json", config_bytes)]
    members += [(f"{i}/layer.tar", data) for i, data in enumerate(layers)]
    members.append(("manifest.json", json.dumps([{"Config": members[0][0], "RepoTags": ["planted:1"], "Layers": ["0/layer.tar", "1/layer.tar"]}]).encode()))
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    listing = {"apiVersion": "v1", "kind": "List", "items": list(objects())}
    comment = f"# admin password: {plant(word(29))}\n"
    (folder / "export.yaml").write_text(comment + yaml_text(listing), "utf-8")
    (folder / "export.json").write_text(json.dumps(listing, indent=1), "utf-8")
    (folder / "image.tar").write_bytes(image())
    (folder / "secrets.txt").write_text("\n".join(secrets) + "\n", "utf-8")
