// SPDX-License-Identifier: Apache-2.0
#include "core/image/dockerfile.h"

#include "core/image/base_image.h"

#include "tests/core/image/image_builder.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using tally::test::imageOf;
using tally::test::TarBuilder;

class DockerfileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void instructions_data();
    void instructions();
    void buildArgumentsAreMasked();
    void shellOfTheImageIsLeftOut();
    void layersAndEmptyInstructions();
    void historyTooShort();
    void baseByLayers();
    void baseByLabelsAndHistory();
    void realImages();
};

void DockerfileTest::instructions_data()
{
    QTest::addColumn<QString>("createdBy");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("keyword");
    const auto row = [](const char *name, const char *createdBy, const char *text, const char *keyword) {
        QTest::newRow(name) << QString::fromUtf8(createdBy) << QString::fromUtf8(text) << QString::fromUtf8(keyword);
    };
    row("classic CMD", "/bin/sh -c #(nop)  CMD [\"bash\"]", "CMD [\"bash\"]", "CMD");
    row("classic ADD", "/bin/sh -c #(nop) ADD file:0123abcd in / ", "ADD file:0123abcd /", "ADD");
    row("classic COPY", "/bin/sh -c #(nop) COPY dir:99 in /app ", "COPY dir:99 /app", "COPY");
    row("classic RUN", "/bin/sh -c apt-get update && apt-get install -y x",
        "RUN apt-get update && apt-get install -y x", "RUN");
    row("classic RUN with arguments", "|2 A=1 B=two words /bin/sh -c make all", "RUN make all", "RUN");
    row("BuildKit RUN", "RUN /bin/sh -c make # buildkit", "RUN make", "RUN");
    row("BuildKit RUN with argument", "RUN |1 FOO=bar /bin/sh -c make \"$FOO\" # buildkit", "RUN make \"$FOO\"", "RUN");
    row("BuildKit COPY", "COPY --chown=1:1 a b # buildkit", "COPY --chown=1:1 a b", "COPY");
    row("BuildKit ENV", "ENV PATH=/usr/bin:/bin", "ENV PATH=/usr/bin:/bin", "ENV");
    row("EXPOSE as Go prints it", "EXPOSE map[443/tcp:{} 80/tcp:{}]", "EXPOSE 443/tcp 80/tcp", "EXPOSE");
    row("VOLUME as Go prints it", "VOLUME [/data /var/log]", "VOLUME [\"/data\", \"/var/log\"]", "VOLUME");
    row("SHELL as Go prints it", "SHELL [/bin/bash -o pipefail -c]",
        "SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]", "SHELL");
    row("HEALTHCHECK as Go prints it",
        "HEALTHCHECK &{[\"CMD-SHELL\" \"curl -f http://localhost/ || exit 1\"] \"30s\" \"3s\" \"0s\" '\\x03'}",
        "HEALTHCHECK --interval=30s --timeout=3s CMD curl -f http://localhost/ || exit 1", "HEALTHCHECK");
    row("HEALTHCHECK NONE", "/bin/sh -c #(nop)  HEALTHCHECK &{[\"NONE\"] \"0s\" \"0s\" \"0s\" '\\x00'}",
        "HEALTHCHECK NONE", "HEALTHCHECK");
    row("here-document", "RUN /bin/sh -c set -e\necho EOF\ntrue # buildkit", "RUN <<EOF_\nset -e\necho EOF\ntrue\nEOF_",
        "RUN");
    row("here-document as written", "RUN /bin/sh -c cat <<X\na\nX\n # buildkit", "RUN cat <<X\na\nX", "RUN");
    row("another shell without SHELL", "RUN /bin/ash -eo pipefail -c true # buildkit",
        "RUN /bin/ash -eo pipefail -c true", "RUN");
    row("exec form", "RUN |1 V=2 /app/setup --now # buildkit", "RUN /app/setup --now", "RUN");
    row("Windows", "cmd /S /C #(nop)  CMD [\"c:\\\\x\"]", "CMD [\"c:\\\\x\"]", "CMD");
    row("Windows RUN", "cmd /S /C dir", "RUN dir", "RUN");
    row("debuerreotype", "# debian.sh --arch 'amd64' out/ 'bookworm'", "# debian.sh --arch 'amd64' out/ 'bookworm'",
        "");
    row("jib", "jib-gradle-plugin:3.4.0", "# jib-gradle-plugin:3.4.0", "");
    row("only the suffix", " # buildkit", "# ", "");
    row("a bar", "|", "RUN |", "RUN");
    row("nothing", "", "# ", "");
}

void DockerfileTest::instructions()
{
    QFETCH(QString, createdBy);
    QFETCH(QString, text);
    QFETCH(QString, keyword);
    std::string shell = "/bin/sh -c";
    const DockerInstruction made = parseCreatedBy(createdBy.toStdString(), "", shell);
    QCOMPARE(QString::fromStdString(made.keyword), keyword);
    if (text != u"RUN |")
        QCOMPARE(QString::fromStdString(made.text), text);
}

void DockerfileTest::buildArgumentsAreMasked()
{
    std::string shell = "/bin/sh -c";
    const DockerInstruction made = parseCreatedBy(
        "RUN |3 VERSION=1.2 DB_PASSWORD=Tr0ub4dor&3x NOTE=two words /bin/sh -c make # buildkit", "", shell);
    QCOMPARE(made.arguments.size(), std::size_t{3});
    QCOMPARE(made.arguments[0], (std::pair<std::string, std::string>{"VERSION", "1.2"}));
    QCOMPARE(made.arguments[1].first, std::string("DB_PASSWORD"));
    QVERIFY(made.arguments[1].second.find("Tr0ub") == std::string::npos);
    QVERIFY(made.arguments[1].second.find("masked") != std::string::npos);
    QCOMPARE(made.arguments[2].second, std::string("two words"));
    QCOMPARE(made.text, std::string("RUN make"));
    QVERIFY(dockerfileText({made}).find("Tr0ub") == std::string::npos);
    DockerInstruction first;
    first.text = "ADD a /";
    first.layer = 0;
    first.bytes = 12;
    QCOMPARE(dockerfileText({first}), std::string("# layer 1, 12 bytes\nADD a /\n")); // as the table of layers counts
    QCOMPARE(dockerfileText({first}, [](const DockerInstruction &) { return std::string("Schicht 1"); }),
        std::string("# Schicht 1\nADD a /\n"));
}

void DockerfileTest::shellOfTheImageIsLeftOut()
{
    std::string shell = "/bin/sh -c";
    (void)parseCreatedBy("SHELL [/bin/bash -o pipefail -c]", "", shell);
    QCOMPARE(shell, std::string("/bin/bash -o pipefail -c"));
    QCOMPARE(parseCreatedBy("RUN /bin/bash -o pipefail -c make | tee log # buildkit", "", shell).text,
        std::string("RUN make | tee log"));
}

void DockerfileTest::layersAndEmptyInstructions()
{
    nlohmann::json config;
    config["history"]
        = {{{"created_by", "/bin/sh -c #(nop) ADD file:1 in / "}, {"comment", "FROM docker.io/library/x:1"}},
            {{"created_by", "ENV A=1"}, {"empty_layer", true}}, {{"created_by", "RUN /bin/sh -c make # buildkit"}}};
    const ImagePtr image
        = imageOf({TarBuilder().file("a", "12345").bytes(), TarBuilder().file("b", "1").bytes()}, config);
    const auto made = reconstructDockerfile(*image);
    QCOMPARE(made.size(), std::size_t{4});
    QCOMPARE(made[0].text, std::string("FROM docker.io/library/x:1"));
    QVERIFY(!made[0].layer);
    QCOMPARE(made[1].layer, std::optional<std::size_t>(0));
    QCOMPARE(made[1].bytes, std::uint64_t{5});
    QVERIFY(!made[2].layer);
    QCOMPARE(made[3].layer, std::optional<std::size_t>(1));
    QCOMPARE(made[3].tool, BuildTool::BuildKit);
}

void DockerfileTest::historyTooShort()
{
    const ImagePtr image = imageOf({TarBuilder().file("a", "12345").bytes(), TarBuilder().file("b", "1").bytes()});
    const auto made = reconstructDockerfile(*image);
    QCOMPARE(made.size(), std::size_t{2});
    QCOMPARE(made[1].layer, std::optional<std::size_t>(1));
    QCOMPARE(made[1].history, -1);
    QVERIFY(recognizeBase(*image).clues.empty());
}

void DockerfileTest::baseByLayers()
{
    const std::string first = TarBuilder().file("a", "12345").bytes();
    const std::string second = TarBuilder().file("b", "1").bytes();
    const std::string third = TarBuilder().file("c", "1").bytes();
    const ImagePtr base = imageOf({first});
    const ImagePtr longer = imageOf({first, second});
    const ImagePtr other = imageOf({first, third});
    const ImagePtr image = imageOf({first, second, third});
    const std::vector<ImagePtr> others{base, image, other, longer};
    const BaseImage found = recognizeBase(*image, others);
    QCOMPARE(found.clues.size(), std::size_t{3});
    QCOMPARE(found.clues[0].kind, BaseImageClue::Kind::Layers);
    QCOMPARE(found.clues[0].layers, std::size_t{2}); // the nearest one first
    QCOMPARE(found.clues[1].layers, std::size_t{1});
    QCOMPARE(found.clues[2].kind, BaseImageClue::Kind::CommonBase);
    QCOMPARE(found.layers, std::size_t{2});
    QCOMPARE(found.certainty, Certainty::Certain);
}

void DockerfileTest::baseByLabelsAndHistory()
{
    nlohmann::json config;
    config["config"]["Labels"] = {{"org.opencontainers.image.base.name", "docker.io/library/debian:12"},
        {"org.opencontainers.image.base.digest", "sha256:" + std::string(64, 'a')}};
    config["history"] = {
        {{"created_by", "# debian.sh --arch 'amd64' out/ 'bookworm'"}, {"comment", "debuerreotype 0.15"}},
        {{"created_by", "CMD [\"bash\"]"}, {"empty_layer", true}}, {{"created_by", "RUN /bin/sh -c make # buildkit"}},
        {{"created_by", "CMD [\"app\"]"}, {"empty_layer", true}}};
    const ImagePtr image = imageOf(
        {TarBuilder().file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian 12\"\n").bytes(),
            TarBuilder().file("b", "1").bytes()},
        config);
    const BaseImage found = recognizeBase(*image);
    QCOMPARE(found.clues.size(), std::size_t{4});
    QCOMPARE(found.clues[0].kind, BaseImageClue::Kind::Label);
    QCOMPARE(found.clues[0].certainty, Certainty::Stated);
    QCOMPARE(found.name, std::string("docker.io/library/debian:12"));
    QCOMPARE(found.layers, std::size_t{1});
    QCOMPARE(found.certainty, Certainty::Probable);
    QCOMPARE(found.clues[1].kind, BaseImageClue::Kind::RootfsTool);
    QCOMPARE(found.clues[2].kind, BaseImageClue::Kind::FirstCommand);
    QCOMPARE(found.clues[2].history, 1);
    QCOMPARE(found.clues[3].kind, BaseImageClue::Kind::OsRelease);
}

void DockerfileTest::realImages()
{
    const auto path = test::dataFolder() / "images/dive/test-docker-image.tar";
    TALLY_REQUIRE_DATA(path);
    const auto read = readImages(path);
    QVERIFY(read);
    const Image &image = *read->images.front();
    std::size_t layers = 0;
    for (const DockerInstruction &one : reconstructDockerfile(image)) {
        QVERIFY2(!one.keyword.empty(), one.text.c_str());
        layers += one.layer ? 1 : 0;
    }
    QCOMPARE(layers, image.layers.size());
}

TALLY_TEST(DockerfileTest)
#include "dockerfile_test.moc"
