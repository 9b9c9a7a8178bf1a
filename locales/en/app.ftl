app-today = Today
app-courses = Courses
app-copy-outline = Modules, items and their content
app-copy-grades = How it grades: rules, groups and columns, without grades
app-permission-jobs = See jobs and start failed ones again

jobs-title = Jobs
jobs-card = What runs outside requests: mails, imports, clearing up. Start again what failed.
jobs-lead = What this installation does outside requests. A failed job keeps its error and can be started again.
jobs-state = State
jobs-what = Job
jobs-when = Asked for
jobs-actions = Actions
jobs-all = All
jobs-waiting = Waiting
jobs-running = Running
jobs-done = Done
jobs-failed = Failed
jobs-cancelled = Stopped
jobs-attempts = { $count ->
    [one] tried once
   *[other] tried { $count } times
}
jobs-progress = Progress
jobs-none = No jobs here
jobs-none-text = When something runs outside a request, it is listed here.
jobs-kind-link = Mail with a link
jobs-kind-notice = Mail about a change
jobs-kind-people = People from a list
jobs-kind-sessions = Old sessions and links are forgotten
jobs-kind-places = Free places go to those who wait
jobs-kind-package = A course from a package
jobs-kind-attempts = Quizzes whose time is over are closed
jobs-kind-settle = Grades of a quiz follow its new points
jobs-kind-jobs = Old jobs are forgotten
jobs-retry = Start again
jobs-cancel = Stop
jobs-older = Older jobs
jobs-put-in-again = The job will run again in a moment.
jobs-not-retried = This job has not failed, so it was not started again.
jobs-stopped = The job is stopped.
jobs-not-stopped = This job has ended already.
jobs-readers = Readers of the event log
jobs-faults = { $count ->
    [one] one fault
   *[other] { $count } faults
}
jobs-up-to-date = running

outbox-title = Outbox
outbox-lead = This is a development server: mails are kept here instead of being sent.
outbox-none = No mails yet
outbox-none-text = Invite somebody or ask for a new password, and the mail is here a moment later.
outbox-to = To { $to }
