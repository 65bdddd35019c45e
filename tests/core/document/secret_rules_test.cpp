// SPDX-License-Identifier: Apache-2.0
#include "core/document/secret_rules.h"

#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;

namespace {

// Written in two pieces, so that scanners of repositories do not take our samples for leaks.
const QByteArray githubToken = QByteArray("ghp_") + "16C7e42F292c6912E7710c838347Ae178B4a";
const QByteArray awsKey = QByteArray("AKIA") + "IOSFODNN7EXAMPLE";
const QByteArray slackToken = QByteArray("xoxb-") + "123456789012-abcdefABCDEF";
const QByteArray jwt
    = QByteArray("eyJhbGciOiJIUzI1NiJ9") + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P";
const QByteArray privateKey
    = QByteArray("-----BEGIN RSA ") + "PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----\n";
const QByteArray bcrypt = QByteArray("$2y$10$") + "N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";

} // namespace

class SecretRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_data();
    void names();
    void forms_data();
    void forms();
    void texts_data();
    void texts();
    void maskTellsOnlyTheLength();
};

void SecretRulesTest::names_data()
{
    QTest::addColumn<bool>("announces");
    const auto rows = [](bool announces, std::initializer_list<const char *> names) {
        for (const char *name : names)
            QTest::newRow(name) << announces;
    };
    rows(true,
        {"password", "DB_PASSWORD", "dbPassword", "MYSQL_ROOT_PASSWORD", "spring.datasource.password", "--password",
            "PGPASSWORD", "passwd", "ADMIN_PWD", "DB_PASS", "passphrase", "redis-password", "apiToken", "TOKEN",
            "GITHUB_TOKEN", "access_token", "authtoken", "client_secret", "--client-secret", "CLIENT_SECRET", "API_KEY",
            "apikey", "X-API-Key", "AWS_SECRET_ACCESS_KEY", "secretKey", "SECRET_KEY_BASE", "privateKey", "private_key",
            "encryption-key", "credentials", "PASSWORD_HASH", "PASSWORD_2", "rootPassword", "kennwort", "adminPasswort",
            "requirepass", "JWT_SECRET", "AZURE_STORAGE_ACCOUNT_KEY", "bearer"});
    rows(false,
        {"passwordSecretName", "tokenFile", "secretKeyRef", "secretName", "PASSWORD_FILE", "token_ttl", "tokenUrl",
            "automountServiceAccountTokenPath", "passwordPolicy", "existingSecret", "imagePullSecret", "publicKey",
            "key", "name", "monkey", "keyboard", "tokenReviews", "secrets", "SECRET_NAME", "max_tokens", "nextToken",
            "privateKeySecretRef", "bypass", "passthrough", "compass", "author", "authorization-mode",
            "adminPasswordKey", "AWS_ACCESS_KEY_ID", "tokenExpirationSeconds", "passwordLength", "credentialsFile",
            "passwordless", "checksum/secret", "metadata", "", "a"});
}

void SecretRulesTest::names()
{
    QFETCH(bool, announces);
    const std::string name = QTest::currentDataTag();
    QCOMPARE(nameAnnouncesSecret(name), announces);
}

void SecretRulesTest::forms_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("form");
    const auto row = [](const char *name, const QByteArray &value, const char *form = "") {
        QTest::newRow(name) << value << QByteArray(form);
    };
    row("AWS", awsKey, "aws-access-key");
    row("GitHub", githubToken, "github-token");
    row("Slack", slackToken, "slack-token");
    row("Slack webhook",
        "https://hooks.slack.com/services/"
        "T00000000/B00000000/XXXXXXXXXXXXXXXX",
        "slack-webhook");
    row("JWT", jwt, "jwt");
    row("private key", privateKey, "private-key");
    row("private key in base64", privateKey.toBase64(), "private-key");
    row("docker login in base64", QByteArray(R"({"auths":{"r":{"auth":"dTpw"}}})").toBase64(), "docker-auth");
    row("the same, indented", QByteArray("{\n\t\"auths\": {\"r\": {\"auth\": \"dTpw\"}}}").toBase64(), "docker-auth");
    row("other JSON in base64", QByteArray(R"({"author":{"name":"somebody","x":1}})").toBase64());
    row("URL", "postgres://u:p@h/", "url-password");
    row("URL without user", "redis://:hunter2@cache:6379/0", "url-password");
    row("URL with a raw slash", "amqp://u:pa/ss@h/", "url-password");
    row("URL in a text", "see jdbc:mysql://u:p4ss@db/x please", "url-password");
    row("Go DSN", "root:hunter2@tcp(db:3306)/x", "url-password");
    row("bcrypt", bcrypt, "password-hash");
    row("htpasswd", "admin:" + bcrypt, "password-hash");
    row("crypt", "$6$rounds=5000$saltsalt$abcdefghijklmnopqrstuvwxyz0123456789", "password-hash");
    row("SHA htpasswd", "u:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=", "password-hash");
    row("Basic", "Authorization: Basic dXNlcjpwYXNz", "basic-auth");
    row("Bearer", "Bearer abcdef0123456789abcdef", "bearer-token");
    row("GitLab", QByteArray("glpat-") + "abcdefghij0123456789", "gitlab-token");
    row("Google", QByteArray("AIza") + "SyA1234567890abcdefghijklmnopqrstuv", "google-api-key");
    row("Vault", QByteArray("hvs.") + "CAESIJabcdefghijklmnopqrstuv", "vault-token");
    row("Stripe", QByteArray("sk_live_") + "abcdefghijklmnop1234", "stripe-key");

    row("prose", "The password must not be empty; see https://example.org/a:b for the token.");
    row("digest", "sha256:9b2a8f6c1d0e4f7a9b2a8f6c1d0e4f7a9b2a8f6c1d0e4f7a9b2a8f6c1d0e4f7a");
    row("UUID", "b7a2c1de-3f45-4a6b-8c7d-9e0f1a2b3c4d");
    row("image",
        "registry.example.org:5000/a/b@sha256:9b2a8f6c1d0e4f7a9b2a8f6c1d0e4f7a9b2a8f6c1d0e4f7a9b2a8f6c1d0e4f7a");
    row("URL with port", "https://example.org:8443/path@x");
    row("URL with variable", "postgres://$(USER):$(PASSWORD)@db/x");
    row("mail", "mailto:someone@example.org");
    row("certificate", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
    row("certificate in base64", QByteArray("-----BEGIN CERTIFICATE-----\nMIIB").toBase64());
    row("word with a prefix inside", "notAKIAIOSFODNN7EXAMPLE");
    row("short", "ghp_");
    row("template", "{{ .Values.sha }} ${VAR} $(X)");
}

void SecretRulesTest::forms()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, form);
    const auto found = secretForm(value.toStdString());
    QCOMPARE(QByteArray::fromStdString(std::string(found.value_or(""))), form);
}

void SecretRulesTest::texts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("masked");
    const auto row = [](const char *name, const QByteArray &text, const QByteArray &masked) {
        QTest::newRow(name) << text << masked;
    };
    const QByteArray seven = "\u2039masked: 7 characters\u203A";
    row("assignment", "export DB_PASSWORD=hunter2 && run", "export DB_PASSWORD=" + seven + " && run");
    row("quoted assignment", "PASSWORD=\"hunter2\" run", "PASSWORD=\"" + seven + "\" run");
    row("switch", "MYSQL_ALLOW_EMPTY_PASSWORD=1", "MYSQL_ALLOW_EMPTY_PASSWORD=1");
    row("filled in later", "token: __SERVICEACCOUNT_TOKEN__", "token: __SERVICEACCOUNT_TOKEN__");
    row("flag", "app --client-secret hunter2 --port 80", "app --client-secret " + seven + " --port 80");
    row("flag with sign", "--token=hunter2", "--token=" + seven);
    row("curl's user", "curl -u admin:hunter2 https://h", "curl -u admin:" + seven + " https://h");
    row("user and group", "docker run -u 1000:1000 --user nobody:nogroup",
        "docker run -u 1000:1000 --user nobody:nogroup");
    row("YAML", "db:\n  password: hunter2\n  user: u\n", "db:\n  password: " + seven + "\n  user: u\n");
    row("properties", "a.password = hunter2\nb=1\n", "a.password = " + seven + "\nb=1\n");
    row("words behind", "password: hunter 2 hunter\n", "password: \u2039masked: 15 characters\u203A\n");
    row("JSON", R"({"password": "hunter2", "user": "u"})", "{\"password\": \"" + seven + "\", \"user\": \"u\"}");
    row("JSON in JSON", R"({\"password\":\"hunter2\"})", R"({\"password\":\")" + seven + R"(\"})");
    row("XML", "<password>hunter2</password>", "<password>" + seven + "</password>");
    row("redis", "requirepass hunter2\n", "requirepass " + seven + "\n");
    row("PHP", "'db_password' => 'hunter2',", "'db_password' => '" + seven + "',");
    row("URL", "curl https://u:hunter2@h/x", "curl https://u:" + seven + "@h/x");
    row("query", "https://h/x?api_key=hunter2&y=1", "https://h/x?api_key=" + seven + "&y=1");
    row("pgpass", "# comment\ndb.example:5432:shop:app:hunter2\r\n",
        "# comment\ndb.example:5432:shop:app:" + seven + "\r\n");
    row("pgpass for all", "*:*:*:app:hunter2", "*:*:*:app:" + seven);
    row("netrc", "machine h.example login u password hunter2\n", "machine h.example login u password " + seven + "\n");
    row("netrc in lines", "machine h\n  login u\n  password hunter2\nmachine i",
        "machine h\n  login u\n  password " + seven + "\nmachine i");
    row("MySQL", "CREATE USER app IDENTIFIED BY 'hunter2';", "CREATE USER app IDENTIFIED BY '" + seven + "';");
    row("MySQL with a plugin", "create user 'a'@'%' identified with caching_sha2_password by 'hunter2'",
        "create user 'a'@'%' identified with caching_sha2_password by '" + seven + "'");
    row("PostgreSQL", "ALTER ROLE app WITH LOGIN PASSWORD 'hunter2';",
        "ALTER ROLE app WITH LOGIN PASSWORD '" + seven + "';");
    row("docker login", R"({"auths":{"r":{"auth":"dTpw"}}})",
        "{\"auths\":{\"r\":{\"auth\":\"\u2039masked: 4 characters\u203A\"}}}");

    for (const char *text :
        {"password: ${DB_PASSWORD}", "PASSWORD=$(cat /run/secrets/x)", "token: /var/run/token", "password: \"\"",
            "--token-ttl 3600", "if [ \"$PASSWORD\" == \"x\" ]", "passwordSecretName: abcdefgh", "secretName: my-tls",
            "ciphers: HIGH:!MD5:!PSK:!SRP", "secret: my-app-tls", "password: {{ .Values.password }}",
            "tokenSeconds: 3600", "automountServiceAccountToken: false", "Enter the password, then continue",
            "https://h:80/x", "a: b", "\"credential\": {\n", "2001:0db8:85a3:0000:abcd", "fe:80:ab:cd:ef12",
            "host:80:b:c:d:efgh", "root:x:0:0:root:/root:/bin/sh", "12:30:shop:app:text",
            "the login needs a password before it starts", "identified by name", "arn:aws:iam::123456789012:role/x"})
        row(text, text, text);
}

void SecretRulesTest::texts()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, masked);
    QCOMPARE(QByteArray::fromStdString(maskSecretsInText(text.toStdString())), masked);
}

void SecretRulesTest::maskTellsOnlyTheLength()
{
    QVERIFY(maskedText(24) == "\u2039masked: 24 characters\u203A");
    QVERIFY(maskedText(1) == "\u2039masked: 1 character\u203A");
}

TALLY_TEST(SecretRulesTest)
#include "secret_rules_test.moc"
