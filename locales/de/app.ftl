app-today = Heute
app-courses = Kurse
app-copy-outline = Module, Einträge und ihr Inhalt
app-copy-grades = Wie er bewertet: Regeln, Kategorien und Spalten, ohne Noten
app-permission-jobs = Aufträge sehen und gescheiterte neu starten

jobs-title = Aufträge
jobs-card = Was neben den Seiten läuft: Mails, Importe, Aufräumen. Gescheitertes neu starten.
jobs-lead = Was diese Installation neben den Seiten tut. Ein gescheiterter Auftrag behält seinen Fehler und kann neu gestartet werden.
jobs-state = Stand
jobs-what = Auftrag
jobs-when = Erteilt
jobs-actions = Aktionen
jobs-all = Alle
jobs-waiting = Wartend
jobs-running = Laufend
jobs-done = Erledigt
jobs-failed = Gescheitert
jobs-cancelled = Angehalten
jobs-attempts = { $count ->
    [one] einmal versucht
   *[other] { $count }-mal versucht
}
jobs-progress = Fortschritt
jobs-none = Keine Aufträge
jobs-none-text = Sobald etwas neben den Seiten läuft, steht es hier.
jobs-kind-link = E-Mail mit einem Link
jobs-kind-notice = E-Mail über eine Änderung
jobs-kind-people = Personen aus einer Liste
jobs-kind-sessions = Alte Sitzungen und Links werden vergessen
jobs-kind-places = Freie Plätze gehen an Wartende
jobs-kind-package = Ein Kurs aus einem Paket
jobs-kind-attempts = Quiz-Versuche nach Ablauf der Zeit werden geschlossen
jobs-kind-settle = Die Noten eines Tests folgen seinen neuen Punkten
jobs-kind-jobs = Alte Aufträge werden vergessen
jobs-retry = Neu starten
jobs-cancel = Anhalten
jobs-older = Ältere Aufträge
jobs-put-in-again = Der Auftrag läuft gleich noch einmal.
jobs-not-retried = Dieser Auftrag ist nicht gescheitert und wurde nicht neu gestartet.
jobs-stopped = Der Auftrag ist angehalten.
jobs-not-stopped = Dieser Auftrag ist schon zu Ende.
jobs-readers = Leser des Ereignisprotokolls
jobs-faults = { $count ->
    [one] ein Fehler
   *[other] { $count } Fehler
}
jobs-up-to-date = läuft

outbox-title = Postausgang
outbox-lead = Dies ist ein Entwicklungsserver: Mails werden hier aufbewahrt statt verschickt.
outbox-none = Noch keine Mails
outbox-none-text = Lade jemanden ein oder fordere ein neues Passwort an; die Mail steht gleich darauf hier.
outbox-to = An { $to }
