# Courses: terms, courses, sections, enrolments, the catalogue.

# Permissions.
permission-course-view = See the course
permission-course-learn = Take part in the course
permission-course-edit = Change content and settings of the course
permission-course-publish = Publish the course
permission-course-archive = Archive the course
permission-course-enrol = Enrol learners
permission-course-enrol-staff = Enrol teachers, assistants and authors
permission-course-create = Make new courses
permission-course-people = See participants and their progress
permission-course-preview = Preview the course as a learner
permission-course-terms = Change the list of terms

# Words that many pages share.
courses-actions = Actions
courses-add = Add
courses-any-language = Any language
courses-any-role = Any role
courses-any-section = Any section
courses-any-term = Any term
courses-any-unit = Any unit
courses-breadcrumb = Where this is
courses-change = Change
courses-change-named = Change { $name }
courses-code = Code
courses-code-hint = Short, as in the timetable: BIO 214.
courses-courses = Courses
courses-date = Date
courses-days = Days
courses-delete = Delete
courses-delete-named = Delete { $name }
courses-done = Done
courses-done-of = { $done } of { $total } done
courses-first-day = First day
courses-from = from { $from }
courses-from-to = { $from } to { $to }
courses-further = Next page
courses-institution = Institution
courses-language = Language
courses-last-day = Last day
courses-learners = Learners
courses-licence = Licence
courses-more = More
courses-more-options = More options
courses-name = Name
courses-no-term = No term
courses-pages = Pages
courses-person = Person
courses-previous = Previous page
courses-role = Role
courses-save = Save
courses-search = Search
courses-section = Section
courses-sections = Sections
courses-show = Show
courses-show-all = Show all
courses-since = since { $time }
courses-state = State
courses-summary = Summary
courses-summary-hint = One or two sentences for the catalogue.
courses-syllabus = Syllabus
courses-teachers = Teachers
courses-term = Term
courses-title = Title
courses-unit = Unit
courses-until = until { $to }
courses-zone = Time zone
courses-zone-hint = The zone in which this course's dates are meant, such as Europe/Berlin.

courses-role-teacher = Teacher
courses-role-assistant = Assistant
courses-role-author = Author
courses-role-learner = Learner
courses-role-observer = Observer

# The frame of a course.
courses-tabs = Course
courses-tab-outline = Outline
courses-tab-dates = Dates
courses-tab-grades = Grades
courses-tab-gradebook = Gradebook
courses-tab-people = People
courses-tab-about = About
courses-tab-edit = Edit
courses-tab-files = Files
courses-tab-progress = Progress
courses-tab-settings = Settings
courses-state-draft = Draft
courses-state-scheduled = Scheduled
courses-state-published = Published
courses-state-archived = Archived
courses-state-from = From { $time }
courses-state-draft-explained = This course is a draft. Learners do not see it yet.
courses-state-scheduled-explained = Learners see this course from { $time }.
courses-state-archived-explained = This course is archived. Everything is kept, and nobody works in it any more.
courses-publish = Publish
courses-restore = Bring back
courses-not-open = This course is not open yet. Its description says when it begins.
courses-not-open-archived = This course has been archived.
courses-not-yours = You do not take part in this course. Its description says how to join.
courses-read-about = Read about the course

# My courses.
courses-mine = Courses
courses-which = Which courses
courses-current = Current
courses-past = Past
courses-managed = All that I look after
courses-browse = Browse the catalogue
courses-next = Next: { $title }
courses-none = You are in no course yet
courses-none-text = Find one in the catalogue. Courses in which somebody enrols you appear here by themselves.
courses-none-past = Nothing past yet
courses-none-past-text = Courses that have ended stay here, with all that you did in them.
courses-none-found = No course fits
courses-none-found-text = Try fewer or other words, or another filter.
courses-find = Find a course
courses-find-hint = Words of the title, code or summary
courses-show-archived = Archived ones instead

# The catalogue.
courses-catalogue = Catalogue
courses-catalogue-empty = The catalogue is empty
courses-catalogue-empty-text = Courses appear here once they are published and listed.
courses-found = What was found
courses-yours = You are in it
courses-entrance-closed = By invitation
courses-entrance-open = Open to all
courses-entrance-key = With a key
courses-entrance-ask = On request
courses-enrolment-opens = Enrolment from { $time }
courses-places-free = { $count ->
    [one] { $count } place free
   *[other] { $count } places free
}
courses-places-full = { $count ->
    [0] Full
    [one] Full, { $count } waiting
   *[other] Full, { $count } waiting
}

# About a course, and how one gets in.
courses-about-empty = No syllabus yet
courses-about-empty-text = Say what people will learn, what they need, and how the work is marked. Dates are added by themselves.
courses-about-write = Write the syllabus
courses-about-nothing = There is no description yet.
courses-about-hint = In Markdown. The schedule is added below it, from the dates of the course.
courses-how-to-join = How to join
courses-at-a-glance = At a glance
courses-schedule = Schedule
courses-week-of = Week of { $date }
courses-date-due = Due
courses-date-opens = Opens
courses-date-closes = Closes
courses-enrol = Enrol
courses-enrol-signed-in-only = Sign in to take part in this course.
courses-sign-in = Sign in
courses-enrol-lasts = { $count ->
    [one] Your enrolment lasts for { $count } day.
   *[other] Your enrolment lasts for { $count } days.
}
courses-key = Enrolment key
courses-key-hint = You have it from your teacher.
courses-section-any = Choose none to get a free place in any section.
courses-note = A word to those who decide
courses-note-hint = Why you would like to take part.
courses-ask-for-place = Ask for a place
courses-wait-for-place = Join the waiting list
courses-full-explained = All places are taken. You can wait: whoever waits longest gets the next free place.
courses-you-are-in = You are in this course
courses-you-are-in-later = It opens later. You will find it among your courses.
courses-go-to-course = Go to the course
courses-leaving = I no longer want to take part
courses-leave = Leave the course
courses-leave-explained = Your work stays yours and is kept. To come back you enrol again.
courses-you-wait = You are on the waiting list
courses-you-wait-at = { $count ->
    [1] You are next: the next free place is yours.
   *[other] You are number { $count } in line. You get in by yourself when a place is free.
}
courses-stop-waiting = Leave the waiting list
courses-you-asked = You have asked for a place
courses-you-asked-text = Those who run the course will answer. Until then there is nothing to do.
courses-withdraw = Withdraw
courses-you-are-invited = You are invited
courses-you-are-invited-as = Your role would be: { $role }.
courses-accept = Accept
courses-decline = Decline
courses-you-are-suspended = Your enrolment is suspended
courses-you-are-suspended-text = You cannot enter the course for now. All that you did is kept. Ask a teacher of the course.
courses-refused-closed = This course takes no enrolments at the moment. A teacher can enrol you.
courses-refused-not-yet = Enrolment begins { $time }.
courses-refused-over = Enrolment ended { $time }.
courses-refused-wrong-key = No section has this key. Check the spelling: capital letters count.
courses-refused-too-many-attempts = Too many wrong keys. Try again in an hour, or ask your teacher.
courses-refused-already = You are in this course or in line for it already.
courses-cannot-leave = You cannot leave this course by yourself, because somebody enrolled you. Ask a teacher.
courses-cannot-change = The enrolment has changed in the meantime, and this can no longer be done with it.
courses-enrolled-twice = The person has this role in this section already.
courses-flash-enrolled = Welcome to { $course }.
courses-flash-waiting = { $count ->
    [1] The course is full. You are next in line.
   *[other] The course is full. You are number { $count } in line.
}
courses-flash-asked = You have asked for a place. You will find the answer among your courses.
courses-flash-left = You have left { $course }. Your work is kept.
courses-flash-withdrawn = Done. You are no longer in line for { $course }.

# A new course.
courses-new = New course
courses-new-lead = A name is enough to begin with. Everything here can be changed later, and nobody sees the course before you publish it.
courses-create = Create the course
courses-i-teach = I teach this course
courses-i-teach-hint = It then appears among your own courses.
courses-flash-created = { $course } has been created. Add your first module.
courses-layout = Layout
courses-layout-modules = Modules, by subject
courses-layout-weeks = Weeks, by time

# Settings.
courses-settings-what = What it is
courses-settings-where = Where it belongs
courses-settings-when = When it runs
courses-settings-who = Who finds it and takes part
courses-hue = Colour
courses-hue-1 = Blue
courses-hue-2 = Green
courses-hue-3 = Orange
courses-hue-4 = Violet
courses-hue-5 = Teal
courses-hue-6 = Rose
courses-hue-7 = Ochre
courses-hue-8 = Indigo
courses-listing = In the catalogue
courses-listing-hidden = Not listed
courses-listing-members = For everyone who is signed in
courses-listing-public = For everyone, signed in or not
courses-policy = People enrol themselves
courses-policy-closed = No. Only staff enrol people.
courses-policy-open = Yes, whoever likes to
courses-policy-key = With a key
courses-policy-ask = They ask, and staff decide
courses-key-set-hint = Opens every section. A section can have a key of its own.
courses-enrol-from = Enrolment opens
courses-enrol-until = Enrolment closes
courses-enrol-days = Days that an enrolment lasts
courses-enrol-days-hint = For those who enrol themselves. Empty: for good.
courses-people-visible = Learners see each other's names
courses-people-visible-hint = Addresses are never shown to learners.
courses-licence-all-rights-reserved = All rights reserved
courses-licence-cc-by = CC BY 4.0
courses-licence-cc-by-sa = CC BY-SA 4.0
courses-licence-cc-by-nc = CC BY-NC 4.0
courses-licence-cc-by-nc-sa = CC BY-NC-SA 4.0
courses-licence-cc-by-nd = CC BY-ND 4.0
courses-licence-cc-by-nc-nd = CC BY-NC-ND 4.0
courses-licence-cc0 = CC0 1.0
courses-licence-public-domain = Public domain
courses-publication = Visible to learners
courses-publish-when = When learners see the course
courses-publish-now = At once
courses-publish-later = From a moment on
courses-publish-from = Visible from
courses-unpublish = Hide from learners
courses-publication-published = Visible since { $time }.
courses-publication-scheduled = Visible from { $time }.
courses-archive = Archive
courses-archive-do = Archive the course
courses-archive-explained = Puts the course away when it is over. It leaves the lists, and everything is kept. You can bring it back at any time.
courses-flash-saved = Saved.
courses-flash-published = The course is visible to its learners.
courses-flash-scheduled = Learners see the course from { $time }.
courses-flash-unpublished = The course is a draft again. Learners no longer see it.
courses-flash-archived = { $course } has been archived.
courses-flash-restored = { $course } is back.

courses-fault-too-long = This is too long.
courses-fault-language = This is no language.
courses-fault-zone = There is no such time zone. It should look like Europe/Berlin.
courses-fault-ends-before-start = The end must come after the beginning.
courses-fault-enrol-days = Please give between 1 and 3,653 days.
courses-fault-capacity = Please give between 0 and 1,000,000 places.
courses-fault-unit = You cannot make courses in this unit.
courses-fault-name-taken = This name is taken already.
courses-fault-role-not-allowed = You cannot give this role here.
courses-fault-no-first-day = This needs the first day of the old course. Set it in the settings of that course.
courses-fault-no-days = This needs the first and the last day of the old course. Set them in the settings of that course.
courses-fault-too-far = This moves dates by more than a hundred years.

# Sections.
courses-sections-lead = Sections share the material of the course. Each has its own people, places, days and key.
courses-sections-and-places = Sections and places
courses-section-add = Add a section
courses-section-change = Change the section
courses-section-days-hint = Outside these days the learners of this section cannot enter the course.
courses-section-key-hint = Whoever enrols with this key comes into this section.
courses-capacity = Places
courses-capacity-hint = Empty: any number. Whoever comes when it is full waits in line.
courses-cross-listing = Cross-listing
courses-cross-listing-hint = If the people of this section know the course under another code or title, they see those instead.
courses-cross-listed = Cross-listed
courses-held-of = { $held } of { $capacity }
courses-waiting-count = { $count } waiting
courses-too-many-sections = A course can have at most 200 sections.
courses-flash-section-added = Section { $section } has been added.
courses-flash-section-deleted = Section { $section } has been deleted.
courses-flash-section-used = Section { $section } stays: it is the only one, or people are or were in it.

# Participants.
courses-people = People
courses-add-people = Add people
courses-import = Enrol from a list
courses-import-short = From a list
courses-find-people = Find by name or address
courses-find-fellows = Find by name
courses-states-present = In the course
courses-states-all = All, former ones too
courses-enrolment-invited = Invited
courses-enrolment-requested = Asked for a place
courses-enrolment-waiting = Waiting list
courses-enrolment-active = Active
courses-enrolment-ahead = Begins later
courses-enrolment-over = Time over
courses-enrolment-suspended = Suspended
courses-enrolment-concluded = Concluded
courses-enrolment-removed = Removed
courses-whole-course = Whole course
courses-whole-course-or-first = Whole course (learners: first section)
courses-asked-count = { $count ->
    [one] { $count } person asks for a place.
   *[other] { $count } people ask for a place.
}
courses-waiting-long = { $count ->
    [one] { $count } person is on the waiting list.
   *[other] { $count } people are on the waiting list.
}
courses-nobody = Nobody is here yet
courses-nobody-text = Add people by name or address, enrol a whole list, or let people enrol themselves in the settings.
courses-nobody-found = Nobody fits
courses-nobody-found-text = Try another name, or another filter.
courses-no-teachers = No teacher is named yet.
courses-no-learners = No learners yet.
courses-learners-hidden = In this course learners do not see each other.
courses-mark = Mark
courses-mark-named = Mark { $name }
courses-with-marked = With those marked
courses-act-choose = Choose what to do
courses-act-on-all = All in this list, on every page
courses-act-activate = Let in or resume
courses-act-let-in = Let in
courses-act-approve = Give a place
courses-act-refuse = Refuse
courses-act-resume = Resume
courses-act-reopen = Reopen
courses-act-suspend = Suspend
courses-act-conclude = Conclude
courses-act-remove = Remove
courses-act-put-back = Put back
courses-act-move = Move to section
courses-apply = Apply
courses-flash-no-act = Choose what to do with those marked.
courses-flash-nobody-marked = Nobody is marked.
courses-flash-activate = { $count ->
    [0] Nobody was let in.
    [one] { $count } enrolment is active.
   *[other] { $count } enrolments are active.
}
courses-flash-suspend = { $count ->
    [0] Nobody was suspended.
    [one] { $count } enrolment is suspended. What was done is kept.
   *[other] { $count } enrolments are suspended. What was done is kept.
}
courses-flash-conclude = { $count ->
    [0] Nothing was concluded.
    [one] { $count } enrolment is concluded.
   *[other] { $count } enrolments are concluded.
}
courses-flash-remove = { $count ->
    [0] Nobody was removed.
    [one] { $count } enrolment was removed. What was done is kept.
   *[other] { $count } enrolments were removed. What was done is kept.
}
courses-flash-put-back = { $count ->
    [0] Nobody was put back.
    [one] { $count } enrolment is back.
   *[other] { $count } enrolments are back.
}
courses-flash-move = { $count ->
    [0] Nobody was moved.
    [one] { $count } enrolment was moved.
   *[other] { $count } enrolments were moved.
}
courses-flash-left-alone = { $count ->
    [one] { $count } was left as it was.
   *[other] { $count } were left as they were.
}
courses-flash-undone = { $count ->
    [0] There was nothing left to undo.
    [one] Undone for { $count } enrolment.
   *[other] Undone for { $count } enrolments.
}
courses-look-for = Look for people
courses-look-for-hint = Name, address or external id.
courses-found-people = { $count ->
    [one] { $count } person found
   *[other] { $count } people found
}
courses-nobody-like = Nobody is called { $text }
courses-nobody-like-text = Check the spelling. People need an account before they can be enrolled.
courses-add-account = Add an account
courses-invite = Invite first
courses-invite-hint = The person accepts or declines. A place is kept for them.
courses-exceed = Enrol even if the section is full
courses-exceed-hint = Otherwise they join the waiting list.
courses-enrol-them = Enrol
courses-flash-enrolled-count = { $count ->
    [one] { $count } person enrolled.
   *[other] { $count } people enrolled.
}
courses-flash-waiting-count = { $count ->
    [one] { $count } person is on the waiting list.
   *[other] { $count } people are on the waiting list.
}
courses-flash-known-count = { $count ->
    [one] { $count } person was enrolled like this already.
   *[other] { $count } people were enrolled like this already.
}
courses-change-enrolment = Change role, section or days
courses-history = History
courses-method-hand = Enrolled by staff
courses-method-import = Enrolled from a list
courses-method-open = Enrolled on their own
courses-method-key = Enrolled with a key
courses-method-ask = Asked for a place
courses-method-copy = Came with a copy
courses-history-made = Enrolled
courses-history-renewed = Enrolled again
courses-history-changed = Days changed
courses-history-moved = Moved
courses-history-activated = Let in
courses-history-suspended = Suspended
courses-history-concluded = Concluded
courses-history-removed = Removed
courses-history-restored = Put back
courses-history-promoted = Got a free place
courses-history-accepted = Accepted the invitation
courses-history-left = Left

# Enrolments from a list.
courses-import-lead = A CSV file with a heading and a line for each person. You see first what would happen, and nothing is done before you say so. The same list can be run again: nobody is enrolled twice.
courses-import-columns = Columns: email or external_id; role (learner where empty); section by name or code; start and end as days. Commas, semicolons or tabs.
courses-import-paste = Paste the list
courses-import-file = Or choose a file
courses-import-check = Check the list
courses-import-apply = Enrol these people
courses-import-dry = Nothing has been done yet.
courses-import-other = Another list
courses-import-done = Done. The lines that were left out are below.
courses-import-nothing-to-do = There is nothing to do: everyone in the list is enrolled like this already, or has to be left out.
courses-import-rows = The lines of the list
courses-import-hidden = { $count ->
    [one] { $count } more line is not shown.
   *[other] { $count } more lines are not shown.
}
courses-line = Line
courses-outcome = Outcome
courses-import-enrol = Enrol
courses-import-renew = Enrol again
courses-import-enrolled = Enrolled
courses-import-renewed = Enrolled again
courses-import-update = New days
courses-import-nothing = Is so already
courses-import-wait = Waiting list
courses-import-count-enrol = { $count } to enrol
courses-import-count-renew = { $count } to enrol again
courses-import-did-enrol = { $count } enrolled
courses-import-did-renew = { $count } enrolled again
courses-import-count-update = { $count } with new days
courses-import-count-wait = { $count } on the waiting list
courses-import-count-nothing = { $count } as they are
courses-import-count-left-out = { $count } left out
courses-import-fault-nobody-named = No address and no external id
courses-import-fault-no-such-person = No account with this address or id
courses-import-fault-no-such-role = No such role
courses-import-fault-role-not-allowed = You cannot give this role
courses-import-fault-no-such-section = No such section
courses-import-fault-bad-start = The start is no day
courses-import-fault-bad-end = The end is no day
courses-import-fault-ends-before-start = Ends before it starts
courses-import-fault-twice = Said by an earlier line already
courses-import-too-large = The file is too large. At most 500 KB can be read at once.
courses-import-too-many-rows = The list is too long. At most { $count } lines can be read at once.
courses-import-not-text = This is no list in text. Save the spreadsheet as CSV and choose that file.
courses-import-no-person-column = The heading has neither email nor external_id.
courses-import-empty = The list has no lines below its heading.
courses-import-not-csv = Line { $line } cannot be read. A quotation mark may be missing.
courses-flash-imported = { $count ->
    [0] Everything was so already.
    [one] { $count } line was imported.
   *[other] { $count } lines were imported.
}

# Copying.
courses-copy = Copy the course
courses-copy-lead = A new draft with the content of this course, to teach it again. People and their work stay here. It is best done before anyone enrols in the copy.
courses-copy-new = The new course
courses-copy-parts = Take along
courses-copy-sections = Sections with their places
courses-copy-never = Settings always come along. People, keys and progress never do.
courses-copy-dates = Its dates
courses-copy-ran = This course: { $days }.
courses-copy-first-day = New first day
courses-copy-last-day = New last day
courses-move = Dates inside the course
courses-move-stretch = Spread over the new days, on the same weekdays
courses-move-start = Move with the first day
courses-move-days = Move by a number of days
courses-move-keep = Leave them as they are
courses-move-remove = Remove them all
courses-move-by = Number of days
courses-move-by-hint = Only for moving by days. A minus moves them back.
courses-copy-preview = Show where the dates go
courses-copy-where = Where the dates go
courses-copy-no-dates = This course has no dates that move.
courses-copy-from = Now
courses-copy-to = In the copy
courses-copy-dropped = Not copied
courses-copy-outside = Outside the course
courses-copy-outside-count = { $count ->
    [one] { $count } date would lie outside the days of the new course.
   *[other] { $count } dates would lie outside the days of the new course.
}
courses-copy-do = Copy the course
courses-flash-copied = { $course } has been copied. This is the copy.

# Terms.
courses-terms = Terms
courses-terms-lead = Stretches of time that courses fall into. They order the lists and the catalogue.
courses-terms-none = No terms yet
courses-terms-none-text = Add the first one beside this.
courses-term-add = Add a term
courses-term-change = Change the term
courses-term-name-hint = Such as Autumn 2026.
courses-term-now = Now
courses-flash-term-added = { $term } has been added.
courses-flash-term-deleted = { $term } has been deleted.
courses-flash-term-used = { $term } stays: courses are taught in it.

