# Personen: anmelden, das eigene Konto, die Einrichtung leiten.
nav-institution = Einrichtung
language-en = English
language-de = Deutsch
people-where = Du bist hier
people-given = Vorname
people-family = Nachname
people-name = Name
people-email = E-Mail-Adresse
people-language = Sprache
people-zone = Zeitzone
people-pronouns = Pronomen
people-pronouns-hint = Wie andere von dir sprechen sollen.
people-about = Über dich
people-about-hint = Ein paar Zeilen, die andere aus der Einrichtung in deinem Profil sehen.
people-password = Passwort
people-password-current = Jetziges Passwort
people-password-new = Neues Passwort
people-password-again = Neues Passwort, noch einmal
people-password-hint = Mindestens 10 Zeichen. Ein paar Wörter hintereinander sind leicht zu merken und schwer zu raten.
people-mail-hint = Wenn in ein paar Minuten nichts kommt, sieh im Ordner für unerwünschte Post nach.

# Anmelden.
sign-in-title = Anmelden
sign-in-action = Anmelden
sign-in-remember = Auf diesem Gerät angemeldet bleiben
sign-in-remember-hint = Bis 30 Tage nach deinem letzten Besuch. Nicht auf einem Gerät, das auch andere benutzen.
sign-in-forgotten = Passwort vergessen?
sign-in-to-sign-up = Konto anlegen
sign-in-to-sign-in = Zur Anmeldung

sign-up-title = Konto anlegen
sign-up-lead = Wir schicken dir einen Link, mit dem du ein Passwort wählst.
sign-up-lead-domains = Für Adressen von { $domains }. Wir schicken dir einen Link, mit dem du ein Passwort wählst.
sign-up-action = Link schicken
sign-up-sent-title = Sieh in deine Post
sign-up-sent = Wir haben einen Link an { $email } geschickt. Er gilt einen Tag.
sign-up-closed-title = Konten gibt es auf Einladung
sign-up-closed = Bitte die Leitung der Einrichtung um eine Einladung.

reset-title = Neues Passwort wählen
reset-lead = Nenne uns deine E-Mail-Adresse. Wenn es dazu ein Konto gibt, schicken wir einen Link dorthin.
reset-action = Link schicken
reset-sent-title = Sieh in deine Post
reset-sent = Wenn es zu { $email } ein Konto gibt, ist ein Link dorthin unterwegs. Er gilt eine Stunde.
reset-ask-again = Neuen Link anfordern
reset-choose-title = Neues Passwort wählen
reset-choose-lead = Für das Konto { $email }. Überall sonst wirst du abgemeldet.
reset-choose-action = Speichern und anmelden
reset-done = Dein Passwort ist geändert. Du bist angemeldet.

invitation-title = Willkommen
invitation-lead = Dein Konto ist { $email }. Prüfe deinen Namen und wähle ein Passwort.
invitation-action = Anmelden
invitation-done = Willkommen, { $name }.

confirm-title = Neue Adresse bestätigen
confirm-lead = Dein Konto hat von jetzt an die Adresse { $email }; mit ihr meldest du dich an.
confirm-action = Bestätigen
confirm-done = Dein Konto hat jetzt die Adresse { $email }.

# Der erste Start.
first-run-title = Einrichtung anlegen
first-run-lead = Das ist der erste Besuch. Du wirst Administrator und kannst alles hier später ändern.
first-run-code = Einrichtungscode
first-run-code-hint = Der Server hat ihn beim Start ausgegeben. Er sieht aus wie K7QF-2MXD-9RTW.
first-run-institution = Die Einrichtung
first-run-you = Du
first-run-action = Beginnen
first-run-done = Alles ist bereit. Als Nächstes: deine Bereiche, deine Leute und der erste Kurs.

# Briefe.
mail-hello = Guten Tag { $name },
mail-reset-subject = Neues Passwort für { $institution }
mail-reset-text = Jemand, hoffentlich du, hat um ein neues Passwort für dein Konto gebeten. Mit diesem Link wählst du eines. Er gilt einmal, eine Stunde lang:
mail-reset-not-you = Wenn du das nicht warst, tu nichts: Dein Passwort bleibt, wie es ist.
mail-invitation-subject = Dein Konto bei { $institution }
mail-invitation-text = Bei { $institution } wurde ein Konto für dich angelegt. Mit diesem Link wählst du ein Passwort und kommst herein. Er gilt einmal, zwei Wochen lang:
mail-sign-up-subject = Dein Konto bei { $institution }
mail-sign-up-text = Mit diesem Link wählst du ein Passwort, und dein Konto bei { $institution } wird angelegt. Er gilt einmal, einen Tag lang:
mail-sign-up-not-you = Wenn du kein Konto wolltest, tu nichts: Es wird keines angelegt.
mail-e-mail-subject = Neue Adresse bei { $institution } bestätigen
mail-e-mail-text = Mit diesem Link bestätigst du, dass dein Konto diese Adresse haben soll. Er gilt einmal, einen Tag lang:
mail-e-mail-not-you = Wenn du darum nicht gebeten hast, tu nichts.
mail-notice-subject = Dein Konto bei { $institution } hat eine neue Adresse
mail-notice-text = Dein Konto hat jetzt die Adresse { $email }. Wenn du das nicht warst, sage es bitte sofort der Leitung von { $institution }.

# Das eigene Konto.
me-title = Mein Konto
me-as-others-see = Wie andere es sehen
me-profile = Profil
me-profile-save = Profil speichern
me-profile-saved = Dein Profil ist gespeichert.
me-language-browser = Wie der Browser es möchte
me-zone-institution = Wie in der Einrichtung ({ $zone })
me-password-save = Passwort ändern
me-password-saved = Dein Passwort ist geändert, und überall sonst bist du abgemeldet.
me-password-ends-others = Auf allen anderen Geräten wirst du abgemeldet.
me-email-change = Adresse ändern
me-email-new = Neue E-Mail-Adresse
me-email-hint = Wir schicken einen Link an die neue Adresse. Sie gilt, sobald du ihm gefolgt bist.
me-email-send = Link schicken
me-email-sent = Ein Link ist unterwegs zu { $email }. Deine Adresse ändert sich, sobald du ihm folgst.
me-email-awaited = { $email } ist noch nicht bestätigt: Folge dem Link, den wir dorthin geschickt haben.
me-appearance = Wie Seiten aussehen
me-theme = Farben
me-theme-system = Wie das Gerät es hat
me-theme-light = Hell
me-theme-dark = Dunkel
me-contrast = Kontrast
me-contrast-normal = Normal
me-contrast-more = Stärker
me-appearance-save = Speichern
me-appearance-saved = Gespeichert.
me-sessions = Angemeldete Geräte
me-session-here = Dieses Gerät
me-session-seen = Letzter Besuch:
me-session-unknown = Unbekanntes Gerät
me-session-end = Abmelden
me-session-end-named = { $device } abmelden
me-session-ended = Das Gerät ist abgemeldet.
me-sessions-end-others = Alle anderen abmelden
me-sessions-ended = { $count ->
    [0] Kein anderes Gerät war angemeldet.
    [one] { $count } Gerät ist abgemeldet.
   *[other] { $count } Geräte sind abgemeldet.
}
me-tokens = Zugang für Programme
me-tokens-lead = Ein Programm mit einem solchen Schlüssel darf alles, was du darfst.
me-token-add = Schlüssel anlegen
me-token-name = Wofür ist er?
me-token-name-hint = Ein Name, an dem du ihn wiedererkennst.
me-token-days = Tage, die er gilt
me-token-make = Schlüssel anlegen
me-token-made = Kopiere diesen Schlüssel jetzt. Er wird nicht noch einmal gezeigt.
me-token-until = Bis { $date }
me-token-end = Beenden
me-token-end-named = Schlüssel { $name } beenden
me-token-ended = Der Schlüssel gilt nicht mehr.

profile-edit = Mein Profil ändern
profile-who-sees = Das sehen alle aus der Einrichtung, die angemeldet sind.
profile-administer = Konto und Rollen

# Die Einrichtung.
hub-count-people = { $count ->
    [one] { $count } Person
   *[other] { $count } Personen
}
hub-count-invited = { $count ->
    [one] { $count } noch nicht angemeldet
   *[other] { $count } noch nicht angemeldet
}
hub-count-suspended = { $count ->
    [one] { $count } gesperrt
   *[other] { $count } gesperrt
}
hub-count-units = { $count ->
    [one] { $count } Bereich
   *[other] { $count } Bereiche
}
hub-people = Personen hinzufügen und einladen, Listen übernehmen, Rollen geben.
hub-units = Fakultäten, Schulen, Abteilungen, Teams: der Baum des Hauses.
hub-roles = Was Lehrende, Lernende und alle anderen dürfen.
hub-explain = Warum jemand etwas darf oder nicht darf.
hub-settings = Name, Sprache, Zeitzone und wer ein Konto anlegen darf.

institution-settings-title = Einstellungen
institution-name = Name der Einrichtung
institution-language-hint = Für alle, deren Browser keine nennt, die wir haben.
institution-zone-hint = Für alle, die keine gewählt haben.
institution-sign-up = Wer darf ein Konto anlegen?
institution-sign-up-closed = Niemand: Administratoren fügen Personen hinzu
institution-sign-up-invitation = Wer eingeladen ist
institution-sign-up-open = Alle mit einer Adresse der Domains unten
institution-domains = Domains von E-Mail-Adressen
institution-domains-hint = Eine in jeder Zeile, etwa uni.example. Unterdomains gehören dazu. Keine: Jede Adresse darf ein Konto anlegen.
institution-save = Einstellungen speichern
institution-saved = Die Einstellungen sind gespeichert.

people-title = Personen
people-add = Person hinzufügen
people-add-lead = Für mehr als ein paar übernimm eine Liste aus einer Datei:
people-import = Liste übernehmen
people-export = Exportieren
people-search = Name, Adresse oder Kennung
people-find = Suchen
people-unit = Bereich
people-unit-any = Alle Bereiche
people-no-unit = Kein Bereich
people-role = Rolle
people-roles = Rollen
people-role-any = Alle Rollen
people-role-in-courses = { $role }, in Kursen
people-state = Zustand
people-state-any = Alle Zustände
people-state-active = Aktiv
people-state-invited = Noch nicht angemeldet
people-state-suspended = Gesperrt
people-seen = Letzter Besuch
people-added = Hinzugefügt
people-never = Nie
people-choose = { $name } auswählen
people-choose-all = Alle auf dieser Seite auswählen
people-with-chosen = Mit den Ausgewählten:
people-suspend = Sperren
people-unsuspend = Wieder hereinlassen
people-suspended = { $count ->
    [one] { $count } Person ist gesperrt und abgemeldet.
   *[other] { $count } Personen sind gesperrt und abgemeldet.
}
people-unsuspended = { $count ->
    [one] { $count } Person darf sich wieder anmelden.
   *[other] { $count } Personen dürfen sich wieder anmelden.
}
people-undone = { $count ->
    [0] Es war nichts mehr rückgängig zu machen.
    [one] Für { $count } Person rückgängig gemacht.
   *[other] Für { $count } Personen rückgängig gemacht.
}
people-nothing-changed = Es war schon so.
people-none-chosen = Wähle zuerst jemanden aus.
people-too-many-chosen = Höchstens { $count } Personen lassen sich auf einmal ändern.
people-none = Noch ist niemand da
people-none-text = Füge die erste Person hinzu oder übernimm eine Liste aus einer Datei.
people-none-found = Niemand passt
people-none-found-text = Suche nach dem Anfang eines Namens oder nimm einen Filter weg.
people-show-all = Alle zeigen
people-pages = Seiten
people-first-page = Erste Seite
people-previous-page = Vorige Seite
people-next-page = Nächste Seite
people-page-of = Seite { $page } von { $pages }
people-external-id = Kennung in einem anderen System
people-external-id-hint = Etwa eine Matrikel- oder Personalnummer. Eine übernommene Liste findet die Person daran.
people-invite = Einladung schicken
people-invite-hint = Ein Brief mit einem Link, um ein Passwort zu wählen. Das geht auch später.
people-added-invited = Hinzugefügt. Eine Einladung ist unterwegs zu { $email }.
people-added-plain = { $email } ist hinzugefügt. Schicke eine Einladung, wenn es so weit ist.

person-details = Angaben
person-save = Speichern
person-saved = Gespeichert.
person-explain = Was darf diese Person?
person-no-roles = Noch keine Rolle.
person-role-not-now = zählt jetzt nicht
person-role-from = ab { $date }
person-role-until = bis { $date }
person-role-given-by = Gegeben von { $name }, { $date }
person-role-given-on = Gegeben { $date }
person-role-add = Rolle geben
person-role-where = Wo
person-role-starts = Ab
person-role-ends = Bis
person-role-give = Rolle geben
person-role-given = Die Rolle ist gegeben.
person-role-held = Die Person hat diese Rolle dort schon.
person-role-take = Wegnehmen
person-role-take-named = { $role } wegnehmen
person-role-taken = Die Rolle ist weggenommen.
person-account = Konto
person-invite = Einladung schicken
person-invited = Eine Einladung ist unterwegs zu { $email }.
person-link = Link zum Übergeben anlegen
person-link-made = Mit diesem Link wählt die Person ein Passwort.
person-link-hint = Er gilt einmal. Übergib ihn persönlich oder auf sicherem Weg; er wird nicht noch einmal gezeigt.
person-no-sessions = Nirgends angemeldet.
person-sessions-end = Überall abmelden
person-mightier = Diese Person hat Befugnisse, die du nicht hast; darum kann nur ein Administrator das Konto ändern.

place-institution = die ganze Einrichtung
place-some-institution = die ganze Einrichtung
place-some-unit = ein Bereich
place-some-course = ein Kurs
place-some-section = eine Gruppe eines Kurses
place-some-activity = eine Aktivität

units-title = Bereiche
units-lead = Rollen, die in einem Bereich gegeben sind, zählen auch in allen Bereichen darunter.
units-none = Noch keine Bereiche
units-none-text = Füge den ersten hinzu: eine Fakultät, eine Schule, eine Abteilung.
units-needed = Ein Kurs gehört zu einem Bereich, und es gibt noch keinen. Den ersten legt die Administration unter Einrichtung, Bereiche an.
units-add = Bereich hinzufügen
units-name = Name
units-parent = Teil von
units-top = Der Einrichtung selbst
units-move-hint = Der Bereich zieht mit allem um, was darunter liegt.
units-people = { $count ->
    [0] niemand
    [one] { $count } Person
   *[other] { $count } Personen
}
units-added = { $name } ist hinzugefügt.
units-save = Speichern
units-saved = Der Bereich ist gespeichert.
units-more = Mehr
units-to-people = Die Personen dieses Bereichs
units-to-roles = Was Rollen hier dürfen
units-delete = Bereich löschen
units-delete-hint = Ein Bereich lässt sich löschen, sobald niemand und nichts mehr darin ist.
units-deleted = Der Bereich ist gelöscht.

# Rollen.
role-administrator = Administrator
role-manager = Verwaltung
role-teacher = Lehrende
role-assistant = Assistenz
role-author = Autor
role-learner = Lernende
role-observer = Beobachter
role-member = Mitglied
role-everyone = Alle
role-about-administrator = Darf alles.
role-about-manager = Führt einen Bereich oder die Einrichtung im Alltag.
role-about-teacher = Leitet einen Kurs: Inhalt, Personen, Fortschritt.
role-about-assistant = Hilft in einem Kurs, ohne den Inhalt zu ändern.
role-about-author = Schreibt einen Kurs, ohne die Personen zu sehen.
role-about-learner = Besucht einen Kurs.
role-about-observer = Sieht zu: Eltern, Mentoren, Prüfer.
role-about-member = Darf in einen Kurs hineinsehen, mehr nicht.
role-about-everyone = Alle, die angemeldet sind, ohne dass man sie ihnen gibt.
roles-title = Rollen
roles-title-at = Rollen in { $place }
roles-lead = Was jede Rolle darf. Wähle eine Rolle, um sie zu ändern.
roles-lead-at = Was hier gesagt ist, zählt hier und darunter, vor dem, was für die ganze Einrichtung gilt.
roles-permission = Berechtigung
roles-setting = Diese Rolle
roles-base = In der ganzen Einrichtung
roles-role-at = { $role } in { $place }
roles-rule = Bei jeder Rolle zählt, was am engsten Ort gesagt ist. Untersagt es eine der Rollen einer Person, ist die Antwort nein; sonst ist sie ja, wenn eine es erlaubt.
roles-save = Speichern
roles-saved = { $count ->
    [0] Es war nichts anders.
    [one] { $count } Berechtigung ist geändert.
   *[other] { $count } Berechtigungen sind geändert.
}
roles-add = Rolle anlegen
roles-added = Die Rolle ist angelegt. Sage, was sie darf.
roles-name = Name der Rolle
roles-about = Wofür sie ist
roles-like = Beginnen mit dem, was diese Rolle darf
roles-like-none = Nichts
roles-like-hint = Du kannst es danach ändern.
roles-rename = Umbenennen
roles-renamed = Die Rolle ist umbenannt.
roles-delete = Rolle löschen
roles-delete-hint = Eine Rolle lässt sich löschen, sobald niemand sie mehr hat.
roles-deleted = Die Rolle ist gelöscht.
roles-overrides = Ausnahmen
roles-overrides-none = Nirgends ist etwas anders gesagt. Öffne dazu einen Bereich und wähle, was Rollen dort dürfen.
roles-overrides-count = { $count ->
    [one] { $count } Ausnahme
   *[other] { $count } Ausnahmen
}
setting-allow = Erlaubt
setting-prevent = Nicht durch diese Rolle
setting-prohibit = Untersagt, was auch andere Rollen sagen
setting-inherit = Wie weiter oben
setting-none = Nichts gesagt

permission-people-view = Die Liste der Personen sehen
permission-people-edit = Personen hinzufügen, ändern und sperren
permission-people-assign = Rollen geben und wegnehmen
permission-people-profile = Profile anderer sehen
permission-institution-units = Bereiche ändern
permission-institution-roles = Sagen, was Rollen dürfen
permission-institution-settings = Einstellungen ändern
permission-access-explain = Fragen, warum jemand etwas darf

# Warum die Antwort ja oder nein ist.
explain-title = Zugriff erklären
explain-lead = Darf diese Person das dort? Und warum?
explain-person = Ihre E-Mail-Adresse
explain-permission = Darf sie
explain-place = Wo
explain-ask = Erklären
explain-nobody = Mit dieser Adresse gibt es niemanden.
explain-question = { $name }: { $permission }, { $place }
explain-yes = Ja.
explain-no = Nein.
explain-administrator = Ein Administrator darf alles.
explain-allowed = Die Rolle { $role } erlaubt es.
explain-prohibited = Die Rolle { $role } untersagt es, und das zählt vor allem, was andere Rollen sagen.
explain-prevented = Die Rolle { $role } würde es erlauben, tut es an diesem Ort aber nicht mehr.
explain-silent = Keine Rolle, die diese Person hier hat, sagt es.
explain-suspended = Das Konto ist zurzeit gesperrt; die Person kann sich gar nicht anmelden.
explain-roles = Rollen, die hier zählen
explain-decides = Entscheidet
explain-role-everything = Alles ist erlaubt.
explain-role-silent = Sagt nichts dazu.
explain-role-says = { $setting } ({ $place }), wie mit dem Programm geliefert.
explain-role-says-by = { $setting } ({ $place }), festgelegt von { $name }, { $date }.
explain-held = Gegeben für: { $place }, seit { $date }.
explain-held-by = Gegeben für: { $place }, seit { $date }, von { $name }.
explain-not-here = Rollen, die hier nicht zählen
explain-elsewhere = { $role }, gegeben für: { $place }
explain-not-yet = { $role }, gegeben für: { $place }, ab { $date }
explain-no-longer = { $role }, gegeben für: { $place }, bis { $date }
explain-would = Diese Rollen würden es erlauben: { $roles }.
explain-to-person = Rolle geben

# Listen aus einer Datei.
people-import-title = Liste von Personen übernehmen
people-import-lead = Gib eine Datei ab, sieh dir an, was geschehen würde, und übernimm sie dann. Dieselbe Liste lässt sich noch einmal übernehmen: Niemand wird verdoppelt.
people-import-file = Datei
people-import-file-hint = CSV aus einer beliebigen Tabelle, mit den Namen der Spalten in der ersten Zeile. Bis zu 10.000 Personen.
people-import-look = Ansehen, was geschehen würde
people-import-columns = Spalten
people-import-about-given = Vorname; nötig für neue Personen.
people-import-about-family = Nachname.
people-import-about-email = E-Mail-Adresse; nötig für neue Personen.
people-import-about-external-id = Kennung in einem anderen System. An ihr wird die Person wiedergefunden, auch mit neuer Adresse.
people-import-about-unit = Ein Bereich oder der Weg dorthin: Naturwissenschaften / Biologie.
people-import-about-roles = Rollen, dazwischen |; teacher@Biologie gilt nur in diesem Bereich. Rollen kommen hinzu, nie werden sie weggenommen.
people-import-about-locale = Sprache: en oder de.
people-import-recent = Bisherige Listen
people-import-rows = { $count ->
    [one] { $count } Person
   *[other] { $count } Personen
}
people-import-reading = Gelesen als { $encoding }, Spalten getrennt durch { $separator }
people-import-ignored = Weggelassen: { $columns }
people-import-tab = Tabulator
people-import-plan-lead = Noch ist nichts geändert. Das würde geschehen.
people-import-running-lead = Die Liste wird übernommen. Du kannst diese Seite verlassen.
people-import-done-lead = Die Liste ist übernommen. Das ist aus jeder Zeile geworden.
people-import-progress = { $done } von { $total } Zeilen
people-import-outcomes = Ergebnisse
people-import-all = Alle
people-import-added = Neu
people-import-changed = Geändert
people-import-unchanged = Wie zuvor
people-import-refused = Abgelehnt
people-import-one-added = Neu
people-import-one-changed = Geändert
people-import-one-unchanged = Wie zuvor
people-import-one-refused = Abgelehnt
people-import-invite = Allen Neuen eine Einladung schicken
people-import-invite-hint = Ein Brief mit einem Link, um ein Passwort zu wählen.
people-import-start = { $count ->
    [one] { $count } Person übernehmen
   *[other] { $count } Personen übernehmen
}
people-import-no-work = Es gibt nichts zu übernehmen.
people-import-other = Andere Datei abgeben
people-import-none = Keine Zeile hat dieses Ergebnis.
people-import-line = Zeile
people-import-outcome = Ergebnis
people-import-what = Was und warum
people-import-column-given = Vorname
people-import-column-family = Nachname
people-import-column-email = E-Mail-Adresse
people-import-column-external-id = Kennung
people-import-column-unit = Bereich
people-import-column-role = Rolle
people-import-column-locale = Sprache
people-import-email-missing = Die E-Mail-Adresse fehlt.
people-import-email-invalid = Das ist keine E-Mail-Adresse.
people-import-given-missing = Der Vorname fehlt oder ist zu lang.
people-import-family-long = Der Nachname ist zu lang.
people-import-external-id-long = Die Kennung ist zu lang.
people-import-cell-long = Eine Zelle enthält mehr als 1.000 Zeichen.
people-import-locale-unknown = Die Sprache „{ $value }“ haben wir nicht.
people-import-unit-unknown = Es gibt keinen Bereich „{ $value }“.
people-import-unit-ambiguous = Es gibt mehrere Bereiche „{ $value }“. Schreibe den Weg dorthin, etwa Naturwissenschaften / Biologie.
people-import-role-unknown = Es gibt keine Rolle „{ $value }“.
people-import-role-mighty = Die Rolle „{ $value }“ darfst du nicht geben.
people-import-too-many-roles = Mehr als 20 Rollen in einer Zeile.
people-import-email-taken = Die Adresse gehört jemand anderem, mit der Kennung { $value }.
people-import-email-taken-plain = Die Adresse gehört jemand anderem.
people-import-twice = Dieselbe Person steht schon in Zeile { $value }.
people-import-not-yours = Diese Person oder dieser Bereich liegt außerhalb dessen, was du ändern darfst.
people-import-fault-empty = In der Datei ist niemand.
people-import-fault-large = Die Datei ist größer als { $limit } MB.
people-import-fault-rows = Die Datei enthält mehr als { $limit } Personen. Teile sie auf.
people-import-fault-columns = Die erste Zeile muss die Spalten nennen, darunter email oder external_id.
people-import-fault-twice = Die Spalte { $column } gibt es zweimal.
people-import-fault-text = Das ist keine Textdatei. Speichere die Tabelle als CSV.
people-import-fault-line = Zeile { $line } lässt sich nicht lesen. Vielleicht schließt ein Anführungszeichen nicht.

# Was abgelehnt wurde, und warum.
people-refused-name-missing = Bitte gib einen Namen an.
people-refused-name-long = Höchstens 120 Zeichen.
people-refused-given-missing = Bitte gib einen Namen mit höchstens 120 Zeichen an.
people-refused-family-long = Höchstens 120 Zeichen.
people-refused-email-invalid = Das ist keine E-Mail-Adresse. Sie sollte aussehen wie name@example.org.
people-refused-email-taken = Diese Adresse hat schon jemand anderes.
people-refused-email-domain = Konten gibt es nur mit Adressen der Domains oben.
people-refused-domain-invalid = „{ $domain }“ ist keine Domain. Sie sollte aussehen wie uni.example.
people-refused-too-many-domains = Höchstens 200 Domains.
people-refused-external-id-taken = Diese Kennung hat schon jemand anderes.
people-refused-external-id-long = Höchstens 120 Zeichen.
people-refused-about-long = Höchstens 2.000 Zeichen.
people-refused-pronouns-long = Höchstens 40 Zeichen.
people-refused-locale = Diese Sprache haben wir nicht.
people-refused-zone = Diese Zeitzone gibt es nicht.
people-refused-no-unit = Diesen Bereich gibt es nicht mehr.
people-refused-unit-name-taken = Am selben Ort gibt es schon einen Bereich dieses Namens.
people-refused-unit-in-itself = Ein Bereich kann nicht Teil von sich selbst oder von etwas unter ihm sein.
people-refused-unit-deep = Bereiche können höchstens 12 tief ineinander liegen.
people-refused-unit-in-use = In diesem Bereich ist noch jemand oder etwas: Personen, Rollen, Kurse oder Bereiche darunter.
people-refused-too-many-units = Es kann höchstens 5.000 Bereiche geben.
people-refused-no-role = Diese Rolle gibt es nicht.
people-refused-role-name-taken = Eine Rolle dieses Namens gibt es schon.
people-refused-role-in-use = Jemand hat diese Rolle noch.
people-refused-too-many-roles = Es kann höchstens 100 Rollen geben.
people-refused-role-built-in = Diese Rolle kam mit dem Programm und lässt sich so nicht ändern.
people-refused-role-mighty = Diese Rolle darf dort mehr als du; darum kannst du sie nicht geben oder wegnehmen.
people-refused-too-many-overrides = Es kann höchstens 2.000 Ausnahmen geben.
people-refused-end-before-start = Das Ende muss nach dem Anfang liegen.
people-refused-yourself = Dich selbst kannst du nicht sperren.
people-refused-last-administrator = Jemand muss Administrator bleiben. Gib die Rolle zuerst jemand anderem.
people-refused-password-short = Bitte mindestens 10 Zeichen.
people-refused-password-long = Bitte höchstens 256 Zeichen.
people-refused-password-common = Dieses Passwort wird mit als erstes geraten. Bitte wähle ein anderes, etwa ein paar Wörter hintereinander.
people-refused-password-personal = Das ist dein Name oder deine Adresse. Bitte wähle etwas, das niemand wissen kann.
people-refused-passwords-differ = Die beiden sind nicht gleich. Bitte schreibe es noch einmal.
people-refused-password-wrong = Das ist nicht dein jetziges Passwort.
people-refused-sign-in = Adresse oder Passwort stimmt nicht. Prüfe beide und versuche es noch einmal.
people-refused-suspended = Dieses Konto ist gesperrt. Frage die Leitung der Einrichtung.
people-refused-wait = { $count ->
    [one] Das wurde zu oft versucht. Bitte warte { $count } Minute und versuche es dann noch einmal.
   *[other] Das wurde zu oft versucht. Bitte warte { $count } Minuten und versuche es dann noch einmal.
}
people-refused-link = Dieser Link gilt nicht mehr: Er wurde schon benutzt, oder seine Zeit ist um.
people-refused-code = Das ist nicht der Einrichtungscode. Er steht in dem, was der Server beim letzten Start ausgegeben hat.
people-refused-set-up = Die Einrichtung ist schon angelegt.
people-refused-sign-up-closed = Konten stehen hier nicht allen offen.
