# The gradebook of a course.
permission-grades-edit = Give grades and set how they are made
permission-grades-view = See everybody's grades
# A learner's grades.
grades-title = Grades
grades-mine = My grades
grades-gradebook = Gradebook
grades-where = You are here
grades-history = History
grades-class = How the class did
grades-class-lead = Told of work that has at least { $count } grades.
grades-none = Nothing is graded here yet
grades-none-text = Work that gets a grade stands here, with its points and what they come to.
grades-totals = Totals
grades-current = So far
grades-current-hint = Of what is graded. What has no grade does not count.
grades-final = As if the course ended now
grades-final-hint = What has no grade counts as nothing.
grades-nothing-counts = No grade yet
grades-would-be = would be
grades-how-made = How is this made?
grades-why = Why these points?
grades-all = All work
grades-no-group = Without a group
grades-weight-of-total = { $weight } of the total
grades-work = Work
grades-due = Due
grades-no-date = No date
grades-own-date = by an exception
grades-state = State
grades-points = Points
grades-possible = Out of
grades-graded = Graded
grades-not-posted = Not posted
grades-of = { $score } of { $possible }
grades-out-of = out of { $possible }
grades-with-letter = { $percent } ({ $letter })
grades-excused = Excused
grades-missing = Not handed in
grades-pending = Being marked
grades-handed-in = Handed in
grades-handed-in-late = Handed in late
grades-late = Late
grades-not-yet = Not yet
grades-extra = These points come on top: they add to what was reached, not to what was possible.
grades-by-missing-rule = Missing work loses { $percent } of its points.
grades-fate-counted = counts
grades-fate-zero = no grade, counts as nothing
grades-fate-lowest = dropped as one of the lowest
grades-fate-highest = dropped as one of the highest
grades-fate-excused = excused, does not count
grades-fate-left-out = does not count for the total
grades-fate-not-graded = not graded yet, does not count
grades-fate-pending = being marked, does not count yet
grades-fate-not-posted = not posted yet, does not count
grades-fate-not-submitted = not handed in before the course ended, does not count
grades-extra-points = { $points } extra
grades-late-how = { $late } late: { $intervals } × { $percent } of { $possible } = { $taken } points off.
grades-late-limit = No more is taken below { $lowest }: { $taken } points off.
grades-late-left = { $raw } − { $taken } = { $score }.
grades-hours-begun =
    { $count ->
        [one] 1 hour begun
       *[other] { $count } hours begun
    }
grades-days-begun =
    { $count ->
        [one] 1 day begun
       *[other] { $count } days begun
    }
grades-step-share = { $sums } points = { $share }
grades-step-empty = Nothing counts here yet: the weight of this group is shared out among the others.
grades-step-shared-out = Its weight of { $weight } becomes { $counts }, since the weights of groups that are still empty are shared out.
grades-step-part = { $share } × { $counts } = { $part }
grades-step-sum = { $parts } = { $total }
grades-step-heap = { $sums } points = { $total }
grades-step-nothing = Nothing counts yet.
grades-step-rounded = Rounded once, to two places: { $percent }
grades-step-letter = { $letter }: from { $from } on
grades-trying = These are not your grades: you are trying something out. Nothing is kept.
grades-back-to-mine = Back to my grades
grades-what-if = What if?
grades-what-if-text = Type points that you hope for, and see what the totals would be. Nothing is kept.
grades-try = Try it
grades-rules = How grades are made here
grades-rule-heap = All points count alike: the total is what was reached of what was possible.
grades-rule-weight = { $group } { $weight }
grades-rule-weights = Groups have weights: { $weights }. A group in which nothing counts yet gives its weight to the others.
grades-rule-beyond = The weights come to { $sum }: what is beyond 100% is extra.
grades-rule-ungrouped = In no group, and so not counted: { $titles }.
grades-rule-drop-lowest =
    { $count ->
        [one] In “{ $group }” the lowest grade is dropped: the one without which the group has most.
       *[other] In “{ $group }” the lowest { $count } grades are dropped: those without which the group has most.
    }
grades-rule-drop-highest =
    { $count ->
        [one] In “{ $group }” the highest grade is dropped.
       *[other] In “{ $group }” the highest { $count } grades are dropped.
    }
grades-rule-late-free = Being late costs no points.
grades-rule-late-hour = Late work loses { $percent } of the points possible for each hour begun.
grades-rule-late-day = Late work loses { $percent } of the points possible for each day begun.
grades-rule-grace = The first { $span } do not count.
grades-rule-lowest = Being late takes nobody below { $percent }.
grades-rule-missing = Work that is not handed in loses { $percent } of its points.
grades-rule-letter = { $letter } from { $from }
grades-rule-letters = Letters: { $letters }.
grades-rule-automatic = Grades are seen as soon as they are given.
grades-rule-by-hand = Grades are seen once they are posted.
grades-posts-automatic = As soon as they are given
grades-posts-by-hand = Once somebody posts them
grades-count = Grades
grades-lowest = Lowest
grades-median = Median
grades-mean = Mean
grades-highest = Highest
grades-too-few = Too few grades to tell
grades-not-a-number = Please give a number, such as 7.5.
grades-too-fine = Please give at most four places.
grades-too-large = Please give at most a million.
# The table of grades.
grades-list = Lists
grades-finals = Final grades
grades-settings = Settings
grades-settings-of = Settings of { $title }
grades-find = Find somebody
grades-section = Section
grades-any-section = All sections
grades-show = Show
grades-name = Name
grades-draft = draft
grades-sum-of = { $title }, so far
grades-concluded = has ended the course
grades-people =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
grades-pages = Pages
grades-previous = Previous
grades-further = Next
grades-nobody-found = Nobody fits
grades-nobody-found-text = Look for a part of a name, or in another section.
grades-nobody = Nobody takes this course yet
grades-nobody-text = Those who are enrolled as learners stand here.
grades-no-columns = Nothing is graded yet
grades-no-columns-text = Add graded work to the outline. What is done elsewhere gets a column in the settings.
grades-keys = Arrows move, typing edits, Enter keeps, Escape leaves; Enter on a cell opens it. “ex” excuses, “mi” marks as missing, “80%” is worked out.
grades-legend = Slanted grades are not posted. Totals here count them.
grades-saving = Saving…
grades-lost = Not saved: the server did not answer. Please try again.
grades-cell-excused = exc.
grades-cell-missing = none
grades-cell-handed-in = new
grades-grade = Grade
grades-to-work = To the work
grades-nothing = nothing
grades-value-hint = Out of { $possible }. “ex” excuses, “mi” marks as missing, “80%” is worked out. Empty takes the grade away.
grades-waive = Take nothing off for being late
grades-waive-hint = The work loses no points although it came late.
grades-save = Save
grades-excuse = Excuse
grades-mark-missing = Mark as missing
grades-clear = Take the grade away
grades-saved-for = Saved: “{ $title }” for { $name }.
grades-saved-cell = Saved for { $name }.
grades-conflict = Somebody changed this grade meanwhile: it is { $grade } now. Nothing was overwritten. Save again if yours is to count.
# What became of grades.
grades-no-changes = No changes yet.
grades-when = When
grades-before = Before
grades-after = After
grades-by = By
grades-source = From
grades-and-waived = { $grade }, lateness waived
grades-source-marker = marking
grades-source-quiz = a quiz
grades-source-import = a list
grades-source-override = the gradebook
grades-history-all = The whole course
grades-no-changes-text = Each grade that is given or changed leaves a line here.
grades-learner = Learner
# Settings.
grades-settings-title = How this course grades
grades-settings-saved = Saved. All totals follow at once.
grades-rules-lead = Learners read this beside their grades. It is made from the settings below.
grades-policy = Rules
grades-weighting = What counts how much
grades-weighting-heap = All points count alike
grades-weighting-weights = Groups have weights
grades-late-on = Late work loses points
grades-late-percent = How much
grades-late-percent-hint = In percent of the points possible.
grades-late-interval = For each
grades-each-day = day begun
grades-each-hour = hour begun
grades-late-grace = Minutes that do not count
grades-late-lowest = Not below
grades-late-lowest-hint = In percent of the points possible.
grades-missing-off = Missing work loses
grades-missing-hint = In percent: 100 makes it count as nothing. Without a number missing work has no grade.
grades-letters = Letters
grades-letters-hint = One in each line, with the percentage from which on it is given: “A 90”. The lowest begins at 0.
grades-letters-unreadable = Please write a name and a percentage in each line, such as “A 90”.
grades-letters-name = Please give each letter a name of its own.
grades-letters-twice = Please let each letter begin at another percentage.
grades-letters-bottom = Please let the lowest letter begin at 0.
grades-posts = When learners see grades
grades-posts-course = As the course does
grades-shows-total = Learners see their totals
grades-shows-figures = Learners see how the class did
grades-shows-figures-hint = Lowest, middle, mean and highest, of work with enough grades.
grades-save-policy = Save the rules
grades-groups = Groups
grades-groups-lead = Work of one kind counts together: it shares a weight, and some of its grades can be dropped.
grades-group = Group
grades-weight = Weight in percent
grades-weights-unused = The weights count once groups have weights in the rules above.
grades-drop-lowest = Drop the lowest
grades-drop-highest = Drop the highest
grades-actions = Actions
grades-delete = Delete
grades-move-up = Move { $title } up
grades-save-groups = Save the groups
grades-new-group = New group
grades-add-group = Add a group
grades-group-taken = There is a group of this name.
grades-group-deleted = The group was deleted. Its work is in no group now.
grades-too-many-groups = A course can have 100 groups at the most.
grades-columns = Columns
grades-columns-lead = Graded work of the outline has its column by itself. What is done elsewhere gets one here.
grades-new-column = A column for work done elsewhere
grades-add-column = Add a column
grades-column-added = “{ $title }” was added.
grades-column-taken = There is a column of this name.
grades-too-many-columns = A course can have 1,000 columns at the most.
grades-below-nothing = Please give 0 or more.
grades-not-a-percentage = Please give a percentage, such as 12.5.
grades-percent-range = Please give 0 to { $most } percent.
grades-extra-short = extra
grades-left-out-short = not counted
grades-column-of-item-text = Name, date and points ({ $points }) are set where this work is made:
grades-column-of-item = A column of the outline goes with its work. Delete that in the outline.
grades-column-deleted = “{ $title }” was deleted, with its grades.
grades-delete-column = Delete this column
grades-no-group-no-count = Groups have weights here: without a group this does not count.
grades-passing = Points that pass
grades-passing-hint = With a grade below this the work is not done. Without a number any grade passes.
grades-counts = Counts for the total
grades-is-extra = Extra points
grades-never-drop = Is never dropped
grades-posting = Who sees the grades
grades-post = Post the grades
grades-hide = Hide the grades
grades-posted-count =
    { $count ->
        [0] No grade is seen by its learner.
        [one] 1 grade is seen by its learner.
       *[other] { $count } grades are seen by their learners.
    }
grades-hidden-count =
    { $count ->
        [0] None is hidden.
        [one] 1 is hidden.
       *[other] { $count } are hidden.
    }
grades-posted =
    { $count ->
        [0] Nothing to post: all grades are seen already.
        [one] 1 grade posted.
       *[other] { $count } grades posted.
    }
grades-hid =
    { $count ->
        [0] Nothing to hide: no grade is seen.
        [one] 1 grade hidden.
       *[other] { $count } grades hidden.
    }
# Lists.
grades-list-title = Grades as a list
grades-list-out = Take grades out
grades-list-out-text = A table for any spreadsheet, with a line for each learner and a column for each piece of work. The totals in it are for reading only.
grades-list-download = Download the grades
grades-list-current = So far, in percent
grades-list-final = As if the course ended now, in percent
grades-list-holds = Final grade that holds, in percent
grades-list-in = Bring grades in
grades-list-in-text = Change the table that you took out, and bring it in again. “ex” excuses, “mi” marks as missing, “-” takes a grade away; an empty cell changes nothing. You see every difference before anything is kept.
grades-list-paste = Paste the table
grades-list-file = Or choose a file
grades-list-check = Show the differences
grades-list-before = Lists that were brought in
grades-list-undo = Undo this list
grades-list-was-undone = Undone
grades-list-differences = Differences
grades-list-changes =
    { $count ->
        [one] 1 grade changes
       *[other] { $count } grades change
    }
grades-list-lowered =
    { $count ->
        [one] 1 is lowered
       *[other] { $count } are lowered
    }
grades-list-lower = lower
grades-list-left-out =
    { $count ->
        [one] 1 is left out
       *[other] { $count } are left out
    }
grades-list-left-out-title = Left out
grades-list-line = Line { $line }, “{ $text }”:
grades-list-nobody = nobody of this id or address takes the course.
grades-list-twice = this learner stands further up already.
grades-list-ignored = Headings that are no columns: { $headings }.
grades-list-nothing = This list changes nothing.
grades-list-other = Bring in another list
grades-list-apply = Keep these grades
grades-list-dry = Nothing is kept yet. All of it can be undone at once afterwards.
grades-list-stale = Grades changed since you saw the differences. These are the differences now.
grades-list-unshown =
    { $count ->
        [one] 1 more is not shown.
       *[other] { $count } more are not shown.
    }
grades-list-done =
    { $count ->
        [one] 1 grade changed.
       *[other] { $count } grades changed.
    }
grades-list-undone =
    { $count ->
        [one] Undone: 1 grade is as it was.
       *[other] Undone: { $count } grades are as they were.
    }
grades-list-undone-but =
    { $count ->
        [one] Undone, but for 1 grade that changed since.
       *[other] Undone, but for { $count } grades that changed since.
    }
grades-list-undone-before = This list was undone before.
grades-list-too-large = The list is too large. Please bring in at most 4 MB at once.
grades-list-too-many-rows = Please bring in at most { $count } lines at once.
grades-list-too-many-changes = This list changes more than { $count } grades. Please split it.
grades-list-not-csv = Line { $line } is no line of a table. Please save it as CSV.
grades-list-no-person = No heading says who a line is about. Please keep the column “id” or “email”.
grades-list-no-column = No heading is a column of this course. Please keep the headings of the table that you took out.
# Final grades.
grades-final-grade = Final grade
grades-finals-lead = What the rules make as if the course ended now, and what holds in its place.
grades-computed = By the rules
grades-holds = Holds
grades-reason = Reason
grades-reason-hint = The learner reads it.
grades-reason-needed = Please say why: this grade was settled.
grades-final-percent = Percent
grades-final-percent-hint = It holds in place of what the rules make, which stays on record.
grades-final-changed = Somebody changed this final grade meanwhile: it stands above. Save again if yours is to count.
grades-final-set = The final grade of { $name } is set.
grades-final-withdrawn = Taken back: the rules hold again.
grades-final-locked = The final grades are settled. Amend this one with a reason, or open them all again.
grades-override = Set this final grade
grades-amend = Amend with this reason
grades-withdraw = Let the rules hold
grades-kind-override = Set by hand
grades-kind-withdrawn = Taken back
grades-kind-locked = Settled
grades-kind-amended = Amended
grades-lock = Settle the final grades
grades-lock-text = Settle them once all is marked: later changes of grades or rules no longer move them.
grades-locked = The final grades are settled.
grades-locked-since = Settled { $time }. Changes of grades and rules no longer move them; each can be amended with a reason.
grades-unlock = Open them again
grades-unlocked = The final grades are open again.
# Curves.
grades-curve = Curve
grades-curve-lead = Moves all grades of this work at once. You see what it does first, the points before stay in the history, and it can be undone.
grades-curve-none = There is nothing to move until somebody has a grade.
grades-curve-how = What happens to each grade
grades-curve-add = It gets so many points more
grades-curve-times = Its points are multiplied
grades-curve-best = All in proportion, so that the best has all points
grades-curve-root = The root of its share: 49% become 70%
grades-curve-amount = By how much
grades-curve-amount-hint = Points to add, or the factor. The other two need no number.
grades-curve-factor = Please give a factor from 0 to 100.
grades-curve-capped = Nobody gets more than { $possible } by it
grades-curve-never-lower = Nobody gets less
grades-curve-preview = Show what it does
grades-curve-nothing = This changes no grade.
grades-curve-spread = How the grades lie, before and after
grades-curve-span = Share
grades-curve-stale = Grades changed since you saw this. Below is what it does now.
grades-curve-apply =
    { $count ->
        [one] Move 1 grade
       *[other] Move { $count } grades
    }
