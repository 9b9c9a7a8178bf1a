# Wörter des Rahmens und der Bausteine.
ui-skip = Zum Inhalt springen
ui-nav = Hauptmenü
ui-my-account = Mein Konto
ui-sign-out = Abmelden
ui-undo = Rückgängig
ui-close = Schließen
ui-cancel = Abbrechen
ui-confirm = Ja, weiter
ui-optional = freiwillig
ui-in-zone = In der Zeitzone { $zone }.
ui-drop-here = Datei hierher ziehen oder auswählen
ui-mistakes = Hier stimmt etwas noch nicht. Jede Stelle ist unten markiert.
ui-to-start = Zur Startseite
ui-request-id = Wenn du Hilfe brauchst, nenne diese Nummer:
