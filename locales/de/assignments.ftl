# Was abgegeben und bewertet wird.
assignments-kind = Aufgabe
assignments-nothing-asked = Die Aufgabe ist noch nicht geschrieben.
assignments-your-work = Deine Arbeit
assignments-for-teachers = Für Lehrende
assignments-due = Fällig
assignments-closes = Schließt
assignments-points = Punkte
assignments-not-graded = Ohne Note
assignments-hand-in-as = Abzugeben als
assignments-attempts = Versuche
assignments-attempts-used = { $used } von { $allowed } genutzt
assignments-unlimited = Beliebig viele
assignments-names = Namen
assignments-names-hidden = Für Bewertende verborgen
assignments-names-shown = Sichtbar
assignments-mark = Bewerten
assignments-counts = { $handed_in } abgegeben, { $waiting } zu bewerten
assignments-way-text = Text
assignments-way-files = Dateien
assignments-way-address = Webadresse
assignments-way-paper = auf Papier
assignments-how-marked = Wie bewertet wird
assignments-criterion = Kriterium
assignments-levels = Stufen
assignments-met-or-not = Erfüllt oder nicht erfüllt
assignments-any-points = Beliebig viele Punkte
assignments-standing-excused = Befreit
assignments-standing-returned = Zurückgegeben
assignments-standing-again = Erneut abgegeben
assignments-standing-late = Verspätet abgegeben
assignments-standing-in = Abgegeben
assignments-standing-overdue = Noch nicht abgegeben
assignments-standing-draft = Entwurf
assignments-standing-not-begun = Nicht begonnen
assignments-late-by = { $span } zu spät
assignments-late-by-days =
    { $count ->
        [one] { $count } Tag zu spät
       *[other] { $count } Tage zu spät
    }
assignments-in-time = Pünktlich
assignments-late-now = Der Termin ist vorbei. Du kannst noch abgeben; es gilt als verspätet.
assignments-excused-text = Du musst das nicht machen: Du bist befreit.
assignments-returned-points = Deine Arbeit ist zurück: { $points } von { $possible } Punkten.
assignments-returned-words = Deine Arbeit ist mit einem Kommentar zurück.
assignments-taken-for-late = { $points } Punkte wurden wegen der Verspätung abgezogen.
assignments-see-marks = Ansehen, was zurückkam
assignments-text = Text
assignments-address = Webadresse
assignments-address-hint = Sie beginnt mit https:// und lässt sich von den Bewertenden öffnen.
assignments-newer-text = Das wurde in einem anderen Fenster gespeichert, seit du dieses geöffnet hast. Dein Text steht unten im Formular. Wenn du jetzt speicherst oder abgibst, ersetzt er diesen:
assignments-newer = Ein anderes Fenster hat inzwischen etwas anderes gespeichert. Vergleiche beides und speichere dann noch einmal.
assignments-draft-kept = Entwurf gespeichert { $time }
assignments-draft-saving = Wird gespeichert…
assignments-draft-saved = Entwurf gespeichert
assignments-draft-offline = Keine Verbindung. Deine Worte bleiben auf diesem Gerät und werden so bald wie möglich gesendet.
assignments-draft-newer = Ein anderes Fenster hat inzwischen etwas anderes gespeichert:
assignments-draft-take = Das hier nehmen
assignments-draft-keep = Meines behalten
assignments-files = Dateien
assignments-remove = Entfernen
assignments-add-files = Dateien hinzufügen
assignments-files-at-most =
    { $count ->
        [one] Höchstens eine Datei.
       *[other] Höchstens { $count } Dateien.
    }
assignments-each-at-most = Jede bis { $size }.
assignments-types-taken = Angenommen: { $types }.
assignments-hand-in = Abgeben
assignments-hand-in-question = Das abgeben? Danach kannst du es nicht mehr ändern.
assignments-save-draft = Entwurf speichern
assignments-closed-at = Das schloss { $time }. Es kann nichts mehr abgegeben werden.
assignments-on-paper-text = Das wird auf Papier abgegeben. Sobald es angenommen wurde, siehst du es hier.
assignments-no-attempts-left = Du hast alle Versuche genutzt. Frag deine Lehrperson nach einem weiteren.
assignments-not-handed-in = Geschrieben und nicht abgegeben
assignments-another-attempt = Noch einmal abgeben
assignments-handed-in = Was du abgegeben hast
assignments-attempt = Versuch { $number }
assignments-file-too-large = „{ $name }“ ist zu groß. Eine Datei darf bis { $size } MB haben.
assignments-file-wrong-type = „{ $name }“ ist von einem Typ, der hier nicht angenommen wird. Angenommen werden: { $types }.
assignments-file-wrong-content = „{ $name }“ ist nicht, was der Name sagt. Speichere die Datei neu in einem dieser Typen: { $types }.
assignments-too-many-files = Es dürfen höchstens { $count } Dateien sein. Entferne zuerst eine.
assignments-text-too-long = Der Text ist zu lang. Gib ihn als Datei ab.
assignments-nothing-to-hand-in = Es gibt noch nichts abzugeben. Schreib einen Text, füg eine Datei hinzu oder nenne eine Adresse.
assignments-not-open = Das ist jetzt nicht für dich offen. Was du geschrieben hast, ist gespeichert.
assignments-has-closed = Es schloss, bevor das ankam. Was du geschrieben hast, ist gespeichert: Frag deine Lehrperson.
assignments-overtaken = Gerade wurde aus einem anderen Fenster etwas abgegeben. Sieh es dir zuerst an.
assignments-is-in = Abgegeben. Das ist deine Quittung.
assignments-receipt = Quittung
assignments-handed-in-at = Abgegeben
assignments-handed-in-by = Abgegeben von
assignments-reference = Belegnummer
assignments-digest = SHA-256 über alles
assignments-digest-text = Sie ändert sich mit jedem Buchstaben: Was hier liegt, ist das, was abgegeben wurde.
assignments-was-on-paper = Auf Papier abgegeben.
assignments-receipt-text = Diese Seite bleibt hier. Bewahre die Belegnummer auf oder druck die Seite aus.
assignments-what-came-back = Was zurückkam
assignments-nothing-back = Noch nichts zurück
assignments-nothing-back-text = Sobald deine Arbeit bewertet und zurückgegeben ist, siehst du hier Punkte und Kommentare.
assignments-of-points = von { $possible } Punkten
assignments-by-criterion = Nach Kriterien
assignments-chosen-level = Erreicht:
assignments-met = Erfüllt
assignments-not-met = Nicht erfüllt
assignments-comment = Kommentar
assignments-marked-at = Bewertet { $time }

# Eine Aufgabe schreiben.
assignments-instructions = Die Aufgabe
assignments-what-is-handed-in = Was abgegeben wird
assignments-way-text-label = Ein Text
assignments-way-text-hint = Auf der Seite geschrieben. Er wird beim Tippen als Entwurf gespeichert.
assignments-way-files-label = Dateien
assignments-way-address-label = Eine Webadresse
assignments-way-address-hint = Ein Film, ein Repository, eine Seite anderswo.
assignments-way-paper-label = Auf Papier
assignments-way-paper-hint = Du hältst hier fest, dass du es bekommen hast.
assignments-file-types = Typen
assignments-file-types-hint = Endungen wie pdf, docx. Leer: alle.
assignments-files-max = Anzahl der Dateien
assignments-file-megabytes-max = Größe je Datei in MB
assignments-points-hint = 0: Es wird kommentiert und nicht benotet.
assignments-attempts-hint = Leer: beliebig viele.
assignments-rubric = Bewertet nach
assignments-no-rubric = Punkte und ein Kommentar
assignments-to-rubrics = Raster, Bewertungshilfen und Checklisten dieses Kurses
assignments-rubric-other-points = Das Raster ergibt { $most } Punkte, die Aufgabe hat { $points }. Was im Raster gewählt wird, zählt so, wie es ist.
assignments-anonymous = Ohne Namen bewerten
assignments-anonymous-hint = Bewertende sehen einen Code statt des Namens. Noten kommen ins Notenbuch, sobald die Namen gezeigt werden.
assignments-anonymous-fixed = Ob Namen gezeigt werden, lässt sich nicht mehr ändern: Es wurde schon abgegeben.
assignments-save = Speichern
assignments-saved = Gespeichert.
assignments-source-too-long = Die Aufgabe ist zu lang. Verschiebe Teile davon auf eine Seite.
assignments-takes-nothing = Wähle mindestens einen Weg der Abgabe.
assignments-types-wrong = Schreib nur Endungen, etwa pdf, docx.
assignments-points-too-fine = Punkte haben höchstens vier Stellen nach dem Komma.
assignments-points-too-large = Eine Million Punkte sind das Höchste.

# Raster.
assignments-rubrics = Bewertungsraster
assignments-rubrics-lead = Wonach bewertet wird. Ein Raster kann vielen Aufgaben dieses Kurses dienen.
assignments-criteria-count =
    { $count ->
        [one] { $count } Kriterium
       *[other] { $count } Kriterien
    }
assignments-points-are = { $points } Punkte
assignments-delete = Löschen
assignments-new-rubric = Ein neues
assignments-title = Titel
assignments-rubric-kind = Art
assignments-kind-rubric = Raster
assignments-kind-guide = Bewertungshilfe
assignments-kind-checklist = Checkliste
assignments-kind-rubric-text = Raster: Jedes Kriterium hat Stufen, von denen eine gewählt wird
assignments-kind-guide-text = Bewertungshilfe: Jedes Kriterium bekommt beliebige Punkte bis zu seinem Höchsten
assignments-kind-checklist-text = Checkliste: Jedes Kriterium ist erfüllt oder nicht
assignments-make-rubric = Anlegen
assignments-too-many-rubrics = Dieser Kurs hat so viele Raster, wie er haben kann. Lösche zuerst eines.
assignments-rubric-lead = Ein Kriterium ohne Namen fällt weg. Was schon bewertet ist, behält das Raster, wie es damals war.
assignments-new-criterion = Ein neues Kriterium
assignments-criterion-number = Kriterium { $number }
assignments-criterion-description = Was es bedeutet
assignments-level-number = Stufe { $number }
assignments-points-of-level = Punkte der Stufe { $number }
assignments-most-points = Höchste Punkte
assignments-levels-missing = Schreib mindestens eine Stufe mit ihren Punkten.
assignments-move-up = Nach oben
assignments-save-and-add = Speichern und noch eines hinzufügen
assignments-rubric-saved = Raster gespeichert.
assignments-rubric-deleted = Raster gelöscht. Was damit bewertet wurde, bleibt.

# Bewerten.
assignments-marking = Bewertung
assignments-begin-marking = Mit dem Bewerten beginnen
assignments-similarity = Ähnlichkeit
assignments-download-all = Alles herunterladen
assignments-names-hidden-text = Namen sind verborgen. Noten kommen ins Notenbuch, sobald du sie zeigst.
assignments-show-names = Namen zeigen
assignments-show-names-question = Namen allen Bewertenden zeigen? Das lässt sich nicht rückgängig machen. Alle Bewertungen gehen ins Notenbuch.
assignments-names-are-shown = Die Namen sind sichtbar, und die Bewertungen stehen im Notenbuch.
assignments-which = Welche Lernenden
assignments-only-waiting = Zu bewerten
assignments-only-all = Alle
assignments-only-out = Nicht abgegeben
assignments-only-marked = Bewertet
assignments-queue-empty = Hier ist niemand
assignments-queue-empty-text = Wähle oben eine andere Gruppe.
assignments-learner = Person
assignments-state = Stand
assignments-is-marked = Bewertet
assignments-handed-in-again = Erneut abgegeben
assignments-is-late = Zu bewerten, verspätet
assignments-to-mark = Zu bewerten
assignments-marks-begun = Bewertung begonnen
assignments-person-before = Vorige
assignments-person-after = Nächste
assignments-the-work = Die Arbeit
assignments-handed-in-on = Abgegeben { $time }
assignments-nothing-handed-in = Es wurde nichts abgegeben.
assignments-download = Herunterladen
assignments-marks = Bewertung
assignments-is-excused = Diese Person ist befreit: Es zählt keine Note.
assignments-newer-marks = Jemand anderes hat inzwischen eine andere Bewertung gespeichert. Vergleiche beide und speichere dann noch einmal.
assignments-newer-marks-text = Diese Bewertung hat jemand anderes gespeichert, seit du die Seite geöffnet hast. Deine steht unten im Formular. Wenn du jetzt speicherst, ersetzt sie diese:
assignments-not-chosen = Noch nicht gewählt
assignments-comment-beside = Anmerkung
assignments-points-of = Punkte (von { $possible })
assignments-points-by-rubric = Leer lassen, um die Summe der Kriterien zu nehmen.
assignments-more-on-purpose = Absichtlich mehr als das Höchste geben
assignments-at-most-points = Höchstens { $most } Punkte.
assignments-more-than-most = Das ist mehr als { $most }, das Höchste. Berichtige es, oder sag unten, dass du es so meinst.
assignments-points-missing = Gib Punkte, oder wähle bei jedem Kriterium etwas.
assignments-kept-comments = Kommentare zum Wiederverwenden
assignments-choose = Wählen
assignments-put-in = In den Kommentar einfügen
assignments-keep-comment = Diesen Kommentar behalten
assignments-give = Note geben
assignments-save-marks = Bewertung speichern
assignments-marks-given = Diese Bewertung ist gegeben.
assignments-given = Bewertet: { $name }.
assignments-keys = Tasten: n nächste, p vorige, c Kommentar, Strg und Eingabe gibt die Note.
assignments-more-for-person = Für diese Person
assignments-give-attempt = Noch einen Versuch geben
assignments-extra-attempts =
    { $count ->
        [one] { $count } zusätzlich gegeben
       *[other] { $count } zusätzlich gegeben
    }
assignments-attempt-given = { $name } hat einen Versuch mehr.
assignments-excuse = Befreien
assignments-take-back-excuse = Befreiung zurücknehmen
assignments-hand-in-for = Für diese Person abgeben
assignments-hand-in-for-name = Für { $name } abgeben
assignments-hand-in-for-lead = Für Arbeiten, die auf Papier, mit der Post oder auf einem Stick kamen. Es zählt als einer ihrer Versuche.
assignments-is-in-for = Für { $name } abgegeben.
assignments-at-in-future = Dieser Zeitpunkt ist noch nicht gekommen.

# Ähnlichkeit.
assignments-similarity-lead = Folgen von fünf Wörtern, die zwei Arbeiten gemeinsam haben, ohne die der Aufgabe. Sie sagen, wo man hinsehen sollte, nicht, dass jemand abgeschrieben hat: Auch Zitate gleichen sich.
assignments-compared =
    { $count ->
        [one] { $count } Arbeit wurde verglichen.
       *[other] { $count } Arbeiten wurden verglichen.
    }
assignments-left-out =
    { $count ->
        [one] { $count } blieb außen vor: Zusammen sind sie zu lang.
       *[other] { $count } blieben außen vor: Zusammen sind sie zu lang.
    }
assignments-nothing-similar = Nichts fällt auf
assignments-nothing-similar-text = Keine zwei Arbeiten haben ein Zehntel ihres Textes gemeinsam. Verglichen werden Texte und reine Textdateien, andere Dateien nicht.
assignments-two-works = Arbeiten
assignments-both = { $one } und { $other }
assignments-in-common = Gemeinsam
assignments-shared-runs = Folgen
assignments-side-by-side = Nebeneinander

# Über alle Kurse.
assignments-to-mark-title = Zu bewerten
assignments-nothing-waits = Nichts wartet
assignments-nothing-waits-text = Was Lernende abgeben, erscheint hier, das Älteste zuerst.
assignments-waits-since = seit { $time }
assignments-waiting =
    { $count ->
        [one] { $count } wartet
       *[other] { $count } warten
    }

# Rückmeldungen von Mitlernenden.
assignments-peer-reviews = Arbeiten anderer, die jede Person begutachtet
assignments-peer-reviews-hint = 0: keine. Wer abgegeben hat, bekommt Arbeiten anderer ohne Namen und erfährt, was andere sagen, sobald die eigenen Gutachten fertig sind. Gutachten zählen nicht für die Note; du siehst sie beim Bewerten.
assignments-to-reviews = Gutachten
assignments-reviews-done = { $done } von { $asked } Gutachten fertig
assignments-reviews-lead = Lies, was andere geschrieben haben, und sag ihnen, was gelungen ist und was besser werden kann. Ihr erfahrt nicht, wer die anderen sind.
assignments-reviews-own = Deine Gutachten
assignments-review-number = Gutachten { $number }
assignments-review-is-done = Fertig
assignments-review-is-begun = Begonnen
assignments-reviews-next = Eine Arbeit zum Begutachten holen
assignments-reviews-enough = Du hast alle deine Gutachten fertig. Danke.
assignments-reviews-hand-in-first = Gib zuerst deine eigene Arbeit ab.
assignments-reviews-nobody-yet = Es gibt noch keine Arbeit zu begutachten. Komm wieder, wenn andere abgegeben haben.
assignments-reviews-of-yours = Was andere zu deiner Arbeit sagen
assignments-reviews-wait = Du siehst es hier, sobald deine eigenen Gutachten fertig sind.
assignments-reviews-none-yet = Noch niemand hat sie begutachtet.
assignments-review = Dein Gutachten
assignments-review-comment = Was ist gelungen, und was kann besser werden?
assignments-review-give = Gutachten geben
assignments-review-question = Dieses Gutachten geben? Danach kannst du es nicht mehr ändern.
assignments-review-given = Gutachten gegeben. Danke.
assignments-review-was-given = Du hast dieses Gutachten gegeben.
assignments-review-rubric-missing = Wähle zuerst bei jedem Kriterium etwas.
assignments-review-sum = Die Kriterien ergeben { $most } Punkte.
assignments-review-report = Mit dieser Arbeit stimmt etwas nicht
assignments-review-report-words = Was stimmt nicht? Nur Lehrende lesen es.
assignments-review-report-send = Den Lehrenden sagen
assignments-review-reported = Die Lehrenden wissen Bescheid.
assignments-reviews-received =
    { $count ->
        [one] { $count } Gutachten von Mitlernenden
       *[other] { $count } Gutachten von Mitlernenden
    }
assignments-reviews-median = die Mitte: { $points } Punkte
assignments-was-reported = Jemand, der begutachtet, sagt, dass etwas nicht stimmt:
