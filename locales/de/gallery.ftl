# Die Seite aller Bausteine, für alle, die an diesem Programm arbeiten.
gallery-title = Bausteine
gallery-lead = Jeder Baustein in jedem Zustand, hell neben dunkel. Was eine Seite braucht, kommt von hier.
gallery-light = hell
gallery-dark = dunkel
gallery-mistakes = Formulare mit Fehlern
gallery-forms = Formulare
gallery-buttons = Schaltflächen
gallery-words = Etiketten und Hinweise
gallery-progress = Fortschritt
gallery-cards = Karten und leere Stellen
gallery-lists = Listen und Wege
gallery-table = Tabellen
gallery-floating = Dialoge, Menüs und Meldungen
gallery-reading = Langes Lesen
gallery-icons = Zeichen

gallery-sample-title = Meeresökologie
gallery-sample-item = Leben zwischen den Gezeiten
gallery-sample-locked = Feldbericht
gallery-field-title = Titel
gallery-field-email = E-Mail-Adresse
gallery-field-email-hint = An diese Adresse gehen Antworten.
gallery-field-places = Plätze
gallery-field-role = Rolle
gallery-field-opens = Öffnet
gallery-field-about = Über den Kurs
gallery-field-about-hint = Ein oder zwei Sätze für den Katalog.
gallery-field-way = Wie man hineinkommt
gallery-field-way-hint = Das lässt sich jederzeit ändern.
gallery-field-told = Neuigkeiten mitteilen
gallery-field-told-hint = Höchstens eine Mail am Tag.
gallery-field-file = Bild
gallery-field-file-hint = Mindestens 800 Pixel breit.
gallery-role-learner = Lernende
gallery-role-teacher = Lehrende
gallery-way-open = Alle können sich einschreiben
gallery-way-key = Wer einen Schlüssel hat

gallery-save = Speichern
gallery-preview = Vorschau
gallery-delete = Löschen
gallery-change = Ändern
gallery-copy = Kopie anlegen
gallery-go-on = Weiter
gallery-find = Suchen
gallery-ask = Erst fragen

gallery-chip-plain = Entwurf
gallery-chip-good = Erledigt
gallery-chip-soon = Morgen fällig
gallery-chip-bad = Gesperrt
gallery-hue = Farbe { $number }
gallery-banner-plain = Du siehst diesen Kurs, wie Lernende ihn sehen.
gallery-banner-good = Alles ist erledigt. Gut gemacht.
gallery-banner-soon = Dieser Kurs öffnet am Montag.
gallery-banner-bad = Drei Dateien waren nicht zu lesen. Der Bericht nennt sie.

gallery-done = Erledigt
gallery-step-file = Datei wählen
gallery-step-look = Ansehen, was geschähe
gallery-step-take = Übernehmen
gallery-saved = Gespeichert

gallery-next = Als Nächstes
gallery-why = Warum das?
gallery-why-text = Es ist zuerst fällig, und du hast es angefangen.
gallery-facts = In Kürze
gallery-empty = Noch keine Module
gallery-empty-text = Ein Modul hält, was zusammengehört: eine Woche, ein Thema, ein Projekt.
gallery-empty-action = Modul hinzufügen
gallery-none = Nichts passt
gallery-none-text = Versuche es mit weniger Wörtern.

gallery-where = Wo du bist
gallery-tabs = Teile des Kurses
gallery-tab-outline = Gliederung
gallery-tab-people = Personen
gallery-tab-about = Über
gallery-locked-why = Öffnet sich, wenn „Leben zwischen den Gezeiten“ erledigt ist.
gallery-pages = Seiten
gallery-page-before = Vorige Seite
gallery-page-after = Nächste Seite
gallery-mark = Markieren
gallery-name = Name

gallery-question = Dieses Modul löschen?
gallery-question-text = Seine vier Elemente gehen mit. Das lässt sich nicht rückgängig machen.
gallery-toast = Das Modul wurde verschoben.

gallery-prose = Zweimal am Tag gibt das Meer das Ufer zurück. Was dort lebt, ist an einem Morgen nass und trocken, warm und kalt.
gallery-prose-link = Lies über den Mond.
gallery-prose-mark = Lohnt sich zu merken.
gallery-prose-quote = Ein Gezeitentümpel ist ein kleines Meer mit kurzem Gedächtnis.
gallery-callout = Gut zu wissen
gallery-callout-text = Sieh in die Gezeitentafel, bevor du aufbrichst.
gallery-diff-old = Die Gezeiten wechseln einmal am Tag.
gallery-diff-new = Die Gezeiten wechseln viermal am Tag.
