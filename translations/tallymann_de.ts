<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>Classes</name>
    <message>
        <source>AS, serious deviation</source>
        <extracomment>AS: class of a deviation; German: schwerwiegende Abweichung</extracomment>
        <translation>AS, schwerwiegende Abweichung</translation>
    </message>
    <message>
        <source>AG, minor deviation</source>
        <extracomment>AG: class of a deviation; German: geringfügige Abweichung</extracomment>
        <translation>AG, geringfügige Abweichung</translation>
    </message>
    <message>
        <source>E, recommendation</source>
        <translation>E, Empfehlung</translation>
    </message>
    <message>
        <source>AS serious</source>
        <extracomment>the class AS in a narrow column; German: AS schwerwiegend</extracomment>
        <translation>AS schwerwiegend</translation>
    </message>
    <message>
        <source>AG minor</source>
        <extracomment>the class AG in a narrow column; German: AG geringfügig</extracomment>
        <translation>AG geringfügig</translation>
    </message>
    <message>
        <source>E recommendation</source>
        <translation>E Empfehlung</translation>
    </message>
    <message>
        <source>AS: not or in essential parts not implemented; the effectiveness of the ISMS or the security of the scope is considerably endangered. No certificate.</source>
        <translation>AS: nicht oder in wesentlichen Teilen nicht umgesetzt; die Wirksamkeit des ISMS oder die Sicherheit des Geltungsbereichs ist erheblich gefährdet. Kein Zertifikat.</translation>
    </message>
    <message>
        <source>AG: single aspects are insufficient, the essential aim is reached. Several can add up to a serious one.</source>
        <translation>AG: einzelne Aspekte sind unzureichend, das wesentliche Ziel ist erreicht. Mehrere können zusammen eine schwerwiegende ergeben.</translation>
    </message>
    <message>
        <source>E: not binding, with a date to look again; can be raised if it is ignored.</source>
        <translation>E: nicht bindend, mit einem Termin zum Nachprüfen; kann hochgestuft werden, wenn sie nicht beachtet wird.</translation>
    </message>
    <message>
        <source>serious</source>
        <extracomment>of a KRITIS deficiency</extracomment>
        <translation>schwerwiegend</translation>
    </message>
    <message>
        <source>considerable</source>
        <extracomment>of a KRITIS deficiency</extracomment>
        <translation>erheblich</translation>
    </message>
    <message>
        <source>minor</source>
        <extracomment>of a KRITIS deficiency</extracomment>
        <translation>geringfügig</translation>
    </message>
    <message>
        <source>recommendation</source>
        <extracomment>of a KRITIS deficiency</extracomment>
        <translation>Empfehlung</translation>
    </message>
    <message>
        <source>Serious and considerable: acute need, to be removed promptly. Minor: a risk without acute need, to be removed in the medium term.</source>
        <translation>Schwerwiegend und erheblich: akuter Handlungsbedarf, umgehend zu beheben. Geringfügig: ein Risiko ohne akuten Handlungsbedarf, mittelfristig zu beheben.</translation>
    </message>
    <message>
        <source>“%1” is no audit class. Known are AS, AG and E.</source>
        <extracomment>%1 what was given</extracomment>
        <translation>„%1“ ist keine Einstufung. Bekannt sind AS, AG und E.</translation>
    </message>
    <message>
        <source>“%1” is no category of a KRITIS deficiency. Known are serious, considerable, minor and recommendation.</source>
        <extracomment>%1 what was given</extracomment>
        <translation>„%1“ ist keine Kategorie eines KRITIS-Mangels. Bekannt sind serious (schwerwiegend), considerable (erheblich), minor (geringfügig) und recommendation (Empfehlung).</translation>
    </message>
    <message>
        <source>“%1” is no requirement of this audit’s catalogue.</source>
        <extracomment>%1 an id</extracomment>
        <translation>„%1“ ist keine Anforderung im Katalog dieses Audits.</translation>
    </message>
    <message>
        <source>“%1” is no module of this audit’s catalogue.</source>
        <extracomment>%1 an id</extracomment>
        <translation>„%1“ ist kein Baustein im Katalog dieses Audits.</translation>
    </message>
    <message>
        <source>%1 is not decided “no” or “partially”: there is no deviation to classify. With “yes” a recommendation can be given.</source>
        <extracomment>%1 id of a requirement</extracomment>
        <translation>%1 ist nicht mit „nein“ oder „teilweise“ entschieden: Es gibt keine Abweichung, die eingestuft werden könnte. Bei „ja“ ist eine Empfehlung möglich.</translation>
    </message>
    <message>
        <source>The overall verdict is a sentence: at most %1 characters. It stands on one page.</source>
        <extracomment>%1 a number</extracomment>
        <translation>Das Gesamturteil ist ein Satz von höchstens %1 Zeichen. Es muss auf die eine Seite der Zusammenfassung passen.</translation>
    </message>
    <message>
        <source>The overall verdict is empty.</source>
        <translation>Das Gesamturteil ist leer.</translation>
    </message>
    <message>
        <source>Choose at most %1 deviations.</source>
        <extracomment>%1 a number</extracomment>
        <translation>Wählen Sie höchstens %1 Abweichungen aus.</translation>
    </message>
    <message>
        <source>%1 is not decided “no” or “partially”: it is none of the deviations.</source>
        <extracomment>%1 id of a requirement</extracomment>
        <translation>%1 ist nicht mit „nein“ oder „teilweise“ entschieden und gehört damit nicht zu den Abweichungen.</translation>
    </message>
    <message>
        <source>Classification of %1</source>
        <extracomment>%1 id of a requirement</extracomment>
        <translation>Einstufung von %1</translation>
    </message>
    <message>
        <source>KRITIS deficiency of %1</source>
        <extracomment>%1 id of a requirement</extracomment>
        <translation>KRITIS-Mangel bei %1</translation>
    </message>
    <message>
        <source>Overall verdict on %1</source>
        <extracomment>%1 id of a module</extracomment>
        <translation>Gesamturteil zu %1</translation>
    </message>
    <message>
        <source>The most important deviations of %1</source>
        <extracomment>%1 id of a module</extracomment>
        <translation>Wichtigste Abweichungen von %1</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Einstufung</translation>
    </message>
    <message>
        <source>Class / deficiency (KRITIS)</source>
        <extracomment>head of a narrow column: the audit class, and below it the KRITIS deficiency</extracomment>
        <translation>Einstufung / Mangel (KRITIS)</translation>
    </message>
    <message>
        <source>KRITIS deficiency: %1</source>
        <extracomment>of a requirement; %1 &quot;considerable&quot;</extracomment>
        <translation>KRITIS-Mangel: %1</translation>
    </message>
    <message>
        <source>KRITIS: %1</source>
        <extracomment>the same in a narrow column</extracomment>
        <translation>KRITIS: %1</translation>
    </message>
    <message>
        <source>Overall verdict: %1, %2.</source>
        <extracomment>below the sentence of the verdict; %1 person, %2 date</extracomment>
        <translation>Gesamturteil: %1, %2.</translation>
    </message>
    <message>
        <source>This report is a draft: %1 of %2 requirements are decided.</source>
        <extracomment>%1 and %2 numbers</extracomment>
        <translation>Dieser Bericht ist ein Entwurf: %1 von %2 Anforderungen sind entschieden.</translation>
    </message>
    <message numerus="yes">
        <source>Since then %n decision(s) have been made or changed: the verdict is to be confirmed.</source>
        <translation>
            <numerusform>Seitdem wurde %n Entscheidung getroffen oder geändert: Das Gesamturteil ist neu zu bestätigen.</numerusform>
            <numerusform>Seitdem wurden %n Entscheidungen getroffen oder geändert: Das Gesamturteil ist neu zu bestätigen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Chosen by %1 on %2.</source>
        <extracomment>%1 person, %2 date</extracomment>
        <translation>Ausgewählt von %1 am %2.</translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s): %1</source>
        <extracomment>%1 what they are about</extracomment>
        <translation>
            <numerusform>%n Befund: %1</numerusform>
            <numerusform>%n Befunde: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Preset of the program: audit class first, then MUST, then severity, then number.</source>
        <translation>Vorauswahl des Programms: Einstufung zuerst, dann MUSS, dann Schwere, dann Zahl.</translation>
    </message>
    <message>
        <source>The class is set by the auditors.</source>
        <translation>Die Einstufung setzen die Prüfer.</translation>
    </message>
    <message>
        <source>whole requirement</source>
        <extracomment>instead of the parts that deviate: nobody named any</extracomment>
        <translation>ganze Anforderung</translation>
    </message>
    <message numerus="yes">
        <source>Not carried over: the classification of %n requirement(s). It is made anew.</source>
        <translation>
            <numerusform>Nicht übernommen: die Einstufung von %n Anforderung. Sie wird neu vorgenommen.</numerusform>
            <numerusform>Nicht übernommen: die Einstufungen von %n Anforderungen. Sie werden neu vorgenommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not carried over: %n overall verdict(s). Somebody has to give a new one.</source>
        <translation>
            <numerusform>Nicht übernommen: %n Gesamturteil. Es ist neu zu fällen.</numerusform>
            <numerusform>Nicht übernommen: %n Gesamturteile. Sie sind neu zu fällen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>“%1” exists already. Choose another name; an audit is never overwritten.</source>
        <translation>„%1“ gibt es schon. Bitte einen anderen Namen wählen; ein Audit wird nie überschrieben.</translation>
    </message>
    <message>
        <source>“%1” is not an audit file of Tallymann.</source>
        <translation>„%1“ ist keine Audit-Datei von Tallymann.</translation>
    </message>
    <message>
        <source>“%1” was written by a newer Tallymann (format %2). This one reads up to format %3.</source>
        <translation>„%1“ stammt von einem neueren Tallymann (Format %2). Dieses hier liest bis Format %3.</translation>
    </message>
    <message>
        <source>“%1” is open in another window or by another person. Close it there, or open a copy.</source>
        <translation>„%1“ ist in einem anderen Fenster oder bei jemand anderem geöffnet. Bitte dort schließen oder eine Kopie öffnen.</translation>
    </message>
    <message>
        <source>“%1” can only be read here. Save a copy to go on working.</source>
        <translation>„%1“ lässt sich hier nur lesen. Zum Weiterarbeiten bitte eine Kopie speichern.</translation>
    </message>
    <message>
        <source>The disk that holds “%1” is full. What was shown as saved is safe; the last change is not saved.</source>
        <translation>Der Datenträger von „%1“ ist voll. Was als gesichert angezeigt wurde, ist sicher; die letzte Änderung ist es nicht.</translation>
    </message>
    <message>
        <source>“%1” could not be read or written: %2. What was shown as saved is safe.</source>
        <translation>„%1“ ließ sich nicht lesen oder schreiben: %2. Was als gesichert angezeigt wurde, ist sicher.</translation>
    </message>
    <message>
        <source>“%1” is damaged: %2.</source>
        <translation>„%1“ ist beschädigt: %2.</translation>
    </message>
    <message>
        <source>There is no requirement or part “%1” in the catalogue.</source>
        <translation>Im Katalog gibt es keine Anforderung und keine Teilanforderung „%1“.</translation>
    </message>
    <message>
        <source>What was stored of the source “%1” cannot be read: %2. Add the source again to see it.</source>
        <translation>Was von der Quelle „%1“ gespeichert wurde, ist nicht lesbar: %2. Die Quelle bitte erneut hinzufügen.</translation>
    </message>
    <message>
        <source>“Dispensable” needs a reason: what makes %1 unnecessary here?</source>
        <translation>„Entbehrlich“ braucht eine Begründung: Warum ist %1 hier nicht nötig?</translation>
    </message>
    <message>
        <source>A SHOULD may be left open only after weighing it. Give the reason for %1.</source>
        <translation>Ein SOLLTE darf nur nach Abwägung offen bleiben. Bitte die Gründe zu %1 angeben.</translation>
    </message>
    <message>
        <source>Journal entry %1 does not continue the one before it.</source>
        <translation>Journaleintrag %1 schließt nicht an den vorigen an.</translation>
    </message>
    <message>
        <source>Table %1, row %2 was changed outside the program.</source>
        <translation>Tabelle %1, Zeile %2 wurde außerhalb des Programms geändert.</translation>
    </message>
    <message>
        <source>Table %1, row %2 was removed outside the program.</source>
        <translation>Tabelle %1, Zeile %2 wurde außerhalb des Programms entfernt.</translation>
    </message>
    <message>
        <source>Table %1, row %2 was added outside the program.</source>
        <translation>Tabelle %1, Zeile %2 wurde außerhalb des Programms hinzugefügt.</translation>
    </message>
    <message>
        <source>The journal ends with %1, not with the expected %2.</source>
        <translation>Das Journal endet mit %1 statt mit dem erwarteten %2.</translation>
    </message>
    <message>
        <source>Consistent, origin not proven: every value is as the journal says. Without the journal&apos;s head from a report, nobody can say that the journal itself is the original one.</source>
        <translation>Stimmig, Herkunft nicht bewiesen: Jeder Wert steht so da, wie das Journal ihn nennt. Ob das Journal selbst das ursprüngliche ist, zeigt erst der Prüfwert aus einem Bericht.</translation>
    </message>
    <message>
        <source>Consistent, and the journal&apos;s head is the expected one.</source>
        <translation>Stimmig, und das Journal endet mit dem erwarteten Prüfwert.</translation>
    </message>
    <message>
        <source>Stopped at your request.</source>
        <translation>Auf Ihren Wunsch angehalten.</translation>
    </message>
    <message>
        <source>There is no file “%1”.</source>
        <translation>Die Datei „%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>“%1” cannot be read: %2.</source>
        <translation>„%1“ ist nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>“%1” cannot be written: %2.</source>
        <translation>„%1“ lässt sich nicht schreiben: %2.</translation>
    </message>
    <message>
        <source>The file “%1” is empty.</source>
        <translation>Die Datei „%1“ ist leer.</translation>
    </message>
    <message>
        <source>“%1” is larger than the allowed %2.</source>
        <translation>„%1“ ist größer als die erlaubten %2.</translation>
    </message>
    <message>
        <source>“%1”, line %2: this is not valid YAML.</source>
        <translation>„%1“, Zeile %2: Das ist kein gültiges YAML.</translation>
    </message>
    <message>
        <source>“%1”, line %2: the entry “%3” is missing.</source>
        <translation>„%1“, Zeile %2: Die Angabe „%3“ fehlt.</translation>
    </message>
    <message>
        <source>“%1”, line %2: there is no entry called “%3”.</source>
        <translation>„%1“, Zeile %2: Eine Angabe „%3“ gibt es nicht.</translation>
    </message>
    <message>
        <source>“%1”, line %2: “%4” is no valid value for the entry “%3”.</source>
        <translation>„%1“, Zeile %2: „%4“ ist kein gültiger Wert für die Angabe „%3“.</translation>
    </message>
    <message>
        <source>“%1”, line %2: the entry “%3” must consist of names and values.</source>
        <translation>„%1“, Zeile %2: Die Angabe „%3“ muss aus Namen und Werten bestehen.</translation>
    </message>
    <message>
        <source>“%1”, line %2: the entry “%3” must be a list.</source>
        <translation>„%1“, Zeile %2: Die Angabe „%3“ muss eine Liste sein.</translation>
    </message>
    <message>
        <source>“%1”, line %2: the text “%3” lacks the language “%4”.</source>
        <translation>„%1“, Zeile %2: Dem Text „%3“ fehlt die Sprache „%4“.</translation>
    </message>
    <message>
        <source>“%1”, line %2: “%3” stands there a second time.</source>
        <translation>„%1“, Zeile %2: „%3“ steht dort ein zweites Mal.</translation>
    </message>
    <message>
        <source>“%1”, line %2: nothing in the catalogue is called “%3”.</source>
        <translation>„%1“, Zeile %2: „%3“ gibt es im Katalog nicht.</translation>
    </message>
    <message>
        <source>“%1”, line %2: edition “%3” does not go with edition “%4” of the other files.</source>
        <translation>„%1“, Zeile %2: Die Edition „%3“ passt nicht zur Edition „%4“ der übrigen Dateien.</translation>
    </message>
    <message>
        <source>The resources hold no requirements.</source>
        <translation>Die mitgelieferten Daten enthalten keine Anforderungen.</translation>
    </message>
    <message>
        <source>“%1”, line %2: check %3 names the template “%4”, which does not exist.</source>
        <translation>„%1“, Zeile %2: Die Prüfung %3 nennt die Vorlage „%4“, die es nicht gibt.</translation>
    </message>
    <message>
        <source>“%1”, line %2: check %3 names the part “%4”, which the catalogue lacks.</source>
        <translation>„%1“, Zeile %2: Die Prüfung %3 nennt die Teilanforderung „%4“, die im Katalog fehlt.</translation>
    </message>
    <message>
        <source>“%1”, line %2: check %3 may not speak as strongly as “%5” about part %4.</source>
        <translation>„%1“, Zeile %2: Die Prüfung %3 darf über die Teilanforderung %4 nicht mit dem Gewicht „%5“ sprechen.</translation>
    </message>
    <message>
        <source>“%1”, line %2: check %3 needs “%4”, which nothing provides.</source>
        <translation>„%1“, Zeile %2: Die Prüfung %3 braucht „%4“; das liefert keine Quelle.</translation>
    </message>
    <message>
        <source>The resources hold no checks.</source>
        <translation>Die mitgelieferten Daten enthalten keine Prüfungen.</translation>
    </message>
    <message>
        <source>“%1” holds no Kubernetes objects. Accepted are what “kubectl get … -o yaml” or “-o json” prints, manifests in YAML or JSON, and folders and archives of such files.</source>
        <translation>„%1“ enthält keine Kubernetes-Objekte. Gelesen werden die Ausgaben von „kubectl get … -o yaml“ oder „-o json“, Manifeste in YAML oder JSON sowie Ordner und Archive mit solchen Dateien.</translation>
    </message>
    <message>
        <source>“%1” is a table for display (kind: Table); the objects themselves are not in it. Export again with “-o yaml” or “-o json”.</source>
        <translation>„%1“ ist eine Tabelle für die Anzeige (kind: Table); die Objekte selbst sind nicht darin. Bitte mit „-o yaml“ oder „-o json“ neu exportieren.</translation>
    </message>
    <message>
        <source>“%1” is the table that kubectl prints on the screen; the objects themselves are not in it. Export again with “-o yaml” or “-o json”.</source>
        <translation>„%1“ ist die Tabelle, die kubectl am Bildschirm ausgibt; die Objekte selbst sind nicht darin. Bitte mit „-o yaml“ oder „-o json“ neu exportieren.</translation>
    </message>
    <message>
        <source>“%1” is a kubeconfig: it holds credentials and no objects. It was not read and should not be passed on.</source>
        <translation>„%1“ ist eine kubeconfig: Sie enthält Zugangsdaten und keine Objekte. Sie wurde nicht ausgewertet und sollte nicht weitergegeben werden.</translation>
    </message>
    <message>
        <source>The folder “%1” holds more than the allowed %2 files.</source>
        <translation>Der Ordner „%1“ enthält mehr als die erlaubten %2 Dateien.</translation>
    </message>
    <message>
        <source>“%1” holds no Kubernetes objects and was skipped.</source>
        <translation>„%1“ enthält keine Kubernetes-Objekte und wurde übergangen.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of other kinds (logs, archives, …) were skipped.</source>
        <translation>
            <numerusform>%n Datei anderer Art (Protokolle, Archive, …) wurde übergangen.</numerusform>
            <numerusform>%n Dateien anderer Art (Protokolle, Archive, …) wurden übergangen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) of “%1” are no Kubernetes objects and were skipped.</source>
        <translation>
            <numerusform>%n Dokument aus „%1“ ist kein Kubernetes-Objekt und wurde übergangen.</numerusform>
            <numerusform>%n Dokumente aus „%1“ sind keine Kubernetes-Objekte und wurden übergangen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) of a List in “%1” are no Kubernetes objects and were skipped.</source>
        <translation>
            <numerusform>%n Eintrag einer Liste in „%1“ ist kein Kubernetes-Objekt und wurde übergangen.</numerusform>
            <numerusform>%n Einträge einer Liste in „%1“ sind keine Kubernetes-Objekte und wurden übergangen.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” nests Lists too deeply. What lies deeper was skipped.</source>
        <translation>„%1“ schachtelt Listen zu tief. Was tiefer liegt, wurde übergangen.</translation>
    </message>
    <message>
        <source>A List in “%1” was cut off by a limit of the query: the objects after it are missing.</source>
        <translation>Eine Liste in „%1“ wurde durch eine Begrenzung der Abfrage abgeschnitten: Die Objekte danach fehlen.</translation>
    </message>
    <message>
        <source>“%1” is an empty List that does not say of which kind. It proves nothing.</source>
        <translation>„%1“ ist eine leere Liste, die nicht sagt, von welcher Art. Sie belegt nichts.</translation>
    </message>
    <message>
        <source>%1 is in the export more than once, with different content. The first one counts.</source>
        <translation>%1 steht mehrfach mit unterschiedlichem Inhalt im Export. Gewertet wird das erste Vorkommen.</translation>
    </message>
    <message>
        <source>%1 carries the uid of %2 and was taken for the same object.</source>
        <translation>%1 trägt die uid von %2 und wurde als dasselbe Objekt behandelt.</translation>
    </message>
    <message>
        <source>The owner references of %1 form a ring. They were ignored.</source>
        <translation>Die Besitzerverweise (ownerReferences) von %1 bilden einen Kreis. Sie wurden nicht berücksichtigt.</translation>
    </message>
    <message>
        <source>The export does not cover all namespaces. Not covered: %1.</source>
        <translation>Der Export deckt nicht alle Namespaces ab. Nicht enthalten: %1.</translation>
    </message>
    <message>
        <source>%1 could not be read when the export was made: %2.</source>
        <translation>%1 konnte beim Erstellen des Exports nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>Values of %1 objects were removed before the export was handed over.</source>
        <translation>Aus Objekten der Art %1 wurden vor der Übergabe Werte entfernt.</translation>
    </message>
    <message>
        <source>“%1” holds no YAML or JSON document.</source>
        <translation>„%1“ enthält kein YAML- oder JSON-Dokument.</translation>
    </message>
    <message>
        <source>The text of “%1” is neither valid UTF-8 nor valid UTF-16.</source>
        <translation>Der Text von „%1“ ist weder gültiges UTF-8 noch gültiges UTF-16.</translation>
    </message>
    <message>
        <source>A document in “%1” contains a control character that YAML forbids.</source>
        <translation>Ein Dokument in „%1“ enthält ein Steuerzeichen, das in YAML nicht erlaubt ist.</translation>
    </message>
    <message>
        <source>A document in “%1” is not valid YAML: %2</source>
        <translation>Ein Dokument in „%1“ ist kein gültiges YAML: %2</translation>
    </message>
    <message>
        <source>A document in “%1” is not valid JSON: %2</source>
        <translation>Ein Dokument in „%1“ ist kein gültiges JSON: %2</translation>
    </message>
    <message>
        <source>A document in “%1” is nested deeper than %2 levels.</source>
        <translation>Ein Dokument in „%1“ ist tiefer als %2 Ebenen verschachtelt.</translation>
    </message>
    <message>
        <source>“%1” has more than the allowed %2 values.</source>
        <translation>„%1“ enthält mehr als die zulässigen %2 Werte.</translation>
    </message>
    <message>
        <source>The aliases of a YAML document in “%1” expand to more than the allowed %2 values.</source>
        <translation>Die Aliasse eines YAML-Dokuments in „%1“ ergeben aufgelöst mehr als die zulässigen %2 Werte.</translation>
    </message>
    <message>
        <source>A YAML document in “%1” refers to an anchor that is not complete.</source>
        <translation>Ein YAML-Dokument in „%1“ verweist auf einen Anker, der noch nicht abgeschlossen ist.</translation>
    </message>
    <message>
        <source>A YAML document in “%1” uses a list or map as a key, which Kubernetes does not know.</source>
        <translation>Ein YAML-Dokument in „%1“ verwendet eine Liste oder Abbildung als Schlüssel; das kennt Kubernetes nicht.</translation>
    </message>
    <message>
        <source>The archive “%1” is damaged: %2.</source>
        <extracomment>%1 name of the archive, %2 English text of the archive library</extracomment>
        <translation>Das Archiv „%1“ ist beschädigt: %2.</translation>
    </message>
    <message>
        <source>“%1” is no archive that can be read: its content looks like %2.</source>
        <extracomment>%2 technical name of a file type, e.g. &quot;PDF&quot; or &quot;JSON&quot;</extracomment>
        <translation>„%1“ ist kein lesbares Archiv: Der Inhalt sieht aus wie %2.</translation>
    </message>
    <message>
        <source>The archive “%1” has more than the allowed %2 entries.</source>
        <translation>Das Archiv „%1“ hat mehr als die erlaubten %2 Einträge.</translation>
    </message>
    <message>
        <source>The %2 compression of “%1” is damaged: %3.</source>
        <extracomment>%1 name of the compressed file, %2 &quot;gzip&quot;, &quot;zstd&quot;, &quot;xz&quot; or &quot;bzip2&quot;</extracomment>
        <translation>Die %2-Kompression von „%1“ ist beschädigt: %3.</translation>
    </message>
    <message>
        <source>“%1” ends in the middle of its %2 compression.</source>
        <translation>„%1“ endet mitten in der %2-Kompression.</translation>
    </message>
    <message>
        <source>“%1” unpacks to more than the allowed %2.</source>
        <translation>„%1“ würde entpackt größer als die erlaubten %2.</translation>
    </message>
    <message>
        <source>“%1” unpacks to more than %2 times its size. Reading was stopped: it may be a bomb.</source>
        <translation>„%1“ würde entpackt mehr als das %2-Fache seiner Größe belegen. Das Lesen wurde abgebrochen: Es könnte eine Dekompressionsbombe sein.</translation>
    </message>
    <message>
        <source>The PDF could not be written: %1.</source>
        <translation>Das PDF konnte nicht geschrieben werden: %1.</translation>
    </message>
    <message>
        <source>%1 is not there yet.</source>
        <translation>%1 gibt es noch nicht.</translation>
    </message>
    <message>
        <source>Name at least one --image or --cluster.</source>
        <translation>Bitte mindestens ein --image oder --cluster nennen.</translation>
    </message>
    <message>
        <source>“%1” cannot be the name of a namespace.</source>
        <translation>„%1“ kann kein Name eines Namensraums sein.</translation>
    </message>
    <message>
        <source>“%1” is no version of Kubernetes; expected is v1.25 or latest.</source>
        <translation>„%1“ ist keine Kubernetes-Version; erwartet wird v1.25 oder latest.</translation>
    </message>
    <message>
        <source>“%1” holds neither a container image nor a cluster export. Accepted are image archives and folders (docker save, OCI layout, dir:) and exports of kubectl as YAML or JSON, single files, folders or archives of them.</source>
        <translation>„%1“ enthält weder ein Container-Image noch einen Cluster-Export. Angenommen werden Image-Archive und -Ordner (docker save, OCI-Layout, dir:) sowie kubectl-Exporte als YAML oder JSON, einzeln, als Ordner oder als Archiv.</translation>
    </message>
    <message>
        <source>“%1” looks like %2. Accepted are image archives and folders (docker save, OCI layout, dir:) and exports of kubectl as YAML or JSON, single files, folders or archives of them.</source>
        <translation>„%1“ sieht aus wie %2. Angenommen werden Image-Archive und -Ordner (docker save, OCI-Layout, dir:) sowie kubectl-Exporte als YAML oder JSON, einzeln, als Ordner oder als Archiv.</translation>
    </message>
    <message>
        <source>“%1” is no container image; it looks like a cluster export. Use --cluster for it.</source>
        <translation>„%1“ ist kein Container-Image, sondern sieht aus wie ein Cluster-Export. Dafür gibt es --cluster.</translation>
    </message>
    <message>
        <source>“%1” is no cluster export; it looks like a container image. Use --image for it.</source>
        <translation>„%1“ ist kein Cluster-Export, sondern sieht aus wie ein Container-Image. Dafür gibt es --image.</translation>
    </message>
    <message>
        <source>“%1” is neither a file nor a folder.</source>
        <translation>„%1“ ist weder Datei noch Ordner.</translation>
    </message>
    <message>
        <source>%1 is in an earlier source, too, with other content. The newer one counts.</source>
        <translation>%1 steht auch in einer früheren Quelle, mit anderem Inhalt. Der neuere Stand gilt.</translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) are in an earlier source, too, with the same content. They are counted there.</source>
        <translation>
            <numerusform>%n Objekt steht mit gleichem Inhalt schon in einer früheren Quelle und wird dort gezählt.</numerusform>
            <numerusform>%n Objekte stehen mit gleichem Inhalt schon in einer früheren Quelle und werden dort gezählt.</numerusform>
        </translation>
    </message>
    <message>
        <source>The archive “%1” ends in the middle of an entry.</source>
        <translation>Das Archiv „%1“ bricht mitten in einem Eintrag ab.</translation>
    </message>
    <message>
        <source>The archive “%1” has an invalid header. What follows it was not read.</source>
        <translation>Das Archiv „%1“ enthält einen ungültigen Kopfsatz. Was danach kommt, wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>The archive “%1” has an invalid extended header (PAX), which container runtimes refuse. What follows it was not read.</source>
        <extracomment>PAX: extended headers of tar archives</extracomment>
        <translation>Das Archiv „%1“ enthält einen ungültigen erweiterten Kopfsatz (PAX), den Container-Laufzeiten ablehnen. Was danach kommt, wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>The archive “%1” has a sparse file that is described wrongly. What follows it was not read.</source>
        <extracomment>sparse file: one with holes that take no space</extracomment>
        <translation>Das Archiv „%1“ enthält eine Datei mit Lücken (Sparse), deren Beschreibung falsch ist. Was danach kommt, wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>The archive “%1” has an extended header or a sparse file beyond the allowed size. What follows it was not read.</source>
        <translation>Das Archiv „%1“ enthält einen erweiterten Kopfsatz oder eine Datei mit Lücken (Sparse) jenseits der zulässigen Größe. Was danach kommt, wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>“%1” is an archive (%2) that holds neither a container image nor a cluster export. Accepted are image archives and folders (docker save, OCI layout, dir:) and exports of kubectl as YAML or JSON, single files, folders or archives of them.</source>
        <extracomment>%2 technical name of a file type: &quot;tar&quot;, &quot;tar (gzip)&quot;, &quot;zip&quot;</extracomment>
        <translation>„%1“ ist ein Archiv (%2), das weder ein Container-Image noch einen Cluster-Export enthält. Angenommen werden Image-Archive und -Ordner (docker save, OCI-Layout, dir:) sowie Exporte von kubectl als YAML oder JSON: einzelne Dateien, Ordner oder Archive davon.</translation>
    </message>
    <message>
        <source>“%1” is a symbolic link or no regular file. It was not read.</source>
        <translation>„%1“ ist ein symbolischer Link oder keine gewöhnliche Datei und wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>“%1” only describes a container image; the layers are not in it. Open the folder or archive that it belongs to (docker save, OCI layout, dir:).</source>
        <extracomment>without the contents: a manifest.json, index.json or config of an image that lies alone</extracomment>
        <translation>„%1“ beschreibt ein Container-Image nur; die Schichten liegen nicht darin. Öffnen Sie den Ordner oder das Archiv, zu dem die Datei gehört (docker save, OCI-Layout, dir:).</translation>
    </message>
    <message>
        <source>“%1” holds a private key. It is not needed to verify signatures and should not be handed over: please give the public key.</source>
        <translation>„%1“ enthält einen privaten Schlüssel. Zum Prüfen von Signaturen wird er nicht gebraucht und sollte nicht weitergegeben werden: Bitte den öffentlichen Schlüssel angeben.</translation>
    </message>
    <message>
        <source>“%1” holds a key that is not used here. Accepted are ECDSA (P-256, P-384, P-521), RSA from 2048 bits and Ed25519.</source>
        <translation>„%1“ enthält einen Schlüssel, der hier nicht verwendet wird. Angenommen werden ECDSA (P-256, P-384, P-521), RSA ab 2048 Bit und Ed25519.</translation>
    </message>
    <message>
        <source>“%1” holds no public key in PEM form (BEGIN PUBLIC KEY), or a damaged one.</source>
        <translation>„%1“ enthält keinen öffentlichen Schlüssel in PEM-Form (BEGIN PUBLIC KEY) oder einen beschädigten.</translation>
    </message>
    <message>
        <source>“%1” holds more than the allowed %2 keys.</source>
        <translation>„%1“ enthält mehr als die erlaubten %2 Schlüssel.</translation>
    </message>
    <message>
        <source>The content of “%1” is not what it was when it was read before, although its size and times are the same: it was altered, or the medium is failing. It was read anew, and what is shown is its content of now.</source>
        <translation>Der Inhalt von „%1“ ist nicht mehr der, der früher gelesen wurde, obwohl Größe und Zeitstempel gleich sind: Die Datei wurde verändert, oder der Datenträger ist fehlerhaft. Sie wurde neu gelesen; gezeigt wird ihr heutiger Inhalt.</translation>
    </message>
    <message>
        <source>What the image cache held about “%1” was not what the file contains: the cache was altered or is faulty. It was dropped and the file read anew.</source>
        <translation>Was im Zwischenspeicher über „%1“ stand, entspricht nicht dem Inhalt der Datei: Der Zwischenspeicher wurde verändert oder ist fehlerhaft. Der Eintrag wurde verworfen und die Datei neu gelesen.</translation>
    </message>
    <message>
        <source>The image cache cannot be used, so that images are read anew each time.</source>
        <translation>Der Zwischenspeicher für Images ist nicht nutzbar; Images werden daher jedes Mal neu gelesen.</translation>
    </message>
    <message>
        <source>“%1” was read before and has not changed since: this is what was found then, its digests were computed at %2. --no-cache reads it anew.</source>
        <extracomment>%2 a date and time</extracomment>
        <translation>„%1“ wurde schon einmal gelesen und ist seither unverändert: Gezeigt wird das damalige Ergebnis, die Prüfsummen wurden am %2 berechnet. --no-cache liest neu.</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s), %1, in %2</source>
        <extracomment>%1 number of bytes with unit, %2 a folder</extracomment>
        <translation>
            <numerusform>%n Image, %1, in %2</numerusform>
            <numerusform>%n Images, %1, in %2</numerusform>
        </translation>
    </message>
    <message>
        <source>The digests of “%1” could not be computed again before this report; they are those of %2. Its file is not where it was.</source>
        <translation>Die Prüfsummen von „%1“ konnten vor diesem Bericht nicht nachgerechnet werden; sie stammen vom %2. Die Datei liegt nicht mehr an ihrem Ort.</translation>
    </message>
    <message>
        <source>“%1” was not added: “%2” is a source of this audit already, with exactly this content.</source>
        <extracomment>%1 the file that was to be added, %2 the source with the same content</extracomment>
        <translation>„%1“ wurde nicht hinzugefügt: „%2“ ist mit genau diesem Inhalt schon eine Quelle dieses Audits.</translation>
    </message>
    <message>
        <source>“%1” looks like %2 at its beginning, but is not valid as such in line %3. Accepted are image archives and folders (docker save, OCI layout, dir:) and exports of kubectl as YAML or JSON, single files, folders or archives of them.</source>
        <extracomment>%2 technical name of a file type: &quot;YAML&quot;, &quot;JSON (gzip)&quot;</extracomment>
        <translation>„%1“ beginnt wie %2, ist es ab Zeile %3 aber nicht. Geöffnet werden Image-Archive und -Ordner (docker save, OCI-Layout, dir:) und Exporte von kubectl als YAML oder JSON, einzeln, als Ordner oder als Archiv.</translation>
    </message>
    <message>
        <source>“%1” holds events of an audit log of the API server, but not one a line as the server writes them. It was not read.</source>
        <translation>„%1“ enthält Ereignisse aus einem Audit-Protokoll des API-Servers, aber nicht eines je Zeile, wie der Server sie schreibt. Die Datei wurde nicht gelesen.</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of the audit log “%1” could not be read and were not counted.</source>
        <translation>
            <numerusform>%n Zeile des Audit-Protokolls „%1“ war nicht lesbar und wurde nicht mitgezählt.</numerusform>
            <numerusform>%n Zeilen des Audit-Protokolls „%1“ waren nicht lesbar und wurden nicht mitgezählt.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” looks like a database of etcd, but is damaged or cut off.</source>
        <translation>„%1“ sieht wie eine Datenbank von etcd aus, ist aber beschädigt oder abgeschnitten.</translation>
    </message>
    <message>
        <source>“%1” holds more than %2 entries. It was not evaluated.</source>
        <extracomment>%2 a number</extracomment>
        <translation>„%1“ enthält mehr als %2 Einträge und wurde nicht ausgewertet.</translation>
    </message>
    <message>
        <source>“%1” belongs to a Helm chart, which only becomes manifests when it is rendered. Its templates were not evaluated. Run “%2” and open the result.</source>
        <extracomment>%2 a command</extracomment>
        <translation>„%1“ gehört zu einem Helm-Chart, aus dem erst beim Rendern Manifeste werden. Die Vorlagen wurden nicht ausgewertet. Führen Sie „%2“ aus und öffnen Sie das Ergebnis.</translation>
    </message>
    <message>
        <source>“%1” belongs to a Kustomize folder: what it changes was not applied. Run “%2” and open the result.</source>
        <extracomment>%2 a command</extracomment>
        <translation>„%1“ gehört zu einem Kustomize-Ordner: Was er ändert, wurde nicht angewendet. Führen Sie „%2“ aus und öffnen Sie das Ergebnis.</translation>
    </message>
    <message numerus="yes">
        <source>%n template(s) of Helm charts were not evaluated.</source>
        <translation>
            <numerusform>%n Vorlage eines Helm-Charts wurde nicht ausgewertet.</numerusform>
            <numerusform>%n Vorlagen von Helm-Charts wurden nicht ausgewertet.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is not what the bundle’s manifest says: it was changed after the export.</source>
        <translation>„%1“ entspricht nicht dem Manifest des Pakets: Die Datei wurde nach dem Export verändert.</translation>
    </message>
    <message>
        <source>“%1” stands in the bundle’s manifest and is not there.</source>
        <translation>„%1“ steht im Manifest des Pakets, ist aber nicht vorhanden.</translation>
    </message>
    <message>
        <source>A dump of kubectl cluster-info holds only some namespaces unless it was asked for all, and neither rights nor network policies.</source>
        <translation>„kubectl cluster-info dump“ enthält ohne weitere Angaben nur einige Namespaces und weder Berechtigungen noch Netzwerkrichtlinien.</translation>
    </message>
    <message>
        <source>An Insights archive is a selection, with names and values taken out: that something is not in it says nothing.</source>
        <translation>Ein Insights-Archiv ist eine Auswahl, aus der Namen und Werte entfernt sind: Dass etwas fehlt, besagt nichts.</translation>
    </message>
    <message>
        <source>A Velero backup holds what was selected for it, and pods without their status. Secrets stand in it in clear: protect the file accordingly.</source>
        <translation>Eine Sicherung von Velero enthält, was dafür ausgewählt wurde, und Pods ohne ihren Status. Secrets stehen darin im Klartext: Schützen Sie die Datei entsprechend.</translation>
    </message>
    <message>
        <source>These are manifests that Helm rendered: what is to be installed, not what runs in the cluster.</source>
        <translation>Das sind von Helm gerenderte Manifeste: was installiert werden soll, nicht was im Cluster läuft.</translation>
    </message>
    <message>
        <source>“%1” is a text, but no export of a cluster. Accepted are image archives and folders (docker save, OCI layout, dir:) and exports of kubectl as YAML or JSON, single files, folders or archives of them.</source>
        <translation>„%1“ ist ein Text, aber kein Export eines Clusters. Geöffnet werden Image-Archive und -Ordner (docker save, OCI-Layout, dir:) und Exporte von kubectl als YAML oder JSON, einzeln, als Ordner oder als Archiv.</translation>
    </message>
    <message>
        <source>“%1” is a file of unknown type. Accepted are image archives and folders (docker save, OCI layout, dir:) and exports of kubectl as YAML or JSON, single files, folders or archives of them.</source>
        <translation>„%1“ ist eine Datei unbekannter Art. Geöffnet werden Image-Archive und -Ordner (docker save, OCI-Layout, dir:) und Exporte von kubectl als YAML oder JSON, einzeln, als Ordner oder als Archiv.</translation>
    </message>
    <message>
        <source>This audit file was changed outside the program. The report is written and says in chapter 6.2 where; do not hand it over before you know why.</source>
        <translation>Diese Auditdatei wurde außerhalb des Programms geändert. Der Bericht ist geschrieben und nennt in Kapitel 6.2 die Stellen; geben Sie ihn nicht heraus, bevor die Ursache geklärt ist.</translation>
    </message>
    <message>
        <source>“%1” came from an earlier version. What it was is kept as “%2”.</source>
        <translation>„%1“ stammte aus einer früheren Fassung. Der alte Stand liegt als „%2“ daneben.</translation>
    </message>
    <message>
        <source>Say how you know that %1 was asked for and none was there.</source>
        <translation>Geben Sie an, woher bekannt ist, dass %1 abgefragt wurde und nichts vorhanden war.</translation>
    </message>
    <message>
        <source>%1 cannot be recorded: the export itself tells what there is of it.</source>
        <translation>%1 kann nicht festgehalten werden: Der Export sagt selbst, was davon vorhanden ist.</translation>
    </message>
    <message>
        <source>No check and no export knows the kind %1.</source>
        <translation>Keine Prüfregel und kein Export kennt die Art %1.</translation>
    </message>
    <message>
        <source>An exception needs a reason.</source>
        <translation>Eine Ausnahme braucht eine Begründung.</translation>
    </message>
    <message>
        <source>“%1” is no kind of exception.</source>
        <translation>„%1“ ist keine Art von Ausnahme.</translation>
    </message>
    <message>
        <source>“%1” is no date on which an exception could end.</source>
        <translation>„%1“ ist kein Datum, an dem eine Ausnahme enden könnte.</translation>
    </message>
    <message>
        <source>An exception from everything is none: name a check, a namespace or an object.</source>
        <translation>Eine Ausnahme von allem ist keine: Eine Prüfung, einen Namespace oder ein Objekt nennen.</translation>
    </message>
    <message>
        <source>“%1”, line %2: a house policy has no entry called “%3”. There are: %4.</source>
        <translation>„%1“, Zeile %2: Hausregeln haben keinen Eintrag „%3“. Es gibt: %4.</translation>
    </message>
    <message>
        <source>“%1”, line %2: “%4” is no valid value for the entry “%3”. Possible would be: %5.</source>
        <extracomment>%5 what would be possible: examples, or a range of numbers</extracomment>
        <translation>„%1“, Zeile %2: „%4“ ist kein gültiger Wert für den Eintrag „%3“. Möglich wäre: %5.</translation>
    </message>
    <message>
        <source>“%1” is too large for a house policy.</source>
        <translation>„%1“ ist zu groß für Hausregeln.</translation>
    </message>
    <message>
        <source>%1 cannot be recorded as absent: every running cluster has some. The export is incomplete.</source>
        <translation>%1 kann nicht als fehlend festgehalten werden: Jeder laufende Cluster hat welche. Der Export ist unvollständig.</translation>
    </message>
    <message>
        <source>“%1”, line %2: the list “%3” is empty. Name at least one value, or leave the entry out: then it is not checked.</source>
        <translation>„%1“, Zeile %2: Die Liste „%3“ ist leer. Nennen Sie mindestens einen Wert oder lassen Sie den Eintrag weg: Dann wird er nicht geprüft.</translation>
    </message>
    <message>
        <source>“%1”, line %2: the range %3 stands in two zones of different purposes, “%4” and “%5”.</source>
        <translation>„%1“, Zeile %2: Der Bereich %3 steht in zwei Zonen mit verschiedenem Zweck, „%4“ und „%5“.</translation>
    </message>
    <message>
        <source>%1 cannot be recorded as absent: %2 refers to one (%3). The export is incomplete.</source>
        <extracomment>%2 an object, %3 the field in it</extracomment>
        <translation>%1 kann nicht als nicht vorhanden festgehalten werden: %2 verweist auf ein solches Objekt (%3). Der Export ist unvollständig.</translation>
    </message>
    <message>
        <source>%1 cannot be recorded: no cluster export was handed over, or none could be read.</source>
        <translation>%1 kann nicht festgehalten werden: Es wurde kein Cluster-Export übergeben, oder keiner war lesbar.</translation>
    </message>
    <message>
        <source>%1 is given twice, with different reasons. Give it once.</source>
        <translation>%1 ist zweimal angegeben, mit unterschiedlichen Begründungen. Bitte nur einmal angeben.</translation>
    </message>
    <message>
        <source>%1 is in the export more than once, with different content. The newer one counts.</source>
        <translation>%1 steht mehrfach im Export, mit unterschiedlichem Inhalt. Das neuere Objekt zählt.</translation>
    </message>
    <message>
        <source>%1 is in the export more than once, with different content: in “%2” and in “%3”. Each of them is looked at; what joins objects by name takes the first one.</source>
        <translation>%1 steht mehrfach im Export, mit unterschiedlichem Inhalt: in „%2“ und in „%3“. Jede Fassung wird betrachtet; wo Objekte über den Namen verknüpft werden, zählt die erste.</translation>
    </message>
    <message numerus="yes">
        <source>%n more object(s) are there more than once, with different content.</source>
        <translation>
            <numerusform>Ein weiteres Objekt ist mehrfach vorhanden, mit unterschiedlichem Inhalt.</numerusform>
            <numerusform>%n weitere Objekte sind mehrfach vorhanden, mit unterschiedlichem Inhalt.</numerusform>
        </translation>
    </message>
    <message>
        <source>The export mixes different clusters, see %1. They were read as one: what joins objects, and what says that something is absent, cannot be relied on. No check of the cluster counts as complete.</source>
        <extracomment>%1: files or folders, one of each cluster</extracomment>
        <translation>Der Export mischt verschiedene Cluster, siehe %1. Sie wurden wie ein Cluster gelesen: Was Objekte verknüpft oder aus dem Fehlen von Objekten schließt, ist nicht verlässlich. Keine Prüfung des Clusters gilt als vollständig.</translation>
    </message>
    <message>
        <source>To look at one of the clusters alone: %1</source>
        <translation>Einen der Cluster für sich ansehen: %1</translation>
    </message>
    <message>
        <source>The list of Namespaces is missing: whether there are more than the %1 that the export holds is not known.</source>
        <translation>Die Liste der Namespaces fehlt: Ob es mehr gibt als die %1 im Export, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>What is kept of “%1” would take more than %2 of memory. Split the export, by namespace for instance.</source>
        <translation>Was von „%1“ behalten wird, würde mehr als %2 Speicher belegen. Bitte den Export aufteilen, etwa nach Namespaces.</translation>
    </message>
    <message>
        <source>“%1” was read in parts because of its size. Not kept: the text as it stands in the file, managed fields (metadata.managedFields) of %2 objects, and %3 copies of earlier manifests (annotation last-applied-configuration) without secrets. No check reads them.</source>
        <extracomment>%2, %3 numbers</extracomment>
        <translation>„%1“ wurde wegen ihrer Größe in Teilen gelesen. Nicht behalten: der Text, wie er in der Datei steht, die verwalteten Felder (metadata.managedFields) von %2 Objekten und %3 Kopien früherer Manifeste (Annotation last-applied-configuration) ohne Geheimnisse. Keine Prüfung liest sie.</translation>
    </message>
    <message>
        <source>“%1” is larger than what is read in one piece, and is no List and no stream of objects: it cannot be read in parts.</source>
        <translation>„%1“ ist zu groß, um am Stück gelesen zu werden, und weder eine Liste noch eine Folge von Objekten: Die Datei lässt sich nicht in Teilen lesen.</translation>
    </message>
    <message>
        <source>The List in “%1” says only at its end that it is a %2, which is too late for a file of this size. Ask for it as a List with kinds (kubectl get -o json).</source>
        <extracomment>%2 e.g. &quot;PodList&quot;</extracomment>
        <translation>Die Liste in „%1“ gibt erst am Ende an, dass sie eine %2 ist; bei dieser Größe ist das zu spät. Bitte als Liste mit Arten anfordern (kubectl get -o json).</translation>
    </message>
    <message>
        <source>“%1” was written by a newer Tallymann (format %2). It can be read here, not changed; what only the newer version knows is not shown.</source>
        <translation>„%1“ wurde von einer neueren Fassung von Tallymann geschrieben (Format %2). Die Datei kann hier gelesen, aber nicht geändert werden; was nur die neuere Fassung kennt, wird nicht gezeigt.</translation>
    </message>
    <message>
        <source>“%1” cannot be reached: is its drive or network share still there? What was shown as saved is safe; the last change is not saved. Make it again as soon as the file can be reached.</source>
        <translation>„%1“ ist nicht erreichbar: Ist das Laufwerk oder die Netzwerkfreigabe noch da? Was als gespeichert angezeigt wurde, ist sicher; die letzte Änderung ist nicht gespeichert. Nehmen Sie sie erneut vor, sobald die Datei wieder erreichbar ist.</translation>
    </message>
    <message>
        <source>The last change stands in “%1”, but its drive did not confirm that it keeps it. Save a copy elsewhere before you go on.</source>
        <translation>Die letzte Änderung steht in „%1“, aber das Laufwerk hat nicht bestätigt, dass es sie behält. Speichern Sie eine Kopie an anderer Stelle, bevor Sie weiterarbeiten.</translation>
    </message>
    <message>
        <source>The change before this one had got into “%1” after all, and is shown now. Look at it, then make the last change again.</source>
        <translation>Die vorige Änderung war doch in „%1“ angekommen und wird jetzt angezeigt. Sehen Sie sie an und nehmen Sie dann die letzte Änderung erneut vor.</translation>
    </message>
    <message>
        <source>“%1” was moved, replaced or deleted while it was open. The last change is not saved. Put the file back, or save a copy of what is shown.</source>
        <translation>„%1“ wurde verschoben, ersetzt oder gelöscht, während die Datei geöffnet war. Die letzte Änderung ist nicht gespeichert. Legen Sie die Datei zurück oder speichern Sie eine Kopie dessen, was angezeigt wird.</translation>
    </message>
    <message>
        <source>The audit “%1” was never judged: there is nothing to compare. Open it and judge it.</source>
        <translation>Die Prüfung „%1“ wurde noch nie ausgewertet: Es gibt nichts zu vergleichen. Öffnen Sie sie und werten Sie sie aus.</translation>
    </message>
    <message>
        <source>%1 cannot be “yes”: a deviation of %2 is confirmed, and that must be met.</source>
        <extracomment>%1 a requirement, %2 parts of it</extracomment>
        <translation>%1 kann nicht „ja“ sein: Eine Abweichung von %2 ist bestätigt, und das ist ein MUSS.</translation>
    </message>
    <message>
        <source>What was entered as “%1” cannot be read (table %2). It stays in the file as it is.</source>
        <extracomment>%1 what it is called, %2 the table</extracomment>
        <translation>Der Eintrag „%1“ lässt sich nicht lesen (Tabelle %2). Er bleibt unverändert in der Datei.</translation>
    </message>
    <message>
        <source>Give it a name first.</source>
        <translation>Zuerst einen Namen vergeben.</translation>
    </message>
    <message>
        <source>“%1” is no date.</source>
        <translation>„%1“ ist kein Datum.</translation>
    </message>
    <message>
        <source>Costs and effort cannot be negative.</source>
        <translation>Kosten und Aufwand können nicht negativ sein.</translation>
    </message>
    <message>
        <source>A measure needs a title: what is to be done?</source>
        <translation>Eine Maßnahme braucht einen Titel: Was ist zu tun?</translation>
    </message>
    <message>
        <source>Say what is asked for.</source>
        <translation>Angeben, was angefordert wird.</translation>
    </message>
    <message>
        <source>A severity of your own needs a reason.</source>
        <translation>Eine eigene Einstufung der Schwere braucht eine Begründung.</translation>
    </message>
    <message>
        <source>Whoever sends a decision back says what is missing.</source>
        <translation>Wer eine Entscheidung zurückgibt, sagt, was fehlt.</translation>
    </message>
    <message>
        <source>%1 is not decided yet: there is nothing to review.</source>
        <translation>%1 ist noch nicht entschieden: Es gibt nichts gegenzulesen.</translation>
    </message>
    <message>
        <source>%1 was not submitted for review.</source>
        <translation>%1 wurde nicht zur Prüfung durch eine zweite Person vorgelegt.</translation>
    </message>
    <message>
        <source>%1 was decided anew after it was submitted. It has to be submitted again.</source>
        <translation>%1 wurde nach der Vorlage neu entschieden und muss erneut vorgelegt werden.</translation>
    </message>
    <message>
        <source>A review needs the name of the person who makes it.</source>
        <translation>Wer gegenprüft, muss seinen Namen angeben.</translation>
    </message>
    <message>
        <source>%1 decided on %2. Somebody else has to review it: four eyes see more than two.</source>
        <translation>%1 hat über %2 entschieden. Gegenprüfen muss jemand anderes (Vier-Augen-Prinzip).</translation>
    </message>
    <message>
        <source>There is nothing in it that could be kept.</source>
        <translation>Darin ist nichts, was aufbewahrt werden könnte.</translation>
    </message>
    <message>
        <source>“%1” is no address that is kept as a link: it must begin with https:// or http://.</source>
        <extracomment>%1 what was given as the address of a web page</extracomment>
        <translation>„%1“ ist keine Adresse, die als Link aufbewahrt wird: Sie muss mit https:// oder http:// beginnen.</translation>
    </message>
    <message>
        <source>This address holds a name or password. It is not kept: take that part out first.</source>
        <translation>Diese Adresse enthält einen Namen oder ein Passwort. Sie wird nicht aufbewahrt: Nehmen Sie diesen Teil zuerst heraus.</translation>
    </message>
    <message>
        <source>“%1” is no date. Write it as 2026-11-22.</source>
        <translation>„%1“ ist kein Datum. Schreiben Sie es als 2026-11-22.</translation>
    </message>
    <message>
        <source>A text of “%1” is too long. Keep it as a file or a note instead.</source>
        <translation>Ein Text zu „%1“ ist zu lang. Bewahren Sie ihn als Datei oder Notiz auf.</translation>
    </message>
    <message>
        <source>There is no evidence %1 in this audit.</source>
        <translation>In diesem Audit gibt es keinen Nachweis %1.</translation>
    </message>
    <message>
        <source>“%1” became shorter while it was read. Nothing of it was kept; attach it again.</source>
        <translation>„%1“ wurde kürzer, während die Datei gelesen wurde. Nichts davon wurde aufbewahrt; hängen Sie sie noch einmal an.</translation>
    </message>
    <message>
        <source>The content of evidence %1 “%2” is no longer what was attached: its SHA-256 differs. Do not use it, and verify the audit file.</source>
        <extracomment>%1 number, %2 title of a piece of evidence</extracomment>
        <translation>Der Inhalt des Nachweises %1 „%2“ ist nicht mehr der angehängte: Sein SHA-256 weicht ab. Verwenden Sie ihn nicht, und prüfen Sie die Auditdatei.</translation>
    </message>
    <message>
        <source>“%1” exists already. Nothing was written; name an empty or a new folder.</source>
        <translation>„%1“ gibt es schon. Es wurde nichts geschrieben; nennen Sie einen leeren oder neuen Ordner.</translation>
    </message>
    <message>
        <source>Attached as %1: “%2”.</source>
        <extracomment>%1 number, %2 title of a piece of evidence</extracomment>
        <translation>Angehängt als %1: „%2“.</translation>
    </message>
    <message>
        <source>%1 “%2” has exactly this content already. Nothing was stored twice; it is evidence for what you named as well now.</source>
        <extracomment>%1 number, %2 title of a piece of evidence</extracomment>
        <translation>%1 „%2“ hat genau diesen Inhalt schon. Nichts wurde doppelt gespeichert; der Nachweis gilt jetzt auch für das, was Sie genannt haben.</translation>
    </message>
    <message>
        <source>What you attach is kept as it is: nothing in it is masked, also no passwords. It is part of the audit file from now on.</source>
        <translation>Was Sie anhängen, wird aufbewahrt, wie es ist: Nichts darin wird unkenntlich gemacht, auch keine Passwörter. Es ist von nun an Teil der Auditdatei.</translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s) written to “%1”.</source>
        <translation>
            <numerusform>%n Nachweis nach „%1“ geschrieben.</numerusform>
            <numerusform>%n Nachweise nach „%1“ geschrieben.</numerusform>
        </translation>
    </message>
    <message>
        <source>This audit was started from “%1” already. It is started from one earlier audit only.</source>
        <translation>Diese Prüfung wurde bereits aus „%1“ begonnen. Sie kann nur aus einer einzigen früheren Prüfung begonnen werden.</translation>
    </message>
    <message>
        <source>The ending of “%1” names no report format. Known are %2.</source>
        <extracomment>%1 name of a file, %2 endings</extracomment>
        <translation>Die Endung von „%1“ benennt kein Berichtsformat. Bekannt sind %2.</translation>
    </message>
    <message>
        <source>“%1” is no workbook that was exported from an audit: it has no sheet with requirements.</source>
        <extracomment>%1 name of the file</extracomment>
        <translation>„%1“ ist keine Arbeitsmappe, die aus einem Audit exportiert wurde: Sie hat kein Blatt mit Anforderungen.</translation>
    </message>
    <message>
        <source>The workbook “%1” is damaged: %2 cannot be read.</source>
        <translation>Die Arbeitsmappe „%1“ ist beschädigt: %2 lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>The workbook “%1” has more cells than the allowed %2.</source>
        <translation>Die Arbeitsmappe „%1“ hat mehr Zellen als die erlaubten %2.</translation>
    </message>
    <message>
        <source>The workbook “%1” was written by a newer version of the program.</source>
        <translation>Die Arbeitsmappe „%1“ stammt von einer neueren Version des Programms.</translation>
    </message>
    <message>
        <source>The workbook “%1” follows edition %2 of the compendium, this audit edition %3.</source>
        <translation>Die Arbeitsmappe „%1“ folgt der Edition %2 des Kompendiums, dieses Audit der Edition %3.</translation>
    </message>
    <message>
        <source>The workbook “%1” was exported from another audit: its journal head is not in the journal of this one.</source>
        <translation>Die Arbeitsmappe „%1“ wurde aus einem anderen Audit exportiert: Der Kopf ihres Journals steht nicht im Journal dieses Audits.</translation>
    </message>
    <message>
        <source>“%1” is no requirement of this audit.</source>
        <translation>„%1“ ist keine Anforderung dieses Audits.</translation>
    </message>
    <message>
        <source>“%1” stands here a second time; the first one counts.</source>
        <translation>„%1“ steht hier ein zweites Mal; es gilt die erste Zeile.</translation>
    </message>
    <message>
        <source>“%1” is no status. Possible are: %2.</source>
        <translation>„%1“ ist kein Status. Möglich sind: %2.</translation>
    </message>
    <message>
        <source>“%1” is no date. Expected is one such as 2027-03-31.</source>
        <translation>„%1“ ist kein Datum. Erwartet wird eines wie 2027-03-31.</translation>
    </message>
    <message>
        <source>A formula stands where a text is expected. Only values are read.</source>
        <translation>Hier steht eine Formel, wo ein Text erwartet wird. Gelesen werden nur Werte.</translation>
    </message>
    <message>
        <source>%1 was decided anew in the audit since the workbook was exported. The answer of the workbook is not taken; compare both and decide.</source>
        <extracomment>%1 requirement</extracomment>
        <translation>%1 wurde im Audit neu entschieden, seit die Arbeitsmappe exportiert wurde. Die Antwort der Arbeitsmappe wird nicht übernommen; bitte beide vergleichen und entscheiden.</translation>
    </message>
    <message>
        <source>%1 has a text in the audit that is too long for a workbook. Change it in the audit.</source>
        <translation>%1 hat im Audit einen Text, der für eine Arbeitsmappe zu lang ist. Bitte im Audit ändern.</translation>
    </message>
    <message>
        <source>The hidden column that says what was exported for %1 was changed. Its answer is not taken.</source>
        <translation>Die verborgene Spalte, die festhält, was zu %1 exportiert wurde, ist geändert. Die Antwort wird nicht übernommen.</translation>
    </message>
    <message>
        <source>The audit can only be read: nothing was changed.</source>
        <translation>Das Audit kann nur gelesen werden: Geändert wurde nichts.</translation>
    </message>
    <message>
        <source>The archive could not be written: %1</source>
        <extracomment>%1 what the library said</extracomment>
        <translation>Das Archiv konnte nicht geschrieben werden: %1</translation>
    </message>
    <message>
        <source>“%1” is too large for a key.</source>
        <translation>„%1“ ist zu groß für einen Schlüssel.</translation>
    </message>
    <message>
        <source>“%1” is a key of OpenSSH. Sign with a PEM key: openssl genpkey -algorithm ed25519 -aes256 -out key.pem</source>
        <translation>„%1“ ist ein Schlüssel von OpenSSH. Zum Signieren dient ein PEM-Schlüssel: openssl genpkey -algorithm ed25519 -aes256 -out key.pem</translation>
    </message>
    <message>
        <source>The key “%1” is encrypted: its passphrase is needed.</source>
        <translation>Der Schlüssel „%1“ ist verschlüsselt: Seine Passphrase wird gebraucht.</translation>
    </message>
    <message>
        <source>The key “%1” could not be opened: the passphrase is wrong, or the file is damaged.</source>
        <translation>Der Schlüssel „%1“ ließ sich nicht öffnen: Die Passphrase ist falsch oder die Datei beschädigt.</translation>
    </message>
    <message>
        <source>“%1” holds no private key in PEM form (“-----BEGIN PRIVATE KEY-----”).</source>
        <translation>„%1“ enthält keinen privaten Schlüssel in PEM-Form („-----BEGIN PRIVATE KEY-----“).</translation>
    </message>
    <message>
        <source>Say who signs off.</source>
        <translation>Geben Sie an, wer freigibt.</translation>
    </message>
    <message>
        <source>The audit has changed meanwhile; nothing was signed off. Look at what is signed off, and sign again.</source>
        <translation>Die Prüfung hat sich inzwischen geändert; nichts wurde freigegeben. Sehen Sie an, was freigegeben wird, und geben Sie erneut frei.</translation>
    </message>
    <message>
        <source>The key could not sign. Nothing was signed off.</source>
        <translation>Mit dem Schlüssel ließ sich nicht signieren. Nichts wurde freigegeben.</translation>
    </message>
    <message>
        <source>The sign-off in journal entry %1 cannot be read.</source>
        <extracomment>%1 number of a journal entry</extracomment>
        <translation>Die Freigabe in Journaleintrag %1 ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The sign-off in journal entry %1 belongs to another audit or to another head.</source>
        <extracomment>%1 number of a journal entry</extracomment>
        <translation>Die Freigabe in Journaleintrag %1 gehört zu einer anderen Prüfung oder zu einem anderen Prüfwert.</translation>
    </message>
    <message>
        <source>The signature in journal entry %1 does not fit what was signed off there.</source>
        <extracomment>%1 number of a journal entry</extracomment>
        <translation>Die Signatur in Journaleintrag %1 passt nicht zu dem, was dort freigegeben wurde.</translation>
    </message>
    <message>
        <source>The audit can only be read: nothing was signed off.</source>
        <translation>Die Prüfung ist schreibgeschützt: Nichts wurde freigegeben.</translation>
    </message>
    <message>
        <source>“%1” is neither .csv nor .json.</source>
        <translation>„%1“ ist weder .csv noch .json.</translation>
    </message>
    <message>
        <source>“%1” is no state. These are: %2.</source>
        <translation>„%1“ ist kein Stand. Möglich sind: %2.</translation>
    </message>
    <message>
        <source>“%1” is no priority. These are: %2.</source>
        <translation>„%1“ ist keine Priorität. Möglich sind: %2.</translation>
    </message>
    <message>
        <source>“%1” is no whole number from 0 to 999,999,999,999.</source>
        <translation>„%1“ ist keine ganze Zahl von 0 bis 999.999.999.999.</translation>
    </message>
    <message>
        <source>The audit has no “%1” any more.</source>
        <translation>„%1“ gibt es in der Prüfung nicht mehr.</translation>
    </message>
    <message>
        <source>%1 was changed in the workbook and in the audit since the export. Decide which counts.</source>
        <translation>%1 wurde seit dem Export in der Arbeitsmappe und in der Prüfung geändert. Entscheiden Sie, was gilt.</translation>
    </message>
    <message>
        <source>%1 stands there twice; the first line counts.</source>
        <translation>%1 steht dort zweimal; es gilt die erste Zeile.</translation>
    </message>
    <message>
        <source>The hidden column that says what was exported for %1 was changed. The line is not taken over.</source>
        <translation>Die verborgene Spalte mit dem exportierten Stand von %1 wurde geändert. Die Zeile wird nicht übernommen.</translation>
    </message>
    <message>
        <source>A text of %1 is longer than a cell can hold. Change it in the program.</source>
        <translation>Ein Text von %1 ist länger, als eine Zelle fassen kann. Ändern Sie ihn im Programm.</translation>
    </message>
    <message>
        <source>A new measure needs a title.</source>
        <translation>Eine neue Maßnahme braucht einen Titel.</translation>
    </message>
    <message>
        <source>There is no requirement “%1”.</source>
        <translation>Es gibt keine Anforderung „%1“.</translation>
    </message>
    <message>
        <source>“%1” names no recorded target object, or its needs cannot be read. Expected is NAME=high,normal,very-high.</source>
        <translation>„%1“ nennt kein erfasstes Zielobjekt, oder der Schutzbedarf ist nicht lesbar. Erwartet wird NAME=high,normal,very-high.</translation>
    </message>
    <message>
        <source>There is no crosswalk from edition %1 of the compendium to edition %2. No answer can be taken over.</source>
        <translation>Von Edition %1 des Kompendiums zu Edition %2 gibt es keine Zuordnung. Keine Antwort kann übernommen werden.</translation>
    </message>
    <message>
        <source>In “%1” there is no table with a column of requirements and one of their status. Expected are headings such as “Anforderung” and “Status”.</source>
        <translation>In „%1“ steht keine Tabelle mit einer Spalte für Anforderungen und einer für ihren Status. Erwartet werden Überschriften wie „Anforderung“ und „Status“.</translation>
    </message>
    <message>
        <source>The workbook “%1” was exported from an audit by edition %2, not by edition %3.</source>
        <extracomment>%1 file, %2 and %3 editions</extracomment>
        <translation>Die Arbeitsmappe „%1“ stammt aus einem Audit nach Edition %2, nicht nach Edition %3.</translation>
    </message>
    <message numerus="yes">
        <source>In “%1” %n cell(s) cannot be understood, the first one is %3 on “%2” (%4). No answer was taken over.</source>
        <extracomment>%1 file, %2 sheet, %3 cell, %4 requirement</extracomment>
        <translation>
            <numerusform>In „%1“ ist %n Zelle nicht zu verstehen: %3 auf „%2“ (%4). Keine Antwort wurde übernommen.</numerusform>
            <numerusform>In „%1“ sind %n Zellen nicht zu verstehen, die erste ist %3 auf „%2“ (%4). Keine Antwort wurde übernommen.</numerusform>
        </translation>
    </message>
    <message>
        <source>This edition has no such requirement.</source>
        <translation>Diese Edition kennt keine solche Anforderung.</translation>
    </message>
    <message>
        <source>“%1”: give the number of an export as this command lists it, an equals sign, and the number of another one, “new”, or for --name the name.</source>
        <translation>„%1“: Anzugeben sind die Nummer eines Exports, wie dieser Befehl sie auflistet, ein Gleichheitszeichen und die Nummer eines anderen, „new“ oder bei --name der Name.</translation>
    </message>
    <message>
        <source>Confidentiality of “%1”: a protection need above “normal” has to be justified. Please give a reason.</source>
        <extracomment>%1 name of a target object</extracomment>
        <translation>Vertraulichkeit von „%1“: Ein Schutzbedarf über „normal“ muss begründet werden. Bitte geben Sie eine Begründung an.</translation>
    </message>
    <message>
        <source>Integrity of “%1”: a protection need above “normal” has to be justified. Please give a reason.</source>
        <extracomment>%1 name of a target object</extracomment>
        <translation>Integrität von „%1“: Ein Schutzbedarf über „normal“ muss begründet werden. Bitte geben Sie eine Begründung an.</translation>
    </message>
    <message>
        <source>Availability of “%1”: a protection need above “normal” has to be justified. Please give a reason.</source>
        <extracomment>%1 name of a target object</extracomment>
        <translation>Verfügbarkeit von „%1“: Ein Schutzbedarf über „normal“ muss begründet werden. Bitte geben Sie eine Begründung an.</translation>
    </message>
    <message>
        <source>Confidentiality of “%1”: the protection need is lower than recorded so far. Please say why; the old reason does not tell.</source>
        <extracomment>%1 name of a target object</extracomment>
        <translation>Vertraulichkeit von „%1“: Der Schutzbedarf ist niedriger als bisher erfasst. Bitte begründen Sie das; die bisherige Begründung sagt darüber nichts.</translation>
    </message>
    <message>
        <source>Integrity of “%1”: the protection need is lower than recorded so far. Please say why; the old reason does not tell.</source>
        <extracomment>%1 name of a target object</extracomment>
        <translation>Integrität von „%1“: Der Schutzbedarf ist niedriger als bisher erfasst. Bitte begründen Sie das; die bisherige Begründung sagt darüber nichts.</translation>
    </message>
    <message>
        <source>Availability of “%1”: the protection need is lower than recorded so far. Please say why; the old reason does not tell.</source>
        <extracomment>%1 name of a target object</extracomment>
        <translation>Verfügbarkeit von „%1“: Der Schutzbedarf ist niedriger als bisher erfasst. Bitte begründen Sie das; die bisherige Begründung sagt darüber nichts.</translation>
    </message>
    <message>
        <source>The audit has %2 clusters: say of which one %1 was asked, with the number of one of its sources, as in “%1@2: how that is known”.</source>
        <extracomment>%1 a kind, %2 a number</extracomment>
        <translation>Das Audit hat %2 Cluster: Anzugeben ist, in welchem nach %1 gefragt wurde, mit der Nummer einer seiner Quellen, etwa „%1@2: woher man das weiß“.</translation>
    </message>
    <message>
        <source>“%1” stays in the cluster “%2”, where it was when decisions were made; nothing else says where it belongs. “Assign exports …” on the page of the cluster moves it, or on the command line: clusters AUDIT --assign %3=%4</source>
        <extracomment>%1 an export, %2 a cluster, %3 number of the export, %4 number of an export of another cluster; “Assign exports …” is an action of the window</extracomment>
        <translation>„%1“ bleibt im Cluster „%2“, wo es war, als Entscheidungen getroffen wurden; sonst sagt nichts, wohin es gehört. „Exporte zuordnen …“ auf der Seite des Clusters verschiebt es, oder auf der Kommandozeile: clusters AUDIT --assign %3=%4</translation>
    </message>
    <message>
        <source>“%1” was counted to the cluster “%2” as long as there was no other one, and no longer is. “Assign exports …” on the page of the cluster brings it back, or on the command line: clusters AUDIT --assign %3=%4</source>
        <extracomment>%1 an export, %2 a cluster, %3 number of the export, %4 number of an export of that cluster</extracomment>
        <translation>„%1“ zählte zum Cluster „%2“, solange es keinen anderen gab, und jetzt nicht mehr. „Exporte zuordnen …“ auf der Seite des Clusters holt es zurück, oder auf der Kommandozeile: clusters AUDIT --assign %3=%4</translation>
    </message>
    <message>
        <source>“%1” no longer belongs to the cluster “%2”: another export says otherwise. Its findings get other fingerprints. Exceptions, ratings and measures on single ones of them that no longer hold: %5. “Assign exports …” on the page of the cluster brings it back, or on the command line: clusters AUDIT --assign %3=%4</source>
        <extracomment>%1 an export, %2 a cluster, %3 number of the export, %4 number of an export of that cluster, %5 a number</extracomment>
        <translation>„%1“ gehört nicht mehr zum Cluster „%2“: Ein anderer Export sagt etwas anderes. Seine Befunde bekommen andere Fingerabdrücke. Ausnahmen, Bewertungen und Maßnahmen zu einzelnen davon, die nicht mehr gelten: %5. „Exporte zuordnen …“ auf der Seite des Clusters holt es zurück, oder auf der Kommandozeile: clusters AUDIT --assign %3=%4</translation>
    </message>
    <message>
        <source>With this export, the findings of the cluster “%1” get other fingerprints. Exceptions, ratings and measures on single ones of them that no longer hold and have to be made again: %2.</source>
        <extracomment>%1 a cluster, %2 a number</extracomment>
        <translation>Mit diesem Export bekommen die Befunde des Clusters „%1“ andere Fingerabdrücke. Ausnahmen, Bewertungen und Maßnahmen zu einzelnen davon, die nicht mehr gelten und neu zu treffen sind: %2.</translation>
    </message>
    <message>
        <source>This was said of the cluster “%1” of the earlier audit, and nothing tells which cluster of this one that is. Give it the same name with “Assign exports …” on the page of the cluster, or say it anew.</source>
        <extracomment>%1 a cluster of the earlier audit</extracomment>
        <translation>Das galt dem Cluster „%1“ des früheren Audits, und nichts sagt, welcher Cluster dieses Audits das ist. Geben Sie ihm mit „Exporte zuordnen …“ auf der Seite des Clusters denselben Namen, oder treffen Sie die Ausnahme neu.</translation>
    </message>
    <message>
        <source>%1 asks for what must be met. Say what is missing and why.</source>
        <translation>%1 verlangt, was erfüllt sein muss. Nennen Sie, was fehlt und warum.</translation>
    </message>
    <message>
        <source>The program proved a deviation of %2. Say why the answer to %1 is “yes” nevertheless.</source>
        <extracomment>%1 a requirement or part, %2 parts</extracomment>
        <translation>Das Programm hat eine Abweichung bei %2 belegt. Begründen Sie, warum die Antwort zu %1 trotzdem „ja“ lautet.</translation>
    </message>
    <message>
        <source>Nobody is named as having decided on %1, so nobody can say that four eyes saw it. Decide it again under a name.</source>
        <translation>Wer %1 entschieden hat, ist nicht genannt; vier Augen lassen sich so nicht belegen. Entscheiden Sie es unter einem Namen neu.</translation>
    </message>
    <message>
        <source>The file has a %1 “%2” that no audit file of this format has: it was added outside the program and may change or hide what stands in it.</source>
        <extracomment>%1 what SQLite calls it: table, index, trigger or view; %2 its name</extracomment>
        <translation>Die Datei enthält „%2“ (SQLite: %1), was in keiner Audit-Datei dieses Formats steht: Es wurde außerhalb des Programms ergänzt und kann ändern oder verbergen, was in der Datei steht.</translation>
    </message>
    <message>
        <source>The %1 “%2” is not built as in audit files of this format: it was changed outside the program.</source>
        <extracomment>%1 what SQLite calls it: table, index, trigger or view; %2 its name</extracomment>
        <translation>„%2“ (SQLite: %1) ist nicht aufgebaut wie in Audit-Dateien dieses Formats: Es wurde außerhalb des Programms geändert.</translation>
    </message>
    <message>
        <source>The %1 “%2” of audit files of this format is missing: it was removed outside the program.</source>
        <extracomment>%1 what SQLite calls it: table, index, trigger or view; %2 its name</extracomment>
        <translation>„%2“ (SQLite: %1), das zu jeder Audit-Datei dieses Formats gehört, fehlt: Es wurde außerhalb des Programms entfernt.</translation>
    </message>
    <message>
        <source>“%1” was not added: “%2” is a source of this audit with exactly this content, and was withdrawn. Take the withdrawal back if it is to count again.</source>
        <extracomment>%1 the file that was to be added, %2 the source with the same content</extracomment>
        <translation>„%1“ wurde nicht hinzugefügt: „%2“ ist eine Quelle dieses Audits mit genau diesem Inhalt und wurde zurückgezogen. Nehmen Sie die Rücknahme zurück, wenn sie wieder zählen soll.</translation>
    </message>
    <message>
        <source>Say why the source no longer counts.</source>
        <translation>Geben Sie an, warum die Quelle nicht mehr zählt.</translation>
    </message>
    <message>
        <source>There is no source %1 in this audit.</source>
        <translation>Eine Quelle %1 gibt es in diesem Audit nicht.</translation>
    </message>
    <message>
        <source>“%1” shows the same cluster and takes its place.</source>
        <extracomment>%1 the newer export</extracomment>
        <translation>„%1“ zeigt denselben Cluster und tritt an ihre Stelle.</translation>
    </message>
    <message>
        <source>With this change, findings get other fingerprints. Exceptions, ratings and measures on single ones of them that no longer hold and have to be made again: %1.</source>
        <extracomment>%1 a number</extracomment>
        <translation>Mit dieser Änderung bekommen Befunde andere Fingerabdrücke. Ausnahmen, Einstufungen und Maßnahmen zu einzelnen von ihnen, die dann nicht mehr gelten und neu zu treffen sind: %1.</translation>
    </message>
    <message>
        <source>“%1” is no module. Known are %2.</source>
        <extracomment>%1 what was typed, %2 modules</extracomment>
        <translation>„%1“ ist kein Baustein. Bekannt sind %2.</translation>
    </message>
    <message>
        <source>%1: this kind is about the whole audit; no module can be chosen.</source>
        <extracomment>%1 kind of report: &quot;Evidence list&quot;</extracomment>
        <translation>%1: Diese Art betrifft das ganze Audit; ein Baustein lässt sich nicht wählen.</translation>
    </message>
    <message>
        <source>--earlier is for an archive (.zip). A difference report by itself is written by “tallymann-cli compare”.</source>
        <translation>--earlier gilt für ein Archiv (.zip). Einen Differenzbericht für sich schreibt „tallymann-cli compare“.</translation>
    </message>
    <message>
        <source>– %1</source>
        <extracomment>%1 an item of a list, on a terminal</extracomment>
        <translation>– %1</translation>
    </message>
    <message>
        <source>Nothing was changed. Call it with --lose-decisions to do it all the same.</source>
        <translation>Es wurde nichts geändert. Mit --lose-decisions aufgerufen, geschieht es trotzdem.</translation>
    </message>
    <message>
        <source>“%1” shows the same cluster as “%2”. They are read together: what is only in the older one counts as well. If the newer one is to take its place: %3</source>
        <extracomment>%1 the newer export, %2 names of exports, %3 a call of the command line</extracomment>
        <translation>„%1“ zeigt denselben Cluster wie „%2“. Beide werden zusammen gelesen: Was nur im älteren Export steht, zählt mit. Soll der neue an die Stelle des älteren treten: %3</translation>
    </message>
    <message>
        <source>“%1” is no head of a journal: that has 64 hexadecimal digits, as reports print it.</source>
        <translation>„%1“ ist kein Journalkopf: Der hat 64 Hexadezimalziffern, wie Berichte ihn drucken.</translation>
    </message>
    <message>
        <source>“%1” cannot be created: there is no folder “%2”.</source>
        <extracomment>%1 file, %2 the folder it would stand in</extracomment>
        <translation>„%1“ kann nicht angelegt werden: Den Ordner „%2“ gibt es nicht.</translation>
    </message>
    <message>
        <source>“%1” cannot be created: nothing can be written in “%2”, it can only be read.</source>
        <translation>„%1“ kann nicht angelegt werden: In „%2“ lässt sich nichts schreiben, dort kann nur gelesen werden.</translation>
    </message>
    <message>
        <source>“%1” cannot be created: you are not allowed to write in “%2”.</source>
        <translation>„%1“ kann nicht angelegt werden: In „%2“ dürfen Sie nicht schreiben.</translation>
    </message>
    <message>
        <source>“%1” cannot be created: the disk that holds “%2” is full. Nothing was left there.</source>
        <translation>„%1“ kann nicht angelegt werden: Der Datenträger mit „%2“ ist voll. Dort ist nichts zurückgeblieben.</translation>
    </message>
    <message>
        <source>“%1” cannot be created: %2.</source>
        <extracomment>%1 file, %2 what the system says</extracomment>
        <translation>„%1“ kann nicht angelegt werden: %2.</translation>
    </message>
    <message>
        <source>Nothing was added to “%1”: the new file was removed again.</source>
        <translation>In „%1“ kam nichts an: Die neue Datei wurde wieder entfernt.</translation>
    </message>
    <message>
        <source>Nothing can be written to “%1” where it lies, or you are not allowed to. It can be read here and exported, not changed: nothing can be decided in it, and no source or evidence added.</source>
        <translation>In „%1“ lässt sich nichts schreiben, weil der Datenträger nur lesbar ist oder Sie es nicht dürfen. Die Datei kann hier gelesen und exportiert, aber nicht geändert werden: Darin lässt sich nichts entscheiden, und es kommen weder Quellen noch Nachweise hinzu.</translation>
    </message>
    <message>
        <source>A measure that is verified needs the day on which it was done.</source>
        <translation>Eine geprüfte Maßnahme braucht den Tag, an dem sie erledigt wurde.</translation>
    </message>
    <message>
        <source>A measure that is done or verified cannot have been done on %1: that day is still to come.</source>
        <extracomment>%1 a date</extracomment>
        <translation>Eine erledigte oder geprüfte Maßnahme kann nicht am %1 erledigt worden sein: Der Tag liegt in der Zukunft.</translation>
    </message>
    <message>
        <source>No name was given: the journal names nobody for this. Give it with --by NAME (audit: --auditor NAME).</source>
        <translation>Es wurde kein Name angegeben: Das Journal nennt dafür niemanden. Geben Sie ihn mit --by NAME an (audit: --auditor NAME).</translation>
    </message>
</context>
<context>
    <name>Exports</name>
    <message>
        <source>Audit report to read and sign (PDF)</source>
        <translation>Prüfbericht zum Lesen und Unterschreiben (PDF)</translation>
    </message>
    <message>
        <source>Accessible web page (HTML)</source>
        <translation>Barrierefreie Webseite (HTML)</translation>
    </message>
    <message>
        <source>Workbook to fill in and read back (XLSX)</source>
        <translation>Arbeitsmappe zum Ausfüllen und Wiedereinlesen (XLSX)</translation>
    </message>
    <message>
        <source>Findings as a table (CSV)</source>
        <translation>Befunde als Tabelle (CSV)</translation>
    </message>
    <message>
        <source>Everything, for scripts (JSON)</source>
        <translation>Alles, für Skripte (JSON)</translation>
    </message>
    <message>
        <source>Findings for developers’ tools (SARIF)</source>
        <translation>Befunde für Werkzeuge der Entwicklung (SARIF)</translation>
    </message>
    <message>
        <source>Assessment results for GRC tools (OSCAL)</source>
        <translation>Prüfergebnisse für GRC-Werkzeuge (OSCAL)</translation>
    </message>
    <message>
        <source>IT-Grundschutz check for verinice (VNA)</source>
        <translation>IT-Grundschutz-Check für verinice (VNA)</translation>
    </message>
    <message>
        <source>Status per requirement for CISO Assistant (CSV)</source>
        <translation>Stand je Anforderung für CISO Assistant (CSV)</translation>
    </message>
    <message>
        <source>All of these in both languages (ZIP)</source>
        <translation>Alles davon in beiden Sprachen (ZIP)</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>Parts of requirements</source>
        <translation>Teilanforderungen</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namensraum</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Path in the image</source>
        <translation>Pfad im Image</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>How to remedy it</source>
        <translation>Abhilfe</translation>
    </message>
    <message>
        <source>ATT&amp;CK</source>
        <translation>ATT&amp;CK</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Exception</source>
        <translation>Ausnahme</translation>
    </message>
    <message>
        <source>Id of the finding</source>
        <translation>Kennung des Befunds</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>Requirement or part</source>
        <translation>Anforderung oder Teilanforderung</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Modal verb</source>
        <translation>Modalverb</translation>
    </message>
    <message>
        <source>What to ask for</source>
        <translation>Was zu erfragen ist</translation>
    </message>
    <message>
        <source>Proposal of the program</source>
        <translation>Vorschlag des Programms</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Begründung</translation>
    </message>
    <message>
        <source>Responsible</source>
        <translation>Verantwortlich</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Maßnahme</translation>
    </message>
    <message>
        <source>Decided by</source>
        <translation>Entschieden von</translation>
    </message>
    <message>
        <source>Decided on</source>
        <translation>Entschieden am</translation>
    </message>
    <message>
        <source>What was not seen, and why</source>
        <translation>Was nicht gesehen wurde, und warum</translation>
    </message>
    <message>
        <source>How it can be obtained</source>
        <translation>Wie es zu beschaffen ist</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Digests computed</source>
        <translation>Prüfsummen berechnet</translation>
    </message>
    <message>
        <source>Time (UTC)</source>
        <translation>Zeit (UTC)</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Gegenstand</translation>
    </message>
    <message>
        <source>Hash of the entry</source>
        <translation>Hash des Eintrags</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 kind of exception (&quot;accepted&quot;), %2 reason</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 until %2: %3</source>
        <extracomment>%1 kind of exception (&quot;accepted&quot;), %2 date, %3 reason</extracomment>
        <translation>%1 bis %2: %3</translation>
    </message>
    <message>
        <source>expired on %1 (%2: %3)</source>
        <extracomment>%1 date, %2 kind, %3 reason</extracomment>
        <translation>abgelaufen am %1 (%2: %3)</translation>
    </message>
    <message>
        <source>proves</source>
        <translation>beweist</translation>
    </message>
    <message>
        <source>indicates</source>
        <translation>deutet darauf hin</translation>
    </message>
    <message>
        <source>context</source>
        <translation>Zusammenhang</translation>
    </message>
    <message>
        <source>No check of the program speaks about this part.</source>
        <translation>Keine Prüfung des Programms macht eine Aussage zu dieser Teilanforderung.</translation>
    </message>
    <message>
        <source>The checks have not run yet.</source>
        <translation>Die Prüfungen sind noch nicht gelaufen.</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Requirements</source>
        <translation>Anforderungen</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>IT-Grundschutz check</source>
        <translation>IT-Grundschutz-Check</translation>
    </message>
    <message>
        <source>Audited institution</source>
        <translation>Geprüfte Institution</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>Subject of the audit</source>
        <translation>Gegenstand der Prüfung</translation>
    </message>
    <message>
        <source>Auditor</source>
        <translation>Auditor</translation>
    </message>
    <message>
        <source>Classification</source>
        <translation>Einstufung</translation>
    </message>
    <message>
        <source>Edition of the compendium</source>
        <translation>Edition des Kompendiums</translation>
    </message>
    <message>
        <source>Last run of the checks</source>
        <translation>Letzter Lauf der Prüfungen</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Head of the journal</source>
        <translation>Kopf des Journals</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>Erstellt mit</translation>
    </message>
    <message>
        <source>Decisions about requirements</source>
        <translation>Entscheidungen über Anforderungen</translation>
    </message>
    <message>
        <source>Proposals of the program</source>
        <translation>Vorschläge des Programms</translation>
    </message>
    <message>
        <source>Findings by severity</source>
        <translation>Befunde nach Schwere</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>How to fill this in</source>
        <translation>So wird ausgefüllt</translation>
    </message>
    <message>
        <source>On the sheet “%1”, the columns with a light ground can be changed: status, reason, responsible, until, measure. Everything else is locked.</source>
        <translation>Auf dem Blatt „%1“ lassen sich die hell hinterlegten Spalten ändern: Status, Begründung, Verantwortlich, Bis, Maßnahme. Alles andere ist gesperrt.</translation>
    </message>
    <message>
        <source>“%1” and “%2” need a reason where the requirement is to be met; “%3” always does. What the program proposes is no decision: a person decides.</source>
        <translation>„%1“ und „%2“ brauchen eine Begründung, wo die Anforderung zu erfüllen ist; „%3“ immer. Was das Programm vorschlägt, ist keine Entscheidung: Es entscheidet ein Mensch.</translation>
    </message>
    <message>
        <source>Save the workbook as XLSX. Tallymann reads it back on the page Report, or with “%1”, and shows what would change before anything does.</source>
        <translation>Die Arbeitsmappe als XLSX speichern. Tallymann liest sie auf der Seite Bericht oder mit „%1“ wieder ein und zeigt vorher, was sich ändern würde.</translation>
    </message>
    <message>
        <source>Choose one of the words of the list. Negative and dispensable need a reason.</source>
        <translation>Bitte ein Wort der Liste wählen. Nein, teilweise und entbehrlich brauchen eine Begründung.</translation>
    </message>
    <message>
        <source>A date such as 2027-03-31.</source>
        <translation>Ein Datum wie 2027-03-31.</translation>
    </message>
    <message>
        <source>Only the words of the list are possible here.</source>
        <translation>Hier sind nur die Wörter der Liste möglich.</translation>
    </message>
    <message>
        <source>The files as they were handed over to the auditor; where they lie is not recorded.</source>
        <translation>Die Dateien, wie sie dem Auditor übergeben wurden; wo sie liegen, ist nicht festgehalten.</translation>
    </message>
    <message>
        <source>Assessment results: %1</source>
        <translation>Prüfergebnisse: %1</translation>
    </message>
    <message>
        <source>There is no assessment plan in OSCAL. The audit follows the requirements of BSI IT-Grundschutz, edition %1.</source>
        <translation>Einen Prüfplan in OSCAL gibt es nicht. Die Prüfung folgt den Anforderungen des IT-Grundschutzes des BSI, Edition %1.</translation>
    </message>
    <message>
        <source>Basis of the audit</source>
        <translation>Grundlage der Prüfung</translation>
    </message>
    <message>
        <source>Proposals of the program and decisions of people. Only a person’s decision makes a requirement satisfied; what was not checked is not satisfied.</source>
        <translation>Vorschläge des Programms und Entscheidungen von Menschen. Nur die Entscheidung eines Menschen macht eine Anforderung erfüllt; was nicht geprüft wurde, ist nicht erfüllt.</translation>
    </message>
    <message>
        <source>Requirements of BSI IT-Grundschutz, edition %1, by their ids; the texts are paraphrases.</source>
        <translation>Anforderungen des IT-Grundschutzes des BSI, Edition %1, mit ihren Kennungen; die Texte sind Umschreibungen.</translation>
    </message>
    <message>
        <source>Proposal of the program: %1.</source>
        <translation>Vorschlag des Programms: %1.</translation>
    </message>
    <message>
        <source>Decided: %1, by %2 on %3.</source>
        <extracomment>%1 status, %2 person, %3 day</extracomment>
        <translation>Entschieden: %1, von %2 am %3.</translation>
    </message>
    <message>
        <source>No person has decided yet.</source>
        <translation>Es hat noch kein Mensch entschieden.</translation>
    </message>
    <message>
        <source>No proven deviation; a person found that it is not met.</source>
        <translation>Keine bewiesene Abweichung; ein Mensch hat festgestellt, dass die Anforderung nicht erfüllt ist.</translation>
    </message>
    <message>
        <source>Source %1 of the audit, form %2, %3 bytes.</source>
        <translation>Quelle %1 des Audits, Form %2, %3 Bytes.</translation>
    </message>
    <message>
        <source>What was audited.</source>
        <translation>Was geprüft wurde.</translation>
    </message>
    <message>
        <source>Object of the audited system.</source>
        <translation>Objekt des geprüften Systems.</translation>
    </message>
    <message>
        <source>Program that read the sources and ran the checks.</source>
        <translation>Programm, das die Quellen gelesen und die Prüfungen ausgeführt hat.</translation>
    </message>
    <message>
        <source>One audit in all formats. SHA256SUMS holds a checksum for each file: “sha256sum -c SHA256SUMS” compares them. Files under evidence/ are as they were attached to the audit.</source>
        <translation>Ein Audit in allen Formaten. SHA256SUMS enthält zu jeder Datei eine Prüfsumme: „sha256sum -c SHA256SUMS“ vergleicht sie. Dateien unter evidence/ sind so, wie sie dem Audit beigefügt wurden.</translation>
    </message>
    <message>
        <source>Target objects</source>
        <extracomment>a sheet; at most 31 characters</extracomment>
        <translation>Zielobjekte</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Protection need</source>
        <extracomment>the highest of confidentiality, integrity and availability</extracomment>
        <translation>Schutzbedarf</translation>
    </message>
    <message>
        <source>Recorded by</source>
        <translation>Erfasst von</translation>
    </message>
    <message>
        <source>Recorded on</source>
        <translation>Erfasst am</translation>
    </message>
    <message>
        <source>%1: outdated, evidence has changed since</source>
        <translation>%1: überholt, die Nachweise haben sich seitdem geändert</translation>
    </message>
    <message>
        <source>%1 and its like are about %2.</source>
        <extracomment>%1 a file, %2 a module: &quot;SYS.1.6 Containerisation&quot;</extracomment>
        <translation>%1 und gleichartige Dateien betreffen %2.</translation>
    </message>
    <message>
        <source>Beside the reports: the list of what was not checked, the evidence list, the requests to the audited institution (requests.xlsx is to be filled in), the implementation plan, and the journal.</source>
        <translation>Neben den Berichten: die Liste des nicht Geprüften, das Nachweisverzeichnis, die Anforderungsliste (requests.xlsx zum Ausfüllen), der Realisierungsplan und das Journal.</translation>
    </message>
    <message>
        <source>Head of the journal, for “tallymann-cli verify AUDIT --expect HEAD”: %1</source>
        <extracomment>%1 digits of a hash</extracomment>
        <translation>Kopf des Journals, für „tallymann-cli verify AUDIT --expect KOPF“: %1</translation>
    </message>
    <message>
        <source>difference.pdf says what changed since the earlier audit “%1”.</source>
        <extracomment>%1 title of an audit</extracomment>
        <translation>difference.pdf sagt, was sich seit dem früheren Audit „%1“ geändert hat.</translation>
    </message>
    <message>
        <source>There is no difference report: this audit was started from “%1”, whose file was not found beside it. “tallymann-cli report --earlier FILE” names it.</source>
        <extracomment>%1 title of an audit</extracomment>
        <translation>Es gibt keinen Differenzbericht: Dieses Audit geht von „%1“ aus, dessen Datei nicht daneben liegt. „tallymann-cli report --earlier DATEI“ nennt sie.</translation>
    </message>
    <message>
        <source>There is no difference report: the earlier audit “%1” cannot be compared. %2</source>
        <extracomment>%1 title of an audit, %2 why</extracomment>
        <translation>Es gibt keinen Differenzbericht: Das frühere Audit „%1“ lässt sich nicht vergleichen. %2</translation>
    </message>
    <message>
        <source>The attached files are not in here: together they have more than %1. “tallymann-cli evidence AUDIT --to FOLDER” writes them out.</source>
        <extracomment>%1 an amount: &quot;512 MiB&quot;</extracomment>
        <translation>Die beigefügten Dateien sind hier nicht enthalten: Zusammen haben sie mehr als %1. „tallymann-cli evidence AUDIT --to ORDNER“ schreibt sie heraus.</translation>
    </message>
    <message>
        <source>Findings by module: %1. One finding can concern several.</source>
        <extracomment>%1 modules with numbers: &quot;SYS.1.6: 1,254, APP.4.4: 1,250&quot;</extracomment>
        <translation>Befunde nach Baustein: %1. Ein Befund kann mehrere betreffen.</translation>
    </message>
    <message>
        <source>Outdated: decided %1 by %2 on %3; what that rested on has changed since. Not assessed until it is confirmed or renewed.</source>
        <extracomment>%1 status, %2 person, %3 day</extracomment>
        <translation>Überholt: am %3 von %2 mit „%1“ entschieden; worauf das beruht, hat sich seitdem geändert. Gilt als nicht bewertet, bis die Entscheidung bestätigt oder erneuert ist.</translation>
    </message>
    <message>
        <source>outdated, to be confirmed or renewed</source>
        <translation>überholt, zu bestätigen oder zu erneuern</translation>
    </message>
    <message>
        <source>Parts that CISO Assistant numbers in another way and that have no row here: %1.</source>
        <extracomment>%1 ids of parts with their results: &quot;SYS.1.6.A21.4: compliant; ...&quot;</extracomment>
        <translation>Teilanforderungen, die CISO Assistant anders zählt und die hier keine eigene Zeile haben: %1.</translation>
    </message>
</context>
<context>
    <name>Image</name>
    <message>
        <source>The content of “%1” is not what its digest says: it should be %2, but is %3.</source>
        <translation>Der Inhalt von „%1“ passt nicht zu seinem Digest: Erwartet wird %2, vorhanden ist %3.</translation>
    </message>
    <message>
        <source>The unpacked layer “%1” is not the one that the configuration names: it should be %2, but is %3.</source>
        <extracomment>diff_id: digest of the uncompressed layer in the image&apos;s configuration</extracomment>
        <translation>Die entpackte Schicht „%1“ ist nicht die, die in der Konfiguration steht: Erwartet wird %2, vorhanden ist %3.</translation>
    </message>
    <message>
        <source>The configuration “%1” is not what its digest says: it should be %2, but is %3.</source>
        <translation>Die Konfiguration „%1“ passt nicht zu ihrem Digest: Erwartet wird %2, vorhanden ist %3.</translation>
    </message>
    <message>
        <source>“%1” should have %2 bytes, but has %3.</source>
        <translation>„%1“ müsste %2 Bytes haben, hat aber %3.</translation>
    </message>
    <message>
        <source>The manifest of “%1” names %2 layers, the configuration %3, its history %4.</source>
        <translation>Das Manifest von „%1“ nennt %2 Schichten, die Konfiguration %3, ihre Historie %4.</translation>
    </message>
    <message>
        <source>The archive names no digest for “%1”.</source>
        <translation>Das Archiv nennt für „%1“ keinen Digest.</translation>
    </message>
    <message>
        <source>“%1” is named by a digest that is not computed here (%2).</source>
        <translation>„%1“ trägt einen Digest, der hier nicht berechnet wird (%2).</translation>
    </message>
    <message>
        <source>The configuration names no digest for the layer “%1”.</source>
        <translation>Die Konfiguration nennt für die Schicht „%1“ keinen Digest.</translation>
    </message>
    <message>
        <source>“%1” is missing or could not be read to its end.</source>
        <translation>„%1“ fehlt oder konnte nicht bis zum Ende gelesen werden.</translation>
    </message>
    <message>
        <source>“%1” is named by the image but missing.</source>
        <translation>„%1“ wird vom Image genannt, fehlt aber.</translation>
    </message>
    <message>
        <source>“%1” is no regular file, or a link out of the image. It was not followed.</source>
        <translation>„%1“ ist keine reguläre Datei oder ein Verweis aus dem Image hinaus. Ihm wurde nicht gefolgt.</translation>
    </message>
    <message>
        <source>The layer “%1” is no tar archive: its content looks like %2.</source>
        <translation>Die Schicht „%1“ ist kein tar-Archiv: Der Inhalt sieht aus wie %2.</translation>
    </message>
    <message>
        <source>The layer “%1” lies elsewhere on the network and was not fetched.</source>
        <translation>Die Schicht „%1“ liegt an anderer Stelle im Netz und wurde nicht abgerufen.</translation>
    </message>
    <message>
        <source>The layer “%1” of type “%2” holds no file system and was not opened.</source>
        <translation>Die Schicht „%1“ vom Typ „%2“ enthält kein Dateisystem und wurde nicht geöffnet.</translation>
    </message>
    <message>
        <source>“%1” is no container image (%2) and is not listed among the images.</source>
        <extracomment>%2 media type of the manifest&apos;s content</extracomment>
        <translation>„%1“ ist kein Container-Image (%2) und wird nicht unter den Images aufgeführt.</translation>
    </message>
    <message>
        <source>“%1” is for the platform %2 and was left out.</source>
        <translation>„%1“ ist für die Plattform %2 und wurde ausgelassen.</translation>
    </message>
    <message>
        <source>“%1” is no valid manifest of an image.</source>
        <translation>„%1“ ist kein gültiges Manifest eines Images.</translation>
    </message>
    <message>
        <source>“%1” claims to be an index and a manifest at once and was refused.</source>
        <translation>„%1“ gibt sich zugleich als Index und als Manifest aus und wurde abgelehnt.</translation>
    </message>
    <message>
        <source>The configuration “%1” cannot be read.</source>
        <translation>Die Konfiguration „%1“ ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The index “%1” lies deeper than the allowed %2 levels and was left out.</source>
        <translation>Der Index „%1“ liegt tiefer als die erlaubten %2 Ebenen und wurde ausgelassen.</translation>
    </message>
    <message>
        <source>The index “%1” contains itself; its second occurrence was left out.</source>
        <translation>Der Index „%1“ enthält sich selbst; das zweite Vorkommen wurde ausgelassen.</translation>
    </message>
    <message>
        <source>The indexes of “%1” have more than the allowed %2 entries; the rest was left out.</source>
        <translation>Die Indexe von „%1“ haben mehr als die erlaubten %2 Einträge; der Rest wurde ausgelassen.</translation>
    </message>
    <message>
        <source>“%1” is no valid digest.</source>
        <translation>„%1“ ist kein gültiger Digest.</translation>
    </message>
    <message>
        <source>The layer “%1” has an entry whose name leads out of the image: “%2”.</source>
        <translation>Die Schicht „%1“ hat einen Eintrag, dessen Name aus dem Image hinausführt: „%2“.</translation>
    </message>
    <message>
        <source>The layer “%1” has an invalid deletion mark: “%2”. It was left out.</source>
        <translation>Die Schicht „%1“ hat eine ungültige Löschmarke: „%2“. Sie wurde ausgelassen.</translation>
    </message>
    <message numerus="yes">
        <source>The layer “%1” has %n file(s) more than once; the last entry counts.</source>
        <translation>
            <numerusform>In der Schicht „%1“ steht %n Datei mehrfach; der letzte Eintrag zählt.</numerusform>
            <numerusform>In der Schicht „%1“ stehen %n Dateien mehrfach; der letzte Eintrag zählt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The layer “%1” has %n entry(s) with overlong names, which were left out.</source>
        <translation>
            <numerusform>Die Schicht „%1“ hat %n Eintrag mit überlangem Namen, der ausgelassen wurde.</numerusform>
            <numerusform>Die Schicht „%1“ hat %n Einträge mit überlangen Namen, die ausgelassen wurden.</numerusform>
        </translation>
    </message>
    <message>
        <source>The package database “%1” is larger than the allowed %2 and was not read.</source>
        <translation>Die Paketdatenbank „%1“ ist größer als die erlaubten %2 und wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>“%1” is no container image: its content looks like %2. Accepted are docker save, OCI layouts and skopeo&apos;s dir form, also compressed.</source>
        <extracomment>%2 technical name of a file type, e.g. &quot;PDF&quot; or &quot;JSON&quot;</extracomment>
        <translation>„%1“ ist kein Container-Image: Der Inhalt sieht aus wie %2. Geöffnet werden docker save, OCI-Layouts und die dir-Form von skopeo, auch komprimiert.</translation>
    </message>
    <message>
        <source>“%1” holds the files of a container (docker export), not an image: layers and configuration are missing. Please ask for docker save.</source>
        <translation>„%1“ enthält die Dateien eines Containers (docker export), kein Image: Schichten und Konfiguration fehlen. Bitte docker save anfordern.</translation>
    </message>
    <message>
        <source>“%1” names images, but none of their layers and configurations can be read.</source>
        <translation>„%1“ nennt Images, aber keine ihrer Schichten und Konfigurationen ist lesbar.</translation>
    </message>
    <message>
        <source>The manifest of “%1” names no container image.</source>
        <translation>Das Manifest von „%1“ nennt kein Container-Image.</translation>
    </message>
    <message>
        <source>“%1” holds no image for the platform %2.</source>
        <translation>„%1“ enthält kein Image für die Plattform %2.</translation>
    </message>
    <message>
        <source>There is no file “%1” in the image or layer.</source>
        <translation>Die Datei „%1“ gibt es im Image oder in der Schicht nicht.</translation>
    </message>
    <message>
        <source>There is no layer %1; the last one is %2.</source>
        <translation>Eine Schicht %1 gibt es nicht; die letzte ist %2.</translation>
    </message>
    <message>
        <source>“%1” is no regular file.</source>
        <translation>„%1“ ist keine reguläre Datei.</translation>
    </message>
    <message>
        <source>“%1” names %2 layers. An image with more than %3 was not read.</source>
        <translation>„%1“ nennt %2 Schichten. Ein Image mit mehr als %3 wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>The layer “%1” was left out: with it, the images would have more than the allowed %2 entries together.</source>
        <translation>Die Schicht „%1“ wurde ausgelassen: Mit ihr hätten die Images zusammen mehr als die zulässigen %2 Einträge.</translation>
    </message>
    <message>
        <source>The layer “%1” has an entry with two different names, which other programs read differently. Shown is what container runtimes see: “%2”.</source>
        <extracomment>long name: an entry may carry its name twice, in two extensions of the tar format</extracomment>
        <translation>Die Schicht „%1“ enthält einen Eintrag mit zwei verschiedenen Namen, den andere Programme anders lesen. Angezeigt wird, was Container-Laufzeiten sehen: „%2“.</translation>
    </message>
    <message>
        <source>The layer “%1” has an entry with two different sizes, which other programs read differently: “%2”. Shown is what container runtimes see.</source>
        <translation>Die Schicht „%1“ enthält einen Eintrag mit zwei verschiedenen Größen, den andere Programme anders lesen: „%2“. Angezeigt wird, was Container-Laufzeiten sehen.</translation>
    </message>
    <message>
        <source>The layer “%1” has a link, directory or device with a size (“%2”). Programs disagree on whether content follows; container runtimes expect none.</source>
        <translation>Die Schicht „%1“ enthält einen Verweis, ein Verzeichnis oder ein Gerät mit Größenangabe („%2“). Programme sind sich uneins, ob darauf Inhalt folgt; Container-Laufzeiten erwarten keinen.</translation>
    </message>
    <message>
        <source>The layer “%1” has an entry whose type programs read differently: “%2”.</source>
        <translation>Die Schicht „%1“ enthält einen Eintrag, dessen Typ Programme verschieden auslegen: „%2“.</translation>
    </message>
    <message>
        <source>The layer “%1” has global PAX headers. Container runtimes ignore them, and so does Tallymann; other programs apply them.</source>
        <extracomment>PAX: extended headers of tar archives</extracomment>
        <translation>Die Schicht „%1“ enthält globale PAX-Kopfsätze. Container-Laufzeiten übergehen sie, Tallymann ebenso; andere Programme wenden sie an.</translation>
    </message>
    <message>
        <source>Data follows the end of the archive in the layer “%1”. No runtime reads it; it may be hidden there.</source>
        <translation>In der Schicht „%1“ folgen Daten auf das Ende des Archivs. Keine Laufzeit liest sie; sie können dort versteckt sein.</translation>
    </message>
    <message>
        <source>The layer “%1” has a deletion mark in the form of overlayfs instead of that of the image specification: “%2”.</source>
        <extracomment>overlayfs: file system of the Linux kernel</extracomment>
        <translation>Die Schicht „%1“ enthält eine Löschmarke in der Form von overlayfs statt in der der Image-Spezifikation: „%2“.</translation>
    </message>
    <message>
        <source>The layer “%1” has a table of contents for loading on demand (%2). It was not trusted: all of the layer was read.</source>
        <extracomment>%2 name of a format: &quot;eStargz&quot;, &quot;zstd:chunked&quot;</extracomment>
        <translation>Die Schicht „%1“ enthält ein Inhaltsverzeichnis zum Nachladen bei Bedarf (%2). Darauf wurde nicht vertraut: Die Schicht wurde vollständig gelesen.</translation>
    </message>
    <message>
        <source>“%1” is larger than the allowed %2: the packages inside it were not read.</source>
        <extracomment>%1 a Java archive, %2 a size</extracomment>
        <translation>„%1“ ist größer als die erlaubten %2: Die Pakete darin wurden nicht gelesen.</translation>
    </message>
    <message>
        <source>The package list “%1” is damaged. What could be read of it is listed.</source>
        <translation>Die Paketliste „%1“ ist beschädigt. Aufgeführt ist, was sich daraus lesen ließ.</translation>
    </message>
    <message>
        <source>The package list “%1” has more packages than are read. The rest was left out.</source>
        <translation>Die Paketliste „%1“ enthält mehr Pakete, als gelesen werden. Die übrigen fehlen.</translation>
    </message>
    <message>
        <source>The packages of “%1” are missing in the list: the file has a form that is not read.</source>
        <translation>Die Pakete aus „%1“ fehlen in der Liste: Die Datei hat eine Form, die nicht gelesen wird.</translation>
    </message>
    <message>
        <source>“%1” holds changes of the package database that are not yet written into it. They are not read: the list of packages may be out of date.</source>
        <extracomment>%1 path of a write-ahead log of SQLite</extracomment>
        <translation>„%1“ enthält Änderungen an der Paketdatenbank, die dort noch nicht eingetragen sind. Sie werden nicht gelesen: Die Liste der Pakete kann veraltet sein.</translation>
    </message>
    <message>
        <source>“%1” holds %2 images. The bill of materials is that of the first: %3 (%4). Choose another with --platform.</source>
        <extracomment>bill of materials; %1 file, %2 number of images, %3 name of the image, %4 its platform</extracomment>
        <translation>„%1“ enthält %2 Images. Die Stückliste (SBOM) ist die des ersten: %3 (%4). Ein anderes lässt sich mit --platform wählen.</translation>
    </message>
    <message>
        <source>“%1” is no container image: it holds neither a manifest.json nor an OCI layout. Accepted are docker save, OCI layouts and skopeo&apos;s dir form, also compressed.</source>
        <translation>„%1“ ist kein Container-Image: Es enthält weder eine manifest.json noch ein OCI-Layout. Angenommen werden docker save, OCI-Layouts und die dir-Form von skopeo, auch komprimiert.</translation>
    </message>
    <message>
        <source>“%1” is cut off: it ends after %3 bytes in the middle of “%2”, and the manifest that names its parts is missing. Please have it copied or saved anew.</source>
        <extracomment>%2 name of the last entry, %3 number of bytes</extracomment>
        <translation>„%1“ ist abgeschnitten: Das Archiv endet nach %3 Bytes mitten in „%2“, und das Manifest, das seine Bestandteile nennt, fehlt. Bitte lassen Sie es erneut kopieren oder speichern.</translation>
    </message>
    <message>
        <source>“%1” names an image, but its manifest “%2” is missing. It was copied incompletely, or its blobs are kept elsewhere.</source>
        <translation>„%1“ nennt ein Image, aber dessen Manifest „%2“ fehlt. Es wurde unvollständig kopiert, oder seine Blobs liegen an einem anderen Ort.</translation>
    </message>
    <message>
        <source>“%1” is no longer what was analysed. Open it again to look into its files.</source>
        <translation>„%1“ ist nicht mehr die Datei, die ausgewertet wurde. Öffnen Sie sie erneut, um ihre Inhalte anzusehen.</translation>
    </message>
    <message>
        <source>Enter between 1 and %1 bytes to search for.</source>
        <translation>Geben Sie 1 bis %1 Bytes als Suchbegriff ein.</translation>
    </message>
    <message>
        <source>“%1” exists already. Nothing is overwritten: choose another folder.</source>
        <translation>„%1“ ist bereits vorhanden. Es wird nichts überschrieben: Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>“%1” holds more than the allowed %2.</source>
        <translation>„%1“ enthält mehr als die erlaubten %2.</translation>
    </message>
    <message>
        <source>“%1”: the form of Docker before 1.10 has no digests to compare with.</source>
        <translation>„%1“: Die Form von Docker vor 1.10 enthält keine Digests zum Vergleichen.</translation>
    </message>
    <message>
        <source>The signature fits none of the given keys.</source>
        <translation>Die Signatur passt zu keinem der angegebenen Schlüssel.</translation>
    </message>
    <message>
        <source>The signature comes with a certificate (keyless) and fits none of the given keys. Certificates are not verified here.</source>
        <translation>Die Signatur ist mit einem Zertifikat ausgestellt (keyless) und passt zu keinem der angegebenen Schlüssel. Zertifikate werden hier nicht geprüft.</translation>
    </message>
    <message>
        <source>The signature is for another image: %1.</source>
        <extracomment>%1 digest that the signature names</extracomment>
        <translation>Die Signatur gilt einem anderen Image: %1.</translation>
    </message>
    <message>
        <source>No public key was given to verify the signature with.</source>
        <translation>Zum Prüfen der Signatur wurde kein öffentlicher Schlüssel angegeben.</translation>
    </message>
    <message>
        <source>Signatures of the form “%1” are listed but not verified here.</source>
        <extracomment>%1 media type</extracomment>
        <translation>Signaturen der Form „%1“ werden aufgeführt, hier aber nicht geprüft.</translation>
    </message>
    <message>
        <source>The signature or what it signs is missing, damaged or too large.</source>
        <translation>Die Signatur oder das Signierte fehlt, ist beschädigt oder zu groß.</translation>
    </message>
    <message>
        <source>“%1” has the form of Docker before 1.10. It names no digests: whether its layers are those that were built cannot be told.</source>
        <translation>„%1“ hat die Form von Docker vor 1.10. Sie nennt keine Digests: Ob die Schichten die gebauten sind, lässt sich nicht feststellen.</translation>
    </message>
    <message>
        <source>The layer “%1” is built on “%2”, which is missing or cannot be read. The image is incomplete.</source>
        <translation>Die Schicht „%1“ baut auf „%2“ auf; diese fehlt oder ist nicht lesbar. Das Image ist unvollständig.</translation>
    </message>
    <message>
        <source>The layer “%1” is built on itself, directly or through others. The image was left out.</source>
        <extracomment>%1 name of a layer</extracomment>
        <translation>Die Schicht „%1“ baut unmittelbar oder über andere auf sich selbst auf. Das Image wurde ausgelassen.</translation>
    </message>
    <message>
        <source>“%1” is a manifest of the first form (schema 1), which is not read. Please save the image anew.</source>
        <extracomment>schema 1: the first form of manifests in registries</extracomment>
        <translation>„%1“ ist ein Manifest der ersten Form (Schema 1), die nicht gelesen wird. Bitte das Image neu speichern.</translation>
    </message>
    <message>
        <source>“%1” names “%2” twice in one object. Programs differ in which one they take; shown is the last.</source>
        <translation>„%1“ nennt „%2“ zweimal im selben Objekt. Programme entscheiden sich verschieden; angezeigt wird der letzte Wert.</translation>
    </message>
    <message>
        <source>The layer “%1” has an entry whose owner or group is no number that Linux knows: “%2”. Shown is 4294967295.</source>
        <translation>Die Schicht „%1“ hat einen Eintrag, dessen Besitzer oder Gruppe keine Nummer ist, die Linux kennt: „%2“. Angezeigt wird 4294967295.</translation>
    </message>
    <message numerus="yes">
        <source>%n symbolic link(s) left out.</source>
        <translation>
            <numerusform>%n symbolische Verknüpfung ausgelassen.</numerusform>
            <numerusform>%n symbolische Verknüpfungen ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) changed.</source>
        <translation>
            <numerusform>%n Name geändert.</numerusform>
            <numerusform>%n Namen geändert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) lost their special rights.</source>
        <translation>
            <numerusform>%n Datei ohne ihre Sonderrechte.</numerusform>
            <numerusform>%n Dateien ohne ihre Sonderrechte.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) left out.</source>
        <translation>
            <numerusform>%n Gerät ausgelassen.</numerusform>
            <numerusform>%n Geräte ausgelassen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>Weighing the findings</source>
        <translation>Feststellungen werden gewichtet</translation>
    </message>
    <message>
        <source>Running the checks</source>
        <translation>Prüfungen laufen</translation>
    </message>
    <message>
        <source>Reading the cluster export</source>
        <translation>Cluster-Export wird gelesen</translation>
    </message>
    <message>
        <source>Reading “%1”</source>
        <translation>„%1“ wird gelesen</translation>
    </message>
    <message>
        <source>Unpacking “%1”</source>
        <translation>„%1“ wird entpackt</translation>
    </message>
    <message>
        <source>Reading the layers of “%1”</source>
        <translation>Schichten von „%1“ werden gelesen</translation>
    </message>
    <message>
        <source>Searching the layers</source>
        <translation>Die Schichten werden durchsucht</translation>
    </message>
    <message>
        <source>Extracting files</source>
        <translation>Dateien werden entnommen</translation>
    </message>
    <message>
        <source>Findings: %1, sources: %2.</source>
        <translation>Befunde: %1, Quellen: %2.</translation>
    </message>
    <message>
        <source>Keeping %1 in the audit</source>
        <translation>%1 wird im Audit gespeichert</translation>
    </message>
    <message>
        <source>Reading %1 from the audit</source>
        <translation>%1 wird aus dem Audit gelesen</translation>
    </message>
    <message>
        <source>No answer in the workbook differs from the audit.</source>
        <translation>Keine Antwort der Arbeitsmappe weicht vom Audit ab.</translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) would change. Nothing was written: --apply does that.</source>
        <translation>
            <numerusform>%n Entscheidung würde sich ändern. Geschrieben wurde nichts: Das tut --apply.</numerusform>
            <numerusform>%n Entscheidungen würden sich ändern. Geschrieben wurde nichts: Das tut --apply.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) changed.</source>
        <translation>
            <numerusform>%n Entscheidung geändert.</numerusform>
            <numerusform>%n Entscheidungen geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1!%2: %3</source>
        <extracomment>%1 sheet, %2 cell, %3 why</extracomment>
        <translation>%1!%2: %3</translation>
    </message>
    <message>
        <source>Signed off. The head that was signed: %1</source>
        <translation>Freigegeben. Freigegebener Prüfwert: %1</translation>
    </message>
    <message>
        <source>The signed text is in “%1”, the signature in “%2”, the public key in “%3”.</source>
        <translation>Der signierte Text steht in „%1“, die Signatur in „%2“, der öffentliche Schlüssel in „%3“.</translation>
    </message>
    <message>
        <source>The text of the sign-off is in “%1”.</source>
        <translation>Der Text der Freigabe steht in „%1“.</translation>
    </message>
    <message>
        <source>Passphrase of %1: </source>
        <translation>Passphrase von %1: </translation>
    </message>
    <message>
        <source>Still open: %1</source>
        <translation>Noch offen: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n journal entry(s) written to “%1”.</source>
        <translation>
            <numerusform>%n Journaleintrag nach „%1“ geschrieben.</numerusform>
            <numerusform>%n Journaleinträge nach „%1“ geschrieben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) would change. Nothing was written: --apply does that.</source>
        <translation>
            <numerusform>%n Anforderung von Nachweisen würde sich ändern. Nichts wurde geschrieben: Das tut --apply.</numerusform>
            <numerusform>%n Anforderungen von Nachweisen würden sich ändern. Nichts wurde geschrieben: Das tut --apply.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) changed.</source>
        <translation>
            <numerusform>%n Anforderung von Nachweisen geändert.</numerusform>
            <numerusform>%n Anforderungen von Nachweisen geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: no answer is taken over. %2</source>
        <extracomment>%1 ids such as SYS.1.6.A6</extracomment>
        <translation>%1: Keine Antwort wird übernommen. %2</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) of edition %1 would be taken over, to be confirmed. --apply does it.</source>
        <extracomment>%1 edition</extracomment>
        <translation>
            <numerusform>%n Antwort nach Edition %1 würde zur Bestätigung übernommen. --apply tut es.</numerusform>
            <numerusform>%n Antworten nach Edition %1 würden zur Bestätigung übernommen. --apply tut es.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) of edition %1 taken over. They are to be confirmed one by one.</source>
        <extracomment>%1 edition</extracomment>
        <translation>
            <numerusform>%n Antwort nach Edition %1 übernommen. Sie ist zu bestätigen.</numerusform>
            <numerusform>%n Antworten nach Edition %1 übernommen. Sie sind einzeln zu bestätigen.</numerusform>
        </translation>
    </message>
    <message>
        <source>No answer can be taken over.</source>
        <translation>Keine Antwort kann übernommen werden.</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <extracomment>%1 name of a file, %2 a module</extracomment>
        <translation>„%1“: %2</translation>
    </message>
    <message>
        <source>Several modules were judged in this audit, and each has a report of its own; --module chooses among them.</source>
        <translation>In diesem Audit wurden mehrere Bausteine beurteilt; jeder hat seinen eigenen Bericht. --module wählt unter ihnen.</translation>
    </message>
    <message>
        <source>Judged in this audit as well, and in none of these reports: %1. Without --module each module gets its own.</source>
        <extracomment>%1 modules</extracomment>
        <translation>In diesem Audit ebenfalls beurteilt und in keinem dieser Berichte: %1. Ohne --module erhält jeder Baustein seinen eigenen.</translation>
    </message>
    <message numerus="yes">
        <source>%n measure(s) would change or be added. Nothing was written: --apply does that.</source>
        <translation>
            <numerusform>%n Maßnahme würde geändert oder hinzugefügt. Geschrieben wurde nichts: Das tut --apply.</numerusform>
            <numerusform>%n Maßnahmen würden geändert oder hinzugefügt. Geschrieben wurde nichts: Das tut --apply.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n measure(s) changed or added.</source>
        <translation>
            <numerusform>%n Maßnahme geändert oder hinzugefügt.</numerusform>
            <numerusform>%n Maßnahmen geändert oder hinzugefügt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>Audit report: %1</source>
        <translation>Prüfbericht %1</translation>
    </message>
    <message>
        <source>Audit report</source>
        <translation>Prüfbericht</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Final version</source>
        <translation>Endfassung</translation>
    </message>
    <message>
        <source>Version of %1 (draft)</source>
        <translation>Fassung vom %1 (Entwurf)</translation>
    </message>
    <message>
        <source>Version of %1</source>
        <translation>Fassung vom %1</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>Seite %1 von %2</translation>
    </message>
    <message>
        <source>continued</source>
        <translation>Fortsetzung</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <extracomment>%1 number of further names</extracomment>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>… shortened: %1 more characters</source>
        <translation>… gekürzt: %1 weitere Zeichen</translation>
    </message>
    <message>
        <source>%1 UTC</source>
        <translation>%1 UTC</translation>
    </message>
    <message>
        <source>deviation</source>
        <translation>Abweichung</translation>
    </message>
    <message>
        <source>to be checked by a person</source>
        <translation>manuell zu prüfen</translation>
    </message>
    <message>
        <source>partly checked</source>
        <translation>teilweise geprüft</translation>
    </message>
    <message>
        <source>no deviation found</source>
        <translation>keine Abweichung gefunden</translation>
    </message>
    <message>
        <source>organisational</source>
        <translation>organisatorisch</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>partially</source>
        <translation>teilweise</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>dispensable</source>
        <translation>entbehrlich</translation>
    </message>
    <message>
        <source>not yet assessed</source>
        <translation>unbearbeitet</translation>
    </message>
    <message>
        <source>Basic</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Elevated</source>
        <translation>Erhöht</translation>
    </message>
    <message>
        <source>Basic requirements (B)</source>
        <translation>Basis-Anforderungen (B)</translation>
    </message>
    <message>
        <source>Standard requirements (S)</source>
        <translation>Standard-Anforderungen (S)</translation>
    </message>
    <message>
        <source>Requirements for elevated protection needs (H)</source>
        <translation>Anforderungen bei erhöhtem Schutzbedarf (H)</translation>
    </message>
    <message>
        <source>Basic requirement</source>
        <translation>Basis-Anforderung</translation>
    </message>
    <message>
        <source>Standard requirement</source>
        <translation>Standard-Anforderung</translation>
    </message>
    <message>
        <source>Requirement for elevated protection needs</source>
        <translation>Anforderung bei erhöhtem Schutzbedarf</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
    <message>
        <source>high</source>
        <extracomment>a protection need</extracomment>
        <translation>hoch</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>low</source>
        <translation>niedrig</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>deviation provable</source>
        <translation>Abweichung beweisbar</translation>
    </message>
    <message>
        <source>indications only</source>
        <translation>nur Hinweise</translation>
    </message>
    <message>
        <source>documents only</source>
        <translation>nur Dokumente</translation>
    </message>
    <message>
        <source>present</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>verweigert</translation>
    </message>
    <message>
        <source>present, values removed</source>
        <translation>vorhanden, Werte entfernt</translation>
    </message>
    <message>
        <source>IT-Grundschutz check against module %1</source>
        <translation>IT-Grundschutz-Check nach Baustein %1</translation>
    </message>
    <message>
        <source>Audited institution</source>
        <translation>Geprüfte Institution</translation>
    </message>
    <message>
        <source>Subject of the audit</source>
        <translation>Prüfgegenstand</translation>
    </message>
    <message>
        <source>Basis of the audit</source>
        <translation>Prüfgrundlage</translation>
    </message>
    <message>
        <source>BSI IT-Grundschutz Compendium, edition %1, module %2 %3: %4 requirements, %5 parts</source>
        <translation>BSI IT-Grundschutz-Kompendium, Edition %1, Baustein %2 %3: %4 Anforderungen, %5 Teilanforderungen</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Auditor</source>
        <translation>Prüfer</translation>
    </message>
    <message>
        <source>Audit file created</source>
        <translation>Prüfakte angelegt</translation>
    </message>
    <message>
        <source>Last run of the checks</source>
        <translation>Letzter Prüflauf</translation>
    </message>
    <message>
        <source>none yet: nothing has been checked by the program</source>
        <translation>noch keiner: das Programm hat nichts geprüft</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Fassung</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>This report describes weaknesses. It may be passed on only to those who need it. It contains no secret values (passwords, tokens, keys).</source>
        <translation>Dieser Bericht beschreibt Schwachstellen. Er darf nur an Stellen weitergegeben werden, die ihn brauchen. Geheime Werte (Kennwörter, Token, Schlüssel) enthält er nicht.</translation>
    </message>
    <message>
        <source>It is a draft as long as requirements are not yet assessed; currently open: %1.</source>
        <translation>Er ist ein Entwurf, solange Anforderungen unbearbeitet sind; derzeit offen: %1.</translation>
    </message>
    <message>
        <source>It is a draft: none of the %1 requirements has been assessed yet.</source>
        <translation>Er ist ein Entwurf: noch keine der %1 Anforderungen ist entschieden.</translation>
    </message>
    <message>
        <source>Made with Tallymann %1, catalogue %2 edition %3, %4 checks.</source>
        <translation>Erstellt mit Tallymann %1, Katalog %2 Edition %3, %4 Prüfregeln.</translation>
    </message>
    <message>
        <source>Journal head (SHA-256)</source>
        <translation>Letzter Prüfwert des Journals (SHA-256)</translation>
    </message>
    <message>
        <source>Management summary</source>
        <translation>Zusammenfassung für die Leitung</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>No overall verdict yet. %1 of %2 requirements are decided.</source>
        <translation>Noch kein Gesamturteil. %1 von %2 Anforderungen sind entschieden.</translation>
    </message>
    <message>
        <source>All %1 requirements are decided. The overall verdict is given by the audit lead.</source>
        <translation>Alle %1 Anforderungen sind entschieden. Das Gesamturteil spricht die Auditleitung.</translation>
    </message>
    <message>
        <source>Decisions of the auditors on %1 requirements: %2 “yes”, %3 “partially”, %4 “no”, %5 “dispensable”, %6 not yet assessed.</source>
        <translation>Entscheidungen der Prüfer zu %1 Anforderungen: %2 „ja“, %3 „teilweise“, %4 „nein“, %5 „entbehrlich“, %6 unbearbeitet.</translation>
    </message>
    <message>
        <source>There has been no run of the checks: nothing was checked by the program.</source>
        <translation>Es gab noch keinen Prüflauf: vom Programm wurde nichts geprüft.</translation>
    </message>
    <message>
        <source>requirements decided</source>
        <translation>Anforderungen entschieden</translation>
    </message>
    <message>
        <source>MUST parts with a confirmed deviation</source>
        <translation>MUSS-Teile mit bestätigter Abweichung</translation>
    </message>
    <message>
        <source>findings (causes: %1), critical: %2</source>
        <translation>Befunde (Ursachen: %1), davon kritisch: %2</translation>
    </message>
    <message>
        <source>workloads seen (namespaces: %1)</source>
        <translation>Workloads gesehen (Namensräume: %1)</translation>
    </message>
    <message>
        <source>images opened (sources in all: %1)</source>
        <translation>Images geöffnet (Quellen insgesamt: %1)</translation>
    </message>
    <message>
        <source>findings: no run yet</source>
        <translation>Befunde: noch kein Prüflauf</translation>
    </message>
    <message>
        <source>workloads: no cluster export</source>
        <translation>Workloads: kein Cluster-Export</translation>
    </message>
    <message>
        <source>images: none handed over</source>
        <translation>Images: keine übergeben</translation>
    </message>
    <message>
        <source>Decision of the auditors, by level</source>
        <translation>Entscheidung der Prüfer, nach Stufe</translation>
    </message>
    <message>
        <source>Proposal of the program, by level</source>
        <translation>Vorschlag des Programms, nach Stufe</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 field, %2 value
----------
%1 one of the three values, %2 why</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The five most important deviations</source>
        <translation>Die fünf wichtigsten Abweichungen</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Deviation and evidence</source>
        <translation>Abweichung und Beleg</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Remedy by</source>
        <translation>Beheben bis</translation>
    </message>
    <message>
        <source>%1 findings; among them %2</source>
        <translation>%1 Befunde; darunter %2</translation>
    </message>
    <message>
        <source>1 finding: %1</source>
        <translation>1 Befund: %1</translation>
    </message>
    <message>
        <source>%1 findings: %2</source>
        <translation>%1 Befunde: %2</translation>
    </message>
    <message>
        <source>Preset of the program: MUST first, then severity, then number. The audit class is set by the auditors.</source>
        <translation>Vorauswahl des Programms: MUSS zuerst, dann Schwere, dann Zahl. Die Einstufung setzen die Prüfer.</translation>
    </message>
    <message>
        <source>In the data that was seen the program proved no deviation. What was not checked stands below.</source>
        <translation>In den gesehenen Daten hat das Programm keine Abweichung belegt. Was nicht geprüft wurde, steht darunter.</translation>
    </message>
    <message>
        <source>Not checked: there has been no run of the checks.</source>
        <translation>Nicht geprüft: Es gab noch keinen Prüflauf.</translation>
    </message>
    <message>
        <source>open</source>
        <extracomment>of a protection need: nobody has stated it</extracomment>
        <translation>offen</translation>
    </message>
    <message>
        <source>What was not checked</source>
        <translation>Was nicht geprüft wurde</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Gegenstand</translation>
    </message>
    <message>
        <source>Effect on the result</source>
        <translation>Folge für das Ergebnis</translation>
    </message>
    <message>
        <source>not or only partly checked: %1</source>
        <translation>nicht oder nur teilweise geprüft: %1</translation>
    </message>
    <message>
        <source>Organisational parts: %1</source>
        <translation>Organisatorische Teile: %1</translation>
    </message>
    <message>
        <source>shown by documents and interviews only</source>
        <translation>nur durch Dokumente und Gespräche zu klären</translation>
    </message>
    <message>
        <source>not checked by the program; what to ask for stands in section 4</source>
        <translation>vom Programm nicht geprüft; was zu erfragen ist, steht in Abschnitt 4</translation>
    </message>
    <message>
        <source>All %1 requirements</source>
        <translation>Alle %1 Anforderungen</translation>
    </message>
    <message>
        <source>Errors while reading: %1</source>
        <translation>Fehler beim Lesen: %1</translation>
    </message>
    <message>
        <source>unreadable, skipped or tampered with</source>
        <translation>nicht lesbar, übersprungen oder verändert</translation>
    </message>
    <message>
        <source>listed in 2.3; findings there may be missing</source>
        <translation>in 2.3 aufgeführt; Befunde können dort fehlen</translation>
    </message>
    <message>
        <source>%1 more in section 2.4</source>
        <translation>%1 weitere in Abschnitt 2.4</translation>
    </message>
    <message>
        <source>Everything that the checks need was there. What only documents and interviews can show stands in section 4.</source>
        <translation>Alles, was die Prüfregeln brauchen, lag vor. Was nur Dokumente und Gespräche zeigen können, steht in Abschnitt 4.</translation>
    </message>
    <message>
        <source>Workloads</source>
        <translation>Workloads</translation>
    </message>
    <message>
        <source>Container images</source>
        <translation>Container-Images</translation>
    </message>
    <message>
        <source>State of the running cluster</source>
        <translation>Zustand des laufenden Clusters</translation>
    </message>
    <message>
        <source>The house&apos;s own rules</source>
        <translation>Regeln des Hauses</translation>
    </message>
    <message>
        <source>not contained in the export</source>
        <translation>nicht im Export enthalten</translation>
    </message>
    <message>
        <source>access denied</source>
        <translation>Zugriff verweigert</translation>
    </message>
    <message>
        <source>values were removed before the export</source>
        <translation>Werte wurden vor dem Export entfernt</translation>
    </message>
    <message>
        <source>no cluster export handed over</source>
        <translation>kein Cluster-Export übergeben</translation>
    </message>
    <message>
        <source>no image archive handed over</source>
        <translation>kein Image-Archiv übergeben</translation>
    </message>
    <message>
        <source>the export holds manifests without status</source>
        <translation>der Export enthält Manifeste ohne Status</translation>
    </message>
    <message>
        <source>not part of what was handed over</source>
        <translation>nicht in den übergebenen Daten</translation>
    </message>
    <message>
        <source>Scope, sources and limits</source>
        <translation>Gegenstand, Quellen und Grenzen</translation>
    </message>
    <message>
        <source>Scope and sources</source>
        <translation>Gegenstand und Quellen</translation>
    </message>
    <message>
        <source>Checked was what the institution handed over. The program only reads the sources; it changes nothing, runs nothing and does not access the cluster.</source>
        <translation>Geprüft wurde, was die Institution übergeben hat. Das Programm liest die Quellen nur; es verändert nichts, führt nichts aus und greift nicht auf den Cluster zu.</translation>
    </message>
    <message>
        <source>Target objects</source>
        <translation>Zielobjekte</translation>
    </message>
    <message>
        <source>Target object</source>
        <translation>Zielobjekt</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Extent of the audit</source>
        <translation>Umfang der Prüfung</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Kubernetes cluster, version %1</source>
        <translation>Kubernetes-Cluster, Version %1</translation>
    </message>
    <message>
        <source>Kubernetes cluster, version not in the export</source>
        <translation>Kubernetes-Cluster, Version nicht im Export</translation>
    </message>
    <message>
        <source>export of the running cluster</source>
        <translation>Export des laufenden Clusters</translation>
    </message>
    <message>
        <source>manifests without status</source>
        <translation>Manifeste ohne Status</translation>
    </message>
    <message>
        <source>partly running cluster, partly manifests</source>
        <translation>teils laufender Cluster, teils Manifeste</translation>
    </message>
    <message>
        <source>objects: %1, namespaces: %2</source>
        <translation>Objekte: %1, Namensräume: %2</translation>
    </message>
    <message>
        <source>container images handed over as archives</source>
        <translation>Container-Images, als Archiv übergeben</translation>
    </message>
    <message>
        <source>images: %1</source>
        <translation>Images: %1</translation>
    </message>
    <message>
        <source>Nothing was handed over: there is nothing that could have been checked.</source>
        <translation>Es wurde nichts übergeben: nichts konnte geprüft werden.</translation>
    </message>
    <message>
        <source>Protection needs are not recorded in the audit file. What is not named here was not part of the audit.</source>
        <translation>Der Schutzbedarf ist in der Prüfakte nicht erfasst. Was hier nicht genannt ist, war nicht Gegenstand der Prüfung.</translation>
    </message>
    <message>
        <source>File and form</source>
        <translation>Datei und Form</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>As of (UTC)</source>
        <translation>Stand (UTC)</translation>
    </message>
    <message>
        <source>SHA-256 of the file handed over</source>
        <translation>SHA-256 der übergebenen Datei</translation>
    </message>
    <message>
        <source>No sources were handed over.</source>
        <translation>Es wurden keine Quellen übergeben.</translation>
    </message>
    <message>
        <source>While reading, nothing came up: all sources were read in full.</source>
        <translation>Beim Lesen fiel nichts auf: alle Quellen wurden vollständig gelesen.</translation>
    </message>
    <message>
        <source>For a folder the hash covers the sorted list of its files with their hashes.</source>
        <translation>Bei einem Ordner gilt der Hashwert der sortierten Liste seiner Dateien mit deren Hashwerten.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>What came up while reading</source>
        <translation>Was beim Lesen auffiel</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>whole source</source>
        <translation>ganze Quelle</translation>
    </message>
    <message>
        <source>%1 more messages stand in the audit file.</source>
        <translation>%1 weitere Meldungen stehen in der Prüfakte.</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Completeness of the cluster export</source>
        <translation>Vollständigkeit des Cluster-Exports</translation>
    </message>
    <message>
        <source>A kind that is not in the export counts as not checked. “Empty” means: asked for, no objects. “Missing” means: not asked for. “Denied” means: the API server refused access.</source>
        <translation>Eine Art, die nicht im Export steht, gilt als nicht geprüft. „Leer“ heißt: abgefragt, keine Objekte. „Fehlt“ heißt: nicht abgefragt. „Verweigert“ heißt: der API-Server hat den Zugriff abgelehnt.</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Objects read: %1, after removing duplicates: %2, namespaces: %3.</source>
        <translation>Gelesene Objekte: %1, nach Entfernen doppelter: %2, Namensräume: %3.</translation>
    </message>
    <message>
        <source>Commands that fetch what is missing, to be run by the institution:</source>
        <translation>Befehle, die das Fehlende nachholen, auszuführen von der Institution:</translation>
    </message>
    <message>
        <source>No cluster export was handed over. Everything that needs one is not checked.</source>
        <translation>Es wurde kein Cluster-Export übergeben. Alles, was einen braucht, ist nicht geprüft.</translation>
    </message>
    <message>
        <source>What the verdicts mean</source>
        <translation>Was die Urteile bedeuten</translation>
    </message>
    <message>
        <source>Proposal of the program (angular symbols)</source>
        <translation>Vorschlag des Programms (eckige Zeichen)</translation>
    </message>
    <message>
        <source>Decision of the auditors (round symbols)</source>
        <translation>Entscheidung der Prüfer (runde Zeichen)</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>At least one finding proves that the part is not met. The place is named and can be checked.</source>
        <translation>Mindestens ein Befund beweist, dass die Teilanforderung nicht eingehalten ist. Die Stelle ist genannt und nachprüfbar.</translation>
    </message>
    <message>
        <source>The data give indications for or against. A person has to draw the conclusion.</source>
        <translation>Die Daten geben Hinweise dafür oder dagegen. Ein Mensch muss den Schluss ziehen.</translation>
    </message>
    <message>
        <source>No deviation in what was seen, but some of the data needed was missing.</source>
        <translation>Im gesehenen Teil keine Abweichung, aber ein Teil der nötigen Daten fehlte.</translation>
    </message>
    <message>
        <source>All data needed was there, no check raised a finding. This is not a “yes”.</source>
        <translation>Alle nötigen Daten lagen vor, keine Prüfregel schlug an. Das ist kein „ja“.</translation>
    </message>
    <message>
        <source>Only documents or interviews can show it. The program supplies facts at most.</source>
        <translation>Nur Dokumente oder Gespräche können es zeigen. Das Programm liefert höchstens Fakten dazu.</translation>
    </message>
    <message>
        <source>The data needed was missing. The reason stands beside it. What is missing never counts as met.</source>
        <translation>Die nötigen Daten fehlten. Der Grund steht dabei. Fehlendes gilt nie als erfüllt.</translation>
    </message>
    <message>
        <source>implemented fully, effectively and appropriately; with evidence</source>
        <translation>vollständig, wirksam und angemessen umgesetzt; mit Nachweis</translation>
    </message>
    <message>
        <source>implemented in part; the rest in the implementation plan</source>
        <translation>zum Teil umgesetzt; Rest im Realisierungsplan</translation>
    </message>
    <message>
        <source>not implemented; measure and date named</source>
        <translation>nicht umgesetzt; Maßnahme und Frist genannt</translation>
    </message>
    <message>
        <source>with a reason; no risk acceptance for MUST</source>
        <translation>mit Begründung; bei MUSS keine Risikoübernahme</translation>
    </message>
    <message>
        <source>no decision yet</source>
        <translation>noch keine Entscheidung</translation>
    </message>
    <message>
        <source>The proposal of a requirement is the first that occurs among its parts, in this order: deviation, partly checked, not checked, to be checked by a person, organisational, no deviation found. The decision is always taken by a person. Workloads created by a controller count once.</source>
        <translation>Der Vorschlag einer Anforderung ist der erste, der bei ihren Teilen vorkommt, in dieser Folge: Abweichung, teilweise geprüft, nicht geprüft, manuell zu prüfen, organisatorisch, keine Abweichung gefunden. Die Entscheidung trifft immer ein Mensch. Workloads, die ein Controller erzeugt hat, zählen einmal.</translation>
    </message>
    <message>
        <source>Overview of the %1 requirements</source>
        <translation>Übersicht der %1 Anforderungen</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>The program proposes, the auditors decide. A “yes” never comes from the program. One finding can concern several requirements; the column cannot be added up.</source>
        <translation>Das Programm schlägt vor, die Prüfer entscheiden. Ein „ja“ stammt nie vom Programm. Ein Befund kann mehrere Anforderungen betreffen; die Spalte lässt sich nicht aufsummieren.</translation>
    </message>
    <message>
        <source>Requirement</source>
        <translation>Anforderung</translation>
    </message>
    <message>
        <source>Proposal of the program</source>
        <translation>Vorschlag des Programms</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Dev. MUST</source>
        <translation>Abw. MUSS</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>to be met first</source>
        <translation>zuerst zu erfüllen</translation>
    </message>
    <message>
        <source>n. c.</source>
        <translation>n. g.</translation>
    </message>
    <message>
        <source>Dev. MUST: number of MUST and MUST NOT parts whose deviation the auditors confirmed. Dash: none. n. c.: not checked by the program. “No deviation found” means: in the data seen; it is not a “yes”.</source>
        <translation>Abw. MUSS: Zahl der MUSS- und DARF-Teile, deren Abweichung die Prüfer bestätigt haben. Strich: keine. n. g.: vom Programm nicht geprüft. „Keine Abweichung gefunden“ heißt: in den gesehenen Daten; es ist kein „ja“.</translation>
    </message>
    <message>
        <source>%1: the auditors say “yes” although this was not seen: %2. Their reason: %3</source>
        <translation>%1: Die Prüfer sagen „ja“, obwohl nicht gesehen wurde: %2. Ihre Begründung: %3</translation>
    </message>
    <message>
        <source>The implementation plan (section 5) is left out: no decision names a measure yet.</source>
        <translation>Der Realisierungsplan (Abschnitt 5) entfällt: Noch nennt keine Entscheidung eine Maßnahme.</translation>
    </message>
    <message>
        <source>Requirements in detail</source>
        <translation>Anforderungen im Einzelnen</translation>
    </message>
    <message>
        <source>One unit per requirement: what is demanded, what the program found and on what it rests, what the auditors decided. The texts paraphrase the catalogue.</source>
        <translation>Je Anforderung: was verlangt ist, was das Programm fand und worauf es beruht, was die Prüfer entschieden haben. Die Texte geben den Katalog sinngemäß wieder.</translation>
    </message>
    <message>
        <source>Threats %1</source>
        <translation>Gefährdungen %1</translation>
    </message>
    <message>
        <source>Responsible</source>
        <translation>Verantwortlich</translation>
    </message>
    <message>
        <source>Implement by</source>
        <translation>Umsetzung bis</translation>
    </message>
    <message>
        <source>deviation: %1 proving findings</source>
        <translation>Abweichung: %1 beweisende Befunde</translation>
    </message>
    <message>
        <source>deviation: 1 proving finding</source>
        <translation>Abweichung: 1 beweisender Befund</translation>
    </message>
    <message>
        <source>to be checked by a person; indications: %1</source>
        <translation>manuell zu prüfen; Hinweise: %1</translation>
    </message>
    <message>
        <source>to be checked by a person: the checks found no indication</source>
        <translation>manuell zu prüfen: die Prüfregeln fanden keinen Hinweis</translation>
    </message>
    <message>
        <source>to be checked by a person: no check speaks about it</source>
        <translation>manuell zu prüfen: keine Prüfregel gibt dazu Auskunft</translation>
    </message>
    <message>
        <source>partly checked; not seen: %1</source>
        <translation>teilweise geprüft; nicht gesehen: %1</translation>
    </message>
    <message>
        <source>no deviation found in the data seen</source>
        <translation>keine Abweichung gefunden in den gesehenen Daten</translation>
    </message>
    <message>
        <source>organisational: documents and interviews only</source>
        <translation>organisatorisch: nur Dokumente und Gespräche</translation>
    </message>
    <message>
        <source>organisational; facts from the data: %1</source>
        <translation>organisatorisch; Fakten aus den Daten: %1</translation>
    </message>
    <message>
        <source>not checked; not seen: %1</source>
        <translation>nicht geprüft; nicht gesehen: %1</translation>
    </message>
    <message>
        <source>not checked: no run of the checks yet</source>
        <translation>nicht geprüft: noch kein Prüflauf</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfregel</translation>
    </message>
    <message>
        <source>Objects concerned (in full in annex A)</source>
        <translation>Betroffene Objekte (vollständig in Anhang A)</translation>
    </message>
    <message>
        <source>context</source>
        <translation>Zusatzangabe</translation>
    </message>
    <message>
        <source>indication</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Evidence %1</source>
        <translation>Beleg %1</translation>
    </message>
    <message>
        <source>container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1, Zeile %2</translation>
    </message>
    <message>
        <source>Rests on</source>
        <translation>Beruht auf</translation>
    </message>
    <message>
        <source>Not seen</source>
        <translation>Nicht gesehen</translation>
    </message>
    <message>
        <source>Fetch with</source>
        <translation>Nachholen mit</translation>
    </message>
    <message>
        <source>Ask for</source>
        <translation>Zu erfragen</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>no data: no run of the checks yet</source>
        <translation>keine Daten: noch kein Prüflauf</translation>
    </message>
    <message>
        <source>1 workload</source>
        <translation>1 Workload</translation>
    </message>
    <message>
        <source>%1 workloads</source>
        <translation>%1 Workloads</translation>
    </message>
    <message>
        <source>1 object</source>
        <translation>1 Objekt</translation>
    </message>
    <message>
        <source>%1 objects</source>
        <translation>%1 Objekte</translation>
    </message>
    <message>
        <source>1 namespace</source>
        <translation>1 Namensraum</translation>
    </message>
    <message>
        <source>%1 namespaces</source>
        <translation>%1 Namensräume</translation>
    </message>
    <message>
        <source>1 image</source>
        <translation>1 Image</translation>
    </message>
    <message>
        <source>%1 images</source>
        <translation>%1 Images</translation>
    </message>
    <message>
        <source>kinds: %1</source>
        <translation>Arten: %1</translation>
    </message>
    <message>
        <source>documents and interviews: outside of what the program can see</source>
        <translation>Dokumente und Gespräche: außerhalb dessen, was das Programm sehen kann</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>Decision of the auditors:</source>
        <translation>Entscheidung der Prüfer:</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Begründung</translation>
    </message>
    <message>
        <source>none recorded</source>
        <translation>keine erfasst</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>Maßnahmen</translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>Nötig ist</translation>
    </message>
    <message>
        <source>A person has to decide, with the evidence under “Ask for”. The proposal of the program is no decision.</source>
        <translation>Ein Mensch muss entscheiden, anhand der unter „Zu erfragen“ genannten Nachweise. Der Vorschlag des Programms ist keine Entscheidung.</translation>
    </message>
    <message>
        <source>The basis has changed since this decision: it has to be confirmed or renewed.</source>
        <translation>Die Grundlage hat sich seit dieser Entscheidung geändert: sie ist zu bestätigen oder zu erneuern.</translation>
    </message>
    <message>
        <source>Outdated</source>
        <translation>Überholt</translation>
    </message>
    <message>
        <source>Decided although not seen</source>
        <translation>Entschieden, obwohl nicht gesehen</translation>
    </message>
    <message>
        <source>Contradiction</source>
        <translation>Widerspruch</translation>
    </message>
    <message>
        <source>“yes” does not agree with the confirmed deviation of MUST parts: %1.</source>
        <translation>„ja“ verträgt sich nicht mit der bestätigten Abweichung von MUSS-Teilen: %1.</translation>
    </message>
    <message>
        <source>Implementation plan</source>
        <translation>Realisierungsplan</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Maßnahme</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>measure not yet named</source>
        <translation>Maßnahme noch nicht benannt</translation>
    </message>
    <message>
        <source>Signatures and journal</source>
        <translation>Unterschriften und Journal</translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation>Unterschriften</translation>
    </message>
    <message>
        <source>The undersigned confirm that the decisions were taken by them or on their behalf.</source>
        <translation>Die Unterzeichnenden bestätigen, dass die Entscheidungen von ihnen oder in ihrem Auftrag getroffen wurden.</translation>
    </message>
    <message>
        <source>This version is a draft. Not yet assessed: %1. Only the final version is signed.</source>
        <translation>Diese Fassung ist ein Entwurf. Unbearbeitet: %1. Unterschrieben wird nur die Endfassung.</translation>
    </message>
    <message>
        <source>Audit lead</source>
        <translation>Auditleitung</translation>
    </message>
    <message>
        <source>Second auditor (four-eyes principle)</source>
        <translation>Zweitprüfer (Vier-Augen-Prinzip)</translation>
    </message>
    <message>
        <source>Information security officer</source>
        <translation>Informationssicherheitsbeauftragter</translation>
    </message>
    <message>
        <source>Management of the institution</source>
        <translation>Leitung der Institution</translation>
    </message>
    <message>
        <source>Place, date</source>
        <translation>Ort, Datum</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Unterschrift</translation>
    </message>
    <message>
        <source>Journal excerpt</source>
        <translation>Auszug aus dem Journal</translation>
    </message>
    <message>
        <source>Time (UTC)</source>
        <translation>Zeitpunkt (UTC)</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Check value</source>
        <translation>Prüfwert</translation>
    </message>
    <message>
        <source>The journal is empty: this report was made without an audit file.</source>
        <translation>Das Journal ist leer: Dieser Bericht entstand ohne Prüfakte.</translation>
    </message>
    <message>
        <source>%1 of %2 entries; the audit file holds all of them.</source>
        <translation>%1 von %2 Einträgen; die Prüfakte enthält alle.</translation>
    </message>
    <message>
        <source>Journal head:</source>
        <translation>Letzter Prüfwert:</translation>
    </message>
    <message>
        <source>Each check value covers the one before. This report has not checked the chain; check it with</source>
        <translation>Jeder Prüfwert schließt den vorigen ein. Dieser Bericht hat die Kette nicht geprüft; nachprüfen mit</translation>
    </message>
    <message>
        <source>FILE</source>
        <translation>DATEI</translation>
    </message>
    <message>
        <source>Source added</source>
        <translation>Quelle hinzugefügt</translation>
    </message>
    <message>
        <source>Checks run</source>
        <translation>Prüflauf</translation>
    </message>
    <message>
        <source>Decision undone</source>
        <translation>Entscheidung zurückgenommen</translation>
    </message>
    <message>
        <source>Decision restored</source>
        <translation>Entscheidung wiederhergestellt</translation>
    </message>
    <message>
        <source>Finding accepted or rejected</source>
        <translation>Befund hingenommen oder verworfen</translation>
    </message>
    <message>
        <source>Head data changed</source>
        <translation>Kopfdaten geändert</translation>
    </message>
    <message>
        <source>Report made</source>
        <translation>Bericht erzeugt</translation>
    </message>
    <message>
        <source>Findings by cause</source>
        <translation>Befunde nach Ursache</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>Annex A Findings</source>
        <translation>Anhang A Befunde</translation>
    </message>
    <message>
        <source>Causes: %1, findings: %2, ordered by severity and number. Applications and system namespaces stand apart. Line numbers refer to the source named.</source>
        <translation>Ursachen: %1, Befunde: %2, geordnet nach Schwere und Zahl. Anwendungen und Systemnamensräume stehen getrennt. Zeilennummern beziehen sich auf die genannte Quelle.</translation>
    </message>
    <message>
        <source>Findings that concern only other modules and are not printed here: %1.</source>
        <translation>Befunde, die nur andere Bausteine betreffen und hier nicht gedruckt sind: %1.</translation>
    </message>
    <message>
        <source>The checks were run and raised no finding. What could not be checked stands in sections 1 and 2.4.</source>
        <translation>Die Prüfregeln liefen und fanden nichts. Was nicht geprüft werden konnte, steht in den Abschnitten 1 und 2.4.</translation>
    </message>
    <message>
        <source>Nothing was looked at: there has been no run of the checks.</source>
        <translation>Es wurde nichts geprüft: Es gab noch keinen Prüflauf.</translation>
    </message>
    <message>
        <source>%1 findings</source>
        <translation>%1 Befunde</translation>
    </message>
    <message>
        <source>1 finding</source>
        <translation>1 Befund</translation>
    </message>
    <message>
        <source>Parts %1</source>
        <translation>Teile %1</translation>
    </message>
    <message>
        <source>Remedy</source>
        <translation>Abhilfe</translation>
    </message>
    <message>
        <source>No deviation if</source>
        <translation>Keine Abweichung, wenn</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namensraum</translation>
    </message>
    <message>
        <source>Object and container</source>
        <translation>Objekt und Container</translation>
    </message>
    <message>
        <source>Finding and image</source>
        <translation>Befund und Image</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>cluster-wide</source>
        <translation>clusterweit</translation>
    </message>
    <message>
        <source>image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Applications (%1)</source>
        <translation>Anwendungen (%1)</translation>
    </message>
    <message>
        <source>Cluster-wide objects (%1)</source>
        <translation>Clusterweite Objekte (%1)</translation>
    </message>
    <message>
        <source>Images (%1)</source>
        <translation>Images (%1)</translation>
    </message>
    <message>
        <source>System namespaces (%1)</source>
        <translation>Systemnamensräume (%1)</translation>
    </message>
    <message>
        <source>Accepted, deferred or false alarm (%1)</source>
        <translation>Hingenommen, zurückgestellt oder Fehlalarm (%1)</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>hingenommen</translation>
    </message>
    <message>
        <source>false alarm</source>
        <translation>Fehlalarm</translation>
    </message>
    <message>
        <source>deferred</source>
        <translation>zurückgestellt</translation>
    </message>
    <message>
        <source>%1: %2 (%3, valid until %4)</source>
        <translation>%1: %2 (%3, gilt bis %4)</translation>
    </message>
    <message>
        <source>%1: %2 (%3, without expiry)</source>
        <translation>%1: %2 (%3, ohne Ablauf)</translation>
    </message>
    <message>
        <source>also objects that it controls: %1</source>
        <translation>ebenso davon abhängige Objekte: %1</translation>
    </message>
    <message>
        <source>The check is not part of this version&apos;s rules; its text is unknown.</source>
        <translation>Die Prüfregel gehört nicht zu den Regeln dieser Fassung; ihr Text ist unbekannt.</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Annex B Images</source>
        <translation>Anhang B Images</translation>
    </message>
    <message>
        <source>No images were handed over. What needs an image is not checked.</source>
        <translation>Es wurden keine Images übergeben. Was ein Image braucht, ist nicht geprüft.</translation>
    </message>
    <message>
        <source>Images in this annex: %1, each as it was handed over.</source>
        <translation>Images in diesem Anhang: %1, jedes so, wie es übergeben wurde.</translation>
    </message>
    <message>
        <source>Image %1</source>
        <translation>Image %1</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>none set, starts as root</source>
        <translation>keiner gesetzt, startet als root</translation>
    </message>
    <message>
        <source>Operating system</source>
        <translation>Betriebssystem</translation>
    </message>
    <message>
        <source>no os-release file found</source>
        <translation>keine Datei os-release gefunden</translation>
    </message>
    <message>
        <source>%1, maintained until %2</source>
        <translation>%1, Pflege bis %2</translation>
    </message>
    <message>
        <source>Manifest</source>
        <translation>Manifest</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>Config</translation>
    </message>
    <message>
        <source>not contained in the archive</source>
        <translation>im Archiv nicht enthalten</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>Anweisung</translation>
    </message>
    <message>
        <source>packed</source>
        <translation>gepackt</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geänd.</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>checked</source>
        <translation>geprüft</translation>
    </message>
    <message>
        <source>Sum of the layers</source>
        <translation>Summe der Schichten</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>weicht ab</translation>
    </message>
    <message>
        <source>not checkable</source>
        <translation>nicht prüfbar</translation>
    </message>
    <message>
        <source>no instruction recorded</source>
        <translation>keine Anweisung verzeichnet</translation>
    </message>
    <message>
        <source>%1 of %2 comparisons of digests and sizes agree, %3 differ, %4 could not be made.</source>
        <translation>%1 von %2 Vergleichen von Digests und Größen stimmen, %3 weichen ab, %4 waren nicht möglich.</translation>
    </message>
    <message>
        <source>Blob</source>
        <translation>Blob</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>Verglichen</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>Was abweicht</translation>
    </message>
    <message>
        <source>Wasted space</source>
        <translation>Verschwendeter Platz</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Layer, cause</source>
        <translation>Schicht, Ursache</translation>
    </message>
    <message>
        <source>%1 more paths</source>
        <translation>%1 weitere Pfade</translation>
    </message>
    <message>
        <source>Covered, exact</source>
        <translation>Überdeckt, genau</translation>
    </message>
    <message>
        <source>No layer covers bytes of another one.</source>
        <translation>Keine Schicht überdeckt Bytes einer anderen.</translation>
    </message>
    <message>
        <source>overwritten</source>
        <translation>überschrieben</translation>
    </message>
    <message>
        <source>deleted later</source>
        <translation>später gelöscht</translation>
    </message>
    <message>
        <source>directory replaced</source>
        <translation>Verzeichnis ersetzt</translation>
    </message>
    <message>
        <source>only attributes changed</source>
        <translation>nur Attribute geändert</translation>
    </message>
    <message>
        <source>Efficiency</source>
        <translation>Wirkungsgrad</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Visible in the file tree</source>
        <translation>Sichtbar im Dateibaum</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Efficiency as dive counts</source>
        <translation>Wirkungsgrad wie dive</translation>
    </message>
    <message>
        <source>Wasted as dive counts</source>
        <translation>Verschwendet wie dive</translation>
    </message>
    <message>
        <source>“dive” counts all copies of a file and passes over deleted directories; the exact figure counts each byte that is not visible in the result.</source>
        <translation>„dive“ zählt alle Kopien einer Datei und übergeht gelöschte Verzeichnisse; die genaue Zahl zählt jedes Byte, das im Ergebnis nicht sichtbar ist.</translation>
    </message>
    <message>
        <source>Noteworthy files</source>
        <translation>Auffällige Dateien</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Angabe</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>The program looked through all layers and found no noteworthy files.</source>
        <translation>Das Programm hat alle Schichten durchgesehen und keine auffälligen Dateien gefunden.</translation>
    </message>
    <message>
        <source>%1 more noteworthy files stand in the audit file.</source>
        <translation>%1 weitere auffällige Dateien stehen in der Prüfakte.</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>Pakete</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>Verwaltung</translation>
    </message>
    <message>
        <source>No package database was found: the contents are not known by package.</source>
        <translation>Es wurde keine Paketdatenbank gefunden: der Inhalt ist nicht nach Paketen bekannt.</translation>
    </message>
    <message>
        <source>Known vulnerabilities were not checked: the program does not look for any, and no scan was attached.</source>
        <translation>Bekannte Schwachstellen sind nicht geprüft: Das Programm sucht keine, und es liegt kein Scan bei.</translation>
    </message>
    <message>
        <source>setuid</source>
        <translation>setuid</translation>
    </message>
    <message>
        <source>setgid</source>
        <translation>setgid</translation>
    </message>
    <message>
        <source>file capability</source>
        <translation>Datei-Capability</translation>
    </message>
    <message>
        <source>writable for everybody</source>
        <translation>für alle schreibbar</translation>
    </message>
    <message>
        <source>shell</source>
        <translation>Shell</translation>
    </message>
    <message>
        <source>package manager</source>
        <translation>Paketverwaltung</translation>
    </message>
    <message>
        <source>compiler</source>
        <translation>Compiler</translation>
    </message>
    <message>
        <source>remote access</source>
        <translation>Fernzugriff</translation>
    </message>
    <message>
        <source>possible secret</source>
        <translation>mögliches Geheimnis</translation>
    </message>
    <message>
        <source>device node</source>
        <translation>Gerätedatei</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>Begriffe</translation>
    </message>
    <message>
        <source>C</source>
        <translation>C</translation>
    </message>
    <message>
        <source>Annex C Terms</source>
        <translation>Anhang C Begriffe</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>Begriff</translation>
    </message>
    <message>
        <source>MUST, MUST NOT, MUST ONLY</source>
        <translation>MUSS, DARF NICHT, DARF NUR</translation>
    </message>
    <message>
        <source>binding; no risk acceptance</source>
        <translation>verbindlich; keine Risikoübernahme</translation>
    </message>
    <message>
        <source>SHOULD, SHOULD NOT</source>
        <translation>SOLLTE, SOLLTE NICHT</translation>
    </message>
    <message>
        <source>to be met unless there are sound reasons; these are recorded</source>
        <translation>zu erfüllen, sofern nicht stichhaltige Gründe dagegen sprechen; diese werden festgehalten</translation>
    </message>
    <message>
        <source>F: deviation provable</source>
        <translation>F: Abweichung beweisbar</translation>
    </message>
    <message>
        <source>the data can prove that the part is not met; they never prove that it is met</source>
        <translation>die Daten können beweisen, dass der Teil nicht eingehalten ist; dass er erfüllt ist, beweisen sie nie</translation>
    </message>
    <message>
        <source>I: indications only</source>
        <translation>I: nur Hinweise</translation>
    </message>
    <message>
        <source>the data hint at something; a person draws the conclusion</source>
        <translation>die Daten deuten etwas an; den Schluss zieht ein Mensch</translation>
    </message>
    <message>
        <source>D: documents only</source>
        <translation>D: nur Dokumente</translation>
    </message>
    <message>
        <source>only documents or interviews can show it</source>
        <translation>nur Dokumente oder Gespräche können es zeigen</translation>
    </message>
    <message>
        <source>AS, AG, E</source>
        <translation>AS, AG, E</translation>
    </message>
    <message>
        <source>serious deviation, minor deviation, recommendation: audit classes, set by persons only</source>
        <translation>schwerwiegende Abweichung, geringfügige Abweichung, Empfehlung: Einstufungen, die nur Menschen setzen</translation>
    </message>
    <message>
        <source>KRITIS deficiency</source>
        <translation>KRITIS-Mangel</translation>
    </message>
    <message>
        <source>serious, considerable, minor, recommendation: set by persons only</source>
        <translation>schwerwiegend, erheblich, geringfügig, Empfehlung: setzen nur Menschen</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>one deviation or indication at one place; what a controller and its Pods say alike counts once</source>
        <translation>eine Abweichung oder ein Hinweis an einer Stelle; was ein Controller und seine Pods gleich sagen, zählt einmal</translation>
    </message>
    <message>
        <source>Cause (U-nn)</source>
        <translation>Ursache (U-nn)</translation>
    </message>
    <message>
        <source>all findings of one check</source>
        <translation>alle Befunde einer Prüfregel</translation>
    </message>
    <message>
        <source>kB, MB, GB</source>
        <translation>kB, MB, GB</translation>
    </message>
    <message>
        <source>SI units: 1 MB = 1,000,000 bytes</source>
        <translation>SI-Einheiten: 1 MB = 1.000.000 Bytes</translation>
    </message>
    <message>
        <source>Journal head</source>
        <translation>Letzter Prüfwert</translation>
    </message>
    <message>
        <source>hash over the whole journal; whoever holds this report can see whether the audit file was changed afterwards</source>
        <translation>Hashwert über das ganze Journal; wer diesen Bericht hat, kann erkennen, ob die Prüfakte später verändert wurde</translation>
    </message>
    <message>
        <source>image, docker save</source>
        <translation>Image, docker save</translation>
    </message>
    <message>
        <source>image, unpacked docker archive</source>
        <translation>Image, entpacktes Docker-Archiv</translation>
    </message>
    <message>
        <source>image, OCI layout</source>
        <translation>Image, OCI-Layout</translation>
    </message>
    <message>
        <source>image, OCI archive</source>
        <translation>Image, OCI-Archiv</translation>
    </message>
    <message>
        <source>cluster export, kubectl</source>
        <translation>Cluster-Export, kubectl</translation>
    </message>
    <message>
        <source>Kubernetes manifests</source>
        <translation>Kubernetes-Manifeste</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>not every image that runs was handed over</source>
        <translation>nicht jedes laufende Image übergeben</translation>
    </message>
    <message>
        <source>whole cluster</source>
        <translation>gesamter Cluster</translation>
    </message>
    <message>
        <source>log file</source>
        <translation>Protokolldatei</translation>
    </message>
    <message>
        <source>configured log file</source>
        <translation>eingestellte Protokolldatei</translation>
    </message>
    <message>
        <source>service of a supervisor</source>
        <translation>Dienst einer Prozessverwaltung</translation>
    </message>
    <message>
        <source>Namespaces of the cluster</source>
        <translation>Namespaces des Clusters</translation>
    </message>
    <message>
        <source>%1 of them are not in the export (section 2.4)</source>
        <translation>%1 davon sind nicht im Export enthalten (Abschnitt 2.4)</translation>
    </message>
    <message>
        <source>Namespaces that the export does not cover: %1</source>
        <translation>Namespaces, die der Export nicht abdeckt: %1</translation>
    </message>
    <message>
        <source>Files of the nodes</source>
        <translation>Dateien der Nodes</translation>
    </message>
    <message>
        <source>Results of other tools</source>
        <translation>Ergebnisse anderer Werkzeuge</translation>
    </message>
    <message>
        <source>Version of Kubernetes</source>
        <translation>Version von Kubernetes</translation>
    </message>
    <message>
        <source>Audit policy of the API server</source>
        <translation>Audit-Richtlinie des API-Servers</translation>
    </message>
    <message>
        <source>Settings of %1</source>
        <translation>Einstellungen von %1</translation>
    </message>
    <message>
        <source>Signatures and attestations of the images</source>
        <extracomment>what lies beside an image in an OCI layout</extracomment>
        <translation>Signaturen und Nachweise zu den Images</translation>
    </message>
    <message>
        <source>Public key of the signatures</source>
        <translation>Öffentlicher Schlüssel der Signaturen</translation>
    </message>
    <message>
        <source>not every image was handed over as an OCI layout; docker save leaves them out</source>
        <translation>nicht jedes Image liegt als OCI-Layout vor; docker save lässt sie weg</translation>
    </message>
    <message>
        <source>Digests last computed on %1</source>
        <extracomment>%1 a date and time: when the digests of a source were computed last</extracomment>
        <translation>Prüfsummen zuletzt nachgerechnet am %1</translation>
    </message>
    <message>
        <source>%1: digests and findings are those of %2. They were not computed again before this report, because the file was not at hand.</source>
        <extracomment>%1 number of the source, &quot;Q1&quot;; %2 a date and time</extracomment>
        <translation>%1: Prüfsummen und Befunde stammen vom %2. Sie wurden vor diesem Bericht nicht nachgerechnet, weil die Datei nicht vorlag.</translation>
    </message>
    <message>
        <source>Digests of a source computed again</source>
        <translation>Prüfsummen einer Quelle nachgerechnet</translation>
    </message>
    <message>
        <source>Source read anew: it was not what had been kept of it</source>
        <translation>Quelle neu gelesen: Sie entsprach nicht dem, was über sie festgehalten war</translation>
    </message>
    <message>
        <source>Layers and configurations of the images</source>
        <translation>Schichten und Konfigurationen der Images</translation>
    </message>
    <message>
        <source>at least one could not be read to its end</source>
        <translation>mindestens eine ließ sich nicht bis zum Ende lesen</translation>
    </message>
    <message>
        <source>not read</source>
        <extracomment>of a layer: it was not read to its end</extracomment>
        <translation>nicht gelesen</translation>
    </message>
    <message>
        <source>the same file again</source>
        <translation>dieselbe Datei noch einmal</translation>
    </message>
    <message>
        <source>Audit log of the API server</source>
        <translation>Audit-Protokoll des API-Servers</translation>
    </message>
    <message>
        <source>Snapshot of etcd</source>
        <translation>Snapshot von etcd</translation>
    </message>
    <message>
        <source>cluster export, Rancher support bundle</source>
        <translation>Cluster-Export, Support-Paket von Rancher</translation>
    </message>
    <message>
        <source>cluster export, Troubleshoot support bundle</source>
        <translation>Cluster-Export, Support-Paket von Troubleshoot</translation>
    </message>
    <message>
        <source>cluster export, must-gather</source>
        <translation>Cluster-Export, must-gather</translation>
    </message>
    <message>
        <source>cluster export, Insights archive</source>
        <translation>Cluster-Export, Insights-Archiv</translation>
    </message>
    <message>
        <source>cluster export, Velero backup</source>
        <translation>Cluster-Export, Sicherung von Velero</translation>
    </message>
    <message>
        <source>cluster export, Sonobuoy results</source>
        <translation>Cluster-Export, Ergebnisse von Sonobuoy</translation>
    </message>
    <message>
        <source>cluster export, k8s-baseline-audit bundle</source>
        <translation>Cluster-Export, Paket von k8s-baseline-audit</translation>
    </message>
    <message>
        <source>cluster export, kubectl cluster-info dump</source>
        <translation>Cluster-Export, kubectl cluster-info dump</translation>
    </message>
    <message>
        <source>Kubernetes manifests, rendered by Helm</source>
        <translation>Kubernetes-Manifeste, von Helm gerendert</translation>
    </message>
    <message>
        <source>Helm chart, not rendered</source>
        <translation>Helm-Chart, nicht gerendert</translation>
    </message>
    <message>
        <source>Kustomize folder, not rendered</source>
        <translation>Kustomize-Ordner, nicht gerendert</translation>
    </message>
    <message>
        <source>audit log of the API server</source>
        <translation>Audit-Protokoll des API-Servers</translation>
    </message>
    <message>
        <source>snapshot of etcd</source>
        <translation>Snapshot von etcd</translation>
    </message>
    <message>
        <source>In what could be read of the layers the program found no noteworthy files.</source>
        <translation>In dem, was von den Schichten lesbar war, hat das Programm keine auffälligen Dateien gefunden.</translation>
    </message>
    <message>
        <source>Not everything of this image could be read: what the layers or the configuration named below hold is not known, and the sizes, files and packages on these pages are not all there are.</source>
        <translation>Dieses Image ließ sich nicht ganz lesen: Was die unten genannten Schichten oder die Konfiguration enthalten, ist nicht bekannt; Größen, Dateien und Pakete sind hier nicht vollständig.</translation>
    </message>
    <message>
        <source>none, on record</source>
        <translation>keine, lt. Prüfer</translation>
    </message>
    <message>
        <source>no house policy, or it does not lay this down</source>
        <translation>keine Hausregeln, oder sie legen dies nicht fest</translation>
    </message>
    <message>
        <source>no public key entered</source>
        <translation>kein öffentlicher Schlüssel hinterlegt</translation>
    </message>
    <message>
        <source>%1: none there by the auditor&apos;s word, see section 2.4</source>
        <translation>%1: laut Prüfer nicht vorhanden, siehe Abschnitt 2.4</translation>
    </message>
    <message>
        <source>On record without an export</source>
        <translation>Ohne Export festgehalten</translation>
    </message>
    <message>
        <source>These kinds are not in the export. The auditor recorded that they were asked for and that there was none; what rests on that rests on this word:</source>
        <translation>Diese Arten stehen nicht im Export. Prüfende haben festgehalten, dass sie abgefragt wurden und nichts vorhanden war; was darauf beruht, beruht auf dieser Angabe:</translation>
    </message>
    <message>
        <source>How that is known</source>
        <translation>Woher das bekannt ist</translation>
    </message>
    <message>
        <source>Recorded by</source>
        <translation>Festgehalten von</translation>
    </message>
    <message>
        <source>House policy and keys</source>
        <translation>Hausregeln und Schlüssel</translation>
    </message>
    <message>
        <source>No house policy was entered. What only the institution itself can lay down (trusted registries, forbidden packages, required labels, network zones) is not checked.</source>
        <translation>Es wurden keine Hausregeln hinterlegt. Was nur die Institution selbst festlegen kann (vertrauenswürdige Registries, verbotene Pakete, vorgeschriebene Labels, Netzzonen), ist nicht geprüft.</translation>
    </message>
    <message>
        <source>The institution’s own policy, entered in the audit, is part of every run:</source>
        <translation>Die hier eingetragenen Regeln der Institution gehen in jeden Prüflauf ein:</translation>
    </message>
    <message>
        <source>The institution’s own policy, file “%1”, is part of every run:</source>
        <translation>Die Regeln der Institution aus der Datei „%1“ gehen in jeden Prüflauf ein:</translation>
    </message>
    <message>
        <source>SHA-256 of its text:</source>
        <translation>SHA-256 des Wortlauts:</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Laid down</source>
        <translation>Festgelegt</translation>
    </message>
    <message>
        <source>not laid down</source>
        <translation>nicht festgelegt</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 Tage</translation>
    </message>
    <message>
        <source>required</source>
        <translation>verlangt</translation>
    </message>
    <message>
        <source>the house decided against them</source>
        <translation>die Institution verzichtet darauf</translation>
    </message>
    <message>
        <source>Allowed registries</source>
        <translation>Zugelassene Registries</translation>
    </message>
    <message>
        <source>Approved base images</source>
        <translation>Freigegebene Basisimages</translation>
    </message>
    <message>
        <source>Forbidden packages</source>
        <translation>Verbotene Pakete</translation>
    </message>
    <message>
        <source>Required labels</source>
        <translation>Vorgeschriebene Labels</translation>
    </message>
    <message>
        <source>Minimum number of replicas</source>
        <translation>Mindestzahl der Instanzen</translation>
    </message>
    <message>
        <source>Greatest age of an image</source>
        <translation>Höchstalter eines Images</translation>
    </message>
    <message>
        <source>CPU limits</source>
        <translation>CPU-Obergrenzen</translation>
    </message>
    <message>
        <source>Network zones</source>
        <translation>Netzzonen</translation>
    </message>
    <message>
        <source>administration</source>
        <translation>Administration</translation>
    </message>
    <message>
        <source>access to applications</source>
        <translation>Zugang zu Anwendungen</translation>
    </message>
    <message>
        <source>inside the cluster</source>
        <translation>innerhalb des Clusters</translation>
    </message>
    <message>
        <source>No public key was entered. Whether signatures of images are good was therefore not checked.</source>
        <translation>Es wurde kein öffentlicher Schlüssel hinterlegt. Ob Signaturen von Images gültig sind, wurde deshalb nicht geprüft.</translation>
    </message>
    <message>
        <source>Public keys for signatures of images</source>
        <translation>Öffentliche Schlüssel für Signaturen von Images</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Kind of key</source>
        <translation>Art des Schlüssels</translation>
    </message>
    <message>
        <source>Fingerprint (SHA-256)</source>
        <translation>Fingerabdruck (SHA-256)</translation>
    </message>
    <message>
        <source>Added by</source>
        <translation>Hinterlegt von</translation>
    </message>
    <message>
        <source>Sources, policy or keys have changed since the last run: the findings do not yet rest on them.</source>
        <translation>Quellen, Hausregeln oder Schlüssel haben sich seit dem letzten Prüflauf geändert: Die Befunde beruhen noch nicht darauf.</translation>
    </message>
    <message>
        <source>Exceptions</source>
        <translation>Ausnahmen</translation>
    </message>
    <message>
        <source>No exceptions are recorded.</source>
        <translation>Es sind keine Ausnahmen festgehalten.</translation>
    </message>
    <message>
        <source>An exception hides nothing: the finding stays in annex A, marked. A part stays a deviation, unless all findings that prove it are false alarms; then a person decides. Expired exceptions count no more.</source>
        <translation>Eine Ausnahme verbirgt nichts: Der Befund bleibt gekennzeichnet in Anhang A stehen. Eine Teilanforderung bleibt eine Abweichung, es sei denn, alle belegenden Befunde sind Fehlalarme; dann entscheidet ein Mensch. Abgelaufene Ausnahmen gelten nicht mehr.</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Kind and reason</source>
        <translation>Art und Begründung</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>a finding that the last run does not have</source>
        <translation>ein Befund, den der letzte Prüflauf nicht mehr hat</translation>
    </message>
    <message>
        <source>all causes</source>
        <translation>alle Ursachen</translation>
    </message>
    <message>
        <source>in system namespaces</source>
        <translation>in Systemnamensräumen</translation>
    </message>
    <message>
        <source>everywhere</source>
        <translation>überall</translation>
    </message>
    <message>
        <source>without expiry</source>
        <translation>unbefristet</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>to be checked by a person: proving findings, all called false alarms: %1</source>
        <translation>manuell zu prüfen; belegende Befunde, alle als Fehlalarm eingestuft: %1</translation>
    </message>
    <message>
        <source>partly checked; proving findings, all called false alarms: %1; not seen: %2</source>
        <translation>teilweise geprüft; belegende Befunde, alle als Fehlalarm eingestuft: %1; nicht gesehen: %2</translation>
    </message>
    <message>
        <source>exceptions among them: %1 (section 2.7)</source>
        <translation>davon Ausnahmen: %1 (Abschnitt 2.7)</translation>
    </message>
    <message>
        <source>all as exceptions (section 2.7)</source>
        <translation>alle als Ausnahme (Abschnitt 2.7)</translation>
    </message>
    <message>
        <source>House policy changed</source>
        <translation>Hausregeln geändert</translation>
    </message>
    <message>
        <source>Change of the house policy undone</source>
        <translation>Änderung der Hausregeln zurückgenommen</translation>
    </message>
    <message>
        <source>Change of the house policy restored</source>
        <translation>Änderung der Hausregeln wiederhergestellt</translation>
    </message>
    <message>
        <source>Public keys changed</source>
        <translation>Öffentliche Schlüssel geändert</translation>
    </message>
    <message>
        <source>Change of the public keys undone</source>
        <translation>Änderung der öffentlichen Schlüssel zurückgenommen</translation>
    </message>
    <message>
        <source>Change of the public keys restored</source>
        <translation>Änderung der öffentlichen Schlüssel wiederhergestellt</translation>
    </message>
    <message>
        <source>Exception undone</source>
        <translation>Ausnahme zurückgenommen</translation>
    </message>
    <message>
        <source>Exception restored</source>
        <translation>Ausnahme wiederhergestellt</translation>
    </message>
    <message>
        <source>Exception withdrawn</source>
        <translation>Ausnahme widerrufen</translation>
    </message>
    <message>
        <source>Withdrawal of an exception undone</source>
        <translation>Widerruf einer Ausnahme zurückgenommen</translation>
    </message>
    <message>
        <source>Withdrawal of an exception restored</source>
        <translation>Widerruf einer Ausnahme wiederhergestellt</translation>
    </message>
    <message>
        <source>The exception expired on %1 and counts no more: %2 (%3)</source>
        <extracomment>day, reason, who</extracomment>
        <translation>Die Ausnahme ist am %1 abgelaufen und gilt nicht mehr: %2 (%3)</translation>
    </message>
    <message>
        <source>Image signatures</source>
        <translation>Image-Signaturen</translation>
    </message>
    <message>
        <source>none beside the image</source>
        <translation>keine beim Image</translation>
    </message>
    <message>
        <source>this form carries none along</source>
        <translation>diese Form führt keine mit</translation>
    </message>
    <message>
        <source>good: %1, %2, %3</source>
        <extracomment>file, kind and fingerprint of a key</extracomment>
        <translation>gültig: %1, %2, %3</translation>
    </message>
    <message>
        <source>not verified: %1</source>
        <translation>nicht bestätigt: %1</translation>
    </message>
    <message>
        <source>without the list of Namespaces it is not known whether all of them are in the export</source>
        <translation>ohne die Liste der Namespaces ist nicht bekannt, ob alle im Export enthalten sind</translation>
    </message>
    <message>
        <source>Exports of one single cluster</source>
        <translation>Exporte eines einzigen Clusters</translation>
    </message>
    <message>
        <source>objects of different clusters are mixed (section 2.4)</source>
        <translation>Objekte verschiedener Cluster sind vermischt (Abschnitt 2.4)</translation>
    </message>
    <message>
        <source>The list of Namespaces is missing. Whether the export holds all namespaces is not known.</source>
        <translation>Die Liste der Namespaces fehlt. Ob der Export alle Namespaces enthält, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Objects of different clusters were read as one (%1): what joins objects, and what says that something is absent, cannot be relied on.</source>
        <translation>Objekte verschiedener Cluster wurden wie ein Cluster gelesen (%1): Was Objekte verknüpft oder aus dem Fehlen von Objekten schließt, ist nicht verlässlich.</translation>
    </message>
    <message>
        <source>Difference report: %1</source>
        <translation>Differenzbericht: %1</translation>
    </message>
    <message>
        <source>Difference report</source>
        <translation>Differenzbericht</translation>
    </message>
    <message>
        <source>Comparison of two audits by module %1</source>
        <translation>Vergleich zweier Prüfungen nach Baustein %1</translation>
    </message>
    <message>
        <source>Earlier audit</source>
        <translation>Frühere Prüfung</translation>
    </message>
    <message>
        <source>Newer audit</source>
        <translation>Neuere Prüfung</translation>
    </message>
    <message>
        <source>%1, judged on %2</source>
        <translation>%1, ausgewertet am %2</translation>
    </message>
    <message>
        <source>Journal head of the earlier audit:</source>
        <translation>Journalkopf der früheren Prüfung:</translation>
    </message>
    <message>
        <source>Journal head of the newer audit:</source>
        <translation>Journalkopf der neueren Prüfung:</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>What is no longer there was looked for in the newer data; what could not be looked for is listed apart from it. The program decides nothing.</source>
        <translation>Was nicht mehr vorhanden ist, wurde in den neueren Daten gesucht; was nicht gesucht werden konnte, steht getrennt davon. Das Programm entscheidet nichts.</translation>
    </message>
    <message>
        <source>without a title</source>
        <translation>ohne Titel</translation>
    </message>
    <message>
        <source>%1 new findings, %2 no longer there, %3 no longer looked at</source>
        <translation>%1 neue Befunde, %2 nicht mehr vorhanden, %3 nicht mehr geprüft</translation>
    </message>
    <message>
        <source>%1 findings are unchanged, %2 are still there and changed.</source>
        <translation>%1 Befunde sind unverändert, %2 bestehen verändert fort.</translation>
    </message>
    <message>
        <source>%1 are new only because today’s rules look for them: the earlier data has them, too. %2 are gone only because today’s rules no longer say so: nothing was mended.</source>
        <translation>%1 sind nur neu, weil die heutigen Regeln danach suchen: Auch die früheren Daten enthalten sie. %2 fehlen nur, weil die heutigen Regeln sie nicht mehr melden: Behoben wurde dabei nichts.</translation>
    </message>
    <message>
        <source>new findings</source>
        <translation>neue Befunde</translation>
    </message>
    <message>
        <source>no longer there</source>
        <translation>nicht mehr vorhanden</translation>
    </message>
    <message>
        <source>no longer looked at: nobody can tell</source>
        <translation>nicht mehr geprüft: nicht beurteilbar</translation>
    </message>
    <message>
        <source>still there, changed</source>
        <translation>bestehen verändert fort</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>At least one of the two exports does not tell which cluster it is. They were taken for the same one.</source>
        <translation>Mindestens einer der beiden Exporte gibt nicht an, zu welchem Cluster er gehört. Sie wurden als derselbe Cluster behandelt.</translation>
    </message>
    <message>
        <source>The two audits are about two different clusters. What stands in them was not compared.</source>
        <translation>Die beiden Prüfungen betreffen zwei verschiedene Cluster. Deren Inhalte wurden nicht verglichen.</translation>
    </message>
    <message>
        <source>The two audits are about two different clusters. They were compared by the names of what stands in them.</source>
        <translation>Die beiden Prüfungen betreffen zwei verschiedene Cluster. Sie wurden anhand der Namen ihrer Objekte verglichen.</translation>
    </message>
    <message>
        <source>The newer audit has no cluster export. What was found there before was not looked at.</source>
        <translation>Die neuere Prüfung enthält keinen Cluster-Export. Was dort zuvor festgestellt wurde, ist nicht geprüft.</translation>
    </message>
    <message>
        <source>The earlier audit had no cluster export. All findings in the cluster are therefore new.</source>
        <translation>Die frühere Prüfung enthielt keinen Cluster-Export. Alle Befunde im Cluster sind daher neu.</translation>
    </message>
    <message>
        <source>The rules changed between the two audits. The stored data of the earlier one was judged by today’s rules as well, to tell what is new in the cluster from what is only looked for now.</source>
        <translation>Die Regeln haben sich zwischen den Prüfungen geändert. Die gespeicherten Daten der früheren wurden auch nach den heutigen Regeln ausgewertet, um Neues im Cluster von dem zu trennen, wonach erst jetzt gesucht wird.</translation>
    </message>
    <message>
        <source>The house’s own rules or keys changed between the two audits. The stored data of the earlier one was judged by today’s as well.</source>
        <translation>Die Hausregeln oder Schlüssel haben sich zwischen den Prüfungen geändert. Die gespeicherten Daten der früheren wurden auch nach den heutigen ausgewertet.</translation>
    </message>
    <message>
        <source>The rules changed between the two audits, and the data of the earlier one could not be judged by today’s rules. A new finding may be new only because it is looked for now.</source>
        <translation>Die Regeln haben sich zwischen den Prüfungen geändert, und die Daten der früheren konnten nicht nach den heutigen Regeln ausgewertet werden. Ein neuer Befund kann allein deshalb neu sein, weil jetzt danach gesucht wird.</translation>
    </message>
    <message>
        <source>The findings of both audits could not be matched as stored. The data of the earlier one was judged again by today’s rules.</source>
        <translation>Die Befunde beider Prüfungen ließen sich nicht wie gespeichert zuordnen. Die Daten der früheren wurden nach den heutigen Regeln neu ausgewertet.</translation>
    </message>
    <message>
        <source>The findings of the two audits cannot be matched, and the data of the earlier one could not be judged again. Findings were not compared.</source>
        <translation>Die Befunde der beiden Prüfungen lassen sich nicht zuordnen, und die Daten der früheren konnten nicht neu ausgewertet werden. Befunde wurden nicht verglichen.</translation>
    </message>
    <message>
        <source>Sources, house rules or keys of the newer audit changed after it was judged last.</source>
        <translation>Quellen, Hausregeln oder Schlüssel der neueren Prüfung wurden nach ihrer letzten Auswertung geändert.</translation>
    </message>
    <message>
        <source>What got better</source>
        <translation>Was besser geworden ist</translation>
    </message>
    <message>
        <source>What got worse</source>
        <translation>Was schlechter geworden ist</translation>
    </message>
    <message>
        <source>What nobody can tell</source>
        <translation>Was sich nicht beurteilen lässt</translation>
    </message>
    <message>
        <source>No requirement got better.</source>
        <translation>Keine Anforderung hat sich verbessert.</translation>
    </message>
    <message>
        <source>No requirement got worse.</source>
        <translation>Keine Anforderung hat sich verschlechtert.</translation>
    </message>
    <message>
        <source>Nothing that could be judged before is open now.</source>
        <translation>Nichts, was zuvor beurteilt werden konnte, ist jetzt offen.</translation>
    </message>
    <message>
        <source>and %1 more in section 2</source>
        <translation>und %1 weitere in Abschnitt 2</translation>
    </message>
    <message>
        <source>Requirements then and now</source>
        <translation>Anforderungen damals und heute</translation>
    </message>
    <message>
        <source>Proposal then</source>
        <translation>Vorschlag damals</translation>
    </message>
    <message>
        <source>Proposal now</source>
        <translation>Vorschlag heute</translation>
    </message>
    <message>
        <source>Decision then</source>
        <translation>Entscheidung damals</translation>
    </message>
    <message>
        <source>Decision now</source>
        <translation>Entscheidung heute</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Damals</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Veränderung</translation>
    </message>
    <message>
        <source>as before</source>
        <translation>wie zuvor</translation>
    </message>
    <message>
        <source>better</source>
        <translation>besser</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>schlechter</translation>
    </message>
    <message>
        <source>no longer known</source>
        <translation>nicht mehr bekannt</translation>
    </message>
    <message>
        <source>now known</source>
        <translation>jetzt bekannt</translation>
    </message>
    <message>
        <source>different</source>
        <translation>anders</translation>
    </message>
    <message>
        <source>not judged</source>
        <translation>nicht ausgewertet</translation>
    </message>
    <message>
        <source>A proposal is what the program saw; a decision is what a person laid down.</source>
        <translation>Ein Vorschlag ist, was das Programm gesehen hat; eine Entscheidung hat ein Mensch getroffen.</translation>
    </message>
    <message>
        <source>Decisions that changed</source>
        <translation>Geänderte Entscheidungen</translation>
    </message>
    <message>
        <source>No decision differs.</source>
        <translation>Keine Entscheidung weicht ab.</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Requirement or part</source>
        <translation>Anforderung oder Teil</translation>
    </message>
    <message>
        <source>New findings</source>
        <translation>Neue Befunde</translation>
    </message>
    <message>
        <source>There are no new findings.</source>
        <translation>Es gibt keine neuen Befunde.</translation>
    </message>
    <message>
        <source>Findings that are no longer there</source>
        <translation>Nicht mehr vorhandene Befunde</translation>
    </message>
    <message>
        <source>The newer audit looked at the same places.</source>
        <translation>Die neuere Prüfung hat dieselben Stellen geprüft.</translation>
    </message>
    <message>
        <source>None of the earlier findings has gone.</source>
        <translation>Keiner der früheren Befunde ist entfallen.</translation>
    </message>
    <message>
        <source>Findings that were no longer looked at</source>
        <translation>Nicht mehr geprüfte Befunde</translation>
    </message>
    <message>
        <source>The newer audit lacks what it needs to see them. They must not be taken for mended.</source>
        <translation>Der neueren Prüfung fehlt, was sie dazu bräuchte. Sie dürfen nicht als behoben gelten.</translation>
    </message>
    <message>
        <source>Everything that was found before was looked at again.</source>
        <translation>Alles zuvor Festgestellte wurde erneut geprüft.</translation>
    </message>
    <message>
        <source>Findings that changed</source>
        <translation>Veränderte Befunde</translation>
    </message>
    <message>
        <source>None of the findings that are still there changed.</source>
        <translation>Keiner der fortbestehenden Befunde hat sich verändert.</translation>
    </message>
    <message>
        <source>Differences by rules only</source>
        <translation>Nur durch Regeln bedingte Unterschiede</translation>
    </message>
    <message>
        <source>New only because today’s rules look for them</source>
        <translation>Nur neu, weil die heutigen Regeln danach suchen</translation>
    </message>
    <message>
        <source>Gone only because today’s rules no longer say so</source>
        <translation>Nur entfallen, weil die heutigen Regeln sie nicht mehr melden</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>severity: %1, before %2</source>
        <translation>Schwere: %1, zuvor %2</translation>
    </message>
    <message>
        <source>Before: %1</source>
        <translation>Zuvor: %1</translation>
    </message>
    <message>
        <source>another item of the same list</source>
        <translation>anderer Eintrag derselben Liste</translation>
    </message>
    <message>
        <source>container %1</source>
        <translation>Container %1</translation>
    </message>
    <message>
        <source>What the audits rest on</source>
        <translation>Worauf die Prüfungen beruhen</translation>
    </message>
    <message>
        <source>same content</source>
        <translation>gleicher Inhalt</translation>
    </message>
    <message>
        <source>other content</source>
        <translation>anderer Inhalt</translation>
    </message>
    <message>
        <source>only then</source>
        <translation>nur damals</translation>
    </message>
    <message>
        <source>only now</source>
        <translation>nur heute</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Edition</source>
        <translation>Edition</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Katalog</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Prüfregeln</translation>
    </message>
    <message>
        <source>House rules</source>
        <translation>Hausregeln</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Opened images</source>
        <translation>Geöffnete Images</translation>
    </message>
    <message>
        <source>Neither audit opened an image.</source>
        <translation>In keiner der Prüfungen wurde ein Image geöffnet.</translation>
    </message>
    <message>
        <source>Images of containers that changed</source>
        <translation>Geänderte Images von Containern</translation>
    </message>
    <message>
        <source>No container runs another image.</source>
        <translation>Kein Container läuft mit einem anderen Image.</translation>
    </message>
    <message>
        <source>Workloads and namespaces that came or went</source>
        <translation>Hinzugekommene und entfallene Workloads und Namespaces</translation>
    </message>
    <message>
        <source>No workload and no namespace came or went.</source>
        <translation>Kein Workload und kein Namespace ist hinzugekommen oder entfallen.</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>entfallen</translation>
    </message>
    <message>
        <source>Exceptions that changed</source>
        <translation>Geänderte Ausnahmen</translation>
    </message>
    <message>
        <source>No exception differs.</source>
        <translation>Keine Ausnahme weicht ab.</translation>
    </message>
    <message>
        <source>expired since</source>
        <translation>seither abgelaufen</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>“%1” (judged on %2) and “%3” (judged on %4)</source>
        <translation>„%1“ (ausgewertet am %2) und „%3“ (ausgewertet am %4)</translation>
    </message>
    <message>
        <source>New: %1</source>
        <translation>Neu: %1</translation>
    </message>
    <message>
        <source>No longer there: %1</source>
        <translation>Nicht mehr vorhanden: %1</translation>
    </message>
    <message>
        <source>No longer looked at: %1</source>
        <translation>Nicht mehr geprüft: %1</translation>
    </message>
    <message>
        <source>Changed: %1</source>
        <translation>Verändert: %1</translation>
    </message>
    <message>
        <source>New by rules only: %1</source>
        <translation>Nur durch Regeln neu: %1</translation>
    </message>
    <message>
        <source>Gone by rules only: %1</source>
        <translation>Nur durch Regeln entfallen: %1</translation>
    </message>
    <message>
        <source>Unchanged: %1</source>
        <translation>Unverändert: %1</translation>
    </message>
    <message>
        <source>Requirements whose proposal or decision changed: %1</source>
        <translation>Anforderungen mit geändertem Vorschlag oder geänderter Entscheidung: %1</translation>
    </message>
    <message>
        <source>Decisions that changed: %1</source>
        <translation>Geänderte Entscheidungen: %1</translation>
    </message>
    <message>
        <source>Containers with another image: %1</source>
        <translation>Container mit anderem Image: %1</translation>
    </message>
    <message>
        <source>Exceptions that changed: %1</source>
        <translation>Geänderte Ausnahmen: %1</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Interviewed</source>
        <translation>Befragt</translation>
    </message>
    <message>
        <source>Assessed</source>
        <translation>Erhoben</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>Aufwand</translation>
    </message>
    <message>
        <source>%1 person-days</source>
        <extracomment>%1 a number</extracomment>
        <translation>%1 Personentage</translation>
    </message>
    <message>
        <source>Residual risk</source>
        <translation>Restrisiko</translation>
    </message>
    <message>
        <source>Second person</source>
        <translation>Zweite Person</translation>
    </message>
    <message>
        <source>submitted by %1, %2; not reviewed yet</source>
        <extracomment>%1 a name, %2 a date</extracomment>
        <translation>vorgelegt von %1, %2; noch nicht gegengeprüft</translation>
    </message>
    <message>
        <source>accepted by %1, %2</source>
        <extracomment>%1 a name, %2 a date</extracomment>
        <translation>bestätigt von %1, %2</translation>
    </message>
    <message>
        <source>sent back by %1, %2</source>
        <extracomment>%1 a name, %2 a date</extracomment>
        <translation>zurückgegeben von %1, %2</translation>
    </message>
    <message>
        <source>decided anew since then</source>
        <translation>seitdem neu entschieden</translation>
    </message>
    <message>
        <source>What is to be done, by whom and until when; and what is accepted as a risk.</source>
        <translation>Was zu tun ist, von wem und bis wann; und welche Risiken übernommen werden.</translation>
    </message>
    <message>
        <source>No measure is planned yet.</source>
        <translation>Es ist noch keine Maßnahme geplant.</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Vorrang</translation>
    </message>
    <message>
        <source>PD</source>
        <extracomment>head of a narrow column: person-days</extracomment>
        <translation>PT</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>geplant</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>in Arbeit</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>geprüft</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>überfällig</translation>
    </message>
    <message>
        <source>%1 € once</source>
        <extracomment>%1 an amount in euros</extracomment>
        <translation>einmalig %1 €</translation>
    </message>
    <message>
        <source>%1 € a year</source>
        <translation>jährlich %1 €</translation>
    </message>
    <message>
        <source>Estimated in all</source>
        <translation>Geschätzt insgesamt</translation>
    </message>
    <message>
        <source>Named in decisions, not yet planned as measures</source>
        <translation>In Entscheidungen genannt, noch nicht als Maßnahme geplant</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitliche Folge</translation>
    </message>
    <message>
        <source>Each bar runs from %1 to the day by which the measure is to be done; the longest one ends on %2. What has passed has no bar.</source>
        <extracomment>%1 and %2 dates</extracomment>
        <translation>Jeder Balken reicht vom %1 bis zu dem Tag, an dem die Maßnahme umgesetzt sein soll; der längste endet am %2. Was verstrichen ist, hat keinen Balken.</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Verbleibende Zeit</translation>
    </message>
    <message>
        <source>Risk acceptances</source>
        <translation>Risikoübernahmen</translation>
    </message>
    <message>
        <source>No risk has been accepted.</source>
        <translation>Es wurde kein Risiko übernommen.</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Modal</source>
        <translation>Modal</translation>
    </message>
    <message>
        <source>What remains</source>
        <translation>Was bleibt</translation>
    </message>
    <message>
        <source>Accepted findings: %1 (%2)</source>
        <extracomment>%1 a number, %2 the title of a check</extracomment>
        <translation>Akzeptierte Befunde: %1 (%2)</translation>
    </message>
    <message>
        <source>Accepted findings of %1 are not listed: what must be met admits no acceptance of a risk, and remains a deviation.</source>
        <extracomment>%1 ids of parts</extracomment>
        <translation>Akzeptierte Befunde zu %1 sind nicht aufgeführt: Ein MUSS lässt keine Risikoübernahme zu und bleibt eine Abweichung.</translation>
    </message>
    <message>
        <source>Details of a decision</source>
        <translation>Einzelheiten einer Entscheidung</translation>
    </message>
    <message>
        <source>Review by a second person</source>
        <translation>Gegenprüfung durch eine zweite Person</translation>
    </message>
    <message>
        <source>Request for evidence</source>
        <translation>Nachweisanforderung</translation>
    </message>
    <message>
        <source>Saved filter</source>
        <translation>Gespeicherter Filter</translation>
    </message>
    <message>
        <source>Severity judged by the auditor</source>
        <translation>Schwere nach Urteil der Prüfer</translation>
    </message>
    <message>
        <source>Evidence attached</source>
        <translation>Nachweis angehängt</translation>
    </message>
    <message>
        <source>Evidence removed</source>
        <translation>Nachweis entfernt</translation>
    </message>
    <message>
        <source>Evidence restored</source>
        <translation>Nachweis wiederhergestellt</translation>
    </message>
    <message>
        <source>Setting of the audit</source>
        <translation>Einstellung der Prüfung</translation>
    </message>
    <message>
        <source>Kinds that were asked for</source>
        <translation>Abgefragte Arten</translation>
    </message>
    <message>
        <source>%1: change undone</source>
        <extracomment>%1 an event of the journal that was taken back</extracomment>
        <translation>%1: Änderung zurückgenommen</translation>
    </message>
    <message>
        <source>%1: change restored</source>
        <extracomment>%1 an event of the journal</extracomment>
        <translation>%1: Änderung wiederhergestellt</translation>
    </message>
    <message>
        <source>%1: removed</source>
        <extracomment>%1 an event of the journal</extracomment>
        <translation>%1: entfernt</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Anlagen</translation>
    </message>
    <message>
        <source>Requirements</source>
        <translation>Anforderungen</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>No evidence was attached to this audit.</source>
        <translation>Zu diesem Audit wurden keine Nachweise angehängt.</translation>
    </message>
    <message>
        <source>The files are embedded in this PDF and listed by the reader&apos;s view of attachments. They are kept as they were handed over; nothing in them is masked.</source>
        <translation>Die Dateien sind in dieses PDF eingebettet; der Betrachter führt sie unter den Anlagen. Sie sind, wie sie übergeben wurden; nichts darin ist unkenntlich gemacht.</translation>
    </message>
    <message>
        <source>The files lie in the audit file, as they were handed over; nothing in them is masked. They are written out with</source>
        <translation>Die Dateien liegen in der Auditdatei, wie sie übergeben wurden; nichts darin ist unkenntlich gemacht. Herausgeschrieben werden sie mit</translation>
    </message>
    <message>
        <source>FOLDER</source>
        <translation>ORDNER</translation>
    </message>
    <message>
        <source>Removed since and not listed: %1. The journal names them, and the audit file holds them.</source>
        <translation>Inzwischen entfernt und nicht aufgeführt: %1. Das Journal nennt sie, und die Auditdatei enthält sie.</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Nachweise</translation>
    </message>
    <message>
        <source>Evidence list</source>
        <translation>Nachweisverzeichnis</translation>
    </message>
    <message>
        <source>What was handed over or recorded as evidence, with the requirements that it concerns.</source>
        <translation>Was als Nachweis übergeben oder festgehalten wurde, mit den Anforderungen, die es betrifft.</translation>
    </message>
    <message>
        <source>Title, file, note</source>
        <translation>Titel, Datei, Notiz</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>expired on %1</source>
        <translation>abgelaufen am %1</translation>
    </message>
    <message>
        <source>added by %1 on %2</source>
        <extracomment>%1 a person, %2 a date</extracomment>
        <translation>angehängt von %1 am %2</translation>
    </message>
    <message>
        <source>none named</source>
        <translation>keine genannt</translation>
    </message>
    <message>
        <source>By requirement</source>
        <translation>Nach Anforderungen</translation>
    </message>
    <message>
        <source>Digests</source>
        <translation>Prüfsummen</translation>
    </message>
    <message>
        <source>Evidence that is asked for</source>
        <translation>Angeforderte Nachweise</translation>
    </message>
    <message>
        <source>Evidence request list</source>
        <translation>Anforderungsliste</translation>
    </message>
    <message>
        <source>Please hand over what stands here by the day named, or write in the last column where it is to be found, or that it does not exist.</source>
        <translation>Bitte übergeben Sie das Aufgeführte bis zum genannten Tag, oder tragen Sie in die letzte Spalte ein, wo es zu finden ist oder dass es das nicht gibt.</translation>
    </message>
    <message>
        <source>What is asked for</source>
        <translation>Was angefordert wird</translation>
    </message>
    <message>
        <source>Of whom</source>
        <translation>Von wem</translation>
    </message>
    <message>
        <source>asked on %1</source>
        <translation>angefordert am %1</translation>
    </message>
    <message>
        <source>Answer, document, date</source>
        <translation>Antwort, Dokument, Datum</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Beantwortet</translation>
    </message>
    <message>
        <source>received</source>
        <translation>erhalten</translation>
    </message>
    <message>
        <source>not available</source>
        <translation>nicht vorhanden</translation>
    </message>
    <message>
        <source>overdue since %1</source>
        <translation>überfällig seit %1</translation>
    </message>
    <message>
        <source>Nothing is asked for.</source>
        <translation>Es wird nichts angefordert.</translation>
    </message>
    <message>
        <source>Everything that was asked for is answered.</source>
        <translation>Alles Angeforderte ist beantwortet.</translation>
    </message>
    <message>
        <source>Filled in by (name, date)</source>
        <translation>Ausgefüllt von (Name, Datum)</translation>
    </message>
    <message>
        <source>Attaching evidence undone</source>
        <translation>Anhängen eines Nachweises rückgängig gemacht</translation>
    </message>
    <message>
        <source>Evidence attached again</source>
        <translation>Nachweis wieder angehängt</translation>
    </message>
    <message>
        <source>Details of evidence changed</source>
        <translation>Angaben zum Nachweis geändert</translation>
    </message>
    <message>
        <source>Change of the details of evidence undone</source>
        <translation>Änderung der Angaben zum Nachweis rückgängig gemacht</translation>
    </message>
    <message>
        <source>Change of the details of evidence restored</source>
        <translation>Änderung der Angaben zum Nachweis wiederhergestellt</translation>
    </message>
    <message>
        <source>Removal of evidence undone</source>
        <translation>Entfernen des Nachweises rückgängig gemacht</translation>
    </message>
    <message>
        <source>Evidence removed again</source>
        <translation>Nachweis wieder entfernt</translation>
    </message>
    <message>
        <source>Restoring evidence undone</source>
        <translation>Wiederherstellen des Nachweises rückgängig gemacht</translation>
    </message>
    <message>
        <source>Evidence restored again</source>
        <translation>Nachweis erneut wiederhergestellt</translation>
    </message>
    <message>
        <source>Signed off without a signature by %1 on %2 UTC, journal head %3.</source>
        <extracomment>%1 person, %2 time, %3 head of the journal, shortened</extracomment>
        <translation>Ohne Signatur freigegeben von %1 am %2 UTC, letzter Prüfwert %3.</translation>
    </message>
    <message>
        <source>Signed off by %1 on %2 UTC, journal head %3.</source>
        <extracomment>%1 person, %2 time, %3 head of the journal, shortened</extracomment>
        <translation>Freigegeben von %1 am %2 UTC, letzter Prüfwert %3.</translation>
    </message>
    <message>
        <source>The signature fits. Key: %1, %2</source>
        <extracomment>%1 kind of key, %2 fingerprint</extracomment>
        <translation>Die Signatur passt. Schlüssel: %1, %2</translation>
    </message>
    <message>
        <source>Whose key it is, this file does not prove: compare its fingerprint, or verify with the public key.</source>
        <translation>Wessen Schlüssel es ist, belegt diese Datei nicht: Vergleichen Sie seinen Fingerabdruck, oder prüfen Sie mit dem öffentlichen Schlüssel.</translation>
    </message>
    <message>
        <source>It was signed with the key that was given.</source>
        <translation>Signiert wurde mit dem angegebenen Schlüssel.</translation>
    </message>
    <message>
        <source>None of the sign-offs was signed with the key that was given.</source>
        <translation>Keine der Freigaben wurde mit dem angegebenen Schlüssel signiert.</translation>
    </message>
    <message>
        <source>Not changed since.</source>
        <translation>Seither nicht geändert.</translation>
    </message>
    <message numerus="yes">
        <source>Changed after the sign-off: %n journal entry(s).</source>
        <translation>
            <numerusform>Nach der Freigabe geändert: %n Journaleintrag.</numerusform>
            <numerusform>Nach der Freigabe geändert: %n Journaleinträge.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not signed off.</source>
        <translation>Nicht freigegeben.</translation>
    </message>
    <message>
        <source>Sign-off</source>
        <translation>Freigabe</translation>
    </message>
    <message>
        <source>Signed off by</source>
        <translation>Freigegeben von</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>Zweck</translation>
    </message>
    <message>
        <source>Journal head that was signed off</source>
        <translation>Freigegebener letzter Prüfwert</translation>
    </message>
    <message>
        <source>Digital signature</source>
        <translation>Digitale Signatur</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Since then</source>
        <translation>Seither</translation>
    </message>
    <message>
        <source>none: a name and a date, without a signature</source>
        <translation>keine: ein Name und ein Datum, ohne Signatur</translation>
    </message>
    <message>
        <source>good: it fits the text and the journal</source>
        <translation>gültig: Sie passt zum Text und zum Journal</translation>
    </message>
    <message>
        <source>does not fit: do not rely on this sign-off</source>
        <translation>passt nicht: Verlassen Sie sich nicht auf diese Freigabe</translation>
    </message>
    <message>
        <source>Signed off</source>
        <translation>Freigegeben</translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) whose basis has changed since</source>
        <translation>
            <numerusform>%n Entscheidung, deren Grundlage sich seither geändert hat</numerusform>
            <numerusform>%n Entscheidungen, deren Grundlage sich seither geändert hat</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n review(s) submitted and not answered</source>
        <translation>
            <numerusform>%n vorgelegte Entscheidung noch nicht gegengeprüft</numerusform>
            <numerusform>%n vorgelegte Entscheidungen noch nicht gegengeprüft</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n requirement(s) sent back by the second person</source>
        <translation>
            <numerusform>%n Anforderung von der zweiten Person zurückgegeben</numerusform>
            <numerusform>%n Anforderungen von der zweiten Person zurückgegeben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) of the earlier audit not confirmed</source>
        <translation>
            <numerusform>%n Antwort der früheren Prüfung nicht bestätigt</numerusform>
            <numerusform>%n Antworten der früheren Prüfung nicht bestätigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) for evidence unanswered</source>
        <translation>
            <numerusform>%n angeforderter Nachweis ohne Antwort</numerusform>
            <numerusform>%n angeforderte Nachweise ohne Antwort</numerusform>
        </translation>
    </message>
    <message>
        <source>Sources or rules have changed since the last run of the checks</source>
        <translation>Quellen oder Regeln haben sich seit dem letzten Lauf der Prüfregeln geändert</translation>
    </message>
    <message numerus="yes">
        <source>%n source(s) whose digests are those of an earlier reading</source>
        <translation>
            <numerusform>%n Quelle, deren Prüfsummen aus einem früheren Einlesen stammen</numerusform>
            <numerusform>%n Quellen, deren Prüfsummen aus einem früheren Einlesen stammen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) that break a rule about reasons</source>
        <translation>
            <numerusform>%n Entscheidung, die gegen eine Regel über Begründungen verstößt</numerusform>
            <numerusform>%n Entscheidungen, die gegen eine Regel über Begründungen verstoßen</numerusform>
        </translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Entered by</source>
        <translation>Eingetragen von</translation>
    </message>
    <message>
        <source>Done by</source>
        <translation>Umsetzung bis</translation>
    </message>
    <message>
        <source>Assessed on</source>
        <translation>Erhoben am</translation>
    </message>
    <message>
        <source>Assessor</source>
        <translation>Erhoben von</translation>
    </message>
    <message>
        <source>Costs once, €</source>
        <translation>Kosten einmalig, €</translation>
    </message>
    <message>
        <source>Costs a year, €</source>
        <translation>Kosten pro Jahr, €</translation>
    </message>
    <message>
        <source>Effort, hours</source>
        <translation>Aufwand, Stunden</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Done on</source>
        <translation>Umgesetzt am</translation>
    </message>
    <message>
        <source>Asked on</source>
        <translation>Angefordert am</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Where the document is</source>
        <translation>Wo das Dokument liegt</translation>
    </message>
    <message>
        <source>Confidentiality</source>
        <translation>Vertraulichkeit</translation>
    </message>
    <message>
        <source>Integrity</source>
        <translation>Integrität</translation>
    </message>
    <message>
        <source>Availability</source>
        <translation>Verfügbarkeit</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Evidence for</source>
        <translation>Nachweis für</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Classification</source>
        <translation>Einstufung</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Digests computed</source>
        <translation>Prüfsummen berechnet</translation>
    </message>
    <message>
        <source>Covers</source>
        <translation>Gilt für</translation>
    </message>
    <message>
        <source>Answers to be confirmed</source>
        <translation>Zu bestätigende Antworten</translation>
    </message>
    <message>
        <source>All of them</source>
        <translation>Alle zusammen</translation>
    </message>
    <message>
        <source>submitted</source>
        <translation>vorgelegt</translation>
    </message>
    <message>
        <source>sent back</source>
        <translation>zurückgegeben</translation>
    </message>
    <message>
        <source>normal</source>
        <extracomment>a protection need</extracomment>
        <translation>normal</translation>
    </message>
    <message>
        <source>very high</source>
        <extracomment>a protection need</extracomment>
        <translation>sehr hoch</translation>
    </message>
    <message>
        <source>cluster</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>application</source>
        <translation>Anwendung</translation>
    </message>
    <message>
        <source>namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Sources and runs</source>
        <translation>Quellen und Läufe</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Entscheidungen</translation>
    </message>
    <message>
        <source>Reviews</source>
        <translation>Gegenprüfungen</translation>
    </message>
    <message>
        <source>Findings and exceptions</source>
        <translation>Befunde und Ausnahmen</translation>
    </message>
    <message>
        <source>Evidence and requests</source>
        <translation>Nachweise und Anforderungen</translation>
    </message>
    <message>
        <source>Scope and house rules</source>
        <translation>Geltungsbereich und Hausregeln</translation>
    </message>
    <message>
        <source>Reports and sign-offs</source>
        <translation>Berichte und Freigaben</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>Wovon</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Old</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <extracomment>%1 field, %2 old and %3 new value</extracomment>
        <translation>%1: %2 → %3</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Angeforderte Nachweise</translation>
    </message>
    <message>
        <source>Yellow cells can be changed. A new measure goes into one of the empty lines below.</source>
        <translation>Gelbe Zellen lassen sich ändern. Eine neue Maßnahme kommt in eine der leeren Zeilen darunter.</translation>
    </message>
    <message>
        <source>Please fill in the yellow cells: whether it is there, a remark, and where the document is. Then send the file back.</source>
        <translation>Bitte füllen Sie die gelben Zellen aus: ob es vorliegt, eine Bemerkung und wo das Dokument liegt. Senden Sie die Datei dann zurück.</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>Target objects and protection needs</source>
        <translation>Zielobjekte und Schutzbedarf</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Anwendung</translation>
    </message>
    <message>
        <source>%1 %2 (%3)</source>
        <extracomment>%1 kind, %2 name, %3 protection need</extracomment>
        <translation>%1 %2 (%3)</translation>
    </message>
    <message>
        <source>%1 apply to: %2.</source>
        <extracomment>%1 requirements such as &quot;A21, A22&quot;, %2 target objects with their needs</extracomment>
        <translation>%1 gelten für: %2.</translation>
    </message>
    <message>
        <source>%1 apply nowhere: everything is stated, and nothing has such needs. They do not count as open.</source>
        <translation>%1 gelten nirgends: Der Schutzbedarf ist überall angegeben, und nirgends ist er so hoch. Sie zählen nicht als offen.</translation>
    </message>
    <message>
        <source>Whether %1 apply is open, because protection needs are not stated for: %2. They count as open.</source>
        <translation>Ob %1 gelten, ist offen, denn für diese Stellen fehlt der Schutzbedarf: %2. Sie zählen als offen.</translation>
    </message>
    <message>
        <source>Requirements for elevated protection needs (H) apply to what has high or very high needs; a few speak of very high needs only. The highest of the three values counts.</source>
        <translation>Anforderungen bei erhöhtem Schutzbedarf (H) gelten für das, was hohen oder sehr hohen Schutzbedarf hat; einige sprechen nur von sehr hohem. Der höchste der drei Werte zählt.</translation>
    </message>
    <message>
        <source>Pods of unequal needs share nodes: %1 (%2) and %3 (%4) on %5.</source>
        <extracomment>%1 and %3 namespaces, %2 and %4 their needs, %5 nodes</extracomment>
        <translation>Pods mit ungleichem Schutzbedarf teilen sich Nodes: %1 (%2) und %3 (%4) auf %5.</translation>
    </message>
    <message>
        <source>Not counted as open: %1 for elevated protection needs that apply nowhere (2.1).</source>
        <extracomment>%1 a number</extracomment>
        <translation>Nicht als offen gezählt: %1 Anforderungen bei erhöhtem Schutzbedarf, die nirgends gelten (2.1).</translation>
    </message>
    <message>
        <source>Cluster %1</source>
        <extracomment>%1 name of a cluster</extracomment>
        <translation>Cluster %1</translation>
    </message>
    <message>
        <source>in the cluster %1</source>
        <translation>im Cluster %1</translation>
    </message>
    <message>
        <source>in a cluster that this audit does not have</source>
        <translation>in einem Cluster, den dieses Audit nicht hat</translation>
    </message>
    <message>
        <source>in all clusters</source>
        <translation>in allen Clustern</translation>
    </message>
    <message>
        <source>Only the newer audit has this cluster, with nothing to compare it with: %1. What was found there is not compared.</source>
        <extracomment>%1 names of clusters</extracomment>
        <translation>Nur das neuere Audit hat diesen Cluster, ihm steht nichts gegenüber: %1. Was dort gefunden wurde, wird nicht verglichen.</translation>
    </message>
    <message>
        <source>Only the earlier audit has this cluster, with nothing to compare it with: %1. What was found there is not compared.</source>
        <extracomment>%1 names of clusters</extracomment>
        <translation>Nur das frühere Audit hat diesen Cluster, ihm steht nichts gegenüber: %1. Was dort gefunden wurde, wird nicht verglichen.</translation>
    </message>
    <message>
        <source>Same cluster as the export “%1”</source>
        <extracomment>%1 an export</extracomment>
        <translation>Gleicher Cluster wie der Export „%1“</translation>
    </message>
    <message>
        <source>Same cluster as the export “%1”, because of decisions on it</source>
        <extracomment>%1 an export</extracomment>
        <translation>Gleicher Cluster wie der Export „%1“, wegen Entscheidungen dazu</translation>
    </message>
    <message>
        <source>Name of the cluster of the export “%1”</source>
        <extracomment>%1 an export</extracomment>
        <translation>Name des Clusters des Exports „%1“</translation>
    </message>
    <message>
        <source>to be confirmed, does not count</source>
        <translation>zu bestätigen, zählt nicht</translation>
    </message>
    <message>
        <source>Carried over from “%1”:</source>
        <extracomment>%1 title of the earlier audit</extracomment>
        <translation>Aus „%1“ übernommen:</translation>
    </message>
    <message>
        <source>Carried over</source>
        <translation>Übernommen</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s), to be confirmed</source>
        <translation>
            <numerusform>%n Antwort, zu bestätigen</numerusform>
            <numerusform>%n Antworten, zu bestätigen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s), to be confirmed: until then they do not count</source>
        <translation>
            <numerusform>%n Ausnahme, zu bestätigen: bis dahin zählt sie nicht</numerusform>
            <numerusform>%n Ausnahmen, zu bestätigen: bis dahin zählen sie nicht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kind(s) asked for with none there, to be confirmed</source>
        <translation>
            <numerusform>%n abgefragte Art ohne Objekte, zu bestätigen</numerusform>
            <numerusform>%n abgefragte Arten ohne Objekte, zu bestätigen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n target object(s) with their protection needs, to be confirmed</source>
        <translation>
            <numerusform>%n Zielobjekt mit seinem Schutzbedarf, zu bestätigen</numerusform>
            <numerusform>%n Zielobjekte mit ihrem Schutzbedarf, zu bestätigen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open measure(s) of the implementation plan</source>
        <translation>
            <numerusform>%n offene Maßnahme des Realisierungsplans</numerusform>
            <numerusform>%n offene Maßnahmen des Realisierungsplans</numerusform>
        </translation>
    </message>
    <message>
        <source>the house policy</source>
        <translation>die Hausrichtlinie</translation>
    </message>
    <message numerus="yes">
        <source>%n public key(s)</source>
        <translation>
            <numerusform>%n öffentlicher Schlüssel</numerusform>
            <numerusform>%n öffentliche Schlüssel</numerusform>
        </translation>
    </message>
    <message>
        <source>how reports look: paper, logo, letterhead, signatures</source>
        <translation>das Aussehen der Berichte: Papier, Logo, Briefkopf, Unterschriften</translation>
    </message>
    <message numerus="yes">
        <source>%n saved filter(s)</source>
        <translation>
            <numerusform>%n gespeicherter Filter</numerusform>
            <numerusform>%n gespeicherte Filter</numerusform>
        </translation>
    </message>
    <message>
        <source>carried over from “%1”</source>
        <extracomment>%1 title of the earlier audit</extracomment>
        <translation>übernommen aus „%1“</translation>
    </message>
    <message>
        <source>carried over from “%1”, to be confirmed</source>
        <extracomment>of target objects and their protection needs; %1 title of the earlier audit</extracomment>
        <translation>übernommen aus „%1“, zu bestätigen</translation>
    </message>
    <message>
        <source>carried over, to be confirmed: does not count</source>
        <translation>übernommen, zu bestätigen: zählt nicht</translation>
    </message>
    <message>
        <source>carried over, never confirmed: counts</source>
        <translation>übernommen, nie bestätigt: zählt</translation>
    </message>
    <message>
        <source>In the earlier audit: %1 (%2, %3). Nobody has confirmed it here; it does not count.</source>
        <extracomment>%1 what kind of exception, %2 its reason, %3 person</extracomment>
        <translation>Im früheren Audit: %1 (%2, %3). Hier hat das noch niemand bestätigt; es zählt nicht.</translation>
    </message>
    <message>
        <source>Carried over from the earlier audit and never confirmed here: %1 (%2, %3).</source>
        <extracomment>%1 what kind of exception, %2 its reason, %3 person</extracomment>
        <translation>Aus dem früheren Audit übernommen und hier nie bestätigt: %1 (%2, %3).</translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s) of the earlier audit nobody has confirmed yet. They stand in the list and do not count.</source>
        <translation>
            <numerusform>%n Ausnahme des früheren Audits hat noch niemand bestätigt. Sie steht in der Liste und zählt nicht.</numerusform>
            <numerusform>%n Ausnahmen des früheren Audits hat noch niemand bestätigt. Sie stehen in der Liste und zählen nicht.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s) of the earlier audit not confirmed</source>
        <translation>
            <numerusform>%n Ausnahme des früheren Audits nicht bestätigt</numerusform>
            <numerusform>%n Ausnahmen des früheren Audits nicht bestätigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>protection needs of %n target object(s) of the earlier audit not confirmed</source>
        <translation>
            <numerusform>Schutzbedarf von %n Zielobjekt des früheren Audits nicht bestätigt</numerusform>
            <numerusform>Schutzbedarf von %n Zielobjekten des früheren Audits nicht bestätigt</numerusform>
        </translation>
    </message>
    <message>
        <source>withdrawn by %1, %2: %3</source>
        <extracomment>%1 person, %2 time, %3 reason</extracomment>
        <translation>zurückgezogen von %1, %2: %3</translation>
    </message>
    <message>
        <source>What was withdrawn stays in the audit file and no longer counts: nothing in this report rests on it.</source>
        <translation>Zurückgezogenes bleibt in der Audit-Datei und zählt nicht mehr: Nichts in diesem Bericht beruht darauf.</translation>
    </message>
    <message>
        <source>Exception of the earlier audit that does not hold here</source>
        <translation>Ausnahme des früheren Audits, die hier nicht gilt</translation>
    </message>
    <message>
        <source>Not carried over: sources and findings, evidence and requests for it, reviews, notes and interviews, severities of single findings. They belong to the earlier audit.</source>
        <translation>Nicht übernommen: Quellen und Befunde, Nachweise und deren Anforderungen, Gegenprüfungen, Notizen und Interviews, eigene Einstufungen einzelner Befunde. Sie gehören zum früheren Audit.</translation>
    </message>
    <message>
        <source>Source withdrawn</source>
        <translation>Quelle zurückgezogen</translation>
    </message>
    <message>
        <source>Source counts again</source>
        <translation>Quelle zählt wieder</translation>
    </message>
    <message>
        <source>Number of the source that takes its place</source>
        <translation>Nummer der Quelle, die an ihre Stelle tritt</translation>
    </message>
    <message>
        <source>Carried over from</source>
        <translation>Übernommen aus</translation>
    </message>
    <message>
        <source>Findings accepted all the same: %1 (see 2.7).</source>
        <extracomment>behind the sentence that risk acceptance is ruled out for MUST parts</extracomment>
        <translation>Trotzdem akzeptierte Befunde: %1 (siehe 2.7).</translation>
    </message>
    <message>
        <source>MUST admits no acceptance of a risk. These parts remain deviations: %1</source>
        <extracomment>%1 ids of parts</extracomment>
        <translation>MUSS lässt keine Risikoübernahme zu. Diese Teilanforderungen bleiben Abweichungen: %1</translation>
    </message>
    <message>
        <source>%1 more, none of them judged by itself: see the table of findings (XLSX or CSV), filter %2</source>
        <translation>%1 weitere, keiner davon einzeln bewertet: siehe Befundtabelle (XLSX oder CSV), Filter %2</translation>
    </message>
    <message>
        <source>Of these, covered by exceptions for several findings, which section 2.7 names: %1.</source>
        <translation>Davon von Ausnahmen für mehrere Befunde erfasst, die Abschnitt 2.7 nennt: %1.</translation>
    </message>
    <message numerus="yes">
        <source>Not carried over: %n done measure(s), in the earlier audit only.</source>
        <translation>
            <numerusform>Nicht übernommen: %n erledigte Maßnahme; sie steht nur im früheren Audit.</numerusform>
            <numerusform>Nicht übernommen: %n erledigte Maßnahmen; sie stehen nur im früheren Audit.</numerusform>
        </translation>
    </message>
    <message>
        <source>Started from an earlier audit:</source>
        <translation>Mit einer früheren Prüfung begonnen:</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n requirement(s) undecided</source>
        <translation>
            <numerusform>%1: %n Anforderung nicht entschieden</numerusform>
            <numerusform>%1: %n Anforderungen nicht entschieden</numerusform>
        </translation>
    </message>
    <message>
        <source>to be confirmed</source>
        <translation>zu bestätigen</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) of the earlier audit were taken over and are to be confirmed: %1.</source>
        <extracomment>%1 ids: &quot;A3, A17&quot;</extracomment>
        <translation>
            <numerusform>%n Antwort der früheren Prüfung wurde übernommen und ist zu bestätigen: %1.</numerusform>
            <numerusform>%n Antworten der früheren Prüfung wurden übernommen und sind zu bestätigen: %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Taken over, to be confirmed: %1</source>
        <translation>Übernommen, zu bestätigen: %1</translation>
    </message>
    <message>
        <source>Parts then and now</source>
        <translation>Teilanforderungen damals und heute</translation>
    </message>
    <message>
        <source>First the requirement, then its parts: at the left what held in the earlier audit, at the right what holds in the newer one. Where somebody has decided, the decision is shown, else the program’s proposal. Decisions are round, proposals angular. What changed stands on a darker ground.</source>
        <translation>Zuerst die Anforderung, dann ihre Teile: links, was in der früheren Prüfung galt, rechts, was in der neueren gilt. Wo jemand entschieden hat, steht die Entscheidung, sonst der Vorschlag des Programms. Entscheidungen sind rund, Vorschläge eckig. Was sich geändert hat, ist dunkler hinterlegt.</translation>
    </message>
    <message>
        <source>%1: %2, now %3</source>
        <extracomment>%1 number of a part, %2 its verdict then, %3 its verdict now</extracomment>
        <translation>%1: %2, jetzt %3</translation>
    </message>
    <message>
        <source>%1: %2, as before</source>
        <extracomment>%1 number of a part, %2 its verdict</extracomment>
        <translation>%1: %2, wie zuvor</translation>
    </message>
    <message>
        <source>Overall verdict</source>
        <translation>Gesamturteil</translation>
    </message>
    <message>
        <source>Choice of the most important deviations</source>
        <translation>Auswahl der wichtigsten Abweichungen</translation>
    </message>
    <message>
        <source>The program proves a deviation in %1 of %2 MUST parts; the auditors confirmed %3 of these.</source>
        <extracomment>%1 and %2 numbers of parts, %3 how many of %1</extracomment>
        <translation>Das Programm belegt bei %1 von %2 MUSS-Teilen eine Abweichung; die Prüfer bestätigten davon %3.</translation>
    </message>
    <message>
        <source>The program proves a deviation in %1 of %2 MUST parts; the auditors confirmed %3 of these and found %4 more.</source>
        <extracomment>as the sentence before, %4 a number of other parts</extracomment>
        <translation>Das Programm belegt bei %1 von %2 MUSS-Teilen eine Abweichung; die Prüfer bestätigten davon %3 und fanden %4 weitere.</translation>
    </message>
    <message>
        <source>For MUST parts risk acceptance is ruled out.</source>
        <translation>Für MUSS-Teile ist eine Risikoübernahme ausgeschlossen.</translation>
    </message>
    <message>
        <source>Only images that workloads in the namespace “%1” run: %2 of %3.</source>
        <extracomment>%1 a namespace, %2 and %3 numbers of images</extracomment>
        <translation>Nur Images, die Workloads im Namensraum „%1“ ausführen: %2 von %3.</translation>
    </message>
</context>
<context>
    <name>ReportKinds</name>
    <message>
        <source>Audit report</source>
        <translation>Prüfbericht</translation>
    </message>
    <message>
        <source>Everything: what was audited, each requirement, each finding, the journal.</source>
        <translation>Alles: was geprüft wurde, jede Anforderung, jeder Befund, das Journal.</translation>
    </message>
    <message>
        <source>Management summary</source>
        <translation>Zusammenfassung für die Leitung</translation>
    </message>
    <message>
        <source>Two pages for those who decide: how it stands, what weighs most, what to do.</source>
        <translation>Zwei Seiten für die, die entscheiden: wie es steht, was am schwersten wiegt, was zu tun ist.</translation>
    </message>
    <message>
        <source>Short report</source>
        <translation>Kurzbericht</translation>
    </message>
    <message>
        <source>Summary, scope, overview, implementation plan and signatures.</source>
        <translation>Zusammenfassung, Gegenstand, Übersicht, Realisierungsplan und Unterschriften.</translation>
    </message>
    <message>
        <source>List of deficiencies</source>
        <translation>Mängelliste</translation>
    </message>
    <message>
        <source>Summary, scope, implementation plan and all findings by cause.</source>
        <translation>Zusammenfassung, Gegenstand, Realisierungsplan und alle Befunde nach Ursache.</translation>
    </message>
    <message>
        <source>Implementation plan</source>
        <translation>Realisierungsplan</translation>
    </message>
    <message>
        <source>The measures with their dates and people, and the risks that are accepted.</source>
        <translation>Die Maßnahmen mit Terminen und Verantwortlichen und die übernommenen Risiken.</translation>
    </message>
    <message>
        <source>Evidence list</source>
        <translation>Nachweisverzeichnis</translation>
    </message>
    <message>
        <source>What was attached, from whom, for which requirement, with SHA-256.</source>
        <translation>Was abgelegt wurde, von wem, zu welcher Anforderung, mit SHA-256.</translation>
    </message>
    <message>
        <source>Evidence request list</source>
        <translation>Anforderungsliste</translation>
    </message>
    <message>
        <source>What was asked for and is not there yet, for the audited institution to fill in.</source>
        <translation>Was erbeten wurde und noch fehlt, zum Ausfüllen durch die geprüfte Institution.</translation>
    </message>
    <message>
        <source>List of what was not checked</source>
        <translation>Liste des nicht Geprüften</translation>
    </message>
    <message>
        <source>What nobody has looked at, why, and the command that fetches what is missing.</source>
        <translation>Was niemand angesehen hat, warum nicht, und der Befehl, mit dem das Fehlende nachgeholt wird.</translation>
    </message>
    <message>
        <source>“%1” is no kind of report. Known are %2.</source>
        <extracomment>%1 what was typed, %2 names that are known</extracomment>
        <translation>„%1“ ist keine Art von Bericht. Bekannt sind %2.</translation>
    </message>
    <message>
        <source>“%1” is no section of a report. Known are %2.</source>
        <extracomment>%1 what was typed, %2 names that are known</extracomment>
        <translation>„%1“ ist kein Abschnitt eines Berichts. Bekannt sind %2.</translation>
    </message>
    <message>
        <source>%1: this kind has no sections to choose from.</source>
        <extracomment>%1 name of a kind of report: &quot;Evidence list&quot;</extracomment>
        <translation>%1: Diese Art hat keine Abschnitte zur Auswahl.</translation>
    </message>
    <message>
        <source>%1: this kind does not have the section “%2”.</source>
        <extracomment>%1 name of a kind of report, %2 name of a section</extracomment>
        <translation>%1: Diese Art hat den Abschnitt „%2“ nicht.</translation>
    </message>
    <message>
        <source>%1: this kind cannot be limited to open items.</source>
        <extracomment>%1 name of a kind of report</extracomment>
        <translation>%1: Diese Art kann nicht auf Offenes beschränkt werden.</translation>
    </message>
    <message>
        <source>%1: this kind cannot be limited to a namespace.</source>
        <extracomment>%1 name of a kind of report</extracomment>
        <translation>%1: Diese Art kann nicht auf einen Namensraum beschränkt werden.</translation>
    </message>
    <message>
        <source>The audit holds no namespace “%1”. A report of it would be empty.</source>
        <extracomment>%1 a namespace</extracomment>
        <translation>Das Audit enthält keinen Namensraum „%1“. Ein Bericht darüber wäre leer.</translation>
    </message>
    <message>
        <source>“%1” is no paper. Known are a4 and letter.</source>
        <extracomment>%1 what was typed</extracomment>
        <translation>„%1“ ist kein Papierformat. Bekannt sind a4 und letter.</translation>
    </message>
    <message>
        <source>The logo “%1” is too large: it may have at most %2 KiB.</source>
        <extracomment>%1 name of a file, %2 a number of KiB</extracomment>
        <translation>Das Logo „%1“ ist zu groß: Es darf höchstens %2 KiB haben.</translation>
    </message>
    <message>
        <source>The logo “%1” has %2 × %3 pixels; at most %4 each way are taken.</source>
        <extracomment>%1 name of a file, %2 and %3 its width and height, %4 the most</extracomment>
        <translation>Das Logo „%1“ hat %2 × %3 Bildpunkte; genommen werden höchstens %4 je Richtung.</translation>
    </message>
    <message>
        <source>“%1” is neither a PNG nor an SVG. Other pictures are not taken as a logo.</source>
        <extracomment>%1 name of a file</extracomment>
        <translation>„%1“ ist weder PNG noch SVG. Andere Bilder werden nicht als Logo genommen.</translation>
    </message>
    <message>
        <source>The logo “%1” is damaged: it cannot be read as a picture.</source>
        <extracomment>%1 name of a file</extracomment>
        <translation>Das Logo „%1“ ist beschädigt: Es lässt sich nicht als Bild lesen.</translation>
    </message>
    <message>
        <source>The logo “%1” holds more than a drawing (%2). Scripts, animations, embedded pictures and links are not taken. Save it as a plain SVG or as a PNG.</source>
        <extracomment>%1 name of a file, %2 what in it: &quot;&lt;script&gt;&quot;</extracomment>
        <translation>Das Logo „%1“ enthält mehr als eine Zeichnung (%2). Skripte, Animationen, eingebettete Bilder und Verweise werden nicht genommen. Speichern Sie es als einfaches SVG oder als PNG.</translation>
    </message>
    <message>
        <source>The logo “%1” says nothing about its size: viewBox, or width and height.</source>
        <extracomment>%1 name of a file</extracomment>
        <translation>Das Logo „%1“ sagt nichts über seine Größe: viewBox oder width und height.</translation>
    </message>
    <message>
        <source>Excerpt</source>
        <translation>Auszug</translation>
    </message>
    <message>
        <source>%1 (excerpt)</source>
        <extracomment>%1 kind of report: &quot;Audit report&quot;</extracomment>
        <translation>%1 (Auszug)</translation>
    </message>
    <message>
        <source>%1, excerpt</source>
        <extracomment>%1 version: &quot;Version of 20 Nov 2026 (draft)&quot;</extracomment>
        <translation>%1, Auszug</translation>
    </message>
    <message>
        <source>This is an excerpt; the cover says what is left out. The numbers in the summary and in the overview are those of the whole audit.</source>
        <translation>Dies ist ein Auszug; was weggelassen ist, steht auf dem Deckblatt. Die Zahlen in der Zusammenfassung und in der Übersicht sind die des ganzen Audits.</translation>
    </message>
    <message>
        <source>Sections of the report here: %1. Left out: %2.</source>
        <extracomment>%1 sections: &quot;1, 2, A&quot;, %2 those that are left out</extracomment>
        <translation>Abschnitte des Berichts hier: %1. Weggelassen: %2.</translation>
    </message>
    <message>
        <source>Only open items: requirements without a decision, with an outdated one, with “no” or “partially”; findings that nobody has set aside; measures that are not done.</source>
        <extracomment>%1 and %2 numbers</extracomment>
        <translation>Nur Offenes: Anforderungen ohne Entscheidung, mit überholter Entscheidung, mit „nein“ oder „teilweise“; Befunde, zu denen keine Ausnahme gilt; Maßnahmen, die nicht erledigt sind.</translation>
    </message>
    <message>
        <source>Findings not shown: %1 of %2.</source>
        <extracomment>%1 and %2 numbers</extracomment>
        <translation>Nicht gezeigte Befunde: %1 von %2.</translation>
    </message>
    <message>
        <source>Requirements not shown: %1 of %2.</source>
        <extracomment>%1 and %2 numbers</extracomment>
        <translation>Nicht gezeigte Anforderungen: %1 von %2.</translation>
    </message>
    <message>
        <source>Measures not shown: %1 of %2.</source>
        <extracomment>%1 and %2 numbers</extracomment>
        <translation>Nicht gezeigte Maßnahmen: %1 von %2.</translation>
    </message>
    <message>
        <source>Filtered:</source>
        <translation>Gefiltert:</translation>
    </message>
    <message>
        <source>only open items</source>
        <translation>nur Offenes</translation>
    </message>
    <message>
        <source>namespace “%1”</source>
        <extracomment>%1 a namespace</extracomment>
        <translation>Namensraum „%1“</translation>
    </message>
    <message>
        <source>%1 of %2 findings</source>
        <extracomment>%1 and %2 numbers of findings</extracomment>
        <translation>%1 von %2 Befunden</translation>
    </message>
    <message>
        <source>Nothing is left with this choice.</source>
        <translation>Mit dieser Auswahl bleibt nichts übrig.</translation>
    </message>
    <message>
        <source>The line with the verdict counts all findings; the tables hold the chosen ones.</source>
        <translation>Die Zeile mit dem Vorschlag zählt alle Befunde; die Tabellen enthalten die ausgewählten.</translation>
    </message>
    <message>
        <source>Verdict for each requirement</source>
        <translation>Ergebnis je Anforderung</translation>
    </message>
    <message>
        <source>One field for each requirement. Above: what the program proposes. Below: what the auditors decided. Patterns as in the two charts.</source>
        <translation>Ein Feld je Anforderung. Oben: was das Programm vorschlägt. Unten: was die Prüfer entschieden haben. Muster wie in den beiden Diagrammen.</translation>
    </message>
    <message>
        <source>%1: proposal %2, decision %3</source>
        <extracomment>%1 short id of a requirement, %2 proposal, %3 decision</extracomment>
        <translation>%1: Vorschlag %2, Entscheidung %3</translation>
    </message>
    <message>
        <source>What weighs most, and what to do</source>
        <translation>Was am schwersten wiegt und was zu tun ist</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>The worst causes</source>
        <translation>Die schwersten Ursachen</translation>
    </message>
    <message>
        <source>Cause, and what it means</source>
        <translation>Ursache und was sie bedeutet</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>No check raised a finding in the data seen.</source>
        <translation>In den gesehenen Daten hat keine Prüfregel einen Befund ergeben.</translation>
    </message>
    <message>
        <source>%1 more causes stand in the audit report, annex A.</source>
        <extracomment>%1 a number</extracomment>
        <translation>%1 weitere Ursachen stehen im Prüfbericht, Anhang A.</translation>
    </message>
    <message>
        <source>The measures that matter</source>
        <translation>Die wichtigsten Maßnahmen</translation>
    </message>
    <message>
        <source>No measure is planned yet. Who does what until when is still open.</source>
        <translation>Es ist noch keine Maßnahme geplant. Wer was bis wann tut, ist offen.</translation>
    </message>
    <message>
        <source>All measures are done.</source>
        <translation>Alle Maßnahmen sind erledigt.</translation>
    </message>
    <message>
        <source>%1 more open measures stand in the implementation plan.</source>
        <extracomment>%1 a number</extracomment>
        <translation>%1 weitere offene Maßnahmen stehen im Realisierungsplan.</translation>
    </message>
    <message>
        <source>Measures in all: %1, done: %2, overdue: %3.</source>
        <extracomment>%1 measures in all, %2 done, %3 overdue</extracomment>
        <translation>Maßnahmen insgesamt: %1, erledigt: %2, überfällig: %3.</translation>
    </message>
    <message>
        <source>%1 more stand in the list of what was not checked.</source>
        <extracomment>%1 a number</extracomment>
        <translation>%1 weitere stehen in der Liste des nicht Geprüften.</translation>
    </message>
    <message>
        <source>Sections and annexes that are named here are those of the audit report.</source>
        <translation>Genannte Abschnitte und Anhänge sind die des Prüfberichts.</translation>
    </message>
    <message>
        <source>Nothing is planned yet: there is no measure, no decision names one, and no risk is accepted.</source>
        <translation>Es ist noch nichts geplant: Es gibt keine Maßnahme, keine Entscheidung nennt eine, und kein Risiko ist übernommen.</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>Erfasst</translation>
    </message>
    <message>
        <source>Each bar runs from the day on which the measure was recorded to the day by which it is to be done. Thin lines: first days of months. Thick line: %1. The chart ends on %2.</source>
        <extracomment>%1 and %2 dates</extracomment>
        <translation>Jeder Balken reicht von dem Tag, an dem die Maßnahme erfasst wurde, bis zu dem Tag, bis zu dem sie umzusetzen ist. Dünne Linien: Monatserste. Dicke Linie: %1. Das Diagramm endet am %2.</translation>
    </message>
    <message>
        <source>%1 more open measures with a date stand in the table above only.</source>
        <extracomment>%1 a number</extracomment>
        <translation>%1 weitere offene Maßnahmen mit Termin stehen nur in der Tabelle oben.</translation>
    </message>
    <message>
        <source>Open measures without a date, which no chart can show: %1.</source>
        <extracomment>%1 a number</extracomment>
        <translation>Offene Maßnahmen ohne Termin, die kein Diagramm zeigen kann: %1.</translation>
    </message>
    <message>
        <source>What is missing never counts as met. This list names what was not looked at, why, and how it can be obtained.</source>
        <translation>Was fehlt, gilt nie als erfüllt. Diese Liste nennt, was nicht angesehen wurde, warum nicht und wie es zu bekommen ist.</translation>
    </message>
    <message>
        <source>Parts of requirements</source>
        <translation>Teilanforderungen</translation>
    </message>
    <message>
        <source>Missing input</source>
        <translation>Was fehlt</translation>
    </message>
    <message>
        <source>What is missing, and why</source>
        <translation>Was fehlt und warum</translation>
    </message>
    <message>
        <source>Parts that need it</source>
        <translation>Teilanforderungen, die es brauchen</translation>
    </message>
    <message>
        <source>How to get it</source>
        <translation>Wie es zu bekommen ist</translation>
    </message>
    <message>
        <source>Everything that the checks need was there.</source>
        <translation>Alles, was die Prüfregeln brauchen, lag vor.</translation>
    </message>
    <message>
        <source>The checks have not run yet: nothing at all has been checked by the program.</source>
        <translation>Die Prüfregeln sind noch nicht gelaufen: Das Programm hat noch gar nichts geprüft.</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>To be run by the audited institution; they read and change nothing. What they write is added to the audit as a further source.</source>
        <translation>Von der geprüften Institution auszuführen; sie lesen nur und ändern nichts. Was sie schreiben, kommt als weitere Quelle in das Audit.</translation>
    </message>
    <message>
        <source>Or everything at once: this script asks for each kind in a file of its own, keeps errors, and leaves out the values of Secrets.</source>
        <translation>Oder alles auf einmal: Dieses Skript fragt jede Art in eine eigene Datei ab, behält Fehlermeldungen und lässt die Werte der Secrets weg.</translation>
    </message>
    <message>
        <source>ask the institution for it; there is no command</source>
        <translation>bei der Institution erbitten; es gibt keinen Befehl dafür</translation>
    </message>
    <message>
        <source>with the long command below</source>
        <translation>mit dem langen Befehl unten</translation>
    </message>
    <message>
        <source>enter it in the audit: house policy, or --policy FILE</source>
        <translation>im Audit eintragen: Hausregeln, oder --policy DATEI</translation>
    </message>
    <message>
        <source>add the public key to the audit, or --key FILE</source>
        <translation>den öffentlichen Schlüssel im Audit hinterlegen, oder --key DATEI</translation>
    </message>
    <message>
        <source>hand over the whole image again; it could not be read to its end</source>
        <translation>das ganze Image noch einmal übergeben; es ließ sich nicht bis zum Ende lesen</translation>
    </message>
    <message>
        <source>hand over each cluster’s export by itself</source>
        <translation>den Export jedes Clusters für sich übergeben</translation>
    </message>
    <message>
        <source>hand over the image as an OCI layout with its signatures: cosign save --dir FOLDER IMAGE</source>
        <translation>das Image als OCI-Layout mit seinen Signaturen übergeben: cosign save --dir ORDNER IMAGE</translation>
    </message>
    <message>
        <source>Not or only partly checked, by part</source>
        <translation>Nicht oder nur teilweise geprüft, nach Teilanforderung</translation>
    </message>
    <message>
        <source>No part is left out or only partly checked for want of data.</source>
        <translation>Keine Teilanforderung blieb aus Mangel an Daten ungeprüft oder nur teilweise geprüft.</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>What it demands</source>
        <translation>Was verlangt ist</translation>
    </message>
    <message>
        <source>State and reason</source>
        <translation>Stand und Grund</translation>
    </message>
    <message>
        <source>no check of the program speaks about it</source>
        <translation>keine Prüfregel des Programms sagt etwas dazu</translation>
    </message>
    <message>
        <source>Left to people</source>
        <translation>Bleibt Menschen überlassen</translation>
    </message>
    <message>
        <source>The program cannot decide these parts, whatever data it gets. Those without a decision are still open.</source>
        <translation>Diese Teilanforderungen kann das Programm nicht entscheiden, welche Daten es auch bekommt. Wo keine Entscheidung steht, ist sie noch offen.</translation>
    </message>
    <message>
        <source>What to ask for</source>
        <translation>Was zu erfragen ist</translation>
    </message>
    <message>
        <source>Decision of the auditors</source>
        <translation>Entscheidung der Prüfer</translation>
    </message>
    <message>
        <source>There are no such parts.</source>
        <translation>Solche Teilanforderungen gibt es nicht.</translation>
    </message>
    <message>
        <source>Not or not fully read</source>
        <translation>Nicht oder nicht ganz gelesen</translation>
    </message>
    <message>
        <source>All sources were read in full.</source>
        <translation>Alle Quellen wurden vollständig gelesen.</translation>
    </message>
    <message>
        <source>Namespaces that the export does not cover: %1</source>
        <translation>Namensräume, die der Export nicht abdeckt: %1</translation>
    </message>
    <message>
        <source>Images that run and were not handed over: %1</source>
        <translation>Images, die laufen und nicht übergeben wurden: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 a severity, %2 a number</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Severity: %1 (program: %2), judged by %3 on %4: %5</source>
        <extracomment>%1 severity as judged, %2 the program&apos;s, %3 a person, %4 a date, %5 the reason</extracomment>
        <translation>Schwere: %1 (Programm: %2), eingestuft von %3 am %4: %5</translation>
    </message>
    <message>
        <source>By severity: %1. Judged differently from the program: %2.</source>
        <extracomment>%1 severities with numbers: &quot;critical: 11, low: 1&quot;, %2 a number</extracomment>
        <translation>Nach Schwere: %1. Anders eingestuft als vom Programm: %2.</translation>
    </message>
    <message>
        <source>severity judged differently from the program: %1</source>
        <extracomment>%1 a number</extracomment>
        <translation>Schwere anders eingestuft als vom Programm: %1</translation>
    </message>
    <message>
        <source>Findings whose severity the auditors judged differently from the program: %1. Critical by the program: %2, as judged: %3. The reasons stand in annex A of the audit report.</source>
        <extracomment>%1 to %3 numbers</extracomment>
        <translation>Befunde, deren Schwere die Prüfer anders einstufen als das Programm: %1. Kritisch laut Programm: %2, nach der Einstufung: %3. Die Gründe stehen in Anhang A des Prüfberichts.</translation>
    </message>
    <message>
        <source>Severities as the auditors judged them; differently from the program: %1. The sheet of findings says why.</source>
        <extracomment>%1 a number</extracomment>
        <translation>Schwere nach Einstufung der Prüfer; anders als das Programm: %1. Das Blatt der Befunde nennt die Gründe.</translation>
    </message>
    <message>
        <source>Severity by the program</source>
        <translation>Schwere laut Programm</translation>
    </message>
    <message>
        <source>Reason for another severity</source>
        <translation>Grund für andere Schwere</translation>
    </message>
    <message>
        <source>Severity judged by</source>
        <translation>Schwere eingestuft von</translation>
    </message>
    <message>
        <source>Severity judged on</source>
        <translation>Schwere eingestuft am</translation>
    </message>
    <message>
        <source>%1 (outdated)</source>
        <extracomment>%1 a decision or the number of a requirement</extracomment>
        <translation>%1 (überholt)</translation>
    </message>
    <message>
        <source>Outdated decisions, not counted as decided: %1 (%2). Their basis has changed since; they have to be confirmed or renewed.</source>
        <extracomment>%1 a number, %2 numbers of requirements</extracomment>
        <translation>Überholte Entscheidungen, nicht als entschieden gezählt: %1 (%2). Ihre Grundlage hat sich seither geändert; sie sind zu bestätigen oder zu erneuern.</translation>
    </message>
    <message>
        <source>requirements decided; outdated besides: %1</source>
        <extracomment>%1 a number</extracomment>
        <translation>Anforderungen entschieden; dazu überholt: %1</translation>
    </message>
    <message>
        <source>Deviations that are known only now</source>
        <translation>Abweichungen, die erst jetzt bekannt sind</translation>
    </message>
    <message>
        <source>The earlier audit did not look at these in full: nobody can tell whether they got worse or were so before.</source>
        <translation>Das frühere Audit hat diese nicht vollständig gesehen: Ob sie schlechter wurden oder schon so waren, kann niemand sagen.</translation>
    </message>
    <message>
        <source>No requirement that was fully looked at before got worse. Deviations that are known only now: %1, listed below.</source>
        <extracomment>%1 a number</extracomment>
        <translation>Keine Anforderung, die zuvor vollständig gesehen wurde, hat sich verschlechtert. Abweichungen, die erst jetzt bekannt sind: %1, unten aufgeführt.</translation>
    </message>
    <message>
        <source>now known: deviation</source>
        <translation>jetzt bekannt: Abweichung</translation>
    </message>
    <message>
        <source>“%1”: kinds of reports, modules, sections and filters are for PDF and HTML. This format always holds everything.</source>
        <extracomment>%1 name of a file</extracomment>
        <translation>„%1“: Arten von Berichten, Bausteine, Abschnitte und Filter gibt es für PDF und HTML. Dieses Format enthält immer alles.</translation>
    </message>
    <message>
        <source>outdated</source>
        <translation>überholt</translation>
    </message>
    <message>
        <source>decided, but what that rested on has changed since; counts as open until it is confirmed or renewed</source>
        <translation>entschieden, aber die Grundlage hat sich seitdem geändert; gilt als offen, bis die Entscheidung bestätigt oder erneuert ist</translation>
    </message>
    <message>
        <source>White with falling lines below: the decision is outdated.</source>
        <translation>Unten weiß mit fallenden Linien: Die Entscheidung ist überholt.</translation>
    </message>
    <message>
        <source>findings on this module (causes: %1), critical: %2; on other modules only: %3</source>
        <extracomment>%1, %2 and %3 numbers</extracomment>
        <translation>Befunde zu diesem Baustein (Ursachen: %1), davon kritisch: %2; nur zu anderen Bausteinen: %3</translation>
    </message>
    <message>
        <source>Where: %1</source>
        <extracomment>%1 where a document is: &quot;DMS, folder 12&quot;</extracomment>
        <translation>Ablageort: %1</translation>
    </message>
    <message>
        <source>not checked by the program</source>
        <translation>vom Programm nicht geprüft</translation>
    </message>
    <message>
        <source>Everything that the checks need was there. Documents and interviews have to show what the program cannot see.</source>
        <translation>Alles, was die Prüfregeln brauchen, lag vor. Was das Programm nicht sehen kann, müssen Dokumente und Gespräche zeigen.</translation>
    </message>
    <message>
        <source>An exception hides nothing: the finding stays, marked. A part stays a deviation, unless all findings that prove it are false alarms; then a person decides. Expired exceptions count no more.</source>
        <translation>Eine Ausnahme verbirgt nichts: Der Befund bleibt bestehen und ist gekennzeichnet. Eine Teilanforderung bleibt eine Abweichung, es sei denn, alle belegenden Befunde sind Fehlalarme; dann entscheidet ein Mensch. Abgelaufene Ausnahmen gelten nicht mehr.</translation>
    </message>
    <message>
        <source>Only the namespace “%1”: its findings, the requirements that they concern, and the images that it runs. Measures, evidence and journal are those of the whole audit.</source>
        <extracomment>%1 a namespace</extracomment>
        <translation>Nur der Namensraum „%1“: seine Befunde, die davon betroffenen Anforderungen und die Images, die dort laufen. Maßnahmen, Nachweise und Journal sind die der ganzen Prüfung.</translation>
    </message>
</context>
<context>
    <name>ReportTables</name>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
</context>
<context>
    <name>tally::ui::AccessPane</name>
    <message>
        <source>Questions</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Subjects</source>
        <translation>Subjekte</translation>
    </message>
    <message>
        <source>Platform too</source>
        <translation>Auch Plattform</translation>
    </message>
    <message>
        <source>All rights</source>
        <translation>Alle Rechte</translation>
    </message>
    <message>
        <source>May do everything</source>
        <translation>Alles dürfen</translation>
    </message>
    <message>
        <source>Read secrets</source>
        <translation>Secrets lesen</translation>
    </message>
    <message>
        <source>Execute in pods</source>
        <translation>In Pods ausführen</translation>
    </message>
    <message>
        <source>Create pods</source>
        <translation>Pods anlegen</translation>
    </message>
    <message>
        <source>Widen rights</source>
        <translation>Rechte ausweiten</translation>
    </message>
    <message>
        <source>Issue tokens</source>
        <translation>Token ausstellen</translation>
    </message>
    <message>
        <source>Everybody whom a binding names, with all that it allows.</source>
        <translation>Alle, die eine Bindung nennt, mit allem, was sie erlaubt.</translation>
    </message>
    <message>
        <source>All actions on all resources of all API groups: cluster-admin, and what is as wide.</source>
        <translation>Alle Aktionen auf allen Ressourcen aller API-Gruppen: cluster-admin und was ebenso weit reicht.</translation>
    </message>
    <message>
        <source>get, list or watch on secrets: passwords, keys and tokens of all applications there.</source>
        <translation>get, list oder watch auf Secrets: Passwörter, Schlüssel und Token aller Anwendungen dort.</translation>
    </message>
    <message>
        <source>exec, attach or ephemeral containers; in the whole cluster also nodes/proxy, which leads past the API server.</source>
        <translation>exec, attach oder kurzlebige Container; im ganzen Cluster auch nodes/proxy, das am API-Server vorbeiführt.</translation>
    </message>
    <message>
        <source>Pods, or what makes them: whoever may, can use every secret and account of the namespace.</source>
        <translation>Pods oder was sie erzeugt: Wer das darf, kann jedes Secret und Konto des Namespace verwenden.</translation>
    </message>
    <message>
        <source>escalate, bind or impersonate: whoever may, can give themselves more than they have.</source>
        <translation>escalate, bind oder impersonate: Wer das darf, kann sich mehr geben, als er hat.</translation>
    </message>
    <message>
        <source>Tokens of service accounts: whoever may, can act as each of them.</source>
        <translation>Token von Dienstkonten: Wer das darf, kann als jedes von ihnen handeln.</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Platform too (%1)</source>
        <translation>Auch Plattform (%1)</translation>
    </message>
    <message>
        <source>only named objects</source>
        <translation>nur benannte Objekte</translation>
    </message>
    <message>
        <source>whole cluster</source>
        <translation>ganzer Cluster</translation>
    </message>
    <message>
        <source>a namespace</source>
        <translation>ein Namespace</translation>
    </message>
    <message numerus="yes">
        <source>%n namespaces</source>
        <translation>
            <numerusform>%n Namespace</numerusform>
            <numerusform>%n Namespaces</numerusform>
        </translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Service account</source>
        <translation>Dienstkonto</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pods</translation>
    </message>
    <message>
        <source>Not checked, because the export lacks it: %1.</source>
        <translation>Nicht geprüft, weil es im Export fehlt: %1.</translation>
    </message>
    <message>
        <source>The export has no bindings: nobody is given rights by them.</source>
        <translation>Der Export hat keine Bindungen: Niemand erhält dadurch Rechte.</translation>
    </message>
    <message>
        <source>Nobody beyond the platform itself may do this. “Platform too” shows who else may.</source>
        <translation>Außer der Plattform selbst darf dies niemand. „Auch Plattform“ zeigt, wer noch.</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>The audited party can fetch it with:</source>
        <translation>Die geprüfte Stelle kann es holen mit:</translation>
    </message>
    <message>
        <source>aggregated from %1</source>
        <translation>aggregiert aus %1</translation>
    </message>
    <message>
        <source>Rule %1</source>
        <translation>Regel %1</translation>
    </message>
    <message>
        <source>More rules are not listed here: %1 in all.</source>
        <translation>Weitere Regeln stehen nicht hier: Es sind %1.</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>Show the account as YAML</source>
        <translation>Konto als YAML zeigen</translation>
    </message>
    <message>
        <source>No pod of the export runs with it.</source>
        <translation>Kein Pod des Exports läuft damit.</translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) run with it.</source>
        <translation>
            <numerusform>%n Pod läuft damit.</numerusform>
            <numerusform>%n Pods laufen damit.</numerusform>
        </translation>
    </message>
    <message>
        <source>Everybody who reaches the API server, without logging in.</source>
        <translation>Alle, die den API-Server erreichen, ohne Anmeldung.</translation>
    </message>
    <message>
        <source>The accounts of all pods in the cluster, or in the namespace that the name ends with.</source>
        <translation>Die Konten aller Pods im Cluster oder in dem Namespace, mit dem der Name endet.</translation>
    </message>
    <message>
        <source>Everybody who has logged in, accounts of pods included.</source>
        <translation>Alle Angemeldeten, auch die Konten der Pods.</translation>
    </message>
    <message>
        <source>Who belongs to the group, the cluster does not know: ask for its members.</source>
        <translation>Wer zur Gruppe gehört, weiß der Cluster nicht: Fragen Sie nach den Mitgliedern.</translation>
    </message>
    <message>
        <source>Who that is, the cluster does not know: ask where the name comes from.</source>
        <translation>Wer das ist, weiß der Cluster nicht: Fragen Sie, woher der Name kommt.</translation>
    </message>
    <message>
        <source>In the whole cluster</source>
        <translation>Im ganzen Cluster</translation>
    </message>
    <message>
        <source>In namespace %1</source>
        <translation>Im Namespace %1</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Binding</source>
        <translation>Bindung</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>not in the export; by its name it allows everything</source>
        <translation>nicht im Export; dem Namen nach erlaubt sie alles</translation>
    </message>
    <message>
        <source>not in the export: what it allows is not known</source>
        <translation>nicht im Export: Was sie erlaubt, ist nicht bekannt</translation>
    </message>
    <message>
        <source>every action (*)</source>
        <translation>jede Aktion (*)</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>every resource (*)</source>
        <translation>jede Ressource (*)</translation>
    </message>
    <message>
        <source>core</source>
        <translation>Kern</translation>
    </message>
    <message>
        <source>%1 on %2 (%3)</source>
        <extracomment>actions on resources (API groups)</extracomment>
        <translation>%1 auf %2 (%3)</translation>
    </message>
    <message>
        <source>every API group</source>
        <translation>jede API-Gruppe</translation>
    </message>
    <message>
        <source>only: %1</source>
        <translation>nur: %1</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>tally::ui::AnswersDialog</name>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Begründung</translation>
    </message>
    <message>
        <source>Responsible</source>
        <translation>Verantwortlich</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Maßnahme</translation>
    </message>
    <message>
        <source>Answers of a workbook</source>
        <translation>Antworten einer Arbeitsmappe</translation>
    </message>
    <message>
        <source>No answer in “%1” can be taken over as a change.</source>
        <translation>Aus „%1“ lässt sich keine Antwort als Änderung übernehmen.</translation>
    </message>
    <message>
        <source>Requirement</source>
        <translation>Anforderung</translation>
    </message>
    <message>
        <source>In the audit</source>
        <translation>Im Audit</translation>
    </message>
    <message>
        <source>In the workbook</source>
        <translation>In der Arbeitsmappe</translation>
    </message>
    <message>
        <source>Not taken over</source>
        <translation>Nicht übernommen</translation>
    </message>
    <message>
        <source>Cell</source>
        <translation>Zelle</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>New measure</source>
        <translation>Neue Maßnahme</translation>
    </message>
    <message numerus="yes">
        <source>“%1” would change %n thing(s). Untick what is to stay as it is.</source>
        <translation>
            <numerusform>„%1“ würde %n Angabe ändern. Nehmen Sie den Haken weg, wo es bleiben soll, wie es ist.</numerusform>
            <numerusform>„%1“ würde %n Angaben ändern. Nehmen Sie die Haken weg, wo es bleiben soll, wie es ist.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::AskedDialog</name>
    <message>
        <source>Asked for, none there</source>
        <translation>Abgefragt, nichts vorhanden</translation>
    </message>
    <message>
        <source>An export leaves no trace of what a cluster has none of. Tick what you asked for and know to be absent: checks then count it as seen, and the report names you for it.</source>
        <translation>Ein Export hinterlässt keine Spur von dem, was es im Cluster nicht gibt. Haken Sie an, was Sie abgefragt haben und was nachweislich fehlt: Die Prüfregeln werten es dann als gesehen, und der Bericht nennt Sie als Quelle.</translation>
    </message>
    <message>
        <source>Kinds that the export says nothing of</source>
        <translation>Arten, über die der Export nichts sagt</translation>
    </message>
    <message>
        <source>How do you know?</source>
        <translation>Woher ist das bekannt?</translation>
    </message>
    <message>
        <source>For instance: kubectl get with the operators, empty, 12 November</source>
        <translation>Zum Beispiel: kubectl get mit dem Betrieb, leer, 12. November</translation>
    </message>
    <message>
        <source>Auditor</source>
        <translation>Prüfer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Festhalten</translation>
    </message>
    <message>
        <source>A newly ticked kind needs to say how it is known.</source>
        <translation>Für neu angehakte Arten ist anzugeben, woher es bekannt ist.</translation>
    </message>
</context>
<context>
    <name>tally::ui::AttachDialog</name>
    <message>
        <source>Evidence %1</source>
        <translation>Nachweis %1</translation>
    </message>
    <message>
        <source>Attach evidence</source>
        <translation>Nachweis anhängen</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>What is attached</source>
        <translation>Was angehängt wird</translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation>Dateien wählen</translation>
    </message>
    <message>
        <source>What was said, seen or asked</source>
        <translation>Was gesagt, gesehen oder gefragt wurde</translation>
    </message>
    <message>
        <source>Text of the note</source>
        <translation>Text der Notiz</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Evidence for</source>
        <translation>Nachweis für</translation>
    </message>
    <message>
        <source>From whom</source>
        <translation>Von wem</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Counts until</source>
        <translation>Gilt bis</translation>
    </message>
    <message>
        <source>as the file is called</source>
        <translation>wie die Datei heißt</translation>
    </message>
    <message>
        <source>for instance A3, A17.2</source>
        <translation>zum Beispiel A3, A17.2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Anhängen</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose files, or drop them here.</source>
        <translation>Wählen Sie Dateien, oder legen Sie sie hier ab.</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Screenshot</source>
        <translation>Bildschirmfoto</translation>
    </message>
    <message>
        <source>Choose what is to be attached.</source>
        <translation>Wählen Sie, was angehängt werden soll.</translation>
    </message>
</context>
<context>
    <name>tally::ui::AttachmentPreview</name>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>Kopie speichern</translation>
    </message>
    <message>
        <source>Save and open</source>
        <translation>Speichern und öffnen</translation>
    </message>
    <message>
        <source>Saves a copy where you say, and opens that with the system&apos;s program.</source>
        <translation>Speichert eine Kopie, wo Sie es sagen, und öffnet diese mit dem Programm des Systems.</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Content</source>
        <extracomment>kind of a file, its size</extracomment>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Choose a piece of evidence to see it.</source>
        <translation>Wählen Sie einen Nachweis, um ihn zu sehen.</translation>
    </message>
    <message>
        <source>Evidence for</source>
        <translation>Nachweis für</translation>
    </message>
    <message>
        <source>no requirement named</source>
        <translation>keine Anforderung genannt</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>From whom</source>
        <translation>Von wem</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Counts until</source>
        <translation>Gilt bis</translation>
    </message>
    <message>
        <source>%1, expired</source>
        <translation>%1, abgelaufen</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Attached by</source>
        <translation>Angehängt von</translation>
    </message>
    <message>
        <source>Removed by</source>
        <translation>Entfernt von</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Die Datei ist leer.</translation>
    </message>
    <message>
        <source>There is no preview of this kind of file. Save a copy to look at it with another program.</source>
        <translation>Für diese Art von Datei gibt es keine Vorschau. Speichern Sie eine Kopie, um sie mit einem anderen Programm anzusehen.</translation>
    </message>
    <message>
        <source>This file is too large for a preview. Save a copy to look at it.</source>
        <translation>Diese Datei ist zu groß für eine Vorschau. Speichern Sie eine Kopie, um sie anzusehen.</translation>
    </message>
    <message>
        <source>Is being read …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>This file cannot be shown: it is damaged, protected or too large. Save a copy to look at it with another program.</source>
        <translation>Diese Datei lässt sich nicht anzeigen: Sie ist beschädigt, geschützt oder zu groß. Speichern Sie eine Kopie, um sie mit einem anderen Programm anzusehen.</translation>
    </message>
    <message>
        <source>… Only the first %1 are shown.</source>
        <translation>… Nur die ersten %1 werden angezeigt.</translation>
    </message>
</context>
<context>
    <name>tally::ui::AttachmentRows</name>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Gilt bis</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>%1, expired</source>
        <translation>%1, abgelaufen</translation>
    </message>
    <message>
        <source>What is asked for</source>
        <translation>Was angefordert wird</translation>
    </message>
    <message>
        <source>Of whom</source>
        <translation>Von wem</translation>
    </message>
    <message>
        <source>Asked on</source>
        <translation>Angefordert</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Nachweise</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>überfällig</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>received</source>
        <translation>erhalten</translation>
    </message>
    <message>
        <source>not available</source>
        <translation>nicht vorhanden</translation>
    </message>
    <message>
        <source>expired on %1</source>
        <translation>abgelaufen am %1</translation>
    </message>
</context>
<context>
    <name>tally::ui::BoardView</name>
    <message>
        <source>Measures: %1</source>
        <extracomment>%1 a state: planned, done, ...</extracomment>
        <translation>Maßnahmen: %1</translation>
    </message>
    <message>
        <source>Ctrl+Left and Ctrl+Right move a measure to another state.</source>
        <translation>Strg+Links und Strg+Rechts verschieben eine Maßnahme in einen anderen Stand.</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>überfällig</translation>
    </message>
    <message>
        <source>%1, %2, priority %3, %4</source>
        <extracomment>number, title, priority, the rest</extracomment>
        <translation>%1, %2, Vorrang %3, %4</translation>
    </message>
    <message>
        <source>carried over</source>
        <translation>übernommen</translation>
    </message>
</context>
<context>
    <name>tally::ui::BuildPane</name>
    <message>
        <source>Built on an image without a known name.</source>
        <translation>Gebaut auf einem Image ohne bekannten Namen.</translation>
    </message>
    <message>
        <source>Built on %1.</source>
        <translation>Gebaut auf %1.</translation>
    </message>
    <message numerus="yes">
        <source>Its first %n layer(s) come from there.</source>
        <translation>
            <numerusform>Die erste Schicht stammt von dort.</numerusform>
            <numerusform>Die ersten %n Schichten stammen von dort.</numerusform>
        </translation>
    </message>
    <message>
        <source>Certain: the digests of the layers are the same.</source>
        <translation>Sicher: Die Digests der Schichten sind dieselben.</translation>
    </message>
    <message>
        <source>The image says so itself; nobody checked it.</source>
        <translation>Das gibt das Image selbst an; niemand hat es geprüft.</translation>
    </message>
    <message>
        <source>Probable: drawn from the habits of build tools.</source>
        <translation>Wahrscheinlich: aus den Gewohnheiten der Bauwerkzeuge geschlossen.</translation>
    </message>
    <message>
        <source>Nothing tells on which image this one was built.</source>
        <translation>Nichts verrät, auf welchem Image dieses gebaut ist.</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>Anweisung</translation>
    </message>
    <message>
        <source>Whole Dockerfile</source>
        <translation>Ganzes Dockerfile</translation>
    </message>
    <message>
        <source>Instruction of layer %1</source>
        <translation>Anweisung von Schicht %1</translation>
    </message>
    <message>
        <source>Instruction without a layer</source>
        <translation>Anweisung ohne Schicht</translation>
    </message>
    <message>
        <source>Dockerfile</source>
        <translation>Dockerfile</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Was gezeigt wird</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>Read back from the history of the image; comments, build stages and names of files on the builder are not kept. Enter shows the layer.</source>
        <translation>Aus der Historie des Images zurückgelesen; Kommentare, Baustufen und Dateinamen beim Bauen sind nicht erhalten. Die Eingabetaste zeigt die Schicht.</translation>
    </message>
    <message>
        <source>layer %1, %2</source>
        <extracomment>number of a layer, its size</extracomment>
        <translation>Schicht %1, %2</translation>
    </message>
</context>
<context>
    <name>tally::ui::BulkPanel</name>
    <message numerus="yes">
        <source>Set for %n requirement(s) at %1. Undo takes all of it back.</source>
        <translation>
            <numerusform>Für %n Anforderung gesetzt um %1. Rückgängig nimmt alles zurück.</numerusform>
            <numerusform>Für %n Anforderungen gesetzt um %1. Rückgängig nimmt alles zurück.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Begründung</translation>
    </message>
    <message>
        <source>Responsible</source>
        <translation>Verantwortlich</translation>
    </message>
    <message>
        <source>Done by</source>
        <translation>Umsetzung bis</translation>
    </message>
    <message>
        <source>Empty fields stay as they are in each of them.</source>
        <translation>Leere Felder bleiben bei jeder so, wie sie sind.</translation>
    </message>
    <message>
        <source>Set for all</source>
        <translation>Für alle setzen</translation>
    </message>
    <message numerus="yes">
        <source>%n requirements selected</source>
        <translation>
            <numerusform>%n Anforderung ausgewählt</numerusform>
            <numerusform>%n Anforderungen ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is no date. Write it as 31.03.2027 or 2027-03-31.</source>
        <translation>„%1“ ist kein Datum. Schreibweise: 31.03.2027 oder 2027-03-31.</translation>
    </message>
    <message>
        <source>Enter what is to be set.</source>
        <translation>Angeben, was gesetzt werden soll.</translation>
    </message>
    <message>
        <source>Who decides? Enter your name with one decision first.</source>
        <translation>Wer entscheidet? Zuerst bei einer einzelnen Entscheidung den Namen angeben.</translation>
    </message>
    <message>
        <source>Confirm earlier answers</source>
        <translation>Frühere Antworten bestätigen</translation>
    </message>
</context>
<context>
    <name>tally::ui::CausesModel</name>
    <message>
        <source>%1, %2, %3</source>
        <extracomment>title, severity, count of objects or findings</extracomment>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>Concerns no requirement by itself</source>
        <translation>Betrifft für sich keine Anforderung</translation>
    </message>
    <message>
        <source>No technique of attack</source>
        <translation>Keiner Angriffstechnik zugeordnet</translation>
    </message>
    <message>
        <source>Nobody named as owner</source>
        <translation>Keine zuständige Stelle benannt</translation>
    </message>
</context>
<context>
    <name>tally::ui::ChecklistModel</name>
    <message>
        <source>%1, %2, %3</source>
        <extracomment>number, title, state</extracomment>
        <translation>%1, %2, %3</translation>
    </message>
</context>
<context>
    <name>tally::ui::ChecklistPage</name>
    <message>
        <source>Checklist</source>
        <translation>Prüfliste</translation>
    </message>
    <message>
        <source>Number, title or text</source>
        <translation>Nummer, Titel oder Text</translation>
    </message>
    <message>
        <source>Search requirements</source>
        <translation>Anforderungen suchen</translation>
    </message>
    <message>
        <source>Which requirements</source>
        <translation>Welche Anforderungen</translation>
    </message>
    <message>
        <source>Requirements</source>
        <translation>Anforderungen</translation>
    </message>
    <message>
        <source>No requirement fits. Escape clears the search.</source>
        <translation>Keine Anforderung passt. Esc leert die Suche.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Deviation</source>
        <translation>Abweichung</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>No audit is open</source>
        <translation>Kein Audit geöffnet</translation>
    </message>
    <message>
        <source>Here you decide, requirement by requirement, what the audited party meets. An audit file keeps it.</source>
        <translation>Hier entscheiden Sie Anforderung für Anforderung, was die geprüfte Stelle erfüllt. Eine Auditdatei bewahrt es auf.</translation>
    </message>
    <message>
        <source>New audit</source>
        <translation>Neues Audit</translation>
    </message>
    <message>
        <source>Stage of review</source>
        <translation>Stand der Gegenprüfung</translation>
    </message>
    <message>
        <source>All stages of review</source>
        <translation>Jeder Stand der Gegenprüfung</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>Gegenzuprüfen</translation>
    </message>
    <message>
        <source>Sent back</source>
        <translation>Zurückgegeben</translation>
    </message>
    <message>
        <source>Not submitted</source>
        <translation>Nicht vorgelegt</translation>
    </message>
    <message>
        <source>Look at them</source>
        <translation>Ansehen</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <translation>
            <numerusform>%n Antwort</numerusform>
            <numerusform>%n Antworten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s)</source>
        <translation>
            <numerusform>%n Ausnahme</numerusform>
            <numerusform>%n Ausnahmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kind(s) asked for</source>
        <translation>
            <numerusform>%n abgefragte Art</numerusform>
            <numerusform>%n abgefragte Arten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n target object(s)</source>
        <translation>
            <numerusform>%n Zielobjekt</numerusform>
            <numerusform>%n Zielobjekte</numerusform>
        </translation>
    </message>
    <message>
        <source>From the earlier audit, to be confirmed: %1.</source>
        <extracomment>%1 a list of what waits</extracomment>
        <translation>Aus dem früheren Audit, zu bestätigen: %1.</translation>
    </message>
</context>
<context>
    <name>tally::ui::ClassFields</name>
    <message>
        <source>Classification</source>
        <translation>Einstufung</translation>
    </message>
    <message>
        <source>KRITIS deficiency</source>
        <translation>KRITIS-Mangel</translation>
    </message>
    <message>
        <source>Decide “no” or “partially” first; with “yes” there can be a recommendation.</source>
        <translation>Entscheiden Sie zuerst „nein“ oder „teilweise“; bei „ja“ ist eine Empfehlung möglich.</translation>
    </message>
    <message>
        <source>not classified</source>
        <translation>nicht eingestuft</translation>
    </message>
    <message>
        <source>only a deviation is classified</source>
        <translation>nur Abweichungen werden eingestuft</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
</context>
<context>
    <name>tally::ui::ClusterObjectsModel</name>
    <message numerus="yes">
        <source>%1, %n object(s)</source>
        <translation>
            <numerusform>%1, %n Objekt</numerusform>
            <numerusform>%1, %n Objekte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n finding(s), worst: %2</source>
        <translation>
            <numerusform>%1, %n Befund, höchste Schwere: %2</numerusform>
            <numerusform>%1, %n Befunde, höchste Schwere: %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::ClusterPage</name>
    <message>
        <source>Cluster</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>All namespaces</source>
        <translation>Alle Namespaces</translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation>Namespaces</translation>
    </message>
    <message>
        <source>Filter objects</source>
        <translation>Objekte filtern</translation>
    </message>
    <message>
        <source>Kind of objects</source>
        <translation>Art der Objekte</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>No cluster yet</source>
        <translation>Noch kein Cluster</translation>
    </message>
    <message>
        <source>Here you see what a cluster export holds, and what it lacks. Open the output of kubectl, a folder of manifests or a support bundle; nothing is contacted.</source>
        <translation>Hier sehen Sie, was ein Cluster-Export enthält und was ihm fehlt. Öffnen Sie die Ausgabe von kubectl, einen Ordner mit Manifesten oder ein Support-Bundle; es wird nichts angesprochen.</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Dateien öffnen</translation>
    </message>
    <message>
        <source>New audit</source>
        <translation>Neues Audit</translation>
    </message>
    <message>
        <source>Kubernetes %1</source>
        <translation>Kubernetes %1</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n Node</numerusform>
            <numerusform>%n Nodes</numerusform>
        </translation>
    </message>
    <message>
        <source>as of %1</source>
        <translation>Stand %1</translation>
    </message>
    <message numerus="yes">
        <source>%n kind(s) not seen</source>
        <translation>
            <numerusform>%n Objektart nicht gesehen</numerusform>
            <numerusform>%n Objektarten nicht gesehen</numerusform>
        </translation>
    </message>
    <message>
        <source>Completeness</source>
        <translation>Vollständigkeit</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>Alle Arten</translation>
    </message>
    <message>
        <source>1 object</source>
        <translation>1 Objekt</translation>
    </message>
    <message>
        <source>%1 objects</source>
        <translation>%1 Objekte</translation>
    </message>
    <message>
        <source>Workloads</source>
        <translation>Workloads</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Zugriff</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Control plane</source>
        <translation>Control Plane</translation>
    </message>
    <message>
        <source>Guards</source>
        <translation>Schutz</translation>
    </message>
    <message>
        <source>Mixes several clusters</source>
        <translation>Mischt mehrere Cluster</translation>
    </message>
    <message>
        <source>Read as one cluster: %1. What joins objects, and what says that something is absent, cannot be relied on. Open each of them by itself.</source>
        <translation>Als ein Cluster gelesen: %1. Auf das, was Objekte verbindet oder für ihr Fehlen spricht, ist kein Verlass. Öffnen Sie jeden für sich.</translation>
    </message>
    <message>
        <source>Which cluster</source>
        <translation>Welcher Cluster</translation>
    </message>
    <message>
        <source>Which cluster this page shows</source>
        <translation>Welchen Cluster diese Seite zeigt</translation>
    </message>
    <message>
        <source>Assign exports …</source>
        <translation>Exporte zuordnen …</translation>
    </message>
    <message>
        <source>Says which export belongs to which cluster, and what they are called</source>
        <translation>Sagt, welcher Export zu welchem Cluster gehört und wie die Cluster heißen</translation>
    </message>
</context>
<context>
    <name>tally::ui::ClusterPane</name>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Open finding</source>
        <translation>Befund öffnen</translation>
    </message>
    <message numerus="yes">
        <source>%n more stand at the object.</source>
        <translation>
            <numerusform>%n weiterer steht beim Objekt.</numerusform>
            <numerusform>%n weitere stehen beim Objekt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::ClustersDialog</name>
    <message>
        <source>Clusters of this audit</source>
        <translation>Cluster dieses Audits</translation>
    </message>
    <message>
        <source>Exports of one cluster are read together, those of several are judged one by one. What the exports themselves tell is chosen already; where they tell nothing, you decide.</source>
        <translation>Exporte eines Clusters werden zusammen gelesen, die mehrerer Cluster einzeln beurteilt. Was die Exporte selbst verraten, ist schon gewählt; wo sie nichts verraten, entscheiden Sie.</translation>
    </message>
    <message>
        <source>Which export belongs to which cluster</source>
        <translation>Welcher Export zu welchem Cluster gehört</translation>
    </message>
    <message>
        <source>What the clusters are called, in the window and in the report</source>
        <translation>Wie die Cluster heißen, im Fenster und im Bericht</translation>
    </message>
    <message>
        <source>A cluster of its own</source>
        <translation>Ein eigener Cluster</translation>
    </message>
    <message>
        <source>Name of the cluster %1</source>
        <translation>Name des Clusters %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Assign</source>
        <translation>Zuordnen</translation>
    </message>
    <message>
        <source>Assign all the same</source>
        <translation>Trotzdem zuordnen</translation>
    </message>
</context>
<context>
    <name>tally::ui::CommandLine</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the command %1</source>
        <translation>Befehl %1 kopieren</translation>
    </message>
</context>
<context>
    <name>tally::ui::ComparePage</name>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Since the last audit</source>
        <translation>Seit dem letzten Audit</translation>
    </message>
    <message>
        <source>Choose earlier audit</source>
        <translation>Frühere Prüfung wählen</translation>
    </message>
    <message>
        <source>Write difference report</source>
        <translation>Differenzbericht schreiben</translation>
    </message>
    <message>
        <source>Compare by names although these are two clusters</source>
        <translation>Anhand der Namen vergleichen, obwohl es zwei Cluster sind</translation>
    </message>
    <message>
        <source>What became of the findings</source>
        <translation>Was aus den Befunden geworden ist</translation>
    </message>
    <message>
        <source>differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>No earlier audit chosen</source>
        <translation>Keine frühere Prüfung gewählt</translation>
    </message>
    <message>
        <source>Choose the file of an earlier audit to see what is new, what is gone, and what nobody looked at again.</source>
        <translation>Wählen Sie die Datei einer früheren Prüfung, um zu sehen, was neu ist, was entfallen ist und was nicht erneut geprüft wurde.</translation>
    </message>
    <message>
        <source>Audits (*.tally)</source>
        <translation>Prüfungen (*.tally)</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>%1 wird gelesen</translation>
    </message>
    <message>
        <source>Comparing with %1</source>
        <translation>Vergleich mit %1 läuft</translation>
    </message>
    <message>
        <source>Compared with “%1”, judged on %2. %3 findings are unchanged.</source>
        <translation>Verglichen mit „%1“, ausgewertet am %2. %3 Befunde sind unverändert.</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>No longer there</source>
        <translation>Nicht mehr vorhanden</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Verändert</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Entscheidungen</translation>
    </message>
    <message>
        <source>The newer audit looked at the same places.</source>
        <translation>Die neuere Prüfung hat dieselben Stellen geprüft.</translation>
    </message>
    <message>
        <source>The newer audit lacks what it needs to see them. They must not be taken for mended.</source>
        <translation>Der neueren Prüfung fehlt, was sie dazu bräuchte. Sie dürfen nicht als behoben gelten.</translation>
    </message>
    <message>
        <source>Another severity, another statement, or in another form at the same object.</source>
        <translation>Andere Schwere, andere Aussage oder am selben Objekt in anderer Form.</translation>
    </message>
    <message>
        <source>What people had decided then, and what they decide now.</source>
        <translation>Was damals entschieden wurde und was heute gilt.</translation>
    </message>
    <message>
        <source>What the earlier audit did not have.</source>
        <translation>Was die frühere Prüfung nicht enthielt.</translation>
    </message>
    <message>
        <source>by rules only</source>
        <translation>nur durch Regeln</translation>
    </message>
    <message>
        <source>severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>statement</source>
        <translation>Aussage</translation>
    </message>
    <message>
        <source>place in a list</source>
        <translation>Stelle in einer Liste</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Not seen</source>
        <translation>Nicht gesehen</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>Requirement</source>
        <translation>Anforderung</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Damals</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>PDF-Dateien (*.pdf)</translation>
    </message>
    <message>
        <source>HTML files (*.html)</source>
        <translation>HTML-Dateien (*.html)</translation>
    </message>
    <message>
        <source>JSON files (*.json)</source>
        <translation>JSON-Dateien (*.json)</translation>
    </message>
    <message>
        <source>to be confirmed</source>
        <translation>zu bestätigen</translation>
    </message>
    <message>
        <source>Not looked at</source>
        <translation>Nicht mehr geprüft</translation>
    </message>
</context>
<context>
    <name>tally::ui::ComparePane</name>
    <message>
        <source>Open another image …</source>
        <translation>Anderes Image öffnen …</translation>
    </message>
    <message>
        <source>choose an image</source>
        <translation>Image wählen</translation>
    </message>
    <message>
        <source>Compare with another image</source>
        <translation>Mit einem anderen Image vergleichen</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>%1 wird gelesen</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>Vergleiche</translation>
    </message>
    <message>
        <source>Choose an older image: then you see which files, packages and settings this one has, lost or changed. It is only read for this, not added to the audit.</source>
        <translation>Wählen Sie ein älteres Image: Dann sehen Sie, welche Dateien, Pakete und Einstellungen dieses neu, verloren oder geändert hat. Es wird nur dafür gelesen, nicht ins Audit aufgenommen.</translation>
    </message>
    <message>
        <source>Files %1</source>
        <translation>Dateien %1</translation>
    </message>
    <message>
        <source>Packages %1</source>
        <translation>Pakete %1</translation>
    </message>
    <message>
        <source>Settings %1</source>
        <translation>Einstellungen %1</translation>
    </message>
    <message>
        <source>+ new</source>
        <translation>+ neu</translation>
    </message>
    <message>
        <source>− gone</source>
        <translation>− weg</translation>
    </message>
    <message>
        <source>~ changed</source>
        <translation>~ geändert</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Older image</source>
        <translation>Älteres Image</translation>
    </message>
    <message>
        <source>This image</source>
        <translation>Dieses Image</translation>
    </message>
    <message>
        <source>No difference.</source>
        <translation>Kein Unterschied.</translation>
    </message>
    <message>
        <source>What a container would see differently. Enter shows the file in the tree.</source>
        <translation>Was ein Container anders sähe. Die Eingabetaste zeigt die Datei im Baum.</translation>
    </message>
    <message>
        <source>Compared with the older image</source>
        <translation>Verglichen mit dem älteren Image</translation>
    </message>
    <message>
        <source>What is compared</source>
        <translation>Was verglichen wird</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message numerus="yes">
        <source>The first %n layer(s) are the same.</source>
        <translation>
            <numerusform>Die erste Schicht ist dieselbe.</numerusform>
            <numerusform>Die ersten %n Schichten sind dieselben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of equal size in different layers were not compared by content; they count as equal.</source>
        <translation>
            <numerusform>%n Datei gleicher Größe in verschiedenen Schichten wurde nicht nach Inhalt verglichen; sie gilt als gleich.</numerusform>
            <numerusform>%n Dateien gleicher Größe in verschiedenen Schichten wurden nicht nach Inhalt verglichen; sie gelten als gleich.</numerusform>
        </translation>
    </message>
    <message>
        <source>Computing the SHA-256 of changed files</source>
        <translation>SHA-256 geänderter Dateien wird berechnet</translation>
    </message>
    <message>
        <source>%1, another content</source>
        <extracomment>%1 describes a file</extracomment>
        <translation>%1, anderer Inhalt</translation>
    </message>
    <message>
        <source>Where only the content differs, its SHA-256 could not be computed: the source of one of both images is not where it was, or cannot be read.</source>
        <translation>Wo sich nur der Inhalt unterscheidet, konnte der SHA-256 nicht berechnet werden: Die Quelle eines der beiden Images liegt nicht mehr dort, wo sie war, oder ist nicht lesbar.</translation>
    </message>
    <message>
        <source>SHA-256 %2, %1</source>
        <extracomment>%1 describes a file, %2 is a SHA-256, shortened</extracomment>
        <translation>SHA-256 %2, %1</translation>
    </message>
</context>
<context>
    <name>tally::ui::CompletenessPane</name>
    <message>
        <source>Completeness of the export</source>
        <translation>Vollständigkeit des Exports</translation>
    </message>
    <message>
        <source>Completeness of</source>
        <translation>Vollständigkeit von</translation>
    </message>
    <message>
        <source>Whole export</source>
        <translation>Ganzer Export</translation>
    </message>
    <message>
        <source>there</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>asked for, none there</source>
        <translation>abgefragt, keine vorhanden</translation>
    </message>
    <message>
        <source>not in the export: not checked</source>
        <translation>nicht im Export: nicht geprüft</translation>
    </message>
    <message>
        <source>reading was refused: not checked</source>
        <translation>Lesen verweigert: nicht geprüft</translation>
    </message>
    <message>
        <source>there, values taken out</source>
        <translation>vorhanden, Werte entfernt</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>API group</source>
        <translation>API-Gruppe</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Command that fetches it</source>
        <translation>Befehl, der sie holt</translation>
    </message>
    <message>
        <source>The export shows a running cluster.</source>
        <translation>Der Export zeigt einen laufenden Cluster.</translation>
    </message>
    <message>
        <source>The export holds manifests: what is to be installed, not what runs.</source>
        <translation>Der Export enthält Manifeste: was installiert werden soll, nicht was läuft.</translation>
    </message>
    <message>
        <source>The export holds objects of a running cluster and manifests beside them.</source>
        <translation>Der Export enthält Objekte eines laufenden Clusters und daneben Manifeste.</translation>
    </message>
    <message>
        <source>“None there” counts only on evidence. What the export does not show is not checked, and never a pass. Ctrl+C copies the chosen rows.</source>
        <translation>„Keine vorhanden“ gilt nur mit Beleg. Was der Export nicht zeigt, ist nicht geprüft und nie bestanden. Strg+C kopiert die gewählten Zeilen.</translation>
    </message>
    <message numerus="yes">
        <source>%n command(s) copied</source>
        <translation>
            <numerusform>%n Befehl kopiert</numerusform>
            <numerusform>%n Befehle kopiert</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy commands</source>
        <translation>Befehle kopieren</translation>
    </message>
    <message>
        <source>Copy the commands that fetch what is missing</source>
        <translation>Die Befehle kopieren, die das Fehlende holen</translation>
    </message>
    <message>
        <source>Record what was asked for</source>
        <translation>Abgefragtes festhalten</translation>
    </message>
    <message>
        <source>Put on record that kinds were asked for and none was there</source>
        <translation>Festhalten, dass Arten abgefragt wurden und nichts vorhanden war</translation>
    </message>
    <message>
        <source>none there: %1</source>
        <translation>nichts vorhanden: %1</translation>
    </message>
</context>
<context>
    <name>tally::ui::ConfirmDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Tick those whose evidence did not change</source>
        <translation>Die anhaken, deren Grundlage gleich blieb</translation>
    </message>
    <message>
        <source>Tick all</source>
        <translation>Alle anhaken</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Grundlage</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Begründung</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>Decided by %1, %2</source>
        <extracomment>%1 person, %2 time</extracomment>
        <translation>Entschieden: %1, %2</translation>
    </message>
    <message>
        <source>not possible</source>
        <translation>nicht möglich</translation>
    </message>
    <message>
        <source>none there</source>
        <translation>keine vorhanden</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>gefragt</translation>
    </message>
    <message numerus="yes">
        <source>Confirm %n</source>
        <translation>
            <numerusform>%n bestätigen</numerusform>
            <numerusform>%n bestätigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Confirm what was carried over</source>
        <translation>Übernommenes bestätigen</translation>
    </message>
    <message>
        <source>This comes from “%1”. What you tick holds here from now on, by you and today; the rest waits on. Exceptions do not count before.</source>
        <extracomment>%1 title of the earlier audit</extracomment>
        <translation>Dies stammt aus „%1“. Was Sie ankreuzen, gilt ab jetzt auch hier, von Ihnen und mit heutigem Datum; der Rest wartet weiter. Ausnahmen zählen vorher nicht.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>What comes from the earlier audit</source>
        <translation>Was aus dem früheren Audit stammt</translation>
    </message>
    <message>
        <source>a finding that is not there now</source>
        <translation>ein Befund, den es jetzt nicht gibt</translation>
    </message>
    <message>
        <source>system namespaces</source>
        <translation>System-Namespaces</translation>
    </message>
    <message>
        <source>counts already</source>
        <translation>zählt schon</translation>
    </message>
    <message numerus="yes">
        <source>covers %n</source>
        <translation>
            <numerusform>erfasst %n</numerusform>
            <numerusform>erfasst %n</numerusform>
        </translation>
    </message>
    <message>
        <source>still there</source>
        <translation>noch da</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>nicht mehr da</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>Bis %1</translation>
    </message>
    <message>
        <source>protection needs</source>
        <translation>Schutzbedarf</translation>
    </message>
    <message>
        <source>Confidentiality</source>
        <translation>Vertraulichkeit</translation>
    </message>
    <message>
        <source>Integrity</source>
        <translation>Integrität</translation>
    </message>
    <message>
        <source>Availability</source>
        <translation>Verfügbarkeit</translation>
    </message>
    <message>
        <source>Who confirms it? Your name stands with it and in the journal.</source>
        <translation>Wer bestätigt es? Ihr Name steht dabei und im Journal.</translation>
    </message>
</context>
<context>
    <name>tally::ui::ControlPlanePane</name>
    <message>
        <source>Settings of the control plane</source>
        <translation>Einstellungen der Control Plane</translation>
    </message>
    <message>
        <source>(not set)</source>
        <translation>(nicht gesetzt)</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Node</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Read from static pods, their mirror pods and the configuration of the kubelets.</source>
        <translation>Gelesen aus statischen Pods, ihren Spiegel-Pods und der Konfiguration der Kubelets.</translation>
    </message>
    <message>
        <source>Not checked, because the export does not tell how they are set: %1. Flags stand in the pods of kube-system, or in files of the nodes; those of the kubelet in its configz.</source>
        <translation>Nicht geprüft, weil der Export die Einstellungen nicht zeigt: %1. Parameter stehen in den Pods von kube-system oder in Dateien der Nodes, die des Kubelet in seiner configz.</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>Where the provider runs the control plane, ask the provider. Else the audited party can fetch the pods of kube-system with:</source>
        <translation>Betreibt der Anbieter die Control Plane, fragen Sie ihn. Sonst kann die geprüfte Stelle die Pods von kube-system holen mit:</translation>
    </message>
    <message>
        <source>and the configuration of each kubelet with:</source>
        <translation>und die Konfiguration jedes Kubelet mit:</translation>
    </message>
    <message>
        <source>Show as YAML, line %1</source>
        <translation>Als YAML zeigen, Zeile %1</translation>
    </message>
    <message>
        <source>not told, or all of them</source>
        <translation>nicht genannt, oder alle</translation>
    </message>
    <message>
        <source>Stands in</source>
        <translation>Steht in</translation>
    </message>
</context>
<context>
    <name>tally::ui::DecisionMore</name>
    <message>
        <source>Saved %1</source>
        <translation>Gespeichert %1</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Notes on the implementation</source>
        <translation>Notizen zur Umsetzung</translation>
    </message>
    <message>
        <source>Interviewed (parted by semicolons)</source>
        <translation>Befragt (durch Semikolon getrennt)</translation>
    </message>
    <message>
        <source>Assessed by</source>
        <translation>Erhoben von</translation>
    </message>
    <message>
        <source>on</source>
        <translation>am</translation>
    </message>
    <message>
        <source>Effort, person-days</source>
        <translation>Aufwand, Personentage</translation>
    </message>
    <message>
        <source>Cost once, €</source>
        <translation>Kosten einmalig, €</translation>
    </message>
    <message>
        <source>Cost a year, €</source>
        <translation>Kosten jährlich, €</translation>
    </message>
    <message>
        <source>Residual risk</source>
        <translation>Restrisiko</translation>
    </message>
    <message>
        <source>The risk of a MUST cannot be accepted: plan a measure.</source>
        <translation>Bei einem MUSS ist keine Risikoübernahme möglich: Maßnahme planen.</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Maßnahme</translation>
    </message>
    <message>
        <source>Submit for review</source>
        <translation>Zur Gegenprüfung vorlegen</translation>
    </message>
    <message>
        <source>A second person looks at the decision (key S)</source>
        <translation>Eine zweite Person sieht sich die Entscheidung an (Taste S)</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>By somebody else than who decided (key A)</source>
        <translation>Durch jemand anderen als die entscheidende Person (Taste A)</translation>
    </message>
    <message>
        <source>Send back</source>
        <translation>Zurückgeben</translation>
    </message>
    <message>
        <source>With what is missing (key R)</source>
        <translation>Mit dem, was fehlt (Taste R)</translation>
    </message>
    <message>
        <source>What is missing?</source>
        <translation>Was fehlt?</translation>
    </message>
    <message>
        <source>What is missing</source>
        <translation>Was fehlt</translation>
    </message>
    <message>
        <source>Not saved yet. “%1” is no date. Write it as 31.03.2027 or 2027-03-31.</source>
        <translation>Noch nicht gespeichert. „%1“ ist kein Datum. Schreibweise: 31.03.2027 oder 2027-03-31.</translation>
    </message>
    <message>
        <source>Not saved yet. Costs are whole euros, effort is person-days such as 2.5.</source>
        <translation>Noch nicht gespeichert. Kosten sind ganze Euro, Aufwand sind Personentage wie 2,5.</translation>
    </message>
    <message>
        <source>assessed on %1</source>
        <translation>erhoben am %1</translation>
    </message>
    <message>
        <source>assessed by %1</source>
        <translation>erhoben von %1</translation>
    </message>
    <message>
        <source>assessed by %1 on %2</source>
        <translation>erhoben von %1 am %2</translation>
    </message>
    <message numerus="yes">
        <source>%n interviewed</source>
        <translation>
            <numerusform>%n Person befragt</numerusform>
            <numerusform>%n Personen befragt</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 person-days</source>
        <translation>%1 Personentage</translation>
    </message>
    <message>
        <source>residual risk</source>
        <translation>Restrisiko</translation>
    </message>
    <message>
        <source>submitted by %1, %2</source>
        <translation>vorgelegt von %1, %2</translation>
    </message>
    <message>
        <source>accepted by %1, %2</source>
        <translation>bestätigt von %1, %2</translation>
    </message>
    <message>
        <source>sent back by %1, %2</source>
        <translation>zurückgegeben von %1, %2</translation>
    </message>
    <message>
        <source>%1; decided anew since</source>
        <translation>%1; seitdem neu entschieden</translation>
    </message>
    <message>
        <source>The details of %1 are not saved: a date or a number cannot be read. They wait there.</source>
        <translation>Die Angaben zu %1 sind nicht gespeichert: Ein Datum oder eine Zahl ist nicht lesbar. Sie warten dort.</translation>
    </message>
    <message>
        <source>The details of %1 are not saved: the file could not be written. They wait there.</source>
        <extracomment>%1 number of a requirement</extracomment>
        <translation>Die Einzelheiten zu %1 sind nicht gespeichert: Die Datei konnte nicht geschrieben werden. Sie warten dort.</translation>
    </message>
    <message>
        <source>Notes, who was asked, date, costs, residual risk, classification (key D)</source>
        <translation>Notizen, Befragte, Datum, Kosten, Restrisiko, Einstufung (Taste D)</translation>
    </message>
</context>
<context>
    <name>tally::ui::DecisionPanel</name>
    <message>
        <source>Saved %1</source>
        <translation>Gespeichert %1</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Confirm as it stands</source>
        <translation>So bestätigen</translation>
    </message>
    <message>
        <source>What this decision rested on has changed since. It stays as it is until you confirm or change it.</source>
        <translation>Worauf diese Entscheidung beruhte, hat sich seither geändert. Sie bleibt stehen, bis Sie sie bestätigen oder ändern.</translation>
    </message>
    <message>
        <source>Responsible</source>
        <translation>Verantwortlich</translation>
    </message>
    <message>
        <source>Done by</source>
        <translation>Umsetzung bis</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Maßnahme</translation>
    </message>
    <message>
        <source>Save, next</source>
        <translation>Speichern, weiter</translation>
    </message>
    <message>
        <source>Saves the decision and goes to the next requirement that is open.</source>
        <translation>Speichert die Entscheidung und geht zur nächsten offenen Anforderung.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Begründung</translation>
    </message>
    <message>
        <source>“%1” is no date. Write it as 31.03.2027 or 2027-03-31.</source>
        <translation>„%1“ ist kein Datum. Schreiben Sie 31.03.2027 oder 2027-03-31.</translation>
    </message>
    <message>
        <source>Not saved yet. %1</source>
        <translation>Noch nicht gespeichert. %1</translation>
    </message>
    <message>
        <source>Not saved yet: the basis has changed. Ctrl+Enter confirms the decision.</source>
        <translation>Noch nicht gespeichert: Die Grundlage hat sich geändert. Strg+Enter bestätigt die Entscheidung.</translation>
    </message>
    <message>
        <source>Will be saved as soon as the running work lets go of the file.</source>
        <translation>Wird gespeichert, sobald die laufende Arbeit die Datei freigibt.</translation>
    </message>
    <message>
        <source>Choose a decision first: keys 1 to 4.</source>
        <translation>Wählen Sie zuerst eine Entscheidung: Tasten 1 bis 4.</translation>
    </message>
    <message>
        <source>Proposal: %1</source>
        <translation>Vorschlag: %1</translation>
    </message>
    <message>
        <source>What the data suggest. A person decides.</source>
        <translation>Was die Daten nahelegen. Es entscheidet ein Mensch.</translation>
    </message>
    <message>
        <source>Reason (required)</source>
        <translation>Begründung (erforderlich)</translation>
    </message>
    <message>
        <source>Who decides? Your name, for decisions and the journal:</source>
        <translation>Wer entscheidet? Ihr Name, für Entscheidungen und Journal:</translation>
    </message>
    <message>
        <source>Name of the person who decides</source>
        <translation>Name der Person, die entscheidet</translation>
    </message>
    <message>
        <source>First and last name</source>
        <translation>Vor- und Nachname</translation>
    </message>
    <message>
        <source>Use this name</source>
        <extracomment>the name that was entered is used from now on</extracomment>
        <translation>Name übernehmen</translation>
    </message>
    <message>
        <source>%1 is not saved: %2 What you entered there is kept until the program ends.</source>
        <extracomment>%1 is a requirement, %2 says why not</extracomment>
        <translation>%1 ist nicht gespeichert: %2 Ihre Eingaben bleiben dort stehen, bis das Programm endet.</translation>
    </message>
    <message>
        <source>its basis has changed.</source>
        <translation>Die Grundlage hat sich geändert.</translation>
    </message>
    <message>
        <source>Who decides? Enter your name.</source>
        <translation>Wer entscheidet? Geben Sie Ihren Namen ein.</translation>
    </message>
    <message>
        <source>person not stated</source>
        <translation>Person nicht angegeben</translation>
    </message>
    <message>
        <source>Decided by %1, %2</source>
        <extracomment>of a decision: who, when</extracomment>
        <translation>Entschieden: %1, %2</translation>
    </message>
    <message>
        <source>In UTC, as in the journal: %1</source>
        <extracomment>%1 is a time</extracomment>
        <translation>In UTC, wie im Journal: %1</translation>
    </message>
    <message>
        <source>To be confirmed: the audit “%1” decided “%2” (%3, %4). %5</source>
        <extracomment>%1 title of the earlier audit, %2 decision, %3 who, %4 when, %5 reason</extracomment>
        <translation>Zu bestätigen: Die Prüfung „%1“ entschied „%2“ (%3, %4). %5</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>To be confirmed: “%1” answers “%2”. %3</source>
        <extracomment>%1 a file, %2 decision, %3 reason</extracomment>
        <translation>Zu bestätigen: „%1“ antwortet „%2“. %3</translation>
    </message>
    <message>
        <source>Not taken over: “%1” decided “%2” (%3). %4</source>
        <extracomment>%1 title and edition of the earlier audit, %2 decision, %3 reason, %4 what is different now</extracomment>
        <translation>Nicht übernommen: „%1“ entschied „%2“ (%3). %4</translation>
    </message>
</context>
<context>
    <name>tally::ui::DecisionRow</name>
    <message>
        <source>Decision: %1</source>
        <translation>Entscheidung: %1</translation>
    </message>
</context>
<context>
    <name>tally::ui::DigestLines</name>
    <message>
        <source>Copy the SHA-256, %1</source>
        <translation>SHA-256 kopieren, %1</translation>
    </message>
    <message>
        <source>Copy the whole SHA-256</source>
        <translation>Ganzen SHA-256 kopieren</translation>
    </message>
    <message>
        <source>Choose the file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>Berechnen</translation>
    </message>
    <message>
        <source>Compute the SHA-256 of the file</source>
        <translation>SHA-256 der Datei berechnen</translation>
    </message>
    <message>
        <source>is being computed …</source>
        <translation>wird berechnet …</translation>
    </message>
    <message>
        <source>not computed: %1 is not where it was. The audit keeps no file contents.</source>
        <translation>nicht berechnet: %1 liegt nicht mehr dort, wo es war. Das Audit enthält keine Dateiinhalte.</translation>
    </message>
</context>
<context>
    <name>tally::ui::EmptyState</name>
    <message>
        <source>Open the sample instead</source>
        <translation>Stattdessen das Beispiel öffnen</translation>
    </message>
</context>
<context>
    <name>tally::ui::ErrorDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) did not work</source>
        <translation>
            <numerusform>%n Vorgang hat nicht geklappt</numerusform>
            <numerusform>%n Vorgänge haben nicht geklappt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::EvidenceDelegate</name>
    <message>
        <source>show all %1</source>
        <translation>alle %1 zeigen</translation>
    </message>
</context>
<context>
    <name>tally::ui::EvidenceModel</name>
    <message numerus="yes">
        <source>%n in system namespaces, a group of their own</source>
        <translation>
            <numerusform>%n in einem System-Namespace, als eigene Gruppe</numerusform>
            <numerusform>%n in System-Namespaces, als eigene Gruppe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n weiteres</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, layer %2</source>
        <translation>%1, Schicht %2</translation>
    </message>
    <message>
        <source>%1, severity %2</source>
        <extracomment>title of a cause, severity</extracomment>
        <translation>%1, Schwere %2</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Fundstelle</translation>
    </message>
    <message>
        <source>as an exception</source>
        <translation>als Ausnahme</translation>
    </message>
    <message numerus="yes">
        <source>%n of them as exceptions</source>
        <translation>
            <numerusform>%n davon als Ausnahme</numerusform>
            <numerusform>%n davon als Ausnahmen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::EvidencePage</name>
    <message>
        <source>Evidence</source>
        <translation>Nachweise</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Anhängen</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Attaches the picture, the text, the link or the files that the clipboard holds.</source>
        <translation>Hängt das Bild, den Text, den Link oder die Dateien aus der Zwischenablage an.</translation>
    </message>
    <message>
        <source>Write all to a folder</source>
        <translation>Alle in einen Ordner schreiben</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Files and pictures</source>
        <translation>Dateien und Bilder</translation>
    </message>
    <message>
        <source>Notes and links</source>
        <translation>Notizen und Links</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>Which evidence</source>
        <translation>Welche Nachweise</translation>
    </message>
    <message>
        <source>No evidence yet</source>
        <translation>Noch keine Nachweise</translation>
    </message>
    <message>
        <source>Here you keep what proves how a requirement is met: documents, screenshots, notes of interviews, links. Drop files here, paste, or attach them at a requirement with E.</source>
        <translation>Hier bewahren Sie auf, was belegt, wie eine Anforderung erfüllt wird: Dokumente, Bildschirmfotos, Gesprächsnotizen, Links. Legen Sie Dateien hier ab, fügen Sie sie ein, oder hängen Sie sie bei einer Anforderung mit E an.</translation>
    </message>
    <message>
        <source>Attach evidence</source>
        <translation>Nachweis anhängen</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Vorhanden</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Angefordert</translation>
    </message>
    <message>
        <source>Kept in the audit file as it was handed over, not masked</source>
        <translation>In der Auditdatei aufbewahrt, wie übergeben, nicht unkenntlich gemacht</translation>
    </message>
    <message numerus="yes">
        <source>%n piece(s) of evidence have expired</source>
        <translation>
            <numerusform>%n Nachweis ist abgelaufen</numerusform>
            <numerusform>%n Nachweise sind abgelaufen</numerusform>
        </translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>Kopie speichern</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Folder for the evidence</source>
        <translation>Ordner für die Nachweise</translation>
    </message>
</context>
<context>
    <name>tally::ui::ExceptionForm</name>
    <message>
        <source>Make an exception</source>
        <translation>Ausnahme festhalten</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Reason (required)</source>
        <translation>Begründung (erforderlich)</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>Objects, with * for any characters</source>
        <translation>Objekte, mit * für beliebige Zeichen</translation>
    </message>
    <message>
        <source>Record exception</source>
        <translation>Ausnahme eintragen</translation>
    </message>
    <message>
        <source>Accept the risk</source>
        <translation>Risiko annehmen</translation>
    </message>
    <message>
        <source>False alarm</source>
        <translation>Fehlalarm</translation>
    </message>
    <message>
        <source>Put off</source>
        <translation>Zurückgestellt</translation>
    </message>
    <message numerus="yes">
        <source>these %n finding(s)</source>
        <translation>
            <numerusform>diesen Befund</numerusform>
            <numerusform>diese %n Befunde</numerusform>
        </translation>
    </message>
    <message>
        <source>the cause in the namespace %1</source>
        <translation>die Ursache im Namespace %1</translation>
    </message>
    <message>
        <source>the cause in system namespaces</source>
        <translation>die Ursache in System-Namespaces</translation>
    </message>
    <message>
        <source>the cause by object name</source>
        <translation>die Ursache nach Objektname</translation>
    </message>
    <message>
        <source>the cause everywhere</source>
        <translation>die Ursache überall</translation>
    </message>
    <message>
        <source>What only rests on false alarms is no deviation any more, but for a person to decide.</source>
        <translation>Was nur auf Fehlalarmen beruht, gilt nicht mehr als Abweichung, sondern ist von einem Menschen zu entscheiden.</translation>
    </message>
    <message>
        <source>The finding stays, marked as an exception, and the part stays a deviation until a person decides.</source>
        <translation>Der Befund bleibt, als Ausnahme gekennzeichnet, und die Teilanforderung bleibt eine Abweichung, bis ein Mensch entscheidet.</translation>
    </message>
    <message>
        <source>Holds for later findings, too.</source>
        <translation>Gilt auch für spätere Befunde.</translation>
    </message>
    <message>
        <source>system namespaces</source>
        <translation>System-Namespaces</translation>
    </message>
    <message>
        <source>everywhere</source>
        <translation>überall</translation>
    </message>
    <message numerus="yes">
        <source>and %n more exception(s)</source>
        <translation>
            <numerusform>und %n weitere Ausnahme</numerusform>
            <numerusform>und %n weitere Ausnahmen</numerusform>
        </translation>
    </message>
    <message>
        <source>without expiry</source>
        <translation>unbefristet</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message numerus="yes">
        <source>%n of the findings</source>
        <translation>
            <numerusform>%n der Befunde</numerusform>
            <numerusform>%n der Befunde</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2 (%3)</source>
        <extracomment>what kind of exception, reason, who and until when</extracomment>
        <translation>%1: %2 (%3)</translation>
    </message>
    <message>
        <source>Expired, counts no more. %1</source>
        <translation>Abgelaufen, gilt nicht mehr. %1</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>Withdraw the exception: %1</source>
        <translation>Die Ausnahme widerrufen: %1</translation>
    </message>
    <message>
        <source>%1, cluster %2</source>
        <extracomment>for what an exception holds, and the name of the cluster</extracomment>
        <translation>%1, Cluster %2</translation>
    </message>
    <message>
        <source>the cause in all clusters</source>
        <translation>die Ursache in allen Clustern</translation>
    </message>
    <message>
        <source>in all clusters</source>
        <translation>in allen Clustern</translation>
    </message>
    <message>
        <source>cluster %1</source>
        <translation>Cluster %1</translation>
    </message>
    <message>
        <source>%1, in all clusters</source>
        <translation>%1, in allen Clustern</translation>
    </message>
    <message>
        <source>the cause everywhere in the cluster %1</source>
        <translation>die Ursache überall im Cluster %1</translation>
    </message>
    <message>
        <source>%1 must be met: the risk cannot be accepted. The finding is marked, the part stays a deviation, and the report says so.</source>
        <translation>%1 muss erfüllt sein: Das Risiko kann nicht übernommen werden. Der Befund wird gekennzeichnet, die Teilanforderung bleibt eine Abweichung, und der Bericht sagt das.</translation>
    </message>
    <message>
        <source>Carried over, to be confirmed: does not count yet. %1</source>
        <translation>Übernommen, zu bestätigen: zählt noch nicht. %1</translation>
    </message>
    <message>
        <source>Carried over, never confirmed: counts. %1</source>
        <translation>Übernommen, nie bestätigt: zählt. %1</translation>
    </message>
    <message>
        <source>Does not hold</source>
        <translation>Gilt nicht</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Confirm the exception: %1</source>
        <translation>Die Ausnahme bestätigen: %1</translation>
    </message>
</context>
<context>
    <name>tally::ui::FacetList</name>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Requirement</source>
        <translation>Anforderung</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Technique</source>
        <translation>Technik</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message numerus="yes">
        <source>%n more, use the filter</source>
        <translation>
            <numerusform>%n weiterer, über den Filter</numerusform>
            <numerusform>%n weitere, über den Filter</numerusform>
        </translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Zuständig</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>Cluster</translation>
    </message>
</context>
<context>
    <name>tally::ui::FactsPanel</name>
    <message>
        <source>Digests compared</source>
        <translation>Digests verglichen</translation>
    </message>
    <message numerus="yes">
        <source>%n wrong</source>
        <translation>
            <numerusform>%n falsch</numerusform>
            <numerusform>%n falsch</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n right</source>
        <translation>
            <numerusform>%n richtig</numerusform>
            <numerusform>%n richtig</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not comparable</source>
        <translation>
            <numerusform>%n nicht vergleichbar</numerusform>
            <numerusform>%n nicht vergleichbar</numerusform>
        </translation>
    </message>
    <message>
        <source>How it runs</source>
        <translation>Wie es läuft</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>none set: runs as root</source>
        <translation>keiner gesetzt: läuft als root</translation>
    </message>
    <message>
        <source>Entry point</source>
        <translation>Entrypoint</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Kommando</translation>
    </message>
    <message>
        <source>Working directory</source>
        <translation>Arbeitsverzeichnis</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volumes</translation>
    </message>
    <message>
        <source>Health check</source>
        <translation>Healthcheck</translation>
    </message>
    <message>
        <source>defined</source>
        <translation>festgelegt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>Plattform</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Manifest</source>
        <translation>Manifest</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Betriebssystem</translation>
    </message>
    <message>
        <source>Support ends</source>
        <translation>Support endet</translation>
    </message>
    <message>
        <source>not known to this program</source>
        <translation>dem Programm nicht bekannt</translation>
    </message>
    <message>
        <source>no os-release in the image</source>
        <translation>keine os-release im Image</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>Alle Schichten</translation>
    </message>
    <message>
        <source>Visible files</source>
        <translation>Sichtbare Dateien</translation>
    </message>
    <message>
        <source>Invisible bytes</source>
        <translation>Unsichtbare Bytes</translation>
    </message>
    <message>
        <source>%1, exactly</source>
        <translation>%1, exakt</translation>
    </message>
    <message>
        <source>Efficiency</source>
        <translation>Effizienz</translation>
    </message>
    <message>
        <source>%1 as dive counts</source>
        <translation>%1 nach Zählweise von dive</translation>
    </message>
    <message>
        <source>Way through the layers</source>
        <translation>Weg durch die Schichten</translation>
    </message>
    <message>
        <source>Removed, but still readable: whoever has the image reads it from a layer below.</source>
        <translation>Entfernt, aber weiter lesbar: Wer das Image hat, liest es aus einer tieferen Schicht.</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Facts of the image</source>
        <translation>Angaben zum Image</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>directory, implied by what lies in it</source>
        <translation>Verzeichnis, aus seinem Inhalt erschlossen</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Owner</source>
        <extracomment>user id and group id</extracomment>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>user %1, group %2</source>
        <translation>Benutzer %1, Gruppe %2</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Leads to</source>
        <translation>Führt zu</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Save as …</source>
        <translation>Speichern unter …</translation>
    </message>
    <message>
        <source>Save folder …</source>
        <translation>Verzeichnis speichern …</translation>
    </message>
    <message>
        <source>Variables</source>
        <translation>Variablen</translation>
    </message>
    <message>
        <source>Show layer %1</source>
        <translation>Schicht %1 zeigen</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <extracomment>a value before and after a change</extracomment>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>What this layer changed</source>
        <translation>Was diese Schicht geändert hat</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>another one</source>
        <translation>ein anderer</translation>
    </message>
    <message>
        <source>the same: the whole file is stored a second time</source>
        <translation>derselbe: Die ganze Datei liegt ein zweites Mal im Image</translation>
    </message>
    <message>
        <source>of the same size</source>
        <translation>von gleicher Größe</translation>
    </message>
    <message>
        <source>+  layer %1: added</source>
        <translation>+  Schicht %1: neu</translation>
    </message>
    <message>
        <source>~  layer %1: changed</source>
        <translation>~  Schicht %1: geändert</translation>
    </message>
    <message>
        <source>≈  layer %1: rights or owner</source>
        <translation>≈  Schicht %1: Rechte oder Besitzer</translation>
    </message>
    <message>
        <source>−  layer %1: removed</source>
        <translation>−  Schicht %1: entfernt</translation>
    </message>
    <message>
        <source>=  layer %1: written again</source>
        <translation>=  Schicht %1: erneut geschrieben</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>what happened in a layer, the size from then on</extracomment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Computed</source>
        <translation>Berechnet</translation>
    </message>
    <message>
        <source>%1, not again since</source>
        <translation>%1, seither nicht erneut</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <extracomment>%1 is what a value is called: &quot;Manifest&quot;</extracomment>
        <translation>Kopieren: %1</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Wrong %1</source>
        <extracomment>of a wrong digest: what was compared</extracomment>
        <translation>Falsch: %1</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>SHA-256 before</source>
        <extracomment>of a file, before and after a change</extracomment>
        <translation>SHA-256 vorher</translation>
    </message>
    <message>
        <source>SHA-256 after</source>
        <translation>SHA-256 nachher</translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation>Signaturen</translation>
    </message>
    <message>
        <source>None beside the image.</source>
        <translation>Keine beim Image.</translation>
    </message>
    <message>
        <source>This form of an image carries none along.</source>
        <translation>Diese Form eines Images führt keine mit.</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gültig</translation>
    </message>
    <message>
        <source>by none of the keys</source>
        <translation>mit keinem der Schlüssel</translation>
    </message>
    <message>
        <source>of another image</source>
        <translation>zu einem anderen Image</translation>
    </message>
    <message>
        <source>no key entered</source>
        <translation>kein Schlüssel hinterlegt</translation>
    </message>
    <message>
        <source>not verifiable</source>
        <translation>nicht prüfbar</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>Public keys are entered under Sources, house policy and keys.</source>
        <translation>Öffentliche Schlüssel werden unter Quellen, Hausregeln und Schlüssel hinterlegt.</translation>
    </message>
</context>
<context>
    <name>tally::ui::FailureBlock</name>
    <message>
        <source>What happened</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Which file</source>
        <translation>Welche Datei</translation>
    </message>
    <message>
        <source>What still holds</source>
        <translation>Was trotzdem gilt</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was tun</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>Technische Einzelheiten</translation>
    </message>
</context>
<context>
    <name>tally::ui::FileDigests</name>
    <message>
        <source>The file could not be read.</source>
        <translation>Die Datei konnte nicht gelesen werden.</translation>
    </message>
</context>
<context>
    <name>tally::ui::FileSaver</name>
    <message>
        <source>Save %1 into a folder</source>
        <translation>%1 in einen Ordner speichern</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Speichere</translation>
    </message>
    <message>
        <source>Saved %1: %2 files, %3.</source>
        <translation>%1 gespeichert: %2 Dateien, %3.</translation>
    </message>
</context>
<context>
    <name>tally::ui::FileTools</name>
    <message>
        <source>any size</source>
        <translation>jede Größe</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>ab %1</translation>
    </message>
    <message>
        <source>any rights</source>
        <translation>alle Rechte</translation>
    </message>
    <message>
        <source>setuid or setgid</source>
        <translation>setuid oder setgid</translation>
    </message>
    <message>
        <source>writable for everybody</source>
        <translation>für alle schreibbar</translation>
    </message>
    <message>
        <source>executable</source>
        <translation>ausführbar</translation>
    </message>
    <message>
        <source>any kind</source>
        <translation>alle Arten</translation>
    </message>
    <message>
        <source>files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>directories</source>
        <translation>Verzeichnisse</translation>
    </message>
    <message>
        <source>links</source>
        <translation>Verweise</translation>
    </message>
    <message>
        <source>devices, pipes, sockets</source>
        <translation>Geräte, Pipes, Sockets</translation>
    </message>
    <message>
        <source>This layer</source>
        <translation>Diese Schicht</translation>
    </message>
    <message>
        <source>Sum up to here</source>
        <translation>Summe bis hier</translation>
    </message>
    <message>
        <source>What the tree shows</source>
        <translation>Was der Baum zeigt</translation>
    </message>
    <message>
        <source>Search files</source>
        <translation>Dateien suchen</translation>
    </message>
    <message>
        <source>Part of a name; of the path where it has a slash</source>
        <translation>Teil eines Namens; mit Schrägstrich Teil des Pfads</translation>
    </message>
    <message>
        <source>Regular expression on the whole path</source>
        <translation>Regulärer Ausdruck über den ganzen Pfad</translation>
    </message>
    <message>
        <source>Filter by size, rights, kind and owner</source>
        <translation>Nach Größe, Rechten, Art und Besitzer filtern</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>Spalten wählen</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>Show what is new</source>
        <translation>Neues zeigen</translation>
    </message>
    <message>
        <source>Show what is changed</source>
        <translation>Geändertes zeigen</translation>
    </message>
    <message>
        <source>Show what is removed</source>
        <translation>Entferntes zeigen</translation>
    </message>
    <message>
        <source>Show what is unchanged</source>
        <translation>Unverändertes zeigen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>uid:gid</source>
        <extracomment>user id and group id</extracomment>
        <translation>UID:GID</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Numbers of user and group, e.g. 1000:50, 0 or :33</source>
        <translation>Nummern von Benutzer und Gruppe, z. B. 1000:50, 0 oder :33</translation>
    </message>
    <message>
        <source>attributes</source>
        <extracomment>short, of a file of which only rights, owner, time or extended attributes have changed</extracomment>
        <translation>Attribute</translation>
    </message>
    <message>
        <source>Show where only rights, owner, time or attributes are changed, not the content</source>
        <translation>Zeigen, wo nur Rechte, Besitzer, Zeit oder Attribute geändert sind, nicht der Inhalt</translation>
    </message>
    <message>
        <source>Layer</source>
        <extracomment>short for &quot;This layer&quot; and &quot;Sum up to here&quot;</extracomment>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>This layer alone, or all layers up to it</source>
        <translation>Nur diese Schicht oder alle Schichten bis zu ihr</translation>
    </message>
</context>
<context>
    <name>tally::ui::FileTreeModel</name>
    <message>
        <source>added</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>Geändert am</translation>
    </message>
    <message>
        <source>only rights, owner or attributes changed</source>
        <translation>nur Rechte, Besitzer oder Attribute geändert</translation>
    </message>
</context>
<context>
    <name>tally::ui::FileView</name>
    <message>
        <source>%1 is not where it was. The audit keeps no file contents: to see one, its source is needed.</source>
        <translation>%1 ist nicht mehr da, wo es war. Das Audit bewahrt keine Dateiinhalte auf: Um einen zu sehen, wird die Quelle gebraucht.</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lese</translation>
    </message>
    <message>
        <source>unpacked from %1</source>
        <translation>entpackt aus %1</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 Pixel</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>only the beginning</source>
        <translation>nur der Anfang</translation>
    </message>
    <message>
        <source>secrets masked</source>
        <translation>Geheimnisse verdeckt</translation>
    </message>
    <message>
        <source>Not shown: this file holds a secret.</source>
        <translation>Nicht gezeigt: Diese Datei enthält ein Geheimnis.</translation>
    </message>
    <message>
        <source>This file is empty.</source>
        <translation>Diese Datei ist leer.</translation>
    </message>
    <message>
        <source>Back to the tree (Esc)</source>
        <translation>Zurück zum Baum (Esc)</translation>
    </message>
    <message>
        <source>Back to the tree</source>
        <translation>Zurück zum Baum</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>How the file is shown</source>
        <translation>Wie die Datei gezeigt wird</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Hexadecimal</source>
        <translation>Hexadezimal</translation>
    </message>
    <message>
        <source>Choose the file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>Content as text</source>
        <translation>Inhalt als Text</translation>
    </message>
    <message>
        <source>Content in hexadecimal</source>
        <translation>Inhalt hexadezimal</translation>
    </message>
    <message>
        <source>SVG, shown as text: such a picture can load others</source>
        <translation>SVG, als Text gezeigt: ein solches Bild kann andere nachladen</translation>
    </message>
</context>
<context>
    <name>tally::ui::FilesPane</name>
    <message>
        <source>Beside these, without content: %1</source>
        <translation>Dazu ohne Inhalt: %1</translation>
    </message>
    <message>
        <source>%1, of which %2 is never seen</source>
        <translation>%1, davon nie sichtbar: %2</translation>
    </message>
    <message>
        <source>no valid expression</source>
        <translation>kein gültiger Ausdruck</translation>
    </message>
    <message>
        <source>searching …</source>
        <translation>suche …</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n Treffer</numerusform>
            <numerusform>%n Treffer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s)</source>
        <translation>
            <numerusform>%n Eintrag</numerusform>
            <numerusform>%n Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
</context>
<context>
    <name>tally::ui::FindingDetail</name>
    <message>
        <source>Where it stands</source>
        <translation>Fundstelle</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message numerus="yes">
        <source>and %n more place(s)</source>
        <translation>
            <numerusform>und %n weitere Stelle</numerusform>
            <numerusform>und %n weitere Stellen</numerusform>
        </translation>
    </message>
    <message>
        <source>Concerns</source>
        <translation>Betrifft</translation>
    </message>
    <message>
        <source>proves a deviation</source>
        <translation>belegt eine Abweichung</translation>
    </message>
    <message>
        <source>indicates a deviation</source>
        <translation>weist auf eine Abweichung hin</translation>
    </message>
    <message>
        <source>Excerpt</source>
        <translation>Auszug</translation>
    </message>
    <message>
        <source>Remedy</source>
        <translation>Abhilfe</translation>
    </message>
    <message>
        <source>Right would be</source>
        <translation>Richtig wäre</translation>
    </message>
    <message>
        <source>When it is no deviation</source>
        <translation>Wann es keine Abweichung ist</translation>
    </message>
    <message>
        <source>What is wrong, and right</source>
        <translation>Was falsch ist, und was richtig</translation>
    </message>
    <message>
        <source>Make a measure</source>
        <extracomment>%1 a number such as M-003</extracomment>
        <translation>Maßnahme anlegen</translation>
    </message>
    <message>
        <source>Measure %1</source>
        <translation>Maßnahme %1</translation>
    </message>
</context>
<context>
    <name>tally::ui::FindingsPage</name>
    <message>
        <source>system</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter aufheben</translation>
    </message>
    <message>
        <source>By cause</source>
        <translation>Nach Ursache</translation>
    </message>
    <message>
        <source>By object</source>
        <translation>Nach Objekt</translation>
    </message>
    <message>
        <source>Grouping</source>
        <translation>Gruppierung</translation>
    </message>
    <message>
        <source>Filter findings</source>
        <translation>Befunde filtern</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>No findings</source>
        <translation>Keine Befunde</translation>
    </message>
    <message>
        <source>Here stands what the checks found in the sources, grouped by cause. That nothing was found is no proof: the overview says what was not checked.</source>
        <translation>Hier steht, was die Prüfungen in den Quellen gefunden haben, nach Ursachen geordnet. Dass nichts gefunden wurde, ist kein Nachweis: Die Übersicht sagt, was nicht geprüft wurde.</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Dateien öffnen</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Causes</source>
        <translation>Ursachen</translation>
    </message>
    <message numerus="yes">
        <source>%n cause(s)</source>
        <translation>
            <numerusform>%n Ursache</numerusform>
            <numerusform>%n Ursachen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s)</source>
        <translation>
            <numerusform>%n Objekt</numerusform>
            <numerusform>%n Objekte</numerusform>
        </translation>
    </message>
    <message>
        <source>exception</source>
        <translation>Ausnahme</translation>
    </message>
    <message>
        <source>Make an exception</source>
        <translation>Ausnahme festhalten</translation>
    </message>
    <message>
        <source>By requirement</source>
        <translation>Nach Anforderung</translation>
    </message>
    <message>
        <source>By technique of attack</source>
        <translation>Nach Angriffstechnik</translation>
    </message>
    <message>
        <source>By owner</source>
        <translation>Nach Zuständigen</translation>
    </message>
    <message>
        <source>Requirement</source>
        <translation>Anforderung</translation>
    </message>
    <message numerus="yes">
        <source>%n requirement(s)</source>
        <translation>
            <numerusform>%n Anforderung</numerusform>
            <numerusform>%n Anforderungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Technique of attack (MITRE ATT&amp;CK)</source>
        <translation>Angriffstechnik (MITRE ATT&amp;CK)</translation>
    </message>
    <message numerus="yes">
        <source>%n technique(s)</source>
        <translation>
            <numerusform>%n Technik</numerusform>
            <numerusform>%n Techniken</numerusform>
        </translation>
    </message>
    <message>
        <source>Owner, as labels say</source>
        <translation>Zuständig laut Labels</translation>
    </message>
    <message numerus="yes">
        <source>%n owner(s)</source>
        <translation>
            <numerusform>%n zuständige Stelle</numerusform>
            <numerusform>%n zuständige Stellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s) of the earlier audit wait to be confirmed; they do not count before.</source>
        <translation>
            <numerusform>%n Ausnahme des früheren Audits ist zu bestätigen; vorher zählt sie nicht.</numerusform>
            <numerusform>%n Ausnahmen des früheren Audits sind zu bestätigen; vorher zählen sie nicht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Look at them</source>
        <translation>Ansehen</translation>
    </message>
</context>
<context>
    <name>tally::ui::GoToModel</name>
    <message>
        <source>Target object</source>
        <translation>Zielobjekt</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Maßnahme</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Nachweis</translation>
    </message>
    <message>
        <source>Evidence asked for</source>
        <translation>Angeforderter Nachweis</translation>
    </message>
</context>
<context>
    <name>tally::ui::GoToPalette</name>
    <message>
        <source>Go to anything</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Requirement, object, image, file, check, page or action</source>
        <translation>Anforderung, Objekt, Image, Datei, Prüfregel, Seite oder Aktion</translation>
    </message>
    <message>
        <source>Nothing is called “%1”. Numbers (A17, M-001), names of objects, images and files, words of a check, a measure or evidence, pages and actions are looked for.</source>
        <translation>„%1“ gibt es nicht. Gesucht wird nach Nummern (A17, M-001), Namen von Objekten, Images und Dateien, Wörtern aus Prüfungen, Maßnahmen und Nachweisen, Seiten und Aktionen.</translation>
    </message>
</context>
<context>
    <name>tally::ui::GuardsPane</name>
    <message>
        <source>What guards the cluster</source>
        <translation>Was den Cluster schützt</translation>
    </message>
    <message>
        <source>Watches</source>
        <translation>Überwachung</translation>
    </message>
    <message>
        <source>Policy engines</source>
        <translation>Policy-Engines</translation>
    </message>
    <message>
        <source>Webhooks</source>
        <translation>Webhooks</translation>
    </message>
    <message>
        <source>judges nothing</source>
        <translation>prüft nichts</translation>
    </message>
    <message>
        <source>reports only</source>
        <translation>meldet nur</translation>
    </message>
    <message>
        <source>refuses</source>
        <translation>lehnt ab</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>Policies of engines</source>
        <translation>Richtlinien der Engines</translation>
    </message>
    <message>
        <source>No policies of Gatekeeper, Kyverno, Kubewarden or ValidatingAdmissionPolicy are in the export.</source>
        <translation>Der Export enthält keine Richtlinien von Gatekeeper, Kyverno, Kubewarden oder ValidatingAdmissionPolicy.</translation>
    </message>
    <message>
        <source>What is judged before it is let in. “Reports only” lets everything in; “?” means that the export does not show violations.</source>
        <translation>Was vor dem Zulassen geprüft wird. „Meldet nur“ lässt alles zu; „?“ heißt: Der Export nennt die Verstöße nicht.</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>On failure</source>
        <translation>Bei Ausfall</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>Verstöße</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Passes over</source>
        <translation>Ausgenommen</translation>
    </message>
    <message>
        <source>changes</source>
        <translation>ändert</translation>
    </message>
    <message>
        <source>judges</source>
        <translation>prüft</translation>
    </message>
    <message>
        <source>lets in</source>
        <translation>lässt zu</translation>
    </message>
    <message>
        <source>No webhook configurations are in the export.</source>
        <translation>Der Export enthält keine Webhook-Konfigurationen.</translation>
    </message>
    <message>
        <source>Programs that the API server asks. “Lets in” on failure: while the program is down, nothing is judged.</source>
        <translation>Programme, die der API-Server befragt. „Lässt zu“ bei Ausfall: Solange das Programm steht, wird nichts geprüft.</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Asks</source>
        <translation>Fragt</translation>
    </message>
    <message>
        <source>What watches</source>
        <translation>Was überwacht</translation>
    </message>
    <message>
        <source>Recognised by images and by kinds of objects. What runs beside the cluster is not seen here.</source>
        <translation>Erkannt an Images und Objektarten. Was neben dem Cluster läuft, ist hier nicht zu sehen.</translation>
    </message>
    <message>
        <source>Nothing that is known here was recognised for: %1. It may run beside the cluster or under another name: ask.</source>
        <translation>Nichts Bekanntes erkannt für: %1. Es kann neben dem Cluster oder unter anderem Namen laufen: Fragen Sie nach.</translation>
    </message>
    <message>
        <source>Recognised by</source>
        <translation>Erkannt an</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Nodes</translation>
    </message>
    <message>
        <source>These kinds were looked for, and none is there.</source>
        <translation>Nach diesen Arten wurde gesucht, es gibt keine.</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>The export lacks it. The audited party can fetch it with:</source>
        <translation>Im Export fehlt es. Die geprüfte Stelle kann es holen mit:</translation>
    </message>
    <message>
        <source>Show as YAML, with its findings</source>
        <translation>Als YAML zeigen, mit den Befunden</translation>
    </message>
    <message>
        <source>stands at the engine&apos;s webhook</source>
        <translation>steht am Webhook der Engine</translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n offen</numerusform>
            <numerusform>%n offen</numerusform>
        </translation>
    </message>
    <message>
        <source>the export does not show them</source>
        <translation>der Export zeigt sie nicht</translation>
    </message>
    <message>
        <source>changes objects</source>
        <translation>ändert Objekte</translation>
    </message>
    <message>
        <source>judges objects</source>
        <translation>prüft Objekte</translation>
    </message>
    <message>
        <source>lets in what it should judge (Ignore)</source>
        <translation>lässt zu, was es prüfen sollte (Ignore)</translation>
    </message>
    <message>
        <source>refuses (Fail)</source>
        <translation>lehnt ab (Fail)</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pods</translation>
    </message>
    <message>
        <source>%1 ready of %2 wanted</source>
        <translation>%1 bereit von %2 gewünschten</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Läuft auf</translation>
    </message>
    <message>
        <source>Not on</source>
        <translation>Nicht auf</translation>
    </message>
    <message>
        <source>the export holds no Pods of it that tell</source>
        <translation>der Export enthält keine Pods davon, die es zeigen</translation>
    </message>
    <message>
        <source>Log shipping</source>
        <translation>Protokollweiterleitung</translation>
    </message>
    <message>
        <source>Attack detection</source>
        <translation>Angriffserkennung</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Datensicherung</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <extracomment>of a part of the tab: name and number</extracomment>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Asked for by %1.</source>
        <translation>Gefordert in %1.</translation>
    </message>
    <message>
        <source>Findings on this</source>
        <translation>Befunde dazu</translation>
    </message>
    <message>
        <source>The workloads are in the export; none of them was recognised.</source>
        <translation>Die Workloads sind im Export; keiner davon wurde erkannt.</translation>
    </message>
    <message>
        <source>none named</source>
        <translation>keine genannt</translation>
    </message>
</context>
<context>
    <name>tally::ui::GuidancePane</name>
    <message>
        <source>Guidance</source>
        <translation>Anleitung</translation>
    </message>
    <message>
        <source>Close the guidance</source>
        <translation>Anleitung schließen</translation>
    </message>
    <message>
        <source>What it is about</source>
        <translation>Worum es geht</translation>
    </message>
    <message>
        <source>How it is attacked</source>
        <translation>Wie angegriffen wird</translation>
    </message>
    <message>
        <source>What helps</source>
        <translation>Was hilft</translation>
    </message>
    <message>
        <source>Elementary threats</source>
        <translation>Elementare Gefährdungen</translation>
    </message>
    <message>
        <source>See also</source>
        <translation>Siehe auch</translation>
    </message>
</context>
<context>
    <name>tally::ui::HouseDialog</name>
    <message>
        <source>Add public keys</source>
        <translation>Öffentliche Schlüssel hinzufügen</translation>
    </message>
    <message>
        <source>Public keys (*.pub *.pem)</source>
        <translation>Öffentliche Schlüssel (*.pub *.pem)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Load a house policy</source>
        <translation>Hausregeln laden</translation>
    </message>
    <message>
        <source>House policies (*.yaml *.yml)</source>
        <translation>Hausregeln (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>Save the house policy as a file</source>
        <translation>Hausregeln als Datei speichern</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the key file %1</source>
        <translation>Schlüsseldatei %1 entfernen</translation>
    </message>
    <message>
        <source>“%1” is not possible for “%2”. Possible would be: %3.</source>
        <translation>„%1“ ist für „%2“ nicht möglich. Möglich wäre: %3.</translation>
    </message>
    <message>
        <source>House policy and keys</source>
        <translation>Hausregeln und Schlüssel</translation>
    </message>
    <message>
        <source>What only the institution can lay down. It becomes a part of the audit, and the sources are judged by it. What stays empty is not laid down: what needs it counts as not checked. Lists have one entry a line.</source>
        <translation>Was nur die Institution festlegen kann. Es wird Teil der Prüfung, und die Quellen werden danach beurteilt. Was leer bleibt, ist nicht festgelegt; was darauf beruht, gilt als nicht geprüft. Listen haben je Zeile einen Eintrag.</translation>
    </message>
    <message>
        <source>Entered here</source>
        <translation>Hier eingetragen</translation>
    </message>
    <message>
        <source>From the file %1</source>
        <translation>Aus der Datei %1</translation>
    </message>
    <message>
        <source>Load from a file</source>
        <translation>Aus Datei laden</translation>
    </message>
    <message>
        <source>Save as a file</source>
        <translation>Als Datei speichern</translation>
    </message>
    <message>
        <source>Allowed registries</source>
        <translation>Zugelassene Registries</translation>
    </message>
    <message>
        <source>Approved base images</source>
        <translation>Freigegebene Basisimages</translation>
    </message>
    <message>
        <source>Forbidden packages (* for any characters)</source>
        <translation>Verbotene Pakete (* für beliebige Zeichen)</translation>
    </message>
    <message>
        <source>Required labels</source>
        <translation>Vorgeschriebene Labels</translation>
    </message>
    <message>
        <source>Minimum number of replicas</source>
        <translation>Mindestzahl der Instanzen</translation>
    </message>
    <message>
        <source>Greatest age of an image in days</source>
        <translation>Höchstalter eines Images in Tagen</translation>
    </message>
    <message>
        <source>CPU limits</source>
        <translation>CPU-Obergrenzen</translation>
    </message>
    <message>
        <source>Not laid down</source>
        <translation>Nicht festgelegt</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>Verlangt</translation>
    </message>
    <message>
        <source>Decided against</source>
        <translation>Bewusst keine</translation>
    </message>
    <message>
        <source>not laid down</source>
        <translation>nicht festgelegt</translation>
    </message>
    <message>
        <source>Network zones</source>
        <translation>Netzzonen</translation>
    </message>
    <message>
        <source>Public keys with which images should be signed</source>
        <translation>Öffentliche Schlüssel, mit denen Images signiert sein sollen</translation>
    </message>
    <message>
        <source>Add key files</source>
        <translation>Schlüsseldateien hinzufügen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Apply and judge</source>
        <translation>Übernehmen und beurteilen</translation>
    </message>
</context>
<context>
    <name>tally::ui::ImageKeyWords</name>
    <message>
        <source>Anywhere on this page</source>
        <translation>Überall auf dieser Seite</translation>
    </message>
    <message>
        <source>In the list of layers</source>
        <translation>In der Liste der Schichten</translation>
    </message>
    <message>
        <source>In the file tree</source>
        <translation>Im Dateibaum</translation>
    </message>
    <message>
        <source>between layers and files; Shift+Tab leaves both</source>
        <translation>zwischen Schichten und Dateien wechseln; Umschalt+Tab verlässt beide</translation>
    </message>
    <message>
        <source>next pane: layers, files, details</source>
        <translation>nächster Bereich: Schichten, Dateien, Einzelheiten</translation>
    </message>
    <message>
        <source>one line down</source>
        <translation>eine Zeile nach unten</translation>
    </message>
    <message>
        <source>one line up</source>
        <translation>eine Zeile nach oben</translation>
    </message>
    <message>
        <source>show the sum up to this layer</source>
        <translation>Summe bis zu dieser Schicht zeigen</translation>
    </message>
    <message>
        <source>show this layer alone</source>
        <translation>nur diese Schicht zeigen</translation>
    </message>
    <message>
        <source>open or fold a directory</source>
        <translation>Verzeichnis auf- oder zuklappen</translation>
    </message>
    <message>
        <source>fold all directories</source>
        <translation>alle Verzeichnisse zuklappen</translation>
    </message>
    <message>
        <source>show or hide what is new</source>
        <translation>Neues ein- oder ausblenden</translation>
    </message>
    <message>
        <source>show or hide what is changed</source>
        <translation>Geändertes ein- oder ausblenden</translation>
    </message>
    <message>
        <source>show or hide what is removed</source>
        <translation>Entferntes ein- oder ausblenden</translation>
    </message>
    <message>
        <source>show or hide what is unchanged</source>
        <translation>Unverändertes ein- oder ausblenden</translation>
    </message>
    <message>
        <source>columns for rights and owner on or off</source>
        <translation>Spalten für Rechte und Besitzer ein- oder ausblenden</translation>
    </message>
    <message>
        <source>sort by size or by name (elsewhere this key opens files)</source>
        <translation>nach Größe oder Namen sortieren (anderswo öffnet diese Taste Dateien)</translation>
    </message>
    <message>
        <source>view the file; open or fold a directory</source>
        <translation>Datei ansehen; Verzeichnis auf- oder zuklappen</translation>
    </message>
    <message>
        <source>save the file or folder</source>
        <translation>Datei oder Verzeichnis speichern</translation>
    </message>
    <message>
        <source>search names and paths</source>
        <translation>nach Namen und Pfaden suchen</translation>
    </message>
    <message>
        <source>clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>next tab</source>
        <translation>nächster Reiter</translation>
    </message>
    <message>
        <source>previous tab</source>
        <translation>voriger Reiter</translation>
    </message>
    <message>
        <source>this list</source>
        <translation>diese Liste</translation>
    </message>
    <message>
        <source>Where a file is viewed</source>
        <translation>In der Dateiansicht</translation>
    </message>
    <message>
        <source>Ctrl+C copies; it does not end the program. Ctrl+Q does.</source>
        <translation>Strg+C kopiert und beendet das Programm nicht. Das tut Strg+Q.</translation>
    </message>
    <message>
        <source>Left and right open and fold directories. Other panes: H and L.</source>
        <translation>Pfeil links und rechts klappen Verzeichnisse zu und auf. Zu den anderen Bereichen: H und L.</translation>
    </message>
    <message>
        <source>Ctrl+P wraps the lines of a file that is viewed. The tree needs no wrapping: names are cut in the middle.</source>
        <translation>Strg+P bricht die Zeilen einer angezeigten Datei um. Der Baum braucht keinen Umbruch: Lange Namen werden in der Mitte gekürzt.</translation>
    </message>
    <message>
        <source>the pane before</source>
        <translation>voriger Bereich</translation>
    </message>
    <message>
        <source>one page down</source>
        <translation>eine Seite nach unten</translation>
    </message>
    <message>
        <source>one page up</source>
        <translation>eine Seite nach oben</translation>
    </message>
    <message>
        <source>copy the path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>wrap long lines, or do not</source>
        <translation>lange Zeilen umbrechen oder nicht</translation>
    </message>
</context>
<context>
    <name>tally::ui::ImageSource</name>
    <message>
        <source>Where is %1 now?</source>
        <translation>Wo ist %1 jetzt?</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>tally::ui::ImageTables</name>
    <message>
        <source>overwritten by a later layer</source>
        <translation>von späterer Schicht überschrieben</translation>
    </message>
    <message>
        <source>removed by a later layer</source>
        <translation>von späterer Schicht entfernt</translation>
    </message>
    <message>
        <source>directory replaced by a later layer</source>
        <translation>Verzeichnis von späterer Schicht ersetzt</translation>
    </message>
    <message>
        <source>only rights or owner changed</source>
        <translation>nur Rechte oder Besitzer geändert</translation>
    </message>
    <message>
        <source>setuid: runs with its owner&apos;s rights</source>
        <translation>setuid: läuft mit Rechten des Besitzers</translation>
    </message>
    <message>
        <source>setgid: runs with its group&apos;s rights</source>
        <translation>setgid: läuft mit Rechten der Gruppe</translation>
    </message>
    <message>
        <source>file capability</source>
        <translation>Datei-Capability</translation>
    </message>
    <message>
        <source>writable for everybody</source>
        <translation>für alle schreibbar</translation>
    </message>
    <message>
        <source>shell</source>
        <translation>Shell</translation>
    </message>
    <message>
        <source>package manager</source>
        <translation>Paketverwaltung</translation>
    </message>
    <message>
        <source>remote access</source>
        <translation>Fernzugriff</translation>
    </message>
    <message>
        <source>secret</source>
        <translation>Zugangsdaten</translation>
    </message>
    <message>
        <source>device node</source>
        <translation>Gerätedatei</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>Paket</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>Verwaltung</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Einzelheit</translation>
    </message>
    <message>
        <source>compiler</source>
        <translation>Compiler</translation>
    </message>
    <message>
        <source>log file</source>
        <translation>Protokolldatei</translation>
    </message>
    <message>
        <source>configured log file</source>
        <translation>eingestellte Protokolldatei</translation>
    </message>
    <message>
        <source>service of a supervisor</source>
        <translation>Dienst einer Prozessverwaltung</translation>
    </message>
    <message>
        <source>digest as stored</source>
        <translation>Digest, wie abgelegt</translation>
    </message>
    <message>
        <source>digest unpacked</source>
        <translation>Digest, entpackt</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>digest of the configuration</source>
        <translation>Digest der Konfiguration</translation>
    </message>
    <message>
        <source>number of layers</source>
        <translation>Anzahl der Schichten</translation>
    </message>
    <message>
        <source>right</source>
        <translation>richtig</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>falsch</translation>
    </message>
    <message>
        <source>not comparable</source>
        <translation>nicht vergleichbar</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>What was compared</source>
        <translation>Was verglichen wurde</translation>
    </message>
    <message>
        <source>Part of the image</source>
        <translation>Teil des Images</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Package URL</source>
        <translation>Paket-URL</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>%1, %2 bit</source>
        <translation>%1, %2 Bit</translation>
    </message>
    <message>
        <source>System interface</source>
        <translation>Systemschnittstelle</translation>
    </message>
    <message>
        <source>Interpreter</source>
        <translation>Interpreter</translation>
    </message>
    <message>
        <source>Linked statically</source>
        <translation>Statisch gebunden</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>Braucht</translation>
    </message>
    <message>
        <source>Own name</source>
        <translation>Eigener Name</translation>
    </message>
    <message>
        <source>Search path</source>
        <translation>Suchpfad</translation>
    </message>
    <message>
        <source>Can be placed anywhere (PIE)</source>
        <translation>Frei platzierbar (PIE)</translation>
    </message>
    <message>
        <source>Stack without execution</source>
        <translation>Stapel nicht ausführbar</translation>
    </message>
    <message>
        <source>Relocations read-only (RELRO)</source>
        <translation>Relokationen nur lesbar (RELRO)</translation>
    </message>
    <message>
        <source>fully</source>
        <translation>vollständig</translation>
    </message>
    <message>
        <source>partly</source>
        <translation>teilweise</translation>
    </message>
    <message>
        <source>Guards its stack (canary)</source>
        <translation>Stapelschutz (Canary)</translation>
    </message>
    <message>
        <source>Symbols removed</source>
        <translation>Symbole entfernt</translation>
    </message>
    <message>
        <source>Debug information</source>
        <translation>Debug-Informationen</translation>
    </message>
    <message>
        <source>Written in Go</source>
        <translation>In Go geschrieben</translation>
    </message>
    <message>
        <source>Build id</source>
        <translation>Build-ID</translation>
    </message>
    <message>
        <source>Only the beginning was read: something may be missing here.</source>
        <translation>Nur der Anfang wurde gelesen: Hier kann etwas fehlen.</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>There is more in this archive than is listed here.</source>
        <translation>In diesem Archiv ist mehr, als hier steht.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Leads to</source>
        <translation>Führt zu</translation>
    </message>
    <message>
        <source>the same file again in a later layer</source>
        <translation>dieselbe Datei noch einmal in einer späteren Schicht</translation>
    </message>
</context>
<context>
    <name>tally::ui::ImagesPage</name>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>Pakete</translation>
    </message>
    <message>
        <source>Risks</source>
        <translation>Risiken</translation>
    </message>
    <message>
        <source>Files that widen what an attacker can do. Enter shows the file in its layer.</source>
        <translation>Dateien, die einem Angreifer mehr Möglichkeiten geben. Enter zeigt die Datei in ihrer Schicht.</translation>
    </message>
    <message>
        <source>No image yet</source>
        <translation>Noch kein Image</translation>
    </message>
    <message>
        <source>Here you see what is in an image, layer by layer. Open a docker save archive or an OCI layout; nothing in it is run.</source>
        <translation>Hier sehen Sie Schicht für Schicht, was in einem Image steckt. Öffnen Sie ein Archiv von docker save oder ein OCI-Layout; nichts daraus wird ausgeführt.</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Dateien öffnen</translation>
    </message>
    <message>
        <source>New audit</source>
        <translation>Neues Audit</translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>%n Schicht</numerusform>
            <numerusform>%n Schichten</numerusform>
        </translation>
    </message>
    <message>
        <source>visible %1</source>
        <translation>sichtbar %1</translation>
    </message>
    <message numerus="yes">
        <source>%n digest(s) wrong: tampered with or damaged</source>
        <translation>
            <numerusform>%n Digest falsch: verändert oder beschädigt</numerusform>
            <numerusform>%n Digests falsch: verändert oder beschädigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n digest(s) verified</source>
        <translation>
            <numerusform>%n Digest geprüft</numerusform>
            <numerusform>%n Digests geprüft</numerusform>
        </translation>
    </message>
    <message>
        <source>no digest to compare with</source>
        <translation>kein Digest zum Vergleichen</translation>
    </message>
    <message>
        <source>Waste</source>
        <translation>Verschwendet</translation>
    </message>
    <message>
        <source>No package database was found. What runs in the image is not known from it.</source>
        <translation>Keine Paketdatenbank gefunden. Was im Image läuft, ist daraus nicht bekannt.</translation>
    </message>
    <message>
        <source>As the package databases in the image say. Programs that were copied in are not among them.</source>
        <translation>Nach den Paketdatenbanken im Image. Hineinkopierte Programme stehen nicht darin.</translation>
    </message>
    <message>
        <source>Digests</source>
        <translation>Digests</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>Und %n weiterer.</numerusform>
            <numerusform>Und %n weitere.</numerusform>
        </translation>
    </message>
    <message>
        <source>This image is not what it says it is: altered, or damaged on its way</source>
        <translation>Dieses Image ist nicht, was es zu sein vorgibt: verändert oder unterwegs beschädigt</translation>
    </message>
    <message>
        <source>All digests</source>
        <translation>Alle Digests</translation>
    </message>
    <message>
        <source>What the image says of its parts, compared with what was computed from them.</source>
        <translation>Was das Image über seine Teile angibt, verglichen mit dem, was aus ihnen berechnet wurde.</translation>
    </message>
    <message numerus="yes">
        <source>%n could not be compared.</source>
        <translation>
            <numerusform>%n Angabe ließ sich nicht vergleichen.</numerusform>
            <numerusform>%n Angaben ließen sich nicht vergleichen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the list of packages</source>
        <translation>Paketliste speichern</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>%1 is written</source>
        <translation>%1 ist geschrieben</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>The packages as a software bill of materials (SBOM)</source>
        <translation>Die Pakete als Software-Stückliste (SBOM)</translation>
    </message>
    <message>
        <source>CycloneDX 1.5 (JSON)</source>
        <translation>CycloneDX 1.5 (JSON)</translation>
    </message>
    <message>
        <source>SPDX 2.3 (JSON)</source>
        <translation>SPDX 2.3 (JSON)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>Aufbau</translation>
    </message>
    <message numerus="yes">
        <source>%n digest(s) verified on %1</source>
        <translation>
            <numerusform>%n Digest geprüft am %1</numerusform>
            <numerusform>%n Digests geprüft am %1</numerusform>
        </translation>
    </message>
    <message>
        <source>This file is not what it was</source>
        <translation>Diese Datei ist nicht mehr, was sie war</translation>
    </message>
    <message>
        <source>The configuration could not be read</source>
        <translation>Die Konfiguration war nicht lesbar</translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s) could not be read to the end</source>
        <translation>
            <numerusform>%n Schicht ließ sich nicht bis zum Ende lesen</numerusform>
            <numerusform>%n Schichten ließen sich nicht bis zum Ende lesen</numerusform>
        </translation>
    </message>
    <message>
        <source>The rest is not known: files, packages and risks are not all there are, and what is not found counts as not checked.</source>
        <translation>Der Rest ist nicht bekannt: Dateien, Pakete und Risiken sind nicht vollständig, und was nicht gefunden wurde, gilt als nicht geprüft.</translation>
    </message>
</context>
<context>
    <name>tally::ui::JobLine</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>tally::ui::JournalModel</name>
    <message>
        <source>not stated</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>Wovon</translation>
    </message>
    <message>
        <source>Old → new</source>
        <translation>Alt → neu</translation>
    </message>
</context>
<context>
    <name>tally::ui::JournalPage</name>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>The whole journal, as CSV or JSON.</source>
        <translation>Das ganze Journal, als CSV oder JSON.</translation>
    </message>
    <message>
        <source>Sign off</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search the journal</source>
        <translation>Journal durchsuchen</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Kind of change</source>
        <translation>Art der Änderung</translation>
    </message>
    <message>
        <source>A17, M-001</source>
        <extracomment>numbers of requirements, measures, evidence</extracomment>
        <translation>A17, M-001</translation>
    </message>
    <message>
        <source>Number of a requirement, a measure, a request or a piece of evidence</source>
        <translation>Nummer einer Anforderung, einer Maßnahme, einer Nachweisanforderung oder eines Nachweises</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>From this day</source>
        <translation>Ab diesem Tag</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Until this day</source>
        <translation>Bis zu diesem Tag</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Show all entries</source>
        <translation>Alle Einträge zeigen</translation>
    </message>
    <message>
        <source>Journal entries, newest first</source>
        <translation>Journaleinträge, neueste zuerst</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Dorthin</translation>
    </message>
    <message>
        <source>No audit is open</source>
        <translation>Kein Audit geöffnet</translation>
    </message>
    <message>
        <source>Here stands who changed what, and when.</source>
        <translation>Hier steht, wer was wann geändert hat.</translation>
    </message>
    <message>
        <source>New audit</source>
        <translation>Neues Audit</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle Personen</translation>
    </message>
    <message>
        <source>All changes</source>
        <translation>Alle Änderungen</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s)</source>
        <translation>
            <numerusform>%n Eintrag</numerusform>
            <numerusform>%n Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 entries</source>
        <translation>%1 von %2 Einträgen</translation>
    </message>
    <message>
        <source>No entry fits what is asked for above.</source>
        <translation>Kein Eintrag passt zu dem, was oben gewählt ist.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>person not stated</source>
        <translation>Person nicht angegeben</translation>
    </message>
    <message>
        <source>No. %1, by %2, %3 (%4)</source>
        <extracomment>%1 number of a journal entry, %2 person, %3 time, %4 time in UTC</extracomment>
        <translation>Nr. %1, von %2, %3 (%4)</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <extracomment>%1 old, %2 new value</extracomment>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Prüfsumme</translation>
    </message>
    <message>
        <source>Export journal</source>
        <translation>Journal exportieren</translation>
    </message>
    <message>
        <source>journal.csv</source>
        <translation>journal.csv</translation>
    </message>
    <message>
        <source>%1-journal.csv</source>
        <translation>%1-journal.csv</translation>
    </message>
    <message>
        <source>Table for spreadsheets (*.csv)</source>
        <translation>Tabelle für Tabellenprogramme (*.csv)</translation>
    </message>
    <message>
        <source>JSON for programs (*.json)</source>
        <translation>JSON für Programme (*.json)</translation>
    </message>
    <message>
        <source>The journal was written to “%1”.</source>
        <translation>Das Journal wurde nach „%1“ geschrieben.</translation>
    </message>
    <message>
        <source>audit.tally</source>
        <translation>audit.tally</translation>
    </message>
    <message>
        <source>Folder for the files of the sign-off</source>
        <translation>Ordner für die Dateien der Freigabe</translation>
    </message>
</context>
<context>
    <name>tally::ui::JournalState</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the head of the journal</source>
        <translation>Letzten Prüfwert kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Journal head</source>
        <extracomment>%1 the first digits of a digest, in groups</extracomment>
        <translation>Letzter Prüfwert</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keiner</translation>
    </message>
    <message>
        <source>%1 … (all 64 digits are copied)</source>
        <translation>%1 … (kopiert werden alle 64 Stellen)</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>Check the audit file against its journal</source>
        <translation>Auditdatei gegen ihr Journal prüfen</translation>
    </message>
    <message>
        <source>The file</source>
        <extracomment>%1 a time of day</extracomment>
        <translation>Die Auditdatei</translation>
    </message>
    <message>
        <source>is being checked against its journal</source>
        <translation>wird gegen ihr Journal geprüft</translation>
    </message>
    <message>
        <source>has not been checked against its journal in this window</source>
        <translation>wurde in diesem Fenster noch nicht gegen ihr Journal geprüft</translation>
    </message>
    <message>
        <source>Every value is as the journal says, checked at %1. That the journal itself is the original one, only a report with this head or a signature proves.</source>
        <translation>Jeder Wert ist so, wie das Journal sagt, geprüft um %1. Dass das Journal selbst das ursprüngliche ist, belegt nur ein Bericht mit diesem Prüfwert oder eine Signatur.</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n weiteres</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>was changed outside the program, checked at %1:</source>
        <translation>wurde außerhalb des Programms geändert, geprüft um %1:</translation>
    </message>
    <message>
        <source>Sign-off</source>
        <translation>Freigabe</translation>
    </message>
    <message>
        <source>not signed off</source>
        <translation>nicht freigegeben</translation>
    </message>
    <message>
        <source>signed off by %1 on %2; the signature fits</source>
        <translation>freigegeben von %1 am %2; die Signatur passt</translation>
    </message>
    <message>
        <source>signed off by %1 on %2, without a signature</source>
        <translation>freigegeben von %1 am %2, ohne Signatur</translation>
    </message>
    <message>
        <source>Key: %1, %2</source>
        <extracomment>%1 kind of key, %2 its fingerprint</extracomment>
        <translation>Schlüssel: %1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%n earlier sign-off(s) stand in the journal.</source>
        <translation>
            <numerusform>%n frühere Freigabe steht im Journal.</numerusform>
            <numerusform>%n frühere Freigaben stehen im Journal.</numerusform>
        </translation>
    </message>
    <message>
        <source>Files of the sign-off</source>
        <translation>Dateien der Freigabe</translation>
    </message>
    <message>
        <source>Text, signature and public key as files, for verifying them with openssl.</source>
        <translation>Text, Signatur und öffentlicher Schlüssel als Dateien, zum Prüfen mit openssl.</translation>
    </message>
</context>
<context>
    <name>tally::ui::KeyList</name>
    <message>
        <source>Keys of this page</source>
        <translation>Tasten dieser Seite</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Otherwise than in dive</source>
        <extracomment>dive is a program</extracomment>
        <translation>Anders als in dive</translation>
    </message>
</context>
<context>
    <name>tally::ui::LayerDelegate</name>
    <message>
        <source>twice</source>
        <translation>doppelt</translation>
    </message>
    <message>
        <source>digest wrong</source>
        <translation>Digest falsch</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>nicht gelesen</translation>
    </message>
</context>
<context>
    <name>tally::ui::LayersModel</name>
    <message>
        <source>digest not checked</source>
        <translation>Digest nicht geprüft</translation>
    </message>
    <message>
        <source>digest verified</source>
        <translation>Digest geprüft</translation>
    </message>
    <message>
        <source>digest wrong</source>
        <translation>Digest falsch</translation>
    </message>
    <message>
        <source>Layer %1: %2, %3, %4 added, %5 changed, %6 removed, %7</source>
        <extracomment>layer number, instruction, size, added, changed, removed, verified mark</extracomment>
        <translation>Schicht %1: %2, %3, %4 neu, %5 geändert, %6 entfernt, %7</translation>
    </message>
    <message>
        <source>without instruction</source>
        <translation>ohne Anweisung</translation>
    </message>
    <message>
        <source>not read to its end</source>
        <translation>nicht bis zum Ende gelesen</translation>
    </message>
</context>
<context>
    <name>tally::ui::MainWindow</name>
    <message>
        <source>%1 is written</source>
        <translation>%1 ist geschrieben</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Module</source>
        <translation>Baustein</translation>
    </message>
    <message>
        <source>Go to anything</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>%1 – Tallymann</source>
        <translation>%1 – Tallymann</translation>
    </message>
    <message>
        <source>Open audit</source>
        <translation>Audit öffnen</translation>
    </message>
    <message>
        <source>Audits (*.tally)</source>
        <translation>Audits (*.tally)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open images and exports</source>
        <translation>Images und Exporte öffnen</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>A source is still being read. Wait for it, or cancel it first.</source>
        <translation>Eine Quelle wird noch gelesen. Bitte warten oder erst abbrechen.</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>The audit stands as it was saved last.</source>
        <translation>Das Audit steht so da, wie es zuletzt gespeichert wurde.</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>Das ging nicht</translation>
    </message>
    <message>
        <source>Cancelled. The audit is as it was before.</source>
        <translation>Abgebrochen. Das Audit ist unverändert.</translation>
    </message>
    <message>
        <source>%1: cancelled. The audit is as it was before.</source>
        <translation>%1: abgebrochen. Das Audit ist unverändert.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Export report</source>
        <translation>Bericht exportieren</translation>
    </message>
    <message>
        <source>Judge all sources</source>
        <translation>Alle Quellen bewerten</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Dateien öffnen</translation>
    </message>
    <message>
        <source>New audit</source>
        <translation>Neues Audit</translation>
    </message>
    <message>
        <source>Open sample</source>
        <translation>Beispiel öffnen</translation>
    </message>
    <message>
        <source>Language: %1</source>
        <translation>Sprache: %1</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>Darstellung: hell</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>Darstellung: dunkel</translation>
    </message>
    <message>
        <source>Theme: as the system has it</source>
        <translation>Darstellung: wie im System</translation>
    </message>
    <message>
        <source>The audit that is open stays open.</source>
        <translation>Das geöffnete Audit bleibt offen.</translation>
    </message>
    <message>
        <source>An audit is a file that Tallymann has written, whatever its name. If this is an image or an export, give it another name and open it again.</source>
        <translation>Ein Audit ist eine Datei, die Tallymann geschrieben hat, gleich wie sie heißt. Ist dies ein Image oder ein Export, geben Sie der Datei einen anderen Namen und öffnen Sie sie erneut.</translation>
    </message>
    <message numerus="yes">
        <source>%1 is read: %Ln finding(s) in the whole audit</source>
        <translation>
            <numerusform>%1 ist gelesen: %Ln Befund im ganzen Audit</numerusform>
            <numerusform>%1 ist gelesen: %Ln Befunde im ganzen Audit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All sources are judged: %Ln finding(s)</source>
        <translation>
            <numerusform>Alle Quellen sind bewertet: %Ln Befund</numerusform>
            <numerusform>Alle Quellen sind bewertet: %Ln Befunde</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: digests computed again, all as before</source>
        <translation>%1: Prüfsummen nachgerechnet, alle wie zuvor</translation>
    </message>
    <message>
        <source>The audit holds what the file contains now, and all checks ran again.</source>
        <translation>Das Audit enthält jetzt den heutigen Inhalt der Datei; alle Prüfungen sind neu gelaufen.</translation>
    </message>
    <message>
        <source>Look at the findings again, and ask who could change this file since it was handed over.</source>
        <translation>Sehen Sie die Befunde noch einmal durch und klären Sie, wer diese Datei seit der Übergabe ändern konnte.</translation>
    </message>
    <message>
        <source>This file is not what it was</source>
        <translation>Diese Datei ist nicht mehr, was sie war</translation>
    </message>
    <message>
        <source>Go to: requirement, object, file …</source>
        <translation>Gehe zu: Anforderung, Objekt, Datei …</translation>
    </message>
    <message>
        <source>The last change is undone</source>
        <translation>Die letzte Änderung ist zurückgenommen</translation>
    </message>
    <message>
        <source>The change holds again</source>
        <translation>Die Änderung gilt wieder</translation>
    </message>
    <message>
        <source>The decision on %1 is undone</source>
        <translation>Die Entscheidung zu %1 ist zurückgenommen</translation>
    </message>
    <message>
        <source>The decision on %1 holds again</source>
        <translation>Die Entscheidung zu %1 gilt wieder</translation>
    </message>
    <message>
        <source>Drop to open this audit</source>
        <translation>Loslassen, um dieses Audit zu öffnen</translation>
    </message>
    <message>
        <source>Drop to add as a source of this audit</source>
        <translation>Loslassen, um es dem Audit als Quelle hinzuzufügen</translation>
    </message>
    <message>
        <source>This audit came from an earlier version. What it was is kept as %1.</source>
        <translation>Dieses Audit stammte aus einer früheren Fassung. Der alte Stand liegt als %1 daneben.</translation>
    </message>
    <message>
        <source>House policy and keys</source>
        <translation>Hausregeln und Schlüssel</translation>
    </message>
    <message>
        <source>The exception is undone</source>
        <translation>Die Ausnahme ist zurückgenommen</translation>
    </message>
    <message>
        <source>The exception holds again</source>
        <translation>Die Ausnahme gilt wieder</translation>
    </message>
    <message>
        <source>The change of the house policy or keys is undone</source>
        <translation>Die Änderung der Hausregeln oder Schlüssel ist zurückgenommen</translation>
    </message>
    <message>
        <source>The change of the house policy or keys holds again</source>
        <translation>Die Änderung der Hausregeln oder Schlüssel gilt wieder</translation>
    </message>
    <message>
        <source>To go on working, open it with the version that wrote it.</source>
        <translation>Öffnen Sie die Datei zum Weiterarbeiten mit der Fassung, die sie geschrieben hat.</translation>
    </message>
    <message>
        <source>This audit is newer than the program</source>
        <translation>Dieses Audit ist neuer als das Programm</translation>
    </message>
    <message>
        <source>The copy %1 is written</source>
        <translation>Die Kopie %1 ist geschrieben</translation>
    </message>
    <message>
        <source>Save a copy of the audit</source>
        <translation>Kopie des Audits speichern</translation>
    </message>
    <message>
        <source>audit</source>
        <translation>audit</translation>
    </message>
    <message>
        <source>%1 (copy)</source>
        <translation>%1 (Kopie)</translation>
    </message>
    <message>
        <source>This content is kept already, as %1: nothing was stored twice</source>
        <translation>Dieser Inhalt ist schon vorhanden, als %1: Nichts wurde doppelt gespeichert</translation>
    </message>
    <message>
        <source>Kept in the audit as %1</source>
        <translation>Im Audit aufbewahrt als %1</translation>
    </message>
    <message>
        <source>The change of the evidence is undone</source>
        <translation>Die Änderung der Nachweise ist rückgängig gemacht</translation>
    </message>
    <message>
        <source>The change of the evidence holds again</source>
        <translation>Die Änderung der Nachweise gilt wieder</translation>
    </message>
    <message>
        <source>To go on working, save a copy where you may write, and open the copy.</source>
        <translation>Um weiterzuarbeiten, speichern Sie eine Kopie an einem Ort, an dem Sie schreiben dürfen, und öffnen Sie diese.</translation>
    </message>
    <message>
        <source>This audit can only be read</source>
        <translation>Dieses Audit kann nur gelesen werden</translation>
    </message>
</context>
<context>
    <name>tally::ui::MatrixView</name>
    <message>
        <source>from ↓   to →</source>
        <extracomment>rows and columns of the picture that shows who reaches whom</extracomment>
        <translation>von ↓   nach →</translation>
    </message>
</context>
<context>
    <name>tally::ui::MeasureForm</name>
    <message>
        <source>Saved %1</source>
        <translation>Gespeichert %1</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>What is to be done</source>
        <translation>Was ist zu tun</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Vorrang</translation>
    </message>
    <message>
        <source>Responsible</source>
        <translation>Verantwortlich</translation>
    </message>
    <message>
        <source>Done by</source>
        <translation>Umsetzung bis</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Requirements and parts</source>
        <translation>Anforderungen und Teile</translation>
    </message>
    <message>
        <source>Effort in person-days</source>
        <translation>Aufwand in Personentagen</translation>
    </message>
    <message>
        <source>Done on</source>
        <translation>Umgesetzt am</translation>
    </message>
    <message>
        <source>Cost once, €</source>
        <translation>Kosten einmalig, €</translation>
    </message>
    <message>
        <source>Cost a year, €</source>
        <translation>Kosten jährlich, €</translation>
    </message>
    <message>
        <source>A17.1, A18</source>
        <translation>A17.1, A18</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Remove this measure</source>
        <translation>Diese Maßnahme entfernen</translation>
    </message>
    <message>
        <source>New measure</source>
        <translation>Neue Maßnahme</translation>
    </message>
    <message>
        <source>Measure %1</source>
        <translation>Maßnahme %1</translation>
    </message>
    <message>
        <source>Findings: %1</source>
        <translation>Befunde: %1</translation>
    </message>
    <message>
        <source>Decision on %1</source>
        <translation>Entscheidung zu %1</translation>
    </message>
    <message>
        <source>Not saved yet. There is no requirement or part “%1”.</source>
        <translation>Noch nicht gespeichert. Es gibt keine Anforderung und keinen Teil „%1“.</translation>
    </message>
    <message>
        <source>Not saved yet. “%1” is no date. Write it as 31.03.2027 or 2027-03-31.</source>
        <translation>Noch nicht gespeichert. „%1“ ist kein Datum. Schreibweise: 31.03.2027 oder 2027-03-31.</translation>
    </message>
    <message>
        <source>Not saved yet. Costs are whole euros, effort is person-days such as 2.5.</source>
        <translation>Noch nicht gespeichert. Kosten sind ganze Euro, Aufwand sind Personentage wie 2,5.</translation>
    </message>
    <message>
        <source>Not saved yet. %1</source>
        <translation>Noch nicht gespeichert. %1</translation>
    </message>
    <message>
        <source>Carried over from “%1”</source>
        <extracomment>%1 title of the earlier audit</extracomment>
        <translation>Übernommen aus „%1“</translation>
    </message>
</context>
<context>
    <name>tally::ui::MeasureWords</name>
    <message>
        <source>planned</source>
        <translation>geplant</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>in Arbeit</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>geprüft</translation>
    </message>
    <message>
        <source>high</source>
        <translation>hoch</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>low</source>
        <translation>niedrig</translation>
    </message>
    <message>
        <source>%1 € once</source>
        <extracomment>an amount of money</extracomment>
        <translation>einmalig %1 €</translation>
    </message>
    <message>
        <source>%1 € a year</source>
        <extracomment>an amount of money</extracomment>
        <translation>jährlich %1 €</translation>
    </message>
</context>
<context>
    <name>tally::ui::MeasuresPage</name>
    <message>
        <source>Measures</source>
        <translation>Maßnahmen</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>Tafel</translation>
    </message>
    <message>
        <source>How measures are shown</source>
        <translation>Darstellung der Maßnahmen</translation>
    </message>
    <message>
        <source>New measure</source>
        <translation>Neue Maßnahme</translation>
    </message>
    <message>
        <source>measures</source>
        <translation>Maßnahmen</translation>
    </message>
    <message>
        <source>No audit is open</source>
        <translation>Kein Audit geöffnet</translation>
    </message>
    <message>
        <source>Here stands what is to be done, by whom and until when.</source>
        <translation>Hier steht, was zu tun ist, von wem und bis wann.</translation>
    </message>
    <message>
        <source>New audit</source>
        <translation>Neues Audit</translation>
    </message>
    <message numerus="yes">
        <source>%n measure(s)</source>
        <translation>
            <numerusform>%n Maßnahme</numerusform>
            <numerusform>%n Maßnahmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n überfällig</numerusform>
            <numerusform>%n überfällig</numerusform>
        </translation>
    </message>
    <message>
        <source>No measure is planned yet</source>
        <translation>Noch keine Maßnahme geplant</translation>
    </message>
    <message>
        <source>A measure says what is to be done against deviations, by whom and until when. Make one here, or from a finding or a decision.</source>
        <translation>Eine Maßnahme sagt, was gegen Abweichungen zu tun ist, von wem und bis wann. Sie entsteht hier, aus einem Befund oder aus einer Entscheidung.</translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) name a measure that is not planned here yet.</source>
        <translation>
            <numerusform>%n Entscheidung nennt eine Maßnahme, die hier noch nicht geplant ist.</numerusform>
            <numerusform>%n Entscheidungen nennen Maßnahmen, die hier noch nicht geplant sind.</numerusform>
        </translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>überfällig</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Vorrang</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Maßnahme</translation>
    </message>
    <message>
        <source>Requirements</source>
        <translation>Anforderungen</translation>
    </message>
    <message>
        <source>Responsible</source>
        <translation>Verantwortlich</translation>
    </message>
    <message>
        <source>Done by</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>PT</translation>
    </message>
    <message>
        <source>Costs</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Workbook</source>
        <translation>Arbeitsmappe</translation>
    </message>
    <message>
        <source>Measures, requests and decisions as a workbook, and what came back of it.</source>
        <translation>Maßnahmen, angeforderte Nachweise und Entscheidungen als Arbeitsmappe, und was davon zurückkam.</translation>
    </message>
    <message>
        <source>Write workbook (.xlsx) …</source>
        <translation>Arbeitsmappe schreiben (.xlsx) …</translation>
    </message>
    <message>
        <source>Read workbook back …</source>
        <translation>Arbeitsmappe zurücklesen …</translation>
    </message>
    <message>
        <source>%1, earlier</source>
        <translation>%1, früher</translation>
    </message>
</context>
<context>
    <name>tally::ui::NameDialog</name>
    <message>
        <source>Who works here?</source>
        <translation>Wer arbeitet hier?</translation>
    </message>
    <message>
        <source>Your name stands with what you decide and in the journal. It is asked for once and can be changed in the settings.</source>
        <translation>Ihr Name steht bei dem, was Sie entscheiden, und im Journal. Danach wird einmal gefragt; ändern lässt er sich in den Einstellungen.</translation>
    </message>
    <message>
        <source>The audit names %1 as its auditor; that says nothing about who sits here now.</source>
        <extracomment>%1 name of the auditor, as the audit says</extracomment>
        <translation>Das Audit nennt %1 als Prüfer; wer jetzt hier sitzt, sagt das nicht.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>Go on without a name</source>
        <translation>Ohne Namen weiter</translation>
    </message>
    <message>
        <source>The journal names nobody then.</source>
        <translation>Das Journal nennt dann niemanden.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>tally::ui::NamespacesModel</name>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>proven missing</source>
        <translation>fehlt nachweislich</translation>
    </message>
    <message>
        <source>in part</source>
        <translation>teilweise</translation>
    </message>
    <message>
        <source>present</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>Pod Security: enforces “%1”</source>
        <translation>Pod Security: erzwingt „%1“</translation>
    </message>
    <message>
        <source>Pod Security (label enforce): %1</source>
        <translation>Pod Security (Label enforce): %1</translation>
    </message>
    <message>
        <source>Network policies: ingress %1, egress %2</source>
        <translation>NetworkPolicies: eingehend %1, ausgehend %2</translation>
    </message>
    <message>
        <source>ResourceQuota: %1</source>
        <translation>ResourceQuota: %1</translation>
    </message>
    <message>
        <source>LimitRange: %1</source>
        <translation>LimitRange: %1</translation>
    </message>
    <message>
        <source>does not apply</source>
        <translation>trifft nicht zu</translation>
    </message>
    <message>
        <source>Without namespace</source>
        <translation>Ohne Namespace</translation>
    </message>
    <message>
        <source>no findings</source>
        <translation>keine Befunde</translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s), worst: %1</source>
        <translation>
            <numerusform>%n Befund, höchste Schwere: %1</numerusform>
            <numerusform>%n Befunde, höchste Schwere: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Without objects in the export</source>
        <translation>Ohne Objekte im Export</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Pod Security: level that is enforced</source>
        <translation>Pod Security: erzwungene Stufe</translation>
    </message>
    <message>
        <source>PSS</source>
        <translation>PSS</translation>
    </message>
    <message>
        <source>Network policies for ingress and egress</source>
        <translation>NetworkPolicies für ein- und ausgehenden Verkehr</translation>
    </message>
    <message>
        <source>Net</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>ResourceQuota</source>
        <translation>ResourceQuota</translation>
    </message>
    <message>
        <source>Quota</source>
        <translation>Quota</translation>
    </message>
    <message>
        <source>LimitRange</source>
        <translation>LimitRange</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limits</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
</context>
<context>
    <name>tally::ui::NamespacesPane</name>
    <message>
        <source>Namespaces</source>
        <translation>Namespaces</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1 (default)</source>
        <extracomment>a level of the Pod Security Standards that stands in the API server&apos;s configuration</extracomment>
        <translation>%1 (Vorgabe)</translation>
    </message>
    <message>
        <source>The Namespace itself is not in the export: its labels are not known.</source>
        <translation>Der Namespace selbst ist nicht im Export: Seine Labels sind nicht bekannt.</translation>
    </message>
    <message>
        <source>The Namespace has no label “enforce”, and the export shows no default of the API server.</source>
        <translation>Der Namespace hat kein Label „enforce“, und der Export zeigt keine Vorgabe des API-Servers.</translation>
    </message>
    <message>
        <source>Label “enforce” of the Namespace</source>
        <translation>Label „enforce“ des Namespace</translation>
    </message>
    <message>
        <source>AdmissionConfiguration of the API server</source>
        <translation>AdmissionConfiguration des API-Servers</translation>
    </message>
    <message>
        <source>The Namespace has no label “enforce”. The API server is started with an admission configuration that is not in the export: it may set a default.</source>
        <translation>Der Namespace hat kein Label „enforce“. Der API-Server startet mit einer Admission-Konfiguration, die nicht im Export ist: Sie kann eine Vorgabe setzen.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Pod Security</source>
        <translation>Pod Security</translation>
    </message>
    <message>
        <source>ResourceQuota</source>
        <translation>ResourceQuota</translation>
    </message>
    <message>
        <source>LimitRange</source>
        <translation>LimitRange</translation>
    </message>
    <message>
        <source>Workloads</source>
        <translation>Workloads</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>The export names no namespace.</source>
        <translation>Der Export nennt keinen Namespace.</translation>
    </message>
    <message>
        <source>Choose a namespace to see what its facts rest on.</source>
        <translation>Wählen Sie einen Namespace, um zu sehen, worauf die Angaben beruhen.</translation>
    </message>
    <message>
        <source>Namespace of the platform</source>
        <translation>Namespace der Plattform</translation>
    </message>
    <message>
        <source>Show as YAML, with its findings</source>
        <translation>Als YAML zeigen, mit den Befunden</translation>
    </message>
    <message>
        <source>Objects of this namespace</source>
        <translation>Objekte dieses Namespace</translation>
    </message>
    <message>
        <source>Enforces</source>
        <translation>Erzwingt</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>latest</source>
        <translation>neueste</translation>
    </message>
    <message>
        <source>Read from</source>
        <translation>Gelesen aus</translation>
    </message>
    <message>
        <source>Warns at</source>
        <translation>Warnt ab</translation>
    </message>
    <message>
        <source>Records at</source>
        <translation>Protokolliert ab</translation>
    </message>
    <message>
        <source>Network policies</source>
        <translation>Netzrichtlinien</translation>
    </message>
    <message>
        <source>Ingress</source>
        <translation>Eingehend</translation>
    </message>
    <message>
        <source>Egress</source>
        <translation>Ausgehend</translation>
    </message>
    <message>
        <source>Opened again</source>
        <translation>Wieder geöffnet</translation>
    </message>
    <message>
        <source>ingress of %1, egress of %2 pods: a rule allows everything</source>
        <translation>eingehend %1, ausgehend %2 Pods: Eine Regel erlaubt alles</translation>
    </message>
    <message>
        <source>Out of reach</source>
        <translation>Nicht erreichbar</translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s) in the network of the node: no policy reaches them</source>
        <translation>
            <numerusform>%n Pod im Netz des Nodes: Keine Richtlinie erreicht ihn</numerusform>
            <numerusform>%n Pods im Netz des Nodes: Keine Richtlinie erreicht sie</numerusform>
        </translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>Who reaches whom</source>
        <translation>Wer erreicht wen</translation>
    </message>
    <message>
        <source>Quota and limits</source>
        <translation>Kontingente und Grenzen</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>The export names this namespace and holds nothing of it.</source>
        <translation>Der Export nennt diesen Namespace und enthält nichts daraus.</translation>
    </message>
    <message>
        <source>The export lacks it. The audited party can fetch it with:</source>
        <translation>Im Export fehlt es. Die geprüfte Stelle kann es holen mit:</translation>
    </message>
    <message>
        <source>What keeps each namespace apart from the others; ingress and egress: how many of its pods a network policy holds back. “Unchecked”: the export does not show it.</source>
        <translation>Was jeden Namespace von den anderen trennt; eingehend und ausgehend: wie viele seiner Pods eine Netzrichtlinie einschränkt. „Ungeprüft“: Der Export zeigt es nicht.</translation>
    </message>
    <message>
        <source>unchecked</source>
        <translation>ungeprüft</translation>
    </message>
    <message>
        <source>no pods</source>
        <translation>keine Pods</translation>
    </message>
    <message>
        <source>%1 of %2 pods held back</source>
        <translation>%1 von %2 Pods eingeschränkt</translation>
    </message>
    <message>
        <source>no pods, and no policy for new ones</source>
        <translation>keine Pods, und keine Richtlinie für neue</translation>
    </message>
    <message>
        <source>no pods; a policy allows new ones everything</source>
        <translation>keine Pods; eine Richtlinie erlaubt neuen alles</translation>
    </message>
    <message>
        <source>no pods; a policy holds new ones back</source>
        <translation>keine Pods; eine Richtlinie schränkt neue ein</translation>
    </message>
    <message>
        <source>Quota</source>
        <translation>Quota</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limits</translation>
    </message>
</context>
<context>
    <name>tally::ui::NeedsForm</name>
    <message>
        <source>Saved %1</source>
        <translation>Gespeichert %1</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Confidentiality</source>
        <translation>Vertraulichkeit</translation>
    </message>
    <message>
        <source>Integrity</source>
        <translation>Integrität</translation>
    </message>
    <message>
        <source>Availability</source>
        <translation>Verfügbarkeit</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>wie bisher</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>%1, reason</source>
        <extracomment>%1 &quot;Confidentiality&quot;</extracomment>
        <translation>%1, Begründung</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>New target object</source>
        <translation>Neues Zielobjekt</translation>
    </message>
    <message numerus="yes">
        <source>%n target objects</source>
        <translation>
            <numerusform>%n Zielobjekt</numerusform>
            <numerusform>%n Zielobjekte</numerusform>
        </translation>
    </message>
    <message>
        <source>Target object %1</source>
        <translation>Zielobjekt %1</translation>
    </message>
    <message>
        <source>Proposed target object</source>
        <translation>Vorgeschlagenes Zielobjekt</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n weiteres</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>What stays “as it is” and reasons left empty do not change in any of them.</source>
        <translation>Was auf „wie bisher“ steht und leere Begründungen bleiben bei jedem unverändert.</translation>
    </message>
    <message>
        <source>A namespace may be a pattern: “shop-*” stands for all that begin so.</source>
        <translation>Ein Namespace darf ein Muster sein: „shop-*“ steht für alle, die so beginnen.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Begründung</translation>
    </message>
    <message>
        <source>Reason, the same for all of them</source>
        <translation>Begründung, für alle dieselbe</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Erfassen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>Remove from the scope</source>
        <translation>Aus dem Geltungsbereich entfernen</translation>
    </message>
    <message>
        <source>Reason (required)</source>
        <translation>Begründung (erforderlich)</translation>
    </message>
</context>
<context>
    <name>tally::ui::NetworkPane</name>
    <message>
        <source>Who reaches whom?</source>
        <translation>Wer erreicht wen?</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Namespaces of the platform</source>
        <translation>Namespaces der Plattform</translation>
    </message>
    <message>
        <source>Who reaches whom: rows from, columns to</source>
        <translation>Wer erreicht wen: Zeilen von, Spalten nach</translation>
    </message>
    <message>
        <source>Ways</source>
        <translation>Wege</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Pass</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>The export holds no pods whose network policies could restrict. Ask for Pods, or for the workloads.</source>
        <translation>Der Export enthält keine Pods, deren Netz Richtlinien einschränken könnten. Fordern Sie Pods oder die Workloads an.</translation>
    </message>
    <message>
        <source>There is no network policy: every pod reaches every other one.</source>
        <translation>Es gibt keine Netzrichtlinie: Jeder Pod erreicht jeden anderen.</translation>
    </message>
    <message>
        <source>What this says</source>
        <translation>Was dies besagt</translation>
    </message>
    <message>
        <source>What network policies permit. Whether something listens there, and whether a Service or an Ingress leads to it, stands at the objects. Choose a way to see which rule decides.</source>
        <translation>Was Netzrichtlinien zulassen. Ob dort etwas lauscht und ob ein Service oder Ingress hinführt, steht bei den Objekten. Wählen Sie einen Weg, um zu sehen, welche Regel entscheidet.</translation>
    </message>
    <message>
        <source>outside</source>
        <translation>außen</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1: %2 → %3</translation>
    </message>
    <message>
        <source>Egress</source>
        <translation>Ausgehend</translation>
    </message>
    <message>
        <source>Ingress</source>
        <translation>Eingehend</translation>
    </message>
    <message>
        <source>More groups of pods differ in what holds for them; the first ones stand here.</source>
        <translation>Für weitere Gruppen von Pods gilt anderes; hier stehen die ersten.</translation>
    </message>
    <message>
        <source>no policy has a say</source>
        <translation>keine Richtlinie regelt es</translation>
    </message>
    <message>
        <source>selects the pods and has no rule that allows it</source>
        <translation>wählt die Pods und hat keine Regel, die es erlaubt</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>Requirements</source>
        <translation>Anforderungen</translation>
    </message>
    <message>
        <source>Findings on this</source>
        <translation>Befunde dazu</translation>
    </message>
    <message>
        <source>Rules that name hosts (FQDN): which addresses that are, is only seen at run time.</source>
        <translation>Regeln mit Hostnamen (FQDN): Welche Adressen das sind, zeigt sich erst zur Laufzeit.</translation>
    </message>
    <message>
        <source>Rules on requests (L7): they allow less than the whole port.</source>
        <translation>Regeln auf Anfragen (L7): Sie erlauben weniger als den ganzen Port.</translation>
    </message>
    <message>
        <source>Rules on blocks of addresses: taken as outside the cluster.</source>
        <translation>Regeln auf Adressblöcke: gelten hier als außerhalb des Clusters.</translation>
    </message>
    <message>
        <source>Peers or selectors of a kind that is not evaluated here.</source>
        <translation>Gegenstellen oder Selektoren einer Art, die hier nicht ausgewertet wird.</translation>
    </message>
    <message>
        <source>A tier of Calico whose place in the order is not in the export: it is asked before the default one.</source>
        <translation>Ein Tier von Calico, dessen Platz in der Reihenfolge nicht im Export ist: Er wird vor dem Standard-Tier befragt.</translation>
    </message>
    <message>
        <source>Policies for the nodes themselves are not part of it.</source>
        <translation>Richtlinien für die Nodes selbst gehören nicht dazu.</translation>
    </message>
    <message>
        <source>What this model cannot know</source>
        <translation>Was dieses Modell nicht wissen kann</translation>
    </message>
    <message>
        <source>Network policies are not in the export.</source>
        <translation>Netzrichtlinien sind nicht im Export.</translation>
    </message>
    <message>
        <source>Whether the network plugin obeys policies is in doubt</source>
        <translation>Ob das Netz-Plugin Richtlinien befolgt, ist zweifelhaft</translation>
    </message>
    <message numerus="yes">
        <source>%n namespace(s) are not in the export themselves: rules that choose namespaces by label cannot be evaluated there.</source>
        <translation>
            <numerusform>%n Namespace ist selbst nicht im Export: Regeln, die Namespaces nach Label wählen, sind dort nicht auswertbar.</numerusform>
            <numerusform>%n Namespaces sind selbst nicht im Export: Regeln, die Namespaces nach Label wählen, sind dort nicht auswertbar.</numerusform>
        </translation>
    </message>
    <message>
        <source>What stands in front of the cluster (firewalls), service meshes, and rules that the plugin has outside the API are not seen. Pods in the network of their node are not reached by policies.</source>
        <translation>Nicht zu sehen ist, was vor dem Cluster steht (Firewalls), was ein Service Mesh regelt und was das Netz-Plugin außerhalb der API an Regeln hat. Pods im Netz ihres Nodes erreichen Richtlinien nicht.</translation>
    </message>
    <message numerus="yes">
        <source>%n network policies were read. Kinds of policies that may be there are missing in the export: what is open otherwise is not checked.</source>
        <translation>
            <numerusform>%n Netzrichtlinie wurde gelesen. Dem Export fehlen Arten von Richtlinien, die es geben kann: Was sonst offen wäre, ist nicht geprüft.</numerusform>
            <numerusform>%n Netzrichtlinien wurden gelesen. Dem Export fehlen Arten von Richtlinien, die es geben kann: Was sonst offen wäre, ist nicht geprüft.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 connections</source>
        <translation>%1 von %2 Verbindungen</translation>
    </message>
    <message>
        <source>Further kinds of policies may be there and are not in the export. The audited party can fetch them with:</source>
        <translation>Weitere Arten von Richtlinien kann es geben; sie sind nicht im Export. Die geprüfte Stelle kann sie holen mit:</translation>
    </message>
    <message numerus="yes">
        <source>Of %1 ways between different namespaces, nothing holds back %2. %n network policies were read.</source>
        <translation>
            <numerusform>Von %1 Wegen zwischen verschiedenen Namespaces hält %2 nichts auf. %n Netzrichtlinie wurde gelesen.</numerusform>
            <numerusform>Von %1 Wegen zwischen verschiedenen Namespaces hält %2 nichts auf. %n Netzrichtlinien wurden gelesen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::NewAuditDialog</name>
    <message>
        <source>Where shall the audit be kept?</source>
        <translation>Wo soll das Audit liegen?</translation>
    </message>
    <message>
        <source>Audits (*.tally)</source>
        <translation>Audits (*.tally)</translation>
    </message>
    <message>
        <source>New audit</source>
        <translation>Neues Audit</translation>
    </message>
    <message>
        <source>Audited organisation</source>
        <translation>Geprüfte Institution</translation>
    </message>
    <message>
        <source>Title or period</source>
        <translation>Bezeichnung oder Zeitraum</translation>
    </message>
    <message>
        <source>Auditor</source>
        <translation>Auditor</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Create audit</source>
        <translation>Audit anlegen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Everything of the audit stands in this one file: sources, findings, decisions, journal.</source>
        <translation>In dieser einen Datei steht das ganze Audit: Quellen, Befunde, Entscheidungen, Journal.</translation>
    </message>
    <message>
        <source>This file exists already and is not overwritten.</source>
        <translation>Diese Datei gibt es schon; sie wird nicht überschrieben.</translation>
    </message>
    <message>
        <source>This folder does not exist.</source>
        <translation>Diesen Ordner gibt es nicht.</translation>
    </message>
    <message>
        <source>Your name: it stands with each decision, in the journal and in the report</source>
        <translation>Ihr Name: Er steht bei jeder Entscheidung, im Journal und im Bericht</translation>
    </message>
    <message>
        <source>Choose earlier audit</source>
        <translation>Frühere Prüfung wählen</translation>
    </message>
    <message>
        <source>Start from an earlier audit</source>
        <translation>Aus einer früheren Prüfung beginnen</translation>
    </message>
    <message>
        <source>None: all requirements are open</source>
        <translation>Keine: alle Anforderungen sind offen</translation>
    </message>
    <message>
        <source>Answers by edition 2022 (*.xlsx)</source>
        <translation>Antworten nach Edition 2022 (*.xlsx)</translation>
    </message>
    <message>
        <source>These are answers by edition 2022 of the compendium. They stand there to be confirmed, where edition 2023 asks for the same.</source>
        <translation>Das sind Antworten nach Edition 2022 des Kompendiums. Sie stehen zur Bestätigung da, soweit Edition 2023 dasselbe verlangt.</translation>
    </message>
    <message>
        <source>Looking what is carried over …</source>
        <translation>Es wird nachgesehen, was übernommen wird …</translation>
    </message>
</context>
<context>
    <name>tally::ui::NotCheckedWords</name>
    <message>
        <source>%1: not seen (%2)</source>
        <extracomment>something that was not handed over, and the requirements that it concerns</extracomment>
        <translation>%1: nicht gesehen (%2)</translation>
    </message>
</context>
<context>
    <name>tally::ui::ObjectDelegate</name>
    <message>
        <source>%1, of these %2 under a controller</source>
        <extracomment>number of objects, how many of them belong to a controller</extracomment>
        <translation>%1, davon %2 unter einem Controller</translation>
    </message>
</context>
<context>
    <name>tally::ui::ObjectPane</name>
    <message>
        <source>Finding before</source>
        <translation>Vorheriger Befund</translation>
    </message>
    <message>
        <source>Next finding</source>
        <translation>Nächster Befund</translation>
    </message>
    <message>
        <source>Object as YAML</source>
        <translation>Objekt als YAML</translation>
    </message>
    <message>
        <source>Open finding</source>
        <translation>Befund öffnen</translation>
    </message>
    <message>
        <source>Copy place</source>
        <translation>Fundstelle kopieren</translation>
    </message>
    <message>
        <source>no findings</source>
        <translation>keine Befunde</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>The cause stands at %1 %2, which controls this object.</source>
        <translation>Die Ursache steht bei %1 %2, das dieses Objekt steuert.</translation>
    </message>
</context>
<context>
    <name>tally::ui::OverviewPage</name>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Open decisions</source>
        <translation>Offene Entscheidungen</translation>
    </message>
    <message>
        <source>All in the checklist</source>
        <translation>Alle in der Prüfliste</translation>
    </message>
    <message>
        <source>Most frequent causes</source>
        <translation>Häufigste Ursachen</translation>
    </message>
    <message>
        <source>All findings</source>
        <translation>Alle Befunde</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Open source</source>
        <translation>Quelle öffnen</translation>
    </message>
    <message>
        <source>%1 of %2 requirements are decided.</source>
        <translation>%1 von %2 Anforderungen sind entschieden.</translation>
    </message>
    <message>
        <source>%1 No source has been judged yet.</source>
        <translation>%1 Noch ist keine Quelle beurteilt.</translation>
    </message>
    <message numerus="yes">
        <source>%1 A deviation is proven in %n open one(s).</source>
        <extracomment>%1 is the sentence about decided requirements; %n open requirements with a proven deviation</extracomment>
        <translation>
            <numerusform>%1 In %n offenen ist eine Abweichung belegt.</numerusform>
            <numerusform>%1 In %n offenen ist eine Abweichung belegt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Continue with %1</source>
        <translation>Weiter mit %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>%n × %1</source>
        <extracomment>number of objects or images that show a cause, then the cause</extracomment>
        <translation>
            <numerusform>%n × %1</numerusform>
            <numerusform>%n × %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Only documents or interviews can tell</source>
        <translation>Nur mit Dokumenten oder Interviews zu beurteilen</translation>
    </message>
    <message>
        <source>Everything needed was seen, nothing speaks against it</source>
        <translation>Alles Nötige gesehen, nichts spricht dagegen</translation>
    </message>
    <message>
        <source>Not seen: %1</source>
        <translation>Nicht gesehen: %1</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiteres</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that the checks need was handed over.</source>
        <translation>Alles, was die Prüfungen brauchen, wurde übergeben.</translation>
    </message>
    <message>
        <source>Open a source first.</source>
        <translation>Öffnen Sie zuerst eine Quelle.</translation>
    </message>
    <message>
        <source>In the tiles: %1</source>
        <translation>In den Kacheln: %1</translation>
    </message>
    <message>
        <source>Since the last audit</source>
        <translation>Seit dem letzten Audit</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Progress: %1 not reviewed, %2 to review, %3 sent back, %4 accepted.</source>
        <translation>Fortschritt: %1 ohne Gegenprüfung, %2 gegenzuprüfen, %3 zurückgegeben, %4 bestätigt.</translation>
    </message>
    <message>
        <source>Result so far: %1 yes, %2 partially, %3 no, %4 dispensable.</source>
        <extracomment>numbers of decided requirements</extracomment>
        <translation>Ergebnis bisher: %1 ja, %2 teilweise, %3 nein, %4 entbehrlich.</translation>
    </message>
    <message>
        <source>This audit was not started from an earlier one. Compare it with one to see what changed.</source>
        <translation>Dieses Audit wurde nicht aus einem früheren begonnen. Ein Vergleich zeigt, was sich geändert hat.</translation>
    </message>
    <message>
        <source>Started from “%1”.</source>
        <translation>Begonnen aus „%1“.</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) of it to be confirmed</source>
        <translation>
            <numerusform>%n Antwort daraus zu bestätigen</numerusform>
            <numerusform>%n Antworten daraus zu bestätigen</numerusform>
        </translation>
    </message>
    <message>
        <source>To the report</source>
        <translation>Zum Bericht</translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) are to be confirmed anew: what they rested on has changed.</source>
        <translation>
            <numerusform>%n Entscheidung ist neu zu bestätigen: Worauf sie beruhte, hat sich geändert.</numerusform>
            <numerusform>%n Entscheidungen sind neu zu bestätigen: Worauf sie beruhten, hat sich geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>decided, basis changed</source>
        <translation>entschieden, Grundlage geändert</translation>
    </message>
</context>
<context>
    <name>tally::ui::Page</name>
    <message>
        <source>Not yet judged: the checks have not run over these sources.</source>
        <translation>Noch nicht bewertet: Über diese Quellen ist noch kein Prüflauf gegangen.</translation>
    </message>
    <message>
        <source>Judge now</source>
        <translation>Jetzt bewerten</translation>
    </message>
    <message>
        <source>Not yet judged: sources, house policy or keys have changed since the last run of the checks. What stands here does not count that.</source>
        <translation>Noch nicht beurteilt: Quellen, Hausregeln oder Schlüssel haben sich seit dem letzten Prüflauf geändert. Was hier steht, berücksichtigt das nicht.</translation>
    </message>
</context>
<context>
    <name>tally::ui::PartHeader</name>
    <message>
        <source>%1 %2: %3 (%4)</source>
        <extracomment>id, modal verb and sentence of a part, and what the program says about it</extracomment>
        <translation>%1 %2: %3 (%4)</translation>
    </message>
</context>
<context>
    <name>tally::ui::PartPanel</name>
    <message>
        <source>not checked yet</source>
        <translation>noch nicht geprüft</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <extracomment>cause, number of objects
----------
what was not seen, and in which of several clusters</extracomment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Evidence for %1</source>
        <translation>Belege zu %1</translation>
    </message>
    <message numerus="yes">
        <source>%n workload(s)</source>
        <translation>
            <numerusform>%n Workload</numerusform>
            <numerusform>%n Workloads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s)</source>
        <translation>
            <numerusform>%n Objekt</numerusform>
            <numerusform>%n Objekte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n namespace(s)</source>
        <translation>
            <numerusform>%n Namespace</numerusform>
            <numerusform>%n Namespaces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n opened image(s)</source>
        <translation>
            <numerusform>%n geöffnetes Image</numerusform>
            <numerusform>%n geöffnete Images</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing that was handed over</source>
        <translation>nichts von dem, was vorliegt</translation>
    </message>
    <message>
        <source>cluster as of %1</source>
        <translation>Cluster Stand %1</translation>
    </message>
    <message>
        <source>Not seen</source>
        <translation>Nicht gesehen</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy the command for %1</source>
        <translation>Befehl für %1 kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>no deviation in what was seen; that is no “yes”</source>
        <translation>keine Abweichung in dem, was gesehen wurde; das ist kein „ja“</translation>
    </message>
    <message>
        <source>Rests on</source>
        <translation>Beruht auf</translation>
    </message>
    <message>
        <source>Deviation if</source>
        <translation>Abweichung, wenn</translation>
    </message>
    <message>
        <source>In the data</source>
        <translation>In den Daten</translation>
    </message>
    <message>
        <source>Ask for</source>
        <translation>Erfragen</translation>
    </message>
    <message>
        <source>On record</source>
        <translation>Festgehalten</translation>
    </message>
    <message>
        <source>%1: asked for, none there, by the auditor&apos;s word</source>
        <translation>%1: abgefragt, nichts vorhanden, laut Prüfer</translation>
    </message>
    <message>
        <source>Attach evidence (E)</source>
        <translation>Nachweis anhängen (E)</translation>
    </message>
    <message>
        <source>Attach evidence for %1</source>
        <translation>Nachweis für %1 anhängen</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Nachweise</translation>
    </message>
    <message>
        <source>none asked for</source>
        <translation>keine verlangt</translation>
    </message>
    <message>
        <source>Show evidence %1</source>
        <translation>Nachweis %1 zeigen</translation>
    </message>
    <message numerus="yes">
        <source>%n cluster(s)</source>
        <translation>
            <numerusform>%n Cluster</numerusform>
            <numerusform>%n Cluster</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::ReachabilityModel</name>
    <message>
        <source>Outside</source>
        <translation>Außen</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Nodes</translation>
    </message>
    <message>
        <source>Without namespace</source>
        <translation>Ohne Namespace</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>erlaubt</translation>
    </message>
    <message>
        <source>partly</source>
        <translation>teilweise</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>bypasses</source>
        <translation>umgeht</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>a policy allows it</source>
        <translation>eine Richtlinie erlaubt es</translation>
    </message>
    <message>
        <source>on certain ports or addresses</source>
        <translation>nur bestimmte Ports oder Adressen</translation>
    </message>
    <message>
        <source>a rule that is not evaluated decides</source>
        <translation>eine nicht ausgewertete Regel entscheidet</translation>
    </message>
    <message>
        <source>policies refuse it</source>
        <translation>Richtlinien sperren es</translation>
    </message>
    <message>
        <source>connections that pass</source>
        <translation>Anteil offener Verbindungen</translation>
    </message>
    <message>
        <source>from the network of the nodes: policies do not reach it</source>
        <translation>aus dem Netz der Nodes: Richtlinien greifen nicht</translation>
    </message>
    <message>
        <source>policies have nothing to say here</source>
        <translation>Richtlinien sagen hierzu nichts</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>From %1 to %2: %3</source>
        <translation>Von %1 nach %2: %3</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>nach %1</translation>
    </message>
    <message>
        <source>not the cluster</source>
        <translation>nicht der Cluster</translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s)</source>
        <translation>
            <numerusform>%n Pod</numerusform>
            <numerusform>%n Pods</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing holds it back</source>
        <translation>nichts hält es auf</translation>
    </message>
    <message>
        <source>nothing seen holds it back, but kinds of policies are missing in the export</source>
        <translation>nichts Gesehenes hält es auf, aber dem Export fehlen Arten von Richtlinien</translation>
    </message>
</context>
<context>
    <name>tally::ui::ReportChoices</name>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <extracomment>number and title of a section of the report</extracomment>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Umfang</translation>
    </message>
    <message>
        <source>Only open items</source>
        <translation>Nur Offenes</translation>
    </message>
    <message>
        <source>Requirements that are not settled, findings that nobody has set aside, measures that are not done</source>
        <translation>Anforderungen, die nicht geklärt sind, Befunde ohne Ausnahme, Maßnahmen, die nicht erledigt sind</translation>
    </message>
    <message>
        <source>All namespaces</source>
        <translation>Alle Namensräume</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namensraum</translation>
    </message>
</context>
<context>
    <name>tally::ui::ReportLookDialog</name>
    <message>
        <source>Logo</source>
        <translation>Logo</translation>
    </message>
    <message>
        <source>Pictures (*.png *.svg)</source>
        <translation>Bilder (*.png *.svg)</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>Look of the reports</source>
        <translation>Aussehen der Berichte</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Logo: PNG or SVG, at most %1 KiB</source>
        <translation>Logo: PNG oder SVG, höchstens %1 KiB</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Auswählen …</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Letterhead: organisation, street, place; one line each</source>
        <translation>Briefkopf: Organisation, Straße, Ort; je eine Zeile</translation>
    </message>
    <message>
        <source>Letterhead</source>
        <translation>Briefkopf</translation>
    </message>
    <message>
        <source>Signatures: one per line, “Role” or “Role: Name”. Empty: auditor, second auditor, information security officer, management</source>
        <translation>Unterschriften: eine je Zeile, „Rolle“ oder „Rolle: Name“. Leer: Prüfer, zweiter Prüfer, Informationssicherheitsbeauftragte, Leitung</translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation>Unterschriften</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Übernehmen</translation>
    </message>
</context>
<context>
    <name>tally::ui::ReportPage</name>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Language of the report</source>
        <translation>Sprache des Berichts</translation>
    </message>
    <message>
        <source>Classification</source>
        <translation>Kennzeichnung</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Export PDF</source>
        <translation>PDF exportieren</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>Vorige Seite</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Nächste Seite</translation>
    </message>
    <message>
        <source>Whole page</source>
        <translation>Ganze Seite</translation>
    </message>
    <message>
        <source>Page width</source>
        <translation>Seitenbreite</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Vergrößerung</translation>
    </message>
    <message>
        <source>Pages of the report</source>
        <translation>Seiten des Berichts</translation>
    </message>
    <message>
        <source>Preview is being made …</source>
        <translation>Vorschau entsteht …</translation>
    </message>
    <message>
        <source>All requirements are decided.</source>
        <translation>Alle Anforderungen sind entschieden.</translation>
    </message>
    <message numerus="yes">
        <source>%n requirement(s) are still open. The report names them.</source>
        <translation>
            <numerusform>%n Anforderung ist noch offen. Der Bericht nennt sie.</numerusform>
            <numerusform>%n Anforderungen sind noch offen. Der Bericht nennt sie.</numerusform>
        </translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>Seite %1 von %2</translation>
    </message>
    <message>
        <source>Export report</source>
        <translation>Bericht exportieren</translation>
    </message>
    <message>
        <source>%1 files (*.%2)</source>
        <translation>%1-Dateien (*.%2)</translation>
    </message>
    <message>
        <source>Read answers back in …</source>
        <translation>Antworten wieder einlesen …</translation>
    </message>
    <message>
        <source>Logo, letterhead, paper …</source>
        <translation>Logo, Briefkopf, Papier …</translation>
    </message>
    <message>
        <source>Overall verdict …</source>
        <translation>Gesamturteil …</translation>
    </message>
    <message>
        <source>The sentence that heads the summary, and the deviations that it lists</source>
        <translation>Der Satz über der Zusammenfassung und die Abweichungen, die sie aufführt</translation>
    </message>
</context>
<context>
    <name>tally::ui::RequestsDialog</name>
    <message>
        <source>Ask for it</source>
        <translation>Anfordern</translation>
    </message>
    <message>
        <source>Ask for evidence</source>
        <translation>Nachweise anfordern</translation>
    </message>
    <message>
        <source>The requirements ask for this, and there is no evidence of it yet. Tick what you want to see.</source>
        <translation>Das verlangen die Anforderungen, und dafür gibt es noch keinen Nachweis. Haken Sie an, was Sie sehen möchten.</translation>
    </message>
    <message>
        <source>What could be asked for</source>
        <translation>Was angefordert werden kann</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Etwas anderes</translation>
    </message>
    <message>
        <source>for</source>
        <translation>für</translation>
    </message>
    <message>
        <source>Of whom</source>
        <translation>Von wem</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>for instance A3, A17.2</source>
        <translation>zum Beispiel A3, A17.2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>%n ticked</source>
        <translation>
            <numerusform>%n angehakt</numerusform>
            <numerusform>%n angehakt</numerusform>
        </translation>
    </message>
    <message>
        <source>The day cannot be read. Write it as 31.03.2027.</source>
        <translation>Der Tag ist nicht lesbar. Schreiben Sie ihn als 31.03.2027.</translation>
    </message>
    <message>
        <source>There is no requirement “%1”.</source>
        <translation>Es gibt keine Anforderung „%1“.</translation>
    </message>
</context>
<context>
    <name>tally::ui::RequestsPane</name>
    <message>
        <source>Ask for evidence</source>
        <translation>Nachweise anfordern</translation>
    </message>
    <message>
        <source>List to send</source>
        <translation>Liste zum Versenden</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Nachweise</translation>
    </message>
    <message>
        <source>for instance N-003</source>
        <translation>zum Beispiel N-003</translation>
    </message>
    <message>
        <source>Numbers of the evidence</source>
        <translation>Nummern der Nachweise</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Erhalten</translation>
    </message>
    <message>
        <source>Not available</source>
        <translation>Nicht vorhanden</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Wieder offen</translation>
    </message>
    <message>
        <source>What is asked for</source>
        <translation>Was angefordert wird</translation>
    </message>
    <message numerus="yes">
        <source>Nothing is asked for yet. %n part(s) ask for something of which there is no evidence.</source>
        <translation>
            <numerusform>Noch nichts angefordert. %n Teilanforderung verlangt etwas, wofür es keinen Nachweis gibt.</numerusform>
            <numerusform>Noch nichts angefordert. %n Teilanforderungen verlangen etwas, wofür es keinen Nachweis gibt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) more ask for something of which there is no evidence.</source>
        <translation>
            <numerusform>%n weitere Teilanforderung verlangt etwas, wofür es keinen Nachweis gibt.</numerusform>
            <numerusform>%n weitere Teilanforderungen verlangen etwas, wofür es keinen Nachweis gibt.</numerusform>
        </translation>
    </message>
    <message>
        <source>The list for the audited party, with a column to fill in.</source>
        <translation>Die Liste für die geprüfte Stelle, mit einer Spalte zum Ausfüllen.</translation>
    </message>
    <message>
        <source>As a workbook to fill in (.xlsx) …</source>
        <translation>Als Arbeitsmappe zum Ausfüllen (.xlsx) …</translation>
    </message>
    <message>
        <source>As PDF or web page …</source>
        <translation>Als PDF oder Webseite …</translation>
    </message>
    <message>
        <source>Read a filled-in workbook back …</source>
        <translation>Ausgefüllte Arbeitsmappe zurücklesen …</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Where the document is</source>
        <translation>Wo das Dokument liegt</translation>
    </message>
</context>
<context>
    <name>tally::ui::RequirementDelegate</name>
    <message>
        <source>%1, changed</source>
        <translation>%1, geändert</translation>
    </message>
    <message>
        <source>%1, to review</source>
        <extracomment>%1 a decision that waits for a second person</extracomment>
        <translation>%1, gegenzuprüfen</translation>
    </message>
    <message>
        <source>%1, sent back</source>
        <extracomment>%1 a decision that a second person sent back</extracomment>
        <translation>%1, zurück</translation>
    </message>
</context>
<context>
    <name>tally::ui::RequirementTile</name>
    <message>
        <source>%1, but the evidence has changed since</source>
        <translation>%1, aber die Grundlage hat sich seither geändert</translation>
    </message>
    <message>
        <source>%1, open</source>
        <translation>%1, offen</translation>
    </message>
    <message>
        <source>%1 %2, %3</source>
        <extracomment>number, title, state of a requirement</extracomment>
        <translation>%1 %2, %3</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
</context>
<context>
    <name>tally::ui::RequirementView</name>
    <message>
        <source>Guidance</source>
        <translation>Anleitung</translation>
    </message>
    <message>
        <source>Requirement before</source>
        <translation>Vorherige Anforderung</translation>
    </message>
    <message>
        <source>Next requirement</source>
        <translation>Nächste Anforderung</translation>
    </message>
    <message>
        <source>%1, basis changed</source>
        <translation>%1, Grundlage geändert</translation>
    </message>
    <message>
        <source>decided: %1</source>
        <translation>entschieden: %1</translation>
    </message>
    <message>
        <source>open, %1</source>
        <translation>offen, %1</translation>
    </message>
    <message numerus="yes">
        <source>%n elementary threat(s)</source>
        <translation>
            <numerusform>%n elementare Gefährdung</numerusform>
            <numerusform>%n elementare Gefährdungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Drop to attach as evidence for %1</source>
        <translation>Ablegen, um es als Nachweis für %1 anzuhängen</translation>
    </message>
    <message>
        <source>Protection needs</source>
        <translation>Schutzbedarf</translation>
    </message>
</context>
<context>
    <name>tally::ui::SavedFilters</name>
    <message>
        <source>Saved filters</source>
        <translation>Gespeicherte Filter</translation>
    </message>
    <message>
        <source>Name, then Enter</source>
        <translation>Name, dann Eingabetaste</translation>
    </message>
    <message>
        <source>Name of the filter</source>
        <translation>Name des Filters</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>None saved yet</source>
        <translation>Noch keine gespeichert</translation>
    </message>
    <message>
        <source>Save this filter</source>
        <translation>Diesen Filter speichern</translation>
    </message>
</context>
<context>
    <name>tally::ui::ScopePane</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>Erfasst</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>Vorgeschlagen</translation>
    </message>
    <message>
        <source>Which target objects are shown</source>
        <translation>Welche Zielobjekte gezeigt werden</translation>
    </message>
    <message>
        <source>New target object</source>
        <translation>Neues Zielobjekt</translation>
    </message>
    <message>
        <source>target objects</source>
        <translation>Zielobjekte</translation>
    </message>
    <message numerus="yes">
        <source>%n target object(s)</source>
        <translation>
            <numerusform>%n Zielobjekt</numerusform>
            <numerusform>%n Zielobjekte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The sources name %n target object(s) that are not recorded yet.</source>
        <translation>
            <numerusform>Die Quellen nennen %n Zielobjekt, das noch nicht erfasst ist.</numerusform>
            <numerusform>Die Quellen nennen %n Zielobjekte, die noch nicht erfasst sind.</numerusform>
        </translation>
    </message>
    <message>
        <source>Record all</source>
        <translation>Alle erfassen</translation>
    </message>
    <message>
        <source>Requirements for elevated protection needs apply to what has high or very high needs. Choose one row or several, and say what their needs are.</source>
        <translation>Anforderungen bei erhöhtem Schutzbedarf gelten für das, was hohen oder sehr hohen Schutzbedarf hat. Wählen Sie eine oder mehrere Zeilen und geben Sie deren Schutzbedarf an.</translation>
    </message>
    <message>
        <source>All protection needs are stated. Requirements for elevated needs count only where they apply.</source>
        <translation>Der Schutzbedarf ist überall angegeben. Anforderungen bei erhöhtem Schutzbedarf zählen nur, wo sie gelten.</translation>
    </message>
    <message numerus="yes">
        <source>Protection needs are missing in %n place(s). Until they are stated, requirements for elevated needs count as open.</source>
        <translation>
            <numerusform>An %n Stelle fehlt der Schutzbedarf. Bis er angegeben ist, zählen Anforderungen bei erhöhtem Schutzbedarf als offen.</numerusform>
            <numerusform>An %n Stellen fehlt der Schutzbedarf. Bis er angegeben ist, zählen Anforderungen bei erhöhtem Schutzbedarf als offen.</numerusform>
        </translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Confidentiality</source>
        <translation>Vertraulichkeit</translation>
    </message>
    <message>
        <source>Integrity</source>
        <translation>Integrität</translation>
    </message>
    <message>
        <source>Availability</source>
        <translation>Verfügbarkeit</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Beschreibung</translation>
    </message>
    <message numerus="yes">
        <source>%n target object(s) come from the earlier audit. Their protection needs are to be confirmed; until then nothing is left out because of them.</source>
        <translation>
            <numerusform>%n Zielobjekt stammt aus dem früheren Audit. Sein Schutzbedarf ist zu bestätigen; bis dahin entfällt seinetwegen nichts.</numerusform>
            <numerusform>%n Zielobjekte stammen aus dem früheren Audit. Ihr Schutzbedarf ist zu bestätigen; bis dahin entfällt ihretwegen nichts.</numerusform>
        </translation>
    </message>
    <message>
        <source>Look at them</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>%1, to confirm</source>
        <translation>%1, bestätigen</translation>
    </message>
</context>
<context>
    <name>tally::ui::SearchPane</name>
    <message>
        <source>%1 is not where it was. The audit keeps no file contents: to search them, its source is needed.</source>
        <translation>%1 ist nicht mehr da, wo es war. Das Audit bewahrt keine Dateiinhalte auf: Um sie zu durchsuchen, wird die Quelle gebraucht.</translation>
    </message>
    <message>
        <source>Searching for “%1”</source>
        <translation>Suche nach „%1“</translation>
    </message>
    <message>
        <source>Every file of every layer is looked through, also those that a later layer deletes or replaces.</source>
        <translation>Durchsucht wird jede Datei jeder Schicht, auch was eine spätere Schicht löscht oder ersetzt.</translation>
    </message>
    <message>
        <source>%1 files with %2 looked through in %3 s.</source>
        <extracomment>files looked through, their bytes, seconds</extracomment>
        <translation>%1 Dateien mit %2 in %3 s durchsucht.</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>There are more; the list ends here.</source>
        <translation>Es gibt weitere; die Liste endet hier.</translation>
    </message>
    <message>
        <source>visible</source>
        <translation>sichtbar</translation>
    </message>
    <message>
        <source>deleted later</source>
        <translation>später gelöscht</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>What stands there</source>
        <translation>Was dort steht</translation>
    </message>
    <message>
        <source>Text in files of all layers</source>
        <translation>Text in Dateien aller Schichten</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Groß-/Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>Only deleted or replaced files</source>
        <translation>Nur gelöschte oder ersetzte Dateien</translation>
    </message>
    <message>
        <source>Only text files</source>
        <translation>Nur Textdateien</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Choose the file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>Places found</source>
        <translation>Fundstellen</translation>
    </message>
    <message>
        <source>Secrets are masked. Enter shows the place.</source>
        <translation>Geheimnisse sind verdeckt. Die Eingabetaste zeigt die Stelle.</translation>
    </message>
    <message>
        <source>%1 in %2.</source>
        <translation>%1 in %2.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln Fundstelle</numerusform>
            <numerusform>%Ln Fundstellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln Datei</numerusform>
            <numerusform>%Ln Dateien</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tally::ui::Session</name>
    <message>
        <source>Opening %1</source>
        <translation>%1 wird geöffnet</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>%1 wird gelesen</translation>
    </message>
    <message>
        <source>Judging all sources</source>
        <translation>Alle Quellen werden bewertet</translation>
    </message>
    <message>
        <source>Saving what the checks found</source>
        <translation>Ergebnis der Prüfung wird gespeichert</translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>%1 wird gespeichert</translation>
    </message>
    <message>
        <source>Computing the digests of %1 again</source>
        <translation>Prüfsummen von %1 werden nachgerechnet</translation>
    </message>
    <message>
        <source>Checking the audit file against its journal</source>
        <translation>Auditdatei wird gegen ihr Journal geprüft</translation>
    </message>
    <message>
        <source>Evidence: %1</source>
        <translation>Nachweis: %1</translation>
    </message>
    <message>
        <source>evidence</source>
        <translation>Nachweise</translation>
    </message>
</context>
<context>
    <name>tally::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Auditor, for new audits and decisions</source>
        <translation>Auditor, für neue Audits und Entscheidungen</translation>
    </message>
    <message>
        <source>Auditor</source>
        <translation>Auditor</translation>
    </message>
    <message>
        <source>Tallymann %1</source>
        <translation>Tallymann %1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Images that were read before</source>
        <translation>Bereits gelesene Images</translation>
    </message>
    <message>
        <source>Keep what was found, so that they open at once</source>
        <translation>Ergebnisse aufbewahren, damit sie sofort wieder öffnen</translation>
    </message>
    <message>
        <source>Without file contents, and with secrets masked. Their digests are computed again in the background and before each report.</source>
        <translation>Ohne Dateiinhalte und mit geschwärzten Geheimnissen. Die Prüfsummen werden im Hintergrund und vor jedem Bericht nachgerechnet.</translation>
    </message>
    <message>
        <source>None are kept</source>
        <translation>Keine aufbewahrt</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s), %1</source>
        <translation>
            <numerusform>%n Image, %1</numerusform>
            <numerusform>%n Images, %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove what is kept of images</source>
        <translation>Aufbewahrte Ergebnisse von Images entfernen</translation>
    </message>
</context>
<context>
    <name>tally::ui::SeverityForm</name>
    <message>
        <source>Rate the severity differently</source>
        <translation>Schwere anders einstufen</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Withdraw the severity of your own</source>
        <translation>Eigene Einstufung der Schwere zurücknehmen</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Reason (required)</source>
        <translation>Begründung (erforderlich)</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Festhalten</translation>
    </message>
    <message>
        <source>%1 instead of %2: %3 (%4)</source>
        <extracomment>%1 and %2: severities, %3: reason, %4: who</extracomment>
        <translation>%1 statt %2: %3 (%4)</translation>
    </message>
    <message>
        <source>%1, and %2 more</source>
        <translation>%1, und %2 weitere</translation>
    </message>
</context>
<context>
    <name>tally::ui::ShortTitles</name>
    <message>
        <source>Planning</source>
        <translation>Planung</translation>
    </message>
    <message>
        <source>Management</source>
        <translation>Verwaltung</translation>
    </message>
    <message>
        <source>Secure use</source>
        <translation>Einsatz</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>Verteilung</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netze</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Protokolle</translation>
    </message>
    <message>
        <source>Credentials</source>
        <translation>Zugänge</translation>
    </message>
    <message>
        <source>Suitability</source>
        <translation>Eignung</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>One service</source>
        <translation>Ein Dienst</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>Registry</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Freigabe</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Updates</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>Ressourcen</translation>
    </message>
    <message>
        <source>Remote access</source>
        <translation>Fernzugriff</translation>
    </message>
    <message>
        <source>Privileges</source>
        <translation>Privilegien</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Accounts</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>Profile</translation>
    </message>
    <message>
        <source>Forensics</source>
        <translation>Forensik</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Nur lesen</translation>
    </message>
    <message>
        <source>Attacks</source>
        <translation>Angriffe</translation>
    </message>
    <message>
        <source>Redundancy</source>
        <translation>Redundanz</translation>
    </message>
    <message>
        <source>Isolation</source>
        <translation>Isolation</translation>
    </message>
    <message>
        <source>Separation</source>
        <translation>Separierung</translation>
    </message>
    <message>
        <source>CI/CD</source>
        <translation>CI/CD</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pods</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Sicherung</translation>
    </message>
    <message>
        <source>Init</source>
        <translation>Init</translation>
    </message>
    <message>
        <source>Automation</source>
        <translation>Automation</translation>
    </message>
    <message>
        <source>Monitoring</source>
        <translation>Überwachung</translation>
    </message>
    <message>
        <source>Infrastructure</source>
        <translation>Infrastruktur</translation>
    </message>
    <message>
        <source>Auditing</source>
        <translation>Auditierung</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Nodes</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>Trennung</translation>
    </message>
    <message>
        <source>Operators</source>
        <translation>Operatoren</translation>
    </message>
    <message>
        <source>Attestation</source>
        <translation>Attestierung</translation>
    </message>
    <message>
        <source>Segments</source>
        <translation>Segmente</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Chiffrierung</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Restart</translation>
    </message>
</context>
<context>
    <name>tally::ui::SignOffDialog</name>
    <message>
        <source>Choose key file</source>
        <translation>Schlüsseldatei wählen</translation>
    </message>
    <message>
        <source>Keys (*.pem *.key)</source>
        <translation>Schlüssel (*.pem *.key)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Sign off</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>You say that the audit is done as it stands now: at this head of its journal. Changing it afterwards stays possible, and then stands beside the sign-off everywhere.</source>
        <translation>Sie erklären die Prüfung für abgeschlossen, so wie sie jetzt steht: bei diesem letzten Prüfwert ihres Journals. Danach ändern lässt sie sich weiterhin; das steht dann überall neben der Freigabe.</translation>
    </message>
    <message>
        <source>Still open</source>
        <translation>Noch offen</translation>
    </message>
    <message>
        <source>Signed off by</source>
        <translation>Freigegeben von</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>Zweck</translation>
    </message>
    <message>
        <source>for instance: audit finished, report handed over</source>
        <translation>zum Beispiel: Prüfung abgeschlossen, Bericht übergeben</translation>
    </message>
    <message>
        <source>Key file</source>
        <translation>Schlüsseldatei</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Without key</source>
        <translation>Ohne Schlüssel</translation>
    </message>
    <message>
        <source>Passphrase of the key</source>
        <translation>Passphrase des Schlüssels</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Head of the journal: %1</source>
        <extracomment>for screen readers; %1 digits</extracomment>
        <translation>Letzter Prüfwert: %1</translation>
    </message>
    <message>
        <source>Nothing: everything in %1 is decided and answered.</source>
        <translation>Nichts: In %1 ist alles entschieden und beantwortet.</translation>
    </message>
    <message>
        <source>none: a name and a date, without a signature</source>
        <translation>keine: ein Name und ein Datum, ohne Signatur</translation>
    </message>
    <message>
        <source>The key stays in its file; the audit keeps the signature and the public key.</source>
        <translation>Der Schlüssel bleibt in seiner Datei; die Prüfung behält die Signatur und den öffentlichen Schlüssel.</translation>
    </message>
    <message>
        <source>A private key in PEM form (Ed25519, ECDSA or RSA) makes a signature of it that others can verify.</source>
        <translation>Ein privater Schlüssel in PEM-Form (Ed25519, ECDSA oder RSA) macht daraus eine Signatur, die andere prüfen können.</translation>
    </message>
    <message>
        <source>Sign off and sign</source>
        <translation>Freigeben und signieren</translation>
    </message>
    <message>
        <source>Sign off without signature</source>
        <translation>Ohne Signatur freigeben</translation>
    </message>
</context>
<context>
    <name>tally::ui::SourceWords</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n Image</numerusform>
            <numerusform>%n Images</numerusform>
        </translation>
    </message>
    <message>
        <source>1 object</source>
        <extracomment>number of Kubernetes objects; %1 is the number with separators</extracomment>
        <translation>1 Objekt</translation>
    </message>
    <message>
        <source>%1 objects</source>
        <translation>%1 Objekte</translation>
    </message>
    <message numerus="yes">
        <source>Read, %n thing(s) to note</source>
        <translation>
            <numerusform>Gelesen, %n Hinweis</numerusform>
            <numerusform>Gelesen, %n Hinweise</numerusform>
        </translation>
    </message>
    <message>
        <source>Read, %1 of %2 digests verified</source>
        <translation>Gelesen, %1 von %2 Digests geprüft</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message numerus="yes">
        <source>%n digest(s) wrong</source>
        <translation>
            <numerusform>%n Digest falsch</numerusform>
            <numerusform>%n Digests falsch</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n digest(s) wrong: changed or damaged</source>
        <translation>
            <numerusform>%n Digest falsch: verändert oder beschädigt</numerusform>
            <numerusform>%n Digests falsch: verändert oder beschädigt</numerusform>
        </translation>
    </message>
    <message>
        <source>Verified on %1, being computed again, see below</source>
        <translation>Geprüft am %1, wird nachgerechnet, siehe unten</translation>
    </message>
    <message>
        <source>Verified on %1, not computed again since</source>
        <translation>Geprüft am %1, seither nicht nachgerechnet</translation>
    </message>
    <message>
        <source>does not count</source>
        <translation>zählt nicht</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>Withdrawn: %1 (%2, %3)</source>
        <extracomment>reason, person, time</extracomment>
        <translation>Zurückgezogen: %1 (%2, %3)</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Zurückgezogen</translation>
    </message>
</context>
<context>
    <name>tally::ui::SourcesPage</name>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Dateien öffnen</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>No sources yet</source>
        <translation>Noch keine Quellen</translation>
    </message>
    <message>
        <source>Here stands what was handed over: images as files, exports of the cluster. They are only read, never changed. Drop them anywhere on the window.</source>
        <translation>Hier steht, was übergeben wurde: Images als Dateien, Exporte des Clusters. Sie werden nur gelesen, nie verändert. Ziehen Sie sie irgendwo auf das Fenster.</translation>
    </message>
    <message numerus="yes">
        <source>%n source(s), read completely or as far as they are readable</source>
        <translation>
            <numerusform>%n Quelle, ganz gelesen oder so weit sie lesbar ist</numerusform>
            <numerusform>%n Quellen, ganz gelesen oder so weit sie lesbar sind</numerusform>
        </translation>
    </message>
    <message>
        <source>A source is being read. You can go on working.</source>
        <translation>Eine Quelle wird gelesen. Sie können währenddessen weiterarbeiten.</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Changed last</source>
        <translation>Zuletzt geändert</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Digest and dates</source>
        <translation>Prüfsumme und Daten</translation>
    </message>
    <message>
        <source>Digest and dates of %1</source>
        <translation>Prüfsumme und Daten von %1</translation>
    </message>
    <message>
        <source>All other parts of the source are read. What could not be read counts as not checked, never as fulfilled.</source>
        <translation>Alle anderen Teile der Quelle sind gelesen. Was nicht lesbar war, gilt als nicht geprüft, nie als erfüllt.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more in the report</source>
        <translation>
            <numerusform>und %n weiterer im Bericht</numerusform>
            <numerusform>und %n weitere im Bericht</numerusform>
        </translation>
    </message>
    <message>
        <source>Being read, see below</source>
        <translation>Wird gelesen, siehe unten</translation>
    </message>
    <message>
        <source>Waits for the one before</source>
        <translation>Wartet auf die Quelle davor</translation>
    </message>
    <message>
        <source>The source was read all the same. What was found in it stands under this reservation: its content is not what its own digests say. Ask where it was changed, and for the original.</source>
        <translation>Die Quelle wurde trotzdem gelesen. Was in ihr gefunden wurde, steht unter Vorbehalt: Ihr Inhalt ist nicht der, den ihre eigenen Digests nennen. Fragen Sie, wo sie verändert wurde, und nach dem Original.</translation>
    </message>
    <message>
        <source>Digests computed</source>
        <translation>Prüfsummen berechnet</translation>
    </message>
    <message>
        <source>House policy and keys</source>
        <translation>Hausregeln und Schlüssel</translation>
    </message>
    <message>
        <source>No house policy: trusted registries, forbidden packages, required labels and network zones are not checked.</source>
        <translation>Keine Hausregeln: Vertrauenswürdige Registries, verbotene Pakete, vorgeschriebene Labels und Netzzonen sind nicht geprüft.</translation>
    </message>
    <message numerus="yes">
        <source>House policy with %n entry(s), entered here.</source>
        <translation>
            <numerusform>Hausregeln mit %n Eintrag, hier eingetragen.</numerusform>
            <numerusform>Hausregeln mit %n Einträgen, hier eingetragen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>House policy %1 with %n entry(s).</source>
        <translation>
            <numerusform>Hausregeln %1 mit %n Eintrag.</numerusform>
            <numerusform>Hausregeln %1 mit %n Einträgen.</numerusform>
        </translation>
    </message>
    <message>
        <source>No public key: signatures of images are not verified.</source>
        <translation>Kein öffentlicher Schlüssel: Signaturen von Images sind nicht geprüft.</translation>
    </message>
    <message numerus="yes">
        <source>%n public key(s).</source>
        <translation>
            <numerusform>%n öffentlicher Schlüssel.</numerusform>
            <numerusform>%n öffentliche Schlüssel.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Show house policy and keys</source>
        <translation>Hausregeln und Schlüssel anzeigen</translation>
    </message>
    <message>
        <source>Edit house policy and keys</source>
        <translation>Hausregeln und Schlüssel bearbeiten</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>Geltungsbereich</translation>
    </message>
    <message>
        <source>Target objects and protection needs</source>
        <translation>Zielobjekte und Schutzbedarf</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Zurückziehen</translation>
    </message>
    <message>
        <source>Let %1 count again</source>
        <translation>%1 wieder zählen lassen</translation>
    </message>
    <message>
        <source>Withdraw %1</source>
        <translation>%1 zurückziehen</translation>
    </message>
    <message>
        <source>Count again</source>
        <translation>Wieder zählen</translation>
    </message>
</context>
<context>
    <name>tally::ui::SpacePane</name>
    <message>
        <source>also unseen in a lower layer</source>
        <translation>auch verdeckt in tieferer Schicht</translation>
    </message>
    <message>
        <source>added by later layers</source>
        <translation>von späteren Schichten</translation>
    </message>
    <message>
        <source>lowest layer</source>
        <translation>unterste Schicht</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>all directories</source>
        <translation>alle Verzeichnisse</translation>
    </message>
    <message>
        <source>Whole image</source>
        <translation>Ganzes Image</translation>
    </message>
    <message>
        <source>%1 visible in %2 files</source>
        <translation>%1 sichtbar in %2 Dateien</translation>
    </message>
    <message>
        <source>%1 more lie here in lower layers, where no container sees them</source>
        <translation>Weitere %1 liegen hier in tieferen Schichten, wo kein Container sie sieht</translation>
    </message>
    <message>
        <source>From layer %1</source>
        <translation>Aus Schicht %1</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <source>Area:</source>
        <translation>Fläche:</translation>
    </message>
    <message>
        <source>Treemap</source>
        <translation>Treemap</translation>
    </message>
    <message>
        <source>Arrow keys go to the neighbour, Enter into a directory, Backspace back up.</source>
        <translation>Pfeiltasten gehen zum Nachbarn, die Eingabetaste in ein Verzeichnis, die Rücktaste wieder hinauf.</translation>
    </message>
    <message>
        <source>Show in the file tree</source>
        <translation>Im Dateibaum zeigen</translation>
    </message>
    <message>
        <source>Where it comes from</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>Größte</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Directories</source>
        <translation>Verzeichnisse</translation>
    </message>
</context>
<context>
    <name>tally::ui::StartPage</name>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>What is to be audited?</source>
        <translation>Was soll geprüft werden?</translation>
    </message>
    <message>
        <source>Open images and cluster exports, then go through the requirements of SYS.1.6 and APP.4.4.</source>
        <translation>Images und Cluster-Exporte öffnen, dann die Anforderungen von SYS.1.6 und APP.4.4 durchgehen.</translation>
    </message>
    <message>
        <source>Drop files or folders here</source>
        <translation>Dateien oder Ordner hierher ziehen</translation>
    </message>
    <message>
        <source>Images (docker save, OCI) and exports of a cluster (YAML, JSON, archive, support bundle)</source>
        <translation>Images (docker save, OCI) und Cluster-Exporte (YAML, JSON, Archiv, Support-Bundle)</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Dateien öffnen</translation>
    </message>
    <message>
        <source>Ctrl+O</source>
        <translation>Strg+O</translation>
    </message>
    <message>
        <source>New audit</source>
        <translation>Neues Audit</translation>
    </message>
    <message>
        <source>Open audit</source>
        <translation>Audit öffnen</translation>
    </message>
    <message>
        <source>Sources are only read. Nothing leaves this computer.</source>
        <translation>Quellen werden nur gelesen. Nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>Sample: Stadtwerke Musterhafen</source>
        <translation>Beispiel: Stadtwerke Musterhafen</translation>
    </message>
    <message>
        <source>Open sample</source>
        <translation>Beispiel öffnen</translation>
    </message>
    <message>
        <source>Opened last</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>%1 of %2, %3</source>
        <extracomment>decided requirements of all, and the day it was opened</extracomment>
        <translation>%1 von %2, %3</translation>
    </message>
    <message>
        <source>An image and a cluster that never existed, to try things out without data of your own.</source>
        <translation>Ein Image und ein Cluster, die es nie gab: zum Ausprobieren ohne eigene Daten.</translation>
    </message>
</context>
<context>
    <name>tally::ui::StateWords</name>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>partially</source>
        <translation>teilweise</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>dispensable</source>
        <translation>entbehrlich</translation>
    </message>
    <message>
        <source>deviation</source>
        <translation>Abweichung</translation>
    </message>
    <message>
        <source>indications</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>manual</source>
        <translation>von Hand</translation>
    </message>
    <message>
        <source>documents</source>
        <translation>Nachweis</translation>
    </message>
    <message>
        <source>partly seen</source>
        <translation>z. T. geprüft</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>ungeprüft</translation>
    </message>
    <message>
        <source>no finding</source>
        <translation>ohne Befund</translation>
    </message>
    <message>
        <source>deviation proven</source>
        <translation>Abweichung belegt</translation>
    </message>
    <message>
        <source>no deviation found</source>
        <translation>keine Abweichung gefunden</translation>
    </message>
    <message>
        <source>indications, to be checked by a person</source>
        <translation>Hinweise, manuell zu prüfen</translation>
    </message>
    <message>
        <source>to be checked by a person</source>
        <translation>manuell zu prüfen</translation>
    </message>
    <message>
        <source>organisational: documents or interviews only</source>
        <translation>organisatorisch: nur Nachweis oder Interview</translation>
    </message>
    <message>
        <source>partly checked</source>
        <translation>teilweise geprüft</translation>
    </message>
    <message>
        <source>not checked, data are missing</source>
        <translation>nicht geprüft, Daten fehlen</translation>
    </message>
</context>
<context>
    <name>tally::ui::StatusStrip</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message numerus="yes">
        <source>%n more file(s) waiting</source>
        <translation>
            <numerusform>%n weitere Datei wartet</numerusform>
            <numerusform>%n weitere Dateien warten</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message numerus="yes">
        <source>about %n s left</source>
        <translation>
            <numerusform>noch etwa %n s</numerusform>
            <numerusform>noch etwa %n s</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>No audit open</source>
        <translation>Kein Audit geöffnet</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Nur lesbar</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>Gespeichert %1</translation>
    </message>
</context>
<context>
    <name>tally::ui::TablePane</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search: %1</source>
        <translation>Suchen: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n Zeile</numerusform>
            <numerusform>%n Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>%1 von %2 Zeilen</translation>
    </message>
</context>
<context>
    <name>tally::ui::TargetWords</name>
    <message>
        <source>Cluster</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Anwendung</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>normal</source>
        <extracomment>a protection need</extracomment>
        <translation>normal</translation>
    </message>
    <message>
        <source>high</source>
        <extracomment>a protection need</extracomment>
        <translation>hoch</translation>
    </message>
    <message>
        <source>very high</source>
        <extracomment>a protection need</extracomment>
        <translation>sehr hoch</translation>
    </message>
    <message>
        <source>%1 %2 (%3)</source>
        <extracomment>%1 kind of a target object, %2 its name, %3 its protection need: &quot;Namespace payments (high)&quot;</extracomment>
        <translation>%1 %2 (%3)</translation>
    </message>
    <message>
        <source>inapplicable</source>
        <extracomment>of a requirement for elevated protection needs, where nothing has such needs; short</extracomment>
        <translation>gilt nirgends</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiteres</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Applies to: %1.</source>
        <extracomment>%1 target objects with their protection needs</extracomment>
        <translation>Gilt für: %1.</translation>
    </message>
    <message>
        <source>Applies only where protection needs are very high.</source>
        <translation>Gilt nur, wo der Schutzbedarf sehr hoch ist.</translation>
    </message>
    <message>
        <source>Applies only where protection needs are high or very high.</source>
        <translation>Gilt nur, wo der Schutzbedarf hoch oder sehr hoch ist.</translation>
    </message>
    <message>
        <source>They are not recorded yet, so it counts as open.</source>
        <translation>Er ist noch nicht erfasst, deshalb zählt die Anforderung als offen.</translation>
    </message>
    <message>
        <source>Nothing has them so far, but they are not stated for %1. So it counts as open.</source>
        <translation>Bisher trifft das auf nichts zu, aber für %1 fehlt die Angabe. Deshalb zählt die Anforderung als offen.</translation>
    </message>
    <message>
        <source>Applies nowhere: nothing has very high protection needs. It does not count as open.</source>
        <translation>Gilt nirgends: Nichts hat sehr hohen Schutzbedarf. Die Anforderung zählt nicht als offen.</translation>
    </message>
    <message>
        <source>Applies nowhere: nothing has high or very high protection needs. It does not count as open.</source>
        <translation>Gilt nirgends: Nichts hat hohen oder sehr hohen Schutzbedarf. Die Anforderung zählt nicht als offen.</translation>
    </message>
    <message>
        <source>Measured by the protection needs, which are not recorded yet.</source>
        <translation>Maßstab ist der Schutzbedarf, der noch nicht erfasst ist.</translation>
    </message>
    <message>
        <source>Measured by the protection needs: nothing has high or very high ones so far.</source>
        <translation>Maßstab ist der Schutzbedarf: Bisher ist er nirgends hoch oder sehr hoch.</translation>
    </message>
    <message>
        <source>Measured by the protection needs: %1.</source>
        <extracomment>%1 target objects with their protection needs</extracomment>
        <translation>Maßstab ist der Schutzbedarf: %1.</translation>
    </message>
    <message>
        <source>%1 (%2) beside %3 (%4) on %5</source>
        <extracomment>two namespaces and their protection needs, %5 nodes</extracomment>
        <translation>%1 (%2) neben %3 (%4) auf %5</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n Node</numerusform>
            <numerusform>%n Nodes</numerusform>
        </translation>
    </message>
    <message>
        <source>Pods of unequal needs share nodes: %1.</source>
        <extracomment>%1 pairs of namespaces</extracomment>
        <translation>Pods mit ungleichem Schutzbedarf teilen sich Nodes: %1.</translation>
    </message>
</context>
<context>
    <name>tally::ui::TreemapView</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n weiteres</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more in %1</source>
        <translation>
            <numerusform>%n weiterer in %1</numerusform>
            <numerusform>%n weitere in %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2, %3 % of the image, %4 files</source>
        <extracomment>path, size, share of the image, files</extracomment>
        <translation>%1: %2, %3 % des Images, %4 Dateien</translation>
    </message>
    <message>
        <source>%1; %2 more lie here unseen</source>
        <translation>%1; weitere %2 liegen hier verdeckt</translation>
    </message>
</context>
<context>
    <name>tally::ui::VerdictDialog</name>
    <message>
        <source>Overall verdict</source>
        <translation>Gesamturteil</translation>
    </message>
    <message>
        <source>Overall verdict on %1</source>
        <extracomment>%1 id of a module</extracomment>
        <translation>Gesamturteil zu %1</translation>
    </message>
    <message>
        <source>A sentence that the audit lead stands for. It heads the report’s summary, with name and date; the program never gives a verdict.</source>
        <translation>Ein Satz, für den die Auditleitung einsteht. Er steht mit Name und Datum über der Zusammenfassung des Berichts; das Programm fällt kein Urteil.</translation>
    </message>
    <message numerus="yes">
        <source>%n requirement(s) are still open: the report stays a draft.</source>
        <translation>
            <numerusform>%n Anforderung ist noch offen: Der Bericht bleibt ein Entwurf.</numerusform>
            <numerusform>%n Anforderungen sind noch offen: Der Bericht bleibt ein Entwurf.</numerusform>
        </translation>
    </message>
    <message>
        <source>The verdict in one sentence</source>
        <translation>Das Urteil in einem Satz</translation>
    </message>
    <message>
        <source>for instance: The platform does not meet %1 in essential parts.</source>
        <extracomment>%1 id of a module</extracomment>
        <translation>zum Beispiel: Die Plattform erfüllt %1 in wesentlichen Teilen nicht.</translation>
    </message>
    <message>
        <source>Written by %1 on %2.</source>
        <translation>Geschrieben von %1 am %2.</translation>
    </message>
    <message numerus="yes">
        <source>Since then %n decision(s) have been made or changed.</source>
        <translation>
            <numerusform>Seitdem wurde %n Entscheidung getroffen oder geändert.</numerusform>
            <numerusform>Seitdem wurden %n Entscheidungen getroffen oder geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>It still holds: confirm it with my name and today’s date</source>
        <translation>Es gilt weiterhin: mit meinem Namen und heutigem Datum bestätigen</translation>
    </message>
    <message>
        <source>The most important deviations, at most five</source>
        <translation>Die wichtigsten Abweichungen, höchstens fünf</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>%1 of %2 characters</source>
        <translation>%1 von %2 Zeichen</translation>
    </message>
    <message>
        <source>No requirement is decided “no” or “partially” yet.</source>
        <translation>Noch ist keine Anforderung mit „nein“ oder „teilweise“ entschieden.</translation>
    </message>
    <message>
        <source>%1 are ticked: at most %2 fit.</source>
        <translation>%1 sind angekreuzt: Es passen höchstens %2.</translation>
    </message>
    <message>
        <source>None is ticked: the program lists them by class, then MUST, then severity.</source>
        <translation>Keine ist angekreuzt: Das Programm ordnet sie nach Einstufung, dann MUSS, dann Schwere.</translation>
    </message>
    <message>
        <source>%1 of %2 ticked</source>
        <translation>%1 von %2 angekreuzt</translation>
    </message>
</context>
<context>
    <name>tally::ui::VerdictHistory</name>
    <message>
        <source>Requirements over time</source>
        <translation>Anforderungen im Zeitverlauf</translation>
    </message>
    <message>
        <source>No requirement changed.</source>
        <translation>Keine Anforderung hat sich verändert.</translation>
    </message>
    <message>
        <source>%1 (outdated)</source>
        <translation>%1 (veraltet)</translation>
    </message>
</context>
<context>
    <name>tally::ui::WastePane</name>
    <message>
        <source>Every byte of this image can be seen by a container: nothing is wasted.</source>
        <translation>Jedes Byte dieses Images kann ein Container sehen: Nichts ist verschwendet.</translation>
    </message>
    <message>
        <source>%1 in %2 files are in the image, but no container ever sees them. Counted exactly.</source>
        <translation>%1 in %2 Dateien liegen im Image, doch kein Container sieht sie je. Exakt gezählt.</translation>
    </message>
    <message>
        <source>layer %1: %2</source>
        <translation>Schicht %1: %2</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>In layer</source>
        <translation>In Schicht</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Why nobody sees it</source>
        <translation>Warum es niemand sieht</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>Durch</translation>
    </message>
    <message>
        <source>Enter shows the file in the layer that carries it.</source>
        <translation>Die Eingabetaste zeigt die Datei in der Schicht, die sie enthält.</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>overwritten</source>
        <translation>überschrieben</translation>
    </message>
    <message>
        <source>rights, owner</source>
        <translation>Rechte, Besitzer</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Instruction that hides it</source>
        <translation>Anweisung, die es verdeckt</translation>
    </message>
    <message>
        <source>What to change in the Dockerfile: remove in the instruction that creates, set rights with COPY --chmod and --chown. Enter shows the layer.</source>
        <translation>Was im Dockerfile zu ändern ist: in derselben Anweisung löschen, die anlegt; Rechte mit COPY --chmod und --chown setzen. Die Eingabetaste zeigt die Schicht.</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>As dive counts, for comparison: %1 in paths that several layers carry; efficiency %2 %. It counts the copy that is kept and misses removed directories.</source>
        <translation>Zum Vergleich, wie dive zählt: %1 in Pfaden, die mehrere Schichten enthalten; Effizienz %2 %. dive zählt die bleibende Kopie mit und übersieht gelöschte Verzeichnisse.</translation>
    </message>
    <message>
        <source>By file</source>
        <translation>Nach Datei</translation>
    </message>
    <message>
        <source>By instruction</source>
        <translation>Nach Anweisung</translation>
    </message>
    <message>
        <source>As dive counts</source>
        <translation>Wie dive zählt</translation>
    </message>
    <message>
        <source>How it is summed up</source>
        <translation>Wie zusammengefasst wird</translation>
    </message>
    <message>
        <source>Invisible bytes</source>
        <translation>Unsichtbare Bytes</translation>
    </message>
</context>
<context>
    <name>tally::ui::WithdrawDialog</name>
    <message>
        <source>“%1” (%2)</source>
        <extracomment>name of a file, and its date</extracomment>
        <translation>„%1“ (%2)</translation>
    </message>
    <message>
        <source>A newer export of the same cluster?</source>
        <translation>Ein neuerer Export desselben Clusters?</translation>
    </message>
    <message>
        <source>%1 shows the same cluster as %2. Read together, what is only in the older one counts as well, also what is long gone from the cluster.</source>
        <translation>%1 zeigt denselben Cluster wie %2. Zusammen gelesen, zählt auch, was nur im älteren steht – auch was es im Cluster längst nicht mehr gibt.</translation>
    </message>
    <message>
        <source>Read both together</source>
        <translation>Beide zusammen lesen</translation>
    </message>
    <message>
        <source>The new one takes the older one’s place</source>
        <translation>Der neue ersetzt den älteren</translation>
    </message>
    <message>
        <source>Withdraw a source</source>
        <translation>Eine Quelle zurückziehen</translation>
    </message>
    <message>
        <source>%1 no longer counts then.</source>
        <translation>%1 zählt dann nicht mehr.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Zurückziehen</translation>
    </message>
    <message>
        <source>What is withdrawn stays in the audit file, with reason, name and time in the journal. Its objects, images and findings are left out, decisions whose evidence changes say so, and it can be undone.</source>
        <translation>Zurückgezogenes bleibt in der Audit-Datei, mit Grund, Name und Zeit im Journal. Seine Objekte, Images und Befunde bleiben außen vor; Entscheidungen, deren Grundlage sich ändert, sagen es. Es lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
</context>
<context>
    <name>tally::ui::Words</name>
    <message>
        <source>info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>low</source>
        <translation>niedrig</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>high</source>
        <translation>hoch</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
    <message>
        <source>Basic</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Elevated</source>
        <translation>Erhöht</translation>
    </message>
    <message>
        <source>Elevated protection needs</source>
        <translation>Erhöhter Schutzbedarf</translation>
    </message>
    <message>
        <source>docker save archive</source>
        <translation>docker save</translation>
    </message>
    <message>
        <source>unpacked docker save</source>
        <translation>docker save, entpackt</translation>
    </message>
    <message>
        <source>OCI layout</source>
        <translation>OCI-Layout</translation>
    </message>
    <message>
        <source>OCI archive</source>
        <translation>OCI-Archiv</translation>
    </message>
    <message>
        <source>kubectl export</source>
        <translation>kubectl-Export</translation>
    </message>
    <message>
        <source>Manifests</source>
        <translation>Manifeste</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Support bundle</source>
        <translation>Support-Bundle</translation>
    </message>
    <message>
        <source>Workloads of the cluster</source>
        <translation>Workloads des Clusters</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Live state of the cluster (export by kubectl)</source>
        <translation>Live-Stand des Clusters (Export mit kubectl)</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>module: id and title</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>whole cluster</source>
        <translation>gesamter Cluster</translation>
    </message>
    <message>
        <source>Part of the images that run</source>
        <translation>Teil der laufenden Images</translation>
    </message>
    <message>
        <source>Images: not every image that runs was handed over</source>
        <extracomment>in place of &quot;Images: not in what was handed over&quot;, where some were</extracomment>
        <translation>Images: nicht jedes laufende Image liegt vor</translation>
    </message>
    <message>
        <source>%1: not in what was handed over</source>
        <translation>%1: liegt nicht vor</translation>
    </message>
    <message>
        <source>Namespaces of the cluster</source>
        <translation>Namespaces des Clusters</translation>
    </message>
    <message>
        <source>Signatures and attestations of the images (OCI layout; docker save leaves them out)</source>
        <translation>Signaturen und Nachweise zu den Images (OCI-Layout; docker save lässt sie weg)</translation>
    </message>
    <message>
        <source>Files of the nodes</source>
        <translation>Dateien der Nodes</translation>
    </message>
    <message>
        <source>Results of other tools</source>
        <translation>Ergebnisse anderer Werkzeuge</translation>
    </message>
    <message>
        <source>Version of Kubernetes</source>
        <translation>Version von Kubernetes</translation>
    </message>
    <message>
        <source>Audit policy of the API server</source>
        <translation>Audit-Richtlinie des API-Servers</translation>
    </message>
    <message>
        <source>Settings of %1</source>
        <translation>Einstellungen von %1</translation>
    </message>
    <message>
        <source>Velero backup</source>
        <translation>Velero-Sicherung</translation>
    </message>
    <message>
        <source>Insights archive</source>
        <translation>Insights-Archiv</translation>
    </message>
    <message>
        <source>Audit bundle</source>
        <translation>Audit-Paket</translation>
    </message>
    <message>
        <source>kubectl cluster-info dump</source>
        <translation>kubectl cluster-info dump</translation>
    </message>
    <message>
        <source>Manifests rendered by Helm</source>
        <translation>Von Helm gerenderte Manifeste</translation>
    </message>
    <message>
        <source>Helm chart, not rendered</source>
        <translation>Helm-Chart, nicht gerendert</translation>
    </message>
    <message>
        <source>Kustomize folder, not rendered</source>
        <translation>Kustomize-Ordner, nicht gerendert</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>Audit-Protokoll</translation>
    </message>
    <message>
        <source>etcd snapshot</source>
        <translation>etcd-Snapshot</translation>
    </message>
    <message>
        <source>Audit log of the API server</source>
        <translation>Audit-Protokoll des API-Servers</translation>
    </message>
    <message>
        <source>Snapshot of etcd</source>
        <translation>Snapshot von etcd</translation>
    </message>
    <message>
        <source>Complete contents of the images</source>
        <translation>Vollständiger Inhalt der Images</translation>
    </message>
    <message>
        <source>House policy, or this entry in it (Sources)</source>
        <translation>Hausregeln oder dieser Eintrag darin (Quellen)</translation>
    </message>
    <message>
        <source>Public key of the signatures (Sources, house policy and keys)</source>
        <translation>Öffentlicher Schlüssel der Signaturen (Quellen, Hausregeln und Schlüssel)</translation>
    </message>
    <message>
        <source>Exports of one single cluster</source>
        <translation>Exporte eines einzigen Clusters</translation>
    </message>
    <message>
        <source>Namespaces: not all of them are in the export, or the list of them is missing</source>
        <translation>Namespaces: nicht alle im Export, oder ihre Liste fehlt</translation>
    </message>
    <message>
        <source>Objects of different clusters were handed over and read as one</source>
        <translation>Objekte verschiedener Cluster wurden übergeben und wie ein Cluster gelesen</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>number and short title of a requirement</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>exception expired</source>
        <translation>Ausnahme abgelaufen</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>hingenommen</translation>
    </message>
    <message>
        <source>false positive</source>
        <translation>Fehlalarm</translation>
    </message>
    <message>
        <source>deferred</source>
        <translation>zurückgestellt</translation>
    </message>
    <message>
        <source>exception to be confirmed</source>
        <translation>Ausnahme zu bestätigen</translation>
    </message>
</context>
<context>
    <name>tally::ui::WorkbookExchange</name>
    <message>
        <source>audit</source>
        <translation>audit</translation>
    </message>
    <message>
        <source>%1-requests.xlsx</source>
        <extracomment>names of files; %1 is the name of the audit</extracomment>
        <translation>%1-nachweise.xlsx</translation>
    </message>
    <message>
        <source>%1-workbook.xlsx</source>
        <translation>%1-arbeitsmappe.xlsx</translation>
    </message>
    <message>
        <source>Write workbook</source>
        <translation>Arbeitsmappe schreiben</translation>
    </message>
    <message>
        <source>Workbooks (*.xlsx)</source>
        <translation>Arbeitsmappen (*.xlsx)</translation>
    </message>
    <message>
        <source>Workbook with answers</source>
        <translation>Arbeitsmappe mit Antworten</translation>
    </message>
</context>
<context>
    <name>tally::ui::WorkloadsPane</name>
    <message>
        <source>Workloads</source>
        <translation>Workloads</translation>
    </message>
    <message>
        <source>by digest</source>
        <translation>per Digest</translation>
    </message>
    <message>
        <source>%1 (init)</source>
        <translation>%1 (Init)</translation>
    </message>
    <message>
        <source>%1 (ephemeral)</source>
        <translation>%1 (kurzlebig)</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Workload</source>
        <translation>Workload</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>Replikate</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>The export holds no workloads. Ask for Deployments, DaemonSets, StatefulSets, CronJobs and Pods.</source>
        <translation>Der Export enthält keine Workloads. Fordern Sie Deployments, DaemonSets, StatefulSets, CronJobs und Pods an.</translation>
    </message>
    <message>
        <source>None of the images that run here was opened. Open their archives under Sources, and each container leads to its image.</source>
        <translation>Keines der Images, die hier laufen, wurde geöffnet. Öffnen Sie deren Archive unter „Quellen“, dann führt jeder Container zu seinem Image.</translation>
    </message>
    <message>
        <source>Choose a container to see its image and what runs of it.</source>
        <translation>Wählen Sie einen Container, um sein Image zu sehen und was davon läuft.</translation>
    </message>
    <message>
        <source>Show as YAML, with its findings</source>
        <translation>Als YAML zeigen, mit den Befunden</translation>
    </message>
    <message>
        <source>the export does not tell</source>
        <translation>der Export sagt es nicht</translation>
    </message>
    <message>
        <source>%1 wanted</source>
        <translation>%1 gewünscht</translation>
    </message>
    <message>
        <source>%1 ready of %2 wanted</source>
        <translation>%1 bereit von %2 gewünschten</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pods</translation>
    </message>
    <message>
        <source>none in the export</source>
        <translation>keine im Export</translation>
    </message>
    <message>
        <source>Container %1</source>
        <translation>Container %1</translation>
    </message>
    <message>
        <source>This image was not opened: what is inside it was not checked.</source>
        <translation>Dieses Image wurde nicht geöffnet: Sein Inhalt ist nicht geprüft.</translation>
    </message>
    <message>
        <source>The opened image %1 is the one: its digest is the same.</source>
        <translation>Das geöffnete Image %1 ist es: Der Digest ist derselbe.</translation>
    </message>
    <message>
        <source>The opened image %1 has this name. The export does not tell the digest that runs, so that it may be another one.</source>
        <translation>Das geöffnete Image %1 hat diesen Namen. Der Export nennt den laufenden Digest nicht; es kann ein anderes sein.</translation>
    </message>
    <message>
        <source>The opened image %1 has this name, but not the digest that runs. An archive made with “docker save” has other digests than the registry; else another image runs.</source>
        <translation>Das geöffnete Image %1 hat diesen Namen, aber nicht den Digest, der läuft. Ein mit „docker save“ erstelltes Archiv hat andere Digests als die Registry; sonst läuft ein anderes Image.</translation>
    </message>
    <message>
        <source>Open image</source>
        <translation>Image öffnen</translation>
    </message>
    <message>
        <source>Digest that runs</source>
        <translation>Digest, der läuft</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>name only</source>
        <translation>nur Name</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Geöffnet</translation>
    </message>
    <message>
        <source>“Name only” means: the name and tag are those of an opened image; whether it is the one that runs, only the digest tells.</source>
        <translation>„Nur Name“ heißt: Name und Tag sind die eines geöffneten Images; ob genau dieses läuft, sagt nur der Digest.</translation>
    </message>
</context>
<context>
    <name>tally::ui::ZonesField</name>
    <message>
        <source>A network zone has a name.</source>
        <translation>Eine Netzzone braucht einen Namen.</translation>
    </message>
    <message>
        <source>The zone “%1” needs addresses, such as 10.20.0.0/16.</source>
        <translation>Die Zone „%1“ braucht Adressen, etwa 10.20.0.0/16.</translation>
    </message>
    <message>
        <source>“%1” is no range of addresses, such as 10.20.0.0/16.</source>
        <translation>„%1“ ist kein Adressbereich wie 10.20.0.0/16.</translation>
    </message>
    <message>
        <source>Administration</source>
        <translation>Administration</translation>
    </message>
    <message>
        <source>Access to applications</source>
        <translation>Zugang zu Anwendungen</translation>
    </message>
    <message>
        <source>Inside the cluster</source>
        <translation>Innerhalb des Clusters</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the zone</source>
        <translation>Name der Zone</translation>
    </message>
    <message>
        <source>Purpose of the zone</source>
        <translation>Zweck der Zone</translation>
    </message>
    <message>
        <source>Addresses of the zone</source>
        <translation>Adressen der Zone</translation>
    </message>
    <message>
        <source>Remove the zone</source>
        <translation>Zone entfernen</translation>
    </message>
    <message>
        <source>Add a zone</source>
        <translation>Zone hinzufügen</translation>
    </message>
</context>
</TS>
