// SPDX-License-Identifier: Apache-2.0
#include "core/document/readers.h"
#include "core/document/secret_rules.h"

#include "tests/core/document/tree_text.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

namespace {

/// Stands for the secret in the rows below; seven characters, and no word that any rule would take for a setting.
constexpr const char *planted = "Pl4ntd!";

QString words(const std::vector<std::string> &arguments)
{
    QStringList list;
    for (const std::string &argument : arguments)
        list << QString::fromStdString(argument);
    return list.join(QStringLiteral(" | "));
}

std::vector<std::string> wordsOf(const QByteArray &row)
{
    std::vector<std::string> list;
    for (const QByteArray &word : row.split('~'))
        list.push_back(word.toStdString());
    return list;
}

/// The text with every "‹masked: 7 characters›" as "#".
QByteArray marked(const std::string &text)
{
    return QByteArray::fromStdString(text).replace(QByteArray::fromStdString(maskedText(7)), "#");
}

} // namespace

class SecretArgumentsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectors_data();
    void vectors();
    void valuesGoToTheEndOfTheWord();
    void texts_data();
    void texts();
    void harmlessVectors_data();
    void harmlessVectors();
    void harmlessTexts_data();
    void harmlessTexts();
    void placesInManifests_data();
    void placesInManifests();
    void filesInConfigMaps();
    void hostileTextsTakeLinearTime();
};

void SecretArgumentsTest::vectors_data()
{
    QTest::addColumn<QByteArray>("row");
    // "~" separates the words, "#" is the secret: nothing else may change
    for (const char *row : {"curl~-u~admin:#", "curl~-sSu~admin:#~https://h", "curl~-uadmin:#", "curl~--user~a:#",
             "curl~-H~Authorization: Bearer #", "curl~-H~X-Api-Key: #", "curl~--header~Authorization: Basic #",
             "curl~-b~session=#", "mysql~-uroot~-p#", "mysql~-uroot~-p~#", "cypher-shell~-u~u~-p~#",
             "airflow~users~create~-u~u~-p~#", "/usr/bin/mysqldump~-h~db~-p#~shop", "mariadb-admin~-p#~ping",
             "redis-cli~-a~#~ping", "redis-cli~-h~redis~--pass~#", "run~--password~#", "run~--token~#",
             "run~--api-key~#", "run~--password=#", "wget~--password=#~https://h",
             "wget~--header=Authorization: Basic #", "sshpass~-p~#~ssh~-p~22~h", "sshpass~-p#~scp~-p~a~b",
             "htpasswd~-b~f~u~#", "htpasswd~-nbB~-C~10~u~#", "openssl~rsa~-passin~pass:#~-in~k",
             "openssl~enc~-aes-256-cbc~-k~#", "openssl~passwd~-6~-salt~s~#", "docker~login~-u~u~-p~#~r.example",
             "helm~registry~login~r~-p~#", "kubectl~--token~#~get~pods", "kubectl~--token=#",
             "helm~upgrade~--set~foo.password=#", "java~-Dfoo.password=#~-jar~a.jar", "ldapsearch~-D~cn=a~-w~#",
             "ldapsearch~-w#~-x", "mongosh~-u~u~-p~#", "sudo~-E~mysql~-p#", "kubectl~exec~pod~--~mysql~-p#",
             "docker~exec~-it~db~mysql~-uroot~-p#", "keytool~-genkey~-storepass~#",
             "kubectl~create~secret~generic~s~--from-literal=k=#", "rabbitmqctl~add_user~u~#",
             "mc~alias~set~n~https://h~u~#", "sqlplus~u/#@db", "aws~configure~set~aws_secret_access_key~#",
             "sh~-c~mysql -uroot -p# shop", "smbclient~//h/s~-U~u%#", "wget~https://h/?token=#"})
        QTest::newRow(row) << QByteArray(row);
}

void SecretArgumentsTest::vectors()
{
    QFETCH(QByteArray, row);
    QByteArray with = row;
    with.replace('#', planted);
    const auto masked = maskSecretsInArguments(wordsOf(with));
    QByteArrayList list;
    for (const std::string &word : masked)
        list << marked(word);
    QCOMPARE(list.join('~'), row);
    QCOMPARE(words(maskSecretsInArguments(masked)), words(masked)); // nothing is masked twice
}

/// Of a word that begins with a flag nothing is left, whatever ends a value in a text.
void SecretArgumentsTest::valuesGoToTheEndOfTheWord()
{
    const std::vector<std::string> arguments = {"run", "--password=a,b", "DB_PASSWORD=a b;c"};
    QCOMPARE(words(maskSecretsInArguments(arguments)),
        words({"run", "--password=" + maskedText(3), "DB_PASSWORD=" + maskedText(5)}));
}

void SecretArgumentsTest::texts_data()
{
    QTest::addColumn<QByteArray>("row");
    for (const char *row : {"mysqldump -h db -u root -p# shop > /b.sql", "mysql -u root -p'#' -e 'select 1'",
             "mysql -p\"#\"", "PGPASSWORD=# psql -h db", "a && mysql -p# | gzip",
             "/bin/sh -c curl -u admin:# https://h", "RUN |1 A=b /bin/sh -c mysql -p# shop", "sh -c \"mysql -p# shop\"",
             "bash -c 'sh -c \"redis-cli -a #\"'", "curl -u 'admin:#' https://h", "curl -u admin:'#' h",
             "curl -su admin:# h", "curl -H 'Authorization: Bearer #' h", "curl -H \"Authorization: Basic #\" h",
             "curl -H 'X-Api-Key: #' h", "curl -H \"authorization: token #\" h", "echo 'root:#' | chpasswd",
             "echo \"u:#\" | base64", "echo # | docker login -u u --password-stdin r", "sshpass -p # ssh -p 22 h",
             "htpasswd -bc /f u # > /dev/null", "htpasswd -bnBC 10 \"\" # | tr -d ':'", "CMD [\"mysql\" \"-p#\"]",
             "{\"args\": [\"mysql\", \"-uroot\", \"-p#\"]}", "command:\n  - mysql\n  - -uroot\n  - -p#\n",
             "mysql \\\n  -uroot \\\n  -p#\n", "# mysql -p#", "ENTRYPOINT [\"curl\",\"-u\",\"a:#\"]",
             "docker login -p # r && docker run -p 8080:80 i", "openssl rsa -in k -passin pass:#",
             "proxy_set_header Authorization \"Basic #\";", "Authorization: Bearer #",
             "requests.get(u, headers={'Authorization': 'Token #'})", "OTEL_HEADERS=Authorization=Basic%20#",
             "Cookie: session=#", "https://h/?token=#", "GET /a?x=1&access_token=#", "https://h/?code=#",
             "https://h/?sig=#&sv=2020", "https://h/?key=#", "https://h/?x=1&amp;api_key=#"})
        QTest::newRow(row) << QByteArray(row);
}

void SecretArgumentsTest::texts()
{
    QFETCH(QByteArray, row);
    QByteArray with = row;
    const bool isComment = row.startsWith("# ");
    with.replace(isComment ? "-p#" : "#", isComment ? QByteArray("-p") + planted : QByteArray(planted));
    const std::string masked = maskSecretsInText(with.toStdString());
    QCOMPARE(marked(masked), row);
    QVERIFY(maskSecretsInText(masked) == masked);
}

void SecretArgumentsTest::harmlessVectors_data()
{
    QTest::addColumn<QByteArray>("row");
    for (const char *row : {"docker~run~-p~8080:80~mysql", "docker~run~--name~mysql~-p3306:3306~i", "mkdir~-p~dir",
             "mkdir~-p~/var/lib/mysql", "cp~-p~a~b", "ssh~-p~22~h", "nginx~-p~prefix", "tar~-px~-f~a.tar",
             "curl~-u~admin", "curl~-u~admin:$PASS", "curl~-b~cookies.txt", "curl~-s~-o~f~https://h:80/x",
             "mysql~-p~shop", "mysql~-p~shop_2", "psql~-p~Pl4ntd!", "mysql~-uroot~-p$(MYSQL_PASSWORD)",
             "mysql~-P~3306~--protocol=tcp", "psql~-h~mysql~-p~3306", "redis-cli~-h~redis~-p~6379",
             "redis-server~--port~6379", "run~--token-file~/t", "run~--password~--verbose",
             "docker~compose~-p~project~up", "kubectl~port-forward~-p~pod", "htpasswd~f~u",
             "openssl~rsa~-passin~file:/pw", "openssl~rsa~-passin~env:PASS", "python~-u~a:b", "chown~-R~1000:1000~/d",
             "run~--user~nobody:nogroup", "rsync~-avp~a:b~c", "ps~-p~1", "apt-get~install~mysql-client~curl",
             "git~config~--global~user.name~Someone", "wget~-P~/tmp~https://h", "get~list~login~-p~x",
             "sshpass~-f~/pw~ssh~-p~22~h", "docker~login~--password-stdin~r", "grep~-e~token~f"})
        QTest::newRow(row) << QByteArray(row);
}

void SecretArgumentsTest::harmlessVectors()
{
    QFETCH(QByteArray, row);
    const std::vector<std::string> plain = wordsOf(row);
    QCOMPARE(words(maskSecretsInArguments(plain)), words(plain));
}

void SecretArgumentsTest::harmlessTexts_data()
{
    QTest::addColumn<QByteArray>("row");
    for (const char *row : {"docker run -p 8080:80 mysql && mkdir -p dir && cp -p a b", "tar -px < a.tar",
             "curl -H \"Authorization: Bearer $TOKEN\" h", "curl -H 'Authorization: Bearer $(TOKEN)' h",
             "authorization: enabled", "authorization: RBAC", "Access-Control-Allow-Headers: Authorization, X-V2-Id",
             "[\"Authorization\", \"X-V2-Id\"]", "Authorization: Bearer <token>",
             "headers: {Authorization: Bearer {t}}", "Set the Authorization header: it holds 1 token", "cookie: route",
             "Cookie: shop_session-id=x-readiness-probe", "https://h/?code=404&page=2", "https://h/?key=name&sort=desc",
             "https://h/?token=$TOKEN", "a?b&c", "x && token", "don't use mysql -p, it asks", "echo hello | base64",
             "echo http://h:80 | base64", "mysql -h mysql -P 3306 -p", "mysql_upgrade --force",
             "until mysqladmin ping -h db -p\"$PW\"; do sleep 1; done", "ssh -p 22 h && nc -p 80 mysql", "''\"'\"'x'",
             "a \"b", "mysql -p''", "ps -ef | grep mysql"})
        QTest::newRow(row) << QByteArray(row);
}

void SecretArgumentsTest::harmlessTexts()
{
    QFETCH(QByteArray, row);
    const std::string text = row.toStdString();
    QCOMPARE(QByteArray::fromStdString(maskSecretsInText(text)), QByteArray::fromStdString(text));
}

void SecretArgumentsTest::placesInManifests_data()
{
    QTest::addColumn<QByteArray>("container");
    const auto row = [](const char *name, const QByteArray &container) { QTest::newRow(name) << container; };
    row("vector", "args: [curl, -u, 'admin:#']");
    row("command before args", "command: [mysql]\n    args: [-uroot, '-p#']");
    row("two words", "command: [mysql, -uroot]\n    args: [--port, '80', -p, '#']");
    row("image before args", "image: docker.io/curlimages/curl:8\n    args: [-u, 'admin:#']");
    row("shell", "command: [sh, -c, 'mysqldump -p# shop | gzip']");
    row("query of a probe", "livenessProbe: {httpGet: {path: '/?token=#', port: 80}}");
    row("header of a probe",
        "livenessProbe: {httpGet: {httpHeaders: [{name: Authorization, value: 'Basic #'}, {name: X-Auth-Token, "
        "value: '#'}, {name: x-api-key, value: '#'}, {name: Cookie, value: 'a=#'}, {name: authorization, value: "
        "'#'}]}}");
    row("hook", "lifecycle: {postStart: {exec: {command: [mysql, -uroot, '-p#']}}}");
    row("map of headers", "headers: {Authorization: 'Bearer #'}");
    row("Argo", "arguments: [redis-cli, -a, '#']");
    row("literal block", "script: |\n      set -e\n      redis-cli -a # ping\n");
}

void SecretArgumentsTest::placesInManifests()
{
    QFETCH(QByteArray, container);
    for (const char *secret : {"Pl4ntd!", "Pl4ntd!Pl4ntd!Pl4ntd!Pl4ntd!Pl4ntd!"}) {
        const QByteArray text
            = "kind: Pod\nspec:\n  containers:\n  - name: c\n    " + QByteArray(container).replace('#', secret) + "\n";
        ReadOptions options;
        options.fileName = "test.yaml";
        const auto parsed = readYaml(text.toStdString(), options);
        QVERIFY(parsed.has_value());
        const std::string tree = treeText(rootOf(*parsed->documents[0]));
        QVERIFY2(tree.find("Pl4ntd") == std::string::npos, tree.c_str());
        QVERIFY(tree.find("masked: ") != std::string::npos);
        QVERIFY(!keptBytes(*parsed->documents[0]).contains("Pl4ntd"));
    }
}

void SecretArgumentsTest::filesInConfigMaps()
{
    const QByteArray secret = QByteArray("spring.password=Pl4ntd!\n").toBase64();
    const QByteArray plain = QByteArray("spring.port=8080\n").toBase64();
    const QByteArray text = "kind: ConfigMap\nbinaryData:\n  a.properties: " + secret + "\n  b.properties: " + plain
        + "\n  c.jks: /u3+7QAAAAI=\n  d.bin: AAECAwQ=\n";
    ReadOptions options;
    options.fileName = "test.yaml";
    const auto parsed = readYaml(text.toStdString(), options);
    QVERIFY(parsed.has_value());
    const Node files = rootOf(*parsed->documents[0])["binaryData"];
    QVERIFY(files["a.properties"].isMasked());
    QVERIFY(files["c.jks"].isMasked());
    QVERIFY(!files["b.properties"].isMasked());
    QVERIFY(!files["d.bin"].isMasked());
}

/// Each of them would take minutes where some step were quadratic: the test's time limit tells.
void SecretArgumentsTest::hostileTextsTakeLinearTime()
{
    for (const char *piece : {"authorization: ", "'", "\"a '", "?key=", "&token=$", "curl -u ", "\\\"", "mysql -p",
             "\\'\"", "echo a | ", "( ` "}) {
        std::string text;
        while (text.size() < (1U << 18))
            text += piece;
        QVERIFY(!maskSecretsInText(text).empty());
    }
}

TALLY_TEST(SecretArgumentsTest)
#include "secret_arguments_test.moc"
