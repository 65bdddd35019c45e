// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/key_list.h"

#include "ui/pages/images/image_keys.h"
#include "ui/pages/page.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace tally::ui {

namespace {

class KeyList final : public QDialog
{
    Q_DECLARE_TR_FUNCTIONS(tally::ui::KeyList)

public:
    explicit KeyList(QWidget *parent)
        : QDialog(parent)
    {
        setWindowTitle(tr("Keys of this page"));
        setObjectName(u"keyList"_qs);
        auto *content = new QWidget;
        auto *grid = new QGridLayout(content);
        grid->setContentsMargins(size::pageMargin, 12, size::pageMargin, 12);
        grid->setHorizontalSpacing(20);
        grid->setVerticalSpacing(4);
        grid->setColumnStretch(1, 1);
        for (const KeyScope scope : {KeyScope::Page, KeyScope::Layers, KeyScope::Files, KeyScope::View})
            addScope(*grid, scope);
        addExceptions(*grid);
        grid->setRowStretch(grid->rowCount(), 1);
        auto *buttons = new QDialogButtonBox;
        auto *close = buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
        close->setDefault(true);
        connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 12);
        QScrollArea *area = makeScrollArea(content);
        area->setFocusPolicy(Qt::StrongFocus);
        column->addWidget(area, 1);
        buttons->setContentsMargins(0, 0, size::pageMargin, 0);
        column->addWidget(buttons);
        resize(620, 640);
    }

private:
    static void addExceptions(QGridLayout &grid)
    {
        QLabel *title = makeLabel(Face::BaseStrong);
        //: dive is a program
        title->setText(tr("Otherwise than in dive"));
        title->setContentsMargins(0, 12, 0, 2);
        grid.addWidget(title, grid.rowCount(), 0, 1, 2);
        for (const QString &exception : ImageKeyWords::exceptions()) {
            QLabel *what = makeLabel(Face::Dense);
            what->setText(exception);
            what->setWordWrap(true);
            grid.addWidget(what, grid.rowCount(), 0, 1, 2);
        }
    }

    void addScope(QGridLayout &grid, KeyScope scope)
    {
        const int head = grid.rowCount();
        QLabel *title = makeLabel(Face::BaseStrong);
        title->setText(ImageKeyWords::scope(scope));
        title->setContentsMargins(0, head > 1 ? 12 : 0, 0, 2);
        grid.addWidget(title, head, 0, 1, 2);
        QList<ImageCommand> said;
        for (const ImageKey &key : imageKeys()) {
            if (key.scope != scope || said.contains(key.command))
                continue;
            said.append(key.command);
            QStringList keys;
            for (const ImageKey &other : imageKeys()) {
                if (other.scope == scope && other.command == key.command)
                    keys.append(ImageKeyWords::keys(other.keys));
            }
            const int row = grid.rowCount();
            QLabel *names = makeLabel(Face::Mono);
            names->setText(keys.join(u", "));
            QLabel *what = makeLabel(Face::Dense);
            what->setText(ImageKeyWords::command(key.command));
            what->setWordWrap(true);
            grid.addWidget(names, row, 0, Qt::AlignTop);
            grid.addWidget(what, row, 1);
        }
    }
};

} // namespace

void showKeyList(QWidget *parent)
{
    auto *list = new KeyList(parent);
    list->setAttribute(Qt::WA_DeleteOnClose);
    list->open();
}

} // namespace tally::ui
