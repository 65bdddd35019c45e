// SPDX-License-Identifier: Apache-2.0
#include "ui/pdf/logo_image.h"

#include <QBuffer>
#include <QImageReader>
#include <QPainter>
#include <QSvgRenderer>

namespace tally::ui::pdf {

namespace {

constexpr double dotsPerPoint = 600.0 / 72;

QByteArray bytesOf(const Logo &logo)
{
    return QByteArray::fromRawData(logo.bytes.data(), static_cast<qsizetype>(logo.bytes.size()));
}

QImage readPng(const Logo &logo, const QSize &most)
{
    QByteArray bytes = bytesOf(logo);
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, "png"); // never by guessing: other formats have other readers
    reader.setAutoDetectImageFormat(false);
    const QImage image = reader.read();
    if (image.isNull() || (image.width() <= most.width() && image.height() <= most.height()))
        return image;
    return image.scaled(most, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

QImage drawSvg(const Logo &logo, const QSize &size)
{
    QSvgRenderer renderer(bytesOf(logo));
    if (!renderer.isValid())
        return {};
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    renderer.render(&painter);
    return image;
}

} // namespace

QImage logoImage(const Logo &logo, const QSizeF &size)
{
    const QSize dots = (size * dotsPerPoint).toSize().expandedTo(QSize(1, 1));
    const QImage image = logo.form == Logo::Form::Png ? readPng(logo, dots) : drawSvg(logo, dots);
    if (image.isNull())
        return {};
    QImage onWhite(image.size(), QImage::Format_RGB32);
    onWhite.fill(Qt::white);
    QPainter painter(&onWhite);
    painter.drawImage(0, 0, image);
    return onWhite;
}

} // namespace tally::ui::pdf
