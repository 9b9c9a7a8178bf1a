today-title = Heute
today-morning = Guten Morgen, { $name }
today-afternoon = Guten Tag, { $name }
today-evening = Guten Abend, { $name }
today-continue = Weiter
today-due = Fällig { $date }
today-was-due = War fällig { $date }
today-about-minutes = etwa { $span }
today-why = Warum dies zuerst?
today-why-late = Es sollte schon erledigt sein, und nichts anderes wartet länger.
today-why-due = Von allem, was dir offensteht, ist es am ehesten fällig.
today-why-furthest = Nichts ist fällig. Dies ist der nächste Schritt in dem Kurs, in dem du am weitesten bist.
today-why-first = Nichts ist fällig und nichts begonnen. Dies ist ein erster Schritt.
today-this-week = Diese Woche
today-came = Für dich gekommen
today-new = Neu
today-invited = Du bist eingeladen. Sieh es dir an und sag zu, oder lass es.
today-waiting = Du stehst auf der Warteliste. Sobald ein Platz frei wird, ist er deiner.
today-requested = Du hast um Teilnahme gebeten. Jemand wird antworten.
today-not-open = Du bist eingeschrieben. Der Kurs ist noch nicht offen.
today-you-teach = Du unterrichtest
today-learners = { $count ->
    [0] noch keine Lernenden
    [one] eine Lernende oder ein Lernender
   *[other] { $count } Lernende
}
today-here = { $count ->
    [0] diese Woche niemand hier
    [one] eine Person diese Woche hier
   *[other] { $count } diese Woche hier
}
today-not-begun = { $count ->
    [one] eine Person hat nicht begonnen
   *[other] { $count } haben nicht begonnen
}
today-wait = { $count ->
    [one] eine Person wartet
   *[other] { $count } warten
}
today-to-mark = { $count ->
    [one] eine Arbeit zu bewerten
   *[other] { $count } Arbeiten zu bewerten
}
today-draft = Entwurf
today-progress = Fortschritt
today-new-course = Neuer Kurs
today-new-course-text = Mit einem Titel und einer leeren Gliederung beginnen.
today-you-run = Du leitest diesen Ort
today-add-people = Personen aus einer Liste hinzufügen
today-add-people-text = Eine CSV-Datei; du siehst vorher, was geschehen würde.
today-import = Einen Kurs übernehmen
today-import-text = Ein Paket aus Canvas, Moodle, Blackboard oder einem anderen System.
today-your-courses = Deine Kurse
today-all = Alle
today-done = Erledigt
today-steps = { $done } von { $total } Schritten.
today-next = Weiter: { $title }
today-complete = Alles ist erledigt.
today-nothing-yet = Noch nichts zu tun.
today-all-done = Alles ist erledigt
today-all-done-text = In keinem deiner Kurse ist ein Schritt offen. Vielleicht etwas Neues?
today-no-courses = Du bist noch in keinem Kurs
today-no-courses-text = Finde einen, der dir gefällt, oder warte, bis dich jemand einschreibt.
today-browse = Zum Kursverzeichnis
today-find = Einen Kurs finden
today-find-text = Was hier unterrichtet wird und wo du gleich mitmachen kannst.
