# Was man liest und ansieht.
materials-page = Seite
materials-video = Video
materials-file = Datei
materials-link = Link
materials-heading = Überschrift
materials-page-empty = Hier wurde noch nichts geschrieben.
materials-link-empty = Es wurde noch keine Adresse angegeben.
materials-file-empty = Es wurde noch keine Datei ausgewählt.
materials-video-empty = Es wurde noch kein Video ausgewählt.
materials-link-leads = Dieser Schritt führt aus dem Kurs hinaus, zu { $host }.
materials-link-open = In neuem Tab öffnen
materials-link-url = Adresse
materials-link-wrong = Gib eine Adresse an, die mit https:// oder http:// beginnt.
materials-download = Herunterladen
materials-open-pdf = PDF öffnen
materials-speed = Tempo
materials-transcript = Transkript
materials-text = Text
materials-save = Speichern
materials-saved = Gespeichert.
materials-draft = Das ist dein Entwurf. Lesende sehen noch die Fassung davor.
materials-draft-drop = Entwurf verwerfen
materials-is-html = Diese Seite kam aus einem anderen System und bleibt HTML, weil Markdown etwas verlieren würde.
materials-markdown-hint = Markdown: **fett**, *kursiv*, ## Überschrift, - Liste, > Zitat, $x^2$ für Formeln, > [!TIP] für einen Kasten. Auf eine Seite dieses Kurses verweist [Wörter](page:ihr-titel).
materials-page-too-long = Diese Seite ist zu lang. Teile sie in mehrere.
materials-check = Damit alle es lesen können
materials-check-text = Was jemanden daran hindern würde, diese Seite in der gespeicherten Fassung zu lesen.
materials-versions =
    { $count ->
        [one] 1 Fassung
       *[other] { $count } Fassungen
    }
materials-history = Fassungen
materials-version = Fassung { $number }
materials-words =
    { $count ->
        [one] 1 Wort
       *[other] { $count } Wörter
    }
materials-restore = Diese Fassung zurückholen
materials-restored = Fassung { $number } wurde zurückgeholt.
materials-changed-since = Was sich seitdem geändert hat
materials-as-shown = Wie sie gezeigt wurde
materials-choose-file = Datei dieses Kurses auswählen
materials-from-library = Aus den Dateien dieses Kurses
materials-upload = Datei hochladen
materials-file-now = Jetzt gezeigt: { $name }
materials-no-file = Wähle eine Datei aus oder lade eine hoch.
materials-not-a-video = Diese Datei ist kein Video. MP4 und WebM laufen überall.
materials-file-too-large = Diese Datei ist zu groß. Höchstens 512 MB.
materials-captions = Untertitel
materials-captions-hint = Eine WebVTT-Datei (.vtt). Daraus entsteht das Transkript.
materials-captions-language = Sprache der Untertitel
materials-captions-language-hint = Zum Beispiel en oder de. Leer gelassen sagt es der Name der Datei (clip.de.vtt).
materials-captions-now = Untertitel bisher: { $languages }
materials-captions-unreadable = Diese Datei enthält keine Untertitel in WebVTT.
materials-editor-toolbar = Formatierung
materials-editor-bold = Fett
materials-editor-italic = Kursiv
materials-editor-heading = Überschrift
materials-editor-link = Link
materials-editor-list = Liste
materials-editor-list-ordered = Nummerierte Liste
materials-editor-quote = Zitat
materials-editor-code = Code
materials-editor-table = Tabelle
materials-editor-sigma = Formel
materials-editor-info = Kasten
materials-editor-image = Bild
materials-editor-eye = Vorschau
materials-editor-preview = Vorschau
materials-editor-saving = Speichert…
materials-editor-saved = Entwurf gespeichert
materials-editor-offline = Noch nicht gesendet, auf diesem Gerät aufbewahrt
materials-editor-kept = Auf diesem Gerät liegt neuerer Text.
materials-editor-restore = Verwenden
materials-editor-discard = Verwerfen
materials-editor-uploading = Lädt hoch…
materials-editor-upload-failed = Das Bild ließ sich nicht hochladen.
materials-editor-kept-here = Auf diesem Gerät aufbewahrt
check-no-alt = Ein Bild ohne Beschreibung
check-long-alt = Eine Beschreibung, die so lang ist, dass sie auf die Seite gehört
check-heading-jump = Eine Überschrift, die eine Ebene auslässt
check-empty-heading = Eine Überschrift ohne Wörter
check-vague-link = Ein Link, dessen Wörter nicht sagen, wohin er führt
check-empty-link = Ein Link ohne Wörter
check-table-without-head = Eine Tabelle ohne Kopfzeile
check-no-captions = Ein Video ohne Untertitel
materials-callout-note = Hinweis
materials-callout-tip = Tipp
materials-callout-important = Wichtig
materials-callout-warning = Warnung
materials-callout-caution = Vorsicht
materials-play-here = Hier abspielen
materials-show-here = Hier zeigen
materials-play-note = { $host } erfährt dann, dass du zusiehst. Bleibt es leer, erlaubt jene Seite es nicht: Öffne es in einem neuen Tab.
materials-link-go = Hingehen
materials-opens = Wie er öffnet
materials-opens-hint = Ob eine Seite im Kurs gezeigt werden darf, bestimmt sie selbst.
materials-opens-tab = In einem neuen Tab
materials-opens-here = Im selben Tab: man verlässt den Kurs
materials-opens-frame = Im Kurs, sobald man es verlangt
materials-frame-wrong = Nur eine Adresse, die mit https:// beginnt, kann im Kurs gezeigt werden.
materials-newer = Jemand hat Version { $number } gespeichert, während du geschrieben hast. Dein Text steht unten, nicht verloren und nicht gespeichert. Sieh dir erst die andere Version an, oder speichere noch einmal, um deine darüberzulegen; beide bleiben.
materials-turn = In Markdown umwandeln
materials-turn-safe = Markdown kann alles davon sagen.
materials-turn-loses = Markdown würde etwas vom Aussehen verlieren; die vorige Version bleibt.
materials-turned = Sie ist jetzt in Markdown geschrieben. Die vorige Version ist aufgehoben.
materials-mend-words = Einsetzen
materials-mend-decoration = Es ist Schmuck
materials-mend-heading = Zur Ebene { $level } machen
materials-mend-remove = Herausnehmen
materials-mend-head = Die erste Zeile ist der Kopf
materials-mend-captions = Mach daraus einen eigenen Schritt der Art Video: der hat Untertitel.
check-name-alt = Eine Beschreibung, die nur der Name einer Datei ist
check-no-alt-words = Was das Bild zeigt
check-name-alt-words = Was das Bild zeigt
check-long-alt-words = Eine kürzere Beschreibung
check-vague-link-words = Wohin er führt
check-empty-link-words = Wohin er führt
materials-files = Dateien
materials-files-count =
    { $count ->
        [one] 1 Datei
       *[other] { $count } Dateien
    }
materials-find-file = Datei suchen
materials-find = Suchen
materials-only-unused =
    { $count ->
        [one] Nur was nichts verwendet (1)
       *[other] Nur was nichts verwendet ({ $count })
    }
materials-no-file-found = Keine Datei passt
materials-no-file-found-text = Versuche es mit weniger Wörtern.
materials-no-files = Noch keine Dateien
materials-no-files-text = Bilder, Dokumente und Filme dieses Kurses sammeln sich hier, jede mit den Stellen, die sie verwenden.
materials-name = Name
materials-type = Art
materials-size = Größe
materials-used = Verwendet
materials-since = Seit
materials-locked = Nur für Autoren
materials-unused = Nirgends
materials-places =
    { $count ->
        [one] An 1 Stelle
       *[other] An { $count } Stellen
    }
materials-add-files = Dateien hinzufügen
materials-upload-hint = Mehrere zugleich, je bis 512 MB.
materials-add = Hinzufügen
materials-files-added =
    { $count ->
        [one] 1 Datei wurde hinzugefügt.
       *[other] { $count } Dateien wurden hinzugefügt.
    }
materials-preview = Vorschau
materials-used-in = Wo sie verwendet wird
materials-use-offered = Dort angeboten
materials-use-played = Dort abgespielt
materials-use-captions = Die Untertitel
materials-use-page = Auf der Seite
materials-unused-text = Nichts verwendet sie.
materials-in-a-page = Um sie auf einer Seite zu zeigen, schreibe:
materials-earlier = Frühere Versionen
materials-rename = Umbenennen
materials-rename-hint = Was sie verwendet, verwendet sie weiter.
materials-name-wrong = Ein Name hat keine Schrägstriche.
materials-renamed = Sie heißt jetzt { $name }.
materials-replace = Ersetzen
materials-new-file = Die neue Datei
materials-replace-hint = Alles, was sie verwendet, zeigt die neue; die alte ist aufgehoben.
materials-replaced = { $name } wurde ersetzt. Die vorige ist aufgehoben.
materials-other-sort = Was diese Datei verwendet, könnte keine von anderer Art verwenden. Füge sie als eigene Datei hinzu.
materials-who-opens = Wer sie öffnet
materials-open-text = Alle im Kurs, die ihre Adresse haben.
materials-locked-text = Nur wer den Kurs macht. Auf Seiten fehlt sie für alle anderen.
materials-lock = Nur für Autoren
materials-unlock = Für alle im Kurs
materials-delete = Löschen
materials-delete-safe = Nichts verwendet sie, es geht also nichts kaputt.
materials-delete-breaks =
    { $count ->
        [one] Sie wird an 1 Stelle verwendet, wo sie fehlen würde.
       *[other] Sie wird an { $count } Stellen verwendet, wo sie fehlen würde.
    }
materials-deleted = { $name } wurde gelöscht.
materials-type-pdf = PDF
materials-type-captions = Untertitel
materials-type-picture = Bild
materials-type-sound = Ton
materials-type-video = Video
materials-type-document = Dokument
materials-type-slides = Folien
materials-type-sheet = Tabelle
materials-type-archive = Archiv
materials-type-web = Webseite
materials-type-text = Text
materials-type-other = Datei
