// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/build_pane.h"

#include "core/base/text_format.h"
#include "ui/models/words.h"
#include "ui/pages/table_pane.h"
#include "ui/text/message_translator.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/segmented_control.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace tally::ui {

BuildPane::BuildPane(QWidget *parent)
    : QWidget(parent)
    , m_baseText(makeLabel(Face::Base))
    , m_section(new SegmentedControl(2))
    , m_stack(new QStackedWidget)
    , m_table(new TablePane)
    , m_lineTitle(makeLabel(Face::BaseStrong))
    , m_text(new CodeView)
    , m_config(new CodeView)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(size::pageMargin, 10, size::pageMargin, 6);
    head->setSpacing(16);
    m_baseText->setWordWrap(true);
    m_baseText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    head->addWidget(m_baseText, 1);
    head->addWidget(m_section);
    column->addLayout(head);
    column->addWidget(m_stack, 1);
    m_stack->addWidget(makeInstructions());
    m_stack->addWidget(m_config);
    connect(m_section, &SegmentedControl::chosen, m_stack, &QStackedWidget::setCurrentIndex);
    connect(
        m_table->table().selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &at) {
            showInstruction(at.isValid() ? at.data(SimpleTableModel::RowDataRole).toInt() : -1);
        });
    connect(m_table, &TablePane::activated, this, [this](const QVariant &row) {
        const auto number = static_cast<std::size_t>(row.toInt());
        if (number < m_instructions.size() && m_instructions[number].layer)
            Q_EMIT layerWanted(static_cast<int>(*m_instructions[number].layer));
    });
}

QWidget *BuildPane::makeInstructions()
{
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_table);
    auto *below = new Panel(Panel::Ground::Raised);
    auto *column = new QVBoxLayout(below);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(4);
    m_lineTitle->setContentsMargins(size::pageMargin, 0, size::pageMargin, 0);
    column->addWidget(m_lineTitle);
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_text->setNumbered(false);
    column->addWidget(m_text, 1);
    splitter->addWidget(below);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    return splitter;
}

void BuildPane::setImage(const ImagePtr &image, const std::vector<ImagePtr> &others)
{
    m_image = image;
    m_instructions = image ? reconstructDockerfile(*image) : std::vector<DockerInstruction>();
    m_base = image ? recognizeBase(*image, others) : BaseImage();
    fill();
}

QString BuildPane::baseText(const BaseImage &base)
{
    if (base.name.empty() && base.layers == 0)
        return {};
    QStringList said;
    said.append(base.name.empty() ? tr("Built on an image without a known name.")
                                  : tr("Built on %1.").arg(foreignText(base.name)));
    if (base.layers > 0)
        said.append(tr("Its first %n layer(s) come from there.", nullptr, static_cast<int>(base.layers)));
    switch (base.certainty) {
    case Certainty::Certain:
        said.append(tr("Certain: the digests of the layers are the same."));
        break;
    case Certainty::Stated:
        said.append(tr("The image says so itself; nobody checked it."));
        break;
    case Certainty::Probable:
        said.append(tr("Probable: drawn from the habits of build tools."));
        break;
    }
    return said.join(u' ');
}

void BuildPane::fill()
{
    const QString base = baseText(m_base);
    m_baseText->setText(base.isEmpty() ? tr("Nothing tells on which image this one was built.") : base);
    std::vector<SimpleTableModel::Row> rows;
    for (std::size_t i = 0; i < m_instructions.size(); ++i) {
        const DockerInstruction &each = m_instructions[i];
        const QString line = foreignText(std::string_view(each.text).substr(0, 400));
        const bool layer = each.layer.has_value();
        rows.push_back(
            {{{layer ? QString::number(*each.layer + 1) : u"–"_qs, layer ? static_cast<int>(*each.layer) : -1},
                 {layer ? bytesText(each.bytes) : QString(), QVariant::fromValue<qulonglong>(each.bytes)},
                 {toQString(formatTime(each.created, applicationLanguage()))}, {line}},
                static_cast<int>(i)});
    }
    m_table->setTable({{tr("Layer"), true}, {tr("Size"), true}, {tr("Created")}, {tr("Instruction"), false, true}},
        std::move(rows), {70, 100, 150});
    showInstruction(-1);
    m_config->setText(m_image ? foreignLines(m_image->configJson) : QString(), CodeLanguage::Json);
}

void BuildPane::showInstruction(int number)
{
    if (number < 0 || static_cast<std::size_t>(number) >= m_instructions.size()) {
        m_lineTitle->setText(tr("Whole Dockerfile"));
        const auto heading = [](const DockerInstruction &made) {
            //: number of a layer, its size
            return toUtf8String(tr("layer %1, %2").arg(QString::number(*made.layer + 1), bytesText(made.bytes)));
        };
        m_text->setText(foreignLines(dockerfileText(m_instructions, heading)), CodeLanguage::Dockerfile);
        return;
    }
    const DockerInstruction &chosen = m_instructions[static_cast<std::size_t>(number)];
    m_lineTitle->setText(
        chosen.layer ? tr("Instruction of layer %1").arg(*chosen.layer + 1) : tr("Instruction without a layer"));
    QString text = foreignLines(chosen.text);
    text.replace(u" && "_qs, u" && \\\n    "_qs);
    for (const auto &[name, value] : chosen.arguments)
        text += u"\n# ARG "_qs % foreignText(name) % u'=' % foreignText(value);
    if (!chosen.comment.empty())
        text += u"\n# "_qs % foreignText(chosen.comment);
    m_text->setText(text, CodeLanguage::Dockerfile);
}

void BuildPane::retranslateUi()
{
    m_section->setTexts({tr("Dockerfile"), tr("Configuration")});
    m_section->setName(tr("What is shown"));
    m_table->setName(tr("Instructions"));
    m_table->setNote(tr("Read back from the history of the image; comments, build stages and names of files on the "
                        "builder are not kept. Enter shows the layer."));
    m_text->setAccessibleName(tr("Dockerfile"));
    m_config->setAccessibleName(tr("Configuration"));
    fill();
}

} // namespace tally::ui
