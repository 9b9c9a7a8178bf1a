# Die Noten eines Kurses.
permission-grades-edit = Noten geben und festlegen, wie sie entstehen
permission-grades-view = Die Noten aller sehen
# Die Noten von Lernenden.
grades-title = Noten
grades-mine = Meine Noten
grades-gradebook = Notenbuch
grades-where = Wo du bist
grades-history = Verlauf
grades-class = Wie der Kurs abschnitt
grades-class-lead = Gezeigt von Arbeiten mit mindestens { $count } Noten.
grades-none = Hier wird noch nichts bewertet
grades-none-text = Hier steht, was eine Note bekommt, mit seinen Punkten und dem, was sie ergeben.
grades-totals = Ergebnisse
grades-current = Bis jetzt
grades-current-hint = Aus dem, was bewertet ist. Was keine Note hat, zählt nicht.
grades-final = Als endete der Kurs jetzt
grades-final-hint = Was keine Note hat, zählt als nichts.
grades-nothing-counts = Noch keine Note
grades-would-be = wäre
grades-how-made = Wie kommt das zustande?
grades-why = Warum diese Punkte?
grades-all = Alle Arbeiten
grades-no-group = Ohne Kategorie
grades-weight-of-total = { $weight } vom Ganzen
grades-work = Arbeit
grades-due = Fällig
grades-no-date = Kein Termin
grades-own-date = als Ausnahme
grades-state = Stand
grades-points = Punkte
grades-possible = Von
grades-graded = Bewertet
grades-not-posted = Nicht freigegeben
grades-of = { $score } von { $possible }
grades-out-of = von { $possible }
grades-with-letter = { $percent } ({ $letter })
grades-excused = Befreit
grades-missing = Nicht abgegeben
grades-pending = Wird bewertet
grades-handed-in = Abgegeben
grades-handed-in-late = Verspätet abgegeben
grades-late = Verspätet
grades-not-yet = Noch nicht
grades-extra = Diese Punkte kommen obendrauf: Sie mehren, was erreicht wurde, nicht, was möglich war.
grades-by-missing-rule = Nicht abgegebene Arbeiten verlieren { $percent } ihrer Punkte.
grades-fate-counted = zählt
grades-fate-zero = keine Note, zählt als nichts
grades-fate-lowest = gestrichen, als eine der niedrigsten
grades-fate-highest = gestrichen, als eine der höchsten
grades-fate-excused = befreit, zählt nicht
grades-fate-left-out = zählt nicht zum Ergebnis
grades-fate-not-graded = noch nicht bewertet, zählt nicht
grades-fate-pending = wird bewertet, zählt noch nicht
grades-fate-not-posted = noch nicht freigegeben, zählt nicht
grades-fate-not-submitted = bis zum Ende des Kurses nicht abgegeben, zählt nicht
grades-extra-points = { $points } zusätzlich
grades-late-how = { $late } zu spät: { $intervals } × { $percent } von { $possible } = { $taken } Punkte Abzug.
grades-late-limit = Unter { $lowest } wird nichts mehr abgezogen: { $taken } Punkte Abzug.
grades-late-left = { $raw } − { $taken } = { $score }.
grades-hours-begun =
    { $count ->
        [one] 1 angefangene Stunde
       *[other] { $count } angefangene Stunden
    }
grades-days-begun =
    { $count ->
        [one] 1 angefangener Tag
       *[other] { $count } angefangene Tage
    }
grades-step-share = { $sums } Punkten = { $share }
grades-step-empty = Hier zählt noch nichts: Das Gewicht dieser Kategorie verteilt sich auf die anderen.
grades-step-shared-out = Aus ihrem Gewicht von { $weight } werden { $counts }, da sich die Gewichte der noch leeren Kategorien verteilen.
grades-step-part = { $share } × { $counts } = { $part }
grades-step-sum = { $parts } = { $total }
grades-step-heap = { $sums } Punkten = { $total }
grades-step-nothing = Es zählt noch nichts.
grades-step-rounded = Einmal gerundet, auf zwei Stellen: { $percent }
grades-step-letter = { $letter }: ab { $from }
grades-trying = Das sind nicht deine Noten: Du probierst etwas aus. Nichts davon wird behalten.
grades-back-to-mine = Zurück zu meinen Noten
grades-what-if = Was wäre, wenn?
grades-what-if-text = Trag Punkte ein, auf die du hoffst, und sieh, was sie ergäben. Nichts davon wird behalten.
grades-try = Ausprobieren
grades-rules = Wie Noten hier zustande kommen
grades-rule-heap = Alle Punkte zählen gleich: Das Ergebnis ist, was von dem Möglichen erreicht wurde.
grades-rule-weight = { $group } { $weight }
grades-rule-weights = Kategorien haben Gewichte: { $weights }. Eine Kategorie, in der noch nichts zählt, gibt ihr Gewicht an die anderen.
grades-rule-beyond = Die Gewichte ergeben { $sum }: Was über 100 % geht, ist zusätzlich.
grades-rule-ungrouped = In keiner Kategorie und darum nicht gezählt: { $titles }.
grades-rule-drop-lowest =
    { $count ->
        [one] In „{ $group }“ wird die niedrigste Note gestrichen: die, ohne die in der Kategorie am meisten bleibt.
       *[other] In „{ $group }“ werden die { $count } niedrigsten Noten gestrichen: die, ohne die in der Kategorie am meisten bleibt.
    }
grades-rule-drop-highest =
    { $count ->
        [one] In „{ $group }“ wird die höchste Note gestrichen.
       *[other] In „{ $group }“ werden die { $count } höchsten Noten gestrichen.
    }
grades-rule-late-free = Verspätung kostet keine Punkte.
grades-rule-late-hour = Verspätete Arbeiten verlieren { $percent } der möglichen Punkte je angefangener Stunde.
grades-rule-late-day = Verspätete Arbeiten verlieren { $percent } der möglichen Punkte je angefangenem Tag.
grades-rule-grace = Die ersten { $span } zählen nicht.
grades-rule-lowest = Verspätung allein bringt niemanden unter { $percent }.
grades-rule-missing = Nicht abgegebene Arbeiten verlieren { $percent } ihrer Punkte.
grades-rule-letter = { $letter } ab { $from }
grades-rule-letters = Stufen: { $letters }.
grades-rule-automatic = Noten sind zu sehen, sobald sie gegeben sind.
grades-rule-by-hand = Noten sind zu sehen, wenn sie freigegeben sind.
grades-posts-automatic = Sobald sie gegeben sind
grades-posts-by-hand = Wenn jemand sie freigibt
grades-count = Noten
grades-lowest = Niedrigste
grades-median = Mittlere (Median)
grades-mean = Durchschnitt
grades-highest = Höchste
grades-too-few = Zu wenige Noten für eine Aussage
grades-not-a-number = Bitte eine Zahl angeben, etwa 7,5.
grades-too-fine = Bitte höchstens vier Stellen angeben.
grades-too-large = Bitte höchstens eine Million angeben.
# Die Tabelle der Noten.
grades-list = Listen
grades-finals = Endnoten
grades-settings = Einstellungen
grades-settings-of = Einstellungen von { $title }
grades-find = Jemanden finden
grades-section = Gruppe
grades-any-section = Alle Gruppen
grades-show = Zeigen
grades-name = Name
grades-draft = Entwurf
grades-sum-of = { $title }, bis jetzt
grades-concluded = hat den Kurs beendet
grades-people =
    { $count ->
        [one] 1 Person
       *[other] { $count } Personen
    }
grades-pages = Seiten
grades-previous = Zurück
grades-further = Weiter
grades-nobody-found = Niemand passt
grades-nobody-found-text = Such nach einem Teil des Namens oder in einer anderen Gruppe.
grades-nobody = Noch nimmt niemand an diesem Kurs teil
grades-nobody-text = Wer als Lernende oder Lernender eingeschrieben ist, steht hier.
grades-no-columns = Noch wird nichts bewertet
grades-no-columns-text = Füge dem Inhalt bewertete Arbeiten hinzu. Was anderswo geschieht, bekommt in den Einstellungen eine Spalte.
grades-keys = Pfeile bewegen, Tippen ändert, Enter behält, Escape verlässt; Enter auf einer Zelle öffnet sie. „ex“ befreit, „mi“ markiert als nicht abgegeben, „80 %“ wird ausgerechnet.
grades-legend = Schräge Noten sind nicht freigegeben. Die Ergebnisse hier zählen sie mit.
grades-saving = Wird gespeichert…
grades-lost = Nicht gespeichert: Der Server hat nicht geantwortet. Bitte versuch es noch einmal.
grades-cell-excused = befr.
grades-cell-missing = fehlt
grades-cell-handed-in = neu
grades-grade = Note
grades-to-work = Zur Arbeit
grades-nothing = nichts
grades-value-hint = Von { $possible }. „ex“ befreit, „mi“ markiert als nicht abgegeben, „80 %“ wird ausgerechnet. Leer nimmt die Note weg.
grades-waive = Für Verspätung nichts abziehen
grades-waive-hint = Die Arbeit verliert keine Punkte, obwohl sie zu spät kam.
grades-save = Speichern
grades-excuse = Befreien
grades-mark-missing = Als nicht abgegeben markieren
grades-clear = Note wegnehmen
grades-saved-for = Gespeichert: „{ $title }“ für { $name }.
grades-saved-cell = Gespeichert für { $name }.
grades-conflict = Jemand hat diese Note inzwischen geändert: Sie ist jetzt { $grade }. Es wurde nichts überschrieben. Speichere noch einmal, wenn deine gelten soll.
# Was aus Noten wurde.
grades-no-changes = Noch keine Änderungen.
grades-when = Wann
grades-before = Vorher
grades-after = Nachher
grades-by = Von
grades-source = Aus
grades-and-waived = { $grade }, ohne Abzug für Verspätung
grades-source-marker = der Bewertung
grades-source-quiz = einem Quiz
grades-source-import = einer Liste
grades-source-override = dem Notenbuch
grades-history-all = Der ganze Kurs
grades-no-changes-text = Jede Note, die gegeben oder geändert wird, hinterlässt hier eine Zeile.
grades-learner = Wer
# Einstellungen.
grades-settings-title = Wie dieser Kurs bewertet
grades-settings-saved = Gespeichert. Alle Ergebnisse folgen sofort.
grades-rules-lead = Das lesen die Lernenden neben ihren Noten. Es entsteht aus den Einstellungen darunter.
grades-policy = Regeln
grades-weighting = Was wie viel zählt
grades-weighting-heap = Alle Punkte zählen gleich
grades-weighting-weights = Kategorien haben Gewichte
grades-late-on = Verspätete Arbeiten verlieren Punkte
grades-late-percent = Wie viel
grades-late-percent-hint = In Prozent der möglichen Punkte.
grades-late-interval = Je
grades-each-day = angefangenem Tag
grades-each-hour = angefangener Stunde
grades-late-grace = Minuten, die nicht zählen
grades-late-lowest = Nicht unter
grades-late-lowest-hint = In Prozent der möglichen Punkte.
grades-missing-off = Nicht abgegebene Arbeiten verlieren
grades-missing-hint = In Prozent: Mit 100 zählen sie als nichts. Ohne Zahl haben sie keine Note.
grades-letters = Stufen
grades-letters-hint = Eine je Zeile, mit dem Prozentsatz, ab dem sie gegeben wird: „Sehr gut 92“. Die niedrigste beginnt bei 0.
grades-letters-unreadable = Bitte in jede Zeile einen Namen und einen Prozentsatz schreiben, etwa „Sehr gut 92“.
grades-letters-name = Bitte jeder Stufe einen eigenen Namen geben.
grades-letters-twice = Bitte jede Stufe bei einem anderen Prozentsatz beginnen lassen.
grades-letters-bottom = Bitte die niedrigste Stufe bei 0 beginnen lassen.
grades-posts = Wann Lernende ihre Noten sehen
grades-posts-course = Wie im ganzen Kurs
grades-shows-total = Lernende sehen ihre Ergebnisse
grades-shows-figures = Lernende sehen, wie der Kurs abschnitt
grades-shows-figures-hint = Niedrigste, mittlere, durchschnittliche und höchste Punkte, wo es genug Noten gibt.
grades-save-policy = Regeln speichern
grades-groups = Kategorien
grades-groups-lead = Arbeiten einer Art zählen zusammen: Sie teilen ein Gewicht, und einige ihrer Noten können gestrichen werden.
grades-group = Kategorie
grades-weight = Gewicht in Prozent
grades-weights-unused = Die Gewichte zählen, sobald Kategorien in den Regeln oben Gewichte haben.
grades-drop-lowest = Niedrigste streichen
grades-drop-highest = Höchste streichen
grades-actions = Aktionen
grades-delete = Löschen
grades-move-up = { $title } nach oben
grades-save-groups = Kategorien speichern
grades-new-group = Neue Kategorie
grades-add-group = Kategorie hinzufügen
grades-group-taken = Eine Kategorie dieses Namens gibt es schon.
grades-group-deleted = Die Kategorie wurde gelöscht. Ihre Arbeiten sind jetzt in keiner.
grades-too-many-groups = Ein Kurs kann höchstens 100 Kategorien haben.
grades-columns = Spalten
grades-columns-lead = Bewertete Arbeiten des Inhalts haben ihre Spalte von selbst. Was anderswo geschieht, bekommt hier eine.
grades-new-column = Eine Spalte für Arbeiten anderswo
grades-add-column = Spalte hinzufügen
grades-column-added = „{ $title }“ wurde hinzugefügt.
grades-column-taken = Eine Spalte dieses Namens gibt es schon.
grades-too-many-columns = Ein Kurs kann höchstens 1.000 Spalten haben.
grades-below-nothing = Bitte 0 oder mehr angeben.
grades-not-a-percentage = Bitte einen Prozentsatz angeben, etwa 12,5.
grades-percent-range = Bitte 0 bis { $most } Prozent angeben.
grades-extra-short = zusätzlich
grades-left-out-short = zählt nicht
grades-column-of-item-text = Name, Termin und Punkte ({ $points }) werden dort festgelegt, wo diese Arbeit entsteht:
grades-column-of-item = Eine Spalte des Inhalts gehört zu ihrer Arbeit. Lösche diese im Inhalt.
grades-column-deleted = „{ $title }“ wurde gelöscht, mit allen Noten.
grades-delete-column = Diese Spalte löschen
grades-no-group-no-count = Kategorien haben hier Gewichte: Ohne Kategorie zählt das nicht.
grades-passing = Punkte zum Bestehen
grades-passing-hint = Mit einer Note darunter ist die Arbeit nicht erledigt. Ohne Zahl besteht jede Note.
grades-counts = Zählt zum Ergebnis
grades-is-extra = Zusätzliche Punkte
grades-never-drop = Wird nie gestrichen
grades-posting = Wer die Noten sieht
grades-post = Noten freigeben
grades-hide = Noten verbergen
grades-posted-count =
    { $count ->
        [0] Niemand sieht hier eine Note.
        [one] 1 Note ist zu sehen.
       *[other] { $count } Noten sind zu sehen.
    }
grades-hidden-count =
    { $count ->
        [0] Keine ist verborgen.
        [one] 1 ist verborgen.
       *[other] { $count } sind verborgen.
    }
grades-posted =
    { $count ->
        [0] Nichts freizugeben: Alle Noten sind schon zu sehen.
        [one] 1 Note freigegeben.
       *[other] { $count } Noten freigegeben.
    }
grades-hid =
    { $count ->
        [0] Nichts zu verbergen: Keine Note ist zu sehen.
        [one] 1 Note verborgen.
       *[other] { $count } Noten verborgen.
    }
# Listen.
grades-list-title = Noten als Liste
grades-list-out = Noten herausnehmen
grades-list-out-text = Eine Tabelle für jedes Rechenblatt, mit einer Zeile je Person und einer Spalte je Arbeit. Die Ergebnisse darin sind nur zum Lesen.
grades-list-download = Noten herunterladen
grades-list-current = Bis jetzt, in Prozent
grades-list-final = Als endete der Kurs jetzt, in Prozent
grades-list-holds = Endnote, die gilt, in Prozent
grades-list-in = Noten hereinholen
grades-list-in-text = Ändere die Tabelle, die du herausgenommen hast, und hol sie wieder herein. „ex“ befreit, „mi“ markiert als nicht abgegeben, „-“ nimmt eine Note weg; eine leere Zelle ändert nichts. Du siehst jeden Unterschied, bevor etwas behalten wird.
grades-list-paste = Tabelle einfügen
grades-list-file = Oder eine Datei wählen
grades-list-check = Unterschiede zeigen
grades-list-before = Hereingeholte Listen
grades-list-undo = Diese Liste rückgängig machen
grades-list-was-undone = Rückgängig gemacht
grades-list-differences = Unterschiede
grades-list-changes =
    { $count ->
        [one] 1 Note ändert sich
       *[other] { $count } Noten ändern sich
    }
grades-list-lowered =
    { $count ->
        [one] 1 wird niedriger
       *[other] { $count } werden niedriger
    }
grades-list-lower = niedriger
grades-list-left-out =
    { $count ->
        [one] 1 bleibt draußen
       *[other] { $count } bleiben draußen
    }
grades-list-left-out-title = Was draußen bleibt
grades-list-line = Zeile { $line }, „{ $text }“:
grades-list-nobody = Niemand mit dieser Kennung oder Adresse nimmt am Kurs teil.
grades-list-twice = Diese Person steht schon weiter oben.
grades-list-ignored = Überschriften, die keine Spalten sind: { $headings }.
grades-list-nothing = Diese Liste ändert nichts.
grades-list-other = Eine andere Liste hereinholen
grades-list-apply = Diese Noten behalten
grades-list-dry = Noch wird nichts behalten. Alles lässt sich danach auf einmal rückgängig machen.
grades-list-stale = Seit du die Unterschiede gesehen hast, haben sich Noten geändert. Das sind die Unterschiede jetzt.
grades-list-unshown =
    { $count ->
        [one] 1 weiterer ist nicht zu sehen.
       *[other] { $count } weitere sind nicht zu sehen.
    }
grades-list-done =
    { $count ->
        [one] 1 Note geändert.
       *[other] { $count } Noten geändert.
    }
grades-list-undone =
    { $count ->
        [one] Rückgängig gemacht: 1 Note ist wie vorher.
       *[other] Rückgängig gemacht: { $count } Noten sind wie vorher.
    }
grades-list-undone-but =
    { $count ->
        [one] Rückgängig gemacht, bis auf 1 Note, die sich seither geändert hat.
       *[other] Rückgängig gemacht, bis auf { $count } Noten, die sich seither geändert haben.
    }
grades-list-undone-before = Diese Liste wurde schon rückgängig gemacht.
grades-list-too-large = Die Liste ist zu groß. Bitte höchstens 4 MB auf einmal hereinholen.
grades-list-too-many-rows = Bitte höchstens { $count } Zeilen auf einmal hereinholen.
grades-list-too-many-changes = Diese Liste ändert mehr als { $count } Noten. Bitte teile sie.
grades-list-not-csv = Zeile { $line } ist keine Zeile einer Tabelle. Bitte als CSV speichern.
grades-list-no-person = Keine Überschrift sagt, um wen es in einer Zeile geht. Bitte die Spalte „id“ oder „email“ behalten.
grades-list-no-column = Keine Überschrift ist eine Spalte dieses Kurses. Bitte die Überschriften der herausgenommenen Tabelle behalten.
# Endnoten.
grades-final-grade = Endnote
grades-finals-lead = Was die Regeln ergeben, als endete der Kurs jetzt, und was an seiner Stelle gilt.
grades-computed = Nach den Regeln
grades-holds = Gilt
grades-reason = Grund
grades-reason-hint = Wer die Note bekommt, liest ihn.
grades-reason-needed = Bitte sag, warum: Diese Note war festgestellt.
grades-final-percent = Prozent
grades-final-percent-hint = Das gilt an Stelle dessen, was die Regeln ergeben; beides bleibt festgehalten.
grades-final-changed = Jemand hat diese Endnote inzwischen geändert: Sie steht oben. Speichere noch einmal, wenn deine gelten soll.
grades-final-set = Die Endnote von { $name } ist gesetzt.
grades-final-withdrawn = Zurückgenommen: Es gelten wieder die Regeln.
grades-final-locked = Die Endnoten sind festgestellt. Ändere diese mit einem Grund, oder öffne alle wieder.
grades-override = Diese Endnote setzen
grades-amend = Mit diesem Grund ändern
grades-withdraw = Die Regeln gelten lassen
grades-kind-override = Von Hand gesetzt
grades-kind-withdrawn = Zurückgenommen
grades-kind-locked = Festgestellt
grades-kind-amended = Geändert
grades-lock = Endnoten feststellen
grades-lock-text = Stell sie fest, wenn alles bewertet ist: Spätere Änderungen an Noten oder Regeln bewegen sie dann nicht mehr.
grades-locked = Die Endnoten sind festgestellt.
grades-locked-since = Festgestellt { $time }. Änderungen an Noten und Regeln bewegen sie nicht mehr; jede lässt sich mit einem Grund ändern.
grades-unlock = Wieder öffnen
grades-unlocked = Die Endnoten sind wieder offen.
# Notenkurven.
grades-curve = Kurve
grades-curve-lead = Bewegt alle Noten dieser Arbeit auf einmal. Du siehst vorher, was geschieht, die bisherigen Punkte bleiben im Verlauf, und es lässt sich rückgängig machen.
grades-curve-none = Es gibt nichts zu bewegen, solange niemand eine Note hat.
grades-curve-how = Was mit jeder Note geschieht
grades-curve-add = Sie bekommt so viele Punkte mehr
grades-curve-times = Ihre Punkte werden vervielfacht
grades-curve-best = Alle im Verhältnis, sodass die beste alle Punkte hat
grades-curve-root = Die Wurzel ihres Anteils: Aus 49 % werden 70 %
grades-curve-amount = Um wie viel
grades-curve-amount-hint = Punkte dazu, oder der Faktor. Die anderen beiden brauchen keine Zahl.
grades-curve-factor = Bitte einen Faktor von 0 bis 100 angeben.
grades-curve-capped = Niemand bekommt dadurch mehr als { $possible }
grades-curve-never-lower = Niemand bekommt weniger
grades-curve-preview = Zeigen, was geschieht
grades-curve-nothing = Das ändert keine Note.
grades-curve-spread = Wie die Noten liegen, vorher und nachher
grades-curve-span = Anteil
grades-curve-stale = Seit du das gesehen hast, haben sich Noten geändert. Unten steht, was jetzt geschieht.
grades-curve-apply =
    { $count ->
        [one] 1 Note bewegen
       *[other] { $count } Noten bewegen
    }
