// SPDX-License-Identifier: Apache-2.0
#include "core/base/version.h"
#include "core/catalogue/catalogue.h"
#include "core/checks/check.h"
#include "ui/main_window.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <exception>
#include <memory>
#include <optional>

using namespace tally;
using namespace tally::ui;

namespace {

struct Options
{
    QStringList inputs;
    std::optional<Language> language;
    std::optional<ThemeMode> theme;
    Address address;
    bool hasAddress = false;
    QString screenshot;
    QSize size{1280, 800};
    QString resources;
};

std::optional<PageId> pageFromName(const QString &name)
{
    static const QHash<QString, PageId> pages
        = {{u"start"_qs, PageId::Start}, {u"overview"_qs, PageId::Overview}, {u"sources"_qs, PageId::Sources},
            {u"images"_qs, PageId::Images}, {u"cluster"_qs, PageId::Cluster}, {u"checklist"_qs, PageId::Checklist},
            {u"findings"_qs, PageId::Findings}, {u"evidence"_qs, PageId::Evidence}, {u"measures"_qs, PageId::Measures},
            {u"compare"_qs, PageId::Compare}, {u"journal"_qs, PageId::Journal}, {u"report"_qs, PageId::Report}};
    const auto found = pages.constFind(name);
    return found == pages.constEnd() ? std::nullopt : std::optional(*found);
}

/// What names the place decides on which page it is looked for, unless --page does.
void readFocus(const QString &focus, Options &options)
{
    options.hasAddress = true;
    if (focus.startsWith(u"SYS.") || focus.startsWith(u"APP.")) {
        options.address.page = PageId::Checklist;
        options.address.requirement = focus;
    } else if (focus.contains(u'/')) {
        options.address.page = PageId::Cluster;
        options.address.object = focus;
    } else {
        options.address.page = PageId::Findings;
        options.address.check = focus;
    }
}

bool readOptions(QApplication &application, Options &options)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Audit workbench for containers and clusters"_qs);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        u"inputs"_qs, u"One audit (.tally), or files and folders to audit."_qs, u"[inputs...]"_qs);
    parser.addOptions({{u"lang"_qs, u"Language of the window: de or en."_qs, u"LANG"_qs},
        {u"theme"_qs, u"light, dark or system."_qs, u"THEME"_qs},
        {u"page"_qs,
            u"start, overview, sources, images, cluster, checklist, findings, evidence, measures, compare, journal or report; with a tab: cluster/network (objects, namespaces, workloads, access, network, control-plane, guards, completeness), evidence/asked, measures/board, report/requests, sources/scope."_qs,
            u"PAGE"_qs},
        {u"focus"_qs,
            u"A place: requirement (SYS.1.6.A17), check id, object (Kind/namespace/name); with --page images a file or tab, with --page cluster/TAB what is chosen there, with --page compare the file of an earlier audit."_qs,
            u"PLACE"_qs},
        {u"resources"_qs, u"Folder with catalogue, checks and guidance instead of the built-in ones."_qs, u"DIR"_qs},
        {u"screenshot"_qs, u"Write a picture of the window when nothing is left to do, and leave."_qs, u"PNG"_qs},
        {u"size"_qs, u"Size of that picture, e.g. 1280x800."_qs, u"WxH"_qs}});
    parser.process(application);
    options.inputs = parser.positionalArguments();
    options.resources = parser.value(u"resources"_qs);
    if (parser.isSet(u"lang"_qs))
        options.language = parser.value(u"lang"_qs) == u"de" ? Language::German : Language::English;
    if (const QString theme = parser.value(u"theme"_qs); !theme.isEmpty())
        options.theme = theme == u"dark" ? ThemeMode::Dark : theme == u"light" ? ThemeMode::Light : ThemeMode::System;
    if (parser.isSet(u"focus"_qs))
        readFocus(parser.value(u"focus"_qs), options);
    if (parser.isSet(u"page"_qs)) {
        const QStringList place = parser.value(u"page"_qs).split(u'/');
        const auto page = pageFromName(place[0]);
        if (!page) {
            std::fprintf(stderr, "tallymann: there is no page “%s”\n", qPrintable(parser.value(u"page"_qs)));
            return false;
        }
        options.address.page = *page;
        options.hasAddress = true;
        if (*page == PageId::Cluster && place.size() > 1)
            options.address = {.page = *page, .object = parser.value(u"focus"_qs), .tab = place[1]};
        if (*page == PageId::Compare) // with the file of an earlier audit
            options.address = {.page = *page, .tab = parser.value(u"focus"_qs)};
        const bool hasTabs = *page == PageId::Evidence || *page == PageId::Measures || *page == PageId::Report
            || *page == PageId::Sources;
        if (hasTabs && place.size() > 1)
            options.address.tab = place[1];
        if (*page == PageId::Images) { // a file, or a tab by its code
            const QString focus = parser.value(u"focus"_qs);
            options.address.object.clear();
            options.address.check.clear();
            (focus.startsWith(u'/') ? options.address.file : options.address.tab) = focus;
        }
    }
    options.screenshot = parser.value(u"screenshot"_qs);
    const QStringList size = parser.value(u"size"_qs).split(u'x');
    if (size.size() == 2)
        options.size = QSize(size[0].toInt(), size[1].toInt());
    return true;
}

/// The same place in the build folder and where it is installed; empty where it is missing.
QStringList sampleSources()
{
    const QDir sample(QCoreApplication::applicationDirPath() % u"/../share/tallymann/sample");
    QStringList sources;
    for (const QString &name : {u"portal.tar"_qs, u"cluster"_qs}) {
        if (sample.exists(name))
            sources.append(QDir::cleanPath(sample.filePath(name)));
    }
    return sources;
}

QString sampleAudits()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
}

Result<Knowledge> loadKnowledge(const Options &options)
{
    const Resources resources
        = options.resources.isEmpty() ? Resources() : Resources(options.resources.toStdU16String());
    TALLY_ASSIGN(const CataloguePtr catalogue, loadCatalogue(resources));
    TALLY_ASSIGN(const CheckSetPtr checks, loadChecks(resources, *catalogue));
    return Knowledge{catalogue, checks};
}

/// Waits until neither the session nor the page has anything left to do, takes the picture and leaves.
void takeScreenshot(MainWindow &window, Session &session, const Options &options)
{
    auto *timer = new QTimer(&window);
    auto arrived = std::make_shared<bool>(false);
    auto quiet = std::make_shared<int>(0);
    QObject::connect(timer, &QTimer::timeout, &window, [&window, &session, options, arrived, quiet] {
        if (session.isBusy() || session.isRechecking() || !session.waitingSources().isEmpty())
            return;
        if (!*arrived) {
            *arrived = true;
            if (options.hasAddress)
                window.goTo(options.address);
            return;
        }
        // layouts take a few rounds until all is in its place
        *quiet = window.currentPage()->isBusy() ? 0 : *quiet + 1;
        if (*quiet < 6)
            return;
        const bool written = window.grab().save(options.screenshot);
        QCoreApplication::exit(written ? 0 : 3);
    });
    timer->start(250);
}

void goWhenOpen(MainWindow &window, Session &session, const Address &address)
{
    auto *once = new QObject(&window);
    QObject::connect(&session, &Session::stateChanged, once, [once, &window, &session, address] {
        if (!session.hasAudit())
            return;
        once->deleteLater();
        window.goTo(address);
    });
}

} // namespace

int main(int argc, char *argv[])
try {
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"tallymann"_qs);
    QCoreApplication::setOrganizationName(u"tallymann"_qs);
    QCoreApplication::setApplicationVersion(toQString(toolVersion));
    Options options;
    if (!readOptions(application, options))
        return 2;

    const QTemporaryDir scratch; // a picture must not depend on, nor change, what the person has set
    QSettings settings = options.screenshot.isEmpty()
        ? QSettings()
        : QSettings(scratch.filePath(u"settings.ini"_qs), QSettings::IniFormat);
    Languages languages;
    const QString stored = settings.value(u"language"_qs).toString();
    languages.set(options.language.value_or(stored.isEmpty() ? Languages::ofSystem()
            : stored == u"de"                                ? Language::German
                                                             : Language::English));
    Theme theme(application);
    theme.setMode(options.theme.value_or(static_cast<ThemeMode>(settings.value(u"theme"_qs, 0).toInt())));

    auto knowledge = loadKnowledge(options);
    if (!knowledge) {
        const MessageTranslator translator(languages.language());
        std::fprintf(stderr, "tallymann: %s %s\n", translator.text(knowledge.error().message).c_str(),
            knowledge.error().detail.c_str());
        return 3;
    }
    Session session(*std::move(knowledge));
    SystemFileChooser files;
    const std::filesystem::path cache = options.screenshot.isEmpty()
        ? ImageCache::defaultFolder()
        : std::filesystem::path(scratch.filePath(u"cache"_qs).toStdU16String());
    MainWindow window({session, theme, languages, files, settings, sampleSources(), sampleAudits(), cache});
    window.resize(options.screenshot.isEmpty() ? window.size() : options.size);
    window.QWidget::show();
    if (!options.screenshot.isEmpty() && !options.inputs.isEmpty()
        && !isAuditFile(options.inputs[0].toStdU16String())) {
        AuditInfo info;
        info.organisation = toUtf8String(QFileInfo(options.inputs[0]).completeBaseName());
        session.newAudit({}, info);
    }
    window.take(options.inputs);
    if (!options.screenshot.isEmpty())
        takeScreenshot(window, session, options);
    else if (options.hasAddress)
        goWhenOpen(window, session, options.address);
    return QApplication::exec();
} catch (const std::exception &error) { // out of memory, at worst: everything else answers with a message
    std::fprintf(stderr, "tallymann: %s\n", error.what());
    return 3;
}
