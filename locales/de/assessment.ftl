# Fragen, Tests und Versuche.
assessment-quiz = Test
assessment-questions = Fragen
assessment-points = Punkte
assessment-time-limit = Zeit
assessment-with-extra-time = (mit deiner zusätzlichen Zeit)
assessment-attempts = Versuche
assessment-attempts-any = Beliebig viele
assessment-counts = Was zählt
assessment-keep-highest = Der beste Versuch
assessment-keep-average = Der Durchschnitt aller Versuche
assessment-keep-first = Der erste Versuch
assessment-keep-last = Der letzte Versuch
assessment-closes = Schließt
assessment-passing = Nötig zum Bestehen
assessment-your-grade = Du hast { $points } von { $of } Punkten.
assessment-runs = Du hast einen Versuch, der noch nicht abgegeben ist.
assessment-runs-until = Du hast einen Versuch, der noch nicht abgegeben ist. Er endet am { $time }.
assessment-go-on = Weitermachen
assessment-empty = Hier gibt es noch keine Fragen
assessment-empty-text = Daran wird noch gearbeitet. Schau später wieder vorbei.
assessment-closed = Dieser Test ist geschlossen.
assessment-not-open = Dieser Test ist für dich noch nicht offen.
assessment-none-left = Du hast alle Versuche gebraucht.
assessment-word = Wort, das den Test öffnet
assessment-wrong-word = Das ist nicht das Wort, das den Test öffnet. Frag die Person, die ihn leitet.
assessment-clock-runs = Die Uhr läuft ab dem Start, auch wenn du weg bist.
assessment-start = Beginnen
assessment-try-out = Ausprobieren
assessment-your-attempts = Deine Versuche
assessment-attempt = Versuch
assessment-attempt-number = Versuch { $number }
assessment-preview = Probe
assessment-points-of = { $points } von { $of } Punkten
assessment-points-so-far = Bisher { $points } von { $of } Punkten; einige Antworten sind noch zu bewerten.
assessment-waits-for-marking = Wird noch bewertet
assessment-look-at = Ansehen
assessment-receipt = Quittung
assessment-results = Ergebnisse
assessment-marking = Bewerten
assessment-ended-submitted = Abgegeben
assessment-ended-timed-out = Zeit war um
assessment-ended-abandoned = Nicht abgegeben
assessment-running = Läuft
# Der Versuch.
assessment-question-number = Frage { $number }
assessment-worth =
    { $points ->
        [one] 1 Punkt
       *[other] { $points } Punkte
    }
assessment-true = Wahr
assessment-false = Falsch
assessment-gap = Lücke { $number }
assessment-choose-several = Wähle alles, was zutrifft.
assessment-your-answer = Deine Antwort
assessment-words-between = Zwischen { $least } und { $most } Wörter.
assessment-words-least =
    { $count ->
        [one] Mindestens 1 Wort.
       *[other] Mindestens { $count } Wörter.
    }
assessment-flag = Darauf zurückkommen
assessment-flagged = Zum Zurückkommen
assessment-answered = Beantwortet
assessment-not-answered = Nicht beantwortet
assessment-all-questions = Alle Fragen
assessment-back = Zurück
assessment-next = Weiter
assessment-save = Speichern
assessment-saved = Gespeichert.
assessment-to-the-end = Abschließen
assessment-ends-at = Endet { $time }, noch { $left }
assessment-attempt-saving = Wird gespeichert…
assessment-attempt-saved = Alles gespeichert
assessment-attempt-waiting = Noch nicht gesendet, auf diesem Gerät bewahrt. Es wird gesendet, sobald das Netz wieder da ist.
assessment-attempt-over = Dieser Versuch ist zu Ende. Was du danach geschrieben hast, wurde nicht mehr angenommen.
assessment-attempt-left = Noch:
assessment-attempt-minute = Noch eine Minute.
assessment-too-late = Dieser Versuch ist zu Ende. Was danach gesendet wurde, wurde nicht mehr angenommen.
assessment-time-is-up = Die Zeit ist um. Was du beantwortet hast, ist bewahrt; gib es jetzt ab.
assessment-open-questions =
    { $count ->
        [one] 1 Frage hat noch keine Antwort.
       *[other] { $count } Fragen haben noch keine Antwort.
    }
assessment-all-answered = Jede Frage hat eine Antwort.
assessment-hand-in = Abgeben
assessment-go-back = Zurück zu den Fragen
assessment-hand-in-final = Nach der Abgabe lassen sich Antworten nicht mehr ändern.
assessment-was-handed-in = Abgegeben.
assessment-was-timed-out = Die Zeit war um, und deine Antworten wurden so abgegeben, wie sie waren.
assessment-was-abandoned = Dieser Versuch wurde nicht rechtzeitig abgegeben und zählt nicht.
assessment-started = Begonnen
assessment-ended = Beendet
assessment-hash = Beleg
assessment-hash-text = Der Beleg ist aus deinen Antworten gebildet. Bewahre ihn auf, wenn du später zeigen willst, was du abgegeben hast.
assessment-to-quiz = Zurück zum Test
assessment-you-answered = Antwort:
assessment-right-answer = Richtig:
assessment-right-later = Die richtigen Antworten werden zu dieser Zeit nicht gezeigt.
assessment-reason-right = Richtig
assessment-reason-partly = Zum Teil richtig
assessment-reason-wrong = Nicht richtig
assessment-reason-empty = Keine Antwort
assessment-reason-missed = Gehört dazu, nicht gewählt
assessment-reason-rightly-left = Zu Recht weggelassen
assessment-reason-no-number = Keine Zahl
assessment-reason-too-far = Zu weit weg
assessment-reason-no-unit = Die Einheit fehlt
assessment-reason-wrong-unit = Unbekannte Einheit
assessment-reason-unit-cost = Zahl richtig, Einheit fehlt oder ist unbekannt
assessment-reason-misplaced = Anderer Platz
assessment-reason-unplaced = Zwei haben diesen Platz
assessment-reason-by-hand = Wird von einer Person bewertet
# Die Arten von Fragen.
assessment-kind-single = Eine Wahl
assessment-kind-multiple = Mehrere Wahlen
assessment-kind-true_false = Wahr oder falsch
assessment-kind-short = Kurze Antwort
assessment-kind-number = Zahl
assessment-kind-match = Zuordnen
assessment-kind-order = Ordnen
assessment-kind-gaps = Lücken
assessment-kind-essay = Aufsatz
assessment-kind-info = Text ohne Frage
# Die Sammlung und das Bearbeiten.
assessment-bank = Fragen
assessment-bank-count =
    { $count ->
        [0] Noch keine Fragen.
        [one] 1 Frage in diesem Kurs.
       *[other] { $count } Fragen in diesem Kurs.
    }
assessment-bank-empty = Hier ist keine Frage
assessment-bank-empty-text = Schreib eine, oder importiere eine Datei aus einem anderen System.
assessment-bank-full = Dieser Kurs hat so viele Fragen, wie er fasst. Nimm erst einige heraus.
assessment-search = Wörter
assessment-kind = Art
assessment-folder = Ordner
assessment-tag = Schlagwort
assessment-tags = Schlagwörter
assessment-tags-hint = Zwischen Kommas.
assessment-find = Suchen
assessment-all-folders = Alle Ordner
assessment-all-kinds = Alle Arten
assessment-no-folder = Kein Ordner
assessment-new-question = Neue Frage
assessment-write = Schreiben
assessment-preview-short = Vorschau
assessment-add-to = In „{ $title }“ aufnehmen
assessment-move-to = In den Ordner
assessment-move = Verschieben
assessment-more = Weitere Fragen
assessment-none-ticked = Hake erst die Fragen an.
assessment-moved =
    { $count ->
        [one] 1 Frage wurde verschoben.
       *[other] { $count } Fragen wurden verschoben.
    }
assessment-added =
    { $count ->
        [0] Sie sind schon im Test.
        [one] 1 Frage wurde aufgenommen.
       *[other] { $count } Fragen wurden aufgenommen.
    }
assessment-folders = Ordner
assessment-folder-name = Name des Ordners
assessment-folder-in = In
assessment-folder-add = Ordner anlegen
assessment-folder-delete = Löschen
assessment-folder-deleted = Der Ordner wurde gelöscht. Seine Fragen sind noch in der Sammlung.
assessment-too-many-folders = Es gibt zu viele Ordner. Lösche erst einen.
assessment-question = Frage
assessment-question-saved = Die Frage wurde gespeichert.
assessment-question-deleted = „{ $title }“ wurde aus der Sammlung genommen.
assessment-markdown-hint = Markdown: **fett**, *kursiv*, - Liste, $x^2$ für Formeln.
assessment-gaps-hint = Setze jede Lücke in doppelte Klammern. [[zweimal|2 Mal]] ist eine Lücke mit zwei richtigen Antworten, [[=Mond|~Sonne|~Wind]] eine Auswahl (= ist richtig), [[#9,81:0,02]] eine Zahl, die um 0,02 abweichen darf.
assessment-too-long = Dieser Text ist zu lang.
assessment-is-true = Diese Aussage ist
assessment-when-true = Gesagt, wenn jemand „wahr“ antwortet
assessment-when-false = Gesagt, wenn jemand „falsch“ antwortet
assessment-words-min = Wörter mindestens
assessment-words-max = Wörter höchstens
assessment-words-wrong = Das ist weniger als die Mindestzahl der Wörter.
assessment-template = Anfang
assessment-template-hint = Steht im Feld, wenn der Versuch beginnt.
assessment-notes = Hinweise zum Bewerten
assessment-notes-hint = Lernende sehen sie nie.
assessment-option = Möglichkeit
assessment-option-number = Möglichkeit { $number }
assessment-share = Wert in %
assessment-share-hint = 100 ist ganz richtig, 50 halb richtig; leer ist falsch. Leere Möglichkeiten fallen weg.
assessment-short-hint = Die erste passende Antwort zählt. * steht für Beliebiges. Bleibt der Wert leer, sind es 100 %.
assessment-number-hint = „Darf abweichen um“ ist eine Zahl (0,5) oder ein Teil des Werts (5%). Einheiten sind freiwillig; die erste ist die der Werte.
assessment-order-hint = Schreib die Teile in der richtigen Reihenfolge; jeder Versuch mischt sie.
assessment-match-hint = Zu jeder linken Seite gehört eine rechte. Rechte Seiten dürfen gleich sein.
assessment-feedback-own = Gesagt, wenn jemand das wählt
assessment-accepted = Richtige Antwort
assessment-key-number = Antwort { $number }
assessment-value = Wert
assessment-off = Darf abweichen um
assessment-unit = Einheit
assessment-unit-number = Einheit { $number }
assessment-unit-times = Mal die erste Einheit
assessment-unit-rule = Eine fehlende Einheit
assessment-unit-optional = ist kein Fehler
assessment-unit-penalty = kostet einen Teil
assessment-unit-required = ist falsch
assessment-unit-cost = Was sie kostet, in %
assessment-left = Linke Seite
assessment-right-side = Rechte Seite
assessment-pair-number = Paar { $number }
assessment-item = Teil
assessment-item-number = Teil { $number }
assessment-extra = Rechte Seiten, die zu keiner gehören
assessment-extra-hint = Eine je Zeile.
assessment-rule = Wertung
assessment-rule-all = Alles oder nichts
assessment-rule-partial = Richtige weniger falsche
assessment-rule-each = Jede Möglichkeit, die richtig gewählt oder gelassen ist
assessment-rule-sum = Die Summe der Werte
assessment-order-all = Alles oder nichts
assessment-order-place = Jeder Teil an seinem Platz
assessment-order-next = Jeder Teil vor seinem Nachfolger
assessment-order-longest = Die längste richtige Folge
assessment-order-pairs = Jedes Paar in richtiger Folge
assessment-shuffle-parts = Bei jedem Versuch mischen
assessment-below-zero = Eine falsche Wahl darf Punkte anderer Fragen kosten
assessment-case = Groß und klein ist wichtig
assessment-feedback = Danach allen gesagt
assessment-feedback-hint = Markdown. Gezeigt, wie der Test es sagt.
assessment-title = Name
assessment-title-hint = Für Listen. Bleibt er leer, die ersten Wörter der Frage.
assessment-more-rows = Weitere Zeilen
assessment-versions = Versionen
assessment-versions-text = Jedes Speichern ist eine Version. Versuche behalten die Version, die sie bekamen.
assessment-version = Version { $number }
assessment-take-out = Aus der Sammlung nehmen
assessment-edit = Frage bearbeiten
assessment-check = Prüfen
assessment-earns = Bringt { $percent } %
assessment-two-options = Schreib mindestens zwei Möglichkeiten.
assessment-none-right = Sag, welche Möglichkeit richtig ist: schreib dort 100.
assessment-none-accepted = Schreib mindestens eine richtige Antwort.
assessment-wrong-share = Schreib einen Prozentwert von -100 bis 100.
assessment-wrong-number = Schreib eine Zahl, etwa 9,81.
assessment-two-pairs = Schreib mindestens ein Paar und zwei verschiedene rechte Seiten.
assessment-two-items = Schreib mindestens zwei Teile.
assessment-no-gap = Es gibt keine Lücke. Setze eine in doppelte Klammern, etwa [[zweimal]].
assessment-gap-open = Die Lücke, die mit „{ $gap }“ beginnt, hat kein Ende. Schließ sie mit zwei Klammern.
assessment-gap-no-key = Die Lücke „{ $gap }“ hat keine richtige Antwort. Setze = vor die richtige.
assessment-gap-no-number = Die Lücke „{ $gap }“ enthält keine Zahl.
assessment-gap-too-many = Es gibt zu viele Lücken, oder eine ist zu lang.
# Der Test für die, die ihn machen.
assessment-quiz-settings = Ablauf
assessment-quiz-sum = Fragen: { $questions }, Punkte: { $points }
assessment-no-questions = Noch keine Fragen
assessment-no-questions-text = Nimm welche aus der Sammlung, schreib eine, oder lass sie ziehen.
assessment-held-at = in Version { $number }
assessment-version-used = Version
assessment-latest = Neueste
assessment-slot-gone = Aus der Sammlung genommen
assessment-slot-remove = Frage { $number } entfernen
assessment-slot-removed = Die Frage wurde aus dem Test entfernt. In der Sammlung ist sie noch.
assessment-move-up = Frage { $number } nach oben
assessment-move-down = Frage { $number } nach unten
assessment-from-bank = Aus der Sammlung
assessment-whole-bank = Die ganze Sammlung
assessment-drawn = Zufällig gezogen
assessment-draw = Zufällig ziehen
assessment-draw-text = Jeder Versuch bekommt eigene Fragen, zuerst die, die die Person noch nicht hatte.
assessment-draw-count = Wie viele
assessment-draw-points = Punkte für jede
assessment-draw-tags = Nur Fragen, die alle diese haben.
assessment-draw-below = Auch aus den Ordnern darin
assessment-draw-add = Aufnehmen
assessment-wrong-points = Schreib die Punkte als Zahl, etwa 2,5.
assessment-too-many-questions = Ein Test fasst höchstens 200 Fragen.
assessment-intro = Einleitung
assessment-attempts-allowed = Erlaubte Versuche
assessment-attempts-hint = 0 für beliebig viele.
assessment-limit-minutes = Zeit in Minuten
assessment-overdue = Wenn die Zeit um ist
assessment-overdue-submit = Abgeben, was da ist
assessment-overdue-grace = Noch eine Weile abgeben lassen, unverändert
assessment-overdue-abandon = Der Versuch zählt nicht
assessment-grace-minutes = Diese Weile in Minuten
assessment-dates-hint = Wann er öffnet und schließt, steht bei seinen Terminen:
assessment-layout = Fragen
assessment-shuffle = Bei jedem Versuch mischen
assessment-one-by-one = Jede auf einer eigenen Seite
assessment-one-way = Kein Weg zurück
assessment-one-way-hint = Wenn jede Frage eine eigene Seite hat.
assessment-word-hint = Bleibt es leer, wird keins verlangt.
assessment-points-whole = Punkte des Ganzen
assessment-points-whole-hint = Bleibt es leer, die Punkte der Fragen zusammen.
assessment-passing-percent = Prozent zum Bestehen
assessment-review = Was Lernende danach sehen
assessment-phase-after = In den ersten zwei Minuten
assessment-phase-open = Später, solange er offen ist
assessment-phase-closed = Wenn er geschlossen ist
assessment-shows-answers = Fragen und Antworten
assessment-shows-correct = Was richtig ist
assessment-shows-points = Punkte
assessment-shows-feedback = Rückmeldung
assessment-shows-right = Richtige Antworten
assessment-settings-saved = Gespeichert. Laufende Versuche gehen weiter, wie sie begannen.
assessment-extra-time = Mehr Zeit
assessment-extra-time-text = Wer mehr Zeit braucht, bekommt sie in jedem Test dieses Kurses. Nur wer bewertet, sieht diese Liste.
assessment-extra-time-none = Niemand hat mehr Zeit
assessment-extra-time-none-text = Wähle eine Person und sag, wie viel länger sie brauchen darf.
assessment-extra-time-percent = { $percent } % mehr Zeit
assessment-extra-time-end = Nicht mehr
assessment-extra-time-saved = Gespeichert. Es gilt auch für laufende Versuche.
assessment-person = Person
assessment-percent = Prozent
assessment-percent-hint = 25 macht aus 60 Minuten 75.
assessment-import = Importieren
assessment-import-questions = Fragen importieren
assessment-import-text = Aus Moodle (XML, GIFT), Canvas, Blackboard und anderen (QTI) oder Aiken. Nichts ändert sich, bevor du gesehen hast, was übernommen würde.
assessment-format = Format
assessment-format-guess = Herausfinden
assessment-format-gift = GIFT
assessment-format-aiken = Aiken
assessment-format-moodle-xml = Moodle-XML
assessment-format-qti = QTI (Datei oder Paket)
assessment-paste = Oder den Text einfügen
assessment-file = Datei
assessment-import-no-file = Wähle eine Datei, oder füge ihren Text ein.
assessment-dry-run = Zeigen, was sich ändern würde
assessment-import-check = Was übernommen würde
assessment-import-found =
    { $count ->
        [0] Keine Frage lässt sich übernehmen.
        [one] 1 Frage lässt sich übernehmen.
       *[other] { $count } Fragen lassen sich übernehmen.
    }
assessment-import-lost =
    { $count ->
        [0] Nichts bleibt weg.
        [one] 1 Sache bleibt weg.
       *[other] { $count } Sachen bleiben weg.
    }
assessment-import-take =
    { $count ->
        [one] 1 Frage übernehmen
       *[other] { $count } Fragen übernehmen
    }
assessment-imported =
    { $count ->
        [one] 1 Frage wurde übernommen.
       *[other] { $count } Fragen wurden übernommen.
    }
assessment-import-told = Was wegbleibt und was auffiel
assessment-import-taken = Fragen
assessment-import-place = Bei { $place }:
assessment-import-left-out = Bleibt weg
assessment-import-note = Hinweis
assessment-import-unreadable = Das lässt sich nicht lesen
assessment-import-kind = Diese Art von Frage gibt es hier nicht
assessment-import-no-key = Keine Antwort ist als richtig markiert
assessment-import-too-large = Sie ist zu lang, oder hat zu viele Teile
assessment-import-too-many = Die Datei hat mehr als 1.000 Fragen
assessment-import-noticed = Das fiel beim Lesen auf
assessment-import-files = Bilder und Dateien darin werden nicht übernommen
# Bewerten, Ergebnisse und Statistik.
assessment-nothing-to-mark = Nichts zu bewerten
assessment-nothing-to-mark-text = Antworten, die eine Person bewertet, erscheinen hier nach der Abgabe.
assessment-all-marked = Alles bewertet
assessment-words =
    { $count ->
        [one] 1 Wort
       *[other] { $count } Wörter
    }
assessment-points-up-to = Punkte, bis { $most }
assessment-points-at-most = Bitte { $most } oder weniger.
assessment-marked-since = Jemand anderes hat inzwischen { $points } Punkte gegeben. Speichere noch einmal, wenn deine gelten sollen.
assessment-marked = Bewertet.
assessment-mark = Bewertung speichern
assessment-comment = Kommentar
assessment-show-waiting = Zeigen, was wartet
assessment-show-marked = Zeigen, was bewertet ist
assessment-marked-count =
    { $count ->
        [one] 1 Antwort bewertet
       *[other] { $count } Antworten bewertet
    }
assessment-waiting-count =
    { $count ->
        [one] 1 wartet
       *[other] { $count } warten
    }
assessment-no-attempts = Noch keine Versuche
assessment-no-attempts-text = Sie erscheinen hier, sobald jemand beginnt.
assessment-more-attempts = Weitere Versuche
assessment-state = Stand
assessment-statistics = Statistik
assessment-measured =
    { $count ->
        [one] Gemessen an 1 Versuch.
       *[other] Gemessen an { $count } Versuchen.
    }
assessment-too-few = Zu wenige Versuche
assessment-too-few-text = Zahlen erscheinen, sobald zwei Versuche mit allen Fragen bewertet sind.
assessment-mean = Mittelwert
assessment-median = Median
assessment-spread = Standardabweichung
assessment-skewness = Schiefe
assessment-kurtosis = Wölbung
assessment-consistency = Innere Konsistenz in %
assessment-error-ratio = Fehleranteil in %
assessment-standard-error = Standardfehler in Punkten
assessment-consistency-text = Die innere Konsistenz sagt, wie gut die Fragen dasselbe messen (Cronbachs Alpha). Der Standardfehler ist, um wie viel eine Summe zufällig abweichen kann.
assessment-facility = Leichtigkeit in %
assessment-guess = Durch Raten in %
assessment-discrimination = Trennschärfe
assessment-efficiency = Wirkungsgrad
assessment-weights = Gewicht, gemeint / wirklich
assessment-stands-out = Fällt auf
assessment-flag-miskeyed = Der Schlüssel kann falsch sein
assessment-flag-weak = Sagt kaum, wer es weiß
assessment-flag-easy = Fast alle haben sie richtig
assessment-flag-hard = Kaum jemand hat sie richtig
assessment-statistics-text = Leichtigkeit ist der mittlere Wert. Trennschärfe sagt, wie gut eine Frage zu den übrigen passt, von -100 bis 100; unter 20 ist schwach, unter 0 kann der Schlüssel falsch sein. Der Wirkungsgrad ist dasselbe, gemessen am Möglichen.
assessment-regrade = Neu werten
assessment-regrade-text = Wertet die abgegebenen Antworten nach den Fragen, wie sie jetzt sind. Was eine Person bewertet hat, bleibt.
assessment-how = Wie
assessment-regrade-new = Nach dem neuen Schlüssel, rauf oder runter
assessment-regrade-better = Nur, wo es mehr wird
assessment-regrade-full = Alle Punkte für alle, die diese Frage beantwortet haben
assessment-regrade-nothing = Nichts würde sich ändern
assessment-regrade-nothing-text = Ändere eine Frage, oder wähle einen anderen Weg, und sieh noch einmal nach.
assessment-regrade-sum = Personen, für die sich etwas ändern würde: { $people }. Antworten, die mehr bekommen: { $up }, weniger: { $down }.
assessment-regrade-changes = Was sich ändern würde
assessment-before = Vorher
assessment-after = Nachher
assessment-regrade-more =
    { $count ->
        [one] Und 1 weitere.
       *[other] Und { $count } weitere.
    }
assessment-regrade-apply =
    { $count ->
        [one] 1 Änderung vornehmen
       *[other] { $count } Änderungen vornehmen
    }
assessment-regraded =
    { $count ->
        [0] Nichts wurde geändert.
        [one] 1 Wertung wurde geändert.
       *[other] { $count } Wertungen wurden geändert.
    }
