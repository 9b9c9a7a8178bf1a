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
