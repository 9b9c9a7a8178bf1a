# What is handed in and marked.
assignments-kind = Assignment
assignments-nothing-asked = The task has not been written yet.
assignments-your-work = Your work
assignments-for-teachers = For those who teach
assignments-due = Due
assignments-closes = Closes
assignments-points = Points
assignments-not-graded = Not graded
assignments-hand-in-as = Handed in as
assignments-attempts = Attempts
assignments-attempts-used = { $used } of { $allowed } used
assignments-unlimited = As many as they like
assignments-names = Names
assignments-names-hidden = Hidden from those who mark
assignments-names-shown = Shown
assignments-mark = Mark
assignments-counts = { $handed_in } handed in, { $waiting } to mark
assignments-way-text = a text
assignments-way-files = files
assignments-way-address = a web address
assignments-way-paper = on paper
assignments-how-marked = How it is marked
assignments-criterion = Criterion
assignments-levels = Levels
assignments-met-or-not = Met or not met
assignments-any-points = Any number of points
assignments-standing-excused = Excused
assignments-standing-returned = Returned
assignments-standing-again = Handed in again
assignments-standing-late = Handed in late
assignments-standing-in = Handed in
assignments-standing-overdue = Not handed in yet
assignments-standing-draft = Draft
assignments-standing-not-begun = Not begun
assignments-late-by = { $span } late
assignments-late-by-days =
    { $count ->
        [one] { $count } day late
       *[other] { $count } days late
    }
assignments-in-time = In time
assignments-late-now = The due date is over. You can still hand in; it counts as late.
assignments-excused-text = You need not do this: you were excused.
assignments-returned-points = Your work came back: { $points } of { $possible } points.
assignments-returned-words = Your work came back with a comment.
assignments-taken-for-late = { $points } points were taken off because it was late.
assignments-see-marks = See what came back
assignments-text = Text
assignments-address = Web address
assignments-address-hint = It begins with https:// and can be opened by those who mark.
assignments-newer-text = This was saved in another window since you opened this one. Yours is in the form below. Saving or handing in now replaces it:
assignments-newer = Another window has saved something else in the meantime. Compare both, then save again.
assignments-draft-kept = Draft kept { $time }
assignments-draft-saving = Saving…
assignments-draft-saved = Draft saved
assignments-draft-offline = No connection. Your words are kept on this device and sent as soon as possible.
assignments-draft-newer = Another window has saved something else in the meantime:
assignments-draft-take = Use this
assignments-draft-keep = Keep mine
assignments-files = Files
assignments-remove = Remove
assignments-add-files = Add files
assignments-files-at-most =
    { $count ->
        [one] One file at the most.
       *[other] { $count } files at the most.
    }
assignments-each-at-most = Each up to { $size }.
assignments-types-taken = Taken: { $types }.
assignments-hand-in = Hand in
assignments-hand-in-question = Hand this in? You cannot change it afterwards.
assignments-save-draft = Save draft
assignments-closed-at = This closed { $time }. Nothing can be handed in any more.
assignments-on-paper-text = This is handed in on paper. Once it was taken, you see it here.
assignments-no-attempts-left = You have used all your attempts. Ask your teacher for another one.
assignments-not-handed-in = Written and not handed in
assignments-another-attempt = Hand in again
assignments-handed-in = What you handed in
assignments-attempt = Attempt { $number }
assignments-file-too-large = “{ $name }” is too large. A file may have up to { $size } MB.
assignments-file-wrong-type = “{ $name }” is of a type that is not taken here. Taken are: { $types }.
assignments-file-wrong-content = “{ $name }” is not what its name says. Save it anew in one of these types: { $types }.
assignments-too-many-files = There may be { $count } files at the most. Remove one first.
assignments-text-too-long = The text is too long. Hand it in as a file.
assignments-nothing-to-hand-in = There is nothing to hand in yet. Write a text, add a file or give an address.
assignments-not-open = This is not open to you now. What you wrote is kept.
assignments-has-closed = It closed before this arrived. What you wrote is kept: ask your teacher.
assignments-overtaken = Something was handed in from another window just now. Look at it first.
assignments-is-in = Handed in. This is your receipt.
assignments-receipt = Receipt
assignments-handed-in-at = Handed in
assignments-handed-in-by = Handed in by
assignments-reference = Reference number
assignments-digest = SHA-256 of all of it
assignments-digest-text = It changes with every letter: what lies here is what was handed in.
assignments-was-on-paper = Handed in on paper.
assignments-receipt-text = This page stays here. Keep the reference number, or print the page.
assignments-what-came-back = What came back
assignments-nothing-back = Nothing came back yet
assignments-nothing-back-text = Once your work is marked and returned, you see points and comments here.
assignments-of-points = of { $possible } points
assignments-by-criterion = By criterion
assignments-chosen-level = Reached:
assignments-met = Met
assignments-not-met = Not met
assignments-comment = Comment
assignments-marked-at = Marked { $time }

# Writing an assignment.
assignments-instructions = The task
assignments-what-is-handed-in = What is handed in
assignments-way-text-label = A text
assignments-way-text-hint = Written on the page. It is kept as a draft while they type.
assignments-way-files-label = Files
assignments-way-address-label = A web address
assignments-way-address-hint = A film, a repository, a page elsewhere.
assignments-way-paper-label = On paper
assignments-way-paper-hint = You note here that you have received it.
assignments-file-types = Types
assignments-file-types-hint = Endings such as pdf, docx. Empty: all.
assignments-files-max = Number of files
assignments-file-megabytes-max = Size of each in MB
assignments-points-hint = 0: it is commented on and not graded.
assignments-attempts-hint = Empty: as many as they like.
assignments-rubric = Marked by
assignments-no-rubric = Points and a comment
assignments-to-rubrics = Rubrics, marking guides and checklists of this course
assignments-rubric-other-points = The rubric makes { $most } points, the assignment has { $points }. What is chosen in the rubric counts as it is.
assignments-anonymous = Mark without names
assignments-anonymous-hint = Those who mark see a code instead of the name. Grades reach the gradebook once names are shown.
assignments-anonymous-fixed = Whether names are shown cannot be changed any more: work was handed in.
assignments-save = Save
assignments-saved = Saved.
assignments-source-too-long = The task is too long. Move parts of it to a page.
assignments-takes-nothing = Choose at least one way to hand in.
assignments-types-wrong = Write endings only, such as pdf, docx.
assignments-points-too-fine = Points have four places behind the point at the most.
assignments-points-too-large = A million points are the most.

# Rubrics.
assignments-rubrics = Rubrics
assignments-rubrics-lead = What work is marked by. One rubric can serve many assignments of this course.
assignments-criteria-count =
    { $count ->
        [one] { $count } criterion
       *[other] { $count } criteria
    }
assignments-points-are = { $points } points
assignments-delete = Delete
assignments-new-rubric = A new one
assignments-title = Title
assignments-rubric-kind = Kind
assignments-kind-rubric = Rubric
assignments-kind-guide = Marking guide
assignments-kind-checklist = Checklist
assignments-kind-rubric-text = Rubric: each criterion has levels, of which one is chosen
assignments-kind-guide-text = Marking guide: each criterion gets any number of points up to its most
assignments-kind-checklist-text = Checklist: each criterion is met or not
assignments-make-rubric = Make it
assignments-too-many-rubrics = This course has as many rubrics as it can. Delete one first.
assignments-rubric-lead = A criterion without a name is left out. What was marked before keeps the rubric as it was then.
assignments-new-criterion = A new criterion
assignments-criterion-number = Criterion { $number }
assignments-criterion-description = What it means
assignments-level-number = Level { $number }
assignments-points-of-level = Points of level { $number }
assignments-most-points = Points at the most
assignments-levels-missing = Write at least one level with its points.
assignments-move-up = Move up
assignments-save-and-add = Save and add another
assignments-rubric-saved = Rubric saved.
assignments-rubric-deleted = Rubric deleted. What was marked by it stays.

# Marking.
assignments-marking = Marking
assignments-begin-marking = Begin marking
assignments-similarity = Similarity
assignments-download-all = Download all
assignments-names-hidden-text = Names are hidden. Grades reach the gradebook once you show them.
assignments-show-names = Show names
assignments-show-names-question = Show names to all who mark? This cannot be undone. All marks go to the gradebook.
assignments-names-are-shown = Names are shown, and the marks are in the gradebook.
assignments-which = Which learners
assignments-only-waiting = To mark
assignments-only-all = All
assignments-only-out = Not handed in
assignments-only-marked = Marked
assignments-queue-empty = Nobody here
assignments-queue-empty-text = Choose another group above.
assignments-learner = Learner
assignments-state = State
assignments-is-marked = Marked
assignments-handed-in-again = Handed in again
assignments-is-late = To mark, late
assignments-to-mark = To mark
assignments-marks-begun = Marks begun
assignments-person-before = Previous
assignments-person-after = Next
assignments-the-work = The work
assignments-handed-in-on = Handed in { $time }
assignments-nothing-handed-in = Nothing was handed in.
assignments-download = Download
assignments-marks = Marks
assignments-is-excused = This person is excused: no grade counts.
assignments-newer-marks = Somebody else has saved other marks in the meantime. Compare both, then save again.
assignments-newer-marks-text = These marks were saved by somebody else since you opened this page. Yours are in the form below. Saving now replaces them:
assignments-not-chosen = Not chosen yet
assignments-comment-beside = Remark
assignments-points-of = Points (of { $possible })
assignments-points-by-rubric = Leave it empty to take the sum of the criteria.
assignments-more-on-purpose = Give more than the most on purpose
assignments-at-most-points = { $most } points at the most.
assignments-more-than-most = That is more than { $most }, the most. Correct it, or say below that you mean it.
assignments-points-missing = Give points, or choose something for every criterion.
assignments-kept-comments = Comments to use again
assignments-choose = Choose
assignments-put-in = Put it into the comment
assignments-keep-comment = Keep this comment
assignments-give = Give grade
assignments-save-marks = Save marks
assignments-marks-given = These marks were given.
assignments-given = Graded: { $name }.
assignments-keys = Keys: n next, p previous, c comment, Ctrl and Enter give the grade.
assignments-more-for-person = For this person
assignments-give-attempt = Give one more attempt
assignments-extra-attempts =
    { $count ->
        [one] { $count } given in addition
       *[other] { $count } given in addition
    }
assignments-attempt-given = { $name } has one more attempt.
assignments-excuse = Excuse
assignments-take-back-excuse = Take the excuse back
assignments-hand-in-for = Hand in for this person
assignments-hand-in-for-name = Hand in for { $name }
assignments-hand-in-for-lead = For work that came on paper, by mail or on a stick. It counts as one of their attempts.
assignments-is-in-for = Handed in for { $name }.
assignments-at-in-future = This moment has not come yet.

# Similarity.
assignments-similarity-lead = Runs of five words that two works share, without those of the task. They say where to look, not that somebody copied: quotations are alike too.
assignments-compared =
    { $count ->
        [one] { $count } work was compared.
       *[other] { $count } works were compared.
    }
assignments-left-out =
    { $count ->
        [one] { $count } was left out: together they are too long.
       *[other] { $count } were left out: together they are too long.
    }
assignments-nothing-similar = Nothing stands out
assignments-nothing-similar-text = No two works share a tenth of their text. Texts and plain text files are compared; other files are not.
assignments-two-works = Works
assignments-both = { $one } and { $other }
assignments-in-common = In common
assignments-shared-runs = Runs
assignments-side-by-side = Side by side

# Across courses.
assignments-to-mark-title = To mark
assignments-nothing-waits = Nothing waits
assignments-nothing-waits-text = What learners hand in appears here, the oldest first.
assignments-waits-since = since { $time }
assignments-waiting =
    { $count ->
        [one] { $count } waits
       *[other] { $count } wait
    }

# Reviews by fellow learners.
assignments-peer-reviews = Works of others that each reviews
assignments-peer-reviews-hint = 0: none. Whoever has handed in gets works of others without names, and is told what others say once their own reviews are done. Reviews do not count for the grade; you see them while you mark.
assignments-to-reviews = Reviews
assignments-reviews-done = { $done } of { $asked } reviews done
assignments-reviews-lead = Read what others wrote and tell them what works and what could be better. Neither of you learns who the other is.
assignments-reviews-own = Your reviews
assignments-review-number = Review { $number }
assignments-review-is-done = Done
assignments-review-is-begun = Begun
assignments-reviews-next = Get a work to review
assignments-reviews-enough = You have done all your reviews. Thank you.
assignments-reviews-hand-in-first = Hand in your own work first.
assignments-reviews-nobody-yet = There is no work to review yet. Come back when others have handed in.
assignments-reviews-of-yours = What others say of your work
assignments-reviews-wait = You see it here once your own reviews are done.
assignments-reviews-none-yet = Nobody has reviewed it yet.
assignments-review = Your review
assignments-review-comment = What works, and what could be better?
assignments-review-give = Give review
assignments-review-question = Give this review? You cannot change it afterwards.
assignments-review-given = Review given. Thank you.
assignments-review-was-given = You have given this review.
assignments-review-rubric-missing = Choose something for every criterion first.
assignments-review-sum = The criteria make { $most } points.
assignments-review-report = Something is wrong with this work
assignments-review-report-words = What is wrong? Only those who teach read it.
assignments-review-report-send = Tell the teachers
assignments-review-reported = The teachers have been told.
assignments-reviews-received =
    { $count ->
        [one] { $count } review by a fellow learner
       *[other] { $count } reviews by fellow learners
    }
assignments-reviews-median = the middle: { $points } points
assignments-was-reported = A reviewer says that something is wrong:
