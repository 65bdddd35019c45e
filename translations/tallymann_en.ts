<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>Classes</name>
    <message numerus="yes">
        <source>Since then %n decision(s) have been made or changed: the verdict is to be confirmed.</source>
        <translation>
            <numerusform>Since then %n decision has been made or changed: the verdict is to be confirmed.</numerusform>
            <numerusform>Since then %n decisions have been made or changed: the verdict is to be confirmed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s): %1</source>
        <extracomment>%1 what they are about</extracomment>
        <translation>
            <numerusform>%n finding: %1</numerusform>
            <numerusform>%n findings: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not carried over: the classification of %n requirement(s). It is made anew.</source>
        <translation>
            <numerusform>Not carried over: the classification of %n requirement. It is made anew.</numerusform>
            <numerusform>Not carried over: the classifications of %n requirements. They are made anew.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not carried over: %n overall verdict(s). Somebody has to give a new one.</source>
        <translation>
            <numerusform>Not carried over: %n overall verdict. Somebody has to give a new one.</numerusform>
            <numerusform>Not carried over: %n overall verdicts. Somebody has to give new ones.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message numerus="yes">
        <source>%n file(s) of other kinds (logs, archives, …) were skipped.</source>
        <translation>
            <numerusform>%n file of another kind (logs, archives, …) was skipped.</numerusform>
            <numerusform>%n files of other kinds (logs, archives, …) were skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) of “%1” are no Kubernetes objects and were skipped.</source>
        <translation>
            <numerusform>%n document of “%1” is no Kubernetes object and was skipped.</numerusform>
            <numerusform>%n documents of “%1” are no Kubernetes objects and were skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) of a List in “%1” are no Kubernetes objects and were skipped.</source>
        <translation>
            <numerusform>%n item of a List in “%1” is no Kubernetes object and was skipped.</numerusform>
            <numerusform>%n items of a List in “%1” are no Kubernetes objects and were skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) are in an earlier source, too, with the same content. They are counted there.</source>
        <translation>
            <numerusform>%n object is in an earlier source, too, with the same content. It is counted there.</numerusform>
            <numerusform>%n objects are in an earlier source, too, with the same content. They are counted there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s), %1, in %2</source>
        <extracomment>%1 number of bytes with unit, %2 a folder</extracomment>
        <translation>
            <numerusform>%n image, %1, in %2</numerusform>
            <numerusform>%n images, %1, in %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of the audit log “%1” could not be read and were not counted.</source>
        <translation>
            <numerusform>%n line of the audit log “%1” could not be read and was not counted.</numerusform>
            <numerusform>%n lines of the audit log “%1” could not be read and were not counted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n template(s) of Helm charts were not evaluated.</source>
        <translation>
            <numerusform>%n template of a Helm chart was not evaluated.</numerusform>
            <numerusform>%n templates of Helm charts were not evaluated.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more object(s) are there more than once, with different content.</source>
        <translation>
            <numerusform>%n more object is there more than once, with different content.</numerusform>
            <numerusform>%n more objects are there more than once, with different content.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s) written to “%1”.</source>
        <translation>
            <numerusform>%n piece of evidence written to “%1”.</numerusform>
            <numerusform>%n pieces of evidence written to “%1”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In “%1” %n cell(s) cannot be understood, the first one is %3 on “%2” (%4). No answer was taken over.</source>
        <extracomment>%1 file, %2 sheet, %3 cell, %4 requirement</extracomment>
        <translation>
            <numerusform>In “%1” %n cell cannot be understood, the first one is %3 on “%2” (%4). No answer was taken over.</numerusform>
            <numerusform>In “%1” %n cells cannot be understood, the first one is %3 on “%2” (%4). No answer was taken over.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Image</name>
    <message numerus="yes">
        <source>The layer “%1” has %n file(s) more than once; the last entry counts.</source>
        <translation>
            <numerusform>The layer “%1” has %n file more than once; the last entry counts.</numerusform>
            <numerusform>The layer “%1” has %n files more than once; the last entry counts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The layer “%1” has %n entry(s) with overlong names, which were left out.</source>
        <translation>
            <numerusform>The layer “%1” has %n entry with an overlong name, which was left out.</numerusform>
            <numerusform>The layer “%1” has %n entries with overlong names, which were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n symbolic link(s) left out.</source>
        <translation>
            <numerusform>%n symbolic link left out.</numerusform>
            <numerusform>%n symbolic links left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) changed.</source>
        <translation>
            <numerusform>%n name changed.</numerusform>
            <numerusform>%n names changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) lost their special rights.</source>
        <translation>
            <numerusform>%n file lost its special rights.</numerusform>
            <numerusform>%n files lost their special rights.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) left out.</source>
        <translation>
            <numerusform>%n device left out.</numerusform>
            <numerusform>%n devices left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message numerus="yes">
        <source>%n decision(s) would change. Nothing was written: --apply does that.</source>
        <translation>
            <numerusform>%n decision would change. Nothing was written: --apply does that.</numerusform>
            <numerusform>%n decisions would change. Nothing was written: --apply does that.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) changed.</source>
        <translation>
            <numerusform>%n decision changed.</numerusform>
            <numerusform>%n decisions changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n journal entry(s) written to “%1”.</source>
        <translation>
            <numerusform>%n journal entry written to “%1”.</numerusform>
            <numerusform>%n journal entries written to “%1”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) would change. Nothing was written: --apply does that.</source>
        <translation>
            <numerusform>%n request would change. Nothing was written: --apply does that.</numerusform>
            <numerusform>%n requests would change. Nothing was written: --apply does that.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) changed.</source>
        <translation>
            <numerusform>%n request changed.</numerusform>
            <numerusform>%n requests changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) of edition %1 would be taken over, to be confirmed. --apply does it.</source>
        <extracomment>%1 edition</extracomment>
        <translation>
            <numerusform>%n answer of edition %1 would be taken over, to be confirmed. --apply does it.</numerusform>
            <numerusform>%n answers of edition %1 would be taken over, to be confirmed. --apply does it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) of edition %1 taken over. They are to be confirmed one by one.</source>
        <extracomment>%1 edition</extracomment>
        <translation>
            <numerusform>%n answer of edition %1 taken over. It is to be confirmed.</numerusform>
            <numerusform>%n answers of edition %1 taken over. They are to be confirmed one by one.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n measure(s) would change or be added. Nothing was written: --apply does that.</source>
        <translation>
            <numerusform>%n measure would change or be added. Nothing was written: --apply does that.</numerusform>
            <numerusform>%n measures would change or be added. Nothing was written: --apply does that.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n measure(s) changed or added.</source>
        <translation>
            <numerusform>%n measure changed or added.</numerusform>
            <numerusform>%n measures changed or added.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message numerus="yes">
        <source>Changed after the sign-off: %n journal entry(s).</source>
        <translation>
            <numerusform>Changed after the sign-off: %n journal entry.</numerusform>
            <numerusform>Changed after the sign-off: %n journal entries.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) whose basis has changed since</source>
        <translation>
            <numerusform>%n decision whose basis has changed since</numerusform>
            <numerusform>%n decisions whose basis has changed since</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n review(s) submitted and not answered</source>
        <translation>
            <numerusform>%n review submitted and not answered</numerusform>
            <numerusform>%n reviews submitted and not answered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n requirement(s) sent back by the second person</source>
        <translation>
            <numerusform>%n requirement sent back by the second person</numerusform>
            <numerusform>%n requirements sent back by the second person</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) of the earlier audit not confirmed</source>
        <translation>
            <numerusform>%n answer of the earlier audit not confirmed</numerusform>
            <numerusform>%n answers of the earlier audit not confirmed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) for evidence unanswered</source>
        <translation>
            <numerusform>%n request for evidence unanswered</numerusform>
            <numerusform>%n requests for evidence unanswered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n source(s) whose digests are those of an earlier reading</source>
        <translation>
            <numerusform>%n source whose digests are those of an earlier reading</numerusform>
            <numerusform>%n sources whose digests are those of an earlier reading</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) that break a rule about reasons</source>
        <translation>
            <numerusform>%n decision that breaks a rule about reasons</numerusform>
            <numerusform>%n decisions that break a rule about reasons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s), to be confirmed</source>
        <translation>
            <numerusform>%n answer, to be confirmed</numerusform>
            <numerusform>%n answers, to be confirmed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s), to be confirmed: until then they do not count</source>
        <translation>
            <numerusform>%n exception, to be confirmed: until then they do not count</numerusform>
            <numerusform>%n exceptions, to be confirmed: until then they do not count</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kind(s) asked for with none there, to be confirmed</source>
        <translation>
            <numerusform>%n kind asked for with none there, to be confirmed</numerusform>
            <numerusform>%n kinds asked for with none there, to be confirmed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n target object(s) with their protection needs, to be confirmed</source>
        <translation>
            <numerusform>%n target object with their protection needs, to be confirmed</numerusform>
            <numerusform>%n target objects with their protection needs, to be confirmed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open measure(s) of the implementation plan</source>
        <translation>
            <numerusform>%n open measure of the implementation plan</numerusform>
            <numerusform>%n open measures of the implementation plan</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n public key(s)</source>
        <translation>
            <numerusform>%n public key</numerusform>
            <numerusform>%n public keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n saved filter(s)</source>
        <translation>
            <numerusform>%n saved filter</numerusform>
            <numerusform>%n saved filters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s) of the earlier audit nobody has confirmed yet. They stand in the list and do not count.</source>
        <translation>
            <numerusform>%n exception of the earlier audit nobody has confirmed yet. They stand in the list and do not count.</numerusform>
            <numerusform>%n exceptions of the earlier audit nobody has confirmed yet. They stand in the list and do not count.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s) of the earlier audit not confirmed</source>
        <translation>
            <numerusform>%n exception of the earlier audit not confirmed</numerusform>
            <numerusform>%n exceptions of the earlier audit not confirmed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>protection needs of %n target object(s) of the earlier audit not confirmed</source>
        <translation>
            <numerusform>protection needs of %n target object of the earlier audit not confirmed</numerusform>
            <numerusform>protection needs of %n target objects of the earlier audit not confirmed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not carried over: %n done measure(s), in the earlier audit only.</source>
        <translation>
            <numerusform>Not carried over: %n done measure, in the earlier audit only.</numerusform>
            <numerusform>Not carried over: %n done measures, in the earlier audit only.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n requirement(s) undecided</source>
        <translation>
            <numerusform>%1: %n requirement undecided</numerusform>
            <numerusform>%1: %n requirements undecided</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) of the earlier audit were taken over and are to be confirmed: %1.</source>
        <extracomment>%1 ids: &quot;A3, A17&quot;</extracomment>
        <translation>
            <numerusform>%n answer of the earlier audit was taken over and is to be confirmed: %1.</numerusform>
            <numerusform>%n answers of the earlier audit were taken over and are to be confirmed: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::AccessPane</name>
    <message numerus="yes">
        <source>%n namespaces</source>
        <translation>
            <numerusform>%n namespace</numerusform>
            <numerusform>%n namespaces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) run with it.</source>
        <translation>
            <numerusform>%n pod runs with it.</numerusform>
            <numerusform>%n pods run with it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::AnswersDialog</name>
    <message numerus="yes">
        <source>“%1” would change %n thing(s). Untick what is to stay as it is.</source>
        <translation>
            <numerusform>“%1” would change %n thing. Untick what is to stay as it is.</numerusform>
            <numerusform>“%1” would change %n things. Untick what is to stay as it is.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::AttachDialog</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::BuildPane</name>
    <message numerus="yes">
        <source>Its first %n layer(s) come from there.</source>
        <translation>
            <numerusform>Its first layer comes from there.</numerusform>
            <numerusform>Its first %n layers come from there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::BulkPanel</name>
    <message numerus="yes">
        <source>Set for %n requirement(s) at %1. Undo takes all of it back.</source>
        <translation>
            <numerusform>Set for %n requirement at %1. Undo takes all of it back.</numerusform>
            <numerusform>Set for %n requirements at %1. Undo takes all of it back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n requirements selected</source>
        <translation>
            <numerusform>%n requirement selected</numerusform>
            <numerusform>%n requirements selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::ChecklistPage</name>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <translation>
            <numerusform>%n answer</numerusform>
            <numerusform>%n answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s)</source>
        <translation>
            <numerusform>%n exception</numerusform>
            <numerusform>%n exceptions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kind(s) asked for</source>
        <translation>
            <numerusform>%n kind asked for</numerusform>
            <numerusform>%n kinds asked for</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n target object(s)</source>
        <translation>
            <numerusform>%n target object</numerusform>
            <numerusform>%n target objects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::ClusterObjectsModel</name>
    <message numerus="yes">
        <source>%1, %n object(s)</source>
        <translation>
            <numerusform>%1, %n object</numerusform>
            <numerusform>%1, %n objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n finding(s), worst: %2</source>
        <translation>
            <numerusform>%1, %n finding, worst: %2</numerusform>
            <numerusform>%1, %n findings, worst: %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::ClusterPage</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kind(s) not seen</source>
        <translation>
            <numerusform>%n kind not seen</numerusform>
            <numerusform>%n kinds not seen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::ClusterPane</name>
    <message numerus="yes">
        <source>%n more stand at the object.</source>
        <translation>
            <numerusform>%n more stands at the object.</numerusform>
            <numerusform>%n more stand at the object.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::ComparePane</name>
    <message numerus="yes">
        <source>The first %n layer(s) are the same.</source>
        <translation>
            <numerusform>The first layer is the same.</numerusform>
            <numerusform>The first %n layers are the same.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of equal size in different layers were not compared by content; they count as equal.</source>
        <translation>
            <numerusform>%n file of equal size in different layers was not compared by content; it counts as equal.</numerusform>
            <numerusform>%n files of equal size in different layers were not compared by content; they count as equal.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::CompletenessPane</name>
    <message numerus="yes">
        <source>%n command(s) copied</source>
        <translation>
            <numerusform>%n command copied</numerusform>
            <numerusform>%n commands copied</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::ConfirmDialog</name>
    <message numerus="yes">
        <source>Confirm %n</source>
        <translation>
            <numerusform>Confirm %n</numerusform>
            <numerusform>Confirm %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>covers %n</source>
        <translation>
            <numerusform>covers %n</numerusform>
            <numerusform>covers %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::DecisionMore</name>
    <message numerus="yes">
        <source>%n interviewed</source>
        <translation>
            <numerusform>%n person interviewed</numerusform>
            <numerusform>%n people interviewed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::ErrorDialog</name>
    <message numerus="yes">
        <source>%n thing(s) did not work</source>
        <translation>
            <numerusform>%n thing did not work</numerusform>
            <numerusform>%n things did not work</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::EvidenceModel</name>
    <message numerus="yes">
        <source>%n in system namespaces, a group of their own</source>
        <translation>
            <numerusform>%n in a system namespace, a group of its own</numerusform>
            <numerusform>%n in system namespaces, a group of their own</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them as exceptions</source>
        <translation>
            <numerusform>%n of them as an exception</numerusform>
            <numerusform>%n of them as exceptions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::EvidencePage</name>
    <message numerus="yes">
        <source>%n piece(s) of evidence have expired</source>
        <translation>
            <numerusform>%n piece of evidence has expired</numerusform>
            <numerusform>%n pieces of evidence have expired</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::ExceptionForm</name>
    <message numerus="yes">
        <source>these %n finding(s)</source>
        <translation>
            <numerusform>this finding</numerusform>
            <numerusform>these %n findings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more exception(s)</source>
        <translation>
            <numerusform>and %n more exception</numerusform>
            <numerusform>and %n more exceptions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of the findings</source>
        <translation>
            <numerusform>%n of the findings</numerusform>
            <numerusform>%n of the findings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::FacetList</name>
    <message numerus="yes">
        <source>%n more, use the filter</source>
        <translation>
            <numerusform>%n more, use the filter</numerusform>
            <numerusform>%n more, use the filter</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::FactsPanel</name>
    <message numerus="yes">
        <source>%n wrong</source>
        <translation>
            <numerusform>%n wrong</numerusform>
            <numerusform>%n wrong</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n right</source>
        <translation>
            <numerusform>%n right</numerusform>
            <numerusform>%n right</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not comparable</source>
        <translation>
            <numerusform>%n not comparable</numerusform>
            <numerusform>%n not comparable</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::FilesPane</name>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s)</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::FindingDetail</name>
    <message numerus="yes">
        <source>and %n more place(s)</source>
        <translation>
            <numerusform>and %n more place</numerusform>
            <numerusform>and %n more places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::FindingsPage</name>
    <message numerus="yes">
        <source>%n cause(s)</source>
        <translation>
            <numerusform>%n cause</numerusform>
            <numerusform>%n causes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s)</source>
        <translation>
            <numerusform>%n object</numerusform>
            <numerusform>%n objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n requirement(s)</source>
        <translation>
            <numerusform>%n requirement</numerusform>
            <numerusform>%n requirements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n technique(s)</source>
        <translation>
            <numerusform>%n technique</numerusform>
            <numerusform>%n techniques</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n owner(s)</source>
        <translation>
            <numerusform>%n owner</numerusform>
            <numerusform>%n owners</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s) of the earlier audit wait to be confirmed; they do not count before.</source>
        <translation>
            <numerusform>%n exception of the earlier audit wait to be confirmed; they do not count before.</numerusform>
            <numerusform>%n exceptions of the earlier audit wait to be confirmed; they do not count before.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::GuardsPane</name>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::ImagesPage</name>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>%n layer</numerusform>
            <numerusform>%n layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n digest(s) wrong: tampered with or damaged</source>
        <translation>
            <numerusform>%n digest wrong: tampered with or damaged</numerusform>
            <numerusform>%n digests wrong: tampered with or damaged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n digest(s) verified</source>
        <translation>
            <numerusform>%n digest verified</numerusform>
            <numerusform>%n digests verified</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>And %n more.</numerusform>
            <numerusform>And %n more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be compared.</source>
        <translation>
            <numerusform>%n could not be compared.</numerusform>
            <numerusform>%n could not be compared.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n digest(s) verified on %1</source>
        <translation>
            <numerusform>%n digest verified on %1</numerusform>
            <numerusform>%n digests verified on %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s) could not be read to the end</source>
        <translation>
            <numerusform>%n layer could not be read to the end</numerusform>
            <numerusform>%n layers could not be read to the end</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::JournalPage</name>
    <message numerus="yes">
        <source>%n entry(s)</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::JournalState</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n earlier sign-off(s) stand in the journal.</source>
        <translation>
            <numerusform>%n earlier sign-off stands in the journal.</numerusform>
            <numerusform>%n earlier sign-offs stand in the journal.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::MainWindow</name>
    <message numerus="yes">
        <source>%1 is read: %Ln finding(s) in the whole audit</source>
        <translation>
            <numerusform>%1 is read: %Ln finding in the whole audit</numerusform>
            <numerusform>%1 is read: %Ln findings in the whole audit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All sources are judged: %Ln finding(s)</source>
        <translation>
            <numerusform>All sources are judged: %Ln finding</numerusform>
            <numerusform>All sources are judged: %Ln findings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::MeasuresPage</name>
    <message numerus="yes">
        <source>%n measure(s)</source>
        <translation>
            <numerusform>%n measure</numerusform>
            <numerusform>%n measures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n overdue</numerusform>
            <numerusform>%n overdue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) name a measure that is not planned here yet.</source>
        <translation>
            <numerusform>%n decision names a measure that is not planned here yet.</numerusform>
            <numerusform>%n decisions name measures that are not planned here yet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::NamespacesModel</name>
    <message numerus="yes">
        <source>%n finding(s), worst: %1</source>
        <translation>
            <numerusform>%n finding, worst: %1</numerusform>
            <numerusform>%n findings, worst: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::NamespacesPane</name>
    <message numerus="yes">
        <source>%n pod(s) in the network of the node: no policy reaches them</source>
        <translation>
            <numerusform>%n pod in the network of the node: no policy reaches it</numerusform>
            <numerusform>%n pods in the network of the node: no policy reaches them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::NeedsForm</name>
    <message numerus="yes">
        <source>%n target objects</source>
        <translation>
            <numerusform>%n target object</numerusform>
            <numerusform>%n target objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::NetworkPane</name>
    <message numerus="yes">
        <source>%n namespace(s) are not in the export themselves: rules that choose namespaces by label cannot be evaluated there.</source>
        <translation>
            <numerusform>%n namespace is not in the export itself: rules that choose namespaces by label cannot be evaluated there.</numerusform>
            <numerusform>%n namespaces are not in the export themselves: rules that choose namespaces by label cannot be evaluated there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n network policies were read. Kinds of policies that may be there are missing in the export: what is open otherwise is not checked.</source>
        <translation>
            <numerusform>%n network policy was read. Kinds of policies that may be there are missing in the export: what is open otherwise is not checked.</numerusform>
            <numerusform>%n network policies were read. Kinds of policies that may be there are missing in the export: what is open otherwise is not checked.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %1 ways between different namespaces, nothing holds back %2. %n network policies were read.</source>
        <translation>
            <numerusform>Of %1 ways between different namespaces, nothing holds back %2. %n network policy was read.</numerusform>
            <numerusform>Of %1 ways between different namespaces, nothing holds back %2. %n network policies were read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::OverviewPage</name>
    <message numerus="yes">
        <source>%1 A deviation is proven in %n open one(s).</source>
        <extracomment>%1 is the sentence about decided requirements; %n open requirements with a proven deviation</extracomment>
        <translation>
            <numerusform>%1 A deviation is proven in %n open one.</numerusform>
            <numerusform>%1 A deviation is proven in %n open ones.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n × %1</source>
        <extracomment>number of objects or images that show a cause, then the cause</extracomment>
        <translation>
            <numerusform>%n × %1</numerusform>
            <numerusform>%n × %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) of it to be confirmed</source>
        <translation>
            <numerusform>%n answer of it to be confirmed</numerusform>
            <numerusform>%n answers of it to be confirmed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) are to be confirmed anew: what they rested on has changed.</source>
        <translation>
            <numerusform>%n decision is to be confirmed anew: what it rested on has changed.</numerusform>
            <numerusform>%n decisions are to be confirmed anew: what they rested on has changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::PartPanel</name>
    <message numerus="yes">
        <source>%n workload(s)</source>
        <translation>
            <numerusform>%n workload</numerusform>
            <numerusform>%n workloads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s)</source>
        <translation>
            <numerusform>%n object</numerusform>
            <numerusform>%n objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n namespace(s)</source>
        <translation>
            <numerusform>%n namespace</numerusform>
            <numerusform>%n namespaces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n opened image(s)</source>
        <translation>
            <numerusform>%n opened image</numerusform>
            <numerusform>%n opened images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cluster(s)</source>
        <translation>
            <numerusform>%n cluster</numerusform>
            <numerusform>%n clusters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::ReachabilityModel</name>
    <message numerus="yes">
        <source>%n pod(s)</source>
        <translation>
            <numerusform>%n pod</numerusform>
            <numerusform>%n pods</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::ReportPage</name>
    <message numerus="yes">
        <source>%n requirement(s) are still open. The report names them.</source>
        <translation>
            <numerusform>%n requirement is still open. The report names it.</numerusform>
            <numerusform>%n requirements are still open. The report names them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::RequestsDialog</name>
    <message numerus="yes">
        <source>%n ticked</source>
        <translation>
            <numerusform>%n ticked</numerusform>
            <numerusform>%n ticked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::RequestsPane</name>
    <message numerus="yes">
        <source>Nothing is asked for yet. %n part(s) ask for something of which there is no evidence.</source>
        <translation>
            <numerusform>Nothing is asked for yet. %n part asks for something of which there is no evidence.</numerusform>
            <numerusform>Nothing is asked for yet. %n parts ask for something of which there is no evidence.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) more ask for something of which there is no evidence.</source>
        <translation>
            <numerusform>%n more part asks for something of which there is no evidence.</numerusform>
            <numerusform>%n more parts ask for something of which there is no evidence.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::RequirementView</name>
    <message numerus="yes">
        <source>%n elementary threat(s)</source>
        <translation>
            <numerusform>%n elementary threat</numerusform>
            <numerusform>%n elementary threats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::ScopePane</name>
    <message numerus="yes">
        <source>%n target object(s)</source>
        <translation>
            <numerusform>%n target object</numerusform>
            <numerusform>%n target objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The sources name %n target object(s) that are not recorded yet.</source>
        <translation>
            <numerusform>The sources name %n target object that is not recorded yet.</numerusform>
            <numerusform>The sources name %n target objects that are not recorded yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Protection needs are missing in %n place(s). Until they are stated, requirements for elevated needs count as open.</source>
        <translation>
            <numerusform>Protection needs are missing in %n place. Until they are stated, requirements for elevated needs count as open.</numerusform>
            <numerusform>Protection needs are missing in %n places. Until they are stated, requirements for elevated needs count as open.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n target object(s) come from the earlier audit. Their protection needs are to be confirmed; until then nothing is left out because of them.</source>
        <translation>
            <numerusform>%n target object come from the earlier audit. Their protection needs are to be confirmed; until then nothing is left out because of them.</numerusform>
            <numerusform>%n target objects come from the earlier audit. Their protection needs are to be confirmed; until then nothing is left out because of them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::SearchPane</name>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln place</numerusform>
            <numerusform>%Ln places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::SettingsDialog</name>
    <message numerus="yes">
        <source>%n image(s), %1</source>
        <translation>
            <numerusform>%n image, %1</numerusform>
            <numerusform>%n images, %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::SourceWords</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read, %n thing(s) to note</source>
        <translation>
            <numerusform>Read, %n thing to note</numerusform>
            <numerusform>Read, %n things to note</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n digest(s) wrong</source>
        <translation>
            <numerusform>%n digest wrong</numerusform>
            <numerusform>%n digests wrong</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n digest(s) wrong: changed or damaged</source>
        <translation>
            <numerusform>%n digest wrong: changed or damaged</numerusform>
            <numerusform>%n digests wrong: changed or damaged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::SourcesPage</name>
    <message numerus="yes">
        <source>%n source(s), read completely or as far as they are readable</source>
        <translation>
            <numerusform>%n source, read completely or as far as it is readable</numerusform>
            <numerusform>%n sources, read completely or as far as they are readable</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more in the report</source>
        <translation>
            <numerusform>and %n more in the report</numerusform>
            <numerusform>and %n more in the report</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>House policy with %n entry(s), entered here.</source>
        <translation>
            <numerusform>House policy with %n entry, entered here.</numerusform>
            <numerusform>House policy with %n entries, entered here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>House policy %1 with %n entry(s).</source>
        <translation>
            <numerusform>House policy %1 with %n entry.</numerusform>
            <numerusform>House policy %1 with %n entries.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n public key(s).</source>
        <translation>
            <numerusform>%n public key.</numerusform>
            <numerusform>%n public keys.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::StatusStrip</name>
    <message numerus="yes">
        <source>%n more file(s) waiting</source>
        <translation>
            <numerusform>%n more file waiting</numerusform>
            <numerusform>%n more files waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n s left</source>
        <translation>
            <numerusform>about %n s left</numerusform>
            <numerusform>about %n s left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::TablePane</name>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::TargetWords</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::TreemapView</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more in %1</source>
        <translation>
            <numerusform>%n more in %1</numerusform>
            <numerusform>%n more in %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::VerdictDialog</name>
    <message numerus="yes">
        <source>%n requirement(s) are still open: the report stays a draft.</source>
        <translation>
            <numerusform>%n requirement are still open: the report stays a draft.</numerusform>
            <numerusform>%n requirements are still open: the report stays a draft.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Since then %n decision(s) have been made or changed.</source>
        <translation>
            <numerusform>Since then %n decision have been made or changed.</numerusform>
            <numerusform>Since then %n decisions have been made or changed.</numerusform>
        </translation>
    </message>
</context>
</TS>
