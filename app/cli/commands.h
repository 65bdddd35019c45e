// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/console.h"
#include "core/report/report_look.h"
#include "ui/pdf/report_export.h"

#include <optional>
#include <string>
#include <vector>

namespace tally::cli {

struct AuditOptions
{
    std::vector<std::string> images;
    std::vector<std::string> clusters;
    std::vector<std::string> evidence;
    std::vector<std::string> reports;
    std::string policy;
    std::vector<std::string> keys;
    std::vector<std::string> asked; ///< "KIND: how that is known"
    std::string save;
    std::string from;       ///< audit file that the new one starts from
    bool supersede = false; ///< an export of a cluster takes the place of those before it
    std::string failOn;
    std::string resources;
    std::string organisation;
    std::string title;
    std::string auditor;
    std::vector<std::string> modules; ///< of reports; none: reportModules()
    bool noCache = false;
};

struct ImageOptions
{
    std::string file;
    std::string json;
    bool tree = false;
    int layer = -1;
    std::string platform;
    std::string extract;
    std::string to;
    std::string compare;
    std::vector<std::string> keys;
    std::string sbom; ///< "cyclonedx" or "spdx"
    std::string out = "-";
    bool noCache = false;
};

struct ClusterOptions
{
    std::string file;
    std::string json;
    std::string podSecurityVersion;
};

struct AnswersOptions
{
    std::string audit;
    std::string workbook;
    std::string by;
    std::string resources;
    bool apply = false;
    std::string edition; ///< answered by an earlier one: to be confirmed here
};

struct ScopeOptions
{
    std::string audit;
    bool record = false;            ///< what the sources suggest
    std::vector<std::string> needs; ///< "payments=high,normal,very-high: reason"
    std::string by;
};

struct ClustersOptions
{
    std::string audit;
    std::vector<std::string> assign; ///< "2=1", "2=new"
    std::vector<std::string> names;  ///< "2=staging"
    std::string by;
    std::string resources;
    bool loseDecisions = false; ///< also where what was said of single findings no longer holds
};

struct SourcesOptions
{
    std::string audit;
    std::vector<std::string> add;
    bool supersede = false;
    std::vector<std::string> withdraw; ///< "2: reason"
    std::vector<std::string> restore;  ///< "2"
    std::string by;
    std::string resources;
    bool loseDecisions = false;
};

/// How a report looks. What is given takes the place of what the audit keeps.
struct LookCall
{
    std::string paper;
    std::optional<std::string> classification;
    std::optional<std::string> logo;     ///< a file; "" none
    std::vector<std::string> letterhead; ///< lines; one that is empty: none
};

struct CompareCall
{
    std::string before;
    std::string after;
    std::vector<std::string> outputs;
    std::string resources;
    std::vector<std::string> modules; ///< as of a report, judged in either audit
    bool acrossClusters = false;
    LookCall look; ///< in place of what the newer audit keeps
};

struct ReportCall
{
    std::string audit;
    std::vector<std::string> outputs;
    std::string resources;
    std::string kind = "audit";
    std::vector<std::string> sections; ///< names or numbers; none: all
    bool onlyOpen = false;
    std::string namespaceName;
    std::vector<std::string> modules; ///< none: reportModules()
    std::string earlier;              ///< file of the audit that a ZIP compares with; "" the one that lies beside it
    LookCall look;
    std::vector<std::string> signatures; ///< "ROLE" or "ROLE: NAME"; one that is empty: the report's own
    bool keep = false;                   ///< in the audit, for later reports
};

struct EvidenceOptions
{
    std::string file;
    std::vector<std::string> add; ///< files, and addresses with http or https
    std::vector<std::string> ids; ///< requirements and parts
    std::string title;
    std::string note;
    std::string source;
    std::string date;
    std::string expires;
    std::string to; ///< folder
    std::string by;
};

struct SignOptions
{
    std::string audit;
    std::string key; ///< file; "" without a signature
    std::string by;
    std::string purpose;
    std::string passphraseFile;
    std::string resources;
    bool detached = false;
};

struct VerifyOptions
{
    std::string audit;
    std::optional<std::string> head; ///< that is expected
    std::vector<std::string> keys;
};

struct JournalOptions
{
    std::string audit;
    std::string out; ///< .csv or .json; "" as lines on standard output
};

/// Those with these ids, in whatever case, in the order of the catalogue. Errors: Unsupported, naming what is known.
[[nodiscard]] Result<std::vector<const Module *>> modulesOf(
    const std::vector<std::string> &names, const Catalogue &catalogue);
/// Refuses modules where a file holds them all. Errors: Unsupported.
[[nodiscard]] Result<> checkModules(const std::vector<std::string> &names, const std::vector<std::string> &outputs,
    ReportOptions::Kind kind, const Translator &translator);
/// Which file is about which module, where there are several; judged modules about which there is none.
void tellModules(
    const Console &console, const std::vector<ui::WrittenReport> &written, const std::vector<const Module *> &judged);

/// `kept`, with what the call wants instead. Errors: of openLogo(); Unsupported (no such paper).
[[nodiscard]] Result<ReportLook> lookOf(const LookCall &call, ReportLook kept);

[[nodiscard]] int auditCommand(const Console &console, const AuditOptions &options);
[[nodiscard]] int imageCommand(const Console &console, const ImageOptions &options);
[[nodiscard]] int clusterCommand(const Console &console, const ClusterOptions &options);
[[nodiscard]] int evidenceCommand(const Console &console, const EvidenceOptions &options);
[[nodiscard]] int checksCommand(const Console &console, const std::string &json, const std::string &resources);
[[nodiscard]] int exportScriptCommand(const Console &console, const std::string &namespaces);
[[nodiscard]] int reportCommand(const Console &console, const ReportCall &call);
[[nodiscard]] int answersCommand(const Console &console, const AnswersOptions &options);
[[nodiscard]] int requestsCommand(
    const Console &console, const std::string &audit, const std::string &output, const std::string &resources);
[[nodiscard]] int scopeCommand(const Console &console, const ScopeOptions &options);
[[nodiscard]] int clustersCommand(const Console &console, const ClustersOptions &options);
[[nodiscard]] int sourcesCommand(const Console &console, const SourcesOptions &options);
[[nodiscard]] int compareCommand(const Console &console, const CompareCall &call);
[[nodiscard]] int cacheCommand(const Console &console, bool clear);
[[nodiscard]] int verifyCommand(const Console &console, const VerifyOptions &options);
[[nodiscard]] int signCommand(const Console &console, const SignOptions &options);
[[nodiscard]] int journalCommand(const Console &console, const JournalOptions &options);

} // namespace tally::cli
