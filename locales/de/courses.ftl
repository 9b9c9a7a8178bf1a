# Kurse: Zeiträume, Kurse, Gruppen, Einschreibungen, das Kursverzeichnis.

# Rechte.
permission-course-view = Den Kurs sehen
permission-course-learn = Am Kurs teilnehmen
permission-course-edit = Inhalte und Einstellungen des Kurses ändern
permission-course-publish = Den Kurs veröffentlichen
permission-course-archive = Den Kurs archivieren
permission-course-enrol = Lernende einschreiben
permission-course-enrol-staff = Lehrende, Assistenz und Redaktion einschreiben
permission-course-create = Neue Kurse anlegen
permission-course-people = Teilnehmende und ihren Fortschritt sehen
permission-course-preview = Den Kurs wie Lernende ansehen
permission-course-terms = Die Liste der Zeiträume ändern

# Wörter, die viele Seiten teilen.
courses-actions = Aktionen
courses-add = Hinzufügen
courses-any-language = Jede Sprache
courses-any-role = Jede Rolle
courses-any-section = Jede Gruppe
courses-any-term = Jeder Zeitraum
courses-any-unit = Jeder Bereich
courses-breadcrumb = Wo du bist
courses-change = Ändern
courses-change-named = { $name } ändern
courses-code = Kürzel
courses-code-hint = Kurz, wie im Stundenplan: BIO 214.
courses-courses = Kurse
courses-date = Termin
courses-days = Tage
courses-delete = Löschen
courses-delete-named = { $name } löschen
courses-done = Erledigt
courses-done-of = { $done } von { $total } erledigt
courses-first-day = Erster Tag
courses-from = ab { $from }
courses-from-to = { $from } bis { $to }
courses-further = Nächste Seite
courses-institution = Einrichtung
courses-language = Sprache
courses-last-day = Letzter Tag
courses-learners = Lernende
courses-licence = Lizenz
courses-more = Mehr
courses-more-options = Weitere Angaben
courses-name = Name
courses-no-term = Kein Zeitraum
courses-pages = Seiten
courses-person = Person
courses-previous = Vorige Seite
courses-role = Rolle
courses-save = Speichern
courses-search = Suchen
courses-section = Gruppe
courses-sections = Gruppen
courses-show = Anzeigen
courses-show-all = Alle anzeigen
courses-since = seit { $time }
courses-state = Stand
courses-summary = Kurzbeschreibung
courses-summary-hint = Ein oder zwei Sätze für das Kursverzeichnis.
courses-syllabus = Kursplan
courses-teachers = Lehrende
courses-term = Zeitraum
courses-title = Titel
courses-unit = Bereich
courses-until = bis { $to }
courses-zone = Zeitzone
courses-zone-hint = Die Zone, in der die Termine dieses Kurses gemeint sind, etwa Europe/Berlin.

courses-role-teacher = Lehre
courses-role-assistant = Assistenz
courses-role-author = Redaktion
courses-role-learner = Teilnahme
courses-role-observer = Beobachtung

# Der Rahmen eines Kurses.
courses-tabs = Kurs
courses-tab-outline = Inhalt
courses-tab-dates = Termine
courses-tab-grades = Noten
courses-tab-gradebook = Notenbuch
courses-tab-people = Personen
courses-tab-about = Über den Kurs
courses-tab-edit = Bearbeiten
courses-tab-files = Dateien
courses-tab-progress = Fortschritt
courses-tab-settings = Einstellungen
courses-state-draft = Entwurf
courses-state-scheduled = Geplant
courses-state-published = Veröffentlicht
courses-state-archived = Archiviert
courses-state-from = Ab { $time }
courses-state-draft-explained = Dieser Kurs ist ein Entwurf. Lernende sehen ihn noch nicht.
courses-state-scheduled-explained = Lernende sehen diesen Kurs ab { $time }.
courses-state-archived-explained = Dieser Kurs ist archiviert. Alles bleibt erhalten, und niemand arbeitet mehr darin.
courses-publish = Veröffentlichen
courses-restore = Zurückholen
courses-not-open = Dieser Kurs ist noch nicht geöffnet. In der Beschreibung steht, wann er beginnt.
courses-not-open-archived = Dieser Kurs ist archiviert.
courses-not-yours = Du nimmst an diesem Kurs nicht teil. In der Beschreibung steht, wie du dazukommst.
courses-read-about = Beschreibung lesen

# Meine Kurse.
courses-mine = Kurse
courses-which = Welche Kurse
courses-current = Laufend
courses-past = Vergangen
courses-managed = Alle, um die ich mich kümmere
courses-browse = Im Kursverzeichnis stöbern
courses-next = Weiter: { $title }
courses-none = Du bist noch in keinem Kurs
courses-none-text = Finde einen im Kursverzeichnis. Kurse, in die du eingeschrieben wirst, erscheinen hier von selbst.
courses-none-past = Noch nichts Vergangenes
courses-none-past-text = Beendete Kurse bleiben hier, mit allem, was du darin getan hast.
courses-none-found = Kein Kurs passt
courses-none-found-text = Versuche weniger oder andere Wörter, oder einen anderen Filter.
courses-find = Kurs finden
courses-find-hint = Wörter aus Titel, Kürzel oder Beschreibung
courses-show-archived = Stattdessen archivierte

# Das Kursverzeichnis.
courses-catalogue = Kursverzeichnis
courses-catalogue-empty = Das Kursverzeichnis ist leer
courses-catalogue-empty-text = Kurse erscheinen hier, sobald sie veröffentlicht und gelistet sind.
courses-found = Gefundene Kurse
courses-yours = Du bist dabei
courses-entrance-closed = Auf Einladung
courses-entrance-open = Offen für alle
courses-entrance-key = Mit Schlüssel
courses-entrance-ask = Auf Anfrage
courses-enrolment-opens = Einschreibung ab { $time }
courses-places-free = { $count ->
    [one] { $count } Platz frei
   *[other] { $count } Plätze frei
}
courses-places-full = { $count ->
    [0] Voll
    [one] Voll, { $count } wartet
   *[other] Voll, { $count } warten
}

# Über einen Kurs, und wie man hineinkommt.
courses-about-empty = Noch kein Kursplan
courses-about-empty-text = Sag, was man lernt, was man mitbringt und wie bewertet wird. Die Termine kommen von selbst dazu.
courses-about-write = Kursplan schreiben
courses-about-nothing = Es gibt noch keine Beschreibung.
courses-about-hint = In Markdown. Der Zeitplan steht darunter, aus den Terminen des Kurses.
courses-how-to-join = So kommst du hinein
courses-at-a-glance = Auf einen Blick
courses-schedule = Zeitplan
courses-week-of = Woche vom { $date }
courses-date-due = Fällig
courses-date-opens = Öffnet
courses-date-closes = Schließt
courses-enrol = Einschreiben
courses-enrol-signed-in-only = Melde dich an, um an diesem Kurs teilzunehmen.
courses-sign-in = Anmelden
courses-enrol-lasts = { $count ->
    [one] Deine Einschreibung gilt { $count } Tag.
   *[other] Deine Einschreibung gilt { $count } Tage.
}
courses-key = Einschreibeschlüssel
courses-key-hint = Du hast ihn von deinen Lehrenden.
courses-section-any = Ohne Wahl bekommst du einen freien Platz in irgendeiner Gruppe.
courses-note = Ein Wort an die, die entscheiden
courses-note-hint = Warum du teilnehmen möchtest.
courses-ask-for-place = Um einen Platz bitten
courses-wait-for-place = Auf die Warteliste
courses-full-explained = Alle Plätze sind vergeben. Du kannst warten: Wer am längsten wartet, bekommt den nächsten freien Platz.
courses-you-are-in = Du bist in diesem Kurs
courses-you-are-in-later = Er öffnet später. Du findest ihn unter deinen Kursen.
courses-go-to-course = Zum Kurs
courses-leaving = Ich möchte nicht mehr teilnehmen
courses-leave = Kurs verlassen
courses-leave-explained = Was du gearbeitet hast, bleibt deines und bleibt erhalten. Um zurückzukommen, schreibe dich wieder ein.
courses-you-wait = Du stehst auf der Warteliste
courses-you-wait-at = { $count ->
    [1] Du bist an der Reihe: Der nächste freie Platz ist deiner.
   *[other] Du bist die Nummer { $count }. Sobald ein Platz frei ist, kommst du von selbst hinein.
}
courses-stop-waiting = Warteliste verlassen
courses-you-asked = Du hast um einen Platz gebeten
courses-you-asked-text = Die Kursleitung wird antworten. Bis dahin ist nichts zu tun.
courses-withdraw = Zurückziehen
courses-you-are-invited = Du bist eingeladen
courses-you-are-invited-as = Deine Rolle wäre: { $role }.
courses-accept = Annehmen
courses-decline = Ablehnen
courses-you-are-suspended = Deine Einschreibung ruht
courses-you-are-suspended-text = Du kannst den Kurs im Moment nicht betreten. Alles, was du getan hast, bleibt erhalten. Frage die Lehrenden des Kurses.
courses-refused-closed = Dieser Kurs nimmt im Moment keine Einschreibungen an. Lehrende können dich einschreiben.
courses-refused-not-yet = Die Einschreibung beginnt am { $time }.
courses-refused-over = Die Einschreibung endete am { $time }.
courses-refused-wrong-key = Keine Gruppe hat diesen Schlüssel. Prüfe die Schreibweise: Groß und Klein zählen.
courses-refused-too-many-attempts = Zu viele falsche Schlüssel. Versuche es in einer Stunde wieder, oder frage deine Lehrenden.
courses-refused-already = Du bist schon in diesem Kurs oder stehst dafür an.
courses-cannot-leave = Du kannst diesen Kurs nicht selbst verlassen, weil du eingeschrieben wurdest. Frage die Lehrenden.
courses-cannot-change = Die Einschreibung hat sich inzwischen geändert, und dies geht mit ihr nicht mehr.
courses-enrolled-twice = Die Person hat diese Rolle in dieser Gruppe schon.
courses-flash-enrolled = Willkommen in { $course }.
courses-flash-waiting = { $count ->
    [1] Der Kurs ist voll. Du bist als Nächstes an der Reihe.
   *[other] Der Kurs ist voll. Du bist die Nummer { $count } auf der Warteliste.
}
courses-flash-asked = Du hast um einen Platz gebeten. Die Antwort findest du unter deinen Kursen.
courses-flash-left = Du hast { $course } verlassen. Was du gearbeitet hast, bleibt erhalten.
courses-flash-withdrawn = Erledigt. Du stehst für { $course } nicht mehr an.

# Ein neuer Kurs.
courses-new = Neuer Kurs
courses-new-lead = Ein Name genügt für den Anfang. Alles hier lässt sich später ändern, und niemand sieht den Kurs, bevor du ihn veröffentlichst.
courses-create = Kurs anlegen
courses-i-teach = Ich unterrichte diesen Kurs
courses-i-teach-hint = Er erscheint dann unter deinen eigenen Kursen.
courses-flash-created = { $course } ist angelegt. Füge das erste Modul hinzu.
courses-layout = Gliederung
courses-layout-modules = Module, nach Themen
courses-layout-weeks = Wochen, nach der Zeit

# Einstellungen.
courses-settings-what = Was er ist
courses-settings-where = Wohin er gehört
courses-settings-when = Wann er läuft
courses-settings-who = Wer ihn findet und teilnimmt
courses-hue = Farbe
courses-hue-1 = Blau
courses-hue-2 = Grün
courses-hue-3 = Orange
courses-hue-4 = Violett
courses-hue-5 = Petrol
courses-hue-6 = Rosé
courses-hue-7 = Ocker
courses-hue-8 = Indigo
courses-listing = Im Kursverzeichnis
courses-listing-hidden = Nicht gelistet
courses-listing-members = Für alle Angemeldeten
courses-listing-public = Für alle, angemeldet oder nicht
courses-policy = Selbst einschreiben
courses-policy-closed = Nein. Nur die Kursleitung schreibt ein.
courses-policy-open = Ja, wer möchte
courses-policy-key = Mit einem Schlüssel
courses-policy-ask = Auf Anfrage, die Kursleitung entscheidet
courses-key-set-hint = Öffnet jede Gruppe. Eine Gruppe kann einen eigenen Schlüssel haben.
courses-enrol-from = Einschreibung öffnet
courses-enrol-until = Einschreibung schließt
courses-enrol-days = Tage, die eine Einschreibung gilt
courses-enrol-days-hint = Für die, die sich selbst einschreiben. Leer: auf Dauer.
courses-people-visible = Lernende sehen die Namen der anderen
courses-people-visible-hint = Adressen sehen Lernende nie.
courses-licence-all-rights-reserved = Alle Rechte vorbehalten
courses-licence-cc-by = CC BY 4.0
courses-licence-cc-by-sa = CC BY-SA 4.0
courses-licence-cc-by-nc = CC BY-NC 4.0
courses-licence-cc-by-nc-sa = CC BY-NC-SA 4.0
courses-licence-cc-by-nd = CC BY-ND 4.0
courses-licence-cc-by-nc-nd = CC BY-NC-ND 4.0
courses-licence-cc0 = CC0 1.0
courses-licence-public-domain = Gemeinfrei
courses-publication = Sichtbar für Lernende
courses-publish-when = Wann Lernende den Kurs sehen
courses-publish-now = Sofort
courses-publish-later = Ab einem Zeitpunkt
courses-publish-from = Sichtbar ab
courses-unpublish = Vor Lernenden verbergen
courses-publication-published = Sichtbar seit { $time }.
courses-publication-scheduled = Sichtbar ab { $time }.
courses-archive = Archiv
courses-archive-do = Kurs archivieren
courses-archive-explained = Legt den Kurs ab, wenn er vorbei ist. Er verschwindet aus den Listen, und alles bleibt erhalten. Du kannst ihn jederzeit zurückholen.
courses-flash-saved = Gespeichert.
courses-flash-published = Der Kurs ist für seine Lernenden sichtbar.
courses-flash-scheduled = Lernende sehen den Kurs ab { $time }.
courses-flash-unpublished = Der Kurs ist wieder ein Entwurf. Lernende sehen ihn nicht mehr.
courses-flash-archived = { $course } ist archiviert.
courses-flash-restored = { $course } ist zurück.

courses-fault-too-long = Das ist zu lang.
courses-fault-language = Das ist keine Sprache.
courses-fault-zone = Diese Zeitzone gibt es nicht. Sie sieht etwa so aus: Europe/Berlin.
courses-fault-ends-before-start = Das Ende muss nach dem Anfang kommen.
courses-fault-enrol-days = Bitte zwischen 1 und 3.653 Tage angeben.
courses-fault-capacity = Bitte zwischen 0 und 1.000.000 Plätze angeben.
courses-fault-unit = In diesem Bereich kannst du keine Kurse anlegen.
courses-fault-name-taken = Diesen Namen gibt es schon.
courses-fault-role-not-allowed = Diese Rolle kannst du hier nicht vergeben.
courses-fault-no-first-day = Dafür braucht der alte Kurs einen ersten Tag. Trage ihn in dessen Einstellungen ein.
courses-fault-no-days = Dafür braucht der alte Kurs einen ersten und einen letzten Tag. Trage sie in dessen Einstellungen ein.
courses-fault-too-far = Das verschiebt Termine um mehr als hundert Jahre.

# Gruppen.
courses-sections-lead = Gruppen teilen sich den Inhalt des Kurses. Jede hat ihre eigenen Personen, Plätze, Tage und ihren Schlüssel.
courses-sections-and-places = Gruppen und Plätze
courses-section-add = Gruppe hinzufügen
courses-section-change = Gruppe ändern
courses-section-days-hint = Außerhalb dieser Tage können die Lernenden dieser Gruppe den Kurs nicht betreten.
courses-section-key-hint = Wer sich mit diesem Schlüssel einschreibt, kommt in diese Gruppe.
courses-capacity = Plätze
courses-capacity-hint = Leer: beliebig viele. Wer kommt, wenn alles voll ist, wartet.
courses-cross-listing = Anderer Name
courses-cross-listing-hint = Wenn die Personen dieser Gruppe den Kurs unter einem anderen Kürzel oder Titel kennen, sehen sie diese.
courses-cross-listed = Auch bekannt als
courses-held-of = { $held } von { $capacity }
courses-waiting-count = { $count } auf der Warteliste
courses-too-many-sections = Ein Kurs kann höchstens 200 Gruppen haben.
courses-flash-section-added = Gruppe { $section } ist hinzugefügt.
courses-flash-section-deleted = Gruppe { $section } ist gelöscht.
courses-flash-section-used = Gruppe { $section } bleibt: Sie ist die einzige, oder Personen sind oder waren darin.

# Teilnehmende.
courses-people = Personen
courses-add-people = Personen hinzufügen
courses-import = Aus einer Liste einschreiben
courses-import-short = Aus einer Liste
courses-find-people = Nach Name oder Adresse suchen
courses-find-fellows = Nach Namen suchen
courses-states-present = Im Kurs
courses-states-all = Alle, auch frühere
courses-enrolment-invited = Eingeladen
courses-enrolment-requested = Bittet um einen Platz
courses-enrolment-waiting = Warteliste
courses-enrolment-active = Aktiv
courses-enrolment-ahead = Beginnt später
courses-enrolment-over = Abgelaufen
courses-enrolment-suspended = Ruht
courses-enrolment-concluded = Abgeschlossen
courses-enrolment-removed = Entfernt
courses-whole-course = Ganzer Kurs
courses-whole-course-or-first = Ganzer Kurs (Lernende: erste Gruppe)
courses-asked-count = { $count ->
    [one] { $count } Person bittet um einen Platz.
   *[other] { $count } Personen bitten um einen Platz.
}
courses-waiting-long = { $count ->
    [one] { $count } Person steht auf der Warteliste.
   *[other] { $count } Personen stehen auf der Warteliste.
}
courses-nobody = Noch niemand da
courses-nobody-text = Füge Personen nach Name oder Adresse hinzu, schreibe eine ganze Liste ein, oder erlaube in den Einstellungen, dass man sich selbst einschreibt.
courses-nobody-found = Niemand passt
courses-nobody-found-text = Versuche einen anderen Namen oder einen anderen Filter.
courses-no-teachers = Noch niemand ist als lehrend genannt.
courses-no-learners = Noch keine Lernenden.
courses-learners-hidden = In diesem Kurs sehen Lernende einander nicht.
courses-mark = Markieren
courses-mark-named = { $name } markieren
courses-with-marked = Mit den Markierten
courses-act-choose = Was soll geschehen?
courses-act-on-all = Alle in dieser Liste, auf jeder Seite
courses-act-activate = Hereinlassen oder fortsetzen
courses-act-let-in = Hereinlassen
courses-act-approve = Platz geben
courses-act-refuse = Absagen
courses-act-resume = Fortsetzen
courses-act-reopen = Wieder öffnen
courses-act-suspend = Ruhen lassen
courses-act-conclude = Abschließen
courses-act-remove = Entfernen
courses-act-put-back = Zurückholen
courses-act-move = In eine Gruppe verschieben
courses-apply = Anwenden
courses-flash-no-act = Wähle, was mit den Markierten geschehen soll.
courses-flash-nobody-marked = Niemand ist markiert.
courses-flash-activate = { $count ->
    [0] Niemand wurde hereingelassen.
    [one] { $count } Einschreibung ist aktiv.
   *[other] { $count } Einschreibungen sind aktiv.
}
courses-flash-suspend = { $count ->
    [0] Keine Einschreibung ruht.
    [one] { $count } Einschreibung ruht. Alles Getane bleibt erhalten.
   *[other] { $count } Einschreibungen ruhen. Alles Getane bleibt erhalten.
}
courses-flash-conclude = { $count ->
    [0] Nichts wurde abgeschlossen.
    [one] { $count } Einschreibung ist abgeschlossen.
   *[other] { $count } Einschreibungen sind abgeschlossen.
}
courses-flash-remove = { $count ->
    [0] Niemand wurde entfernt.
    [one] { $count } Einschreibung wurde entfernt. Alles Getane bleibt erhalten.
   *[other] { $count } Einschreibungen wurden entfernt. Alles Getane bleibt erhalten.
}
courses-flash-put-back = { $count ->
    [0] Niemand wurde zurückgeholt.
    [one] { $count } Einschreibung ist zurück.
   *[other] { $count } Einschreibungen sind zurück.
}
courses-flash-move = { $count ->
    [0] Niemand wurde verschoben.
    [one] { $count } Einschreibung wurde verschoben.
   *[other] { $count } Einschreibungen wurden verschoben.
}
courses-flash-left-alone = { $count ->
    [one] { $count } blieb, wie sie war.
   *[other] { $count } blieben, wie sie waren.
}
courses-flash-undone = { $count ->
    [0] Es gab nichts mehr rückgängig zu machen.
    [one] Für { $count } Einschreibung rückgängig gemacht.
   *[other] Für { $count } Einschreibungen rückgängig gemacht.
}
courses-look-for = Personen suchen
courses-look-for-hint = Name, Adresse oder externe Kennung.
courses-found-people = { $count ->
    [one] { $count } Person gefunden
   *[other] { $count } Personen gefunden
}
courses-nobody-like = Niemand heißt { $text }
courses-nobody-like-text = Prüfe die Schreibweise. Wer eingeschrieben werden soll, braucht zuerst ein Konto.
courses-add-account = Konto hinzufügen
courses-invite = Zuerst einladen
courses-invite-hint = Die Person nimmt an oder lehnt ab. Ein Platz wird für sie freigehalten.
courses-exceed = Auch einschreiben, wenn die Gruppe voll ist
courses-exceed-hint = Sonst kommen sie auf die Warteliste.
courses-enrol-them = Einschreiben
courses-flash-enrolled-count = { $count ->
    [one] { $count } Person eingeschrieben.
   *[other] { $count } Personen eingeschrieben.
}
courses-flash-waiting-count = { $count ->
    [one] { $count } Person steht auf der Warteliste.
   *[other] { $count } Personen stehen auf der Warteliste.
}
courses-flash-known-count = { $count ->
    [one] { $count } Person war schon so eingeschrieben.
   *[other] { $count } Personen waren schon so eingeschrieben.
}
courses-change-enrolment = Rolle, Gruppe oder Tage ändern
courses-history = Verlauf
courses-method-hand = Von der Kursleitung eingeschrieben
courses-method-import = Aus einer Liste eingeschrieben
courses-method-open = Selbst eingeschrieben
courses-method-key = Mit Schlüssel eingeschrieben
courses-method-ask = Hat um einen Platz gebeten
courses-method-copy = Mit einer Kopie gekommen
courses-history-made = Eingeschrieben
courses-history-renewed = Wieder eingeschrieben
courses-history-changed = Tage geändert
courses-history-moved = Verschoben
courses-history-activated = Hereingelassen
courses-history-suspended = Ruht
courses-history-concluded = Abgeschlossen
courses-history-removed = Entfernt
courses-history-restored = Zurückgeholt
courses-history-promoted = Freien Platz bekommen
courses-history-accepted = Einladung angenommen
courses-history-left = Verlassen

# Einschreibungen aus einer Liste.
courses-import-lead = Eine CSV-Datei mit einer Kopfzeile und einer Zeile je Person. Du siehst zuerst, was geschehen würde, und nichts geschieht, bevor du es sagst. Dieselbe Liste kann wieder eingelesen werden: Niemand wird doppelt eingeschrieben.
courses-import-columns = Spalten: email oder external_id; role (leer: Lernende); section mit Name oder Kürzel; start und end als Tage. Kommas, Strichpunkte oder Tabulatoren.
courses-import-paste = Liste einfügen
courses-import-file = Oder eine Datei wählen
courses-import-check = Liste prüfen
courses-import-apply = Diese Personen einschreiben
courses-import-dry = Noch ist nichts geschehen.
courses-import-other = Andere Liste
courses-import-done = Erledigt. Die ausgelassenen Zeilen stehen unten.
courses-import-nothing-to-do = Es ist nichts zu tun: Alle in der Liste sind schon so eingeschrieben oder müssen ausgelassen werden.
courses-import-rows = Die Zeilen der Liste
courses-import-hidden = { $count ->
    [one] { $count } weitere Zeile wird nicht gezeigt.
   *[other] { $count } weitere Zeilen werden nicht gezeigt.
}
courses-line = Zeile
courses-outcome = Ergebnis
courses-import-enrol = Einschreiben
courses-import-renew = Wieder einschreiben
courses-import-enrolled = Eingeschrieben
courses-import-renewed = Wieder eingeschrieben
courses-import-update = Neue Tage
courses-import-nothing = Ist schon so
courses-import-wait = Warteliste
courses-import-count-enrol = { $count } einzuschreiben
courses-import-count-renew = { $count } wieder einzuschreiben
courses-import-did-enrol = { $count } eingeschrieben
courses-import-did-renew = { $count } wieder eingeschrieben
courses-import-count-update = { $count } mit neuen Tagen
courses-import-count-wait = { $count } auf der Warteliste
courses-import-count-nothing = { $count } unverändert
courses-import-count-left-out = { $count } ausgelassen
courses-import-fault-nobody-named = Weder Adresse noch externe Kennung
courses-import-fault-no-such-person = Kein Konto mit dieser Adresse oder Kennung
courses-import-fault-no-such-role = Diese Rolle gibt es nicht
courses-import-fault-role-not-allowed = Diese Rolle kannst du nicht vergeben
courses-import-fault-no-such-section = Diese Gruppe gibt es nicht
courses-import-fault-bad-start = Der Anfang ist kein Tag
courses-import-fault-bad-end = Das Ende ist kein Tag
courses-import-fault-ends-before-start = Endet vor dem Anfang
courses-import-fault-twice = Steht schon in einer früheren Zeile
courses-import-too-large = Die Datei ist zu groß. Höchstens 500 KB können auf einmal gelesen werden.
courses-import-too-many-rows = Die Liste ist zu lang. Höchstens { $count } Zeilen können auf einmal gelesen werden.
courses-import-not-text = Das ist keine Liste in Textform. Speichere die Tabelle als CSV und wähle diese Datei.
courses-import-no-person-column = In der Kopfzeile steht weder email noch external_id.
courses-import-empty = Unter der Kopfzeile stehen keine Zeilen.
courses-import-not-csv = Zeile { $line } lässt sich nicht lesen. Vielleicht fehlt ein Anführungszeichen.
courses-flash-imported = { $count ->
    [0] Alles war schon so.
    [one] { $count } Zeile wurde übernommen.
   *[other] { $count } Zeilen wurden übernommen.
}

# Kopieren.
courses-copy = Kurs kopieren
courses-copy-lead = Ein neuer Entwurf mit dem Inhalt dieses Kurses, um ihn wieder zu unterrichten. Personen und ihre Arbeiten bleiben hier. Am besten kopierst du, bevor sich jemand in die Kopie einschreibt.
courses-copy-new = Der neue Kurs
courses-copy-parts = Mitnehmen
courses-copy-sections = Gruppen mit ihren Plätzen
courses-copy-never = Einstellungen kommen immer mit. Personen, Schlüssel und Fortschritt nie.
courses-copy-dates = Seine Termine
courses-copy-ran = Dieser Kurs: { $days }.
courses-copy-first-day = Neuer erster Tag
courses-copy-last-day = Neuer letzter Tag
courses-move = Termine im Kurs
courses-move-stretch = Auf die neuen Tage verteilen, an denselben Wochentagen
courses-move-start = Mit dem ersten Tag verschieben
courses-move-days = Um eine Zahl von Tagen verschieben
courses-move-keep = Lassen, wie sie sind
courses-move-remove = Alle entfernen
courses-move-by = Zahl der Tage
courses-move-by-hint = Nur für das Verschieben um Tage. Ein Minus verschiebt zurück.
courses-copy-preview = Zeigen, wohin die Termine kommen
courses-copy-where = Wohin die Termine kommen
courses-copy-no-dates = Dieser Kurs hat keine Termine, die sich verschieben.
courses-copy-from = Jetzt
courses-copy-to = In der Kopie
courses-copy-dropped = Nicht übernommen
courses-copy-outside = Außerhalb des Kurses
courses-copy-outside-count = { $count ->
    [one] { $count } Termin läge außerhalb der Tage des neuen Kurses.
   *[other] { $count } Termine lägen außerhalb der Tage des neuen Kurses.
}
courses-copy-do = Kurs kopieren
courses-flash-copied = { $course } ist kopiert. Dies ist die Kopie.

# Zeiträume.
courses-terms = Zeiträume
courses-terms-lead = Abschnitte des Jahres, in die Kurse fallen: Semester, Halbjahre. Sie ordnen die Listen und das Kursverzeichnis.
courses-terms-none = Noch keine Zeiträume
courses-terms-none-text = Füge daneben den ersten hinzu.
courses-term-add = Zeitraum hinzufügen
courses-term-change = Zeitraum ändern
courses-term-name-hint = Etwa Herbst 2026.
courses-term-now = Jetzt
courses-flash-term-added = { $term } ist hinzugefügt.
courses-flash-term-deleted = { $term } ist gelöscht.
courses-flash-term-used = { $term } bleibt: Darin werden Kurse unterrichtet.

