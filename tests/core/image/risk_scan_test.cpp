// SPDX-License-Identifier: Apache-2.0
#include "core/image/literal_filter.h"
#include "core/image/risk_scan.h"

#include "tests/support/test_registry.h"

#include <QTest>

#include <cstdint>

using namespace tally;

/// What contents of files give: credentials by form and by name, services, targets of logs.
class RiskScanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secretFiles_data();
    void secretFiles();
    void testPlaces();
    void keepsNoPartOfASecret();
    void piecesGiveTheSame();
    void passesOver();
    void supervisedPrograms();
    void logTargets_data();
    void logTargets();
    void literals();
    void literalsAtEveryPlace();
};

namespace {

QByteArray privateKey(const char *kind = "PRIVATE KEY")
{
    return QByteArray("-----BEGIN ") + kind
        + "-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTU\n-----END " + kind + "-----\n";
}

/// Put together here, so that no scanner takes this file for a leak.
QByteArray token(const char *prefix, const char *rest)
{
    return QByteArray(prefix) + rest;
}

constexpr const char *random36 = "q7Zr2mXc9Lp4Kd8Wn3Vb6Ty1Hf5Gs0JaEuQx";

std::vector<std::string> strings(const QStringList &list)
{
    std::vector<std::string> all;
    for (const QString &text : list)
        all.push_back(text.toStdString());
    return all;
}

} // namespace

namespace {

QByteArray number(std::int64_t value, int bytes)
{
    QByteArray text;
    for (int i = bytes - 1; i >= 0; --i)
        text += static_cast<char>(value >> (8 * i));
    return text;
}

/// A store of Java with entries of these kinds: 1 private key, 2 certificate, 3 secret key.
QByteArray javaStore(const std::vector<int> &kinds, const QByteArray &magic = "\xFE\xED\xFE\xED")
{
    QByteArray store = magic + number(2, 4) + number(static_cast<int>(kinds.size()), 4);
    for (const int kind : kinds) {
        store += number(kind, 4) + number(4, 2) + "name" + number(0, 8);
        if (kind == 2)
            store += number(5, 2) + "X.509" + number(20, 4) + QByteArray(20, 'c');
        else
            store += number(10, 4) + QByteArray(10, 'k') + number(0, 4);
    }
    return store + QByteArray(20, 'h');
}

QByteArray pfx(const char *content)
{
    return QByteArray("\x30\x82\x01\x00\x02\x01\x03\x30", 8) + content + QByteArray(100, '\0');
}

/// One character after another with a zero byte behind it.
QByteArray utf16(const QByteArray &ascii)
{
    QByteArray wide;
    for (const char c : ascii)
        wide.append(c).append('\0');
    return wide;
}

/// RFC 1952 around what qCompress makes: length, zlib header, deflate, Adler-32.
QByteArray gzipped(const QByteArray &text)
{
    const QByteArray deflate = qCompress(text).mid(6).chopped(4);
    QByteArray file("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10);
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char c : text) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1U ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    file += deflate;
    for (const std::uint32_t number : {~crc, static_cast<std::uint32_t>(text.size())}) {
        for (unsigned int shift = 0; shift < 32; shift += 8)
            file.append(static_cast<char>(number >> shift & 0xFFU));
    }
    return file;
}

} // namespace

void RiskScanTest::secretFiles_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("form"); // empty: none
    const auto row = [](const char *name, const char *path, const QByteArray &content, const char *form) {
        QTest::newRow(name) << QString::fromLatin1(path) << content << QString::fromLatin1(form);
    };
    // stores by their names
    row("docker", "root/.docker/config.json", R"({"auths":{"r":{"auth":"dTpw"}}})", "docker-auth");
    row("docker, empty", "root/.docker/config.json", R"({"auths":{}})", "");
    row("docker, a helper", "root/.docker/config.json", R"({"credsStore":"pass","auths":{"r":{"auth":""}}})", "");
    row("shadow locked", "etc/shadow", "root:*:19000:0:99999:7:::\ndaemon:!:1::::::\n", "");
    row("shadow", "etc/shadow", "root:$6$salt$0123456789abcdef:19000:0:99999:7:::\n", "password-hash");
    row("env", "app/.env", "DEBUG=1\nexport DB_PASSWORD=correct-horse\n", "environment-file");
    row("env with signs", "app/prod.env", "DB_PASSWORD=p@ss w$rd(1)\n", "environment-file");
    row("env without", "app/.env", "DEBUG=1\nDB_PASSWORD=${FROM_OUTSIDE}\n", "");
    row("npm", "root/.npmrc", "//r/:_authToken=abc\n", "npm-token");
    row("npm, a reference", "root/.npmrc", "//r/:_authToken=${NPM_TOKEN}\n", "");
    row("netrc", "root/.netrc", "machine git.example.org login ci password correct-horse\n", "password");
    row("pypi", "root/.pypirc", "[pypi]\nusername = __token__\npassword = correct-horse\n", "password");
    row("git", "root/.git-credentials", "https://ci:correct-horse@git.example.org\n", "url-password");
    row("aws", "root/.aws/credentials", "[default]\naws_secret_access_key = correct-horse\n", "aws-secret-key");
    row("kubeconfig", "root/.kube/config", "users:\n- user:\n    token: correct-horse\n", "kubeconfig");
    row("kubeconfig by certificate file", "root/.kube/config", "users:\n- user:\n    client-key: /k.pem\n", "");
    row("history of a shell", "root/.bash_history", "ls\nmysql --password=correct-horse db\n", "shell-history");
    row("history without", "root/.bash_history", "ls\ncd /tmp\n", "");
    row("htpasswd", "etc/nginx/.htpasswd", "admin:$apr1$salt$0123456789abcdef\n", "password-hash");
    row("key store", "app/server.p12", QByteArray("\x30\x82\0\1", 4), "key-store");
    row("trust store", "app/truststore.jks", QByteArray("\xFE\xED\xFE\xED", 4), "");
    // key stores by their content
    row("certificates only", "app/server.jks", javaStore({2, 2}), "");
    row("certificates only, by no name", "etc/ssl/certs/java/cacerts", javaStore({2, 2, 2}), "");
    row("a key among certificates", "app/store.bin", javaStore({2, 1}), "key-store");
    row("a key in a trust store", "app/truststore.jks", javaStore({1}), "key-store");
    row("a secret key", "app/aliases.jceks", javaStore({3}, "\xCE\xCE\xCE\xCE"), "key-store");
    row("cut off, by its name", "app/server.jks", javaStore({2, 2}).left(40), "key-store");
    row("cut off, by no name", "app/store.bin", javaStore({2, 1}).left(40), "");
    row("a packaged test's", "usr/share/java/x/testdata/store", javaStore({1}), "");
    row("PKCS#12", "app/identity", pfx("\x06\x0B\x2A\x86\x48\x86\xF7\x0D\x01\x0C\x0A\x01\x02"), "key-store");
    row("PKCS#12 without keys in sight", "etc/ssl/certs/java/cacerts", pfx("encrypted"), "");
    row("PKCS#12, encrypted, by its name", "app/identity.pfx", pfx("encrypted"), "key-store");
    // forms
    row("key", "app/server.key", privateKey(), "private-key");
    row("key of a host", "etc/ssh/ssh_host_ed25519_key", privateKey("OPENSSH PRIVATE KEY"), "private-key");
    row("key in text", "srv/app/config.yaml", "a: b\nkey: |\n" + privateKey(), "private-key");
    row("key in a packaged folder", "usr/lib/python3/dist-packages/x/key.pem", privateKey(), "private-key");
    row("key of a packaged test", "usr/share/go-1.19/src/crypto/tls/example_test.go", privateKey(), "");
    row("key of a packaged test in /usr/local", "usr/local/go/src/net/testdata/key.pem", privateKey(), "");
    row("key of an own test", "srv/app/tests/key.pem", privateKey(), "private-key");
    row("account of a service", "app/gcp.json",
        R"({"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n-----END PRIVATE KEY-----\n"})",
        "gcp-service-account");
    row("certificate", "app/server.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n", "");
    row("public key", "root/.ssh/id_rsa.pub", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7VJTU ci@host\n", "");
    row("only the marker", "app/readme.txt", "it starts with -----BEGIN PRIVATE KEY----- and", "");
    row("pattern of keys", "etc/ImageMagick-6/mime.xml",
        "<mime magic=\"-----BEGIN PRIVATE KEY-----\" priority=\"50\" description=\"private key of somebody\"/>\n", "");
    row("AWS", "app/settings.py", "KEY = '" + token("AKIA", "Q7ZR2MXC9LP4KD8W") + "'\n", "aws-access-key");
    row("AWS, as documented", "app/settings.py", "KEY = '" + token("AKIA", "IOSFODNN7EXAMPLE") + "'\n",
        "aws-access-key, sample");
    row("GitHub", "app/deploy.sh", "curl -H 'Authorization: token " + token("ghp_", random36) + "'\n", "github-token");
    row("GitHub in a packaged folder", "usr/lib/app/x.js", "'" + token("ghp_", random36) + "'\n", "github-token");
    row("GitLab", "app/ci.yml", "token: " + token("glpat-", "q7Zr2mXc9Lp4Kd8Wn3Vb") + "\n", "gitlab-token");
    row("Slack", "opt/bot.js", token("xoxb-", "123456789012-q7Zr2mXc9Lp4") + "\n", "slack-token");
    row("Stripe", "srv/pay.rb", "Stripe.api_key = '" + token("sk_live_", "q7Zr2mXc9Lp4Kd8Wn3Vb6Ty1") + "'\n",
        "stripe-key");
    row("Google", "srv/map.html", "key=" + token("AIza", "q7Zr2mXc9Lp4Kd8Wn3Vb6Ty1Hf5Gs0JaEuQ") + "\n",
        "google-api-key");
    row("Azure", "app/conn.txt",
        token("AccountName=a;AccountKey=",
            "q7Zr2mXc9Lp4Kd8Wn3Vb6Ty1Hf5Gs0JaEuQxq7Zr2mXc9Lp4Kd8Wn3Vb6Ty1Hf5Gs0JaEuQxq7Zr2mXc9Lp4Kd==;"),
        "azure-storage-key");
    row("JWT", "app/token.txt",
        token("eyJhbGciOiJIUzI1NiJ9.", "eyJzdWIiOiIxMjM0In0.q7Zr2mXc9Lp4Kd8Wn3Vb6Ty1Hf5Gs0J") + "\n", "jwt");
    row("JWT in a packaged folder", "usr/lib/python3/dist-packages/jwt/api.py",
        token("eyJhbGciOiJIUzI1NiJ9.", "eyJzdWIiOiIxMjM0In0.q7Zr2mXc9Lp4Kd8Wn3Vb6Ty1Hf5Gs0J") + "\n", "");
    row("connection", "app/db.js", "connect('postgres://shop:correct-horse@db.prod.local/shop')\n", "url-password");
    row("connection as an example", "app/db.js", "// postgres://user:password@localhost/db\n", "url-password, sample");
    row("URL", "app/db.js", "fetch('https://git.example.org/a@b')\n", "");
    row("URL in documentation", "usr/share/doc/curl/README", "curl ftp://me:hunter22@ftp.sunet.se/\n", "");
    // by a name only
    row("properties", "app/application.properties", "spring.datasource.password=correct-horse\n", "named");
    row("YAML", "app/config.yml", "db:\n  password: correct-horse\n", "named");
    row("JSON", "app/appsettings.json", "{\n  \"ApiToken\": \"correct-horse\",\n}\n", "named");
    row("WordPress", "var/www/wp-config.php", "define( 'DB_PASSWORD', 'correct-horse' );\n", "named");
    row("WordPress, as delivered", "var/www/wp-config.php", "define( 'DB_PASSWORD', 'password_here' );\n", "");
    row("a reference", "app/config.yml", "db:\n  password: ${DB_PASSWORD}\n  passwordFile: /run/secrets/db\n", "");
    row("a setting about passwords", "etc/security/pwquality.conf", "minlen = 12\npasswordLength=16\n", "");
    row("PAM", "etc/pam.d/common-password", "password [success=1 default=ignore] pam_unix.so obscure yescrypt\n", "");
    row("sources of accounts", "etc/nsswitch.conf", "passwd:         files systemd\nshadow:         files\n", "");
    row("login.defs", "etc/login.defs", "PASS_MAX_DAYS 99999\nENCRYPT_METHOD SHA512\n", "");
    row("ssl conf", "etc/ssl/openssl.cnf", "challengePassword = A challenge password\n", "");
    row("a packaged setting", "usr/share/app/config.yml", "password: correct-horse\n", "");
    // in programs' sources
    row("Python", "app/settings.py", "DATABASE_PASSWORD = \"correct-horse\"\n", "named");
    row("PHP", "srv/config.php", "$cfg = 1;\nDB_PASSWORD = 'correct-horse';\n", "named");
    row("Go", "app/main.go", "\tpassword := \"correct-horse\"\n", "named");
    row("Python, asked for", "app/settings.py", "PASSWORD = os.environ[\"PASSWORD\"]\npassword = input(\"Password\")\n",
        "");
    row("Python, an example", "app/settings.py", "PASSWORD = \"your-password\"\nTOKEN = 'example'\n", "");
    row("Python, prose", "app/forms.py", "password = \"Enter your password\"\n", "");
    row("Python, packaged", "usr/lib/python3/dist-packages/x/a.py", "PASSWORD = \"correct-horse\"\n", "");
    row("Python, a test", "app/tests/a.py", "PASSWORD = \"correct-horse\"\n", "");
    // in what is no text
    const QByteArray elf("\x7f"
                         "ELF\0",
        5);
    row("a program", "usr/local/bin/app", elf + privateKey(), "private-key");
    row("a program with the marker only", "usr/local/bin/app", elf + "-----BEGIN PRIVATE KEY-----\0%s\n", "");
    row("a packaged program", "usr/bin/app", elf + privateKey(), "");
    row("UTF-16", "opt/token.txt", utf16("token=" + token("ghp_", random36) + "\n"), "github-token");
    row("UTF-16 with a mark", "opt/token.txt", "\xFF\xFE" + utf16(token("ghp_", random36)), "github-token");
    row("UTF-16, a setting", "app/app.properties", utf16("db.password=correct-horse\n"), "named");
    row("UTF-16, harmless", "opt/notes.txt", utf16("nothing in here\n"), "");
    row("compressed", "opt/key.pem.gz", gzipped(privateKey()), "private-key");
    row("compressed, by no name", "opt/backup", gzipped(privateKey()), "private-key");
    row("compressed, a setting", "app/app.yml.gz", gzipped("password: correct-horse\n"), "named");
    row("compressed, harmless", "opt/notes.gz", gzipped("nothing in here\n"), "");
    row("compressed, documentation", "usr/share/doc/x/key.pem.gz", gzipped(privateKey()), "");
    row("compressed, cut off", "opt/key.pem.gz", gzipped(privateKey()).left(20), "");
    row("compressed twice", "opt/key.pem.gz.gz", gzipped(gzipped(privateKey())), "");
}

void RiskScanTest::secretFiles()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, content);
    QFETCH(QString, form);
    QCOMPARE(QString::fromStdString(secretInFile(path.toStdString(), content.toStdString()).value_or("")), form);
}

void RiskScanTest::testPlaces()
{
    QVERIFY(isTestPlace("/usr/src/lib/tests/key.pem"));
    QVERIFY(isTestPlace("app/x_test.go"));
    QVERIFY(isTestPlace("/etc/ssl/private/ssl-cert-snakeoil.key"));
    QVERIFY(!isTestPlace("/root/.ssh/id_rsa"));
    QVERIFY(!isTestPlace("/opt/test"));
    QVERIFY(!isTestPlace("/opt/latest/key.pem"));
}

void RiskScanTest::keepsNoPartOfASecret()
{
    const std::vector<RiskRemark> remarks
        = risksInFile("app/.env", "DB_PASSWORD=correct-horse\nlogfile /var/log/correct-horse\n", 7);
    QCOMPARE(remarks.size(), std::size_t{1});
    QCOMPARE(remarks[0].entry, 7U);
    QVERIFY(remarks[0].detail.find("correct") == std::string::npos);
}

void RiskScanTest::piecesGiveTheSame()
{
    const std::string text = "x=1\n" + privateKey().toStdString();
    RiskScan scan(1 << 20);
    scan.begin("app/a.txt", 1, text.size(), false);
    scan.piece(0, text);
    scan.end();
    scan.begin("app/b.txt", 2, text.size(), false);
    scan.piece(0, std::string_view(text).substr(0, 30));
    scan.piece(30, std::string_view(text).substr(30));
    scan.end();
    const std::string program = std::string("\x7f"
                                            "ELF\0",
                                    5)
        + text;
    for (const char *path : {"opt/app", "usr/bin/app"}) {
        scan.begin(path, 3, program.size(), false);
        scan.piece(0, std::string_view(program).substr(0, 30));
        scan.piece(30, std::string_view(program).substr(30));
        scan.end();
    }
    const std::vector<RiskRemark> remarks = scan.take();
    QCOMPARE(remarks.size(), std::size_t{3});
    QCOMPARE(remarks[0].detail, remarks[1].detail);
    QCOMPARE(remarks[1].entry, 2U);
    QCOMPARE(remarks[2].detail, remarks[1].detail);
}

void RiskScanTest::passesOver()
{
    const std::string text = privateKey().toStdString();
    RiskScan scan(text.size() - 1);
    scan.begin("app/large", 1, text.size(), false);
    scan.piece(0, text);
    scan.end();
    RiskScan sparse(1 << 20);
    sparse.begin("app/sparse", 1, text.size(), true);
    sparse.piece(0, text);
    sparse.end();
    QVERIFY(scan.take().empty());
    QVERIFY(sparse.take().empty());
}

void RiskScanTest::supervisedPrograms()
{
    const char *text
        = "[supervisord]\nnodaemon=true\n; [program:old]\n[program:web]\ncommand=nginx\n  [program:cron]\n";
    QCOMPARE(tally::supervisedPrograms("etc/supervisor/conf.d/app.conf", text), strings({"web", "cron"}));
    QCOMPARE(tally::supervisedPrograms("opt/app/supervisord.conf", text), strings({"web", "cron"}));
    QVERIFY(tally::supervisedPrograms("etc/other.conf", text).empty());
}

void RiskScanTest::logTargets_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("targets");
    const auto row = [](const char *name, const char *path, const char *content, const QStringList &targets) {
        QTest::newRow(name) << QString::fromLatin1(path) << QByteArray(content) << targets;
    };
    row("nginx", "etc/nginx/nginx.conf",
        "error_log /var/log/nginx/error.log warn;\nhttp {\n  access_log  /var/log/nginx/access.log main;\n}\n",
        {"/var/log/nginx/error.log", "/var/log/nginx/access.log"});
    row("nginx, outside", "etc/nginx/nginx.conf",
        "access_log off;\nerror_log /dev/stderr;\n#access_log /x;\nerror_log syslog:server=10.0.0.1;\n", {});
    row("Apache", "etc/apache2/sites-enabled/a.conf", "CustomLog ${APACHE_LOG_DIR}/access.log combined\n",
        {"/var/log/apache2/access.log"});
    row("Apache, a pipe", "etc/apache2/apache2.conf", "ErrorLog \"|/bin/cat\"\n", {});
    row("Logback", "app/classes/logback.xml", "<appender><file>/logs/app.log</file></appender>", {"/logs/app.log"});
    row("Logback, relative", "app/classes/logback.xml", "<file>${LOG}/app.log</file>", {});
    row("Spring", "app/application.properties", "logging.file.name=/var/log/app.log\n", {"/var/log/app.log"});
    row("PHP", "usr/local/etc/php-fpm.conf", "error_log = /proc/self/fd/2\nslowlog = /var/log/slow.log\n",
        {"/var/log/slow.log"});
    row("documentation", "usr/share/doc/nginx/examples/nginx.conf", "access_log /var/log/x;\n", {});
    row("another file", "etc/motd", "access_log /var/log/x;\n", {});
}

void RiskScanTest::logTargets()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, content);
    QFETCH(QStringList, targets);
    QCOMPARE(tally::logTargets(path.toStdString(), content.toStdString()), strings(targets));
}

void RiskScanTest::literals()
{
    static constexpr std::array<std::string_view, 4> words = {"ghp_", "AKIA", "PRIVATE KEY-----", "$6$"};
    const LiteralFilter filter(words);
    QCOMPARE(filter.find(""), std::string_view::npos);
    QCOMPARE(filter.find("gh"), std::string_view::npos);
    QCOMPARE(filter.find("ghp"), std::string_view::npos);
    QCOMPARE(filter.find("xAKIA"), std::size_t{1});
    QCOMPARE(filter.find("AKIA AKIA", 1), std::size_t{5});
    QCOMPARE(filter.find(std::string(1000, 'g') + "ghp_"), std::size_t{1000});
}

/// The wide and the plain way must agree wherever the literal stands, also at the seams of 16 bytes.
void RiskScanTest::literalsAtEveryPlace()
{
    static constexpr std::array<std::string_view, 3> words = {"://", "eyJ", "AccountKey="};
    const LiteralFilter filter(words);
    for (std::size_t length = 3; length < 70; ++length) {
        for (std::size_t at = 0; at + 3 <= length; ++at) {
            std::string text(length, ':');
            text.replace(at, 3, "eyJ");
            QCOMPARE(filter.find(text), at);
            text.replace(at, 3, "eyI");
            QCOMPARE(filter.find(text), std::string_view::npos);
        }
    }
}

TALLY_TEST(RiskScanTest)
#include "risk_scan_test.moc"
