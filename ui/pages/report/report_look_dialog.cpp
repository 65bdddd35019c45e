// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/report/report_look_dialog.h"

#include "ui/pdf/logo_image.h"
#include "ui/pdf/report_export.h"
#include "ui/text/message_translator.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/form_fields.h"
#include "ui/widgets/segmented_control.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPixmap>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace tally::ui {

namespace {

constexpr QSizeF pictureSize(160, 48);

std::vector<std::string> linesOf(const QPlainTextEdit &edit)
{
    std::vector<std::string> lines;
    for (const QString &line : edit.toPlainText().split(u'\n')) {
        if (!line.trimmed().isEmpty())
            lines.push_back(toUtf8String(line.trimmed()));
    }
    return lines;
}

void setLines(QPlainTextEdit &edit, const std::vector<std::string> &lines)
{
    QStringList all;
    for (const std::string &line : lines)
        all << toQString(line);
    edit.setPlainText(all.join(u'\n'));
}

} // namespace

ReportLookDialog::ReportLookDialog(
    FileChooser &files, std::function<QString(const Message &)> text, const ReportLook &look, QWidget *parent)
    : QDialog(parent)
    , m_files(files)
    , m_text(std::move(text))
    , m_logo(look.logo)
    , m_title(makeLabel(Face::Title))
    , m_paperLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_paper(new SegmentedControl(2))
    , m_logoLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_picture(new QLabel)
    , m_logoName(makeLabel(Face::Secondary, Ink::Muted))
    , m_choose(new QPushButton)
    , m_remove(new QPushButton)
    , m_problem(makeLabel(Face::Secondary))
    , m_letterhead(textField(u"letterhead"_qs))
    , m_letterheadLabel(fieldLabel(m_letterhead))
    , m_signatures(textField(u"signatures"_qs))
    , m_signaturesLabel(fieldLabel(m_signatures))
    , m_cancel(new QPushButton)
    , m_take(new QPushButton)
{
    setObjectName(u"reportLookDialog"_qs);
    m_paper->setObjectName(u"reportPaper"_qs);
    m_choose->setObjectName(u"chooseLogo"_qs);
    m_remove->setObjectName(u"removeLogo"_qs);
    m_problem->setObjectName(u"logoProblem"_qs);
    m_take->setObjectName(u"takeLook"_qs);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(4);
    column->addWidget(m_title);
    column->addSpacing(8);
    column->addWidget(m_paperLabel);
    column->addWidget(m_paper);
    column->addSpacing(8);
    column->addWidget(m_logoLabel);
    auto *row = new QHBoxLayout;
    row->addWidget(m_picture);
    row->addWidget(m_logoName, 1);
    row->addWidget(m_choose);
    row->addWidget(m_remove);
    column->addLayout(row);
    m_problem->setWordWrap(true);
    m_problem->hide();
    column->addWidget(m_problem);
    column->addSpacing(8);
    const auto addLines = [column](QLabel *label, QPlainTextEdit *edit) {
        label->setWordWrap(true);
        edit->setLineWrapMode(QPlainTextEdit::NoWrap);
        column->addWidget(label);
        column->addWidget(edit, 1);
        column->addSpacing(8);
    };
    addLines(m_letterheadLabel, m_letterhead);
    addLines(m_signaturesLabel, m_signatures);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_take);
    column->addLayout(buttons);
    m_take->setDefault(true);
    m_cancel->setAutoDefault(false);
    m_choose->setAutoDefault(false);
    m_remove->setAutoDefault(false);
    setMinimumSize(560, 560);
    m_paper->setCurrent(look.paper == Paper::A4 ? 0 : 1);
    setLines(*m_letterhead, look.letterhead);
    std::vector<std::string> signatures;
    for (const ReportLook::Signature &signature : look.signatures)
        signatures.push_back(signatureText(signature));
    setLines(*m_signatures, signatures);
    connect(m_choose, &QPushButton::clicked, this, [this] {
        m_files.openFiles(this, tr("Logo"), {tr("Pictures (*.png *.svg)")},
            [this](const QStringList &paths) { takeLogo(paths.value(0)); });
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        m_logo = {};
        m_problem->hide();
        showLogo();
    });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_take, &QPushButton::clicked, this, [this] {
        Q_EMIT taken(this->look());
        accept();
    });
    retranslateUi();
}

ReportLook ReportLookDialog::look() const
{
    ReportLook look;
    look.paper = m_paper->current() == 0 ? Paper::A4 : Paper::Letter;
    look.logo = m_logo;
    look.letterhead = linesOf(*m_letterhead);
    for (const std::string &line : linesOf(*m_signatures))
        look.signatures.push_back(signatureFrom(line));
    return look;
}

void ReportLookDialog::takeLogo(const QString &path)
{
    if (path.isEmpty() || m_reading.isRunning())
        return;
    m_reading.start([file = std::filesystem::path(path.toStdU16String())](
                        const RunContext &) -> Result<Logo> { return openLogo(file); },
        [this](const Result<Logo> &logo) {
            m_problem->setVisible(!logo);
            if (logo)
                m_logo = *logo;
            else
                m_problem->setText(m_text(logo.error().message));
            showLogo();
        });
}

void ReportLookDialog::showLogo()
{
    m_remove->setEnabled(!m_logo.isEmpty());
    m_picture->setVisible(!m_logo.isEmpty());
    m_logoName->setText(m_logo.isEmpty() ? tr("none") : toQString(m_logo.name));
    if (m_logo.isEmpty())
        return;
    const QSizeF size = QSizeF(m_logo.width, m_logo.height).scaled(pictureSize, Qt::KeepAspectRatio);
    const QImage image = pdf::logoImage(m_logo, size);
    QPixmap pixmap = QPixmap::fromImage(
        image.scaled((size * devicePixelRatioF()).toSize(), Qt::KeepAspectRatio, Qt::SmoothTransformation));
    pixmap.setDevicePixelRatio(devicePixelRatioF());
    m_picture->setPixmap(pixmap);
    m_picture->setAccessibleName(tr("Logo"));
}

void ReportLookDialog::retranslateUi()
{
    setWindowTitle(tr("Look of the reports"));
    m_title->setText(windowTitle());
    m_paperLabel->setText(tr("Paper"));
    m_paper->setTexts({u"A4"_qs, u"Letter"_qs});
    m_paper->setName(m_paperLabel->text());
    m_logoLabel->setText(tr("Logo: PNG or SVG, at most %1 KiB").arg(maxLogoBytes / 1024));
    m_choose->setText(tr("Choose …"));
    m_remove->setText(tr("Remove"));
    m_letterheadLabel->setText(tr("Letterhead: organisation, street, place; one line each"));
    m_letterhead->setAccessibleName(tr("Letterhead"));
    m_signaturesLabel->setText(
        tr("Signatures: one per line, “Role” or “Role: Name”. Empty: auditor, second auditor, information security "
           "officer, management"));
    m_signatures->setAccessibleName(tr("Signatures"));
    m_cancel->setText(tr("Cancel"));
    m_take->setText(tr("Apply"));
    showLogo();
}

void ReportLookDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    QDialog::changeEvent(event);
}

} // namespace tally::ui
