today-title = Today
today-morning = Good morning, { $name }
today-afternoon = Good afternoon, { $name }
today-evening = Good evening, { $name }
today-continue = Continue
today-due = Due { $date }
today-was-due = Was due { $date }
today-about-minutes = about { $span }
today-why = Why this first?
today-why-late = It should have been done already, and nothing else has waited longer.
today-why-due = Of everything that is open to you, it is due soonest.
today-why-furthest = Nothing is due. This is the next step in the course in which you have come furthest.
today-why-first = Nothing is due and nothing has begun. This is a first step.
today-this-week = This week
today-came = Came to you
today-new = New
today-invited = You are invited. Look at it and accept, or leave it.
today-waiting = You are on the waiting list. The place is yours as soon as one is free.
today-requested = You asked to take part. Somebody will answer.
today-not-open = You are enrolled. It is not open yet.
today-you-teach = You teach
today-learners = { $count ->
    [0] no learners yet
    [one] one learner
   *[other] { $count } learners
}
today-here = { $count ->
    [0] nobody here this week
    [one] one here this week
   *[other] { $count } here this week
}
today-not-begun = { $count ->
    [one] one has not begun
   *[other] { $count } have not begun
}
today-wait = { $count ->
    [one] one waits
   *[other] { $count } wait
}
today-to-mark = { $count ->
    [one] one to mark
   *[other] { $count } to mark
}
today-draft = Draft
today-progress = Progress
today-new-course = New course
today-new-course-text = Begin with a title and an empty outline.
today-you-run = You run this place
today-add-people = Add people from a list
today-add-people-text = A CSV file; you see what would happen before it does.
today-import = Import a course
today-import-text = A package from Canvas, Moodle, Blackboard or another system.
today-your-courses = Your courses
today-all = All
today-done = Done
today-steps = { $done } of { $total } steps.
today-next = Next: { $title }
today-complete = Everything is done.
today-nothing-yet = Nothing to do yet.
today-all-done = Everything is done
today-all-done-text = There is no open step in any of your courses. Something new, perhaps?
today-no-courses = You are in no course yet
today-no-courses-text = Find one that you like, or wait until somebody enrols you.
today-browse = Browse the catalogue
today-find = Find a course
today-find-text = What is taught here, and what you can join right away.
