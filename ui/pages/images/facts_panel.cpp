// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/facts_panel.h"

#include "core/base/text_format.h"
#include "core/image/signature.h"
#include "ui/models/layers_model.h"
#include "ui/models/words.h"
#include "ui/pages/images/file_digests.h"
#include "ui/pages/images/image_keys.h"
#include "ui/pages/page.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/row_button.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr int labelWidth = 116;

QString percent(double share)
{
    return QLocale().toString(share * 100, 'f', 2) % u" %";
}

QString join(const std::vector<std::string> &texts, const QString &by)
{
    QStringList list;
    for (const std::string &text : texts)
        list.append(foreignText(text));
    return list.join(by);
}

QString checkWord(const std::string &check)
{
    return foreignText(check);
}

} // namespace

FactsPanel::FactsPanel(FileDigests *digests, QWidget *parent)
    : QWidget(parent)
    , m_digests(digests)
{
    auto *content = new QWidget;
    content->setAutoFillBackground(true);
    content->setBackgroundRole(QPalette::Base);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(20, 16, 20, 16);
    m_column->setSpacing(6);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    QScrollArea *area = makeScrollArea(content);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    outer->addWidget(area);
    setMinimumWidth(260);
}

void FactsPanel::focusFirst()
{
    for (QWidget *each : findChildren<QWidget *>()) {
        if (each->isVisibleTo(this) && (each->focusPolicy() & Qt::TabFocus) != 0) {
            each->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

void FactsPanel::addActions(EntryType type)
{
    const bool file = type == EntryType::File || type == EntryType::Hardlink;
    if (!m_reachable || (!file && type != EntryType::Directory))
        return;
    auto *row = new FlowLayout(8); // below each other where the panel is narrow
    const auto button = [&](const QString &name, const QString &text, ImageCommand command) {
        auto *made = new QPushButton(icon(name), text);
        made->setToolTip(ImageKeyWords::command(command) % u" (" % ImageKeyWords::keysOf(command) % u')');
        row->addWidget(made);
        return made;
    };
    if (file)
        connect(button(u"eye"_qs, tr("View"), ImageCommand::View), &QAbstractButton::clicked, this,
            &FactsPanel::viewWanted);
    connect(button(u"export"_qs, file ? tr("Save as …") : tr("Save folder …"), ImageCommand::Extract),
        &QAbstractButton::clicked, this, &FactsPanel::extractWanted);
    m_column->addSpacing(4);
    m_column->addLayout(row);
}

void FactsPanel::clear()
{
    clearLayout(*m_column);
}

void FactsPanel::addTitle(const QString &text, bool mono)
{
    QLabel *label = makeLabel(mono ? Face::Mono : Face::Section);
    QFont face = label->font();
    face.setWeight(QFont::DemiBold);
    label->setFont(face);
    label->setText(text);
    label->setWordWrap(true);
    if (mono)
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_column->addWidget(label);
}

void FactsPanel::addSection(const QString &text)
{
    m_column->addSpacing(10);
    QLabel *label = makeLabel(Face::BaseStrong);
    label->setText(text);
    m_column->addWidget(label);
}

void FactsPanel::addText(const QString &text)
{
    QLabel *label = makeLabel(Face::Dense);
    label->setText(text);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_column->addWidget(label);
}

void FactsPanel::addFact(const QString &label, const QString &value, bool mono)
{
    if (value.isEmpty())
        return;
    auto *line = new QWidget;
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    QLabel *name = makeLabel(Face::Secondary, Ink::Muted);
    name->setText(label);
    name->setFixedWidth(labelWidth);
    name->setWordWrap(true);
    row->addWidget(name, 0, Qt::AlignTop);
    if (mono) {
        auto *text = new ElidedLabel(Face::MonoSmall, Ink::Text, Qt::ElideMiddle);
        text->setText(value);
        row->addWidget(text, 1);
        auto *copy = new LinkButton(u"copy"_qs);
        //: %1 is what a value is called: "Manifest"
        copy->setAccessibleName(tr("Copy: %1").arg(label));
        copy->setToolTip(tr("Copy"));
        connect(copy, &QAbstractButton::clicked, copy, [value] { QApplication::clipboard()->setText(value); });
        row->addWidget(copy);
    } else {
        QLabel *text = makeLabel(Face::Dense);
        text->setText(value);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        row->addWidget(text, 1);
    }
    m_column->addWidget(line);
}

void FactsPanel::addVerdicts(const Image &image)
{
    if (image.verdicts.empty())
        return;
    addSection(tr("Digests compared"));
    const auto of = [&image](VerdictState state) {
        return static_cast<int>(std::ranges::count(image.verdicts, state, &BlobVerdict::state));
    };
    auto *line = new QWidget;
    auto *chips = new FlowLayout(6, line);
    const auto chip = [chips](Glyph glyph, const QString &text) {
        auto *one = new Chip;
        one->set(glyph, text);
        chips->addWidget(one);
    };
    if (of(VerdictState::Wrong) > 0)
        chip(Glyph::Deviation, tr("%n wrong", nullptr, of(VerdictState::Wrong)));
    if (of(VerdictState::Verified) > 0)
        chip(Glyph::Verified, tr("%n right", nullptr, of(VerdictState::Verified)));
    if (of(VerdictState::NotVerifiable) > 0)
        chip(Glyph::NotChecked, tr("%n not comparable", nullptr, of(VerdictState::NotVerifiable)));
    m_column->addWidget(line);
    for (const BlobVerdict &verdict : image.verdicts) {
        if (verdict.state != VerdictState::Wrong)
            continue;
        //: of a wrong digest: what was compared
        addFact(tr("Wrong %1").arg(checkWord(verdict.check)), foreignText(verdict.blob), true);
    }
}

void FactsPanel::addRuntime(const Image &image)
{
    addSection(tr("How it runs"));
    addFact(tr("User"), image.config.user.empty() ? tr("none set: runs as root") : foreignText(image.config.user));
    addFact(tr("Entry point"), join(image.config.entrypoint, u" "_qs));
    addFact(tr("Command"), join(image.config.cmd, u" "_qs));
    addFact(tr("Working directory"), foreignText(image.config.workingDir));
    addFact(tr("Ports"), join(image.config.exposedPorts, u", "_qs));
    addFact(tr("Volumes"), join(image.config.volumes, u", "_qs));
    addFact(tr("Health check"), image.config.healthcheck ? tr("defined") : tr("none"));
    QStringList names;
    for (const auto &[name, value] : image.config.env)
        names.append(foreignText(name));
    addFact(tr("Variables"), names.join(u", "));
}

void FactsPanel::showImage(const ImagePtr &image, const AuditState &audit)
{
    clear();
    QString name = foreignText(image->displayName());
    for (const QChar sign : QStringView(u"./:@"))
        name.replace(sign, QString(sign) % QChar(0x200B)); // a narrow panel may break it there
    addTitle(name);
    for (std::size_t i = 0; image->names.size() > 1 && i < image->names.size(); ++i)
        addFact(i == 0 ? tr("Names") : QString(), foreignText(image->names[i]), true);
    addFact(tr("Platform"), foreignText(image->platform));
    addFact(tr("Form"), Words::form(image->form));
    addFact(tr("Created"), toQString(formatTime(image->config.created, applicationLanguage())));
    addFact(tr("Manifest"), foreignText(image->manifestDigest), true);
    addFact(tr("Configuration"), foreignText(image->configDigest), true);
    if (!image->os.prettyName.empty() || !image->os.id.empty()) {
        addFact(tr("System"), foreignText(image->os.prettyName.empty() ? image->os.id : image->os.prettyName));
        addFact(tr("Support ends"),
            image->os.supportEnds.empty() ? tr("not known to this program")
                                          : toQString(formatDate(image->os.supportEnds, applicationLanguage())));
    } else {
        addFact(tr("System"), tr("no os-release in the image"));
    }
    addRuntime(*image);
    addSection(tr("Size"));
    addFact(tr("All layers"), bytesText(image->bytes));
    addFact(tr("Visible files"), bytesText(image->mergedBytes));
    addFact(tr("Invisible bytes"),
        image->shadowedBytes == 0 ? tr("none") : tr("%1, exactly").arg(bytesText(image->shadowedBytes)));
    addFact(tr("Efficiency"), tr("%1 as dive counts").arg(percent(image->efficiency)));
    addVerdicts(*image);
    if (image->source >= 0 && static_cast<std::size_t>(image->source) < audit.sources.size())
        addVerified(audit.sources[static_cast<std::size_t>(image->source)]);
    addSignatures(*image, audit);
    m_column->addStretch();
}

void FactsPanel::addSignatures(const Image &image, const AuditState &audit)
{
    const bool carries = image.mayCarryArtifacts || !image.artifacts.empty();
    addSection(tr("Signatures"));
    const std::vector<SignatureVerdict> verdicts = verifySignatures(image, audit.keys);
    if (verdicts.empty()) {
        addText(carries ? tr("None beside the image.") : tr("This form of an image carries none along."));
        return;
    }
    for (const SignatureVerdict &verdict : verdicts) {
        auto *line = new QWidget;
        auto *chips = new FlowLayout(6, line);
        auto *chip = new Chip;
        chips->addWidget(chip);
        const KeyFile *file = audit.keyFileOf(verdict.key);
        switch (verdict.state) {
        case SignatureState::Verified:
            chip->set(Glyph::Verified, tr("good"));
            break;
        case SignatureState::UnknownKey:
            chip->set(Glyph::NotChecked, tr("by none of the keys"));
            break;
        case SignatureState::OtherImage:
            chip->set(Glyph::Deviation, tr("of another image"));
            break;
        case SignatureState::NotVerifiable:
            chip->set(Glyph::NotChecked, audit.keys.empty() ? tr("no key entered") : tr("not verifiable"));
            break;
        }
        m_column->addWidget(line);
        if (verdict.state == SignatureState::Verified && file) {
            const PublicKey &key = audit.keys[static_cast<std::size_t>(verdict.key)];
            addFact(tr("Key"), foreignText(file->name) % u", "_qs % toQString(key.kind()));
            addFact(tr("Fingerprint"), toQString(key.fingerprint()), true);
        }
    }
    if (audit.keys.empty())
        addText(tr("Public keys are entered under Sources, house policy and keys."));
}

void FactsPanel::addVerified(const Source &source)
{
    if (source.verifiedAt.empty())
        return;
    const QString at = toQString(formatTime(source.verifiedAt, applicationLanguage()));
    addFact(tr("Computed"), source.cached ? tr("%1, not again since").arg(at) : at);
}

void FactsPanel::addBeforeAfter(const QString &label, const QString &before, const QString &after)
{
    if (before != after)
        //: a value before and after a change
        addFact(label, tr("%1 → %2").arg(before.isEmpty() ? tr("none") : before, after.isEmpty() ? tr("none") : after));
}

void FactsPanel::addDigest(const ImagePtr &image, const FileNode &node)
{
    if (m_digests && node.type == EntryType::File && node.layer >= 0 && node.entry >= 0)
        m_column->addWidget(new DigestLines(*m_digests, image,
            {{tr("SHA-256"), {static_cast<std::uint32_t>(node.layer), static_cast<std::uint32_t>(node.entry)}}}, true,
            labelWidth));
}

void FactsPanel::addBothDigests(const ImagePtr &image, const FileVersion &before, const FileVersion &after)
{
    if (!m_digests)
        return;
    const auto place = [&image](const FileVersion &version) {
        const auto entry = version.entry - image->layers[version.layer].files.data();
        return FilePlace{static_cast<std::uint32_t>(version.layer), static_cast<std::uint32_t>(entry)};
    };
    //: of a file, before and after a change
    m_column->addWidget(new DigestLines(*m_digests, image,
        {{tr("SHA-256 before"), place(before)}, {tr("SHA-256 after"), place(after)}}, false, labelWidth));
}

/// What the layer that is looked at made of the entry, against the version before.
bool FactsPanel::addChange(const ImagePtr &image, const std::vector<FileVersion> &versions, std::size_t layer)
{
    const FileVersion *before = nullptr;
    const FileVersion *after = nullptr;
    for (const FileVersion &version : versions) {
        if (version.duplicate || version.layer > layer)
            continue;
        before = after;
        after = &version;
    }
    if (!after || !before || !before->entry || after->layer != layer || !after->entry)
        return false;
    const FileEntry &old = *before->entry;
    const FileEntry &now = *after->entry;
    addSection(tr("What this layer changed"));
    const auto owner = [](const FileEntry &entry) -> QString {
        return QString::number(entry.uid) % u':' % QString::number(entry.gid);
    };
    if (now.type == EntryType::File || old.type == EntryType::File)
        addBeforeAfter(tr("Size"), bytesText(old.size), bytesText(now.size));
    addBeforeAfter(tr("Rights"), modeText(old.type, old.mode), modeText(now.type, now.mode));
    addBeforeAfter(tr("Owner"), owner(old), owner(now));
    addBeforeAfter(tr("Leads to"), foreignText(before->link), foreignText(after->link));
    addBeforeAfter(tr("Modified"), toQString(formatTime(rfc3339(old.mtime), applicationLanguage())),
        toQString(formatTime(rfc3339(now.mtime), applicationLanguage())));
    const bool files = now.type == EntryType::File && old.type == EntryType::File;
    if (files) {
        const bool sizes = now.size != old.size;
        addFact(tr("Content"),
            sizes || (after->sameContent && !*after->sameContent) ? tr("another one")
                : after->sameContent || after->change == Change::Attributes
                ? tr("the same: the whole file is stored a second time")
                : tr("of the same size"));
        addBothDigests(image, *before, *after);
    }
    const auto attribute = [](const FileVersion &version, const std::string &name) {
        const auto found = std::ranges::find(version.attributes, name, &std::pair<std::string, std::string>::first);
        return found == version.attributes.end() ? QString() : foreignText(found->second);
    };
    for (const auto &[name, value] : before->attributes)
        addBeforeAfter(foreignText(name), foreignText(value), attribute(*after, name));
    for (const auto &[name, value] : after->attributes) {
        if (attribute(*before, name).isEmpty())
            addBeforeAfter(foreignText(name), {}, foreignText(value));
    }
    return files;
}

void FactsPanel::addHistory(const Image &image, const std::vector<FileVersion> &versions)
{
    if (versions.empty())
        return;
    addSection(tr("Way through the layers"));
    for (const FileVersion &version : versions) {
        const QString number = QString::number(version.layer + 1);
        QString what = version.change == Change::Added ? tr("+  layer %1: added").arg(number)
            : version.change == Change::Changed        ? tr("~  layer %1: changed").arg(number)
            : version.change == Change::Attributes     ? tr("≈  layer %1: rights or owner").arg(number)
            : version.change == Change::Removed        ? tr("−  layer %1: removed").arg(number)
                                                       : tr("=  layer %1: written again").arg(number);
        if (version.entry && version.entry->type == EntryType::File)
            //: what happened in a layer, the size from then on
            what = tr("%1, %2").arg(what, bytesText(version.entry->size));
        auto *head = new LinkButton;
        head->setText(what);
        head->setToolTip(tr("Show layer %1").arg(number));
        connect(head, &QAbstractButton::clicked, this,
            [this, at = static_cast<int>(version.layer)] { Q_EMIT layerWanted(at); });
        m_column->addWidget(head, 0, Qt::AlignLeft);
        auto *command = new ElidedLabel(Face::MonoSmall, Ink::Muted);
        command->setText(shortInstruction(image.layers[version.layer].command));
        command->setContentsMargins(16, 0, 0, 2);
        m_column->addWidget(command);
    }
    if (versions.back().change == Change::Removed)
        addText(tr("Removed, but still readable: whoever has the image reads it from a layer below."));
}

void FactsPanel::addFindings(
    const Image &image, const AuditState &audit, const CheckSet &checks, const std::string &path)
{
    if (!audit.assessment)
        return;
    bool first = true;
    const auto bare = [](std::string_view text) {
        while (!text.empty() && text.front() == '/')
            text.remove_prefix(1);
        return text;
    };
    for (const Finding &finding : audit.assessment->findings) {
        if (finding.imageIndex < 0 || static_cast<std::size_t>(finding.imageIndex) >= audit.images.size()
            || audit.images[static_cast<std::size_t>(finding.imageIndex)].get() != &image || finding.path.empty()
            || bare(finding.path) != bare(path))
            continue;
        if (first)
            addSection(tr("Findings"));
        first = false;
        const Check *check = checks.find(finding.check);
        auto *row = new RowButton({.glyph = glyphOf(finding.severity),
            .title = check ? toQString(check->title.in(applicationLanguage())) : toQString(finding.check)});
        const Address address{
            .page = PageId::Findings, .finding = toQString(finding.id), .check = toQString(finding.check)};
        connect(row, &QAbstractButton::clicked, this, [this, address] { Q_EMIT navigate(address); });
        m_column->addWidget(row);
    }
}

void FactsPanel::showEntry(const ImagePtr &image, const ImageIndexPtr &index, const FileTree &tree, std::size_t node,
    std::size_t layer, const AuditState &audit, const CheckSet &checks)
{
    clear();
    auto *back = new LinkButton(u"arrow-left"_qs);
    back->setText(tr("Facts of the image"));
    connect(back, &QAbstractButton::clicked, this, &FactsPanel::imageWanted);
    m_column->addWidget(back, 0, Qt::AlignLeft);
    const std::string path = tree.path(node);
    const FileNode &at = tree.nodes[node];
    const FileEntry *entry = entryOf(image.get(), at);
    const std::vector<FileVersion> versions = index ? fileHistory(*index, at.path) : std::vector<FileVersion>();
    addTitle(foreignText(path), true);
    addFact(tr("Size"), bytesText(at.totalBytes));
    if (entry) {
        addFact(tr("Rights"), modeText(entry->type, entry->mode));
        //: user id and group id
        addFact(tr("Owner"), tr("user %1, group %2").arg(QString::number(entry->uid), QString::number(entry->gid)));
        addFact(tr("Modified"), toQString(formatTime(rfc3339(entry->mtime), applicationLanguage())));
        if (entry->link.value != 0)
            addFact(tr("Leads to"), foreignText(image->strings.view(entry->link)));
        for (const EntryAttribute &attribute :
            attributesOf(image->layers[static_cast<std::size_t>(at.layer)], static_cast<std::uint32_t>(at.entry)))
            addFact(
                foreignText(image->strings.view(attribute.name)), foreignText(image->strings.view(attribute.value)));
    } else {
        addFact(tr("Kind"), tr("directory, implied by what lies in it"));
    }
    addActions(at.type);
    if (!addChange(image, versions, layer))
        addDigest(image, at);
    addFindings(*image, audit, checks, path);
    addHistory(*image, versions);
    m_column->addStretch();
}

} // namespace tally::ui
