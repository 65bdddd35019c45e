// SPDX-License-Identifier: Apache-2.0
#include "ui/models/layers_model.h"

#include "ui/models/words.h"
#include "ui/text/message_translator.h"

#include <QRegularExpression>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr qsizetype longest = 120;

QString firstCommands(const QString &shell)
{
    static const QRegularExpression between(uR"(\s*(?:&&|;|\|\|)\s*)"_qs);
    static const QRegularExpression quiet(
        uR"(^(?:set\s|export\s|cd\s|true$|:$|\[|if\s|then|fi$|else|do$|done|for\s|while\s|case\s|esac|mkdir\s|apt-get update|apt update|rm -rf /var/(?:lib/apt|cache)|apk update|echo\s|[A-Za-z_]\w*=))"_qs);
    static const QRegularExpression installer(
        uR"(\b((?:apt-get|apt|apk|yum|dnf|microdnf|npm|pip3?|gem|go|cargo|yarn)\b)[^;&|]*?\s(install|add|ci|get|build)\b)"_qs);
    static const QRegularExpression options(uR"(\s-{1,2}[A-Za-z][\w-]*(?:=\S+)?)"_qs);
    static const QRegularExpression blanks(uR"(\s+)"_qs);
    QStringList said;
    for (QString part : shell.split(between, Qt::SkipEmptyParts)) {
        part = part.replace(u"\\"_qs, u" "_qs).replace(blanks, u" "_qs).trimmed();
        if (part.isEmpty() || quiet.match(part).hasMatch())
            continue;
        if (installer.match(part).hasMatch())
            part.remove(options);
        said.append(part.trimmed());
        if (said.size() == 3)
            break;
    }
    return said.isEmpty() ? shell.simplified() : said.join(u"; ");
}

/// In one line: what was broken by a backslash is joined, other lines are commands of their own.
QString oneLine(std::string_view createdBy)
{
    QString text;
    std::string lines(createdBy);
    std::ranges::replace(lines, '\t', ' ');
    std::ranges::replace(lines, '\r', ' ');
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', at), lines.size());
        const QString line = foreignText(std::string_view(lines).substr(at, end - at)).simplified();
        at = end + 1;
        if (line.isEmpty())
            continue;
        const bool broken = text.endsWith(u'\\');
        if (broken)
            text.chop(1);
        if (!text.isEmpty())
            text += broken || text.endsWith(u" -c") || text.endsWith(u';') || text.endsWith(u"&&") ? u" "_qs : u"; "_qs;
        text += line;
    }
    return text.simplified();
}

} // namespace

QString shortInstruction(std::string_view createdBy)
{
    QString text = oneLine(createdBy.substr(0, 4096));
    static const QRegularExpression shell(uR"(^(?:/bin/(?:ba)?sh -c\s+)?(?:#\(nop\)\s*)?)"_qs);
    static const QRegularExpression arguments(uR"(^\|\d+\s.*?/bin/(?:ba)?sh -c\s+)"_qs);
    static const QRegularExpression hashes(uR"(\b(?:file|dir|multi):[0-9a-f]{12,64}\s+in\s+)"_qs);
    text.remove(arguments);
    text.remove(shell);
    text.remove(u"# buildkit"_qs);
    const bool run = text.startsWith(u"RUN ");
    if (run) {
        text.remove(0, 4);
        text.remove(arguments);
        text.remove(shell);
    }
    static const QRegularExpression mounts(uR"(^(?:--mount=\S+\s+)+)"_qs);
    text.remove(mounts);
    text.remove(hashes);
    text = text.trimmed();
    static const QRegularExpression instruction(
        uR"(^(?:ADD|COPY|WORKDIR|ENV|USER|CMD|ENTRYPOINT|EXPOSE|VOLUME|LABEL)\b)"_qs);
    if (!instruction.match(text).hasMatch())
        text = firstCommands(text);
    return text.size() > longest ? text.left(longest - 1) % u'…' : text;
}

LayersModel::LayersModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void LayersModel::setImage(ImagePtr image)
{
    beginResetModel();
    m_image = std::move(image);
    m_largest = 0;
    m_shadowed.assign(m_image ? m_image->layers.size() : 0, 0);
    if (m_image) {
        for (const Layer &layer : m_image->layers)
            m_largest = std::max(m_largest, layer.bytes);
        for (const ShadowedFile &file : m_image->shadowed) {
            if (file.layer < m_shadowed.size())
                m_shadowed[file.layer] += file.bytes;
        }
    }
    endResetModel();
}

QString LayersModel::emptyInstructions() const
{
    QStringList names;
    for (const HistoryEntry &entry : m_image ? m_image->history : std::vector<HistoryEntry>()) {
        if (!entry.emptyLayer)
            continue;
        const QString name = shortInstruction(entry.createdBy).section(u' ', 0, 0);
        if (!name.isEmpty() && !names.contains(name))
            names.append(name);
    }
    return names.join(u", ");
}

int LayersModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_image ? 0 : static_cast<int>(m_image->layers.size());
}

QString LayersModel::accessibleText(const Layer &layer, int number) const
{
    const QString mark = layer.verified ? (*layer.verified ? tr("digest verified") : tr("digest wrong"))
        : layer.readToEnd               ? tr("digest not checked")
                                        : tr("not read to its end");
    //: layer number, instruction, size, added, changed, removed, verified mark
    return tr("Layer %1: %2, %3, %4 added, %5 changed, %6 removed, %7")
        .arg(QString::number(number), shortInstruction(layer.command), bytesText(layer.bytes), countText(layer.added),
            countText(layer.changed), countText(layer.removed), mark);
}

QVariant LayersModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto at = static_cast<std::size_t>(index.row());
    const Layer &layer = m_image->layers[at];
    switch (role) {
    case Qt::DisplayRole: {
        const QString text = shortInstruction(layer.command);
        return text.isEmpty() ? tr("without instruction") : text;
    }
    case Qt::ToolTipRole:
        return foreignText(layer.command.substr(0, 2000)).toHtmlEscaped();
    case Qt::AccessibleTextRole:
        return accessibleText(layer, index.row() + 1);
    case NumberRole:
        return index.row() + 1;
    case SizeRole:
        return bytesText(layer.bytes);
    case ShareRole:
        return m_largest == 0 ? 0.0 : static_cast<double>(layer.bytes) / static_cast<double>(m_largest);
    case AddedRole:
        return layer.added;
    case ChangedRole:
        return layer.changed;
    case RemovedRole:
        return layer.removed;
    case VerifiedRole:
        return layer.verified ? (*layer.verified ? 1 : 0) : layer.readToEnd ? -1 : -2;
    case DoubledRole: // a trifle of a layer shadowed as a whole is no news
        return m_shadowed[at] * 2 > layer.bytes && m_shadowed[at] * 20 > m_image->bytes;
    case CommandRole:
        return foreignText(layer.command);
    default:
        return {};
    }
}

} // namespace tally::ui
