exchange-new = Einen Kurs übernehmen
exchange-new-lead = Gib ein Paket aus Canvas, Moodle, Blackboard, Sakai oder einem anderen System ab. Du siehst, was aus jedem Teil wird, bevor etwas entsteht.
exchange-into = Import und Export
exchange-into-lead = Füge den Inhalt eines Pakets zu diesem Kurs hinzu. Dasselbe Paket noch einmal verdoppelt nichts.
exchange-unit = Wohin der Kurs gehört
exchange-package = Paket
exchange-package-hint = Common Cartridge (.imscc) oder IMS Content Package (.zip), bis 512 MB.
exchange-look = Hineinsehen
exchange-refused = Dieses Paket kann nicht übernommen werden: { $fault }
exchange-untitled = Ohne Titel
exchange-more = Weiteres
exchange-earlier = Frühere Importe
exchange-kept = Für später aufgehoben
exchange-kept-text = Teile, für die es hier noch keinen Platz gibt. Sie werden ganz aufgehoben und gehen beim Export wieder mit.
exchange-out = Den Kurs mitnehmen
exchange-out-text = Als Common Cartridge 1.3, das Canvas, Moodle und andere lesen.
exchange-download = Kurs herunterladen
exchange-state-looked = Angesehen
exchange-state-running = Läuft
exchange-state-done = Fertig
exchange-state-failed = Gescheitert
exchange-would = Das würde geschehen
exchange-would-text = Noch ist nichts entstanden. Unten steht, was aus jedem Teil des Pakets wird.
exchange-start = Importieren
exchange-other = Ein anderes Paket
exchange-running = Das Paket wird übernommen
exchange-running-text = Du kannst diese Seite verlassen; es geht ohne dich weiter.
exchange-progress = Fortschritt
exchange-failed = Es konnte nicht übernommen werden
exchange-again = Noch einmal
exchange-done = Es ist fertig
exchange-done-text = Niemand sonst sieht den Kurs, bevor du ihn veröffentlichst.
exchange-to-course = Zum Kurs
exchange-preview = Ansehen wie Lernende
exchange-not-again = Dieser Import läuft schon oder ist fertig.
exchange-report = Teil für Teil
exchange-part = Teil
exchange-kind = Art
exchange-fate = Was daraus wird
exchange-taken = Übernommen
exchange-changed = Geändert
exchange-same = Schon da
exchange-left = Übrig
exchange-findings = { $count ->
    [one] Eine Bemerkung zum Paket
   *[other] { $count } Bemerkungen zum Paket
}
exchange-and-more = { $count ->
    [one] Und eines mehr.
   *[other] Und { $count } weitere.
}
exchange-kind-course = Kurs
exchange-kind-settings = Einstellungen
exchange-kind-syllabus = Kursbeschreibung
exchange-kind-module = Modul
exchange-kind-heading = Überschrift
exchange-kind-page = Seite
exchange-kind-link = Link
exchange-kind-file = Datei
exchange-kind-video = Video
exchange-kind-quiz = Quiz
exchange-kind-question-bank = Fragensammlung
exchange-kind-assignment = Aufgabe
exchange-kind-discussion = Diskussion
exchange-kind-announcement = Ankündigung
exchange-kind-tool = Werkzeug
exchange-kind-other = Anderes
exchange-note-kept = Für später aufgehoben: Dafür gibt es hier noch keinen Platz.
exchange-note-as-page = Ihr Text wurde eine Seite; die Aufgabe selbst ist für später aufgehoben.
exchange-note-html = Sie bleibt HTML, weil Markdown etwas verlieren würde.
exchange-note-removed = Entfernt: { $about }.
exchange-note-link-left = Ein Link führt zu „{ $about }“, das für später aufgehoben ist.
exchange-note-link-broken = Ein Link führt zu nichts im Paket: { $about }.
exchange-note-unknown = Von einer Art, die hier nicht bekannt ist: { $about }.
exchange-note-missing = Die Datei fehlt im Paket.
exchange-note-unsafe-address = Die Adresse kann nicht verlinkt werden: { $about }.
exchange-note-unused = Nichts im Paket verwendet es.
exchange-note-edited = Es wurde hier seither geändert; dein Text bleibt.
exchange-note-taken-out = Jemand hat es aus dem Kurs genommen.
exchange-note-updated = Es hat eine neue Version; die vorige ist aufgehoben.
exchange-note-outside = Es stand in keinem Modul.
exchange-note-too-many = Ein Kurs kann 3.000 Einträge haben; dieser ist einer zu viel.
exchange-start-module = Zum Anfang
exchange-file-missing = Der Inhalt von { $name } fehlt, deshalb kann der Kurs nicht geschrieben werden. Ersetze die Datei oder stelle sie aus einer Sicherung wieder her.
exchange-note-alternative = Eine andere Form davon wurde übernommen: { $about }. Diese ist aufgehoben.
exchange-note-as-syllabus = Sie wurde die Beschreibung des Kurses, unter „Über den Kurs“.
exchange-note-describes-nothing = Es beschreibt etwas, das nicht im Paket ist. Es ist aufgehoben.
exchange-note-empty = Es steht nichts darin.
exchange-note-file-dates = Sie war nur eine Zeit lang offen; öffne sie selbst, wenn es wieder so weit ist.
exchange-note-file-locked = Nur wer den Kurs macht, kann sie öffnen, wie zuvor.
exchange-note-frames-elsewhere = { $about ->
    [1] Ein Rahmen einer anderen Seite wurde ein Link dorthin; einen Film kann man auf der Seite abspielen.
   *[other] { $about } Rahmen anderer Seiten wurden Links dorthin; Filme kann man auf der Seite abspielen.
}
exchange-note-front = Es war die erste Seite des Kurses.
exchange-note-image = Das Bild des Kurses liegt bei seinen Dateien; ein Kurs hat hier eine Farbe.
exchange-note-indent = Es stand weiter eingerückt, als Zeilen es hier können.
exchange-note-instructors = Es ist nur für Lehrende, und ein Entwurf.
exchange-note-kept-settings = Bewertungsraster, Gruppen, Lernziele und andere Einstellungen sind für später aufgehoben.
exchange-note-launches = Es wird gestartet unter { $about }.
exchange-note-made-file = Es stand im Text selbst und wurde eine Datei.
exchange-note-mark-instead = Es verlangte mehr als das Ansehen; hier sagt man, dass es erledigt ist.
exchange-note-module-empty = Alles darin ist für später aufgehoben, deshalb ist es leer.
exchange-note-own-settings = Der Kurs behält seine eigenen Einstellungen.
exchange-note-pictures-elsewhere = { $about ->
    [1] Ein Bild auf einer anderen Seite wurde ein Link dorthin, damit jene Seite nicht erfährt, wer liest.
   *[other] { $about } Bilder auf anderen Seiten wurden Links dorthin, damit jene Seiten nicht erfahren, wer liest.
}
exchange-note-scheduled = Es öffnet zu seiner Zeit.
exchange-note-settings = Titel, Kurzname, Daten, Sprache, Lizenz und Beschreibung.
exchange-note-settings-left = Keine Einstellung gibt es hier für: { $about }. Sie sind aufgehoben.
exchange-note-styles = Stile und Skripte von Seiten bleiben zurück.
