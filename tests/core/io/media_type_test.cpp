// SPDX-License-Identifier: Apache-2.0
#include "core/io/media_type.h"

#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;

class MediaTypeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contentDecides_data();
    void contentDecides();
    void everyCutOfAFileIsRead();
    void markupIsShownAsText();
};

namespace {

/// A local file header (APPNOTE 4.3.7) with the member behind it, stored.
QByteArray member(const QByteArray &name, const QByteArray &content)
{
    QByteArray header("PK\3\4\x14\0\0\0\0\0\0\0\0\0\0\0\0\0", 18);
    const auto number = [](qsizetype value, int bytes) {
        QByteArray little;
        for (int i = 0; i < bytes; ++i, value >>= 8)
            little.append(static_cast<char>(value & 0xFF));
        return little;
    };
    header += number(content.size(), 4) + number(content.size(), 4) + number(name.size(), 2) + number(0, 2);
    return header + name + content;
}

} // namespace

void MediaTypeTest::contentDecides_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<std::string>("type");
    const auto row = [](const char *name, const QByteArray &head, const char *type) {
        QTest::newRow(name) << head << std::string(type);
    };
    row("nothing", "", "application/x-empty");
    row("PDF", "%PDF-1.7\n", "application/pdf");
    row("PNG", QByteArray("\x89PNG\r\n\x1a\n\0", 9), "image/png");
    row("JPEG", "\xff\xd8\xff\xe0", "image/jpeg");
    row("GIF", "GIF89a\1", "image/gif");
    row("WebP", QByteArray("RIFF\x10\0\0\0WEBPVP8 ", 16), "image/webp");
    row("RIFF that is none", QByteArray("RIFF\x10\0\0\0WAVEfmt ", 16), "application/octet-stream");
    row("BMP", QByteArray("BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", 18), "image/bmp");
    row("a text that begins with BM", "BMW is a car, and this is a text", "text/plain");
    row("mail", "Received: from a\n by b\nFrom: a@b\nTo: c@d\nDate: Mon, 1 Jan 2026\n\nHello", "message/rfc822");
    row("mail whose header is longer than what was read", "From: a@b\nDate: Mon, 1 Jan 2026\nReceiv", "message/rfc822");
    row("YAML with From and Date", "From: a\nDate: b\nkind: List of things\nno header\n", "application/yaml");
    row("HTML", "\xef\xbb\xbf \n<!DOCTYPE HTML><script>", "text/html");
    row("SVG", "<?xml version=\"1.0\"?><svg onload=\"x()\">", "image/svg+xml");
    row("XML", "<?xml version=\"1.0\"?><a/>", "application/xml");
    row("JSON", "{\"a\": 1}", "application/json");
    row("text", "Gespräch mit dem Betrieb", "text/plain");
    row("UTF-16",
        QByteArray("\xff\xfe"
                   "a\0b\0",
            6),
        "text/plain");
    row("Outlook or old Word", QByteArray("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", 10), "application/x-ole-storage");
    row("Word", member("[Content_Types].xml", "<x/>") + member("word/document.xml", "<x/>"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    row("Excel", member("_rels/.rels", "<x/>") + member("xl/workbook.xml", "<x/>"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    row("OpenDocument", member("mimetype", "application/vnd.oasis.opendocument.text") + member("content.xml", "<x/>"),
        "application/vnd.oasis.opendocument.text");
    row("ZIP with a folder word", member("word/a.txt", "a"), "application/zip");
    row("program",
        QByteArray("\x7f"
                   "ELF\2\1\1\0",
            8),
        "application/x-elf");
    row("noise", QByteArray("\x80\x81\xff\x00\x01\x02\x80\x80", 8), "application/octet-stream");
}

void MediaTypeTest::contentDecides()
{
    QFETCH(QByteArray, head);
    QFETCH(std::string, type);
    QCOMPARE(mediaType({head.constData(), static_cast<std::size_t>(head.size())}), type);
}

void MediaTypeTest::everyCutOfAFileIsRead()
{
    const QByteArray whole = member("mimetype", "application/vnd.oasis.opendocument.text") + member("a", "b");
    for (qsizetype length = 0; length <= whole.size(); ++length) {
        const QByteArray cut = whole.left(length); // a block of its own: sanitizers see a byte too far
        QVERIFY(!mediaType({cut.constData(), static_cast<std::size_t>(cut.size())}).empty());
    }
}

void MediaTypeTest::markupIsShownAsText()
{
    QVERIFY(isShownAsText("text/html"));
    QVERIFY(isShownAsText("image/svg+xml"));
    QVERIFY(!isPicture("image/svg+xml"));
    QVERIFY(isPicture("image/png"));
    QVERIFY(!isShownAsText("application/pdf"));
}

TALLY_TEST(MediaTypeTest)
#include "media_type_test.moc"
