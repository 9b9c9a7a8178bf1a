# Wie diese Sprache Zahlen und Daten schreibt. `format-group`: `,`, `.` oder `space`; `format-decimal`: `.` oder `,`.
format-group = .
format-decimal = ,
format-percent = { $number }{"\u00A0"}%

weekday-1 = Montag
weekday-2 = Dienstag
weekday-3 = Mittwoch
weekday-4 = Donnerstag
weekday-5 = Freitag
weekday-6 = Samstag
weekday-7 = Sonntag
weekday-short-1 = Mo
weekday-short-2 = Di
weekday-short-3 = Mi
weekday-short-4 = Do
weekday-short-5 = Fr
weekday-short-6 = Sa
weekday-short-7 = So
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember
month-short-1 = Jan.
month-short-2 = Feb.
month-short-3 = März
month-short-4 = Apr.
month-short-5 = Mai
month-short-6 = Juni
month-short-7 = Juli
month-short-8 = Aug.
month-short-9 = Sept.
month-short-10 = Okt.
month-short-11 = Nov.
month-short-12 = Dez.

date-long = { $weekday }, { $day }. { $month } { $year }
date-short = { $day }. { $month }
date-short-year = { $day }. { $month } { $year }
date-and-time = { $date }, { $time }
time-clock = { $hour }:{ $minute }

when-now = jetzt
when-minutes-ahead = { $count ->
    [one] in { $count } Minute
   *[other] in { $count } Minuten
}
when-minutes-ago = { $count ->
    [one] vor { $count } Minute
   *[other] vor { $count } Minuten
}
when-today = heute { $time }
when-tomorrow = morgen { $time }
when-yesterday = gestern { $time }
when-weekday = { $weekday } { $time }
when-days-ahead = { $count ->
    [one] in { $count } Tag
   *[other] in { $count } Tagen
}
when-days-ago = { $count ->
    [one] vor { $count } Tag
   *[other] vor { $count } Tagen
}
when-elsewhere = { $time } in { $zone }
span-minutes = { $count } Min.
span-hours = { $count } Std.
span-hours-minutes = { $hours } Std. { $minutes } Min.

# Fehlerseiten: ein Titel, was geschehen ist, und wie es weitergeht.
error-title-bad-request = Diese Anfrage ist nicht zu verstehen
error-title-sign-in = Bitte melde dich an
error-title-forbidden = Das darfst du nicht
error-title-not-found = Hier ist nichts
error-title-conflict = Das passt nicht zu dem, was da ist
error-title-too-large = Das ist zu groß
error-title-invalid = Etwas stimmt noch nicht
error-title-too-often = Einen Moment bitte
error-title-internal = Bei uns ist etwas kaputtgegangen
error-title-busy = Gerade ist viel los
error-bad-request = In der Adresse oder im Formular steht etwas, das diese Seite nicht lesen kann. Geh zurück und versuche es noch einmal.
error-sign-in = Diese Seite ist für angemeldete Personen.
error-forbidden = Deine Rolle umfasst das hier nicht. Wer den Kurs oder die Einrichtung leitet, kann das ändern.
error-not-found = Die Seite ist vielleicht umgezogen oder nicht mit dir geteilt. Prüfe die Adresse oder beginne auf deiner eigenen Seite.
error-conflict = Vielleicht hat jemand inzwischen etwas geändert. Geh zurück, lade die Seite neu und versuche es noch einmal.
error-method = Diese Adresse gibt es, aber nicht für das, was von ihr verlangt wurde.
error-media-type = Was gesendet wurde, ist von einer Art, die diese Seite nicht annimmt.
error-too-large = Hier kann man höchstens { $limit } MB senden. Es wurde nichts gespeichert.
error-too-large-plain = Es wurde mehr gesendet, als diese Seite annimmt. Es wurde nichts gespeichert.
error-too-often = Das wurde in kurzer Zeit zu oft versucht. Warte ein wenig und versuche es noch einmal.
error-internal = Es wurde festgehalten, und nichts ist halb gespeichert. Versuche es noch einmal; geschieht es wieder, gib die Nummer unten denen, die diesen Server betreiben.
error-busy = Es wird mehr verlangt, als sich auf einmal beantworten lässt. Es wurde nichts gespeichert. Versuche es in ein paar Sekunden noch einmal.
error-timeout = Das hat länger gedauert als erlaubt. Vielleicht wurde es trotzdem erledigt: Sieh nach, bevor du es noch einmal versuchst.
error-cross-site = Das Formular kam von einer anderen Website und wurde darum nicht angenommen. Öffne die Seite hier und sende es noch einmal.
error-upload-broken = Das Hochladen ist abgebrochen. Es wurde nichts gespeichert. Sende es noch einmal.
error-upload-files = Man kann höchstens { $count } Dateien auf einmal senden. Es wurde nichts gespeichert.
error-go-home = Zu deiner Seite
error-go-sign-in = Anmelden

error-list-title = Was Fehler bedeuten
error-list-intro = Ein Programm, das von diesem Server etwas verlangt und abgewiesen wird, erhält einen dieser Codes.

# Was in einem Feld nicht stimmt.
field-required = Bitte fülle dieses Feld aus.
field-too-long = { $count ->
    [one] Höchstens { $count } Zeichen.
   *[other] Höchstens { $count } Zeichen.
}
field-too-short = { $count ->
    [one] Mindestens { $count } Zeichen.
   *[other] Mindestens { $count } Zeichen.
}
field-integer = Bitte gib eine ganze Zahl an, etwa 12.
field-decimal = Bitte gib eine Zahl an, etwa 7,5.
field-at-least = Bitte { $least } oder mehr.
field-at-most = Bitte { $most } oder weniger.
field-email = Das ist keine E-Mail-Adresse. Sie sollte aussehen wie name@example.org.
field-url = Das ist keine Webadresse. Sie sollte aussehen wie https://example.org.
field-date = Bitte gib ein Datum an.
field-date-time = Bitte gib ein Datum und eine Uhrzeit an.
field-date-gap = Diese Uhrzeit überspringt die Uhr an dem Tag. Bitte wähle eine eine Stunde später.
field-choice = Bitte wähle eine der Möglichkeiten.
field-unreadable = Darin stehen Zeichen, die sich nicht speichern lassen. Bitte schreibe es neu.
