// SPDX-License-Identifier: Apache-2.0
// What the images page costs the GUI thread with a big image: another layer, a filter, another order. Prints the worst
// of several runs beside the limit. usage: file_tree_bench IMAGE
#include "core/image/image_reader.h"
#include "ui/models/file_tree_model.h"
#include "ui/models/tree_store.h"
#include "ui/pages/images/file_tree_view.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSettings>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>

using namespace tally;
using namespace tally::ui;

namespace {

constexpr int runs = 7;

struct Cost
{
    double passed = 0;   ///< milliseconds by the clock: on a busy machine others' work too
    double computed = 0; ///< of this thread
};

double computedSoFar()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

Cost worstOf(const std::function<void(int)> &work)
{
    Cost worst;
    for (int run = 0; run < runs; ++run) {
        QElapsedTimer timer;
        timer.start();
        const double before = computedSoFar();
        work(run);
        worst.computed = std::max(worst.computed, computedSoFar() - before);
        worst.passed = std::max(worst.passed, static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    return worst;
}

void say(const char *what, const Cost &cost, double limit)
{
    std::printf("%-40s %7.2f ms computed, %7.2f ms passed (limit %.0f)  %s\n", what, cost.computed, cost.passed, limit,
        cost.computed <= limit ? "ok" : "TOO SLOW");
}

/// What the event loop does before the next picture.
void settle(QTreeView &view)
{
    view.doItemsLayout();
    (void)view.grab();
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    if (argc != 2) {
        std::fprintf(stderr, "usage: file_tree_bench IMAGE\n");
        return 2;
    }
    const auto read = readImages(argv[1]);
    if (!read || read->images.empty()) {
        std::fprintf(stderr, "no image\n");
        return 3;
    }
    const ImagePtr image = read->images.front();
    const ImageIndexPtr index = ImageIndex::make(image);
    std::vector<FileTreePtr> trees;
    for (std::size_t layer = 0; layer < image->layers.size(); ++layer)
        trees.push_back(std::make_shared<const FileTree>(mergedTree(*index, layer)));
    std::printf("%zu layers, %zu nodes in the last sum\n", trees.size(), trees.back()->nodes.size());

    const QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    FileTreeModel model;
    FileTreeView view(settings);
    view.setModel(&model);
    view.resize(700, 900);
    view.show();
    model.setTree(image, trees.back());
    settle(view);

    say("another layer, everything folded", worstOf([&](int run) {
        model.setTree(
            image, std::make_shared<const FileTree>(mergedTree(*index, static_cast<std::size_t>(run) % trees.size())));
        settle(view);
    }),
        16);
    model.setTree(image, trees.back());
    say("another layer, 30 directories open", worstOf([&](int run) {
        model.setTree(
            image, trees[trees.size() - 1 - static_cast<std::size_t>(run) % std::min<std::size_t>(2, trees.size())]);
        for (int row = 0; row < std::min(30, model.rowCount()); ++row)
            view.expand(model.index(row, 0));
        settle(view);
    }),
        16);
    model.setTree(image, trees.back());
    const QStringList texts = {u"l"_qs, u"li"_qs, u"lib"_qs, u"python"_qs, u"usr/lib/py"_qs, u".so"_qs, u"zzzz"_qs};
    say("filter by name, as one types", worstOf([&](int run) {
        model.setFilter({.text = texts[run]});
        if (model.matches() <= 200) {
            for (const QModelIndex &match : model.matchIndexes(200)) {
                for (QModelIndex above = match.parent(); above.isValid(); above = above.parent())
                    view.expand(above);
            }
        }
        settle(view);
    }),
        50);
    say("filter by rights and size", worstOf([&](int run) {
        model.setFilter(
            {.minBytes = static_cast<std::uint64_t>(run + 1) * 1000, .rights = FileFilter::Rights::Executable});
        settle(view);
    }),
        50);
    model.setFilter({});
    say("another order", worstOf([&](int run) {
        view.sortByColumn(run % 2 == 0 ? FileTreeModel::NameColumn : FileTreeModel::SizeColumn, Qt::DescendingOrder);
        settle(view);
    }),
        50);
    return 0;
}
